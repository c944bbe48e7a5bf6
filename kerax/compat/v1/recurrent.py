"""``tf.compat.v1.nn``'s loops over time: a cell, called once for each step."""

from __future__ import annotations

import functools
from typing import Any

from kerax.array_ops import concat, reshape, reverse, reverse_sequence, stack, unstack, where, zeros_like
from kerax.core import nest
from kerax.core.tensor import convert_to_tensor
from kerax.math import less


def _run(cell: Any, steps: list[Any], sequence_length: Any, state: Any, dtype: Any) -> tuple[list[Any], Any]:
    first = nest.flatten(steps[0])[0]
    if state is None:
        if dtype is None:
            raise ValueError("If there is no initial_state, you must give a dtype.")
        batch = first.shape[0]
        zero = getattr(cell, "get_initial_state", None)
        state = cell.zero_state(batch, dtype) if zero is None else zero(batch_size=batch, dtype=dtype)
    lengths = None if sequence_length is None else convert_to_tensor(sequence_length)
    outputs = []
    for time, step in enumerate(steps):
        output, new = cell(step, state)
        if lengths is not None:  # past its end, a sequence gives zeros and keeps its state
            going = less(convert_to_tensor(time, lengths.dtype), lengths)
            output = nest.map_structure(functools.partial(_kept, going), output)
            kept = [_kept(going, a, b) for a, b in zip(nest.flatten(new), nest.flatten(state), strict=True)]
            new = nest.pack_sequence_as(state, kept)
        outputs.append(output)
        state = new
    return outputs, state


def _kept(going: Any, value: Any, other: Any = None) -> Any:
    """The value of the sequences that go on, and another one, by default zero, of the rest."""
    value = convert_to_tensor(value)
    mask = reshape(going, [-1] + [1] * (value.shape.rank - 1))
    return where(mask, value, zeros_like(value) if other is None else other)


def dynamic_rnn(
    cell: Any,
    inputs: Any,
    sequence_length: Any = None,
    initial_state: Any = None,
    dtype: Any = None,
    parallel_iterations: int | None = None,
    swap_memory: bool = False,
    time_major: bool = False,
    scope: Any = None,
) -> tuple[Any, Any]:
    """A cell's outputs for each step of sequences, and its last state.

    Args:
      cell: called with an input and a state, gives an output and a state.
      inputs: tensors ``[batch, time, …]``, or ``[time, batch, …]`` where ``time_major``.
      sequence_length: int ``[batch]``, or None for the whole length.
      initial_state: the first state, or None for zeros of ``dtype``.
      parallel_iterations, swap_memory, scope: without effect.

    Returns:
      Outputs, shaped as the inputs are, and the state.
    """
    flat = nest.flatten(inputs)
    series = [unstack(convert_to_tensor(x), axis=0 if time_major else 1) for x in flat]
    steps = [nest.pack_sequence_as(inputs, list(step)) for step in zip(*series, strict=True)]
    outputs, state = _run(cell, steps, sequence_length, initial_state, dtype)
    together = nest.map_structure(lambda *parts: stack(parts, axis=0 if time_major else 1), *outputs)
    return together, state


def static_rnn(
    cell: Any,
    inputs: Any,
    initial_state: Any = None,
    dtype: Any = None,
    sequence_length: Any = None,
    scope: Any = None,
) -> tuple[list[Any], Any]:
    """A cell's outputs for a list of inputs, and its last state."""
    if not inputs:
        raise ValueError("inputs must not be empty")
    return _run(cell, list(inputs), sequence_length, initial_state, dtype)


def _reversed(x: Any, lengths: Any, time_axis: int) -> Any:
    if lengths is None:
        return reverse(x, [time_axis])
    return reverse_sequence(x, lengths, seq_axis=time_axis, batch_axis=1 - time_axis)


def bidirectional_dynamic_rnn(
    cell_fw: Any,
    cell_bw: Any,
    inputs: Any,
    sequence_length: Any = None,
    initial_state_fw: Any = None,
    initial_state_bw: Any = None,
    dtype: Any = None,
    parallel_iterations: int | None = None,
    swap_memory: bool = False,
    time_major: bool = False,
    scope: Any = None,
) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    """`dynamic_rnn` of one cell forwards and of another backwards: pairs of outputs and of states."""
    axis = 0 if time_major else 1

    def turned(value: Any) -> Any:
        return nest.map_structure(lambda x: _reversed(convert_to_tensor(x), sequence_length, axis), value)

    ahead, last = dynamic_rnn(cell_fw, inputs, sequence_length, initial_state_fw, dtype, time_major=time_major)
    back, first = dynamic_rnn(cell_bw, turned(inputs), sequence_length, initial_state_bw, dtype, time_major=time_major)
    return (ahead, turned(back)), (last, first)


def static_bidirectional_rnn(
    cell_fw: Any,
    cell_bw: Any,
    inputs: Any,
    initial_state_fw: Any = None,
    initial_state_bw: Any = None,
    dtype: Any = None,
    sequence_length: Any = None,
    scope: Any = None,
) -> tuple[list[Any], Any, Any]:
    """`static_rnn` of one cell forwards and of another backwards: outputs side by side, and both states."""
    together = stack([convert_to_tensor(x) for x in inputs])
    backwards = unstack(_reversed(together, sequence_length, 0))
    ahead, last = static_rnn(cell_fw, inputs, initial_state_fw, dtype, sequence_length)
    back, first = static_rnn(cell_bw, backwards, initial_state_bw, dtype, sequence_length)
    back = unstack(_reversed(stack(back), sequence_length, 0))
    return [concat([a, b], 1) for a, b in zip(ahead, back, strict=True)], last, first
