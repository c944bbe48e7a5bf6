"""``tf.keras.legacy.saving``: objects as configs in Keras 2's form, ``{"class_name": …, "config": …}``."""

from __future__ import annotations

from typing import Any

from kerax.keras.saving import serialization
from kerax.keras.saving.legacy_config import modern
from kerax.keras.saving.registration import get_registered_name


def serialize_keras_object(instance: Any) -> Any:
    """An object as its class name and configuration, or a function as its name.

    Args:
      instance: a Keras object, a function or None.

    Raises:
      ValueError: neither has it a ``get_config`` nor a name.

    >>> import kerax as tf
    >>> tf.keras.legacy.saving.serialize_keras_object(tf.keras.initializers.Zeros())
    {'class_name': 'Zeros', 'config': {}}
    """
    if instance is None:
        return None
    if hasattr(instance, "get_config"):
        name = get_registered_name(type(instance))
        config = {}
        for key, value in instance.get_config().items():
            if isinstance(value, (str, int, float, bool, list, tuple, dict, type(None))):
                config[key] = value
            else:
                config[key] = serialize_keras_object(value)
        return {"class_name": name, "config": config}
    if hasattr(instance, "__name__"):
        return get_registered_name(instance)
    raise ValueError(
        f"Cannot serialize {instance} because it doesn't implement `get_config()`. Add the method, or pass a function "
        "with a name."
    )


def deserialize_keras_object(
    identifier: Any, module_objects: Any = None, custom_objects: Any = None, printable_module_name: str = "object"
) -> Any:
    """The object of a name or of ``serialize_keras_object``'s config.

    Args:
      identifier: None, str, dict, or a function (returned as it is).
      module_objects: dict of name → class or function, looked at after the custom ones.
      custom_objects: dict of name → class or function.
      printable_module_name: str, what error messages call it.

    Raises:
      ValueError: the name is not known, or the config is not understood.
    """
    if identifier is None:
        return None
    if isinstance(identifier, dict):
        name = identifier.get("class_name")
        if "config" not in identifier or name is None:
            raise ValueError(f"Improper config format for {identifier}.")
        known = {**(module_objects or {}), **(custom_objects or {})}
        try:
            return serialization.deserialize_keras_object(modern(identifier), custom_objects=known)
        except TypeError as error:
            if "Could not locate" not in str(error):
                raise
            raise _unknown(name, printable_module_name) from error
    if isinstance(identifier, str):
        from kerax.keras.saving.registration import get_registered_object

        found = get_registered_object(identifier, custom_objects, module_objects)
        if found is None:
            raise _unknown(identifier, printable_module_name)
        return found() if isinstance(found, type) else found
    if callable(identifier):
        return identifier
    raise ValueError(f"Could not interpret serialized {printable_module_name}: {identifier}")


def _unknown(name: str, what: str) -> ValueError:
    return ValueError(
        f"Unknown {what}: '{name}'. Please ensure you are using a `keras.utils.custom_object_scope` and that this "
        "object is included in the scope. See "
        "https://www.tensorflow.org/guide/keras/save_and_serialize#registering_the_custom_object for details."
    )
