"""``tf.lite.experimental``."""

from typing import Any

from kerax.lite.experimental import authoring as authoring
from kerax.lite.experimental.analyzer import Analyzer as Analyzer
from kerax.lite.packages import INTERPRETER, load

_OF_THE_INTERPRETER = ("OpResolverType", "load_delegate")


def __getattr__(name: str) -> Any:
    if name in _OF_THE_INTERPRETER:
        return getattr(load(INTERPRETER), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_OF_THE_INTERPRETER])
