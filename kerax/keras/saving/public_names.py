"""Public names of Keras' classes and functions: what files call them, and how to find them again."""

from __future__ import annotations

import importlib
import inspect
from typing import Any

from kerax.core.config import legacy_keras
from kerax.core.origin import module_of, name_of

# Classes whose shortest public name is not that of their folder.
_AT_ROOT = {
    "Sequential", "Model", "DTypePolicy", "FloatDTypePolicy", "Layer", "InputSpec", "Variable", "KerasTensor",
    "Function", "Operation", "Loss", "Metric", "Optimizer", "Initializer", "Regularizer", "Quantizer",
}  # fmt: skip
AREAS = (
    "layers", "initializers", "regularizers", "constraints", "activations", "losses", "metrics", "optimizers",
    "optimizers.schedules", "optimizers.legacy", "dtype_policies", "random", "callbacks", "ops", "quantizers",
    "distillation", "experimental",
)  # fmt: skip
# Keras 3's private modules, of classes that have no public name.
_FEATURES = "keras.src.layers.preprocessing.feature_space"
_PRIVATE = {
    "Functional": "keras.src.models.functional",
    "Feature": _FEATURES,
    "Cross": _FEATURES,
    "TFDIdentity": _FEATURES,
    "TFDConcat": _FEATURES,
    **dict.fromkeys(("AddLoss", "AddMetric"), "tf_keras.src.engine.base_layer"),
    **dict.fromkeys(("TFOpLambda", "SlicingOpLambda"), "tf_keras.src.layers.core.tf_op_layer"),
    **dict.fromkeys(
        ("LossScaleOptimizer", "LossScaleOptimizerV3"), "tf_keras.src.mixed_precision.loss_scale_optimizer"
    ),
}
_OP_CALL = "kerax.keras.engine.op_call"
_CORE = {
    "Sequential": "kerax.keras.engine.sequential",
    "Functional": "kerax.keras.engine.functional",
    "Model": "kerax.keras.engine.model",
    "Layer": "kerax.keras.engine.layer",
    "Operation": "kerax.keras.engine.operation",
    "InputLayer": "kerax.keras.engine.input_layer",
    "InputSpec": "kerax.keras.engine.input_spec",
    "Variable": "kerax.keras.engine.variable",
    "Function": "kerax.keras.engine.function",
    **dict.fromkeys(("AddLoss", "AddMetric"), "kerax.keras.engine.added"),
    **dict.fromkeys(("TFOpLambda", "SlicingOpLambda"), _OP_CALL),
    "LossScaleOptimizerV3": "kerax.keras.optimizers.loss_scale_keras2",
    "DTypePolicy": "kerax.keras.dtype_policies",
    "FloatDTypePolicy": "kerax.keras.dtype_policies",
    **dict.fromkeys(
        ("FeatureSpace", "Feature", "Cross", "TFDIdentity", "TFDConcat"),
        "kerax.keras.layers.preprocessing.feature_space",
    ),
}


def _area(name: str) -> Any:
    try:
        return importlib.import_module(f"kerax.keras.{name}")
    except ModuleNotFoundError:
        return None


def is_area(module: str) -> bool:
    """Whether ``keras.layers`` or the like is a module of Keras' public names."""
    package, _, area = module.partition(".")
    return package == "keras" and (not area or area in AREAS)


def public_module(obj: Any) -> str | None:
    """The public module of a class or function of Keras' own, None for others."""
    module = module_of(obj)
    name = name_of(obj) if isinstance(obj, type) else getattr(obj, "__name__", "")
    if not module.startswith("kerax.keras"):
        return None
    if name in _AT_ROOT and inspect.isclass(obj) and find_core(name) in (None, obj):
        return "keras"
    if name == "FeatureSpace":
        return "keras.utils"
    own = module.split(".")[2] if module.count(".") > 1 else ""
    for area in (own, *AREAS):
        if area in AREAS and getattr(_area(area), name, None) is obj:
            if area == "optimizers" and getattr(_area("optimizers.schedules"), name, None) is obj:
                return "keras.optimizers.schedules"
            return f"keras.{area}"
    return None


def private_module(cls: type) -> str | None:
    """The module that Keras 3 writes for a class without public name."""
    if module_of(cls).startswith("kerax.keras"):
        private = _PRIVATE.get(name_of(cls))
        return "tf_keras.src.utils.feature_space" if private == _FEATURES and legacy_keras() else private
    return None


def find_core(name: str) -> Any:
    module = _CORE.get(name)
    return None if module is None else getattr(importlib.import_module(module), name)


def find(module: str | None, name: str) -> Any:
    """The class or function that a file names, None if there is none.

    Args:
      module: such as "keras.layers", "keras", "keras.src.models.functional".
      name: its name in there.
    """
    if name.startswith("_") or not module or module.split(".")[0] not in ("keras", "tf_keras", "kerax"):
        return None
    core = find_core(name)
    if core is not None:
        return core
    parts = module.split(".")[1:]
    if parts and parts[0] in ("src", "_legacy"):
        parts = parts[1:]
    for size in range(len(parts), 0, -1):
        area = ".".join(parts[:size])
        if area in AREAS:
            found = getattr(_area(area), name, None)
            if found is not None:
                return found
    for area in AREAS if not parts or parts[0] in ("src", "engine", "models", "utils", "mixed_precision") else ():
        found = getattr(_area(area), name, None)
        if inspect.isclass(found):
            return found
    return None


def find_op(module: str | None, config: dict[str, Any]) -> Any:
    """The class of a recorded op call: kerax's own, or of Keras' ``keras.src.ops`` by its function's name.

    Args:
      module: the module that a file names.
      config: the object's configuration.
    """
    inner = config.get("config") or {}
    if module == _OP_CALL and "function" in inner:
        return importlib.import_module(_OP_CALL).OpCall
    if module is not None and module.startswith("keras.src.ops"):
        return importlib.import_module(_OP_CALL).keras_op_class(config["class_name"])
    return None
