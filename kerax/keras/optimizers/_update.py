"""One optimizer step as a pure function: clipping, weight decay, the rule, accumulation, moving averages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import jax
import jax.numpy as jnp

from kerax.core import interrupts
from kerax.core import variable as core
from kerax.core.context import context
from kerax.core.dispatch import Call, dispatch
from kerax.core.state import no_recording
from kerax.core.turns import turn
from kerax.core.value import Tensor
from kerax.keras.optimizers._slices import Slices, dense, each


def clip_by_norm(gradient: Any, limit: float) -> Any:
    """Shrinks one gradient to a norm of at most ``limit``."""
    if isinstance(gradient, Slices):
        return gradient.map(lambda values: clip_by_norm(values, limit))
    total = jnp.sum(jnp.square(gradient), dtype=gradient.dtype)
    positive = total > 0
    norm = jnp.where(positive, jnp.sqrt(jnp.where(positive, total, 1)), total)
    return gradient * limit / jnp.maximum(norm, limit)


def clip_by_global_norm(gradients: list[Any], limit: float) -> list[Any]:
    """Shrinks gradients together, so that the norm of all is at most ``limit``; NaN if any is not finite."""
    parts = [g.values if isinstance(g, Slices) else g for g in gradients]
    norm = jnp.sqrt(sum(jnp.sum(jnp.square(part)) for part in parts))
    scale = limit * jnp.minimum(1.0 / norm, 1.0 / limit) + (norm - norm)
    return [(dense(g) * scale).astype(g.dtype) for g in gradients]


def clipped(optimizer: Any, gradients: list[Any]) -> list[Any]:
    """Gradients under the optimizer's clipping arguments."""
    if optimizer.clipnorm and optimizer.clipnorm > 0:
        return [clip_by_norm(g, optimizer.clipnorm) for g in gradients]
    if optimizer.global_clipnorm and optimizer.global_clipnorm > 0:
        return clip_by_global_norm(gradients, optimizer.global_clipnorm)
    if optimizer.clipvalue and optimizer.clipvalue > 0:
        return [each(lambda v: jnp.clip(v, -optimizer.clipvalue, optimizer.clipvalue), g) for g in gradients]
    return gradients


def moving_average(average: Any, value: Any, first: Any, momentum: float, legacy: bool) -> Any:
    """The next moving average; Keras 3 begins with the first value, Keras 2 with the initial one."""
    m = jnp.asarray(momentum, value.dtype)
    if not legacy:
        m = jnp.where(first, 0, m)
    return m * average + (1 - m) * value


def _rounds(chosen: tuple[int, ...]) -> list[list[int]]:
    """Positions of ``chosen``, parted so that a variable with many gradients gets one after the other."""
    rounds: list[list[int]] = []
    seen: dict[int, int] = {}
    for position, i in enumerate(chosen):
        turn = seen[i] = seen.get(i, -1) + 1
        if turn == len(rounds):
            rounds.append([])
        rounds[turn].append(position)
    return rounds


@dataclass(eq=False)
class State:
    """All variables that a step reads and writes, as a tree; ``arrays`` of it are what programs work on."""

    iterations: Any
    values: list[Any]
    slots: list[dict[str, Any]]
    shared: dict[str, Any]
    accumulators: list[Any] = field(default_factory=list)
    averages: list[Any] = field(default_factory=list)


jax.tree_util.register_dataclass(
    State,
    data_fields=["iterations", "values", "slots", "shared", "accumulators", "averages"],
    meta_fields=[],
)


class Program:
    """A step of one optimizer for some of its variables, with its python settings fixed.

    Args:
      optimizer: the optimizer.
      variables: all variables it was built for.
      chosen: indices of those that have a gradient.
      legacy: bool, whether moving averages begin as in Keras 2.
    """

    def __init__(self, optimizer: Any, variables: list[Any], chosen: tuple[int, ...], legacy: bool) -> None:
        self.optimizer = optimizer
        self.variables = variables
        self.chosen = chosen
        self.legacy = legacy
        self.decay = [optimizer._decay_of(variables[i]) for i in chosen]
        self.rounds = _rounds(chosen)
        state = optimizer._state()
        leaves, self.tree = jax.tree.flatten(state, is_leaf=lambda x: isinstance(x, core.Variable))
        # a variable that was given more than once is one leaf, and its value is that of its last place
        self.last = {id(leaf): place for place, leaf in enumerate(leaves)}
        self.leaves = [leaves[place] for place in self.last.values()]
        numbers = {key: number for number, key in enumerate(self.last)}
        self.places = [numbers[id(leaf)] for leaf in leaves]
        self.compiled: dict[tuple[bool, ...], Any] = {}
        self.call: Call | None = None

    def step(self, gradients: list[Any], learning_rate: Any, state: State) -> State:
        """The pure step.

        Args:
          gradients: one array (or values and indices) per chosen variable.
          learning_rate: scalar array.
          state: State of arrays.
        """
        optimizer, chosen = self.optimizer, self.chosen
        gradients = [
            Slices(*g, state.values[i].shape) if isinstance(g, tuple) else g
            for g, i in zip(gradients, chosen, strict=True)
        ]
        steps = optimizer.gradient_accumulation_steps
        if steps:
            gradients = [dense(g) for g in gradients]
        if optimizer.loss_scale_factor is not None:
            gradients = [each(lambda v: v / jnp.asarray(optimizer.loss_scale_factor, v.dtype), g) for g in gradients]
        if not steps:
            state = self._updated(gradients, learning_rate, state, state.iterations)
            real = state.iterations
        else:
            due = (state.iterations + 1) % steps == 0
            real = state.iterations // steps
            state = jax.lax.cond(due, self._accumulated_update, self._accumulate, gradients, learning_rate, state)
        if optimizer.use_ema:
            state = self._averaged(state, real)
        state.iterations = state.iterations + 1
        return state

    def _accumulated_update(self, gradients: list[Any], learning_rate: Any, state: State) -> State:
        steps = self.optimizer.gradient_accumulation_steps
        totals = [
            (g.astype(state.accumulators[i].dtype) + state.accumulators[i]) / steps
            for g, i in zip(gradients, self.chosen, strict=True)
        ]
        state = self._updated(totals, learning_rate, state, state.iterations // steps)
        state.accumulators = [jnp.zeros_like(a) for a in state.accumulators]
        return state

    def _accumulate(self, gradients: list[Any], learning_rate: Any, state: State) -> State:
        accumulators = list(state.accumulators)
        for g, i in zip(gradients, self.chosen, strict=True):
            accumulators[i] = accumulators[i] + g.astype(accumulators[i].dtype)
        return State(state.iterations, state.values, state.slots, state.shared, accumulators, state.averages)

    def _updated(self, gradients: list[Any], learning_rate: Any, state: State, step: Any) -> State:
        optimizer, chosen = self.optimizer, self.chosen
        gradients = clipped(optimizer, gradients)
        all_values, all_slots, shared = list(state.values), list(state.slots), state.shared
        for i, rate in zip(chosen, self.decay, strict=True):
            if rate is not None:
                w = all_values[i]
                all_values[i] = w - w * jnp.asarray(rate, w.dtype) * learning_rate.astype(w.dtype)
        if self.legacy or not optimizer.takes_slices:  # Keras 2 adds the rows that are the same before its rules
            gradients = [dense(g) for g in gradients]
        for positions in self.rounds:
            some = [chosen[position] for position in positions]
            values = [all_values[i] for i in some]
            given = [
                each(lambda v, dtype=w.dtype: v.astype(dtype), gradients[position])
                for position, w in zip(positions, values, strict=True)
            ]
            slots = [all_slots[i] for i in some]
            variables = [self.variables[i] for i in some]
            values, slots, shared = optimizer.transform(
                given, values, slots, state.shared, learning_rate, step, variables
            )
            for i, value, new in zip(some, values, slots, strict=True):
                all_values[i] = value.astype(all_values[i].dtype)
                all_slots[i] = {k: new.get(k, v).astype(v.dtype) for k, v in all_slots[i].items()}
        shared = {k: shared[k].astype(v.dtype) for k, v in state.shared.items()}
        return State(state.iterations, all_values, all_slots, shared, state.accumulators, state.averages)

    def _averaged(self, state: State, step: Any) -> State:
        optimizer = self.optimizer
        averages = [
            moving_average(a, v, step == 0, optimizer.ema_momentum, self.legacy)
            for a, v in zip(state.averages, state.values, strict=True)
        ]
        values = state.values
        if optimizer.ema_overwrite_frequency:
            due = (step + 1) % optimizer.ema_overwrite_frequency == 0
            values = [jnp.where(due, a, v) for a, v in zip(averages, values, strict=True)]
        return State(state.iterations, values, state.slots, state.shared, state.accumulators, averages)

    def _stepped(self, leaves: list[Any], gradients: list[Any], learning_rate: Any) -> list[Any]:
        """``step`` on the arrays of ``leaves``."""
        state = jax.tree.unflatten(self.tree, [leaves[number] for number in self.places])
        found = jax.tree.leaves(self.step(gradients, learning_rate, state))
        return [found[place] for place in self.last.values()]

    # --- running it -----------------------------------------------------------------------------------
    def run(self, gradients: list[Any], learning_rate: Tensor) -> None:
        """Runs the step on Tensors and writes the variables: one compiled call, or inlined in a trace."""
        if context.trace is None:
            with turn:
                self._run_now(gradients, learning_rate)
        else:
            self._run_traced(gradients, learning_rate)

    def _run_now(self, gradients: list[Any], learning_rate: Tensor) -> None:
        leaves = self.leaves
        # arrays that somebody else holds must not be given to the program to be overwritten
        owned = tuple(variable._tensor is None for variable in leaves)
        given = [v._value for v, own in zip(leaves, owned, strict=True) if own]
        kept = [v._value for v, own in zip(leaves, owned, strict=True) if not own]
        arrays = [tuple(t._value for t in g) if isinstance(g, tuple) else g._value for g in gradients]
        arguments = (given, kept, arrays, learning_rate._value)
        compiled = self.compiled.get(owned)
        if compiled is None:
            compiled = self._compile(owned)
            with interrupts.held():
                compiled.lower(*arguments).compile()
            self.compiled[owned] = compiled

        def keep(arrays: list[Any]) -> None:
            for variable, array in zip(leaves, arrays, strict=True):
                variable._write_owned(array)

        interrupts.completed(compiled, arguments, keep)

    def _compile(self, owned: tuple[bool, ...]) -> Any:
        def program(given: list[Any], kept: list[Any], gradients: list[Any], learning_rate: Any) -> list[Any]:
            parts = {True: iter(given), False: iter(kept)}
            return self._stepped([next(parts[own]) for own in owned], gradients, learning_rate)

        program.__name__ = type(self.optimizer).__name__
        return jax.jit(program, donate_argnums=0)

    def _run_traced(self, gradients: list[Any], learning_rate: Tensor) -> None:
        layout = tuple(len(g) if isinstance(g, tuple) else 0 for g in gradients)

        def flat(*arrays: Any) -> list[Any]:
            rest = iter(arrays)
            leaves = [next(rest) for _ in self.leaves]
            found = [tuple(next(rest) for _ in range(n)) if n else next(rest) for n in layout]
            return self._stepped(leaves, found, next(rest))

        tensors = [variable._read_quietly() for variable in self.leaves]
        for gradient in gradients:
            tensors.extend(gradient if isinstance(gradient, tuple) else [gradient])
        with no_recording():
            results = dispatch(
                Call(flat, type(self.optimizer).__name__, differentiable=False), [*tensors, learning_rate]
            )
        for variable, value in zip(self.leaves, results, strict=True):
            variable._write(value)
