"""Rounding, elementwise; TensorFlow gives these no gradient."""

from __future__ import annotations

import jax.numpy as jnp

from kerax.core.op import op


@op("x: float", differentiable=False)
def floor(x, name=None):
    """The largest integer not above ``x``, as floating point.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.floor([1.7, -1.2]).numpy()
    array([ 1., -2.], dtype=float32)
    """
    return jnp.floor(x)


@op("x: float", differentiable=False)
def ceil(x, name=None):
    """The smallest integer not below ``x``, as floating point.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.ceil([1.2, -1.7]).numpy()
    array([ 2., -1.], dtype=float32)
    """
    return jnp.ceil(x)


@op("x: float", differentiable=False)
def rint(x, name=None):
    """The nearest integer, ties to even.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.rint([0.5, 1.5]).numpy()
    array([0., 2.], dtype=float32)
    """
    return jnp.rint(x)


@op("x: number", differentiable=False)
def round(x, name=None):
    """The nearest integer, ties to even; integers are left as they are.

    Args:
      x: tensor, of numbers.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.round([0.5, 1.5]).numpy()
    array([0., 2.], dtype=float32)
    """
    return jnp.round(x)
