"""String ops of ragged tensors that are not elementwise: joining and formatting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from kerax.array_ops._known import concrete
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.ragged import reduction
from kerax.ragged.elementwise import map_flat_values
from kerax.ragged.tensor import RaggedTensor, is_ragged


def reduce_join(
    inputs: RaggedTensor, axis: Any = None, keepdims: Any = None, separator: str = "", name: str | None = None
) -> Any:
    """``tf.strings.reduce_join`` along dense and ragged dimensions."""
    glue = separator.encode() if isinstance(separator, str) else bytes(separator)

    def combine(values: Any, ids: Any, count: int) -> Tensor:
        texts, owner = concrete(values), concrete(ids)
        rows: list[Any] = [[] for _ in range(int(count))]
        for text, row in zip(texts, owner.tolist(), strict=True):
            rows[row].append(text)
        inner = texts.shape[1:]
        out = np.empty((len(rows), *inner), object)
        for index, row in enumerate(rows):
            for place in np.ndindex(*inner):
                out[(index, *place)] = glue.join(item[place] if inner else item for item in row)
        return convert_to_tensor(out)

    def dense(value: Any, axes: Any) -> Any:
        from kerax import strings

        return strings.reduce_join(value, axis=axes, separator=separator)

    return reduction.reduce(inputs, axis, bool(keepdims), combine, dense)


def join(inputs: Sequence[Any], separator: str = "", name: str | None = None) -> Any:
    """``tf.strings.join`` of ragged tensors with the same rows."""
    from kerax import strings

    return map_flat_values(strings.join, list(inputs), separator)


def string_format(
    template: str, inputs: Any, placeholder: str = "{}", summarize: Any = 3, name: str | None = None
) -> Tensor:
    """``tf.strings.format`` where some inputs are ragged."""
    from kerax import strings

    values = list(inputs) if isinstance(inputs, (list, tuple)) else [inputs]
    parts = template.split(placeholder)
    if len(values) != len(parts) - 1:
        raise ValueError(f"num placeholders in template and num inputs must match: {len(parts) - 1} vs {len(values)}")
    out = parts[0].encode()
    for value, part in zip(values, parts[1:], strict=True):
        if is_ragged(value):
            out += text(value, summarize)
        else:
            out += strings.format("{}", [value], summarize=summarize).numpy()
        out += part.encode()
    return convert_to_tensor(out)


def text(value: RaggedTensor, summarize: Any) -> bytes:
    """A ragged tensor as ``tf.strings.format`` and ``tf.print`` show it.

    Args:
      value: ragged tensor.
      summarize: int, how many elements at either end of each dimension; -1 or None for all.
    """
    flat = concrete(value.flat_values, "values")
    if flat.dtype == object:
        words = [b"'" + item.replace(b"\\", b"\\\\").replace(b"'", b"\\'") + b"'" for item in flat.reshape(-1).tolist()]
        shown = np.empty(len(words), object)
        shown[:] = words
        shown = convert_to_tensor(shown.reshape(flat.shape))
    else:
        from kerax import strings

        shown = strings.as_string(value.flat_values)
    return _brackets(value.with_flat_values(shown).to_list(), summarize)


def _brackets(value: Any, summarize: Any) -> bytes:
    if not isinstance(value, list):
        return value
    cut = summarize not in (-1, None) and len(value) > 2 * summarize
    shown = [*value[:summarize], b"...", *value[-summarize:]] if cut else value
    return b"[" + b", ".join(_brackets(item, summarize) for item in shown) + b"]"
