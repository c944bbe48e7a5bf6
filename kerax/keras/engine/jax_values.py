"""Values on the border to programs that apply jax's own transformations to Keras code."""

from __future__ import annotations

from typing import Any

import jax

from kerax.core import nest
from kerax.core.context import context
from kerax.core.value import Tensor
from kerax.keras.engine.abstract import in_abstract_scope


def in_jax_transformation(value: Any) -> bool:
    """Whether a tensor belongs to a ``jax.grad``, ``jax.jit``, ``jax.vmap`` that the user applied."""
    tracer = isinstance(value, Tensor) and isinstance(value._value, jax.core.Tracer)
    return tracer and context.trace is None and not in_abstract_scope()


def for_jax(structure: Any) -> Any:
    """Arrays in place of the tensors of a transformation of jax's own; everything else stays as it is.

    ``jax.grad`` differentiates only functions that return an array, so a loss that is computed within one
    must not be a Tensor.

    Args:
      structure: any nesting of tensors; itself where there is nothing to change.
    """
    if not _any_in_jax(structure):
        return structure
    return nest.map_structure(lambda value: value._value if in_jax_transformation(value) else value, structure)


def _any_in_jax(structure: Any) -> bool:
    if isinstance(structure, dict):
        return any(map(_any_in_jax, structure.values()))
    if isinstance(structure, (list, tuple)):
        return any(map(_any_in_jax, structure))
    return in_jax_transformation(structure)
