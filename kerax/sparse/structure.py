"""Sparse tensors reordered, reshaped, sliced, joined and filled up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.array_ops._known import concrete
from kerax.core import errors
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.ragged.tensor import take_rows
from kerax.sparse.tensor import SparseTensor, as_sparse, linear, replaced


def _bad(message: str) -> Exception:
    return errors.InvalidArgumentError(None, None, message)


def _rows(sp: SparseTensor, chosen: np.ndarray, places: np.ndarray | None = None, sizes: Any = None) -> SparseTensor:
    """Some of the entries (numpy numbers), at places of their own."""
    places = sp._places()[chosen] if places is None else places
    shape = sp._dense_shape if sizes is None else np.array(sizes, np.int64)
    return SparseTensor(places.astype(np.int64), take_rows(sp._values, chosen), shape)


def _sorted(places: np.ndarray, sizes: Sequence[int]) -> np.ndarray:
    return np.argsort(linear(places, sizes), kind="stable")


def _axis(axis: Any, rank: int) -> int:
    axis = int(concrete(axis, "axis"))
    if not -rank <= axis < rank:
        raise _bad(f"axis must be in [-{rank}, {rank}), got {axis}")
    return axis % rank


def reorder(sp_input: Any, name: str | None = None) -> SparseTensor:
    """The same tensor with its entries in row-major order.

    Args:
      sp_input: ``tf.SparseTensor``.
      name: ignored.

    Returns:
      ``tf.SparseTensor``.

    >>> import kerax as tf
    >>> tf.sparse.reorder(tf.SparseTensor([[1], [0]], [5, 6], [2])).values.numpy()
    array([6, 5], dtype=int32)
    """
    sp = as_sparse(sp_input)
    places = sp._places()
    return _rows(sp, np.lexsort(places.T[::-1]) if places.size else np.arange(len(places)))


def transpose(sp_input: Any, perm: Any = None, name: str | None = None) -> SparseTensor:
    """The dimensions in another order.

    Args:
      sp_input: ``tf.SparseTensor``.
      perm: ints, the old dimension of each new one; reversed by default.
      name: ignored.

    Returns:
      ``tf.SparseTensor``, its entries in row-major order.

    >>> import kerax as tf
    >>> tf.sparse.transpose(tf.SparseTensor([[0, 2]], [5], [1, 3])).dense_shape.numpy()
    array([3, 1])
    """
    sp = as_sparse(sp_input)
    rank = len(sp._sizes())
    order = list(reversed(range(rank))) if perm is None else concrete(perm, "perm").astype(int).tolist()
    if len(order) != rank:
        raise ValueError(f"Dimensions {len(order)} and {rank} are not compatible: perm {order}")
    if any(not -rank <= p < rank for p in order):
        raise _bad(f"perm {order} is out of range for rank {rank}")
    places = sp._places()[:, order]
    sizes = [sp._sizes()[p] for p in order]
    rows = _sorted(places, sizes)
    return _rows(sp, rows, places[rows], sizes)


def reshape(sp_input: Any, shape: Any, name: str | None = None) -> SparseTensor:
    """The same entries in another dense shape.

    Args:
      sp_input: ``tf.SparseTensor``.
      shape: int [new rank]; one size may be -1.
      name: ignored.

    Returns:
      ``tf.SparseTensor``.

    Raises:
      InvalidArgumentError: the number of places differs.

    >>> import kerax as tf
    >>> tf.sparse.reshape(tf.SparseTensor([[0, 2]], [5], [1, 4]), [2, -1]).indices.numpy()
    array([[1, 0]])
    """
    sp = as_sparse(sp_input)
    old = sp._sizes()
    if np.ndim(concrete(shape, "shape")) != 1:
        raise _bad(f"Target shape should be a vector but received {shape}")
    new = concrete(shape, "shape").astype(np.int64).tolist()
    total = int(np.prod(old, dtype=np.int64))
    if new.count(-1) > 1:
        raise _bad("only one output dimension may be -1")
    rest = int(np.prod([size for size in new if size != -1], dtype=np.int64))
    if any(size < -1 for size in new):
        raise _bad(f"size must be non-negative, not {new}")
    if -1 in new:
        if not rest or total % rest:
            raise _bad(f"Input to reshape is a SparseTensor with {total} dense values, not a multiple of {rest}")
        new[new.index(-1)] = total // rest
    elif rest != total:
        raise _bad(
            f"Input to reshape is a tensor with {total} dense values, but the requested shape has {rest}. "
            f"input_shape={list(old)} output_shape={new}"
        )
    flat = linear(sp._places(), old)
    places = np.stack(np.unravel_index(flat, new), 1) if flat.size else np.zeros((0, len(new)), np.int64)
    return replaced(sp, places.astype(np.int64), None, np.array(new, np.int64))


def expand_dims(sp_input: Any, axis: Any = None, name: str | None = None) -> SparseTensor:
    """A new dimension of size 1.

    Args:
      sp_input: ``tf.SparseTensor``.
      axis: int, where it goes; at the end by default.
      name: ignored.

    Returns:
      ``tf.SparseTensor`` of one rank more.

    Raises:
      TypeError: the axis is no integer.

    >>> import kerax as tf
    >>> tf.sparse.expand_dims(tf.SparseTensor([[2]], [5], [4]), 0).dense_shape.numpy()
    array([1, 4])
    """
    sp = as_sparse(sp_input)
    rank = sp._dense_shape._value.shape[0]
    axis = -1 if axis is None else axis
    if not isinstance(axis, (int, np.integer, Tensor)):
        raise TypeError("axis must be an integer value in range [-rank(sp_input) - 1, rank(sp_input)]")
    axis = int(concrete(axis, "axis"))
    if not -rank - 1 <= axis <= rank:
        raise _bad(f"axis {axis} is not in [{-rank - 1}, {rank}]")
    axis = axis + rank + 1 if axis < 0 else axis
    places = np.insert(sp._places(), axis, 0, axis=1)
    return replaced(sp, places, None, np.insert(np.array(sp._sizes(), np.int64), axis, 1))


def slice(sp_input: Any, start: Any, size: Any, name: str | None = None) -> SparseTensor:
    """A block of a sparse tensor.

    Args:
      sp_input: ``tf.SparseTensor``.
      start: int [rank], the first place.
      size: int [rank], the sizes; what lies outside is cut off.
      name: ignored.

    Returns:
      ``tf.SparseTensor``.

    >>> import kerax as tf
    >>> tf.sparse.slice(tf.SparseTensor([[3]], [5], [6]), [2], [9]).dense_shape.numpy()
    array([4])
    """
    sp = as_sparse(sp_input)
    first, count = (concrete(value, "start or size").astype(np.int64).reshape(-1) for value in (start, size))
    sizes = np.array(sp._sizes(), np.int64)
    if first.shape != sizes.shape or count.shape != sizes.shape:
        raise _bad(f"Expected start and size to be vectors of length {len(sizes)}")
    out = np.maximum(np.minimum(count, sizes - first), 0)
    places = sp._places()
    inside = np.flatnonzero(((places >= first) & (places < first + out)).all(1))
    return _rows(sp, inside, places[inside] - first, out)


def split(sp_input: Any = None, num_split: Any = None, axis: Any = None, name: str | None = None) -> list[SparseTensor]:
    """Parts along a dimension, as equal as they can be.

    Args:
      sp_input: ``tf.SparseTensor``.
      num_split: int, how many parts; the first ones are larger where it does not divide the size.
      axis: int.
      name: ignored.

    Returns:
      list of ``tf.SparseTensor``.

    Raises:
      ValueError: an argument is missing.

    >>> import kerax as tf
    >>> [part.shape for part in tf.sparse.split(tf.SparseTensor([[3]], [5], [5]), 2, 0)]
    [TensorShape([3]), TensorShape([2])]
    """
    for value, what in ((sp_input, "sp_input"), (num_split, "num_split"), (axis, "axis")):
        if value is None:
            raise ValueError(f"{what} is required")
    sp = as_sparse(sp_input)
    sizes = list(sp._sizes())
    axis = _axis(axis, len(sizes))
    if not 1 <= num_split <= sizes[axis]:
        raise _bad(f"num_split should be in [1, {sizes[axis]}], got {num_split}")
    each, more = divmod(sizes[axis], num_split)
    places, parts, first = sp._places(), [], 0
    for number in range(num_split):
        size = each + (number < more)
        inside = np.flatnonzero((places[:, axis] >= first) & (places[:, axis] < first + size))
        shifted = places[inside].copy()
        shifted[:, axis] -= first
        parts.append(_rows(sp, inside, shifted, [*sizes[:axis], size, *sizes[axis + 1 :]]))
        first += size
    return parts


def concat(
    axis: Any, sp_inputs: Sequence[Any], expand_nonconcat_dims: bool = False, name: str | None = None
) -> SparseTensor:
    """Sparse tensors one after the other along a dimension.

    Args:
      axis: int.
      sp_inputs: list of ``tf.SparseTensor`` of one rank.
      expand_nonconcat_dims: bool, whether other dimensions may differ and become as large as the largest.
      name: ignored.

    Returns:
      ``tf.SparseTensor``, its entries in row-major order.

    Raises:
      InvalidArgumentError: the shapes do not fit.

    >>> import kerax as tf
    >>> st = tf.SparseTensor([[0]], [5], [2])
    >>> tf.sparse.concat(0, [st, st]).indices.numpy()
    array([[0],
           [2]])
    """
    from kerax.array_ops.joining import concat as join

    if not isinstance(sp_inputs, (list, tuple)):
        sp_inputs = [sp_inputs]
    parts = [as_sparse(value) for value in sp_inputs]
    if not parts:
        raise _bad("SparseConcat needs at least one tensor")
    if len(parts) == 1:
        return parts[0]
    shapes = [part._sizes() for part in parts]
    rank = len(shapes[0])
    if any(len(shape) != rank for shape in shapes):
        raise _bad("Ranks of all input tensors must match")
    axis = _axis(axis, rank)
    sizes = [max(s) for s in zip(*shapes, strict=True)]
    if not expand_nonconcat_dims and any(s[d] != sizes[d] for s in shapes for d in range(rank) if d != axis):
        raise _bad(f"Input shapes must match outside of dimension {axis}, got {[list(s) for s in shapes]}")
    offsets = np.cumsum([0] + [shape[axis] for shape in shapes])
    sizes[axis] = int(offsets[-1])
    moved = []
    for part, offset in zip(parts, offsets[:-1], strict=True):
        places = part._places().copy()
        places[:, axis] += offset
        moved.append(places)
    places = np.concatenate(moved)
    rows = _sorted(places, sizes)
    return SparseTensor(places[rows], take_rows(join([p._values for p in parts], 0), rows), np.array(sizes, np.int64))


def stack(parts: Sequence[SparseTensor]) -> SparseTensor:
    """Sparse tensors of one shape along a new first dimension."""
    return concat(0, [expand_dims(part, 0) for part in parts], expand_nonconcat_dims=True)


def retain(sp_input: Any, to_retain: Any) -> SparseTensor:
    """Some of the entries.

    Args:
      sp_input: ``tf.SparseTensor`` of n entries.
      to_retain: bool [n].

    Returns:
      ``tf.SparseTensor`` of the same dense shape.

    Raises:
      ValueError: another number of entries.

    >>> import kerax as tf
    >>> tf.sparse.retain(tf.SparseTensor([[0], [1]], [5, 6], [2]), [False, True]).values.numpy()
    array([6], dtype=int32)
    """
    sp = as_sparse(sp_input)
    mask = convert_to_tensor(to_retain)
    if mask.shape.rank != 1:
        raise ValueError(f"Shape {mask.shape} must have rank 1")
    if mask._value.shape != sp._values._value.shape:
        raise ValueError(f"Dimensions {sp._values._value.shape[0]} and {mask._value.shape[0]} are not compatible")
    return _rows(sp, np.flatnonzero(concrete(mask, "to_retain")))


def reset_shape(sp_input: Any, new_shape: Any = None) -> SparseTensor:
    """The same entries in a larger dense shape, or in the smallest that holds them.

    Args:
      sp_input: ``tf.SparseTensor``.
      new_shape: int [rank], not smaller than the present one; the tight bounding box by default.

    Returns:
      ``tf.SparseTensor``.

    Raises:
      ValueError: the new shape is smaller, or has another rank.

    >>> import kerax as tf
    >>> tf.sparse.reset_shape(tf.SparseTensor([[1]], [5], [9])).dense_shape.numpy()
    array([2])
    """
    sp = as_sparse(sp_input)
    if new_shape is None:
        places = sp._places()
        sizes = places.max(0) + 1 if len(places) else np.zeros(places.shape[1], np.int64)
        return replaced(sp, None, None, sizes)
    sizes = concrete(new_shape, "new_shape").astype(np.int64)
    old = np.array(sp._sizes(), np.int64)
    if sizes.shape != old.shape:
        raise ValueError(f"Dimensions {sizes.size} and {old.size} are not compatible: new_shape has another rank")
    if (sizes < old).any():
        raise ValueError(
            "Requested new_shape should have dimension sizes >= sp_input.shape.  "
            f"Found new_shape ({sizes.tolist()}), sp_input.shape ({old.tolist()})."
        )
    return replaced(sp, None, None, sizes)


@op("values, default; order", name="SparseFillEmptyRows")
def _fill_in(values, default, order):
    return jnp.take(jnp.append(values, default), order, axis=0)


def fill_empty_rows(sp_input: Any, default_value: Any, name: str | None = None) -> tuple[SparseTensor, Tensor]:
    """Gives every row without entries one at its first place.

    Args:
      sp_input: ``tf.SparseTensor`` [rows, ...].
      default_value: scalar of the values' dtype.
      name: ignored.

    Returns:
      (``tf.SparseTensor``, bool [rows]: which rows were empty).

    >>> import kerax as tf
    >>> st, empty = tf.sparse.fill_empty_rows(tf.SparseTensor([[1, 1]], [5], [2, 2]), 0)
    >>> st.indices.numpy().tolist(), empty.numpy().tolist()
    ([[0, 0], [1, 1]], [True, False])
    """
    sp = as_sparse(sp_input)
    default = convert_to_tensor(default_value, sp.dtype)
    if default.shape.rank:
        raise _bad(f"default_value must be a scalar, saw: {default.shape}")
    places, rows = sp._places(), sp._sizes()[0]
    if len(places) and (places[:, 0].min() < 0 or places[:, 0].max() >= rows):
        raise _bad(f"indices({int(places[:, 0].argmax())}, 0) is invalid: {places[:, 0].max()} >= {rows}")
    empty = np.bincount(places[:, 0], minlength=rows) == 0
    added = np.zeros((int(empty.sum()), places.shape[1]), np.int64)
    added[:, 0] = np.flatnonzero(empty)
    whole = np.concatenate([places, added])
    order = np.argsort(whole[:, 0], kind="stable")
    values = _fill_in(sp._values, default, np.minimum(order, len(places)))
    return SparseTensor(whole[order], values, sp._dense_shape), convert_to_tensor(empty)


def mask(a: Any, mask_indices: Any, name: str | None = None) -> Any:
    """The slices of a ``tf.IndexedSlices`` whose indices are not masked.

    Args:
      a: ``tf.IndexedSlices``.
      mask_indices: int [n], the rows to leave out.
      name: ignored.

    Returns:
      ``tf.IndexedSlices``.

    >>> import kerax as tf
    >>> slices = tf.IndexedSlices(tf.constant([[1.0], [2.0]]), tf.constant([0, 4]))
    >>> tf.sparse.mask(slices, [0]).indices.numpy()
    array([4], dtype=int32)
    """
    kept = np.flatnonzero(~np.isin(concrete(a.indices, "indices"), concrete(mask_indices, "mask_indices")))
    return type(a)(take_rows(a.values, kept), take_rows(a.indices, kept), a.dense_shape)
