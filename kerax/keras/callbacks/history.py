"""``keras.callbacks.History``: what ``fit`` returns."""

from __future__ import annotations

from typing import Any

from kerax.keras.callbacks.callback import Callback


class History(Callback):
    """Keeps the logs of every epoch.

    Attributes:
      history: dict from log name to list of floats, one for each epoch.
      epoch: list of int, the epochs' numbers.
    """

    def __init__(self) -> None:
        super().__init__()
        self.history: dict[str, list[Any]] = {}

    def on_train_begin(self, logs: dict[str, Any] | None = None) -> None:
        self.epoch: list[int] = []

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self.epoch.append(epoch)
        for name, value in (logs or {}).items():
            self.history.setdefault(name, []).append(value)
        object.__setattr__(self.model, "history", self)
