"""Model configs of Keras 1 and 2 in Keras 3's form, and back."""

from __future__ import annotations

from typing import Any


def is_old(config: Any) -> bool:
    """Whether the config of an object names no module, as files of Keras 1 and 2 do."""
    return isinstance(config, dict) and "class_name" in config and "module" not in config


def modern(config: Any) -> Any:
    """The config of a model or layer with arguments as Keras 3 calls them, recursively."""
    if isinstance(config, list):
        return [modern(item) for item in config]
    if not isinstance(config, dict):
        return config
    if "class_name" not in config or not isinstance(config.get("config"), (dict, list)):
        return {key: modern(value) for key, value in config.items()}
    inner = config["config"]
    if isinstance(inner, list):  # Sequential of Keras 1
        inner = {"layers": inner}
    inner = {key: modern(value) for key, value in inner.items()}
    kind = config["class_name"]
    if kind == "InputLayer":
        shape = inner.pop("batch_input_shape", None)
        if shape is not None:
            inner["batch_shape"] = shape
        inner.pop("type_spec", None)
    elif kind in ("BatchNormalization", "LayerNormalization", "SyncBatchNormalization"):
        axis = inner.get("axis")
        if isinstance(axis, list) and len(axis) == 1:
            inner["axis"] = axis[0]
    for name in ("input_layers", "output_layers"):
        ends = inner.get(name)
        if isinstance(ends, list) and len(ends) == 1 and isinstance(ends[0], list):
            inner[name] = ends[0]  # Keras 2 takes a list of one tensor for the tensor
    if kind in ("LSTM", "GRU", "SimpleRNN", "RNN", "LSTMCell", "GRUCell", "SimpleRNNCell", "Bidirectional"):
        inner.pop("implementation", None)
        inner.pop("time_major", None)
    return {**config, "config": inner}


def old(config: Any, keras2: bool) -> Any:
    """A model's config for an HDF5 file: its layers without module, build shapes and registration.

    Args:
      config: what ``get_config`` of the model gave, or a part of it.
      keras2: bool, whether connections and input layers are written as Keras 2 does, too.
    """
    if isinstance(config, (list, tuple)):
        return [old(item, keras2) for item in config]
    if not isinstance(config, dict):
        return config
    if not isinstance(config.get("layers"), list):
        return {key: old(value, keras2) for key, value in config.items()}
    config = {**config, "layers": [_old_layer(layer, keras2) for layer in config["layers"]]}
    if keras2 and "input_layers" in config:
        _connect(config)
    return config


def _old_layer(layer: Any, keras2: bool) -> Any:
    if not isinstance(layer, dict) or "class_name" not in layer:
        return layer
    inner = old(layer["config"], keras2)
    kind = layer.get("registered_name") or layer["class_name"]
    if keras2 and kind == "InputLayer" and "batch_shape" in inner:
        inner["batch_input_shape"] = inner.pop("batch_shape")
    kept = {key: layer[key] for key in ("name", "inbound_nodes") if key in layer}
    return {"class_name": kind, "config": inner, **kept}


def keras2_optimizer(config: dict[str, Any]) -> dict[str, Any]:
    """The config of an optimizer with the settings that Keras 2's have."""
    config = {k: v for k, v in config.items() if k not in ("loss_scale_factor", "gradient_accumulation_steps")}
    return {**config, "jit_compile": False, "is_legacy_optimizer": False}


def keras2_archive(config: Any) -> Any:
    """A model's config for a ``.keras`` file of Keras 2: its connections and input layers, with modules."""
    if isinstance(config, (list, tuple)):
        return [keras2_archive(item) for item in config]
    if not isinstance(config, dict):
        return config
    config = {key: keras2_archive(value) for key, value in config.items()}
    inner = config.get("config")
    if config.get("class_name") == "InputLayer" and isinstance(inner, dict) and "batch_shape" in inner:
        inner["batch_input_shape"] = inner.pop("batch_shape")
    if isinstance(inner, dict) and "gradient_accumulation_steps" in inner:
        config["config"] = keras2_optimizer(inner)
    if isinstance(config.get("layers"), list) and "input_layers" in config:
        _connect(config)
    if isinstance(config.get("compile_config"), dict) and config["compile_config"].get("jit_compile") == "auto":
        config["compile_config"]["jit_compile"] = None
    if config.get("module") == "keras.src.models.functional":
        config["module"] = "tf_keras.src.engine.functional"
    return config


def _connect(config: dict[str, Any]) -> None:
    """Calls between layers in Keras 2's form, ``[[name, call, output, {}], …]``, in place."""
    models = {
        layer["config"].get("name") for layer in config["layers"] if "layers" in (layer.get("config") or {})
    }  # fmt: skip
    for layer in config["layers"]:
        layer["inbound_nodes"] = [_old_node(node, models) for node in layer.get("inbound_nodes", ())]
    for key in ("input_layers", "output_layers"):
        if isinstance(config[key], list) and config[key] and isinstance(config[key][0], str):
            config[key] = [config[key]]


def _old_node(node: Any, models: set[Any]) -> Any:
    if not isinstance(node, dict) or set(node) != {"args", "kwargs"}:
        return node
    args = [_old_tensors(value, models) for value in node["args"]]
    kwargs = {key: _old_tensors(value, models) for key, value in node["kwargs"].items()}
    if not args:
        return node
    first = args[0]
    if first and isinstance(first, list) and isinstance(first[0], list):
        return [[*item, kwargs] for item in first]
    return [[*first, kwargs], *[[*item, {}] for item in args[1:] if isinstance(item, list)]]


def _old_tensors(value: Any, models: set[Any]) -> Any:
    if isinstance(value, dict) and value.get("class_name") == "__keras_tensor__":
        name, call, output = value["config"]["keras_history"]
        return [name, call + 1 if name in models else call, output]
    if isinstance(value, (list, tuple)):
        return [_old_tensors(item, models) for item in value]
    return value
