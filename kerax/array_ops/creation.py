"""Tensors from nothing but a shape, and what describes a tensor's shape."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from kerax.array_ops._known import concrete, dims, index_dtype, invalid, whole
from kerax.core import dtypes, nest, open_sizes
from kerax.core.context import context
from kerax.core.op import composed, op, static
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor

_py_range = range


def _named(name: str, tensor: Tensor) -> Tensor:
    """The tensor, called as TensorFlow calls it in the graph of a function."""
    if context.trace is not None:
        context.trace.name_results(name, tensor)
    return tensor


def _filled(shape: tuple[int, ...], value: Any, dtype: dtypes.DType, name: str) -> Any:
    if context.trace is None:
        return convert_to_tensor(np.full(shape, value, dtype.dtype))  # no program to compile
    return _named(name, _traced_fill(shape, value, dtype))


@op("", name="Fill")
def _traced_fill(shape, value, dtype):
    return jnp.full(shape, value, dtypes.as_dtype(dtype).dtype)


def _whole_dims(shape: Any) -> tuple[int, ...]:
    """The shape for ``tf.zeros`` and ``tf.ones``, which convert a list to int32 themselves."""
    if isinstance(shape, (list, tuple)) and any(isinstance(size, float) for size in shape):
        raise TypeError(f"Cannot convert {shape} to EagerTensor of dtype int32")
    return _checked_dims(shape)


def _checked_dims(shape: Any) -> tuple[int, ...]:
    sizes = dims(shape)
    for size in sizes:
        if type(size) is int and size < 0:
            raise invalid(f"Dimension {size} must be >= 0 [Op:Fill]")
    return sizes


@composed
def zeros(shape: Any, dtype: Any = dtypes.float32, name: str | None = None, layout: Any = None) -> Any:
    """A tensor of zeros (empty strings for ``tf.string``, False for ``tf.bool``).

    Args:
      shape: sizes.
      dtype: the dtype.
      name: str, how a function's graph names it.
      layout: must be None (DTensor).

    Returns:
      Tensor of that shape.

    >>> import kerax as tf
    >>> tf.zeros([2]).numpy()
    array([0., 0.], dtype=float32)
    """
    _no_layout(layout)
    dtype = dtypes.as_dtype(dtype)
    sizes = _whole_dims(shape)
    if dtype is dtypes.string:
        return convert_to_tensor(np.full(sizes, b"", object))
    return _filled(sizes, False if dtype.is_bool else 0, dtype, name or "zeros")


@composed
def ones(shape: Any, dtype: Any = dtypes.float32, name: str | None = None, layout: Any = None) -> Any:
    """A tensor of ones.

    Args:
      shape: sizes.
      dtype: the dtype.
      name: str, how a function's graph names it.
      layout: must be None (DTensor).

    Returns:
      Tensor of that shape.

    >>> import kerax as tf
    >>> tf.ones([2], tf.int32).numpy()
    array([1, 1], dtype=int32)
    """
    _no_layout(layout)
    dtype = dtypes.as_dtype(dtype)
    if dtype is dtypes.string:
        raise TypeError("Cannot convert 1 to EagerTensor of dtype string")
    return _filled(_whole_dims(shape), True if dtype.is_bool else 1, dtype, name or "ones")


def _no_layout(layout: Any) -> None:
    if layout is not None:
        raise NotImplementedError("The `layout` argument belongs to DTensor, which is not supported.")


@op("value", name="Fill")
def _fill(dims, value):
    return jnp.broadcast_to(value, dims)


@composed
def fill(dims: Any, value: Any, name: str | None = None, layout: Any = None) -> Any:
    """A tensor filled with one value.

    Args:
      dims: sizes.
      value: scalar of any dtype.
      name: ignored.
      layout: must be None (DTensor).

    Returns:
      Tensor of shape ``dims`` and the value's dtype.

    >>> import kerax as tf
    >>> tf.fill([2], 7).numpy()
    array([7, 7], dtype=int32)
    """
    _no_layout(layout)
    value = convert_to_tensor(value)
    if value.shape.as_list() not in ([], [1]):  # TensorFlow's kernel takes a vector of one, too
        raise invalid(f"value must be a scalar, got shape {value.shape} [Op:Fill]")
    return _fill(_checked_dims(dims), value)


@op("input", differentiable=False)
def zeros_like(input, dtype=None, name=None, layout=None):
    """Zeros of another tensor's shape.

    Args:
      input: tensor.
      dtype: the dtype; the tensor's by default.
      name: ignored.
      layout: must be None (DTensor).

    Returns:
      Tensor of the same shape.

    >>> import kerax as tf
    >>> tf.zeros_like([1, 2]).numpy()
    array([0, 0], dtype=int32)
    """
    _no_layout(layout)
    if dtype is not None and dtypes.as_dtype(dtype) is dtypes.string:
        return np.full(input.shape, b"", object)
    return jnp.zeros(input.shape, input.dtype if dtype is None else dtypes.as_dtype(dtype).dtype)


@op("input", differentiable=False)
def ones_like(input, dtype=None, name=None, layout=None):
    """Ones of another tensor's shape.

    Args:
      input: tensor of numbers or bools.
      dtype: the dtype; the tensor's by default.
      name: ignored.
      layout: must be None (DTensor).

    Returns:
      Tensor of the same shape.

    >>> import kerax as tf
    >>> tf.ones_like([1.5, 2.5]).numpy()
    array([1., 1.], dtype=float32)
    """
    _no_layout(layout)
    return jnp.ones(input.shape, input.dtype if dtype is None else dtypes.as_dtype(dtype).dtype)


_RANGE_ORDER = [dtypes.int32, dtypes.int64, dtypes.float16, dtypes.bfloat16, dtypes.float32, dtypes.float64]


@composed
def range(start: Any, limit: Any = None, delta: Any = 1, dtype: Any = None, name: str = "range") -> Any:
    """The sequence ``start, start + delta, …`` up to but without ``limit``.

    Args:
      start: scalar, the first element; the limit, if that is None.
      limit: scalar, the end.
      delta: scalar, the step.
      dtype: the dtype; by default the widest of the three among int32, int64, float32, float64.
      name: str, how a function's graph names it.

    Returns:
      Tensor [n].

    Raises:
      InvalidArgumentError: ``delta`` is 0 or leads away from ``limit``.

    >>> import kerax as tf
    >>> tf.range(3, 9, 2).numpy()
    array([3, 5, 7], dtype=int32)
    """
    if limit is None:
        start, limit = 0, start
    given = [start, limit, delta]
    if dtype is None:
        found = [convert_to_tensor(value).dtype for value in given]
        if all(d in _RANGE_ORDER for d in found):
            dtype = max(found, key=_RANGE_ORDER.index)
        else:
            kinds = [d for d, value in zip(found, given, strict=True) if not isinstance(value, (int, float))]
            dtype = kinds[0] if kinds else found[0]
    dtype = dtypes.as_dtype(dtype)
    ends = [static(value, name) for value, name in zip(given, ("start", "limit", "delta"), strict=True)]
    if open_sizes.is_open(ends):
        return Tensor(jnp.arange(*ends, dtype=dtype.dtype), context.trace)
    values = [concrete(value, name) for value, name in zip(given, ("start", "limit", "delta"), strict=True)]
    for value, what in zip(values, ("start", "limit", "delta"), strict=True):
        if value.shape not in ((), (1,)):  # TensorFlow's kernel takes a vector of one, too
            raise invalid(f"{what} must be a scalar, not shape {list(value.shape)} [Op:Range]")
    first, last, step = [value.astype(dtype.dtype).reshape(())[()] for value in values]
    if step == 0:
        raise invalid("Requires delta != 0: 0 [Op:Range]")
    if (last < first) if step > 0 else (last > first):
        sign = "start <= limit when delta > 0" if step > 0 else "start >= limit when delta < 0"
        raise invalid(f"Requires {sign}: {first}/{last} [Op:Range]")
    if dtype.is_integer:
        array = np.array(_py_range(int(first), int(last), int(step)), dtype.dtype)
    else:
        count = int(np.ceil(abs((last - first) / step)))  # in the sequence's own precision
        array = (first + np.arange(count).astype(dtype.dtype) * step).astype(dtype.dtype)
    return _named(name, convert_to_tensor(array))


@op("indices: int; on_value, off_value", name="OneHot", differentiable=False)
def _one_hot(indices, depth, on_value, off_value, axis):
    rank = indices.ndim
    axis = rank if axis == -1 else axis
    hot = jnp.expand_dims(indices, axis) == jnp.arange(depth, dtype=indices.dtype).reshape(
        (1,) * axis + (depth,) + (1,) * (rank - axis)
    )
    return jnp.where(hot, on_value, off_value)


@composed
def one_hot(
    indices: Any,
    depth: Any,
    on_value: Any = None,
    off_value: Any = None,
    axis: int | None = None,
    dtype: Any = None,
    name: str | None = None,
) -> Any:
    """One-hot vectors: ``on_value`` at the index, ``off_value`` elsewhere; all off for an index out of range.

    Args:
      indices: int tensor of any shape.
      depth: int, the length of the vectors.
      on_value: scalar, 1 by default.
      off_value: scalar, 0 by default.
      axis: the new dimension; -1, the last, by default.
      dtype: the dtype; that of the values, float32 without them.
      name: ignored.

    Returns:
      Tensor with a dimension of size ``depth`` more than ``indices``.

    Raises:
      TypeError: the dtypes of the values differ.

    >>> import kerax as tf
    >>> tf.one_hot([1], 3).numpy()
    array([[0., 1., 0.]], dtype=float32)
    """
    dtype = None if dtype is None else dtypes.as_dtype(dtype)
    on = None if on_value is None else convert_to_tensor(on_value, dtype_hint=dtype)
    off = None if off_value is None else convert_to_tensor(off_value, dtype_hint=dtype)
    if dtype is not None:
        for value, what in ((on, "on_value"), (off, "off_value")):
            if value is not None and value.dtype is not dtype:
                raise TypeError(f"dtype {value.dtype} of {what} does not match dtype parameter {dtype}")
    if on is not None and off is not None and on.dtype is not off.dtype:
        raise TypeError(f"dtype {on.dtype} of on_value does not match dtype {off.dtype} of off_value")
    dtype = dtype or (on.dtype if on is not None else off.dtype if off is not None else dtypes.float32)
    plain = [False, True] if dtype.is_bool else [0, 1]
    on = convert_to_tensor(plain[1], dtype) if on is None else on
    off = convert_to_tensor(plain[0], dtype) if off is None else off
    indices = convert_to_tensor(indices, dtype_hint=dtypes.int64)  # for an empty list
    axis = -1 if axis is None else int(axis)
    rank = indices.shape.rank
    if not -1 <= axis <= rank:
        raise invalid(f"Expected axis to be -1 or between [0, {rank + 1}).  But received: {axis} [Op:OneHot]")
    depth = whole(depth, "depth")
    if depth < 0:
        raise invalid(f"depth must be non-negative, got: {depth} [Op:OneHot]")
    return _one_hot(indices, depth, on, off, axis)


@op("input", name="Identity")
def same(input):
    """The op behind ``tf.identity`` and its relatives."""
    return input


@composed
def identity(input: Any, name: str | None = None) -> Any:
    """The same value as a new tensor.

    Args:
      input: tensor, variable, ragged or sparse tensor, or a value convertible to a tensor.
      name: ignored.

    Returns:
      Tensor of the same value.

    >>> import kerax as tf
    >>> tf.identity(3).numpy()
    np.int32(3)
    """
    if hasattr(input, "_kerax_components"):
        return nest.map_structure(same, input, expand_composites=True)
    return same(input)


def identity_n(input: Any, name: str | None = None) -> list[Any]:
    """``tf.identity`` of every tensor of a list.

    Args:
      input: list of tensors.
      name: ignored.

    Returns:
      list of tensors.
    """
    input = list(input)
    if not input:
        raise invalid("Length for attr 'T' of 0 must be at least minimum 1 [Op:IdentityN]")
    return [same(item) for item in input]


def guarantee_const(input: Any, name: str | None = None) -> Any:
    """The same value; a promise to TensorFlow 1 that it never changes, which has no effect.

    Args:
      input: tensor.
      name: ignored.
    """
    return same(input)


@composed
def stop_gradient(input: Any, name: str | None = None) -> Any:
    """The same value, which gradients take for a constant.

    Args:
      input: tensor.
      name: ignored.

    >>> import kerax as tf
    >>> x = tf.Variable(3.)
    >>> with tf.GradientTape() as tape:
    ...     y = x * tf.stop_gradient(x)
    >>> tape.gradient(y, x).numpy()
    np.float32(3.0)
    """
    if hasattr(input, "_kerax_components"):
        return nest.map_structure(stop_gradient, input, expand_composites=True)
    return _stop_gradient_op(input)


@op("input", differentiable=False, name="StopGradient")
def _stop_gradient_op(input):
    return jax.lax.stop_gradient(input)


def _shape_of(value: Any) -> tuple[int, ...]:
    if isinstance(value, Tensor):
        return value._value.shape
    shape = getattr(value, "shape", None)
    if isinstance(shape, tuple):
        return shape
    return convert_to_tensor(value)._value.shape


@composed
def shape(input: Any, out_type: Any = None, name: str | None = None) -> Any:
    """A tensor's shape as a tensor; always a known value, also while a function is traced.

    Args:
      input: tensor.
      out_type: tf.int32 (default) or tf.int64.
      name: str, how a function's graph names it.

    Returns:
      int Tensor [rank].

    >>> import kerax as tf
    >>> tf.shape([[1, 2]]).numpy()
    array([1, 2], dtype=int32)
    """
    sizes, dtype = _shape_of(input), index_dtype(out_type or dtypes.int32)
    if open_sizes.is_open(sizes):
        return open_sizes.tensor(sizes, dtype)
    return _named(name or "Shape", convert_to_tensor(np.array(sizes, dtype)))


def shape_n(input: Any, out_type: Any = dtypes.int32, name: str | None = None) -> list[Any]:
    """The shapes of several tensors.

    Args:
      input: list of tensors.
      out_type: tf.int32 or tf.int64.
      name: ignored.

    Returns:
      list of int Tensors.
    """
    return [shape(item, out_type) for item in input]


@composed
def size(input: Any, out_type: Any = None, name: str | None = None) -> Any:
    """The number of elements of a tensor.

    Args:
      input: tensor.
      out_type: tf.int32 (default) or tf.int64.
      name: str, how a function's graph names it.

    Returns:
      int scalar.

    >>> import kerax as tf
    >>> tf.size([[1, 2]]).numpy()
    np.int32(2)
    """
    sizes, dtype = _shape_of(input), index_dtype(out_type or dtypes.int32)
    if open_sizes.is_open(sizes):
        return open_sizes.tensor(open_sizes.product(sizes), dtype)
    return _named(name or "Size", convert_to_tensor(np.prod(sizes, dtype=np.int64).astype(dtype)))


@composed
def rank(input: Any, name: str | None = None) -> Any:
    """The number of dimensions of a tensor.

    Args:
      input: tensor.
      name: str, how a function's graph names it.

    Returns:
      int32 scalar.

    >>> import kerax as tf
    >>> tf.rank([[1, 2]]).numpy()
    np.int32(2)
    """
    return _named(name or "Rank", convert_to_tensor(np.array(len(_shape_of(input)), np.int32)))


@op("args*", name="Meshgrid")
def _meshgrid(args, indexing):
    return jnp.meshgrid(*[jnp.ravel(arg) for arg in args], indexing=indexing)


def meshgrid(*args: Any, **kwargs: Any) -> list[Any]:
    """Coordinate grids of 1-D coordinates.

    Args:
      *args: 1-D tensors.
      **kwargs: ``indexing``, ``"xy"`` (default) or ``"ij"``; ``name``, ignored.

    Returns:
      list of as many tensors of the grid's shape.

    Raises:
      ValueError: another ``indexing``.

    >>> import kerax as tf
    >>> x, y = tf.meshgrid([1, 2, 3], [4, 5])
    >>> y.numpy().tolist()
    [[4, 4, 4], [5, 5, 5]]
    """
    indexing = kwargs.pop("indexing", "xy")
    kwargs.pop("name", None)
    if kwargs:
        raise TypeError(f"'{next(iter(kwargs))}' is an invalid keyword argument for this function")
    if indexing not in ("xy", "ij"):
        raise ValueError(f"Argument `indexing` parameter must be either 'xy' or 'ij', got '{indexing}'")
    if not args:
        return []
    return list(_meshgrid([convert_to_tensor(arg) for arg in args], indexing))


@op("lengths", name="Cast")
def _truncated(lengths):
    return lengths.astype(jnp.int32)


@op("lengths: int float", name="SequenceMask")
def _sequence_mask(lengths, maxlen, dtype):
    mask = jnp.arange(maxlen, dtype=lengths.dtype) < lengths[..., None]
    return mask.astype(dtypes.as_dtype(dtype).dtype)


@composed
def sequence_mask(lengths: Any, maxlen: Any = None, dtype: Any = dtypes.bool, name: str | None = None) -> Any:
    """Masks that are true for the first ``lengths`` positions.

    Args:
      lengths: int tensor of any shape.
      maxlen: int scalar, the masks' size; by default the largest length.
      dtype: the masks' dtype.
      name: ignored.

    Returns:
      Tensor of shape ``lengths.shape + [maxlen]``.

    >>> import kerax as tf
    >>> tf.sequence_mask([1, 2], 3, tf.int32).numpy().tolist()
    [[1, 0, 0], [1, 1, 0]]
    """
    lengths = convert_to_tensor(lengths)
    if maxlen is None:
        values = concrete(lengths, "lengths")
        maxlen = max(int(np.ceil(values.max())), 0) if values.size else 0
    else:
        given = concrete(maxlen, "maxlen")
        if given.ndim:
            raise ValueError(f"Argument `maxlen` must be scalar for sequence_mask, received `maxlen` = {maxlen}")
        maxlen = int(given)
        lengths = _truncated(lengths) if lengths.dtype.is_floating else lengths
    return _sequence_mask(lengths, maxlen, dtypes.as_dtype(dtype))
