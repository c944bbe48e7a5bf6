"""``tf.math.special``: Bessel functions, and integrals without elementary form."""

from __future__ import annotations

import math

import jax
import jax.numpy as jnp
from jax.scipy import special as jsp

from kerax.core.op import op
from kerax.math.bessel import bessel_i0 as bessel_i0
from kerax.math.bessel import bessel_i0e as bessel_i0e
from kerax.math.bessel import bessel_i1 as bessel_i1
from kerax.math.bessel import bessel_i1e as bessel_i1e
from kerax.math.bessel import bessel_j0 as bessel_j0
from kerax.math.bessel import bessel_j1 as bessel_j1
from kerax.math.bessel import bessel_k0 as bessel_k0
from kerax.math.bessel import bessel_k0e as bessel_k0e
from kerax.math.bessel import bessel_k1 as bessel_k1
from kerax.math.bessel import bessel_k1e as bessel_k1e
from kerax.math.bessel import bessel_y0 as bessel_y0
from kerax.math.bessel import bessel_y1 as bessel_y1
from kerax.math.errorfunction import in_single_or_double


def _with_slope(function, slope):
    wrapped = jax.custom_jvp(lambda x: in_single_or_double(function, x))

    @wrapped.defjvp
    def jvp(primals, tangents):
        (x,), (dx,) = primals, tangents
        return wrapped(x), dx * slope(x).astype(x.dtype)

    return wrapped


def _spence_slope(x):
    one = x == 1
    return jnp.where(one, -1, jnp.log(x) / (1 - jnp.where(one, 0, x)))


def _expint_value(x):
    inside = jsp.expi(jnp.where(x > 0, x, 1))
    return jnp.where(x > 0, inside, jnp.where(x == 0, -jnp.inf, jnp.nan)).astype(x.dtype)


def _dawsn_value(x):
    """Dawson's integral, which jax has from 0.10 on; before, by Rybicki's sum ("Computers in Physics", 1989)."""
    if hasattr(jsp, "dawsn"):
        return jsp.dawsn(x)
    step, odd = 0.25, jnp.arange(-27, 28, 2, dtype=x.dtype)
    near = 2 * jnp.round(x / (2 * step))
    terms = jnp.exp(-jnp.square((x - near * step)[..., None] - odd * step)) / (near[..., None] + odd)
    square = x * x
    series = x * (1 - square * (2 / 3) * (1 - square * 0.4 * (1 - square * (2 / 7) * (1 - square * (2 / 9)))))
    return jnp.where(jnp.abs(x) < 0.05, series, terms.sum(-1) / math.sqrt(math.pi)).astype(x.dtype)


_dawsn = _with_slope(_dawsn_value, lambda x: 1 - 2 * x * _dawsn(x))
_expint = _with_slope(_expint_value, lambda x: jnp.exp(x) / x)
_fresnel_sin = _with_slope(lambda x: jsp.fresnel(x)[0], lambda x: jnp.sin(jnp.pi / 2 * x * x))
_fresnel_cos = _with_slope(lambda x: jsp.fresnel(x)[1], lambda x: jnp.cos(jnp.pi / 2 * x * x))
_spence = _with_slope(jsp.spence, _spence_slope)


@op("x: float")
def dawsn(x, name=None):
    """Dawson's integral ``exp(-x²) ∫₀ˣ exp(t²) dt``.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.special.dawsn([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return _dawsn(x)


@op("x: float")
def expint(x, name=None):
    """The exponential integral ``Ei(x) = ∫ eᵗ/t dt`` from -∞ to ``x``; NaN below 0.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.special.expint([0.0]).numpy()
    array([-inf], dtype=float32)
    """
    return _expint(x)


@op("x: float")
def fresnel_cos(x, name=None):
    """Fresnel's cosine integral ``∫₀ˣ cos(π t²/2) dt``.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.special.fresnel_cos([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return _fresnel_cos(x)


@op("x: float")
def fresnel_sin(x, name=None):
    """Fresnel's sine integral ``∫₀ˣ sin(π t²/2) dt``.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.special.fresnel_sin([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return _fresnel_sin(x)


@op("x: float")
def spence(x, name=None):
    """Spence's integral, the dilogarithm ``-∫₁ˣ log(t)/(t-1) dt``; NaN below 0.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.special.spence([1.0]).numpy()
    array([0.], dtype=float32)
    """
    return _spence(x)
