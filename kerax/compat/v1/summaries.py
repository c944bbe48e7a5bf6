"""``tf.compat.v1.summary``: each kind writes to TensorFlow 2's default writer where there is one."""

from __future__ import annotations

from typing import Any, NoReturn

from kerax import summary
from kerax.core import dtypes
from kerax.core.tensor import convert_to_tensor
from kerax.io.proto import message
from kerax.summary.recording import should_record_summaries


def _tag(name: str, family: str | None) -> str:
    return name if family is None else f"{family}/{family}/{name}"


def _written(done: Any) -> Any:
    """An empty string in place of the serialized ``Summary`` that TensorFlow returns also where nobody writes it."""
    return convert_to_tensor(b"", dtypes.string)


def scalar(name: str, tensor: Any, collections: Any = None, family: str | None = None) -> Any:
    """One number.

    Returns:
      A serialized ``Summary``; empty where a default writer has taken the number.
    """
    if should_record_summaries():
        return _written(summary.scalar(_tag(name, family), tensor))
    value = message("Summary.Value")(tag=_tag(name, family), simple_value=float(convert_to_tensor(tensor)))
    return convert_to_tensor(message("Summary")(value=[value]).SerializeToString(), dtypes.string)


def histogram(name: str, values: Any, collections: Any = None, family: str | None = None) -> Any:
    """The distribution of numbers, for the default writer."""
    return _written(summary.histogram(_tag(name, family), values))


def image(name: str, tensor: Any, max_outputs: int = 3, collections: Any = None, family: str | None = None) -> Any:
    """Images ``[batch, height, width, channels]``, for the default writer."""
    return _written(summary.image(_tag(name, family), tensor, max_outputs=max_outputs))


def audio(
    name: str, tensor: Any, sample_rate: Any, max_outputs: int = 3, collections: Any = None, family: str | None = None
) -> Any:
    """Sounds, for the default writer."""
    tensor = convert_to_tensor(tensor)
    tensor = tensor[..., None] if tensor.shape.rank == 2 else tensor
    return _written(summary.audio(_tag(name, family), tensor, sample_rate, max_outputs=max_outputs))


def text(name: str, tensor: Any, collections: Any = None) -> Any:
    """Strings, for the default writer."""
    return _written(summary.text(name, tensor))


def _no_merging(*arguments: Any, **settings: Any) -> NoReturn:
    """Refused, as TensorFlow does it while it executes eagerly.

    Raises:
      RuntimeError: always.
    """
    raise RuntimeError(
        "Merging tf.summary.* ops is not compatible with eager execution. Use tf.contrib.summary instead."
    )


merge = merge_all = _no_merging


def all_v2_summary_ops() -> None:
    """None: nothing is collected while executing eagerly."""


def initialize(graph: Any = None, session: Any = None) -> None:
    """Nothing to do: writers are ready from the start."""
