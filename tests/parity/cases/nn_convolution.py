"""Cases of tf.nn's convolutions and their gradients."""

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
N = tf.nn
"""

CASES = {
    "conv1d": PRELUDE
    + """
x, k = f(2, 7, 3), f(3, 3, 4)
[
    grads(lambda a, b: N.conv1d(a, b, 1, "SAME"), x, k),
    grads(lambda a, b: N.conv1d(a, b, 2, "VALID"), x, k),
    grads(lambda a, b: N.conv1d(a, b, [3], "SAME"), x, k),
    grads(lambda a, b: N.conv1d(a, b, [1, 2, 1], "SAME"), x, k),
    N.conv1d(x, k, 1, "VALID", dilations=2),
    N.conv1d(f(2, 2, 7, 3), k, 1, "VALID"),
    N.conv1d(f(1, 7, 6), f(2, 3, 4), 1, "VALID").shape,
    err(lambda: N.conv1d(x, k, 1, "VALID", data_format="X")),
    err(lambda: N.conv1d(x, f(3, 2, 4), 1, "VALID")),
    err(lambda: N.conv1d(x, f(9, 3, 4), 1, "VALID")),
    err(lambda: N.conv1d(x, k, [1, 2], "VALID")),
]""",
    "conv2d": PRELUDE
    + """
x, k = f(2, 6, 5, 2), f(3, 2, 2, 3)
[
    grads(lambda a, b: N.conv2d(a, b, 1, "SAME"), x, k),
    grads(lambda a, b: N.conv2d(a, b, 1, "VALID"), x, k),
    grads(lambda a, b: N.conv2d(a, b, [2], "SAME"), x, k),
    grads(lambda a, b: N.conv2d(a, b, [2, 1], "VALID"), x, k),
    grads(lambda a, b: N.conv2d(a, b, [1, 2, 3, 1], "SAME"), x, k),
    grads(lambda a, b: N.conv2d(a, b, 1, [[0, 0], [1, 2], [0, 3], [0, 0]]), x, k),
    N.conv2d(x, k, 1, "SAME", dilations=2),
    N.conv2d(x, k, 1, "VALID", dilations=[2, 1]),
    N.conv2d(f(2, 3, 6, 5, 2), k, 2, "SAME"),
    N.conv2d(x.astype("float64"), k.astype("float64"), 1, "SAME"),
    N.conv2d(x.astype("float16"), k.astype("float16"), 1, "SAME"),
    N.conv2d((x * 3).astype("int32"), (k * 3).astype("int32"), 1, "VALID"),
]""",
    "conv2d_errors": PRELUDE
    + """
x, k = f(2, 6, 5, 2), f(3, 2, 2, 3)
[
    err(lambda: N.conv2d(x, k, 1, "FULL")),
    err(lambda: N.conv2d(x, k, 1, "same")),
    err(lambda: N.conv2d(x, k, [1, 1, 1], "SAME")),
    err(lambda: N.conv2d(x, k, [2, 1, 1, 1], "SAME")),
    err(lambda: N.conv2d(x, k, [1, 1, 1, 2], "SAME")),
    err(lambda: N.conv2d(x, k, 0, "SAME")),
    err(lambda: N.conv2d(x, k, 1, "SAME", dilations=0)),
    err(lambda: N.conv2d(x, k, 1, "SAME", dilations=[1, 1, 1])),
    err(lambda: N.conv2d(x, k, 1, "SAME", data_format="NCWH")),
    err(lambda: N.conv2d(x, f(3, 2, 3, 3), 1, "SAME")),
    err(lambda: N.conv2d(x, f(8, 2, 2, 3), 1, "VALID")),
    err(lambda: N.conv2d(x, f(3, 2, 2), 1, "VALID")),
    err(lambda: N.conv2d(f(6, 5, 2), k, 1, "VALID")),
    err(lambda: N.conv2d(x, k, 1, "EXPLICIT")),
    err(lambda: N.conv2d(x, k, 1, [[0, 0], [1, 1], [1, 1]])),
    err(lambda: N.conv2d(x, k, 1, [[0, 0], [1], [1, 1], [0, 0]])),
    err(lambda: N.conv2d(x, k, 1, [[1, 0], [1, 1], [1, 1], [0, 0]])),
    err(lambda: N.conv2d(x, k, 1, [[0, 0], [-1, 1], [1, 1], [0, 0]])),
    err(lambda: N.conv2d(x, k.astype("float64"), 1, "SAME")),
    err(lambda: tf.function(lambda: N.conv2d(tf.constant(x), f(3, 2, 3, 3), 1, "SAME"))()),
]""",
    "conv3d": PRELUDE
    + """
x, k = f(1, 3, 4, 3, 2), f(2, 2, 2, 2, 2)
[
    grads(lambda a, b: N.conv3d(a, b, [1] * 5, "SAME"), x, k),
    grads(lambda a, b: N.conv3d(a, b, [1, 2, 1, 2, 1], "VALID"), x, k),
    N.conv3d(f(2, 1, 3, 4, 3, 2), k, [1] * 5, "VALID"),
    err(lambda: N.conv3d(x, k, 1, "SAME")),
    err(lambda: N.conv3d(x, k, [1, 1, 1], "SAME")),
    err(lambda: N.conv3d(x, k, [1] * 5, [[0, 0]] * 5)),
    err(lambda: N.conv3d(x, f(2, 2, 2, 3, 2), [1] * 5, "SAME")),
]""",
    "convolution": PRELUDE
    + """
[
    grads(lambda a, b: N.convolution(a, b), f(2, 6, 2), f(3, 2, 2)),
    grads(lambda a, b: N.convolution(a, b, padding="SAME", dilations=2), f(2, 6, 2), f(3, 2, 2)),
    grads(lambda a, b: N.convolution(a, b, padding="SAME", dilations=[2, 3]), f(2, 6, 7, 2), f(3, 2, 2, 2)),
    grads(lambda a, b: N.convolution(a, b, strides=2, padding="SAME"), f(2, 6, 7, 2), f(3, 2, 2, 2)),
    N.convolution(f(1, 4, 5, 6, 2), f(2, 2, 2, 2, 3), dilations=2, padding="SAME"),
    N.convolution(f(1, 4, 5, 6, 2), f(2, 2, 2, 2, 3), strides=[1, 2, 2]),
    N.convolution(f(2, 3, 6, 5, 2), f(3, 2, 2, 3), padding="SAME"),
    err(lambda: N.convolution(f(2, 6, 7, 2), f(3, 2, 2, 2), strides=2, dilations=2)),
    err(lambda: N.convolution(f(2, 6), f(3, 2))),
    err(lambda: N.convolution(f(2, 6, 7, 2), f(3, 2, 2, 2), strides=[1, 1, 1])),
    grads(lambda a, b: N.atrous_conv2d(a, b, 2, "VALID"), f(2, 6, 7, 2), f(3, 2, 2, 2)),
    N.atrous_conv2d(f(2, 6, 7, 2), f(3, 2, 2, 2), 1, "SAME"),
    N.atrous_conv2d(f(2, 6, 7, 2), f(3, 2, 2, 2), [1, 2], "SAME"),
    err(lambda: N.atrous_conv2d(f(2, 6, 7, 2), f(3, 2, 2, 2), 0, "SAME")),
]""",
    "conv_transpose": PRELUDE
    + """
[
    grads(lambda a, b: N.conv1d_transpose(a, b, [2, 8, 3], 2), f(2, 4, 2), f(3, 3, 2)),
    N.conv1d_transpose(f(2, 4, 2), f(3, 3, 2), [2, 9, 3], [2], "VALID"),
    N.conv1d_transpose(f(2, 4, 2), f(3, 3, 2), [2, 10, 3], [1, 2, 1], "VALID"),
    grads(lambda a, b: N.conv2d_transpose(a, b, [2, 6, 7, 3], [2, 3]), f(2, 3, 3, 2), f(3, 2, 3, 2)),
    grads(lambda a, b: N.conv2d_transpose(a, b, [2, 5, 4, 3], 1, "VALID"), f(2, 3, 3, 2), f(3, 2, 3, 2)),
    N.conv2d_transpose(f(2, 3, 3, 2), f(3, 2, 3, 2), [2, 5, 5, 3], 2, [[0, 0], [1, 1], [0, 1], [0, 0]]),
    N.conv2d_transpose(f(2, 3, 3, 2), f(3, 2, 3, 2), tf.stack([2, 6, 6, 3]), [1, 2, 2, 1]),
    grads(lambda a, b: N.conv3d_transpose(a, b, [1, 4, 4, 4, 2], 2), f(1, 2, 2, 2, 3), f(2, 3, 2, 2, 3)),
    N.conv3d_transpose(f(1, 2, 2, 2, 3), f(2, 3, 2, 2, 3), [1, 3, 4, 3, 2], [1] * 5, "VALID"),
    N.conv_transpose(f(2, 4, 2), f(3, 3, 2), [2, 8, 3], 2),
    N.conv_transpose(f(2, 3, 3, 2), f(3, 2, 3, 2), [2, 6, 6, 3], 2),
    N.conv_transpose(f(1, 2, 2, 2, 3), f(2, 3, 2, 2, 3), tf.constant([1, 4, 4, 4, 2]), 2),
    err(lambda: N.conv_transpose(f(2, 3), f(3, 3), [2, 3], 2)),
    err(lambda: N.conv2d_transpose(f(2, 3, 3, 2), f(3, 2, 3, 2), [2, 7, 7, 3], 2, "VALID")),
    err(lambda: N.conv2d_transpose(f(2, 3, 3, 2), f(3, 2, 3, 2), [2, 6, 6, 4], 2)),
    err(lambda: N.conv2d_transpose(f(2, 3, 3, 2), f(3, 2, 3, 2), [2, 6, 6], 2)),
    err(lambda: N.conv1d_transpose(f(2, 4, 2), f(3, 3, 2), [2, 8, 3], 2, data_format="A")),
    grads(lambda a, b: N.atrous_conv2d_transpose(a, b, [2, 6, 6, 3], 2, "SAME"), f(2, 6, 6, 2), f(3, 2, 3, 2)),
    N.atrous_conv2d_transpose(f(2, 4, 4, 2), f(3, 2, 3, 2), [2, 8, 6, 3], 2, "VALID"),
    N.atrous_conv2d_transpose(f(2, 4, 4, 2), f(3, 2, 3, 2), [2, 4, 4, 3], 1, "SAME"),
    err(lambda: N.atrous_conv2d_transpose(f(2, 6, 6, 2), f(3, 2, 3, 2), [2, 6, 6, 3], 0, "SAME")),
    err(lambda: N.atrous_conv2d_transpose(f(2, 6, 6, 2), f(3, 2, 3, 3), [2, 6, 6, 3], 2, "SAME")),
    err(lambda: N.atrous_conv2d_transpose(f(2, 6, 6, 2), f(3, 2, 3, 2), [2, 6, 6, 3], 2, "FULL")),
]""",
    "depthwise": PRELUDE
    + """
x, k = f(2, 6, 5, 3), f(3, 2, 3, 2)
[
    grads(lambda a, b: N.depthwise_conv2d(a, b, [1] * 4, "SAME"), x, k),
    grads(lambda a, b: N.depthwise_conv2d(a, b, [1, 2, 2, 1], "VALID"), x, k),
    grads(lambda a, b: N.depthwise_conv2d(a, b, [1] * 4, "SAME", dilations=[2, 2]), x, k),
    N.depthwise_conv2d(x, k, [1] * 4, "VALID", dilations=[2, 1]),
    N.depthwise_conv2d(x, k, [1] * 4, [[0, 0], [1, 0], [2, 1], [0, 0]]),
    err(lambda: N.depthwise_conv2d(x, f(3, 2, 2, 2), [1] * 4, "SAME")),
    err(lambda: N.depthwise_conv2d(x, k, [1] * 4, "SAME", dilations=[1])),
    grads(lambda a, b, c: N.separable_conv2d(a, b, c, [1] * 4, "SAME"), x, k, f(1, 1, 6, 4)),
    N.separable_conv2d(x, k, f(1, 1, 6, 4), [1, 2, 2, 1], "VALID"),
    N.separable_conv2d(x, k, f(1, 1, 6, 4), [1] * 4, "SAME", dilations=[2, 2]),
    err(lambda: N.separable_conv2d(x, k, f(2, 1, 6, 4), [1] * 4, "SAME")),
    err(lambda: N.separable_conv2d(x, k, f(1, 6, 4), [1] * 4, "SAME")),
]""",
    "backprops": PRELUDE
    + """
x, k = f(2, 6, 5, 3), f(3, 2, 3, 2)
[
    N.depthwise_conv2d_backprop_input([2, 6, 5, 3], k, f(2, 6, 5, 6), [1] * 4, "SAME"),
    N.depthwise_conv2d_backprop_filter(x, [3, 2, 3, 2], f(2, 3, 3, 6), [1, 2, 2, 1], "SAME"),
    tf.conv(x, k, [1, 1, 1, 1], "SAME"),
    tf.conv(x, k, [1, 2, 2, 1], "VALID"),
    tf.conv(f(1, 3, 4, 3, 2), f(2, 2, 2, 2, 2), [1] * 5, "SAME"),
    tf.conv(x, k, [1] * 4, "EXPLICIT", explicit_paddings=[0, 0, 1, 1, 0, 2, 0, 0]),
]""",
    "morphology": PRELUDE
    + """
x, k = f(2, 5, 6, 2), f(2, 3, 2)
[
    grads(lambda a, b: N.dilation2d(a, b, [1] * 4, "SAME", "NHWC", [1] * 4), x, k),
    grads(lambda a, b: N.dilation2d(a, b, [1, 2, 2, 1], "VALID", "NHWC", [1] * 4), x, k),
    N.dilation2d(x, k, [1] * 4, "SAME", "NHWC", [1, 2, 2, 1]),
    grads(lambda a, b: N.erosion2d(a, b, [1] * 4, "SAME", "NHWC", [1] * 4), x, k),
    N.erosion2d(x, k, [1, 2, 1, 1], "VALID", "NHWC", [1, 1, 2, 1]),
    err(lambda: N.dilation2d(x, k, [1] * 4, "SAME", "NCHW", [1] * 4)),
    err(lambda: N.erosion2d(x, k, [1] * 4, "SAME", "NCHW", [1] * 4)),
    err(lambda: N.dilation2d(x, f(2, 3, 3), [1] * 4, "SAME", "NHWC", [1] * 4)),
    err(lambda: N.dilation2d(x, k, 1, "SAME", "NHWC", [1] * 4)),
]""",
    "symbolic": """
i = keras.Input((8, 8, 3))
[
    tuple(tf.nn.conv2d(i, tf.ones((3, 3, 3, 4)), 2, "SAME").shape),
    tuple(tf.nn.depthwise_conv2d(i, tf.ones((3, 3, 3, 2)), [1] * 4, "VALID").shape),
    tuple(tf.nn.max_pool2d(i, 2, 2, "SAME").shape),
    tuple(tf.nn.avg_pool(i, 3, 1, "VALID").shape),
    keras.Model(i, tf.nn.conv2d(i, tf.ones((3, 3, 3, 4)), 2, "SAME"))(tf.ones((1, 8, 8, 3))),
]""",
}
CASES["symbolic@k2"] = CASES.pop("symbolic")
