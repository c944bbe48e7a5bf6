"""``tf.keras``: Keras 3, and Keras 2 under ``TF_USE_LEGACY_KERAS=1``."""

import importlib as _importlib
from typing import Any as _Any

from kerax.core.config import legacy_keras as _legacy_keras
from kerax.core.device import device as device
from kerax.keras.dtype_policies import DTypePolicy as DTypePolicy
from kerax.keras.dtype_policies import FloatDTypePolicy as FloatDTypePolicy
from kerax.keras.engine import op_call as _op_call
from kerax.keras.engine.function import Function as Function
from kerax.keras.engine.input_layer import Input as Input
from kerax.keras.engine.input_spec import InputSpec as InputSpec
from kerax.keras.engine.keras_tensor import KerasTensor as KerasTensor
from kerax.keras.engine.layer import Layer as Layer
from kerax.keras.engine.model import Model as Model
from kerax.keras.engine.names import name_scope as name_scope
from kerax.keras.engine.operation import Operation as Operation
from kerax.keras.engine.remat import RematScope as RematScope
from kerax.keras.engine.remat import remat as remat
from kerax.keras.engine.sequential import Sequential as Sequential
from kerax.keras.engine.stateless import StatelessScope as StatelessScope
from kerax.keras.engine.stateless import SymbolicScope as SymbolicScope
from kerax.keras.engine.variable import Variable as Variable
from kerax.keras.initializers import Initializer as Initializer
from kerax.keras.losses import Loss as Loss
from kerax.keras.metrics import Metric as Metric
from kerax.keras.optimizers import Optimizer as Optimizer
from kerax.keras.regularizers import Regularizer as Regularizer
from kerax.version import KERAS_2_VERSION as _KERAS_2_VERSION
from kerax.version import KERAS_VERSION as _KERAS_VERSION

__version__ = _KERAS_2_VERSION if _legacy_keras() else _KERAS_VERSION

# The namespaces, imported when they are first used.
_NAMESPACES = {
    "activations",
    "applications",
    "backend",
    "callbacks",
    "config",
    "constraints",
    "datasets",
    "distillation",
    "distribution",
    "dtype_policies",
    "experimental",
    "export",
    "initializers",
    "layers",
    "legacy",
    "losses",
    "metrics",
    "mixed_precision",
    "models",
    "ops",
    "optimizers",
    "preprocessing",
    "quantizers",
    "random",
    "regularizers",
    "saving",
    "tree",
    "utils",
    "visualization",
    "wrappers",
}


def version() -> str:
    """The release of Keras whose behaviour this is."""
    return __version__


def __getattr__(name: str) -> _Any:
    if name == "__all__":  # what a star import takes
        return [n for n in __dir__() if not n.startswith("_")]
    if name == "__internal__":
        return _importlib.import_module("kerax.compat.private.keras_internal")
    if name in _NAMESPACES:
        try:
            return _importlib.import_module(f"kerax.keras.{name}")
        except ModuleNotFoundError as error:
            if error.name != f"kerax.keras.{name}":
                raise
    raise AttributeError(f"module 'kerax.keras' has no attribute {name!r}: kerax does not have tf.keras.{name} yet.")


def __dir__() -> list[str]:
    return sorted({*globals(), *_NAMESPACES})
