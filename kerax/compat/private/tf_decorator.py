"""``tensorflow.python.util.tf_decorator``: decorators that can be taken off again."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any


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
      decorator_name, decorator_doc, decorator_argspec: what TensorFlow keeps for its documentation; without effect.
    """
    if not hasattr(target, "__name__"):
        return decorator_func
    return functools.update_wrapper(decorator_func, target)


def unwrap(maybe_tf_decorator: Any) -> tuple[list[Any], Any]:
    """The wrappers around a function, outermost first, and the function."""
    decorators = []
    while hasattr(maybe_tf_decorator, "__wrapped__"):
        decorators.append(maybe_tf_decorator)
        maybe_tf_decorator = maybe_tf_decorator.__wrapped__
    return decorators, maybe_tf_decorator


def is_decorated(value: Any) -> bool:
    """Whether a function is wrapped."""
    return inspect.unwrap(value) is not value
