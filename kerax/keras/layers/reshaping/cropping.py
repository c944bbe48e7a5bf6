"""``keras.layers.Cropping1D``, ``Cropping2D`` and ``Cropping3D``."""

from __future__ import annotations

from typing import Any

from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras.engine.arguments import pairs, standardize_tuple
from kerax.keras.layers.reshaping.spatial import SpatialLayer


@op("inputs")
def _cropped(inputs, margins):
    return inputs[tuple(slice(low, size - high) for (low, high), size in zip(margins, inputs.shape, strict=True))]


class _Cropping(SpatialLayer):
    cropping: Any

    def _pairs(self) -> tuple[tuple[int, int], ...]:
        return self.cropping

    def _new_size(self, index: int, size: int) -> int:
        left = size - sum(self._pairs()[index])
        if left <= 0 and not legacy_keras():
            self._too_much(f"input size={size}")
        return left

    def _too_much(self, received: str) -> None:
        raise ValueError(
            "Values in `cropping` argument should be smaller than the corresponding spatial dimension of the input. "
            f"Received: {received}, cropping={self.cropping}"
        )

    def call(self, inputs: Any) -> Any:
        first = self._first()
        for index, pair in enumerate(self._pairs()):
            if sum(pair) >= inputs.shape[first + index]:
                self._too_much(f"inputs.shape={inputs.shape}")
        return _cropped(inputs, self._around(self._pairs(), (0, 0)))

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "cropping": self.cropping, "data_format": self.data_format}


class Cropping1D(_Cropping):
    """Cuts off the ends of the time axis.

    Args:
      cropping: int, or two ints, for the start and the end.

    Takes ``[batch, time, features]``.

    Raises:
      ValueError: more cut off than there is.

    >>> import kerax as tf
    >>> tf.keras.layers.Cropping1D(1)(tf.ones((1, 5, 2))).shape
    TensorShape([1, 3, 2])
    """

    _rank = 1

    def __init__(self, cropping: Any = (1, 1), **kwargs: Any) -> None:
        super().__init__("channels_last", **kwargs)
        self.cropping = standardize_tuple(cropping, 2, "cropping", allow_zero=True)

    def _pairs(self) -> tuple[tuple[int, int], ...]:
        return (self.cropping,)

    def _too_much(self, received: str) -> None:
        raise ValueError(
            "`cropping` parameter of `Cropping1D` layer must be smaller than the input length. Received: "
            f"{received}, cropping={self.cropping}"
        )

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        del config["data_format"]
        return config


class Cropping2D(_Cropping):
    """Cuts off the borders of images.

    Args:
      cropping: int, two ints (height, width), or two pairs ((top, bottom), (left, right)).
      data_format: "channels_last" or "channels_first".

    Takes ``[batch, height, width, channels]``, or channels first.

    Raises:
      ValueError: more cut off than there is.

    >>> import kerax as tf
    >>> tf.keras.layers.Cropping2D(((1, 0), (0, 2)))(tf.ones((1, 5, 5, 2))).shape
    TensorShape([1, 4, 3, 2])
    """

    _rank = 2

    def __init__(self, cropping: Any = ((0, 0), (0, 0)), data_format: Any = None, **kwargs: Any) -> None:
        super().__init__(data_format, **kwargs)
        self.cropping = pairs(cropping, 2, "cropping", "crop")


class Cropping3D(_Cropping):
    """Cuts off the borders of volumes.

    Args:
      cropping: int, three ints, or three pairs (before, after).
      data_format: "channels_last" or "channels_first".

    Takes ``[batch, d1, d2, d3, channels]``, or channels first.

    Raises:
      ValueError: more cut off than there is.

    >>> import kerax as tf
    >>> tf.keras.layers.Cropping3D(1)(tf.ones((1, 3, 4, 5, 2))).shape
    TensorShape([1, 1, 2, 3, 2])
    """

    _rank = 3

    def __init__(self, cropping: Any = ((1, 1), (1, 1), (1, 1)), data_format: Any = None, **kwargs: Any) -> None:
        super().__init__(data_format, **kwargs)
        self.cropping = pairs(cropping, 3, "cropping", "crop")
