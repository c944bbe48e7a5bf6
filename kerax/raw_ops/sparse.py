"""Raw ops of sparse tensors, given as indices, values and shape, and of counts and sets."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax import io, sets
from kerax import sparse as public
from kerax.array_ops import broadcast_to, gather_nd
from kerax.array_ops._known import concrete
from kerax.core import errors
from kerax.core.tensor import convert_to_tensor
from kerax.ragged import RaggedTensor
from kerax.sparse import SparseTensor
from kerax.sparse.crossing import cross as crossed
from kerax.sparse.crossing import cross_hashed


def _tensors(indices: Any, values: Any, shapes: Any) -> list[SparseTensor]:
    return [SparseTensor(*parts) for parts in zip(indices, values, shapes, strict=True)]


def _apart(tensors: list[SparseTensor]) -> tuple[Any, Any, Any]:
    return [x.indices for x in tensors], [x.values for x in tensors], [x.dense_shape for x in tensors]


def concat(indices: Any, values: Any, shapes: Any, concat_dim: int) -> SparseTensor:
    return public.concat(concat_dim, _tensors(indices, values, shapes))


def reshape(input_indices: Any, input_shape: Any, new_shape: Any) -> tuple[Any, Any]:
    indices = convert_to_tensor(input_indices)
    found = public.reshape(SparseTensor(indices, np.zeros(indices.shape[0], bool), input_shape), new_shape)
    return found.indices, found.dense_shape


def split(split_dim: Any, sp_input: SparseTensor, num_split: int) -> tuple[Any, Any, Any]:
    return _apart(public.split(sp_input, num_split, split_dim))


def softmax(sp: SparseTensor) -> Any:
    return public.softmax(sp).values


def fill_empty_rows(indices: Any, values: Any, dense_shape: Any, default_value: Any) -> tuple[Any, ...]:
    sp = SparseTensor(indices, values, dense_shape)
    filled, empty = public.fill_empty_rows(sp, default_value)
    rows = concrete(sp.indices, "indices")[:, 0]
    order = np.argsort(np.concatenate([rows, np.flatnonzero(concrete(empty))]), kind="stable")
    back = np.argsort(order, kind="stable")[: len(rows)].astype(np.int64)
    return filled.indices, filled.values, empty, convert_to_tensor(back)


def _dense(sp: SparseTensor, dense: Any) -> Any:
    """The dense operand's values where the sparse one has entries."""
    return gather_nd(broadcast_to(dense, sp.dense_shape), sp.indices)


def dense_add(sp: SparseTensor, dense: Any) -> Any:
    return sp.values + _dense(sp, dense)


def dense_multiply(sp: SparseTensor, dense: Any) -> Any:
    return sp.values * _dense(sp, dense)


def dense_divide(sp: SparseTensor, dense: Any) -> Any:
    return sp.values / _dense(sp, dense)


def maximum(sp_a: SparseTensor, sp_b: SparseTensor) -> tuple[Any, Any]:
    found = public.maximum(sp_a, sp_b)
    return found.indices, found.values


def minimum(sp_a: SparseTensor, sp_b: SparseTensor) -> tuple[Any, Any]:
    found = public.minimum(sp_a, sp_b)
    return found.indices, found.values


def deserialize(serialized_sparse: Any, dtype: Any) -> SparseTensor:
    one = io.deserialize_many_sparse(convert_to_tensor(serialized_sparse)[None], dtype)
    return SparseTensor(one.indices[:, 1:], one.values, one.dense_shape[1:])


# --- counting ---
def count(values: Any, weights: Any, binary_output: bool, minlength: int, maxlength: int) -> SparseTensor:
    """Counts in each row; weights of no elements are ones."""
    weights = convert_to_tensor(weights)
    given = None if not weights.shape.num_elements() or binary_output else weights
    if given is not None and isinstance(values, SparseTensor):
        given = values.with_values(given)
    elif given is not None and isinstance(values, RaggedTensor):
        given = values.with_values(given)
    counted = public.bincount(
        values, given, -1, None if minlength < 0 else minlength, None if maxlength < 0 else maxlength, binary_output
    )
    return counted if given is not None else counted.with_values(_cast(counted.values, weights.dtype))


def _cast(values: Any, dtype: Any) -> Any:
    from kerax.math.casting import cast

    return cast(values, dtype)


def ragged_count(splits: Any, values: Any, weights: Any, binary_output: bool, minlength: int, maxlength: int) -> Any:
    return count(RaggedTensor.from_row_splits(values, splits), weights, binary_output, minlength, maxlength)


def bincount(sp: SparseTensor, size: Any, weights: Any, binary_output: bool) -> Any:
    length = int(convert_to_tensor(size))
    return public.to_dense(count(sp, weights, binary_output, length, length))


def ragged_bincount(splits: Any, values: Any, size: Any, weights: Any, binary_output: bool) -> Any:
    length = int(convert_to_tensor(size))
    return public.to_dense(ragged_count(splits, values, weights, binary_output, length, length))


# --- crossings and sets ---
def cross(indices: Any, values: Any, shapes: Any, dense_inputs: Any, sep: Any) -> SparseTensor:
    columns = [*_tensors(indices, values, shapes), *map(convert_to_tensor, dense_inputs)]
    return crossed(columns, separator=convert_to_tensor(sep))


def cross_of(
    indices: Any, values: Any, shapes: Any, dense_inputs: Any, hashed_output: bool, num_buckets: int, hash_key: int
) -> SparseTensor:
    columns = [*_tensors(indices, values, shapes), *map(convert_to_tensor, dense_inputs)]
    return cross_hashed(columns, num_buckets, hash_key) if hashed_output else crossed(columns)


def set_operation(set1: Any, set2: Any, set_operation: str, validate_indices: bool) -> SparseTensor:
    if set_operation == "intersection":
        return sets.intersection(set1, set2, validate_indices)
    if set_operation == "union":
        return sets.union(set1, set2, validate_indices)
    if set_operation not in ("a-b", "b-a"):
        raise errors.InvalidArgumentError(None, None, f"Invalid set_operation {set_operation}.")
    return sets.difference(set1, set2, set_operation == "a-b", validate_indices)
