"""Where kerax' own classes are defined. ``kerax.compat`` shows them under TensorFlow's names: those are no answer."""

from __future__ import annotations

from typing import Any

_HOME = "_kerax_home"


def rename(cls: type, shown: str) -> None:
    """Gives a class of kerax' the path that TensorFlow's has: ``type(x)`` prints it."""
    if _HOME not in vars(cls):
        setattr(cls, _HOME, (cls.__module__, cls.__name__, cls.__qualname__))
    module, _, name = shown.rpartition(".")
    cls.__module__, cls.__name__, cls.__qualname__ = module, name, name


def restore(cls: type) -> None:
    """Undoes ``rename``."""
    if _HOME in vars(cls):
        cls.__module__, cls.__name__, cls.__qualname__ = vars(cls)[_HOME]
        delattr(cls, _HOME)


def module_of(obj: Any) -> str:
    """The module in which a class, an object's class or a function is defined, "" where that is not known."""
    home = vars(obj if isinstance(obj, type) else type(obj)).get(_HOME)
    return home[0] if home else getattr(obj, "__module__", None) or ""


def name_of(cls: type) -> str:
    """The public name of a class."""
    home = vars(cls).get(_HOME)
    return home[1] if home else cls.__name__


def is_own(obj: Any) -> bool:
    """Whether a class, an object's class or a function is kerax' own, not a user's."""
    return module_of(obj).partition(".")[0] == "kerax"
