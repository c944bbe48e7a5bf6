"""Embedding look-ups whose ids are ragged."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.array_ops.shaping import reshape
from kerax.core import dtypes
from kerax.core.tensor import convert_to_tensor
from kerax.math import segment
from kerax.math.arithmetic import divide_no_nan
from kerax.math.casting import cast
from kerax.math.exponential import sqrt
from kerax.ragged.elementwise import map_flat_values
from kerax.ragged.structure import boolean_mask
from kerax.ragged.tensor import RaggedTensor, is_ragged


def _checked(params: Any) -> None:
    if params is None:
        raise ValueError("params must be specified.")
    if isinstance(params, (list, tuple)) and not params:
        raise ValueError("params should not be empty.")
    if is_ragged(params):
        raise ValueError("params must be a dense tensor. Received a RaggedTensor.")


def embedding_lookup(params: Any, ids: Any, max_norm: Any = None, name: str | None = None) -> RaggedTensor:
    """``tf.nn.embedding_lookup`` of ragged ids: the rows of ``params``, ragged as the ids are."""
    from kerax import nn

    _checked(params)
    if ids.dtype not in (dtypes.int32, dtypes.int64):
        raise ValueError(f"ids must be int32 or int64 indices. Received dtype {ids.dtype.name}.")
    return map_flat_values(lambda flat: nn.embedding_lookup(params, flat, max_norm=max_norm), ids)


def embedding_lookup_sparse(
    params: Any, sp_ids: Any, sp_weights: Any, combiner: Any = None, max_norm: Any = None, name: str | None = None,
    allow_fast_lookup: bool = False,
) -> Any:  # fmt: skip
    """``tf.nn.embedding_lookup_sparse`` of ragged ids: one combined embedding for each row."""
    from kerax import nn

    _checked(params)
    combiner = combiner or "mean"
    if combiner not in ("mean", "sqrtn", "sum"):
        raise ValueError(f"combiner must be one of 'mean', 'sqrtn' or 'sum', got {combiner}")
    if sp_weights is not None and not is_ragged(sp_weights):
        raise TypeError(
            f"sp_weights must be a RaggedTensor as sp_ids is. Received {type(sp_weights).__name__!r} for sp_weights."
        )
    found = nn.embedding_lookup(params, sp_ids.flat_values, max_norm=max_norm)
    rows, count = sp_ids.value_rowids(), sp_ids.shape[0]
    found = cast(found, dtypes.float32) if found.dtype in (dtypes.float16, dtypes.bfloat16) else found
    rank = len(found.shape)
    if sp_weights is None:
        weights = convert_to_tensor(np.ones(int(found.shape[0])), found.dtype)
    else:
        weights = cast(sp_weights.flat_values, found.dtype)
    weighted = found * reshape(weights, [-1] + [1] * (rank - 1))
    total = segment.unsorted_segment_sum(weighted, rows, count)
    if combiner == "sum":
        return total
    scale = segment.unsorted_segment_sum(weights if combiner == "mean" else weights * weights, rows, count)
    scale = scale if combiner == "mean" else sqrt(scale)
    return divide_no_nan(total, reshape(scale, [-1] + [1] * (rank - 1)))


def safe_embedding_lookup_sparse(
    embedding_weights: Any, sparse_ids: Any, sparse_weights: Any = None, combiner: Any = "mean",
    default_id: Any = None, max_norm: Any = None, name: str | None = None, allow_fast_lookup: bool = False,
) -> Any:  # fmt: skip
    """``tf.nn.safe_embedding_lookup_sparse`` of ragged ids: invalid ids dropped, empty rows filled."""
    if embedding_weights is None or (isinstance(embedding_weights, (list, tuple)) and not embedding_weights):
        raise ValueError(f"Missing embedding_weights {embedding_weights}.")
    keep = sparse_ids >= 0
    if sparse_weights is not None and combiner != "sum":
        keep = keep & (sparse_weights > 0)
    ids = boolean_mask(sparse_ids, keep)
    weights = None if sparse_weights is None else boolean_mask(sparse_weights, keep)
    lengths = np.diff(ids._splits())
    empty = lengths == 0
    flat = np.insert(ids.flat_values._numpy(), ids._splits()[:-1][empty], default_id or 0)
    filled = RaggedTensor.from_row_lengths(flat.astype(ids.dtype.as_numpy_dtype), np.where(empty, 1, lengths))
    if weights is not None:
        ones = np.insert(weights.flat_values._numpy(), ids._splits()[:-1][empty], 1)
        weights = filled.with_flat_values(ones)
    out = embedding_lookup_sparse(embedding_weights, filled, weights, combiner, max_norm)
    if default_id is None and empty.any():
        keeps = convert_to_tensor((~empty).astype(np.float64), None)
        out = out * reshape(cast(keeps, out.dtype), [-1] + [1] * (len(out.shape) - 1))
    return out
