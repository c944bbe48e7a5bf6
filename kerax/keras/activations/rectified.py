"""Rectifiers: ``relu`` and its relatives."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core.op import composed, op
from kerax.math.clip import _clip_by_value
from kerax.nn.activation import _leaky_relu
from kerax.nn.activation import leaky_relu as _tf_leaky_relu
from kerax.nn.activation import relu as _plain_relu
from kerax.nn.activation import relu6 as _relu6


@op("x: float int")
def _relu(x, negative_slope, max_value, threshold):
    if negative_slope and max_value is None and not threshold:
        return _leaky_relu.pure(x, negative_slope)
    if threshold:
        out = jnp.where(x > jnp.asarray(threshold, x.dtype), x, jnp.zeros((), x.dtype))
    else:
        out = _relu6.pure(x) if max_value == 6 else _plain_relu.pure(x)
    if max_value is not None and (threshold or max_value != 6):
        out = _clip_by_value.pure(out, jnp.zeros((), x.dtype), jnp.asarray(max_value, x.dtype))
    if negative_slope:
        below = _plain_relu.pure(jnp.asarray(threshold, x.dtype) - x)
        out = out - jnp.asarray(negative_slope, x.dtype) * below
    return out


@composed
def relu(x: Any, negative_slope: Any = 0.0, max_value: Any = None, threshold: Any = 0.0, *, alpha: Any = None) -> Any:
    """The rectified linear unit ``max(x, 0)``, on request leaky, limited, or with another threshold.

    Args:
      x: tensor of numbers.
      negative_slope: float, the slope below the threshold.
      max_value: float, the largest value returned; None for no limit.
      threshold: float; values up to it give 0, or ``negative_slope * (x - threshold)``.
      alpha: Keras 2's name of ``negative_slope``.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.activations.relu([-10., 0., 5., 10.], max_value=5., negative_slope=0.5).numpy()
    array([-5.,  0.,  5.,  5.], dtype=float32)
    """
    return _relu(x, _number(negative_slope if alpha is None else alpha), _number(max_value), _number(threshold))


def _number(value: Any) -> Any:
    """A setting as a python number."""
    return value if value is None or isinstance(value, (int, float)) else float(value)


@op("x: float int")
def relu6(x):
    """``min(max(x, 0), 6)``.

    Args:
      x: tensor of numbers.

    Returns:
      Tensor like ``x``.

    Source: https://www.cs.toronto.edu/~kriz/conv-cifar10-aug2010.pdf

    >>> import kerax as tf
    >>> tf.keras.activations.relu6([-1., 3., 7.]).numpy()
    array([0., 3., 6.], dtype=float32)
    """
    return _relu6.pure(x)


@composed
def leaky_relu(x: Any, negative_slope: Any = 0.2, *, alpha: Any = None) -> Any:
    """``x`` where it is positive, ``negative_slope * x`` elsewhere.

    Args:
      x: tensor of numbers; integers become float32.
      negative_slope: float.
      alpha: Keras 2's name of ``negative_slope``.

    Returns:
      Floating point Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.activations.leaky_relu([-1., 3.], 0.5).numpy()
    array([-0.5,  3. ], dtype=float32)
    """
    return _tf_leaky_relu(x, _number(negative_slope if alpha is None else alpha))
