"""``tf.sets``: the last dimension of tensors as sets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from kerax.array_ops._known import concrete
from kerax.core import dtypes, errors
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.sparse.conversion import check_places
from kerax.sparse.tensor import SparseTensor, is_sparse, linear

_VALID = (dtypes.int8, dtypes.int16, dtypes.int32, dtypes.int64, dtypes.uint8, dtypes.uint16, dtypes.string)


def _converted(value: Any, what: str) -> Any:
    value = value if is_sparse(value) else convert_to_tensor(value)
    if value.dtype not in _VALID:
        raise TypeError(f"'{what}' has invalid dtype `{value.dtype}` not in supported dtypes: `{_VALID}`.")
    return value


def _sizes(shape: tuple[int, ...]) -> str:
    return f"[{','.join(map(str, shape))}]"


def _groups(value: Any, validate: bool) -> tuple[tuple[int, ...], np.ndarray, np.ndarray]:
    """(shape without the last dimension, the group of each element, the elements)."""
    if is_sparse(value):
        sizes, places = value._sizes(), value._places()
        if len(sizes) < 2:
            raise errors.InvalidArgumentError(None, None, f"Expected rank of at least 2, got {len(sizes)}")
        check_places(places, sizes, validate)
        return sizes[:-1], linear(places[:, :-1], sizes[:-1]), concrete(value.values, "values")
    array = concrete(value, "set")
    if array.ndim < 2:
        raise errors.InvalidArgumentError(None, None, f"Shape {_sizes(array.shape)} has rank {array.ndim} < 2")
    outer = array.shape[:-1]
    count = int(np.prod(outer))
    return outer, np.repeat(np.arange(count), array.shape[-1]), array.reshape(-1)


def _operation(a: Any, b: Any, validate: bool, keep: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> SparseTensor:
    a, b = _converted(a, "a"), _converted(b, "b")
    if a.dtype is not b.dtype:
        raise TypeError(f"Types don't match, {a.dtype} vs {b.dtype}.")
    outer, at_a, in_a = _groups(a, bool(validate))
    other, at_b, in_b = _groups(b, bool(validate))
    if outer != other:
        raise errors.InvalidArgumentError(None, None, f"Mismatched shapes {_sizes(outer)} vs {_sizes(other)}")
    pool, codes = np.unique(np.concatenate([in_a, in_b]), return_inverse=True)
    size = max(len(pool), 1)
    keys_a, keys_b = np.split(np.concatenate([at_a, at_b]) * size + codes.reshape(-1), [len(in_a)])
    groups, items = np.divmod(keep(keys_a, keys_b), size)
    groups = groups.astype(np.int64)
    counts = np.bincount(groups, minlength=int(np.prod(outer)))
    starts = np.cumsum(counts) - counts
    inner = np.arange(len(groups)) - starts[groups]
    places = [*np.unravel_index(groups, outer), inner] if len(groups) else [np.zeros(0)] * (len(outer) + 1)
    shape = np.array([*outer, int(counts.max(initial=0))], np.int64)
    values = pool[items.astype(np.int64)] if len(pool) else in_a[:0]
    return SparseTensor(np.stack(places, 1).astype(np.int64), values, shape)


def size(a: Any, validate_indices: bool = True) -> Tensor:
    """The number of different elements in each set.

    Args:
      a: ``tf.SparseTensor`` [..., n].
      validate_indices: bool, whether the indices are checked.

    Returns:
      int32 Tensor [...].

    Raises:
      TypeError: the input is not sparse, or of a dtype that sets do not have.

    >>> import kerax as tf
    >>> tf.sets.size(tf.SparseTensor([[0, 0], [0, 1]], [5, 5], [1, 2])).numpy()
    array([1], dtype=int32)
    """
    if not is_sparse(a):
        raise TypeError(f"Expected `SparseTensor`, got {a}.")
    _converted(a, "a")
    outer, groups, items = _groups(a, bool(validate_indices))
    _, codes = np.unique(items, return_inverse=True)
    keys = np.unique(groups * max(len(items), 1) + codes.reshape(-1))
    counts = np.bincount((keys // max(len(items), 1)).astype(np.int64), minlength=int(np.prod(outer)))
    return convert_to_tensor(counts.astype(np.int32).reshape(outer))


def intersection(a: Any, b: Any, validate_indices: bool = True) -> SparseTensor:
    """The elements that are in both sets.

    Args:
      a: tensor or ``tf.SparseTensor`` [..., n] of integers or strings.
      b: likewise [..., m].
      validate_indices: bool, whether sparse indices are checked.

    Returns:
      ``tf.SparseTensor`` [..., k], each set in ascending order.

    Raises:
      TypeError: the dtypes differ or are none that sets have.
      InvalidArgumentError: the other dimensions differ.

    >>> import kerax as tf
    >>> tf.sparse.to_dense(tf.sets.intersection([[1, 2]], [[2, 3]])).numpy()
    array([[2]], dtype=int32)
    """
    return _operation(a, b, validate_indices, np.intersect1d)


def difference(a: Any, b: Any, aminusb: bool = True, validate_indices: bool = True) -> SparseTensor:
    """The elements of one set that are not in the other.

    Args:
      a: tensor or ``tf.SparseTensor`` [..., n] of integers or strings.
      b: likewise [..., m].
      aminusb: bool, whether those of ``a`` without ``b`` are meant; else those of ``b`` without ``a``.
      validate_indices: bool, whether sparse indices are checked.

    Returns:
      ``tf.SparseTensor`` [..., k], each set in ascending order.

    >>> import kerax as tf
    >>> tf.sparse.to_dense(tf.sets.difference([[1, 2]], [[2, 3]])).numpy()
    array([[1]], dtype=int32)
    """
    keep = np.setdiff1d if aminusb else lambda x, y: np.setdiff1d(y, x)
    return _operation(a, b, validate_indices, keep)


def union(a: Any, b: Any, validate_indices: bool = True) -> SparseTensor:
    """The elements that are in either set.

    Args:
      a: tensor or ``tf.SparseTensor`` [..., n] of integers or strings.
      b: likewise [..., m].
      validate_indices: bool, whether sparse indices are checked.

    Returns:
      ``tf.SparseTensor`` [..., k], each set in ascending order.

    >>> import kerax as tf
    >>> tf.sparse.to_dense(tf.sets.union([[1, 2]], [[2, 3]])).numpy()
    array([[1, 2, 3]], dtype=int32)
    """
    return _operation(a, b, validate_indices, np.union1d)
