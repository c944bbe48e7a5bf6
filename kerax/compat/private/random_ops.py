"""``tensorflow.python.ops.random_ops``."""

from __future__ import annotations

from typing import Any

from kerax.core import dtypes
from kerax.random import stateless_parameterized_truncated_normal, uniform


def parameterized_truncated_normal(
    shape: Any,
    means: Any = 0.0,
    stddevs: Any = 1.0,
    minvals: Any = -2.0,
    maxvals: Any = 2.0,
    dtype: Any = dtypes.float32,
    seed: int | None = None,
    name: str | None = None,
) -> Any:
    """Normally distributed numbers between bounds.

    Args:
      shape: of the result.
      means, stddevs, minvals, maxvals: numbers or tensors that can be broadcast to it.
      dtype, seed: as of ``tf.random.normal``; the numbers differ from TensorFlow's.
    """
    from kerax.math.casting import cast

    pair = uniform([2], 0, 2**31 - 1, dtypes.int32, seed=seed)
    arguments = (cast(value, dtype) for value in (means, stddevs, minvals, maxvals))
    return stateless_parameterized_truncated_normal(shape, pair, *arguments)
