"""``keras.src.utils.module_utils``: packages, imported when something of them is first used."""

from __future__ import annotations

import importlib
import types
from typing import Any


class LazyModule:
    """A package that need not be installed.

    Args:
      name: str, the module's name.
      pip_name: str, its name for pip; by default the same.
      import_error_msg: str, what the error says where it is missing.

    Raises:
      ImportError: something of it is used and it is missing.
    """

    def __init__(self, name: str, pip_name: str | None = None, import_error_msg: str | None = None) -> None:
        self.name = name
        self.pip_name = pip_name or name
        self.import_error_msg = import_error_msg or (
            f"This requires the {name} module. You can install it via `pip install {self.pip_name}`"
        )
        self.module: types.ModuleType | None = None

    @property
    def available(self) -> bool:
        """Whether it can be imported."""
        try:
            self.initialize()
        except ImportError:
            return False
        return True

    def initialize(self) -> None:
        """Imports it."""
        if self.module is None:
            try:
                self.module = importlib.import_module(self.name)
            except ImportError:
                raise ImportError(self.import_error_msg) from None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        self.initialize()
        return getattr(self.module, name)

    def __repr__(self) -> str:
        return f"LazyModule({self.name})"


tensorflow = LazyModule("tensorflow")
jax = LazyModule("jax")
scipy = LazyModule("scipy")
optree = LazyModule("optree")
