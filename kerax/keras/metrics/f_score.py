"""F-beta and F1 scores."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core.op import op
from kerax.keras import initializers
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.settings import epsilon
from kerax.keras.metrics.metric import Metric

_STATE = ("true_positives", "false_positives", "false_negatives", "intermediate_weights")


@op("y_true; y_pred; sample_weight")
def _sums(y_true, y_pred, sample_weight, threshold, axis):
    if threshold is None:
        largest = jnp.max(y_pred, axis=-1, keepdims=True)
        positive = (y_pred >= largest) & (jnp.abs(y_pred) > 1e-9)
    else:
        positive = y_pred > threshold
    positive = positive.astype(y_true.dtype)

    def total(x: Any) -> Any:
        if sample_weight is not None:
            x = x * jnp.expand_dims(sample_weight, 1)
        return jnp.sum(x, axis=axis, dtype=x.dtype)

    return (
        total(positive * y_true),
        total(positive * (1 - y_true)),
        total((1 - positive) * y_true),
        total(y_true),
    )


@op("tp; fp; fn; weights")
def _score(tp, fp, fn, weights, beta, average, epsilon):
    precision = tp / (tp + fp + epsilon)
    recall = tp / (tp + fn + epsilon)
    score = precision * recall / (beta**2 * precision + recall + epsilon) * (1 + beta**2)
    if average == "weighted":
        return jnp.sum(score * (weights / (jnp.sum(weights) + epsilon)))
    return score if average is None else jnp.mean(score)


class FBetaScore(Metric):
    """The harmonic mean of precision and recall, recall ``beta`` times as important.

    ``(1 + beta²) · precision · recall / (beta² · precision + recall)``.

    Args:
      average: None for one score per class, "micro" (all classes as one), "macro" (mean of the classes) or
        "weighted" (mean by the number of labels).
      beta: float > 0.
      threshold: float in 0 … 1 above which predictions are positive; by default the largest of each sample is.
      name, dtype: see ``Metric``.

    Raises:
      ValueError: wrong arguments, or inputs that are not ``[batch, classes]``.

    >>> import kerax as tf
    >>> metric = tf.keras.metrics.FBetaScore(beta=2.0, threshold=0.5)
    >>> metric.update_state([[1., 0.], [1., 1.]], [[0.9, 0.1], [0.2, 0.9]])
    >>> metric.result().numpy().round(3)
    array([0.556, 1.   ], dtype=float32)
    """

    def __init__(
        self,
        average: str | None = None,
        beta: float = 1.0,
        threshold: float | None = None,
        name: str | None = "fbeta_score",
        dtype: Any = None,
    ) -> None:
        super().__init__(name=name, dtype=dtype)
        self._direction = "up"
        if average not in (None, "micro", "macro", "weighted"):
            raise ValueError(
                "Invalid `average` argument value. Expected one of: {None, 'micro', 'macro', 'weighted'}. "
                f"Received: average={average}"
            )
        if not isinstance(beta, float):
            raise ValueError(
                "Invalid `beta` argument value. It should be a Python float. "
                f"Received: beta={beta} of type '{type(beta)}'"
            )
        if beta <= 0.0:
            raise ValueError(f"Invalid `beta` argument value. It should be > 0. Received: beta={beta}")
        if threshold is not None:
            if not isinstance(threshold, float):
                raise ValueError(
                    "Invalid `threshold` argument value. It should be a Python float. "
                    f"Received: threshold={threshold} of type '{type(threshold)}'"
                )
            if threshold > 1.0 or threshold <= 0.0:
                raise ValueError(
                    "Invalid `threshold` argument value. It should verify 0 < threshold <= 1. "
                    f"Received: threshold={threshold}"
                )
        self.average = average
        self.beta = beta
        self.threshold = threshold
        self.axis = None if average == "micro" else 0
        self._built = False

    def _build(self, true_shape: Any, pred_shape: Any) -> None:
        if len(pred_shape) != 2 or len(true_shape) != 2:
            raise ValueError(
                "FBetaScore expects 2D inputs with shape (batch_size, output_dim). Received input shapes: "
                f"y_pred.shape={pred_shape} and y_true.shape={true_shape}."
            )
        shape = () if self.average == "micro" else (pred_shape[-1],)
        for name in _STATE:
            setattr(self, name, self.add_variable(shape, initializers.Zeros(), dtype=self.dtype, name=name))
        self._built = True

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Takes in a batch.

        Args:
          y_true: labels 0 or 1 ``[batch, classes]``.
          y_pred: predictions of that shape.
          sample_weight: ``[batch]`` or None.
        """
        y_true, y_pred = to_tensor(y_true, self._dtype), to_tensor(y_pred, self._dtype)
        if not self._built:
            self._build(tuple(y_true.shape), tuple(y_pred.shape))
        if sample_weight is not None:
            sample_weight = to_tensor(sample_weight, self._dtype)
        sums = _sums(y_true, y_pred, sample_weight, self.threshold, self.axis)
        for name, value in zip(_STATE, sums, strict=True):
            getattr(self, name).assign_add(value)

    def reset_state(self) -> None:
        self._zero_state()

    def result(self) -> Any:
        return _score(*[getattr(self, name) for name in _STATE], self.beta, self.average, epsilon())

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "average": self.average, "beta": self.beta, "threshold": self.threshold}


class F1Score(FBetaScore):
    """The harmonic mean of precision and recall. See ``FBetaScore`` for the arguments."""

    def __init__(
        self,
        average: str | None = None,
        threshold: float | None = None,
        name: str | None = "f1_score",
        dtype: Any = None,
    ) -> None:
        super().__init__(average=average, beta=1.0, threshold=threshold, name=name, dtype=dtype)

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        del config["beta"]
        return config
