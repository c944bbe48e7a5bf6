"""What callbacks share that watch one logged value for improvement."""

from __future__ import annotations

import math
import operator
import re
import warnings
from typing import Any

from kerax.core import config
from kerax.keras.callbacks.callback import Callback


class MonitorCallback(Callback):
    """Base class of callbacks that watch a log.

    Args:
      monitor: str, name of the log, such as "val_loss".
      mode: "min", "max", or "auto" to go by the metric.
      baseline: the value to beat at first, or None.
      min_delta: float, the least change that counts.
    """

    _upward = "acc"  # Keras 2 goes by the name: where this is found, more is better

    def __init__(
        self, monitor: str = "val_loss", mode: str = "auto", baseline: Any = None, min_delta: float = 0
    ) -> None:
        super().__init__()
        if mode not in ("auto", "min", "max"):
            warnings.warn(f"{type(self).__name__} mode '{mode}' is unknown, fallback to auto mode.", stacklevel=3)
            mode = "auto"
        self.monitor = monitor
        self.mode = mode
        self.best = baseline
        self.min_delta = abs(min_delta)
        self.monitor_op: Any = None
        if config.legacy_keras():
            self._set_monitor_op()
            self.best = self._unbeaten() if baseline is None else baseline

    def _unbeaten(self) -> Any:
        """What every value improves on."""
        if not config.legacy_keras():
            return None
        return math.inf if self.monitor_op is operator.lt else -math.inf

    def _set_monitor_op(self) -> None:
        """Chooses the comparison, once the metrics are known."""
        if self.mode == "auto":
            self.monitor_op = self._automatic_op()
        else:
            self.monitor_op = operator.lt if self.mode == "min" else operator.gt
        if self.monitor_op is operator.lt:
            self.min_delta *= -1

    def _automatic_op(self) -> Any:
        if config.legacy_keras():
            return operator.gt if re.search(self._upward, self.monitor) else operator.lt
        name = self.monitor.removeprefix("val_")
        if name == "loss":
            return operator.lt
        for group in getattr(self.model, "metrics", ()):
            for metric in getattr(group, "metrics", ()):
                if metric.name == name and hasattr(metric, "_direction"):
                    return operator.gt if metric._direction == "up" else operator.lt
        raise ValueError(
            f"{type(self).__name__} callback received monitor={self.monitor}, but Keras isn't able to automatically "
            "determine whether that metric should be maximized or minimized. Pass `mode='max'` in order to monitor "
            "based on the highest metric value, or pass `mode='min'` in order to use the lowest value."
        )

    def _is_improvement(self, monitor_value: Any, reference_value: Any) -> bool:
        return reference_value is None or bool(self.monitor_op(monitor_value - self.min_delta, reference_value))
