"""Metrics of numbers: errors, R², cosine similarity, correlations."""

from __future__ import annotations

import warnings
from typing import Any

import jax.numpy as jnp

from kerax.core.config import legacy_keras
from kerax.core.context import context
from kerax.core.op import op
from kerax.keras import initializers, losses
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.settings import epsilon
from kerax.keras.losses._arrays import aligned
from kerax.keras.losses.loss import same_rank, squeeze_larger, squeeze_or_expand_to_same_rank
from kerax.keras.metrics.metric import Metric
from kerax.keras.metrics.reduction import FunctionMetric, Mean
from kerax.math.exponential import sqrt


class MeanSquaredError(FunctionMetric):
    """The mean of ``square(y_true - y_pred)``. See ``Metric`` for the arguments.

    >>> import kerax as tf
    >>> metric = tf.keras.metrics.MeanSquaredError()
    >>> metric.update_state([[0, 1], [0, 0]], [[1, 1], [0, 0]])
    >>> metric.result().numpy()
    np.float32(0.25)
    """

    def __init__(self, name: str | None = "mean_squared_error", dtype: Any = None) -> None:
        super().__init__(losses.mean_squared_error, name, dtype)


class MeanAbsoluteError(FunctionMetric):
    """The mean of ``abs(y_true - y_pred)``. See ``Metric`` for the arguments."""

    def __init__(self, name: str | None = "mean_absolute_error", dtype: Any = None) -> None:
        super().__init__(losses.mean_absolute_error, name, dtype)


class MeanAbsolutePercentageError(FunctionMetric):
    """The mean of ``100 * abs((y_true - y_pred) / y_true)``. See ``Metric`` for the arguments."""

    def __init__(self, name: str | None = "mean_absolute_percentage_error", dtype: Any = None) -> None:
        super().__init__(losses.mean_absolute_percentage_error, name, dtype)


class MeanSquaredLogarithmicError(FunctionMetric):
    """The mean of ``square(log(y_true + 1) - log(y_pred + 1))``. See ``Metric`` for the arguments."""

    def __init__(self, name: str | None = "mean_squared_logarithmic_error", dtype: Any = None) -> None:
        super().__init__(losses.mean_squared_logarithmic_error, name, dtype)


class LogCoshError(FunctionMetric):
    """The mean of ``log(cosh(y_pred - y_true))``. See ``Metric`` for the arguments."""

    def __init__(self, name: str | None = "logcosh", dtype: Any = None) -> None:
        super().__init__(losses.log_cosh, name, dtype)


@op("x")
def _negative(x):
    return -x


def cosine_similarity(y_true: Any, y_pred: Any, axis: int = -1) -> Any:
    """The cosine of the angle between targets and predictions: 1 where they point the same way."""
    return _negative(losses.cosine_similarity(y_true, y_pred, axis))


class CosineSimilarity(FunctionMetric):
    """The mean cosine of the angle between targets and predictions along ``axis``."""

    def __init__(self, name: str | None = "cosine_similarity", dtype: Any = None, axis: int = -1) -> None:
        super().__init__(cosine_similarity, name, dtype, "up", axis=axis)


@op("y_true; y_pred")
def _squared_error(y_true, y_pred, dtype):
    return jnp.square(y_pred.astype(dtype) - y_true.astype(dtype))


class RootMeanSquaredError(Mean):
    """The square root of the mean of ``square(y_true - y_pred)``. See ``Metric`` for the arguments."""

    def __init__(self, name: str | None = "root_mean_squared_error", dtype: Any = None) -> None:
        super().__init__(name=name, dtype=dtype)
        self._direction = "down"

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Takes in a batch of targets and predictions of one shape, and weights."""
        align = squeeze_larger if legacy_keras() else squeeze_or_expand_to_same_rank
        y_true, y_pred = align(to_tensor(y_true), to_tensor(y_pred))
        return super().update_state(_squared_error(y_true, y_pred, self._dtype), sample_weight)

    def result(self) -> Any:
        return sqrt(super().result())


@op("y_true; y_pred; sample_weight")
def _moments(y_true, y_pred, sample_weight, dtype):
    y_true, y_pred = same_rank(y_true.astype(dtype), y_pred.astype(dtype))
    weight = jnp.ones((), dtype) if sample_weight is None else sample_weight.astype(dtype)
    if weight.ndim == 1:
        weight = weight[:, None]
    weight = jnp.broadcast_to(weight, y_true.shape)
    weighted = y_true * weight
    terms = (y_true * weighted, weighted, jnp.square(y_true - y_pred) * weight, weight)
    return tuple(jnp.sum(term, axis=0, dtype=term.dtype) for term in terms)


@op("squared_sum; sum; total_mse; count; num_samples")
def _r2(squared_sum, sum, total_mse, count, num_samples, class_aggregation, num_regressors):
    mean = sum / count
    total = squared_sum - sum * mean
    scores = 1 - total_mse / total
    scores = jnp.where(jnp.isinf(scores), 0, scores)
    if class_aggregation == "uniform_average":
        scores = jnp.mean(scores)
    elif class_aggregation == "variance_weighted_average":
        scores = jnp.sum(total * scores) / jnp.sum(total)
    if num_regressors == 0:
        return scores
    n, p = num_samples.astype(jnp.float32), jnp.float32(num_regressors)
    enough = p < n - 1
    spare = jnp.where(enough, n - p - 1, 1)
    return jnp.where(enough, 1 - (1 - scores) * (n - 1) / spare, scores)


class R2Score(Metric):
    """The coefficient of determination, ``1 - residual / total`` sum of squares.

    Args:
      class_aggregation: "uniform_average", "variance_weighted_average" or None (one score per output).
      num_regressors: int, the number of predictors for the adjusted score, 0 for the plain one.
      name, dtype: see ``Metric``.

    >>> import kerax as tf
    >>> metric = tf.keras.metrics.R2Score()
    >>> metric.update_state([[1.], [4.], [3.]], [[2.], [4.], [4.]])
    >>> metric.result().numpy().round(4)
    np.float32(0.5714)
    """

    def __init__(
        self,
        class_aggregation: str | None = "uniform_average",
        num_regressors: int = 0,
        name: str | None = "r2_score",
        dtype: Any = None,
    ) -> None:
        super().__init__(name=name, dtype=dtype)
        self._direction = "up"
        valid = (None, "uniform_average", "variance_weighted_average")
        if class_aggregation not in valid:
            raise ValueError(
                f"Invalid value for argument `class_aggregation`. Expected one of {valid}. "
                f"Received: class_aggregation={class_aggregation}"
            )
        if num_regressors < 0:
            raise ValueError(
                "Invalid value for argument `num_regressors`. Expected a value >= 0. "
                f"Received: num_regressors={num_regressors}"
            )
        self.class_aggregation = class_aggregation
        self.num_regressors = num_regressors
        self.num_samples = self.add_variable((), initializers.Zeros(), name="num_samples")
        self._built = False

    def _build(self, true_shape: Any, pred_shape: Any) -> None:
        if len(pred_shape) != 2 or len(true_shape) != 2:
            raise ValueError(
                "R2Score expects 2D inputs with shape (batch_size, output_dim). Received input shapes: "
                f"y_pred.shape={pred_shape} and y_true.shape={true_shape}."
            )
        shape = (pred_shape[-1],)
        self.squared_sum = self.add_variable(shape, initializers.Zeros(), name="squared_sum")
        self.sum = self.add_variable(shape, initializers.Zeros(), name="sum")
        self.total_mse = self.add_variable(shape, initializers.Zeros(), name="residual")
        self.count = self.add_variable(shape, initializers.Zeros(), name="count")
        self._built = True

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Takes in a batch.

        Args:
          y_true: targets ``[batch, outputs]``.
          y_pred: predictions of that shape.
          sample_weight: ``[batch]``, or what broadcasts to the targets, or None.
        """
        y_true, y_pred = to_tensor(y_true), to_tensor(y_pred)
        if not self._built:
            self._build(tuple(y_true.shape), tuple(y_pred.shape))
        if sample_weight is not None:
            sample_weight = to_tensor(sample_weight)
        sums = _moments(y_true, y_pred, sample_weight, self._dtype)
        for variable, value in zip((self.squared_sum, self.sum, self.total_mse, self.count), sums, strict=True):
            variable.assign_add(value)
        self.num_samples.assign_add(float(y_true.shape.num_elements()))

    def reset_state(self) -> None:
        self._zero_state()

    def result(self) -> Any:
        if self.num_regressors and context.trace is None:
            spare = float(self.num_samples.numpy()) - 1 - self.num_regressors
            if spare <= 0:
                reason = (
                    "Division by zero in Adjusted"
                    if spare == 0
                    else "More independent predictors than datapoints in adjusted"
                )
                warnings.warn(f"{reason} R2 score. Falling back to standard R2 score.", stacklevel=2)
        return _r2(
            self.squared_sum,
            self.sum,
            self.total_mse,
            self.count,
            self.num_samples,
            self.class_aggregation,
            self.num_regressors,
        )

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "class_aggregation": self.class_aggregation,
            "num_regressors": self.num_regressors,
        }


@op("y_true; y_pred")
def pearson_correlation(y_true, y_pred, axis=-1):
    """Pearson's correlation of targets and predictions.

    Args:
      y_true: targets, any shape.
      y_pred: predictions of that shape.
      axis: int, the axis of what is correlated.

    Returns:
      Tensor of the shape without that axis, -1 … 1.
    """
    y_true, y_pred = aligned(y_true, y_pred, legacy=False)

    def standard(x: Any) -> Any:
        x = x - jnp.mean(x, axis=axis, keepdims=True)
        return x / jnp.std(x, axis=axis, keepdims=True)

    return jnp.mean(standard(y_true) * standard(y_pred), axis=axis)


@op("y_true; y_pred")
def _concordance(y_true, y_pred, axis, epsilon):
    y_true, y_pred = aligned(y_true, y_pred, legacy=False)
    mean_t = jnp.mean(y_true, axis=axis, keepdims=True)
    mean_p = jnp.mean(y_pred, axis=axis, keepdims=True)
    var_t = jnp.var(y_true - mean_t, axis=axis, keepdims=True)
    var_p = jnp.var(y_pred - mean_p, axis=axis, keepdims=True)
    covar = (y_true - mean_p) * (y_pred - mean_p)
    norm = var_t + var_p + jnp.square(mean_t - mean_p)
    return jnp.mean(2 * covar / (norm + epsilon), axis=axis)


def concordance_correlation(y_true: Any, y_pred: Any, axis: int = -1) -> Any:
    """The concordance correlation coefficient of targets and predictions.

    Args:
      y_true: targets, any shape.
      y_pred: predictions of that shape.
      axis: int, the axis of what is correlated.

    Returns:
      Tensor of the shape without that axis.
    """
    return _concordance(y_true, y_pred, axis, epsilon())


class PearsonCorrelation(FunctionMetric):
    """The mean Pearson correlation of targets and predictions along ``axis``."""

    _config_names = ("axis",)

    def __init__(self, name: str | None = "pearson_correlation", dtype: Any = None, axis: int = -1) -> None:
        super().__init__(pearson_correlation, name, dtype, "up", axis=axis)


class ConcordanceCorrelation(FunctionMetric):
    """The mean concordance correlation of targets and predictions along ``axis``."""

    _config_names = ("axis",)

    def __init__(self, name: str | None = "concordance_correlation", dtype: Any = None, axis: int = -1) -> None:
        super().__init__(concordance_correlation, name, dtype, "up", axis=axis)
