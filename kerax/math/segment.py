"""Reductions over segments: elements that share an id."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from kerax.core import errors
from kerax.core.op import composed, op
from kerax.core.tensor import Symbolic, SymbolicInput, convert_to_tensor
from kerax.math._values import concrete


def _rows(data: Any, ids: Any) -> tuple[Any, Any]:
    """Data as rows, one id per row."""
    if data.shape[: ids.ndim] != ids.shape:
        raise errors.InvalidArgumentError(
            None,
            None,
            f"data.shape = {list(data.shape)} does not start with segment_ids.shape = {list(ids.shape)}",
        )
    return data.reshape((ids.size, *data.shape[ids.ndim :])), ids.reshape(-1)


def _gathered(values: Any, ids: Any) -> Any:
    """The value of each row's segment; 0 for rows without one."""
    return jnp.asarray(values).at[ids].get(mode="fill", fill_value=0)


def _spread(ids: Any, data: Any) -> Any:
    return ids.reshape(ids.shape + (1,) * (data.ndim - 1))


def _sum(data: Any, ids: Any, count: int) -> Any:
    return jnp.zeros((count, *data.shape[1:]), data.dtype).at[ids].add(data, mode="drop")


def _extremum(data: Any, ids: Any, count: int, highest: bool, empty: Any) -> Any:
    """Largest or smallest element by segment; equal extrema share the gradient."""

    def value(rows, ids):
        start = jnp.full((count, *rows.shape[1:]), empty, rows.dtype)
        update = start.at[ids]
        found = update.max(rows, mode="drop") if highest else update.min(rows, mode="drop")
        return found

    if not jnp.issubdtype(data.dtype, jnp.inexact):
        return value(data, ids)
    wrapped = jax.custom_jvp(value)

    @wrapped.defjvp
    def jvp(primals, tangents):
        (rows, ids), (tangent, _) = primals, tangents
        out = wrapped(rows, ids)
        chosen = (rows == _gathered(out, ids)).astype(rows.dtype)
        ties = jnp.maximum(_sum(chosen, ids, count), 1)
        return out, _sum(tangent * chosen, ids, count) / ties

    return wrapped(data, ids)


def _product(data: Any, ids: Any, count: int) -> Any:
    """Product by segment; the gradient is exact where elements are 0."""

    def value(rows, ids):
        return jnp.ones((count, *rows.shape[1:]), rows.dtype).at[ids].multiply(rows, mode="drop")

    if not jnp.issubdtype(data.dtype, jnp.inexact):
        return value(data, ids)
    wrapped = jax.custom_jvp(value)

    @wrapped.defjvp
    def jvp(primals, tangents):
        (rows, ids), (tangent, _) = primals, tangents
        zero = rows == 0
        safe = jnp.where(zero, jnp.ones_like(rows), rows)
        zeros = _gathered(_sum(zero.astype(jnp.int32), ids, count), ids)
        others = _gathered(value(safe, ids), ids) / safe
        others = jnp.where(zeros == zero.astype(jnp.int32), others, jnp.zeros_like(others))
        return wrapped(rows, ids), _sum(tangent * others, ids, count)

    return wrapped(data, ids)


def _lowest(dtype: Any, highest: bool) -> Any:
    info = jnp.finfo(dtype) if jnp.issubdtype(dtype, jnp.inexact) else jnp.iinfo(dtype)
    return info.min if highest else info.max


def _sizes(ids: Any, count: int, data: Any, dtype: Any) -> Any:
    return _spread(_sum(jnp.ones(ids.shape, dtype), ids, count), data)


@op("data: number; segment_ids: int")
def _segment(data, segment_ids, kind, count, name=None):
    rows, ids = _rows(data, segment_ids)
    ids = jnp.where(ids < 0, count, ids)
    if kind == "sum":
        return _sum(rows, ids, count)
    if kind == "prod":
        return _product(rows, ids, count)
    if kind in ("max", "min"):
        return _extremum(rows, ids, count, kind == "max", _lowest(rows.dtype, kind == "max"))
    if kind == "mean":
        if jnp.issubdtype(rows.dtype, jnp.integer):
            rows = rows.astype(jnp.float32 if rows.dtype.itemsize < 4 else jnp.float64)
        return _sum(rows, ids, count) / jnp.maximum(_sizes(ids, count, rows, rows.dtype), 1)
    return _sum(rows, ids, count) / jnp.sqrt(jnp.maximum(_sizes(ids, count, rows, rows.dtype), 1))


@op("data: number; segment_ids: int")
def _sorted_segment(data, segment_ids, kind, count, name=None):
    if kind == "mean":
        total = _sum(data, segment_ids, count)
        sizes = jnp.maximum(_sizes(segment_ids, count, data, data.dtype), 1)
        return lax.div(*jnp.broadcast_arrays(total, sizes)) if total.dtype.kind in "iu" else total / sizes
    if kind in ("max", "min"):
        filled = _segment.pure(data, segment_ids, kind, count)
        present = _sizes(segment_ids, count, data, jnp.int32) > 0
        return jnp.where(present, filled, jnp.zeros_like(filled))
    return _segment.pure(data, segment_ids, kind, count)


def _segment_count(data: Any, segment_ids: Any, label: str) -> int:
    """The number of segments of sorted ids, which must be known now."""
    if isinstance(segment_ids, Symbolic):
        raise SymbolicInput
    ids = concrete(segment_ids)
    if ids is None:
        raise errors.Uncompilable(f"tf.math.{label}")
    if ids.dtype.kind not in "iu":
        raise errors.InvalidArgumentError(
            None,
            None,
            f"Value for attr 'Tindices' of {ids.dtype} is not in the list of allowed values: int32, int64",
        )
    if ids.ndim != 1 or tuple(data.shape)[:1] != ids.shape:
        raise errors.InvalidArgumentError(None, None, "segment_ids should be the same size as dimension 0 of input.")
    if ids.size == 0:
        return 0
    if (np.diff(ids) < 0).any():
        raise errors.InvalidArgumentError(None, None, "segment ids are not increasing")
    if ids[0] < 0:
        raise errors.InvalidArgumentError(
            None,
            None,
            f"Segment id {ids[0]} out of range [0, {ids[-1] + 1}), possibly because 'segment_ids' input is not sorted.",
        )
    return int(ids[-1]) + 1


def _sorted(data: Any, segment_ids: Any, kind: str) -> Any:
    data, segment_ids = convert_to_tensor(data), convert_to_tensor(segment_ids)
    count = _segment_count(data, segment_ids, f"segment_{kind}")
    return _sorted_segment(data, segment_ids, kind, count)


def _unsorted(data: Any, segment_ids: Any, num_segments: Any, kind: str) -> Any:
    count = concrete(num_segments)
    if count is not None and (count.ndim or count.dtype.kind not in "iub"):
        raise errors.InvalidArgumentError(
            None, None, f"num_segments should be a scalar of integers, not {count.dtype} of shape {list(count.shape)}"
        )
    if num_segments is None:
        convert_to_tensor(num_segments)  # raises
    known = concrete(segment_ids)
    if count is not None and known is not None and known.dtype.kind in "iu" and (known >= count).any():
        where = tuple(int(i) for i in np.argwhere(known >= count)[0])
        place = ",".join(map(str, where))
        raise errors.InvalidArgumentError(
            None, None, f"segment_ids[{place}] = {known[where]} is out of range [0, {int(count)})"
        )
    return _segment(data, segment_ids, kind, num_segments if count is None else int(count))


def segment_sum(data: Any, segment_ids: Any, name: str | None = None) -> Any:
    """The sum of each run of rows that share an id; ids are sorted.

    Args:
      data: tensor of numbers ``[n, ...]``.
      segment_ids: int tensor ``[n]``, sorted, from 0; ids that do not occur give 0.
      name: str, optional.

    Returns:
      Tensor ``[last id + 1, ...]`` of the dtype of ``data``.

    Raises:
      InvalidArgumentError: if the ids are not sorted, negative, or not one per row.

    >>> import kerax as tf
    >>> tf.math.segment_sum([1, 2, 3], [0, 0, 1]).numpy()
    array([3, 3], dtype=int32)
    """
    return _sorted(data, segment_ids, "sum")


def segment_prod(data: Any, segment_ids: Any, name: str | None = None) -> Any:
    """The product of each run of rows that share an id; ids are sorted.

    Args:
      data: tensor of numbers ``[n, ...]``.
      segment_ids: int tensor ``[n]``, sorted, from 0; ids that do not occur give 1.
      name: str, optional.

    Returns:
      Tensor ``[last id + 1, ...]`` of the dtype of ``data``.

    Raises:
      InvalidArgumentError: if the ids are not sorted, negative, or not one per row.

    >>> import kerax as tf
    >>> tf.math.segment_prod([1, 2, 3], [0, 0, 1]).numpy()
    array([2, 3], dtype=int32)
    """
    return _sorted(data, segment_ids, "prod")


def segment_max(data: Any, segment_ids: Any, name: str | None = None) -> Any:
    """The largest element of each run of rows that share an id; ids are sorted.

    Args:
      data: tensor of numbers ``[n, ...]``.
      segment_ids: int tensor ``[n]``, sorted, from 0; ids that do not occur give 0.
      name: str, optional.

    Returns:
      Tensor ``[last id + 1, ...]`` of the dtype of ``data``.

    Raises:
      InvalidArgumentError: if the ids are not sorted, negative, or not one per row.

    >>> import kerax as tf
    >>> tf.math.segment_max([1, 2, 3], [0, 0, 1]).numpy()
    array([2, 3], dtype=int32)
    """
    return _sorted(data, segment_ids, "max")


def segment_min(data: Any, segment_ids: Any, name: str | None = None) -> Any:
    """The smallest element of each run of rows that share an id; ids are sorted.

    Args:
      data: tensor of numbers ``[n, ...]``.
      segment_ids: int tensor ``[n]``, sorted, from 0; ids that do not occur give 0.
      name: str, optional.

    Returns:
      Tensor ``[last id + 1, ...]`` of the dtype of ``data``.

    Raises:
      InvalidArgumentError: if the ids are not sorted, negative, or not one per row.

    >>> import kerax as tf
    >>> tf.math.segment_min([1, 2, 3], [0, 0, 1]).numpy()
    array([1, 3], dtype=int32)
    """
    return _sorted(data, segment_ids, "min")


def segment_mean(data: Any, segment_ids: Any, name: str | None = None) -> Any:
    """The mean of each run of rows that share an id; ids are sorted.

    Args:
      data: tensor of numbers ``[n, ...]``.
      segment_ids: int tensor ``[n]``, sorted, from 0; ids that do not occur give 0.
      name: str, optional.

    Returns:
      Tensor ``[last id + 1, ...]`` of the dtype of ``data``.

    Raises:
      InvalidArgumentError: if the ids are not sorted, negative, or not one per row.

    >>> import kerax as tf
    >>> tf.math.segment_mean([1, 2, 3], [0, 0, 1]).numpy()
    array([1, 3], dtype=int32)
    """
    return _sorted(data, segment_ids, "mean")


@composed
def unsorted_segment_sum(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Any:
    """The sum of all elements that share an id, in any order.

    Args:
      data: tensor of numbers, of a shape that starts with that of ``segment_ids``.
      segment_ids: int tensor; elements with a negative id are left out.
      num_segments: int, the number of segments; ids that do not occur give 0.
      name: str, optional.

    Returns:
      Tensor ``[num_segments, ...]``.

    Raises:
      InvalidArgumentError: if an id is ``num_segments`` or more.

    >>> import kerax as tf
    >>> tf.math.unsorted_segment_sum([1, 2, 3], [0, 0, 1], 2).numpy()
    array([3, 3], dtype=int32)
    """
    return _unsorted(data, segment_ids, num_segments, "sum")


@composed
def unsorted_segment_prod(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Any:
    """The product of all elements that share an id, in any order.

    Args:
      data: tensor of numbers, of a shape that starts with that of ``segment_ids``.
      segment_ids: int tensor; elements with a negative id are left out.
      num_segments: int, the number of segments; ids that do not occur give 1.
      name: str, optional.

    Returns:
      Tensor ``[num_segments, ...]``.

    Raises:
      InvalidArgumentError: if an id is ``num_segments`` or more.

    >>> import kerax as tf
    >>> tf.math.unsorted_segment_prod([1, 2, 3], [0, 0, 1], 2).numpy()
    array([2, 3], dtype=int32)
    """
    return _unsorted(data, segment_ids, num_segments, "prod")


@composed
def unsorted_segment_max(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Any:
    """The largest element of all elements that share an id, in any order.

    Args:
      data: tensor of numbers, of a shape that starts with that of ``segment_ids``.
      segment_ids: int tensor; elements with a negative id are left out.
      num_segments: int, the number of segments; ids that do not occur give the lowest value of the dtype.
      name: str, optional.

    Returns:
      Tensor ``[num_segments, ...]``.

    Raises:
      InvalidArgumentError: if an id is ``num_segments`` or more.

    >>> import kerax as tf
    >>> tf.math.unsorted_segment_max([1, 2, 3], [0, 0, 1], 2).numpy()
    array([2, 3], dtype=int32)
    """
    return _unsorted(data, segment_ids, num_segments, "max")


@composed
def unsorted_segment_min(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Any:
    """The smallest element of all elements that share an id, in any order.

    Args:
      data: tensor of numbers, of a shape that starts with that of ``segment_ids``.
      segment_ids: int tensor; elements with a negative id are left out.
      num_segments: int, the number of segments; ids that do not occur give the highest value of the dtype.
      name: str, optional.

    Returns:
      Tensor ``[num_segments, ...]``.

    Raises:
      InvalidArgumentError: if an id is ``num_segments`` or more.

    >>> import kerax as tf
    >>> tf.math.unsorted_segment_min([1, 2, 3], [0, 0, 1], 2).numpy()
    array([1, 3], dtype=int32)
    """
    return _unsorted(data, segment_ids, num_segments, "min")


@composed
def unsorted_segment_mean(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Any:
    """The mean of all elements that share an id, in any order.

    Args:
      data: tensor of numbers, of a shape that starts with that of ``segment_ids``.
      segment_ids: int tensor; elements with a negative id are left out.
      num_segments: int, the number of segments; ids that do not occur give 0.
      name: str, optional.

    Returns:
      Tensor ``[num_segments, ...]``.

    Raises:
      InvalidArgumentError: if an id is ``num_segments`` or more.

    >>> import kerax as tf
    >>> tf.math.unsorted_segment_mean([1.0, 2.0, 3.0], [0, 0, 1], 2).numpy()
    array([1.5, 3. ], dtype=float32)
    """
    return _unsorted(data, segment_ids, num_segments, "mean")


@composed
def unsorted_segment_sqrt_n(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Any:
    """The sum divided by the square root of the size of all elements that share an id, in any order.

    Args:
      data: tensor of numbers, of a shape that starts with that of ``segment_ids``.
      segment_ids: int tensor; elements with a negative id are left out.
      num_segments: int, the number of segments; ids that do not occur give 0.
      name: str, optional.

    Returns:
      Tensor ``[num_segments, ...]``.

    Raises:
      InvalidArgumentError: if an id is ``num_segments`` or more.

    >>> import kerax as tf
    >>> tf.math.unsorted_segment_sqrt_n([1.0, 3.0, 2.0, 1.0, 1.0], [0, 1, 0, 0, 0], 2).numpy()
    array([2.5, 3. ], dtype=float32)
    """
    return _unsorted(data, segment_ids, num_segments, "sqrt_n")
