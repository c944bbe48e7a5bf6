"""TensorFlow 1's initializers: with a dtype of their own, and with its distributions and defaults."""

from __future__ import annotations

import math
from typing import Any

from kerax import linalg, random
from kerax.array_ops import ones as _ones
from kerax.array_ops import reshape, transpose
from kerax.array_ops import zeros as _zeros
from kerax.core import dtypes
from kerax.core.shape import TensorShape
from kerax.core.tensor import constant as _constant
from kerax.core.tensor import convert_to_tensor
from kerax.math import multiply, sign


class Initializer:
    """Base of the initializers: called with a shape, and with a dtype where their own is not meant."""

    dtype: Any = dtypes.float32

    def __call__(self, shape: Any, dtype: Any = None, partition_info: Any = None) -> Any:
        """A tensor of this shape.

        Args:
          shape: ints.
          dtype: None for the initializer's.
          partition_info: must be None.
        """
        if partition_info is not None:
            raise NotImplementedError("kerax does not have partitioned variables.")
        return self._values(TensorShape(shape).as_list(), self.dtype if dtype is None else dtypes.as_dtype(dtype))

    def _values(self, shape: list[int], dtype: Any) -> Any:
        raise NotImplementedError

    def get_config(self) -> dict[str, Any]:
        """The arguments of the constructor."""
        return {k: v.name if isinstance(v, dtypes.DType) else v for k, v in vars(self).items()}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        """An initializer with these arguments."""
        return cls(**config)


class zeros_initializer(Initializer):
    """Makes zeros."""

    def __init__(self, dtype: Any = dtypes.float32) -> None:
        self.dtype = dtypes.as_dtype(dtype)

    def _values(self, shape: list[int], dtype: Any) -> Any:
        return _zeros(shape, dtype)


class ones_initializer(zeros_initializer):
    """Makes ones."""

    def _values(self, shape: list[int], dtype: Any) -> Any:
        return _ones(shape, dtype)


class constant_initializer(Initializer):
    """Makes a given value.

    Args:
      value: number, or list or array with as many elements as the shape.
      verify_shape: must be False.
    """

    def __init__(self, value: Any = 0, dtype: Any = dtypes.float32, verify_shape: bool = False) -> None:
        self.value, self.dtype = value, dtypes.as_dtype(dtype)

    def _values(self, shape: list[int], dtype: Any) -> Any:
        return _constant(self.value, dtype, shape)


class identity(Initializer):
    """Makes a unit matrix, times ``gain``."""

    def __init__(self, gain: float = 1.0, dtype: Any = dtypes.float32) -> None:
        self.gain, self.dtype = gain, dtypes.as_dtype(dtype)

    def _values(self, shape: list[int], dtype: Any) -> Any:
        if len(shape) != 2:
            raise ValueError(f"Identity matrix initializer can only be used for 2D matrices. Received: shape={shape}")
        return multiply(convert_to_tensor(self.gain, dtype), linalg.eye(*shape, dtype=dtype))


class random_uniform_initializer(Initializer):
    """Makes equally distributed numbers from ``minval`` up to ``maxval`` (1 where None)."""

    def __init__(
        self, minval: Any = 0.0, maxval: Any = None, seed: int | None = None, dtype: Any = dtypes.float32
    ) -> None:
        self.minval, self.maxval, self.seed, self.dtype = minval, maxval, seed, dtypes.as_dtype(dtype)

    def _values(self, shape: list[int], dtype: Any) -> Any:
        return random.uniform(shape, self.minval, self.maxval, dtype, seed=self.seed)


class random_normal_initializer(Initializer):
    """Makes normally distributed numbers."""

    def __init__(
        self, mean: Any = 0.0, stddev: Any = 1.0, seed: int | None = None, dtype: Any = dtypes.float32
    ) -> None:
        self.mean, self.stddev, self.seed, self.dtype = mean, stddev, seed, dtypes.as_dtype(dtype)

    def _values(self, shape: list[int], dtype: Any) -> Any:
        return random.normal(shape, self.mean, self.stddev, dtype, seed=self.seed)


class truncated_normal_initializer(random_normal_initializer):
    """Makes normally distributed numbers that are at most two standard deviations from the mean."""

    def _values(self, shape: list[int], dtype: Any) -> Any:
        return random.truncated_normal(shape, self.mean, self.stddev, dtype, seed=self.seed)


class uniform_unit_scaling_initializer(Initializer):
    """Makes equally distributed numbers that keep the scale of a layer's input: ``±factor √(3 / inputs)``."""

    def __init__(self, factor: float = 1.0, seed: int | None = None, dtype: Any = dtypes.float32) -> None:
        self.factor, self.seed, self.dtype = factor, seed, dtypes.as_dtype(dtype)

    def _values(self, shape: list[int], dtype: Any) -> Any:
        limit = math.sqrt(3 / max(float(math.prod(shape[:-1])), 1.0)) * self.factor
        return random.uniform(shape, -limit, limit, dtype, seed=self.seed)


class variance_scaling_initializer(Initializer):
    """Makes numbers whose variance is ``scale`` over the number of a layer's inputs, outputs, or their mean.

    Args:
      scale: float, positive.
      mode: "fan_in", "fan_out" or "fan_avg".
      distribution: "truncated_normal" (also "normal"), "untruncated_normal" or "uniform".
    """

    def __init__(
        self,
        scale: float = 1.0,
        mode: str = "fan_in",
        distribution: str = "truncated_normal",
        seed: int | None = None,
        dtype: Any = dtypes.float32,
    ) -> None:
        if scale <= 0.0:
            raise ValueError(f"Argument `scale` must be a positive float. Received: {scale}")
        if mode not in ("fan_in", "fan_out", "fan_avg"):
            raise ValueError(f"Argument `mode` should be one of ('fan_in', 'fan_out', 'fan_avg'). Received: {mode}")
        if distribution not in ("normal", "uniform", "truncated_normal", "untruncated_normal"):
            raise ValueError(f"Argument `distribution` is not known. Received: {distribution}")
        self.scale, self.mode, self.distribution = scale, mode, distribution
        self.seed, self.dtype = seed, dtypes.as_dtype(dtype)

    def _values(self, shape: list[int], dtype: Any) -> Any:
        from kerax.keras.initializers.random import compute_fans

        inputs, outputs = compute_fans(shape)
        share = {"fan_in": inputs, "fan_out": outputs, "fan_avg": (inputs + outputs) / 2.0}[self.mode]
        variance = self.scale / max(1.0, share)
        if self.distribution == "uniform":
            limit = math.sqrt(3.0 * variance)
            return random.uniform(shape, -limit, limit, dtype, seed=self.seed)
        if self.distribution == "untruncated_normal":
            return random.normal(shape, 0.0, math.sqrt(variance), dtype, seed=self.seed)
        # what is left of a normal distribution within two standard deviations has this standard deviation
        return random.truncated_normal(shape, 0.0, math.sqrt(variance) / 0.87962566103423978, dtype, seed=self.seed)


class glorot_uniform_initializer(variance_scaling_initializer):
    """Makes equally distributed numbers of variance ``2 / (inputs + outputs)``."""

    def __init__(self, seed: int | None = None, dtype: Any = dtypes.float32) -> None:
        super().__init__(1.0, "fan_avg", "uniform", seed, dtype)

    def get_config(self) -> dict[str, Any]:
        return {"seed": self.seed, "dtype": self.dtype.name}


class glorot_normal_initializer(glorot_uniform_initializer):
    """Makes normally distributed numbers of variance ``2 / (inputs + outputs)``."""

    def __init__(self, seed: int | None = None, dtype: Any = dtypes.float32) -> None:
        super().__init__(seed, dtype)
        self.distribution = "truncated_normal"


class orthogonal_initializer(Initializer):
    """Makes a matrix with orthogonal rows or columns, times ``gain``."""

    def __init__(self, gain: float = 1.0, seed: int | None = None, dtype: Any = dtypes.float32) -> None:
        self.gain, self.seed, self.dtype = gain, seed, dtypes.as_dtype(dtype)

    def _values(self, shape: list[int], dtype: Any) -> Any:
        if len(shape) < 2:
            raise ValueError(
                "The tensor to initialize, specified by argument `shape` must be at least two-dimensional. "
                f"Received shape={shape}"
            )
        rows, columns = math.prod(shape[:-1]), shape[-1]
        drawn = random.normal([max(rows, columns), min(rows, columns)], dtype=dtype, seed=self.seed)
        basis, triangle = linalg.qr(drawn, full_matrices=False)
        basis = multiply(basis, sign(linalg.diag_part(triangle)))
        return multiply(
            convert_to_tensor(self.gain, dtype), reshape(transpose(basis) if rows < columns else basis, shape)
        )


def _scaled(scale: float, mode: str, distribution: str) -> Any:
    def initializer(seed: int | None = None) -> variance_scaling_initializer:
        return variance_scaling_initializer(scale, mode, distribution, seed)

    initializer.__doc__ = f"`variance_scaling_initializer` with {scale}, {mode!r} and {distribution!r}."
    return initializer


he_normal, he_uniform = _scaled(2.0, "fan_in", "truncated_normal"), _scaled(2.0, "fan_in", "uniform")
lecun_normal, lecun_uniform = _scaled(1.0, "fan_in", "truncated_normal"), _scaled(1.0, "fan_in", "uniform")
