"""Reductions: sums, products, extrema, moments and norms over axes."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
from jax import lax

from kerax.core import dtypes, errors, nest, target
from kerax.core.op import composed, op
from kerax.core.tensor import convert_to_tensor
from kerax.math import _guarded
from kerax.math.comparison import as_bool, not_equal

_LONG = 64  # elements of an axis


def checked_axes(x: Any, axis: Any) -> tuple[int, ...] | None:
    """Reduction axes as jnp takes them; None for all.

    Raises:
      InvalidArgumentError: for axes that are no integers, do not exist or are named twice.
    """
    if axis is None:
        return None
    axes = tuple(nest.flatten(axis))  # a matrix of axes names them all
    for item in axes:
        if not isinstance(item, int) or isinstance(item, bool):
            raise errors.InvalidArgumentError(
                None,
                None,
                f"Value for attr 'Tidx' of {type(item).__name__} is not in the list of allowed values: int32, int64",
            )
        if not -x.ndim <= item < x.ndim:
            raise errors.InvalidArgumentError(
                None, None, f"Invalid reduction dimension ({item} for input with {x.ndim} dimension(s)"
            )
    chosen = tuple(item % x.ndim for item in axes)
    if len(set(chosen)) != len(chosen):
        raise errors.InvalidArgumentError(
            None, None, f"Invalid reduction arguments: Axes contains duplicate dimension: {max(chosen)}"
        )
    return chosen


def _count(x: Any, axes: tuple[int, ...] | None) -> int:
    count = 1
    for axis in range(x.ndim) if axes is None else axes:
        count *= x.shape[axis]
    return count


@op("input_tensor: number")
def reduce_sum(input_tensor, axis=None, keepdims=False, name=None):
    """The sum over axes.

    Args:
      input_tensor: tensor of numbers.
      axis: int, list of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.
      name: str, optional.

    Returns:
      Tensor of the same dtype, without the reduced axes; 0 for an empty sum.

    Raises:
      InvalidArgumentError: if there is no such axis.

    >>> import kerax as tf
    >>> tf.reduce_sum([[1, 2], [3, 4]], axis=0).numpy()
    array([4, 6], dtype=int32)
    """
    axes = checked_axes(input_tensor, axis)
    return jnp.sum(input_tensor, axis=axes, dtype=input_tensor.dtype, keepdims=bool(keepdims))


@op("input_tensor: number")
def reduce_mean(input_tensor, axis=None, keepdims=False, name=None):
    """The mean over axes; of integers it is an integer, truncated toward zero.

    Args:
      input_tensor: tensor of numbers.
      axis: int, list of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.
      name: str, optional.

    Returns:
      Tensor of the same dtype, without the reduced axes; NaN for an empty mean.

    >>> import kerax as tf
    >>> tf.reduce_mean([[1.0, 2.0], [3.0, 4.0]], axis=0).numpy()
    array([2., 3.], dtype=float32)
    """
    axes = checked_axes(input_tensor, axis)
    if not jnp.issubdtype(input_tensor.dtype, jnp.integer):
        return jnp.mean(input_tensor, axis=axes, keepdims=bool(keepdims))
    wide = jnp.uint64 if jnp.issubdtype(input_tensor.dtype, jnp.unsignedinteger) else jnp.int64
    total = jnp.sum(input_tensor, axis=axes, dtype=wide, keepdims=bool(keepdims))
    return lax.div(total, jnp.full_like(total, max(_count(input_tensor, axes), 1))).astype(input_tensor.dtype)


@op("input_tensor: number")
def reduce_prod(input_tensor, axis=None, keepdims=False, name=None):
    """The product over axes.

    Args:
      input_tensor: tensor of numbers.
      axis: int, list of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.
      name: str, optional.

    Returns:
      Tensor of the same dtype, without the reduced axes; 1 for an empty product.

    >>> import kerax as tf
    >>> tf.reduce_prod([[1, 2], [3, 4]], axis=0).numpy()
    array([3, 8], dtype=int32)
    """
    axes = checked_axes(input_tensor, axis)
    return jnp.prod(input_tensor, axis=axes, dtype=input_tensor.dtype, keepdims=bool(keepdims))


def _extremum(function: Any, x: Any, axis: Any, keepdims: bool, lowest: bool) -> Any:
    axes = checked_axes(x, axis)
    if _count(x, axes):
        return function(x, axis=axes, keepdims=bool(keepdims))
    if jnp.issubdtype(x.dtype, jnp.inexact):
        limit = -jnp.inf if lowest else jnp.inf
    else:
        limit = jnp.iinfo(x.dtype).min if lowest else jnp.iinfo(x.dtype).max
    return function(x, axis=axes, keepdims=bool(keepdims), initial=jnp.array(limit, x.dtype))


@op("input_tensor: float int")
def reduce_max(input_tensor, axis=None, keepdims=False, name=None):
    """The largest element over axes; equal maxima share the gradient.

    Args:
      input_tensor: tensor of real numbers.
      axis: int, list of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.
      name: str, optional.

    Returns:
      Tensor of the same dtype, without the reduced axes; the lowest value where there are no elements.

    >>> import kerax as tf
    >>> tf.reduce_max([[1, 5], [3, 4]], axis=0).numpy()
    array([3, 5], dtype=int32)
    """
    return _extremum(jnp.max, input_tensor, axis, keepdims, True)


@op("input_tensor: float int")
def reduce_min(input_tensor, axis=None, keepdims=False, name=None):
    """The smallest element over axes; equal minima share the gradient.

    Args:
      input_tensor: tensor of real numbers.
      axis: int, list of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.
      name: str, optional.

    Returns:
      Tensor of the same dtype, without the reduced axes; the highest value where there are no elements.

    >>> import kerax as tf
    >>> tf.reduce_min([[1, 5], [3, 4]], axis=0).numpy()
    array([1, 4], dtype=int32)
    """
    return _extremum(jnp.min, input_tensor, axis, keepdims, False)


@op("input_tensor: bool")
def _reduce_all(input_tensor, axis=None, keepdims=False, name=None):
    return jnp.all(input_tensor, axis=checked_axes(input_tensor, axis), keepdims=bool(keepdims))


@op("input_tensor: bool")
def _reduce_any(input_tensor, axis=None, keepdims=False, name=None):
    return jnp.any(input_tensor, axis=checked_axes(input_tensor, axis), keepdims=bool(keepdims))


def reduce_all(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Any:
    """Whether all elements over axes are true.

    Args:
      input_tensor: bool tensor.
      axis: int, list of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.
      name: str, optional.

    Returns:
      bool tensor without the reduced axes; true where there are no elements.

    >>> import kerax as tf
    >>> tf.reduce_all([[True, False], [True, True]], axis=0).numpy()
    array([ True, False])
    """
    return _reduce_all(as_bool(input_tensor), axis, keepdims)


def reduce_any(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Any:
    """Whether some element over axes is true.

    Args:
      input_tensor: bool tensor.
      axis: int, list of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.
      name: str, optional.

    Returns:
      bool tensor without the reduced axes; false where there are no elements.

    >>> import kerax as tf
    >>> tf.reduce_any([[True, False], [False, False]], axis=0).numpy()
    array([ True, False])
    """
    return _reduce_any(as_bool(input_tensor), axis, keepdims)


@op("input_tensor")
def reduce_variance(input_tensor, axis=None, keepdims=False, name=None):
    """The mean squared distance from the mean, ``E |x - E x|²``, over axes.

    Args:
      input_tensor: tensor, floating point or complex.
      axis: int, list of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.
      name: str, optional.

    Returns:
      Real tensor without the reduced axes.

    Raises:
      TypeError: for integers.

    >>> import kerax as tf
    >>> tf.math.reduce_variance([1.0, 3.0]).numpy()
    np.float32(1.0)
    """
    if not jnp.issubdtype(input_tensor.dtype, jnp.inexact):
        kind = dtypes.as_dtype(input_tensor.dtype)
        raise TypeError(f"Input must be either real or complex. Received integer type {kind}.")
    axes = checked_axes(input_tensor, axis)
    difference = input_tensor - jnp.mean(input_tensor, axis=axes, keepdims=True)
    return jnp.mean(jnp.real(jnp.conj(difference) * difference), axis=axes, keepdims=bool(keepdims))


@op("input_tensor")
def reduce_std(input_tensor, axis=None, keepdims=False, name=None):
    """The square root of the variance, over axes.

    Args:
      input_tensor: tensor, floating point or complex.
      axis: int, list of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.
      name: str, optional.

    Returns:
      Real tensor without the reduced axes.

    Raises:
      TypeError: for integers.

    >>> import kerax as tf
    >>> tf.math.reduce_std([1.0, 3.0]).numpy()
    np.float32(1.0)
    """
    return _guarded.sqrt(reduce_variance.pure(input_tensor, axis, keepdims))


@op("input_tensor: float")
def reduce_logsumexp(input_tensor, axis=None, keepdims=False, name=None):
    """``log(Σ exp(x))`` over axes, without overflow.

    Args:
      input_tensor: tensor, floating point.
      axis: int, list of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.
      name: str, optional.

    Returns:
      Tensor of the same dtype, without the reduced axes.

    >>> import kerax as tf
    >>> tf.reduce_logsumexp([0.0, 0.0]).numpy()
    np.float32(0.6931472)
    """
    axes = checked_axes(input_tensor, axis)
    largest = _extremum(jnp.max, input_tensor, axis, True, True)
    shift = lax.stop_gradient(jnp.where(jnp.isfinite(largest), largest, jnp.zeros_like(largest)))
    total = jnp.sum(jnp.exp(input_tensor - shift), axis=axes, keepdims=True)
    result = jnp.log(total) + shift
    if keepdims:
        return result
    return jnp.squeeze(result, axis=tuple(range(result.ndim)) if axes is None else axes)


@op("input_tensor: number")
def reduce_euclidean_norm(input_tensor, axis=None, keepdims=False, name=None):
    """The euclidean norm ``sqrt(Σ |x|²)`` over axes; truncated for integers.

    Args:
      input_tensor: tensor of numbers.
      axis: int, list of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.
      name: str, optional.

    Returns:
      Tensor of the same dtype, without the reduced axes.

    >>> import kerax as tf
    >>> tf.math.reduce_euclidean_norm([3.0, 4.0]).numpy()
    np.float32(5.0)
    """
    axes = checked_axes(input_tensor, axis)
    x = input_tensor
    if jnp.issubdtype(x.dtype, jnp.integer):
        total = jnp.sum(x * x, axis=axes, dtype=x.dtype, keepdims=bool(keepdims)).astype(jnp.float64)
    else:
        total = jnp.sum(jnp.real(x * jnp.conj(x)), axis=axes, keepdims=bool(keepdims))
    return jnp.sqrt(total).astype(input_tensor.dtype)


@op("input")
def _count_set(input, axis, keepdims, dtype, name=None):
    return jnp.sum(input, axis=checked_axes(input, axis), keepdims=keepdims, dtype=dtypes.as_dtype(dtype).dtype)


def count_nonzero(
    input: Any,
    axis: Any = None,
    keepdims: bool | None = None,
    dtype: Any = dtypes.int64,
    name: str | None = None,
) -> Any:
    """The number of elements that are not 0, false or the empty string, over axes.

    Args:
      input: tensor of numbers, bools or strings, or a sparse tensor.
      axis: int, list of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.
      dtype: dtype of the counts.
      name: str, optional.

    Returns:
      Tensor of ``dtype``, without the reduced axes.

    Raises:
      ValueError: if axes are given for a sparse tensor.

    >>> import kerax as tf
    >>> tf.math.count_nonzero([[0, 2], [3, 4]], axis=0).numpy()
    array([1, 2])
    """
    if hasattr(input, "dense_shape"):
        if axis is not None or keepdims is not None:
            raise ValueError("axis and keepdims of a sparse tensor are not supported.")
        input = input.values
    input = convert_to_tensor(input) if not hasattr(input, "dtype") else input
    if dtypes.as_dtype(input.dtype) is dtypes.string:
        set_elements = not_equal(input, "")
    elif dtypes.as_dtype(input.dtype).is_bool:
        set_elements = input
    else:
        set_elements = not_equal(input, 0)
    return _count_set(set_elements, axis, bool(keepdims), dtype)


@op("value", differentiable=False, name="ZeroFraction")
def _zero_fraction(value):
    return (jnp.sum(value == 0, dtype=jnp.float32) / value.size).astype(jnp.float32)


@composed
def zero_fraction(value: Any, name: str | None = None) -> Any:
    """The fraction of elements that are 0.

    Args:
      value: tensor; of strings, the empty ones count.
      name: str, optional.

    Returns:
      float32 scalar; NaN for an empty tensor.

    >>> import kerax as tf
    >>> tf.math.zero_fraction([0, 1, 0, 2]).numpy()
    np.float32(0.5)
    """
    value = convert_to_tensor(value)
    return _zero_fraction(not_equal(value, "") if value.dtype is dtypes.string else value)


def _is_long(size: Any) -> bool:
    """Whether a CPU is faster with two reductions, which are vector code, than with one that carries a position."""
    return isinstance(size, int) and size >= _LONG and target.is_cpu()


def _position(function: Any, x: Any, axis: Any, output_type: Any, allowed: tuple[str, ...]) -> Any:
    axis = 0 if axis is None else axis
    kind = dtypes.as_dtype(output_type)
    if kind.name not in allowed:
        raise errors.InvalidArgumentError(
            None,
            None,
            f"Value for attr 'output_type' of {kind.name} is not in the list of allowed values: {', '.join(allowed)}",
        )
    if not -x.ndim <= axis < x.ndim:
        raise errors.InvalidArgumentError(
            None, None, f"Expected dimension in the range [{-x.ndim}, {x.ndim}), but got {axis}"
        )
    if x.shape[axis] == 0:
        raise errors.InvalidArgumentError(None, None, f"Reduction axis {axis} is empty in shape {list(x.shape)}")
    if jnp.issubdtype(x.dtype, jnp.inexact):  # TensorFlow's search passes over NaN
        worst = -jnp.inf if function is lax.argmax else jnp.inf
        x = jnp.where(jnp.isnan(x), jnp.array(worst, x.dtype), x)
    axis = axis % x.ndim
    if _is_long(x.shape[axis]):
        best = (jnp.max if function is lax.argmax else jnp.min)(x, axis=axis, keepdims=True)
        places = lax.broadcasted_iota(jnp.int32, x.shape, axis)
        return jnp.min(jnp.where(x == best, places, x.shape[axis]), axis=axis).astype(kind.dtype)
    return function(x, axis, jnp.int32).astype(kind.dtype)


@op("input: float int bool", differentiable=False)
def argmax(input, axis=None, output_type=dtypes.int64, name=None):
    """The position of the largest element along an axis, the first among equals.

    Args:
      input: tensor of real numbers or bools.
      axis: int, 0 by default.
      output_type: dtype of the result: int64, int32, uint16 or int16.
      name: str, optional.

    Returns:
      Tensor of ``output_type``, without the axis.

    Raises:
      InvalidArgumentError: if there is no such axis or it is empty.

    >>> import kerax as tf
    >>> tf.argmax([[1, 5], [3, 4]], axis=1).numpy()
    array([1, 1])
    """
    return _position(lax.argmax, input, axis, output_type, ("int16", "uint16", "int32", "int64"))


@op("input: float int bool", differentiable=False)
def argmin(input, axis=None, output_type=dtypes.int64, name=None):
    """The position of the smallest element along an axis, the first among equals.

    Args:
      input: tensor of real numbers or bools.
      axis: int, 0 by default.
      output_type: dtype of the result: int64 or int32.
      name: str, optional.

    Returns:
      Tensor of ``output_type``, without the axis.

    Raises:
      InvalidArgumentError: if there is no such axis or it is empty.

    >>> import kerax as tf
    >>> tf.argmin([[1, 5], [3, 4]], axis=1).numpy()
    array([0, 0])
    """
    return _position(lax.argmin, input, axis, output_type, ("int32", "int64"))
