"""``keras.layers.ZeroPadding1D``, ``ZeroPadding2D`` and ``ZeroPadding3D``."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras.engine.arguments import pairs, standardize_tuple
from kerax.keras.layers.reshaping.spatial import SpatialLayer


@op("inputs")
def _padded(inputs, margins):
    return jnp.pad(inputs, margins)


class _ZeroPadding(SpatialLayer):
    padding: Any

    def _pairs(self) -> tuple[tuple[int, int], ...]:
        return self.padding

    def _new_size(self, index: int, size: int) -> int:
        return size + sum(self._pairs()[index])

    def call(self, inputs: Any) -> Any:
        return _padded(inputs, self._around(self._pairs(), (0, 0)))

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "padding": self.padding, "data_format": self.data_format}


class ZeroPadding1D(_ZeroPadding):
    """Adds zeros at the ends of the time axis.

    Args:
      padding: int, or two ints, for the start and the end.
      data_format: "channels_last" or "channels_first".

    Takes ``[batch, time, features]``, or features first.

    >>> import kerax as tf
    >>> tf.keras.layers.ZeroPadding1D(1)(tf.ones((1, 2, 1))).numpy().ravel()
    array([0., 1., 1., 0.], dtype=float32)
    """

    _rank = 1

    def __init__(self, padding: Any = 1, data_format: Any = None, **kwargs: Any) -> None:
        super().__init__("channels_last" if legacy_keras() else data_format, **kwargs)
        self.padding = standardize_tuple(padding, 2, "padding", allow_zero=True)

    def _pairs(self) -> tuple[tuple[int, int], ...]:
        return (self.padding,)

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        if legacy_keras():
            del config["data_format"]
        return config


class ZeroPadding2D(_ZeroPadding):
    """Adds zeros around images.

    Args:
      padding: int, two ints (height, width), or two pairs ((top, bottom), (left, right)).
      data_format: "channels_last" or "channels_first".

    Takes ``[batch, height, width, channels]``, or channels first.

    >>> import kerax as tf
    >>> tf.keras.layers.ZeroPadding2D(((1, 0), (0, 2)))(tf.ones((1, 5, 5, 2))).shape
    TensorShape([1, 6, 7, 2])
    """

    _rank = 2

    def __init__(self, padding: Any = (1, 1), data_format: Any = None, **kwargs: Any) -> None:
        super().__init__(data_format, **kwargs)
        self.padding = pairs(padding, 2, "padding", "pad")


class ZeroPadding3D(_ZeroPadding):
    """Adds zeros around volumes.

    Args:
      padding: int, three ints, or three pairs (before, after).
      data_format: "channels_last" or "channels_first".

    Takes ``[batch, d1, d2, d3, channels]``, or channels first.

    >>> import kerax as tf
    >>> tf.keras.layers.ZeroPadding3D(1)(tf.ones((1, 3, 4, 5, 2))).shape
    TensorShape([1, 5, 6, 7, 2])
    """

    _rank = 3

    def __init__(self, padding: Any = ((1, 1), (1, 1), (1, 1)), data_format: Any = None, **kwargs: Any) -> None:
        super().__init__(data_format, **kwargs)
        self.padding = pairs(padding, 3, "padding", "pad")
