"""``keras.callbacks.ProgbarLogger``: the progress bar of ``fit``."""

from __future__ import annotations

from typing import Any

from kerax.core.config import legacy_keras
from kerax.keras.callbacks.callback import Callback
from kerax.keras.callbacks.logs import pythonify_logs
from kerax.keras.utils.io_utils import print_msg
from kerax.keras.utils.progbar import Progbar


class ProgbarLogger(Callback):
    """Prints the progress of an epoch, an evaluation or a prediction, with the metrics.

    Args:
      count_mode: Keras 2's: "steps", or "samples" for a speed in samples, which batches' logs count by "size".
      stateful_metrics: Keras 2's: names of metrics that are means already, as all are.
    """

    shows_every_batch = False  # it draws from time to time

    def __init__(self, count_mode: str = "samples", stateful_metrics: Any = None) -> None:
        super().__init__()
        if count_mode not in ("samples", "steps"):
            raise ValueError(f"Unknown `count_mode`: {count_mode}. Expected values are ['samples', 'steps']")
        self.use_steps = count_mode == "steps" or not legacy_keras()
        self.seen = 0
        self.progbar: Progbar | None = None
        self.target: int | None = None
        self.verbose: Any = 1
        self.epochs = 1
        self._called_in_fit = False

    def set_params(self, params: dict[str, Any]) -> None:
        self.verbose = 1 if params["verbose"] == "auto" else params["verbose"]
        self.epochs = params["epochs"]
        self.target = params["steps"] if self.use_steps else params.get("samples")

    def looks_at_batches(self, kind: str) -> bool:
        return True

    def on_train_begin(self, logs: dict[str, Any] | None = None) -> None:
        self._called_in_fit = True  # a validation inside fit prints nothing

    def on_test_begin(self, logs: dict[str, Any] | None = None) -> None:
        if not self._called_in_fit:
            self._start()

    def on_predict_begin(self, logs: dict[str, Any] | None = None) -> None:
        self._start()

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self._start()
        if self.verbose and self.epochs > 1:
            print_msg(f"Epoch {epoch + 1}/{self.epochs}")

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        self._update(batch, logs)

    def on_test_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        if not self._called_in_fit:
            self._update(batch, logs)

    def on_predict_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        self._update(batch, None)

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self._finish(logs)

    def on_test_end(self, logs: dict[str, Any] | None = None) -> None:
        if not self._called_in_fit:
            self._finish(logs)

    def on_predict_end(self, logs: dict[str, Any] | None = None) -> None:
        self._finish(logs)

    def _start(self) -> None:
        self.seen = 0
        self.progbar = Progbar(
            target=self.target,
            verbose=self.verbose,
            unit_name="step" if self.use_steps else "sample",
            stateless_metrics=set(),
        )

    def _update(self, batch: int, logs: Any) -> None:
        if self.progbar is None:
            self._start()
        self.seen = batch + 1
        if self.verbose == 1:
            values = list(pythonify_logs(logs).items()) if self.progbar.is_due() else None
            self.progbar.update(self.seen, values, finalize=False)

    def _finish(self, logs: Any) -> None:
        if self.target is None:
            self.target = self.progbar.target = self.seen
        self.progbar.update(self.target, list((logs or {}).items()), finalize=True)
