"""Elementwise functions of ``tf.experimental.numpy``."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes
from kerax.core.tensor import convert_to_tensor
from kerax.experimental.numpy._support import (
    array_function,
    as_array,
    binary,
    default_float,
    inexact,
    promoted,
    unary,
)
from kerax.math import arithmetic
from kerax.math.casting import cast


def _logical(*values: Any) -> list[Any]:
    return [cast(as_array(value), dtypes.bool) for value in values]


def _truth(value: Any) -> Any:
    return _logical(value)[0]


def _numbers(*values: Any) -> list[Any]:
    """Promoted, with booleans as int8: what arithmetic without a meaning for booleans takes."""
    arrays = promoted(*values)
    return [cast(array, dtypes.int8) for array in arrays] if arrays[0].dtype.is_bool else arrays


def _integers(*values: Any) -> list[Any]:
    arrays = promoted(*values)
    if not arrays[0].dtype.is_integer:
        raise ValueError(f"Arguments to this function must be integers, received: dtype={arrays[0].dtype}")
    return arrays


def _floats(*values: Any) -> list[Any]:
    arrays = promoted(*values)
    exact = not (arrays[0].dtype.is_floating or arrays[0].dtype.is_complex)
    return [cast(array, default_float()) for array in arrays] if exact else arrays


def _quotients(*values: Any) -> list[Any]:
    """Promoted, with integers in the floating point that TensorFlow's division has for them."""
    arrays = promoted(*values)
    small = arrays[0].dtype.is_integer and arrays[0].dtype.size < 4
    return [cast(array, dtypes.float32) for array in arrays] if small else _floats(*arrays)


# --- trigonometry -----------------------------------------------------------------------------------------------
sin = unary("sin", jnp.sin, "Sine, of radians.", inexact)
cos = unary("cos", jnp.cos, "Cosine, of radians.", inexact)
tan = unary("tan", jnp.tan, "Tangent, of radians.", inexact)
arcsin = unary("arcsin", jnp.arcsin, "Inverse sine, in radians.", inexact)
arccos = unary("arccos", jnp.arccos, "Inverse cosine, in radians.", inexact)
arctan = unary("arctan", jnp.arctan, "Inverse tangent, in radians.", inexact)
sinh = unary("sinh", jnp.sinh, "Hyperbolic sine.", inexact)
cosh = unary("cosh", jnp.cosh, "Hyperbolic cosine.", inexact)
tanh = unary("tanh", jnp.tanh, "Hyperbolic tangent.", inexact)
arcsinh = unary("arcsinh", jnp.arcsinh, "Inverse hyperbolic sine.", inexact)
arccosh = unary("arccosh", jnp.arccosh, "Inverse hyperbolic cosine.", inexact)
arctanh = unary("arctanh", jnp.arctanh, "Inverse hyperbolic tangent.", inexact)
deg2rad = unary("deg2rad", jnp.deg2rad, "Degrees as radians.", inexact)
rad2deg = unary("rad2deg", jnp.rad2deg, "Radians as degrees.", inexact)
sinc = unary("sinc", jnp.sinc, "``sin(πx) / (πx)``.", inexact)

# --- exponentials -----------------------------------------------------------------------------------------------
exp = unary("exp", jnp.exp, "Exponential, ``eˣ``.", inexact)
exp2 = unary("exp2", jnp.exp2, "``2ˣ``.", inexact)
expm1 = unary("expm1", jnp.expm1, "``eˣ - 1``, exact near 0.", inexact)
log = unary("log", jnp.log, "Natural logarithm.", inexact)
log2 = unary("log2", jnp.log2, "Logarithm to base 2.", inexact)
log10 = unary("log10", jnp.log10, "Logarithm to base 10.", inexact)
log1p = unary("log1p", jnp.log1p, "``ln(1 + x)``, exact near 0.", inexact)
sqrt = unary("sqrt", jnp.sqrt, "Square root.", inexact)
cbrt = unary("cbrt", jnp.cbrt, "Cube root.", inexact)

# --- signs and rounding -----------------------------------------------------------------------------------------
abs = unary("abs", arithmetic.abs.pure, "Absolute value.")
absolute = unary("absolute", arithmetic.abs.pure, "Absolute value.")
fabs = unary("fabs", arithmetic.abs.pure, "Absolute value.")
negative = unary("negative", jnp.negative, "``-x``.")
positive = unary("positive", lambda x: x, "``+x``.")
square = unary("square", jnp.square, "``x²``.")
reciprocal = unary("reciprocal", jnp.reciprocal, "``1 / x``.", inexact)
floor = unary("floor", jnp.floor, "The greatest integer that is not greater.", inexact)
ceil = unary("ceil", jnp.ceil, "The least integer that is not less.", inexact)
fix = unary("fix", jnp.trunc, "The integer nearest towards zero.", inexact)
conj = unary("conj", jnp.conj, "Complex conjugate.")
conjugate = unary("conjugate", jnp.conj, "Complex conjugate.")
real = unary("real", jnp.real, "Real part.", parameter="val")
imag = unary("imag", jnp.imag, "Imaginary part.", parameter="val")
bitwise_not = unary("bitwise_not", jnp.bitwise_not, "Every bit inverted.")
logical_not = unary("logical_not", jnp.logical_not, "Whether an element is zero.", _truth)
signbit = unary("signbit", lambda x: x < 0, "Whether an element is negative; of -0.0 False, as in TensorFlow.")
_sign = unary("sign", jnp.sign, "-1, 0 or 1.")

# --- what kind of numbers they are ------------------------------------------------------------------------------
isnan = unary("isnan", jnp.isnan, "Whether an element is not a number.", inexact)
isfinite = unary("isfinite", jnp.isfinite, "Whether an element is a finite number.", inexact)
_isinf = unary("isinf", jnp.isinf, "Whether an element is infinite.")
_isposinf = unary("isposinf", lambda x: x == jnp.inf, "Whether an element is positive infinity.")
_isneginf = unary("isneginf", lambda x: x == -jnp.inf, "Whether an element is negative infinity.")
iscomplex = unary("iscomplex", lambda x: jnp.imag(x) != 0, "Whether an element has an imaginary part.")
isreal = unary("isreal", lambda x: jnp.imag(x) == 0, "Whether an element has no imaginary part.")


def _infinite(found: Any, x: Any) -> Any:
    """One False for an array that is not of floating point, as in TensorFlow."""
    array = as_array(x)
    return found(array) if array.dtype.is_floating else False


@array_function
def isinf(x: Any) -> Any:
    """Whether an element is infinite; one False where they are not floating point."""
    return _infinite(_isinf, x)


@array_function
def isposinf(x: Any) -> Any:
    """Whether an element is positive infinity; one False where they are not floating point."""
    return _infinite(_isposinf, x)


@array_function
def isneginf(x: Any) -> Any:
    """Whether an element is negative infinity; one False where they are not floating point."""
    return _infinite(_isneginf, x)


# --- arithmetic of two arrays -----------------------------------------------------------------------------------
add = binary("add", jnp.add, "``x1 + x2``; of booleans, whether one is true.")
subtract = binary("subtract", jnp.subtract, "``x1 - x2``.")
multiply = binary("multiply", jnp.multiply, "``x1 · x2``; of booleans, whether both are true.")
true_divide = binary("true_divide", jnp.true_divide, "``x1 / x2``, of integers in floating point.", _quotients)
divide = binary("divide", jnp.true_divide, "``x1 / x2``, of integers in floating point.", _quotients)
floor_divide = binary("floor_divide", jnp.floor_divide, "``⌊x1 / x2⌋``.", _numbers)
mod = binary("mod", jnp.mod, "The remainder of ``⌊x1 / x2⌋``, with the sign of ``x2``.", _numbers)
remainder = binary("remainder", jnp.mod, "The remainder of ``⌊x1 / x2⌋``, with the sign of ``x2``.", _numbers)
maximum = binary("maximum", arithmetic.maximum.pure, "The greater element.")
minimum = binary("minimum", arithmetic.minimum.pure, "The lesser element.")
power = binary("power", jnp.power, "``x1`` to the power of ``x2``.")
float_power = binary("float_power", jnp.power, "``x1`` to the power of ``x2``.")
arctan2 = binary("arctan2", jnp.arctan2, "The angle of the point ``(x2, x1)``, in radians.", _floats)
nextafter = binary("nextafter", jnp.nextafter, "The next number after ``x1`` towards ``x2``.", _floats)
hypot = binary("hypot", lambda x, y: jnp.sqrt(x * x + y * y), "``√(x1² + x2²)``.", _floats)
logaddexp = binary("logaddexp", jnp.logaddexp, "``ln(eˣ¹ + eˣ²)``.", _floats)
logaddexp2 = binary("logaddexp2", jnp.logaddexp2, "``log₂(2ˣ¹ + 2ˣ²)``.", _floats)
heaviside = binary("heaviside", jnp.heaviside, "The step function of ``x1``, with ``x2`` at 0.", _floats)
gcd = binary("gcd", jnp.gcd, "The greatest common divisor.", _integers)
lcm = binary("lcm", jnp.lcm, "The least common multiple.", _integers)
bitwise_and = binary("bitwise_and", jnp.bitwise_and, "The bits that are set in both.")
bitwise_or = binary("bitwise_or", jnp.bitwise_or, "The bits that are set in one or both.")
bitwise_xor = binary("bitwise_xor", jnp.bitwise_xor, "The bits that are set in one of both.")

# --- comparison and logic ---------------------------------------------------------------------------------------
equal = binary("equal", jnp.equal, "Whether ``x1 = x2``.")
not_equal = binary("not_equal", jnp.not_equal, "Whether ``x1 ≠ x2``.")
greater = binary("greater", jnp.greater, "Whether ``x1 > x2``.")
greater_equal = binary("greater_equal", jnp.greater_equal, "Whether ``x1 ≥ x2``.")
less = binary("less", jnp.less, "Whether ``x1 < x2``.")
less_equal = binary("less_equal", jnp.less_equal, "Whether ``x1 ≤ x2``.")
logical_and = binary("logical_and", jnp.logical_and, "Whether both are true.", _logical)
logical_or = binary("logical_or", jnp.logical_or, "Whether one or both are true.", _logical)
logical_xor = binary("logical_xor", jnp.logical_xor, "Whether one of both is true.", _logical)


def divmod(x1: Any, x2: Any) -> tuple[Any, Any]:
    """The quotient and the remainder: ``(floor_divide(x1, x2), mod(x1, x2))``."""
    return floor_divide(x1, x2), mod(x1, x2)


@array_function
def sign(x: Any, out: Any = None, where: Any = None, **kwargs: Any) -> Any:
    """-1, 0 or 1.

    Args:
      x: array of any shape.
      out, where: must be None.

    Raises:
      ValueError: another argument is given.
    """
    if out is not None:
        raise ValueError("tf.numpy doesnt support setting out")
    if where is not None:
        raise ValueError("tf.numpy doesnt support setting where")
    if kwargs:
        raise ValueError(f"tf.numpy doesnt support setting {kwargs.keys()}")
    return _sign(as_array(x))


@array_function
def angle(z: Any, deg: bool = False) -> Any:
    """The angle of complex numbers, in radians, or in degrees where ``deg`` is True."""
    found = _angle(z)
    return rad2deg(found) if deg else found


def _complex_or_float(z: Any) -> Any:
    array = as_array(z)
    return array if array.dtype.is_complex else cast(array, dtypes.float32)


_angle = unary("angle", lambda z: jnp.angle(z).astype(z.real.dtype), "The angle of complex numbers.", _complex_or_float)


@array_function
def around(a: Any, decimals: int = 0) -> Any:
    """Numbers rounded to so many decimals, halves to the even digit.

    >>> import kerax as tf
    >>> tf.experimental.numpy.around([1.25, 3.5], 1).numpy()
    array([1.2, 3.5])
    """
    array = as_array(a)
    if array.dtype.is_integer and decimals >= 0:
        return array
    factor = 10.0**decimals
    floats = array if array.dtype.is_floating or array.dtype.is_complex else cast(array, default_float())
    scale = convert_to_tensor(np.asarray(factor, floats.dtype.dtype))
    return cast(divide(_rint(multiply(floats, scale)), scale), array.dtype)


_rint = unary("rint", jnp.round, "The nearest integer.", inexact)
round = around


@array_function
def clip(a: Any, a_min: Any, a_max: Any) -> Any:
    """Numbers limited to ``a_min … a_max``, either of which may be None.

    Raises:
      ValueError: both are None.
    """
    if a_min is None and a_max is None:
        raise ValueError("Not more than one of `a_min` and `a_max` may be `None`.")
    if a_min is None:
        return minimum(a, a_max)
    if a_max is None:
        return maximum(a, a_min)
    a, a_min, a_max = promoted(a, a_min, a_max)
    return maximum(minimum(a, a_max), a_min)


@array_function
def isclose(a: Any, b: Any, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> Any:
    """Whether ``|a - b| ≤ atol + rtol·|b|``; ``equal_nan`` makes two NaNs close."""
    a, b = promoted(a, b)
    if not (a.dtype.is_floating or a.dtype.is_complex):
        return equal(a, b)
    close = less_equal(abs(subtract(a, b)), add(multiply(abs(b), rtol), atol))
    return logical_or(close, logical_and(isnan(a), isnan(b))) if equal_nan else close


def iscomplexobj(x: Any) -> bool:
    """Whether an array's dtype is complex."""
    return as_array(x).dtype.is_complex


def isrealobj(x: Any) -> bool:
    """Whether an array's dtype is not complex."""
    return not iscomplexobj(x)
