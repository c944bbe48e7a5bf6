"""Maxima and means over windows of arrays."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from kerax.core import open_sizes, target
from kerax.core.context import context
from kerax.core.linkage import following
from kerax.nn._windows import invalid, pads, spatial

_MANY_TAPS = 6  # of a window, from which on a maximum dimension by dimension pays
_LARGE = 64 << 20  # bytes of an array, from which on it is one too many in between


def lowest(dtype: Any) -> Any:
    """The smallest value of a dtype: what padding counts as in a maximum."""
    if jnp.issubdtype(dtype, jnp.floating):
        return np.array(-np.inf, dtype)
    return np.array(jnp.iinfo(dtype).min, dtype)


def _full(items: Sequence[Any], outer: Any, channels_last: bool) -> tuple[Any, ...]:
    """A value per spatial dimension as a value per dimension."""
    return (outer, *items, outer) if channels_last else (outer, outer, *items)


def _tiles(x: Any, window: Sequence[int], channels_last: bool) -> tuple[Any, tuple[int, ...]]:
    """An array cut into windows that do not overlap: each spatial dimension as (windows, size), and those axes."""
    first = 1 if channels_last else 2
    counts = [size // width for size, width in zip(spatial(x.shape, channels_last), window, strict=True)]
    kept = _full(
        [slice(0, count * width) for count, width in zip(counts, window, strict=True)], slice(None), channels_last
    )
    shape: list[int] = list(x.shape[:first])
    for count, width in zip(counts, window, strict=True):
        shape += [count, width]
    shape += list(x.shape[first + len(window) :])
    return x[kept].reshape(shape), tuple(first + 1 + 2 * index for index in range(len(window)))


def _fit(sizes: Sequence[int], window: Sequence[int], strides: Sequence[int], padding: Any) -> bool:
    """Whether the windows do not overlap, leave no gap and need no padding, and may be cut out."""
    if context.portable or any(low or high for low, high in padding) or 0 in sizes:
        return False
    return all(
        width == step or size // width == (size - width) // step + 1 == 1
        for size, width, step in zip(sizes, window, strides, strict=True)
    )


def _as_images(pool: Any, x: Any, window: Any, strides: Any, padding: Any, channels_last: bool, dilations: Any) -> Any:
    """A pool of sequences as one of images that are one high."""
    axis = 1 if channels_last else 2
    padding = padding if isinstance(padding, str) else [(0, 0), *padding]
    found = pool(jnp.expand_dims(x, axis), (1, *window), (1, *strides), padding, channels_last, (1, *dilations))
    return jnp.squeeze(found, axis)


@functools.partial(jax.custom_jvp, nondiff_argnums=(1,))
def _max_of_tiles(tiles: Any, axes: tuple[int, ...]) -> Any:
    return jnp.max(tiles, axis=axes)


@_max_of_tiles.defjvp
def _max_of_tiles_jvp(axes: tuple[int, ...], primals: Any, tangents: Any) -> Any:
    """Of equal maxima the first one in the window, in row-major order, has the gradient; of volumes all have it.

    These are TensorFlow's rules, on a CPU.
    """
    (tiles,), (tangent,) = primals, tangents
    largest = _max_of_tiles(tiles, axes)
    chosen = tiles == jnp.expand_dims(largest, axes)
    if len(axes) < 3:
        sizes = [tiles.shape[axis] for axis in axes]
        count = math.prod(sizes)
        order = np.zeros([size if axis in axes else 1 for axis, size in enumerate(tiles.shape)], np.int32)
        order += np.arange(count, dtype=np.int32).reshape(order.shape)
        places = jnp.where(chosen, order, count)
        chosen = places == jnp.min(places, axis=axes, keepdims=True)
    return largest, following(jnp.sum(jnp.where(chosen, tangent, jnp.zeros_like(tangent)), axis=axes), tiles)


def max_pool(
    x: Any,
    window: Sequence[int],
    strides: Sequence[int],
    padding: Any,
    channels_last: bool = True,
    dilations: Sequence[int] | None = None,
) -> Any:
    """The largest element of each window; among equal ones the first has the gradient, in volumes all.

    Windows that do not overlap are cut out by a reshape: on a CPU the gradient of that is ten times as fast as
    that of ``reduce_window``.

    Args:
      x: array ``[batch, *spatial, channels]`` or ``[batch, channels, *spatial]``.
      window, strides, dilations: an int per spatial dimension.
      padding: "SAME", "VALID" or pairs; padding never is the maximum.
      channels_last: bool.
    """
    dilations = (1,) * len(window) if dilations is None else tuple(dilations)
    if context.portable and len(window) == 1:
        return _as_images(max_pool, x, window, strides, padding, channels_last, dilations)
    sizes = spatial(x.shape, channels_last)
    found = pads(sizes, window, strides, dilations, padding)
    if _fit(sizes, window, strides, found) and max(dilations) == 1:
        return _max_of_tiles(*_tiles(x, window, channels_last))
    if max(dilations) > 1:  # reduce_window has no gradient then
        stacked, _ = patches(x, window, strides, padding, dilations, lowest(x.dtype), channels_last)
        return first_largest(stacked)[0]
    settings = tuple(window), tuple(strides), tuple(map(tuple, found)), channels_last
    return (_max_of_taps if target.is_cpu() else _max_of_windows)(x, *settings)


def _max_of_windows(x: Any, window: Any, strides: Any, found: Any, channels_last: bool) -> Any:
    return lax.reduce_window(
        x,
        lowest(x.dtype),
        lax.max,
        _full(window, 1, channels_last),
        _full(strides, 1, channels_last),
        _full(found, (0, 0), channels_last),
    )


@functools.partial(jax.custom_jvp, nondiff_argnums=(1, 2, 3, 4))
def _max_of_taps(x: Any, window: Any, strides: Any, found: Any, channels_last: bool) -> Any:
    """``_max_of_windows`` for CPUs, where its gradient is 3 to 50 times as fast, and mostly the maximum too."""
    if math.prod(window) < _MANY_TAPS or open_sizes.is_open(x.shape) or x.size * x.dtype.itemsize > _LARGE:
        return _max_of_windows(x, window, strides, found, channels_last)
    return _by_dimension(jnp.maximum, x, lowest(x.dtype), window, strides, found, (1,) * len(window), channels_last)


def _by_dimension(
    combine: Any, x: Any, fill: Any, window: Any, strides: Any, found: Any, dilations: Any, channels_last: bool
) -> Any:
    """The windows' elements combined dimension by dimension, each of them as shifted slices."""
    x = jnp.pad(x, _full(found, (0, 0), channels_last), constant_values=fill)
    for index, (width, step, dilation) in enumerate(zip(window, strides, dilations, strict=True)):
        axis = index + (1 if channels_last else 2)
        size = x.shape[axis]
        count = (size - (width - 1) * dilation - 1) // step + 1
        length = max((count - 1) * step + 1, 0)  # none, where the window is larger than the array
        starts = [min(at * dilation, size) for at in range(width)]
        taps = [lax.slice_in_dim(x, start, start + length, step, axis) for start in starts]
        x = functools.reduce(combine, taps)
    return x


@_max_of_taps.defjvp
def _max_of_taps_jvp(
    window: Any, strides: Any, found: Any, channels_last: bool, primals: Any, tangents: Any
) -> tuple[Any, Any]:
    """Of equal maxima those have the gradient that ``_max_of_tiles`` gives it to."""
    (x,), (tangent,) = primals, tangents
    largest = _max_of_taps(x, window, strides, found, channels_last)
    settings = window, strides, found, (1,) * len(window)
    chosen = jnp.zeros(largest.shape, bool)
    along = jnp.zeros_like(largest)
    values, slopes = (
        _taps(item, *settings, fill, channels_last) for item, fill in ((x, lowest(x.dtype)), (tangent, 0))
    )
    for value, slope in zip(values, slopes, strict=True):
        here = value == largest
        if len(window) < 3:
            here &= ~chosen
            chosen |= here
        along += jnp.where(here, slope, jnp.zeros_like(slope))
    return largest, following(along, x)


def avg_pool(
    x: Any,
    window: Sequence[int],
    strides: Sequence[int],
    padding: Any,
    channels_last: bool = True,
    dilations: Sequence[int] | None = None,
) -> Any:
    """The mean of each window, over the elements that are no padding. Arguments as for ``max_pool``."""
    dilations = (1,) * len(window) if dilations is None else tuple(dilations)
    if context.portable and len(window) == 1:
        return _as_images(avg_pool, x, window, strides, padding, channels_last, dilations)
    sizes = spatial(x.shape, channels_last)
    found = pads(sizes, window, strides, dilations, padding)
    if _fit(sizes, window, strides, found) and max(dilations) == 1:
        tiles, axes = _tiles(x, window, channels_last)
        return jnp.mean(tiles, axis=axes, dtype=x.dtype)

    settings = tuple(window), tuple(strides), tuple(map(tuple, found)), dilations, channels_last
    total = (_sum_of_taps if target.is_cpu() else _sum_of_windows)(x, *settings)
    if not any(low or high for low, high in found):
        return total / np.array(math.prod(window), x.dtype)
    return total / _sum_of_windows(jnp.ones(_full(sizes, 1, channels_last), x.dtype), *settings)


def _sum_of_windows(x: Any, window: Any, strides: Any, found: Any, dilations: Any, channels_last: bool) -> Any:
    return lax.reduce_window(
        x,
        np.array(0, x.dtype),
        lax.add,
        _full(window, 1, channels_last),
        _full(strides, 1, channels_last),
        _full(found, (0, 0), channels_last),
        window_dilation=_full(dilations, 1, channels_last),
    )


@functools.partial(jax.custom_jvp, nondiff_argnums=(1, 2, 3, 4, 5))
def _sum_of_taps(x: Any, window: Any, strides: Any, found: Any, dilations: Any, channels_last: bool) -> Any:
    """``_sum_of_windows`` for CPUs, where its gradient is 2 to 17 times as fast, and the sum where strides are 1."""
    if min(strides) > 1 or open_sizes.is_open(x.shape):
        return _sum_of_windows(x, window, strides, found, dilations, channels_last)
    return _by_dimension(jnp.add, x, 0, window, strides, found, dilations, channels_last)


@_sum_of_taps.defjvp
def _sum_of_taps_jvp(
    window: Any, strides: Any, found: Any, dilations: Any, channels_last: bool, primals: Any, tangents: Any
) -> tuple[Any, Any]:
    (x,), (tangent,) = primals, tangents
    total = _sum_of_taps(x, window, strides, found, dilations, channels_last)
    if open_sizes.is_open(x.shape):
        return total, _sum_of_windows(tangent, window, strides, found, dilations, channels_last)
    return total, _by_dimension(jnp.add, tangent, 0, window, strides, found, dilations, channels_last)


def patches(
    x: Any,
    window: Sequence[int],
    strides: Sequence[int],
    padding: Any,
    dilations: Sequence[int],
    fill: Any,
    channels_last: bool = True,
) -> tuple[Any, tuple[tuple[int, int], ...]]:
    """The elements of all windows, those of a window in row-major order.

    Returns:
      (array ``[window elements, batch, *out_spatial, channels]`` or channels first, the padding used).
    """
    found = pads(spatial(x.shape, channels_last), window, strides, dilations, padding)
    return jnp.stack(_taps(x, window, strides, found, dilations, fill, channels_last)), found


def _taps(
    x: Any, window: Sequence[int], strides: Sequence[int], found: Any, dilations: Any, fill: Any, channels_last: bool
) -> list[Any]:
    """What each element of the window meets, in row-major order."""
    padded = jnp.pad(x, _full(found, (0, 0), channels_last), constant_values=fill)
    sizes = spatial(padded.shape, channels_last)
    reach = [(width - 1) * dilation + 1 for width, dilation in zip(window, dilations, strict=True)]
    counts = [max((size - far) // step + 1, 0) for size, far, step in zip(sizes, reach, strides, strict=True)]
    shifted = []
    for place in itertools.product(*map(range, window)):
        starts = [index * dilation for index, dilation in zip(place, dilations, strict=True)]
        cuts = [
            slice(start, start + max((count - 1) * step + 1, 0), step)
            for start, count, step in zip(starts, counts, strides, strict=True)
        ]
        shifted.append(padded[_full(cuts, slice(None), channels_last)])
    return shifted


def first_largest(stacked: Any) -> tuple[Any, Any]:
    """The largest elements over the first axis, and which they are; the gradient goes to those alone."""
    places = jnp.argmax(stacked, axis=0)
    return jnp.take_along_axis(stacked, places[None], axis=0)[0], places


def check_rank(x: Any, rank: int, name: str) -> None:
    if x.ndim != rank + 2:
        raise invalid(f"{name} input must be {rank + 2}-dimensional. Received shape: {list(x.shape)}")
