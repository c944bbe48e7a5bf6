"""Cases of tf.function: which calls are traced anew, and what an input signature accepts."""

import pathlib
import runpy

wrapped = runpy.run_path(str(pathlib.Path(__file__).with_name("_wrap.py")))["wrapped"]

PRELUDE = """\
import functools, gc, weakref
c, V, F, S = tf.constant, tf.Variable, tf.function, tf.TensorSpec
f32, i32 = tf.float32, tf.int32
def err(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
def said(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__, " ".join(str(e).split())
log = []
def traces(f, *calls):
    del log[:]
    for args, kwargs in calls:
        f(*args, **kwargs)
    return list(log)
def of(*values):
    return [((value,), {}) for value in values]
"""

_CODE = {
    "defaults_and_var_args": """
@F
def f(x, y=c(2.), z=None, *a, k=1, **kw):
    log.append((len(a), sorted(kw)))
    return x + y
one, two = c(1.), c(2.)
[
    traces(f, ((one,), {}), ((one, two), {}), ((one, c(3.), None), {}), ((one,), {"y": c(9.)})),
    traces(f, ((one,), {"k": 2}), ((one,), {"k": c(2)}), ((one,), {"k": c(3)})),
    traces(f, ((one, two, 1, 2, 3), {}), ((one, two, 1, 2, 3), {"q": 1, "p": 2}), ((one, two, 1, 2, 3), {"p": 2, "q": 1})),
    f.experimental_get_tracing_count(), f.pretty_printed_concrete_signatures(),
]""",
    "python_values": """
import datetime, enum, fractions
class Color(enum.Enum):
    R, G = 1, 2
def plain():
    pass
other = lambda: 1
@F
def f(x):
    log.append(1)
    return c(1)
def n(*values):
    return len(traces(f, *of(*values)))
[
    n(1, 1.0, True), n("a", "a", "b", b"a"), n(Color.R, Color.R, Color.G), n(plain, plain, other, lambda: 1, other), n(int, int, float),
    n(datetime.date(2020, 1, 1), datetime.date(2020, 1, 1)), n(fractions.Fraction(1, 2), fractions.Fraction(1, 2)), n(frozenset([1]), frozenset([1])),
    n(range(3), range(3), range(4)), n(np.float32, np.float32), n(1j, 1j), n(float("nan"), float("nan")), n(-0.0, 0.0), n(np.float64(1), np.float64(2), np.int64(1)),
    n(np.array([1, 2]), np.array([3, 4]), np.array([1., 2.])), n([np.array(1), 2], [np.array(2), 2]), n([], ()), n({}, {}), n([1, [2, (3,)]], [1, [2, (3,)]], [1, [2, [3]]]),
    n({"a": 1, "b": 2}, {"b": 2, "a": 1}), n(Ellipsis, Ellipsis), n(tf.TensorShape([1, None]), tf.TensorShape([1, None]), tf.TensorShape([1, 2])), n(b"x", b"x"),
]""",
    "objects": """
class A:
    def __init__(self):
        self.x = 1
    @F
    def m(self, x):
        log.append(1)
        return x + self.x
@F
def f(o):
    log.append(1)
    return o.x
def run():
    del log[:]
    a, b = A(), A()
    r = [f(a), f(b), f(a)]
    b.x = 5
    r.append(f(b))
    a.m(c(1)), a.m(c(2)), b.m(c(1))
    return r, len(log)
def forgotten():
    a = A()
    a.m(c(1)), a.m(c(1))
    ref = weakref.ref(a)
    del a
    gc.collect()
    return ref() is None
def outlives():
    method = A().m
    gc.collect()
    return method(c(1))
class Plain:
    def __init__(self):
        self.x = c(1)
    def m(self, x):
        return x + self.x
bound = F(Plain().m)
gc.collect()
[run(), forgotten(), outlives(), A.m.experimental_get_tracing_count(), bound(c(1)), bound(c(2))]""",
    "calls_that_do_not_bind": """
@F
def f(x, y, *, z):
    return x
@F
def g(x):
    return x
@F
def h(*a, **k):
    return len(a), sorted(k)
[said(lambda: f(1)), said(lambda: f(1, 2)), said(lambda: f(1, 2, 3)), f(1, 2, z=3), said(lambda: f(1, 2, z=3, w=4)), said(lambda: f(1, 2, x=1, z=1)),
 said(lambda: g()), said(lambda: g(1, 2)), said(lambda: g(y=1)), said(lambda: g(1, x=2)), h(), h(1, b=2, a=3)]""",
    "variables_of_the_same_kind_are_not_traced_anew": """
def of_every_kind(f, *groups):
    del log[:]
    return [f(*group) for group in groups], len(log)
@F
def times(v, x):
    log.append("t")
    return v * x
@F
def within(d):
    log.append("w")
    return d["a"] + d["b"][0]
@F
def assigns(v):
    log.append("a")
    v.assign_add(1.)
    return v
@F
def loops(n, v):
    log.append(1)
    for i in tf.range(n):
        if i > 0:
            v.assign_add(1.)
    return v
@F
def slope(v):
    log.append(1)
    with tf.GradientTape() as t:
        y = v ** 2
    return t.gradient(y, v)
@F
def several(vs):
    log.append(1)
    return [v * 2 for v in vs], tf.add_n(vs)
@F
def inner(v):
    log.append("i")
    return v * 2.
@F
def outer(v):
    log.append("o")
    return inner(v) + inner(shared)
shared = V(5.)
def outside():
    del log[:]
    found = []
    for i in range(3):
        v = V(float(i))
        with tf.GradientTape() as t:
            y = slope(v)
        found += [y, t.gradient(y, v), v]
    return found, len(log)
def also_from_outside():
    v, w = V(1.), V(10.)
    @F
    def f(a):
        return a + v * 100.
    @F
    def g(a):
        a.assign_add(1.)
        v.assign_add(100.)
        return a + v
    @F
    def h(a):
        return a + v * 100.
    same = []
    @F
    def i(a):
        same.append(a is v)
        return a
    return [f(v), f(w), f(v), f.experimental_get_tracing_count(), g(v), v.numpy(), g(w), w.numpy(), v.numpy(), h(w), h(v), i(v), i(w), same]
def swapped():
    v, w, same = V(1.), V(2.), []
    @F
    def f(a, b):
        same.append(a is b)
        a.assign(b * 2.)
        return b + 1.
    return [f(v, w), f(w, v), f(v, v), f(w, w), v, w, same]
def many():
    return [inner(V(float(i))) for i in range(100)][-1], inner.experimental_get_tracing_count()
def assigned_both():
    v, w = V(1.), V(10.)
    @F
    def f(a):
        v.assign_add(1.)
        a.assign(a * 2.)
        return a + 0.
    return [f(w), f(v), f(V(3.)), v, w]
[
    of_every_kind(times, (V(2.), c(1.)), (V(3.), c(1.)), (V(2., name="n"), c(1.)), (V(2., trainable=False), c(1.)), (V([2.]), c(1.)), (V([3.]), c(2.))),
    of_every_kind(within, ({"a": V(1.), "b": [V(2.)]},), ({"a": V(3.), "b": [V(4.)]},)), of_every_kind(assigns, (V(1.),), (V(5.),)),
    of_every_kind(loops, (c(3), V(1.)), (c(2), V(5.)), (c(0), V(7.))), outside(), of_every_kind(several, ([V(1.), V(2.)],), ([V(3.), V(4.)],), ((V(3.), V(4.)),)),
    of_every_kind(outer, (V(1.),), (V(2.),)), of_every_kind(inner, (V(3.),)), also_from_outside(), swapped(), many(), assigned_both(),
]""",
    "variables_of_open_shapes": """
v = V([1.], shape=[None])
@F
def f(a):
    return a * 2.
first = f(v)
v.assign([1., 2.])
[first, f(v), f(V([1.], shape=[None])), f(V([3., 4.], shape=[None])), f.experimental_get_tracing_count()]""",
    "input_signature_values": """
@F(input_signature=[S([None], f32), S([], i32)])
def f(x, n=c(2)):
    return x * tf.cast(n, f32)
@F(input_signature=[S([None], f32)])
def g(x, *args):
    return x
@F(input_signature=[S([None], f32)])
def h(x, flag=True):
    return x if flag else -x
@F(input_signature=[])
def e():
    return c(1)
@F(input_signature=[S([2], tf.string)])
def s(x):
    return tf.strings.length(x)
@F(input_signature=[tf.RaggedTensorSpec([None, None], i32)])
def r(x):
    return tf.reduce_sum(x)
@F(input_signature=[S([None], f32)])
def kw(x, **k):
    return x
class M:
    @F(input_signature=[S([], f32)])
    def m(self, x):
        return x
one = c([1.])
[
    f(one), f([1.], 3), f(x=one, n=c(3)), said(lambda: f(one, c(2.))), f(np.array([1., 2.])), err(lambda: f(np.array([1, 2]))), f([1, 2]), err(lambda: f("a")), g(one),
    h(one), said(lambda: h(one, False)), h(one, True), e(), said(lambda: e(1)), s(["a", "bc"]), err(lambda: s(c(["a"]))), r(tf.ragged.constant([[1], [2, 3]])), err(lambda: r(c([[1]]))),
    M().m(1.), err(lambda: M().m(c(1))), kw(one), said(lambda: kw(one, a=1)), said(lambda: f(c([[1.]]), c(1))), f.input_signature, M().m.input_signature, e.input_signature,
    f(V([1.])), f(one, V(2)), h(tf.zeros([0])),
]""",
    "input_signatures_that_do_not_fit": """
def make(signature, f=lambda x, y: x):
    return F(f, input_signature=signature)
one = S([])
[
    said(lambda: make([one])), said(lambda: make([one, one, one])), said(lambda: make((one, 1))), said(lambda: make(one)), said(lambda: make([None, one])), make([one, one])(1., 2.),
    make([[one], one])([1.], 2.), said(lambda: make([[one], one])((1.,), 2.)), make([{"a": one}, one])({"a": 1.}, 2.), said(lambda: make([{"a": one}, one])({"b": 1.}, 2.)),
    said(lambda: make([{"a": one}, one])({"a": 1., "b": 1.}, 2.)), make([one], lambda x, y=3: x)(1.), said(lambda: make([one], lambda x, *, k: x)), make([one, one], lambda *a: a)(1., 2.),
]""",
    "counts_of_open_signatures": """
@F(reduce_retracing=True)
def relaxed(x, y=1):
    return tf.reduce_sum(x)
def counted(f, *values):
    return [(f(v), f.experimental_get_tracing_count()) for v in values]
@F
def f(x):
    return x
@F
def outer(x):
    return f(x) + f(x + 1)
first = [f.experimental_get_tracing_count(), outer(c(1)), f.experimental_get_tracing_count(), f(c(1)), f.experimental_get_tracing_count()]
concrete = f.get_concrete_function(S([None], i32))
[
    counted(relaxed, tf.ones([2, 3]), tf.ones([4, 3]), tf.ones([5, 3]), tf.ones([5, 4]), tf.ones([6, 7])), counted(relaxed, tf.ones([1]), tf.ones([2]), tf.ones([])), counted(relaxed, c([1]), c([1, 2]), c([1, 2, 3])),
    first, f.get_concrete_function(c(2)) is f.get_concrete_function(S([], i32)), concrete(c([1, 2])), counted(f, c([1, 2, 3]), c([1]), 1, 1, 2, c([[1]])), F(f).experimental_get_tracing_count(),
]""",
}

CASES = {name: wrapped(PRELUDE + code) for name, code in _CODE.items()}
