"""Cases of gradients of the user's own: custom_gradient, recompute_grad, grad_pass_through, stop_gradient."""

import pathlib
import runpy

HERE = pathlib.Path(__file__).parent
wrapped = runpy.run_path(str(HERE / "_wrap.py"))["wrapped"]
PRELUDE = runpy.run_path(str(HERE / "_gradients.py"))["PRELUDE"]

_CODE = {
    "custom_gradients_of_every_kind": """
x, y = c(2.), c(3.)
w, u = V(3., name="w"), V(5., name="u")
@tf.custom_gradient
def square(x):
    return x * x, lambda dy: dy * 10.
@tf.custom_gradient
def with_variables(x):
    def g(dy, variables):
        return dy * 7., [dy * 11. * float(i + 1) for i, _ in enumerate(sorted(variables, key=lambda v: v.name))]
    return x * w * u, g
@tf.custom_gradient
def with_one(x):
    def g(dy, variables=None):
        return dy * 7., [dy * 11.]
    return x * w, g
@tf.custom_gradient
def none_for_variable(x):
    def g(dy, variables=None):
        return dy, [None]
    return x * w, g
@tf.custom_gradient
def too_few_for_variables(x):
    def g(dy, variables=None):
        return dy, []
    return x * w, g
@tf.custom_gradient
def keywords(x, **kw):
    def g(dy, **more):
        return dy * kw.get("k", 1.), [dy for _ in more.get("variables", [])]
    return x * w, g
@tf.custom_gradient
def unused_keywords(x):
    def g(dy, variables=None):
        return dy * (2. if variables is None else 3.)
    return x * x, g
@tf.custom_gradient
def variable_argument(v):
    return v * v, lambda dy: dy * 4.
@tf.custom_gradient
def pair(a, b):
    def g(da, db):
        return da + 10. * db, 100. * da + 1000. * db
    return [a * b, a + b], g
@tf.custom_gradient
def nest_out(a):
    def g(dp, dq):
        return dp * 2. + dq * 3.
    return {"p": a, "q": a * 2.}, g
@tf.custom_gradient
def ints(x, n):
    return x * tf.cast(n, f32), lambda dy: (dy * 9., None)
@tf.custom_gradient
def int_out(x):
    return (x, tf.cast(x, i32)), lambda dx, di: dx * 9.
@tf.custom_gradient
def sequence(x):
    def g(dy):
        return [dy * 5.]
    return x, g
@tf.custom_gradient
def as_tuple(x):
    def g(dy):
        return (dy * 6.,)
    return x, g
@tf.custom_gradient
def numpy_gradient(x):
    return x, lambda dy: np.float32(8.)
@tf.custom_gradient
def number_gradient(x):
    return x, lambda dy: 8.
@tf.custom_gradient
def wrong_shape(x):
    return x, lambda dy: tf.ones([2])
@tf.custom_gradient
def identity(x):
    return x, lambda dy: -dy
@tf.custom_gradient
def identity2(x):
    return tf.identity(x), lambda dy: -dy
@tf.custom_gradient
def raises(x):
    def g(dy):
        raise KeyError("mine")
    return x * x, g
@tf.custom_gradient
def constant():
    return c(4.), lambda dy: ()
@tf.custom_gradient
def outer(x):
    y = square(x)
    return y, lambda dy: dy * 100.
@tf.custom_gradient
def chained(x):
    with Tape() as t:
        t.watch(x)
        y = x ** 3
    d = t.gradient(y, x)
    return y, lambda dy: dy * d * 2.
@tf.custom_gradient
def differentiable(x):
    def g(dy):
        return dy * tf.sin(x)
    return tf.cos(x), g
@tf.custom_gradient
def third(x):
    def first(dy):
        @tf.custom_gradient
        def inner(x, dy):
            def g(ddy):
                return ddy * 50., ddy * 70.
            return dy * 3. * x, g
        return inner(x, dy)
    return x * x * x, first
def reverse(l=0.5):
    @tf.custom_gradient
    def f(x):
        return tf.identity(x), lambda dy: -l * dy
    return f
class Layer(tf.keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.k = self.add_weight(shape=(), initializer="ones", name="k")
    @tf.custom_gradient
    def op(self, x):
        k = self.k
        def g(dy, variables=None):
            return dy * 20., [tf.reduce_sum(dy) * 30. for _ in variables]
        return x * k, g
    def call(self, x):
        return self.op(x)
def of_layer():
    l = Layer()
    with Tape() as t:
        t.watch(x)
        z = l(x)
    return t.gradient(z, [x, *l.trainable_variables])
def of_layer_compiled():
    l = Layer()
    l(x)
    @F
    def f(x):
        with Tape() as t:
            t.watch(x)
            z = l(x)
        return t.gradient(z, [x, *l.trainable_variables])
    return f(x)
def var(f, *vs):
    with Tape() as t:
        t.watch(x)
        z = f(x) * 1.
    return t.gradient(z, [x, *vs])
def watched(f):
    with Tape() as t:
        f(x)
    return sorted(v.name for v in t.watched_variables())
def stopped():
    with Tape() as t:
        t.watch(x)
        with t.stop_recording():
            z = square(x)
    return t.gradient(z, x)
def persistent():
    with Tape(persistent=True) as t:
        t.watch(x)
        z = square(x)
        q = square(z)
    return t.gradient(q, x), t.gradient(q, z), t.gradient(z, x), t.jacobian(q, x)
def trained():
    v = V(1.)
    opt = tf.keras.optimizers.SGD(.1)
    for _ in range(3):
        with Tape() as t:
            loss = (identity(v) - 3.) ** 2
        opt.apply_gradients(zip(t.gradient(loss, [v]), [v]))
    return v
def in_model():
    f = reverse()
    i = tf.keras.Input((2,))
    m = tf.keras.Model(i, tf.keras.layers.Lambda(lambda a: f(a))(tf.keras.layers.Dense(2, kernel_initializer="ones")(i)))
    m.compile("sgd", "mse")
    m.fit(tf.ones([2, 2]), tf.zeros([2, 2]), epochs=2, verbose=0)
    return m.trainable_variables[0].numpy()
def grad_of_two(f):
    return grad(lambda a, b: f(a, b)[0], 2., 3.), grad(lambda a, b: f(a, b)[1], 2., 3.), grad(lambda a, b: f(a, b)[0] * f(a, b)[1], 2., 3.)
plus = tf.custom_gradient(lambda x: (x + 1., lambda dy: dy * 12.))
@F
def raises_inside(x):
    with Tape() as t:
        t.watch(x)
        z = raises(x)
    return t.gradient(z, x)
[
    grad(lambda x: F(raises)(tf.stop_gradient(x)), 2.), F(raises)(c(2.)), raises_inside(c(2.)),
    grads(square, 2.), second(square, 2.), var(with_variables, w, u), var(with_one, w), var(F(with_one), w), var(none_for_variable, w), var(too_few_for_variables, w), watched(with_variables),
    watched(F(with_variables)), grad(lambda x: keywords(x, k=4.), 2.), var(lambda x: keywords(x, k=4.), w), grads(unused_keywords, 2.), grad(variable_argument, w), grad(F(variable_argument), w),
    grad_of_two(pair), grad_of_two(F(pair)), type(pair(x, y)).__name__, nest_out(x), grad(lambda a: nest_out(a)["p"], 2.), grad(lambda a: nest_out(a)["q"], 2.),
    grad(F(lambda a: nest_out(a)["q"] * nest_out(a)["p"]), 2.), grads(lambda x: ints(x, 3), 2.), grads(lambda x: int_out(x)[0], 2.), grad(sequence, 2.), grad(as_tuple, 2.), grad(wrong_shape, 2.),
    grads(identity, 2.), grads(identity2, 2.), second(identity, 2.), grad(raises, 2.), grad(F(raises), 2.), constant(), outer(x), grads(outer, 2.), grads(chained, 2.), second(differentiable, 2.),
    second(F(differentiable), 2.), second(third, 2.), second(F(third), 2.), grads(reverse(), 2.), grads(reverse(3.), [1., 2.]), of_layer(), of_layer_compiled(), stopped(), persistent(), trained(),
    in_model(), grads(plus, 1.), grads(lambda x: tf.map_fn(square, x), [1., 2.]), grads(lambda x: tf.cond(x > 0, lambda: square(x), lambda: x), 2.),
    grads(lambda x: tf.while_loop(lambda i, a: i < 3, lambda i, a: (i + 1, square(a)), (0, x))[1], 1.1), grads(lambda x: tf.scan(lambda a, e: square(a) * e, tf.stack([x, x]), x), 1.1),
    tf.custom_gradient()(lambda x: (x, lambda dy: dy))(x), tf.custom_gradient(3)(x), tf.custom_gradient(lambda x: (x, 3))(x), tf.custom_gradient(lambda x: None)(x),
    tf.custom_gradient(lambda x: (x, lambda: 3))(x), grad(tf.custom_gradient(lambda x: (x, lambda: 3)), 1.), grad(tf.custom_gradient(lambda x: (x, lambda dy: None)), 1.), square(np.float32(3)),
    square(x=x), square(c(3)),
]""",
    "recomputed_and_passed_through": """
w = V([1., 2.])
x = c([.5, 1.])
calls = []
def block(x):
    calls.append(1)
    return tf.sin(x) * w
def counted(f):
    del calls[:]
    r = f()
    return r, len(calls)
def of(f, *more):
    with Tape() as t:
        t.watch(x)
        y = tf.reduce_sum(f(x) ** 2)
    return t.gradient(y, [x, *more])
def two(a, b):
    return a * b, a + b
def kw(a, k=2.):
    return a * k
d = tf.keras.layers.Dense(2, kernel_initializer="ones", activation="tanh")
d(x[None])
def keras_block(a):
    return d(a[None])[0]
def nested(a):
    inner = tf.recompute_grad(lambda b: tf.exp(b) * w)
    return tf.recompute_grad(lambda b: inner(b) * b)(a)
def stacked(a):
    for _ in range(3):
        a = tf.recompute_grad(block)(a)
    return a
def assigned(a):
    return tf.grad_pass_through(lambda v: v * 0. + 7.)(a) * a
straight = tf.grad_pass_through(tf.round)
def quantized(a):
    return a + tf.stop_gradient(tf.round(a) - a)
@tf.recompute_grad
def of_dict(d):
    return d["x"] * d["y"] ** 2
@tf.custom_gradient
def dict_gradient(d):
    return d["x"] * d["y"], lambda dy: {"y": dy * 2., "x": dy * 3.}
def structure():
    s = tf.stop_gradient({"a": x})
    return s
[
    grads(lambda a: tf.recompute_grad(two)(a, a)[0], 2.), grads(lambda a: tf.recompute_grad(lambda b, d: b)(a, a), 2.), grads(lambda a, b: of_dict({"x": a, "y": b}), 2., 3.), grads(lambda a: of_dict({"x": a, "y": a}), 2.), grads(lambda a, b: dict_gradient({"x": a, "y": b}), 2., 3.),
    counted(lambda: of(tf.recompute_grad(block), w)), counted(lambda: of(block, w)), of(nested, w), of(F(nested), w), of(stacked, w), of(F(stacked), w),
    grads(lambda a, b: tf.recompute_grad(two)(a, b)[0], 2., 3.), grads(lambda a, b: tf.recompute_grad(two)(a, b)[1] ** 2, 2., 3.), grad(lambda a: tf.recompute_grad(kw)(a, k=5.), 2.),
    grad(lambda a: tf.recompute_grad(kw)(a), 2.), of(tf.recompute_grad(keras_block), *[v.value for v in d.trainable_variables]),
    of(F(tf.recompute_grad(keras_block)), *[v.value for v in d.trainable_variables]), F(lambda: of(tf.recompute_grad(keras_block), *[v.value for v in d.trainable_variables]))(),
    second(lambda a: tf.recompute_grad(lambda b: b ** 3)(a), 2.), tf.recompute_grad(block)(x), tf.recompute_grad(block).__name__, grad(straight, [.4, 2.6]), grads(assigned, [1., 2.]),
    grads(lambda a: tf.grad_pass_through(tf.sign)(a) ** 2, [1.5, -2.]), second(lambda a: straight(a) ** 2, 2.6), grads(lambda a: tf.grad_pass_through(lambda v: w * v)(a), [1., 2.]), straight(x),
    grads(quantized, [.4, 2.6]), grads(lambda a: tf.stop_gradient(a), 2.), grads(lambda a: tf.stop_gradient(a) * a, 2.), grads(lambda a: F(tf.stop_gradient)(a) * a, 2.),
    grads(lambda a: tf.stop_gradient(a * a) + a, 2.), second(lambda a: tf.stop_gradient(a) * a ** 2, 2.), tf.stop_gradient(c(3)), tf.stop_gradient("a"), tf.stop_gradient(w),
    grads(lambda a: tf.stop_gradient([a, a])[0] * a, 2.), structure(), tf.stop_gradient(tf.ragged.constant([[1.], [2., 3.]])), tf.stop_gradient(None), of(lambda a: tf.stop_gradient(w) * a * w, w),
    grads(lambda a: tf.keras.ops.stop_gradient(a) * a, 2.), grads(lambda a: tf.keras.backend.stop_gradient(a) * a if hasattr(tf.keras.backend, "stop_gradient") else tf.stop_gradient(a) * a, 2.),
    grads(lambda a: tf.identity(a) * tf.raw_ops.StopGradient(input=a), 2.),
]""",
    "of_ragged_tensors": """
@tf.custom_gradient
def one(x): return x * x, lambda dy: 3. * dy
@tf.custom_gradient
def pair(x, y): return (x * x, 2. * y), lambda a, b: (3. * a, 4. * b)
@tf.custom_gradient
def mixed(x, k): return x * k, lambda dy: (dy * k, tf.reduce_sum(dy))
@tf.custom_gradient
def dense(x): return tf.reduce_sum(x), lambda dy: x * dy
rag = lambda: tf.ragged.constant([[1., 2.], [3.]])
def ragged_grad(f, *xs, values=False):
    with tf.GradientTape() as t:
        t.watch([x.values if values else x for x in xs])
        y = f(*xs)
    return y, t.gradient(y, xs)
r, s = rag(), tf.ragged.constant([[4.], [5., 6.]])
[
    ragged_grad(one, r), ragged_grad(F(one), r), ragged_grad(one, r, values=True), ragged_grad(pair, r, s), ragged_grad(F(pair), r, s), ragged_grad(dense, r), ragged_grad(F(dense), r), one(r), F(one)(r),
    ragged_grad(lambda a: mixed(a, 2.), r),
]""",
    "of_structures_by_reference": """
import weakref
x = [tf.ones((10, 10)), tf.ones((10, 10))]
@tf.recompute_grad
def outer(d):
    for k in d.keys(): d[k] = d[k] + 1.
    return d
refs = {v.ref(): i for i, v in enumerate(x)}
weak = weakref.WeakKeyDictionary()
key = x[0].ref()
weak[key] = 1
[
    list(outer({v.ref(): v for v in x})[key][0, :2].numpy()), [refs[k] for k in sorted(refs)] == [i for _, i in sorted((id(v), i) for i, v in enumerate(x))], len(weak), weak[x[0].ref()], x[0].ref() < x[1].ref() or x[1].ref() < x[0].ref(),
    sorted(tf.nest.flatten({v.ref(): i for i, v in enumerate(x)})), tf.einsum("->", c(3.)), tf.einsum("", c(3.)), tf.einsum("->...", c(3.)), grad(lambda a: tf.einsum("->", a) * 2., 3.),
]""",
}

CASES = {name: wrapped(PRELUDE + code) for name, code in _CODE.items()}
