"""Activation functions."""

from __future__ import annotations

import functools
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes
from kerax.core.linkage import following
from kerax.core.op import composed, op
from kerax.core.tensor import convert_to_tensor
from kerax.math.casting import cast


@op("features: float int")
def relu(features, name=None):
    """``max(x, 0)``, elementwise.

    Args:
      features: tensor of real numbers.
      name: str, optional.

    Returns:
      Tensor like ``features``.

    >>> import kerax as tf
    >>> tf.nn.relu([-2.0, 3.0]).numpy()
    array([0., 3.], dtype=float32)
    """
    return jnp.maximum(features, 0) if features.dtype.kind in "iu" else _relu(features)


@jax.custom_jvp
def _relu(x):
    return jnp.maximum(x, x.dtype.type(0))


@_relu.defjvp
def _relu_jvp(primals, tangents):
    (x,), (tangent,) = primals, tangents
    return _relu(x), following(jnp.where(x > 0, tangent, jnp.zeros_like(tangent)), x)


@op("features: float int")
def relu6(features, name=None):
    """``min(max(x, 0), 6)``, elementwise.

    Args:
      features: tensor of real numbers.
      name: str, optional.

    Returns:
      Tensor like ``features``.

    >>> import kerax as tf
    >>> tf.nn.relu6([-2.0, 3.0, 9.0]).numpy()
    array([0., 3., 6.], dtype=float32)
    """
    return jnp.clip(features, 0, 6) if features.dtype.kind in "iu" else _relu6(features)


@jax.custom_jvp
def _relu6(x):
    return jnp.clip(x, x.dtype.type(0), x.dtype.type(6))


@_relu6.defjvp
def _relu6_jvp(primals, tangents):
    """At 0 and 6 there is no gradient: TensorFlow's rule."""
    (x,), (tangent,) = primals, tangents
    return _relu6(x), following(jnp.where((x > 0) & (x < 6), tangent, jnp.zeros_like(tangent)), x)


@op("features: float")
def _leaky_relu(features, alpha, name=None):
    return _with_slope(features, features.dtype.type(alpha))


@functools.partial(jax.custom_jvp, nondiff_argnums=(1,))
def _with_slope(x, alpha):
    return jnp.where(x > 0, x, x * alpha)


@_with_slope.defjvp
def _with_slope_jvp(alpha, primals, tangents):
    (x,), (tangent,) = primals, tangents
    return _with_slope(x, alpha), following(jnp.where(x > 0, tangent, tangent * alpha), x)


@composed
def leaky_relu(features: Any, alpha: Any = 0.2, name: str | None = None) -> Any:
    """``x`` above 0, ``alpha * x`` below.

    Args:
      features: tensor of real numbers; integers become float32.
      alpha: float, the slope below 0.
      name: str, optional.

    Returns:
      Floating point Tensor like ``features``.

    >>> import kerax as tf
    >>> tf.nn.leaky_relu([-5.0, 3.0]).numpy()
    array([-1.,  3.], dtype=float32)
    """
    features = convert_to_tensor(features)
    if features.dtype.is_integer:
        features = cast(features, dtypes.float32)
    if isinstance(alpha, np.ndarray):
        alpha = alpha.item()
    return _leaky_relu(features, alpha)


@op("features: float")
def elu(features, name=None):
    """``x`` above 0, ``exp(x) - 1`` below (https://arxiv.org/abs/1511.07289).

    Args:
      features: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``features``.

    >>> import kerax as tf
    >>> tf.nn.elu([-1000.0, 3.0]).numpy()
    array([-1.,  3.], dtype=float32)
    """
    return jnp.where(features < 0, jnp.expm1(jnp.minimum(features, 0)), features)


@op("features: float")
def selu(features, name=None):
    """``scale * x`` above 0, ``scale * alpha * (exp(x) - 1)`` below (https://arxiv.org/abs/1706.02515).

    Args:
      features: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``features``.

    >>> import kerax as tf
    >>> tf.nn.selu([1.0]).numpy()
    array([1.050701], dtype=float32)
    """
    scale, alpha = features.dtype.type(1.0507009873554805), features.dtype.type(1.6732632423543772)
    return scale * jnp.where(features < 0, alpha * jnp.expm1(jnp.minimum(features, 0)), features)


@op("features")
def gelu(features, approximate=False, name=None):
    """``x P(X <= x)`` for a standard normal ``X`` (https://arxiv.org/abs/1606.08415).

    Args:
      features: tensor, floating point.
      approximate: bool, whether to use tanh for the normal distribution.
      name: str, optional.

    Returns:
      Tensor like ``features``.

    Raises:
      ValueError: ``features`` is not floating point.

    >>> import kerax as tf
    >>> tf.nn.gelu([0.0, 1.0]).numpy().round(3)
    array([0.   , 0.841], dtype=float32)
    """
    if not jnp.issubdtype(features.dtype, jnp.floating):
        raise ValueError(f"`features.dtype` must be a floating point tensor. Received: features.dtype={features.dtype}")
    return jax.nn.gelu(features, approximate=bool(approximate))


@op("features: float complex; beta: number")
def silu(features, beta=1.0):
    """``x * sigmoid(beta * x)`` (https://arxiv.org/abs/1606.08415).

    Args:
      features: tensor, floating point.
      beta: scalar, the steepness.

    Returns:
      Tensor like ``features``.

    >>> import kerax as tf
    >>> tf.nn.silu([0.0, 100.0]).numpy()
    array([  0., 100.], dtype=float32)
    """
    return features * jax.nn.sigmoid(beta.astype(features.dtype) * features)


swish = silu


@op("features: float int")
def crelu(features, axis=-1, name=None):
    """``relu(x)`` and ``relu(-x)``, side by side (https://arxiv.org/abs/1603.05201).

    Args:
      features: tensor of real numbers.
      axis: int, the axis that doubles.
      name: str, optional.

    Returns:
      Tensor with twice the size along ``axis``.

    >>> import kerax as tf
    >>> tf.nn.crelu([-2.0, 3.0]).numpy()
    array([0., 3., 2., 0.], dtype=float32)
    """
    return _relu(jnp.concatenate([features, -features], axis=axis))
