"""Keras 2's ``K`` functions with windows: convolutions, pooling, locally connected products."""

from __future__ import annotations

import itertools
from typing import Any

import kerax.array_ops as tf
from kerax import linalg
from kerax.keras.engine.settings import standardize_data_format
from kerax.keras.ops import convolutions as windows


def _padding(padding: str, causal: bool = False) -> str:
    allowed = ("same", "valid", "causal") if causal else ("same", "valid")
    if padding not in allowed:
        raise ValueError(f"Invalid padding: {padding}")
    return padding


def conv1d(
    x: Any, kernel: Any, strides: Any = 1, padding: str = "valid", data_format: Any = None, dilation_rate: Any = 1
) -> Any:
    """A convolution over one axis; "causal" padding comes before the first step."""
    if _padding(padding, causal=True) == "causal":
        rate = dilation_rate if isinstance(dilation_rate, int) else dilation_rate[0]
        first = standardize_data_format(data_format) == "channels_first"
        before = [[rate * (kernel.shape[0] - 1), 0]]
        x = tf.pad(x, [[0, 0], [0, 0], *before] if first else [[0, 0], *before, [0, 0]])
        padding = "valid"
    return windows.conv(x, kernel, strides, padding, data_format, dilation_rate)


def conv2d(
    x: Any,
    kernel: Any,
    strides: Any = (1, 1),
    padding: str = "valid",
    data_format: Any = None,
    dilation_rate: Any = (1, 1),
) -> Any:
    """A convolution over two axes."""
    return windows.conv(x, kernel, strides, _padding(padding), data_format, dilation_rate)


def conv3d(
    x: Any,
    kernel: Any,
    strides: Any = (1, 1, 1),
    padding: str = "valid",
    data_format: Any = None,
    dilation_rate: Any = (1, 1, 1),
) -> Any:
    """A convolution over three axes."""
    return windows.conv(x, kernel, strides, _padding(padding), data_format, dilation_rate)


def conv2d_transpose(
    x: Any,
    kernel: Any,
    output_shape: Any,
    strides: Any = (1, 1),
    padding: str = "valid",
    data_format: Any = None,
    dilation_rate: Any = (1, 1),
) -> Any:
    """The transpose of a convolution over two axes, to a given shape."""
    from kerax import nn

    first = standardize_data_format(data_format) == "channels_first"
    _padding(padding)
    batch = x.shape[0] if output_shape[0] is None else output_shape[0]
    return nn.conv2d_transpose(
        x,
        kernel,
        (batch, *(int(size) for size in output_shape[1:])),
        strides,
        padding=padding.upper(),
        data_format="NCHW" if first else "NHWC",
        dilations=dilation_rate,
    )


def depthwise_conv2d(
    x: Any,
    depthwise_kernel: Any,
    strides: Any = (1, 1),
    padding: str = "valid",
    data_format: Any = None,
    dilation_rate: Any = (1, 1),
) -> Any:
    """A convolution of each channel by itself."""
    return windows.depthwise_conv(x, depthwise_kernel, strides, _padding(padding), data_format, dilation_rate)


def separable_conv2d(
    x: Any,
    depthwise_kernel: Any,
    pointwise_kernel: Any,
    strides: Any = (1, 1),
    padding: str = "valid",
    data_format: Any = None,
    dilation_rate: Any = (1, 1),
) -> Any:
    """A convolution of each channel by itself, then one that mixes the channels of each place."""
    if len(strides) != 2:
        raise ValueError("`strides` must be a tuple of 2 integers.")
    return windows.separable_conv(
        x, depthwise_kernel, pointwise_kernel, tuple(strides), _padding(padding), data_format, dilation_rate
    )


def _pooled(x: Any, pool_size: Any, strides: Any, padding: str, data_format: Any, pool_mode: str, rank: int) -> Any:
    if pool_mode not in ("max", "avg"):
        raise ValueError(f"Invalid pooling mode: {pool_mode}")
    if len(pool_size) != rank or len(strides) != rank:
        raise ValueError(f"`pool_size` and `strides` must be tuples of {rank} integers.")
    function = windows.max_pool if pool_mode == "max" else windows.average_pool
    return function(x, pool_size, strides, _padding(padding), data_format)


def pool2d(
    x: Any,
    pool_size: Any,
    strides: Any = (1, 1),
    padding: str = "valid",
    data_format: Any = None,
    pool_mode: str = "max",
) -> Any:
    """The greatest value, or the mean ("avg"), of each window of images."""
    return _pooled(x, pool_size, strides, padding, data_format, pool_mode, 2)


def pool3d(
    x: Any,
    pool_size: Any,
    strides: Any = (1, 1, 1),
    padding: str = "valid",
    data_format: Any = None,
    pool_mode: str = "max",
) -> Any:
    """The greatest value, or the mean ("avg"), of each window of volumes."""
    return _pooled(x, pool_size, strides, padding, data_format, pool_mode, 3)


def local_conv(
    inputs: Any, kernel: Any, kernel_size: Any, strides: Any, output_shape: Any, data_format: Any = None
) -> Any:
    """A convolution with weights of its own at each place.

    Args:
      inputs: tensor ``[batch, *spatial, channels]``, or channels first.
      kernel: tensor ``[places, window * channels, filters]``.
      kernel_size, strides, output_shape: ints for each spatial axis.
      data_format: "channels_last" or "channels_first".
    """
    first = standardize_data_format(data_format) == "channels_first"
    patches = []
    for position in itertools.product(*(range(size) for size in output_shape)):
        spatial = [
            slice(place * step, place * step + size)
            for place, step, size in zip(position, strides, kernel_size, strict=True)
        ]
        key = (slice(None), slice(None), *spatial) if first else (slice(None), *spatial, slice(None))
        patches.append(tf.reshape(inputs[key], (-1, int(kernel.shape[1]))))
    found = linalg.einsum("nbf,nfo->bno", tf.stack(patches), kernel)
    found = tf.reshape(found, (-1, *output_shape, int(kernel.shape[-1])))
    rank = len(output_shape)
    return tf.transpose(found, [0, rank + 1, *range(1, rank + 1)]) if first else found


def local_conv1d(inputs: Any, kernel: Any, kernel_size: Any, strides: Any, data_format: Any = None) -> Any:
    """``local_conv`` over one axis."""
    return local_conv(inputs, kernel, kernel_size, strides, (int(kernel.shape[0]),), data_format)


def local_conv2d(
    inputs: Any, kernel: Any, kernel_size: Any, strides: Any, output_shape: Any, data_format: Any = None
) -> Any:
    """``local_conv`` over two axes."""
    return local_conv(inputs, kernel, kernel_size, strides, output_shape, data_format)
