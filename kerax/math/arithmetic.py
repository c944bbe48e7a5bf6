"""Elementwise arithmetic: sums, products, quotients, remainders, powers, extrema."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from kerax.core import dtypes, errors
from kerax.core.context import context
from kerax.core.op import composed, mismatch, op
from kerax.core.tensor import Tensor, convert_to_tensor
from kerax.math import _guarded
from kerax.math._values import alone, concrete_any, dtype_of, is_string, require_operands


@op("x, y: number", name="AddV2")
def _add(x, y, name=None):
    return jnp.add(x, y)


@op("x, y: string", host=True, name="Add")
def _join(x, y, name=None):
    try:
        np.broadcast_shapes(x.shape, y.shape)
    except ValueError:
        raise errors.InvalidArgumentError(
            None, None, f"Incompatible shapes: {list(x.shape)} vs. {list(y.shape)} [Op:Add] name: "
        ) from None
    return np.asarray(x + y, dtype=object)  # of two scalars numpy makes plain bytes


def add(x: Any, y: Any, name: str | None = None) -> Any:
    """Adds elementwise with broadcasting; strings are joined.

    Args:
      x: tensor of numbers or strings.
      y: tensor of the same dtype, of a shape that broadcasts against ``x``.
      name: str, optional.

    Returns:
      ``x + y``.

    Raises:
      InvalidArgumentError: if the dtypes differ or the shapes do not broadcast.

    >>> import kerax as tf
    >>> tf.add([1, 2], 3).numpy()
    array([4, 5], dtype=int32)
    """
    return plus(x if hasattr(y, "_kerax_components") else alone(x), y)


def plus(x: Any, y: Any) -> Any:
    """The operator ``+``, where a number on either side takes the dtype of the other."""
    require_operands(x, y)
    try:
        return (_join if is_string(x) or is_string(y) else _add)(x, y)
    except TypeError as error:
        # TensorFlow's `add` only hints the dtype to a second operand of python's, so a float meets an int as a tensor
        hinted = isinstance(y, (int, float, complex, str, list))
        if hinted and context.trace is None and str(error).startswith("Cannot convert"):
            label = "Add" if is_string(x) else "AddV2"
            raise mismatch(label, 1, convert_to_tensor(x).dtype, convert_to_tensor(y).dtype) from None
        raise


@op("x, y: number", name="Sub")
def subtract(x, y, name=None):
    """Subtracts elementwise with broadcasting.

    Args:
      x: tensor of numbers.
      y: tensor of the same dtype, of a shape that broadcasts against ``x``.
      name: str, optional.

    Returns:
      ``x - y``.

    >>> import kerax as tf
    >>> tf.subtract([3, 2], 1).numpy()
    array([2, 1], dtype=int32)
    """
    return jnp.subtract(x, y)


@op("x, y: number", name="Mul")
def multiply(x, y, name=None):
    """Multiplies elementwise with broadcasting.

    Args:
      x: tensor of numbers.
      y: tensor of the same dtype, of a shape that broadcasts against ``x``.
      name: str, optional.

    Returns:
      ``x * y``.

    >>> import kerax as tf
    >>> tf.multiply([3, 2], 2).numpy()
    array([6, 4], dtype=int32)
    """
    return jnp.multiply(x, y)


_SMALL = ("int8", "uint8", "int16", "uint16")


def _exact_quotient(x: Any, y: Any) -> Any:
    """``x / y``, rounded once. XLA multiplies with the reciprocal of a divisor that all elements share, and of 94 / 47
    it makes less than 2; by way of float64, or where it does not know what is shared, that cannot be seen."""
    if x.dtype == jnp.float64:
        return x / lax.optimization_barrier(jnp.broadcast_to(y, jnp.broadcast_shapes(x.shape, y.shape)))
    return (x.astype(jnp.float64) / y.astype(jnp.float64)).astype(x.dtype)


@op("x, y: float", name="RealDiv")
def _rounded_quotient(x, y, name=None):
    return _exact_quotient(x, y)


def _shared(x: Any, y: Any) -> bool:
    """Whether an array of floats is divided by one number, and not in a function, where TensorFlow multiplies too."""
    return (
        context.trace is None
        and type(x) is Tensor
        and x.dtype.is_floating
        and x._value.ndim > 0
        and (type(y) in (int, float) or (type(y) is Tensor and y._value.ndim == 0))
    )


@op("x, y")
def _quotient(x, y, name=None):
    kind = dtypes.as_dtype(x.dtype)
    if kind.is_bool:
        raise TypeError(f"Invalid dtype {kind!r} in __truediv__. Expected a number.")
    if kind.is_integer:
        wide = jnp.float32 if kind.name in _SMALL else jnp.float64
        x, y = x.astype(wide), y.astype(wide)
    return jnp.true_divide(x, y)


def truediv(x: Any, y: Any, name: str | None = None) -> Any:
    """Divides elementwise as python 3 does: integers give floating point.

    8- and 16-bit integers give float32, wider ones float64.

    Args:
      x: tensor of numbers.
      y: tensor of the same dtype, of a shape that broadcasts against ``x``.
      name: str, optional.

    Returns:
      ``x / y``.

    Raises:
      TypeError: if the dtypes differ.

    >>> import kerax as tf
    >>> tf.math.truediv(3, 2).numpy()
    np.float64(1.5)
    """
    require_operands(x, y)
    first, second = dtype_of(x), dtype_of(y)
    if first is not None and second is not None and first != second:
        raise TypeError(f"`x` and `y` must have the same dtype, got {first!r} != {second!r}.")
    return (_rounded_quotient if _shared(x, y) else _quotient)(x, y)


def divide(x: Any, y: Any, name: str | None = None) -> Any:
    """Divides elementwise as python does; integers give floating point.

    Args:
      x: tensor of numbers.
      y: tensor of the same dtype.
      name: str, optional.

    Returns:
      ``x / y``.

    >>> import kerax as tf
    >>> tf.divide([16, 12], 8).numpy()
    array([2. , 1.5])
    """
    return x / y if hasattr(x, "_kerax_components") else truediv(x, y)


@op("x, y: float complex")
def realdiv(x, y, name=None):
    """Divides real or complex numbers elementwise.

    Args:
      x: tensor of floating point or complex numbers.
      y: tensor of the same dtype.
      name: str, optional.

    Returns:
      ``x / y``.

    >>> import kerax as tf
    >>> tf.realdiv([3.0], 2.0).numpy()
    array([1.5], dtype=float32)
    """
    return jnp.true_divide(x, y)


def _require_nonzero(x: Any, y: Any) -> None:
    require_operands(x, y)
    kind = dtype_of(x) or dtype_of(y)
    if kind is not None and not kind.is_integer:
        return
    if y == 0 if type(y) is int else concrete_any(y, lambda v: v.dtype.kind in "iu" and (v == 0).any()):
        raise errors.InvalidArgumentError(None, None, "Integer division by zero")


@op("x, y: float int", name="FloorDiv", differentiable=False)
def _floordiv(x, y, name=None):
    # for floats numpy's floor_divide gives NaN where TensorFlow gives an infinity
    return jnp.floor(_exact_quotient(x, y)) if jnp.issubdtype(x.dtype, jnp.floating) else jnp.floor_divide(x, y)


def floordiv(x: Any, y: Any, name: str | None = None) -> Any:
    """Divides elementwise and rounds toward minus infinity.

    Args:
      x: tensor of real numbers.
      y: tensor of the same dtype.
      name: str, optional.

    Returns:
      ``floor(x / y)`` in the dtype of ``x``.

    Raises:
      InvalidArgumentError: if an integer is divided by zero.

    >>> import kerax as tf
    >>> tf.math.floordiv(-7, 2).numpy()
    np.int32(-4)
    """
    _require_nonzero(x, y)
    return _floordiv(x, y)


@op("x, y: float int", name="FloorMod")
def _floormod(x, y, name=None):
    return jnp.mod(x, y)


def floormod(x: Any, y: Any, name: str | None = None) -> Any:
    """The remainder of a division that rounds toward minus infinity; it has the sign of ``y``.

    Args:
      x: tensor of real numbers.
      y: tensor of the same dtype.
      name: str, optional.

    Returns:
      ``x - floor(x / y) * y``.

    Raises:
      InvalidArgumentError: if an integer is divided by zero.

    >>> import kerax as tf
    >>> tf.math.floormod(-7, 3).numpy()
    np.int32(2)
    """
    _require_nonzero(x, y)
    return _floormod(x, y)


mod = floormod


@op("x, y: float int", differentiable=False)
def _truncatediv(x, y, name=None):
    if jnp.issubdtype(x.dtype, jnp.floating):
        return jnp.trunc(_exact_quotient(x, y))
    return lax.div(*jnp.broadcast_arrays(x, y))


def truncatediv(x: Any, y: Any, name: str | None = None) -> Any:
    """Divides elementwise and rounds toward zero.

    Args:
      x: tensor of real numbers.
      y: tensor of the same dtype.
      name: str, optional.

    Returns:
      ``trunc(x / y)`` in the dtype of ``x``.

    >>> import kerax as tf
    >>> tf.truncatediv(-7, 2).numpy()
    np.int32(-3)
    """
    _require_nonzero(x, y)
    return _truncatediv(x, y)


@op("x, y: float int")
def _truncatemod(x, y, name=None):
    return lax.rem(*jnp.broadcast_arrays(x, y))


def truncatemod(x: Any, y: Any, name: str | None = None) -> Any:
    """The remainder of a division that rounds toward zero; it has the sign of ``x``.

    Args:
      x: tensor of real numbers.
      y: tensor of the same dtype.
      name: str, optional.

    Returns:
      ``x - trunc(x / y) * y``.

    >>> import kerax as tf
    >>> tf.truncatemod(-7, 2).numpy()
    np.int32(-1)
    """
    _require_nonzero(x, y)
    return _truncatemod(x, y)


@op("x, y: float complex")
def _divide_no_nan(x, y, name=None):
    safe = jnp.where(y == 0, jnp.ones_like(y), y)
    return jnp.where(y == 0, jnp.zeros_like(x * y), x / safe)


@composed
def divide_no_nan(x: Any, y: Any, name: str | None = None) -> Any:
    """Divides elementwise; where the divisor is 0 the answer is 0.

    Args:
      x: tensor of numbers; integers are converted as ``tf.math.truediv`` does.
      y: tensor of the same dtype.
      name: str, optional.

    Returns:
      ``x / y``, 0 where ``y == 0``.

    >>> import kerax as tf
    >>> tf.math.divide_no_nan([3.0, 1.0], [0.0, 2.0]).numpy()
    array([0. , 0.5], dtype=float32)
    """
    x = convert_to_tensor(x, dtype=dtype_of(y) if dtype_of(x) is None else None)
    y = convert_to_tensor(y, dtype=x.dtype if dtype_of(y) is None else None)
    if x.dtype != y.dtype:
        raise TypeError(f"`x` and `y` must have the same dtype, got {x.dtype!r} != {y.dtype!r}.")
    if x.dtype.is_integer:
        one = convert_to_tensor(1, x.dtype)
        x, y = truediv(x, one), truediv(y, one)
    return _divide_no_nan(x, y)


@op("x: float complex")
def reciprocal_no_nan(x, name=None):
    """``1 / x`` elementwise, 0 where ``x`` is 0.

    Args:
      x: tensor of floating point or complex numbers.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.reciprocal_no_nan([2.0, 0.0]).numpy()
    array([0.5, 0. ], dtype=float32)
    """
    return _divide_no_nan.pure(jnp.ones_like(x), x)


@jax.custom_jvp
def _product_no_nan(x, y):
    return jnp.where(y == 0, jnp.zeros_like(x * y), x * y)


@_product_no_nan.defjvp
def _product_no_nan_jvp(primals, tangents):
    (x, y), (dx, dy) = primals, tangents
    return _product_no_nan(x, y), _product_no_nan(dx, y) + jnp.where(x == 0, 0, x * dy)


@op("x, y: float complex", name="MulNoNan")
def _multiply_no_nan(x, y, name=None):
    return _product_no_nan(x, y)


@composed
def multiply_no_nan(x: Any, y: Any, name: str | None = None) -> Any:
    """``x * y`` elementwise, 0 where ``y`` is 0 even if ``x`` is infinite or NaN.

    Args:
      x: tensor of floating point or complex numbers.
      y: tensor of the same dtype.
      name: str, optional.

    Returns:
      Tensor of the broadcast shape.

    >>> import kerax as tf
    >>> tf.math.multiply_no_nan([1.0, float("nan")], [2.0, 0.0]).numpy()
    array([2., 0.], dtype=float32)
    """
    x = convert_to_tensor(x)
    return _multiply_no_nan(x, convert_to_tensor(y, x.dtype))


@jax.custom_jvp
def _power(x, y):
    return jnp.power(x, y)


@_power.defjvp
def _power_jvp(primals, tangents):
    (x, y), (dx, dy) = primals, tangents
    z = _power(x, y)
    positive = x != 0 if jnp.iscomplexobj(x) else x > 0
    log = jnp.where(positive, jnp.log(jnp.where(positive, x, jnp.ones_like(x))), jnp.zeros_like(x))
    return z, dx * (y * _power(x, y - jnp.ones_like(y))) + dy * (z * log)


@op("x, y: signed complex")
def _pow(x, y, name=None):
    return _power(x, y) if jnp.issubdtype(x.dtype, jnp.inexact) else jnp.power(x, y)


def _is_whole(value: np.ndarray) -> bool:
    return value.dtype.kind in "iu"


def _is_negative(value: np.ndarray) -> bool:
    return value.dtype.kind == "i" and bool((value < 0).any())


def pow(x: Any, y: Any, name: str | None = None) -> Any:
    """``x`` to the power ``y``, elementwise.

    Args:
      x: tensor of numbers.
      y: tensor of the same dtype.
      name: str, optional.

    Returns:
      Tensor of the broadcast shape.

    Raises:
      InvalidArgumentError: for integers with a negative exponent.

    >>> import kerax as tf
    >>> tf.pow([2, 3], 2).numpy()
    array([4, 9], dtype=int32)
    """
    require_operands(x, y)
    kind = dtype_of(x) or dtype_of(y)
    if kind.is_integer if kind is not None else concrete_any(x, _is_whole) and concrete_any(y, _is_whole):
        negative_power = y < 0 if type(y) is int else concrete_any(y, _is_negative)
        if negative_power:
            message = "Integers to negative integer powers are not allowed"
            raise errors.InvalidArgumentError(None, None, message)
    return _pow(x, y)


@op("x: signed complex")
def negative(x, name=None):
    """``-x`` elementwise.

    Args:
      x: tensor of numbers.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.negative([1, -2]).numpy()
    array([-1,  2], dtype=int32)
    """
    return jnp.negative(x)


@jax.custom_jvp
def _modulus(x):
    return jnp.abs(x)


@_modulus.defjvp
def _modulus_jvp(primals, tangents):
    (x,), (dx,) = primals, tangents
    size = _modulus(x)
    if not jnp.iscomplexobj(x):
        return size, dx * jnp.sign(x)
    nothing = size == 0  # the slope is 0 there; it has a derivative of its own, which that of jnp.sign has not
    return size, jnp.real(dx * jnp.conj(x)) * jnp.where(nothing, 0, 1 / jnp.where(nothing, 1, size))


@op("x: signed complex")
def abs(x, name=None):
    """The absolute value, elementwise; the modulus of complex numbers.

    Args:
      x: tensor of numbers.
      name: str, optional.

    Returns:
      Tensor like ``x``; real for complex input.

    >>> import kerax as tf
    >>> tf.abs([-3, 2]).numpy()
    array([3, 2], dtype=int32)
    """
    return _modulus(x) if jnp.issubdtype(x.dtype, jnp.inexact) else jnp.abs(x)


@op("x: signed complex")
def sign(x, name=None):
    """-1, 0 or 1 by the sign of ``x``; ``x / |x|`` for complex numbers.

    Args:
      x: tensor of numbers.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.sign([-3.0, 0.0, 2.0]).numpy()
    array([-1.,  0.,  1.], dtype=float32)
    """
    if jnp.iscomplexobj(x):
        size = jnp.abs(x)
        return jnp.where(size == 0, 0, x / jnp.where(size == 0, 1, size)).astype(x.dtype)
    return jnp.sign(x)


@op("x: number")
def square(x, name=None):
    """``x * x`` elementwise.

    Args:
      x: tensor of numbers.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.square([2, -3]).numpy()
    array([4, 9], dtype=int32)
    """
    return x * x


@op("x, y: number")
def squared_difference(x, y, name=None):
    """``(x - y)²`` elementwise; ``conj(x - y) (x - y)`` for complex numbers.

    Args:
      x: tensor of numbers.
      y: tensor of the same dtype.
      name: str, optional.

    Returns:
      Tensor of the broadcast shape.

    >>> import kerax as tf
    >>> tf.math.squared_difference([1, 5], 3).numpy()
    array([4, 4], dtype=int32)
    """
    difference = x - y
    return jnp.conj(difference) * difference


@op("x: float complex")
def reciprocal(x, name=None):
    """``1 / x`` elementwise.

    Args:
      x: tensor of floating point or complex numbers.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.reciprocal([2.0, 4.0]).numpy()
    array([0.5 , 0.25], dtype=float32)
    """
    return _guarded.reciprocal(x)


@op("x, y: float int")
def maximum(x, y, name=None):
    """The larger of ``x`` and ``y``, elementwise; NaN if either is. At ties the gradient goes to ``x``.

    Args:
      x: tensor of real numbers.
      y: tensor of the same dtype.
      name: str, optional.

    Returns:
      Tensor of the broadcast shape.

    >>> import kerax as tf
    >>> tf.maximum([1, 5], 3).numpy()
    array([3, 5], dtype=int32)
    """
    return jnp.where((x >= y) | (x != x), x, y)


@op("x, y: float int")
def minimum(x, y, name=None):
    """The smaller of ``x`` and ``y``, elementwise; NaN if either is. At ties the gradient goes to ``x``.

    Args:
      x: tensor of real numbers.
      y: tensor of the same dtype.
      name: str, optional.

    Returns:
      Tensor of the broadcast shape.

    >>> import kerax as tf
    >>> tf.minimum([1, 5], 3).numpy()
    array([1, 3], dtype=int32)
    """
    return jnp.where((x <= y) | (x != x), x, y)


@jax.custom_jvp
def _next(x, y):
    return jnp.nextafter(x, y)


@_next.defjvp
def _next_jvp(primals, tangents):
    (x, y), (dx, dy) = primals, tangents
    return _next(x, y), dx * jnp.ones_like(y) + dy * jnp.zeros_like(x)


@op("x1, x2: float")
def nextafter(x1, x2, name=None):
    """The floating point number next to ``x1`` in the direction of ``x2``.

    Args:
      x1: tensor, float32 or float64.
      x2: tensor of the same dtype.
      name: str, optional.

    Returns:
      Tensor of the broadcast shape.

    >>> import kerax as tf
    >>> tf.math.nextafter(1.0, 2.0).numpy()
    np.float32(1.0000001)
    """
    return _next(x1, x2)


@op("inputs*: number")
def _add_n(inputs, name=None):
    first = inputs[0]
    for other in inputs[1:]:
        if other.shape != first.shape:
            raise errors.InvalidArgumentError(
                None,
                None,
                f"Inputs to operation AddN must have the same size and shape. "
                f"Input 0: {list(first.shape)} != {list(other.shape)}",
            )
        first = first + other
    return first


def add_n(inputs: Any, name: str | None = None) -> Any:
    """The elementwise sum of a list of tensors of one shape and dtype.

    Args:
      inputs: list of tensors, or one tensor.
      name: str, optional.

    Returns:
      Tensor of the common shape.

    Raises:
      ValueError: if the list is empty.
      InvalidArgumentError: if the shapes differ.

    >>> import kerax as tf
    >>> tf.add_n([tf.constant([1, 2]), tf.constant([3, 4])]).numpy()
    array([4, 6], dtype=int32)
    """
    message = "Inputs must be an iterable of at least one Tensor/IndexedSlices with the same dtype and shape."
    try:
        inputs = list(inputs)
    except TypeError:
        raise ValueError(message) from None
    if not inputs:
        raise ValueError(message)
    return _add_n([convert_to_tensor(value) if hasattr(value, "dense_shape") else value for value in inputs])


def accumulate_n(inputs: Any, shape: Any = None, tensor_dtype: Any = None, name: str | None = None) -> Any:
    """The elementwise sum of a list of tensors, checked against a shape and a dtype.

    Args:
      inputs: list of tensors of one shape and dtype.
      shape: the expected shape, optional.
      tensor_dtype: the expected dtype, optional.
      name: str, optional.

    Returns:
      Tensor of the common shape.

    Raises:
      ValueError: if the list is empty, or shapes or dtypes disagree.
      TypeError: if ``tensor_dtype`` is not the dtype of the inputs.

    >>> import kerax as tf
    >>> tf.math.accumulate_n([tf.constant([1, 2]), tf.constant([3, 4])]).numpy()
    array([4, 6], dtype=int32)
    """
    message = "inputs must be a list of at least one Tensor/IndexedSlices with the same dtype and shape"
    if not inputs or not isinstance(inputs, (list, tuple)):
        raise ValueError(message)
    inputs = [convert_to_tensor(value) for value in inputs]
    if any(value.dtype != inputs[0].dtype for value in inputs):
        raise ValueError(message)
    expected = inputs[0].shape if shape is None else shape
    for value in inputs:
        if not value.shape.is_compatible_with(expected):
            raise ValueError(f"Shapes {value.shape} and {expected} are not compatible")
    if tensor_dtype is not None and dtypes.as_dtype(tensor_dtype) != inputs[0].dtype:
        raise TypeError(f"tensor_dtype is {tensor_dtype}, but input is of type {inputs[0].dtype}")
    return _add_n(inputs)


@composed
def scalar_mul(scalar: Any, x: Any, name: str | None = None) -> Any:
    """Multiplies a tensor by a scalar.

    Args:
      scalar: a number or a tensor of rank 0.
      x: tensor to be scaled.
      name: str, optional.

    Returns:
      ``scalar * x`` in the dtype of ``x``.

    Raises:
      ValueError: if ``scalar`` is not of rank 0.

    >>> import kerax as tf
    >>> tf.math.scalar_mul(2, tf.constant([1.0, 2.0])).numpy()
    array([2., 4.], dtype=float32)
    """
    scalar = convert_to_tensor(scalar, dtype=x.dtype)
    if len(scalar.shape) != 0:
        raise ValueError(f"The input scalar must be a 0-D value. Received shape {scalar.shape}.")
    return multiply(scalar, convert_to_tensor(x) if hasattr(x, "dense_shape") else x)


def polyval(coeffs: Any, x: Any, name: str | None = None) -> Any:
    """Evaluates a polynomial elementwise by Horner's rule.

    ``p(x) = coeffs[n-1] + x (coeffs[n-2] + … + x coeffs[0])``

    Args:
      coeffs: list of tensors, the coefficient of the highest power first.
      x: tensor.
      name: str, optional.

    Returns:
      Tensor of the broadcast shape; zeros for an empty list.

    Raises:
      ValueError: if ``coeffs`` is not a list.

    >>> import kerax as tf
    >>> tf.math.polyval([1.0, 2.0, 3.0], 2.0).numpy()
    np.float32(11.0)
    """
    if not isinstance(coeffs, list):
        raise ValueError(f"Argument coeffs must be list type. Received type {type(coeffs)}.")
    x = convert_to_tensor(x)
    if not coeffs:
        return multiply(x, 0)
    total = convert_to_tensor(coeffs[0])
    for coefficient in coeffs[1:]:
        total = add(coefficient, multiply(total, x))
    return total
