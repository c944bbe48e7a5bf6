"""``keras.src.api_export``: the decorator that names Keras' public functions."""

from .tf_export import keras_export as keras_export
