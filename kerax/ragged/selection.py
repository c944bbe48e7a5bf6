"""Ragged tensors selected from, counted, and turned into codes."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.array_ops import creation
from kerax.array_ops.gathering import where as dense_where
from kerax.core import dtypes
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.ragged.elementwise import broadcast_all, rebuild
from kerax.ragged.structure import convert
from kerax.ragged.tensor import RaggedTensor, is_ragged


def where(condition: Any, x: Any = None, y: Any = None, name: str | None = None) -> Any:
    """``tf.where`` of ragged tensors: coordinates of what is true, or a selection."""
    if (x is None) != (y is None):
        raise ValueError("x and y must be either both None or both non-None")
    condition = convert(condition)
    if x is None:
        return _coordinates(condition)
    x, y = convert(x), convert(y)
    values = broadcast_all([condition, x, y])
    like = next(value for value in values if is_ragged(value))
    return rebuild(like, dense_where(*[value.flat_values if is_ragged(value) else value for value in values]))


def _coordinates(condition: Any) -> Tensor:
    if not is_ragged(condition):
        return dense_where(condition)
    inner = _coordinates(condition.values)._numpy()
    splits = condition._splits()
    first = inner[:, 0]
    rows = np.searchsorted(splits, first, side="right") - 1
    found = np.concatenate([rows[:, None], (first - splits[rows])[:, None], inner[:, 1:]], axis=1)
    return convert_to_tensor(found.astype(np.int64))


def size(input: RaggedTensor, out_type: Any = None, name: str | None = None) -> Tensor:
    """``tf.size``: the number of values."""
    return creation.size(input.flat_values, out_type or dtypes.int32)


def rank(input: RaggedTensor, name: str | None = None) -> Tensor:
    """``tf.rank``: the number of dimensions, ragged ones included."""
    return convert_to_tensor(input.shape.rank, dtypes.int32)


def one_hot(
    indices: RaggedTensor, depth: Any, on_value: Any = None, off_value: Any = None, axis: Any = None, dtype: Any = None,
    name: str | None = None,
) -> RaggedTensor:  # fmt: skip
    """``tf.one_hot`` of the values; the new dimension lies behind the ragged ones."""
    if isinstance(axis, int) and axis >= 0:
        if axis <= indices.ragged_rank:
            raise ValueError(f"axis ({axis}) must be greater than indices.ragged_rank ({indices.ragged_rank}).")
        axis -= indices.ragged_rank
    return rebuild(indices, creation.one_hot(indices.flat_values, depth, on_value, off_value, axis, dtype))
