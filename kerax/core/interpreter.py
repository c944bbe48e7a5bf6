"""Eager ops of ever new shapes, run by numpy until compiling them pays.

XLA compiles a program for every shape, in some 20 ms even for an addition. A loop whose arrays grow, episodes or images
of all sizes would compile at every step. So where an op has been compiled for many shapes, each further one is first
traced and its primitives run one by one, here; the time that takes is counted, and when it amounts to that of compiling
the program is compiled after all. Programs with a primitive that has no rule here are compiled at once.

On a CPU only: elsewhere the arrays would have to travel.
"""

from __future__ import annotations

import functools
import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import jax
import jax.extend as jex
import numpy as np

from kerax.core.numpy_rules import RULES, UFUNCS, Equation, NoRule
from kerax.core.placing import put

_CALLS = {"pjit", "jit", "closed_call", "core_call", "checkpoint", "remat2", "custom_jvp_call", "custom_vjp_call"}
_MANY = 8  # programs of an op of one name, from which on new ones are interpreted first
_KEPT = 256  # signatures of one Call that are remembered


class _Compiles:
    """How often and how long XLA compiles: jax says so to those who listen."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.count = 0
        jax.monitoring.register_event_duration_secs_listener(self._listen)

    def _listen(self, event: str, seconds: float, **_: Any) -> None:
        if event == "/jax/core/compile/backend_compile_duration":
            self.seconds += seconds
            self.count += 1

    @property
    def usual_seconds(self) -> float:
        return self.seconds / max(self.count, 1)


compiles = _Compiles()
#: names of ops that have been compiled for many shapes
changing: set[str] = set()
_counts: dict[str, int] = {}


def note_compiled(name: str) -> None:
    """Counts a program of an op that has just been compiled."""
    _counts[name] = _counts.get(name, 0) + 1
    if _counts[name] >= _MANY and jax.default_backend() == "cpu":
        changing.add(name)


def among_others(others: int, fn: Callable[..., Any]) -> Deferred | None:
    """Interprets a function for one signature, where it has been compiled for many; else None.

    Args:
      others: int, for how many.
      fn: the function.
    """
    return Deferred(fn) if others >= _MANY and jax.default_backend() == "cpu" else None


class Deferred:
    """A function of arrays that is interpreted, for each signature until compiling it pays.

    Args:
      fn: the function; returns a pytree of arrays.
    """

    def __init__(self, fn: Callable[..., Any]) -> None:
        self._fn = fn
        self._found: dict[Any, _Program] = {}

    def run(self, arrays: Sequence[Any]) -> tuple[Any] | None:
        """The result in a tuple of one; None where the compiled program is to be used."""
        if any(isinstance(array, jax.core.Tracer) for array in arrays):  # a user's own jax.jit
            return None
        key = tuple([(array.dtype, array.shape) for array in arrays])
        program = self._found.get(key)
        if program is None:
            if len(self._found) >= _KEPT:
                self._found.clear()
            program = self._found[key] = _Program(self._fn, arrays)
        return program.run(arrays)


class _Program:
    def __init__(self, fn: Callable[..., Any], arrays: Sequence[Any]) -> None:
        avals = [jax.ShapeDtypeStruct(array.shape, array.dtype) for array in arrays]
        closed, shape = jax.make_jaxpr(fn, return_shape=True)(*avals)
        self._tree = jax.tree.structure(shape)
        try:
            self._block: _Block | None = _Block(closed.jaxpr, closed.consts)
        except NoRule:
            self._block = None
        self._spent = 0.0  # seconds, without tracing: compiling needs that too

    def run(self, arrays: Sequence[Any]) -> tuple[Any] | None:
        if self._block is None or self._spent > compiles.usual_seconds:
            return None
        begin = time.perf_counter()
        with np.errstate(all="ignore"):
            try:
                results = self._block.run(*[np.asarray(array) for array in arrays])
            except NoRule:
                self._block = None
                return None
        out = jax.tree.unflatten(self._tree, [put(value) for value in results])
        self._spent += time.perf_counter() - begin
        return (out,)


class _Block:
    """A jaxpr as a list of calls of numpy functions.

    Args:
      jaxpr: of ``jax.make_jaxpr``.
      consts: values of its constants.

    Raises:
      NoRule: a primitive has none.
    """

    def __init__(self, jaxpr: Any, consts: Sequence[Any]) -> None:
        if jaxpr.effects:
            raise NoRule("effects")
        self._places: dict[int, int] = {}
        self._start: list[Any] = []
        for var, value in zip(jaxpr.constvars, consts, strict=True):
            self._place(var, np.asarray(value))
        self._inputs = [self._place(var) for var in jaxpr.invars]
        self._steps = [self._step(equation) for equation in jaxpr.eqns]
        self._outputs = [(self._read(atom), _numpy_dtype(atom.aval)) for atom in jaxpr.outvars]

    def _place(self, var: Any, value: Any = None) -> int:
        self._places[id(var)] = len(self._start)
        self._start.append(value)
        return len(self._start) - 1

    def _read(self, atom: Any) -> int:
        if isinstance(atom, jex.core.Literal):
            return self._place(atom, np.asarray(atom.val, _numpy_dtype(atom.aval)))
        return self._places[id(atom)]

    def _step(self, equation: Any) -> tuple[Callable[..., Any], list[int], list[int], bool]:
        name, params = equation.primitive.name, equation.params
        inputs = [self._read(atom) for atom in equation.invars]
        for var in equation.outvars:
            _numpy_dtype(var.aval)
        if name in _CALLS:
            inner = next(params[key] for key in ("jaxpr", "call_jaxpr", "fun_jaxpr") if key in params)
            rule: Callable[..., Any] = _block(inner).run
        elif name in _LOOPS:
            rule = _LOOPS[name](params)
        elif name in UFUNCS:
            rule = UFUNCS[name]
        elif name in RULES:
            rule = functools.partial(RULES[name], Equation(equation))
        else:
            raise NoRule(name)
        return rule, inputs, [self._place(var) for var in equation.outvars], equation.primitive.multiple_results

    def run(self, *inputs: Any) -> list[np.ndarray]:
        values = list(self._start)
        for place, value in zip(self._inputs, inputs, strict=True):
            values[place] = value
        for rule, taken, given, several in self._steps:
            out = rule(*[values[place] for place in taken])
            if several:
                for place, value in zip(given, out, strict=True):
                    values[place] = value
            else:
                values[given[0]] = out
        return [np.asarray(values[place], dtype) for place, dtype in self._outputs]


def _block(jaxpr: Any) -> _Block:
    """Of a jaxpr, closed or without constants."""
    return _Block(jaxpr.jaxpr, jaxpr.consts) if hasattr(jaxpr, "consts") else _Block(jaxpr, ())


# --- loops and branches: as long as they take less time than compiling ------------------------------------------
def _rounds() -> Iterator[int]:
    """Counts the rounds of a loop.

    Raises:
      NoRule: they take too long.
    """
    end = time.perf_counter() + compiles.usual_seconds
    for number in itertools.count():
        if time.perf_counter() > end:
            raise NoRule("a long loop")
        yield number


def _cond(params: dict[str, Any]) -> Callable[..., Any]:
    branches = [_block(branch) for branch in params["branches"]]

    def rule(index: Any, *values: Any) -> list[Any]:
        return branches[min(max(int(index), 0), len(branches) - 1)].run(*values)

    return rule


def _while(params: dict[str, Any]) -> Callable[..., Any]:
    condition, body = _block(params["cond_jaxpr"]), _block(params["body_jaxpr"])
    first, second = params["cond_nconsts"], params["cond_nconsts"] + params["body_nconsts"]

    def rule(*values: Any) -> list[Any]:
        asked, used, state = values[:first], values[first:second], list(values[second:])
        if np.ndim(condition.run(*asked, *state)[0]):
            raise NoRule("a loop that goes on for some of a batch")
        for _ in _rounds():
            if not condition.run(*asked, *state)[0]:
                break
            state = body.run(*used, *state)
        return state

    return rule


def _scan(params: dict[str, Any]) -> Callable[..., Any]:
    body, length = _block(params["jaxpr"]), params["length"]
    first, second = params["num_consts"], params["num_consts"] + params["num_carry"]
    if not length:
        raise NoRule("a scan of nothing")

    def rule(*values: Any) -> list[Any]:
        used, carry, along = values[:first], list(values[first:second]), values[second:]
        found = []
        order = range(length - 1, -1, -1) if params["reverse"] else range(length)
        for _, index in zip(_rounds(), order, strict=False):
            out = body.run(*used, *carry, *[value[index] for value in along])
            carry = out[: len(carry)]
            found.append(out[len(carry) :])
        if params["reverse"]:
            found.reverse()
        return [*carry, *map(np.stack, zip(*found, strict=True))]

    return rule


_LOOPS = {"cond": _cond, "while": _while, "scan": _scan}


def _numpy_dtype(aval: Any) -> np.dtype:
    dtype = getattr(aval, "dtype", None)
    if not isinstance(dtype, np.dtype) or dtype == jax.dtypes.float0 or not all(isinstance(n, int) for n in aval.shape):
        raise NoRule(f"a value of {aval}")
    return dtype
