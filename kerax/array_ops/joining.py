"""Tensors put together and taken apart: concat, stack, unstack, split."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from kerax.array_ops._known import axis_in, concrete, invalid, not_integers, whole
from kerax.array_ops.creation import identity
from kerax.core import dtypes, errors
from kerax.core.op import composed, op, static
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import OPERATORS, Symbolic, Tensor


@op("values*", name="ConcatV2")
def _concat(values, axis):
    rank = values[0].ndim
    for i, value in enumerate(values):
        if value.ndim != rank:
            raise invalid(
                f"ConcatOp : Ranks of all input tensors should match: shape[0] = {list(values[0].shape)} vs. "
                f"shape[{i}] = {list(value.shape)} [Op:ConcatV2]"
            )
    if rank == 0:
        raise invalid("ConcatOp : Can't concatenate scalars (use tf.stack instead) [Op:ConcatV2]")
    axis = whole(axis, "axis")
    if not -rank <= axis < rank:
        raise invalid(
            f"ConcatOp : Expected concatenating dimensions in the range [-{rank}, {rank}), but got {axis} [Op:ConcatV2]"
        )
    for i, value in enumerate(values):
        for dim in range(rank):
            if dim != axis % rank and value.shape[dim] != values[0].shape[dim]:
                raise invalid(
                    f"ConcatOp : Dimension {dim} in both shapes must be equal: shape[0] = {list(values[0].shape)} "
                    f"vs. shape[{i}] = {list(value.shape)} [Op:ConcatV2]"
                )
    return jnp.concatenate(values, axis)


@composed
def concat(values: Any, axis: Any, name: str = "concat") -> Any:
    """Joins tensors along an existing dimension.

    Args:
      values: list of tensors of one dtype, of shapes that agree but for ``axis``.
      axis: int, the dimension.
      name: ignored.

    Returns:
      Tensor.

    Raises:
      InvalidArgumentError: the shapes or dtypes differ (ValueError / TypeError in a trace).

    >>> import kerax as tf
    >>> tf.concat([[1, 2], [3]], 0).numpy()
    array([1, 2, 3], dtype=int32)
    """
    if not isinstance(values, (list, tuple)):
        return identity(values)
    if len(values) == 1:
        return identity(values[0])
    if not values:
        raise errors.InvalidArgumentError(None, None, "OpKernel 'ConcatV2' needs at least one input. [Op:ConcatV2]")
    axis = static(axis, "axis")
    if all(isinstance(value, (list, tuple)) for value in values):  # of python's, the first decides the dtype
        first = convert_to_tensor(values[0])
        values = [first, *(convert_to_tensor(value, first.dtype) for value in values[1:])]
    return _concat(list(values), axis[0] if isinstance(axis, tuple) and len(axis) == 1 else axis)


@op("values*", name="Pack")
def _stack(values, axis):
    for i, value in enumerate(values):
        if value.shape != values[0].shape:
            shapes = [str(list(v.shape)).replace(" ", "") for v in (values[0], value)]
            raise invalid(
                f"Shapes of all inputs must match: values[0].shape = {shapes[0]} != values[{i}].shape = {shapes[1]} "
                "[Op:Pack]"
            )
    return jnp.stack(values, axis)


@composed
def stack(values: Any, axis: int = 0, name: str = "stack") -> Any:
    """Joins tensors of one shape along a new dimension.

    Args:
      values: list of tensors of one shape and dtype.
      axis: int, where the new dimension goes.
      name: ignored.

    Returns:
      Tensor of one rank more.

    Raises:
      ValueError: the axis is out of range.
      InvalidArgumentError: the shapes differ.

    >>> import kerax as tf
    >>> tf.stack([[1, 2], [3, 4]], axis=1).numpy().tolist()
    [[1, 3], [2, 4]]
    """
    if not isinstance(values, (list, tuple)):
        values = convert_to_tensor(values)
        if axis == 0:
            return values
        values = unstack(values)
    if axis == 0 and not any(isinstance(v, (Tensor, Symbolic)) or hasattr(v, "_kerax_tensor") for v in values):
        try:
            return convert_to_tensor(values)
        except (TypeError, ValueError):
            pass
    elif not values:
        raise IndexError("Cannot stack an empty list along another axis than 0.")
    first = values[0]
    shape = first.shape if hasattr(first, "shape") else np.shape(first)
    rank = len(shape) + 1
    axis = int(static(axis, "axis"))
    if not -rank <= axis < rank:
        raise ValueError(f"Argument `axis` = {axis} not in range [{-rank}, {rank})")
    return _stack(list(values), axis)


def parallel_stack(values: Any, name: str = "parallel_stack") -> Any:
    """Joins tensors of one shape along a new first dimension, inside a ``tf.function`` only.

    Args:
      values: list of tensors of one shape and dtype.
      name: ignored.

    Returns:
      Tensor of one rank more.

    Raises:
      RuntimeError: run eagerly.
    """
    from kerax.core.context import context

    if context.trace is None:
        raise RuntimeError("tf.parallel_stack() is not compatible with eager execution.")
    return stack(values)


@op("value", name="Unpack")
def _unstack(value, axis):
    return [lax.index_in_dim(value, i, axis, keepdims=False) for i in range(value.shape[axis])]


@composed
def unstack(value: Any, num: int | None = None, axis: int = 0, name: str = "unstack") -> Any:
    """The slices along a dimension, as a list.

    Args:
      value: tensor of rank >= 1.
      num: int, how many there must be.
      axis: int, the dimension.
      name: ignored.

    Returns:
      list of tensors of one rank less.

    Raises:
      ValueError: the axis is out of range.
      InvalidArgumentError: ``num`` is another number.

    >>> import kerax as tf
    >>> [int(x) for x in tf.unstack([1, 2])]
    [1, 2]
    """
    value = convert_to_tensor(value)
    rank = value.shape.rank
    axis = whole(axis, "axis")
    if not -rank <= axis < rank:
        raise ValueError(f"Argument `axis` = {axis} not in range [{-rank}, {rank})")
    axis %= rank
    if num is not None and value._value.shape[axis] != num:
        raise invalid(
            f"Input shape axis {axis} must equal {num}, got shape "
            f"{str(value.shape.as_list()).replace(' ', '')} [Op:Unpack]"
        )
    if isinstance(value._value, np.ndarray) and value._value.dtype == object:
        return [Tensor(np.array(part, object), value._trace) for part in np.moveaxis(value._value, axis, 0)]
    return _unstack(value, axis)


@op("value", name="SplitV")
def _split(value, sizes, axis):
    starts = np.concatenate([[0], np.cumsum(sizes)]).tolist()
    return [lax.slice_in_dim(value, a, b, axis=axis) for a, b in zip(starts[:-1], starts[1:], strict=True)]


@composed
def split(value: Any, num_or_size_splits: Any, axis: Any = 0, num: int | None = None, name: str = "split") -> Any:
    """Cuts a tensor into parts along a dimension.

    Args:
      value: tensor.
      num_or_size_splits: int, the number of equal parts; or int [k], the sizes of the parts, one of which may be -1.
      axis: int, the dimension.
      num: int, the number of parts (for sizes that are not known).
      name: ignored.

    Returns:
      list of tensors.

    Raises:
      InvalidArgumentError: the parts do not fit (ValueError in a trace).

    >>> import kerax as tf
    >>> [x.numpy().tolist() for x in tf.split([1, 2, 3], [1, 2])]
    [[1], [2, 3]]
    """
    value = convert_to_tensor(value)
    rank = value.shape.rank
    axis = axis_in(axis, rank, f"-input rank(-{rank}) <= split_dim < input rank ({rank}), but got {{axis}} [Op:Split]")
    length = value._value.shape[axis]
    sizes = concrete(num_or_size_splits, "num_or_size_splits")
    if sizes.ndim == 0 and not isinstance(num_or_size_splits, int | np.integer):
        raise ValueError(
            "Rank-0 tensors are not supported as the num_or_size_splits argument to split. "
            f"Argument provided: {num_or_size_splits}"
        )
    if sizes.size == 0:
        raise invalid("Value for attr 'num_split' of 0 must be at least minimum 1 [Op:SplitV]")
    if sizes.dtype.kind not in "iu":
        raise not_integers("num_or_size_splits", sizes)
    if sizes.ndim == 0:
        count = int(sizes)
        if count < 1 or length % count:
            raise invalid(
                f"Number of ways to split should evenly divide the split dimension, but got split_dim {axis} (size = "
                f"{length}) and num_split {count} [Op:Split]"
            )
        parts = [length // count] * count
    else:
        parts = sizes.tolist()
        if num is not None and num != len(parts):
            raise invalid(f"`num` = {num} must agree with the {len(parts)} sizes in `num_or_size_splits` [Op:SplitV]")
        fixed = sum(size for size in parts if size >= 0)
        if parts.count(-1) == 1 and fixed <= length:
            parts = [length - fixed if size == -1 else size for size in parts]
        if sum(parts) != length or min(parts, default=0) < 0:
            raise invalid(
                "Determined shape must either match input shape along split_dim exactly if fully specified, or be "
                f"less than the size of the input along split_dim if not fully specified.  Got: {sum(parts)} "
                "[Op:SplitV]"
            )
    return _split(value, tuple(parts), axis)


@op("input", name="Bitcast")
def _bitcast(input, type):
    want = dtypes.as_dtype(type).dtype
    if want.kind == "c" or input.dtype.kind == "c":
        return _bitcast_complex(input, want)
    return lax.bitcast_convert_type(input, want)


def _bitcast_complex(x, want):
    half = jnp.float32 if jnp.dtype(want).itemsize == 8 and want.kind == "c" else jnp.float64
    if x.dtype.kind == "c" and want.kind == "c":
        have_half = jnp.float32 if x.dtype.itemsize == 8 else jnp.float64
        parts = jnp.stack([x.real, x.imag], -1).astype(have_half)
        return _bitcast_complex(parts.reshape(parts.shape) if want == x.dtype else parts.reshape(*x.shape, 2), want)
    if want.kind == "c":
        parts = lax.bitcast_convert_type(x, half) if x.dtype != half else x
        pairs = parts if parts.shape[-1:] == (2,) else parts.reshape(*parts.shape[:-2], 2)
        return lax.complex(pairs[..., 0], pairs[..., 1])
    parts = jnp.stack([x.real, x.imag], -1)
    if want.itemsize == 2 * parts.dtype.itemsize:
        return lax.bitcast_convert_type(parts, want)
    out = lax.bitcast_convert_type(parts, want)
    return out if out.ndim == parts.ndim else out.reshape(*x.shape, -1)


@composed
def bitcast(input: Any, type: Any, name: str | None = None) -> Any:
    """The same bytes as another dtype.

    Args:
      input: tensor of numbers.
      type: the dtype; a smaller one adds a last dimension, a larger one consumes it.
      name: ignored.

    Returns:
      Tensor.

    Raises:
      InvalidArgumentError: the last dimension does not hold one element of the larger dtype.

    >>> import kerax as tf
    >>> tf.bitcast(1.0, tf.int32).numpy()
    np.int32(1065353216)
    """
    tensor, want = convert_to_tensor(input), dtypes.as_dtype(type)
    have = tensor.dtype
    if have.is_bool or have is dtypes.string or want.is_bool or want is dtypes.string:
        raise invalid(f"Value for attr 'T' of {have.name} is not in the list of allowed values [Op:Bitcast]")
    if want.size > have.size:
        shape = tensor.shape.as_list()
        if not shape or shape[-1] * have.size != want.size:
            raise invalid(f"Cannot bitcast from {have.size} to {want.size} in shape {shape} [Op:Bitcast]")
    return tensor if have is want else _bitcast(tensor, want)


OPERATORS["concat"] = concat
