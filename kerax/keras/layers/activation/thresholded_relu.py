"""``keras.layers.ThresholdedReLU`` (Keras 2)."""

from __future__ import annotations

from typing import Any

from kerax.keras import activations
from kerax.keras.engine.layer import Layer
from kerax.keras.layers.activation._settings import as_floatx


class ThresholdedReLU(Layer):
    """``x`` where it exceeds a threshold, 0 elsewhere.

    Args:
      theta: float, not negative.

    Takes and returns floats of any shape.

    Raises:
      ValueError: None or a negative threshold.

    >>> import kerax as tf
    >>> tf.keras.layers.ThresholdedReLU(1.)(tf.constant([0.5, 2.])).numpy()
    array([0., 2.], dtype=float32)
    """

    def __init__(self, theta: Any = 1.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if theta is None:
            raise ValueError(f"Theta of a Thresholded ReLU layer cannot be None, expecting a float. Received: {theta}")
        if theta < 0:
            raise ValueError(f"The theta value of a Thresholded ReLU layer should be >=0. Received: {theta}")
        self.theta = as_floatx(theta)
        self.supports_masking = True
        self._build_at_init()

    def call(self, inputs: Any) -> Any:
        return activations.threshold(inputs, float(self.theta), 0.0)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "theta": float(self.theta)}
