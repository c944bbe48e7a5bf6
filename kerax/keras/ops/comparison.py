"""Comparisons, logic, and what numbers are finite."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax import math
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.promotion import promoted
from kerax.keras.ops._public import composed, op
from kerax.keras.ops._table import binary, public, unary


def _bool(x: Any) -> Any:
    return to_tensor(to_tensor(x), "bool")


equal = binary("equal", math.equal, "Whether values are equal.", returns="dtype bool")
not_equal = binary("not_equal", math.not_equal, "Whether values differ.", returns="dtype bool")
greater = binary("greater", math.greater, "Whether ``x1 > x2``.", returns="dtype bool")
greater_equal = binary("greater_equal", math.greater_equal, "Whether ``x1 >= x2``.", returns="dtype bool")
less = binary("less", math.less, "Whether ``x1 < x2``.", returns="dtype bool")
less_equal = binary("less_equal", math.less_equal, "Whether ``x1 <= x2``.", returns="dtype bool")


def _logical(name: str, function: Any, sentence: str) -> Any:
    def call(x1, x2):  # type: ignore[no-untyped-def]
        return function(_bool(x1), _bool(x2))

    doc = f"""{sentence}

    Args:
      x1: tensor; numbers other than 0 are true.
      x2: tensor that broadcasts.

    Returns:
      bool Tensor.
    """
    return public(call, name, doc)


logical_and = _logical("logical_and", math.logical_and, "Whether both are true.")
logical_or = _logical("logical_or", math.logical_or, "Whether at least one is true.")
logical_xor = _logical("logical_xor", math.logical_xor, "Whether just one is true.")
logical_not = unary("logical_not", math.logical_not, "The opposite.", _bool, "numbers other than 0 are true")


def _of_floats(function: Any, otherwise: bool) -> Any:
    def call(x: Any) -> Any:
        return function(x) if x.dtype.is_floating or x.dtype.is_complex else _constant(x, otherwise)

    return call


@op("x", differentiable=False)
def _constant(x: Any, value: Any) -> Any:
    return jnp.full(x.shape, value, bool)


@op("x", differentiable=False)
def _is_infinity(x: Any, value: Any) -> Any:
    return x == jnp.asarray(value, x.dtype)


isfinite = unary(
    "isfinite",
    _of_floats(math.is_finite, True),
    "Whether numbers are neither infinite nor NaN.",
    to_tensor,
    "any dtype",
)
isinf = unary("isinf", _of_floats(math.is_inf, False), "Whether numbers are infinite.", to_tensor, "any dtype")
isnan = unary("isnan", _of_floats(math.is_nan, False), "Whether numbers are NaN.", to_tensor, "any dtype")
isposinf = unary(
    "isposinf",
    _of_floats(lambda x: _is_infinity(x, float("inf")), False),
    "Whether numbers are infinity.",
    to_tensor,
    "any dtype",
)
isneginf = unary(
    "isneginf",
    _of_floats(lambda x: _is_infinity(x, float("-inf")), False),
    "Whether numbers are minus infinity.",
    to_tensor,
    "any dtype",
)


@op("x", differentiable=False)
def _isreal(x: Any) -> Any:
    return jnp.isreal(x)


isreal = unary("isreal", _isreal, "Whether numbers have no imaginary part.", to_tensor, "any dtype")


@op("x1, x2", differentiable=False)
def _isclose(x1: Any, x2: Any, rtol: Any, atol: Any, equal_nan: Any) -> Any:
    if not jnp.issubdtype(x1.dtype, jnp.floating):
        return x1 == x2
    near = jnp.abs(x1 - x2) <= (jnp.asarray(atol, x1.dtype) + jnp.asarray(rtol, x1.dtype) * jnp.abs(x2))
    return near | (jnp.isnan(x1) & jnp.isnan(x2)) if equal_nan else near


@op("x1, x2", differentiable=False)
def _allclose(x1: Any, x2: Any, rtol: Any, atol: Any, equal_nan: Any) -> Any:
    if not jnp.issubdtype(x1.dtype, jnp.floating):
        return jnp.all(x1 == x2)
    near = jnp.abs(x1 - x2) <= (jnp.asarray(atol, x1.dtype) + jnp.asarray(rtol, x1.dtype) * jnp.abs(x2))
    same = (jnp.isfinite(x1) & jnp.isfinite(x2) & near) | (x1 == x2)
    return jnp.all(same | (jnp.isnan(x1) & jnp.isnan(x2)) if equal_nan else same)


@composed
def isclose(x1, x2, rtol=1e-5, atol=1e-8, equal_nan=False):
    """Whether values are equal up to a tolerance, ``|x1 - x2| <= atol + rtol |x2|``.

    Args:
      x1: tensor of numbers.
      x2: tensor of numbers that broadcasts.
      rtol: float, relative tolerance.
      atol: float, absolute tolerance.
      equal_nan: bool, whether NaN equals NaN.

    Returns:
      bool Tensor of the common shape.

    >>> import kerax as tf
    >>> tf.keras.ops.isclose([1.0, 1.1], 1.0).numpy()
    array([ True, False])
    """
    return _isclose(*promoted(x1, x2, weak=False), rtol, atol, bool(equal_nan))


@composed
def allclose(x1, x2, rtol=1e-5, atol=1e-8, equal_nan=False):
    """Whether all values are equal up to a tolerance; infinities of one sign are equal.

    Args:
      x1: tensor of numbers.
      x2: tensor of numbers that broadcasts.
      rtol: float, relative tolerance.
      atol: float, absolute tolerance.
      equal_nan: bool, whether NaN equals NaN.

    Returns:
      bool Tensor, a scalar.

    >>> import kerax as tf
    >>> bool(tf.keras.ops.allclose([1.0, 2.0], [1.0, 2.0 + 1e-7]))
    True
    """
    return _allclose(*promoted(x1, x2, weak=False), rtol, atol, bool(equal_nan))


@op("x1, x2", differentiable=False)
def _isin(x1: Any, x2: Any, invert: Any) -> Any:
    if x1.size == 0 or x2.size == 0:
        return jnp.zeros(x1.shape, bool)
    return jnp.isin(x1, x2, invert=invert)


@composed
def isin(x1, x2, assume_unique=False, invert=False):
    """Whether each element is among the elements of another tensor.

    Args:
      x1: tensor of any shape.
      x2: tensor of any shape, the elements to look among.
      assume_unique: bool, accepted for Keras' sake: it changes no result.
      invert: bool, whether to tell what is not among them.

    Returns:
      bool Tensor of the shape of ``x1``.

    >>> import kerax as tf
    >>> tf.keras.ops.isin([0, 1, 2], [1]).numpy()
    array([False,  True, False])
    """
    return _isin(*promoted(x1, x2, weak=False), bool(invert))
