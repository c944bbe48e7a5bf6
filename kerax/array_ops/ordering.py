"""Order and membership: sort, argsort, searchsorted, unique, histograms."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from kerax.array_ops._known import concrete, index_dtype, invalid, known
from kerax.array_ops._sorting import order_along, sorted_along
from kerax.core import dtypes
from kerax.core.op import composed, op, static
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor


class Unique(NamedTuple):
    """Result of ``tf.unique``."""

    y: Tensor
    idx: Tensor


class UniqueWithCounts(NamedTuple):
    """Result of ``tf.unique_with_counts``."""

    y: Tensor
    idx: Tensor
    count: Tensor


def _first_seen(x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Distinct values in the order of their first appearance, each element's number, and counts."""
    if x.dtype == object:
        numbers: dict[Any, int] = {}
        idx = np.array([numbers.setdefault(item, len(numbers)) for item in x.tolist()], np.int64)
        y = np.empty(len(numbers), object)
        y[:] = list(numbers)
        return y, idx, np.bincount(idx, minlength=len(numbers))
    _, first, inverse, counts = np.unique(
        x, return_index=True, return_inverse=True, return_counts=True, equal_nan=False
    )
    order = np.argsort(first, kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(order.size)
    return x[first[order]], place[inverse.reshape(-1)], counts[order]


@op("x", host=True, name="Unique")
def _unique(x, out_idx):
    if x.ndim != 1:
        raise invalid("unique expects a 1D vector. [Op:Unique]")
    y, idx, _ = _first_seen(x)
    return Unique(y, idx.astype(index_dtype(out_idx)))


def unique(x: Any, out_idx: Any = dtypes.int32, name: str | None = None) -> Any:
    """The distinct elements, in the order of their first appearance.

    Args:
      x: tensor [n].
      out_idx: dtype of ``idx``, tf.int32 or tf.int64.
      name: ignored.

    Returns:
      (y, idx): the distinct elements, and for each element of ``x`` its place in ``y``.

    >>> import kerax as tf
    >>> tf.unique([3, 1, 3]).y.numpy()
    array([3, 1], dtype=int32)
    """
    return _unique(x, dtypes.as_dtype(out_idx))


@op("x", host=True, name="UniqueWithCounts")
def _unique_with_counts(x, out_idx):
    if x.ndim != 1:
        raise invalid("unique expects a 1D vector. [Op:UniqueWithCounts]")
    y, idx, count = _first_seen(x)
    return UniqueWithCounts(y, idx.astype(index_dtype(out_idx)), count.astype(index_dtype(out_idx)))


def unique_with_counts(x: Any, out_idx: Any = dtypes.int32, name: str | None = None) -> Any:
    """The distinct elements, in the order of their first appearance, and how often each occurs.

    Args:
      x: tensor [n].
      out_idx: dtype of ``idx`` and ``count``, tf.int32 or tf.int64.
      name: ignored.

    Returns:
      (y, idx, count).

    >>> import kerax as tf
    >>> tf.unique_with_counts([3, 1, 3]).count.numpy()
    array([2, 1], dtype=int32)
    """
    return _unique_with_counts(x, dtypes.as_dtype(out_idx))


def _check_direction(direction: str) -> bool:
    if direction not in ("ASCENDING", "DESCENDING"):
        raise ValueError(
            f"Argument `direction` should be one of ASCENDING, DESCENDING. Received: direction={direction}"
        )
    return direction == "DESCENDING"


def _sort_axis(values: Tensor, axis: Any) -> int:
    axis = int(static(axis, "axis"))
    rank = values.shape.rank
    if not -rank <= axis < rank:
        raise invalid(f"Argument `axis` = {axis} is out of range for a tensor of rank {rank}")
    return axis


@op("values: float int", name="TopKV2")
def _sort(values, axis, descending):
    return sorted_along(values, axis, descending)


@composed
def sort(values: Any, axis: Any = -1, direction: str = "ASCENDING", name: str | None = None) -> Any:
    """Sorts along a dimension.

    Args:
      values: tensor of real numbers.
      axis: int, the dimension.
      direction: ``"ASCENDING"`` or ``"DESCENDING"``.
      name: ignored.

    Returns:
      Tensor of the same shape.

    Raises:
      ValueError: another direction.

    >>> import kerax as tf
    >>> tf.sort([3, 1, 2]).numpy()
    array([1, 2, 3], dtype=int32)
    """
    descending = _check_direction(direction)
    values = convert_to_tensor(values)
    return _sort(values, _sort_axis(values, axis), descending)


@op("values: float int", name="TopKV2", differentiable=False)
def _argsort(values, axis, descending):
    return order_along(values, axis, descending)


@composed
def argsort(
    values: Any, axis: Any = -1, direction: str = "ASCENDING", stable: bool = False, name: str | None = None
) -> Any:
    """The indices that sort along a dimension; equal elements keep their order.

    Args:
      values: tensor of real numbers.
      axis: int, the dimension.
      direction: ``"ASCENDING"`` or ``"DESCENDING"``.
      stable: bool; the order is always stable.
      name: ignored.

    Returns:
      int32 Tensor of the same shape.

    Raises:
      ValueError: another direction.

    >>> import kerax as tf
    >>> tf.argsort([3, 1, 2]).numpy()
    array([1, 2, 0], dtype=int32)
    """
    descending = _check_direction(direction)
    values = convert_to_tensor(values)
    return _argsort(values, _sort_axis(values, axis), descending)


@op("sorted_sequence, values", name="SearchSorted", differentiable=False)
def _searchsorted(sorted_sequence, values, side, out_type):
    find = lambda s, v: jnp.searchsorted(s, v, side=side)  # noqa: E731
    count = sorted_sequence.shape[-1]
    if not count:
        return jnp.zeros(values.shape, index_dtype(out_type))
    flat = jax.vmap(find)(sorted_sequence.reshape(-1, count), values.reshape(-1, values.shape[-1]))
    return flat.reshape(values.shape).astype(index_dtype(out_type))


@composed
def searchsorted(
    sorted_sequence: Any, values: Any, side: str = "left", out_type: Any = dtypes.int32, name: str | None = None
) -> Any:
    """Where values would be inserted into sorted sequences.

    Args:
      sorted_sequence: tensor [..., n], sorted along its last dimension.
      values: tensor [..., m] of the same dtype.
      side: ``"left"`` (before equal elements) or ``"right"`` (after them).
      out_type: tf.int32 or tf.int64.
      name: ignored.

    Returns:
      int Tensor [..., m].

    Raises:
      ValueError: another side.

    >>> import kerax as tf
    >>> tf.searchsorted([1, 3, 5], [3, 4]).numpy()
    array([1, 2], dtype=int32)
    """
    if side not in ("left", "right"):
        raise ValueError(f"Argument `side` must be either 'right' or 'left'. Received: `side` = '{side}'.")
    sequence = convert_to_tensor(sorted_sequence)
    wanted = convert_to_tensor(values)
    if not sequence.shape.rank or not wanted.shape.rank:
        raise invalid("slice index -1 of dimension 0 out of bounds. [Op:StridedSlice]")
    if math.prod(sequence._value.shape[:-1]) != math.prod(wanted._value.shape[:-1]):
        raise invalid(
            f"Leading dim_size of both tensors must match. Got {sequence.shape} and {wanted.shape} [Op:LowerBound]"
        )
    return _searchsorted(sequence, wanted, side, dtypes.as_dtype(out_type))


@op("values, value_range: float int", name="HistogramFixedWidthBins", differentiable=False)
def _bins(values, value_range, nbins, dtype):
    real = values.dtype if jnp.issubdtype(values.dtype, jnp.floating) else jnp.float64
    low, high = value_range[0].astype(real), value_range[1].astype(real)
    scaled = (values.astype(real) - low) / (high - low)
    return jnp.clip(jnp.floor(scaled * nbins), 0, nbins - 1).astype(dtypes.as_dtype(dtype).dtype)


def _checked_range(values: Any, value_range: Any, nbins: Any) -> tuple[Tensor, Tensor, int]:
    values = convert_to_tensor(values)
    limits = convert_to_tensor(value_range, None if hasattr(value_range, "dtype") else values.dtype)
    array = known(limits)
    if limits._value.shape != (2,):
        raise invalid(f"value_range should be a vector of 2 elements, got shape {limits.shape}")
    if array is not None and not array[0] < array[1]:
        raise invalid(
            f"value_range should satisfy value_range[0] < value_range[1], but got '[{array[0]:g}, {array[1]:g}]' "
            "[Op:HistogramFixedWidth]"
        )
    count = int(concrete(nbins, "nbins"))
    if count <= 0:
        raise invalid(f"nbins should be a positive number, but got '{count}' [Op:HistogramFixedWidth]")
    return values, limits, count


def histogram_fixed_width_bins(
    values: Any, value_range: Any, nbins: Any = 100, dtype: Any = dtypes.int32, name: str | None = None
) -> Any:
    """The bin of each value in a histogram of equal bins; what lies outside goes to the first or last.

    Args:
      values: tensor of real numbers.
      value_range: [2], the smallest and largest value, of the same dtype.
      nbins: int, the number of bins.
      dtype: dtype of the result.
      name: ignored.

    Returns:
      int Tensor of the shape of ``values``.

    >>> import kerax as tf
    >>> tf.histogram_fixed_width_bins([-1.0, 0.5, 9.0], [0.0, 2.0], nbins=4).numpy()
    array([0, 1, 3], dtype=int32)
    """
    return _bins(*_checked_range(values, value_range, nbins), dtypes.as_dtype(dtype))


@op("bins: int", name="HistogramFixedWidth", differentiable=False)
def _count(bins, nbins, dtype):
    return jnp.zeros(nbins, dtypes.as_dtype(dtype).dtype).at[bins.reshape(-1)].add(1)


def histogram_fixed_width(
    values: Any, value_range: Any, nbins: Any = 100, dtype: Any = dtypes.int32, name: str | None = None
) -> Any:
    """How many values fall into each of the equal bins of a range.

    Args:
      values: tensor of real numbers.
      value_range: [2], the smallest and largest value, of the same dtype.
      nbins: int, the number of bins.
      dtype: dtype of the counts.
      name: ignored.

    Returns:
      int Tensor [nbins].

    >>> import kerax as tf
    >>> tf.histogram_fixed_width([0.0, 1.0, 2.5], [0.0, 2.0], nbins=4).numpy()
    array([1, 0, 1, 1], dtype=int32)
    """
    values, limits, count = _checked_range(values, value_range, nbins)
    return _count(_bins(values, limits, count, dtypes.int32), count, dtypes.as_dtype(dtype))
