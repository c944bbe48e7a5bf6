"""Diagonals and triangles of matrices."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

import kerax.array_ops as tf
from kerax.keras.engine.convert import to_tensor
from kerax.keras.ops._public import composed, op


@op("x")
def _diagonal(x: Any, offset: Any, axis1: Any, axis2: Any) -> Any:
    return jnp.diagonal(x, offset=offset, axis1=axis1, axis2=axis2)


@composed
def diagonal(x, offset=0, axis1=0, axis2=1):
    """The diagonal of two axes, as the last axis.

    Args:
      x: tensor of rank 2 at least.
      offset: int, how far above the main diagonal.
      axis1: int, the rows.
      axis2: int, the columns.

    Returns:
      Tensor without the two axes and with one for the diagonal.

    >>> import kerax as tf
    >>> tf.keras.ops.diagonal([[1, 2], [3, 4]]).numpy()
    array([1, 4], dtype=int32)
    """
    x = to_tensor(x)
    if len(x.shape) < 2:
        raise ValueError(f"`diagonal` requires an array of at least two dimensions, but `x` is of shape {x.shape}.")
    return _diagonal(x, int(offset), int(axis1), int(axis2))


@op("x")
def _filled(x: Any, k: int) -> Any:
    return jnp.diag(x, k)


@composed
def diag(x, k=0):
    """The matrix with a vector on a diagonal, or the diagonal of a matrix.

    Args:
      x: tensor of rank 1 or 2.
      k: int, how far above the main diagonal.

    Returns:
      Tensor of rank 2 or 1.

    Raises:
      ValueError: another rank.

    >>> import kerax as tf
    >>> tf.keras.ops.diag([1, 2]).numpy()
    array([[1, 0],
           [0, 2]], dtype=int32)
    """
    x = to_tensor(x)
    if len(x.shape) == 1:
        return _filled(x, int(k))
    if len(x.shape) == 2:
        return diagonal.pure(x, offset=k)
    raise ValueError(f"`x` must be 1d or 2d. Received: x.shape={x.shape}")


@composed
def diagflat(x, k=0):
    """The matrix with the elements of a tensor on a diagonal.

    Args:
      x: tensor of any shape.
      k: int, how far above the main diagonal.

    Returns:
      Tensor of rank 2.

    >>> import kerax as tf
    >>> tf.keras.ops.diagflat([[1], [2]]).numpy()
    array([[1, 0],
           [0, 2]], dtype=int32)
    """
    return _filled(tf.reshape(to_tensor(x), [-1]), int(k))


@op("x")
def _triangle(x: Any, k: Any, lower: Any) -> Any:
    return jnp.tril(x, k) if lower else jnp.triu(x, k)


@composed
def tril(x, k=0):
    """The tensor with zeros above a diagonal of its last two axes.

    Args:
      x: tensor of rank 2 at least.
      k: int, how far above the main diagonal.

    Returns:
      Tensor of the same shape.

    >>> import kerax as tf
    >>> tf.keras.ops.tril([[1, 2], [3, 4]]).numpy()
    array([[1, 0],
           [3, 4]], dtype=int32)
    """
    return _triangle(to_tensor(x), k, True)


@composed
def triu(x, k=0):
    """The tensor with zeros below a diagonal of its last two axes.

    Args:
      x: tensor of rank 2 at least.
      k: int, how far above the main diagonal.

    Returns:
      Tensor of the same shape.

    >>> import kerax as tf
    >>> tf.keras.ops.triu([[1, 2], [3, 4]]).numpy()
    array([[1, 2],
           [0, 4]], dtype=int32)
    """
    return _triangle(to_tensor(x), k, False)
