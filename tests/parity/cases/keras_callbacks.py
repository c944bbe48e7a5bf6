"""Cases of tf.keras.callbacks in both dialects: hooks, stopping, files, rates, backups, printed text."""

import pathlib
import runpy

HERE = pathlib.Path(__file__).parent
wrapped = runpy.run_path(str(HERE / "_wrap.py"))["wrapped"]
PRELUDE = """\
import contextlib, io, json, os, re, warnings
warnings.simplefilter("ignore")
K2 = os.environ.get("TF_USE_LEGACY_KERAS") == "1"
L, CB = tf.keras.layers, tf.keras.callbacks
r = np.random.RandomState(0)
X = r.randn(12, 3).astype("float32")
Y = (X @ np.array([[1.0], [-2.0], [0.5]], "float32") + 0.3).astype("float32")
def err(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
def model(rate=0.1, **kw):
    m = tf.keras.Sequential([tf.keras.Input((3,)), L.Dense(2, kernel_initializer="ones", name="a"), L.Dense(1, kernel_initializer="ones", name="b")])
    m.compile(**{"optimizer": tf.keras.optimizers.SGD(rate), "loss": "mse", "metrics": ["mae"], **kw})
    return m
def fit(m, cbs, epochs=3, verbose=0, **kw):
    return m.fit(X, Y, **{"batch_size": 4, "epochs": epochs, "shuffle": False, "verbose": verbose, "callbacks": cbs, **kw})
def h(hist):
    return {k: [float(x) for x in v] for k, v in hist.history.items()}
def out_of(f):
    o = io.StringIO()
    with contextlib.redirect_stdout(o):
        f()
    return re.sub(r"\\d+(us|ms|s)(/step|/epoch)?", "T", o.getvalue())
class Fed(CB.Callback):
    "Puts values into the logs of the epochs."
    def __init__(self, **values):
        super().__init__()
        self.values = values
    def on_epoch_end(self, epoch, logs=None):
        for k, v in self.values.items():
            logs[k] = v[epoch] if epoch < len(v) else v[-1]
class Weights(CB.Callback):
    "Counts epochs in the weights."
    def on_epoch_end(self, epoch, logs=None):
        self.model.set_weights([np.full(w.shape, float(epoch), "float32") for w in self.model.get_weights()])
"""
_BOTH = {
    "hooks": """
class Log(CB.Callback):
    def __init__(self):
        super().__init__()
        self.seen = []
def hook(name):
    def f(self, *a, **k):
        first = a[0] if a and not isinstance(a[0], dict) else None
        logs = k.get("logs", a[-1] if a and (a[-1] is None or isinstance(a[-1], dict)) else None)
        self.seen.append((name, first, None if logs is None else sorted(logs), None if logs is None else sorted({type(v).__name__ for v in logs.values()})))
    return f
for n in ("on_train_begin", "on_train_end", "on_epoch_begin", "on_epoch_end", "on_train_batch_begin", "on_train_batch_end", "on_test_begin", "on_test_end", "on_test_batch_begin", "on_test_batch_end", "on_predict_begin", "on_predict_end", "on_predict_batch_begin", "on_predict_batch_end"):
    setattr(Log, n, hook(n))
class Old(CB.Callback):
    def __init__(self):
        super().__init__()
        self.seen = []
    def on_batch_begin(self, batch, logs=None):
        self.seen.append(("b", batch))
    def on_batch_end(self, batch, logs=None):
        self.seen.append(("e", batch))
def run(f):
    c = Log()
    m = model()
    f(m, c)
    return [c.seen, dict(c.params or {}), c.model is m]
def old():
    c = Old()
    fit(model(), [c], 1)
    return c.seen
[
    run(lambda m, c: fit(m, [c], 2)), run(lambda m, c: fit(m, [c], 1, validation_data=(X, Y))), run(lambda m, c: fit(m, c, 3, initial_epoch=2)), run(lambda m, c: m.evaluate(X, Y, batch_size=6, callbacks=[c], verbose=0)), run(lambda m, c: m.predict(X, batch_size=6, callbacks=[c], verbose=0)), old(), run(lambda m, c: fit(m, [c], 1, steps_per_epoch=2)), run(lambda m, c: fit(m, [[c]], 1)), fit(model(), [3], 1), fit(model(), "bogus", 1),
]""",
    "lambda": """
seen = []
c = CB.LambdaCallback(on_epoch_begin=lambda e, logs: seen.append(("eb", e)), on_epoch_end=lambda e, logs: seen.append(("ee", e, sorted(logs))), on_train_begin=lambda logs: seen.append("tb"), on_train_end=lambda logs: seen.append("te"), on_train_batch_begin=lambda b, logs: seen.append(("bb", b)), on_train_batch_end=lambda b, logs: seen.append(("be", b)))
fit(model(), [c], 2)
[seen, fit(model(), [CB.LambdaCallback()], 1) is not None, CB.LambdaCallback(bogus=lambda e: 1) is not None]""",
    "early_stopping": """
def run(values, **kw):
    c = CB.EarlyStopping(**{"monitor": "val", **kw})
    m = model()
    hist = fit(m, [Fed(val=values), Weights(), c], len(values))
    return [len(hist.epoch), c.stopped_epoch, c.wait, float(c.best), m.get_weights()[0][0, 0], getattr(c, "best_epoch", None)]
V = [5.0, 4.0, 4.5, 4.2, 3.0, 6.0, 6.0]
[
    run(V), run(V, patience=1), run(V, patience=2), run(V, patience=3), run(V, patience=3, restore_best_weights=True), run(V, patience=2, restore_best_weights=True), run(V, patience=10, restore_best_weights=True), run(V, patience=2, min_delta=1.5), run(V, patience=2, min_delta=-1.5), run(V, patience=2, mode="max"), run(V, patience=2, mode="min"), run(V, patience=1, baseline=4.1), run(V, patience=1, baseline=4.1, restore_best_weights=True), run(V, patience=1, start_from_epoch=3), run(V, patience=1, start_from_epoch=2, restore_best_weights=True), run([0.1, 0.2, 0.15, 0.1], monitor="val", mode="max", patience=1), run(V, mode="bogus", patience=1), run(V, monitor="missing"), run([1.0, float("nan"), 1.0, 0.5], patience=2), CB.EarlyStopping().monitor, out_of(lambda: run(V, patience=2, verbose=1, restore_best_weights=True)), out_of(lambda: run(V, monitor="loss", patience=9, verbose=1)), [len(fit(model(), [CB.EarlyStopping("loss", patience=1, min_delta=0.5)], 20).epoch)], [len(fit(model(), [CB.EarlyStopping("mae", patience=0, mode="max")], 5).epoch)], CB.EarlyStopping(patience="a"), CB.EarlyStopping(bogus=1),
]""",
    "rates": """
def run(*cbs, epochs=4, **kw):
    m = model(**kw)
    hist = fit(m, list(cbs), epochs)
    rates = hist.history.get("learning_rate", hist.history.get("lr"))
    return [sorted(hist.history), [float(x) for x in rates] if rates else None, float(np.asarray(m.optimizer.learning_rate))]
V = [5.0, 4.0, 4.5, 4.2, 4.1, 6.0, 6.0, 6.0]
P = lambda **kw: run(Fed(val=V), CB.ReduceLROnPlateau(**{"monitor": "val", **kw}), epochs=len(V))
[
    run(CB.LearningRateScheduler(lambda e: 0.1 / (e + 1))), run(CB.LearningRateScheduler(lambda e, lr: lr * 0.5)), run(CB.LearningRateScheduler(lambda e: "a")), out_of(lambda: run(CB.LearningRateScheduler(lambda e, lr: lr * 0.5, verbose=1), epochs=2)), run(CB.LearningRateScheduler(tf.keras.optimizers.schedules.ExponentialDecay(0.1, 1, 0.5))), run(CB.LearningRateScheduler(lambda e: np.float32(0.25))), run(CB.LearningRateScheduler(lambda e: tf.constant(0.5))), run(CB.LearningRateScheduler(lambda e: 1)),
    P(patience=1), P(patience=2, factor=0.5), P(patience=1, factor=0.5, cooldown=2), P(patience=1, factor=0.5, min_lr=0.04), P(patience=0), P(patience=1, min_delta=1.0), P(patience=1, mode="max"), P(patience=1, mode="bogus"), CB.ReduceLROnPlateau(factor=1.0), out_of(lambda: P(patience=1, verbose=1, factor=0.1)), P(monitor="missing"), CB.ReduceLROnPlateau(bogus=1), P(patience=1, mode="min", factor=0.9),
]""",
    "model_checkpoint": """
S = "weights.h5" if not K2 else "h5"
def run(name, values=(5.0, 4.0, 4.5, 3.0), **kw):
    for f in os.listdir("."):
        if os.path.isfile(f):
            os.remove(f)
    c = CB.ModelCheckpoint(name, **kw)
    fit(model(), [Fed(val=list(values), acc=[0.1, 0.5, 0.3, 0.4]), c], len(values))
    return [sorted(os.listdir(".")), None if c.best is None else float(c.best)]
def load(n):
    m = model()
    m.load_weights(n)
    return m.get_weights()
def resumed():
    c = CB.ModelCheckpoint("m.keras", save_best_only=True, monitor="loss")
    fit(model(), [c], 2)
    return [sorted(os.listdir(".")), tf.keras.models.load_model("m.keras").get_weights()]
[
    run("m{epoch}.keras"), run("m{epoch:02d}-{val:.1f}.keras"), run("m.keras", save_best_only=True, monitor="val"), run("m{epoch}.keras", save_best_only=True, monitor="val"), run("m{epoch}.keras", save_best_only=True, monitor="acc"), run("m{epoch}.keras", save_best_only=True, monitor="acc", mode="max"), run("m{epoch}.keras", save_best_only=True, monitor="val", mode="min", initial_value_threshold=4.2), run(f"w{{epoch}}.{S}", save_weights_only=True), run("m{epoch}.keras", save_weights_only=True), run("m{epoch}", save_weights_only=False) if not K2 else 0, run("m{epoch}.bogus") if not K2 else 0, run("b{batch}.keras", save_freq=4), run("e{epoch}b{batch}.keras", save_freq=5), run("m.keras", save_freq="bogus"), run("m.keras", mode="bogus", monitor="val", save_best_only=True), run("m.keras", monitor="missing", save_best_only=True), run("{bogus}.keras"), out_of(lambda: run("m.keras", save_best_only=True, monitor="val", verbose=1)), out_of(lambda: run("m{epoch}.keras", verbose=1)), resumed(), run("m{epoch}.keras", save_freq=1.5), CB.ModelCheckpoint("a.keras").monitor, CB.ModelCheckpoint("m.keras", bogus=1), run("sub/m{epoch}.keras", (1.0,))[0], run("n{epoch}.keras", (float("nan"), 2.0), save_best_only=True, monitor="val"), run("l-{loss:.2f}.keras", (1.0,)),
]""",
    "csv_logger": """
def run(*a, cb=(), **kw):
    fit(model(), [*cb, CB.CSVLogger(*a, **kw)], 2)
    return open(a[0]).read()
def rounded(t):
    return re.sub(r"\\d+\\.\\d+(e-?\\d+)?", lambda m: "%.4f" % float(m.group()), t)
[
    rounded(run("a.csv")), rounded(run("b.csv", ";")), rounded(run("a.csv", append=True)), rounded(run("c.csv", separator="\\t", append=True)), run("d.csv", cb=[Fed(val=[1.0, 2.0], text=["a", "b"], vec=[np.array([1.0, 2.0])] * 2)]).splitlines()[0], rounded(run("e.csv", cb=[Fed(val=[1.0, 2.0], text=["a", "b"])])), [x.split(",")[0] for x in run("a.csv").splitlines()], run("no/such/f.csv"), rounded((fit(model(), [CB.CSVLogger("v.csv")], 2, validation_data=(X, Y)), open("v.csv").read())[1]), rounded((model().evaluate(X, Y, callbacks=[CB.CSVLogger("w.csv")], verbose=0), os.path.exists("w.csv"))[1] and "written" or "none"),
]""",
    "history_and_nan": """
m = model()
a = fit(m, None, 2)
b = fit(m, [CB.History()], 1)
n = model(rate=1e30)
t = fit(n, [CB.TerminateOnNaN()], 5)
[h(a), a.epoch, a.params, m.history is b, len(b.history["loss"]), len(t.epoch), n.stop_training, out_of(lambda: fit(model(rate=1e30), [CB.TerminateOnNaN()], 2)), sorted(fit(model(), None, 1, validation_split=0.25).history), list(fit(model(), None, 1, validation_split=0.25).history), a.model is m, CB.History().history if not K2 else 0, fit(model(), CB.History(), 1).epoch]""",
    "backup": """
class Fail(CB.Callback):
    def __init__(self, epoch=None, batch=None):
        super().__init__()
        self.at = (epoch, batch)
        self.epoch = 0
    def on_epoch_begin(self, epoch, logs=None):
        self.epoch = epoch
        if self.at == (epoch, None):
            raise RuntimeError("stop")
    def on_train_batch_end(self, batch, logs=None):
        if self.at == (self.epoch, batch):
            raise RuntimeError("stop")
def run(fail, **kw):
    m = model()
    first = err(lambda: fit(m, [CB.BackupAndRestore("bk", **kw), fail], 4))
    there = os.path.isdir("bk") and len(os.listdir("bk")) > 0
    n = model()
    hist = fit(n, [CB.BackupAndRestore("bk", **kw)], 4)
    return [first, there, hist.epoch, n.get_weights()[0], os.path.exists("bk")]
def plain():
    m = model()
    fit(m, None, 4)
    return m.get_weights()[0]
[plain(), run(Fail(2)), run(Fail(1)), run(Fail(3)), CB.BackupAndRestore(""), CB.BackupAndRestore("bk", save_freq="bogus") if not K2 else 0, run(Fail(2), delete_checkpoint=False) if not K2 else 0]""",
    "progbar": """
def first(t):
    return re.sub(r"[\\x08\\r]", "", re.sub(r"\\x1b\\[[0-9;]*m", "", t))
[
    first(out_of(lambda: fit(model(), None, 2, verbose=2))), first(out_of(lambda: model().evaluate(X, Y, verbose=2, batch_size=4))), first(out_of(lambda: fit(model(), None, 1, verbose=2, validation_data=(X, Y)))), first(out_of(lambda: model().predict(X, verbose=2, batch_size=4))), first(out_of(lambda: fit(model(), None, 1, verbose=0))), first(out_of(lambda: fit(model(), [CB.ProgbarLogger()], 1, verbose=2))), first(out_of(lambda: fit(model(), [CB.LearningRateScheduler(lambda e: 0.5)], 1, verbose=2))), fit(model(), None, 1, verbose=3),
]""",
    "remote_monitor": """
[CB.RemoteMonitor().root, CB.RemoteMonitor("http://h", "/p/", "f", {"a": "b"}, True).path, CB.RemoteMonitor().field, CB.RemoteMonitor().send_as_json]""",
}
_K3 = {
    "callback_list": """
c = CB.CallbackList([CB.History()], add_history=True, add_progbar=False, model=model(), epochs=3, steps=2, verbose=0)
c.on_train_begin(); c.on_epoch_begin(0); c.on_train_batch_begin(0); c.on_train_batch_end(0, {"loss": tf.constant(1.0)}); c.on_epoch_end(0, {"loss": tf.constant(1.0)}); c.on_train_end()
[[type(x).__name__ for x in c.callbacks], c.callbacks[0].history, c.callbacks[0].epoch, c.params, [type(x).__name__ for x in CB.CallbackList(add_history=True, add_progbar=True).callbacks], c.append(CB.LambdaCallback()), len(c.callbacks)]""",
    "swap_ema": """
class Seen(CB.Callback):
    def __init__(self):
        super().__init__()
        self.w = []
    def on_epoch_end(self, epoch, logs=None):
        self.w.append(self.model.get_weights()[0])
def run(**kw):
    s = Seen()
    m = model(optimizer=tf.keras.optimizers.SGD(0.05, use_ema=True, ema_momentum=0.9))
    fit(m, [CB.SwapEMAWeights(**kw), s], 2)
    return [s.w, m.get_weights()]
def test():
    m = model(optimizer=tf.keras.optimizers.SGD(0.05, use_ema=True, ema_momentum=0.9))
    fit(m, None, 1)
    return [m.evaluate(X, Y, verbose=0), m.evaluate(X, Y, verbose=0, callbacks=[CB.SwapEMAWeights()]), m.evaluate(X, Y, verbose=0), m.predict(X[:2], verbose=0, callbacks=[CB.SwapEMAWeights()])]
[run(), run(swap_on_epoch=True), test(), fit(model(), [CB.SwapEMAWeights()], 1)]""",
    "swap_ema_refused": """
try:
    model().fit(X, Y, verbose=0, validation_data=(X, Y), callbacks=[CB.SwapEMAWeights()])
    said = None
except ValueError as error:
    said = str(error)
said""",
    "backup_batches": """
class Fail(CB.Callback):
    def on_train_batch_end(self, batch, logs=None):
        if self.seen == (1, batch):
            raise RuntimeError
    def on_epoch_begin(self, epoch, logs=None):
        self.seen = (epoch, 1)
m = model()
first = err(lambda: fit(m, [CB.BackupAndRestore("bk", save_freq=1), Fail()], 3))
n = model()
hist = fit(n, [CB.BackupAndRestore("bk", save_freq=1)], 3)
[first, hist.epoch, CB.BackupAndRestore("bk", save_freq=1.5), CB.BackupAndRestore("bk", double_checkpoint=True).double_checkpoint]""",
}
_K2 = {
    "base_logger": """
[hasattr(CB, "BaseLogger"), hasattr(CB, "SwapEMAWeights"), hasattr(CB, "experimental"), CB.ProgbarLogger("steps") is not None, CB.Callback().validation_data, CB.Callback().model, CB.ModelCheckpoint("a", period=2).period, CB.EarlyStopping("val_loss", 0, 2, 0, "auto").patience]""",
    "checkpoint_formats": """
def run(name, **kw):
    fit(model(), [CB.ModelCheckpoint(name, **kw)], 2)
    return sorted(os.listdir("."))
[run("w{epoch}.h5"), run("t{epoch}", save_weights_only=True), run("m{epoch}.h5", save_weights_only=True)]""",
}
CASES = {}
for _name, _code in {**_BOTH, **_K3}.items():
    CASES[_name] = wrapped(PRELUDE + _code)
for _name, _code in {**_BOTH, **_K2}.items():
    CASES[_name + "@k2"] = wrapped(PRELUDE + _code)
