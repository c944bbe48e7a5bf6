"""The python lambdas of ``Lambda`` layers in configs, and Keras 2's form of such configs."""

from __future__ import annotations

import sys
import types
import warnings
from typing import Any

import numpy as np

from kerax.keras.saving.serialization import _lambda_config, _load_lambda, deserialize_keras_object


def dump(fn: Any) -> Any:
    """The code, defaults and closure of a lambda."""
    return _lambda_config(fn)["config"]["value"]


def load(value: Any, safe: bool, names: dict[str, Any] | None = None) -> Any:
    """The lambda of ``dump``'s result, whose global names are ``names``, TensorFlow's ``tf`` and numpy's ``np``.

    Raises:
      ValueError: safe mode is on: running code out of a file has to be allowed by the caller.
    """
    if safe:
        raise ValueError(
            "Requested the deserialization of a `Lambda` layer whose `function` is a Python lambda. This carries a "
            "potential risk of arbitrary code execution and thus it is disallowed by default. If you trust the source "
            "of the artifact, you can override this error by passing `safe_mode=False` to the loading function, or "
            "calling `keras.config.enable_unsafe_deserialization()."
        )
    return _load_lambda(value, names)


def _legacy(fn: Any, raw: bool) -> tuple[Any, str, Any]:
    if isinstance(fn, types.FunctionType) and not hasattr(fn, "pure"):
        return dump(fn), "lambda", fn.__module__
    if callable(fn):
        return fn.__name__, "function", fn.__module__
    if raw:
        return fn, "raw", None
    raise ValueError(f"Invalid input for serialization, type: {type(fn)}")


def legacy_config(layer: Any) -> dict[str, Any]:
    """A layer's own entries of Keras 2's config: functions by value, each with its type and module."""
    config: dict[str, Any] = {}
    keys = ("function", "function_type", "module"), ("output_shape", "output_shape_type", "output_shape_module")
    config.update(zip(keys[0], _legacy(layer.function, False), strict=True))
    config.update(zip(keys[1], _legacy(layer._output_shape, True), strict=True))
    if layer.mask is not None:
        config.update(zip(("mask", "mask_type", "mask_module"), _legacy(layer.mask, False), strict=True))
    return {**config, "arguments": layer.arguments}


def _names(module: str | None, custom_objects: Any) -> dict[str, Any]:
    """What a lambda of a module sees: the module's names, and custom objects."""
    if module is not None and module not in sys.modules:
        warnings.warn(f"{module} is not loaded, but a Lambda layer uses it. It may cause errors.", stacklevel=2)
    found = sys.modules.get(module) if module is not None else None
    return {**({} if found is None else vars(found)), **(custom_objects or {})}


def of_legacy_config(config: dict[str, Any], custom_objects: Any, safe: bool) -> dict[str, Any]:
    """The constructor's arguments of Keras 2's config."""
    for key, module in (("function", "module"), ("output_shape", "output_shape_module"), ("mask", "mask_module")):
        home = config.pop(module, None)
        kind = config.pop(f"{key}_type", None)
        if kind == "function":
            config[key] = deserialize_keras_object(config[key], custom_objects=custom_objects)
        elif kind == "lambda":
            config[key] = load(config[key], safe, _names(home, custom_objects))
        elif kind not in ("raw", None):
            raise TypeError(
                f"Unsupported value for `function_type` argument. Received: function_type={kind}. Expected one of "
                "['function', 'lambda', 'raw']"
            )
    arguments = dict(config.get("arguments") or {})
    for key, value in arguments.items():
        if isinstance(value, dict) and value.get("type") == "ndarray":
            arguments[key] = np.array(value["value"])
    return {**config, "arguments": arguments}
