"""``keras.utils.legacy``: the older form of serialized objects."""

from kerax.keras.legacy.saving import deserialize_keras_object as deserialize_keras_object
from kerax.keras.legacy.saving import serialize_keras_object as serialize_keras_object
