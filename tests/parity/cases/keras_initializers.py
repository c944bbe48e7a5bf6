"""Cases of tf.keras.initializers, regularizers and constraints in both dialects."""

import pathlib
import runpy

HERE = pathlib.Path(__file__).parent
wrapped = runpy.run_path(str(HERE / "_wrap.py"))["wrapped"]
PRELUDE = """\
import json
I, G, Q = tf.keras.initializers, tf.keras.regularizers, tf.keras.constraints
def err(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
c, N = tf.constant, np.array
W = np.random.RandomState(0).randn(4, 3).astype("float32")
V = np.random.RandomState(1).randn(3, 3, 2, 4).astype("float32")
def plain(x):
    return json.loads(json.dumps(x, default=str))
def trip(i, *call, **kw):
    k = type(i).from_config(i.get_config())
    return [plain(i.get_config()), type(k).__name__, k(*call, **kw)]
def told(module, n):
    f = err(lambda: module.get(n))
    return f if isinstance(f, str) else getattr(f, "__name__", None) or [type(f).__name__, plain({k: v for k, v in f.get_config().items() if k != "seed"})]
def stats(i, shape=(200, 300), **kw):
    x = np.asarray(i(shape, **kw))
    return [list(x.shape), x.dtype.name, round(float(x.mean()), 2), round(float(x.std()) * 100), bool(x.max() < 10 * x.std())]
"""
_RANDOM = "RandomNormal RandomUniform TruncatedNormal GlorotNormal GlorotUniform HeNormal HeUniform LecunNormal LecunUniform".split()
_BOTH = {
    "constant": """
[
    I.Zeros()((2, 3)), I.Ones()((2,), dtype="int32"), I.Constant(3.0)((2, 2)), I.Constant(2)((2,), "int64"), I.Constant(1.5)((2,), dtype="float16"), I.Zeros()((2,), dtype="float64"), I.Ones()((1,), "bool"), I.Zeros()(()), I.Identity()((3, 3)), I.Identity(2.0)((2, 3)), I.Identity()((3, 2), dtype="float16"), I.Identity()((2, 2, 2)), I.Zeros()((2,), dtype="string"), I.Constant([1.0, 2.0])((2,)), I.Constant(N([[1.0, 2.0]]))((1, 2)), I.Constant("a")((2,)), trip(I.Constant(0.5), (2,)), trip(I.Identity(3.0), (2, 2)), trip(I.Zeros(), (2,)), I.Zeros()([2, 1]), I.Ones()(tf.TensorShape([2])), I.zeros()((1,)), I.ones()((1,)), I.constant(2.0)((1,)), I.identity()((1, 1)), I.Zeros()((2,), dtype=tf.int32), I.Zeros() == I.Zeros(), I.Zeros()(c([2, 2])), I.Zeros(dtype="float32"), I.Zeros()((-1,)), I.Zeros()(3),
]""",
    "random_configs": "\n[\n"
    + "".join(
        f"    trip(I.{n}(seed=1), (2, 3)), plain(I.{n}().get_config()), stats(I.{n}(seed=3)), I.{n}(seed=5)((3, 2), dtype='float64').dtype, I.{n}(seed=5)((3, 2), dtype='float16').dtype,\n"
        for n in _RANDOM
    )
    + """
    [stats(I.VarianceScaling(s, m, d, seed=1)) for s in (1.0, 2.0) for m in ("fan_in", "fan_out", "fan_avg") for d in ("truncated_normal", "untruncated_normal", "uniform", "normal")], trip(I.VarianceScaling(2.0, "fan_out", "uniform", seed=2), (2, 2)), I.VarianceScaling(mode="bogus"), I.VarianceScaling(distribution="bogus"), I.VarianceScaling(scale=0.0), I.VarianceScaling(scale=-1.0), trip(I.Orthogonal(2.0, seed=1), (3, 3)), trip(I.OrthogonalInitializer(seed=1), (2, 5)) if hasattr(I, "OrthogonalInitializer") else None, I.Orthogonal()((3,)), I.RandomNormal()((2,), dtype="int32"), I.GlorotUniform(seed="a"), I.GlorotUniform(seed=1)(()), I.GlorotUniform(seed=1)((5,)), stats(I.GlorotUniform(seed=1), (3, 3, 20, 30)), stats(I.HeNormal(seed=1), (3, 3, 20, 30)), stats(I.LecunNormal(seed=1), (5, 5, 5, 8, 9)), I.RandomUniform(0, 5, seed=1)((3,), dtype="float32").shape, I.RandomNormal(1.0, 0.0)((2,)), I.RandomUniform(1.0, 1.0)((2,)), I.TruncatedNormal(stddev=0.0)((2,)),
]""",
    "seeds": """
def same(a, b):
    return bool(np.allclose(a, b))
i, j = I.GlorotUniform(seed=7), I.GlorotUniform(seed=7)
x = i((2, 3))
q = np.asarray(I.Orthogonal(seed=3)((4, 4)))
r = np.asarray(I.Orthogonal(seed=3)((2, 3, 6)))
[same(x, j((2, 3))), same(I.GlorotUniform(seed=8)((2, 3)), x), same(I.RandomNormal(seed=1)((5,)), I.RandomNormal(seed=1)((5,))), np.round(q.T @ q, 4), np.round(r.reshape(-1, 6) @ r.reshape(-1, 6).T, 4), same(I.RandomNormal()((5,)), I.RandomNormal()((5,)))]""",
    "initializer_get": """
class Mine(I.Initializer):
    def __init__(self, k=2.0):
        self.k = k
    def __call__(self, shape, dtype=None, **kwargs):
        return tf.fill(shape, tf.cast(self.k, dtype or "float32"))
    def get_config(self):
        return {"k": self.k}
m = Mine(3.0)
fn = lambda shape, dtype=None: tf.ones(shape, dtype or "float32") * 7
NAMES = ["zeros", "ones", "Zeros", "glorot_uniform", "GlorotUniform", "he_normal", "HeNormal", "lecun_uniform", "random_normal", "RandomNormal", "random_uniform", "truncated_normal", "orthogonal", "Orthogonal", "identity", "Identity", "variance_scaling", "VarianceScaling", "constant", "bogus", "uniform", "normal", "glorot_normal", "one", "zero", "eye", "IdentityInitializer", "OrthogonalInitializer", "lecun_normal", "he_uniform"]
[[told(I, n) for n in NAMES], I.get(None), I.get(m) is m, I.get(fn)((2,)), I.get(3), I.get({"class_name": "Constant", "config": {"value": 2.0}})((2,)), I.get(Mine)((2,)), plain(I.serialize(I.Constant(2.0))), plain(I.serialize(I.GlorotUniform(seed=1))), I.deserialize(I.serialize(I.Ones()))((1,)), I.deserialize({"class_name": "Mine", "config": {"k": 5.0}}, {"Mine": Mine})((1,)), I.deserialize({"class_name": "Nope", "config": {}}), m((2,)), I.Initializer()((2,)), I.Initializer().get_config(), tf.keras.layers.Dense(2, kernel_initializer=m, bias_initializer=fn)(np.ones((1, 2), "float32")), tf.keras.layers.Dense(2, kernel_initializer="bogus"), tf.keras.layers.Dense(2, kernel_initializer=I.Constant(2.0))(np.ones((1, 2), "float32")), I.get("zeros")((2,)), I.get(I.Zeros)((2,))]""",
    "regularizers": """
def vg(r, x):
    x = c(x)
    with tf.GradientTape() as t:
        t.watch(x)
        v = r(x)
    return [v, t.gradient(v, x)]
class Mine(G.Regularizer):
    def __init__(self, k=1.0):
        self.k = k
    def __call__(self, x):
        return self.k * tf.reduce_sum(x)
    def get_config(self):
        return {"k": self.k}
[
    vg(G.L1(0.1), W), vg(G.L2(0.1), W), vg(G.L1L2(0.1, 0.2), W), vg(G.L1(), W), vg(G.L2(), W), vg(G.L1L2(), W), vg(G.L1L2(l2=0.1), W), vg(G.OrthogonalRegularizer(0.1), W), vg(G.OrthogonalRegularizer(0.1, "columns"), W), vg(G.l1(0.1), W), vg(G.l2(0.3), W), vg(G.l1_l2(0.1, 0.2), W), vg(G.l1_l2(), W), trip(G.L1(0.5), W), trip(G.L2(0.5), W), trip(G.L1L2(0.5, 0.1), W), trip(G.OrthogonalRegularizer(0.2, "columns"), W), G.L1("a"), G.L1(None)(W), G.L1(-1.0), G.L2(float("nan")), G.OrthogonalRegularizer(0.1, "bogus"), G.OrthogonalRegularizer()(V), G.L1(0.1)(W.astype("float16")), G.L2(0.1)(W.astype("float64")), [told(G, n) for n in ("l1", "l2", "l1_l2", "L1", "L2", "L1L2", "L1_L2", "l1l2", "orthogonal_regularizer", "OrthogonalRegularizer", "bogus")], G.get(None), G.get(3), G.get(Mine(2.0))(W), G.get(Mine)(c(W)), plain(G.serialize(G.L2(0.1))), G.deserialize({"class_name": "L1", "config": {"l1": 0.5}})(W), G.Regularizer()(W), G.Regularizer().get_config(), G.deserialize({"class_name": "Mine", "config": {"k": 2.0}}, {"Mine": Mine})(W), tf.keras.layers.Dense(2, kernel_regularizer="l2").kernel_regularizer.l2, G.L2(0.1)(tf.Variable(W)), G.L2(lambda: 0.1), G.L1(1)(W), G.L2(0.0)(W),
]""",
    "constraints": """
class Mine(Q.Constraint):
    def __call__(self, w):
        return w * 2
[
    Q.NonNeg()(W), Q.MaxNorm(1.0)(W), Q.MaxNorm(1.0, axis=1)(W), Q.MaxNorm(0.5, axis=[0, 1, 2])(V), Q.MaxNorm()(W), Q.UnitNorm()(W), Q.UnitNorm(axis=1)(W), Q.UnitNorm(axis=[0, 1])(V), Q.MinMaxNorm()(W), Q.MinMaxNorm(0.5, 1.0)(W), Q.MinMaxNorm(0.5, 1.0, rate=0.5, axis=1)(W), Q.MinMaxNorm(2.0, 3.0, 0.3)(np.zeros((2, 2), "float32")), Q.non_neg()(W) if hasattr(Q, "non_neg") else None, Q.NonNeg()(W.astype("float64")), Q.MaxNorm(1.0)(c(W)), Q.UnitNorm()(tf.Variable(W)), Q.UnitNorm()(np.zeros((2, 2), "float32")), trip(Q.MaxNorm(2.0, 1), c(W)), trip(Q.MinMaxNorm(0.1, 0.2, 0.3, 1), c(W)), trip(Q.UnitNorm(1), c(W)), trip(Q.NonNeg(), c(W)), [told(Q, n) for n in ("max_norm", "MaxNorm", "maxnorm", "non_neg", "NonNeg", "nonneg", "unit_norm", "unitnorm", "UnitNorm", "min_max_norm", "MinMaxNorm", "radial_constraint", "bogus")], Q.get(None), Q.get(3), Q.get(Mine())(c(W)), Q.get(Mine)(c(W)), plain(Q.serialize(Q.MaxNorm(1.0))), Q.deserialize({"class_name": "MaxNorm", "config": {"max_value": 0.5}})(c(W)), Q.Constraint()(c(W)), Q.Constraint().get_config(), Q.get({"class_name": "UnitNorm", "config": {"axis": 1}})(c(W)), Q.NonNeg()(N([[-0.0, float("nan")]], "float32")),
]""",
}
_BOTH["plain_in_configs"] = """
found = []
for i in (tf.constant_initializer(2.0), tf.zeros_initializer(), tf.ones_initializer(), tf.random_normal_initializer(0.0, 0.5), tf.random_uniform_initializer(0.0, 1.0)):
    d = tf.keras.layers.Dense(1, kernel_initializer=i)
    d = tf.keras.layers.deserialize(tf.keras.layers.serialize(d))
    found.append((type(i).__name__, type(d.kernel_initializer).__name__, d.kernel_initializer.get_config(), I.serialize(i)["class_name"], type(I.deserialize(I.serialize(i))).__name__))
found"""
_BOTH["seeds_after_layers"] = """
L = tf.keras.layers
x1 = tf.ones([2,3])
x2 = tf.ones([2,4,3])
x3 = tf.ones([2,8,8,3])
x4 = tf.ones([2,3,8,8,3])
v = tf.ones([2,4,4,4,3])
ids = tf.constant([[1,2]])
cases = dict(
    Dense=lambda: L.Dense(3)(x1),Emb=lambda: L.Embedding(5,3)(ids),C1=lambda: L.Conv1D(3,2)(x2),C2=lambda: L.Conv2D(3,2)(x3),C3=lambda: L.Conv3D(3,2)(v),
    DW=lambda: L.DepthwiseConv2D(2)(x3),SC=lambda: L.SeparableConv2D(3,2)(x3),SC1=lambda: L.SeparableConv1D(3,2)(x2),CT=lambda: L.Conv2DTranspose(3,2)(x3),
    RNN=lambda: L.SimpleRNN(3)(x2),LSTM=lambda: L.LSTM(3)(x2),GRU=lambda: L.GRU(3)(x2),CL=lambda: L.ConvLSTM2D(2,2)(x4),CL1=lambda: L.ConvLSTM1D(2,2)(x3),
    BiL=lambda: L.Bidirectional(L.LSTM(3))(x2),BiR=lambda: L.Bidirectional(L.SimpleRNN(3))(x2),St=lambda: L.RNN([L.LSTMCell(3),L.SimpleRNNCell(2),L.GRUCell(2)])(x2),
    TD=lambda: L.TimeDistributed(L.Dense(3))(x2),MHA=lambda: L.MultiHeadAttention(2,2)(x2,x2),MHAd=lambda: L.MultiHeadAttention(2,2,dropout=.1)(x2,x2),
    Att=lambda: L.Attention(use_scale=True)([x2,x2]),Att2=lambda: L.Attention(use_scale=True,dropout=.1)([x2,x2]),AA=lambda: L.AdditiveAttention()([x2,x2]),BN=lambda: L.BatchNormalization()(x1),LN=lambda: L.LayerNormalization()(x1),
    Drop=lambda: L.Dropout(.5)(x1),SD=lambda: L.SpatialDropout1D(.5)(x2),GN=lambda: L.GaussianNoise(.5)(x1),GD=lambda: L.GaussianDropout(.5)(x1),AD=lambda: L.AlphaDropout(.5)(x1),
    RF=lambda: L.RandomFlip()(x3),RR=lambda: L.RandomRotation(.1)(x3),RZ=lambda: L.RandomZoom(.1)(x3),RC=lambda: L.RandomCrop(4,4)(x3),RCo=lambda: L.RandomContrast(.1)(x3),RB=lambda: L.RandomBrightness(.1)(x3),RT=lambda: L.RandomTranslation(.1,.1)(x3),
    Ein=lambda: L.EinsumDense("ab,bc->ac",4)(x1),SN=lambda: L.SpectralNormalization(L.Dense(3))(x1),PRe=lambda: L.PReLU()(x1),UN=lambda: L.UnitNormalization()(x1),
    AT=lambda: L.ActivityRegularization()(x1),Disc=lambda: L.Rescaling(2.)(x1))
def after(make):
    tf.keras.utils.set_random_seed(3)
    make()
    d = L.Dense(3)
    d(x1)
    return np.asarray(d.kernel)[0]
[[name, after(make)] for name, make in cases.items()]"""
_K3 = {
    "exact": "\n[\n"
    + "".join(
        f"    I.{n}(seed=11)((2, 3)), I.{n}(seed=11)((3,), dtype='float64'), I.{n}(seed=2)((2, 2, 3)),\n"
        for n in _RANDOM
    )
    + """
    I.VarianceScaling(2.0, "fan_out", "untruncated_normal", seed=1)((3, 3)), I.VarianceScaling(2.0, "fan_avg", "uniform", seed=1)((3, 3)), I.Orthogonal(seed=4)((3, 3)), I.Orthogonal(gain=2.0, seed=4)((2, 4)), I.Orthogonal(seed=4)((5, 2)), I.Orthogonal(seed=4)((2, 2, 3)), I.RandomNormal(1.0, 2.0, seed=3)((4,)), I.RandomUniform(-2.0, 3.0, seed=3)((4,)), I.TruncatedNormal(1.0, 0.5, seed=3)((4,)), I.GlorotUniform(seed=1)((2, 2), dtype="bfloat16"), I.RandomNormal(seed=2**31)((2,)), I.RandomUniform(seed=0)((2,)),
]""",
    "layers": """
tf.keras.utils.set_random_seed(3)
d = tf.keras.layers.Dense(3)
d.build((None, 2))
e = tf.keras.layers.Embedding(4, 2)
e.build((None,))
k = tf.keras.layers.Conv2D(2, 2)
k.build((None, 4, 4, 1))
l = tf.keras.layers.LSTM(2)
l.build((None, 3, 2))
m = tf.keras.layers.MultiHeadAttention(2, 2)
m.build((1, 2, 3), (1, 2, 3))
[d.get_weights(), e.get_weights(), k.get_weights(), l.get_weights(), m.get_weights(), I.GlorotUniform()((2, 2)), I.RandomNormal()((2,))]""",
    "stft": """
[list(I.STFT()((64, 1, 33)).shape), I.STFT("real", window="hann", scaling="density", periodic=True)((8, 1, 5)), I.STFT("imag", window=None)((8, 1, 5)), trip(I.STFT("imag", "hamming", "spectrum", True), (8, 1, 5))[0], I.STFT("bogus"), I.STFT(window="bogus")((8, 1, 5)), I.STFT(scaling="bogus")]""",
    "clone": """
i = I.GlorotUniform(seed=3)
[type(i.clone()).__name__, bool(np.allclose(i.clone()((2, 2)), i((2, 2)))), I.Zeros().clone()((1,))]""",
}
_K2 = {
    "old_names": """
[I.zeros()((1,)), I.glorot_uniform(seed=1)((2, 2)).shape, I.he_normal()((2, 2)).shape, I.lecun_uniform()((1, 2)).shape, I.random_normal()((2,)).shape, I.random_uniform()((2,)).shape, I.truncated_normal()((2,)).shape, I.orthogonal()((2, 2)).shape, I.variance_scaling()((2, 2)).shape, Q.max_norm(2.0).max_value, Q.non_neg()(c(W)), Q.unit_norm()(c(W)), Q.min_max_norm().rate, Q.radial_constraint()(c(V[..., 0, 0])), Q.RadialConstraint()(c(V)), Q.RadialConstraint()(c(V[:, :2])), G.L2(l=0.1)(W), G.L1(l=0.2)(W), G.l2(0.1).get_config(), G.l1_l2(0.1, 0.2).get_config(), I.Zeros().get_config(), I.GlorotUniform().get_config(), I.RandomNormal().get_config(), I.VarianceScaling().get_config(), I.Identity()((2, 2), partition_shape=(1, 2)), I.Zeros()((4,), partition_shape=(2,)), I.Zeros()((4,), bogus=1), I.Orthogonal().get_config()]""",
    "exact": """
[bool(np.allclose(I.GlorotUniform(seed=1)((2, 2)), I.GlorotUniform(seed=1)((2, 2)))), list(I.RandomUniform(0, 10, seed=1)((3,), dtype="int32").shape), I.RandomUniform(0, 10, seed=1)((3,), dtype="int32").dtype]""",
}
CASES = {}
for _name, _code in {**_BOTH, **_K3}.items():
    CASES[_name] = wrapped(PRELUDE + _code)
for _name, _code in {**_BOTH, **_K2}.items():
    CASES[_name + "@k2"] = wrapped(PRELUDE + _code)
