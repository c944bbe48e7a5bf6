"""Cases of calls and graphs of layers as only Keras 2 has them."""

import pathlib
import runpy

HERE = pathlib.Path(__file__).parent

TABLE = {
    "training_that_must_be_given": """
K, L = tf.keras, tf.keras.layers
class Twice(L.Layer):
    def call(self, x, training):
        if training:
            return x * 2
        return x
class Model(K.Model):
    def __init__(self):
        super().__init__()
        self.t, self.d = Twice(), L.Dense(1, kernel_initializer="ones")
    def call(self, x):
        return self.d(self.t(x))
x = tf.ones((2, 3))
i = L.Input((3,))
functional, subclass = K.Model(i, Twice()(i)), Model()
functional.compile("sgd", "mse")
subclass.compile("sgd", "mse")
[Twice()(x), Twice()(x, training=True), functional.predict(x, verbose=0), functional.evaluate(x, x, verbose=0),
 functional.train_on_batch(x, x), functional(x, training=True), subclass.predict(x, verbose=0),
 subclass.train_on_batch(x, x[:, :1])]""",
    "training_told_through_a_model": """
class Model(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.d = tf.keras.layers.Dropout(0.9999)
        self.n = tf.keras.layers.BatchNormalization()
    def call(self, x):
        return self.n(self.d(x))
model = Model()
model.compile("sgd", "mse")
x = tf.ones((4, 50))
[round(float(model.train_on_batch(x, x)), 1), model.n.moving_mean.numpy().max() < 0.5,
 round(float(model.evaluate(x, x * 0, verbose=0)), 1)]""",
    "identity": """tf.keras.layers.Layer()(tf.ones((2, 3)))""",
    "nodes": """
L = tf.keras.layers
i = L.Input((3,), name="i")
a, b = L.Dense(2, name="a")(i), L.Dense(2, name="b")(i)
c = L.Add(name="c")([a, b])
model = tf.keras.Model(i, c)
one, two = [model.get_layer(n)._inbound_nodes[0] for n in "ac"]
[one.inbound_layers.name, [l.name for l in two.inbound_layers], two.outbound_layer.name, len(two.call_args[0]),
 dict(two.call_kwargs), [n.outbound_layer.name for n in model.get_layer("a")._outbound_nodes]]""",
    "names_of_outputs": """
class Two(tf.keras.layers.Layer):
    def call(self, x):
        return x + 1.0, x + 2.0
i = tf.keras.layers.Input((3,))
model = tf.keras.Model(i, Two(name="out")(i))
model.compile("sgd", "mse")
x = np.ones((2, 3), "float32")
[list(model.output_names), sorted(model.fit(x, [x, x], verbose=0).history)]""",
    "order_of_weights": """
K, L = tf.keras, tf.keras.layers
names = lambda found: [v.name for v in found]
class Inner(L.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.d = L.Dense(2, name="d")
        self.v, self.fixed = tf.Variable(1.0, name="v"), tf.Variable(2.0, trainable=False, name="fixed")
        self.bn, self.early = L.BatchNormalization(name="bn"), self.add_weight(name="early", shape=())
    def build(self, shape):
        self.k = self.add_weight(name="k", shape=(2,))
        self.w = tf.Variable(3.0, name="w")
    def call(self, x):
        return self.bn(self.d(x)) * self.v
class Model(K.Model):
    def __init__(self):
        super().__init__(name="m")
        self.mean, self.several, self.late = K.metrics.Mean(name="mean"), [], []
        self.v, self.bn = tf.Variable(1.0, name="v"), L.BatchNormalization(name="bn")
        self.several.append(L.BatchNormalization(name="b1"))
        self.several.append(L.BatchNormalization(name="b2"))
        self.variables_of_mine = [tf.Variable(1.0, name="v1"), tf.Variable(1.0, name="v2", trainable=False)]
        self.named = {"z": L.Dense(2, name="z"), "a": L.Dense(2, name="a")}
        self.inner = Inner(name="replaced")
        self.inner = Inner(name="inner")
    def call(self, x):
        for layer in [self.bn, *self.several, *self.named.values(), self.inner, *self.late]:
            x = layer(x)
        return x
inner, model = Inner(name="i"), Model()
found = []
x = tf.ones((2, 3))
inner(x), model(x)
model.late.append(L.Dense(1, name="late"))
model.variables_of_mine.append(tf.Variable(1.0, name="v3"))
model(x)
for frozen in (False, True):
    for part in (inner, model):
        part.trainable = not frozen
        found += [names(part.trainable_variables), names(part.non_trainable_variables), names(part.variables)]
        found.append(names(part.weights) == names(part.variables))
found + [[layer.name for layer in model.layers], [layer.name for layer in inner.submodules]]""",
    "modules_within": """
K, L = tf.keras, tf.keras.layers
class Module(tf.Module):
    def __init__(self):
        super().__init__(name="module")
        self.w, self.n = tf.Variable(1.0, name="w"), tf.Variable(1.0, name="n", trainable=False)
        self.inner = L.Dense(1, name="inner")
    def __call__(self, x):
        return self.inner(x) * self.w
class Layer(L.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.one, self.more, self.d = Module(), [Module(), {"m": Module()}], L.Dense(1, name="d")
    def call(self, x):
        return self.d(self.one(x))
class Model(K.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.one, self.d = Module(), L.Dense(1, name="d")
    def call(self, x):
        return self.d(self.one(x))
found = []
for part in (Layer(name="l"), Model(name="m")):
    part(tf.ones((2, 3)))
    for frozen in (False, True):
        part.trainable = not frozen
        found += [[v.name for v in vs] for vs in (part.trainable_variables, part.non_trainable_variables, part.weights)]
    found.append([m.name for m in part.submodules])
part.trainable = True
part.compile("sgd", "mse")
part.fit(np.ones((4, 3)), np.ones((4, 1)), verbose=0)
found + [float(part.one.w.numpy()) != 1.0, [layer.name for layer in part.layers]]""",
    "submodules": """
K, L = tf.keras, tf.keras.layers
inner = K.Sequential([L.Dense(1, name="s3")], name="inner")
s = K.Sequential([L.Dense(3, name="s1", input_shape=(2,)), L.BatchNormalization(name="s2"), inner], name="s")
i = K.Input((3,), name="i")
f = K.Model(i, s(L.Dense(2, name="f1")(i)), name="f")
class Holder(tf.Module):
    def __init__(self):
        super().__init__()
        self.f = f
f.extra, f.own = L.Dense(1, name="extra"), tf.Variable(1.0, name="own")
s.extra = L.Dense(1, name="extra")
f.extra.build((None, 2))
s.extra.build((None, 2))
mha = L.MultiHeadAttention(2, 3, name="mha")
mha(tf.ones((1, 2, 3)), tf.ones((1, 2, 3)))
with tf.name_scope("outer"):
    scopes = [f.name_scope(), f.extra.name_scope()]
[[m.name for m in part.submodules] for part in (s, s.layers[2], f, mha, Holder())] + [
 [layer.name for layer in part.layers] for part in (s, f)] + [[v.name for v in part.weights] for part in (s, f)] + [
 scopes, f.name_scope(), [v.name for v in Holder().variables]]""",
    "names_of_weights": """
K, L = tf.keras, tf.keras.layers
class Layer(L.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.first, self.v = self.add_weight(name="first", shape=(2,)), tf.Variable(1.0, name="v")
        self.d, self.cell = L.Dense(2, name="d"), L.LSTMCell(2, name="cell")
    def build(self, shape):
        self.second, self.w = self.add_weight(name="second", shape=(2,)), tf.Variable(2.0, name="w")
        self.d.build(shape)
        super().build(shape)
    def call(self, x):
        if not hasattr(self, "late"):
            self.late = tf.Variable(1.0, name="late")
        return self.d(x)
class Model(K.Model):
    def __init__(self):
        super().__init__(name="m")
        self.d, self.a = L.Dense(2, name="d"), Layer(name="a")
        self.w, self.blocks = self.add_weight(name="w", shape=()), [L.Dense(1, name="b")]
    def call(self, x):
        return self.blocks[0](self.a(self.d(x)))
def names(layer, build=None, call=None):
    layer.build(build) if build else layer(tf.ones(call))
    return [v.name for v in layer.weights]
found = [names(Layer(name="a"), call=(1, 2)), names(Layer(name="a"), build=(None, 2)), names(Model(), call=(1, 2)),
         names(Model(), build=(None, 2))]
for make in (lambda: L.Dense(2, name="d"), lambda: K.Sequential([L.Dense(2, name="d")], name="s"),
             lambda: K.Sequential([L.Dense(2, name="d", input_shape=(3,)), L.Dense(2, name="e")], name="s")):
    found += [names(make(), build=(None, 3)), names(make(), call=(1, 3))]
for make in (lambda: L.LSTM(2, name="r"), lambda: L.RNN([L.LSTMCell(2, name="a"), L.GRUCell(2, name="b")], name="r"),
             lambda: L.Bidirectional(L.GRU(2, name="g"), name="b"), lambda: L.TimeDistributed(L.Dense(1), name="t")):
    found += [names(make(), build=(1, 2, 3)), names(make(), call=(1, 2, 3))]
with tf.name_scope("outer"):
    found += [names(L.Dense(1, name="d"), build=(None, 2)), names(L.Dense(1, name="d"), call=(1, 2))]
found""",
    "configs_of_given_arguments": """
K, L = tf.keras, tf.keras.layers
def config(make):
    try:
        return make().get_config()
    except NotImplementedError as error:
        return str(error)[:60]
class Plain(L.Layer):
    pass
class Short(L.Layer):
    def __init__(self, units=3, **k):
        super().__init__(**k)
class Own(Short):
    def get_config(self):
        return {**super().get_config(), "more": 1}
class Bare(L.Layer):
    def __init__(self, units):
        super().__init__(activity_regularizer="l2")
class Model(K.Model):
    def __init__(self, units=3, **kwargs):
        super().__init__(**kwargs)
class Bound(K.Model):
    def __init__(self, function):
        super().__init__()
class Graph(K.Model):
    def __init__(self, units):
        i = L.Input((2,))
        super().__init__(i, L.Dense(units)(i), name="graph")
[config(make) for make in (
    lambda: Plain(name="a"), lambda: Plain(name="a", dtype="float64", trainable=False, input_shape=(3,)),
    lambda: Plain(name="a", dynamic=True), lambda: Plain(name="a", dtype=K.mixed_precision.Policy("mixed_float16")),
    lambda: Short(name="a"), lambda: Short(4, name="a"), lambda: Own(4, name="a"), lambda: Bare(4),
    lambda: Model(name="a"), lambda: Model(4, name="a"), lambda: Bound(len), lambda: Graph(4))] + [
    list(L.Dense(1).get_config()), Short.from_config({"units": 5}).name[:5]]""",
    "only_the_first_argument_is_cast": """
class Layer(tf.keras.layers.Layer):
    def call(self, x, y=None, z=None):
        return x, y, z
def kinds(*args, **kwargs):
    return [(type(v).__name__, str(getattr(v, "dtype", None))) for v in tf.nest.flatten(layer(*args, **kwargs))]
layer, x = Layer(), tf.ones((2,), "float64")
[kinds(x, x, z=x), kinds(x=x, y=x), kinds([x, tf.ones((2,), "int32")], x), kinds({"a": x}), kinds(2.0, 2.0, z=3.0),
 kinds(np.ones(2), np.ones(2), z=np.ones(2)), kinds(np.array([1, 2]), [1, 2], z=3), kinds(tf.Variable(x)),
 [str(v.dtype) for v in Layer(dtype="float16")(x, x)[:2]], str(Layer(autocast=False)(x)[0].dtype)]""",
    "symbolic_tensors": """
K, L = tf.keras, tf.keras.layers
i, text = K.Input((3,), name="i"), K.Input((), dtype="string", name="t")
sparse, ragged = K.Input((3,), sparse=True, name="s"), K.Input((None,), ragged=True, name="r")
def described(x):
    return [str(x), repr(x), x.type_spec, x.dtype, x.shape]
def op(x):
    try:
        return x.op
    except TypeError as error:
        return str(error)[:60]
made = L.Lambda(lambda x: tf.square(x), name="square")(i)
[described(x) for x in (i, text, sparse, ragged)] + [
 (x.name, x.type_spec) for x in (made, tf.square(i), tf.reshape(i, (-1,)), tf.concat([i, i], -1), i[:, 0])] + [
 made._keras_history.layer.name, op(i), K.Model(i, made, name="m")(i).name]""",
    "saved_without_its_classes": """
import os, tempfile
K, L = tf.keras, tf.keras.layers
folder = tempfile.mkdtemp()
class Mine(L.Layer):
    def __init__(self, units=2, **kwargs):
        super().__init__(**kwargs)
        self.units = units
    def build(self, shape):
        self.w = self.add_weight(name="w", shape=(shape[-1], self.units), initializer="ones")
    def call(self, x):
        return tf.matmul(x, self.w)
    def get_config(self):
        return {**super().get_config(), "units": self.units}
class Free(L.Layer):
    def __init__(self, function, **kwargs):
        super().__init__(**kwargs)
        self.function = function
    def call(self, x):
        return self.function(x)
class Net(K.Model):
    def __init__(self):
        super().__init__()
        self.d, self.drop, self.mine = L.Dense(2), L.Dropout(0.9999), Mine(3)
    def call(self, x, training=False):
        return self.mine(self.drop(self.d(x), training=training))
def far(a, b):
    return tf.reduce_mean(tf.abs(a - b))
def outcome(function):
    try:
        return function()
    except Exception as error:
        return type(error).__name__, str(error).split(". ")[0].split(" custom object")[0]
x, ones = np.ones((2, 2), "float32"), np.ones((2, 1), "float32")
s = K.Sequential([Mine(3, input_shape=(2,)), L.Dense(1)])
s.compile("adam", "mse")
net, free = Net(), K.Sequential([Free(tf.square, input_shape=(2,))])
net.compile("sgd", "mse")
lossy = K.Sequential([L.Dense(1, input_shape=(2,))])
lossy.compile("sgd", far)
for model, y in ((s, ones), (net, np.ones((2, 3), "float32")), (lossy, ones)):
    model.fit(x, y, verbose=0)
for name, model in (("s.h5", s), ("s", s), ("s.keras", s), ("net", net), ("free", free), ("l.h5", lossy), ("l", lossy)):
    model.save(os.path.join(folder, name))
path = lambda name: os.path.join(folder, name)
def same(name, model):
    found = K.models.load_model(path(name))
    fresh = sorted(found.fit(x, model(x).numpy(), verbose=0).history) if found.optimizer else None
    return type(found).__name__, len(found.weights), np.allclose(
        tf.saved_model.load(path(name))(x), model.predict(x, verbose=0), atol=1e-5), fresh
raw = tf.saved_model.load(path("net"))
[outcome(lambda: K.models.load_model(path("s.h5"))), outcome(lambda: K.models.load_model(path("s.keras")))[0],
 outcome(lambda: K.models.load_model(path("l.h5"))), outcome(lambda: K.models.load_model(path("l"))),
 outcome(lambda: K.models.model_from_json(s.to_json()))[0],
 same("s", s), same("net", net), K.models.load_model(path("free"))(2 * x), list(raw.signatures),
 len(raw.variables), len(raw.trainable_variables), np.allclose(raw(x, training=True), 0.0),
 type(K.models.load_model(path("s"), custom_objects={"Mine": Mine}).layers[0]).__name__]""",
    "arguments_by_position": """
K, L = tf.keras, tf.keras.layers
class Named(K.Model):
    def __init__(self, units):
        super().__init__("policy")
        self.d = L.Dense(units)
    def call(self, x):
        return self.d(x)
class Layer(L.Layer):
    def __init__(self):
        super().__init__("layer")
def outcome(function):
    try:
        return function()
    except Exception as error:
        return type(error).__name__, str(error)
model = Named(3)
[model.name, model(tf.ones((1, 2))).shape, model.trainable, outcome(Layer), outcome(lambda: L.Layer(trainable=1)),
 outcome(lambda: K.Model(trainable="no")), outcome(lambda: L.Embedding(0, 2)), outcome(lambda: L.Embedding(2, -1))]""",
    "weights_of_a_model_with_its_own_call_operator": """
import os, tempfile
class Model(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.d = tf.keras.layers.Dense(2, kernel_initializer="ones")
    def __call__(self, x):
        return self.d(x)
path, x = os.path.join(tempfile.mkdtemp(), "weights"), tf.ones((1, 3))
one, two = Model(), Model()
one(x)
one.d.kernel.assign_add(tf.ones((3, 2)))
one.save_weights(path)
two.load_weights(path)
[one.built, two(x), len(one.trainable_variables)]""",
    "names_with_slashes": """
import os, tempfile
K, L = tf.keras, tf.keras.layers
i = K.Input((5, 5, 1), name="in/x")
y = L.Conv2D(2, 3, name="block1/conv")(i)
y = L.BatchNormalization(name="block1/bn")(y)
y = L.Bidirectional(L.LSTM(2, name="a/l"), name="b/i")(L.Reshape((9, 2), name="r/s")(y))
m = K.Model(i, L.Dense(1, name="top/out")(y), name="m/n")
s = K.Sequential([L.Dense(2, name="x/y", input_shape=(3,))], name="s/t")
def outcome(function):
    try:
        return function()
    except Exception as error:
        return type(error).__name__
m.compile("sgd", {"top/out": "mse"}, metrics=["mae", "mse"])
x = np.arange(50, dtype="float32").reshape(2, 5, 5, 1) / 50
history = m.fit(x, np.ones((2, 1)), verbose=0).history
found = []
for form in (".weights.h5", ".h5", ".keras", ""):
    path = os.path.join(tempfile.mkdtemp(), "m" + form)
    if "weights" in form:
        m.save_weights(path)
        twin = K.models.clone_model(m)
        twin.load_weights(path)
    else:
        m.save(path)
        twin = K.models.load_model(path)
    found.append([np.allclose(twin(x), m(x), atol=1e-6), [w.name for w in twin.weights] == [w.name for w in m.weights]])
[[w.name for w in m.weights], [w.name for w in s.weights], m.get_layer("block1/conv").name, m.name, s.name, sorted(history), m.output_names, m.input_names, found, outcome(lambda: L.Dense(2, name=3)), K.metrics.Mean(name="a/b").name, K.Model.from_config(m.get_config()).name]""",
    "input_and_output_of_a_stack": """
K, L = tf.keras, tf.keras.layers
def outcome(function):
    try:
        return function()
    except Exception as error:
        return type(error).__name__
m = K.Sequential([L.Dense(2, input_shape=(3,), kernel_initializer="ones"), L.Dense(1, kernel_initializer="ones")])
later = K.Sequential([L.Dense(2)])
before = [outcome(lambda: later.output), outcome(lambda: later.input)]
later.build((None, 4))
front = K.Model(m.input, [m.layers[0].output, m.output])
other = K.Input((3,))
m(other)
[m.output.shape, m.input.shape, front(tf.ones((1, 3))), before, later.output.shape, later.input.shape, m.output is m.layers[-1].output, m.get_output_at(0).shape]""",
    "discretization_of_any_boundaries": """
L = tf.keras.layers
x = np.array([[0.5], [2.0]])
def outcome(function):
    try:
        return function()
    except Exception as error:
        return [kind.__name__ for kind in type(error).__mro__ if kind.__name__ == "InvalidArgumentError"]
[outcome(lambda: L.Discretization([1.0, 0.0])(x)), outcome(lambda: L.Discretization(num_bins=3)(x)), outcome(lambda: L.Discretization([1.0, 1.0, 2.0])(x)), outcome(lambda: L.Discretization(num_bins=3)(tf.keras.Input((1,))).shape)]""",
    "directories_that_are_not_there": """
U = tf.keras.utils
def outcome(function, **arguments):
    try:
        return function("/not/there", **arguments)
    except Exception as error:
        return type(error).__name__
makers = [U.image_dataset_from_directory, U.text_dataset_from_directory, U.audio_dataset_from_directory]
[[outcome(maker), outcome(maker, labels=None)] for maker in makers]""",
    "layers_as_activations": """
K, L = tf.keras, tf.keras.layers
x = tf.constant([[-2.0, 0.5]])
def outcome(function):
    try:
        return function()
    except Exception as error:
        return type(error).__name__
names = ["ELU", "LeakyReLU", "PReLU", "ReLU", "Softmax", "ThresholdedReLU"]
d = L.Dense(2, activation="LeakyReLU", kernel_initializer="ones")
y = d(x)
[[type(K.activations.get(n)).__name__ for n in names], [outcome(lambda: L.Activation(n)(x)) for n in names], y, d.get_config()["activation"]["class_name"], L.Dense.from_config(d.get_config()).activation.get_config()["alpha"], K.activations.deserialize({"class_name": "LeakyReLU", "config": {"alpha": 0.5}})(x), outcome(lambda: K.activations.get("Dense")), K.activations.get("relu")(x), L.Conv2D(1, 1, activation="ReLU")(tf.ones((1, 2, 2, 1))).shape]""",
    "windows_larger_than_what_they_pass_over": """
L = tf.keras.layers
i, j, k = tf.keras.Input((5, 5, 3)), tf.keras.Input((5, 3)), tf.keras.Input((5, 5, 5, 3))
def outcome(function):
    try:
        return function().shape
    except Exception as error:
        return type(error).__name__
[outcome(lambda: layer(x)) for layer, x in ((L.MaxPooling2D(7), i), (L.AveragePooling2D(7), i), (L.MaxPooling2D(7, 1), i), (L.MaxPooling2D(7, padding="same"), i), (L.MaxPooling1D(6), j), (L.AveragePooling1D(5), j), (L.AveragePooling3D(7), k), (L.MaxPooling3D(2), k), (L.Conv2D(1, 6), i), (L.Conv2D(1, 3, dilation_rate=3), i), (tf.keras.Sequential([L.Conv2D(2, 3), L.MaxPooling2D(), L.MaxPooling2D()]), i))] + [repr(tf.keras.losses.Huber())[:38]]""",
    "seeds_are_drawn_by_weights_alone": """
L = tf.keras.layers
tf.keras.utils.set_random_seed(3)
model = tf.keras.Sequential([L.Embedding(10, 4, input_length=6), L.Dropout(0.2), L.Conv1D(3, 2), L.LSTM(3, return_sequences=True, dropout=0.1), L.Bidirectional(L.GRU(2)), L.GaussianNoise(0.5), L.Dense(2)])
glorot = tf.keras.initializers.GlorotUniform()
before = glorot.get_config()
[tf.reduce_sum(tf.abs(w)) for w in model.get_weights()] + [before, glorot((2, 2)), glorot.get_config()]""",
    "masks_come_from_the_first_argument": """
K, L = tf.keras, tf.keras.layers
class P(L.Layer):
    def __init__(self):
        super().__init__()
        self.e = L.Embedding(10, 2, embeddings_initializer="ones")
    def call(self, x):
        return self.e(x)
    def compute_mask(self, inputs, mask=None):
        return tf.not_equal(inputs, 0)
class D(L.Layer):
    def __init__(self):
        super().__init__()
        self.supports_masking = True
    def call(self, inputs, context, mask=None):
        if mask is not None:
            keep = tf.cast(mask, tf.float32)[..., None]
        return inputs * keep + context
x = tf.constant([[1, 0, 2]])
i, e = L.Input((None,), dtype="int32"), L.Input((None, 2))
y = D()(P()(i), e)
inner = K.Model([i, e], L.Dropout(0.5)(y))
j = L.Input((None,), dtype="int32")
whole = K.Model([j, i], inner([i, P()(j)]))
[D()(P()(x), tf.zeros((1, 3, 2))), D()(context=tf.zeros((1, 3, 2)), inputs=P()(x)), inner([x, tf.ones((1, 3, 2))]), whole([x, x]), y._keras_mask is not None]""",
    "old_arguments_of_first_layers": """
K, L = tf.keras, tf.keras.layers
made = [
    L.SimpleRNN(5, input_dim=8), L.LSTM(5, input_dim=8, input_length=3), L.RNN(L.LSTMCell(2), input_dim=3),
    L.Bidirectional(L.LSTM(2), input_shape=(3, 4)), L.Dense(3, input_dim=4), L.Embedding(5, 3, input_length=7),
]
model = K.Sequential([L.LSTM(4, input_dim=3, input_length=6, return_sequences=True), L.GRU(2)])
model.compile("sgd", "mse")
model.fit(tf.ones((2, 6, 3)), tf.ones((2, 2)), verbose=0)
rows = tf.RaggedTensor.from_row_splits(tf.reshape(tf.range(15.0), (3, 5)), [0, 2, 3])
i = L.Input((None, 5), ragged=True)
specs = [str(x.type_spec) for x in (i, L.Input((None,), ragged=True), L.Input((None, None), ragged=True), L.Input((3, 4), ragged=True))]
[[each.get_config().get("batch_input_shape") for each in made], model.input_shape, model.output_shape, specs, K.Model(i, L.Dense(2, kernel_initializer="ones")(i))(rows).to_list(),
 L.Dropout(0.5, force_generator=True)(tf.ones((2,))), L.GaussianNoise(0.5, rng_type="stateless").name]""",
    "compiled_metrics_that_a_step_does_not_use": """
K = tf.keras
class M(K.Model):
    def __init__(self):
        super().__init__()
        self.d = K.layers.Dense(1)
    def call(self, x):
        return self.d(x)
    def train_step(self, data):
        self(data[0])
        return {"mine": 1.0}
    def test_step(self, data):
        return {"a": 2.0}
x, y = tf.ones((4, 2)), tf.ones((4, 1))
found = []
for metrics in ([K.metrics.Mean()], ["mae"]):
    m = M()
    m.compile("sgd", "mse", metrics=metrics)
    history = m.fit(x, y, verbose=0, validation_data=(x, y)).history
    found.append([history, m.metrics_names, len(m.metrics), m.get_metrics_result(), m.evaluate(x, y, verbose=0), m.evaluate(x, y, verbose=0, return_dict=True)])
found""",
    "trained_as_compiled": """
K, L = tf.keras, tf.keras.layers
x, y = tf.reshape(tf.range(12.0), (4, 3)) / 12, tf.constant([[1.0], [0.0], [2.0], [1.0]])
def dense(n, **kwargs):
    return L.Dense(n, kernel_initializer=K.initializers.Constant(0.5), **kwargs)
critic = K.Sequential([L.Input((2,)), dense(3, activation="tanh"), dense(1, activation="sigmoid")])
critic.compile("sgd", "binary_crossentropy")
maker = K.Sequential([L.Input((3,)), dense(3), L.BatchNormalization(momentum=0.8), dense(2, activation="tanh")])
critic.trainable = False
i = L.Input((3,))
both = K.Model(i, critic(maker(i)))
both.compile(K.optimizers.SGD(0.5), "binary_crossentropy")
found = []
for step in range(3):
    fake = maker.predict(x, verbose=0)
    found.append([critic.train_on_batch(fake, tf.zeros((4, 1))), critic.trainable, both.train_on_batch(x, tf.ones((4, 1))), critic.weights[0].numpy(), maker.weights[0].numpy()])
found.append(critic.fit(fake, tf.ones((4, 1)), epochs=2, shuffle=False, verbose=0).history)
found.append([critic.trainable, [l.trainable for l in critic.layers], len(critic.trainable_weights), len(both.trainable_weights)])
m = K.Sequential([L.Input((3,)), dense(2), L.BatchNormalization(), dense(1)])
m.layers[0].trainable = False
m.compile("sgd", "mse")
m.layers[0].trainable, m.layers[1].trainable = True, False
found.append([m.fit(x, y, epochs=2, shuffle=False, verbose=0).history, [w.numpy() for w in m.weights], [l.trainable for l in m.layers]])
m.compile("sgd", "mse")
found.append([m.train_on_batch(x, y), [w.numpy() for w in m.weights]])
class Own(K.Sequential):
    def train_step(self, data):
        return {"trained": float(len(self.trainable_variables)), "all": float(len(self.variables))}
own = Own([L.Input((3,)), dense(1)])
own.compile("sgd", "mse")
own.trainable = False
found + [own.fit(x, y, verbose=0).history, own.trainable]""",
    "linear_model": """
x, z = tf.reshape(tf.range(12.0), (4, 3)) / 12, tf.reshape(tf.range(8.0), (4, 2)) / 8
y = tf.reduce_sum(x, 1, keepdims=True) + 1
E = tf.keras.experimental
one, pair, named = E.LinearModel(), E.LinearModel(use_bias=False, kernel_initializer="ones"), E.LinearModel(2, "relu", kernel_initializer="ones", kernel_regularizer="l2")
one.compile("sgd", "mse")
history = one.fit(x, y, epochs=2, shuffle=False, verbose=0).history
results = [pair([x, z]), named({"b": x, "a": z}), E.LinearModel(kernel_initializer="ones")(tf.sparse.from_dense([[1.0, 0.0, 2.0], [0.0, 3.0, 0.0]]))]
again = E.LinearModel.from_config(one.get_config())
try:
    named({"b": x})
    error = None
except ValueError as e:
    error = "does not match the structure expected by the model" in str(e)
[history, one.weights, results, [v.shape for v in named.weights], [layer.name for layer in named.layers], named.losses, one.get_config(), again.units, error]""",
    "wide_deep_model": """
x, z = tf.reshape(tf.range(12.0), (4, 3)) / 12, tf.reshape(tf.range(8.0), (4, 2)) / 8
y = tf.reduce_sum(x, 1, keepdims=True)
E, K = tf.keras.experimental, tf.keras
def model(**kwargs):
    return E.WideDeepModel(E.LinearModel(kernel_initializer="ones"), K.Sequential([K.layers.Dense(1, kernel_initializer="ones")]), **kwargs)
one, two = model(activation="sigmoid"), model()
one.compile("sgd", "mse", metrics=["mae"])
two.compile([K.optimizers.SGD(0.1), "adam"], "mse")
found = [one.fit(x, y, epochs=2, shuffle=False, verbose=0).history, one.weights]
found += [two.fit([x, z], y, epochs=2, shuffle=False, verbose=0).history, two.weights, two.evaluate([x, z], y, verbose=0), two.predict([x, z], verbose=0)]
config = two.get_config()
parts = [config["linear_model"][key] for key in ("module", "class_name", "registered_name")]
found + [[type(o).__name__ for o in two.optimizer], [o.iterations for o in two.optimizer], parts, config["activation"], E.WideDeepModel.from_config(config).linear_model.units]""",
    "objects_handed_on_from_layer_to_layer": """
K, L = tf.keras, tf.keras.layers
class Shifted:
    def __init__(self, base):
        self.base, self.shape, self.dtype = base, base.shape, base.dtype
tf.register_tensor_conversion_function(Shifted, lambda v, dtype=None, name=None, as_ref=False: v.base + 1.0)
K.__internal__.utils.register_symbolic_tensor_type(Shifted)
class Make(L.Layer):
    def call(self, x):
        return Shifted(2.0 * x), tf.reduce_sum(x, -1)
class Use(L.Layer):
    def call(self, s):
        return s.base * 10.0
x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
i, o = K.Input((2,)), K.Input((2,))
s, t = Make()(i)
m = K.Model(i, [Use()(s), L.Dense(2, kernel_initializer="ones")(s), t, s])
*r, last = m(x)
inner = K.Model(i, s)
outer = K.Model(o, Use()(inner(o)))
q = K.Sequential([L.InputLayer((2,)), L.Lambda(Shifted), Use()])
[s.shape, t.shape, r, type(last).__name__, last.base, outer(x), outer.predict(x, verbose=0), q(x), q.output_shape]""",
    "shapes_that_models_do_not_insist_on": """
K, L = tf.keras, tf.keras.layers
one, two = K.Sequential([L.InputLayer((2,)), L.Dense(3)]), K.Sequential([L.Dense(3)])
one.build((16, 2))
two.build((None, 2))
two.build((4, 2))
i = K.Input((2,))
m = K.Model(i, L.Dense(3, kernel_initializer="ones")(i))
m.input_spec = None
[one.built, one.input_shape, one(tf.ones((4, 2))).shape, two.input_shape, two.output_shape, len(two.weights), m.input_spec, m(tf.ones((5, 3, 2)))]""",
    "tensor_arrays_as_inputs": """
class Stacked(tf.keras.layers.Layer):
    def call(self, inputs):
        return inputs[1].stack() + inputs[0]
array = tf.TensorArray(tf.float32, 2).write(0, tf.ones(2)).write(1, tf.ones(2))
[Stacked()(kind([tf.ones((2, 2)), array])) for kind in (list, tuple)]""",
}
TABLE["config_order"] = runpy.run_path(str(HERE / "_config_order.py"))["CODE"]
CASES = {name + "@k2": code for name, code in TABLE.items()}
