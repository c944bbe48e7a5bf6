"""Convolutions as matrix products of patches, for CPUs.

XLA's CPU backend convolves large batches at a fraction of the speed of its matrix products: without padding, and in
the gradient of the kernel. Here the batch is cut into blocks whose patches fit into a processor's cache; a block is one
product with the kernel. Nothing but slices and products is left, of which JAX derives the gradients; ``jax.checkpoint``
lets the backward pass make the patches again rather than keep them all. (A 3×3 convolution of 128×26×26×32 to 64
filters, milliseconds before and after: forward 54 and 17, gradient of the kernel 78 and 15.) With strides, over volumes
and in the body of a loop XLA is slower still, and patches serve convolutions of any size.
"""

from __future__ import annotations

import functools
import math
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax
from jax.custom_derivatives import SymbolicZero

from kerax.core import target

_BLOCK = 2 << 20  # bytes of patches that are made at a time
_LARGE = 16 << 20  # bytes of all patches from which on XLA is slow without padding
_LARGE_PADDED = 64 << 20  # and from which on the gradient of the kernel is slow in any case
_MOST_TAPS = 64  # elements of a window of one or two dimensions, beyond which XLA is faster
_MOST_STRIDED = 49  # and with strides
_DTYPES = ("float32", "float64")

Pairs = tuple[tuple[int, int], ...]
Sizes = tuple[int, ...]


def convolve(x: Any, kernel: Any, strides: Sizes, pads: Pairs, dilations: Sizes) -> Any | None:
    """A convolution by whatever is fastest on a CPU, None where that is not known to beat XLA's own.

    Args:
      x: array ``[batch, *spatial, channels]``.
      kernel: array ``[*window, channels, filters]``.
      strides: steps per spatial dimension.
      pads: zeros before and after per spatial dimension.
      dilations: distances of the kernel's elements per spatial dimension.

    Returns:
      array ``[batch, *spatial, filters]``.
    """
    window = kernel.shape[:-2]
    # of volumes XLA takes two to fifteen times as long, and ten to fifty in the body of a loop
    at_any_size = len(window) == 3 or target.is_loop()
    if not is_for_cpu(x, kernel, pads) or (math.prod(window) > _MOST_TAPS and not at_any_size):
        return None
    padded = any(map(any, pads))
    positions = outputs(x.shape[1:-1], window, strides, pads, dilations)
    size = x.dtype.itemsize * x.shape[0] * math.prod(positions) * math.prod(kernel.shape[:-1])
    one_product = math.prod(window) == 1 and not padded
    # with strides, XLA takes more than ten times as long for the gradients of a transposed convolution, which a second
    # derivative holds too
    strided = max(strides) > 1 and math.prod(window) <= _MOST_STRIDED
    if size and (one_product or strided or at_any_size):
        return by_patches(x, kernel, strides, pads, dilations)
    if size < (_LARGE_PADDED if padded else _LARGE):
        return None
    return _mixed(x, kernel, strides, pads, dilations)


def is_for_cpu(x: Any, kernel: Any, pads: Pairs) -> bool:
    """Whether a convolution is one that may be made otherwise than by XLA's own."""
    if not target.is_cpu() or not all(isinstance(size, int) for size in x.shape):
        return False
    return x.dtype == kernel.dtype and x.dtype.name in _DTYPES and all(min(pair) >= 0 for pair in pads)


@functools.partial(jax.custom_jvp, nondiff_argnums=(2, 3, 4))
def _mixed(x: Any, kernel: Any, strides: Sizes, pads: Pairs, dilations: Sizes) -> Any:
    forward = by_xla if any(map(any, pads)) else by_patches
    return forward(x, kernel, strides, pads, dilations)


@functools.partial(_mixed.defjvp, symbolic_zeros=True)
def _derivative(strides: Sizes, pads: Pairs, dilations: Sizes, primals: Any, tangents: Any) -> Any:
    """Of the two parts of the derivative only that in the kernel, and so its transpose, gains by patches."""
    x, kernel = primals
    along_x, along_kernel = tangents
    parts = []
    if not isinstance(along_x, SymbolicZero):
        parts.append(by_xla(along_x, kernel, strides, pads, dilations))
    if not isinstance(along_kernel, SymbolicZero):
        # by way of jvp: jax before 0.8 does not transpose a loop of checkpoints that a rule calls itself
        along = jax.jvp(lambda kernel: by_patches(x, kernel, strides, pads, dilations), (kernel,), (along_kernel,))
        parts.append(along[1])
    return _mixed(x, kernel, strides, pads, dilations), sum(parts[1:], parts[0])


def by_xla(
    x: Any,
    kernel: Any,
    strides: Sizes,
    pads: Pairs,
    dilations: Sizes,
    channels_last: bool = True,
    groups: int = 1,
) -> Any:
    """A convolution as XLA makes it."""
    letters = {1: "W", 2: "HW", 3: "DHW"}[kernel.ndim - 2]
    data = f"N{letters}C" if channels_last else f"NC{letters}"
    return lax.conv_general_dilated(
        x,
        kernel,
        window_strides=strides,
        padding=pads,
        rhs_dilation=dilations,
        dimension_numbers=(data, f"{letters}IO", data),
        feature_group_count=groups,
    )


def by_patches(x: Any, kernel: Any, strides: Sizes, pads: Pairs, dilations: Sizes) -> Any:
    """A convolution as products of patches.

    A patch is what the whole window covers or, where that is less to move, one line of it (along its first dimension):
    then a product holds the shares of all lines, which are shifted and added.
    """
    *window, depth, filters = kernel.shape
    positions = outputs(x.shape[1:-1], window, strides, pads, dilations)
    line = math.prod(window[1:]) * depth
    by_line = strides[0] == 1 and len(window) > 1 and line + window[0] * filters <= window[0] * line
    lines, width = (window[0], line) if by_line else (1, window[0] * line)
    columns = width + lines * filters if by_line else width
    row = x.dtype.itemsize * math.prod(positions[1:]) * columns  # bytes that are made for a row of outputs

    rows = positions[0]
    reach = (window[0] - 1) * dilations[0] + 1
    if math.prod(window) > 1 and row * rows > 2 * _BLOCK:
        rows = max(1, _BLOCK // row, -(-(reach - strides[0]) // strides[0]))
    count = -(-positions[0] // rows)
    if count > 1:
        x = _cut(x, rows, count, strides[0], reach, pads[0])
        pads = ((0, 0), *pads[1:])
    weights = jnp.moveaxis(kernel.reshape(lines, width, filters), 0, 1).reshape(width, lines * filters)

    def block(items: Any) -> Any:
        padded = jnp.pad(items, [(0, 0), *pads, (0, 0)]) if any(map(any, pads)) else items
        sizes = (padded.shape[1] if by_line else rows, *positions[1:])
        patches = padded
        for axis in reversed(range(len(window))):  # one after the other: a slice for each tap compiles slowly
            taps = 1 if axis == 0 and by_line else window[axis]
            patches = _unfolded(patches, axis + 1, taps, sizes[axis], strides[axis], dilations[axis])
        products = (patches.reshape(-1, width) @ weights).reshape(*patches.shape[:-1], lines * filters)
        shares = []
        for index in range(lines):
            start = index * dilations[0]
            share = lax.slice_in_dim(products, index * filters, (index + 1) * filters, axis=-1)
            shares.append(lax.slice_in_dim(share, start, start + rows, axis=1))
        return functools.reduce(jnp.add, shares)

    out = in_blocks(block, x, max(1, _BLOCK // (row * rows))) if math.prod(window) > 1 else block(x)
    return out.reshape(-1, count * rows, *out.shape[2:])[:, : positions[0]]


def _unfolded(x: Any, axis: int, taps: int, size: int, stride: int, dilation: int) -> Any:
    """What the taps of a window meet along an axis, side by side as channels."""
    starts = [tap * dilation for tap in range(taps)]
    slices = [lax.slice_in_dim(x, start, start + (size - 1) * stride + 1, stride, axis) for start in starts]
    return slices[0] if taps == 1 else jnp.concatenate(slices, axis=-1)


def outputs(sizes: Sizes, window: Sizes, strides: Sizes, pads: Pairs, dilations: Sizes) -> list[int]:
    reaches = [(size - 1) * dilation + 1 for size, dilation in zip(window, dilations, strict=True)]
    spans = [size + sum(pair) - reach for size, pair, reach in zip(sizes, pads, reaches, strict=True)]
    return [max(0, span // stride + 1) for span, stride in zip(spans, strides, strict=True)]


def _cut(x: Any, rows: int, count: int, stride: int, reach: int, pad: tuple[int, int]) -> Any:
    """Images as ``count`` strips of what ``rows`` rows of outputs look at: ``[batch · count, rows, …]``."""
    step = rows * stride
    height = (rows - 1) * stride + reach  # of a strip; what it shares with the next is at most a step
    missing = (count + 1) * step - x.shape[1] - pad[0]
    x = lax.pad(x, jnp.zeros((), x.dtype), [(0, 0, 0), (pad[0], missing, 0), *[(0, 0, 0)] * (x.ndim - 2)])
    strips = x[:, :-step].reshape(x.shape[0], count, step, *x.shape[2:])
    if height > step:
        following = x[:, step:].reshape(strips.shape)[:, :, : height - step]
        strips = jnp.concatenate([strips, following], axis=2)
    return strips[:, :, :height].reshape(-1, height, *x.shape[2:])


def in_blocks(block: Any, x: Any, size: int) -> Any:
    """``block`` of the items of ``x``, about ``size`` at a time."""
    block = jax.checkpoint(block, prevent_cse=False)
    total = x.shape[0]
    count = -(-total // size)
    if count <= 1:
        return block(x)
    size = -(-total // count)
    short = count * size - total
    if short:
        x = jnp.pad(x, [(0, short), *[(0, 0)] * (x.ndim - 1)])
    out = lax.map(block, x.reshape(count, size, *x.shape[1:]))
    return out.reshape(count * size, *out.shape[2:])[:total]
