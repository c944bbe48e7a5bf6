"""Reductions that leave NaN out."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax import math
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.promotion import result_type
from kerax.keras.engine.settings import floatx
from kerax.keras.ops import elementwise, reductions
from kerax.keras.ops._public import composed, op
from kerax.keras.ops._table import public
from kerax.keras.ops.statistics import checked_axes, quantiles

_DOC = """{sentence}

Args:
  x: tensor of numbers{kinds}.
  axis: int, {or_tuple}or None for {all_axes}.
  {last}

Returns:
  {returns}
"""


@op("x")
def _without_nan(x: Any, value: Any) -> Any:
    return jnp.where(jnp.isnan(x), jnp.asarray(value, x.dtype), x)


@op("x; found")
def _nan_where_all(x: Any, found: Any, axis: Any, keepdims: Any, value: Any) -> Any:
    return jnp.where(jnp.all(jnp.isnan(x), axis=axis, keepdims=keepdims), jnp.asarray(value, found.dtype), found)


def _reduction(
    name: str, sentence: str, function: Any, kinds: str = "", returns: str = "Tensor without the reduced axes."
) -> Any:
    def call(x, axis=None, keepdims=False):  # type: ignore[no-untyped-def]
        return function(to_tensor(x), tuple(axis) if isinstance(axis, list) else axis, bool(keepdims))

    doc = _DOC.format(
        sentence=sentence,
        kinds=kinds,
        or_tuple="tuple of ints, ",
        all_axes="all axes",
        last="keepdims: bool, whether reduced axes stay with size 1.",
        returns=returns,
    )
    return public(call, name, doc)


def _sum(x: Any, axis: Any, keepdims: bool) -> Any:
    return reductions.sum(_without_nan(x, 0) if x.dtype.is_floating else x, axis, keepdims)


def _prod(x: Any, axis: Any, keepdims: bool) -> Any:
    return reductions.prod(_without_nan(x, 1) if x.dtype.is_floating else x, axis, keepdims)


def _extreme(greatest: bool) -> Any:
    plain = reductions.max if greatest else reductions.min

    def call(x: Any, axis: Any, keepdims: bool) -> Any:
        if not x.dtype.is_floating:
            return plain(x, axis, keepdims)
        found = plain(_without_nan(x, float("-inf") if greatest else float("inf")), axis, keepdims)
        return _nan_where_all(x, found, axis, keepdims, float("nan"))

    return call


def _arg(greatest: bool) -> Any:
    plain = reductions.argmax if greatest else reductions.argmin

    def call(x: Any, axis: Any, keepdims: bool) -> Any:
        if not x.dtype.is_floating:
            return plain(x, axis, keepdims)
        found = plain(_without_nan(x, float("-inf") if greatest else float("inf")), axis, keepdims)
        return _nan_where_all(x, found, axis, keepdims, -1)

    return call


def _mean(x: Any, axis: Any, keepdims: bool) -> Any:
    if axis == ():
        return x
    if not x.dtype.is_floating:
        return math.reduce_mean(to_tensor(x, "float32"), axis=axis, keepdims=keepdims)
    wanted = result_type(x.dtype, float)
    count = math.reduce_sum(to_tensor(math.logical_not(math.is_nan(x)), wanted), axis=axis, keepdims=keepdims)
    return math.divide(to_tensor(_sum(x, axis, keepdims), wanted), count)


def _var(x: Any, axis: Any, keepdims: bool) -> Any:
    x = to_tensor(x, result_type(x.dtype, float))
    return _nanvar(x, axis, keepdims)


@op("x")
def _nanvar(x: Any, axis: Any, keepdims: Any) -> Any:
    valid = ~jnp.isnan(x)
    count = jnp.sum(valid, axis=axis, keepdims=True, dtype=x.real.dtype)
    mean = jnp.sum(jnp.where(valid, x, 0), axis=axis, keepdims=True) / count
    centered = jnp.where(valid, x - mean, 0)
    squared = jnp.sum(jnp.real(centered * jnp.conj(centered)), axis=axis, keepdims=True) / count
    return squared if keepdims else jnp.squeeze(squared, axis=axis)


def _std(x: Any, axis: Any, keepdims: bool) -> Any:
    return math.sqrt(_var(x, axis, keepdims))


def _median(x: Any, axis: Any, keepdims: bool) -> Any:
    return x if axis == () else nanquantile.pure(x, 0.5, axis=axis, keepdims=keepdims)


_INT32 = "int32 Tensor; -1 where all are NaN."
nansum = _reduction(
    "nansum", "The sum over axes of what is not NaN.", _sum, "; small integers are summed as 32-bit ones"
)
nanprod = _reduction("nanprod", "The product over axes of what is not NaN.", _prod)
nanmax = _reduction("nanmax", "The greatest value over axes that is not NaN; NaN where all are.", _extreme(True))
nanmin = _reduction("nanmin", "The least value over axes that is not NaN; NaN where all are.", _extreme(False))
nanargmax = _reduction("nanargmax", "The index of the greatest value that is not NaN.", _arg(True), returns=_INT32)
nanargmin = _reduction("nanargmin", "The index of the least value that is not NaN.", _arg(False), returns=_INT32)
nanmean = _reduction("nanmean", "The mean over axes of what is not NaN.", _mean, "; integers become floats")
nanvar = _reduction("nanvar", "The variance over axes of what is not NaN.", _var, "; integers become floats")
nanstd = _reduction("nanstd", "The standard deviation over axes of what is not NaN.", _std, "; integers become floats")
nanmedian = _reduction("nanmedian", "The median over axes of what is not NaN.", _median, "; integers become floats")


@composed
def nancumsum(x, axis=None, dtype=None):
    """The cumulative sum along an axis with 0 in place of NaN.

    Args:
      x: tensor of numbers.
      axis: int, or None for the flattened tensor.
      dtype: the dtype to compute in.

    Returns:
      Tensor of the same shape, or flat.

    >>> import kerax as tf
    >>> tf.keras.ops.nancumsum([1.0, float("nan"), 2.0]).numpy()
    array([1., 1., 3.], dtype=float32)
    """
    return reductions.cumsum(elementwise.nan_to_num(x), axis=axis, dtype=dtype)


@composed
def nancumprod(x, axis=None, dtype=None):
    """The cumulative product along an axis with 1 in place of NaN.

    Args:
      x: tensor of numbers.
      axis: int, or None for the flattened tensor.
      dtype: the dtype to compute in.

    Returns:
      Tensor of the same shape, or flat.

    >>> import kerax as tf
    >>> tf.keras.ops.nancumprod([2.0, float("nan"), 3.0]).numpy()
    array([2., 2., 6.], dtype=float32)
    """
    return reductions.cumprod(elementwise.nan_to_num(x, nan=1.0), axis=axis, dtype=dtype)


@composed
def nanquantile(x, q, axis=None, method="linear", keepdims=False):
    """Quantiles over axes of what is not NaN; NaN where all are.

    Args:
      x: tensor of numbers.
      q: float, or tensor of floats, from 0 to 1.
      axis: int, tuple of ints, or None for all axes.
      method: "linear", "lower", "higher", "midpoint" or "nearest".
      keepdims: bool, whether reduced axes stay with size 1.

    Returns:
      Tensor; the axes of ``q`` come first.

    >>> import kerax as tf
    >>> tf.keras.ops.nanquantile([1.0, float("nan"), 3.0], 0.5).numpy()
    np.float32(2.0)
    """
    x = to_tensor(x)
    return quantiles(x, to_tensor(q, floatx()), checked_axes(axis, x), method, bool(keepdims), True)


@composed
def nanpercentile(x, q, axis=None, method="linear", keepdims=False):
    """Percentiles over axes of what is not NaN; NaN where all are.

    Args:
      x: tensor of numbers.
      q: float, or tensor of floats, from 0 to 100.
      axis: int, tuple of ints, or None for all axes.
      method: "linear", "lower", "higher", "midpoint" or "nearest".
      keepdims: bool, whether reduced axes stay with size 1.

    Returns:
      Tensor; the axes of ``q`` come first.

    >>> import kerax as tf
    >>> tf.keras.ops.nanpercentile([1.0, float("nan"), 3.0], 50).numpy()
    np.float32(2.0)
    """
    x = to_tensor(x)
    share = math.divide(to_tensor(q, floatx()), 100.0)
    return quantiles(x, share, checked_axes(axis, x), method, bool(keepdims), True)
