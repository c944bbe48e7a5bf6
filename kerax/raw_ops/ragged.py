"""Raw ops of ragged tensors, given as row splits and flat values."""

from __future__ import annotations

from typing import Any

from kerax.array_ops import gather as gathered
from kerax.array_ops._known import known
from kerax.core import dtypes
from kerax.core.tensor import convert_to_tensor
from kerax.math.casting import cast
from kerax.ragged import RaggedTensor
from kerax.ragged import range as ragged_range
from kerax.ragged.crossing import cross as crossed
from kerax.ragged.crossing import cross_hashed
from kerax.sparse import SparseTensor


def _sizes(shape: Any) -> list[int | None] | None:
    """A tensor of sizes, of which -1 is an unknown one, and a scalar is an unknown rank."""
    found = known(convert_to_tensor(shape))
    return None if found is None or found.ndim == 0 else [None if item < 0 else item for item in found.tolist()]


def to_tensor(shape: Any, values: Any, default_value: Any, row_partition_tensors: Any, row_partition_types: Any) -> Any:
    kinds = [kind.decode() if isinstance(kind, bytes) else kind for kind in row_partition_types]
    partitions, count, ragged = list(row_partition_tensors), None, values
    if kinds[0] == "FIRST_DIM_SIZE":
        count, kinds, partitions = partitions[0], kinds[1:], partitions[1:]
    for place in range(len(kinds) - 1, -1, -1):
        if kinds[place] == "ROW_SPLITS":
            ragged = RaggedTensor.from_row_splits(ragged, partitions[place])
        else:
            rows = count if place == 0 else int(convert_to_tensor(partitions[place - 1]).shape[0])
            ragged = RaggedTensor.from_value_rowids(ragged, partitions[place], rows)
    return ragged.to_tensor(default_value, shape=_sizes(shape))


def _joined(nested_splits: Any, values: Any) -> RaggedTensor:
    return RaggedTensor.from_nested_row_splits(convert_to_tensor(values), nested_splits)


def to_sparse(rt_nested_splits: Any, rt_dense_values: Any) -> Any:
    return _joined(rt_nested_splits, rt_dense_values).to_sparse()


def gather(params_nested_splits: Any, params_dense_values: Any, indices: Any, OUTPUT_RAGGED_RANK: int) -> Any:
    found = gathered(_joined(params_nested_splits, params_dense_values), indices)
    return list(found.nested_row_splits), found.flat_values


def counted(starts: Any, limits: Any, deltas: Any, Tsplits: Any) -> tuple[Any, Any]:
    found = ragged_range(starts, limits, deltas, row_splits_dtype=Tsplits)
    return found.row_splits, found.values


def cross(
    ragged_values: Any, ragged_row_splits: Any, sparse_indices: Any, sparse_values: Any, sparse_shape: Any,
    dense_inputs: Any, input_order: Any, hashed_output: bool, num_buckets: int, hash_key: int,
    out_row_splits_type: Any,
) -> tuple[Any, Any]:  # fmt: skip
    """``input_order`` names each column's kind in turn: R, S or D."""
    columns = {
        "R": iter([RaggedTensor.from_row_splits(*pair) for pair in zip(ragged_values, ragged_row_splits, strict=True)]),
        "S": iter([SparseTensor(*one) for one in zip(sparse_indices, sparse_values, sparse_shape, strict=True)]),
        "D": iter(map(convert_to_tensor, dense_inputs)),
    }
    order = input_order.decode() if isinstance(input_order, bytes) else input_order
    inputs = [next(columns[kind]) for kind in order]
    found = cross_hashed(inputs, num_buckets, hash_key) if hashed_output else crossed(inputs)
    return found.values, cast(found.row_splits, dtypes.as_dtype(out_row_splits_type))
