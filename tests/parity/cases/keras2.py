"""Cases of what is Keras 2's alone, in forms that its own tests use."""

TABLE = {
    "attributes_assigned_again": """
L = tf.keras.layers
dense, norm = L.Dense(2), L.BatchNormalization()
for layer in (dense, norm):
    layer.build((None, 3))
    layer.build((None, 3))
class Own(L.Layer):
    def __init__(self):
        super().__init__()
        self.a = self.add_weight(shape=(2,), name="a")
        self.a = self.add_weight(shape=(3,), name="b")
        self.v, self.part, self.parts = tf.Variable(1.0), L.Dense(2), [L.Dense(1)]
        self.v, self.part, self.parts = tf.Variable([2.0]), L.Dense(3), [L.Dense(4)]
        self.gone, self.none = self.add_weight(shape=(4,), trainable=False, name="n"), L.Dense(7)
        self.gone = self.none = None
    def call(self, x):
        return self.parts[0](self.part(x))
class Model(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.v, self.part = tf.Variable(1.0), L.Dense(2)
        self.v, self.part = tf.Variable([2.0, 3.0]), L.Dense(3)
    def call(self, x):
        return self.part(x)
own, model = Own(), Model()
own(tf.ones([1, 2])), model(tf.ones([1, 2]))
shapes = [[tuple(w.shape) for w in x.weights] for x in (dense, norm, own, model)]
model.v = None
[shapes, [type(x).__name__ for x in own._flatten_layers()], len(model.layers), len(model.weights)]""",
    "functional_other_arguments": """
x = tf.keras.Input((3,))
said = []
for name, value in dict(rows=1, dtype="float16", autocast=False).items():
    try:
        tf.keras.Model(x, tf.keras.layers.Dense(2)(x), **{name: value})
    except TypeError as error:
        said.append(error.args)
said""",
    "shapes": """
L = tf.keras.layers
class Twice(L.Layer):
    def build(self, input_shape):
        self.seen = input_shape
    def call(self, x):
        return [x * 2, {"a": x[:, :1]}]
def types(shape):
    if isinstance(shape, tf.TensorShape):
        return ["TensorShape", shape.as_list()]
    if isinstance(shape, dict):
        return {k: types(v) for k, v in shape.items()}
    return [type(shape).__name__, [v if v is None or isinstance(v, int) else types(v) for v in shape]]
twice = Twice()
twice(tf.ones((2, 3)))
i = L.Input((3,))
model = tf.keras.Model(i, [L.Dense(2)(i), L.Dense(4)(i)])
[
    types(twice.seen), types(twice.compute_output_shape((4, 5))), types(twice.compute_output_shape((None, 5))),
    types(L.Dense(3).compute_output_shape((4, 5))), types(L.Dense(3).compute_output_shape(tf.TensorShape([None, 5]))),
    types(L.Conv2D(3, 2).compute_output_shape((None, 5, 6, 3))), types(L.Flatten().compute_output_shape((None, 5, 6))),
    types(L.LSTM(3, return_state=True).compute_output_shape((4, 5, 6))),
    types(L.Dropout(0.5).compute_output_shape((4, 5))), types(L.BatchNormalization().compute_output_shape([4, 5])),
    types(L.TimeDistributed(L.Dense(3)).compute_output_shape((None, 5, 6))),
    types(L.TimeDistributed(L.Dense(3)).compute_output_shape(tf.TensorShape([None, 5, 6]))),
    types(L.Bidirectional(L.GRU(3)).compute_output_shape((None, 5, 6))),
    types(L.Concatenate().compute_output_shape([tf.TensorShape([4, 5]), tf.TensorShape([4, 2])])),
    types(L.Dot(1).compute_output_shape([(4, 5), (4, 5)])),
    types(L.Lambda(lambda x: x[:, 1:]).compute_output_shape((4, 5))),
    types(L.Lambda(lambda x: x, output_shape=(7,)).compute_output_shape((None, 5))),
    types(tf.keras.Sequential([L.Dense(3), L.Dropout(0.1)]).compute_output_shape((4, 5))),
    types(model.compute_output_shape((None, 3))), L.Dense(3).compute_output_shape((None, 5))[1:].as_list(),
]""",
    "subclass_build": """
class D(tf.keras.layers.Dense):
    def build(self, input_shape):
        self.seen = [type(input_shape).__name__, input_shape.rank, input_shape[1:].as_list()]
        super().build(input_shape)
class M(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.d = D(2)
    def build(self, input_shape):
        self.seen = type(input_shape).__name__
        super().build(input_shape)
    def call(self, x):
        return self.d(x)
d, m = D(2), M()
d(tf.ones((3, 4)))
m(tf.ones((3, 4)))
[d.seen, d.kernel.shape.as_list(), m.seen, m.d.seen, m.built]""",
    "mask_by_position": """
class Mine(tf.keras.layers.Layer):
    def call(self, inputs, mask=None):
        return inputs
    def compute_mask(self, inputs, mask=None):
        return tf.zeros(()) if mask is None else tf.ones(())
x, mask = tf.ones((1, 1)), tf.ones((1, 1))
[Mine()(x, mask)._keras_mask, Mine()(x)._keras_mask, Mine()(x, mask=mask)._keras_mask]""",
    "autograph": """
K = tf.keras
def loss_fn(y, p):
    if tf.reduce_mean(y - p) > 0:
        return tf.square(y - p)
    return tf.abs(y - p)
def met(y, p):
    if tf.reduce_mean(y - p) > 0:
        return tf.square(y - p)
    return tf.abs(y - p) * 3
class Loss(K.losses.Loss):
    def call(self, y, p):
        return loss_fn(y, p)
class Metric(K.metrics.Metric):
    def __init__(self):
        super().__init__(name="m")
        self.t = self.add_weight(name="t", initializer="zeros")
    def update_state(self, y, p, sample_weight=None):
        if tf.reduce_mean(y - p) > 0:
            self.t.assign_add(1.0)
        else:
            self.t.assign_add(2.0)
    def result(self):
        if self.t > 1:
            return self.t * 2
        return self.t
class Mean(K.metrics.Mean):
    def update_state(self, y, p, sample_weight=None):
        if tf.reduce_mean(y - p) < 0:
            y = y * 2
        return super().update_state(y)
x = np.ones((4, 2), "float32")
def fit(loss, *metrics):
    model = K.Sequential([K.layers.Dense(2, kernel_initializer="ones")])
    model.compile("sgd", loss, metrics=list(metrics))
    return sorted((k, v[0]) for k, v in model.fit(x, x, verbose=0).history.items())
metric = Metric()
@tf.function
def within(a, b):
    metric.update_state(a, b)
    return Loss()(a, b), metric.result()
[fit(loss_fn), fit(Loss()), fit("mse", met), fit("mse", Metric()), fit("mse", Mean(name="n")), within(x, 2 * x),
 within(2 * x, x), Loss()(x, x * 2), metric(x, x * 2)]""",
    "saturated": """
y, p = tf.constant([[1.0, 0.0], [1.0, 0.0]]), tf.constant([[1.0, 1.0], [1.0, 0.0]])
B = tf.keras.losses.BinaryCrossentropy
[B()(y, p), B()(y, p, sample_weight=2.3), tf.keras.losses.binary_crossentropy(y, p),
 tf.keras.metrics.BinaryCrossentropy()(y, p), tf.keras.losses.BinaryFocalCrossentropy()(y, p)]""",
    "no_reduction_of_that_name": """
def said(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__, str(e)
class Mine(tf.keras.losses.Loss):
    def call(self, y, p):
        return y - p
[said(lambda: tf.keras.losses.MeanSquaredError(reduction="Foo")), said(lambda: Mine(reduction="foo")),
 Mine("sum", "nm").name, Mine("sum", "nm").reduction, Mine(name="nm").reduction]""",
    "positional_arguments": """
import os, tempfile
K = tf.keras
X, Y = np.ones((4, 2), "float32"), np.ones((4, 1), "float32")
folder = tempfile.mkdtemp()
def model():
    m = K.Sequential([K.layers.Dense(1, kernel_initializer="ones", input_shape=(2,))])
    m.compile("sgd", "mse", ["mae"], [2.0])
    return m
def batches():
    while True:
        yield X, Y
def weights():
    m = model()
    m.save_weights(folder + "/w", True, "tf", None)
    m.save_weights(folder + "/w.h5", True, "h5")
    m.load_weights(folder + "/w.h5", False, True)
    m.save(folder + "/m", True, "h5")
    return os.path.exists(folder + "/w.index"), os.path.isfile(folder + "/m")
class Mine(K.optimizers.Optimizer):
    def __init__(self):
        super().__init__("Mine")
        self._learning_rate = self._build_learning_rate(0.1)
    def build(self, variables):
        super().build(variables)
        self.m = [self.add_variable_from_reference(v, "m", None, tf.ones(2)) for v in variables]
        self.n = self.add_variable([], tf.float32, "ones", "n")
    def update_step(self, gradient, variable):
        self.m[self._index_dict[self._var_key(variable)]].assign_add(gradient)
def optimizer():
    mine = Mine()
    mine.apply_gradients([(tf.ones(2), tf.Variable([1.0, 2.0], name="v"))])
    return mine.m[0].numpy(), mine.m[0].name, mine.n.numpy(), mine.n.name
def minimized():
    v = tf.Variable(1.0)
    K.optimizers.legacy.SGD(0.1).minimize(lambda: v * v, [v], None, "nm")
    return v.numpy()
[
    sorted(model().fit(X, Y, verbose=0).history.items()), model().train_on_batch(X, Y, None, None, True),
    model().train_on_batch(X, Y, None, None, False, True), model().test_on_batch(X, Y, None, False, True),
    model().evaluate(X, Y, 2, 0, None, None, None, 10, 1, False, True), model().predict(X, 2, 0, None, None, 10, 1, False),
    sorted(model().fit_generator(batches(), 2, 1, 0, None, (X, Y)).history), model().evaluate_generator(batches(), 2, None),
    model().predict_generator(batches(), 2, None), weights(), optimizer(), minimized(),
    K.losses.sparse_categorical_crossentropy([1], [[0.2, 0.8]], False, -1, None),
    K.utils.to_categorical(y=[0, 1], num_classes=2), K.callbacks.ModelCheckpoint("a", "loss", 0, False, False, "auto", "epoch", None, 0.1).best,
    K.applications.ConvNeXtTiny("nm", False, True, None, None, (32, 32, 3)).name,
]""",
    "call_with_any_keywords": """
K = tf.keras
class Inner(K.layers.Layer):
    def call(self, x, **kwargs):
        seen.append(sorted(kwargs.items()))
        return x
class Outer(K.layers.Layer):
    def __init__(self):
        super().__init__()
        self.inner = Inner()
    def call(self, x, training=None):
        return self.inner(x)
seen = []
x = tf.ones([2, 3])
def last(layer, **given):
    layer(x, **given)
    return seen[-1]
[
    tf.range([1.0], [3.0]), tf.device("/CPU:0")._device_name, last(Inner()), last(Inner(), training=False),
    last(Inner(), training=True), last(Outer()), last(Outer(), training=True),
]""",
    "optimizers_with_resource_rules": """
L = tf.keras.optimizers.legacy
class M(L.Optimizer):
    def __init__(self, learning_rate=0.1, momentum=0.9, name="M", **kw):
        super().__init__(name, **kw)
        self._set_hyper("learning_rate", kw.get("lr", learning_rate))
        self._set_hyper("decay", self._initial_decay)
        self._set_hyper("momentum", momentum)
    def _create_slots(self, var_list):
        for var in var_list:
            self.add_slot(var, "m")
    def _prepare_local(self, device, dtype, state):
        super()._prepare_local(device, dtype, state)
        state[(device, dtype)]["momentum"] = tf.identity(self._get_hyper("momentum", dtype))
    def _resource_apply_dense(self, grad, var, apply_state=None):
        device, dtype = var.device, var.dtype.base_dtype
        c = (apply_state or {}).get((device, dtype)) or self._fallback_apply_state(device, dtype)
        m = self.get_slot(var, "m")
        m.assign(c["momentum"] * m + grad, use_locking=self._use_locking)
        return var.assign_sub(c["lr_t"] * m, use_locking=self._use_locking)
    def _resource_apply_sparse(self, grad, var, indices, apply_state=None):
        return self._resource_scatter_add(var, indices, -self._decayed_lr(var.dtype) * grad)
    def get_config(self):
        return {**super().get_config(), "learning_rate": self._serialize_hyperparameter("learning_rate"),
                "momentum": self._serialize_hyperparameter("momentum")}
o, v = M(0.1), tf.Variable([1.0, 2.0])
before = o.get_config()
for _ in range(3):
    o.apply_gradients([(v * 2, v)])
rows = tf.Variable([[1.0], [2.0], [3.0]])
M(0.5).minimize(lambda: tf.reduce_sum(tf.gather(rows, [0, 0, 2]) ** 2), [rows])
tf.keras.utils.set_random_seed(1)
m = tf.keras.Sequential([tf.keras.layers.Embedding(4, 2, embeddings_initializer="ones", input_length=2), tf.keras.layers.Flatten(), tf.keras.layers.Dense(1, kernel_initializer="ones")])
m.compile(M(0.05, decay=0.1), "mse")
h = m.fit(np.array([[0, 1], [2, 3]]), np.zeros((2, 1)), epochs=3, verbose=0)
s, t = M(tf.keras.optimizers.schedules.ExponentialDecay(0.1, 1, 0.5)), tf.Variable(3.0)
s.minimize(lambda: t ** 2, [t])
p = M(0.1)
p.lr, p.momentum = 0.2, 0.3
[v, rows, o.iterations, len(o.variables()), o.lr, o.momentum, before, o.get_config(), o.get_slot_names(), h.history["loss"], len(m.optimizer.get_weights()),
 t, s._decayed_lr(tf.float32), p.learning_rate, p.momentum, M.from_config(before).get_config(), M(0.1, clipvalue=0.5).clipvalue]""",
    "private_attributes": """
K = tf.keras
i = K.Input([3])
f, s, b = K.Model(i, K.layers.Dense(2)(i)), K.Sequential([K.layers.Dense(2)]), K.Sequential([K.layers.Dense(2, input_shape=(3,))])
class M(K.Model):
    def call(self, x):
        return x
class W(K.layers.Wrapper):
    def __init__(self, layer, **kw):
        super().__init__(layer, **kw)
        self._track_trackable(layer, name="layer")
    def build(self, shape):
        super().build(shape)
        self.step = self.add_weight("step", shape=[], initializer=K.initializers.Constant(-1), dtype=tf.int64, trainable=False)
    def call(self, x):
        return self.layer(x)
    @property
    def non_trainable_weights(self):
        return self.layer.non_trainable_weights + self._non_trainable_weights
n = K.layers.BatchNormalization()
n.build([None, 3])
w = W(K.layers.Dense(2))
w(tf.ones([1, 3]))
[f._is_graph_network, s._is_graph_network, b._is_graph_network, M()._is_graph_network, b._is_compiled, [v.name for v in n._trainable_weights],
 [v.name for v in n._non_trainable_weights], len(w.weights), w.step, K.layers.Dense(2, input_shape=(3,))._batch_input_shape, hasattr(n, "_batch_input_shape"), n._compute_dtype]""",
    "cells_of_other_dtypes": """
K = tf.keras
class C(K.layers.Layer):
    state_size = output_size = 2
    def call(self, x, states):
        return tf.cast(x * 3, tf.int32), [states[0] + 1.0]
i = K.Input([3, 2])
[K.layers.RNN(C(), return_sequences=True, return_state=True)(tf.ones([2, 3, 2])), K.layers.RNN(C())(i).dtype, K.layers.RNN(C())(tf.ones([2, 3, 2]))]""",
    "sequential_of_layers_that_take_anything": """
class W(tf.keras.layers.Layer):
    def call(self, *args, **kwargs):
        return args[0] * 2
m = tf.keras.Sequential([W(), tf.keras.layers.Dense(1, kernel_initializer="ones")])
[m(tf.ones([1, 2])), tf.keras.Sequential([tf.keras.Input([2]), W()]).output_shape]""",
    "slots_of_other_shapes": """
class N(tf.keras.optimizers.legacy.Optimizer):
    def __init__(self, **kw):
        super().__init__("N", **kw)
        self._set_hyper("learning_rate", 0.1)
    def _create_slots(self, var_list):
        for var in var_list:
            self.add_slot(var, "norm", initializer=tf.zeros([]))
    def _resource_apply_dense(self, grad, var):
        norm = self.get_slot(var, "norm")
        norm.assign_add(tf.reduce_sum(grad ** 2))
        return var.assign_sub(self._decayed_lr(var.dtype) * grad / tf.sqrt(norm))
class Around(N):
    def __init__(self, inner, **kw):
        super().__init__(**kw)
        self._inner = inner
        self._track_trackable(inner, "inner")
    def _resource_apply_dense(self, grad, var, apply_state=None):
        return self._inner._resource_apply_dense(grad, var, apply_state={})
o, v = N(), tf.Variable([3.0, 4.0])
o.apply_gradients([(v * 2, v)])
a, w = Around(tf.keras.optimizers.legacy.SGD(0.5)), tf.Variable([3.0, 4.0])
a.apply_gradients([(w, w)])
[v, o.get_slot(v, "norm"), w, sorted(o._dense_apply_args)]""",
    "optimizers_around_legacy_rules": """
class Half(tf.keras.optimizers.legacy.Adam):
    def _resource_apply_dense(self, grad, var, apply_state=None):
        return super()._resource_apply_dense(grad * 0.5, var, apply_state)
o, v = Half(0.1), tf.Variable([1.0, -1.0])
for g in ([2.0, 1.0], [1.0, 1.0]):
    o.apply_gradients([(tf.constant(g), v)])
[v, o.get_slot(v, "m"), o.get_slot(v, "v"), o.iterations]""",
    "vectors_of_targets": """
X, shapes = np.arange(100).reshape(5, 20) / 100, set()
def squares(y_true, y_pred):
    shapes.add(("loss", y_true.shape.rank, y_true.shape[-1], y_pred.shape[-1], y_true.dtype.name))
    return tf.reduce_mean(tf.square(tf.cast(y_true, tf.float32) - y_pred), axis=-1)
class Seen(tf.keras.metrics.Metric):
    def update_state(self, y_true, y_pred, sample_weight=None):
        shapes.add(("metric", y_true.shape.rank, y_true.shape[-1], y_true.dtype.name, None if sample_weight is None else sample_weight.shape.rank))
    def result(self):
        return 0.0
def run(units, y, loss, weights=None, **kwargs):
    m = tf.keras.Sequential([tf.keras.layers.Dense(units, kernel_initializer=tf.keras.initializers.Constant(0.1))])
    m.compile(tf.keras.optimizers.SGD(0.01), loss, **kwargs)
    return m.fit(X, y, epochs=2, verbose=0, sample_weight=weights, shuffle=False).history
W = np.arange(5.)
kinds = "mse mae huber hinge poisson cosine_similarity log_cosh".split()
[
    [run(3, np.ones(5), kind) for kind in kinds], [run(1, np.ones(5), kind, W) for kind in kinds], run(3, np.ones(5, int), squares, W, metrics=[squares, Seen(name="a")], weighted_metrics=[Seen(name="b")]),
    run(1, np.ones(5), squares, metrics=["mae", "accuracy", tf.keras.metrics.MeanAbsoluteError(name="c")]), run(1, np.ones(5), "binary_crossentropy", W, metrics=["accuracy"], weighted_metrics=["mse"]), run(3, np.arange(5) % 3, "sparse_categorical_crossentropy", W, metrics=["accuracy"]), sorted(map(str, shapes)),
]""",
    "backup_of_unbuilt_models": """
import tempfile
class Stop(tf.keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        if epoch == 2:
            raise RuntimeError("stopped")
X, y, folder = np.ones((5, 3)), np.zeros(5), tempfile.mkdtemp()
m = tf.keras.Sequential([tf.keras.layers.Dense(1)])
m.compile("sgd", "mse")
try:
    m.fit(X, y, epochs=4, verbose=0, callbacks=[tf.keras.callbacks.BackupAndRestore(folder), Stop()])
except RuntimeError:
    pass
len(m.fit(X, y, epochs=4, verbose=0, callbacks=[tf.keras.callbacks.BackupAndRestore(folder)]).history["loss"])""",
    "adapted_to_vectors": """
def normalized(data):
    l = tf.keras.layers.Normalization(axis=None)
    l.adapt(data)
    return l.mean, l(tf.constant([1., 2., 3.])), l(tf.ones([2, 1])), l([1., 2.])
class Told(tf.keras.layers.experimental.preprocessing.PreprocessingLayer):
    def build(self, shape):
        super().build(shape)
        self.seen = tuple(shape)
    def update_state(self, data):
        self.rank = len(data.shape)
    def reset_state(self):
        pass
    def finalize_state(self):
        pass
def told(data):
    l = Told()
    l.adapt(data)
    return l.seen, l.rank
d = tf.keras.layers.Discretization(num_bins=3)
d.adapt(np.array([1., 2., 3., 4.]))
v = np.arange(5, dtype="float32")
[normalized(v), normalized(tf.constant(v)), normalized(tf.data.Dataset.from_tensor_slices(v).batch(2)), normalized(v[:, None]), told(v), told(np.ones([5, 2])), told(tf.data.Dataset.from_tensor_slices(v).batch(2)), d.bin_boundaries, d(np.array([1., 5.]))]""",
    "dataset_creators": """
def made(context):
    return tf.data.Dataset.from_tensor_slices((np.ones((6, 2)), np.ones(6))).repeat().batch(context.get_per_replica_batch_size(2))
creator = tf.keras.utils.experimental.DatasetCreator(made)
m = tf.keras.Sequential([tf.keras.layers.Dense(1, kernel_initializer="ones")])
m.compile(tf.keras.optimizers.SGD(0.1), "mse")
try:
    m.fit(creator, verbose=0)
    refused = False
except ValueError:
    refused = True
[refused, m.fit(creator, epochs=2, steps_per_epoch=3, verbose=0).history, m.evaluate(creator, steps=2, verbose=0)]""",
    "names_of_lambdas": """
import sys, types, tempfile, os
mine = types.ModuleType("mine")
mine.K, mine.L, mine.three = tf.keras.backend, tf.keras.layers, 3.
sys.modules["mine"] = mine
exec("layer = L.Lambda(lambda x: K.square(x) * three)", vars(mine))
i = tf.keras.Input((2,))
m = tf.keras.Model(i, mine.layer(i))
path = os.path.join(tempfile.mkdtemp(), "m.")
x = np.ones((1, 2))
found = [tf.keras.models.clone_model(m)(x)]
for form in ("h5", "keras"):
    m.save(path + form)
    found.append(tf.keras.models.load_model(path + form, safe_mode=False)(x))
named = tf.keras.layers.Lambda.from_config({**mine.layer.get_config(), "module": "nosuch"}, custom_objects={"K": mine.K, "three": 5.})
found + [named(x)]""",
    "control_flow_of_layers": """
class If(tf.keras.layers.Layer):
    def call(self, x):
        if tf.reduce_sum(x) > 0:
            return x * 2.
        else:
            return x - 1.
class For(tf.keras.layers.Layer):
    def call(self, x):
        total = tf.zeros_like(x[0])
        for row in x:
            total += row
        return total[None]
class Both(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.a, self.b = If(), For()
    def call(self, x):
        return self.b(self.a(x))
i = tf.keras.Input((2,))
models = [tf.keras.Model(i, If()(i)), tf.keras.Model(i, For()(i)), tf.keras.Sequential([If(), For()]), Both()]
x = np.ones((3, 2), "float32")
for m in models:
    m.compile(loss="mse")
[[m(x), m(-x), m.test_on_batch(x[:1], x[:1])] for m in models] + [models[0].output_shape, models[1].output_shape]""",
    "dynamic_layers": """
class D(tf.keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(dynamic=True, **kwargs)
    def call(self, x):
        return x * float(tf.reduce_sum(x).numpy())
    def compute_output_shape(self, shape):
        return shape
i = tf.keras.Input((2,))
models = [tf.keras.Model(i, D()(i)), tf.keras.Sequential([D()]), tf.keras.Sequential([tf.keras.layers.Dense(2)])]
x = np.ones((2, 2), "float32")
for m in models:
    m.compile("sgd", "mse")
[[m.dynamic, m.run_eagerly] for m in models] + [m.evaluate(x, x, verbose=0) for m in models[:2]]""",
    "given_weights": """
k = np.arange(6, dtype="float32").reshape(3, 2)
class M(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.d = tf.keras.layers.Dense(2, weights=[k], use_bias=False)
    def call(self, x):
        return self.d(x)
m = M()
[m.predict(np.ones((2, 3), "float32"), verbose=0), m.get_weights()]""",
    "variables_of_lambdas": """
v = tf.Variable(2.)
l = tf.keras.layers.Lambda(lambda x, v: x * v, arguments={"v": v})
before = len(l.weights)
l.v = v
[before, len(l.weights), l(3.)]""",
    "training_as_the_graph_says": """
class L(tf.keras.layers.Layer):
    def call(self, x, training=True):
        return x * -1. if training is None else x if training else x * 0.
x = np.ones((1, 2), "float32")
def values(*args, **kwargs):
    i = tf.keras.Input((2,))
    m = tf.keras.Model(i, L()(i, *args, **kwargs))
    return [m(x)[0, 0], m(x, training=True)[0, 0], m(x, training=False)[0, 0]]
def moving(layer, inner):
    i = tf.keras.Input((2,))
    m = tf.keras.Model(i, layer(i, training=False))
    m.compile("sgd", "mse")
    m.fit(np.arange(8.).reshape(4, 2), np.ones((4, 2)), verbose=0)
    return inner.moving_mean
bn, other = tf.keras.layers.BatchNormalization(), tf.keras.layers.BatchNormalization()
i = tf.keras.Input((200,))
always = tf.keras.Model(i, tf.keras.layers.Dropout(0.5)(i, training=True))
ones = np.ones((1, 200), "float32")
[
    values(), values(training=True), values(training=False), values(training=None), values(True), values(False),
    moving(bn, bn), moving(tf.keras.Sequential([other]), other),
    bool(np.any(always.predict(ones, verbose=0) == 0)), bool(np.any(always(ones, training=False).numpy() == 0)),
]""",
    "mixed_structures_of_arguments": """
class AddAll(tf.keras.layers.Layer):
    def call(self, x, more=None):
        return x + more["a"] + more["b"] * more["c"]
i, j = tf.keras.Input((2,)), tf.keras.Input((2,))
m = tf.keras.Model([i, j], AddAll()(i, more={"a": j, "b": tf.ones((1, 2)) * 5., "c": 2.}))
m([np.ones((1, 2)), np.ones((1, 2)) * 3])""",
    "optimizers_of_tensorflow_1": """
x, y = np.ones((4, 3), "float32"), np.ones((4, 2), "float32")
train = tf.compat.v1.train
def trained(optimizer):
    m = tf.keras.Sequential([tf.keras.layers.Dense(2, kernel_initializer="ones")])
    m.compile(optimizer=optimizer, loss="mse", metrics=["mae"], sample_weight_mode=None)
    return m.fit(x, y, epochs=3, batch_size=2, verbose=0).history, m.get_weights(), m.optimizer.iterations
[
    trained(train.AdamOptimizer(0.1)), trained(train.GradientDescentOptimizer(0.1)),
    trained(train.MomentumOptimizer(0.1, 0.9)), trained(train.RMSPropOptimizer(0.1)), trained(train.AdagradOptimizer(0.1)),
]""",
    "class_weights_of_pixels": """
m = tf.keras.Sequential([tf.keras.layers.Conv2D(3, 1, kernel_initializer="ones")])
m.compile("sgd", "mse")
y = np.eye(3)[np.arange(32).reshape(2, 4, 4) % 3]
data = tf.data.Dataset.from_tensors((np.arange(32.).reshape(2, 4, 4, 1) / 32, y, np.array([1., 2.])))
weights = {0: 1., 1: 2., 2: 3.}
empty = tf.keras.Sequential()
empty.build((None, 6))
built = empty.built
empty.add(tf.keras.layers.Dense(5, input_shape=(6,)))
[m.fit(data.map(lambda x, y, w: (x, y)), class_weight=weights, verbose=0).history, m.fit(data, class_weight=weights, verbose=0).history, built, empty.output_shape]""",
    "metrics_of_layers": """
class M(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.mean_obj = tf.keras.metrics.Mean(name="my_mean_obj")
        self.d = tf.keras.layers.Dense(1, kernel_initializer="ones")
    def call(self, x):
        self.add_metric(tf.reduce_sum(x), aggregation="mean", name="my_mean_tensor")
        self.add_metric(self.mean_obj(x))
        return self.d(x)
class End(tf.keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.loss_fn = tf.keras.losses.BinaryCrossentropy(from_logits=True)
        self.accuracy_fn = tf.keras.metrics.BinaryAccuracy()
    def call(self, targets, logits):
        self.add_loss(self.loss_fn(targets, logits))
        self.add_metric(self.accuracy_fn(targets, logits), name="accuracy")
        return tf.nn.softmax(logits)
x, y = np.arange(12.).reshape(4, 3), np.ones((4, 1))
m = M()
m.compile("sgd", "mse", metrics=["mae"])
i, t = tf.keras.Input((3,)), tf.keras.Input((1,))
n = tf.keras.Model([i, t], End()(t, tf.keras.layers.Dense(1, kernel_initializer="ones")(i)))
n.compile("sgd")
[m.fit(x, y, batch_size=2, epochs=2, shuffle=False, verbose=0).history, n.fit([x, y], epochs=2, shuffle=False, verbose=0).history, n.metrics_names]""",
    "arguments_of_metrics": """
iou = tf.keras.metrics.MeanIoU(num_classes=3, ignore_class=-1)
auc = tf.keras.metrics.AUC(num_thresholds=3, curve="PR_GAIN")
mean = tf.keras.metrics.MeanTensor()
rows = tf.ragged.constant([[1, 0, 1], [0]])
[
    iou([0, 1, 2, -1], [0, 1, 1, 1]), auc([0, 0, 1, 1], [0, 0.5, 0.3, 0.9]),
    mean([1., 5.], sample_weight=[1., 0.2]), mean([1., 5.], sample_weight=[[1.], [0.2]]), mean.total,
    tf.keras.losses.BinaryFocalCrossentropy()(rows, tf.ragged.constant([[0.4, 0.2, 0.7], [0.1]])),
]""",
    "calls_say_what_comes_out": """
L = tf.keras.layers
class Both(L.Embedding):
    def compute_output_shape(self, shape):
        return [super().compute_output_shape(shape), (self.input_dim, self.output_dim)]
    def call(self, x):
        return [super().call(x), self.embeddings + 0.0]
class Half(L.Layer):
    def compute_output_shape(self, shape):
        return (7, 7)
    def call(self, x):
        return x[:, :2]
class Joined(L.Dense):
    def call(self, x):
        return tf.concat([super().call(x), x], -1)
class Kept(L.MaxPooling2D):
    def call(self, x):
        return super().call(x), x
i = tf.keras.Input((None,))
both = Both(5, 3)(i)
model = tf.keras.Model(i, both)
[[tuple(x.shape) for x in both], [x.shape for x in model(tf.constant([[1, 2]]))],
 tuple(Half()(tf.keras.Input((4,))).shape), tuple(Joined(3)(tf.keras.Input((4,))).shape),
 [tuple(x.shape) for x in Kept(2)(tf.keras.Input((4, 4, 1)))]]""",
    "tensors_of_symbolic_ones": """
L = tf.keras.layers
i = L.Input((3,))
t = tf.convert_to_tensor(i)
pair = tf.convert_to_tensor([i, t * 2.0], name="pair")
m = tf.keras.Model(i, [tf.shape(tf.convert_to_tensor(i))[0], tf.reduce_sum(pair, 0)])
[m(tf.ones((2, 3))), pair.shape.as_list(), [l.name for l in m.layers], tf.keras.Model.from_config(m.get_config())(tf.ones((4, 3)))]""",
    "recorded_calls_as_layers": """
i = tf.keras.Input((3,))
l = tf.keras.Model(i, i * 2.0).layers[-1]
l.set_weights([])
[l.weights, l.trainable_variables, l.losses, l.trainable, l.dtype, l.compute_dtype, l.input_shape, l.output_shape, l.get_weights(), l.count_params(), l.input_spec, l.stateful, l.built]""",
    "configs_of_recorded_calls": """
import os, tempfile
L = tf.keras.layers
i, j = L.Input((3,)), L.Input((3,))
outs = [i * 2.0, 2.0 - i, i + j, tf.concat([i, j], 1), tf.where(i > 0.0, i, j), tf.reshape(i, [-1, 3, 1]), i ** 2.0, tf.clip_by_value(i, 0.0, 1.0), tf.add(x=1.0, y=j), i[:, 1:], i[..., 0], i[:, None, ::2], i[:, : tf.shape(i)[1] - 1]]
m = tf.keras.Model([i, j], outs)
x = [tf.constant([[1.0, -2.0, 3.0]]), tf.constant([[4.0, 5.0, 6.0]])]
path = os.path.join(tempfile.mkdtemp(), "m.h5")
m.save(path)
[m(x), tf.keras.Model.from_config(m.get_config())(x), tf.keras.models.clone_model(m)(x), tf.keras.models.load_model(path)(x), tf.keras.models.model_from_json(m.to_json())(x),
 [l["inbound_nodes"][0] for l in m.get_config()["layers"] if "getitem_4" in l["name"]]]""",
    "losses_and_metrics_of_symbolic_values": """
import os, tempfile
K, L = tf.keras, tf.keras.layers
i = L.Input((3,), name="i")
h = L.Dense(2, name="h", kernel_initializer="ones")(i)
m = K.Model(i, L.Dense(1, name="o", kernel_initializer="ones")(h))
m.add_loss(tf.reduce_mean(h))
m.add_metric(tf.reduce_sum(h), name="sum", aggregation="mean")
m.add_metric(h, name="mean", aggregation="mean")
x, y = np.ones((4, 3), "float32"), np.ones((4, 1), "float32")
def nameless():
    try:
        m.add_metric(h)
    except ValueError as e:
        return str(e)
class Adds(L.Layer):
    def call(self, x):
        self.add_metric(tf.reduce_sum(x), name="total", aggregation="mean")
        return x
def seen(m):
    m.compile("sgd", "mse")
    before = m.evaluate(x, y, verbose=0)
    return before, m.fit(x, y, verbose=0, batch_size=2).history, m.metrics_names, [l.name for l in m.layers]
weights = m.get_weights()
path = os.path.join(tempfile.mkdtemp(), "m")
m.save(path + ".h5")
m.save(path + ".keras")
models = [m, K.Model.from_config(m.get_config()), K.models.clone_model(m), K.models.load_model(path + ".h5"), K.models.load_model(path + ".keras"), K.models.model_from_json(m.to_json())]
outer = K.Model(i, m(i))
for model in models:
    model.set_weights(weights)
[[seen(model) for model in models], [metric.name for metric in m.metrics], nameless(),
 [l["config"] for l in m.get_config()["layers"] if l["class_name"] in ("AddLoss", "AddMetric")], outer(x), outer.losses,
 [metric.name for metric in K.Model(i, Adds()(i)).metrics], m.count_params()]""",
    "names_of_symbolic_tensors": """
K, L = tf.keras, tf.keras.layers
x, i, s = L.Input((3,), name="x"), L.Input((8, 8, 3), name="i"), L.Input((8, 3), name="s")
h = L.Dense(2, name="d")(x)
one = [L.Dense(2, name="a"), L.Dense(2, "softmax", name="a"), L.Dense(1, "sigmoid", name="a"), L.Dropout(0.2, name="a"), L.Flatten(name="a"), L.Activation("relu", name="a"), L.Reshape((2, 1), name="a"), L.Lambda(lambda x: x * 2, name="a"), L.Embedding(3, 2, name="a"), L.LayerNormalization(name="a"), L.ReLU(name="a"), L.Softmax(name="a"), L.RepeatVector(3, name="a"), L.GaussianNoise(0.1, name="a")]
two = [L.Concatenate(name="a"), L.Add(name="a"), L.Multiply(name="a"), L.Average(name="a"), L.Subtract(name="a")]
image = [L.Conv2D(2, 3, name="a"), L.Conv2D(2, 3, activation="relu", name="a"), L.GlobalAveragePooling2D(name="a"), L.Conv2DTranspose(2, 3, name="a"), L.SeparableConv2D(2, 3, name="a"), L.DepthwiseConv2D(3, name="a"), L.ZeroPadding2D(name="a"), L.UpSampling2D(name="a"), L.Cropping2D(name="a"), L.BatchNormalization(name="a"), L.Rescaling(2.0, name="a"), L.Permute((2, 1, 3), name="a")]
class Own(L.Layer):
    def __init__(self, **k):
        super().__init__(**k)
        self.d = L.Dense(2, name="inner")
    def call(self, x):
        return {"a": self.d(x), "b": x * 2}
m = K.Sequential([L.Dense(2, input_shape=(3,), name="first"), L.Dense(1, activation="sigmoid", name="last")], name="seq")
o = K.Model(x, m(tf.concat([h, x[:, :1]], 1)), name="o")
part = K.Model(m.layers[0].output, m.output)
[[layer(h).name for layer in one], [layer([h, h]).name for layer in two], [layer(i).name for layer in image], L.Conv1D(2, 3, name="a")(s).name,
 [m.output.name, m.layers[0].output.name, m.layers[0].input.name, m(x).name, o.output.name, o(x).name, K.Model(x, o(x), name="p").output.name],
 tf.nest.map_structure(lambda t: t.name, Own(name="q")(x)), tf.nest.map_structure(lambda t: t.name, Own()(x)), part.input_names, part.output_names,
 [str(tf.shape(h)), repr(tf.shape(h)), repr(tf.shape(h)[0]), str(h), str(x), repr(h), str(m.output)], h.name, L.Input((2,)).name]""",
    "recorded_calls_in_files_of_keras_2": """
text = '''
{"class_name": "Functional", "config": {"name": "m", "trainable": true, "layers": [{"class_name": "InputLayer", "config": {"batch_input_shape": [null,
 2, 3], "sparse": false, "ragged": false, "name": "j", "optional": false}, "name": "j", "inbound_nodes": []}, {"class_name": "TFOpLambda", "config": 
{"name": "tf.compat.v1.transpose", "function": "compat.v1.transpose"}, "name": "tf.compat.v1.transpose", "inbound_nodes": [["j", 0, 0, {"perm": [0, 2,
 1], "name": "transpose", "conjugate": false}]]}, {"class_name": "SlicingOpLambda", "config": {"name": "tf.__operators__.getitem", "function": 
"__operators__.getitem"}, "name": "tf.__operators__.getitem", "inbound_nodes": [["tf.compat.v1.transpose", 0, 0, {"slice_spec": [{"start": null, 
"stop": null, "step": null}, {"start": 1, "stop": null, "step": null}]}]]}, {"class_name": "TFOpLambda", "config": {"name": "tf.compat.v1.pad", 
"function": "compat.v1.pad"}, "name": "tf.compat.v1.pad", "inbound_nodes": [["tf.__operators__.getitem", 0, 0, {"paddings": [[0, 0], [0, 1], [0, 0]], 
"mode": "CONSTANT", "name": null, "constant_values": 0}]]}, {"class_name": "TFOpLambda", "config": {"name": "tf.compat.v1.shape", "function": 
"compat.v1.shape"}, "name": "tf.compat.v1.shape", "inbound_nodes": [["tf.compat.v1.pad", 0, 0, {"name": null, "out_type": "int32"}]]}, {"class_name": 
"SlicingOpLambda", "config": {"name": "tf.__operators__.getitem_1", "function": "__operators__.getitem"}, "name": "tf.__operators__.getitem_1", 
"inbound_nodes": [["tf.compat.v1.shape", 0, 0, {"slice_spec": 1}]]}, {"class_name": "TFOpLambda", "config": {"name": "tf.math.multiply", "function": 
"math.multiply"}, "name": "tf.math.multiply", "inbound_nodes": [["tf.__operators__.getitem_1", 0, 0, {"y": 2, "name": null}]]}, {"class_name": 
"TFOpLambda", "config": {"name": "tf.reshape", "function": "reshape"}, "name": "tf.reshape", "inbound_nodes": [["tf.compat.v1.pad", 0, 0, {"shape": 
[-1, ["tf.math.multiply", 0, 0]]}]]}, {"class_name": "TFOpLambda", "config": {"name": "tf.linalg.matmul", "function": "linalg.matmul"}, "name": 
"tf.linalg.matmul", "inbound_nodes": [["tf.reshape", 0, 0, {"b": [[1.0], [1.0], [1.0], [1.0], [1.0], [1.0]], "name": null}]]}, {"class_name": 
"TFOpLambda", "config": {"name": "tf.math.subtract", "function": "math.subtract"}, "name": "tf.math.subtract", "inbound_nodes": [["_CONSTANT_VALUE", 
-1, 2.0, {"y": ["tf.linalg.matmul", 0, 0], "name": null}]]}, {"class_name": "TFOpLambda", "config": {"name": "tf.math.reduce_mean", "function": 
"math.reduce_mean"}, "name": "tf.math.reduce_mean", "inbound_nodes": [["tf.math.subtract", 0, 0, {}]]}, {"class_name": "AddLoss", "config": {"name": 
"add_loss", "unconditional": false}, "name": "add_loss", "inbound_nodes": [[["tf.math.reduce_mean", 0, 0, {}]]]}, {"class_name": "AddMetric", 
"config": {"name": "add_metric", "aggregation": "mean", "metric_name": "d"}, "name": "add_metric", "inbound_nodes": [[["tf.math.subtract", 0, 0, 
{}]]]}], "input_layers": [["j", 0, 0]], "output_layers": [["tf.math.subtract", 0, 0]]}}
'''
K = tf.keras
m = K.models.model_from_json(text.replace("\\n", ""))
m.compile("sgd", "mse")
x = np.linspace(-1, 2, 12, dtype="float32").reshape(2, 2, 3)
calls = [l for l in m.layers if l.name.startswith("tf.")]
again = K.Model.from_config(m.get_config())
[m(x), m.evaluate(x, np.ones((2, 1)), verbose=0), m.metrics_names, again(x), [l.name for l in again.layers], [isinstance(l, K.layers.Layer) for l in calls],
 [[type(l).__name__, type(l).__module__.split(".")[-1], l.get_config()] for l in calls], [l.weights for l in calls], K.models.clone_model(m)(x), len(m.losses), calls[1].trainable, m.trainable_weights]""",
    "paths_of_weights": """
K, L = tf.keras, tf.keras.layers
class Mine(K.Model):
    def __init__(self):
        super().__init__(name="mine")
        self.a, self.many, self.named = L.Dense(1), [L.Dense(1), L.Dense(1)], {"k": L.Dense(2)}
        self.v = self.add_weight("v", ())
    def call(self, x):
        return self.named["k"](self.many[1](self.many[0](self.a(x)))) + self.v
mine = Mine()
before = list(mine.get_weight_paths())
mine(tf.ones((1, 2)))
i = L.Input((3,), name="i")
m = K.Model(i, L.BatchNormalization(name="b")(L.Dense(2, name="d")(i)))
j = L.Input((3, 1))
[before] + [[(k, v.name) for k, v in x.get_weight_paths().items()] for x in [
    mine, m, K.Sequential([L.Dense(2, input_shape=(2,), name="e"), m.layers[2]]), K.Model(j, L.Bidirectional(L.LSTM(2), name="r")(j))]]""",
    "nested_structures_in_configs": """
import os, tempfile
K, L = tf.keras, tf.keras.layers
class D(L.Layer):
    def call(self, inputs, extra=None):
        o = inputs["x"]["p"] + inputs["y"][0]
        if extra is not None:
            o = o + extra["e"][0]
        return {"out": {"s": o}, "l": [o * 2, (o * 3,)]}
a, b, c = L.Input((2,), name="a"), L.Input((3,), name="b"), L.Input((3,), name="c")
d = D()({"x": {"p": b}, "y": [c]}, extra={"e": [b]})
outs = {"o1": d["out"]["s"], "o2": [d["l"][0], (d["l"][1][0],)], "o3": L.Dense(1, kernel_initializer="ones")(a)}
m = K.Model({"a": a, "n": {"b": b, "c": [c]}}, outs)
x = {"a": tf.ones((2, 2)), "n": {"b": tf.ones((2, 3)), "c": [tf.ones((2, 3))]}}
path = os.path.join(tempfile.mkdtemp(), "m")
m.save(path + ".h5")
m.save(path + ".keras")
known = {"D": D}
[m(x), K.Model.from_config(m.get_config(), custom_objects=known)(x), K.models.load_model(path + ".h5", custom_objects=known)(x),
 K.models.load_model(path + ".keras", custom_objects=known)(x), m.input_names, m.output_names, [l["inbound_nodes"] for l in m.get_config()["layers"]]]""",
    "masks_of_models": """
K, L = tf.keras, tf.keras.layers
i = L.Input((4,), dtype="int32")
e = L.Embedding(5, 2, mask_zero=True)(i)
def masks(model):
    return tf.nest.map_structure(lambda x: None if x is None else [x.shape.as_list(), x.dtype.name], [model.input_mask, model.output_mask, model.layers[-1].output_mask])
[masks(m) for m in [K.Model(i, e), K.Model(i, L.LSTM(2, return_sequences=True)(e)), K.Model(i, [e, L.Flatten()(e)]), K.Model(e, e * 2.0),
    K.Sequential([L.Embedding(5, 2, mask_zero=True, input_length=4), L.LSTM(3)]), K.Sequential([L.Embedding(5, 2, mask_zero=True, input_length=4)])]]""",
    "modules_in_sequential": """
K, L = tf.keras, tf.keras.layers
class Mod(tf.Module):
    def __init__(self, n, name=None):
        super().__init__(name=name)
        self.w = tf.Variable(tf.ones((n, n)), name="w")
    def __call__(self, x, training=None):
        return x @ self.w * (2.0 if training else 1.0)
class Called(tf.Module):
    def call(self, x):
        return x + 1.0
def said(layer):
    try:
        K.Sequential([layer])
    except (TypeError, ValueError) as e:
        return type(e).__name__, str(e).split("<")[0]
s = K.Sequential([L.Dense(2, kernel_initializer="ones"), Mod(2), Called()])
out = s(tf.ones((1, 2)))
s.compile("sgd", "mse")
[out, s(tf.ones((1, 2)), training=True), [w.name for w in s.weights], len(s.trainable_variables), [type(l).__name__ for l in s.layers], [l.name for l in s.layers[1:]],
 s.fit(np.ones((2, 2)), np.ones((2, 2)), verbose=0).history, s.evaluate(np.ones((2, 2)), np.ones((2, 2)), verbose=0), said(3), said(abs)]""",
    "loss_scale_optimizer": """
K = tf.keras
Scaled = K.mixed_precision.LossScaleOptimizer
def said(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__, str(e).split(" object at")[0]
def state(o):
    counter = o.dynamic_counter
    return [o.loss_scale, None if counter is None else int(counter), int(o.iterations), o.dynamic, o.initial_scale, o.dynamic_growth_steps]
o = Scaled(K.optimizers.SGD(0.5), initial_scale=8, dynamic_growth_steps=2)
found = [[type(o).__name__, isinstance(o, Scaled), isinstance(o, K.optimizers.Optimizer), type(o.inner_optimizer).__name__], state(o)]
v = tf.Variable([1.0, 2.0])
with tf.GradientTape() as tape:
    scaled = o.get_scaled_loss(tf.reduce_sum(v * v))
g = tape.gradient(scaled, [v])
sparse = o.get_unscaled_gradients([tf.IndexedSlices(tf.ones((1, 2)), tf.constant([1]), tf.constant([2, 2])), None])
found += [scaled, g, o.get_unscaled_gradients(g), type(sparse[0]).__name__, sparse[0].values, sparse[1], o.get_scaled_loss(lambda: tf.constant(2.0))()]
def step(o, v, g):
    o.apply_gradients([(tf.constant(g), v)])
    return [v.numpy(), *state(o)]
found += [step(o, v, g) for g in ([1.0, 1.0], [1.0, 1.0], [float("inf"), 1.0], [float("nan"), 1.0], [1.0, 1.0])]
o.minimize(lambda: tf.reduce_sum(v), [v])
fixed = Scaled(K.optimizers.SGD(0.5), dynamic=False, initial_scale=128)
config = o.get_config()
o.learning_rate = 0.25
again = K.optimizers.deserialize(K.optimizers.serialize(o))
found += [v, o.iterations, state(fixed), sorted(config), config["initial_scale"], config["dynamic"], sorted(fixed.get_config().items())[1:2], o.inner_optimizer.learning_rate, [x.shape.as_list() for x in o.variables],
    type(again).__name__, state(again), K.optimizers.serialize(o)["class_name"], K.optimizers.serialize(o)["registered_name"]]
legacy = Scaled(K.optimizers.legacy.SGD(0.5, momentum=0.9))
w = tf.Variable([1.0, 2.0])
found += [step(legacy, w, [1.0, 1.0]), type(legacy).__name__, legacy.get_slot_names(), legacy.get_slot(w, "momentum"), float(legacy.momentum), float(legacy.lr), legacy.get_weights(), type(K.optimizers.deserialize(K.optimizers.serialize(legacy))).__name__]
[found, [said(lambda: Scaled(1)), said(lambda: Scaled(o)), said(lambda: Scaled(K.optimizers.SGD(), dynamic="a")), said(lambda: Scaled(K.optimizers.SGD(), dynamic=False)),
    said(lambda: Scaled(K.optimizers.SGD(), dynamic=False, initial_scale=2, dynamic_growth_steps=4)), said(lambda: Scaled(o.inner_optimizer))]]""",
    "optimizers_in_files": """
import os, tempfile
K, L = tf.keras, tf.keras.layers
class New(K.optimizers.SGD):
    pass
class Old(K.optimizers.legacy.SGD):
    pass
class OldOfOwn(K.optimizers.legacy.Optimizer):
    def __init__(self, learning_rate=0.1, name="OldOfOwn", **kwargs):
        super().__init__(name, **kwargs)
        self._set_hyper("learning_rate", learning_rate)
    def _resource_apply_dense(self, grad, var, apply_state=None):
        return var.assign_sub(self._decayed_lr(var.dtype.base_dtype) * grad)
    def get_config(self):
        return {**super().get_config(), "learning_rate": self._serialize_hyperparameter("learning_rate")}
folder = tempfile.mkdtemp()
def kept(optimizer, form):
    m = K.Sequential([L.Dense(1, input_shape=(2,), kernel_initializer="ones")])
    m.compile(optimizer, "mse")
    m.fit(np.ones((4, 2)), np.ones((4, 1)), verbose=0, batch_size=2)
    m.save(os.path.join(folder, "m" + form))
    n = K.models.load_model(os.path.join(folder, "m" + form), custom_objects={"New": New, "Old": Old, "OldOfOwn": OldOfOwn})
    o = n.optimizer
    weights = [o.iterations.numpy(), [np.asarray(w) for w in (o.get_weights() if hasattr(o, "get_weights") else [x.numpy() for x in o.variables])]] if form == ".h5" else None
    config = {k: float(v) if isinstance(v, (float, np.number)) else v for k, v in o.get_config().items() if k not in ("name", "inner_optimizer")}
    return [type(o).__module__, type(o).__name__, type(getattr(o, "inner_optimizer", None)).__name__, weights, sorted(config.items(), key=str)]
made = lambda: [K.optimizers.legacy.Adam(0.1), K.optimizers.legacy.RMSprop(0.1, momentum=0.5, decay=0.1), K.optimizers.legacy.SGD(K.optimizers.schedules.ExponentialDecay(0.1, 1, 0.5), momentum=0.9), K.optimizers.Adam(0.1), New(0.1, momentum=0.9), Old(0.1, momentum=0.9), OldOfOwn(0.1)]
scaled = lambda: [K.mixed_precision.LossScaleOptimizer(K.optimizers.Adam(0.1)), K.mixed_precision.LossScaleOptimizer(K.optimizers.legacy.Adam(0.1))]
[[kept(o, ".h5") for o in made()], [kept(o, ".keras") for o in made()], [kept(o, ".keras") for o in scaled()], [kept(o, ".h5")[:3] for o in scaled()]]""",
    "own_steps_without_logs": """
K = tf.keras
class M(K.Model):
    def __init__(self):
        super().__init__()
        self.d = K.layers.Dense(1, kernel_initializer="ones")
    def call(self, x):
        return self.d(x)
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as t:
            l = tf.reduce_mean((self(x, training=True) - y) ** 2)
        self.optimizer.apply_gradients(zip(t.gradient(l, self.trainable_variables), self.trainable_variables))
        return {}
    def test_step(self, data):
        return {}
def said(f):
    try:
        return f()
    except ValueError as e:
        return str(e)
m, x, y = M(), np.ones((4, 2)), np.ones((4, 1))
m.compile("sgd")
[m.fit(x, y, verbose=0, epochs=2, validation_data=(x, y)).history, m.d.kernel, m.evaluate(x, y, verbose=0, return_dict=True), said(lambda: m.fit(x[:0], y[:0], verbose=0))]""",
    "optional_inputs": """
K, L = tf.keras, tf.keras.layers
class Sum(L.Layer):
    def call(self, a, b=None):
        return a if b is None else a + b
a, b = L.Input((2,)), L.Input((2,), optional=True)
m = K.Model([a, b], L.Dense(2, kernel_initializer="ones")(Sum()(a, b)))
m.compile("sgd", "mse")
x, y = np.ones((4, 2)), np.ones((4, 2))
[m([x, None]), m([x, x]), m.fit([x, None], y, batch_size=2, verbose=0).history, m.evaluate([x, None], y, verbose=0), m.predict([x, None], verbose=0), m.predict([x, x], verbose=0),
 m.get_config()["layers"][1]["config"], K.Model.from_config(m.get_config(), custom_objects={"Sum": Sum})([x, None]).shape]""",
    "training_by_position": """
K, L = tf.keras, tf.keras.layers
class Own(L.Layer):
    def call(self, x, training=True):
        return x if training else x * 0.0
x, i = np.ones((1, 2)), L.Input(2)
inner = K.Model(i, Own()(i, None))
[[m(x), m(x, training=False), m(x, training=True), m(x, False)] for m in [K.Model(i, Own()(i, True)), K.Model(i, Own()(i, False)), inner, K.Model(i, inner(i, None)), K.Model(i, inner(i, training=None))][:2]] + [
    [m(x, training=False), m(x, training=True)] for m in [inner, K.Model(i, inner(i, None))]]""",
    "weights_of_saved_models": """
import os, tempfile
K, L = tf.keras, tf.keras.layers
def stack():
    return K.Sequential([L.Dense(3, input_shape=(2,)), L.BatchNormalization(), L.Dense(1)])
class Own(K.Model):
    def __init__(self):
        super().__init__()
        self.a, self.b = L.Dense(3), L.Dense(1)
    def call(self, x):
        return self.b(self.a(x))
def said(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
folder = tempfile.mkdtemp()
found = []
for make in (stack, Own):
    m, n, late = make(), make(), make()
    m.compile("rmsprop", "mse")
    m.fit(np.ones((4, 2)), np.ones((4, 1)), verbose=0)
    path = os.path.join(folder, make.__name__)
    m.save(path, save_format="tf")
    n(np.ones((1, 2)))
    found.append([type(n.load_weights(path)).__name__, all(np.array_equal(a, b) for a, b in zip(m.get_weights(), n.get_weights()))])
    late.load_weights(path)
    late(np.ones((1, 2)))
    found.append(all(np.array_equal(a, b) for a, b in zip(m.get_weights(), late.get_weights())))
other = tf.train.Checkpoint(x=tf.Variable(1.0)).write(os.path.join(folder, "other"))
[found, said(lambda: stack().load_weights(other)), said(lambda: stack().load_weights(os.path.join(folder, "none")))]""",
    "losses_of_symbolic_labels": """
K, L = tf.keras, tf.keras.layers
i, labels, y = L.Input((10,)), L.Input((1,), dtype="int32"), L.Input((4,))
out = L.Dense(4, activation="softmax", kernel_initializer="glorot_normal")(i)
logits = L.Dense(4, kernel_initializer="ones")(i)
x, c, t = np.ones((4, 10), "float32"), np.array([[0], [1], [2], [3]]), np.eye(4, dtype="float32")
k = K.losses
sparse = [k.sparse_categorical_crossentropy(labels, out), k.SparseCategoricalCrossentropy()(labels, out), k.sparse_categorical_crossentropy(labels[:, 0], out)]
raw = [k.sparse_categorical_crossentropy(labels, logits, from_logits=True), k.SparseCategoricalCrossentropy(from_logits=True)(labels, logits)]
dense = [k.categorical_crossentropy(y, out), k.binary_crossentropy(y, out), k.BinaryCrossentropy()(y, out), k.mse(y, out), k.MeanSquaredError()(y, out), k.huber(y, out), k.kld(y, out), k.poisson(y, out), k.cosine_similarity(y, out), k.hinge(y, out)]
for layer in (K.Model(i, out).layers[1], K.Model(i, logits).layers[1]):
    layer.set_weights([np.linspace(-1, 1, 40).reshape(10, 4), np.zeros(4)])
def total(inputs, values, loss, out):
    m = K.Model(inputs, out)
    m.add_loss(tf.reduce_mean(loss))
    m.compile("sgd")
    return m.evaluate(values, verbose=0)
[[total([i, labels], [x, c], l, out) for l in sparse], [total([i, labels], [x, c], l, logits) for l in raw], [total([i, y], [x, t], l, out) for l in dense]]""",
    "averaging_optimizers": """
L = tf.keras.optimizers.legacy
class Averaged(L.Optimizer):
    def __init__(self, inner, name="Averaged", **kwargs):
        super().__init__(name, **kwargs)
        self._inner = inner
    def _create_slots(self, var_list):
        self._inner._create_slots(var_list=var_list)
        for v in var_list:
            self.add_slot(v, "average", v.read_value())
    def _create_hypers(self):
        self._inner._create_hypers()
    def _prepare_local(self, device, dtype, state):
        return self._inner._prepare_local(device, dtype, state)
    def apply_gradients(self, pairs, name=None, **kwargs):
        self._inner._iterations = self.iterations
        return super().apply_gradients(pairs, name, **kwargs)
    def _resource_apply_dense(self, grad, var, apply_state=None):
        done = self._inner._resource_apply_dense(grad, var, apply_state=apply_state)
        average = self.get_slot(var, "average")
        with tf.control_dependencies([done]):
            return average.assign(0.5 * average + 0.5 * var)
x, y = np.arange(8, dtype="float32").reshape(4, 2) / 8, np.ones((4, 1), "float32")
o = Averaged(L.SGD(0.1, momentum=0.5))
m = tf.keras.Sequential([tf.keras.layers.Dense(1, kernel_initializer="ones", input_shape=(2,))])
m.compile(o, "mse")
m.fit(x, y, batch_size=2, epochs=3, shuffle=False, verbose=0)
[m.get_weights(), [o.get_slot(w, "average").numpy() for w in m.weights]]""",
    "metrics_are_layers": """
class Rows(tf.keras.metrics.Metric):
    def __init__(self):
        super().__init__()
        self.one = self.add_weight("one", shape=None, initializer="ones")
        self.rows = self.add_weight("rows", (3), dtype=tf.int64)
        self.table = self.add_weight("table", tf.TensorShape([2, 2]), initializer="zeros")
    def update_state(self, x):
        self.rows.assign_add(x)
    def result(self):
        return self.one * tf.cast(tf.reduce_sum(self.rows), tf.float32)
a, b = Rows(), Rows()
a.update_state([1, 2, 3])
b.set_weights(a.get_weights())
def said(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
[[tuple(w.shape) for w in a.weights], a.result(), b.result(), b.get_weights(), said(lambda: b.set_weights([1.0]))]""",
    "losses_of_half_precision": """
tf.keras.mixed_precision.set_global_policy("mixed_float16")
try:
    i = tf.keras.Input((4,))
    m = tf.keras.Model(i, tf.keras.layers.Dense(3, activation="softmax", kernel_initializer="ones")(i))
    m.compile(tf.keras.optimizers.Adam(0.125), tf.keras.losses.SparseCategoricalCrossentropy())
    h = m.fit(np.ones((8, 4), "float32"), np.zeros(8), batch_size=4, epochs=2, verbose=0)
    found = [type(m.optimizer).__name__, np.round(h.history["loss"], 2), np.round(m.get_weights()[0], 2)]
finally:
    tf.keras.mixed_precision.set_global_policy("float32")
found""",
    "decoupled_decay_of_rows": """
O = tf.keras.optimizers
class Decayed(O.legacy.Adam):
    def _resource_apply_dense(self, grad, var, apply_state=None):
        var.assign_sub(0.1 * var)
        return super()._resource_apply_dense(grad, var, apply_state=apply_state)
    def _resource_apply_sparse(self, grad, var, indices, apply_state=None):
        self._resource_scatter_add(var, indices, -0.1 * tf.gather(var, indices))
        return super()._resource_apply_sparse(grad, var, indices, apply_state=apply_state)
v = tf.Variable([1.0, 2.0, 3.0])
o = Decayed(0.01)
for _ in range(2):
    o.apply_gradients([(tf.IndexedSlices(tf.constant([0.1, 0.2]), tf.constant([0, 2]), tf.constant([3])), v)])
[v.numpy(), [type(O.get(name, use_legacy_optimizer=True)).__mro__[0] is getattr(O.legacy, name) for name in ("Adam", "SGD")], isinstance(O.get("rmsprop", use_legacy_optimizer=True), O.legacy.RMSprop), isinstance(O.get("rmsprop"), O.legacy.Optimizer)]""",
    "random_of_symbolic_shapes": """
K, L = tf.keras.backend, tf.keras.layers
i = L.Input((3,))
d = L.Dense(2, kernel_initializer="ones")(i)
def shape(noise):
    m = tf.keras.Model(i, d + noise)
    a, b = m(np.ones((4, 3))), m(np.ones((4, 3)))
    r = tf.keras.Model.from_config(m.get_config())
    return m.predict(np.ones((5, 3)), verbose=0).shape, r(np.ones((4, 3))).shape, bool(np.all(a == b)), type(m.layers[-2]).__name__
R = tf.random
found = [shape(f(tf.shape(d))) for f in (R.normal, R.uniform, R.truncated_normal, K.random_normal)]
found += [shape(R.normal([tf.shape(d)[0], 2], 1.0, 0.5)), shape(K.random_normal((K.shape(d)[0], 2))), shape(R.stateless_uniform(tf.shape(d), (1, 2)))]
x = K.placeholder(ndim=2)
[found, K.function([x], [K.cast_to_floatx(x) * 2])([np.ones((2, 2))]), i.experimental_ref() == i.ref()]""",
    "kernels_of_depthwise_layers": """
class Own(tf.keras.layers.DepthwiseConv2D):
    def build(self, shape):
        self.depthwise_kernel = self.add_weight(name="own", shape=(2, 2, shape[-1], 1), initializer="ones")
        self.bias, self.use_bias, self.built = None, False, True
d = Own(2)
[d(tf.ones((1, 3, 3, 2))), [w.name for w in d.weights], d.depthwise_kernel is d.weights[0]]""",
    "ranks_of_backend_functions": """
K = tf.keras.backend
x = K.placeholder(ndim=2)
f = K.function([x], [tf.abs(x) * 2.0])
b = tf.keras.layers.BatchNormalization()
b.build((None, 2))
frozen = tf.keras.layers.BatchNormalization(trainable=False)
[f([np.array([-15.0, 15.0])]), f([np.ones((1, 2))]), [b._get_training_value(t) for t in (True, 0, False)], frozen._get_training_value(True)]""",
}
CASES = {name + "@k2": code for name, code in TABLE.items()}
