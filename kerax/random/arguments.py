"""What random functions do with their arguments before an op runs."""

from __future__ import annotations

import math
from typing import Any

import jax
import numpy as np
from jax import export

from kerax.core import dtypes, errors
from kerax.core.op import static
from kerax.core.tensor import Tensor, convert_to_tensor

FLOATS = (dtypes.float16, dtypes.bfloat16, dtypes.float32, dtypes.float64)
INTS = (dtypes.int32, dtypes.int64)
UNSIGNED = (dtypes.uint32, dtypes.uint64)


def static_shape(shape: Any) -> tuple[int, ...]:
    """A shape argument as a tuple of ints, and of the sizes that stay open while a program is exported.

    Raises:
      ValueError: it holds something else than sizes.
      errors.Uncompilable: it is a traced tensor.
    """
    sizes = static(shape, "shape")
    if isinstance(sizes, float):
        raise errors.InvalidArgumentError(None, None, f"shape must be a vector of int32 or int64, got {shape}")
    if isinstance(sizes, int):
        raise errors.InvalidArgumentError(
            None, None, f"shape must be a vector of {{int32,int64}}, got shape []: {shape}"
        )
    if sizes is None:
        raise ValueError("Cannot draw random numbers of an unknown shape.")
    if all(type(size) is int and size >= 0 for size in sizes):
        return tuple(sizes)
    out: list[Any] = []
    for size in sizes:
        if export.is_symbolic_dim(size):
            out.append(size)
            continue
        if size is None or isinstance(size, str):
            raise ValueError(f"Cannot convert a shape with unknown sizes to a Tensor. Received: shape={shape}")
        if isinstance(size, float):
            raise errors.InvalidArgumentError(None, None, f"Sizes must be integers. Received: shape={shape}")
        if int(size) < 0:
            raise errors.InvalidArgumentError(None, None, f"Dimension {size} must be >= 0")
        out.append(int(size))
    return tuple(out)


def size_of(shape: tuple[int, ...]) -> int:
    return math.prod(shape)


def number(value: Any, dtype: dtypes.DType) -> Any:
    """A parameter of a distribution, of a given dtype; python numbers without a transfer to the device."""
    if type(value) is float and dtype.is_floating or type(value) is int and not dtype.is_bool:
        return np.asarray(value, dtype.as_numpy_dtype)
    return convert_to_tensor(value, dtype)


def checked_dtype(dtype: Any, accepted: tuple[dtypes.DType, ...]) -> dtypes.DType:
    dtype = dtypes.as_dtype(dtype)
    if dtype not in accepted:
        if accepted is FLOATS:
            names = ", ".join(one.name for one in FLOATS)
            raise TypeError(
                f"Value passed to parameter 'dtype' has DataType {dtype.name} not in allowed values: {names}"
            )
        raise ValueError(f"Argument `dtype` got invalid value {dtype}. Accepted dtypes are {accepted}.")
    return dtype


def check_bounds(minval: Any, maxval: Any) -> None:
    """Raises TensorFlow's error for an empty range of integers, where the bounds are known."""
    low, high = _known(minval), _known(maxval)
    if low is None or high is None:
        return
    if low.ndim or high.ndim:
        name = "minval" if low.ndim else "maxval"
        raise errors.InvalidArgumentError(
            None, None, f"{name} must be 0-D, got shape {list((low if low.ndim else high).shape)}"
        )
    if low >= high:
        raise errors.InvalidArgumentError(None, None, f"Need minval < maxval, got {low} >= {high}")


def _known(value: Any) -> np.ndarray | None:
    if isinstance(value, np.ndarray):
        return value
    array = value._value if isinstance(value, Tensor) else value
    return None if isinstance(array, jax.core.Tracer) else np.asarray(array)
