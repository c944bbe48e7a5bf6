"""Cases of tf.nn's pooling and its gradients, ties among them."""

PRELUDE = """\
def err(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return "no error"
def grads(f, *xs):
    xs = [tf.constant(x) for x in xs]
    with tf.GradientTape() as t:
        for x in xs:
            t.watch(x)
        y = f(*xs)
        z = tf.reduce_sum(y * tf.cast(tf.reshape(tf.range(tf.size(y)) % 7 - 3, tf.shape(y)), y.dtype))
    return [y, *t.gradient(z, xs)]
r = np.random.RandomState(0)
def f(*shape):
    return r.randn(*shape).astype("float32")
T = r.randint(0, 3, (2, 6, 6, 2)).astype("float32")
N = tf.nn
"""

CASES = {
    "max_pool": PRELUDE
    + """
x = f(2, 6, 7, 2)
[
    grads(lambda a: N.max_pool(a, 2, 2, "VALID"), x),
    grads(lambda a: N.max_pool(a, 2, 2, "SAME"), x),
    grads(lambda a: N.max_pool(a, 3, 2, "SAME"), x),
    grads(lambda a: N.max_pool(a, [2, 3], [1, 2], "VALID"), x),
    grads(lambda a: N.max_pool(a, [1, 2, 3, 1], [1, 2, 3, 1], "VALID"), x),
    grads(lambda a: N.max_pool(a, 2, 2, [[0, 0], [1, 0], [1, 1], [0, 0]]), x),
    grads(lambda a: N.max_pool(a, 2, 2, "VALID"), T),
    grads(lambda a: N.max_pool(a, 3, 3, "SAME"), T),
    grads(lambda a: N.max_pool(a, 3, 1, "SAME"), T),
    grads(lambda a: N.max_pool(a, 3, 2, "VALID"), T),
    grads(lambda a: N.max_pool2d(a, 6, 6, "VALID"), np.zeros((1, 6, 6, 1), "float32")),
    grads(lambda a: N.max_pool(a, 2, 2, "VALID"), f(2, 7, 3)),
    grads(lambda a: N.max_pool1d(a, 3, 1, "SAME"), f(2, 7, 3)),
    N.max_pool1d(f(2, 7, 3), 3, 2, [[0, 0], [2, 1], [0, 0]]),
    grads(lambda a: N.max_pool3d(a, 2, 2, "SAME"), f(1, 4, 3, 2, 2)),
    N.max_pool(f(1, 4, 4, 2, 2), 2, 2, "VALID"),
    N.max_pool(tf.constant((x * 5).astype("int32")), 2, 2, "VALID"),
    N.max_pool(tf.constant((x * 5).astype("int8")), 3, 1, "SAME"),
    N.max_pool(tf.constant(x.astype("float64")), 3, 1, "SAME"),
    N.max_pool(tf.constant(x.astype("float16")), 2, 2, "VALID"),
]""",
    "max_pool_of_volumes": PRELUDE
    + """
V = r.randint(0, 3, (1, 5, 4, 4, 2)).astype("float32")
[
    *[grads(lambda a: N.max_pool3d(a, w, s, "SAME"), V) for w, s in ((2, 2), (3, 2), (2, 1), ((1, 2, 2), (1, 2, 2)))],
    grads(lambda a: N.max_pool3d(a, 2, 1, "VALID"), f(1, 4, 3, 2, 2)),
    grads(tf.function(lambda a: tf.keras.layers.MaxPooling3D(2)(a)), V),
]""",
    "avg_pool": PRELUDE
    + """
x = f(2, 6, 7, 2)
[
    grads(lambda a: N.avg_pool2d(a, 2, 2, "VALID"), x),
    grads(lambda a: N.avg_pool2d(a, 2, 2, "SAME"), x),
    grads(lambda a: N.avg_pool2d(a, 3, 2, "SAME"), x),
    grads(lambda a: N.avg_pool2d(a, [2, 3], [1, 2], "VALID"), x),
    grads(lambda a: N.avg_pool1d(a, 3, 1, "SAME"), f(2, 7, 3)),
    N.avg_pool(f(2, 7, 3), 3, 3, "VALID"),
    grads(lambda a: N.avg_pool3d(a, 2, 2, "SAME"), f(1, 4, 3, 2, 2)),
    N.avg_pool(f(1, 4, 3, 2, 2), [2, 1, 2], [1, 1, 1], "VALID"),
    N.avg_pool(tf.constant(x.astype("float64")), 3, 1, "SAME"),
    err(lambda: N.avg_pool((x * 5).astype("int32"), 2, 2, "VALID")),
]""",
    "errors": PRELUDE
    + """
x = f(2, 6, 7, 2)
[
    err(lambda: N.max_pool(f(2, 3), 2, 2, "VALID")),
    err(lambda: N.max_pool(x, [1, 2, 2], 2, "VALID")),
    err(lambda: N.max_pool(x, 2, 2, "valid")),
    err(lambda: N.max_pool(x, 2, 2, "VALID", data_format="XYZ")),
    err(lambda: N.max_pool(x, [2, 2, 2, 1], 2, "VALID")),
    err(lambda: N.max_pool(x, 2, 0, "VALID")),
    err(lambda: N.max_pool(x, 0, 1, "VALID")),
    err(lambda: N.max_pool(x, 9, 1, "VALID")),
    err(lambda: N.max_pool(x, 2, 1, [[0, 0], [2, 0], [0, 0], [0, 0]])),
    err(lambda: N.avg_pool(x, 9, 1, "VALID")),
    err(lambda: N.max_pool(f(1, 4, 4, 2, 2), 2, 2, [[0, 0]] * 5)),
    err(lambda: N.max_pool2d(f(2, 3, 4), 2, 2, "VALID")),
]""",
    "with_argmax": PRELUDE
    + """
x = f(2, 6, 7, 2)
[
    N.max_pool_with_argmax(x, 2, 2, "VALID"),
    N.max_pool_with_argmax(x, 3, 2, "SAME"),
    N.max_pool_with_argmax(x, [2, 3], [1, 2], "VALID", output_dtype=tf.int32),
    N.max_pool_with_argmax(x, 2, 2, "SAME", include_batch_in_index=True),
    N.max_pool_with_argmax(T, 3, 1, "SAME"),
    grads(lambda a: N.max_pool_with_argmax(a, 2, 2, "VALID")[0], T),
    err(lambda: N.max_pool_with_argmax(x, 2, 2, "VALID", data_format="NCHW")),
]""",
    "pool": PRELUDE
    + """
x = f(2, 6, 7, 2)
[
    grads(lambda a: N.pool(a, [2], "MAX"), f(2, 7, 3)),
    grads(lambda a: N.pool(a, [2, 2], "AVG", strides=[2, 1], padding="SAME"), x),
    grads(lambda a: N.pool(a, [2, 2], "MAX", dilations=[2, 3]), x),
    N.pool(x, [2, 2], "AVG", dilations=[2, 1]),
    N.pool(f(1, 4, 4, 4, 2), [2, 2, 1], "MAX", strides=[1, 2, 1]),
    N.pool(f(2, 7, 3), [3], "AVG", padding="SAME"),
    err(lambda: N.pool(x, [2, 2], "MIN")),
    err(lambda: N.pool(x, [2, 2], "MAX", strides=[3, 1])),
    err(lambda: N.pool(x, [2, 2], "MAX", strides=[2, 1], dilations=[2, 2])),
    err(lambda: N.pool(x, [2, 2], "MAX", padding="SAME", dilations=[2, 2])),
    err(lambda: N.pool(x, [2], "MAX")),
    err(lambda: N.pool(x, [2, 2], "MAX", strides=[1])),
    err(lambda: N.pool(x, [2, 2], "MAX", dilations=[0, 1])),
]""",
    "higher_order": PRELUDE
    + """
x = tf.constant(f(1, 4, 4, 1))
with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape() as inner:
        inner.watch(x)
        y = tf.reduce_sum(N.max_pool(x, 2, 2, "VALID") ** 3) + tf.reduce_sum(N.avg_pool(x, 2, 2, "VALID") ** 3)
    g = inner.gradient(y, x)
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as acc:
    y = N.max_pool(x, 2, 2, "VALID")
[g, outer.gradient(g, x), acc.jvp(y)]""",
    "fractional": """
x = tf.reshape(tf.range(2 * 9 * 8 * 1, dtype=tf.float32), (2, 9, 8, 1))
def checked(f, overlapping, reduce):
    out, rows, columns = f(x, [1.0, 1.5, 1.6, 1.0], pseudo_random=True, overlapping=overlapping, seed=3)
    rows, columns = rows.numpy(), columns.numpy()
    extra = 1 if overlapping else 0
    want = np.array([[[reduce(x.numpy()[b, rows[i]:rows[i + 1] + extra, columns[j]:columns[j + 1] + extra])
                       for j in range(len(columns) - 1)] for i in range(len(rows) - 1)] for b in range(2)])
    return [out.shape, rows[0], rows[-1], columns[0], columns[-1], set(np.diff(rows).tolist()) <= {1, 2},
            np.allclose(out.numpy()[..., 0], want)]
def err(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return "no error"
[
    checked(tf.nn.fractional_max_pool, False, np.max),
    checked(tf.nn.fractional_max_pool, True, np.max),
    checked(tf.nn.fractional_avg_pool, False, np.mean),
    checked(tf.nn.fractional_avg_pool, True, np.mean),
    [a.shape for a in tf.nn.fractional_max_pool(x, 1.4)],
    err(lambda: tf.nn.fractional_max_pool(x, 0.5)),
    err(lambda: tf.nn.fractional_max_pool(x, [2.0, 1.5, 1.5, 1.0])),
    err(lambda: tf.nn.fractional_max_pool(x, "a")),
]""",
    "over_channels": """
x = tf.constant(np.random.RandomState(0).rand(2, 4, 5, 6), tf.float32)
def run(f, x, k, s, padding="VALID"):
    try:
        return f(x, k, s, padding)
    except Exception as e:
        return type(e).__name__
P = tf.nn.max_pool
[run(P, x, (1, 1, 1, 3), (1, 1, 1, 3)), run(P, x, [1, 1, 1, 2], [1, 2, 1, 2], "SAME"), run(P, x[0], (1, 1, 3), (1, 1, 3)), run(tf.nn.max_pool2d, x, (1, 1, 1, 6), (1, 1, 1, 6)),
 run(tf.function(P), x, (1, 1, 1, 3), (1, 1, 1, 3)), run(P, x, (1, 1, 1, 4), (1, 1, 1, 4)), run(P, x, (1, 1, 1, 2), (1, 1, 1, 1)), run(P, x, (1, 2, 2, 2), (1, 2, 2, 2)), run(P, x, (1, 1, 1, 2), 1)]""",
}
