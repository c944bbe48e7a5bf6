"""Keras 3's dtype promotion: the least upper bound on its lattice, with weakly typed python numbers."""

from __future__ import annotations

import functools
from typing import Any

from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.settings import floatx, standardize_dtype

# Each dtype with those next above it; "int" and "float" are python's numbers, which have no width of their own.
_ABOVE = {
    "bool": ("int",),
    "uint8": ("int16", "uint16"),
    "uint16": ("int32", "uint32"),
    "uint32": ("int64", "uint64"),
    "uint64": ("float",),
    "int": ("uint8", "int8", "complex64"),
    "int8": ("int16",),
    "int16": ("int32",),
    "int32": ("int64",),
    "int64": ("float",),
    "float": ("bfloat16", "float16"),
    "bfloat16": ("float32",),
    "float16": ("float32",),
    "float32": ("float64", "complex64"),
    "float64": ("complex128",),
    "complex64": ("complex128",),
    "complex128": (),
}
_32BIT = {"uint64": "uint32", "complex128": "complex64"}


@functools.cache
def _bounds(name: str) -> frozenset[str]:
    """Every dtype at or above one."""
    if name not in _ABOVE:
        raise ValueError(f"dtype={name!r} is not a valid dtype for Keras type promotion.")
    return frozenset({name}).union(*(_bounds(above) for above in _ABOVE[name]))


def _least_upper_bound(names: tuple[str, ...]) -> str:
    common = frozenset.intersection(*(_bounds(name) for name in names))
    for name in common & set(names):
        return name
    for name in common:
        if common <= _bounds(name):
            return name
    raise ValueError(
        f"Input dtypes {names} have no available implicit dtype promotion path. Try explicitly casting inputs to the "
        "desired output type."
    )


@functools.lru_cache(4096)
def _promoted(names: tuple[tuple[str, bool], ...], precision: str) -> str:
    """The common dtype of (name, whether it is weak) pairs."""
    kinds = {name for name, _ in names}
    if not any(weak for _, weak in names):
        found = kinds.pop() if len(kinds) == 1 else _least_upper_bound(tuple(name for name, _ in names))
    elif all(weak for _, weak in names):
        found = "float" if "float32" in kinds else "int"
    elif len(kinds) == 1:
        found = kinds.pop()
    else:
        found = _least_upper_bound(
            tuple(("float" if name == "float32" else "int") if weak else name for name, weak in names)
        )
    if found in ("int", "float"):
        found += precision
    return _32BIT.get(found, found)


def result_type(*dtypes: Any) -> str:
    """The dtype that values of several dtypes are promoted to.

    Args:
      *dtypes: names, ``tf.DType`` s, numpy dtypes; ``int`` and ``float`` stand for python numbers, which take the
        width of what they meet.

    Returns:
      str, the name of the least dtype that all can be promoted to; floatx without arguments.

    Raises:
      ValueError: there is none (float8, strings).

    >>> import kerax as tf
    >>> tf.keras.backend.result_type("bfloat16", int), tf.keras.backend.result_type("int32", "float16")
    ('bfloat16', 'float16')
    """
    if not dtypes:
        return floatx()
    names = []
    for dtype in dtypes:
        if dtype is int:
            names.append(("int64", True))
        elif dtype is float:
            names.append(("float32", True))
        else:
            names.append((standardize_dtype(dtype), False))
    if any(name.startswith("float8") for name, _ in names):
        raise ValueError(
            "There is no implicit conversions from float8 dtypes to others. You must cast it internally. "
            f"Received: {dtypes}"
        )
    return _promoted(tuple(names), floatx().removeprefix("b")[-2:])


def dtype_name(value: Any) -> str:
    """The name of a tensor's dtype."""
    return standardize_dtype(value.dtype)


def dtype_of(value: Any) -> Any:
    """What promotion sees of a value: its dtype, or python's type of a number."""
    return getattr(value, "dtype", type(value))


def promoted(*values: Any, also: tuple[Any, ...] = (), weak: bool = True) -> list[Any]:
    """Values as Tensors of their common dtype.

    Args:
      *values: tensors, arrays, lists or python numbers.
      also: dtypes that take part in the promotion.
      weak: bool, whether python numbers adapt to the others instead of being float32 and int32.
    """
    prepared = [
        value if weak and isinstance(value, (int, float)) and not hasattr(value, "dtype") else to_tensor(value)
        for value in values
    ]
    wanted = result_type(*map(dtype_of, prepared), *also)
    return [to_tensor(value, wanted) for value in prepared]


def as_float(x: Any) -> Any:
    """A Tensor of floats as most functions take it: integers become floatx, complex numbers complex64, floats stay."""
    x = to_tensor(x)
    name = dtype_name(x)
    return to_tensor(x, floatx() if name == "int64" else result_type(name, float))


def as_wide_float(x: Any) -> Any:
    """Like ``as_float`` where Keras gives float64 for int64."""
    x = to_tensor(x)
    name = dtype_name(x)
    if name == "int64":
        return to_tensor(x, "float64")
    return to_tensor(x, floatx()) if name == "bool" or "int" in name else x
