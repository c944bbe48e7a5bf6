"""Cross-entropies: binary, categorical, sparse categorical, their focal forms, generalized cross-entropy."""

from __future__ import annotations

import warnings
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from kerax.array_ops._known import known
from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.core.tensor import is_tensor
from kerax.keras.engine.arguments import keras_2_order
from kerax.keras.engine.convert import set_keras_mask, to_tensor
from kerax.keras.engine.recorded import recorded
from kerax.keras.engine.settings import epsilon
from kerax.keras.losses._arrays import clip, mean
from kerax.keras.losses._entropy import binary_entropy, categorical_entropy, sparse_entropy
from kerax.keras.losses._ragged import takes_ragged
from kerax.keras.losses.loss import DEFAULT_REDUCTION, FunctionLoss
from kerax.nn.loss import check_classes


def logits_of(y_pred: Any, from_logits: bool, function: str) -> tuple[Any, bool]:
    """The logits that a sigmoid or softmax was made of, where they are known: their loss is exact."""
    logits = getattr(y_pred, "_keras_logits", None)
    if logits is None:
        return y_pred, from_logits
    if from_logits:
        warnings.warn(
            f'"`{function}` received `from_logits=True`, but the `output` argument was produced by a Sigmoid '
            "or Softmax "
            "activation and thus does not represent logits. Was this intended?",
            stacklevel=3,
        )
    return logits, True


def _check_axis(axis: Any) -> None:
    if isinstance(axis, bool):
        raise ValueError(f"`axis` must be of type `int`. Received: axis={axis} of type {type(axis)}")


def _warn_one_class(y_pred: Any, function: str) -> None:
    if len(y_pred.shape) and y_pred.shape[-1] == 1:
        warnings.warn(
            f"In loss {function}, expected y_pred.shape to be (batch_size, num_classes) with num_classes > 1. "
            f"Received: y_pred.shape={y_pred.shape}. Consider using 'binary_crossentropy' if you only have 2 classes.",
            SyntaxWarning,
            stacklevel=3,
        )


def _smooth_binary(y_true: Any, smoothing: float) -> Any:
    return y_true * (1.0 - smoothing) + 0.5 * smoothing if smoothing else y_true


def _smooth_classes(y_true: Any, smoothing: float) -> Any:
    return y_true * (1.0 - smoothing) + smoothing / y_true.shape[-1] if smoothing else y_true


@op("y_true; y_pred")
def _binary(y_true, y_pred, from_logits, label_smoothing, axis, epsilon, legacy):
    y_true = _smooth_binary(y_true.astype(y_pred.dtype), label_smoothing)
    return mean(binary_entropy(y_true, y_pred, from_logits, epsilon, legacy), axis)


@recorded
@takes_ragged
def binary_crossentropy(
    y_true: Any, y_pred: Any, from_logits: bool = False, label_smoothing: float = 0.0, axis: Any = -1
) -> Any:
    """``mean(-y_true * log(y_pred) - (1 - y_true) * log(1 - y_pred), axis)``.

    Args:
      y_true: labels 0 … 1 ``[batch, d0, .. dN]``.
      y_pred: probabilities, or logits, of that shape.
      from_logits: bool, whether ``y_pred`` are logits.
      label_smoothing: float in 0 … 1: labels move so far toward 0.5.
      axis: int, the axis to average over.

    Returns:
      Tensor ``[batch, d0, .. dN-1]``.

    Raises:
      ValueError: the shapes differ.

    >>> import kerax as tf
    >>> tf.keras.losses.binary_crossentropy([[0., 1.]], [[0.5, 0.5]]).numpy().round(3)
    array([0.693], dtype=float32)
    """
    y_pred, from_logits = logits_of(y_pred, from_logits, "binary_crossentropy")
    return _binary(y_true, y_pred, bool(from_logits), label_smoothing, axis, epsilon(), legacy_keras())


@op("y_true; y_pred")
def _binary_focal(
    y_true, y_pred, apply_class_balancing, alpha, gamma, from_logits, label_smoothing, axis, epsilon, legacy
):
    y_true = _smooth_binary(y_true.astype(y_pred.dtype), label_smoothing)
    if from_logits:
        y_pred = jax.nn.sigmoid(y_pred)
    if legacy:
        y_pred = clip(y_pred, epsilon, 1.0 - epsilon)
    entropy = binary_entropy(y_true, y_pred, False, epsilon, legacy)
    hit = y_true * y_pred + (1 - y_true) * (1 - y_pred)
    focal = jnp.power(1.0 - hit, gamma) * entropy
    if apply_class_balancing:
        focal = (y_true * alpha + (1 - y_true) * (1 - alpha)) * focal
    return mean(focal, axis)


@takes_ragged
def binary_focal_crossentropy(
    y_true: Any,
    y_pred: Any,
    apply_class_balancing: bool = False,
    alpha: float = 0.25,
    gamma: float = 2.0,
    from_logits: bool = False,
    label_smoothing: float = 0.0,
    axis: Any = -1,
) -> Any:
    """Binary cross-entropy times ``(1 - p)^gamma``, ``p`` the probability of the true class (Lin et al., 2018).

    Args:
      y_true: labels 0 … 1 ``[batch, d0, .. dN]``.
      y_pred: probabilities, or logits, of that shape.
      apply_class_balancing: bool, whether class 1 weighs ``alpha`` and class 0 ``1 - alpha``.
      alpha: float in 0 … 1.
      gamma: float, the focusing exponent.
      from_logits, label_smoothing, axis: see ``binary_crossentropy``.

    Returns:
      Tensor ``[batch, d0, .. dN-1]``.

    >>> import kerax as tf
    >>> tf.keras.losses.binary_focal_crossentropy([[0., 1.]], [[0.5, 0.5]]).numpy().round(3)
    array([0.173], dtype=float32)
    """
    return _binary_focal(
        y_true,
        y_pred,
        bool(apply_class_balancing),
        alpha,
        gamma,
        bool(from_logits),
        label_smoothing,
        axis,
        epsilon(),
        legacy_keras(),
    )


@op("y_true; y_pred")
def _categorical(y_true, y_pred, from_logits, label_smoothing, axis, epsilon):
    y_true = _smooth_classes(y_true.astype(y_pred.dtype), label_smoothing)
    return categorical_entropy(y_true, y_pred, from_logits, axis, epsilon)


@recorded
def categorical_crossentropy(
    y_true: Any, y_pred: Any, from_logits: bool = False, label_smoothing: float = 0.0, axis: int = -1
) -> Any:
    """``-sum(y_true * log(y_pred), axis)``, predictions scaled to sum to 1.

    Args:
      y_true: one-hot labels ``[batch, .., classes]``.
      y_pred: probabilities, or logits, of that shape.
      from_logits: bool, whether ``y_pred`` are logits.
      label_smoothing: float in 0 … 1: how much of each label is spread over all classes.
      axis: int, the axis of the classes.

    Returns:
      Tensor ``[batch, ..]``.

    Raises:
      ValueError: the shapes differ.

    >>> import kerax as tf
    >>> tf.keras.losses.categorical_crossentropy([[0., 1.]], [[0.5, 0.5]]).numpy().round(3)
    array([0.693], dtype=float32)
    """
    _check_axis(axis)
    y_pred, from_logits = logits_of(to_tensor(y_pred), from_logits, "categorical_crossentropy")
    _warn_one_class(y_pred, "categorical_crossentropy")
    return _categorical(y_true, y_pred, bool(from_logits), label_smoothing, axis, epsilon())


@op("y_true; y_pred; alpha")
def _categorical_focal(y_true, y_pred, alpha, gamma, from_logits, label_smoothing, axis, epsilon):
    y_true = _smooth_classes(y_true.astype(y_pred.dtype), label_smoothing)
    if from_logits:
        y_pred = jax.nn.softmax(y_pred, axis)
    y_pred = y_pred / jnp.sum(y_pred, axis=axis, keepdims=True, dtype=y_pred.dtype)
    y_pred = clip(y_pred, epsilon, 1.0 - epsilon)
    terms = jnp.power(1.0 - y_pred, gamma) * alpha.astype(y_pred.dtype) * -y_true * jnp.log(y_pred)
    return jnp.sum(terms, axis=axis, dtype=terms.dtype)


def categorical_focal_crossentropy(
    y_true: Any,
    y_pred: Any,
    alpha: Any = 0.25,
    gamma: float = 2.0,
    from_logits: bool = False,
    label_smoothing: float = 0.0,
    axis: int = -1,
) -> Any:
    """Categorical cross-entropy, each term times ``alpha * (1 - y_pred)^gamma``.

    Args:
      y_true: one-hot labels ``[batch, .., classes]``.
      y_pred: probabilities, or logits, of that shape.
      alpha: float, or one per class.
      gamma: float, the focusing exponent.
      from_logits, label_smoothing, axis: see ``categorical_crossentropy``.

    Returns:
      Tensor ``[batch, ..]``.

    >>> import kerax as tf
    >>> tf.keras.losses.categorical_focal_crossentropy([[0., 1.]], [[0.5, 0.5]]).numpy().round(3)
    array([0.043], dtype=float32)
    """
    _check_axis(axis)
    y_pred = to_tensor(y_pred)
    _warn_one_class(y_pred, "categorical_focal_crossentropy")
    return _categorical_focal(y_true, y_pred, alpha, gamma, bool(from_logits), label_smoothing, axis, epsilon())


@op("y_true; y_pred")
def _sparse(y_true, y_pred, from_logits, ignore_class, axis, epsilon, legacy):
    if y_true.ndim == y_pred.ndim and y_true.shape[axis] == 1:
        y_true = jnp.squeeze(y_true, axis)
    if ignore_class is None:
        return sparse_entropy(y_true, y_pred, from_logits, axis, epsilon, legacy)
    valid = y_true != ignore_class
    shape = y_pred.shape[:axis] + y_pred.shape[axis % y_pred.ndim + 1 :]
    y_true = jnp.where(valid, y_true, 0)
    y_pred = jnp.where(jnp.expand_dims(valid, axis), y_pred, 0)
    losses = sparse_entropy(y_true, y_pred, from_logits, axis, epsilon, legacy)
    valid = jnp.reshape(valid, shape)
    return jnp.where(valid, losses, 0), valid


def _check_labels(
    y_true: Any, y_pred: Any, from_logits: bool = False, ignore_class: int | None = None, axis: int = -1
) -> None:
    """Raises for labels that are no class, where values are known. The arguments are those of the loss."""
    if is_tensor(y_true):
        labels = known(y_true, asking=False)
    else:
        labels = y_true if hasattr(y_true, "dtype") else np.asarray(y_true)
    if not isinstance(labels, np.ndarray) or not hasattr(y_pred, "shape") or y_pred.shape[axis:] == ():
        return
    if labels.dtype.kind not in "iu":
        labels = labels.astype(np.int64)
    check_classes(labels if ignore_class is None else labels[labels != ignore_class], y_pred.shape[axis])


@recorded
@keras_2_order("y_true", "y_pred", "from_logits", "axis", "ignore_class")
def sparse_categorical_crossentropy(
    y_true: Any, y_pred: Any, from_logits: bool = False, ignore_class: int | None = None, axis: int = -1
) -> Any:
    """``-log(y_pred[y_true])``: cross-entropy with class indices.

    Args:
      y_true: class indices ``[batch, ..]`` or ``[batch, .., 1]``.
      y_pred: probabilities, or logits, ``[batch, .., classes]``.
      from_logits: bool, whether ``y_pred`` are logits.
      ignore_class: int, a class whose elements have loss 0 and do not count in means; None for none.
      axis: int, the axis of the classes; only the last, but in the Keras 2 dialect.

    Returns:
      Tensor ``[batch, ..]``.

    Raises:
      ValueError: shapes that do not fit.
      InvalidArgumentError: a label is no class (NaN inside a compiled program and on accelerators).

    >>> import kerax as tf
    >>> tf.keras.losses.sparse_categorical_crossentropy([1], [[0.5, 0.5]]).numpy().round(3)
    array([0.693], dtype=float32)
    """
    y_pred, from_logits = logits_of(y_pred, from_logits, "sparse_categorical_crossentropy")
    _check_labels(y_true, y_pred, from_logits, ignore_class, axis)
    result = _sparse(y_true, y_pred, bool(from_logits), ignore_class, axis, epsilon(), legacy_keras())
    if ignore_class is None:
        return result
    set_keras_mask(*result)
    return result[0]


sparse_categorical_crossentropy.check_values = _check_labels  # type: ignore[attr-defined]


@op("y_true; y_pred")
def categorical_generalized_cross_entropy(y_true, y_pred, q):
    """``(1 - p^q) / q``, ``p`` the probability of the true class (Zhang & Sabuncu, 2018).

    Args:
      y_true: class indices ``[batch]``.
      y_pred: probabilities ``[batch, classes]``.
      q: float between 0 (cross-entropy) and 1 (mean absolute error).

    Returns:
      Tensor ``[batch]``.
    """
    labels = jax.nn.one_hot(y_true.astype(jnp.int64), y_pred.shape[-1], dtype=y_pred.dtype)
    p = jnp.sum(y_pred * labels, axis=-1, dtype=y_pred.dtype)
    return (1 - jnp.power(p, q)) / q


class BinaryCrossentropy(FunctionLoss):
    """Binary cross-entropy. See ``binary_crossentropy`` and ``Loss`` for the arguments.

    >>> import kerax as tf
    >>> tf.keras.losses.BinaryCrossentropy(from_logits=True)([1., 0.], [0., 0.]).numpy().round(3)
    np.float32(0.693)
    """

    _config_names = ("from_logits", "label_smoothing", "axis")

    def __init__(
        self,
        from_logits: bool = False,
        label_smoothing: float = 0.0,
        axis: int = -1,
        reduction: Any = DEFAULT_REDUCTION,
        name: Any = "binary_crossentropy",
        dtype: Any = None,
    ) -> None:
        super().__init__(
            binary_crossentropy,
            reduction,
            name,
            dtype,
            from_logits=from_logits,
            label_smoothing=label_smoothing,
            axis=axis,
        )


class BinaryFocalCrossentropy(FunctionLoss):
    """Focal binary cross-entropy. See ``binary_focal_crossentropy`` and ``Loss`` for the arguments."""

    _config_names = ("from_logits", "label_smoothing", "axis", "apply_class_balancing", "alpha", "gamma")

    def __init__(
        self,
        apply_class_balancing: bool = False,
        alpha: float = 0.25,
        gamma: float = 2.0,
        from_logits: bool = False,
        label_smoothing: float = 0.0,
        axis: int = -1,
        reduction: Any = DEFAULT_REDUCTION,
        name: Any = "binary_focal_crossentropy",
        dtype: Any = None,
    ) -> None:
        super().__init__(
            binary_focal_crossentropy,
            reduction,
            name,
            dtype,
            apply_class_balancing=apply_class_balancing,
            alpha=alpha,
            gamma=gamma,
            from_logits=from_logits,
            label_smoothing=label_smoothing,
            axis=axis,
        )


class CategoricalCrossentropy(FunctionLoss):
    """Cross-entropy with one-hot labels. See ``categorical_crossentropy`` and ``Loss`` for the arguments."""

    _config_names = ("from_logits", "label_smoothing", "axis")

    def __init__(
        self,
        from_logits: bool = False,
        label_smoothing: float = 0.0,
        axis: int = -1,
        reduction: Any = DEFAULT_REDUCTION,
        name: Any = "categorical_crossentropy",
        dtype: Any = None,
    ) -> None:
        super().__init__(
            categorical_crossentropy,
            reduction,
            name,
            dtype,
            from_logits=from_logits,
            label_smoothing=label_smoothing,
            axis=axis,
        )


class CategoricalFocalCrossentropy(FunctionLoss):
    """Focal categorical cross-entropy. See ``categorical_focal_crossentropy`` and ``Loss`` for the arguments."""

    _config_names = ("from_logits", "label_smoothing", "axis", "alpha", "gamma")

    def __init__(
        self,
        alpha: Any = 0.25,
        gamma: float = 2.0,
        from_logits: bool = False,
        label_smoothing: float = 0.0,
        axis: int = -1,
        reduction: Any = DEFAULT_REDUCTION,
        name: Any = "categorical_focal_crossentropy",
        dtype: Any = None,
    ) -> None:
        super().__init__(
            categorical_focal_crossentropy,
            reduction,
            name,
            dtype,
            alpha=alpha,
            gamma=gamma,
            from_logits=from_logits,
            label_smoothing=label_smoothing,
            axis=axis,
        )


class SparseCategoricalCrossentropy(FunctionLoss):
    """Cross-entropy with class indices. See ``sparse_categorical_crossentropy`` and ``Loss`` for the arguments.

    >>> import kerax as tf
    >>> tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)([1], [[0., 0.]]).numpy().round(3)
    np.float32(0.693)
    """

    _config_names = ("from_logits", "ignore_class")

    def __init__(
        self,
        from_logits: bool = False,
        ignore_class: int | None = None,
        reduction: Any = DEFAULT_REDUCTION,
        axis: Any = -1,
        name: Any = "sparse_categorical_crossentropy",
        dtype: Any = None,
    ) -> None:
        if isinstance(axis, str):  # Keras 2 has no axis: its fourth argument is the name
            axis, name = -1, axis
        super().__init__(
            sparse_categorical_crossentropy,
            reduction,
            name,
            dtype,
            from_logits=from_logits,
            ignore_class=ignore_class,
            **({} if legacy_keras() else {"axis": axis}),
        )


class CategoricalGeneralizedCrossEntropy(FunctionLoss):
    """``(1 - p^q) / q``, robust to wrong labels. See ``categorical_generalized_cross_entropy``."""

    _config_names = ("q",)

    def __init__(
        self,
        q: float = 0.5,
        reduction: Any = DEFAULT_REDUCTION,
        name: Any = "categorical_generalized_cross_entropy",
        dtype: Any = None,
    ) -> None:
        if not 0 < q < 1:
            raise ValueError("q must be in the interval (0, 1)")
        super().__init__(categorical_generalized_cross_entropy, reduction, name, dtype, q=q)
