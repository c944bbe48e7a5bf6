"""``keras.layers.Add``, ``Subtract``, ``Multiply`` and ``Average``, and their functions."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras.layers.merging.base import Merge, same_dtype
from kerax.keras.layers.merging.masked import mask_of, product


@op("inputs*")
def _added(inputs):
    total = inputs[0]
    for x in inputs[1:]:
        total = total + x
    return total


@op("inputs*")
def _averaged(inputs):
    total = _added.pure(inputs)
    if not jnp.issubdtype(total.dtype, jnp.inexact):
        total = total.astype(jnp.float32 if total.dtype.itemsize < 4 else jnp.float64)
    return total / jnp.asarray(len(inputs), total.dtype)


@op("inputs*")
def _multiplied(inputs):
    total = inputs[0]
    for x in inputs[1:]:
        total = total * x
    return total


@op("x, y")
def _subtracted(x, y):
    return x - y


class Add(Merge):
    """The sum of a list of inputs of shapes that broadcast.

    >>> import kerax as tf
    >>> tf.keras.layers.Add()([tf.constant([1.]), tf.constant([2.])]).numpy()
    array([3.], dtype=float32)
    """

    def _merge_function(self, inputs: list[Any]) -> Any:
        return _added(same_dtype(inputs))


class Average(Merge):
    """The mean of a list of inputs of shapes that broadcast.

    >>> import kerax as tf
    >>> tf.keras.layers.Average()([tf.constant([1.]), tf.constant([2.])]).numpy()
    array([1.5], dtype=float32)
    """

    def _merge_function(self, inputs: list[Any]) -> Any:
        return _averaged(same_dtype(inputs))


class Multiply(Merge):
    """The product of a list of inputs of shapes that broadcast; what is masked counts as 1 (Keras 3).

    >>> import kerax as tf
    >>> tf.keras.layers.Multiply()([tf.constant([3.]), tf.constant([2.])]).numpy()
    array([6.], dtype=float32)
    """

    def _merge_function(self, inputs: list[Any]) -> Any:
        masks = [mask_of(x) for x in inputs]
        if legacy_keras() or all(mask is None for mask in masks):
            return _multiplied(same_dtype(inputs))
        return product(same_dtype(inputs), masks)


class Subtract(Merge):
    """The difference of two inputs of shapes that broadcast.

    Raises:
      ValueError: not two inputs.

    >>> import kerax as tf
    >>> tf.keras.layers.Subtract()([tf.constant([3.]), tf.constant([2.])]).numpy()
    array([1.], dtype=float32)
    """

    def build(self, input_shape: Any) -> None:
        super().build(input_shape)
        if len(input_shape) != 2:
            raise ValueError(
                "A `Subtract` layer should be called on exactly 2 inputs. Received: "
                f"input_shape={[tuple(shape) for shape in input_shape]}"
            )

    def _merge_function(self, inputs: list[Any]) -> Any:
        if len(inputs) != 2:
            raise ValueError(f"A `Subtract` layer should be called on exactly 2 inputs. Received: inputs={inputs}")
        return _subtracted(*same_dtype(inputs))


def add(inputs: Any, **kwargs: Any) -> Any:
    """``Add(**kwargs)(inputs)``.

    Args:
      inputs: list of tensors.
      **kwargs: of ``Layer``.

    Returns:
      Tensor, the sum.

    >>> import kerax as tf
    >>> tf.keras.layers.add([tf.constant([1.]), tf.constant([2.])]).numpy()
    array([3.], dtype=float32)
    """
    return Add(**kwargs)(inputs)


def average(inputs: Any, **kwargs: Any) -> Any:
    """``Average(**kwargs)(inputs)``.

    Args:
      inputs: list of tensors.
      **kwargs: of ``Layer``.

    Returns:
      Tensor, the mean.

    >>> import kerax as tf
    >>> tf.keras.layers.average([tf.constant([1.]), tf.constant([2.])]).numpy()
    array([1.5], dtype=float32)
    """
    return Average(**kwargs)(inputs)


def multiply(inputs: Any, **kwargs: Any) -> Any:
    """``Multiply(**kwargs)(inputs)``.

    Args:
      inputs: list of tensors.
      **kwargs: of ``Layer``.

    Returns:
      Tensor, the product.

    >>> import kerax as tf
    >>> tf.keras.layers.multiply([tf.constant([3.]), tf.constant([2.])]).numpy()
    array([6.], dtype=float32)
    """
    return Multiply(**kwargs)(inputs)


def subtract(inputs: Any, **kwargs: Any) -> Any:
    """``Subtract(**kwargs)(inputs)``.

    Args:
      inputs: list of two tensors.
      **kwargs: of ``Layer``.

    Returns:
      Tensor, the difference.

    >>> import kerax as tf
    >>> tf.keras.layers.subtract([tf.constant([3.]), tf.constant([2.])]).numpy()
    array([1.], dtype=float32)
    """
    return Subtract(**kwargs)(inputs)
