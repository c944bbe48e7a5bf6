"""Activations that cut at thresholds."""

from __future__ import annotations

import jax.numpy as jnp

from kerax.core.op import op
from kerax.math.clip import _clip_by_value


@op("x: float")
def soft_shrink(x, threshold=0.5):
    """``x`` moved towards 0 by ``threshold``, and 0 within it.

    Args:
      x: tensor of floats.
      threshold: float.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.activations.soft_shrink([-1., 0.25, 1.]).numpy()
    array([-0.5,  0. ,  0.5], dtype=float32)
    """
    limit = jnp.asarray(threshold, x.dtype)
    return jnp.where(x > limit, x - limit, jnp.where(x < -limit, x + limit, jnp.zeros((), x.dtype)))


@op("x: float")
def hard_shrink(x, threshold=0.5):
    """``x`` where ``abs(x) > threshold``, 0 elsewhere.

    Args:
      x: tensor of floats.
      threshold: float.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.activations.hard_shrink([-1., 0.25, 1.]).numpy()
    array([-1.,  0.,  1.], dtype=float32)
    """
    return jnp.where(jnp.abs(x) > jnp.asarray(threshold, x.dtype), x, jnp.zeros((), x.dtype))


@op("x: float")
def tanh_shrink(x):
    """``x - tanh(x)``.

    Args:
      x: tensor of floats.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.activations.tanh_shrink([0.]).numpy()
    array([0.], dtype=float32)
    """
    return x - jnp.tanh(x)


@op("x: float")
def hard_tanh(x):
    """``x`` limited to -1 … 1.

    Args:
      x: tensor of floats.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.activations.hard_tanh([-2., 0.5, 2.]).numpy()
    array([-1. ,  0.5,  1. ], dtype=float32)
    """
    return _clip_by_value.pure(x, jnp.asarray(-1, x.dtype), jnp.asarray(1, x.dtype))


@op("x")
def threshold(x, threshold, default_value):
    """``x`` where it exceeds ``threshold``, ``default_value`` elsewhere.

    Args:
      x: tensor of numbers.
      threshold: float.
      default_value: float.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.activations.threshold([-1., 2.], 0., 9.).numpy()
    array([9., 2.], dtype=float32)
    """
    return jnp.where(x > jnp.asarray(threshold, x.dtype), x, jnp.asarray(default_value, x.dtype))


@op("x: float")
def sparse_plus(x):
    """0 up to -1, ``x`` from 1 on, ``(x + 1)**2 / 4`` between.

    Args:
      x: tensor of floats.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.activations.sparse_plus([-2., 0., 2.]).numpy()
    array([0.  , 0.25, 2.  ], dtype=float32)
    """
    curve = jnp.square(x + jnp.ones((), x.dtype)) * jnp.asarray(0.25, x.dtype)
    return jnp.where(x <= -1, jnp.zeros((), x.dtype), jnp.where(x < 1, curve, x))
