"""``keras.callbacks.BaseLogger``: the means of an epoch's batch logs (Keras 2)."""

from __future__ import annotations

from typing import Any

from kerax.keras.callbacks.callback import Callback


class BaseLogger(Callback):
    """Puts the means of batch logs over an epoch into the epoch's logs.

    Args:
      stateful_metrics: names of metrics that are means already, whose last value is taken.
    """

    def __init__(self, stateful_metrics: Any = None) -> None:
        super().__init__()
        self.stateful_metrics = set(stateful_metrics or [])

    def looks_at_batches(self, kind: str) -> bool:
        return kind == "train"

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self.seen = 0
        self.totals: dict[str, Any] = {}

    def on_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        logs = logs or {}
        size = logs.get("size", 0)
        count = logs.get("num_steps", 1)
        self.seen += size * count
        for name, value in logs.items():
            if name in self.stateful_metrics:
                self.totals[name] = value
            else:
                self.totals[name] = self.totals.get(name, 0) + value * size * count

    on_train_batch_end = on_batch_end

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        if logs is None:
            return
        for name in self.params.get("metrics", []):
            if name in self.totals:
                logs[name] = self.totals[name] if name in self.stateful_metrics else self.totals[name] / self.seen
