"""Losses of distributions and counts: Kullback-Leibler divergence, Poisson."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core.op import op
from kerax.keras.engine.settings import epsilon
from kerax.keras.losses._arrays import clip, mean
from kerax.keras.losses.loss import DEFAULT_REDUCTION, FunctionLoss


@op("y_true; y_pred")
def _kl(y_true, y_pred, epsilon):
    y_true = clip(y_true.astype(y_pred.dtype), epsilon, 1)
    y_pred = clip(y_pred, epsilon, 1)
    terms = y_true * jnp.log(y_true / y_pred)
    return jnp.sum(terms, axis=-1, dtype=terms.dtype)


def kl_divergence(y_true: Any, y_pred: Any) -> Any:
    """``sum(y_true * log(y_true / y_pred), axis=-1)``, both limited to epsilon … 1.

    Args:
      y_true: probabilities ``[batch, .., classes]``.
      y_pred: probabilities of that shape.

    Returns:
      Tensor ``[batch, ..]``, in nats.

    >>> import kerax as tf
    >>> tf.keras.losses.kl_divergence([[1., 0.]], [[0.5, 0.5]]).numpy().round(3)
    array([0.693], dtype=float32)
    """
    return _kl(y_true, y_pred, epsilon())


@op("y_true; y_pred")
def _poisson(y_true, y_pred, epsilon):
    y_true = y_true.astype(y_pred.dtype)
    return mean(y_pred - y_true * jnp.log(y_pred + jnp.asarray(epsilon, y_pred.dtype)))


def poisson(y_true: Any, y_pred: Any) -> Any:
    """``mean(y_pred - y_true * log(y_pred + epsilon), axis=-1)``.

    Args:
      y_true: counts ``[batch, d0, .. dN]``.
      y_pred: rates of that shape.

    Returns:
      Tensor ``[batch, d0, .. dN-1]``.

    >>> import kerax as tf
    >>> tf.keras.losses.poisson([[0., 1.]], [[1., 1.]]).numpy().round(3)
    array([1.], dtype=float32)
    """
    return _poisson(y_true, y_pred, epsilon())


class KLDivergence(FunctionLoss):
    """The Kullback-Leibler divergence of predictions from targets. See ``Loss`` for the arguments."""

    def __init__(self, reduction: Any = DEFAULT_REDUCTION, name: Any = "kl_divergence", dtype: Any = None) -> None:
        super().__init__(kl_divergence, reduction, name, dtype)


class Poisson(FunctionLoss):
    """The mean of ``y_pred - y_true * log(y_pred)``. See ``Loss`` for the arguments."""

    def __init__(self, reduction: Any = DEFAULT_REDUCTION, name: Any = "poisson", dtype: Any = None) -> None:
        super().__init__(poisson, reduction, name, dtype)
