"""What the array ops may look at before they run: values known now, and the checks TensorFlow makes on them."""

from __future__ import annotations

import math
from typing import Any

import jax
import numpy as np
from jax import export

from kerax.core import dtypes, errors, state
from kerax.core.context import context
from kerax.core.op import static
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor


def invalid(message: str) -> Exception:
    """TensorFlow's exception for a bad argument: its kernel's when eager, its shape function's in a trace."""
    return errors.InvalidArgumentError(None, None, message) if context.trace is None else ValueError(message)


def known(tensor: Tensor, asking: bool = True) -> np.ndarray | None:
    """The tensor's value where reading it costs nothing: not traced, and not on an accelerator.

    Args:
      tensor: Tensor.
      asking: bool, whether it matters that a trace gives no answer.
    """
    value = tensor._value
    if isinstance(value, np.ndarray):
        return value
    if isinstance(value, jax.core.Tracer):
        if context.trace is not None and hasattr(context.trace, "concrete"):
            value = context.trace.concrete(tensor)
            return None if isinstance(value, jax.core.Tracer) else np.asarray(value)
        if asking and context.trace is not None:
            context.trace.note_question()
        return None
    if context.trace is not None or next(iter(value.devices())).platform != "cpu":
        return None
    return np.asarray(value)


def concrete(value: Any, name: str = "argument") -> np.ndarray:
    """The value as numpy, whatever it costs.

    Raises:
      errors.Uncompilable: it is traced.
    """
    if isinstance(value, np.ndarray):
        return value
    if isinstance(value, (bool, int, float, list, tuple)):
        return np.asarray(static(value, name))
    tensor = convert_to_tensor(value)
    if isinstance(tensor._value, np.ndarray):
        return tensor._value
    if not isinstance(tensor._value, jax.core.Tracer):
        return np.asarray(tensor._value)
    return np.asarray(static(tensor, name), tensor.dtype.as_numpy_dtype)


def concrete_integers(value: Any, name: str) -> np.ndarray:
    """``concrete`` of an argument that TensorFlow takes as a tensor of integers.

    Raises:
      InvalidArgumentError: it is of another dtype.
    """
    array = concrete(value, name)
    if array.dtype.kind not in "iu" and array.size:
        raise not_integers(name, array)
    return array


def not_integers(name: str, value: Any) -> Exception:
    """The exception for a value that TensorFlow takes as a tensor of integers and that is of another dtype."""
    message = f"Value of {name!r} is of dtype {convert_to_tensor(value).dtype.name}; allowed values: int32, int64"
    return errors.InvalidArgumentError(None, None, message) if context.trace is None else TypeError(message)


def whole(value: Any, name: str) -> int:
    """A number that TensorFlow converts to a scalar of integers.

    Raises:
      TypeError: it is a float.
      InvalidArgumentError: it is no number.
    """
    found = static(value, name)
    if isinstance(found, float):
        raise TypeError(f"Cannot convert {found} to EagerTensor of dtype int32")
    if found is None or isinstance(found, (tuple, complex, str, bytes)):
        raise not_integers(name, found)
    return int(found)


def dims(shape: Any, name: str = "shape") -> tuple[int, ...]:
    """A shape argument (list with tensors in it, tensor, TensorShape, int) as a tuple of ints."""
    if isinstance(shape, np.ndarray) and shape.dtype.kind == "f":
        shape = shape.astype(np.int64)  # numpy's numbers are converted, python's and tensors are not
    shape = static(shape, name)
    if shape is None:
        raise ValueError(f"{name} must be fully defined, got None.")
    if isinstance(shape, (int, np.integer)):
        return (int(shape),)
    if export.is_symbolic_dim(shape):
        return (shape,)
    out = []
    for size in shape:
        if isinstance(size, tuple):
            raise invalid(f"{name} must be 1-D, got {shape}")
        if isinstance(size, (float, complex, str, bytes)):
            raise not_integers(name, shape)
        if size is None:
            raise ValueError(f"{name} must be fully defined, got {shape}.")
        out.append(size if export.is_symbolic_dim(size) else int(size))
    return countable(tuple(out))


def countable(sizes: tuple[int, ...]) -> tuple[int, ...]:
    """The sizes of an array whose elements an int64 can count.

    Raises:
      InvalidArgumentError: there are more.
    """
    known = [size for size in sizes if type(size) is int]
    if math.prod(known) >= 1 << 63 and min(known) > 0:
        raise invalid(f"Shape {str(known).replace(' ', '')} would have more than 2**63 - 1 elements")
    return sizes


def axis_in(axis: Any, rank: int, message: str) -> int:
    """A non-negative axis, or TensorFlow's error."""
    axis = whole(axis, "axis")
    if not -rank <= axis < rank:
        raise invalid(message.format(axis=axis, rank=rank))
    return axis % rank if rank else axis


def index_dtype(dtype: Any) -> np.dtype:
    return dtypes.as_dtype(dtype).as_numpy_dtype


def check_indices(
    indices: Tensor, limit: int, message: str = "indices{where} = {value} is not in [0, {limit})", lowest: int = 0
) -> Tensor:
    """The indices, an InvalidArgumentError if they are known now and out of range, as in TensorFlow on a CPU."""
    array = known(indices)
    if array is None or array.size == 0 or array.dtype == object or export.is_symbolic_dim(limit):
        return indices
    if array.min() >= lowest and array.max() < limit:
        return indices
    wrong = np.argwhere((array < lowest) | (array >= limit))[0]
    where = "[" + ",".join(map(str, wrong.tolist())) + "]" if len(wrong) else ""
    return state.poisoned(indices, message.format(where=where, value=array[tuple(wrong)], limit=limit))
