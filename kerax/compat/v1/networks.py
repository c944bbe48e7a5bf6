"""``tf.compat.v1.nn``: what TensorFlow 2 has otherwise, or no more."""

from __future__ import annotations

from typing import Any

from kerax import nn, raw_ops
from kerax.array_ops import reverse, zeros
from kerax.core.dtypes import float32
from kerax.core.tape import GradientTape
from kerax.core.tensor import convert_to_tensor
from kerax.linalg import matmul
from kerax.math import negative


def dropout(
    x: Any, keep_prob: Any = None, noise_shape: Any = None, seed: Any = None, name: str | None = None, rate: Any = None
) -> Any:
    """``tf.nn.dropout`` that may be told how many to keep instead of how many to drop."""
    if keep_prob is not None and rate is not None:
        raise ValueError("Cannot specify both 'rate' and 'keep_prob'")
    rate = 1.0 - keep_prob if keep_prob is not None else rate
    if rate is None:
        raise ValueError(f"`rate` must be provided. Received: rate={rate}")
    return nn.dropout(x, rate, noise_shape, seed, name)


def fused_batch_norm(
    x: Any,
    scale: Any,
    offset: Any,
    mean: Any = None,
    variance: Any = None,
    epsilon: float = 0.001,
    data_format: str = "NHWC",
    is_training: bool = True,
    name: str | None = None,
    exponential_avg_factor: float = 1.0,
) -> tuple[Any, Any, Any]:
    """Images normalized per channel.

    Returns:
      The images, and the running mean and variance: ``(1 - exponential_avg_factor) old + exponential_avg_factor new``.
    """
    if (not is_training or exponential_avg_factor != 1.0) and (mean is None or variance is None):
        raise ValueError(
            "Both `mean` and `variance` must be a 1D tensor when `is_training` is False or `exponential_avg_factor` "
            f"!= 1.0. Received: `mean` {mean!r} and `variance` {variance!r}"
        )
    empty = zeros([0], float32)
    return raw_ops.FusedBatchNormV3(
        x=convert_to_tensor(x),
        scale=convert_to_tensor(scale),
        offset=convert_to_tensor(offset),
        mean=empty if mean is None else mean,
        variance=empty if variance is None else variance,
        epsilon=epsilon,
        exponential_avg_factor=exponential_avg_factor,
        data_format=data_format,
        is_training=is_training,
    )[:3]


def xw_plus_b(x: Any, weights: Any, biases: Any, name: str | None = None) -> Any:
    """``x weights + biases``."""
    return nn.bias_add(matmul(x, weights), biases)


def relu_layer(x: Any, weights: Any, biases: Any, name: str | None = None) -> Any:
    """``relu(x weights + biases)``."""
    return nn.relu(xw_plus_b(x, weights, biases))


def dilation2d(
    input: Any,
    filter: Any = None,
    strides: Any = None,
    rates: Any = None,
    padding: Any = None,
    name: str | None = None,
    filters: Any = None,
    dilations: Any = None,
) -> Any:
    """``tf.nn.dilation2d`` of images whose channels come last."""
    kernel, steps = filter if filters is None else filters, rates if dilations is None else dilations
    return nn.dilation2d(input, kernel, strides, padding, "NHWC", steps, name)


def erosion2d(value: Any, kernel: Any, strides: Any, rates: Any, padding: Any, name: str | None = None) -> Any:
    """``tf.nn.erosion2d`` of images whose channels come last."""
    return negative(dilation2d(negative(value), reverse(kernel, [0, 1]), strides, rates, padding))


def depthwise_conv2d_native(
    input: Any,
    filter: Any,
    strides: Any,
    padding: Any,
    data_format: str = "NHWC",
    dilations: Any = (1, 1, 1, 1),
    name: str | None = None,
) -> Any:
    """``tf.nn.depthwise_conv2d`` with one dilation per dimension."""
    pairs = dilations[2:] if data_format == "NCHW" else dilations[1:3]
    return nn.depthwise_conv2d(input, filter, strides, padding, data_format, list(pairs), name)


def _pulled_back(function: Any, at: Any, gradient: Any) -> Any:
    with GradientTape() as tape:
        tape.watch(at)
        result = function(at)
    return tape.gradient(result, at, gradient)


def depthwise_conv2d_native_backprop_input(
    input_sizes: Any,
    filter: Any,
    out_backprop: Any,
    strides: Any,
    padding: Any,
    data_format: str = "NHWC",
    dilations: Any = (1, 1, 1, 1),
    name: str | None = None,
) -> Any:
    """The gradient of `depthwise_conv2d_native` by its input, of this size."""
    out_backprop = convert_to_tensor(out_backprop)

    def convolve(x: Any) -> Any:
        return depthwise_conv2d_native(x, filter, strides, padding, data_format, dilations)

    return _pulled_back(convolve, zeros(input_sizes, out_backprop.dtype), out_backprop)


def depthwise_conv2d_native_backprop_filter(
    input: Any,
    filter_sizes: Any,
    out_backprop: Any,
    strides: Any,
    padding: Any,
    data_format: str = "NHWC",
    dilations: Any = (1, 1, 1, 1),
    name: str | None = None,
) -> Any:
    """The gradient of `depthwise_conv2d_native` by its filter, of this size."""
    out_backprop = convert_to_tensor(out_backprop)

    def convolve(kernel: Any) -> Any:
        return depthwise_conv2d_native(input, kernel, strides, padding, data_format, dilations)

    return _pulled_back(convolve, zeros(filter_sizes, out_backprop.dtype), out_backprop)


depthwise_conv2d_backprop_input = depthwise_conv2d_native_backprop_input
depthwise_conv2d_backprop_filter = depthwise_conv2d_native_backprop_filter


def conv3d_backprop_filter(
    input: Any,
    filter_sizes: Any,
    out_backprop: Any,
    strides: Any,
    padding: Any,
    data_format: str = "NDHWC",
    dilations: Any = (1, 1, 1, 1, 1),
    name: str | None = None,
) -> Any:
    """The gradient of ``tf.nn.conv3d`` by its filter, of this size."""
    out_backprop = convert_to_tensor(out_backprop)

    def convolve(kernel: Any) -> Any:
        return nn.conv3d(input, kernel, strides, padding, data_format, dilations)

    return _pulled_back(convolve, zeros(filter_sizes, out_backprop.dtype), out_backprop)


conv3d_backprop_filter_v2 = conv3d_backprop_filter
