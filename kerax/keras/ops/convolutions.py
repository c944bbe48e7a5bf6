"""Convolutions and pooling of ``keras.ops``."""

from __future__ import annotations

import math
from typing import Any

import jax.numpy as jnp

import kerax.array_ops as tf
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.promotion import dtype_name
from kerax.keras.engine.settings import standardize_data_format
from kerax.keras.ops._public import composed, op
from kerax.nn import _pool
from kerax.nn._convolve import convolve, depthwise, input_gradient
from kerax.nn._windows import spatial


def _per_axis(value: Any, rank: int, name: str) -> tuple[int, ...]:
    """An int for all spatial axes, or one for each, as a tuple."""
    if isinstance(value, int):
        return (value,) * rank
    found = tuple(int(item) for item in value)
    if len(found) == 1:
        found *= rank
    if len(found) != rank:
        raise ValueError(f"The `{name}` argument must be an int or a tuple of {rank} ints. Received: {name}={value}")
    return found


def _padding(padding: Any, allowed: tuple[str, ...] = ("valid", "same")) -> str:
    word = padding.lower() if isinstance(padding, str) else padding
    if word not in allowed:
        raise ValueError(f"`padding` must be one of {allowed}. Received: padding={padding}")
    return word.upper()


def _inputs(inputs: Any, data_format: Any) -> tuple[Any, int, bool]:
    """The input, its number of spatial axes, and whether channels come last."""
    inputs = to_tensor(inputs)
    rank = len(inputs.shape) - 2
    if rank not in (1, 2, 3):
        raise ValueError(f"Input rank not supported: {rank + 2}. Expected values are [3, 4, 5]")
    return inputs, rank, standardize_data_format(data_format) == "channels_last"


def _one_dtype(*values: Any) -> list[Any]:
    """Tensors of one dtype: where one is an array or list, the first tensor's."""
    first = values[0]
    return [first, *(to_tensor(value, dtype_name(first)) for value in values[1:])]


def _not_empty(out: Any, inputs: Any) -> Any:
    if 0 in tuple(out.shape) and 0 not in tuple(inputs.shape):
        raise ValueError(
            f"The convolution operation resulted in an empty output. Output shape: {out.shape}. This can happen if the "
            "input is too small for the given kernel size, strides, dilation rate, and padding mode. Please check the "
            "input shape and convolution parameters."
        )
    return out


# --- convolutions -------------------------------------------------------------------------------------------------
@op("inputs, kernel")
def _convolution(inputs: Any, kernel: Any, strides: Any, padding: Any, dilations: Any, last: Any) -> Any:
    return convolve(inputs, kernel, strides, padding, dilations, last)


@op("inputs, kernel")
def _depthwise(inputs: Any, kernel: Any, strides: Any, padding: Any, dilations: Any, last: Any) -> Any:
    return depthwise(inputs, kernel, strides, padding, dilations, last)


@op("inputs, kernel")
def _transposed(inputs: Any, kernel: Any, shape: Any, strides: Any, padding: Any, dilations: Any, last: Any) -> Any:
    return input_gradient(shape, kernel, inputs, strides, padding, dilations, last)


@composed
def conv(inputs, kernel, strides=1, padding="valid", data_format=None, dilation_rate=1):
    """A convolution over 1, 2 or 3 spatial axes.

    Args:
      inputs: tensor ``[batch, *spatial, channels]``, or channels first.
      kernel: tensor ``[*window, channels / groups, filters]``.
      strides: int, or one for each spatial axis.
      padding: "valid" or "same".
      data_format: "channels_last" or "channels_first".
      dilation_rate: int, or one for each spatial axis: distances of the kernel's elements.

    Returns:
      Tensor ``[batch, *spatial, filters]``, or channels first.

    Raises:
      ValueError: nothing is left of the input.

    >>> import kerax as tf
    >>> tf.keras.ops.conv(tf.ones((1, 4, 1)), tf.ones((2, 1, 3))).shape
    TensorShape([1, 3, 3])
    """
    inputs, rank, last = _inputs(inputs, data_format)
    inputs, kernel = _one_dtype(inputs, kernel)
    strides, dilations = _per_axis(strides, rank, "strides"), _per_axis(dilation_rate, rank, "dilation_rate")
    return _not_empty(_convolution(inputs, kernel, strides, _padding(padding), dilations, last), inputs)


def _check_depth(inputs: Any, kernel: Any, last: bool) -> None:
    channels = inputs.shape[-1 if last else 1]
    if channels != kernel.shape[-2]:
        raise ValueError(
            "The number of input channels must match the kernel's. "
            f"Received: inputs.shape={inputs.shape}, kernel.shape={kernel.shape}"
        )


@composed
def depthwise_conv(inputs, kernel, strides=1, padding="valid", data_format=None, dilation_rate=1):
    """A convolution of each channel by itself, over 1 or 2 spatial axes.

    Args:
      inputs: tensor ``[batch, *spatial, channels]``, or channels first.
      kernel: tensor ``[*window, channels, multiplier]``.
      strides: int, or one for each spatial axis.
      padding: "valid" or "same".
      data_format: "channels_last" or "channels_first".
      dilation_rate: int, or one for each spatial axis.

    Returns:
      Tensor ``[batch, *spatial, channels * multiplier]``, or channels first.

    Raises:
      ValueError: another rank.

    >>> import kerax as tf
    >>> tf.keras.ops.depthwise_conv(tf.ones((1, 4, 2)), tf.ones((2, 2, 3))).shape
    TensorShape([1, 3, 6])
    """
    inputs, rank, last = _inputs(inputs, data_format)
    if rank > 2:
        raise ValueError(f"`inputs` rank must be 3 (1D conv) or 4 (2D conv). Received: {rank + 2}.")
    inputs, kernel = _one_dtype(inputs, kernel)
    _check_depth(inputs, kernel, last)
    strides, dilations = _per_axis(strides, rank, "strides"), _per_axis(dilation_rate, rank, "dilation_rate")
    return _depthwise(inputs, kernel, strides, _padding(padding), dilations, last)


@composed
def separable_conv(
    inputs, depthwise_kernel, pointwise_kernel, strides=1, padding="valid", data_format=None, dilation_rate=1
):
    """A convolution of each channel by itself, then one that mixes the channels of each place.

    Args:
      inputs: tensor ``[batch, *spatial, channels]``, or channels first.
      depthwise_kernel: tensor ``[*window, channels, multiplier]``.
      pointwise_kernel: tensor ``[*ones, channels * multiplier, filters]``.
      strides: int, or one for each spatial axis.
      padding: "valid" or "same".
      data_format: "channels_last" or "channels_first".
      dilation_rate: int, or one for each spatial axis.

    Returns:
      Tensor ``[batch, *spatial, filters]``, or channels first.

    >>> import kerax as tf
    >>> tf.keras.ops.separable_conv(tf.ones((1, 4, 2)), tf.ones((2, 2, 1)), tf.ones((1, 2, 5))).shape
    TensorShape([1, 3, 5])
    """
    inputs, rank, last = _inputs(inputs, data_format)
    if rank > 2:
        raise ValueError(f"`num_spatial_dims` must be 1 or 2. Received: num_spatial_dims={rank}.")
    inputs, first, second = _one_dtype(inputs, depthwise_kernel, pointwise_kernel)
    _check_depth(inputs, first, last)
    strides, dilations = _per_axis(strides, rank, "strides"), _per_axis(dilation_rate, rank, "dilation_rate")
    between = _depthwise(inputs, first, strides, _padding(padding), dilations, last)
    return _convolution(between, second, (1,) * rank, "VALID", (1,) * rank, last)


@composed
def conv_transpose(inputs, kernel, strides=1, padding="valid", output_padding=None, data_format=None, dilation_rate=1):
    """The transpose of a convolution over 1, 2 or 3 spatial axes.

    Args:
      inputs: tensor ``[batch, *spatial, channels]``, or channels first.
      kernel: tensor ``[*window, filters, channels]``.
      strides: int, or one for each spatial axis.
      padding: "valid" or "same".
      output_padding: int, or one for each spatial axis: what is added to the result's size; None for the least that
        the strides need.
      data_format: "channels_last" or "channels_first".
      dilation_rate: int, or one for each spatial axis.

    Returns:
      Tensor ``[batch, *spatial, filters]``, or channels first.

    >>> import kerax as tf
    >>> tf.keras.ops.conv_transpose(tf.ones((1, 3, 1)), tf.ones((2, 4, 1)), strides=2).shape
    TensorShape([1, 6, 4])
    """
    inputs, rank, last = _inputs(inputs, data_format)
    inputs, kernel = _one_dtype(inputs, kernel)
    channels = inputs.shape[-1 if last else 1]
    if channels != kernel.shape[-1]:
        raise ValueError(
            "The number of input channels must match the last axis of the kernel. "
            f"Received: inputs.shape={inputs.shape}, kernel.shape={kernel.shape}"
        )
    strides, dilations = _per_axis(strides, rank, "strides"), _per_axis(dilation_rate, rank, "dilation_rate")
    word = _padding(padding)
    extra = (None,) * rank if output_padding is None else _per_axis(output_padding, rank, "output_padding")
    sizes = []
    for size, window, step, rate, more in zip(
        spatial(tuple(inputs.shape), last), kernel.shape[:rank], strides, dilations, extra, strict=True
    ):
        reach = (window - 1) * rate + 1
        if word == "SAME":
            sizes.append(size * step if more is None else (size - 1) * step + reach % 2 + more)
        else:
            sizes.append((size - 1) * step + (max(reach, step) if more is None else reach + more))
    filters, batch = kernel.shape[-2], inputs.shape[0]
    shape = (batch, *sizes, filters) if last else (batch, filters, *sizes)
    return _transposed(inputs, kernel, shape, strides, word, dilations, last)


# --- pooling ------------------------------------------------------------------------------------------------------
@op("inputs")
def _pooled(inputs: Any, window: Any, strides: Any, padding: Any, last: Any, greatest: Any) -> Any:
    return (_pool.max_pool if greatest else _pool.avg_pool)(inputs, window, strides, padding, last)


def _pooling(inputs: Any, pool_size: Any, strides: Any, padding: Any, data_format: Any, greatest: bool) -> Any:
    inputs, rank, last = _inputs(inputs, data_format)
    window = _per_axis(pool_size, rank, "pool_size")
    steps = window if strides is None else _per_axis(strides, rank, "strides")
    return _pooled(inputs, window, steps, _padding(padding), last, greatest)


@composed
def max_pool(inputs, pool_size, strides=None, padding="valid", data_format=None):
    """The greatest value in each window.

    Args:
      inputs: tensor ``[batch, *spatial, channels]``, or channels first.
      pool_size: int, or one for each spatial axis.
      strides: int, or one for each spatial axis; ``pool_size`` by default.
      padding: "valid" or "same".
      data_format: "channels_last" or "channels_first".

    Returns:
      Tensor ``[batch, *spatial, channels]``, or channels first.

    >>> import kerax as tf
    >>> tf.keras.ops.max_pool(tf.reshape(tf.range(4.0), (1, 4, 1)), 2).numpy().ravel()
    array([1., 3.], dtype=float32)
    """
    return _pooling(inputs, pool_size, strides, padding, data_format, True)


@composed
def average_pool(inputs, pool_size, strides=None, padding="valid", data_format=None):
    """The mean of each window.

    Args:
      inputs: tensor ``[batch, *spatial, channels]``, or channels first.
      pool_size: int, or one for each spatial axis.
      strides: int, or one for each spatial axis; ``pool_size`` by default.
      padding: "valid" or "same"; what is added does not count.
      data_format: "channels_last" or "channels_first".

    Returns:
      Tensor ``[batch, *spatial, channels]``, or channels first.

    >>> import kerax as tf
    >>> tf.keras.ops.average_pool(tf.reshape(tf.range(4.0), (1, 4, 1)), 2).numpy().ravel()
    array([0.5, 2.5], dtype=float32)
    """
    return _pooling(inputs, pool_size, strides, padding, data_format, False)


@op("inputs")
def _adaptive(inputs: Any, sizes: Any, last: Any, greatest: Any) -> Any:
    reduce = jnp.max if greatest else jnp.mean
    for number, size in enumerate(sizes):
        axis = number + (1 if last else 2)
        length = inputs.shape[axis]
        parts = []
        for i in range(size):
            start, stop = i * length // size, -(-(i + 1) * length // size)
            window = jnp.take(inputs, jnp.arange(start, stop), axis=axis)
            parts.append(reduce(window, axis=axis, keepdims=True))
        inputs = jnp.concatenate(parts, axis=axis)
    return inputs


def _adapted(inputs: Any, output_size: Any, data_format: Any, greatest: bool) -> Any:
    inputs = to_tensor(inputs)
    rank = len(inputs.shape) - 2
    if rank not in (1, 2, 3):
        raise ValueError("adaptive pooling supports 1D, 2D, or 3D inputs only.")
    last = standardize_data_format(data_format) == "channels_last"
    return _adaptive(inputs, _per_axis(output_size, rank, "output_size"), last, greatest)


@composed
def adaptive_average_pool(inputs, output_size, data_format=None):
    """The means of as many windows of nearly equal size as wanted.

    Args:
      inputs: tensor ``[batch, *spatial, channels]``, or channels first.
      output_size: int, or one for each spatial axis.
      data_format: "channels_last" or "channels_first".

    Returns:
      Tensor ``[batch, *output_size, channels]``, or channels first.

    >>> import kerax as tf
    >>> tf.keras.ops.adaptive_average_pool(tf.reshape(tf.range(4.0), (1, 4, 1)), 2).numpy().ravel()
    array([0.5, 2.5], dtype=float32)
    """
    return _adapted(inputs, output_size, data_format, False)


@composed
def adaptive_max_pool(inputs, output_size, data_format=None):
    """The greatest values of as many windows of nearly equal size as wanted.

    Args:
      inputs: tensor ``[batch, *spatial, channels]``, or channels first.
      output_size: int, or one for each spatial axis.
      data_format: "channels_last" or "channels_first".

    Returns:
      Tensor ``[batch, *output_size, channels]``, or channels first.

    >>> import kerax as tf
    >>> tf.keras.ops.adaptive_max_pool(tf.reshape(tf.range(4.0), (1, 4, 1)), 2).numpy().ravel()
    array([1., 3.], dtype=float32)
    """
    return _adapted(inputs, output_size, data_format, True)


# --- blocks -------------------------------------------------------------------------------------------------------
def _pair(value: Any) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else tuple(value)


@op("x")
def _unfold(x: Any, window: Any, dilation: Any, padding: Any, stride: Any) -> Any:
    batch, channels = x.shape[:2]
    x = jnp.pad(x, ((0, 0), (0, 0), (padding[0],) * 2, (padding[1],) * 2))
    places = [_places(x.shape[2 + i], window[i], dilation[i], stride[i]) for i in range(2)]
    blocks = x[:, :, places[0][:, None, :, None], places[1][None, :, None, :]]
    return blocks.reshape(batch, channels * window[0] * window[1], -1)


def _places(length: int, window: int, dilation: int, stride: int) -> Any:
    """``[window, blocks]``: which elements of an axis each block holds."""
    count = (length - dilation * (window - 1) - 1) // stride + 1
    return jnp.arange(window)[:, None] * dilation + jnp.arange(count)[None, :] * stride


@composed
def unfold(x, kernel_size, dilation=1, padding=0, stride=1):
    """The sliding blocks of images as columns.

    Args:
      x: tensor ``[batch, channels, height, width]``.
      kernel_size: int or pair, a block's size.
      dilation: int or pair, distances of a block's elements.
      padding: int or pair, zeros added around the images.
      stride: int or pair, distances of blocks.

    Returns:
      Tensor ``[batch, channels * block size, blocks]``.

    Raises:
      ValueError: another rank.

    >>> import kerax as tf
    >>> tf.keras.ops.unfold(tf.ones((1, 2, 3, 3)), 2).shape
    TensorShape([1, 8, 4])
    """
    x = to_tensor(x)
    if len(x.shape) != 4:
        raise ValueError(f"Input must be a 4D tensor. Received: input.shape={x.shape}")
    return _unfold(x, _pair(kernel_size), _pair(dilation), _pair(padding), _pair(stride))


@op("x")
def _fold(x: Any, size: Any, window: Any, dilation: Any, padding: Any, stride: Any) -> Any:
    batch, channels = x.shape[0], x.shape[1] // math.prod(window)
    full = [size[i] + 2 * padding[i] for i in range(2)]
    places = [_places(full[i], window[i], dilation[i], stride[i]) for i in range(2)]
    blocks = x.reshape(batch, channels, *window, places[0].shape[1], places[1].shape[1])
    out = jnp.zeros((batch, channels, *full), x.dtype)
    out = out.at[:, :, places[0][:, None, :, None], places[1][None, :, None, :]].add(blocks)
    return out[:, :, padding[0] : full[0] - padding[0], padding[1] : full[1] - padding[1]]


@composed
def fold(x, output_size, kernel_size, dilation=1, padding=0, stride=1):
    """Images from their sliding blocks; where blocks overlap they are summed.

    Args:
      x: tensor ``[batch, channels * block size, blocks]``.
      output_size: int or pair, the images' size.
      kernel_size: int or pair, a block's size.
      dilation: int or pair, distances of a block's elements.
      padding: int or pair, zeros that were added around the images.
      stride: int or pair, distances of blocks.

    Returns:
      Tensor ``[batch, channels, height, width]``.

    Raises:
      ValueError: another rank.

    >>> import kerax as tf
    >>> tf.keras.ops.fold(tf.ones((1, 8, 4)), 3, 2).shape
    TensorShape([1, 2, 3, 3])
    """
    x = to_tensor(x)
    if len(x.shape) != 3:
        raise ValueError(f"Input must be a 3D tensor. Received: input.shape={x.shape}")
    return _fold(x, _pair(output_size), _pair(kernel_size), _pair(dilation), _pair(padding), _pair(stride))


def _last(function: Any, x: Any, block_size: int, data_format: str) -> Any:
    x = to_tensor(x)
    if data_format not in ("channels_last", "channels_first"):
        raise ValueError(
            f"`data_format` must be 'channels_last' or 'channels_first'. Received: data_format={data_format}"
        )
    if data_format == "channels_last":
        return function(x, block_size)
    return tf.transpose(function(tf.transpose(x, [0, 2, 3, 1]), block_size), [0, 3, 1, 2])


def _check_block(size: int) -> None:
    if size < 2:
        raise ValueError(f"`block_size` must be at least 2. Received: block_size={size}")


@composed
def depth_to_space(x, block_size, data_format="channels_last"):
    """Channels as blocks of pixels.

    Args:
      x: tensor ``[batch, height, width, channels]``, or channels first.
      block_size: int, a block's height and width.
      data_format: "channels_last" or "channels_first".

    Returns:
      Tensor with fewer channels, larger in height and width.

    Raises:
      ValueError: a block smaller than 2.

    >>> import kerax as tf
    >>> tf.keras.ops.depth_to_space(tf.ones((1, 1, 1, 4)), 2).shape
    TensorShape([1, 2, 2, 1])
    """
    _check_block(block_size)
    return _last(tf.depth_to_space, x, block_size, data_format)


@composed
def space_to_depth(x, block_size, data_format="channels_last"):
    """Blocks of pixels as channels.

    Args:
      x: tensor ``[batch, height, width, channels]``, or channels first.
      block_size: int, a block's height and width.
      data_format: "channels_last" or "channels_first".

    Returns:
      Tensor with more channels, smaller in height and width.

    Raises:
      ValueError: a block smaller than 2.

    >>> import kerax as tf
    >>> tf.keras.ops.space_to_depth(tf.ones((1, 2, 2, 1)), 2).shape
    TensorShape([1, 1, 1, 4])
    """
    _check_block(block_size)
    return _last(tf.space_to_depth, x, block_size, data_format)
