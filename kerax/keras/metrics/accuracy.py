"""How often predictions match targets."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.settings import floatx
from kerax.keras.losses.loss import same_rank
from kerax.keras.metrics.reduction import FunctionMetric
from kerax.math.casting import cast
from kerax.math.comparison import equal
from kerax.math.reduction import reduce_mean


@op("y_true; y_pred")
def _accuracy(y_true, y_pred, dtype, legacy):
    y_true = y_true.astype(y_pred.dtype)
    if not legacy:
        y_true, y_pred = same_rank(y_true, y_pred)
    elif y_true.shape != y_pred.shape:
        raise ValueError(f"Shapes {y_true.shape} and {y_pred.shape} are incompatible")
    return (y_true == y_pred).astype(dtype)


def accuracy(y_true: Any, y_pred: Any) -> Any:
    """1 where targets and predictions are equal, else 0."""
    return _accuracy(y_true, y_pred, floatx(), legacy_keras())


@op("y_true; y_pred")
def _binary_accuracy(y_true, y_pred, threshold, dtype):
    y_true, y_pred = same_rank(y_true, y_pred)
    return (y_true == (y_pred > threshold).astype(y_true.dtype)).astype(dtype)


def binary_accuracy(y_true: Any, y_pred: Any, threshold: float = 0.5) -> Any:
    """1 where the prediction is on the target's side of the threshold, else 0.

    Args:
      y_true: labels 0 or 1 ``[batch, d0, .. dN]``.
      y_pred: probabilities of that shape.
      threshold: float.

    Returns:
      Tensor of that shape; in the Keras 2 dialect averaged over the last axis.

    >>> import kerax as tf
    >>> tf.keras.metrics.binary_accuracy([[1., 0.]], [[0.8, 0.7]]).numpy()
    array([[1., 0.]], dtype=float32)
    """
    matches = binary_matches(y_true, y_pred, threshold)
    return reduce_mean(matches, axis=-1) if legacy_keras() else matches


def binary_matches(y_true: Any, y_pred: Any, threshold: float = 0.5) -> Any:
    """``binary_accuracy`` before any averaging."""
    if not legacy_keras():
        return _binary_accuracy(y_true, y_pred, threshold, floatx())
    y_pred = to_tensor(y_pred)
    return cast(equal(y_true, cast(y_pred > cast(threshold, y_pred.dtype), y_pred.dtype)), floatx())


@op("y_true; y_pred")
def _categorical_accuracy(y_true, y_pred, dtype):
    y_true = jnp.argmax(y_true, axis=-1)
    shape = y_true.shape
    squeezed = y_true.ndim == y_pred.ndim
    if squeezed:
        y_true = jnp.squeeze(y_true, -1)
    hit = (y_true == jnp.argmax(y_pred, axis=-1)).astype(dtype)
    return hit.reshape(shape) if squeezed else hit


def categorical_accuracy(y_true: Any, y_pred: Any) -> Any:
    """1 where the largest prediction is that of the true class, else 0.

    Args:
      y_true: one-hot labels ``[batch, .., classes]``.
      y_pred: probabilities of that shape.

    Returns:
      Tensor ``[batch, ..]``.

    >>> import kerax as tf
    >>> tf.keras.metrics.categorical_accuracy([[0., 1.]], [[0.2, 0.8]]).numpy()
    array([1.], dtype=float32)
    """
    return _categorical_accuracy(y_true, y_pred, floatx())


@op("y_true; y_pred")
def _sparse_categorical_accuracy(y_true, y_pred, dtype):
    shape = y_true.shape
    squeezed = y_true.ndim == y_pred.ndim and y_true.shape[-1] == 1
    if squeezed:
        y_true = jnp.squeeze(y_true, -1)
    hit = (y_true == jnp.argmax(y_pred, axis=-1).astype(y_true.dtype)).astype(dtype)
    if squeezed:
        hit = hit.reshape(shape)
    return jnp.squeeze(hit, -1) if hit.ndim > 1 and hit.shape[-1] == 1 else hit


def sparse_categorical_accuracy(y_true: Any, y_pred: Any) -> Any:
    """1 where the largest prediction is that of the true class, else 0.

    Args:
      y_true: class indices ``[batch, ..]``.
      y_pred: probabilities ``[batch, .., classes]``.

    Returns:
      Tensor ``[batch, ..]``.

    >>> import kerax as tf
    >>> tf.keras.metrics.sparse_categorical_accuracy([1], [[0.2, 0.8]]).numpy()
    array([1.], dtype=float32)
    """
    return _sparse_categorical_accuracy(y_true, y_pred, floatx())


def in_top_k(targets: Any, predictions: Any, k: int) -> Any:
    """Whether fewer than ``k`` classes have a larger prediction than the target: bool ``[batch]``, of arrays."""
    classes = predictions.shape[-1]
    own = jnp.take_along_axis(predictions, jnp.clip(targets, 0, classes - 1)[:, None], axis=-1)
    larger = jnp.sum(predictions > own, axis=-1)
    exists = (targets >= 0) & (targets < classes)
    return (larger < k) & exists & jnp.isfinite(own[:, 0])


def _top_k(labels: Any, y_pred: Any, k: int, dtype: str) -> Any:
    hit = in_top_k(labels.reshape(-1), y_pred.reshape(-1, y_pred.shape[-1]), k)
    return hit.astype(dtype).reshape(labels.shape)


@op("y_true; y_pred")
def _top_k_categorical_accuracy(y_true, y_pred, k, dtype):
    return _top_k(jnp.argmax(y_true, axis=-1), y_pred, k, dtype)


def top_k_categorical_accuracy(y_true: Any, y_pred: Any, k: int = 5) -> Any:
    """1 where the true class is among the ``k`` largest predictions, else 0.

    Args:
      y_true: one-hot labels ``[batch, .., classes]``.
      y_pred: predictions of that shape.
      k: int.

    Returns:
      Tensor ``[batch, ..]``.

    >>> import kerax as tf
    >>> tf.keras.metrics.top_k_categorical_accuracy([[0., 0., 1.]], [[0.1, 0.9, 0.8]], k=2).numpy()
    array([1.], dtype=float32)
    """
    return _top_k_categorical_accuracy(y_true, y_pred, k, floatx())


@op("y_true; y_pred")
def _sparse_top_k_categorical_accuracy(y_true, y_pred, k, from_sorted_ids, dtype):
    if not from_sorted_ids:
        return _top_k(y_true.astype(jnp.int32), y_pred, k, dtype)
    ids = y_pred.reshape(-1, y_pred.shape[-1])[:, :k]
    hit = jnp.any(y_true.astype(y_pred.dtype).reshape(-1, 1) == ids, axis=1)
    return hit.astype(dtype).reshape(y_true.shape)


def sparse_top_k_categorical_accuracy(y_true: Any, y_pred: Any, k: int = 5, from_sorted_ids: bool = False) -> Any:
    """1 where the true class is among the ``k`` largest predictions, else 0.

    Args:
      y_true: class indices ``[batch, ..]``.
      y_pred: predictions ``[batch, .., classes]``, or classes sorted from the likeliest on.
      k: int.
      from_sorted_ids: bool, whether ``y_pred`` are sorted classes.

    Returns:
      Tensor ``[batch, ..]``.

    >>> import kerax as tf
    >>> tf.keras.metrics.sparse_top_k_categorical_accuracy([2], [[0.1, 0.9, 0.8]], k=2).numpy()
    array([1.], dtype=float32)
    """
    return _sparse_top_k_categorical_accuracy(y_true, y_pred, k, bool(from_sorted_ids), floatx())


class Accuracy(FunctionMetric):
    """How often predictions equal labels. See ``Metric`` for the arguments.

    >>> import kerax as tf
    >>> metric = tf.keras.metrics.Accuracy()
    >>> metric.update_state([1, 2, 3, 4], [0, 2, 3, 4])
    >>> metric.result().numpy()
    np.float32(0.75)
    """

    def __init__(self, name: str | None = "accuracy", dtype: Any = None) -> None:
        super().__init__(accuracy, name, dtype, "up")


class BinaryAccuracy(FunctionMetric):
    """How often predictions are on the label's side of ``threshold``."""

    _config_names = ("threshold",)

    def __init__(self, name: str | None = "binary_accuracy", dtype: Any = None, threshold: float = 0.5) -> None:
        super().__init__(binary_matches, name, dtype, "up", threshold=threshold)


class CategoricalAccuracy(FunctionMetric):
    """How often the largest prediction is that of the one-hot label. See ``Metric`` for the arguments."""

    def __init__(self, name: str | None = "categorical_accuracy", dtype: Any = None) -> None:
        super().__init__(categorical_accuracy, name, dtype, "up")


class SparseCategoricalAccuracy(FunctionMetric):
    """How often the largest prediction is that of the class index. See ``Metric`` for the arguments."""

    def __init__(self, name: str | None = "sparse_categorical_accuracy", dtype: Any = None) -> None:
        super().__init__(sparse_categorical_accuracy, name, dtype, "up")


class TopKCategoricalAccuracy(FunctionMetric):
    """How often the one-hot label's class is among the ``k`` largest predictions."""

    _config_names = ("k",)

    def __init__(self, k: int = 5, name: str | None = "top_k_categorical_accuracy", dtype: Any = None) -> None:
        super().__init__(top_k_categorical_accuracy, name, dtype, "up", k=k)


class SparseTopKCategoricalAccuracy(FunctionMetric):
    """How often the class index is among the ``k`` largest predictions."""

    _config_names = ("k",)

    def __init__(
        self,
        k: int = 5,
        name: str | None = "sparse_top_k_categorical_accuracy",
        dtype: Any = None,
        from_sorted_ids: bool = False,
    ) -> None:
        ids = {"from_sorted_ids": True} if from_sorted_ids else {}
        super().__init__(sparse_top_k_categorical_accuracy, name, dtype, "up", k=k, **ids)
        self.from_sorted_ids = from_sorted_ids

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), **({"from_sorted_ids": True} if self.from_sorted_ids else {})}
