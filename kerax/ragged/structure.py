"""Ragged tensors put together, repeated, reversed, selected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from kerax.array_ops import joining, shaping
from kerax.array_ops._known import concrete, invalid
from kerax.array_ops.gathering import gather as dense_gather
from kerax.array_ops.gathering import gather_nd as dense_gather_nd
from kerax.core import dtypes, errors
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.ragged.conversion import from_tensor, places
from kerax.ragged.getitem import expand_dims, splits_tensor
from kerax.ragged.tensor import RaggedTensor, _levels, _make, _rows, is_ragged, ranges, take_rows


def convert(value: Any, dtype: Any = None) -> Any:
    """A Tensor or RaggedTensor of a value; nested lists of different lengths become ragged."""
    if is_ragged(value):
        return value
    try:
        return convert_to_tensor(value, dtype)
    except ValueError:
        if isinstance(value, (list, tuple)) and not isinstance(value, Tensor):
            from kerax.ragged.factory import constant

            return constant(value, dtype)
        raise


def deepen(value: Any, ragged_rank: int, dtype: Any = dtypes.int64) -> RaggedTensor:
    """A Tensor or RaggedTensor with (at least) so many ragged dimensions."""
    if not is_ragged(value):
        return value if ragged_rank == 0 else from_tensor(value, None, None, ragged_rank, dtype)
    if value.ragged_rank >= ragged_rank:
        return value
    return value.with_values(deepen(value._values, ragged_rank - 1, value._row_splits.dtype))


def _axis(axis: Any, rank: int) -> int:
    axis = int(concrete(axis, "axis"))
    if not -rank <= axis < rank:
        raise ValueError(f"axis={axis} out of bounds: expected {-rank}<=axis<{rank}")
    return axis % rank


def _splits_dtype(values: list[Any]) -> Any:
    found = {v._row_splits.dtype for v in values if is_ragged(v)}
    if len(found) > 1:
        raise ValueError(
            "Input RaggedTensors have mismatched row_splits dtypes; use RaggedTensor.with_row_splits_dtype() to "
            "convert them to compatible dtypes."
        )
    return found.pop() if found else dtypes.int64


# ---- concat and stack ------------------------------------------------------------------------------------


def concat(values: Any, axis: Any, name: str | None = None) -> Any:
    """``tf.concat`` of ragged and dense tensors of one rank."""
    return _join(values, axis, stacked=False)


def stack(values: Any, axis: Any = 0, name: str | None = None) -> Any:
    """Joins tensors whose shapes may differ along a new, possibly ragged dimension.

    Args:
      values: list of tensors or ragged tensors of one rank and dtype.
      axis: int, where the new dimension goes.
      name: ignored.

    Returns:
      RaggedTensor of one rank more (a Tensor for scalars).

    Raises:
      ValueError: there are no values, or their ranks differ.

    >>> import kerax as tf
    >>> tf.ragged.stack([[1, 2], [3]])
    <tf.RaggedTensor [[1, 2], [3]]>
    """
    return _join(values, axis, stacked=True)


def _join(values: Any, axis: Any, stacked: bool) -> Any:
    values = list(values) if isinstance(values, (list, tuple)) else [values]
    if not values:
        raise ValueError("rt_inputs may not be empty.")
    dtype = next((v.dtype for v in values if hasattr(v, "dtype") and not isinstance(v, np.ndarray)), None)
    parts = [convert(v, None if hasattr(v, "dtype") else dtype) for v in values]
    splits_dtype = _splits_dtype(parts)
    if len(parts) == 1 and not stacked:
        return parts[0]
    rank = parts[0].shape.rank
    for part in parts:
        if part.shape.rank != rank:
            raise ValueError(f"Shape {part.shape} must have rank {rank}: all values must have one rank")
    wide = rank + 1 if stacked else rank
    axis = _axis(axis, wide)
    ragged = any(is_ragged(p) for p in parts)
    if stacked and rank == 1 and axis == 0:
        splits = splits_tensor(np.cumsum([0] + [p._value.shape[0] for p in parts]))
        return _make(joining.concat(parts, 0), splits)
    if not ragged and axis in (wide - 1, rank - 1):
        return joining.stack(parts, axis) if stacked else joining.concat(parts, axis)
    depth = max([1] + [p.ragged_rank for p in parts if is_ragged(p)])
    parts = [deepen(p, depth, splits_dtype) for p in parts]
    if axis == 0:
        return _join_outer(parts, splits_dtype, stacked)
    if axis == 1:
        return _join_rows(parts, splits_dtype, stacked)
    for p in parts[1:]:
        if not np.array_equal(p._splits(), parts[0]._splits()):
            raise errors.InvalidArgumentError(None, None, "Inputs must have identical ragged splits")
    return _make(_join([p._values for p in parts], axis - 1, stacked), parts[0]._row_splits)


def _join_outer(parts: list[RaggedTensor], dtype: Any, stacked: bool) -> RaggedTensor:
    """Ragged tensors of one depth, one after the other (or each as a row of its own)."""
    values: Any = joining.concat([p.flat_values for p in parts], 0)
    for levels in reversed(list(zip(*[_levels(p) for p in parts], strict=True))):
        lengths = np.concatenate([np.diff(level._splits()) for level in levels])
        values = _make(values, splits_tensor(np.concatenate([[0], np.cumsum(lengths)]), dtype))
    return _make(values, splits_tensor(np.cumsum([0] + [_rows(p) for p in parts]), dtype)) if stacked else values


def _join_rows(parts: list[RaggedTensor], dtype: Any, stacked: bool) -> RaggedTensor:
    """Ragged tensors of one depth, joined row by row."""
    count, rows = len(parts), _rows(parts[0])
    if any(_rows(p) != rows for p in parts):
        raise errors.InvalidArgumentError(None, None, "Input tensors have incompatible shapes: their rows differ")
    order = np.arange(rows * count).reshape(count, -1).T.reshape(-1)
    mixed = take_rows(_join_outer(parts, dtype, stacked=False), order)
    if stacked:
        return _make(mixed, splits_tensor(np.arange(0, rows * count + 1, count), dtype))
    return _make(mixed._values, splits_tensor(mixed._splits()[::count], dtype))


def stack_as(rows: list[Any], spec: Any) -> Any:
    """What ``tf.map_fn`` returns for rows of which ``spec`` says that they are ragged.

    Raises:
      ValueError: a row is of another kind.
    """
    for row in rows:
        if (row.ragged_rank if is_ragged(row) else 0) != spec.ragged_rank or row.dtype is not spec.dtype:
            raise ValueError(
                f"Error in map_fn:\n  Expected `fn` to return a:\n    {spec}\n  But it returned a:\n    {row}"
            )
        if row.shape.rank == 0:
            raise errors.InvalidArgumentError(None, None, "Ragged values must have rank >= 1; instead got rank 0")
    out = stack(rows)
    if not is_ragged(out):
        out = from_tensor(out, None, None, 1, spec.row_splits_dtype)
    sizes = spec.shape.as_list() if spec.shape.rank is not None else [None]
    return _make(out._values, out._row_splits, sizes[0]).with_row_splits_dtype(spec.row_splits_dtype)


def stack_rows(values: list[Any]) -> Any:
    """Rows of which some are ragged or sparse, stacked: what ``tf.map_fn`` returns."""
    if hasattr(values[0], "dense_shape"):
        from kerax.sparse.structure import stack as stack_sparse

        return stack_sparse(values)
    return stack(values)


def dynamic_partition(data: Any, partitions: Any, num_partitions: Any, name: str | None = None) -> list[Any]:
    """``tf.dynamic_partition`` where data or partition numbers are ragged."""
    if not isinstance(num_partitions, int) or num_partitions < 0:
        raise TypeError("num_partitions must be a non-negative integer")
    rows = stack_dynamic_partitions(data, partitions, num_partitions)
    return [rows[i] for i in range(num_partitions)]


# ---- rows rearranged ---------------------------------------------------------------------------------------


def remap(value: Any, axis: int, rearrange: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]) -> Any:
    """Rearranges the slices along a dimension: ``rearrange`` takes splits, returns positions and new splits."""
    if axis == 0:
        return take_rows(value, rearrange(np.array([0, _rows(value)]))[0])
    if not is_ragged(value):
        positions, _ = rearrange(np.array([0, value._value.shape[axis]]))
        return dense_gather(value, positions, axis=axis)
    if axis == 1:
        positions, new = rearrange(value._splits())
        kept = value._uniform if np.array_equal(new, value._splits()) else None
        return _make(take_rows(value._values, positions), splits_tensor(new, value._row_splits.dtype), kept)
    return value.with_values(remap(value._values, axis - 1, rearrange))


def tile(input: Any, multiples: Any, name: str | None = None) -> Any:
    """``tf.tile`` of a ragged tensor."""
    counts = concrete(multiples, "multiples")
    if counts.shape != (input.shape.rank,):
        raise ValueError(f"multiples must have shape ({input.shape.rank},), got {counts.shape}")
    for axis, count in reversed(list(enumerate(counts.tolist()))):
        if count == 1:
            continue

        def rearrange(splits: np.ndarray, count: int = count) -> tuple[np.ndarray, np.ndarray]:
            lengths = np.diff(splits)
            positions = ranges(np.repeat(splits[:-1], count), np.repeat(lengths, count))
            return positions, np.concatenate([[0], np.cumsum(lengths * count)])

        input = remap(input, axis, rearrange)
    return input


def reverse(tensor: Any, axis: Any, name: str | None = None) -> Any:
    """``tf.reverse`` of a ragged tensor."""

    def rearrange(splits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        lengths = np.diff(splits)
        steps = ranges(np.zeros_like(lengths), lengths)
        return np.repeat(splits[1:] - 1, lengths) - steps, splits

    if isinstance(axis, (int, np.integer)) or np.ndim(concrete(axis, "axis")) != 1:
        raise TypeError("`axis` must be a list of int or a constant tensor when reversing axes in a ragged tensor")
    for one in concrete(axis, "axis").tolist():
        tensor = remap(tensor, _axis(one, tensor.shape.rank), rearrange)
    return tensor


def split(value: Any, num_or_size_splits: Any, axis: Any = 0, num: Any = None, name: str | None = None) -> list[Any]:
    """``tf.split`` of a ragged tensor."""
    axis = _axis(axis, value.shape.rank)
    if isinstance(num_or_size_splits, int) and num_or_size_splits < 1:
        raise ValueError(f"`num_or_size_splits` must be >=1 if it is an `int`. Received {num_or_size_splits}.")
    sizes = concrete(num_or_size_splits, "num_or_size_splits")
    if sizes.ndim > 1 or sizes.dtype.kind not in "iu":
        raise TypeError(
            f"`num_or_size_splits` must be an `int` or 1-D list or `Tensor`. Received {num_or_size_splits}."
        )
    if num is not None and sizes.ndim and num != len(sizes):
        raise ValueError(f"`num` does not match the size of `num_or_size_split`. Received {num} and {len(sizes)}.")
    if sizes.ndim and (sizes < 0).any():
        raise errors.InvalidArgumentError(None, None, "`num_or_size_splits` must be non-negative.")
    if axis == 1 and is_ragged(value) and value._uniform is None:
        raise ValueError("Cannot split along a ragged dimension.")
    length = _rows(value) if axis == 0 else value.shape[axis]
    if sizes.ndim == 0:
        if length % int(sizes):
            raise errors.InvalidArgumentError(None, None, f"Cannot exactly split {length} rows into {int(sizes)} parts")
        sizes = np.full(int(sizes), length // int(sizes))
    if sizes.sum() != length:
        raise errors.InvalidArgumentError(None, None, f"Cannot exactly split {length} rows into sizes {sizes.tolist()}")
    ends = np.cumsum(sizes).tolist()
    keys = [(slice(None),) * axis + (slice(end - n, end),) for n, end in zip(sizes.tolist(), ends, strict=True)]
    return [value[key] for key in keys]


def squeeze(input: Any, axis: Any = None, name: str | None = None) -> Any:
    """``tf.squeeze`` of a ragged tensor; the dimensions must be named."""
    if not is_ragged(input):
        return shaping.squeeze(input, axis)
    if axis is None:
        raise ValueError("Ragged.squeeze must have an axis argument.")
    rank = input.shape.rank
    axes = sorted({_axis(a, rank) for a in np.atleast_1d(concrete(axis, "axis")).tolist()}, reverse=True)
    for one in axes:
        input = _squeeze(input, one)
    return input


def _squeeze(value: Any, axis: int) -> Any:
    if not is_ragged(value):
        return shaping.squeeze(value, axis)
    splits = value._splits()
    if axis == 0:
        if len(splits) != 2:
            raise invalid(f"Can not squeeze dim[0], expected a dimension of 1, got {len(splits) - 1}")
        return value._values
    if axis == 1:
        if (np.diff(splits) != 1).any():
            raise invalid("Can not squeeze dim[1], expected a dimension of 1")
        return value._values
    return value.with_values(_squeeze(value._values, axis - 1))


# ---- gather ------------------------------------------------------------------------------------------------


def gather(
    params: Any, indices: Any, validate_indices: Any = None, axis: Any = None, batch_dims: Any = 0,
    name: str | None = None,
) -> Any:  # fmt: skip
    """``tf.gather`` where the tensor or the indices are ragged."""
    params, indices = convert(params), convert(indices)
    if indices.dtype not in (dtypes.int32, dtypes.int64):
        raise invalid(
            f"Value for attr 'Tindices' of {indices.dtype.name} is not in the list of allowed values: int32, int64"
        )
    rank = params.shape.rank
    batch = int(batch_dims)
    batch = batch + indices.shape.rank if batch < 0 else batch
    axis = batch if axis is None else _axis(axis, rank)
    if not batch:
        if is_ragged(indices) and axis == 0:
            return indices.with_values(gather(params, indices._values))
        if not is_ragged(params) and not is_ragged(indices):
            return dense_gather(params, indices, axis=axis)
        if axis == 0:
            return _gather_rows(params, indices)
        if is_ragged(indices):
            raise ValueError("gather with ragged indices along an inner axis needs batch_dims")
        if axis == 1:
            return _gather_inside(params, concrete(indices, "indices"))

        def rearrange(splits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            wanted = concrete(indices, "indices").reshape(-1)
            _check(wanted, int(np.diff(splits).min()) if len(splits) > 1 else 0)
            rows = len(splits) - 1
            return (splits[:-1, None] + wanted).reshape(-1), np.arange(rows + 1) * len(wanted)

        return remap(params, axis, rearrange)
    if axis < batch:
        raise ValueError(f"batch_dims={batch} must be less than or equal to axis={axis}")
    if batch > 1:
        params, indices = deepen(params, 1), deepen(indices, 1)
        inner = gather(params._values, indices._values, axis=axis - 1, batch_dims=batch - 1)
        return indices.with_values(inner)
    params, dense = deepen(params, 1), not is_ragged(indices)
    if axis > 1:
        raise ValueError("gather of ragged tensors supports axis <= batch_dims only")
    splits = params._splits()
    lengths = np.diff(splits)
    if dense:
        wanted = concrete(indices, "indices").astype(np.int64)
        if len(wanted) != len(lengths):
            raise errors.InvalidArgumentError(None, None, "params and indices must have the same batch size")
        inner = (1,) * (wanted.ndim - 1)
        _check_rows(wanted.reshape(-1), np.broadcast_to(lengths.reshape(-1, *inner), wanted.shape).reshape(-1))
        return _in_shape(
            take_rows(params._values, (splits[:-1].reshape(-1, *inner) + wanted).reshape(-1)), wanted.shape
        )
    flat = concrete(indices._values if not is_ragged(indices._values) else indices.flat_values, "indices")
    owner = places(indices)[:, 0]
    _check_rows(flat, lengths[owner])
    return indices.with_flat_values(take_rows(params._values, splits[:-1][owner] + flat))


def _in_shape(rows: Any, shape: tuple[int, ...]) -> Any:
    """Rows arranged in a shape of several dimensions, of a length each."""
    if not is_ragged(rows):
        return shaping.reshape(rows, shape + rows._value.shape[1:])
    for axis in reversed(range(1, len(shape))):
        rows = RaggedTensor.from_uniform_row_length(rows, shape[axis], int(np.prod(shape[:axis])))
    return rows


def _gather_inside(params: RaggedTensor, wanted: np.ndarray) -> Any:
    """The same positions of every row."""
    splits = params._splits()
    lengths = np.diff(splits)
    _check(wanted.reshape(-1), int(lengths.min()) if lengths.size else 0)
    positions = (splits[:-1, None] + wanted.reshape(-1)).reshape(-1).astype(np.int64)
    return _in_shape(take_rows(params._values, positions), (len(lengths), *wanted.shape))


def _check(wanted: np.ndarray, limit: int) -> None:
    _check_rows(wanted, np.full(wanted.shape, limit))


def _check_rows(wanted: np.ndarray, limits: np.ndarray) -> None:
    bad = np.flatnonzero((wanted < 0) | (wanted >= limits))
    if bad.size:
        at = bad[0]
        raise errors.InvalidArgumentError(None, None, f"indices[{at}] = {wanted[at]} is not in [0, {limits[at]})")


def _gather_rows(params: Any, indices: Tensor) -> Any:
    wanted = concrete(indices, "indices")
    _check(wanted.reshape(-1), _rows(params))
    if wanted.ndim == 0:
        return params[int(wanted)]
    out = take_rows(params, wanted.reshape(-1).astype(np.int64))
    if is_ragged(out):  # TensorFlow's kernel makes splits, of rows that it does not know to be of one length
        out = RaggedTensor.from_nested_row_splits(out.flat_values, out.nested_row_splits, validate=False)
    for axis in reversed(range(1, wanted.ndim)):
        rows = int(np.prod(wanted.shape[:axis]))
        splits = splits_tensor(np.arange(rows + 1) * wanted.shape[axis], params._row_splits.dtype)
        out = _make(out, splits)
    return out


def gather_nd(
    params: Any, indices: Any, batch_dims: int = 0, name: str | None = None, bad_indices_policy: str = ""
) -> Any:
    """``tf.gather_nd`` where the tensor or the indices are ragged."""
    params, indices = convert(params), convert(indices)
    if batch_dims:
        raise ValueError("batch_dims != 0 is not supported for ragged gather yet.")
    if is_ragged(indices):
        if indices.shape[-1] is None:
            raise ValueError("The innermost dimension of indices may not be ragged")
        return indices.with_values(gather_nd(params, indices._values))
    if not is_ragged(params):
        return dense_gather_nd(params, indices)
    vectors = concrete(indices, "indices")
    if vectors.ndim > 2 or vectors.ndim == 1:
        flat = vectors.reshape(-1, vectors.shape[-1])
        out = gather_nd(params, convert_to_tensor(flat))
        if vectors.ndim == 1:
            return out[0]
        if is_ragged(out):
            for axis in reversed(range(1, vectors.ndim - 1)):
                out = RaggedTensor.from_uniform_row_length(out, vectors.shape[axis], int(np.prod(vectors.shape[:axis])))
            return out
        return shaping.reshape(out, vectors.shape[:-1] + out._value.shape[1:])
    if vectors.shape[1] == 0:
        return stack([params] * vectors.shape[0])
    level, position = params, vectors[:, 0].astype(np.int64)
    _check(position, _rows(params))
    for k in range(1, vectors.shape[1]):
        if not is_ragged(level):
            rest = np.concatenate([position[:, None], vectors[:, k:]], 1)
            return dense_gather_nd(level, rest)
        splits = level._splits()
        _check_rows(vectors[:, k], np.diff(splits)[position])
        position = splits[position] + vectors[:, k]
        level = level._values
    return take_rows(level, position)


# ---- masks -------------------------------------------------------------------------------------------------


def boolean_mask(data: Any, mask: Any, name: str | None = None) -> Any:
    """The elements where a mask is true, the mask's rows kept as ragged rows.

    Args:
      data: tensor or ragged tensor.
      mask: bool tensor or ragged tensor of the shape of the first dimensions of ``data``.
      name: ignored.

    Returns:
      RaggedTensor of the rank of ``data`` (a Tensor for a mask of rank 1).

    Raises:
      ValueError: the mask is a scalar.

    >>> import kerax as tf
    >>> tf.ragged.boolean_mask([[1, 2], [3, 4]], [[True, False], [True, True]])
    <tf.RaggedTensor [[1], [3, 4]]>
    """
    data, mask = convert(data), convert(mask, dtypes.bool if not hasattr(mask, "dtype") else None)
    if mask.dtype is not dtypes.bool:
        raise ValueError(f"mask: Tensor conversion requested dtype bool for Tensor with dtype {mask.dtype.name}")
    rank = mask.shape.rank
    if rank == 0:
        raise ValueError("mask cannot be scalar.")
    if rank == 1:
        keep = concrete(mask, "mask")
        if len(keep) != _rows(data):
            raise ValueError(f"Dimensions {_rows(data)} and {len(keep)} are not compatible")
        return take_rows(data, np.flatnonzero(keep))
    dtype = _splits_dtype([data, mask])
    data, mask = deepen(data, rank - 1, dtype), deepen(mask, rank - 1, dtype)
    return _mask(_loose(data), mask, rank)


def _loose(value: Any) -> Any:
    """The same rows, with no length promised."""
    return _make(_loose(value._values), value._row_splits) if is_ragged(value) else value


def _mask(data: RaggedTensor, mask: RaggedTensor, rank: int) -> RaggedTensor:
    if not np.array_equal(data._splits(), mask._splits()):
        raise errors.InvalidArgumentError(None, None, "Inputs must have identical ragged splits")
    if rank > 2:
        return data.with_values(_mask(data._values, mask._values, rank - 1))
    keep = concrete(mask._values, "mask")
    new = np.concatenate([[0], np.cumsum(keep)])[data._splits()]
    return _make(take_rows(data._values, np.flatnonzero(keep)), splits_tensor(new, data._row_splits.dtype))


def stack_dynamic_partitions(data: Any, partitions: Any, num_partitions: Any, name: str | None = None) -> RaggedTensor:
    """The slices of a tensor, collected by partition number.

    Args:
      data: tensor or ragged tensor whose shape begins with that of ``partitions``.
      partitions: int tensor or ragged tensor, the partition of each slice.
      num_partitions: int.
      name: ignored.

    Returns:
      RaggedTensor [num_partitions, (slices), …].

    Raises:
      InvalidArgumentError: a partition is out of range.

    >>> import kerax as tf
    >>> tf.ragged.stack_dynamic_partitions([1, 2, 3], [1, 0, 1], 2)
    <tf.RaggedTensor [[2], [1, 3]]>
    """
    data, partitions = convert(data), convert(partitions)
    count = int(concrete(num_partitions, "num_partitions"))
    while is_ragged(partitions) or partitions.shape.rank > 1:
        depth = 1
        data, partitions = deepen(data, depth), deepen(partitions, depth)
        data, partitions = data._values, partitions._values
    numbers = concrete(partitions, "partitions")
    if numbers.ndim == 0:
        data, numbers = expand_dims(data, 0), numbers.reshape(1)
    if numbers.size and (numbers.min() < 0 or numbers.max() >= count):
        raise errors.InvalidArgumentError(None, None, f"partitions must be in [0, {count})")
    order = np.argsort(numbers, kind="stable")
    ends = np.cumsum(np.bincount(numbers, minlength=count))
    kind = dtypes.int32 if partitions.dtype == dtypes.int32 else dtypes.int64
    return _make(take_rows(data, order), splits_tensor(np.concatenate([[0], ends]), kind))
