"""Cases of tf.function: signatures, retracing, concrete functions, variables, side effects, errors."""

import pathlib
import runpy

wrapped = runpy.run_path(str(pathlib.Path(__file__).with_name("_wrap.py")))["wrapped"]

PRELUDE = """\
import functools, weakref, gc
def err(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
c, V = tf.constant, tf.Variable
f32, i32 = tf.float32, tf.int32
def spec(t):
    return t.shape, t.dtype
"""

_CODE = {
    "retracing_of_tensors": """
log = []
@tf.function
def f(x):
    log.append((x.dtype.name, str(x.shape)))
    return x
def traces(*values):
    del log[:]
    for v in values:
        f(v)
    return list(log)
[
    traces(c(1), c(2), c(1.), c([1]), c([2]), c([1, 2])),
    traces(c(True), np.float32(1), np.ones([3], np.int64), np.ones([3], np.int64)),
    f.experimental_get_tracing_count(),
    traces(c(5), c([1, 2])),
]""",
    "retracing_of_python_values": """
log = []
@tf.function
def f(x, flag=True, name="a"):
    log.append((type(x).__name__, flag, name))
    return c(1)
def traces(*calls):
    del log[:]
    for args, kw in calls:
        f(*args, **kw)
    return [(flag, name) for _, flag, name in log]
[
    traces(((1,), {}), ((1,), {}), ((2,), {}), ((1, True), {}), ((1, True, "a"), {}), ((), {"x": 1})),
    traces(((1,), {"name": "b"}), ((1,), {"name": "b"}), ((1,), {"flag": False})),
    traces(((1.0,), {}), ((True,), {})),
    traces((([1, 2],), {}), (([1, 2],), {}), (((1, 2),), {}), (([1, 3],), {})),
    traces((({"a": 1, "b": c(1)},), {}), (({"b": c(2), "a": 1},), {}), (({"a": 2, "b": c(1)},), {})),
    traces(((None,), {}), ((None,), {})),
    traces(((tf.float32,), {}), ((tf.float32,), {}), ((tf.int32,), {})),
    traces(((tf.TensorShape([1]),), {}), ((tf.TensorShape([1]),), {})),
]""",
    "retracing_of_objects": """
class A:
    def __init__(self, v): self.v = v
class E:
    def __init__(self, v): self.v = v
    def __eq__(self, other): return isinstance(other, E) and self.v == other.v
    def __hash__(self): return hash(self.v)
log = []
@tf.function
def f(x):
    log.append(1)
    return c(x.v)
a, b = A(1), A(1)
def count(*values):
    del log[:]
    out = [f(v) for v in values]
    return len(log), out
[
    count(a, a, b, b),
    count(E(1), E(1), E(2)),
]""",
    "structures_and_kwargs": """
@tf.function
def f(*args, **kwargs):
    return sum(args), {k: v * 2 for k, v in kwargs.items()}
@tf.function
def g(a, *, b=2, c=None):
    return (a + b, c)
@tf.function
def h(d):
    return {"s": d["a"] + d["b"][0], "t": (d["b"][1], [d["a"]])}
[
    f(c(1), c(2), x=c(3), y=c(4)),
    f(c(1), 2, 3),
    g(c(1)),
    g(c(1), b=c(5), c=c(2)),
    g(1, c=3.5),
    g(),
    g(1, 2),
    g(1, d=3),
    h({"a": c(1), "b": (c(2), c(3))}),
    tf.function(lambda: None)(),
    tf.function(lambda: (1, 2.0, "s", None, True, [np.float64(3)]))(),
    tf.function(lambda x: x)(c(["a", "b"])),
    tf.function(lambda x: [x, {"y": x}])(3),
]""",
    "input_signature": """
@tf.function(input_signature=[tf.TensorSpec([None], i32)])
def f(x):
    return x + 1
@tf.function(input_signature=(tf.TensorSpec([], f32), tf.TensorSpec([], f32, name="q")))
def g(x, y=2.0):
    return x * y
n = []
@tf.function(input_signature=[tf.TensorSpec(None, f32)])
def h(x):
    n.append(1)
    return tf.reduce_sum(x)
@tf.function(input_signature=[[tf.TensorSpec([], i32), tf.TensorSpec([], i32)], {"k": tf.TensorSpec([2], f32)}])
def k(pair, d):
    return pair[0] - pair[1], d["k"]
[
    f(c([1, 2])),
    f(c([1])),
    f([1, 2, 3]),
    f(c(1)),
    f(c([1.])),
    f(c([[1]])),
    f(c([1]), c([1])),
    f(),
    f.input_signature,
    g(c(3.), c(2.)),
    g(3., 4.),
    g(c(1.)),
    h(c(1.)), h(c([1., 2.])), h(c([[1., 2.], [3., 4.]])),
    k([c(1), c(2)], {"k": c([1., 2.])}),
    k([c(1), c(2)], {"k": c([1., 2., 3.])}),
    k([c(1)], {"k": c([1., 2.])}),
    f.experimental_get_tracing_count(),
    tf.function(lambda x: x, input_signature="abc"),
    tf.function(lambda x: x, input_signature=[1]),
]""",
    "reduce_retracing": """
shapes = []
@tf.function(reduce_retracing=True)
def f(x):
    shapes.append(x.shape.as_list())
    return tf.reduce_sum(x)
out = [f(tf.ones([n])) for n in (1, 2, 3, 4, 5)]
[
    out,
    f.experimental_get_tracing_count(),
]""",
    "side_effects_once_per_trace": """
log = []
@tf.function
def f(x):
    log.append("t")
    x = x + len(log)
    return x
state = {"n": 0}
@tf.function
def g(x):
    state["n"] += 1
    return x * state["n"]
external = V(0)
counter = 10
@tf.function
def h(x):
    external.assign_add(x)
    return counter + x
first = h(c(1))
counter = 20
[
    f(c(0)), f(c(0)), f(c(0.)), log,
    g(c(1)), g(c(5)), g(c([5])), state,
    first, h(c(1)), external, h(c([1])[0]),
]""",
    "variables": """
class Once:
    def __init__(self): self.v = None
    @tf.function
    def __call__(self, x):
        if self.v is None:
            self.v = V(2.)
        return self.v * x
once = Once()
@tf.function
def bad(x):
    v = V(1.)
    return v + x
lst = []
@tf.function
def each(x):
    lst.append(V(1.))
    return lst[-1] * x
v, w = V(1.), V([1., 2.])
@tf.function
def f(x):
    v.assign_add(x)
    a = v + 0.
    v.assign_sub(2 * x)
    return a, v.read_value(), v
@tf.function
def g(var, x):
    var.assign(var * x)
    return var
@tf.function
def ret():
    return w
@tf.function
def scatter(i):
    w.scatter_nd_update([[i]], [9.])
    w[0].assign(5.)
    return w + 0
@tf.function
def cond(p):
    if p:
        v.assign(100.)
    else:
        v.assign_add(1.)
    return v
@tf.function
def loop(n):
    for _ in tf.range(n):
        v.assign_add(1.)
    return v.value()
[
    once(c(2.)), once(c(3.)), once.v,
    bad(c(1.)),
    each(c(1.)),
    f(c(3.)), v,
    g(v, c(3.)), v, g(w, c(2.)), w,
    ret(),
    scatter(c(1)), w,
    cond(c(True)), cond(c(False)), v,
    loop(c(3)), loop(c(0)), v,
]""",
    "methods": """
class M(tf.Module):
    def __init__(self, w):
        self.w = V(w)
    @tf.function
    def scale(self, x):
        return self.w * x
    @tf.function(input_signature=[tf.TensorSpec([], f32)])
    def sig(self, x):
        return x - self.w
    def plain(self, x):
        return x + self.w
    @staticmethod
    @tf.function
    def static(x):
        return x + 1
    @classmethod
    def make(cls):
        return cls(7.)
a, b = M(2.), M(3.)
wrapped_method = tf.function(a.plain)
class C:
    def __call__(self, x):
        return x * 3
part = tf.function(functools.partial(lambda x, y: x - y, y=c(1)))
m = M(1.)
m.scale(c(1.))
ref = weakref.ref(m)
del m
gc.collect()
[
    a.scale(c(1.)), b.scale(c(1.)),
    a.sig(c(10.)), b.sig(10.),
    wrapped_method(c(1.)),
    M.static(c(1)), a.static(c(1)),
    M.make().scale(c(1.)),
    M.scale(a, c(4.)),
    tf.function(C())(c(2)),
    part(c(3)), part(c(3), y=c(2)),
    ref() is None,
    a.scale.get_concrete_function(tf.TensorSpec([], f32))(c(5.)),
    a.scale.__name__,
    M.scale.__name__,
]""",
    "inspection": """
def f(x, y=2):
    "Adds."
    return x + y
g = tf.function(f)
[
    g.__name__, g.__doc__, g.python_function is f, g.python_function(1),
    g(c(1)), g.experimental_get_tracing_count(), g(c(1), 3), g.experimental_get_tracing_count(),
    callable(g), g.input_signature,
    tf.function(f, autograph=False)(c(1)),
    tf.function(f, jit_compile=True)(c(1)),
    tf.function(tf.function(f))(c(1)),
    tf.function(experimental_implements="z")(f)(c(1)),
    tf.function(3),
    tf.inside_function(), tf.function(lambda: tf.inside_function())(),
    tf.executing_eagerly(), tf.function(lambda: tf.executing_eagerly())(),
]""",
    "concrete_functions": """
@tf.function
def power(a, b):
    return a ** b
square = power.get_concrete_function(a=tf.TensorSpec(None, f32), b=2)
both = power.get_concrete_function(tf.TensorSpec([], f32), tf.TensorSpec([], f32, name="e"))
@tf.function
def nested(d, flag=True):
    return {"o": d["x"] + d["y"], "f": d["x"]} if flag else d
n = nested.get_concrete_function({"x": tf.TensorSpec([2], i32), "y": tf.TensorSpec([2], i32)})
w = V(3.)
@tf.function(input_signature=[tf.TensorSpec([None, 3], f32)])
def with_var(x):
    return x * w, tf.shape(x)
cv = with_var.get_concrete_function()
v = c([1., 2.])
const = power.get_concrete_function(v, c([2., 2.]))
[
    square(c(3.)), square(a=c([1., 4.])),
    square(c(3.), b=2), square(c(3.), b=3), square(c(3)),
    square.structured_input_signature,
    spec(square.structured_outputs),
    both(c(2.), c(3.)), both(a=c(2.), b=c(3.)), both(c(2.)),
    both.inputs[0].dtype, [o.dtype for o in both.outputs],
    both.output_shapes, both.output_dtypes,
    n(x=c([1, 2]), y=c([3, 4])),
    n(c([1, 2]), c([3, 4])),
    tf.nest.map_structure(spec, n.structured_outputs),
    cv(tf.ones([2, 3])), cv.variables[0] is w, len(cv.captured_inputs),
    [s.shape for s in cv.outputs],
    len(cv.trainable_variables),
    const(v, v),
    power.experimental_get_tracing_count(),
]""",
    "nested_functions": """
log = []
@tf.function
def inner(x):
    log.append("inner")
    return x * 2
@tf.function
def outer(x):
    log.append("outer")
    return inner(x) + inner(x + 1) + inner(c([1, 2]))[0]
v = V(1)
@tf.function
def bump():
    v.assign_add(1)
    return v + 0
@tf.function
def twice():
    a = bump()
    b = bump()
    return a, b
def fact(n):
    if n == 0:
        return c(1)
    return n * fact(n - 1)
@tf.function
def maker(x):
    @tf.function
    def made(y):
        return y + x
    return made(x) + made(3)
[
    outer(c(1)), outer(c(2)), log,
    twice(), v, twice(),
    tf.function(fact)(5),
    maker(c(2)),
    tf.map_fn(inner, c([1, 2, 3])),
    tf.map_fn(tf.function(lambda x: tf.map_fn(inner, x)), c([[1, 2], [3, 4]])),
]""",
    "eager_switches": """
log = []
@tf.function
def f(x):
    log.append(1)
    return x + 1
tf.config.run_functions_eagerly(True)
on = tf.config.functions_run_eagerly()
[f(c(1)) for _ in range(3)]
eager_calls = len(log)
numpy_works = tf.function(lambda x: float(x.numpy()) + 1)(c(2.))
tf.config.run_functions_eagerly(False)
[f(c(1)) for _ in range(3)]
@tf.function
def lifts(x):
    with tf.init_scope():
        inside = tf.executing_eagerly()
        y = c(3)
    return x + y, inside
@tf.function
def makes():
    with tf.init_scope():
        v = V(4.)
    return v + 0
[
    on, eager_calls, numpy_works, len(log), tf.config.functions_run_eagerly(),
    lifts(c(1)),
]""",
    "asserts": """
@tf.function
def a(x):
    tf.debugging.assert_positive(x)
    return tf.sqrt(x)
@tf.function
def b(x):
    tf.debugging.assert_equal(x, 3, message="not three")
    return x
@tf.function
def d(x):
    tf.Assert(x > 0, [x])
    return x
@tf.function
def e(x):
    assert x > 0, "positive"
    return x * 2
@tf.function
def g(x):
    tf.debugging.assert_shapes([(x, ("N", 2))])
    return x
@tf.function
def h(x):
    return tf.debugging.check_numerics(x, "bad")
@tf.function
def i(x):
    with tf.control_dependencies([tf.debugging.assert_less(x, 5)]):
        return tf.identity(x)
@tf.function
def j(x):
    return tf.ensure_shape(x, [2, None])
[
    a(c(4.)), a(c(-1.)), b(c(3)), b(c(4)), d(c(1)), d(c(-1)), 
    g(tf.ones([3, 2])), g(tf.ones([3, 3])), h(c(1.)), h(c(float("nan"))), i(c(1)), i(c(7)),
    j(tf.ones([2, 1])), j(tf.ones([3, 1])),
]""",
    "python_callbacks": """
seen = []
def host(x):
    seen.append(x.numpy().tolist())
    return x * 2
@tf.function
def f(x):
    return tf.py_function(host, [x], f32) + 1
@tf.function
def g(x):
    return tf.numpy_function(lambda a: np.sort(a), [x], f32)
@tf.function
def two(x):
    a, b = tf.py_function(lambda t: (t + 1, t - 1), [x], [f32, f32])
    return a * b
@tf.function
def fails(x):
    return tf.py_function(lambda t: 1 / 0, [x], f32)
def grad(fn, x):
    with tf.GradientTape() as t:
        t.watch(x)
        y = fn(x)
    return t.gradient(y, x)
[
    f(c([1.])), f(c([3.])), seen,
    g(c([3., 1., 2.])),
    two(c(3.)),
    fails(c(1.)),
    grad(f, c([2.])),
    grad(two, c(3.)),
    tf.py_function(lambda x: x + 1, [1], i32),
    tf.numpy_function(lambda x, y: x + y, [c(1), c(2)], tf.int32),
]""",
    "what_xla_cannot_compile": """
v = V([0., 0.])
@tf.function
def mask(x):
    return tf.boolean_mask(x, x > 0)
@tf.function
def where(x):
    return tf.where(x > 0), tf.reduce_sum(tf.gather(x, tf.where(x > 0)[:, 0]))
@tf.function
def unique(x):
    v.assign_add([1., 2.])
    y, idx = tf.unique(x)
    return y * 2, idx
@tf.function
def text(s):
    return tf.strings.join([s, "!"]), tf.strings.length(s)
@tf.function
def steps(n):
    return tf.range(n), tf.reduce_sum(tf.range(n))
@tf.function
def shapes(x, n):
    return tf.reshape(x, [n, -1]), tf.zeros([n, 2])
@tf.function
def part(x, n):
    return x[:n], x[n:]
def grad(fn, x):
    with tf.GradientTape() as t:
        t.watch(x)
        y = fn(x)
    return t.gradient(y, x)
[
    mask(c([1., -1., 2.])), mask(c([1., 1., 2.])), mask(c([-1., -1., -2.])),
    where(c([1., -1., 2.])), where(c([-1., -1., -2.])),
    unique(c([1, 2, 1])), unique(c([3, 3, 3])), v,
    text(c("ab")), text(c(["a", ""])),
    steps(c(3)), steps(c(0)),
    shapes(tf.ones([4]), c(2)), shapes(tf.ones([4]), c(4)),
    part(c([1, 2, 3]), c(1)), part(c([1, 2, 3]), c(3)),
    grad(mask, c([1., -1., 2.])),
    tf.convert_to_tensor(grad(lambda x: where(x)[1], c([1., -1., 2.]))),
]""",
    "errors": """
@tf.function
def uses_numpy(x):
    return x.numpy()
@tf.function
def as_bool(x):
    return 1 if bool(x) else 2
@tf.function(autograph=False)
def plain_if(x):
    if x > 0:
        return x
    return -x
@tf.function(autograph=False)
def iterates(x):
    return [y for y in x]
@tf.function
def as_int(x):
    return int(x)
@tf.function
def raises(x):
    raise KeyError("mine")
@tf.function
def bad_shape(a, b):
    return tf.matmul(a, b)
@tf.function
def bad_dtype(a, b):
    return a + b
leak = []
@tf.function
def leaks(x):
    leak.append(x * 2)
    return x
leaks(c(1))
class Own(Exception): pass
@tf.function
def own(x):
    raise Own("x")
@tf.function
def as_array(x):
    return np.array(x)
@tf.function
def formatted(x):
    return len("%s" % (x,)) > 0
[
    uses_numpy(c(1)), as_bool(c(True)), plain_if(c(1)), iterates(c([1])), as_int(c(1)),
    raises(c(1)),
    bad_shape(tf.ones([2, 3]), tf.ones([2, 3])), bad_dtype(c(1), c(1.)),
    leak[0] + 1,
    own(c(1)),
    as_array(c(1)),
    formatted(c(1)),
]""",
    "static_shapes": """
out = []
@tf.function
def f(x):
    out.append((x.shape.as_list(), x.shape.rank, len(x.shape), tf.rank(x).dtype.name))
    return tf.shape(x), tf.size(x), tf.rank(x), x.shape[0]
[
    f(tf.ones([2, 3])), f(tf.ones([1])), out,
    tf.function(lambda x: tf.shape(x)[0] * 2)(tf.ones([5])),
    tf.function(lambda x: tf.get_static_value(tf.constant(3)))(c(1)),
    tf.function(lambda x: tf.get_static_value(x) is None)(c(1)),
    tf.function(lambda x: isinstance(x, tf.Tensor))(c(1)),
    tf.function(lambda x: tf.is_tensor(x))(c(1)),
    tf.function(lambda x: tf.is_symbolic_tensor(x))(c(1)), tf.is_symbolic_tensor(c(1)),
    tf.function(lambda x: x.name)(c(1)),
    tf.function(lambda some: some.name)(c(1)),
    tf.function(lambda x: hasattr(x, "numpy"))(c(1)),
]""",
    "random": """
tf.random.set_seed(1)
@tf.function
def f():
    return tf.random.uniform([2])
a, b = f(), f()
g = tf.random.Generator.from_seed(3)
@tf.function
def h():
    return g.normal([2])
x, y = h(), h()
g2 = tf.random.Generator.from_seed(3)
@tf.function
def s(seed):
    return tf.random.stateless_uniform([2], seed)
[
    bool(tf.reduce_all(a == b)),
    bool(tf.reduce_all(x == y)),
    bool(tf.reduce_all(x == g2.normal([2]))), bool(tf.reduce_all(y == g2.normal([2]))),
    s(c([1, 2])), s((1, 2)),
    a.shape,
]""",
    "composite_arguments": """
@tf.function
def ragged(r):
    return tf.reduce_sum(r, 1), r * 2
@tf.function
def sparse(s):
    return tf.sparse.to_dense(s) + 1
@tf.function
def slices(x, i):
    return tf.IndexedSlices(x, i)
class P(tf.experimental.ExtensionType):
    a: tf.Tensor
    b: str = "s"
n = []
@tf.function
def ext(p):
    n.append(p.b)
    return p.a + 1
@tf.function
def makes(x):
    return P(a=x * 2)
import collections
NT = collections.namedtuple("NT", "p q")
@tf.function
def tup(t):
    return NT(t.q, t.p + 1)
@tf.function
def dataset(ds):
    return ds.reduce(c(0, tf.int64), lambda a, b: a + b)
[
    ragged(tf.ragged.constant([[1, 2], [3]])),
    ragged(tf.ragged.constant([[1], [], [3]])),
    sparse(tf.sparse.from_dense([[0, 1], [2, 0]])),
    tf.convert_to_tensor(slices(c([[1., 2.]]), c([1]))),
    ext(P(a=c(1))), ext(P(a=c(2))), ext(P(a=c(2), b="t")), n,
    makes(c(3)).a,
    tup(NT(c(1), c(2))),
    dataset(tf.data.Dataset.range(4)),
]""",
    "frequent_retracing": """
import io, logging, re
said, logger = io.StringIO(), tf.get_logger()
handler = logging.StreamHandler(said)
logger.addHandler(handler)
@tf.function
def f(x):
    return x + 1
@tf.function(reduce_retracing=True)
def relaxed(x):
    return x + 1
class M(tf.Module):
    @tf.function
    def __call__(self, x):
        return x
for i in range(7):
    f(i), relaxed(tf.ones(i)), M()(c(1))
for i in range(20):
    f(c(1))
for i in range(7):
    f(tf.ones(i))
logger.removeHandler(handler)
re.sub("0x[0-9a-f]+", "_", said.getvalue())""",
    "function_type_var_args": """
S = tf.TensorSpec([None])
@tf.function(input_signature=[S, (S, S)])
def f(*args):
    return args[0]
@tf.function
def g(x, *args, **kw):
    return args[0]
@tf.function
def h(x, y=3, *, k=S, **kw):
    return x["a"]
found = [f.get_concrete_function(), g.get_concrete_function(S, S, b=S, a=S),
         h.get_concrete_function({"a": S, "b": [S, S]}, k=S, z=S)]
o = tf.ones(2)
[[(x.pretty_printed_signature(), str(x.function_type), x.structured_input_signature) for x in found],
 found[0](o, (o, o)), found[0](o, o, o)]""",
    "leaked": """
kept = []
@tf.function
def f(x):
    kept.append(x + 1)
    return x
f(c(1.))
@tf.function
def g(x):
    return x + kept[0]
@tf.function
def from_loop(x):
    inner = []
    def body(i, a):
        inner.append(a * 2.)
        return i + 1, a
    tf.while_loop(lambda i, a: i < tf.cast(x, tf.int32), body, [c(0), x])
    return inner[0] + 1.
@tf.function
def from_branch(x):
    inner = []
    def true():
        inner.append(x * 2.)
        return x
    tf.cond(x > 0., true, lambda: x)
    return inner[0] + 1.
v = tf.Variable(1.)
def said(h):
    try:
        return h()
    except (TypeError, ValueError) as e:
        text = " ".join(str(e).split())
        start = text.index(" is out of scope")
        return type(e).__name__, text[start:text.index("for more information.")], text[-23:]
[
    said(lambda: g(c(1.))), said(lambda: kept[0] + 1), said(lambda: 1 + kept[0]), said(lambda: tf.reduce_sum(kept[0])), said(lambda: f(kept[0])), said(lambda: v.assign(kept[0])), v,
    said(lambda: from_loop(c(3.))), said(lambda: from_branch(c(3.))),
]""",
    "variables as arguments": """
a, b, p, q = [tf.Variable(float(i)) for i in range(1, 5)]
e, fixed = tf.Variable([1., 2.]), tf.Variable(1., trainable=False)
@tf.function
def f(x, y):
    return x * y
counts = [(f(*pair), f.experimental_get_tracing_count()) for pair in [(a, b), (p, q), (b, a), (a, a), (p, p), (a, e), (b, e), (e, a), (a, c(1.)), (b, c(2.)), (c(1.), b), (fixed, a)]]
@tf.function
def add(x):
    x.assign_add(1.)
    return x
added = [(add(x), x, add.experimental_get_tracing_count()) for x in (a, b, a, fixed)]
@tf.function
def nested(x):
    return x["a"] + x["b"][0]
within = [(nested({"a": x, "b": [y]}), nested.experimental_get_tracing_count()) for x, y in ((a, b), (b, p), (p, p))]
@tf.function
def moved(x, y):
    x.assign(y * 2.)
    return x + y
over = [(moved(x, y), x, moved.experimental_get_tracing_count()) for x, y in ((a, b), (b, p), (p, p))]
with tf.GradientTape() as t:
    z = f(a, b) + f(q, q)
[counts, added, within, over, t.gradient(z, [a, b, q])]""",
    "open signatures that want certain sizes": """
import tempfile
class Normalized(tf.Module):
    def __init__(self):
        self.mean, self.kernel = tf.constant([.5] * 30), tf.Variable(tf.ones([30, 2]))
    @tf.function(input_signature=[tf.TensorSpec([None, None])])
    def __call__(self, x):
        return (x - self.mean) @ self.kernel
class Flat(tf.Module):
    def __init__(self):
        self.kernel = tf.Variable(tf.ones([784, 3]))
    @tf.function(input_signature=[tf.TensorSpec([None] * 4)])
    def __call__(self, x):
        return tf.reshape(x, [-1, 784]) @ self.kernel
class Vector(tf.Module):
    def __init__(self):
        self.kernel = tf.Variable([1., 2., 3., 4., 5.])
    @tf.function(input_signature=[tf.TensorSpec([None])])
    def __call__(self, x):
        return x * self.kernel
found = []
for module, shapes in [(Normalized(), [(2, 30), (7, 30)]), (Flat(), [(2, 28, 28, 1), (9, 28, 28, 1)]), (Vector(), [(5,)])]:
    concrete = module.__call__.get_concrete_function()
    folder = tempfile.mkdtemp()
    tf.saved_model.save(module, folder)
    loaded = tf.saved_model.load(folder)
    found.append([(module(tf.ones(s)), concrete(tf.ones(s)), loaded(tf.ones(s))) for s in shapes])
@tf.function(input_signature=[tf.TensorSpec([None])])
def scalar(x):
    return tf.reshape(x, [])
@tf.function(input_signature=[tf.TensorSpec([None, None])])
def refuses(x):
    raise ValueError("never")
try:
    refused = refuses.get_concrete_function()
except ValueError as e:
    refused = type(e).__name__, "never" in str(e)
[found, scalar.get_concrete_function()(tf.ones([1])), refused]""",
    "open sizes stay open in what is saved": """
import tempfile
W = tf.Variable(tf.reshape(tf.range(12.), [4, 3]))
def rows_added(x):
    total = tf.zeros([tf.shape(x)[0]])
    for i in tf.range(tf.shape(x)[1]):
        total = total + x[:, i]
    return total
def counted(x):
    i = 0
    while i < tf.shape(x)[0]:
        x, i = x + 1., i + 1
    return x
functions = [
    lambda x: x[:, -1], lambda x: x[:, 1:], lambda x: x[:, :-1], lambda x: x[:, ::-1], lambda x: x[::-1],
    lambda x: x[:, ::2], lambda x: x[1:], lambda x: x[:2], lambda x: x[:, -2:], lambda x: x[:, 1:3],
    lambda x: x[..., None], lambda x: tf.slice(x, [0, 1], [-1, 2]), lambda x: tf.slice(x, [0, 0], [tf.shape(x)[0], 2]),
    lambda x: tf.split(x, 2, axis=1)[0], lambda x: tf.unstack(x, 4, axis=1)[0],
    lambda x: tf.reshape(x, [tf.shape(x)[0], -1]), lambda x: tf.reshape(x, [tf.shape(x)[0] * tf.shape(x)[1]]),
    lambda x: tf.reshape(x, [-1, 2, tf.shape(x)[1] // 2]), lambda x: tf.reshape(x, tf.concat([tf.shape(x), [1]], 0)),
    lambda x: tf.tile(tf.ones([1, 4]), [tf.shape(x)[0], 1]), lambda x: tf.fill(tf.stack([tf.shape(x)[0], 2]), 3.),
    lambda x: tf.range(tf.shape(x)[0]), lambda x: tf.range(1, tf.shape(x)[1]), lambda x: tf.size(x),
    lambda x: tf.map_fn(lambda row: row * 2, x), lambda x: tf.eye(tf.shape(x)[0]), lambda x: x @ W,
    lambda x: tf.linalg.band_part(tf.ones([tf.shape(x)[1], tf.shape(x)[1]]), -1, 0),
    lambda x: tf.reduce_sum(x) / tf.cast(tf.shape(x)[0], tf.float32), lambda x: tf.nn.top_k(x, 2).values,
    lambda x: tf.broadcast_to(x[:, :1], tf.shape(x)), lambda x: tf.gather_nd(x, [[0, 0], [1, 1]]),
    lambda x: tf.gather(x, [0, 1], axis=1), lambda x: tf.zeros(tf.reduce_prod(tf.shape(x)[:2], keepdims=True)),
    lambda x: tf.scatter_nd(tf.range(tf.shape(x)[0])[:, None], x, tf.shape(x)), rows_added, counted,
]
class Saved(tf.Module):
    def __init__(self, function, shape):
        self.w = W
        self.call = tf.function(function, input_signature=[tf.TensorSpec(shape)])
found = []
for function in functions:
    for shape in [[None, 4], [None, None]]:
        folder = tempfile.mkdtemp()
        tf.saved_model.save(Saved(function, shape), folder)
        loaded = tf.saved_model.load(folder)
        found.append([loaded.call(tf.reshape(tf.range(4. * n), [n, 4])) for n in (6, 10)])
found""",
    "what_is_printed_while_tracing": """
import io, contextlib
said = io.StringIO()
@tf.function
def f(x):
    a, b = tf.constant(3), tf.constant([1., 2.], name="bb")
    print(a, repr(b), a.name, f"{a}", tf.zeros([2]), tf.ones([2, 2]), tf.range(3), a + 1, tf.shape(x), tf.rank(x), tf.size(x), tf.constant("hi"))
    with tf.name_scope("scope"):
        print(tf.constant(1), x + 1, tf.nn.relu(tf.matmul([[1.]], [[2.]])))
    print(tf.cast(3, tf.float32), tf.identity(a), tf.is_symbolic_tensor(a), tf.get_static_value(a), {"a": a}, [x])
    for i in range(2):
        print(i, tf.constant(i))
    return x + tf.cast(a, tf.float32)
def mapped(x, y):
    print(x, y, tf.constant(1))
    return x
with contextlib.redirect_stdout(said):
    with tf.name_scope("outside"):
        f(c([1.]))
    f(c([2.])), list(tf.data.Dataset.from_tensor_slices(([1, 2], [1., 2.])).map(mapped))
    print(tf.constant(3), [tf.zeros(2)])
said.getvalue().splitlines()""",
    "graph_of_a_function": """
v = V(3.0)
@tf.function
def scaled(x):
    return x * v + tf.constant(2.)
@tf.function
def layer(x, y):
    z = tf.matmul(x, y)
    return tf.nn.relu(z + 1.0)
@tf.function
def added(a):
    return a + a
@tf.function
def structures(x, y):
    return {"a": tf.exp(x["p"] * 2.), "b": [tf.nn.softmax(x["q"][0]) / 2., x["q"][1] - y]}
@tf.function
def scoped(x):
    with tf.name_scope("layer"):
        y = tf.nn.relu(tf.matmul(x, x))
    return tf.cast(y, i32), -y, tf.sqrt(y), y > 0, y ** 2
@tf.function
def various(x, *args, **kw):
    return x, args[0] * kw["k"], args[1]
concretes = [
    scaled.get_concrete_function(c(1.)), layer.get_concrete_function(tf.TensorSpec([2, 3]), tf.TensorSpec([3, 2])), added.get_concrete_function(c(1)),
    structures.get_concrete_function({"p": tf.TensorSpec([2, 2]), "q": [tf.TensorSpec([2]), tf.TensorSpec([])]}, 3.0), scoped.get_concrete_function(tf.ones([2, 2])),
    various.get_concrete_function(c(1), c(2), c(3), k=c(4)),
]
g = concretes[0].graph
def said(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__, str(e)
[
    [[(o.type, o.name, [i.name for i in o.inputs], [str(o) for o in o.outputs if o.dtype != tf.resource]) for o in found.graph.get_operations()] for found in concretes],
    [[f"{node.input} -> {node.name}, {node.op}" for node in found.graph.as_graph_def().node] for found in concretes],
    [(repr(found.outputs), str(found.structured_outputs), repr(found.structured_outputs)) for found in concretes], [repr(found.inputs) for found in concretes[1:]],
    [repr(found.structured_input_signature) for found in concretes], [(found.output_shapes, repr(found.output_dtypes)) for found in concretes],
    str(g.get_tensor_by_name("x:0")), g.get_operation_by_name("mul").type, len(g.variables), g.trainable_variables[0] is v, g.name, g.building_function,
    said(lambda: g.get_tensor_by_name("x")), said(lambda: g.get_operation_by_name("q")), said(lambda: g.get_tensor_by_name("q:0")),
]""",
    "jit_compile": """
def jit(f):
    return tf.function(f, jit_compile=True)
x = c([1., -1., 2., 1.])
v = V(0.)
def assigns(x):
    v.assign_add(tf.reduce_sum(x))
    return v * 2.
def slope(f):
    with tf.GradientTape() as t:
        t.watch(x)
        y = f(x)
    return t.gradient(y, x)
[
    jit(lambda x: x * 2.)(x), jit(lambda x: tf.where(x > 0.))(x), jit(lambda x: tf.unique(x))(x), jit(lambda x: tf.boolean_mask(x, x > 0.))(x), jit(lambda x: tf.where(x > 0.))(-tf.ones(2)),
    jit(lambda s: tf.strings.length(s))(c("a")), jit(assigns)(x), v, slope(jit(lambda x: tf.reduce_sum(x ** 2))), slope(jit(lambda x: tf.boolean_mask(x, x > 0.) * 3.)),
]""",
    "modules_leaves_scopes_and_decorated_methods": """
import collections
class Refusing(tf.Module):
    @property
    def variables(self):
        raise ValueError("no variables yet")
m = Refusing()
m.w, m.b = V(1.), V(2., trainable=False)
Pair = collections.namedtuple("Pair", "one two")
a, b = tf.Module(name="a"), tf.Module(name="b")
a.x, a.y, b.v, b.parent = b, b, V(1.), a
a.z = [b.v, {"k": b.v}]
a.p = Pair(V(3.), [V(4.)])
d = tf.Module(name="d")
d.a, d.op = a, tf.linalg.LinearOperatorDiag(V([1., 2.]))
d.r = tf.RaggedTensor.from_row_lengths(V([1, 2, 3]), [1, 2])
def is_variable(leaf):
    return isinstance(leaf, V)
def shapes(leaves):
    return [leaf.shape.rank for leaf in leaves]
class Scaled(tf.Module):
    @tf.function
    def doubled(self, x):
        return x * 2.
    doubled._decorate(lambda method: lambda self, x: method(self, x) + self.offset)
    def __init__(self):
        super().__init__()
        self.offset = 10.
    def __call__(self, x):
        return x
class Made(tf.experimental.ExtensionType):
    x: tf.Tensor
def marked(x):
    return x
marked.mark = 1
class Marking:
    marked = tf.function(marked)
names = []
@tf.function
def scopes(x):
    with tf.name_scope("s") as first, tf.name_scope("t") as inner:
        y = x + 1.
    with tf.name_scope("s") as second:
        z = x + 1.
    names.extend([first, inner, second, y.name, z.name, (x + 2.).name])
    with tf.name_scope(first) as again:
        names.append(again)
    names.extend([tf.Module(name="q").name_scope.name, tf.Module(name="q").name_scope.name])
    return x
scopes(c(1.))
with tf.name_scope("s") as first, tf.name_scope("s") as second:
    names.extend([first, second])
scaled = Scaled()
[
    m.trainable_variables, m.non_trainable_variables, err(lambda: m.variables),
    [path for path, _ in a._flatten(with_path=True, predicate=is_variable)], [path for path, _ in a._flatten(with_path=True, predicate=is_variable, recursive=False)],
    shapes(d._flatten(predicate=is_variable)), shapes(d.variables), len(d.submodules), 
    shapes(d._flatten(predicate=tf.is_tensor, expand_composites=True)), tf.is_tensor(d.op), tf.is_tensor(d.r), tf.is_tensor(Made(c(1))),
    tf.function(scaled).offset, tf.function(marked).mark, Marking.marked.mark, Marking().marked.mark,
    scaled.doubled(c(1.)), err(lambda: scaled.doubled._decorate(lambda f: f)), names,
]""",
}
_CODE["fields_beside_strings"] = """
import typing
class Player(tf.experimental.ExtensionType):
    name: tf.Tensor
    attributes: typing.Mapping[str, tf.Tensor]
@tf.function
def anonymous(player):
    return Player("nobody", player.attributes)
found = anonymous(Player("Anne", {"height": 8.5, "speed": 28.25}))
[found.name, found.attributes["height"].numpy(), found.attributes["speed"].numpy()]"""
_CODE["variables_of_traced_values"] = """
F = tf.function
traced = []
class Lazy(tf.Module):
    w = None
    @F
    def __call__(self, x):
        traced.append(1)
        if self.w is None:
            self.w = V(tf.ones([x.shape[-1], 2]))
            self.b = V(tf.reduce_mean(x, 0)[:2])
            self.n = V(tf.shape(x)[0], trainable=False)
        self.n.assign_add(1)
        return x @ self.w + self.b
m = Lazy()
found = []
for n in (3, 3, 4, 4):
    with tf.GradientTape() as t:
        y = m(tf.fill([n, 3], float(n)))
    found.append([y, t.gradient(y, [m.b, m.w]), m.n.numpy(), len(traced)])
inner = Lazy()
outer = F(lambda x: inner(x) * 2.)
def again(x):
    return V(x)
counted = V(1.)
@F
def with_text(s, x):
    counted.assign_add(x)
    return s, counted
first = with_text("a", 1.)
with_text("a", 1.)
[found, outer(tf.ones([2, 3])), outer(tf.zeros([2, 3])), inner.b, inner.n, err(lambda: F(again)(c([1.]))), err(lambda: F(lambda x: V(x) + x)(c([1.]))), first, counted]"""

_CODE["unknown_ranks"] = """
F = tf.function
def of_images(x):
    rank = x.shape.rank
    if rank is not None and rank != 4:
        raise ValueError("not images")
    return tf.reduce_mean(tf.image.resize(tf.reshape(x, [-1, 4, 4, 3]), [2, 2]), [1, 2])
f = F(of_images).get_concrete_function(tf.TensorSpec(None, tf.float32))
x = tf.reshape(tf.range(96.), [2, 4, 4, 3])
g = F(lambda x, y: tf.reduce_sum(x) * y).get_concrete_function(tf.TensorSpec(None, tf.float32), tf.TensorSpec([2], tf.float32))
[f(x), f(x[:1]), [g(tf.ones(shape), c([1., 2.])) for shape in ([], [3], [2, 3, 4])]]"""
_CODE["constants_given_to_an_inner_function"] = """
@tf.function
def inner(shape, x):
    return tf.zeros(shape) + x
@tf.function
def deeper(shape, x):
    return inner(shape + 1, x) * 2.
seen = []
@tf.function
def outer(x):
    seen.append("traced")
    y = inner(np.array([2, 3]), x) + inner(c([3]), x)
    other = tf.function(lambda n: tf.range(n)).get_concrete_function(np.int32(2))
    return y, deeper(c([1, 2]), x), tf.shape(y)
[outer(c(1.)), outer(c(2.)), inner(c([2]), c(1.)), seen]"""
_CODE["variables_of_open_shapes_take_other_sizes"] = """
v, w, n = V(np.ones((3, 2)), shape=[None, 2]), V(np.ones((3, 1)), shape=[None, 1]), V(1.)
@tf.function
def f(x):
    n.assign_add(1.)
    return tf.reduce_sum(tf.square(v), -1, keepdims=True) + w * tf.cast(tf.shape(v)[0], tf.float64) + x
@tf.function
def g(x):
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(v ** 3) * x
    return tape.gradient(y, v)
one = tf.constant(1., tf.float64)
found = []
for size in (3, 5, 2, 5):
    v.assign(2. * np.ones((size, 2))), w.assign(np.ones((size, 1)))
    found.append((f(one), g(one), tf.function(lambda: f(one) * 2.)()))
[found, n, f.experimental_get_tracing_count()]"""

CASES = {name: wrapped(PRELUDE + code) for name, code in _CODE.items()}
