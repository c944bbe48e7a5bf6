"""Crosses of features: every combination of one value from each column of a row."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from kerax.array_ops._known import concrete
from kerax.core import dtypes, errors
from kerax.core.tensor import convert_to_tensor
from kerax.ragged.getitem import splits_tensor
from kerax.ragged.structure import convert
from kerax.ragged.tensor import RaggedTensor, _make, is_ragged

DEFAULT_KEY = 0xDECAFCAFFE
_MASK = 0xFFFFFFFFFFFFFFFF
_FACTOR = 0xC6A4A7935BD1E995


def _mix(value: int) -> int:
    return value ^ (value >> 47)


def fingerprint_cat(first: int, second: int) -> int:
    """The 64-bit fingerprint of two fingerprints."""
    result = first ^ _FACTOR
    result ^= _mix((second * _FACTOR) & _MASK) * _FACTOR & _MASK
    result = result * _FACTOR & _MASK
    result = _mix(result) * _FACTOR & _MASK
    return _mix(result)


def _column(value: Any) -> list[list[Any]]:
    """The values of each row."""
    if hasattr(value, "dense_shape"):
        rows: list[list[Any]] = [[] for _ in range(value._sizes()[0])]
        for row, item in zip(value._places()[:, 0].tolist(), concrete(value._values).tolist(), strict=True):
            rows[row].append(item)
        return rows
    return value.to_list() if is_ragged(value) else concrete(value).tolist()


def combinations(columns: Sequence[Any]) -> list[list[Any]]:
    """For every row, the list of its combinations; the last column varies fastest."""
    listed = [_column(column) for column in columns]
    if len({len(rows) for rows in listed}) > 1:
        raise errors.InvalidArgumentError(
            None, None, f"Expected all columns to have the same batch size, got {[len(rows) for rows in listed]}"
        )
    return [list(itertools.product(*row)) for row in zip(*listed, strict=True)]


def _text(item: Any) -> bytes:
    return item if isinstance(item, bytes) else str(int(item)).encode()


def joined(rows: list[list[Any]], separator: bytes) -> np.ndarray:
    """The combinations as strings."""
    flat = [separator.join(_text(item) for item in combination) for row in rows for combination in row]
    out = np.empty(len(flat), object)
    out[:] = flat
    return out


def hashed(rows: list[list[Any]], buckets: int, key: int | None) -> np.ndarray:
    """int64 numbers of the combinations: the fingerprints of their parts, put together one after the other."""
    from kerax.strings.hashing import farmhash64, hash_strings

    flat = [combination for row in rows for combination in row]
    texts = sorted({item for combination in flat for item in combination if isinstance(item, bytes)})
    prints = dict(zip(texts, hash_strings(texts, farmhash64).tolist(), strict=True)) if texts else {}
    modulus = buckets if buckets > 0 else 2**63 - 1
    out = []
    for combination in flat:
        value = (DEFAULT_KEY if key is None else key) & _MASK
        for item in combination:
            value = fingerprint_cat(value, prints[item] if isinstance(item, bytes) else int(item) & _MASK)
        out.append(value % modulus)
    return np.array(out, np.int64)


def _ragged_columns(inputs: Any) -> tuple[list[Any], Any]:
    if not isinstance(inputs, (tuple, list)):
        raise TypeError("Inputs must be a list")
    columns = []
    for number, value in enumerate(inputs):
        value = value if hasattr(value, "dense_shape") else convert(value)
        if not value.dtype.is_integer and value.dtype is not dtypes.string:
            raise ValueError(f"Unexpected dtype for inputs[{number}]: {value.dtype}")
        if is_ragged(value) and value.ragged_rank != 1:
            raise ValueError("tf.ragged.cross only supports inputs with rank=2")
        columns.append(value)
    kinds = {value.row_splits.dtype for value in columns if is_ragged(value)}
    return columns, dtypes.int32 if kinds == {dtypes.int32} else dtypes.int64


def _as_ragged(rows: list[list[Any]], values: np.ndarray, dtype: Any) -> RaggedTensor:
    splits = splits_tensor(np.cumsum([0] + [len(row) for row in rows]), dtype)
    return _make(convert_to_tensor(values), splits)


def cross(inputs: Any, name: str | None = None) -> RaggedTensor:
    """All combinations of the values of a row, joined to strings by ``_X_``.

    Args:
      inputs: list of ragged, sparse and dense tensors of rank 2, of integers or strings.
      name: ignored.

    Returns:
      string RaggedTensor [rows, (combinations)].

    Raises:
      TypeError: the inputs are no list.
      ValueError: an input has another rank or dtype.
      InvalidArgumentError: the numbers of rows differ.

    >>> import kerax as tf
    >>> tf.ragged.cross([tf.ragged.constant([["a"], ["b", "c"]]), [["d"], ["e"]]])
    <tf.RaggedTensor [[b'a_X_d'], [b'b_X_e', b'c_X_e']]>
    """
    columns, dtype = _ragged_columns(inputs)
    rows = combinations(columns)
    return _as_ragged(rows, joined(rows, b"_X_"), dtype)


def cross_hashed(
    inputs: Any, num_buckets: int = 0, hash_key: int | None = None, name: str | None = None
) -> RaggedTensor:
    """All combinations of the values of a row, as hash numbers.

    Args:
      inputs: list of ragged, sparse and dense tensors of rank 2, of integers or strings.
      num_buckets: int, the number of buckets; 0 for all non-negative numbers of 63 bits.
      hash_key: int, the key; TensorFlow's own by default.
      name: ignored.

    Returns:
      int64 RaggedTensor [rows, (combinations)].

    >>> import kerax as tf
    >>> tf.ragged.cross_hashed([tf.ragged.constant([["a"]]), [["d"]]], 1)
    <tf.RaggedTensor [[0]]>
    """
    columns, dtype = _ragged_columns(inputs)
    rows = combinations(columns)
    return _as_ragged(rows, hashed(rows, int(num_buckets), hash_key), dtype)
