"""``keras.layers.AdaptiveAveragePooling*`` and ``AdaptiveMaxPooling*``: pooling to a given size."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core.op import op
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.settings import image_data_format


def _windows(size: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """(places ``[count, longest]``, which count) of windows from ``⌊i·size/count⌋`` to ``⌈(i+1)·size/count⌉``."""
    steps = np.arange(count)
    starts, ends = steps * size // count, -(-(steps + 1) * size // count)
    places = starts[:, None] + np.arange(int((ends - starts).max()))
    return np.minimum(places, size - 1), places < ends[:, None]


@op("inputs: number")
def adaptive_pool(inputs, output_size, channels_last, largest):
    """Pools each spatial dimension to a wanted size; windows overlap where sizes do not divide.

    Args:
      inputs: tensor ``[batch, *spatial, channels]``, or channels first.
      output_size: one int per spatial dimension.
      channels_last: bool.
      largest: bool, the largest element rather than the mean.
    """
    out = inputs
    for index, count in enumerate(output_size):
        axis = index + (1 if channels_last else 2)
        places, valid = _windows(inputs.shape[axis], count)
        windows = jnp.take(out, places, axis=axis)
        mask = valid.reshape(valid.shape + (1,) * (windows.ndim - axis - 2))
        if largest:
            # what does not count is replaced by the window's first element
            first = jnp.take(windows, np.zeros(1, int), axis=axis + 1)
            out = jnp.max(jnp.where(mask, windows, first), axis=axis + 1)
        else:
            total = jnp.sum(jnp.where(mask, windows, jnp.zeros_like(windows)), axis=axis + 1)
            out = total / mask.sum(1).astype(total.dtype)
    return out


class BaseAdaptivePooling(Layer):
    """A layer that pools to a given size.

    Args:
      rank: int, 1 to 3.
      output_size: int, or one int per dimension.
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      largest: bool, the largest element of each window rather than its mean.

    Raises:
      ValueError: another number of sizes, another data format.
      TypeError: a size that is no int.
    """

    def __init__(self, rank: int, output_size: Any, data_format: Any, largest: bool, **kwargs: Any) -> None:
        if isinstance(output_size, int):
            output_size = (output_size,) * rank
        elif isinstance(output_size, (tuple, list)) and (rank == 1 or len(output_size) == rank):
            if len(output_size) != rank:
                raise ValueError(f"For 1D input, `output_size` tuple must have length 1. Received: {output_size}")
            output_size = tuple(output_size)
        else:
            wanted = {1: "tuple of 1 integer", 2: "(height, width) tuple", 3: "(depth, height, width) tuple"}[rank]
            raise TypeError(
                f"`output_size` must be an integer or {wanted}. Received: {output_size} of type {type(output_size)}"
            )
        super().__init__(**kwargs)
        self.output_size = output_size
        self.data_format = data_format or image_data_format()
        self._largest = largest
        if self.data_format not in ("channels_first", "channels_last"):
            raise ValueError(f"Invalid data_format: {self.data_format}. Expected 'channels_first' or 'channels_last'.")

    def call(self, inputs: Any) -> Any:
        return adaptive_pool(inputs, self.output_size, self.data_format == "channels_last", self._largest)

    def compute_output_shape(self, input_shape: Any) -> Any:
        if self.data_format == "channels_last":
            return (input_shape[0], *self.output_size, input_shape[-1])
        return (input_shape[0], input_shape[1], *self.output_size)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "output_size": self.output_size, "data_format": self.data_format}


class AdaptiveAveragePooling1D(BaseAdaptivePooling):
    """The mean of windows chosen so that the output has a given size, over 1 dimension.

    Args:
      output_size: int, or one int per dimension.
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.

    Takes float ``[batch, time, channels]`` (or channels first); returns the same with other sizes.

    >>> import kerax as tf
    >>> tf.keras.layers.AdaptiveAveragePooling1D(2)(tf.ones((1, 3, 1))).shape
    TensorShape([1, 2, 1])
    """

    def __init__(self, output_size: Any, data_format: Any = None, **kwargs: Any) -> None:
        super().__init__(1, output_size, data_format, False, **kwargs)


class AdaptiveAveragePooling2D(BaseAdaptivePooling):
    """The mean of windows chosen so that the output has a given size, over 2 dimensions.

    Args:
      output_size: int, or one int per dimension.
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.

    Takes float ``[batch, height, width, channels]`` (or channels first); returns the same with other sizes.

    >>> import kerax as tf
    >>> tf.keras.layers.AdaptiveAveragePooling2D(2)(tf.ones((1, 3, 3, 1))).shape
    TensorShape([1, 2, 2, 1])
    """

    def __init__(self, output_size: Any, data_format: Any = None, **kwargs: Any) -> None:
        super().__init__(2, output_size, data_format, False, **kwargs)


class AdaptiveAveragePooling3D(BaseAdaptivePooling):
    """The mean of windows chosen so that the output has a given size, over 3 dimensions.

    Args:
      output_size: int, or one int per dimension.
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.

    Takes float ``[batch, depth, height, width, channels]`` (or channels first); returns the same with other sizes.

    >>> import kerax as tf
    >>> tf.keras.layers.AdaptiveAveragePooling3D(2)(tf.ones((1, 3, 3, 3, 1))).shape
    TensorShape([1, 2, 2, 2, 1])
    """

    def __init__(self, output_size: Any, data_format: Any = None, **kwargs: Any) -> None:
        super().__init__(3, output_size, data_format, False, **kwargs)


class AdaptiveMaxPooling1D(BaseAdaptivePooling):
    """The largest element of windows chosen so that the output has a given size, over 1 dimension.

    Args:
      output_size: int, or one int per dimension.
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.

    Takes float ``[batch, time, channels]`` (or channels first); returns the same with other sizes.

    >>> import kerax as tf
    >>> tf.keras.layers.AdaptiveMaxPooling1D(2)(tf.ones((1, 3, 1))).shape
    TensorShape([1, 2, 1])
    """

    def __init__(self, output_size: Any, data_format: Any = None, **kwargs: Any) -> None:
        super().__init__(1, output_size, data_format, True, **kwargs)


class AdaptiveMaxPooling2D(BaseAdaptivePooling):
    """The largest element of windows chosen so that the output has a given size, over 2 dimensions.

    Args:
      output_size: int, or one int per dimension.
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.

    Takes float ``[batch, height, width, channels]`` (or channels first); returns the same with other sizes.

    >>> import kerax as tf
    >>> tf.keras.layers.AdaptiveMaxPooling2D(2)(tf.ones((1, 3, 3, 1))).shape
    TensorShape([1, 2, 2, 1])
    """

    def __init__(self, output_size: Any, data_format: Any = None, **kwargs: Any) -> None:
        super().__init__(2, output_size, data_format, True, **kwargs)


class AdaptiveMaxPooling3D(BaseAdaptivePooling):
    """The largest element of windows chosen so that the output has a given size, over 3 dimensions.

    Args:
      output_size: int, or one int per dimension.
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.

    Takes float ``[batch, depth, height, width, channels]`` (or channels first); returns the same with other sizes.

    >>> import kerax as tf
    >>> tf.keras.layers.AdaptiveMaxPooling3D(2)(tf.ones((1, 3, 3, 3, 1))).shape
    TensorShape([1, 2, 2, 2, 1])
    """

    def __init__(self, output_size: Any, data_format: Any = None, **kwargs: Any) -> None:
        super().__init__(3, output_size, data_format, True, **kwargs)
