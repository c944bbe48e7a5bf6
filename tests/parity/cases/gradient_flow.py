"""Cases of gradients through indexing, control flow, TensorArrays, functions and python; of complex numbers."""

import pathlib
import runpy

HERE = pathlib.Path(__file__).parent
wrapped = runpy.run_path(str(HERE / "_wrap.py"))["wrapped"]
PRELUDE = runpy.run_path(str(HERE / "_gradients.py"))["PRELUDE"]

_CODE = {
    "gradients_of_indexing": """
x = c([[1., 2., 3.], [4., 5., 6.]])
v3 = c([1., 2., 3.])
i, j = c(1), c([1, 0, 1])
v = V(x)
def var(f):
    v.assign(x)
    with Tape() as t:
        y = f(v)
    g = t.gradient(y, v)
    return tf.convert_to_tensor(g) if g is not None else None
def sliced(key):
    def f(u):
        w = V(tf.zeros([2, 3]))
        w[key].assign(u)
        return w * x
    return f
def added(x):
    w = V(tf.ones([2, 3]))
    with Tape() as t:
        t.watch(x)
        w[0, 1:].assign_add(x[0, :2])
        y = w * w
    return t.gradient(y, [x, w])
[
    grads(lambda x: x[1] ** 2, x), grads(lambda x: x[-1, -2] ** 2, x), grads(lambda x: x[:, 1] ** 2, x), grads(lambda x: x[i] ** 2, x), grads(lambda x: x[i, c(2)] ** 2, x),
    grads(lambda x: x[:, i:] ** 2, x), grads(lambda x: x[i - 1:i] ** 2, x), grads(lambda x: x[::-1, ::2] ** 2, x), grads(lambda x: x[..., -1] ** 2, x), grads(lambda x: x[None, ..., None] ** 2, x),
    grads(lambda x: x[:, tf.newaxis, 1:2] ** 2, x), grads(lambda x: x[5:] ** 2, x), grads(lambda x: x[x > 2.] ** 2, x), grads(lambda x: x[tf.constant([True, False])] ** 2, x),
    grads(lambda x: x[0][1] * x[1][0], x), grads(lambda x: tf.slice(x, [0, 1], [2, -1]) ** 2, x), grads(lambda x: tf.strided_slice(x, [0, 2], [2, 0], [1, -1]) ** 2, x),
    grad(lambda x: tf.gather(x, j, axis=0) ** 2, x), grads(lambda x: tf.gather(x, [[2, 0], [0, 0]], axis=1) ** 2, x), grads(lambda x: tf.gather(x, [[2, 0], [0, 0]], axis=1, batch_dims=1) ** 2, x),
    grad(lambda x: tf.gather(x, i) ** 2, x), grads(lambda x: tf.gather(x, []) ** 2, x), grad(lambda x: tf.gather(tf.gather(x, j), [0, 2, 0]) ** 2, x), grad(lambda x: tf.gather_nd(x, [[1], [1]]) ** 2, x),
    grads(lambda x: tf.gather_nd(x, [[[1, 0]], [[0, 2]]]) ** 2, x), grads(lambda x: tf.gather_nd(x, [[0], [2]], batch_dims=1) ** 2, x), grads(lambda x: tf.batch_gather(x, [[0], [2]]) ** 2, x),
    grads(lambda x: tf.boolean_mask(x, [[True, False, True], [False, True, False]]) ** 2, x), grads(lambda x: tf.boolean_mask(x, [False, True, True], axis=1) ** 2, x),
    grads(lambda x: tf.where(x > 2., x ** 2, tf.zeros_like(x)), x), grads(lambda x: tf.where([[True], [False]], x ** 2, 5.), x), grads(lambda x: tf.gather_nd(x, tf.where(x > 2.)) ** 2, x),
    grads(lambda u: tf.scatter_nd([[0], [2], [0]], u, [4]) ** 2, v3), grads(lambda x, u: tf.tensor_scatter_nd_update(x, [[0, 1], [1, 2]], u) ** 2, x, c([10., 20.])),
    grads(lambda x, u: tf.tensor_scatter_nd_add(x, [[0], [0]], u) ** 2, x, tf.ones([2, 3])), grads(lambda x, u: tf.tensor_scatter_nd_sub(x, [[0], [1]], u) ** 2, x, tf.ones([2, 3])),
    grads(lambda x, u: tf.tensor_scatter_nd_max(x, [[0], [1]], u) ** 2, x, tf.ones([2, 3]) * 3.), grads(lambda x, u: tf.tensor_scatter_nd_min(x, [[0], [1]], u) ** 2, x, tf.ones([2, 3]) * 3.),
    grads(lambda x, u: tf.tensor_scatter_nd_max(x, [[0, 2]], u) ** 2, x, c([3.])), grads(lambda x: tf.math.segment_sum(x, [0, 0]) ** 2, x), grads(lambda x: tf.math.segment_mean(x, [0, 0]) ** 2, x),
    grads(lambda x: tf.math.segment_max(x, [0, 1]) ** 2, x), grads(lambda x: tf.math.segment_prod(x, [0, 0]), x), grads(lambda x: tf.math.unsorted_segment_sum(x, [1, 1], 3) ** 2, x),
    grads(lambda x: tf.math.unsorted_segment_mean(x, [1, 1], 3) ** 2, x), grads(lambda x: tf.math.unsorted_segment_max(x, [1, 1], 2), x), grads(lambda x: tf.math.unsorted_segment_min(x, [1, -1], 2), x),
    grads(lambda x: tf.math.unsorted_segment_prod(x, [1, 1], 2), x), grads(lambda x: tf.math.unsorted_segment_sqrt_n(x, [1, 1], 2), x),
    grads(lambda x: tf.sparse.segment_sum(x, [0, 1, 1], [0, 0, 1]) ** 2, x), grads(lambda x: tf.sparse.segment_mean(x, [0, 1, 1], [0, 0, 1]) ** 2, x),
    grads(lambda x: tf.sparse.segment_sqrt_n(x, [0, 1, 1], [0, 0, 1]) ** 2, x), grads(lambda x: tf.dynamic_partition(x, [1, 0], 2)[1] ** 2, x),
    grads(lambda x, y: tf.dynamic_stitch([[0, 2], [1, 0]], [x, y]) ** 2, x, x * 2), grads(lambda x: tf.concat([x, x[:1]], 0) ** 2, x), grads(lambda x: tf.stack([x, x * 2], 1) ** 2, x),
    grads(lambda x: tf.split(x, [1, 2], 1)[1] ** 2, x), grads(lambda x: tf.unstack(x, axis=1)[2] ** 2, x), grads(lambda x: tf.tile(x, [2, 2]) ** 2, x), grads(lambda x: tf.repeat(x, 2, axis=1) ** 2, x),
    grads(lambda x: tf.pad(x, [[1, 0], [0, 1]], "SYMMETRIC") ** 2, x), grads(lambda x: tf.pad(x, [[1, 0], [0, 1]], "REFLECT") ** 2, x), grads(lambda x: tf.roll(x, 1, 1) * x, x),
    grads(lambda x: tf.reverse_sequence(x, [2, 3], 1) * x, x), grads(lambda x: tf.transpose(x) @ x, x), grads(lambda x: tf.linalg.band_part(x, 0, 1) ** 2, x),
    grads(lambda x: tf.linalg.diag_part(x) ** 2, x), grads(lambda x: tf.linalg.set_diag(x, [7., 8.]) ** 2, x), grads(lambda x: tf.space_to_batch(x[None, :, :2, None], [2, 2], [[0, 0], [0, 0]]) ** 2, x),
    grads(lambda x: tf.broadcast_to(x[:, :1], [2, 3]) ** 2, x), grads(lambda x: tf.expand_dims(x, 1) ** 2, x), grads(lambda x: tf.squeeze(x[:1]) ** 2, x),
    grads(lambda x: tf.meshgrid(x[0], x[1])[0] ** 2, x), grads(lambda x: tf.cumsum(x, 1, exclusive=True, reverse=True) ** 2, x), grads(lambda x: tf.math.cumulative_logsumexp(x, 1), x),
    grads(lambda x: tf.image.extract_patches(x[None, :, :, None], [1, 2, 2, 1], [1, 1, 1, 1], [1, 1, 1, 1], "VALID") ** 2, x),
    grads(lambda x: tf.ragged.constant([[0, 1], [1]]).with_values(tf.gather(x[0], [0, 1, 1])).to_tensor() ** 2, x), grads(lambda x: tf.RaggedTensor.from_row_lengths(x[0], [1, 2]).to_tensor() ** 2, x),
    grads(lambda x: tf.sparse.to_dense(tf.SparseTensor([[0, 1], [1, 0]], x[0, :2], [2, 2])) ** 2, x),
    grads(lambda x: tf.sparse.sparse_dense_matmul(tf.SparseTensor([[0, 1], [1, 0]], x[0, :2], [2, 2]), x), x), var(lambda v: v[1] ** 2), var(lambda v: v[:, ::2] ** 2), var(lambda v: tf.gather(v, j) ** 2),
    var(lambda v: tf.gather_nd(v, [[1, 1]]) ** 2), var(lambda v: v.sparse_read(j) ** 2), var(lambda v: v.gather_nd([[1, 1]]) ** 2), var(lambda v: tf.nn.embedding_lookup(v, [[0, 1], [1, 1]]) ** 2),
    var(lambda v: tf.nn.embedding_lookup_sparse(v, tf.SparseTensor([[0, 0], [0, 1], [1, 0]], c([0, 1, 1], tf.int64), [2, 2]), None, combiner="mean") ** 2),
    var(lambda v: tf.scatter_nd([[1]], [v[0]], [2, 3]) * v), grad(sliced(0), v3), grad(sliced((slice(None), slice(1, None))), tf.ones([2, 2])), grad(sliced((1, 2)), c(3.)),
    grad(F(lambda x, i: x[i] * x[i - 1]), x, c(1))[0], second(lambda x: x[0, 1] ** 3 * x[1, 1], x), second(lambda x: tf.reduce_sum(tf.boolean_mask(x, x > 2.) ** 3), x),
    second(lambda x: tf.reduce_sum(tf.scatter_nd([[1], [1]], x, [2, 3]) ** 3), x),
]""",
    "gradients_through_control_flow": """
v, w = V(3.), V([1., 2.])
x3 = c([1., 2., 3.])
def nested_cond(x):
    return tf.cond(x > 0, lambda: tf.cond(x > 5, lambda: x ** 3, lambda: x ** 2 * v), lambda: -x)
def both_ways(x):
    with Tape() as t:
        t.watch(x)
        y = nested_cond(x)
    return t.gradient(y, [x, v])
def outputs(x):
    a, b = tf.cond(x > 0, lambda: (x * 2., v * x), lambda: (v * 1., x * x))
    return a * b
def structure(x):
    d = tf.cond(x > 0, lambda: {"a": x * 2., "b": (c(1.), x)}, lambda: {"a": x, "b": (x, c(2.))})
    return d["a"] * d["b"][1]
def case(x):
    return tf.case([(x < 1, lambda: x), (x < 3, lambda: x ** 2)], default=lambda: x ** 3)
def exclusive(x):
    return tf.case([(x < 1, lambda: x), (x > 3, lambda: x ** 2)], default=lambda: x ** 3, exclusive=True)
def switch(i, x):
    return tf.switch_case(i, [lambda: x, lambda: x ** 2, lambda: x ** 3 * v])
def powers(x, n=4):
    return tf.while_loop(lambda i, y: i < n, lambda i, y: (i + 1, y * x), (0, c(1.)))[1]
def until(x):
    return tf.while_loop(lambda y: y < 50., lambda y: (y * y * x,), (x,))[0]
def maximum(x):
    return tf.while_loop(lambda i, y: i < 100, lambda i, y: (i + 1, y * x), (0, x), maximum_iterations=3)[1]
def with_variable(x):
    return tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, y * v), (0, x))[1]
def accumulated(x):
    a = TA(f32, size=0, dynamic_size=True)
    _, _, a = tf.while_loop(lambda i, y, a: i < 4, lambda i, y, a: (i + 1, y * x, a.write(i, y)), (0, x, a))
    return a.stack()
def nested_loops(x):
    def body(i, y):
        return i + 1, tf.while_loop(lambda j, z: j < i, lambda j, z: (j + 1, z * x + 1.), (0, y))[1]
    return tf.while_loop(lambda i, y: i < 4, body, (0, x))[1]
def cond_in_loop(x):
    return tf.while_loop(lambda i, y: i < 4, lambda i, y: (i + 1, tf.cond(i % 2 == 0, lambda: y * x, lambda: y + x)), (0, x))[1]
def loop_in_cond(x):
    return tf.cond(x > 0, lambda: powers(x), lambda: x)
def unused(x):
    return tf.while_loop(lambda i, y, z: i < 3, lambda i, y, z: (i + 1, y + 1., z * x), (0, x, x))[1]
def int_state(x):
    return tf.while_loop(lambda i, k, y: i < 3, lambda i, k, y: (i + 1, k * 2, y * tf.cast(k, f32) * x), (0, 1, x))[2]
def growing(x):
    return tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, tf.concat([y, y[-1:] * x], 0)), (0, x[None]), shape_invariants=(tf.TensorShape([]), tf.TensorShape([None])))[1]
def python_loop(x):
    y = x
    for i in range(3):
        y = y * x + float(i)
    return y
def for_range(x):
    y = x
    for i in tf.range(3):
        y = y * x + tf.cast(i, f32)
    return y
def for_tensor(x):
    y = c(1.)
    for e in x:
        y = y * e + e
    return y
def while_break(x):
    y = x
    i = 0
    while i < 10:
        i += 1
        if y > 20.:
            break
        if i == 2:
            continue
        y = y * x
    return y
def early(x):
    if x > 2.:
        return x ** 3
    for i in tf.range(5):
        if i > 2:
            return x * tf.cast(i, f32)
    return x
def for_dataset(x):
    y = x
    for e in tf.data.Dataset.from_tensor_slices([1., 2., 3.]):
        y = y * x + e
    return y
def appended(x):
    out = []
    for i in range(3):
        out.append(x ** float(i))
    return tf.stack(out)
def write_loop(x):
    a = TA(f32, 3)
    for i in tf.range(3):
        a = a.write(i, x * tf.cast(i, f32) ** 2)
    return a.stack() * v
def assigned(x):
    q = V(0.)
    q.assign(x * x)
    return q * x
[
    grads(nested_cond, 6.), grads(nested_cond, 2.), grads(nested_cond, -2.), both_ways(c(2.)), F(both_ways)(c(2.)), both_ways(c(6.)), F(both_ways)(c(6.)), second(nested_cond, 6.),
    second(F(nested_cond), 6.), grads(outputs, 2.), grads(outputs, -2.), grads(structure, 2.), grads(structure, -2.), grads(case, .5), grads(case, 2.), grads(case, 5.), grads(exclusive, 5.),
    second(F(case), 5.), grads(lambda x: switch(c(0), x), 2.), grads(lambda x: switch(c(2), x), 2.), grads(lambda x: switch(c(7), x), 2.), grads(lambda x: tf.cond(c(True), lambda: x * 2., lambda: x), 1.),
    grads(lambda x: tf.cond(x > 0, lambda: c(1.), lambda: x), 1.), grads(lambda x: tf.cond(x > 0, lambda: c(1.), lambda: c(2.)), 1.),
    grads(lambda x: tf.cond(tf.reduce_any(x > 2), lambda: x[:1], lambda: x[1:2]), x3), grads(powers, 1.5), second(powers, 1.5), second(F(powers), 1.5), grads(until, 1.5), second(F(until), 1.5),
    grads(maximum, 1.5), second(F(maximum), 1.5), grads(with_variable, 2.), grad(lambda x, v: with_variable(x), 2., v), grad(F(lambda x: with_variable(x)), 2.), grads(accumulated, 1.5),
    second(F(lambda x: tf.reduce_sum(accumulated(x))), 1.5), grads(nested_loops, 1.5), second(F(nested_loops), 1.5), grads(cond_in_loop, 1.5), second(F(cond_in_loop), 1.5), grads(loop_in_cond, 1.5),
    grads(loop_in_cond, -1.5), grads(unused, 2.), grads(int_state, 1.5), grads(growing, 1.5), grads(python_loop, 1.5), grads(for_range, 1.5), second(F(for_range), 1.5), grads(for_tensor, x3),
    grad(while_break, 1.5), grads(early, 3.), grads(early, 1.), grad(for_dataset, 1.5), grads(appended, 1.5), grads(write_loop, 1.5), grads(assigned, 2.),
    grads(lambda x: tf.map_fn(lambda a: a * a * v, x), x3), grads(lambda x: tf.map_fn(lambda t: t[0] * t[1], (x, x[::-1]), fn_output_signature=f32), x3),
    grads(lambda x: tf.map_fn(lambda a: (a, a * a), x, fn_output_signature=(f32, f32))[1], x3), grads(lambda x: tf.map_fn(lambda i: x[i] ** 2, tf.range(3), fn_output_signature=f32), x3),
    second(F(lambda x: tf.reduce_sum(tf.map_fn(lambda a: a ** 3, x))), x3), grads(lambda x: tf.scan(lambda a, e: a * e + v, x), x3), grads(lambda x: tf.scan(lambda a, e: a * e, x, reverse=True), x3),
    grads(lambda x: tf.scan(lambda a, e: a * e, x3, initializer=x), 2.), second(F(lambda x: tf.reduce_sum(tf.scan(lambda a, e: a * e, x))), x3),
    grads(lambda x: tf.scan(lambda a, e: (a[0] * e, a[1] + e), x, initializer=(c(1.), c(0.)))[0], x3), grads(lambda x: tf.foldl(lambda a, e: a * e + e, x), x3),
    grads(lambda x: tf.foldr(lambda a, e: a * e + e, x), x3), grads(lambda x: tf.vectorized_map(lambda a: a * a * x[0], x), x3), second(lambda x: tf.vectorized_map(lambda a: a ** 3, x), x3),
    grads(lambda x: TA(f32, 3).unstack(x).stack() ** 2, x3), grads(lambda x: TA(f32, 3).unstack(x).read(1) ** 2, x3), grads(lambda x: TA(f32, 3).unstack(x).gather([2, 0]) ** 2, x3),
    grads(lambda x: TA(f32, 2).scatter([1, 0], x[:2]).stack() * c([1., 10.]), x3), grads(lambda x: TA(f32, 2, infer_shape=False).split(x, [1, 2]).read(1) ** 2, x3),
    grads(lambda x: TA(f32, 2).write(0, x).write(1, x * 2).concat() ** 2, x3), grads(lambda x: TA(f32, 2).write(0, x[0]).stack(), x3),
    grads(lambda x: TA(f32, 2, clear_after_read=False).write(0, x[0]).write(1, x[1]).read(0) * 5., x3),
    grads(lambda x: tf.raw_ops.TensorListStack(input_handle=tf.raw_ops.TensorListFromTensor(tensor=x, element_shape=c([], i32)), element_shape=c([], i32), element_dtype=f32) ** 2, x3),
]""",
    "gradients_through_functions": """
v, w = V(2.), V([1., 2.])
x, x2 = c(3.), c([1., 2.])
@F
def cube(x):
    return x ** 3 * v
@F
def twice(x):
    return cube(cube(x) / 50.)
@F
def many(x):
    return {"a": x * v, "b": [x * x, c(1.), 5]}
@F
def inner_tape(x):
    with Tape() as t:
        t.watch(x)
        y = cube(x)
    return t.gradient(y, [x, v])
@F
def second_inside(x):
    with Tape() as t:
        t.watch(x)
        with Tape() as u:
            u.watch(x)
            y = cube(x)
        g = u.gradient(y, x)
    return g, t.gradient(g, [x, v])
def var(f, *args):
    with Tape() as t:
        t.watch(list(args))
        y = f(*args)
    return t.gradient(y, [*args, v])
@F
def captured():
    return x * v
def capturing():
    with Tape() as t:
        t.watch(x)
        y = captured()
    return t.gradient(y, [x, v])
def inner_function(x):
    @F
    def g(y):
        return y * x * v
    return g(x * 2.)
@F(input_signature=[tf.TensorSpec([None], f32)])
def open_shape(x):
    return tf.reduce_sum(x ** 2) * v
@F(reduce_retracing=True)
def relaxed(x):
    return tf.reduce_sum(x ** 2) * v
@F(jit_compile=True)
def compiled(x):
    return tf.sin(x) * v
@F(autograph=False)
def plain(x):
    return tf.cond(x > 0, lambda: x * v, lambda: x)
def recursive(x, n):
    return x if n == 0 else x * F(recursive)(x, n - 1)
class M(tf.Module):
    def __init__(self):
        self.k = V(4.)
    @F
    def __call__(self, x):
        return self.k * x ** 2
m = M()
def of_module():
    with Tape() as t:
        t.watch(x)
        y = m(x)
    return t.gradient(y, [x, *m.trainable_variables])
def concrete():
    f = cube.get_concrete_function(tf.TensorSpec([], f32))
    with Tape() as t:
        t.watch(x)
        y = f(x)
    return t.gradient(y, [x, v])
def persistent():
    with Tape(persistent=True) as t:
        t.watch(x)
        a = cube(x)
        b = cube(a)
    return t.gradient(b, [x, a, v]), t.gradient(a, [x, v]), t.gradient([a, b], x)
def py(f, *args, out=f32):
    return tf.py_function(f, list(args), out)
def py_two(x):
    a, b = tf.py_function(lambda a: (a * a, a * 3.), [x], [f32, f32])
    return a * b
def py_variable():
    with Tape() as t:
        y = tf.py_function(lambda: v * v, [], f32)
    return t.gradient(y, v)
@tf.py_function(Tout=f32)
def decorated(a):
    return a ** 3
def loop_py(x):
    y = x
    for _ in tf.range(2):
        y = tf.py_function(lambda a: a * a, [y], f32)
    return y
def g1(x):
    y = x ** 3
    return tf.gradients(y, x), tf.gradients(y, x, grad_ys=c(10.)), tf.gradients([y, y * 2.], [x, x]), tf.gradients(tf.gradients(y, x)[0], x)
def g2(x):
    a = x * 2.
    b = a * a * v
    return tf.gradients(b, [a, x, v]), tf.gradients(b, x, stop_gradients=a), tf.gradients(c(2.), [x]), tf.gradients(c(2.), [x], unconnected_gradients="zero"), tf.gradients(b, v)
def g3(x):
    with Tape() as t:
        t.watch(x)
        y = x ** 3
        d = tf.gradients(y, x)[0]
    return t.gradient(d, x)
[
    var(cube, x), var(twice, x), var(lambda x: many(x)["a"], x), var(lambda x: many(x)["b"][0], x), var(lambda x: many(x)["b"][1], x), var(lambda x: many(x), x), inner_tape(x), second_inside(x),
    var(lambda x: inner_tape(x)[0], x), var(lambda x: inner_tape(x)[1], x), capturing(), F(capturing)(), var(inner_function, x), var(F(inner_function), x), var(open_shape, x2), var(open_shape, x2[:1]),
    var(relaxed, x2), var(relaxed, tf.ones([3])), var(relaxed, tf.ones([4])), var(compiled, x), second(compiled, 2.), var(plain, x), grad(lambda x: recursive(x, 3), 2.), of_module(), of_module(),
    concrete(), persistent(), F(persistent)(), second(cube, 2.), second(twice, 2.), second(F(lambda x: cube(x) + cube(x * 2.)), 2.), grads(lambda x: py(lambda a: a ** 3, x), 2.), grads(py_two, 2.),
    grads(decorated, 2.), grads(lambda x: py(lambda a, b: a * b, x, x * 2.), 2.), grad(loop_py, 1.5), grads(lambda x: py(lambda a: tf.stop_gradient(a) * a, x), 2.),
    grads(lambda x: py(lambda a: c(a.numpy()) * a, x), 2.), grad(lambda x: tf.numpy_function(lambda a: a * 2, [x], f32), 2.),
    F(lambda x: grad(lambda y: tf.numpy_function(lambda a: a * 2, [y], f32), x))(c(2.)), F(g1)(c(2.)), F(g2)(c(2.)), F(g3)(c(2.)), F(lambda x: tf.hessians(x ** 3, x))(c(2.)), g1(c(2.)), tf.hessians(x, x),
]""",
    "complex_gradients": """
z = c([1 + 2j, -3 + .5j], tf.complex64)
u = c([2 - 1j, .5 + 1j], tf.complex64)
r = c([1., 2., 3.])
M = c([[2 + 1j, 1j], [.5, 3 - 1j]], tf.complex64)
v = V([1 + 1j, 2 - 1j], dtype=tf.complex64)
def var(f):
    with Tape() as t:
        y = f(v)
    return t.gradient(y, v)
def jac(f, x):
    with Tape() as t:
        t.watch(x)
        y = f(x)
    return t.jacobian(y, x)
def fwd(f, x, d):
    with tf.autodiff.ForwardAccumulator(x, d) as a:
        y = f(x)
    return a.jvp(y)
@tf.custom_gradient
def own(z):
    return z * z, lambda dy: dy * (2 + 1j)
cx = lambda x: tf.cast(x, tf.complex64)
[
    grads(lambda a, b: a * b, z, u), grads(lambda a, b: a / b, z, u), grads(lambda a, b: a - b, z, u), grads(lambda a, b: a ** b, z, u), grads(lambda a: a ** 2, z), grads(tf.math.conj, z),
    grads(tf.abs, z), grads(lambda z: tf.abs(z) ** 2, z), grads(tf.math.real, z), grads(tf.math.imag, z), grads(tf.math.angle, z), grads(tf.exp, z), grads(tf.math.log, z), grads(tf.sin, z),
    grads(tf.cosh, z), grads(tf.tanh, z), grads(tf.math.reciprocal, z), grads(tf.sqrt, z), grads(tf.math.rsqrt, z), grads(tf.square, z), grads(tf.negative, z), grads(tf.sign, z), grads(tf.math.atan, z),
    grads(tf.math.log1p, z), grads(tf.math.expm1, z), grads(tf.sigmoid, z), grads(lambda z: z * tf.math.conj(z), z), grads(lambda z: tf.math.squared_difference(z, 1j * z), z), grads(tf.reduce_sum, z),
    grads(tf.reduce_prod, z), grads(tf.reduce_mean, z), grads(lambda z: tf.cumsum(z), z), grads(lambda z: tf.stack([z, u]) * 2j, z), grad(lambda z: tf.gather(z, [0, 0]) ** 2, z),
    grads(lambda z: z[::-1] * z, z), grads(lambda z: tf.concat([z, u], 0) ** 2, z), grads(lambda z: tf.where([True, False], z, u) ** 2, z), grads(lambda z: tf.transpose(z[None], conjugate=True) ** 2, z),
    grads(lambda z: tf.tensordot(z, u, 1), z), grads(lambda z: tf.einsum("i,j->ij", z, z), z), grads(lambda m: tf.matmul(m, m), M), grads(lambda m: tf.matmul(m, m, adjoint_a=True), M),
    grads(lambda m: tf.matmul(m, m, transpose_b=True), M), grads(lambda m: tf.linalg.matvec(m, z), M), grads(tf.linalg.inv, M), grads(tf.linalg.trace, M), grads(lambda m: tf.linalg.solve(m, M), M),
    grads(tf.linalg.adjoint, M), grads(lambda m: tf.norm(m), M), grads(lambda m: tf.linalg.logdet(tf.matmul(m, m, adjoint_b=True)), M),
    grads(lambda m: tf.linalg.cholesky(tf.matmul(m, m, adjoint_b=True)), M), grads(lambda m: tf.abs(tf.linalg.eigvals(m)), M), grads(lambda m: tf.linalg.eigvalsh(tf.matmul(m, m, adjoint_b=True)), M),
    grads(lambda m: tf.linalg.svd(m, compute_uv=False), M), grads(lambda m: tf.linalg.expm(m), M), grads(lambda x: tf.abs(tf.signal.fft(cx(x))) ** 2, r), grads(lambda x: tf.abs(tf.signal.rfft(x)) ** 2, r),
    grads(lambda x: tf.signal.irfft(tf.signal.rfft(tf.concat([x, x], 0)) ** 2), r), grads(lambda x: tf.abs(tf.signal.stft(tf.concat([x, x], 0), 4, 2)) ** 2, r), grads(lambda z: tf.signal.ifft(z), z),
    grads(lambda z: tf.math.real(tf.signal.fft2d(z[None])), z), grads(lambda x: tf.complex(x, x * 2.) ** 2, r), grads(lambda a, b: tf.complex(a, b) * 1j, r, r),
    grads(lambda a, b: tf.abs(tf.complex(a, b)), r, r), grads(lambda x: cx(x) * (1 + 2j), r), grads(lambda z: tf.cast(z, f32) ** 2, z), grads(lambda z: tf.cast(z, tf.complex128) ** 2, z),
    grads(lambda x: tf.math.real(cx(x) ** 2 * 1j), r), grads(lambda x: tf.math.real(tf.exp(1j * cx(x))), r), second(lambda z: z ** 3, z), second(lambda z: tf.abs(z) ** 2, z),
    second(lambda z: tf.math.real(z * z), z), second(F(lambda z: tf.exp(z) * z), z), var(lambda v: v * v), var(lambda v: tf.abs(v)), var(F(lambda v: v * tf.math.conj(v))), jac(lambda z: z * z, z),
    jac(lambda z: tf.abs(z), z), jac(lambda x: tf.complex(x, x), r), fwd(lambda z: z * z, z, u), fwd(lambda z: tf.abs(z), z, u), fwd(lambda z: tf.math.conj(z), z, u), fwd(lambda z: tf.math.real(z), z, u),
    grad(lambda z: z * z, z, output_gradients=u), grad(lambda z: tf.abs(z), z, output_gradients=r[:2]), grad(own, z), grad(F(own), z), second(own, z), grads(lambda z: tf.stop_gradient(z) * z, z),
    grads(lambda z: tf.cond(tf.abs(z[0]) > 1, lambda: z * z, lambda: z), z), grads(lambda z: tf.while_loop(lambda i, a: i < 3, lambda i, a: (i + 1, a * z), (0, z))[1], z),
    grads(lambda z: tf.map_fn(lambda a: a * a, z), z), grads(lambda z: tf.scan(lambda a, e: a * e, z), z), tf.test.compute_gradient(lambda z: z * z, [z])[0],
    tf.test.compute_gradient(lambda x: tf.complex(x, x * x), [r])[0], tf.test.compute_gradient(tf.abs, [z])[0], [a.shape for a in tf.test.compute_gradient(lambda a, b: tf.matmul(a, b), [tf.ones([0, 2]), tf.ones([2, 3])])[0]], tf.test.compute_gradient(lambda a: tf.gather(a, [1, 1]), [r])[0], [np.round(a, 1) for a in tf.test.compute_gradient(lambda z: z * z, [z])[1]],
    grad(lambda z: z, z), grad(lambda z: tf.zeros_like(z), z, unconnected_gradients="zero"), grads(lambda z: tf.nest.map_structure(lambda a: a * 2j, z), z),
]""",
}

CASES = {name: wrapped(PRELUDE + code) for name, code in _CODE.items()}
