"""Mean and variance over axes."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.math.reduction import checked_axes, reduce_mean


def _squeezed(x: Any, axes: tuple[int, ...] | None) -> Any:
    return jnp.squeeze(x, tuple(range(x.ndim)) if axes is None else axes)


@op("x: number")
def _moments(x, axes, keepdims):
    half = x.dtype == jnp.float16
    y = x.astype(jnp.float32) if half else x
    mean = reduce_mean.pure(y, axes, True)
    distance = jnp.square(y - lax.stop_gradient(mean))
    variance = reduce_mean.pure(distance, axes, True)
    if not keepdims:
        chosen = checked_axes(x, axes)
        mean, variance = _squeezed(mean, chosen), _squeezed(variance, chosen)
    return mean.astype(x.dtype), variance.astype(x.dtype)


def moments(x: Any, axes: Any, shift: Any = None, keepdims: bool = False, name: str | None = None) -> Any:
    """Mean and variance over axes.

    Args:
      x: tensor of numbers.
      axes: list of ints; ``[0, 1, 2]`` of a batch of images gives the moments of each channel.
      shift: without effect, as in TensorFlow.
      keepdims: bool, whether reduced axes stay with size 1.
      name: str, optional.

    Returns:
      (mean, variance), without the reduced axes.

    >>> import kerax as tf
    >>> mean, variance = tf.nn.moments(tf.constant([1.0, 3.0]), [0])
    >>> float(mean), float(variance)
    (2.0, 1.0)
    """
    return _moments(x, axes, bool(keepdims))


@op("x: number; frequency_weights")
def _weighted_moments(x, frequency_weights, axes, keepdims):
    y = x.astype(jnp.float32) if x.dtype == jnp.float16 else x
    weights = frequency_weights.astype(y.dtype)
    chosen = checked_axes(y, axes)

    def total(value: Any) -> Any:
        return jnp.sum(value, axis=chosen, keepdims=True)

    def ratio(value: Any, by: Any) -> Any:
        zero = by == 0
        return jnp.where(zero, jnp.zeros_like(value), value / jnp.where(zero, jnp.ones_like(by), by))

    sum_of_weights = total(weights + jnp.zeros_like(y))
    mean = ratio(total(weights * y), sum_of_weights)
    variance = ratio(total(weights * jnp.square(y - mean)), sum_of_weights)
    if not keepdims:
        mean, variance = _squeezed(mean, chosen), _squeezed(variance, chosen)
    return mean.astype(x.dtype), variance.astype(x.dtype)


def weighted_moments(x: Any, axes: Any, frequency_weights: Any, keepdims: bool = False, name: str | None = None) -> Any:
    """Mean and variance over axes, each element counted with a weight.

    Args:
      x: tensor, floating point.
      axes: list of ints.
      frequency_weights: tensor that broadcasts with ``x``.
      keepdims: bool, whether reduced axes stay with size 1.
      name: str, optional.

    Returns:
      (mean, variance), without the reduced axes.

    >>> import kerax as tf
    >>> mean, variance = tf.nn.weighted_moments(tf.constant([1.0, 3.0]), [0], [3.0, 1.0])
    >>> float(mean), float(variance)
    (1.5, 0.75)
    """
    return _weighted_moments(x, frequency_weights, axes, bool(keepdims))


@op("x, shift: number")
def _sums(x, shift, axes, keepdims):
    chosen = checked_axes(x, axes)
    y = x if shift is None else x - shift
    return (
        jnp.sum(y, axis=chosen, keepdims=keepdims, dtype=x.dtype),
        jnp.sum(jnp.square(y), axis=chosen, keepdims=keepdims, dtype=x.dtype),
    )


def sufficient_statistics(
    x: Any, axes: Any, shift: Any = None, keepdims: bool = False, name: str | None = None
) -> tuple[Any, Any, Any, Any]:
    """What the mean and variance of ``x`` follow from, see ``tf.nn.normalize_moments``.

    Args:
      x: tensor of numbers.
      axes: list of ints.
      shift: tensor that broadcasts with ``x``, near the mean, for numerical stability; or None.
      keepdims: bool, whether reduced axes stay with size 1.
      name: str, optional.

    Returns:
      (count, sum, sum of squares, shift): of the (shifted) elements; shift as given.

    >>> import kerax as tf
    >>> count, total, squares, _ = tf.nn.sufficient_statistics(tf.constant([1.0, 3.0]), [0])
    >>> float(count), float(total), float(squares)
    (2.0, 4.0, 10.0)
    """
    axes = sorted({int(axis) for axis in axes})
    x = convert_to_tensor(x)
    count = int(np.prod([x.shape[axis] for axis in axes], dtype=np.int64))
    if shift is not None:
        shift = convert_to_tensor(shift, None if hasattr(shift, "dtype") else x.dtype)
    total, squares = _sums(x, shift, axes, bool(keepdims))
    return convert_to_tensor(count, x.dtype), total, squares, shift


@op("counts, mean_ss, variance_ss, shift: number")
def _normalize_moments(counts, mean_ss, variance_ss, shift):
    divisor = 1 / counts if jnp.issubdtype(counts.dtype, jnp.inexact) else counts.dtype.type(1) // counts
    mean = mean_ss * divisor
    variance = variance_ss * divisor - jnp.square(mean)
    return (mean if shift is None else mean + shift), variance


def normalize_moments(counts: Any, mean_ss: Any, variance_ss: Any, shift: Any, name: str | None = None) -> Any:
    """Mean and variance of the results of ``tf.nn.sufficient_statistics``.

    Args:
      counts: scalar tensor, the number of elements.
      mean_ss: tensor, sums.
      variance_ss: tensor, sums of squares.
      shift: tensor, what was subtracted from the elements first, or None.
      name: str, optional.

    Returns:
      (mean, variance).

    >>> import kerax as tf
    >>> mean, variance = tf.nn.normalize_moments(2.0, 4.0, 10.0, None)
    >>> float(mean), float(variance)
    (2.0, 1.0)
    """
    return _normalize_moments(counts, mean_ss, variance_ss, shift)
