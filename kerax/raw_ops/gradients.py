"""Raw ops that are gradients of other ops: each pulls back through the op itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerax import image, nn
from kerax.array_ops import pad, reshape, zeros, zeros_like
from kerax.array_ops import range as counted
from kerax.array_ops.slicing import strided_slice as sliced
from kerax.core import dtypes
from kerax.core.forward import ForwardAccumulator
from kerax.core.tape import GradientTape
from kerax.core.tensor import convert_to_tensor
from kerax.linalg import cholesky as factor
from kerax.linalg import matmul
from kerax.math import unsorted_segment_sum
from kerax.math.casting import cast
from kerax.nn.fractional_pooling import pooled_between
from kerax.raw_ops import special
from kerax.sparse import segments


def pulled(function: Callable[[Any], Any], x: Any, dy: Any) -> Any:
    """The gradient of ``function`` at ``x``, given its result's."""
    x = convert_to_tensor(x)
    with GradientTape() as tape:
        tape.watch(x)
        y = function(x)
    found = tape.gradient(y, x, output_gradients=convert_to_tensor(dy, y.dtype))
    return zeros_like(x) if found is None else found


def _pushed(function: Callable[[Any], Any], x: Any, dx: Any) -> Any:
    x = convert_to_tensor(x)
    with ForwardAccumulator(x, convert_to_tensor(dx, x.dtype)) as accumulator:
        y = function(x)
    return accumulator.jvp(y)


def _blank(shape: Any, like: Any) -> Any:
    return zeros(shape, convert_to_tensor(like).dtype)


def cholesky(l: Any, grad: Any) -> Any:  # noqa: E741  TensorFlow's name
    l = convert_to_tensor(l)  # noqa: E741
    return pulled(factor, matmul(l, l, adjoint_b=True), grad)


def lrn(input_grads: Any, input_image: Any, depth_radius: int, bias: float, alpha: float, beta: float) -> Any:
    return pulled(
        lambda x: nn.local_response_normalization(x, depth_radius, bias, alpha, beta), input_image, input_grads
    )


def mirror_pad(input: Any, paddings: Any, mode: str) -> Any:
    input = convert_to_tensor(input)
    pairs = convert_to_tensor(paddings).numpy().tolist()
    shape = [size - sum(pair) for size, pair in zip(input.shape, pairs, strict=True)]
    return pulled(lambda x: pad(x, paddings, mode), _blank(shape, input), input)


def strided_slice(shape: Any, begin: Any, end: Any, strides: Any, dy: Any, **masks: int) -> Any:
    return pulled(lambda x: sliced(x, begin, end, strides, **masks), _blank(shape, dy), dy)


def _resized(function: Callable[..., Any], grads: Any, x: Any, align_corners: bool, half_pixel_centers: bool) -> Any:
    grads = convert_to_tensor(grads)
    size = tuple(grads.shape[1:3])
    return pulled(lambda images: function(images, size, align_corners, half_pixel_centers), x, grads)


def resize_bilinear(grads: Any, original_image: Any, align_corners: bool, half_pixel_centers: bool) -> Any:
    return _resized(special.resize_bilinear, grads, original_image, align_corners, half_pixel_centers)


def resize_bicubic(grads: Any, original_image: Any, align_corners: bool, half_pixel_centers: bool) -> Any:
    return _resized(special.resize_bicubic, grads, original_image, align_corners, half_pixel_centers)


def resize_nearest(grads: Any, size: Any, align_corners: bool, half_pixel_centers: bool) -> Any:
    grads = convert_to_tensor(grads)
    shape = [grads.shape[0], *convert_to_tensor(size).numpy().tolist(), grads.shape[3]]
    return _resized(special.resize_nearest, grads, _blank(shape, grads), align_corners, half_pixel_centers)


def crop_image(grads: Any, boxes: Any, box_ind: Any, image_size: Any, T: Any, method: str) -> Any:
    size = tuple(convert_to_tensor(grads).shape[1:3])
    return pulled(lambda x: image.crop_and_resize(x, boxes, box_ind, size, method), zeros(image_size, T), grads)


def crop_boxes(grads: Any, image: Any, boxes: Any, box_ind: Any, method: str) -> Any:
    from kerax.image import crop_and_resize

    size = tuple(convert_to_tensor(grads).shape[1:3])
    return pulled(lambda x: crop_and_resize(image, x, box_ind, size, method), boxes, grads)


def _segment(function: Callable[..., Any], grad: Any, indices: Any, segment_ids: Any, output_dim0: Any) -> Any:
    grad = convert_to_tensor(grad)
    shape = [int(convert_to_tensor(output_dim0)), *grad.shape[1:]]
    count = grad.shape[0]
    return pulled(lambda x: function(x, indices, segment_ids, num_segments=count), _blank(shape, grad), grad)


def segment_sum(grad: Any, indices: Any, segment_ids: Any, output_dim0: Any) -> Any:
    return _segment(segments.segment_sum, grad, indices, segment_ids, output_dim0)


def segment_mean(grad: Any, indices: Any, segment_ids: Any, output_dim0: Any) -> Any:
    return _segment(segments.segment_mean, grad, indices, segment_ids, output_dim0)


def segment_sqrt_n(grad: Any, indices: Any, segment_ids: Any, output_dim0: Any) -> Any:
    return _segment(segments.segment_sqrt_n, grad, indices, segment_ids, output_dim0)


def dilation_input(input: Any, filter: Any, out_backprop: Any, strides: Any, rates: Any, padding: str) -> Any:
    return pulled(lambda x: nn.dilation2d(x, filter, strides, padding, "NHWC", rates), input, out_backprop)


def dilation_filter(input: Any, filter: Any, out_backprop: Any, strides: Any, rates: Any, padding: str) -> Any:
    return pulled(lambda k: nn.dilation2d(input, k, strides, padding, "NHWC", rates), filter, out_backprop)


def avg_pool3d(orig_input_shape: Any, grad: Any, ksize: Any, strides: Any, padding: str, data_format: str) -> Any:
    x = _blank(orig_input_shape, grad)
    return pulled(lambda x: nn.avg_pool3d(x, ksize, strides, padding, data_format), x, grad)


def max_pool3d(orig_input: Any, grad: Any, ksize: Any, strides: Any, padding: str, data_format: str) -> Any:
    return pulled(lambda x: nn.max_pool3d(x, ksize, strides, padding, data_format), orig_input, grad)


def max_pool3d_grad(orig_input: Any, grad: Any, ksize: Any, strides: Any, padding: str, data_format: str) -> Any:
    return _pushed(lambda x: nn.max_pool3d(x, ksize, strides, padding, data_format), orig_input, grad)


def max_pool_grad(orig_input: Any, grad: Any, ksize: Any, strides: Any, padding: str, data_format: str) -> Any:
    ksize, strides = (convert_to_tensor(value).numpy().tolist() for value in (ksize, strides))
    return _pushed(lambda x: nn.max_pool2d(x, ksize, strides, padding, data_format), orig_input, grad)


def max_pool_argmax(input: Any, grad: Any, argmax: Any, include_batch_in_index: bool) -> Any:
    """The gradients added up at the places in ``argmax``, which count from each image's start or the batch's."""
    shape = convert_to_tensor(input).shape
    at, size = cast(argmax, dtypes.int64), shape.num_elements()
    if not include_batch_in_index:
        at += reshape(counted(cast(shape[0], dtypes.int64)), [-1, 1, 1, 1]) * (size // shape[0])
    return reshape(unsorted_segment_sum(reshape(grad, [-1]), reshape(at, [-1]), size), shape)


def fractional_max_pool(orig_input: Any, out_backprop: Any, row_pooling_sequence: Any, col_pooling_sequence: Any,
                        overlapping: bool) -> Any:  # fmt: skip
    places = row_pooling_sequence, col_pooling_sequence
    return pulled(lambda x: pooled_between(x, *places, overlapping, True), orig_input, out_backprop)


def fractional_avg_pool(orig_input_tensor_shape: Any, out_backprop: Any, row_pooling_sequence: Any,
                        col_pooling_sequence: Any, overlapping: bool) -> Any:  # fmt: skip
    places = row_pooling_sequence, col_pooling_sequence
    x = _blank(orig_input_tensor_shape, out_backprop)
    return pulled(lambda x: pooled_between(x, *places, overlapping, False), x, out_backprop)


def quantize_and_dequantize(gradients: Any, input: Any, input_min: Any, input_max: Any, axis: int) -> Any:
    """What lies in the range lets its gradient through; the range has none."""
    input, low, high = (convert_to_tensor(value, dtypes.float32) for value in (input, input_min, input_max))
    shape = [1] * len(input.shape)
    if axis >= 0:
        shape[axis] = -1
    inside = (input >= reshape(low, shape)) & (input <= reshape(high, shape))
    return convert_to_tensor(gradients) * cast(inside, input.dtype), zeros_like(low), zeros_like(high)
