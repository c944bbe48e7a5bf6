"""Depthwise convolutions as sums of shifted images, for CPUs.

XLA's CPU backend takes some nanoseconds for every product of a depthwise convolution, and as long again for each
gradient. Here an element of the window is one product of the shifted images with a row of factors, which becomes a
vectorised loop. The batch is cut into blocks that stay in a processor's cache; ``jax.checkpoint`` lets the backward
pass shift the images again rather than keep them. (A 3×3 convolution of 32×56×56×64 with both gradients, milliseconds
before and after: 365 and 53, with stride 2 291 and 28.)
"""

from __future__ import annotations

import functools
import itertools
import math
from typing import Any

import jax.numpy as jnp
from jax import lax

from kerax.nn._patches import Pairs, Sizes, in_blocks, is_for_cpu, outputs

_LEAST = 1 << 17  # products from which on it gains more than it costs to compile
_BLOCK = 1 << 20  # bytes of images that are worked on at a time
_UNROLLED = 9  # elements of a window that become one loop; of larger ones, each line of elements is one


def convolve(x: Any, kernel: Any, strides: Sizes, pads: Pairs, dilations: Sizes) -> Any | None:
    """A depthwise convolution by whatever is fastest on a CPU, None where that is not known to beat XLA's own.

    Args:
      x, strides, pads, dilations: as for ``_patches.convolve``.
      kernel: array ``[*window, channels, multiplier]``.

    Returns:
      array ``[batch, *spatial, channels · multiplier]``.
    """
    window = kernel.shape[:-2]
    sizes = outputs(x.shape[1:-1], window, strides, pads, dilations)
    if not is_for_cpu(x, kernel, pads) or x.shape[0] * math.prod(sizes) * kernel.size < _LEAST:
        return None
    filters = math.prod(kernel.shape[-2:])

    def share(images: Any, tap: Sizes, factors: Any) -> Any:
        """What one element of the window adds."""
        seen = _seen_at(images, tap, sizes, strides, dilations)
        if factors.shape[-1] == 1:
            return seen * factors[:, 0]
        return (seen[..., None] * factors).reshape(*seen.shape[:-1], filters)

    def block(images: Any) -> Any:
        images = jnp.pad(images, [(0, 0), *pads, (0, 0)])
        if math.prod(window) <= _UNROLLED:
            return functools.reduce(jnp.add, [share(images, tap, kernel[tap]) for tap in _taps(window)])
        height = (sizes[0] - 1) * strides[0] + 1

        def line(total: Any, given: tuple[Any, Any]) -> tuple[Any, None]:
            index, factors = given
            part = lax.dynamic_slice_in_dim(images, index * dilations[0], height, axis=1)
            return sum((share(part, (0, *tap), factors[tap]) for tap in _taps(window[1:])), total), None

        start = jnp.zeros((images.shape[0], *sizes, filters), images.dtype)
        return lax.scan(line, start, (jnp.arange(window[0]), kernel))[0]

    return in_blocks(block, x, max(1, _BLOCK // (x.dtype.itemsize * math.prod(x.shape[1:]))))


def _taps(window: Sizes) -> Any:
    return itertools.product(*map(range, window))


def _seen_at(x: Any, tap: Sizes, sizes: Sizes, strides: Sizes, dilations: Sizes) -> Any:
    """What one element of the window meets, at so many positions."""
    starts = [at * dilation for at, dilation in zip(tap, dilations, strict=True)]
    ends = [start + (n - 1) * step + 1 for start, n, step in zip(starts, sizes, strides, strict=True)]
    return lax.slice(x, [0, *starts, 0], [x.shape[0], *ends, x.shape[-1]], [1, *strides, 1])
