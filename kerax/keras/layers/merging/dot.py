"""``keras.layers.Dot`` and its function."""

from __future__ import annotations

import math
from typing import Any

import jax.numpy as jnp
from jax import lax

from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras.engine.settings import epsilon
from kerax.keras.layers.merging.base import Merge, is_list_of_shapes, same_dtype


def _unit(x, axis, epsilon, legacy):
    total = jnp.sum(jnp.square(x), axis=axis, keepdims=True)
    if legacy:
        return x * lax.rsqrt(jnp.maximum(total, jnp.asarray(1e-12, x.dtype)))
    return x * jnp.minimum(lax.rsqrt(total), jnp.asarray(1 / epsilon, x.dtype))


@op("x, y")
def _batch_dot(x, y, axes, normalize, epsilon, legacy):
    if normalize:
        x, y = _unit(x, axes[0], epsilon, legacy), _unit(y, axes[1], epsilon, legacy)
    x, y = jnp.moveaxis(x, axes[0], -1), jnp.moveaxis(y, axes[1], 1)
    batch, size, lead, trail = x.shape[0], x.shape[-1], x.shape[1:-1], y.shape[2:]
    out = jnp.matmul(x.reshape(batch, math.prod(lead), size), y.reshape(batch, size, math.prod(trail)))
    return out.reshape(batch, *(lead + trail or (1,)))


def _check_batches(first: Any, second: Any) -> None:
    if first[0] != second[0]:
        raise ValueError(
            "Cannot do batch_dot on inputs with different batch sizes. Received inputs with shapes "
            f"{tuple(first)} and {tuple(second)}."
        )


def batch_dot(x: Any, y: Any, axes: Any = None) -> Any:
    """The dot product of each example of ``x`` with that of ``y``, along an axis of each.

    Args:
      x: tensor ``[batch, ..]``.
      y: tensor ``[batch, ..]``.
      axes: int or two ints, not 0; by default the last axis of ``x`` and the last but one (of a matrix: the last) of
        ``y``.

    Returns:
      Tensor ``[batch, rest of x, rest of y]``, at least of rank 2.

    Raises:
      ValueError: shapes or axes that do not fit.
    """
    shapes = tuple(x.shape), tuple(y.shape)
    ranks = len(shapes[0]), len(shapes[1])
    if min(ranks) < 2:
        raise ValueError(
            f"Cannot do batch_dot on inputs with rank < 2. Received inputs with shapes {shapes[0]} and {shapes[1]}."
        )
    _check_batches(*shapes)
    if axes is None:
        axes = (ranks[0] - 1, ranks[1] - (1 if ranks[1] == 2 else 2))
    axes = (axes, axes) if isinstance(axes, int) else tuple(axes)
    if any(isinstance(axis, (list, tuple)) for axis in axes):
        raise ValueError(
            f"Multiple target dimensions are not supported. Expected: None, int, (int, int), Provided: {axes} "
        )
    axes = tuple(axis + rank if axis < 0 else axis for axis, rank in zip(axes, ranks, strict=True))
    if 0 in axes:
        raise ValueError(
            "Cannot perform batch_dot over axis 0. If your inputs are not batched, add a dummy batch dimension to your "
            "inputs using keras.ops.expand_dims(x, 0)"
        )
    sizes = shapes[0][axes[0]], shapes[1][axes[1]]
    if sizes[0] != sizes[1]:
        raise ValueError(
            f"Cannot do batch_dot on inputs with shapes {shapes[0]} and {shapes[1]} with axes={list(axes)}. "
            f"x.shape[{axes[0]}] != y.shape[{axes[1]}] ({sizes[0]} != {sizes[1]})."
        )
    return _batch_dot(x, y, axes, False, 1.0, False)


class Dot(Merge):
    """The dot product of two inputs, example by example.

    Args:
      axes: int, or two ints, the axes summed over.
      normalize: bool, whether both are scaled to unit norm first (cosine similarity).

    Takes two tensors ``[batch, ..]``; returns ``[batch, rest of the first, rest of the second]``.

    Raises:
      TypeError, ValueError: other axes, or shapes that do not fit.

    >>> import kerax as tf
    >>> tf.keras.layers.Dot(axes=1)([tf.constant([[1., 2.]]), tf.constant([[3., 4.]])]).numpy()
    array([[11.]], dtype=float32)
    """

    def __init__(self, axes: Any, normalize: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not isinstance(axes, int):
            if not isinstance(axes, (list, tuple)):
                raise TypeError(
                    f"Invalid type for argument `axes`: it should be a list or an int. Received: axes={axes}"
                )
            if len(axes) != 2:
                raise ValueError(
                    f"Invalid format for argument `axes`: it should contain two elements. Received: axes={axes}"
                )
            if not all(isinstance(axis, int) for axis in axes):
                raise ValueError(
                    f"Invalid format for argument `axes`: list elements should be integers. Received: axes={axes}"
                )
        self.axes = axes
        self.normalize = normalize
        self.supports_masking = True

    def _positive_axes(self, ranks: tuple[int, int]) -> tuple[int, int]:
        axes = (self.axes, self.axes) if isinstance(self.axes, int) else tuple(self.axes)
        return tuple(axis % rank if axis < 0 else axis for axis, rank in zip(axes, ranks, strict=True))  # type: ignore[return-value]

    def build(self, input_shape: Any) -> None:
        if not is_list_of_shapes(input_shape) or len(input_shape) != 2:
            raise ValueError(
                f"A `Dot` layer should be called on a list of 2 inputs. Received: input_shape={input_shape}"
            )
        first, second = (tuple(shape) for shape in input_shape)
        axes = self._positive_axes((len(first), len(second)))
        if first[axes[0]] != second[axes[1]]:
            raise ValueError(
                f"Incompatible input shapes: axis values {first[axes[0]]} (at axis {axes[0]}) != {second[axes[1]]} "
                f"(at axis {axes[1]}). Full input shapes: {first}, {second}"
            )

    def call(self, inputs: Any) -> Any:
        if not isinstance(inputs, (list, tuple)) or len(inputs) != 2:
            raise ValueError(f"A `Dot` layer should be called on exactly 2 inputs. Received: inputs={inputs}")
        axes = self._positive_axes((len(inputs[0].shape), len(inputs[1].shape)))
        _check_batches(inputs[0].shape, inputs[1].shape)
        return _batch_dot(*same_dtype(inputs), axes, bool(self.normalize), epsilon(), legacy_keras())

    def compute_output_shape(self, input_shape: Any) -> Any:
        if not is_list_of_shapes(input_shape) or len(input_shape) != 2:
            raise ValueError(
                f"A `Dot` layer should be called on a list of 2 inputs. Received: input_shape={input_shape}"
            )
        first, second = (list(shape) for shape in input_shape)
        axes = self._positive_axes((len(first), len(second)))
        del first[axes[0]]
        del second[axes[1]]
        shape = first + second[1:]
        return tuple(shape if len(shape) > 1 else [*shape, 1])

    def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
        return None

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "axes": self.axes, "normalize": self.normalize}


def dot(inputs: Any, axes: Any = -1, **kwargs: Any) -> Any:
    """``Dot(axes, **kwargs)(inputs)``.

    Args:
      inputs: list of two tensors.
      axes: int, or two ints.
      **kwargs: ``normalize``, and of ``Layer``.

    Returns:
      Tensor.

    >>> import kerax as tf
    >>> tf.keras.layers.dot([tf.constant([[1., 2.]]), tf.constant([[3., 4.]])], axes=1).numpy()
    array([[11.]], dtype=float32)
    """
    return Dot(axes=axes, **kwargs)(inputs)
