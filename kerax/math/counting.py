"""Histograms of integers: counts by value, and confusion matrices."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes, errors
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.math._values import concrete
from kerax.math.casting import cast


@op("values: int; rows: int; weights", differentiable=False)
def _histogram(values, rows, weights=None, size=0, row_count=1, dtype=None, binary=False, name=None):
    """Counts (or weights) by row and value; values out of range are left out."""
    values, rows = values.reshape(-1), rows.reshape(-1)
    kind = dtypes.as_dtype(dtype).dtype if weights is None else weights.dtype
    amounts = jnp.ones(values.shape, kind) if weights is None else weights.reshape(-1)
    table = jnp.zeros((row_count, size), kind)
    place = (rows, jnp.where(values < 0, size, values))
    if binary:
        return table.at[place].set(jnp.ones((), kind), mode="drop")
    return table.at[place].add(amounts, mode="drop")


def _scalar(value: Any, what: str) -> int | None:
    if value is None:
        return None
    known = concrete(value)
    if known is None:
        raise errors.Uncompilable(f"tf.math.bincount with a traced {what}")
    return int(known)


def _row_numbers(arr: Any) -> tuple[Any, Any, int]:
    """(values, row of each value, number of rows) of a dense, ragged or sparse matrix."""
    if hasattr(arr, "value_rowids"):
        return arr.values, arr.value_rowids(), int(concrete(arr.nrows()))
    if hasattr(arr, "dense_shape"):
        return arr.values, arr.indices[:, 0], int(concrete(arr.dense_shape)[0])
    rows, columns = arr.shape
    return arr, convert_to_tensor(np.repeat(np.arange(rows, dtype=np.int32), columns)), int(rows)


def bincount(
    arr: Any,
    weights: Any = None,
    minlength: Any = None,
    maxlength: Any = None,
    dtype: Any = dtypes.int32,
    name: str | None = None,
    axis: int | None = None,
    binary_output: bool = False,
) -> Any:
    """Counts how often each integer occurs.

    Args:
      arr: tensor, ragged or sparse tensor of integers from 0.
      weights: what to add in place of 1 for each element; of the shape of ``arr``.
      minlength: int, the least length of the result.
      maxlength: int, its greatest length; larger values are left out.
      dtype: dtype of the counts, where there are no weights.
      name: str, optional.
      axis: None or 0 to count over everything, -1 to count in each row of a matrix.
      binary_output: bool, whether the result says 1 for occurs and 0 for does not.

    Returns:
      Tensor ``[largest value + 1]``, or ``[rows, largest value + 1]`` for ``axis=-1``.

    Raises:
      InvalidArgumentError: for negative values.
      ValueError: for another axis.

    >>> import kerax as tf
    >>> tf.math.bincount([1, 1, 3]).numpy()
    array([0, 2, 0, 1], dtype=int32)
    """
    if axis not in (None, 0, -1):
        raise ValueError(f"Unsupported value for argument axis={axis}. Only 0 and -1 are currently supported.")
    if binary_output and weights is not None:
        raise ValueError("Arguments `binary_output` and `weights` are mutually exclusive. Please specify only one.")
    composite = hasattr(arr, "value_rowids") or hasattr(arr, "dense_shape")
    if not composite:
        arr = convert_to_tensor(arr)
        if not arr.dtype.is_integer:
            arr = cast(arr, dtypes.int32)
    if axis == -1 and (composite or len(arr.shape) == 2):
        values, rows, row_count = _row_numbers(arr)
    else:
        values = (arr.flat_values if hasattr(arr, "flat_values") else arr.values) if composite else arr
        rows, row_count = None, 1
    if weights is not None and composite and not hasattr(weights, "_kerax_components"):
        raise ValueError(
            f"`weights` must be a {type(arr).__name__} as `values` is. Received argument weights={weights}."
        )
    if hasattr(weights, "flat_values"):
        weights = weights.flat_values
    elif hasattr(weights, "dense_shape"):
        weights = weights.values
    if weights is not None:
        weights = convert_to_tensor(weights)
        if weights.shape == (0,):  # no weights, but their dtype
            weights, dtype = None, weights.dtype
    size = _length(values, _scalar(minlength, "minlength"), _scalar(maxlength, "maxlength"))
    if rows is None:
        rows = convert_to_tensor(np.zeros(tuple(values.shape), np.int32))
    table = _histogram(values, rows, weights, size, row_count, dtype, bool(binary_output))
    return table if axis == -1 and (composite or len(arr.shape) == 2) else table[0]


def _length(values: Any, least: int | None, greatest: int | None) -> int:
    known = concrete(values)
    if known is None:
        if greatest is None or least != greatest:
            raise errors.Uncompilable("tf.math.bincount without equal minlength and maxlength")
        return greatest
    if known.size and known.min() < 0:
        raise errors.InvalidArgumentError(None, None, "Input arr must be non-negative!")
    size = int(known.max()) + 1 if known.size else 0
    size = max(size, least or 0)
    return size if greatest is None else min(size, greatest)


def _squeezed(labels: Any, predictions: Any) -> tuple[Any, Any]:
    """Removes a last axis of size 1 that one of the two has too many."""
    difference = len(predictions.shape) - len(labels.shape)
    if difference == 1 and predictions.shape[-1] == 1:
        predictions = predictions[..., 0]
    elif difference == -1 and labels.shape[-1] == 1:
        labels = labels[..., 0]
    return labels, predictions


@op("labels: int; predictions: int; weights")
def _confusion(labels, predictions, weights=None, classes=0, dtype=None, name=None):
    kind = dtypes.as_dtype(dtype).dtype
    amounts = jnp.ones(predictions.shape, kind) if weights is None else weights.astype(kind)
    return jnp.zeros((classes, classes), kind).at[labels, predictions].add(amounts, mode="drop")


def confusion_matrix(
    labels: Any,
    predictions: Any,
    num_classes: Any = None,
    weights: Any = None,
    dtype: Any = dtypes.int32,
    name: str | None = None,
) -> Any:
    """Counts how often each label (row) was predicted as each class (column).

    Args:
      labels: tensor ``[n]`` of class numbers.
      predictions: tensor ``[n]`` of class numbers.
      num_classes: int; by default one more than the largest number.
      weights: tensor ``[n]``, what to add in place of 1.
      dtype: dtype of the result.
      name: str, optional.

    Returns:
      Tensor ``[num_classes, num_classes]``.

    Raises:
      InvalidArgumentError: for negative numbers and those not below ``num_classes``.
      ValueError: if the shapes differ.

    >>> import kerax as tf
    >>> tf.math.confusion_matrix([0, 1], [1, 1]).numpy()
    array([[0, 1],
           [0, 1]], dtype=int32)
    """
    labels, predictions = _squeezed(convert_to_tensor(labels), convert_to_tensor(predictions))
    labels, predictions = cast(labels, dtypes.int64), cast(predictions, dtypes.int64)
    known = [concrete(labels), concrete(predictions)]
    for values, what in zip(known, ("labels", "predictions"), strict=True):
        if values is not None and values.size and values.min() < 0:
            raise errors.InvalidArgumentError(None, None, f"`{what}` contains negative values")
    if num_classes is None:
        if known[0] is None or known[1] is None:
            raise errors.Uncompilable("tf.math.confusion_matrix without num_classes")
        classes = max((int(values.max()) for values in known if values.size), default=-1) + 1
    else:
        classes = _scalar(num_classes, "num_classes")
        for values, what in zip(known, ("labels", "predictions"), strict=True):
            if values is not None and values.size and values.max() >= classes:
                raise errors.InvalidArgumentError(None, None, f"`{what}` out of bound")
    if weights is not None:
        weights = cast(weights, dtype)
        if not weights.shape.is_compatible_with(predictions.shape):
            raise ValueError(f"Shapes {predictions.shape} and {weights.shape} are incompatible")
    return _confusion(labels, predictions, weights, classes, dtype)
