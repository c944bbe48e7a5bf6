"""Initializers that draw random numbers; one object with a seed draws the same numbers at every call."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.array_ops._known import known
from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.keras.engine.seeds import make_default_seed, seed_pair
from kerax.keras.engine.settings import standardize_dtype
from kerax.keras.initializers.constant import as_shape
from kerax.keras.initializers.initializer import Initializer
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object
from kerax.random.stateless import stateless_normal, stateless_truncated_normal, stateless_uniform


class RandomInitializer(Initializer):
    """The base of the random initializers.

    Args:
      seed: int, ``keras.random.SeedGenerator``, or None for a seed of python's ``random``.
    """

    def __init__(self, seed: Any = None) -> None:
        self._init_seed = seed
        if seed is None:
            seed = None if legacy_keras() else make_default_seed()
        elif isinstance(seed, dict):
            seed = deserialize_keras_object(seed)
        elif not isinstance(seed, int) and not hasattr(seed, "next"):
            raise ValueError(
                "`seed` argument should be an instance of `keras.random.SeedGenerator()` or an integer. "
                f"Received: seed={seed}"
            )
        self.seed = seed
        self._drawn: int | None = None

    def _seeds(self) -> Any:
        """The seeds of a draw; Keras 2 draws one of its own when it is first needed."""
        if self.seed is None and self._drawn is None:
            self._drawn = make_default_seed()
        return seed_pair(self._drawn if self.seed is None else self.seed)

    def get_config(self) -> dict[str, Any]:
        return self._config()

    def _config(self, **own: Any) -> dict[str, Any]:
        seed = {"seed": serialize_keras_object(self._init_seed)}
        return {**own, **seed} if legacy_keras() else {**seed, **own}

    def _normal(self, shape: Any, mean: Any, stddev: Any, dtype: Any) -> Any:
        return stateless_normal(as_shape(shape), self._seeds(), mean, stddev, standardize_dtype(dtype))

    def _truncated(self, shape: Any, mean: Any, stddev: Any, dtype: Any) -> Any:
        return stateless_truncated_normal(as_shape(shape), self._seeds(), mean, stddev, standardize_dtype(dtype))

    def _uniform(self, shape: Any, low: Any, high: Any, dtype: Any) -> Any:
        return stateless_uniform(as_shape(shape), self._seeds(), low, high, standardize_dtype(dtype))


class RandomNormal(RandomInitializer):
    """Numbers of the normal distribution.

    Args:
      mean: float.
      stddev: float.
      seed: int, ``SeedGenerator`` or None.

    >>> import kerax as tf
    >>> tf.keras.initializers.RandomNormal(seed=1)((2, 3)).shape
    TensorShape([2, 3])
    """

    def __init__(self, mean: Any = 0.0, stddev: Any = 0.05, seed: Any = None) -> None:
        self.mean = mean
        self.stddev = stddev
        super().__init__(seed=seed)

    def __call__(self, shape: Any, dtype: Any = None, **kwargs: Any) -> Any:
        return self._normal(shape, self.mean, self.stddev, dtype)

    def get_config(self) -> dict[str, Any]:
        return self._config(mean=self.mean, stddev=self.stddev)


class TruncatedNormal(RandomNormal):
    """Numbers of the normal distribution less than two standard deviations from the mean.

    Args:
      mean: float.
      stddev: float, before the truncation.
      seed: int, ``SeedGenerator`` or None.
    """

    def __call__(self, shape: Any, dtype: Any = None, **kwargs: Any) -> Any:
        return self._truncated(shape, self.mean, self.stddev, dtype)


class RandomUniform(RandomInitializer):
    """Numbers of the uniform distribution.

    Args:
      minval: float, the lowest value.
      maxval: float, the end of the range.
      seed: int, ``SeedGenerator`` or None.
    """

    def __init__(self, minval: Any = -0.05, maxval: Any = 0.05, seed: Any = None) -> None:
        self.minval = minval
        self.maxval = maxval
        super().__init__(seed=seed)

    def __call__(self, shape: Any, dtype: Any = None, **kwargs: Any) -> Any:
        return self._uniform(shape, self.minval, self.maxval, dtype)

    def get_config(self) -> dict[str, Any]:
        return self._config(minval=self.minval, maxval=self.maxval)


def compute_fans(shape: Any, input_axes: Any = None, output_axes: Any = None) -> tuple[int, int]:
    """The numbers of input and output units of a weight of some shape.

    Args:
      shape: tuple of int; by default the last two axes are inputs and outputs, those before a kernel's window.
      input_axes, output_axes: lists of int, in place of the default.
    """
    shape = tuple(shape)
    if input_axes is not None and output_axes is not None:
        return math.prod(int(shape[a]) for a in input_axes), math.prod(int(shape[a]) for a in output_axes)
    if len(shape) < 1:
        return 1, 1
    if len(shape) == 1:
        return int(shape[0]), int(shape[0])
    window = math.prod(int(size) for size in shape[:-2])
    return int(shape[-2]) * window, int(shape[-1]) * window


class VarianceScaling(RandomInitializer):
    """Numbers whose variance is ``scale / n``, ``n`` the number of units.

    Args:
      scale: float > 0.
      mode: what ``n`` is: "fan_in" (inputs), "fan_out" (outputs) or "fan_avg" (their mean).
      distribution: "truncated_normal", "untruncated_normal" or "uniform".
      seed: int, ``SeedGenerator`` or None.
      input_axes, output_axes: lists of int, which axes count as inputs and outputs.

    Raises:
      ValueError: wrong arguments.

    >>> import kerax as tf
    >>> tf.keras.initializers.VarianceScaling(2., "fan_out", "uniform", seed=1)((2, 3)).shape
    TensorShape([2, 3])
    """

    def __init__(
        self,
        scale: float = 1.0,
        mode: str = "fan_in",
        distribution: str = "truncated_normal",
        seed: Any = None,
        input_axes: Sequence[int] | None = None,
        output_axes: Sequence[int] | None = None,
    ) -> None:
        if scale <= 0.0:
            raise ValueError(f"Argument `scale` must be positive float. Received: scale={scale}")
        modes = {"fan_in", "fan_out", "fan_avg"}
        if mode not in modes:
            raise ValueError(f"Invalid `mode` argument: {mode}. Please use one of {modes}")
        distribution = distribution.lower()
        if distribution == "normal":
            distribution = "truncated_normal"
        distributions = {"uniform", "truncated_normal", "untruncated_normal"}
        if distribution not in distributions:
            raise ValueError(f"Invalid `distribution` argument: {distribution}. Please use one of {distributions}")
        self.scale = scale
        self.mode = mode
        self.distribution = distribution
        self.input_axes = input_axes
        self.output_axes = output_axes
        super().__init__(seed=seed)

    def __call__(self, shape: Any, dtype: Any = None, **kwargs: Any) -> Any:
        fan_in, fan_out = compute_fans(shape, self.input_axes, self.output_axes)
        units = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2.0}[self.mode]
        variance = self.scale / max(1.0, units)
        if self.distribution == "truncated_normal":
            # the standard deviation of a normal distribution truncated at two of its own
            return self._truncated(shape, 0.0, math.sqrt(variance) / 0.87962566103423978, dtype)
        if self.distribution == "untruncated_normal":
            return self._normal(shape, 0.0, math.sqrt(variance), dtype)
        limit = math.sqrt(3.0 * variance)
        return self._uniform(shape, -limit, limit, dtype)

    def get_config(self) -> dict[str, Any]:
        return self._config(scale=self.scale, mode=self.mode, distribution=self.distribution, **self._axes())

    def _axes(self) -> dict[str, Any]:
        return {} if legacy_keras() else {"input_axes": self.input_axes, "output_axes": self.output_axes}


class _Preset(VarianceScaling):
    _scale, _mode, _distribution = 1.0, "fan_in", "uniform"

    def __init__(self, seed: Any = None, input_axes: Any = None, output_axes: Any = None) -> None:
        super().__init__(
            scale=self._scale,
            mode=self._mode,
            distribution=self._distribution,
            seed=seed,
            input_axes=input_axes,
            output_axes=output_axes,
        )

    def get_config(self) -> dict[str, Any]:
        return self._config(**self._axes())


class GlorotUniform(_Preset):
    """Uniform in ±sqrt(6 / (inputs + outputs)) (Glorot & Bengio, 2010).

    Args:
      seed: int, ``SeedGenerator`` or None.
      input_axes, output_axes: lists of int, which axes count as inputs and outputs.

    >>> import kerax as tf
    >>> tf.keras.initializers.GlorotUniform(seed=1)((2, 3)).shape
    TensorShape([2, 3])
    """

    _scale, _mode, _distribution = 1.0, "fan_avg", "uniform"


class GlorotNormal(_Preset):
    """Truncated normal of deviation sqrt(2 / (inputs + outputs)). See ``GlorotUniform`` for the arguments."""

    _scale, _mode, _distribution = 1.0, "fan_avg", "truncated_normal"


class LecunNormal(_Preset):
    """Truncated normal of deviation sqrt(1 / inputs). See ``GlorotUniform`` for the arguments."""

    _scale, _mode, _distribution = 1.0, "fan_in", "truncated_normal"


class LecunUniform(_Preset):
    """Uniform in ±sqrt(3 / inputs). See ``GlorotUniform`` for the arguments."""

    _scale, _mode, _distribution = 1.0, "fan_in", "uniform"


class HeNormal(_Preset):
    """Truncated normal of deviation sqrt(2 / inputs) (He et al., 2015). See ``GlorotUniform`` for the arguments."""

    _scale, _mode, _distribution = 2.0, "fan_in", "truncated_normal"


class HeUniform(_Preset):
    """Uniform in ±sqrt(6 / inputs) (He et al., 2015). See ``GlorotUniform`` for the arguments."""

    _scale, _mode, _distribution = 2.0, "fan_in", "uniform"


def _orthogonal(normal: Any, gain: float, shape: tuple[int, ...], transpose: bool, xp: Any) -> Any:
    """An orthogonal matrix of a normal one, by numpy or ``jax.numpy``."""
    q, r = xp.linalg.qr(normal.astype(jnp.promote_types(normal.dtype, jnp.float32)))
    q = q * xp.sign(xp.diagonal(r))
    if transpose:
        q = q.T
    return (gain * q.reshape(shape)).astype(normal.dtype)


@op("normal")
def _traced_orthogonal(normal, gain, shape, transpose):
    return _orthogonal(normal, gain, shape, transpose, jnp)


class Orthogonal(RandomInitializer):
    """A matrix with orthogonal rows or columns; more axes are flattened into the first.

    Args:
      gain: float, a factor.
      seed: int, ``SeedGenerator`` or None.

    Raises:
      ValueError: a shape of rank below 2.
    """

    def __init__(self, gain: float = 1.0, seed: Any = None) -> None:
        self.gain = gain
        super().__init__(seed=seed)

    def __call__(self, shape: Any, dtype: Any = None, **kwargs: Any) -> Any:
        shape = as_shape(shape)
        if len(shape) < 2:
            raise ValueError(
                "The tensor to initialize must be at least two-dimensional. "
                f"Received: shape={shape} of rank {len(shape)}."
            )
        rows, columns = math.prod(shape[:-1]), shape[-1]
        normal = self._normal((max(rows, columns), min(rows, columns)), 0.0, 1.0, dtype)
        values = known(normal)
        if values is None:
            return _traced_orthogonal(normal, float(self.gain), shape, rows < columns)
        return convert_to_tensor(_orthogonal(values, float(self.gain), shape, rows < columns, np))  # nothing to compile

    def get_config(self) -> dict[str, Any]:
        return self._config(gain=self.gain)
