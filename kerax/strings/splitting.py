"""Strings taken apart: ``split``, ``bytes_split``, and ``ngrams``, with ragged results."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core import dtypes
from kerax.core.op import composed, op
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.ragged.tensor import RaggedTensor, is_ragged
from kerax.strings._text import invalid, pack


def as_text(value: Any) -> Any:
    """A string Tensor or RaggedTensor."""
    if is_ragged(value):
        return value
    return convert_to_tensor(value, None if isinstance(value, Tensor) else "string")


def converted_text(value: Any) -> Any:
    """A string Tensor or RaggedTensor, for the functions that convert their input themselves.

    Raises:
      ValueError: it is a tensor of another dtype.
    """
    if is_ragged(value):
        if value.dtype is not dtypes.string:
            raise ValueError(f"Tensor conversion requested dtype string for RaggedTensor with dtype {value.dtype.name}")
        return value
    return convert_to_tensor(value, dtypes.string)


def apart(value: Any, cut: Any) -> Any:
    """Applies an op ``[n] → (pieces [m], splits [n + 1])`` to the elements of a tensor of any rank.

    Args:
      value: string Tensor or RaggedTensor.
      cut: the op; it may return several kinds of pieces, and the splits last.

    Returns:
      tuple of Tensors ``[pieces]`` for a scalar, else of RaggedTensors with one dimension more than ``value``.
    """
    if is_ragged(value):
        return tuple(value.with_flat_values(part) for part in apart(value.flat_values, cut))
    if value.shape.rank == 0:
        return tuple(cut(value)[:-1])
    if value.shape.rank == 1:
        *parts, splits = cut(value)
        return tuple(RaggedTensor.from_row_splits(part, splits, validate=False) for part in parts)
    dense = RaggedTensor.from_tensor(value, ragged_rank=value.shape.rank - 1)
    return tuple(dense.with_flat_values(part) for part in apart(dense.flat_values, cut))


def splits_of(rows: list[Any]) -> np.ndarray:
    """int64 [rows + 1], where each row begins."""
    out = np.zeros(len(rows) + 1, np.int64)
    np.cumsum([len(row) for row in rows], out=out[1:])
    return out


@composed
def split(input: Any, sep: Any = None, maxsplit: int = -1, name: str | None = None) -> Any:
    """Strings split at a separator.

    Args:
      input: string tensor of any rank, or ragged tensor.
      sep: str, the separator; None or empty for runs of white space.
      maxsplit: int, how many times a string is split at most; -1 for everywhere.
      name: ignored.

    Returns:
      string tensor ``[pieces]`` for a scalar, else a RaggedTensor with one more dimension.

    >>> import kerax as tf
    >>> tf.strings.split(["hello world", "a b c"])
    <tf.RaggedTensor [[b'hello', b'world'], [b'a', b'b', b'c']]>
    """
    return apart(converted_text(input), lambda flat: _split(flat, "" if sep is None else sep, maxsplit))[0]


@op("input: string; sep: string", host=True, name="StringSplitV2")
def _split(input, sep, maxsplit):
    if sep.ndim:
        raise invalid(f"sep must be a scalar, got shape: {list(sep.shape)}")
    between = sep.item()
    texts = input.ravel().tolist()
    if between:
        rows = [text.split(between, maxsplit) for text in texts]
    elif maxsplit == 0:
        rows = [[text] for text in texts]
    else:
        rows = [text.split(None, maxsplit) for text in texts]
        # what is left after the last split is a piece, though it be empty
        rows = [[*row, b""] if len(row) == maxsplit else row for row in rows]
    return pack([piece for row in rows for piece in row]), splits_of(rows)


@composed
def bytes_split(input: Any, name: str | None = None) -> Any:
    """Strings split into their bytes.

    Args:
      input: string tensor of any rank, or ragged tensor.
      name: ignored.

    Returns:
      string tensor ``[bytes]`` for a scalar, else a RaggedTensor with one more dimension.

    >>> import kerax as tf
    >>> tf.strings.bytes_split(["hi", "abc"])
    <tf.RaggedTensor [[b'h', b'i'], [b'a', b'b', b'c']]>
    """
    return apart(converted_text(input), _bytes_split)[0]


_BYTES = pack([bytes([code]) for code in range(256)])


@op("input: string", host=True)
def _bytes_split(input):
    texts = input.ravel().tolist()
    return _BYTES[np.frombuffer(b"".join(texts), np.uint8)], splits_of(texts)
