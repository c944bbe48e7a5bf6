"""``tensorflow.python.util.variable_utils``."""

from __future__ import annotations

from typing import Any

from kerax.core import nest
from kerax.core.tensor import convert_to_tensor
from kerax.core.variable import Variable


def convert_variables_to_tensors(values: Any) -> Any:
    """A structure with the values of Variables in their place."""

    def converted(value: Any) -> Any:
        return convert_to_tensor(value) if isinstance(value, Variable) else value

    return nest.map_structure(converted, values, expand_composites=True)
