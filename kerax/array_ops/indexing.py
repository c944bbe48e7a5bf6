"""Subscripts of tensors: ``x[...]``, ``tf.slice``, ``tf.strided_slice``, and assignment to a part of a Variable."""

from __future__ import annotations

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import export, lax

from kerax.array_ops._known import invalid, known
from kerax.core import dtypes, errors, open_sizes
from kerax.core.context import context
from kerax.core.op import composed, op
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import OPERATORS, Tensor

newaxis = None

_INDEX_ERROR = (
    "Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 tensors are "
    "valid indices, got {!r}"
)


class Plan(NamedTuple):
    """What is static about a subscript; where it starts is not, so that a loop over positions compiles once."""

    spans: tuple[int, ...]  # elements covered along each dimension, first to last
    steps: tuple[int, ...]  # > 0
    reversed: tuple[int, ...]  # dimensions read backwards
    shape: tuple[int, ...]  # of the result


def _take(x: Any, starts: Any, plan: Plan) -> Any:
    if starts is not None and plan.spans != x.shape:
        x = lax.dynamic_slice(x, tuple(starts), plan.spans)
    if any(step != 1 for step in plan.steps):
        x = lax.slice(x, (0,) * x.ndim, x.shape, plan.steps)
    if plan.reversed:
        x = lax.rev(x, plan.reversed)
    return x.reshape(plan.shape)


@op("x; starts", name="StridedSlice")
def _slice_at(x, starts, plan):
    return _take(x, None if starts is None else [starts[i] for i in range(x.ndim)], Plan(*plan))


@op("x", name="StridedSlice")
def _slice_fixed(x, starts, plan):
    return _take(x, starts, Plan(*plan))


@op("x; starts; y", name="StridedSliceAssign")
def _assign_at(x, starts, y, plan):
    plan = Plan(*plan)
    counts = tuple(-(-span // step) for span, step in zip(plan.spans, plan.steps, strict=True))
    y = jnp.broadcast_to(y, plan.shape).reshape(counts)
    if plan.reversed:
        y = lax.rev(y, plan.reversed)
    where = tuple(starts[i] for i in range(x.ndim))
    if any(step != 1 for step in plan.steps):
        covered = lax.dynamic_slice(x, where, plan.spans)
        y = covered.at[tuple(slice(None, None, step) for step in plan.steps)].set(y)
    return lax.dynamic_update_slice(x, y, where)


class Reader:
    """Builds a plan from a subscript, one entry after the other."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.shape = shape
        self.starts: list[Any] = []
        self.spans: list[int] = []
        self.steps: list[int] = []
        self.reversed: list[int] = []
        self.result: list[int] = []

    def integer(self, index: Any) -> None:
        dim, size = len(self.spans), self.shape[len(self.spans)]
        if export.is_symbolic_dim(size):
            index = index + size if type(index) is int and index < 0 else index
        elif not isinstance(index, Tensor):
            if not -size <= index < size:
                at = index + size if index < 0 else index
                raise invalid(f"slice index {at} of dimension {dim} out of bounds. [Op:StridedSlice]")
            index = index + size if index < 0 else index
        self.add(index, 1, 1)

    def piece(self, start: Any, stop: Any, step: Any) -> None:
        size = self.shape[len(self.spans)]
        if any(isinstance(part, Tensor) for part in (start, stop, step)):
            raise errors.Uncompilable("a slice between traced positions, whose length is not known,")
        if step == 0:
            raise invalid(f"strides[{len(self.spans)}] must be non-zero [Op:StridedSlice]")
        if open_sizes.is_open((size, start, stop)):
            return self.open_piece(start, stop, 1 if step is None else step)
        first, _, step = slice(start, stop, step).indices(size)
        count = len(range(*slice(start, stop, step).indices(size)))
        if count == 0:
            self.add(0, 0, 1)
        elif step > 0:
            self.add(first, (count - 1) * step + 1, min(step, size))
        else:
            self.reversed.append(len(self.spans))
            self.add(first + (count - 1) * step, (count - 1) * -step + 1, -step)
        self.result.append(count)

    def open_piece(self, start: Any, stop: Any, step: int) -> None:
        """A piece of a dimension whose size, or whose own ends, are open while a program is exported."""
        size = self.shape[len(self.spans)]
        if step < 0:
            if (start, stop) != (None, None):
                raise errors.Uncompilable("a slice backwards between open positions")
            self.reversed.append(len(self.spans))
        first = 0 if start is None else open_sizes.position_in(start, size)
        last = size if stop is None else open_sizes.position_in(stop, size)
        length = last - first if first == 0 and stop is None else open_sizes.at_least_zero(last - first)
        count = (length + abs(step) - 1) // abs(step)
        if step < 0:  # from the last element on
            first = (length - 1) % -step
        self.add(first, length if abs(step) == 1 else (count - 1) * abs(step) + 1, abs(step))
        self.result.append(count)

    def add(self, start: Any, span: int, step: int) -> None:
        self.starts.append(start)
        self.spans.append(span)
        self.steps.append(step)

    def rest(self, count: int) -> None:
        for size in self.shape[len(self.spans) : len(self.spans) + count]:
            self.add(0, size, 1)
            self.result.append(size)

    def plan(self) -> Plan:
        return Plan(tuple(self.spans), tuple(self.steps), tuple(self.reversed), tuple(self.result))


def position(value: Any) -> Any:
    """An index or a slice's end: an int, a traced scalar Tensor, or None."""
    if value is None or type(value) is int:
        return value
    if isinstance(value, (bool, np.bool_)):
        raise TypeError(_INDEX_ERROR.format(value))
    if isinstance(value, (int, np.integer)):
        return int(value)
    if hasattr(value, "_kerax_tensor") or isinstance(value, jax.Array):
        value = convert_to_tensor(value)
    if isinstance(value, Tensor):
        if value.shape.rank != 0 or value.dtype not in _INDEX_DTYPES:
            raise TypeError(_INDEX_ERROR.format(value))
        if value._sizes is not None:
            return value._sizes.item()
        array = known(value)
        if array is not None:
            return int(array)
        return value if value._is_symbolic() else int(value)
    if isinstance(value, np.ndarray) and value.ndim == 0 and value.dtype.kind in "iu":
        return int(value)
    if type(value).__name__ == "Dimension":
        return value.value
    if export.is_symbolic_dim(value):
        return value
    raise TypeError(_INDEX_ERROR.format(value))


_INDEX_DTYPES = (dtypes.int32, dtypes.int64, dtypes.int16, dtypes.uint8, dtypes.int8, dtypes.uint32, dtypes.uint16)


def _read_key(shape: tuple[int, ...], key: Any) -> Reader:
    keys = tuple(key) if isinstance(key, (tuple, list)) else (key,)
    used = sum(1 for k in keys if k is not None and k is not Ellipsis)
    if sum(1 for k in keys if k is Ellipsis) > 1:
        raise invalid("Multiple ellipses in slice spec not allowed [Op:StridedSlice]")
    reader = Reader(shape)
    if used > len(shape):
        for k in keys:
            if not (k is None or k is Ellipsis or isinstance(k, slice)):
                position(k)
        message = (
            f"Index out of range using input dim {len(shape)}; input has only {len(shape)} dims"
            if shape
            else "Attempting to slice scalar input."
        )
        raise invalid(f"{message} [Op:StridedSlice]")
    for k in keys:
        if k is None:
            reader.result.append(1)
        elif k is Ellipsis:
            reader.rest(len(shape) - used)
        elif isinstance(k, slice):
            reader.piece(position(k.start), position(k.stop), position(k.step))
        else:
            reader.integer(position(k))
    reader.rest(len(shape))
    return reader


def _is_mask(key: Any) -> bool:
    if isinstance(key, (bool, np.bool_)):
        return True
    dtype = None if hasattr(key, "_kerax_components") else getattr(key, "dtype", None)
    return dtype is dtypes.bool or (isinstance(key, (np.ndarray, jax.Array)) and key.dtype == bool)


def run(x: Tensor, reader: Reader) -> Tensor:
    plan = reader.plan()
    if plan.shape == x._value.shape and not plan.reversed and plan.spans == plan.shape:
        return x
    if isinstance(x._value, np.ndarray) and x._value.dtype == object:
        index = tuple(slice(a, a + n, s) for a, n, s in zip(reader.starts, plan.spans, plan.steps, strict=True))
        array = x._value[*index, ...]  # an array of a scalar, too
        return Tensor((np.flip(array, plan.reversed) if plan.reversed else array).reshape(plan.shape), x._trace)
    dynamic = any(isinstance(start, Tensor) for start in reader.starts)
    if not dynamic and context.trace is not None:
        return _slice_fixed(x, tuple(reader.starts), tuple(plan))
    if not dynamic and plan.spans == x._value.shape:
        return _slice_fixed(x, None, tuple(plan))
    return _slice_at(x, _pack_starts(reader, dynamic), tuple(plan))


@op("a; b; c; d; e; f; g; h", differentiable=False, name="Pack")
def _pack_positions(a, b, c, d, e, f, g, h, sizes):
    starts = [jnp.asarray(start, jnp.int32) for start in (a, b, c, d, e, f, g, h) if start is not None]
    return jnp.stack([jnp.where(start < 0, start + size, start) for start, size in zip(starts, sizes, strict=True)])


def _pack_starts(reader: Reader, dynamic: bool) -> Tensor:
    if dynamic:
        starts = reader.starts + [None] * (8 - len(reader.starts))
        return _pack_positions(*starts, reader.shape)
    return convert_to_tensor(np.array(reader.starts, np.int32))


@composed
def getitem(tensor: Any, key: Any) -> Any:
    """A part of a tensor: ``tensor[key]``.

    Args:
      tensor: tensor of any shape.
      key: int, slice, ``...``, ``None`` (a new dimension), scalar integer tensor, a tuple of these, or a boolean
        mask over the first dimensions.

    Returns:
      The part; a mask gives ``tf.boolean_mask``.

    Raises:
      InvalidArgumentError: an index is out of range or there are more indices than dimensions (ValueError in a trace).
      TypeError: something else in ``key``.

    >>> import kerax as tf
    >>> tf.range(10)[1:8:3].numpy()
    array([1, 4, 7], dtype=int32)
    """
    tensor = convert_to_tensor(tensor)
    if _is_mask(key):
        return boolean_mask(tensor, key)
    return run(tensor, _read_key(tensor._value.shape, key))


def sliced_assign(value: Any, key: Any, new: Any) -> Tensor:
    """The tensor with ``value[key]`` replaced by ``new``, which is broadcast to that shape."""
    value = convert_to_tensor(value)
    if _is_mask(key):
        raise NotImplementedError("Assigning to a boolean mask of a Variable is not supported, as in TensorFlow.")
    reader = _read_key(value._value.shape, key)
    plan = reader.plan()
    if 0 in plan.shape:
        return value
    dynamic = any(not isinstance(start, int) for start in reader.starts)
    if not reader.starts:
        return _assign_whole(value, new)
    return _assign_at(value, _pack_starts(reader, dynamic), convert_to_tensor(new, value.dtype), tuple(plan))


@op("x, y", name="StridedSliceAssign")
def _assign_whole(x, y):
    return jnp.broadcast_to(y, x.shape)


@composed
def boolean_mask(tensor: Any, mask: Any, axis: int | None = None, name: str = "boolean_mask") -> Any:
    """The elements where a mask is true.

    Args:
      tensor: tensor of rank n.
      mask: bool tensor of rank k <= n, of the shape of the dimensions it masks.
      axis: int, the first dimension of ``tensor`` to mask; 0 by default.
      name: ignored.

    Returns:
      Tensor with the masked dimensions replaced by one of as many rows as there are true elements.

    Raises:
      ValueError: the mask is a scalar, or its shape differs.

    >>> import kerax as tf
    >>> tf.boolean_mask([1, 2, 3], [True, False, True]).numpy()
    array([1, 3], dtype=int32)
    """
    tensor = convert_to_tensor(tensor)
    mask = convert_to_tensor(mask)
    shape, masked = tensor._value.shape, mask._value.shape
    if not masked:
        raise ValueError("mask cannot be scalar.")
    axis = 0 if axis is None else int(convert_to_tensor(axis))
    if shape[axis : axis + len(masked)] != masked:  # for an axis of -1 no dimensions, as in TensorFlow
        raise ValueError(f"Shapes {shape[axis : axis + len(masked)]} and {masked} are incompatible")
    axis = axis + len(shape) if axis < 0 else axis
    if mask._is_symbolic():
        raise errors.Uncompilable("tf.boolean_mask")
    rows = np.flatnonzero(np.asarray(mask._value).astype(bool)).astype(np.int64)
    return _take_rows(tensor, rows, axis, len(masked))


@op("tensor; rows", name="GatherV2")
def _take_rows(tensor, rows, axis, count):
    shape = tensor.shape
    flat = tensor.reshape(
        shape[:axis] + (-1 if 0 not in shape else int(np.prod(shape[axis : axis + count])),) + shape[axis + count :]
    )
    return jnp.take(flat, rows, axis=axis, mode="clip", unique_indices=True, indices_are_sorted=True)


OPERATORS["getitem"] = getitem
OPERATORS["sliced_assign"] = sliced_assign
