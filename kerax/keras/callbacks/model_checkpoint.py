"""``keras.callbacks.ModelCheckpoint``."""

from __future__ import annotations

import os
import re
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from kerax.core import config
from kerax.keras.callbacks.monitor import MonitorCallback
from kerax.keras.engine.arguments import keras_2_order
from kerax.keras.utils.io_utils import print_msg


class ModelCheckpoint(MonitorCallback):
    """Saves the model, or its weights, during training.

    Args:
      filepath: str, may hold ``{epoch:02d}``, ``{batch}`` and names of logs in braces. Ends in ".keras"
        (or ".h5"); with ``save_weights_only`` in ".weights.h5".
      monitor: str, name of the log that says which model is best.
      verbose: 0 or 1.
      save_best_only: bool, whether to save only on improvement.
      save_weights_only: bool.
      mode: "auto", "min" or "max".
      save_freq: "epoch", or int for a number of batches.
      initial_value_threshold: float, the value to beat at first.
      **legacy: Keras 2's ``period``, in epochs, and ``options``, which are not needed.
    """

    _upward = "acc|^fmeasure"

    @keras_2_order(
        "self", "filepath", "monitor", "verbose", "save_best_only", "save_weights_only", "mode", "save_freq",
        "options", "initial_value_threshold",
    )  # fmt: skip
    def __init__(
        self,
        filepath: Any,
        monitor: str = "val_loss",
        verbose: int = 0,
        save_best_only: bool = False,
        save_weights_only: bool = False,
        mode: str = "auto",
        save_freq: str | int = "epoch",
        initial_value_threshold: float | None = None,
        **legacy: Any,
    ) -> None:
        super().__init__(monitor, mode, initial_value_threshold)
        self.period = legacy.pop("period", 1)
        if config.legacy_keras():
            legacy.pop("options", None)
            if legacy:  # Keras 2 takes them without a word
                warnings.warn(f"ModelCheckpoint ignores the arguments {sorted(legacy)}.", stacklevel=2)
        elif legacy:
            raise TypeError(f"ModelCheckpoint got an unexpected keyword argument '{next(iter(legacy))}'")
        self.verbose = verbose
        self.filepath = os.fspath(filepath) if isinstance(filepath, Path) else filepath
        self.save_best_only = save_best_only
        self.save_weights_only = save_weights_only
        self.save_freq = save_freq
        self._batches_since_saving = 0
        self._last_batch_seen: int | None = None
        self._current_epoch = 0
        if save_freq != "epoch" and not isinstance(save_freq, int):
            raise ValueError(f"Unrecognized save_freq: {save_freq}. Expected save_freq are 'epoch' or integer values")
        if not config.legacy_keras():
            self._check_ending()

    def _check_ending(self) -> None:
        if self.save_weights_only:
            if not self.filepath.endswith(".weights.h5"):
                raise ValueError(
                    "When using `save_weights_only=True` in `ModelCheckpoint`, the filepath provided must end in "
                    f"`.weights.h5` (Keras weights format). Received: filepath={self.filepath}"
                )
        elif not self.filepath.endswith((".keras", ".h5")):
            raise ValueError(
                f"The filepath provided must end in `.keras` (Keras model format). Received: filepath={self.filepath}"
            )

    def looks_at_batches(self, kind: str) -> bool:
        return kind == "train" and self.save_freq != "epoch"

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        if self._should_save_on_batch(batch):
            self._save_model(epoch=self._current_epoch, batch=batch, logs=logs)

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self._current_epoch = epoch

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        if self.monitor_op is None:
            self._set_monitor_op()
        if self.save_freq == "epoch" and (epoch + 1) % self.period == 0:
            self._save_model(epoch=epoch, batch=None, logs=logs)

    def _should_save_on_batch(self, batch: int) -> bool:
        if self.save_freq == "epoch":
            return False
        new_epoch = self._last_batch_seen is None or batch <= self._last_batch_seen
        self._batches_since_saving += batch + 1 if new_epoch else batch - self._last_batch_seen
        self._last_batch_seen = batch
        if self._batches_since_saving < self.save_freq:
            return False
        self._batches_since_saving = 0
        return True

    def _save_model(self, epoch: int, batch: int | None, logs: dict[str, Any] | None) -> None:
        filepath = self._get_file_path(epoch, batch, logs or {})
        try:
            if not self._should_save_model(epoch, logs or {}, filepath):
                return
            folder = os.path.dirname(filepath)
            if folder:
                os.makedirs(folder, exist_ok=True)
            if self.save_weights_only:
                self.model.save_weights(filepath, overwrite=True)
            else:
                self.model.save(filepath, overwrite=True)
            if self.verbose > 0 and not config.legacy_keras():
                print_msg(f"\nEpoch {epoch + 1}: finished saving model to {filepath}")
        except OSError as error:
            if isinstance(error, IsADirectoryError) or "is a directory" in str(error).lower():
                raise OSError(
                    "Please specify a non-directory filepath for ModelCheckpoint. "
                    f"Filepath used is an existing directory: {filepath}"
                ) from error
            raise

    def _should_save_model(self, epoch: int, logs: dict[str, Any], filepath: str) -> bool:
        if not self.save_best_only:
            self._say(f"\nEpoch {epoch + 1}: saving model to {filepath}")
            return True
        current = logs.get(self.monitor)
        if current is None:
            warnings.warn(f"Can save best model only with {self.monitor} available.", stacklevel=3)
            return not config.legacy_keras()
        if np.ndim(current) > 0:
            warnings.warn(
                f"Can save best model only when `monitor` is a scalar value. Received: {current}. "
                "Falling back to `save_best_only=False`.",
                stacklevel=3,
            )
            return True
        if self.monitor_op is None:
            self._set_monitor_op()
        best = "None" if self.best is None else f"{self.best:.5f}"
        if not self._is_improvement(current, self.best):
            self._say(f"\nEpoch {epoch + 1}: {self.monitor} did not improve from {best}")
            return False
        self._say(
            f"\nEpoch {epoch + 1}: {self.monitor} improved from {best} to {current:.5f}, saving model to {filepath}"
        )
        self.best = current
        return True

    def _say(self, text: str) -> None:
        if self.verbose > 0:
            print_msg(text)

    def _get_file_path(self, epoch: int, batch: int | None, logs: dict[str, Any]) -> str:
        try:
            if batch is None or "batch" in logs:
                return self.filepath.format(epoch=epoch + 1, **logs)
            return self.filepath.format(epoch=epoch + 1, batch=batch + 1, **logs)
        except KeyError as error:
            raise KeyError(f'Failed to format this callback filepath: "{self.filepath}". Reason: {error}') from error

    def _checkpoint_exists(self, filepath: str) -> bool:
        return os.path.exists(filepath)

    def _get_most_recently_modified_file_matching_pattern(self, pattern: str) -> str | None:
        """The file that a ``filepath`` with placeholders last wrote; among equally new ones the last by name."""
        folder = os.path.dirname(pattern)
        if not os.path.exists(folder):
            return None
        regex = re.compile(f"^{re.sub(r'{.*}', r'.*', os.path.basename(pattern))}$")
        paths = [os.path.join(folder, name) for name in os.listdir(folder) if regex.match(name)]
        newest = max((os.path.getmtime(path) for path in paths), default=0)
        candidates = [path for path in paths if os.path.getmtime(path) == newest]
        return candidates[0] if len(candidates) == 1 else max(paths, default=None)
