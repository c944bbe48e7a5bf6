"""The area under the ROC, precision-recall or precision-recall-gain curve."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core.op import op
from kerax.keras import initializers
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.settings import epsilon
from kerax.keras.losses.loss import no_nan
from kerax.keras.metrics import _confusion
from kerax.keras.metrics._confusion import AUCCurve, AUCSummationMethod
from kerax.keras.metrics.confusion import _CELLS, in_order
from kerax.keras.metrics.metric import Metric
from kerax.math.exponential import sigmoid


def _interpolated_pr_terms(tp: Any, fp: Any, fn: Any) -> Any:
    """Areas between thresholds under the precision-recall curve as Davis & Goadrich (2006) interpolate it."""
    dtp = tp[:-1] - tp[1:]
    p = tp + fp
    dp = p[:-1] - p[1:]
    slope = no_nan(dtp, jnp.maximum(dp, 0))
    intercept = tp[1:] - slope * p[1:]
    both = (p[:-1] > 0) & (p[1:] > 0)
    ratio = jnp.where(both, no_nan(p[:-1], jnp.maximum(p[1:], 0)), 1)
    return no_nan(slope * (dtp + intercept * jnp.log(ratio)), jnp.maximum(tp[1:] + fn[1:], 0))


def _curve(tp: Any, fp: Any, tn: Any, fn: Any, curve: str) -> tuple[Any, Any]:
    recall = no_nan(tp, tp + fn)
    if curve == "ROC":
        return no_nan(fp, fp + tn), recall
    if curve == "PR":
        return recall, no_nan(tp, tp + fp)
    scale = no_nan(tp + fn, tn + fp)
    recall_gain = jnp.where(tp == 0, 0, 1.0 - scale * no_nan(fn, tp))
    precision_gain = jnp.where(tp == 0, 1, 1.0 - scale * no_nan(fp, tp))
    return jnp.maximum(recall_gain, 0), precision_gain


@op("true_positives; false_positives; true_negatives; false_negatives; label_weights")
def _area(
    true_positives, false_positives, true_negatives, false_negatives, label_weights, curve, summation, multi_label
):
    if curve == "PR" and summation == "interpolation":
        terms = _interpolated_pr_terms(true_positives, false_positives, false_negatives)
    else:
        x, y = _curve(true_positives, false_positives, true_negatives, false_negatives, curve)
        heights = {
            "interpolation": (y[:-1] + y[1:]) / 2.0,
            "minoring": jnp.minimum(y[:-1], y[1:]),
            "majoring": jnp.maximum(y[:-1], y[1:]),
        }[summation]
        terms = (x[:-1] - x[1:]) * heights
    area = jnp.sum(terms, axis=0)
    if not multi_label:
        return area
    if label_weights is None:
        return jnp.mean(area)
    return no_nan(jnp.sum(area * label_weights), jnp.sum(label_weights))


class AUC(Metric):
    """The area under a curve, approximated at many thresholds.

    Args:
      num_thresholds: int, how many thresholds from 0 to 1.
      curve: "ROC", "PR" or "PRGAIN".
      summation_method: "interpolation", "minoring" or "majoring".
      name, dtype: see ``Metric``.
      thresholds: list of float in 0 … 1, in place of even ones.
      multi_label: bool, whether to average the areas of the labels of ``[batch, labels]``.
      num_labels: int, the number of labels with ``multi_label``.
      label_weights: list of float, weights of the labels.
      from_logits: bool, whether predictions are logits.

    Raises:
      ValueError: wrong names, or fewer than two thresholds.

    >>> import kerax as tf
    >>> metric = tf.keras.metrics.AUC()
    >>> metric.update_state([0, 1, 1, 1], [0, 1, 0, 0])
    >>> metric.result().numpy()
    np.float32(0.6666667)
    """

    def __init__(
        self,
        num_thresholds: int = 200,
        curve: Any = "ROC",
        summation_method: Any = "interpolation",
        name: str | None = None,
        dtype: Any = None,
        thresholds: Any = None,
        multi_label: bool = False,
        num_labels: int | None = None,
        label_weights: Any = None,
        from_logits: bool = False,
    ) -> None:
        self._direction = "up"
        self._init_from_thresholds = thresholds is not None
        if thresholds is not None:
            inner = sorted(thresholds)
            self.num_thresholds = len(inner) + 2
            self._thresholds_distributed_evenly = _confusion.evenly_distributed(np.array([0.0, *inner, 1.0]))
        else:
            if num_thresholds <= 1:
                raise ValueError(
                    f"Argument `num_thresholds` must be an integer > 1. Received: num_thresholds={num_thresholds}"
                )
            self.num_thresholds = num_thresholds
            inner = [(i + 1) * 1.0 / (num_thresholds - 1) for i in range(num_thresholds - 2)]
            self._thresholds_distributed_evenly = True
        self._thresholds = np.array([0.0 - epsilon(), *inner, 1.0 + epsilon()])
        self.curve = curve if isinstance(curve, AUCCurve) else AUCCurve.from_str(curve)
        by = summation_method
        self.summation_method = by if isinstance(by, AUCSummationMethod) else AUCSummationMethod.from_str(by)
        super().__init__(name=name, dtype=dtype)
        self.multi_label = multi_label
        self.num_labels = num_labels
        self.label_weights = None if label_weights is None else to_tensor(label_weights, self._dtype)
        self._from_logits = from_logits
        self._built = False
        if multi_label:
            if num_labels:
                self._build([None, num_labels])
        else:
            if num_labels:
                raise ValueError("`num_labels` is needed only when `multi_label` is True.")
            self._build(None)

    @property
    def thresholds(self) -> list[float]:
        """All thresholds, those just outside 0 and 1 too."""
        return list(self._thresholds)

    def _build(self, shape: Any) -> None:
        size: tuple[int, ...] = (self.num_thresholds,)
        if self.multi_label:
            self._check_rank(shape)
            self._num_labels = shape[1]
            size = (self.num_thresholds, self._num_labels)
        self._build_input_shape = shape
        for cell in in_order(_CELLS):
            setattr(self, cell, self.add_variable(size, initializers.Zeros(), name=cell))
        self._built = True

    def _check_rank(self, shape: Any) -> None:
        if len(shape) != 2:
            raise ValueError(
                f"`y_pred` must have rank 2 when `multi_label=True`. Found rank {len(shape)}. Full shape received for "
                f"`y_pred`: {shape}"
            )

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Takes in a batch.

        Args:
          y_true: labels 0 or 1, ``[batch]`` or ``[batch, labels]``.
          y_pred: predictions of that shape.
          sample_weight: weights that broadcast to the labels, or None.
        """
        if not self._built:
            self._build(list(y_pred.shape))
        y_pred = to_tensor(y_pred)
        if self.multi_label:
            self._check_rank(y_pred.shape)
        if self._from_logits:
            y_pred = sigmoid(to_tensor(y_pred, self._dtype))
        counts = _confusion.counts(
            y_true,
            y_pred,
            self._thresholds,
            sample_weight,
            label_weights=None if self.multi_label else self.label_weights,
            multi_label=self.multi_label,
            evenly=self._thresholds_distributed_evenly,
        )
        for cell, count in zip(_CELLS, counts, strict=True):
            getattr(self, cell).assign_add(count)

    def result(self) -> Any:
        return _area(
            *[getattr(self, cell) for cell in _CELLS],
            self.label_weights if self.multi_label else None,
            self.curve.value,
            self.summation_method.value,
            bool(self.multi_label),
        )

    def reset_state(self) -> None:
        if self._built:
            self._zero_state()

    def get_config(self) -> dict[str, Any]:
        weights = self.label_weights
        config = {
            "num_thresholds": self.num_thresholds,
            "curve": self.curve.value,
            "summation_method": self.summation_method.value,
            "multi_label": self.multi_label,
            "num_labels": self.num_labels,
            "label_weights": weights,
            "from_logits": self._from_logits,
        }
        if self._init_from_thresholds:
            config["thresholds"] = self.thresholds[1:-1]
        return {**super().get_config(), **config}
