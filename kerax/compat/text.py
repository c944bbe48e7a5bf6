"""``tf.compat``: conversions between bytes and text, and what is left of TensorFlow's python 2 days."""

from __future__ import annotations

import datetime
import numbers
import os
from typing import Any

import numpy as np

from kerax.core.dimension import Dimension
from kerax.core.shape import TensorShape

_horizon: list[datetime.date] = []

bytes_or_text_types = (bytes, str)
complex_types = (numbers.Complex, np.number)
integral_types = (numbers.Integral, np.integer)
real_types = (numbers.Real, np.integer, np.floating)


def as_bytes(bytes_or_text: Any, encoding: str = "utf-8") -> bytes:
    """Convert text to bytes; bytes stay.

    Args:
      bytes_or_text: str, bytes or bytearray.
      encoding: str, a codec name.

    Raises:
      TypeError: for anything else.

    >>> import kerax as tf
    >>> tf.compat.as_bytes("é")
    b'\\xc3\\xa9'
    """
    _check_codec(encoding)
    if isinstance(bytes_or_text, bytearray):
        return bytes(bytes_or_text)
    if isinstance(bytes_or_text, str):
        return bytes_or_text.encode(encoding)
    if isinstance(bytes_or_text, bytes):
        return bytes_or_text
    raise TypeError(f"Expected binary or unicode string, got {bytes_or_text!r}")


def as_text(bytes_or_text: Any, encoding: str = "utf-8") -> str:
    """Convert bytes to text; text stays.

    Args:
      bytes_or_text: str or bytes.
      encoding: str, a codec name.

    Raises:
      TypeError: for anything else.

    >>> import kerax as tf
    >>> tf.compat.as_text(b"abc")
    'abc'
    """
    _check_codec(encoding)
    if isinstance(bytes_or_text, str):
        return bytes_or_text
    if isinstance(bytes_or_text, bytes):
        return bytes_or_text.decode(encoding)
    raise TypeError(f"Expected binary or unicode string, got {bytes_or_text!r}")


as_str = as_text


def as_str_any(value: Any, encoding: str = "utf-8") -> str:
    """`as_text` for bytes and text, `str` for everything else."""
    return as_text(value, encoding) if isinstance(value, bytes_or_text_types) else str(value)


def path_to_str(path: Any) -> Any:
    """The file system path of a `pathlib.Path` or another path object as text; other values stay."""
    return as_str_any(os.fspath(path)) if hasattr(path, "__fspath__") else path


def dimension_value(dimension: Any) -> int | None:
    """The size of a dimension as an int, None where it is unknown."""
    value = getattr(dimension, "value", dimension)
    return None if value is None else int(value)


def dimension_at_index(shape: Any, index: int) -> Any:
    """The `tf.compat.v1.Dimension` of `shape` at `index`, unknown where the rank is."""
    shape = TensorShape(shape)
    return Dimension(None if shape.rank is None else shape[index])


def forward_compatible(year: int, month: int, day: int) -> bool:
    """True where a change that TensorFlow made on that day may be relied on."""
    return (_horizon[-1] if _horizon else datetime.date.today()) > datetime.date(year, month, day)


class forward_compatibility_horizon:
    """A context of another day for `forward_compatible`; nothing in kerax depends on it."""

    def __init__(self, year: int, month: int, day: int) -> None:
        self.day = datetime.date(year, month, day)

    def __enter__(self) -> None:
        _horizon.append(self.day)

    def __exit__(self, *error: object) -> None:
        _horizon.pop()


def _check_codec(encoding: str) -> None:
    "".encode(encoding)
