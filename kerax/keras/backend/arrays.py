"""Keras 2's ``K`` functions that make, shape, join and pick elements of tensors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

import kerax.array_ops as tf
from kerax import math
from kerax.core.config import legacy_keras
from kerax.core.tensor import Symbolic
from kerax.core.tensor import constant as _constant
from kerax.core.value import Tensor
from kerax.core.variable import Variable
from kerax.keras.engine.settings import floatx, standardize_data_format
from kerax.math.casting import cast as _cast
from kerax.random import stateful


def _rank(x: Any) -> int:
    return len(x.shape)


# --- making -------------------------------------------------------------------------------------------------------
def constant(value: Any, dtype: Any = None, shape: Any = None, name: Any = None) -> Any:
    """A constant tensor, of floatx by default."""
    return _constant(value, dtype=dtype or floatx(), shape=shape)


def variable(value: Any, dtype: Any = None, name: Any = None, constraint: Any = None) -> Any:
    """A ``tf.Variable``, of floatx by default; a scipy matrix becomes a sparse tensor."""
    if hasattr(value, "tocoo"):
        from kerax.sparse import SparseTensor

        coo = value.tocoo()
        return SparseTensor(np.stack([coo.row, coo.col], axis=1).astype(np.int64), coo.data, coo.shape)
    return Variable(value, dtype=dtype or floatx(), name=name, constraint=constraint)


def zeros(shape: Any, dtype: Any = None, name: Any = None) -> Any:
    """A variable of zeros."""
    return variable(tf.zeros(shape, dtype=dtype or floatx()), dtype, name)


def ones(shape: Any, dtype: Any = None, name: Any = None) -> Any:
    """A variable of ones."""
    return variable(tf.ones(shape, dtype=dtype or floatx()), dtype, name)


def eye(size: int, dtype: Any = None, name: Any = None) -> Any:
    """A variable that holds an identity matrix."""
    from kerax.linalg import eye as identity_matrix

    return variable(identity_matrix(size, dtype=dtype or floatx()), dtype, name)


def zeros_like(x: Any, dtype: Any = None, name: Any = None) -> Any:
    """Zeros in the shape of a tensor."""
    return tf.zeros_like(x, dtype=dtype)


def ones_like(x: Any, dtype: Any = None, name: Any = None) -> Any:
    """Ones in the shape of a tensor."""
    return tf.ones_like(x, dtype=dtype)


def arange(start: Any, stop: Any = None, step: Any = 1, dtype: Any = "int32") -> Any:
    """Integers in steps."""
    if stop is None and start < 0:
        start = 0
    result = tf.range(start, limit=stop, delta=step)
    return result if dtype == "int32" else _cast(result, dtype)


def random_normal(shape: Any, mean: float = 0.0, stddev: float = 1.0, dtype: Any = None, seed: Any = None) -> Any:
    """Numbers of the normal distribution."""
    return stateful.normal(shape, mean=mean, stddev=stddev, dtype=dtype or floatx(), seed=_seed(seed))


def random_uniform(shape: Any, minval: float = 0.0, maxval: float = 1.0, dtype: Any = None, seed: Any = None) -> Any:
    """Numbers spread evenly over an interval."""
    return stateful.uniform(shape, minval=minval, maxval=maxval, dtype=dtype or floatx(), seed=_seed(seed))


def truncated_normal(shape: Any, mean: float = 0.0, stddev: float = 1.0, dtype: Any = None, seed: Any = None) -> Any:
    """Numbers of the normal distribution within two standard deviations."""
    return stateful.truncated_normal(shape, mean, stddev, dtype=dtype or floatx(), seed=_seed(seed))


def random_bernoulli(shape: Any, p: float = 0.0, dtype: Any = None, seed: Any = None) -> Any:
    """Ones with a probability, zeros else."""
    drawn = stateful.uniform(shape, dtype=dtype or floatx(), seed=_seed(seed))
    return _cast(math.less_equal(drawn, p), dtype or floatx())


def random_normal_variable(
    shape: Any, mean: float, scale: float, dtype: Any = None, name: Any = None, seed: Any = None
) -> Any:
    """A variable of normally distributed numbers."""
    return variable(random_normal(shape, mean, scale, dtype, seed), dtype, name)


def random_uniform_variable(
    shape: Any, low: float, high: float, dtype: Any = None, name: Any = None, seed: Any = None
) -> Any:
    """A variable of evenly spread numbers."""
    return variable(random_uniform(shape, low, high, dtype, seed), dtype, name)


def _seed(seed: Any) -> Any:
    return np.random.randint(10_000_000) if seed is None else seed


# --- shapes -------------------------------------------------------------------------------------------------------
def shape(x: Any) -> Any:
    """The shape as a tensor."""
    return tf.shape(x)


def int_shape(x: Any) -> Any:
    """The static shape as a tuple of ints and None; None where the rank is unknown."""
    try:
        return tuple(x.shape)
    except ValueError:
        return None


def ndim(x: Any) -> int:
    """The number of axes."""
    return _rank(x)


def count_params(x: Any) -> int:
    """The number of elements."""
    count = np.prod([int(size) for size in x.shape], dtype=np.int64)
    return count if legacy_keras() else int(count)


def dtype(x: Any) -> str:
    """The name of a tensor's dtype."""
    found = x.dtype
    return found if type(found) is str else str(getattr(found, "name", found))


def cast(x: Any, dtype: Any) -> Any:
    """The tensor in another dtype."""
    return _cast(x, dtype)


def cast_to_floatx(x: Any) -> Any:
    """A tensor or array in floatx."""
    if isinstance(x, (Tensor, Variable, Symbolic)) or hasattr(type(x), "_kerax_components"):
        return _cast(x, floatx())
    return np.asarray(x, dtype=floatx())


def reshape(x: Any, shape: Any) -> Any:
    """The tensor in another shape."""
    return tf.reshape(x, shape)


def flatten(x: Any) -> Any:
    """The tensor as a vector."""
    return tf.reshape(x, [-1])


def batch_flatten(x: Any) -> Any:
    """The tensor as a matrix, one row for each of its first axis."""
    return tf.reshape(x, [-1, int(np.prod([int(size) for size in x.shape[1:]], dtype=np.int64))])


def expand_dims(x: Any, axis: int = -1) -> Any:
    """The tensor with an axis of size 1 put in."""
    return tf.expand_dims(x, axis)


def squeeze(x: Any, axis: int) -> Any:
    """The tensor without an axis of size 1."""
    return tf.squeeze(x, [axis])


def permute_dimensions(x: Any, pattern: Sequence[int]) -> Any:
    """The tensor with its axes in another order."""
    return tf.transpose(x, perm=pattern)


def transpose(x: Any) -> Any:
    """The tensor with its axes in reverse order."""
    return tf.transpose(x)


def reverse(x: Any, axes: Any) -> Any:
    """The tensor in reverse order along axes."""
    return tf.reverse(x, [axes] if isinstance(axes, int) else axes)


def repeat(x: Any, n: int) -> Any:
    """A matrix repeated along a new axis 1."""
    if _rank(x) != 2:
        raise AssertionError(f"`repeat` takes tensors of rank 2. Received: x.shape={x.shape}")
    return tf.tile(tf.expand_dims(x, 1), [1, n, 1])


def repeat_elements(x: Any, rep: int, axis: int) -> Any:
    """The tensor with each element repeated along an axis."""
    return tf.repeat(x, rep, axis=axis)


def tile(x: Any, n: Any) -> Any:
    """The tensor repeated along its axes."""
    return tf.tile(x, [n] if isinstance(n, int) else n)


def concatenate(tensors: Any, axis: int = -1) -> Any:
    """Tensors joined along an axis."""
    tensors = list(tensors)
    if axis < 0:
        axis = axis % _rank(tensors[0]) if _rank(tensors[0]) else 0
    return tf.concat(tensors, axis)


def stack(x: Any, axis: int = 0) -> Any:
    """Tensors joined along a new axis."""
    return tf.stack(x, axis=axis)


def gather(reference: Any, indices: Any) -> Any:
    """The rows at indices."""
    return tf.gather(reference, indices)


def one_hot(indices: Any, num_classes: int) -> Any:
    """Class numbers as vectors with a 1 in their place."""
    return tf.one_hot(indices, depth=num_classes, axis=-1)


# --- padding and size ---------------------------------------------------------------------------------------------
def temporal_padding(x: Any, padding: Any = (1, 1)) -> Any:
    """Zeros before and after the middle axis."""
    if len(padding) != 2:
        raise AssertionError(f"`padding` must be two ints. Received: padding={padding}")
    return tf.pad(x, [[0, 0], [padding[0], padding[1]], [0, 0]])


def _padded(x: Any, padding: Any, data_format: Any, rank: int) -> Any:
    if len(padding) != rank or any(len(pair) != 2 for pair in padding):
        raise ValueError(f"Expected `padding` to be a tuple of {rank} pairs of ints. Received: padding={padding}")
    pairs = [list(pair) for pair in padding]
    first = standardize_data_format(data_format) == "channels_first"
    return tf.pad(x, [[0, 0], [0, 0], *pairs] if first else [[0, 0], *pairs, [0, 0]])


def spatial_2d_padding(x: Any, padding: Any = ((1, 1), (1, 1)), data_format: Any = None) -> Any:
    """Zeros around images."""
    return _padded(x, padding, data_format, 2)


def spatial_3d_padding(x: Any, padding: Any = ((1, 1), (1, 1), (1, 1)), data_format: Any = None) -> Any:
    """Zeros around volumes."""
    return _padded(x, padding, data_format, 3)


def resize_images(
    x: Any, height_factor: int, width_factor: int, data_format: Any, interpolation: str = "nearest"
) -> Any:
    """Images enlarged by whole factors."""
    if data_format not in ("channels_first", "channels_last"):
        raise ValueError(f"Invalid `data_format` argument: {data_format}")
    from kerax import image

    if interpolation not in (
        "nearest",
        "bilinear",
        "area",
        "bicubic",
        "gaussian",
        "lanczos3",
        "lanczos5",
        "mitchellcubic",
    ):
        raise ValueError(f"`interpolation` is unknown. Received: interpolation={interpolation}")
    first = data_format == "channels_first"
    x = tf.transpose(x, [0, 2, 3, 1]) if first else x
    size = (int(x.shape[1]) * height_factor, int(x.shape[2]) * width_factor)
    x = image.resize(x, size, method=interpolation)
    return tf.transpose(x, [0, 3, 1, 2]) if first else x


def resize_volumes(x: Any, depth_factor: int, height_factor: int, width_factor: int, data_format: Any) -> Any:
    """Volumes with each element repeated."""
    if data_format not in ("channels_first", "channels_last"):
        raise ValueError(f"Invalid data_format: {data_format}")
    start = 2 if data_format == "channels_first" else 1
    for axis, factor in enumerate((depth_factor, height_factor, width_factor), start):
        x = tf.repeat(x, factor, axis=axis)
    return x


# --- sparse -------------------------------------------------------------------------------------------------------
def is_sparse(tensor: Any) -> bool:
    """Whether a tensor is sparse."""
    return bool(getattr(tensor, "sparse", False)) or hasattr(tensor, "dense_shape")


def to_dense(tensor: Any) -> Any:
    """A sparse tensor as a dense one; others as they are."""
    if not is_sparse(tensor):
        return tensor
    from kerax.sparse import to_dense as dense

    return dense(tensor)
