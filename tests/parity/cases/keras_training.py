"""Cases of compile, fit, evaluate, predict and callbacks, in both dialects."""

PRELUDE = """\
import contextlib, io, os, re, warnings
warnings.simplefilter("ignore")
K2 = os.environ.get("TF_USE_LEGACY_KERAS") == "1"
L, M, CB = keras.layers, keras.Model, keras.callbacks
r = np.random.RandomState(0)
X = r.randn(20, 3).astype("float32")
Y = (X @ np.array([[1.0], [-2.0], [0.5]], "float32") + 0.3).astype("float32")
C = (Y[:, 0] > 0).astype("int32")
W = r.uniform(0, 1, 20).astype("float32")
def err(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return "no error"
def text(f):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        f()
    return out.getvalue()
def fill(m):
    rs = np.random.RandomState(3)
    m.set_weights([rs.uniform(-0.5, 0.5, w.shape).astype("float32") for w in m.get_weights()])
    return m
def model(out=1, act=None, **kw):
    m = fill(keras.Sequential([keras.Input((3,)), L.Dense(4, activation="tanh"), L.Dense(out, activation=act)]))
    m.compile(**{"optimizer": keras.optimizers.SGD(0.1), "loss": "mse", **kw})
    return m
def h(hist):
    return {k: [float(x) for x in v] for k, v in hist.history.items() if k not in ("lr",)}
def two():
    i, j = keras.Input((3,), name="i"), keras.Input((3,), name="j")
    a = L.Dense(1, name="a")(i)
    b = L.Dense(2, name="b", activation="softmax")(L.Concatenate()([i, j]))
    return fill(M([i, j], [a, b]))
FIT = dict(batch_size=5, epochs=2, shuffle=False, verbose=0)
"""

BOTH = {
    "fit_arrays": """
m = model(metrics=["mae"])
a = h(m.fit(X, Y, **FIT))
b = h(m.fit(X, Y, epochs=3, initial_epoch=2, batch_size=8, shuffle=False, verbose=0))
c = h(m.fit(tf.constant(X), tf.constant(Y), batch_size=7, shuffle=False, verbose=0, steps_per_epoch=2))
d = [m.history.epoch, m.history.params["epochs"]]
[a, b, c, m.get_weights(), m.evaluate(X, Y, verbose=0, batch_size=3), m.evaluate(X, Y, verbose=0, return_dict=True),
 m.predict(X, verbose=0, batch_size=6), m.predict(X[:5], verbose=0, batch_size=2).shape, d]
""",
    "fit_validation": """
m = model(metrics=["mae"])
a = h(m.fit(X, Y, validation_split=0.25, **FIT))
b = h(m.fit(X, Y, validation_data=(X[:7], Y[:7]), validation_batch_size=3, **FIT))
c = h(m.fit(X, Y, validation_data=(X, Y, W), **FIT))
d = h(m.fit(X, Y, validation_data=(X, Y), validation_freq=2, batch_size=5, epochs=4, shuffle=False, verbose=0))
e = h(m.fit(X, Y, validation_data=(X, Y), validation_freq=[1, 3], batch_size=5, epochs=3, shuffle=False, verbose=0))
f = h(m.fit(X, Y, validation_data=tf.data.Dataset.from_tensor_slices((X, Y)).batch(4), validation_steps=2, **FIT))
[a, b, c, d, e, f, err(lambda: m.fit(X, Y, validation_split=0.999, **FIT)) if not K2 else 0]
""",
    "fit_weights": """
m = model(3, "softmax", loss="sparse_categorical_crossentropy", metrics=["accuracy"], weighted_metrics=["accuracy"] if not K2 else None)
a = h(m.fit(X, C, class_weight={0: 1.0, 1: 2.0, 2: 0.5}, **FIT))
b = h(m.fit(X, C, sample_weight=W, **FIT))
n = model(loss="mae")
c = h(n.fit(X, Y, sample_weight=W, **FIT))
d = n.evaluate(X, Y, sample_weight=W, verbose=0)
e = h(m.fit(tf.data.Dataset.from_tensor_slices((X, C)).batch(5), class_weight={0: 1.0, 1: 3.0, 2: 1.0}, epochs=2, verbose=0))
f = h(n.fit(tf.data.Dataset.from_tensor_slices((X, Y, W)).batch(5), epochs=2, verbose=0))
[a, b, c, d, e, f, err(lambda: m.fit(X, C, sample_weight=W, class_weight={0: 1.0, 1: 1.0}, **FIT)) if not K2 else 0]
""",
    "fit_sources": """
m = model(metrics=["mae"])
d = tf.data.Dataset.from_tensor_slices((X, Y)).batch(6)
def g():
    while True:
        for i in range(0, 20, 5):
            yield X[i:i + 5], Y[i:i + 5]
class S(keras.utils.Sequence):
    def __init__(self):
        if not K2:
            super().__init__()
    def __len__(self):
        return 4
    def __getitem__(self, i):
        return X[5 * i:5 * i + 5], Y[5 * i:5 * i + 5]
out = [h(m.fit(d, epochs=2, verbose=0)), h(m.fit(d.repeat(), steps_per_epoch=3, epochs=2, verbose=0)),
       h(m.fit(g(), steps_per_epoch=4, epochs=2, verbose=0)), h(m.fit(S(), epochs=2, shuffle=False, verbose=0)),
       h(m.fit(d, epochs=2, steps_per_epoch=2, verbose=0)), m.evaluate(d, verbose=0), m.evaluate(d, steps=2, verbose=0),
       m.evaluate(S(), verbose=0), m.predict(d, verbose=0).shape, m.predict(S(), verbose=0), m.predict(g(), steps=2, verbose=0).shape,
       h(m.fit(d, validation_data=S(), verbose=0)),
       err(lambda: m.fit(d, Y)), err(lambda: m.fit(S(), Y, verbose=0)), err(lambda: m.fit(d, batch_size=3)) if K2 else 0]
out
""",
    "fit_ran_out": """
m = model()
d = tf.data.Dataset.from_tensor_slices((X, Y)).batch(5)
def g():
    for i in range(3):
        yield X[:5], Y[:5]
[h(m.fit(d, steps_per_epoch=3, epochs=3, verbose=0)), len(m.fit(g(), steps_per_epoch=5, epochs=1, verbose=0).epoch),
 len(m.fit(g(), epochs=1, verbose=0).epoch)]
""",
    "fit_multi": """
m = two()
T = keras.utils.to_categorical(C, 2)
def go(y, **kw):
    fill(m)
    m.compile(keras.optimizers.SGD(0.1), **kw)
    return h(m.fit([X, X], y, **FIT))
both = [Y, T]
out = [go(both, loss=["mse", "categorical_crossentropy"]), go(both, loss={"a": "mse", "b": "categorical_crossentropy"}),
       go({"a": Y, "b": T}, loss={"a": "mse", "b": "categorical_crossentropy"}, loss_weights={"a": 0.5, "b": 2.0}),
       go(both, loss=["mse", "mae"], loss_weights=[0.5, 2.0], metrics=[["mae"], ["accuracy"]]),
       go(both, loss="mse", metrics={"a": "mae", "b": ["accuracy", "mse"]}), go(both, loss=["mse", None]),
       m.evaluate([X, X], both, verbose=0), m.evaluate({"i": X, "j": X}, both, verbose=0, return_dict=True),
       [p.shape for p in m.predict([X, X], verbose=0)], h(m.fit({"i": X, "j": X}, {"a": Y, "b": T}, **FIT)) if K2 else 0,
       h(m.fit(tf.data.Dataset.from_tensor_slices(({"i": X, "j": X}, (Y, T))).batch(5), verbose=0))]
out
""",
    "fit_dict_outputs": """
i = keras.Input((3,), name="i")
m = fill(M(i, {"p": L.Dense(1, name="p")(i), "q": L.Dense(1, name="q")(i)}))
m.compile(keras.optimizers.SGD(0.1), {"p": "mse", "q": "mae"}, metrics={"p": ["mae"], "q": ["mse"]}, loss_weights={"p": 1.0, "q": 0.5})
a = h(m.fit(X, {"p": Y, "q": Y}, **FIT))
p = m.predict(X, verbose=0)
[a, sorted(p), p["p"].shape, m.evaluate(X, {"p": Y, "q": Y}, verbose=0, return_dict=True)]
""",
    "on_batch": """
m = model(metrics=["mae"])
a = m.train_on_batch(X[:5], Y[:5])
b = m.train_on_batch(X[5:], Y[5:], return_dict=True)
c = m.test_on_batch(X, Y)
d = m.test_on_batch(X, Y, sample_weight=W, return_dict=True)
e = m.predict_on_batch(X[:4])
n = model(2, "softmax", loss="sparse_categorical_crossentropy")
f = n.train_on_batch(X, C, class_weight={0: 1.0, 1: 2.0})
[[float(v) for v in a], {k: float(v) for k, v in b.items()}, [float(v) for v in c], {k: float(v) for k, v in d.items()}, e,
 float(f), type(e).__name__, n.get_weights()]
""",
    "custom_train_step": """
class T(M):
    def __init__(self):
        super().__init__()
        self.a = L.Dense(1, kernel_initializer="ones")
        self.track = keras.metrics.Mean(name="track")
    def call(self, x, training=False):
        return self.a(x) * (2.0 if training else 1.0)
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - self(x, training=True)))
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self.track.update_state(loss)
        return {"track": self.track.result(), "last": loss}
    def test_step(self, data):
        x, y = data
        self.track.update_state(tf.reduce_sum(y))
        return {"track": self.track.result()}
    @property
    def metrics(self):
        return [self.track]
m = T()
m.compile(optimizer=keras.optimizers.SGD(0.01))
a = h(m.fit(X, Y, validation_data=(X, Y), **FIT))
n = T()
n.compile(optimizer=keras.optimizers.SGD(0.01), run_eagerly=True)
b = h(n.fit(X, Y, **FIT))
[a, b, m.evaluate(X, Y, verbose=0), m.predict(X[:2], verbose=0), m.a.get_weights()]
""",
    "compile_options": """
def run(**kw):
    return h(model(**kw).fit(X, Y, **FIT))
out = [run(run_eagerly=True), run(steps_per_execution=2), run(steps_per_execution=3), run(jit_compile=True),
       run(optimizer="adam", loss=keras.losses.Huber(), metrics=[keras.metrics.MeanAbsoluteError(name="q"), "mse"]),
       run(loss=lambda y, p: tf.abs(y - p), metrics=[lambda y, p: tf.reduce_mean(p)]) if False else 0,
       run(optimizer=keras.optimizers.Adam(0.01, clipnorm=0.1)),
       err(lambda: model(loss="zzz").fit(X, Y, **FIT)), err(lambda: model(optimizer="zzz")), err(lambda: model(foo=1)),
       err(lambda: model(metrics=["zzz"]).fit(X, Y, **FIT)) if not K2 else 0, err(lambda: keras.Sequential([L.Dense(1)]).fit(X, Y)),
       err(lambda: keras.Sequential([L.Dense(1)]).evaluate(X, Y))]
out
""",
    "accuracy_names": """
def run(out, act, loss, y, metrics):
    m = model(out, act, loss=loss, metrics=metrics)
    return h(m.fit(X, y, batch_size=10, epochs=1, shuffle=False, verbose=0))
T = keras.utils.to_categorical(C, 2)
[run(2, "softmax", "sparse_categorical_crossentropy", C, ["accuracy"]), run(2, "softmax", "categorical_crossentropy", T, ["acc"]),
 run(1, "sigmoid", "binary_crossentropy", C, ["accuracy"]), run(1, "sigmoid", "binary_crossentropy", C[:, None], ["acc", "mae"]),
 run(2, "softmax", "sparse_categorical_crossentropy", C[:, None], ["accuracy", "sparse_categorical_crossentropy"]),
 run(2, "softmax", "categorical_crossentropy", T, [keras.metrics.CategoricalAccuracy(), keras.metrics.AUC(name="auc")])]
""",
    "regularized": """
m = keras.Sequential([keras.Input((3,)), L.Dense(2, kernel_regularizer=keras.regularizers.L2(0.1), activity_regularizer="l1"), L.Dense(1)])
fill(m)
m.compile(keras.optimizers.SGD(0.05), "mse")
a = h(m.fit(X, Y, **FIT))
class A(M):
    def __init__(self):
        super().__init__()
        self.d = L.Dense(1, kernel_initializer="ones")
    def call(self, x):
        y = self.d(x)
        self.add_loss(0.1 * tf.reduce_mean(tf.abs(y)))
        return y
n = A()
n.compile(keras.optimizers.SGD(0.05), "mse")
b = h(n.fit(X, Y, **FIT))
o = A()
o.compile(keras.optimizers.SGD(0.05))
c = h(o.fit(X, **FIT))
[a, b, c, m.evaluate(X, Y, verbose=0), n.evaluate(X, Y, verbose=0)]
""",
    "frozen": """
m = model()
m.layers[0].trainable = False
m.compile(keras.optimizers.SGD(0.1), "mse")
before = m.get_weights()
m.fit(X, Y, **FIT)
after = m.get_weights()
[[bool(np.allclose(a, b)) for a, b in zip(before, after)], len(m.trainable_weights), after]
""",
    "errors": """
m = model()
[err(lambda: m.fit(X, Y[:5], verbose=0)), err(lambda: m.fit(X[:, :2], Y, verbose=0)), err(lambda: m.predict(np.ones((2, 7), "float32"), verbose=0)),
 err(lambda: m.evaluate(X, Y[:3], verbose=0)), err(lambda: m.fit(X, Y, sample_weight=W[:3], verbose=0)),
 err(lambda: m.fit(X, Y, zz=1)), err(lambda: m.predict(X, zz=1)), err(lambda: m.evaluate(X, Y, zz=1)),
 err(lambda: two().compile("sgd", loss={"zz": "mse"})) if False else 0]
""",
    "callback_order": """
log = []
class R(CB.Callback):
    def __getattribute__(self, name):
        if name.startswith("on_"):
            log.append(name)
        return super().__getattribute__(name)
class O(CB.Callback):
    pass
def note(name):
    def f(self, *args, **kw):
        a = [x for x in args if not isinstance(x, dict) and x is not None]
        logs = [sorted(x) for x in args if isinstance(x, dict)]
        log.append([name, a, logs])
    return f
for n in ["train_begin", "train_end", "epoch_begin", "epoch_end", "train_batch_begin", "train_batch_end", "test_begin", "test_end",
          "test_batch_begin", "test_batch_end", "predict_begin", "predict_end", "predict_batch_begin", "predict_batch_end"]:
    setattr(O, "on_" + n, note(n))
log.clear()
m = model(metrics=["mae"])
o = O()
m.fit(X[:8], Y[:8], batch_size=4, epochs=2, validation_data=(X[:4], Y[:4]), verbose=0, callbacks=[o])
fitted = list(log)
log.clear()
m.evaluate(X[:8], Y[:8], batch_size=4, verbose=0, callbacks=[o])
evaluated = list(log)
log.clear()
m.predict(X[:8], batch_size=4, verbose=0, callbacks=[o])
[fitted, evaluated, log, sorted(o.params), o.model is m]
""",
    "callbacks_stock": """
m = model(metrics=["mae"])
seen = []
lam = CB.LambdaCallback(on_epoch_end=lambda e, logs: seen.append([e, round(float(logs["loss"]), 4)]), on_train_begin=lambda logs: seen.append("begin"))
a = h(m.fit(X, Y, callbacks=[lam], **FIT))
es = CB.EarlyStopping(monitor="loss", patience=1, min_delta=100.0, restore_best_weights=True)
b = len(m.fit(X, Y, epochs=9, batch_size=20, shuffle=False, verbose=0, callbacks=[es]).epoch)
rl = CB.ReduceLROnPlateau(monitor="loss", patience=1, factor=0.5, min_delta=100.0, min_lr=0.01)
m.fit(X, Y, epochs=5, batch_size=20, shuffle=False, verbose=0, callbacks=[rl])
lr1 = float(np.array(m.optimizer.learning_rate))
m.fit(X, Y, epochs=3, batch_size=20, shuffle=False, verbose=0, callbacks=[CB.LearningRateScheduler(lambda e, lr: lr * 0.5)])
lr2 = float(np.array(m.optimizer.learning_rate))
class Stop(CB.Callback):
    def on_train_batch_end(self, batch, logs=None):
        if batch == 1:
            self.model.stop_training = True
c = m.fit(X, Y, epochs=5, batch_size=5, shuffle=False, verbose=0, callbacks=[Stop()])
m.fit(X, Y, batch_size=10, epochs=2, shuffle=False, verbose=0, callbacks=[CB.CSVLogger("log.csv"), CB.ModelCheckpoint("w{epoch}.weights.h5", save_weights_only=True)])
d = [open("log.csv").read().split("\\n")[0].strip(), len(open("log.csv").read().strip().split("\\n")), sorted(os.listdir("."))]
[a, seen, b, es.stopped_epoch, es.best, lr1, lr2, len(c.epoch), d, err(lambda: m.fit(X, Y, callbacks=[CB.EarlyStopping(mode="zz")], verbose=0)),
 err(lambda: m.fit(X, Y, callbacks=[3], verbose=0)) if False else 0]
""",
    "progress_text": """
def clean(s):
    s = re.sub(r"\\x1b\\[[0-9;]*m", "", s)
    s = re.sub(r"\\d+(us|ms|s)/(step|epoch|sample)", "T/step", s)
    s = re.sub(r" \\d+s ", " Ts ", s)
    return s
def finals(s):
    return [re.split(r"[\\r\\x08]+", line)[-1].rstrip() for line in clean(s).split("\\n") if re.split(r"[\\r\\x08]+", line)[-1].strip()]
m = model(metrics=["mae"])
v2 = clean(text(lambda: m.fit(X, Y, batch_size=5, epochs=2, shuffle=False, verbose=2, validation_data=(X, Y)))).split("\\n")
e2 = clean(text(lambda: m.evaluate(X, Y, verbose=2))).split("\\n")
p2 = clean(text(lambda: m.predict(X, verbose=2))).split("\\n")
one = finals(text(lambda: m.fit(X, Y, batch_size=20, epochs=2, shuffle=False, verbose=1)))
ev = finals(text(lambda: m.evaluate(X, Y, batch_size=20, verbose=1)))
pr = finals(text(lambda: m.predict(X, batch_size=20, verbose=1)))
zero = text(lambda: m.fit(X, Y, verbose=0))
[v2, e2, p2, one, ev, pr, zero]
""",
    "early_stopping_restore": """
m = model()
e = CB.EarlyStopping(monitor="val_loss", patience=2, restore_best_weights=True, verbose=1)
class Worse(CB.Callback):
    def on_epoch_end(self, epoch, logs=None):
        self.model.set_weights([w + 1.0 for w in self.model.get_weights()])
out = text(lambda: m.fit(X, Y, validation_data=(X, Y), epochs=8, batch_size=20, shuffle=False, verbose=0, callbacks=[Worse(), e]))
[out.strip().split("\\n"), e.wait, e.best_epoch, e.stopped_epoch, float(e.best), m.get_weights()]
""",
    "optimizer_state": """
m = model(optimizer=keras.optimizers.Adam(0.01))
m.fit(X, Y, **FIT)
a = int(np.array(m.optimizer.iterations))
m.fit(X, Y, **FIT)
w = m.get_weights()
m.compile(keras.optimizers.Adam(0.01), "mse")
[a, int(np.array(m.optimizer.iterations)), [bool(np.allclose(x, y)) for x, y in zip(w, m.get_weights())], h(m.fit(X, Y, **FIT))]
""",
    "schedules_in_fit": """
s = keras.optimizers.schedules.ExponentialDecay(0.1, 2, 0.5, staircase=True)
m = model(optimizer=keras.optimizers.SGD(s, momentum=0.9))
a = h(m.fit(X, Y, **FIT))
[a, m.get_weights()]
""",
    "batchnorm_dropout": """
m = keras.Sequential([keras.Input((3,)), L.BatchNormalization(), L.Dense(1, kernel_initializer="ones")])
m.compile(keras.optimizers.SGD(0.05), "mse")
a = h(m.fit(X, Y, **FIT))
d = keras.Sequential([keras.Input((3,)), L.Dropout(0.5)])
p = d.predict(X, verbose=0)
[a, m.get_weights(), m.predict(X[:3], verbose=0), bool(np.allclose(p, X)), bool(np.allclose(np.array(d(X, training=True)), X))]
""",
    "predict_structures": """
i = keras.Input((3,))
m = M(i, [i, {"s": i * 2.0}]) if not K2 else M(i, [i, i * 2.0])
p = m.predict(X[:4], verbose=0, batch_size=3)
class V(M):
    def call(self, x):
        return (x, tf.reduce_sum(x, 1))
q = V().predict(X[:5], batch_size=2, verbose=0)
class B(M):
    def predict_step(self, data):
        return data[0] * 3.0 if isinstance(data, tuple) else data * 3.0
[p, q, type(q).__name__, B().predict(X[:3], verbose=0)]
""",
    "unbuilt_fit_shapes": """
s = keras.Sequential([L.Dense(2), L.Dense(1)])
s.compile("sgd", "mse")
s.fit(X, Y, batch_size=8, verbose=0)
t = keras.Sequential([L.Dense(2), L.Dense(1)])
t.compile("sgd", "mse")
t.fit(X, Y, batch_size=5, verbose=0)
u = keras.Sequential([L.Dense(2)])
u.predict(X, verbose=0)
d = keras.Sequential([L.Dense(1)])
d.compile("sgd", "mse")
d.fit(tf.data.Dataset.from_tensor_slices((X, Y)).batch(5), verbose=0)
[tuple(s.input_shape), tuple(t.input_shape), tuple(u.output_shape), tuple(d.input_shape)]
""",
    "data_forms": """
m = model()
def val(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
[h(m.fit(X.astype("float64"), Y.astype("float64"), **FIT)),
 m.predict(X.astype("float64"), verbose=0).dtype.name, val(lambda: h(m.fit((X * 10).astype("int32"), Y, **FIT))),
 val(lambda: m.evaluate(X, Y[:, 0], verbose=0))]
""",
    "orders_of_the_global_seed": """
seen = []
class Seer(M):
    def train_step(self, data):
        seen.append(np.ravel(data[0]).astype(int).tolist())
        return {"loss": tf.constant(1.0)}
def orders(count, batch, **settings):
    seen.clear()
    seer, data = Seer(), np.arange(float(count))[:, None]
    seer.compile(run_eagerly=True)
    seer.fit(data, data, batch_size=batch, epochs=3, verbose=0, **settings)
    seer.fit(data, data, batch_size=batch, epochs=2, verbose=0, **settings)
    return list(seen)
found = []
for seed in (5, 0, 2**31 - 1):
    keras.utils.set_random_seed(seed)
    found += [orders(11, 11), orders(11, 4), orders(5, 5, steps_per_epoch=2)]
np.random.seed(1)
orders(7, 7)
[*found, np.random.rand()]
""",
    "numbers_of_the_global_seed": """
keras.utils.set_random_seed(7)
m = keras.Sequential([keras.Input((3,)), L.Dense(8, activation="relu"), L.Dense(1)])
m.compile("adam", "mse")
[h(m.fit(X, Y, batch_size=6, epochs=4, validation_split=0.2, verbose=0)), m.predict(X[:3], verbose=0)]
""",
    "losses_of_outputs_last_batch": """
m, y = two(), [Y, np.eye(2, dtype="float32")[C]]
def run(**c):
    m.compile("sgd", ["mse", "categorical_crossentropy"], **c)
    fill(m)
    x = [X, X]
    return m.evaluate(x, y, batch_size=8, verbose=0), h(m.fit(x, y, batch_size=8, epochs=2, shuffle=False, verbose=0, validation_data=(x, y), validation_batch_size=16))
[run(), run(run_eagerly=True), run(metrics=[["mae"], ["mae"]], loss_weights=[1.0, 0.5])]
""",
    "fit_dataset_orders": """
tf.random.set_seed(7)
def mk(): return tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(20, seed=3).batch(5)
def all_of(tr, **kw):
    m = model()
    a = h(m.fit(tr, epochs=4, verbose=0, **kw))
    b = m.evaluate(tr, verbose=0), m.predict(tr, verbose=0)[:3], h(m.fit(tr, epochs=2, verbose=0, validation_data=tr))
    return a, b, next(iter(tr))[1]
[all_of(mk()), all_of(mk().map(lambda x, y: (x + 1.0, y))), all_of(mk().filter(lambda x, y: True)), all_of(mk(), steps_per_epoch=4),
 all_of(mk().shuffle(3, seed=4)), all_of(mk().cache()), all_of(mk().map(lambda x, y: (x * 2.0, y)).cache().shuffle(3, seed=4)), all_of(mk().concatenate(mk())),
 all_of(tf.data.Dataset.zip((mk(), mk())).map(lambda a, b: (a[0], a[1] + b[1])))]
""",
    "fit_unknown_cardinality": """
def gen():
    for i in range(4): yield X[5 * i:5 * i + 5], Y[5 * i:5 * i + 5]
ds = tf.data.Dataset.from_generator(gen, output_signature=(tf.TensorSpec((None, 3)), tf.TensorSpec((None, 1))))
m = model()
[len(m.fit(ds, epochs=n, verbose=0, **k).history["loss"]) for n, k in ((5, {}), (3, dict(validation_data=ds)), (1, {}))], m.evaluate(ds, verbose=0), h(model().fit(ds, epochs=4, verbose=0))
""",
    "fit_steps_of_all_batches": """
ds = tf.data.Dataset.from_tensor_slices((X, Y)).batch(5)
a = model().fit(ds, epochs=3, steps_per_epoch=4, verbose=0, validation_data=ds, validation_steps=4)
[h(a), h(model().fit(ds.repeat(), epochs=3, steps_per_epoch=len(ds), verbose=0)), model().evaluate(ds, steps=len(ds), verbose=0)]
""",
    "fit_orders_of_uncompiled_maps": """
tf.random.set_seed(7)
words = tf.strings.as_string(tf.range(20))
def mk(): return tf.data.Dataset.from_tensor_slices((words, Y)).shuffle(20, seed=3)
def parsed(w, y): return tf.ensure_shape(tf.io.parse_tensor(tf.io.serialize_tensor(tf.stack([tf.strings.to_number(w), 1.0, 2.0]) / 20.0), tf.float32), (3,)), y
a = mk().map(parsed).batch(5)
def left(layer, ds, **kw):
    layer.adapt(ds, **kw)
    return next(iter(ds))
T = tf.data.Dataset.from_tensor_slices(words).shuffle(20, seed=5).batch(3)
[a.element_spec[1], next(iter(a))[1], h(model().fit(a, epochs=3, verbose=0)), next(iter(a))[1], left(L.StringLookup(), T), left(L.TextVectorization(), T), left(L.TextVectorization(), T, steps=2),
 left(L.Normalization(), tf.data.Dataset.from_tensor_slices(X).shuffle(20, seed=5).batch(3))]
""",
    "images_cut_by_the_older_name": """
import tempfile
d = tempfile.mkdtemp()
for i in range(3):
    os.makedirs(f"{d}/{i % 2}", exist_ok=True)
    tf.io.write_file(f"{d}/{i % 2}/{i}.png", tf.io.encode_png(np.random.RandomState(i).randint(0, 256, (6, 9, 3)).astype("uint8")))
def read(**k):
    try:
        return next(iter(keras.utils.image_dataset_from_directory(d, label_mode=None, image_size=(4, 4), shuffle=False, **k)))
    except TypeError as e:
        return "TypeError"
[read(), read(crop_to_aspect_ratio=True), read(smart_resize=True), read(clever_resize=True)]
""",
}

K3 = {
    "frames_of_several_dtypes": """
import pandas as pd
def told(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__, str(e)
    return "no error"
F = pd.DataFrame({"a": [1, 2, 3], "b": [0.5, 0.2, 0.3], "c": [True, False, True]})
m = fill(keras.Sequential([keras.Input((3,)), L.Dense(1)]))
m.compile("sgd", "mse")
[
    m.evaluate(F, F["c"], verbose=0),
    m.predict(F, verbose=0),
    m.fit(F, F["a"], epochs=2, verbose=0, validation_split=0.4, shuffle=False).history,
    told(lambda: m.predict(F[["a", "c"]], verbose=0)),
    told(lambda: m.predict(F.to_numpy(), verbose=0)),
    told(lambda: m.fit(F.to_numpy(), F["a"], verbose=0)),
]
""",
    "compile_config_values": """
m = keras.Sequential([keras.Input((3,)), L.Dense(1)])
a = m.get_compile_config()
m.compile("sgd", "mse")
def tried(**kw):
    m.compile("sgd", "mse", **kw)
    return m.jit_compile, m.get_compile_config()["jit_compile"], m.get_compile_config()["run_eagerly"]
[a, m.jit_compile, tried(), tried(run_eagerly=True), tried(jit_compile=True), tried(jit_compile=False), tried(jit_compile=True, run_eagerly=True),
 err(lambda: keras.Sequential(L.Dense(1))), err(lambda: keras.losses.MeanSquaredError(reduction="auto")), m.pop().units]
""",
    "metrics_names": """
m = model(metrics=["mae", keras.metrics.MeanSquaredError(name="q")])
before = [x.name for x in m.metrics]
m.fit(X, Y, **FIT)
n = two()
n.compile("sgd", ["mse", "mse"], metrics=[["mae"], ["mae"]])
n.fit([X, X], [Y, keras.utils.to_categorical(C, 2)], **FIT)
[before, m.metrics_names, [x.name for x in m.metrics], n.metrics_names, sorted(m.get_metrics_result())]
""",
    "pydataset": """
class S(keras.utils.PyDataset):
    def __init__(self, n=4, **kw):
        super().__init__(**kw)
        self.n = n
        self.ends = 0
    def __len__(self):
        return self.n
    def __getitem__(self, i):
        return X[5 * i:5 * i + 5], Y[5 * i:5 * i + 5]
    def on_epoch_end(self):
        self.ends += 1
s, t = S(), S(workers=2, max_queue_size=3)
m = model()
a = h(m.fit(s, epochs=2, shuffle=False, verbose=0))
b = h(m.fit(t, epochs=2, shuffle=False, verbose=0))
c = h(m.fit(s, epochs=2, steps_per_epoch=2, shuffle=False, verbose=0))
class Bad(S):
    def __getitem__(self, i):
        return X
[a, b, c, s.ends > 0, m.predict(t, verbose=0), err(lambda: m.fit(S(0), verbose=0)), err(lambda: m.fit(s, class_weight={0: 1.0}, verbose=0)) if False else 0]
""",
    "compute_loss_and_metrics": """
class T(M):
    def __init__(self):
        super().__init__()
        self.d = L.Dense(1, kernel_initializer="ones")
        self.m = keras.metrics.Mean(name="mine")
    def call(self, x):
        return self.d(x)
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        loss = tf.reduce_mean(tf.abs(y - y_pred))
        self.m.update_state(loss * 2)
        return loss
    def compute_metrics(self, x, y, y_pred, sample_weight=None):
        out = super().compute_metrics(x, y, y_pred, sample_weight)
        out["extra"] = tf.reduce_max(y)
        return out
m = T()
m.compile(keras.optimizers.SGD(0.05), metrics=["mse"])
a = h(m.fit(X, Y, **FIT))
[a, m.evaluate(X, Y, verbose=0, return_dict=True), m.get_weights()]
""",
    "on_batch_accumulate": """
m = model(metrics=["mae"])
a = [float(v) for v in m.train_on_batch(X[:5], Y[:5])]
b = [float(v) for v in m.train_on_batch(X[5:10], Y[5:10])]
c = [float(v) for v in m.test_on_batch(X[5:10], Y[5:10])]
m.reset_metrics()
d = [float(v) for v in m.test_on_batch(X[5:10], Y[5:10])]
[a, b, c, d, err(lambda: m.train_on_batch(X, Y, sample_weight=W, class_weight={0: 1.0}))]
""",
    "compile_config": """
m = model(metrics=["mae"], loss_weights=None)
c = m.get_compile_config()
n = keras.Sequential([keras.Input((3,)), L.Dense(1)])
n.compile_from_config(c)
[sorted(c), c["loss"], c["metrics"], type(n.optimizer).__name__, n.loss, n.compiled, float(n.optimizer.learning_rate)]
""",
    "swap_ema": """
m = model(optimizer=keras.optimizers.SGD(0.1, use_ema=True, ema_momentum=0.5))
m.fit(X, Y, callbacks=[CB.SwapEMAWeights(swap_on_epoch=True)], validation_data=(X, Y), **FIT)
m.get_weights()
""",
    "generators_are_peeked_at": """
def g(n=1000):
    for i in range(n): yield X[i % 5 * 4:i % 5 * 4 + 4], Y[i % 5 * 4:i % 5 * 4 + 4]
[h(model().fit(g(), steps_per_epoch=3, epochs=3, verbose=0, validation_data=g(), validation_steps=n)) for n in (1, 2)] + [h(model().fit(g(n), epochs=3, verbose=0)) for n in (1, 2, 5)]
""",
    "sequences_are_peeked_at": """
seen = []
class S(keras.utils.PyDataset):
    def __init__(self, n):
        super().__init__()
        self.n = n
    def __len__(self): return self.n
    def __getitem__(self, i):
        seen.append(i)
        return X[4 * i:4 * i + 4], Y[4 * i:4 * i + 4]
    def on_epoch_end(self): seen.append("end")
def during(f):
    f()
    out = list(seen)
    seen.clear()
    return out
keras.utils.set_random_seed(1)
m = model()
x, y = np.arange(10.0).reshape(10, 1, 1, 1) * np.ones((1, 4, 4, 3)), np.arange(10)
flow = tf.keras.preprocessing.image.ImageDataGenerator().flow(x / 10, y, batch_size=4, seed=2)
n = keras.Sequential([keras.Input((4, 4, 3)), L.Flatten(), L.Dense(1, kernel_initializer="ones")])
n.compile("sgd", "mse")
[during(lambda: m.fit(S(3), epochs=2, verbose=0, shuffle=False)), during(lambda: m.fit(S(3), epochs=2, verbose=0)), during(lambda: m.evaluate(S(1), verbose=0)), during(lambda: m.predict(S(3), verbose=0)),
 h(n.fit(flow, epochs=3, verbose=0))]
""",
}

K2 = {
    "data_of_no_batches": """
def told(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__, str(e)
D = tf.data.Dataset.from_tensor_slices((X, Y))
m = model()
known = [(X[:0], Y[:0], 0), (D.take(0).batch(2), None, 0), (X[:0], Y[:0], 1)]
unknown = D.filter(lambda x, y: False).batch(2)
[
    [told(lambda: m.predict(x, verbose=v)) for x, y, v in known],
    [told(lambda: m.evaluate(x, y, verbose=v)) for x, y, v in known],
    [told(lambda: m.fit(x, y, verbose=v)) for x, y, v in known],
    told(lambda: m.fit(X, Y, verbose=0, validation_data=(X[:0], Y[:0]))),
    [told(lambda: f(unknown, verbose=0)) for f in (m.predict, m.evaluate, m.fit)],
]
""",
    "own_step_on_batch": """
class Own(M):
    def __init__(self):
        super().__init__()
        self.d = L.Dense(1, kernel_initializer="ones")
    def call(self, x):
        return self.d(x)
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((self(x) - y) ** 2)
        self.optimizer.apply_gradients(zip(tape.gradient(loss, self.trainable_variables), self.trainable_variables))
        return {"b": loss, "a": tf.reduce_sum(y)}
    def test_step(self, data):
        return {"n": tf.constant(len(data))}
class S(keras.utils.Sequence):
    ends = 0
    def __len__(self): return 2
    def __getitem__(self, i): return X[10 * i:10 * i + 10], Y[10 * i:10 * i + 10]
    def on_epoch_end(self): self.ends += 1
m, s = Own(), S()
m.compile("sgd")
m.fit(s, epochs=2, verbose=0)
[s.ends, m.train_on_batch(X, Y), m.train_on_batch(X, Y, return_dict=True), m.test_on_batch(X), m.test_on_batch(X, Y), m.test_on_batch(X, Y, W)]
""",
    "legacy_step_pieces": """
class T(M):
    def __init__(self):
        super().__init__()
        self.d = L.Dense(1, kernel_initializer="ones")
    def call(self, x):
        return self.d(x)
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            p = self(x, training=True)
            loss = self.compiled_loss(y, p, regularization_losses=self.losses)
        self.optimizer.minimize(loss, self.trainable_variables, tape=tape)
        self.compiled_metrics.update_state(y, p)
        return {m.name: m.result() for m in self.metrics}
m = T()
m.compile(keras.optimizers.SGD(0.05), "mse", metrics=["mae"])
a = h(m.fit(X, Y, **FIT))
[a, m.metrics_names, m.get_weights()]
""",
    "legacy_metrics_names": """
m = model(metrics=["mae"])
before = m.metrics_names
m.fit(X, Y, **FIT)
n = two()
n.compile("sgd", ["mse", "mse"], metrics=[["mae"], ["mae"]])
n.fit([X, X], [Y, keras.utils.to_categorical(C, 2)], **FIT)
[before, m.metrics_names, n.metrics_names]
""",
    "legacy_on_batch": """
m = model(metrics=["mae"])
a = [float(v) for v in m.train_on_batch(X[:5], Y[:5], reset_metrics=False)]
b = [float(v) for v in m.train_on_batch(X[5:10], Y[5:10], reset_metrics=False)]
c = [float(v) for v in m.train_on_batch(X[5:10], Y[5:10])]
[a, b, c, err(lambda: keras.Sequential([L.Dense(1)]).train_on_batch(X, Y))]
""",
    "legacy_lists": """
m = model()
[h(m.fit(X.tolist(), Y.tolist(), **FIT)), m.predict(X[:2].tolist(), verbose=0), m.evaluate(X.tolist(), Y.tolist(), verbose=0)]
""",
    "legacy_losses_of_outputs": """
def fit(c, y, **kw):
    m = two()
    m.compile("sgd", **c)
    return m.fit([X, X], y, **FIT, **kw)
def tried(*a, **kw):
    try:
        return h(fit(*a, **kw))
    except Exception as e:
        return type(e).__name__
B = keras.utils.to_categorical(C, 2)
[tried(dict(loss={"a": "mse"}), {"a": Y}), tried(dict(loss={"a": "mse"}), [Y, B]), tried(dict(loss={"b": "mae"}), [Y, B]),
 tried(dict(loss=["mse", None]), [Y, B]), tried(dict(loss=["mse"]), [Y, B]), tried(dict(loss="mse", loss_weights={"b": 0.5}), [Y, B]),
 tried(dict(loss="mse", loss_weights=2), [Y, B]), tried(dict(loss="mse", loss_weights=[1, 0.5]), {"b": B, "a": Y}), tried(dict(loss={"z": "mse"}), [Y, B]),
 tried(dict(loss="mse"), {"z": Y}), tried(dict(loss="mse"), {"a": Y}),
 tried(dict(loss={"a": "mse", "b": "mae"}, metrics=[[], ["accuracy"]], weighted_metrics=[["mae"], None]), {"a": Y, "b": B}, sample_weight={"a": W, "b": W * 2}),
 tried(dict(loss={"a": "mse", "b": "mae"}), {"a": Y, "b": B}, sample_weight={"b": W}), tried(dict(loss="mse"), [Y, B], sample_weight=[W, None])]
""",
    "legacy_metrics_of_outputs": """
def fit(c, y, m=None, **kw):
    m = m or two()
    try:
        m.compile("sgd", **c)
        return h(m.fit(X if len(m.inputs) == 1 else [X, X], y, **FIT, **kw)), [n.name for n in m.metrics], m.metrics_names, [type(n).__name__ for n in m.metrics]
    except Exception as e:
        return type(e).__name__
def flat(): return fill(keras.Sequential([keras.Input((3,)), L.Dense(2, activation="sigmoid")]))
def Own(y, p): return tf.reduce_mean(tf.abs(y - p), -1)
B = keras.utils.to_categorical(C, 2)
mae, auc = keras.metrics.MeanAbsoluteError("m"), keras.metrics.AUC()
[fit(dict(loss="mse", metrics=m), [Y, B]) for m in ("mae", ["mae"], ["mae", "mse"], [["mae"], ["acc"]], {"a": "mae"}, {"b": ["mae", "acc"]}, {"z": "mae"}, [None, "acc"], [mae], ["mae", "mae"])] + [
 fit(dict(loss="mse", metrics=["mae", "mse"], weighted_metrics=["mae"]), [Y, B]),
 [fit(dict(loss="mse", metrics=m), B, flat()) for m in ("mae", ["AUC", "Precision", keras.metrics.Recall()], [Own, keras.losses.MeanSquaredError()], [lambda y, p: y[:, 0]], [auc, auc], ["acc", "ce"], ["mae", "mae"], {"dense": "mae"})],
 fit(dict(loss="mse", metrics=["mae"], weighted_metrics=["mae", "mse"]), B, flat())]
""",
    "legacy_named_and_nameless_outputs": """
class Two(M):
    def __init__(self, **kw):
        super().__init__(**kw)
        self.a, self.b = L.Dense(1, kernel_initializer="ones"), L.Dense(1, kernel_initializer="ones")
    def call(self, x):
        return self.out(x)
class Listed(Two):
    def out(self, x): return [self.a(x), self.b(x)]
class Named(Two):
    def out(self, x): return {"p": self.a(x), "q": [self.b(x), x[:, :1]]}
class Single(Two):
    def out(self, x): return self.a(x)
def keyed():
    i = keras.Input((3,), name="i")
    return M({"i": i}, {"p": L.Dense(1, name="a", kernel_initializer="ones")(i), "q": L.Dense(1, name="b", kernel_initializer="ones")(i)})
def fit(m, y, **c):
    m.compile("sgd", **c)
    x = {"i": X} if hasattr(m, "input_names") and m.input_names == ["i"] else X
    try:
        return h(m.fit(x, y, **FIT)), m.evaluate(x, y, verbose=0, return_dict=True)
    except Exception as e:
        return type(e).__name__
[fit(Listed(), [Y, Y], loss="mse", metrics=["mae"]), fit(Listed(), {"output_1": Y, "output_2": Y}, loss={"output_1": "mse"}, metrics={"output_2": "mae"}),
 fit(Named(), {"p": Y, "q": [Y, Y]}, loss="mse", metrics={"p": "mae", "q": ["mae", "mse"]}), fit(Single(), Y, loss={"output_1": "mse"}, metrics={"output_1": "mae"}),
 fit(keyed(), {"p": Y, "q": Y}, loss={"p": "mse", "q": "mae"}, metrics={"p": "mae", "q": "mse"}), fit(keyed(), {"p": Y, "q": Y}, loss={"p": "mse"}, loss_weights={"p": 0.5})]
""",
    "legacy_no_loss": """
m = model(loss=None, metrics=["mae"])
n = model()
n.fit(X, Y, **FIT)
[m.evaluate(X, Y, verbose=0), n.fit(X, Y, validation_data=(X,), **FIT).history["val_loss"], n.evaluate(X, verbose=0), err(lambda: n.fit(X, **FIT))]
""",
    "legacy_steps_start_anew": """
class S(keras.utils.Sequence):
    def __len__(self): return 4
    def __getitem__(self, i): return X[5 * i:5 * i + 5], Y[5 * i:5 * i + 5]
m, n = model(), model()
[h(m.fit(X, Y, steps_per_epoch=2, batch_size=5, epochs=3, shuffle=False, verbose=0)), h(n.fit(S(), steps_per_epoch=2, epochs=3, shuffle=False, verbose=0))]
""",
    "legacy_compile_config": """
m = keras.Sequential([keras.Input((3,)), L.Dense(1)])
a = m.get_compile_config()
m.compile("sgd", "mse", metrics=["mae"])
b = m.get_compile_config()
both = err(lambda: m.compile("sgd", "mse", run_eagerly=True, jit_compile=True))
m.compile("sgd", "mse", run_eagerly=True, steps_per_execution=2, jit_compile=False)
[both, a, b, {k: v for k, v in m.get_compile_config().items() if k != "optimizer"}, m.get_layer(index=0).get_config(), m.pop(), len(m.layers), err(lambda: m.pop()), keras.Sequential(L.Dense(1, name="d")).layers[0].name]
""",
}


def _cases() -> dict[str, str]:
    cases = {}
    for name, body in BOTH.items():
        cases[name] = PRELUDE + body
        cases[f"{name}@k2"] = PRELUDE + body
    cases.update({name: PRELUDE + body for name, body in K3.items()})
    cases.update({f"{name}@k2": PRELUDE + body for name, body in K2.items()})
    return cases


CASES = _cases()
