"""Elements by index and by condition."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

import kerax.array_ops as tf
from kerax import math
from kerax.core.value import OPERATORS
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.promotion import promoted
from kerax.keras.ops._axes import canonical_axis
from kerax.keras.ops._public import composed, op


@composed
def get_item(x, key):
    """The elements of ``x[key]``.

    Args:
      x: tensor.
      key: int, slice, ``None``, ``...``, tensor, or a tuple of them.

    Returns:
      Tensor.

    >>> import kerax as tf
    >>> tf.keras.ops.get_item([[1, 2], [3, 4]], (slice(None), 1)).numpy()
    array([2, 4], dtype=int32)
    """
    return OPERATORS["getitem"](to_tensor(x), key)


@op("i", differentiable=False)
def _from_front(i: Any, size: Any) -> Any:
    return i if jnp.issubdtype(i.dtype, jnp.unsignedinteger) else jnp.where(i < 0, i + size, i)


@composed
def take(x, indices, axis=None):
    """The elements of an axis at indices.

    Args:
      x: tensor.
      indices: tensor of integers of any shape; negative ones count from the end.
      axis: int, or None for the flattened tensor.

    Returns:
      Tensor with the axes of the indices in place of the axis.

    >>> import kerax as tf
    >>> tf.keras.ops.take([10, 20, 30], [2, -3]).numpy()
    array([30, 10], dtype=int32)
    """
    x = to_tensor(x)
    if axis is None:
        x, axis = tf.reshape(x, [-1]), 0
    indices = to_tensor(indices)
    if not indices.dtype.is_integer:
        indices = to_tensor(indices, "int32")
    return tf.gather(x, _from_front(indices, x.shape[axis]), axis=axis)


@op("x; indices")
def _take_along_axis(x: Any, indices: Any, axis: Any) -> Any:
    others = jnp.broadcast_shapes(
        tuple(1 if a == axis else s for a, s in enumerate(x.shape)),
        tuple(1 if a == axis else s for a, s in enumerate(indices.shape)),
    )
    x = jnp.broadcast_to(x, (*others[:axis], x.shape[axis], *others[axis + 1 :]))
    indices = jnp.broadcast_to(indices, (*others[:axis], indices.shape[axis], *others[axis + 1 :]))
    return jnp.take_along_axis(x, jnp.where(indices < 0, indices + x.shape[axis], indices), axis=axis)


@composed
def take_along_axis(x, indices, axis=None):
    """The elements along an axis at indices that differ from row to row.

    Args:
      x: tensor.
      indices: tensor of integers of the same rank; the other axes broadcast.
      axis: int, or None for the flattened tensor.

    Returns:
      Tensor of the broadcast shape.

    Raises:
      ValueError: wrong ranks or axis.

    >>> import kerax as tf
    >>> tf.keras.ops.take_along_axis([[1, 2], [3, 4]], [[1], [0]], axis=1).numpy()
    array([[2],
           [3]], dtype=int32)
    """
    x, indices = to_tensor(x), to_tensor(indices, "int64")
    if axis is None:
        if len(indices.shape) != 1:
            raise ValueError(f"`indices` must be 1D if axis=None. Received: indices.shape={indices.shape}")
        return _take_along_axis(tf.reshape(x, [-1]), indices, 0)
    if len(x.shape) != len(indices.shape):
        raise ValueError(
            f"`x` and `indices` must have the same number of dimensions, but receive shape {x.shape} and "
            f"{indices.shape}."
        )
    return _take_along_axis(x, indices, canonical_axis(axis, len(x.shape)))


@composed
def nonzero(x):
    """The indices of the elements that are not 0.

    Args:
      x: tensor.

    Returns:
      list of int32 Tensors, one for each axis.

    >>> import kerax as tf
    >>> [i.numpy().tolist() for i in tf.keras.ops.nonzero([[0, 5], [6, 0]])]
    [[0, 1], [1, 0]]
    """
    x = to_tensor(x)
    return [to_tensor(part, "int32") for part in tf.unstack(tf.where(to_tensor(x, "bool")), len(x.shape), axis=1)]


@composed
def where(condition, x1=None, x2=None):
    """Elements of one tensor where a condition holds, of another elsewhere.

    Args:
      condition: tensor; numbers other than 0 are true.
      x1: tensor or number; without it and ``x2`` the indices of true elements are returned.
      x2: tensor or number; dtypes are promoted.

    Returns:
      Tensor of the common shape.

    Raises:
      ValueError: only one of the two is given.

    >>> import kerax as tf
    >>> tf.keras.ops.where([True, False], [1, 2], 9).numpy()
    array([1, 9], dtype=int32)
    """
    condition = to_tensor(to_tensor(condition), "bool")
    if x1 is None and x2 is None:
        return nonzero.pure(condition)
    if x1 is None or x2 is None:
        raise ValueError("`x1` and `x2` either both should be `None` or both should have non-None value.")
    return tf.where(condition, *promoted(x1, x2))


@composed
def select(condlist, choicelist, default=0):
    """Elements of the first of several tensors whose condition holds.

    Args:
      condlist: list of bool tensors.
      choicelist: list of as many tensors.
      default: what stands where no condition holds.

    Returns:
      Tensor of the common shape.

    Raises:
      ValueError: lists of different lengths, or empty ones.

    >>> import kerax as tf
    >>> x = tf.constant([1, 5, 9])
    >>> tf.keras.ops.select([x < 3, x > 7], [x, -x], 0).numpy()
    array([ 1,  0, -9], dtype=int32)
    """
    if not isinstance(condlist, (list, tuple)) or not isinstance(choicelist, (list, tuple)):
        raise ValueError(
            "condlist and choicelist must be lists. Received: "
            f"type(condlist) = {type(condlist)}, type(choicelist) = {type(choicelist)}"
        )
    if not condlist or len(condlist) != len(choicelist):
        raise ValueError(
            "condlist and choicelist must be non-empty and of one length. "
            f"Received: {len(condlist)} and {len(choicelist)}"
        )
    *choices, result = promoted(*choicelist, default)
    for condition, choice in zip(reversed(condlist), reversed(choices), strict=True):
        result = tf.where(to_tensor(condition, "bool"), choice, result)
    return result


@composed
def unravel_index(indices, shape):
    """Indices into the flattened tensor as indices of each axis.

    Args:
      indices: tensor of integers.
      shape: ints, the tensor's shape.

    Returns:
      tuple of Tensors, one for each axis.

    Raises:
      ValueError: a dimension is unknown.

    >>> import kerax as tf
    >>> [int(i) for i in tf.keras.ops.unravel_index(5, (2, 3))]
    [1, 2]
    """
    indices = to_tensor(indices)
    if None in shape:
        raise ValueError(f"`shape` argument cannot contain `None`. Received: shape={shape}")
    coordinates = []
    for size in reversed(tuple(shape)):
        coordinates.append(math.floormod(indices, size))
        indices = math.floordiv(indices, size)
    return tuple(reversed(coordinates))
