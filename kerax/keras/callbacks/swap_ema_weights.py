"""``keras.callbacks.SwapEMAWeights``."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.keras.callbacks.callback import Callback


class SwapEMAWeights(Callback):
    """Lets the optimizer's moving averages of the weights stand in for them while the model is evaluated.

    Args:
      swap_on_epoch: bool, whether they also change places at the end of an epoch and back at its beginning,
        so that callbacks such as ModelCheckpoint save the averages.
    """

    def __init__(self, swap_on_epoch: bool = False) -> None:
        super().__init__()
        self.swap_on_epoch = swap_on_epoch
        self._ema_weights_in_model = False

    def _pairs(self) -> list[tuple[Any, Any]]:
        """The weights and their averages.

        Raises:
          ValueError: no optimizer keeps averages.
        """
        optimizer = getattr(self.model.optimizer, "inner_optimizer", self.model.optimizer)
        parts = getattr(optimizer, "optimizers", None)
        if parts is not None:
            parts = [part for part in parts if getattr(part, "use_ema", False)]
            if not parts:
                raise ValueError(
                    "SwapEMAWeights must be used when at least one inner optimizer has `use_ema=True` set. "
                    "Received a MultiOptimizer with all inner optimizers having `use_ema=False`."
                )
        else:
            parts = [optimizer]
        pairs = []
        for part in parts:
            if not getattr(part, "use_ema", False):
                raise ValueError(
                    "SwapEMAWeights must be used when `use_ema=True` is set on the optimizer. "
                    f"Received: use_ema={getattr(part, 'use_ema', False)}"
                )
            pairs.extend(zip(part._trainable_variables, part._model_variables_moving_average, strict=False))
        return pairs

    def _swap(self, averages_in_model: bool) -> None:
        if self._ema_weights_in_model == averages_in_model:
            return
        for weight, average in self._pairs():
            kept = np.asarray(weight)
            weight.assign(np.asarray(average))
            average.assign(kept)
        self._ema_weights_in_model = averages_in_model

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        if self.swap_on_epoch:
            self._swap(False)

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        if self.swap_on_epoch and not self._ema_weights_in_model:
            self._swap(True)
            if epoch == self.params["epochs"] - 1:
                # fit will end by copying the averages into the weights: make both the averages
                for weight, average in self._pairs():
                    average.assign(np.asarray(weight))

    def on_test_begin(self, logs: dict[str, Any] | None = None) -> None:
        self._swap(True)

    def on_test_end(self, logs: dict[str, Any] | None = None) -> None:
        self._swap(False)

    def on_predict_begin(self, logs: dict[str, Any] | None = None) -> None:
        self._swap(True)

    def on_predict_end(self, logs: dict[str, Any] | None = None) -> None:
        self._swap(False)
