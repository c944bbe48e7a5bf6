"""Windows: curves that fade the ends of a frame."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from kerax.core import dtypes
from kerax.core.op import op


def _floating(dtype: Any) -> Any:
    kind = dtypes.as_dtype(dtype)
    if not kind.is_floating:
        raise ValueError(f"dtype must be a floating point type. Found {kind}")
    return kind.dtype


def _raised_cosine(length: int, periodic: bool, dtype: Any, offset: float, height: float) -> Any:
    kind = _floating(dtype)
    if length == 1:
        return jnp.ones([1], kind)
    last = length + int(bool(periodic)) * (1 - length % 2) - 1
    angle = jnp.asarray(2 * np.pi, kind) * jnp.arange(length, dtype=kind) / jnp.asarray(last, kind)
    return (offset - height * jnp.cos(angle)).astype(kind)


@op("")
def hann_window(window_length, periodic=True, dtype=dtypes.float32, name=None):
    """The Hann window ``(1 - cos(2π n / N)) / 2``.

    Args:
      window_length: int, samples.
      periodic: bool, whether the window is one period of a function (for spectra) or symmetric.
      dtype: floating point dtype.
      name: str, optional.

    Returns:
      Tensor ``[window_length]``.

    Raises:
      ValueError: if the dtype is not floating point.

    >>> import kerax as tf
    >>> tf.signal.hann_window(4).numpy().round(3)
    array([0. , 0.5, 1. , 0.5], dtype=float32)
    """
    return _raised_cosine(window_length, periodic, dtype, 0.5, 0.5)


@op("")
def hamming_window(window_length, periodic=True, dtype=dtypes.float32, name=None):
    """The Hamming window ``0.54 - 0.46 cos(2π n / N)``.

    Args:
      window_length: int, samples.
      periodic: bool, whether the window is one period of a function (for spectra) or symmetric.
      dtype: floating point dtype.
      name: str, optional.

    Returns:
      Tensor ``[window_length]``.

    Raises:
      ValueError: if the dtype is not floating point.

    >>> import kerax as tf
    >>> tf.signal.hamming_window(4).numpy().round(2)
    array([0.08, 0.54, 1.  , 0.54], dtype=float32)
    """
    return _raised_cosine(window_length, periodic, dtype, 0.54, 0.46)


@op("beta")
def _kaiser(window_length, beta, dtype, name=None):
    kind = _floating(dtype)
    if window_length == 1:
        return jnp.ones([1], kind)
    half = (window_length - 1) / 2
    position = jnp.asarray(np.arange(-half, half + 0.1, dtype=np.float32), kind)
    beta = beta.astype(kind)
    inside = 1 - jnp.square(position / jnp.asarray(half, kind))
    bend = beta * jnp.sqrt(jnp.maximum(inside, 0)).astype(kind)
    return jnp.exp(bend - beta) * (lax.bessel_i0e(bend) / lax.bessel_i0e(beta))


def kaiser_window(window_length: Any, beta: Any = 12.0, dtype: Any = dtypes.float32, name: str | None = None) -> Any:
    """The Kaiser window ``I₀(β sqrt(1 - t²)) / I₀(β)`` for ``t`` from -1 to 1.

    Args:
      window_length: int, samples.
      beta: float, how much the window is concentrated.
      dtype: floating point dtype.
      name: str, optional.

    Returns:
      Tensor ``[window_length]``.

    Raises:
      ValueError: if the dtype is not floating point.

    >>> import kerax as tf
    >>> tf.signal.kaiser_window(3, beta=0.0).numpy()
    array([1., 1., 1.], dtype=float32)
    """
    return _kaiser(window_length, beta, dtype)


@op("beta")
def _kaiser_bessel(window_length, beta, dtype, name=None):
    sums = lax.cumsum(_kaiser.pure(window_length // 2 + 1, beta, dtype))
    half = jnp.sqrt(sums[:-1] / sums[-1])
    return jnp.concatenate([half, half[::-1]])


def kaiser_bessel_derived_window(
    window_length: Any, beta: Any = 12.0, dtype: Any = dtypes.float32, name: str | None = None
) -> Any:
    """The Kaiser-Bessel derived window, for the modified cosine transform.

    Args:
      window_length: int, samples; an even number.
      beta: float, how much the window is concentrated.
      dtype: floating point dtype.
      name: str, optional.

    Returns:
      Tensor ``[window_length]``.

    >>> import kerax as tf
    >>> tf.signal.kaiser_bessel_derived_window(4).shape
    TensorShape([4])
    """
    return _kaiser_bessel(window_length, beta, dtype)


@op("")
def vorbis_window(window_length, dtype=dtypes.float32, name=None):
    """The window of the Vorbis codec ``sin(π/2 sin²(π (n + ½) / N))``.

    Args:
      window_length: int, samples.
      dtype: floating point dtype.
      name: str, optional.

    Returns:
      Tensor ``[window_length]``.

    >>> import kerax as tf
    >>> tf.signal.vorbis_window(2).numpy().round(4)
    array([0.7071, 0.7071], dtype=float32)
    """
    kind = _floating(dtype)
    position = jnp.arange(window_length, dtype=kind) + jnp.asarray(0.5, kind)
    return jnp.sin(np.pi / 2 * jnp.square(jnp.sin(np.pi / window_length * position))).astype(kind)
