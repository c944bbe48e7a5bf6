"""Cases of tf.cond, case, switch_case, while_loop, map_fn, scan, foldl, foldr, vectorized_map and TensorArray, eagerly and in a function: structures, numbers, errors, gradients."""

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
def gr(f, *x):
    x = [tf.convert_to_tensor(v) for v in x]
    with tf.GradientTape() as t: t.watch(x); y = f(*x)
    return t.gradient(y, x)
def both(f, *x): 
    def one(g):
        try: return g(*x)
        except Exception as e: return type(e).__name__
    return one(f), one(F(f))
v = V(1.)
"""

_CODE = {
    "cond": """

[
    both(lambda x: tf.cond(x > 0, lambda: x, lambda: None), c(1)), both(lambda x: tf.cond(x > 0, lambda: None, lambda: None), c(1)),
    both(lambda x: tf.cond(x > 0, lambda: [x, x], lambda: (x, x)), c(1)), both(lambda x: tf.cond(x > 0, lambda: {'a': x}, lambda: {'b': x}), c(1)),
    both(lambda x: tf.cond(x > 0, lambda: x, lambda: 1.0), c(1)), both(lambda x: tf.cond(x > 0, lambda: 'a', lambda: 'b'), c(1)),
    both(lambda x: tf.cond(x > 0, true_fn=lambda: v.assign(3.0), false_fn=lambda: v), c(1)),
    both(lambda x: tf.cond(x > 0, lambda: tf.ones([2]), lambda: tf.ones([3])), c(1)),
    both(lambda x: tf.cond(x > 0, lambda: tf.ragged.constant([[1]]), lambda: tf.ragged.constant([[1, 2]])), c(1)),
    both(lambda x: tf.cond(x > 0, lambda: tf.sparse.from_dense([1]), lambda: tf.sparse.from_dense([2])), c(1)),
    both(lambda x: tf.cond(x > 0, lambda: x, lambda: tf.cast(x, f32)), c(1)), both(lambda x: tf.cond([x > 0], lambda: x, lambda: -x), c(1)),
    both(lambda x: tf.cond(None, lambda: 1, lambda: 2), c(1)),
    both(lambda x: tf.cond(x > 0, lambda: TA(f32, 1).write(0, 1.0), lambda: TA(f32, 1).write(0, 2.0)).stack(), c(1)), both(lambda x: tf.cond(x > 0, lambda: x), c(1)),
    both(lambda x: tf.cond(tf.size(x) > 0, lambda: x[0], lambda: 0), c([1])), gr(lambda x: tf.cond(x > 0, lambda: 2.0 * x, lambda: c(3.0)), -1.0),
    gr(F(lambda x: tf.cond(x > 0, lambda: 2.0 * x, lambda: c(3.0))), -1.0), gr(F(lambda x, y: tf.cond(x > 0, lambda: y * x, lambda: y)), 2.0, 3.0),
    gr(F(lambda x, y: tf.cond(x > 0, lambda: x, lambda: x * 2)), 2.0, 3.0),
]""",
    "case_and_switch": """

[
    both(lambda x: tf.case([(x > 1, lambda: 1), (x > 0, lambda: 2)], exclusive=True), c(3)),
    both(lambda x: tf.case([(x > 1, lambda: 1), (x > 0, lambda: 2)], exclusive=True), c(1)), both(lambda x: tf.case([(x > 1, lambda: 1)]), c(0)),
    both(lambda x: tf.case([]), c(0)), both(lambda x: tf.case({}), c(0)), both(lambda x: tf.case([(True, lambda: 1)]), c(0)),
    both(lambda x: tf.case([(x > 0, lambda: (x, x))], default=lambda: (x, -x)), c(0)), both(lambda x: tf.switch_case(x, [lambda: x, lambda: 1.0]), c(0)),
    both(lambda x: tf.switch_case(x, {0: lambda: 1, 2: lambda: 3}), c(0)), both(lambda x: tf.switch_case(x, [(1, lambda: 10), (0, lambda: 20)]), c(0)),
    both(lambda x: tf.switch_case(x, [(0, lambda: 10), (0, lambda: 20)]), c(0)), both(lambda x: tf.switch_case(x, [1]), c(0)),
    both(lambda x: tf.switch_case(x, [lambda: 1]), c(0.0)), both(lambda x: tf.switch_case(x, [lambda: 1, lambda: 2], default=lambda: 5), c(-3)),
    both(lambda x: tf.switch_case(x, {0: lambda: 'a', 1: lambda: 'b'}), c(1)), both(lambda x: tf.switch_case(0, [lambda: 1]), c(1)),
    both(lambda x: tf.switch_case(x, [lambda: v.assign(1.0), lambda: v.assign_add(5.0)]), c(1)), v,
    both(lambda x: tf.switch_case(x, [lambda: (x, [x]), lambda: (x, x)]), c(1)), both(lambda x: tf.switch_case(x, [lambda: None, lambda: None]), c(1)),
    both(lambda x: tf.switch_case(x, [lambda: {'a': x}, lambda: {'a': -x}]), c(1)),
]""",
    "while_loop": """
i0 = c(0)
W = tf.while_loop
[
    both(lambda n: W(lambda i: i < n, lambda i: [i + 1], [c(0)]), c(3)), both(lambda n: W(lambda i: i < n, lambda i: (i + 1,), (c(0),)), c(3)),
    both(lambda n: W(lambda i, s: i < n, lambda i, s: (i + 1, s * 2), [0, 1.0]), c(3)),
    both(lambda n: W(lambda i, s: i < n, lambda i, s: (i + 1, {'a': s['a'] + 1}), (0, {'a': c(1)})), c(3)),
    both(lambda n: W(lambda d: d['i'] < n, lambda d: [{'i': d['i'] + 1}], [{'i': c(0)}]), c(3)),
    both(lambda n: W(lambda i, j: i < n, lambda i, j: (i + 1, i), (0, 0), maximum_iterations=2), c(3)),
    both(lambda n: W(lambda i, j: i < 10, lambda i, j: (i + 1, i), (0, 0), maximum_iterations=n), c(3)),
    both(lambda n: W(lambda i: True, lambda i: (i + 1,), (0,), maximum_iterations=n), c(3)),
    both(lambda n: W(lambda i: c(True), lambda i: (i + 1,), (c(0),), maximum_iterations=0), c(3)),
    both(lambda n: W(lambda i, x: i < n, lambda i, x: (i + 1, tf.concat([x, x], 0)), (c(0), c([1]))), c(3)),
    both(lambda n: W(lambda i, x: i < n, lambda i, x: (i + 1, tf.concat([x, x], 0)), (c(0), c([1])), shape_invariants=(tf.TensorShape([]), tf.TensorShape([None]))), c(3)),
    both(lambda n: W(lambda i, x: i < n, lambda i, x: (i + 1, tf.concat([x, x], 0)), [c(0), c([1])], shape_invariants=[S([], i32), S([None], i32)]), c(3)),
    both(lambda n: W(lambda i: i < n, lambda i: (i + 1, i), (0,)), c(3)),
    both(lambda n: W(lambda i, t: i < n, lambda i, t: (i + 1, t.write(i, i)), (0, TA(i32, 3)))[1].stack(), c(3)),
    both(lambda n: W(lambda i, s: i < n, lambda i, s: (i + 1, s + 'a'), (0, 'b')), c(3)), both(lambda n: W(lambda i, s: i < n, lambda i, s: (i + 1, s + v), (0, v)), c(3)),
    both(lambda n: W(lambda i, s: i < n, lambda i, s: [i + 1, s], (0, (c(1), [c(2)]))), c(3)),
    both(lambda n: W(lambda i: i < n, lambda i: i + 1, [0], parallel_iterations=0), c(3)),
]""",
    "gradients_through_while_loops": """
W = tf.while_loop
def p(x, n): return W(lambda i, y: i < n, lambda i, y: (i + 1, y * x), (0, c(1.)))[1]
def q(x, w): return W(lambda i, y: i < 3, lambda i, y: (i + 1, tf.tanh(w @ y)), (0, x))[1]
def dd(x, n): return W(lambda y: y < 100., lambda y: (y * x,), (x,))[0]
def hess(x):
    with tf.GradientTape() as t1:
        t1.watch(x)
        with tf.GradientTape() as t2:
            t2.watch(x); y = p(x, 3)
        g = t2.gradient(y, x)
    return t1.gradient(g, x)
def stop(x): return W(lambda i, y: i < 3, lambda i, y: (i + 1, tf.stop_gradient(y) * x), (0, x))[1]
def var(n):
    with tf.GradientTape() as t: y = W(lambda i, y: i < n, lambda i, y: (i + 1, y * v), (0, c(2.)))[1]
    return t.gradient(y, v)
v.assign(3.)
def cap(x): 
    z = x * x
    return W(lambda i, y: i < 2, lambda i, y: (i + 1, y + z), (0, c(0.)))[1]
def mx(x): return W(lambda i, y: True, lambda i, y: (i + 1, y * x), (0, c(1.)), maximum_iterations=4)[1]
def ta(x): return W(lambda i, t: i < 3, lambda i, t: (i + 1, t.write(i, x * tf.cast(i, f32))), (0, TA(f32, 3)))[1].stack()
def integ(x): return tf.cast(W(lambda i: i < 3, lambda i: (i + 1,), (tf.cast(x, i32),))[0], f32)
def unused(x): return W(lambda i, y: i < 3, lambda i, y: (i + 1, y), (0, c(1.)))[1]
[
    both(lambda x: gr(p, x, c(3)), c(2.0)), both(lambda x: gr(q, x, tf.eye(2) * 0.5), c([[1.0], [2.0]])), both(lambda x: gr(dd, x, 1.0), c(2.0)), both(hess, c(2.0)),
    both(lambda x: gr(stop, x), c(2.0)), both(var, c(3)), both(lambda x: gr(cap, x), c(3.0)), both(lambda x: gr(mx, x), c(3.0)), both(lambda x: gr(ta, x), c(3.0)),
    both(lambda x: gr(integ, x), c(1.0)), both(lambda x: gr(unused, x), c(1.0)), gr(F(p), 2.0, c(3)),
]""",
    "map_fn": """
M = tf.map_fn
[
    both(lambda x: M(lambda v: v + 1, x), c([1, 2])), both(lambda x: M(lambda v: [v, v], x), c([1, 2])),
    both(lambda x: M(lambda v: [v, v], x, fn_output_signature=[i32, i32]), c([1, 2])), both(lambda x: M(lambda v: (v, v), x, fn_output_signature=i32), c([1, 2])),
    both(lambda x: M(lambda v: tf.cast(v, f32), x), c([1, 2])), both(lambda x: M(lambda v: tf.cast(v, f32), x, dtype=f32), c([1, 2])),
    both(lambda x: M(lambda v: 1, x), c([1, 2])), both(lambda x: M(lambda v: 1.0, x), c([1, 2])),
    both(lambda x: M(lambda v: tf.ones([v]), x, fn_output_signature=tf.RaggedTensorSpec([None], f32)), c([1, 2])),
    both(lambda x: M(lambda v: v * 2, x, fn_output_signature=S([], i32)), c([1, 2])), both(lambda x: M(lambda v: v, x), tf.zeros([0, 3])),
    both(lambda x: M(lambda v: tf.reduce_sum(v), x), tf.zeros([0, 3])), both(lambda x: M(lambda t: t[0] + t[1], (x, x), fn_output_signature=i32), c([1, 2])),
    both(lambda x: M(lambda t: t, (x, x)), c([1, 2])), both(lambda x: M(lambda t: {'a': t['x']}, {'x': x}, fn_output_signature={'a': i32}), c([1, 2])),
    both(lambda x: M(lambda t: t['x'], {'x': x}, fn_output_signature=i32), c([1, 2])), both(lambda x: M(lambda v: v, 3), c([1, 2])),
    both(lambda x: M(lambda v: v, [[1, 2], [3, 4]]), c([1, 2])), both(lambda x: M(lambda v: v > 0, x, dtype=tf.bool), c([1, -2])),
    both(lambda x: M(lambda v: tf.strings.as_string(v), x, dtype=tf.string), c([1, -2])),
    both(lambda x: M(lambda v: tf.reduce_sum(v), x, fn_output_signature=i32), tf.ragged.constant([[1], [2, 3]])),
    both(lambda x: M(lambda v: v * 2, x), tf.ragged.constant([[1], [2, 3]])),
    both(lambda x: M(lambda v: v[:1], x, fn_output_signature=tf.RaggedTensorSpec([None], i32)), tf.ragged.constant([[1], [2, 3]])),
    both(lambda x: M(lambda v: tf.sparse.to_dense(v), x, fn_output_signature=i32), tf.sparse.from_dense([[1, 0], [0, 2]])),
    both(lambda x: M(lambda v: tf.cond(v > 1, lambda: v, lambda: -v), x), c([1, 2])), both(lambda x: M(lambda v: M(lambda w: w * v[0], v), x), c([[1, 2], [3, 4]])),
    both(lambda x: gr(lambda y: M(lambda v: v * v[0], y), x), c([[1.0, 2.0], [3.0, 4.0]])),
    both(lambda x: M(lambda v: v.assign(1) if hasattr(v, 'assign') else v, x), V([1, 2])), both(lambda x: M(np.sum, x, dtype=i32), c([1, 2])),
    both(lambda x: M(lambda v: None, x), c([1, 2])),
    both(lambda x: M(lambda v: tf.SparseTensor([[0]], [v], [1]), x, fn_output_signature=tf.SparseTensorSpec([1], i32)), c([1, 2])),
]""",
    "scan_and_folds": """

[
    both(lambda x: tf.scan(lambda a, v: a + v, x), c([1, 2, 3])), both(lambda x: tf.scan(lambda a, v: a + tf.cast(v, f32), x, initializer=0.0), c([1, 2, 3])),
    both(lambda x: tf.scan(lambda a, v: a + v, x, initializer=1.0), tf.zeros([0])), both(lambda x: tf.scan(lambda a, v: a + v, x, initializer=0), c([1, 2, 3])),
    both(lambda x: tf.scan(lambda a, v: a + v, x, initializer=0.0), c([1, 2, 3])),
    both(lambda x: tf.scan(lambda a, v: [a[0] + v, a[1]], x, initializer=[0, 1]), c([1, 2, 3])),
    both(lambda x: tf.scan(lambda a, v: (a[0] + v[0], a[1] * v[1]), (x, x)), c([1, 2, 3])), 
    both(lambda x: tf.scan(lambda a, v: tf.concat([a, [v]], 0), x, initializer=[0]), c([1, 2, 3])),
    both(lambda x: tf.scan(lambda a, v: a + v, x, reverse=True, initializer=0), c([1, 2, 3])), both(lambda x: tf.foldl(lambda a, v: a - v, x), c([1, 2, 3])),
    both(lambda x: tf.foldr(lambda a, v: a - v, x), c([1, 2, 3])), both(lambda x: tf.foldl(lambda a, v: {'s': a['s'] + v}, x, initializer={'s': 0}), c([1, 2, 3])),
    both(lambda x: tf.foldl(lambda a, v: a + v[0] * v[1], (x, x), initializer=0), c([1, 2, 3])),
    both(lambda x: tf.foldl(lambda a, v: tf.strings.join([a, v]), x), c(['a', 'b'])), both(lambda x: gr(lambda y: tf.scan(lambda a, v: a * v, y), x), c([1.0, 2.0, 3.0])),
    both(lambda x: gr(lambda y: tf.foldr(lambda a, v: a * v, y, initializer=y[0]), x), c([1.0, 2.0, 3.0])),
    both(lambda x: tf.foldl(lambda a, v: (a[0] + v, a[1]), x, initializer=(0, 1)), c([1, 2])),
    both(lambda x: tf.scan(lambda a, v: a + tf.reduce_sum(v), x, initializer=0), c([[1, 2], [3, 4]])),
    both(lambda x: tf.scan(lambda a, v: a + v, x, back_prop=False, parallel_iterations=2, swap_memory=True, infer_shape=False, name='s'), c([1, 2])),
]""",
    "vectorized_map": """
VM = tf.vectorized_map
[
    both(lambda x: VM(lambda v: v + 1, x), c([1, 2])), both(lambda x: VM(lambda v: (v, {'a': v}), x), c([1, 2])),
    both(lambda x: VM(lambda v: v[0] * v[1], (x, x)), c([1, 2])), both(lambda x: VM(lambda v: v[0] * v[1], (x, c([3]))), c([1, 2])),
    both(lambda x: VM(lambda v: tf.random.uniform([2]) * 0.0, x), c([1, 2])), both(lambda x: VM(lambda v: tf.where(v > 1, v, -v), x), c([1, 2])),
    both(lambda x: VM(lambda v: tf.reshape(v, [-1]), x), tf.ones([2, 2, 2])),
    both(lambda x: VM(lambda v: tf.nn.conv2d(v[None], tf.ones([1, 1, 1, 1]), 1, 'SAME')[0], x), tf.ones([2, 2, 2, 1])),
    both(lambda x: VM(lambda v: tf.linalg.inv(v), x), tf.eye(2, batch_shape=[2])), both(lambda x: VM(lambda v: tf.strings.as_string(v), x), c([1, 2])),
    both(lambda x: VM(lambda v: tf.boolean_mask(v, v > 0), x), c([[1, 2], [3, 4]])), both(lambda x: gr(lambda y: VM(lambda v: v * v, y), x), c([1.0, 2.0])),
    both(lambda x: VM(lambda v: tf.while_loop(lambda i: i < v, lambda i: i + 1, [0])[0], x), c([1, 2])), both(lambda x: VM(lambda v: 3, x), c([1, 2])),
    both(lambda x: VM(lambda v: None, x), c([1, 2])), both(lambda x: VM(lambda v: tf.gather(c([1.0, 2.0, 3.0]), v), x), c([0, 2])),
    both(lambda x: VM(lambda v: tf.scatter_nd([[0]], v[None], [2]), x), c([1, 2])), both(lambda x: VM(lambda v: tf.unique(v)[0], x), c([[1, 1], [2, 2]])),
    both(lambda x: VM(lambda v: tf.reduce_sum(v), x), tf.zeros([0, 2])),
]""",
    "tensor_array": """
def mk(**k): return TA(f32, **k)
[
    both(lambda x: mk(size=2).write(0, x).write(1, x).stack(), c(1.0)), both(lambda x: mk(size=2).write(0, x).stack(), c(1.0)),
    both(lambda x: mk(size=2).write(0, x).read(1), c(1.0)), both(lambda x: mk(size=2).read(0), c(1.0)), both(lambda x: mk(size=2).write(2, x).stack(), c(1.0)),
    both(lambda x: mk(size=2).write(-1, x).stack(), c(1.0)), both(lambda x: mk(size=0, dynamic_size=True).write(3, x).stack(), c(1.0)),
    both(lambda x: mk(size=2).write(0, c(1)).stack(), c(1.0)), both(lambda x: mk(size=3).unstack(x).concat(), tf.ones([3, 2])),
    both(lambda x: mk(size=2, infer_shape=False).split(x, [1, 2]).concat(), c([1.0, 2.0, 3.0])),
    both(lambda x: mk(size=2, infer_shape=False).split(x, [1, 1]).concat(), c([1.0, 2.0, 3.0])),
    both(lambda x: mk(size=3).scatter([2, 0], x).gather([0, 2]), c([1.0, 2.0])),
    both(lambda x: (mk(size=1).size(), mk(size=1).dtype, mk(size=1).element_shape, mk(size=1, dynamic_size=True).dynamic_size, mk(size=1).handle is not None, mk(size=1).flow is not None), c(1.0)),
    both(lambda x: mk(size=2).grad('a'), c(1.0)), both(lambda x: mk(size=2, element_shape=[3]).write(0, x).stack(), c(1.0)),
    both(lambda x: mk(size=2, element_shape=[None]).write(0, [x]).write(1, [x, x]).read(1), c(1.0)),
    both(lambda x: mk(size=1, clear_after_read=True).write(0, x).read(0), c(1.0)),
    both(lambda x: [t.read(0) for t in [mk(size=1, clear_after_read=True).write(0, x)] for _ in range(2)], c(1.0)),
    both(lambda x: [t.read(0) for t in [mk(size=1, clear_after_read=False).write(0, x)] for _ in range(2)], c(1.0)),
    both(lambda x: mk(size=1).write(0, x).write(0, x + 1).read(0), c(1.0)), both(lambda x: mk().write(0, x), c(1.0)),
    both(lambda x: TA('float32', 1).write(0, x).stack(), c(1.0)), both(lambda x: TA(f32, size=tf.shape(x)[0]).unstack(x).stack(), c([1.0, 2.0])),
    both(lambda x: mk(size=2, tensor_array_name='q').identity().size(), c(1.0)), both(lambda x: mk(size=1).gather([0]), c(1.0)),
    both(lambda x: mk(size=2).stack(), c(1.0)), both(lambda x: mk(size=0, element_shape=[2]).stack(), c(1.0)),
    both(lambda x: mk(size=2).write(0, [x]).write(1, [x, x]).stack(), c(1.0)),
    both(lambda x: mk(size=2, infer_shape=False).write(0, [x]).write(1, [x, x]).concat(), c(1.0)), both(lambda x: mk(size=2).write(0.5, x).stack(), c(1.0)),
    both(lambda x: gr(lambda y: mk(size=2, infer_shape=False).split(y, [1, 2]).concat() * y, x), c([1.0, 2.0, 3.0])),
    both(lambda x: gr(lambda y: mk(size=3).scatter([2, 0, 1], y).stack() * c([1.0, 2.0, 3.0]), x), c([1.0, 2.0, 3.0])),
    both(lambda x: gr(lambda y: mk(size=2).write(0, y).write(1, y * y).concat() if False else mk(size=2).write(0, y).write(1, y * y).stack(), x), c(3.0)),
]""",
    "what_map_fn_says_of_its_elements": """
def text(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__, str(e)
[text(lambda: tf.map_fn(lambda v: v, [])), text(lambda: tf.map_fn(lambda v: v, 3)), text(lambda: tf.map_fn(lambda v: v, [[1, 2], [3, 4]]))]""",
}

CASES = {name: wrapped(PRELUDE + code) for name, code in _CODE.items()}
