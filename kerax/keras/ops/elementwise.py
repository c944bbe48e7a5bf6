"""Arithmetic, powers, exponentials, rounding and bits: what works on each element alone."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax import bitwise, math
from kerax.array_ops import identity, where
from kerax.array_ops import zeros_like as _tf_zeros_like
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.promotion import as_wide_float, dtype_name, promoted, result_type
from kerax.keras.engine.settings import floatx
from kerax.keras.ops._public import composed, op
from kerax.keras.ops._table import alias, binary, unary
from kerax.math.clip import clip_by_value


def _exponent(x: Any) -> Any:
    """Integers as floatx; floats and complex numbers as they are."""
    x = to_tensor(x)
    name = dtype_name(x)
    return to_tensor(x, floatx()) if name == "bool" or "int" in name else x


def _number(x: Any) -> Any:
    """Booleans as int32."""
    x = to_tensor(x)
    return to_tensor(x, "int32") if dtype_name(x) == "bool" else x


# --- arithmetic -----------------------------------------------------------------------------------------------
add = binary("add", math.add, "The sum.", weak=True)
subtract = binary("subtract", math.subtract, "The difference ``x1 - x2``.", weak=True)
multiply = binary("multiply", math.multiply, "The product.", weak=True)
divide = binary("divide", math.divide, "The quotient ``x1 / x2``.", also=(float,), weak=True)
true_divide = alias("true_divide", divide)
divide_no_nan = binary(
    "divide_no_nan", math.divide_no_nan, "The quotient ``x1 / x2``, 0 where ``x2`` is 0.", also=(float,), weak=True
)
floor_divide = binary("floor_divide", math.floordiv, "The quotient rounded down to an integer.", weak=True)
maximum = binary("maximum", math.maximum, "The greater of two values; NaN where one of them is.", weak=True)
minimum = binary("minimum", math.minimum, "The lesser of two values; NaN where one of them is.", weak=True)
negative = unary("negative", math.negative, "The numbers with the other sign.", to_tensor)
reciprocal = unary("reciprocal", math.reciprocal, "One divided by ``x``.", to_tensor)
square = unary("square", math.square, "The square.", _number, "bool becomes int32")


@op("x1, x2")
def _fmax(x1: Any, x2: Any) -> Any:
    return jnp.fmax(x1, x2)


@op("x1, x2")
def _fmin(x1: Any, x2: Any) -> Any:
    return jnp.fmin(x1, x2)


fmax = binary("fmax", _fmax, "The greater of two values; NaN only where both are.", weak=True)
fmin = binary("fmin", _fmin, "The lesser of two values; NaN only where both are.", weak=True)


def _modulus(function: Any) -> Any:
    def call(x1: Any, x2: Any) -> Any:
        return function(*(to_tensor(x, "int32") if dtype_name(x) == "bool" else x for x in (x1, x2)))

    return call


@op("x1, x2")
def _fmod(x1: Any, x2: Any) -> Any:
    return jnp.sign(x1) * jnp.mod(jnp.abs(x1), jnp.abs(x2))


mod = binary("mod", _modulus(math.floormod), "The remainder of a division rounded down; it has the sign of ``x2``.")
fmod = binary("fmod", _modulus(_fmod), "The remainder of a division rounded toward 0; it has the sign of ``x1``.")


@composed
def power(x1, x2):
    """``x1`` to the power ``x2``.

    Args:
      x1: tensor, array or number.
      x2: tensor, array or number, of a shape that broadcasts; dtypes are promoted as ``keras.backend.result_type``
        does.

    Returns:
      Tensor of the common shape and dtype.

    >>> import kerax as tf
    >>> tf.keras.ops.power([1, 2, 3], 2).numpy()
    array([1, 4, 9], dtype=int32)
    """
    x1, x2 = promoted(x1, x2)
    name = dtype_name(x1)
    if "uint" in name:
        return to_tensor(math.pow(to_tensor(x1, "int32"), to_tensor(x2, "int32")), name)
    return math.pow(x1, x2)


@composed
def absolute(x):
    """The magnitude.

    Args:
      x: tensor of any shape; its dtype is kept, complex numbers become floats.

    Returns:
      Tensor of the same shape.

    >>> import kerax as tf
    >>> tf.keras.ops.absolute([-1.5, 2.0]).numpy()
    array([1.5, 2. ], dtype=float32)
    """
    x = to_tensor(x)
    name = dtype_name(x)
    return x if "uint" in name or name == "bool" else math.abs(x)


abs = alias("abs", absolute)
fabs = unary("fabs", math.abs, "The magnitude, as a float.", _exponent, "integers become floats")


@composed
def sign(x):
    """The sign: -1, 0 or 1; for complex numbers ``x / |x|``.

    Args:
      x: tensor of numbers.

    Returns:
      Tensor of the same shape and dtype.

    >>> import kerax as tf
    >>> tf.keras.ops.sign([-2.0, 0.0]).numpy()
    array([-1.,  0.], dtype=float32)
    """
    x = to_tensor(x)
    name = dtype_name(x)
    return to_tensor(math.sign(to_tensor(x, "int32")), name) if name.startswith("uint") else math.sign(x)


@op("x", differentiable=False)
def _signbit(x: Any) -> Any:
    return jnp.signbit(x) if jnp.issubdtype(x.dtype, jnp.floating) else x < 0 if x.dtype != bool else jnp.zeros_like(x)


signbit = unary("signbit", _signbit, "Whether the sign is negative, of -0.0 too.", to_tensor, "")


@op("x1, x2")
def _heaviside(x1: Any, x2: Any) -> Any:
    return jnp.where(x1 < 0, jnp.zeros_like(x1), jnp.where(x1 > 0, jnp.ones_like(x1), x2))


@op("x1, x2")
def _hypot(x1: Any, x2: Any) -> Any:
    low, high = jnp.sort(jnp.stack(jnp.broadcast_arrays(jnp.abs(x1), jnp.abs(x2))), axis=0)
    ratio = jnp.where(high == 0, 0, low / jnp.where(high == 0, 1, high))
    return high * jnp.sqrt(1 + jnp.square(ratio))


def _wide(function: Any) -> Any:
    return lambda x1, x2: function(as_wide_float(x1), as_wide_float(x2))


heaviside = binary("heaviside", _wide(_heaviside), "The step function: 0 below 0, 1 above, ``x2`` at 0.")
hypot = binary("hypot", _wide(_hypot), "The length of the hypotenuse, ``sqrt(x1**2 + x2**2)``, without overflow.")


@op("x1, x2: int", differentiable=False)
def _gcd(x1: Any, x2: Any) -> Any:
    return jnp.gcd(x1, x2)


@op("x1, x2: int", differentiable=False)
def _lcm(x1: Any, x2: Any) -> Any:
    return jnp.lcm(x1, x2)


def _whole(function: Any, name: str) -> Any:
    def call(x1: Any, x2: Any) -> Any:
        if not x1.dtype.is_integer:
            raise TypeError(f"Arguments to {name} must be integers. Received: dtype={x1.dtype.name}")
        return function(x1, x2)

    return call


gcd = binary("gcd", _whole(_gcd, "gcd"), "The greatest common divisor of integers.")
lcm = binary("lcm", _whole(_lcm, "lcm"), "The least common multiple of integers.")


@composed
def ldexp(x1, x2):
    """``x1`` times 2 to the power ``x2``.

    Args:
      x1: tensor of numbers.
      x2: tensor of integers.

    Returns:
      Tensor of floats.

    Raises:
      TypeError: the exponent is no integer.

    >>> import kerax as tf
    >>> tf.keras.ops.ldexp([0.75, 1.5], [1, 2]).numpy()
    array([1.5, 6. ], dtype=float32)
    """
    x2 = to_tensor(x2)
    if not x2.dtype.is_integer:
        raise TypeError(f"ldexp exponent must be an integer type. Received: x2 dtype={x2.dtype}")
    (x1, x2) = promoted(x1, x2, also=(float,))
    result = math.multiply(x1, math.pow(to_tensor(2.0, x1.dtype.name), x2))
    return where(math.logical_or(math.is_inf(x1), math.equal(x1, to_tensor(0.0, x1.dtype.name))), x1, result)


@composed
def nextafter(x1, x2):
    """The next float after ``x1`` in the direction of ``x2``, in steps of float64.

    Args:
      x1: tensor of numbers.
      x2: tensor of numbers that broadcasts.

    Returns:
      Tensor of floats.

    >>> import kerax as tf
    >>> tf.keras.ops.nextafter(1.0, 2.0).numpy()
    np.float32(1.0)
    """
    x1, x2 = to_tensor(x1), to_tensor(x2)
    wanted = result_type(x1.dtype, x2.dtype, float)
    return to_tensor(math.nextafter(to_tensor(x1, "float64"), to_tensor(x2, "float64")), wanted)


# --- powers, exponentials, logarithms ---------------------------------------------------------------------------
@op("x")
def _exp2(x: Any) -> Any:
    return jnp.exp2(x)


@op("x")
def _cbrt(x: Any) -> Any:
    return jnp.cbrt(x)


@op("x")
def _log2(x: Any) -> Any:
    return jnp.log(x) / jnp.log(jnp.asarray(2, x.dtype))


@op("x")
def _log10(x: Any) -> Any:
    return jnp.log(x) / jnp.log(jnp.asarray(10, x.dtype))


@op("x1, x2")
def _logaddexp(x1: Any, x2: Any) -> Any:
    return jnp.logaddexp(x1, x2)


@op("x1, x2")
def _logaddexp2(x1: Any, x2: Any) -> Any:
    return jnp.logaddexp2(x1, x2)


def _root(x: Any) -> Any:
    """Floats but float32 as they are, int64 as float64, the rest as floatx."""
    x = to_tensor(x)
    name = dtype_name(x)
    if name in ("bfloat16", "float16", "float64"):
        return x
    return to_tensor(x, "float64" if name == "int64" else floatx())


sqrt = unary("sqrt", math.sqrt, "The square root; NaN of negative numbers.")
cbrt = unary("cbrt", _cbrt, "The cube root.", _root, "integers become floats, int64 float64")
exp = unary("exp", math.exp, "The exponential.", _exponent, "integers become floats")
exp2 = unary("exp2", _exp2, "2 to the power ``x``.", _exponent, "integers become floats")
expm1 = unary("expm1", math.expm1, "``exp(x) - 1``, exact near 0.", _exponent, "integers become floats")
log = unary("log", math.log, "The natural logarithm.")
log1p = unary("log1p", math.log1p, "``log(1 + x)``, exact near 0.")
log2 = unary("log2", _log2, "The logarithm to base 2.")
log10 = unary("log10", _log10, "The logarithm to base 10.")
logaddexp = binary("logaddexp", _logaddexp, "``log(exp(x1) + exp(x2))`` without overflow.", also=(float,))
logaddexp2 = binary("logaddexp2", _logaddexp2, "``log2(2**x1 + 2**x2)`` without overflow.", also=(float,))


@composed
def i0(x):
    """The modified Bessel function of the first kind of order 0.

    Args:
      x: tensor of numbers; integers become floats, int64 float64.

    Returns:
      Tensor of the same shape.
    """
    return math.bessel_i0(_root(x))


# --- rounding -------------------------------------------------------------------------------------------------
ceil = unary("ceil", math.ceil, "The numbers rounded up to whole ones.")
floor = unary("floor", math.floor, "The numbers rounded down to whole ones.")


@op("x")
def _trunc(x: Any) -> Any:
    return jnp.where(x < 0, jnp.ceil(x), jnp.floor(x))


@composed
def trunc(x):
    """The numbers rounded toward 0 to whole ones.

    Args:
      x: tensor of numbers; its dtype is kept.

    Returns:
      Tensor of the same shape.

    >>> import kerax as tf
    >>> tf.keras.ops.trunc([1.7, -1.7]).numpy()
    array([ 1., -1.], dtype=float32)
    """
    x = to_tensor(x)
    return x if x.dtype.is_integer or x.dtype.is_bool else _trunc(x)


@composed
def round(x, decimals=0):
    """The numbers rounded, halves to even.

    Args:
      x: tensor of numbers; its dtype is kept.
      decimals: int, how many decimals stay; negative for tens, hundreds …

    Returns:
      Tensor of the same shape.

    >>> import kerax as tf
    >>> tf.keras.ops.round([1.25, 2.5]).numpy()
    array([1., 2.], dtype=float32)
    """
    x = to_tensor(x)
    if decimals == 0:
        return math.round(x)
    name = dtype_name(x)
    if x.dtype.is_integer and decimals > 0:
        return x
    floats = to_tensor(x, floatx()) if x.dtype.is_integer else x
    factor = to_tensor(float(10**decimals), floats.dtype.name)
    return to_tensor(math.divide(math.round(math.multiply(floats, factor)), factor), name)


@composed
def clip(x, x_min, x_max):
    """The numbers brought into an interval.

    Args:
      x: tensor of numbers.
      x_min: the lower end: number, or tensor that broadcasts.
      x_max: the upper end.

    Returns:
      Tensor of the same shape and dtype; bool becomes int32.

    >>> import kerax as tf
    >>> tf.keras.ops.clip([1.0, 5.0], 2, 4).numpy()
    array([2., 4.], dtype=float32)
    """
    return clip_by_value(_number(x), x_min, x_max)


@op("x")
def _nan_to_num(x: Any, nan: Any, posinf: Any, neginf: Any) -> Any:
    return jnp.nan_to_num(x, copy=True, nan=nan, posinf=posinf, neginf=neginf)


@composed
def nan_to_num(x, nan=0.0, posinf=None, neginf=None):
    """The numbers with NaN and infinities replaced.

    Args:
      x: tensor of numbers; its dtype is kept.
      nan: float, what stands for NaN.
      posinf: float, what stands for infinity, by default the largest number of the dtype.
      neginf: float, what stands for minus infinity, by default the least number of the dtype.

    Returns:
      Tensor of the same shape.

    >>> import kerax as tf
    >>> tf.keras.ops.nan_to_num([float("nan"), float("inf")], posinf=9.0).numpy()
    array([0., 9.], dtype=float32)
    """
    x = to_tensor(x)
    return _nan_to_num(x, nan, posinf, neginf) if x.dtype.is_floating or x.dtype.is_complex else x


# --- complex numbers ------------------------------------------------------------------------------------------
real = unary("real", math.real, "The real part.", to_tensor)
imag = unary(
    "imag", lambda x: math.imag(x) if x.dtype.is_complex else _tf_zeros_like(x), "The imaginary part.", to_tensor
)
conjugate = unary("conjugate", math.conj, "The complex conjugate.", to_tensor)
conj = conjugate
copy = unary("copy", identity, "A copy.", to_tensor)


# --- bits -----------------------------------------------------------------------------------------------------
_XY = ("x", "y")
bitwise_and = binary("bitwise_and", bitwise.bitwise_and, "Bitwise AND of integers.", names=_XY)
bitwise_or = binary("bitwise_or", bitwise.bitwise_or, "Bitwise OR of integers.", names=_XY)
bitwise_xor = binary("bitwise_xor", bitwise.bitwise_xor, "Bitwise XOR of integers.", names=_XY)
bitwise_invert = unary("bitwise_invert", bitwise.invert, "Integers with every bit inverted.", to_tensor)
bitwise_not = alias("bitwise_not", bitwise_invert)
bitwise_left_shift = binary(
    "bitwise_left_shift", bitwise.left_shift, "Integers with bits shifted to the left.", weak=True, names=_XY
)
bitwise_right_shift = binary(
    "bitwise_right_shift", bitwise.right_shift, "Integers with bits shifted to the right.", weak=True, names=_XY
)
left_shift = alias("left_shift", bitwise_left_shift)
right_shift = alias("right_shift", bitwise_right_shift)


# --- special functions of keras.ops.math ------------------------------------------------------------------------
rsqrt = unary("rsqrt", math.rsqrt, "The reciprocal of the square root.", to_tensor)
erf = unary("erf", math.erf, "The error function.", to_tensor)
erfc = unary("erfc", math.erfc, "The complement of the error function, ``1 - erf(x)``.", to_tensor)


@composed
def erfinv(x):
    """The inverse of the error function.

    Args:
      x: tensor of floats from -1 to 1.

    Returns:
      Tensor of the same shape and dtype.

    >>> import kerax as tf
    >>> tf.keras.ops.erfinv([0.0, 1.0]).numpy()
    array([ 0., inf], dtype=float32)
    """
    x = to_tensor(x)
    name = dtype_name(x)
    half = name in ("bfloat16", "float16")
    return to_tensor(math.erfinv(to_tensor(x, "float32") if half else x), name)
