"""Choosing elements: ``where``, ``take``, ``nonzero``, ``select``, ``compress``."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes
from kerax.core.op import op
from kerax.experimental.numpy._support import array_function, as_array, axes_of, promoted
from kerax.experimental.numpy.shaping import ravel
from kerax.math.casting import cast


@array_function
def where(condition: Any, x: Any = None, y: Any = None) -> Any:
    """The elements of ``x`` where a condition holds, else those of ``y``; alone, the indices where it holds.

    Raises:
      ValueError: one of ``x`` and ``y`` is None.
    """
    condition = cast(as_array(condition), dtypes.bool)
    if x is None and y is None:
        return nonzero(condition)
    if x is None or y is None:
        raise ValueError("Both x and y must be ndarrays, or both must be None.")
    return _where(condition, *promoted(x, y))


@op("condition; x, y", name="where")
def _where(condition, x, y):
    return jnp.where(condition, x, y)


@array_function
def nonzero(a: Any) -> Any:
    """The indices of what is not zero: int64 ``[n]``, one Tensor for each dimension."""
    array = as_array(a)
    if array.shape.rank == 0:
        array = ravel(array)
    return list(_nonzero(array))


@op("a", host=True, name="nonzero")
def _nonzero(a):
    return tuple(index.astype(np.int64) for index in np.nonzero(a))


@array_function
def compress(condition: Any, a: Any, axis: Any = None) -> Any:
    """The slices along a dimension for which a condition holds."""
    array, condition = as_array(a), cast(as_array(condition), dtypes.bool)
    if condition.shape.rank != 1:
        raise ValueError("condition must be a 1-d array.")
    if axis is None:
        array, axis = ravel(array), 0
    return _compress(array, condition, int(axis))


@op("a; condition", host=True, name="compress")
def _compress(a, condition, axis):
    return np.compress(condition, a, axis)


@array_function
def take(a: Any, indices: Any, axis: Any = None, out: Any = None, mode: str = "clip") -> Any:
    """The slices at indices along a dimension, of all elements where it is None.

    Args:
      a: array.
      indices: integers.
      axis: int or None.
      out: must be None.
      mode: ``"clip"`` or ``"wrap"``, what happens to indices outside.
    """
    if out is not None:
        raise ValueError("out argument is not supported in take.")
    if mode not in ("raise", "clip", "wrap"):
        raise ValueError(f"Invalid mode '{mode}' for take: use 'clip' or 'wrap'.")
    if mode == "raise":
        raise ValueError("mode='raise' is not supported in take: use 'clip' or 'wrap'.")
    array = as_array(a)
    if axis is None:
        array, axis = ravel(array), 0
    return _take(array, as_array(indices), int(axis), mode)


@op("a; indices", name="take")
def _take(a, indices, axis, mode):
    return jnp.take(a, indices, axis=axis, mode=mode)


@array_function
def take_along_axis(arr: Any, indices: Any, axis: Any) -> Any:
    """The elements at indices of a dimension, an index for each element."""
    arr, indices = as_array(arr), as_array(indices)
    if axis is None:
        return _take_along_axis(ravel(arr), ravel(indices), 0)
    return _take_along_axis(arr, indices, axes_of(axis))


@op("arr; indices", name="take_along_axis")
def _take_along_axis(arr, indices, axis):
    return jnp.take_along_axis(arr, indices, axis)


@array_function
def select(condlist: Any, choicelist: Any, default: Any = 0) -> Any:
    """The elements of the first choice whose condition holds, else the default."""
    if len(condlist) != len(choicelist):
        raise ValueError(f"condlist must have length equal to choicelist ({len(condlist)} vs {len(choicelist)})")
    if not condlist:
        raise ValueError("condlist must be non-empty")
    *choices, found = promoted(*choicelist, default)
    for condition, choice in zip(reversed(list(condlist)), reversed(choices), strict=True):
        found = _where(cast(as_array(condition), dtypes.bool), choice, found)
    return found
