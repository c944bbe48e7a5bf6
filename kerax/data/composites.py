"""Rows and batches of ragged and sparse tensors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes
from kerax.core.shape import TensorShape
from kerax.core.tensor import Tensor, TensorSpec
from kerax.ragged import RaggedTensor, RaggedTensorSpec
from kerax.ragged import stack as stack_rows
from kerax.sparse import SparseTensor
from kerax.sparse.spec import SparseTensorSpec


def kind(value: Any) -> str:
    return type(value).__name__


def array(value: Any) -> np.ndarray:
    return np.asarray(value._value if isinstance(value, Tensor) else value)


def row(leaf: Any, index: int) -> Any:
    """One row of a ragged or sparse tensor, or of a batch of another type that has its own way."""
    if hasattr(leaf, "_kerax_row"):
        return leaf._kerax_row(index)
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
    if kind(values[0]) == "RaggedTensor":
        return stack_rows(list(values))
    if hasattr(values[0], "_kerax_stack"):
        return values[0]._kerax_stack(values)
    raise TypeError(f"Batching of elements of type {kind(values[0])} is not supported.")


# ---- batches of arrays of different shapes -----------------------------------------------------------


def _depth(spec: Any) -> int:
    """How many dimensions of a batch of such values are ragged."""
    if isinstance(spec, RaggedTensorSpec):
        return spec.ragged_rank + 1
    if not isinstance(spec, TensorSpec) or spec.shape.rank is None:
        return 0
    return max([axis + 1 for axis, size in enumerate(spec.shape.as_list()) if size is None], default=0)


def ragged_spec(spec: Any, size: int | None, splits: Any) -> Any:
    """The spec of a batch of values of a leaf spec, ragged where sizes are open."""
    shape = TensorShape([size]).concatenate(spec.shape)
    depth = _depth(spec)
    if not depth:
        return spec._batch(size) if hasattr(spec, "_batch") else TensorSpec(shape, spec.dtype)
    return RaggedTensorSpec(shape, spec.dtype, depth, splits)


def stack_ragged(spec: Any, values: Sequence[Any], splits: Any) -> Any:
    """Raw values of a leaf spec as one batch, ragged where the spec leaves sizes open."""
    if not isinstance(values[0], (np.ndarray, jax.Array)):
        return stack(values)
    arrays = [np.asarray(value) for value in values]
    depth = _depth(spec)
    if not depth:
        out = np.empty((len(arrays), *arrays[0].shape), arrays[0].dtype)
        for index, one in enumerate(arrays):
            out[index] = one if one.ndim else one[()]
        return out
    lengths = [np.array([len(one) for one in arrays])]
    for axis in range(1, depth):
        lengths.append(np.concatenate([np.full(int(np.prod(one.shape[:axis])), one.shape[axis]) for one in arrays]))
    flat: Any = Tensor(_owned(np.concatenate([one.reshape(-1, *one.shape[depth:]) for one in arrays])))
    for level in reversed(lengths):
        flat = RaggedTensor.from_row_lengths(flat, level.astype(dtypes.as_dtype(splits).as_numpy_dtype), validate=False)
    return flat


def _owned(values: np.ndarray) -> Any:
    return values if values.dtype == object else jnp.asarray(values)


def sparse_spec(shape: Any, dtype: Any) -> SparseTensorSpec:
    """The spec of a sparse tensor."""
    return SparseTensorSpec(shape, dtype)


def sparse(indices: np.ndarray, values: np.ndarray, dense_shape: np.ndarray) -> SparseTensor:
    """A sparse tensor of numpy parts."""
    return SparseTensor(indices, values, dense_shape)
