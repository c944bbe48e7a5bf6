"""Which inputs of a program its results depend on, as far as a gradient is concerned.

TensorFlow's gradient is None, not zeros, for what no differentiable path leads to. A program is one op to the tapes
outside it; this says what paths there are inside.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

import jax
import jax.extend as jex
import jax.numpy as jnp
from jax.interpreters import ad, batching, mlir

# primitives that pass the derivative of some of their operands only
_PASSED = {"stop_gradient": (), "kerax_assigned": (1,), "floor": (), "ceil": (), "round": (), "kerax_gathered": (0,)}

# One, which counts as following from its operand.
_unit = jex.core.Primitive("kerax_unit")
_unit.def_impl(lambda x: jnp.ones((), x.dtype))
_unit.def_abstract_eval(lambda x: jax.core.ShapedArray((), x.dtype))
ad.primitive_jvps[_unit] = lambda primals, tangents: (
    _unit.bind(*primals),
    ad.Zero(jax.core.ShapedArray((), primals[0].dtype)),
)
batching.primitive_batchers[_unit] = lambda values, axes: (_unit.bind(*values), batching.not_mapped)
mlir.register_lowering(_unit, mlir.lower_fun(lambda x: jnp.ones((), x.dtype), multiple_results=False))


def following(value: Any, x: Any) -> Any:
    """The value, for gradients a function of ``x``: where it is differentiated there are zeros, not None.

    TensorFlow's gradients of ReLU and its kin take the features, though they are constant around every one of them.
    """
    return value * _unit.bind(x)


def linked_inputs(jaxpr: Any, outputs: Iterable[int]) -> frozenset[int]:
    """Indices of the inputs from which a differentiable path leads to some output.

    Args:
      jaxpr: ``jax.extend.core.Jaxpr``.
      outputs: indices of the outputs that count.
    """
    needed = linked_values(jaxpr, outputs)
    return frozenset(index for index, var in enumerate(jaxpr.invars) if var in needed)


def linked_values(jaxpr: Any, outputs: Iterable[int], without: Container[int] = ()) -> set[Any]:
    """The variables of a program from which a differentiable path leads to some output.

    Args:
      jaxpr: ``jax.extend.core.Jaxpr``.
      outputs: indices of the outputs that count.
      without: indices of equations whose results count as constants.
    """
    needed = {var for var in map(jaxpr.outvars.__getitem__, outputs) if _moves(var)}
    for place, equation in reversed(list(enumerate(jaxpr.eqns))):
        wanted = [index for index, var in enumerate(equation.outvars) if var in needed]
        if wanted and place not in without:
            linked = _linked_operands(equation, wanted)
            needed.update(var for index, var in enumerate(equation.invars) if index in linked and _moves(var))
    return needed


def _moves(var: Any) -> bool:
    """Whether a variable of a program has a derivative: literals and integers have none."""
    return isinstance(var, jex.core.Var) and bool(jnp.issubdtype(var.aval.dtype, jnp.inexact))


def _linked_operands(equation: Any, wanted: list[int]) -> Any:
    """The operands of an equation that these of its results have a derivative of; of a loop, all of them."""
    name, params = equation.primitive.name, equation.params
    if name in _PASSED:
        return _PASSED[name]
    if name == "kerax_given":  # of ``tf.custom_gradient``
        return range(1, len(equation.invars))
    if name == "cond":
        return {index + 1 for branch in params["branches"] for index in linked_inputs(_open(branch), wanted)}
    for inner in (params.get("jaxpr"), params.get("call_jaxpr")):
        if name != "scan" and inner is not None and len(equation.invars) == len(_open(inner).invars):
            return linked_inputs(_open(inner), wanted)
    return range(len(equation.invars))


def _open(jaxpr: Any) -> Any:
    return getattr(jaxpr, "jaxpr", jaxpr)
