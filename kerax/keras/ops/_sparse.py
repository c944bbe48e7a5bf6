"""What ``keras.ops`` do with sparse tensors and with ragged indices: the handler that ``core/op`` asks.

As in Keras on TensorFlow, what keeps zeros at zero stays sparse, and what does not becomes dense.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from typing import Any

from kerax import array_ops, sparse
from kerax.core.value import Symbolic
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.promotion import result_type
from kerax.keras.ops import elementwise
from kerax.keras.ops._axes import as_list
from kerax.math.casting import cast
from kerax.ragged.tensor import RaggedTensor
from kerax.sparse.tensor import SparseTensor, is_sparse, replaced

#: ops of one tensor that are zero where it is
_OF_VALUES = frozenset(
    "abs absolute arcsin arcsinh arctan arctanh ceil conj conjugate expm1 floor imag log1p negative real round sign "
    "sin sinh sqrt square tan tanh".split()
)
#: ops of one tensor that are not
_OF_ALL = frozenset("arccos arccosh cos cosh exp exp2 isfinite log log10 log2 reciprocal".split())


def _dense(x: Any) -> Any:
    return sparse.to_dense(sparse.reorder(x)) if is_sparse(x) else x


def _common(x1: Any, x2: Any, *more: Any) -> tuple[Any, Any]:
    """Both operands in their promoted dtype."""
    x1, x2 = (x if is_sparse(x) or isinstance(x, (bool, int, float)) else to_tensor(x) for x in (x1, x2))
    dtype = result_type(*(getattr(x, "dtype", type(x)) for x in (x1, x2)), *more)
    return tuple(cast(x, dtype) if is_sparse(x) else to_tensor(x, dtype) for x in (x1, x2))  # type: ignore[return-value]


def _joint(function: Callable[..., Any], change: Callable[[Any], Any] = lambda x: x) -> Callable[..., Any]:
    """An op that is sparse of two sparse tensors."""

    def run(fn: Callable[..., Any], x1: Any, x2: Any) -> Any:
        if not (is_sparse(x1) and is_sparse(x2)):
            return fn(_dense(x1), _dense(x2))
        x1, x2 = _common(x1, x2)
        return function(x1, change(x2))

    return run


def _multiply(fn: Callable[..., Any], x1: Any, x2: Any) -> Any:
    x1, x2 = _common(x1, x2)
    return x1 * _dense(x2) if is_sparse(x1) else x2 * x1


def _divide(fn: Callable[..., Any], x1: Any, x2: Any) -> Any:
    if is_sparse(x2):
        return fn(_dense(x1), _dense(x2))
    x1, x2 = _common(x1, x2, float)
    return replaced(x1, None, fn(x1.values, x2)) if len(x2.shape) == 0 else x1 / x2


def _matmul(fn: Callable[..., Any], x1: Any, x2: Any) -> Any:
    x1, x2 = _common(x1, x2)
    if len(x1.shape) != 2 or len(x2.shape) != 2:
        return fn(_dense(x1), _dense(x2))
    if is_sparse(x1) and is_sparse(x2):
        return sparse.from_dense(sparse.sparse_dense_matmul(x1, _dense(x2)))
    return sparse.sparse_dense_matmul(x1, x2)


def _take(fn: Callable[..., Any], x: Any, indices: Any, axis: Any = None) -> Any:
    if not isinstance(indices, RaggedTensor) or is_sparse(x):
        return fn(_dense(x), _dense(indices), axis)
    x = to_tensor(x)
    if axis is None:
        x, axis = array_ops.reshape(x, [-1]), 0
    values = indices.flat_values
    values = array_ops.where(values < 0, values + x.shape[axis], values)
    return array_ops.gather(x, indices.with_flat_values(values), axis=axis)


def _concatenate(fn: Callable[..., Any], xs: Any, axis: int = 0) -> Any:
    if not all(map(is_sparse, xs)):
        return fn([_dense(x) for x in xs], axis)
    dtype = result_type(*(x.dtype for x in xs))
    return sparse.concat(axis, [cast(x, dtype) for x in xs])


def _expand_dims(fn: Callable[..., Any], x: Any, axis: Any) -> Any:
    rank = len(x.shape) + len(as_list(axis))
    for place in sorted(a + rank if a < 0 else a for a in as_list(axis)):
        x = sparse.expand_dims(x, place)
    return x


def _squeeze(fn: Callable[..., Any], x: Any, axis: Any = None) -> Any:
    rank = len(x.shape)
    gone = range(rank) if axis is None else [a % rank for a in as_list(axis)]
    return sparse.reshape(x, [s for a, s in enumerate(x.shape) if a not in gone or (axis is None and s != 1)])


def _sum(fn: Callable[..., Any], x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    dtype = x.dtype.name
    narrow = {"bool": "int32", "int8": "int32", "int16": "int32", "uint8": "uint32", "uint16": "uint32"}
    return sparse.reduce_sum(cast(x, narrow.get(dtype, dtype)), axis=axis, keepdims=keepdims, output_is_sparse=True)


def _folded(function: Callable[..., Any]) -> Callable[..., Any]:
    """A merging layer's op as that of two, one after the other."""
    return lambda fn, inputs: functools.reduce(function, inputs)


def _batch_dot(fn: Callable[..., Any], x1: Any, x2: Any, *rest: Any) -> Any:
    found = fn(_dense(x1), _dense(x2), *rest)
    return sparse.from_dense(found) if is_sparse(x1) and is_sparse(x2) else found


#: what merging and reshaping layers compute with
_LAYERS: dict[str, Callable[..., Any]] = {
    "_added": _folded(elementwise.add),
    "_multiplied": _folded(elementwise.multiply),
    "_averaged": lambda fn, inputs: elementwise.divide(functools.reduce(elementwise.add, inputs), len(inputs)),
    "_plain_extreme": lambda fn, inputs, kind: functools.reduce(getattr(elementwise, kind), inputs),
    "_subtracted": lambda fn, x, y: elementwise.subtract(x, y),
    "_batch_dot": _batch_dot,
    "_permute": lambda fn, x, axes: sparse.transpose(x, axes),
    "_reshape": lambda fn, x, shape: sparse.reshape(x, (-1, *shape)),
    "_flatten": lambda fn, x, *rest: sparse.reshape(x, (-1, math.prod(x.shape[1:]))),
}
_ANSWERS: dict[str, Callable[..., Any]] = {
    "add": _joint(sparse.add),
    "subtract": _joint(sparse.add, lambda x: replaced(x, None, -x.values)),
    "maximum": _joint(sparse.maximum),
    "minimum": _joint(sparse.minimum),
    "multiply": _multiply,
    "divide": _divide,
    "true_divide": _divide,
    "matmul": _matmul,
    "take": _take,
    "concatenate": _concatenate,
    "expand_dims": _expand_dims,
    "squeeze": _squeeze,
    "reshape": lambda fn, x, newshape: sparse.reshape(x, newshape),
    "transpose": lambda fn, x, axes=None: sparse.transpose(x, axes),
    "sum": _sum,
}


def handle(fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The result of an op of ``keras.ops`` with sparse inputs; NotImplemented where Keras has none."""
    if not fn.__module__.startswith(("kerax.keras.ops.", "kerax.keras.layers.")):
        return NotImplemented
    inputs = [item for value in (*args, *kwargs.values()) for item in as_list(value)]
    if any(isinstance(item, Symbolic) for item in inputs):
        return NotImplemented
    if not any(isinstance(item, SparseTensor) for item in inputs) and fn.__name__ != "take":
        return NotImplemented
    answers = _LAYERS if fn.__name__.startswith("_") else _ANSWERS
    if fn.__name__ in answers:
        return answers[fn.__name__](fn, *args, **kwargs)
    if fn.__name__ in _OF_ALL:
        return fn(*map(_dense, args), **{name: _dense(value) for name, value in kwargs.items()})
    if fn.__name__ in _OF_VALUES and args:
        return replaced(args[0], None, fn(args[0].values, *args[1:], **kwargs))
    return NotImplemented
