"""The mel scale: filters and cepstral coefficients."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes
from kerax.core.op import op
from kerax.signal.cosine import transform


def _to_mel(hertz: Any) -> Any:
    """``1127 log(1 + f / 700)``, O'Shaughnessy's formula."""
    return 1127.0 * jnp.log(1.0 + hertz / 700.0)


@op("")
def linear_to_mel_weight_matrix(
    num_mel_bins=20,
    num_spectrogram_bins=129,
    sample_rate=8000,
    lower_edge_hertz=125.0,
    upper_edge_hertz=3800.0,
    dtype=dtypes.float32,
    name=None,
):
    """The matrix that turns a spectrogram of linear frequencies into one of mel bands.

    Each band is a triangle on the mel scale whose feet are the centers of its neighbours.

    Args:
      num_mel_bins: int, the number of bands.
      num_spectrogram_bins: int, ``fft_length / 2 + 1``.
      sample_rate: samples per second.
      lower_edge_hertz: lower end of the lowest band.
      upper_edge_hertz: upper end of the highest band.
      dtype: floating point dtype.
      name: str, optional.

    Returns:
      Tensor ``[num_spectrogram_bins, num_mel_bins]``, to multiply spectrograms by.

    Raises:
      ValueError: if numbers are not positive, edges are not in order, or above half the sample rate.

    >>> import kerax as tf
    >>> tf.signal.linear_to_mel_weight_matrix().shape
    TensorShape([129, 20])
    """
    kind = dtypes.as_dtype(dtype)
    if num_mel_bins <= 0:
        raise ValueError(f"num_mel_bins must be positive. Got: {num_mel_bins}")
    if lower_edge_hertz < 0.0:
        raise ValueError(f"lower_edge_hertz must be non-negative. Got: {lower_edge_hertz}")
    if lower_edge_hertz >= upper_edge_hertz:
        raise ValueError(f"lower_edge_hertz {lower_edge_hertz} >= upper_edge_hertz {upper_edge_hertz}")
    if sample_rate <= 0.0:
        raise ValueError(f"sample_rate must be positive. Got: {sample_rate}")
    if upper_edge_hertz > sample_rate / 2:
        raise ValueError(
            f"upper_edge_hertz must not be larger than the Nyquist frequency (sample_rate / 2). Got "
            f"{upper_edge_hertz} for sample_rate: {sample_rate}"
        )
    if not kind.is_floating:
        raise ValueError(f"dtype must be a floating point type. Got: {kind}")
    number = kind.as_numpy_dtype
    frequencies = jnp.linspace(number(0), number(sample_rate / 2), num_spectrogram_bins, dtype=kind.dtype)[1:]
    bins = _to_mel(frequencies)[:, None]
    edges = jnp.linspace(
        _to_mel(jnp.asarray(lower_edge_hertz, kind.dtype)),
        _to_mel(jnp.asarray(upper_edge_hertz, kind.dtype)),
        num_mel_bins + 2,
        dtype=kind.dtype,
    )
    lower, center, upper = edges[:-2], edges[1:-1], edges[2:]
    rising = (bins - lower) / (center - lower)
    falling = (upper - bins) / (upper - center)
    weights = jnp.maximum(jnp.zeros((), kind.dtype), jnp.minimum(rising, falling))
    return jnp.pad(weights, [(1, 0), (0, 0)]).astype(kind.dtype)


@op("log_mel_spectrograms: float")
def mfccs_from_log_mel_spectrograms(log_mel_spectrograms, name=None):
    """Mel-frequency cepstral coefficients: the scaled cosine transform of log-magnitude mel spectrograms.

    Args:
      log_mel_spectrograms: float32 or float64 tensor ``[..., num_mel_bins]``.
      name: str, optional.

    Returns:
      Tensor like ``log_mel_spectrograms``; usually only the first 13 coefficients are used.

    Raises:
      ValueError: if there are no mel bins.

    >>> import kerax as tf
    >>> tf.signal.mfccs_from_log_mel_spectrograms(tf.ones([3, 20])).shape
    TensorShape([3, 20])
    """
    bins = log_mel_spectrograms.shape[-1]
    if bins == 0:
        raise ValueError("num_mel_bins must be positive. Got: 0")
    scale = np.asarray((2.0 * bins) ** -0.5, dtypes.as_dtype(log_mel_spectrograms.dtype).as_numpy_dtype)
    return transform(log_mel_spectrograms, 2, None, -1, None) * scale
