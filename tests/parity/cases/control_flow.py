"""Cases of tf.cond, case, switch_case, while_loop, map_fn, scan, foldl, foldr, vectorized_map and TensorArray."""

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
def both(f, *xs):
    return f(*xs), F(f)(*[tf.convert_to_tensor(x) for x in xs])
def grads(f, *xs):
    return grad(f, *xs), grad(F(f), *xs)
"""

_CODE = {
    "cond": """
v = V(1.)
def write(p):
    tf.cond(p, lambda: v.assign(5.), lambda: v.assign_add(1.))
    return v + 0
def out(x):
    return tf.cond(x > 0, lambda: x * x, lambda: -x)
[
    both(out, 3.), both(out, -3.), grads(out, 3.), grads(out, -3.),
    both(lambda x: tf.cond(x > 0, lambda: {"a": x, "b": [x]}, lambda: {"a": -x, "b": [x * 2]}), 2),
    tf.cond(c(True), lambda: 1, lambda: 2), tf.cond(True, lambda: 1, lambda: 2), tf.cond(c(True), lambda: None, lambda: None),
    tf.cond(c(True), lambda: (1, 2), lambda: (3, 4)),
    write(c(True)), write(c(False)), F(write)(c(True)), F(write)(c(False)), v,
    F(lambda p: tf.cond(p, lambda: 1, lambda: 2.))(c(True)),
    F(lambda p: tf.cond(p, lambda: tf.ones([2]), lambda: tf.ones([3])))(c(True)),
    tf.cond(c([True, False]), lambda: 1, lambda: 2), tf.cond(c(1), lambda: 1, lambda: 2),
    tf.cond(c(True), 1, 2),
    both(lambda x: tf.cond(x > 0, lambda: tf.cond(x > 5, lambda: x * 100, lambda: x * 10), lambda: x), 7.),
    grads(lambda x: tf.cond(x > 0, lambda: tf.cond(x > 5, lambda: x * 100, lambda: x * 10), lambda: x), 7.),
]""",
    "case_and_switch": """
def sw(i):
    return tf.switch_case(i, [lambda: c(10), lambda: c(20), lambda: c(30)])
def cs(x):
    return tf.case([(x > 10, lambda: x * 10), (x > 5, lambda: x * 5)], default=lambda: x)
def swg(i, x):
    return tf.switch_case(i, [lambda: x, lambda: x * x, lambda: x ** 3])
[
    both(sw, c(0)), both(sw, c(2)), both(sw, c(5)), both(sw, c(-1)),
    tf.switch_case(c(7), {3: lambda: 1, 7: lambda: 2}, default=lambda: 3),
    tf.switch_case(c(1), {0: lambda: 1, 1: lambda: 2}), tf.switch_case(c(4), {0: lambda: 1, 1: lambda: 2}, default=lambda: 9),
    tf.switch_case(c(0), []),
    both(cs, c(20)), both(cs, c(7)), both(cs, c(1)), grads(cs, 7.), grads(cs, 20.),
    tf.case([(c(False), lambda: 1)], default=lambda: 4), tf.case([(c(False), lambda: 1)]),
    grad(lambda x: swg(c(1), x), 3.), grad(F(lambda x: swg(c(2), x)), 3.),
    F(lambda i: tf.switch_case(i, [lambda: 1, lambda: 2.]))(c(0)),
]""",
    "while_loop": """
def powers(x):
    return tf.while_loop(lambda i, y: i < 4, lambda i, y: (i + 1, y * x), [0, c(1.)])[1]
def collatz(n):
    return tf.while_loop(lambda n, k: n > 1., lambda n, k: (tf.where(n % 2. == 0., n / 2., 3. * n + 1.), k + 1), (n, 0))
def halving(x):
    return tf.while_loop(lambda x: tf.reduce_sum(x) > 1., lambda x: [x / 2.], [x])[0]
v = V(0.)
def assigns(n):
    def body(i):
        v.assign_add(tf.cast(i, f32))
        return i + 1
    tf.while_loop(lambda i: i < n, body, [0])
    return v + 0
def nested(x):
    def body(i, y):
        z = tf.while_loop(lambda j, z: j < i, lambda j, z: (j + 1, z * x), (0, y))[1]
        return i + 1, z + 1.
    return tf.while_loop(lambda i, y: i < 3, body, (0, x))[1]
[
    both(powers, 2.), grads(powers, 2.), both(collatz, 6.), both(halving, [4., 4.]), grads(halving, [4., 4.]), grads(lambda x: halving(x) * x, [4., 4.]),
    
    F(lambda: tf.while_loop(lambda i: i < 10, lambda i: i + 1, [0], maximum_iterations=3))(),
    F(lambda: tf.while_loop(lambda s: s["i"] < 3, lambda s: [{"i": s["i"] + 1, "x": s["x"] * 2}], [{"i": 0, "x": c([1., 2.])}]))(),
    F(lambda: tf.while_loop(lambda i, x: i < 3, lambda i, x: (i + 1, tf.concat([x, x], 0)), (0, c([1.])), shape_invariants=(tf.TensorShape([]), tf.TensorShape([None]))))(),
    F(lambda: tf.while_loop(lambda i, x: i < 3, lambda i, x: (i + 1, tf.concat([x, x], 0)), (0, c([1.]))))(),
    F(lambda: tf.while_loop(lambda i: i < 3, lambda i: i + 1.5, [0]))(),
    F(lambda: tf.while_loop(lambda i, j: i < 3, lambda i, j: i + 1, [0, 0]))(),
    tf.while_loop(1, lambda i: i, [0]), tf.while_loop(lambda i: i < 3, 2, [0]),
    both(nested, 2.), grads(nested, 2.),
    F(lambda n: tf.while_loop(lambda i, a: i < n, lambda i, a: (i + 1, a.write(i, tf.cast(i, f32) ** 2)), (0, TA(f32, n)))[1].stack())(c(4)),
]""",
    "map_fn": """
x = c([1., 2., 3.])
[
    both(lambda x: tf.map_fn(lambda v: v * 2 + 1, x), x), grads(lambda x: tf.map_fn(lambda v: v * v, x), x),
    tf.map_fn(lambda v: v > 1, x, fn_output_signature=tf.bool), tf.map_fn(lambda v: v > 1, x, dtype=tf.bool), tf.map_fn(lambda v: v > 1, x),
    both(lambda x: tf.map_fn(lambda t: t[0] * t[1], (x, x + 1), fn_output_signature=f32), x),
    both(lambda x: tf.map_fn(lambda v: (v, {"a": v * 2}), x, fn_output_signature=(f32, {"a": f32})), x),
    tf.map_fn(lambda t: {"s": t["a"] + t["b"]}, {"a": c([1, 2]), "b": c([3, 4])}, fn_output_signature={"s": i32}),
    tf.map_fn(lambda r: tf.reduce_sum(r), tf.ragged.constant([[1, 2], [3], []]), fn_output_signature=i32),
    tf.map_fn(lambda n: tf.range(n), c([1, 3, 2]), fn_output_signature=tf.RaggedTensorSpec([None], i32)),
    tf.map_fn(lambda r: r * 2, tf.ragged.constant([[1, 2], [3]])),
    tf.map_fn(lambda m: tf.linalg.trace(m), tf.ones([2, 3, 3])), tf.map_fn(lambda v: v, c(1.)), tf.map_fn(lambda v: v, []),
    tf.map_fn(lambda v: tf.strings.join([v, v]), c(["a", "b"])),
    tf.map_fn(lambda v: v, x, parallel_iterations=1, swap_memory=True, infer_shape=False, name="n"),
    tf.map_fn(lambda t: t[0], (x, c([1., 2.])), fn_output_signature=f32),
    tf.map_fn(lambda v: v.shape.as_list() == [2] and v, tf.ones([3, 2])),
]""",
    "scan_and_folds": """
x = c([1., 2., 3., 4.])
[
    both(lambda x: tf.scan(lambda a, v: a + v, x), x), both(lambda x: tf.scan(lambda a, v: a * v, x, initializer=2.), x),
    tf.scan(lambda a, v: a + v, x, reverse=True), tf.scan(lambda a, v: a - v, x, initializer=10., reverse=True),
    both(lambda x: tf.scan(lambda a, v: (a[1], a[0] + a[1]), x, initializer=(c(0), c(1))), x),
    tf.scan(lambda a, v: a + v[0] * v[1], (x, x), initializer=0.), tf.scan(lambda a, v: {"s": a["s"] + v}, x, initializer={"s": c(0.)}),
    grads(lambda x: tf.scan(lambda a, v: a * v, x), x), grads(lambda x: tf.scan(lambda a, v: tf.sin(a) * v, x, initializer=x[0]), x),
    both(lambda x: tf.foldl(lambda a, v: a * 2 + v, x), x), both(lambda x: tf.foldr(lambda a, v: a * 2 + v, x), x),
    tf.foldl(lambda a, v: a + v, x, initializer=10.), tf.foldr(lambda a, v: a - v, x, initializer=c([1., 1.])),
    tf.foldl(lambda a, v: a + v[0] * v[1], (x, x), initializer=0.), grads(lambda x: tf.foldl(lambda a, v: a * v, x), x),
    grads(lambda x: tf.foldr(lambda a, v: a * v + v, x), x),
 tf.foldl(lambda a, v: a + v, tf.zeros([0]), initializer=1.),
 F(lambda x: tf.scan(lambda a, v: (a, a), x))(x),
]""",
    "vectorized_map": """
A = c(np.arange(12.).reshape(3, 2, 2), f32)
[
    both(lambda a: tf.vectorized_map(lambda m: tf.linalg.matmul(m, m), a), A), grads(lambda a: tf.vectorized_map(lambda m: tf.reduce_sum(m * m), a), A),
    tf.vectorized_map(lambda t: t[0] + t[1][0, 0], (c([1., 2., 3.]), A)), tf.vectorized_map(lambda t: {"x": t * 2}, c([1, 2])),
    tf.vectorized_map(lambda t: t["a"] * t["b"], {"a": c([1, 2]), "b": c([3, 4])}), tf.vectorized_map(lambda t: t[0] + t[1], (c([1, 2, 3]), c([[10]]))),
    tf.vectorized_map(lambda x: tf.cond(x > 0, lambda: x, lambda: -x), c([1, -2])), tf.vectorized_map(lambda x: c(1), c([1, 2])),
    tf.vectorized_map(lambda x: x + 1, tf.zeros([0])), tf.vectorized_map(lambda x: x, c(1)), tf.vectorized_map(lambda x: (x, x + 1), c([1, 2]), fallback_to_while_loop=False),
    tf.vectorized_map(lambda x: tf.gather(c([10, 20, 30]), x), c([2, 0])),
]""",
    "tensor_array": """
def stack(x):
    ta = TA(f32, 3)
    for i in range(3):
        ta = ta.write(i, x * float(i + 1))
    return ta.stack()
def loop(x):
    ta = TA(f32, 4, clear_after_read=False)
    ta = ta.write(0, x)
    for i in tf.range(1, 4):
        ta = ta.write(i, ta.read(i - 1) * x)
    return ta.stack()
def unstacked(x):
    ta = TA(f32, 0, dynamic_size=True).unstack(x)
    s = 0.
    for i in range(3):
        s += ta.read(i) * float(i)
    return s
ta = TA(i32, 2, dynamic_size=True, element_shape=[2], infer_shape=True)
ta = ta.write(0, [1, 2]).write(1, [3, 4]).write(3, [5, 6])
cl = TA(i32, 2).unstack([1, 2])
first = cl.read(0)
[
    both(stack, 2.), grads(stack, 2.), F(loop)(c(2.)), loop(c(2.)), grads(loop, 2.), both(unstacked, [1., 2., 3.]), grads(unstacked, [1., 2., 3.]),
    ta.stack(), ta.size(), ta.concat(), ta.gather([3, 0]), ta.element_shape, ta.dtype, ta.dynamic_size, ta.read(1),
    first, cl.read(0), cl.size(), TA(i32, 2).write(5, 1), TA(i32, 1, element_shape=[2]).write(0, [1, 2, 3]),
 TA(f32, 2, element_shape=[]).stack(), TA(f32, 2).write(0, 1.).stack(),
    TA(f32, 2).scatter([1, 0], [[1.], [2.]]).stack(), TA(f32, 2).split([1., 2., 3.], [1, 2]).read(1), TA(f32, 2).split([1., 2., 3.], [1, 2]).concat(),
    TA(f32, 0, dynamic_size=True).scatter([2, 0], [1., 2.]).size(), TA(tf.string, 2).write(0, "a").write(1, "b").stack(),
    F(lambda: TA(i32, 3).unstack([4, 5, 6]).gather([2, 0]))(),
    TA(f32, 1).identity().size(), F(lambda n: TA(f32, n).size())(c(5)), TA(f32, 3).write(1, [1., 2.]).read(1), F(lambda x: TA(f32, 2).scatter([0, 1], x).concat())(tf.ones([2, 3])),
 TA(f32, 2, infer_shape=False).write(0, [1.]).write(1, [1., 2.]).concat(), TA(f32, 2).write(0, [1.]).write(1, [1., 2.]),
]""",
    "vectorized_map_state": """
v = tf.Variable(1.0)
def counts(x):
    s = v.read_value()
    v.assign_add(1.0)
    return x * s
def keeps(x):
    v.assign(x)
    return x
g = tf.random.Generator.from_seed(1)
s = tf.keras.random.SeedGenerator(3)
def drawn(f):
    return [np.unique(tf.vectorized_map(f, tf.ones([50])).numpy()).size for _ in range(2)]
def both(f):
    one, two = (tf.vectorized_map(f, tf.ones([50])).numpy() for _ in range(2))
    return np.intersect1d(one, two).size
[
    tf.vectorized_map(counts, tf.constant([1.0, 2.0])), v.numpy(),
    tf.vectorized_map(keeps, tf.constant([5.0, 6.0])), v.numpy(),
    drawn(lambda x: x * tf.random.uniform([])), drawn(lambda x: x * tf.random.normal([3])[0]),
    drawn(lambda x: x * g.uniform([])), drawn(lambda x: x * tf.keras.random.uniform((), seed=s)), s.state.numpy(),
    both(lambda x: x * tf.random.uniform([])), both(lambda x: x * g.uniform([])),
    np.unique(tf.function(lambda y: tf.vectorized_map(lambda x: x + tf.random.uniform([]), y))(tf.ones([50]))).size,
    tf.vectorized_map(lambda x: tf.image.random_flip_left_right(x), tf.ones([4, 2, 3, 1])).shape,
]
""",
    "loops_of_numbers": """
w, v = tf.while_loop, tf.Variable(2)
[
    w(lambda i, s: i < 4, lambda i, s: (i + 1, s + i), [0, c(0.)]), w(lambda i, s: i < 4, lambda i, s: [i + 1, s * i], (1, np.array(1.))), w(lambda i, s: i < 4, lambda i, s: (i + 1, s + i), (0, 0.5), maximum_iterations=2),
    w(lambda i: i < 3, lambda i: (i + 1,), [0]), w(lambda i: i < 3, lambda i: [i + 1], (0,)), w(lambda i: i < 0, lambda i: (i + 1,), [0]), w(lambda i: i < 3, lambda i: (i + 1.5,), (0,)), w(lambda i, s: i < 3, lambda i, s: (i + 1, s + "a"), (0, "x")),
    w(lambda i, s: i < 5, lambda i, s: (i + 1, s * 2), [0, v]), w(lambda i, d: i < 5, lambda i, d: (i + 1, {"a": d["a"] + i, "b": d["b"]}), (0, {"a": c(1.), "b": 2})), w(lambda i, s: i < 3, lambda i, s: (i + 1, tf.concat([s, [float(i)]], 0)), (0, c([7.]))),
]
""",
    "tensor_arrays_that_grow_in_loops": """
x = c([[1., 2.], [3., 4.]])
def slope(f):
    with tf.GradientTape() as t:
        t.watch(x)
        y = f(x)
    return t.gradient(y, x)
@tf.function
def f1(x):
    ta = TA(f32, size=0, dynamic_size=True)
    for i in tf.range(tf.shape(x)[0]):
        ta = ta.write(i, x[i]*2)
    return ta.stack(), ta.size()
@tf.function
def f2(x):
    ta = TA(f32, size=1, dynamic_size=True)
    for i in tf.range(5, -1, -2):
        ta = ta.write(i, x[0]*tf.cast(i, tf.float32))
    return ta.stack(), ta.concat(), ta.read(3), ta.gather([5,1])
@tf.function
def f4(x):
    ta = TA(f32, size=0, dynamic_size=True)
    for i in tf.range(3):
        for j in tf.range(2):
            ta = ta.write(i*2+j, x[0])
    return ta.stack()
@tf.function
def f5(x):
    ta = TA(f32, size=0, dynamic_size=True)
    for i in tf.range(3):
        for j in tf.range(2):
            ta = ta.write(j, x[0]+tf.cast(i,tf.float32))
    return ta.stack()
@tf.function
def f6(x, n):
    ta = TA(f32, size=0, dynamic_size=True)
    for i in tf.range(n):
        for j in tf.range(2):
            ta = ta.write(j, x[0]+tf.cast(i,tf.float32))
    return ta.size()
@tf.function
def f7(x):
    ta = TA(f32, size=0, dynamic_size=True)
    for i in tf.range(4):
        if x[0,0] > tf.cast(i, tf.float32): ta = ta.write(i, x[0])
    return ta.size(), ta.stack()
@tf.function
def f8(x):
    ta = TA(f32, size=0, dynamic_size=True)
    s = 0
    for i in tf.range(4):
        ta = ta.write(i, x[0])
        s += ta.size()
    return s, ta.stack()
@tf.function
def f9(x):
    ta = TA(f32, size=0, dynamic_size=True)
    for i in tf.range(4):
        ta = ta.write(ta.size(), x[0])
    return ta.stack()
@tf.function
def f10(x):
    ta = TA(f32, size=0, dynamic_size=True).write(0, x[0])
    for i in tf.range(1, 4):
        ta = ta.write(i, ta.read(i-1)*2)
    return ta.stack()
@tf.function
def f11(x):
    ta = TA(f32, size=0, dynamic_size=True)
    for i in tf.range(4):
        ta = ta.write(i, x[0])
        if x[0,0]*tf.cast(i, tf.float32) > 1.: break
    return ta.stack()
@tf.function
def f12(x):
    ta = TA(f32, size=0, dynamic_size=True)
    for i in tf.range(2): ta = ta.write(i, x[0])
    for i in tf.range(3): ta = ta.write(i, x[1])
    for i in tf.range(2): ta = ta.write(i, x[0]*10)
    return ta.stack()
@tf.function
def after(x):
    ta = TA(f32, size=0, dynamic_size=True)
    for i in tf.range(3):
        ta = ta.write(i, x[0])
    ta = ta.write(1, x[1])
    return ta.write(4, x[1]).stack()
[f1(x), slope(lambda x: f1(x)[0]), f2(x), f4(x), f5(x), f6(x, c(0)), f6(x, c(2)), f7(x), f8(x), f9(x), f10(x), slope(f10), f11(x), f12(x), after(x)]""",
    "lists_of_one": """
yes, one, two = c(True), lambda: [c(1)], lambda: [c(2)]
[
    tf.cond(yes, one, two), tf.function(lambda p: tf.cond(p, one, two))(yes), tf.cond(yes, lambda: (c(1),), lambda: (c(2),)),
    tf.cond(yes, lambda: [[c(1)]], lambda: [[c(2)]]), tf.case([(yes, one)]), tf.case([(yes, one)], strict=True),
    tf.function(lambda p: tf.case([(p, one)], default=two))(yes), tf.switch_case(c(0), [one, two]),
    tf.function(lambda i: tf.switch_case(i, [one, two]))(c(1)), tf.keras.backend.switch(yes, lambda: c(1), lambda: c(2)),
]""",
    "operators_of_others": """
class R:
    def __radd__(self, other):
        return "radd"
    def __rmatmul__(self, other):
        return "rmatmul"
    def __rand__(self, other):
        return "rand"
    def __rsub__(self, other):
        return NotImplemented
    def __rmul__(self, other):
        raise TypeError("mine")
a, r = tf.ones([1], tf.int32), R()
half = tf.constant([2., 0.], tf.float16)
[
    a + r, a @ r, tf.constant(True) & r, tf.Variable(1.) + r, a - r, a * r, a / r, a + object(), a < r,
    tf.math.divide_no_nan(1., half), tf.math.divide_no_nan(half, 3.), tf.math.divide_no_nan(1., tf.constant(2. + 0j)),
]""",
    "case_without_a_match": """
def plain(x):
    return tf.case([(x < 1., lambda: x), (x < 5., lambda: x * 2)])
def slope(f, x):
    with tf.GradientTape() as t:
        t.watch(x)
        y = f(x)
    return t.gradient(y, x)
[plain(c(0.)), plain(c(2.)), plain(c(7.)), F(plain)(c(0.)), F(plain)(c(2.)), F(plain)(c(7.)), slope(F(plain), c(2.))]""",
}

CASES = {name: wrapped(PRELUDE + code) for name, code in _CODE.items()}
