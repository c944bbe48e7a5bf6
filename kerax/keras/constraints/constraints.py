"""What weights are brought back to after an update."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core.op import op
from kerax.keras.engine.settings import epsilon
from kerax.keras.losses._arrays import maximum


def _norms(w: Any, axis: Any) -> Any:
    return jnp.sqrt(jnp.sum(jnp.square(w), axis=axis, keepdims=True, dtype=w.dtype))


@op("w")
def _max_norm(w, max_value, axis, epsilon):
    norms = _norms(w, axis)
    return w * (jnp.clip(norms, 0, max_value) / (epsilon + norms))


@op("w")
def _min_max_norm(w, min_value, max_value, rate, axis, epsilon):
    norms = _norms(w, axis)
    desired = rate * jnp.clip(norms, min_value, max_value) + (1 - rate) * norms
    return w * (desired / (epsilon + norms))


@op("w")
def _unit_norm(w, axis, epsilon):
    return w / (epsilon + _norms(w, axis))


@op("w")
def _non_negative(w):
    return maximum(w, 0)


@op("w")
def _radial(w):
    height, width, channels, filters = w.shape
    if height != width:
        raise ValueError(f"RadialConstraint expects a square kernel. Received: shape={w.shape}")
    kernels = w.reshape(height, width, channels * filters)
    ring = jnp.minimum(jnp.minimum(jnp.arange(height), jnp.arange(height)[::-1])[:, None],
                       jnp.minimum(jnp.arange(width), jnp.arange(width)[::-1])[None])  # fmt: skip
    middle = height // 2
    # each ring takes the values of its element in the middle of the left side
    return kernels[middle, ring].reshape(w.shape)


class Constraint:
    """The base class of constraints: override ``__call__(w)``, which returns the weight to use.

    >>> import kerax as tf
    >>> class NonPositive(tf.keras.constraints.Constraint):
    ...     def __call__(self, w):
    ...         return tf.minimum(w, 0.)
    >>> NonPositive()(tf.constant([-1., 1.])).numpy()
    array([-1.,  0.], dtype=float32)
    """

    def __call__(self, w: Any) -> Any:
        return w

    def get_config(self) -> dict[str, Any]:
        return {}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        return cls(**config)


class MaxNorm(Constraint):
    """Norms of at most ``max_value``.

    Args:
      max_value: float.
      axis: int or list, the axes of the vectors.

    >>> import kerax as tf
    >>> tf.keras.constraints.MaxNorm(1.)(tf.constant([[3.], [4.]])).numpy().round(2)
    array([[0.6],
           [0.8]], dtype=float32)
    """

    def __init__(self, max_value: float = 2, axis: Any = 0) -> None:
        self.max_value = max_value
        self.axis = axis

    def __call__(self, w: Any) -> Any:
        return _max_norm(w, self.max_value, self.axis, epsilon())

    def get_config(self) -> dict[str, Any]:
        return {"max_value": self.max_value, "axis": self.axis}


class NonNeg(Constraint):
    """No negative weights."""

    def __call__(self, w: Any) -> Any:
        return _non_negative(w)


class UnitNorm(Constraint):
    """Norms of 1.

    Args:
      axis: int or list, the axes of the vectors.
    """

    def __init__(self, axis: Any = 0) -> None:
        self.axis = axis

    def __call__(self, w: Any) -> Any:
        return _unit_norm(w, self.axis, epsilon())

    def get_config(self) -> dict[str, Any]:
        return {"axis": self.axis}


class MinMaxNorm(Constraint):
    """Norms between two values.

    Args:
      min_value: float.
      max_value: float.
      rate: float in 0 … 1, how far weights are moved toward that.
      axis: int or list, the axes of the vectors.
    """

    def __init__(self, min_value: float = 0.0, max_value: float = 1.0, rate: float = 1.0, axis: Any = 0) -> None:
        self.min_value = min_value
        self.max_value = max_value
        self.rate = rate
        self.axis = axis

    def __call__(self, w: Any) -> Any:
        return _min_max_norm(w, self.min_value, self.max_value, self.rate, self.axis, epsilon())

    def get_config(self) -> dict[str, Any]:
        return {"min_value": self.min_value, "max_value": self.max_value, "rate": self.rate, "axis": self.axis}


class RadialConstraint(Constraint):
    """Convolution kernels that are constant on rings around their centre (Keras 2)."""

    def __call__(self, w: Any) -> Any:
        if len(w.shape) != 4:
            raise ValueError(f"The weight tensor must have rank 4. Received weight tensor with shape: {w.shape}")
        return _radial(w)
