"""Makes functions public ops of ``keras.ops``."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from kerax.core import op as core
from kerax.core.context import context
from kerax.keras.engine import global_state
from kerax.keras.engine.jax_values import for_jax


def composed(fn: Callable[..., Any]) -> Any:
    """``core.op.composed`` for ``keras.ops``."""
    return _on_border(core.composed(fn))


def op(*args: Any, **kwargs: Any) -> Callable[[Callable[..., Any]], Any]:
    """``core.op.op`` for ``keras.ops``."""
    decorate = core.op(*args, **kwargs)
    return lambda fn: _on_border(decorate(fn))


def _on_border(function: Callable[..., Any]) -> Any:
    """A public op that gives the user arrays where the user applies ``jax.grad`` and the like, as Keras on JAX does."""

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        if context.trace is not None or context.inside_op:
            return function(*args, **kwargs)
        context.inside_op = True
        try:
            result = function(*args, **kwargs)
        finally:
            context.inside_op = False
        return result if global_state.get("current_call_ctx") is not None else for_jax(result)  # a layer's own ops

    return call
