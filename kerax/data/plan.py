"""The fast way through a pipeline: random access to elements, and the order as a stream of indices.

A node that only reorders elements works on indices; the arrays are touched once, when a batch is gathered.
A plan's *tokens* are int64 index blocks (level 0: their concatenation is the order of elements) or one index
array per batch (level 1).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import jax
import numpy as np

from kerax.data.structure import Flat, shape_of

BLOCK = 4096
INFINITE = -1
UNKNOWN = -2


class Source:
    """Random access to a number of elements."""

    size: int
    arrays: tuple[Any, ...] | None = None  # the components, where the whole source is arrays in memory

    def one(self, index: int) -> Flat:
        """The element at an index."""
        return tuple(leaf[0] for leaf in self.take(np.array([index])))

    def take(self, index: np.ndarray) -> Flat:
        """The elements at some indices, as one batch."""
        raise NotImplementedError


class ArraySource(Source):
    """The rows of arrays of the same length.

    Args:
      arrays: numpy or jax arrays ``[n, …]``.
    """

    def __init__(self, arrays: Sequence[Any]) -> None:
        self.arrays = tuple(arrays)
        self.size = len(self.arrays[0]) if self.arrays else 0
        self._rows: list[np.ndarray] | None = None

    @property
    def rows(self) -> list[np.ndarray]:
        if self._rows is None:
            self._rows = [np.asarray(array) for array in self.arrays or ()]
        return self._rows

    def one(self, index: int) -> Flat:
        return tuple(array[index, ...] for array in self.rows)

    def take(self, index: np.ndarray) -> Flat:
        first = int(index[0]) if len(index) else 0
        if len(index) and int(index[-1]) - first == len(index) - 1 and (np.diff(index) == 1).all():
            return tuple(array[first : first + len(index)] for array in self.rows)
        return tuple(array.take(index, axis=0) for array in self.rows)


class RangeSource(Source):
    """An arithmetic progression; ``size`` may be INFINITE."""

    def __init__(self, start: int, step: int, size: int, dtype: Any) -> None:
        self.start, self.step, self.size, self.dtype = start, step, size, dtype

    def one(self, index: int) -> Flat:
        return (np.asarray(self.start + index * self.step).astype(self.dtype),)

    def take(self, index: np.ndarray) -> Flat:
        return ((self.start + index * self.step).astype(self.dtype),)


class ZippedSource(Source):
    """Elements of several sources side by side."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self.sources = list(sources)
        sizes = [source.size for source in sources if source.size != INFINITE]
        self.size = min(sizes) if sizes else INFINITE
        if all(source.arrays is not None for source in sources):
            self.arrays = tuple(array[: self.size] for source in sources for array in source.arrays or ())

    def one(self, index: int) -> Flat:
        return tuple(leaf for source in self.sources for leaf in source.one(index))

    def take(self, index: np.ndarray) -> Flat:
        return tuple(leaf for source in self.sources for leaf in source.take(index))


class JoinedSource(Source):
    """The elements of two sources, one after the other."""

    def __init__(self, first: Source, second: Source) -> None:
        self.first, self.second = first, second
        self.size = INFINITE if second.size == INFINITE else first.size + second.size

    def one(self, index: int) -> Flat:
        edge = self.first.size
        return self.first.one(index) if index < edge else self.second.one(index - edge)

    def take(self, index: np.ndarray) -> Flat:
        edge = self.first.size
        early = index < edge
        if early.all():
            return self.first.take(index)
        if not early.any():
            return self.second.take(index - edge)
        ours, theirs = self.first.take(index[early]), self.second.take(index[~early] - edge)
        merged = []
        for one, two in zip(ours, theirs, strict=True):
            out = np.empty((len(index), *shape_of(one)[1:]), np.asarray(one).dtype)
            out[early], out[~early] = np.asarray(one), np.asarray(two)
            merged.append(out)
        return tuple(merged)


class MappedSource(Source):
    """Elements passed through a pure function, many at once where they are taken many at once.

    Args:
      source: where the elements come from.
      function: a ``DatasetFunction`` that is vectorisable.
    """

    def __init__(self, source: Source, function: Any) -> None:
        self.source, self.function, self.size = source, function, source.size

    def one(self, index: int) -> Flat:
        return self.function(self.source.one(index))

    def take(self, index: np.ndarray) -> Flat:
        return self.function.batched(self.source.take(index), len(index))


class MappedBatches(Source):
    """Batches passed through a pure function of the whole batch."""

    def __init__(self, source: Source, function: Any) -> None:
        self.source, self.function, self.size = source, function, source.size

    def take(self, index: np.ndarray) -> Flat:
        return self.function(self.source.take(index))


class CachedSource(Source):
    """Remembers what a finite source gave, in arrays that are filled on demand."""

    def __init__(self, source: Source) -> None:
        self.source, self.size = source, source.size
        self._done = np.zeros(source.size, bool)
        self._store: list[np.ndarray] | None = None

    def one(self, index: int) -> Flat:
        if self._store is None or not self._done[index]:
            self._keep(np.array([index]), tuple(np.asarray(leaf)[None] for leaf in self.source.one(index)))
        return tuple(array[index, ...] for array in self._store or ())

    def take(self, index: np.ndarray) -> Flat:
        missing = index[~self._done[index]]
        if len(missing) == len(index):
            leaves = self.source.take(index)
            self._keep(index, leaves)
            return leaves
        if len(missing):
            self._keep(missing, self.source.take(missing))
        return tuple(array.take(index, axis=0) for array in self._store or ())

    def _keep(self, index: np.ndarray, leaves: Flat) -> None:
        rows = [np.asarray(leaf) for leaf in leaves]
        if self._store is None:
            self._store = [np.empty((self.size, *row.shape[1:]), row.dtype) for row in rows]
        for array, row in zip(self._store, rows, strict=True):
            array[index] = row
        self._done[index] = True
        if self._done.all():
            self.arrays = tuple(self._store)


@dataclasses.dataclass(frozen=True)
class Plan:
    """How a node's elements follow from a source.

    Args:
      source: the elements, or for level 1 the elements of which batches are made.
      level: 0 if a token is a block of single elements, 1 if a token is a batch.
      fixed: whether every iteration has the same order.
      natural: whether the order is that of the source, from 0 to its size.
    """

    source: Source
    level: int = 0
    fixed: bool = True
    natural: bool = True

    def but(self, **changes: Any) -> Plan:
        return dataclasses.replace(self, **changes)

    def elements(self, tokens: Iterable[np.ndarray]) -> Iterator[Flat]:
        if self.level:
            for index in tokens:
                yield self.source.take(index)
        else:
            for block in tokens:
                for index in block.tolist():
                    yield self.source.one(index)


def natural_blocks(size: int) -> Iterator[np.ndarray]:
    """The index blocks of a source in its own order; small ones first, for those who want but a few."""
    start, width = 0, 64
    while size == INFINITE or start < size:
        stop = start + width if size == INFINITE else min(start + width, size)
        yield np.arange(start, stop)
        start, width = stop, min(2 * width, BLOCK)


def rechunk(blocks: Iterable[np.ndarray], size: int, drop_remainder: bool) -> Iterator[np.ndarray]:
    """Index blocks as index arrays of ``size``, the last one shorter or dropped."""
    parts: list[np.ndarray] = []
    have = 0
    for block in blocks:
        start = 0
        while have + len(block) - start >= size:
            stop = start + size - have
            parts.append(block[start:stop])
            yield parts[0] if len(parts) == 1 else np.concatenate(parts)
            parts, have, start = [], 0, stop
        if start < len(block):
            parts.append(block[start:])
            have += len(block) - start
    if parts and not drop_remainder:
        yield parts[0] if len(parts) == 1 else np.concatenate(parts)


def rows_of(leaves: Flat, count: int) -> Iterator[Flat]:
    """The rows of a batch, as flat elements."""
    rows = [np.asarray(leaf) if isinstance(leaf, jax.Array) else leaf for leaf in leaves]
    for index in range(count):
        yield tuple(row[index, ...] for row in rows)
