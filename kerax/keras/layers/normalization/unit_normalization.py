"""``keras.layers.UnitNormalization``."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
from jax import lax

from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras.engine.layer import Layer
from kerax.keras.layers.normalization._affine import check_axis, legacy_axes
from kerax.math.casting import cast
from kerax.math.normalization import l2_normalize


@op("inputs: float")
def _unit(inputs, axes):
    inverse = lax.rsqrt(jnp.sum(jnp.square(inputs), axis=axes, keepdims=True))
    limit = jnp.asarray(1e12, inputs.dtype)
    return inputs * jnp.where(inverse <= limit, inverse, limit)


class UnitNormalization(Layer):
    """Each example scaled to unit euclidean norm.

    Args:
      axis: int or list of int.

    Takes and returns floats ``[batch, ..]``.

    Raises:
      TypeError: another kind of axis.

    >>> import kerax as tf
    >>> tf.keras.layers.UnitNormalization()(tf.constant([[3., 4.]])).numpy().round(4)
    array([[0.6, 0.8]], dtype=float32)
    """

    def __init__(self, axis: Any = -1, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not isinstance(axis, (int, list, tuple)):
            raise TypeError(
                f"Invalid value for `axis` argument: expected an int or a list/tuple of ints. Received: axis={axis}"
            )
        self.axis = axis if isinstance(axis, int) else list(axis)
        self.supports_masking = True
        self._build_at_init()

    def call(self, inputs: Any) -> Any:
        if legacy_keras():
            legacy_axes(self.axis, inputs.shape)
            return l2_normalize(cast(inputs, self.compute_dtype), axis=self.axis)
        return _unit(inputs, self.axis if isinstance(self.axis, int) else tuple(self.axis))

    def compute_output_shape(self, input_shape: Any) -> Any:
        if not legacy_keras():
            check_axis(self.axis, input_shape)
        return input_shape

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "axis": self.axis}
