"""Which inputs of a program its results depend on, as far as a gradient is concerned.

TensorFlow's gradient is None, not zeros, for what no differentiable path leads to. A program is one op to the tapes
outside it; this says what paths there are inside.
"""

from __future__ import annotations

from typing import Any

import jax.extend as jex
import jax.numpy as jnp

# primitives that pass the derivative of some of their operands only
_PASSED = {"stop_gradient": (), "kerax_assigned": (1,), "floor": (), "ceil": (), "round": ()}


def linked_inputs(jaxpr: Any, results: int) -> frozenset[int]:
    """Indices of the inputs from which a differentiable path leads to some result.

    Args:
      jaxpr: ``jax.extend.core.Jaxpr``.
      results: how many of its outputs are results; the others are new values of Variables.
    """
    needed = {var for var in jaxpr.outvars[:results] if _moves(var)}
    for equation in reversed(jaxpr.eqns):
        if not needed.isdisjoint(equation.outvars):
            linked = _linked_operands(equation)
            needed.update(var for index, var in enumerate(equation.invars) if index in linked and _moves(var))
    return frozenset(index for index, var in enumerate(jaxpr.invars) if var in needed)


def _moves(var: Any) -> bool:
    """Whether a variable of a program has a derivative: literals and integers have none."""
    return isinstance(var, jex.core.Var) and bool(jnp.issubdtype(var.aval.dtype, jnp.inexact))


def _linked_operands(equation: Any) -> Any:
    """The operands of an equation that its results have a derivative of; of a loop, all of them."""
    name, params = equation.primitive.name, equation.params
    if name in _PASSED:
        return _PASSED[name]
    if name == "kerax_given":  # of ``tf.custom_gradient``
        return range(1, len(equation.invars))
    if name == "cond":
        return {index + 1 for branch in params["branches"] for index in _linked_whole(branch)}
    for inner in (params.get("jaxpr"), params.get("call_jaxpr")):
        if name != "scan" and inner is not None and len(equation.invars) == len(_open(inner).invars):
            return _linked_whole(inner)
    return range(len(equation.invars))


def _open(jaxpr: Any) -> Any:
    return getattr(jaxpr, "jaxpr", jaxpr)


def _linked_whole(jaxpr: Any) -> frozenset[int]:
    jaxpr = _open(jaxpr)
    return linked_inputs(jaxpr, len(jaxpr.outvars))
