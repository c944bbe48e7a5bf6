"""Scaling to unit norm."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
from jax import lax

from kerax.core.op import op
from kerax.math.reduction import checked_axes


@op("x, epsilon")
def _l2_normalize(x, epsilon, axis, name=None):
    axes = checked_axes(x, axis)
    epsilon = jnp.real(epsilon)
    total = jnp.sum(jnp.real(x * jnp.conj(x)), axis=axes, keepdims=True)
    inverse = lax.rsqrt(jnp.where(total >= epsilon, total, epsilon))
    return x * inverse.astype(x.dtype)


def l2_normalize(x: Any, axis: Any = None, epsilon: Any = 1e-12, name: str | None = None, dim: Any = None) -> Any:
    """Scales a tensor to unit euclidean norm along axes: ``x / sqrt(max(Σ |x|², epsilon))``.

    Args:
      x: tensor, floating point or complex.
      axis: int, list of ints, or None for all axes.
      epsilon: float, the least sum of squares.
      name: str, optional.
      dim: the old name of ``axis``.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.l2_normalize([3.0, 4.0]).numpy()
    array([0.6, 0.8], dtype=float32)
    """
    if dim is not None:
        if axis is not None:
            raise ValueError("Cannot specify both 'axis' and 'dim'.")
        axis = dim
    return _l2_normalize(x, epsilon, axis)
