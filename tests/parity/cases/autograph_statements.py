"""Cases of AutoGraph: symbols of one branch, loops, boolean expressions, builtins, assertions."""

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
TA = tf.TensorArray
def gr(f, x):
    with tf.GradientTape() as t: t.watch(x); y = f(x)
    return t.gradient(y, x)
"""

_CODE = {
    "symbols_of_one_branch": """
@F
def a(x):
    if x > 0: y = 1
    return y
@F
def b(x):
    if x > 0: y = x
    else: z = x
    return x
@F
def b2(x):
    if x > 0: y = x
    else: z = x
    return z
@F
def d(x):
    while x > 0:
        y = x; x = x - 1
    return y
@F
def d2(n):
    for i in tf.range(n): y = i
    return y
@F
def e(x):
    if x > 0: return x
@F
def e2(x):
    if x > 0: return x
    elif x < -5: return -x
@F
def e3(x):
    for i in tf.range(x):
        if i > 2: return i
@F
def f(x):
    if x > 0: y = 1
    else: y = None
    return y
@F
def g(x):
    if x > 0: y = 1
    else: y = "a"
    return y
@F
def h(x):
    if x > 0: y = [x]
    else: y = [x, x]
    return y
@F
def k(x):
    if x > 0: y = x
    else: y = tf.cast(x, f32)
    return y
@F
def l(x):
    if x > 0: y = (x, 1)
    else: y = (x, 2.)
    return y
@F
def m(x):
    while x > 0: x = tf.cast(x, f32) - 1.
    return x
@F
def n(x):
    y = 1
    while x > 0: y = "s"; x -= 1
    return y
@F
def o(x):
    y = [x]
    while x > 0: y = y + [x]; x -= 1
    return y
@F
def p(x):
    if x > 0: del x
    return x
@F
def q(x):
    if x > 0:
        def inner(): return 1
    else:
        def inner(): return 2
    return inner()
@F
def r(x):
    if x > 0: y = object()
    else: y = object()
    return x
@F
def s(x): 
    if x: y = tf.zeros([2])
    else: y = tf.zeros([3])
    return tf.shape(y)
@F
def t_(x):
    if x > 0: raise ValueError("pos")
    else: return x
@F
def u(x):
    y = undefined_name
    return y
@F
def w(x):
    if x > 0: y = 1
    else: pass
    y = 2
    return y
[
    a(c(1)), b(c(1)), b2(c(1)), d(c(3)), d2(c(3)), d2(c(0)), e(c(1)), e2(c(1)), e3(c(5)), f(c(1)), g(c(1)), h(c(1)), k(c(1)), l(c(1)), m(c(3)), n(c(2)), o(c(2)), p(c(1)),
    q(c(1)), r(c(1)), s(c(True)), t_(c(1)), u(c(1)), w(c(1)),
]""",
    "loops": """
@F
def a(n):
    s = 0
    for i in range(n): s += i
    return s
@F
def b(x):
    s = 0.
    for i, v in enumerate(x): s += tf.cast(i, f32) * v
    return s
@F
def d(x):
    s = 0.
    for v, w in zip(x, x * 2.): s += v * w
    return s
@F
def e(x):
    s = 0.
    for i, (v, w) in enumerate(zip(x, x)): s += v * w * tf.cast(i, f32)
    return s
@F
def f(n):
    s = 0
    for i in tf.range(n):
        if i == 2: continue
        if i == 5: break
        for j in tf.range(i):
            if j > 1: break
            s += j
        else: s += 100
    else: s += 1000
    return s
@F
def g(x):
    while True:
        x += 1
        if x > 10: break
    return x
@F
def h(x):
    i = 0
    while i < 3 and x < 100:
        x *= 2; i += 1
    return x, i
@F
def k(x):
    for i in tf.range(10):
        for j in tf.range(10):
            if i * j > x: return i, j
    return -1, -1
@F
def l(x):
    r = []
    for v in x: r.append(v * 2)
    return r
@F
def l2(n):
    r = []
    for i in range(3): r.append(i * n)
    return r
@F
def m(ds):
    s = c(0, tf.int64)
    for v in ds:
        if v == 3: continue
        if v == 7: break
        s += v
    return s
@F
def m2(ds):
    s = c(0, tf.int64)
    for i, v in enumerate(ds): s += v * tf.cast(i, tf.int64)
    return s
@F
def m3(ds):
    for v in ds:
        if v > 3: return v
    return c(-1, tf.int64)
@F
def m4(ds):
    it = iter(ds)
    return next(it) + next(it)
@F
def m5(ds):
    s = c(0, tf.int64)
    for a, b in tf.data.Dataset.zip((ds, ds)): s += a * b
    return s
@F
def m6(ds):
    s = c(0, tf.int64)
    for a, b in zip(ds, ds): s += a * b
    return s
@F
def n(x):
    t = TA(f32, 0, dynamic_size=True)
    for v in x: t = t.write(t.size(), v * 2.)
    return t.stack()
@F
def o(x):
    s = 0.
    for v in TA(f32, 3).unstack(x): s += v
    return s
@F
def p(x):
    for i in tf.range(3): x = x + i
    return x, i
@F
def q(x):
    s = 0
    for i in tf.range(x, 0, -2): s += i
    return s
@F
def q2(x):
    s = 0
    for i in range(x, 0, -2): s += i
    return s
@F
def r(x):
    s = 0.
    for i in tf.range(0., x, 0.5): s += i
    return s
@F
def st(x):
    s = 0
    for v in tf.strings.split(x): s += tf.strings.length(v)
    return s
@F
def rg(x):
    s = 0
    for row in x: s += tf.reduce_sum(row)
    return s
@F
def mp(x):
    s = 0
    for v in map(lambda t: t * 2, tf.unstack(x)): s += v
    return s
@F
def rv(x):
    s = 0
    for v in reversed([x, x + 1]): s = s * 10 + v
    return s
@F
def dct(x):
    s = 0
    for k, v in {"a": x, "b": x * 2}.items(): s += v
    return s
@F
def coll(n):
    while n != 1:
        if n % 2 == 0: n = n // 2
        else: n = 3 * n + 1
    return n
ds = tf.data.Dataset.range(10)
[
    a(c(4)), a(4), h(c(1)), h(c(60)), k(c(20)), k(c(100)), l([c(1), c(2)]), l2(c(2)), m(ds), m2(ds), m4(ds), m5(ds), m6(ds), n(c([1.0, 2.0])), o(c([1.0, 2.0, 3.0])),
    p(c(1)), q(c(7)), q2(c(7)), r(c(2.0)), st(c('ab cde')), rg(tf.ragged.constant([[1], [2, 3]])), mp(c([1, 2])), rv(c(1)), dct(c(1)), coll(c(7)), l(c([1, 2, 3])),
]""",
    "boolean_expressions": """
@F
def a(x): return x > 0 and x < 10 or x == 20
@F
def b(x): return 0 < x < 10
@F
def b2(x): return 0 < x <= 10 != x
@F
def d(x): return not x
@F
def e(x, y): return x and y, x or y
@F
def f(x): return 1 if x > 0 else 2
@F
def f2(x): return "p" if x > 0 else "n"
@F
def f3(x): return (x if x > 0 else -x) + (1 if x > 5 else 0)
@F
def f4(x): return None if x > 0 else None
@F
def g(x): return x in [1, 2]
@F
def h(x): return x == 1, x != 1, x is None, x is not None
@F
def k(x): return not (x > 0 and not x > 5)
@F
def l(x): return x > 0 and tf.reduce_all(c([True]))
@F
def m(x): return [v for v in [1, 2, 3] if v > x] if not tf.is_tensor(x) else x
@F
def m2(x): return [v for v in [1, 2, 3] if v > x]
@F
def n(x):
    y = x > 0 and 5
    return y
@F
def o(x): return x > 0 or None
@F
def p(x): return bool(x)
@F
def q(x): return x if x else c(False)
@F
def cmp(x, y): return x == y, x != y, x < y
@F
def short(x): return (x is not None) and x > 0
@F
def sc(x): return tf.constant(True) and x
@F
def both(x): return x > 0 & x < 5
@F
def ls(x): return [1] if x > 0 else [2]
@F
def lam(x): return (lambda y: y + 1 if y > 0 else y - 1)(x)
@F
def dflt(x, y=None): 
    y = x if y is None else y
    return y
[
    a(c(5)), a(c(20)), a(c(15)), a(5), b(c(5)), b(c(0)), b2(c(5)), d(c(True)), d(c(1)), e(c(True), c(False)), e(True, c(False)), f(c(1)), f(c(-1)), f2(c(1)), f2(c(-1)),
    f3(c(7)), f3(c(-7)), g(c(1)), g(1), h(c(1)), h(c([1, 2])), k(c(3)), k(c(7)), l(c(1)), m(1), m2(c(1)), n(c(1)), o(c(1)), p(c(True)), q(c(True)),
    cmp(c([1, 2]), c([1, 3])), cmp(c([1, 2]), c([1, 2, 3])), cmp(c(1), None), cmp(c(1), 'a'), short(c(1)), short(None), sc(c(False)), both(c(3)), ls(c(1)), ls(c(-1)),
    lam(c(1)), lam(c(-1)), dflt(c(1)), dflt(c(1), c(2)),
]""",
    "builtins": """
@F
def a(x): return len(x), len(tf.shape(x))
@F
def b(x): return abs(x), max(x, 3), min(x, 3), float(x), int(x)
@F
def b1(x): return float(x)
@F
def b2(x): return int(x)
@F
def b3(x): return max(x)
@F
def b4(x): return min(x), sum(x)
@F
def b5(x): return sorted(x)
@F
def b6(x): return sorted(x, reverse=True)
@F
def b7(x): return any(x), all(x)
@F
def b8(x): return round(x)
@F
def b9(x): return divmod(x, 3)
@F
def b10(x): return list(range(3)), list(enumerate([x])), list(zip([x], [x]))
@F
def b11(x): return list(map(lambda v: v + 1, x))
@F
def b12(x): return list(filter(lambda v: v > 1, x))
@F
def b13(x): return str(x), repr(x)[:10], type(x).__name__ 
@F
def b14(x): return isinstance(x, tf.Tensor), hasattr(x, "shape"), getattr(x, "dtype"), callable(x), id(x) == id(x)
@F
def b15(x): return tuple(x)
@F
def b16(x): return [*x]
@F
def b17(x): 
    p, q = x
    return p + q
@F
def b18(x): 
    p, *q = tf.unstack(x)
    return p, q
@F
def b19(x): return functools.reduce(lambda p, q: p + q, tf.unstack(x))
@F
def b20(x): return sum([x, x, 1]), sum((v for v in [x, x])), pow(x, 2), x ** 2, complex(1, 2)
@F
def b21(x): return next(iter([x])), iter(x)
@F
def b22(x): return max([x, x + 1], key=lambda v: 0), min(1, 2), max([1, 2])
@F
def b23(x): return len([x]), len({"a": x}), len("a"), len(np.ones([4]))
@F
def b24(x): return "%s" % x.shape, "{}".format(x.dtype.name), f"{x.shape[0]}"
@F
def b25(ds): return len(ds)
@F
def b26(x): return hash("a") == hash("a"), bin(3), ord("a"), x[int(True)]
@F
def b27(x): return max(x, key=lambda v: v)
@F
def b28(x): return all([x > 0, x > 1])
@F
def b29(x): return any([v > 0 for v in [x]])
@F
def b30(x): return np.sum([1, 2]), np.array([1., 2.]) * x, x * np.float32(2)
@F
def b31(x): return reversed(x)
@F
def b32(x): return slice(0, 2), x[slice(0, 2)], x[0:1], x[c(1)], x[x > 1]
[
    a(c([[1], [2]])), a(c(1)), b1(c(1)), b2(c(1.7)), b4(c([1, 3])), b5(c([3, 1, 2])), b6(c([3, 1, 2])), b5([3, 1]), b9(c(7)), b10(c(1)), b11(c([1, 2])), b11([c(1)]),
    b12([1, 2]), b12(c([1, 2])), b14(c(1)), b15(c([1])), b16(c([1])), b17(c([1, 2])), b18(c([1, 2, 3])), b19(c([1, 2, 3])), b20(c(2)), b22(c(1)), b23(c(1)), b24(c([1])),
    b26(c([1, 2])), b28(c(2)), b29(c(2)), b30(c([1.0, 2.0])), b32(c([1, 2, 3])),
]""",
    "assertions_and_prints": """
import io, contextlib, sys
@F
def a(x):
    assert x > 0, "neg"
    return x
@F
def a2(x):
    assert tf.reduce_all(x > 0), f"neg {1}"
    return x
@F
def a3(x):
    assert x.shape[0] == 2, "shape"
    return x
@F
def a4(x):
    assert x > 0
    return x
@F
def b(x):
    tf.debugging.assert_equal(x, 1, message="msg")
    return x
@F
def b2(x):
    tf.Assert(x > 0, [x, "ctx"], summarize=3)
    return x
@F
def b3(x): tf.debugging.assert_rank(x, 2, message="rk"); return x
@F
def b4(x): tf.debugging.assert_type(x, f32); return x
@F
def b5(x): tf.debugging.assert_near(x, 1.); return x
@F
def b6(x): tf.debugging.assert_all_finite(x, "inf!"); return x
@F
def b7(x):
    if x > 5: tf.debugging.assert_less(x, 10, message="big")
    return x
@F
def b8(n):
    for i in tf.range(n): tf.debugging.assert_less(i, 3, message="it")
    return n
@F
def b9(x): tf.debugging.assert_non_negative(x); tf.debugging.assert_none_equal(x, 3); tf.debugging.assert_greater(x, 0); return x
@F
def b10(x): tf.debugging.assert_scalar(x); tf.debugging.assert_integer(x); return x
@F
def b11(x): tf.debugging.assert_shapes([(x, ("N", "N"))]); return x
def pr(f, *a, e=False):
    o = io.StringIO()
    f(*a)
    return "ok"
def tfp(f, *a):
    import os, tempfile
    sys.stderr.flush(); old = os.dup(2); t = tempfile.TemporaryFile(); os.dup2(t.fileno(), 2)
    try: f(*a)
    finally: sys.stderr.flush(); os.dup2(old, 2)
    t.seek(0); return t.read().decode()
@F
def p1(x): tf.print("a", x, [1, x], {"k": x}, (x, None), sep="|", end="$\\n")
@F
def p2(n):
    for i in tf.range(n): tf.print(i, x2, summarize=2)
x2 = c([[1.,2.,3.,4.,5.],[1.,2.,3.,4.,6.]])
@F
def p3(x):
    if x > 0: tf.print("pos")
    else: tf.print("neg", x)
@F
def p4(x): tf.print(tf.ragged.constant([[1],[2,3]]), tf.sparse.from_dense([0, 1]), "s", b"b", 1.5, True, c("str"), c([b"x"]), V(1.), tf.float32, x.shape, output_stream=sys.stderr)
@F
def p5(x): return tf.print(x)
@F
def p6(x): tf.print(x, output_stream="badstream")
@F
def p7(x): tf.print("%d" % 3, "{}", x, "x={}"); tf.print(); tf.print(c(1e10), c(1e-5), c(1/3), c(float("nan")), c(2**31, tf.int64), c(1j), c([True]), c(np.float64(0.1)))
[
    a2(c([-1])), a3(c([1])), b(c(2)), b2(c(-1)), b3(c(1)), b4(c(1)), b5(c(2.0)), b6(c(float('inf'))), b7(c(20)), b7(c(7)), b8(c(5)), b8(c(2)), b9(c(3)), b9(c(-1)),
    b9(c(0)), b10(c([1])), b10(c(1.0)), b11(tf.ones([2, 3])), p6(c(1)), 
]""",
    "words_of_errors": """
def words(f, *a):
    try:
        return F(f)(*a)
    except Exception as e:
        lines = [line.strip() for line in str(e).strip().splitlines()]
        return type(e).__name__, lines[-2 if lines[-1].startswith("Note:") else -1]
def a1(n):
    s = 0
    for i in c([1, 2]): s = 1.0
    return s
def a2(n):
    s = c(0)
    for i in c([1, 2]): s = None
    return s
def a3(n):
    s = c(0)
    for i in tf.range(n): s = None
    return s
def a4(n):
    s = 0
    for i in tf.range(n): s = 1.0
    return s
def a5(n):
    s = c(0)
    while s < n: s = tf.cast(s, f32) + 1.
    return s
def a6(n):
    s = None
    for i in tf.range(n): s = s + 1
    return s
def b1(n):
    if n: return 1
    return 2
def b2(n):
    if tf.stack([n > 1, n > 2]): return 1
    return 2
def b3(n):
    if tf.reshape(n > 1, [1, 1]): return 1
    return 2
def b4(n):
    if tf.size(n): return 1
    return 2
def b5(n):
    if c([True, False]): return 1
    return 2
def b6(n):
    if c(0.): return 1
    return 2
def d1(n):
    while n > 0:
        z = z + 1
        n -= 1
    return n
def d2(n):
    while n > 0:
        y = c(1) + c(1.)
        n -= 1
    return y
def d3(n):
    while n > 0:
        y = {}["k"]
        n -= 1
    return n
def d4(n):
    s = c([1])
    while n > 0:
        s = tf.concat([s, s], 0); n -= 1
    return s
def d5(n):
    s = 0.
    for i in tf.range(n):
        for j in c([1, 2]): s = i
    return s
def d6(n):
    b = False
    while not b: b = 1
    return b
[
    words(a1, c(3)), words(a2, c(3)), words(a3, c(3)), words(a4, c(3)), words(a5, c(3)), words(a6, c(3))[0], words(b1, c(3)), words(b2, c(3))[0], words(b3, c(3)), words(b4, c([3]))[0], words(b5, c(3))[0],
    words(b6, c(3))[0], words(d1, c(3)), words(d2, c(3)), words(d3, c(3)), words(d4, c(3)), words(d5, c(3)), words(d6, c(3)),
]""",
    "loops_over_datasets": """
import contextlib, io
ds = tf.data.Dataset.from_tensor_slices([3, 1, 2])
ds2 = tf.data.Dataset.from_tensor_slices([-1., 1., 2., 5.])
def numbered():
    s = 0; k = c(0, tf.int64)
    for i, x in enumerate(ds):
        s += x * tf.cast(i, i32); k = i
    return s, k
def numbered_from():
    n = c(0, tf.int64)
    for i, (x, y) in enumerate(tf.data.Dataset.zip((ds, ds2)), 5):
        if x > 2: continue
        n += i
    return n
def numbered_to():
    n = 0
    for i, x in enumerate(ds):
        if i > 0: break
        n += x
    return n
def pairs():
    s = 0.
    for x, y in zip(ds, ds2): s += tf.cast(x, f32) * y
    return s
def numbered_pairs():
    s = 0; k = c(0, tf.int64)
    for i, (a, b) in enumerate(zip(ds, ds2)): s += a; k += i
    return s, k
def mapped():
    s = 0
    for x in map(lambda x: x * 2, ds): s += x
    return s
def mapped_two():
    s = 0.
    for x in map(lambda x, y: tf.cast(x, f32) + y, ds, ds2): s += x
    return s
def filtered():
    s = 0
    for x in filter(lambda x: x > 1, ds): s += x
    return s
def lengths(): return len(ds), len(ds2.repeat(2)), len(TA(i32, size=4)), len(c([1, 2]))
def quantified(): return any(ds.map(lambda x: x > 2)), all(ds.map(lambda x: x > 2))
def told(f):
    out = io.StringIO()
    with contextlib.redirect_stdout(out): r = [f(), f()][0]
    return r, out.getvalue()
@F
def prints():
    n = 0
    for x in ds:
        print("body")
        n += x
    print("after")
    for i in range(2): print("python", i)
    return n
@F
def inner(y):
    print("inner")
    return tf.reduce_sum(y)
@F
def masked(x):
    print("one")
    for i in range(2): print("first", i)
    y = tf.boolean_mask(x, x > 1)
    print("two")
    i = 0
    while i < tf.shape(y)[0]:
        print("in while")
        i += 1
    for i in range(2): print("second", i)
    return inner(y)
[
    F(numbered)(), F(numbered_from)(), F(numbered_to)(), F(pairs)(), F(numbered_pairs)(), F(mapped)(), F(mapped_two)(), F(filtered)(), F(lengths)(), F(quantified)(), told(lambda: masked(c([1, 2, 3]))),
    told(lambda: masked(c([1, 2, 3, 4]))), inner.experimental_get_tracing_count(),
]""",
    "written_values": """
def w(v, t=f32, **k): return TA(t, size=1, **k).write(0, v).stack()
def both(*a, **k): return err(lambda: w(*a, **k)), err(F(lambda: w(*a, **k)))
def words(*a):
    try: return w(*a)
    except Exception as e: return type(e).__name__, str(e)
def loop(v):
    ta = TA(f32, size=0, dynamic_size=True)
    for i in tf.range(3): ta = ta.write(i, v)
    return ta.stack()
z = np.ones((2, 2))
[
    both(z), both(1), both(np.float64(2)), both(np.int64(2)), both(c(2., tf.float64)), both(c(2)), both([1, 2]), both(True), both(np.array([1, 2])), both("a"), both(2.5, i32), both(np.array(2.5), i32),
    both(np.int64(2), i32), both(np.int32(2), tf.int64), both(np.int32(2), tf.bool), both(np.float32(2), tf.float64), both(b"a", tf.string), both(1, tf.string), both(2, tf.complex64), both(z, element_shape=[2, 3]),
    words(c(2.), i32), words(2.5, i32), words("a"), err(F(lambda: loop(z))), err(F(lambda: loop(np.int64(3)))), err(F(lambda: loop(c(3)))),
]""",
}

CASES = {name: wrapped(PRELUDE + code) for name, code in _CODE.items()}
