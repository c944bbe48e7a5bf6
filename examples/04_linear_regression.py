"""A model, a loss and a training loop out of nothing but tensors: tell two clouds of points apart."""

import numpy as np
import tensorflow as tf

# Two clouds of points, labelled 0 and 1.
rng = np.random.default_rng(7)
spread = [[1.0, 0.4], [0.4, 1.0]]
clouds = [rng.multivariate_normal(mean, spread, size=5000) for mean in ([0, 3], [3, 0])]
points = np.vstack(clouds).astype("float32")
labels = np.repeat([[0.0], [1.0]], 5000, axis=0).astype("float32")

slope = tf.Variable(tf.random.normal((2, 1), seed=1))
offset = tf.Variable(tf.zeros((1,)))
rate = 0.05


def predict(x):
    return x @ slope + offset


def train_on(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - predict(x)))
    d_slope, d_offset = tape.gradient(loss, [slope, offset])
    slope.assign_sub(rate * d_slope)
    offset.assign_sub(rate * d_offset)
    return loss


dataset = tf.data.Dataset.from_tensor_slices((points, labels)).shuffle(10_000, seed=2).batch(256)
for epoch in range(5):
    for x, y in dataset:
        loss = train_on(x, y)
    print(f"epoch {epoch}: loss of the last batch {float(loss):.4f}")

right = tf.reduce_mean(tf.cast((predict(points) > 0.5) == (labels > 0.5), tf.float32))
print(f"on the right side of the line: {float(right):.1%}")
assert right > 0.97
