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
from kerax.ragged.tensor import RaggedTensor, _make, _rows, is_ragged, ranges, take_rows


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
    return found.pop() if len(found) == 1 else dtypes.int64


# ---- concat and stack ------------------------------------------------------------------------------------


def concat(values: Any, axis: Any, name: str | None = None) -> Any:
    """``tf.concat`` of ragged and dense tensors of one rank."""
    if not isinstance(values, (list, tuple)):
        values = [values]
    dtype = next((v.dtype for v in values if hasattr(v, "dtype") and not isinstance(v, np.ndarray)), None)
    parts = [convert(v, None if hasattr(v, "dtype") else dtype) for v in values]
    if len(parts) == 1:
        return parts[0]
    ranks = {p.shape.rank for p in parts}
    if len(ranks) > 1:
        raise ValueError(f"All inputs must have the same rank, got {sorted(ranks)}")
    return _concat(parts, _axis(axis, ranks.pop()))


def _concat(parts: list[Any], axis: int) -> Any:
    if not any(is_ragged(p) for p in parts):
        if axis == 0 and len({p._value.shape[1:] for p in parts}) > 1:
            deep = parts[0].shape.rank - 1
            return _concat([from_tensor(p, None, None, deep, dtypes.int64) for p in parts], 0)
        return joining.concat(parts, axis)
    rank = max(max(p.ragged_rank for p in parts if is_ragged(p)), min(axis, parts[0].shape.rank - 1), 1)
    dtype = _splits_dtype(parts)
    parts = [deepen(p, rank if axis <= rank else rank, dtype).with_row_splits_dtype(dtype) for p in parts]
    if axis == 0:
        splits = [p._splits() for p in parts]
        lengths = np.concatenate([np.diff(s) for s in splits])
        uniform = parts[0]._uniform if len({p._uniform for p in parts}) == 1 else None
        new = splits_tensor(np.concatenate([[0], np.cumsum(lengths)]), dtype)
        return _make(_concat([p._values for p in parts], 0), new, uniform)
    if len({_rows(p) for p in parts}) > 1:
        raise errors.InvalidArgumentError(
            None, None, "Input tensors have incompatible shapes: the number of rows differs"
        )
    if axis == 1:
        offsets = np.cumsum([0] + [_rows(p._values) for p in parts])
        splits = [p._splits() for p in parts]
        starts = np.stack([s[:-1] + o for s, o in zip(splits, offsets, strict=False)], 1)
        lengths = np.stack([np.diff(s) for s in splits], 1)
        pool = _concat([p._values for p in parts], 0)
        new = splits_tensor(np.concatenate([[0], np.cumsum(lengths.sum(1))]), dtype)
        uniform = None if any(p._uniform is None for p in parts) else sum(p._uniform for p in parts)
        return _make(take_rows(pool, ranges(starts.reshape(-1), lengths.reshape(-1))), new, uniform)
    for p in parts[1:]:
        if not np.array_equal(p._splits(), parts[0]._splits()):
            raise errors.InvalidArgumentError(None, None, "Inputs must have identical ragged splits")
    return parts[0].with_values(_concat([p._values for p in parts], axis - 1))


def stack(values: Any, axis: Any = 0, name: str | None = None) -> Any:
    """Joins tensors whose shapes may differ along a new, possibly ragged dimension.

    Args:
      values: list of tensors or ragged tensors of one rank and dtype.
      axis: int, where the new dimension goes.
      name: ignored.

    Returns:
      RaggedTensor of one rank more (a Tensor for scalars).

    >>> import kerax as tf
    >>> tf.ragged.stack([[1, 2], [3]])
    <tf.RaggedTensor [[1, 2], [3]]>
    """
    if not isinstance(values, (list, tuple)):
        values = [values]
    dtype = next((v.dtype for v in values if hasattr(v, "dtype")), None)
    parts = [convert(v, None if hasattr(v, "dtype") else dtype) for v in values]
    rank = parts[0].shape.rank
    if any(p.shape.rank != rank for p in parts):
        raise ValueError("All inputs must have the same rank")
    axis = _axis(axis, rank + 1)
    if rank == 0:
        return joining.stack(parts)
    if not any(is_ragged(p) for p in parts):
        if len(parts) == 1 and not is_ragged(parts[0]) and rank == 1 and axis == 0:
            return from_tensor(expand_dims(parts[0], 0), None, None, 1, dtypes.int64)
        if axis == 0 and rank == 1:
            lengths = [p._value.shape[0] for p in parts]
            splits = splits_tensor(np.concatenate([[0], np.cumsum(lengths)]))
            return RaggedTensor(joining.concat(parts, 0), True, row_splits=splits)
    wide = [expand_dims(p, axis) for p in parts]
    wide = [p if is_ragged(p) else from_tensor(p, None, None, 1, dtypes.int64) for p in wide]
    if axis == 0 and rank > 1:
        wide = [deepen(p, max(q.ragged_rank for q in wide)) for p in wide]
    out = _concat(wide, axis)
    return _forget_uniform(out) if axis == 0 and not any(is_ragged(p) for p in parts) else out


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


def _forget_uniform(rt: RaggedTensor) -> RaggedTensor:
    return _make(rt._values, rt._row_splits)


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
        counts = np.unique(np.diff(new))
        uniform = int(counts[0]) if value._uniform is not None and len(counts) == 1 else None
        return _make(take_rows(value._values, positions), splits_tensor(new, value._row_splits.dtype), uniform)
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

    for one in np.atleast_1d(concrete(axis, "axis")).tolist():
        tensor = remap(tensor, _axis(one, tensor.shape.rank), rearrange)
    return tensor


def split(value: Any, num_or_size_splits: Any, axis: Any = 0, num: Any = None, name: str | None = None) -> list[Any]:
    """``tf.split`` of a ragged tensor."""
    axis = _axis(axis, value.shape.rank)
    sizes = concrete(num_or_size_splits, "num_or_size_splits")
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

        def rearrange(splits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            wanted = concrete(indices, "indices").reshape(-1)
            _check(wanted, int(np.diff(splits).min(initial=0)))
            rows = len(splits) - 1
            return (splits[:-1, None] + wanted).reshape(-1), np.arange(rows + 1) * len(wanted)

        return remap(params, axis, rearrange)
    if axis < batch:
        raise ValueError(f"batch_dims={batch} must be less than or equal to axis={axis}")
    if batch > 1:
        params, indices = deepen(params, 1), deepen(indices, 1)
        inner = gather(params._values, indices._values, axis=axis - 1, batch_dims=batch - 1)
        return indices.with_values(inner)
    params, indices = deepen(params, 1), deepen(indices, 1) if indices.shape.rank > 1 else indices
    if axis > 1:
        raise ValueError("gather of ragged tensors supports axis <= batch_dims only")
    splits = params._splits()
    lengths = np.diff(splits)
    if not is_ragged(indices):
        wanted = concrete(indices, "indices")
        _check_rows(wanted, lengths)
        return take_rows(params._values, splits[:-1] + wanted)
    flat = concrete(indices._values if not is_ragged(indices._values) else indices.flat_values, "indices")
    owner = places(indices)[:, 0]
    _check_rows(flat, lengths[owner])
    return indices.with_flat_values(take_rows(params._values, splits[:-1][owner] + flat))


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
    for axis in reversed(range(1, wanted.ndim)):
        rows = int(np.prod(wanted.shape[:axis]))
        out = RaggedTensor.from_uniform_row_length(out, wanted.shape[axis], rows)
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
        raise TypeError(f"mask must be bool, got {mask.dtype}")
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
    return _mask(data, mask, rank)


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
    splits = splits_tensor(np.concatenate([[0], np.cumsum(np.bincount(numbers, minlength=count))]))
    return RaggedTensor(take_rows(data, order), True, row_splits=splits)
