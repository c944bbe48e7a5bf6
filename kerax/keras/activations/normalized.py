"""Activations whose values sum to 1 along an axis."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from kerax.core.config import legacy_keras
from kerax.core.op import composed, op


@op("x: float")
def _softmax(x, axis):
    if axis is None:
        return jax.nn.softmax(x.reshape(-1), axis=-1).reshape(x.shape)
    return jax.nn.softmax(x, axis=axis)


@composed
def softmax(x: Any, axis: Any = -1) -> Any:
    """``exp(x) / sum(exp(x))``.

    The result remembers ``x``, so that a cross entropy can be computed from the logits.

    Args:
      x: tensor of floats.
      axis: int, ints, or None for all axes at once.

    Returns:
      Tensor like ``x``, not negative, with sums of 1 along ``axis``.

    Raises:
      ValueError: a vector, in the Keras 2 dialect.

    >>> import kerax as tf
    >>> tf.keras.activations.softmax([[1., 1.]]).numpy()
    array([[0.5, 0.5]], dtype=float32)
    """
    if legacy_keras() and len(getattr(x, "shape", (None, None))) < 2:
        raise ValueError(f"Cannot apply softmax to a tensor that is 1D. Received input: {x}")
    out = _softmax(x, axis)
    out._keras_logits = x
    return out


@op("x: float")
def log_softmax(x, axis=-1):
    """``x - log(sum(exp(x)))``.

    Args:
      x: tensor of floats.
      axis: int, or None for all axes at once.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.activations.log_softmax([[1., 1.]]).numpy().round(4)
    array([[-0.6931, -0.6931]], dtype=float32)
    """
    if axis is None:
        return jax.nn.log_softmax(x.reshape(-1), axis=-1).reshape(x.shape)
    return jax.nn.log_softmax(x, axis=axis)


@op("x: float")
def sparsemax(x, axis=-1):
    """A sparse alternative to softmax: ``max(x - tau, 0)``, most of whose elements are 0.

    Like Keras 3.15, ``tau`` is taken from the sum of all cumulative sums of the support, so that the result sums to 1
    only where one element is left.

    Args:
      x: tensor of floats.
      axis: int.

    Returns:
      Tensor like ``x``.

    Source: https://arxiv.org/abs/1602.02068

    >>> import kerax as tf
    >>> tf.keras.activations.sparsemax([[0.5, 0.25, -1.]]).numpy()
    array([[0.375, 0.125, 0.   ]], dtype=float32)
    """
    ordered = jnp.flip(jnp.sort(x, axis=axis), axis)
    total = jnp.cumsum(ordered, axis=axis)
    shape = [1] * x.ndim
    shape[axis] = -1
    count = jnp.arange(1, x.shape[axis] + 1, dtype=x.dtype).reshape(shape)
    support = ordered - (total - 1) / count > 0
    size = jnp.sum(support.astype(x.dtype), axis=axis, keepdims=True)
    tau = (jnp.sum(jnp.where(support, total, 0), axis=axis, keepdims=True) - 1) / size
    shifted = x - tau
    return jnp.where(shifted >= 0, shifted, jnp.zeros((), x.dtype))
