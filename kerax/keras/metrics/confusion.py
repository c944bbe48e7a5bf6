"""Counts of the confusion matrix, precision and recall."""

from __future__ import annotations

from typing import Any

from kerax.core.config import legacy_keras
from kerax.keras import initializers
from kerax.keras.metrics import _confusion
from kerax.keras.metrics.metric import Metric

_CELLS = ("true_positives", "false_positives", "true_negatives", "false_negatives")


def in_order(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Cells in the order in which a metric makes their variables; Keras 2 has another for all four."""
    return (*cells[::2], *cells[1::2]) if legacy_keras() and len(cells) == 4 else cells


class ThresholdMetric(Metric):
    """The base of metrics that keep cells of the confusion matrix at thresholds.

    Subclasses name the cells in ``_kept``; each has a variable of its name.
    """

    _kept: tuple[str, ...] = ()
    top_k: int | None = None
    class_id: int | None = None

    def _make(self, shape: Any) -> None:
        for cell in in_order(self._kept):
            setattr(self, cell, self.add_variable(shape, initializers.Zeros(), name=cell))

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Takes in a batch.

        Args:
          y_true: labels 0 or 1, any shape.
          y_pred: predictions of that shape.
          sample_weight: weights that broadcast to the labels, or None.
        """
        self._add(
            _confusion.counts(
                y_true,
                y_pred,
                self.thresholds,
                sample_weight,
                top_k=self.top_k,
                class_id=self.class_id,
                evenly=self._thresholds_distributed_evenly,
            )
        )

    def reset_state(self) -> None:
        self._zero_state()

    def _add(self, counts: Any) -> None:
        for cell, count in zip(_CELLS, counts, strict=True):
            if cell in self._kept:
                getattr(self, cell).assign_add(count)


class _ConfusionCount(ThresholdMetric):
    _cell = ""

    def __init__(self, thresholds: Any = None, name: str | None = None, dtype: Any = None) -> None:
        super().__init__(name=name, dtype=dtype)
        self.init_thresholds = thresholds
        self.thresholds = _confusion.parse_thresholds(thresholds, 0.5)
        self._thresholds_distributed_evenly = _confusion.evenly_distributed(self.thresholds)
        self.accumulator = self.add_variable((len(self.thresholds),), initializers.Zeros(), name="accumulator")

    def _add(self, counts: Any) -> None:
        self.accumulator.assign_add(counts[_CELLS.index(self._cell)])

    def result(self) -> Any:
        value = self.accumulator._kerax_tensor()
        return value[0] if len(self.thresholds) == 1 else value

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "thresholds": self.init_thresholds}


class TruePositives(_ConfusionCount):
    """The weighted number of positive predictions with label 1.

    Args:
      thresholds: float in 0 … 1, or a list of them; 0.5 by default.
      name, dtype: see ``Metric``.

    >>> import kerax as tf
    >>> metric = tf.keras.metrics.TruePositives()
    >>> metric.update_state([0, 1, 1, 1], [1, 0, 1, 1])
    >>> metric.result().numpy()
    np.float32(2.0)
    """

    _cell = "true_positives"


class FalsePositives(_ConfusionCount):
    """The weighted number of positive predictions with label 0. See ``TruePositives`` for the arguments."""

    _cell = "false_positives"


class TrueNegatives(_ConfusionCount):
    """The weighted number of negative predictions with label 0. See ``TruePositives`` for the arguments."""

    _cell = "true_negatives"


class FalseNegatives(_ConfusionCount):
    """The weighted number of negative predictions with label 1. See ``TruePositives`` for the arguments."""

    _cell = "false_negatives"


class _PrecisionOrRecall(ThresholdMetric):
    def __init__(
        self,
        thresholds: Any = None,
        top_k: int | None = None,
        class_id: int | None = None,
        name: str | None = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(name=name, dtype=dtype)
        self._direction = "up"
        self.init_thresholds = thresholds
        self.top_k = top_k
        self.class_id = class_id
        self.thresholds = _confusion.parse_thresholds(thresholds, 0.5 if top_k is None else _confusion.NEG_INF)
        self._thresholds_distributed_evenly = _confusion.evenly_distributed(self.thresholds)
        self._make((len(self.thresholds),))

    def result(self) -> Any:
        value = _confusion.ratio(self.true_positives, getattr(self, self._kept[1]))
        return value[0] if len(self.thresholds) == 1 else value

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "thresholds": self.init_thresholds,
            "top_k": self.top_k,
            "class_id": self.class_id,
        }


class Precision(_PrecisionOrRecall):
    """The share of positive predictions that are right: ``tp / (tp + fp)``.

    Args:
      thresholds: float in 0 … 1, or a list of them; 0.5 by default.
      top_k: int, count only the largest predictions of each sample (all of them as positive).
      class_id: int, count only this class.
      name, dtype: see ``Metric``.

    >>> import kerax as tf
    >>> metric = tf.keras.metrics.Precision()
    >>> metric.update_state([0, 1, 1, 1], [1, 0, 1, 1])
    >>> metric.result().numpy()
    np.float32(0.6666667)
    """

    _kept = ("true_positives", "false_positives")


class Recall(_PrecisionOrRecall):
    """The share of labels 1 that are found: ``tp / (tp + fn)``. See ``Precision`` for the arguments.

    >>> import kerax as tf
    >>> metric = tf.keras.metrics.Recall()
    >>> metric.update_state([0, 1, 1, 1], [1, 0, 1, 1])
    >>> metric.result().numpy()
    np.float32(0.6666667)
    """

    _kept = ("true_positives", "false_negatives")
