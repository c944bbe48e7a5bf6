"""TensorFlow's names for kerax' classes: ``print(type(x))``, a traceback, a library that looks for them.

``class_names.txt`` (made by ``tests/api/class_names.py``) has a line for each class: kerax' path, the one that
TensorFlow and Keras 3 show, and that of Keras 2 where it is another.
"""

from __future__ import annotations

import functools
import importlib
import importlib.resources
import types
from typing import Any

from kerax.core import origin
from kerax.core.config import legacy_keras


@functools.cache
def _shown(keras2: bool) -> dict[str, dict[str, str]]:
    """kerax' module → its classes → the paths they are shown under.

    Args:
      keras2: bool, whether in Keras 2's dialect.
    """
    text = importlib.resources.files(__package__).joinpath("class_names.txt").read_text(encoding="utf8")
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        path, *names = line.split()
        module, _, name = path.rpartition(".")
        found.setdefault(module, {})[name] = names[-1 if keras2 else 0]
    return found


@functools.cache
def _homes(keras2: bool) -> dict[str, dict[str, str]]:
    """TensorFlow's module → its classes → kerax' module and name."""
    found: dict[str, dict[str, str]] = {}
    for home, classes in _shown(keras2).items():
        for name, shown in classes.items():
            module, _, shown_name = shown.rpartition(".")
            found.setdefault(module, {}).setdefault(shown_name, f"{home}.{name}")
    return found


def _keras2(module: str) -> bool:
    """Whether a module, kerax' or TensorFlow's, has Keras 2's names: asked of Keras' alone, whose use settles it."""
    return "keras" in module and legacy_keras()


def knows(module: str) -> bool:
    """Whether a module of TensorFlow's or Keras' implementation holds classes that kerax has."""
    return module in _homes(_keras2(module))


def find(module: str, name: str) -> Any:
    """The class that is shown as ``module.name``, None if there is none."""
    path = _homes(_keras2(module)).get(module, {}).get(name)
    if path is None:
        return None
    home, _, own_name = path.rpartition(".")
    return getattr(importlib.import_module(home), own_name)


def show(module: types.ModuleType) -> None:
    """Gives the classes that a kerax module defines TensorFlow's names."""
    for name, shown in _shown(_keras2(module.__name__)).get(module.__name__, {}).items():
        if isinstance(module.__dict__.get(name), type):
            origin.rename(module.__dict__[name], shown)


def hide(module: types.ModuleType) -> None:
    """Undoes ``show``."""
    for name in _shown(_keras2(module.__name__)).get(module.__name__, {}):
        if isinstance(module.__dict__.get(name), type):
            origin.restore(module.__dict__[name])
