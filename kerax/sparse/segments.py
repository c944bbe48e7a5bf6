"""Sums and means of chosen rows: the ``segment_*`` functions of ``tf.sparse``, and ``sampled_addmm``."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from kerax.array_ops._known import check_indices, concrete, known
from kerax.core import dtypes, errors
from kerax.core.op import composed, op
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor


@op("data: float int; indices: int; segments: int", name="SparseSegmentReduction")
def _reduce_rows(data, indices, segments, count, kind):
    wide = data.astype(jnp.float32) if data.dtype in (jnp.float16, jnp.bfloat16) else data
    total = jax.ops.segment_sum(jnp.take(wide, indices, axis=0), segments, count)
    if kind != "sum":
        sizes = jax.ops.segment_sum(jnp.ones(segments.shape, total.dtype), segments, count)
        sizes = jnp.maximum(sizes, 1).reshape((-1,) + (1,) * (total.ndim - 1))
        total = total / (sizes if kind == "mean" else jnp.sqrt(sizes))
    return total.astype(data.dtype)


def _segment(data: Any, indices: Any, segment_ids: Any, num_segments: Any, kind: str) -> Tensor:
    data = convert_to_tensor(data)
    indices, ids = (
        convert_to_tensor(value, dtypes.int32 if isinstance(value, (list, tuple)) and not value else None)
        for value in (indices, segment_ids)
    )
    if kind != "sum" and not data.dtype.is_floating:
        raise errors.InvalidArgumentError(
            None, None, f"Value for attr 'T' of {data.dtype.name} is not in the list of allowed values: float types"
        )
    if data.shape.rank == 0:
        raise errors.InvalidArgumentError(None, None, "Shape must be at least rank 1")
    if indices.shape.rank != 1 or ids.shape.rank != 1 or indices._value.shape != ids._value.shape:
        raise errors.InvalidArgumentError(
            None, None, f"segment_ids and indices should be vectors of the same size, got {ids.shape}, {indices.shape}"
        )
    indices = check_indices(indices, data._value.shape[0], "Bad: indices{where} == {value} out of range [0, {limit})")
    array = concrete(ids, "segment_ids") if num_segments is None else known(ids)
    if array is not None and array.size:
        if (array[1:] < array[:-1]).any():
            raise errors.InvalidArgumentError(None, None, "segment ids are not increasing")
        if array[0] < 0:
            raise errors.InvalidArgumentError(None, None, "segment ids must be >= 0")
    if num_segments is None:
        count = int(array[-1]) + 1 if array.size else 0
    else:
        count = int(concrete(num_segments, "num_segments"))
        if count < 0:
            raise errors.InvalidArgumentError(None, None, f"num_segments must be >= 0, got {count}")
        if array is not None and array.size and array[-1] >= count:
            raise errors.InvalidArgumentError(
                None, None, f"segment ids must be < num_segments: {int(array[-1])} >= {count}"
            )
    return _reduce_rows(data, indices, ids, count, kind)


@composed
def segment_sum(
    data: Any, indices: Any, segment_ids: Any, num_segments: Any = None, name: str | None = None,
    sparse_gradient: bool = False,
) -> Tensor:  # fmt: skip
    """Sums of chosen rows by segment.

    Args:
      data: tensor [rows, ...].
      indices: int [n], the rows taken.
      segment_ids: int [n], ascending, the segment of each.
      num_segments: int, the number of results; up to the last segment by default. Empty ones are 0.
      name: ignored.
      sparse_gradient: bool; the gradient is dense in any case.

    Returns:
      Tensor [segments, ...].

    Raises:
      InvalidArgumentError: an index is out of range, or the segments do not ascend.

    >>> import kerax as tf
    >>> tf.sparse.segment_sum([1.0, 2.0, 4.0], [0, 2], [0, 0]).numpy()
    array([5.], dtype=float32)
    """
    return _segment(data, indices, segment_ids, num_segments, "sum")


@composed
def segment_mean(
    data: Any, indices: Any, segment_ids: Any, num_segments: Any = None, name: str | None = None,
    sparse_gradient: bool = False,
) -> Tensor:  # fmt: skip
    """Means of chosen rows by segment.

    Args:
      data: floating point tensor [rows, ...].
      indices: int [n], the rows taken.
      segment_ids: int [n], ascending, the segment of each.
      num_segments: int, the number of results; up to the last segment by default. Empty ones are 0.
      name: ignored.
      sparse_gradient: bool; the gradient is dense in any case.

    Returns:
      Tensor [segments, ...].

    >>> import kerax as tf
    >>> tf.sparse.segment_mean([1.0, 2.0, 4.0], [0, 2], [0, 0]).numpy()
    array([2.5], dtype=float32)
    """
    return _segment(data, indices, segment_ids, num_segments, "mean")


@composed
def segment_sqrt_n(
    data: Any, indices: Any, segment_ids: Any, num_segments: Any = None, name: str | None = None,
    sparse_gradient: bool = False,
) -> Tensor:  # fmt: skip
    """Sums of chosen rows by segment, each divided by the square root of its number of rows.

    Args:
      data: floating point tensor [rows, ...].
      indices: int [n], the rows taken.
      segment_ids: int [n], ascending, the segment of each.
      num_segments: int, the number of results; up to the last segment by default. Empty ones are 0.
      name: ignored.
      sparse_gradient: bool; the gradient is dense in any case.

    Returns:
      Tensor [segments, ...].

    >>> import kerax as tf
    >>> tf.sparse.segment_sqrt_n([1.0, 2.0, 3.0, 4.0], [0, 1, 2, 3], [0, 0, 0, 0]).numpy()
    array([5.], dtype=float32)
    """
    return _segment(data, indices, segment_ids, num_segments, "sqrt_n")


def sampled_addmm(
    indices: Any, values: Any, dense_shape: Any, mat1: Any, mat2: Any, beta: Any = 1.0, alpha: Any = 1.0,
    output_type: Any = dtypes.float32,
) -> tuple[Tensor, Tensor, Tensor]:  # fmt: skip
    """A product of dense matrices at some places only: ``alpha * (mat1 @ mat2)[indices] + beta * values``.

    Args:
      indices: int [..., n, 2], rows and columns (after the batch dimensions' own numbers, where they have some).
      values: tensor [..., n].
      dense_shape: int [2], the shape of the product.
      mat1: tensor [..., rows, k].
      mat2: tensor [..., k, columns].
      beta: number.
      alpha: number.
      output_type: dtype of values and matrices.

    Returns:
      (indices, values, dense_shape) of the result.

    Raises:
      ValueError: ``dense_shape`` is not the product's.

    >>> import kerax as tf
    >>> tf.sparse.sampled_addmm([[1, 0]], [1.0], [2, 1], [[1.0], [2.0]], [[5.0]])[1].numpy()
    array([11.], dtype=float32)
    """
    from kerax.array_ops import concat, gather_nd
    from kerax.linalg import matrix_transpose
    from kerax.math import reduce_sum

    dtype = dtypes.as_dtype(output_type)
    indices, values = convert_to_tensor(indices), convert_to_tensor(values, dtype)
    dense_shape = convert_to_tensor(dense_shape, dtypes.int32)
    mat1, mat2 = convert_to_tensor(mat1, dtype), convert_to_tensor(mat2, dtype)
    found = [mat1._value.shape[-2], mat2._value.shape[-1]]
    if concrete(dense_shape, "dense_shape").tolist() != found:
        raise ValueError(f"Dense shape: {dense_shape} does not match output shape: {found}")
    columns = concat([indices[..., :-2], indices[..., -1:]], -1)
    batch = len(mat1._value.shape) - 2
    left = gather_nd(mat1, indices[..., :-1], batch_dims=batch)
    right = gather_nd(matrix_transpose(mat2), columns, batch_dims=batch)
    return indices, reduce_sum(left * right, axis=-1) * alpha + values * beta, dense_shape
