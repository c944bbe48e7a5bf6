"""``keras.layers.Wrapper``: the base of layers around another layer."""

from __future__ import annotations

from typing import Any

from kerax.keras.engine.layer import Layer
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object


class Wrapper(Layer):
    """A layer that holds another: subclass it with a ``call``.

    Args:
      layer: the layer.

    Raises:
      ValueError: it is no layer.

    >>> import kerax as tf
    >>> tf.keras.layers.Wrapper(tf.keras.layers.Dense(2)).layer.units
    2
    """

    def __init__(self, layer: Any, **kwargs: Any) -> None:
        if not isinstance(layer, Layer):
            raise ValueError(
                f"Layer {layer} supplied to Wrapper isn't a supported layer type. Please ensure wrapped layer is a "
                "valid Keras layer."
            )
        super().__init__(**kwargs)
        self.layer = layer

    def build(self, input_shape: Any = None) -> None:
        if not self.layer.built:
            self.layer.build(input_shape)
            self.layer.built = True

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "layer": serialize_keras_object(self.layer)}

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Any:
        config = dict(config)
        layer = deserialize_keras_object(config.pop("layer"), custom_objects=custom_objects)
        return cls(layer, **config)
