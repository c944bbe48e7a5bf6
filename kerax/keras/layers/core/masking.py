"""``keras.layers.Masking``: skips timesteps."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core.op import op
from kerax.keras.engine.layer import Layer
from kerax.keras.saving.serialization import deserialize_keras_object


@op("inputs", differentiable=False)
def _mask(inputs, mask_value):
    return jnp.any(inputs != jnp.asarray(mask_value, inputs.dtype), axis=-1)


@op("inputs; mask")
def _kept(inputs, mask):
    return jnp.where(mask[..., None], inputs, jnp.zeros((), inputs.dtype))


class Masking(Layer):
    """Masks the timesteps all of whose features equal a value.

    Args:
      mask_value: float.

    Takes ``[batch, time, features]``; returns the same with zeros where it is masked, and a mask ``bool [batch, time]``
    on it.

    >>> import kerax as tf
    >>> tf.keras.layers.Masking()(tf.constant([[[1.], [0.]]]))._keras_mask.numpy()
    array([[ True, False]])
    """

    def __init__(self, mask_value: Any = 0.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if isinstance(mask_value, dict) and mask_value.get("config", None):
            mask_value = deserialize_keras_object(mask_value)
        self.mask_value = mask_value
        self.supports_masking = True
        self._build_at_init()

    def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
        return _mask(inputs, self.mask_value)

    def call(self, inputs: Any) -> Any:
        mask = _mask(inputs, self.mask_value)
        out = _kept(inputs, mask)
        out._keras_mask = mask
        return out

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "mask_value": self.mask_value}
