"""What is known of an operand before an op runs: its dtype, and its value where it has one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import numpy as np

from kerax.core import dtypes
from kerax.core.tensor import CompositeInput, SymbolicInput, Tensor, convert_to_tensor


def dtype_of(value: Any) -> dtypes.DType | None:
    """The DType of a tensor, variable or Keras symbol; None for python values and numpy arrays."""
    if isinstance(value, (np.ndarray, np.generic)):
        return None
    found = getattr(value, "dtype", None)
    return None if found is None else dtypes.as_dtype(found)


def is_string(value: Any) -> bool:
    """True for string tensors and python strings."""
    if type(value) is Tensor:
        return value._value.dtype == object
    return isinstance(value, (str, bytes)) or getattr(value, "dtype", None) is dtypes.string


def concrete(value: Any) -> np.ndarray | None:
    """The value as a numpy array where it is known now; None for traced and symbolic tensors."""
    if isinstance(value, Tensor):
        inner = value._value
        return None if isinstance(inner, jax.core.Tracer) else np.asarray(inner)
    if isinstance(value, (bool, int, float, complex, np.ndarray, np.generic, list, tuple)):
        try:
            return np.asarray(value)
        except ValueError:
            return None
    return None


def concrete_any(value: Any, test: Callable[[Any], Any]) -> bool:
    """Whether the value is known now and passes the test, which takes a numpy array."""
    known = concrete(value)
    return known is not None and known.dtype != object and bool(test(known))


def alone(value: Any) -> Any:
    """An operand of the functions that convert it before they look at the others: it keeps its own dtype."""
    if isinstance(value, (bool, int, float, complex, np.ndarray, np.generic, list, tuple)):
        try:
            return convert_to_tensor(value)
        except (SymbolicInput, CompositeInput):
            pass
    return value


def require_operands(x: Any, y: Any) -> None:
    """Refuses None as an operand."""
    if x is None or y is None:
        raise ValueError("Attempt to convert a value (None) with an unsupported type (<class 'NoneType'>) to a Tensor.")
