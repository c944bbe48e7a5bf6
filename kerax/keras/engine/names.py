"""Unique names of layers, and the scopes that variable paths are made of."""

from __future__ import annotations

import collections
import contextlib
import re
from collections.abc import Iterator
from typing import Any

from kerax.core.config import legacy_keras
from kerax.core.context import context
from kerax.keras.engine import global_state


def to_snake_case(name: str) -> str:
    """``MyLayer2D`` → ``my_layer2d``, as Keras names layers."""
    name = re.sub(r"\W+", "", name)
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()


def _counts() -> collections.defaultdict[str, int]:
    return global_state.get_or_set("object_name_uids", collections.defaultdict(int))


def uniquify(name: str) -> str:
    """``name`` the first time, then ``name_1``, ``name_2`` …"""
    counts = _counts()
    unique = f"{name}_{counts[name]}" if name in counts else name
    counts[name] += 1
    return unique


def auto_name(prefix: str) -> str:
    """A unique name for an object of the class ``prefix``."""
    return uniquify(to_snake_case(prefix))


def get_uid(prefix: str = "") -> int:
    """The next number for a prefix, from 1.

    Args:
      prefix: str.
    """
    counts = _counts()
    counts[prefix] += 1
    return counts[prefix]


def reset_uids() -> None:
    """Starts all numbering anew."""
    global_state.put("object_name_uids", collections.defaultdict(int))


@contextlib.contextmanager
def numbered_anew() -> Iterator[None]:
    """Names made within are numbered apart from those outside, as in a TensorFlow graph of their own."""
    outer = _counts()
    reset_uids()
    try:
        yield
    finally:
        global_state.put("object_name_uids", outer)


def get_object_name(obj: Any) -> str:
    """The ``name`` of a Keras object, or its function's or class's name in snake case."""
    if hasattr(obj, "name"):
        return obj.name
    if hasattr(obj, "__name__"):
        return to_snake_case(obj.__name__)
    return to_snake_case(type(obj).__name__)


def check_name(name: Any) -> None:
    """Raises unless ``name`` can be part of a path, or be one in the Keras 2 dialect, whose names may hold ``/``.

    Raises:
      ValueError: it holds a ``/``, or, in the Keras 3 dialect, is no string.
      TypeError: it is no string, in the Keras 2 dialect.
    """
    if legacy_keras():
        if not isinstance(name, str):
            raise TypeError(f"Expected `name` argument to be a string, but got: {name}")
    elif not isinstance(name, str) or "/" in name:
        raise ValueError(
            f"Argument `name` must be a string and cannot contain character `/`. Received: name={name} "
            f"(of type {type(name)})"
        )


class name_scope:
    """A level of the paths of variables created inside.

    Args:
      name: str, the level's name.
      caller: the object that opens the scope; reopened right inside itself it adds no level.
      deduplicate: bool, whether that holds.
      override_parent: str, an absolute path that replaces the levels opened outside.
    """

    def __init__(
        self, name: str, caller: Any = None, deduplicate: bool = True, override_parent: str | None = None
    ) -> None:
        check_name(name)
        self.name = name
        self.caller = caller
        self.deduplicate = deduplicate
        self.override_parent = override_parent
        if override_parent is None and deduplicate and getattr(caller, "_parent_path", None) is not None:
            self.override_parent = caller._parent_path
        self._pushed = False
        self._outer: list[str] = []  # the levels of tf.name_scope outside

    def __enter__(self) -> name_scope:
        stack = global_state.get_or_set("name_scope_stack", [])
        if self.deduplicate and stack and self.caller is not None:
            if stack[-1].caller is self.caller and stack[-1].name == self.name:
                return self
        stack.append(self)
        self._pushed = True
        self._outer = context.name_scopes
        if legacy_keras():  # Keras 2 has no scopes but TensorFlow's
            context.name_scopes = [*self._outer, self.name]
        return self

    def __exit__(self, *exc: Any) -> None:
        if self._pushed:
            stack = global_state.get("name_scope_stack")
            if stack:
                stack.pop()
            context.name_scopes = self._outer


@contextlib.contextmanager
def unnested_scope() -> Iterator[None]:
    """Levels opened outside do not count within."""
    outer = global_state.get("name_scope_stack"), context.name_scopes
    global_state.put("name_scope_stack", [])
    if legacy_keras():
        context.name_scopes = []
    try:
        yield
    finally:
        global_state.put("name_scope_stack", outer[0])
        context.name_scopes = outer[1]


def current_path() -> str:
    """The path of the open scopes, parts joined by ``/``."""
    if legacy_keras():
        return "/".join(context.name_scopes)
    parts: list[str] = []
    for entry in global_state.get("name_scope_stack", ()):
        if entry.override_parent is not None:
            parts = [part for part in entry.override_parent.split("/") if part]
        parts.append(entry.name)
    return "/".join(parts)
