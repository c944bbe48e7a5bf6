"""``keras.layers.LeakyReLU``."""

from __future__ import annotations

import warnings
from typing import Any

from kerax.core.config import legacy_keras
from kerax.keras import activations
from kerax.keras.engine.layer import Layer
from kerax.keras.layers.activation._settings import as_floatx


class LeakyReLU(Layer):
    """``x`` where it is positive, ``negative_slope * x`` elsewhere.

    Args:
      negative_slope: float.
      **kwargs: of ``Layer``; ``alpha`` is Keras 2's name of ``negative_slope``.

    Takes and returns floats of any shape.

    Raises:
      ValueError: None or a negative slope.

    >>> import kerax as tf
    >>> tf.keras.layers.LeakyReLU(0.5)(tf.constant([-1., 2.])).numpy()
    array([-0.5,  2. ], dtype=float32)
    """

    def __init__(self, negative_slope: Any = 0.3, **kwargs: Any) -> None:
        if "alpha" in kwargs:
            negative_slope = kwargs.pop("alpha")
            if not legacy_keras():
                warnings.warn("Argument `alpha` is deprecated. Use `negative_slope` instead.", stacklevel=2)
        super().__init__(**kwargs)
        if negative_slope is None or (negative_slope < 0 and not legacy_keras()):
            raise ValueError(
                "The negative_slope value of a Leaky ReLU layer cannot be None or negative value. Expected a float. "
                f"Received: negative_slope={negative_slope}"
            )
        self.negative_slope = as_floatx(negative_slope) if legacy_keras() else negative_slope
        self.supports_masking = True
        self._build_at_init()

    @property
    def alpha(self) -> Any:
        """Keras 2's name of ``negative_slope``."""
        return self.negative_slope

    def call(self, inputs: Any) -> Any:
        if legacy_keras():
            return activations.relu(inputs, self.negative_slope)
        return activations.leaky_relu(inputs, self.negative_slope)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        if legacy_keras():
            return {**super().get_config(), "alpha": float(self.negative_slope)}
        return {**super().get_config(), "negative_slope": self.negative_slope}
