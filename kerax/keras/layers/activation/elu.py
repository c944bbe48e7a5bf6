"""``keras.layers.ELU``."""

from __future__ import annotations

from typing import Any

from kerax.core.config import legacy_keras
from kerax.keras import activations
from kerax.keras.engine.layer import Layer
from kerax.keras.layers._config_order import inserted_after
from kerax.keras.layers.activation._settings import as_floatx


class ELU(Layer):
    """The exponential linear unit: ``x`` above 0, ``alpha * (exp(x) - 1)`` below.

    Args:
      alpha: float.

    Takes and returns floats of any shape.

    >>> import kerax as tf
    >>> tf.keras.layers.ELU()(tf.constant([-1., 2.])).numpy().round(4)
    array([-0.6321,  2.    ], dtype=float32)
    """

    def __init__(self, alpha: Any = 1.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if alpha is None and legacy_keras():
            raise ValueError(f"Alpha of an ELU layer cannot be None, expecting a float. Received: {alpha}")
        self.alpha = as_floatx(alpha) if legacy_keras() else alpha
        self.supports_masking = True
        self._build_at_init()

    def call(self, inputs: Any) -> Any:
        return activations.elu(inputs, float(self.alpha))

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        if legacy_keras():
            return {**super().get_config(), "alpha": float(self.alpha)}
        return inserted_after(super().get_config(), "name", alpha=self.alpha)
