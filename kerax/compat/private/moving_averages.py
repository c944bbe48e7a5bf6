"""``tensorflow.python.training.moving_averages``."""

from __future__ import annotations

from typing import Any

from kerax.core.tensor import convert_to_tensor


def assign_moving_average(
    variable: Any, value: Any, decay: Any, zero_debias: bool = True, name: str | None = None
) -> Any:
    """Moves a Variable towards a value: ``variable -= (variable - value) * (1 - decay)``.

    Raises:
      NotImplementedError: ``zero_debias``, whose state TensorFlow 1 kept beside the variable.
    """
    if zero_debias:
        raise NotImplementedError("kerax does not have assign_moving_average(zero_debias=True).")
    rest = convert_to_tensor(1.0 - decay, dtype=variable.dtype)
    return variable.assign_sub((variable - convert_to_tensor(value, dtype=variable.dtype)) * rest)
