"""``tensorflow.python.trackable.base``."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from kerax.core.config import legacy_keras as _legacy_keras
from kerax.core.module import AutoTrackable

Trackable = AutoTrackable


class TrackableReference(NamedTuple):
    """A named child of a trackable object."""

    name: str
    ref: Any


def no_automatic_dependency_tracking(method: Callable[..., Any]) -> Callable[..., Any]:
    """A method whose assignments to attributes make no layer and no variable a part of its object."""

    @functools.wraps(method)
    def untracked(self: Any, *args: Any, **kwargs: Any) -> Any:
        with no_automatic_dependency_tracking_scope(self):
            return method(self, *args, **kwargs)

    return untracked


@contextlib.contextmanager
def no_automatic_dependency_tracking_scope(obj: Any) -> Iterator[None]:
    """What is assigned to attributes of the object within does not become a part of it, in Keras 2."""
    if not _legacy_keras():
        yield
        return
    outer = getattr(obj, "_self_setattr_tracking", True)
    obj._self_setattr_tracking = False
    try:
        yield
    finally:
        obj._self_setattr_tracking = outer
