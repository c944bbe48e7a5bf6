"""The shapes that the equation of an ``EinsumDense`` implies."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from kerax.core.config import legacy_keras


class Layout(NamedTuple):
    """Shapes of weights and output; ``input_axes`` and ``output_axes`` are the kernel's summed and kept axes."""

    kernel: tuple[int, ...]
    bias: tuple[int, ...] | None
    output: tuple[int | None, ...]
    input_axes: tuple[int, ...]
    output_axes: tuple[int, ...]


_FORMS = (
    (r"([a-zA-Z]+),([a-zA-Z]+)->([a-zA-Z]+)", False),
    (r"0([a-zA-Z]+),([a-zA-Z]+)->0([a-zA-Z]+)", True),
    (r"([a-zA-Z]{2,})0,([a-zA-Z]+)->([a-zA-Z]+)0", False),
)


def parse(equation: str) -> tuple[str, str, str, bool]:
    """The labels of input, kernel and output, and whether the ellipsis stands in front.

    Raises:
      ValueError: an equation of another form.
    """
    plain = equation.replace("...", "0")
    for pattern, leading in _FORMS:
        found = re.match(pattern, plain)
        if found:
            return found.group(1), found.group(2), found.group(3), leading
    raise ValueError(
        f"Invalid einsum equation '{equation}'. Equations must be in the form [X],[Y]->[Z], ...[X],[Y]->...[Z], or "
        "[X]...,[Y]->[Z]...."
    )


def layout(equation: str, bias_axes: str | None, input_shape: Any, output_shape: Any) -> Layout:
    """Works out all shapes.

    Args:
      equation: str, such as ``"abc,cd->abd"``, with ``...`` in front or at the end.
      bias_axes: str, labels of the output that the bias has; None for no bias.
      input_shape: tuple with the batch.
      output_shape: tuple without the batch (and without what ``...`` stands for).

    Raises:
      ValueError: shapes and equation contradict each other.
    """
    inputs, weights, outputs, leading = parse(equation)
    rank = len(input_shape)
    elided = rank - len(inputs)
    full = [input_shape[0], *output_shape]
    if elided > 0 and leading:
        full[1:1] = input_shape[1:elided]
    elif elided > 0:
        full += input_shape[rank - elided :]
    shift = elided if leading else 0
    at_input = {label: input_shape[index + shift] for index, label in enumerate(inputs)}
    places = {label: index + shift for index, label in enumerate(outputs)}
    at_output = {label: full[place] for label, place in places.items()}
    for label, size in at_input.items():
        if label in at_output and at_output[label] is not None and at_output[label] != size:
            raise ValueError(
                f"Input shape and output shape do not match at shared dimension '{label}'. Input shape is {size}, and "
                f"output shape is {at_output[label]}."
            )
    for label in outputs:
        if label not in inputs and label not in weights:
            raise ValueError(
                f"Dimension '{label}' was specified in the output '{outputs}' but has no corresponding dim in the "
                f"input spec '{inputs}' or weight spec '{outputs}'"
            )
    if legacy_keras():  # Keras 2 knows the sizes that the output takes over from the input
        for label, place in places.items():
            full[place] = at_input.get(label) if full[place] is None else full[place]
    kernel = []
    for label in weights:
        if label not in at_output and label not in at_input:
            raise ValueError(
                f"Weight dimension '{label}' did not have a match in either the input spec '{inputs}' or the output "
                f"spec '{outputs}'. For this layer, the weight must be fully specified."
            )
        kernel.append(at_output[label] if label in at_output else at_input[label])
    return Layout(
        tuple(kernel),
        None if bias_axes is None else _bias_shape(bias_axes, outputs, at_output, 0 if leading else elided),
        tuple(full),
        tuple(index for index, label in enumerate(weights) if label not in at_output),
        tuple(index for index, label in enumerate(weights) if label in at_output),
    )


def _bias_shape(bias_axes: str, outputs: str, sizes: dict[str, Any], trailing: int) -> tuple[int, ...]:
    for label in bias_axes:
        if label not in outputs:
            raise ValueError(f"Bias dimension '{label}' was requested, but is not part of the output spec '{outputs}'")
    first = min(outputs.find(label) for label in bias_axes)
    return (*(sizes[label] if label in bias_axes else 1 for label in outputs[first:]), *[1] * trailing)
