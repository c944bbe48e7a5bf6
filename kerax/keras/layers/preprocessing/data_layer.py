"""The base of layers for data pipelines, and how ``adapt`` reads its data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from kerax.core.config import legacy_keras
from kerax.core.tensor import is_tensor
from kerax.data import Dataset
from kerax.keras.engine.layer import Layer
from kerax.keras.training.batches import is_dataset
from kerax.keras.utils.py_dataset import PyDataset


class DataLayer(Layer):
    """A layer that also takes arrays and lists, so that ``Dataset.map(layer)`` works."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._allow_non_tensor_positional_args = True


class PreprocessingLayer(Layer):
    """Keras 2's base of layers with a state that ``adapt`` computes.

    Subclasses write ``update_state(data)``, ``reset_state()`` and ``finalize_state()``.
    """

    _adapted = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._allow_non_tensor_positional_args = True

    @property
    def is_adapted(self) -> bool:
        """Whether ``adapt`` has run."""
        return self._adapted

    def update_state(self, data: Any) -> None:
        raise NotImplementedError

    def reset_state(self) -> None:
        raise NotImplementedError

    def finalize_state(self) -> None:
        """Makes what ``call`` needs of the state."""

    def compile(self, run_eagerly: bool | None = None, steps_per_execution: int | None = None) -> None:
        """Accepted for Keras 2's sake: batches are always read one by one, uncompiled."""

    def adapt(self, data: Any, batch_size: int | None = None, steps: int | None = None) -> None:
        """Computes the layer's state from data.

        Args:
          data: array, tensor, dataset or iterable of batches.
          batch_size: int, the rows per batch of arrays, 32 by default.
          steps: int, the number of batches to read, None for all.
        """
        if self.built:
            self.reset_state()
        for batch in batches(data, batch_size or 32, steps):
            if not self.built:
                self.build((None, *batch.shape[1:]))
            self.update_state(batch)
        self.finalize_state()
        self._adapted = True


def is_iterable_of_batches(data: Any, lists_too: bool) -> bool:
    """Whether ``data`` is neither an array nor a tensor, but can be iterated over."""
    arrays = (np.ndarray,) if lists_too else (np.ndarray, list, tuple)
    composite = hasattr(type(data), "_kerax_components")
    return hasattr(data, "__iter__") and not (isinstance(data, arrays) or is_tensor(data) or composite)


def batches_of(data: Any, steps: int | None, lists_too: bool = False) -> Iterator[Any] | None:
    """The batches of a dataset or of an iterable, ``steps`` of them at most; None for an array."""
    if not (is_dataset(data) or isinstance(data, PyDataset) or is_iterable_of_batches(data, lists_too)):
        return None
    return _first(data, steps)


def _first(data: Any, steps: int | None) -> Iterator[Any]:
    if legacy_keras() and isinstance(data, Dataset) and steps in (None, data._count()):
        data._open_unread()  # Keras 2 makes an iterator before that of the first epoch
    items = (data[i] for i in range(len(data))) if isinstance(data, PyDataset) else data
    for index, batch in enumerate(items):
        if steps is not None and index >= steps:
            return
        yield batch


def batches(data: Any, batch_size: int, steps: int | None) -> Iterator[Any]:
    """Batches as Keras 2 makes them: arrays are cut into pieces."""
    found = batches_of(data, steps)
    if found is not None:
        for batch in found:
            batch = batch[0] if isinstance(batch, tuple) else batch
            yield batch if hasattr(batch, "shape") else np.asarray(batch)
        return
    rows = np.asarray(data) if not hasattr(data, "shape") else data
    for index, start in enumerate(range(0, int(rows.shape[0]), batch_size)):
        if steps is not None and index >= steps:
            return
        yield rows[start : start + batch_size]
