"""The gamma function and its relatives."""

from __future__ import annotations

import jax
import jax.numpy as jnp
from jax import lax

from kerax.core.op import op
from kerax.math._values import dtype_of
from kerax.math.errorfunction import in_double


@op("x", differentiable=False)
def _detached(x, name=None):
    return x


def _without_gradient(x):
    """The value, hidden from tapes; python numbers stay as they are."""
    return x if dtype_of(x) is None else _detached(x)


def _last_only(function, slope):
    """A function whose derivative is known with respect to its last argument only, and 0 for the others."""
    wrapped = jax.custom_jvp(function)

    @wrapped.defjvp
    def jvp(primals, tangents):
        return wrapped(*primals), tangents[-1] * slope(*primals)

    return wrapped


def _broadcast(function):
    def call(*values):
        return in_double(function, *jnp.broadcast_arrays(*values))

    return call


def _beta_density(a, b, x):
    """The derivative of the regularized incomplete beta function: the density of the beta distribution."""
    log = lax.lgamma(a + b) - lax.lgamma(a) - lax.lgamma(b)
    power = jnp.where(b == 1, 0, (b - 1) * jnp.log1p(-x)) + jnp.where(a == 1, 0, (a - 1) * jnp.log(x))
    return jnp.exp(log + power)


def _polygamma_value(a, x):
    whole = (a >= 0) & (a == jnp.floor(a))
    safe = jnp.where(whole, a, jnp.ones_like(a))
    high = jnp.maximum(safe, 1)
    sign = jnp.where(jnp.mod(high, 2) == 1, 1, -1).astype(x.dtype)
    found = sign * jnp.exp(lax.lgamma(high + 1)) * lax.zeta(high + 1, x)
    return jnp.where(whole, jnp.where(safe == 0, lax.digamma(x), found), jnp.nan)


def _beta_value(a, b, x):
    return jnp.where((a > 0) & (b > 0), lax.betainc(a, b, x), jnp.nan)


def _where_positive(function):
    return lambda a, x: jnp.where(a > 0, function(a, x), jnp.nan)


_incomplete_beta = _last_only(_beta_value, _beta_density)
_hurwitz_zeta = _last_only(lax.zeta, lambda x, q: -x * lax.zeta(x + 1, q))
_poly = _last_only(_polygamma_value, lambda a, x: _polygamma_value(a + 1, x))


@op("x: float")
def lgamma(x, name=None):
    """``log |Γ(x)|``, the logarithm of the gamma function's absolute value.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.lgamma([1.0]).numpy()
    array([0.], dtype=float32)
    """
    return in_double(lax.lgamma, x)


@op("x: float")
def digamma(x, name=None):
    """The derivative of ``log Γ(x)``.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.digamma([1.0]).numpy().round(4)
    array([-0.5772], dtype=float32)
    """
    return in_double(lax.digamma, x)


@op("a, x: float")
def igamma(a, x, name=None):
    """The lower regularized incomplete gamma function ``P(a, x) = ∫₀ˣ tᵃ⁻¹ e⁻ᵗ dt / Γ(a)``.

    Args:
      a: tensor, floating point, positive.
      x: tensor of the same dtype, not negative.
      name: str, optional.

    Returns:
      Tensor of the broadcast shape.

    >>> import kerax as tf
    >>> tf.math.igamma(1.0, 0.0).numpy()
    np.float32(0.0)
    """
    return _broadcast(_where_positive(lax.igamma))(a, x)


@op("a, x: float")
def igammac(a, x, name=None):
    """The upper regularized incomplete gamma function ``Q(a, x) = 1 - P(a, x)``.

    Args:
      a: tensor, floating point, positive.
      x: tensor of the same dtype, not negative.
      name: str, optional.

    Returns:
      Tensor of the broadcast shape.

    >>> import kerax as tf
    >>> tf.math.igammac(1.0, 0.0).numpy()
    np.float32(1.0)
    """
    return _broadcast(_where_positive(lax.igammac))(a, x)


@op("a, b, x: float")
def _betainc(a, b, x, name=None):
    return _broadcast(_incomplete_beta)(a, b, x)


def betainc(a, b, x, name=None):
    """The regularized incomplete beta function ``∫₀ˣ tᵃ⁻¹ (1-t)ᵇ⁻¹ dt / B(a, b)``; differentiable in ``x``.

    Args:
      a: tensor, floating point, positive.
      b: tensor of the same dtype, positive.
      x: tensor of the same dtype, in [0, 1].
      name: str, optional.

    Returns:
      Tensor of the broadcast shape.

    >>> import kerax as tf
    >>> tf.math.betainc(1.0, 2.0, 0.5).numpy()
    np.float32(0.75)
    """
    return _betainc(_without_gradient(a), _without_gradient(b), x)


@op("x, q: float")
def _zeta(x, q, name=None):
    return _broadcast(_hurwitz_zeta)(x, q)


def zeta(x, q, name=None):
    """The Hurwitz zeta function ``Σ (q + n)⁻ˣ`` over n = 0, 1, …; differentiable in ``q``.

    Args:
      x: tensor, floating point, above 1.
      q: tensor of the same dtype, positive.
      name: str, optional.

    Returns:
      Tensor of the broadcast shape.

    >>> import kerax as tf
    >>> tf.math.zeta(2.0, 1.0).numpy()
    np.float32(1.644934)
    """
    return _zeta(_without_gradient(x), q)


@op("a, x: float")
def _polygamma(a, x, name=None):
    return _broadcast(_poly)(a, x)


def polygamma(a, x, name=None):
    """The ``a``-th derivative of the digamma function; differentiable in ``x``.

    Args:
      a: tensor, floating point, of whole numbers from 0; others give NaN.
      x: tensor of the same dtype.
      name: str, optional.

    Returns:
      Tensor of the broadcast shape.

    >>> import kerax as tf
    >>> tf.math.polygamma(1.0, 1.0).numpy()
    np.float32(1.644934)
    """
    return _polygamma(_without_gradient(a), x)


@op("x: float")
def lbeta(x, name=None):
    """``log |B(x)|``, the logarithm of the multivariate beta function along the last axis.

    ``log B(x) = Σ log Γ(xᵢ) - log Γ(Σ xᵢ)``

    Args:
      x: tensor, floating point ``[..., n]``.
      name: str, optional.

    Returns:
      Tensor ``[...]``; -inf for empty vectors.

    >>> import kerax as tf
    >>> tf.math.lbeta([1.0, 2.0]).numpy()
    np.float32(-0.6931472)
    """
    return jnp.sum(lgamma.pure(x), axis=-1) - lgamma.pure(jnp.sum(x, axis=-1))
