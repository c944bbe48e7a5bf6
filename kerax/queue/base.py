"""``tf.queue.QueueBase``: elements wait in line; readers and writers wait for each other."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np

from kerax.core import dtypes as tf_dtypes
from kerax.core import errors
from kerax.core.context import context
from kerax.core.shape import TensorShape
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor


class QueueBase:
    """The base of the queues. An element is a tuple of tensors, one for each dtype.

    Reading from an empty queue waits, writing to a full one too, until another thread helps or the queue is closed.
    Inside of ``tf.function`` a queue makes the function run uncompiled.

    Args:
      dtypes: list of dtypes, those of an element's tensors.
      shapes: list of their shapes, or None where they may differ.
      names: list of names, or None; with names, elements are dictionaries.
      queue_ref: ignored: there are no handles.
    """

    def __init__(self, dtypes: Any, shapes: Any, names: Any, queue_ref: Any = None) -> None:
        kinds = dtypes if isinstance(dtypes, (list, tuple)) else [dtypes]
        self._dtypes = [tf_dtypes.as_dtype(kind) for kind in kinds]
        self._shapes = _as_shapes(shapes, len(self._dtypes))
        self._names = _as_names(names, len(self._dtypes))
        self._capacity = 0
        self._items: list[tuple[np.ndarray, ...]] = []
        self._closed = False
        self._changed = threading.Condition()
        self._name = type(self).__name__

    # --- what it is -------------------------------------------------------------------------------------
    @property
    def queue_ref(self) -> Any:
        """The queue itself, which needs no handle."""
        return self

    @property
    def name(self) -> str:
        return self._name

    @property
    def dtypes(self) -> list[Any]:
        return self._dtypes

    @property
    def shapes(self) -> list[TensorShape]:
        return self._shapes if self._shapes is not None else [TensorShape(None) for _ in self._dtypes]

    @property
    def names(self) -> list[str] | None:
        return self._names

    def size(self, name: str | None = None) -> Tensor:
        """int32 scalar, the number of elements that wait."""
        _require_eager()
        return convert_to_tensor(len(self._items), tf_dtypes.int32)

    def is_closed(self, name: str | None = None) -> Tensor:
        """bool scalar, whether the queue is closed."""
        _require_eager()
        return convert_to_tensor(self._closed)

    def close(self, cancel_pending_enqueues: bool = False, name: str | None = None) -> None:
        """Closes the queue: nothing more comes in, what is there can still be read.

        Args:
          cancel_pending_enqueues: bool, whether writers that wait give up now; they do so in any case.
          name: ignored.
        """
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    # --- writing ----------------------------------------------------------------------------------------
    def enqueue(self, vals: Any, name: str | None = None) -> None:
        """Puts one element in.

        Args:
          vals: tensor, list of tensors, or dictionary where the queue has names.
          name: ignored.

        Raises:
          errors.CancelledError: the queue is closed.
          ValueError: another structure, or other shapes.
        """
        self._put([self._element(vals)])

    def enqueue_many(self, vals: Any, name: str | None = None) -> None:
        """Puts several elements in, the rows of the tensors.

        Args:
          vals: as for ``enqueue``, with one more dimension in front.
          name: ignored.
        """
        columns = self._element(vals, rows=True)
        counts = {len(column) for column in columns}
        if len(counts) > 1:
            raise ValueError(f"All components of enqueue_many must have as many rows as the first, received {counts}.")
        self._put([tuple(np.asarray(column[i]) for column in columns) for i in range(counts.pop())])

    def _element(self, vals: Any, rows: bool = False) -> tuple[np.ndarray, ...]:
        _require_eager()
        if isinstance(vals, dict):
            if not self._names:
                raise ValueError("Queue must have names to enqueue a dictionary")
            if sorted(self._names) != sorted(vals):
                raise ValueError(
                    f"Keys in dictionary to enqueue do not match names of Queue.  Dictionary: {sorted(vals)},"
                    f"Queue: {sorted(self._names)}"
                )
            vals = [vals[name] for name in self._names]
        else:
            if self._names:
                raise ValueError("You must enqueue a dictionary in a Queue with names")
            vals = vals if isinstance(vals, (list, tuple)) else [vals]
        if len(vals) != len(self._dtypes):
            raise ValueError(f"Queue has {len(self._dtypes)} components, received {len(vals)} values.")
        arrays = []
        for index, (value, dtype) in enumerate(zip(vals, self._dtypes, strict=True)):
            array = np.asarray(convert_to_tensor(value, dtype))
            if rows and not array.ndim:
                raise ValueError("enqueue_many needs tensors with a dimension of rows.")
            shape = array.shape[1:] if rows else array.shape
            if self._shapes is not None and not self._shapes[index].is_compatible_with(shape):
                raise ValueError(f"Shapes {shape} and {self._shapes[index]} are incompatible")
            arrays.append(array)
        return tuple(arrays)

    def _put(self, items: list[tuple[np.ndarray, ...]]) -> None:
        with self._changed:
            for item in items:
                self._changed.wait_for(lambda: self._closed or self._capacity <= 0 or len(self._items) < self._capacity)
                if self._closed:
                    raise errors.CancelledError(None, None, f"{self._name} is closed.")
                self._insert(item)
                self._changed.notify_all()

    def _insert(self, item: tuple[np.ndarray, ...]) -> None:
        self._items.append(item)

    # --- reading ----------------------------------------------------------------------------------------
    def dequeue(self, name: str | None = None) -> Any:
        """Takes one element out: a tensor, a list of tensors, or a dictionary where the queue has names.

        Raises:
          errors.OutOfRangeError: the queue is closed and empty.
        """
        return self._packed(self._get(1, False)[0])

    def dequeue_many(self, n: Any, name: str | None = None) -> Any:
        """Takes ``n`` elements out, stacked along a new first dimension.

        Raises:
          errors.OutOfRangeError: the queue is closed and has fewer.
          ValueError: the queue does not know its elements' shapes.
        """
        self._require_shapes()
        return self._stacked(self._get(int(n), False))

    def dequeue_up_to(self, n: Any, name: str | None = None) -> Any:
        """Takes ``n`` elements out, or those that are left in a closed queue.

        Raises:
          errors.OutOfRangeError: the queue is closed and empty.
        """
        self._require_shapes()
        return self._stacked(self._get(int(n), True))

    def _get(self, count: int, fewer: bool) -> list[tuple[np.ndarray, ...]]:
        _require_eager()
        if count < 0:
            raise errors.InvalidArgumentError(None, None, f"DequeueMany requires n >= 0, received {count}")
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._ready(count))
            available = len(self._items)
            if available < count and not (fewer and available):
                raise errors.OutOfRangeError(
                    None,
                    None,
                    f"{self._name} is closed and has insufficient elements (requested {count}, current size "
                    f"{available})",
                )
            found = [self._take() for _ in range(min(count, available))]
            self._changed.notify_all()
        return found

    def _ready(self, count: int) -> bool:
        return len(self._items) >= count

    def _take(self) -> tuple[np.ndarray, ...]:
        return self._items.pop(0)

    def _require_shapes(self) -> None:
        """Elements can be stacked: asked before they are waited for."""
        if self._shapes is None or not all(shape.is_fully_defined() for shape in self._shapes):
            raise errors.InvalidArgumentError(
                None,
                None,
                f"{self._name}'s DequeueMany and DequeueUpTo require the components to have specified shapes.",
            )

    def _stacked(self, items: list[tuple[np.ndarray, ...]]) -> Any:
        if not items:
            empty = [
                np.zeros((0, *[size or 0 for size in shape]), dtype.dtype)
                for shape, dtype in zip(self._shapes, self._dtypes, strict=True)
            ]
            return self._packed(tuple(empty))
        return self._packed(tuple(np.stack(column) for column in zip(*items, strict=True)))

    def _packed(self, item: tuple[np.ndarray, ...]) -> Any:
        tensors = [convert_to_tensor(array, dtype) for array, dtype in zip(item, self._dtypes, strict=True)]
        if self._names:
            return dict(zip(self._names, tensors, strict=True))
        return tensors[0] if len(tensors) == 1 else tensors

    @staticmethod
    def from_list(index: Any, queues: list[QueueBase]) -> QueueBase:
        """One of several queues of the same dtypes and names, by its number.

        Raises:
          TypeError: something else is in the list, or dtypes differ.
        """
        if not queues or not isinstance(queues, list) or not all(isinstance(queue, QueueBase) for queue in queues):
            raise TypeError("A list of queues expected")
        if any(queue.dtypes != queues[0].dtypes for queue in queues):
            raise TypeError("Queues do not have matching component dtypes.")
        if any(queue.names != queues[0].names for queue in queues):
            raise TypeError("Queues do not have matching component names.")
        return queues[int(index)]


def _require_eager() -> None:
    if context.trace is not None:
        raise errors.Uncompilable("a queue")


def _as_shapes(shapes: Any, count: int) -> list[TensorShape] | None:
    if shapes is None:
        return None
    if not isinstance(shapes, (list, tuple)) or all(size is None or isinstance(size, int) for size in shapes):
        shapes = [shapes]  # one shape, not a list of them
    found = [TensorShape(shape) for shape in shapes]
    if len(found) != count:
        raise errors.InvalidArgumentError(
            None, None, f"Different number of component types: {count} dtypes and {len(found)} shapes."
        )
    return found


def _as_names(names: Any, count: int) -> list[str] | None:
    if not names:
        return None
    found = names if isinstance(names, list) else [names]
    if len(found) != count:
        raise ValueError(f"Queue names must have the same length as dtypes, received {len(found)} names.")
    if not all(isinstance(name, str) for name in found):
        raise TypeError("Queue names must be strings.")
    return found
