"""The names that cases of tf.raw_ops use."""

PRELUDE = """\
R = tf.raw_ops
f = tf.constant([[1.5, -2., 3.], [.5, 4., -1.]])
v = tf.constant([1., 2.5, -3., 4.])
vi = tf.constant([2, 0, 3, 1])
vs = tf.constant(["a b", "cc", "d,e", "Foo"])
b = tf.constant([[True, False, True], [False, False, True]])
m = tf.constant([[4., 1., 0.], [1., 3., 1.], [0., 1., 2.]])
mm = tf.stack([m, m * 2 + 1])
z = tf.complex(f, f + 1)
imi = tf.cast(tf.reshape(tf.range(108.) / 108, [1, 6, 6, 3]) * 255, tf.uint8)
t3 = tf.reshape(tf.range(24.), [2, 3, 4])
t4 = tf.reshape(tf.range(48.) / 10, [1, 4, 4, 3])
t5 = tf.reshape(tf.range(128.) / 10, [1, 4, 4, 4, 2])
k4 = tf.reshape(tf.range(24.) / 10, [2, 2, 3, 2])
sp = tf.sparse.from_dense([[0., 1., 0.], [2., 0., 3.]])
sp2 = tf.sparse.from_dense([[1., 0., 0.], [0., 5., 4.]])
spi = tf.sparse.from_dense([[0, 1, 0], [2, 0, 3]])
"""
