"""``tensorflow.python.util.deprecation``: decorators that warn about what is deprecated, once."""

from __future__ import annotations

import contextlib
import functools
import inspect
import sys
from collections.abc import Callable, Iterator
from typing import Any

from kerax.core.log import get_logger

_seen: set[Any] = set()
_silent = False


def _warn(key: Any, once: bool, text: str) -> None:
    if _silent or (once and key in _seen):
        return
    if once:
        _seen.add(key)
    frame = sys._getframe(3)  # whoever called what is deprecated
    get_logger().warning("From %s:%d: %s", frame.f_code.co_filename, frame.f_lineno, text)


def _when(date: str | None) -> str:
    return "in a future version" if date is None else f"after {date}"


def _decorated(target: Any, check: Callable[[dict[str, Any]], None]) -> Any:
    """A function, or a class with its constructor, whose calls are looked at first; ``check`` takes the arguments."""
    if isinstance(target, type):
        name = "__init__" if target.__new__ is object.__new__ else "__new__"
        setattr(target, name, _decorated(getattr(target, name), check))
        return target
    signature = inspect.signature(target)

    @functools.wraps(target)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        try:
            given = dict(signature.bind_partial(*args, **kwargs).arguments)
        except TypeError:
            given = {}  # the call itself says what is wrong
        check(given)
        return target(*args, **kwargs)

    return wrapper


def deprecated(date: str | None, instructions: str, warn_once: bool = True) -> Callable[[Any], Any]:
    """A decorator of functions and classes that are deprecated.

    Args:
      date: str such as ``"2030-01-31"``, after which it may be removed, or None.
      instructions: str, what to do instead.
      warn_once: bool, whether only the first call warns.
    """

    def decorate(target: Any) -> Any:
        name = getattr(target, "__qualname__", repr(target))
        text = (
            f"{name} (from {target.__module__}) is deprecated and will be removed {_when(date)}.\n"
            f"Instructions for updating:\n{instructions}"
        )
        return _decorated(target, lambda given: _warn(target, warn_once, text))

    return decorate


def deprecated_alias(deprecated_name: str, name: str, func_or_class: Any, warn_once: bool = True) -> Any:
    """A function or class under an old name, which warns."""
    text = f"The name {deprecated_name} is deprecated. Please use {name} instead.\n"
    if isinstance(func_or_class, type):
        alias = type(func_or_class.__name__, (func_or_class,), {"__module__": func_or_class.__module__})
        # a constructor of the alias's own: the class itself does not warn
        alias.__init__ = _decorated(func_or_class.__init__, lambda given: _warn(alias, warn_once, text))  # type: ignore[misc]
        return alias
    return _decorated(func_or_class, lambda given: _warn(deprecated_name, warn_once, text))


def deprecated_args(
    date: str | None, instructions: str, *deprecated_arg_names_or_tuples: Any, **kwargs: Any
) -> Callable[[Any], Any]:
    """A decorator of functions with deprecated arguments.

    Args:
      date: str or None, after which they may be removed.
      instructions: str, what to do instead.
      *deprecated_arg_names_or_tuples: str, or (name, value that is still in order).
      **kwargs: ``warn_once``.
    """
    old = dict(spec if isinstance(spec, tuple) else (spec, _NEVER) for spec in deprecated_arg_names_or_tuples)

    def decorate(target: Any) -> Any:
        def check(given: dict[str, Any]) -> None:
            # **kwargs of the function hold arguments too
            names = {**given, **next((v for v in given.values() if isinstance(v, dict) and set(v) & set(old)), {})}
            for name in old:
                if name in names and not (old[name] is not _NEVER and names[name] == old[name]):
                    text = (
                        f"calling {target.__qualname__} (from {target.__module__}) with {name} is deprecated and will "
                        f"be removed {_when(date)}.\nInstructions for updating:\n{instructions}"
                    )
                    _warn((target, name), kwargs.get("warn_once", True), text)

        return _decorated(target, check)

    return decorate


_NEVER = object()


def deprecated_arg_values(
    date: str | None, instructions: str, warn_once: bool = True, **deprecated_kwargs: Any
) -> Callable[[Any], Any]:
    """A decorator of functions of which some arguments must not have some values any more."""

    def decorate(target: Any) -> Any:
        def check(given: dict[str, Any]) -> None:
            for name, value in deprecated_kwargs.items():
                if name in given and type(given[name]) is type(value) and given[name] == value:
                    text = (
                        f"calling {target.__qualname__} (from {target.__module__}) with {name}={value} is deprecated "
                        f"and will be removed {_when(date)}.\nInstructions for updating:\n{instructions}"
                    )
                    _warn((target, name), warn_once, text)

        return _decorated(target, check)

    return decorate


def deprecated_argument_lookup(new_name: str, new_value: Any, old_name: str, old_value: Any) -> Any:
    """The value of an argument that has an old name too.

    Raises:
      ValueError: both are given.
    """
    if old_value is not None:
        if new_value is not None:
            raise ValueError(f"Cannot specify both '{old_name}' and '{new_name}'.")
        return old_value
    return new_value


def deprecated_endpoints(*args: str) -> Callable[[Any], Any]:
    """A mark of TensorFlow's documentation; the function stays as it is."""
    return lambda target: target


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """Nothing warns inside."""
    global _silent
    before, _silent = _silent, True
    try:
        yield
    finally:
        _silent = before
