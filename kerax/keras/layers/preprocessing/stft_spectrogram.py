"""``keras.layers.STFTSpectrogram``."""

from __future__ import annotations

import math
import warnings
from typing import Any

import kerax.array_ops as tf
from kerax import math as tf_math
from kerax.keras import initializers
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.input_spec import InputSpec
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.settings import epsilon, standardize_data_format
from kerax.keras.ops.convolutions import conv

_MODES = ("log", "magnitude", "psd", "real", "imag", "angle", "stft")


class STFTSpectrogram(Layer):
    """The short-time Fourier transform of signals, as a convolution whose kernel can be trained.

    Args:
      mode: "log", "magnitude", "psd", "real", "imag", "angle", or "stft" for real and imaginary part.
      frame_length: int, samples in a frame.
      frame_step: int, samples between frames, half of ``frame_length`` by default.
      fft_length: int, at least ``frame_length``, by default the next power of 2.
      window: name of a window of scipy, array ``[frame_length]``, or None.
      periodic: bool, whether a named window is made periodic.
      scaling: "density", "spectrum" or None.
      padding: "valid" or "same".
      expand_dims: bool, whether channels stay an axis of their own.
      data_format: "channels_last" or "channels_first".

    Takes ``[batch, samples, channels]``. Returns ``[batch, frames, channels * frequencies]``, or
    ``[batch, frames, frequencies, channels]`` with ``expand_dims``; channels first likewise.

    >>> import kerax as tf
    >>> tf.keras.layers.STFTSpectrogram(frame_length=8, frame_step=4)(tf.ones((1, 16, 1))).shape
    TensorShape([1, 3, 5])
    """

    def __init__(
        self,
        mode: str = "log",
        frame_length: int = 256,
        frame_step: int | None = None,
        fft_length: int | None = None,
        window: Any = "hann",
        periodic: bool = False,
        scaling: str | None = "density",
        padding: str = "valid",
        expand_dims: bool = False,
        data_format: str | None = None,
        **kwargs: Any,
    ) -> None:
        if frame_step is not None and not 1 <= frame_step <= frame_length:
            raise ValueError(
                "`frame_step` should be a positive integer not greater than `frame_length`. "
                f"Received frame_step={frame_step}, frame_length={frame_length}"
            )
        if fft_length is not None and fft_length < frame_length:
            raise ValueError(
                "`fft_length` should be not less than `frame_length`. "
                f"Received fft_length={fft_length}, frame_length={frame_length}"
            )
        if fft_length is not None and fft_length & -fft_length != fft_length:
            warnings.warn(
                f"`fft_length` is recommended to be a power of two. Received fft_length={fft_length}", stacklevel=2
            )
        if mode not in _MODES:
            raise ValueError(f"Output mode is invalid, it must be one of {', '.join(_MODES)}. Received: mode={mode}")
        if padding not in ("valid", "same"):
            raise ValueError(f"Padding is invalid, it should be 'valid', 'same'. Received: padding={padding}")
        initializers.STFT("real", window, scaling, periodic)  # checks window and scaling
        super().__init__(**kwargs)
        self.mode, self.frame_length, self.frame_step, self.fft_length = mode, frame_length, frame_step, fft_length
        self._step = frame_step or frame_length // 2
        self._size = fft_length or 2 ** math.ceil(math.log2(frame_length))
        self.window, self.periodic, self.scaling = window, periodic, scaling
        self.padding, self.expand_dims = padding, expand_dims
        self.data_format = standardize_data_format(data_format)
        self.input_spec = InputSpec(ndim=3)

    def build(self, input_shape: Any) -> None:
        shape = (self.frame_length, 1, self._size // 2 + 1)
        for side, without in (("real", "imag"), ("imag", "real")):
            if self.mode != without:
                initializer = initializers.STFT(side, self.window, self.scaling, self.periodic)
                kernel = self.add_weight(name=f"{side}_kernel", shape=shape, initializer=initializer)
                setattr(self, f"{side}_kernel", kernel)

    def call(self, inputs: Any) -> Any:
        if inputs.dtype.name not in ("float16", "float32", "float64"):
            raise TypeError(
                f"Invalid input type. Expected `float16`, `float32` or `float64`. Received: input type={inputs.dtype}"
            )
        if self.mode in ("real", "imag"):
            return self._arranged(self._filtered(inputs, getattr(self, f"{self.mode}_kernel")))
        real, imag = self._filtered(inputs, self.real_kernel), self._filtered(inputs, self.imag_kernel)
        if self.mode == "angle":
            return self._arranged(tf_math.atan2(imag, real))
        if self.mode == "stft":
            return self._arranged(tf.concat([real, imag], axis=2))
        power = tf_math.square(real) + tf_math.square(imag)
        if self.mode == "psd":  # the frequencies between the ends stand for two
            return self._arranged(power + tf.pad(power[:, :, 1:-1, :], [[0, 0], [0, 0], [1, 1], [0, 0]]))
        least = to_tensor(epsilon(), inputs.dtype)
        magnitude = self._arranged(tf_math.sqrt(tf_math.maximum(power, least)))
        return magnitude if self.mode == "magnitude" else tf_math.log(tf_math.maximum(magnitude, least))

    def _filtered(self, inputs: Any, kernel: Any) -> Any:
        """The convolution of each channel: ``[batch, channels, frequencies, frames]``."""
        last = self.data_format == "channels_last"
        signals = tf.transpose(inputs, [0, 2, 1]) if last else inputs
        channels, samples = signals.shape[1], signals.shape[2]
        found = conv(
            tf.reshape(signals, (-1, samples, 1)),
            to_tensor(kernel, inputs.dtype),
            padding=self.padding,
            strides=self._step,
            data_format="channels_last",
        )
        frames, frequencies = found.shape[1], found.shape[2]
        return tf.reshape(tf.transpose(found, [0, 2, 1]), (-1, channels, frequencies, frames))

    def _arranged(self, x: Any) -> Any:
        last = self.data_format == "channels_last"
        if self.expand_dims:
            return tf.transpose(x, [0, 3, 2, 1] if last else [0, 1, 3, 2])
        x = tf.reshape(x, (-1, x.shape[1] * x.shape[2], x.shape[3]))
        return tf.transpose(x, [0, 2, 1]) if last else x

    def get_config(self) -> dict[str, Any]:
        names = (
            "mode", "frame_length", "frame_step", "fft_length", "window", "periodic", "scaling", "padding",
            "data_format", "expand_dims",
        )  # fmt: skip
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}
