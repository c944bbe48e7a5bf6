"""Functions that a graph holds as a whole, whatever they do inside."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from kerax.core import value
from kerax.keras.engine.keras_tensor import any_symbolic_tensors


def recorded(fn: Callable[..., Any]) -> Any:
    """Makes a function one node of a graph where a symbolic tensor is anywhere among its arguments."""

    @functools.wraps(fn)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        if any_symbolic_tensors(args, kwargs):
            return value.symbolic_handler(wrapper, args, kwargs)
        return fn(*args, **kwargs)

    wrapper.pure = fn  # type: ignore[attr-defined]
    return wrapper
