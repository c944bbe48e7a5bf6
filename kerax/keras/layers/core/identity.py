"""``keras.layers.Identity``."""

from __future__ import annotations

from typing import Any

from kerax.array_ops import identity
from kerax.core import nest
from kerax.core.config import legacy_keras
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.engine.layer import Layer


class Identity(Layer):
    """Returns its input.

    Takes and returns tensors of any shape and dtype, or structures of them.

    >>> import kerax as tf
    >>> tf.keras.layers.Identity()(tf.constant([1.])).numpy()
    array([1.], dtype=float32)
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.supports_masking = not legacy_keras()
        self._build_at_init()

    def call(self, inputs: Any) -> Any:
        return nest.map_structure(identity, inputs)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def compute_output_spec(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        return nest.map_structure(lambda x: KerasTensor(x.shape, x.dtype, sparse=x.sparse), inputs)
