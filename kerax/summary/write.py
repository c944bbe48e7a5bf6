"""Writing a summary, at once or each time a compiled function runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from kerax.core import dtypes, effects
from kerax.core.context import context
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.io.proto import message
from kerax.io.tensor_proto import array_to_proto
from kerax.math.casting import cast
from kerax.summary.recording import known_step, recording, should_record_summaries


def emit(step: Any, data: Callable[[], Sequence[Any]], fill: Callable[..., None]) -> Tensor:
    """Gives the thread's writer an event, if summaries are recorded.

    Args:
      step: as summaries take it.
      data: called if there may be something to record; returns tensors.
      fill: ``(event, *arrays)``, puts the arrays of these tensors into an ``Event`` message.

    Returns:
      Scalar bool Tensor: whether it is recorded.
    """
    condition = should_record_summaries()
    if not condition._is_symbolic() and not bool(condition):
        return condition
    writer = recording().writer
    count = cast(convert_to_tensor(known_step(step)), dtypes.int64)
    tensors = [condition, count, *map(convert_to_tensor, data())]

    def record(wanted: Any, number: Any, *arrays: Any) -> None:
        if wanted:
            event = message("Event")(step=int(number))
            fill(event, *map(np.asarray, arrays))
            writer._add(event)

    if context.trace is None:
        record(*[tensor._value for tensor in tensors])
        return condition
    fixed = {i: t._value for i, t in enumerate(tensors) if t._value.dtype == object}

    def with_strings(*arrays: Any) -> None:
        feed = iter(arrays)
        record(*[fixed[i] if i in fixed else next(feed) for i in range(len(tensors))])

    effects.when_run(with_strings, [t for i, t in enumerate(tensors) if i not in fixed], "WriteSummary")
    return condition


def add_value(event: Any, tag: str, array: np.ndarray, metadata: bytes) -> None:
    """Puts a tensor with its tag and serialized metadata into an event."""
    value = event.summary.value.add(tag=tag)
    value.tensor.CopyFrom(array_to_proto(array))
    if metadata:
        value.metadata.MergeFromString(metadata)


def metadata_of(plugin: str, content: bytes = b"", description: str | None = None, data_class: int = 0) -> bytes:
    """Serialized ``SummaryMetadata``.

    Args:
      plugin: str, the TensorBoard plugin that shows the data.
      content: bytes, for the plugin.
      description: str, in markdown.
      data_class: 1 scalars, 2 tensors, 3 sequences of blobs.
    """
    proto = message("SummaryMetadata")(summary_description=description or "", data_class=data_class)
    proto.plugin_data.plugin_name = plugin
    proto.plugin_data.content = content
    return proto.SerializeToString()


def write(tag: Any, tensor: Any, step: Any = None, metadata: Any = None, name: str | None = None) -> Tensor:
    """Writes a tensor to the default writer.

    Args:
      tag: str, names the series.
      tensor: anything convertible to a tensor, or a callable that returns it and is called only if it is recorded.
      step: int, int64 tensor or Variable; by default that of ``tf.summary.experimental.set_step``.
      metadata: ``SummaryMetadata`` message (or its bytes), tells TensorBoard how to show the data.
      name: ignored.

    Returns:
      Scalar bool Tensor, whether it was written.

    Raises:
      ValueError: there is a writer, but no step.
    """
    serialized = metadata.SerializeToString() if hasattr(metadata, "SerializeToString") else metadata or b""
    tag = tag.numpy().decode() if isinstance(tag, Tensor) else tag

    def data() -> list[Any]:
        return [tensor() if callable(tensor) and not hasattr(tensor, "_kerax_tensor") else tensor]

    return emit(step, data, lambda event, array: add_value(event, tag, array, serialized))


def write_raw_pb(tensor: Any, step: Any = None, name: str | None = None) -> Tensor:
    """Writes serialized ``Summary`` messages to the default writer.

    Args:
      tensor: string tensor, one message or several to be merged.
      step: as in ``tf.summary.write``.
      name: ignored.

    Returns:
      Scalar bool Tensor, whether it was written.
    """

    def fill(event: Any, array: np.ndarray) -> None:
        for part in array.ravel().tolist():
            event.summary.MergeFromString(part)

    return emit(step, lambda: [tensor], fill)


def flush(writer: Any = None, name: str | None = None) -> None:
    """Writes what a writer has buffered to its file; inside ``tf.function`` when the program runs.

    Args:
      writer: SummaryWriter, by default the thread's.
      name: ignored.
    """
    writer = recording().writer if writer is None else writer
    if writer is not None:
        writer.flush()
