"""Raw ops of the gradients of convolutions, pooling and biases, and of batch normalization."""

from __future__ import annotations

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from kerax import nn
from kerax.array_ops import pad, zeros
from kerax.core.op import op
from kerax.core.tape import GradientTape
from kerax.core.tensor import convert_to_tensor
from kerax.nn.convolution import conv2d
from kerax.nn.convolution_transpose import conv2d_transpose
from kerax.nn.pooling import _avg_pool, _max_pool
from kerax.raw_ops.gradients import pulled
from kerax.raw_ops.special import resize_bilinear


class FusedBatchNorm(NamedTuple):
    y: Any
    batch_mean: Any
    batch_variance: Any
    reserve_space_1: Any
    reserve_space_2: Any


class FusedBatchNormV3(NamedTuple):
    y: Any
    batch_mean: Any
    batch_variance: Any
    reserve_space_1: Any
    reserve_space_2: Any
    reserve_space_3: Any


@op("out_backprop")
def bias_add_grad(out_backprop, data_format):
    channels = 1 if data_format.startswith("NC") else out_backprop.ndim - 1
    return jnp.sum(out_backprop, [axis for axis in range(out_backprop.ndim) if axis != channels])


def _pairs(padding: str, explicit_paddings: Any) -> Any:
    return np.reshape(explicit_paddings, (-1, 2)).tolist() if padding == "EXPLICIT" else padding


def _sizes(sizes: Any) -> tuple[int, ...]:
    return tuple(int(size) for size in convert_to_tensor(sizes).numpy())


def conv2d_backprop_input(input_sizes: Any, filter: Any, out_backprop: Any, strides: Any, padding: str,
                          explicit_paddings: Any, data_format: str, dilations: Any) -> Any:  # fmt: skip
    padding = _pairs(padding, explicit_paddings)
    return conv2d_transpose(out_backprop, filter, input_sizes, strides, padding, data_format, dilations)


@op("input, out_backprop: float", name="Conv2DBackpropFilter")
def _conv2d_filter(input, out_backprop, sizes, strides, padding, data_format, dilations):
    kernel = jnp.zeros(sizes, input.dtype)
    pull = jax.vjp(lambda k: conv2d.pure(input, k, strides, padding, data_format, dilations), kernel)[1]
    return pull(out_backprop)[0]


def conv2d_backprop_filter(input: Any, filter_sizes: Any, out_backprop: Any, strides: Any, padding: str,
                           explicit_paddings: Any, data_format: str, dilations: Any) -> Any:  # fmt: skip
    padding = _pairs(padding, explicit_paddings)
    return _conv2d_filter(input, out_backprop, _sizes(filter_sizes), strides, padding, data_format, dilations)


def conv3d_backprop_input(input_sizes: Any, filter: Any, out_backprop: Any, strides: Any, padding: str,
                          data_format: str, dilations: Any) -> Any:  # fmt: skip
    return nn.conv3d_transpose(out_backprop, filter, input_sizes, strides, padding, data_format, dilations)


def conv3d_backprop_filter(input: Any, filter_sizes: Any, out_backprop: Any, strides: Any, padding: str,
                           data_format: str, dilations: Any) -> Any:  # fmt: skip
    input = convert_to_tensor(input)
    return pulled(
        lambda k: nn.conv3d(input, k, strides, padding, data_format, dilations),
        zeros(filter_sizes, input.dtype),
        out_backprop,
    )


def depthwise_backprop_input(
    input_sizes: Any, filter: Any, out_backprop: Any, strides: Any, padding: str, explicit_paddings: Any, **rest: Any
) -> Any:
    padding = _pairs(padding, explicit_paddings)
    return nn.depthwise_conv2d_backprop_input(input_sizes, filter, out_backprop, strides, padding, **rest)


def depthwise_backprop_filter(
    input: Any, filter_sizes: Any, out_backprop: Any, strides: Any, padding: str, explicit_paddings: Any, **rest: Any
) -> Any:
    padding = _pairs(padding, explicit_paddings)
    return nn.depthwise_conv2d_backprop_filter(input, _sizes(filter_sizes), out_backprop, strides, padding, **rest)


def pad_conv2d(input: Any, paddings: Any, filter: Any, mode: str, strides: Any, padding: str) -> Any:
    return conv2d(pad(input, paddings, mode), filter, strides, padding)


def resize_pad_conv2d(
    input: Any, size: Any, paddings: Any, filter: Any, mode: str, strides: Any, padding: str, resize_align_corners: bool
) -> Any:
    resized = resize_bilinear(input, size, resize_align_corners, False)
    return pad_conv2d(resized, paddings, filter, mode, strides, padding)


@op("orig_input, orig_output, grad: float", name="MaxPoolGrad")
def max_pool_grad(orig_input, orig_output, grad, ksize, strides, padding, data_format):
    pull = jax.vjp(lambda x: _max_pool.pure(x, ksize, strides, padding, data_format, 2), orig_input)[1]
    return pull(grad)[0]


@op("orig_input, grad: float", name="AvgPoolGrad")
def _avg_pool_grad(orig_input, grad, ksize, strides, padding, data_format):
    pull = jax.vjp(lambda x: _avg_pool.pure(x, ksize, strides, padding, data_format, 2), orig_input)[1]
    return pull(grad)[0]


def avg_pool_grad(orig_input_shape: Any, grad: Any, ksize: Any, strides: Any, padding: str, data_format: str) -> Any:
    return _avg_pool_grad(zeros(orig_input_shape, grad.dtype), grad, ksize, strides, padding, data_format)


@op("x, scale, offset, mean, variance: float", name="FusedBatchNormV3")
def fused_batch_norm(x, scale, offset, mean, variance, epsilon, exponential_avg_factor, data_format, is_training):
    channels = 1 if data_format.startswith("NC") else x.ndim - 1
    shape = [-1 if axis == channels else 1 for axis in range(x.ndim)]
    values = x.astype(scale.dtype)
    used_mean, used_variance = mean, variance
    if is_training:
        axes = tuple(axis for axis in range(x.ndim) if axis != channels)
        used_mean, used_variance = jnp.mean(values, axes), jnp.var(values, axes)
        count = x.size // scale.size
        found = used_mean, used_variance * (count / max(count - 1, 1))
        if exponential_avg_factor == 1:
            mean, variance = found
        else:
            share = exponential_avg_factor
            mean, variance = (old + (new - old) * share for old, new in zip((mean, variance), found, strict=True))
    factor = scale * jax.lax.rsqrt(used_variance + epsilon)
    y = (values - used_mean.reshape(shape)) * factor.reshape(shape) + offset.reshape(shape)
    reserve = jnp.zeros((0,), scale.dtype)
    return FusedBatchNormV3(y.astype(x.dtype), mean, variance, used_mean, used_variance, reserve)


def fused_batch_norm_v2(**arguments: Any) -> Any:
    return FusedBatchNorm(*fused_batch_norm(**arguments)[:5])


def fused_batch_norm_grad(
    y_backprop: Any, x: Any, scale: Any, reserve_space_1: Any, reserve_space_2: Any, epsilon: float, data_format: str,
    is_training: bool,
) -> tuple[Any, ...]:  # fmt: skip
    """The gradients with respect to x, scale and offset; the reserved ones are the forward pass' mean and variance."""
    x, scale = convert_to_tensor(x), convert_to_tensor(scale)
    offset, nothing = zeros(scale.shape, scale.dtype), zeros([0], scale.dtype)
    with GradientTape() as tape:
        tape.watch([x, scale, offset])
        y = fused_batch_norm(
            x, scale, offset, reserve_space_1, reserve_space_2, epsilon, 1.0, data_format, is_training
        ).y
    found = tape.gradient(y, [x, scale, offset], output_gradients=convert_to_tensor(y_backprop, y.dtype))
    return (*found, nothing, nothing)


def max_pool_with_argmax(input: Any, ksize: Any, strides: Any, padding: str, output_dtype: Any,
                         include_batch_in_index: bool) -> Any:  # fmt: skip
    return nn.max_pool_with_argmax(input, ksize, strides, padding, "NHWC", output_dtype, include_batch_in_index)
