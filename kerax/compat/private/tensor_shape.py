"""``tensorflow.python.framework.tensor_shape``."""

from __future__ import annotations

from typing import Any

from kerax.core.dimension import Dimension as Dimension
from kerax.core.shape import TensorShape as TensorShape

from ..text import dimension_at_index as dimension_at_index
from ..text import dimension_value as dimension_value


def as_shape(shape: Any) -> TensorShape:
    """A `TensorShape` of whatever can be one."""
    return shape if isinstance(shape, TensorShape) else TensorShape(shape)


def as_dimension(value: Any) -> Dimension:
    """A `Dimension` of an int or None."""
    return value if isinstance(value, Dimension) else Dimension(value)


def unknown_shape(rank: int | None = None, **kwargs: Any) -> TensorShape:
    """A shape of which at most the rank is known."""
    return TensorShape(None if rank is None else [None] * rank)


def scalar() -> TensorShape:
    """The shape of a scalar."""
    return TensorShape([])
