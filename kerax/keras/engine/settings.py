"""Keras' settings (float type, fuzz factor, image layout) and its form of dtypes and shapes."""

from __future__ import annotations

from typing import Any

from kerax.core import dtypes
from kerax.core.config import legacy_keras
from kerax.core.shape import TensorShape
from kerax.keras.engine import global_state

_NAMES = {
    "float64", "float32", "float16", "bfloat16", "uint8", "uint16", "uint32", "uint64", "int4", "int8", "int16",
    "int32", "int64", "bool", "string", "float8_e4m3fn", "float8_e5m2", "complex64", "complex128",
}  # fmt: skip
_PYTHON = {bool: "bool", int: "int64", float: "float32", complex: "complex128", str: "string", "int": "int64"}


def floatx() -> str:
    """The default float type, ``"float32"`` unless ``set_floatx`` was called."""
    return global_state.get("floatx", "float32")


def set_floatx(value: str) -> None:
    """Sets the default float type.

    Args:
      value: "bfloat16", "float16", "float32" or "float64".
    """
    accepted = {"bfloat16", "float16", "float32", "float64"}
    if value not in accepted:
        raise ValueError(f"Unknown `floatx` value: {value}. Expected one of {accepted}")
    global_state.put("floatx", str(value))
    if legacy_keras():  # Keras 3's policy stays what it was when first asked for
        global_state.put("dtype_policy", None)


def epsilon() -> float:
    """The fuzz factor used in numeric expressions, 1e-07 by default."""
    return global_state.get("epsilon", 1e-7)


def set_epsilon(value: float) -> None:
    """Sets the fuzz factor."""
    global_state.put("epsilon", value)


def image_data_format() -> str:
    """``"channels_last"`` or ``"channels_first"``."""
    return global_state.get("image_data_format", "channels_last")


def set_image_data_format(data_format: str) -> None:
    """Sets the default image layout.

    Args:
      data_format: "channels_last" or "channels_first".
    """
    global_state.put("image_data_format", standardize_data_format(data_format))


def standardize_data_format(data_format: str | None) -> str:
    """The layout in lower case, the default for None; ValueError for any other word."""
    if data_format is None:
        return image_data_format()
    data_format = str(data_format).lower()
    if data_format not in ("channels_first", "channels_last"):
        raise ValueError(
            "The `data_format` argument must be one of {'channels_first', 'channels_last'}. "
            f"Received: data_format={data_format}"
        )
    return data_format


def standardize_dtype(dtype: Any) -> str:
    """The name of a dtype; the default float type for None.

    Raises:
      ValueError: no such dtype.
    """
    if dtype is None:
        return floatx()
    if isinstance(dtype, (type, str)) and dtype in _PYTHON:
        return _PYTHON[dtype]
    if isinstance(dtype, dtypes.DType):
        dtype = dtype.name
    elif isinstance(dtype, str):
        dtype = str(dtype)
    elif hasattr(dtype, "name"):
        dtype = dtype.name
    elif hasattr(dtype, "__name__"):
        dtype = dtype.__name__
    if dtype not in _NAMES:
        raise ValueError(f"Invalid dtype: {dtype}")
    return dtype


def is_float_dtype(dtype: Any) -> bool:
    """Whether a dtype is floating point."""
    return standardize_dtype(dtype).startswith(("float", "bfloat"))


def is_int_dtype(dtype: Any) -> bool:
    """Whether a dtype is a signed or unsigned integer."""
    return standardize_dtype(dtype).startswith(("int", "uint"))


def standardize_shape(shape: Any) -> tuple[int | None, ...]:
    """A shape as a tuple of int and None.

    Raises:
      ValueError: an unknown rank, or a dimension that is no size.
    """
    if shape is None or (isinstance(shape, TensorShape) and shape.rank is None):
        raise ValueError("Undefined shapes are not supported.")
    if not hasattr(shape, "__iter__"):
        raise ValueError(f"Cannot convert '{shape}' to a shape.")
    sizes: list[int | None] = []
    for size in shape:
        if size is None:
            sizes.append(None)
            continue
        if isinstance(size, (str, float)):
            raise ValueError(
                f"Cannot convert '{shape}' to a shape. Found invalid dimension '{size}' of type '{type(size)}'. "
            )
        try:
            size = getattr(size, "value", size) if type(size).__name__ == "Dimension" else size
            size = None if size is None else int(size)
        except Exception as error:
            raise ValueError(
                f"Cannot convert '{shape}' to a shape. Found invalid dimension '{size}' of type '{type(size)}'. "
            ) from error
        if size is not None and size < 0:
            raise ValueError(f"Cannot convert '{shape}' to a shape. Negative dimensions are not allowed.")
        sizes.append(size)
    return tuple(sizes)


class DTypeName(str):
    """The name of a dtype, as Keras 3 reports it, that also answers as a ``tf.DType`` (Keras 2).

    >>> import kerax as tf
    >>> tf.keras.Input((2,)).dtype
    'float32'
    """

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(dtypes.as_dtype(str(self)), name)

    @property
    def name(self) -> str:
        return str(self)

    def __str__(self) -> str:
        return str.__str__(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return str, (str(self),)


class SymbolicShape(tuple):
    """A shape as a tuple (Keras 3) that also answers as a ``tf.TensorShape`` (Keras 2).

    >>> import kerax as tf
    >>> tf.keras.Input((2,)).shape
    (None, 2)
    """

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(TensorShape(tuple(self)), name)

    def __getitem__(self, key: Any) -> Any:
        found = tuple.__getitem__(self, key)
        return SymbolicShape(found) if isinstance(key, slice) else found

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (tuple(self),)
