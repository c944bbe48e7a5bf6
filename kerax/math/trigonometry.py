"""Trigonometric and hyperbolic functions, elementwise."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from kerax.core.op import op


@jax.custom_jvp
def _arccosh(x):
    return jnp.arccosh(x)


@_arccosh.defjvp
def _arccosh_jvp(primals, tangents):
    """``1 / sinh(y)`` is on the right branch where ``1 / sqrt(x² - 1)`` is not."""
    (x,), (dx,) = primals, tangents
    y = _arccosh(x)
    return y, dx / jnp.sinh(y)


@op("x: float complex")
def sin(x, name=None):
    """The sine of ``x`` radians, elementwise.

    Args:
      x: tensor, floating point or complex.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.sin([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return jnp.sin(x)


@op("x: float complex")
def cos(x, name=None):
    """The cosine of ``x`` radians, elementwise.

    Args:
      x: tensor, floating point or complex.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.cos([0.0]).numpy()
    array([1.], dtype=float32)
    """
    return jnp.cos(x)


@op("x: float complex")
def tan(x, name=None):
    """The tangent of ``x`` radians, elementwise.

    Args:
      x: tensor, floating point or complex.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.tan([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return jnp.tan(x)


@op("x: float complex")
def asin(x, name=None):
    """The angle in radians, in [-π/2, π/2], whose sine is ``x``; NaN outside [-1, 1].

    Args:
      x: tensor, floating point or complex.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.asin([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return jnp.arcsin(x)


@op("x: float complex")
def acos(x, name=None):
    """The angle in radians, in [0, π], whose cosine is ``x``; NaN outside [-1, 1].

    Args:
      x: tensor, floating point or complex.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.acos([1.0]).numpy()
    array([0.], dtype=float32)
    """
    return jnp.arccos(x)


@op("x: float complex")
def atan(x, name=None):
    """The angle in radians, in (-π/2, π/2), whose tangent is ``x``.

    Args:
      x: tensor, floating point or complex.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.atan([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return jnp.arctan(x)


@op("x: float complex")
def sinh(x, name=None):
    """The hyperbolic sine, elementwise.

    Args:
      x: tensor, floating point or complex.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.sinh([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return jnp.sinh(x)


@op("x: float complex")
def cosh(x, name=None):
    """The hyperbolic cosine, elementwise.

    Args:
      x: tensor, floating point or complex.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.cosh([0.0]).numpy()
    array([1.], dtype=float32)
    """
    return jnp.cosh(x)


@op("x: float complex")
def tanh(x, name=None):
    """The hyperbolic tangent, elementwise.

    Args:
      x: tensor, floating point or complex.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.tanh([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return jnp.tanh(x)


@op("x: float complex")
def asinh(x, name=None):
    """The inverse of the hyperbolic sine, elementwise.

    Args:
      x: tensor, floating point or complex.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.asinh([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return jnp.arcsinh(x)


@op("x: float complex")
def acosh(x, name=None):
    """The inverse of the hyperbolic cosine; NaN below 1.

    Args:
      x: tensor, floating point or complex.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.acosh([1.0]).numpy()
    array([0.], dtype=float32)
    """
    return _arccosh(x) if jnp.iscomplexobj(x) else jnp.arccosh(x)


@op("x: float complex")
def atanh(x, name=None):
    """The inverse of the hyperbolic tangent; NaN outside [-1, 1].

    Args:
      x: tensor, floating point or complex.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.atanh([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return jnp.arctanh(x)


@op("y, x: float")
def atan2(y, x, name=None):
    """The angle in radians, in [-π, π], of the point ``(x, y)`` seen from the origin.

    Args:
      y: tensor, floating point.
      x: tensor of the same dtype.
      name: str, optional.

    Returns:
      Tensor of the broadcast shape.

    >>> import kerax as tf
    >>> tf.math.atan2([0.0], [1.0]).numpy()
    array([0.], dtype=float32)
    """
    return jnp.arctan2(y, x)
