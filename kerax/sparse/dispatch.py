"""What ordinary ops do with sparse tensors and ``tf.IndexedSlices``: the one handler that ``core/op`` asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from kerax.array_ops._known import concrete
from kerax.core import dtypes
from kerax.core.tensor import convert_to_tensor
from kerax.math import multiply
from kerax.ragged.tensor import take_rows
from kerax.sparse.arithmetic import multiply_dense
from kerax.sparse.indexed_slices import IndexedSlices
from kerax.sparse.tensor import SparseTensor, is_sparse, replaced

# Ops of one tensor that TensorFlow applies to the values of a sparse one. Room → names.
_UNARY = {
    "math": "abs negative asinh sin tan atan asin atanh sign square sqrt erf tanh bessel_i0e bessel_i1e",
    "array_ops": "stop_gradient stop_gradient_op",
    "core": "stop_gradient",
}
_UNARY_NAMES = {(room, name) for room, names in _UNARY.items() for name in names.split()}


def _integer(value: Any, out_type: Any) -> Any:
    return convert_to_tensor(np.asarray(value, dtypes.as_dtype(out_type or dtypes.int32).as_numpy_dtype))


def size(input: SparseTensor, out_type: Any = None, name: str | None = None) -> Any:
    """``tf.size``: the number of places of the whole."""
    return _integer(np.prod(input._sizes(), dtype=np.int64), out_type)


def shape(input: SparseTensor, out_type: Any = None, name: str | None = None) -> Any:
    """``tf.shape``: the dense shape."""
    return _integer(input._sizes(), out_type)


def rank(input: SparseTensor, name: str | None = None) -> Any:
    """``tf.rank``: the number of dimensions."""
    return _integer(input._dense_shape._value.shape[0], dtypes.int32)


def row(value: SparseTensor, index: Any, name: str | None = None) -> SparseTensor:
    """One row, what ``tf.map_fn`` maps over."""
    places = value._places()
    chosen = np.flatnonzero(places[:, 0] == int(concrete(index, "index")))
    return SparseTensor(places[chosen, 1:], take_rows(value._values, chosen), np.array(value._sizes()[1:], np.int64))


_OTHER: dict[tuple[str, str], Callable[..., Any]] = {
    ("array_ops", "size"): size,
    ("array_ops", "shape"): shape,
    ("array_ops", "rank"): rank,
    ("array_ops", "getitem"): row,
}


def handle(fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The result of an op with sparse inputs, NotImplemented where TensorFlow has none."""
    where = (fn.__module__.split(".")[1], fn.__name__.lstrip("_"))
    if where == ("math", "scalar_mul") and len(args) == 2 and isinstance(args[1], IndexedSlices):
        scalar, slices = args
        return IndexedSlices(multiply(scalar, slices.values), slices.indices, slices.dense_shape)
    if not any(is_sparse(value) for value in (*args, *kwargs.values())):
        return NotImplemented
    if where in _UNARY_NAMES:
        sp = args[0] if args else next(iter(kwargs.values()))
        return replaced(sp, None, fn(sp._values))
    if where in _OTHER:
        return _OTHER[where](*args, **kwargs)
    if where == ("math", "multiply") and len(args) >= 2 and is_sparse(args[1]) and not is_sparse(args[0]):
        return multiply_dense(args[1], args[0])
    return NotImplemented
