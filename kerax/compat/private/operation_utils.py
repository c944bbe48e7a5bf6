"""``keras.src.ops.operation_utils``: shapes of results."""

from __future__ import annotations

from typing import Any

from kerax.keras.utils import get_source_inputs as get_source_inputs

from .conv_utils import compute_conv_output_shape as compute_conv_output_shape
from .conv_utils import compute_pooling_output_shape as compute_pooling_output_shape


def broadcast_shapes(shape1: Any, shape2: Any) -> list[int | None]:
    """The shape that two shapes make together; None stands for an unknown size."""
    one, two = list(shape1), list(shape2)
    one, two = [1] * (len(two) - len(one)) + one, [1] * (len(one) - len(two)) + two
    found: list[int | None] = []
    for a, b in zip(one, two, strict=True):
        if a is not None and b is not None and a != b and 1 not in (a, b):
            raise ValueError(
                f"Cannot broadcast shape, the failure dim has value {a}, which cannot be broadcasted to {b}. "
                f"Input shapes are: {shape1} and {shape2}."
            )
        found.append(b if a == 1 else a if b in (1, None) else b)
    return found


def compute_expand_dims_output_shape(input_shape: Any, axis: Any) -> tuple[int | None, ...]:
    """The shape with dimensions of one put in."""
    shape = list(input_shape)
    axes = [axis] if axis is None or isinstance(axis, int) else list(axis)
    rank = len(shape) + len(axes)
    places = [(0 if a is None else a) % rank for a in axes]
    rest = iter(shape)
    return tuple(1 if n in places else next(rest) for n in range(rank))


def reduce_shape(shape: Any, axis: Any = None, keepdims: bool = False) -> tuple[int | None, ...]:
    """The shape that a reduction leaves."""
    shape = list(shape)
    if axis is None:
        return tuple(1 for _ in shape) if keepdims else ()
    places = {a % len(shape) for a in ([axis] if isinstance(axis, int) else axis)}
    kept = [1 if n in places else size for n, size in enumerate(shape) if keepdims or n not in places]
    return tuple(kept)


def compute_transpose_output_shape(input_shape: Any, axes: Any) -> tuple[int | None, ...]:
    """The shape with its dimensions in another order."""
    shape = list(input_shape)
    return tuple(shape[::-1]) if axes is None else tuple(shape[a] for a in axes)
