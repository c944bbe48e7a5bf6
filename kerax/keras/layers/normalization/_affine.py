"""What normalization layers share: the trained scale and offset, and the check of an axis."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
from jax import lax

from kerax.core.config import legacy_keras
from kerax.keras import constraints, initializers, regularizers
from kerax.keras.engine.layer import Layer


def normalized(x: Any, mean: Any, variance: Any, offset: Any, scale: Any, epsilon: float) -> Any:
    """``scale * (x - mean) / sqrt(variance + epsilon) + offset`` of arrays of one dtype; either may be None."""
    inverse = lax.rsqrt(variance + jnp.asarray(epsilon, variance.dtype))
    if scale is not None:
        inverse = inverse * scale
    return x * inverse + (-mean * inverse if offset is None else offset - mean * inverse)


class AffineLayer(Layer):
    """A layer that ends in ``gamma * x + beta``; either may be left out."""

    gamma: Any = None
    beta: Any = None

    def _init_affine(
        self,
        center: bool,
        scale: bool,
        beta_initializer: Any,
        gamma_initializer: Any,
        beta_regularizer: Any,
        gamma_regularizer: Any,
        beta_constraint: Any,
        gamma_constraint: Any,
    ) -> None:
        self.center = center
        self.scale = scale
        self.beta_initializer = initializers.get(beta_initializer)
        self.gamma_initializer = initializers.get(gamma_initializer)
        self.beta_regularizer = regularizers.get(beta_regularizer)
        self.gamma_regularizer = regularizers.get(gamma_regularizer)
        self.beta_constraint = constraints.get(beta_constraint)
        self.gamma_constraint = constraints.get(gamma_constraint)
        self.gamma = None
        self.beta = None

    def _add_affine(self, shape: Any, scale: bool, center: bool, autocast: bool = False, dtype: Any = None) -> None:
        for name, wanted in (("gamma", scale), ("beta", center)):
            if wanted:
                weight = self.add_weight(
                    name=name,
                    shape=shape,
                    dtype=dtype,
                    initializer=getattr(self, f"{name}_initializer"),
                    regularizer=getattr(self, f"{name}_regularizer"),
                    constraint=getattr(self, f"{name}_constraint"),
                    autocast=autocast,
                )
                setattr(self, name, weight)

    def _affine_config(self) -> dict[str, Any]:
        return {
            "center": self.center,
            "scale": self.scale,
            "beta_initializer": initializers.serialize(self.beta_initializer),
            "gamma_initializer": initializers.serialize(self.gamma_initializer),
            "beta_regularizer": regularizers.serialize(self.beta_regularizer),
            "gamma_regularizer": regularizers.serialize(self.gamma_regularizer),
            "beta_constraint": constraints.serialize(self.beta_constraint),
            "gamma_constraint": constraints.serialize(self.gamma_constraint),
        }

    def compute_output_shape(self, input_shape: Any) -> Any:
        if not legacy_keras():
            check_axis(self.axis, input_shape)  # type: ignore[has-type]
        return input_shape


def axis_or_axes(axis: Any) -> Any:
    """An ``axis`` argument as an int or a list.

    Raises:
      TypeError: neither int nor list nor tuple.
    """
    if isinstance(axis, (list, tuple)):
        return list(axis)
    if isinstance(axis, int):
        return axis
    raise TypeError(f"Expected an int or a list/tuple of ints for the argument 'axis', but received: {axis!r}")


def check_axis(axis: Any, input_shape: Any) -> None:
    """Raises ValueError where an input has no such axis."""
    rank = len(input_shape)
    for one in [axis] if isinstance(axis, int) else axis:
        if not -rank <= one < rank:
            raise ValueError(f"Axis {one} is out of bounds for input shape {input_shape}. Received: axis={axis}")


def legacy_axes(axis: Any, input_shape: Any) -> list[int]:
    """Axes as Keras 2 keeps them once a layer is built: a list, counted from the front.

    Raises:
      ValueError: no such axis, or one twice.
    """
    rank = len(input_shape)
    axes = list(axis) if isinstance(axis, (list, tuple)) else [axis]
    axes = [one + rank if one < 0 else one for one in axes]
    for one in axes:
        if not 0 <= one < rank:
            raise ValueError(
                f"Invalid value for `axis` argument. Expected 0 <= axis < inputs.rank (with inputs.rank={rank}). "
                f"Received: axis={tuple(axes)}"
            )
    if len(axes) != len(set(axes)):
        raise ValueError(f"Duplicate axis: {tuple(axes)}")
    return axes


def wide(x: Any) -> Any:
    """An array in at least float32, in which statistics are computed."""
    return x.astype(jnp.promote_types(x.dtype, jnp.float32))


def spread(value: Any, axes: Any, rank: int) -> Any:
    """A weight of the sizes at ``axes``, with axes of size 1 in between; None stays None."""
    if value is None or value.ndim == rank:
        return value
    chosen = sorted(axis % rank for axis in axes)
    shape = [1] * rank
    for size, axis in zip(value.shape, chosen, strict=True):
        shape[axis] = size
    return value.reshape(shape)
