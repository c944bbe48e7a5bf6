"""Hinge losses: of labels -1 and 1 (or 0 and 1), and of one-hot labels."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core import errors
from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras.losses._arrays import maximum, mean
from kerax.keras.losses.loss import DEFAULT_REDUCTION, FunctionLoss


def _signed(y_true: Any) -> Any:
    """Labels as -1 and 1, where they are all 0 or 1."""
    binary = jnp.all((y_true == 0) | (y_true == 1))
    return jnp.where(binary, 2 * y_true - 1, y_true)


@op("y_true; y_pred")
def hinge(y_true, y_pred):
    """``mean(max(1 - y_true * y_pred, 0), axis=-1)``, labels 0 and 1 taken as -1 and 1.

    Args:
      y_true: labels -1 or 1 (or 0 or 1) ``[batch, d0, .. dN]``.
      y_pred: predictions of that shape.

    Returns:
      Tensor ``[batch, d0, .. dN-1]``.

    >>> import kerax as tf
    >>> tf.keras.losses.hinge([[-1., 1.]], [[0.5, 0.5]]).numpy()
    array([1.], dtype=float32)
    """
    y_true = _signed(y_true.astype(y_pred.dtype))
    return mean(maximum(1 - y_true * y_pred, 0))


@op("y_true; y_pred")
def squared_hinge(y_true, y_pred):
    """``mean(square(max(1 - y_true * y_pred, 0)), axis=-1)``, labels 0 and 1 taken as -1 and 1.

    Args:
      y_true: labels -1 or 1 (or 0 or 1) ``[batch, d0, .. dN]``.
      y_pred: predictions of that shape.

    Returns:
      Tensor ``[batch, d0, .. dN-1]``.

    >>> import kerax as tf
    >>> tf.keras.losses.squared_hinge([[-1., 1.]], [[1., 1.]]).numpy()
    array([2.], dtype=float32)
    """
    y_true = _signed(y_true.astype(y_pred.dtype))
    return mean(jnp.square(maximum(1 - y_true * y_pred, 0)))


@op("y_true; y_pred")
def categorical_hinge(y_true, y_pred):
    """``max(neg - pos + 1, 0)`` with ``pos = sum(y_true * y_pred)`` and ``neg = max((1 - y_true) * y_pred)``.

    Args:
      y_true: one-hot labels ``[batch, .., classes]``.
      y_pred: predictions of that shape.

    Returns:
      Tensor ``[batch, ..]``.

    >>> import kerax as tf
    >>> tf.keras.losses.categorical_hinge([[0., 1.]], [[0.25, 0.5]]).numpy()
    array([0.75], dtype=float32)
    """
    if y_pred.size == 0 and not legacy_keras():
        raise errors.InvalidArgumentError(None, None, "Cannot compute the max of an empty tensor.")
    y_true = y_true.astype(y_pred.dtype)
    pos = jnp.sum(y_true * y_pred, axis=-1, dtype=y_pred.dtype)
    neg = jnp.max((1 - y_true) * y_pred, axis=-1)
    return maximum(neg - pos + 1, 0)


class Hinge(FunctionLoss):
    """The mean of ``max(1 - y_true * y_pred, 0)``. See ``Loss`` for the arguments."""

    def __init__(self, reduction: Any = DEFAULT_REDUCTION, name: Any = "hinge", dtype: Any = None) -> None:
        super().__init__(hinge, reduction, name, dtype)


class SquaredHinge(FunctionLoss):
    """The mean of ``square(max(1 - y_true * y_pred, 0))``. See ``Loss`` for the arguments."""

    def __init__(self, reduction: Any = DEFAULT_REDUCTION, name: Any = "squared_hinge", dtype: Any = None) -> None:
        super().__init__(squared_hinge, reduction, name, dtype)


class CategoricalHinge(FunctionLoss):
    """The mean of ``max(neg - pos + 1, 0)``. See ``Loss`` for the arguments."""

    def __init__(self, reduction: Any = DEFAULT_REDUCTION, name: Any = "categorical_hinge", dtype: Any = None) -> None:
        super().__init__(categorical_hinge, reduction, name, dtype)
