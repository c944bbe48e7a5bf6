"""``keras.layers.UpSampling1D``, ``UpSampling2D`` and ``UpSampling3D``."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras.engine.arguments import standardize_tuple
from kerax.keras.layers.reshaping.spatial import SpatialLayer
from kerax.math.casting import saturate_cast
from kerax.math.rounding import round

_METHODS = ("area", "bicubic", "bilinear", "gaussian", "lanczos3", "lanczos5", "mitchellcubic", "nearest")


@op("inputs")
def _repeated(inputs, factors, first):
    for index, factor in enumerate(factors):
        inputs = jnp.repeat(inputs, factor, axis=first + index)
    return inputs


@op("inputs")
def _moved(inputs, source, target):
    return jnp.moveaxis(inputs, source, target)


class _UpSampling(SpatialLayer):
    size: Any

    def _factors(self) -> tuple[int, ...]:
        return self.size

    def _new_size(self, index: int, size: int) -> int:
        return size * self._factors()[index]

    def call(self, inputs: Any) -> Any:
        return _repeated(inputs, self._factors(), self._first())

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "size": self.size, "data_format": self.data_format}


class UpSampling1D(_UpSampling):
    """Repeats each step of the time axis.

    Args:
      size: int, how often.

    Takes ``[batch, time, features]``; returns ``[batch, time * size, features]``.

    Raises:
      TypeError, ValueError: no positive int.

    >>> import kerax as tf
    >>> tf.keras.layers.UpSampling1D(2)(tf.constant([[[1.], [2.]]])).numpy().ravel()
    array([1., 1., 2., 2.], dtype=float32)
    """

    _rank = 1

    def __init__(self, size: int = 2, **kwargs: Any) -> None:
        super().__init__("channels_last", **kwargs)
        if legacy_keras():
            size = int(size)
        if not isinstance(size, int) or isinstance(size, bool):
            raise TypeError(f"Expected an integer value for `size`, got {type(size)}.")
        if size <= 0:
            raise ValueError(f"Argument `size` should be a positive integer. Received: size={size}")
        self.size = size

    def _factors(self) -> tuple[int, ...]:
        return (self.size,)

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        del config["data_format"]
        return config


class UpSampling2D(_UpSampling):
    """Enlarges images by whole factors.

    Args:
      size: int, or two ints (height, width), the factors.
      data_format: "channels_last" or "channels_first".
      interpolation: "nearest", "bilinear", "bicubic", "lanczos3", "lanczos5" (Keras 2: also "area", "gaussian",
        "mitchellcubic").

    Takes ``[batch, height, width, channels]``, or channels first.

    >>> import kerax as tf
    >>> tf.keras.layers.UpSampling2D((2, 1))(tf.ones((1, 3, 3, 2))).shape
    TensorShape([1, 6, 3, 2])
    """

    _rank = 2

    def __init__(
        self, size: Any = (2, 2), data_format: Any = None, interpolation: str = "nearest", **kwargs: Any
    ) -> None:
        super().__init__(data_format, **kwargs)
        self.size = standardize_tuple(size, 2, "size")
        self.interpolation = interpolation.lower()
        if legacy_keras() and self.interpolation not in _METHODS:
            raise NotImplementedError(
                f"Value not recognized for `interpolation`: {interpolation}. Supported values are: {list(_METHODS)}"
            )

    def call(self, inputs: Any) -> Any:
        if self.interpolation == "nearest":
            return super().call(inputs)
        from kerax.image import resize

        names = _METHODS if legacy_keras() else ("bilinear", "bicubic", "lanczos3", "lanczos5")
        if self.interpolation not in names:
            raise ValueError(
                f"Invalid `interpolation` argument. Expected one of {sorted(names)}. Received: "
                f"interpolation={self.interpolation}"
            )
        first = self.data_format == "channels_first"
        images = _moved(inputs, 1, -1) if first else inputs
        shape = [size * factor for size, factor in zip(images.shape[1:3], self.size, strict=True)]
        out = resize(images, shape, method=self.interpolation)
        if not legacy_keras():
            out = saturate_cast(round(out) if inputs.dtype.is_integer else out, inputs.dtype)
        return _moved(out, -1, 1) if first else out

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "interpolation": self.interpolation}


class UpSampling3D(_UpSampling):
    """Repeats the elements of volumes along their three axes.

    Args:
      size: int, or three ints, the factors.
      data_format: "channels_last" or "channels_first".

    Takes ``[batch, d1, d2, d3, channels]``, or channels first.

    >>> import kerax as tf
    >>> tf.keras.layers.UpSampling3D(2)(tf.ones((1, 1, 2, 3, 1))).shape
    TensorShape([1, 2, 4, 6, 1])
    """

    _rank = 3

    def __init__(self, size: Any = (2, 2, 2), data_format: Any = None, **kwargs: Any) -> None:
        super().__init__(data_format, **kwargs)
        self.size = standardize_tuple(size, 3, "size")
