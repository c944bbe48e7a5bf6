"""``LearningRateScheduler`` and ``ReduceLROnPlateau``: callbacks that set the learning rate."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from kerax.core import config
from kerax.keras.callbacks.callback import Callback
from kerax.keras.callbacks.monitor import MonitorCallback
from kerax.keras.utils.io_utils import print_msg


def _log_name() -> str:
    return "lr" if config.legacy_keras() else "learning_rate"


def learning_rate(optimizer: Any) -> Any:
    """An optimizer's present learning rate: float, in Keras 2 a number of its own dtype."""
    rate = np.asarray(optimizer.learning_rate)
    return rate[()] if config.legacy_keras() else float(rate)


def add_learning_rates(logs: dict[str, Any], optimizer: Any) -> None:
    """Puts the learning rate, of each part of a MultiOptimizer, into the logs."""
    for part in getattr(optimizer, "optimizers", None) or [optimizer]:
        suffix = f"_{part.name}" if hasattr(optimizer, "optimizers") else ""
        logs[_log_name() + suffix] = learning_rate(part)


class LearningRateScheduler(Callback):
    """Sets the learning rate at the beginning of every epoch.

    Args:
      schedule: function ``(epoch, learning rate) → learning rate``, or of the epoch alone.
      verbose: 0 or 1.

    >>> scheduler = LearningRateScheduler(lambda epoch, rate: rate * 0.5 if epoch else rate)
    """

    def __init__(self, schedule: Callable[..., float], verbose: int = 0) -> None:
        super().__init__()
        self.schedule = schedule
        self.verbose = verbose

    def _update(self, optimizer: Any, epoch: int) -> float:
        if not hasattr(optimizer, "learning_rate"):
            raise ValueError('Optimizer must have a "learning_rate" attribute.')
        try:
            rate = self.schedule(epoch, float(learning_rate(optimizer)))
        except TypeError:
            rate = self.schedule(epoch)
        if hasattr(rate, "_kerax_tensor") or hasattr(rate, "numpy"):
            rate = rate.numpy() if config.legacy_keras() else rate
        if not isinstance(rate, (float, np.float32, np.float64)):
            raise ValueError(f"The output of the `schedule` function should be a float. Got: {rate}")
        optimizer.learning_rate = rate
        return rate

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        optimizer = self.model.optimizer
        for part in getattr(optimizer, "optimizers", None) or [optimizer]:
            rate = self._update(part, epoch)
            name = f"{part.name} " if hasattr(optimizer, "optimizers") else ""
            if self.verbose > 0:
                print_msg(f"\nEpoch {epoch + 1}: LearningRateScheduler setting {name}learning rate to {rate}.")

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        add_learning_rates(logs if logs is not None else {}, self.model.optimizer)


class ReduceLROnPlateau(MonitorCallback):
    """Lowers the learning rate when a logged value no longer improves.

    Args:
      monitor: str, name of the log.
      factor: float below 1, by which the learning rate is multiplied.
      patience: int, epochs without improvement after which it is lowered.
      verbose: 0 or 1.
      mode: "auto", "min" or "max".
      min_delta: float, the least change that counts.
      cooldown: int, epochs after a reduction in which nothing is counted.
      min_lr: float, lower bound of the learning rate.
    """

    def __init__(
        self,
        monitor: str = "val_loss",
        factor: float = 0.1,
        patience: int = 10,
        verbose: int = 0,
        mode: str = "auto",
        min_delta: float = 1e-4,
        cooldown: int = 0,
        min_lr: float = 0.0,
        **kwargs: Any,
    ) -> None:
        if "epsilon" in kwargs:  # an old name
            min_delta = kwargs.pop("epsilon")
        if kwargs:  # Keras takes them without a word
            warnings.warn(f"ReduceLROnPlateau ignores the arguments {sorted(kwargs)}.", stacklevel=2)
        super().__init__(monitor, mode, min_delta=min_delta)
        if factor >= 1.0:
            raise ValueError(f"ReduceLROnPlateau does not support a factor >= 1.0. Received factor={factor}")
        self.factor = factor
        self.min_lr = min_lr
        self.patience = patience
        self.verbose = verbose
        self.cooldown = cooldown
        self._reset()

    def _reset(self) -> None:
        self.best = self._unbeaten()
        self.cooldown_counter = 0
        self.wait = 0

    def on_train_begin(self, logs: dict[str, Any] | None = None) -> None:
        self._reset()

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        if self.monitor_op is None:
            self._set_monitor_op()
        logs = logs if logs is not None else {}
        add_learning_rates(logs, self.model.optimizer)
        current = logs.get(self.monitor)
        if current is None:
            warnings.warn(
                f"Learning rate reduction is conditioned on metric `{self.monitor}` which is not available. "
                f"Available metrics are: {','.join(logs)}.",
                stacklevel=2,
            )
            return
        if self.in_cooldown():
            self.cooldown_counter -= 1
            self.wait = 0
        if self._is_improvement(current, self.best):
            self.best = current
            self.wait = 0
        elif not self.in_cooldown():
            self.wait += 1
            if self.wait >= self.patience and self._reduce(epoch):
                self.cooldown_counter = self.cooldown
                self.wait = 0

    def _reduce(self, epoch: int) -> bool:
        optimizer = self.model.optimizer
        reduced = False
        for part in getattr(optimizer, "optimizers", None) or [optimizer]:
            old = learning_rate(part)
            if old <= np.float32(self.min_lr):
                continue
            new = max(old * self.factor, self.min_lr)
            part.learning_rate = new
            reduced = True
            if self.verbose > 0:
                name = f" {part.name}" if hasattr(optimizer, "optimizers") else ""
                print_msg(f"\nEpoch {epoch + 1}: ReduceLROnPlateau reducing{name} learning rate to {new}.")
        return reduced

    def in_cooldown(self) -> bool:
        return self.cooldown_counter > 0
