"""The largest elements along an axis, and permutations."""

from __future__ import annotations

from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np
from jax import lax

from kerax.core import dtypes, errors
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.math._values import concrete


class TopKV2(NamedTuple):
    """What ``tf.math.top_k`` returns: the values and their positions."""

    values: Any
    indices: Any


class ApproxTopK(NamedTuple):
    """What ``tf.math.approx_max_k`` returns: the values and their positions."""

    values: Any
    indices: Any


@op("input: float int")
def top_k(input, k=1, sorted=True, index_type=dtypes.int32, name=None):
    """The ``k`` largest elements along the last axis, largest first, with their positions.

    Args:
      input: tensor of real numbers ``[..., n]``.
      k: int, at most ``n``.
      sorted: bool; the result is sorted whether asked or not, which TensorFlow allows.
      index_type: dtype of the positions: int16, int32 or int64.
      name: str, optional.

    Returns:
      ``TopKV2(values, indices)``, each ``[..., k]``; of equal elements the first comes first.

    Raises:
      InvalidArgumentError: for a scalar, a negative ``k``, or one larger than ``n``.

    >>> import kerax as tf
    >>> tf.math.top_k([1, 5, 3], k=2).indices.numpy()
    array([1, 2], dtype=int32)
    """
    if input.ndim == 0:
        raise errors.InvalidArgumentError(None, None, "input must be >= 1-D, got shape []")
    if not isinstance(k, (int, float)):
        shape = list(convert_to_tensor(k).shape)
        raise errors.InvalidArgumentError(None, None, f"k must be a scalar of integers, got {k} of shape {shape}")
    if k < 0:
        raise errors.InvalidArgumentError(None, None, f"Need k >= 0, got {k}")
    if type(input.shape[-1]) is int and k > input.shape[-1]:
        raise errors.InvalidArgumentError(
            None, None, f"input must have at least k columns. Had {input.shape[-1]}, needed {k}"
        )
    values, indices = lax.top_k(input, int(k))
    return TopKV2(values, indices.astype(dtypes.as_dtype(index_type).dtype))


@op("targets: int; predictions: float; k: int", differentiable=False)
def in_top_k(targets, predictions, k, name=None):
    """Whether the prediction for the target is among the ``k`` largest of its row.

    Args:
      targets: int tensor ``[batch]``, class numbers.
      predictions: float32 tensor ``[batch, classes]``.
      k: int.
      name: str, optional.

    Returns:
      bool tensor ``[batch]``; classes tied with the ``k``-th count as among them; false for targets that
      do not exist and rows with predictions that are not finite.

    >>> import kerax as tf
    >>> tf.math.in_top_k([1, 0], [[0.1, 0.9], [0.3, 0.7]], k=1).numpy()
    array([ True, False])
    """
    if predictions.ndim != 2:
        raise errors.InvalidArgumentError(None, None, "predictions must be 2-dimensional")
    if targets.ndim != 1:
        raise errors.InvalidArgumentError(None, None, "targets must be 1-dimensional")
    if targets.shape[0] != predictions.shape[0]:
        raise errors.InvalidArgumentError(
            None,
            None,
            f"First dimension of predictions {predictions.shape[0]} must match length of targets {targets.shape[0]}",
        )
    classes = predictions.shape[1]
    exists = (targets >= 0) & (targets < classes)
    place = jnp.clip(targets, 0, max(classes - 1, 0))[:, None]
    own = jnp.take_along_axis(predictions, place, axis=1)
    larger = jnp.sum(predictions > own, axis=1)
    return exists & jnp.all(jnp.isfinite(predictions), axis=1) & (larger < k)


@op("operand: float")
def _approx(operand, k, reduction_dimension, recall_target, input_size, aggregate, largest, name=None):
    if operand.ndim == 0:
        raise errors.InvalidArgumentError(None, None, "input must be >= 1-D, got shape []")
    search = lax.approx_max_k if largest else lax.approx_min_k
    return ApproxTopK(
        *search(
            operand,
            int(k),
            reduction_dimension=reduction_dimension,
            recall_target=recall_target,
            reduction_input_size_override=input_size,
            aggregate_to_topk=bool(aggregate),
        )
    )


def approx_max_k(
    operand: Any,
    k: int,
    reduction_dimension: int = -1,
    recall_target: float = 0.95,
    reduction_input_size_override: int = -1,
    aggregate_to_topk: bool = True,
    name: str | None = None,
) -> Any:
    """The ``k`` largest elements along an axis, approximately on TPUs and exactly elsewhere.

    Args:
      operand: tensor, floating point.
      k: int.
      reduction_dimension: int, the axis to search.
      recall_target: float, the fraction of true maxima to be found.
      reduction_input_size_override: int, the size of the whole axis where this is a part of it.
      aggregate_to_topk: bool, whether to reduce the candidates to exactly ``k``.
      name: str, optional.

    Returns:
      (values, int32 positions), each with size ``k`` along the axis.

    >>> import kerax as tf
    >>> tf.math.approx_max_k(tf.constant([1.0, 5.0, 3.0]), k=2)[0].numpy()
    array([5., 3.], dtype=float32)
    """
    return _approx(
        operand, k, reduction_dimension, recall_target, reduction_input_size_override, aggregate_to_topk, True
    )


def approx_min_k(
    operand: Any,
    k: int,
    reduction_dimension: int = -1,
    recall_target: float = 0.95,
    reduction_input_size_override: int = -1,
    aggregate_to_topk: bool = True,
    name: str | None = None,
) -> Any:
    """The ``k`` smallest elements along an axis, approximately on TPUs and exactly elsewhere.

    Args:
      operand: tensor, floating point.
      k: int.
      reduction_dimension: int, the axis to search.
      recall_target: float, the fraction of true minima to be found.
      reduction_input_size_override: int, the size of the whole axis where this is a part of it.
      aggregate_to_topk: bool, whether to reduce the candidates to exactly ``k``.
      name: str, optional.

    Returns:
      (values, int32 positions), each with size ``k`` along the axis.

    >>> import kerax as tf
    >>> tf.math.approx_min_k(tf.constant([1.0, 5.0, 3.0]), k=2)[0].numpy()
    array([1., 3.], dtype=float32)
    """
    return _approx(
        operand,
        k,
        reduction_dimension,
        recall_target,
        reduction_input_size_override,
        aggregate_to_topk,
        False,
    )


@op("x: int", differentiable=False)
def _inverse(x, name=None):
    if x.ndim != 1:
        raise errors.InvalidArgumentError(None, None, "invert_permutation expects a 1D vector.")
    return jnp.zeros_like(x).at[x].set(jnp.arange(x.shape[0], dtype=x.dtype))


def invert_permutation(x: Any, name: str | None = None) -> Any:
    """The inverse of a permutation: ``y[x[i]] = i``.

    Args:
      x: int tensor ``[n]`` that holds each of 0 … n-1 once.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    Raises:
      InvalidArgumentError: if a number occurs twice or is out of range.

    >>> import kerax as tf
    >>> tf.math.invert_permutation([2, 0, 1]).numpy()
    array([1, 2, 0], dtype=int32)
    """
    known = concrete(x)
    if known is not None and known.ndim == 1 and known.dtype.kind in "iu":
        if ((known < 0) | (known >= known.size)).any():
            wrong = known[(known < 0) | (known >= known.size)][0]
            raise errors.InvalidArgumentError(None, None, f"{wrong} is not between 0 and {known.size}")
        values, counts = np.unique(known, return_counts=True)
        if (counts > 1).any():
            raise errors.InvalidArgumentError(None, None, f"{values[counts > 1][0]} is duplicated in the input.")
    return _inverse(x)
