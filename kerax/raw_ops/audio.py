"""Raw ops of sound: spectrograms and cepstral coefficients as mobile speech recognition takes them."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax import signal
from kerax.array_ops import transpose
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.math import abs as absolute
from kerax.math import square


def audio_spectrogram(input: Any, window_size: int, stride: int, magnitude_squared: bool) -> Any:
    """float32 [channels, frames, bins] of samples [samples, channels]."""
    spectrum = absolute(signal.stft(transpose(input), window_size, stride))
    return square(spectrum) if magnitude_squared else spectrum


def _mel(frequency: Any) -> Any:
    return 1127.0 * np.log1p(frequency / 700.0)


def _bands(bins: int, rate: float, low: float, high: float, count: int) -> np.ndarray:
    """The share of each bin in each band, triangles on the mel scale."""
    start, end = _mel(low), _mel(high)
    centres = start + (end - start) / (count + 1) * np.arange(1, count + 2)
    width = 0.5 * rate / (bins - 1)
    mels = _mel(np.arange(bins) * width)
    band = np.searchsorted(centres[:count], mels) - 1
    below = np.where(band < 0, start, centres[band])
    falling = (centres[band + 1] - mels) / (centres[band + 1] - below)
    used = (np.arange(bins) >= int(1.5 + low / width)) & (np.arange(bins) <= int(high / width))
    shares = np.zeros((bins, count))
    for bin_ in np.flatnonzero(used):
        if band[bin_] >= 0:
            shares[bin_, band[bin_]] = falling[bin_]
        if band[bin_] + 1 < count:
            shares[bin_, band[bin_] + 1] = 1 - falling[bin_]
    return shares


@op("spectrogram: float", name="Mfcc", differentiable=False)
def _mfcc(spectrogram, rate, high, low, bands, coefficients):
    shares = _bands(spectrogram.shape[-1], rate, low, high, bands)
    energies = jnp.log(jnp.maximum(jnp.sqrt(spectrogram.astype(jnp.float64)) @ shares, 1e-12))
    angles = np.pi / bands * np.arange(coefficients) * (np.arange(bands) + 0.5)[:, None]
    return (energies @ (np.sqrt(2.0 / bands) * np.cos(angles))).astype(jnp.float32)


def mfcc(
    spectrogram: Any, sample_rate: Any, upper_frequency_limit: float, lower_frequency_limit: float,
    filterbank_channel_count: int, dct_coefficient_count: int,
) -> Any:  # fmt: skip
    rate = float(int(convert_to_tensor(sample_rate)))
    limits = float(upper_frequency_limit), float(lower_frequency_limit)
    return _mfcc(spectrogram, rate, *limits, filterbank_channel_count, dct_coefficient_count)
