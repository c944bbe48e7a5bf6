"""Cases of tf.keras.metrics in both dialects: streaming, weights, thresholds, variables, configs, merging."""

import pathlib
import runpy

HERE = pathlib.Path(__file__).parent
wrapped = runpy.run_path(str(HERE / "_wrap.py"))["wrapped"]
PRELUDE = """\
import json, os
LEGACY = os.environ.get("TF_USE_LEGACY_KERAS") == "1"
M = tf.keras.metrics
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
PC = N([[0.7, 0.2, 0.1], [0.3, 0.3, 0.4], [0.1, 0.55, 0.35]], "float32")
Q = N([[0.1, 0.2, 0.7], [0.6, 0.3, 0.1], [0.2, 0.7, 0.1]], "float32")
YS = N([0, 2, 1])
W = N([1.0, 0.5, 2.0], "float32")
def plain(x):
    return json.loads(json.dumps(x, default=str))
def short(w):
    return w.name.split("/")[-1].split(":")[0]
def state(m):
    return [(short(v), list(v.shape), tf.as_dtype(v.dtype).name, v.numpy()) for v in m.variables]
def go(m, *updates):
    "Results before, after each update, state, config, reset."
    found = [m.name, m.result()]
    for u in updates:
        m.update_state(*u[:2], **({"sample_weight": u[2]} if len(u) > 2 else {}))
        found.append(m.result())
    found.append(state(m))
    k = type(m).from_config(m.get_config())
    found += [plain(m.get_config()), plain(k.get_config()) == plain(m.get_config()) or plain(k.get_config())]
    k.update_state(*updates[0][:2])
    if LEGACY:
        k.merge_state([m])
    found.append(k.result())
    m.reset_state()
    found += [m.result(), m(*updates[0][:2])]
    return found
"""
_FUNCTIONS = (
    "MeanSquaredError RootMeanSquaredError MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredLogarithmicError "
    "CosineSimilarity LogCoshError Hinge SquaredHinge CategoricalHinge Poisson KLDivergence"
).split()
_BOTH = {}
for _name in _FUNCTIONS:
    _BOTH[f"mean_{_name}"] = f"""
L = M.{_name}
[
    go(L(), (Y, P), (P, Y), (Y * 2, P)), go(L(), (Y, P, W), (P, Y, 0.5), (Y, P, W[:, None])), go(L(name="n"), (Y[0], P[0])), go(L(), (np.abs(Y), np.abs(P))), go(L(), (F(2, 3, 4), F(2, 3, 4), F(2, 3))), L(dtype="float64")(Y, P), L()(Y, P, F(2)), L()(Y, P[:, :2]), L()(Y[:, :1], P[:, 0]), L()(Y.astype("int32"), P), L()(Y.tolist(), P.tolist()), L()(1.0, 2.0), L()(Y, P, N([0.0, 0.0, 0.0])), L()(Y, P, N([[1.0, 0.0, 2.0, 1.0]] * 3, "float32")),
]"""
_BOTH |= {
    "reductions": """
[
    [M.Sum()(Y), M.Sum()(Y, W), M.Sum()(1), M.Sum(dtype="int32")([1, 2]), M.Sum(name="s").name, M.Sum()([1.0, 2.0], [0.5, 0.0]), M.Sum()(Y, W[:, None]), M.Sum()(Y, np.abs(Y)), plain(M.Sum(dtype="float64").get_config()), state(M.Sum())],
    [M.Mean()(Y), M.Mean()(Y, W), M.Mean()(1), M.Mean()([1.0, 2.0], [0.5, 0.0]), M.Mean()(Y, W[:, None]), M.Mean()(Y, np.abs(Y)), M.Mean()(F(2, 3, 4), F(2)), M.Mean()(F(2, 3, 4), F(2, 3)), M.Mean(dtype="float64")(Y), M.Mean(dtype="float16")([1.0, 2.0]), state(M.Mean()), M.Mean().result(), M.Mean()([1, 2, 3]), M.Mean()(Y, [0.0, 0.0, 0.0]), M.Mean()([]), M.Mean()([True, False, True]), M.Mean()(c([1, 2, 4]))],
    M.Mean()(Y, F(2)), M.Mean()(Y, F(4)), M.Mean(name="m", dtype="bogus"), M.Mean("avg").name, M.Mean().name, M.Sum().name, [M.Mean().name for _ in range(3)], repr(M.Mean(name="r")).split(".")[-1].split(" at ")[0], str(M.Sum(name="r")),
]""",
    "streams": """
m = M.Mean(name="loss")
out = []
for x in (1.0, 2.0, [3.0, 5.0], Y):
    m.update_state(x)
    out.append(m.result())
out.append(m.result().numpy())
m.reset_state()
out.append(float(m.result()))
m(4.0)
n = M.Mean()
n(2.0), n(6.0)
if LEGACY:
    m.merge_state([n, n])
s = M.Sum()
s.update_state([1.0, 2.0]); s.update_state(3.0, sample_weight=2.0)
[out, m.result(), state(m), s.result(), m.update_state(1.0) is None, [w.numpy() for w in m.variables], m.dtype, M.Mean(dtype="float64").dtype, LEGACY and m.merge_state([M.MeanSquaredError()]), LEGACY and m.merge_state([M.AUC()])]""",
    "accuracy": """
[
    go(M.Accuracy(), (N([[1], [2], [3]]), N([[1], [2], [4]])), (N([1, 2]), N([1, 0]), N([0.5, 1.0])), (N([1, 2]), N([1, 2]), 2.0)), go(M.BinaryAccuracy(), (YB, PB), (PB, YB), (YB, PB, W)), go(M.BinaryAccuracy(threshold=0.25), (YB, PB), (YB[:, 0], PB[:, 0], W)), go(M.CategoricalAccuracy(), (YC, PC), (YC, Q), (YC, Q, W)), go(M.SparseCategoricalAccuracy(), (YS, PC), (YS[:, None], Q), (YS, Q, W)), go(M.TopKCategoricalAccuracy(k=2), (YC, PC), (YC, Q), (YC, Q, W)), go(M.SparseTopKCategoricalAccuracy(k=2), (YS, PC), (YS, Q), (YS, Q, W)), go(M.SparseTopKCategoricalAccuracy(k=1, name="t"), (YS[:, None], PC)), M.TopKCategoricalAccuracy()(np.eye(8, dtype="float32"), F(8, 8)), M.TopKCategoricalAccuracy(k=20)(YC, PC),
    M.BinaryAccuracy()([1, 0], [0.5, 0.5]), M.BinaryAccuracy()([[1], [0]], [0.9, 0.2]), M.BinaryAccuracy()(YB[:, :1], PB[:, 0]), M.BinaryAccuracy()(F(2, 3, 1) > 0, F(2, 3, 1)), M.CategoricalAccuracy()(np.eye(3)[[[0, 1], [2, 2]]], F(2, 2, 3)), M.CategoricalAccuracy()(np.eye(3)[[[0, 1], [2, 2]]], F(2, 2, 3), N([[1.0, 0.0], [0.5, 1.0]])), M.SparseCategoricalAccuracy()(N([[0, 1], [2, 2]]), F(2, 2, 3)), M.SparseCategoricalAccuracy()(N([[[0], [1]], [[2], [2]]]), F(2, 2, 3)), M.SparseCategoricalAccuracy()(N([[0, 1], [2, 2]]), F(2, 2, 3), N([1.0, 0.0])), M.SparseCategoricalAccuracy()(N([0.0, 2.0]), F(2, 3)), M.Accuracy()([1.0], [1.0, 2.0]), M.Accuracy()(c([[True], [False]]), c([True, True])), M.BinaryAccuracy(threshold=None), M.BinaryAccuracy(threshold=1.5), M.CategoricalAccuracy()(YC, PC[:2]), M.TopKCategoricalAccuracy(k=2)(np.eye(3)[[[0, 1], [2, 2]]], F(2, 2, 3)), M.SparseTopKCategoricalAccuracy(k=2)(N([[0, 1], [2, 2]]), F(2, 2, 3)),
    M.binary_accuracy(YB, PB), M.binary_accuracy(YB, PB, threshold=0.25), M.categorical_accuracy(YC, Q), M.sparse_categorical_accuracy(YS, Q), M.sparse_categorical_accuracy(YS[:, None], Q), M.top_k_categorical_accuracy(YC, Q, k=2), M.sparse_top_k_categorical_accuracy(YS, Q, k=2), M.categorical_accuracy(c(YC), c(PC)), M.binary_accuracy(c([1, 0]), c([0.7, 0.7])),
]""",
    "crossentropies": """
[
    go(M.BinaryCrossentropy(), (YB, PB), (YB, PB, W)), go(M.BinaryCrossentropy(from_logits=True, label_smoothing=0.2, name="b"), (YB, F(3, 2))), go(M.CategoricalCrossentropy(), (YC, PC), (YC, Q, W)), go(M.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1), (YC, F(3, 3))), go(M.CategoricalCrossentropy(axis=0), (YC, PC)), go(M.SparseCategoricalCrossentropy(), (YS, PC), (YS, Q, W), (YS[:, None], Q)), go(M.SparseCategoricalCrossentropy(from_logits=True, axis=1), (YS, F(3, 3))), M.SparseCategoricalCrossentropy(ignore_class=0)(YS, PC), plain(M.CosineSimilarity(axis=0).get_config()), M.CosineSimilarity(axis=0)(Y, P), M.BinaryCrossentropy(dtype="float64")(YB, PB), M.KLDivergence()(YC, PC), M.Poisson()(YC, PC),
]""",
    "confusion": """
YT, PT = N([0, 1, 1, 0, 1]), N([0.2, 0.9, 0.4, 0.6, 0.7], "float32")
WT = N([1.0, 2.0, 0.5, 1.0, 0.0], "float32")
[
    [go(L(), (YT, PT), (YT, PT, WT)) for L in (M.TruePositives, M.FalsePositives, M.TrueNegatives, M.FalseNegatives)],
    [[L(thresholds=[0.1, 0.5, 0.65])(YT, PT, w) for w in (None, WT)] for L in (M.TruePositives, M.FalsePositives, M.TrueNegatives, M.FalseNegatives)],
    go(M.Precision(), (YT, PT), (YT, PT, WT)), go(M.Recall(), (YT, PT), (YT, PT, WT)), go(M.Precision([0.1, 0.65, 0.95]), (YT, PT), (YT, PT, WT)), go(M.Recall([0.1, 0.65, 0.95]), (YT, PT)), go(M.Precision(top_k=2), (YC, PC), (YC, Q)), go(M.Recall(top_k=1), (YC, PC), (YC, Q)), go(M.Precision(class_id=1), (YC, PC), (YC, Q)), go(M.Recall(class_id=2, thresholds=0.3), (YC, PC), (YC, Q, W)), go(M.Precision(top_k=2, class_id=1, name="p"), (YC, PC)), M.Precision(top_k=2)(N([[0.0, 1.0, 1.0]]), N([[0.1, 0.2, 0.9]])), M.Recall(0.3)(YB, PB), M.Precision(thresholds=[0.3, 0.5], class_id=0)(YC, Q),
    M.Precision(thresholds=1.5), M.Precision(thresholds=[0.5, -0.1]), M.Precision()([0, 1], [0.2, 1.5]), M.Precision()([0, 1], [-0.2, 0.5]), M.Recall()([[0, 1]], [[0.2, 0.5, 0.5]]), M.TruePositives()([0, 1], [0.2, 3.0]), M.Precision(class_id=5)(YC, PC), M.Precision()(YT[:, None], PT), M.TruePositives()(YT[:, None], PT[:, None], WT), M.TruePositives()(YB, PB, W), M.TruePositives()(YB, PB, YB),
    go(M.SensitivityAtSpecificity(0.5), (YT, PT), (YT, PT, WT)), go(M.SpecificityAtSensitivity(0.4, num_thresholds=3), (YT, PT), (YT, PT, WT)), go(M.PrecisionAtRecall(0.6), (YT, PT), (YT, PT, WT)), go(M.RecallAtPrecision(0.6), (YT, PT), (YT, PT, WT)), go(M.SensitivityAtSpecificity(0.5, class_id=1), (YC, PC)), go(M.RecallAtPrecision(0.9, num_thresholds=5, class_id=0, name="x"), (YC, Q)), M.SensitivityAtSpecificity(1.5), M.PrecisionAtRecall(-0.1), M.RecallAtPrecision(0.5, num_thresholds=0), M.SpecificityAtSensitivity(0.5, num_thresholds=1)(YT, PT),
]""",
    "auc": """
YT, PT = N([0, 1, 1, 0, 1, 0]), N([0.2, 0.9, 0.4, 0.6, 0.7, 0.41], "float32")
WT = N([1.0, 2.0, 0.5, 1.0, 0.0, 3.0], "float32")
def brief(m, *us):
    for u in us:
        m.update_state(*u)
    return [m.result(), [(short(v), list(v.shape), v.numpy().sum()) for v in m.variables], {k: v for k, v in plain(m.get_config()).items() if k != "thresholds"}, m.thresholds[:3] if hasattr(m, "thresholds") else None]
[
    brief(M.AUC(), (YT, PT), (YT, PT)), brief(M.AUC(curve="PR"), (YT, PT)), brief(M.AUC(num_thresholds=3), (YT, PT), (YT, PT, WT)), [M.AUC(summation_method=s, curve=k)(YT, PT, WT) for s in ("interpolation", "minoring", "majoring") for k in ("ROC", "PR")], brief(M.AUC(thresholds=[0.3, 0.5, 0.65]), (YT, PT)), M.AUC(thresholds=[0.3, 0.5])(YT, PT), M.AUC(from_logits=True)(YT, PT * 4 - 2), brief(M.AUC(multi_label=True, num_labels=3, num_thresholds=5), (YC, PC), (YC, Q)), brief(M.AUC(multi_label=True, num_thresholds=5), (YC, PC)), M.AUC(multi_label=True, num_labels=3, label_weights=[0.2, 0.3, 0.5])(YC, PC), M.AUC(multi_label=True, curve="PR")(YC, PC), M.AUC()(YB, PB), M.AUC()(YB, PB, W), M.AUC(multi_label=True)(YB, PB, W), M.AUC(num_thresholds=1), M.AUC(curve="bogus"), M.AUC(summation_method="bogus"), M.AUC(thresholds=[-0.1, 0.5]), M.AUC()([0, 1], [0.2, 1.5]), M.AUC(num_labels=3), M.AUC(label_weights=[1.0]), M.AUC(name="a").name, M.AUC(num_thresholds=5, name="a", curve="PR", summation_method="majoring").get_config(), M.AUC().result(), plain(M.AUC.from_config(M.AUC(thresholds=[0.5]).get_config()).get_config()), M.AUC(dtype="float64")(YT, PT), M.AUC(num_thresholds=10)(R.rand(50) > 0.5, R.rand(50)), M.AUC()(R.rand(50) > 0.5, R.rand(50)),
]""",
    "iou_returns": """
[M.IoU(2, [0]).update_state([0, 0, 1, 1], [0, 1, 0, 1]), M.BinaryIoU().update_state([0, 1, 0, 1], [0.1, 0.2, 0.4, 0.7]), M.OneHotIoU(3, [0]).update_state(YC, PC)]""",
    "iou": """
A, B = N([0, 0, 1, 1, 2]), N([0, 1, 0, 1, 2])
WT = N([0.3, 0.3, 0.3, 0.1, 1.0], "float32")
[
    go(M.IoU(3, [0, 1]), (A, B), (A, B, WT)), go(M.MeanIoU(3), (A, B), (A, B, WT)), go(M.BinaryIoU(), (N([0, 1, 0, 1]), N([0.1, 0.2, 0.4, 0.7]))), go(M.BinaryIoU([1], 0.3), (N([0, 1, 0, 1]), N([0.1, 0.2, 0.4, 0.7])), (N([0, 1, 0, 1]), N([0.1, 0.2, 0.4, 0.7]), N([0.2, 0.3, 0.4, 0.1]))), go(M.OneHotIoU(3, [0, 2]), (YC, PC), (YC, Q, W)), go(M.OneHotMeanIoU(3), (YC, PC), (YC, Q, W)), M.IoU(3, [5]), M.MeanIoU(2)(N([[0, 1], [1, 1]]), N([[0, 0], [1, 1]])), M.IoU(2, [0])(N([[0, 1], [1, 1]]), N([[0, 0], [1, 1]]), N([[1.0, 0.5], [0.2, 0.1]])), M.MeanIoU(3, ignore_class=2)(A, B), M.IoU(3, [0], ignore_class=1)(A, B), M.MeanIoU(3, sparse_y_pred=False)(A, F(5, 3)), M.MeanIoU(3, sparse_y_true=False)(np.eye(3)[A], B), M.OneHotIoU(3, [0], sparse_y_pred=True)(YC, YS), M.OneHotMeanIoU(3, ignore_class=-1, name="o").get_config(), M.MeanIoU(3, axis=0, sparse_y_pred=False)(A, F(3, 5)), M.MeanIoU(2)(A, B), M.BinaryIoU([2]), M.MeanIoU(3, name="x", dtype="float64")(A, B), M.IoU(3, (0, 1)).get_config(), M.MeanIoU(3).result(),
]""",
    "get": """
NAMES = ["acc", "accuracy", "Accuracy", "mse", "MSE", "mae", "MAE", "mape", "msle", "binary_accuracy", "AUC", "auc", "Precision", "precision", "recall", "Recall", "categorical_accuracy", "sparse_categorical_accuracy", "top_k_categorical_accuracy", "sparse_top_k_categorical_accuracy", "hinge", "cosine_similarity", "mean_squared_error", "MeanSquaredError", "binary_crossentropy", "root_mean_squared_error", "RootMeanSquaredError", "logcosh", "log_cosh", "kullback_leibler_divergence", "kl_divergence", "poisson", "Mean", "mean", "Sum", "F1Score", "f1_score", "R2Score", "bogus", "crossentropy", "ce", "cosine_proximity", "MeanIoU", "crossentropy", "huber", "categorical_crossentropy", "sparse_categorical_crossentropy"]
def told(n):
    f = err(lambda: M.get(n))
    return f if isinstance(f, str) else getattr(f, "__name__", None) or [type(f).__name__, f.name]
class Mine(M.Metric):
    def __init__(self, name="mine", k=1, **kw):
        super().__init__(name=name, **kw)
        self.k = k
        self.t = self.add_weight(name="total", initializer="zeros")
        self.v = self.add_weight(name="vector", shape=(2,), initializer="ones", dtype="int32")
    def update_state(self, y, p, sample_weight=None):
        self.t.assign_add(tf.reduce_sum(tf.cast(p, self.dtype)) * self.k)
        self.v.assign_add([1, 2])
    def result(self):
        return self.t
m = Mine(k=2)
m.update_state(1, [1.0, 2.0])
class Inside(M.Metric):
    def __init__(self):
        super().__init__(name="inside")
        self.a, self.b = M.Mean(name="a"), [M.Sum(name="b")]
    def update_state(self, x):
        self.a.update_state(x)
        self.b[0].update_state(x)
    def result(self):
        return {"a": self.a.result(), "b": self.b[0].result()}
i = Inside()
i.update_state([1.0, 2.0])
class Raw(M.Metric):
    def update_state(self, x):
        pass
w = M.MeanMetricWrapper(lambda y, p, k=1.0: tf.abs(y - p) * k, name="w", k=3.0)
[
    [told(n) for n in NAMES], M.get(None), M.get(m) is m, M.get(3), M.get({"class_name": "Mean", "config": {"name": "z"}}).name, m.result(), float(m.result()), state(m), [list(v.shape) for v in m.variables], m(1, [1.0]), m.reset_state(), state(m), i.result(), [short(v) for v in i.variables], i.reset_state(), state(i), M.Metric().update_state(), M.Metric().result(), Raw().result(), Raw(name="q").name, w([1.0, 2.0], [2.0, 4.0]), w.result(), w.name, state(w), M.deserialize({"class_name": "Mine", "config": {"name": "m", "dtype": "float32"}}, {"Mine": Mine}).name, plain(M.serialize(M.Mean(name="q"))), plain(M.serialize(M.Precision(0.3, name="q"))), M.deserialize(M.serialize(M.Precision(0.3, name="q"))).thresholds, plain(M.serialize(M.binary_accuracy)), plain(m.get_config()), M.MeanMetricWrapper(tf.keras.losses.mean_squared_error)(Y, P) if hasattr(tf.keras.losses, "mean_squared_error") else M.MeanMetricWrapper(tf.keras.losses.mse)(Y, P), M.Mean().update_state(), M.MeanSquaredError().update_state(Y), M.MeanSquaredError()(Y), M.Mean(dtype="float16").result(), M.Mean(3), [M.Mean(name="a").name, M.Mean().name, Mine().name, Mine(name=None).name],
]""",
    "masks": """
def masked(p, m):
    p = c(p)
    p._keras_mask = c(m)
    return p
T, T2, TT = [True, False, True], [[True, False], [True, True], [False, True]], YB.astype("int32")
[
    M.MeanSquaredError()(Y, masked(P, T)), M.MeanSquaredError()(Y, masked(P, T), W), M.BinaryAccuracy()(YB, masked(PB, T)), M.CategoricalAccuracy()(YC, masked(PC, T)), M.SparseCategoricalAccuracy()(YS, masked(PC, T)), M.SparseCategoricalAccuracy()(YS, masked(PC, T), W), M.Mean()(masked(Y, T)), M.Mean()(masked(Y, T), W), M.SparseCategoricalAccuracy()(TT, masked(F(3, 2, 3), T2)), M.SparseCategoricalAccuracy()(TT, masked(F(3, 2, 3), T2), W), M.Precision()(YB, masked(PB, T2)), M.BinaryCrossentropy()(F(3, 2, 1) > 0, masked(R.rand(3, 2, 1).astype("float32"), T2)),
]""",
    "empty": """
E = np.zeros((0, 3), "float32")
[M.CategoricalHinge()(E, E), M.MeanSquaredError()(E, E), M.AUC(multi_label=True)([0.0, 1.0], [0.2, 0.3]), M.AUC(multi_label=True)(N([0.0, 1.0]), N([0.2, 0.3]))]""",
    "in_function": """
m, a, p = M.Mean(), M.AUC(num_thresholds=5), M.SparseCategoricalAccuracy()
@tf.function
def step(x):
    m.update_state(x)
    a.update_state(YB, PB)
    p.update_state(YS, PC)
    return m.result(), a.result()
[step(c([1.0, 2.0])), step(c([3.0, 8.0])), m.result(), a.result(), p.result(), m.reset_state(), step(c([1.0, 1.0]))]""",
    "tensor_results": """
x = M.Mean()(4.0)
m = M.MeanSquaredError(name="q")
m.update_state([[1.0]], [[3.0]])
r = m.result()
["%.3f" % float(r), f"{m.result():.2f}", r.numpy().dtype, tf.is_tensor(r), r.shape, x + 1, m.result() * 2, int(r), bool(r), r.numpy().item()]""",
}
_K3 = {
    "f_scores": """
lazy_go = go
def go(m, *us):
    m.update_state(*us[0][:2])
    m.reset_state()
    return lazy_go(m, *us)
[
    go(M.F1Score(), (YC, PC), (YC, Q)), go(M.F1Score("micro"), (YC, PC), (YC, Q, W)), go(M.F1Score("macro", threshold=0.5), (YC, PC)), go(M.F1Score("weighted", 0.3), (YC, Q)), go(M.FBetaScore(beta=2.0, threshold=0.3), (YC, Q, W)), go(M.FBetaScore("micro", 0.5), (YC, Q)), M.F1Score("bogus"), M.FBetaScore(beta=-1.0), M.F1Score(threshold=2.0), M.F1Score()(YS, PC), M.F1Score()(YC, PC[:, :2]), M.F1Score(dtype="float64")(YC, PC), M.FBetaScore(beta=1), M.F1Score(threshold="a"),
]""",
    "scores": """
lazy_go = go
def go(m, *us):
    m.update_state(*us[0][:2])
    m.reset_state()
    return lazy_go(m, *us)
[
    go(M.R2Score(), (Y, P), (P, Y)), go(M.R2Score("variance_weighted"), (Y, P), (P, Y, W)), go(M.R2Score(None), (Y, P)), go(M.R2Score(num_regressors=1), (Y, P)), M.R2Score("bogus"), M.R2Score(num_regressors=-1), M.R2Score()(Y[:, 0], P[:, 0]), go(M.PearsonCorrelation(), (Y, P), (P, Y * 2, W)), go(M.ConcordanceCorrelation(axis=0), (Y, P)), M.pearson_correlation(Y, P), M.pearson_correlation(Y, P, axis=0), M.concordance_correlation(Y, P), go(M.CosineSimilarity(axis=0), (Y, P)), M.R2Score()(Y[:, :1], P[:, :1]), M.R2Score()(Y, Y), M.R2Score(num_regressors=5)(Y, P),
]""",
    "pure_forms": """
m = M.Mean()
z = [v.numpy() for v in m.variables]
s = m.stateless_update_state(z, [1.0, 3.0])
[s, m.stateless_result(s), m.result(), m.stateless_reset_state(), m.stateless_update_state([1.0], 2.0), m.add_variable(shape=(2,), initializer="ones", name="v"), repr(m), m.dtype, M.Mean(name="k").variables[0].path, M.Mean(name="k").variables[0].name, M.AUC(name="au").variables[2].path]""",
}
_K2 = {
    "mean_tensor": """
m = M.MeanTensor()
m.update_state([1.0, 2.0]); m.update_state([3.0, 8.0], sample_weight=[0.5, 2.0])
r = M.MeanRelativeError(normalizer=[1.0, 3.0, 2.0, 3.0])
r.update_state([1.0, 3.0, 2.0, 3.0], [2.0, 4.0, 6.0, 8.0])
[m.result(), state(m), m.get_config(), m.update_state([1.0]), M.MeanTensor(shape=(2,)).result(), M.MeanTensor().result(), m.total, m.count, m.reset_state(), m.result(), r.result(), state(r), M.LogCoshError()(Y, P), M.Mean().reset_states()]""",
    "old_names": """
class Old(M.Metric):
    def __init__(self):
        super().__init__("old")
        self.t = self.add_weight("total", initializer="zeros")
        self.v = self.add_weight("v", shape=(2, 2))
    def update_state(self, x):
        self.t.assign_add(x)
    def result(self):
        return self.t + 1
    def reset_states(self):
        self.t.assign(5.0)
m = Old()
m.update_state(2.0)
[m.result(), m.reset_states(), m.result(), m.reset_state(), m.result(), [v.name for v in m.variables], m.t.name, M.Mean(name="z").variables[0].name, M.Mean("q", "float64").dtype, repr(m).split(" at ")[0], str(m), M.Metric("n").name, M.Metric().update_state(), M.Metric().result(), M.mean_squared_error(Y, P), M.MSE(Y, P), M.log_cosh(Y, P), M.cosine_similarity(Y, P), M.kl_divergence(YC, PC), M.Accuracy("a", "float32").name, [hasattr(M, n) for n in ("F1Score", "R2Score", "FBetaScore")], M.Mean(dtype="int32").result()]""",
    "auc_rank": """
M.AUC(multi_label=True, num_labels=2)(N([0.0, 1.0]), N([0.2, 0.3]))""",
    "not_in_keras_2": """
[hasattr(M, "PearsonCorrelation"), err(lambda: M.get("bce").__name__)]""",
    "f_scores": """
[go(M.F1Score(), (YC, PC), (YC, Q)), go(M.F1Score("micro", 0.4), (YC, PC)), go(M.FBetaScore("weighted", 2.0), (YC, Q)), go(M.R2Score(), (Y, P)), go(M.R2Score("variance_weighted"), (Y, P, W)), M.R2Score()(Y[:, 0], P[:, 0])]""",
    "ragged": """
a, b = tf.ragged.constant([[1.0, 2.0], [3.0]]), tf.ragged.constant([[1.5, 2.0], [5.0]])
[M.MeanSquaredError()(a, b), M.MeanAbsoluteError()(a, b), M.BinaryAccuracy()(tf.ragged.constant([[1, 0], [1]]), tf.ragged.constant([[0.6, 0.7], [0.9]])), M.Mean()(a)]""",
}
CASES = {}
for _name, _code in {**_BOTH, **_K3}.items():
    CASES[_name] = wrapped(PRELUDE + _code)
for _name, _code in {**_BOTH, **_K2}.items():
    CASES[_name + "@k2"] = wrapped(PRELUDE + _code)
