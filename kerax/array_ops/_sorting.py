"""Sorted arrays, and in which order they were."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from kerax.core import target


def sorted_along(x: Any, axis: int, descending: bool = False) -> Any:
    """The elements in order along an axis, NaN as the greatest."""
    if not _has_keys(x):
        return jnp.sort(x, axis=axis, descending=descending)
    return jnp.take_along_axis(x, order_along(x, axis, descending), axis)


def order_along(x: Any, axis: int, descending: bool = False) -> Any:
    """The places of the elements in order along an axis, int32; equal ones as they come."""
    if not _has_keys(x):
        return jnp.argsort(x, axis=axis, descending=descending, stable=True).astype(jnp.int32)
    keys = ~_keys(x) if descending else _keys(x)
    places = lax.broadcasted_iota(jnp.int64, x.shape, axis % x.ndim)
    packed = lax.sort((keys.astype(jnp.int64) << 32) | places, dimension=axis % x.ndim, is_stable=False)
    return packed.astype(jnp.uint32).astype(jnp.int32)


def _has_keys(x: Any) -> bool:
    """Whether a CPU sorts integers that hold element and place: three to four times as fast as XLA's comparisons."""
    return x.ndim > 0 and x.dtype.itemsize <= 4 and x.dtype.kind != "c" and target.is_cpu()


def _keys(x: Any) -> Any:
    """``int32`` in the same order as the elements."""
    if x.dtype == jnp.uint32:
        return lax.bitcast_convert_type(x ^ np.uint32(1 << 31), jnp.int32)
    if not jnp.issubdtype(x.dtype, jnp.floating):
        return x.astype(jnp.int32)
    x = x.astype(jnp.float32)
    bits = lax.bitcast_convert_type(jnp.where(x == 0, np.float32(0), x), jnp.int32)  # -0 is 0
    greatest = np.int32(2**31 - 1)
    return jnp.where(jnp.isnan(x), greatest, jnp.where(bits < 0, bits ^ greatest, bits))
