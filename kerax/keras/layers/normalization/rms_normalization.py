"""``keras.layers.RMSNormalization``."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
from jax import lax

from kerax.core.op import op
from kerax.keras.engine.layer import Layer
from kerax.keras.layers.normalization._affine import check_axis, spread, wide


@op("inputs; scale")
def _rms_norm(inputs, scale, axes, epsilon):
    x = wide(inputs)
    axes = tuple(sorted(axis % x.ndim for axis in axes))
    out = x * lax.rsqrt(jnp.mean(jnp.square(x), axis=axes, keepdims=True) + epsilon)
    return (out * spread(scale, axes, x.ndim).astype(x.dtype)).astype(inputs.dtype)


class RMSNormalization(Layer):
    """Each example divided by its root mean square: ``scale * x / sqrt(mean(x**2) + epsilon)``.

    Args:
      axis: int or list of int.
      epsilon: float.

    Takes and returns floats ``[batch, ..]``.

    Source: https://arxiv.org/abs/1910.07467

    >>> import kerax as tf
    >>> tf.keras.layers.RMSNormalization()(tf.constant([[2., -2.]])).numpy().round(3)
    array([[ 1., -1.]], dtype=float32)
    """

    def __init__(self, axis: Any = -1, epsilon: Any = 1e-6, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.axis = axis
        self.epsilon = epsilon

    def build(self, input_shape: Any) -> None:
        self.axis = sorted(self.axis) if isinstance(self.axis, (list, tuple)) else [self.axis]
        self.scale = self.add_weight(
            name="scale", shape=tuple(input_shape[axis] for axis in self.axis), initializer="ones"
        )

    def call(self, x: Any) -> Any:
        return _rms_norm(x, self.scale, tuple(self.axis), float(self.epsilon))

    def compute_output_shape(self, input_shape: Any) -> Any:
        check_axis(self.axis, input_shape)
        return input_shape

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "axis": self.axis, "epsilon": self.epsilon}
