"""Rows of tables by number, and sums of rows by sparse numbers."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from kerax.array_ops import concat, gather
from kerax.core import dtypes
from kerax.core.op import composed, op, static
from kerax.core.tensor import convert_to_tensor
from kerax.math.arithmetic import divide_no_nan
from kerax.math.casting import cast
from kerax.math.clip import clip_by_norm
from kerax.math.segment import segment_sum


def _table(params: Any) -> Any:
    """The whole table of a list of its parts."""
    if params is None:
        raise ValueError("params must be specified")
    if not isinstance(params, (list, tuple)):
        return params
    if not params:
        raise ValueError("Length of params is currently 0. Need at least one param.")
    return params[0] if len(params) == 1 else concat(list(params), 0)


@composed
def embedding_lookup(params: Any, ids: Any, max_norm: Any = None, name: str | None = None) -> Any:
    """Rows of a table.

    Args:
      params: tensor or variable [rows, ...], or a list of its parts along the rows, of sizes that differ by at
        most 1, the larger first.
      ids: int tensor of any shape.
      max_norm: float, the greatest euclidean norm of a row; longer ones are scaled. None for no limit.
      name: str, optional.

    Returns:
      Tensor ``ids.shape + params.shape[1:]``.

    Raises:
      ValueError: there are no ``params``.
      InvalidArgumentError: an id is no row.

    >>> import kerax as tf
    >>> tf.nn.embedding_lookup(tf.constant([[1.0, 2.0], [3.0, 4.0]]), [1, 0]).numpy()
    array([[3., 4.],
           [1., 2.]], dtype=float32)
    """
    table = _table(params)
    ids = convert_to_tensor(ids)
    rows = gather(table, ids)
    if max_norm is None:
        return rows
    return clip_by_norm(rows, max_norm, axes=list(range(ids.shape.rank, rows.shape.rank)))


def _check_combiner(combiner: str | None) -> str:
    combiner = "mean" if combiner is None else combiner
    if combiner not in ("mean", "sqrtn", "sum"):
        raise ValueError(f"combiner must be one of 'mean', 'sqrtn' or 'sum', got {combiner}")
    return combiner


def _check_sparse(ids: Any, weights: Any) -> None:
    from kerax.sparse import SparseTensor

    if not isinstance(ids, SparseTensor):
        raise TypeError(f"sp_ids must be SparseTensor, got {type(ids)}")
    if weights is None:
        return
    if not isinstance(weights, SparseTensor):
        raise TypeError(f"sp_weights must be either None or SparseTensor, got {type(weights)}")
    if weights.values.shape != ids.values.shape:
        raise ValueError(f"sp_ids and sp_weights differ in shape: {ids.values.shape} and {weights.values.shape}")


@op("values; weights")
def _scaled(values, weights):
    """Rows times weights, and the weights, in at least single precision."""
    if values.dtype in (jnp.float16, jnp.bfloat16):
        values = values.astype(jnp.float32)
    weights = weights.astype(values.dtype).reshape(weights.shape + (1,) * (values.ndim - 1))
    return values * weights, weights


@op("values: float")
def _power(values, exponent):
    return values**exponent


@composed
def embedding_lookup_sparse(
    params: Any,
    sp_ids: Any,
    sp_weights: Any,
    combiner: str | None = None,
    max_norm: Any = None,
    name: str | None = None,
    allow_fast_lookup: bool = False,
) -> Any:
    """Sums or means of rows of a table, one for each row of a sparse matrix of ids.

    Args:
      params: tensor or variable [rows, ...], or a list of its parts along the rows.
      sp_ids: SparseTensor of ints [n, m], ordered by rows.
      sp_weights: SparseTensor of floats of the same indices, or None for weights of 1.
      combiner: "mean" (the default), "sqrtn" (the sum over the root of the sum of squared weights) or "sum".
      max_norm: float, the greatest euclidean norm of a row of the table before it is used; None for no limit.
      name: str, optional.
      allow_fast_lookup: bool, which changes the speed only, and not that of kerax.

    Returns:
      Tensor [n, ...]; it ends with the last row that has an id.

    Raises:
      ValueError: for another ``combiner``.
      TypeError: ids or weights are not sparse.

    >>> import kerax as tf
    >>> ids = tf.SparseTensor([[0, 0], [0, 1]], [0, 1], [1, 2])
    >>> tf.nn.embedding_lookup_sparse(tf.constant([[1.0, 2.0], [3.0, 4.0]]), ids, None).numpy()
    array([[2., 3.]], dtype=float32)
    """
    combiner = _check_combiner(combiner)
    _check_sparse(sp_ids, sp_weights)
    rows = embedding_lookup(params, sp_ids.values, max_norm=max_norm)
    segments = cast(sp_ids.indices[:, 0], dtypes.int32)
    weights = _ones(rows) if sp_weights is None else sp_weights.values
    scaled, weights = _scaled(rows, weights)
    total = segment_sum(scaled, segments)
    if combiner == "mean":
        total = divide_no_nan(total, segment_sum(weights, segments))
    elif combiner == "sqrtn":
        total = divide_no_nan(total, _power(segment_sum(_power(weights, 2), segments), 0.5))
    return cast(total, rows.dtype)


@op("rows", differentiable=False)
def _ones(rows):
    """A weight of 1 for each row."""
    return jnp.ones(rows.shape[:1], rows.dtype)


@op("table: float; ids, rows: int; weights")
def _safe_lookup(table, ids, rows, weights, count, combiner, default_id, max_norm):
    """The combined rows of ``count`` bags; ``rows`` says to which bag an id belongs."""
    wide = jnp.float32 if table.dtype in (jnp.float16, jnp.bfloat16) else table.dtype
    valid = ids >= 0
    weight = jnp.ones(ids.shape, wide) if weights is None else weights.astype(wide)
    if weights is not None and combiner != "sum":
        valid = valid & (weights > 0)
    weight = jnp.where(valid, weight, 0)
    found = table[jnp.where(valid, ids, 0)].astype(wide)
    fallback = table[default_id or 0].astype(wide)
    if max_norm is not None:
        found, fallback = _limited(found, max_norm), _limited(fallback[None], max_norm)[0]
    broad = (slice(None),) + (None,) * (table.ndim - 1)

    def total(values: Any) -> Any:
        return jax.ops.segment_sum(values, rows, num_segments=count)

    result = total(found * weight[broad])
    empty = total(valid.astype(jnp.int32)) == 0
    if combiner != "sum":
        size = total(weight if combiner == "mean" else weight * weight)
        size = jnp.where(size == 0, 1, size)
        result = result / (size if combiner == "mean" else jnp.sqrt(size))[broad]
    fallback = jnp.zeros_like(fallback) if default_id is None else fallback
    return jnp.where(empty[broad], fallback, result).astype(table.dtype)


def _limited(rows: Any, max_norm: float) -> Any:
    axes = tuple(range(1, rows.ndim))
    squares = jnp.sum(rows * rows, axis=axes, keepdims=True)
    norm = jnp.sqrt(jnp.where(squares > 0, squares, 1))
    return jnp.where(squares > 0, rows * max_norm / jnp.maximum(norm, max_norm), rows)


@op("indices: int", differentiable=False)
def _bags(indices, shape):
    """Numbers of the rows of a sparse tensor whose leading axes are taken as one."""
    bag = jnp.zeros(indices.shape[:1], jnp.int64)
    for axis, size in enumerate(shape):
        bag = bag * size + indices[:, axis]
    return bag


@composed
def safe_embedding_lookup_sparse(
    embedding_weights: Any,
    sparse_ids: Any,
    sparse_weights: Any = None,
    combiner: str = "mean",
    default_id: int | None = None,
    max_norm: Any = None,
    name: str | None = None,
    allow_fast_lookup: bool = False,
) -> Any:
    """``tf.nn.embedding_lookup_sparse`` that copes with rows without ids and with ids below 0.

    Args:
      embedding_weights: tensor or variable [rows, ...], or a list of its parts along the rows.
      sparse_ids: SparseTensor of ints [d_1 … d_n, m]; negative ids are left out.
      sparse_weights: SparseTensor of floats of the same indices, or None; ids with weights of 0 or less are left
        out, except by "sum".
      combiner: "mean", "sqrtn" or "sum".
      default_id: int, the id of rows without ids; None for zeros.
      max_norm: float, the greatest euclidean norm of a row of the table before it is used; None for no limit.
      name: str, optional.
      allow_fast_lookup: bool, which changes the speed only, and not that of kerax.

    Returns:
      Tensor [d_1 … d_n, ...].

    Raises:
      ValueError: there are no ``embedding_weights``, or for another ``combiner``.

    >>> import kerax as tf
    >>> ids = tf.SparseTensor([[0, 0], [0, 1]], [0, -1], [2, 2])
    >>> tf.nn.safe_embedding_lookup_sparse(tf.constant([[1.0, 2.0], [3.0, 4.0]]), ids).numpy()
    array([[1., 2.],
           [0., 0.]], dtype=float32)
    """
    if embedding_weights is None or (isinstance(embedding_weights, list) and not embedding_weights):
        raise ValueError(f"Missing embedding_weights {embedding_weights}.")
    combiner = _check_combiner(combiner)
    _check_sparse(sparse_ids, sparse_weights)
    table = convert_to_tensor(_table(embedding_weights))
    lead = tuple(int(size) for size in static(sparse_ids.dense_shape, "dense_shape"))[:-1]
    count = 1
    for size in lead:
        count *= size
    weights = None if sparse_weights is None else sparse_weights.values
    limit = None if max_norm is None else float(static(max_norm, "max_norm"))
    values = cast(sparse_ids.values, dtypes.int64)
    rows = _bags(sparse_ids.indices, lead)
    result = _safe_lookup(table, values, rows, weights, count, combiner, default_id, limit)
    return _in_shape(result, lead) if len(lead) != 1 else result


@op("result")
def _in_shape(result, lead):
    return result.reshape(lead + result.shape[1:])
