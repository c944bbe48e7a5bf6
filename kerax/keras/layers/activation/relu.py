"""``keras.layers.ReLU``."""

from __future__ import annotations

from typing import Any

from kerax.core.config import legacy_keras
from kerax.keras import activations
from kerax.keras.engine.layer import Layer
from kerax.keras.layers.activation._settings import as_floatx


class ReLU(Layer):
    """The rectified linear unit, limited, leaky or with another threshold on request.

    ``max_value`` from ``max_value`` on, ``x`` above ``threshold``, ``negative_slope * (x - threshold)`` elsewhere.

    Args:
      max_value: float, None for no limit.
      negative_slope: float.
      threshold: float.

    Takes and returns numbers of any shape.

    Raises:
      ValueError: a negative argument.

    >>> import kerax as tf
    >>> tf.keras.layers.ReLU(max_value=4)(tf.constant([-1., 2., 5.])).numpy()
    array([0., 2., 4.], dtype=float32)
    """

    def __init__(self, max_value: Any = None, negative_slope: Any = 0.0, threshold: Any = 0.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if max_value is not None and max_value < 0.0:
            raise ValueError(f"max_value of a ReLU layer cannot be a negative value. Received: max_value={max_value}")
        for label, value in (("negative_slope", negative_slope), ("threshold", threshold)):
            if value is None or value < 0.0:
                raise ValueError(
                    f"{label} of a ReLU layer cannot be None or a negative value. Received: {label}={value}"
                )
        self.max_value = as_floatx(max_value) if legacy_keras() else max_value
        self.negative_slope = as_floatx(negative_slope) if legacy_keras() else negative_slope
        self.threshold = as_floatx(threshold) if legacy_keras() else threshold
        self.supports_masking = True
        self._build_at_init()

    def call(self, inputs: Any) -> Any:
        return activations.relu(inputs, self.negative_slope, self.max_value, self.threshold)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        settings = {
            "max_value": self.max_value,
            "negative_slope": self.negative_slope,
            "threshold": self.threshold,
        }
        return {**super().get_config(), **settings}
