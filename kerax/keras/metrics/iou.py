"""Intersection over union of classes, for segmentation."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import errors
from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras import initializers
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.settings import epsilon
from kerax.keras.metrics.metric import Metric
from kerax.math._values import concrete


@op("y_true; y_pred; sample_weight")
def _matrix(y_true, y_pred, sample_weight, classes, ignore_class, true_axis, pred_axis, threshold, dtype):
    if threshold is not None:
        y_pred = y_pred.astype(jnp.float32) >= threshold
    if true_axis is not None:
        y_true = jnp.argmax(y_true, axis=true_axis)
    if pred_axis is not None:
        y_pred = jnp.argmax(y_pred, axis=pred_axis)
    true = y_true.astype(jnp.int64).reshape(-1)
    pred = y_pred.astype(jnp.int64).reshape(-1)
    weight = jnp.ones((), dtype) if sample_weight is None else sample_weight.astype(dtype)
    if weight.ndim > 1:
        weight = weight.reshape(-1)
    weight = jnp.broadcast_to(weight, true.shape)
    valid = (true >= 0) & (true < classes) & (pred >= 0) & (pred < classes)
    if ignore_class is not None:
        valid = valid & (true != ignore_class)
    true, pred = jnp.where(valid, true, 0), jnp.where(valid, pred, 0)
    return jnp.zeros((classes, classes), dtype).at[true, pred].add(jnp.where(valid, weight, 0).astype(dtype))


@op("matrix")
def _mean_iou(matrix, ids, epsilon, dtype):
    true_positives = jnp.diagonal(matrix)
    union = jnp.sum(matrix, 0, dtype=matrix.dtype) + jnp.sum(matrix, 1, dtype=matrix.dtype) - true_positives
    ids = jnp.asarray(ids)
    true_positives, union = true_positives[ids].astype(dtype), union[ids].astype(dtype)
    valid = union > 1e-9
    iou = jnp.where(valid, true_positives / (union + epsilon), 0)
    return jnp.sum(iou) / (jnp.sum(valid).astype(dtype) + epsilon)


class IoU(Metric):
    """The mean over some classes of ``tp / (tp + fp + fn)``.

    Args:
      num_classes: int.
      target_class_ids: list of int, the classes to average.
      name, dtype: see ``Metric``; int by default.
      ignore_class: int, a label that does not count.
      sparse_y_true: bool, whether labels are class indices (else one-hot along ``axis``).
      sparse_y_pred: bool, whether predictions are class indices (else probabilities along ``axis``).
      axis: int, the axis of the classes.

    >>> import kerax as tf
    >>> metric = tf.keras.metrics.IoU(num_classes=2, target_class_ids=[0])
    >>> _ = metric.update_state([0, 0, 1, 1], [0, 1, 0, 1])
    >>> metric.result().numpy().round(3)
    np.float32(0.333)
    """

    _threshold: float | None = None

    def __init__(
        self,
        num_classes: int,
        target_class_ids: Sequence[int],
        name: str | None = None,
        dtype: Any = None,
        ignore_class: int | None = None,
        sparse_y_true: bool = True,
        sparse_y_pred: bool = True,
        axis: int = -1,
    ) -> None:
        super().__init__(name=name, dtype=dtype or ("float32" if legacy_keras() else "int"))
        self._direction = "up"
        self.num_classes = num_classes
        self.ignore_class = ignore_class
        self.sparse_y_true = sparse_y_true
        self.sparse_y_pred = sparse_y_pred
        self.axis = axis
        if max(target_class_ids) >= num_classes:
            raise ValueError(f"Target class id {max(target_class_ids)} is out of range, which is [0, {num_classes}).")
        self.target_class_ids = list(target_class_ids)
        self.total_cm = self.add_variable(
            (num_classes, num_classes), initializers.Zeros(), dtype=self.dtype, name="total_confusion_matrix"
        )

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> Any:
        """Takes in a batch of labels and predictions, and weights of their shape; returns the matrix so far."""
        if sample_weight is not None:
            if "float" in str(getattr(sample_weight, "dtype", "")) and "int" in self._dtype:
                warnings.warn(
                    "You are passing weight as `float`, but dtype is `int`. This may result in an incorrect weight due "
                    "to type casting Consider using integer weights.",
                    stacklevel=2,
                )
            sample_weight = to_tensor(sample_weight)
        if legacy_keras():
            self._check_labels(y_true, self.sparse_y_true)
            self._check_labels(y_pred, self.sparse_y_pred and self._threshold is None)
        return self.total_cm.assign_add(
            _matrix(
                to_tensor(y_true),
                to_tensor(y_pred),
                sample_weight,
                self.num_classes,
                self.ignore_class,
                None if self.sparse_y_true else self.axis,
                None if self.sparse_y_pred else self.axis,
                self._threshold,
                self._dtype,
            )
        )

    def _check_labels(self, labels: Any, sparse: bool) -> None:
        found = concrete(to_tensor(labels)) if sparse else None
        if found is not None and np.any(((found < 0) | (found >= self.num_classes)) & (found != self.ignore_class)):
            raise errors.InvalidArgumentError(None, None, "label out of bound")

    def reset_state(self) -> None:
        self._zero_state()

    def result(self) -> Any:
        dtype = self._dtype if legacy_keras() else "float32"
        return _mean_iou(self.total_cm, tuple(self.target_class_ids), epsilon(), dtype)

    _first_names: tuple[str, ...] = ()  # what the config has before the name
    _config_names: tuple[str, ...] = (
        "num_classes",
        "target_class_ids",
        "ignore_class",
        "sparse_y_true",
        "sparse_y_pred",
        "axis",
    )

    def get_config(self) -> dict[str, Any]:
        first = {key: getattr(self, key) for key in self._first_names}
        return {**first, **super().get_config(), **{key: getattr(self, key) for key in self._config_names}}


class BinaryIoU(IoU):
    """Intersection over union of classes 0 and 1, predictions cut at ``threshold``."""

    _first_names, _config_names = ("target_class_ids", "threshold"), ()

    def __init__(
        self,
        target_class_ids: Sequence[int] = (0, 1),
        threshold: float = 0.5,
        name: str | None = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(num_classes=2, target_class_ids=target_class_ids, name=name, dtype=dtype)
        self.threshold = threshold
        self._threshold = threshold


class MeanIoU(IoU):
    """The mean intersection over union of all classes. See ``IoU`` for the arguments.

    >>> import kerax as tf
    >>> metric = tf.keras.metrics.MeanIoU(num_classes=2)
    >>> _ = metric.update_state([0, 0, 1, 1], [0, 1, 0, 1])
    >>> metric.result().numpy().round(3)
    np.float32(0.333)
    """

    _first_names = ("num_classes",)
    _config_names = ("ignore_class", "sparse_y_true", "sparse_y_pred", "axis")

    def __init__(
        self,
        num_classes: int,
        name: str | None = None,
        dtype: Any = None,
        ignore_class: int | None = None,
        sparse_y_true: bool = True,
        sparse_y_pred: bool = True,
        axis: int = -1,
    ) -> None:
        super().__init__(
            num_classes,
            list(range(num_classes)),
            name=name,
            dtype=dtype,
            ignore_class=ignore_class,
            sparse_y_true=sparse_y_true,
            sparse_y_pred=sparse_y_pred,
            axis=axis,
        )


class OneHotIoU(IoU):
    """``IoU`` of one-hot labels."""

    _first_names = ("num_classes", "target_class_ids")
    _config_names = ("ignore_class", "sparse_y_pred", "axis")

    def __init__(
        self,
        num_classes: int,
        target_class_ids: Sequence[int],
        name: str | None = None,
        dtype: Any = None,
        ignore_class: int | None = None,
        sparse_y_pred: bool = False,
        axis: int = -1,
    ) -> None:
        super().__init__(
            num_classes,
            target_class_ids,
            name=name,
            dtype=dtype,
            ignore_class=ignore_class,
            sparse_y_true=False,
            sparse_y_pred=sparse_y_pred,
            axis=axis,
        )


class OneHotMeanIoU(MeanIoU):
    """``MeanIoU`` of one-hot labels."""

    _first_names = ("num_classes",)
    _config_names = ("ignore_class", "sparse_y_pred", "axis")

    def __init__(
        self,
        num_classes: int,
        name: str | None = None,
        dtype: Any = None,
        ignore_class: int | None = None,
        sparse_y_pred: bool = False,
        axis: int = -1,
    ) -> None:
        super().__init__(
            num_classes,
            name=name,
            dtype=dtype,
            ignore_class=ignore_class,
            sparse_y_true=False,
            sparse_y_pred=sparse_y_pred,
            axis=axis,
        )
