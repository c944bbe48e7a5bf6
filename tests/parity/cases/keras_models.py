"""Cases of keras.Model, Sequential, functional models, summary and cloning, in both dialects."""

PRELUDE = """\
import contextlib, io, json, os, re, warnings
warnings.simplefilter("ignore")
K2 = os.environ.get("TF_USE_LEGACY_KERAS") == "1"
L, M = keras.layers, keras.Model
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
def ones(*shape):
    return np.ones(shape, "float32")
def shapes(m):
    return [tuple(w.shape) for w in m.weights]
class D(L.Layer):
    def __init__(self, units=2, **kw):
        super().__init__(**kw)
        self.units = units
    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), initializer="ones", name="kernel")
        self.built = True
    def call(self, x):
        return tf.matmul(x, self.kernel)
    def get_config(self):
        return {**super().get_config(), "units": self.units}
def mlp(**kw):
    return keras.Sequential([keras.Input((4,)), L.Dense(3, activation="relu", name="a"), L.Dense(2, name="b")], **kw)
def func():
    i = keras.Input((4,), name="inp")
    x = L.Dense(3, name="h")(i)
    return M(i, L.Dense(1, name="out")(x), name="f")
def names(m):
    return [l.name for l in m.layers]
"""

BOTH = {
    "unknown_layers": """
def said(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
[said(lambda: L.deserialize(c)) for c in ({"class_name": "Nope", "config": {}}, *([] if K2 else [{"class_name": "Nope", "config": {"name": "q"}, "module": "keras.layers", "registered_name": None}, {"config": {}}]))] + [
 said(lambda: L.deserialize(L.serialize(L.Dense(3, name="d"))).units)]
""",
    "sequential_build": """
s = keras.Sequential([L.Dense(3), L.Dense(2)])
before = [s.built, len(s.layers), err(lambda: s.input_shape), err(lambda: s.count_params()), err(lambda: s.inputs)]
s.build((None, 4))
t = keras.Sequential()
u = keras.Sequential([L.Dense(3), L.Dense(2)])
u(ones(2, 5))
v = keras.Sequential([keras.Input((4,))])
[before, s.built, shapes(s), tuple(s.output_shape), tuple(s.input_shape), s.name, t.name, t.layers, shapes(u),
 u.built, names(v), err(lambda: s(ones(2, 7)))]
""",
    "sequential_add_pop": """
s = keras.Sequential(name="s")
s.add(keras.Input((4,)))
s.add(L.Dense(3, name="a"))
first = [shapes(s), tuple(s.output_shape)]
s.add(L.Dense(2, name="b"))
second = [shapes(s), names(s)]
r = s.pop()
third = [shapes(s), names(s), tuple(s.output_shape)]
s.add(L.Dense(5, name="c"))
[first, second, third, shapes(s), s(ones(1, 4)).shape, err(lambda: s.add(L.Dense(1, name="a"))),
 err(lambda: s.add(1)), err(lambda: setattr(s, "layers", []))]
""",
    "sequential_of_models": """
inner = keras.Sequential([keras.Input((4,)), L.Dense(3, name="x")], name="inner")
s = keras.Sequential([inner, L.Dense(2, name="y")], name="outer")
f = keras.Sequential([func(), L.Dense(2, name="z")], name="outer2")
g = keras.Sequential([mlp(name="m1"), mlp2 := keras.Sequential([L.Dense(2)], name="m2")])
[names(s), shapes(s), names(f), shapes(f), s.built, f.built, g.built, names(g),
 [w.shape.as_list() if hasattr(w.shape, "as_list") else list(w.shape) for w in g.weights]]
""",
    "sequential_config": """
s = mlp(name="s")
c = s.get_config()
t = keras.Sequential.from_config(c)
u = keras.Sequential([L.Dense(3, name="q")], name="late")
v = keras.Sequential.from_config(u.get_config())
w = keras.models.model_from_json(s.to_json())
[sorted(c), c["name"], [l["class_name"] for l in c["layers"]], names(t), shapes(t), t.name, v.built, names(v),
 shapes(w), type(w).__name__, sorted(json.loads(s.to_json()))[:2]]
""",
    "sequential_train_flag": """
s = mlp(name="s")
s.trainable = False
a = [len(s.trainable_weights), len(s.non_trainable_weights), [l.trainable for l in s.layers]]
s.layers[0].trainable = True
b = [len(s.trainable_weights), len(s.non_trainable_weights)]
s.trainable = True
s.layers[1].trainable = False
[a, b, len(s.trainable_weights), len(s.non_trainable_weights), [w.trainable for w in s.weights]]
""",
    "functional_basics": """
i = keras.Input((4,), name="inp")
h = L.Dense(3, name="h")
o = h(i)
m = M(inputs=i, outputs=o, name="m")
n = M([i], [o])
p = M(i, {"x": o, "y": i})
q = M(i, (o, i))
r = M(i, [o, [i, o]]) if not K2 else q
x = ones(2, 4)
h.set_weights([np.ones((4, 3)), np.zeros(3)])
[m(x), n(x), p(x), q(x), names(m), m.built, tuple(m.input_shape), tuple(m.output_shape), len(m.inputs), len(m.outputs),
 [t.shape.as_list() if hasattr(t.shape, "as_list") else list(t.shape) for t in m.outputs], m.predict(x, verbose=0),
 p.predict(x, verbose=0), q.predict(x, verbose=0), names(m), m.get_layer("h") is h, m.get_layer(index=1) is h,
 err(lambda: m.get_layer()), err(lambda: m.get_layer("zz")), err(lambda: m.get_layer(index=9)),
 err(lambda: m.get_layer("h", 1))]
""",
    "functional_other_arguments": """
x = tf.keras.Input((3,))
y = tf.keras.layers.Dense(2)(x)
class M(tf.keras.Model):
    def __init__(self, **kwargs):
        super().__init__(inputs=x, outputs=y, **kwargs)
made = [f(**{key: value}) for key, value in dict(rows=1, dtype="float16", trainable=False, activity_regularizer="l2").items()
        for f in (M, lambda **kwargs: tf.keras.Model(x, y, **kwargs))]
[[m.dtype, m.trainable, m.dtype_policy.name, m.activity_regularizer] for m in made]""",
    "functional_errors": """
i, j = keras.Input((4,)), keras.Input((4,))
o = L.Dense(3, name="h")(i)
[err(lambda: M(j, o)), err(lambda: M(i, ones(1, 4))), err(lambda: M(ones(2, 2), o)),
 err(lambda: M(i, [o, L.Dense(1, name="h")(o)])),
 err(lambda: M(i, o)(ones(2, 3))), err(lambda: M(i, o)(ones(2, 2, 2, 2)[0, 0, 0])),
 err(lambda: float(o)), err(lambda: np.array(o)), err(lambda: bool(o)), err(lambda: len(o)),
 err(lambda: [x for x in o]), err(lambda: L.Dense(3)("x"))]
""",
    "functional_shared": """
i, j = keras.Input((4,), name="i"), keras.Input((4,), name="j")
d = L.Dense(3, name="d", kernel_initializer="ones")
a, b = d(i), d(j)
m = M([i, j], [a, b, a + b], name="m")
half = M(i, a)
x, y = ones(2, 4), 2 * ones(2, 4)
[names(m)[:3], shapes(m), m([x, y]), m((x, y)), len(d.weights), half.weights[0] is d.weights[0],
 [tuple(s) for s in m.output_shape], [tuple(s) for s in m.input_shape], d.get_weights()[0],
 len(m.layers), m.count_params()]
""",
    "functional_submodel": """
i = keras.Input((4,), name="i")
a = L.Dense(3, name="a", kernel_initializer="ones")(i)
b = L.Dense(2, name="b", kernel_initializer="ones")(a)
full, head, tail = M(i, b), M(i, a), M(a, b)
x = ones(2, 4)
feature = M(full.input, [l.output for l in full.layers])
[full(x), head(x), tail(head(x)), len(tail.weights), tail.weights[0] is full.get_layer("b").weights[0],
 [np.array(t) for t in feature(x)], M(full.inputs, full.get_layer("a").output)(x)]
""",
    "functional_nested": """
inner = func()
i = keras.Input((4,), name="outer_in")
m = M(i, L.Dense(2, name="last")(inner(i)), name="outer")
twice = M(i, inner(i) + inner(2 * i))
inner.set_weights([np.ones_like(w) for w in inner.get_weights()])
[names(m), shapes(m), [w.shape[0] for w in inner.weights], twice(ones(1, 4)), inner(ones(1, 4)),
 m.get_layer("f") is inner, len(twice.weights), m.count_params()]
""",
    "functional_dicts": """
a, b = keras.Input((2,), name="a"), keras.Input((2,), name="b")
m = M({"a": a, "b": b}, {"s": a + b, "d": a - b})
n = M([a, b], a - b)
x, y = ones(2, 2), 3 * ones(2, 2)
[m({"a": x, "b": y}), m({"b": y, "a": x}), n({"a": x, "b": y}), m.predict({"a": x, "b": y}, verbose=0),
 n.predict([x, y], verbose=0), n.predict({"a": x, "b": y}, verbose=0), n([x, y])]
""",
    "functional_operators": """
i = keras.Input((3,))
j = keras.Input((2, 3))
x, y = np.array([[1.0, -2.0, 3.0]], "float32"), np.arange(6, dtype="float32").reshape(1, 2, 3)
def f(t, v, inp=i):
    return np.array(M(inp, t)(v))
[f(i + 1, x), f(1 - i, x), f(i * 2.0, x), f(i / 2, x), f(2 / i, x), f(i ** 2, x), f(-i, x), f(abs(i), x),
 f(i[:, :2], x), f(i[:, 0], x), f(i[..., 1:2], x), f(j[:, 1], y, j), f(j[:, ::-1], y, j), f(i // 2, x), f(i % 2, x),
 f(i > 0, x), f(i <= 1, x), f(j[:, :, None], y, j)]
""",
    "functional_mask_training": """
class T(L.Layer):
    def call(self, x, training=None, mask=None):
        if training:
            return x * 2.0
        return x
i = keras.Input((3,))
m = M(i, T()(i))
t = M(i, T()(i, training=True))
s = keras.Sequential([keras.Input((3,)), T()])
x = ones(1, 3)
[m(x), m(x, training=True), m(x, training=False), t(x), t(x, training=False) if not K2 else 0, s(x),
 s(x, training=True), m.predict(x, verbose=0)]
""",
    "functional_config": """
m = func()
c = m.get_config()
head = [sorted(c), c["name"], [l["name"] for l in c["layers"]], c["input_layers"] if K2 else 0]
n = M.from_config(c)
n2 = type(m).from_config(m.get_config())
k = keras.models.model_from_json(m.to_json())
i, j = keras.Input((2,), name="i"), keras.Input((2,), name="j")
d = L.Dense(2, name="d", kernel_initializer="ones")
multi = M([i, j], [d(i), d(j)], name="multi")
again = M.from_config(multi.get_config())
[head, n.name, shapes(n), shapes(n2),
 shapes(k), names(again), shapes(again), again([ones(1, 2), 2 * ones(1, 2)]), multi.get_config()["output_layers"]]
""",
    "input_arguments": """
def sh(t):
    return [t.shape.as_list() if hasattr(t.shape, "as_list") else list(t.shape), tf.as_dtype(t.dtype).name, t.name]
a = keras.Input((3,))
b = keras.Input(shape=(None, 2), batch_size=4, dtype="int32", name="q")
c = keras.Input((3, 4), batch_size=2, name="r")
d = keras.Input(shape=())
e = keras.Input(shape=[None, None, 3])
f = keras.Input(tensor=a) if not K2 else a
[sh(b), sh(c), sh(d)[:2], sh(e)[:2], sh(a)[:2], err(lambda: keras.Input()),
 err(lambda: keras.Input(shape=(2,), batch_shape=(1, 2))), err(lambda: keras.Input((2,), foo=1)),
 err(lambda: keras.Input("ab")), sh(keras.Input((2,), dtype=tf.bool, name="z")), sh(keras.Input((1,), dtype="string", name="st"))]
""",
    "subclass": """
class S(M):
    def __init__(self, **kw):
        super().__init__(**kw)
        self.a = L.Dense(3, name="a")
        self.many = [L.Dense(2, name="b"), L.Dense(1, name="c")]
        self.named = {"x": L.Dense(1, name="x")}
        self.v = tf.Variable(1.0) if K2 else keras.Variable(1.0)
    def call(self, x, training=None):
        x = self.a(x)
        for l in self.many:
            x = l(x)
        return self.named["x"](x) * self.v
m = S(name="sub")
before = [m.built, len(m.weights), names(m), m.name]
y = m(ones(2, 4))
[before, m.built, len(m.weights), sorted(shapes(m)), names(m), y.shape, m.count_params(), len(m.trainable_variables),
 err(lambda: S(zz=1)), err(lambda: setattr(m, "layers", 1)), err(lambda: M()(ones(1, 1))), m.predict(ones(3, 4), verbose=0).shape]
""",
    "subclass_functional": """
class F(M):
    def __init__(self, units, **kw):
        i = keras.Input((4,), name="i")
        super().__init__(i, L.Dense(units, name="d")(i), **kw)
        self.extra = units
m = F(3, name="ff")
[names(m), shapes(m), m.extra, m(ones(1, 4)).shape, m.name, len(m.inputs), m.built]
""",
    "clone": """
m = func()
c = keras.models.clone_model(m)
s = keras.models.clone_model(mlp(name="s"))
def wider(layer):
    if isinstance(layer, L.Dense):
        return L.Dense(layer.units + 1, name=layer.name)
    return layer.__class__.from_config(layer.get_config())
w = keras.models.clone_model(m, clone_function=wider)
i = keras.Input((4,), name="other")
t = keras.models.clone_model(m, input_tensors=i)
ts = keras.models.clone_model(mlp(name="s"), input_tensors=i)
class Sub(M):
    def call(self, x):
        return x
[names(c), shapes(c), c.weights[0] is m.weights[0], c.name, names(s), shapes(s), s.name, shapes(w), shapes(t),
 shapes(ts), err(lambda: keras.models.clone_model(Sub(), clone_function=wider)),
 err(lambda: keras.models.clone_model(m, input_tensors=[i, i])) if not K2 else 0, err(lambda: keras.models.clone_model(m, input_tensors=[1])),
 type(keras.models.clone_model(Sub(name="u"))).__name__]
""",
    "clone_shared": """
i = keras.Input((4,), name="i")
d = L.Dense(4, name="d")
m = M(i, d(d(i)), name="m")
c = keras.models.clone_model(m)
inner = mlp(name="inner")
o = keras.Input((4,))
n = M(o, inner(o))
k = keras.models.clone_model(n)
[len(c.layers), shapes(c), shapes(k), names(k)[1:], k.layers[1] is inner]
""",
    "seeds_of_layers": """
import random
keras.utils.set_random_seed(3)
a = keras.Sequential([keras.Input((4,)), L.Dense(3), L.Dense(2)])
text(a.summary)
between = [random.random(), np.random.rand()]
random.seed(7)
b = keras.Sequential([keras.Input((4,)), L.Dense(3), L.Dense(2)])
[a.get_weights(), between, b.get_weights(), random.random()]
""",
    "summary": """
def bare(s):
    return [line.rstrip() for line in s.split("\\n")]
i = keras.Input((4,), name="inp")
x = L.Dense(3, name="h")(i)
y = L.Dense(3, name="g")(i)
m = M(i, L.Dense(1, name="out")(x + y), name="f")
m.get_layer("g").trainable = False
s = mlp(name="s")
lines = []
s.summary(print_fn=lambda *a, **k: lines.append(a[0]))
[bare(text(lambda: s.summary())), bare(text(lambda: m.summary(line_length=100)))[:5], lines,
 bare(text(lambda: s.summary(show_trainable=True))), bare(text(lambda: s.summary(line_length=60))),
 bare(text(lambda: s.summary(positions=[0.5, 0.7, 1.0]))),
 bare(text(lambda: s.summary(layer_range=["b", "b"]))), err(lambda: s.summary(layer_range=["zz", "b"])),
 err(lambda: s.summary(layer_range=["zz"]))]
""",
    "summary_nested": """
def bare(s):
    return [line.rstrip() for line in s.split("\\n")]
inner = mlp(name="inner")
i = keras.Input((4,), name="inp")
m = M(i, L.Dense(1, name="a_very_long_name_of_a_layer_indeed_so_long")(inner(i)), name="f")
j = keras.Input((4,), name="j")
two = M([i, j], [inner(i), inner(j)], name="two")
s = keras.Sequential([inner, L.Dense(2, name="last")], name="outer")
[bare(text(lambda: m.summary(expand_nested=True))), bare(text(lambda: two.summary(expand_nested=True, line_length=110))),
 bare(text(lambda: s.summary(expand_nested=True, show_trainable=True)))]
""",
    "summary_subclass": """
def bare(s):
    return [line.rstrip() for line in s.split("\\n")]
class S(M):
    def __init__(self):
        super().__init__(name="sub")
        self.a = L.Dense(3, name="a")
        self.b = mlp(name="b")
        self.unused = L.Dense(1, name="unused")
    def call(self, x):
        return self.b(tf.concat([self.a(x), x[:, :1]], 1))
m = S()
before = err(lambda: text(m.summary))
m(ones(2, 4))
m.compile("adam", "mse")
a = bare(text(lambda: m.summary()))
[before, a, bare(text(lambda: m.summary(expand_nested=True, show_trainable=True)))]
""",
    "losses_metrics": """
class Reg(L.Layer):
    def call(self, x):
        self.add_loss(tf.reduce_sum(x))
        return x
i = keras.Input((2,))
m = M(i, L.Dense(1, name="d", kernel_initializer="ones", kernel_regularizer="l2", activity_regularizer="l2")(Reg()(i)))
m(ones(2, 2))
a = [float(v) for v in m.losses]
m(2 * ones(2, 2))
b = [float(v) for v in m.losses]
m.compile("sgd", "mse", metrics=["mae"])
c = m.evaluate(ones(2, 2), ones(2, 1), verbose=0)
[sorted(a), sorted(b), c]
""",
    "weights_io": """
m = func()
w = m.get_weights()
m.set_weights([v * 0 + 1 for v in w])
[shapes(m), [v.dtype.name for v in w], m(ones(1, 4)), err(lambda: m.set_weights(w[:2])),
 err(lambda: m.set_weights([v.T for v in w])), m.get_layer("h").get_weights()[1], len(m.variables),
 [type(v).__name__ for v in m.get_weights()][:1]]
""",
    "compute_shapes": """
m, s = func(), mlp(name="s")
u = keras.Sequential([L.Dense(5), L.Dense(6)])
[tuple(m.compute_output_shape((None, 4))), tuple(s.compute_output_shape((7, 4))), tuple(u.compute_output_shape((None, 3)))]
""",
    "model_in_function": """
m = func()
m.set_weights([np.ones_like(w) for w in m.get_weights()])
@tf.function
def f(x):
    return m(x, training=False)
with tf.GradientTape() as t:
    y = tf.reduce_sum(m(ones(2, 4)))
[f(ones(2, 4)), t.gradient(y, m.trainable_variables)]
""",
    "layer_graph_attributes": """
i = keras.Input((4,), name="i")
d = L.Dense(3, name="d")
before = [err(lambda: d.input), err(lambda: d.output)]
o = d(i)
m = M(i, o)
[before, d.input is i, tuple(d.output.shape), len(d._inbound_nodes), keras.utils.get_source_inputs(o)[0] is i,
 m.input is i or m.input[0] is i, tuple(m.output.shape) if hasattr(m.output, "shape") else len(m.output)]
""",
    "attributes": """
m = func()
m.compile("sgd", "mse")
[m.dtype, m.name, m.trainable, m.stop_training, type(m.optimizer).__name__, m.loss, m.run_eagerly,
 hasattr(m, "predict"), hasattr(m, "to_json"), m.metrics_names if not K2 else 0, m.supports_masking]
""",
    "model_of_custom_layers": """
class Block(L.Layer):
    def __init__(self, **kw):
        super().__init__(**kw)
        self.a = D(3, name="a")
        self.b = D(2, name="b")
    def call(self, x):
        return self.b(self.a(x))
i = keras.Input((4,))
m = M(i, Block(name="block")(i))
s = keras.Sequential([Block(name="q"), D(1, name="w")])
s(ones(1, 4))
[shapes(m), m(ones(1, 4)), names(m)[-1], shapes(s), s.count_params()]
""",
}

K3 = {
    "stateless": """
m = mlp()
m.set_weights([np.ones_like(w) for w in m.get_weights()])
x = ones(2, 4)
out, nt = m.stateless_call([v * 2.0 for v in m.trainable_variables], [], x)
b = keras.Sequential([keras.Input((2,)), L.BatchNormalization()])
o2, nt2 = b.stateless_call(b.trainable_variables, b.non_trainable_variables, ones(2, 2), training=True)
with keras.StatelessScope([(m.trainable_variables[0], np.zeros((4, 3)))]) as scope:
    z = m(x)
    m.trainable_variables[1].assign(np.full(3, 7.0))
    inside = scope.get_current_value(m.trainable_variables[1])
[out, len(nt), o2, [tf.convert_to_tensor(v) for v in nt2], b.non_trainable_variables[0].numpy(), z, inside, m(x),
 err(lambda: m.stateless_call([], [], x)), err(lambda: keras.Sequential([L.Dense(1)]).stateless_call([], [], x)),
 err(lambda: keras.StatelessScope([(1, 2)])), err(lambda: keras.StatelessScope([(m.trainable_variables[0], np.ones(2))]))]
""",
    "state_tree": """
m = mlp(name="m")
m.compile("adam", "mse", metrics=["mae"])
m.fit(ones(2, 4), ones(2, 2), verbose=0)
t = m.get_state_tree("numpy_array")
def keys(d):
    return {k: keys(v) if isinstance(v, dict) else v.shape for k, v in d.items()}
n = mlp(name="m")
n.set_state_tree({"trainable_variables": t["trainable_variables"]})
[keys(t), [bool(np.allclose(a, b)) for a, b in zip(m.get_weights(), n.get_weights())],
 err(lambda: m.get_state_tree("zz")), err(lambda: m.set_state_tree({"zz": {}}))]
""",
    "clone_k3": """
m = func()
calls = []
def call(layer, *a, **k):
    calls.append(layer.name)
    out = layer(*a, **k)
    return L.Dense(5, name=layer.name + "_x")(out)
c = keras.models.clone_model(m, call_function=call)
inner = mlp(name="inner")
o = keras.Input((4,))
n = M(o, inner(o))
seen = []
def fn(layer):
    seen.append(layer.name)
    return layer.__class__.from_config(layer.get_config())
k = keras.models.clone_model(n, clone_function=fn, recursive=True)
m.compile("sgd", "mse")
[calls, names(c), shapes(c), seen, k.layers[1].name, keras.models.clone_model(m).compiled,
 err(lambda: keras.models.clone_model(mlp(), call_function=call)), err(lambda: keras.models.clone_model(m, foo=1)),
 err(lambda: keras.models.clone_model(mlp(), input_tensors=[1]))]
""",
    "names": """
a, b = M(keras.Input((1,), name="q"), L.Dense(1)(keras.Input((1,)))) if False else mlp(), mlp()
i = keras.Input((2,))
m = M(i, L.Dense(1)(i))
class My2DModel(M):
    pass
[a.name, b.name, m.name, i.name, m.layers[-1].name, My2DModel().name, My2DModel().name, (i + 1).name,
 [w.path for w in a.weights], [w.name for w in a.weights], [w.path for w in m.weights], (i * 2)._keras_history.operation.name,
 type((i / 2)._keras_history.operation).__name__, repr(m), repr(m.layers[-1]), repr(i)[:60]]
""",
    "build_config": """
class S(M):
    def __init__(self):
        super().__init__()
        self.d = L.Dense(2)
    def call(self, x):
        return self.d(x)
m = S()
m.build_from_config({"input_shape": (None, 3)})
n = S()
n(ones(1, 3))
s = keras.Sequential([L.Dense(2)])
s.build((None, 3))
[shapes(m), m.built, n.get_build_config(), s.get_build_config(), func().get_build_config(), shapes(n)]
""",
    "functional_warnings": """
a, b = keras.Input((2,), name="a"), keras.Input((2,), name="b")
def caught(f):
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter("always")
        f()
    return len(w)
[caught(lambda: M({"x": a, "b": b}, a + b)), caught(lambda: M({"a": a, "b": b}, a + b)),
 caught(lambda: M([a, b], a + b)((ones(1, 2), ones(1, 2)))), caught(lambda: L.Dense(1, input_shape=(2,)))]
""",
    "optional_input": """
a, b = keras.Input((2,), name="a"), keras.Input((2,), name="b", optional=True)
class Opt(L.Layer):
    def call(self, x, y=None):
        return x if y is None else x + y
    def compute_output_shape(self, x_shape, y_shape=None):
        return x_shape
m = M([a, b], Opt()(a, b))
[m([ones(1, 2), None]), m([ones(1, 2), ones(1, 2)]), err(lambda: m([None, ones(1, 2)]))]
""",
    "function_class": """
a, b = keras.Input((2,), name="a"), keras.Input((2,), name="b")
f = keras.Function([a, b], {"s": a + b, "p": a * b})
[f([ones(1, 2), 2 * ones(1, 2)]), len(f.operations), [x.name for x in f.inputs], len(f.outputs),
 f.compute_output_shape([(3, 2), (3, 2)]), err(lambda: f(ones(1, 2))), err(lambda: keras.Function([], a)),
 err(lambda: keras.Function([a], b + 1))]
""",
    "tree": """
from collections import OrderedDict, namedtuple
T = keras.tree
P = namedtuple("P", "x y")
[T.flatten({"b": 1, "a": [2, (3, None)]}), T.is_nested([1]), T.is_nested("a"), T.is_nested(P(1, 2)),
 T.flatten_with_path({"a": [5, {"b": 6}]}), T.map_structure(lambda a, b: a + b, [1, (2,)], [3, (4,)]),
 T.pack_sequence_as({"b": 0, "a": [0, 0]}, [1, 2, 3]), T.lists_to_tuples([1, [2, {"a": [3]}]]),
 T.map_shape_structure(lambda s: sum(s), [(1, 2), [3, 4]]), T.map_structure_up_to([0, 0], lambda v: v, [1, [2, 3]]),
 err(lambda: T.map_structure(lambda a, b: a, [1], [1, 2])), err(lambda: T.map_structure(lambda a, b: a, [1], (1,))),
 err(lambda: T.assert_same_structure([1], [1, [2]])), err(lambda: T.assert_same_structure({"a": 1}, {"b": 1})),
 err(lambda: T.assert_same_paths([1, 2], (1, 2))), err(lambda: T.assert_same_paths([1], (1, 2))),
 err(lambda: T.pack_sequence_as([1, 2], [1])), T.traverse(lambda v: v + 1 if isinstance(v, int) else None, [1, (2, "a")]),
 T.traverse(lambda v: tuple(v) if isinstance(v, list) else None, [1, [2]], top_down=False),
 T.traverse(lambda v: T.MAP_TO_NONE if v == 2 else None, [1, 2]), T.map_structure(lambda v: 1, [None, 2], none_is_leaf=False),
 T.map_structure(lambda v: 2 * v, P(1, [2])), list(T.map_structure(lambda v: v, OrderedDict(b=1, a=2)).items()),
 T.flatten(OrderedDict(b=1, a=2)), err(lambda: T.map_structure(lambda: 0)), T.flatten(None)]
""",
    "config": """
C = keras.config
before = [C.backend(), C.floatx(), C.epsilon(), C.image_data_format(), C.is_flash_attention_enabled(), C.is_nnx_enabled(),
          C.max_epochs(), C.max_steps_per_epoch(), C.is_interactive_logging_enabled(), C.dtype_policy().name]
C.set_max_epochs(2)
m = mlp()
m.compile("sgd", "mse")
n = len(m.fit(ones(2, 4), ones(2, 2), epochs=5, verbose=0).epoch)
C.set_max_epochs(None)
C.disable_flash_attention()
f = C.is_flash_attention_enabled()
C.enable_flash_attention()
C.set_floatx("float16")
d = [C.floatx(), L.Dense(1).dtype]
C.set_floatx("float32")
[before, n, f, d, err(lambda: C.set_floatx("int8")), err(lambda: C.set_image_data_format("x")),
 C.set_epsilon(1e-7)]
""",
    "remat": """
with keras.RematScope("full"):
    d = L.Dense(2, kernel_initializer="ones", activation="tanh")
with keras.RematScope("activations"):
    e = L.Dense(2, kernel_initializer="ones", activation="tanh")
with keras.RematScope("larger_than", output_size_threshold=1):
    g = L.Dense(2, kernel_initializer="ones", activation="tanh")
with keras.RematScope("list_of_layers", layer_names=["q"]):
    h = L.Dense(2, kernel_initializer="ones", activation="tanh", name="q")
out = []
for l in (d, e, g, h):
    with tf.GradientTape() as t:
        y = tf.reduce_sum(l(tf.constant([[0.1, 0.2]])))
    out.append([y, t.gradient(y, l.trainable_variables)])
x = tf.Variable(2.0)
with tf.GradientTape() as t:
    y = keras.remat(lambda v: v * v)(x)
[out, y, err(lambda: keras.RematScope("zz"))]
""",
}

K2 = {
    "inputs_of_other_kinds": """
i, j = keras.Input(tensor=tf.ones((2, 3))), keras.Input(type_spec=tf.TensorSpec((None, 2), tf.int32))
r = keras.Input(type_spec=tf.RaggedTensorSpec((None, None), tf.int64))
m = M(i, L.Dense(1, kernel_initializer="ones")(i))
[tuple(i.shape), i.dtype, tuple(m.output_shape), m(ones(2, 3)), tuple(j.shape), j.dtype, tuple(r.shape), r.dtype]
""",
    "by_name_in_weights_files": """
m = mlp()
n = mlp()
m.save_weights("w.weights.h5")
n.load_weights("w.weights.h5", by_name=True)
[bool(np.allclose(a, b)) for a, b in zip(m.get_weights(), n.get_weights())]
""",
    "legacy_build": """
class S(M):
    def __init__(self):
        super().__init__()
        self.d = L.Dense(2)
    def call(self, x):
        return self.d(x)
m = S()
e1 = err(lambda: m.summary())
m.build((None, 3))
class E(M):
    def call(self, x):
        return tf.nn.embedding_lookup(tf.ones((3, 2)), x)
[e1, shapes(m), m.built, err(lambda: E().build((None, 3))), err(lambda: keras.Sequential([L.Dense(1)]).summary()),
 err(lambda: S().count_params()), err(lambda: mlp().to_yaml())]
""",
    "legacy_names": """
a, b = mlp(), mlp()
i = keras.Input((2,))
m = M(i, L.Dense(1)(i))
n = M(i, L.Dense(1)(i))
j = keras.Input((2,))
[a.name, b.name, m.name, n.name, i.name, j.name, a.input_names, a.output_names, m.input_names, m.output_names,
 [w.name for w in a.weights], [w.name for w in m.weights], keras.Sequential([L.Dense(2, input_shape=(3,))]).input_names,
 keras.Sequential([L.Dense(2, input_dim=3, name="first")]).input_names, a.layers[0].input_shape, i.dtype.name]
""",
    "legacy_symbolic_losses": """
i = keras.Input((2,))
o = L.Dense(1, kernel_initializer="ones")(i)
m = M(i, o)
m.add_loss(tf.reduce_mean(o) * 0.5)
m.add_metric(tf.reduce_mean(i), name="mm")
m.compile("sgd", "mse")
h = m.fit(ones(4, 2), ones(4, 1), verbose=0, batch_size=4)
[{k: [float(x) for x in v] for k, v in h.history.items()}, m.evaluate(ones(4, 2), ones(4, 1), verbose=0), m.metrics_names]
""",
    "legacy_sequential": """
s = keras.Sequential([L.Dense(3, batch_input_shape=(5, 4)), L.Dense(2)])
t = keras.Sequential([L.InputLayer(input_shape=(4,)), L.Dense(2)])
u = keras.Sequential([L.InputLayer(batch_input_shape=(2, 4)), L.Dense(2)])
[shapes(s), tuple(s.input_shape), tuple(t.output_shape), tuple(u.output_shape), s.built, err(lambda: keras.Sequential().pop()),
 err(lambda: keras.Sequential().add(3)), [l["class_name"] for l in s.get_config()["layers"]], sorted(s.get_config())]
""",
}


K3["no_batches"] = """
m = mlp()
m.compile("sgd", "mse", metrics=["mae"])
ds = tf.data.Dataset.from_tensors((ones(2, 4), ones(2, 2)))
[m.fit(ds.take(0), verbose=0).history, sorted(m.fit(ds.take(0), validation_data=ds, verbose=0).history), m.evaluate(ds.take(0), verbose=0)]
"""

K3["export_of_many_inputs"] = """
import tempfile
def exported(m):
    folder = tempfile.mkdtemp()
    said = text(lambda: m.export(folder))
    return L.TFSMLayer(folder), re.sub(r"/\\S+'|\\d{9,}|keras_tensor_\\d+", "_", said)
class Two(M):
    def __init__(self):
        super().__init__()
        self.a, self.b = L.Dense(2, kernel_initializer="ones"), L.Dense(3, kernel_initializer="ones")
    def call(self, inputs):
        x, y = inputs
        return self.a(x), self.b(y)
m = Two()
m((ones(2, 4), ones(2, 5)))
i = [keras.Input((3,)), keras.Input((4,))]
f = M(i, L.Dense(1, kernel_initializer="ones")(L.Concatenate()(i)))
layers = [exported(m), exported(f)]
[layers[0][1], layers[0][0]((np.ones((2, 4)), np.ones((2, 5)))), layers[1][1], layers[1][0]([ones(2, 3), ones(2, 4)])]
"""

K2["file_with_metrics"] = """
import tempfile
m = mlp()
m.compile("sgd", "mse", metrics=["mae"])
m.fit(ones(4, 4), ones(4, 2), verbose=0)
path = os.path.join(tempfile.mkdtemp(), "m.keras")
m.save(path)
loaded = keras.models.load_model(path)
[np.allclose(loaded.evaluate(ones(4, 4), ones(4, 2), verbose=0), m.evaluate(ones(4, 4), ones(4, 2), verbose=0)),
 type(tf.distribute.get_strategy()).__name__]
"""
K2["text_and_states"] = """
t = L.TextVectorization(split="character", standardize="lower")
t.adapt(["to be or not to be"])
inner = keras.Sequential([L.Embedding(12, 2, embeddings_initializer="ones"), L.Dense(1, kernel_initializer="ones")])
s = keras.Sequential([t, L.Lambda(lambda x: x - 2), inner])
s.compile("sgd", "mse")
st = keras.Sequential([L.Dense(2, kernel_initializer="ones", batch_input_shape=(1, 3, 2)), L.GRU(2, stateful=True)])
st(tf.ones((1, 3, 2)))
before = bool(np.any(st.layers[1].states[0].numpy()))
st.reset_states()
r = tf.ragged.constant([[1, 2], [3], [4, 5, 6], [1]])
m = keras.Sequential([L.InputLayer(input_shape=[None], dtype=tf.int32, ragged=True), L.Embedding(7, 2), L.GRU(2), L.Dense(1)])
m.compile("sgd", "mse")
i = keras.Input((3,), name="x")
[s.predict(["to be"], verbose=0), s(tf.constant(["be"])), before, st.layers[1].states[0].numpy(),
 sorted(m.fit(r, ones(4, 1), batch_size=2, verbose=0).history), m.predict(r, verbose=0).shape,
 repr(i), str(i), repr(L.Dense(2, name="d")(i))]
"""

BOTH["copies"] = """
import copy, pickle
x = ones(2, 3)
def again(o):
    return pickle.loads(pickle.dumps(o))
def fitted(m):
    m.compile("adam", "mse", metrics=["mae"])
    m.fit(x, ones(2, 2), verbose=0)
    return m
def seen(a, b):
    return [type(b).__name__, b.name, b.built, [w.name for w in b.weights],
            [bool(np.array_equal(u, v)) for u, v in zip(a.get_weights(), b.get_weights())],
            any(u is v for u, v in zip(a.weights, b.weights))]
def optimizer(m):
    return [type(m.optimizer).__name__, int(m.optimizer.iterations), m.loss, len(m.optimizer.get_config()) > 5]
i = keras.Input((3,), name="i")
f = M(i, L.Dense(2, name="d")(i), name="f")
s = keras.Sequential([L.Dense(2, name="a"), L.Dropout(.5), L.BatchNormalization(name="bn")], name="s")
unbuilt = [(how(s).name, how(s).built, len(how(s).layers)) for how in (copy.deepcopy, copy.copy)]
plain = [seen(f, how(f)) for how in (copy.deepcopy, again, copy.copy)]
fitted(f), fitted(s)
trained = [seen(m, how(m)) + optimizer(how(m)) for m in (f, s) for how in (copy.deepcopy, again, copy.copy)]
c = copy.deepcopy(f)
before = f.get_weights()[0]
same = bool(np.allclose(c.predict(x, verbose=0), f.predict(x, verbose=0)))
c.fit(x, ones(2, 2), verbose=0)
d, l = L.Dense(2, name="d2"), L.LSTM(2, name="l")
d(x), l(ones(1, 2, 3))
h = f.fit(x, ones(2, 2), verbose=0)
h2 = again(h)
[unbuilt, plain, trained, same, bool(np.array_equal(before, f.get_weights()[0])),
 bool(np.array_equal(before, c.get_weights()[0])),
 [seen(y, how(y)) for y in (d, l) for how in (copy.deepcopy, again)], L.Dense(2).built,
 again(L.Dense(3, name="u")).units, copy.deepcopy(L.Dropout(.2, name="o")).rate, h2.history == h.history, h2.epoch,
 again(keras.losses.MeanSquaredError()).name, again(keras.callbacks.EarlyStopping(patience=3)).patience,
 again(keras.regularizers.L2(.5)).get_config(), type(again(keras.optimizers.schedules.ExponentialDecay(.1, 10, .9))).__name__,
 copy.deepcopy(i).shape, again(i).name]
"""
K3["copies_of_parts"] = """
import copy, pickle
def again(o):
    return pickle.loads(pickle.dumps(o))
class Sub(M):
    def call(self, x):
        return x
o = keras.optimizers.Adam(.1, name="adam")
o.build([keras.Variable(1.)])
m = keras.metrics.Mean(name="mean")
m.update_state([1., 2.])
@keras.utils.register_keras_serializable("copies")
class Known(M):
    def __init__(self, units, **kw):
        super().__init__(**kw)
        self.d = L.Dense(units, name="d")
    def call(self, x):
        return self.d(x)
    def get_config(self):
        return {"units": self.d.units, "name": self.name}
k = Known(2, name="k")
k(ones(2, 3))
c = copy.deepcopy(k)
v = keras.Variable([1., 2.], name="v", trainable=False)
w = again(v)
[int(copy.deepcopy(o).iterations), float(again(o).learning_rate), copy.copy(o).name, again(m).result().numpy(),
 list(again(keras.metrics.AUC(name="auc")).get_config().items()), err(lambda: copy.deepcopy(Sub())),
 err(lambda: pickle.dumps(Sub())), type(c).__name__, c.name, [x.path for x in c.weights],
 np.array_equal(c.get_weights()[0], k.get_weights()[0]), repr(w), w.trainable, repr(copy.deepcopy(v))]
"""

K2["op_layer_names"] = """
i, j = keras.Input((3,), name="i"), keras.Input((3,), name="j")
outputs = [i + 1.0, 1.0 + i, i + j, i - j, 2.0 * i, i / 2.0, 1 / i, i // 2.0, i % 2.0, i ** 2, -i, abs(i), i < j, i != j,
           i[:, 0], i @ tf.ones((3, 2)), ~(i > 0), tf.add(i, j), tf.math.exp(i), tf.exp(i), tf.reduce_sum(i, 1),
           tf.nn.relu(i), tf.nn.softmax(i), tf.nn.log_softmax(i), tf.nn.sigmoid(i), keras.activations.relu(i),
           tf.shape(i), tf.transpose(i), tf.squeeze(i[:, :1], 1), tf.gather(i, [0], axis=1), tf.pad(i, [[0, 0], [1, 1]]),
           tf.cast(i, tf.int32), tf.clip_by_value(i, 0.0, 1.0), tf.matmul(i, j, transpose_b=True), tf.norm(i, axis=1),
           tf.einsum("ij,ij->i", i, j), tf.tensordot(i, tf.ones((3, 2)), 1), tf.concat([i, j], 1), tf.expand_dims(i, 1),
           tf.nn.softmax_cross_entropy_with_logits(labels=i, logits=j), keras.backend.mean(i, axis=1)]
[[type(l).__name__, l.name] for l in M([i, j], outputs).layers]
"""


def _cases() -> dict[str, str]:
    cases = {}
    for name, body in BOTH.items():
        cases[name] = PRELUDE + body
        cases[f"{name}@k2"] = PRELUDE + body
    cases.update({name: PRELUDE + body for name, body in K3.items()})
    cases.update({f"{name}@k2": PRELUDE + body for name, body in K2.items()})
    return cases


CASES = _cases()
CASES["unknown_classes"] = """
U = tf.keras.utils
def said(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
of = lambda module, name: {"module": module, "class_name": name, "config": {}, "registered_name": None}
[
    [said(lambda: U.deserialize_keras_object(of(m, "Nope"))) for m in ("keras", "keras.layers", "keras.nope", "mymod", None)],
    said(lambda: tf.keras.layers.deserialize(of("keras.layers", "Nope"))), said(lambda: tf.keras.Sequential.from_config({"name": "s", "layers": [of("keras.layers", "Nope")]})),
]"""
# whatever is called again may run as a program: it must give what python gave
CASES["called_again"] = CASES["called_again@k2"] = """
K=tf.keras; L=K.layers
K.utils.set_random_seed(0)
def mk():
    return K.Sequential([K.Input((4,)), L.Dense(5, activation="tanh", kernel_initializer=K.initializers.GlorotUniform(seed=1)), L.BatchNormalization(), L.Dense(2, kernel_initializer=K.initializers.GlorotUniform(seed=2))])
m=mk(); x=tf.constant(np.linspace(-1,1,12).reshape(3,4).astype("float32"))
out=[]
def r(v): out.append(np.round(np.asarray(v),4).tolist())
for i in range(4):
    with tf.GradientTape(persistent=True) as t:
        t.watch(x); y=m(x); z=tf.reduce_sum(y**2)
    r(t.jacobian(y,x)[0,0,0]); r(t.batch_jacobian(y,x)[0,0]); r(t.gradient(z,x)[0])
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x); z=tf.reduce_sum(m(x)**2)
        g=t1.gradient(z,x); gp=tf.reduce_sum(g**2)
    r(t2.gradient(gp,m.trainable_variables)[0][0])
    with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as acc: y=m(x)
    r(acc.jvp(y)[0])
    m(x, training=True); r(m.layers[1].moving_mean); r(m(x)[0])
    m.layers[0].kernel.assign(m.layers[0].kernel*0.9); r(m(x)[0])
    m.layers[1].trainable = i%2==0
    r(m(x,training=True)[0])
    m.layers[0].activation = tf.nn.relu if i==2 else tf.nn.tanh
    r(m(x)[0])
s=L.LSTM(3, stateful=True, kernel_initializer="ones", recurrent_initializer="ones"); xs=tf.ones((2,3,1))
for i in range(4): r(s(xs)[0])
s.reset_states() if hasattr(s,"reset_states") else s.reset_state(); r(s(xs)[0])
me=K.metrics.SparseCategoricalAccuracy(); auc=K.metrics.AUC(); mean=K.metrics.Mean()
for i in range(4):
    me.update_state([0,1],[[.1,.9],[.2,.8]]); me.update_state(tf.constant([0,1]),tf.constant([[.1,.9],[.2,.8]])); r(me.result())
    auc.update_state(tf.constant([0,1]),tf.constant([.3,.8])); r(auc.result()); mean.update_state(tf.constant([1.,float(i)])); r(mean.result())
    mean(tf.constant(5.), sample_weight=tf.constant(.5)); r(mean.result())
me.reset_state(); r(me.result())
lo=K.losses.SparseCategoricalCrossentropy(from_logits=True)
for i in range(4):
    r(lo(tf.constant([0,1]),tf.constant([[.1,.9],[.2,.8]])))
    try: lo(tf.constant([0,5]),tf.constant([[.1,.9],[.2,.8]]))
    except Exception as e: out.append(type(e).__name__)
    r(lo(tf.constant([0,1]),tf.constant([[.1,.9],[.2,.8]]), sample_weight=tf.constant([1.,2.])))
e=K.Sequential([L.Embedding(5,3,mask_zero=True,embeddings_initializer="ones"), L.GRU(2,kernel_initializer="ones",recurrent_initializer="ones",return_sequences=True), L.Dense(2,kernel_initializer="ones")])
ids=tf.constant([[1,2,0],[3,0,0]])
for i in range(3):
    y=e(ids); r(y[0]); out.append(str(getattr(y,"_keras_mask",None) is not None))
    lo2=K.losses.MeanSquaredError(); r(lo2(tf.zeros((2,3,2)), y))
K.mixed_precision.set_global_policy("mixed_float16"); mm=mk()
for i in range(3): y=mm(x); out.append(str(y.dtype)); r(np.round(np.asarray(y[0]).astype("float32"),2))
K.mixed_precision.set_global_policy("float32")
out
"""
CASES["sequential_takes_the_dtype_of_its_first_batch@k2"] = """
K = tf.keras
L = K.layers
def inputs(layers, x):
    model = K.Sequential(layers)
    model(x)
    return [(i.shape, i.dtype) for i in model.inputs]
words = L.StringLookup(vocabulary=["a", "b"])
text = K.Sequential([words, L.Embedding(3, 2, embeddings_initializer="ones")])
[text(tf.constant(["a", "b"])), text(tf.constant(["c", "b"])), inputs([words, L.Embedding(3, 2)], tf.constant(["a"])), inputs([L.Dense(1)], np.ones((2, 3), "int32")),
 inputs([L.Dense(1)], tf.ones((2, 3), tf.bool)), inputs([L.Flatten()], np.ones((2, 3), "int64")),
 inputs([L.Flatten()], np.ones((2, 3), "float32"))]
"""
CASES["predictions_are_of_the_class_that_call_returns@k2"] = """
import collections
class Output(collections.OrderedDict):
    @property
    def logits(self):
        return self["logits"]
class Model(tf.keras.Model):
    def call(self, x):
        return Output(logits=x * 2, features=x)
model, x = Model(), np.ones((5, 2), "float32")
predicted = model.predict(x, batch_size=2, verbose=0)
[type(predicted).__name__, predicted.logits, list(predicted), type(model.predict_on_batch(x)).__name__]
"""
CASES["operations_stand_in_configs_as_keras_writes_them"] = """
ops = keras.ops
x = keras.Input((4,), name="x")
h = ops.reshape(ops.concatenate([x, ops.sin(x)], -1), (-1, 2, 4))[:, 0] / 2.0 - 1.0
h = ops.einsum("ij,jk->ik", h, np.eye(4, dtype="float32")) + x
a, b = ops.split(ops.softmax(h), 2, axis=1)
h = ops.where(ops.mean(a, axis=1, keepdims=True) > 0.1, ops.cast(b, "float32"), -b)
h = 2 * ops.layer_normalization(ops.transpose(ops.transpose(h, (1, 0))), epsilon=0.1)
model = keras.Model(x, ops.squeeze(ops.max(h, axis=[1], keepdims=True), -1))
config = model.get_config()
again, copy = keras.Model.from_config(model.get_config()), keras.models.clone_model(model)
calls = [[type(l).__module__, type(l).__name__, {k: v for k, v in l.get_config().items() if k != "rms_scaling"}, len(c["inbound_nodes"][0]["args"])]
         for l, c in zip(model.operations, config["layers"]) if c["inbound_nodes"]]
data = np.linspace(-1, 1, 8).reshape(2, 4).astype("float32")
[calls, [m(data).numpy() for m in (model, again, copy)], again.get_config()["layers"][2] == config["layers"][2]]
"""
CASES["compile_arguments_of_a_file@k2"] = """
import h5py, json, os, tempfile
K = tf.keras
def mine(a, b):
    return tf.reduce_mean(a - b, -1)
class Mine(K.metrics.Metric):
    def __init__(self, name="mine", **kwargs):
        super().__init__(name=name, **kwargs)
        self.count = self.add_weight("count", initializer="zeros")
    def update_state(self, a, b, sample_weight=None):
        self.count.assign_add(1.0)
    def result(self):
        return self.count
x, y, path = tf.ones((4, 3)), tf.ones((4, 1)), os.path.join(tempfile.mkdtemp(), "m.h5")
def of(metrics, loss="mse", weighted=None, fit=True, two=False):
    i = K.Input((3,))
    first = K.layers.Dense(1, name="a")(i)
    m = K.Model(i, [first, K.layers.Dense(1, name="b")(i)] if two else first)
    m.compile(loss=loss, optimizer="adam", metrics=metrics, weighted_metrics=weighted)
    if fit:
        m.fit(x, [y, y] if two else y, verbose=0)
    m.save(path)
    with h5py.File(path) as file:
        config = json.loads(file.attrs["training_config"])
    del config["optimizer_config"]
    again = K.models.load_model(path, custom_objects={"mine": mine, "Mine": Mine})
    return [json.dumps(config), list(again.evaluate(x, [y, y] if two else y, verbose=0, return_dict=True))]
[of(["mae", "mse"]), of(["mae"], fit=False), of(["accuracy"]), of("accuracy"), of([mine]), of([K.metrics.MeanAbsoluteError(), Mine()]), of(["AUC"]), of([]),
 of(None, weighted=["mae"]), of(["mae"], two=True), of({"a": "mae", "b": ["mse", "acc"]}, {"a": "mse", "b": K.losses.Huber()}, two=True), of({"b": "mae"}, two=True),
 of([["mae"], ["mse"]], ["mse", mine], two=True), of(["mae"], K.losses.MeanSquaredError()), of(["binary_accuracy"], "binary_crossentropy", ["mse"]),
 of([K.metrics.RootMeanSquaredError(name="r")], K.losses.mean_absolute_error)]
"""
