"""The one function through which every convolution passes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp

from kerax.nn import _patches, _taps
from kerax.nn._windows import invalid, merge_batches, pads, spatial


def convolve(
    x: Any,
    kernel: Any,
    strides: Sequence[int],
    padding: Any,
    dilations: Sequence[int],
    channels_last: bool = True,
    groups: int | None = None,
    by_xla: bool = False,
) -> Any:
    """A convolution (a correlation, as everywhere in TensorFlow).

    Args:
      x: array ``[batch, *spatial, channels]`` or ``[batch, channels, *spatial]``, one batch dimension.
      kernel: array ``[*window, channels / groups, filters]``.
      strides: steps per spatial dimension.
      padding: "SAME", "VALID" or pairs per spatial dimension.
      dilations: distances of the kernel's elements per spatial dimension.
      channels_last: bool.
      groups: int, by default as many as the kernel's depth tells.
      by_xla: bool, whether XLA is to make it, and nothing else.

    Returns:
      array ``[batch, *spatial, filters]`` or ``[batch, filters, *spatial]``.

    Raises:
      InvalidArgumentError: channels that do not fit the kernel.
    """
    rank = kernel.ndim - 2
    channels = x.shape[-1 if channels_last else 1]
    depth, filters = kernel.shape[-2:]
    if 0 in kernel.shape:
        raise invalid(f"filter must not have zero elements (i.e. all dimensions must be non-zero): {kernel.shape}")
    if groups is None:
        groups = channels // depth
        if channels % depth:
            raise invalid(f"input depth must be evenly divisible by filter depth: {channels} vs {depth}")
    if groups == 0 or filters % groups:
        raise invalid(f"output depth must be evenly divisible by number of groups: {filters} vs {groups}")
    found = pads(spatial(x.shape, channels_last), kernel.shape[:rank], strides, dilations, padding)
    steps = tuple(strides), tuple(map(tuple, found)), tuple(dilations)
    if (groups == 1 or (depth == 1 and groups == channels)) and not by_xla:
        last = x if channels_last else jnp.moveaxis(x, 1, -1)
        if groups == 1:
            out = _patches.convolve(last, kernel, *steps)
        else:
            out = _taps.convolve(last, kernel.reshape(*kernel.shape[:rank], channels, filters // channels), *steps)
        if out is not None:
            return out if channels_last else jnp.moveaxis(out, -1, 1)
    return _patches.by_xla(x, kernel, *steps, channels_last, groups)


def convolve_any_batch(x: Any, kernel: Any, strides: Any, padding: Any, dilations: Any, channels_last: bool) -> Any:
    """``convolve`` of an array with several batch dimensions."""
    rank = len(strides)
    if kernel.ndim != rank + 2 or x.ndim < rank + 2:
        raise invalid(
            f"convolution input and filter must be {rank + 2}-dimensional: {list(x.shape)}, {list(kernel.shape)}"
        )
    if x.dtype.kind in "biu" and x.dtype != jnp.int32:
        raise invalid(
            f"Value for attr 'T' of {x.dtype.name} is not in the list of allowed values: half, bfloat16, float, "
            "double, int32"
        )
    merged, batches = merge_batches(x, rank)
    out = convolve(merged, kernel, strides, padding, dilations, channels_last)
    return out if len(batches) == 1 else out.reshape((*batches, *out.shape[1:]))


def input_gradient(
    shape: Sequence[int], kernel: Any, out: Any, strides: Any, padding: Any, dilations: Any, channels_last: bool = True
) -> Any:
    """The transpose of ``convolve`` in its input: from an array like its output to one of shape ``shape``.

    Raises:
      InvalidArgumentError: ``out`` is not of the shape that the convolution gives.
    """
    if len(shape) != out.ndim:
        raise invalid(f"input_sizes must be a list of {out.ndim} sizes. Received: {list(shape)}")
    if out.dtype.kind in "iu":
        exact = input_gradient(
            shape, kernel.astype(jnp.float64), out.astype(jnp.float64), strides, padding, dilations, channels_last
        )
        return exact.astype(out.dtype)

    def forward(x: Any) -> Any:
        return convolve(x, kernel, strides, padding, dilations, channels_last, by_xla=max(strides) == 1)

    start = jax.ShapeDtypeStruct(tuple(shape), out.dtype)
    expected = jax.eval_shape(forward, start).shape
    if expected != out.shape:
        raise invalid(
            f"Conv2DSlowBackpropInput: Size of out_backprop doesn't match computed: actual = {list(out.shape)}, "
            f"expected = {list(expected)}"
        )
    return jax.vjp(forward, jnp.zeros(start.shape, start.dtype))[1](out)[0]


def kernel_gradient(
    x: Any, shape: Sequence[int], out: Any, strides: Any, padding: Any, dilations: Any, channels_last: bool = True
) -> Any:
    """The transpose of ``convolve`` in its kernel: from an array like its output to a kernel of shape ``shape``."""

    def forward(kernel: Any) -> Any:
        return convolve(x, kernel, strides, padding, dilations, channels_last, by_xla=True)

    start = jax.ShapeDtypeStruct(tuple(shape), out.dtype)
    expected = jax.eval_shape(forward, start).shape
    if expected != out.shape:
        raise invalid(
            f"Conv2DSlowBackpropFilter: Size of out_backprop doesn't match computed: actual = {list(out.shape)}, "
            f"expected = {list(expected)}"
        )
    return jax.linear_transpose(forward, start)(out)[0]


def depthwise(x: Any, kernel: Any, strides: Any, padding: Any, dilations: Any, channels_last: bool = True) -> Any:
    """A convolution of each channel by itself.

    Args:
      x: array ``[batch, *spatial, channels]`` (or channels first).
      kernel: array ``[*window, channels, multiplier]``.
      strides, padding, dilations, channels_last: as for ``convolve``.

    Returns:
      array with ``channels · multiplier`` channels, those of one input channel side by side.

    Raises:
      InvalidArgumentError: the kernel is for another number of channels.
    """
    channels = x.shape[-1 if channels_last else 1]
    if kernel.shape[-2] != channels:
        raise invalid(f"input and filter must have the same depth: {channels} vs {kernel.shape[-2]}")
    folded = kernel.reshape((*kernel.shape[:-2], 1, kernel.shape[-2] * kernel.shape[-1]))
    return convolve(x, folded, strides, padding, dilations, channels_last, groups=channels)
