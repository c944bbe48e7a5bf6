"""Cases of AutoGraph: python statements on tensors inside tf.function."""

import pathlib
import runpy

wrapped = runpy.run_path(str(pathlib.Path(__file__).with_name("_wrap.py")))["wrapped"]

PRELUDE = """\
def err(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
c, V, TA = tf.constant, tf.Variable, tf.TensorArray
F = tf.function
f32, i32 = tf.float32, tf.int32
def grad(f, *xs):
    xs = [tf.convert_to_tensor(x) for x in xs]
    with tf.GradientTape() as t:
        for x in xs:
            t.watch(x)
        y = f(*xs)
    return t.gradient(y, xs)
"""

_CODE = {
    "if": """
@F
def sign(x):
    if x > 0:
        y = 1
    elif x < 0:
        y = -1
    else:
        y = 0
    return y
@F
def early(x):
    if x > 0:
        return x
    x = x - 1
    if x < -5:
        return x * 100
    return -x
@F
def only_if(x):
    y = x
    if x > 3:
        y = y * 10
    return y
@F
def nested(x, y):
    if x > 0:
        if y > 0:
            z = x + y
        else:
            z = x - y
    else:
        z = c(0)
    return z
@F
def undefined(x):
    if x > 0:
        z = x
    return z
@F
def other_dtype(x):
    if x > 0:
        z = c(1)
    else:
        z = c(1.)
    return z
@F
def other_shape(x):
    if x > 0:
        z = tf.ones([2])
    else:
        z = tf.ones([3])
    return z
@F
def none_branch(x):
    if x > 0:
        z = None
    else:
        z = c(1)
    return z
@F
def ret_missing(x):
    if x > 0:
        return x
@F
def two(x):
    if tf.reduce_all(x > 0):
        a, b = x, [x, {"k": x}]
    else:
        a, b = -x, [x * 2, {"k": x * 3}]
    return a, b
@F
def vector(x):
    if x > 0:
        return 1
    return 0
@F
def python_if(x, flag):
    if flag:
        return x
    return -x
@F
def string(s):
    if s == "a":
        return 1
    else:
        return 2
[
    sign(c(3)), sign(c(-3)), sign(c(0)), sign(5),
    early(c(1)), early(c(-1)), early(c(-10)),
    only_if(c(2)), only_if(c(5)),
    nested(c(1), c(1)), nested(c(1), c(-1)), nested(c(-1), c(-1)),
    undefined(c(1)), undefined(1), undefined(-1), other_dtype(c(1)), other_shape(c(1)), none_branch(c(1)), ret_missing(c(1)),
    two(c([1, 2])), two(c([-1, 2])),
    vector(c([1, 2])), vector(c([1])),
    python_if(c(1), True), python_if(c(1), False), python_if(c(1), c(False)),
    string(c("a")), string(c("b")), string("a"),
    grad(early, 2.), grad(early, -1.), grad(early, -10.),
]""",
    "conditional_expressions_and_logic": """
@F
def tern(x):
    return x if x > 0 else -x
@F
def logic(a, b):
    return a and b, a or b, not a
@F
def chain(x):
    return 0 < x < 10
@F
def chain_if(x):
    if 0 < x <= 5 and x != 3:
        return 1
    return 0
@F
def lazy(x):
    if x > 0 and 10 // x > 2:
        return True
    return False
@F
def equal(x, y):
    return x == y, x != y
@F
def mixed(x, flag):
    return flag and x > 0, flag or x > 0, not flag
@F
def member(x):
    return x is None, x is not None
[
    tern(c(2)), tern(c(-2)), tern(-7),
    logic(c(True), c(False)), logic(c(True), c(True)), logic(True, False),
    chain(c(5)), chain(c(10)), chain(5),
    chain_if(c(1)), chain_if(c(3)), chain_if(c(6)),
    lazy(c(2)), lazy(c(9)),
    equal(c(1), c(1)), equal(c([1, 2]), c([1, 3])),
    mixed(c(1), True), mixed(c(1), False),
    member(c(1)), member(None),
    grad(tern, 2.), grad(tern, -2.),
]""",
    "while": """
@F
def collatz(n):
    steps = 0
    while n != 1:
        if n % 2 == 0:
            n = n // 2
        else:
            n = 3 * n + 1
        steps += 1
    return steps
@F
def brk(n):
    i = c(0)
    total = c(0)
    while True:
        i += 1
        if i > n:
            break
        if i % 2 == 0:
            continue
        total += i
    return total, i
@F
def tensor_break(n):
    i = c(0)
    while i < 100:
        i += 1
        if i * i > n:
            break
    return i
@F
def ret(n):
    i = c(0)
    while i < n:
        if i == 5:
            return i * 100
        i += 1
    return i
@F
def shrink(x):
    while tf.reduce_sum(x) > 1:
        x = x / 2
    return x
@F
def undefined(n):
    i = 0
    while i < n:
        z = i * 2
        i += 1
    return z
@F
def dtype_changes(x):
    while x < 10:
        x = tf.cast(x, f32) + 1.
    return x
@F
def shape_changes(x):
    while tf.size(x) < 8:
        x = tf.concat([x, x], 0)
    return x
@F
def orelse(n):
    i = c(0)
    while i < n:
        i += 1
    else:
        i = i + 100
    return i
@F
def nested(n):
    total = c(0)
    i = c(0)
    while i < n:
        j = c(0)
        while j < i:
            total += j
            j += 1
        i += 1
    return total
@F
def structure(n):
    s = {"a": c(0), "b": (c(1), c(2.))}
    while s["a"] < n:
        s = {"a": s["a"] + 1, "b": (s["b"][0] * 2, s["b"][1] + 1)}
    return s
@F
def python_while(n):
    i, out = 0, []
    while i < n:
        out.append(i)
        i += 1
    return out
[
    collatz(c(6)), collatz(c(1)), collatz(c(27)), tensor_break(c(50)), ret(c(3)), ret(c(30)),
    shrink(c([4., 4.])), undefined(c(3)), undefined(c(0)), dtype_changes(c(1)), orelse(c(2)),
    nested(c(5)), structure(c(3)), python_while(4),
    grad(shrink, [4., 4.]), grad(lambda x: shrink(x) * x, [40., 4.]),
]""",
    "for": """
@F
def over_range(n):
    s = c(0)
    for i in tf.range(n):
        s += i
    return s
@F
def over_tensor(x):
    s = tf.zeros_like(x[0])
    for row in x:
        s = s * 2 + row
    return s
@F
def over_python_range(n):
    s = c(0)
    for i in range(n):
        s += i
    return s
@F
def step(a, b, d):
    s = c(0)
    for i in tf.range(a, b, d):
        s = s * 10 + i
    return s
@F
def enum(x):
    s = c(0.)
    for i, v in enumerate(x):
        s += tf.cast(i, f32) * v
    return s
@F
def zipped(x, y):
    s = c(0.)
    for a, b in zip(x, y):
        s += a * b
    return s
@F
def ds(n):
    s = c(0, tf.int64)
    for x in tf.data.Dataset.range(n):
        if x == 3:
            continue
        if x == 6:
            break
        s += x
    return s
@F
def enum_ds():
    s = c(0, tf.int64)
    for i, x in enumerate(tf.data.Dataset.range(4)):
        s += i * x
    return s
@F
def dict_ds():
    s = c(0)
    for d in tf.data.Dataset.from_tensor_slices({"a": [1, 2], "b": [3, 4]}):
        s += d["a"] * d["b"]
    return s
@F
def it(n):
    i = iter(tf.data.Dataset.range(n))
    s = c(0, tf.int64)
    for x in i:
        s += x
    return s
@F
def early(x):
    for v in x:
        if v < 0:
            return v
    return c(0)
@F
def appended(x):
    out = TA(i32, 0, dynamic_size=True)
    for i in tf.range(tf.size(x)):
        out = out.write(i, x[i] * 2)
    return out.stack()
@F
def ragged(r):
    s = c(0)
    for row in r:
        s += tf.reduce_max(row)
    return s
@F
def after(n):
    i = c(-1)
    for i in tf.range(n):
        pass
    return i
@F
def python_list(xs):
    s = 0
    for x in xs:
        if x > 2:
            s += x
    return s
@F
def nested(n):
    s = c(0)
    for i in tf.range(n):
        for j in tf.range(i):
            if j == 2:
                break
            s += j + 1
    return s
@F
def scalar(x):
    for v in x:
        pass
    return v
@F
def bad(n):
    s = c(0)
    for i in tf.range(n):
        s = s + 1.5
    return s
@F
def horner(x):
    y = c(0.)
    for k in tf.range(3):
        y = y * x + tf.cast(k, f32)
    return y
[
    over_range(c(5)), over_range(c(0)), over_tensor(c([[1, 2], [3, 4]])), over_tensor(c([1, 2, 3])), over_python_range(4),
    over_python_range(c(4)), step(c(1), c(6), c(2)), step(c(5), c(0), c(-2)), 
    ds(c(10, tf.int64)), ds(c(2, tf.int64)), enum_ds(), dict_ds(), it(4),
    early(c([1, -2, -3])), early(c([1])), appended(c([1, 2, 3])), ragged(tf.ragged.constant([[1, 2], [3]])),
    after(c(4)), after(c(0)), python_list([c(1), c(3), 5]), python_list([1, 3]), nested(c(5)), scalar(c(1)), bad(c(3)),
    horner(c(2.)), grad(horner, 2.), grad(over_tensor, [[1., 2.], [3., 4.]]),
]""",
    "lists": """
@F
def stacks(n):
    out = []
    for i in range(3):
        out.append(i * n)
    return tf.stack(out)
@F
def tensor_list(n):
    out = []
    tf.autograph.experimental.set_element_type(out, i32)
    for i in tf.range(n):
        out.append(i)
    return tf.autograph.stack(out) if hasattr(tf.autograph, "stack") else out
@F
def appended(n):
    out = []
    for i in tf.range(n):
        out.append(i)
    return out
@F
def comprehension(x):
    return [v * 2 for v in tf.unstack(x)], {i: v for i, v in enumerate([x[0], x[1]])}
@F
def popped(x):
    a = [x, x + 1]
    b = a.pop()
    a[0] = b
    return a
@F
def length(x):
    return len(x), len([x, x]), len("abc")
@F
def swap(a, b):
    a, b = b, a
    (d, e), f = (a, b), a + b
    a += 1
    return a, b, d, e, f
@F
def subscript(x):
    d = {"k": x}
    d["m"] = d["k"] + 1
    if x > 0:
        d["k"] = d["k"] * 2
    return d
@F
def outside(x, box):
    box.append(x.shape.rank)
    return x
box = []
@F
def array(n):
    a = TA(f32, 1, dynamic_size=True, clear_after_read=False)
    a = a.write(0, 1.)
    for i in tf.range(1, n):
        a = a.write(i, a.read(i - 1) * 2.)
    return a.stack(), a.size()
[
    stacks(c(2)), tensor_list(c(3)), comprehension(c([1, 2])), popped(c(1)), length(c([1, 2, 3])), length(tf.ones([2, 3])),
    swap(c(1), c(2)), subscript(c(1)), subscript(c(-1)), array(c(4)), array(c(1)),
]""",
    "builtins": """
@F
def bs(x):
    return abs(x), max(x, 3), min(x, 3), sum([x, x]), float(2), int(3), pow(x, 2), round(2.6)
@F
def anyall(x):
    return any([True, False]), all([x is not None]), sorted([3, 1]), list(map(lambda v: v * x, [1, 2]))
@F
def filt(x):
    return [v for v in filter(lambda v: v > 1, [1, 2, 3])], [a for a, b in zip([1], [x])]
@F
def is_inst(x):
    return isinstance(x, tf.Tensor), type(x) is int, callable(x)
@F
def lam(x):
    f = lambda y: y * 2 if y > 0 else y
    return f(x)
@F
def tensor_any(x):
    return any(x)
@F
def ranged(n):
    return [i for i in range(3)], tf.range(n)
@F
def neg(x):
    return x[::-1], x[-1], x[1:], x[..., None]
@F
def fstring(x):
    s = f"{x.shape.rank}-{len(x.shape)}"
    return s
[
    anyall(c(2)), filt(c(1)), is_inst(c(1)), is_inst(1), lam(c(2)), lam(c(-2)), ranged(c(3)),
    neg(c([1, 2, 3])), fstring(tf.ones([2, 2])),
]""",
    "calls": """
def helper(x):
    if x > 0:
        return x * 2
    return x
def deep(x, n):
    if n == 0:
        return helper(x)
    return deep(x, n - 1) + 1
class O:
    def __init__(self): self.k = 3
    def method(self, x):
        if x > 0:
            x = x * self.k
        return x
    def __call__(self, x):
        while x < 100:
            x = x * self.k
        return x
    @property
    def prop(self):
        return self.k
o = O()
@tf.autograph.experimental.do_not_convert
def raw(x):
    if isinstance(x, tf.Tensor):
        return x + 1
    return x
@tf.autograph.experimental.do_not_convert
def raw_if(x):
    if x > 0:
        return x
    return -x
def closure(k):
    def inner(x):
        if x > k:
            return x
        return c(0)
    return inner
def kw(x, *args, scale=1, **rest):
    if x > 0:
        return x * scale + sum(args) + rest.get("z", 0)
    return x
def decorated(f):
    def g(x):
        return f(x) + 1
    return g
@decorated
def dec(x):
    if x > 0:
        return x
    return -x
@F
def gen(x):
    def g():
        yield x
        yield x + 1
    return [v for v in g()]
ns = {"tf": tf}
exec("def dynamic(x):\\n    if x > 0:\\n        return x\\n    return -x", ns)
class B:
    def go(self, x):
        if x > 0:
            return x
        return x - 1
class D(B):
    def go(self, x):
        y = super().go(x)
        if y > 0:
            y = y * 10
        return y
[
    F(helper)(c(2)), F(deep)(c(2), 3), F(o.method)(c(2)), F(o.method)(c(-2)), F(o)(c(2)), F(lambda x: o.prop * x)(c(2)), F(raw)(c(1)),
    F(raw_if)(c(1)), F(lambda x: raw_if(x))(c(1)), F(closure(3))(c(5)), F(closure(3))(c(1)), F(kw)(c(1), 2, 3, scale=5, z=7),
    F(dec)(c(-4)), gen(c(1)), F(ns["dynamic"])(2), F(D().go)(c(2)), F(D().go)(c(-2)), F(lambda x: (lambda y: y if y > 0 else -y)(x))(c(-3)),
    tf.autograph.to_graph(helper)(c(-3)), "ag__" in tf.autograph.to_code(helper),
]""",
    "statements": """
@F
def asserts(x):
    assert x > 0, "must be positive"
    return x
@F
def tries(x):
    try:
        y = x + 1
    except ValueError:
        y = x
    finally:
        z = x * 2
    return y, z
@F
def with_(x):
    with tf.name_scope("s"):
        if x > 0:
            y = x
        else:
            y = -x
    return y
@F
def globals_(x):
    global G
    G = 3
    return x + G
@F
def nonlocal_(x):
    n = 0
    def inc():
        nonlocal n
        n = n + 1
    inc()
    inc()
    return x + n
@F
def deletes(x):
    y = x
    del y
    return x
@F
def walrus(x):
    if (y := x + 1) > 0:
        return y
    return x
@F
def pass_(x):
    if x > 0:
        pass
    else:
        pass
    return x
@F
def raises(x):
    if x > 0:
        raise ValueError("no")
    return x
@F
def augmented(x):
    x += 1
    x *= 2
    x -= 1
    x //= 2
    x **= 2
    x %= 7
    return x
@F
def attribute(x):
    class S: pass
    s = S()
    s.v = x
    if x > 0:
        s.v = s.v + 1
    return s.v
@F
def printed(x):
    print("tracing")
    tf.print("running", x, output_stream="file://" + tmp + "/out.txt")
    return x
@F
def while_attr(n):
    class S: pass
    s = S()
    s.i = c(0)
    while s.i < n:
        s.i = s.i + 1
    return s.i
def ran():
    printed(c(1)); printed(c(2))
    return open(tmp + "/out.txt").read()
[
    asserts(-1), tries(c(1)), with_(c(-2)), globals_(c(1)), nonlocal_(c(1)), deletes(c(1)),
    pass_(c(1)), raises(c(1)), raises(-1), augmented(c(5)), attribute(c(1)), attribute(c(-1)), while_attr(c(3)), ran(),
]""",
    "variables": """
v = V(0)
w = V([1., 2., 3.])
@F
def count(n):
    for i in tf.range(n):
        if i % 2 == 0:
            v.assign_add(i)
    return v + 0
@F
def until():
    while v < 100:
        v.assign_add(v + 1)
    return v
@F
def rows(n):
    for i in tf.range(n):
        w[i].assign(w[i] * 10.)
    return w
@F
def ifs(p):
    if p:
        w.assign(-w)
        r = w[0]
    else:
        r = w[1]
    return r
@F
def read_in_branch(p):
    return w * 2 if p else w * 3
@F
def grads(n):
    with tf.GradientTape() as t:
        y = c(1.)
        for _ in tf.range(n):
            y = y * w[0]
    return t.gradient(y, w)
@F
def train(n):
    for _ in tf.range(n):
        with tf.GradientTape() as t:
            loss = tf.reduce_sum((w - 1.) ** 2)
        w.assign_sub(0.1 * t.gradient(loss, w))
    return w
[
    count(c(5)), count(c(1)), v, until(), v, rows(c(2)), ifs(c(True)), ifs(c(False)), w, read_in_branch(c(True)), read_in_branch(c(False)),
    tf.convert_to_tensor(grads(c(3))), train(c(2)), w,
]""",
    "except_with_a_name": """
@tf.function
def f(x):
    if tf.reduce_sum(x) > 0:
        try:
            y = x + int("a")
        except (ValueError, TypeError) as error:
            y = x + float(len(type(error).__name__))
    else:
        y = x
    return y
[f(tf.ones(2)), f(-tf.ones(2))]""",
    "what_cannot_be_converted_runs_as_it_is": """
@tf.function
def f(x):
    assert x.shape[0] == 2, f"{x.shape} is not (2,)"
    return x + 1 if x.shape[0] == 2 else x
f(tf.ones(2))""",
    "loop_options": """
options = tf.autograph.experimental.set_loop_options
@F
def grows(n):
    x = tf.zeros([0], i32)
    for i in tf.range(n):
        tf.autograph.experimental.set_loop_options(shape_invariants=[(x, tf.TensorShape([None]))])
        x = tf.concat([x, [i]], 0)
    return x
@F
def limited(n):
    i = n * 0
    while i < n:
        options(maximum_iterations=2)
        i += 1
    return i
@F
def several(n):
    s = t = u = w = 0
    for i in tf.range(n):
        tf.autograph.experimental.set_loop_options(maximum_iterations=2, parallel_iterations=1)
        s += i
    for i in tf.range(10):
        tf.autograph.experimental.set_loop_options(maximum_iterations=3)
        t += i
    for i in range(5):
        tf.autograph.experimental.set_loop_options(maximum_iterations=3)
        u += i
    for x in c([1, 2, 3, 4]):
        tf.autograph.experimental.set_loop_options(maximum_iterations=n)
        w += x
        if x > 2:
            break
    return s, t, u, w
def slope(x, n):
    with tf.GradientTape() as t:
        t.watch(x)
        y = x
        while y < n:
            tf.autograph.experimental.set_loop_options(maximum_iterations=3)
            y = y * x
    return y, t.gradient(y, x)
[grows(c(3)), grows(c(0)), limited(c(5)), limited(c(1)), several(c(5)), several(c(1)), several(c(0)), F(slope)(c(2.), c(100.)), F(slope)(c(2.), c(5.))]""",
    "loop_variables_that_begin_as_none": """
@F
def last(n):
    x = None
    for i in tf.range(n):
        x = i
    return x
@F
def doubled(x):
    y = None
    while x < 3:
        y = x * 2
        x += 1
    return y
@F
def structure(x):
    state, kept = None, None
    ta = tf.TensorArray(f32, 3)
    for i in tf.range(3):
        ta = ta.write(i, x * 2)
        state = (x * tf.cast(i, f32), [x])
    return state, ta.stack(), kept
[last(c(3)), doubled(c(1)), doubled(c(5)), structure(c(1.))]""",
    "messages": """
def text(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return type(e).__name__, [line.strip() for line in str(e).splitlines()][-2:]
@F
def iterates(x):
    return [v * 2 for v in x]
@F
def as_bool(x):
    return bool(x)
@F
def over_scalar(x):
    for v in x:
        pass
    return x
@F
def no_numpy(x):
    return x.numpy()
@F
def unknown(x):
    return x.unknown
@F
def reshapes(n):
    x = tf.zeros([1], i32)
    for i in tf.range(n):
        x = tf.concat([x, [i]], 0)
    return x
@F
def reshapes_v(x):
    return tf.while_loop(lambda i, m: i < 3, lambda i, m: (i + 1, tf.concat([m, m], 0)), [c(0), x])
@F
def no_return(n):
    if n > 0:
        return n
@F
def none(n):
    if n > 0:
        return n
    else:
        return None
@F
def return_in_loop(n):
    for i in tf.range(n):
        if i > 2:
            return i
    return n
@F
def one_branch(n):
    if n > 0:
        y = 1
    return y
@F
def other_dtype(n):
    if n > 0:
        y = 1
    else:
        y = 1.0
    return y
@F
def none_or_one(n):
    return None if n > 0 else 1
@F
def leaks(x):
    total = 0
    def add(v):
        nonlocal total
        total = total + v
    if x > 0:
        add(x)
    return total
def structures(x):
    if x:
        y = {"a": 1}
    else:
        y = {"b": 2}
    return y
def first_lines(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return type(e).__name__, [line.strip() for line in str(e).splitlines()][2:6]
[
    text(iterates, c([1])), text(as_bool, c(1)), text(over_scalar, c(1)), text(no_numpy, c(1)), text(unknown, c(1)), text(lambda: c(1).unknown), text(reshapes, c(3)), text(reshapes_v, c([1.])),
    text(no_return, c(1)), text(none, c(1)), text(return_in_loop, c(5)), text(one_branch, c(1)), text(other_dtype, c(1)), text(none_or_one, c(1)), text(leaks, c(1))[0],
    first_lines(F(structures), c(True))[1][-1], text(len, F(lambda x: len(x))),
]""",
    "requested_of_libraries": """
import importlib.util, os, sys, tempfile
path = os.path.join(tempfile.mkdtemp(), "library.py")
with open(path, "w") as file:
    file.write("def plain(x):\\n    if x > 0:\\n        return x * 2\\n    return -x\\n"
               "class Layer:\\n    def call(self, x):\\n        if x > 0:\\n            return plain_of(x)\\n        return -x\\n"
               "def plain_of(x):\\n    return x * 3\\n")
spec = importlib.util.spec_from_file_location("tensorflow_probability.library", path)
library = importlib.util.module_from_spec(spec)
sys.modules["tensorflow_probability.library"] = library
spec.loader.exec_module(library)
library.Layer.compiled = tf.function(library.Layer.call)
def err(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
x = tf.constant(3.0)
[tf.function(library.plain)(x), tf.function(library.plain)(-x), library.Layer().compiled(x), library.Layer().compiled(-x),
 err(lambda: tf.function(lambda y: library.plain(y))(x))]""",
}

CASES = {name: wrapped(PRELUDE + code) for name, code in _CODE.items()}
