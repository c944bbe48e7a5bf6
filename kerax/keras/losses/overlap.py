"""Losses of overlap for segmentation (Dice, Tversky) and the circle loss for embeddings."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from kerax.core.op import op
from kerax.keras.engine.convert import set_keras_mask
from kerax.keras.engine.settings import epsilon
from kerax.keras.losses._arrays import log1p_exp, maximum
from kerax.keras.losses.loss import DEFAULT_REDUCTION, FunctionLoss


@op("y_true; y_pred")
def _tversky(y_true, y_pred, alpha, beta, axis, epsilon):
    y_true = y_true.astype(y_pred.dtype)

    def total(x: Any) -> Any:
        return jnp.sum(x, axis=axis, dtype=x.dtype)

    common = total(y_true * y_pred)
    missed = total((1 - y_pred) * y_true)
    extra = total(y_pred * (1 - y_true))
    return 1 - common / (common + missed * alpha + extra * beta + epsilon)


@op("y_true; y_pred")
def _dice(y_true, y_pred, axis, epsilon):
    y_true = y_true.astype(y_pred.dtype)

    def total(x: Any) -> Any:
        return jnp.sum(x, axis=axis, dtype=x.dtype)

    return 1 - 2.0 * total(y_true * y_pred) / (total(y_true) + total(y_pred) + epsilon)


def dice(y_true: Any, y_pred: Any, axis: Any = None) -> Any:
    """``1 - 2 * sum(y_true * y_pred) / (sum(y_true) + sum(y_pred))``.

    Args:
      y_true: masks, any shape.
      y_pred: probabilities of that shape.
      axis: axes to sum over, all by default.

    Returns:
      Tensor of the remaining shape.

    >>> import kerax as tf
    >>> tf.keras.losses.dice([[1., 0.]], [[1., 0.]]).numpy().round(4)
    np.float32(0.0)
    """
    return _dice(y_true, y_pred, axis, epsilon())


def tversky(y_true: Any, y_pred: Any, alpha: float = 0.5, beta: float = 0.5, axis: Any = None) -> Any:
    """``1 - c / (c + alpha * a + beta * b)`` of common, missed and extra mass (Salehi et al., 2017).

    Args:
      y_true: masks, any shape.
      y_pred: probabilities of that shape.
      alpha: float, the weight of ``sum((1 - y_pred) * y_true)``.
      beta: float, the weight of ``sum(y_pred * (1 - y_true))``.
      axis: axes to sum over, all by default.

    Returns:
      Tensor of the remaining shape.
    """
    return _tversky(y_true, y_pred, alpha, beta, axis, epsilon())


@op("y_true; y_pred; ref_labels; ref_embeddings")
def _circle(y_true, y_pred, ref_labels, ref_embeddings, remove_diagonal, gamma, margin):
    y_true = y_true.astype(jnp.int32).reshape(-1, 1)
    embeddings = y_pred if ref_embeddings is None else ref_embeddings
    labels = y_true if ref_labels is None else ref_labels.astype(jnp.int32).reshape(-1, 1)
    distance = maximum(1 - y_pred @ embeddings.T, 0)
    positive = y_true == labels.T
    negative = ~positive
    if remove_diagonal:
        positive = positive & ~jnp.eye(y_true.size, labels.size, dtype=bool)
    weight_p = maximum((margin + distance) * positive.astype(distance.dtype), 0)
    weight_n = maximum((1 + margin - distance) * negative.astype(distance.dtype), 0)
    towards = -gamma * weight_p * (margin - distance)
    away = gamma * weight_n * (1 - margin - distance)
    sum_p = jax.scipy.special.logsumexp(jnp.where(positive, towards, -jnp.inf), axis=1)
    sum_n = jax.scipy.special.logsumexp(jnp.where(negative, away, -jnp.inf), axis=1)
    losses = log1p_exp(sum_p + sum_n)
    return losses, losses > 0


def circle(
    y_true: Any,
    y_pred: Any,
    ref_labels: Any = None,
    ref_embeddings: Any = None,
    remove_diagonal: bool = True,
    gamma: float = 80,
    margin: float = 0.4,
) -> Any:
    """The circle loss of embeddings: pulls those of one class together, pushes others apart (Sun et al., 2020).

    Args:
      y_true: class indices ``[batch]``.
      y_pred: unit vectors ``[batch, units]``.
      ref_labels, ref_embeddings: the samples to compare with, the batch itself by default.
      remove_diagonal: bool, whether a sample is not compared with itself.
      gamma: float, the scale.
      margin: float, how far classes should be apart.

    Returns:
      Tensor ``[batch]``.
    """
    losses, mask = _circle(y_true, y_pred, ref_labels, ref_embeddings, bool(remove_diagonal), gamma, margin)
    set_keras_mask(losses, mask)
    return losses


class Dice(FunctionLoss):
    """One minus the Dice coefficient. See ``dice`` and ``Loss`` for the arguments."""

    _config_names = ("axis",)

    def __init__(
        self, reduction: Any = DEFAULT_REDUCTION, name: Any = "dice", axis: Any = None, dtype: Any = None
    ) -> None:
        super().__init__(dice, reduction, name, dtype, axis=axis)


class Tversky(FunctionLoss):
    """One minus the Tversky index. See ``tversky`` and ``Loss`` for the arguments."""

    _config_names = ("alpha", "beta", "axis")

    def __init__(
        self,
        alpha: float = 0.5,
        beta: float = 0.5,
        reduction: Any = DEFAULT_REDUCTION,
        name: Any = "tversky",
        axis: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(tversky, reduction, name, dtype, alpha=alpha, beta=beta, axis=axis)


class Circle(FunctionLoss):
    """The circle loss. See ``circle`` and ``Loss`` for the arguments."""

    _config_names = ("gamma", "margin", "remove_diagonal")

    def __init__(
        self,
        gamma: float = 80.0,
        margin: float = 0.4,
        remove_diagonal: bool = True,
        reduction: Any = DEFAULT_REDUCTION,
        name: Any = "circle",
        dtype: Any = None,
    ) -> None:
        super().__init__(circle, reduction, name, dtype, gamma=gamma, margin=margin, remove_diagonal=remove_diagonal)
