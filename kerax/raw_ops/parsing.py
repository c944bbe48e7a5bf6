"""Raw ops that parse serialized ``Example`` records: kinds of features apart, instead of in one dict."""

from __future__ import annotations

from typing import Any

from kerax import io
from kerax.core.tensor import convert_to_tensor


def _names(keys: Any) -> list[str]:
    keys = convert_to_tensor(keys).numpy().tolist() if hasattr(keys, "dtype") else keys
    return [key.decode() if isinstance(key, bytes) else key for key in keys]


def _dense(keys: list[str], defaults: Any, shapes: Any) -> dict[str, Any]:
    features = {}
    for key, default, shape in zip(keys, defaults, shapes, strict=True):
        default = convert_to_tensor(default)
        given = default if default.shape.num_elements() else None
        features[key] = io.FixedLenFeature(shape, default.dtype, given)
    return features


def _ragged(keys: list[str], types: Any, splits: Any) -> dict[str, Any]:
    kinds = zip(keys, types, splits, strict=True)
    return {key: io.RaggedFeature(kind, row_splits_dtype=split) for key, kind, split in kinds}


def _sparse(keys: list[str], types: Any) -> dict[str, Any]:
    return {key: io.VarLenFeature(kind) for key, kind in zip(keys, types, strict=True)}


def _parsed(serialized: Any, features: dict[str, Any]) -> dict[str, Any]:
    return io.parse_example(serialized, features) if features else {}


def _parts(found: dict[str, Any], sparse: list[str], dense: dict[str, Any], filled: dict[str, Any]) -> tuple[Any, ...]:
    tensors = [found[key] for key in sparse]
    return (
        [x.indices for x in tensors], [x.values for x in tensors], [x.dense_shape for x in tensors],
        [filled[key] for key in dense],
    )  # fmt: skip


def parse_example_v2(
    serialized: Any, sparse_keys: Any, dense_keys: Any, ragged_keys: Any, dense_defaults: Any, sparse_types: Any,
    ragged_value_types: Any, ragged_split_types: Any, dense_shapes: Any,
) -> tuple[Any, ...]:  # fmt: skip
    sparse, dense, ragged = _names(sparse_keys), _names(dense_keys), _names(ragged_keys)
    ragged_found = _parsed(serialized, _ragged(ragged, ragged_value_types, ragged_split_types))
    sparse_found = _parsed(serialized, _sparse(sparse, sparse_types))
    wanted = _dense(dense, dense_defaults, dense_shapes)
    rows = [ragged_found[key] for key in ragged]
    return (
        *_parts(sparse_found, sparse, wanted, _parsed(serialized, wanted)),
        [row.values for row in rows],
        [row.row_splits for row in rows],
    )


def parse_example(
    serialized: Any, sparse_keys: Any, dense_keys: Any, dense_defaults: Any, sparse_types: Any, dense_shapes: Any
) -> tuple[Any, ...]:
    return parse_example_v2(
        serialized, sparse_keys, dense_keys, [], dense_defaults, sparse_types, [], [], dense_shapes
    )[:4]


def parse_single_example(
    serialized: Any, dense_defaults: Any, sparse_keys: Any, dense_keys: Any, sparse_types: Any, dense_shapes: Any
) -> tuple[Any, ...]:
    return parse_example(serialized, sparse_keys, dense_keys, dense_defaults, sparse_types, dense_shapes)
