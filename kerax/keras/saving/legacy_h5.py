"""Whole models in HDF5 files (``.h5``): Keras 1 and 2's format, which Keras 3 still reads and writes."""

from __future__ import annotations

import contextlib
import json
import logging
import os
from collections.abc import Iterator
from typing import Any

import numpy as np

from kerax.core import dtypes, nest
from kerax.core.config import legacy_keras
from kerax.core.origin import module_of
from kerax.core.shape import TensorShape
from kerax.io.atomic import replacing_path
from kerax.keras.saving import legacy_weights
from kerax.keras.saving.archive import keras_version
from kerax.keras.saving.h5_safety import check_is_hdf5, group_of
from kerax.keras.saving.legacy_config import keras2_optimizer, modern, old
from kerax.keras.saving.optimizer_state import adapted
from kerax.keras.saving.registration import CustomObjectScope, get_registered_name, get_registered_object
from kerax.keras.saving.serialization import (
    SafeModeScope,
    deserialize_keras_object,
    not_located,
    serialize_keras_object,
)

_LOG = logging.getLogger("absl")
_OPTIMIZER = "optimizer_weights"


def is_h5_file(value: Any) -> bool:
    """Whether a value is an open ``h5py.File``."""
    return hasattr(value, "attrs") and hasattr(value, "create_group")


@contextlib.contextmanager
def _opened(filepath: Any, mode: str) -> Any:
    import h5py

    if is_h5_file(filepath):
        yield filepath
    elif mode == "w":
        folder = os.path.dirname(os.fspath(filepath))
        if folder:
            os.makedirs(folder, exist_ok=True)
        with replacing_path(filepath) as name, h5py.File(name, "w") as file:
            yield file
    else:
        check_is_hdf5(filepath)
        with h5py.File(filepath, "r") as file:
            yield file


def _plain(value: Any) -> Any:
    """What JSON does not know by itself."""
    if isinstance(value, (np.integer, np.floating, np.bool_)):
        return value.item()
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, (dtypes.DType, np.dtype)):
        return value.name
    if isinstance(value, TensorShape):
        return value.as_list()
    if value is ...:
        return {"class_name": "__ellipsis__", "config": {}}
    if hasattr(value, "get_config"):
        return {"class_name": get_registered_name(type(value)), "config": value.get_config()}
    if callable(value):
        return get_registered_name(value)
    if hasattr(value, "numpy"):
        return value.numpy().tolist()
    raise TypeError(f"Unable to serialize {value!r} to JSON. Unrecognized type {type(value)}.")


def save_model_h5(model: Any, filepath: Any, include_optimizer: bool = True) -> None:
    """Writes a model into an HDF5 file, whole or not at all.

    Args:
      model: a Functional or Sequential model.
      filepath: path, or an open ``h5py.File``.
      include_optimizer: bool, whether compilation and the optimizer's state are written.

    Raises:
      NotImplementedError: the model has no ``get_config``.
    """
    config = {"class_name": get_registered_name(type(model)), "config": old(model.get_config(), legacy_keras())}
    with _opened(filepath, "w") as file:
        file.attrs["keras_version"] = keras_version()
        file.attrs["backend"] = "tensorflow"
        file.attrs["model_config"] = json.dumps(config, default=_plain).encode("utf8")
        optimizer = getattr(model, "optimizer", None)
        if include_optimizer and not getattr(optimizer, "can_be_saved", True):
            _LOG.warning(
                "TensorFlow optimizers do not make it possible to access optimizer attributes or optimizer state after "
                "instantiation. As a result, we cannot save the optimizer as part of the model save file. You will "
                "have to compile your model again after loading it. Prefer using a TF-Keras optimizer instead."
            )
            include_optimizer = False
        if include_optimizer and optimizer is not None and getattr(model, "compiled", False):
            file.attrs["training_config"] = json.dumps(_training_config(model), default=_plain).encode("utf8")
        legacy_weights.write_layers(file.create_group("model_weights"), model)
        if include_optimizer and optimizer is not None and len(optimizer.variables):
            variables = list(optimizer.variables)
            if legacy_keras():  # Keras 2 keeps the learning rate in the configuration
                variables = [v for v in variables if v is not vars(optimizer).get("_learning_rate")]
            legacy_weights.write_variables(file.create_group(_OPTIMIZER), variables)
        file.flush()


def _training_config(model: Any) -> dict[str, Any]:
    optimizer = model.optimizer
    if legacy_keras():
        config = _keras2_arguments(model)
    else:
        compiled = dict(model.get_compile_config())
        config = {key: compiled.get(key) for key in ("loss", "loss_weights", "metrics", "weighted_metrics")}
        config = nest.map_structure(lambda value: serialize_keras_object(value) if callable(value) else value, config)
        for key in ("run_eagerly", "steps_per_execution", "jit_compile"):
            config[key] = compiled.get(key)
    name, settings = get_registered_name(type(optimizer)), optimizer.get_config()
    if legacy_keras() and module_of(type(optimizer)).startswith("kerax.") and "is_legacy_optimizer" in settings:
        name, settings = f"Custom>{name}", keras2_optimizer(settings)  # Keras 2 registers those that are not legacy
    config["optimizer_config"] = {"class_name": name, "config": settings}
    return config


def _keras2_arguments(model: Any) -> dict[str, Any]:
    """The losses and metrics of ``compile``: Keras 2 writes the metrics that they have become, with their names."""
    given, container = model._compile_arguments, model._compile_metrics
    if container is not None and not container.built and getattr(model, "outputs", None):
        container.build(model.output, model.output)
    found = {key: given.get(key) for key in ("loss", "metrics", "weighted_metrics", "loss_weights")}
    if container is not None and container.built:
        for key, groups in (("metrics", container._plain), ("weighted_metrics", container._weighted)):
            if found[key] is not None:
                nothing = [None] if found[key] else []
                found[key] = [group.metrics or nothing for group in groups]
    return nest.map_structure(lambda value: _unlocated(serialize_keras_object(value)), found)


def _unlocated(value: Any) -> Any:
    """A serialized object as Keras 2 wrote it once: functions by their names, classes without their modules."""
    if isinstance(value, (list, tuple)):
        return [_unlocated(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("class_name") == "function":
        return value["config"]
    if "registered_name" in value:
        value = {"class_name": value["registered_name"] or value["class_name"], "config": value["config"]}
    return {key: _unlocated(item) for key, item in value.items()}


def _text(value: Any) -> str:
    return value.decode("utf-8") if hasattr(value, "decode") else str(value)


def _parsed(text: Any, what: str, filepath: Any) -> Any:
    try:
        return json.loads(_text(text))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"The {what} in the file at {filepath} is not valid JSON: {error}") from error


@contextlib.contextmanager
def _known(what: str) -> Iterator[None]:
    """Within, a class or function that is not known is Keras 2's kind of error."""
    try:
        yield
    except TypeError as error:
        missing = not_located(error) if legacy_keras() else None
        if missing is None:
            raise
        raise unknown(what, missing[0]) from error


def unknown(what: str, name: str) -> ValueError:
    """Keras 2's error for what the user's code does not give a loader."""
    return ValueError(
        f"Unknown {what}: '{name}'. Please ensure you are using a `keras.utils.custom_object_scope` and that this "
        "object is included in the scope. See "
        "https://www.tensorflow.org/guide/keras/save_and_serialize#registering_the_custom_object for details."
    )


def load_model_h5(filepath: Any, custom_objects: Any = None, compile: bool = True, safe_mode: bool = True) -> Any:
    """The model in an HDF5 file.

    Args:
      filepath: path, or an open ``h5py.File``.
      custom_objects: dict of name → class or function.
      compile: bool, whether to compile the model as the saved one was.
      safe_mode: bool, whether lambdas are refused.

    Raises:
      ValueError: the file holds no model, or a lambda in safe mode.
      OSError: the file is missing or damaged.
    """
    with _opened(filepath, "r") as file, CustomObjectScope(custom_objects or {}), SafeModeScope(safe_mode):
        config = file.attrs.get("model_config")
        if config is None:
            raise ValueError(f"No model config found in the file at {filepath}.")
        config = modern(_parsed(config, "model config", filepath))
        if not isinstance(config, dict) or "config" not in config:
            raise ValueError(
                "The provided configuration is not a valid Keras configuration. Expected a dictionary containing a "
                f"'config' key. Received: config={config}"
            )
        with _known("layer"):
            model = deserialize_keras_object(config, custom_objects=custom_objects, safe_mode=safe_mode)
        legacy_weights.read_layers(group_of(file, "model_weights"), model)
        if compile:
            _compile(model, file, filepath, custom_objects)
    return model


def _compile(model: Any, file: Any, filepath: Any, custom_objects: Any) -> None:
    training = file.attrs.get("training_config")
    if training is None:
        _LOG.warning(
            "No training configuration found in the save file, so the model was *not* compiled. Compile it manually."
        )
        return
    with _known("loss function"):
        model.compile(**compile_arguments(_parsed(training, "training config", filepath)))
    if _OPTIMIZER not in file:
        return
    model.optimizer.build(model.trainable_variables)
    values = legacy_weights.read_variables(group_of(file, _OPTIMIZER))
    stored = adapted(model.optimizer, {str(index): value for index, value in enumerate(values)})
    try:
        model.optimizer.load_own_variables(stored)
    except ValueError:
        _LOG.warning(
            "Error in loading the saved optimizer state. As a result, your model is starting with a freshly "
            "initialized optimizer."
        )


def compile_arguments(training: dict[str, Any]) -> dict[str, Any]:
    """Arguments of ``Model.compile`` from a file's ``training_config``."""
    from kerax.keras import losses, metrics, optimizers
    from kerax.keras.training.legacy_outputs import whole_name

    known = {"loss_weights": training.get("loss_weights")}
    optimizer = dict(training.get("optimizer_config") or {"class_name": "RMSprop", "config": {}})
    name, inner = optimizer["class_name"], dict(optimizer["config"])
    old = legacy_keras() and ">" not in name and "is_legacy_optimizer" not in inner
    if get_registered_object(name) is None:
        optimizer["class_name"] = name.rpartition(">")[2]
    for setting in ("is_legacy_optimizer", "jit_compile"):
        inner.pop(setting, None)
    optimizer["config"] = inner
    known["optimizer"] = optimizers.deserialize(optimizer, use_legacy_optimizer=old)

    def loss(config: Any) -> Any:
        found = losses.deserialize(config)
        if isinstance(found, str) and legacy_keras():
            raise unknown("loss function", found)
        return found

    known["loss"] = _nested(loss, training.get("loss"))

    def metric(config: Any) -> Any:
        if isinstance(config, dict) and config["class_name"] == "MeanMetricWrapper":
            inner = config["config"]
            function = metrics.get(inner["fn"]) if isinstance(inner.get("fn"), str) else inner.get("fn")
            function = getattr(function, "_fn", function)
            if isinstance(function, str) and legacy_keras():
                raise unknown("metric function", function)
            return whole_name(metrics.MeanMetricWrapper(function, name=inner.get("name")))
        if config in ("accuracy", "acc", "crossentropy", "ce"):
            return config
        found = metrics.deserialize(config)
        return whole_name(found) if isinstance(found, metrics.Metric) else found

    known["metrics"] = _nested(metric, training.get("metrics"))
    known["weighted_metrics"] = _nested(metric, training.get("weighted_metrics"))
    return known


def _nested(make: Any, config: Any) -> Any:
    if config is None:
        return None
    if isinstance(config, str) or (isinstance(config, dict) and "class_name" in config):
        return make(modern(config))
    if isinstance(config, dict):
        return {key: _nested(make, value) for key, value in config.items()}
    if isinstance(config, (list, tuple)):
        found = [_nested(make, item) for item in config]
        return found[0] if len(found) == 1 and isinstance(found[0], list) else found
    raise ValueError(
        "Saved configuration not understood. Configuration should be a dictionary, string, tuple or list. "
        f"Received: config={config}."
    )
