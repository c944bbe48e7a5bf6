"""``keras.src.utils.python_utils`` and ``generic_utils``: small functions of python values."""

from __future__ import annotations

import inspect
from typing import Any

from kerax.keras.callbacks.logs import pythonify_logs as pythonify_logs
from kerax.keras.engine.names import to_snake_case as to_snake_case
from kerax.keras.engine.operation import default as default
from kerax.keras.engine.operation import is_default as is_default


def to_list(x: Any) -> list[Any]:
    """A list as it is, anything else as the one element of a list."""
    return x if isinstance(x, list) else [x]


def unpack_singleton(x: Any) -> Any:
    """The one element of a list or tuple that has one, anything else as it is."""
    return x[0] if isinstance(x, (list, tuple)) and len(x) == 1 else x


def object_list_uid(object_list: Any) -> str:
    """The ids of objects."""
    return ", ".join(str(abs(id(x))) for x in to_list(object_list))


def has_arg(fn: Any, name: str, accept_all: bool = False) -> bool:
    """Whether a function can be given an argument by name.

    Args:
      accept_all: whether ``**kwargs`` counts.
    """
    spec = inspect.getfullargspec(fn)
    return accept_all and spec.varkw is not None or name in spec.args or name in spec.kwonlyargs


def remove_long_seq(maxlen: int, seq: Any, label: Any) -> tuple[list[Any], list[Any]]:
    """The sequences shorter than ``maxlen``, and their labels."""
    kept = [(x, y) for x, y in zip(seq, label, strict=False) if len(x) < maxlen]
    return [x for x, _ in kept], [y for _, y in kept]


def removeprefix(x: str, prefix: str) -> str:
    """``str.removeprefix``."""
    return x.removeprefix(prefix)


def removesuffix(x: str, suffix: str) -> str:
    """``str.removesuffix``."""
    return x.removesuffix(suffix)


def remove_by_id(lst: list[Any], value: Any) -> None:
    """Removes an object from a list by its identity."""
    lst[:] = [x for x in lst if x is not value]
