"""Row partitions: splits, lengths and row numbers, each from the others; and their checks."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.array_ops._known import known
from kerax.core import dtypes, errors
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor


def convert(value: Any, name: str) -> Tensor:
    """A partition argument as an int32 or int64 vector; python lists give int64."""
    if isinstance(value, (list, tuple, range)) or (isinstance(value, np.ndarray) and value.dtype.kind in "iuf"):
        if len(value) and np.asarray(value).dtype.kind == "f":
            raise ValueError(f"{name} must have dtype int32 or int64")
        if isinstance(value, np.ndarray) and value.dtype == np.int32:
            value = convert_to_tensor(value)
        else:
            value = convert_to_tensor(np.asarray(value, np.int64) if len(value) else np.zeros(0, np.int64))
    tensor = convert_to_tensor(value)
    if tensor.dtype not in (dtypes.int32, dtypes.int64):
        raise ValueError(f"Argument `{name}` must have dtype int32 or int64. Received dtype {tensor.dtype.name}.")
    if tensor.shape.rank != 1:
        raise ValueError(f"Argument `{name}`: Shape {tensor.shape} must have rank 1")
    return tensor


@op("splits: int", name="RowLengths")
def lengths(splits):
    return splits[1:] - splits[:-1]


@op("splits: int", name="RowIds")
def rowids(splits, count):
    return (jnp.searchsorted(splits, jnp.arange(count, dtype=splits.dtype), side="right") - 1).astype(splits.dtype)


@op("lengths: int", name="RowSplits")
def from_lengths(lengths):
    return jnp.concatenate([jnp.zeros(1, lengths.dtype), jnp.cumsum(lengths, dtype=lengths.dtype)])


@op("splits: int", name="Cast")
def cast(splits, dtype):
    return splits.astype(dtypes.as_dtype(dtype).dtype)


@op("starts: int", name="ConcatV2")
def append(starts, last):
    return jnp.append(starts, jnp.asarray(last, starts.dtype))


@op("limits: int", name="ConcatV2")
def prepend_zero(limits):
    return jnp.concatenate([jnp.zeros(1, limits.dtype), limits])


def _bad(message: str) -> Exception:
    return errors.InvalidArgumentError(None, None, message)


def check_splits(splits: Tensor, nvals: int, what: str = "row_splits") -> None:
    """Raises unless the splits begin with 0, ascend, and end with the number of values."""
    array = known(splits)
    if splits._value.shape[0] == 0:
        raise ValueError("Argument `row_splits` must have at least one element, got an empty one")
    if array is None:
        return
    problem = None
    if array[0] != 0:
        problem = "must begin with zero"
    elif (np.diff(array) < 0).any():
        problem = "must be monotonically increasing"
    elif array[-1] != nvals:
        problem = f"last element {array[-1]} must be the number of values {nvals}"
    if problem:
        raise _bad(f"Arguments to from_{what} do not form a valid RaggedTensor: {problem}")


def check_lengths(row_lengths: Tensor, nvals: int) -> None:
    array = known(row_lengths)
    if array is None:
        return
    if (array < 0).any() or array.sum() != nvals:
        raise _bad(
            "Arguments to from_row_lengths do not form a valid RaggedTensor: lengths "
            f"{array.tolist()} must be >= 0 and sum up to the number of values {nvals}"
        )


def check_rowids(ids: np.ndarray, nvals: int, nrows: int) -> None:
    bad = None
    if ids.size != nvals:
        bad = f"{ids.size} row ids for {nvals} values"
    elif ids.size and ids.min() < 0:
        bad = "row ids must be >= 0"
    elif (np.diff(ids) < 0).any():
        bad = "row ids must ascend"
    elif ids.size and ids.max() >= nrows:
        bad = f"row id {ids.max()} for {nrows} rows"
    if bad:
        raise _bad(f"Arguments to from_value_rowids do not form a valid RaggedTensor: {bad}")
