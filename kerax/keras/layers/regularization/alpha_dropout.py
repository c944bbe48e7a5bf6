"""``keras.layers.AlphaDropout``: dropout that keeps mean and variance, for ``selu``."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras import random
from kerax.keras.layers.regularization._noise import RandomLayer, check_fraction, in_training

_SATURATION = -1.6732632423543772 * 1.0507009873554805  # what selu tends to


@op("inputs; drawn")
def _alpha_dropout(inputs, drawn, rate):
    kept = (drawn >= jnp.asarray(rate, drawn.dtype)).astype(inputs.dtype)
    a = ((1 - rate) * (1 + rate * _SATURATION**2)) ** -0.5
    low = jnp.asarray(_SATURATION, inputs.dtype)
    x = inputs * kept + low * (jnp.ones((), inputs.dtype) - kept)
    return jnp.asarray(a, inputs.dtype) * x + jnp.asarray(-a * _SATURATION * rate, inputs.dtype)


class AlphaDropout(RandomLayer):
    """In training, sets elements to what ``selu`` saturates at, then restores mean and variance.

    Args:
      rate: float, 0 to 1, the probability.
      noise_shape: tuple of int and None (the input's size), the shape of what is drawn.
      seed: int.

    Takes and returns floats of any shape.

    Source: https://arxiv.org/abs/1706.02515

    >>> import kerax as tf
    >>> tf.keras.layers.AlphaDropout(0.1)(tf.constant([1., 2.])).numpy()
    array([1., 2.], dtype=float32)
    """

    def __init__(self, rate: Any, noise_shape: Any = None, seed: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not legacy_keras():
            check_fraction("rate", rate)
        self.rate = rate
        self.seed = seed
        self.noise_shape = noise_shape
        if rate > 0 and not (legacy_keras() and rate >= 1):
            self._make_generator(seed)
        self.supports_masking = True
        self._build_at_init()

    def call(self, inputs: Any, training: Any = False) -> Any:
        if self.seed_generator is None:
            return inputs

        def noisy() -> Any:
            shape = tuple(inputs.shape)
            if self.noise_shape:
                noise = zip(self.noise_shape, [*shape, *[None] * len(self.noise_shape)], strict=False)
                shape = tuple(own if size is None else size for size, own in noise)
            return _alpha_dropout(inputs, random.uniform(shape, seed=self.seed_generator), self.rate)

        return in_training(training, noisy, lambda: inputs)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "rate": self.rate, "seed": self.seed}
