"""Calls the callbacks of a fit in order, and only for batches that one of them looks at."""

from __future__ import annotations

from typing import Any

from kerax.core import nest
from kerax.core.config import legacy_keras
from kerax.keras.callbacks.callback import Callback
from kerax.keras.callbacks.history import History
from kerax.keras.callbacks.logs import pythonify_logs
from kerax.keras.callbacks.progbar_logger import ProgbarLogger


class CallbackList(Callback):
    """Several callbacks behind the interface of one.

    Args:
      callbacks: list of callbacks, or one.
      add_history: bool, whether to add a ``History`` if there is none.
      add_progbar: bool, whether to add a ``ProgbarLogger`` if there is none.
      model: the model they are about.
      **params: ``verbose``, ``epochs``, ``steps``.
    """

    def __init__(
        self,
        callbacks: Any = None,
        add_history: bool = False,
        add_progbar: bool = False,
        model: Any = None,
        **params: Any,
    ) -> None:
        super().__init__()
        self.callbacks: list[Any] = nest.flatten(callbacks) if callbacks else []
        self._depth = 0
        self._history = self._find(History)
        self._progbar = self._find(ProgbarLogger)
        if self._history is None and add_history:
            self._history = History()
            self.callbacks.append(self._history)
        if self._progbar is None and add_progbar:
            self._progbar = ProgbarLogger(count_mode="steps")
            self.callbacks.append(self._progbar)
        self._watchers: dict[str, list[Any]] = {}
        self.set_model(model)
        self.set_params(params)

    def _find(self, kind: type) -> Any:
        return next((callback for callback in reversed(self.callbacks) if isinstance(callback, kind)), None)

    def append(self, callback: Any) -> None:
        """Adds a callback at the end."""
        self.callbacks.append(callback)
        self._watchers = {}

    def set_params(self, params: dict[str, Any]) -> None:
        self.params = params
        if params:
            for callback in self.callbacks:
                callback.set_params(params)

    def set_model(self, model: Any) -> None:
        if model is None:
            return
        super().set_model(model)
        if self._history is not None:
            object.__setattr__(model, "history", self._history)
        for callback in self.callbacks:
            callback.set_model(model)

    # --- batches --------------------------------------------------------------------------------------
    def _watching(self, kind: str) -> list[Any]:
        """The callbacks whose batch hooks do something."""
        if kind not in self._watchers:
            self._watchers[kind] = [
                callback
                for callback in self.callbacks
                if not hasattr(callback, "looks_at_batches") or callback.looks_at_batches(kind)
            ]
        return self._watchers[kind]

    def look_at_batches(self, kind: str) -> bool:
        """Whether any callback but the progress bar wants to hear of every batch."""
        return any(callback is not self._progbar or callback.shows_every_batch for callback in self._watching(kind))

    def _batch(self, kind: str, hook: str, batch: int, logs: Any) -> None:
        floats: dict[str, Any] | None = None
        if logs is None and legacy_keras():
            logs = {}
        for callback in self._watching(kind):
            if callback is self._progbar and type(callback) is ProgbarLogger:
                getattr(callback, hook)(batch, logs)  # reads values only when it draws
                continue
            if floats is None:
                floats = pythonify_logs(logs)
            if legacy_keras():
                getattr(callback, hook)(batch, floats)
            else:
                getattr(callback, hook)(batch, logs=floats)

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        self._batch("train", "on_train_batch_begin", batch, logs)

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        self._batch("train", "on_train_batch_end", batch, logs)

    def on_test_batch_begin(self, batch: int, logs: Any = None) -> None:
        self._batch("test", "on_test_batch_begin", batch, logs)

    def on_test_batch_end(self, batch: int, logs: Any = None) -> None:
        self._batch("test", "on_test_batch_end", batch, logs)

    def on_predict_batch_begin(self, batch: int, logs: Any = None) -> None:
        self._batch("predict", "on_predict_batch_begin", batch, logs)

    def on_predict_batch_end(self, batch: int, logs: Any = None) -> None:
        self._batch("predict", "on_predict_batch_end", batch, logs)

    def on_batch_begin(self, batch: int, logs: Any = None) -> None:
        self._batch("train", "on_batch_begin", batch, logs)

    def on_batch_end(self, batch: int, logs: Any = None) -> None:
        self._batch("train", "on_batch_end", batch, logs)

    # --- epochs and runs ------------------------------------------------------------------------------
    def _each(self, hook: str, *args: Any) -> None:
        *rest, logs = args
        floats = pythonify_logs(logs)
        for callback in self.callbacks:
            getattr(callback, hook)(*rest, floats)

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self._each("on_epoch_begin", epoch, logs)

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self._each("on_epoch_end", epoch, logs)

    def _begin(self, kind: str, logs: Any) -> None:
        self._depth += 1
        self._watchers.pop(kind, None)
        self._each(f"on_{kind}_begin", logs)

    def _end(self, kind: str, logs: Any) -> None:
        self._each(f"on_{kind}_end", logs)
        self._depth -= 1
        if self._depth < 0:
            raise ValueError("`on_xxx_end` called without corresponding `on_xxx_begin`")

    def on_train_begin(self, logs: Any = None) -> None:
        self._begin("train", logs)

    def on_train_end(self, logs: Any = None) -> None:
        self._end("train", logs)

    def on_test_begin(self, logs: Any = None) -> None:
        self._begin("test", logs)

    def on_test_end(self, logs: Any = None) -> None:
        self._end("test", logs)

    def on_predict_begin(self, logs: Any = None) -> None:
        self._begin("predict", logs)

    def on_predict_end(self, logs: Any = None) -> None:
        self._end("predict", logs)

    def __iter__(self) -> Any:
        return iter(self.callbacks)
