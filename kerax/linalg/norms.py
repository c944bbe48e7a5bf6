"""Norms of vectors and matrices."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import errors
from kerax.core.op import op
from kerax.math import _guarded
from kerax.math.arithmetic import abs as absolute
from kerax.math.reduction import checked_axes


def _check(ord: Any, axis: Any, is_matrix: bool) -> None:
    if is_matrix:
        if len(axis) != 2 or axis[0] == axis[1]:
            raise ValueError(f"'axis' must be None, an integer, or a tuple of 2 unique integers, got {list(axis)}")
        if ord not in ("euclidean", "fro", 1, 2, np.inf):
            raise ValueError(f"'ord' must be a supported matrix norm in ['euclidean', 'fro', 1, 2, inf], got {ord}")
    elif ord != "euclidean" and (isinstance(ord, str) or ord <= 0):
        raise ValueError(f"'ord' must be a supported vector norm, got {ord}")


def _largest_singular_value(tensor: Any, axis: tuple[int, ...]) -> Any:
    moved = jnp.moveaxis(tensor, axis, (-2, -1))
    found = jnp.max(jnp.linalg.svd(moved, compute_uv=False), axis=-1)
    return jnp.expand_dims(found, tuple(a % tensor.ndim for a in axis))


def _norm(tensor: Any, ord: Any, axis: Any) -> Any:
    """The norm with the reduced axes kept."""
    is_matrix = isinstance(axis, tuple)
    axes = checked_axes(tensor, axis)
    if jnp.issubdtype(tensor.dtype, jnp.integer) and ord not in (1, np.inf):  # the others have roots
        if ord in ("fro", "euclidean", 2):
            raise errors.InvalidArgumentError(None, None, f"Value for attr 'T' of {tensor.dtype} is not float, complex")
        raise TypeError(f"Cannot convert {1.0 / ord} to EagerTensor of dtype {tensor.dtype}")
    if is_matrix and ord == 2:
        return _largest_singular_value(tensor, axis)
    if ord in ("fro", "euclidean", 2):
        return _guarded.sqrt(jnp.sum(tensor * jnp.conj(tensor), axis=axes, keepdims=True))
    size = absolute.pure(tensor)
    if ord == 1:
        total = jnp.sum(size, axis=axes if not is_matrix else axes[0], keepdims=True, dtype=size.dtype)
        return jnp.max(total, axis=axes[-1], keepdims=True) if is_matrix else total
    if ord == np.inf:
        if is_matrix:
            total = jnp.sum(size, axis=axes[1], keepdims=True, dtype=size.dtype)
            return jnp.max(total, axis=axes[0], keepdims=True)
        return jnp.max(size, axis=axes, keepdims=True, **({} if size.size else {"initial": -np.inf}))
    return jnp.power(jnp.sum(jnp.power(size, ord), axis=axes, keepdims=True), 1.0 / ord)


@op("tensor: number")
def norm(tensor, ord="euclidean", axis=None, keepdims=None, name=None):
    """The norm of vectors or matrices.

    Args:
      tensor: tensor of numbers; integers have the norms 1 and ``np.inf`` only.
      ord: ``"euclidean"``, ``"fro"`` (matrices), 1, 2, ``np.inf`` or, for vectors, any positive number ``p``:
        ``(Σ |x|ᵖ)^(1/p)``. For matrices 1 and ``np.inf`` are the largest column and row sum, 2 the largest
        singular value.
      axis: None for one vector of all elements, an int for vectors along an axis, two ints for matrices.
      keepdims: bool, whether reduced axes stay with size 1.
      name: str, optional.

    Returns:
      Tensor without the reduced axes.

    Raises:
      ValueError: for another ``ord`` or ``axis``.
      InvalidArgumentError, TypeError: for a norm that integers do not have.

    >>> import kerax as tf
    >>> tf.norm([3.0, 4.0]).numpy()
    np.float32(5.0)
    """
    is_matrix = isinstance(axis, tuple)
    _check(ord, axis, is_matrix)
    result = _norm(tensor, ord, axis)
    if keepdims:
        return result
    axes = checked_axes(tensor, axis)
    return jnp.squeeze(result, axis=tuple(range(result.ndim)) if axes is None else axes)


@op("tensor: float complex")
def normalize(tensor, ord="euclidean", axis=None, name=None):
    """Scales vectors or matrices to norm 1.

    Args:
      tensor: tensor, floating point or complex.
      ord: the norm, as in ``tf.norm``.
      axis: its axes, as in ``tf.norm``.
      name: str, optional.

    Returns:
      (tensor divided by the norm, the norm with the reduced axes kept).

    >>> import kerax as tf
    >>> tf.linalg.normalize([3.0, 4.0])[0].numpy()
    array([0.6, 0.8], dtype=float32)
    """
    _check(ord, axis, isinstance(axis, tuple))
    size = _norm(tensor, ord, axis).astype(tensor.dtype)
    return tensor / size, size
