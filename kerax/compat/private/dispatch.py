"""``tensorflow.python.util.dispatch``: functions that others can answer for."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, ClassVar


class OpDispatcher:
    """Answers for a function of `add_dispatch_support` that refuses its arguments; to be derived from."""

    NOT_SUPPORTED: ClassVar[object] = object()

    def handle(self, args: Any, kwargs: Any) -> Any:
        """The result for these arguments, or ``NOT_SUPPORTED``."""
        return self.NOT_SUPPORTED

    def register(self, op: Any) -> None:
        """From now on, this object is asked where ``op`` raises a TypeError or a ValueError.

        Raises:
          AssertionError: ``op`` has no dispatch support.
        """
        if not hasattr(op, "_tf_fallback_dispatchers"):
            raise AssertionError(f"Dispatching not enabled for {op}")
        op._tf_fallback_dispatchers.append(self)


class GlobalOpDispatcher:
    """Answers for any function of `add_dispatch_support` that refuses its arguments; to be derived from."""

    NOT_SUPPORTED = OpDispatcher.NOT_SUPPORTED
    _all: ClassVar[list[Any]] = []

    def handle(self, op: Any, args: Any, kwargs: Any) -> Any:
        """The result of ``op`` for these arguments, or ``NOT_SUPPORTED``."""
        return self.NOT_SUPPORTED

    def register(self) -> None:
        """From now on, this object is asked."""
        self._all.append(self)


def add_dispatch_support(target: Any = None, iterable_parameters: Any = None) -> Any:
    """A decorator: where the function raises a TypeError or a ValueError, dispatchers are asked.

    Args:
      target: the function; without it, a decorator is returned.
      iterable_parameters: names of parameters, without effect.
    """
    if target is None:
        return add_dispatch_support

    @functools.wraps(target)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return target(*args, **kwargs)
        except (TypeError, ValueError):
            asked: list[Callable[..., Any]] = [one.handle for one in call._tf_fallback_dispatchers]  # type: ignore[attr-defined]
            asked += [functools.partial(one.handle, call) for one in GlobalOpDispatcher._all]
            for handle in asked:
                result = handle(args, kwargs)
                if result is not OpDispatcher.NOT_SUPPORTED:
                    return result
            raise

    call._tf_fallback_dispatchers = []  # type: ignore[attr-defined]
    return call
