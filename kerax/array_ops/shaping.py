"""Other shapes for the same elements: reshape, transpose, pad, tile, reverse, broadcast."""

from __future__ import annotations

import math
from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import export

from kerax.array_ops._known import axis_in, concrete, concrete_integers, dims, invalid, known, not_integers, whole
from kerax.core import dtypes
from kerax.core.custom_gradient import stop_gradient
from kerax.core.op import composed, op
from kerax.core.shape import TensorShape, as_shape
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor


@op("tensor", name="Reshape")
def _reshape(tensor, shape):
    return jnp.reshape(tensor, shape)


@composed
def reshape(tensor: Any, shape: Any, name: str | None = None) -> Any:
    """The same elements in another shape.

    Args:
      tensor: tensor.
      shape: sizes; one may be -1, which stands for what remains.
      name: ignored.

    Returns:
      Tensor of that shape.

    Raises:
      InvalidArgumentError: the shape holds another number of elements (ValueError in a trace).

    >>> import kerax as tf
    >>> tf.reshape([1, 2, 3, 4], [2, -1]).numpy().tolist()
    [[1, 2], [3, 4]]
    """
    tensor = convert_to_tensor(tensor)
    sizes = dims(shape)
    if any(export.is_symbolic_dim(size) for size in tensor._value.shape):
        return _reshape(tensor, sizes)  # while a program is exported with open sizes
    have = math.prod(tensor._value.shape)
    free = [i for i, size in enumerate(sizes) if size == -1]
    if len(free) > 1:
        raise invalid(f"Only one input size may be -1, not both {free[0]} and {free[1]} [Op:Reshape]")
    for i, size in enumerate(sizes):
        if size < -1:
            raise invalid(f"Size {i} must be non-negative, not {size} [Op:Reshape]")
    if free:
        # beside sizes of zero, what is missing is found among the others
        empty = 0 in sizes
        count = math.prod(size for size in tensor._value.shape if size or not empty)
        fixed = math.prod(size for size in sizes if size > 0)
        if count % fixed and not (empty and have == 0):
            raise invalid(
                f"Input to reshape is a tensor with {have} values, but the requested shape requires a multiple of "
                f"{fixed} [Op:Reshape]"
            )
        sizes = tuple(count // fixed if size == -1 else size for size in sizes)
    fixed = math.prod(sizes)
    if fixed != have:
        raise invalid(
            f"Input to reshape is a tensor with {have} values, but the requested shape has {fixed} [Op:Reshape]"
        )
    return _reshape(tensor, sizes)


@op("a")
def transpose(a, perm=None, conjugate=False, name="transpose"):
    """Permutes the dimensions.

    Args:
      a: tensor of rank n.
      perm: int [n], where each dimension comes from; reversed by default.
      conjugate: bool, whether complex elements are conjugated.
      name: ignored.

    Returns:
      Tensor of the permuted shape.

    >>> import kerax as tf
    >>> tf.transpose([[1, 2], [3, 4]]).numpy().tolist()
    [[1, 3], [2, 4]]
    """
    if perm is not None:
        if isinstance(perm, int) or len(perm) != a.ndim:
            size = 1 if isinstance(perm, int) else len(perm)
            raise invalid(
                f"transpose expects a vector of size {a.ndim}. But input(1) is a vector of size {size} [Op:Transpose]"
            )
        perm = tuple(p + a.ndim if p < 0 else p for p in perm)
        for axis in range(a.ndim):
            if axis not in perm:
                raise invalid(f"{axis} is missing from {{{','.join(map(str, perm))}}}. [Op:Transpose]")
    out = jnp.transpose(a, perm)
    return jnp.conj(out) if conjugate and jnp.iscomplexobj(out) else out


@op("input")
def expand_dims(input, axis, name=None):
    """Inserts a dimension of size 1.

    Args:
      input: tensor of rank n.
      axis: int in [-n - 1, n], where.
      name: ignored.

    Returns:
      Tensor of rank n + 1.

    Raises:
      InvalidArgumentError: the axis is out of range (ValueError in a trace).

    >>> import kerax as tf
    >>> tf.expand_dims([1, 2], -1).shape
    TensorShape([2, 1])
    """
    axis = axis[0] if isinstance(axis, tuple) and len(axis) == 1 else axis
    if axis is None:
        raise ValueError("Attempt to convert a value (None) with an unsupported type (<class 'NoneType'>) to a Tensor.")
    if isinstance(axis, tuple):
        raise invalid("'dim' must be a tensor with a single value [Op:ExpandDims]")
    axis = whole(axis, "axis")
    if not -input.ndim - 1 <= axis <= input.ndim:
        raise invalid(f"Tried to expand dim index {axis} for tensor with {input.ndim} dimensions. [Op:ExpandDims]")
    return jnp.expand_dims(input, axis)


@op("input")
def squeeze(input, axis=None, name=None):
    """Drops dimensions of size 1.

    Args:
      input: tensor.
      axis: int or list of int, which ones; all by default.
      name: ignored.

    Returns:
      Tensor of fewer dimensions.

    Raises:
      InvalidArgumentError: a dimension is not of size 1.

    >>> import kerax as tf
    >>> tf.squeeze([[[1], [2]]]).shape
    TensorShape([2])
    """
    if axis is None or axis == ():
        return jnp.squeeze(input)
    chosen = set()
    for dim in axis if isinstance(axis, tuple) else (axis,):
        if not -input.ndim <= dim < input.ndim:
            raise invalid(f"Tried to squeeze dim index {dim} for tensor with {input.ndim} dimensions. [Op:Squeeze]")
        if input.shape[dim] != 1:
            raise invalid(f"Can not squeeze dim[{dim}], expected a dimension of 1, got {input.shape[dim]} [Op:Squeeze]")
        chosen.add(dim % input.ndim)
    return jnp.squeeze(input, tuple(sorted(chosen)))


@op("input")
def tile(input, multiples, name=None):
    """Repeats a tensor along its dimensions.

    Args:
      input: tensor of rank n.
      multiples: int [n], how often along each dimension.
      name: ignored.

    Returns:
      Tensor with each dimension multiplied.

    >>> import kerax as tf
    >>> tf.tile([1, 2], [2]).numpy()
    array([1, 2, 1, 2], dtype=int32)
    """
    multiples = multiples if isinstance(multiples, tuple) else (multiples,)
    if any(isinstance(multiple, float) for multiple in multiples):
        raise not_integers("multiples", multiples)
    if len(multiples) != input.ndim:
        raise invalid(
            f"Expected multiples argument to be a vector of length {input.ndim} but got length {len(multiples)} "
            "[Op:Tile]"
        )
    if any(multiple < 0 for multiple in multiples):
        raise invalid(f"Expected multiples >= 0, but got {list(multiples)} [Op:Tile]")
    return jnp.tile(input, multiples)


@op("input; rows", name="Repeat")
def _repeat_rows(input, rows, axis):
    return jnp.take(input, rows, axis=axis, mode="clip", indices_are_sorted=True)


@op("input", name="Repeat")
def _repeat_each(input, times, axis):
    return jnp.repeat(input, times, axis=axis)


@composed
def repeat(input: Any, repeats: Any, axis: int | None = None, name: str | None = None) -> Any:
    """Repeats the elements (or slices along an axis) one by one.

    Args:
      input: tensor.
      repeats: int, or int [n] with a number for each slice.
      axis: int; without it the tensor is flattened first.
      name: ignored.

    Returns:
      Tensor.

    Raises:
      ValueError: ``repeats`` has another length than the axis.

    >>> import kerax as tf
    >>> tf.repeat([1, 2], [1, 2]).numpy()
    array([1, 2, 2], dtype=int32)
    """
    tensor = convert_to_tensor(input)
    if axis is None:
        tensor, axis = reshape(tensor, [-1]), 0
    if tensor.shape.rank == 0:
        tensor = reshape(tensor, [1])
    rank = tensor.shape.rank
    axis = whole(axis, "axis")
    if not -rank <= axis < rank:
        raise ValueError(f"axis={axis} out of bounds: expected {-rank}<=axis<{rank}")
    axis %= rank
    counts = concrete(repeats, "repeats")
    if counts.dtype.kind not in "iu":
        raise TypeError(f"Argument `tensor` (name: repeats) must be of type integer. Received `tensor` = {repeats}")
    length = tensor._value.shape[axis]
    if counts.ndim > 1:
        raise ValueError("Argument `repeats` must be a scalar or a vector")
    if counts.size == 1:
        return _repeat_each(tensor, int(counts.reshape(())), axis)
    if counts.shape[0] != length:
        raise ValueError(f"Dimensions {length} and {counts.shape[0]} are not compatible")
    return _repeat_rows(tensor, np.repeat(np.arange(length), counts), axis)


@op("tensor, constant_values", name="PadV2")
def _pad_constant(tensor, paddings, constant_values):
    return jnp.pad(tensor, paddings, constant_values=constant_values)


@op("tensor", name="MirrorPad")
def _pad_mirror(tensor, paddings, mode):
    return jnp.pad(tensor, paddings, mode=mode)


@composed
def pad(tensor: Any, paddings: Any, mode: str = "CONSTANT", constant_values: Any = 0, name: str | None = None) -> Any:
    """Adds elements before and after along each dimension.

    Args:
      tensor: tensor of rank n.
      paddings: int [n, 2], how many elements before and after.
      mode: ``"CONSTANT"``, ``"REFLECT"`` (without the border) or ``"SYMMETRIC"`` (with it).
      constant_values: scalar of the tensor's dtype.
      name: ignored.

    Returns:
      Tensor.

    Raises:
      ValueError: another mode.
      InvalidArgumentError: paddings of another shape, negative, or larger than a mirror allows.

    >>> import kerax as tf
    >>> tf.pad([1, 2], [[1, 2]]).numpy()
    array([0, 1, 2, 0, 0], dtype=int32)
    """
    tensor = convert_to_tensor(tensor)
    amounts = concrete_integers(paddings, "paddings")
    shape = tensor._value.shape
    mode = mode.upper()
    if mode not in ("CONSTANT", "REFLECT", "SYMMETRIC"):
        raise ValueError(
            f"Value of argument `mode` expected to be one of 'CONSTANT', 'REFLECT', or 'SYMMETRIC'. Received {mode=}"
        )
    if not shape and amounts.shape == (0, 2):
        return tensor
    if amounts.ndim != 2 or amounts.shape[1] != 2:
        raise invalid(f"paddings must be a matrix with 2 columns: {list(amounts.shape)} [Op:Pad]")
    if amounts.shape[0] != len(shape):
        raise invalid(
            "The first dimension of paddings must be the rank of inputs"
            f"{str(list(amounts.shape)).replace(' ', '')} {str(list(shape)).replace(' ', '')} [Op:Pad]"
        )
    if amounts.min(initial=0) < 0:
        raise invalid("Paddings must be non-negative [Op:Pad]")
    pairs = tuple((int(a), int(b)) for a, b in amounts)
    if mode == "CONSTANT":
        if tensor._value.dtype == object and isinstance(constant_values, int):
            constant_values = b""
        if tensor.dtype.is_bool and isinstance(constant_values, int):
            constant_values = bool(constant_values)
        if isinstance(constant_values, float) and tensor.dtype.is_integer and constant_values == int(constant_values):
            constant_values = int(constant_values)
        if isinstance(constant_values, Tensor):
            constant_values = stop_gradient(constant_values)
        return _pad_constant(tensor, pairs, constant_values)
    spare = 1 if mode == "REFLECT" else 0
    for (before, after), size in zip(pairs, shape, strict=True):
        if before > size - spare or after > size - spare:
            relation = "less than" if spare else "no greater than"
            raise invalid(
                f"paddings must be {relation} the dimension size: {before}, {after} not less than {size} [Op:MirrorPad]"
            )
    return _pad_mirror(tensor, pairs, mode.lower())


@op("tensor", name="ReverseV2")
def _reverse(tensor, axis):
    return jnp.flip(tensor, axis)


@composed
def reverse(tensor: Any, axis: Any, name: str | None = None) -> Any:
    """Reverses the order along some dimensions.

    Args:
      tensor: tensor.
      axis: int [k], the dimensions.
      name: ignored.

    Returns:
      Tensor of the same shape.

    >>> import kerax as tf
    >>> tf.reverse([1, 2, 3], [0]).numpy()
    array([3, 2, 1], dtype=int32)
    """
    tensor = convert_to_tensor(tensor)
    axes = concrete_integers(axis, "axis")
    if axes.ndim != 1:
        raise invalid(f"'dims' must be 1-dimension, not {axes.ndim} [Op:ReverseV2]")
    rank = tensor.shape.rank
    if rank == 0:
        return tensor
    if axes.dtype == bool:
        raise TypeError("Value for attr 'Tidx' of bool is not in the list of allowed values: int32, int64")
    message = "'axis'[{i}] = {axis} is out of valid range [0, {top}] [Op:ReverseV2]"
    chosen = [axis_in(a, rank, message.format(i=i, axis="{axis}", top=rank - 1)) for i, a in enumerate(axes.tolist())]
    for a in chosen:
        if chosen.count(a) > 1:
            raise invalid(f"axis {a} specified more than once. [Op:ReverseV2]")
    return _reverse(tensor, tuple(chosen)) if chosen else tensor


@op("input; seq_lengths: int", name="ReverseSequence")
def _reverse_sequence(input, seq_lengths, seq_axis, batch_axis):
    x = jnp.moveaxis(input, (batch_axis, seq_axis), (0, 1))
    steps = jnp.arange(x.shape[1], dtype=seq_lengths.dtype)
    lengths = seq_lengths[:, None]
    order = jnp.where(steps < lengths, lengths - 1 - steps, steps)
    order = order.reshape(order.shape + (1,) * (x.ndim - 2))
    x = jnp.take_along_axis(x, order, axis=1, mode="clip")
    return jnp.moveaxis(x, (0, 1), (batch_axis, seq_axis))


@composed
def reverse_sequence(
    input: Any, seq_lengths: Any, seq_axis: int | None = None, batch_axis: int | None = None, name: str | None = None
) -> Any:
    """Reverses the first elements of each sequence of a batch.

    Args:
      input: tensor.
      seq_lengths: int [batch], how many elements of each sequence are reversed.
      seq_axis: int, the dimension of the sequences.
      batch_axis: int, the dimension of the batch, 0 by default.
      name: ignored.

    Returns:
      Tensor of the same shape.

    Raises:
      InvalidArgumentError: a length is larger than the dimension.

    >>> import kerax as tf
    >>> tf.reverse_sequence([[1, 2, 3]], [2], seq_axis=1).numpy()
    array([[2, 1, 3]], dtype=int32)
    """
    if seq_axis is None:
        raise TypeError("reverse_sequence() requires seq_axis")
    x, lengths = convert_to_tensor(input), convert_to_tensor(seq_lengths)
    shape = x._value.shape
    message = "seq_dim must be < input rank: {axis} vs. {rank} [Op:ReverseSequence]"
    seq_axis, batch_axis = axis_in(seq_axis, len(shape), message), axis_in(batch_axis or 0, len(shape), message)
    if seq_axis == batch_axis:
        raise invalid(f"batch_dim == seq_dim == {seq_axis} [Op:ReverseSequence]")
    if lengths._value.shape != (shape[batch_axis],):
        raise invalid(
            f"Length of seq_lens != input.dims({batch_axis}), ({lengths._value.size} vs. {shape[batch_axis]}) "
            "[Op:ReverseSequence]"
        )
    values = known(lengths)
    if values is not None and values.size:
        if values.max() > shape[seq_axis]:
            at = int(np.argmax(values > shape[seq_axis]))
            raise invalid(f"seq_lens({at}) > input.dims({seq_axis}) [Op:ReverseSequence]")
        if values.min() < 0:
            raise invalid(f"seq_lens({int(np.argmax(values < 0))}) < 0 [Op:ReverseSequence]")
    return _reverse_sequence(x, lengths, seq_axis, batch_axis)


@op("input; shift: int", name="Roll")
def _roll(input, shift, axis):
    return jnp.roll(input, shift, axis)


@composed
def roll(input: Any, shift: Any, axis: Any, name: str | None = None) -> Any:
    """Shifts the elements along axes; what falls off one end comes in at the other.

    Args:
      input: tensor of rank >= 1.
      shift: int or int [k]; may vary without a new compilation.
      axis: int or int [k], the dimensions; an axis given twice is shifted by the sum.
      name: ignored.

    Returns:
      Tensor of the same shape.

    >>> import kerax as tf
    >>> tf.roll([1, 2, 3], 1, 0).numpy()
    array([3, 1, 2], dtype=int32)
    """
    x, shift = convert_to_tensor(input), convert_to_tensor(shift)
    axes = concrete_integers(axis, "axis")
    if x.shape.rank == 0:
        raise invalid("input must be 1-D or higher [Op:Roll]")
    if tuple(axes.shape) != tuple(shift._value.shape):
        raise invalid("shift and axis must have the same size [Op:Roll]")
    chosen = tuple(
        axis_in(a, x.shape.rank, "axis {axis} is out of range [Op:Roll]") for a in np.atleast_1d(axes).tolist()
    )
    return _roll(x, shift, chosen if axes.ndim else chosen[0])


@op("input", name="BroadcastTo")
def _broadcast_to(input, shape):
    return jnp.broadcast_to(input, shape)


@composed
def broadcast_to(input: Any, shape: Any, name: str | None = None) -> Any:
    """Broadcasts a tensor to a shape.

    Args:
      input: tensor.
      shape: sizes.
      name: ignored.

    Returns:
      Tensor of that shape.

    Raises:
      InvalidArgumentError: the shapes are incompatible (ValueError in a trace).

    >>> import kerax as tf
    >>> tf.broadcast_to([1, 2], [2, 2]).numpy().tolist()
    [[1, 2], [1, 2]]
    """
    tensor = convert_to_tensor(input)
    sizes, have = dims(shape), tensor._value.shape
    sizes = tuple(
        have[i - (len(sizes) - len(have))] if size == -1 and i >= len(sizes) - len(have) else size
        for i, size in enumerate(sizes)
    )
    tail = sizes[len(sizes) - len(have) :] if len(sizes) >= len(have) else None
    if tail is None or any(a not in (1, b) for a, b in zip(have, tail, strict=True)):
        texts = [str(list(part)).replace(" ", "") for part in (have, sizes)]
        raise invalid(f"Incompatible shapes: {texts[0]} vs. {texts[1]} [Op:BroadcastTo]")
    return _broadcast_to(tensor, sizes)


def broadcast_static_shape(shape_x: Any, shape_y: Any) -> TensorShape:
    """The shape to which two static shapes broadcast.

    Args:
      shape_x: TensorShape.
      shape_y: TensorShape.

    Returns:
      TensorShape.

    Raises:
      ValueError: they are incompatible.

    >>> import kerax as tf
    >>> tf.broadcast_static_shape(tf.TensorShape([2, 1]), tf.TensorShape([3]))
    TensorShape([2, 3])
    """
    x, y = as_shape(shape_x), as_shape(shape_y)
    if x.rank is None or y.rank is None:
        return TensorShape(None)
    rank = max(x.rank, y.rank)
    out: list[int | None] = []
    for a, b in zip([1] * (rank - x.rank) + x.as_list(), [1] * (rank - y.rank) + y.as_list(), strict=True):
        if a == b or b == 1:
            out.append(a)
        elif a == 1:
            out.append(b)
        elif a is None or b is None:
            out.append(b if a is None else a)
        else:
            raise ValueError(f"Incompatible shapes for broadcasting: {x} and {y}")
    return TensorShape(out)


@composed
def broadcast_dynamic_shape(shape_x: Any, shape_y: Any) -> Any:
    """The shape to which two shapes, given as tensors, broadcast.

    Args:
      shape_x: int [n].
      shape_y: int [m] of the same dtype.

    Returns:
      int Tensor.

    Raises:
      InvalidArgumentError: they are incompatible.

    >>> import kerax as tf
    >>> tf.broadcast_dynamic_shape([2, 1], [3]).numpy()
    array([2, 3], dtype=int32)
    """
    x, y = (convert_to_tensor(shape, dtype_hint=dtypes.int32) for shape in (shape_x, shape_y))
    try:
        sizes = np.broadcast_shapes(tuple(concrete(x).tolist()), tuple(concrete(y).tolist()))
    except ValueError:
        raise invalid(
            f"Incompatible shapes: {concrete(x).tolist()} vs. {concrete(y).tolist()} [Op:BroadcastArgs]"
        ) from None
    return convert_to_tensor(np.array(sizes, x.dtype.as_numpy_dtype))


@composed
def ensure_shape(x: Any, shape: Any, name: str | None = None) -> Any:
    """The tensor itself, after a check of its shape.

    Args:
      x: tensor.
      shape: TensorShape or sizes, None where any size will do.
      name: ignored.

    Returns:
      Tensor.

    Raises:
      InvalidArgumentError: the shapes are incompatible (ValueError in a trace).

    >>> import kerax as tf
    >>> tf.ensure_shape([1, 2], [None]).shape
    TensorShape([2])
    """
    tensor = convert_to_tensor(x)
    wanted = as_shape(shape)
    if not wanted.is_compatible_with(tensor.shape):
        raise invalid(
            f"Shape of tensor input {tensor.shape.as_list()} is not compatible with expected shape "
            f"{'<unknown>' if wanted.rank is None else wanted.as_list()}. [Op:EnsureShape]"
        )
    plain = isinstance(x, Tensor) and not hasattr(x, "shape_is_open")
    return tensor if plain else _broadcast_to(tensor, tensor._value.shape)
