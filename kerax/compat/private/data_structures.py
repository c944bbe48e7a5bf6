"""``tensorflow.python.trackable.data_structures``: what attributes of trackable objects become, or do not."""

from __future__ import annotations

from typing import Any


def NoDependency(value: Any) -> Any:
    """The value itself: kerax' checkpoints follow it all the same."""
    return value


def wrap_or_unwrap(value: Any) -> Any:
    """The value itself: kerax follows lists and dicts as they are."""
    return value


def sticky_attribute_assignment(trackable: Any, name: str, value: Any) -> Any:
    """The value to be set as an attribute."""
    return value
