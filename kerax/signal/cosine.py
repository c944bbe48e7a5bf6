"""Discrete cosine transforms."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor, short_name


def _check(x: Any, kind: int, n: Any, axis: int, norm: str | None) -> None:
    if axis != -1:
        raise NotImplementedError(f"axis must be -1. Got: {axis}")
    if n is not None and n < 1:
        raise ValueError("n should be a positive integer or None")
    if kind not in (1, 2, 3, 4):
        raise ValueError("Types I, II, III and IV (I)DCT are supported.")
    if kind == 1 and norm == "ortho":
        raise ValueError("Normalization is not supported for the Type-I DCT.")
    if kind == 1 and x.shape[-1] < 2:
        raise ValueError("Type-I DCT requires the dimension to be greater than one.")
    if norm not in (None, "ortho"):
        raise ValueError(f"Unknown normalization. Expected None or 'ortho', got: {norm}")


def _cut(x: Any, n: int) -> Any:
    size = x.shape[-1]
    return x[..., :n] if size >= n else jnp.pad(x, [(0, 0)] * (x.ndim - 1) + [(0, n - size)])


def _first_and_others(first: float, others: float, size: int, dtype: Any) -> Any:
    return jnp.asarray(np.concatenate([[first], np.full(size - 1, others)]), dtype)


def _turn(size: int, sign: float, dtype: Any) -> Any:
    """``2 exp(sign i π k / 2n)``."""
    kind = jnp.complex128 if dtype == jnp.float64 else jnp.complex64
    return jnp.asarray(2 * np.exp(sign * 1j * np.pi * np.arange(size) / (2 * size)), kind)


def _dct2(x: Any, norm: str | None) -> Any:
    size = x.shape[-1]
    spectrum = jnp.fft.rfft(x, 2 * size)[..., :size]
    found = jnp.real(spectrum * _turn(size, -1, x.dtype))
    if norm == "ortho":
        found = found * _first_and_others(0.5 * size**-0.5, 0.5 * size**-0.5 * 2**0.5, size, x.dtype)
    return found


def _dct3(x: Any, norm: str | None) -> Any:
    size = x.shape[-1]
    if norm == "ortho":
        x = x * _first_and_others(size**0.5, size**0.5 * 0.5**0.5, size, x.dtype)
    else:
        x = x * size
    # an inverse transform of a half spectrum whose last element is 0
    spectrum = jnp.pad(x * _turn(size, 1, x.dtype), [(0, 0)] * (x.ndim - 1) + [(0, 1)])
    return jnp.fft.irfft(spectrum, 2 * size)[..., :size]


def transform(x: Any, kind: int, n: Any, axis: int, norm: str | None) -> Any:
    """The cosine transform of a floating point array along its last axis."""
    _check(x, kind, n, axis, norm)
    if n is not None:
        x = _cut(x, n)
    if kind == 1:
        mirrored = jnp.concatenate([x, x[..., -2:0:-1]], axis=-1)
        return jnp.real(jnp.fft.rfft(mirrored))
    if kind == 2:
        return _dct2(x, norm)
    if kind == 3:
        return _dct3(x, norm)
    size = x.shape[-1]
    found = _dct2(_cut(x, 2 * size), None)[..., 1::2]
    return found * jnp.asarray(0.5**0.5 * size**-0.5, x.dtype) if norm == "ortho" else found


def _ready(input: Any, kind: int, n: Any, axis: int, norm: str | None) -> Any:
    """A float tensor; the arguments are checked before the dtype is, as TensorFlow does."""
    x = convert_to_tensor(input, dtype_hint=dtypes.float32)
    _check(x, kind, n, axis, norm)
    if x.dtype in (dtypes.float16, dtypes.bfloat16):
        if kind == 1:
            raise ValueError(f"RFFT requires tf.float32 or tf.float64 inputs, got: {x}")
        raise TypeError(
            f"The `real` and `imag` components have incorrect types: {x.dtype.name} {x.dtype.name}. They must be "
            "consistent, and one of [tf.float32, tf.float64]"
        )
    if not x.dtype.is_floating:
        raise TypeError(f"Cannot convert 0.0 to EagerTensor of dtype {short_name(x.dtype)}")
    return x


@op("input: float", name="Dct")
def _dct(input, kind, n, axis, norm):
    return transform(input, kind, n, axis, norm)


@op("input: float", name="Idct")
def _idct(input, kind, n, axis, norm):
    return transform(input, kind, n, axis, norm)


def dct(input: Any, type: int = 2, n: Any = None, axis: int = -1, norm: str | None = None, name: Any = None) -> Any:
    """The discrete cosine transform of type I, II, III or IV along the last axis.

    Type II: ``y[k] = 2 Σ x[j] cos(π k (2j + 1) / 2n)``.

    Args:
      input: float32 or float64 tensor ``[..., samples]``.
      type: int 1 … 4.
      n: int, to which the axis is cut or padded with zeros first.
      axis: must be -1.
      norm: None, or ``"ortho"`` for an orthonormal transform (not for type I).
      name: str, optional.

    Returns:
      Tensor ``[..., n]``.

    Raises:
      ValueError, NotImplementedError: for arguments that are not supported.

    >>> import kerax as tf
    >>> tf.signal.dct([1.0, 1.0]).numpy().round(3)
    array([4., 0.], dtype=float32)
    """
    return _dct(_ready(input, type, n, axis, norm), type, n, axis, norm)


def idct(input: Any, type: int = 2, n: Any = None, axis: int = -1, norm: str | None = None, name: Any = None) -> Any:
    """The inverse discrete cosine transform along the last axis; without ``norm`` it is ``2n`` times larger.

    Args:
      input: float32 or float64 tensor ``[..., samples]``.
      type: int 1 … 4, the type of the transform to invert.
      n: must be None.
      axis: must be -1.
      norm: None, or ``"ortho"`` for an orthonormal transform (not for type I).
      name: str, optional.

    Returns:
      Tensor like ``input``.

    Raises:
      ValueError, NotImplementedError: for arguments that are not supported.

    >>> import kerax as tf
    >>> tf.signal.idct(tf.signal.dct([1.0, 3.0], norm="ortho"), norm="ortho").numpy().round(3)
    array([1., 3.], dtype=float32)
    """
    inverse = {1: 1, 2: 3, 3: 2, 4: 4}.get(type, type)
    return _idct(_ready(input, inverse, n, axis, norm), inverse, n, axis, norm)
