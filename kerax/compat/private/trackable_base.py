"""``tensorflow.python.trackable.base``."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from kerax.core.module import AutoTrackable

Trackable = AutoTrackable


class TrackableReference(NamedTuple):
    """A named child of a trackable object."""

    name: str
    ref: Any


def no_automatic_dependency_tracking(method: Callable[..., Any]) -> Callable[..., Any]:
    """Nothing to do: kerax looks at attributes when it saves."""
    return method


@contextlib.contextmanager
def no_automatic_dependency_tracking_scope(obj: Any) -> Iterator[None]:
    """Nothing to do: kerax looks at attributes when it saves."""
    yield
