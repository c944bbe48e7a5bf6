"""Ragged tensors from python lists, ranges and segment numbers."""

from __future__ import annotations

import builtins
from typing import Any

import numpy as np

from kerax.array_ops._known import concrete
from kerax.core import dtypes
from kerax.core.tensor import constant as dense_constant
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.ragged.getitem import splits_tensor
from kerax.ragged.tensor import RaggedTensor, _make, ranges


def _listed(value: Any) -> Any:
    if isinstance(value, Tensor) or hasattr(value, "_kerax_tensor"):
        return concrete(value)
    return value


def _python(value: Any) -> Any:
    """Arrays within lists as lists."""
    if isinstance(value, np.ndarray):
        return _python(value.tolist()) if value.dtype == object else value.tolist()
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, (list, tuple)):
        return [_python(item) for item in value]
    return value


def _is_scalar(value: Any) -> bool:
    return np.ndim(value) == 0 if isinstance(value, (np.ndarray, np.generic)) else not isinstance(value, (list, tuple))


def _depths(value: Any) -> tuple[int | None, int]:
    """(depth of the scalars or None where there are none, greatest nesting)."""
    if _is_scalar(value):
        return 0, 0
    if isinstance(value, np.ndarray) and value.dtype != object:
        return (value.ndim, value.ndim) if value.size else (None, value.ndim)
    scalar, deepest = None, 1
    for item in value:
        inner, depth = _depths(item)
        if inner is not None:
            if scalar is not None and scalar != inner + 1:
                raise ValueError(f"pylist={value!r} has inconsistent nesting depth for scalars")
            scalar = inner + 1
        deepest = max(deepest, depth + 1)
    if scalar is not None and deepest > scalar:
        raise ValueError(f"Invalid pylist={value!r}: empty list nesting is greater than scalar value nesting")
    return scalar, deepest


def constant(
    pylist: Any, dtype: Any = None, ragged_rank: int | None = None, inner_shape: Any = None, name: str | None = None,
    row_splits_dtype: Any = dtypes.int64,
) -> Any:  # fmt: skip
    """A ragged tensor of nested lists.

    Args:
      pylist: nested list, tuple or array; all scalars at one depth.
      dtype: dtype of the values.
      ragged_rank: int, the number of ragged dimensions; by default all but the innermost list's.
      inner_shape: sizes of the uniform inner dimensions.
      name: ignored.
      row_splits_dtype: tf.int32 or tf.int64.

    Returns:
      RaggedTensor, or a Tensor where nothing is ragged.

    Raises:
      ValueError: the scalars stand at different depths, or the lists do not fit ``inner_shape``.

    >>> import kerax as tf
    >>> tf.ragged.constant([[1, 2], [3]])
    <tf.RaggedTensor [[1, 2], [3]]>
    """
    pylist = _listed(pylist)
    if isinstance(pylist, (np.ndarray, list, tuple)):
        pylist = _python(pylist)
    splits_dtype = dtypes.as_dtype(row_splits_dtype)
    if _is_scalar(pylist):
        if ragged_rank is not None and ragged_rank != 0:
            raise ValueError(f"Invalid pylist={pylist!r}: incompatible with ragged_rank={ragged_rank}")
        if inner_shape is not None and tuple(inner_shape):
            raise ValueError(f"Invalid pylist={pylist!r}: incompatible with dim(inner_shape)={len(inner_shape)}")
        return dense_constant(pylist, dtype)
    if ragged_rank is not None and ragged_rank < 0:
        raise ValueError(f"Invalid ragged_rank={ragged_rank}: must be nonnegative")
    scalars, deepest = _depths(pylist)
    if scalars is not None and deepest > scalars:
        raise ValueError(f"Invalid pylist={pylist!r}: empty list nesting is greater than scalar value nesting")
    if inner_shape is not None and ragged_rank is not None:
        expected = ragged_rank + len(tuple(inner_shape)) + 1
        if (scalars is not None and expected != scalars) or expected < deepest:
            raise ValueError(
                f"Invalid pylist={pylist!r}: incompatible with ragged_rank={ragged_rank} and "
                f"dim(inner_shape)={len(tuple(inner_shape))}"
            )
    inner_rank = 0 if inner_shape is None else len(tuple(inner_shape))
    if ragged_rank == 0 or (ragged_rank is None and deepest - inner_rank < 2):
        return dense_constant(pylist if isinstance(pylist, np.ndarray) else list(pylist), dtype, inner_shape)
    if ragged_rank is None:
        ragged_rank = max(1, deepest - 1 if scalars is None else scalars - 1 - inner_rank)
    if scalars is not None and scalars <= ragged_rank:
        raise ValueError(
            f"pylist has scalar values depth {scalars}, but ragged_rank={ragged_rank} requires scalar value depth "
            f"greater than {ragged_rank}"
        )
    if inner_shape is None:
        inner_shape = _default_inner(pylist, ragged_rank, scalars)
    inner_shape = tuple(int(size) for size in inner_shape)
    level: list[Any] = list(pylist)
    all_splits = []
    for axis in builtins.range(ragged_rank):
        if level and any(_is_scalar(item) for item in level):
            if axis == 0:
                raise ValueError(f"Invalid pylist={pylist!r}: incompatible with ragged_rank={ragged_rank}")
            raise ValueError("inner_shape / ragged_rank incompatible with the nesting of pylist")
        all_splits.append(np.concatenate([[0], np.cumsum([len(item) for item in level])]) if level else np.zeros(1))
        level = [item for part in level for item in part]
    values: Any = _flat(level, dtype, inner_shape, pylist)
    for splits in reversed(all_splits):
        values = _make(values, splits_tensor(splits, splits_dtype))
    return values


def _default_inner(pylist: Any, ragged_rank: int, scalars: int | None) -> tuple[int, ...]:
    level: list[Any] = list(pylist)
    for _ in builtins.range(ragged_rank):
        level = [item for part in level for item in part]
    shape: list[int] = []
    while level and not _is_scalar(level[0]):
        if any(_is_scalar(item) or len(item) != len(level[0]) for item in level):
            raise ValueError("inner values have inconsistent shape")
        shape.append(len(level[0]))
        level = [item for part in level for item in part]
    return tuple(shape)


def _flat(level: list[Any], dtype: Any, inner_shape: tuple[int, ...], pylist: Any) -> Tensor:
    if not level:
        wanted = dtypes.as_dtype(dtype if dtype is not None else getattr(pylist, "dtype", None) or dtypes.float32)
        if isinstance(pylist, np.ndarray) and pylist.dtype == object and dtype is None:
            wanted = dtypes.float32
        return convert_to_tensor(np.zeros((0, *inner_shape), wanted.as_numpy_dtype))
    if isinstance(level[0], (np.ndarray, np.generic)) and level[0].dtype != object:
        array = np.array(level)
        tensor = dense_constant(array, dtype)
    else:
        tensor = dense_constant([_plain(item) for item in level], dtype)
    if tensor._value.shape[1:] != inner_shape:
        from kerax.array_ops.shaping import reshape

        return reshape(tensor, (-1, *inner_shape))
    return tensor


def _plain(item: Any) -> Any:
    return item.tolist() if isinstance(item, np.ndarray) and item.dtype == object else item


def range(
    starts: Any, limits: Any = None, deltas: Any = 1, dtype: Any = None, name: str | None = None,
    row_splits_dtype: Any = dtypes.int64,
) -> RaggedTensor:  # fmt: skip
    """Rows of number sequences.

    Args:
      starts: scalar or [nrows], first numbers; the limits, if these are None.
      limits: scalar or [nrows], ends.
      deltas: scalar or [nrows], steps.
      dtype: dtype of the numbers.
      name: ignored.
      row_splits_dtype: tf.int32 or tf.int64.

    Returns:
      RaggedTensor [nrows, (n)].

    >>> import kerax as tf
    >>> tf.ragged.range([3, 5, 2])
    <tf.RaggedTensor [[0, 1, 2], [0, 1, 2, 3, 4], [0, 1]]>
    """
    from kerax.core import errors

    if limits is None:
        starts, limits = 0, starts
    tensors = [convert_to_tensor(value, dtype_hint=dtype) for value in (starts, limits, deltas)]
    order = [dtypes.int32, dtypes.int64, dtypes.float32, dtypes.float64]
    wanted = dtypes.as_dtype(dtype) if dtype is not None else max((t.dtype for t in tensors), key=order.index)
    arrays = [concrete(t).astype(wanted.as_numpy_dtype) for t in tensors]
    if any(a.ndim > 1 for a in arrays):
        raise errors.InvalidArgumentError(None, None, "starts, limits and deltas must be scalars or vectors")
    sizes = {len(a) for a in arrays if a.ndim == 1}
    if len(sizes) > 1:
        raise errors.InvalidArgumentError(None, None, "starts, limits, and deltas must have the same shape")
    count = sizes.pop() if sizes else 1
    first, last, step = (np.broadcast_to(a, (count,)) for a in arrays)
    if (step == 0).any():
        raise errors.InvalidArgumentError(None, None, "Requires delta != 0")
    lengths = np.maximum(np.ceil((last - first) / step), 0).astype(np.int64)
    inner = ranges(np.zeros(count, np.int64), lengths).astype(wanted.as_numpy_dtype)
    values = (np.repeat(first, lengths) + inner * np.repeat(step, lengths)).astype(wanted.as_numpy_dtype)
    splits = splits_tensor(np.concatenate([[0], np.cumsum(lengths)]), row_splits_dtype)
    return _make(convert_to_tensor(values), splits)


def row_splits_to_segment_ids(splits: Any, name: str | None = None, out_type: Any = None) -> Tensor:
    """The row of each value: [0, 2, 3] gives [0, 0, 1].

    Args:
      splits: int [nrows + 1].
      name: ignored.
      out_type: tf.int32 or tf.int64; the splits' by default.

    >>> import kerax as tf
    >>> tf.ragged.row_splits_to_segment_ids([0, 2, 3]).numpy()
    array([0, 0, 1])
    """
    splits = _int_vector(splits, "splits")
    array = concrete(splits)
    if array.size == 0:
        raise ValueError("Argument `splits` must have at least one element")
    dtype = splits.dtype if out_type is None else dtypes.as_dtype(out_type)
    return splits_tensor(np.repeat(np.arange(array.size - 1), np.diff(array)), dtype)


def segment_ids_to_row_splits(
    segment_ids: Any, num_segments: Any = None, out_type: Any = None, name: str | None = None
) -> Tensor:
    """Row splits of ascending row numbers: [0, 0, 1] gives [0, 2, 3].

    Args:
      segment_ids: int [nvals], ascending.
      num_segments: int, the number of rows; up to the last number by default.
      out_type: tf.int32 or tf.int64; the numbers' by default.
      name: ignored.

    >>> import kerax as tf
    >>> tf.ragged.segment_ids_to_row_splits([0, 0, 2]).numpy()
    array([0, 2, 2, 3])
    """
    ids = _int_vector(segment_ids, "segment_ids")
    array = concrete(ids)
    count = (int(array.max()) + 1 if array.size else 0) if num_segments is None else int(concrete(num_segments))
    dtype = ids.dtype if out_type is None else dtypes.as_dtype(out_type)
    return splits_tensor(np.concatenate([[0], np.cumsum(np.bincount(array, minlength=count))])[: count + 1], dtype)


def _int_vector(value: Any, name: str) -> Tensor:
    if isinstance(value, (list, tuple, np.ndarray)) and np.asarray(value).dtype.kind == "f" and len(value):
        raise ValueError(f"{name} must have dtype int32 or int64")
    plain = isinstance(value, (list, tuple, np.ndarray))
    tensor = convert_to_tensor(np.asarray(value, np.int64)) if plain else convert_to_tensor(value)
    if tensor.dtype not in (dtypes.int32, dtypes.int64):
        raise ValueError(f"Argument `{name}` must have dtype int32 or int64. Received: {tensor.dtype}")
    if tensor.shape.rank != 1:
        raise ValueError(f"Shape {tensor.shape} must have rank 1")
    return tensor
