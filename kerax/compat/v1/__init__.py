"""``tf.compat.v1`` as far as programs written for TensorFlow 2 use it.

What is the same object in TensorFlow 1 and 2 is kerax' own, what only has other arguments calls it, and the rest is
as it is while TensorFlow executes eagerly. Graphs, sessions and placeholders are not here: a name that belongs to them
raises an AttributeError that says so.
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any

from kerax.core.dimension import Dimension as Dimension
from kerax.version import COMPILER_VERSION as __compiler_version__
from kerax.version import GIT_VERSION as __git_version__
from kerax.version import VERSION as __version__

from .. import names
from . import functions as _functions
from . import logging as logging
from . import refused as _refused
from . import switches as _switches
from .session import ConfigProto as ConfigProto
from .session import GPUOptions as GPUOptions
from .session import InteractiveSession as InteractiveSession
from .session import Session as Session
from .switches import disable_eager_execution as disable_eager_execution
from .switches import disable_v2_behavior as disable_v2_behavior
from .switches import enable_eager_execution as enable_eager_execution
from .switches import enable_resource_variables as enable_resource_variables
from .switches import enable_tensor_equality as enable_tensor_equality
from .switches import enable_v2_behavior as enable_v2_behavior
from .switches import enable_v2_tensorshape as enable_v2_tensorshape
from .switches import executing_eagerly as executing_eagerly
from .switches import executing_eagerly_outside_functions as executing_eagerly_outside_functions
from .switches import make_one_shot_iterator as make_one_shot_iterator
from .switches import placeholder as placeholder
from .switches import reset_default_graph as reset_default_graph
from .switches import resource_variables_enabled as resource_variables_enabled
from .switches import set_random_seed as set_random_seed

_OWN = {
    "tf.compat.v1.random.set_random_seed": set_random_seed,
    "tf.compat.v1.data.make_one_shot_iterator": make_one_shot_iterator,
    "tf.compat.v1.data.get_output_classes": _switches.get_output_classes,
    "tf.compat.v1.data.get_output_shapes": _switches.get_output_shapes,
    "tf.compat.v1.data.get_output_types": _switches.get_output_types,
}

#: which files hold what is of TensorFlow 1 alone, by namespace; none has a namespace's name, which it would hide
_FILES = {
    "tf.compat.v1": ("variables", "arrays", "branches", "initial_values", "messages"),
    "tf.compat.v1.debugging": ("arrays",),
    "tf.compat.v1.image": ("images",),
    "tf.compat.v1.initializers": ("initializer_names", "initial_values"),
    "tf.compat.v1.io": ("records",),
    "tf.compat.v1.lite": ("small_models",),
    "tf.compat.v1.lite.constants": ("small_models",),
    "tf.compat.v1.losses": ("weighted_losses",),
    "tf.compat.v1.mixed_precision": ("sessions",),
    "tf.compat.v1.mixed_precision.experimental": ("sessions",),
    "tf.compat.v1.nn": ("ctc", "networks", "recurrent", "arrays"),
    "tf.compat.v1.python_io": ("records",),
    "tf.compat.v1.ragged": ("arrays",),
    "tf.compat.v1.random": ("variables",),
    "tf.compat.v1.saved_model": ("saved_models",),
    "tf.compat.v1.saved_model.constants": ("saved_models",),
    "tf.compat.v1.saved_model.loader": ("saved_models",),
    "tf.compat.v1.saved_model.signature_constants": ("saved_models",),
    "tf.compat.v1.saved_model.signature_def_utils": ("saved_models",),
    "tf.compat.v1.saved_model.tag_constants": ("saved_models",),
    "tf.compat.v1.sparse": ("arrays",),
    "tf.compat.v1.strings": ("arrays",),
    "tf.compat.v1.summary": ("summaries", "messages"),
    "tf.compat.v1.train": ("optimizers", "proximal", "schedules", "sessions", "checkpoints", "messages"),
    "tf.compat.v1.train.experimental": ("sessions",),
    "tf.compat.v1.train.queue_runner": ("sessions",),
    "tf.compat.v1.user_ops": ("arrays",),
}


class _Namespace(ModuleType):
    """A namespace below tf.compat.v1: the names that TensorFlow 2 has as the same objects."""

    def __init__(self, path: str) -> None:
        super().__init__("kerax" + path.removeprefix("tf"), f"{path} as far as it is the same in TensorFlow 2.")
        self.__path__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return _lookup("tf" + self.__name__.removeprefix("kerax"), name)

    def __dir__(self) -> list[str]:
        path = "tf" + self.__name__.removeprefix("kerax")
        own = (n for file in _FILES.get(path, ()) for n in dir(importlib.import_module(f"{__package__}.{file}")))
        return sorted(
            names.same_in_v1().get(path, ()) | _functions.below(path) | {n for n in own if names.knows(path, n)}
        )


_namespaces: dict[str, _Namespace] = {}


def _lookup(path: str, name: str) -> Any:
    full = f"{path}.{name}"
    if full in _OWN:
        return _OWN[full]
    if full == "tf.compat.v1.keras":
        return importlib.import_module("kerax.keras")
    if full == "tf.compat.v1.compat":  # has v1 and v2, and programs that import tf.compat.v1 as tf ask it for these
        return importlib.import_module("kerax.compat")
    if full == "tf.compat.v1.layers":
        return importlib.import_module("kerax.keras.layers")
    if full in ("tf.compat.v1.flags", "tf.compat.v1.app.flags"):
        return importlib.import_module("kerax.compat.private.flags")
    if full == "tf.compat.v1.app.run":
        return importlib.import_module("kerax.compat.private.app").run
    if full in names.namespaces():
        return _namespaces.setdefault(full, _Namespace(full))
    if name in names.same_in_v1().get(path, ()):
        value: Any = importlib.import_module("kerax")
        for part in [*path.split(".")[3:], name]:
            value = getattr(value, part)
        return value
    found = _functions.lookup(path, name)  # before the files, which import functions of TensorFlow 2 by these names
    if found is not None:
        return found
    for file in _FILES.get(path, ()) if names.knows(path, name) else ():
        home = importlib.import_module(f"{__name__}.{file}")
        if hasattr(home, name):
            return getattr(home, name)
    found = _refused.lookup(path, name)
    if found is not None:
        return found
    message = f"kerax does not have {full}: it runs TensorFlow 2 programs, without the graphs of TensorFlow 1"
    if not names.knows(path, name):
        message = f"module 'tensorflow.compat.v1' has no attribute '{name}'"
    raise AttributeError(message, name=name)


def __getattr__(name: str) -> Any:
    if name.startswith("__") and name.endswith("__"):
        raise AttributeError(name)
    return _lookup("tf.compat.v1", name)
