"""``tensorflow.python.ops.array_ops``."""

from __future__ import annotations

from typing import Any

from kerax.array_ops import identity, shape
from kerax.array_ops import reverse as reverse_v2  # noqa: F401
from kerax.core import dtypes
from kerax.core.custom_gradient import custom_gradient


def prevent_gradient(input: Any, message: str = "", name: str | None = None) -> Any:
    """The tensor itself, of which no gradient can be asked.

    Raises:
      LookupError: when a gradient is asked for.
    """

    @custom_gradient
    def closed(value: Any) -> Any:
        def gradient(*upstream: Any) -> Any:
            raise LookupError(f"Gradient explicitly disabled. Reason: {message!r}")

        return identity(value), gradient

    return closed(input)


def shape_internal(input: Any, name: str | None = None, optimize: bool = True, out_type: Any = None) -> Any:
    """``tf.shape``."""
    return shape(input, out_type or dtypes.int32)


def get_positive_axis(axis: int, ndims: int | None, axis_name: str = "axis", ndims_name: str = "ndims") -> int:
    """An axis counted from the front.

    Raises:
      TypeError: no int.
      ValueError: there is no such axis, or it is counted from the back and the number of axes is unknown.
    """
    if not isinstance(axis, int):
        raise TypeError(f"{axis_name} must be an int; got {type(axis).__name__}")
    if ndims is None:
        if axis < 0:
            raise ValueError(f"{axis_name}={axis} may only be negative if {ndims_name} is statically known.")
        return axis
    if not -ndims <= axis < ndims:
        raise ValueError(f"{axis_name}={axis} out of bounds: expected {-ndims}<={axis_name}<{ndims}")
    return axis % ndims
