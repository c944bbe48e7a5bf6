"""Shapes and arrangements of arrays in ``tf.experimental.numpy``."""

from __future__ import annotations

import builtins
from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes
from kerax.core.op import op
from kerax.core.shape import TensorShape
from kerax.core.tensor import convert_to_tensor
from kerax.experimental.numpy._support import array_function, as_array, axes_of, promoted


@op("a", name="rearrange")
def _call(a, kind, arguments):
    return getattr(jnp, kind)(a, *arguments)


def _sizes(shape: Any) -> tuple[int, ...]:
    found = axes_of(shape)
    return (int(found),) if isinstance(found, (int, np.integer)) else tuple(int(size) for size in found)


@array_function
def reshape(a: Any, newshape: Any, order: str = "C") -> Any:
    """The elements in another shape, one size of which may be -1; ``order`` is ``"C"`` or ``"F"``."""
    if order not in ("C", "F"):
        raise ValueError(f"Unsupported `order` argument for reshape, received: {order}. Use 'C' or 'F'.")
    return _reshape(as_array(a), _sizes(newshape), order)


@op("a", name="reshape")
def _reshape(a, shape, order):
    return jnp.reshape(a, shape, order=order)


@array_function
def ravel(a: Any) -> Any:
    """All elements as a vector."""
    return reshape(a, (-1,))


@array_function
def flatten(a: Any, order: str = "C") -> Any:
    """All elements as a vector; ``order`` is ``"C"`` or ``"F"``."""
    if order not in ("C", "F"):
        raise ValueError(f"flatten is not supported for order {order!r}: use 'C' or 'F'.")
    return reshape(a, (-1,), order)


@array_function
def transpose(a: Any, axes: Any = None) -> Any:
    """Dimensions in another order, reversed where ``axes`` is None."""
    return _call(as_array(a), "transpose", (axes_of(axes),))


@array_function
def swapaxes(a: Any, axis1: int, axis2: int) -> Any:
    """Two dimensions exchanged."""
    return _call(as_array(a), "swapaxes", (int(axis1), int(axis2)))


@array_function
def moveaxis(a: Any, source: Any, destination: Any) -> Any:
    """Dimensions moved to other places; the others keep their order."""
    return _call(as_array(a), "moveaxis", (axes_of(source), axes_of(destination)))


@array_function
def expand_dims(a: Any, axis: Any) -> Any:
    """A new dimension of size 1."""
    return _call(as_array(a), "expand_dims", (axes_of(axis),))


@array_function
def squeeze(a: Any, axis: Any = None) -> Any:
    """Without dimensions of size 1."""
    return _call(as_array(a), "squeeze", (axes_of(axis),))


@array_function
def broadcast_to(array: Any, shape: Any) -> Any:
    """An array repeated to a shape."""
    return full_broadcast(as_array(array), _sizes(shape))


@op("a", name="broadcast_to")
def full_broadcast(a, shape):
    return jnp.broadcast_to(a, shape)


def broadcast_arrays(*args: Any, **kwargs: Any) -> list[Any] | tuple[Any, ...]:
    """Arrays repeated to their common shape: a list, of fewer than two a tuple.

    Raises:
      ValueError: ``subok=True`` or another keyword.
    """
    if kwargs.pop("subok", False):
        raise ValueError("subok=True is not supported. Received: subok=True")
    if kwargs:
        raise ValueError(f"Received unsupported arguments {kwargs.keys()}")
    arrays = [as_array(value) for value in args]
    shape = np.broadcast_shapes(*[tuple(array.shape) for array in arrays])
    found = [full_broadcast(array, shape) for array in arrays]
    return found if len(found) > 1 else tuple(found)


@op("arrays*", name="join")
def _join(arrays, kind, axis):
    return getattr(jnp, kind)(arrays, axis) if axis is not None else getattr(jnp, kind)(arrays)


@array_function
def concatenate(arys: Any, axis: Any = 0) -> Any:
    """Arrays one after the other along a dimension, of all their elements where it is None."""
    arys = list(arys) if isinstance(arys, (list, tuple)) else [arys]
    if not arys:
        raise ValueError("Need at least one array to concatenate.")
    arrays = promoted(*arys)
    if axis is None:
        arrays, axis = [ravel(array) for array in arrays], 0
    return _join(arrays, "concatenate", int(axis))


@array_function
def append(arr: Any, values: Any, axis: Any = None) -> Any:
    """Values after an array along a dimension, of all elements where it is None."""
    if axis is None:
        return concatenate([ravel(arr), ravel(values)], 0)
    return concatenate([arr, values], axis)


@array_function
def stack(arrays: Any, axis: int = 0) -> Any:
    """Arrays of one shape along a new dimension."""
    if isinstance(arrays, (list, tuple)):
        return _join(promoted(*arrays), "stack", int(axis))
    return swapaxes(arrays, 0, axis)


def _stacked(kind: str, tup: Any) -> Any:
    return _join(promoted(*tup), kind, None)


@array_function
def vstack(tup: Any) -> Any:
    """Arrays one below the other."""
    return _stacked("vstack", tup)


@array_function
def hstack(tup: Any) -> Any:
    """Arrays one beside the other."""
    return _stacked("hstack", tup)


@array_function
def dstack(tup: Any) -> Any:
    """Arrays one behind the other."""
    return _stacked("dstack", tup)


@op("a", name="split")
def _split(a, at, axis):
    return jnp.split(a, at if isinstance(at, int) else np.asarray(at, np.int64), axis)


@array_function
def split(ary: Any, indices_or_sections: Any, axis: int = 0) -> Any:
    """An array cut into so many equal parts, or at indices, along a dimension."""
    return list(_split(as_array(ary), axes_of(indices_or_sections), int(axis)))


@array_function
def vsplit(ary: Any, indices_or_sections: Any) -> Any:
    """An array cut along its first dimension."""
    ary = as_array(ary)
    _at_least(ary, 2, "vsplit")
    return split(ary, indices_or_sections, 0)


@array_function
def hsplit(ary: Any, indices_or_sections: Any) -> Any:
    """An array cut along its second dimension, a vector along its only one."""
    ary = as_array(ary)
    _at_least(ary, 1, "hsplit")
    return split(ary, indices_or_sections, 1 if ary.shape.rank > 1 else 0)


@array_function
def dsplit(ary: Any, indices_or_sections: Any) -> Any:
    """An array cut along its third dimension."""
    ary = as_array(ary)
    _at_least(ary, 3, "dsplit")
    return split(ary, indices_or_sections, 2)


def _at_least(array: Any, rank: int, name: str) -> None:
    if array.shape.rank < rank:
        raise ValueError(f"{name} only works on arrays of {rank} or more dimensions, received shape {array.shape}.")


@array_function
def tile(a: Any, reps: Any) -> Any:
    """An array repeated as a whole."""
    return _call(as_array(a), "tile", (axes_of(reps),))


@array_function
def repeat(a: Any, repeats: Any, axis: Any = None) -> Any:
    """Every element repeated; of all elements where ``axis`` is None."""
    counts = axes_of(repeats)
    array = as_array(a)
    if axis is None:
        array, axis = ravel(array), 0
    return _repeat(array, counts, int(axis))


@op("a", name="repeat")
def _repeat(a, counts, axis):
    if isinstance(counts, int):
        return jnp.repeat(a, counts, axis=axis)
    if len(counts) == 1:
        return jnp.repeat(a, counts[0], axis=axis)
    return jnp.repeat(a, np.asarray(counts), axis=axis, total_repeat_length=builtins.sum(counts))


@array_function
def flip(m: Any, axis: Any = None) -> Any:
    """Elements in reverse along dimensions, all of them where ``axis`` is None."""
    return _call(as_array(m), "flip", (axes_of(axis),))


@array_function
def fliplr(m: Any) -> Any:
    """Columns in reverse, where there are any."""
    array = as_array(m)
    return flip(array, 1) if array.shape.rank > 1 else array


@array_function
def flipud(m: Any) -> Any:
    """Rows in reverse, where there are any."""
    array = as_array(m)
    return flip(array, 0) if array.shape.rank else array


@array_function
def roll(a: Any, shift: Any, axis: Any = None) -> Any:
    """Elements moved along dimensions; what leaves at one end comes in at the other."""
    return _call(as_array(a), "roll", (axes_of(shift), axes_of(axis)))


@array_function
def rot90(m: Any, k: int = 1, axes: Any = (0, 1)) -> Any:
    """A plane turned by ``k`` quarters."""
    m = as_array(m)
    first, second = (int(axis) for axis in axes)
    if first % m.shape.rank == second % m.shape.rank:
        raise ValueError(f"The two axes of rot90 must differ, received: {axes}")
    return _call(m, "rot90", (int(k), (first, second)))


@array_function
def pad(array: Any, pad_width: Any, mode: str, **kwargs: Any) -> Any:
    """An array with elements added at its edges.

    Args:
      array: array.
      pad_width: ``[[before, after], …]`` for each dimension, or what broadcasts to it.
      mode: ``"constant"``, ``"reflect"`` or ``"symmetric"``.
      **kwargs: ``constant_values``, a number.
    """
    if mode not in ("constant", "reflect", "symmetric"):
        raise ValueError(f"Unsupported padding mode: {mode}")
    array = as_array(array)
    widths = np.broadcast_to(np.asarray(pad_width), (array.shape.rank, 2)).tolist()
    value = kwargs.pop("constant_values", 0)
    if kwargs:
        raise ValueError(f"Unsupported arguments of pad: {sorted(kwargs)}")
    return _pad(array, as_array(value, array.dtype), tuple(map(tuple, widths)), mode)


@op("a, value", name="pad")
def _pad(a, value, widths, mode):
    return jnp.pad(a, widths, mode, constant_values=value) if mode == "constant" else jnp.pad(a, widths, mode)


def _atleast(count: int, arrays: tuple[Any, ...]) -> Any:
    found = [_call(as_array(array), f"atleast_{count}d", ()) for array in arrays]
    return found[0] if len(found) == 1 else found


def atleast_1d(*arys: Any) -> Any:
    """Arrays of at least one dimension."""
    return _atleast(1, arys)


def atleast_2d(*arys: Any) -> Any:
    """Arrays of at least two dimensions."""
    return _atleast(2, arys)


def atleast_3d(*arys: Any) -> Any:
    """Arrays of at least three dimensions."""
    return _atleast(3, arys)


def ndim(a: Any) -> int:
    """The number of dimensions."""
    return as_array(a).shape.rank


def shape(a: Any) -> TensorShape:
    """The shape."""
    return as_array(a).shape


def size(x: Any, axis: Any = None) -> Any:
    """The number of elements; ``axis`` must be None."""
    if axis is not None:
        raise NotImplementedError("axis argument is not supported in the current `np.size` implementation")
    if isinstance(x, (int, float, np.int32, np.int64, np.float32, np.float64)):
        return 1
    return np.prod(tuple(shape(x)), dtype=np.int64)


def isscalar(num: Any) -> bool:
    """Whether a value is a scalar."""
    if hasattr(num, "shape") and hasattr(num, "_value"):
        return num.shape.rank == 0
    return np.isscalar(num)


@array_function
def diagonal(a: Any, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
    """The diagonal ``offset`` of the planes of two dimensions."""
    return _call(as_array(a), "diagonal", (int(offset), int(axis1), int(axis2)))


@array_function
def trace(a: Any, offset: int = 0, axis1: int = 0, axis2: int = 1, dtype: Any = None) -> Any:
    """The sum of the diagonal ``offset`` of the planes of two dimensions."""
    from kerax.experimental.numpy.reductions import sum as total

    return total(diagonal(a, offset, axis1, axis2), -1, dtype)


def _matrix(m: Any, name: str) -> Any:
    m = as_array(m)
    if m.shape.rank < 2:
        raise ValueError(f"Argument to {name} must have rank at least 2")
    return m


@array_function
def tril(m: Any, k: int = 0) -> Any:
    """A matrix with zeros above diagonal ``k``."""
    return _call(_matrix(m, "tril"), "tril", (int(k),))


@array_function
def triu(m: Any, k: int = 0) -> Any:
    """A matrix with zeros below diagonal ``k``."""
    return _call(_matrix(m, "triu"), "triu", (int(k),))


@array_function
def diff(a: Any, n: int = 1, axis: int = -1) -> Any:
    """The differences of neighbours along a dimension, taken ``n`` times."""
    if n < 0:
        raise ValueError(f"Argument `order` must be a non-negative integer. Received: axis={n}")
    return _call(as_array(a), "diff", (int(n), int(axis)))


def ix_(*args: Any) -> list[Any]:
    """Vectors as an open mesh: each along a dimension of its own."""
    out = []
    for index, value in enumerate(args):
        array = as_array(value)
        if array.shape.rank != 1:
            raise ValueError(f"Arguments must be 1-d, received shape {array.shape}")
        if array.dtype.is_bool:
            array = convert_to_tensor(np.flatnonzero(np.asarray(array)), dtypes.int64)
        column = [1] * len(args)
        column[index] = array.shape[0]
        out.append(reshape(array, column))
    return out
