"""Attributes of layers that hold variables, layers or metrics, in lists, tuples, dicts and sets too."""

from __future__ import annotations

import functools
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from kerax.core.variable import Variable
from kerax.keras.engine import global_state


def is_variable(value: Any) -> bool:
    return isinstance(value, Variable)


class DotNotTrackScope:
    """Attributes set within are not looked at."""

    def __enter__(self) -> None:
        self._outer = is_tracking_enabled()
        global_state.put("tracking_on", False)

    def __exit__(self, *exc: Any) -> None:
        global_state.put("tracking_on", self._outer)


def no_automatic_dependency_tracking(fn: Callable[..., Any]) -> Any:
    """A function that sets attributes without their being looked at."""

    @functools.wraps(fn)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        with DotNotTrackScope():
            return fn(*args, **kwargs)

    return wrapper


def is_tracking_enabled(owner: Any = None) -> bool:
    """Whether attributes are looked at, those of ``owner`` in particular."""
    return getattr(owner, "_self_setattr_tracking", True) and global_state.get("tracking_on", True)


class Tracker:
    """Sorts what is assigned to attributes into stores.

    Args:
      config: store name → (test, list).
      exclusions: store name → stores whose members it does not take.
    """

    def __init__(self, config: dict[str, tuple[Callable[[Any], bool], list[Any]]], exclusions: Any = None) -> None:
        self.config = config
        self.stored_ids: dict[str, set[int]] = {name: set() for name in config}
        self.locked = False
        self._message: str | None = None
        self.exclusions = exclusions or {}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)  # of a copy, whose members are others
        self.stored_ids = {name: {id(item) for item in store} for name, (_, store) in self.config.items()}

    def track(self, value: Any) -> Any:
        """Stores what is worth it; containers come back as containers that go on watching."""
        if value is None or isinstance(value, (str, int, float)) or not is_tracking_enabled():
            return value
        for name, (test, _) in self.config.items():
            if test(value):
                if any(self.is_in_store(other, value) for other in self.exclusions.get(name, ())):
                    return value
                if not self.is_in_store(name, value):
                    self.add_to_store(name, value)
                return value
        if isinstance(value, tuple):
            if hasattr(value, "_fields"):
                return type(value)(*[self.track(item) for item in value])
            if type(value) is tuple:
                return tuple([self.track(item) for item in value])
            for item in value:
                self.track(item)
            return value
        kind = type(value)
        if kind in (list, TrackedList):
            return TrackedList(value, self)
        if kind in (OrderedDict, TrackedOrderedDict):
            return TrackedOrderedDict(value, self)
        if kind in (dict, TrackedDict):
            return TrackedDict(value, self)
        if kind in (set, TrackedSet):
            return TrackedSet(value, self)
        if isinstance(value, (list, set)):
            for item in value:
                self.track(item)
        elif isinstance(value, dict):
            for item in value.values():
                self.track(item)
        return value

    def untrack(self, value: Any) -> None:
        for name, ids in self.stored_ids.items():
            if id(value) in ids:
                ids.remove(id(value))
                store = self.config[name][1]
                store[:] = [item for item in store if item is not value]

    def lock(self, message: str | None = None) -> None:
        self.locked = True
        self._message = message or self._message

    def unlock(self) -> None:
        self.locked = False

    def add_to_store(self, name: str, value: Any) -> None:
        if self.locked:
            raise ValueError(self._message)
        self.config[name][1].append(value)
        self.stored_ids[name].add(id(value))

    def is_in_store(self, name: str, value: Any) -> bool:
        return id(value) in self.stored_ids[name]


class TrackedList(list):
    """A list whose new members are tracked."""

    def __init__(self, values: Any = None, tracker: Tracker | None = None) -> None:
        self.tracker = tracker
        super().__init__([tracker.track(v) for v in values or ()] if tracker else values or [])

    def _track(self, value: Any) -> Any:
        return self.tracker.track(value) if self.tracker else value

    def _untrack(self, value: Any) -> None:
        if self.tracker:
            self.tracker.untrack(value)

    def append(self, value: Any) -> None:
        super().append(self._track(value))

    def insert(self, index: int, value: Any) -> None:
        super().insert(index, self._track(value))

    def extend(self, values: Any) -> None:
        super().extend([self._track(value) for value in values])

    def __iadd__(self, values: Any) -> TrackedList:
        self.extend(values)
        return self

    def __setitem__(self, index: Any, value: Any) -> None:
        super().__setitem__(index, [self._track(v) for v in value] if isinstance(index, slice) else self._track(value))

    def remove(self, value: Any) -> None:
        self._untrack(value)
        for index, item in enumerate(self):
            if item is value:
                super().__delitem__(index)
                return
        super().remove(value)

    def pop(self, index: int = -1) -> Any:
        self._untrack(self[index])
        return super().pop(index)

    def clear(self) -> None:
        for value in self:
            self._untrack(value)
        super().clear()

    def __delitem__(self, index: Any) -> None:
        removed = self[index] if isinstance(index, slice) else [self[index]]
        super().__delitem__(index)
        for value in removed:
            self._untrack(value)

    def __reduce__(self) -> Any:
        return list, (list(self),)

    def __deepcopy__(self, memo: Any) -> Any:
        import copy

        return [copy.deepcopy(item, memo) for item in self]


def _tracked_dict(base: type, doc: str) -> Any:
    class Tracked(base):  # type: ignore[misc,valid-type]
        def __init__(self, values: Any = None, tracker: Tracker | None = None) -> None:
            self.tracker = None
            super().__init__()
            self.tracker = tracker
            self.update(values or {})

        def __setitem__(self, key: Any, value: Any) -> None:
            super().__setitem__(key, self.tracker.track(value) if getattr(self, "tracker", None) else value)

        def update(self, *args: Any, **kwargs: Any) -> None:
            for key, value in dict(*args, **kwargs).items():
                self[key] = value

        def setdefault(self, key: Any, default: Any = None) -> Any:
            if key not in self:
                self[key] = default
            return self[key]

        def pop(self, key: Any, *args: Any) -> Any:
            if key in self and self.tracker:
                self.tracker.untrack(self[key])
            return super().pop(key, *args)

        def __delitem__(self, key: Any) -> None:
            if self.tracker:
                self.tracker.untrack(self[key])
            super().__delitem__(key)

        def clear(self) -> None:
            for value in self.values():
                if self.tracker:
                    self.tracker.untrack(value)
            super().clear()

        def __reduce__(self) -> Any:
            return base, (base(self),)

        def __deepcopy__(self, memo: Any) -> Any:
            import copy

            return base((key, copy.deepcopy(value, memo)) for key, value in self.items())

    Tracked.__doc__ = doc
    return Tracked


TrackedDict = _tracked_dict(dict, "A dict whose new values are tracked.")
TrackedDict.__name__ = TrackedDict.__qualname__ = "TrackedDict"
TrackedOrderedDict = _tracked_dict(OrderedDict, "An OrderedDict whose new values are tracked.")
TrackedOrderedDict.__name__ = TrackedOrderedDict.__qualname__ = "TrackedOrderedDict"


class TrackedSet(set):
    """A set whose new members are tracked."""

    def __init__(self, values: Any = None, tracker: Tracker | None = None) -> None:
        self.tracker = tracker
        super().__init__({tracker.track(v) for v in values or ()} if tracker else values or ())

    def add(self, value: Any) -> None:
        super().add(self.tracker.track(value) if self.tracker else value)

    def update(self, values: Any) -> None:
        for value in values:
            self.add(value)

    def remove(self, value: Any) -> None:
        if self.tracker:
            self.tracker.untrack(value)
        super().remove(value)

    def __reduce__(self) -> Any:
        return set, (list(self),)
