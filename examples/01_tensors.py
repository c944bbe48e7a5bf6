"""Tensors: arrays of one type that live on the accelerator."""

import numpy as np
import tensorflow as tf

# A tensor from python numbers. Whole numbers become int32, others float32.
table = tf.constant([[7, 1, 4], [2, 8, 5]])
print(table)
print("as numpy:", table.numpy().tolist())
print("shape:", table.shape, " dtype:", table.dtype, " rank:", table.ndim)
assert table.shape == (2, 3) and table.dtype == tf.int32

# Filled with one value, or like another tensor.
print(tf.ones(shape=(2, 2)))
print(tf.zeros_like(table))
print(tf.fill([2, 2], 3.5))

# Random values: a global seed makes a program repeat itself.
tf.random.set_seed(4)
noise = tf.random.normal(shape=(1000,), mean=10.0, stddev=2.0)
dice = tf.random.uniform(shape=(1000,), minval=1, maxval=7, dtype=tf.int32)
print("mean of the noise:", float(tf.reduce_mean(noise)))
print("throws of each face:", tf.math.bincount(dice)[1:].numpy().tolist())
assert abs(float(tf.reduce_mean(noise)) - 10) < 0.5
assert int(tf.reduce_min(dice)) == 1 and int(tf.reduce_max(dice)) == 6

# Indexing is numpy's; a tensor cannot be changed in place.
print("last column:", table[:, -1].numpy())
print("everything but the first row:", table[1:].numpy())
try:
    table[0, 0] = 1
except TypeError as error:
    print("tensors do not change:", error)

# numpy arrays go in and out, and numpy's functions accept tensors.
print("np.sum of a tensor:", np.sum(table))
print("a tensor of a numpy array keeps its type:", tf.constant(np.arange(3)).dtype)

# Text is a type of its own.
words = tf.constant(["tensors", "hold", "text"])
print(words, tf.strings.length(words).numpy())
