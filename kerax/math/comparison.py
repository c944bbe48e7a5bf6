"""Comparisons, logic, and tests of floating point values."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor


@op("x, y")
def equal(x, y, name=None):
    """``x == y`` elementwise, for numbers, bools and strings.

    Args:
      x: tensor.
      y: tensor of the same dtype, of a shape that broadcasts against ``x``.
      name: str, optional.

    Returns:
      bool tensor of the broadcast shape.

    Raises:
      InvalidArgumentError: if the shapes do not broadcast or the dtypes differ.

    >>> import kerax as tf
    >>> tf.equal([1, 2], 2).numpy()
    array([False,  True])
    """
    return jnp.equal(x, y)


@op("x, y")
def not_equal(x, y, name=None):
    """``x != y`` elementwise, for numbers, bools and strings.

    Args:
      x: tensor.
      y: tensor of the same dtype, of a shape that broadcasts against ``x``.
      name: str, optional.

    Returns:
      bool tensor of the broadcast shape.

    Raises:
      InvalidArgumentError: if the shapes do not broadcast or the dtypes differ.

    >>> import kerax as tf
    >>> tf.not_equal([1, 2], 2).numpy()
    array([ True, False])
    """
    return jnp.not_equal(x, y)


@op("x, y: float int")
def less(x, y, name=None):
    """``x < y`` elementwise.

    Args:
      x: tensor of real numbers.
      y: tensor of the same dtype, of a shape that broadcasts against ``x``.
      name: str, optional.

    Returns:
      bool tensor of the broadcast shape.

    >>> import kerax as tf
    >>> tf.less([1, 2], 2).numpy()
    array([ True, False])
    """
    return jnp.less(x, y)


@op("x, y: float int")
def less_equal(x, y, name=None):
    """``x <= y`` elementwise.

    Args:
      x: tensor of real numbers.
      y: tensor of the same dtype, of a shape that broadcasts against ``x``.
      name: str, optional.

    Returns:
      bool tensor of the broadcast shape.

    >>> import kerax as tf
    >>> tf.less_equal([1, 2], 2).numpy()
    array([ True,  True])
    """
    return jnp.less_equal(x, y)


@op("x, y: float int")
def greater(x, y, name=None):
    """``x > y`` elementwise.

    Args:
      x: tensor of real numbers.
      y: tensor of the same dtype, of a shape that broadcasts against ``x``.
      name: str, optional.

    Returns:
      bool tensor of the broadcast shape.

    >>> import kerax as tf
    >>> tf.greater([1, 2], 2).numpy()
    array([False, False])
    """
    return jnp.greater(x, y)


@op("x, y: float int")
def greater_equal(x, y, name=None):
    """``x >= y`` elementwise.

    Args:
      x: tensor of real numbers.
      y: tensor of the same dtype, of a shape that broadcasts against ``x``.
      name: str, optional.

    Returns:
      bool tensor of the broadcast shape.

    >>> import kerax as tf
    >>> tf.greater_equal([1, 2], 2).numpy()
    array([False,  True])
    """
    return jnp.greater_equal(x, y)


@op("x, y: bool")
def _logical_and(x, y, name=None):
    return x & y


@op("x, y: bool")
def _logical_or(x, y, name=None):
    return x | y


@op("x, y: bool")
def _logical_xor(x, y, name=None):
    return x ^ y


@op("x: bool")
def _logical_not(x, name=None):
    return ~x


def as_bool(value: Any) -> Any:
    """Python values become bool tensors (a TypeError where they are something else); tensors pass."""
    plain = value is None or isinstance(value, (bool, int, float, str, list, tuple))
    return convert_to_tensor(value, "bool") if plain else value


def logical_and(x: Any, y: Any, name: str | None = None) -> Any:
    """Whether both ``x`` and ``y`` are true, elementwise.

    Args:
      x: bool tensor.
      y: bool tensor of a shape that broadcasts against ``x``.
      name: str, optional.

    Returns:
      bool tensor of the broadcast shape.

    Raises:
      TypeError, InvalidArgumentError: for python values and tensors that are not bools.

    >>> import kerax as tf
    >>> tf.logical_and([True, False], True).numpy()
    array([ True, False])
    """
    return _logical_and(as_bool(x), as_bool(y))


def logical_or(x: Any, y: Any, name: str | None = None) -> Any:
    """Whether ``x`` or ``y`` or both are true, elementwise.

    Args:
      x: bool tensor.
      y: bool tensor of a shape that broadcasts against ``x``.
      name: str, optional.

    Returns:
      bool tensor of the broadcast shape.

    Raises:
      TypeError, InvalidArgumentError: for python values and tensors that are not bools.

    >>> import kerax as tf
    >>> tf.logical_or([True, False], True).numpy()
    array([ True,  True])
    """
    return _logical_or(as_bool(x), as_bool(y))


def logical_xor(x: Any, y: Any, name: str | None = "LogicalXor") -> Any:
    """Whether exactly one of ``x`` and ``y`` is true, elementwise.

    Args:
      x: bool tensor.
      y: bool tensor of a shape that broadcasts against ``x``.
      name: str, optional.

    Returns:
      bool tensor of the broadcast shape.

    Raises:
      TypeError, InvalidArgumentError: for python values and tensors that are not bools.

    >>> import kerax as tf
    >>> tf.math.logical_xor([True, False], True).numpy()
    array([False,  True])
    """
    return _logical_xor(as_bool(x), as_bool(y))


def logical_not(x: Any, name: str | None = None) -> Any:
    """The opposite of each element.

    Args:
      x: bool tensor.
      name: str, optional.

    Returns:
      bool tensor like ``x``.

    >>> import kerax as tf
    >>> tf.logical_not([True, False]).numpy()
    array([False,  True])
    """
    return _logical_not(as_bool(x))


@op("x: float")
def is_nan(x, name=None):
    """Whether each element is NaN.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      bool tensor of the shape of ``x``.

    >>> import kerax as tf
    >>> tf.math.is_nan([float("nan"), float("inf"), 1.0]).numpy()
    array([ True, False, False])
    """
    return jnp.isnan(x)


@op("x: float")
def is_inf(x, name=None):
    """Whether each element is infinite.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      bool tensor of the shape of ``x``.

    >>> import kerax as tf
    >>> tf.math.is_inf([float("nan"), float("inf"), 1.0]).numpy()
    array([False,  True, False])
    """
    return jnp.isinf(x)


@op("x: float")
def is_finite(x, name=None):
    """Whether each element is neither infinite nor NaN.

    Args:
      x: tensor, floating point.
      name: str, optional.

    Returns:
      bool tensor of the shape of ``x``.

    >>> import kerax as tf
    >>> tf.math.is_finite([float("nan"), float("inf"), 1.0]).numpy()
    array([False, False,  True])
    """
    return jnp.isfinite(x)


def _ordered(x: Any, compare: Any) -> Any:
    x = convert_to_tensor(getattr(x, "flat_values", x))  # of a ragged tensor: all in a row
    if not (x.dtype.is_floating or x.dtype.is_integer):
        raise TypeError(f"Expected x to be numeric, instead found: {x}")
    return compare(x)


@op("x")
def _non_decreasing(x, name=None):
    flat = x.reshape(-1)
    return jnp.all(flat[1:] >= flat[:-1])


@op("x")
def _strictly_increasing(x, name=None):
    flat = x.reshape(-1)
    return jnp.all(flat[1:] > flat[:-1])


def is_non_decreasing(x: Any, name: str | None = None) -> Any:
    """Whether no element, in row-major order, is smaller than the one before it.

    Args:
      x: tensor of real numbers.
      name: str, optional.

    Returns:
      bool scalar; True for fewer than two elements.

    Raises:
      TypeError: if ``x`` is not numeric.

    >>> import kerax as tf
    >>> tf.math.is_non_decreasing([1, 1, 2]).numpy()
    np.True_
    """
    return _ordered(x, _non_decreasing)


def is_strictly_increasing(x: Any, name: str | None = None) -> Any:
    """Whether every element, in row-major order, is larger than the one before it.

    Args:
      x: tensor of real numbers.
      name: str, optional.

    Returns:
      bool scalar; True for fewer than two elements.

    Raises:
      TypeError: if ``x`` is not numeric.

    >>> import kerax as tf
    >>> tf.math.is_strictly_increasing([1, 1, 2]).numpy()
    np.False_
    """
    return _ordered(x, _strictly_increasing)
