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

_QUICK_STEP = 0.005  # seconds; steps that take longer share a program only in a long training


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
        self._plans: dict[Any, _DevicePlan] = {}
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
            source = None if self._eagerly else _planned(iterator)
            if source is not None:
                done = min(left, source.full_batches_left())
                outputs = self._plan(source).run(source, done)
                left -= done
            else:
                try:
                    batch = next(iterator)
                except StopIteration:
                    if not ran:
                        raise
                    break
                outputs = self.run_batch(batch)
                left -= 1
            ran = True
        return outputs

    def run_batch(self, batch: Any) -> Any:
        """Makes a step on a batch of arrays."""
        return self.one(as_tensors(batch, on_host=not self._eagerly and not context.eager_functions))

    def _plan(self, source: RowIterator) -> _DevicePlan:
        rows, size = source.rows, source.batch_size
        key = (size, rows.structure, tuple((a.shape, a.dtype) for a in rows.device_arrays()))
        if key not in self._plans:
            self._plans[key] = _DevicePlan(self._step, size, rows.pack)
        return self._plans[key]


def compiled(step: Callable[..., Any]) -> Function:
    return Function(step, check_creation=False, explain_errors=legacy_keras())


def as_tensors(batch: Any, on_host: bool = False) -> Any:
    """A batch with tensors for arrays; None and ragged or sparse tensors stay.

    Args:
      batch: structure of arrays.
      on_host: bool, whether numbers stay numpy arrays: a compiled call takes them to the device, and faster.
    """

    def leaf(value: Any) -> Any:
        if on_host and type(value) is np.ndarray and value.dtype.kind in "biuf":
            return Tensor(value)
        if value is None or isinstance(value, Tensor) or hasattr(value, "_kerax_components"):
            return value
        return convert_to_tensor(value)

    return tree.map_structure(leaf, batch)


def _planned(iterator: Any) -> RowIterator | None:
    """The iterator behind a feed, if its next batch can be cut out on the device."""
    source = getattr(iterator, "iterator", None)
    if not isinstance(source, RowIterator) or context.eager_functions or source.full_batches_left() < 1:
        return None
    return source if source.rows.device_arrays() is not None else None


class _DevicePlan:
    """Programs that gather their batches from arrays on the device.

    The first steps run one by one. If they hold nothing that XLA runs badly inside a loop, further ones run in one
    program, as many as asked for: quick steps at once, slow ones when they have taken as long as compiling takes. (What
    those gain is memory that stays mapped: on a CPU, XLA gives a program's buffers back after every call.)
    """

    def __init__(self, step: Callable[[Any], Any], batch_size: int, pack: Callable[[list[Any]], Any]) -> None:
        def cut(arrays: tuple[Any, ...], order: Any, position: Any) -> list[Any]:
            rows = jax.lax.dynamic_slice_in_dim(order, position * batch_size, batch_size)
            return [array.at[rows].get(mode="promise_in_bounds") for array in arrays]

        def one_step(position: Tensor, order: Tensor, *arrays: Tensor) -> Any:
            trace = context.trace
            values = [tensor._value for tensor in (position, order, *arrays)]
            leaves = cut(tuple(values[2:]), values[1], values[0])
            return step(pack([Tensor(leaf, trace) for leaf in leaves]))

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

        self._one = compiled(one_step)
        self._several = compiled(several_steps)
        self._single_runs = 0
        self._first = 0.0  # seconds of the first step, compilation included
        self._quickest = float("inf")
        self._together: bool | None = None  # undecided

    def run(self, source: RowIterator, count: int) -> Any:
        """Makes ``count`` steps and returns the result of the last."""
        order = Tensor(source.order())
        arrays = [Tensor(array) for array in source.rows.device_arrays()]
        outputs: Any = None
        while count > 0:
            if self._together and count > 1:
                outputs = self._several(_int32(source.position), _int32(count), order, *arrays)
                _wait(outputs)
                source.position += count
                break
            begin = time.perf_counter()
            outputs = self._one(_int32(source.position), order, *arrays)
            if self._together is None:
                self._consider(begin, outputs)
            source.position += 1
            count -= 1
        return outputs

    def _consider(self, begin: float, outputs: Any) -> None:
        """Notes how long the first single steps take, and decides whether further ones share a program."""
        self._single_runs += 1
        if self._single_runs <= 4:
            _wait(outputs)
            seconds = time.perf_counter() - begin
            if self._single_runs == 1:
                self._first = seconds
            else:
                self._quickest = min(self._quickest, seconds)
            if self._single_runs < 4:
                return
            if jax.default_backend() == "cpu" and any(map(_slow_in_loops, self._one.programs())):
                self._together = False
                return
        if self._quickest < _QUICK_STEP or self._single_runs * self._quickest > self._first:
            self._together = True


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
