"""``keras.layers.AveragePooling1D``, ``AveragePooling2D`` and ``AveragePooling3D``."""

from __future__ import annotations

from typing import Any

from kerax.keras.layers.pooling.base import BasePooling


class AveragePooling1D(BasePooling):
    """The mean of each window, over 1 dimension.

    Args:
      pool_size: int, or one int per dimension: the size of the window; 2 by default in Keras 2 only.
      strides: int, or one int per dimension; None for ``pool_size``.
      padding: "valid" or "same"; padding is no element of the window.
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      name: str.

    Takes float ``[batch, time, channels]`` (or channels first); returns the same with smaller sizes.

    >>> import kerax as tf
    >>> tf.keras.layers.AveragePooling1D(2)(tf.ones((1, 4, 1))).shape
    TensorShape([1, 2, 1])
    """

    def __init__(
        self,
        pool_size: Any = None,
        strides: Any = None,
        padding: Any = "valid",
        data_format: Any = None,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(pool_size, strides, 1, "average", padding, data_format, name, **kwargs)


class AveragePooling2D(BasePooling):
    """The mean of each window, over 2 dimensions.

    Args:
      pool_size: int, or one int per dimension: the size of the window; 2 by default in Keras 2 only.
      strides: int, or one int per dimension; None for ``pool_size``.
      padding: "valid" or "same"; padding is no element of the window.
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      name: str.

    Takes float ``[batch, height, width, channels]`` (or channels first); returns the same with smaller sizes.

    >>> import kerax as tf
    >>> tf.keras.layers.AveragePooling2D(2)(tf.ones((1, 4, 4, 1))).shape
    TensorShape([1, 2, 2, 1])
    """

    def __init__(
        self,
        pool_size: Any = None,
        strides: Any = None,
        padding: Any = "valid",
        data_format: Any = None,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(pool_size, strides, 2, "average", padding, data_format, name, **kwargs)


class AveragePooling3D(BasePooling):
    """The mean of each window, over 3 dimensions.

    Args:
      pool_size: int, or one int per dimension: the size of the window; 2 by default in Keras 2 only.
      strides: int, or one int per dimension; None for ``pool_size``.
      padding: "valid" or "same"; padding is no element of the window.
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      name: str.

    Takes float ``[batch, depth, height, width, channels]`` (or channels first); returns the same with smaller sizes.

    >>> import kerax as tf
    >>> tf.keras.layers.AveragePooling3D(2)(tf.ones((1, 4, 4, 4, 1))).shape
    TensorShape([1, 2, 2, 2, 1])
    """

    def __init__(
        self,
        pool_size: Any = None,
        strides: Any = None,
        padding: Any = "valid",
        data_format: Any = None,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(pool_size, strides, 3, "average", padding, data_format, name, **kwargs)
