"""Isotonic regression."""

from __future__ import annotations

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
from jax import lax

from kerax.core import dtypes
from kerax.core.op import composed, op
from kerax.core.tensor import convert_to_tensor


class IsotonicRegression(NamedTuple):
    """The fitted values, and to which constant piece each belongs (int32)."""

    output: Any
    segments: Any


def _pieces(values: Any) -> Any:
    """Numbers of the constant pieces of the decreasing fit of a vector: neighbours that rise are pooled."""
    size = values.shape[0]
    wide = values.astype(jnp.float64 if values.dtype == jnp.float64 else jnp.float32)

    def push(index: Any, carry: Any) -> Any:
        starts, sums, counts, top = carry
        starts = starts.at[top].set(index)
        sums = sums.at[top].set(wide[index])
        counts = counts.at[top].set(1)

        def rises(inner: Any) -> Any:
            _, sums, counts, top = inner
            before = jnp.maximum(top - 1, 0)
            return (top > 0) & (sums[top] / counts[top] > sums[before] / counts[before])

        def pool(inner: Any) -> Any:
            starts, sums, counts, top = inner
            sums = sums.at[top - 1].add(sums[top])
            return starts, sums, counts.at[top - 1].add(counts[top]), top - 1

        starts, sums, counts, top = lax.while_loop(rises, pool, (starts, sums, counts, top))
        return starts, sums, counts, top + 1

    empty = jnp.zeros(size, jnp.int32), jnp.zeros(size, wide.dtype), jnp.ones(size, wide.dtype), jnp.int32(0)
    starts, _, _, top = lax.fori_loop(0, size, push, empty)
    begins = jnp.zeros(size, jnp.int32).at[jnp.where(jnp.arange(size) < top, starts, size)].set(1, mode="drop")
    return jnp.cumsum(begins) - 1


@op("inputs")
def _isotonic(inputs, decreasing, axis, dtype):
    dtype = dtypes.as_dtype(dtype).dtype
    x = jnp.moveaxis(inputs, axis, -1)
    shape = x.shape
    rows = x.reshape(-1, shape[-1]).astype(dtype)
    sign = rows.dtype.type(1 if decreasing else -1)
    if not rows.size:
        return IsotonicRegression(inputs.astype(dtype), jnp.zeros(inputs.shape, jnp.int32))
    segments = jax.vmap(_pieces)(lax.stop_gradient(sign * rows))

    def means(row: Any, segment: Any) -> Any:
        wide = row.astype(jnp.float64 if row.dtype == jnp.float64 else jnp.float32)
        total = jax.ops.segment_sum(wide, segment, shape[-1])
        count = jax.ops.segment_sum(jnp.ones_like(wide), segment, shape[-1])
        return (total / jnp.maximum(count, 1))[segment].astype(row.dtype)

    def back(value: Any) -> Any:
        return jnp.moveaxis(value.reshape(shape), -1, axis)

    return IsotonicRegression(back(jax.vmap(means)(rows, segments)), back(segments.astype(jnp.int32)))


@composed
def isotonic_regression(inputs: Any, decreasing: bool = True, axis: int = -1) -> IsotonicRegression:
    """The monotonic sequence nearest to the given one, in the sense of least squares.

    Args:
      inputs: tensor of real numbers.
      decreasing: bool, whether the result decreases; else it increases.
      axis: int, the axis of the sequence.

    Returns:
      ``(output, segments)``: the fit, a Tensor of the inputs' shape (float32 for small integers, float64 for large
      ones), and int32 numbers of the pieces on which it is constant.

    >>> import kerax as tf
    >>> tf.nn.isotonic_regression([3.0, 1.0, 2.0])[0].numpy()
    array([3. , 1.5, 1.5], dtype=float32)
    """
    inputs = convert_to_tensor(inputs)
    kept = (dtypes.float16, dtypes.bfloat16, dtypes.float32)
    small = (dtypes.int8, dtypes.int16)
    dtype = inputs.dtype if inputs.dtype in kept else dtypes.float32 if inputs.dtype in small else dtypes.float64
    return _isotonic(inputs, bool(decreasing), int(axis), dtype)
