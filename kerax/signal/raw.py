"""The transforms over any axes under TensorFlow's top-level names, which take what the kernels take."""

from __future__ import annotations

from typing import Any

from kerax.core import dtypes
from kerax.math.casting import cast
from kerax.signal import fourier


def fftnd(input: Any, fft_length: Any, axes: Any, name: str | None = None) -> Any:
    """``tf.signal.fftnd`` with sizes and axes that must be given."""
    return fourier.fftnd(input, fft_length, axes)


def ifftnd(input: Any, fft_length: Any, axes: Any, name: str | None = None) -> Any:
    """``tf.signal.ifftnd`` with sizes and axes that must be given."""
    return fourier.ifftnd(input, fft_length, axes)


def rfftnd(
    input: Any,
    fft_length: Any,
    axes: Any,
    Tcomplex: Any = dtypes.complex64,
    name: str | None = None,
) -> Any:
    """``tf.signal.rfftnd`` with sizes and axes that must be given, of a chosen complex dtype."""
    return cast(fourier.rfftnd(input, fft_length, axes), Tcomplex)


def irfftnd(
    input: Any,
    fft_length: Any,
    axes: Any,
    Treal: Any = dtypes.float32,
    name: str | None = None,
) -> Any:
    """``tf.signal.irfftnd`` with sizes and axes that must be given, of a chosen real dtype."""
    return cast(fourier.irfftnd(input, fft_length, axes), Treal)
