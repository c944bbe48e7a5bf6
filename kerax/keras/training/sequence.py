"""Batches of a ``PyDataset``, read ahead by its worker threads."""

from __future__ import annotations

import itertools
import random
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from kerax.core.config import legacy_keras
from kerax.keras.training.class_weights import weigh_classes
from kerax.keras.utils.py_dataset import PyDataset


class SequenceBatches:
    """Batches of a PyDataset, in order or shuffled, read ahead by its workers."""

    uneven = True  # batches may differ in size

    def __init__(self, dataset: PyDataset, class_weight: dict[int, float] | None = None, shuffle: bool = False) -> None:
        self._dataset = dataset
        self._class_weight = class_weight
        self._shuffle = shuffle
        self._within_epoch = False
        # Keras looks at batches first to learn their dtypes and shapes: who counts or draws numbers in them sees it
        for i in range(min(1 if legacy_keras() else 2, 2 if dataset.num_batches is None else dataset.num_batches)):
            dataset[i]
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
                    pending.extend(pool.submit(self._dataset.__getitem__, i) for i in itertools.islice(indices, 1))
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
        if self._class_weight is not None and len(batch) > 1:
            batch = (*batch[:2], weigh_classes(batch[1], self._class_weight, *batch[2:]))
        return batch
