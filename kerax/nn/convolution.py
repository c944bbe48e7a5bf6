"""Convolutions: over one, two and three dimensions, per channel, and separable ones."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from kerax.core.op import composed, op
from kerax.core.tensor import convert_to_tensor
from kerax.nn._convolve import convolve_any_batch
from kerax.nn._convolve import depthwise as convolve_depthwise
from kerax.nn._windows import channels_are_last, explicit_padding, invalid, sequence


def read_windows(
    rank: int, strides: Any, padding: Any, data_format: Any, dilations: Any, more: tuple[str, ...] = ()
) -> tuple[tuple[int, ...], Any, tuple[int, ...], bool]:
    """(strides, padding, dilations, channels_last) of TensorFlow's arguments."""
    last = channels_are_last(data_format, rank, more)
    steps = sequence(strides, rank, last, "strides")
    rates = sequence(dilations, rank, last, "dilations")
    pairs = explicit_padding(padding, rank, last)
    return steps, padding if pairs is None else pairs, rates, last


@op("input, filters", name="Conv2D")
def conv1d(input, filters, stride, padding, data_format="NWC", dilations=None, name=None):
    """A convolution over one dimension: ``out[b, t, o] = Σ_{w, c} in[b, t·stride + w·dilation, c] · filters[w, c, o]``.

    Args:
      input: tensor ``[..., time, channels]`` (or ``[..., channels, time]`` for "NCW"), float16, bfloat16, float32,
        float64 or int32.
      filters: tensor ``[width, channels / groups, out_channels]`` of the same dtype.
      stride: int, or a list of 1 or 3 ints.
      padding: "SAME", "VALID", or pairs ``[[0, 0], [left, right], [0, 0]]``.
      data_format: "NWC" or "NCW".
      dilations: int, or a list of 1 or 3 ints.
      name: str, optional.

    Returns:
      Tensor ``[..., out_time, out_channels]``.

    Raises:
      InvalidArgumentError: shapes that do not fit (ValueError inside ``tf.function``).

    >>> import kerax as tf
    >>> tf.nn.conv1d([[[1.], [2.], [3.]]], [[[1.]], [[1.]]], 1, "VALID").numpy().ravel()
    array([3., 5.], dtype=float32)
    """
    if data_format not in (None, "NWC", "NCW", "NHWC", "NCHW"):
        raise ValueError(f"`data_format` must be 'NWC' or 'NCW'. Received: data_format={data_format}")
    windows = read_windows(1, stride, padding, data_format, dilations, ("NHWC", "NCHW"))
    return convolve_any_batch(input, filters, *windows)


@op("input, filters", name="Conv2D")
def conv2d(input, filters, strides, padding, data_format="NHWC", dilations=None, name=None):
    """A convolution over two dimensions.

    ``out[b, i, j, o] = Σ_{y, x, c} in[b, i·s_y + y·d_y, j·s_x + x·d_x, c] · filters[y, x, c, o]``

    Args:
      input: tensor ``[..., height, width, channels]`` (or channels before height for "NCHW"), float16, bfloat16,
        float32, float64 or int32; more batch dimensions than one are kept.
      filters: tensor ``[height, width, channels / groups, out_channels]`` of the same dtype.
      strides: int, or a list of 1, 2 or 4 ints.
      padding: "SAME", "VALID", or pairs for all four dimensions.
      data_format: "NHWC" or "NCHW".
      dilations: int, or a list of 1, 2 or 4 ints.
      name: str, optional.

    Returns:
      Tensor ``[..., out_height, out_width, out_channels]``.

    Raises:
      InvalidArgumentError: shapes that do not fit (ValueError inside ``tf.function``).
      ValueError: strides, dilations or padding of a wrong length.

    Differs from TensorFlow: "NCHW" works on the CPU too.

    >>> import kerax as tf
    >>> tf.nn.conv2d(tf.ones((1, 3, 3, 1)), tf.ones((2, 2, 1, 1)), 1, "SAME").numpy()[0, :, :, 0]
    array([[4., 4., 2.],
           [4., 4., 2.],
           [2., 2., 1.]], dtype=float32)
    """
    return convolve_any_batch(input, filters, *read_windows(2, strides, padding, data_format, dilations))


@op("input, filters", name="Conv3D")
def conv3d(input, filters, strides, padding, data_format="NDHWC", dilations=None, name=None):
    """A convolution over three dimensions.

    Args:
      input: tensor ``[..., depth, height, width, channels]`` (or channels before depth for "NCDHW"), floating point.
      filters: tensor ``[depth, height, width, channels / groups, out_channels]`` of the same dtype.
      strides: list of 5 ints, the first and that of the channels 1.
      padding: "SAME" or "VALID".
      data_format: "NDHWC" or "NCDHW".
      dilations: list of 5 ints.
      name: str, optional.

    Returns:
      Tensor ``[..., out_depth, out_height, out_width, out_channels]``.

    Raises:
      TypeError: ``strides`` is no list.
      InvalidArgumentError: shapes that do not fit (ValueError inside ``tf.function``).

    >>> import kerax as tf
    >>> tf.nn.conv3d(tf.ones((1, 2, 2, 2, 1)), tf.ones((2, 2, 2, 1, 1)), [1] * 5, "VALID").numpy().ravel()
    array([8.], dtype=float32)
    """
    for label, value in (("strides", strides), ("dilations", dilations)):
        if value is not None and not isinstance(value, (tuple, list)):
            raise TypeError(f"Expected list for '{label}' argument to 'conv3d' Op, not {value}.")
        if value is not None and len(value) != 5:
            raise invalid(f"Sliding window {label} field must specify 5 dimensions. Received: {value}")
    if isinstance(padding, tuple):
        raise TypeError(f"Expected string for argument 'padding' not {padding}.")
    return convolve_any_batch(input, filters, *read_windows(3, strides, padding, data_format, dilations))


@op("input, filters", name="Convolution")
def convolution(input, filters, strides=None, padding="VALID", data_format=None, dilations=None, name=None):
    """A convolution over as many dimensions (1 to 3) as the filters have.

    Args:
      input: tensor ``[..., *spatial, channels]``, or ``[..., channels, *spatial]`` for data formats "NC…".
      filters: tensor ``[*window, channels / groups, out_channels]`` of the same dtype.
      strides: int or list of ints, by default 1; not together with ``dilations``.
      padding: "SAME", "VALID", or pairs for all dimensions.
      data_format: "NWC", "NCW", "NHWC", "NCHW", "NDHWC" or "NCDHW".
      dilations: int or list of ints, by default 1.
      name: str, optional.

    Returns:
      Tensor ``[..., *out_spatial, out_channels]``.

    Raises:
      ValueError: another number of dimensions; strides and dilations together.

    >>> import kerax as tf
    >>> tf.nn.convolution(tf.ones((1, 4, 1)), tf.ones((2, 1, 1)), dilations=2).numpy().ravel()
    array([2., 2.], dtype=float32)
    """
    rank = filters.ndim - 2
    if rank not in (1, 2, 3):
        raise ValueError(f"`num_spatial_dims` must be 1, 2, or 3. Received: num_spatial_dims={rank}.")
    more = ("NHWC", "NCHW") if rank == 1 else ()
    steps, pairs, rates, last = read_windows(rank, strides, padding, data_format, dilations, more)
    if max(steps) > 1 and max(rates) > 1:
        raise ValueError(
            "`strides > 1` not supported in conjunction with `dilation_rate > 1`. "
            f"Received: strides={steps} and dilation_rate={rates}"
        )
    return convolve_any_batch(input, filters, steps, pairs, rates, last)


@composed
def atrous_conv2d(value, filters, rate, padding, name=None):
    """A convolution whose filter has holes: its elements stand ``rate`` apart.

    Args:
      value: tensor ``[batch, height, width, channels]``.
      filters: tensor ``[height, width, channels, out_channels]`` of the same dtype.
      rate: positive int, or a pair.
      padding: "SAME" or "VALID".
      name: str, optional.

    Returns:
      Tensor ``[batch, out_height, out_width, out_channels]``.

    >>> import kerax as tf
    >>> tf.nn.atrous_conv2d(tf.ones((1, 3, 3, 1)), tf.ones((2, 2, 1, 1)), 2, "VALID").numpy().ravel()
    array([4.], dtype=float32)
    """
    rates = [int(item) for item in np.broadcast_to(np.asarray(rate), (2,))]
    if min(rates) < 1:
        raise ValueError(f"all values of `dilation_rate` must be positive. Received: dilation_rate={rates}")
    return convolution(value, filters, padding=padding, dilations=rates)


@op("input, filter: float int", name="DepthwiseConv2dNative")
def _depthwise_conv2d(input, filter, strides, padding, data_format, dilations, name=None):
    if input.ndim != 4 or filter.ndim != 4:
        raise invalid(f"input must be 4-dimensional: {list(input.shape)}, {list(filter.shape)}")
    return convolve_depthwise(input, filter, *read_windows(2, strides, padding, data_format, dilations))


@composed
def depthwise_conv2d(input, filter, strides, padding, data_format=None, dilations=None, name=None):
    """A convolution of each channel with filters of its own.

    ``out[b, i, j, c·m + q] = Σ_{y, x} in[b, i·s + y·d, j·s + x·d, c] · filter[y, x, c, q]``

    Args:
      input: tensor ``[batch, height, width, channels]``, or ``[batch, channels, height, width]`` for "NCHW".
      filter: tensor ``[height, width, channels, multiplier]`` of the same dtype.
      strides: list of 4 ints.
      padding: "SAME", "VALID", or pairs for all four dimensions.
      data_format: "NHWC" or "NCHW".
      dilations: pair of ints; not together with strides.
      name: str, optional.

    Returns:
      Tensor ``[batch, out_height, out_width, channels · multiplier]``.

    Raises:
      InvalidArgumentError: shapes that do not fit.

    >>> import kerax as tf
    >>> tf.nn.depthwise_conv2d(tf.ones((1, 2, 2, 2)), tf.ones((2, 2, 2, 1)), [1] * 4, "VALID").numpy().ravel()
    array([4., 4.], dtype=float32)
    """
    rates = [1, 1] if dilations is None or all(rate == 1 for rate in dilations) else list(dilations)
    if len(rates) != 2:
        raise ValueError(
            f"`len(dilation_rate)` should be 2. Received: dilation_rate={dilations} of length {len(rates)}"
        )
    if not isinstance(strides, (list, tuple)) or len(strides) != 4:
        raise invalid(f"Sliding window strides field must specify 4 dimensions. Received: strides={strides}")
    if max(rates) > 1 and any(stride != 1 for stride in strides):
        warnings.warn(
            "When dilation rate is greater than 1, then all values of strides must be 1. Received: "
            f"`dilation rate` {rates} and `strides` {strides}",
            stacklevel=3,
        )
    return _depthwise_conv2d(input, filter, strides, padding, data_format, rates)


@composed
def separable_conv2d(
    input, depthwise_filter, pointwise_filter, strides, padding, data_format=None, dilations=None, name=None
):
    """A convolution per channel, then one of window 1 that mixes the channels.

    Args:
      input: tensor ``[batch, height, width, channels]``, or ``[batch, channels, height, width]`` for "NCHW".
      depthwise_filter: tensor ``[height, width, channels, multiplier]``.
      pointwise_filter: tensor ``[1, 1, channels · multiplier, out_channels]``.
      strides: list of 4 ints.
      padding: "SAME", "VALID", or pairs for all four dimensions.
      data_format: "NHWC" or "NCHW".
      dilations: pair of ints; not together with strides.
      name: str, optional.

    Returns:
      Tensor ``[batch, out_height, out_width, out_channels]``.

    Raises:
      ValueError: the pointwise filter's window is not 1 by 1.

    >>> import kerax as tf
    >>> x, depthwise, pointwise = tf.ones((1, 2, 2, 2)), tf.ones((2, 2, 2, 1)), tf.ones((1, 1, 2, 1))
    >>> tf.nn.separable_conv2d(x, depthwise, pointwise, [1] * 4, "VALID").numpy().ravel()
    array([8.], dtype=float32)
    """
    shape = tuple(convert_to_tensor(pointwise_filter).shape)
    if len(shape) != 4:
        raise ValueError(f"Shape {shape} must have rank 4")
    if shape[:2] != (1, 1):
        raise ValueError(f"Dimensions {shape[:2]} and (1, 1) are not compatible")
    between = depthwise_conv2d(input, depthwise_filter, strides, padding, data_format, dilations)
    return conv2d(between, pointwise_filter, 1, "VALID", data_format)


@op("input, filter", name="Conv")
def conv(
    input,
    filter,
    strides,
    padding,
    explicit_paddings=(),
    data_format="CHANNELS_LAST",
    dilations=(),
    batch_dims=1,
    groups=1,
    name=None,
):
    """TensorFlow's raw op of a convolution over two or three dimensions.

    Args:
      input: tensor ``[*batches, *spatial, channels]``, or channels before the spatial dimensions.
      filter: tensor ``[*window, channels / groups, out_channels]`` of the same dtype.
      strides: list of ints, for all dimensions.
      padding: "SAME", "VALID" or "EXPLICIT".
      explicit_paddings: flat list of two ints per dimension, with "EXPLICIT".
      data_format: "CHANNELS_LAST" or "CHANNELS_FIRST".
      dilations: list of ints, for all dimensions; empty for ones.
      batch_dims: int, number of batch dimensions.
      groups: int, number of groups of channels; 1 takes it from the shapes.
      name: str, optional.

    Returns:
      Tensor ``[*batches, *out_spatial, out_channels]``.

    >>> import kerax as tf
    >>> tf.conv(tf.ones((1, 2, 2, 1)), tf.ones((2, 2, 1, 1)), [1, 1, 1, 1], "VALID").numpy().ravel()
    array([4.], dtype=float32)
    """
    rank = filter.ndim - 2
    if input.ndim != batch_dims + rank + 1:
        raise invalid(f"input of shape {list(input.shape)} does not have {batch_dims} batch dimensions")
    if data_format not in ("CHANNELS_LAST", "CHANNELS_FIRST"):
        raise invalid(f"Value for attr 'data_format' of \"{data_format}\" is not in the list of allowed values")
    last = data_format == "CHANNELS_LAST"
    if padding == "EXPLICIT":
        pairs = tuple(zip(explicit_paddings[::2], explicit_paddings[1::2], strict=True))
        padding = explicit_padding(pairs, rank, last)
    steps = sequence(strides[-rank - 2 :], rank, last, "strides")
    rates = sequence(dilations[-rank - 2 :] or None, rank, last, "dilations")
    channels = input.shape[-1 if last else batch_dims]
    if groups > 1 and filter.shape[-2] * groups != channels:
        raise invalid(f"input depth must be filter depth times groups: {channels} vs {filter.shape[-2]} * {groups}")
    return convolve_any_batch(input, filter, steps, padding, rates, last)
