"""``keras.src.utils.backend_utils``."""

from __future__ import annotations

from typing import Any

from kerax.core.context import context


def in_tf_graph() -> bool:
    """Whether a ``tf.function`` is being traced."""
    return context.trace is not None


def in_grain_data_pipeline() -> bool:
    """False: kerax does not see when grain runs a function."""
    return False


def convert_tf_tensor(outputs: Any, dtype: Any = None) -> Any:
    """The tensors themselves: kerax has one kind."""
    return outputs
