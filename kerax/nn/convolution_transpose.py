"""Transposed convolutions, and the gradients of convolutions as ops of their own."""

from __future__ import annotations

from typing import Any

from kerax.core.op import composed, op, static
from kerax.core.tensor import convert_to_tensor
from kerax.nn._convolve import input_gradient, kernel_gradient
from kerax.nn._windows import invalid
from kerax.nn.convolution import read_windows


@op("input, filters: float int", name="Conv2DBackpropInput")
def _transposed(input, filters, output_shape, strides, padding, data_format, dilations, rank, more, name=None):
    steps, pairs, rates, last = read_windows(rank, strides, padding, data_format, dilations, more)
    if input.ndim != rank + 2 or filters.ndim != rank + 2:
        raise invalid(
            f"out_backprop and filter must be {rank + 2}-dimensional: {list(input.shape)}, {list(filters.shape)}"
        )
    if len(output_shape) != rank + 2:
        raise invalid(f"input_sizes must have {rank + 2} elements. Received: {list(output_shape)}")
    if output_shape[0] == -1:
        output_shape = (input.shape[0], *output_shape[1:])
    return input_gradient(output_shape, filters, input, steps, pairs, rates, last)


def _sizes(output_shape: Any) -> Any:
    """An output shape as ints: sizes may be tensors."""
    return static(tuple(output_shape) if isinstance(output_shape, (list, tuple)) else output_shape, "output_shape")


@composed
def conv1d_transpose(
    input, filters, output_shape, strides, padding="SAME", data_format="NWC", dilations=None, name=None
):
    """The transpose of ``conv1d``: what its gradient does to the upstream gradient.

    Args:
      input: tensor ``[batch, time, in_channels]`` (or channels first for "NCW"), floating point.
      filters: tensor ``[width, out_channels, in_channels]`` of the same dtype.
      output_shape: 3 ints, the shape of the result.
      strides: int, or a list of 1 or 3 ints.
      padding: "SAME" or "VALID".
      data_format: "NWC" or "NCW".
      dilations: int, or a list of 1 or 3 ints.
      name: str, optional.

    Returns:
      Tensor of shape ``output_shape``.

    Raises:
      InvalidArgumentError: a convolution does not lead from ``output_shape`` to the shape of ``input``.

    >>> import kerax as tf
    >>> tf.nn.conv1d_transpose([[[1.], [2.]]], [[[1.]], [[3.]]], [1, 4, 1], 2).numpy().ravel()
    array([1., 3., 2., 6.], dtype=float32)
    """
    if data_format not in (None, "NWC", "NCW"):
        raise ValueError(f"`data_format` must be 'NWC' or 'NCW'. Received: data_format={data_format}")
    return _transposed(input, filters, _sizes(output_shape), strides, padding, data_format, dilations, 1, ())


@composed
def conv2d_transpose(
    input, filters, output_shape, strides, padding="SAME", data_format="NHWC", dilations=None, name=None
):
    """The transpose of ``conv2d``, also called deconvolution.

    Args:
      input: tensor ``[batch, height, width, in_channels]`` (or channels first for "NCHW"), floating point or int32.
      filters: tensor ``[height, width, out_channels, in_channels]`` of the same dtype.
      output_shape: 4 ints, the shape of the result.
      strides: int, or a list of 1, 2 or 4 ints.
      padding: "SAME", "VALID", or pairs for all four dimensions.
      data_format: "NHWC" or "NCHW".
      dilations: int, or a list of 1, 2 or 4 ints.
      name: str, optional.

    Returns:
      Tensor of shape ``output_shape``.

    Raises:
      InvalidArgumentError: a convolution does not lead from ``output_shape`` to the shape of ``input``.

    Source: Zeiler et al., "Deconvolutional networks" (2010).

    >>> import kerax as tf
    >>> x, filters = tf.ones((1, 1, 1, 1)), tf.ones((2, 2, 1, 1))
    >>> tf.nn.conv2d_transpose(x, filters, [1, 2, 2, 1], 1, "VALID").numpy()[0, :, :, 0]
    array([[1., 1.],
           [1., 1.]], dtype=float32)
    """
    return _transposed(input, filters, _sizes(output_shape), strides, padding, data_format, dilations, 2, ())


@composed
def conv3d_transpose(
    input, filters, output_shape, strides, padding="SAME", data_format="NDHWC", dilations=None, name=None
):
    """The transpose of ``conv3d``.

    Args:
      input: tensor ``[batch, depth, height, width, in_channels]`` (or channels first for "NCDHW"), floating point.
      filters: tensor ``[depth, height, width, out_channels, in_channels]`` of the same dtype.
      output_shape: 5 ints, the shape of the result.
      strides: int, or a list of 1, 3 or 5 ints.
      padding: "SAME" or "VALID".
      data_format: "NDHWC" or "NCDHW".
      dilations: int, or a list of 1, 3 or 5 ints.
      name: str, optional.

    Returns:
      Tensor of shape ``output_shape``.

    Raises:
      InvalidArgumentError: a convolution does not lead from ``output_shape`` to the shape of ``input``.

    >>> import kerax as tf
    >>> x, filters = tf.ones((1, 1, 1, 1, 1)), tf.ones((2, 1, 1, 1, 1))
    >>> tf.nn.conv3d_transpose(x, filters, [1, 2, 1, 1, 1], 1, "VALID").numpy().ravel()
    array([1., 1.], dtype=float32)
    """
    if isinstance(padding, (list, tuple)):
        raise TypeError(f"Expected string for argument 'padding' not {padding}.")
    return _transposed(input, filters, _sizes(output_shape), strides, padding, data_format, dilations, 3, ())


@composed
def conv_transpose(input, filters, output_shape, strides, padding="SAME", data_format=None, dilations=None, name=None):
    """The transpose of a convolution over 1, 2 or 3 dimensions, as many as ``output_shape`` tells.

    Args:
      input: tensor ``[batch, *spatial, in_channels]``, or channels first for data formats "NC…".
      filters: tensor ``[*window, out_channels, in_channels]`` of the same dtype.
      output_shape: 3 to 5 ints, the shape of the result.
      strides: int or list of ints.
      padding: "SAME" or "VALID".
      data_format: "NWC", "NCW", "NHWC", "NCHW", "NDHWC" or "NCDHW".
      dilations: int or list of ints.
      name: str, optional.

    Returns:
      Tensor of shape ``output_shape``.

    Raises:
      ValueError: ``output_shape`` is of another length.

    >>> import kerax as tf
    >>> tf.nn.conv_transpose(tf.ones((1, 2, 1)), tf.ones((1, 1, 1)), [1, 4, 1], 2).numpy().ravel()
    array([1., 0., 1., 0.], dtype=float32)
    """
    sizes = _sizes(output_shape)
    if not isinstance(sizes, tuple):
        raise ValueError(f"`output_shape` must be a tensor or sized collection. Received: output_shape={output_shape}")
    if not 3 <= len(sizes) <= 5:
        raise ValueError(
            f"`output_shape` must be of length 3, 4 or 5. Received: output_shape={sizes} of length {len(sizes)}."
        )
    functions = {3: conv1d_transpose, 4: conv2d_transpose, 5: conv3d_transpose}
    return functions[len(sizes)](input, filters, sizes, strides, padding, data_format, dilations)


@op("value, filters: float", name="Conv2DBackpropInput")
def _atrous_transposed(value, filters, output_shape, rate, padding, name=None):
    return input_gradient(output_shape, filters, value, (1, 1), padding, (rate, rate))


@composed
def atrous_conv2d_transpose(value, filters, output_shape, rate, padding, name=None):
    """The transpose of ``atrous_conv2d``.

    Args:
      value: tensor ``[batch, height, width, in_channels]``, floating point.
      filters: tensor ``[height, width, out_channels, in_channels]`` of the same dtype.
      output_shape: 4 ints, the shape of the result.
      rate: positive int, the distance of the filter's elements.
      padding: "SAME" or "VALID".
      name: str, optional.

    Returns:
      Tensor of shape ``output_shape``.

    Raises:
      ValueError: shapes that do not fit, a rate below 1.

    >>> import kerax as tf
    >>> x, filters = tf.ones((1, 1, 1, 1)), tf.ones((1, 2, 1, 1))
    >>> tf.nn.atrous_conv2d_transpose(x, filters, [1, 1, 3, 1], 2, "VALID").numpy().ravel()
    array([1., 0., 1.], dtype=float32)
    """
    shapes = [tuple(convert_to_tensor(item).shape) for item in (value, filters)]
    sizes, rate = _sizes(output_shape), int(static(rate, "rate"))
    if shapes[0][3] != shapes[1][3]:
        raise ValueError(
            "`value` channel count must be compatible with `filters` input channel count. Received: "
            f"value.shape={shapes[0]} with channel count {shapes[0][3]} and filters.shape={shapes[1]} with input "
            f"channel count {shapes[1][3]}."
        )
    if rate < 1:
        raise ValueError(f"`rate` cannot be less than one. Received: rate={rate}")
    if len(sizes) != 4:
        raise ValueError(f"`output_shape` must have shape (4,). Received: output_shape={sizes}")
    if shapes[1][2] != sizes[3]:
        raise ValueError(
            "`output_shape` channel count must be compatible with `filters` output channel count. Received: "
            f"output_shape={sizes} with channel count {sizes[3]} and filters.shape={shapes[1]} with output channel "
            f"count {shapes[1][2]}."
        )
    if padding not in ("SAME", "VALID"):
        raise ValueError(f"`padding` must be either 'VALID' or 'SAME'. Received: padding={padding}")
    return _atrous_transposed(value, filters, sizes, rate, padding)


def _native_windows(strides: Any, padding: Any, explicit_paddings: Any, data_format: Any, dilations: Any) -> Any:
    """What a raw op's arguments say, with explicit paddings in a flat list of their own."""
    if padding == "EXPLICIT":
        padding = tuple(zip(explicit_paddings[::2], explicit_paddings[1::2], strict=True))
    return read_windows(2, strides, padding, data_format, dilations)


@op("input; filter, out_backprop: float int", name="Conv2DBackpropInputV2")
def conv2d_backprop_input_v2(
    input,
    filter,
    out_backprop,
    strides,
    padding,
    use_cudnn_on_gpu=True,
    explicit_paddings=(),
    data_format="NHWC",
    dilations=(1, 1, 1, 1),
    name=None,
):
    """The gradient of ``conv2d`` with respect to its input.

    Args:
      input: tensor of which the shape counts, ``[batch, height, width, channels]``.
      filter: tensor ``[height, width, channels / groups, out_channels]``.
      out_backprop: tensor of the shape of the convolution's result: the upstream gradient.
      strides: list of 4 ints.
      padding: "SAME", "VALID" or "EXPLICIT".
      use_cudnn_on_gpu: bool, without a meaning under XLA.
      explicit_paddings: flat list of 8 ints, with "EXPLICIT".
      data_format: "NHWC" or "NCHW".
      dilations: list of 4 ints.
      name: str, optional.

    Returns:
      Tensor like ``input``.

    >>> import kerax as tf
    >>> x, filters, upstream = tf.ones((1, 2, 2, 1)), tf.ones((2, 2, 1, 1)), tf.ones((1, 1, 1, 1))
    >>> tf.conv2d_backprop_input_v2(x, filters, upstream, [1, 1, 1, 1], "VALID").shape
    TensorShape([1, 2, 2, 1])
    """
    windows = _native_windows(strides, padding, explicit_paddings, data_format, dilations)
    return input_gradient(input.shape, filter, out_backprop, *windows)


@op("input, out_backprop: float; filter", name="Conv2DBackpropFilterV2")
def conv2d_backprop_filter_v2(
    input,
    filter,
    out_backprop,
    strides,
    padding,
    use_cudnn_on_gpu=True,
    explicit_paddings=(),
    data_format="NHWC",
    dilations=(1, 1, 1, 1),
    name=None,
):
    """The gradient of ``conv2d`` with respect to its filters.

    Args:
      input: tensor ``[batch, height, width, channels]``.
      filter: tensor of which the shape counts, ``[height, width, channels / groups, out_channels]``.
      out_backprop: tensor of the shape of the convolution's result: the upstream gradient.
      strides: list of 4 ints.
      padding: "SAME", "VALID" or "EXPLICIT".
      use_cudnn_on_gpu: bool, without a meaning under XLA.
      explicit_paddings: flat list of 8 ints, with "EXPLICIT".
      data_format: "NHWC" or "NCHW".
      dilations: list of 4 ints.
      name: str, optional.

    Returns:
      Tensor like ``filter``.

    >>> import kerax as tf
    >>> x, filters, upstream = tf.ones((1, 2, 2, 1)), tf.ones((2, 2, 1, 1)), tf.ones((1, 1, 1, 1))
    >>> tf.conv2d_backprop_filter_v2(x, filters, upstream, [1, 1, 1, 1], "VALID").shape
    TensorShape([2, 2, 1, 1])
    """
    windows = _native_windows(strides, padding, explicit_paddings, data_format, dilations)
    return kernel_gradient(input, filter.shape, out_backprop, *windows)


@op("filter, out_backprop: float", name="DepthwiseConv2dNativeBackpropInput")
def _depthwise_input(input_sizes, filter, out_backprop, strides, padding, data_format, dilations, name=None):
    steps, pairs, rates, last = read_windows(2, strides, padding, data_format, dilations)
    channels = input_sizes[-1 if last else 1]
    if filter.shape[2] != channels:
        raise invalid(f"input and filter must have the same depth: {channels} vs {filter.shape[2]}")
    folded = filter.reshape((*filter.shape[:2], 1, filter.shape[2] * filter.shape[3]))
    return input_gradient(input_sizes, folded, out_backprop, steps, pairs, rates, last)


@composed
def depthwise_conv2d_backprop_input(
    input_sizes,
    filter,
    out_backprop,
    strides,
    padding,
    data_format="NHWC",
    dilations=[1, 1, 1, 1],  # noqa: B006
    name=None,
):
    """The gradient of ``depthwise_conv2d`` with respect to its input.

    Args:
      input_sizes: 4 ints, the shape of the input.
      filter: tensor ``[height, width, channels, multiplier]``, floating point.
      out_backprop: tensor of the shape of the convolution's result: the upstream gradient.
      strides: list of 4 ints.
      padding: "SAME", "VALID", or pairs for all four dimensions.
      data_format: "NHWC" or "NCHW".
      dilations: list of 4 ints.
      name: str, optional.

    Returns:
      Tensor of shape ``input_sizes``.

    >>> import kerax as tf
    >>> filters, upstream = tf.ones((1, 2, 1, 1)), tf.ones((1, 1, 1, 1))
    >>> tf.nn.depthwise_conv2d_backprop_input([1, 1, 2, 1], filters, upstream, [1] * 4, "VALID").numpy().ravel()
    array([1., 1.], dtype=float32)
    """
    return _depthwise_input(_sizes(input_sizes), filter, out_backprop, strides, padding, data_format, dilations)


@op("input, out_backprop: float", name="DepthwiseConv2dNativeBackpropFilter")
def _depthwise_filter(input, filter_sizes, out_backprop, strides, padding, data_format, dilations, name=None):
    steps, pairs, rates, last = read_windows(2, strides, padding, data_format, dilations)
    height, width, channels, multiplier = filter_sizes
    if input.shape[-1 if last else 1] != channels:
        raise invalid(f"input and filter must have the same depth: {input.shape} vs {filter_sizes}")
    folded = (height, width, 1, channels * multiplier)
    return kernel_gradient(input, folded, out_backprop, steps, pairs, rates, last).reshape(filter_sizes)


@composed
def depthwise_conv2d_backprop_filter(
    input,
    filter_sizes,
    out_backprop,
    strides,
    padding,
    data_format="NHWC",
    dilations=[1, 1, 1, 1],  # noqa: B006
    name=None,
):
    """The gradient of ``depthwise_conv2d`` with respect to its filters.

    Args:
      input: tensor ``[batch, height, width, channels]``, floating point.
      filter_sizes: 4 ints, the shape of the filter.
      out_backprop: tensor of the shape of the convolution's result: the upstream gradient.
      strides: list of 4 ints.
      padding: "SAME", "VALID", or pairs for all four dimensions.
      data_format: "NHWC" or "NCHW".
      dilations: list of 4 ints.
      name: str, optional.

    Returns:
      Tensor of shape ``filter_sizes``.

    >>> import kerax as tf
    >>> x, upstream = tf.ones((1, 1, 2, 1)), tf.ones((1, 1, 1, 1))
    >>> tf.nn.depthwise_conv2d_backprop_filter(x, [1, 2, 1, 1], upstream, [1] * 4, "VALID").numpy().ravel()
    array([1., 1.], dtype=float32)
    """
    return _depthwise_filter(input, _sizes(filter_sizes), out_backprop, strides, padding, data_format, dilations)
