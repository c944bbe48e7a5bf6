"""``tf.experimental.numpy.random``: drawn from TensorFlow's global generator."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax import random as tf_random
from kerax.array_ops import broadcast_to
from kerax.core import dtypes
from kerax.core.value import Tensor
from kerax.experimental.numpy._support import as_array, axes_of, default_float, result_dtype


def seed(s: Any) -> None:
    """Sets the seed of TensorFlow's global generator."""
    try:
        value = int(s)
    except TypeError:
        raise ValueError(f"Argument `s` got an invalid value {s}. Only integers are supported.") from None
    tf_random.set_seed(value)


def _sizes(size: Any) -> tuple[int, ...]:
    if size is None:
        return ()
    found = axes_of(size)
    return (int(found),) if isinstance(found, (int, np.integer)) else tuple(int(part) for part in found)


def standard_normal(size: Any = None) -> Tensor:
    """Normally distributed numbers of mean 0 and deviation 1."""
    return tf_random.normal(_sizes(size), dtype=default_float())


def randn(*args: Any) -> Tensor:
    """Normally distributed numbers; the arguments are the sizes."""
    return standard_normal(args)


def uniform(low: Any = 0.0, high: Any = 1.0, size: Any = None) -> Tensor:
    """Numbers equally distributed over ``low … high``."""
    low, high = (as_array(value, default_float()) for value in (low, high))
    shape = np.broadcast_shapes(tuple(low.shape), tuple(high.shape)) if size is None else _sizes(size)
    return tf_random.uniform(shape, broadcast_to(low, shape), broadcast_to(high, shape), dtype=default_float())


def random(size: Any = None) -> Tensor:
    """Numbers equally distributed over ``0 … 1``."""
    return uniform(0.0, 1.0, _sizes(size))


def rand(*size: Any) -> Tensor:
    """Numbers equally distributed over ``0 … 1``; the arguments are the sizes."""
    return uniform(0.0, 1.0, size)


def poisson(lam: Any = 1.0, size: Any = None) -> Tensor:
    """Numbers of events, of mean ``lam``, as int64."""
    return tf_random.poisson(_sizes(size), lam, dtype=dtypes.int64)


def randint(low: Any, high: Any = None, size: Any = None, dtype: Any = np.int64) -> Tensor:
    """Integers of ``low … high - 1``, or of ``0 … low - 1`` where only one is given.

    Raises:
      ValueError: another dtype than int32 and int64.
    """
    low = int(low)
    if high is None:
        low, high = 0, low
    wanted = result_dtype(dtype)
    if wanted not in (dtypes.int32, dtypes.int64):
        raise ValueError(
            f"Argument `dtype` got an invalid value {dtype}. Only those convertible to int32 and int64 are supported."
        )
    return tf_random.uniform(_sizes(size), low, int(high), wanted)
