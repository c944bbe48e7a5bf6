"""Cross-entropies, divergence, Poisson and hinge losses as metrics."""

from __future__ import annotations

from typing import Any

from kerax.core.config import legacy_keras
from kerax.keras import losses
from kerax.keras.metrics.reduction import FunctionMetric


class KLDivergence(FunctionMetric):
    """The mean Kullback-Leibler divergence. See ``Metric`` for the arguments."""

    def __init__(self, name: str | None = None, dtype: Any = None) -> None:
        default = "kullback_leibler_divergence" if legacy_keras() else "kl_divergence"
        super().__init__(losses.kl_divergence, name or default, dtype)


class Poisson(FunctionMetric):
    """The mean of ``y_pred - y_true * log(y_pred)``. See ``Metric`` for the arguments."""

    def __init__(self, name: str | None = "poisson", dtype: Any = None) -> None:
        super().__init__(losses.poisson, name, dtype)


class BinaryCrossentropy(FunctionMetric):
    """The mean binary cross-entropy.

    Args:
      name, dtype: see ``Metric``.
      from_logits: bool, whether predictions are logits.
      label_smoothing: float in 0 … 1.
    """

    _config_names = ("from_logits", "label_smoothing")

    def __init__(
        self,
        name: str | None = "binary_crossentropy",
        dtype: Any = None,
        from_logits: bool = False,
        label_smoothing: float = 0,
    ) -> None:
        super().__init__(
            losses.binary_crossentropy, name, dtype, from_logits=from_logits, label_smoothing=label_smoothing
        )


class CategoricalCrossentropy(FunctionMetric):
    """The mean cross-entropy with one-hot labels.

    Args:
      name, dtype: see ``Metric``.
      from_logits: bool, whether predictions are logits.
      label_smoothing: float in 0 … 1.
      axis: int, the axis of the classes.
    """

    _config_names = ("from_logits", "label_smoothing", "axis")

    def __init__(
        self,
        name: str | None = "categorical_crossentropy",
        dtype: Any = None,
        from_logits: bool = False,
        label_smoothing: float = 0,
        axis: int = -1,
    ) -> None:
        super().__init__(
            losses.categorical_crossentropy,
            name,
            dtype,
            from_logits=from_logits,
            label_smoothing=label_smoothing,
            axis=axis,
        )


class SparseCategoricalCrossentropy(FunctionMetric):
    """The mean cross-entropy with class indices.

    Args:
      name, dtype: see ``Metric``.
      from_logits: bool, whether predictions are logits.
      ignore_class: int, a class that does not count.
      axis: int, the axis of the classes.
    """

    _config_names = ("from_logits", "ignore_class", "axis")

    def __init__(
        self,
        name: str | None = "sparse_categorical_crossentropy",
        dtype: Any = None,
        from_logits: bool = False,
        ignore_class: int | None = None,
        axis: int = -1,
    ) -> None:
        super().__init__(
            losses.sparse_categorical_crossentropy,
            name,
            dtype,
            from_logits=from_logits,
            ignore_class=ignore_class,
            axis=axis,
        )


class Hinge(FunctionMetric):
    """The mean of ``max(1 - y_true * y_pred, 0)``. See ``Metric`` for the arguments."""

    def __init__(self, name: str | None = "hinge", dtype: Any = None) -> None:
        super().__init__(losses.hinge, name, dtype)


class SquaredHinge(FunctionMetric):
    """The mean of ``square(max(1 - y_true * y_pred, 0))``. See ``Metric`` for the arguments."""

    def __init__(self, name: str | None = "squared_hinge", dtype: Any = None) -> None:
        super().__init__(losses.squared_hinge, name, dtype)


class CategoricalHinge(FunctionMetric):
    """The mean categorical hinge loss. See ``Metric`` for the arguments."""

    def __init__(self, name: str | None = "categorical_hinge", dtype: Any = None) -> None:
        super().__init__(losses.categorical_hinge, name, dtype)
