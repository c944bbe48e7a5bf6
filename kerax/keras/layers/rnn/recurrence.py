"""The loop of recurrent layers: one ``lax.scan`` where a program is built, python steps where tensors have values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp

from kerax.core import nest, state
from kerax.core.context import context
from kerax.core.map_fn import scan_program
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.keras.layers.rnn.cell import zeros


@op("x")
def swap_time(x):
    """The first two dimensions, batch and time, exchanged."""
    return jnp.swapaxes(x, 0, 1)


@op("x")
def reverse(x, axis=0):
    return jnp.flip(x, axis)


@op("x")
def _unstack(x):
    return [x[index] for index in range(x.shape[0])]


@op("items*")
def _stack(items):
    return jnp.stack(items)


@op("new, old; mask")
def _keep(new, old, mask):
    """``new`` where the mask is set, ``old`` elsewhere; the mask has the leading dimensions."""
    mask = mask.astype(bool)
    if mask.ndim > new.ndim:
        mask = mask.reshape(mask.shape[: new.ndim])
    return jnp.where(mask.reshape(mask.shape + (1,) * (new.ndim - mask.ndim)), new, old)


@op("x")
def _zeros_like(x):
    return jnp.zeros_like(x)


@op("lengths: int")
def _lengths_to_mask(lengths, count):
    return jnp.arange(count, dtype=lengths.dtype) < lengths[:, None]


def recur(
    step: Callable[[Any, Any], tuple[Any, Any]],
    inputs: Any,
    states: Any,
    *,
    go_backwards: bool = False,
    mask: Any = None,
    constants: Sequence[Any] = (),
    unroll: bool = False,
    input_length: Any = None,
    time_major: bool = False,
    zero_output_for_mask: bool = False,
    return_all_outputs: bool = True,
    output_is_state: bool = False,
) -> tuple[Any, Any, Any]:
    """Calls ``step`` for each time step, with the states that the step before returned.

    Args:
      step: function ``(inputs of a step, (*states, *constants)) → (output, states)``.
      inputs: tensor ``[batch, time, ...]`` or structure of such (time first with ``time_major``).
      states: list of tensors or nested lists: before the first step.
      go_backwards: bool, whether the last step comes first.
      mask: bool tensor ``[batch, time]`` or ``[batch, time, 1...]``; a masked step keeps states and output.
      constants: tensors that every step gets behind the states.
      unroll: bool, whether python repeats the step rather than ``lax.scan``.
      input_length: int tensor ``[batch]``, the lengths of the sequences; anything else is the number of steps.
      time_major: bool.
      zero_output_for_mask: bool, whether a masked step's output is zero rather than the last one's.
      return_all_outputs: bool, whether the outputs of all steps are wanted.
      output_is_state: bool, whether a step's output is its first state (it then need not be carried along).

    Returns:
      (last output, outputs ``[batch, time, ...]`` or the last one with a time of 1, states after the last step).
    """
    if not time_major:
        inputs = nest.map_structure(swap_time, inputs)
    rows = nest.flatten(inputs)
    count = rows[0].shape[0]
    if isinstance(input_length, Tensor) and input_length.ndim == 1 and mask is None:
        mask = swap_time(_lengths_to_mask(input_length, count))
    elif mask is not None and not time_major:
        mask = swap_time(mask)
    loop = _Loop(step, inputs, states, list(constants), zero_output_for_mask, return_all_outputs)
    if unroll or context.trace is None or count == 0:
        last, outputs, final = loop.unrolled(rows, mask, count, go_backwards)
    else:
        last, outputs, final = loop.scanned(rows, mask, go_backwards, output_is_state)
    if not time_major:
        outputs = nest.map_structure(swap_time, outputs)
    return last, outputs, final


class _Loop:
    """A step with what is the same for all steps."""

    def __init__(
        self, step: Any, inputs: Any, states: Any, constants: list[Any], zero_masked: bool, all_outputs: bool
    ) -> None:
        self.step = step
        self.inputs = inputs
        self.states = states
        self.constants = constants
        self.zero_masked = zero_masked
        self.all_outputs = all_outputs
        self.structure: Any = None

    def run(self, rows: Sequence[Tensor], flat_states: Sequence[Tensor]) -> tuple[list[Tensor], list[Tensor]]:
        """One step: (flat outputs, flat states)."""
        given = nest.pack_sequence_as(self.inputs, list(rows))
        packed = nest.pack_sequence_as(self.states, list(flat_states))
        output, after = self.step(given, (*packed, *self.constants))
        self.structure = output
        flat = nest.flatten(after)
        if len(flat) != len(flat_states):
            raise ValueError(f"The step returned {len(flat)} states, but {len(flat_states)} were given to it.")
        return [convert_to_tensor(item) for item in nest.flatten(output)], flat

    def masked(
        self, mask: Tensor, outputs: list[Tensor], before: list[Tensor], flat: list[Tensor], old: list[Tensor]
    ) -> tuple[list[Tensor], list[Tensor]]:
        """Outputs and states of a step after the mask: ``before`` are the outputs of the step before."""
        kept = [
            _keep(new, _zeros_like(new) if self.zero_masked else last, mask)
            for new, last in zip(outputs, before, strict=True)
        ]
        return kept, [_keep(new, last, mask) for new, last in zip(flat, old, strict=True)]

    def pack(self, flat: Sequence[Any]) -> Any:
        return nest.pack_sequence_as(self.structure, list(flat))

    def unrolled(self, rows: list[Tensor], mask: Any, count: int, backwards: bool) -> tuple[Any, Any, Any]:
        steps = [_unstack(row) for row in rows]
        masks = None if mask is None else _unstack(mask)
        flat = nest.flatten(self.states)
        history: list[list[Tensor]] = []
        outputs: list[Tensor] = []
        for index in range(count)[:: -1 if backwards else 1]:
            new, after = self.run([row[index] for row in steps], flat)
            if masks is not None:
                before = outputs or [_zeros_like(item) for item in new]
                new, after = self.masked(masks[index], new, before, after, flat)
            outputs, flat = new, after
            history.append(outputs)
        if not count:
            raise ValueError("Unrolling requires a fixed number of timesteps.")
        wanted = history if self.all_outputs else history[-1:]
        stacked = [_stack(list(items)) for items in zip(*wanted, strict=True)]
        return self.pack(outputs), self.pack(stacked), nest.pack_sequence_as(self.states, flat)

    def scanned(self, rows: list[Tensor], mask: Any, backwards: bool, output_is_state: bool) -> tuple[Any, Any, Any]:
        flat = nest.flatten(self.states)
        carried = [*flat]
        count = len(flat)
        derived = output_is_state and mask is None  # the last output is the first state then
        with_output = not derived and not (self.all_outputs and (mask is None or self.zero_masked))
        if with_output:
            carried += [zeros(aval.shape, aval.dtype) for aval in self.output_avals(rows, flat)]

        def body(*values: Tensor) -> list[Tensor]:
            old, before = list(values[:count]), list(values[count : len(carried)])
            given = values[len(carried) :]
            outputs, after = self.run(given[: len(rows)], old)
            if mask is not None:
                outputs, after = self.masked(given[-1], outputs, before or outputs, after, old)
            after = [_as_before(new, last) for new, last in zip(after, old, strict=True)]
            return [*after, *(outputs if with_output else []), *(outputs if self.all_outputs else [])]

        scanned = [*rows, *([] if mask is None else [mask])]
        avals = [jax.ShapeDtypeStruct(item._value.shape, item.dtype.dtype) for item in carried]
        avals += [jax.ShapeDtypeStruct(item._value.shape[1:], item.dtype.dtype) for item in scanned]
        program = state.trace(body, avals, name="rnn", repeats=True)
        results = scan_program(program, carried, scanned, backwards)
        final = results[:count]
        stacked = results[len(carried) :] if self.all_outputs else None
        if stacked is not None and backwards:
            stacked = [reverse(item) for item in stacked]
        if with_output:
            last = results[count : len(carried)]
        elif derived:
            last = final[:1]
        else:
            last = [_last(item) for item in stacked]
        if stacked is None:
            stacked = [_row(item) for item in last]
        return self.pack(last), self.pack(stacked), nest.pack_sequence_as(self.states, final)

    def output_avals(self, rows: list[Tensor], flat: list[Tensor]) -> list[Any]:
        """Shapes and dtypes of a step's output."""
        avals = [jax.ShapeDtypeStruct(row._value.shape[1:], row.dtype.dtype) for row in rows]
        avals += [jax.ShapeDtypeStruct(item._value.shape, item.dtype.dtype) for item in flat]
        program = state.trace(lambda *v: self.run(v[: len(rows)], v[len(rows) :])[0], avals, name="rnn_output")
        return program.results


@op("x")
def _last(x):
    return x[-1]


@op("x")
def _row(x):
    return x[None]


@op("new; old")
def _cast_like(new, old):
    return new.astype(old.dtype)


def _as_before(new: Tensor, old: Tensor) -> Tensor:
    """A state of the dtype that the loop began with."""
    new = convert_to_tensor(new)
    return new if new.dtype is old.dtype else _cast_like(new, old)
