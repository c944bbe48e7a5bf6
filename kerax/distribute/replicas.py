"""Running a function once per replica: one traced program for all of them.

Where all replicas' arguments have the same shapes, python runs once, under ``jax.vmap`` with a named axis; XLA
cuts the axis over the devices and makes communication of the collective ops. Where they do not (the last batch of
a dataset), or where python asks which replica it is in, python runs for each replica in turn; a collective op ends
such a run, and once all replicas have come to it they start again, now with its result.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from kerax.core import autograph, errors, nest, state
from kerax.core.context import context
from kerax.core.dispatch import Call, dispatch
from kerax.core.function import Function
from kerax.core.program import is_array
from kerax.core.random_state import is_generator, is_key
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.core.variable import Variable, VariableAggregation, VariableSynchronization
from kerax.distribute.replica_context import ReplicaContext
from kerax.distribute.values import PerReplica, regroup, select

AXIS = "replica"
_FIRST = (VariableAggregation.NONE, VariableAggregation.ONLY_FIRST_REPLICA)


def run_replicas(strategy: Any, fn: Callable[..., Any], args: Any, kwargs: Any) -> Any:
    """Runs a function in every replica of a strategy with several.

    Args:
      strategy: the strategy.
      fn: a function.
      args, kwargs: its arguments; of PerReplica values each replica gets its own.

    Returns:
      fn's result, with PerReplica values for tensors.
    """
    leaves = nest.flatten((args, kwargs))
    alike = all(leaf.as_stacked() is not None for leaf in leaves if isinstance(leaf, PerReplica))
    traced, plan = _split(leaves)
    programs = strategy.extended._programs
    key = (_identity(fn), _static(plan))
    if alike and key not in programs.differing:
        program = programs.together.get(key)
        if program is None:
            program = programs.together[key] = _compiled(_together(strategy, fn, (args, kwargs), plan))
        try:
            return program(*[leaf.as_stacked() if isinstance(leaf, PerReplica) else leaf for leaf in traced])
        except _Differs:
            programs.differing.add(key)
    program = programs.in_turn.get(key)
    if program is None:
        program = programs.in_turn[key] = _compiled(_in_turn(strategy, fn, (args, kwargs), plan))
    return program(*traced)


class Programs:
    """The programs of one strategy, by function and what is no tensor in its arguments."""

    def __init__(self) -> None:
        self.together: dict[Any, Function] = {}
        self.in_turn: dict[Any, Function] = {}
        self.differing: set[Any] = set()  # keys of functions whose python differs between replicas


class _Differs(Exception):
    """Python needs to know which replica it is in."""


def _compiled(fn: Callable[..., Any]) -> Function:
    return Function(fn, autograph=False, check_creation=False)


def _split(leaves: list[Any]) -> tuple[list[Any], list[Any]]:
    """The leaves that programs take as arguments, and all leaves with numbers in their places."""
    traced: list[Any] = []
    plan: list[Any] = []
    for leaf in leaves:
        if isinstance(leaf, PerReplica) or is_array(leaf) or (nest.is_composite(leaf) and not _keeps_state(leaf)):
            plan.append(_Argument(len(traced)))
            traced.append(leaf)
        else:
            plan.append(leaf)
    return traced, plan


def _keeps_state(leaf: Any) -> bool:
    return isinstance(leaf, Variable)


class _Argument:
    """Stands for argument number ``index``."""

    def __init__(self, index: int) -> None:
        self.index = index


def _static(plan: list[Any]) -> Any:
    return tuple(("argument",) if isinstance(leaf, _Argument) else _same(leaf) for leaf in plan)


def _same(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, float, str, bytes)):
        return type(value), value
    return _Kept(value)


class _Kept:
    """An object by identity, kept alive as long as it is part of a key."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


def _identity(fn: Any) -> Any:
    """Equal for functions that do the same: one made anew by the same ``def``, with the same surroundings."""
    if isinstance(fn, types.MethodType):
        return _identity(fn.__func__), _Kept(fn.__self__)
    if isinstance(fn, types.FunctionType):
        cells = [_same(cell.cell_contents) if _is_filled(cell) else None for cell in fn.__closure__ or ()]
        given = [_same(value) for value in (fn.__defaults__ or ())]
        given += [(name, _same(value)) for name, value in (fn.__kwdefaults__ or {}).items()]
        given += [_same(fn.__globals__.get(name)) for name in fn.__code__.co_names]
        return _Kept(fn.__code__), _Kept(fn.__globals__), tuple(cells), tuple(given)
    return _Kept(fn)


def _is_filled(cell: Any) -> bool:
    try:
        cell.cell_contents  # noqa: B018
    except ValueError:
        return False
    return True


def converted(fn: Callable[..., Any]) -> Callable[..., Any]:
    """The function with python control flow on tensors, where a trace needs it."""
    return fn if isinstance(fn, Function) else autograph.convert(fn)


# --- all replicas together ------------------------------------------------------------------------------
def _together(strategy: Any, fn: Callable[..., Any], template: Any, plan: list[Any]) -> Callable[..., Any]:
    count = strategy.num_replicas_in_sync
    cut = [isinstance(leaf, PerReplica) for leaf in _split(nest.flatten(template))[0]]
    fn = converted(fn)

    def program(*given: Any) -> Any:
        trace = context.trace
        kept: dict[str, Any] = {}
        rows = [strategy.extended._spread(trace.lift(v)) for v, c in zip(given, cut, strict=True) if c]

        def body(number: Any, *own: Any) -> Any:
            feed = iter(own)
            arguments = [Tensor(next(feed), trace) if c else v for v, c in zip(given, cut, strict=True)]
            leaves = [arguments[leaf.index] if isinstance(leaf, _Argument) else leaf for leaf in plan]
            args, kwargs = nest.pack_sequence_as(template, leaves)
            replica = ReplicaContext(strategy, Tensor(number, trace), _exchange_named)
            with replica, _own_state(trace, number, replica) as written:
                out = fn(*args, **kwargs)
                results: list[Any] = []
                kept["out"] = nest.map_structure(lambda leaf: _taken(leaf, trace, results), out, expand_composites=True)
                kept["written"], first, merged = written()
            return results + first, merged

        numbers = strategy.extended._spread(jnp.arange(count, dtype=jnp.int32))
        try:
            stacked, merged = jax.vmap(body, axis_name=AXIS, out_axes=(0, None))(numbers, *rows)
        except (errors.Uncompilable, NotImplementedError) as problem:
            raise _Differs from problem
        firsts, means = kept["written"]
        results = len(stacked) - len(firsts)
        for variable, value in zip(firsts, stacked[results:], strict=True):
            trace.write(variable, Tensor(strategy.extended._whole(value[0]), trace))
        for variable, value in zip(means, merged, strict=True):
            trace.write(variable, Tensor(strategy.extended._whole(value), trace))

        def packed(leaf: Any) -> Any:
            return PerReplica(stacked=Tensor(stacked[leaf.index], trace)) if isinstance(leaf, state.Slot) else leaf

        return _with_composites(kept["out"], packed, count)

    return program


def _taken(leaf: Any, trace: Any, results: list[Any]) -> Any:
    """A Slot for a returned tensor, whose array is appended to the results."""
    if isinstance(leaf, Variable):
        leaf = leaf._kerax_tensor()
    if isinstance(leaf, jax.Array):
        leaf = Tensor(leaf, trace)
    if not isinstance(leaf, Tensor):
        return leaf
    array = trace.lift(leaf)
    if type(array) is np.ndarray and array.dtype == object:
        return leaf
    results.append(array)
    return state.Slot(len(results) - 1)


def _with_composites(structure: Any, packed: Callable[[Any], Any], count: int) -> Any:
    """The structure with PerReplica leaves; a ragged tensor of such parts becomes PerReplica ragged tensors."""

    def whole(leaf: Any) -> Any:
        if not nest.is_composite(leaf):
            return packed(leaf)
        parts = [packed(part) for part in nest.flatten(leaf, expand_composites=True)]
        own = [[p.values[i] if isinstance(p, PerReplica) else p for p in parts] for i in range(count)]
        return PerReplica([nest.pack_sequence_as(leaf, values, expand_composites=True) for values in own])

    return nest.map_structure(whole, structure)


@contextmanager
def _own_state(trace: Any, number: Any, replica: ReplicaContext) -> Iterator[Callable[[], Any]]:
    """Lets a replica read and write Variables by itself; afterwards they are as before.

    Yields:
      A function that returns ``(lists of written variables, their values, their merged values)``: of the first list
      the value of the first replica holds, of the second the merged one.
    """
    before, reads = dict(trace._values), dict(trace._reads)
    noted = dict(trace.assigned)
    shared: dict[int, tuple[Any, Any]] = {}  # the values that all replicas began with
    written: dict[int, Any] = {}
    plain_read, plain_write = trace.read, trace.write

    def read(variable: Any) -> Tensor:
        if id(variable) not in shared:
            value = plain_read(variable)
            shared[id(variable)] = variable, value
            if _is_summed_on_read(variable):  # the first replica has all of it
                own = jnp.where(number == 0, value._value, jnp.zeros_like(value._value))
                trace._reads[id(variable)] = Tensor(own, trace)
        return plain_read(variable)

    def write(variable: Any, tensor: Tensor) -> None:
        if _is_shared(variable):
            raise _Differs(f"{variable.name} changes from replica to replica")
        read(variable)
        _check_written(variable, replica)
        written[id(variable)] = variable
        plain_write(variable, tensor)

    def outcome() -> Any:
        firsts: list[Any] = []
        means: list[Any] = []
        first: list[Any] = []
        merged: list[Any] = []
        for key, variable in written.items():
            value = trace._values[key]._value
            if variable._aggregation in _FIRST:
                firsts.append(variable)
                first.append(value)
            else:
                means.append(variable)
                merged.append(_merged(variable, value, shared[key][1]._value))
        return (firsts, means), first, merged

    trace.read, trace.write = read, write
    try:
        yield outcome
    finally:
        del trace.read, trace.write
        trace._reads = {**reads, **{key: value for key, (_, value) in shared.items()}}
        trace._values, trace.assigned = before, noted


def _is_summed_on_read(variable: Any) -> bool:
    return (
        variable._aggregation == VariableAggregation.SUM
        and variable._synchronization == VariableSynchronization.ON_READ
    )


def _is_plain(variable: Any) -> bool:
    return type(variable) is Variable and variable._aggregation == VariableAggregation.NONE


def _is_shared(variable: Any) -> bool:
    """Whether a Variable was made outside of strategies: there is one for all replicas, which assign it in turn."""
    return _is_plain(variable) and variable._distribute_strategy is None


def _check_written(variable: Any, replica: ReplicaContext) -> None:
    """Raises TensorFlow's error for a Variable of the user's that replicas may set to different values."""
    if _is_plain(variable) and not (_is_shared(variable) or replica.updates_together or is_generator(variable)):
        raise ValueError(
            "You must specify an aggregation method to update a MirroredVariable in Replica Context. You can do so by "
            "passing an explicit value for argument `aggregation` to tf.Variable(..). e.g. `tf.Variable(..., "
            "aggregation=tf.VariableAggregation.SUM)`. Otherwise the replicas' values would no longer be the same."
        )


def _merged(variable: Any, value: Any, old: Any) -> Any:
    """The values of all replicas under vmap as one."""
    if _is_summed_on_read(variable):
        return jax.lax.psum(value, AXIS)
    if variable._aggregation == VariableAggregation.SUM:
        return old + jax.lax.psum(value - old, AXIS)
    return jax.lax.pmean(value, AXIS).astype(old.dtype)


_NAMED = {
    "SUM": lambda x, axis: jax.lax.psum(x, AXIS),
    "MEAN": lambda x, axis: jax.lax.pmean(x, AXIS),
    "GATHER": lambda x, axis: jax.lax.all_gather(x, AXIS, axis=axis, tiled=True),
    "STACK": lambda x, axis: jax.lax.all_gather(x, AXIS, axis=0),
}


def _exchange_named(kind: str, tensors: list[Tensor], axis: int) -> list[Tensor]:
    def body(*arrays: Any) -> list[Any]:
        return [_NAMED[kind](array, axis if axis >= 0 else axis + array.ndim) for array in arrays]

    trace = context.trace
    return list(dispatch(Call(body, f"CollectiveReduce{kind}"), [Tensor(trace.lift(t), trace) for t in tensors]))


# --- one replica after the other ------------------------------------------------------------------------
class _Waits(Exception):
    """A replica has come to a collective op."""

    def __init__(self, kind: str, tensors: list[Tensor], axis: int) -> None:
        self.kind, self.tensors, self.axis = kind, tensors, axis


def _in_turn(strategy: Any, fn: Callable[..., Any], template: Any, plan: list[Any]) -> Callable[..., Any]:
    count = strategy.num_replicas_in_sync
    fn = converted(fn)

    def traced(given: Any, number: int, known: list[Any]) -> state.Lifted:
        leaves = [given[leaf.index] if isinstance(leaf, _Argument) else leaf for leaf in plan]
        args, kwargs = select(number, nest.pack_sequence_as(template, leaves))
        feed = iter(known)

        def exchange(kind: str, tensors: list[Tensor], axis: int) -> list[Tensor]:
            result = next(feed, None)
            if result is None:
                raise _Waits(kind, tensors, axis)
            return result

        replica = ReplicaContext(strategy, number, exchange)

        def one() -> Any:
            scope = context.trace
            plain = scope.write

            def write(variable: Any, tensor: Tensor) -> None:
                _check_written(variable, replica)
                plain(variable, tensor)

            scope.write = write
            with replica:
                try:
                    return None, fn(*args, **kwargs)
                except _Waits as wait:
                    return (wait.kind, wait.axis), wait.tensors
                finally:
                    del scope.write

        return state.trace(one, [], name=getattr(fn, "__name__", "replica"))

    def program(*given: Any) -> Any:
        known: list[Any] = []
        while True:
            lifted = [traced(given, number, known) for number in range(count)]
            passed_on: dict[int, Tensor] = {}
            outs = [_applied(one, number, passed_on) for number, one in enumerate(lifted)]
            packed = [one.pack(values[: len(one.results)]) for one, values in zip(lifted, outs, strict=True)]
            asked = {waits for waits, _ in packed}
            if len(asked) > 1:
                raise RuntimeError("The replicas do not come to the same collective ops in the same order.")
            waits = asked.pop()
            if waits is None:
                break
            known.append([_combined(*waits, list(column)) for column in zip(*[t for _, t in packed], strict=True)])
        _write_back(lifted, outs)
        return regroup([out for _, out in packed])

    return program


def _applied(lifted: state.Lifted, number: int, passed_on: dict[int, Tensor]) -> list[Tensor]:
    """A replica's results; `passed_on` are the values of shared variables that the replicas before it have left."""
    inputs = []
    for source in lifted.inputs:
        value = passed_on[id(source)] if id(source) in passed_on else state.current(source)
        if number and not isinstance(source, Tensor) and _is_summed_on_read(source):
            value = convert_to_tensor(np.zeros(value._value.shape, value._value.dtype))
        inputs.append(value)
    values = list(dispatch(lifted.call, inputs)) if lifted.results or lifted.assigned else []
    assigned = zip(lifted.assigned, values[len(lifted.results) :], strict=True)
    passed_on.update((id(variable), value) for variable, value in assigned if _is_shared(variable))
    return values


def _combined(kind: str, axis: int, values: list[Tensor]) -> Tensor:
    def body(*arrays: Any) -> Any:
        if kind == "GATHER":
            return jnp.concatenate(arrays, axis)
        if kind == "STACK":
            return jnp.stack(arrays)
        total = sum(arrays[1:], arrays[0])
        return total if kind == "SUM" else (total / len(arrays)).astype(total.dtype)

    return dispatch(Call(body, f"CollectiveReduce{kind}"), values)


def _write_back(lifted: list[state.Lifted], outs: list[list[Tensor]]) -> None:
    """Writes what the replicas have assigned, merged."""
    assigned: dict[int, tuple[Any, dict[int, Tensor]]] = {}
    for number, (one, values) in enumerate(zip(lifted, outs, strict=True)):
        for variable, value in zip(one.assigned, values[len(one.results) :], strict=True):
            assigned.setdefault(id(variable), (variable, {}))[1][number] = value
    for variable, values in assigned.values():
        if _is_shared(variable):
            variable._write(values[max(values)])
            continue
        if variable._aggregation in (VariableAggregation.NONE, VariableAggregation.ONLY_FIRST_REPLICA) or is_key(
            variable
        ):
            variable._write(values[min(values)])
            continue
        old = variable._read_quietly()
        summed = variable._aggregation == VariableAggregation.SUM
        on_read = _is_summed_on_read(variable)
        count = len(lifted)

        def body(old: Any, *arrays: Any, summed: bool = summed, on_read: bool = on_read, count: int = count) -> Any:
            total = sum(arrays[1:], arrays[0])
            if on_read:
                return total
            if summed:
                return old + (total - len(arrays) * old)
            return ((total + (count - len(arrays)) * old) / count).astype(old.dtype)

        variable._write(dispatch(Call(body, "MergeReplicas"), [old, *values.values()]))
