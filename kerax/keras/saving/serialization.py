"""Objects as JSON-able dicts and back, in Keras 3's format.

``{"module": …, "class_name": …, "config": {…}, "registered_name": …, "build_config": {…}}``. No code is ever
run from a config; a lambda is only revived with ``safe_mode=False``.
"""

from __future__ import annotations

import base64
import contextlib
import inspect
import marshal
import sys
import types
import warnings
from typing import Any

import numpy as np

from kerax.core import dtypes, origin
from kerax.core.config import legacy_keras
from kerax.core.shape import TensorShape
from kerax.core.tensor import TensorSpec, convert_to_tensor
from kerax.core.value import Symbolic, Tensor
from kerax.keras.engine import global_state
from kerax.keras.saving import public_names
from kerax.keras.saving.registration import (
    GLOBAL_CUSTOM_OBJECTS,
    CustomObjectScope,
    get_registered_name,
    get_registered_object,
)

_FUNCTION_AREAS = ("activations", "constraints", "initializers", "losses", "metrics", "optimizers", "regularizers")
# Public functions that act on files or state: never the value of anything in a model's config.
_FORBIDDEN = (
    "clear_session", "enable_unsafe_deserialization", "load_model", "model_from_json", "save_model",
    "image_dataset_from_directory", "load_img", "save_img", "text_dataset_from_directory", "load_weights",
    "save_weights", "deserialize_keras_object", "serialize_keras_object", "register_keras_serializable",
    "audio_dataset_from_directory", "get_file",
)  # fmt: skip


class SafeModeScope:
    """Carries ``safe_mode`` to nested calls."""

    def __init__(self, safe_mode: bool | None = True) -> None:
        self.safe_mode = safe_mode

    def __enter__(self) -> None:
        self._outer = in_safe_mode()
        global_state.put("safe_mode_saving", self.safe_mode)

    def __exit__(self, *exc: Any) -> None:
        global_state.put("safe_mode_saving", self._outer)


def enable_unsafe_deserialization() -> None:
    """Allows lambdas in the files of this session."""
    global_state.put("safe_mode_saving", False)


def in_safe_mode() -> bool | None:
    return global_state.get("safe_mode_saving")


class ObjectSharingScope:
    """Within it, an object that occurs twice is written, or made, once."""

    def __enter__(self) -> None:
        global_state.put("shared_objects", ({}, {}))

    def __exit__(self, *exc: Any) -> None:
        global_state.put("shared_objects", None)


def _shared() -> tuple[dict[int, Any], dict[int, Any]] | None:
    return global_state.get("shared_objects")


def _note_serialized(obj: Any, config: dict[str, Any]) -> dict[str, Any]:
    if config["module"] == "__main__":
        config["module"] = None
    shared = _shared()
    if shared is not None:
        first = shared[1].setdefault(id(obj), config)
        if first is not config:
            config["shared_object_id"] = first["shared_object_id"] = id(obj)
    return config


def serialize_keras_object(obj: Any) -> Any:
    """An object as numbers, strings, lists and dicts.

    Args:
      obj: a Keras object, a function, tensors, containers of those.

    Returns:
      What ``deserialize_keras_object`` makes the object of.

    Raises:
      TypeError: the object has no ``get_config``.

    >>> import kerax as tf
    >>> tf.keras.saving.serialize_keras_object(tf.keras.initializers.Zeros())["class_name"]
    'Zeros'
    """
    if obj is None or isinstance(obj, (str, int, float, bool)) and not isinstance(obj, np.generic):
        return str(obj) if isinstance(obj, str) else obj
    if isinstance(obj, TensorShape):
        return obj.as_list() if obj.rank is not None else None
    if isinstance(obj, tuple):
        return tuple(serialize_keras_object(item) for item in obj)
    if isinstance(obj, list):
        return [serialize_keras_object(item) for item in obj]
    if isinstance(obj, dict) and not hasattr(obj, "get_config"):
        return serialize_dict(obj)
    if isinstance(obj, bytes):
        return {"class_name": "__bytes__", "config": {"value": obj.decode("utf-8")}}
    if isinstance(obj, slice):
        parts = {name: serialize_keras_object(getattr(obj, name)) for name in ("start", "stop", "step")}
        return {"class_name": "__slice__", "config": parts}
    if obj is Ellipsis:
        return {"class_name": "__ellipsis__", "config": {}}
    if isinstance(obj, Symbolic):
        history = getattr(obj, "_keras_history", None)
        if history:
            history = [history[0].name, *history[1:]]
        return {
            "class_name": "__keras_tensor__",
            "config": {"shape": tuple(obj.shape), "dtype": str(obj._dtype), "keras_history": history},
        }
    if isinstance(obj, Tensor) or hasattr(obj, "_kerax_tensor"):
        value = convert_to_tensor(obj)
        return {"class_name": "__tensor__", "config": {"value": _plain(value.numpy()), "dtype": value.dtype.name}}
    if isinstance(obj, np.ndarray) and obj.ndim > 0:
        return {"class_name": "__numpy__", "config": {"value": obj.tolist(), "dtype": obj.dtype.name}}
    if isinstance(obj, (np.generic, np.ndarray)):
        return obj.item()
    if isinstance(obj, dtypes.DType):
        return obj.name
    if isinstance(obj, np.dtype):
        return obj.name
    if isinstance(obj, types.FunctionType) and obj.__name__ == "<lambda>":
        return _lambda_config(obj)
    if isinstance(obj, TensorSpec):
        return {
            "class_name": "__typespec__",
            "spec_name": "TensorSpec",
            "module": "tensorflow.python.framework.tensor",
            "config": [list(obj.shape), obj.dtype.name, obj.name],
            "registered_name": None,
        }
    return _object_config(obj)


def _plain(value: Any) -> Any:
    return value.tolist() if hasattr(value, "tolist") else value


def _lambda_config(fn: Any) -> dict[str, Any]:
    warnings.warn(
        "The object being serialized includes a `lambda`. This is unsafe. In order to reload the object, you will "
        "have to pass `safe_mode=False` to the loading function. Please avoid using `lambda` in the future, and use "
        "named Python functions instead.",
        stacklevel=3,
    )
    closure = tuple(cell.cell_contents for cell in fn.__closure__) if fn.__closure__ else None
    code = base64.encodebytes(marshal.dumps(fn.__code__)).decode("ascii")
    return {"class_name": "__lambda__", "config": {"value": [code, fn.__defaults__, closure]}}


def _load_lambda(value: Any, names: dict[str, Any] | None = None) -> Any:
    code, defaults, closure = value
    defaults = tuple(tuple(item) if isinstance(item, list) else item for item in defaults) if defaults else None
    cells = tuple(types.CellType(item) for item in closure) if closure else None
    raw = marshal.loads(base64.decodebytes(code.encode("ascii")))  # only reached when the user turned safe mode off
    scope = {"tf": sys.modules["kerax"], "np": np, **(names or {}), "__builtins__": __builtins__}
    return types.FunctionType(raw, scope, "<lambda>", defaults, cells)


def _object_config(obj: Any) -> dict[str, Any]:
    is_function = isinstance(obj, (types.FunctionType, types.BuiltinFunctionType)) or inspect.isfunction(obj)
    if is_function:
        module = public_names.public_module(obj)
        name = obj.__name__ if module else get_registered_name(obj)
        config = {
            "module": "builtins",
            "class_name": "function",
            "config": name,
            "registered_name": "function",
        }
        return _note_serialized(obj, config)
    if not hasattr(obj, "get_config"):
        if hasattr(obj, "__name__"):
            inner: Any = get_registered_name(obj)
        else:
            raise TypeError(
                f"Cannot serialize object {obj} of type {type(obj)}. To be serializable, a class must implement the "
                "`get_config()` method."
            )
    else:
        inner = obj.get_config()
        if not isinstance(inner, dict):
            raise TypeError(f"The `get_config()` method of {obj} should return a dict. It returned: {inner}")
        inner = serialize_dict(inner)
    cls = type(obj)
    module = public_names.public_module(cls)
    config = {
        "module": module or public_names.private_module(cls) or cls.__module__,
        "class_name": origin.name_of(cls),
        "config": inner,
        "registered_name": None if module else get_registered_name(cls),
    }
    for key, method in (("build_config", "get_build_config"), ("compile_config", "get_compile_config")):
        extra = getattr(obj, method)() if hasattr(obj, method) else None
        if extra is not None:
            config[key] = serialize_dict(extra)
    return _note_serialized(obj, config)


def serialize_dict(obj: dict[str, Any]) -> dict[str, Any]:
    return {key: serialize_keras_object(value) for key, value in obj.items()}


def deserialize_keras_object(config: Any, custom_objects: Any = None, safe_mode: bool = True, **kwargs: Any) -> Any:
    """The object of a config that ``serialize_keras_object`` made.

    Args:
      config: numbers, strings, lists, dicts.
      custom_objects: dict of name → class or function.
      safe_mode: bool, whether lambdas are refused.
      **kwargs: ``module_objects``: dict of the names that a plain string (or an old config) may mean.

    Raises:
      TypeError: the class or function cannot be found, or does not take its config.
      ValueError: a lambda in safe mode; a public function that is no part of models.
    """
    scope_mode = in_safe_mode()
    safe_mode = scope_mode if scope_mode is not None else safe_mode
    module_objects = kwargs.pop("module_objects", None)
    kwargs.pop("printable_module_name", None)
    custom_objects = {
        **(custom_objects or {}), **global_state.get("custom_objects_scope_dict", {}), **GLOBAL_CUSTOM_OBJECTS,
    }  # fmt: skip

    def nested(value: Any) -> Any:
        return deserialize_keras_object(value, custom_objects=custom_objects, safe_mode=safe_mode)

    if config is None:
        return None
    if isinstance(config, str) and custom_objects.get(config) is not None:
        return custom_objects[config]
    if isinstance(config, (list, tuple)):
        return [nested(item) for item in config]
    if module_objects is not None:
        found = _of_module_objects(config, module_objects, custom_objects)
        if found is not _ORDINARY:
            return found
    if isinstance(config, (str, int, float, bool)):
        return config
    if not isinstance(config, dict):
        raise TypeError(f"Could not parse config: {config}")
    if "class_name" not in config or "config" not in config:
        return {key: nested(value) for key, value in config.items()}
    inner = config["config"] if config["config"] is not None else {}
    kind = config["class_name"]
    if kind.startswith("__") and kind in _SPECIAL:
        return _SPECIAL[kind](config, inner, nested, safe_mode)
    if kind == "function":
        if not isinstance(inner, str):
            raise TypeError(
                f"Expected 'config' to be a non-null str for a function classname,\ninstead got {type(inner)}\n"
                f"Full config: {config}"
            )
        return _retrieve(inner, config, custom_objects, is_function=True)
    if not isinstance(inner, dict):
        raise TypeError(f"Expected 'config' to be a dict for {kind},\ninstead got {type(inner)}\nFull config: {config}")
    return _instance(config, kind, inner, custom_objects, safe_mode)


_ORDINARY = object()


def _of_module_objects(config: Any, module_objects: dict[str, Any], custom_objects: dict[str, Any]) -> Any:
    """What a string, or a config of Keras 2 or 3, means among the names of one module."""
    inner: Any = None
    name = config
    if isinstance(config, dict):
        if "class_name" not in config:
            raise ValueError(f"Unknown `config` as a `dict`, config={config}")
        inner = config.get("config")
        if (
            config["class_name"] in custom_objects
            or config.get("registered_name") in custom_objects
            or (isinstance(inner, str) and inner in custom_objects)
        ):
            return _ORDINARY
        if config["class_name"].startswith("__"):
            return _ORDINARY
        if config["class_name"] == "function":
            name = inner if config.get("module") in ("builtins", None) else config.get("registered_name") or inner
            inner = None
        else:
            if config.get("module", "_") is None:
                raise TypeError(
                    f"Cannot deserialize object of type `{config['class_name']}`. If `{config['class_name']}` is a "
                    "custom class, please register it using the `@keras.saving.register_keras_serializable()` "
                    "decorator."
                )
            name = config["class_name"]
    if not isinstance(name, str) or name not in module_objects:
        return _ORDINARY if isinstance(config, dict) and "module" in config else name
    found = module_objects[name]
    if not inspect.isclass(found):
        return found
    return found.from_config(_revived(inner or {}, custom_objects))


def _revived(inner: dict[str, Any], custom_objects: dict[str, Any]) -> dict[str, Any]:
    return dict(inner)


def _keras_tensor(config: Any, inner: Any, nested: Any, safe_mode: bool) -> Any:
    from kerax.keras.engine.keras_tensor import KerasTensor

    tensor = KerasTensor(inner["shape"], dtype=inner["dtype"])
    tensor._pre_serialization_keras_history = inner["keras_history"]
    return tensor


def _lambda(config: Any, inner: Any, nested: Any, safe_mode: bool) -> Any:
    if safe_mode:
        raise ValueError(
            "Requested the deserialization of a Python lambda. This carries a potential risk of arbitrary code "
            "execution and thus it is disallowed by default. If you trust the source of the artifact, you can "
            "override this error by passing `safe_mode=False` to the loading function, or calling "
            "`keras.config.enable_unsafe_deserialization()."
        )
    return _load_lambda(inner["value"])


_SPECIAL = {
    "__keras_tensor__": _keras_tensor,
    "__tensor__": lambda config, inner, nested, safe: convert_to_tensor(inner["value"], dtype=inner["dtype"]),
    "__numpy__": lambda config, inner, nested, safe: np.array(inner["value"], dtype=inner["dtype"]),
    "__bytes__": lambda config, inner, nested, safe: inner["value"].encode("utf-8"),
    "__ellipsis__": lambda config, inner, nested, safe: Ellipsis,
    "__slice__": lambda config, inner, nested, safe: slice(
        nested(inner["start"]), nested(inner["stop"]), nested(inner["step"])
    ),
    "__lambda__": _lambda,
    "__typespec__": lambda config, inner, nested, safe: TensorSpec(*inner),
}


def _instance(
    config: dict[str, Any], kind: str, inner: dict[str, Any], custom_objects: dict[str, Any], safe_mode: bool
) -> Any:
    shared = _shared()
    shared_id = config.get("shared_object_id")
    if shared is not None and shared_id in shared[0]:
        return shared[0][shared_id]
    cls = _retrieve(kind, config, custom_objects, is_function=False)
    if isinstance(cls, types.FunctionType):
        return cls
    if not hasattr(cls, "from_config"):
        raise TypeError(
            f"Unable to reconstruct an instance of '{kind}' because the class is missing a `from_config()` method. "
            f"Full object config: {config}"
        )
    with CustomObjectScope(custom_objects), SafeModeScope(safe_mode):
        try:
            instance = cls.from_config(inner)
        except TypeError as error:
            if legacy_keras():
                raise
            raise TypeError(
                f"{cls} could not be deserialized properly. Please ensure that components that are Python object "
                "instances (layers, models, etc.) returned by `get_config()` are explicitly deserialized in the "
                f"model's `from_config()` method.\n\nconfig={config}.\n\nException encountered: {error}"
            ) from error
        if config.get("build_config") and not instance.built:
            # a layer is built under its name, also where Keras 2's own `build` opens no scope
            opened = legacy_keras() and hasattr(instance, "_open_name_scope")
            with instance._open_name_scope() if opened else contextlib.nullcontext():
                instance.build_from_config(config["build_config"])
            instance.built = True
        if config.get("compile_config"):
            instance.compile_from_config(config["compile_config"])
            instance.compiled = True
    if shared is not None and shared_id is not None:
        shared[0][shared_id] = instance
    return instance


def _retrieve(name: str, config: dict[str, Any], custom_objects: dict[str, Any], is_function: bool) -> Any:
    """The class or function that a config names: custom objects first, then Keras' own."""
    module = config.get("module")
    registered = config.get("registered_name") or name
    found = get_registered_object(name if is_function else registered, custom_objects=custom_objects)
    if found is not None:
        return found
    if module and module.split(".")[0] in ("keras", "tf_keras", "kerax"):
        if name in _FORBIDDEN:
            raise ValueError(
                f"Cannot deserialize `{module}.{name}` because it is not a modeling function. Non-modeling APIs are "
                "disallowed during deserialization for security."
            )
        found = public_names.find(module, name)
        if found is not None:
            return found
        found = public_names.find_op(module, config)
        if found is not None:
            return found
        if public_names.is_area(module) and not legacy_keras():
            raise ValueError(f"Could not deserialize '{module}.{name}' because it is not a KerasSaveable subclass")
    if is_function and module in ("builtins", None):
        for area in _FUNCTION_AREAS:
            found = public_names.find(f"keras.{area}", name)
            if found is not None:
                return found
    if "module" not in config and not is_function:  # Keras 2's format
        found = public_names.find("keras", name) or public_names.find_op(None, config)
        if found is not None:
            return found
    if legacy_keras() and not is_function:
        message = (
            f"Cannot deserialize object of type `{name}`. If `{name}` is a custom class, please register it using the "
            "`@keras.saving.register_keras_serializable()` decorator."
        )
    else:
        message = (
            f"Could not locate {'function' if is_function else 'class'} '{name}'. Make sure custom classes and "
            "functions are decorated with `@keras.saving.register_keras_serializable()`. If they are already "
            "decorated, make sure they are all imported so that the decorator is run before trying to load them. "
            f"Full object config: {config}"
        )
    error = TypeError(message)
    vars(error)["missing"] = name, is_function
    raise error


def not_located(error: BaseException | None) -> tuple[str, bool] | None:
    """The name that an error says is not known, and whether it is a function's; None for other errors."""
    while error is not None:
        if "missing" in vars(error):
            return vars(error)["missing"]
        error = error.__cause__
    return None
