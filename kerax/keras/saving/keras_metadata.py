"""Models in SavedModels that Keras 2 wrote with TensorFlow: made again from the configs in ``keras_metadata.pb``."""

from __future__ import annotations

import json
import os
from typing import Any

from google.protobuf.message import DecodeError

from kerax.core.log import get_logger
from kerax.io.proto import message
from kerax.keras.saving import legacy_h5, revived
from kerax.keras.saving.legacy_config import modern
from kerax.keras.saving.registration import CustomObjectScope
from kerax.keras.saving.serialization import SafeModeScope, deserialize_keras_object, not_located

_FILE = "keras_metadata.pb"


def load_model(folder: str, custom_objects: Any, compile: bool, safe_mode: bool, options: Any) -> Any:
    """The model of a SavedModel.

    Args:
      folder: its path.
      custom_objects: dict of name → class or function.
      compile: bool, whether to compile the model as the saved one was.
      safe_mode: bool, whether lambdas are refused.
      options: ``tf.saved_model.LoadOptions``.

    Returns:
      A model; where its class is not known or has no config, one that calls the saved functions.

    Raises:
      OSError: the file is damaged.
      ValueError: it holds a lambda, in safe mode.
    """
    metadata = _root(folder) or {}
    training = metadata.get("training_config")
    with CustomObjectScope(custom_objects or {}), SafeModeScope(safe_mode):
        model = _rebuilt(metadata, custom_objects, safe_mode)
        known = model is not None
        if not known:
            model = revived.load_model(folder, metadata, compile=False, options=options)
        if compile and training:
            model.compile(**legacy_h5.compile_arguments(training))
        elif compile and metadata:
            get_logger().warning(
                "No training configuration found in save file, so the model was *not* compiled. Compile it manually."
            )
    if known:
        _restore(model, folder)
    return model


def _rebuilt(metadata: dict[str, Any], custom_objects: Any, safe_mode: bool) -> Any:
    """The model of a config, None without one or where a class in it is not known."""
    if "config" not in metadata or not metadata.get("is_graph_network", True):
        return None
    config = modern({"class_name": metadata["class_name"], "config": metadata["config"]})
    try:
        return deserialize_keras_object(config, custom_objects=custom_objects, safe_mode=safe_mode)
    except (TypeError, KeyError) as error:
        if not_located(error) is None:
            raise
        return None


def _root(folder: str) -> dict[str, Any] | None:
    """What the file says of the model itself."""
    path = os.path.join(folder, _FILE)
    if not os.path.isfile(path):
        return None
    found = message("SavedMetadata")()
    try:
        with open(path, "rb") as file:
            found.ParseFromString(file.read())
        texts = [node.metadata for node in found.nodes if node.node_path == "root"]
        return json.loads(texts[0], object_hook=_decoded) if texts else None
    except (DecodeError, json.JSONDecodeError) as error:
        raise OSError(f"SavedModel file at {path} is damaged: {error}") from error


def _decoded(found: dict[str, Any]) -> Any:
    """Python's values that JSON lacks, as Keras 2 writes them."""
    kind = found.get("class_name")
    if kind in ("__tuple__", "TensorShape"):
        return tuple(found["items"])
    return ... if kind == "__ellipsis__" else found


def _restore(model: Any, folder: str) -> None:
    from kerax.saved_model import constants
    from kerax.train import Checkpoint

    prefix = os.path.join(folder, constants.VARIABLES_DIRECTORY, constants.VARIABLES_FILENAME)
    if model.optimizer is not None:
        model.optimizer.build(model.trainable_variables)
    Checkpoint(root=model).read(prefix).expect_partial()
