"""``FIFOQueue``, ``PaddingFIFOQueue``, ``PriorityQueue``, ``RandomShuffleQueue``."""

from __future__ import annotations

import bisect
import random
from typing import Any

import numpy as np

from kerax.core import dtypes as tf_dtypes
from kerax.core.random_state import get_seed
from kerax.queue.base import QueueBase


class FIFOQueue(QueueBase):
    """Elements leave in the order in which they came.

    Args:
      capacity: int, how many elements may wait.
      dtypes: dtype or list of dtypes of an element's tensors.
      shapes: list of their shapes, which ``dequeue_many`` needs, or None.
      names: list of names, or None; with names, elements are dictionaries.
      shared_name, name: ``name`` is shown in messages; queues are not shared between processes.

    >>> import kerax as tf
    >>> queue = tf.queue.FIFOQueue(10, [tf.int32], shapes=[[]])
    >>> queue.enqueue_many([[1, 2, 3]])
    >>> queue.dequeue_many(2).numpy()
    array([1, 2], dtype=int32)
    """

    def __init__(
        self,
        capacity: int,
        dtypes: Any,
        shapes: Any = None,
        names: Any = None,
        shared_name: str | None = None,
        name: str = "fifo_queue",
    ) -> None:
        super().__init__(dtypes, shapes, names)
        self._capacity, self._name = int(capacity), name


class PaddingFIFOQueue(FIFOQueue):
    """A ``FIFOQueue`` whose elements' sizes may differ; ``dequeue_many`` fills them with zeros to the greatest.

    Args:
      capacity: int, how many elements may wait.
      dtypes: dtype or list of dtypes of an element's tensors.
      shapes: list of their shapes, with None for sizes that differ.
      names: list of names, or None; with names, elements are dictionaries.
      shared_name, name: ``name`` is shown in messages.

    Raises:
      ValueError: not a shape for each dtype.
    """

    def __init__(
        self,
        capacity: int,
        dtypes: Any,
        shapes: Any,
        names: Any = None,
        shared_name: str | None = None,
        name: str = "padding_fifo_queue",
    ) -> None:
        if not shapes:
            raise ValueError("When providing partial shapes, a list of shapes must be provided.")
        super().__init__(capacity, dtypes, shapes, names, shared_name, name)

    def _require_shapes(self) -> None:
        """Rows of different sizes are filled up."""

    def _stacked(self, items: list[tuple[np.ndarray, ...]]) -> Any:
        if not items:
            return super()._stacked(items)
        columns = []
        for column in zip(*items, strict=True):
            shape = np.max([array.shape for array in column], axis=0).astype(int) if column[0].ndim else ()
            blank = b"" if column[0].dtype == object else 0
            full = np.full((len(column), *shape), blank, column[0].dtype)
            for row, array in zip(full, column, strict=True):
                row[tuple(map(slice, array.shape))] = array
            if not column[0].ndim:
                full = np.stack(column)
            columns.append(full)
        return self._packed(tuple(columns))


class PriorityQueue(QueueBase):
    """Elements leave in the order of their priority, an int64 that comes before their tensors; the lowest first.

    Args:
      capacity: int, how many elements may wait.
      types: list of dtypes of an element's tensors, without the priority.
      shapes: list of their shapes, or None.
      names: list of names, of the priority too, or None.
      shared_name, name: ``name`` is shown in messages.
    """

    def __init__(
        self,
        capacity: int,
        types: Any,
        shapes: Any = None,
        names: Any = None,
        shared_name: str | None = None,
        name: str = "priority_queue",
    ) -> None:
        kinds = list(types) if isinstance(types, (list, tuple)) else [types]
        sizes = None if shapes is None else [[], *(shapes if isinstance(shapes, list) else [shapes])]
        super().__init__([tf_dtypes.int64, *kinds], sizes, names)
        self._capacity, self._name = int(capacity), name

    def _insert(self, item: tuple[np.ndarray, ...]) -> None:
        bisect.insort_right(self._items, item, key=lambda element: int(element[0]))


class RandomShuffleQueue(QueueBase):
    """Elements leave in random order.

    Args:
      capacity: int, how many elements may wait.
      min_after_dequeue: int, how many are left at least, so that the order is mixed; not in a closed queue.
      dtypes: dtype or list of dtypes of an element's tensors.
      shapes: list of their shapes, which ``dequeue_many`` needs, or None.
      names: list of names, or None; with names, elements are dictionaries.
      seed: int or None.
      shared_name, name: ``name`` is shown in messages.
    """

    def __init__(
        self,
        capacity: int,
        min_after_dequeue: int,
        dtypes: Any,
        shapes: Any = None,
        names: Any = None,
        seed: int | None = None,
        shared_name: str | None = None,
        name: str = "random_shuffle_queue",
    ) -> None:
        super().__init__(dtypes, shapes, names)
        self._capacity, self._least, self._name = int(capacity), int(min_after_dequeue), name
        pair = get_seed(seed)
        self._random = random.Random(None if pair == (None, None) else repr(pair))

    def _ready(self, count: int) -> bool:
        return len(self._items) >= count + self._least

    def _take(self) -> tuple[np.ndarray, ...]:
        return self._items.pop(self._random.randrange(len(self._items)))
