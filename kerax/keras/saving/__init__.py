"""``tf.keras.saving``: models, weights and objects as files and configs, and the registry of custom classes."""

import importlib as _importlib
from typing import Any as _Any

from kerax.keras.saving.registration import CustomObjectScope as CustomObjectScope
from kerax.keras.saving.registration import custom_object_scope as custom_object_scope
from kerax.keras.saving.registration import get_custom_objects as get_custom_objects
from kerax.keras.saving.registration import get_registered_name as get_registered_name
from kerax.keras.saving.registration import get_registered_object as get_registered_object
from kerax.keras.saving.registration import register_keras_serializable as register_keras_serializable
from kerax.keras.saving.serialization import deserialize_keras_object as deserialize_keras_object
from kerax.keras.saving.serialization import serialize_keras_object as serialize_keras_object

# What reads and writes files stands above the engine, which imports the names above: imported on first use.
_FILES = {
    "load_model": "saving_api",
    "save_model": "saving_api",
    "load_weights": "saving_api",
    "save_weights": "saving_api",
    "KerasFileEditor": "file_editor",
}


def __getattr__(name: str) -> _Any:
    if name in _FILES:
        return getattr(_importlib.import_module(f"kerax.keras.saving.{_FILES[name]}"), name)
    raise AttributeError(f"module 'kerax.keras.saving' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_FILES})
