"""Tensors dealt out by a list of numbers, and put back together."""

from __future__ import annotations

import functools
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from kerax.array_ops._known import concrete, invalid
from kerax.core import errors
from kerax.core.op import composed, op
from kerax.core.tensor import convert_to_tensor


@op("data; rows", name="DynamicPartition")
def _rows(data, rows, rank):
    flat = data.reshape((int(np.prod(data.shape[:rank], dtype=np.int64)),) + data.shape[rank:])
    return jnp.take(flat, rows, axis=0, mode="clip", unique_indices=True, indices_are_sorted=True)


@composed
def dynamic_partition(data: Any, partitions: Any, num_partitions: int, name: str | None = None) -> list[Any]:
    """Deals the slices of a tensor out to numbered partitions.

    Args:
      data: tensor whose shape begins with that of ``partitions``.
      partitions: int tensor, each slice's partition, in [0, num_partitions).
      num_partitions: int.
      name: ignored.

    Returns:
      list of ``num_partitions`` tensors [number of slices, …].

    Raises:
      InvalidArgumentError: a partition is out of range.

    >>> import kerax as tf
    >>> [x.numpy().tolist() for x in tf.dynamic_partition([1, 2, 3], [1, 0, 1], 2)]
    [[2], [1, 3]]
    """
    data, partitions = convert_to_tensor(data), convert_to_tensor(partitions)
    rank = partitions.shape.rank
    if data._value.shape[:rank] != partitions._value.shape:
        raise invalid(
            f"data.shape must start with partitions.shape, got data.shape = {data.shape.as_list()}, "
            f"partitions.shape = {partitions.shape.as_list()} [Op:DynamicPartition]"
        )
    if partitions._is_symbolic():
        raise errors.Uncompilable("tf.dynamic_partition")
    numbers = np.asarray(partitions._value).reshape(-1)
    wrong = np.flatnonzero((numbers < 0) | (numbers >= num_partitions))
    if wrong.size:
        raise errors.InvalidArgumentError(
            None, None, f"partitions[{wrong[0]}] = {numbers[wrong[0]]} is not in [0, {num_partitions})"
        )
    return [_rows(data, np.flatnonzero(numbers == i), rank) for i in range(num_partitions)]


@op("data*; places*", name="DynamicStitch")
def _stitch(data, places, size, ranks):
    flat = [
        d.reshape((int(np.prod(d.shape[:rank], dtype=np.int64)),) + d.shape[rank:])
        for d, rank in zip(data, ranks, strict=True)
    ]
    return _merged(flat, [where.reshape(-1) for where in places], size)


@functools.partial(jax.custom_jvp, nondiff_argnums=(2,))
def _merged(flat, places, size):
    """Rows at their places. To TensorFlow's gradient all writers of a place count, also those that were overwritten."""
    out = jnp.zeros((size,) + flat[0].shape[1:], flat[0].dtype)
    for rows, where in zip(flat, places, strict=True):
        out = out.at[where].set(rows)
    return out


@_merged.defjvp
def _(size, primals, tangents):
    (flat, places), (moved, _) = primals, tangents
    out = _merged(flat, places, size)
    if not jnp.issubdtype(out.dtype, jnp.inexact):
        return out, np.zeros(out.shape, jax.dtypes.float0)
    total = jnp.zeros_like(out)
    for rows, where in zip(moved, places, strict=True):
        total = total.at[where].add(rows)
    return out, total


@composed
def dynamic_stitch(indices: Any, data: Any, name: str | None = None) -> Any:
    """Merges slices of several tensors into one, at the given places.

    Args:
      indices: list of int tensors, the places of the slices.
      data: list of tensors; each shape begins with that of its ``indices``.
      name: ignored.

    Returns:
      Tensor of ``max(indices) + 1`` rows; places that no index names are zeros; the last of several writers stays.

    >>> import kerax as tf
    >>> tf.dynamic_stitch([[0], [2, 1]], [[1], [2, 3]]).numpy()
    array([1, 3, 2], dtype=int32)
    """
    places = [convert_to_tensor(concrete(index, "indices").astype(np.int32)) for index in indices]
    data = [convert_to_tensor(item) for item in data]
    if len(places) != len(data):
        raise ValueError(f"List argument 'data' to 'dynamic_stitch' must have the length of 'indices': {len(places)}")
    size = max((int(np.asarray(p._value).max(initial=-1)) for p in places), default=-1) + 1
    for p, d in zip(places, data, strict=True):
        if d._value.shape[: p.shape.rank] != p._value.shape:
            raise invalid(
                f"data[0].shape = {d.shape.as_list()} does not start with indices[0].shape = {p.shape.as_list()}"
            )
    return _stitch(data, places, size, tuple(p.shape.rank for p in places))
