"""Layers: state (weights) and a computation (`call`), and layers made of layers."""

import tensorflow as tf
from tensorflow.keras.layers import Layer


class Affine(Layer):
    """y = x @ w + b, with the weights made when the first input shows its size."""

    def __init__(self, units=32, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="glorot_uniform", name="w")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", name="b")

    def call(self, inputs):
        return tf.matmul(inputs, self.w) + self.b


layer = Affine(4)
print("weights before the first call:", len(layer.weights))
y = layer(tf.ones((2, 3)))
print("weights after it:", [tuple(w.shape) for w in layer.weights])
assert y.shape == (2, 4)


class RunningSum(Layer):
    """Adds up all it has seen, in a weight that training leaves alone."""

    def __init__(self, size):
        super().__init__()
        self.total = tf.Variable(tf.zeros((size,)), trainable=False)

    def call(self, inputs):
        self.total.assign_add(tf.reduce_sum(inputs, axis=0))
        return self.total


total = RunningSum(2)
total(tf.ones((2, 2)))
print("the sum so far:", total(tf.ones((2, 2))).numpy())
assert total.total.numpy().tolist() == [4.0, 4.0]
assert len(total.non_trainable_weights) == 1 and not total.trainable_weights


class Block(Layer):
    """Layers in attributes and lists are found by themselves."""

    def __init__(self):
        super().__init__()
        self.hidden = [Affine(32), Affine(32)]
        self.out = Affine(1)
        self.dropout = tf.keras.layers.Dropout(0.5)

    def call(self, x, training=None):
        for layer in self.hidden:
            x = self.dropout(tf.nn.relu(layer(x)), training=training)
        return self.out(x)


block = Block()
assert block(tf.ones((8, 16))).shape == (8, 1)
print("weights of the block:", len(block.weights))
assert len(block.weights) == 6

# `training` decides what Dropout does.
twice = [block(tf.ones((1, 16)), training=False).numpy().item() for _ in range(2)]
assert twice[0] == twice[1]

# A layer that is not trainable has no trainable weights, and so have the layers inside of it.
block.trainable = False
print("trainable after switching it off:", len(block.trainable_weights))
assert block.trainable_weights == [] and block.out.trainable_weights == []
