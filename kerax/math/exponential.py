"""Exponentials, logarithms, roots, and the soft functions made of them."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from kerax.core import errors
from kerax.core.op import op
from kerax.math import _guarded


@op("x: float complex")
def exp(x, name=None):
    """``e`` to the power ``x``, elementwise.

    Args:
      x: tensor, floating point or complex.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.exp([0.0]).numpy()
    array([1.], dtype=float32)
    """
    return jnp.exp(x)


@op("x: float complex")
def expm1(x, name=None):
    """``exp(x) - 1``, exact for small ``x``.

    Args:
      x: tensor, floating point or complex.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.expm1([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return jnp.expm1(x)


@op("x: float complex")
def log(x, name=None):
    """The natural logarithm, elementwise.

    Args:
      x: tensor, floating point or complex.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.log([1.0]).numpy()
    array([0.], dtype=float32)
    """
    return jnp.log(x)


@op("x: float complex")
def log1p(x, name=None):
    """``log(1 + x)``, exact for small ``x``.

    Args:
      x: tensor, floating point or complex.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.log1p([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return jnp.log1p(x)


@op("x: float complex")
def sqrt(x, name=None):
    """The square root, elementwise; NaN below 0.

    Args:
      x: tensor, floating point or complex.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.sqrt([4.0]).numpy()
    array([2.], dtype=float32)
    """
    return _guarded.sqrt(x)


@op("x: float complex")
def rsqrt(x, name=None):
    """``1 / sqrt(x)``, elementwise.

    Args:
      x: tensor, floating point or complex.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.rsqrt([4.0]).numpy()
    array([0.5], dtype=float32)
    """
    return _guarded.rsqrt(x)


@op("x: float complex")
def sigmoid(x, name=None):
    """The logistic function ``1 / (1 + exp(-x))``.

    Args:
      x: tensor, floating point or complex.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.sigmoid([0.0]).numpy()
    array([0.5], dtype=float32)
    """
    return jax.nn.sigmoid(x)


@op("x: float")
def log_sigmoid(x, name=None):
    """``log(sigmoid(x))``, without overflow.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.log_sigmoid([-100.0]).numpy()
    array([-100.], dtype=float32)
    """
    return -jax.nn.softplus(-x)


@op("features: float")
def softplus(features, name=None):
    """``log(exp(x) + 1)``, elementwise.

    Args:
      features: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``features``.

    >>> import kerax as tf
    >>> tf.math.softplus([-1000.0]).numpy()
    array([0.], dtype=float32)
    """
    return jax.nn.softplus(features)


@op("features: float")
def softsign(features, name=None):
    """``x / (|x| + 1)``, elementwise.

    Args:
      features: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``features``.

    >>> import kerax as tf
    >>> tf.math.softsign([1.0]).numpy()
    array([0.5], dtype=float32)
    """
    return jax.nn.soft_sign(features)


def _checked_axis(x: Any, axis: int | None) -> int:
    axis = -1 if axis is None else axis
    if x.ndim == 0:
        raise errors.InvalidArgumentError(None, None, "Input dims must be <= 5 and >=1")
    if not -x.ndim <= axis < x.ndim:
        raise errors.InvalidArgumentError(
            None,
            None,
            f"`dim` must be in the range [{-x.ndim}, {x.ndim}) where {x.ndim} is the number of "
            f"dimensions in the input. Received: dim={axis}",
        )
    return axis


@op("logits: float")
def softmax(logits, axis=None, name=None):
    """``exp(x) / Σ exp(x)`` along an axis.

    Args:
      logits: tensor, floating point, of rank at least 1.
      axis: int; the last by default.
      name: str, optional.

    Returns:
      Tensor like ``logits``; it sums to 1 along the axis.

    Raises:
      InvalidArgumentError: if there is no such axis.

    >>> import kerax as tf
    >>> tf.math.softmax([0.0, 0.0]).numpy()
    array([0.5, 0.5], dtype=float32)
    """
    return jax.nn.softmax(logits, axis=_checked_axis(logits, axis))


@op("logits: float")
def log_softmax(logits, axis=None, name=None):
    """``x - log(Σ exp(x))`` along an axis.

    Args:
      logits: tensor, floating point, of rank at least 1.
      axis: int; the last by default.
      name: str, optional.

    Returns:
      Tensor like ``logits``.

    Raises:
      InvalidArgumentError: if there is no such axis.

    >>> import kerax as tf
    >>> tf.math.log_softmax([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return jax.nn.log_softmax(logits, axis=_checked_axis(logits, axis))


def _zero_product(function):
    """``x * function(y)`` that is 0 where ``x`` is, whatever the function gives there."""

    def product(x, y):
        zero = x == 0
        safe = jnp.where(zero, jnp.ones_like(y), y)
        return jnp.where(zero, jnp.zeros_like(x * y), x * function(safe))

    return product


def _with_gradients(value, of_x, of_y):
    """``value(x, y)`` with given partial derivatives."""
    wrapped = jax.custom_jvp(value)

    @wrapped.defjvp
    def jvp(primals, tangents):
        (x, y), (dx, dy) = primals, tangents
        return wrapped(x, y), dx * of_x(x, y) + dy * of_y(x, y)

    return wrapped


def _nonzero(x):
    return (x != 0).astype(x.dtype)


_log_product = _zero_product(jnp.log)
_log1p_product = _zero_product(jnp.log1p)
_quotient = _zero_product(lambda y: 1 / y)
_xlogy = _with_gradients(_log_product, lambda x, y: _log_product(_nonzero(x), y), _quotient)
_xlog1py = _with_gradients(
    _log1p_product, lambda x, y: _log1p_product(_nonzero(x), y), lambda x, y: _quotient(x, y + 1)
)
_xdivy = _with_gradients(_quotient, lambda x, y: _quotient(_nonzero(x), y), lambda x, y: -_quotient(x, y * y))


@op("x, y: float complex")
def xlogy(x, y, name=None):
    """``x log(y)``, 0 where ``x`` is 0.

    Args:
      x: tensor, floating point or complex.
      y: tensor of the same dtype.
      name: str, optional.

    Returns:
      Tensor of the broadcast shape.

    >>> import kerax as tf
    >>> tf.math.xlogy(0.0, 0.0).numpy()
    np.float32(0.0)
    """
    return _xlogy(x, y)


@op("x, y: float complex")
def xlog1py(x, y, name=None):
    """``x log(1 + y)``, 0 where ``x`` is 0.

    Args:
      x: tensor, floating point or complex.
      y: tensor of the same dtype.
      name: str, optional.

    Returns:
      Tensor of the broadcast shape.

    >>> import kerax as tf
    >>> tf.math.xlog1py(0.0, -1.0).numpy()
    np.float32(0.0)
    """
    return _xlog1py(x, y)


@op("x, y: float complex")
def xdivy(x, y, name=None):
    """``x / y``, 0 where ``x`` is 0.

    Args:
      x: tensor, floating point or complex.
      y: tensor of the same dtype.
      name: str, optional.

    Returns:
      Tensor of the broadcast shape.

    >>> import kerax as tf
    >>> tf.math.xdivy(0.0, 0.0).numpy()
    np.float32(0.0)
    """
    return _xdivy(x, y)
