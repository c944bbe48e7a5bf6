"""The import hook: ``import tensorflow``, ``keras`` and ``tf_keras`` give kerax."""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import os
import pathlib
import sys
import threading
import types
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from . import class_names, names, paths
from .distribution import distributions

_ROOTS = {"kerax": "tensorflow", "kerax.keras": "keras"}
_lock = threading.RLock()
_CHILDREN = str(pathlib.Path(__file__).resolve().parent / "children")
#: names in sys.modules that the hook has answered for
_aliases: set[str] = set()
#: modules whose class was exchanged for `Namespace`
_watched: dict[str, Any] = {}


class Namespace(types.ModuleType):
    """A kerax module under TensorFlow's name: an attribute that is missing is explained."""

    def __getattr__(self, name: str) -> Any:
        path = f"{_ROOTS.get(self.__name__)}.{name}"
        if path in paths.PREFIXES:  # keras.src: the implementation, which Keras has imported with itself
            return importlib.import_module(path)
        raise names.attribute_error(_tensorflow_name(self.__name__), name, self)

    def __reduce__(self) -> tuple[Any, ...]:  # a copy is itself: what pickles functions meets modules
        return importlib.import_module, (self.__name__,)


def _tensorflow_name(module: str) -> str:
    """``"kerax.math"`` -> ``"tf.math"``."""
    return "tf" + module.removeprefix("kerax")


def _watch_modules() -> None:
    """Give every kerax module that is a namespace of TensorFlow's its explanation of missing names."""
    for name, module in list(sys.modules.items()):
        if name in _watched or type(module) is not types.ModuleType or name.startswith("kerax.compat"):
            continue
        if name.partition(".")[0] == "kerax" and _tensorflow_name(name) in names.namespaces():
            module.__class__ = Namespace
            _watched[name] = module


class _Loader(importlib.abc.Loader):
    """Puts the kerax module itself into sys.modules; the module keeps its own name, spec and loader."""

    def __init__(self, module: types.ModuleType) -> None:
        self.module = module

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        return None

    def exec_module(self, module: types.ModuleType) -> None:
        assert module.__spec__ is not None
        name = module.__spec__.name
        sys.modules[name] = self.module
        _aliases.add(name)

    def get_code(self, fullname: str) -> Any:
        """The code of a module, for ``python -m``."""
        loader = getattr(self.module.__spec__, "loader", None)
        get_code = getattr(loader, "get_code", None)
        return None if get_code is None else get_code(self.module.__name__)


class _NamingLoader(importlib.machinery.SourceFileLoader):
    """Loads a module of kerax, whose classes then have TensorFlow's names."""

    def exec_module(self, module: types.ModuleType) -> None:
        super().exec_module(module)
        class_names.show(module)


class AliasFinder(importlib.abc.MetaPathFinder):
    """Answers for tensorflow, keras, tf_keras and what lies below them, and for their distributions."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        root = fullname.partition(".")[0]
        if root == "kerax":
            spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
            if spec is not None and type(spec.loader) is importlib.machinery.SourceFileLoader:
                spec.loader = _NamingLoader(spec.loader.name, spec.loader.path)
            return spec
        if root not in paths.ROOTS:
            return None
        module = paths.resolve(fullname)
        if module is None:
            # not None: Python's own finder would go on to load kerax/x.py a second time, as tensorflow.x
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        _watch_modules()
        origin = getattr(module, "__file__", None)
        return importlib.machinery.ModuleSpec(
            fullname, _Loader(module), origin=origin, is_package=hasattr(module, "__path__")
        )

    def find_distributions(self, context: Any = None) -> Iterator[Any]:
        """`importlib.metadata` asks here for the version of an installed package."""
        return distributions(getattr(context, "name", None))

    def invalidate_caches(self) -> None:
        """Nothing is cached."""


class MissingFinder(importlib.abc.MetaPathFinder):
    """The last finder: explains ``from tensorflow.math import nosuch``, which looks for kerax.math.nosuch."""

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> None:
        parent, _, name = fullname.rpartition(".")
        if parent.partition(".")[0] == "kerax":
            message = names.lacks(_tensorflow_name(parent), name)
            if message and not isinstance(sys.modules.get(parent), paths.View):
                # under TensorFlow's name: python drops the error of a name it asked for itself
                raise paths.Missing(message, name=_tensorflow_name(fullname))
        return None


_finder = AliasFinder()
_missing = MissingFinder()


def _foreign() -> Iterable[str]:
    """Names of real TensorFlow and Keras modules that are loaded in this process."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in paths.ROOTS and name not in _aliases and module is not None:
            yield name


def _own_modules() -> list[types.ModuleType]:
    return [m for name, m in list(sys.modules.items()) if name.startswith("kerax.") and m.__name__ == name]


def installed() -> bool:
    """True while kerax answers for ``import tensorflow``."""
    return _finder in sys.meta_path


def install(subprocesses: bool = False) -> None:
    """Make ``import tensorflow``, ``import keras`` and ``import tf_keras`` give kerax, in the whole process.

    The modules are kerax's own: ``tensorflow.keras.layers.Dense is keras.layers.Dense is
    kerax.keras.layers.Dense``. Calling it again does nothing.

    Args:
      subprocesses: also in Python processes that this one starts with the same interpreter (multiprocessing's
        too), by an entry in the environment variable PYTHONPATH.

    Raises:
      RuntimeError: where the real TensorFlow or Keras has been imported already.

    >>> import kerax.compat
    >>> kerax.compat.install()
    >>> import tensorflow as tf
    >>> tf.__name__
    'kerax'
    >>> kerax.compat.uninstall()
    """
    with _lock:
        foreign = sorted(_foreign(), key=lambda n: (n.count("."), n))
        if foreign:
            raise RuntimeError(
                f"'{foreign[0]}' has already been imported in this process, and it is not kerax's. "
                "Call kerax.compat.install() before anything imports TensorFlow or Keras."
            )
        if not installed():
            sys.meta_path.insert(0, _finder)
            sys.meta_path.append(_missing)
            for module in _own_modules():
                class_names.show(module)
        if subprocesses:
            before = os.environ.get("PYTHONPATH", "")
            if _CHILDREN not in before.split(os.pathsep):
                os.environ["PYTHONPATH"] = _CHILDREN + (os.pathsep + before if before else "")
            os.environ["KERAX_CHILDREN"] = sys.prefix


def uninstall() -> None:
    """Undo `install`: ``import tensorflow`` is TensorFlow again. Modules handed out stay usable."""
    with _lock:
        for module in _own_modules():
            class_names.hide(module)
        sys.meta_path[:] = [f for f in sys.meta_path if f is not _finder and f is not _missing]
        for name in _aliases:
            sys.modules.pop(name, None)
        _aliases.clear()
        for module in _watched.values():
            kind = type(module)
            if kind is Namespace:
                module.__class__ = types.ModuleType
            for name in [n for n, v in vars(module).items() if isinstance(v, paths.View)]:
                delattr(module, name)
        _watched.clear()
        before = os.environ.get("PYTHONPATH")
        if before is not None and os.environ.pop("KERAX_CHILDREN", ""):
            rest = os.pathsep.join(p for p in before.split(os.pathsep) if p != _CHILDREN)
            if rest:
                os.environ["PYTHONPATH"] = rest
            else:
                del os.environ["PYTHONPATH"]
