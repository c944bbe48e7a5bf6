"""``repeat``, ``take``, ``skip`` and ``shard``: parts and repetitions of a dataset."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from kerax.core import errors
from kerax.data.dataset import Dataset, Reordering, Run, as_int, dataset_method
from kerax.data.plan import INFINITE, UNKNOWN


class _RepeatDataset(Reordering):
    """The elements over and over."""

    def __init__(self, parent: Dataset, count: int) -> None:
        super().__init__(parent)
        self._times = count

    def _reorder(self, opened: Callable[[], Iterator[Any]], run: Run) -> Iterator[Any]:
        rounds = itertools.count() if self._times < 0 else range(self._times)
        for _ in rounds:
            empty = True
            for item in opened():
                empty = False
                yield item
            if empty and self._times < 0:
                return

    _reorder_blocks = _reorder

    def _count(self) -> int:
        count = self._parent._count()
        if self._times < 0:
            return 0 if count == 0 else INFINITE
        if self._times == 0:
            return 0
        return count if count < 0 else count * self._times


class _TakeDataset(Reordering):
    """The first elements."""

    def __init__(self, parent: Dataset, count: int) -> None:
        super().__init__(parent)
        self._number = count

    def _reorder(self, opened: Callable[[], Iterator[Any]], run: Run) -> Iterator[Any]:
        return itertools.islice(opened(), self._number) if self._number >= 0 else opened()

    def _reorder_blocks(self, opened: Callable[[], Iterator[np.ndarray]], run: Run) -> Iterator[np.ndarray]:
        left = self._number
        if left == 0:
            return
        for block in opened():
            if left < 0 or len(block) < left:
                yield block
                left -= len(block) if left > 0 else 0
            else:
                yield block[:left]
                return

    def _count(self) -> int:
        count = self._parent._count()
        if self._number < 0 or (0 <= count <= self._number):
            return count
        return UNKNOWN if count == UNKNOWN and self._number else self._number


class _SkipDataset(Reordering):
    """What comes after the first elements."""

    def __init__(self, parent: Dataset, count: int) -> None:
        super().__init__(parent)
        self._number = count

    def _reorder(self, opened: Callable[[], Iterator[Any]], run: Run) -> Iterator[Any]:
        return itertools.islice(opened(), self._number, None) if self._number >= 0 else iter(())

    def _reorder_blocks(self, opened: Callable[[], Iterator[np.ndarray]], run: Run) -> Iterator[np.ndarray]:
        left = self._number
        if left < 0:
            return
        for block in opened():
            if left < len(block):
                yield block[left:] if left else block
            left = max(left - len(block), 0)

    def _count(self) -> int:
        count = self._parent._count()
        if self._number < 0:
            return 0
        return count if count < 0 else max(count - self._number, 0)


class _ShardDataset(Reordering):
    """Every n-th element."""

    def __init__(self, parent: Dataset, num_shards: int, index: int) -> None:
        super().__init__(parent)
        self._shards, self._index = num_shards, index

    def _reorder(self, opened: Callable[[], Iterator[Any]], run: Run) -> Iterator[Any]:
        return itertools.islice(opened(), self._index, None, self._shards)

    def _reorder_blocks(self, opened: Callable[[], Iterator[np.ndarray]], run: Run) -> Iterator[np.ndarray]:
        first = self._index
        for block in opened():
            part = block[first :: self._shards]
            if len(part):
                yield part
            first = (first - len(block)) % self._shards if first < len(block) else first - len(block)

    def _count(self) -> int:
        count = self._parent._count()
        return count if count < 0 else len(range(self._index, count, self._shards))


@dataset_method
def repeat(self: Dataset, count: Any = None, name: str | None = None) -> Dataset:
    """Gives the elements over and over.

    Args:
      count: int64 scalar, how many times; None or -1 means without end.
      name: ignored.

    >>> import kerax as tf
    >>> [int(x) for x in tf.data.Dataset.range(2).repeat(2)]
    [0, 1, 0, 1]
    """
    return _RepeatDataset(self, -1 if count is None else as_int(count, "count"))


@dataset_method
def take(self: Dataset, count: Any, name: str | None = None) -> Dataset:
    """The first elements.

    Args:
      count: int64 scalar, how many; -1 means all.
      name: ignored.

    >>> import kerax as tf
    >>> [int(x) for x in tf.data.Dataset.range(10).take(2)]
    [0, 1]
    """
    return _TakeDataset(self, as_int(count, "count"))


@dataset_method
def skip(self: Dataset, count: Any, name: str | None = None) -> Dataset:
    """What comes after the first elements.

    Args:
      count: int64 scalar, how many elements are left out; -1 means all.
      name: ignored.

    >>> import kerax as tf
    >>> [int(x) for x in tf.data.Dataset.range(5).skip(3)]
    [3, 4]
    """
    return _SkipDataset(self, as_int(count, "count"))


@dataset_method
def shard(self: Dataset, num_shards: Any, index: Any, name: str | None = None) -> Dataset:
    """Every ``num_shards``-th element, beginning with element ``index``.

    Args:
      num_shards: int64 scalar, the number of parts.
      index: int64 scalar, which part.
      name: ignored.

    Raises:
      errors.InvalidArgumentError: ``num_shards`` is not positive or ``index`` is not one of them.

    >>> import kerax as tf
    >>> [int(x) for x in tf.data.Dataset.range(7).shard(3, 1)]
    [1, 4]
    """
    shards, number = as_int(num_shards, "num_shards"), as_int(index, "index")
    if shards < 1:
        raise errors.InvalidArgumentError(
            None, None, f"Number of shards must be greater than zero (currently num_shards = {shards})."
        )
    if not 0 <= number < shards:
        raise errors.InvalidArgumentError(
            None, None, f"Index must be between 0 and {shards - 1} (currently index = {number})."
        )
    return _ShardDataset(self, shards, number)
