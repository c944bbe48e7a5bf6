"""Order: sorting, searching and distinct values."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

import kerax.array_ops as tf
from kerax import math
from kerax.array_ops._sorting import order_along
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.promotion import dtype_name
from kerax.keras.ops._axes import canonical_axis
from kerax.keras.ops._public import composed, op
from kerax.keras.ops.shaping import swapaxes


@composed
def sort(x, axis=-1):
    """The tensor in ascending order along an axis.

    Args:
      x: tensor.
      axis: int, or None for the flattened tensor.

    Returns:
      Tensor of the same shape, or flat.

    >>> import kerax as tf
    >>> tf.keras.ops.sort([3, 1, 2]).numpy()
    array([1, 2, 3], dtype=int32)
    """
    x = to_tensor(x)
    if axis is None:
        x, axis = tf.reshape(x, [-1]), 0
    if x.dtype.is_bool:
        return to_tensor(tf.sort(to_tensor(x, "int8"), axis=axis), "bool")
    return tf.sort(x, axis=axis)


@composed
def argsort(x, axis=-1):
    """The indices that put a tensor in ascending order along an axis; equal values stay in their order.

    Args:
      x: tensor.
      axis: int, or None for the flattened tensor.

    Returns:
      int32 Tensor of the same shape, or flat.

    >>> import kerax as tf
    >>> tf.keras.ops.argsort([3, 1, 2]).numpy()
    array([1, 2, 0], dtype=int32)
    """
    x = to_tensor(x)
    if not len(x.shape):
        return to_tensor([0], "int32")
    x = to_tensor(x, "uint8") if x.dtype.is_bool else x
    if axis is None:
        x, axis = tf.reshape(x, [-1]), 0
    return tf.argsort(x, axis=axis)


@op("x", differentiable=False)
def _argpartition(x: Any, kth: Any) -> Any:
    order = order_along(x, -1)
    lowest = order[..., : kth + 1]
    rest = order_along(-x.at[lowest].set(0), -1)[..., : x.shape[-1] - kth - 1]
    return jnp.concatenate([lowest, rest], axis=-1).astype(jnp.int32)


@op("x", differentiable=False)
def _argpartition_rows(x: Any, kth: Any) -> Any:
    return order_along(x, -1)


@composed
def argpartition(x, kth, axis=-1):
    """Indices along an axis of which the first ``kth`` and that one lead to values no greater than the others.

    Args:
      x: tensor of numbers, compared as int32.
      kth: int.
      axis: int, or None for the flattened tensor.

    Returns:
      int32 Tensor of the same shape, or flat.

    >>> import kerax as tf
    >>> tf.keras.ops.argpartition([3, 1, 2], 0).numpy()[0]
    np.int32(1)
    """
    x = to_tensor(x, "int32")
    if axis is None:
        x, axis = tf.reshape(x, [-1]), 0
    x = swapaxes(x, axis, -1)
    kth = min(max(int(kth), 0), x.shape[-1] - 1)
    found = _argpartition(x, kth) if len(x.shape) == 1 else _argpartition_rows(x, kth)
    return swapaxes(found, -1, axis)


@composed
def searchsorted(sorted_sequence, values, side="left"):
    """Where values would have to be put into a sorted sequence to keep it sorted.

    Args:
      sorted_sequence: tensor ``[n]`` in ascending order.
      values: tensor of any shape.
      side: "left" for before equal values, "right" for after them.

    Returns:
      int32 Tensor of the shape of ``values``.

    Raises:
      ValueError: the sequence has another rank, or there is no such side.

    >>> import kerax as tf
    >>> tf.keras.ops.searchsorted([1, 3, 5], [3, 4]).numpy()
    array([1, 2], dtype=int32)
    """
    if side not in ("left", "right"):
        raise ValueError(f"`side` must be either 'left' or 'right'. Received: side={side}")
    sequence = to_tensor(sorted_sequence)
    if len(sequence.shape) != 1:
        raise ValueError(
            "`searchsorted` only supports 1-D sorted sequences. You can use `keras.ops.vectorized_map` "
            f"to extend it to N-D sequences. Received: sorted_sequence.shape={sequence.shape}"
        )
    return tf.searchsorted(sequence, to_tensor(values, dtype_name(sequence)), side=side, out_type="int32")


@composed
def top_k(x, k, sorted=True):
    """The greatest values along the last axis and their indices.

    Args:
      x: tensor of numbers.
      k: int, how many.
      sorted: bool, whether they come in descending order.

    Returns:
      Tensors ``values`` and ``indices`` ``[..., k]``.

    >>> import kerax as tf
    >>> tf.keras.ops.top_k([1, 5, 3], 2).values.numpy()
    array([5, 3], dtype=int32)
    """
    return math.top_k(to_tensor(x), k, sorted=sorted)


@composed
def in_top_k(targets, predictions, k):
    """Whether targets are among the classes of the ``k`` greatest predictions.

    Args:
      targets: tensor of integers ``[batch]``.
      predictions: float32 tensor ``[batch, classes]``.
      k: int.

    Returns:
      bool Tensor ``[batch]``.

    >>> import kerax as tf
    >>> tf.keras.ops.in_top_k([1], [[0.1, 0.8, 0.5]], 1).numpy()
    array([ True])
    """
    targets = to_tensor(targets)
    targets = targets if dtype_name(targets) in ("int32", "int64") else to_tensor(targets, "int32")
    return math.in_top_k(targets, to_tensor(predictions), k)


@op("x", host=True)
def _unique(x: Any, axis: Any, sort: Any) -> Any:
    values, first, inverse, counts = np.unique(x, True, True, True, axis=axis)
    inverse = inverse.reshape(-1)
    if not sort:
        order = np.argsort(first, kind="stable")
        values, first, counts = np.take(values, order, axis or 0), first[order], counts[order]
        rank = np.empty_like(order)
        rank[order] = np.arange(order.size)
        inverse = rank[inverse]
    return values, first.astype(np.int32), inverse.astype(np.int32), counts.astype(np.int32)


@op("x", differentiable=False)
def _unique_of_size(x: Any, axis: Any, size: Any, fill_value: Any) -> Any:
    values, first, inverse, counts = jnp.unique(
        x, True, True, True, axis=axis, size=size, fill_value=0 if fill_value is None else fill_value
    )
    held = counts > 0
    first = jnp.where(held, first, 1)
    parts = [first, inverse.reshape(-1), jnp.where(held, counts, 0)]
    return (values, *(part.astype(jnp.int32) for part in parts))


@composed
def unique(
    x, sorted=True, return_index=False, return_inverse=False, return_counts=False, axis=None, size=None, fill_value=None
):
    """The distinct elements, or slices along an axis.

    Args:
      x: tensor.
      sorted: bool, whether they come in ascending order rather than as they first occur.
      return_index: bool, whether to return where each first occurs.
      return_inverse: bool, whether to return which of them each element is.
      return_counts: bool, whether to return how often each occurs.
      axis: int, the axis of the slices, or None for the flattened tensor's elements.
      size: int, to how many the result is cut or filled; needed in compiled functions.
      fill_value: number to fill with, 0 by default.

    Returns:
      Tensor, or a tuple of it and what else is asked for, as int32 Tensors.

    >>> import kerax as tf
    >>> tf.keras.ops.unique([3, 1, 3]).numpy()
    array([1, 3], dtype=int32)
    """
    x = to_tensor(x)
    shape = x.shape
    if axis is None:
        flat, position = tf.reshape(x, [-1]), None
    else:
        flat, position = x, canonical_axis(axis, len(shape))
    if size is not None and isinstance(x._value, jax.core.Tracer):
        values, first, inverse, counts = _unique_of_size(flat, position, int(size), fill_value)
    else:
        values, first, inverse, counts = _unique(flat, position, bool(sorted))
        if size is not None:
            values, first, counts = _resized(values, first, counts, position or 0, int(size), fill_value)
    found = [values]
    if return_index:
        found.append(first)
    if return_inverse:
        found.append(tf.reshape(inverse, shape) if axis is None else inverse)
    if return_counts:
        found.append(counts)
    return tuple(found) if len(found) > 1 else values


@op("values; first; counts", differentiable=False)
def _resized(values: Any, first: Any, counts: Any, axis: Any, size: Any, fill_value: Any) -> Any:
    missing = max(0, size - values.shape[axis])
    kept = jnp.take(values, jnp.arange(min(size, values.shape[axis])), axis=axis)
    widths = [(0, missing if a == axis else 0) for a in range(values.ndim)]
    fill = jnp.asarray(0 if fill_value is None else fill_value, values.dtype)
    return (
        jnp.pad(kept, widths, constant_values=fill),
        jnp.pad(first[:size], (0, missing), constant_values=1),
        jnp.pad(counts[:size], (0, missing)),
    )
