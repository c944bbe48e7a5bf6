"""``tf.convert_to_tensor``."""

from __future__ import annotations

import functools
from typing import Any

from kerax.core import op
from kerax.core.tensor import SymbolicInput
from kerax.core.tensor import convert_to_tensor as _convert_to_tensor


@functools.wraps(_convert_to_tensor)
def convert_to_tensor(value: Any, dtype: Any = None, dtype_hint: Any = None, name: str | None = None) -> Any:
    try:
        return _convert_to_tensor(value, dtype, dtype_hint, name)
    except SymbolicInput:  # a node of Keras' graph, as any op
        if op.symbolic_handler is None:
            raise
        given = {"dtype": dtype, "dtype_hint": dtype_hint}
        return op.symbolic_handler(convert_to_tensor, (value,), {k: v for k, v in given.items() if v is not None})
