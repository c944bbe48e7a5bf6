"""A GradientTape records what is computed inside of it, and differentiates it."""

import tensorflow as tf

a = tf.constant([[0.5, -1.0], [2.0, 0.1]])
b = tf.constant([[1.0, 1.0], [0.5, 0.2]])

# Tensors are watched on request: the slope of the length of (a, b) along a is a / length.
with tf.GradientTape() as tape:
    tape.watch(a)
    length = tf.sqrt(tf.square(a) + tf.square(b))
slope = tape.gradient(length, a)
print("d length / d a =", slope.numpy().round(4).tolist())
tf.debugging.assert_near(slope, a / length)

# Variables that are trainable are watched by themselves.
v = tf.Variable(3.0)
with tf.GradientTape() as tape:
    y = v**3 - 2 * v
print("at 3, the slope of v³ - 2v is", tape.gradient(y, v).numpy())

# A tape inside of a tape: the second derivative, b² / length³.
a = tf.Variable(a)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        length = tf.sqrt(tf.square(a) + tf.square(b))
    first = inner.gradient(length, a)
second = outer.gradient(first, a)
print("second derivative =", second.numpy().round(4).tolist())
tf.debugging.assert_near(second, b**2 / length**3, atol=1e-4)

# One tape, several questions: persistent. What a result does not depend on has the gradient None.
x, unused = tf.Variable(2.0), tf.Variable(1.0)
with tf.GradientTape(persistent=True) as tape:
    p = x * x
    q = p * p
print("dp/dx =", tape.gradient(p, x).numpy(), " dq/dx =", tape.gradient(q, x).numpy())
assert tape.gradient(p, unused) is None

# The whole table of partial derivatives.
x = tf.Variable([1.0, 2.0])
with tf.GradientTape() as tape:
    z = tf.stack([x[0] * x[1], x[0] ** 2])
print("jacobian =", tape.jacobian(z, x).numpy().tolist())
