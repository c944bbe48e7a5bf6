"""Penalties on weights and activations."""

from __future__ import annotations

import math
from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.keras.engine.settings import epsilon, floatx
from kerax.keras.losses._arrays import normalized
from kerax.math.arithmetic import abs as absolute


def _checked(value: Any, name: str) -> float:
    if isinstance(value, (np.floating, np.integer)):
        value = value.item()
    least = -math.inf if legacy_keras() else 0.0
    if not isinstance(value, (float, int)) or math.isinf(value) or math.isnan(value) or value < least:
        raise ValueError(f"Invalid value for argument {name}: expected a non-negative float.Received: {name}={value}")
    return float(value)


def _configured(rate: float) -> float:
    return float(np.float32(rate)) if legacy_keras() else rate  # Keras 2 keeps what it computes with


@op("x")
def _penalty(x, l1, l2):
    total = jnp.zeros((), x.dtype)
    if l1:
        total = total + jnp.asarray(l1, x.dtype) * jnp.sum(absolute.pure(x), dtype=x.dtype)
    if l2:
        total = total + jnp.asarray(l2, x.dtype) * jnp.sum(jnp.square(x), dtype=x.dtype)
    return total


class Regularizer:
    """The base class of regularizers: override ``__call__(x)``, which returns a scalar.

    >>> import kerax as tf
    >>> class Sum(tf.keras.regularizers.Regularizer):
    ...     def __call__(self, x):
    ...         return tf.reduce_sum(x)
    >>> Sum()(tf.constant([1., 2.])).numpy()
    np.float32(3.0)
    """

    def __call__(self, x: Any) -> Any:
        """The penalty for a tensor."""
        return 0.0

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        return cls(**config)

    def get_config(self) -> dict[str, Any]:
        raise NotImplementedError(f"{self} does not implement get_config()")


class L1L2(Regularizer):
    """``l1 * sum(abs(x)) + l2 * sum(square(x))``.

    Args:
      l1: float.
      l2: float.

    >>> import kerax as tf
    >>> tf.keras.regularizers.L1L2(l1=0.5, l2=0.25)(tf.constant([-2.])).numpy()
    np.float32(2.0)
    """

    def __init__(self, l1: Any = 0.0, l2: Any = 0.0) -> None:
        self.l1 = _checked(0.0 if l1 is None else l1, "l1")
        self.l2 = _checked(0.0 if l2 is None else l2, "l2")

    def __call__(self, x: Any) -> Any:
        if not self.l1 and not self.l2:
            return convert_to_tensor(0.0, getattr(x, "dtype", floatx()))  # which does not depend on the weights
        return _penalty(x, self.l1, self.l2)

    def get_config(self) -> dict[str, Any]:
        return {"l1": _configured(self.l1), "l2": _configured(self.l2)}


class L1(Regularizer):
    """``l1 * sum(abs(x))``.

    Args:
      l1: float.

    >>> import kerax as tf
    >>> tf.keras.regularizers.L1(0.5)(tf.constant([-2.])).numpy()
    np.float32(1.0)
    """

    def __init__(self, l1: Any = 0.01, **kwargs: Any) -> None:
        l1 = kwargs.pop("l", l1)
        if kwargs:
            raise TypeError(f"Argument(s) not recognized: {kwargs}")
        self.l1 = _checked(0.01 if l1 is None else l1, "l1")

    def __call__(self, x: Any) -> Any:
        return _penalty(x, self.l1, 0.0)

    def get_config(self) -> dict[str, Any]:
        return {"l1": float(np.float32(self.l1))}  # in both dialects, unlike the others


class L2(Regularizer):
    """``l2 * sum(square(x))``.

    Args:
      l2: float.

    >>> import kerax as tf
    >>> tf.keras.regularizers.L2(0.5)(tf.constant([-2.])).numpy()
    np.float32(2.0)
    """

    def __init__(self, l2: Any = 0.01, **kwargs: Any) -> None:
        l2 = kwargs.pop("l", l2)
        if kwargs:
            raise TypeError(f"Argument(s) not recognized: {kwargs}")
        self.l2 = _checked(0.01 if l2 is None else l2, "l2")

    def __call__(self, x: Any) -> Any:
        return _penalty(x, 0.0, self.l2)

    def get_config(self) -> dict[str, Any]:
        return {"l2": _configured(self.l2)}


@op("x")
def _orthogonality(x, factor, axis, epsilon):
    x = normalized(x, axis, epsilon)
    product = x @ x.T if axis == 1 else x.T @ x
    size = x.shape[1 - axis]
    off = product * (1 - jnp.eye(size, dtype=x.dtype))
    return factor * 0.5 * jnp.sum(absolute.pure(off)) / (size * (size - 1.0) / 2.0)


class OrthogonalRegularizer(Regularizer):
    """The mean absolute cosine between rows (or columns) of a matrix, times a factor.

    Args:
      factor: float.
      mode: "rows" or "columns".

    Raises:
      ValueError: an input that is no matrix.
    """

    def __init__(self, factor: Any = 0.01, mode: str = "rows") -> None:
        self.factor = _checked(factor, "factor")
        if mode not in {"rows", "columns"}:
            raise ValueError(
                f'Invalid value for argument `mode`. Expected one of {{"rows", "columns"}}. Received: mode={mode}'
            )
        self.mode = mode

    def __call__(self, inputs: Any) -> Any:
        if len(inputs.shape) != 2:
            raise ValueError(f"Inputs to OrthogonalRegularizer must have rank 2. Received: inputs.shape={inputs.shape}")
        return _orthogonality(inputs, self.factor, 1 if self.mode == "rows" else 0, epsilon())

    def get_config(self) -> dict[str, Any]:
        return {"factor": float(np.float32(self.factor)), "mode": self.mode}
