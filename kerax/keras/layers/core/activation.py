"""``keras.layers.Activation``: any activation function as a layer."""

from __future__ import annotations

from typing import Any

from kerax.keras import activations
from kerax.keras.engine.layer import Layer


class Activation(Layer):
    """Applies an activation function.

    Args:
      activation: a function, or its name.

    Takes and returns a tensor of any shape.

    >>> import kerax as tf
    >>> tf.keras.layers.Activation("relu")(tf.constant([-1., 2.])).numpy()
    array([0., 2.], dtype=float32)
    """

    def __init__(self, activation: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.supports_masking = True
        self.activation = activations.get(activation)
        self._build_at_init()

    def call(self, inputs: Any) -> Any:
        return self.activation(inputs)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "activation": activations.serialize(self.activation)}
