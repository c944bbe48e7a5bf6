"""Structures of specs, results and python values as JSON, for the signatures of saved functions."""

from __future__ import annotations

from typing import Any

from kerax.core import dtypes
from kerax.core.state import Slot
from kerax.core.tensor import TensorSpec


def encode(value: Any) -> Any:
    """A structure as JSON.

    Raises:
      TypeError: it holds something that cannot be written.
    """
    if value is None or isinstance(value, (bool, int, float, str)):
        return {"value": value}
    if isinstance(value, bytes):
        return {"bytes": value.decode("latin-1")}
    if isinstance(value, TensorSpec):
        return encode_spec(value)
    if isinstance(value, Slot):
        return {"slot": value.index}
    if isinstance(value, dict):
        return {"dict": [[key, encode(item)] for key, item in value.items()]}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {"dict": [[key, encode(getattr(value, key))] for key in value._fields]}
    if isinstance(value, (list, tuple)):
        return {"tuple" if isinstance(value, tuple) else "list": [encode(item) for item in value]}
    if isinstance(value, dtypes.DType):
        return {"dtype": value.name}
    raise TypeError(f"A function with an argument or result of type {type(value).__name__} cannot be saved: {value!r}")


def encode_spec(spec: TensorSpec) -> Any:
    shape = None if spec.shape.rank is None else spec.shape.as_list()
    return {"spec": [shape, spec.dtype.name, spec.name]}


def decode(value: Any) -> Any:
    """The structure of ``encode``'s JSON.

    Raises:
      ValueError: it is something else.
    """
    if isinstance(value, dict) and len(value) == 1:
        ((kind, content),) = value.items()
        if kind == "value":
            return content
        if kind == "bytes":
            return content.encode("latin-1")
        if kind == "spec":
            return TensorSpec(content[0], content[1], content[2])
        if kind == "slot":
            return Slot(int(content))
        if kind == "dict":
            return {key: decode(item) for key, item in content}
        if kind == "list":
            return [decode(item) for item in content]
        if kind == "tuple":
            return tuple(decode(item) for item in content)
        if kind == "dtype":
            return dtypes.as_dtype(content)
    raise ValueError(f"The SavedModel's description of a signature is damaged: {value!r}")
