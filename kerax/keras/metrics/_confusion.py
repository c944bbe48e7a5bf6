"""Counts of true and false, positive and negative predictions at many thresholds."""

from __future__ import annotations

import enum
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from kerax.core import errors
from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.settings import epsilon
from kerax.keras.losses.loss import same_rank, squeeze_larger
from kerax.keras.metrics.reduction import flat_values

NEG_INF = -1e10


class AUCCurve(enum.Enum):
    """The curve under which AUC measures the area."""

    ROC = "ROC"
    PR = "PR"
    PRGAIN = "PRGAIN"

    @staticmethod
    def from_str(key: str) -> AUCCurve:
        old = ("pr_gain", "PR_GAIN") if legacy_keras() else ()
        if key in ("pr", "PR", "roc", "ROC", "prgain", "PRGAIN", *old):
            return AUCCurve(key.upper().replace("_", ""))
        raise ValueError(f'Invalid AUC curve value: "{key}". Expected values are ["PR", "ROC", "PRGAIN"]')


class AUCSummationMethod(enum.Enum):
    """How AUC takes the area between two thresholds."""

    INTERPOLATION = "interpolation"
    MAJORING = "majoring"
    MINORING = "minoring"

    @staticmethod
    def from_str(key: str) -> AUCSummationMethod:
        if key in ("interpolation", "Interpolation", "majoring", "Majoring", "minoring", "Minoring"):
            return AUCSummationMethod(key.lower())
        raise ValueError(
            f'Invalid AUC summation method value: "{key}". Expected values are ["interpolation", "majoring", '
            '"minoring"]'
        )


def parse_thresholds(thresholds: Any, default: float) -> list[float]:
    """Thresholds as a list, checked to lie in 0 … 1."""
    if thresholds is None:
        return [default]
    listed = list(thresholds) if isinstance(thresholds, (list, tuple, np.ndarray)) else [thresholds]
    invalid = [t for t in listed if t is None or t < 0 or t > 1]
    if invalid:
        raise ValueError(f"Threshold values must be in [0, 1]. Received: {invalid}")
    return listed


def evenly_distributed(thresholds: Any) -> bool:
    """Whether thresholds are 0, 1/n, 2/n … 1."""
    count = len(thresholds)
    if count < 3:
        return False
    even = np.arange(count, dtype=np.float32) / (count - 1)
    return bool(np.allclose(thresholds, even, atol=epsilon()))


def only_top_k(x: Any, k: int) -> Any:
    """Predictions with all but the ``k`` largest of each sample at minus infinity."""
    _, best = jax.lax.top_k(x, k)
    mask = jnp.sum(jax.nn.one_hot(best, x.shape[-1], axis=-1, dtype=x.dtype), axis=-2)
    return x * mask + NEG_INF * (1 - mask)


def _bucket_counts(y_true: Any, y_pred: Any, weights: Any, count: int, clamp: bool) -> Any:
    """(tp, fp, tn, fn) ``[thresholds]`` of flat arrays, by sorting predictions into buckets of equal width."""
    y_pred = jnp.clip(y_pred, 0, 1)
    true = y_true.astype(bool).astype(y_pred.dtype) * weights
    false = (1 - y_true.astype(bool).astype(y_pred.dtype)) * weights
    bucket = jnp.ceil(y_pred * (count - 1)) - 1
    if clamp:
        bucket = jnp.maximum(bucket, 0)
    bucket = bucket.astype(jnp.int32)
    bucket = jnp.where(bucket < 0, count, bucket)  # below the first threshold: dropped

    def above(labels: Any) -> Any:
        counts = jnp.zeros(count, labels.dtype).at[bucket].add(labels, mode="drop")
        return jnp.flip(jnp.cumsum(jnp.flip(counts), dtype=labels.dtype))

    tp, fp = above(true), above(false)
    return tp, fp, jnp.sum(false, dtype=false.dtype) - fp, jnp.sum(true, dtype=true.dtype) - tp


def _compared_counts(y_true: Any, y_pred: Any, weights: Any, thresholds: Any) -> Any:
    """(tp, fp, tn, fn) ``[thresholds]`` of flat arrays, by comparing with each threshold."""
    positive = y_pred[None] > thresholds[:, None]
    label = y_true.astype(bool)[None]

    def count(hit: Any) -> Any:
        return jnp.sum(jnp.where(hit, weights[None], 0), axis=1, dtype=weights.dtype)

    return (
        count(label & positive),
        count(~label & positive),
        count(~label & ~positive),
        count(label & ~positive),
    )


@op("y_true; y_pred; thresholds; sample_weight; label_weights")
def _counts(
    y_true, y_pred, thresholds, sample_weight, label_weights, top_k, class_id, multi_label, evenly, clamp, dtype
):
    y_true, y_pred, thresholds = y_true.astype(dtype), y_pred.astype(dtype), thresholds.astype(dtype)
    y_pred, y_true = same_rank(y_pred, y_true)
    if sample_weight is not None:
        sample_weight = sample_weight.astype(dtype)[..., None]
        _, sample_weight = same_rank(y_true, sample_weight, expand_rank_1=False)
    if top_k is not None:
        y_pred = only_top_k(y_pred, top_k)
    if class_id is not None:
        if y_pred.ndim == 1:
            raise ValueError(
                "When class_id is provided, y_pred must be a 2D array with shape (num_samples, num_classes), found "
                f"shape: {y_pred.shape}"
            )
        y_true, y_pred = y_true[..., class_id, None], y_pred[..., class_id, None]
    if y_true.shape != y_pred.shape:
        y_true = jnp.broadcast_to(y_true, y_pred.shape)
    weights = jnp.ones_like(y_pred)
    if sample_weight is not None:
        weights = weights * jnp.broadcast_to(sample_weight, y_pred.shape)
    if label_weights is not None:
        weights = weights * jnp.broadcast_to(label_weights.astype(dtype)[None], y_pred.shape)

    def one(true: Any, pred: Any, weight: Any) -> Any:
        true, pred, weight = true.reshape(-1), pred.reshape(-1), weight.reshape(-1)
        if evenly:
            return _bucket_counts(true, pred, weight, thresholds.shape[0], clamp)
        return _compared_counts(true, pred, weight, thresholds)

    if multi_label:
        return jax.vmap(one, in_axes=-1, out_axes=-1)(y_true, y_pred, weights)
    return one(y_true, y_pred, weights)


def counts(
    y_true: Any,
    y_pred: Any,
    thresholds: Any,
    sample_weight: Any = None,
    label_weights: Any = None,
    top_k: int | None = None,
    class_id: int | None = None,
    multi_label: bool = False,
    evenly: bool = False,
    dtype: str = "float32",
) -> Any:
    """Weighted numbers of true positives, false positives, true negatives, false negatives per threshold.

    Args:
      y_true: labels 0 or 1, any shape.
      y_pred: predictions 0 … 1 of that shape.
      thresholds: ``[thresholds]``, sorted; a prediction above one counts as positive.
      sample_weight: weights that broadcast to the labels, or None.
      label_weights: one weight per label, or None.
      top_k: int, count only the largest predictions of each sample.
      class_id: int, count only this class.
      multi_label: bool, whether to count each label of ``[batch, labels]`` by itself.
      evenly: bool, whether the thresholds are evenly spaced from 0 to 1.
      dtype: the dtype of the counts.

    Returns:
      Four tensors ``[thresholds]`` or ``[thresholds, labels]``.
    """
    thresholds = np.asarray(thresholds)
    clamp = bool(evenly and (thresholds[0] < 0.0 or thresholds[-1] > 1.0))
    if sample_weight is not None:
        sample_weight = to_tensor(sample_weight)
    y_true, y_pred = to_tensor(y_true), to_tensor(y_pred)
    if legacy_keras():
        (y_pred, y_true), sample_weight = flat_values([y_pred, y_true], sample_weight)
        y_true, y_pred = squeeze_larger(y_true, y_pred)
        if not y_true.shape.is_compatible_with(y_pred.shape):
            raise ValueError(f"Shapes {y_pred.shape} and {y_true.shape} are incompatible")
    if class_id is not None and not class_id < y_pred.shape[-1]:
        raise errors.InvalidArgumentError(None, None, f"slice index {class_id} of dimension -1 out of bounds.")
    return _counts(
        y_true,
        y_pred,
        convert_to_tensor(thresholds),
        sample_weight,
        label_weights,
        top_k,
        class_id,
        bool(multi_label),
        bool(evenly),
        clamp,
        dtype,
    )


@op("true_positives; others")
def ratio(true_positives, others):
    """``true_positives / (true_positives + others)``, 0 where there are none."""
    total = true_positives + others
    zero = total == 0
    return jnp.where(zero, 0, true_positives / jnp.where(zero, 1, total))
