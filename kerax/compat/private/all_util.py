"""``tensorflow.python.util.all_util``: a module's ``__all__``."""

from __future__ import annotations

import sys
from typing import Any


def make_all(module_name: str, doc_string_modules: Any = None) -> list[str]:
    """The names of a module without underscore."""
    return [name for name in dir(sys.modules[module_name]) if not name.startswith("_")]


def reveal_undocumented(symbol_name: str, target_module: Any = None) -> None:
    """Nothing to do: nothing is hidden."""


def remove_undocumented(module_name: str, allowed_exception_list: Any = None, doc_string_modules: Any = None) -> None:
    """Nothing to do: nothing is hidden."""
