"""Cases of tf.keras.losses in both dialects: values and gradients, weights, masks, reductions, shapes, configs."""

import pathlib
import runpy

HERE = pathlib.Path(__file__).parent
wrapped = runpy.run_path(str(HERE / "_wrap.py"))["wrapped"]
PRELUDE = """\
import json
def err(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
c, N, nan, inf = tf.constant, np.array, float("nan"), float("inf")
R = np.random.RandomState(0)
F = lambda *s: R.randn(*s).astype("float32")
Y, P = F(3, 4), F(3, 4)
YB = N([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], "float32")
PB = N([[0.1, 0.8], [0.6, 0.3], [0.7, 0.2]], "float32")
YC = N([[1.0, 0, 0], [0, 0, 1.0], [0, 1.0, 0]], "float32")
PC = N([[0.7, 0.2, 0.1], [0.3, 0.3, 0.4], [0.1, 0.85, 0.05]], "float32")
Z = F(3, 3)
YS = N([0, 2, 1])
W = N([1.0, 0.5, 2.0], "float32")
def vg(f, y, p, **kw):
    "Value and gradient with respect to the predictions."
    p = c(p)
    with tf.GradientTape() as t:
        t.watch(p)
        v = f(y, p, **kw)
    return [v, t.gradient(v, p)]
def masked(p, m):
    p = c(p)
    p._keras_mask = c(m)
    return p
def plain(x):
    return json.loads(json.dumps(x, default=str))
def trip(loss, y, p):
    k = K.deserialize(K.serialize(loss))
    return [plain(loss.get_config()), plain(K.serialize(loss)), type(k).__name__, loss(y, p), k(y, p), loss.name]
"""

# tf.keras.losses of TensorFlow lacks a few names that keras.losses has, and the other way round
NAMES = """\
import keras as whole
class Names:
    def __getattr__(self, name):
        return getattr(tf.keras.losses, name, None) or getattr(whole.losses, name)
K = Names()
"""
_REGRESSION = "mean_squared_error mean_absolute_error mean_absolute_percentage_error mean_squared_logarithmic_error"
_CLASSES = (
    "MeanSquaredError MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredLogarithmicError LogCosh Huber "
    "CosineSimilarity Poisson KLDivergence Hinge SquaredHinge CategoricalHinge"
).split()
_BOTH = {
    "functions": "\n["
    + ", ".join(
        f"vg(K.{name}, Y, P)"
        for name in (*_REGRESSION.split(), "cosine_similarity", "huber", "hinge", "squared_hinge", "categorical_hinge")
    )
    + ", vg(K.kl_divergence, YC, PC), vg(K.poisson, YC, PC), vg(K.log_cosh, Y, P * 30)]",
}
for _name in _CLASSES:
    # Keras 3's categorical hinge has no maximum of nothing; kerax gives an empty answer
    _nothing = "" if _name == "CategoricalHinge" else "L()(F(0, 4), F(0, 4)),"
    _BOTH[f"class_{_name}"] = f"""
L = K.{_name}
[
    vg(L(), Y, P), vg(L(reduction="sum"), Y, P), vg(L(reduction="none"), Y, P),
    vg(L(), Y, P, sample_weight=W), vg(L(), Y, P, sample_weight=0.5), vg(L(), Y, P, sample_weight=W[:, None]),
    vg(L(reduction="sum"), Y, P, sample_weight=W), vg(L(reduction="none"), Y, P, sample_weight=W),
    vg(L(), Y, P, sample_weight=N([[1.0, 0.0, 2.0, 1.0]] * 3, "float32")),
    L()(Y.astype("int32"), P), L()(Y, P.astype("float64")), L()(Y.tolist(), P.tolist()), L()(np.abs(Y), np.abs(P)),
    L()(Y[0], P[0]), L()(Y[:, :1], P[:, 0]), L()(Y[:, 0], P[:, :1]), L()(Y[None], P[None]),
    L(reduction="none")(F(2, 3, 4), F(2, 3, 4)), L(reduction="none")(F(2, 3, 4), F(2, 3, 4), F(2, 3)),
    L(reduction="none")(F(2, 3, 4), F(2, 3, 4), F(2)), L(reduction="none")(F(2, 3, 4), F(2, 3, 4), F(2, 1)),
    L()(Y, P, sample_weight=N([0.0, 0.0, 0.0], "float32")), L()(Y, P[:, :3]), L()(Y[:2], P), L()(Y, P, F(2)),
    L(reduction="bogus"), L(name="mine").name, L().name, trip(L(name="a", reduction="sum"), Y, P),
    L()(masked(Y, True), masked(P, [True, False, True])), L(reduction="none")(Y, masked(np.abs(P), [True, False, True])),
    L(reduction="sum")(Y, masked(np.abs(P), [True, False, True]), W), {_nothing}
    L()(Y, N([[nan, 1, 2, inf]] * 3, "float32")),
]"""
_BOTH |= {
    "regression_arguments": """
[
    vg(K.Huber(0.5), Y, P), vg(K.Huber(delta=2.0), Y, P), K.huber(Y, P, delta=0.1), K.huber(Y, P, 3), vg(K.CosineSimilarity(axis=0), Y, P), vg(K.CosineSimilarity(axis=1), Y, P), K.cosine_similarity(Y, P, axis=0), K.cosine_similarity(Y, P, axis=-2), K.CosineSimilarity()(np.zeros((2, 3), "float32"), np.ones((2, 3), "float32")), vg(K.cosine_similarity, np.zeros((2, 3), "float32"), np.ones((2, 3), "float32")),
    K.mean_absolute_percentage_error(N([[0.0, 1.0]]), N([[1.0, 1.0]])), K.mean_squared_logarithmic_error(N([[-2.0, 1.0]]), N([[-0.5, 1.0]])), K.hinge(N([[0.0, 1.0]]), N([[0.6, 0.4]])), K.squared_hinge(N([[0.0, 1.0]]), N([[0.6, 0.4]])), K.hinge(N([[-1, 1]]), N([[0.6, 0.4]])), K.categorical_hinge(N([[0, 1], [0, 0]]), N([[0.6, 0.4], [0.4, 0.6]])), K.mean_squared_error([1, 2], [3, 4]), K.mean_absolute_error([1.0, 2.0], [3, 4]), K.mean_squared_error(1.0, 2.0), K.kl_divergence(N([[0.0, 1.0]]), N([[0.0, 0.5]])), K.poisson(N([[0.0, 1.0]]), N([[0.0, 0.5]])), K.log_cosh(N([[0.0]]), N([[100.0]])),
    trip(K.Huber(0.5, name="h"), Y, P), trip(K.CosineSimilarity(axis=1), Y, P), K.mse(Y, P), K.MSE(Y, P), K.mae(Y, P), K.MAE(Y, P), K.mape(Y, P), K.MAPE(Y, P), K.msle(Y, P), K.MSLE(Y, P), K.kld(YC, PC), K.KLD(YC, PC),
]""",
    "binary_crossentropy": """
L, f = K.BinaryCrossentropy, K.binary_crossentropy
[
    vg(f, YB, PB), vg(f, YB, PB, from_logits=True), vg(f, YB, PB, label_smoothing=0.2), vg(f, YB, PB, axis=0), vg(f, YB, F(3, 2), from_logits=True, label_smoothing=0.1), f([0, 1], [0.2, 0.9]), f(YB.astype("int32"), PB), f(YB, N([[0.0, 1.0], [1.0, 0.0], [0.0, 1.0]], "float32")), f(YB, N([[0.0, 1.0], [1.0, 0.0], [0.0, 1.0]])), f(YB, PB[:, :1]), f(YB[:, 0], PB[:, 0]), f(YB, N([[50.0, -50.0]] * 3, "float32"), from_logits=True), f(YB, tf.sigmoid(c(F(3, 2)))), f(YB, PB.astype("float16")), f(c([True, False]), c([0.2, 0.8])),
    vg(L(), YB, PB), vg(L(from_logits=True), YB, PB), vg(L(label_smoothing=0.3), YB, PB), vg(L(axis=0), YB, PB), vg(L(reduction="none", axis=0), YB, PB), L(reduction="sum")(YB, PB), L()(YB, PB, W), L()(YB, PB, YB), L(reduction="none")(YB, PB, YB), L(reduction="none")(YB, PB, W), L()(YB[:, 0], PB[:, :1]), L()(YB[:, :1], PB[:, 0]), L()(YB[:, 0].astype("int64"), PB[:, :1]), L()(YB, masked(PB, [True, False, True])), trip(L(from_logits=True, label_smoothing=0.1, axis=0, name="q"), YB, PB), L(name="x").name, L()(N([[[1.0], [0.0]]]), N([[[0.3], [0.2]]])), L(reduction="none")(N([[[1.0], [0.0]]]), N([[[0.3], [0.2]]]), N([[1.0, 0.5]])),
]""",
    "focal_crossentropy": """
L, f = K.BinaryFocalCrossentropy, K.binary_focal_crossentropy
[
    vg(f, YB, PB), vg(f, YB, PB, gamma=1.0), vg(f, YB, PB, apply_class_balancing=True), vg(f, YB, PB, apply_class_balancing=True, alpha=0.4, gamma=3.0), vg(f, YB, F(3, 2), from_logits=True), vg(f, YB, PB, label_smoothing=0.1), f(YB, PB, axis=0),
    vg(L(), YB, PB), vg(L(True, 0.3, 1.5), YB, PB), vg(L(from_logits=True, label_smoothing=0.2), YB, PB), L(reduction="none")(YB, PB, W), L(reduction="sum")(YB, PB), L()(YB, PB, YB), trip(L(True, 0.3, 1.5, axis=0, name="q"), YB, PB),
    vg(K.categorical_focal_crossentropy, YC, PC), vg(K.categorical_focal_crossentropy, YC, PC, alpha=0.5, gamma=1.0), vg(K.categorical_focal_crossentropy, YC, Z, from_logits=True), vg(K.categorical_focal_crossentropy, YC, PC, label_smoothing=0.1), K.categorical_focal_crossentropy(YC, PC, axis=0), K.categorical_focal_crossentropy(YC, Z),
    vg(K.CategoricalFocalCrossentropy(), YC, PC), vg(K.CategoricalFocalCrossentropy([0.2, 0.3, 0.5]), YC, PC), K.CategoricalFocalCrossentropy(reduction="none")(YC, PC, W), K.CategoricalFocalCrossentropy(from_logits=True)(YC, Z), trip(K.CategoricalFocalCrossentropy(0.3, 1.0, name="q"), YC, PC),
]""",
    "categorical_crossentropy": """
L, f = K.CategoricalCrossentropy, K.categorical_crossentropy
Y3, P3 = np.eye(3, dtype="float32")[[[0, 1], [2, 2]]], R.rand(2, 2, 3).astype("float32")
[
    vg(f, YC, PC), vg(f, YC, Z, from_logits=True), vg(f, YC, PC, label_smoothing=0.2), vg(f, YC, Z, from_logits=True, label_smoothing=0.1), vg(f, YC, PC, axis=0), vg(f, YC, Z, from_logits=True, axis=0), f(YC, Z), f(YC, PC * 3), f([[0, 1]], [[0.2, 0.7]]), f(YC.astype("int32"), PC), f(YC, N([[1.0, 0, 0]] * 3, "float32")), f(YC, tf.nn.softmax(c(Z))), f(YC, PC.astype("float16")), f(YS, PC), f(YC, PC[:, :2]), f(YC[0], PC[0]), f(N([[1.0], [1.0]]), N([[0.4], [0.5]])),
    vg(L(), YC, PC), vg(L(from_logits=True), YC, Z), vg(L(label_smoothing=0.3), YC, PC), vg(L(axis=0), YC, PC), L(reduction="none")(Y3, P3), L()(Y3, P3, N([1.0, 2.0], "float32")), L()(Y3, P3, N([[1.0, 2.0], [0.0, 1.0]], "float32")), L(reduction="sum")(Y3, P3, N([[1.0, 2.0], [0.0, 1.0]], "float32")), L(reduction="none")(Y3, P3, N([[1.0, 2.0], [0.0, 1.0]], "float32")), L(reduction="none")(Y3, P3, N([1.0, 2.0], "float32")), L(reduction="none")(Y3, P3, N([[1.0], [2.0]], "float32")), L(reduction="none")(Y3, P3, N([[[1.0], [2.0]], [[0.5], [0.0]]], "float32")), L()(Y3, masked(P3, [[True, False], [True, True]])), L()(Y3, masked(P3, [[True, False], [True, True]]), N([1.0, 2.0], "float32")), L(reduction="none")(Y3, masked(P3, [[True, False], [True, True]])), trip(L(from_logits=True, label_smoothing=0.1, name="q"), YC, Z), L()(YS, PC), L()(YC, PC[:2]),
]""",
    "sparse_categorical_crossentropy": """
L, f = K.SparseCategoricalCrossentropy, K.sparse_categorical_crossentropy
Y3, P3 = N([[0, 1], [2, 2]]), R.rand(2, 2, 3).astype("float32")
[
    vg(f, YS, PC), vg(f, YS, Z, from_logits=True), f(YS[:, None], PC), f(YS.astype("float32"), PC), f(YS.astype("uint8"), PC), f(YS, PC, axis=1), f(Y3, P3), vg(f, Y3, P3), f(Y3[..., None], P3), f(Y3, R.rand(2, 3, 2).astype("float32"), axis=1), f(Y3, R.rand(2, 3, 2).astype("float32"), from_logits=True, axis=1), vg(f, N([0, -1, 2]), PC, ignore_class=-1), vg(f, N([0, 1, 2]), Z, ignore_class=0, from_logits=True), f(Y3, P3, ignore_class=2), f(N([0, 5, 1]), PC), f(YS[:2], PC), f(YC, PC), f(YS, Z), f(YS, PC.astype("float16")), f(YS, tf.nn.softmax(c(Z))),
    vg(L(), YS, PC), vg(L(from_logits=True), YS, Z), L(reduction="none")(YS, PC), L(reduction="sum")(YS, PC, W), L()(YS, PC, W), L()(YS[:, None], PC, W), L()(YS, PC, W[:, None]), L()(Y3, P3, N([1.0, 2.0], "float32")), L()(Y3, P3, N([[1.0, 2.0], [0.0, 1.0]], "float32")), L(reduction="none")(Y3, P3, N([1.0, 2.0], "float32")), L(ignore_class=2)(Y3, P3), L(ignore_class=2, reduction="none")(Y3, P3), L(ignore_class=2)(Y3, P3, N([[1.0, 2.0], [0.0, 1.0]], "float32")), vg(L(ignore_class=1, from_logits=True), YS, Z), L(ignore_class=2, reduction="sum")(Y3, masked(P3, [[True, False], [True, True]])), L()(Y3, masked(P3, [[True, False], [True, True]])), trip(L(from_logits=True, ignore_class=1, name="q"), YS, Z), trip(L(), YS, PC), L()(YS.astype("float64"), PC.astype("float64")), L()(YC, PC),
]""",
    "get": """
class Mine(K.Loss):
    def __init__(self, k=2.0, **kw):
        super().__init__(**kw)
        self.k = k
    def call(self, y, p):
        return self.k * tf.reduce_mean(tf.abs(y - p), -1)
    def get_config(self):
        return {**super().get_config(), "k": self.k}
def fn(y, p):
    return tf.reduce_sum(y - p, -1)
m = Mine(3.0, name="m")
NAMES = ["mse", "MSE", "mae", "mape", "msle", "bce", "kld", "mean_squared_error", "binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy", "hinge", "huber", "kl_divergence", "poisson", "cosine_similarity", "log_cosh", "MeanSquaredError", "Huber", "BinaryCrossentropy", "squared_hinge", "categorical_hinge", "binary_focal_crossentropy", "mean_absolute_error", "MAE", "bogus", "BCE", "Loss", "MSLE", "MAPE", "KLD"]
def told(n):
    f = err(lambda: K.get(n))
    return f if isinstance(f, str) else getattr(f, "__name__", None) or [type(f).__name__, f.name]
[
    [told(n) for n in NAMES], K.get(None), K.get(fn) is fn, K.get(m) is m, K.get(3), K.get({"class_name": "Huber", "config": {"delta": 2.0}})(Y, P), K.get("MeanSquaredError")(Y, P), K.deserialize("bogus"), K.deserialize({"class_name": "Mine", "config": {"k": 4.0, "name": "m", "reduction": "none"}}, {"Mine": Mine})(Y, P), plain(K.serialize(K.mean_squared_error)), plain(m.get_config()), m(Y, P), m(Y, P, W), Mine(reduction="none")(Y, P, W), Mine(reduction="sum")(Y, P), Mine().name, K.Loss().name, K.Loss()(Y, P), K.Loss(reduction="none").reduction, K.MeanSquaredError().reduction, K.Huber().name, K.CategoricalCrossentropy().name, K.KLDivergence().name, K.LogCosh().name, K.Poisson().name, K.CosineSimilarity().name, K.SparseCategoricalCrossentropy().name, K.BinaryCrossentropy().name, K.CategoricalHinge().name, K.MeanSquaredError(name=None).name, tf.keras.utils.get_registered_name(Mine), K.MeanSquaredError.from_config({"name": "e", "reduction": "sum"})(Y, P), K.MeanSquaredError()(Y), K.MeanSquaredError()(y_true=Y, y_pred=P, sample_weight=None), K.MeanSquaredError().call(Y, P),
]""",
    "in_function": """
@tf.function
def step(y, p, w):
    return K.SparseCategoricalCrossentropy(from_logits=True)(y, p, w), K.BinaryCrossentropy()(tf.cast(y[:, None] > 0, "float32"), tf.sigmoid(p[:, :1])), K.Huber(reduction="none")(p, p * 2)
@tf.function(input_signature=[tf.TensorSpec([None, 3]), tf.TensorSpec([None, 3])])
def open_step(y, p):
    return K.categorical_crossentropy(y, p), K.mse(y, p), K.CategoricalCrossentropy()(y, p), K.CosineSimilarity()(y, p)
x, i = tf.keras.Input((3,)), tf.keras.Input((3,))
[step(c(YS), c(Z), c(W)), open_step(YC, PC), list(K.mean_squared_error(i, x).shape)]""",
    "regularization_of_batches": """
[
    K.MeanSquaredError(reduction="none")(F(2, 3, 3, 1), F(2, 3, 3, 1)).shape, K.MeanSquaredError()(F(2, 3, 3, 1), F(2, 3, 3, 1), F(2, 3, 3)), K.MeanSquaredError()(F(2, 3, 3, 1), F(2, 3, 3, 1), F(2)), K.MeanSquaredError()(F(2, 3, 3, 1), F(2, 3, 3, 1), F(2, 1, 1)), K.MeanSquaredError()(F(2, 3, 3, 1), F(2, 3, 3, 1), F(2, 3, 3, 1)), K.MeanSquaredError()(F(2, 3, 3, 1), F(2, 3, 3, 1), F(2, 2)), K.MeanSquaredError(reduction="none")(F(5, 1), F(5, 1), F(5)), K.MeanSquaredError(reduction="none")(F(5, 1), F(5, 1), F(5, 1)), K.MeanSquaredError(reduction="none")(F(5), F(5), F(5)), K.MeanSquaredError(reduction="none")(F(5, 2), F(5, 2), F(2, 5)), K.MeanSquaredError()(F(5, 2), F(5, 2), 2), K.MeanSquaredError()(F(5, 2), F(5, 2), [1, 2, 3, 4, 5]), K.MeanSquaredError()(F(5, 2), F(5, 2), c([True, False, True, True, False])), K.MeanSquaredError()(F(5, 2), F(1, 2)), K.MeanSquaredError()(F(5, 2), F(5, 2).astype("float16")), K.MeanSquaredError()(F(5, 2).astype("float64"), F(5, 2)), K.MeanSquaredError()(c([[1, 2]]), c([[3, 5]])), K.MeanAbsoluteError()(c([[1, 2]]), c([[3.5, 5]])),
]""",
}
_K3 = {
    "ctc_of_too_few_steps": """
x = F(2, 3, 4)
[K.ctc(N([[1, 2, 3, 1], [1, 0, 0, 0]]), x), K.CTC()(N([[1, 2, 3, 1], [2, 2, 0, 0]]), x), vg(K.ctc, N([[1, 2, 3, 1], [1, 2, 0, 0]]), x), K.ctc(N([[1, 2], [3, 0]]), x.astype("float16")).dtype, K.ctc(N([[1, 2], [3, 0]]), x.astype("float64"))]""",
    "edges": """
[
    [K.MeanSquaredError(reduction=r)(Y, masked(P, [False] * 3), w) for r in ("sum_over_batch_size", "sum", "none", "mean_with_sample_weight") for w in (None, W)], K.CategoricalHinge()(np.zeros((0, 3)), np.zeros((0, 3))), K.categorical_hinge(np.zeros((0, 3)), np.zeros((0, 3))),
]""",
    "new_losses": """
M1, M2 = R.rand(2, 4, 4, 2).astype("float32").round(), R.rand(2, 4, 4, 2).astype("float32")
E, IDS = F(6, 4), N([0, 1, 0, 1, 2, 2])
[
    vg(K.dice, M1, M2), vg(K.dice, M1, M2, axis=(1, 2, 3)), vg(K.dice, M1, M2, axis=(1, 2)), vg(K.Dice(), M1, M2), vg(K.Dice(axis=(1, 2, 3), reduction="none"), M1, M2), trip(K.Dice(axis=[1, 2, 3], name="d"), M1, M2),
    vg(K.tversky, M1, M2), vg(K.tversky, M1, M2, alpha=0.3, beta=0.7), vg(K.tversky, M1, M2, axis=(1, 2, 3)), vg(K.Tversky(), M1, M2), vg(K.Tversky(0.2, 0.8, axis=(2, 3), reduction="none"), M1, M2), trip(K.Tversky(0.2, 0.8), M1, M2),
    vg(K.circle, IDS, E), vg(K.circle, IDS, E, gamma=2.0, margin=0.2), vg(K.circle, IDS, E, remove_diagonal=False), vg(K.circle, IDS, E, ref_labels=IDS[::-1].copy(), ref_embeddings=E[::-1].copy(), remove_diagonal=False), vg(K.Circle(), IDS, E), K.Circle(gamma=10.0, margin=0.1, reduction="none")(IDS, E), trip(K.Circle(64.0, 0.3, False), IDS, E), K.Circle()(IDS[:, None], E), K.Circle()(IDS, E, N([1.0, 0, 1, 0, 1, 1])),
    vg(K.CTC(), N([[1, 2, 1], [2, 1, 0]]), F(2, 6, 4)), K.ctc(N([[1, 2, 1], [2, 1, 0]]), F(2, 6, 4)), K.CTC(reduction="none")(N([[1, 2, 0], [2, 0, 0]]), F(2, 5, 3)), K.ctc(N([1, 2]), F(2, 5, 3)), K.ctc(N([[1, 2]]), F(5, 3)), trip(K.CTC(name="z"), N([[1, 2, 1]]), F(1, 6, 4)),
    vg(K.categorical_generalized_cross_entropy, YS, PC, q=0.5), vg(K.CategoricalGeneralizedCrossEntropy(), YS, PC), vg(K.CategoricalGeneralizedCrossEntropy(q=0.7, reduction="sum"), YS, PC), K.CategoricalGeneralizedCrossEntropy(q=1.5), K.CategoricalGeneralizedCrossEntropy()(YC, PC), K.categorical_generalized_cross_entropy(YS[:, None], PC, 0.5),
]""",
    "reductions": """
m = [True, False, True]
[
    K.MeanSquaredError(reduction="mean")(Y, P), K.MeanSquaredError(reduction="mean")(Y, P, W), vg(K.MeanSquaredError(reduction="mean_with_sample_weight"), Y, P), vg(K.MeanSquaredError(reduction="mean_with_sample_weight"), Y, P, sample_weight=W), K.MeanSquaredError(reduction=None)(Y, P), K.MeanSquaredError(reduction="mean_with_sample_weight")(Y, P, W * 0), K.MeanSquaredError(reduction="mean_with_sample_weight")(Y, masked(P, m)), K.MeanSquaredError(reduction="mean_with_sample_weight")(Y, masked(P, m), W), K.MeanSquaredError(reduction="mean")(Y, masked(P, m), W), K.MeanSquaredError(reduction="sum")(Y, P, W), K.MeanSquaredError("sum", "n").name, K.MeanSquaredError(reduction="mean").get_config(), K.MeanSquaredError(dtype="float64")(Y, P), K.MeanSquaredError(dtype="float16")(Y, P), K.MeanSquaredError(dtype="bfloat16")(Y, P), K.MeanSquaredError(dtype="mixed_float16")(Y, P), K.BinaryCrossentropy(dtype="float16")(YB, PB), K.SparseCategoricalCrossentropy(dtype="float16")(YS, PC), K.MeanSquaredError(dtype="float64").dtype, K.MeanSquaredError(dtype="bogus"), K.MeanSquaredError().dtype, K.Loss("n", "sum").name, plain(K.MeanSquaredError(dtype="float16").get_config()), K.MeanSquaredError(dtype="float16")(Y, P, W),
]""",
    "structures": """
class Pair(K.Loss):
    def call(self, y, p):
        return tf.reduce_mean(tf.abs(y["a"] - p["a"]), -1)
[Pair()({"a": Y}, {"a": P}), Pair()({"a": Y}, {"a": P}, W), K.MeanSquaredError()([[1.0, 2.0]], [[3.0, 4.0]])]""",
    "keras_2_forms": """
f = K.sparse_categorical_crossentropy
[f(YS.tolist(), PC.tolist()), f(0, PC[0]), [err(lambda: K.get(n).__name__) for n in ("logcosh", "kullback_leibler_divergence", "huber_loss")], K.deserialize("mse")(Y, P), trip(K.CategoricalGeneralizedCrossEntropy(0.3), YS, PC), K.MeanSquaredError(reduction="auto")]""",
}
_K2 = {
    "other_names": """
f = K.sparse_categorical_crossentropy
[f(YS.tolist(), PC.tolist()), f(0, PC[0]), [err(lambda: K.get(n).__name__) for n in ("logcosh", "kullback_leibler_divergence", "huber_loss")], K.deserialize("mse")(Y, P)]""",
    "edges": """
[
    [K.MeanSquaredError(reduction=r)(Y, masked(P, [False] * 3), w) for r in ("sum_over_batch_size", "auto", "sum", "none") for w in (None, W)], K.CategoricalHinge()(np.zeros((0, 3)), np.zeros((0, 3))),
]""",
    "reductions": """
R2 = K.Reduction
[
    R2.AUTO, R2.NONE, R2.SUM, R2.SUM_OVER_BATCH_SIZE, R2.all(), R2.validate("bogus"), K.MeanSquaredError(reduction=R2.SUM)(Y, P), K.MeanSquaredError(R2.NONE)(Y, P), K.MeanSquaredError(reduction="auto")(Y, P), K.MeanSquaredError(reduction=R2.AUTO, name="k").name, K.Loss(R2.SUM, "n").name, K.Loss(R2.SUM, "n").reduction, K.MeanSquaredError(reduction="mean"), K.MeanSquaredError(reduction=None), K.MeanSquaredError(reduction="mean_with_sample_weight"), K.logcosh(Y, P), K.log_cosh(Y, P), K.kullback_leibler_divergence(YC, PC), K.BinaryCrossentropy(from_logits=True, reduction="none")(YB, PB), K.Loss().name, K.Loss().get_config(),
]""",
    "ragged": """
a, b = tf.ragged.constant([[1.0, 2.0], [3.0]]), tf.ragged.constant([[1.5, 2.0], [5.0]])
[K.mean_squared_error(a, b), K.mean_absolute_error(a, b), K.MeanSquaredError()(a, b), K.MeanSquaredError(reduction="none")(a, b), K.mean_absolute_percentage_error(a, b), K.mean_squared_logarithmic_error(a, b), K.BinaryCrossentropy()(tf.ragged.constant([[1.0, 0.0], [1.0]]), tf.ragged.constant([[0.4, 0.1], [0.6]]))]""",
}
CASES = {}
for _name, _code in {**_BOTH, **_K3}.items():
    CASES[_name] = wrapped(NAMES + PRELUDE + _code)
for _name, _code in {**_BOTH, **_K2}.items():
    CASES[_name + "@k2"] = wrapped("K = tf.keras.losses\n" + PRELUDE + _code)
