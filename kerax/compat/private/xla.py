"""``tensorflow.compiler.tf2xla.python.xla``: XLA's own ops."""

from __future__ import annotations

from typing import Any

import jax
import numpy as np

from kerax.core.op import op
from kerax.core.tensor import constant_value, convert_to_tensor


@op("operand, update; indices")
def _update(operand: Any, update: Any, indices: Any) -> Any:
    return jax.lax.dynamic_update_slice(operand, update, tuple(indices))


@op("operand; indices")
def _slice(operand: Any, indices: Any, sizes: tuple[int, ...]) -> Any:
    return jax.lax.dynamic_slice(operand, tuple(indices), sizes)


def dynamic_update_slice(input: Any, update: Any, indices: Any, name: str | None = None) -> Any:
    """A tensor with another one written into it.

    Args:
      input: tensor.
      update: tensor of its rank and dtype, nowhere larger.
      indices: int ``[rank]``, where the update begins; moved so that it fits.
    """
    return _update(input, update, indices)


def dynamic_slice(input: Any, start_indices: Any, size_indices: Any, name: str | None = None) -> Any:
    """A part of a tensor.

    Args:
      input: tensor.
      start_indices: int ``[rank]``, where the part begins; moved so that it fits.
      size_indices: int ``[rank]``, its shape, which must be known when the program is built.
    """
    sizes = constant_value(convert_to_tensor(size_indices))
    if sizes is None:
        raise ValueError("dynamic_slice: the sizes must be constants.")
    return _slice(input, start_indices, tuple(int(size) for size in np.asarray(sizes)))
