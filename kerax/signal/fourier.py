"""Fourier transforms."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core import dtypes, errors
from kerax.core.op import op
from kerax.core.shape import TensorShape
from kerax.core.tensor import convert_to_tensor
from kerax.math._values import dtype_of


def _real(value: Any) -> Any:
    """A float32 or float64 tensor; python numbers become float32."""
    value = convert_to_tensor(value, dtype_hint=dtypes.float32) if dtype_of(value) is None else value
    if dtype_of(value) not in (dtypes.float32, dtypes.float64):
        raise ValueError(f"RFFT requires tf.float32 or tf.float64 inputs, got: {value}")
    return value


def _complex(value: Any) -> Any:
    """A complex tensor; python numbers become complex64."""
    value = convert_to_tensor(value, dtype_hint=dtypes.complex64) if dtype_of(value) is None else value
    if not dtype_of(value).is_complex:
        raise ValueError(f"IRFFT requires tf.complex64 or tf.complex128 inputs, got: {value}")
    return value


def _default_complex(value: Any) -> Any:
    """Python's real numbers as complex64, as the transforms of TensorFlow default to; complex ones stay complex128."""
    if dtype_of(value) is not None:
        return value
    plain = convert_to_tensor(value)
    return plain if plain.dtype.is_complex else convert_to_tensor(value, dtype_hint=dtypes.complex64)


def _axes(x: Any, rank: int, real: bool = False) -> tuple[int, ...]:
    if x.ndim < rank and real:
        raise ValueError(f"Shape {TensorShape(x.shape)} must have rank at least {rank}")
    if x.ndim < rank:
        raise errors.InvalidArgumentError(
            None, None, f"Input must have rank of at least {rank} but got: {list(x.shape)}"
        )
    return tuple(range(-rank, 0))


def _sizes(fft_length: Any, rank: int) -> tuple[int, ...] | None:
    if fft_length is None:
        return None
    sizes = fft_length if isinstance(fft_length, tuple) else (fft_length,)
    if len(sizes) != rank:
        raise errors.InvalidArgumentError(None, None, f"fft_length must have shape [{rank}]")
    return tuple(int(size) for size in sizes)


@op("input_tensor")
def _rfft(input_tensor, fft_length, rank, name=None):
    return jnp.fft.rfftn(input_tensor, s=_sizes(fft_length, rank), axes=_axes(input_tensor, rank, real=True))


@op("input_tensor")
def _irfft(input_tensor, fft_length, rank, name=None):
    return jnp.fft.irfftn(input_tensor, s=_sizes(fft_length, rank), axes=_axes(input_tensor, rank, real=True))


@op("input: complex")
def _fft(input, name=None):
    return jnp.fft.fftn(input, axes=_axes(input, 1))


def fft(input: Any, name: str | None = None) -> Any:
    """The discrete Fourier transform over the last axis.

    Args:
      input: complex tensor ``[..., n]``.
      name: str, optional.

    Returns:
      Tensor like ``input``.

    >>> import kerax as tf
    >>> tf.signal.fft(tf.ones([2], tf.complex64)).shape
    TensorShape([2])
    """
    return _fft(_default_complex(input))


@op("input: complex")
def _fft2d(input, name=None):
    return jnp.fft.fftn(input, axes=_axes(input, 2))


def fft2d(input: Any, name: str | None = None) -> Any:
    """The discrete Fourier transform over the last two axes.

    Args:
      input: complex tensor ``[..., n, m]``.
      name: str, optional.

    Returns:
      Tensor like ``input``.

    >>> import kerax as tf
    >>> tf.signal.fft2d(tf.ones([2, 2], tf.complex64)).shape
    TensorShape([2, 2])
    """
    return _fft2d(_default_complex(input))


@op("input: complex")
def _fft3d(input, name=None):
    return jnp.fft.fftn(input, axes=_axes(input, 3))


def fft3d(input: Any, name: str | None = None) -> Any:
    """The discrete Fourier transform over the last three axes.

    Args:
      input: complex tensor ``[..., l, n, m]``.
      name: str, optional.

    Returns:
      Tensor like ``input``.

    >>> import kerax as tf
    >>> tf.signal.fft3d(tf.ones([2, 2, 2], tf.complex64)).shape
    TensorShape([2, 2, 2])
    """
    return _fft3d(_default_complex(input))


@op("input: complex")
def _ifft(input, name=None):
    return jnp.fft.ifftn(input, axes=_axes(input, 1))


def ifft(input: Any, name: str | None = None) -> Any:
    """The inverse discrete Fourier transform over the last axis, scaled by 1 over its size.

    Args:
      input: complex tensor ``[..., n]``.
      name: str, optional.

    Returns:
      Tensor like ``input``.

    >>> import kerax as tf
    >>> tf.signal.ifft(tf.ones([2], tf.complex64)).shape
    TensorShape([2])
    """
    return _ifft(_default_complex(input))


@op("input: complex")
def _ifft2d(input, name=None):
    return jnp.fft.ifftn(input, axes=_axes(input, 2))


def ifft2d(input: Any, name: str | None = None) -> Any:
    """The inverse discrete Fourier transform over the last two axes, scaled by 1 over its size.

    Args:
      input: complex tensor ``[..., n, m]``.
      name: str, optional.

    Returns:
      Tensor like ``input``.

    >>> import kerax as tf
    >>> tf.signal.ifft2d(tf.ones([2, 2], tf.complex64)).shape
    TensorShape([2, 2])
    """
    return _ifft2d(_default_complex(input))


@op("input: complex")
def _ifft3d(input, name=None):
    return jnp.fft.ifftn(input, axes=_axes(input, 3))


def ifft3d(input: Any, name: str | None = None) -> Any:
    """The inverse discrete Fourier transform over the last three axes, scaled by 1 over its size.

    Args:
      input: complex tensor ``[..., l, n, m]``.
      name: str, optional.

    Returns:
      Tensor like ``input``.

    >>> import kerax as tf
    >>> tf.signal.ifft3d(tf.ones([2, 2, 2], tf.complex64)).shape
    TensorShape([2, 2, 2])
    """
    return _ifft3d(_default_complex(input))


def rfft(input_tensor: Any, fft_length: Any = None, name: str | None = None) -> Any:
    """The discrete Fourier transform of real numbers over the last axis.

    Args:
      input_tensor: float32 or float64 tensor ``[..., n]``.
      fft_length: list of 1 int: sizes to which the input is cut or padded with zeros first.
      name: str, optional.

    Returns:
      complex64 or complex128 tensor ``[..., n/2 + 1]``: the rest of the last
      axis is its mirror image.

    Raises:
      ValueError: for another dtype.

    >>> import kerax as tf
    >>> tf.signal.rfft(tf.ones([4])).shape
    TensorShape([3])
    """
    return _rfft(_real(input_tensor), fft_length, 1)


def irfft(input_tensor: Any, fft_length: Any = None, name: str | None = None) -> Any:
    """The inverse of ``rfft``: real numbers from half of their spectrum.

    Args:
      input_tensor: complex tensor ``[..., n/2 + 1]``.
      fft_length: list of 1 int, the size of the result; by default the last is even.
      name: str, optional.

    Returns:
      float32 or float64 tensor ``[..., n]``.

    Raises:
      ValueError: for another dtype.

    >>> import kerax as tf
    >>> tf.signal.irfft(tf.ones([3], tf.complex64)).shape
    TensorShape([4])
    """
    return _irfft(_complex(input_tensor), fft_length, 1)


def rfft2d(input_tensor: Any, fft_length: Any = None, name: str | None = None) -> Any:
    """The discrete Fourier transform of real numbers over the last two axes.

    Args:
      input_tensor: float32 or float64 tensor ``[..., n, m]``.
      fft_length: list of 2 ints: sizes to which the input is cut or padded with zeros first.
      name: str, optional.

    Returns:
      complex64 or complex128 tensor ``[..., n, m/2 + 1]``: the rest of the last
      axis is its mirror image.

    Raises:
      ValueError: for another dtype.

    >>> import kerax as tf
    >>> tf.signal.rfft2d(tf.ones([4, 4])).shape
    TensorShape([4, 3])
    """
    return _rfft(_real(input_tensor), fft_length, 2)


def irfft2d(input_tensor: Any, fft_length: Any = None, name: str | None = None) -> Any:
    """The inverse of ``rfft2d``: real numbers from half of their spectrum.

    Args:
      input_tensor: complex tensor ``[..., n, m/2 + 1]``.
      fft_length: list of 2 ints, the sizes of the result; by default the last is even.
      name: str, optional.

    Returns:
      float32 or float64 tensor ``[..., n, m]``.

    Raises:
      ValueError: for another dtype.

    >>> import kerax as tf
    >>> tf.signal.irfft2d(tf.ones([4, 3], tf.complex64)).shape
    TensorShape([4, 4])
    """
    return _irfft(_complex(input_tensor), fft_length, 2)


def rfft3d(input_tensor: Any, fft_length: Any = None, name: str | None = None) -> Any:
    """The discrete Fourier transform of real numbers over the last three axes.

    Args:
      input_tensor: float32 or float64 tensor ``[..., l, n, m]``.
      fft_length: list of 3 ints: sizes to which the input is cut or padded with zeros first.
      name: str, optional.

    Returns:
      complex64 or complex128 tensor ``[..., l, n, m/2 + 1]``: the rest of the last
      axis is its mirror image.

    Raises:
      ValueError: for another dtype.

    >>> import kerax as tf
    >>> tf.signal.rfft3d(tf.ones([4, 4, 4])).shape
    TensorShape([4, 4, 3])
    """
    return _rfft(_real(input_tensor), fft_length, 3)


def irfft3d(input_tensor: Any, fft_length: Any = None, name: str | None = None) -> Any:
    """The inverse of ``rfft3d``: real numbers from half of their spectrum.

    Args:
      input_tensor: complex tensor ``[..., l, n, m/2 + 1]``.
      fft_length: list of 3 ints, the sizes of the result; by default the last is even.
      name: str, optional.

    Returns:
      float32 or float64 tensor ``[..., l, n, m]``.

    Raises:
      ValueError: for another dtype.

    >>> import kerax as tf
    >>> tf.signal.irfft3d(tf.ones([4, 4, 3], tf.complex64)).shape
    TensorShape([4, 4, 4])
    """
    return _irfft(_complex(input_tensor), fft_length, 3)


@op("input_tensor")
def _transform_nd(input_tensor, fft_length, axes, norm, kind, name=None):
    if norm not in (None, "backward", "ortho", "forward"):
        raise ValueError(f"norm must be None, 'backward', 'ortho' or 'forward'. Received: {norm!r}")
    chosen = tuple(range(-input_tensor.ndim, 0)) if axes is None else axes
    chosen = chosen if isinstance(chosen, tuple) else (chosen,)
    sizes = None if fft_length is None else _sizes(fft_length, len(chosen))
    return getattr(jnp.fft, kind)(input_tensor, s=sizes, axes=chosen, norm=norm)


def fftnd(
    input_tensor: Any,
    fft_length: Any = None,
    axes: Any = None,
    norm: str | None = None,
    name: str | None = None,
) -> Any:
    """The discrete Fourier transform over any axes.

    Args:
      input_tensor: complex tensor.
      fft_length: list of ints, one per axis: sizes to which the axes are cut or padded with zeros.
      axes: list of ints; all by default.
      norm: which direction is scaled by 1 over the size: ``"backward"`` (default) the inverse,
        ``"forward"`` the transform, ``"ortho"`` both by its root.
      name: str, optional.

    Returns:
      Complex tensor.

    >>> import kerax as tf
    >>> tf.signal.fftnd(tf.ones([2, 2], tf.complex64)).shape
    TensorShape([2, 2])
    """
    return _transform_nd(_complex(input_tensor), fft_length, axes, norm, "fftn")


def ifftnd(
    input_tensor: Any,
    fft_length: Any = None,
    axes: Any = None,
    norm: str | None = None,
    name: str | None = None,
) -> Any:
    """The inverse discrete Fourier transform over any axes.

    Args:
      input_tensor: complex tensor.
      fft_length: list of ints, one per axis: sizes to which the axes are cut or padded with zeros.
      axes: list of ints; all by default.
      norm: which direction is scaled by 1 over the size: ``"backward"`` (default) the inverse,
        ``"forward"`` the transform, ``"ortho"`` both by its root.
      name: str, optional.

    Returns:
      Complex tensor.

    >>> import kerax as tf
    >>> tf.signal.ifftnd(tf.ones([2, 2], tf.complex64)).shape
    TensorShape([2, 2])
    """
    return _transform_nd(_complex(input_tensor), fft_length, axes, norm, "ifftn")


def rfftnd(
    input_tensor: Any,
    fft_length: Any = None,
    axes: Any = None,
    norm: str | None = None,
    name: str | None = None,
) -> Any:
    """The discrete Fourier transform of real numbers over any axes; the last is halved.

    Args:
      input_tensor: float32 or float64 tensor.
      fft_length: list of ints, one per axis: sizes to which the axes are cut or padded with zeros.
      axes: list of ints; all by default.
      norm: which direction is scaled by 1 over the size: ``"backward"`` (default) the inverse,
        ``"forward"`` the transform, ``"ortho"`` both by its root.
      name: str, optional.

    Returns:
      Complex tensor.

    >>> import kerax as tf
    >>> tf.signal.rfftnd(tf.ones([4, 4])).shape
    TensorShape([4, 3])
    """
    return _transform_nd(_real(input_tensor), fft_length, axes, norm, "rfftn")


def irfftnd(
    input_tensor: Any,
    fft_length: Any = None,
    axes: Any = None,
    norm: str | None = None,
    name: str | None = None,
) -> Any:
    """The inverse of ``rfftnd``.

    Args:
      input_tensor: complex tensor.
      fft_length: list of ints, one per axis: sizes to which the axes are cut or padded with zeros.
      axes: list of ints; all by default.
      norm: which direction is scaled by 1 over the size: ``"backward"`` (default) the inverse,
        ``"forward"`` the transform, ``"ortho"`` both by its root.
      name: str, optional.

    Returns:
      float32 or float64 tensor.

    >>> import kerax as tf
    >>> tf.signal.irfftnd(tf.ones([4, 3], tf.complex64)).shape
    TensorShape([4, 4])
    """
    return _transform_nd(_complex(input_tensor), fft_length, axes, norm, "irfftn")


@op("x")
def fftshift(x, axes=None, name=None):
    """Moves the zero frequency of a spectrum to the middle.

    Args:
      x: tensor.
      axes: int or list of ints; all by default.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.signal.fftshift([0, 1, 2]).numpy()
    array([2, 0, 1], dtype=int32)
    """
    return jnp.fft.fftshift(x, axes=axes)


@op("x")
def ifftshift(x, axes=None, name=None):
    """Undoes ``fftshift``: moves the zero frequency back to the start.

    Args:
      x: tensor.
      axes: int or list of ints; all by default.
      name: str, optional.

    Returns:
      Tensor like ``x``.

    >>> import kerax as tf
    >>> tf.signal.ifftshift([0, 1, 2]).numpy()
    array([1, 2, 0], dtype=int32)
    """
    return jnp.fft.ifftshift(x, axes=axes)
