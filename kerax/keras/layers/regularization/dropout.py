"""``keras.layers.Dropout`` and its spatial forms, which drop whole channels."""

from __future__ import annotations

from typing import Any

from kerax.array_ops import identity
from kerax.core.config import legacy_keras
from kerax.keras import random
from kerax.keras.engine.input_spec import InputSpec
from kerax.keras.engine.settings import standardize_data_format
from kerax.keras.layers.regularization._noise import RandomLayer, check_fraction, in_training


class Dropout(RandomLayer):
    """In training, zeroes each element with probability ``rate`` and scales the others by ``1 / (1 - rate)``.

    Args:
      rate: float, 0 to 1.
      noise_shape: tuple of int and None (the input's size), the shape of what is drawn, broadcast over the input.
      seed: int.

    Takes and returns floats of any shape; called with ``training=False`` it returns its input.

    Raises:
      ValueError: a rate or a noise shape out of range.

    Source: https://jmlr.org/papers/v15/srivastava14a.html

    >>> import kerax as tf
    >>> tf.keras.layers.Dropout(0.5)(tf.constant([1., 2.])).numpy()
    array([1., 2.], dtype=float32)
    """

    def __init__(self, rate: Any, noise_shape: Any = None, seed: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not legacy_keras() or isinstance(rate, (int, float)):
            check_fraction("rate", rate)
        self.rate = rate
        self.seed = seed
        self.noise_shape = noise_shape if legacy_keras() else _checked_noise_shape(noise_shape)
        if not isinstance(rate, (int, float)) or rate > 0:
            self._make_generator(seed)
        self.supports_masking = True
        self._build_at_init()

    def _get_noise_shape(self, inputs: Any) -> Any:
        return self.noise_shape

    def call(self, inputs: Any, training: Any = False) -> Any:
        plain = identity(inputs) if legacy_keras() else inputs
        if self.seed_generator is None:
            return plain
        return in_training(
            training,
            lambda: random.dropout(
                inputs, self.rate, noise_shape=self._get_noise_shape(inputs), seed=self.seed_generator
            ),
            lambda: plain,
        )

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        config = {**super().get_config(), "rate": self.rate}
        if legacy_keras():
            return {**config, "noise_shape": self.noise_shape, "seed": self.seed}
        return {**config, "seed": self.seed, "noise_shape": self.noise_shape}


def _checked_noise_shape(noise_shape: Any) -> Any:
    if noise_shape is None:
        return None
    if isinstance(noise_shape, str):
        raise ValueError(
            "Invalid value received for argument `noise_shape`. Expected a tuple or list of integers. "
            f"Received: noise_shape={noise_shape}"
        )
    if not hasattr(noise_shape, "__iter__"):
        raise ValueError(
            "Invalid value received for argument `noise_shape`. Expected an iterable of integers (e.g., a tuple or "
            f"list). Received: noise_shape={noise_shape}"
        )
    noise_shape = tuple(noise_shape)
    for index, size in enumerate(noise_shape):
        if size is None:
            continue
        if not isinstance(size, int):
            raise ValueError(
                "Invalid value received for argument `noise_shape`. Expected all elements to be integers or None. "
                f"Received element at index {index}: {size} (type: {type(size).__name__})"
            )
        if size <= 0:
            raise ValueError(
                "Invalid value received for argument `noise_shape`. Expected all dimensions to be positive integers or "
                f"None. Received negative or zero value at index {index}: {size}"
            )
    return noise_shape


class _SpatialDropout(Dropout):
    """Dropout of whole channels: one draw for all positions."""

    _rank = 1
    data_format = "channels_last"

    def __init__(self, rate: Any, seed: Any = None, name: Any = None, dtype: Any = None, **kwargs: Any) -> None:
        if kwargs and not legacy_keras():
            name = next(iter(kwargs))
            raise TypeError(f"{type(self).__name__}.__init__() got an unexpected keyword argument {name!r}")
        super().__init__(rate, seed=seed, name=name, dtype=dtype, **kwargs)
        self.input_spec = InputSpec(ndim=self._rank + 2)

    def _get_noise_shape(self, inputs: Any) -> Any:
        if self.data_format == "channels_first":
            return (inputs.shape[0], inputs.shape[1], *[1] * self._rank)
        return (inputs.shape[0], *[1] * self._rank, inputs.shape[-1])

    def get_config(self) -> dict[str, Any]:
        if legacy_keras():
            return super().get_config()
        return {"rate": self.rate, "seed": self.seed, "name": self.name, "dtype": self.dtype}


class SpatialDropout1D(_SpatialDropout):
    """In training, zeroes whole channels of a sequence with probability ``rate``; see ``Dropout``.

    Args:
      rate: float, 0 to 1.
      seed: int.
      name: str.
      dtype: dtype or dtype policy.

    Takes and returns floats ``[batch, time, channels]``.

    >>> import kerax as tf
    >>> tf.keras.layers.SpatialDropout1D(0.5)(tf.ones((1, 2, 1))).numpy().ravel()
    array([1., 1.], dtype=float32)
    """

    _rank = 1


class SpatialDropout2D(_SpatialDropout):
    """In training, zeroes whole channels of images with probability ``rate``; see ``Dropout``.

    Args:
      rate: float, 0 to 1.
      data_format: "channels_last" or "channels_first".
      seed: int.
      name: str.
      dtype: dtype or dtype policy.

    Takes and returns floats ``[batch, height, width, channels]``, or channels first.

    >>> import kerax as tf
    >>> tf.keras.layers.SpatialDropout2D(0.5)(tf.ones((1, 1, 2, 1))).numpy().ravel()
    array([1., 1.], dtype=float32)
    """

    _rank = 2

    def __init__(
        self, rate: Any, data_format: Any = None, seed: Any = None, name: Any = None, dtype: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(rate, seed=seed, name=name, dtype=dtype, **kwargs)
        self.data_format = standardize_data_format(data_format)

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        return config if legacy_keras() else {**config, "data_format": self.data_format}


class SpatialDropout3D(SpatialDropout2D):
    """In training, zeroes whole channels of volumes with probability ``rate``; see ``Dropout``.

    Args:
      rate: float, 0 to 1.
      data_format: "channels_last" or "channels_first".
      seed: int.
      name: str.
      dtype: dtype or dtype policy.

    Takes and returns floats ``[batch, d1, d2, d3, channels]``, or channels first.

    >>> import kerax as tf
    >>> tf.keras.layers.SpatialDropout3D(0.5)(tf.ones((1, 1, 1, 2, 1))).numpy().ravel()
    array([1., 1.], dtype=float32)
    """

    _rank = 3
