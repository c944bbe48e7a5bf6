"""Cases of tf.keras.optimizers in both dialects: five steps of every optimizer, schedules, names, configs."""

import pathlib
import runpy

HERE = pathlib.Path(__file__).parent
wrapped = runpy.run_path(str(HERE / "_wrap.py"))["wrapped"]
PRELUDE = """\
import json
O = tf.keras.optimizers
S = O.schedules
def err(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
c, N, nan, inf = tf.constant, np.array, float("nan"), float("inf")
def plain(x):
    return json.loads(json.dumps(x, default=str))
GRADS = np.random.RandomState(1).randn(8, 2, 3).astype("float32")
GB = np.random.RandomState(2).randn(8, 3).astype("float32")
def start(dtype="float32"):
    a = tf.Variable(np.arange(6).reshape(2, 3) / 3 - 1, dtype=dtype, name="kernel")
    return a, tf.Variable([0.5, -0.5, 2.0], dtype=dtype, name="bias")
def vs(o):
    return o.variables() if callable(o.variables) else o.variables
def numbers(x):
    return [np.asarray(v.numpy() if hasattr(v, "numpy") else v) for v in x]
def steps(o, n=5, dtype="float32"):
    "Weights after each step, then the optimizer's own variables."
    a, b = start(dtype)
    found = []
    for g, h in zip(GRADS[:n], GB[:n]):
        o.apply_gradients([(c(g, dtype), a), (c(h, dtype), b)])
        found.append((a.numpy(), b.numpy()))
    return [found, numbers(vs(o))]
def config(o):
    k = type(o).from_config(o.get_config())
    return [plain(o.get_config()), plain(k.get_config()) == plain(o.get_config())]
def full(o):
    return [steps(o), config(o), o.name]
"""
_RULES = {
    "SGD": ["", "0.1", "0.1, momentum=0.9", "0.1, 0.9, True", "0.1, momentum=0.5, weight_decay=0.1"],
    "Adam": ["", "0.1", "0.1, 0.8, 0.9, 1e-3", "0.1, amsgrad=True", "0.1, weight_decay=0.1", "0.1, epsilon=1e-1"],
    "AdamW": ["", "0.1", "0.1, weight_decay=0.2, amsgrad=True"],
    "Nadam": ["", "0.1", "0.1, 0.8, 0.9, 1e-3", "0.1, weight_decay=0.1"],
    "Adamax": ["", "0.1", "0.1, 0.8, 0.9, 1e-3"],
    "RMSprop": [
        "",
        "0.1",
        "0.1, rho=0.5, momentum=0.9",
        "0.1, centered=True",
        "0.1, centered=True, momentum=0.5, epsilon=1e-2",
    ],
    "Adagrad": ["", "0.1", "0.1, initial_accumulator_value=1.0, epsilon=1e-2"],
    "Adadelta": ["", "0.1", "1.0, rho=0.5, epsilon=1e-2"],
    "Ftrl": [
        "",
        "0.1",
        "0.1, learning_rate_power=-0.7, initial_accumulator_value=0.5, l1_regularization_strength=0.1",
        "0.1, l2_regularization_strength=0.2, l2_shrinkage_regularization_strength=0.3, beta=0.1",
        "0.1, -1.0",
    ],
    "Lion": ["", "0.1", "0.1, 0.8, 0.9", "0.1, weight_decay=0.1"],
    "Adafactor": [
        "",
        "0.1",
        "0.1, beta_2_decay=-0.5, clip_threshold=0.5",
        "0.1, relative_step=False",
        "1.0, epsilon_1=1e-3, epsilon_2=1e-2",
    ],
}
_BOTH = {}
for _name, _arguments in _RULES.items():
    _BOTH[f"rule_{_name}"] = "\n[\n" + "".join(f"    full(O.{_name}({a})),\n" for a in _arguments) + "]"
_BOTH |= {
    "a_variable_many_times": """
def twice(o, compiled=False):
    v, w = tf.Variable([1.0, 2.0]), tf.Variable([3.0])
    def step():
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(v * v) + tf.reduce_sum(w * v)
        some = [v, w, v]
        o.apply_gradients(zip(tape.gradient(loss, some), some))
    step = tf.function(step) if compiled else step
    for _ in range(4):
        step()
    return v, w, o.iterations
[twice(o) for o in (O.SGD(0.1), O.SGD(0.1, momentum=0.9), O.Adam(0.1, amsgrad=True), O.AdamW(0.1, weight_decay=0.1), O.Nadam(0.1), O.RMSprop(0.1), O.Adam(0.1, clipnorm=0.1), O.SGD(0.1, global_clipnorm=0.1), O.Adafactor(0.1), O.Ftrl(0.1), O.Lion(0.1))] + [twice(O.Adam(0.1), True)]""",
    "gathered_rows": """
def rows(o):
    table, other = tf.Variable(np.arange(8.0).reshape(4, 2), dtype="float32"), tf.Variable([1.0])
    for ids in ([0, 2, 0], [1, 1, 2]):
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(tf.gather(table, ids) ** 2) + tf.reduce_sum(other)
        o.apply_gradients(zip(tape.gradient(loss, [table, other]), [table, other]))
    return [table, other]
def fitted():
    tf.keras.utils.set_random_seed(1)
    m = tf.keras.Sequential([tf.keras.layers.Embedding(4, 2, embeddings_initializer="ones"), tf.keras.layers.Flatten(), tf.keras.layers.Dense(1, kernel_initializer="ones")])
    m.compile("adam", "mse")
    m.fit(np.array([[0, 1, 1], [1, 3, 1]]), np.array([[1.0], [2.0]]), epochs=2, verbose=0)
    return m.get_weights()
[
    rows(O.SGD(0.1)), rows(O.SGD(0.1, momentum=0.9)), rows(O.Adam(0.1)), rows(O.Adam(0.1, amsgrad=True)), rows(O.AdamW(0.1)), rows(O.Adamax(0.1)), rows(O.Nadam(0.1)), rows(O.RMSprop(0.1)), rows(O.RMSprop(0.1, momentum=0.5, centered=True)), rows(O.Adagrad(0.1)), rows(O.Adadelta(0.1)), rows(O.Ftrl(0.1)), rows(O.Lion(0.1)), rows(O.Adam(0.1, clipnorm=0.5)), rows(O.SGD(0.1, clipnorm=0.5)), rows(O.SGD(0.1, clipvalue=0.1)), rows(O.SGD(0.1, global_clipnorm=0.5)), rows(O.Adafactor(0.1)), fitted(),
]""",
    "common_arguments": """
import os
K2 = os.environ.get("TF_USE_LEGACY_KERAS") == "1"
[
    [steps(o(0.1, clipnorm=0.5)) for o in (O.SGD, O.Adam)], steps(O.SGD(0.1, clipvalue=0.3)), steps(O.SGD(0.1, global_clipnorm=0.7)), steps(O.Adam(0.1, global_clipnorm=0.7, weight_decay=0.01)), steps(O.SGD(0.1, use_ema=True)), steps(O.SGD(0.1, use_ema=True, ema_momentum=0.5)), steps(O.SGD(0.1, use_ema=True, ema_momentum=0.5, ema_overwrite_frequency=2)), steps(O.Adam(0.1, use_ema=True, ema_momentum=0.9, ema_overwrite_frequency=3), 7), steps(O.SGD(0.1, weight_decay=0.5)), steps(O.RMSprop(0.1, weight_decay=0.1)), steps(O.Adagrad(0.1, weight_decay=0.1)), steps(O.Adadelta(0.1, weight_decay=0.1)), steps(O.Adamax(0.1, weight_decay=0.1)), steps(O.Ftrl(0.1, weight_decay=0.1)), steps(O.SGD(0.1, momentum=0.9, clipnorm=1.0, weight_decay=0.1, use_ema=True)), config(O.SGD(0.1, clipnorm=1.0, name="mine")), config(O.Adam(clipvalue=0.5, use_ema=True, ema_momentum=0.5, ema_overwrite_frequency=2)),
    O.SGD(clipnorm=1.0, clipvalue=1.0), O.SGD(clipnorm=1.0, global_clipnorm=1.0), O.SGD(momentum=-0.1), O.SGD(momentum=2.0), O.SGD(nesterov=1), O.SGD(use_ema=True, ema_momentum=2.0), O.SGD(use_ema=True, ema_overwrite_frequency=-1), O.SGD(bogus=1), O.SGD(learning_rate="a"), O.SGD(decay=0.1), K2 and O.SGD(lr=0.1), O.SGD(clipnorm=-1.0), O.SGD(clipvalue=-1.0), O.Ftrl(initial_accumulator_value=-1.0), O.Ftrl(learning_rate_power=1.0), O.Ftrl(l1_regularization_strength=-1.0), O.Lion(beta_1=2.0), O.Adam(beta_1=2.0), O.SGD(None), O.SGD(ema_overwrite_frequency=2), O.SGD(1),
]""",
    "names": """
def told(o):
    a, b = start()
    o.build([a, b])
    return [[v.name.split("/")[-1].split(":")[0] for v in vs(o)], [list(v.shape) for v in vs(o)], [tf.as_dtype(v.dtype).name for v in vs(o)], o.name]
[
    told(O.SGD()), told(O.SGD(momentum=0.9)), told(O.Adam()), told(O.Adam(amsgrad=True)), told(O.RMSprop(momentum=0.5, centered=True)), told(O.Adagrad()), told(O.Adadelta()), told(O.Adamax()), told(O.Nadam()), told(O.Ftrl()), told(O.Lion()), told(O.AdamW()), told(O.SGD(use_ema=True)), told(O.Adam(S.ExponentialDecay(0.1, 10, 0.9))), told(O.Adafactor()), [type(o).__name__ for o in (O.Adam(), O.SGD())], [len(vs(O.Adam())), len(vs(O.SGD()))],
]""",
    "schedules": """
def run(s, at=(0, 1, 2, 5, 9, 10, 11, 20, 25, 40, 1000)):
    k = S.deserialize(S.serialize(s))
    return [[s(i) for i in at], s(c(3)), s(c(7, "int64")), s(2.5), s(tf.Variable(4)), plain(s.get_config()), plain(S.serialize(s)), k(13), type(k).__name__]
[
    run(S.ExponentialDecay(0.1, 10, 0.5)), run(S.ExponentialDecay(0.1, 10, 0.5, staircase=True, name="e")), run(S.PiecewiseConstantDecay([5, 10], [1.0, 0.5, 0.1])), run(S.PiecewiseConstantDecay([5.0, 10.0], [1.0, 0.5, 0.1], name="p")), run(S.PolynomialDecay(0.1, 20)), run(S.PolynomialDecay(0.1, 20, 0.01, power=2.0)), run(S.PolynomialDecay(0.1, 10, 0.01, power=0.5, cycle=True)), run(S.InverseTimeDecay(0.1, 10, 0.5)), run(S.InverseTimeDecay(0.1, 10, 0.5, staircase=True)), run(S.CosineDecay(0.1, 20)), run(S.CosineDecay(0.1, 20, alpha=0.2)), run(S.CosineDecay(0.0, 20, warmup_target=0.1, warmup_steps=5)), run(S.CosineDecay(0.01, 20, alpha=0.1, name="c", warmup_target=0.2, warmup_steps=10)), run(S.CosineDecayRestarts(0.1, 10)), run(S.CosineDecayRestarts(0.1, 5, t_mul=1.5, m_mul=0.7, alpha=0.1)), run(S.CosineDecayRestarts(0.1, 7, t_mul=1.0)),
    S.PiecewiseConstantDecay([1, 2], [1.0]), S.PiecewiseConstantDecay([5], [1, 2])(3), S.LearningRateSchedule()(1), S.LearningRateSchedule().get_config(), S.deserialize({"class_name": "bogus", "config": {}}), S.ExponentialDecay(c(0.1), 10, 0.5)(5), S.PolynomialDecay(0.1, 0)(1), S.CosineDecay(0.1, 0)(1), S.PiecewiseConstantDecay([5, 10], [3, 2, 1])(7), S.ExponentialDecay(1, 10, 0.5)(5),
]""",
    "schedule_in_optimizer": """
import os
K2 = os.environ.get("TF_USE_LEGACY_KERAS") == "1"
class Mine(S.LearningRateSchedule):
    def __init__(self, k):
        self.k = k
    def __call__(self, step):
        return self.k / (tf.cast(step, "float32") + 1)
    def get_config(self):
        return {"k": self.k}
def rates(o):
    a, b = start()
    out = []
    for g, h in zip(GRADS[:4], GB):
        o.apply_gradients([(c(g), a), (c(h), b)])
        out.append(o.learning_rate)
    return [out, a, b, o.iterations]
def assign(o, x):
    o.learning_rate = x
    return o.learning_rate
def scheduled():
    return O.SGD(S.ExponentialDecay(0.1, 1, 0.5))
[
    rates(O.SGD(S.ExponentialDecay(0.1, 2, 0.5))), rates(O.Adam(S.PiecewiseConstantDecay([1], [0.1, 0.01]))), rates(O.SGD(Mine(0.5))), rates(O.SGD(lambda: 0.25)), config(O.SGD(S.CosineDecay(0.1, 10))), O.SGD(Mine(0.5)).get_config()["learning_rate"]["class_name"], O.SGD.from_config({"learning_rate": {"class_name": "ExponentialDecay", "config": {"initial_learning_rate": 0.1, "decay_steps": 10, "decay_rate": 0.9}}}).learning_rate, O.SGD.from_config({"learning_rate": 0.5}).learning_rate, assign(O.SGD(0.1), 0.5), assign(O.SGD(0.1), c(0.5)), assign(O.SGD(0.1), S.ExponentialDecay(0.1, 1, 0.5)), assign(scheduled(), 0.5), assign(O.SGD(0.1), lambda: 0.3), O.SGD(0.1).learning_rate.numpy(), float(O.Adam(0.3).learning_rate), O.Adam(0.3).learning_rate.assign(0.7), K2 and [O.SGD(tf.Variable(0.2)).learning_rate, O.SGD(c(0.2)).learning_rate, O.SGD(np.float32(0.2)).learning_rate, O.SGD(N(0.2)).get_config()["learning_rate"]], scheduled().learning_rate, O.Adam().learning_rate,
]""",
    "applying": """
import os
K2 = os.environ.get("TF_USE_LEGACY_KERAS") == "1"
def once(o, **kw):
    a, b = start()
    r = o.apply_gradients([(c(GRADS[0]), a), (c(GB[0]), b)], **kw)
    return [r, a, b, o.iterations]
def missing(o):
    a, b = start()
    o.apply_gradients([(c(GRADS[0]), a), (None, b)])
    return [a, b, o.iterations]
def minimize(o):
    a, b = start()
    for _ in range(3):
        r = o.minimize(lambda: tf.reduce_sum(a * a) + tf.reduce_sum(b), [a, b])
    return [a, b]
def taped(o):
    a, b = start()
    with tf.GradientTape() as t:
        y = tf.reduce_sum(a ** 3)
    o.minimize(y, [a], tape=t)
    return a
def sparse(o):
    a, b = tf.Variable(np.arange(8.0).reshape(4, 2), dtype="float32"), tf.Variable([1.0])
    for i in range(3):
        g = tf.IndexedSlices(c([[1.0, 2.0], [3.0, 4.0], [0.5, 0.5]]) * (i + 1), c([0, 2, 0]), c([4, 2]))
        o.apply_gradients([(g, a), (c([1.0]), b)])
    return [a, b]
def embedding(o):
    a = tf.Variable(np.arange(8.0).reshape(4, 2), dtype="float32")
    with tf.GradientTape() as t:
        y = tf.reduce_sum(tf.gather(a, [0, 2, 0]) ** 2)
    o.apply_gradients(zip(t.gradient(y, [a]), [a]))
    return a
def other(o):
    a, b = start()
    o.apply_gradients([(c(GRADS[0]), a)])
    o.apply_gradients([(c(GB[0]), b)])
def set_them(o):
    a, b = start()
    o.build([a, b])
    w = [x + 1 for x in numbers(vs(o))]
    o.set_weights(w)
    return numbers(vs(o))
def functioned(o):
    a, b = start()
    o.build([a, b])
    @tf.function
    def step(g, h):
        o.apply_gradients([(g, a), (h, b)])
        return o.iterations
    return [[step(c(g), c(h)) for g, h in zip(GRADS[:3], GB)], a, b, numbers(vs(o))]
def constrained(o):
    a = tf.Variable([1.0, -1.0], constraint=lambda w: tf.maximum(w, 0.0))
    o.apply_gradients([(c([0.5, 0.5]), a)])
    return a
def excluded(o, **kw):
    o.exclude_from_weight_decay(**kw)
    a, b = start()
    o.apply_gradients([(c(GRADS[0]), a), (c(GB[0]), b)])
    return [a, b]
def excluded_list(o):
    a, b = start()
    o.exclude_from_weight_decay(var_list=[b])
    o.apply_gradients([(c(GRADS[0]), a), (c(GB[0]), b)])
    return [a, b]
def late(o):
    o.build(start())
    o.exclude_from_weight_decay(var_names=["bias"])
def finalized(o):
    a, b = start()
    for g, h in zip(GRADS[:3], GB):
        o.apply_gradients([(c(g), a), (c(h), b)])
    o.finalize_variable_values([a, b])
    return [a, b]
[
    once(O.SGD(0.1)), once(O.Adam(0.1), **({"name": "x"} if K2 else {})), missing(O.SGD(0.1)), missing(O.Adam(0.1)), K2 and [minimize(O.SGD(0.1)), minimize(O.Adam(0.1)), taped(O.SGD(0.1))], [sparse(o(0.1)) for o in (O.SGD, O.Adam, O.RMSprop, O.Adagrad, O.Adadelta, O.Adamax, O.Nadam, O.Ftrl, O.Lion)], sparse(O.SGD(0.1, momentum=0.9)), sparse(O.SGD(0.1, momentum=0.9, nesterov=True)), sparse(O.Adam(0.1, amsgrad=True)), sparse(O.RMSprop(0.1, centered=True, momentum=0.5)), sparse(O.SGD(0.1, clipnorm=1.0)), embedding(O.SGD(0.1)), embedding(O.Adam(0.1)), O.SGD().apply_gradients([]), once(O.SGD(0.1), bogus=1), O.SGD().apply_gradients([(None, tf.Variable(1.0))]), other(O.SGD()), set_them(O.Adam()), set_them(O.SGD(momentum=0.9)), O.Adam().set_weights([1]), functioned(O.Adam(0.1)), functioned(O.SGD(0.1, momentum=0.9, use_ema=True)), functioned(O.RMSprop(S.ExponentialDecay(0.1, 1, 0.5))), constrained(O.SGD(0.1)), excluded(O.AdamW(0.1, weight_decay=0.5), var_names=["bias"]), excluded_list(O.SGD(0.1, weight_decay=0.5)), late(O.AdamW()), finalized(O.SGD(0.1, use_ema=True, ema_momentum=0.5)), finalized(O.SGD(0.1)), steps(O.SGD(0.1), 2, "float64"), steps(O.Adam(0.1), 2, "float64"), steps(O.SGD(0.1), 2, "float16"), steps(O.Adam(0.1), 2, "bfloat16"), steps(O.Adagrad(0.1), 2, "float16"), K2 and err(lambda: O.SGD().minimize(c(1.0), [tf.Variable(1.0)])), O.SGD().apply_gradients([(c([1.0, 2.0]), tf.Variable([1.0, 2.0, 3.0]))]), O.SGD().iterations, O.SGD().build([]), O.Adam() == O.Adam(), K2 and once(O.SGD(0.1), skip_gradients_aggregation=True),
]""",
    "get": """
NAMES = ["sgd", "SGD", "adam", "Adam", "rmsprop", "RMSprop", "RMSProp", "adagrad", "adadelta", "adamax", "nadam", "Nadam", "ftrl", "Ftrl", "adamw", "AdamW", "lion", "adafactor", "bogus", "momentum", "adam_w", "muon", "lamb", "Optimizer", "lossscaleoptimizer"]
def told(n):
    f = err(lambda: O.get(n))
    return f if isinstance(f, str) else [type(f).__name__, float(f.learning_rate)]
class Mine(O.Optimizer):
    def __init__(self, learning_rate=0.1, name="mine", **kw):
        super().__init__(learning_rate=learning_rate, name=name, **kw)
o = O.SGD(0.2, name="q")
[[told(n) for n in NAMES], O.get(o) is o, O.get(3), O.get({"class_name": "SGD", "config": {"learning_rate": 0.3}}).get_config()["learning_rate"], plain(O.serialize(o)), plain(O.serialize(O.Adam())), type(O.deserialize(O.serialize(o))).__name__, O.deserialize({"class_name": "Bogus", "config": {}}), O.deserialize({"class_name": "adam", "config": {"learning_rate": 0.5}}).name, O.get(None), O.Optimizer]""",
    "in_model": """
tf.keras.utils.set_random_seed(0)
X, T = np.random.RandomState(0).rand(8, 3).astype("float32"), np.random.RandomState(1).rand(8, 1).astype("float32")
def fit(o, **kw):
    m = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(1, kernel_initializer="ones", name="d")])
    m.compile(o, "mse", **kw)
    h = m.fit(X, T, batch_size=4, epochs=2, shuffle=False, verbose=0)
    return [h.history["loss"], m.get_weights(), numbers(vs(m.optimizer)), [v.name.split("/")[-1].split(":")[0] for v in vs(m.optimizer)]]
[fit(O.SGD(0.1)), fit(O.Adam(0.1)), fit("adam"), fit("sgd"), fit(O.SGD(0.1, momentum=0.9, nesterov=True)), fit(O.RMSprop(S.ExponentialDecay(0.1, 2, 0.5))), fit(O.AdamW(0.1, weight_decay=0.1)), fit(O.SGD(0.1, clipnorm=0.01)), fit(O.SGD(0.1, use_ema=True, ema_momentum=0.5, ema_overwrite_frequency=1)), fit("bogus")]""",
}
_BOTH["loss_scale_in_fit"] = """
K = tf.keras
K.mixed_precision.set_global_policy("mixed_float16")
try:
    x = np.linspace(-2, 2, 96).reshape(32, 3)
    y = 3 * x.sum(1, keepdims=True)
    found = []
    for eager in (False, True):
        for scale in (256.0, 2.0**20):
            m = K.Sequential([K.layers.Dense(1, kernel_initializer="ones")])
            o = K.mixed_precision.LossScaleOptimizer(K.optimizers.SGD(0.01), initial_scale=scale)
            m.compile(o, "mse", run_eagerly=eager)
            m.fit(x, y, batch_size=8, epochs=4, shuffle=False, verbose=0)
            found.append(np.round(m.get_weights()[0], 2))
    for steps in range(2):
        v = tf.Variable(1.0)
        o = K.mixed_precision.LossScaleOptimizer(K.optimizers.SGD(0.1), initial_scale=256.0)
        if hasattr(o, "get_scaled_loss"):
            o.minimize(lambda: v * v, [v])
        else:
            with tf.GradientTape() as tape:
                loss = o.scale_loss(v * v)
            o.apply_gradients([(tape.gradient(loss, v), v)])
        found.append(v.numpy())
finally:
    K.mixed_precision.set_global_policy("float32")
found"""
_K3 = {
    "accumulation": """
[steps(O.SGD(0.1, gradient_accumulation_steps=2), 6), steps(O.Adam(0.1, gradient_accumulation_steps=3), 7), steps(O.SGD(0.1, gradient_accumulation_steps=2, use_ema=True, ema_momentum=0.5), 5), steps(O.SGD(0.1, gradient_accumulation_steps=2, weight_decay=0.1, clipnorm=0.5), 4), O.SGD(gradient_accumulation_steps=1), steps(O.SGD(0.1, loss_scale_factor=4.0)), O.SGD(0.1, loss_scale_factor=4.0).scale_loss(c(2.0)), O.SGD().scale_loss(c(2.0)), config(O.SGD(loss_scale_factor=2.0, gradient_accumulation_steps=2)), O.SGD(gradient_accumulation_steps=0), steps(O.SGD(S.ExponentialDecay(0.1, 1, 0.5), gradient_accumulation_steps=2), 6)]""",
    "paths": """
def told(o):
    a, b = tf.keras.Variable([[1.0, 2.0]], name="kernel"), tf.keras.Variable([1.0], name="bias")
    o.build([a, b])
    return [[v.name for v in o.variables], [v.path for v in o.variables], o.name]
m = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(1, name="d")], name="s")
m.compile("adam", "mse")
m.optimizer.build(m.trainable_variables)
[told(O.SGD()), told(O.Adam(name="z")), told(O.RMSprop(momentum=0.1, use_ema=True)), [v.path for v in m.optimizer.variables]]""".replace(
        "tf.keras.Variable", "whole.Variable"
    ),
    "stateless": """
a = whole.Variable([1.0, 2.0], name="a")
o = O.Adam(0.1)
def assign(o):
    o.iterations = whole.Variable(5, dtype="int64")
    return o.iterations
[o.stateless_apply([], [c([1.0, 1.0])], [a.value]), o.apply([c([1.0, 1.0])]), o.build([a]), o.stateless_apply([v.value for v in o.variables], [c([1.0, 1.0])], [a.value]), a, o.apply([c([1.0, 1.0])]), a, o.apply([c([1.0]), c([2.0])]), o.apply([]), o.apply([c([1.0, 1.0])], [whole.Variable([1.0, 2.0])]), o.iterations, assign(O.SGD()), assign(o), o.save_own_variables, [v.numpy() for v in o.variables], o.built]""",
    "loss_scale": """
def run(o, scales):
    a, b = start()
    o.build([a, b])
    out = []
    for k, g, h in zip(scales, GRADS, GB):
        o.apply([c(g) * k, c(h) * k], [a, b])
        out.append((a.numpy(), o.scale_loss(c(1.0)).numpy()))
    return [out, numbers(o.variables), [v.name for v in o.variables]]
L = O.LossScaleOptimizer
[run(L(O.SGD(0.1)), [32768.0] * 3), run(L(O.Adam(0.1), initial_scale=4.0, dynamic_growth_steps=2), [4.0, 4.0, 8.0, 8.0]), run(L(O.SGD(0.1), initial_scale=8.0), [8.0, inf, 4.0]), config(L(O.SGD(0.1), 16.0, 5, name="l")), L(L(O.SGD())), L(O.SGD()).learning_rate, L(O.SGD(0.5)).inner_optimizer.learning_rate, L(O.SGD(), clipnorm=1.0), L(O.SGD(), weight_decay=1.0), L(O.SGD(), initial_scale=2.0).initial_scale, steps(L(O.SGD(0.1), initial_scale=2.0))]""",
    "new_rules": """
def lamb_steps(o):
    return full(o)
[full(O.Lamb()), full(O.Lamb(0.1, 0.8, 0.9, 1e-2)), full(O.Muon()), full(O.Muon(0.1, adam_lr_ratio=0.5, nesterov=False)), full(O.Muon(0.1, weight_decay=0.0, exclude_embeddings=False, ns_steps=2)), full(O.ScheduleFreeAdamW(0.1)) if hasattr(O, "ScheduleFreeAdamW") else None, sorted(n for n in dir(O) if n[0].isupper())]""",
    "own_rule": """
class Plain(O.Optimizer):
    def build(self, variables):
        if self.built:
            return
        super().build(variables)
        self.seen = self.add_optimizer_variables(variables, "seen")
    def update_step(self, gradient, variable, learning_rate):
        s = self.seen[self._get_variable_index(variable)]
        self.assign_add(s, gradient)
        self.assign_sub(variable, learning_rate * s)
class Bare(O.Optimizer):
    pass
class NoSuper(O.Optimizer):
    def __init__(self):
        self.x = 1
[steps(Plain(0.1, name="plain")), steps(Plain(0.1, weight_decay=0.1, clipnorm=0.5)), steps(Plain(0.1, use_ema=True, ema_momentum=0.5)), steps(Plain(0.1, gradient_accumulation_steps=2)), steps(Bare(0.1)), NoSuper(), Plain(0.1).get_config(), Plain(0.1).name, Bare(0.1).name]""",
    "legacy_namespace": """
[sorted(n for n in dir(O.legacy) if n[0].isupper()), O.legacy.Adam, O.legacy.SGD(0.1)]""",
}
_LEGACY = "SGD Adam Adagrad Adadelta Adamax Nadam RMSprop Ftrl".split()
_K2 = {
    "gradient_transformers": """
G = O.legacy
def double(pairs):
    return [(2 * g, v) for g, v in pairs]
def largest(pairs):
    return [(tf.clip_by_value(g, -0.5, 0.5), v) for g, v in pairs]
def summed(pairs):
    return [(g + 1, v) for g, v in pairs]
def named(pairs):
    return [(g * (2.0 if "bias" in v.name else 1.0), v) for g, v in pairs]
m = tf.keras.Sequential([tf.keras.layers.Dense(1, kernel_initializer="ones", input_shape=(2,))])
m.compile(G.SGD(0.1, gradient_transformers=[named]), "mse")
m.fit(np.ones((4, 2)), np.zeros((4, 1)), epochs=2, verbose=0)
v = tf.Variable([1.0, 2.0])
G.SGD(0.1, gradient_transformers=[double]).minimize(lambda: tf.reduce_sum(v * v), [v])
[steps(G.SGD(0.1, gradient_transformers=[double])), steps(G.SGD(0.1, gradient_transformers=[double, largest])), steps(G.Adam(0.1, gradient_transformers=[largest, double])), steps(G.SGD(0.1, gradient_aggregator=summed)), steps(G.SGD(0.1, gradient_aggregator=summed, gradient_transformers=[double])), m.get_weights(), v]""",
    "legacy_rules": """
G = O.legacy
def told(o):
    return [steps(o), plain(o.get_config()), o._name, [v.name for v in o.variables()]]
[
"""
    + "".join(f"    told(G.{n}()), told(G.{n}(0.1)), told(G.{n}(0.1, decay=0.1)),\n" for n in _LEGACY)
    + """    told(G.SGD(0.1, momentum=0.9)), told(G.SGD(0.1, momentum=0.9, nesterov=True)), told(G.Adam(0.1, amsgrad=True)), told(G.RMSprop(0.1, momentum=0.9, centered=True)), told(G.Ftrl(0.1, l1_regularization_strength=0.1, l2_regularization_strength=0.2, l2_shrinkage_regularization_strength=0.1, beta=0.1)), told(G.SGD(lr=0.3)), told(G.SGD(0.1, clipnorm=0.5)), told(G.SGD(0.1, clipvalue=0.5)), told(G.SGD(0.1, global_clipnorm=0.5)), told(G.SGD(S.ExponentialDecay(0.1, 1, 0.5))), G.SGD(bogus=1), G.SGD(clipnorm=-1.0), G.SGD(momentum=2.0),
]""",
    "legacy_use": """
G = O.legacy
o = G.Adam(0.1)
a, b = start()
first = o.apply_gradients([(c(GRADS[0]), a), (c(GB[0]), b)])
o.lr = 0.5
def sparse(o):
    a, b = tf.Variable(np.arange(8.0).reshape(4, 2), dtype="float32"), tf.Variable([1.0])
    for i in range(3):
        g = tf.IndexedSlices(c([[1.0, 2.0], [3.0, 4.0], [0.5, 0.5]]) * (i + 1), c([0, 2, 0]), c([4, 2]))
        o.apply_gradients([(g, a), (c([1.0]), b)])
    return [a, b]
[
    first, o.lr, o.learning_rate, o.iterations, o.get_slot_names(), o.get_slot(a, "m"), o.get_slot(b, "v"), o.get_weights(), o.set_weights([w + 1 for w in o.get_weights()]), o.get_weights(), [v.name for v in o.weights], o.get_slot(a, "bogus"), isinstance(o, O.Optimizer), isinstance(o, G.Optimizer), type(O.get(o)).__name__, o.minimize(lambda: tf.reduce_sum(a ** 2), [a]), a, G.SGD().apply_gradients([]), G.SGD().apply_gradients([(None, a)]), [sparse(k(0.1)) for k in (G.SGD, G.Adam, G.RMSprop, G.Adagrad, G.Adadelta, G.Adamax, G.Nadam, G.Ftrl)], sparse(G.SGD(0.1, momentum=0.9)), sparse(G.SGD(0.1, momentum=0.9, nesterov=True)), type(O.get("sgd", use_legacy_optimizer=True)).__module__.split(".")[-1] if False else None, O.SGD(0.1, decay=0.5), O.SGD(lr=0.25).lr, O.Adam(0.5).lr, G.SGD(0.1).variables(), G.SGD(0.3).get_config(), G.SGD(0.3).decay, G.SGD(0.3, decay=0.1).get_config()["decay"], G.Adam.from_config({"lr": 0.5}).lr, O.deserialize(O.serialize(G.SGD(0.3)), use_legacy_optimizer=True).get_config()["learning_rate"],
]""",
    "own_rule": """
class Plain(O.Optimizer):
    def __init__(self, learning_rate=0.1, name="Plain", **kw):
        super().__init__(name=name, **kw)
        self._learning_rate = self._build_learning_rate(learning_rate)
    def build(self, variables):
        super().build(variables)
        self.seen = [self.add_variable_from_reference(v, "seen") for v in variables]
    def update_step(self, gradient, variable):
        s = self.seen[self._index_dict[self._var_key(variable)]]
        s.assign_add(gradient)
        variable.assign_sub(tf.cast(self.learning_rate, variable.dtype) * s)
    def get_config(self):
        return {**super().get_config(), "learning_rate": self._serialize_hyperparameter(self._learning_rate)}
[steps(Plain()), steps(Plain(weight_decay=0.1)), steps(Plain(clipnorm=0.5)), Plain().get_config(), Plain().name]""",
    "loss_scale": """
L = tf.keras.mixed_precision.LossScaleOptimizer
o = L(O.SGD(0.1), dynamic=False, initial_scale=4.0)
d = L(O.Adam(0.1), initial_scale=8.0, dynamic_growth_steps=2)
[o.loss_scale, o.get_scaled_loss(c(2.0)), o.get_unscaled_gradients([c(8.0), None]), steps(o), d.loss_scale, steps(d), d.loss_scale, d.dynamic_counter, d.dynamic, d.initial_scale, d.dynamic_growth_steps, d.inner_optimizer.name, plain(o.get_config()), L(O.SGD(), dynamic=False), L(3), o.learning_rate]""",
}
CASES = {}
for _name, _code in {**_BOTH, **_K3}.items():
    CASES[_name] = wrapped("import keras as whole\n" + PRELUDE + _code)
for _name, _code in {**_BOTH, **_K2}.items():
    CASES[_name + "@k2"] = wrapped(PRELUDE + _code)
