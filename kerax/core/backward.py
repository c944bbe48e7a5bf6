"""The backward pass over recorded ops."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import jax
import jax.numpy as jnp

from kerax.core.context import context
from kerax.core.dispatch import Call, Saved, apply_pullback, dispatch
from kerax.core.rows import Rows
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor


class Node:
    """One recorded op: what it was, what went in, what came out, and how to go back."""

    __slots__ = ("call", "inputs", "outputs", "pullback", "backward")

    def __init__(
        self, call: Call | None, inputs: Sequence[Any], outputs: list[Any], pullback: Any, backward: Any
    ) -> None:
        self.call = call
        self.inputs = inputs
        self.outputs = outputs
        self.pullback = pullback  # (wanted, jax pullback or what it Saved, raw result): of ops in traces, of programs
        self.backward = backward  # python function of cotangents, for custom gradients

    def passing(self, outputs: Iterable[int]) -> Iterable[tuple[int, Any]]:
        """The inputs to which a gradient flows from these outputs, with their indices."""
        call = self.call
        if call is None:
            return enumerate(self.inputs)
        if call.links is not None:
            found = call.links.of([value._value for value in self.inputs])
            linked = frozenset().union(*[found[index] for index in outputs])
            return [(index, value) for index, value in enumerate(self.inputs) if index in linked]
        passes = getattr(call, "passes", None)
        return enumerate(self.inputs) if passes is None else [(index, self.inputs[index]) for index in passes]

    def following(self, sources: set[int]) -> list[Any]:
        """The outputs that gradients flow from to some of the values with these ids."""
        if self.call is not None and self.call.links is not None:
            return [
                output
                for index, output in enumerate(self.outputs)
                if any(id(value) in sources for _, value in self.passing([index]))
            ]
        return self.outputs if any(id(value) in sources for _, value in self.passing(())) else []


def _is_leaf(value: Any) -> bool:
    return isinstance(value, Tensor)


def outputs_of(result: Any) -> list[Any]:
    """The Tensors of an op's result, in the order of its leaves."""
    return [result] if type(result) is Tensor else jax.tree.leaves(result, is_leaf=_is_leaf)


def masked_inputs(linked: frozenset[int], inputs: Sequence[Any]) -> list[Any]:
    """The inputs of an op, with constants in place of those that its results have no derivative of."""
    return [value if index in linked else Tensor(value._value, value._trace) for index, value in enumerate(inputs)]


def differentiable(value: Any) -> bool:
    return value._value.dtype.kind in "fcV" and value._value.dtype != object


# --- gradients of gathered rows -------------------------------------------------------------------------------
@functools.lru_cache(maxsize=256)
def _to_rows(shape: tuple[int, ...], rows: Callable[[Any, int], Any]) -> Call:
    def split(cotangent: Any, indices: Any) -> tuple[Any, Any]:
        numbers = rows(indices.reshape(-1), shape[0])
        return cotangent.reshape(numbers.size, *shape[1:]), numbers

    return Call(split, "Reshape")


@functools.lru_cache(maxsize=256)
def _densify(shape: tuple[int, ...]) -> Call:
    def dense(values: Any, indices: Any) -> Any:
        place = jnp.zeros(shape, values.dtype).at[indices]
        return place.add(values, mode="drop", wrap_negative_indices=False)

    return Call(dense, "UnsortedSegmentSum")


_join = Call(lambda x, y: jnp.concatenate([x, y]), "ConcatV2")
_add = Call(lambda x, y: x + y, "AddN")


def run_as_op(call: Call, *values: Any) -> Any:
    """Runs a Call on Tensors, as an op."""
    return dispatch(call, [convert_to_tensor(value) for value in values])


def run_in_program(call: Call, *values: Any) -> Any:
    """Runs a Call on arrays, inside a program."""
    return call.fn(*values)


def to_dense(gradient: Any, run: Callable[..., Any]) -> Any:
    return run(_densify(gradient.shape), gradient.values, gradient.indices) if type(gradient) is Rows else gradient


def _dtype_of(value: Any) -> Any:
    return value._value.dtype if isinstance(value, Tensor) else value.dtype


def _sum(x: Any, y: Any, run: Callable[..., Any]) -> Any:
    """The sum of two gradients; rows stay rows."""
    if type(x) is Rows and type(y) is Rows and _dtype_of(x.indices) == _dtype_of(y.indices):
        return Rows(run(_join, x.values, y.values), run(_join, x.indices, y.indices), x.shape)
    return run(_add, to_dense(x, run), to_dense(y, run))


# --- the backward walk ------------------------------------------------------------------------------------
def walk(
    nodes: Sequence[Node],
    cotangents: dict[int, Any],
    sources: set[int],
    pull: Callable[[Node, tuple[int, ...], dict[int, Any]], Sequence[Any]],
    run: Callable[..., Any],
) -> dict[int, Any]:
    """Reverse accumulation over recorded nodes; values are named by ``id``.

    Args:
      nodes: in the order in which they were recorded.
      cotangents: of the targets.
      sources: what gradients are wanted of.
      pull: one node's backward pass.
      run: runs a Call on gradients (``run_as_op`` on Tensors, ``run_in_program`` on arrays).
    """
    reached = set(sources)
    for node in nodes:
        reached.update(id(value) for value in node.following(reached) if differentiable(value))

    def give(value: Any, gradient: Any) -> None:
        key = id(value)
        cotangents[key] = _sum(cotangents[key], gradient, run) if key in cotangents else gradient

    for node in reversed(nodes):
        fed = {
            index: to_dense(cotangents[id(value)] if id(value) in sources else cotangents.pop(id(value)), run)
            for index, value in enumerate(node.outputs)
            if id(value) in cotangents
        }
        if not fed:
            continue
        if node.call is not None and node.call.rows and id(node.inputs[0]) in sources:
            table, indices = node.inputs
            shape = tuple(table._value.shape)
            given = indices if run is run_as_op else indices._value
            give(table, Rows(*run(_to_rows(shape, node.call.rows), fed[0], given), shape))
            continue
        wanted = tuple(index for index, value in node.passing(fed) if id(value) in reached and differentiable(value))
        if not wanted:
            continue
        for index, gradient in zip(wanted, pull(node, wanted, fed), strict=True):
            if gradient is not None:
                give(node.inputs[index], gradient)
    return cotangents


_compiled_pullback = jax.jit(apply_pullback)


def pull_node(node: Node, wanted: tuple[int, ...], fed: dict[int, Any]) -> Sequence[Any]:
    """One node's backward pass as ops, so that tapes further out record it."""
    if node.backward is not None:
        return _pull_python(node, wanted, fed)
    if node.pullback is not None and set(wanted) <= set(node.pullback[0]) and not _seen_elsewhere(node, fed):
        stored, pullback, out = node.pullback
        arrays = {index: context.trace.lift(value) if context.trace else value._value for index, value in fed.items()}
        if type(pullback) is Saved:
            found = _compiled_pullback(pullback.pullback(), out, arrays)
        else:
            found = apply_pullback(pullback, out, arrays)
        gradients = dict(zip(stored, found, strict=True))
        return [_as_tensor(gradients[index]) for index in wanted]
    assert node.call is not None  # what is not a Call has a backward function
    return dispatch(node.call.gradient(wanted, tuple(fed)), [*node.inputs, *fed.values()])


def _as_tensor(gradient: Any) -> Any:
    if type(gradient) is Rows:
        return Rows(_as_tensor(gradient.values), _as_tensor(gradient.indices), gradient.shape)
    return Tensor(gradient, context.trace)


def _seen_elsewhere(node: Node, fed: dict[int, Any]) -> bool:
    """Whether another recorder would have to know of this backward pass."""
    return any(recorder.is_watching(value) for recorder in context.recorders for value in (*node.inputs, *fed.values()))


def _pull_python(node: Node, wanted: tuple[int, ...], fed: dict[int, Any]) -> Sequence[Any]:
    cotangents = [
        fed[index] if index in fed else Tensor(jnp.zeros_like(value._value), context.trace)
        for index, value in enumerate(node.outputs)
    ]
    gradients = node.backward(*cotangents)
    return [gradients[index] for index in wanted]


def seed_cotangents(targets: Sequence[Any], cotangents: Sequence[Any], run: Callable[..., Any]) -> dict[int, Any]:
    seeds: dict[int, Any] = {}
    for target, cotangent in zip(targets, cotangents, strict=True):
        seeds[id(target)] = run(_add, seeds[id(target)], cotangent) if id(target) in seeds else cotangent
    return seeds


def sum_parts(parts: Sequence[Any], run: Callable[..., Any]) -> Any:
    total = None
    for part in parts:
        if part is not None:
            total = part if total is None else _sum(total, part, run)
    return total
