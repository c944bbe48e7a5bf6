"""Elementwise ops of ragged tensors: the op on the flat values, after broadcasting the rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from kerax.core import errors
from kerax.core.tensor import convert_to_tensor
from kerax.ragged.getitem import expand_dims, splits_tensor
from kerax.ragged.structure import _splits_dtype, deepen
from kerax.ragged.tensor import RaggedTensor, _levels, _make, _rows, is_ragged, take_rows


def same_rows(x: RaggedTensor, y: RaggedTensor) -> bool:
    """Whether two ragged tensors have the same partitions."""
    if x.ragged_rank != y.ragged_rank:
        return False
    pairs = zip(x.nested_row_splits, y.nested_row_splits, strict=True)
    return all(
        a is b or a._value is b._value or (a._value.shape == b._value.shape and np.array_equal(s, t))
        for (a, b), (s, t) in zip(pairs, zip(_arrays(x), _arrays(y), strict=True), strict=True)
    )


def _arrays(x: RaggedTensor) -> list[Any]:
    return [_Lazy(level) for level in _levels(x)]


class _Lazy:
    """Row splits read only when they must be compared."""

    def __init__(self, level: RaggedTensor) -> None:
        self.level = level

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        return self.level._splits()


def map_flat_values(op: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Applies a function to the flat values of ragged tensors.

    Args:
      op: callable that keeps the number of rows of its tensors.
      *args: arguments of ``op``; ragged tensors are replaced by their flat values.
      **kwargs: likewise.

    Returns:
      RaggedTensor with the rows of the arguments.

    Raises:
      ValueError: the result has another number of rows.
      InvalidArgumentError: the arguments' rows differ.

    >>> import kerax as tf
    >>> tf.ragged.map_flat_values(tf.ones_like, tf.ragged.constant([[5], [6, 7]]))
    <tf.RaggedTensor [[1], [1, 1]]>
    """
    found: list[RaggedTensor] = []

    def flat(value: Any) -> Any:
        if is_ragged(value):
            found.append(value)
            return value.flat_values
        if isinstance(value, (list, tuple)) and any(is_ragged(v) for v in value):
            return type(value)(flat(v) for v in value)
        return value

    new_args = [flat(arg) for arg in args]
    new_kwargs = {key: flat(value) for key, value in kwargs.items()}
    if not found:
        return op(*args, **kwargs)
    sizes = {_rows(value.flat_values) for value in found}
    if len(sizes) > 1:
        raise ValueError(
            f"Input RaggedTensors' flat_values must all have the same outer-dimension size.  Got sizes: {sizes}"
        )
    for other in found[1:]:
        if other.ragged_rank != found[0].ragged_rank:
            raise ValueError("All ragged inputs must have the same ragged_rank.")
        if not same_rows(found[0], other):
            raise errors.InvalidArgumentError(None, None, "Inputs must have identical ragged splits")
    return rebuild(found[0], op(*new_args, **new_kwargs))


def rebuild(like: RaggedTensor, result: Any) -> Any:
    """A result of flat values (or several) under the rows of ``like``."""
    if isinstance(result, (list, tuple)) and not is_ragged(result):
        return type(result)(rebuild(like, r) for r in result)
    result = convert_to_tensor(result) if not is_ragged(result) else result
    if result.shape.rank == 0 or _rows(result) != _rows(like.flat_values):
        raise ValueError(
            "tf.ragged.map_flat_values requires that the output of `op` have the same outer-dimension size as "
            f"flat_values of any ragged inputs. (output shape: {result.shape}; expected outer dimension size: "
            f"{_rows(like.flat_values)})"
        )
    return like.with_flat_values(result)


def broadcast(x: Any, y: Any) -> tuple[Any, Any]:
    """Two operands, at least one ragged, with the same rows (or one left as it is: it broadcasts by itself)."""
    ragged, dense = (x, y) if is_ragged(x) else (y, x)
    if not is_ragged(dense) and dense.shape.rank < ragged.flat_values.shape.rank:
        return x, y
    if is_ragged(x) and is_ragged(y):
        _splits_dtype([x, y])
        if same_rows(x, y):
            return x, y
    rank = max(x.shape.rank, y.shape.rank)
    depth = max(value.ragged_rank for value in (x, y) if is_ragged(value))
    depth = max([depth] + [value.ragged_rank + rank - value.shape.rank for value in (x, y) if is_ragged(value)])
    dtype = _splits_dtype([x, y])
    both = []
    for value in (x, y):
        for _ in range(rank - value.shape.rank):
            value = expand_dims(value, 0)
        both.append(deepen(value, depth, dtype).with_row_splits_dtype(dtype))
    return _align(both[0], both[1], depth, dtype)


def _pair(a: np.ndarray, b: np.ndarray, one_a: bool = True, one_b: bool = True) -> np.ndarray:
    """Lengths that both broadcast to; only a side that is 1 throughout is repeated."""
    if not (one_a or one_b or np.array_equal(a, b)) or ((a != b) & (a != 1) & (b != 1)).any():
        raise errors.InvalidArgumentError(
            None,
            None,
            f"Unable to broadcast: dimension size mismatch in dimension. lengths={a.tolist()} and {b.tolist()}",
        )
    return b if one_a and (a == 1).all() else a


def _align(x: RaggedTensor, y: RaggedTensor, depth: int, dtype: Any) -> tuple[RaggedTensor, RaggedTensor]:
    """Repeats rows of size 1, one dimension after the other, until both have the same rows."""
    nx, ny = _rows(x), _rows(y)
    total = int(_pair(np.array([nx]), np.array([ny]))[0])
    at_x = np.zeros(total, np.int64) if nx == 1 else np.arange(total)
    at_y = np.zeros(total, np.int64) if ny == 1 else np.arange(total)
    all_splits, uniforms = [], []
    vx: Any = x
    vy: Any = y
    for _ in range(depth):
        sx, sy = vx._splits(), vy._splits()
        lx, ly = np.diff(sx)[at_x], np.diff(sy)[at_y]
        lengths = _pair(lx, ly, vx._uniform == 1, vy._uniform == 1)
        splits = np.concatenate([[0], np.cumsum(lengths)])
        step = np.arange(int(splits[-1])) - np.repeat(splits[:-1], lengths)
        at_x = np.repeat(sx[at_x], lengths) + np.where(np.repeat((lx == 1) & (lengths != 1), lengths), 0, step)
        at_y = np.repeat(sy[at_y], lengths) + np.where(np.repeat((ly == 1) & (lengths != 1), lengths), 0, step)
        uniforms.append(
            None if vx._uniform is None or vy._uniform is None else vy._uniform if vx._uniform == 1 else vx._uniform
        )
        all_splits.append(splits_tensor(splits, dtype))
        vx, vy = vx._values, vy._values
    out = []
    for values, at in ((vx, at_x), (vy, at_y)):
        value: Any = take_rows(values, at)
        for splits, uniform in zip(reversed(all_splits), reversed(uniforms), strict=True):
            value = _make(value, splits, uniform)
        out.append(value)
    return out[0], out[1]


def binary(fn: Callable[..., Any], x: Any, y: Any, *args: Any, **kwargs: Any) -> Any:
    """A binary op of operands of which at least one is ragged."""
    ragged = x if is_ragged(x) else y
    x, y = (value if is_ragged(value) else convert_to_tensor(value, dtype_hint=ragged.dtype) for value in (x, y))
    x, y = broadcast(x, y)
    like = x if is_ragged(x) else y
    flat = [value.flat_values if is_ragged(value) else value for value in (x, y)]
    result = fn(*flat, *args, **kwargs)
    return result if result is None else rebuild(like, result)


def unary(fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """An op of one ragged tensor that works on every value by itself."""
    found = [value for value in (*args, *kwargs.values()) if is_ragged(value)]
    if len(found) != 1:
        return NotImplemented
    flat = [value.flat_values if is_ragged(value) else value for value in args]
    named = {key: value.flat_values if is_ragged(value) else value for key, value in kwargs.items()}
    result = fn(*flat, **named)
    return None if result is None else rebuild(found[0], result)


def broadcast_all(values: list[Any]) -> list[Any]:
    """Several operands with the same rows (or left as they are, where they broadcast by themselves)."""
    full = next(value for value in values if is_ragged(value))
    for other in values:
        full = broadcast(full, other)[0]
    return [broadcast(value, full)[0] for value in values]
