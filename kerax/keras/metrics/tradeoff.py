"""The best of one rate where another rate is at least some value: sensitivity at specificity and its kin."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core.op import op
from kerax.keras.metrics import _confusion
from kerax.keras.metrics.confusion import _CELLS, ThresholdMetric


@op("constrained; dependent")
def _best(constrained, dependent, value):
    feasible = jnp.where(constrained >= value, dependent, 0)
    return jnp.maximum(jnp.max(feasible), 0)


class _TradeOff(ThresholdMetric):
    _kept = _CELLS
    _argument = ""
    _constrained: tuple[str, str] = ("", "")
    _dependent: tuple[str, str] = ("", "")

    def _prepare(self, value: float, num_thresholds: int, class_id: int | None, name: Any, dtype: Any) -> None:
        if value < 0 or value > 1:
            raise ValueError(
                f"Argument `{self._argument}` must be in the range [0, 1]. Received: {self._argument}={value}"
            )
        super().__init__(name=name, dtype=dtype)
        self._direction = "up"
        if num_thresholds <= 0:
            raise ValueError(
                f"Argument `num_thresholds` must be an integer > 0. Received: num_thresholds={num_thresholds}"
            )
        setattr(self, self._argument, value)
        self.value = value
        self.num_thresholds = num_thresholds
        self.class_id = class_id
        if num_thresholds == 1:
            self.thresholds = [0.5]
        else:
            inner = [(i + 1) * 1.0 / (num_thresholds - 1) for i in range(num_thresholds - 2)]
            self.thresholds = [0.0, *inner, 1.0]
        self._thresholds_distributed_evenly = num_thresholds != 1
        self._make((len(self.thresholds),))

    def result(self) -> Any:
        rates = [
            _confusion.ratio(getattr(self, hits), getattr(self, misses))
            for hits, misses in (self._constrained, self._dependent)
        ]
        return _best(*rates, self.value)

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "class_id": self.class_id,
            "num_thresholds": self.num_thresholds,
            self._argument: self.value,
        }


_SENSITIVITY = ("true_positives", "false_negatives")
_SPECIFICITY = ("true_negatives", "false_positives")
_PRECISION = ("true_positives", "false_positives")


class SensitivityAtSpecificity(_TradeOff):
    """The best sensitivity ``tp / (tp + fn)`` at thresholds where specificity is at least a value.

    Args:
      specificity: float in 0 … 1.
      num_thresholds: int, how many thresholds from 0 to 1 are tried.
      class_id: int, count only this class.
      name, dtype: see ``Metric``.

    >>> import kerax as tf
    >>> metric = tf.keras.metrics.SensitivityAtSpecificity(0.5)
    >>> metric.update_state([0, 0, 0, 1, 1], [0, 0.3, 0.8, 0.3, 0.8])
    >>> metric.result().numpy()
    np.float32(0.5)
    """

    _argument, _constrained, _dependent = "specificity", _SPECIFICITY, _SENSITIVITY

    def __init__(
        self,
        specificity: float,
        num_thresholds: int = 200,
        class_id: int | None = None,
        name: str | None = None,
        dtype: Any = None,
    ) -> None:
        self._prepare(specificity, num_thresholds, class_id, name, dtype)


class SpecificityAtSensitivity(_TradeOff):
    """The best specificity ``tn / (tn + fp)`` at thresholds where sensitivity is at least ``sensitivity``."""

    _argument, _constrained, _dependent = "sensitivity", _SENSITIVITY, _SPECIFICITY

    def __init__(
        self,
        sensitivity: float,
        num_thresholds: int = 200,
        class_id: int | None = None,
        name: str | None = None,
        dtype: Any = None,
    ) -> None:
        self._prepare(sensitivity, num_thresholds, class_id, name, dtype)


class PrecisionAtRecall(_TradeOff):
    """The best precision ``tp / (tp + fp)`` at thresholds where recall is at least ``recall``."""

    _argument, _constrained, _dependent = "recall", _SENSITIVITY, _PRECISION

    def __init__(
        self,
        recall: float,
        num_thresholds: int = 200,
        class_id: int | None = None,
        name: str | None = None,
        dtype: Any = None,
    ) -> None:
        self._prepare(recall, num_thresholds, class_id, name, dtype)


class RecallAtPrecision(_TradeOff):
    """The best recall ``tp / (tp + fn)`` at thresholds where precision is at least ``precision``."""

    _argument, _constrained, _dependent = "precision", _PRECISION, _SENSITIVITY

    def __init__(
        self,
        precision: float,
        num_thresholds: int = 200,
        class_id: int | None = None,
        name: str | None = None,
        dtype: Any = None,
    ) -> None:
        self._prepare(precision, num_thresholds, class_id, name, dtype)
