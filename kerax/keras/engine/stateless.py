"""Running stateful code on values from outside: the basis of Keras' ``stateless_*`` methods."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

from kerax.core.value import Tensor
from kerax.keras.engine.convert import to_tensor


@contextlib.contextmanager
def with_values(variables: Sequence[Any], values: Sequence[Any]) -> Iterator[None]:
    """Lets variables have other values within the scope; afterwards the old ones come back.

    Args:
      variables: list of Variable.
      values: list of Tensor or array, tracers of jax transformations too.
    """
    kept = [variable._read_quietly() for variable in variables]
    try:
        for variable, value in zip(variables, values, strict=True):
            variable._write(to_tensor(value, variable._dtype.name))
        yield
    finally:
        for variable, value in zip(variables, kept, strict=True):
            variable._write(value)


def values_of(variables: Sequence[Any]) -> list[Tensor]:
    """The present values of variables as Tensors."""
    return [variable._read_quietly() for variable in variables]
