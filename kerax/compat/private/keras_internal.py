"""``keras.__internal__``: what the libraries around TensorFlow use of it."""

from __future__ import annotations

import types as _types
from typing import Any

from kerax.keras import KerasTensor as KerasTensor
from kerax.keras import layers as _layers
from kerax.keras.engine import abstract as _abstract


def _register_symbolic_tensor_type(cls: type) -> type:
    """Whatever converts to a Tensor may be a layer's result; of this type, the next layer gets the object itself."""
    _abstract.CONVERTIBLE.append(cls)
    return cls


def _same(optimizer: Any) -> Any:
    """The optimizer itself."""
    return optimizer


utils = _types.SimpleNamespace(register_symbolic_tensor_type=_register_symbolic_tensor_type)
optimizers = _types.SimpleNamespace(convert_to_legacy_optimizer=_same)
layers = _types.SimpleNamespace(BaseRandomLayer=_layers.Layer)
