"""Losses of numbers: squared, absolute, percentage, logarithmic errors, Huber, log-cosh, cosine similarity."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.settings import epsilon, floatx
from kerax.keras.losses._arrays import aligned, log1p_exp, maximum, mean, normalized
from kerax.keras.losses._ragged import takes_ragged
from kerax.keras.losses.loss import DEFAULT_REDUCTION, FunctionLoss
from kerax.math.arithmetic import abs as absolute
from kerax.math.normalization import l2_normalize
from kerax.math.reduction import reduce_sum


@op("y_true; y_pred")
def _squared_error(y_true, y_pred, legacy):
    y_true, y_pred = aligned(y_true, y_pred, legacy)
    return mean(jnp.square(y_true - y_pred), -1, legacy)


@takes_ragged
def mean_squared_error(y_true: Any, y_pred: Any) -> Any:
    """``mean(square(y_true - y_pred), axis=-1)``.

    Args:
      y_true: targets ``[batch, d0, .. dN]``.
      y_pred: predictions of that shape.

    Returns:
      Tensor ``[batch, d0, .. dN-1]``.

    >>> import kerax as tf
    >>> tf.keras.losses.mean_squared_error([[0., 2.]], [[1., 1.]]).numpy()
    array([1.], dtype=float32)
    """
    return _squared_error(y_true, y_pred, legacy_keras())


@op("y_true; y_pred")
def _absolute_error(y_true, y_pred, legacy):
    y_true, y_pred = aligned(y_true, y_pred, legacy)
    return mean(absolute.pure(y_true - y_pred), -1, legacy)


@takes_ragged
def mean_absolute_error(y_true: Any, y_pred: Any) -> Any:
    """``mean(abs(y_true - y_pred), axis=-1)``.

    Args:
      y_true: targets ``[batch, d0, .. dN]``.
      y_pred: predictions of that shape.

    Returns:
      Tensor ``[batch, d0, .. dN-1]``.

    >>> import kerax as tf
    >>> tf.keras.losses.mean_absolute_error([[0., 2.]], [[1., 4.]]).numpy()
    array([1.5], dtype=float32)
    """
    return _absolute_error(y_true, y_pred, legacy_keras())


@op("y_true; y_pred")
def _absolute_percentage(y_true, y_pred, epsilon, legacy):
    y_true, y_pred = aligned(y_true, y_pred, legacy)
    difference = absolute.pure((y_true - y_pred) / maximum(absolute.pure(y_true), epsilon))
    return 100.0 * mean(difference)


@takes_ragged
def mean_absolute_percentage_error(y_true: Any, y_pred: Any) -> Any:
    """``100 * mean(abs((y_true - y_pred) / max(abs(y_true), epsilon)), axis=-1)``.

    Args:
      y_true: targets ``[batch, d0, .. dN]``.
      y_pred: predictions of that shape.

    Returns:
      Tensor ``[batch, d0, .. dN-1]``, in percent.

    >>> import kerax as tf
    >>> tf.keras.losses.mean_absolute_percentage_error([[1., 2.]], [[2., 2.]]).numpy()
    array([50.], dtype=float32)
    """
    return _absolute_percentage(y_true, y_pred, epsilon(), legacy_keras())


@op("y_true; y_pred")
def _squared_logarithmic(y_true, y_pred, epsilon, legacy):
    y_true, y_pred = aligned(y_true, y_pred, legacy)
    return mean(jnp.square(jnp.log(maximum(y_pred, epsilon) + 1.0) - jnp.log(maximum(y_true, epsilon) + 1.0)))


@takes_ragged
def mean_squared_logarithmic_error(y_true: Any, y_pred: Any) -> Any:
    """``mean(square(log(y_true + 1) - log(y_pred + 1)), axis=-1)``; negative values count as epsilon.

    Args:
      y_true: targets ``[batch, d0, .. dN]``.
      y_pred: predictions of that shape.

    Returns:
      Tensor ``[batch, d0, .. dN-1]``.

    >>> import kerax as tf
    >>> tf.keras.losses.mean_squared_logarithmic_error([[0.]], [[1.]]).numpy().round(3)
    array([0.48], dtype=float32)
    """
    return _squared_logarithmic(y_true, y_pred, epsilon(), legacy_keras())


@op("y_true; y_pred")
def _cosine(y_true, y_pred, axis, epsilon):
    y_true, y_pred = jnp.atleast_1d(*aligned(y_true, y_pred, legacy=False))
    product = normalized(y_true, axis, epsilon) * normalized(y_pred, axis, epsilon)
    return -jnp.sum(product, axis=axis, dtype=product.dtype)


def cosine_similarity(y_true: Any, y_pred: Any, axis: Any = -1) -> Any:
    """Minus the cosine of the angle between targets and predictions: -1 where they point the same way.

    Args:
      y_true: targets ``[batch, d0, .. dN]``.
      y_pred: predictions of that shape.
      axis: int, the axis of the vectors.

    Returns:
      Tensor of the shape without that axis.

    >>> import kerax as tf
    >>> tf.keras.losses.cosine_similarity([[0., 1.]], [[0., 3.]]).numpy()
    array([-1.], dtype=float32)
    """
    if legacy_keras():
        return -reduce_sum(l2_normalize(y_true, axis) * l2_normalize(y_pred, axis), axis=axis)
    return _cosine(y_true, y_pred, axis, epsilon())


@op("y_true; y_pred")
def _huber(y_true, y_pred, delta, legacy):
    y_true, y_pred = aligned(y_true, y_pred, legacy)
    error = y_pred - y_true
    size = absolute.pure(error)
    delta = jnp.asarray(delta, error.dtype)
    return mean(jnp.where(size <= delta, 0.5 * jnp.square(error), delta * size - 0.5 * jnp.square(delta)))


def huber(y_true: Any, y_pred: Any, delta: Any = 1.0) -> Any:
    """Squared error where it is small, absolute error where it is large, averaged over the last axis.

    ``error² / 2`` where ``|error| <= delta``, else ``delta · |error| - delta² / 2``.

    Args:
      y_true: targets ``[batch, d0, .. dN]``.
      y_pred: predictions of that shape.
      delta: float, where the two meet.

    Returns:
      Tensor ``[batch, d0, .. dN-1]``.

    >>> import kerax as tf
    >>> tf.keras.losses.huber([[0., 0.]], [[1., 3.]]).numpy()
    array([1.5], dtype=float32)
    """
    if legacy_keras():
        y_true, y_pred = to_tensor(y_true, floatx()), to_tensor(y_pred, floatx())
    return _huber(y_true, y_pred, delta, legacy_keras())


@op("y_true; y_pred")
def _log_cosh(y_true, y_pred, legacy):
    y_true, y_pred = aligned(y_true, y_pred, legacy)
    x = y_pred - y_true
    return mean(x + log1p_exp(x * -2.0) - jnp.log(jnp.asarray(2.0, x.dtype)))


def log_cosh(y_true: Any, y_pred: Any) -> Any:
    """``mean(log(cosh(y_pred - y_true)), axis=-1)``.

    Args:
      y_true: targets ``[batch, d0, .. dN]``.
      y_pred: predictions of that shape.

    Returns:
      Tensor ``[batch, d0, .. dN-1]``.

    >>> import kerax as tf
    >>> tf.keras.losses.log_cosh([[0.]], [[0.]]).numpy()
    array([0.], dtype=float32)
    """
    return _log_cosh(y_true, y_pred, legacy_keras())


class MeanSquaredError(FunctionLoss):
    """The mean of ``square(y_true - y_pred)``. See ``Loss`` for the arguments.

    >>> import kerax as tf
    >>> tf.keras.losses.MeanSquaredError()([[0., 1.]], [[1., 1.]]).numpy()
    np.float32(0.5)
    """

    def __init__(self, reduction: Any = DEFAULT_REDUCTION, name: Any = "mean_squared_error", dtype: Any = None) -> None:
        super().__init__(mean_squared_error, reduction, name, dtype)


class MeanAbsoluteError(FunctionLoss):
    """The mean of ``abs(y_true - y_pred)``. See ``Loss`` for the arguments."""

    def __init__(
        self, reduction: Any = DEFAULT_REDUCTION, name: Any = "mean_absolute_error", dtype: Any = None
    ) -> None:
        super().__init__(mean_absolute_error, reduction, name, dtype)


class MeanAbsolutePercentageError(FunctionLoss):
    """The mean of ``100 * abs((y_true - y_pred) / y_true)``. See ``Loss`` for the arguments."""

    def __init__(
        self, reduction: Any = DEFAULT_REDUCTION, name: Any = "mean_absolute_percentage_error", dtype: Any = None
    ) -> None:
        super().__init__(mean_absolute_percentage_error, reduction, name, dtype)


class MeanSquaredLogarithmicError(FunctionLoss):
    """The mean of ``square(log(y_true + 1) - log(y_pred + 1))``. See ``Loss`` for the arguments."""

    def __init__(
        self, reduction: Any = DEFAULT_REDUCTION, name: Any = "mean_squared_logarithmic_error", dtype: Any = None
    ) -> None:
        super().__init__(mean_squared_logarithmic_error, reduction, name, dtype)


class CosineSimilarity(FunctionLoss):
    """Minus the cosine of the angle between targets and predictions along ``axis``."""

    def __init__(
        self,
        axis: int = -1,
        reduction: Any = DEFAULT_REDUCTION,
        name: Any = "cosine_similarity",
        dtype: Any = None,
    ) -> None:
        super().__init__(cosine_similarity, reduction, name, dtype, axis=axis)


class Huber(FunctionLoss):
    """Squared error up to ``delta``, absolute error beyond."""

    def __init__(
        self,
        delta: float = 1.0,
        reduction: Any = DEFAULT_REDUCTION,
        name: Any = "huber_loss",
        dtype: Any = None,
    ) -> None:
        super().__init__(huber, reduction, name, dtype, delta=delta)


class LogCosh(FunctionLoss):
    """The mean of ``log(cosh(y_pred - y_true))``. See ``Loss`` for the arguments."""

    def __init__(self, reduction: Any = DEFAULT_REDUCTION, name: Any = "log_cosh", dtype: Any = None) -> None:
        super().__init__(log_cosh, reduction, name, dtype)
