"""Activations that bend exponentially: ``elu``, ``selu``, ``celu``, and the smooth rectifiers."""

from __future__ import annotations

import jax.numpy as jnp
from jax import lax

from kerax.core.op import op
from kerax.math.arithmetic import maximum as _maximum
from kerax.math.arithmetic import minimum as _minimum
from kerax.math.exponential import exp as _exp
from kerax.math.exponential import softplus as _softplus
from kerax.math.trigonometry import tanh as _tanh
from kerax.nn.activation import elu as _elu
from kerax.nn.activation import selu as _selu


@op("x: float")
def elu(x, alpha=1.0):
    """The exponential linear unit: ``x`` above 0, ``alpha * (exp(x) - 1)`` below.

    Args:
      x: tensor of floats.
      alpha: float.

    Returns:
      Tensor like ``x``.

    Source: https://arxiv.org/abs/1511.07289

    >>> import kerax as tf
    >>> tf.keras.activations.elu([-1., 3.]).numpy().round(4)
    array([-0.6321,  3.    ], dtype=float32)
    """
    out = _elu.pure(x)
    return out if alpha == 1 else jnp.where(x > 0, out, jnp.asarray(alpha, x.dtype) * out)


@op("x: float")
def selu(x):
    """The scaled exponential linear unit: ``1.0507 * elu(x, alpha=1.6733)``.

    Args:
      x: tensor of floats.

    Returns:
      Tensor like ``x``.

    Source: https://arxiv.org/abs/1706.02515

    >>> import kerax as tf
    >>> tf.keras.activations.selu([-1., 1.]).numpy().round(4)
    array([-1.1113,  1.0507], dtype=float32)
    """
    return _selu.pure(x)


@op("x: float")
def celu(x, alpha=1.0):
    """The continuously differentiable unit: ``x`` above 0, ``alpha * (exp(x / alpha) - 1)`` below.

    Args:
      x: tensor of floats.
      alpha: float.

    Returns:
      Tensor like ``x``.

    Source: https://arxiv.org/abs/1704.07483

    >>> import kerax as tf
    >>> tf.keras.activations.celu([-1., 1.], alpha=2.).numpy().round(4)
    array([-0.7869,  1.    ], dtype=float32)
    """
    alpha = jnp.asarray(alpha, x.dtype)
    zero = jnp.zeros((), x.dtype)
    return _maximum.pure(x, zero) + alpha * jnp.expm1(_minimum.pure(x, zero) / alpha)


@op("x: float complex")
def exponential(x):
    """``exp(x)``.

    Args:
      x: tensor of floats.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.activations.exponential([0.]).numpy()
    array([1.], dtype=float32)
    """
    return _exp.pure(x)


@op("x: float")
def softplus(x):
    """``log(exp(x) + 1)``.

    Args:
      x: tensor of floats.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.activations.softplus([0.]).numpy().round(4)
    array([0.6931], dtype=float32)
    """
    return _softplus.pure(x)


@op("x: float")
def squareplus(x, b=4):
    """``(x + sqrt(x**2 + b)) / 2``.

    Args:
      x: tensor of floats.
      b: float, the smoothness.

    Returns:
      Tensor like ``x``.

    Source: https://arxiv.org/abs/2112.11687

    >>> import kerax as tf
    >>> tf.keras.activations.squareplus([0.]).numpy()
    array([1.], dtype=float32)
    """
    return (x + lax.sqrt(jnp.square(x) + jnp.asarray(b, x.dtype))) / 2


@op("x: float")
def mish(x):
    """``x * tanh(softplus(x))``.

    Args:
      x: tensor of floats.

    Returns:
      Tensor like ``x``.

    Source: https://arxiv.org/abs/1908.08681

    >>> import kerax as tf
    >>> tf.keras.activations.mish([1.]).numpy().round(4)
    array([0.8651], dtype=float32)
    """
    return x * _tanh.pure(_softplus.pure(x))
