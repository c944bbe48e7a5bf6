"""``keras.layers.GaussianNoise`` and ``GaussianDropout``."""

from __future__ import annotations

import math
from typing import Any

from kerax.core.config import legacy_keras
from kerax.keras import random
from kerax.keras.layers.regularization._noise import RandomLayer, check_fraction, in_training


class GaussianNoise(RandomLayer):
    """In training, adds normal noise of mean 0.

    Args:
      stddev: float, 0 to 1, the standard deviation.
      seed: int.

    Takes and returns floats of any shape.

    >>> import kerax as tf
    >>> tf.keras.layers.GaussianNoise(0.1)(tf.constant([1., 2.])).numpy()
    array([1., 2.], dtype=float32)
    """

    def __init__(self, stddev: Any, seed: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not legacy_keras():
            check_fraction("stddev", stddev)
        self.stddev = stddev
        self.seed = seed
        if stddev > 0:
            self._make_generator(seed)
        self.supports_masking = True
        self._build_at_init()

    def call(self, inputs: Any, training: Any = False) -> Any:
        if self.seed_generator is None:
            return inputs
        dtype = inputs.dtype if legacy_keras() else self.compute_dtype
        return in_training(
            training,
            lambda: inputs + random.normal(inputs.shape, 0.0, self.stddev, dtype=dtype, seed=self.seed_generator),
            lambda: inputs,
        )

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "stddev": self.stddev, "seed": self.seed}


class GaussianDropout(RandomLayer):
    """In training, multiplies by normal noise of mean 1 and standard deviation ``sqrt(rate / (1 - rate))``.

    Args:
      rate: float, 0 to 1.
      seed: int.

    Takes and returns floats of any shape.

    Source: https://jmlr.org/papers/v15/srivastava14a.html

    >>> import kerax as tf
    >>> tf.keras.layers.GaussianDropout(0.1)(tf.constant([1., 2.])).numpy()
    array([1., 2.], dtype=float32)
    """

    def __init__(self, rate: Any, seed: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not legacy_keras():
            check_fraction("rate", rate)
        self.rate = rate
        self.seed = seed
        if rate > 0 and not (legacy_keras() and rate >= 1):
            self._make_generator(seed)
        self.supports_masking = True
        self._build_at_init()

    def call(self, inputs: Any, training: Any = False) -> Any:
        if self.seed_generator is None:
            return inputs
        dtype = inputs.dtype if legacy_keras() else self.compute_dtype

        def noisy() -> Any:
            stddev = math.sqrt(self.rate / (1.0 - self.rate))
            return inputs * random.normal(inputs.shape, 1.0, stddev, dtype=dtype, seed=self.seed_generator)

        return in_training(training, noisy, lambda: inputs)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "rate": self.rate, "seed": self.seed}
