"""``batch``, ``unbatch`` and ``rebatch``."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import jax
import numpy as np

from kerax.core import dtypes, errors
from kerax.core.tensor import TensorSpec, convert_to_tensor
from kerax.data import composites, structure
from kerax.data.dataset import Dataset, Run, as_int, dataset_method
from kerax.data.map import workers_for
from kerax.data.plan import INFINITE, Plan, rechunk
from kerax.data.structure import Flat
from kerax.ragged import RaggedTensorSpec


class _BatchDataset(Dataset):
    """Consecutive elements stacked."""

    def __init__(self, parent: Dataset, batch_size: int, drop_remainder: bool) -> None:
        self._parent = parent
        self._parents = (parent,)
        self._batch_size, self._drop = batch_size, drop_remainder

    def _derive(self, spec: Any) -> Any:
        size = self._batch_size if self._drop else None
        return structure.map_structure(lambda leaf: structure.batch_spec(leaf, size), spec)

    def _examples(self) -> list[Any] | None:
        examples = self._parent._examples()
        if examples is None:
            return None
        count = self._parent._count()
        size = self._batch_size if count < 0 else max(1, min(self._batch_size, count))
        return [jax.ShapeDtypeStruct((size, *example.shape), example.dtype) for example in examples]

    def _plan(self) -> Plan | None:
        plan = self._parent._plan()
        return None if plan is None or plan.level else plan.but(level=1, natural=False)

    def _tokens(self, run: Run) -> Iterator[np.ndarray]:
        return rechunk(self._parent._tokens(run), self._batch_size, self._drop)

    def _elements(self, run: Run) -> Iterator[Flat]:
        reader = self._parent._reader(run)
        if reader is not None:
            while (rows := reader.read(self._batch_size)) is not None and (
                len(rows[0]) == self._batch_size or not self._drop
            ):
                yield rows
            return
        elements = self._parent._iterate(run)
        while group := list(itertools.islice(elements, self._batch_size)):
            if len(group) == self._batch_size or not self._drop:
                yield stack_elements(group, structure.flatten(self._parent._known_spec() or ()))

    def _count(self) -> int:
        count = self._parent._count()
        if count < 0:
            return count
        return count // self._batch_size if self._drop else -(-count // self._batch_size)


class _ParallelBatchDataset(_BatchDataset):
    """The same under the name that TensorFlow prints."""


def stack_elements(group: list[Flat], specs: Sequence[Any] = ()) -> Flat:
    """Flat elements as one flat batch.

    Args:
      group: the elements.
      specs: the leaf specs, where they are known; rows of ragged tensors become ragged again.

    Raises:
      errors.InvalidArgumentError: arrays of different shapes.
    """
    columns = list(zip(*group, strict=True))
    ragged = (
        [isinstance(spec, RaggedTensorSpec) for spec in specs] if len(specs) == len(columns) else [False] * len(columns)
    )
    return tuple(
        composites.stack_ragged(specs[n], column, specs[n].row_splits_dtype)
        if ragged[n]
        else _stack_component(n, column)
        for n, column in enumerate(columns)
    )


def _stack_component(number: int, column: tuple[Any, ...]) -> Any:
    first = column[0]
    if not isinstance(first, (np.ndarray, jax.Array)):
        return structure.stack_leaves(column)
    for index, other in enumerate(column):
        if other.shape != first.shape:
            raise errors.InvalidArgumentError(
                None,
                None,
                f"Cannot batch tensors with different shapes in component {number}. First element had shape "
                f"{structure.shape_text(first.shape)} and element {index} had shape "
                f"{structure.shape_text(other.shape)}. [Op:IteratorGetNext]",
            )
    return structure.stack(column)


class _UnbatchDataset(Dataset):
    """The rows of the elements."""

    def __init__(self, parent: Dataset) -> None:
        self._parent = parent
        self._parents = (parent,)
        self._known_spec()

    def _derive(self, spec: Any) -> Any:
        leaves = structure.flatten(spec)
        sizes = {leaf.shape[0] for leaf in leaves if isinstance(leaf, TensorSpec) and leaf.shape.rank}
        if len(sizes - {None}) > 1:
            raise ValueError("Cannot unbatch an input with components of different batch sizes.")
        return structure.map_structure(structure.unbatch_spec, spec)

    def _elements(self, run: Run) -> Iterator[Flat]:
        return itertools.chain.from_iterable(map(rows, self._parent._iterate(run)))

    def _plan(self) -> Plan | None:
        plan = self._parent._plan()
        usable = plan is not None and plan.level == 1 and plan.source.arrays is not None
        return plan.but(level=0, natural=False) if usable and plan is not None else None

    def _tokens(self, run: Run) -> Iterator[np.ndarray]:
        return self._parent._tokens(run)

    def _count(self) -> int:
        count = self._parent._count()
        if count == INFINITE or count == 0:
            return count
        spec = self._known_spec() and self._parent._known_spec()
        sizes = [leaf.shape[0] for leaf in structure.flatten(spec) if isinstance(leaf, TensorSpec) and leaf.shape.rank]
        if count > 0 and sizes and sizes[0] is not None:
            return count * sizes[0]
        return -2


def rows(flat: Flat) -> Iterator[Flat]:
    """The rows of a flat batch."""
    sizes = {structure.rows_in(leaf) for leaf in flat if leaf is not None}
    if len(sizes) > 1:
        raise errors.InvalidArgumentError(
            None, None, f"Input element must have the same batch size in each component, but got {sorted(sizes)}."
        )
    leaves = [np.asarray(leaf) if isinstance(leaf, jax.Array) else leaf for leaf in flat]
    for index in range(sizes.pop() if sizes else 0):
        yield tuple(structure.row_of(leaf, index) for leaf in leaves)


class _RebatchDataset(Dataset):
    """Batches cut anew into batches of other sizes."""

    def __init__(self, parent: Dataset, sizes: list[int], scalar: bool, drop_remainder: bool) -> None:
        self._parent = parent
        self._parents = (parent,)
        self._sizes, self._drop = sizes, drop_remainder
        self._known_spec()

    def _derive(self, spec: Any) -> Any:
        size = self._static_size(spec)
        return structure.map_structure(lambda leaf: structure.batch_spec(structure.unbatch_spec(leaf), size), spec)

    def _static_size(self, spec: Any) -> int | None:
        first = self._sizes[0]
        shapes = [leaf.shape for leaf in structure.flatten(spec) if hasattr(leaf, "shape")]
        for shape in shapes:
            if shape.rank == 0:
                raise ValueError(
                    "Invalid `batch_sizes`. Expected dataset with rank of >= 1 but found a dataset with scalar "
                    "elements. Fix the issue by adding the `batch` transformation to the dataset."
                )
        if any(size != first for size in self._sizes):
            return None
        if self._drop:
            return first
        known = [shape[0] for shape in shapes if shape.rank and shape[0] is not None]
        if not known or any(size % first for size in known):
            return None
        return first

    def _elements(self, run: Run) -> Iterator[Flat]:
        elements = itertools.chain.from_iterable(map(rows, self._parent._iterate(run)))
        first = next(elements, None)
        if first is None:
            return
        elements = itertools.chain([first], elements)
        empty = tuple(leaf[:0] for leaf in stack_elements([first]))
        for size in itertools.cycle(self._sizes):
            group = list(itertools.islice(elements, size))
            if len(group) < size and (self._drop or not group):
                return
            yield stack_elements(group) if group else empty
            if len(group) < size:
                return

    def _plan(self) -> Plan | None:
        plan = self._parent._plan()
        if plan is None or not plan.level or plan.source.arrays is None or len(self._sizes) > 1 or not self._sizes[0]:
            return None
        return plan.but(natural=False)

    def _tokens(self, run: Run) -> Iterator[np.ndarray]:
        return rechunk(self._parent._tokens(run), self._sizes[0], self._drop)


def positive_batch_size(batch_size: Any) -> int:
    size = as_int(batch_size, "batch_size")
    if size < 1:
        raise errors.InvalidArgumentError(None, None, "Batch size must be greater than zero.")
    return size


@dataset_method
def batch(
    self: Dataset,
    batch_size: Any,
    drop_remainder: bool = False,
    num_parallel_calls: Any = None,
    deterministic: bool | None = None,
    name: str | None = None,
) -> Dataset:
    """Stacks consecutive elements: every component gets a first dimension more.

    Args:
      batch_size: int64 scalar, elements in a batch.
      drop_remainder: bool, whether a last, smaller batch is left out.
      num_parallel_calls: int or ``AUTOTUNE``, accepted; a batch is one gather.
      deterministic: bool, accepted; the order is always kept.
      name: ignored.

    Raises:
      errors.InvalidArgumentError: a size that is not positive, or (iterating) elements of different shapes.

    >>> import kerax as tf
    >>> [b.numpy().tolist() for b in tf.data.Dataset.range(5).batch(2)]
    [[0, 1], [2, 3], [4]]
    """
    size, drop = positive_batch_size(batch_size), bool(drop_remainder)
    if num_parallel_calls is None:
        return _BatchDataset(self, size, drop)
    workers_for(num_parallel_calls)
    return _ParallelBatchDataset(self, size, drop)


@dataset_method
def unbatch(self: Dataset, name: str | None = None) -> Dataset:
    """The rows of the elements, each an element of its own.

    Raises:
      ValueError: a component is a scalar.

    >>> import kerax as tf
    >>> [int(x) for x in tf.data.Dataset.range(4).batch(3).unbatch()]
    [0, 1, 2, 3]
    """
    return _UnbatchDataset(self)


@dataset_method
def rebatch(self: Dataset, batch_size: Any, drop_remainder: bool = False, name: str | None = None) -> Dataset:
    """Cuts batches anew.

    Args:
      batch_size: int64 scalar, or vector of sizes that are used in turn.
      drop_remainder: bool, whether a last, smaller batch is left out.
      name: ignored.

    Raises:
      ValueError: the elements are scalars.
      errors.InvalidArgumentError: a negative size. (Nothing but zeros never end.)

    >>> import kerax as tf
    >>> [b.numpy().tolist() for b in tf.data.Dataset.range(5).batch(4).rebatch(2)]
    [[0, 1], [2, 3], [4]]
    """
    sizes = np.asarray(convert_to_tensor(batch_size, dtypes.int64))
    if sizes.ndim > 1:
        raise ValueError(
            "Invalid `batch_sizes`. Expected `batch_sizes` to be a scalar or a vector. Received `batch_sizes` of "
            f"rank {sizes.ndim}."
        )
    if (sizes < 0).any():
        raise errors.InvalidArgumentError(None, None, "Batch sizes must not be negative.")
    return _RebatchDataset(self, sizes.reshape(-1).tolist(), sizes.ndim == 0, bool(drop_remainder))
