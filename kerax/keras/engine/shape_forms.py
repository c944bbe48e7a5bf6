"""The forms in which layers meet shapes: tuples inside kerax and in Keras 3, ``tf.TensorShape`` in Keras 2."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from kerax.core.config import legacy_keras
from kerax.core.shape import TensorShape
from kerax.keras.engine.settings import SymbolicShape


def is_shape(value: Any) -> bool:
    """Whether a list or tuple is one shape rather than several."""
    return isinstance(value, (list, tuple)) and all(size is None or isinstance(size, int) for size in value)


def symbolic(value: Any) -> Any:
    """Shapes as tuples that also answer Keras 2's questions (``input_shape.as_list()``)."""
    if type(value) is tuple and is_shape(value):
        return SymbolicShape(value)
    if type(value) in (list, tuple) and value and all(isinstance(item, (tuple, list)) for item in value):
        return type(value)(symbolic(item) for item in value)
    if type(value) is dict:
        return {key: symbolic(item) for key, item in value.items()}
    return value


def plain(value: Any) -> Any:
    """Shapes as tuples of int and None; what is no shape, and a TensorShape of unknown rank, stays."""
    if isinstance(value, SymbolicShape):
        return tuple(value)
    if type(value) in (list, tuple):
        return type(value)(plain(item) for item in value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, TensorShape) and value.rank is not None:
        return tuple(value.as_list())
    return value


def from_lists(value: Any) -> Any:
    """Shapes of a config, which knows lists only, as tuples."""
    if isinstance(value, dict):
        return {key: from_lists(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return tuple(value) if is_shape(value) else [from_lists(item) for item in value]
    return value


def tensor_shapes(value: Any) -> Any:
    """Shapes as ``tf.TensorShape``."""
    if isinstance(value, tuple) and is_shape(value):
        return TensorShape(tuple(value))
    if type(value) in (list, tuple):
        return type(value)(tensor_shapes(item) for item in value)
    if isinstance(value, dict):
        return {key: tensor_shapes(item) for key, item in value.items()}
    return value


def computed(compute: Callable[..., Any]) -> Callable[..., Any]:
    """A ``compute_output_shape`` of kerax' own: in Keras 2 it gives a TensorShape, or the very shape it was given."""

    @functools.wraps(compute)
    def wrapper(self: Any, *args: Any, **kwargs: Any) -> Any:
        if not legacy_keras():
            return compute(self, *args, **kwargs)
        inner = [plain(value) for value in args]
        named = {key: plain(value) for key, value in kwargs.items()}
        found = compute(self, *inner, **named)
        for given, value in zip((*args, *kwargs.values()), (*inner, *named.values()), strict=True):
            if found is value:
                return given
        return tensor_shapes(found)

    return wrapper
