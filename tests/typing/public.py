"""A program over the public surface, for the type checker: what a user writes must be known to it.

`assert_type` fails where a signature promises something else; it has no effect when the program runs.
"""

from typing import Any, assert_type

import numpy as np

import kerax
import kerax as tf
from kerax import keras
from kerax.keras import layers

x: tf.Tensor = tf.constant([[1.0, 2.0]])
shape: tf.TensorShape = x.shape
dtype: tf.DType = x.dtype
array: np.ndarray = x.numpy()
v: tf.Variable = tf.Variable(x, trainable=True, name="v")

with tf.GradientTape() as tape:
    y = tf.reduce_sum(tf.square(x @ tf.transpose(x)))
gradients: Any = tape.gradient(y, [x])


@tf.function
def double(value: tf.Tensor) -> tf.Tensor:
    return value * 2


model: keras.Model = keras.Sequential([layers.Dense(3, activation="relu"), layers.Dense(1)])
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="mse", metrics=["mae"])
history: keras.callbacks.History = model.fit(np.ones((4, 2)), np.ones((4, 1)), epochs=1, verbose=0)
prediction: np.ndarray = model.predict(np.ones((4, 2)), verbose=0)
dataset: tf.data.Dataset = tf.data.Dataset.from_tensor_slices(np.arange(3)).batch(2)

kerax.compat.install()
assert_type(kerax.compat.installed(), bool)
kerax.compat.uninstall()


class Layer(layers.Layer):
    """Users derive from the classes."""

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        return inputs + 1
