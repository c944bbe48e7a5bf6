"""Values on the border to programs that apply jax's own transformations to Keras code."""

from __future__ import annotations

from typing import Any

import jax

from kerax.core.context import context
from kerax.core.value import Tensor


def in_jax_transformation(value: Any) -> bool:
    """Whether a tensor belongs to a ``jax.grad``, ``jax.jit``, ``jax.vmap`` that the user applied."""
    return context.trace is None and isinstance(value, Tensor) and isinstance(value._value, jax.core.Tracer)


def for_jax(structure: Any) -> Any:
    """Arrays in place of the tensors of a transformation of jax's own; everything else stays as it is.

    ``jax.grad`` differentiates only functions that return an array, so a loss that is computed within one
    must not be a Tensor.

    Args:
      structure: tensor, list, tuple or dict.
    """
    if isinstance(structure, Tensor):
        return structure._value if in_jax_transformation(structure) else structure
    if isinstance(structure, dict):
        return type(structure)((key, for_jax(value)) for key, value in structure.items())
    if isinstance(structure, (list, tuple)) and not hasattr(structure, "_fields"):
        return type(structure)(for_jax(value) for value in structure)
    return structure
