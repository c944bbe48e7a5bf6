"""``tf.lite.experimental``."""

from typing import Any as _Any

from kerax.lite import packages as _packages
from kerax.lite.experimental import authoring as authoring
from kerax.lite.experimental.analyzer import Analyzer as Analyzer

_OF_THE_INTERPRETER = ("OpResolverType", "load_delegate")


def __getattr__(name: str) -> _Any:
    if name in _OF_THE_INTERPRETER:
        return getattr(_packages.load(_packages.INTERPRETER), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_OF_THE_INTERPRETER])
