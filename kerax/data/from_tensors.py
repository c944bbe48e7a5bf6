"""Datasets of values in memory: ``from_tensors``, ``from_tensor_slices``, ``from_list``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import jax
import numpy as np

from kerax.core import errors
from kerax.core.tensor import TensorSpec
from kerax.data import structure
from kerax.data.dataset import Dataset, Run, dataset_static
from kerax.data.plan import ArraySource, Plan, Source, natural_blocks
from kerax.data.specs import NoneTensorSpec
from kerax.data.structure import Flat


def concrete(flat: Flat) -> Flat:
    """The raw leaves, none of them inside a trace.

    Raises:
      errors.Uncompilable: a leaf is a traced tensor.
    """
    if any(isinstance(leaf, jax.core.Tracer) for leaf in flat):
        raise errors.Uncompilable("A dataset made of tensors of a traced function")
    return flat


class _TensorDataset(Dataset):
    """One element."""

    def __init__(self, tensors: Any) -> None:
        self._spec, flat = structure.normalize(tensors, own=True)
        structure.require_tensors(self._spec)
        self._flat_element = concrete(flat)

    def _elements(self, run: Run) -> Iterator[Flat]:
        return iter([self._flat_element])

    def _count(self) -> int:
        return 1


class _TensorSliceDataset(Dataset):
    """The rows of arrays."""

    def __init__(self, tensors: Any) -> None:
        spec, flat = structure.normalize(tensors, own=True)
        concrete(flat)
        specs = structure.flatten(spec)
        if all(leaf is None for leaf in flat):
            raise ValueError("Invalid `element`. `element` should not be empty.")
        sizes = []
        for one, leaf in zip(specs, flat, strict=True):
            if isinstance(one, TensorSpec):
                if not one.shape.rank:
                    raise ValueError("Unbatching a tensor is only supported for rank >= 1")
                sizes.append(one.shape[0])
            elif not isinstance(one, NoneTensorSpec):
                sizes.append(structure.rows_in(leaf))
        for size in sizes[1:]:
            if size != sizes[0]:
                raise ValueError(f"Dimensions {sizes[0]} and {size} are not compatible")
        self._spec = structure.pack(spec, [structure.unbatch_spec(one) for one in specs])
        self._size = sizes[0] if sizes else 0
        dense = all(isinstance(one, TensorSpec) for one in specs)
        self._source: Source = ArraySource(flat) if dense else _LeafSource(flat, self._size)

    def _plan(self) -> Plan | None:
        return Plan(self._source) if self._source.arrays is not None else None

    def _tokens(self, run: Run) -> Iterator[np.ndarray]:
        return natural_blocks(self._size)

    def _elements(self, run: Run) -> Iterator[Flat]:
        return map(self._source.one, range(self._size))

    def _count(self) -> int:
        return self._size


class _LeafSource(Source):
    """Rows of which some are ragged, sparse or None."""

    def __init__(self, leaves: Sequence[Any], size: int) -> None:
        self.leaves, self.size = leaves, size

    def one(self, index: int) -> Flat:
        return tuple(structure.row_of(leaf, index) for leaf in self.leaves)


class ElementsDataset(Dataset):
    """Flat elements in a list: windows, groups, what a cache keeps.

    Args:
      elements: flat elements.
      spec: their structure of specs.
    """

    def __init__(self, elements: Sequence[Flat], spec: Any) -> None:
        self._spec = spec
        self._list = elements
        self._source: Source | None = None
        self._alike: bool | None = None

    def _plan(self) -> Plan | None:
        if self._alike is None:
            self._alike = _alike(self._list)
            if self._alike:
                self._source = ArraySource([structure.stack(column) for column in zip(*self._list, strict=True)])
        return Plan(self._source) if self._source is not None else None

    def _tokens(self, run: Run) -> Iterator[np.ndarray]:
        return natural_blocks(len(self._list))

    def _elements(self, run: Run) -> Iterator[Flat]:
        return iter(self._list)

    def _iterate(self, run: Run, skip: int = 0) -> Iterator[Flat]:
        return iter(self._list[skip:])

    def _count(self) -> int:
        return len(self._list)


def _alike(elements: Sequence[Flat]) -> bool:
    """Whether elements are all arrays of equal shapes."""
    if not elements or not elements[0]:
        return False
    if not all(isinstance(leaf, (np.ndarray, jax.Array)) for leaf in elements[0]):
        return False
    first = [(leaf.shape, leaf.dtype) for leaf in elements[0]]
    return all([(leaf.shape, leaf.dtype) for leaf in flat] == first for flat in elements)


class _ListDataset(ElementsDataset):
    """Elements of a python list."""

    def __init__(self, elements: Any) -> None:
        if not isinstance(elements, list):
            raise TypeError(f"`elements` must be a list, but got {type(elements)}.")
        if not elements:
            raise ValueError("Invalid `elements`. `elements` should not be empty.")
        normalized = [structure.normalize(element, own=True) for element in elements]
        spec = normalized[0][0]
        for other, _ in normalized[1:]:
            try:
                spec = structure.map_structure(structure.relax, spec, other)
            except (TypeError, ValueError):
                raise ValueError(
                    f"Invalid `elements`. The structure of the elements is not the same: {spec} and {other}."
                ) from None
        super().__init__([flat for _, flat in normalized], spec)


@dataset_static
def from_tensors(tensors: Any, name: str | None = None) -> Dataset:
    """A dataset of one element.

    Args:
      tensors: structure of things that become tensors.
      name: ignored.

    >>> import kerax as tf
    >>> list(tf.data.Dataset.from_tensors([1, 2]).as_numpy_iterator())
    [array([1, 2], dtype=int32)]
    """
    return _TensorDataset(tensors)


@dataset_static
def from_tensor_slices(tensors: Any, name: str | None = None) -> Dataset:
    """A dataset of the rows of tensors.

    The arrays are copied once; shuffling, repeating and batching then work on indices.

    Args:
      tensors: structure of tensors ``[n, …]`` with the same ``n``.
      name: ignored.

    Raises:
      ValueError: a scalar among the tensors, or different ``n``.

    >>> import kerax as tf
    >>> ds = tf.data.Dataset.from_tensor_slices({"x": [1, 2], "y": [3., 4.]})
    >>> [(int(row["x"]), float(row["y"])) for row in ds]
    [(1, 3.0), (2, 4.0)]
    """
    return _TensorSliceDataset(tensors)


def from_list(elements: list[Any], name: str | None = None) -> Dataset:
    """A dataset of the elements of a list, each a structure of things that become tensors.

    >>> import kerax as tf
    >>> [int(a) for a, b in tf.data.experimental.from_list([(1, 'a'), (2, 'b')])]
    [1, 2]
    """
    return _ListDataset(elements)
