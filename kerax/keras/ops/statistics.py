"""Quantiles, histograms, correlations and counts of values."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax import math
from kerax.array_ops._sorting import sorted_along
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.promotion import dtype_name, promoted, result_type
from kerax.keras.engine.settings import floatx
from kerax.keras.ops._axes import canonical_axis
from kerax.keras.ops._public import composed, op


def checked_axes(axis: Any, x: Any) -> tuple[int, ...] | None:
    """Axes as a tuple of those from 0 on; None for all."""
    if axis is None:
        return None
    return tuple(canonical_axis(a, len(x.shape)) for a in (axis if isinstance(axis, (tuple, list)) else (axis,)))


@op("x; q")
def _quantiles(x: Any, q: Any, axes: Any, method: Any, keepdims: Any, skip_nan: Any) -> Any:
    rank = x.ndim
    reduced = tuple(range(rank)) if axes is None else axes
    kept = [axis for axis in range(rank) if axis not in reduced]
    rows = jnp.transpose(x, (*kept, *reduced)).reshape((*(x.shape[axis] for axis in kept), -1))
    ordered = sorted_along(rows, -1)  # NaN comes last
    is_nan = jnp.isnan(ordered)
    last = (jnp.sum(~is_nan, axis=-1) if skip_nan else jnp.full(rows.shape[:-1], rows.shape[-1])) - 1
    place = jnp.maximum(last, 0).astype(jnp.float64)[..., None] * q.astype(jnp.float64).reshape(-1)

    def at(index: Any) -> Any:
        index = jnp.clip(index.astype(jnp.int32), 0, rows.shape[-1] - 1)
        return jnp.take_along_axis(ordered, index, axis=-1)

    if method == "linear":
        upper = jnp.ceil(place)
        lower = jnp.maximum(upper - 1, 0)
        upper = jnp.minimum(lower + 1, jnp.maximum(last, 0)[..., None])
        share = (upper - place).astype(x.dtype)
        found = at(upper) * (1 - share) + at(lower) * share
    elif method == "midpoint":
        found = 0.5 * (at(jnp.floor(place)) + at(jnp.ceil(place)))
    else:
        found = at({"lower": jnp.floor, "higher": jnp.ceil, "nearest": jnp.round}[method](place))
    empty = (last < 0) if skip_nan else jnp.any(is_nan, axis=-1)
    found = jnp.where(empty[..., None], jnp.asarray(jnp.nan, x.dtype), found)
    if keepdims:
        found = found.reshape((*(1 if axis in reduced else x.shape[axis] for axis in range(rank)), -1))
    found = jnp.moveaxis(found, -1, 0)
    return found.reshape(q.shape + found.shape[1:])


def quantiles(x: Any, q: Any, axes: Any, method: str, keepdims: bool, skip_nan: bool = False) -> Any:
    """Quantiles ``q`` over axes, whose shape comes first in the result.

    Raises:
      ValueError: no such method.
    """
    if method not in ("linear", "lower", "higher", "midpoint", "nearest"):
        raise ValueError(
            "Invalid interpolation method: use 'linear', 'lower', 'higher', 'midpoint' or 'nearest'. "
            f"Received: method={method}"
        )
    return _quantiles(to_tensor(x, result_type(x.dtype, float)), q, axes, method, keepdims, skip_nan)


@composed
def quantile(x, q, axis=None, method="linear", keepdims=False):
    """Quantiles over axes.

    Args:
      x: tensor of numbers; integers become floats.
      q: float, or tensor of floats, from 0 to 1.
      axis: int, tuple of ints, or None for all axes.
      method: "linear", "lower", "higher", "midpoint" or "nearest": what stands between two values.
      keepdims: bool, whether reduced axes stay with size 1.

    Returns:
      Tensor; the axes of ``q`` come first.

    >>> import kerax as tf
    >>> tf.keras.ops.quantile([1.0, 2.0, 4.0], [0.5, 0.75]).numpy()
    array([2., 3.], dtype=float32)
    """
    x = to_tensor(x)
    return quantiles(x, to_tensor(q), checked_axes(axis, x), method, bool(keepdims))


@composed
def percentile(x, q, axis=None, method="linear", keepdims=False):
    """Percentiles over axes.

    Args:
      x: tensor of numbers; integers become floats.
      q: float, or tensor of floats, from 0 to 100.
      axis: int, tuple of ints, or None for all axes.
      method: "linear", "lower", "higher", "midpoint" or "nearest": what stands between two values.
      keepdims: bool, whether reduced axes stay with size 1.

    Returns:
      Tensor; the axes of ``q`` come first.

    >>> import kerax as tf
    >>> tf.keras.ops.percentile([1.0, 2.0, 4.0], 75).numpy()
    np.float32(3.0)
    """
    x = to_tensor(x)
    return quantiles(x, math.divide(to_tensor(q, floatx()), 100.0), checked_axes(axis, x), method, bool(keepdims))


@composed
def median(x, axis=None, keepdims=False):
    """The median over axes.

    Args:
      x: tensor of numbers; integers become floats.
      axis: int, tuple of ints, or None for all axes.
      keepdims: bool, whether reduced axes stay with size 1.

    Returns:
      Tensor without the reduced axes.

    >>> import kerax as tf
    >>> tf.keras.ops.median([1, 2, 4, 8]).numpy()
    np.float32(3.0)
    """
    x = to_tensor(x)
    return quantiles(x, to_tensor(0.5), checked_axes(axis, x), "linear", bool(keepdims))


@composed
def bincount(x, weights=None, minlength=0, sparse=False):
    """How often each of the integers from 0 on occurs along the last axis.

    Args:
      x: tensor of integers, not negative, ``[n]`` or ``[batch, n]``.
      weights: tensor of the same shape, what an occurrence counts; 1 by default.
      minlength: int, the least length of the result.
      sparse: bool, whether the result is a sparse tensor.

    Returns:
      Tensor ``[length]`` or ``[batch, length]`` of int32, or of the weights' dtype.

    >>> import kerax as tf
    >>> tf.keras.ops.bincount([0, 2, 2]).numpy()
    array([1, 0, 2], dtype=int32)
    """
    x = to_tensor(x)
    wanted = "int32"
    if weights is not None:
        weights = to_tensor(weights)
        wanted = result_type(x.dtype, weights.dtype)
        name = dtype_name(weights)
        if name not in ("int32", "int64", "float32", "float64"):
            weights = to_tensor(weights, "int32" if "int" in name else "float32")
    if dtype_name(x) not in ("int32", "int64"):
        x = to_tensor(x, "int32")
    if sparse:
        from kerax import sparse as tf_sparse

        found = tf_sparse.bincount(x, weights=weights, minlength=minlength, axis=-1)
        return type(found)(found.indices, to_tensor(found.values, wanted), found.dense_shape)
    return to_tensor(math.bincount(x, weights=weights, minlength=minlength, axis=-1), wanted)


@op("x; edges", differentiable=False)
def _digitize(x: Any, edges: Any) -> Any:
    return jnp.searchsorted(edges, x.astype(edges.dtype), side="right").astype(jnp.int32)


@composed
def digitize(x, bins):
    """The index of the bin that each value falls into.

    Args:
      x: tensor of numbers.
      bins: floats in ascending order, the edges between bins.

    Returns:
      int32 Tensor of the shape of ``x``: i where ``bins[i-1] <= x < bins[i]``.

    >>> import kerax as tf
    >>> tf.keras.ops.digitize([0.5, 1.0, 9.0], [1.0, 3.0]).numpy()
    array([0, 1, 2], dtype=int32)
    """
    x = to_tensor(x)
    edges = to_tensor(bins, "float64" if dtype_name(x) in ("int32", "int64", "uint32", "float64") else "float32")
    return _digitize(x, edges)


@op("x", differentiable=False)
def _histogram(x: Any, bins: Any, ends: Any) -> Any:
    flat = x.reshape(-1)
    low, high = (jnp.min(flat), jnp.max(flat)) if ends is None else (jnp.asarray(end, x.dtype) for end in ends)
    compute = x.dtype if jnp.issubdtype(x.dtype, jnp.floating) else jnp.float64
    edges = jnp.linspace(low.astype(compute), high.astype(compute), bins + 1).astype(x.dtype)
    place = jnp.searchsorted(edges[1:-1], flat, side="right")
    inside = ((flat >= low) & (flat <= high)).astype(x.dtype)
    return jnp.zeros(bins, x.dtype).at[place].add(inside), edges


@composed
def histogram(x, bins=10, range=None):
    """Counts of values in bins of equal width.

    Args:
      x: tensor of numbers.
      bins: int, the number of bins.
      range: pair of numbers, the ends of the bins; by default the least and greatest value.

    Returns:
      Tensors of the dtype of ``x``: counts ``[bins]`` and edges ``[bins + 1]``.

    Raises:
      TypeError: ``bins`` is no int.
      ValueError: ``bins`` is negative, ``range`` no pair in order, or ``x`` has several axes.

    >>> import kerax as tf
    >>> counts, edges = tf.keras.ops.histogram([1.0, 2.0, 2.0, 3.0], bins=2)
    >>> counts.numpy(), edges.numpy()
    (array([1., 3.], dtype=float32), array([1., 2., 3.], dtype=float32))
    """
    if not isinstance(bins, int):
        raise TypeError(f"Argument `bins` must be of type `int`. Received: bins={bins}")
    if bins < 0:
        raise ValueError(f"Argument `bins` should be a non-negative integer. Received: bins={bins}")
    if range and (not isinstance(range, tuple) or len(range) < 2):
        raise ValueError(f"Argument `range` must be a tuple of two elements. Received: range={range}")
    if range and range[1] < range[0]:
        raise ValueError(f"The second element of `range` must be greater than the first. Received: range={range}")
    x = to_tensor(x)
    if len(x.shape) > 1:
        raise ValueError(f"Input tensor must be 1-dimensional. Received: input.shape={tuple(x.shape)}")
    return _histogram(x, bins, range)


@op("x: number", differentiable=True)
def _corrcoef(x: Any) -> Any:
    centered = x - jnp.mean(x, axis=-1, keepdims=True)
    cov = jnp.matmul(centered, jnp.conj(jnp.swapaxes(centered, -1, -2))) / (x.shape[-1] - 1)
    spread = jnp.sqrt(jnp.real(jnp.diagonal(cov, axis1=-2, axis2=-1)))
    ratio = cov / (spread[:, None] * spread[None, :]).astype(cov.dtype)
    if not jnp.iscomplexobj(ratio):
        return jnp.clip(ratio, -1, 1)
    return jnp.clip(jnp.real(ratio), -1, 1) + 1j * jnp.clip(jnp.imag(ratio), -1, 1)


@composed
def corrcoef(x):
    """Pearson's correlation coefficients between rows.

    Args:
      x: tensor ``[variables, observations]``.

    Returns:
      Tensor ``[variables, variables]`` of floats from -1 to 1.

    >>> import kerax as tf
    >>> tf.keras.ops.corrcoef([[1.0, 2.0], [2.0, 1.0]]).numpy().round(3)
    array([[ 1., -1.],
           [-1.,  1.]], dtype=float32)
    """
    x = to_tensor(x)
    name = dtype_name(x)
    return _corrcoef(to_tensor(x, floatx()) if name == "bool" or ("int" in name and name != "int64") else x)


@op("x1, x2")
def _correlate(x1: Any, x2: Any, mode: Any) -> Any:
    n, m = x1.shape[0], x2.shape[0]
    if mode == "valid":
        return jnp.correlate(x1, x2, mode="valid") if n >= m else jnp.zeros((0,), x1.dtype)
    full = jnp.convolve(x1, x2[::-1], mode="full")
    start = (n + m - 1 - max(n, m)) // 2
    return full if mode == "full" else full[start : start + max(n, m)]


@composed
def correlate(x1, x2, mode="valid"):
    """The cross-correlation of two sequences.

    Args:
      x1: tensor ``[n]``.
      x2: tensor ``[m]``.
      mode: "valid" for where both overlap fully, "same" for the length of the longer, "full" for all.

    Returns:
      Tensor of floats.

    Raises:
      ValueError: no such mode.

    >>> import kerax as tf
    >>> tf.keras.ops.correlate([1.0, 2.0, 3.0], [0.0, 1.0]).numpy()
    array([2., 3.], dtype=float32)
    """
    if mode not in ("full", "same", "valid"):
        raise ValueError(f"Invalid mode: '{mode}'. Mode must be one of: 'full', 'same', 'valid'.")
    x1, x2 = promoted(x1, x2, weak=False)
    name = dtype_name(x1)
    wanted = "float64" if name == "int64" else name if name in ("bfloat16", "float16", "float64") else "float32"
    return _correlate(to_tensor(x1, wanted), to_tensor(x2, wanted), mode)
