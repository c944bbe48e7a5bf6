"""Losses of logits, and what averages them."""

from __future__ import annotations

import math
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from kerax.array_ops._known import known
from kerax.core import dtypes, errors
from kerax.core.context import context
from kerax.core.op import composed, op
from kerax.core.tensor import convert_to_tensor
from kerax.math.arithmetic import divide, divide_no_nan
from kerax.math.casting import cast
from kerax.math.reduction import reduce_sum


@op("t: float")
def l2_loss(t, name=None):
    """``Σ t² / 2``.

    Args:
      t: tensor, floating point.
      name: str, optional.

    Returns:
      Scalar Tensor.

    >>> import kerax as tf
    >>> float(tf.nn.l2_loss([3.0, 4.0]))
    12.5
    """
    return jnp.sum(jnp.square(t)) / t.dtype.type(2)


def _same_shape(first: Any, second: Any, names: str) -> None:
    if first.shape != second.shape:
        raise ValueError(f"{names} must have the same shape, received ({first.shape} vs {second.shape}).")


@op("targets, log_input: float")
def log_poisson_loss(targets, log_input, compute_full_loss=False, name=None):
    """``exp(c) - z c`` of predictions ``c = log_input`` and counts ``z``: minus the Poisson log-likelihood.

    Args:
      targets: tensor, floating point, counts.
      log_input: tensor of the same shape, the logarithm of the predicted rate.
      compute_full_loss: bool, whether to add Stirling's approximation of ``log(z!)``.
      name: str, optional.

    Returns:
      Tensor of losses, of the same shape.

    Raises:
      ValueError: the shapes differ.

    >>> import kerax as tf
    >>> tf.nn.log_poisson_loss([2.0], [0.0]).numpy()
    array([1.], dtype=float32)
    """
    _same_shape(log_input, targets, "`log_input` and `targets`")
    loss = jnp.exp(log_input) - log_input * targets
    if not compute_full_loss:
        return loss
    number = targets.dtype.type
    small = (targets >= 0) & (targets <= 1)
    z = jnp.where(small, number(2), targets)
    stirling = z * jnp.log(z) - z + number(0.5) * jnp.log(number(2 * math.pi) * z)
    return loss + jnp.where(small, number(0), stirling)


@op("logits, labels: float")
def _sigmoid_cross_entropy(logits, labels):
    _same_shape(logits, labels, "`logits` and `labels`")
    above = logits >= 0
    zeros = jnp.zeros_like(logits)
    return jnp.where(above, logits, zeros) - logits * labels + jnp.log1p(jnp.exp(jnp.where(above, -logits, logits)))


@composed
def sigmoid_cross_entropy_with_logits(labels: Any = None, logits: Any = None, name: str | None = None) -> Any:
    """The cross entropy of independent yes-or-no labels.

    ``-z log(sigmoid(x)) - (1 - z) log(1 - sigmoid(x))`` of labels ``z`` and logits ``x``, without overflow.

    Args:
      labels: tensor, floating point, between 0 and 1.
      logits: tensor of the same shape and dtype.
      name: str, optional.

    Returns:
      Tensor of losses, of the same shape.

    Raises:
      ValueError: an argument is missing, or the shapes differ.

    >>> import kerax as tf
    >>> tf.nn.sigmoid_cross_entropy_with_logits(labels=[1.0], logits=[0.0]).numpy()
    array([0.6931472], dtype=float32)
    """
    _both("sigmoid_cross_entropy_with_logits", labels, logits)
    return _sigmoid_cross_entropy(convert_to_tensor(logits), convert_to_tensor(labels))


def _both(name: str, labels: Any, logits: Any) -> None:
    if labels is None or logits is None:
        raise ValueError(
            f"Both `labels` and `logits` must be provided for {name}. Received: labels={labels} and logits={logits}"
        )


@op("logits, labels, pos_weight: float")
def _weighted_cross_entropy(logits, labels, pos_weight):
    _same_shape(logits, labels, "`logits` and `labels`")
    weight = 1 + (pos_weight - 1) * labels
    return (1 - labels) * logits + weight * (
        jnp.log1p(jnp.exp(-logits * lax.stop_gradient(jnp.sign(logits)))) + jax.nn.relu(-logits)
    )


@composed
def weighted_cross_entropy_with_logits(labels: Any, logits: Any, pos_weight: Any, name: str | None = None) -> Any:
    """``tf.nn.sigmoid_cross_entropy_with_logits`` with the term of positive labels weighted.

    Args:
      labels: tensor, floating point, between 0 and 1.
      logits: tensor of the same shape and dtype.
      pos_weight: float or tensor that broadcasts; above 1 it favours recall, below 1 precision.
      name: str, optional.

    Returns:
      Tensor of losses, of the same shape.

    Raises:
      ValueError: the shapes differ.

    >>> import kerax as tf
    >>> tf.nn.weighted_cross_entropy_with_logits([1.0], [0.0], 2.0).numpy()
    array([1.3862944], dtype=float32)
    """
    return _weighted_cross_entropy(convert_to_tensor(logits), convert_to_tensor(labels), pos_weight)


@jax.custom_jvp
def _cross_entropy(logits: Any, labels: Any) -> Any:
    """Losses over the last axis; TensorFlow's gradient takes labels that sum to 1 for granted."""
    log_probs = jax.nn.log_softmax(logits)
    return -jnp.sum(labels * log_probs, axis=-1)


@_cross_entropy.defjvp
def _cross_entropy_jvp(primals: Any, tangents: Any) -> Any:
    logits, labels = primals
    by_logits = jnp.sum((jax.nn.softmax(logits) - labels) * tangents[0], axis=-1)
    by_labels = jnp.sum(jax.nn.log_softmax(logits) * tangents[1], axis=-1)
    return _cross_entropy(logits, labels), by_logits - by_labels


@op("logits: float; labels")
def _softmax_cross_entropy(logits, labels, axis):
    if logits.ndim == 0:
        raise errors.InvalidArgumentError(None, None, "logits must be at least 1-dimensional, got a scalar")
    precise = logits.astype(jnp.float32) if logits.dtype in (jnp.float16, jnp.bfloat16) else logits
    labels = labels.astype(precise.dtype)
    if axis != -1:
        precise, labels = jnp.moveaxis(precise, axis, -1), jnp.moveaxis(labels, axis, -1)
    shape = precise.shape
    first, second = precise.reshape(-1, shape[-1]), labels.reshape(-1, labels.shape[-1] if labels.ndim else 1)
    try:
        both = np.broadcast_shapes(first.shape, second.shape)
    except ValueError:
        raise errors.InvalidArgumentError(
            None,
            None,
            f"logits and labels must be broadcastable: logits_size={list(first.shape)} "
            f"labels_size={list(second.shape)}",
        ) from None
    loss = _cross_entropy(jnp.broadcast_to(first, both), jnp.broadcast_to(second, both))
    if loss.size != math.prod(shape[:-1]):
        raise errors.InvalidArgumentError(
            None, None, f"labels have {loss.size} rows, but logits {math.prod(shape[:-1])}"
        )
    return loss.reshape(shape[:-1]).astype(logits.dtype)


def softmax_cross_entropy_with_logits(labels: Any, logits: Any, axis: int = -1, name: str | None = None) -> Any:
    """The cross entropy of distributions over classes: ``-Σ labels * log(softmax(logits))``.

    Args:
      labels: tensor [..., classes, ...], distributions that sum to 1 along ``axis``.
      logits: tensor of the same shape, floating point.
      axis: int, the axis of the classes.
      name: str, optional.

    Returns:
      Tensor of losses of ``logits``' dtype, without the axis of the classes.

    >>> import kerax as tf
    >>> tf.nn.softmax_cross_entropy_with_logits([[1.0, 0.0]], [[0.0, 0.0]]).numpy()
    array([0.6931472], dtype=float32)
    """
    return _softmax_cross_entropy(logits, labels, axis)


@op("logits: float; labels: int", name="SparseSoftmaxCrossEntropyWithLogits")
def _sparse_cross_entropy(logits, labels):
    precise = logits.astype(jnp.float32) if logits.dtype == jnp.float16 else logits
    log_probs = jax.nn.log_softmax(precise)
    exists = (labels >= 0) & (labels < logits.shape[-1])
    place = jnp.where(exists, labels, 0).astype(jnp.int32)
    chosen = jnp.take_along_axis(log_probs, place[..., None], axis=-1)[..., 0]
    return jnp.where(exists, -chosen, jnp.nan).astype(logits.dtype)


def check_classes(labels: Any, classes: int) -> None:
    """Raises where a label is no class.

    Args:
      labels: numpy array, or None where values are not known.
      classes: int, their number.

    Raises:
      InvalidArgumentError: a label below 0, or not below ``classes``.
    """
    if labels is None or not labels.size or labels.dtype.kind not in "iu":
        return
    if labels.astype(np.uint64).max() >= classes:  # where those below 0 are the largest
        wrong = labels[(labels < 0) | (labels >= classes)]
        raise errors.InvalidArgumentError(
            None,
            None,
            f"Received a label value of {wrong[0]} which is outside the valid range of [0, {classes}).  "
            f"Label values: {' '.join(map(str, labels.ravel()))} [Op:SparseSoftmaxCrossEntropyWithLogits]",
        )


@composed
def sparse_softmax_cross_entropy_with_logits(labels: Any, logits: Any, name: str | None = None) -> Any:
    """The cross entropy of class numbers: ``-log(softmax(logits))[label]``.

    Args:
      labels: int tensor [...], classes.
      logits: tensor [..., classes], floating point.
      name: str, optional.

    Returns:
      Tensor [...] of losses.

    Raises:
      ValueError: ``logits`` is a scalar, or the shapes do not fit.
      InvalidArgumentError: a label is no class (NaN inside a compiled program and on accelerators).

    >>> import kerax as tf
    >>> tf.nn.sparse_softmax_cross_entropy_with_logits([1], [[0.0, 0.0]]).numpy()
    array([0.6931472], dtype=float32)
    """
    _both("sparse_softmax_cross_entropy_with_logits", labels, logits)
    labels, logits = convert_to_tensor(labels), convert_to_tensor(logits)
    shape = tuple(logits.shape)
    if not shape:
        raise ValueError(f"`logits` cannot be a scalar. Received logits={logits}")
    if len(labels.shape) != len(shape) - 1:
        raise ValueError(
            f"`labels.shape.rank` must equal `logits.shape.rank - 1`. Received: labels.shape={labels.shape} of rank "
            f"{len(labels.shape)} and logits.shape={logits.shape} of rank {len(shape)}"
        )
    if tuple(labels.shape) != shape[:-1]:
        raise ValueError(
            "`labels.shape` must equal `logits.shape` except for the last dimension. "
            f"Received: labels.shape={labels.shape} and logits.shape={logits.shape}"
        )
    check_classes(known(labels), shape[-1])
    return _sparse_cross_entropy(logits, labels)


def _replicas(what: str) -> int:
    """Number of replicas of the strategy in scope."""
    strategy = context.extras.get("strategy")
    if strategy is None:
        return 1
    if context.extras.get("cross_replica"):
        raise RuntimeError(
            f"You are calling `{what}` in cross replica context, while it was expected to be called in replica context."
        )
    return int(strategy.num_replicas_in_sync)


@op("losses, weights: float")
def _weighted(losses, weights):
    if weights.ndim - losses.ndim == 1:
        weights = jnp.squeeze(weights, -1)
    elif losses.ndim - weights.ndim == 1 and weights.ndim:
        weights = jnp.expand_dims(weights, -1)
    return losses * weights


@composed
def compute_average_loss(per_example_loss: Any, sample_weight: Any = None, global_batch_size: Any = None) -> Any:
    """The sum of the losses of a batch, over the size of the batch of all replicas.

    Args:
      per_example_loss: tensor [batch, ...].
      sample_weight: tensor, one weight per example; or None.
      global_batch_size: int; by default the batch's size times the number of replicas.

    Returns:
      Scalar Tensor; 0 for a batch size of 0.

    Raises:
      ValueError: ``per_example_loss`` is a scalar, or the batch size is negative or no integer.

    >>> import kerax as tf
    >>> float(tf.nn.compute_average_loss([1.0, 2.0, 3.0]))
    2.0
    """
    losses = convert_to_tensor(per_example_loss)
    dtype = losses.dtype
    if losses.shape.rank == 0:
        raise ValueError(
            "Invalid value passed for `per_example_loss`. Expected a tensor with at least rank 1. "
            f"Received per_example_loss={per_example_loss} with rank 0"
        )
    if sample_weight is not None:
        weights = cast(convert_to_tensor(sample_weight), dtypes.float32)
        losses = cast(_weighted(cast(losses, dtypes.float32), weights), dtype)
    if global_batch_size is None:
        global_batch_size = losses.shape[0] * _replicas("compute_average_loss")
    else:
        global_batch_size = _checked_batch_size(global_batch_size)
    return divide_no_nan(reduce_sum(losses), cast(global_batch_size, dtype))


def _checked_batch_size(size: Any) -> Any:
    tensor = convert_to_tensor(size)
    if tensor.shape.rank != 0:
        raise ValueError(f"global_batch_size must be scalar. Received: {size}")
    if not tensor.dtype.is_integer:
        raise TypeError(f"global_batch_size must be an integer. Received: {size}")
    value = known(tensor)
    if value is not None and value < 0:
        raise errors.InvalidArgumentError(None, None, f"global_batch_size must be non-negative. Received: {size}")
    return tensor


def scale_regularization_loss(regularization_loss: Any) -> Any:
    """The sum of regularization losses over the number of replicas.

    Args:
      regularization_loss: tensor.

    Returns:
      Scalar Tensor.

    >>> import kerax as tf
    >>> float(tf.nn.scale_regularization_loss([1.0, 2.0]))
    3.0
    """
    return divide(reduce_sum(regularization_loss), _replicas("scale_regularization_loss"))
