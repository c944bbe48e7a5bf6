"""Cases of arguments of odd dtypes, shapes and kinds: what is converted, and what is refused with which error."""

PRELUDE = """\
def err(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return "no error"
c = tf.constant
f, v = c([[1.5, -2.0, 3.0], [0.5, 4.0, -1.0]]), c([1.0, 2.0, 3.0, 4.0])
yes, text = c(True), c("a")
"""

CASES = {
    "sizes that are no integers": PRELUDE
    + """
[
    err(lambda: tf.zeros([2.0, 2.0])), err(lambda: tf.ones((2.0,))), err(lambda: tf.fill([2.0, 2.0], 1)), err(lambda: tf.fill([2.5], 1)),
    err(lambda: tf.reshape(f, [3.0, 2.0])), err(lambda: tf.reshape(f, ["a"])), tf.reshape(f, np.array([3.0, 2.0])),
    err(lambda: tf.broadcast_to(v, [2.0, 4.0])), err(lambda: tf.random.normal([2.0])), err(lambda: tf.random.uniform((2.5,))),
    err(lambda: tf.slice(f, [0.0, 0.0], [1.0, 1.0])), err(lambda: tf.strided_slice(f, [0.0], [1.0])), err(lambda: tf.tile(v, [2.0])),
    err(lambda: tf.constant(1.0, shape=[2.0, 2.0])), err(lambda: tf.eye(2.0)), err(lambda: tf.one_hot([1], 3.0)),
    err(lambda: tf.split(f, [1.0, 2.0], axis=1)), err(lambda: tf.fill(c([2.0]), 1)), err(lambda: tf.zeros(c([2.0]))),
    err(lambda: tf.function(lambda: tf.fill([2.0], 1))()), err(lambda: tf.function(lambda: tf.reshape(f, [6.0]))()),
]""",
    "axes that are no integers": PRELUDE
    + """
[
    err(lambda: tf.expand_dims(f, 1.0)), err(lambda: tf.concat([f, f], 1.0)), err(lambda: tf.cumsum(f, axis=1.0)), err(lambda: tf.unstack(f, axis=0.0)),
    err(lambda: tf.repeat(v, 2, axis=0.0)), err(lambda: tf.gather(f, [1], axis=1.0)), err(lambda: tf.roll(v, 1, 0.0)), err(lambda: tf.reduce_sum(f, axis=[0.0])),
    err(lambda: tf.cumsum(f, axis=c([0, 1]))), err(lambda: tf.cumsum(f, axis=None)),
    err(lambda: tf.concat([f, f], axis=None)), tf.reduce_sum(f, axis=c([[1]])), tf.reduce_prod(f, axis=c([[0, 1]])),
    err(lambda: tf.math.top_k(f, k=c([1]))), err(lambda: tf.math.unsorted_segment_sum([1], [0], c([2]))), err(lambda: tf.scan(lambda a, x: a, 1)),
    err(lambda: tf.foldl(lambda a, x: a, 1)), err(lambda: tf.map_fn(lambda x: x, 1)),
]""",
    "operands that cannot be converted": PRELUDE
    + """
[
    err(lambda: yes - 1), err(lambda: text * 2), err(lambda: text + 1), err(lambda: yes > 1), err(lambda: text ** 2), err(lambda: yes ** 2),
    err(lambda: yes // 2), err(lambda: yes % 2), err(lambda: tf.pow("a", 2)), err(lambda: tf.add("a", 1)), err(lambda: yes + yes), err(lambda: yes > False),
    err(lambda: tf.clip_by_value("a", 1, 2)), err(lambda: tf.matmul([[1]], [[1.0]])), err(lambda: tf.Variable(True) - 1), err(lambda: tf.Variable("a") * 2),
    err(lambda: tf.where(c([1, 0]), c([1.0, 2.0]), c(3.0))), err(lambda: tf.where([1, 0], [1.0, 2.0], 3.0)), err(lambda: tf.function(lambda x: tf.where(x, 1, 2))(c([1, 0]))),
    err(lambda: tf.math.multiply_no_nan(f, c([[1]]))), err(lambda: tf.linspace(c(1.0), c(2), 3)), err(lambda: tf.math.segment_sum(c(["a"]), [0])),
    err(lambda: tf.math.betainc(None, 1.0, 0.5)), err(lambda: tf.math.zeta(None, 1.0)), err(lambda: tf.clip_by_norm(None, 1.0)), err(lambda: tf.clip_by_norm(f, None)),
    err(lambda: f[tf.ragged.constant([[True, False, True], [False]])]), err(lambda: tf.nn.embedding_lookup(tf.ragged.constant([[1.0]]), [0])),
    err(lambda: tf.math.approx_max_k(c(1.0), 1)), err(lambda: tf.nn.conv2d(tf.ones([1, 4, 4, 3]), tf.zeros([0, 2, 3, 2]), 1, "SAME")),
]""",
    "means and norms of integers": PRELUDE
    + """
kinds = [tf.int8, tf.int16, tf.int32, tf.uint8, tf.uint16, tf.uint32]
[
    [tf.reduce_mean(c([k.max] * 3, k)) for k in kinds], [tf.reduce_mean(c([[k.max] * 3, [k.min] * 3], k), axis=1) for k in kinds],
    [tf.math.reduce_euclidean_norm(c([100, 100], k)) for k in kinds],
]""",
    "arguments of other dtypes": PRELUDE
    + """
half = c(2.5, tf.float16)
[
    tf.clip_by_norm(f, 1), tf.clip_by_norm(tf.cast(f, tf.float64), c(2.0), axes=[1]), tf.range(half, 7.5), tf.range(c(0), c(4.0, tf.float16)),
    tf.matmul(tf.cast(f, tf.bfloat16), tf.ones([3, 2])), tf.matmul(f, tf.ones([3, 2], tf.bfloat16)), tf.ones_like(c(["a", "b"]), dtype=tf.float32),
    tf.math.bincount([1, 2], weights=tf.zeros([0])), tf.math.bincount([1, 2], weights=tf.zeros([0], tf.int64)), tf.searchsorted(tf.ones([1, 2, 3]), tf.ones([2, 4])),
]""",
    "gradients that TensorFlow has not": PRELUDE
    + """
def grad(g, x):
    with tf.GradientTape() as t:
        t.watch(x)
        y = tf.reduce_sum(g(x) ** 2)
    return t.gradient(y, x)
[
    grad(lambda x: tf.pad(f, [[1, 1], [0, 0]], constant_values=x), c(2.5)), grad(lambda x: tf.pad(x, [[1, 1]], constant_values=x[0]), v),
    grad(lambda x: tf.one_hot([1, 0], 3, on_value=x), c(2.5)), grad(lambda x: tf.quantization.fake_quant_with_min_max_args_gradient(x, f, -2, 3), f),
    grad(lambda x: tf.math.confusion_matrix([0, 1], [0, 1], weights=x, dtype=tf.float32), c([1.0, 2.0])),
]""",
    "matrices": PRELUDE
    + """
m = c([[4.0, 1.0, 0.0], [2.0, 3.0, 1.0], [0.0, 1.0, 2.0]])
with tf.GradientTape(persistent=True) as t:
    t.watch(m)
    values, vectors = tf.linalg.eig(m)
    total, first = tf.reduce_sum(tf.abs(values) ** 2), tf.reduce_sum(tf.abs(vectors[0]) ** 2)
[
    t.gradient(total, m), t.gradient(first, m), err(lambda: tf.linalg.cholesky_solve(f, v)), err(lambda: tf.linalg.cholesky_solve(f, f)),
    err(lambda: tf.linalg.cholesky_solve(m, f)), err(lambda: tf.linalg.triangular_solve(m, f)), err(lambda: tf.linalg.triangular_solve(c(1.0), f)),
]""",
    "ragged tensors": PRELUDE
    + """
rt = tf.ragged.constant([[1.0, 2.0], [], [3.0]])
texts = tf.ragged.constant([["a", "b"], [], ["c"]])
length = tf.function(lambda r: tf.strings.length(r))(texts)
same = tf.function(lambda t: (tf.strings.lower(t), t))(c(["A"]))[1]
shape = tf.function(lambda r: tf.shape(r))(rt)
[
    repr(length.row_splits), repr(same), repr(shape), shape.static_lengths(), tf.ragged.stack_dynamic_partitions([1, 2, 3], [1, 0, 1], 2).row_splits,
    tf.ragged.stack_dynamic_partitions([1, 2, 3], c([1, 0, 1], tf.int64), 2).row_splits, tf.ragged.row_splits_to_segment_ids(np.array([0, 2, 3], np.int32)),
    tf.ragged.segment_ids_to_row_splits(np.array([0, 2], np.int32)), tf.RaggedTensor.from_tensor(tf.zeros([0, 3]), padding=0.0),
    err(lambda: tf.ragged.boolean_mask(f, c([[1, 0, 1], [0, 0, 1]]))), err(lambda: tf.function(lambda r: r.numpy())(rt)), err(lambda: tf.function(lambda r: r.to_list())(rt)),
    err(lambda: tf.function(lambda r: r.shape)(rt)), tf.function(lambda x: x.shape)(f),
]""",
    "strings": PRELUDE
    + """
split = tf.strings.split
table = tf.lookup.experimental.MutableHashTable(tf.int32, tf.int32, -1)
[
    [split(*a) for a in (("a b c", None, 0), ("a b c", None, 1), (" a  b ", None, 2), ("a,b,c", ",", 1), ("a", None, 1), ("", None, 1), (" a  b ", None, -5))],
    err(lambda: split(c([1]))), err(lambda: tf.strings.bytes_split(c([1]))), err(lambda: tf.strings.ngrams(c([[1]]), 2)), err(lambda: split(tf.ragged.constant([[1]]))),
    err(lambda: tf.io.decode_csv(c([1]), [[1.0]])), err(lambda: tf.io.parse_example(c([1]), {"a": tf.io.VarLenFeature(tf.int64)})),
    err(lambda: table.insert(c([1], tf.int64), [1])), err(lambda: table.lookup(c([1], tf.int64))), err(lambda: table.remove(c([1], tf.int64))),
    err(lambda: c(["a", "b"]) + c(["a", "b", "c"])), c(["a", "b"]) + c([["c"]]), tf.strings.format("{} and {}", [[[1.5, -2.0]], c(["a"])]), err(lambda: tf.strings.format("{}", 5)),
    tf.function(lambda s: tf.io.serialize_sparse(s))(tf.sparse.from_dense([[0.0, 1.0]])).shape,
]""",
    "images": PRELUDE
    + """
image = tf.reshape(tf.range(12.0) / 12, [2, 2, 3])
boxes, scores = c([[0, 0, 4, 4], [0, 0, 4, 5], [6, 6, 8, 8]]), c([1.0, 3.0, 2.0])
with tf.GradientTape() as t:
    t.watch(image)
    y = tf.image.hsv_to_rgb(image)
[
    tf.image.adjust_brightness(image, 1), tf.image.adjust_brightness(image, c(1)), t.gradient(y, image),
    tf.image.non_max_suppression_padded(boxes, scores, 3, pad_to_max_output_size=True),
]""",
    "TensorFlow 1's arguments": PRELUDE
    + """
v1, tnp = tf.compat.v1, tf.experimental.numpy
sp = tf.sparse.from_dense([[1.0, 0.0], [0.0, 2.0]])
[
    v1.expand_dims(f, dim=0), v1.transpose(f, perm=[1, 0]), v1.gather(f, [1]), v1.convert_to_tensor([1], preferred_dtype=tf.int64),
    tf.sparse.to_dense(v1.sparse.concat(0, [sp, sp], expand_nonconcat_dim=True)), [tf.sparse.to_dense(x) for x in v1.sparse.split(sp_input=sp, num_split=2, axis=1)],
    tnp.linspace(c(1.0), c(2.0), 3), tnp.linspace(1, 2, 3), tnp.linspace(1.0, 2.0, 3),
]""",
    "kinds of results": PRELUDE
    + """
pooled = tf.nn.max_pool_with_argmax(tf.reshape(tf.range(16.0), [1, 4, 4, 1]), 2, 2, "SAME")
shown = []
tf.function(lambda x: shown.append(str(x)), input_signature=[tf.TensorSpec(None)]).get_concrete_function()
[pooled.output, pooled.argmax, type(tf.nn.ctc_unique_labels([[1, 2, 1]])).__name__, shown[0]]""",
}
