"""Subscripts of ragged tensors."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.array_ops._known import invalid
from kerax.array_ops.indexing import position
from kerax.array_ops.shaping import expand_dims as dense_expand_dims
from kerax.core import dtypes
from kerax.core.tensor import convert_to_tensor
from kerax.ragged.tensor import RaggedTensor, _make, ranges, take_rows


def getitem(rt: RaggedTensor, key: Any) -> Any:
    """A part of a ragged tensor.

    Raises:
      ValueError: a single index into a dimension whose rows have different lengths.
      InvalidArgumentError: an index is out of range.
    """
    if isinstance(key, bool) or getattr(key, "dtype", None) in (dtypes.bool, np.dtype(bool)):
        from kerax.ragged.structure import boolean_mask

        return boolean_mask(rt, key)
    keys = list(key) if isinstance(key, (tuple, list)) else [key]
    first = next((i for i, k in enumerate(keys) if k is Ellipsis), len(keys))
    keys = keys[: first + 1] + [k for k in keys[first + 1 :] if k is not Ellipsis]
    used = sum(1 for k in keys if k is not None and k is not Ellipsis)
    rank = rt.shape.rank
    if used > rank:
        raise invalid(f"Index out of range using input dim {rank}; input has only {rank} dims [Op:StridedSlice]")
    full: list[Any] = []
    for k in keys:
        full += [slice(None)] * (rank - used) if k is Ellipsis else [k]
    full = [k if k is None or isinstance(k, slice) else position(k) for k in full]
    return _outer(rt, [_ints(k) if isinstance(k, slice) else k for k in full])


def _ints(key: slice) -> slice:
    parts = [position(part) for part in (key.start, key.stop, key.step)]
    if parts[2] == 0:
        raise ValueError("slice stride cannot be zero")
    return slice(*parts)


def _outer(value: Any, keys: list[Any]) -> Any:
    """Applies keys from the first dimension on."""
    if not keys:
        return value
    if not isinstance(value, RaggedTensor):
        return value[tuple(keys)]
    key, rest = keys[0], keys[1:]
    if key is None:
        return expand_dims(_outer(value, rest), 0)
    splits = value._splits()
    nrows = len(splits) - 1
    if isinstance(key, slice):
        if key == slice(None):
            return _inner(value, rest)
        return _inner(take_rows(value, np.arange(nrows)[key]), rest)
    if key >= nrows:
        raise IndexError(f"Row key {key} out of bounds")
    if key < -nrows:
        raise invalid(f"slice index {key} of dimension 0 out of bounds. [Op:StridedSlice] name: RaggedGetItem")
    row = key % nrows
    inner = value._values
    if isinstance(inner, RaggedTensor):
        return _outer(take_rows(inner, np.arange(splits[row], splits[row + 1])), rest)
    return _outer(inner[int(splits[row]) : int(splits[row + 1])], rest)


def _inner(value: Any, keys: list[Any]) -> Any:
    """Applies keys to every row: from the second dimension on."""
    if not keys or all(k == slice(None) for k in keys):
        return value
    if not isinstance(value, RaggedTensor):
        return value[(slice(None), *keys)]
    key, rest = keys[0], keys[1:]
    if key is None:
        return expand_dims(_inner(value, rest), 1)
    splits = value._splits()
    lengths = np.diff(splits)
    if isinstance(key, int):
        if value._uniform is None:
            raise ValueError("Cannot index into an inner ragged dimension.")
        if not -value._uniform <= key < value._uniform:
            raise invalid(f"slice index {key} of dimension 1 out of bounds. [Op:StridedSlice]")
        return _inner(take_rows(value._values, splits[:-1] + key % value._uniform), rest)
    if key == slice(None):
        return value.with_values(_inner(value._values, rest))
    positions, new = _slice_rows(splits, lengths, key)
    uniform = None if value._uniform is None else len(range(*key.indices(value._uniform)))
    new_splits = convert_to_tensor(new.astype(value._row_splits.dtype.as_numpy_dtype))
    return _make(_inner(take_rows(value._values, positions), rest), new_splits, uniform)


def _slice_rows(splits: np.ndarray, lengths: np.ndarray, key: slice) -> tuple[np.ndarray, np.ndarray]:
    """Positions of the values that a slice takes of every row, and the new splits."""
    step = 1 if key.step is None else key.step
    if step == 1:
        bounds = []
        for end, default in ((key.start, 0), (key.stop, lengths)):
            end = default if end is None else end
            bounds.append(np.clip(np.where(np.asarray(end) < 0, end + lengths, end), 0, lengths))
        counts = np.maximum(bounds[1] - bounds[0], 0)
        positions = ranges(splits[:-1] + bounds[0], counts)
    else:
        rows = [np.arange(n)[key] + start for start, n in zip(splits[:-1], lengths, strict=True)]
        counts = np.array([len(row) for row in rows], np.int64)
        positions = np.concatenate(rows) if rows else np.zeros(0, np.int64)
    return positions, np.concatenate([[0], np.cumsum(counts)])


def expand_dims(input: Any, axis: Any, name: str | None = None) -> Any:
    """``tf.expand_dims`` of a Tensor or RaggedTensor."""
    if not isinstance(input, RaggedTensor):
        return dense_expand_dims(input, axis)
    rank = input.shape.rank
    axis = int(axis)
    if not -rank - 1 <= axis <= rank:
        raise ValueError(f"axis={axis} out of bounds: expected {-rank - 1}<=axis<={rank}")
    axis = axis + rank + 1 if axis < 0 else axis
    nrows = input._row_splits._value.shape[0] - 1
    dtype = input._row_splits.dtype.as_numpy_dtype
    if axis == 0:
        return _make(input, convert_to_tensor(np.array([0, nrows], dtype)), nrows)
    if axis == 1:
        return _make(input, convert_to_tensor(np.arange(nrows + 1).astype(dtype)), 1)
    return input.with_values(expand_dims(input._values, axis - 1))


def splits_tensor(array: Any, dtype: Any = dtypes.int64) -> Any:
    """Row splits as a Tensor."""
    return convert_to_tensor(np.asarray(array).astype(dtypes.as_dtype(dtype).as_numpy_dtype))
