"""Layers on symbolic tensors that have room for one batch size only."""

from __future__ import annotations

import numpy as np
import pytest

import kerax as tf
from kerax import keras


def test_a_layer_that_holds_a_batch_size_is_built_and_trained():
    """Older variational auto-encoders draw their noise for ``batch_size`` rows."""
    inputs = keras.Input((4,))
    mean = keras.layers.Dense(2)(inputs)
    noisy = keras.layers.Lambda(lambda m: m + tf.random.normal((10, 2)))(mean)
    model = keras.Model(inputs, keras.layers.Dense(4)(noisy))
    model.compile("adam", "mse")
    x = np.ones((20, 4), np.float32)
    assert len(model.fit(x, x, batch_size=10, epochs=2, verbose=0).history["loss"]) == 2
    with pytest.raises(tf.errors.InvalidArgumentError):
        model(x[:3])


def test_a_layer_that_reshapes_to_a_number_of_values():
    class Fixed(keras.layers.Layer):
        def call(self, x):
            return tf.reshape(tf.reshape(x, (15, 4)), (5, 3, 4))

    inputs = keras.Input((3, 4))
    model = keras.Model(inputs, keras.layers.Dense(1)(Fixed()(inputs)))
    assert model(np.ones((5, 3, 4), np.float32)).shape == (5, 3, 1)


def test_an_array_of_a_length_is_added():
    """Positions as a numpy array; the batch stays open."""
    x = keras.Input((None, 3))
    y = keras.layers.Lambda(lambda x: x + np.ones((10, 3), np.float32))(x)
    assert y.shape == (None, 10, 3)
    assert keras.Model(x, keras.layers.Dense(1)(keras.layers.Flatten()(y)))(np.ones((4, 10, 3))).shape == (4, 1)


def test_what_has_room_for_no_batch_size_is_an_error():
    with pytest.raises(ValueError, match="reshape"):
        keras.layers.Lambda(lambda x: tf.reshape(x, (7, 11)))(keras.Input((4,)))
