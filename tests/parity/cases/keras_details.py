"""Cases of Keras 3's finer points: operators on variables, integer inputs, texts of refusals."""

import pathlib
import runpy

HERE = pathlib.Path(__file__).parent
wrapped = runpy.run_path(str(HERE / "_wrap.py"))["wrapped"]
PRELUDE = """\
import numpy as np
import warnings
keras = tf.keras
L, ops = keras.layers, keras.ops
def err(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
def text(f, n=90):
    try:
        return f()
    except Exception as e:
        return type(e).__name__, str(e)[:n]
def warned(f):
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        f()
    return [str(w.message)[:120] for w in found if "stacklevel" not in str(w.message)]
"""
_CASES = {
    "symbolic_operators": """
import operator
def made(f, *arrays):
    given = [keras.Input(a.shape[1:], dtype=a.dtype.name) for a in arrays]
    y = f(*given)
    out = keras.Model(given, y)(list(arrays))
    return tuple(y.shape), str(y.dtype), str(getattr(out.dtype, "name", out.dtype)), out
a, b, h = np.array([[1.0, 2.0]], "float32"), np.array([[3, 4]], "int32"), np.array([[1.0, 2.0]], "float16")
t, m = np.array([[True, False]]), np.arange(4, dtype="float32").reshape(1, 2, 2)
two = [getattr(operator, n) for n in "add sub mul truediv floordiv mod pow lt le gt ge ne".split()]
[[made(f, a, b), made(f, b, a), made(f, b, b), made(lambda x: f(x, 2), b), made(lambda x: f(x, 2.5), b), made(lambda x: f(2.5, x), b), made(f, h, a), made(lambda x: f(x, np.array([1.0, 2.0])), a)] for f in two] + [
made(operator.add, t, b), made(lambda x: x + 1, t), made(operator.and_, t, b), made(lambda x: x | True, t), made(operator.xor, b, b), made(lambda x: ~x, t), made(lambda x: ~x, b), made(operator.matmul, m, m), made(lambda x: round(x), a), made(lambda x: round(x / 3, 2), a), made(lambda x: x.reshape((2, 1)), a), made(lambda x: x.squeeze(), m), made(lambda x: abs(-x), b), (keras.Input((2, 2)) @ keras.Input((2, 2)))._keras_history.operation.__class__.__name__]""",
    "variable_operators": """
v, vi, vb = keras.Variable([1.0, 2.0]), keras.Variable([3, 4], dtype="int32"), keras.Variable([True, False], dtype="bool")
h, i, t = ops.ones((2,), "float16"), tf.constant([1, 2]), tf.constant([3.0, 5.0])
[v + h, v + i, v + vi, vi + v, vi + 2.5, 2.5 + vi, vi + 2, v - h, h - v, i - v, vi * 2.5, i * v, v / i, vi / vi, vi / i, 3 / vi, vb / vi, v // i, vi // 2.5, i // v, vi % 2.5, v % 2, vi ** 2.5, i ** v, 2 ** vi, v < i, vi >= 2.5, v == vi, vi != 2.5, v > h, v & i, vi | vi, vb ^ vi, v @ i, vi @ vi, v @ t, t @ v[:, None], +v, round(v), round(v, 1), bool(v[0] > 0), err(lambda: bool(keras.Variable(1.0))), err(lambda: i + v), err(lambda: h + v), t + v, v == t, v + np.float64(2.0), v + np.ones(2), v * np.arange(2), v + [1.0, 2.0]]""",
    "variable_operators_in_a_step": """
v, n = keras.Variable([1.0, 2.0]), keras.Variable(3, dtype="int64")
@tf.function
def step(x):
    n.assign_add(1)
    return x * v / n, n / 10, n % 2 == 0, v + n
class Mean(keras.metrics.Metric):
    def __init__(self):
        super().__init__()
        self.total = self.add_variable((), "zeros")
        self.count = self.add_variable((), "zeros", dtype="int32")
    def update_state(self, y, p, sample_weight=None):
        self.total.assign(self.total + ops.sum(y))
        self.count.assign(self.count + ops.size(y))
    def result(self):
        return self.total / self.count
m = Mean()
m.update_state(tf.constant([1, 2, 4]), None)
[step(tf.constant([2.0, 4.0])), step(tf.constant([2.0, 4.0])), m.result()]""",
    "refusals_of_quantize_and_shapes_of_noise": """
conv = L.Conv2D(2, 3)
x = np.ones((2, 3), "float32")
first = text(lambda: L.Conv2D(2, 3, name="c").quantize("int8"))
conv.build((1, 4, 4, 2))
[first, err(lambda: L.ReLU().quantize("int8")), err(lambda: conv.quantize("int8")), keras.random.dropout(x, 0.5, noise_shape=(3,), seed=1), keras.random.dropout(x, 0.5, noise_shape=(None, 1), seed=1), keras.random.dropout(x, 0.5, noise_shape=(1,), seed=1)]""",
    "integer_inputs": """
x = np.arange(24).reshape(2, 3, 4)
[ops.shape(layer(x)) for layer in (L.SimpleRNN(3), L.LSTM(3), L.GRU(3), L.GRU(3, reset_after=False), L.Bidirectional(L.SimpleRNN(3)), L.RNN(L.LSTMCell(2)))] + [L.GlobalAveragePooling1D()(x), L.GlobalAveragePooling2D()(x[None]), L.SimpleRNN(1, kernel_initializer="ones", recurrent_initializer="ones")(x - 12)]""",
    "layers": """
class Pool(L.MaxPooling1D):
    def build(self, shape):
        pass
class Global(L.GlobalMaxPooling1D):
    def build(self, shape):
        pass
gru = L.GRU(2, use_cudnn=False)
both = L.Bidirectional(gru)
[
    Pool().built, Global().built, L.MaxPooling1D().built, both.forward_layer.use_cudnn, both.backward_layer.use_cudnn,
    L.Bidirectional(L.SimpleRNN(2), dtype="mixed_float16")(np.ones((1, 2, 3), "float32")).dtype,
    L.Add().compute_mask([np.ones((2, 3)), np.ones((2, 3))], [np.array([1.0, 0.0]), np.array([0.0, 0.0])]),
    L.Concatenate().compute_mask([np.ones((2, 3)), np.ones((2, 3))], [np.array([1.0, 0.0]), np.array([0.0, 0.0])]),
    warned(lambda: L.InputLayer(input_shape=(3,))), text(lambda: L.Dropout(0.5, noise_shape="no"), 110),
    text(lambda: L.Dropout(0.5, noise_shape=3), 110), text(lambda: L.Reshape((-2, 5)), 140), text(lambda: L.Reshape((-1, -1)), 140),
]""",
    "convolution_lora": """
import os, tempfile
inputs = keras.Input((5, 2))
model = keras.Model(inputs, L.Conv1D(2, 2, kernel_initializer="ones", name="c")(inputs))
layer = model.layers[1]
layer.enable_lora(1)
layer.lora_kernel_a.assign(np.ones((2, 2, 1)))
layer.lora_kernel_b.assign(np.ones((1, 2)))
path = os.path.join(tempfile.mkdtemp(), "m.keras")
model.save(path)
again = keras.models.load_model(path)
x = np.ones((1, 5, 2), "float32")
[model.predict(x, verbose=0), again.predict(x, verbose=0), again.layers[1].lora_kernel_a, again.layers[1]._kernel]""",
    "ranges_of_floats": """
[t.shape for t in (ops.arange(0.1, 1.1, 0.1), tf.range(0.1, 1.1, 0.1), tf.range(0, 0.3, 0.1), tf.range(0, 1, 0.01), tf.range(0, 0.6, 0.2), ops.arange(0, 1, 0.01, dtype="float64"), ops.arange(1, 2, 0.1, dtype="float16"), tf.range(1.1, 0.1, -0.1), tf.range(0.0, 2 * np.pi, np.pi / 4))]""",
    "schedules_at_whole_periods": """
S = keras.optimizers.schedules
[[float(schedule(k)) for k in (d - 1, d, 2 * d, 3 * d, 5 * d)] for d in (3, 7, 10, 41, 47, 61, 83, 1000) for schedule in (S.ExponentialDecay(1.0, d, 0.5, staircase=True), S.InverseTimeDecay(1.0, d, 0.5, staircase=True), S.PolynomialDecay(1.0, d, 0.1, power=0.5), S.PolynomialDecay(1.0, d, 0.1, power=0.5, cycle=True), S.CosineDecay(1.0, d, 0.1), S.CosineDecayRestarts(1.0, d))] + [tf.function(lambda s: s // 47.0)(tf.constant([46.0, 47.0, 94.0, 141.0])), tf.function(lambda s: tf.math.floordiv(s, 55.0))(tf.constant(110.0))]""",
    "structures_of_inputs": """
a, b = keras.Input((2,), name="a"), keras.Input((2,), name="b")
out = L.Subtract()([a, b])
by_name, listed = keras.Model({"a": a, "b": b}, out), keras.Model([a, b], out)
swapped = keras.Model({"b": b, "a": a}, out)
x, y = np.ones((1, 2), "float32"), np.zeros((1, 2), "float32")
[
    warned(lambda: by_name([x, y])) != [], warned(lambda: by_name({"a": x, "b": y, "c": y})) != [], warned(lambda: listed((x, y))),
    warned(lambda: by_name({"b": y, "a": x})), by_name({"b": y, "a": x}), by_name([x, y]), by_name({"a": x, "b": y, "c": y}),
    text(lambda: swapped([x, y]), 60), text(lambda: by_name({"a": x, "b": None}), 90), listed({"b": y, "a": x}),
]""",
    "backend_paths": """
from keras.src import backend
from keras.src.backend.config import disable_flash_attention, floatx
[backend.convert_to_tensor([1.0]), backend.is_tensor(tf.ones(1)), backend.convert_to_numpy(tf.ones(1)), backend.numpy.sum([1.0, 2.0]), backend.random.uniform((1,), seed=1).shape, backend.nn.relu(-1.0), backend.backend(), backend.floatx(), floatx(), backend.cast(1, "float32"), backend.shape(tf.ones((2, 3)))]""",
    "tapes_and_freezing": """
layer = keras.layers.Dense(2)
layer.build((None, 3))
x = tf.ones((2, 3))
def gradients(layer, freeze, free):
    if freeze:
        layer.trainable = False
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(layer(x))
    watched = len(tape.watched_variables())
    if free:
        layer.trainable = True
    return watched, [g is None for g in tape.gradient(y, layer.variables)]
made_frozen = keras.layers.Dense(2, trainable=False)
made_frozen.build((None, 3))
late, early = keras.Variable(1.0, trainable=False), keras.Variable(1.0)
late.trainable, early.trainable = True, False
def of_variable(v):
    with tf.GradientTape() as tape:
        y = v * 2.0
    return tape.gradient(y, v) is None
norm = keras.layers.BatchNormalization()
norm.build((None, 3))
[gradients(layer, True, True), gradients(layer, True, False), gradients(made_frozen, False, True), of_variable(late), of_variable(early), gradients(norm, False, False)]""",
    "file_editor": """
import contextlib, io, os, tempfile
def said(f):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        f()
    return out.getvalue()
def model(*layers):
    i = x = keras.Input((2,))
    for units, name in layers:
        x = L.Dense(units, name=name)(x)
    return keras.Model(i, x)
os.chdir(tempfile.mkdtemp())
source, target = model((3, "a"), (3, "b")), model((3, "a"), (2, "c"), (3, "b"))
source.save_weights("s.weights.h5")
source.compile("adam", "mse")
source.save("s.keras")
from keras.saving import KerasFileEditor as Editor
class Kept:
    pass
kept = Kept()
opened = said(lambda: setattr(kept, "editor", Editor("s.weights.h5")))
editor = kept.editor
first = [opened, said(editor.summary), said(lambda: editor.compare(source)), said(lambda: editor.compare(target)), editor.compare(target), list(editor.object_metadata), editor.metadata]
editor.add_object("layers/dense_2", {"0": np.ones((2, 3))})
editor.add_weights("layers/dense_2", {"1": np.ones(3)})
editor.rename_object("dense_1", "dense_3")
second = [said(editor.summary), editor.compare(target)]
editor.delete_weight("dense_3", "0")
editor.add_weights("dense_3", {"0": np.ones((3, 2)), "1": np.zeros(2)})
editor.rename_object("layers/dense_3", "dense_1")
third = [editor.compare(target)]
editor.save("t.weights.h5")
target.load_weights("t.weights.h5")
[first, second, third, target.get_weights()[2:], {k: v.shape for k, v in Editor("t.weights.h5").weights_dict["layers"]["dense_1"].items()},
 said(Editor("s.keras").summary), Editor("s.keras").config["class_name"], text(lambda: Editor("s.h5")), text(lambda: editor.rename_object("dense", "a/b")), text(lambda: editor.delete_object("nope")), text(lambda: editor.delete_object("layers/nope")),
 text(lambda: editor.delete_weight("dense", "7"), 200), text(lambda: editor.add_weights("dense", 3)), text(lambda: editor.add_object("a/b", {})), text(lambda: editor.save("x.h5"))]""",
    "sizes_known_from_other_operands": """
x, y, two, ten = keras.Input((3,)), keras.Input((None, 3)), np.ones((2, 3), "float32"), np.ones((10, 3), "float32")
class Of(L.Layer):
    def __init__(self, f):
        super().__init__()
        self.f = f
    def call(self, x):
        return self.f(x)
fs = [lambda x: x + two, lambda x: tf.concat([x, two], 1), lambda x: tf.reshape(x, (2, 3)), lambda x: tf.stack([x, tf.constant(two)])]
model = keras.Model(y, L.Dense(1, kernel_initializer="ones")(L.Flatten()(Of(lambda y: y + ten)(y))))
[
    [[tuple(make(f)(x).shape) for make in (Of, L.Lambda)] for f in fs], [tuple(Of(lambda y: f(y, ten))(y).shape) for f in (lambda a, b: a + b, lambda a, b: b * a, tf.math.subtract)],
    (x + two).shape, (y * ten).shape, ops.where(x > 0, two, x).shape, ops.broadcast_to(x, (4, 3)).shape, ops.add(y, ten[None]).shape, [u.shape for u in ops.unstack(keras.KerasTensor((2, None, None)), 3, 1)],
    model.output_shape, [w.shape for w in model.weights], model(np.zeros((4, 10, 3), "float32")), err(lambda: Of(lambda x: tf.reshape(x, (7, 11)))(x)), repr(keras.dtype_policies.DTypePolicyMap({"a": keras.DTypePolicy("float16")})).split("default")[1],
    err(lambda: ops.histogram(two)), ops.add(x, keras.KerasTensor((2, None))).shape, L.Lambda(lambda y: y + np.ones((4, 10, 3), "float32"))(y).shape, err(lambda: ops.histogram([1.0], bins=-1)), err(lambda: ops.histogram(tf.ones(3), bins=1.5)), err(lambda: ops.histogram(tf.ones(3), range=(2, 1))),
]""",
    "distillation_configs": """
from keras import distillation as D, saving
made = [D.LogitsDistillation(temperature=2.0), D.FeatureDistillation(teacher_layer_name="a", student_layer_name="b")]
[saving.serialize_keras_object(m) for m in made] + [type(saving.deserialize_keras_object(saving.serialize_keras_object(m))).__name__ for m in made] + [saving.deserialize_keras_object(saving.serialize_keras_object(made[0])).get_config()]""",
}
CASES = {name: wrapped(PRELUDE + code) for name, code in _CASES.items()}
CASES["config_order"] = runpy.run_path(str(HERE / "_config_order.py"))["CODE"]
