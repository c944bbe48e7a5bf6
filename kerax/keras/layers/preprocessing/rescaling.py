"""``keras.layers.Rescaling``."""

from __future__ import annotations

from typing import Any

import kerax.array_ops as tf
from kerax.core.config import legacy_keras
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.settings import image_data_format
from kerax.keras.layers.preprocessing.data_layer import DataLayer
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object


class Rescaling(DataLayer):
    """Brings values into another range: ``inputs * scale + offset``.

    Args:
      scale: float, or array that broadcasts with the inputs (one value per channel, say).
      offset: likewise.

    Takes a tensor of any shape; the result is of the layer's compute dtype.

    >>> import kerax as tf
    >>> tf.keras.layers.Rescaling(1 / 127.5, offset=-1)(tf.constant([0., 255.])).numpy()
    array([-1.,  1.], dtype=float32)
    """

    def __init__(self, scale: Any, offset: Any = 0.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.scale = scale
        self.offset = offset
        self._supports_masking = True

    def call(self, inputs: Any) -> Any:
        dtype = self.compute_dtype
        scale, offset = to_tensor(self.scale, dtype), to_tensor(self.offset, dtype)
        rank = len(scale.shape)
        if rank and image_data_format() == "channels_first" and not legacy_keras():
            scale = tf.reshape(scale, (*scale.shape, *(1,) * (3 - rank)))
        return to_tensor(inputs, dtype) * scale + offset

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        scale, offset = self.scale, self.offset
        if not legacy_keras():
            scale, offset = serialize_keras_object(scale), serialize_keras_object(offset)
        return {**super().get_config(), "scale": scale, "offset": offset}

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Rescaling:
        config = dict(config)
        for name in ("scale", "offset"):
            if name in config:
                config[name] = deserialize_keras_object(config[name], custom_objects=custom_objects)
        return cls(**config)
