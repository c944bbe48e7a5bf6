"""A handful of cases over everything the harness can encode; the families have files of their own."""

CASES = {
    "tensor": "tf.constant([[1.0, 2.0], [3.0, 4.0]])",
    "text": "str(tf.constant([[4, 2], [9, 5]]))",
    "string_tensor": "tf.constant(['a', 'b'])",
    "shape": "tf.zeros([2, 3]).shape",
    "dtype": "tf.constant(1.0).dtype",
    "containers": "{'a': [tf.constant(1), (2.5, 'x', b'y', None, True)], 'b': np.arange(3)}",
    "raises": "tf.constant([1.0]) + tf.constant([1])",
    "several_lines": "x = tf.Variable([1.0, 2.0])\nwith tf.GradientTape() as tape:\n    y = x * x\ntape.gradient(y, x)",
    "lists_of_tensors_cast": """
a, f = tf.constant(3), tf.constant(1.5)
make = lambda: [tf.convert_to_tensor([a, 2], tf.int64), tf.convert_to_tensor((f, f), tf.int32), tf.convert_to_tensor([[a, 1], [2, a]], tf.float64),
 tf.SparseTensor([[a, 0]], [1], (a, a)).dense_shape, tf.constant([1.0], tf.float64) * [f, a], tf.convert_to_tensor([tf.Variable(2), 1], tf.int64)]
x = tf.Variable(2.0)
with tf.GradientTape() as tape:
    y = tf.reduce_sum(tf.convert_to_tensor([x, 1.0], tf.float64) ** 2)
[make(), tape.gradient(y, x)]""",
}
