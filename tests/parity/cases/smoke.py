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
}
