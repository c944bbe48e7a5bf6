"""Which kerax module answers for a TensorFlow or Keras module path.

Public paths (``tensorflow.linalg``, ``keras.layers``) are the kerax modules themselves. Paths into the
implementation of TensorFlow and Keras (``tensorflow.python.framework.ops``, ``keras.src.layers.core.dense``)
and those of old Keras releases (``keras.layers.core``) become a `View`: a module that looks names up in the
public modules they belong to.
"""

from __future__ import annotations

import functools
import importlib
import importlib.resources
import importlib.util
import inspect
import types
from typing import Any

from kerax.core.config import legacy_keras

from . import class_names, elsewhere, names

ROOTS = ("tensorflow", "keras", "tf_keras")

#: path prefix -> (public namespace, whether what follows is a private path); the longest prefix wins
PREFIXES: dict[str, tuple[str, bool]] = {
    "tensorflow": ("tf", False),
    "tensorflow.compat.v2": ("tf", False),
    "tensorflow._api": ("tf", False),
    "tensorflow._api.v2": ("tf", False),
    "tensorflow.compat.v1.keras": ("tf.keras", False),
    "tensorflow.lite.python": ("tf.lite", True),
    "tensorflow.python.keras": ("tf.keras", True),
    "tensorflow.python.keras.api": ("tf.keras", False),
    "keras": ("tf.keras", False),
    "keras.api": ("tf.keras", False),
    "keras.api._v2": ("tf.keras", False),
    "keras.api._v2.keras": ("tf.keras", False),
    "keras._tf_keras": ("tf.keras", True),
    "keras._tf_keras.keras": ("tf.keras", False),
    "keras.src": ("tf.keras", True),
    "tf_keras": ("tf.keras", False),
    "tf_keras.api": ("tf.keras", False),
    "tf_keras.api._v2": ("tf.keras", False),
    "tf_keras.api._v2.keras": ("tf.keras", False),
    "tf_keras.src": ("tf.keras", True),
    "tf_keras.api._v1": ("tf.keras", False),
    "tf_keras.api._v1.keras": ("tf.keras", False),
    "tf_keras.api._v1.keras.__internal__": ("tf.keras", False),
    "tf_keras.api._v1.keras.__internal__.legacy": ("tf.keras", False),
}

#: modules of Keras 2 that Keras 3 no longer has: their names live on in the namespaces given
_OLD_KERAS = {
    "engine": ("", "layers", "models", "utils"),
    "legacy": ("", "layers"),
    "trainers": ("models", "utils"),
    "backend": ("ops", "backend"),
    "layers.core": ("layers",),
    "layers.convolutional": ("layers",),
    "layers.pooling": ("layers",),
    "layers.recurrent": ("layers",),
    "layers.embeddings": ("layers",),
    "layers.normalization": ("layers",),
    "layers.merge": ("layers",),
    "layers.advanced_activations": ("layers", "activations"),
    "layers.wrappers": ("layers",),
    "layers.noise": ("layers",),
    "layers.experimental": ("layers",),
    "layers.experimental.preprocessing": ("layers",),
    "layers.preprocessing": ("layers",),
    "utils.np_utils": ("utils",),
    "utils.generic_utils": ("utils",),
    "utils.layer_utils": ("utils",),
    "utils.vis_utils": ("utils",),
    "utils.data_utils": ("utils",),
    "utils.io_utils": ("utils",),
    "utils.conv_utils": ("utils",),
    "utils.losses_utils": ("utils", "losses"),
    "utils.tf_utils": ("utils",),
    "preprocessing.text": ("preprocessing",),
    "optimizers.optimizer_experimental": ("optimizers",),
    "optimizers.optimizer_v2": ("optimizers",),
    "optimizer_v2": ("optimizers", "optimizers.schedules"),
    "mixed_precision.experimental": ("mixed_precision",),
    "saving.save": ("saving", "models"),
    "saving.hdf5_format": ("saving",),
}

#: the last part of a path below tensorflow.python -> the namespaces that hold its names
_OLD_TENSORFLOW = {
    "math_ops": ("tf.math", "tf", "tf.linalg"),
    "math_grad": ("tf.math",),
    "array_ops": ("tf", "tf.math", "tf.sparse"),
    "array_ops_stack": ("tf",),
    "nn": ("tf.nn",),
    "nn_ops": ("tf.nn", "tf", "tf.compat.v1.nn"),
    "nn_impl": ("tf.nn", "tf"),
    "linalg_ops": ("tf.linalg", "tf"),
    "linalg": ("tf.linalg",),
    "string_ops": ("tf.strings",),
    "image_ops": ("tf.image",),
    "image_ops_impl": ("tf.image",),
    "random_ops": ("tf.random",),
    "stateless_random_ops": ("tf.random",),
    "stateful_random_ops": ("tf.random",),
    "sparse_ops": ("tf.sparse",),
    "io_ops": ("tf.io", "tf.compat.v1"),
    "parsing_ops": ("tf.io",),
    "parsing_config": ("tf.io",),
    "lookup_ops": ("tf.lookup",),
    "check_ops": ("tf.debugging", "tf.compat.v1"),
    "clip_ops": ("tf",),
    "confusion_matrix": ("tf.math",),
    "control_flow_ops": ("tf.compat.v1", "tf", "tf.debugging"),
    "control_flow_assert": ("tf", "tf.debugging"),
    "cond": ("tf.compat.v1",),
    "while_loop": ("tf.compat.v1",),
    "functional_ops": ("tf",),
    "map_fn": ("tf",),
    "script_ops": ("tf",),
    "custom_gradient": ("tf",),
    "gradients_impl": ("tf",),
    "init_ops": ("tf",),
    "init_ops_v2": ("tf",),
    "variables": ("tf",),
    "variable_scope": ("tf", "tf.compat.v1"),
    "resource_variable_ops": ("tf",),
    "state_ops": ("tf",),
    "tensor_array_ops": ("tf",),
    "data_flow_ops": ("tf.queue", "tf", "tf.compat.v1"),
    "manip_ops": ("tf",),
    "special_math_ops": ("tf.math.special", "tf.math", "tf"),
    "bitwise_ops": ("tf.bitwise",),
    "sets": ("tf.sets",),
    "signal": ("tf.signal",),
    "summary_ops_v2": ("tf.summary",),
    "ragged": ("tf.ragged", "tf"),
    "ragged_tensor": ("tf",),
    "ragged_factory_ops": ("tf.ragged",),
    "ops": ("tf",),
    "framework": ("tf",),
    "tensor": ("tf",),
    "constant_op": ("tf",),
    "dtypes": ("tf.dtypes", "tf"),
    "errors": ("tf.errors",),
    "errors_impl": ("tf.errors",),
    "tensor_shape": ("tf",),
    "tensor_spec": ("tf",),
    "type_spec": ("tf",),
    "indexed_slices": ("tf",),
    "sparse_tensor": ("tf", "tf.sparse"),
    "composite_tensor": ("tf",),
    "tensor_util": ("tf",),
    "tensor_conversion": ("tf",),
    "random_seed": ("tf.random",),
    "config": ("tf.config", "tf.config.experimental"),
    "versions": ("tf.version", "tf"),
    "test_util": ("tf.test",),
    "eager": ("tf",),
    "context": ("tf", "tf.config"),
    "backprop": ("tf",),
    "forwardprop": ("tf.autodiff",),
    "def_function": ("tf",),
    "polymorphic_function": ("tf",),
    "function": ("tf",),
    "module": ("tf",),
    "nest": ("tf.nest",),
    "gfile": ("tf.io.gfile", "tf.compat.v1.gfile"),
    "file_io": ("tf.io.gfile",),
    "tf_record": ("tf.io",),
    "lib": ("tf.io",),
    "io": ("tf.io",),
    "platform": ("tf",),
    "test": ("tf.test",),
    "util": ("tf",),
    "data": ("tf.data",),
    "dataset_ops": ("tf.data",),
    "readers": ("tf.data",),
    "iterator_ops": ("tf.data",),
    "options": ("tf.data",),
    "experimental": ("tf.experimental",),
    "distribute": ("tf.distribute",),
    "distribute_lib": ("tf.distribute",),
    "distribution_strategy_context": ("tf.distribute",),
    "mirrored_strategy": ("tf.distribute",),
    "training": ("tf.train", "tf.compat.v1.train"),
    "checkpoint": ("tf.train",),
    "checkpoint_management": ("tf.train",),
    "moving_averages": ("tf.train",),
    "saved_model": ("tf.saved_model",),
    "load": ("tf.saved_model",),
    "save": ("tf.saved_model",),
    "trackable": ("tf", "tf.train"),
    "autograph": ("tf.autograph",),
    "api": ("tf.autograph",),
    "profiler": ("tf.profiler",),
    "client": ("tf",),
    "feature_column": ("tf.feature_column",),
    "lookup": ("tf.lookup",),
    "types": ("tf.types", "tf"),
    "core": ("tf.types.experimental", "tf"),
    "tf_logging": ("tf.compat.v1.logging",),
    "keras": ("tf.keras",),
    "saver": ("tf.compat.v1.train",),
    "optimizer": ("tf.compat.v1.train",),
    "training_util": ("tf.compat.v1.train",),
    "histogram_ops": ("tf",),
    "logging_ops": ("tf",),
    "standard_ops": ("tf",),
    "device_spec": ("tf",),
    "distributions": ("tf.compat.v1.distributions",),
    "parallel_for": ("tf",),
    "sparse": ("tf.sparse",),
    "numpy_ops": ("tf.experimental.numpy",),
    "extension_type": ("tf.experimental",),
    "tf2xla": ("tf",),
    "python": ("tf",),
    "adadelta": ("tf.compat.v1.train",),
    "adagrad": ("tf.compat.v1.train",),
    "adam": ("tf.compat.v1.train",),
    "basic_session_run_hooks": ("tf.compat.v1.train",),
    "build_info": ("tf.sysconfig",),
    "builder": ("tf.compat.v1.saved_model.builder",),
    "candidate_sampling_ops": ("tf.random", "tf.nn"),
    "checkpoint_utils": ("tf.train", "tf.compat.v1.train"),
    "compat": ("tf.compat",),
    "constants": ("tf.compat.v1.saved_model.constants",),
    "ctc_ops": ("tf.nn", "tf.compat.v1.nn"),
    "dispatch": ("tf.experimental",),
    "embedding_ops": ("tf.nn",),
    "feature_column_lib": ("tf.feature_column",),
    "feature_column_v2": ("tf.feature_column",),
    "ftrl": ("tf.compat.v1.train",),
    "googletest": ("tf.test",),
    "gradient_descent": ("tf.compat.v1.train",),
    "gradients": ("tf",),
    "input": ("tf.compat.v1.train",),
    "learning_rate_decay": ("tf.compat.v1.train",),
    "loader": ("tf.compat.v1.saved_model.loader",),
    "losses": ("tf.compat.v1.losses",),
    "losses_impl": ("tf.compat.v1.losses",),
    "metrics": ("tf.compat.v1.metrics",),
    "metrics_impl": ("tf.compat.v1.metrics",),
    "momentum": ("tf.compat.v1.train",),
    "monitored_session": ("tf.compat.v1.train",),
    "partitioned_variables": ("tf.compat.v1",),
    "py_checkpoint_reader": ("tf.compat.v1.train",),
    "pywrap_tensorflow": ("tf.compat.v1.train",),
    "queue_runner": ("tf.compat.v1.train",),
    "resource_loader": ("tf.compat.v1.resource_loader",),
    "rmsprop": ("tf.compat.v1.train",),
    "session": ("tf.compat.v1",),
    "session_run_hook": ("tf.compat.v1.train",),
    "signature_constants": ("tf.compat.v1.saved_model.signature_constants",),
    "signature_def_utils": ("tf.compat.v1.saved_model.signature_def_utils",),
    "summary": ("tf.compat.v1.summary",),
    "summary_iterator": ("tf.compat.v1.train",),
    "sysconfig": ("tf.sysconfig",),
    "tag_constants": ("tf.compat.v1.saved_model.tag_constants",),
    "v2_compat": ("tf.compat.v1",),
    "writer": ("tf.compat.v1.summary",),
}


#: the last parts of paths below tensorflow.python that hold modules only
_FOLDERS = frozenset("client distribute eager framework module ops platform saved_model training util".split())


class View(types.ModuleType):
    """A path into TensorFlow's or Keras' implementation: its names come from public kerax modules."""

    def __init__(self, path: str, homes: list[types.ModuleType]) -> None:
        super().__init__(path, f"Names of {path} as far as kerax has them.")
        self.__path__: list[str] = []
        self.__dict__["_homes"] = homes

    def __getattr__(self, name: str) -> Any:
        if name == "__all__":  # what a star import takes: not all of Keras, which answers where nothing else does
            return self._names([home for home in self._homes if home.__name__ != "kerax.keras"] or self._homes)
        if name.startswith("__") and name.endswith("__") and name != "__version__":
            raise AttributeError(name)
        parts = self.__name__.split(".")
        if (
            parts[:2] == ["tensorflow", "python"]
            and len(parts) == 3
            and parts[2] in _FOLDERS
            and name in _OLD_TENSORFLOW
        ):
            return importlib.import_module(f"{self.__name__}.{name}")
        for home in self._homes:
            if name in home.__dict__:
                found = home.__dict__[name]
                # a module below the implementation has more names than the public one that is called so
                return (inspect.ismodule(found) and self._inner(name)) or found
        for table in (class_names, elsewhere):
            known = table.find(self.__name__, name)
            if known is not None:
                return known
        for home in self._homes:
            try:
                return getattr(home, name)
            except AttributeError:
                continue
        if parts[:2] == ["tensorflow", "python"]:
            for old in _old_homes(tuple(home.__name__ for home in self._homes)):
                found = getattr(old, name, None)
                if found is not None and not inspect.ismodule(found):
                    return found
        path = f"{self.__name__}.{name}"
        if elsewhere.knows(path) or class_names.knows(path):  # TensorFlow has imported all that is below it
            return importlib.import_module(path)
        raise AttributeError(f"kerax does not have {path}", name=name, obj=self)

    def _inner(self, name: str) -> types.ModuleType | None:
        path = f"{self.__name__}.{name}"
        try:
            return importlib.import_module(path)
        except ModuleNotFoundError as error:
            if error.name != path:
                raise
            return None

    def _names(self, homes: list[types.ModuleType]) -> list[str]:
        found = {n for home in homes for n in dir(home)} | elsewhere.below(self.__name__)
        return sorted(n for n in found if not n.startswith("_"))

    def __dir__(self) -> list[str]:
        return sorted({*self._names(self._homes), *self.__dict__})


@functools.cache
def _old_homes(homes: tuple[str, ...]) -> list[types.ModuleType]:
    """TensorFlow 1's namespaces of kerax modules: its functions stand in the same files as TensorFlow 2's."""
    names = (f"tf.compat.v1{home.removeprefix('kerax')}" for home in homes if not home.startswith("kerax.compat"))
    found = [public_module(name) for name in (*names, "tf.compat.v1")]
    return [module for module in found if module is not None]


class Missing(ModuleNotFoundError):
    """A module that TensorFlow has and kerax lacks."""


def public_module(namespace: str) -> types.ModuleType | None:
    """The kerax module of a public namespace such as ``"tf.keras.layers"``; None where there is none."""
    module = importlib.import_module("kerax")
    path = "tf"
    for part in namespace.split(".")[1:]:
        path = f"{path}.{part}"
        inner = module.__dict__.get(part)
        if not inspect.ismodule(inner):
            try:
                inner = getattr(module, part, None)
            except ImportError:
                inner = None
        if not inspect.ismodule(inner) and path in names.namespaces():
            target = f"{module.__name__}.{part}"
            try:
                inner = importlib.import_module(target)
            except ModuleNotFoundError as error:
                if error.name != target:
                    raise
        if not inspect.ismodule(inner) or not (path in names.namespaces() or inner.__name__.startswith("kerax")):
            return None
        if path not in names.namespaces() and inner.__name__ == f"{module.__name__}.{part}":
            # one of kerax's own files, not a namespace of TensorFlow's (tensorflow.core is not kerax.core)
            return None
        module = inner
    return module


@functools.cache
def keras_modules() -> frozenset[str]:
    """The modules of Keras' implementation, of Keras 3 and 2: ``"layers.core.dense"``."""
    text = importlib.resources.files(__package__).joinpath("keras_modules.txt").read_text(encoding="utf8")
    rows = (line.partition(":") for line in text.splitlines())
    return frozenset(f"{folder}.{name}".lstrip(".") for folder, _, names in rows for name in names.split())


def _keras_view(path: str, rest: list[str]) -> types.ModuleType | None:
    """A view for a private or old Keras path: the public modules its parts name, then all of Keras."""
    keras = public_module("tf.keras")
    if keras is None:
        return None
    homes: list[types.ModuleType] = []
    old = next((_OLD_KERAS[k] for k in (".".join(rest[:2]), rest[0] if rest else "") if k in _OLD_KERAS), None)
    if old is not None:
        if rest[0] == "backend":  # Keras 3 has its functions of tensors there, Keras 2 those of keras.backend
            old = old[::-1] if legacy_keras() else old
            if len(rest) > 1:  # .random, .config, .numpy, .tensorflow.nn
                old = (rest[-1], f"ops.{rest[-1]}", *old)
        homes += [m for m in (public_module("tf.keras" + ("." + n if n else "")) for n in old) if m]
    for end in range(len(rest), 0, -1):
        module = public_module(".".join(["tf.keras", *rest[:end]]))
        if module is not None:
            homes.append(module)
    own = _private(rest) if rest else None
    if rest and not (old or own or ".".join(rest) in keras_modules()):
        if rest[-1] != rest[-1].lower():  # no module's name has capitals
            return None
        raise Missing(f"kerax does not have {path}", name=path)
    return View(path, [*([] if own is None else [own]), *homes, keras])


def _private(parts: list[str]) -> types.ModuleType | None:
    """kerax' module for what is only in TensorFlow's implementation: named after the path's last part or last two."""
    found = ["gen_ops"] if parts[-1].startswith("gen_") else ["_".join(parts[-2:]), parts[-1]]
    for name in found:
        path = f"{__package__}.private.{name}"
        if importlib.util.find_spec(path):
            return importlib.import_module(path)
    return None


def _autograph(parts: list[str]) -> types.ModuleType | None:
    """The module of the package malt, which is TensorFlow's AutoGraph."""
    name = ".".join(["malt", *parts])
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or not (name + ".").startswith(error.name + "."):
            raise
        return None


def _tensorflow_view(path: str, rest: list[str]) -> types.ModuleType | None:
    """A view for a path below tensorflow.python."""
    root = public_module("tf")
    assert root is not None
    if not rest:
        return View(path, [root])
    own = _private(rest)
    if own is None and rest[0] == "autograph" and rest[1:2] and rest[1] in ("converters", "core", "pyct"):
        own = _autograph(rest[1:])
    if rest[0] == "layers":
        return View(path, [m for m in (own, *map(public_module, ("tf.keras.layers", "tf.keras"))) if m is not None])
    known = rest[-1] in _OLD_TENSORFLOW or class_names.knows(path) or elsewhere.knows(path)
    if own is None and not known:
        raise Missing(f"kerax does not have {path}", name=path)
    homes = [m for m in map(public_module, _OLD_TENSORFLOW.get(rest[-1], ())) if m is not None]
    return View(path, homes if own is None else [own, *homes])


def _messages_view(path: str, rest: list[str]) -> types.ModuleType | None:
    """A view for a path below tensorflow.core, whose folders hold files of protocol messages."""
    if not rest or rest[0] in ("example", "framework", "protobuf", "util") and len(rest) == 1:
        return View(path, [])
    if len(rest) == 2 and rest[1].endswith("_pb2"):
        return View(path, [importlib.import_module("kerax.compat.v1.messages")])
    return None


def resolve(path: str) -> types.ModuleType | None:
    """The module that answers for `path` (``"tensorflow.keras.layers"``), or None.

    Raises:
      Missing: where TensorFlow has a public module of that name and kerax does not.
    """
    parts = path.split(".")
    if parts[0] not in ROOTS:
        return None
    if parts[:2] == ["tensorflow", "core"]:
        return _messages_view(path, parts[2:])
    if parts[:2] in (["tensorflow", "python"], ["tensorflow", "compiler"]) and parts[2:3] != ["keras"]:
        return _tensorflow_view(path, parts[2:])
    end = next(n for n in range(len(parts), 0, -1) if ".".join(parts[:n]) in PREFIXES)
    namespace, private = PREFIXES[".".join(parts[:end])]
    rest = parts[end:]
    public = ".".join([namespace, *rest])
    module = None if private else public_module(public)
    if private and namespace == "tf.lite" and (not rest or class_names.knows(path)):
        return View(path, [m for m in map(public_module, (namespace, f"{namespace}.experimental")) if m is not None])
    if module is None and namespace == "tf.keras" and (private or ".".join(rest[:2]) in _OLD_KERAS):
        module = _keras_view(path, rest)
    if module is None and namespace == "tf.keras" and rest and rest[0] in _OLD_KERAS:
        module = _keras_view(path, rest)
    if module is None and namespace == "tf" and rest[:1] == ["keras"]:
        return resolve(".".join(["keras", *rest[1:]])) and _keras_view(path, rest[1:])
    if module is None and public in names.namespaces():
        raise Missing(f"kerax does not have {public} yet. TensorFlow 2.21 has it.", name=path)
    return module
