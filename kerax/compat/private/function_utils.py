"""``tensorflow.python.util.function_utils``: the arguments of functions."""

from __future__ import annotations

import functools
import inspect
from typing import Any


def fn_args(fn: Any) -> tuple[str, ...]:
    """The names of a function's arguments, without ``self`` and those that a partial has bound."""
    if isinstance(fn, functools.partial):
        bound = len(fn.args)
        return tuple(name for name in fn_args(fn.func)[bound:] if name not in (fn.keywords or {}))
    if not inspect.isroutine(fn) and not inspect.isclass(fn):
        fn = fn.__call__
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return tuple(name for name, parameter in inspect.signature(fn).parameters.items() if parameter.kind in kinds)


def has_kwargs(fn: Any) -> bool:
    """Whether a function takes any keyword.

    Raises:
      TypeError: no function.
    """
    if not callable(fn):
        raise TypeError(f"Argument `fn` should be a callable. Received: fn={fn} (of type {type(fn)})")
    return any(p.kind is inspect.Parameter.VAR_KEYWORD for p in inspect.signature(fn).parameters.values())


def get_func_name(func: Any) -> str:
    """A function's name."""
    if isinstance(func, functools.partial):
        return get_func_name(func.func)
    if not callable(func):
        raise ValueError(f"Argument `func` must be a callable. Received func={func} (of type {type(func)})")
    return getattr(func, "__name__", None) or str(type(func))
