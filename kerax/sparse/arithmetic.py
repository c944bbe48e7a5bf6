"""Sums, products, reductions and softmax of sparse tensors; gradients flow to the values and to dense operands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from kerax.array_ops._known import concrete, known
from kerax.array_ops.shaping import transpose as dense_transpose
from kerax.core import dtypes, errors, nest
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.math.casting import cast
from kerax.sparse.conversion import check_places
from kerax.sparse.tensor import SparseTensor, as_sparse, is_sparse, linear, replaced


def _bad(message: str) -> Exception:
    return errors.InvalidArgumentError(None, None, message)


# ---- with dense tensors ------------------------------------------------------------------------------------


@op("values, dense; indices", name="SparseDenseCwiseMul")
def _times(values, dense, indices, shape):
    return values * jnp.broadcast_to(dense, shape)[tuple(indices.T)]


@op("values, dense; indices", name="SparseDenseCwiseDiv")
def _over(values, dense, indices, shape):
    return values / jnp.broadcast_to(dense, shape)[tuple(indices.T)]


def _with_dense(fn: Callable[..., Tensor], sp: SparseTensor, dense: Any) -> SparseTensor:
    dense = convert_to_tensor(dense, sp.dtype)
    sizes, shape = sp._sizes(), dense._value.shape
    fits = len(shape) <= len(sizes) and all(d in (1, s) for d, s in zip(reversed(shape), reversed(sizes), strict=False))
    if not fits:
        raise _bad(f"SparseDenseBinaryOpShared broadcasts dense to sparse only; got incompatible shapes: {list(sizes)} "
                   f"vs. {list(shape)}")  # fmt: skip
    return replaced(sp, None, fn(sp._values, dense, sp._indices, sizes))


def multiply_dense(sp: SparseTensor, dense: Any) -> SparseTensor:
    """The entries times a dense tensor that is broadcast to the sparse one."""
    return _with_dense(_times, sp, dense)


def divide_dense(sp: SparseTensor, dense: Any) -> SparseTensor:
    """The entries divided by a dense tensor that is broadcast to the sparse one."""
    dense = convert_to_tensor(dense, sp.dtype)
    zero = known(dense)
    if zero is not None and not zero.all():
        raise _bad("SparseDenseCwiseDiv cannot divide by zero, but input dense tensor contains zero")
    if sp.dtype.is_integer:
        wide = dtypes.float32 if sp.dtype.size < 4 else dtypes.float64
        sp, dense = replaced(sp, None, cast(sp._values, wide)), cast(dense, wide)
    return _with_dense(_over, sp, dense)


@op("values, dense: number; indices", name="SparseTensorDenseAdd")
def _add_dense(values, dense, indices):
    return jnp.asarray(dense).at[tuple(indices.T)].add(values, mode="drop")


@op("values, b: number; rows, columns", name="SparseTensorDenseMatMul")
def _product(values, b, rows, columns, count):
    return jnp.zeros((count, b.shape[1]), b.dtype).at[rows].add(values[:, None] * jnp.take(b, columns, axis=0))


@op("values: number", name="Conj")
def _conjugate(values):
    return jnp.conj(values)


def sparse_dense_matmul(
    sp_a: Any, b: Any, adjoint_a: bool = False, adjoint_b: bool = False, name: str | None = None
) -> Tensor:
    """The product of a sparse and a dense matrix (in either order).

    Args:
      sp_a: ``tf.SparseTensor`` [n, k], or the dense factor where ``b`` is sparse.
      b: tensor [k, m].
      adjoint_a: bool, whether the conjugate transpose of ``sp_a`` is taken.
      adjoint_b: bool, likewise of ``b``.
      name: ignored.

    Returns:
      Tensor [n, m].

    Raises:
      InvalidArgumentError: the shapes do not fit.

    >>> import kerax as tf
    >>> tf.sparse.sparse_dense_matmul(tf.SparseTensor([[0, 1]], [2.0], [1, 2]), [[1.0], [3.0]]).numpy()
    array([[6.]], dtype=float32)
    """
    if is_sparse(b) or type(b).__name__ == "SparseTensorValue":
        if adjoint_a != adjoint_b:
            return dense_transpose(sparse_dense_matmul(b, sp_a, adjoint_a, adjoint_b))
        return dense_transpose(sparse_dense_matmul(b, sp_a, not adjoint_a, not adjoint_b))
    sp = as_sparse(sp_a)
    b = convert_to_tensor(b)
    sizes = sp._sizes()
    if len(sizes) != 2:
        raise _bad(f"Tensor 'a_shape' must have 2 elements, got {len(sizes)}")
    if b.shape.rank != 2:
        raise _bad(f"Tensor 'b' is not a matrix: shape {b.shape}")
    if b.dtype is not sp.dtype:
        raise _bad(
            f"cannot compute SparseTensorDenseMatMul as input #3(zero-based) was expected to be a {sp.dtype.name} "
            f"tensor but is a {b.dtype.name} tensor [Op:SparseTensorDenseMatMul]"
        )
    places = known(sp._indices)
    if places is not None:
        check_places(places, sizes)
    values = sp._values
    if adjoint_b:
        b = dense_transpose(b, conjugate=True)
    outer, inner = (1, 0) if adjoint_a else (0, 1)
    if adjoint_a:
        values = _conjugate(values)
    if sizes[inner] != b._value.shape[0]:
        raise _bad(f"Cannot multiply A and B because inner dimension does not match: {sizes[inner]} vs. "
                   f"{b._value.shape[0]}.  Did you forget a transpose?")  # fmt: skip
    return _product(values, b, sp._indices[:, outer], sp._indices[:, inner], sizes[outer])


# ---- of two sparse tensors ---------------------------------------------------------------------------------


@op("a, b", name="SparseAdd")
def _sum_of(a, b, at_a, at_b, count):
    out = jnp.zeros((count,), a.dtype)
    return out.at[np.array(at_a, np.int64)].add(a).at[np.array(at_b, np.int64)].add(b)


@op("a, b", name="SparseSparseExtremum")
def _extreme_of(a, b, at_a, at_b, count, kind):
    wide = [jnp.zeros((count,), v.dtype).at[np.array(at, np.int64)].set(v) for v, at in ((a, at_a), (b, at_b))]
    return jnp.maximum(*wide) if kind == "max" else jnp.minimum(*wide)


def _union(a: SparseTensor, b: SparseTensor) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The places of both, in order, and where the entries of each of them are there."""
    sizes = a._sizes()
    both = np.concatenate([a._places(), b._places()])
    _, first, back = np.unique(linear(both, sizes), return_index=True, return_inverse=True)
    count = a._values._value.shape[0]
    back = back.reshape(-1)
    return both[first], back[:count], back[count:]


def add(a: Any, b: Any, threshold: Any = 0) -> Any:
    """The sum of two sparse tensors (sparse), or of a sparse and a dense one (dense).

    Args:
      a: ``tf.SparseTensor`` or tensor.
      b: ``tf.SparseTensor`` or tensor of the same shape.
      threshold: scalar; sums of two entries that are smaller than this in magnitude are dropped.

    Returns:
      ``tf.SparseTensor``, or Tensor where one operand is dense.

    Raises:
      TypeError: neither is sparse.
      InvalidArgumentError: the shapes differ.

    >>> import kerax as tf
    >>> st = tf.SparseTensor([[1]], [5], [2])
    >>> tf.sparse.add(st, [1, 1]).numpy()
    array([1, 6], dtype=int32)
    """
    from kerax.ragged.tensor import take_rows

    if not is_sparse(a) and not is_sparse(b):
        raise TypeError("At least one input should be SparseTensor; do you mean to use tf.add()?")
    if not (is_sparse(a) and is_sparse(b)):
        sp, dense = (a, b) if is_sparse(a) else (b, a)
        dense = convert_to_tensor(dense, None if isinstance(dense, Tensor) else sp.dtype)
        sizes = sp._sizes()
        if tuple(dense._value.shape) != sizes:
            raise _bad(f"Operands' shapes must match: got {list(sizes)} and {list(dense._value.shape)}")
        if known(sp._indices) is not None:
            check_places(known(sp._indices), sizes)
        return _add_dense(sp._values, dense, sp._indices)
    if a.dtype is not b.dtype:
        raise _bad(f"cannot compute SparseAdd of {a.dtype.name} and {b.dtype.name} [Op:SparseAdd]")
    if a._sizes() != b._sizes():
        raise _bad(f"Operands' shapes do not match: {list(a._sizes())} and {list(b._sizes())}")
    places, at_a, at_b = _union(a, b)
    total = _sum_of(a._values, b._values, tuple(at_a.tolist()), tuple(at_b.tolist()), len(places))
    limit = convert_to_tensor(threshold, None if isinstance(threshold, Tensor) else a.dtype.real_dtype)
    alone = np.bincount(np.concatenate([at_a, at_b]), minlength=len(places)) == 1
    keep = np.flatnonzero(alone | (np.abs(concrete(total, "values")) >= concrete(limit, "threshold")))
    return SparseTensor(places[keep], take_rows(total, keep), a._dense_shape)


def _extreme(sp_a: Any, sp_b: Any, kind: str) -> SparseTensor:
    a, b = as_sparse(sp_a), as_sparse(sp_b)
    if a._sizes() != b._sizes():
        raise _bad(f"Operands' shapes do not match: {list(a._sizes())} and {list(b._sizes())}")
    places, at_a, at_b = _union(a, b)
    values = _extreme_of(a._values, b._values, tuple(at_a.tolist()), tuple(at_b.tolist()), len(places), kind)
    return SparseTensor(places, values, a._dense_shape)


def maximum(sp_a: Any, sp_b: Any, name: str | None = None) -> SparseTensor:
    """The larger value at every place that one of two sparse tensors has; a missing one counts as zero.

    Args:
      sp_a: ``tf.SparseTensor`` of real numbers.
      sp_b: ``tf.SparseTensor`` of the same shape and dtype.
      name: ignored.

    Returns:
      ``tf.SparseTensor``.

    >>> import kerax as tf
    >>> a, b = tf.SparseTensor([[1]], [-5], [2]), tf.SparseTensor([[0]], [3], [2])
    >>> tf.sparse.maximum(a, b).values.numpy()
    array([3, 0], dtype=int32)
    """
    return _extreme(sp_a, sp_b, "max")


def minimum(sp_a: Any, sp_b: Any, name: str | None = None) -> SparseTensor:
    """The smaller value at every place that one of two sparse tensors has; a missing one counts as zero.

    Args:
      sp_a: ``tf.SparseTensor`` of real numbers.
      sp_b: ``tf.SparseTensor`` of the same shape and dtype.
      name: ignored.

    Returns:
      ``tf.SparseTensor``.

    >>> import kerax as tf
    >>> a, b = tf.SparseTensor([[1]], [-5], [2]), tf.SparseTensor([[0]], [3], [2])
    >>> tf.sparse.minimum(a, b).values.numpy()
    array([ 0, -5], dtype=int32)
    """
    return _extreme(sp_a, sp_b, "min")


# ---- reductions --------------------------------------------------------------------------------------------


@op("values: number; groups", name="SparseReduce")
def _grouped(values, groups, count, kind):
    if kind == "sum":
        return jnp.zeros((count,), values.dtype).at[groups].add(values)
    low = -jnp.inf if jnp.issubdtype(values.dtype, jnp.floating) else jnp.iinfo(values.dtype).min
    top = jnp.full((count,), low, values.dtype).at[groups].max(values)
    seen = jnp.zeros((count,), bool).at[groups].set(True)
    return jnp.where(seen, top, jnp.zeros((), values.dtype))


def _reduce(sp_input: Any, axis: Any, keepdims: Any, sparse: bool, kind: str) -> Any:
    from kerax.array_ops.shaping import reshape

    sp = as_sparse(sp_input)
    if sp.dtype is dtypes.string or sp.dtype.is_bool:
        raise errors.InvalidArgumentError(None, None, f"Value for attr 'T' of {sp.dtype.name} is not a number type")
    sizes = sp._sizes()
    rank = len(sizes)
    axes = list(range(rank)) if axis is None else np.atleast_1d(concrete(axis, "axis")).astype(int).tolist()
    if any(not -rank <= a < rank for a in axes):
        raise _bad(f"Invalid reduction dimension {axes}, for input with {rank} dimensions.")
    axes = [a % rank for a in axes]
    kept = [d for d in range(rank) if d not in axes]
    out = [sizes[d] for d in kept]
    shape = [1 if d in axes else sizes[d] for d in range(rank)] if keepdims else out
    if not sparse:
        strides = np.zeros(rank, np.int64)
        strides[kept] = np.cumprod([1, *reversed(out[1:])])[::-1] if out else []
        groups = _numbers(sp._indices, tuple(strides.tolist()))
        return reshape(_grouped(sp._values, groups, int(np.prod(out, dtype=np.int64)), kind), shape)
    places = sp._places()
    cells = linear(places[:, kept], out) if kept else np.zeros(len(places), np.int64)
    numbers, first, back = np.unique(cells, return_index=True, return_inverse=True)
    values = _grouped(sp._values, convert_to_tensor(back.reshape(-1)), len(numbers), kind)
    reduced = places[first].copy()
    if keepdims:
        reduced[:, axes] = 0
    else:
        reduced = reduced[:, kept]
    if not kept and not keepdims:
        reduced = np.zeros((len(numbers), 0), np.int64)
    return SparseTensor(reduced.astype(np.int64), values, np.array(shape, np.int64))


@op("indices: int", name="SparseReduce")
def _numbers(indices, strides):
    return indices @ jnp.array(strides, jnp.int64)


def reduce_sum(
    sp_input: Any, axis: Any = None, keepdims: Any = None, output_is_sparse: bool = False, name: str | None = None
) -> Any:
    """The sum over dimensions.

    Args:
      sp_input: ``tf.SparseTensor`` of numbers.
      axis: int or ints; all by default.
      keepdims: bool, whether reduced dimensions stay with size 1.
      output_is_sparse: bool, whether the result is sparse.
      name: ignored.

    Returns:
      Tensor, or ``tf.SparseTensor``.

    Raises:
      InvalidArgumentError: an axis is out of range.

    >>> import kerax as tf
    >>> tf.sparse.reduce_sum(tf.SparseTensor([[0, 0], [0, 1]], [2, 3], [2, 2]), 1).numpy()
    array([5, 0], dtype=int32)
    """
    return _reduce(sp_input, axis, keepdims, output_is_sparse, "sum")


def reduce_max(
    sp_input: Any, axis: Any = None, keepdims: Any = None, output_is_sparse: bool = False, name: str | None = None
) -> Any:
    """The largest entry over dimensions; places without entries do not count, and where there are none it is 0.

    Args:
      sp_input: ``tf.SparseTensor`` of real numbers.
      axis: int or ints; all by default.
      keepdims: bool, whether reduced dimensions stay with size 1.
      output_is_sparse: bool, whether the result is sparse.
      name: ignored.

    Returns:
      Tensor, or ``tf.SparseTensor``.

    >>> import kerax as tf
    >>> tf.sparse.reduce_max(tf.SparseTensor([[0, 0], [0, 1]], [-2, -3], [2, 2]), 1).numpy()
    array([-2,  0], dtype=int32)
    """
    return _reduce(sp_input, axis, keepdims, output_is_sparse, "max")


@op("values: float; groups", name="SparseSoftmax")
def _softmax(values, groups, count):
    top = jax.ops.segment_max(values, groups, count)
    powers = jnp.exp(values - jax.lax.stop_gradient(top)[groups])
    return powers / jax.ops.segment_sum(powers, groups, count)[groups]


def softmax(sp_input: Any, name: str | None = None) -> SparseTensor:
    """Softmax over the last dimension, of the entries alone.

    Args:
      sp_input: float ``tf.SparseTensor`` of rank 2 or more, its entries in row-major order.
      name: ignored.

    Returns:
      ``tf.SparseTensor``.

    >>> import kerax as tf
    >>> tf.sparse.softmax(tf.SparseTensor([[0, 0], [0, 2]], [1.0, 1.0], [1, 3])).values.numpy()
    array([0.5, 0.5], dtype=float32)
    """
    sp = as_sparse(sp_input)
    sizes = sp._sizes()
    if len(sizes) < 2:
        raise _bad(f"Input should have rank >= 2, but got rank {len(sizes)}")
    numbers = linear(sp._places()[:, :-1], sizes[:-1])
    _, groups = np.unique(numbers, return_inverse=True)
    groups = groups.reshape(-1)
    count = int(groups.max()) + 1 if groups.size else 0
    return replaced(sp, None, _softmax(sp._values, convert_to_tensor(groups), count))


def map_values(op: Callable[..., Any], *args: Any, **kwargs: Any) -> SparseTensor:
    """Applies a function to the values of sparse tensors.

    Args:
      op: callable that keeps the number of entries.
      *args: arguments of ``op``; sparse tensors are replaced by their values.
      **kwargs: likewise.

    Returns:
      ``tf.SparseTensor`` with the places of the first sparse argument.

    Raises:
      ValueError: no argument is sparse.
      InvalidArgumentError: the sparse arguments have entries at different places.

    >>> import kerax as tf
    >>> tf.sparse.map_values(tf.square, tf.SparseTensor([[0]], [3], [2])).values.numpy()
    array([9], dtype=int32)
    """
    found: list[SparseTensor] = []

    def flat(value: Any) -> Any:
        if is_sparse(value):
            found.append(value)
            return value._values
        return value

    new_args = nest.map_structure(flat, list(args))
    new_kwargs = nest.map_structure(flat, dict(kwargs))
    if not found:
        raise ValueError("No SparseTensor in argument list of map_values")
    first = found[0]
    for other in found[1:]:
        if first._sizes() != other._sizes():
            raise _bad("Mismatched shapes!")
        if first._indices is not other._indices and not np.array_equal(first._places(), other._places()):
            raise _bad("Mismatched indices!")
    return replaced(first, None, op(*new_args, **new_kwargs))
