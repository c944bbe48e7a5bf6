"""Bessel functions, elementwise, with their derivatives."""

from __future__ import annotations

import jax
import jax.numpy as jnp
from jax import lax

from kerax.core.op import op
from kerax.math import _bessel_tables as tables
from kerax.math.errorfunction import in_double, in_single_or_double


def _series(coefficients, t):
    """A Chebyshev series at ``t`` in [-1, 1], by Clenshaw's recurrence."""
    later, latest = jnp.zeros_like(t), jnp.zeros_like(t)
    for coefficient in reversed(coefficients[1:]):
        latest, later = 2 * t * latest - later + jnp.asarray(coefficient, t.dtype), latest
    return t * latest - later + jnp.asarray(coefficients[0], t.dtype)


def _with_slope(function, slope):
    wrapped = jax.custom_jvp(lambda x: in_single_or_double(function, x))

    @wrapped.defjvp
    def jvp(primals, tangents):
        (x,), (dx,) = primals, tangents
        return wrapped(x), dx * slope(x)

    return wrapped


def _wave(x, cosines, sines, turns, shift):
    """``sqrt(2/πx) (P cos(x - φ) + s Q sin(x - φ))`` for ``x`` beyond 8."""
    x = jnp.maximum(x, 8)
    ratio = 8 / x
    t = 2 * ratio * ratio - 1
    angle = x - jnp.asarray(turns * jnp.pi, x.dtype)
    p, q = _series(cosines, t), ratio * _series(sines, t)
    amplitude = jnp.sqrt(2 / (jnp.pi * x)).astype(x.dtype)
    if shift:  # second kind
        return amplitude * (p * jnp.sin(angle) + q * jnp.cos(angle))
    return amplitude * (p * jnp.cos(angle) - q * jnp.sin(angle))


def _near(x):
    """The argument of the series in x² on [0, 64]."""
    inside = jnp.minimum(x, 8)
    return inside, inside * inside / 32 - 1


def _j0_value(x):
    size = jnp.abs(x)
    _, t = _near(size)
    return jnp.where(size <= 8, _series(tables.J0, t), _wave(size, tables.P0, tables.Q0, 0.25, False))


def _j1_value(x):
    size = jnp.abs(x)
    inside, t = _near(size)
    found = jnp.where(size <= 8, inside * _series(tables.J1, t), _wave(size, tables.P1, tables.Q1, 0.75, False))
    return jnp.where(x < 0, -found, found)


def _y0_value(x):
    inside, t = _near(x)
    safe = jnp.where(inside > 0, inside, 1)
    near = _series(tables.Y0, t) + 2 / jnp.pi * jnp.log(safe / 2) * _j0_value(safe)
    found = jnp.where(x <= 8, near, _wave(x, tables.P0, tables.Q0, 0.25, True))
    return jnp.where(x > 0, found, -jnp.inf).astype(x.dtype)


def _y1_value(x):
    inside, t = _near(x)
    safe = jnp.where(inside > 0, inside, 1)
    near = safe * _series(tables.Y1, t) + 2 / jnp.pi * (jnp.log(safe / 2) * _j1_value(safe) - 1 / safe)
    found = jnp.where(x <= 8, near, _wave(x, tables.P1, tables.Q1, 0.75, True))
    return jnp.where(x > 0, found, -jnp.inf).astype(x.dtype)


def _modified(x, near, far):
    """``K`` from its two ranges, for arguments above 0; the result is scaled by ``exp(x)`` beyond 2."""
    inside = jnp.where((x > 0) & (x <= 2), x, 1)
    outside = jnp.maximum(x, 2)
    tail = _series(far, 4 / outside - 1) / jnp.sqrt(outside)
    return inside, near(inside, inside * inside / 2 - 1), tail


def _k0_parts(x):
    return _modified(x, lambda v, t: _series(tables.K0, t) - jnp.log(v / 2) * _i0(v), tables.K0_LARGE)


def _k1_parts(x):
    return _modified(x, lambda v, t: v * _series(tables.K1, t) + jnp.log(v / 2) * _i1(v) + 1 / v, tables.K1_LARGE)


def _plain(parts):
    def value(x):
        _, near, tail = parts(x)
        found = jnp.where(x <= 2, near, tail * jnp.exp(-jnp.maximum(x, 2)))
        return jnp.where(x <= 0, jnp.inf, found).astype(x.dtype)

    return value


def _scaled(parts):
    def value(x):
        inside, near, tail = parts(x)
        found = jnp.where(x <= 2, near * jnp.exp(inside), tail)
        return jnp.where(x <= 0, jnp.inf, found).astype(x.dtype)

    return value


def _i0_value(x):
    return jnp.exp(jnp.abs(x)) * in_double(lax.bessel_i0e, x)


def _i1_value(x):
    return jnp.exp(jnp.abs(x)) * in_double(lax.bessel_i1e, x)


def _over(value, x, at_zero):
    """``value / x`` with its limit at 0."""
    zero = x == 0
    return jnp.where(zero, at_zero, value / jnp.where(zero, 1, x)).astype(x.dtype)


_i0 = _with_slope(_i0_value, lambda x: _i1(x))
_i1 = _with_slope(_i1_value, lambda x: _i0(x) - _over(_i1(x), x, 0.5))
_i0e = _with_slope(lambda x: in_double(lax.bessel_i0e, x), lambda x: _i1e(x) - jnp.sign(x) * _i0e(x))
_i1e = _with_slope(
    lambda x: in_double(lax.bessel_i1e, x),
    lambda x: jnp.where(x == 0, 0.5, _i0e(x) - _i1e(x) * (jnp.sign(x) + 1 / jnp.where(x == 0, 1, x))).astype(x.dtype),
)
_j0 = _with_slope(_j0_value, lambda x: -_j1(x))
_j1 = _with_slope(_j1_value, lambda x: _j0(x) - _over(_j1(x), x, 0.5))
_y0 = _with_slope(_y0_value, lambda x: -_y1(x))
_y1 = _with_slope(_y1_value, lambda x: _y0(x) - _y1(x) / x)
_k0 = _with_slope(_plain(_k0_parts), lambda x: -_k1(x))
_k1 = _with_slope(_plain(_k1_parts), lambda x: -_k0(x) - _k1(x) / x)
_k0e = _with_slope(_scaled(_k0_parts), lambda x: _k0e(x) - _k1e(x))
_k1e = _with_slope(_scaled(_k1_parts), lambda x: _k1e(x) * (1 - 1 / x) - _k0e(x))


@op("x: float")
def bessel_i0(x, name=None):
    """The modified Bessel function of the first kind of order 0.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.bessel_i0([0.0]).numpy()
    array([1.], dtype=float32)
    """
    return _i0(x)


@op("x: float")
def bessel_i1(x, name=None):
    """The modified Bessel function of the first kind of order 1.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.bessel_i1([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return _i1(x)


@op("x: float")
def bessel_i0e(x, name=None):
    """``exp(-|x|) I₀(x)``, which does not overflow.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.bessel_i0e([0.0]).numpy()
    array([1.], dtype=float32)
    """
    return _i0e(x)


@op("x: float")
def bessel_i1e(x, name=None):
    """``exp(-|x|) I₁(x)``, which does not overflow.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.bessel_i1e([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return _i1e(x)


@op("x: float")
def bessel_j0(x, name=None):
    """The Bessel function of the first kind of order 0.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.special.bessel_j0([0.0]).numpy()
    array([1.], dtype=float32)
    """
    return _j0(x)


@op("x: float")
def bessel_j1(x, name=None):
    """The Bessel function of the first kind of order 1.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.special.bessel_j1([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return _j1(x)


@op("x: float")
def bessel_y0(x, name=None):
    """The Bessel function of the second kind of order 0; -inf at 0 and below.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.special.bessel_y0([0.0]).numpy()
    array([-inf], dtype=float32)
    """
    return _y0(x)


@op("x: float")
def bessel_y1(x, name=None):
    """The Bessel function of the second kind of order 1; -inf at 0 and below.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.special.bessel_y1([0.0]).numpy()
    array([-inf], dtype=float32)
    """
    return _y1(x)


@op("x: float")
def bessel_k0(x, name=None):
    """The modified Bessel function of the second kind of order 0; infinite at 0.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.special.bessel_k0([0.0]).numpy()
    array([inf], dtype=float32)
    """
    return _k0(x)


@op("x: float")
def bessel_k1(x, name=None):
    """The modified Bessel function of the second kind of order 1; infinite at 0.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.special.bessel_k1([0.0]).numpy()
    array([inf], dtype=float32)
    """
    return _k1(x)


@op("x: float")
def bessel_k0e(x, name=None):
    """``exp(x) K₀(x)``, which does not underflow.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.special.bessel_k0e([0.0]).numpy()
    array([inf], dtype=float32)
    """
    return _k0e(x)


@op("x: float")
def bessel_k1e(x, name=None):
    """``exp(x) K₁(x)``, which does not underflow.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.special.bessel_k1e([0.0]).numpy()
    array([inf], dtype=float32)
    """
    return _k1e(x)
