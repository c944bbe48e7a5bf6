"""``ragged_batch`` and ``sparse_batch``: elements of different shapes, without padding."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.tensor import TensorSpec
from kerax.data import composites, structure
from kerax.data.batch import _BatchDataset, positive_batch_size
from kerax.data.dataset import Dataset, Run, dataset_method
from kerax.data.plan import Plan
from kerax.data.structure import Flat


class _RaggedBatchDataset(_BatchDataset):
    """Consecutive elements as ragged tensors."""

    def __init__(self, parent: Dataset, batch_size: int, drop_remainder: bool, splits: Any) -> None:
        super().__init__(parent, batch_size, drop_remainder)
        self._splits = splits

    def _derive(self, spec: Any) -> Any:
        size = self._batch_size if self._drop else None
        return structure.map_structure(lambda leaf: composites.ragged_spec(leaf, size, self._splits), spec)

    def _examples(self) -> None:
        return None

    def _plan(self) -> Plan | None:
        return None

    def _elements(self, run: Run) -> Iterator[Flat]:
        elements = self._parent._iterate(run)
        specs = None
        while group := list(itertools.islice(elements, self._batch_size)):
            if len(group) < self._batch_size and self._drop:
                return
            if specs is None:
                known = self._parent._known_spec()
                specs = structure.flatten(
                    structure.map_structure(structure.unknown_sizes, self._parent._structure())
                    if known is None
                    else known
                )
            columns = zip(*group, strict=True)
            yield tuple(
                composites.stack_ragged(spec, column, self._splits) for spec, column in zip(specs, columns, strict=True)
            )


_RaggedBatchDataset.__name__ = "_BatchDataset"


class _DenseToSparseBatchDataset(Dataset):
    """Consecutive elements as one sparse tensor."""

    def __init__(self, parent: Dataset, batch_size: int, row_shape: Any) -> None:
        self._parent = parent
        self._parents = (parent,)
        self._batch_size = batch_size
        self._row = [None if d is None or int(d) == -1 else int(d) for d in row_shape]
        spec = parent.element_spec
        if not isinstance(spec, TensorSpec):
            raise TypeError(
                "`dense_to_sparse_batch` requires an input dataset whose elements have a single component, but the "
                f"given dataset has the following component types: {spec}."
            )

    def _derive(self, spec: Any) -> Any:
        return composites.sparse_spec([None, *self._row], spec.dtype)

    def _elements(self, run: Run) -> Iterator[Flat]:
        elements = self._parent._iterate(run)
        while group := list(itertools.islice(elements, self._batch_size)):
            yield (self._sparse([np.asarray(flat[0]) for flat in group]),)

    def _sparse(self, arrays: list[np.ndarray]) -> Any:
        rank = len(self._row)
        shape = [max([array.shape[axis] for array in arrays]) if d is None else d for axis, d in enumerate(self._row)]
        indices, values = [], []
        for number, array in enumerate(arrays):
            if array.ndim != rank or any(a > b for a, b in zip(array.shape, shape, strict=True)):
                raise errors.DataLossError(
                    None,
                    None,
                    f"Input element had shape {list(array.shape)} that is incompatible with the row shape {self._row}.",
                )
            grid = np.indices(array.shape).reshape(rank, -1).T
            indices.append(np.concatenate([np.full((len(grid), 1), number), grid], axis=1))
            values.append(array.reshape(-1))
        dense_shape = np.asarray([len(arrays), *shape], np.int64)
        return composites.sparse(np.concatenate(indices).astype(np.int64), np.concatenate(values), dense_shape)

    def _count(self) -> int:
        count = self._parent._count()
        return count if count < 0 else -(-count // self._batch_size)


@dataset_method
def ragged_batch(
    self: Dataset,
    batch_size: Any,
    drop_remainder: bool = False,
    row_splits_dtype: Any = dtypes.int64,
    name: str | None = None,
) -> Dataset:
    """Batches consecutive elements; components whose sizes vary become ragged tensors.

    Args:
      batch_size: int64 scalar, elements in a batch.
      drop_remainder: bool, whether a last, smaller batch is left out.
      row_splits_dtype: int32 or int64, the dtype of the ragged tensors' row splits.
      name: ignored.

    >>> import kerax as tf
    >>> ds = tf.data.Dataset.range(3).map(lambda x: tf.range(x)).ragged_batch(3)
    >>> next(iter(ds)).to_list()
    [[], [0], [0, 1]]
    """
    return _RaggedBatchDataset(
        self, positive_batch_size(batch_size), bool(drop_remainder), dtypes.as_dtype(row_splits_dtype)
    )


@dataset_method
def sparse_batch(self: Dataset, batch_size: Any, row_shape: Any, name: str | None = None) -> Dataset:
    """Batches consecutive elements into sparse tensors.

    Args:
      batch_size: int64 scalar, elements in a batch.
      row_shape: shape of the dense rows, at least that of every element; None for the largest in the batch.
      name: ignored.

    Raises:
      TypeError: elements of more than one component.
    """
    shape = row_shape.numpy().tolist() if hasattr(row_shape, "numpy") else row_shape
    return _DenseToSparseBatchDataset(self, positive_batch_size(batch_size), shape)
