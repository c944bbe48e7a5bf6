"""Crosses of features held by sparse tensors."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core.value import Tensor
from kerax.ragged.crossing import combinations, hashed, joined
from kerax.sparse.tensor import SparseTensor, is_sparse


def _sparse_columns(inputs: Any) -> list[Any]:
    if not isinstance(inputs, (tuple, list)):
        raise TypeError("Inputs must be a list")
    if not all(is_sparse(value) or isinstance(value, Tensor) for value in inputs):
        raise TypeError("All inputs must be Tensor or SparseTensor.")
    return [v for v in inputs if is_sparse(v)] + [v for v in inputs if not is_sparse(v)]


def _as_sparse(rows: list[list[Any]], values: np.ndarray) -> SparseTensor:
    counts = [len(row) for row in rows]
    inner = [column for count in counts for column in range(count)]
    places = np.stack([np.repeat(np.arange(len(rows)), counts), np.array(inner, np.int64)], 1)
    return SparseTensor(places.astype(np.int64), values, np.array([len(rows), max(counts, default=0)], np.int64))


def cross(inputs: Any, name: str | None = None, separator: Any = None) -> SparseTensor:
    """All combinations of the values of a row, joined to strings.

    Args:
      inputs: list of ``tf.SparseTensor`` and tensors of rank 2, of integers or strings; sparse ones come first.
      name: ignored.
      separator: str between the parts, ``"_X_"`` by default.

    Returns:
      string ``tf.SparseTensor`` [rows, combinations].

    Raises:
      TypeError: the inputs are no list of tensors.
      InvalidArgumentError: the numbers of rows differ.

    >>> import kerax as tf
    >>> st = tf.SparseTensor([[0, 0], [0, 1]], ["a", "b"], [1, 2])
    >>> tf.sparse.cross([st, tf.constant([["c"]])]).values.numpy()
    array([b'a_X_c', b'b_X_c'], dtype=object)
    """
    rows = combinations(_sparse_columns(inputs))
    glue = "_X_" if separator is None else separator
    glue = glue.numpy() if isinstance(glue, Tensor) else glue
    return _as_sparse(rows, joined(rows, glue.encode() if isinstance(glue, str) else glue))


def cross_hashed(inputs: Any, num_buckets: int = 0, hash_key: int | None = None, name: str | None = None) -> Any:
    """All combinations of the values of a row, as hash numbers.

    Args:
      inputs: list of ``tf.SparseTensor`` and tensors of rank 2, of integers or strings; sparse ones come first.
      num_buckets: int, the number of buckets; 0 for all non-negative numbers of 63 bits.
      hash_key: int, the key; TensorFlow's own by default.
      name: ignored.

    Returns:
      int64 ``tf.SparseTensor`` [rows, combinations].

    >>> import kerax as tf
    >>> st = tf.SparseTensor([[0, 0]], ["a"], [1, 1])
    >>> tf.sparse.cross_hashed([st, tf.constant([["c"]])], 1).values.numpy()
    array([0])
    """
    rows = combinations(_sparse_columns(inputs))
    return _as_sparse(rows, hashed(rows, int(num_buckets), hash_key))
