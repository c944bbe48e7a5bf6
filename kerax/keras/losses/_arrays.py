"""What the bodies of loss functions share: pure functions of arrays."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.keras.losses.loss import same_rank
from kerax.math.arithmetic import maximum as _maximum
from kerax.math.clip import _clip_by_value


def aligned(y_true: Any, y_pred: Any, legacy: bool) -> tuple[Any, Any]:
    """Targets in the dtype of the predictions, both of one rank; in Keras 2 ranks are left to broadcasting."""
    y_true = y_true.astype(y_pred.dtype)
    return (y_true, y_pred) if legacy else same_rank(y_true, y_pred)


def mean(x: Any, axis: Any = -1, legacy: bool = False) -> Any:
    """The mean; of integers in float32, in Keras 2 an integer."""
    if legacy and jnp.issubdtype(x.dtype, jnp.integer):
        return jnp.trunc(jnp.mean(x, axis=axis, dtype=jnp.float64)).astype(x.dtype)
    if not jnp.issubdtype(x.dtype, jnp.inexact):
        x = x.astype(jnp.float64 if x.dtype == jnp.int64 else jnp.float32).astype(jnp.float32)
    return jnp.mean(x, axis=axis, dtype=x.dtype)


def maximum(x: Any, y: Any) -> Any:
    """The larger; at ties the gradient goes to ``x``, as in TensorFlow."""
    return _maximum.pure(x, jnp.asarray(y, x.dtype))


def clip(x: Any, low: float, high: float) -> Any:
    """Limits to a range; elements at its borders keep their gradient."""
    return _clip_by_value.pure(x, jnp.asarray(low, x.dtype), jnp.asarray(high, x.dtype))


def normalized(x: Any, axis: Any, epsilon: float) -> Any:
    """Unit vectors along an axis: ``x · min(1/|x|, 1/epsilon)``."""
    square_sum = jnp.sum(x * x, axis=axis, keepdims=True)
    inverse = square_sum**-0.5
    return x * jnp.where(inverse <= 1.0 / epsilon, inverse, jnp.asarray(1.0 / epsilon, x.dtype))


def log1p_exp(x: Any) -> Any:
    """``log(1 + exp(x))``."""
    return jnp.logaddexp(x, jnp.zeros((), x.dtype))
