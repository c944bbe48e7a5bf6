"""Sigmoids, hard and soft, and the units gated by them."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
from jax import lax

from kerax.core.config import legacy_keras
from kerax.core.op import composed, op
from kerax.math.exponential import log_sigmoid as _log_sigmoid
from kerax.math.exponential import sigmoid as _sigmoid
from kerax.math.exponential import softsign as _softsign
from kerax.math.trigonometry import tanh as _tanh
from kerax.nn.activation import gelu as _gelu
from kerax.nn.activation import relu6 as _relu6


@composed
def sigmoid(x: Any) -> Any:
    """``1 / (1 + exp(-x))``.

    The result remembers ``x``, so that a cross entropy can be computed from the logits.

    Args:
      x: tensor of floats.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.activations.sigmoid([0.]).numpy()
    array([0.5], dtype=float32)
    """
    out = _sigmoid(x)
    out._keras_logits = x
    return out


@op("x: float")
def tanh(x):
    """The hyperbolic tangent.

    Args:
      x: tensor of floats.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.activations.tanh([0.]).numpy()
    array([0.], dtype=float32)
    """
    return _tanh.pure(x)


@op("x: float")
def softsign(x):
    """``x / (abs(x) + 1)``.

    Args:
      x: tensor of floats.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.activations.softsign([-1., 1.]).numpy()
    array([-0.5,  0.5], dtype=float32)
    """
    return _softsign.pure(x)


@op("x: float")
def log_sigmoid(x):
    """``log(1 / (1 + exp(-x)))``.

    Args:
      x: tensor of floats.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.activations.log_sigmoid([0.]).numpy().round(4)
    array([-0.6931], dtype=float32)
    """
    return _log_sigmoid.pure(x)


def _hard(x):
    return _relu6.pure(x + jnp.asarray(3, x.dtype)) / jnp.asarray(6, x.dtype)


@op("x: float")
def _hard_sigmoid(x, legacy):
    if not legacy:
        return _hard(x)
    y = x * jnp.asarray(0.2, x.dtype) + jnp.asarray(0.5, x.dtype)
    inside = y + lax.stop_gradient(jnp.clip(y, 0, 1) - y)  # rounding must not decide about the gradient at the ends
    return jnp.where(x < -2.5, jnp.zeros((), x.dtype), jnp.where(x > 2.5, jnp.ones((), x.dtype), inside))


@composed
def hard_sigmoid(x: Any) -> Any:
    """A sigmoid of straight lines: ``x / 6 + 0.5`` between -3 and 3, then 0 and 1.

    In the Keras 2 dialect the line is ``0.2 * x + 0.5``, between -2.5 and 2.5.

    Args:
      x: tensor of floats.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.activations.hard_sigmoid([-3., 0., 3.]).numpy()
    array([0. , 0.5, 1. ], dtype=float32)
    """
    return _hard_sigmoid(x, legacy_keras())


@op("x: float")
def hard_silu(x):
    """``x * hard_sigmoid(x)``, also called hard swish.

    Args:
      x: tensor of floats.

    Returns:
      Tensor like ``x``.

    Source: https://arxiv.org/abs/1905.02244

    >>> import kerax as tf
    >>> tf.keras.activations.hard_silu([-3., 3.]).numpy()
    array([-0.,  3.], dtype=float32)
    """
    return x * _hard(x)


@op("x: float")
def silu(x):
    """``x * sigmoid(x)``, also called swish.

    Args:
      x: tensor of floats.

    Returns:
      Tensor like ``x``.

    Source: https://arxiv.org/abs/1710.05941

    >>> import kerax as tf
    >>> tf.keras.activations.silu([1.]).numpy().round(4)
    array([0.7311], dtype=float32)
    """
    return x * _sigmoid.pure(x)


@op("x: float")
def gelu(x, approximate=False):
    """``x * P(X <= x)`` for a standard normal ``X``.

    Args:
      x: tensor of floats.
      approximate: bool, whether to use ``0.5 * x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x**3)))``.

    Returns:
      Tensor like ``x``.

    Source: https://arxiv.org/abs/1606.08415

    >>> import kerax as tf
    >>> tf.keras.activations.gelu([1.]).numpy().round(4)
    array([0.8413], dtype=float32)
    """
    return _gelu.pure(x, approximate)


@op("x: float")
def glu(x, axis=-1):
    """``a * sigmoid(b)`` of the two halves ``a`` and ``b`` of ``x``.

    Args:
      x: tensor of floats.
      axis: int, along which ``x`` is halved.

    Returns:
      Tensor, half as long along ``axis``.

    Raises:
      ValueError: an odd size.

    Source: https://arxiv.org/abs/1612.08083

    >>> import kerax as tf
    >>> tf.keras.activations.glu([2., 0.]).numpy()
    array([1.], dtype=float32)
    """
    if x.shape[axis] % 2:
        raise ValueError(f"axis size must be divisible by 2. Received: x.shape={x.shape} with axis={axis}")
    a, b = jnp.split(x, 2, axis=axis)
    return a * _sigmoid.pure(b)


@op("x: float")
def sparse_sigmoid(x):
    """A sigmoid of straight lines: ``0.5 * (x + 1)`` between -1 and 1, then 0 and 1.

    Args:
      x: tensor of floats.

    Returns:
      Tensor like ``x``.

    Source: https://arxiv.org/abs/1901.02324

    >>> import kerax as tf
    >>> tf.keras.activations.sparse_sigmoid([-2., 0., 2.]).numpy()
    array([0. , 0.5, 1. ], dtype=float32)
    """
    line = jnp.asarray(0.5, x.dtype) * (x + jnp.ones((), x.dtype))
    zero, one = jnp.zeros((), x.dtype), jnp.ones((), x.dtype)
    return jnp.where(x <= -1, zero, jnp.where(x >= 1, one, line))
