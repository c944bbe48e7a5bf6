"""``keras.layers.Pipeline``."""

from __future__ import annotations

from typing import Any

from kerax.core import nest
from kerax.keras.engine.convert import keras_mask
from kerax.keras.layers.preprocessing.data_layer import DataLayer
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object


class Pipeline(DataLayer):
    """Layers one after the other, as one layer (not a model).

    Args:
      layers: list of layers.

    >>> import kerax as tf
    >>> pipeline = tf.keras.layers.Pipeline([tf.keras.layers.Rescaling(2.), tf.keras.layers.Rescaling(1., 1.)])
    >>> pipeline(tf.constant([1., 2.])).numpy()
    array([3., 5.], dtype=float32)
    """

    def __init__(self, layers: Any, name: str | None = None) -> None:
        super().__init__(name=name)
        self._pipeline_layers = list(layers)
        self._convert_input_args = False

    @property
    def layers(self) -> Any:
        """The layers."""
        return self._pipeline_layers

    def call(self, inputs: Any, training: Any = True, mask: Any = None) -> Any:
        for layer in self._pipeline_layers:
            kwargs: dict[str, Any] = {}
            if layer._call_has_mask_arg:
                kwargs["mask"] = mask
            if layer._call_has_training_arg and training is not None:
                kwargs["training"] = training
            inputs = layer(inputs, **kwargs)
            mask = nest.map_structure(keras_mask, inputs)
        return inputs

    def get_config(self) -> dict[str, Any]:
        return {"layers": serialize_keras_object(list(self._pipeline_layers)), "name": self.name}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Pipeline:
        layers = config.get("layers")
        if not isinstance(layers, (list, tuple)):
            raise ValueError(
                "`Pipeline` config must contain a `layers` key mapping to a list of serialized layers. "
                f"Received config with layers={layers}."
            )
        return cls(**{**config, "layers": [deserialize_keras_object(layer) for layer in layers]})
