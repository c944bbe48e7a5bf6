"""``keras.ops`` of segments, Fourier transforms and other mathematics."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

import kerax.array_ops as tf
from kerax import linalg, math, signal
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.promotion import dtype_name
from kerax.keras.ops._public import composed, op
from kerax.keras.ops.elementwise import erf as erf
from kerax.keras.ops.elementwise import erfc as erfc
from kerax.keras.ops.elementwise import erfinv as erfinv
from kerax.keras.ops.elementwise import rsqrt as rsqrt
from kerax.keras.ops.reductions import logsumexp as logsumexp
from kerax.keras.ops.sorting import in_top_k as in_top_k
from kerax.keras.ops.sorting import top_k as top_k
from kerax.math.casting import complex as _join


# --- segments -----------------------------------------------------------------------------------------------------
def _segment(kind: str, data: Any, segment_ids: Any, num_segments: Any, sorted: bool) -> Any:
    data, ids = to_tensor(data), to_tensor(segment_ids)
    if len(ids.shape) != 1:
        raise ValueError(
            f"Argument `segment_ids` should be an 1-D vector, got shape: {len(ids.shape)}. Consider either flatten "
            "input with segment_ids.reshape((-1)) and data.reshape((-1, ) + data.shape[len(segment_ids.shape):]) or "
            "vectorize with vmap."
        )
    if sorted:
        if num_segments is not None:
            raise ValueError(
                "Argument `num_segments` cannot be set when sorted is True when using the tensorflow backend."
                f"Received: num_segments={num_segments}, sorted={sorted}."
            )
        return getattr(math, f"segment_{kind}")(data, ids)
    if num_segments is None:
        if kind == "sum":
            num_segments = tf.size(tf.unique(ids)[0])
        else:
            num_segments = to_tensor(math.add(math.reduce_max(ids), to_tensor(1, dtype_name(ids))), "int32")
    return getattr(math, f"unsorted_segment_{kind}")(data, ids, num_segments)


@composed
def segment_sum(data, segment_ids, num_segments=None, sorted=False):
    """The sums of the rows of each segment.

    Args:
      data: tensor ``[rows, ...]``.
      segment_ids: tensor of integers ``[rows]``, the segment of each row.
      num_segments: int, the number of segments; by default as many as there are.
      sorted: bool, whether the segment numbers are in ascending order.

    Returns:
      Tensor ``[segments, ...]``.

    >>> import kerax as tf
    >>> tf.keras.ops.segment_sum([1, 2, 3], [0, 0, 1]).numpy()
    array([3, 3], dtype=int32)
    """
    return _segment("sum", data, segment_ids, num_segments, sorted)


@composed
def segment_max(data, segment_ids, num_segments=None, sorted=False):
    """The greatest values among the rows of each segment.

    Args:
      data: tensor ``[rows, ...]``.
      segment_ids: tensor of integers ``[rows]``, the segment of each row.
      num_segments: int, the number of segments; by default up to the greatest number.
      sorted: bool, whether the segment numbers are in ascending order.

    Returns:
      Tensor ``[segments, ...]``.

    >>> import kerax as tf
    >>> tf.keras.ops.segment_max([1, 2, 3], [0, 0, 1]).numpy()
    array([2, 3], dtype=int32)
    """
    return _segment("max", data, segment_ids, num_segments, sorted)


@composed
def segment_min(data, segment_ids, num_segments=None, sorted=False):
    """The least values among the rows of each segment.

    Args:
      data: tensor ``[rows, ...]``.
      segment_ids: tensor of integers ``[rows]``, the segment of each row.
      num_segments: int, the number of segments; by default up to the greatest number.
      sorted: bool, whether the segment numbers are in ascending order.

    Returns:
      Tensor ``[segments, ...]``.

    >>> import kerax as tf
    >>> tf.keras.ops.segment_min([1, 2, 3], [0, 0, 1]).numpy()
    array([1, 3], dtype=int32)
    """
    return _segment("min", data, segment_ids, num_segments, sorted)


@composed
def segment_prod(data, segment_ids, num_segments=None, sorted=False):
    """The products of the rows of each segment.

    Args:
      data: tensor ``[rows, ...]``.
      segment_ids: tensor of integers ``[rows]``, the segment of each row.
      num_segments: int, the number of segments; by default up to the greatest number.
      sorted: bool, whether the segment numbers are in ascending order.

    Returns:
      Tensor ``[segments, ...]``.

    >>> import kerax as tf
    >>> tf.keras.ops.segment_prod([1, 2, 3], [0, 0, 1]).numpy()
    array([2, 3], dtype=int32)
    """
    return _segment("prod", data, segment_ids, num_segments, sorted)


# --- distances ----------------------------------------------------------------------------------------------------
@op("x, y: float")
def _cdist(x: Any, y: Any) -> Any:
    return jnp.sqrt(jnp.sum(jnp.square(x[..., :, None, :] - y[..., None, :, :]), axis=-1))


@composed
def cdist(x, y):
    """The Euclidean distances of all pairs of rows.

    Args:
      x: tensor of floats ``[..., n, features]``.
      y: tensor of floats ``[..., m, features]``.

    Returns:
      Tensor ``[..., n, m]``.

    Raises:
      ValueError: a lower rank, or unequal numbers of features.

    >>> import kerax as tf
    >>> tf.keras.ops.cdist([[0.0, 0.0]], [[3.0, 4.0]]).numpy()
    array([[5.]], dtype=float32)
    """
    x, y = to_tensor(x), to_tensor(y)
    if len(x.shape) < 2 or len(y.shape) < 2:
        raise ValueError("`cdist` inputs must have rank >= 2")
    if x.shape[-1] != y.shape[-1]:
        raise ValueError("Last dimension of inputs to `cdist` must match")
    return _cdist(x, y)


# --- signals ------------------------------------------------------------------------------------------------------
@composed
def extract_sequences(x, sequence_length, sequence_stride):
    """Overlapping pieces of the last axis.

    Args:
      x: tensor ``[..., samples]``.
      sequence_length: int, samples in a piece.
      sequence_stride: int, samples from the start of one to that of the next.

    Returns:
      Tensor ``[..., pieces, sequence_length]``.

    >>> import kerax as tf
    >>> tf.keras.ops.extract_sequences([1, 2, 3, 4], 2, 1).numpy()
    array([[1, 2],
           [2, 3],
           [3, 4]], dtype=int32)
    """
    return signal.frame(to_tensor(x), frame_length=sequence_length, frame_step=sequence_stride, axis=-1)


def _complex(x: Any) -> Any:
    """A pair of real and imaginary part as complex numbers."""
    if not isinstance(x, (tuple, list)) or len(x) != 2:
        raise ValueError(f"Input `x` should be a tuple of two tensors - real and imaginary.Received: x={x}")
    real, imag = to_tensor(x[0]), to_tensor(x[1])
    if tuple(real.shape) != tuple(imag.shape):
        raise ValueError(
            "Input `x` should be a tuple of two tensors - real and imaginary.Both the real and imaginary parts should "
            f"have the same shape. Received: x[0].shape = {real.shape}, x[1].shape = {imag.shape}"
        )
    if not real.dtype.is_floating or not imag.dtype.is_floating:
        raise ValueError(f"At least one tensor in input `x` is not of type float.Received: x={x}.")
    return _join(real, imag)


def _parts(x: Any) -> tuple[Any, Any]:
    return math.real(x), math.imag(x)


@composed
def fft(x):
    """The discrete Fourier transform along the last axis.

    Args:
      x: pair of float tensors, the real and the imaginary part.

    Returns:
      Pair of float Tensors.

    >>> import kerax as tf
    >>> tf.keras.ops.fft(([1.0, 0.0], [0.0, 0.0]))[0].numpy()
    array([1., 1.], dtype=float32)
    """
    return _parts(signal.fft(_complex(x)))


@composed
def fft2(x):
    """The discrete Fourier transform along the last two axes.

    Args:
      x: pair of float tensors, the real and the imaginary part.

    Returns:
      Pair of float Tensors.

    >>> import kerax as tf
    >>> tf.keras.ops.fft2(([[1.0, 0.0]], [[0.0, 0.0]]))[0].numpy()
    array([[1., 1.]], dtype=float32)
    """
    return _parts(signal.fft2d(_complex(x)))


@composed
def ifft2(x):
    """The inverse discrete Fourier transform along the last two axes.

    Args:
      x: pair of float tensors, the real and the imaginary part.

    Returns:
      Pair of float Tensors.

    >>> import kerax as tf
    >>> tf.keras.ops.ifft2(([[1.0, 1.0]], [[0.0, 0.0]]))[0].numpy()
    array([[1., 0.]], dtype=float32)
    """
    return _parts(signal.ifft2d(_complex(x)))


@composed
def rfft(x, fft_length=None):
    """The discrete Fourier transform of real numbers along the last axis, without the redundant half.

    Args:
      x: float tensor ``[..., samples]``; arrays are taken as float32.
      fft_length: int, to how many samples the axis is cut or filled with zeros.

    Returns:
      Pair of float Tensors ``[..., fft_length // 2 + 1]``, the real and the imaginary part.

    >>> import kerax as tf
    >>> tf.keras.ops.rfft([1.0, 0.0, 0.0, 0.0])[0].numpy()
    array([1., 1., 1.], dtype=float32)
    """
    return _parts(signal.rfft(x, fft_length=None if fft_length is None else [fft_length]))


@composed
def irfft(x, fft_length=None):
    """The inverse of ``rfft``.

    Args:
      x: pair of float tensors ``[..., fft_length // 2 + 1]``, the real and the imaginary part.
      fft_length: int, the number of samples of the result.

    Returns:
      float Tensor ``[..., fft_length]``.

    >>> import kerax as tf
    >>> tf.keras.ops.irfft(([1.0, 1.0, 1.0], [0.0, 0.0, 0.0])).numpy()
    array([1., 0., 0., 0.], dtype=float32)
    """
    return signal.irfft(_complex(x), None if fft_length is None else [fft_length])


def _window(window: Any, length: int, fft_length: int, dtype: Any) -> Any:
    """The window filled with zeros to the transform's length."""
    left = (fft_length - length) // 2
    if isinstance(window, str):
        if window not in ("hann", "hamming"):
            raise ValueError(
                f'If a string is passed to `window`, it must be one of `"hann"`, `"hamming"`. Received: window={window}'
            )
        make = signal.hann_window if window == "hann" else signal.hamming_window
        values = make(length, periodic=True, dtype=dtype)
    else:
        values = to_tensor(window, dtype)
    if len(values.shape) != 1 or values.shape[-1] != length:
        raise ValueError(
            f"The shape of `window` must be equal to [sequence_length].Received: window shape={values.shape}"
        )
    return tf.pad(values, [[left, fft_length - length - left]])


def _check_stride(stride: Any) -> None:
    if not isinstance(stride, int) or stride <= 0:
        raise ValueError(f"`sequence_stride` must be a positive integer. Received: sequence_stride={stride}")


@composed
def stft(x, sequence_length, sequence_stride, fft_length, window="hann", center=True):
    """The short-time Fourier transform.

    Args:
      x: float tensor ``[..., samples]``.
      sequence_length: int, samples in a window.
      sequence_stride: int, samples from the start of one window to that of the next.
      fft_length: int, the transform's length, at least ``sequence_length``.
      window: "hann", "hamming", a tensor ``[sequence_length]``, or None.
      center: bool, whether windows are centered on their samples, the ends being mirrored.

    Returns:
      Pair of float Tensors ``[..., windows, fft_length // 2 + 1]``, the real and the imaginary part.

    Raises:
      TypeError: the samples are no float32 or float64.
      ValueError: a wrong length, stride or window.

    >>> import kerax as tf
    >>> tf.keras.ops.stft(tf.ones((8,)), 4, 2, 4)[0].shape
    TensorShape([5, 3])
    """
    _check_stride(sequence_stride)
    x = to_tensor(x)
    if dtype_name(x) not in ("float32", "float64"):
        raise TypeError(f"Invalid input type. Expected `float32` or `float64`. Received: input type={x.dtype}")
    if fft_length < sequence_length:
        raise ValueError(
            "`fft_length` must equal or larger than `sequence_length`. "
            f"Received: sequence_length={sequence_length}, fft_length={fft_length}"
        )
    values = None if window is None else _window(window, sequence_length, fft_length, x.dtype)
    if center:
        widths = [[0, 0]] * (len(x.shape) - 1) + [[fft_length // 2, fft_length // 2]]
        x = tf.pad(x, widths, mode="REFLECT")
    found = signal.stft(
        x,
        frame_length=fft_length,
        frame_step=sequence_stride,
        fft_length=fft_length,
        window_fn=None if values is None else lambda *args, **kwargs: values,
    )
    return _parts(found)


@composed
def istft(x, sequence_length, sequence_stride, fft_length, length=None, window="hann", center=True):
    """The inverse of ``stft``.

    Args:
      x: pair of float tensors ``[..., windows, fft_length // 2 + 1]``, the real and the imaginary part.
      sequence_length: int, samples in a window.
      sequence_stride: int, samples from the start of one window to that of the next.
      fft_length: int, the transform's length.
      length: int, the number of samples of the result.
      window: "hann", "hamming", a tensor ``[sequence_length]``, or None.
      center: bool, whether windows were centered on their samples.

    Returns:
      float Tensor ``[..., samples]``.

    Raises:
      ValueError: a wrong stride or window.

    >>> import kerax as tf
    >>> spectrum = tf.keras.ops.stft(tf.ones((8,)), 4, 2, 4)
    >>> tf.keras.ops.istft(spectrum, 4, 2, 4).shape
    TensorShape([8])
    """
    _check_stride(sequence_stride)
    spectrum = _complex(x)
    real_dtype = to_tensor(x[0]).dtype
    total = fft_length + sequence_stride * (spectrum.shape[-2] - 1)
    inverse = None
    if window is not None:
        values = _window(window, sequence_length, fft_length, real_dtype)
        inverse = signal.inverse_stft_window_fn(sequence_stride, lambda *args, **kwargs: values)
    found = signal.inverse_stft(
        spectrum, frame_length=fft_length, frame_step=sequence_stride, fft_length=fft_length, window_fn=inverse
    )
    start = fft_length // 2 if center else 0
    end = start + length if length is not None else -(fft_length // 2) if center else total
    return found[..., start:end]


# --- determinants, complex views ----------------------------------------------------------------------------------
@composed
def logdet(x):
    """The logarithm of the determinant of positive definite matrices.

    Args:
      x: tensor of floats ``[..., n, n]``.

    Returns:
      Tensor ``[...]``.

    >>> import kerax as tf
    >>> tf.keras.ops.logdet([[1.0, 0.0], [0.0, 1.0]]).numpy()
    np.float32(0.0)
    """
    return linalg.logdet(to_tensor(x))


@composed
def view_as_complex(x):
    """Pairs of real numbers in the last axis as complex numbers.

    Args:
      x: float tensor ``[..., 2]``.

    Returns:
      complex64 Tensor ``[...]``.

    Raises:
      ValueError: the last axis is not 2.

    >>> import kerax as tf
    >>> tf.keras.ops.view_as_complex([[1.0, 2.0]]).numpy()
    array([1.+2.j], dtype=complex64)
    """
    x = to_tensor(x)
    if len(x.shape) < 1 or x.shape[-1] != 2:
        raise ValueError(f"Last dimension of input must be size 2 (real and imaginary). Received shape: {x.shape}")
    return _join(to_tensor(x[..., 0], "float32"), to_tensor(x[..., 1], "float32"))


@composed
def view_as_real(x):
    """Complex numbers as pairs of real numbers in a new last axis.

    Args:
      x: complex tensor ``[...]``.

    Returns:
      float Tensor ``[..., 2]``.

    >>> import kerax as tf
    >>> tf.keras.ops.view_as_real(tf.constant([1 + 2j], tf.complex64)).numpy()
    array([[1., 2.]], dtype=float32)
    """
    return tf.stack(_parts(to_tensor(x)), axis=-1)
