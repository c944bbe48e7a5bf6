"""The error function and its relatives."""

from __future__ import annotations

import jax.numpy as jnp
from jax import lax
from jax.scipy import special

from kerax.core.op import op


def in_double(function, *values):
    """Evaluates in float64, where XLA's float32 series lose digits that TensorFlow keeps."""
    return function(*[value.astype(jnp.float64) for value in values]).astype(values[0].dtype)


def in_single_or_double(function, *values):
    """Evaluates in float32 at least: 16-bit inputs are widened and the result narrowed again."""
    kind = values[0].dtype
    if kind in (jnp.float16, jnp.bfloat16):
        return function(*[value.astype(jnp.float32) for value in values]).astype(kind)
    return function(*values)


@op("x: float")
def erf(x, name=None):
    """The error function ``2/√π ∫₀ˣ exp(-t²) dt``.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.erf([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return lax.erf(x)


@op("x: float")
def erfc(x, name=None):
    """``1 - erf(x)``, exact where that is small.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.erfc([0.0]).numpy()
    array([1.], dtype=float32)
    """
    return lax.erfc(x)


@op("x: float")
def erfinv(x, name=None):
    """The inverse of ``erf``; infinite at -1 and 1, NaN beyond.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.erfinv([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return lax.erf_inv(x)


@op("x: float")
def ndtri(x, name=None):
    """The quantile function of the normal distribution; infinite at 0 and 1, NaN beyond.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.ndtri([0.5]).numpy()
    array([0.], dtype=float32)
    """
    return in_single_or_double(special.ndtri, x)


@op("x: float")
def erfcinv(x, name=None):
    """The inverse of ``erfc``.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.erfcinv([1.0]).numpy()
    array([-0.], dtype=float32)
    """
    return -in_single_or_double(special.ndtri, 0.5 * x) * jnp.asarray(0.5**0.5, x.dtype)
