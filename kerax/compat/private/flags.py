"""``tensorflow.python.platform.flags``: absl's flags, read from the command line when they are first asked for."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any

from absl import flags as _flags

#: what TensorFlow 1 called the arguments of the functions that define flags
_OLD = {"flag_name": "name", "default_value": "default", "docstring": "help"}


class _Values:
    """``FLAGS``: the values of all flags."""

    def __getattr__(self, name: str) -> Any:
        if name not in ("is_parsed", "mark_as_parsed", "__wrapped__") and not _flags.FLAGS.is_parsed():
            _flags.FLAGS(sys.argv)
        return getattr(_flags.FLAGS, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(_flags.FLAGS, name, value)

    def __delattr__(self, name: str) -> None:
        delattr(_flags.FLAGS, name)

    def __call__(self, argv: Any, known_only: bool = False) -> Any:
        return _flags.FLAGS(argv, known_only)

    def __getitem__(self, name: str) -> Any:
        return _flags.FLAGS[name]

    def __contains__(self, name: str) -> bool:
        return name in _flags.FLAGS

    def __iter__(self) -> Any:
        return iter(_flags.FLAGS)

    def __dir__(self) -> list[str]:
        return dir(_flags.FLAGS)


def _defining(define: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(define)
    def call(*args: Any, **kwargs: Any) -> Any:
        return define(*args, **{_OLD.get(key, key): value for key, value in kwargs.items()})

    return call


FLAGS = _Values()
for _kind in ("string", "boolean", "bool", "float", "integer"):
    globals()[f"DEFINE_{_kind}"] = _defining(getattr(_flags, f"DEFINE_{_kind}"))


def __getattr__(name: str) -> Any:
    return getattr(_flags, name)


def __dir__() -> list[str]:
    return sorted({*dir(_flags), *globals()})
