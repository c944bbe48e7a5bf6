"""Sizes that stay open while a program is exported: tensors that hold them, and arithmetic on them.

``tf.shape(x)[0]`` of a batch of any size is no number while the program is traced, but it is still known what it is:
JAX's symbolic dimension. A tensor of such sizes carries them (``Tensor._sizes``) besides its traced value, so that ops
which want a shape (``reshape``, ``zeros``, ``range``) find it.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import export

from kerax.core.context import context
from kerax.core.value import Tensor

if TYPE_CHECKING:
    from kerax.core.dispatch import Call

_ARITHMETIC: dict[str, Callable[..., Any]] = {
    "AddV2": operator.add,
    "Sub": operator.sub,
    "Mul": operator.mul,
    "FloorDiv": operator.floordiv,
    "FloorMod": operator.mod,
    "Neg": operator.neg,
    "Cast": lambda size: size,
    "Identity": lambda size: size,
}
# What only moves elements, and which of its inputs are moved: all, or the first.
_MOVING = {
    "Pack": None,
    "ConcatV2": None,
    "Reshape": 1,
    "ExpandDims": 1,
    "Squeeze": 1,
    "StridedSlice": 1,
    "GatherV2": 1,
    "Unpack": 1,
    "Split": 1,
    "SplitV": 1,
    "ReverseV2": 1,
}


def is_open(sizes: Any) -> bool:
    """Whether one of the sizes, or of an op's attributes, is open.

    Args:
      sizes: sequence of int and symbolic dimensions, as an array's shape; tuples in it are looked into.
    """
    return any(
        is_open(size) if type(size) is tuple else type(size) is not int and export.is_symbolic_dim(size)
        for size in sizes
    )


def product(sizes: Sequence[Any]) -> Any:
    """The number of elements of a shape, an int or a symbolic dimension."""
    count = 1
    for size in sizes:
        count = count * size
    return count


def position_in(index: Any, size: Any) -> Any:
    """A slice's end as a position in a dimension, where one of the two is open.

    Args:
      index: int or symbolic dimension, from the end where it is a negative int.
      size: int or symbolic dimension.
    """
    return at_least_zero(size + index) if type(index) is int and index < 0 else jax.core.min_dim(index, size)


def at_least_zero(size: Any) -> Any:
    """``max(size, 0)`` of an int or symbolic dimension."""
    return jax.core.max_dim(size, 0)


def tensor(sizes: Any, dtype: Any) -> Tensor:
    """A tensor of sizes, open ones among them.

    Args:
      sizes: nested list of int and symbolic dimensions.
      dtype: numpy dtype of integers.
    """
    array = np.empty(np.shape(sizes), object)
    array[...] = sizes
    parts = [jnp.asarray(size, dtype) for size in array.ravel().tolist()]
    made = Tensor(jnp.stack(parts).reshape(array.shape), context.trace)
    made._sizes = array
    return made


def follow(call: Call, tensors: Sequence[Tensor], result: Any) -> None:
    """Notes what sizes the results of an op on tensors of sizes hold, where that can be said."""
    given = [held(item) for item in tensors]
    if any(item is None for item in given):
        return
    if call.name in _ARITHMETIC and isinstance(result, Tensor) and result.dtype.is_integer:
        _note(result, np.frompyfunc(_ARITHMETIC[call.name], len(given), 1)(*given))
    elif call.name in _MOVING:
        _follow_moved(call, given, result)
    elif call.name == "ReduceProd" and isinstance(result, Tensor) and given[0].ndim == 1:
        _note(result, product(given[0].tolist()))


def _follow_moved(call: Call, given: list[Any], result: Any) -> None:
    """Moves the sizes' numbers in place of the sizes."""
    moved = _MOVING[call.name] or len(given)
    pool = [size for array in given[:moved] for size in array.ravel().tolist()]
    numbers, begin = [], 0
    for array in given[:moved]:
        numbers.append(np.arange(begin, begin + array.size, dtype=np.int32).reshape(array.shape))
        begin += array.size
    with jax.ensure_compile_time_eval():
        out = call.fn(*numbers, *[np.asarray(array, np.int32) for array in given[moved:]])
    results = result if isinstance(result, (list, tuple)) else [result]
    for item, where in zip(results, jax.tree.leaves(out), strict=True):
        held = np.empty(where.shape, object)
        held[...] = np.array([*pool, None], object)[np.asarray(where)]
        _note(item, held)


def held(item: Tensor) -> np.ndarray | None:
    """The sizes in a tensor, as an array of objects; None where they are not known."""
    if item._sizes is not None:
        return item._sizes
    value = item._value
    return None if isinstance(value, jax.core.Tracer) else np.asarray(value).astype(object)


def _note(result: Tensor, sizes: Any) -> None:
    if isinstance(result._value, jax.core.Tracer):
        array = np.empty(result._value.shape, object)
        array[...] = sizes
        result._sizes = array
