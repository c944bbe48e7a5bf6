"""``as_string`` and ``to_number``."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from kerax.core import dtypes
from kerax.core.op import op
from kerax.strings._text import invalid, pack

_FILLS = ("", " ", "+", "-", "0", "#")
_INTEGER = re.compile(rb"\s*[+-]?[0-9]+\s*")
_FLOAT = re.compile(
    rb"\s*(?P<sign>[+-]?)(?:(?P<hex>0[xX][0-9a-fA-F]+)|(?P<nan>nan(?:\([0-9a-z_]*\))?)"
    rb"|(?P<number>inf(?:inity)?|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?))\s*",
    re.IGNORECASE,
)


@op("input: number bool string", host=True)
def as_string(input, precision=-1, scientific=False, shortest=False, width=-1, fill="", name=None):
    """Numbers as strings, in the formats of C's ``printf``.

    Args:
      input: tensor of numbers, booleans or strings.
      precision: int, digits after the point of floating point numbers; -1 for 6.
      scientific: bool, floating point numbers with an exponent.
      shortest: bool, floating point numbers in the shorter of the two notations.
      width: int, strings are filled to this length; -1 leaves them as they are.
      fill: str, one of ``" "``, ``"0"``, ``"+"``, ``"-"``, ``"#"`` with ``printf``'s meaning, or empty.
      name: ignored.

    Returns:
      string tensor of the same shape.

    Raises:
      errors.InvalidArgumentError: settings that do not go with each other or with the dtype.

    >>> import kerax as tf
    >>> tf.as_string([3.1415926, 2.72], precision=2).numpy()
    array([b'3.14', b'2.72'], dtype=object)
    """
    dtype = dtypes.from_numpy(input.dtype)
    inexact = dtype.is_floating or dtype.is_complex
    _check_format(dtype, inexact, precision, scientific, shortest, fill)
    flags = fill + (str(width) if width > -1 else "")
    if dtype is dtypes.string:
        form = f"%{flags}s".encode()
        return pack([form % text for text in input.ravel().tolist()], input.shape)
    if dtype.is_bool:
        return pack([b"true" if value else b"false" for value in input.ravel().tolist()], input.shape)
    if inexact:
        flags += f".{precision}" if precision > -1 else ""
    form = "%" + flags + ("g" if shortest else "e" if scientific else "f" if inexact else "d")
    if dtype.is_complex:
        pair = f"({form},{form})"
        texts = [pair % (value.real, value.imag) for value in input.ravel().tolist()]
    else:
        values = input.astype(np.float32) if dtype is dtypes.bfloat16 else input
        texts = [form % value for value in values.ravel().tolist()]
    return pack([text.encode() for text in texts], input.shape)


def _check_format(
    dtype: dtypes.DType, inexact: bool, precision: int, scientific: bool, shortest: bool, fill: str
) -> None:
    if not (inexact or dtype is dtypes.string):
        if scientific or shortest:
            raise invalid(f"scientific and shortest format not supported for datatype {dtype.name}")
        if precision >= 0:
            raise invalid(f"precision not supported for datatype {dtype.name}")
    if scientific and shortest:
        raise invalid("Cannot select both scientific and shortest notation")
    if len(fill) > 1:
        raise invalid("Fill string must be one or fewer characters")
    if fill not in _FILLS:
        raise invalid(f'Fill argument not supported: "{fill}"')


def to_number(input: Any, out_type: Any = dtypes.float32, name: str | None = None) -> Any:
    """Strings as numbers.

    Args:
      input: string tensor of any shape.
      out_type: float32, float64, int32, int64, uint32 or uint64.
      name: ignored.

    Returns:
      tensor of that dtype and the same shape.

    Raises:
      errors.InvalidArgumentError: a string that is no such number, or another dtype.

    >>> import kerax as tf
    >>> tf.strings.to_number(["1.55", "-3e2"]).numpy()
    array([   1.55, -300.  ], dtype=float32)
    """
    return _to_number(input, dtypes.as_dtype(out_type))


@op("input: string", host=True, name="StringToNumber")
def _to_number(input, out_type):
    if out_type.name not in ("float32", "float64", "int32", "int64", "uint32", "uint64"):
        raise invalid(
            f"Value for attr 'out_type' of {out_type.name} is not in the list of allowed values: "
            "float, double, int32, int64, uint32, uint64"
        )
    read = _float if out_type.is_floating else _integer
    numbers = [read(text, out_type) for text in input.ravel().tolist()]
    with np.errstate(over="ignore"):
        return (
            np.array(numbers, np.float64 if out_type.is_floating else out_type.dtype)
            .astype(out_type.dtype)
            .reshape(input.shape)
        )


def _no_number(text: bytes) -> Exception:
    return invalid(f"StringToNumberOp could not correctly convert string: {text.decode('utf8', 'replace')}")


def _integer(text: bytes, dtype: dtypes.DType) -> int:
    if not _INTEGER.fullmatch(text):
        raise _no_number(text)
    value = int(text)
    if not dtype.min <= value <= dtype.max:
        raise _no_number(text)
    return value


def _float(text: bytes, dtype: dtypes.DType) -> float:
    match = _FLOAT.fullmatch(text)
    if match is None:
        raise _no_number(text)
    if match["nan"]:
        return float("nan")
    value = float(int(match["hex"], 16)) if match["hex"] else float(match["number"])
    return -value if match["sign"] == b"-" else value
