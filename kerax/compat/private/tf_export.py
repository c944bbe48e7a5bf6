"""``tensorflow.python.util.tf_export``: decorators that name TensorFlow's public functions."""

from __future__ import annotations

from typing import Any


def tf_export(*args: Any, **kwargs: Any) -> Any:
    """A decorator that changes nothing."""
    return lambda value: value


keras_export = tf_export
