"""What holds for the summaries of a thread: the writer, the step, whether they are recorded."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kerax.core.context import context
from kerax.core.module import name_scope
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.math import logical_and

_OUTSIDE_SCOPE_NAMES = re.compile(r"[^-_/.A-Za-z0-9]")


@dataclass
class Recording:
    """The state of one thread."""

    writer: Any = None
    step: Any = None
    condition: Any = None  # bool, tensor, callable; None for always


def recording() -> Recording:
    """The state of this thread."""
    found = context.extras.get("summary")
    if found is None:
        found = context.extras["summary"] = Recording()
    return found


def get_step() -> Any:
    """The default step of this thread, as ``set_step`` got it; None if there is none.

    >>> import kerax as tf
    >>> tf.summary.experimental.set_step(3)
    >>> tf.summary.experimental.get_step()
    3
    >>> tf.summary.experimental.set_step(None)
    """
    return recording().step


def set_step(step: Any) -> None:
    """Sets the step of summaries that name none.

    Args:
      step: int, int64 tensor or Variable; a Variable is read each time a compiled function runs. None for none.
    """
    recording().step = step


def known_step(step: Any) -> Any:
    """The step of a summary.

    Raises:
      ValueError: there is none.
    """
    step = get_step() if step is None else step
    if step is None:
        raise ValueError(
            "No step set. Please specify one either through the `step` argument or through "
            "tf.summary.experimental.set_step()"
        )
    return step


@contextlib.contextmanager
def record_if(condition: Any) -> Iterator[None]:
    """Records summaries inside only where a condition holds.

    Args:
      condition: bool, scalar bool tensor, or a callable that returns one and is asked for each summary.

    >>> import kerax as tf
    >>> with tf.summary.create_noop_writer().as_default(), tf.summary.record_if(False):
    ...     bool(tf.summary.should_record_summaries())
    False
    """
    state = recording()
    outer, state.condition = state.condition, condition
    try:
        yield
    finally:
        state.condition = outer


def should_record_summaries() -> Tensor:
    """Whether a summary written now would be recorded: there is a writer, and the condition holds.

    Returns:
      Scalar bool Tensor.
    """
    state = recording()
    if state.writer is None:
        return convert_to_tensor(False)
    condition = state.condition() if callable(state.condition) else state.condition
    result = convert_to_tensor(True if condition is None else condition)
    replica = context.extras.get("replica_context")
    if replica is not None and replica.num_replicas_in_sync > 1:
        return logical_and(result, replica.replica_id_in_sync_group == 0)
    return result


@contextlib.contextmanager
def summary_scope(name: str, default_name: str = "summary", values: Any = None) -> Iterator[tuple[str, str]]:
    """Opens the name scope of a summary op.

    Args:
      name: str, the summary's name.
      default_name: str, the scope's name where ``name`` holds nothing that a scope may.
      values: ignored.

    Yields:
      (tag, scope): ``name`` below the scopes around it, and the scope's name.

    >>> import kerax as tf
    >>> with tf.name_scope("a"), tf.summary.experimental.summary_scope("loss!") as (tag, scope):
    ...     tag, scope
    ('a/loss!', 'a/loss/')
    """
    name = name or default_name
    tag = "/".join([*context.name_scopes, name])
    with name_scope(_OUTSIDE_SCOPE_NAMES.sub("", name) or default_name) as scope:
        yield tag, scope
