"""String ops of one element each: ``length``, ``lower``, ``upper``, ``strip``, ``substr``."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core.op import op
from kerax.strings._text import continuation, invalid, map_text, one_of, pack

_UNITS = ("BYTE", "UTF8_CHAR")
_SPACE = b" \t\n\v\f\r"


@op("input: string", host=True, name="StringLength")
def length(input, unit="BYTE", name=None):
    """The length of each string.

    Args:
      input: string tensor of any shape.
      unit: ``"BYTE"``, or ``"UTF8_CHAR"`` for unicode code points.
      name: ignored.

    Returns:
      int32 tensor of the same shape.

    >>> import kerax as tf
    >>> tf.strings.length(["é", "ab"], unit="UTF8_CHAR").numpy()
    array([1, 2], dtype=int32)
    """
    one_of("unit", unit, _UNITS)
    texts = input.ravel().tolist()
    if unit == "BYTE":
        counts = [len(text) for text in texts]
    else:
        counts = [len(text) if text.isascii() else len(_starts(text)) for text in texts]
    return np.array(counts, np.int32).reshape(input.shape)


def _starts(text: bytes) -> np.ndarray:
    """Where the characters of a UTF-8 string begin."""
    return np.flatnonzero(~continuation(np.frombuffer(text, np.uint8)))


def _change_case(input: np.ndarray, encoding: str, ascii_only: Any, full: Any) -> np.ndarray:
    if encoding not in ("", "utf-8"):
        raise invalid(f"only utf-8 or '' (no encoding) is supported, received {encoding}")
    if not encoding:
        return map_text(input, ascii_only)
    return map_text(input, lambda text: full(text.decode("utf8", "replace")).encode())


@op("input: string", host=True, name="StringLower")
def lower(input, encoding="", name=None):
    """Strings in lower case.

    Args:
      input: string tensor of any shape.
      encoding: ``""`` changes ASCII letters only, ``"utf-8"`` all letters of unicode.
      name: ignored.

    Returns:
      string tensor of the same shape.

    >>> import kerax as tf
    >>> tf.strings.lower("CamelCase").numpy()
    b'camelcase'
    """
    return _change_case(input, encoding, bytes.lower, str.lower)


@op("input: string", host=True, name="StringUpper")
def upper(input, encoding="", name=None):
    """Strings in upper case.

    Args:
      input: string tensor of any shape.
      encoding: ``""`` changes ASCII letters only, ``"utf-8"`` all letters of unicode.
      name: ignored.

    Returns:
      string tensor of the same shape.

    >>> import kerax as tf
    >>> tf.strings.upper("CamelCase").numpy()
    b'CAMELCASE'
    """
    return _change_case(input, encoding, bytes.upper, str.upper)


@op("input: string", host=True, name="StringStrip")
def strip(input, name=None):
    """Strings without the ASCII white space at their ends.

    Args:
      input: string tensor of any shape.
      name: ignored.

    Returns:
      string tensor of the same shape.

    >>> import kerax as tf
    >>> tf.strings.strip(["  a b\\n"]).numpy()
    array([b'a b'], dtype=object)
    """
    return map_text(input, lambda text: text.strip(_SPACE))


@op("input: string; pos, len: int", host=True)
def substr(input, pos, len, unit="BYTE", name=None):
    """A part of each string.

    Args:
      input: string tensor of any shape.
      pos: int tensor, the first byte or character; negative values count from the end. Broadcast with ``input``.
      len: int tensor of the shape of ``pos``, how many; a part that reaches beyond the end is cut.
      unit: ``"BYTE"`` or ``"UTF8_CHAR"``.
      name: ignored.

    Returns:
      string tensor of the shape of ``input``, or of its broadcast with ``pos``.

    Raises:
      errors.InvalidArgumentError: a position outside of its string, or ``pos`` and ``len`` of different shapes.

    >>> import kerax as tf
    >>> tf.strings.substr(["Hello", "World"], 1, 3).numpy()
    array([b'ell', b'orl'], dtype=object)
    """
    one_of("unit", unit, _UNITS)
    if pos.shape != len.shape:
        raise invalid(f"pos and len should have the same shape, got: {list(pos.shape)} vs. {list(len.shape)}")
    texts, starts, counts = np.broadcast_arrays(input, pos, len)
    rows = zip(texts.ravel().tolist(), starts.ravel().tolist(), counts.ravel().tolist(), strict=True)
    cut = _cut_bytes if unit == "BYTE" else _cut_characters
    return pack([cut(text, start, count, index) for index, (text, start, count) in enumerate(rows)], texts.shape)


def _first(start: int, size: int, text: bytes, index: int) -> int:
    if not -size <= start <= size:
        raise invalid(f"pos {start} out of range for string {text!r} at index {index}")
    return start + size if start < 0 else start


def _cut_bytes(text: bytes, start: int, count: int, index: int) -> bytes:
    start = _first(start, _size(text), text, index)
    return text[start:] if count < 0 else text[start : start + count]


def _cut_characters(text: bytes, start: int, count: int, index: int) -> bytes:
    starts = [*_starts(text).tolist(), _size(text)]
    start = _first(start, _size(starts) - 1, text, index)
    end = start + count if count >= 0 else None
    return text[starts[start] :] if end is None or end >= _size(starts) else text[starts[start] : starts[end]]


_size = len
