"""``keras.layers.MelSpectrogram``."""

from __future__ import annotations

from typing import Any

import numpy as np

import kerax.array_ops as tf
from kerax import linalg, math
from kerax.keras.engine.convert import to_tensor
from kerax.keras.layers.preprocessing.data_layer import DataLayer
from kerax.keras.ops import elementwise
from kerax.keras.ops.math import stft

_BREAK_HERTZ = 700.0
_HIGH_Q = 1127.0


def _mel(hertz: Any) -> Any:
    return _HIGH_Q * np.log(1.0 + hertz / _BREAK_HERTZ)


class MelSpectrogram(DataLayer):
    """The power of a sound in mel bands over time.

    Args:
      fft_length: int, samples, the size of the Fourier transform.
      sequence_stride: int, samples between frames.
      sequence_length: int, samples in a frame, ``fft_length`` by default.
      window: "hann", "hamming", an array, or None.
      sampling_rate: int, samples per second.
      num_mel_bins: int, the number of bands.
      min_freq: float, hertz, the lower edge of the bands.
      max_freq: float, hertz, the upper edge, half the sampling rate by default.
      power_to_db: bool, whether the result is in decibels.
      top_db: float, decibels below the maximum at which the result is cut.
      mag_exp: float, the power of the magnitude: 1 for energy, 2 for power.
      min_power: float, the least power.
      ref_power: float, the power of 0 dB.

    Takes ``[samples]`` or ``[batch, samples]``. Returns ``[..., num_mel_bins, frames]``.

    >>> import kerax as tf
    >>> tf.keras.layers.MelSpectrogram(fft_length=64, sequence_stride=32, num_mel_bins=4)(tf.zeros((1, 128))).shape
    TensorShape([1, 4, 5])
    """

    def __init__(
        self,
        fft_length: int = 2048,
        sequence_stride: int = 512,
        sequence_length: int | None = None,
        window: Any = "hann",
        sampling_rate: int = 16000,
        num_mel_bins: int = 128,
        min_freq: float = 20.0,
        max_freq: float | None = None,
        power_to_db: bool = True,
        top_db: float = 80.0,
        mag_exp: float = 2.0,
        min_power: float = 1e-10,
        ref_power: float = 1.0,
        **kwargs: Any,
    ) -> None:
        length = sequence_length or fft_length
        if fft_length < length:
            raise ValueError(
                "`fft_length` must be greater than or equal to `sequence_length`. "
                f"Received: `sequence_length`={length}, `fft_length`={fft_length}."
            )
        super().__init__(**kwargs)
        self.fft_length, self.sequence_stride, self.sequence_length = fft_length, sequence_stride, length
        self.window, self.sampling_rate, self.num_mel_bins = window, sampling_rate, num_mel_bins
        self.min_freq, self.max_freq = min_freq, max_freq or int(sampling_rate / 2)
        self.power_to_db, self.top_db, self.mag_exp = power_to_db, top_db, mag_exp
        self.min_power, self.ref_power = min_power, ref_power

    def call(self, inputs: Any) -> Any:
        dtype = self.compute_dtype if self.compute_dtype in ("float32", "float64") else "float32"
        real, imag = stft(
            to_tensor(inputs, dtype),
            sequence_length=self.sequence_length,
            sequence_stride=self.sequence_stride,
            fft_length=self.fft_length,
            window=self.window,
            center=True,
        )
        power = math.sqrt(math.square(real) + math.square(imag)) ** self.mag_exp
        matrix = self.linear_to_mel_weight_matrix(
            self.num_mel_bins, int(power.shape[-1]), self.sampling_rate, self.min_freq, self.max_freq
        )
        mel = linalg.tensordot(power, to_tensor(matrix, dtype), axes=1)
        if self.power_to_db:
            mel = 10.0 * elementwise.log10(math.maximum(mel, to_tensor(self.min_power, dtype)))
            reference = np.maximum(np.abs(np.float32(self.ref_power)), np.float32(self.min_power))
            mel = mel - to_tensor(10.0 * np.log10(reference), dtype)
            mel = math.maximum(mel, math.reduce_max(mel) - self.top_db)
        axes = [*range(len(mel.shape) - 2), len(mel.shape) - 1, len(mel.shape) - 2]
        return to_tensor(tf.transpose(mel, axes), self.compute_dtype)

    def linear_to_mel_weight_matrix(
        self,
        num_mel_bins: int = 20,
        num_spectrogram_bins: int = 129,
        sampling_rate: float = 8000,
        lower_edge_hertz: float = 125.0,
        upper_edge_hertz: float = 3800.0,
        dtype: str = "float32",
    ) -> Any:
        """The share of each frequency in each band: triangles over equal steps of the mel scale.

        Args:
          num_mel_bins: int, the number of bands.
          num_spectrogram_bins: int, the number of frequencies from 0 to half the sampling rate.
          sampling_rate: float, samples per second.
          lower_edge_hertz: float, the lower edge of the lowest band.
          upper_edge_hertz: float, the upper edge of the highest.
          dtype: str.

        Returns:
          Tensor ``[num_spectrogram_bins, num_mel_bins]``.
        """
        kind = np.dtype(dtype).type
        hertz = np.linspace(0, sampling_rate / 2, num_spectrogram_bins).astype(kind)[1:]
        edges = np.linspace(_mel(kind(lower_edge_hertz)), _mel(kind(upper_edge_hertz)), num_mel_bins + 2).astype(kind)
        lower, centre, upper = edges[None, :-2], edges[None, 1:-1], edges[None, 2:]
        frequencies = _mel(hertz)[:, None]
        slopes = np.minimum((frequencies - lower) / (centre - lower), (upper - frequencies) / (upper - centre))
        return to_tensor(np.pad(np.maximum(0, slopes), [[1, 0], [0, 0]]), dtype)

    def compute_output_shape(self, input_shape: Any) -> Any:
        batch, samples = tuple(input_shape)[:-1][:1], input_shape[min(1, len(input_shape) - 1)]
        stride = self.sequence_stride
        frames = None if samples is None else (samples + stride + 1) // stride
        return (*batch, self.num_mel_bins, frames)

    def get_config(self) -> dict[str, Any]:
        names = (
            "fft_length", "sequence_stride", "sequence_length", "window", "sampling_rate", "num_mel_bins", "min_freq",
            "max_freq", "power_to_db", "top_db", "mag_exp", "min_power", "ref_power",
        )  # fmt: skip
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}
