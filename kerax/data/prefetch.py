"""``prefetch``: the next elements are made on a thread while the present one is used."""

from __future__ import annotations

import collections
import threading
from collections.abc import Iterator
from typing import Any

from kerax.core import errors
from kerax.data.dataset import AUTOTUNE, Dataset, Passing, Run, as_int, dataset_method
from kerax.data.structure import Flat

_AUTOTUNED = 2


class _Buffer:
    """What the reading thread and the iterator share; the thread holds no reference to the iterator."""

    def __init__(self, elements: Iterator[Flat], size: int) -> None:
        self.elements, self.size = elements, size
        self.items: collections.deque[tuple[str, Any]] = collections.deque()
        self.changed = threading.Condition()
        self.stopped = False

    def fill(self) -> None:
        while True:
            with self.changed:
                self.changed.wait_for(lambda: self.stopped or len(self.items) < self.size)
                if self.stopped:
                    break
            try:
                item = "element", next(self.elements)
            except StopIteration:
                item = "end", None
            except BaseException as error:  # it belongs to the iterating thread
                item = "error", error
            with self.changed:
                self.items.append(item)
                self.changed.notify_all()
            if item[0] == "end":
                break
        del self.elements

    def stop(self) -> None:
        with self.changed:
            self.stopped = True
            self.changed.notify_all()


class ReadAhead:
    """An iterator whose elements are drawn ahead on a thread of its own, which ends when it is dropped."""

    def __init__(self, elements: Iterator[Flat], size: int) -> None:
        self._buffer = _Buffer(elements, size)
        self._thread: threading.Thread | None = None
        self._ended = False

    def __iter__(self) -> ReadAhead:
        return self

    def __next__(self) -> Flat:
        if self._ended:
            raise StopIteration
        buffer = self._buffer
        if self._thread is None:
            self._thread = threading.Thread(target=buffer.fill, name="kerax_prefetch", daemon=True)
            self._thread.start()
        with buffer.changed:
            buffer.changed.wait_for(lambda: buffer.items)
            what, value = buffer.items.popleft()
            buffer.changed.notify_all()
        if what == "element":
            return value
        if what == "error":
            raise value
        self._ended = True
        raise StopIteration

    def __del__(self) -> None:
        self._buffer.stop()


def read_ahead(elements: Iterator[Flat], size: int) -> Iterator[Flat]:
    """``elements``, drawn up to ``size`` ahead on a thread."""
    return ReadAhead(elements, size)


class _PrefetchDataset(Passing):
    """The parent's elements, made ahead. Index plans need no thread: their work is one gather a batch."""

    def __init__(self, parent: Dataset, size: int) -> None:
        super().__init__(parent)
        self._size = size

    def _elements(self, run: Run) -> Iterator[Flat]:
        elements = self._parent._iterate(run)
        return read_ahead(elements, self._size) if self._size else elements


@dataset_method
def prefetch(self: Dataset, buffer_size: Any, name: str | None = None) -> Dataset:
    """Makes the next elements while the present one is used.

    Args:
      buffer_size: int64 scalar, how many elements are kept ready; ``AUTOTUNE`` lets kerax choose.
      name: ignored.

    >>> import kerax as tf
    >>> [int(x) for x in tf.data.Dataset.range(3).prefetch(2)]
    [0, 1, 2]
    """
    size = AUTOTUNE if buffer_size is None else as_int(buffer_size, "buffer_size")
    if size < AUTOTUNE:
        raise errors.InvalidArgumentError(
            None, None, "buffer_size must be >= 0 or set buffer_size to be -1 for auto-tuning"
        )
    return _PrefetchDataset(self, _AUTOTUNED if size == AUTOTUNE else size)
