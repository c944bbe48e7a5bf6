"""``keras.src.utils.traceback_utils``: tracebacks are python's, unless Keras' settings filter them."""

from __future__ import annotations

from typing import Any


def filter_traceback(fn: Any) -> Any:
    """The function itself."""
    return fn


def inject_argument_info_in_traceback(fn: Any, object_name: str | None = None) -> Any:
    """The function itself."""
    return fn
