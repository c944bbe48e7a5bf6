"""``tensorflow.python.ops.gen_math_ops`` and the like: raw ops under names in snake case, by position too."""

from __future__ import annotations

import functools
import importlib
import inspect
from collections.abc import Callable
from typing import Any


@functools.cache
def _names() -> dict[str, str]:
    return {name.lower(): name for name in dir(importlib.import_module("kerax.raw_ops"))}


@functools.cache
def _op(raw: str) -> Callable[..., Any]:
    op = getattr(importlib.import_module("kerax.raw_ops"), raw)
    order = list(inspect.signature(op).parameters)

    @functools.wraps(op)
    def function(*args: Any, **kwargs: Any) -> Any:
        return op(**dict(zip(order, args, strict=False)), **kwargs)

    return function


def __getattr__(name: str) -> Any:
    raw = _names().get(name.replace("_", ""))
    if name.startswith("__") or raw is None:
        raise AttributeError(name)
    return _op(raw)
