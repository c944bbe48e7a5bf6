"""``keras.callbacks.Callback``: code that runs at the turns of training."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_BATCH_HOOKS = {
    "train": ("on_train_batch_begin", "on_train_batch_end", "on_batch_begin", "on_batch_end"),
    "test": ("on_test_batch_begin", "on_test_batch_end"),
    "predict": ("on_predict_batch_begin", "on_predict_batch_end"),
}


def _default(method: Callable[..., Any]) -> Callable[..., Any]:
    method._is_default = True  # type: ignore[attr-defined]
    return method


def is_default(method: Any) -> bool:
    """Whether a hook is the base class's, that does nothing."""
    return getattr(method, "_is_default", False)


class Callback:
    """Base class of callbacks; override the hooks that matter.

    ``logs`` are dicts from names to floats. Batches and epochs are counted from 0.

    Attributes:
      params: dict with ``verbose``, ``epochs`` and ``steps``.
      model: the model in training.

    >>> class Printer(Callback):
    ...     def on_epoch_end(self, epoch, logs=None):
    ...         print(epoch, sorted(logs))
    """

    def __init__(self) -> None:
        self.params: dict[str, Any] | None = None
        self._model: Any = None
        self.validation_data: Any = None

    def set_params(self, params: dict[str, Any]) -> None:
        self.params = params

    def set_model(self, model: Any) -> None:
        self._model = model

    @property
    def model(self) -> Any:
        return getattr(self, "_model", None)

    @model.setter
    def model(self, value: Any) -> None:
        self._model = value

    def looks_at_batches(self, kind: str) -> bool:
        """Whether a hook for batches of "train", "test" or "predict" is overridden."""
        return any(not is_default(getattr(self, hook)) for hook in _BATCH_HOOKS[kind])

    @_default
    def on_batch_begin(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """An old name of ``on_train_batch_begin``."""

    @_default
    def on_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """An old name of ``on_train_batch_end``."""

    @_default
    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Called before an epoch of training."""

    @_default
    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Called after an epoch of training and its validation, whose logs begin with ``val_``."""

    @_default
    def on_train_batch_begin(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Called before a training step."""
        self.on_batch_begin(batch, logs=logs)

    @_default
    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Called after a training step, with the metrics so far."""
        self.on_batch_end(batch, logs=logs)

    @_default
    def on_test_batch_begin(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Called before a step of evaluation or validation."""

    @_default
    def on_test_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Called after a step of evaluation or validation."""

    @_default
    def on_predict_batch_begin(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Called before a step of prediction."""

    @_default
    def on_predict_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Called after a step of prediction, with ``{"outputs": …}``."""

    @_default
    def on_train_begin(self, logs: dict[str, Any] | None = None) -> None:
        """Called when training begins."""

    @_default
    def on_train_end(self, logs: dict[str, Any] | None = None) -> None:
        """Called when training ends, with the logs of the last epoch."""

    @_default
    def on_test_begin(self, logs: dict[str, Any] | None = None) -> None:
        """Called when an evaluation or validation begins."""

    @_default
    def on_test_end(self, logs: dict[str, Any] | None = None) -> None:
        """Called when an evaluation or validation ends."""

    @_default
    def on_predict_begin(self, logs: dict[str, Any] | None = None) -> None:
        """Called when a prediction begins."""

    @_default
    def on_predict_end(self, logs: dict[str, Any] | None = None) -> None:
        """Called when a prediction ends."""
