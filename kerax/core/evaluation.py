"""Running a program equation by equation, for those who change some of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import jax.extend as jex


def evaluate(closed: Any, arguments: Sequence[Any], step: Callable[[int, Any, list[Any]], Sequence[Any]]) -> list[Any]:
    """The results of a program.

    Args:
      closed: ``jax.extend.core.ClosedJaxpr``.
      arguments: its arguments.
      step: gives what an equation gives: called with its place, itself and its operands.
    """
    jaxpr = closed.jaxpr
    values = dict(zip((*jaxpr.constvars, *jaxpr.invars), (*closed.consts, *arguments), strict=True))

    def read(var: Any) -> Any:
        return var.val if isinstance(var, jex.core.Literal) else values[var]

    for place, equation in enumerate(jaxpr.eqns):
        values.update(zip(equation.outvars, step(place, equation, list(map(read, equation.invars))), strict=True))
    return list(map(read, jaxpr.outvars))


def bind(equation: Any, operands: Sequence[Any], params: dict[str, Any] | None = None) -> Sequence[Any]:
    """What an equation gives for other operands, and other parameters."""
    found = equation.primitive.get_bind_params(equation.params if params is None else params)
    functions, named = found if isinstance(found, tuple) else ((), found)  # jax 0.7 gives the functions apart
    out = equation.primitive.bind(*functions, *operands, **named)
    return out if equation.primitive.multiple_results else [out]
