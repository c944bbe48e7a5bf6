"""``keras.layers.Flatten``."""

from __future__ import annotations

import math
from typing import Any

import jax.numpy as jnp

from kerax.core.op import op
from kerax.keras.engine.input_spec import InputSpec
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.settings import standardize_data_format


@op("inputs")
def _flatten(inputs, channels_first):
    if channels_first and inputs.ndim > 1:
        inputs = jnp.moveaxis(inputs, 1, -1)
    return jnp.reshape(inputs, (inputs.shape[0], math.prod(inputs.shape[1:])))


class Flatten(Layer):
    """All axes but the batch in one.

    Args:
      data_format: "channels_last" or "channels_first" (the channels are moved to the end first).

    Takes ``[batch, ..]``; returns ``[batch, product of the rest]``.

    >>> import kerax as tf
    >>> tf.keras.layers.Flatten()(tf.ones((2, 3, 4))).shape
    TensorShape([2, 12])
    """

    def __init__(self, data_format: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.data_format = standardize_data_format(data_format)
        self.input_spec = InputSpec(min_ndim=1)

    def call(self, inputs: Any) -> Any:
        return _flatten(inputs, self.data_format == "channels_first")

    def compute_output_shape(self, input_shape: Any) -> Any:
        rest = tuple(input_shape[1:])
        return (input_shape[0], None if None in rest else math.prod(rest))

    def compute_output_spec(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        return KerasTensor(self.compute_output_shape(inputs.shape), inputs.dtype, sparse=inputs.sparse)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "data_format": self.data_format}
