"""``tf.compat.v1.losses``, as they are while TensorFlow executes eagerly: without collections."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from kerax import math, nn
from kerax.core import dtypes
from kerax.core.tensor import convert_to_tensor
from kerax.math.casting import cast

from ..private.weights_broadcast_ops import broadcast_weights


class Reduction:
    """How the losses of a batch become one."""

    NONE = "none"
    SUM = "weighted_sum"
    SUM_OVER_BATCH_SIZE = "weighted_sum_over_batch_size"
    MEAN = "weighted_mean"
    SUM_BY_NONZERO_WEIGHTS = "weighted_sum_by_nonzero_weights"
    SUM_OVER_NONZERO_WEIGHTS = SUM_BY_NONZERO_WEIGHTS

    @classmethod
    def all(cls) -> tuple[str, ...]:
        """All of them."""
        return (
            cls.NONE, cls.SUM, cls.MEAN, cls.SUM_OVER_BATCH_SIZE, cls.SUM_OVER_NONZERO_WEIGHTS,
            cls.SUM_BY_NONZERO_WEIGHTS,
        )  # fmt: skip

    @classmethod
    def validate(cls, key: str) -> None:
        """Raises ValueError where there is no such reduction."""
        if key not in cls.all():
            raise ValueError(f"Invalid Reduction Key {key}. Key should be one of {cls.all()}.")


def compute_weighted_loss(
    losses: Any,
    weights: Any = 1.0,
    scope: str | None = None,
    loss_collection: Any = None,
    reduction: str = Reduction.SUM_BY_NONZERO_WEIGHTS,
) -> Any:
    """Losses, weighted and put together.

    Args:
      losses: tensor of any shape.
      weights: a scalar, or a tensor of the losses' rank whose sizes are 1 or theirs.
      scope, loss_collection: without effect.
      reduction: one of `Reduction`.
    """
    Reduction.validate(reduction)
    losses = convert_to_tensor(losses)
    wide = cast(losses, dtypes.float32)
    weights = cast(convert_to_tensor(weights), dtypes.float32)
    weighted = wide * weights
    if reduction == Reduction.NONE:
        return cast(weighted, losses.dtype)
    total = math.reduce_sum(weighted)
    if reduction == Reduction.MEAN:
        total = math.divide_no_nan(total, math.reduce_sum(broadcast_weights(weights, wide)))
    elif reduction == Reduction.SUM_BY_NONZERO_WEIGHTS:
        present = cast(math.not_equal(broadcast_weights(weights, wide), 0.0), dtypes.float32)
        total = math.divide_no_nan(total, math.reduce_sum(present))
    elif reduction == Reduction.SUM_OVER_BATCH_SIZE:
        total = math.divide_no_nan(total, float(losses.shape.num_elements()))
    return cast(total, losses.dtype)


def _pair(labels: Any, predictions: Any) -> tuple[Any, Any]:
    for name, value in (("labels", labels), ("predictions", predictions)):
        if value is None:
            raise ValueError(f"Argument `{name}` must not be None.")
    predictions = cast(convert_to_tensor(predictions), dtypes.float32)
    labels = cast(convert_to_tensor(labels), dtypes.float32)
    predictions.shape.assert_is_compatible_with(labels.shape)
    return labels, predictions


def _weighted(losses: Callable[..., Any]) -> Callable[..., Any]:
    """A public loss of a function that gives one value per element: it takes the arguments that all of them have.

    Args:
      losses: takes two tensors, and settings with defaults that come after ``weights``.
    """
    own = list(inspect.signature(losses).parameters.values())
    common = {p.name: p for p in list(inspect.signature(compute_weighted_loss).parameters.values())[1:]}
    parameters = [*own[:2], common.pop("weights"), *own[2:], *common.values()]
    signature = inspect.Signature([p.replace(kind=p.POSITIONAL_OR_KEYWORD) for p in parameters])

    @functools.wraps(losses)
    def loss(*args: Any, **kwargs: Any) -> Any:
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        given = bound.arguments
        values = losses(**{p.name: given.pop(p.name) for p in own})
        return compute_weighted_loss(values, **given)

    loss.__signature__ = signature  # type: ignore[attr-defined]
    return loss


@_weighted
def absolute_difference(labels: Any, predictions: Any) -> Any:
    """``|predictions - labels|``, weighted and put together as by `compute_weighted_loss`."""
    labels, predictions = _pair(labels, predictions)
    return math.abs(predictions - labels)


@_weighted
def mean_squared_error(labels: Any, predictions: Any) -> Any:
    """``(predictions - labels)²``, weighted and put together as by `compute_weighted_loss`."""
    labels, predictions = _pair(labels, predictions)
    return math.squared_difference(predictions, labels)


@_weighted
def huber_loss(labels: Any, predictions: Any, delta: float = 1.0) -> Any:
    """Half the square of errors up to ``delta``, linear beyond, weighted and put together."""
    labels, predictions = _pair(labels, predictions)
    error = math.abs(predictions - labels)
    quadratic = math.minimum(error, delta)
    return 0.5 * quadratic * quadratic + delta * (error - quadratic)


@_weighted
def log_loss(labels: Any, predictions: Any, epsilon: float = 1e-7) -> Any:
    """``-labels log(p + ε) - (1 - labels) log(1 - p + ε)``, weighted and put together."""
    labels, predictions = _pair(labels, predictions)
    return -labels * math.log(predictions + epsilon) - (1 - labels) * math.log(1 - predictions + epsilon)


def _smoothed(labels: Any, logits: Any, smoothing: float, classes: int | None = None) -> tuple[Any, Any]:
    """Labels of the logits' dtype, a part of which is spread over the classes (as many as logits), and the logits."""
    logits = convert_to_tensor(logits)
    labels = cast(convert_to_tensor(labels), logits.dtype)
    logits.shape.assert_is_compatible_with(labels.shape)
    if smoothing > 0:
        labels = labels * (1 - smoothing) + smoothing / (classes or logits.shape[1])
    return labels, logits


@_weighted
def sigmoid_cross_entropy(multi_class_labels: Any, logits: Any, label_smoothing: float = 0) -> Any:
    """The cross entropy of independent classes, weighted and put together."""
    labels, logits = _smoothed(multi_class_labels, logits, label_smoothing, classes=2)
    return nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits)


@_weighted
def softmax_cross_entropy(onehot_labels: Any, logits: Any, label_smoothing: float = 0) -> Any:
    """The cross entropy of exclusive classes, weighted and put together."""
    labels, logits = _smoothed(onehot_labels, logits, label_smoothing)
    return nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits)


@_weighted
def sparse_softmax_cross_entropy(labels: Any, logits: Any) -> Any:
    """The cross entropy of exclusive classes given by number, weighted and put together."""
    return nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)


def get_losses(scope: str | None = None, loss_collection: Any = None) -> list[Any]:
    """Empty: there are no collections while executing eagerly."""
    return []


def get_regularization_losses(scope: str | None = None) -> list[Any]:
    """Empty: there are no collections while executing eagerly."""
    return []


def add_loss(loss: Any, loss_collection: Any = None) -> None:
    """Without effect: there are no collections while executing eagerly."""


def cosine_distance(
    labels: Any,
    predictions: Any,
    axis: int | None = None,
    weights: Any = 1.0,
    scope: str | None = None,
    loss_collection: Any = None,
    reduction: str = Reduction.SUM_BY_NONZERO_WEIGHTS,
    dim: int | None = None,
) -> Any:
    """``1 - Σ labels predictions`` along an axis, of unit vectors, weighted and put together."""
    axis = dim if axis is None else axis
    if axis is None:
        raise ValueError("You must specify argument `axis`.")
    labels, predictions = _pair(labels, predictions)
    losses = 1 - math.reduce_sum(predictions * labels, axis=(axis,), keepdims=True)
    return compute_weighted_loss(losses, weights, scope, loss_collection, reduction)


@_weighted
def hinge_loss(labels: Any, logits: Any) -> Any:
    """``max(0, 1 - (2 labels - 1) logits)`` of labels 0 and 1, weighted and put together."""
    labels, logits = _pair(labels, logits)
    return nn.relu(1 - (2 * labels - 1) * logits)


def mean_pairwise_squared_error(
    labels: Any, predictions: Any, weights: Any = 1.0, scope: str | None = None, loss_collection: Any = None
) -> Any:
    """The mean square of the differences between each two errors of an example, weighted and added up.

    Args:
      labels, predictions: tensors ``[batch, …]`` of one shape.
      weights: a scalar, ``[batch]``, or a tensor of the losses' rank whose sizes are 1 or theirs.
    """
    labels, predictions = _pair(labels, predictions)
    weights = cast(convert_to_tensor(weights), dtypes.float32)
    errors = predictions - labels
    axes = list(range(1, errors.shape.rank))
    if weights.shape.rank == 0:
        count = cast(convert_to_tensor(errors.shape.num_elements()), dtypes.float32)
        count = math.multiply(count, cast(math.not_equal(weights, 0.0), dtypes.float32))
    else:
        present = cast(math.not_equal(broadcast_weights(weights, errors), 0.0), dtypes.float32)
        count = math.reduce_sum(present, axes, keepdims=True)
    squares = math.reduce_sum(math.square(errors), axes, keepdims=True)
    square = math.square(math.reduce_sum(errors, axes, keepdims=True))
    first = math.divide_no_nan(squares, math.maximum(count - 1, 0.0))
    second = math.divide_no_nan(square, math.maximum(count * (count - 1), 0.0))
    return math.reduce_sum((2.0 * first - 2.0 * second) * weights)


def get_regularization_loss(scope: str | None = None, name: str = "total_regularization_loss") -> Any:
    """Zero: there are no collections while executing eagerly."""
    return convert_to_tensor(0.0)


def get_total_loss(add_regularization_losses: bool = True, name: str = "total_loss", scope: str | None = None) -> Any:
    """The sum of all collected losses: there are none while executing eagerly.

    Raises:
      ValueError: always, as TensorFlow's sum of no tensors.
    """
    raise ValueError(
        "`inputs` must be an iterable of at least one `Tensor`/`IndexedSlices` with the same dtype and shape."
    )
