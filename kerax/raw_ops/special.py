"""Raw ops that no function of the public namespaces does as they do."""

from __future__ import annotations

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor


class ListDiff(NamedTuple):
    out: Any
    idx: Any


class SoftmaxCrossEntropyWithLogits(NamedTuple):
    loss: Any
    backprop: Any


class SparseSoftmaxCrossEntropyWithLogits(NamedTuple):
    loss: Any
    backprop: Any


@op("x, y", differentiable=False)
def approximate_equal(x, y, tolerance):
    return jnp.abs(x - y) < tolerance


@op("input")
def nth_element(input, n, reverse):
    ordered = jnp.sort(input, axis=-1)
    return ordered[..., -1 - n] if reverse else ordered[..., n]


@op("input", differentiable=False)
def bucketize(input, boundaries):
    return jnp.searchsorted(jnp.asarray(boundaries, jnp.float32), input.astype(jnp.float32), side="right").astype(
        jnp.int32
    )


@op("x")
def conjugate_transpose(x, perm):
    return jnp.conj(jnp.transpose(x, perm))


def conv2d(input: Any, filter: Any, strides: Any, padding: Any, explicit_paddings: Any, data_format: str,
           dilations: Any) -> Any:  # fmt: skip
    from kerax.nn import conv2d as function

    if padding == "EXPLICIT":
        padding = np.reshape(explicit_paddings, (4, 2)).tolist()
    return function(input, filter, strides, padding, data_format, dilations)


@op("x, y")
def div(x, y):
    if jnp.issubdtype(x.dtype, jnp.integer):
        return jax.lax.div(*jnp.broadcast_arrays(x, y))
    return x / y


def einsum(inputs: Any, equation: str) -> Any:
    from kerax.linalg import einsum as function

    return function(equation, *inputs)


@op("x, y", host=True)
def _list_diff(x, y, kind):
    gone = set(y.tolist())
    kept = np.array([value not in gone for value in x.tolist()], bool)
    return ListDiff(x[kept], np.flatnonzero(kept).astype(kind.dtype))


def list_diff(x: Any, y: Any, out_idx: Any) -> Any:
    return _list_diff(x, y, dtypes.as_dtype(out_idx))


@op("x: int", differentiable=False)
def population_count(x):
    return jax.lax.population_count(x).astype(jnp.uint8)


def reverse(tensor: Any, dims: Any) -> Any:
    from kerax.array_ops import reverse as function

    return function(tensor, np.flatnonzero(np.asarray(dims)).tolist())


@op("condition; x, y")
def select(condition, x, y):
    if condition.ndim and condition.ndim < x.ndim:
        condition = condition.reshape(condition.shape + (1,) * (x.ndim - condition.ndim))
    return jnp.where(condition, x, y)


@op("features, labels: float")
def softmax_cross_entropy(features, labels):
    logs = jax.nn.log_softmax(features)
    return SoftmaxCrossEntropyWithLogits(-(labels * logs).sum(-1), jnp.exp(logs) - labels)


@op("features: float; labels: int")
def sparse_softmax_cross_entropy(features, labels):
    logs = jax.nn.log_softmax(features)
    hot = jax.nn.one_hot(labels, features.shape[-1], dtype=features.dtype)
    return SparseSoftmaxCrossEntropyWithLogits(-(hot * logs).sum(-1), jnp.exp(logs) - hot)


def split_v(value: Any, size_splits: Any, axis: Any, num_split: int) -> Any:
    from kerax.array_ops import split

    return split(value, size_splits, axis, num_split)


def squeeze(input: Any, axis: Any) -> Any:
    from kerax.array_ops import squeeze as function

    return function(input, axis or None)


def svd(input: Any, compute_uv: bool, full_matrices: bool) -> Any:
    from kerax.linalg import svd as function

    if compute_uv:
        return function(input, full_matrices, True)
    empty = convert_to_tensor(np.zeros((0,), convert_to_tensor(input).dtype.dtype))
    return function(input, full_matrices, False), empty, empty


@op("images")
def _resize(images, size, kind, corners, centers):
    rows, columns = (
        _places(old, new, corners, centers, kind) for old, new in zip(images.shape[1:3], size, strict=True)
    )
    if kind == "nearest":
        return images[:, rows][:, :, columns]
    values = images.astype(jnp.float32)
    for axis, (low, high, part) in ((1, rows), (2, columns)):
        shape = [1] * 4
        shape[axis] = -1
        first, second = jnp.take(values, low, axis), jnp.take(values, high, axis)
        values = first + (second - first) * part.reshape(shape)
    return values


def _places(old: int, new: int, corners: bool, centers: bool, kind: str) -> Any:
    """Where the new pixels of a dimension lie among the old ones."""
    scale = np.float32((old - 1) / (new - 1) if corners and new > 1 else old / new)
    at = np.arange(new, dtype=np.float32)
    if kind == "nearest":
        at = (at + 0.5) * scale if centers else at * scale
        whole = np.floor(at + 0.5) if corners and not centers else np.floor(at)
        return np.clip(whole, 0, old - 1).astype(np.int32)
    at = (at + np.float32(0.5)) * scale - np.float32(0.5) if centers else at * scale
    low = np.floor(at)
    part = at - low
    return (
        np.clip(low, 0, old - 1).astype(np.int32),
        np.clip(low + 1, 0, old - 1).astype(np.int32),
        np.where(at < 0, 0, part).astype(np.float32),
    )


def resize_bilinear(images: Any, size: Any, align_corners: bool, half_pixel_centers: bool) -> Any:
    return _resize(images, size, "bilinear", align_corners, half_pixel_centers)


def resize_nearest(images: Any, size: Any, align_corners: bool, half_pixel_centers: bool) -> Any:
    return _resize(images, size, "nearest", align_corners, half_pixel_centers)


@op("images")
def _resize_cubic(images, size, corners, centers):
    values = images.astype(jnp.float32)
    for axis, new in enumerate(size, 1):
        places, weights = _cubic_taps(images.shape[axis], new, corners, centers)
        shape = [1] * 4
        shape[axis] = -1
        values = sum(
            jnp.take(values, place, axis) * weight.reshape(shape) for place, weight in zip(places, weights, strict=True)
        )
    return values


def _cubic_taps(old: int, new: int, corners: bool, centers: bool) -> tuple[Any, Any]:
    """The four pixels that make a new one, and their weights, which TensorFlow takes from a table of 1024 places."""
    scale = np.float32((old - 1) / (new - 1) if corners and new > 1 else old / new)
    at = np.arange(new, dtype=np.float32)
    at = (at + np.float32(0.5)) * scale - np.float32(0.5) if centers else at * scale
    low = np.floor(at)
    part = np.rint((at - low) * 1024) / 1024
    sharp = -0.5 if centers else -0.75
    near, far = np.stack([part, 1 - part]), np.stack([part + 1, 2 - part])
    near = ((sharp + 2) * near - (sharp + 3)) * near * near + 1
    far = ((sharp * far - 5 * sharp) * far + 8 * sharp) * far - 4 * sharp
    weights = np.stack([far[0], near[0], near[1], far[1]])
    wanted = low + np.array([[-1], [0], [1], [2]])
    places = np.clip(wanted, 0, old - 1)
    if centers:
        weights = np.where(places == wanted, weights, 0)
        weights = weights / weights.sum(0)
    return places.astype(np.int32), weights.astype(np.float32)


def resize_bicubic(images: Any, size: Any, align_corners: bool, half_pixel_centers: bool) -> Any:
    return _resize_cubic(images, size, align_corners, half_pixel_centers)


@op("y, dy")
def sigmoid_grad(y, dy):
    return dy * y * (1 - y)


@op("y, dy")
def tanh_grad(y, dy):
    return dy * (1 - y * y)


@op("gradients, features")
def relu_grad(gradients, features):
    return jnp.where(features > 0, gradients, 0)


@op("gradients, features")
def relu6_grad(gradients, features):
    return jnp.where((features > 0) & (features < 6), gradients, 0)


@op("gradients, outputs")
def elu_grad(gradients, outputs):
    return jnp.where(outputs < 0, gradients * (outputs + 1), gradients)


@op("gradients, features")
def softplus_grad(gradients, features):
    return gradients * jax.nn.sigmoid(features)


@op("y, dy")
def reciprocal_grad(y, dy):
    return -dy * y * y


@op("y, dy")
def rsqrt_grad(y, dy):
    return -0.5 * dy * y * y * y


@op("y, dy")
def sqrt_grad(y, dy):
    return 0.5 * dy / y


@op("x, v; i: int")
def inplace_add(x, i, v):
    return x.at[i].add(v)


@op("x, v; i: int")
def inplace_sub(x, i, v):
    return x.at[i].add(-v)


@op("x, v; i: int")
def inplace_update(x, i, v):
    return x.at[i].set(v)


class BroadcastGradientArgs(NamedTuple):
    r0: Any
    r1: Any


def broadcast_gradient_args(s0: Any, s1: Any) -> BroadcastGradientArgs:
    """The axes along which the gradients of two operands of these shapes are summed."""
    one, two = (np.asarray(convert_to_tensor(shape)) for shape in (s0, s1))
    rank = max(len(one), len(two))
    left, right = (np.concatenate([np.ones(rank - len(shape), shape.dtype), shape]) for shape in (one, two))
    if one.tolist() == two.tolist():
        left = right = left[:0]
    axes = [
        np.nonzero((own == 1) & ((other != 1) | (own == other)))[0] for own, other in ((left, right), (right, left))
    ]
    return BroadcastGradientArgs(*(convert_to_tensor(each.astype(one.dtype)) for each in axes))


@op("a, x", differentiable=False)
def igamma_grad_a(a, x):
    return jax.lax.igamma_grad_a(*jnp.broadcast_arrays(a, x))


@op("alpha, sample", differentiable=False)
def random_gamma_grad(alpha, sample):
    return jax.lax.random_gamma_grad(*jnp.broadcast_arrays(alpha, sample))


def bincount(arr: Any, size: Any, weights: Any, binary_output: bool = False) -> Any:
    from kerax.math import bincount as function

    arr, weights = convert_to_tensor(arr), convert_to_tensor(weights)
    axis = -1 if len(arr.shape) == 2 else 0
    given = weights if weights.shape.num_elements() else None
    return function(
        arr, given, minlength=size, maxlength=size, dtype=weights.dtype, axis=axis, binary_output=binary_output
    )


def sparse_matmul(a_indices: Any, a_values: Any, a_shape: Any, b: Any, adjoint_a: bool, adjoint_b: bool) -> Any:
    from kerax.sparse import SparseTensor, sparse_dense_matmul

    return sparse_dense_matmul(SparseTensor(a_indices, a_values, a_shape), b, adjoint_a, adjoint_b)


class SparseReorder(NamedTuple):
    output_indices: Any
    output_values: Any


def sparse_reorder(input_indices: Any, input_values: Any, input_shape: Any) -> SparseReorder:
    from kerax.sparse import SparseTensor, reorder

    ordered = reorder(SparseTensor(input_indices, input_values, input_shape))
    return SparseReorder(ordered.indices, ordered.values)


def sparse_to_dense(sparse_indices: Any, output_shape: Any, sparse_values: Any, default_value: Any,
                    validate_indices: bool) -> Any:  # fmt: skip
    from kerax.array_ops import broadcast_to, reshape
    from kerax.math.casting import cast
    from kerax.sparse import SparseTensor, to_dense

    indices = cast(sparse_indices, dtypes.int64)
    if len(indices.shape) < 2:  # one index, or indices of a vector
        indices = reshape(indices, [-1, 1])
    values = broadcast_to(sparse_values, [indices.shape[0]])
    return to_dense(SparseTensor(indices, values, cast(output_shape, dtypes.int64)), default_value, validate_indices)


def image_projective_transform(
    images: Any, transforms: Any, output_shape: Any, fill_value: Any, interpolation: str, fill_mode: str
) -> Any:
    from kerax.image.projective import projected

    size = tuple(int(length) for length in np.asarray(convert_to_tensor(output_shape)))
    images, transforms = convert_to_tensor(images), convert_to_tensor(transforms)
    return projected(images, transforms, float(fill_value), interpolation.lower(), fill_mode.lower(), size)


@op("gradients, features")
def leaky_relu_grad(gradients, features, alpha):
    return jnp.where(features > 0, gradients, gradients * jnp.asarray(alpha, gradients.dtype))


@op("gradients, outputs")
def selu_grad(gradients, outputs):
    scale, alpha = 1.0507009873554804934193349852946, 1.6732632423543772848170429916717
    slope = jnp.where(outputs < 0, outputs + scale * alpha, scale)
    return gradients * slope.astype(gradients.dtype)


@op("gradients, features")
def softsign_grad(gradients, features):
    return gradients / jnp.square(1 + jnp.abs(features))
