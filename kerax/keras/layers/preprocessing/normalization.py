"""``keras.layers.Normalization``."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np

import kerax.array_ops as tf
from kerax.core.config import legacy_keras
from kerax.core.tensor import is_tensor
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.settings import epsilon
from kerax.keras.layers.preprocessing._encoding import listed
from kerax.keras.layers.preprocessing.data_layer import PreprocessingLayer, batches, batches_of
from kerax.keras.training.batches import is_dataset
from kerax.math import maximum, sqrt


class Normalization(PreprocessingLayer):
    """Shifts and scales features to mean 0 and variance 1: ``(inputs - mean) / sqrt(variance)``.

    Args:
      axis: int or tuple of int, the axes with a mean and variance for each entry; None for one of all values.
      mean: float or array, by default computed by ``adapt``.
      variance: likewise; both or none.
      invert: bool, whether the layer undoes the scaling.

    >>> import kerax as tf
    >>> layer = tf.keras.layers.Normalization()
    >>> layer.adapt(np.array([[1.], [3.]], "float32"))
    >>> layer(tf.constant([[5.]])).numpy()
    array([[3.]], dtype=float32)
    """

    def __init__(
        self, axis: Any = -1, mean: Any = None, variance: Any = None, invert: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.axis = () if axis is None else (axis,) if isinstance(axis, int) else tuple(axis)
        self.input_mean, self.input_variance, self.invert = mean, variance, invert
        self._supports_masking = True
        self._keep_axis: Any = None
        self._built_for: Any = None
        self._fixed: Any = None
        if (mean is not None) != (variance is not None):
            raise ValueError(
                "When setting values directly, both `mean` and `variance` must be set. "
                f"Received: mean={mean} and variance={variance}"
            )
        if mean is not None and not legacy_keras():
            shapes = np.shape(mean), np.shape(variance)
            if shapes[0] != shapes[1]:
                raise ValueError(
                    "When setting values directly, `mean` and `variance` must have the same shape. "
                    f"Received: mean shape {shapes[0]} and variance shape {shapes[1]}"
                )
            if len(shapes[0]) > len(self.axis):
                raise ValueError(
                    f"The rank of `mean` must be less than or equal to the number of axes ({len(self.axis)}). "
                    f"Received: mean shape {shapes[0]} for axis {self.axis}"
                )

    def build(self, input_shape: Any) -> None:
        if input_shape is None:
            return
        ndim = len(input_shape)
        if any(a < -ndim or a >= ndim for a in self.axis):
            raise ValueError(
                "All `axis` values must be in the range [-ndim, ndim). "
                f"Received inputs with ndim={ndim}, while axis={self.axis}"
            )
        keep = tuple(sorted(a % ndim for a in self.axis))
        for a in keep:
            if input_shape[a] is None:
                raise ValueError(
                    "All `axis` values to be kept must have a known shape. "
                    f"Received axis={self.axis}, inputs.shape={input_shape}, with unknown axis at index {a}"
                )
        self._keep_axis, self._built_for = keep, tuple(input_shape)
        self._reduce_axis = tuple(a for a in range(ndim) if a not in keep)
        self._broadcast_shape = tuple(input_shape[a] if a in keep else 1 for a in range(ndim))
        shape = tuple(input_shape[a] for a in keep)
        if self.input_mean is None:
            self.adapt_mean = self.add_weight(name="mean", shape=shape, initializer="zeros", trainable=False)
            self.adapt_variance = self.add_weight(name="variance", shape=shape, initializer="ones", trainable=False)
            self.count = self.add_weight(name="count", shape=(), dtype="int64", initializer="zeros", trainable=False)
        else:
            self._fixed = tuple(self._spread(value, shape, ndim) for value in (self.input_mean, self.input_variance))

    def _spread(self, value: Any, shape: tuple[int, ...], ndim: int) -> Any:
        value = np.asarray(listed(value))
        if legacy_keras():
            return (value * np.ones(shape)).reshape(self._broadcast_shape)
        if value.ndim:
            sizes = [1] * ndim
            for i in range(1, value.ndim + 1):
                sizes[self._keep_axis[-i]] = value.shape[-i]
            value = value.reshape(sizes)
        return np.broadcast_to(value, self._broadcast_shape)

    def _statistic(self, index: int) -> Any:
        if self._fixed is not None:
            return to_tensor(self._fixed[index], self.compute_dtype)
        if self._keep_axis is None:
            return None
        weight = (self.adapt_mean, self.adapt_variance)[index]
        return to_tensor(tf.reshape(weight, self._broadcast_shape), self.compute_dtype)

    @property
    def mean(self) -> Any:
        """The mean, in a shape that broadcasts with the inputs; None before the layer is built."""
        return self._statistic(0)

    @property
    def variance(self) -> Any:
        """The variance, likewise."""
        return self._statistic(1)

    def adapt(self, data: Any, batch_size: int | None = None, steps: int | None = None) -> None:
        """Computes mean and variance from data.

        Args:
          data: array, tensor, dataset (the first component counts), PyDataset or iterable of batches.
          batch_size: int, the rows of a batch of an array in Keras 2.
          steps: int, the number of batches to read, None for all.

        Raises:
          ValueError: mean and variance were given, or the shape does not fit the built one.
          TypeError: something else.
        """
        if self.input_mean is not None:
            raise ValueError(
                "Cannot `adapt` a Normalization layer that is initialized with static `mean` and `variance`, you "
                f"passed mean {self.input_mean} and variance {self.input_variance}."
            )
        if legacy_keras():
            found: Any = batches(data, batch_size or 32, steps)
        else:
            if is_dataset(data) and len(_first_spec(data.element_spec).shape) <= 1:
                data = data.batch(128) if len(_first_spec(data.element_spec).shape) == 1 else data
            found = batches_of(data, steps, lists_too=True)
            if found is None:
                if not (isinstance(data, np.ndarray) or is_tensor(data) or hasattr(data, "__array__")):
                    raise TypeError(
                        f"Unsupported data type: {type(data)}. `adapt` supports `np.ndarray`, tensors, "
                        "`tf.data.Dataset`, `keras.utils.PyDataset`, and iterables of batches (e.g. list, generator)."
                    )
                found = iter([data])
        self._adapt_to(found, _first_spec(data.element_spec).shape if is_dataset(data) else None)
        self._adapted = True

    def _adapt_to(self, found: Any, shape: Any) -> None:
        first = next(found, None)
        if first is None:
            raise ValueError("adapt() received an empty iterable (no batches). Expected at least one batch.")
        first = first[0] if isinstance(first, tuple) else first
        if getattr(first, "shape", None) is None:
            raise TypeError(
                "adapt() expects an iterable that yields arrays or tensors with a `.shape` attribute (e.g. numpy "
                f"arrays or backend tensors). Got an element of type {type(first).__name__}. Ensure each yielded "
                "element is array-like with a `.shape` attribute."
            )
        if not self.built:
            known = not legacy_keras() and shape is not None and len(shape) == len(first.shape)
            self.build(tuple(shape) if known else (None, *first.shape[1:]) if legacy_keras() else tuple(first.shape))
        mean = np.zeros([self._broadcast_shape[a] for a in self._keep_axis])
        variance, count = mean, 0
        for batch in itertools.chain([first], found):
            values = np.asarray(batch[0] if isinstance(batch, tuple) else batch)
            self._check(values)
            values = values.astype("float32" if values.dtype.itemsize < 8 else "float64", copy=False)
            batch_mean = np.mean(values, axis=self._reduce_axis, dtype="float64")
            batch_variance = np.var(values, axis=self._reduce_axis, dtype="float64")
            size = math.prod(values.shape[a] for a in self._reduce_axis)
            count += size
            share = size / count
            new_mean = mean * (1 - share) + batch_mean * share
            variance = (variance + (mean - new_mean) ** 2) * (1 - share)
            variance = variance + (batch_variance + (batch_mean - new_mean) ** 2) * share
            mean = new_mean
        self.adapt_mean.assign(to_tensor(mean, self.adapt_mean.dtype))
        self.adapt_variance.assign(to_tensor(variance, self.adapt_variance.dtype))
        if legacy_keras():
            self.count.assign(np.int64(count))

    def _check(self, values: np.ndarray) -> None:
        if values.ndim != len(self._built_for) or any(values.shape[a] != self._built_for[a] for a in self._keep_axis):
            raise ValueError(
                f"The layer was built with input_shape={self._built_for}, but adapt() is being called with data with "
                f"an incompatible shape, data.shape={values.shape}"
            )

    def finalize_state(self) -> None:
        """Nothing is left to do: ``mean`` and ``variance`` are read from the weights."""

    def reset_state(self) -> None:
        """Forgets what ``adapt`` computed."""
        if self.input_mean is None and self.built:
            self.adapt_mean.assign(tf.zeros_like(self.adapt_mean))
            self.adapt_variance.assign(tf.ones_like(self.adapt_variance))
            self.count.assign(np.int64(0))

    def call(self, inputs: Any) -> Any:
        mean = self.mean
        if mean is None:
            raise ValueError("You must call `.build(input_shape)` on the layer before using it.")
        inputs = to_tensor(inputs, self.compute_dtype)
        deviation = maximum(sqrt(self.variance), to_tensor(epsilon(), self.compute_dtype))
        return mean + inputs * deviation if self.invert else (inputs - mean) / deviation

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "axis": self.axis,
            "invert": self.invert,
            "mean": _plain(self.input_mean),
            "variance": _plain(self.input_variance),
        }


def _first_spec(spec: Any) -> Any:
    return spec[0] if isinstance(spec, tuple) else spec


def _plain(value: Any) -> Any:
    return None if value is None else np.array(listed(value)).tolist()
