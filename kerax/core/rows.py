"""Gradients of tables of which rows are gathered: the rows alone, through whole programs too.

In a program every such gather is marked with the table and the numbers of its rows. Where a table that is an input is
used in no other way, what its gradient consists of are the gradients of what was gathered, and these numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jax
import jax.extend as jex
import jax.numpy as jnp
from jax.interpreters import ad, batching, mlir

from kerax.core import evaluation
from kerax.core.linkage import linked_values


@jax.tree_util.register_pytree_node_class
class Rows:
    """The gradient of a table of which rows were gathered, before it becomes a ``tf.IndexedSlices``.

    Args:
      values: [n, ...], array or Tensor.
      indices: int [n].
      shape: the table's shape.
    """

    __slots__ = ("values", "indices", "shape")

    def __init__(self, values: Any, indices: Any, shape: tuple[int, ...]) -> None:
        self.values, self.indices, self.shape = values, indices, shape

    @property
    def dtype(self) -> Any:
        return self.values.dtype

    def tree_flatten(self) -> tuple[tuple[Any, Any], tuple[int, ...]]:
        return (self.values, self.indices), self.shape

    @classmethod
    def tree_unflatten(cls, shape: tuple[int, ...], parts: Sequence[Any]) -> Rows:
        return cls(*parts, shape)


# What was gathered, marked with the numbers of the rows and the table.
_gathered = jex.core.Primitive("kerax_gathered")
_gathered.def_impl(lambda out, numbers, table: out)
_gathered.def_abstract_eval(lambda out, numbers, table: out)
ad.primitive_jvps[_gathered] = lambda primals, tangents: (_gathered.bind(*primals), tangents[0])
batching.primitive_batchers[_gathered] = lambda values, axes: (values[0], axes[0])
mlir.register_lowering(_gathered, lambda context, out, numbers, table: [out])


def marked(out: Any, rows: Callable[[Any, int], Any], table: Any, indices: Any) -> Any:
    """What an op gathered from a table of a program, marked as that."""
    if not isinstance(table, jax.core.Tracer) or not jnp.issubdtype(table.dtype, jnp.floating):
        return out
    return _gathered.bind(out, jnp.asarray(rows(indices.reshape(-1), table.shape[0])), table)


def tables_of(jaxpr: Any) -> dict[int, tuple[int, ...]]:
    """The inputs of a program that are but gathered from, each with the places of the marks of what was gathered."""
    inputs = {var: index for index, var in enumerate(jaxpr.invars)}
    found: dict[int, tuple[int, ...]] = {}
    for place, equation in enumerate(jaxpr.eqns):
        if equation.primitive is _gathered:
            table = equation.invars[2]
            if isinstance(table, jex.core.Var) and table in inputs:
                found[inputs[table]] = (*found.get(inputs[table], ()), place)
    if not found:
        return found
    marks = {place for places in found.values() for place in places}
    linked = linked_values(jaxpr, range(len(jaxpr.outvars)), without=marks)
    return {
        index: tuple(place for place in places if jaxpr.eqns[place].outvars[0] in linked)
        for index, places in found.items()
        if jaxpr.invars[index] not in linked
    }


def vjp(
    closed: Any, arrays: Sequence[Any], wanted: Sequence[int], tables: Mapping[int, tuple[int, ...]]
) -> tuple[list[Any], Any]:
    """Runs a program and returns its results with the pullback to the wanted inputs: to ``Rows``, of tables."""
    places = [place for index in wanted for place in tables.get(index, ())]
    others = [index for index in wanted if index not in tables]

    def run(added: Sequence[Any], chosen: Sequence[Any]) -> tuple[list[Any], list[Any]]:
        full = list(arrays)
        for index, value in zip(others, chosen, strict=True):
            full[index] = value
        return _evaluated(closed, full, dict(zip(places, added, strict=True)))

    avals = [closed.jaxpr.eqns[place].outvars[0].aval for place in places]
    zeros = [jnp.zeros(aval.shape, aval.dtype) for aval in avals]
    out, pullback, numbers = jax.vjp(run, zeros, [arrays[index] for index in others], has_aux=True)
    layout = tuple(
        (tuple(map(places.index, tables[index])), tuple(arrays[index].shape)) if index in tables else None
        for index in wanted
    )
    return out, _Pullback(pullback, numbers, layout)


def _evaluated(closed: Any, arguments: Sequence[Any], added: Mapping[int, Any]) -> tuple[list[Any], list[Any]]:
    """Runs a program with something added to what is gathered at some places; the results, and the rows' numbers."""
    numbers: dict[int, Any] = {}

    def step(place: int, equation: Any, operands: list[Any]) -> Sequence[Any]:
        if place in added:
            numbers[place] = operands[1]
            operands[0] = operands[0] + added[place]
        return evaluation.bind(equation, operands)

    return evaluation.evaluate(closed, arguments, step), [numbers[place] for place in added]


@jax.tree_util.register_pytree_node_class
class _Pullback:
    """From cotangents to gradients, in which those of gathered elements become rows of tables."""

    def __init__(self, inner: Any, numbers: Any, layout: tuple[Any, ...]) -> None:
        self._inner, self._numbers, self._layout = inner, numbers, layout

    def __call__(self, cotangents: Any) -> list[Any]:
        added, chosen = self._inner(cotangents)
        rest = iter(chosen)
        return [next(rest) if of is None else self._rows(added, *of) for of in self._layout]

    def _rows(self, added: Sequence[Any], places: tuple[int, ...], shape: tuple[int, ...]) -> Rows:
        numbers = [self._numbers[place] for place in places]
        values = [added[place].reshape(count.size, *shape[1:]) for place, count in zip(places, numbers, strict=True)]
        if len(places) == 1:
            return Rows(values[0], numbers[0], shape)
        return Rows(jnp.concatenate(values), jnp.concatenate(numbers), shape)

    def tree_flatten(self) -> tuple[tuple[Any, Any], tuple[Any, ...]]:
        return (self._inner, self._numbers), self._layout

    @classmethod
    def tree_unflatten(cls, layout: tuple[Any, ...], parts: Sequence[Any]) -> _Pullback:
        return cls(*parts, layout)
