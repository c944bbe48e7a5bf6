"""Boxes of tensors: ``tf.slice`` and ``tf.strided_slice``."""

from __future__ import annotations

import builtins
from typing import Any

from kerax.array_ops._known import invalid, known, not_integers
from kerax.array_ops.indexing import Reader, getitem, position, run
from kerax.core import errors, open_sizes
from kerax.core.context import context
from kerax.core.op import composed
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor


@composed
def slice(input_: Any, begin: Any, size: Any, name: str | None = None) -> Any:
    """A box of a tensor.

    Args:
      input_: tensor of rank n.
      begin: int [n], where the box starts; may vary without a new compilation.
      size: int [n], its sizes; -1 means up to the end.
      name: ignored.

    Returns:
      Tensor of shape ``size``.

    Raises:
      InvalidArgumentError: the box leaves the tensor.

    >>> import kerax as tf
    >>> tf.slice([[1, 2], [3, 4]], [0, 1], [-1, 1]).numpy().tolist()
    [[2], [4]]
    """
    x = convert_to_tensor(input_)
    shape = x._value.shape
    starts = _positions(begin, "begin")
    sizes = _positions(size, "size")
    if len(starts) != len(shape) or len(sizes) != len(shape):
        raise invalid(
            f"Expected begin and size arguments to be 1-D tensors of size {len(shape)}, but got shapes "
            f"[{len(starts)}] and [{len(sizes)}] instead. [Op:Slice]"
        )
    reader = Reader(shape)
    for dim, (start, count) in enumerate(zip(starts, sizes, strict=True)):
        if isinstance(count, Tensor) or (count == -1 and isinstance(start, Tensor)):
            raise errors.Uncompilable("tf.slice of a size that is not known")
        if not isinstance(start, Tensor):
            if count == -1:
                count = shape[dim] - start
            if open_sizes.is_open((start, count, shape[dim])):
                reader.add(start, count, 1)
                reader.result.append(count)
                continue
            if not 0 <= start <= shape[dim]:
                raise invalid(f"Expected begin[{dim}] in [0, {shape[dim]}], but got {start} [Op:Slice]")
            if not 0 <= count <= shape[dim] - start:
                raise invalid(f"Expected size[{dim}] in [0, {shape[dim] - start}], but got {count} [Op:Slice]")
        reader.add(start, count, 1)
        reader.result.append(count)
    return run(x, reader)


def _positions(value: Any, name: str) -> list[Any]:
    """A vector of ints, or of ints and traced scalars."""
    if isinstance(value, (list, tuple)):
        if any(isinstance(item, float) for item in value):
            raise not_integers(name, value)
        return [position(item) for item in value]
    tensor = convert_to_tensor(value)
    array = known(tensor)
    if array is None and not tensor._is_symbolic():
        array = tensor._numpy()
    if array is not None:
        if array.ndim != 1:
            raise invalid(f"{name} must be 1-D, got shape {list(array.shape)} [Op:Slice]")
        if array.dtype.kind not in "iu":
            raise not_integers(name, array)
        return [int(item) for item in array]
    return [Tensor(tensor._value[i], context.trace) for i in range(tensor._value.shape[0])]


@composed
def strided_slice(
    input_: Any,
    begin: Any,
    end: Any,
    strides: Any = None,
    begin_mask: int = 0,
    end_mask: int = 0,
    ellipsis_mask: int = 0,
    new_axis_mask: int = 0,
    shrink_axis_mask: int = 0,
    var: Any = None,
    name: str | None = None,
) -> Any:
    """A strided box of a tensor, the primitive behind ``x[a:b:c]``.

    Args:
      input_: tensor.
      begin: int [k], first positions.
      end: int [k], positions after the last.
      strides: int [k], steps; 1 by default.
      begin_mask: bits of the entries whose ``begin`` is ignored.
      end_mask: bits of the entries whose ``end`` is ignored.
      ellipsis_mask: the bit of the entry that stands for ``...``.
      new_axis_mask: bits of the entries that add a dimension.
      shrink_axis_mask: bits of the entries that are single indices.
      var: Variable or None; with one, the result has ``assign``.
      name: ignored.

    Returns:
      Tensor.

    >>> import kerax as tf
    >>> tf.strided_slice([1, 2, 3, 4], [3], [0], [-2]).numpy().tolist()
    [4, 2]
    """
    begins, ends = _positions(begin, "begin"), _positions(end, "end")
    steps = [1] * len(begins) if strides is None else _positions(strides, "strides")
    if not len(begins) == len(ends) == len(steps):
        raise invalid(
            f"Expected begin, end, and strides to be 1D equal size tensors, but got shapes [{len(begins)}], "
            f"[{len(ends)}], and [{len(steps)}] instead. [Op:StridedSlice]"
        )
    keys: list[Any] = []
    for i, (first, last, step) in enumerate(zip(begins, ends, steps, strict=True)):
        bit = 1 << i
        if ellipsis_mask & bit:
            keys.append(Ellipsis)
        elif new_axis_mask & bit:
            keys.append(None)
        elif shrink_axis_mask & bit:
            keys.append(first)
        else:
            keys.append(builtins.slice(None if begin_mask & bit else first, None if end_mask & bit else last, step))
    part = getitem(input_, tuple(keys))
    if var is not None:
        part = var[tuple(keys)]
    return part
