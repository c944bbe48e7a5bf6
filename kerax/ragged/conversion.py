"""Ragged tensors from and to dense and sparse ones."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.array_ops._known import concrete, known
from kerax.array_ops.shaping import reshape
from kerax.core import dtypes, errors
from kerax.core.op import op
from kerax.core.shape import TensorShape
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.ragged.tensor import RaggedTensor, _make, take_rows


@op("values, default; index", name="RaggedTensorToTensor")
def _fill_box(values, default, index, shape, edge):
    """``values`` at the places that ``index`` names; the default where it names none."""
    default = jnp.broadcast_to(default, values.shape[1:])
    pool = jnp.concatenate([values, default[None]])
    out = jnp.take(pool, index, axis=0, mode="clip")
    for axis, size in enumerate(edge, start=len(shape)):
        if size > out.shape[axis]:
            pads = [(0, size - n if i == axis else 0) for i, n in enumerate(out.shape)]
            inside = jnp.pad(jnp.ones(out.shape, bool), pads)
            out = jnp.where(inside, jnp.pad(out, pads), default.reshape(-1)[0])
        elif size < out.shape[axis]:
            out = out[(slice(None),) * axis + (slice(0, size),)]
    return out


@op("values, default; splits", name="RaggedTensorToTensor")
def _fill_rows(values, default, splits, length):
    places = splits[:-1, None] + jnp.arange(length, dtype=splits.dtype)
    inside = places < splits[1:, None]
    out = (
        jnp.take(values, places, axis=0, mode="clip")
        if values.shape[0]
        else jnp.zeros(places.shape + values.shape[1:], values.dtype)
    )
    return jnp.where(inside.reshape(inside.shape + (1,) * (values.ndim - 1)), out, default)


def places(rt: RaggedTensor) -> np.ndarray:
    """int64 [nvals, ragged_rank + 1], the coordinates of every row of the flat values."""
    coordinates = np.arange(rt._splits().size - 1)[:, None]
    level: Any = rt
    while isinstance(level, RaggedTensor):
        splits = level._splits()
        lengths = np.diff(splits)
        inner = np.arange(int(splits[-1])) - np.repeat(splits[:-1], lengths)
        coordinates = np.concatenate([np.repeat(coordinates, lengths, axis=0), inner[:, None]], axis=1)
        level = level._values
    return coordinates.astype(np.int64)


def to_tensor(rt: RaggedTensor, default_value: Any = None, shape: Any = None) -> Tensor:
    flat = rt.flat_values
    wanted = TensorShape(None)
    if shape is not None:
        sizes = concrete(shape, "shape").tolist() if isinstance(shape, Tensor) else shape
        wanted = TensorShape([None if s == -1 else s for s in sizes] if isinstance(sizes, (list, tuple)) else sizes)
        inner = list(rt.flat_values._value.shape[1:])
        given = [] if wanted.rank is None else wanted.as_list()[rt.ragged_rank + 1 :]
        if wanted.rank is not None and (
            wanted.rank != rt.shape.rank or any(g not in (None, n) for g, n in zip(given, inner, strict=True))
        ):
            raise errors.InvalidArgumentError(
                None, None, f"rt_input.shape and shape={wanted} are incompatible: shape must fit {rt.shape}"
            )
    if default_value is None:
        default = convert_to_tensor(
            b"" if flat.dtype is dtypes.string else False if flat.dtype.is_bool else 0, flat.dtype
        )
    else:
        default = convert_to_tensor(default_value, None if isinstance(default_value, Tensor) else flat.dtype)
        if default.dtype is not flat.dtype:
            raise ValueError(f"default_value has dtype {default.dtype.name} instead of {flat.dtype.name}")
        if default.shape.rank > flat.shape.rank - 1:
            raise errors.InvalidArgumentError(
                None, None, f"default_value.shape={default.shape} must not exceed the shape of a value {flat.shape[1:]}"
            )
    depth = rt.ragged_rank + 1
    chosen = [None] * rt.shape.rank if wanted.rank is None else wanted.as_list()
    if depth == 2 and known(rt._row_splits) is None:
        length = chosen[1] if chosen[1] is not None else rt._uniform
        if length is not None and chosen[0] in (None, rt.shape[0]):
            return _fill_rows(flat, default, rt._row_splits, length)
    box = [b if c is None else c for b, c in zip(rt._box(), chosen, strict=True)]
    coordinates = places(rt)
    keep = (coordinates < np.array(box[:depth])).all(1) if coordinates.size else np.zeros(len(coordinates), bool)
    index = np.full(box[:depth], flat._value.shape[0], np.int64)
    index[tuple(coordinates[keep].T)] = np.flatnonzero(keep)
    if flat._value.dtype == object:
        pool = np.concatenate([flat._value, np.broadcast_to(default._value, flat._value.shape[1:])[None]])
        return Tensor(pool[index])
    return _fill_box(flat, default, index, tuple(box[:depth]), tuple(box[depth:]))


def from_tensor(tensor: Any, lengths: Any, padding: Any, ragged_rank: int, row_splits_dtype: Any) -> RaggedTensor:
    tensor = convert_to_tensor(tensor)
    dtype = dtypes.as_dtype(row_splits_dtype).as_numpy_dtype
    if lengths is not None and padding is not None:
        raise ValueError("Specify argument `lengths` or `padding`, but not both.")
    if not isinstance(ragged_rank, int):
        raise TypeError(f"Argument `ragged_rank` must be an int. Received {ragged_rank}.")
    if ragged_rank <= 0:
        raise ValueError(f"Argument `ragged_rank` must be greater than 0. Received {ragged_rank}.")
    shape = tensor._value.shape
    if len(shape) < 2:
        raise ValueError(
            "The rank of a RaggedTensor must be greater than 1, i.e., a list of scalars won't have ragged dimensions. "
            f"Received argument `tensor` with rank {len(shape)}."
        )
    if len(shape) <= ragged_rank:
        raise ValueError(f"Shape {tensor.shape} must have rank at least {ragged_rank + 1}")
    if isinstance(lengths, (list, tuple)) and lengths and not isinstance(lengths[0], (int, np.integer)):
        return _from_nested_lengths(tensor, list(lengths), row_splits_dtype)
    if isinstance(lengths, RaggedTensor):
        return _from_nested_lengths(tensor, [lengths], row_splits_dtype)
    if ragged_rank > 1:
        outer = int(np.prod(shape[:ragged_rank]))
        inner = from_tensor(reshape(tensor, (outer,) + shape[ragged_rank:]), lengths, padding, 1, row_splits_dtype)
        for axis in reversed(range(1, ragged_rank)):
            rows = int(np.prod(shape[:axis]))
            splits = convert_to_tensor((np.arange(rows + 1) * shape[axis]).astype(dtype))
            inner = _make(inner, splits, shape[axis])
        return inner
    rows, length = shape[0], shape[1]
    flat = reshape(tensor, (rows * length,) + shape[2:])
    if lengths is None and padding is None:
        splits = convert_to_tensor((np.arange(rows + 1) * length).astype(dtype))
        return _make(flat, splits, length)
    if padding is not None:
        fill = convert_to_tensor(padding, None if isinstance(padding, Tensor) else tensor.dtype)
        if fill.dtype is not tensor.dtype:
            raise ValueError(f"padding has dtype {fill.dtype.name} instead of {tensor.dtype.name}")
        if fill._value.shape != shape[2:]:
            raise ValueError(f"Shapes {fill.shape} and {TensorShape(shape[2:])} are incompatible")
        same = concrete(tensor, "tensor") == concrete(fill, "padding")
        same = same.reshape(rows, length, int(np.prod(shape[2:]))).all(-1)
        counts = np.where(~same, np.arange(1, length + 1), 0).max(1, initial=0)
    else:
        counts = np.clip(concrete(lengths, "lengths"), 0, length)
        if counts.shape != (rows,):
            raise ValueError(f"Shape {counts.shape} of `lengths` must be ({rows},)")
    inside = np.flatnonzero((np.arange(length) < counts[:, None]).reshape(-1))
    splits = np.concatenate([[0], np.cumsum(counts)]).astype(dtype)
    return _make(take_rows(flat, inside), convert_to_tensor(splits))


def _from_nested_lengths(tensor: Tensor, lengths: list[Any], row_splits_dtype: Any) -> RaggedTensor:
    """Several ragged dimensions at once: one vector of lengths for each, as ``nested_row_lengths`` gives them."""
    dtype = dtypes.as_dtype(row_splits_dtype).as_numpy_dtype
    vectors = [concrete(v.flat_values if isinstance(v, RaggedTensor) else v, "lengths") for v in lengths]
    shape = tensor._value.shape
    rows = np.arange(shape[0])
    values: Any = reshape(tensor, (int(np.prod(shape[: len(vectors) + 1])),) + shape[len(vectors) + 1 :])
    all_splits = []
    for axis, counts in enumerate(vectors, start=1):
        rows = np.concatenate(
            [row * shape[axis] + np.arange(n) for row, n in zip(rows, counts, strict=True)] or [rows[:0]]
        )
        all_splits.append(np.concatenate([[0], np.cumsum(counts)]).astype(dtype))
    values = take_rows(values, rows)
    for splits in reversed(all_splits):
        values = _make(values, convert_to_tensor(splits))
    return values


def to_sparse(rt: RaggedTensor) -> Any:
    from kerax.sparse.tensor import SparseTensor

    flat = rt.flat_values
    coordinates = places(rt)
    inner = flat._value.shape[1:]
    if inner:
        steps = np.indices(inner).reshape(len(inner), -1).T
        coordinates = np.concatenate(
            [np.repeat(coordinates, len(steps), axis=0), np.tile(steps, (len(coordinates), 1))], axis=1
        )
        flat = reshape(flat, [-1])
    return SparseTensor(coordinates, flat, np.array(rt._box(), np.int64))


def from_sparse(st: Any, row_splits_dtype: Any) -> RaggedTensor:
    from kerax.sparse.tensor import SparseTensor

    if not isinstance(st, SparseTensor):
        raise TypeError(f"Argument `st_input` must be of type SparseTensor, but is of type {type(st).__name__}.")
    if st.shape.rank != 2:
        raise ValueError(f"Shape {st.shape} must have rank 2")
    indices = concrete(st.indices, "indices")
    rows = int(concrete(st.dense_shape, "dense_shape")[0])
    counts = np.bincount(indices[:, 0], minlength=rows)
    starts = np.cumsum(counts) - counts
    expected = np.arange(len(indices)) - np.repeat(starts, counts)
    if not (np.diff(indices[:, 0]) >= 0).all() or not np.array_equal(indices[:, 1], expected):
        raise errors.InvalidArgumentError(None, None, "SparseTensor is not right-ragged")
    splits = np.concatenate([[0], np.cumsum(counts)]).astype(dtypes.as_dtype(row_splits_dtype).as_numpy_dtype)
    return _make(st.values, convert_to_tensor(splits))
