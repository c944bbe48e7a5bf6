"""Trigonometric and hyperbolic functions, angles."""

from __future__ import annotations

import math as _math
from typing import Any

import jax.numpy as jnp

from kerax import math
from kerax.keras.engine.promotion import as_wide_float
from kerax.keras.ops._public import op
from kerax.keras.ops._table import binary, unary

sin = unary("sin", math.sin, "The sine of ``x`` radians.")
cos = unary("cos", math.cos, "The cosine of ``x`` radians.")
tan = unary("tan", math.tan, "The tangent of ``x`` radians.")
arcsin = unary(
    "arcsin", math.asin, "The angle in radians, from -pi/2 to pi/2, whose sine is ``x``; NaN outside [-1, 1]."
)
arccos = unary("arccos", math.acos, "The angle in radians, from 0 to pi, whose cosine is ``x``; NaN outside [-1, 1].")
arctan = unary("arctan", math.atan, "The angle in radians, from -pi/2 to pi/2, whose tangent is ``x``.")
sinh = unary("sinh", math.sinh, "The hyperbolic sine.")
cosh = unary("cosh", math.cosh, "The hyperbolic cosine.")
tanh = unary("tanh", math.tanh, "The hyperbolic tangent.")
arcsinh = unary("arcsinh", math.asinh, "The inverse hyperbolic sine.")
arccosh = unary("arccosh", math.acosh, "The inverse hyperbolic cosine; NaN below 1.")
arctanh = unary("arctanh", math.atanh, "The inverse hyperbolic tangent; NaN outside (-1, 1).")
angle = unary("angle", math.angle, "The argument of complex numbers in radians: 0 or pi for real ones.")
arctan2 = binary(
    "arctan2",
    math.atan2,
    "The angle in radians, from -pi to pi, of the point with ordinate ``x1`` and abscissa ``x2``.",
    also=(float,),
)


@op("x")
def _sinc(x: Any) -> Any:
    return jnp.sinc(x)


@op("x")
def _scaled(x: Any, factor: Any) -> Any:
    return x * jnp.asarray(factor, x.dtype)


sinc = unary("sinc", _sinc, "The normalized sinc, ``sin(pi x) / (pi x)``, 1 at 0.")
deg2rad = unary(
    "deg2rad",
    lambda x: _scaled(x, _math.pi / 180),
    "Degrees as radians.",
    as_wide_float,
    "integers become floatx, int64 float64",
)
rad2deg = unary(
    "rad2deg",
    lambda x: _scaled(x, 180 / _math.pi),
    "Radians as degrees.",
    as_wide_float,
    "integers become floatx, int64 float64",
)
