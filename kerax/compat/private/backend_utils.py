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


def canonicalize_axis(axis: int, num_dims: int) -> int:
    """An axis counted from the front."""
    if not -num_dims <= axis < num_dims:
        raise ValueError(f"axis {axis} is out of bounds for an array with dimension {num_dims}.")
    return axis % num_dims if num_dims else axis


def standardize_axis_for_numpy(axis: Any) -> Any:
    """A list of axes as a tuple."""
    return tuple(axis) if isinstance(axis, list) else axis


def to_tuple_or_list(value: Any) -> Any:
    """None, lists and tuples as they are, anything else in a tuple."""
    return value if value is None or isinstance(value, (list, tuple)) else (value,)
