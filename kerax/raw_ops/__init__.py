"""``tf.raw_ops``: TensorFlow's ops under their own names and arguments, as far as kerax has functions that do the same.

They take keyword arguments only. ``dir(tf.raw_ops)`` lists them.
"""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
from collections.abc import Callable
from typing import Any

from kerax.core import dtypes as _dtypes
from kerax.raw_ops import table as _table

_KEYWORD = inspect.Parameter.KEYWORD_ONLY


@functools.cache
def _lines() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Name of an op → (place of the function, arguments)."""
    found = {}
    for text, arguments in ((_table.UNARY, ("x",)), (_table.BINARY, ("x", "y"))):
        for line in text.split("\n"):
            room, *pairs = line.split() or ("",)
            for pair in pairs:
                raw, name = pair.split(":")
                found[raw] = f"{room}.{name}", arguments
    for line in filter(None, _table.OPS.replace("\n    ", " ").split("\n")):
        raw, place, *rest = line.split()
        found[raw] = place, tuple(rest)
    return found


def _value(text: str) -> Any:
    return getattr(_dtypes, text) if hasattr(_dtypes, text) else ast.literal_eval(text)


def _make(name: str, place: str, arguments: tuple[str, ...]) -> Callable[..., Any]:
    module, _, attribute = place.rpartition(".")
    parameters, targets, fixed, always = [], {}, {}, {}
    for argument in arguments:
        body, _, target = argument.partition(">")
        raw, equals, default = body.lstrip("!*").partition("=")
        value = _value(default) if equals else inspect.Parameter.empty
        if argument.startswith("*"):  # what the op always does, and the function only when told
            always[raw] = value
            continue
        parameters.append(inspect.Parameter(raw, _KEYWORD, default=value))
        if argument.startswith("!"):
            fixed[raw] = value
        else:
            targets[raw] = target or raw
    signature = inspect.Signature([*parameters, inspect.Parameter("name", _KEYWORD, default=None)])

    def call(**kwargs: Any) -> Any:
        bound = signature.bind(**kwargs)
        bound.apply_defaults()
        for raw, value in fixed.items():
            given = bound.arguments[raw]
            if given != value and not (isinstance(value, list) and list(given) == value):
                raise NotImplementedError(
                    f"tf.raw_ops.{name}: argument {raw}={given!r} is not available in kerax; leave it at {value!r}."
                )
        function = getattr(importlib.import_module(f"kerax.{module}"), attribute)
        chosen = {target: bound.arguments[raw] for raw, target in targets.items()}
        return function(**always, **chosen)

    call.__name__ = call.__qualname__ = name
    call.__signature__ = signature  # type: ignore[attr-defined]
    call.__doc__ = f"TensorFlow's op {name}, done by ``kerax.{place}``; takes keyword arguments only."
    return call


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(name)
    found = _lines().get(name)
    if found is None:
        raise AttributeError(
            f"kerax does not have tf.raw_ops.{name}: use the function of tf's public namespaces that does the same."
        )
    function = globals()[name] = _make(name, *found)
    return function


def __dir__() -> list[str]:
    return sorted(_lines())
