"""``tf.keras.layers.serialize`` and ``deserialize``."""

from __future__ import annotations

from typing import Any

from kerax.core.config import legacy_keras
from kerax.keras.engine.layer import Layer
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object


def serialize(layer: Any) -> dict[str, Any]:
    """The configuration of a layer, from which ``deserialize`` makes a new one.

    Args:
      layer: Layer.

    Returns:
      Dict with class, module and arguments; no weights.

    >>> import kerax as tf
    >>> tf.keras.layers.serialize(tf.keras.layers.Dense(3))["class_name"]
    'Dense'
    """
    return serialize_keras_object(layer)


def deserialize(config: dict[str, Any], custom_objects: dict[str, Any] | None = None) -> Any:
    """A layer made from its configuration.

    Args:
      config: dict of ``serialize``.
      custom_objects: dict of the user's own classes and functions by name.

    Returns:
      Layer, without the weights.

    Raises:
      ValueError: the configuration is that of something else (Keras 3).
      TypeError: the class is unknown (Keras 3).

    >>> import kerax as tf
    >>> config = tf.keras.layers.serialize(tf.keras.layers.Dense(3))
    >>> tf.keras.layers.deserialize(config).units
    3
    """
    from kerax.keras import layers

    names = vars(layers) if legacy_keras() else None
    found = deserialize_keras_object(config, module_objects=names, custom_objects=custom_objects)
    if not isinstance(found, Layer) and not legacy_keras():
        raise ValueError(
            "`keras.layers.deserialize` was passed a `config` object that is not a `keras.layers.Layer`. "
            f"Received: {config}"
        )
    return found
