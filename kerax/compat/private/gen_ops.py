"""``tensorflow.python.ops.gen_math_ops`` and the like: raw ops under names in snake case."""

from __future__ import annotations

import functools
import importlib
from typing import Any


@functools.cache
def _names() -> dict[str, str]:
    return {name.lower(): name for name in dir(importlib.import_module("kerax.raw_ops"))}


def __getattr__(name: str) -> Any:
    raw = _names().get(name.replace("_", ""))
    if name.startswith("__") or raw is None:
        raise AttributeError(name)
    return getattr(importlib.import_module("kerax.raw_ops"), raw)
