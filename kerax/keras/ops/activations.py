"""The activation functions of ``keras.ops``."""

from __future__ import annotations

import warnings

import kerax.array_ops as tf
from kerax import math
from kerax import nn as tf_nn
from kerax.keras import activations
from kerax.keras.engine.convert import to_tensor
from kerax.keras.ops._public import composed
from kerax.keras.ops._table import unary

relu = unary("relu", tf_nn.relu, "The rectified linear unit, ``max(x, 0)``.", to_tensor)
relu6 = unary("relu6", tf_nn.relu6, "The rectified linear unit with a limit, ``min(max(x, 0), 6)``.", to_tensor)
sigmoid = unary("sigmoid", activations.sigmoid, "The sigmoid, ``1 / (1 + exp(-x))``.", to_tensor)
sparse_sigmoid = unary(
    "sparse_sigmoid",
    activations.sparse_sigmoid,
    "A sigmoid made of lines: 0 below -1, 1 above 1, ``(x + 1) / 2`` between.",
    to_tensor,
)
softplus = unary("softplus", math.softplus, "``log(1 + exp(x))``.", to_tensor)
softsign = unary("softsign", math.softsign, "``x / (1 + |x|)``.", to_tensor)
silu = unary("silu", activations.silu, "``x * sigmoid(x)``.", to_tensor)
swish = silu
log_sigmoid = unary("log_sigmoid", math.log_sigmoid, "The logarithm of the sigmoid.", to_tensor)
tanh_shrink = unary("tanh_shrink", activations.tanh_shrink, "``x - tanh(x)``.", to_tensor)
sparse_plus = unary(
    "sparse_plus", activations.sparse_plus, "0 below -1, ``x`` above 1, ``(x + 1)**2 / 4`` between.", to_tensor
)
selu = unary("selu", tf_nn.selu, "The scaled exponential linear unit.", to_tensor)
hard_tanh = unary("hard_tanh", activations.hard_tanh, "``x`` brought into the range from -1 to 1.", to_tensor)


def _hard(x):  # type: ignore[no-untyped-def]
    return math.divide(tf_nn.relu6(math.add(x, 3.0)), to_tensor(6.0, x.dtype.name))


hard_sigmoid = unary("hard_sigmoid", _hard, "A sigmoid made of lines, ``relu6(x + 3) / 6``.", to_tensor)
hard_silu = unary("hard_silu", lambda x: math.multiply(x, _hard(x)), "``x * relu6(x + 3) / 6``.", to_tensor)
hard_swish = hard_silu


@composed
def leaky_relu(x, negative_slope=0.2):
    """The rectified linear unit with a slope below 0.

    Args:
      x: tensor of numbers.
      negative_slope: float, the slope below 0.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.ops.leaky_relu([-1.0, 2.0]).numpy()
    array([-0.2,  2. ], dtype=float32)
    """
    return tf_nn.leaky_relu(to_tensor(x), alpha=negative_slope)


@composed
def elu(x, alpha=1.0):
    """The exponential linear unit, ``alpha * (exp(x) - 1)`` below 0.

    Args:
      x: tensor of floats.
      alpha: float, the limit below 0.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.ops.elu([-1.0, 2.0]).numpy().round(3)
    array([-0.632,  2.   ], dtype=float32)
    """
    return activations.elu(to_tensor(x), alpha)


@composed
def celu(x, alpha=1.0):
    """The continuously differentiable exponential linear unit, ``alpha * (exp(x / alpha) - 1)`` below 0.

    Args:
      x: tensor of floats.
      alpha: float, the limit below 0.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.ops.celu([-1.0, 2.0]).numpy().round(3)
    array([-0.632,  2.   ], dtype=float32)
    """
    return activations.celu(to_tensor(x), alpha)


@composed
def gelu(x, approximate=True):
    """The Gaussian error linear unit, ``x`` times the normal distribution function of ``x``.

    Args:
      x: tensor of floats.
      approximate: bool, whether to compute it by a hyperbolic tangent.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.ops.gelu([-1.0, 0.0]).numpy().round(3)
    array([-0.159,  0.   ], dtype=float32)
    """
    return tf_nn.gelu(to_tensor(x), approximate=approximate)


@composed
def glu(x, axis=-1):
    """The gated linear unit: one half of the tensor times the sigmoid of the other.

    Args:
      x: tensor of floats.
      axis: int, the axis to halve, of an even size.

    Returns:
      Tensor, half as long along the axis.

    Raises:
      ValueError: the size is odd.

    >>> import kerax as tf
    >>> tf.keras.ops.glu([2.0, 0.0]).numpy()
    array([1.], dtype=float32)
    """
    return activations.glu(to_tensor(x), axis)


@composed
def squareplus(x, b=4):
    """``(x + sqrt(x**2 + b)) / 2``.

    Args:
      x: tensor of floats.
      b: number, how round the corner is.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.ops.squareplus([0.0]).numpy()
    array([1.], dtype=float32)
    """
    return activations.squareplus(to_tensor(x), b)


@composed
def soft_shrink(x, threshold=0.5):
    """``x`` brought nearer to 0 by a threshold, 0 within it.

    Args:
      x: tensor of floats.
      threshold: float.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.ops.soft_shrink([-1.0, 0.2, 1.0]).numpy()
    array([-0.5,  0. ,  0.5], dtype=float32)
    """
    return activations.soft_shrink(to_tensor(x), threshold)


@composed
def hard_shrink(x, threshold=0.5):
    """``x`` where its magnitude is above a threshold, else 0.

    Args:
      x: tensor of floats.
      threshold: float.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.ops.hard_shrink([-1.0, 0.2, 1.0]).numpy()
    array([-1.,  0.,  1.], dtype=float32)
    """
    return activations.hard_shrink(to_tensor(x), threshold)


@composed
def threshold(x, threshold, default_value):
    """``x`` where it is above a threshold, else a default.

    Args:
      x: tensor of numbers.
      threshold: number.
      default_value: number.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.ops.threshold([-1.0, 2.0], 1.0, 0.0).numpy()
    array([0., 2.], dtype=float32)
    """
    return activations.threshold(to_tensor(x), threshold, default_value)


@composed
def softmax(x, axis=-1):
    """``exp(x) / sum(exp(x))``, which sums to 1 over axes.

    Args:
      x: tensor of floats.
      axis: int, tuple of ints, or None for all axes.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.ops.softmax([0.0, 0.0]).numpy()
    array([0.5, 0.5], dtype=float32)
    """
    x = to_tensor(x)
    rank = len(x.shape)
    if isinstance(axis, int) and -rank <= axis < rank and x.shape[axis] == 1:
        warnings.warn(
            f"You are using a softmax over axis {axis} of a tensor of shape {x.shape}. This axis has size 1. The "
            "softmax operation will always return the value 1, which is likely not what you intended. Did you mean to "
            "use a sigmoid instead?",
            stacklevel=3,
        )
    return _over_axes(activations.softmax, x, axis)


@composed
def log_softmax(x, axis=-1):
    """The logarithm of the softmax.

    Args:
      x: tensor of floats.
      axis: int, tuple of ints, or None for all axes.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.ops.log_softmax([0.0, 0.0]).numpy().round(3)
    array([-0.693, -0.693], dtype=float32)
    """
    return _over_axes(activations.log_softmax, to_tensor(x), axis)


def _over_axes(function, x, axis):  # type: ignore[no-untyped-def]
    """A softmax over one axis, several, or all."""
    if axis is None:
        found = tf.reshape(function(tf.reshape(x, [-1])), x.shape)
        if function is activations.softmax:
            found._keras_logits = x
        return found
    if not isinstance(axis, tuple):
        return function(x, axis=axis)
    rank = len(x.shape)
    axes = [a % rank for a in axis]
    order = [a for a in range(rank) if a not in axes] + axes
    moved = tf.transpose(x, order)
    flat = tf.reshape(moved, [*moved.shape[: rank - len(axes)], -1])
    back = sorted(range(rank), key=order.__getitem__)
    return tf.transpose(tf.reshape(function(flat), moved.shape), back)


@composed
def sparsemax(x, axis=-1):
    """The nearest point to ``x`` whose elements sum to 1 and are not negative.

    Args:
      x: tensor of floats.
      axis: int.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.keras.ops.sparsemax([2.0, 0.0]).numpy()
    array([1., 0.], dtype=float32)
    """
    return activations.sparsemax(to_tensor(x), axis)
