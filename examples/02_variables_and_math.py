"""Variables hold what a program changes; mathematics is written as in numpy."""

import tensorflow as tf

# A variable takes its shape and type from its first value.
weights = tf.Variable([[1.0, 2.0], [3.0, 4.0]], name="weights")
print(weights)

# assign, assign_add, assign_sub are =, += and -= in place.
weights.assign([[0.0, 1.0], [2.0, 3.0]])
weights.assign_add(tf.ones((2, 2)))
weights.assign_sub([[0.5, 0.5], [0.5, 0.5]])
for i in range(2):
    for j in range(2):
        assert weights[i, j] == i * 2 + j + 0.5
try:
    weights.assign([1.0, 2.0, 3.0])
except ValueError as error:
    print("another shape is refused:", type(error).__name__)

# Element by element, and as matrices.
a = tf.constant([[1.0, 4.0], [9.0, 16.0]])
b = tf.constant([[2.0, 2.0], [3.0, 3.0]])
print("a + b    =", (a + b).numpy().tolist())
print("a * b    =", (a * b).numpy().tolist())
print("a @ b    =", (a @ b).numpy().tolist())
print("a ** 0.5 =", tf.sqrt(a).numpy().tolist())
print("exp(-b)  =", tf.exp(-b).numpy().round(4).tolist())

# A row is repeated where shapes differ; reductions name the axis that goes.
print("a + row  =", (a + tf.constant([10.0, 20.0])).numpy().tolist())
print("sums by column:", tf.reduce_sum(a, axis=0).numpy().tolist())

# Types never change silently.
try:
    tf.constant([1.0]) + tf.constant([1])
except tf.errors.InvalidArgumentError as error:
    print("float32 + int32:", type(error).__name__)
print("after a cast:", (tf.constant([1.0]) + tf.cast(tf.constant([1]), tf.float32)).numpy())
