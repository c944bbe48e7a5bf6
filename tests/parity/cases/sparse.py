"""Cases of sparse tensors and indexed slices: tf.sparse, tf.SparseTensor, tf.IndexedSlices."""

PRELUDE = """\
def T(f):
    try:
        return f()
    except Exception as e:
        return "raises " + next(k.__name__ for k in type(e).__mro__ if k.__name__ != "CompositeInput")
def G(f, *xs):
    xs = [tf.constant(x) for x in xs]
    with tf.GradientTape() as t:
        for x in xs:
            t.watch(x)
        y = f(*xs)
    return [g if g is None else tf.convert_to_tensor(g) for g in t.gradient(y, xs)]
c, N, S, ST, i64, f32 = tf.constant, np.array, tf.sparse, tf.SparseTensor, tf.int64, tf.float32
D = tf.sparse.to_dense
a1 = ST([[0, 1], [1, 0], [2, 2]], [1.0, 2.0, 3.0], [3, 4])
b1 = ST([[0, 1], [1, 3], [2, 0]], [5.0, -6.0, 7.0], [3, 4])
n1 = ST([[0, 1], [1, 0], [2, 2]], [1, 2, 3], [3, 4])
v1 = ST([[1], [3]], [4, 5], [6])
s1 = ST([[0, 0], [0, 1], [2, 0]], ["a", "b", "c"], [3, 2])
t1 = ST([[0, 0, 1], [0, 1, 0], [1, 1, 1]], [1.0, 2.0, 3.0], [2, 2, 2])
u1 = ST([[2, 2], [0, 1], [1, 0]], [3.0, 1.0, 2.0], [3, 4])
e1 = ST(np.zeros([0, 2], np.int64), np.zeros([0], np.float32), [2, 3])
def w1(v):
    return ST([[0, 1], [1, 0], [2, 2]], v, [3, 4])
V = [1.0, 2.0, 3.0]
IS = tf.IndexedSlices
z1 = IS(c([[1.0, 2.0], [3.0, 4.0]]), c([0, 2]), c([4, 2]))
"""

CASES = {
    "tensor_1": PRELUDE
    + """
[
    T(lambda: a1),
    T(lambda: repr(a1)),
    T(lambda: str(v1)),
    T(lambda: repr(s1)),
    T(lambda: a1.indices),
    T(lambda: a1.values),
    T(lambda: a1.dense_shape),
    T(lambda: a1.shape),
    T(lambda: a1.get_shape()),
    T(lambda: a1.dtype),
    T(lambda: e1),
    T(lambda: e1.shape),
    T(lambda: ST([[0, 0]], [1], [2])),
    T(lambda: ST([[0]], [1, 2], [2])),
]""",
    "tensor_2": PRELUDE
    + """
[
    T(lambda: ST([0], [1], [2])),
    T(lambda: ST([[0]], [[1]], [2])),
    T(lambda: ST([[0]], 1, [2])),
    T(lambda: ST([[0]], [1], 2)),
    T(lambda: ST(c([[0]], tf.int32), [1], [2])),
    T(lambda: ST([[0]], [1], c([2], tf.int32))),
    T(lambda: ST(N([[0]], np.int32), [1], [2]).indices),
    T(lambda: ST([[0.5]], [1], [2])),
    T(lambda: ST(np.empty((0, 2)), [], [2, 3])),
    T(lambda: ST(indices=[[0, 5]], values=["x"], dense_shape=[1, 2])),
    T(lambda: ST([[0, 1]], [1], tf.TensorShape([2, 3])).dense_shape),
    T(lambda: ST([[0]], [True], [2])),
    T(lambda: a1.with_values([9.0, 8.0, 7.0])),
    T(lambda: a1.with_values([9.0, 8.0])),
]""",
    "tensor_3": PRELUDE
    + """
[
    T(lambda: a1.with_values(["p", "q", "r"]).dtype),
    T(lambda: ST.from_value(a1)),
    T(lambda: ST.from_value(5)),
    T(lambda: a1.consumers()),
    T(lambda: a1.set_shape([3, 4])),
    T(lambda: a1.set_shape([3, 5])),
    T(lambda: tf.is_tensor(a1)),
    T(lambda: bool(a1)),
    T(lambda: len(a1)),
    T(lambda: a1 == a1),
    T(lambda: a1 == b1),
    T(lambda: a1[0]),
    T(lambda: a1.eval()),
    T(lambda: [x for x in a1]),
]""",
    "tensor_4": PRELUDE
    + """
[
    T(lambda: tf.convert_to_tensor(a1)),
    T(lambda: np.array(a1).shape),
    T(lambda: tf.type_spec_from_value(a1)),
    T(lambda: isinstance(a1, tf.sparse.SparseTensor)),
    T(lambda: tf.nest.flatten(a1, expand_composites=True)),
    T(lambda: tf.nest.map_structure(lambda x: x, a1, expand_composites=True)),
]""",
    "operators_1": PRELUDE
    + """
[
    T(lambda: a1 * c([[1.0], [10.0], [100.0]])),
    T(lambda: a1 * 2.0),
    T(lambda: a1 * 2),
    T(lambda: a1 * c([1.0, 2.0, 3.0, 4.0])),
    T(lambda: a1 * tf.ones([3, 4])),
    T(lambda: a1 * tf.ones([2, 4])),
    T(lambda: a1 * tf.ones([2, 3, 4])),
    T(lambda: a1 * c([[2]])),
    T(lambda: a1 * N([[2.0]], np.float32)),
    T(lambda: a1 * N([[2.0]])),
    T(lambda: c([[1.0], [10.0], [100.0]]) * a1),
    T(lambda: 2.0 * a1),
    T(lambda: n1 * 3),
    T(lambda: a1 / 2.0),
]""",
    "operators_2": PRELUDE
    + """
[
    T(lambda: a1 / c([[1.0], [10.0], [100.0]])),
    T(lambda: n1 / 2),
    T(lambda: n1 / c([[1], [2], [2]])),
    T(lambda: a1 / 0.0),
    T(lambda: a1 + 1.0),
    T(lambda: 1.0 + a1),
    T(lambda: a1 + a1),
    T(lambda: a1 - 1.0),
    T(lambda: -a1),
    T(lambda: abs(a1)),
    T(lambda: a1 * a1),
    T(lambda: a1 ** 2),
    T(lambda: a1 // 2.0),
    T(lambda: a1 > 1.0),
]""",
    "operators_3": PRELUDE
    + """
[
    T(lambda: a1 @ tf.ones([4, 2])),
    T(lambda: a1 * tf.Variable([[2.0]])),
    T(lambda: tf.ones([3, 4]) / a1),
    T(lambda: tf.ones([3, 4]) + a1),
    T(lambda: tf.multiply(a1, 2.0)),
    T(lambda: tf.add(a1, 1.0)),
]""",
    "unary_1": PRELUDE
    + """
[
    T(lambda: tf.abs(b1)),
    T(lambda: tf.negative(a1)),
    T(lambda: tf.math.asinh(a1)),
    T(lambda: tf.sin(a1)),
    T(lambda: tf.tan(a1)),
    T(lambda: tf.atan(a1)),
    T(lambda: tf.asin(a1)),
    T(lambda: tf.atanh(a1 / 5.0)),
    T(lambda: tf.sign(b1)),
    T(lambda: tf.square(a1)),
    T(lambda: tf.sqrt(a1)),
    T(lambda: tf.math.erf(a1)),
    T(lambda: tf.tanh(a1)),
    T(lambda: tf.math.bessel_i0e(a1)),
]""",
    "unary_2": PRELUDE
    + """
[
    T(lambda: tf.math.bessel_i1e(a1)),
    T(lambda: tf.math.bessel_i0(a1)),
    T(lambda: tf.exp(a1)),
    T(lambda: tf.cos(a1)),
    T(lambda: tf.nn.relu(b1)),
    T(lambda: tf.math.log(a1)),
    T(lambda: tf.cast(a1, tf.int32)),
    T(lambda: tf.cast(a1, tf.float64)),
    T(lambda: tf.cast(n1, tf.bool)),
    T(lambda: tf.cast(n1, n1.dtype)),
    T(lambda: tf.zeros_like(a1)),
    T(lambda: tf.ones_like(a1)),
    T(lambda: tf.size(a1)),
    T(lambda: tf.size(a1, out_type=i64)),
]""",
    "unary_3": PRELUDE
    + """
[
    T(lambda: tf.rank(a1)),
    T(lambda: tf.rank(t1)),
    T(lambda: tf.shape(a1)),
    T(lambda: tf.shape(a1, out_type=i64)),
    T(lambda: tf.identity(a1)),
    T(lambda: tf.reduce_sum(a1)),
    T(lambda: tf.transpose(a1)),
    T(lambda: tf.reshape(a1, [4, 3])),
    T(lambda: tf.concat([a1, a1], 0)),
    T(lambda: tf.stack([a1, a1])),
    T(lambda: tf.expand_dims(a1, 0)),
    T(lambda: tf.gather(a1, [0])),
    T(lambda: tf.saturate_cast(a1, tf.int32)),
    T(lambda: tf.math.scalar_mul(2.0, a1)),
]""",
    "unary_4": PRELUDE
    + """
[
    T(lambda: tf.abs(x=b1)),
    T(lambda: tf.math.add_n([a1, a1])),
    T(lambda: tf.stop_gradient(a1)),
    T(lambda: tf.round(a1)),
    T(lambda: tf.clip_by_value(a1, 0.0, 1.0)),
]""",
    "convert_1": PRELUDE
    + """
[
    T(lambda: D(a1)),
    T(lambda: D(a1, -1.0)),
    T(lambda: D(a1, default_value=7)),
    T(lambda: D(n1, 0.5)),
    T(lambda: D(s1)),
    T(lambda: D(s1, "z")),
    T(lambda: D(v1)),
    T(lambda: D(t1)),
    T(lambda: D(u1)),
    T(lambda: D(u1, validate_indices=False)),
    T(lambda: D(ST([[0, 0], [0, 0]], [1, 2], [1, 2]))),
    T(lambda: D(ST([[0, 0], [0, 0]], [1, 2], [1, 2]), validate_indices=False)),
    T(lambda: D(ST([[0, 5]], [1], [1, 2]))),
    T(lambda: D(ST([[0, 5]], [1], [1, 2]), validate_indices=False)),
]""",
    "convert_2": PRELUDE
    + """
[
    T(lambda: D(ST([[-1, 0]], [1], [1, 2]))),
    T(lambda: D(e1)),
    T(lambda: D([[1]])),
    T(lambda: D(a1, default_value=[1.0])),
    T(lambda: D(ST([[1]], [True], [3]))),
    T(lambda: S.from_dense([[0, 1], [2, 0]])),
    T(lambda: S.from_dense([[0.0, 1.5], [0.0, 0.0]])),
    T(lambda: S.from_dense([0, 0])),
    T(lambda: S.from_dense([["", "a"], ["b", ""]])),
    T(lambda: S.from_dense([[True, False]])),
    T(lambda: S.from_dense(5)),
    T(lambda: S.from_dense([[float("nan"), 0.0, -0.0]])),
    T(lambda: S.from_dense([[[0, 1], [0, 0]], [[2, 0], [0, 3]]])),
    T(lambda: S.from_dense(N([[0, 1]], np.int8))),
]""",
    "convert_3": PRELUDE
    + """
[
    T(lambda: S.from_dense(c([[0 + 0j, 1j]]))),
    T(lambda: S.eye(3)),
    T(lambda: S.eye(2, 3)),
    T(lambda: S.eye(3, 2, dtype=tf.int32)),
    T(lambda: S.eye(c(2), c(2))),
    T(lambda: S.eye(0)),
    T(lambda: S.eye([2])),
    T(lambda: S.to_indicator(ST([[0, 0], [0, 1], [1, 0]], [1, 3, 0], [2, 2]), 4)),
    T(lambda: S.to_indicator(ST([[0, 0], [0, 1], [1, 0]], [1, 3, 9], [2, 2]), 4)),
    T(lambda: S.to_indicator(ST([[0, 0, 0], [1, 0, 1]], c([1, 2], i64), [2, 1, 2]), 3)),
    T(lambda: S.to_indicator(ST([[0, 0], [0, 1]], [1, 1], [2, 2]), 2)),
    T(lambda: S.to_indicator(n1, "a")),
    T(lambda: S.to_indicator([[1]], 2)),
]""",
    "structure_1": PRELUDE
    + """
[
    T(lambda: S.reorder(u1)),
    T(lambda: S.reorder(a1)),
    T(lambda: S.reorder([1])),
    T(lambda: S.reorder(ST([[5, 0]], [1], [2, 2]))),
    T(lambda: S.transpose(a1)),
    T(lambda: S.transpose(t1)),
    T(lambda: S.transpose(t1, [1, 0, 2])),
    T(lambda: S.transpose(a1, perm=[0, 1])),
    T(lambda: S.transpose(a1, [0])),
    T(lambda: S.transpose(a1, [0, 5])),
    T(lambda: S.transpose(v1)),
    T(lambda: S.transpose(u1)),
    T(lambda: S.reshape(a1, [4, 3])),
    T(lambda: S.reshape(a1, [-1])),
]""",
    "structure_2": PRELUDE
    + """
[
    T(lambda: S.reshape(a1, [2, -1])),
    T(lambda: S.reshape(a1, [5, 2])),
    T(lambda: S.reshape(a1, [5, -1])),
    T(lambda: S.reshape(a1, [-1, -1])),
    T(lambda: S.reshape(t1, [2, 4])),
    T(lambda: S.reshape(a1, c([12]))),
    T(lambda: S.reshape(a1, [[12]])),
    T(lambda: S.reshape(e1, [3, 2])),
    T(lambda: S.reshape(a1, [3, -2])),
    T(lambda: S.expand_dims(a1)),
    T(lambda: S.expand_dims(a1, 0)),
    T(lambda: S.expand_dims(a1, 1)),
    T(lambda: S.expand_dims(a1, -1)),
    T(lambda: S.expand_dims(a1, -3)),
]""",
    "structure_3": PRELUDE
    + """
[
    T(lambda: S.expand_dims(a1, 3)),
    T(lambda: S.expand_dims(a1, "a")),
    T(lambda: S.expand_dims(a1, c(1))),
    T(lambda: S.slice(a1, [0, 0], [2, 2])),
    T(lambda: S.slice(a1, [1, 0], [5, 5])),
    T(lambda: S.slice(a1, [0], [2])),
    T(lambda: S.slice(a1, [4, 0], [1, 1])),
    T(lambda: S.slice(a1, [0, 0], [0, 2])),
    T(lambda: S.slice(a1, [-1, 0], [2, 2])),
    T(lambda: S.slice(t1, [0, 1, 0], [2, 1, 2])),
    T(lambda: S.split(sp_input=a1, num_split=2, axis=1)),
    T(lambda: S.split(sp_input=a1, num_split=2, axis=0)),
    T(lambda: S.split(a1, 3, 0)),
    T(lambda: S.split(a1, 5, 0)),
]""",
    "structure_4": PRELUDE
    + """
[
    T(lambda: S.split(a1, 0, 0)),
    T(lambda: S.split(a1, 2, -1)),
    T(lambda: S.split(a1, 2, 2)),
    T(lambda: S.split(a1)),
    T(lambda: S.split(num_split=2, axis=0)),
    T(lambda: S.concat(0, [a1, b1])),
    T(lambda: S.concat(1, [a1, b1])),
    T(lambda: S.concat(-1, [a1, b1])),
    T(lambda: S.concat(0, [a1])),
    T(lambda: S.concat(0, [a1, ST([[0, 0]], [1.0], [1, 5])])),
    T(lambda: S.concat(0, [a1, ST([[0, 0]], [1.0], [1, 5])], expand_nonconcat_dims=True)),
    T(lambda: S.concat(1, [a1, ST([[0, 0]], [1.0], [5, 1])], expand_nonconcat_dims=True)),
    T(lambda: S.concat(0, [a1, v1])),
    T(lambda: S.concat(2, [a1, b1])),
]""",
    "structure_5": PRELUDE
    + """
[
    T(lambda: S.concat(0, [a1, n1])),
    T(lambda: S.concat(1, [s1, s1])),
    T(lambda: S.concat(0, [])),
    T(lambda: S.concat(axis=0, sp_inputs=[a1, [1]])),
    T(lambda: S.retain(a1, [True, False, True])),
    T(lambda: S.retain(a1, [True, False])),
    T(lambda: S.retain(a1, [[True, False, True]])),
    T(lambda: S.retain(a1, [1, 0, 1])),
    T(lambda: S.retain(a1, a1.values > 1.0)),
    T(lambda: S.reset_shape(a1)),
    T(lambda: S.reset_shape(a1, [4, 5])),
    T(lambda: S.reset_shape(a1, [2, 5])),
    T(lambda: S.reset_shape(a1, [4, 5, 6])),
    T(lambda: S.reset_shape(e1)),
]""",
    "structure_6": PRELUDE
    + """
[
    T(lambda: S.reset_shape(v1)),
    T(lambda: S.reset_shape([1])),
    T(lambda: S.fill_empty_rows(s1, "z")),
    T(lambda: S.fill_empty_rows(ST([[1, 2], [3, 0], [3, 1]], [1, 2, 3], [5, 4]), 0)),
    T(lambda: S.fill_empty_rows(a1, 0.0)),
    T(lambda: S.fill_empty_rows(a1, 1)),
    T(lambda: S.fill_empty_rows(n1, 0.5)),
    T(lambda: S.fill_empty_rows(e1, -1.0)),
    T(lambda: S.fill_empty_rows(ST(np.zeros([0, 2], np.int64), [], [0, 3]), 1.0)),
    T(lambda: S.fill_empty_rows(ST([[3, 0], [1, 0]], [1, 2], [4, 1]), 0)),
    T(lambda: S.fill_empty_rows(ST([[5, 0]], [1], [4, 1]), 0)),
    T(lambda: S.fill_empty_rows(a1, [0.0])),
    T(lambda: S.mask(z1, [0])),
    T(lambda: S.mask(z1, [1, 2]).values),
]""",
    "structure_7": PRELUDE
    + """
[
    T(lambda: S.mask(z1, c([0, 2])).indices),
]""",
    "arithmetic_1": PRELUDE
    + """
[
    T(lambda: S.add(a1, b1)),
    T(lambda: S.add(a1, a1)),
    T(lambda: S.add(a1, ST([[0, 1]], [-1.0], [3, 4]))),
    T(lambda: S.add(a1, ST([[0, 1]], [-1.0], [3, 4]), threshold=1.5)),
    T(lambda: S.add(a1, b1, 3.0)),
    T(lambda: S.add(a1, tf.ones([3, 4]))),
    T(lambda: S.add(tf.ones([3, 4]), a1)),
    T(lambda: S.add(a1, tf.ones([2, 4]))),
    T(lambda: S.add(a1, 1.0)),
    T(lambda: S.add(c(1.0), c(1.0))),
    T(lambda: S.add(a1, v1)),
    T(lambda: S.add(a1, n1)),
    T(lambda: S.add(a1, ST([[0, 0]], [1.0], [3, 5]))),
    T(lambda: S.add(n1, n1, threshold=3)),
]""",
    "arithmetic_2": PRELUDE
    + """
[
    T(lambda: S.add(t1, t1)),
    T(lambda: S.add(v1, [1, 2, 3, 4, 5, 6])),
    T(lambda: S.add(a1, N([[1.0] * 4] * 3))),
    T(lambda: S.maximum(a1, b1)),
    T(lambda: S.minimum(a1, b1)),
    T(lambda: S.maximum(n1, n1)),
    T(lambda: S.maximum(a1, v1)),
    T(lambda: S.minimum(a1, ST([[0, 0]], [1.0], [3, 5]))),
    T(lambda: S.maximum(a1, n1)),
    T(lambda: S.sparse_dense_matmul(a1, tf.ones([4, 2]))),
    T(lambda: S.sparse_dense_matmul(a1, tf.ones([2, 4]), adjoint_b=True)),
    T(lambda: S.sparse_dense_matmul(a1, c([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), adjoint_a=True)),
    T(lambda: S.sparse_dense_matmul(c([[1.0, 2.0, 3.0]]), a1)),
    T(lambda: S.sparse_dense_matmul(c([[1.0], [2.0], [3.0]]), a1, adjoint_a=True)),
]""",
    "arithmetic_3": PRELUDE
    + """
[
    T(lambda: S.sparse_dense_matmul(tf.ones([2, 4]), a1, adjoint_b=True)),
    T(lambda: S.sparse_dense_matmul(c([[1.0], [2.0], [3.0], [4.0]]), a1, adjoint_a=True, adjoint_b=True)),
    T(lambda: S.sparse_dense_matmul(a1, tf.ones([3, 2]))),
    T(lambda: S.sparse_dense_matmul(a1, tf.ones([4]))),
    T(lambda: S.sparse_dense_matmul(a1, c([[1], [2], [3], [4]]))),
    T(lambda: S.sparse_dense_matmul(n1, c([[1], [2], [3], [4]]))),
    T(lambda: S.sparse_dense_matmul(u1, tf.ones([4, 1]))),
    T(lambda: S.sparse_dense_matmul(t1, tf.ones([2, 1]))),
    T(lambda: S.sparse_dense_matmul(ST([[0, 0]], [1 + 2j], [1, 1]), c([[1j]]), adjoint_a=True)),
    T(lambda: S.sparse_dense_matmul(ST([[0, 0]], [1 + 2j], [1, 1]), c([[1j]]), adjoint_b=True)),
    T(lambda: S.sparse_dense_matmul(ST([[0, 9]], [1.0], [1, 2]), tf.ones([2, 1]))),
    T(lambda: S.sparse_dense_matmul(a1, N([[1.0]] * 4))),
    T(lambda: S.sparse_dense_matmul(e1, tf.ones([3, 2]))),
    T(lambda: S.sparse_dense_matmul(a1, a1)),
]""",
    "arithmetic_4": PRELUDE
    + """
[
    T(lambda: S.reduce_sum(a1)),
    T(lambda: S.reduce_sum(a1, 0)),
    T(lambda: S.reduce_sum(a1, 1)),
    T(lambda: S.reduce_sum(a1, axis=-1)),
    T(lambda: S.reduce_sum(a1, [0, 1])),
    T(lambda: S.reduce_sum(a1, 1, keepdims=True)),
    T(lambda: S.reduce_sum(a1, keepdims=True)),
    T(lambda: S.reduce_sum(a1, 2)),
    T(lambda: S.reduce_sum(n1, 0)),
    T(lambda: S.reduce_sum(t1, [0, 2])),
    T(lambda: S.reduce_sum(t1, 1, keepdims=True)),
    T(lambda: S.reduce_sum(a1, 0, output_is_sparse=True)),
    T(lambda: S.reduce_sum(a1, 1, keepdims=True, output_is_sparse=True)),
    T(lambda: S.reduce_sum(t1, 0, output_is_sparse=True)),
]""",
    "arithmetic_5": PRELUDE
    + """
[
    T(lambda: S.reduce_sum(a1, output_is_sparse=True)),
    T(lambda: S.reduce_sum(u1, 0)),
    T(lambda: S.reduce_sum(s1, 0)),
    T(lambda: S.reduce_sum(e1, 0)),
    T(lambda: S.reduce_max(a1)),
    T(lambda: S.reduce_max(b1, 0)),
    T(lambda: S.reduce_max(b1, 1)),
    T(lambda: S.reduce_max(b1, [0, 1], keepdims=True)),
    T(lambda: S.reduce_max(n1, 0, output_is_sparse=True)),
    T(lambda: S.reduce_max(ST([[0, 0]], [-3], [2, 2]), 1)),
    T(lambda: S.reduce_max(t1, -1)),
    T(lambda: S.reduce_max(b1, 5)),
    T(lambda: S.softmax(a1)),
    T(lambda: S.softmax(ST([[0, 0], [0, 2], [1, 1]], [1.0, 2.0, 5.0], [2, 3]))),
]""",
    "arithmetic_6": PRELUDE
    + """
[
    T(lambda: S.softmax(t1)),
    T(lambda: S.softmax(v1)),
    T(lambda: S.softmax(n1)),
    T(lambda: S.softmax(ST([[1]], [1.0], [3]))),
    T(lambda: S.map_values(tf.square, a1)),
    T(lambda: S.map_values(tf.add, a1, 5.0)),
    T(lambda: S.map_values(tf.add, a1, a1)),
    T(lambda: S.map_values(tf.add, a1, b1)),
    T(lambda: S.map_values(tf.add, x=a1, y=2.0)),
    T(lambda: S.map_values(tf.add, c([1.0]), 2.0)),
    T(lambda: S.map_values(lambda v: v[:2], a1)),
    T(lambda: S.map_values(lambda vs: vs[0] + vs[1], [a1, a1])),
    T(lambda: S.map_values(tf.add, a1, ST(a1.indices, a1.values, [5, 5]))),
    T(lambda: S.segment_sum(c([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), [0, 2], [0, 0])),
]""",
    "arithmetic_7": PRELUDE
    + """
[
    T(lambda: S.segment_sum(c([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), [0, 2], [0, 1])),
    T(lambda: S.segment_sum(c([1, 2, 3]), [0, 1, 2, 2], [0, 0, 1, 3])),
    T(lambda: S.segment_sum(c([1, 2, 3]), [0, 1], [0, 2], num_segments=5)),
    T(lambda: S.segment_sum(c([1, 2, 3]), [0, 1], [0, 2], num_segments=2)),
    T(lambda: S.segment_sum(c([1, 2, 3]), [0, 1], [1, 0])),
    T(lambda: S.segment_sum(c([1, 2, 3]), [0, 7], [0, 0])),
    T(lambda: S.segment_sum(c([1, 2, 3]), [0, 1], [0])),
    T(lambda: S.segment_sum(c([1.0, 2.0]), [], [])),
    T(lambda: S.segment_sum(c(1.0), [0], [0])),
    T(lambda: S.segment_mean(c([1.0, 2.0, 4.0]), [0, 1, 2], [0, 0, 1])),
    T(lambda: S.segment_mean(c([1.0, 2.0, 4.0]), [0, 1, 2], [0, 0, 3], num_segments=6)),
    T(lambda: S.segment_mean(c([1, 2]), [0, 1], [0, 0])),
    T(lambda: S.segment_sqrt_n(c([1.0, 2.0, 4.0]), [0, 1, 2], [0, 0, 1])),
    T(lambda: S.segment_sqrt_n(c([[1.0], [2.0], [4.0]]), [0, 1, 2], [0, 0, 2], num_segments=4)),
]""",
    "arithmetic_8": PRELUDE
    + """
[
    T(lambda: S.segment_sum(c([1.0, 2.0, 4.0]), c([0, 1], i64), c([0, 0], i64))),
    T(lambda: S.segment_mean(c([1.0, 2.0, 4.0], tf.float16), [0, 1, 2], [0, 0, 0])),
    T(lambda: S.sampled_addmm([[0, 0], [1, 1]], [0.5, 0.3], [2, 2], [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [[7.0, 8.0], [9.0, 10.0], [11.0, 12.0]], alpha=0.75, beta=0.25)),
    T(lambda: S.sampled_addmm([[[0, 1], [1, 0]], [[0, 0], [1, 0]]], [[3.0, 5.0], [2.0, 7.0]], [2, 2], tf.reshape(tf.range(1.0, 13.0), [2, 2, 3]), tf.reshape(tf.range(13.0, 25.0), [2, 3, 2]))),
    T(lambda: S.sampled_addmm([[0, 0]], [0.5], [2, 3], [[1.0], [2.0]], [[7.0, 8.0]])),
    T(lambda: S.sampled_addmm([[0, 0]], [0.5], [2, 2], [[1.0], [2.0]], [[7.0, 8.0]], output_type=tf.float64)),
]""",
    "bincount_1": PRELUDE
    + """
[
    T(lambda: S.bincount([1, 1, 3])),
    T(lambda: S.bincount([[1, 1, 3], [0, 2, 2]], axis=-1)),
    T(lambda: S.bincount([[1, 1, 3], [0, 2, 2]])),
    T(lambda: S.bincount([[1, 1, 3], [0, 2, 2]], axis=0)),
    T(lambda: S.bincount([1, 1, 3], axis=-1)),
    T(lambda: S.bincount([1, 1, 3], minlength=6)),
    T(lambda: S.bincount([1, 1, 3], maxlength=2)),
    T(lambda: S.bincount([1, 1, 3], maxlength=9)),
    T(lambda: S.bincount([1, 1, 3], minlength=6, maxlength=4)),
    T(lambda: S.bincount([1, 1, 3], binary_output=True)),
    T(lambda: S.bincount([1, 1, 3], weights=[0.5, 1.0, 2.0])),
    T(lambda: S.bincount([1, 1, 3], weights=[5, 1, 2])),
    T(lambda: S.bincount([1, 1, 3], weights=[0.5, 1.0, 2.0], binary_output=True)),
    T(lambda: S.bincount([1, 1, 3], weights=[0.5])),
]""",
    "bincount_2": PRELUDE
    + """
[
    T(lambda: S.bincount(c([1, 1, 3], i64))),
    T(lambda: S.bincount([1, -1])),
    T(lambda: S.bincount([1.0])),
    T(lambda: S.bincount([1], axis=1)),
    T(lambda: S.bincount(c([], tf.int32))),
    T(lambda: S.bincount(n1)),
    T(lambda: S.bincount(n1, axis=-1)),
    T(lambda: S.bincount(n1, weights=a1, axis=-1)),
    T(lambda: S.bincount(n1, weights=[1.0, 2.0, 3.0])),
    T(lambda: S.bincount(n1, weights=b1)),
    T(lambda: S.bincount(n1, axis=-1, binary_output=True)),
    T(lambda: S.bincount(c([[[1]]]), axis=-1)),
    T(lambda: tf.math.bincount(n1)),
    T(lambda: tf.math.bincount(n1, axis=-1)),
]""",
    "bincount_3": PRELUDE
    + """
[
    T(lambda: tf.math.bincount(n1, weights=a1)),
    T(lambda: tf.math.bincount(n1, weights=[1.0])),
    T(lambda: tf.math.bincount(n1, axis=-1, binary_output=True)),
    T(lambda: tf.math.bincount(n1, minlength=6, dtype=i64)),
]""",
    "cross_1": PRELUDE
    + """
[
    T(lambda: S.cross([s1, c([["x"], ["y"], ["z"]])])),
    T(lambda: S.cross([s1, s1])),
    T(lambda: S.cross([s1, s1], separator="-")),
    T(lambda: S.cross([s1, c([["x", "w"], ["y", "v"], ["z", "u"]])], separator="")),
    T(lambda: S.cross([c([[1], [2], [3]]), s1])),
    T(lambda: S.cross([n1, n1])),
    T(lambda: S.cross([c([["a"]]), c([["b"]])])),
    T(lambda: S.cross(s1)),
    T(lambda: S.cross([[["a"]]])),
    T(lambda: S.cross([s1, c([["x"]])])),
    T(lambda: S.cross_hashed([s1, c([["x"], ["y"], ["z"]])])),
    T(lambda: S.cross_hashed([s1, s1], num_buckets=50)),
    T(lambda: S.cross_hashed([n1, s1], num_buckets=1000, hash_key=12345)),
    T(lambda: S.cross_hashed([n1, c([[-1], [2], [3]])])),
]""",
    "cross_2": PRELUDE
    + """
[
    T(lambda: S.cross_hashed([c([["a"]]), c([["b"]])], 100)),
]""",
    "function_1": PRELUDE
    + """
[
    T(lambda: tf.function(lambda s: S.reduce_sum(s, 1))(a1)),
    T(lambda: tf.function(lambda s: D(s))(a1)),
    T(lambda: tf.function(lambda s: s * 2.0)(a1)),
    T(lambda: tf.function(lambda s: S.sparse_dense_matmul(s, tf.ones([4, 1])))(a1)),
    T(lambda: tf.function(lambda s: S.transpose(s))(a1)),
    T(lambda: tf.function(lambda s: S.add(s, s))(a1)),
    T(lambda: tf.function(lambda s: tf.abs(s))(b1)),
    T(lambda: tf.function(lambda s: S.add(s, tf.ones([3, 4])))(a1)),
    T(lambda: tf.function(lambda s: {"x": s, "y": s.values})(a1)),
    T(lambda: tf.function(lambda s: D(s), input_signature=[tf.SparseTensorSpec([None, None], f32)])(a1)),
    T(lambda: tf.function(lambda s: D(s), input_signature=[tf.SparseTensorSpec([None, None], f32)])(n1)),
    T(lambda: tf.function(lambda v: D(ST([[0], [2]], v, [4])))(c([1.0, 2.0]))),
    T(lambda: tf.function(lambda x: S.from_dense(x))(c([[0, 1]]))),
    T(lambda: tf.map_fn(lambda s: S.reduce_sum(s), a1, fn_output_signature=f32)),
]""",
    "function_2": PRELUDE
    + """
[
    T(lambda: tf.map_fn(lambda s: D(s), t1, fn_output_signature=f32)),
]""",
    "gradient_1": PRELUDE
    + """
[
    T(lambda: G(lambda v: D(w1(v)) ** 2, V)),
    T(lambda: G(lambda v: S.reduce_sum(w1(v), 1) ** 2, V)),
    T(lambda: G(lambda v: S.sparse_dense_matmul(w1(v), c([[1.0], [2.0], [3.0], [4.0]])), V)),
    T(lambda: G(lambda b: S.sparse_dense_matmul(a1, b), [[1.0], [2.0], [3.0], [4.0]])),
    T(lambda: G(lambda v: S.sparse_dense_matmul(w1(v), c([[1.0], [2.0], [3.0]]), adjoint_a=True), V)),
    T(lambda: G(lambda v: S.add(w1(v), b1).values, V)),
    T(lambda: G(lambda v: S.add(w1(v), tf.ones([3, 4])) ** 2, V)),
    T(lambda: G(lambda d: S.add(a1, d) ** 2, [[1.0, 2.0, 3.0, 4.0]] * 3)),
    T(lambda: G(lambda v: S.softmax(w1(v)).values ** 2, V)),
    T(lambda: G(lambda v: S.softmax(ST([[0, 0], [0, 2], [1, 1]], v, [2, 3])).values ** 2, V)),
    T(lambda: G(lambda v: (w1(v) * c([[2.0], [3.0], [4.0]])).values, V)),
    T(lambda: G(lambda v: (w1(v) / c([[2.0], [3.0], [4.0]])).values, V)),
    T(lambda: G(lambda v: S.slice(w1(v), [0, 0], [2, 2]).values ** 2, V)),
    T(lambda: G(lambda v: S.transpose(w1(v)).values * c([1.0, 2.0, 3.0]), V)),
]""",
    "gradient_2": PRELUDE
    + """
[
    T(lambda: G(lambda v: S.reshape(w1(v), [4, 3]).values ** 2, V)),
    T(lambda: G(lambda v: S.retain(w1(v), [True, False, True]).values ** 2, V)),
    T(lambda: G(lambda v, d: S.fill_empty_rows(ST([[1, 0], [3, 0], [3, 1]], v, [5, 2]), d)[0].values ** 2, V, 2.0)),
    T(lambda: G(lambda v: S.map_values(tf.square, w1(v)).values, V)),
    T(lambda: G(lambda v: tf.square(w1(v)).values, V)),
    T(lambda: G(lambda x: S.segment_sum(x, [0, 2], [0, 0]) ** 2, V)),
    T(lambda: G(lambda x: S.segment_mean(x, [0, 2, 2], [0, 0, 1]) ** 2, V)),
    T(lambda: G(lambda x: S.segment_sqrt_n(x, [0, 2, 2], [0, 0, 1]) ** 2, V)),
    T(lambda: G(lambda v: S.reorder(ST([[2, 2], [0, 1], [1, 0]], v, [3, 4])).values * c([1.0, 2.0, 3.0]), V)),
    T(lambda: G(lambda v: S.expand_dims(w1(v), 0).values ** 2, V)),
    T(lambda: G(lambda x: S.from_dense(x).values ** 2, [[0.0, 3.0], [2.0, 0.0]])),
]""",
    "spec": PRELUDE
    + """
[
    T(lambda: tf.SparseTensorSpec([2, None], tf.int32)),
    T(lambda: repr(tf.SparseTensorSpec([2, None], tf.int32))),
    T(lambda: tf.SparseTensorSpec().dtype),
    T(lambda: tf.SparseTensorSpec([3, None], f32).is_compatible_with(a1)),
    T(lambda: tf.SparseTensorSpec([4, None], f32).is_compatible_with(a1)),
    T(lambda: tf.SparseTensorSpec([3, None], tf.int32).is_compatible_with(a1)),
    T(lambda: tf.SparseTensorSpec([3, None]) == tf.SparseTensorSpec([3, None])),
    T(lambda: tf.SparseTensorSpec([3, None]).most_specific_compatible_type(tf.SparseTensorSpec([4, None]))),
    T(lambda: tf.SparseTensorSpec([3, None]).is_subtype_of(tf.SparseTensorSpec([None, None]))),
    T(lambda: tf.SparseTensorSpec([3, None]).shape),
    T(lambda: tf.SparseTensorSpec.from_value(a1)),
    T(lambda: tf.SparseTensorSpec.from_value(3)),
    T(lambda: tf.SparseTensorSpec([3, None]).value_type),
]""",
    "data": PRELUDE
    + """
[
    T(lambda: list(tf.data.Dataset.from_tensor_slices(a1))),
    T(lambda: tf.data.Dataset.from_tensor_slices(a1).element_spec),
    T(lambda: list(tf.data.Dataset.from_tensors(a1))),
    T(lambda: list(tf.data.Dataset.from_tensor_slices(a1).batch(2))),
    T(lambda: list(tf.data.Dataset.from_tensor_slices(a1).map(lambda s: D(s)))),
    T(lambda: list(tf.data.Dataset.from_tensors(a1).map(lambda s: S.reduce_sum(s, 1)))),
    T(lambda: list(tf.data.Dataset.from_tensor_slices([[1, 2], [3, 4]]).apply(tf.data.experimental.dense_to_sparse_batch(2, [3])))),
    T(lambda: list(tf.data.Dataset.from_tensors(a1).unbatch())),
]""",
    "slices_1": PRELUDE
    + """
[
    T(lambda: z1),
    T(lambda: z1.values),
    T(lambda: z1.indices),
    T(lambda: z1.dense_shape),
    T(lambda: z1.shape),
    T(lambda: IS(c([[1.0]]), c([0])).shape),
    T(lambda: z1.dtype),
    T(lambda: -z1),
    T(lambda: tf.convert_to_tensor(z1)),
    T(lambda: tf.convert_to_tensor(IS(c([1.0]), c([0])))),
    T(lambda: tf.convert_to_tensor(IS(c([1.0, 2.0]), c([1, 1]), c([3])))),
    T(lambda: tf.add(z1, 1.0)),
    T(lambda: tf.reduce_sum(z1)),
    T(lambda: tf.math.add_n([z1, z1])),
]""",
    "slices_2": PRELUDE
    + """
[
    T(lambda: tf.cast(z1, tf.float64)),
    T(lambda: tf.clip_by_value(z1, 1.5, 3.5)),
    T(lambda: tf.clip_by_norm(z1, 1.0)),
    T(lambda: tf.clip_by_global_norm([z1], 1.0)[1]),
    T(lambda: tf.linalg.global_norm([z1])),
    T(lambda: tf.math.scalar_mul(2.0, z1)),
    T(lambda: tf.math.accumulate_n([z1, z1]) if False else 0),
    T(lambda: tf.is_tensor(z1)),
    T(lambda: z1.consumers()),
    T(lambda: tf.nest.flatten(z1, expand_composites=True)),
    T(lambda: tf.function(lambda z: tf.convert_to_tensor(z))(z1)),
    T(lambda: tf.function(lambda z: z)(z1)),
    T(lambda: tf.IndexedSlicesSpec([4, 2], f32)),
    T(lambda: repr(tf.IndexedSlicesSpec([4, 2], f32, tf.int32))),
]""",
    "slices_3": PRELUDE
    + """
[
    T(lambda: tf.type_spec_from_value(z1)),
    T(lambda: tf.IndexedSlicesSpec([4, 2], f32).value_type),
    T(lambda: tf.Variable(tf.zeros([4, 2])).scatter_add(z1)),
    T(lambda: tf.Variable(tf.zeros([4, 2])).scatter_update(z1)),
    T(lambda: tf.Variable(tf.ones([4, 2])).scatter_mul(z1)),
    T(lambda: tf.Variable(tf.ones([4, 2])).batch_scatter_update(IS(c([[1.0, 2.0]]), c([[0]]))) if False else 0),
    T(lambda: tf.Variable(tf.zeros([4, 2])).scatter_min(IS(c([[-1.0, 2.0]]), c([1])))),
    T(lambda: z1 * 2.0),
    T(lambda: z1 + z1),
    T(lambda: tf.identity(z1)),
    T(lambda: tf.stack([z1, z1])),
    T(lambda: tf.shape(z1)),
    T(lambda: tf.square(z1)),
]""",
}
