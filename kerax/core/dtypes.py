"""``tf.DType`` and the dtypes, with TensorFlow's rules for python values."""

from __future__ import annotations

from typing import Any

import ml_dtypes
import numpy as np


class DType:
    """The type of a tensor's elements.

    >>> import kerax as tf
    >>> tf.float32
    tf.float32
    >>> tf.as_dtype("int8").max
    127
    """

    __slots__ = ("_name", "_enum", "_numpy", "_type")

    def __init__(self, name: str, enum: int, scalar: Any) -> None:
        self._name = name
        self._enum = enum
        self._type = scalar
        self._numpy = np.dtype(scalar)

    @property
    def name(self) -> str:
        return self._name

    @property
    def as_numpy_dtype(self) -> type:
        """The numpy scalar type; ``object`` for strings."""
        return self._type

    @property
    def as_datatype_enum(self) -> int:
        return self._enum

    @property
    def base_dtype(self) -> DType:
        return self

    @property
    def real_dtype(self) -> DType:
        return {"complex64": float32, "complex128": float64}.get(self._name, self)

    @property
    def size(self) -> int:
        """Bytes per element; 0 for strings, resources and variants, as TensorFlow says."""
        return 0 if self._numpy == np.dtype(object) else max(self._numpy.itemsize, 1)

    @property
    def is_numpy_compatible(self) -> bool:
        return self._name not in ("resource", "variant")

    @property
    def is_floating(self) -> bool:
        return self._name in _FLOATING

    @property
    def is_complex(self) -> bool:
        return self._name.startswith("complex")

    @property
    def is_integer(self) -> bool:
        return self._name in _INTEGER

    @property
    def is_unsigned(self) -> bool:
        return self._name.startswith("u")

    @property
    def is_bool(self) -> bool:
        return self._name == "bool"

    @property
    def is_quantized(self) -> bool:
        return self._name.startswith("q")

    @property
    def is_numeric(self) -> bool:
        return self.is_floating or self.is_complex or self.is_integer or self.is_quantized

    @property
    def min(self) -> Any:
        return self._limit("min")

    @property
    def max(self) -> Any:
        return self._limit("max")

    @property
    def limits(self) -> tuple[Any, Any]:
        """(minimum, maximum) of image data of this type: the integer range, or (0, 1).

        Raises:
          ValueError: it is no type of images.
        """
        if self.is_bool:
            return 0, True
        if not (self.is_integer or self.is_floating):
            raise ValueError(f"{self} does not have defined limits.")
        return (self.min, self.max) if self.is_integer else (0, 1)

    def _limit(self, which: str) -> Any:
        if self.is_integer:
            return int(getattr(ml_dtypes.iinfo(self._numpy), which))
        if self.is_floating:
            return getattr(ml_dtypes.finfo(self._numpy), which)
        raise TypeError(f"Cannot find {which}imum value of {self} with type {self}.")

    def is_compatible_with(self, other: Any) -> bool:
        return self == as_dtype(other)

    def is_subtype_of(self, other: Any) -> bool:
        return self == other

    def most_specific_common_supertype(self, types: Any) -> DType | None:
        return self if all(self == other for other in types) else None

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if other is None or isinstance(other, DType):
            return False
        try:
            return self is as_dtype(other)
        except TypeError:
            return False

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return self._enum

    def __repr__(self) -> str:
        return f"tf.{self._name}"

    def __str__(self) -> str:
        return f"<dtype: {self._name!r}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return as_dtype, (self._name,)

    def __int__(self) -> int:
        return self._enum

    # numpy and jax accept a DType where they accept a dtype
    @property
    def dtype(self) -> np.dtype:
        return self._numpy


class _Opaque:
    """Scalar type of handles, which have no numpy type."""


float32 = DType("float32", 1, np.float32)
float64 = double = DType("float64", 2, np.float64)
int32 = DType("int32", 3, np.int32)
uint8 = DType("uint8", 4, np.uint8)
int16 = DType("int16", 5, np.int16)
int8 = DType("int8", 6, np.int8)
string = DType("string", 7, np.object_)
complex64 = DType("complex64", 8, np.complex64)
int64 = DType("int64", 9, np.int64)
_python_bool = bool
bool = DType("bool", 10, np.bool_)
qint8 = DType("qint8", 11, np.int8)
quint8 = DType("quint8", 12, np.uint8)
qint32 = DType("qint32", 13, np.int32)
bfloat16 = DType("bfloat16", 14, ml_dtypes.bfloat16)
qint16 = DType("qint16", 15, np.int16)
quint16 = DType("quint16", 16, np.uint16)
uint16 = DType("uint16", 17, np.uint16)
complex128 = DType("complex128", 18, np.complex128)
float16 = half = DType("float16", 19, np.float16)
resource = DType("resource", 20, np.object_)
variant = DType("variant", 21, np.object_)
uint32 = DType("uint32", 22, np.uint32)
uint64 = DType("uint64", 23, np.uint64)
float8_e5m2 = DType("float8_e5m2", 24, ml_dtypes.float8_e5m2)
float8_e4m3fn = DType("float8_e4m3fn", 25, ml_dtypes.float8_e4m3fn)
float8_e4m3fnuz = DType("float8_e4m3fnuz", 26, ml_dtypes.float8_e4m3fnuz)
float8_e4m3b11fnuz = DType("float8_e4m3b11fnuz", 27, ml_dtypes.float8_e4m3b11fnuz)
float8_e5m2fnuz = DType("float8_e5m2fnuz", 28, ml_dtypes.float8_e5m2fnuz)
int4 = DType("int4", 29, ml_dtypes.int4)
uint4 = DType("uint4", 30, ml_dtypes.uint4)
int2 = DType("int2", 31, ml_dtypes.int2)
uint2 = DType("uint2", 32, ml_dtypes.uint2)
float4_e2m1fn = DType("float4_e2m1fn", 33, ml_dtypes.float4_e2m1fn)

_ALL = [value for value in list(globals().values()) if isinstance(value, DType)]
_FLOATING = {
    "float16", "float32", "float64", "bfloat16", "float8_e5m2", "float8_e4m3fn", "float8_e4m3fnuz",
    "float8_e4m3b11fnuz", "float8_e5m2fnuz", "float4_e2m1fn",
}  # fmt: skip
_INTEGER = {
    "int2", "int4", "int8", "int16", "int32", "int64", "uint2", "uint4", "uint8", "uint16", "uint32", "uint64",
}  # fmt: skip

_BY_NAME = {dtype.name: dtype for dtype in _ALL} | {"double": float64, "half": float16, "float": float32}
_BY_ENUM = {dtype._enum: dtype for dtype in _ALL}
_OPAQUE = {resource, variant}
_BY_NUMPY = {dtype._numpy: dtype for dtype in _ALL if not (dtype.is_quantized or dtype in _OPAQUE)}
_BY_PYTHON = {float: float32, _python_bool: bool, _BY_NAME["bool"].as_numpy_dtype: bool, object: string}
_NO_DTYPE = (int, complex, str, bytes)  # of python's types, those that numpy has a dtype for and TensorFlow has not


def from_numpy(dtype: np.dtype) -> DType:
    """The DType of a numpy or jax array's dtype."""
    found = _BY_NUMPY.get(dtype)
    if found is None:
        found = string if dtype.kind in "OSU" else as_dtype(dtype)
    return found


def as_dtype(type_value: Any) -> DType:
    """Converts a dtype, its name, its number, a numpy or a python type to a ``DType``.

    Args:
      type_value: ``tf.DType``, name such as ``"float32"``, numpy dtype, python type or enum number.

    Returns:
      The ``DType``.

    Raises:
      TypeError: if nothing corresponds to it.

    >>> import kerax as tf
    >>> tf.as_dtype("float")
    tf.float32
    """
    if isinstance(type_value, DType):
        return type_value
    if isinstance(type_value, np.dtype):
        if type_value.kind in "OSU":
            return string
        found = _BY_NUMPY.get(type_value.newbyteorder("="))
        if found is not None:
            return found
    try:
        if isinstance(type_value, str):
            return _BY_NAME[type_value.removesuffix("_ref")]
        if isinstance(type_value, int) and not isinstance(type_value, _python_bool):
            return _BY_ENUM[type_value]
        if type_value in _BY_PYTHON:
            return _BY_PYTHON[type_value]
    except (KeyError, TypeError):
        pass
    inner = getattr(type_value, "dtype", None)
    if isinstance(inner, (np.dtype, DType)):
        return as_dtype(inner)
    try:
        if type_value is not None and not isinstance(type_value, str) and type_value not in _NO_DTYPE:
            return from_numpy_strict(np.dtype(type_value))
    except (TypeError, KeyError):
        pass
    raise TypeError(f"Cannot convert the argument `type_value`: {type_value!r} to a TensorFlow DType.")


def from_numpy_strict(dtype: np.dtype) -> DType:
    if dtype.kind in "OSU":
        return string
    return _BY_NUMPY[dtype]
