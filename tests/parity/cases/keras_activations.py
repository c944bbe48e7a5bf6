"""Cases of tf.keras.activations."""

PRELUDE = """\
A = tf.keras.activations
def err(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return "no error"
V = np.array([[-7., -3., -2.5, -1., -0.5, 0., 0.25, 0.5, 1., 2.5, 3., 6., 8.]], "float32")
def grad(f, x=V):
    x = tf.constant(x)
    with tf.GradientTape() as t:
        t.watch(x)
        y = f(x)
    return [y, t.gradient(y, x)]
"""
_COMMON = (
    "elu", "exponential", "gelu", "hard_sigmoid", "leaky_relu", "linear", "log_softmax", "mish", "relu", "relu6",
    "selu", "sigmoid", "silu", "softmax", "softplus", "softsign", "swish", "tanh",
)  # fmt: skip
_NEW = (
    "celu", "hard_shrink", "hard_silu", "hard_swish", "hard_tanh", "log_sigmoid", "soft_shrink", "sparse_plus",
    "sparse_sigmoid", "sparsemax", "squareplus", "tanh_shrink",
)  # fmt: skip
TABLE = {
    "common": f"[grad(getattr(A, n)) for n in {_COMMON!r}]",
    "half": f"[getattr(A, n)(tf.constant(V, 'float16')) for n in {_COMMON!r}]",
    "double": f"[getattr(A, n)(tf.constant(V, 'float64')) for n in {_COMMON!r}]",
    "get": f"[A.get(n)(tf.constant(V[:, :3])) for n in {_COMMON!r}]",
    "serialize": f"[A.serialize(A.get(n)) for n in {_COMMON!r}]",
    "relu_arguments": "[grad(lambda x: A.relu(x, 0.1)), grad(lambda x: A.relu(x, max_value=6)), grad(lambda x: A.relu(x, max_value=2.)),"
    " grad(lambda x: A.relu(x, threshold=1.)), grad(lambda x: A.relu(x, 0.2, 5., 1.)), A.relu(tf.constant([-1, 2]))]",
    "gelu_arguments": "[grad(lambda x: A.gelu(x, True)), grad(lambda x: A.gelu(x, approximate=False))]",
    "elu_arguments": "[grad(lambda x: A.elu(x, 0.3)), A.elu(tf.constant([-1000., 1000.]))]",
    "softmax_axes": "[A.softmax(tf.constant(V.repeat(2, 0)), axis=0), err(lambda: A.softmax(tf.constant([1., 2.])))]",
    "errors": "[err(lambda: A.get('nope')), err(lambda: A.get(3)), A.get(None) is A.linear, A.get(abs) is abs, A.deserialize('relu') is A.relu]",
    "symbolic": f"[list(getattr(A, n)(tf.keras.Input((3,))).shape) for n in {_COMMON!r} if n != 'mish']",
    "custom": """
@tf.keras.utils.register_keras_serializable("pkg")
def twice(x):
    return 2 * x
[A.serialize(twice), A.get("pkg>twice")(tf.constant([1.])) if False else 1, A.deserialize("twice", custom_objects={"twice": twice}) is twice]""",
}
TABLE_NEW = {
    "new": f"[grad(getattr(A, n)) for n in {_NEW!r}]",
    "new_arguments": "[grad(lambda x: A.celu(x, 2.)), grad(lambda x: A.soft_shrink(x, 1.)), grad(lambda x: A.hard_shrink(x, 1.)),"
    " grad(lambda x: A.threshold(x, 0.5, 9.)), grad(lambda x: A.squareplus(x, 1)), A.glu(V[:, :12]), A.glu(V.T.repeat(2, 1), axis=1),"
    " err(lambda: A.glu(tf.constant(V))), A.softmax(V, axis=None), A.log_softmax(V, axis=None), A.sparsemax(V.T, axis=0)]",
    "new_serialize": f"[A.serialize(A.get(n)) for n in {_NEW!r}]",
    "leaky_default": "[grad(lambda x: A.leaky_relu(x)), grad(lambda x: A.leaky_relu(x, negative_slope=0.5))]",
}
CASES = {name: PRELUDE + code for name, code in {**TABLE, **TABLE_NEW}.items()}
_OLD = (
    "elu", "exponential", "gelu", "hard_sigmoid", "linear", "mish", "relu", "selu", "sigmoid", "softmax", "softplus",
    "softsign", "swish", "tanh",
)  # fmt: skip
CASES |= {name + "@k2": PRELUDE + code.replace(repr(_COMMON), repr(_OLD)) for name, code in TABLE.items()}
