"""How a step runs: compiled, on one batch, or on many batches cut out of arrays on the device.

``StepFunction`` is what ``model.train_function`` is. Called with an iterator of batches it makes the next
step, or several, and returns the last one's result. The step itself is ordinary python (``train_step``) with
Variables in it; ``core.function`` lifts their values into the compiled program.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from kerax.core import state
from kerax.core.config import legacy_keras
from kerax.core.context import context
from kerax.core.function import Function
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.keras.training.arrays import RowIterator
from kerax.keras.tree import structure as tree

_WAITED_FOR = 3  # steps of which the quickest stands for all
_QUICK_STEP = 0.005  # seconds


class StepFunction:
    """Runs a step on the batches of an iterator.

    Args:
      step: takes a batch, returns a structure of tensors.
      eagerly: bool, whether python runs for every batch.
      steps_per_execution: int, steps of a call, unless the iterator says otherwise.
    """

    def __init__(self, step: Callable[[Any], Any], eagerly: bool, steps_per_execution: int = 1) -> None:
        self._step = step
        self._eagerly = eagerly
        self._steps = steps_per_execution
        self._loops: dict[Any, _Loop] = {}
        self._compiling = 0.0  # seconds, the longest that a step took which was compiled
        self.one = step if eagerly else compiled(step)

    def __call__(self, iterator: Iterator[Any]) -> Any:
        """Makes the next steps.

        Raises:
          StopIteration: there was no batch left.
        """
        left = getattr(iterator, "count", self._steps)
        outputs: Any = None
        ran = False
        while left > 0:
            source = _row_source(iterator) if left > 1 and not self._eagerly else None
            loop = None if source is None else self._loop(source)
            if loop is not None and loop.pays(source):
                done = min(left, source.full_batches_left())
                outputs = loop.run(source, done)
            else:
                try:
                    batch = next(iterator)
                except StopIteration:
                    if not ran:
                        raise
                    break
                outputs = self.run_batch(batch) if self._eagerly else self._timed(loop, batch)
                done = 1
            left -= done
            ran = True
        return outputs

    def run_batch(self, batch: Any) -> Any:
        """Makes a step on a batch of arrays."""
        return self.one(as_tensors(batch, on_host=not self._eagerly and not context.eager_functions))

    def _timed(self, loop: _Loop | None, batch: Any) -> Any:
        """``run_batch``, of which is noted how long compiling takes; ``loop`` learns how long a step takes."""
        traced = self.one.experimental_get_tracing_count()
        begin = time.perf_counter()
        outputs = self.run_batch(batch)
        if self.one.experimental_get_tracing_count() > traced:
            _wait(outputs)
            self._compiling = max(self._compiling, time.perf_counter() - begin)
        elif loop is not None and loop.undecided:
            loop.consider(begin, outputs, self._compiling, self.one.programs())
        return outputs

    def _loop(self, source: RowIterator) -> _Loop:
        rows, size = source.rows, source.batch_size
        key = (size, rows.signature)
        if key not in self._loops:
            self._loops[key] = _Loop(self._step, size, rows.pack, first=not self._loops)
        return self._loops[key]


def compiled(step: Callable[..., Any]) -> Function:
    return Function(step, check_creation=False, explain_errors=legacy_keras())


def as_tensors(batch: Any, on_host: bool = False) -> Any:
    """A batch with tensors for arrays; None and ragged or sparse tensors stay.

    Args:
      batch: structure of arrays.
      on_host: bool, whether numbers stay numpy arrays: a compiled call takes them to the device, and faster.
    """

    return tree.map_leaves(_on_host if on_host else _as_tensor, batch)


def _as_tensor(value: Any) -> Any:
    if value is None or isinstance(value, Tensor) or hasattr(value, "_kerax_components"):
        return value
    return convert_to_tensor(value)


def _on_host(value: Any) -> Any:
    return Tensor(value) if type(value) is np.ndarray and value.dtype.kind in "biuf" else _as_tensor(value)


def _row_source(iterator: Any) -> RowIterator | None:
    """The iterator behind a feed, if its next batches are rows of arrays that may live on the device."""
    source = getattr(iterator, "iterator", None)
    if not isinstance(source, RowIterator) or context.eager_functions or not source.rows.resident:
        return None
    return source if source.full_batches_left() > 1 else None


class _Loop:
    """A program that makes many steps, on batches that it gathers from arrays on the device.

    It is worth compiling where the steps made one by one have taken as long as that takes, unless they hold what XLA
    runs badly inside a loop. (What slow steps gain is memory that stays mapped: on a CPU, XLA gives a program's buffers
    back after every call.) Quick steps gain the most; for them it is compiled at once, but only for the first data: the
    next may be of another size each time.
    """

    def __init__(
        self, step: Callable[[Any], Any], batch_size: int, pack: Callable[[list[Any]], Any], first: bool
    ) -> None:
        def cut(arrays: tuple[Any, ...], order: Any, position: Any) -> list[Any]:
            rows = jax.lax.dynamic_slice_in_dim(order, position * batch_size, batch_size)
            return [array.at[rows].get(mode="promise_in_bounds") for array in arrays]

        def several_steps(first: Tensor, count: Tensor, order: Tensor, *arrays: Tensor) -> Any:
            trace = context.trace
            values = [tensor._value for tensor in (first, count, order, *arrays)]
            avals = [jax.ShapeDtypeStruct((batch_size, *a.shape[1:]), a.dtype) for a in values[3:]]
            lifted = state.trace(lambda *leaves: step(pack(list(leaves))), avals, name=step.__name__)
            inputs = [trace.lift(state.current(source)) for source in lifted.inputs]
            places = {id(source): i for i, source in enumerate(lifted.inputs)}
            starts = [trace.lift(state.current(variable)) for variable in lifted.assigned]
            results = [jnp.zeros(result.shape, result.dtype) for result in lifted.results]

            def body(i: Any, carry: tuple[list[Any], list[Any]]) -> tuple[list[Any], list[Any]]:
                current = list(inputs)
                for variable, value in zip(lifted.assigned, carry[1], strict=True):
                    if id(variable) in places:
                        current[places[id(variable)]] = value
                outs = lifted.fn(*current, *cut(tuple(values[3:]), values[2], i))
                return list(outs[: len(results)]), list(outs[len(results) :])

            results, finals = jax.lax.fori_loop(values[0], values[0] + values[1], body, (results, starts))
            return state.finish(lifted, [Tensor(value, trace) for value in (*results, *finals)])

        self._several = compiled(several_steps)
        self._first = first
        self._singles = 0  # steps made one by one
        self._quickest = float("inf")  # seconds, of the few that were waited for
        self.undecided = True
        self._pays = False

    def consider(self, begin: float, outputs: Any, compiling: float, programs: list[Any]) -> None:
        """Notes a step made by itself, and decides whether further ones share a program.

        Args:
          begin: when the step began.
          outputs: what it returned.
          compiling: seconds that compiling a step takes.
          programs: those of a single step.
        """
        self._singles += 1
        if self._singles <= _WAITED_FOR:
            _wait(outputs)
            self._quickest = min(self._quickest, time.perf_counter() - begin)
            if self._singles < _WAITED_FOR:
                return
        if (self._first and self._quickest < _QUICK_STEP) or self._singles * self._quickest > compiling:
            self.undecided = False
            self._pays = jax.default_backend() != "cpu" or not any(map(_slow_in_loops, programs))

    def pays(self, source: RowIterator) -> bool:
        """Whether the next steps share the program, which needs the arrays on the device."""
        return self._pays and source.rows.device_arrays() is not None

    def run(self, source: RowIterator, count: int) -> Any:
        """Makes ``count`` steps and returns the result of the last."""
        arrays = [Tensor(array) for array in source.rows.device_arrays()]
        outputs = self._several(_int32(source.position), _int32(count), Tensor(source.order()), *arrays)
        _wait(outputs)
        source.position += count
        return outputs


def _wait(outputs: Any) -> None:
    jax.block_until_ready([leaf._value for leaf in tree.flatten(outputs) if isinstance(leaf, Tensor)])


def _int32(value: int) -> Tensor:
    return Tensor(np.asarray(value, np.int32))


def _slow_in_loops(program: Any) -> bool:
    return program.lifted is None or _holds_convolution(program.lifted.jaxpr.jaxpr)


def _holds_convolution(jaxpr: Any) -> bool:
    """Whether a program convolves: inside a loop XLA's CPU convolutions are an order of magnitude slower."""
    for equation in jaxpr.eqns:
        if equation.primitive.name == "conv_general_dilated":
            return True
        for parameter in equation.params.values():
            for inner in parameter if isinstance(parameter, (tuple, list)) else (parameter,):
                inner = getattr(inner, "jaxpr", inner)
                if hasattr(inner, "eqns") and _holds_convolution(inner):
                    return True
    return False
