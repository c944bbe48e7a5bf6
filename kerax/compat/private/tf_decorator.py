"""``tensorflow.python.util.tf_decorator``: decorators that can be taken off again."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from kerax.core import origin


class TFDecorator:
    """A decorator around one function; subclasses override ``__call__``.

    Args:
      decorator_name: str.
      target: the function that it wraps.
      decorator_doc: str, documentation in the place of the function's.
      decorator_argspec: ``inspect.FullArgSpec``, a signature in the place of the function's.
    """

    def __init__(
        self, decorator_name: str, target: Any, decorator_doc: str = "", decorator_argspec: Any = None
    ) -> None:
        self.decorator_name = decorator_name
        self.decorated_target = target
        self.decorator_doc = decorator_doc
        self.decorator_argspec = decorator_argspec
        for name in ("__name__", "__qualname__"):
            if hasattr(target, name):
                setattr(self, name, getattr(target, name))
        self.__doc__ = decorator_doc or getattr(target, "__doc__", None) or ""
        if decorator_argspec is not None:
            self.__signature__ = fullargspec_to_signature(decorator_argspec)
        else:
            try:
                self.__signature__ = inspect.signature(target)
            except (TypeError, ValueError):  # what python cannot look into
                pass

    def __get__(self, instance: Any, owner: Any) -> Any:
        return self.decorated_target.__get__(instance, owner)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.decorated_target(*args, **kwargs)


def fullargspec_to_signature(fullargspec: inspect.FullArgSpec) -> inspect.Signature:
    """Arguments as ``inspect.getfullargspec`` gives them, as a signature."""
    kinds = inspect.Parameter
    defaults = dict(zip(reversed(fullargspec.args), reversed(fullargspec.defaults or ()), strict=False))
    defaults.update(fullargspec.kwonlydefaults or {})
    found = [(name, kinds.POSITIONAL_OR_KEYWORD) for name in fullargspec.args]
    found += [(fullargspec.varargs, kinds.VAR_POSITIONAL)] if fullargspec.varargs else []
    found += [(name, kinds.KEYWORD_ONLY) for name in fullargspec.kwonlyargs]
    found += [(fullargspec.varkw, kinds.VAR_KEYWORD)] if fullargspec.varkw else []
    return inspect.Signature([kinds(name, kind, default=defaults.get(name, kinds.empty)) for name, kind in found])


def make_decorator(
    target: Callable[..., Any],
    decorator_func: Callable[..., Any],
    decorator_name: str | None = None,
    decorator_doc: str = "",
    decorator_argspec: Any = None,
) -> Callable[..., Any]:
    """``decorator_func`` with the name, the documentation and the signature of ``target``.

    Args:
      target: the function that is wrapped.
      decorator_func: the function that wraps it.
      decorator_name: str; None for the name of the function that calls this one.
      decorator_doc: str, documentation in the place of the target's.
      decorator_argspec: ``inspect.FullArgSpec``, a signature in the place of the target's.
    """
    caller = inspect.currentframe()
    name = decorator_name or caller.f_back.f_code.co_name  # type: ignore[union-attr]
    decorator = TFDecorator(name, target, decorator_doc, decorator_argspec)
    functools.update_wrapper(decorator_func, target)
    decorator_func._tf_decorator = decorator  # type: ignore[attr-defined]
    decorator_func.__doc__ = decorator.__doc__
    if hasattr(decorator, "__signature__"):
        decorator_func.__signature__ = decorator.__signature__  # type: ignore[attr-defined]
    return decorator_func


def is_own(wrapper: Any) -> bool:
    """Whether what wraps a function is kerax' own: ``functools.wraps`` gives it the module of the function."""
    home = getattr(wrapper, "__globals__", {}).get("__name__")
    return (
        home.partition(".")[0] == "kerax"
        if home
        else origin.is_own(wrapper if isinstance(wrapper, type) else type(wrapper))
    )


def unwrap(maybe_tf_decorator: Any) -> tuple[list[TFDecorator], Any]:
    """The decorators around a function, outermost first, and the function."""
    decorators: list[TFDecorator] = []
    function = maybe_tf_decorator
    while True:
        decorator = function if isinstance(function, TFDecorator) else getattr(function, "_tf_decorator", None)
        if not isinstance(decorator, TFDecorator):
            if not (hasattr(function, "__wrapped__") and is_own(function)):
                return decorators, function
            decorator = TFDecorator(function.__name__, function.__wrapped__)
        decorators.append(decorator)
        function = decorator.decorated_target


def is_decorated(value: Any) -> bool:
    """Whether a function is wrapped."""
    return bool(unwrap(value)[0])
