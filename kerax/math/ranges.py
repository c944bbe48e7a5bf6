"""Evenly spaced numbers."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes, errors
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.math._values import dtype_of
from kerax.math.casting import cast


@op("start, stop: float complex")
def _linspace(start, stop, num, axis, name=None):
    if num < 0:
        raise errors.InvalidArgumentError(None, None, f"Requires num >= 0: {num}")
    start, stop = jnp.broadcast_arrays(start, stop)
    axis = axis % (start.ndim + 1)
    first, last = jnp.expand_dims(start, axis), jnp.expand_dims(stop, axis)
    if num < 2:
        return first[(slice(None),) * axis + (slice(0, num),)]
    step = (last - first) / (num - 1)
    shape = [1] * first.ndim
    shape[axis] = num - 2
    inner = first + step * np.arange(1, num - 1).astype(start.dtype).reshape(shape)
    return jnp.concatenate([first, inner, last], axis=axis)


def linspace(start: Any, stop: Any, num: Any, name: str | None = None, axis: int = 0) -> Any:
    """Numbers evenly spaced from ``start`` to ``stop``, both included.

    Args:
      start: tensor of numbers; integers become float64.
      stop: tensor of the same dtype.
      num: int, how many.
      name: str, optional.
      axis: int, the new axis of the result.

    Returns:
      Tensor of the shape of ``start`` with an axis of size ``num`` inserted.

    >>> import kerax as tf
    >>> tf.linspace(0.0, 1.0, 3).numpy()
    array([0. , 0.5, 1. ], dtype=float32)
    """
    start = convert_to_tensor(start, dtype=dtype_of(stop) if dtype_of(start) is None else None)
    stop = convert_to_tensor(stop, dtype=start.dtype)
    if start.dtype.is_integer:
        start, stop = cast(start, dtypes.float64), cast(stop, dtypes.float64)
    return _linspace(start, stop, num, axis)
