"""``tf.strings.format``."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core.effects import format_array, quoted
from kerax.core.op import composed, op
from kerax.core.tensor import convert_to_tensor


@composed
def format(template: str, inputs: Any, placeholder: str = "{}", summarize: int = 3, name: str | None = None) -> Any:
    """A text with the values of tensors in it, as ``tf.print`` shows them.

    Args:
      template: str, the text.
      inputs: tensor or list of tensors, one for each placeholder.
      placeholder: str, what is replaced.
      summarize: int, how many elements are shown at either end of each dimension; -1 for all.
      name: ignored.

    Returns:
      string scalar.

    Raises:
      TypeError: the template is no string, or the inputs are a number.
      ValueError: not as many tensors as placeholders.

    >>> import kerax as tf
    >>> tf.strings.format("tensor: {}, suffix", tf.range(10)).numpy()
    b'tensor: [0 1 2 ... 7 8 9], suffix'
    """
    if not isinstance(template, str):
        raise TypeError(f"Expected string for argument 'template' not {template!r}.")
    listed = [inputs] if hasattr(inputs, "dtype") else list(inputs)
    tensors = [convert_to_tensor(value) for value in listed]
    count = template.count(placeholder)
    if count != len(tensors):
        raise ValueError(
            f"The template expects {count} tensors, but the inputs only has {len(tensors)}. Please ensure the "
            "number of placeholders in template matches inputs length."
        )
    return _fill([_shown(tensor, summarize) for tensor in tensors], template, placeholder)


@op("value: any", host=True, name="StringFormat")
def _shown(value, summarize):
    text = quoted(value[()]) if value.ndim == 0 and value.dtype == object else format_array(value, summarize)
    return np.array(text.encode(), dtype=object)


@op("texts*: string", host=True, name="StringFormat")
def _fill(texts, template, placeholder):
    parts = template.split(placeholder)
    out = parts[0].encode()
    for text, part in zip(texts, parts[1:], strict=True):
        out += text.item() + part.encode()
    return np.array(out, dtype=object)
