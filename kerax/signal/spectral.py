"""Short-time Fourier and modified cosine transforms, and their inverses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax.numpy as jnp

from kerax.core import dtypes
from kerax.core.op import op, static
from kerax.core.tensor import convert_to_tensor
from kerax.math._values import dtype_of
from kerax.math.arithmetic import multiply
from kerax.signal.cosine import transform
from kerax.signal.fourier import irfft, rfft
from kerax.signal.framing import frame, overlap_and_add
from kerax.signal.window import hann_window, vorbis_window


def _tensor(value: Any) -> Any:
    return convert_to_tensor(value) if dtype_of(value) is None else value


def _enclosing_power_of_two(size: int) -> int:
    return 1 << max(int(size) - 1, 0).bit_length()


def stft(
    signals: Any,
    frame_length: Any,
    frame_step: Any,
    fft_length: Any = None,
    window_fn: Callable[..., Any] | None = hann_window,
    pad_end: bool = False,
    name: str | None = None,
) -> Any:
    """The short-time Fourier transform: the spectra of overlapping frames of a signal.

    Args:
      signals: float32 or float64 tensor ``[..., samples]``.
      frame_length: int, samples per frame.
      frame_step: int, samples from one frame to the next.
      fft_length: int, to which frames are padded; by default the power of 2 that holds them.
      window_fn: function of (length, dtype) that gives the window, or None.
      pad_end: bool, whether the last frames are filled up with zeros.
      name: str, optional.

    Returns:
      complex tensor ``[..., frames, fft_length / 2 + 1]``.

    >>> import kerax as tf
    >>> tf.signal.stft(tf.ones([16]), frame_length=8, frame_step=4).shape
    TensorShape([3, 5])
    """
    signals = _tensor(signals)
    length = static(frame_length, "frame_length")
    size = _enclosing_power_of_two(length) if fft_length is None else static(fft_length, "fft_length")
    frames = frame(signals, length, frame_step, pad_end=pad_end)
    if window_fn is not None:
        frames = multiply(frames, window_fn(length, dtype=dtype_of(frames)))
    return rfft(frames, [size])


@op("frames")
def _resized(frames, length, name=None):
    size = frames.shape[-1]
    if size >= length:
        return frames[..., :length]
    return jnp.pad(frames, [(0, 0)] * (frames.ndim - 1) + [(0, length - size)])


def inverse_stft(
    stfts: Any,
    frame_length: Any,
    frame_step: Any,
    fft_length: Any = None,
    window_fn: Callable[..., Any] | None = hann_window,
    name: str | None = None,
) -> Any:
    """The signal whose short-time Fourier transform is given.

    Args:
      stfts: complex tensor ``[..., frames, fft_length / 2 + 1]``.
      frame_length: int, samples per frame.
      frame_step: int, samples from one frame to the next.
      fft_length: int, the size of the transform; by default the power of 2 that holds a frame.
      window_fn: function of (length, dtype) that gives the window, or None; the signal is the original
        one with ``tf.signal.inverse_stft_window_fn``.
      name: str, optional.

    Returns:
      Real tensor ``[..., samples]``.

    >>> import kerax as tf
    >>> tf.signal.inverse_stft(tf.ones([3, 5], tf.complex64), 8, 4).shape
    TensorShape([16])
    """
    length = static(frame_length, "frame_length")
    size = _enclosing_power_of_two(length) if fft_length is None else static(fft_length, "fft_length")
    frames = _resized(irfft(stfts, [size]), length)
    if window_fn is not None:
        frames = multiply(frames, window_fn(length, dtype=dtype_of(frames)))
    return overlap_and_add(frames, frame_step)


@op("window")
def _inverse_window(window, frame_step, name=None):
    length = window.shape[0]
    overlaps = -(-length // frame_step)
    power = jnp.pad(jnp.square(window), (0, overlaps * frame_step - length)).reshape(overlaps, frame_step)
    total = jnp.tile(jnp.sum(power, axis=0), overlaps)[:length]
    empty = total == 0
    return jnp.where(empty, jnp.zeros_like(window), window / jnp.where(empty, 1, total))


def inverse_stft_window_fn(
    frame_step: Any, forward_window_fn: Callable[..., Any] = hann_window, name: str | None = None
) -> Callable[..., Any]:
    """The window with which ``inverse_stft`` gives the original signal back.

    Args:
      frame_step: int, samples from one frame to the next.
      forward_window_fn: the window of the forward transform.
      name: str, optional.

    Returns:
      Function of (frame_length, dtype) for the argument ``window_fn`` of ``tf.signal.inverse_stft``.

    >>> import kerax as tf
    >>> tf.signal.inverse_stft_window_fn(4)(8, dtype=tf.float32).shape
    TensorShape([8])
    """

    def inverse_window(frame_length: Any, dtype: Any) -> Any:
        return _inverse_window(forward_window_fn(frame_length, dtype=dtype), frame_step)

    return inverse_window


@op("frames, window")
def _mdct(frames, window, norm, name=None):
    a, b, c, d = jnp.split(frames * window, 4, axis=-1)
    folded = jnp.concatenate([-c[..., ::-1] - d, a - b[..., ::-1]], axis=-1)
    return transform(folded, 4, None, -1, norm)


def _window(window_fn: Callable[..., Any] | None, length: int, dtype: dtypes.DType) -> Any:
    if window_fn is None:
        return convert_to_tensor(0.5**0.5, dtype=dtype)
    return window_fn(length, dtype=dtype)


def mdct(
    signals: Any,
    frame_length: Any,
    window_fn: Callable[..., Any] | None = vorbis_window,
    pad_end: bool = False,
    norm: str | None = None,
    name: str | None = None,
) -> Any:
    """The modified discrete cosine transform of frames that overlap by half.

    Args:
      signals: float32 or float64 tensor ``[..., samples]``.
      frame_length: int, samples per frame, a multiple of 4.
      window_fn: function of (length, dtype) that gives the window; None for the constant ``sqrt(1/2)``.
      pad_end: bool, whether the last frames are filled up with zeros.
      norm: None or ``"ortho"``.
      name: str, optional.

    Returns:
      Tensor ``[..., frames, frame_length / 2]``.

    Raises:
      ValueError: if ``frame_length`` is not a multiple of 4.

    >>> import kerax as tf
    >>> tf.signal.mdct(tf.ones([16]), 8).shape
    TensorShape([3, 4])
    """
    signals = _tensor(signals)
    length = static(frame_length, "frame_length")
    if length % 4:
        raise ValueError("The frame length must be a multiple of 4.")
    frames = frame(signals, length, length // 2, pad_end=pad_end)
    return _mdct(frames, _window(window_fn, length, dtype_of(frames)), norm)


@op("mdcts, window: float")
def _inverse_frames(mdcts, window, norm, name=None):
    half = mdcts.shape[-1]
    if norm not in (None, "ortho"):
        raise ValueError(f"Unknown normalization. Expected None or 'ortho', got: {norm}")
    found = transform(mdcts, 4, None, -1, norm)
    if norm is None:
        found = found * jnp.asarray(0.5 / half, mdcts.dtype)
    first, second = jnp.split(found, 2, axis=-1)
    unfolded = jnp.concatenate([second, -second[..., ::-1], -first[..., ::-1], -first], axis=-1)
    return unfolded * window


def inverse_mdct(
    mdcts: Any,
    window_fn: Callable[..., Any] | None = vorbis_window,
    norm: str | None = None,
    name: str | None = None,
) -> Any:
    """The signal whose modified discrete cosine transform is given.

    Args:
      mdcts: float32 or float64 tensor ``[..., frames, frame_length / 2]``.
      window_fn: the window of the forward transform.
      norm: None or ``"ortho"``, as in the forward transform.
      name: str, optional.

    Returns:
      Tensor ``[..., (frames + 1) frame_length / 2]``.

    >>> import kerax as tf
    >>> tf.signal.inverse_mdct(tf.ones([3, 4])).shape
    TensorShape([16])
    """
    mdcts = _tensor(mdcts)
    half = int(mdcts.shape[-1])
    frames = _inverse_frames(mdcts, _window(window_fn, 2 * half, dtype_of(mdcts)), norm)
    return overlap_and_add(frames, half)
