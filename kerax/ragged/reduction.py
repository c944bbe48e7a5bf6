"""Reductions of ragged tensors along dense and ragged dimensions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from kerax.array_ops._known import concrete
from kerax.core import dtypes, errors
from kerax.core.op import static
from kerax.core.tensor import convert_to_tensor
from kerax.math import casting, reduction, segment
from kerax.math.arithmetic import truediv
from kerax.ragged.getitem import expand_dims, splits_tensor
from kerax.ragged.tensor import RaggedTensor, _make, _rows, is_ragged


def segment_rows(value: Any, ids: Any, count: int, combine: Callable[..., Any]) -> Any:
    """Combines the rows of a value that have the same segment number, elementwise."""
    if not is_ragged(value):
        return combine(value, ids, count)
    owner = concrete(ids, "segment_ids").astype(np.int64)
    splits = value._splits()
    lengths = np.diff(splits)
    longest = np.zeros(count, np.int64)
    np.maximum.at(longest, owner, lengths)
    new = np.concatenate([[0], np.cumsum(longest)])
    step = np.arange(int(splits[-1])) - np.repeat(splits[:-1], lengths)
    inner = convert_to_tensor(np.repeat(new[:-1][owner], lengths) + step)
    values = segment_rows(value._values, inner, int(new[-1]), combine)
    return _make(values, splits_tensor(new, value._row_splits.dtype), value._uniform)


def _one_axis(value: Any, axis: int, combine: Any, dense: Any) -> Any:
    if not is_ragged(value):
        return dense(value, axis)
    if axis == 0:
        ids = convert_to_tensor(np.zeros(_rows(value), np.int64))
        return segment_rows(value, ids, 1, combine)._values
    if axis == 1:
        return segment_rows(value._values, value.value_rowids(), _rows(value), combine)
    return value.with_values(_one_axis(value._values, axis - 1, combine, dense))


def _axes(axis: Any, rank: int) -> list[int]:
    if np.ndim(axis) == 0 and not isinstance(axis, (int, np.integer)):
        raise TypeError(f"axis must be an int; got {axis!r}")
    given = static(axis, "axis")
    given = given if isinstance(given, tuple) else (given,)
    out = []
    for one in given:
        if not -rank <= int(one) < rank:
            raise ValueError(f"axis={one} out of bounds: expected {-rank}<=axis<{rank}")
        out.append(int(one) % rank)
    if len(set(out)) != len(out):
        raise errors.InvalidArgumentError(None, None, f"Invalid reduction arguments: repeated axis in {given}")
    return sorted(out, reverse=True)


def reduce(rt: RaggedTensor, axis: Any, keepdims: bool, combine: Any, dense: Any) -> Any:
    rank = rt.shape.rank
    if axis is None:
        out = dense(rt.flat_values, None)
        for _ in range(rank if keepdims else 0):
            out = expand_dims(out, 0)
        return out
    axes = _axes(axis, rank)
    out: Any = rt
    for one in axes:
        out = _one_axis(out, one, combine, dense)
        out = expand_dims(out, one) if keepdims else out
    return out


def _simple(name: str) -> Callable[..., Any]:
    def run(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Any:
        return reduce(input_tensor, axis, bool(keepdims), combine, lambda x, a: dense(x, axis=a))

    combine = getattr(segment, f"unsorted_segment_{name}")
    dense = getattr(reduction, f"reduce_{name}")
    return run


reduce_sum, reduce_prod, reduce_min, reduce_max = (_simple(name) for name in ("sum", "prod", "min", "max"))


def _mean(total: Any, count: Any) -> Any:
    from kerax.ragged.elementwise import binary

    return binary(truediv, total, count) if is_ragged(total) else truediv(total, count)


def _mean_of_all(x: Any) -> Any:
    return reduction.reduce_mean(casting.cast(x, dtypes.float64) if x.dtype.is_integer else x)


def reduce_mean(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Any:
    if axis is None:
        return reduce(input_tensor, None, bool(keepdims), None, lambda x, a: _mean_of_all(x))
    ones = input_tensor.with_flat_values(casting.cast(_ones(input_tensor.flat_values), input_tensor.dtype))
    return _mean(reduce_sum(input_tensor, axis, keepdims), reduce_sum(ones, axis, keepdims))


def reduce_logsumexp(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Any:
    from kerax.array_ops.creation import zeros_like
    from kerax.array_ops.gathering import where
    from kerax.core.custom_gradient import stop_gradient
    from kerax.math.comparison import is_finite
    from kerax.math.exponential import exp, log
    from kerax.ragged.structure import squeeze

    if axis is None:
        return reduce(input_tensor, None, bool(keepdims), None, lambda x, a: reduction.reduce_logsumexp(x))
    top = reduce_max(input_tensor, axis, True)
    flat = top.flat_values if is_ragged(top) else top
    flat = stop_gradient(where(is_finite(flat), flat, zeros_like(flat)))
    top = top.with_flat_values(flat) if is_ragged(top) else flat
    out = log(reduce_sum(exp(input_tensor - top), axis, True)) + top
    if keepdims:
        return out
    for one in _axes(axis, input_tensor.shape.rank):
        out = squeeze(out, one)
    return out


def _ones(x: Any) -> Any:
    from kerax.array_ops.creation import ones_like

    return ones_like(x)


def reduce_variance(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Any:
    squares = input_tensor.with_flat_values(input_tensor.flat_values * input_tensor.flat_values)
    mean = reduce_mean(input_tensor, axis, keepdims)
    return reduce_mean(squares, axis, keepdims) - mean * mean


def reduce_std(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Any:
    from kerax.math.exponential import sqrt

    return sqrt(reduce_variance(input_tensor, axis, keepdims))


def _logical(of: Callable[..., Any]) -> Callable[..., Any]:
    def run(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Any:
        from kerax.core import dtypes

        numbers = input_tensor.with_flat_values(casting.cast(input_tensor.flat_values, dtypes.int32))
        return casting.cast(of(numbers, axis, keepdims), dtypes.bool)

    return run


reduce_all, reduce_any = _logical(reduce_prod), _logical(lambda *args: reduce_max_of_zero(*args))


def reduce_max_of_zero(numbers: Any, axis: Any, keepdims: Any) -> Any:
    """The largest of zeros and ones; 0 for no elements."""
    return reduce_sum(numbers, axis, keepdims)
