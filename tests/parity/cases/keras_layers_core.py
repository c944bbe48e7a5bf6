"""Cases of dense, embedding and lambda layers, and of activation layers."""

import pathlib
import runpy

both = runpy.run_path(str(pathlib.Path(__file__).with_name("_layers.py")))["both"]

# layers whose calls raise, and what is said then
NARROW = """
class Narrow(tf.keras.layers.Layer):
    def call(self, x, scale=2.0, training=None):
        if x.shape[-1] == 3:
            raise ValueError("bad width")
        return x
"""
OUTER = """class Outer(tf.keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.inner = Narrow(name="inner")
    def call(self, x):
        return self.inner(x)
def said(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__, str(e)
"""

# what there is to know of a layer after `quantize`
QUANTIZED = """
def quantized(layer, x, *args, **kw):
    layer(x)
    fixed(layer)
    before = layer(x)
    layer.quantize(*args, **kw)
    x = tf.convert_to_tensor(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        out = layer(x)
    store = {}
    layer.save_own_variables(store)
    copy = type(layer).from_config(layer.get_config())
    copy.build(x.shape)
    copy.set_weights(layer.get_weights())
    return [before, out, tape.gradient(out, x) if is_float(x) else None, layer.get_weights(), [short(w) for w in layer.weights],
            [short(w) for w in layer.trainable_weights], layer.dtype_policy.name, plain(layer.get_config()),
            {k: np.asarray(v) for k, v in store.items()}, copy(x)]
"""

TABLE = {
    "dense": 'go(L.Dense(3, name="l"), X(2, 4))',
    "dense_nd": 'go(L.Dense(3, activation="tanh", use_bias=False, name="l"), X(2, 3, 5, 4))',
    "dense_settings": """go(L.Dense(3, activation="softmax", kernel_initializer="he_normal", bias_initializer="ones",
        kernel_regularizer="l2", bias_regularizer=tf.keras.regularizers.L1(0.1), activity_regularizer="l1",
        kernel_constraint="non_neg", bias_constraint=tf.keras.constraints.MaxNorm(1.), name="l"), X(2, 4))""",
    "dense_int": 'go(L.Dense(3, name="l"), np.arange(8, dtype="int32").reshape(2, 4))',
    "dense_mixed": 'go(L.Dense(3, dtype="mixed_float16", name="l"), X(2, 4))',
    "dense_float64": 'go(L.Dense(3, dtype="float64", name="l"), X(2, 4))',
    "dense_errors": """[err(lambda: L.Dense(0)), err(lambda: L.Dense(-1)), err(lambda: L.Dense("a")),
        err(lambda: L.Dense(2)(X(3))), err(lambda: L.Dense(2, activation="nope")), err(lambda: L.Dense(2, foo=1)),
        err(lambda: L.Dense(2, kernel_initializer="nope"))]""",
    "dense_mismatch": """
d = L.Dense(2)
d(X(2, 3))
[err(lambda: d(X(2, 4))), err(lambda: d.set_weights([X(3, 2)])), d.count_params(), err(lambda: L.Dense(1).count_params())]""",
    "dense_losses": """
d = L.Dense(2, kernel_regularizer="l2", activity_regularizer=tf.keras.regularizers.L2(0.5), kernel_initializer="ones")
d(np.ones((3, 4), "float32"))
[len(d.losses), sorted(float(x) for x in d.losses)]""",
    "dense_shapes": """[tuple(L.Dense(5).compute_output_shape((None, 3))), tuple(L.Dense(5).compute_output_shape((2, 7, 3)))]""",
    "dense_lora": """
d = L.Dense(3, lora_rank=2, name="l")
out = go(d, X(2, 4))
d2 = L.Dense(3)
d2.build((None, 4))
d2.enable_lora(1, lora_alpha=4)
[out, [w.path.split("/")[-1] for w in d2.trainable_weights], d2.get_config()["lora_alpha"],
 err(lambda: d2.enable_lora(1)), err(lambda: L.Dense(2).enable_lora(1)),
 err(lambda: L.Dense(2, kernel_constraint="non_neg", lora_rank=1)(X(2, 2)))]""",
    "einsum": """[go(L.EinsumDense("abc,cd->abd", output_shape=(None, 6), bias_axes="d", name="l"), X(2, 3, 4)),
        go(L.EinsumDense("ab,bc->ac", output_shape=5, activation="relu", name="m"), X(2, 4)),
        go(L.EinsumDense("...x,xy->...y", output_shape=5, bias_axes="y", name="n"), X(2, 3, 4)),
        go(L.EinsumDense("abc,cde->abde", output_shape=(None, 2, 3), bias_axes="de", name="o"), X(2, 3, 4)),
        go(L.EinsumDense("abc,cde->abde", output_shape=(None, 2, 3), bias_axes="e", name="p"), X(2, 3, 4))]""",
    "einsum_elided": 'go(L.EinsumDense("ab...,bc->ac...", output_shape=6, bias_axes="c", name="l"), X(2, 3, 4, 5))',
    "einsum_errors": """[err(lambda: L.EinsumDense("abc,cd,ef->abd", (None, 6))(X(2, 3, 4))),
        err(lambda: L.EinsumDense("abc,cd->abd", (7, 6))(X(2, 3, 4))),
        err(lambda: L.EinsumDense("abc,cd->abe", (None, 6))(X(2, 3, 4))),
        err(lambda: L.EinsumDense("abc,cd->abd", (None, 6), bias_axes="z")(X(2, 3, 4)))]""",
    "embedding": 'go(L.Embedding(7, 3, name="l"), np.array([[1, 2, 6], [0, 0, 3]]))',
    "embedding_mask": 'go(L.Embedding(7, 3, mask_zero=True, embeddings_regularizer="l2", name="l"), np.array([[1, 2, 0]], "int32"))',
    "embedding_mixed": 'go(L.Embedding(7, 3, dtype="mixed_bfloat16", name="l"), np.array([[1, 2, 0]], "int32"))',
    "embedding_float": 'go(L.Embedding(7, 3, name="l"), np.array([[1., 2., 0.]], "float32"))',
    "embedding_weights": """[L.Embedding(4, 2, weights=[np.arange(8.).reshape(4, 2).astype("float32")])(np.array([3, 1])),
        err(lambda: L.Embedding(0, 2)), err(lambda: L.Embedding(2, -1)),
        tuple(L.Embedding(4, 2).compute_output_shape((None, 5)))]""",
    "embedding_lora": 'go(L.Embedding(7, 3, lora_rank=2, name="l"), np.array([[1, 2, 6]]))',
    "embedding_length": """
e = L.Embedding(5, 2, input_length=3)
[plain({k: v for k, v in e.get_config().items() if k in ("input_length", "batch_input_shape")}),
 tuple(e.compute_output_shape((None, 3))), err(lambda: e.compute_output_shape((None, 4)))]""",
    "reversible": """
e = L.ReversibleEmbedding(7, 3, name="l")
u = L.ReversibleEmbedding(7, 3, tie_weights=False, logit_soft_cap=2.0, mask_zero=True, name="u")
out = [go(e, np.array([[1, 2, 6]])), go(u, np.array([[1, 2, 0]]))]
[out, e(X(1, 2, 3), reverse=True), u(X(1, 2, 3), reverse=True)]""",
    "masking": """[go(L.Masking(name="l"), np.array([[[1., 0.], [0., 0.], [0., 2.]]], "float32")),
        go(L.Masking(mask_value=-1.0, name="m"), np.array([[[-1., -1.], [0., 0.]]], "float32"))]""",
    "identity": 'go(L.Identity(name="l"), X(2, 3))',
    "activation": """[go(L.Activation(a, name="l"), X(2, 3)) for a in
        ("relu", "elu", "selu", "softmax", "softplus", "softsign", "tanh", "sigmoid", "exponential", "hard_sigmoid",
         "linear", "gelu", "swish", "silu", "mish", "leaky_relu", "relu6")]""",
    "activation_fn": """[go(L.Activation(tf.keras.activations.relu, name="l"), X(2, 3)), err(lambda: L.Activation("nope")),
        err(lambda: L.Activation(3)), L.Activation(None)(X(1, 2)).shape.as_list()]""",
    "relu": """[go(L.ReLU(name="l"), X(2, 3)), go(L.ReLU(1.0, name="l"), X(2, 3)), go(L.ReLU(6, 0.3, name="l"), 5 * X(2, 3)),
        go(L.ReLU(2.0, 0.3, 0.5, name="l"), 3 * X(2, 3)), go(L.ReLU(None, 0.0, 0.5, name="l"), X(2, 3)),
        err(lambda: L.ReLU(-1.)), err(lambda: L.ReLU(negative_slope=-1.)), err(lambda: L.ReLU(negative_slope=None)),
        err(lambda: L.ReLU(threshold=-1.))]""",
    "leaky_relu": """[go(L.LeakyReLU(name="l"), X(2, 3)), go(L.LeakyReLU(alpha=0.1, name="l"), X(2, 3)),
        go(L.LeakyReLU(0.5, name="l"), X(2, 3)), err(lambda: L.LeakyReLU(None))]""",
    "elu": 'go(L.ELU(name="l"), X(2, 3)), go(L.ELU(0.3, name="l"), X(2, 3))',
    "prelu": """[go(L.PReLU(name="l"), X(2, 3)), go(L.PReLU(shared_axes=[1, 2], alpha_regularizer="l2", name="l"), X(2, 3, 4, 5)),
        go(L.PReLU(alpha_initializer=tf.keras.initializers.Constant(0.25), shared_axes=1, name="l"), X(2, 3, 4))]""",
    "softmax": """[go(L.Softmax(name="l"), X(2, 3)), go(L.Softmax(axis=1, name="l"), X(2, 3, 4)),
        go(L.Softmax(axis=(1, 2), name="l"), X(2, 3, 4)), go(L.Softmax(axis=[1], name="l"), X(2, 3, 4)),
        L.Softmax()(X(2, 3), mask=np.array([[True, True, False], [True, False, False]])),
        L.Softmax()(X(2, 3).astype("float16"), mask=np.array([[True, True, False], [True, False, False]])),
        L.Softmax(axis=(0, 1))(X(2, 3), mask=np.array([[1., 1., 0.], [1., 0., 0.]], "float32"))]""",
    "softmax_robust": """[go(L.Softmax(robust_masking=True, name="l"), X(2, 3)),
        L.Softmax(robust_masking=True)(X(2, 3), mask=np.array([[1., 1., 0.], [1., 0., 0.]], "float32"))]""",
    "thresholded_relu": """[go(L.ThresholdedReLU(name="l"), X(2, 3)), go(L.ThresholdedReLU(0.3, name="l"), X(2, 3)),
        err(lambda: L.ThresholdedReLU(-1.)), err(lambda: L.ThresholdedReLU(None))]""",
    "lambda_named": """
def double(x, k=2):
    return x * k
l = L.Lambda(double, arguments={"k": 3}, name="l")
[l(X(2, 3)), l(tf.keras.Input((3,))).shape[-1], sorted(plain(l.get_config())), l.get_config()["arguments"]]""",
    "lambda_mask": """
l = L.Lambda(lambda x, mask=None: x if mask is None else tf.where(mask[..., None], x, 0.), mask=lambda i, m: m)
x = L.Masking()(np.array([[[1.], [0.]]], "float32"))
y = l(x)
t = L.Lambda(lambda x, training=None: x * 2 if training else x)
[y, y._keras_mask, t(X(1, 2), training=True), t(X(1, 2)),
 list(L.Lambda(lambda x: x, output_shape=(5,)).compute_output_shape((None, 3))),
 list(L.Lambda(lambda x: tf.concat([x, x], -1)).compute_output_shape((2, 3))),
 list(L.Lambda(lambda x: x, output_shape=lambda s: (s[0], 9)).compute_output_shape((None, 3)))]""",
    "lambda_round_trip": """
l = L.Lambda(lambda x, k=2: x * k)
c = l.get_config()
m = L.Lambda.from_config(c, safe_mode=False)
[m(X(1, 2)), err(lambda: L.Lambda.from_config(l.get_config()))]""",
    "wrapper": """
w = L.Wrapper(L.Dense(2, name="d"), name="w")
w.build((None, 3))
[plain(w.get_config()), [short(v) for v in w.weights],
 err(lambda: L.Wrapper(3))]""",
    "positional": """
class Own(tf.keras.layers.Layer):
    def __init__(self, *args):
        super().__init__(*args)
def said(f):
    try:
        return f().name
    except TypeError as e:
        return str(e).partition(".")[2]
[said(lambda: Own(True)), said(lambda: tf.keras.layers.Layer(True, "n")), said(lambda: Own())[:3]]""",
    "flatten": """[go(L.Flatten(name="l"), X(2, 3, 4)), go(L.Flatten(data_format="channels_first", name="l"), X(2, 3, 4, 2)),
        L.Flatten()(X(3)), L.Flatten()(tf.keras.Input((None, 2))).shape[1], err(lambda: L.Flatten(data_format="x"))]""",
    "errors_in_calls": NARROW
    + """class Odd(Exception):
    def __init__(self, a, b):
        super().__init__(a, b)
class Raises(tf.keras.layers.Layer):
    def call(self, x, mask=None):
        raise Odd(1, 2)
"""
    + OUTER
    + """[
    said(lambda: Narrow(name="a")(tf.ones((2, 3)))),
    said(lambda: Narrow(name="b")(tf.ones((2, 3)), training=True)),
    said(lambda: Raises(name="c")(tf.ones((2, 4)))),
    said(lambda: Outer(name="o")(tf.ones((2, 3)))),
    said(lambda: tf.keras.layers.Dense(2)(tf.ones((3,)))),
    said(lambda: tf.keras.layers.Dot(axes=1)([tf.ones((2, 3)), tf.ones((2, 4))])),
]""",
    "errors_in_symbolic_calls": NARROW
    + """class Step(tf.keras.Model):
    def train_step(self, data):
        raise ValueError("in step")
"""
    + OUTER
    + """step = Step()
step.compile("sgd", "mse")
[
    said(lambda: Narrow(name="a")(tf.keras.Input((3,), name="inp"))),
    said(lambda: Outer(name="o").predict(np.ones((2, 3)), verbose=0)[:0]),
    said(lambda: step.fit(np.ones((2, 3)), np.ones((2, 3)), verbose=0)),
]""",
}
TABLE |= {
    "quantize_dense": QUANTIZED
    + """
C = tf.keras.quantizers.Int4QuantizationConfig
[quantized(L.Dense(3, name="l", activation="tanh"), X(2, 5), "int8"), quantized(L.Dense(3, name="l", use_bias=False), X(2, 4, 5), "int8"),
 quantized(L.Dense(3, name="l"), X(2, 5), "int4"), quantized(L.Dense(3, name="l"), X(2, 5), config=C(block_size=2)),
 quantized(L.Dense(3, name="l"), X(2, 5), config=C(block_size=None, activation_quantizer=tf.keras.quantizers.AbsMaxQuantizer()))]""",
    "quantized_lora": """
Q = tf.keras.quantizers
def adapted(layer, shape, x, mode, config=None):
    layer.build(*shape)
    R = np.random.RandomState(1)
    layer.set_weights([R.randn(*w.shape).astype("float32") for w in layer.get_weights()])
    layer.quantize(mode, config=config)
    layer.enable_lora(2, lora_alpha=3)
    for v in layer.trainable_variables:
        if "lora" in v.name:
            v.assign(R.randn(*v.shape) * 0.3)
    store = {}
    layer.save_own_variables(store)
    return [layer(x), [(v.name, tuple(v.shape), v.trainable) for v in layer.weights], {k: np.asarray(v) for k, v in store.items()}, layer.embeddings if isinstance(layer, L.Embedding) else layer.kernel]
configs = [None, Q.Int4QuantizationConfig(block_size=2), Q.Int4QuantizationConfig(block_size=None)]
[[adapted(L.Dense(3), [(None, 6)], X(2, 6), "int4", c) for c in configs], [adapted(L.EinsumDense("ab,bcd->acd", (2, 4)), [(None, 6)], X(2, 6), "int4", c) for c in configs],
 [adapted(L.Embedding(5, 4), [], np.array([[1, 4]]), "int4", c) for c in configs], adapted(L.Dense(3), [(None, 6)], X(2, 6), "int8")]""",
    "quantize_embedding": QUANTIZED
    + """
ids = np.array([[1, 2, 0], [4, 4, 3]])
[quantized(L.Embedding(5, 3, name="l"), ids, "int8"), quantized(L.Embedding(5, 3, name="l"), ids, "int4"),
 quantized(L.Embedding(5, 3, name="l"), ids, config=tf.keras.quantizers.Int4QuantizationConfig(block_size=2)),
 quantized(L.Embedding(5, 3, name="l"), ids, config=tf.keras.quantizers.Int4QuantizationConfig(block_size=-1))]""",
    "quantize_einsum": QUANTIZED
    + """
A = lambda: L.EinsumDense("abc,cde->abde", (None, 2, 3), bias_axes="de", name="a")
B = lambda: L.EinsumDense("abcd,cde->abe", (None, 3), bias_axes="e", activation="relu", name="b")
C = lambda: L.EinsumDense("ab,cb->ac", 3, name="c")
[quantized(A(), X(2, 3, 4), "int8"), quantized(A(), X(2, 3, 4), "int4"), quantized(B(), X(2, 3, 4, 2), "int8"),
 quantized(B(), X(2, 3, 4, 2), "int4", config=tf.keras.quantizers.Int4QuantizationConfig(block_size=3)), quantized(C(), X(2, 5), "int8")]""",
    "quantize_lora": """
d = L.Dense(3)
d(X(2, 4)); fixed(d); d.quantize("int8"); d.enable_lora(2)
d.lora_kernel_a.assign(X(4, 2)); d.lora_kernel_b.assign(X(2, 3))
store = {}
d.save_own_variables(store)
[d(X(2, 4)), {k: np.asarray(v) for k, v in store.items()}, [short(w) for w in d.trainable_weights]]""",
    "quantize_model": """
import warnings
m = tf.keras.Sequential([tf.keras.Input((6,)), L.Embedding(9, 4), L.GlobalAveragePooling1D(), L.Dense(4, name="last"), L.Dropout(0.1)])
m.compile("adam", "mse"); fixed(m)
x, found = np.arange(12).reshape(2, 6) % 9, []
found.append(m.predict(x, verbose=0))
with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter("always")
    m.quantize("int8", filters="emb")
    found.append([l.dtype_policy.name for l in m.layers])
    m.quantize("int4", filters=["last", "drop"])
m.save("m.keras")
found += [[str(w.message) for w in said if "quantize" in str(w.message)], [l.dtype_policy.name for l in m.layers], m.predict(x, verbose=0), m.count_params(),
          tf.keras.models.load_model("m.keras").predict(x, verbose=0)]
found""",
    "quantize_errors": """
def said(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__, str(e)
class Sub(L.Dense): pass
Q = tf.keras.quantizers
d, s, born = L.Dense(3, name="q"), Sub(3), L.Dense(3, dtype="int8_from_float32")
found = [said(lambda: d.quantize("int8"))]
d(X(2, 4)); s(X(2, 4))
found += [said(lambda: d.quantize("int7")), said(lambda: d.quantize()), said(lambda: d.quantize("int8", config=Q.Int4QuantizationConfig())),
          said(lambda: s.quantize("int8")), said(lambda: d.quantize("gptq")), said(lambda: d.quantize(config=3)), said(lambda: d.quantize("int8")),
          said(lambda: d.quantize("int4")), born(X(2, 4)), [w.dtype for w in born.weights], s.quantize("int8", type_check=False), s.kernel.dtype]
found""",
}
CASES = both(
    TABLE,
    only_k3={
        "quantize_dense",
        "quantize_embedding",
        "quantize_einsum",
        "quantize_lora",
        "quantize_model",
        "quantize_errors",
        "errors_in_symbolic_calls",
        "quantized_lora",
        "dense_lora",
        "embedding_lora",
        "reversible",
        "lambda_round_trip",
        "embedding_float",
    },
    only_k2={"thresholded_relu", "softmax_robust", "embedding_length"},
)
