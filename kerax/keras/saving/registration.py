"""The registry of custom classes and functions that files may name."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from kerax.keras.engine import global_state

GLOBAL_CUSTOM_OBJECTS: dict[str, Any] = {}
GLOBAL_CUSTOM_NAMES: dict[Any, str] = {}


class CustomObjectScope:
    """Within it, the given names are found when objects are made from their configs.

    Args:
      custom_objects: dict of name → class or function.
    """

    def __init__(self, custom_objects: Any, *more: Any) -> None:
        self.custom_objects: dict[str, Any] = {}
        for objects in (custom_objects, *more):
            self.custom_objects.update(objects or {})
        self._outer: dict[str, Any] = {}

    def __enter__(self) -> CustomObjectScope:
        self._outer = dict(global_state.get("custom_objects_scope_dict", {}))
        global_state.put("custom_objects_scope_dict", {**self._outer, **self.custom_objects})
        return self

    def __exit__(self, *exc: Any) -> None:
        global_state.put("custom_objects_scope_dict", self._outer)


custom_object_scope = CustomObjectScope


def get_custom_objects() -> dict[str, Any]:
    """The global dictionary itself: what is put into it is found from then on."""
    return GLOBAL_CUSTOM_OBJECTS


def register_keras_serializable(package: str = "Custom", name: str | None = None) -> Callable[[Any], Any]:
    """A decorator that registers a class or function under ``package>name``.

    Args:
      package: str.
      name: str, by default the object's own.

    Raises:
      ValueError: a class without ``get_config``.

    >>> import kerax as tf
    >>> @tf.keras.saving.register_keras_serializable("mine")
    ... def act(x):
    ...     return x
    >>> tf.keras.saving.get_registered_name(act)
    'mine>act'
    """

    def decorator(arg: Any) -> Any:
        if inspect.isclass(arg) and not hasattr(arg, "get_config"):
            raise ValueError("Cannot register a class that does not have a get_config() method.")
        registered = f"{package}>{name if name is not None else arg.__name__}"
        GLOBAL_CUSTOM_OBJECTS[registered] = arg
        GLOBAL_CUSTOM_NAMES[arg] = registered
        return arg

    return decorator


def get_registered_name(obj: Any) -> str:
    """The name an object was registered under, else its own."""
    try:
        return GLOBAL_CUSTOM_NAMES[obj]
    except (KeyError, TypeError):
        return obj.__name__


def get_registered_object(name: str, custom_objects: Any = None, module_objects: Any = None) -> Any:
    """The object of a name: in the open scopes, the registry, or the dictionaries given; else None."""
    for objects in (
        global_state.get("custom_objects_scope_dict", {}), GLOBAL_CUSTOM_OBJECTS, custom_objects, module_objects,
    ):  # fmt: skip
        if objects and name in objects:
            return objects[name]
    return None
