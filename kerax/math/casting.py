"""Conversions between dtypes, and the parts of complex numbers."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from kerax.core import dtypes, errors
from kerax.core.op import op
from kerax.core.tensor import Tensor, convert_to_tensor, short_name
from kerax.math._values import dtype_of


def to_dtype(x, dtype):
    """A jax array in another dtype, as TensorFlow casts on a CPU: out of range integers wrap around."""
    have, want = dtypes.as_dtype(x.dtype), dtypes.as_dtype(dtype)
    if have.is_complex and not want.is_complex:
        x = jnp.real(x)
        have = dtypes.as_dtype(x.dtype)
    if want.is_bool:
        return x != 0
    if have.is_floating and want.is_integer and want is not dtypes.uint64:
        # XLA clamps to the integer's range; a CPU converts to a wider integer and drops the high bits
        wide = dtypes.int64 if want in (dtypes.uint32, dtypes.int64) else dtypes.int32
        limit = float(2 ** (wide.size * 8 - 1))
        inside = (x < limit) & (x >= -limit)
        x = jnp.where(inside, x.astype(wide.dtype), jnp.array(wide.min, wide.dtype))
    return x.astype(want.dtype)


@op("x")
def _cast(x, dtype, name=None):
    return to_dtype(x, dtype)


@op("x", differentiable=False)
def _cast_without_gradient(x, dtype, name=None):
    return to_dtype(x, dtype)


def cast(x: Any, dtype: Any, name: str | None = None) -> Any:
    """Converts a tensor to another dtype.

    Floating point is truncated toward zero, complex numbers lose their imaginary part, and any
    number but 0 is true.

    Args:
      x: tensor, or a sparse tensor or ``tf.IndexedSlices``, whose values are converted.
      dtype: the new dtype.
      name: str, optional.

    Returns:
      Tensor of the shape of ``x``; ``x`` itself if it has that dtype already.

    Raises:
      UnimplementedError: for a conversion from or to strings.

    >>> import kerax as tf
    >>> tf.cast([1.8, -1.8], tf.int32).numpy()
    array([ 1, -1], dtype=int32)
    """
    dtype = dtypes.as_dtype(dtype)
    if isinstance(x, Tensor):
        if x.dtype is dtype:
            return x
    elif hasattr(x, "dense_shape") and hasattr(x, "indices") and hasattr(x, "values"):
        values = cast(x.values, dtype)
        if hasattr(x, "with_values"):
            return x.with_values(values)
        return type(x)(values, x.indices, x.dense_shape)
    have = dtype_of(x)
    if have is None:
        x = convert_to_tensor(x)
        have = x.dtype
    if have is dtype:
        return x
    if have is dtypes.string or dtype is dtypes.string:
        raise errors.UnimplementedError(
            None, None, f"Cast {short_name(have)} to {short_name(dtype)} is not supported [Op:Cast] name: "
        )
    smooth = (have.is_floating or have.is_complex) and (dtype.is_floating or dtype.is_complex)
    return _cast(x, dtype) if smooth else _cast_without_gradient(x, dtype)


@op("value")
def _saturate(value, dtype, name=None):
    have, want = dtypes.as_dtype(value.dtype), dtypes.as_dtype(dtype)
    if have.is_complex:
        if want.is_complex:
            part = want.real_dtype
            return to_dtype(_saturate.pure(jnp.real(value), part) + 1j * _saturate.pure(jnp.imag(value), part), want)
        return _saturate.pure(jnp.real(value), want)
    target = want.real_dtype
    low, high = have.min, have.max
    if float(target.min) > float(low):
        low = target.min
    if float(target.max) < float(high):
        high = target.max
    low, high = (_inside(limit, have, target) for limit in (low, high))
    clipped = jnp.where(value <= high, value, high)
    clipped = jnp.where((clipped >= low) | (clipped != clipped), clipped, low)
    clipped = jnp.where(value != value, value, clipped)
    return to_dtype(clipped, want)


def _inside(limit: Any, have: dtypes.DType, want: dtypes.DType) -> Any:
    """The limit in the source dtype, moved toward zero if rounding pushed it out of the target's range."""
    rounded = np.array(limit, have.as_numpy_dtype)
    if have.is_floating and want.is_integer and not want.min <= int(rounded) <= want.max:
        rounded = np.nextafter(rounded.astype(have.as_numpy_dtype), np.array(0, have.as_numpy_dtype))
    return rounded


def saturate_cast(value: Any, dtype: Any, name: str | None = None) -> Any:
    """Converts a tensor to another dtype; values out of its range become the nearest limit.

    Args:
      value: tensor.
      dtype: the new dtype.
      name: str, optional.

    Returns:
      Tensor of the shape of ``value``.

    >>> import kerax as tf
    >>> tf.saturate_cast([300.0, -1.0], tf.uint8).numpy()
    array([255,   0], dtype=uint8)
    """
    dtype = dtypes.as_dtype(dtype)
    value = convert_to_tensor(value) if dtype_of(value) is None else value
    have = dtype_of(value)
    if have is dtype:
        return value
    for kind in (have, dtype):
        if kind.is_bool or kind is dtypes.string:
            raise TypeError(f"Cannot find minimum value of {kind} with type {kind}.")
    return _saturate(value, dtype)


@op("real, imag")
def _complex(real, imag, name=None):
    return lax.complex(*jnp.broadcast_arrays(real, imag))


def complex(real: Any, imag: Any, name: str | None = None) -> Any:
    """Makes complex numbers of their real and imaginary parts.

    Args:
      real: float32 or float64 tensor.
      imag: tensor of the same dtype.
      name: str, optional.

    Returns:
      complex64 or complex128 tensor of the broadcast shape.

    Raises:
      TypeError: if the dtypes are others.

    >>> import kerax as tf
    >>> tf.complex([1.0], [2.0]).numpy()
    array([1.+2.j], dtype=complex64)
    """
    real = convert_to_tensor(real) if dtype_of(real) is None else real
    imag = convert_to_tensor(imag) if dtype_of(imag) is None else imag
    kinds = dtype_of(real), dtype_of(imag)
    if kinds not in ((dtypes.float32, dtypes.float32), (dtypes.float64, dtypes.float64)):
        raise TypeError(
            f"The `real` and `imag` components have incorrect types: {kinds[0].name} {kinds[1].name}. "
            "They must be consistent, and one of [tf.float32, tf.float64]"
        )
    return _complex(real, imag)


@op("input: number")
def real(input, name=None):
    """The real part, elementwise; real tensors are returned as they are.

    Args:
      input: tensor of numbers.
      name: str, optional.

    Returns:
      float32 or float64 tensor for complex input.

    >>> import kerax as tf
    >>> tf.math.real([1 + 2j]).numpy()
    array([1.])
    """
    return jnp.real(input)


@op("input: float complex")
def _imag(input, name=None):
    return jnp.imag(input)


@op("input", differentiable=False)
def _imag_of_real(input, name=None):
    return jnp.zeros_like(input)


def imag(input: Any, name: str | None = None) -> Any:
    """The imaginary part, elementwise; zeros for real tensors.

    Args:
      input: tensor.
      name: str, optional.

    Returns:
      float32 or float64 tensor, for a real tensor one of its dtype.

    >>> import kerax as tf
    >>> tf.math.imag([1 + 2j]).numpy()
    array([2.])
    """
    input = convert_to_tensor(input) if dtype_of(input) is None else input
    return _imag(input) if dtype_of(input).is_complex else _imag_of_real(input)


@op("x: number")
def conj(x, name=None):
    """The complex conjugate, elementwise; real tensors are returned as they are.

    Args:
      x: tensor of numbers.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.math.conj([1 + 2j]).numpy()
    array([1.-2.j])
    """
    return jnp.conj(x)


@op("input: complex")
def _argument(input, name=None):
    return jnp.arctan2(jnp.imag(input), jnp.real(input))


@op("input", differentiable=False)
def _argument_of_real(input, name=None):
    return jnp.where(input < 0, jnp.full_like(input, jnp.pi), jnp.zeros_like(input))


def angle(input: Any, name: str | None = None) -> Any:
    """The argument of complex numbers, in radians in [-π, π]; 0 or π for real ones.

    Args:
      input: tensor, floating point or complex.
      name: str, optional.

    Returns:
      float32 or float64 tensor.

    >>> import kerax as tf
    >>> tf.math.angle([-1.0]).numpy()
    array([3.1415927], dtype=float32)
    """
    input = convert_to_tensor(input) if dtype_of(input) is None else input
    kind = dtype_of(input)
    if not (kind.is_floating or kind.is_complex):
        raise TypeError(f"tf.math.angle needs floating point or complex numbers. Received dtype {kind.name}.")
    return _argument_of_real(input) if kind.is_floating else _argument(input)
