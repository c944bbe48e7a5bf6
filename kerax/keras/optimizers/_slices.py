"""Gradients of gathered rows in an optimizer's rule, as Keras 3 treats TensorFlow's ``tf.IndexedSlices``.

What a rule computes of the gradient alone is computed row by row, before rows that were gathered several times are
added: the square of such a row is the sum of its parts' squares.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax.numpy as jnp


class Slices:
    """Rows of a gradient; beside other arrays it stands for the whole.

    Args:
      values: array [n, ...].
      indices: int array [n], the rows; those outside count for nothing.
      shape: the whole's shape.
    """

    def __init__(self, values: Any, indices: Any, shape: tuple[int, ...]) -> None:
        self.values, self.indices, self.shape = values, indices, shape

    @property
    def dtype(self) -> Any:
        return self.values.dtype

    def map(self, fn: Callable[[Any], Any]) -> Slices:
        """The same rows with a function applied to their values."""
        return Slices(fn(self.values), self.indices, self.shape)

    def dense(self) -> Any:
        """The whole, as an array."""
        place = jnp.zeros(self.shape, self.dtype).at[self.indices]
        return place.add(self.values, mode="drop", wrap_negative_indices=False)


def each(fn: Callable[[Any], Any], gradient: Any) -> Any:
    """A function of single elements applied to a gradient; of slices, to their values."""
    return gradient.map(fn) if isinstance(gradient, Slices) else fn(gradient)


def dense(gradient: Any) -> Any:
    """A gradient as one array."""
    return gradient.dense() if isinstance(gradient, Slices) else gradient


def square(gradient: Any) -> Any:
    """The squares of a gradient, as one array."""
    return dense(each(jnp.square, gradient))
