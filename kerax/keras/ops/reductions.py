"""Sums, means, extrema and counts over axes."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax import math
from kerax.array_ops import reshape as _reshape
from kerax.core import errors, state
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.promotion import dtype_name, promoted, result_type
from kerax.keras.engine.settings import floatx
from kerax.keras.ops._public import composed, op

_WIDER = {"bool": "int32", "int8": "int32", "int16": "int32", "uint8": "uint32", "uint16": "uint32"}


def widened(x: Any) -> Any:
    """Small integers as 32-bit ones, as sums and products are computed."""
    x = to_tensor(x)
    name = dtype_name(x)
    return to_tensor(x, _WIDER.get(name, name))


def _axes(axis: Any) -> Any:
    return list(axis) if isinstance(axis, tuple) else axis


@composed
def sum(x, axis=None, keepdims=False):
    """The sum over axes.

    Args:
      x: tensor of numbers; integers smaller than 32 bits are summed as 32-bit ones.
      axis: int, tuple of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.

    Returns:
      Tensor without the reduced axes.

    >>> import kerax as tf
    >>> tf.keras.ops.sum([[1, 2], [3, 4]], axis=0).numpy()
    array([4, 6], dtype=int32)
    """
    return math.reduce_sum(widened(x), axis=_axes(axis), keepdims=keepdims)


@composed
def prod(x, axis=None, keepdims=False, dtype=None):
    """The product over axes.

    Args:
      x: tensor of numbers; integers smaller than 32 bits are multiplied as 32-bit ones.
      axis: int, tuple of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.
      dtype: the dtype to compute in and to return.

    Returns:
      Tensor without the reduced axes.

    >>> import kerax as tf
    >>> tf.keras.ops.prod([[1, 2], [3, 4]], axis=1).numpy()
    array([ 2, 12], dtype=int32)
    """
    x = to_tensor(x) if dtype is not None else widened(x)
    return math.reduce_prod(x, axis=_axes(axis), keepdims=keepdims)


@composed
def mean(x, axis=None, keepdims=False):
    """The mean over axes.

    Args:
      x: tensor of numbers; the mean of integers is a float32.
      axis: int, tuple of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.

    Returns:
      Tensor without the reduced axes.

    >>> import kerax as tf
    >>> tf.keras.ops.mean([[1, 2], [3, 4]], axis=0).numpy()
    array([2., 3.], dtype=float32)
    """
    x = to_tensor(x)
    name = dtype_name(x)
    compute = result_type(name, "float32")
    result = math.reduce_mean(to_tensor(x, compute), axis=_axes(axis), keepdims=keepdims)
    return to_tensor(result, compute if "int" in name or name == "bool" else name)


@composed
def var(x, axis=None, keepdims=False):
    """The variance over axes, the mean of squared distances from the mean.

    Args:
      x: tensor of numbers; integers become floats.
      axis: int, tuple of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.

    Returns:
      Tensor without the reduced axes.

    >>> import kerax as tf
    >>> tf.keras.ops.var([1.0, 3.0]).numpy()
    np.float32(1.0)
    """
    x = to_tensor(x)
    name = dtype_name(x)
    found = math.reduce_variance(to_tensor(x, result_type(name, "float32")), axis=_axes(axis), keepdims=keepdims)
    return to_tensor(found, result_type(name, float))


@composed
def std(x, axis=None, keepdims=False):
    """The standard deviation over axes.

    Args:
      x: tensor of numbers; integers become floats.
      axis: int, tuple of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.

    Returns:
      Tensor without the reduced axes.

    >>> import kerax as tf
    >>> tf.keras.ops.std([1.0, 3.0]).numpy()
    np.float32(1.0)
    """
    x = to_tensor(x)
    name = dtype_name(x)
    x = to_tensor(x, floatx()) if "int" in name or name == "bool" else x
    return math.reduce_std(x, axis=_axes(axis), keepdims=keepdims)


def _extreme(x: Any, axis: Any, keepdims: bool, initial: Any, greatest: bool) -> Any:
    x = to_tensor(x)
    axis = _axes(axis)
    is_bool = x.dtype.is_bool
    if is_bool:
        reduce = math.reduce_any if greatest else math.reduce_all
    else:
        reduce = math.reduce_max if greatest else math.reduce_min
    if initial is None:
        if 0 in tuple(x.shape) and not state.in_trace():
            name = "max" if greatest else "min"
            raise errors.InvalidArgumentError(None, None, f"Cannot compute the {name} of an empty tensor.")
        return reduce(x, axis=axis, keepdims=keepdims)
    found = reduce(x, axis=axis, keepdims=keepdims)
    outer = math.maximum if greatest else math.minimum
    if is_bool:
        return to_tensor(outer(to_tensor(found, "int32"), to_tensor(initial, "int32")), "bool")
    return outer(found, initial)


@composed
def max(x, axis=None, keepdims=False, initial=None):
    """The greatest value over axes.

    Args:
      x: tensor of numbers.
      axis: int, tuple of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.
      initial: number, the least value to return.

    Returns:
      Tensor of the same dtype without the reduced axes.

    Raises:
      InvalidArgumentError: the tensor is empty and no ``initial`` is given.

    >>> import kerax as tf
    >>> tf.keras.ops.max([[1, 5], [3, 4]], axis=0).numpy()
    array([3, 5], dtype=int32)
    """
    return _extreme(x, axis, keepdims, initial, True)


@composed
def min(x, axis=None, keepdims=False, initial=None):
    """The least value over axes.

    Args:
      x: tensor of numbers.
      axis: int, tuple of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.
      initial: number, the greatest value to return.

    Returns:
      Tensor of the same dtype without the reduced axes.

    Raises:
      InvalidArgumentError: the tensor is empty and no ``initial`` is given.

    >>> import kerax as tf
    >>> tf.keras.ops.min([[1, 5], [3, 4]], axis=0).numpy()
    array([1, 4], dtype=int32)
    """
    return _extreme(x, axis, keepdims, initial, False)


@composed
def amax(x, axis=None, keepdims=False):
    """The greatest value over axes: ``max`` without ``initial``.

    Args:
      x: tensor of numbers.
      axis: int, tuple of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.

    Returns:
      Tensor of the same dtype without the reduced axes.
    """
    return _extreme(x, axis, keepdims, None, True)


@composed
def amin(x, axis=None, keepdims=False):
    """The least value over axes: ``min`` without ``initial``.

    Args:
      x: tensor of numbers.
      axis: int, tuple of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.

    Returns:
      Tensor of the same dtype without the reduced axes.
    """
    return _extreme(x, axis, keepdims, None, False)


@composed
def ptp(x, axis=None, keepdims=False):
    """The greatest value less the least over axes.

    Args:
      x: tensor of numbers.
      axis: int, tuple of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.

    Returns:
      Tensor of the same dtype without the reduced axes.

    >>> import kerax as tf
    >>> tf.keras.ops.ptp([1.0, 4.0]).numpy()
    np.float32(3.0)
    """
    x, axis = to_tensor(x), _axes(axis)
    return math.subtract(math.reduce_max(x, axis, keepdims), math.reduce_min(x, axis, keepdims))


@composed
def all(x, axis=None, keepdims=False):
    """Whether all elements over axes are true.

    Args:
      x: tensor; numbers other than 0 are true.
      axis: int, tuple of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.

    Returns:
      bool Tensor without the reduced axes.

    >>> import kerax as tf
    >>> tf.keras.ops.all([[True, False], [True, True]], axis=0).numpy()
    array([ True, False])
    """
    return math.reduce_all(to_tensor(x, "bool"), axis=_axes(axis), keepdims=keepdims)


@composed
def any(x, axis=None, keepdims=False):
    """Whether at least one element over axes is true.

    Args:
      x: tensor; numbers other than 0 are true.
      axis: int, tuple of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.

    Returns:
      bool Tensor without the reduced axes.

    >>> import kerax as tf
    >>> tf.keras.ops.any([[True, False], [True, False]], axis=0).numpy()
    array([ True, False])
    """
    return math.reduce_any(to_tensor(x, "bool"), axis=_axes(axis), keepdims=keepdims)


@composed
def count_nonzero(x, axis=None):
    """The number of elements over axes that are not 0.

    Args:
      x: tensor.
      axis: int, tuple of ints, or None for all axes.

    Returns:
      int32 Tensor without the reduced axes.

    >>> import kerax as tf
    >>> tf.keras.ops.count_nonzero([0, 1, 2]).numpy()
    np.int32(2)
    """
    return math.count_nonzero(to_tensor(x), axis=_axes(axis), dtype="int32")


@composed
def logsumexp(x, axis=None, keepdims=False):
    """The logarithm of the sum of exponentials over axes, without overflow.

    Args:
      x: tensor of floats.
      axis: int, tuple of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.

    Returns:
      Tensor of the same dtype without the reduced axes.

    >>> import kerax as tf
    >>> tf.keras.ops.logsumexp([1000.0, -1000.0]).numpy()
    np.float32(1000.0)
    """
    return math.reduce_logsumexp(to_tensor(x), axis=_axes(axis), keepdims=keepdims)


@composed
def average(x, axis=None, weights=None):
    """The weighted mean over axes.

    Args:
      x: tensor of numbers; integers become floats.
      axis: int, tuple of ints, or None for all axes.
      weights: tensor of the shape of ``x``, or of one axis where ``axis`` is an int; all 1 by default.

    Returns:
      Tensor without the reduced axes.

    >>> import kerax as tf
    >>> tf.keras.ops.average([1.0, 3.0], weights=[3.0, 1.0]).numpy()
    np.float32(1.5)
    """
    axis = _axes(axis)
    if weights is None:
        x = to_tensor(x)
        return math.reduce_mean(to_tensor(x, result_type(x.dtype, float)), axis=axis)
    x, weights = promoted(x, weights, also=(float,), weak=False)
    if axis is None or len(x.shape) == len(weights.shape):
        total = math.reduce_sum(math.multiply(x, weights), axis=axis)
        return math.divide(total, math.reduce_sum(weights, axis=axis))
    from kerax.linalg import tensordot

    return math.divide(tensordot(x, weights, [[axis], [0]]), math.reduce_sum(weights))


@op("x", differentiable=False)
def _arg(x: Any, axis: Any, keepdims: Any, greatest: Any) -> Any:
    find = jnp.argmax if greatest else jnp.argmin
    if jnp.issubdtype(x.dtype, jnp.floating) and x.ndim:
        # -0.0 comes before 0.0, and NaN is not found where there are numbers
        small = jnp.finfo(jnp.float32 if x.dtype != jnp.float64 else x.dtype)
        x = x.astype(small.dtype)
        x = jnp.where((x == 0) & jnp.signbit(x), -small.tiny, x)
        x = jnp.where(jnp.isnan(x), -jnp.inf if greatest else jnp.inf, x)
    return find(x, axis=axis, keepdims=keepdims).astype(jnp.int32)


def _arg_checked(x: Any, axis: Any, keepdims: bool, greatest: bool) -> Any:
    x = to_tensor(x)
    if axis is not None and len(x.shape):
        rank = len(x.shape)
        if not -rank <= axis < rank:
            raise errors.InvalidArgumentError(
                None, None, f"Expected dimension in the range [{-rank}, {rank}), but got {axis}"
            )
    return _arg(x, axis if len(x.shape) else None, bool(keepdims), greatest)


@composed
def argmax(x, axis=None, keepdims=False):
    """The index of the greatest value along an axis, the first where several are.

    Args:
      x: tensor of numbers.
      axis: int, or None for the index into the flattened tensor.
      keepdims: bool, whether the axis stays with size 1.

    Returns:
      int32 Tensor.

    >>> import kerax as tf
    >>> tf.keras.ops.argmax([[1, 5], [6, 4]], axis=1).numpy()
    array([1, 0], dtype=int32)
    """
    return _arg_checked(x, axis, keepdims, True)


@composed
def argmin(x, axis=None, keepdims=False):
    """The index of the least value along an axis, the first where several are.

    Args:
      x: tensor of numbers.
      axis: int, or None for the index into the flattened tensor.
      keepdims: bool, whether the axis stays with size 1.

    Returns:
      int32 Tensor.

    >>> import kerax as tf
    >>> tf.keras.ops.argmin([[1, 5], [6, 4]], axis=1).numpy()
    array([0, 1], dtype=int32)
    """
    return _arg_checked(x, axis, keepdims, False)


@composed
def cumsum(x, axis=None, dtype=None):
    """The sum of what comes before and each element, along an axis.

    Args:
      x: tensor of numbers; bool becomes int32.
      axis: int, or None for the flattened tensor.
      dtype: the dtype to compute in.

    Returns:
      Tensor of the same shape, or flat.

    >>> import kerax as tf
    >>> tf.keras.ops.cumsum([1, 2, 3]).numpy()
    array([1, 3, 6], dtype=int32)
    """
    return math.cumsum(*_flat(x, axis, dtype))


@composed
def cumprod(x, axis=None, dtype=None):
    """The product of what comes before and each element, along an axis.

    Args:
      x: tensor of numbers; bool becomes int32.
      axis: int, or None for the flattened tensor.
      dtype: the dtype to compute in.

    Returns:
      Tensor of the same shape, or flat.

    >>> import kerax as tf
    >>> tf.keras.ops.cumprod([1, 2, 3]).numpy()
    array([1, 2, 6], dtype=int32)
    """
    return math.cumprod(*_flat(x, axis, dtype))


def _flat(x: Any, axis: Any, dtype: Any) -> tuple[Any, Any]:
    x = to_tensor(x, dtype)
    x = to_tensor(x, "int32") if x.dtype.is_bool else x
    return (x, axis) if axis is not None else (_reshape(x, [-1]), 0)
