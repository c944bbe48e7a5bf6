"""``keras.utils.PyDataset`` (once ``Sequence``): batches by index, read by worker threads."""

from __future__ import annotations

import itertools
import random
import warnings
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from kerax.keras.training import packing


class PyDataset:
    """Base class of datasets that give one whole batch for an index.

    Subclasses implement ``__getitem__`` and ``__len__`` (or the property ``num_batches``, None if endless).

    Args:
      workers: int, number of threads that read batches ahead of time; 1 reads in the training thread.
      use_multiprocessing: bool. Differs from TensorFlow: the workers are threads here in any case, as a
        process that runs JAX must not be forked; numpy and file reading release the interpreter lock.
      max_queue_size: int, how many batches are read ahead.

    >>> class Squares(PyDataset):
    ...     def __len__(self):
    ...         return 2
    ...     def __getitem__(self, index):
    ...         return np.full((3, 1), index), np.full((3, 1), index**2)
    >>> Squares().num_batches
    2
    """

    def __init__(self, workers: int = 1, use_multiprocessing: bool = False, max_queue_size: int = 10) -> None:
        self._workers = workers
        self._use_multiprocessing = use_multiprocessing
        self._max_queue_size = max_queue_size

    def _setting(self, name: str, default: Any) -> Any:
        if not hasattr(self, name):
            for key, value in (("_workers", 1), ("_use_multiprocessing", False), ("_max_queue_size", 10)):
                self.__dict__.setdefault(key, value)
            warnings.warn(
                "Your `PyDataset` class should call `super().__init__(**kwargs)` in its constructor. `**kwargs` can "
                "include `workers`, `use_multiprocessing`, `max_queue_size`. Do not pass these arguments to `fit()`, "
                "as they will be ignored.",
                stacklevel=3,
            )
        return getattr(self, name, default)

    @property
    def workers(self) -> int:
        return self._setting("_workers", 1)

    @workers.setter
    def workers(self, value: int) -> None:
        self._workers = value

    @property
    def use_multiprocessing(self) -> bool:
        return self._setting("_use_multiprocessing", False)

    @use_multiprocessing.setter
    def use_multiprocessing(self, value: bool) -> None:
        self._use_multiprocessing = value

    @property
    def max_queue_size(self) -> int:
        return self._setting("_max_queue_size", 10)

    @max_queue_size.setter
    def max_queue_size(self, value: int) -> None:
        self._max_queue_size = value

    def __getitem__(self, index: int) -> Any:
        """The batch number ``index``: ``(x,)``, ``(x, y)``, ``(x, y, sample_weight)`` or a dict."""
        raise NotImplementedError

    @property
    def num_batches(self) -> int | None:
        """The number of batches, None if there is no end."""
        if hasattr(self, "__len__"):
            return len(self)
        raise NotImplementedError(
            "You need to implement the `num_batches` property:\n\n@property\ndef num_batches(self):\n  return ..."
        )

    def __iter__(self) -> Iterator[Any]:
        try:
            count = self.num_batches
        except NotImplementedError:
            count = None
        for index in itertools.count() if count is None else range(count):
            yield self[index]

    def on_epoch_begin(self) -> None:
        """Called at the beginning of every epoch."""

    def on_epoch_end(self) -> None:
        """Called at the end of every epoch."""


class SequenceBatches:
    """Batches of a PyDataset, in order or shuffled, read ahead by its workers."""

    def __init__(
        self, dataset: PyDataset, class_weight: dict[int, float] | None = None, shuffle: bool = False
    ) -> None:
        self._dataset = dataset
        self._class_weight = class_weight
        self._shuffle = shuffle
        self._within_epoch = False
        self._next_index = itertools.count()  # an endless dataset goes on where the last epoch stopped

    @property
    def num_batches(self) -> int | None:
        return self._dataset.num_batches

    def on_epoch_begin(self) -> None:
        if self._within_epoch:
            raise ValueError("`on_epoch_begin` was called twice without `on_epoch_end` having been called.")
        self._within_epoch = True
        self._dataset.on_epoch_begin()

    def on_epoch_end(self) -> None:
        self._dataset.on_epoch_end()
        self._within_epoch = False

    def __iter__(self) -> Iterator[Any]:
        count = self._dataset.num_batches
        ahead = self._dataset.workers > 1 or (self._dataset.workers > 0 and self._dataset.use_multiprocessing)
        if count == 0:
            raise ValueError("The PyDataset has length 0")
        if count is None:
            indices: Iterator[int] = self._next_index if ahead else itertools.count()
        else:
            order = list(range(count))
            if self._shuffle:
                random.shuffle(order)
            indices = iter(order)
        if not ahead:
            return (self._standard(self._dataset[i]) for i in indices)
        return self._read_ahead(indices)

    def _read_ahead(self, indices: Iterator[int]) -> Iterator[Any]:
        """Batches in the order of their indices, several being read at once."""
        depth = max(self._dataset.max_queue_size, 1)
        with ThreadPoolExecutor(self._dataset.workers) as pool:
            pending = deque(pool.submit(self._dataset.__getitem__, i) for i in itertools.islice(indices, depth))
            try:
                while pending:
                    batch = pending.popleft().result()
                    pending.extend(
                        pool.submit(self._dataset.__getitem__, i) for i in itertools.islice(indices, 1)
                    )
                    yield self._standard(batch)
            finally:
                for future in pending:
                    future.cancel()

    def _standard(self, batch: Any) -> Any:
        if isinstance(batch, dict):
            return batch
        if isinstance(batch, np.ndarray):
            batch = (batch,)
        if isinstance(batch, list):
            batch = tuple(batch)
        if not isinstance(batch, tuple) or len(batch) not in (1, 2, 3):
            raise ValueError(
                "PyDataset.__getitem__() must return a tuple or a dict. If a tuple, it must be ordered either "
                "(input,) or (inputs, targets) or (inputs, targets, sample_weights). "
                f"Received: {str(batch)[:100]}... of type {type(batch)}"
            )
        if self._class_weight is not None:
            if len(batch) == 3:
                raise ValueError("You cannot specify `class_weight` and `sample_weight` at the same time.")
            if len(batch) == 2:
                batch = (*batch, packing.class_weight_to_sample_weights(batch[1], self._class_weight))
        return batch
