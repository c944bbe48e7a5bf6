"""``keras.layers.ActivityRegularization``: a penalty on what passes through."""

from __future__ import annotations

from typing import Any

from kerax.keras import regularizers
from kerax.keras.engine.layer import Layer


class ActivityRegularization(Layer):
    """Returns its input and adds ``(l1 * sum|x| + l2 * sum(x**2)) / batch`` to the loss.

    Args:
      l1: float.
      l2: float.

    Takes and returns floats ``[batch, ..]``.

    >>> import kerax as tf
    >>> layer = tf.keras.layers.ActivityRegularization(l1=0.5)
    >>> layer(tf.constant([[1., -3.]])).shape, layer.losses[0].numpy().item()
    (TensorShape([1, 2]), 2.0)
    """

    def __init__(self, l1: Any = 0.0, l2: Any = 0.0, **kwargs: Any) -> None:
        super().__init__(activity_regularizer=regularizers.L1L2(l1=l1, l2=l2), **kwargs)
        self.supports_masking = True
        self.l1 = l1
        self.l2 = l2
        self._build_at_init()

    def call(self, inputs: Any) -> Any:
        return inputs

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        config.pop("activity_regularizer", None)
        return {**config, "l1": self.l1, "l2": self.l2}
