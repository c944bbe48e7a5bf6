"""Cases of whole Jacobians, row by row and column by column: jacobian, batch_jacobian, ForwardAccumulator."""

import pathlib
import runpy

HERE = pathlib.Path(__file__).parent
wrapped = runpy.run_path(str(HERE / "_wrap.py"))["wrapped"]
PRELUDE = runpy.run_path(str(HERE / "_gradients.py"))["PRELUDE"]

_CODE = {
    "jacobians_of_every_kind": """
x = c([1., 2., 3.])
M = c(np.arange(6.).reshape(3, 2), f32)
B = c(np.arange(12.).reshape(2, 3, 2) / 6, f32)
def jac(f, *xs, persistent=True, **kw):
    xs = [x if isinstance(x, V) else tf.convert_to_tensor(x) for x in xs]
    with Tape(persistent=persistent) as t:
        t.watch(xs)
        y = f(*xs)
    return t.jacobian(y, xs if len(xs) > 1 else xs[0], **kw)
def bjac(f, x, persistent=True, **kw):
    x = tf.convert_to_tensor(x)
    with Tape(persistent=persistent) as t:
        t.watch(x)
        y = f(x)
    return t.batch_jacobian(y, x, **kw)
W = V(tf.ones([2, 2]) * .5)
b = V([1., 2.])
def layers(**kw):
    with Tape(persistent=True) as t:
        y = tf.nn.sigmoid(tf.matmul(M, W) + b)
    return t.jacobian(y, [W, b], **kw), t.jacobian(y, {"b": b, "W": [W]}, **kw)
def dense():
    d = tf.keras.layers.Dense(2, activation="tanh", kernel_initializer="ones")
    with Tape() as t:
        t.watch(M)
        y = d(M)
    return t.jacobian(y, [M, *d.trainable_variables])
def inside():
    with Tape(persistent=True) as t:
        t.watch(x)
        y = x ** 3
        j = t.jacobian(y, x)
    return j, t.jacobian(j, x)
def inside_batch():
    with Tape(persistent=True) as t:
        t.watch(M)
        y = M ** 3
        j = t.batch_jacobian(y, M)
    return j, t.gradient(j, M)
def hessian_of_batch():
    with Tape() as t:
        t.watch(M)
        with Tape() as u:
            u.watch(M)
            y = tf.reduce_sum(M ** 3, 1) * M[:, 0]
        g = u.gradient(y, M)
    return t.batch_jacobian(g, M)
def nested_jacobians():
    with Tape() as t:
        t.watch(x)
        with Tape() as u:
            u.watch(x)
            y = tf.sin(x) * x[::-1]
        j = u.jacobian(y, x)
    return t.jacobian(j, x)
def of_variable_target():
    with Tape() as t:
        pass
    return t.jacobian(b, b)
def random():
    with Tape() as t:
        t.watch(x)
        y = tf.nn.dropout(x, .5, seed=3)
    return t.jacobian(y, x).shape
def rows():
    e = V(M)
    with Tape() as t:
        y = tf.gather(e, [0, 2, 0])
    return t.jacobian(y, e)
def lists():
    with Tape() as t:
        t.watch(x)
        y = [x, x * 2]
    return t.jacobian(y, x)
def branch(x):
    return tf.cond(x[0] > 0, lambda: x * x, lambda: x)
def loop(x):
    return tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, y * x), (0, x))[1]
def conv():
    i = tf.reshape(tf.range(18.), [2, 3, 3, 1])
    k = V(tf.ones([2, 2, 1, 1]))
    with Tape(persistent=True) as t:
        t.watch(i)
        y = tf.nn.conv2d(i, k, 1, "VALID")
    return t.jacobian(y, k), t.batch_jacobian(y, i)
def two_tapes():
    with Tape() as a, Tape() as d:
        a.watch(x)
        d.watch(x)
        y = x * x
    return a.jacobian(y, x), d.gradient(y, x)
@tf.custom_gradient
def triple(x):
    return x * x, lambda dy: dy * 3.
@F
def compiled(x):
    with Tape() as t:
        t.watch(x)
        y = tf.exp(x) * x[0]
    return t.jacobian(y, x)
def fed(v):
    return compiled(v)
[
    jac(lambda x: x * x, x), jac(lambda x: x * x, x, experimental_use_pfor=False), jac(lambda x: x * x, x, persistent=False, experimental_use_pfor=False), jac(lambda x: x * x, x, persistent=False),
    jac(lambda x: x * x, x, parallel_iterations=1), jac(lambda x: x * x, x, parallel_iterations=2, experimental_use_pfor=False), jac(lambda x: x, x), jac(lambda x: x[0], x), jac(lambda x: x[:0], x),
    jac(lambda x: tf.zeros([0, 3]) * x, x), jac(lambda x: x[None, :, None] * tf.ones([2, 1, 2]), x), jac(lambda x: tf.cast(x, i32), x), jac(lambda x: tf.cast(x, i32), x, unconnected_gradients="zero"),
    jac(lambda x: tf.floor(x), x), jac(lambda x: c(1.), x, unconnected_gradients=Z), jac(lambda x: c([1., 2.]), x, unconnected_gradients=Z), jac(lambda x: c([1., 2.]), x),
    jac(lambda x: x * x, x, unconnected_gradients="bad"), jac(lambda x, m: tf.linalg.matvec(m, x[:2]), x, M), jac(lambda x, m: x, x, M), jac(lambda x, m: x, x, M, unconnected_gradients="zero"),
    jac(lambda x, m: x, x, M, unconnected_gradients="zero", experimental_use_pfor=False), layers(), layers(experimental_use_pfor=False), dense(), inside(), inside_batch(), hessian_of_batch(),
    nested_jacobians(), of_variable_target(), random(), rows(), jac(branch, x), jac(loop, x), jac(F(branch), x), jac(F(loop), x), jac(branch, x, experimental_use_pfor=False),
    jac(loop, x, experimental_use_pfor=False), conv(), two_tapes(), jac(triple, x), jac(triple, x, experimental_use_pfor=False), jac(F(triple), x), both(compiled, x), fed(x[:2]),
    jac(lambda x: tf.linalg.inv(tf.linalg.diag(x) + 1.), x), jac(lambda x: tf.sort(x), x), jac(lambda x: tf.cumsum(x), x), jac(lambda x: tf.nn.softmax(x), x),
    jac(lambda x: tf.map_fn(lambda v: v * v, x), x), jac(lambda x: tf.scan(lambda a, v: a * v, x), x), jac(lambda x: tf.where(x > 1.5, x, 0.), x), jac(lambda x: tf.cast(x, tf.complex64) * 2j, x),
    jac(lambda x: tf.cast(x, tf.float64) ** 2, x), jac(lambda x: x, 1.), jac(lambda x: x, np.float64(2.)), bjac(lambda m: m * m, M), bjac(lambda m: m * m, M, experimental_use_pfor=False),
    bjac(lambda m: m * m, M, persistent=False, experimental_use_pfor=False), bjac(lambda m: m * m, M, persistent=False), bjac(lambda m: m * m, M, parallel_iterations=1),
    bjac(lambda m: tf.linalg.matmul(m, m, transpose_b=True), B), bjac(lambda m: tf.reduce_sum(m, 1), M), bjac(lambda m: m[:, :0], M), bjac(lambda m: tf.reduce_sum(m), M),
    bjac(lambda m: tf.reduce_sum(m, 0), M), bjac(lambda m: m, 3.), bjac(lambda m: m * m, [1., 2.]), bjac(lambda m: m[:, None] * 2., [1., 2.]), bjac(lambda m: tf.cast(m, i32), M),
    bjac(lambda m: c(np.ones([3, 4]), f32), M), bjac(lambda m: c(np.ones([3, 4]), f32), M, unconnected_gradients="zero"),
    bjac(lambda m: c(np.ones([3, 4]), f32), M, unconnected_gradients="zero", experimental_use_pfor=False), bjac(lambda m: c(np.ones([3, 4]), f32), M, experimental_use_pfor=False),
    bjac(lambda m: m * m, M, unconnected_gradients="bad"), bjac(F(lambda m: tf.nn.softmax(m)), M), bjac(lambda m: tf.linalg.inv(m[:, :2]), B),
    F(lambda: jac(lambda x: x * x, x, experimental_use_pfor=False))(), F(lambda: bjac(lambda m: m * m, M, experimental_use_pfor=False))(),
    F(lambda: jac(lambda x: x * x, x, persistent=False, experimental_use_pfor=False))(), F(lambda: jac(lambda x, m: x, x, M, unconnected_gradients="zero"))(), F(inside)(), F(hessian_of_batch)(),
    F(nested_jacobians)(), F(layers)(), F(rows)(), F(conv)(), F(lambda: jac(branch, x))(), F(lambda: jac(loop, x))(), F(two_tapes)(), F(lambda: bjac(lambda m: c(np.ones([3, 4]), f32), M))(),
    F(lambda v: jac(lambda x: x * x, v), input_signature=[tf.TensorSpec([None])])(x), F(lambda v: bjac(lambda x: x * x, v), input_signature=[tf.TensorSpec([None, 2])])(M), Tape().jacobian(x, x),
    Tape().batch_jacobian(x, x),
]""",
    "forward_mode": """
x, d = c([1., 2., 3.]), c([1., 0., 2.])
y, e = c(2.), c(1.)
v = V([2., 3.])
def fwd(f, x, d, **kw):
    with Fwd(x, d) as acc:
        y = f(x)
    return acc.jvp(y, **kw)
def late():
    acc = Fwd(x, d)
    with acc:
        a = x * x
    b = a * 2.
    with acc:
        z = a * x
    return acc.jvp(a), acc.jvp(b), acc.jvp(z), acc.jvp(x)
def never():
    acc = Fwd(x, d)
    return acc.jvp(x), acc.jvp(x * x)
def nonfloat():
    return Fwd(c([1, 2]), c([1, 0]))
def other_dtype():
    return fwd(lambda x: x * x, x, c([1., 0., 2.], tf.float64))
def shape():
    return fwd(lambda x: x * x, x, c([1., 0.]))
def scalar_tangent():
    return fwd(lambda x: x * x, x, c(1.))
def numpy_tangent():
    return fwd(lambda x: x * x, x, np.array([1., 0., 2.], np.float32))
def list_tangent():
    return fwd(lambda x: x * x, x, [1., 0., 2.])
def numpy_primal():
    return fwd(lambda x: x * x, np.ones(2, np.float32), np.ones(2, np.float32))
def none_tangent():
    with Fwd([x, y], [d, None]) as acc:
        z = x * y
    return acc.jvp(z)
def dict_primals():
    with Fwd({"a": x, "b": y}, {"a": d, "b": e}) as acc:
        z = {"p": x * y, "q": [tf.reduce_sum(x), c(1.)]}
    return acc.jvp(z)
def variables():
    with Fwd(v, c([1., -1.])) as acc:
        a = v * v
        v2 = tf.identity(v)
        b = v.read_value() * 2.
    return acc.jvp(a), acc.jvp(v2), acc.jvp(b), acc.jvp(v)
def of_assigned():
    q = V(2.)
    with Fwd(q, c(1.)) as acc:
        a = q * q
        q.assign(a * 3.)
        b = q * q
    return acc.jvp(a), acc.jvp(b)
def of_assign_add():
    q = V(2.)
    with Fwd(q, c(1.)) as acc:
        q.assign_add(1.)
        b = q * q
    return acc.jvp(b)
def two_side_by_side():
    with Fwd(x, d) as a, Fwd(x, d * 10.) as b:
        z = x * x
    return a.jvp(z), b.jvp(z)
def nested_unaware():
    with Fwd(y, e) as a:
        with Fwd(y, e) as b:
            z = y ** 3
        j = b.jvp(z)
    return a.jvp(z), a.jvp(j), b.jvp(j)
def inner_first():
    with Fwd(y, e) as a:
        with Fwd(y, e) as b:
            z = y ** 3
            j = a.jvp(z)
    return j, b.jvp(j), a.jvp(j)
def third_order():
    with Fwd(y, e) as a:
        with Fwd(y, e) as b:
            with Fwd(y, e) as q:
                z = tf.sin(y) * y ** 3
            j = q.jvp(z)
        k = b.jvp(j)
    return j, k, a.jvp(k)
def tape_over():
    with Tape() as t:
        t.watch(x)
        with Fwd(x, d) as acc:
            z = tf.reduce_sum(x ** 3) * x[1]
        j = acc.jvp(z)
    return j, t.gradient(j, x)
def tape_under():
    with Fwd(x, d) as acc:
        with Tape() as t:
            t.watch(x)
            z = tf.reduce_sum(x ** 3) * x[1]
        g = t.gradient(z, x)
    return g, acc.jvp(g), acc.jvp(z)
def tape_under_persistent():
    with Fwd(x, d) as acc:
        with Tape(persistent=True) as t:
            t.watch(x)
            z = x ** 3
        g = t.gradient(z, x)
        j = t.jacobian(z, x)
    return acc.jvp(g), acc.jvp(j)
def tape_wrt_tangent():
    with Tape() as t:
        t.watch(d)
        with Fwd(x, d) as acc:
            z = x ** 2
        j = acc.jvp(z)
    return t.gradient(j, d)
def hvp_variables():
    k = V([[1., 2.], [3., 4.]])
    with Fwd(k, tf.ones([2, 2])) as acc:
        with Tape() as t:
            loss = tf.reduce_sum(tf.nn.sigmoid(tf.matmul(tf.ones([1, 2]), k)) ** 2)
        g = t.gradient(loss, k)
    return g, acc.jvp(g)
def hvp_of_model():
    m = tf.keras.Sequential([tf.keras.Input((2,)), tf.keras.layers.Dense(3, "tanh", kernel_initializer="ones"), tf.keras.layers.Dense(1, kernel_initializer="ones")])
    p = [w.value for w in m.trainable_variables]
    with Fwd(p, [tf.ones_like(w) for w in p]) as acc:
        with Tape() as t:
            loss = tf.reduce_sum(m(c([[1., 2.], [3., .5]])) ** 2)
        g = t.gradient(loss, p)
    return g, acc.jvp(g), acc.jvp(loss)
def recorded_after_exit():
    with Fwd(x, d) as acc:
        a = x * x
    return acc.jvp(a * 1.)
def watch():
    with Fwd(x, d) as acc:
        z = acc.jvp(x * x)
        w = acc.jvp(z)
    return z, w
def stopped():
    with Fwd(x, d) as acc:
        z = tf.stop_gradient(x) * x
    return acc.jvp(z), acc.jvp(tf.stop_gradient(x))
@F
def inside_function(x, d):
    with Fwd(x, d) as acc:
        z = tf.sin(x) * x
    return acc.jvp(z)
@F
def over_function(x, d):
    with Fwd(x, d) as acc:
        z = inside(x)
    return acc.jvp(z)
@F
def inside(x):
    return tf.sin(x) * v[0]
def closure():
    @F
    def f():
        return x * x
    with Fwd(x, d) as acc:
        z = f()
    return acc.jvp(z)
def of_function_variable():
    with Fwd(v, c([1., 1.])) as acc:
        z = inside(x)
    return acc.jvp(z)
def jvp_in_function():
    with Fwd(x, d) as acc:
        z = F(lambda x: acc.jvp(x * x))(x)
    return z
def zero_kinds():
    with Fwd(x, d) as acc:
        q = c([1., 2.])
        i = c(1)
        a = tf.argmax(x)
    return acc.jvp(q), acc.jvp(q, unconnected_gradients="zero"), acc.jvp([q, x * x], unconnected_gradients=Z), acc.jvp(i), acc.jvp(a), acc.jvp(i, unconnected_gradients=Z)
def bad_mode():
    with Fwd(x, d) as acc:
        z = x * x
    return acc.jvp(z, unconnected_gradients="bad")
def batch_primal():
    acc = Fwd._batch_accumulator(x, tf.eye(3))
    with acc:
        z = tf.sin(x) * x
    return acc.jvp(z)
def batch_structure():
    with Fwd._batch_accumulator((x, y), (tf.eye(3), c([1., 2., 3.]))) as acc:
        z = x * y
    return acc.jvp(z), acc.jvp(y), acc.jvp(c(1.))
def batch_bad():
    return Fwd._batch_accumulator(x, d)
def batch_bad_sizes():
    return Fwd._batch_accumulator([x, y], [tf.eye(3), c([1., 2.])])
def batch_hvp():
    with Tape(persistent=True) as t:
        with Fwd._batch_accumulator(y, c([1., 2., 3.])) as acc:
            t.watch(y)
            z = tf.cos(y)
            j = acc.jvp(z)
        parts = [t.gradient(row, y) for row in j]
    return j, parts
def unused_argument():
    with Fwd(x, d) as acc:
        z = F(lambda x: c(1.))(x)
    return acc.jvp(z)
def exceptions():
    acc = Fwd(x, d)
    try:
        with acc:
            z = x * x
            raise KeyError
    except KeyError:
        pass
    return acc.jvp(z)
ops = [lambda x: tf.matmul(x[None], x[:, None]), lambda x: tf.concat([x, x * 2], 0), lambda x: tf.split(x, 3)[1] * x, lambda x: tf.unstack(x)[2], lambda x: tf.sort(x), lambda x: tf.reduce_max(x), lambda x: tf.norm(x), lambda x: tf.linalg.inv(tf.linalg.diag(x)), lambda x: tf.where(x > 1.5, x * x, x), lambda x: tf.gather(x, [2, 0, 2]), lambda x: tf.nn.softmax(x), lambda x: tf.cast(x, tf.float64) ** 2, lambda x: tf.cast(tf.cast(x, i32), f32), lambda x: tf.floor(x), lambda x: tf.abs(tf.cast(x, tf.complex64) * (1 + 2j)), lambda x: tf.math.top_k(x, 2)[0], lambda x: tf.math.cumprod(x), lambda x: tf.linalg.cholesky(tf.linalg.diag(x)), lambda x: tf.einsum("i,j->ij", x, x), lambda x: tf.nn.relu(x - 2.), lambda x: tf.nn.conv1d(x[None, :, None], tf.ones([2, 1, 1]), 1, "SAME"), lambda x: tf.map_fn(lambda a: a * a, x), lambda x: tf.scan(lambda a, b: a * b, x), lambda x: tf.tensor_scatter_nd_update(x, [[0]], [5.]), lambda x: tf.keras.layers.Dense(2, kernel_initializer="ones")(x[None]), lambda x: tf.keras.layers.LayerNormalization()(x[None]), lambda x: tf.py_function(lambda a: a * a, [x], f32), lambda x: tf.recompute_grad(lambda a: a * a)(x), lambda x: tf.grad_pass_through(tf.round)(x)]
[
    unused_argument(), late(), never(), nonfloat(), other_dtype(), shape(), scalar_tangent(), numpy_tangent(), list_tangent(), numpy_primal(), none_tangent(), dict_primals(), variables(), of_assigned(), of_assign_add(),
    two_side_by_side(), nested_unaware(), inner_first(), third_order(), tape_over(), tape_under(), tape_under_persistent(), tape_wrt_tangent(), hvp_variables(), hvp_of_model(), recorded_after_exit(),
    watch(), stopped(), inside_function(x, d), over_function(x, d), closure(), of_function_variable(), jvp_in_function(), zero_kinds(), bad_mode(), batch_primal(), batch_structure(), batch_bad(),
    batch_bad_sizes(), batch_hvp(), exceptions(), F(nested_unaware)(), F(inner_first)(), F(third_order)(), F(tape_over)(), F(tape_under)(), F(tape_under_persistent)(), F(hvp_variables)(),
    F(two_side_by_side)(), F(dict_primals)(), F(variables)(), F(batch_primal)(), F(batch_hvp)(), F(closure)(), F(tape_wrt_tangent)(), F(stopped)(), F(zero_kinds)(), fwd(ops[0], x, d), fwd(ops[1], x, d),
    fwd(ops[2], x, d), fwd(ops[3], x, d), fwd(ops[4], x, d), fwd(ops[5], x, d), fwd(ops[6], x, d), fwd(ops[7], x, d), fwd(ops[8], x, d), fwd(ops[9], x, d), fwd(ops[10], x, d), fwd(ops[11], x, d),
    fwd(ops[12], x, d), fwd(ops[13], x, d), fwd(ops[14], x, d), fwd(ops[15], x, d), fwd(ops[16], x, d), fwd(ops[17], x, d), fwd(ops[18], x, d), fwd(ops[19], x, d), fwd(ops[20], x, d), fwd(ops[21], x, d),
    fwd(ops[22], x, d), fwd(ops[23], x, d), fwd(ops[24], x, d), fwd(ops[25], x, d), fwd(ops[26], x, d), fwd(ops[28], x, d),
]""",
}

CASES = {name: wrapped(PRELUDE + code) for name, code in _CODE.items()}
