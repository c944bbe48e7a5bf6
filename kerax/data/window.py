"""``window``: consecutive elements as datasets."""

from __future__ import annotations

import collections
import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np

from kerax.core import errors
from kerax.data import structure
from kerax.data.dataset import Dataset, Run, as_int, dataset_method
from kerax.data.from_tensors import ElementsDataset
from kerax.data.plan import Plan, Source
from kerax.data.specs import DatasetSpec
from kerax.data.structure import Flat


class _VariantDataset(ElementsDataset):
    """One component of a window."""


class _IndexedDataset(Dataset):
    """One component of the elements at some indices of a source."""

    def __init__(self, source: Source, column: int, index: np.ndarray, spec: Any) -> None:
        self._source = _ColumnSource(source, column)
        self._index = index
        self._spec = spec

    def _plan(self) -> Plan:
        return Plan(self._source, natural=False)

    def _tokens(self, run: Run) -> Iterator[np.ndarray]:
        return iter([self._index])

    def _count(self) -> int:
        return len(self._index)


_IndexedDataset.__name__ = "_VariantDataset"


class _ColumnSource(Source):
    """One component of a source."""

    def __init__(self, source: Source, column: int) -> None:
        self.source, self.column, self.size = source, column, source.size
        if source.arrays is not None:
            self.arrays = (source.arrays[column],)

    def one(self, index: int) -> Flat:
        return (self.source.one(index)[self.column],)

    def take(self, index: np.ndarray) -> Flat:
        return (self.source.take(index)[self.column],)


class _WindowDataset(Dataset):
    """Windows over the elements."""

    def __init__(self, parent: Dataset, size: int, shift: int, stride: int, drop_remainder: bool) -> None:
        self._parent = parent
        self._parents = (parent,)
        self._size, self._shift, self._stride, self._drop = size, shift, stride, drop_remainder

    def _derive(self, spec: Any) -> Any:
        return structure.map_structure(DatasetSpec, spec)

    def _elements(self, run: Run) -> Iterator[Flat]:
        plan = self._parent._plan()
        specs = structure.flatten(self._parent._structure()) if self._parent._known_spec() is not None else None
        if plan is not None and not plan.level and plan.source.arrays is not None and specs is not None:
            indices = itertools.chain.from_iterable(block.tolist() for block in self._parent._tokens(run))
            for items in self._windows(indices):
                index = np.asarray(items, np.int64)
                yield tuple(_IndexedDataset(plan.source, n, index, spec) for n, spec in enumerate(specs))
            return
        for items in self._windows(self._parent._iterate(run)):
            specs = structure.flatten(self._parent._structure())
            columns = zip(*items, strict=True)
            yield tuple(
                _VariantDataset([(leaf,) for leaf in column], spec) for column, spec in zip(columns, specs, strict=True)
            )

    def _windows(self, items: Iterator[Any]) -> Iterator[list[Any]]:
        span = (self._size - 1) * self._stride + 1
        buffer: collections.deque[Any] = collections.deque(itertools.islice(items, span))
        while buffer:
            if len(buffer) < span and self._drop:
                return
            yield list(itertools.islice(buffer, 0, span, self._stride))
            if self._shift >= len(buffer):
                gap = self._shift - len(buffer)
                buffer.clear()
                next(itertools.islice(items, gap, gap), None)
            else:
                for _ in range(self._shift):
                    buffer.popleft()
            buffer.extend(itertools.islice(items, span - len(buffer)))

    def _count(self) -> int:
        count = self._parent._count()
        if count < 0:
            return count
        if not self._drop:
            return -(-count // self._shift)
        span = (self._size - 1) * self._stride + 1
        return max(0, (count - span) // self._shift + 1) if count >= span else 0


@dataset_method
def window(
    self: Dataset,
    size: Any,
    shift: Any = None,
    stride: Any = 1,
    drop_remainder: bool = False,
    name: str | None = None,
) -> Dataset:
    """Groups consecutive elements into windows, each a dataset (for every component of the elements).

    Args:
      size: int64 scalar, elements in a window.
      shift: int64 scalar, elements by which windows move; ``size`` by default.
      stride: int64 scalar, distance of the elements within a window.
      drop_remainder: bool, whether last, smaller windows are left out.
      name: ignored.

    Raises:
      errors.InvalidArgumentError: a number that is not positive.

    >>> import kerax as tf
    >>> [[int(x) for x in w] for w in tf.data.Dataset.range(5).window(2)]
    [[0, 1], [2, 3], [4]]
    """
    numbers = {"size": as_int(size, "size"), "stride": as_int(stride, "stride")}
    numbers["shift"] = numbers["size"] if shift is None else as_int(shift, "shift")
    for label, number in numbers.items():
        if number <= 0:
            raise errors.InvalidArgumentError(None, None, f"Window {label} must be greater than zero.")
    return _WindowDataset(self, numbers["size"], numbers["shift"], numbers["stride"], bool(drop_remainder))
