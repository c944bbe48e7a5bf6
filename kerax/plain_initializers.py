"""``tf.zeros_initializer`` and its like: TensorFlow's own initializers, beside those of Keras."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax import random
from kerax.array_ops import ones, zeros
from kerax.core import dtypes
from kerax.core.tensor import constant


def _plain(kwargs: dict[str, Any]) -> None:
    unknown = set(kwargs) - {"partition_shape", "partition_offset", "layout"}
    if unknown:
        raise TypeError(
            f"Keyword argument should be one of ['partition_shape', 'partition_offset', 'layout']. Received: "
            f"{sorted(unknown)[0]}"
        )


def _shape(shape: Any, kwargs: dict[str, Any]) -> Any:
    """The shape to fill: that of a part of a variable where one is given."""
    _plain(kwargs)
    return kwargs.get("partition_shape") or shape


def _numeric(dtype: Any) -> dtypes.DType:
    kind = dtypes.as_dtype(dtype)
    if not (kind.is_numeric or kind.is_bool):
        raise ValueError(f"Argument `dtype` expected to be numeric or boolean. Received {kind}.")
    return kind


def _floating(dtype: Any) -> dtypes.DType:
    kind = dtypes.as_dtype(dtype)
    if not kind.is_floating:
        raise ValueError(f"Argument `dtype` is expected to be floating point. Received: {kind}.")
    return kind


class _Initializer:
    """Base of the initializers: called with a shape and a dtype."""

    def get_config(self) -> dict[str, Any]:
        """The arguments of the constructor."""
        return {}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        """An initializer with these arguments."""
        config = dict(config)
        config.pop("dtype", None)
        return cls(**config)


class Zeros(_Initializer):
    """Makes zeros.

    >>> import kerax as tf
    >>> tf.zeros_initializer()([2]).numpy()
    array([0., 0.], dtype=float32)
    """

    def __call__(self, shape: Any, dtype: Any = dtypes.float32, **kwargs: Any) -> Any:
        return zeros(_shape(shape, kwargs), _numeric(dtype))


class Ones(_Initializer):
    """Makes ones.

    >>> import kerax as tf
    >>> tf.ones_initializer()([2]).numpy()
    array([1., 1.], dtype=float32)
    """

    def __call__(self, shape: Any, dtype: Any = dtypes.float32, **kwargs: Any) -> Any:
        return ones(_shape(shape, kwargs), _numeric(dtype))


class Constant(_Initializer):
    """Makes a given value.

    Args:
      value: number, or list or array with as many elements as the shape.
      support_partition: bool, whether parts of a variable may be made.

    >>> import kerax as tf
    >>> tf.constant_initializer(0.5)([2]).numpy()
    array([0.5, 0.5], dtype=float32)
    """

    def __init__(self, value: Any = 0, support_partition: bool = False) -> None:
        if not (np.isscalar(value) or isinstance(value, (list, tuple, np.ndarray))):
            raise TypeError(
                f"Invalid type for initial value: {type(value).__name__}. Expected a scalar, list or array."
            )
        self.value, self.support_partition = value, support_partition

    def __call__(self, shape: Any, dtype: Any = None, **kwargs: Any) -> Any:
        _plain(kwargs)
        if kwargs.get("partition_shape") is not None and not self.support_partition:
            raise ValueError("constant_initializer makes parts of a variable only with support_partition=True.")
        return constant(self.value, None if dtype is None else dtypes.as_dtype(dtype), _shape(shape, kwargs))

    def get_config(self) -> dict[str, Any]:
        return {"value": self.value}


class RandomNormal(_Initializer):
    """Makes normally distributed numbers.

    Args:
      mean, stddev: floats.
      seed: int or None.
    """

    def __init__(self, mean: Any = 0.0, stddev: Any = 0.05, seed: int | None = None) -> None:
        self.mean, self.stddev, self.seed = mean, stddev, seed

    def __call__(self, shape: Any, dtype: Any = dtypes.float32, **kwargs: Any) -> Any:
        return random.normal(_shape(shape, kwargs), self.mean, self.stddev, _floating(dtype), self.seed)

    def get_config(self) -> dict[str, Any]:
        return {"mean": self.mean, "stddev": self.stddev, "seed": self.seed}


class RandomUniform(_Initializer):
    """Makes equally distributed numbers.

    Args:
      minval, maxval: floats, or ints for integer dtypes: the range.
      seed: int or None.
    """

    def __init__(self, minval: Any = -0.05, maxval: Any = 0.05, seed: int | None = None) -> None:
        self.minval, self.maxval, self.seed = minval, maxval, seed

    def __call__(self, shape: Any, dtype: Any = dtypes.float32, **kwargs: Any) -> Any:
        kind = dtypes.as_dtype(dtype)
        if not (kind.is_floating or kind.is_integer):
            raise ValueError(f"Argument `dtype` is expected to be numeric. Received: {kind}.")
        return random.uniform(_shape(shape, kwargs), self.minval, self.maxval, kind, self.seed)

    def get_config(self) -> dict[str, Any]:
        return {"minval": self.minval, "maxval": self.maxval, "seed": self.seed}
