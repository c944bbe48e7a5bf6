"""``tensorflow.python.framework.type_spec_registry``: specs by name."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

_NAME_TO_TYPE_SPEC: dict[str, type] = {}
_TYPE_SPEC_TO_NAME: dict[type, str] = {}


def register(name: str) -> Callable[[type], type]:
    """A decorator that registers a `TypeSpec` class under a name such as ``"my_project.MySpec"``.

    Raises:
      TypeError: the name is no str.
      ValueError: another form of name, or one of the two is registered.
    """
    if not isinstance(name, str):
        raise TypeError(f"Expected `name` to be a string; got {name!r}")
    if not re.match(r"^(\w+\.)+\w+$", name):
        raise ValueError(f"Registered name must have the form '{{project_name}}.{{type_name}}' (got {name!r})")

    def decorate(cls: type) -> type:
        if name in _NAME_TO_TYPE_SPEC:
            raise ValueError(f"Name {name} has already been registered for class {_NAME_TO_TYPE_SPEC[name].__name__}.")
        if cls in _TYPE_SPEC_TO_NAME:
            raise ValueError(f"Class {cls.__name__} has already been registered with name {_TYPE_SPEC_TO_NAME[cls]}.")
        _NAME_TO_TYPE_SPEC[name] = cls
        _TYPE_SPEC_TO_NAME[cls] = name
        return cls

    return decorate


def get_name(cls: Any) -> str:
    """The name of a registered class."""
    if cls not in _TYPE_SPEC_TO_NAME:
        raise ValueError(f"TypeSpec {cls.__module__}.{cls.__name__} has not been registered.")
    return _TYPE_SPEC_TO_NAME[cls]


def lookup(name: str) -> type:
    """The class registered under a name."""
    if name not in _NAME_TO_TYPE_SPEC:
        raise ValueError(f"No TypeSpec has been registered with name {name!r}")
    return _NAME_TO_TYPE_SPEC[name]
