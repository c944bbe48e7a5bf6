"""Rows and batches of ragged and sparse tensors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from kerax.core.tensor import Tensor


def kind(value: Any) -> str:
    return type(value).__name__


def array(value: Any) -> np.ndarray:
    return np.asarray(value._value if isinstance(value, Tensor) else value)


def row(leaf: Any, index: int) -> Any:
    """One row of a ragged or sparse tensor."""
    if kind(leaf) == "SparseTensor":
        indices, values, shape = array(leaf.indices), array(leaf.values), array(leaf.dense_shape)
        mine = indices[:, 0] == index
        return type(leaf)(indices[mine][:, 1:], values[mine], shape[1:])
    return leaf[index]


def stack_sparse(values: Sequence[Any]) -> Any:
    """Sparse tensors of one rank as one of a rank more; its sizes are the largest of each dimension."""
    shapes = np.stack([array(value.dense_shape) for value in values])
    indices = [
        np.concatenate([np.full((len(array(v.indices)), 1), n, np.int64), array(v.indices)], axis=1)
        for n, v in enumerate(values)
    ]
    entries = np.concatenate([array(value.values) for value in values])
    shape = np.concatenate([[len(values)], shapes.max(axis=0)]).astype(np.int64)
    return type(values[0])(np.concatenate(indices), entries, shape)


def stack(values: Sequence[Any]) -> Any:
    """Ragged or sparse tensors as one batch."""
    if kind(values[0]) == "SparseTensor":
        return stack_sparse(values)
    raise TypeError(f"Batching of elements of type {kind(values[0])} is not supported.")
