"""``keras.layers.SpectralNormalization``."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
from jax import lax

from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras import initializers
from kerax.keras.engine.input_spec import InputSpec
from kerax.keras.layers.core.wrapper import Wrapper
from kerax.keras.layers.regularization._noise import in_training
from kerax.math.casting import cast


def _unit(x):
    return x * jnp.minimum(lax.rsqrt(jnp.sum(jnp.square(x))), jnp.asarray(1e7, x.dtype))


@op("kernel, vector_u")
def _power_iteration(kernel, vector_u, iterations):
    """The kernel divided by an estimate of its largest singular value, and the new left vector."""
    weights = kernel.reshape(-1, kernel.shape[-1])
    u = v = vector_u
    for _ in range(iterations):
        v = _unit(u @ weights.T)
        u = _unit(v @ weights)
    u, v = lax.stop_gradient(u), lax.stop_gradient(v)
    sigma = v @ weights @ u.T
    none = jnp.all(kernel == 0)
    return jnp.where(none, kernel, kernel / jnp.where(none, jnp.ones_like(sigma), sigma).reshape(())), jnp.where(
        none, vector_u, u
    )


class SpectralNormalization(Wrapper):
    """Wraps a layer whose kernel is, in training, divided by its largest singular value.

    Args:
      layer: a layer with a ``kernel`` or ``embeddings``.
      power_iterations: int, the number of power iterations a call.

    Takes and returns what the layer takes and returns.

    Raises:
      ValueError: no positive number of iterations, or a layer without such a weight.

    Source: https://arxiv.org/abs/1802.05957

    >>> import kerax as tf
    >>> tf.keras.layers.SpectralNormalization(tf.keras.layers.Dense(2))(tf.ones((1, 3))).shape
    TensorShape([1, 2])
    """

    def __init__(self, layer: Any, power_iterations: int = 1, **kwargs: Any) -> None:
        super().__init__(layer, **kwargs)
        if power_iterations <= 0:
            raise ValueError(
                f"`power_iterations` should be greater than zero. Received: `power_iterations={power_iterations}`"
            )
        self.power_iterations = power_iterations

    def build(self, input_shape: Any) -> None:
        super().build(input_shape)
        if legacy_keras():
            self.input_spec = InputSpec(shape=[None, *input_shape[1:]])
        else:
            self.input_spec = InputSpec(min_ndim=1, axes={-1: input_shape[-1]})
        for name in ("kernel", "embeddings"):
            if hasattr(self.layer, name):
                self.kernel = getattr(self.layer, name)
                break
        else:
            raise ValueError(f"{type(self.layer).__name__} object has no attribute 'kernel' nor 'embeddings'")
        self.kernel_shape = tuple(self.kernel.shape)
        self.vector_u = self.add_weight(
            name="vector_u",
            shape=(1, self.kernel_shape[-1]),
            initializer=initializers.TruncatedNormal(stddev=0.02),
            trainable=False,
            dtype=self.kernel.dtype,
        )

    def call(self, inputs: Any, training: Any = False) -> Any:
        in_training(training, self._normalize, lambda: None)
        out = self.layer(inputs)
        return out if legacy_keras() else cast(out, inputs.dtype)

    def _normalize(self) -> None:
        kernel, vector_u = _power_iteration(self.kernel, self.vector_u, self.power_iterations)
        self.kernel.assign(kernel)
        self.vector_u.assign(vector_u)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return self.layer.compute_output_shape(input_shape)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "power_iterations": self.power_iterations}
