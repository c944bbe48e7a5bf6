"""Cases of tf.function: callables, methods, variables, side effects, tf.init_scope, python callbacks, closures, what is returned."""

import pathlib
import runpy

wrapped = runpy.run_path(str(pathlib.Path(__file__).with_name("_wrap.py")))["wrapped"]

PRELUDE = """\
import functools
def err(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
c, V, F = tf.constant, tf.Variable, tf.function
f32, i32 = tf.float32, tf.int32
S = tf.TensorSpec
import gc, weakref
"""

_CODE = {
    "callables": """
class C:
    def __init__(self, k): self.k = k
    def __call__(self, x): return x * self.k
    @classmethod
    def cm(cls, x): return x + 1
    @staticmethod
    def sm(x): return x + 2
    @property
    def p(self): return F(lambda x: x * self.k)
part = functools.partial(lambda a, b, k=2: a * b + k, c(2))
@functools.wraps(part.func)
def wr(*a, **k): return part.func(*a, **k)
class Meta:
    f = F(lambda self, x: x * 3)
    g = staticmethod(F(lambda x: x * 4))
    h = classmethod(F(lambda cls, x: x * 5))
[
    F(C(2))(c(3)), F(C(2).__call__)(c(3)), F(C.cm)(c(1)), F(C.sm)(c(1)), C(5).p(c(1)), F(part)(c(3)), F(part)(c(3), k=c(5)), F(functools.partial(part, k=7))(c(1)),
    F(wr)(c(1), c(2)), Meta().f(c(1)), Meta().g(c(1)), Meta.g(c(1)), F(C(2)).__name__, F(part).__name__, F(lambda x: x).__name__, F(tf.reduce_sum)(c([1, 2])),
    F(tf.add)(c(1), 2), F(len)([1, 2]), F(np.sum)([1, 2]), F(tf.keras.layers.ReLU())(c([-1.0, 1.0])),
]""",
    "methods_and_instances": """
class A(tf.Module):
    def __init__(self): super().__init__(); self.v = V(1.)
    @F
    def f(self, x): return self.v * x
    @F
    def rec(self, n): return n if n <= 0 else self.rec(n - 1) + 1
    def plain(self): return self.f
a, b = A(), A()
class B(A):
    @F
    def f(self, x): return super().f(x) + 1
class S1:
    __slots__ = ("v", "__weakref__")
    def __init__(self): self.v = 3
    @F
    def f(self, x): return x * self.v
class S2:
    __slots__ = ("v",)
    def __init__(self): self.v = 3
    @F
    def f(self, x): return x * self.v
class E:
    def __eq__(self, o): return True
    __hash__ = None
    @F
    def f(self, x): return x + 1
class H:
    def __init__(self, k): self.k = k
    def __eq__(self, o): return True
    def __hash__(self): return 1
    @F
    def f(self, x): return x + self.k
[
    a.f(c(2.0)), A.f(a, c(3.0)), a.f is a.f, a.f is b.f, B().f(c(1.0)), a.plain()(c(1.0)), S1().f(c(1)), H(1).f(c(1)), H(2).f(c(1)), a.rec(2),
    a.f.experimental_get_tracing_count(), b.f.experimental_get_tracing_count(), a.f.python_function(c(1.0)), A.f.python_function(a, c(1.0)), a.f.__self__ is a,
]""",
    "variables_made_on_the_first_call": """
class L:
    def __init__(self): self.vs=[]; self.n=0
    @F
    def f(self, x):
        if not self.vs: self.vs.append(V(x * 2.))
        self.n += 1
        return self.vs[0].assign_add(1.)
class W(tf.Module):
    @F
    def __call__(self, x):
        if not hasattr(self, "w"): self.w = V(tf.random.stateless_uniform([2], [1, 2]), name="ww"); self.b = V(0., trainable=False)
        self.b.assign_add(1.)
        return self.w * x
l, w = L(), W()
@F
def always(x): return V(1.) + x
st = []
@F
def second(x):
    if len(st) < 2: st.append(V(1.)); 
    return x + st[-1]
vv = None
@F
def glob(x):
    global vv
    if vv is None: vv = V(10.)
    vv.assign_add(x); return vv.read_value()
@F
def withinit(x):
    with tf.init_scope():
        st2.append(V(3.))
    return st2[0] * x
st2 = []
@F
def dense(x): return tf.keras.layers.Dense(2)(x)
[
    l.f(c(1.0)), l.f(c(1.0)), l.n, l.f(c([1.0])), l.n, w(c(2.0)), w(c([1.0, 1.0])), w.b, len(w.variables), w.w.name, [v.name for v in w.trainable_variables],
    always(c(1.0)), second(c(1.0)), second(c([1.0])), len(st), glob(c(1.0)), glob(c(2.0)), len(st2), dense(tf.ones([1, 2])),
]""",
    "variables_in_branches_and_loops": """
v, w = V(1.), V([1.,2.,3.])
@F
def f(n):
    for i in tf.range(n):
        if i % 2 == 0: v.assign_add(1.)
        else: v.assign(v * 2.)
        w.scatter_add(tf.IndexedSlices([1.], [i]))
    return v, w
@F
def g(x):
    while v < x:
        v.assign_add(v)
        if v > 50.: break
    return v.read_value()
@F
def order(x):
    a = v.read_value(); v.assign(x); b = v.read_value(); v.assign_add(1.); d = v + 0.
    return a, b, d
@F
def nested(p, q):
    if p:
        if q: v.assign(1.)
        else: v.assign(2.)
        r = v * 10.
    else:
        r = v * 1.
    return r
@F
def ret(p):
    if p: return v.assign(5.)
    return v
@F
def retassign(): return v.assign_add(1.), v.assign_sub(3.)
@F
def swap(a, b):
    t = a.read_value(); a.assign(b); b.assign(t)
@F
def cnd(p): return tf.cond(p, lambda: v.assign(7.), lambda: v.assign_add(2.))
@F
def early(n):
    for i in tf.range(n):
        v.assign_add(1.)
        if v > 3.: return v + 100.
    return v + 0.
p, q = V(1.), V(2.)
def undo(x): v.assign(x); return v
@F
def slice_(i):
    w[i].assign(100.); w[:1].assign([7.]); return w + 0.
@F
def sparse_(i): return w.gather_nd([[i]]), w.sparse_read([i]), w.scatter_update(tf.IndexedSlices([5.],[i]))
@F
def boolvar(x):
    if flag: flag.assign(False)
    else: flag.assign(True)
    return flag
flag = V(True)
sv = V("a")
@F
def strvar(x): sv.assign(x + "!"); return sv
[
    f(c(3)), v, w, g(c(30.0)), g(c(1000.0)), order(c(3.0)), nested(c(True), c(False)), nested(c(False), c(True)), ret(c(True)), ret(c(False)), type(ret(c(True))).__name__,
    retassign(), swap(p, q), p, q, cnd(c(True)), cnd(c(False)), undo(0.0), early(c(2)), early(c(10)), v, slice_(c(2)), sparse_(c(1)), boolvar(1), flag, boolvar(1),
    strvar('x'), sv,
]""",
    "init_scope": """
log = []
@F
def f(x):
    with tf.init_scope():
        log.append((tf.executing_eagerly(), tf.inside_function()))
        a = c(2) * 3
        log.append(a.numpy())
        with tf.name_scope("q"): pass
    return x + a
@F
def g(x):
    with tf.init_scope():
        return tf.reduce_sum(x)
@F
def h(x):
    @F
    def inner(y):
        with tf.init_scope(): log.append(tf.executing_eagerly()); k = c(1)
        return y + k
    return inner(x)
v = V(1.)
@F
def k(x):
    with tf.init_scope(): v.assign(10.)
    return v + x
@F
def lp(n):
    s = 0
    for i in tf.range(n):
        with tf.init_scope(): log.append("loop"); z = c(5)
        s += z
    return s
[
    f(c(1)), f(c(2)), h(c(1)), k(c(1.0)), v.assign(2.0), k(c(1.0)), lp(c(3)),
]""",
    "python_callbacks": """
seen=[]
def host(x): seen.append(x.numpy()); return x * 2.
@F
def f(x): return tf.py_function(host, inp=[x], Tout=f32)
@F
def multi(x): return tf.py_function(lambda a, b: [a + b, tf.cast(a, i32)], [x, x], [f32, i32])
@F
def none(x): tf.py_function(lambda a: seen.append("none"), [x], []); return x
@F
def shp(x):
    y = tf.py_function(lambda a: a, [x], f32); r = (y.shape.rank, )
    y.set_shape([2]); return y, y.shape
@F
def nf(x): return tf.numpy_function(lambda a: (a + 1, a.sum()), [x], [f32, f32])
@F
def nfs(x): return tf.numpy_function(lambda a: a.upper() if isinstance(a, bytes) else a, [x], tf.string)
@F
def wrongt(x): return tf.numpy_function(lambda a: a.astype(np.float64), [x], f32)
@F
def wrongpf(x): return tf.py_function(lambda a: tf.cast(a, tf.int32), [x], f32)
@F
def wrongn(x): return tf.numpy_function(lambda a: (a, a), [x], f32)
@F
def err_(x): return tf.numpy_function(lambda a: [][1], [x], f32)
@F
def loop(n):
    s = 0.
    for i in tf.range(n): s += tf.numpy_function(lambda a: np.float32(a * 2), [i], f32)
    return s
@F
def cnd(x):
    if x > 0: return tf.py_function(lambda a: a * 3., [x], f32)
    return x
@F
def strs(x): return tf.py_function(lambda a: tf.strings.upper(a), [x], tf.string)
@tf.numpy_function(Tout=f32) if False else (lambda f: f)
def deco(a): return a
def gr(fn, x):
    with tf.GradientTape() as t: t.watch(x); y = fn(x)
    return t.gradient(y, x)
pv = V(3.)
@F
def withvar(x): return tf.py_function(lambda a: a * pv, [x], f32)
def gv():
    with tf.GradientTape() as t: y = withvar(c(2.))
    return t.gradient(y, pv)
@F
def pyint(x): return tf.py_function(lambda a: 3, [x], i32) + tf.numpy_function(lambda a: 4, [x], tf.int64 if False else i32)
@F
def pylist(x): return tf.py_function(lambda a: [1., 2.], [x], f32)
@F
def ragged(x): return tf.py_function(lambda r: r * 2, [x], tf.RaggedTensorSpec([None, None], i32))
[
    f(c([1.0, 2.0])), multi(c(2.0)), none(c(1.0)), shp(c([1.0, 2.0])), nf(c([1.0, 2.0])), nfs(c('ab')), nfs(c(['a', 'b'])), wrongt(c(1.0)), wrongpf(c(1.0)),
    wrongn(c(1.0)), err_(c(1.0)), cnd(c(1.0)), cnd(c(-1.0)), strs(c('a')), gr(f, c([1.0, 2.0])), gr(nf, c(1.0)), pylist(c(1)), ragged(tf.ragged.constant([[1], [2, 3]])),
    tf.py_function(func=lambda: 1, inp=[], Tout=i32), tf.numpy_function(func=lambda: np.int32(1), inp=[], Tout=i32), len(seen), gr(cnd, c(2.0)), gr(withvar, c(2.0)),
]""",
    "closures": """
lst, dct = [1, 2], {"a": 1}
t = c(5)
@F
def f(x): return x + lst[0] + dct["a"]
@F
def g(x): return x + t
def mk(k):
    @F
    def h(x): return x * k
    return h
r = [f(c(1))]
lst[0] = 100; dct["a"] = 100
r.append(f(c(1))); r.append(f(c([1])))
o1 = g(c(1)); t = c(50)
@F
def app(x): lst.append(7); dct["n"] = len(lst); return x
kept = []
@F
def leak(x): kept.append(x); return x
@F
def lv(x):
    out = []
    for i in range(3): out.append(x + i)
    return out, {"o": tuple(out)}
hs = [mk(k) for k in (1, 2, c(3), V(4))]
n = np.array([1, 2])
@F
def npc(x): return x + n
r2 = npc(c([1, 1])); n[0] = 50
[
    r, o1, g(c(1)), g(c([1])), [h(c(2)) for h in hs], app(c(1)), app(c(1)), lst, dct, lv(c(1)), leak(c(1)), r2, npc(c([1, 1])),
]""",
    "what_is_returned": """
import collections, dataclasses
NT = collections.namedtuple("NT", "a b")
v = V(2.)
class Pt(tf.experimental.ExtensionType):
    x: tf.Tensor
    y: int = 1
od = collections.OrderedDict([("z", 1), ("a", 2)])
@dataclasses.dataclass
class DC:
    a: int = 1
def r(x): return F(lambda q: x)(c(1))
def ty(x): return type(F(lambda q: x)(c(1))).__name__
[
    r(None), r([]), r(()), r({}), r([None, 1]), r(NT(1, c(2))), ty(NT(1, 2)), r(od), ty(od), r(v), ty(v), r([v, v]), r({'v': v}), r('s'), r(b's'), r(True),
    r(np.float64(2)), r(np.arange(3)), r([1, [2.0, ('a',)]]), r(tf.TensorShape([1, 2])), r(tf.TensorShape([None])), r(tf.float32), r({1, 2}), r(object()), r(lambda: 1),
    r(tf.ragged.constant([[1], [2, 3]])), r(tf.sparse.from_dense([1, 0])), r(Pt(c(1))), r(range(3)), r((x for x in [1])), r(int), r(1j),
    r(collections.defaultdict(int, a=1)), r(tf.IndexedSlices(c([1.0]), c([0]))), F(lambda x: (x, x))(c(1)), F(lambda x: [x])([c(1)]),
    F(lambda x: x)({'b': 1, 'a': (c(2), None)}), F(lambda x: x)('str'), F(lambda x: x)(v), F(lambda x: x)(None), F(lambda x: x)(object()),
    F(lambda *a, **k: (a, k))(1, c(2), z=3),
]""",
    "print_streams_and_functions_without_files": """
import contextlib, io, logging, os, sys, tempfile
x = c([[1., 2., 3., 4., 5.], [1., 2., 3., 4., 6.]])
def seen(f, *a):
    sys.stdout.flush(); sys.stderr.flush()
    olds, files = [os.dup(1), os.dup(2)], [tempfile.TemporaryFile(), tempfile.TemporaryFile()]
    os.dup2(files[0].fileno(), 1); os.dup2(files[1].fileno(), 2)
    out, err = io.StringIO(), io.StringIO()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err): f(*a)
    finally:
        os.dup2(olds[0], 1); os.dup2(olds[1], 2)
    for file in files: file.seek(0)
    return out.getvalue() + files[0].read().decode(), err.getvalue() + files[1].read().decode()
def show(name, v, **k): tf.print(name, v, output_stream=getattr(sys, name), **k)
@F
def to_out(v): tf.print("out", v, output_stream=sys.stdout)
@F
def to_err(v): tf.print("err", v, summarize=1)
def filed(compiled):
    with tempfile.TemporaryDirectory() as d:
        p = "file://" + d + "/out.txt"
        def write(v):
            tf.print("a", v, output_stream=p)
            tf.print("b", v, output_stream=p, end="|")
        f = F(write) if compiled else write
        f(c(1)); f(c(2))
        return open(p[7:]).read()
def logged(level):
    text = "".join(seen(lambda: tf.print("told", c([1, 2]), output_stream=level)))
    return "told [1 2]" in text, len(text.splitlines())
log = tf.compat.v1.logging
@F
def branches(v):
    if v > 0: tf.print("positive", output_stream=sys.stderr)
    else: tf.print("negative", v, output_stream=sys.stderr)
@F
def rounds(n):
    for i in tf.range(n): tf.print(i, x[0], summarize=2, output_stream=sys.stderr)
@F
def parts(v):
    tf.print("a", v, [1, v], {"k": v}, (v, None), sep="|", end="$", output_stream=sys.stderr)
    tf.print(tf.ragged.constant([[1], [2, 3]]), "s", b"b", 1.5, True, c("str"), c([b"x"]), tf.float32, output_stream=sys.stderr)
space = {"tf": tf}
exec('''
@tf.function
def clipped(v):
    if v > 0: r = v * 2
    else: r = -v
    return r
@tf.function(autograph=False)
def plain(v): return v * 3
def counted(n):
    s = 0
    for i in range(3): s += n
    return s
class Model(tf.Module):
    def __init__(self): self.v = tf.Variable(2.)
    @tf.function
    def __call__(self, a): return a * self.v
scale = tf.function(lambda v: v * 4)
''', space)
made = eval("tf.function(lambda v: v + 1)", {"tf": tf})
def words(f, *a):
    try: return f(*a)
    except Exception as e: return type(e).__name__, str(e)[:70]
[
    seen(show, "stdout", x), seen(lambda: show("stderr", x, summarize=-1)), seen(to_out, c(3)), seen(to_err, x), filed(False), filed(True),
    logged(log.info), logged(log.warning), logged(log.error), logged(tf.compat.v1.logging.WARN), words(lambda: tf.print(1, output_stream="nowhere")),
    words(F(lambda: tf.print(1, output_stream="nowhere"))), seen(branches, c(1)), seen(branches, c(-1)), seen(rounds, c(3)), seen(parts, c(1)),
    words(space["plain"], c(2.)), space["plain"](c(2)), F(space["counted"])(c(2)), space["Model"]()(c(3.)), space["scale"](c(2)), made(c(1)), words(space["clipped"], c(2.))[0],
    F(eval("lambda v: [v, v * 2]"))(c(1)), tf.autograph.to_graph(rounds.python_function).__name__,
]""",
}

CASES = {name: wrapped(PRELUDE + code) for name, code in _CODE.items()}
