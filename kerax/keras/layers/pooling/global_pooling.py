"""Layers that reduce all steps or pixels: ``keras.layers.GlobalMaxPooling*`` and ``GlobalAveragePooling*``."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras.engine.input_spec import InputSpec
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.settings import floatx, standardize_data_format
from kerax.math.casting import cast
from kerax.math.reduction import reduce_max, reduce_mean


@op("inputs; mask")
def _masked_mean(inputs, mask, axis, keepdims):
    """The mean over the steps that the mask keeps."""
    kept = jnp.expand_dims(mask, 2 if axis == 1 else 1).astype(bool)
    total = jnp.sum(jnp.where(kept, inputs, jnp.zeros_like(inputs)), axis=axis, keepdims=keepdims)
    return total / jnp.sum(kept.astype(inputs.dtype), axis=axis, keepdims=keepdims)


class BaseGlobalPooling(Layer):
    """A layer that reduces all spatial dimensions.

    Args:
      pool_dimensions: int, 1 to 3.
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      keepdims: bool, whether the reduced dimensions stay with size 1.
    """

    def __init__(self, pool_dimensions: int, data_format: Any = None, keepdims: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.data_format = standardize_data_format(data_format)
        self.keepdims = keepdims
        self.input_spec = InputSpec(ndim=pool_dimensions + 2)
        self._build_at_init()

    def _axes(self, rank: int) -> list[int]:
        return list(range(1, rank - 1)) if self.data_format == "channels_last" else list(range(2, rank))

    def compute_output_shape(self, input_shape: Any) -> Any:
        axes = self._axes(len(input_shape))
        if self.keepdims:
            return tuple(1 if axis in axes else size for axis, size in enumerate(input_shape))
        return tuple(size for axis, size in enumerate(input_shape) if axis not in axes)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "data_format": self.data_format, "keepdims": self.keepdims}


class _GlobalMax(BaseGlobalPooling):
    def call(self, inputs: Any) -> Any:
        return reduce_max(inputs, self._axes(len(inputs.shape)), self.keepdims)


class _GlobalAverage(BaseGlobalPooling):
    def call(self, inputs: Any) -> Any:
        if inputs.dtype.is_integer and not legacy_keras():  # Keras 3's mean of integers is a float
            inputs = cast(inputs, floatx())
        return reduce_mean(inputs, self._axes(len(inputs.shape)), self.keepdims)


class GlobalMaxPooling1D(_GlobalMax):
    """The largest value of each channel over all time steps.

    Args:
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      keepdims: bool, whether the reduced dimensions stay with size 1.

    Takes float ``[batch, time, channels]`` (or channels first); returns float ``[batch, channels]``.

    >>> import kerax as tf
    >>> tf.keras.layers.GlobalMaxPooling1D()(tf.ones((1, 2, 3))).numpy()
    array([[1., 1., 1.]], dtype=float32)
    """

    def __init__(self, data_format: Any = None, keepdims: bool = False, **kwargs: Any) -> None:
        super().__init__(1, data_format, keepdims, **kwargs)


class GlobalMaxPooling2D(_GlobalMax):
    """The largest value of each channel over all pixels.

    Args:
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      keepdims: bool, whether the reduced dimensions stay with size 1.

    Takes float ``[batch, height, width, channels]`` (or channels first); returns float ``[batch, channels]``.

    >>> import kerax as tf
    >>> tf.keras.layers.GlobalMaxPooling2D()(tf.ones((1, 2, 2, 3))).numpy()
    array([[1., 1., 1.]], dtype=float32)
    """

    def __init__(self, data_format: Any = None, keepdims: bool = False, **kwargs: Any) -> None:
        super().__init__(2, data_format, keepdims, **kwargs)


class GlobalMaxPooling3D(_GlobalMax):
    """The largest value of each channel over all voxels.

    Args:
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      keepdims: bool, whether the reduced dimensions stay with size 1.

    Takes float ``[batch, depth, height, width, channels]`` (or channels first); returns float ``[batch, channels]``.

    >>> import kerax as tf
    >>> tf.keras.layers.GlobalMaxPooling3D()(tf.ones((1, 2, 2, 2, 3))).numpy()
    array([[1., 1., 1.]], dtype=float32)
    """

    def __init__(self, data_format: Any = None, keepdims: bool = False, **kwargs: Any) -> None:
        super().__init__(3, data_format, keepdims, **kwargs)


class GlobalAveragePooling1D(_GlobalAverage):
    """The mean of each channel over all time steps.

    Args:
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      keepdims: bool, whether the reduced dimensions stay with size 1.

    Takes float ``[batch, time, channels]`` (or channels first); returns float ``[batch, channels]``.
    A mask ``[batch, time]`` tells the steps that count.

    >>> import kerax as tf
    >>> tf.keras.layers.GlobalAveragePooling1D()(tf.ones((1, 2, 3))).numpy()
    array([[1., 1., 1.]], dtype=float32)
    """

    def __init__(self, data_format: Any = None, keepdims: bool = False, **kwargs: Any) -> None:
        super().__init__(1, data_format, keepdims, **kwargs)
        self.supports_masking = True

    def call(self, inputs: Any, mask: Any = None) -> Any:
        if mask is None:
            return super().call(inputs)
        return _masked_mean(inputs, mask, self._axes(3)[0], self.keepdims)

    def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
        return None


class GlobalAveragePooling2D(_GlobalAverage):
    """The mean of each channel over all pixels.

    Args:
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      keepdims: bool, whether the reduced dimensions stay with size 1.

    Takes float ``[batch, height, width, channels]`` (or channels first); returns float ``[batch, channels]``.

    >>> import kerax as tf
    >>> tf.keras.layers.GlobalAveragePooling2D()(tf.ones((1, 2, 2, 3))).numpy()
    array([[1., 1., 1.]], dtype=float32)
    """

    def __init__(self, data_format: Any = None, keepdims: bool = False, **kwargs: Any) -> None:
        super().__init__(2, data_format, keepdims, **kwargs)


class GlobalAveragePooling3D(_GlobalAverage):
    """The mean of each channel over all voxels.

    Args:
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      keepdims: bool, whether the reduced dimensions stay with size 1.

    Takes float ``[batch, depth, height, width, channels]`` (or channels first); returns float ``[batch, channels]``.

    >>> import kerax as tf
    >>> tf.keras.layers.GlobalAveragePooling3D()(tf.ones((1, 2, 2, 2, 3))).numpy()
    array([[1., 1., 1.]], dtype=float32)
    """

    def __init__(self, data_format: Any = None, keepdims: bool = False, **kwargs: Any) -> None:
        super().__init__(3, data_format, keepdims, **kwargs)
