"""Metrics that sum or average what they are given, and those made of a function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax.numpy as jnp

from kerax.array_ops.shaping import expand_dims
from kerax.core.autograph import convert_in_trace
from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras import initializers
from kerax.keras.engine import eager_calls
from kerax.keras.engine.convert import keras_mask, to_tensor
from kerax.keras.losses.loss import _same_rank, fitted, legacy_weights, mask_weights, same_rank, squeeze_larger
from kerax.keras.metrics.metric import Metric
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object
from kerax.math.arithmetic import divide_no_nan


def _legacy_weighted(values: Any, sample_weight: Any, reduce: Callable[..., Any]) -> tuple[Any, Any]:
    """Values times their weights (Keras 2): weights that do not broadcast weigh the values' means, or sums."""
    sample_weight = fitted(sample_weight, values.ndim)
    shape = sample_weight.shape
    if not shape or (len(shape) == values.ndim and all(w in (1, v) for w, v in zip(shape, values.shape, strict=True))):
        sample_weight = jnp.broadcast_to(sample_weight, values.shape)
    else:
        values = reduce(values, axis=tuple(range(sample_weight.ndim, values.ndim)), dtype=values.dtype)
    return values * sample_weight, sample_weight


def _per_sample(values: Any, sample_weight: Any, reduce: Callable[..., Any]) -> tuple[Any, Any]:
    """One value (and weight) per sample."""
    if sample_weight is not None:
        values, sample_weight = same_rank(values, sample_weight)
        rank = sample_weight.ndim
        if values.ndim > rank:
            values = reduce(values, axis=tuple(range(rank, values.ndim)), dtype=values.dtype)
        sample_weight = jnp.broadcast_to(sample_weight, values.shape)
        values = values * sample_weight
        if rank > 1:
            sample_weight = reduce(sample_weight, axis=tuple(range(1, rank)), dtype=values.dtype)
    if values.ndim > 1:
        values = reduce(values, axis=tuple(range(1, values.ndim)), dtype=values.dtype)
    return values, sample_weight


def _prepared(values: Any, sample_weight: Any, mask: Any, dtype: str) -> tuple[Any, Any]:
    values = values.astype(dtype)
    if sample_weight is None:
        return values, None
    sample_weight = sample_weight.astype(dtype)
    return values, mask_weights(sample_weight, mask, dtype, "sum")


@op("values; sample_weight; mask")
def _weighted_sum(values, sample_weight, mask, dtype, legacy):
    values, sample_weight = _prepared(values, sample_weight, mask, dtype)
    if not legacy:
        values, _ = _per_sample(values, sample_weight, jnp.sum)
    elif sample_weight is not None:
        values, _ = _legacy_weighted(values, sample_weight, jnp.sum)
    return jnp.sum(values, dtype=values.dtype)


@op("values; sample_weight; mask")
def _weighted_mean(values, sample_weight, mask, dtype, legacy):
    values, sample_weight = _prepared(values, sample_weight, mask, dtype)
    if not legacy:
        values, sample_weight = _per_sample(values, sample_weight, jnp.mean)
    elif sample_weight is not None:
        values, sample_weight = _legacy_weighted(values, sample_weight, jnp.mean)
    if sample_weight is not None:
        count = jnp.sum(sample_weight, dtype=values.dtype)
    else:
        count = jnp.asarray(values.size if legacy else (*values.shape, 1)[0], dtype)
    return jnp.sum(values, dtype=values.dtype), count


@op("sample_weight; mask")
def _masked_weight(sample_weight, mask, dtype, legacy):
    if legacy:
        return legacy_weights(sample_weight, mask, dtype)
    return mask_weights(None if sample_weight is None else sample_weight.astype(dtype), mask, dtype, "sum")


def _weight(sample_weight: Any) -> Any:
    return None if sample_weight is None else to_tensor(sample_weight)


def masked_weight(sample_weight: Any, mask: Any, dtype: str) -> Any:
    """Sample weights with a mask in them; with no mask the weights themselves."""
    return sample_weight if mask is None else _masked_weight(_weight(sample_weight), mask, dtype, legacy_keras())


def flat_values(values: list[Any], sample_weight: Any) -> tuple[list[Any], Any]:
    """Ragged values, and weights, as columns of what they hold (Keras 2).

    Raises:
      TypeError: some are ragged and others are not.
    """
    given = [*values, *([] if sample_weight is None else [sample_weight])]
    ragged = [hasattr(value, "flat_values") for value in given]
    if not any(ragged):
        return values, sample_weight
    if not all(ragged):
        raise TypeError(f"Some of the inputs are not tf.RaggedTensor. Input received: {given}")
    flat = [expand_dims(value.flat_values, -1) for value in given]
    return flat[: len(values)], None if sample_weight is None else flat[-1]


def _arguments(values: Any, sample_weight: Any) -> tuple[Any, Any, Any]:
    """Values, weights and mask as tensors; Keras 2 takes in no mask here, but ragged tensors."""
    values, sample_weight = to_tensor(values), _weight(sample_weight)
    if not legacy_keras():
        return values, sample_weight, keras_mask(values)
    (values,), sample_weight = flat_values([values], sample_weight)
    return values, sample_weight, None


class Sum(Metric):
    """The weighted sum of all values.

    Args:
      name: str.
      dtype: see ``Metric``.

    >>> import kerax as tf
    >>> metric = tf.keras.metrics.Sum()
    >>> metric.update_state([1., 2.])
    >>> metric.result().numpy()
    np.float32(3.0)
    """

    def __init__(self, name: str | None = "sum", dtype: Any = None) -> None:
        super().__init__(name=name, dtype=dtype)
        self.total = self.add_variable((), initializers.Zeros(), dtype=self.dtype, name="total")

    def update_state(self, values: Any, sample_weight: Any = None) -> None:
        """Adds values.

        Args:
          values: numbers of any shape.
          sample_weight: weights that broadcast to them from the left, or None.
        """
        values, sample_weight, mask = _arguments(values, sample_weight)
        added = self.total.assign_add(_weighted_sum(values, sample_weight, mask, self._dtype, legacy_keras()))
        return added if legacy_keras() else None

    def reset_state(self) -> None:
        self.total.assign(0)

    def result(self) -> Any:
        return to_tensor(self.total, self._dtype)


class Mean(Metric):
    """The weighted mean of all values.

    Args:
      name: str.
      dtype: see ``Metric``.

    >>> import kerax as tf
    >>> metric = tf.keras.metrics.Mean()
    >>> metric.update_state([1., 3.], sample_weight=[3., 1.])
    >>> metric.result().numpy()
    np.float32(1.5)
    """

    def __init__(self, name: str | None = "mean", dtype: Any = None) -> None:
        super().__init__(name=name, dtype=dtype)
        self.total = self.add_variable((), initializers.Zeros(), dtype=self.dtype, name="total")
        self.count = self.add_variable((), initializers.Zeros(), dtype=self.dtype, name="count")

    def update_state(self, values: Any, sample_weight: Any = None) -> None:
        """Takes in values.

        Args:
          values: numbers of any shape, the first axis that of the samples.
          sample_weight: weights that broadcast to them from the left, or None.
        """
        values, sample_weight, mask = _arguments(values, sample_weight)
        total, count = _weighted_mean(values, sample_weight, mask, self._dtype, legacy_keras())
        self.total.assign_add(total)
        added = self.count.assign_add(count)
        return added if legacy_keras() else None

    def reset_state(self) -> None:
        self.total.assign(0)
        self.count.assign(0)

    def result(self) -> Any:
        return divide_no_nan(self.total, self.count)


class MeanMetricWrapper(Mean):
    """The mean of what a function gives for targets and predictions.

    Args:
      fn: ``fn(y_true, y_pred, **kwargs)`` returning one value per sample.
      name, dtype: see ``Metric``.
      **kwargs: passed on to ``fn``.

    >>> import kerax as tf
    >>> metric = tf.keras.metrics.MeanMetricWrapper(tf.keras.losses.mean_squared_error)
    >>> metric.update_state([[0., 1.]], [[1., 1.]])
    >>> metric.result().numpy()
    np.float32(0.5)
    """

    def __init__(self, fn: Callable[..., Any], name: str | None = None, dtype: Any = None, **kwargs: Any) -> None:
        super().__init__(name=name, dtype=dtype)
        self._fn = fn
        self._fn_kwargs = kwargs

    def _check_arguments(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        eager_calls.check_values(self._fn, y_true, y_pred, **self._fn_kwargs)

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Takes in a batch.

        Args:
          y_true: targets ``[batch, ...]``.
          y_pred: predictions ``[batch, ...]``.
          sample_weight: weights that broadcast to the function's values, or None.
        """
        mask = keras_mask(y_pred)
        if legacy_keras() and not isinstance(y_true, dict) and not isinstance(y_pred, dict):
            (y_true, y_pred), sample_weight = flat_values([y_true, y_pred], sample_weight)
            y_true, y_pred = to_tensor(y_true, self._dtype), to_tensor(y_pred, self._dtype)
            if hasattr(y_true, "shape") and hasattr(y_pred, "shape"):
                y_true, y_pred = squeeze_larger(y_true, y_pred)
        fn = convert_in_trace(self._fn) if legacy_keras() else self._fn
        values = fn(y_true, y_pred, **self._fn_kwargs)
        if legacy_keras():
            mask = keras_mask(values)  # `fit` puts that of the predictions into the weights
        sample_weight = masked_weight(sample_weight, mask, self._dtype)
        return super().update_state(values, sample_weight=sample_weight)

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "fn": serialize_keras_object(self._fn),
            **serialize_keras_object(self._fn_kwargs),
        }

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        if "fn" in config:
            config = deserialize_keras_object(config)
        return cls(**config)


class FunctionMetric(MeanMetricWrapper):
    """The base of the built-in metrics that average a function; their config holds their own arguments."""

    _config_names: tuple[str, ...] = ()

    def __init__(
        self, fn: Callable[..., Any], name: Any, dtype: Any, direction: str | None = "down", **kwargs: Any
    ) -> None:
        super().__init__(fn, name=name, dtype=dtype, **kwargs)
        for key in self._config_names:
            setattr(self, key, kwargs[key])
        if direction is not None:
            self._direction = direction

    def get_config(self) -> dict[str, Any]:
        names = tuple(self._fn_kwargs) if legacy_keras() else self._config_names
        return {"name": self.name, "dtype": str(self.dtype), **{key: self._fn_kwargs[key] for key in names}}


@op("values; sample_weight")
def _elementwise_sums(values, sample_weight, dtype):
    values = values.astype(dtype)
    count = jnp.ones_like(values)
    if sample_weight is not None:
        sample_weight = sample_weight.astype(dtype)
        if sample_weight.ndim == values.ndim + 1 and sample_weight.shape[-1] == 1:
            sample_weight = sample_weight[..., 0]
        values, sample_weight = same_rank(values, sample_weight)
        if sample_weight.ndim < values.ndim:
            sample_weight = sample_weight.reshape(sample_weight.shape + (1,) * (values.ndim - sample_weight.ndim))
        sample_weight = jnp.broadcast_to(sample_weight, values.shape)
        values, count = values * sample_weight, count * sample_weight
    return values, count


class MeanTensor(Metric):
    """The elementwise weighted mean of tensors of one shape (Keras 2).

    Args:
      name, dtype: see ``Metric``.
      shape: tuple of int, by default that of the first values.

    >>> import kerax as tf
    >>> metric = tf.keras.metrics.MeanTensor()
    >>> metric.update_state([0., 2.])
    >>> metric.update_state([4., 2.])
    >>> metric.result().numpy()
    array([2., 2.], dtype=float32)
    """

    def __init__(self, name: str | None = "mean_tensor", dtype: Any = None, shape: Any = None) -> None:
        super().__init__(name=name, dtype=dtype)
        self._shape: Any = None
        self._built = False
        self._build_shape = shape
        if shape is not None:
            self._build(shape)

    def _build(self, shape: Any) -> None:
        self._shape = tuple(shape)
        self._total = self.add_variable(self._shape, "zeros", dtype=self.dtype, name="total")
        self._count = self.add_variable(self._shape, "zeros", dtype=self.dtype, name="count")
        self._built = True

    @property
    def total(self) -> Any:
        return self._total if self._built else None

    @property
    def count(self) -> Any:
        return self._count if self._built else None

    def update_state(self, values: Any, sample_weight: Any = None) -> None:
        """Takes in a tensor and weights that broadcast to it."""
        values = to_tensor(values, self._dtype)
        if not self._built:
            self._build(values.shape)
        elif tuple(values.shape) != self._shape:
            raise ValueError(
                "MeanTensor input values must always have the same shape. Expected shape (set during the first call): "
                f"{self._shape}. Got: {values.shape}."
            )
        total, count = _elementwise_sums(values, _weight(sample_weight), self._dtype)
        self._total.assign_add(total)
        self._count.assign_add(count)

    def reset_state(self) -> None:
        self._zero_state()

    def result(self) -> Any:
        if not self._built:
            raise ValueError(
                "MeanTensor does not have any value yet. Please call the MeanTensor instance or use "
                "`.update_state(value)` before retrieving the result."
            )
        return divide_no_nan(self._total, self._count)

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        return config if self._build_shape is None else {**config, "shape": self._build_shape}


@op("y_true; y_pred; normalizer")
def _relative_error(y_true, y_pred, normalizer, dtype):
    error = jnp.abs(y_true.astype(dtype) - y_pred.astype(dtype))
    normalizer = normalizer.astype(dtype)
    zero = normalizer == 0
    return jnp.where(zero, 0, error / jnp.where(zero, 1, normalizer))


class MeanRelativeError(Mean):
    """The mean of ``|y_true - y_pred| / normalizer`` (Keras 2).

    Args:
      normalizer: tensor of the shape of the predictions.
      name, dtype: see ``Metric``.
    """

    def __init__(self, normalizer: Any, name: str | None = None, dtype: Any = None) -> None:
        super().__init__(name=name, dtype=dtype)
        self.normalizer = to_tensor(normalizer, self._dtype)

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        y_true, y_pred = _same_rank(to_tensor(y_true), to_tensor(y_pred))
        super().update_state(_relative_error(y_true, y_pred, self.normalizer, self._dtype), sample_weight)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "normalizer": self.normalizer.numpy()}
