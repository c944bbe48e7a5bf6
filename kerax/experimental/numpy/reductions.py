"""Sums, means, extremes and searches of ``tf.experimental.numpy``."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.experimental.numpy import elementwise
from kerax.experimental.numpy._support import (
    array_function,
    as_array,
    axes_of,
    default_float,
    inexact,
    promoted,
    result_dtype,
)
from kerax.math.casting import cast


@op("a", name="reduce")
def _reduce(a, kind, axis, keepdims):
    if kind in ("max", "min") and not a.size:
        least, most = (-jnp.inf, jnp.inf) if jnp.issubdtype(a.dtype, jnp.inexact) else _ends(a.dtype)
        return getattr(jnp, kind)(a, axis=axis, keepdims=keepdims, initial=least if kind == "max" else most)
    return getattr(jnp, kind)(a, axis=axis, keepdims=keepdims).astype(bool if kind in ("all", "any") else a.dtype)


def _ends(dtype: Any) -> tuple[Any, Any]:
    return (False, True) if np.dtype(dtype) == np.bool_ else (jnp.iinfo(dtype).min, jnp.iinfo(dtype).max)


def _wide(array: Any) -> Any:
    """What sums and products add up: booleans and small integers as 64-bit integers, as NumPy does."""
    if array.dtype.is_bool or (array.dtype.is_integer and not array.dtype.is_unsigned and array.dtype.size < 8):
        return cast(array, dtypes.int64)
    if array.dtype.is_integer and array.dtype.size < 8:
        return cast(array, dtypes.uint64)
    return array


def _reduced(a: Any, kind: str, axis: Any, keepdims: Any) -> Any:
    return _reduce(a, kind, axes_of(axis), bool(keepdims))


@array_function
def sum(a: Any, axis: Any = None, dtype: Any = None, keepdims: Any = None) -> Any:
    """The sum along dimensions; of small integers and booleans in int64.

    >>> import kerax as tf
    >>> tf.experimental.numpy.sum([[1, 2], [3, 4]], axis=0).numpy()
    array([4, 6])
    """
    array = as_array(a, dtype)
    return _reduced(_wide(array) if dtype is None else array, "sum", axis, keepdims)


@array_function
def prod(a: Any, axis: Any = None, dtype: Any = None, keepdims: Any = None) -> Any:
    """The product along dimensions; of small integers and booleans in int64."""
    array = as_array(a, dtype)
    return _reduced(_wide(array) if dtype is None else array, "prod", axis, keepdims)


@array_function
def mean(a: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = None) -> Any:
    """The mean along dimensions; of integers in floating point.

    Raises:
      ValueError: ``out`` is given.
    """
    _no_out(out)
    return _reduced(inexact(a) if dtype is None else as_array(a, dtype), "mean", axis, keepdims)


def _no_out(out: Any) -> None:
    if out is not None:
        raise ValueError("Setting out is not supported.")


@array_function
def max(a: Any, axis: Any = None, keepdims: Any = None) -> Any:
    """The greatest element along dimensions."""
    return _reduced(as_array(a), "max", axis, keepdims)


@array_function
def min(a: Any, axis: Any = None, keepdims: Any = None) -> Any:
    """The least element along dimensions."""
    return _reduced(as_array(a), "min", axis, keepdims)


def amax(a: Any, axis: Any = None, out: Any = None, keepdims: Any = None) -> Any:
    """The greatest element along dimensions; ``out`` must be None."""
    _no_out(out)
    return max(a, axis, keepdims)


def amin(a: Any, axis: Any = None, out: Any = None, keepdims: Any = None) -> Any:
    """The least element along dimensions; ``out`` must be None."""
    _no_out(out)
    return min(a, axis, keepdims)


@array_function
def ptp(a: Any, axis: Any = None, keepdims: Any = None) -> Any:
    """The greatest element less the least one."""
    a = as_array(a)
    return elementwise.subtract(max(a, axis, keepdims), min(a, axis, keepdims))


@array_function
def all(a: Any, axis: Any = None, keepdims: Any = None) -> Any:
    """Whether all elements are true, along dimensions."""
    return _reduced(as_array(a, bool), "all", axis, keepdims)


@array_function
def any(a: Any, axis: Any = None, keepdims: Any = None) -> Any:
    """Whether one element is true, along dimensions."""
    return _reduced(as_array(a, bool), "any", axis, keepdims)


@array_function
def var(a: Any, axis: Any = None, dtype: Any = None, out: Any = None, ddof: Any = 0, keepdims: Any = None) -> Any:
    """The variance along dimensions, ``Σ|a - mean|² / (n - ddof)``."""
    _no_out(out)
    array = as_array(a)
    working = result_dtype(array.dtype, dtype) if dtype is not None else inexact(array).dtype
    if not (working.is_floating or working.is_complex):
        working = default_float()
    found = _var(cast(array, working), axes_of(axis), ddof, bool(keepdims))
    return found if dtype is None else cast(found, result_dtype(dtype))


@op("a", name="var")
def _var(a, axis, ddof, keepdims):
    return jnp.var(a, axis=axis, ddof=ddof, keepdims=keepdims)


@array_function
def std(a: Any, axis: Any = None, keepdims: Any = None) -> Any:
    """The standard deviation along dimensions."""
    return elementwise.sqrt(var(a, axis, keepdims=keepdims))


@array_function
def average(a: Any, axis: Any = None, weights: Any = None, returned: bool = False) -> Any:
    """The weighted mean.

    Args:
      a: array.
      axis: int, the dimension; None for all elements.
      weights: array of the shape of ``a``, or a vector for ``axis``; None for the plain mean.
      returned: bool, whether the sum of the weights is returned too.
    """
    if axis is not None and not isinstance(axis, int):
        raise ValueError("The `axis` argument should be a single integer.")
    a = inexact(a)
    if weights is None:
        found = mean(a, axis)
        total = _broadcast(convert_to_tensor(_count(a, found), None), found)
        return (found, total) if returned else found
    a, weights = promoted(a, inexact(weights))
    if tuple(weights.shape) != tuple(a.shape):
        if axis is None:
            raise ValueError("Axis must be specified when shapes of a and weights differ.")
        if weights.shape.rank != 1 or weights.shape[0] != a.shape[axis]:
            raise ValueError("1D weights expected when shapes of a and weights differ.")
        column = [1] * a.shape.rank
        column[axis] = weights.shape[0]
        weights = _column(weights, tuple(column), tuple(a.shape))
    total = sum(weights, axis)
    found = elementwise.divide(sum(elementwise.multiply(a, weights), axis), total)
    return (found, total) if returned else found


def _count(a: Any, found: Any) -> Any:
    pieces = int(np.prod(tuple(found.shape), dtype=np.int64)) or 1
    return np.asarray(int(np.prod(tuple(a.shape), dtype=np.int64)) // pieces, a.dtype.dtype)


@op("x; like", name="broadcast_to")
def _broadcast(x, like):
    return jnp.broadcast_to(x, like.shape)


@op("x", name="broadcast_to")
def _column(x, column, shape):
    return jnp.broadcast_to(x.reshape(column), shape)


@array_function
def nansum(a: Any, axis: Any = None, dtype: Any = None, keepdims: Any = False) -> Any:
    """The sum of what is a number."""
    return sum(_filled(a, 0), axis, dtype, keepdims)


@array_function
def nanprod(a: Any, axis: Any = None, dtype: Any = None, keepdims: Any = False) -> Any:
    """The product of what is a number."""
    return prod(_filled(a, 1), axis, dtype, keepdims)


@array_function
def nanmean(a: Any, axis: Any = None, dtype: Any = None, keepdims: Any = None) -> Any:
    """The mean of what is a number."""
    array = as_array(a)
    if not (array.dtype.is_floating or array.dtype.is_complex):
        return mean(array, axis, dtype, keepdims=keepdims)
    total = nansum(array, axis, dtype, keepdims)
    count = sum(elementwise.logical_not(elementwise.isnan(array)), axis, None, keepdims)
    return elementwise.divide(total, cast(count, total.dtype))


def _filled(a: Any, value: int) -> Any:
    array = as_array(a)
    return _fill_nan(array, value) if array.dtype.is_floating or array.dtype.is_complex else array


@op("a", name="nan_to_num")
def _fill_nan(a, value):
    return jnp.where(jnp.isnan(a), jnp.asarray(value, a.dtype), a)


@array_function
def count_nonzero(a: Any, axis: Any = None) -> Any:
    """How many elements are not zero, as int64."""
    return sum(cast(as_array(a), dtypes.bool), axis)


@array_function
def cumsum(a: Any, axis: Any = None, dtype: Any = None) -> Any:
    """The running sum along a dimension, of all elements where it is None."""
    return _running(a, "cumsum", axis, dtype)


@array_function
def cumprod(a: Any, axis: Any = None, dtype: Any = None) -> Any:
    """The running product along a dimension, of all elements where it is None."""
    return _running(a, "cumprod", axis, dtype)


def _running(a: Any, kind: str, axis: Any, dtype: Any) -> Any:
    array = as_array(a, dtype)
    if dtype is None and (array.dtype.is_bool or (array.dtype.is_integer and array.dtype.size < 8)):
        array = cast(array, dtypes.int64)
    return _cumulate(array, kind, axes_of(axis))


@op("a", name="cumulate")
def _cumulate(a, kind, axis):
    return getattr(jnp, kind)(a, axis=axis, dtype=a.dtype)


@array_function
def argmax(a: Any, axis: Any = None) -> Any:
    """Where the greatest element stands, as int64."""
    return _arg(as_array(a), "argmax", axes_of(axis))


@array_function
def argmin(a: Any, axis: Any = None) -> Any:
    """Where the least element stands, as int64."""
    return _arg(as_array(a), "argmin", axes_of(axis))


@op("a", name="argmax", differentiable=False)
def _arg(a, kind, axis):
    return getattr(jnp, kind)(a, axis=axis).astype(jnp.int64)


@array_function
def sort(a: Any, axis: Any = -1, kind: str = "quicksort", order: Any = None) -> Any:
    """Elements in rising order along a dimension, of all elements where it is None.

    Raises:
      ValueError: another kind than ``"quicksort"`` or ``"stable"``, or an ``order``.
    """
    _check_sort(kind, order)
    return _sort(as_array(a), axes_of(axis))


@op("a", name="sort")
def _sort(a, axis):
    return jnp.sort(a, axis=axis)


@array_function
def argsort(a: Any, axis: Any = -1, kind: str = "quicksort", order: Any = None) -> Any:
    """The indices that sort an array along a dimension, as int64.

    Raises:
      ValueError: another kind than ``"quicksort"`` or ``"stable"``, or an ``order``.
    """
    _check_sort(kind, order)
    return _argsort(as_array(a), axes_of(axis))


@op("a", name="argsort", differentiable=False)
def _argsort(a, axis):
    return jnp.argsort(jnp.atleast_1d(a), axis=axis, stable=True).astype(jnp.int64)


def _check_sort(kind: str, order: Any) -> None:
    if kind not in ("quicksort", "stable"):
        raise ValueError(
            f"Invalid value for argument `kind`. Only kind='quicksort' and kind='stable' are supported. "
            f"Received: kind={kind}"
        )
    if order is not None:
        raise ValueError("The `order` argument is not supported. Pass order=None")


@array_function
def allclose(a: Any, b: Any, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> Any:
    """Whether all elements are close to each other, see ``isclose``."""
    return all(elementwise.isclose(a, b, rtol, atol, equal_nan))


@array_function
def array_equal(a1: Any, a2: Any) -> Any:
    """Whether two arrays have one shape and equal elements."""
    a1, a2 = promoted(a1, a2)
    if tuple(a1.shape) != tuple(a2.shape):
        return convert_to_tensor(False)
    return all(elementwise.equal(a1, a2))
