"""``keras.ops`` that move values in and out of tensors: conversion, casting, slices and scattering."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax.numpy as jnp
import ml_dtypes
import numpy as np
from jax import lax

import kerax.array_ops as tf
from kerax.core import custom_gradient as _core_gradient
from kerax.core.tensor import is_tensor as _tf_is_tensor
from kerax.core.value import Symbolic
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.promotion import dtype_name
from kerax.keras.engine.settings import standardize_dtype
from kerax.keras.ops._public import composed, op
from kerax.math import casting
from kerax.math.clip import clip_by_value


# --- conversion ---------------------------------------------------------------------------------------------------
@composed
def convert_to_tensor(x, dtype=None, sparse=None, ragged=None):
    """A value as a tensor.

    Args:
      x: array, list, number, variable or tensor.
      dtype: the dtype wanted; tensors of another are cast.
      sparse: bool, whether sparse tensors may stay sparse; None for yes.
      ragged: bool, whether ragged tensors may stay ragged; None for yes.

    Returns:
      Tensor.

    >>> import kerax as tf
    >>> tf.keras.ops.convert_to_tensor([1, 2], "float16").dtype
    tf.float16
    """
    wanted = None if dtype is None else standardize_dtype(dtype)
    if hasattr(type(x), "_kerax_components"):
        if _is_ragged(x) and ragged is not None and not ragged:
            x = x.to_tensor()
        elif hasattr(x, "dense_shape") and sparse is not None and not sparse:
            x = _dense(x)
        else:
            return x if wanted is None else casting.cast(x, wanted)
    return to_tensor(x, wanted)


def _is_ragged(x: Any) -> bool:
    return hasattr(x, "row_splits")


def _dense(x: Any) -> Any:
    from kerax import sparse

    return sparse.to_dense(x)


def convert_to_numpy(x):
    """A tensor as a numpy array; sparse and ragged ones become dense.

    Args:
      x: tensor, variable, list or number.

    Returns:
      numpy array.

    >>> import kerax as tf
    >>> tf.keras.ops.convert_to_numpy(tf.constant([1, 2]))
    array([1, 2], dtype=int32)
    """
    if isinstance(x, Symbolic):
        raise ValueError(f"A symbolic tensor has no value: {x}")
    if hasattr(type(x), "_kerax_components"):
        x = convert_to_tensor(x, sparse=False, ragged=False)
    return np.array(x.numpy() if _tf_is_tensor(x) else x)


@composed
def cast(x, dtype):
    """A tensor's values in another dtype.

    Args:
      x: tensor.
      dtype: the dtype wanted.

    Returns:
      Tensor of the same shape.

    >>> import kerax as tf
    >>> tf.keras.ops.cast([1.7, 2.0], "int32").numpy()
    array([1, 2], dtype=int32)
    """
    if not hasattr(type(x), "_kerax_components"):
        x = to_tensor(x)
    return casting.cast(x, standardize_dtype(dtype))


def _limits(dtype: str) -> tuple[Any, Any]:
    if dtype == "bool":
        return 0, 1
    info = ml_dtypes.iinfo(dtype) if "int" in dtype else ml_dtypes.finfo(dtype)
    return info.min, info.max


@composed
def saturate_cast(x, dtype):
    """A tensor's values in another dtype, those that do not fit brought to its limits.

    Args:
      x: tensor.
      dtype: the dtype wanted.

    Returns:
      Tensor of the same shape.

    >>> import kerax as tf
    >>> tf.keras.ops.saturate_cast([-1, 300], "uint8").numpy()
    array([  0, 255], dtype=uint8)
    """
    x = to_tensor(x)
    have, want = dtype_name(x), standardize_dtype(dtype)
    kind = np.dtype(getattr(ml_dtypes, have, have)) if have == "bfloat16" else np.dtype(have)
    low = np.maximum(_limits(have)[0], _limits(want)[0]).astype(kind)
    if low < _limits(want)[0]:
        low = np.nextafter(low, kind.type(0))
    high = np.minimum(_limits(have)[1], _limits(want)[1]).astype(kind)
    if high > _limits(want)[1]:
        high = np.nextafter(high, kind.type(0))
    x = to_tensor(x, "int32") if have == "bool" else x
    return casting.cast(clip_by_value(x, to_tensor(low, dtype_name(x)), to_tensor(high, dtype_name(x))), want)


def shape(x):
    """The shape of a tensor as a tuple.

    Args:
      x: tensor.

    Returns:
      tuple of ints; of a symbolic tensor unknown sizes are None.

    >>> import kerax as tf
    >>> tf.keras.ops.shape([[1, 2]])
    (1, 2)
    """
    if isinstance(x, Symbolic):
        return x.shape
    if hasattr(type(x), "_kerax_components"):
        return tuple(x.shape)
    return tuple(to_tensor(x)._value.shape)


def dtype(x):
    """The name of a tensor's dtype.

    Args:
      x: tensor or array.

    Returns:
      str.

    >>> import kerax as tf
    >>> tf.keras.ops.dtype(tf.constant(1))
    'int32'
    """
    return standardize_dtype(x.dtype)


def is_tensor(x):
    """Whether a value is a tensor (or a variable), dense, sparse or ragged.

    Args:
      x: any value.

    Returns:
      bool.

    >>> import kerax as tf
    >>> tf.keras.ops.is_tensor(tf.constant(1)), tf.keras.ops.is_tensor([1])
    (True, False)
    """
    return _tf_is_tensor(x) and not isinstance(x, Symbolic)


# --- gradients ----------------------------------------------------------------------------------------------------
@composed
def stop_gradient(variable):
    """The value, through which no gradient flows.

    Args:
      variable: tensor or variable.

    Returns:
      Tensor of the same shape.

    >>> import kerax as tf
    >>> tf.keras.ops.stop_gradient([1.0]).numpy()
    array([1.], dtype=float32)
    """
    return tf.stop_gradient(to_tensor(variable))


def custom_gradient(f: Callable[..., Any]) -> Callable[..., Any]:
    """A function with a gradient of its own.

    Args:
      f: function of tensors that returns a result and a function from the result's gradients to the arguments'.

    Returns:
      The function that returns the result.

    >>> import kerax as tf
    >>> @tf.keras.ops.custom_gradient
    ... def twice(x):
    ...     return 2.0 * x, lambda upstream: upstream * 5.0
    >>> with tf.GradientTape() as tape:
    ...     x = tf.constant(1.0)
    ...     tape.watch(x)
    ...     y = twice(x)
    >>> tape.gradient(y, x).numpy()
    np.float32(5.0)
    """
    return _core_gradient.custom_gradient(f)


# --- slices and scattering ------------------------------------------------------------------------------------------


@composed
def slice(inputs, start_indices, shape):
    """A block of a tensor.

    Args:
      inputs: tensor.
      start_indices: ints or tensor ``[rank]``, where the block starts.
      shape: ints, its size; -1 for all that is left.

    Returns:
      Tensor of that shape.

    >>> import kerax as tf
    >>> tf.keras.ops.slice([[1, 2], [3, 4]], (0, 1), (2, 1)).numpy()
    array([[2],
           [4]], dtype=int32)
    """
    return tf.slice(to_tensor(inputs), start_indices, shape)


@op("inputs, updates; start")
def _slice_update(inputs: Any, updates: Any, start: Any) -> Any:
    return lax.dynamic_update_slice(inputs, updates, [start[i] for i in range(inputs.ndim)])


@composed
def slice_update(inputs, start_indices, updates):
    """A tensor with a block of it replaced.

    Args:
      inputs: tensor.
      start_indices: ints or tensor ``[rank]``, where the block starts.
      updates: tensor of the same rank, the new values.

    Returns:
      Tensor of the shape of ``inputs``.

    >>> import kerax as tf
    >>> tf.keras.ops.slice_update([0, 0, 0], [1], [7, 8]).numpy()
    array([0, 7, 8], dtype=int32)
    """
    inputs = to_tensor(inputs)
    return _slice_update(inputs, to_tensor(updates, dtype_name(inputs)), to_tensor(start_indices, "int32"))


@composed
def scatter(indices, values, shape):
    """Zeros with values at indices; values at the same index are summed.

    Args:
      indices: tensor of integers ``[..., depth]``.
      values: tensor of what stands at each index.
      shape: ints, the result's shape.

    Returns:
      Tensor of that shape.

    >>> import kerax as tf
    >>> tf.keras.ops.scatter([[0], [2]], [5, 6], (3,)).numpy()
    array([5, 0, 6], dtype=int32)
    """
    return tf.scatter_nd(to_tensor(indices), to_tensor(values), shape)


@op("inputs, updates; indices")
def _scatter_product(inputs: Any, updates: Any, indices: Any) -> Any:
    return inputs.at[tuple(jnp.moveaxis(indices, -1, 0))].multiply(updates)


@composed
def scatter_update(inputs, indices, updates, reduction=None):
    """A tensor with values at indices replaced, or combined with new ones.

    Args:
      inputs: tensor.
      indices: tensor of integers ``[updates, depth]``.
      updates: tensor of what comes to each index.
      reduction: None to replace, or "add", "max", "min" or "mul".

    Returns:
      Tensor of the shape of ``inputs``.

    Raises:
      ValueError: no such reduction.

    >>> import kerax as tf
    >>> tf.keras.ops.scatter_update([1, 2, 3], [[1]], [9]).numpy()
    array([1, 9, 3], dtype=int32)
    """
    reduction = None if reduction is None else reduction.lower()
    if reduction not in (None, "add", "max", "min", "mul"):
        raise ValueError(f"Invalid reduction: {reduction}. Supported values are: None, 'add', 'max', 'min', 'mul'.")
    inputs, indices = to_tensor(inputs), to_tensor(indices)
    updates = to_tensor(updates, dtype_name(inputs))
    if reduction == "mul":
        return _scatter_product(inputs, updates, indices)
    update = {
        None: tf.tensor_scatter_nd_update,
        "add": tf.tensor_scatter_nd_add,
        "max": tf.tensor_scatter_nd_max,
        "min": tf.tensor_scatter_nd_min,
    }[reduction]
    return update(inputs, indices, updates)
