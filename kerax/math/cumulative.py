"""Running sums, products and log-sum-exps along an axis."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
from jax import lax

from kerax.core import errors
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor


def _axis(x: Any, axis: Any) -> int:
    if not isinstance(axis, int):
        kind = convert_to_tensor(axis).dtype
        if isinstance(axis, float):
            raise TypeError(f"Cannot convert {axis} to EagerTensor of dtype int32")
        if kind.is_integer:
            raise errors.InvalidArgumentError(None, None, "ScanOp: axis must be a scalar")
        raise errors.InvalidArgumentError(
            None, None, f"Value for attr 'Tidx' of {kind.name} is not in the list of allowed values: int32, int64"
        )
    if not -x.ndim <= axis < x.ndim:
        raise errors.InvalidArgumentError(
            None, None, f"ScanOp: Expected scan axis in the range [{-x.ndim}, {x.ndim}), but got {axis}"
        )
    return axis % x.ndim


def _shifted(x: Any, axis: int, reverse: bool, fill: Any) -> Any:
    """Each element replaced by the one before it (after it if reversed), the first by ``fill``."""
    size = x.shape[axis]
    if size == 0:
        return x
    kept = lax.slice_in_dim(x, 1, size, axis=axis) if reverse else lax.slice_in_dim(x, 0, size - 1, axis=axis)
    edge = jnp.full_like(lax.slice_in_dim(x, 0, 1, axis=axis), fill)
    return jnp.concatenate([kept, edge] if reverse else [edge, kept], axis=axis)


@op("x: number")
def cumsum(x, axis=0, exclusive=False, reverse=False, name=None):
    """The running sum along an axis.

    Args:
      x: tensor of numbers.
      axis: int.
      exclusive: bool, whether an element's own value is left out of its sum.
      reverse: bool, whether the sum runs from the end.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    Raises:
      InvalidArgumentError: if there is no such axis.

    >>> import kerax as tf
    >>> tf.cumsum([1, 2, 3], exclusive=True).numpy()
    array([0, 1, 3], dtype=int32)
    """
    axis = _axis(x, axis)
    if exclusive:
        x = _shifted(x, axis, reverse, 0)
    return lax.cumsum(x, axis=axis, reverse=bool(reverse))


def _running_product(x: Any, axis: int, exclusive: bool, reverse: bool) -> Any:
    if exclusive:
        x = _shifted(x, axis, reverse, 1)
    return lax.cumprod(x, axis=axis, reverse=reverse)


@op("x: number")
def cumprod(x, axis=0, exclusive=False, reverse=False, name=None):
    """The running product along an axis; its gradient at elements that are 0 is 0, as in TensorFlow.

    Args:
      x: tensor of numbers.
      axis: int.
      exclusive: bool, whether an element's own value is left out of its product.
      reverse: bool, whether the product runs from the end.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    Raises:
      InvalidArgumentError: if there is no such axis.

    >>> import kerax as tf
    >>> tf.math.cumprod([1, 2, 3]).numpy()
    array([1, 2, 6], dtype=int32)
    """
    axis, exclusive, reverse = _axis(x, axis), bool(exclusive), bool(reverse)
    if not jnp.issubdtype(x.dtype, jnp.inexact):
        return _running_product(x, axis, exclusive, reverse)

    @jax.custom_jvp
    def product(value):
        return _running_product(value, axis, exclusive, reverse)

    @product.defjvp
    def product_jvp(primals, tangents):
        (value,), (tangent,) = primals, tangents
        safe = jnp.where(value == 0, jnp.ones_like(value), value)
        relative = jnp.where(value == 0, jnp.zeros_like(tangent), tangent / safe)
        out = product(value)
        return out, out * cumsum.pure(relative, axis, exclusive, reverse)

    return product(x)


@op("x: float")
def cumulative_logsumexp(x, axis=0, exclusive=False, reverse=False, name=None):
    """``log(cumsum(exp(x)))`` along an axis, without overflow.

    Args:
      x: tensor, floating point.
      axis: int.
      exclusive: bool, whether an element's own value is left out; the first is then -inf.
      reverse: bool, whether the sum runs from the end.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.cumulative_logsumexp([0.0, 0.0]).numpy()
    array([0.       , 0.6931472], dtype=float32)
    """
    axis = _axis(x, axis)
    result = lax.cumlogsumexp(x, axis=axis, reverse=bool(reverse))
    return _shifted(result, axis, bool(reverse), -jnp.inf) if exclusive else result
