"""How often each number occurs, as a sparse tensor."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.array_ops._known import concrete
from kerax.core import dtypes, errors
from kerax.core.op import composed
from kerax.core.tensor import convert_to_tensor
from kerax.ragged.tensor import is_ragged
from kerax.sparse.tensor import SparseTensor, is_sparse


def _entries(values: Any, axis: int) -> tuple[np.ndarray, np.ndarray, list[int]]:
    """All values, the row of each, and the shape of the rows."""
    if is_sparse(values):
        numbers = concrete(values._values, "values")
        if axis == 0:
            return numbers, np.zeros(len(numbers), np.int64), []
        if len(values._sizes()) == 1:
            return numbers, np.zeros(len(numbers), np.int64), []
        return numbers, values._places()[:, 0], [values._sizes()[0]]
    if is_ragged(values):
        numbers = concrete(values.flat_values, "values")
        if axis == 0:
            return numbers, np.zeros(len(numbers), np.int64), []
        return numbers, concrete(values.value_rowids()).astype(np.int64), [int(values.shape[0])]
    numbers = concrete(values, "values")
    if numbers.ndim > 2:
        raise errors.InvalidArgumentError(None, None, f"Input must be a 1 or 2-dimensional tensor. Got: {numbers.ndim}")
    if axis == 0 or numbers.ndim < 2:
        return numbers.reshape(-1), np.zeros(numbers.size, np.int64), []
    return numbers.reshape(-1), np.repeat(np.arange(numbers.shape[0]), numbers.shape[1]), [numbers.shape[0]]


def _weights(weights: Any, values: Any) -> np.ndarray:
    if is_sparse(values):
        if not is_sparse(weights):
            raise ValueError(
                "Argument `weights` must be a SparseTensor if `values` is a SparseTensor. "
                f"Received weights={weights} of type: {type(weights).__name__}"
            )
        if weights._sizes() != values._sizes() or not np.array_equal(weights._places(), values._places()):
            raise errors.InvalidArgumentError(None, None, "'weights' and 'values' must have the same places.")
        return concrete(weights._values, "weights")
    if is_ragged(values):
        if not is_ragged(weights):
            raise ValueError(
                "`weights` must be a RaggedTensor if `values` is a RaggedTensor. "
                f"Received argument weights={weights} of type: {type(weights).__name__}."
            )
        if not np.array_equal(weights._splits(), values._splits()):
            raise errors.InvalidArgumentError(None, None, "'weights' and 'values' must have the same row splits.")
        return concrete(weights.flat_values, "weights")
    array = concrete(convert_to_tensor(weights), "weights")
    if array.shape != tuple(values.shape):
        raise errors.InvalidArgumentError(
            None, None, f"Weights and values must have the same shape: {array.shape} and {tuple(values.shape)}"
        )
    return array.reshape(-1)


@composed
def bincount(
    values: Any, weights: Any = None, axis: Any = 0, minlength: Any = None, maxlength: Any = None,
    binary_output: bool = False, name: str | None = None,
) -> SparseTensor:  # fmt: skip
    """Counts how often each number occurs.

    Args:
      values: int tensor, ragged or sparse tensor of rank 1 or 2.
      weights: like ``values``; a number counts as its weight instead of 1.
      axis: 0 counts over all values, -1 in each row.
      minlength: int, the smallest size of the counted dimension.
      maxlength: int, its size; larger numbers are left out.
      binary_output: bool, whether counts are 1.
      name: ignored.

    Returns:
      ``tf.SparseTensor`` [numbers] or [rows, numbers], of the dtype of the weights (or of the values).

    Raises:
      ValueError: weights with ``binary_output``, or another axis.
      InvalidArgumentError: a negative number.

    >>> import kerax as tf
    >>> tf.sparse.bincount([1, 1, 3]).values.numpy()
    array([2, 1], dtype=int32)
    """
    if not (is_sparse(values) or is_ragged(values)):
        values = convert_to_tensor(values)
    if weights is not None and binary_output:
        raise ValueError("Arguments `binary_output` and `weights` are mutually exclusive. Please specify only one.")
    axis = 0 if axis is None else axis
    if axis not in (0, -1):
        raise ValueError(f"Unsupported value for argument axis={axis}. Only 0 and -1 are currently supported.")
    if values.dtype not in (dtypes.int32, dtypes.int64):
        raise errors.InvalidArgumentError(
            None, None, f"Value for attr 'T' of {values.dtype.name} is not in the list of allowed values: int32, int64"
        )
    given = None if weights is None else _weights(weights, values)
    numbers, rows, shape = _entries(values, axis)
    if numbers.size and numbers.min() < 0:
        raise errors.InvalidArgumentError(None, None, "Input values must all be non-negative")
    size = int(numbers.max(initial=0)) + 1
    size = max(size, -1 if minlength is None else int(concrete(minlength)))
    if maxlength is not None:
        limit = int(concrete(maxlength))
        inside = numbers < limit
        numbers, rows = numbers[inside], rows[inside]
        given = None if given is None else given[inside]
        size = limit
    keys, back = np.unique(rows * max(size, 1) + numbers, return_inverse=True)
    counts = np.zeros(len(keys), values.dtype.as_numpy_dtype if given is None else given.dtype)
    np.add.at(counts, back.reshape(-1), 1 if given is None else given)
    if binary_output:
        counts = np.minimum(counts, 1)
    row, number = np.divmod(keys, max(size, 1))
    places = np.stack([row, number], 1) if shape else number[:, None]
    return SparseTensor(places.astype(np.int64), counts, np.array([*shape, size], np.int64))
