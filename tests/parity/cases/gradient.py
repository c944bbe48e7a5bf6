"""Cases of GradientTape, ForwardAccumulator, custom gradients and tf.gradients."""

import pathlib
import runpy

HERE = pathlib.Path(__file__).parent
wrapped = runpy.run_path(str(HERE / "_wrap.py"))["wrapped"]
PRELUDE = runpy.run_path(str(HERE / "_gradients.py"))["PRELUDE"]

_CODE = {
    "watching": """
x, y = c(3.), c(4.)
v, w, n = V(2.), V(5.), V(7., trainable=False)
def const_unwatched():
    with Tape() as t:
        z = x * x
    return t.gradient(z, x)
def automatic():
    with Tape() as t:
        z = v * w * n
    return t.gradient(z, [v, w, n]), [a is b for a, b in zip(t.watched_variables(), [v, w])]
def manual():
    with Tape(watch_accessed_variables=False) as t:
        t.watch(w)
        z = v * w
    return t.gradient(z, [v, w]), len(t.watched_variables())
def nontrainable():
    with Tape() as t:
        t.watch(n)
        z = n * n
    return t.gradient(z, n)
def structure():
    with Tape() as t:
        t.watch({"a": x, "b": [y]})
        z = x * y
    return t.gradient(z, {"a": x, "b": [y]})
def late():
    with Tape() as t:
        z = x * x
        t.watch(x)
        u = x * 3.
    return t.gradient(z + u, x)
def ints():
    with Tape() as t:
        k = c(3)
        t.watch(k)
        z = k * k
    return t.gradient(z, k)
def wrong():
    with Tape() as t:
        t.watch("a")
def plain():
    with Tape() as t:
        t.watch(1.0)
def stopped():
    with Tape() as t:
        t.watch(x)
        a = x * x
        with t.stop_recording():
            b = x * x * x
        z = a + b
    return t.gradient(z, x)
def reset():
    with Tape() as t:
        t.watch(x)
        z = x * x
        t.reset()
        t.watch(x)
        z = x + x
    return t.gradient(z, x)
def identity():
    with Tape() as t:
        t.watch(x)
    return t.gradient(x, x)
def variable_itself():
    with Tape() as t:
        pass
    return t.gradient(v, v)
def intermediate():
    with Tape() as t:
        t.watch(x)
        a = x * x
        z = a * a
    return t.gradient(z, [a, x])
def assigned():
    q = V(2.)
    with Tape() as t:
        z = q * q
        q.assign(10.)
        z = z + q
    return t.gradient(z, q)
def assign_add():
    q = V(2.)
    with Tape() as t:
        q.assign_add(x)
        z = q * q
    return t.gradient(z, q), q
def numpy_source():
    with Tape() as t:
        z = x * 2.
    return t.gradient(z, np.float32(1))
def outside():
    with Tape() as t:
        t.watch(x)
        z = x * x
    a = z * 2.
    return t.gradient(a, x)
def numpy_break():
    with Tape() as t:
        t.watch(x)
        z = c(x.numpy()) * x
    return t.gradient(z, x)
[
    const_unwatched(), automatic(), manual(), nontrainable(), structure(), late(), ints(), wrong(), plain(), stopped(), reset(), identity(),
    variable_itself(), intermediate(), assigned(), assign_add(), outside(), numpy_break(),
    F(const_unwatched)(), F(manual)(), F(structure)(), F(stopped)(), F(intermediate)(), F(reset)(),
]""",
    "persistence_and_errors": """
x = c(3.)
def used_up():
    with Tape() as t:
        t.watch(x)
        z = x * x
    t.gradient(z, x)
    return t.gradient(z, x)
def persistent():
    with Tape(persistent=True) as t:
        t.watch(x)
        y = x * x
        z = y * y
    return t.gradient(z, x), t.gradient(y, x), t.gradient(z, y), t.jacobian(z, x)
def inside():
    with Tape(persistent=True) as t:
        t.watch(x)
        z = x * x
        g = t.gradient(z, x)
        h = g * x
    return g, t.gradient(h, x)
def inside_once():
    with Tape() as t:
        t.watch(x)
        z = x * x
        return t.gradient(z, x)
def reenter():
    with Tape() as t:
        with t:
            pass
def again():
    t = Tape()
    with t:
        t.watch(x)
        y = x * x
    with t:
        z = y * x
    return t.gradient(z, x)
def not_recording():
    t = Tape()
    t.watch(x)
    return t.gradient(x, x)
def stop_outside():
    t = Tape()
    with t.stop_recording():
        pass
def bad_unconnected():
    with Tape() as t:
        t.watch(x)
        z = x * x
    return t.gradient(z, x, unconnected_gradients="nonsense")
def none_source():
    with Tape() as t:
        t.watch(x)
        z = x * x
    return t.gradient(z, None)
def none_target():
    with Tape() as t:
        t.watch(x)
        z = x * x
    return t.gradient(None, x)
def jacobian_used():
    with Tape() as t:
        t.watch(x)
        z = x * x
    t.jacobian(z, x)
    return t.jacobian(z, x)
def wrong_output_gradients():
    with Tape() as t:
        t.watch(x)
        z = x * x
    return t.gradient(z, x, output_gradients=c([1., 2.]))
[
    used_up(), persistent(), inside(), inside_once(), reenter(), again(), stop_outside(), bad_unconnected(),    jacobian_used(),
]""",
    "targets_and_unconnected": """
x, y = c([1., 2.]), c(3.)
def many(targets, sources, **kw):
    with Tape() as t:
        t.watch([x, y])
        d = {"s": tf.reduce_sum(x * y), "v": x * x, "p": [x, y], "i": c(1), "u": c(2.)}
        z = [d[k] for k in targets] if isinstance(targets, list) else d[targets]
    return t.gradient(z, sources, **kw)
Z = tf.UnconnectedGradients.ZERO
[
    many("v", x), many(["s", "v"], [x, y]), many("p", {"x": x, "y": y}), many("u", [x, y]), many("u", [x, y], unconnected_gradients=Z),
    many("u", x, unconnected_gradients="zero"), many("i", x), many(["s", "u"], y), many("v", x, output_gradients=c([10., 100.])),
    many(["s", "v"], x, output_gradients=[c(2.), c([10., 100.])]), many(["s", "s"], y), many("v", [x, x]),
    many("v", (x, [y])), many("s", []), many("v", c(5.)),
    many("v", V([1., 2.]), unconnected_gradients=Z),
    grad(lambda x: tf.cast(tf.cast(x, i32), f32), 2.5), grad(lambda x: tf.argmax(x), [1., 2.]), grad(lambda x: x > 1, 2.),
    grad(lambda x: tf.cast(x, tf.float64) * 2, 2.5), grad(lambda x: tf.round(x), 2.5), grad(lambda x: tf.stop_gradient(x) * x, 3.), grad(lambda x: tf.sign(x), 3.),
]""",
    "jacobians": """
x = c([1., 2., 3.])
M = c(np.arange(6.).reshape(3, 2), f32)
def jac(f, *xs, **kw):
    xs = [tf.convert_to_tensor(v) for v in xs]
    with Tape(persistent=True) as t:
        t.watch(xs)
        y = f(*xs)
    return t.jacobian(y, xs if len(xs) > 1 else xs[0], **kw)
def bjac(f, x, **kw):
    x = tf.convert_to_tensor(x)
    with Tape() as t:
        t.watch(x)
        y = f(x)
    return t.batch_jacobian(y, x, **kw)
def hess(f, x):
    with Tape() as t:
        t.watch(x)
        with Tape() as u:
            u.watch(x)
            y = f(x)
        g = u.gradient(y, x)
    return t.jacobian(g, x)
def hess2(f, x):
    with Tape() as t:
        t.watch(x)
        with Tape() as u:
            u.watch(x)
            y = f(x)
        g = u.jacobian(y, x)
    return t.jacobian(g, x)
v = V([[1., 2.], [3., 4.]])
def of_var():
    with Tape() as t:
        y = tf.matmul(v, v)
    return t.jacobian(y, v)
[
    jac(lambda x: x * x, x), jac(lambda x: tf.reduce_sum(x), x), jac(lambda x, m: tf.linalg.matvec(m, x[:2]), x, M), jac(lambda x: M, x), jac(lambda x: M, x, unconnected_gradients="zero"),
    jac(lambda x: x[:, None] * x[None], x, experimental_use_pfor=False), jac(lambda x: tf.sin(x), x, parallel_iterations=2), of_var(),
    bjac(lambda m: m * m, M), bjac(lambda m: tf.reduce_sum(m, 1, keepdims=True) * m, M), bjac(lambda m: tf.transpose(m), M), bjac(lambda m: m[:2], M),
    bjac(lambda m: c(np.ones([3, 2]), f32), M), bjac(lambda m: tf.ones([3, 1]), M, unconnected_gradients="zero"),
    hess(lambda x: tf.reduce_sum(x ** 3), x), hess2(lambda x: x ** 3, x[:2]), F(lambda: jac(lambda x: x * x, x))(), F(lambda: bjac(lambda m: m * m, M))(), F(lambda: hess(lambda x: tf.reduce_prod(x), x))(), F(of_var)(),
    jac(lambda x: tf.argmax(x), x),
]""",
    "nested_tapes": """
def third(x):
    with Tape() as a:
        a.watch(x)
        with Tape() as b:
            b.watch(x)
            with Tape() as d:
                d.watch(x)
                y = tf.sin(x) * x ** 3
            g = d.gradient(y, x)
        h = b.gradient(g, x)
    return g, h, a.gradient(h, x)
def side_by_side(x, y):
    with Tape() as a, Tape() as b:
        a.watch(x)
        b.watch(y)
        z = x * y * y
    return a.gradient(z, x), b.gradient(z, y)
def outer_unaware(x):
    with Tape() as a:
        with Tape() as b:
            b.watch(x)
            y = x ** 3
        g = b.gradient(y, x)
    return g, a.gradient(g, x)
def penalty():
    v = V([1., 2.])
    with Tape() as a:
        with Tape(persistent=True) as b:
            loss = tf.reduce_sum(v ** 3)
        g = b.gradient(loss, v)
        total = loss + tf.reduce_sum(g ** 2)
    return a.gradient(total, v)
def mixed(x, y):
    with Tape() as a:
        a.watch([x, y])
        with Tape() as b:
            b.watch(x)
            z = x ** 2 * y ** 3
        g = b.gradient(z, x)
    return a.gradient(g, [x, y])
def loop(x):
    fs = []
    def d(f):
        def g(x):
            with Tape() as t:
                t.watch(x)
                y = f(x)
            return t.gradient(y, x)
        return g
    f = lambda x: tf.exp(2. * x)
    for _ in range(4):
        fs.append(f(x))
        f = d(f)
    return fs
[
    both(third, c(1.5)), both(side_by_side, c(2.), c(3.)), both(outer_unaware, c(2.)), penalty(), both(mixed, c(2.), c(3.)), both(loop, c(.5)),
    second(lambda x: tf.reduce_sum(tf.linalg.inv(x)), [[2., 1.], [1., 3.]]), second(F(lambda x: tf.tanh(x) * x), [.5, 1.]), second(lambda x: tf.nn.softplus(x), [-1., 2.]),
    second(lambda x: tf.cond(x > 0, lambda: x ** 3, lambda: x), 2.), second(lambda x: tf.nn.softmax(x), [1., 2., 3.]), second(lambda x: tf.math.cumprod(x), [1., 2., 3.]),
    second(lambda x: tf.map_fn(lambda v: v ** 3, x), [1., 2.]),
]""",
    "forward_accumulator": """
x, d = c([1., 2., 3.]), c([1., 0., 2.])
def fwd(f, x, d, **kw):
    with Fwd(x, d) as acc:
        y = f(x)
    return acc.jvp(y, **kw)
v = V([2., 3.])
def of_var():
    with Fwd(v, c([1., 0.])) as acc:
        y = v * v
    return acc.jvp(y), acc.jvp(v)
def structure():
    with Fwd([x, v], [d, c([1., 1.])]) as acc:
        y = {"a": tf.reduce_sum(x * x), "b": [v * 3., c(1.)]}
    return acc.jvp(y)
def hvp_fr(x, d):
    with Fwd(x, d) as acc:
        with Tape() as t:
            t.watch(x)
            y = tf.reduce_sum(x ** 3 * x[0])
        g = t.gradient(y, x)
    return g, acc.jvp(g)
def hvp_rf(x, d):
    with Tape() as t:
        t.watch(x)
        with Fwd(x, d) as acc:
            y = tf.reduce_sum(x ** 3 * x[0])
        j = acc.jvp(y)
    return j, t.gradient(j, x)
def ff(x, d):
    with Fwd(x, d) as outer:
        with Fwd(x, d) as inner:
            y = tf.reduce_sum(x ** 3)
        j = inner.jvp(y)
    return j, outer.jvp(j), outer.jvp(y)
def mismatch():
    with Fwd(x, c([1.])) as acc:
        pass
def reenter():
    with Fwd(x, d) as acc:
        with acc:
            pass
def list_mismatch():
    return Fwd([x, x], [d])
def twice():
    with Fwd(x, d) as acc:
        y = x * x
        a = acc.jvp(y)
        z = y * x
    return a, acc.jvp(z), acc.jvp(x)
[
    fwd(lambda x: x * x, x, d), fwd(lambda x: tf.reduce_sum(x), x, d), fwd(lambda x: c(1.), x, d), fwd(lambda x: c(1.), x, d, unconnected_gradients="zero"), of_var(), structure(),
    both(hvp_fr, x, d), both(hvp_rf, x, d), both(ff, x, d), reenter(), list_mismatch(), twice(), fwd(F(lambda x: tf.sin(x) * x), x, d), fwd(lambda x: tf.cond(x[0] > 0, lambda: x * 2, lambda: x), x, d),
    fwd(lambda x: tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, y * x), (0, x))[1], x, d), fwd(lambda x: tf.argmax(x), x, d), fwd(lambda x: tf.gather(x, [2, 0]), x, d),
]""",
    "custom_gradient": """
@tf.custom_gradient
def clip(x):
    return x * x, lambda dy: tf.clip_by_value(dy * 2. * x, -3., 3.)
@tf.custom_gradient
def two(x, y):
    def g(da, db):
        return da * 10. + db, db * 100.
    return (x * y, x + y), g
@tf.custom_gradient
def log1pexp(x):
    e = tf.exp(x)
    def g(up):
        return up * (1 - 1 / (1 + e))
    return tf.math.log(1 + e), g
w = V(3.)
@tf.custom_gradient
def with_var(x):
    y = x * w
    def g(dy, variables=None):
        return dy * 7., [dy * 11. for _ in variables]
    return y, g
@tf.custom_gradient
def missing_var(x):
    return x * w, lambda dy: dy
@tf.custom_gradient
def wrong_count(x, y):
    return x * y, lambda dy: dy
@tf.custom_gradient
def none_grad(x, y):
    return x * y, lambda dy: (dy * y, None)
@tf.custom_gradient
def nested_outer(x):
    def first(dy):
        @tf.custom_gradient
        def inner(x):
            return dy * 2. * x, lambda ddy: ddy * 1000.
        return inner(x)
    return x * x, first
@tf.custom_gradient
def kwargs(x, scale=2.):
    return x * scale, lambda dy: dy * 5.
class M:
    @tf.custom_gradient
    def f(self, x):
        return x * 2., lambda dy: dy * 9.
def var_grad():
    with Tape() as t:
        x = c(2.)
        t.watch(x)
        y = with_var(x) * 1.
    return y, t.gradient(y, [x, w])
@tf.custom_gradient
def listed(*xs):
    return sum(xs), lambda dy: [dy * float(i + 1) for i in range(len(xs))]
@tf.custom_gradient
def dictionary(d):
    return {"o": d["a"] * 2.}, lambda dy: {"a": dy * 4.}
@tf.custom_gradient
def bad_return(x):
    return x
@tf.grad_pass_through
def rounded(x):
    return tf.round(x)
[
    grad(clip, [1., 5., -4.]), grad(F(clip), [1., 5., -4.]), grad(lambda x, y: two(x, y)[0] + two(x, y)[1], 2., 3.), grad(lambda x, y: two(x, y)[1], 2., 3.), grad(log1pexp, 100.), second(log1pexp, 1.), grad(lambda x: F(log1pexp)(x) * x, 1.),
    var_grad(), F(var_grad)(), grad(missing_var, 1.), grad(wrong_count, 1., 2.), grad(none_grad, 1., 2.), second(nested_outer, 3.), kwargs(c(1.), scale=3.), grad(lambda x: kwargs(x), 1.), grad(lambda x: kwargs(x, 3.), 1.),
    grad(M().f, 1.), grad(listed, 1., 2., 3.), dictionary({"a": c(1.)}), bad_return(c(1.)), rounded(c(2.6)), grad(rounded, 2.6), clip.__name__, clip(c(2.)),
]""",
    "recompute_and_stop": """
n = []
v = V([1., 2.])
def block(x):
    n.append(1)
    return tf.sin(x) * v
re = tf.recompute_grad(block)
def g(f):
    x = c([.5, 1.])
    with Tape() as t:
        t.watch(x)
        y = tf.reduce_sum(f(x) ** 2)
    return t.gradient(y, [x, v])
def decorated(x):
    @tf.recompute_grad
    def h(x):
        return tf.cond(tf.reduce_sum(x) > 0, lambda: x * x, lambda: x)
    return h(x)
[
    g(block), g(re), F(lambda: g(re))(), grad(decorated, [1., 2.]), grad(F(decorated), [1., 2.]), second(lambda x: tf.reduce_sum(decorated(x)), [1., 2.]),
    grad(lambda x: x * tf.stop_gradient(x * x), 3.), grad(lambda x: tf.stop_gradient([x, x])[0] + x, 3.),
    grad(lambda x: tf.grad_pass_through(tf.sign)(x) * x, 3.), grad(lambda x: tf.identity(x) + tf.zeros_like(x), 3.), grad(lambda x: tf.quantization.fake_quant_with_min_max_args(x), [1., 10.]),
]""",
    "indexing_and_state": """
x = c([[1., 2., 3.], [4., 5., 6.]])
v = V([1., 2., 3.])
def sliced_assign(y):
    u = V(tf.zeros([3]))
    u[1:].assign(y)
    return tf.convert_to_tensor(u)
def emb():
    with Tape() as t:
        y = tf.gather(v, [0, 2, 0]) * c([1., 2., 3.])
    g = t.gradient(y, v)
    return type(g).__name__, tf.convert_to_tensor(g), g.indices, g.values
def sparse_read():
    with Tape() as t:
        y = v.sparse_read([1, 1])
    return tf.convert_to_tensor(t.gradient(y, v))
def emb_sum():
    with Tape() as t:
        y = tf.reduce_sum(tf.nn.embedding_lookup(v, [0, 1])) + tf.reduce_sum(v)
    return type(t.gradient(y, v)).__name__
[
    grad(lambda x: x[0] * x[1], x), grad(lambda x: x[:, 1:], x), grad(lambda x: x[..., ::-1] * x, x), grad(lambda x: x[:, -1] ** 2, x), grad(lambda x: x[tf.newaxis, 1, ::2] * 2, x), grad(lambda x: tf.gather(x, [1, 1, 0], axis=1), x),
    grad(lambda x: tf.gather_nd(x, [[0, 1], [1, 2]]) ** 2, x), grad(lambda x, u: tf.tensor_scatter_nd_update(x, [[0]], u), x, tf.ones([1, 3])), grad(lambda x, u: tf.tensor_scatter_nd_add(x, [[0], [0]], u) ** 2, x, tf.ones([2, 3])),
    grad(lambda u: tf.scatter_nd([[1], [1], [3]], u, [4]) ** 2, [1., 2., 3.]), grad(lambda x: tf.boolean_mask(x, x > 2.5) ** 2, x), grad(lambda x: tf.where(x > 2., x * x, -x), x), grad(lambda x: tf.concat([x, x * 2], 0)[1:3], x),
    grad(lambda x: tf.reshape(x, [-1])[::2], x), grad(lambda x: tf.pad(x, [[1, 1], [0, 2]], "CONSTANT") ** 2, x), grad(lambda x: tf.tile(x, [2, 1]) ** 2, x), grad(lambda x: tf.split(x, 3, 1)[1], x), grad(lambda x: tf.unstack(x)[1] ** 2, x),
    grad(lambda x: tf.sort(x, direction="DESCENDING") * c([1., 2., 3.]), x), grad(lambda x: tf.math.top_k(x, 2)[0] * c([1., 2.]), x), grad(lambda x: tf.reduce_max(x, 1), c([[1., 1., 0.]])), grad(lambda x: tf.norm(x), x), grad(lambda x: tf.norm(x), tf.zeros([2])),
    grad(lambda x: tf.dynamic_partition(x, [0, 1], 2)[1] ** 2, x), grad(lambda x: tf.repeat(x, [1, 2], 0) ** 2, x), grad(lambda x: tf.math.segment_sum(x, [0, 0]) ** 2, x), grad(lambda x: tf.einsum("ij,kj->ik", x, x), x), grad(sliced_assign, [1., 2.]),
    grad(F(lambda x: x[0] * x[1]), x), grad(F(lambda x, i: x[i, 1:] ** 2), x, c(1))[0], grad(F(lambda x: tf.boolean_mask(x, x > 2.5) ** 2), x),
]""",
    "complex": """
z = c([1 + 2j, -3 + .5j], tf.complex64)
[
    grad(lambda z: z * z, z), grad(lambda z: tf.abs(z), z), grad(lambda z: tf.math.real(z), z), grad(lambda z: tf.math.imag(z), z), grad(lambda z: tf.math.conj(z) * z, z), grad(lambda z: tf.math.angle(z), z), grad(lambda z: tf.exp(z), z),
    grad(lambda x, y: tf.complex(x, y) ** 2, 1., 2.), grad(lambda x: tf.abs(tf.signal.fft(tf.cast(x, tf.complex64))) ** 2, [1., 2., 3.]), grad(lambda z: tf.reduce_sum(z / (z + 1)), z), grad(lambda z: tf.linalg.matmul(z[None], z[:, None], adjoint_b=False), z), grad(lambda x: tf.math.real(tf.cast(x, tf.complex64) * (1 + 2j)), 3.), grad(F(lambda z: tf.abs(z * z)), z), grad(lambda z: tf.sqrt(z), z),
]""",
    "through_functions": """
v = V(2.)
@F
def f(x):
    return v * x ** 2
@F
def assigns(x):
    v.assign(x * 3.)
    return v * x
@F
def two(x):
    return {"a": x * 2, "b": (x * x, c(1))}
@F
def inner(x):
    return tf.sin(x)
@F
def outer(x):
    return inner(inner(x)) * x
@F
def inside(x):
    with Tape() as t:
        t.watch(x)
        y = f(x)
    return t.gradient(y, [x, v])
def eager():
    with Tape() as t:
        x = c(3.)
        t.watch(x)
        y = f(x)
    return t.gradient(y, [x, v])
def after_assign():
    with Tape() as t:
        x = c(3.)
        t.watch(x)
        y = assigns(x)
    return y, t.gradient(y, [x, v]), v
@F
def loop(x, n):
    for _ in tf.range(n):
        x = x * x
    return x
@F
def until(x):
    while x < 100.:
        x = x * x
    return x
@F
def tf_gradients(x):
    y = x ** 3
    return tf.gradients(y, x), tf.gradients([y, x * 2], [x], grad_ys=[c(10.), c(1.)]), tf.gradients(tf.gradients(y, x), x)
@F
def tf_gradients_stop(x):
    a = x * x
    y = a * x
    return tf.gradients(y, [a, x], stop_gradients=[a]), tf.gradients(c(1.), x)[0] is None, tf.gradients(c(1.), x, unconnected_gradients="zero")
@F
def tf_hessians(x):
    return tf.hessians(tf.reduce_sum(x ** 3), x)
[
    eager(), inside(c(3.)), grad(lambda x: two(x)["b"][0] + two(x)["a"], 3.), grad(lambda x: two(x)["b"][1], 3.), grad(outer, 1.), second(outer, 1.), grad(lambda x: loop(x, c(3)), 1.1), grad(lambda x: loop(x, c(0)), 1.1), second(lambda x: loop(x, c(3)), 1.1),
    grad(until, 2.), grad(until, 200.), second(until, 2.), tf_gradients(c(2.)), tf_gradients_stop(c(2.)), tf_hessians(c([1., 2.])), tf.gradients(c(1.), c(1.)), grad(f.get_concrete_function(tf.TensorSpec([], f32)), 3.),
    grad(F(lambda x: tf.map_fn(inner, x)), [1., 2.]), grad(lambda x: tf.py_function(lambda a: a ** 3, [x], f32), 2.), grad(lambda x: tf.numpy_function(lambda a: a ** 3, [x], f32), c(2.)),
]""",
    "assigned in functions": """
def seen(body, after=False):
    v, w, x = V(3.), V(5.), c(2.)
    f = F(lambda x: body(v, w, x))
    with Tape() as t:
        t.watch(x)
        y = f(x)
        if after:
            y = y + v * x
    return t.gradient(y, [x, v, w]), y, v, w
def square(v, w, x):
    v.assign(x)
    return v * v
def product(v, w, x):
    v.assign(w * x)
    return v * x * w
def twice(v, w, x):
    y = v * x
    v.assign(x * 3)
    return y * v
def added(v, w, x):
    y = v * v
    v.assign_add(x * x)
    return y + v * v * x
def crossed(v, w, x):
    v.assign(w)
    w.assign(v * x)
    return v * w
def returned(v, w, x):
    return v.assign_add(x)
def branch(v, w, x):
    y = v * x
    if tf.reduce_sum(x) > 0.:
        v.assign(x * x)
        z = v * w
    else:
        z = w
    return y * z * v
def rounds(v, w, x):
    y = x
    for i in tf.range(3):
        v.assign(v * x)
        y = y * v
    return y
def inner_tape(v, w, x):
    v.assign(x)
    with Tape() as t:
        t.watch(x)
        v.assign(x * x)
        y = v * x
    return t.gradient(y, x) * x + v
def inner_function(v, w, x):
    @F
    def g(x):
        v.assign(x * w)
        return v * x
    return g(x) * v
def persistent():
    v, x = V(3.), c(2.)
    @F
    def f(x):
        v.assign(x)
        return v * x, v * v
    with Tape(persistent=True) as t:
        t.watch(x)
        a, b = f(x)
    return t.gradient(a, [x, v]), t.gradient(b, [x, v]), t.gradient([a, b], [x, v])
[
    seen(square), seen(square, True), seen(product), seen(twice), seen(twice, True), seen(added), seen(crossed), seen(crossed, True),
    seen(returned), seen(branch), seen(rounds), seen(rounds, True), seen(inner_tape), seen(inner_function), persistent(),
]""",
    "gathered rows": """
T = c([[1., 2.], [3., 4.], [5., 6.]])
def rows(g):
    if isinstance(g, tf.IndexedSlices):
        return "rows", g.values, g.indices, g.dense_shape, g.shape
    return g
def seen(f, of=None, n=2):
    v = V(T) if of is None else of
    for _ in range(n):
        with Tape() as t:
            t.watch(v)
            y = f(v)
        g = t.gradient(y, v)
    return rows(g)
@F
def inside(v, ids):
    with Tape() as t:
        y = tf.reduce_sum(tf.gather(v, ids) ** 2)
    g = t.gradient(y, v)
    return g.values, g.indices, g.dense_shape
def embedded(ids):
    layer = tf.keras.layers.Embedding(4, 2, embeddings_initializer="ones")
    layer(ids)
    with Tape() as t:
        y = tf.reduce_sum(layer(ids) * 2.)
    return rows(t.gradient(y, layer.trainable_variables)[0])
def jacobian():
    v = V(T)
    with Tape() as t:
        y = tf.gather(v, [1])
    return t.jacobian(y, v)
i, j = c([0, 2, 0]), c([[0, 1], [2, 2]], tf.int64)
g = tf.IndexedSlices(tf.ones([3, 2]), i, c([3, 2]))
[
    seen(lambda v: tf.reduce_sum(tf.gather(v, i) * 3.)), seen(lambda v: tf.gather(v, j) ** 2), seen(lambda v: tf.gather(v, i), T), seen(lambda v: tf.gather(v, [0, 0], axis=1)),
    seen(lambda v: tf.gather(v, 1)), seen(lambda v: tf.nn.embedding_lookup(v, i)), seen(lambda v: tf.gather(v, [0]) * 2. + tf.gather(v, [1])),
    seen(lambda v: tf.reduce_sum(tf.gather(v, [0])) + tf.reduce_sum(v * v)), seen(lambda v: tf.gather(v * 2., [1, 1])), seen(lambda v: v.sparse_read([1])),
    seen(lambda v: tf.gather_nd(v, [[1], [2]])), seen(lambda v: tf.gather_nd(v, [[1, 0]])), seen(lambda v: v[1]), seen(lambda v: tf.gather(v, [[0], [1], [0]], batch_dims=1)),
    seen(lambda v: tf.gather(tf.gather(v, [0, 1, 1]), [0, 2])), inside(V(T), i), embedded(c([[0, 1], [1, 3]])), jacobian(),
    rows(tf.clip_by_norm(g, 1.)), [rows(x) for x in tf.clip_by_global_norm([g, tf.ones([2])], 1.)[0]], rows(tf.clip_by_value(g, -.5, .5)), rows(-g), tf.convert_to_tensor(g), tf.linalg.global_norm([g]), tf.square(g),
    g * 2., g + g, 2. * g, g[0], tf.reduce_sum(g), tf.add_n([g, g]),
]""",
    "unlinked in functions": """
def seen(body, compiled=True):
    v, w, x = V(3.), V(5.), c(2.)
    def f(x):
        return body(v, w, x)
    if compiled:
        f = F(f)
    with Tape() as t:
        t.watch(x)
        y = f(x)
    return t.gradient(y, [x, v, w])
stop = tf.stop_gradient
def branches(v, w, x):
    if x > 0.:
        y = stop(x) * v
    else:
        y = v * 1.
    return y
def branches_of_two(v, w, x):
    if x > 0.:
        y, z = w * 2., v * 1.
    else:
        y, z = w * 3., v * 2.
    return y
def rounds(v, w, x):
    y = w * 1.
    for i in tf.range(3):
        y = y + stop(x) * v
    return y
def nested(v, w, x):
    return F(lambda a, b: stop(a) * b)(x, v)
bodies = [
    lambda v, w, x: stop(x) * 2., lambda v, w, x: stop(x * v) * w, lambda v, w, x: (stop(x) * v, w * 1.), lambda v, w, x: tf.floor(x) * v, lambda v, w, x: tf.cast(tf.cast(x, i32), f32) * v,
    lambda v, w, x: tf.ones([2]) * w, lambda v, w, x: tf.sign(x) * v, lambda v, w, x: tf.zeros_like(x) + v, lambda v, w, x: tf.cast(x > 0., f32) * v, lambda v, w, x: x, branches, branches_of_two, rounds, nested,
]
[
    [seen(b) for b in bodies], [seen(b, False) for b in bodies],
]""",
    "graph_gradients_inside_of_loops_and_branches": """
@tf.function
def descend(x):
    step = lambda i, x: (i + 1, x - 0.1 * tf.gradients(x * x, x)[0])
    return tf.while_loop(lambda i, x: i < 3, step, (0, x))
@tf.function
def branch(x):
    if x > 0:
        y = tf.gradients(tf.sin(x), x)[0]
    else:
        y = x
    return y, tf.gradients(y, x)[0]
[descend(tf.constant(2.0)), branch(tf.constant(2.0))]""",
    "custom_gradients_that_give_none": """
x, y = tf.constant(1.), tf.constant(2.)
@tf.custom_gradient
def first(x, y):
    return x * y, lambda d: (d * 3, None)
v = tf.Variable(3.)
@tf.custom_gradient
def scaled(x):
    def grad(d, variables=None):
        return d * 2, [None]
    return x * v, grad
@tf.custom_gradient
def nothing(x):
    return x * 2, lambda d: None
@tf.custom_gradient
def two(x, y):
    return (x * y, x + y), lambda a, b: (a * 10, b * 100)
@tf.custom_gradient
def softplus(x):
    e = tf.exp(x)
    return tf.math.log(1 + e), lambda d: d * (1 - 1 / (1 + e))
def of(f, *sources):
    def run(*args):
        with tf.GradientTape() as t:
            t.watch(args)
            z = f(*args)
        return t.gradient(z, [*args, *sources])
    return run
def repeated(x, y):
    for _ in tf.range(3):
        x = first(x, y)
    return x
def second(x, y):
    with tf.GradientTape(persistent=True) as outer:
        outer.watch([x, y])
        with tf.GradientTape() as t:
            t.watch([x, y])
            p, q = two(x, y)
            s = p * q
        g = t.gradient(s, [x, y])
    return g, outer.gradient(g[0], [x, y]), outer.gradient(p, [x, y]), outer.jacobian(p, [x])
def curvature(x):
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as t:
            t.watch(x)
            z = softplus(x)
        g = t.gradient(z, x)
    return g, outer.gradient(g, x)
F = tf.function
[
    of(first)(x, y), of(F(first))(x, y), F(of(first))(x, y), F(of(F(first)))(x, y), of(F(lambda x, y: first(x, y) + y * y))(x, y),
    F(lambda x, y: tf.gradients(first(x, y), [x, y]))(x, y), of(F(repeated))(x, y),
    of(F(lambda x, y: tf.cond(x > 0, lambda: first(x, y), lambda: x)))(x, y),
    tf.vectorized_map(lambda x: F(of(first))(x, y)[0], tf.constant([1., 2.])), tf.map_fn(lambda x: first(x, y), tf.constant([1., 2.])),
    of(scaled, v)(x), of(F(scaled), v)(x), of(nothing)(x), of(F(nothing))(x), second(x, y), F(second)(x, y), curvature(x), F(curvature)(x),
]""",
    "sources_that_were_not_watched": """
x, y, z = tf.Variable(2.), tf.Variable(5., trainable=False), tf.constant(3.)
products = [
    lambda: x * z,
    lambda: z * x,
    lambda: x + z,
    lambda: x * y * z,
    lambda: z * z,
    lambda: z,
    lambda: x ** z,
    lambda: tf.stack([x, z]),
    lambda: tf.cond(x > 0, lambda: x * z, lambda: x),
    lambda: tf.reduce_sum(tf.gather(tf.stack([z, z]), [0]) * x),
]
def of(f):
    with tf.GradientTape(persistent=True) as t:
        w = f()
    return t.gradient(w, [x, z, y]), t.gradient(w, z), t.jacobian(w, z), t.gradient(w, z, unconnected_gradients="zero")
def within(m):
    with tf.GradientTape() as t:
        w = m * x
    return t.gradient(w, [m, x])
def later(m):
    with tf.GradientTape() as t:
        w = m * x
        t.watch(m)
    return t.gradient(w, m)
def nested(m):
    with tf.GradientTape(persistent=True) as outer:
        outer.watch(m)
        with tf.GradientTape() as inner:
            w = m * x * x
        g = inner.gradient(w, [m, x])
    return g, outer.gradient(g[1], m), outer.gradient(w, [m, x])
def intermediate(m):
    with tf.GradientTape() as t:
        a = m * m
        b = a * x
    return t.gradient(b, [a, m, x])
model = tf.keras.Sequential([tf.keras.Input((2,)), tf.keras.layers.Dense(1, kernel_initializer="ones")])
rows = tf.ones([1, 2])
def of_input(watch):
    with tf.GradientTape() as t:
        w = model(rows)
        if watch:
            t.watch(rows)
    return t.gradient(w, rows)
F = tf.function
[
    [of(f) for f in products], within(z), F(within)(z), within(z), F(lambda m: tf.gradients(m * x, [m, x]))(z), later(z), F(later)(z), nested(z), F(nested)(z), intermediate(z), F(intermediate)(z),
    [of_input(False) for _ in range(4)],
    within(z), within(z),
]""",
    "outputs_of_a_model_that_follow_from_one_another": """
image = tf.keras.Input((4, 4, 1))
maps = tf.keras.layers.Conv2D(2, 3, kernel_initializer="ones")(image)
scores = tf.keras.layers.Dense(2, kernel_initializer="ones")(tf.keras.layers.GlobalAveragePooling2D()(maps))
model = tf.keras.Model(image, [maps, scores])
inner = tf.keras.Model(image, maps)
after = tf.keras.Sequential([tf.keras.layers.GlobalAveragePooling2D(), tf.keras.layers.Dense(2, kernel_initializer="ones")])
images = tf.reshape(tf.range(32.), [2, 4, 4, 1])
def weights():
    with tf.GradientTape() as t:
        found, predictions = model(images)
        best = predictions[:, 0]
    return t.gradient(best, found)
def both():
    with tf.GradientTape(persistent=True) as t:
        found, predictions = model(images)
        loss = tf.reduce_sum(predictions * tf.reduce_sum(found))
    return t.gradient(loss, [found, *model.trainable_variables])
def watched():
    with tf.GradientTape() as t:
        found = inner(images)
        t.watch(found)
        predictions = after(found)
    return t.gradient(predictions, found)
attention = tf.keras.layers.MultiHeadAttention(1, 2, kernel_initializer="ones")
words = tf.reshape(tf.range(4.), [1, 2, 2]) / 10
def of_scores():
    with tf.GradientTape() as t:
        found, scores = attention(words, words, return_attention_scores=True)
        total = tf.reduce_sum(found ** 2)
    return t.gradient(total, scores)
[[weights() for _ in range(4)], [both() for _ in range(3)], [of_scores() for _ in range(3)], [watched() for _ in range(3)], tf.function(weights)(), model(images)]""",
    "what_is_no_source": """
x = tf.Variable(2.)
with tf.GradientTape(persistent=True) as t:
    a = x * x
[
    t.gradient(a, "x"), t.gradient(a, None), t.gradient(a, 3), t.gradient(a, 3.), t.gradient(a, np.ones(2)), t.gradient(a, np.float32(1)), t.gradient(a, object()), t.gradient(a, [x, None]),
    t.gradient(a, {"a": "b"}), t.gradient(a, True), t.gradient(a, x, output_gradients=[1., 2.]), t.gradient(a, x, unconnected_gradients="some"), t.gradient(None, x),
]""",
    "none_in_second_order": """
A, L = tf.keras.layers, tf.keras.losses
a, b = V([[0.2, 0.7, 0.4], [0.9, 0.1, 0.6]]), V([[1.2, 0.3, 0.8], [0.5, 0.6, 1.1]])
def pattern(gs):
    return "".join("-" if g is None else "x" for g in gs)
def twice(f, sources):
    with Tape(persistent=True) as t:
        with Tape() as u:
            y = f()
        gs = u.gradient(y, sources)
    return " ".join([pattern(gs), *[pattern(t.gradient(g, sources)) for g in gs if g is not None]])
def shown(f, sources):
    eager = [twice(f, sources) for _ in range(3)]
    traced = []
    F(lambda: traced.append(twice(f, sources)), autograph=False)()
    return eager + traced
ops = {
    **{n: (lambda n: lambda: getattr(tf.nn, n)(a - 0.5) + b)(n) for n in ["relu", "relu6", "leaky_relu", "elu", "selu", "softplus", "sigmoid", "tanh", "silu"]},
    "sum": lambda: a + b, "square": lambda: tf.square(a) + b, "product": lambda: a * b, "quotient": lambda: a / b, "abs": lambda: tf.abs(a) * b, "larger": lambda: tf.maximum(a, b), "clipped": lambda: tf.clip_by_value(a, 0.2, 0.8) * b,
    "matmul": lambda: tf.matmul(a, b, transpose_b=True), "largest": lambda: tf.reduce_max(a, 1) + tf.reduce_sum(b * b), "joined": lambda: tf.concat([a, b], 0), "picked": lambda: tf.where(a > b, a, b * b),
    "mae": lambda: L.MeanAbsoluteError()(a, b), "mse": lambda: L.MeanSquaredError()(a, b), "norm": lambda: tf.norm(a) + tf.norm(b), "stopped": lambda: tf.stop_gradient(a) * b, "linear": lambda: 3 * a - b,
}
def penalty(*layers):
    tf.keras.utils.set_random_seed(1)
    m = tf.keras.Sequential(layers)
    x = tf.random.stateless_uniform([2, 6, 6, 2], [1, 2])
    m(x)
    found = []
    for _ in range(3):
        with Tape() as t:
            with Tape() as u:
                u.watch(x)
                y = m(x, training=True)
            p = tf.reduce_mean((tf.norm(u.gradient(y, x)) - 1) ** 2)
        found.append(pattern(t.gradient(p, m.trainable_variables)))
    return found
table, rows = V(tf.ones([5, 2])), c([1, 3, 1])
def of_rows():
    with Tape() as t:
        with Tape() as u:
            y = tf.reduce_sum(tf.gather(table, rows) ** 3)
        n = tf.reduce_sum(tf.convert_to_tensor(u.gradient(y, table)) ** 2)
    return type(t.gradient(n, table)).__name__
[
    [[name, shown(f, [a, b])] for name, f in ops.items()], [of_rows() for _ in range(3)],
    penalty(A.Flatten(), A.Dense(3, "relu"), A.Dense(1)), penalty(A.Flatten(), A.Dense(3), A.LeakyReLU(), A.Dense(1)), penalty(A.Conv2D(3, 3), A.MaxPooling2D(), A.Flatten(), A.Dense(1)), penalty(A.Conv2D(3, 3, activation="tanh"), A.GlobalAveragePooling2D(), A.Dense(1)), penalty(A.Conv2DTranspose(2, 3), A.Conv2D(1, 3)),
]""",
    "magnitudes_at_zero": """
x = c([0., 1., -2.])
[grad(f, x) for f in [
    lambda x: tf.keras.losses.MeanAbsoluteError()(tf.zeros(3), x), lambda x: tf.keras.losses.mae(tf.zeros(3), x), lambda x: tf.keras.losses.mape(tf.ones(3), x),
    tf.keras.regularizers.L1(0.1), tf.keras.regularizers.L1L2(0.5, 0.5), lambda x: tf.norm(x, 1), lambda x: tf.norm(x, np.inf), lambda x: tf.image.total_variation(tf.stack([x, x], 1)[..., None]),
    tf.abs, tf.experimental.numpy.abs, tf.experimental.numpy.fabs, tf.keras.ops.abs, lambda x: tf.keras.ops.norm(x, 1), lambda x: tf.experimental.numpy.maximum(x, 1.), lambda x: tf.experimental.numpy.minimum(x, 1.), lambda x: tf.keras.losses.Huber()(tf.zeros(3), x),
]]""",
    "forward_over_loops_and_custom_gradients": """
n = c(4)
def powers(count, x):
    y = x
    for _ in tf.range(count):
        y = y * x
    return y
def nested(count, x):
    y = x
    for i in tf.range(count):
        for _ in tf.range(i):
            y = y * x
    return y
def until(x):
    while x < 50.:
        x = x * x
    return x
@tf.custom_gradient
def steep(x):
    return x * x, lambda d: d * 10. * x
@tf.custom_gradient
def pair(x, y):
    return (x * y, x + 2 * y), lambda a, b: (a * y + b, a * x + 2 * b)
@tf.custom_gradient
def through(x):
    return tf.round(x), lambda d: d
def moved(f, at=1.5):
    x = c(at)
    with Fwd(x, c(1.)) as acc:
        y = f(x)
    return acc.jvp(y)
def hessian(f, at=1.5):
    x = c(at)
    with Fwd(x, c(1.)) as acc:
        with Tape() as t:
            t.watch(x)
            y = f(x)
        g = t.gradient(y, x)
    with Tape() as t:
        t.watch(x)
        with Fwd(x, c(1.)) as other:
            y = f(x)
        d = other.jvp(y)
    return g, acc.jvp(g), d, t.gradient(d, x)
def repeated():
    x = c(1.)
    with Fwd([x, x], [x, x]) as acc:
        y = x * x
    return acc.jvp(y)
[
    [moved(f) for f in [
        lambda x: powers(4, x), F(lambda x: F(powers)(n, x)), F(until), F(lambda x: F(nested)(n, x)), steep, F(steep), lambda x: pair(x, x * 2), F(lambda x: pair(x, x * 2)),
        F(lambda x: tf.scan(lambda a, e: a * steep(e) * x, tf.stack([x, x]), x)), F(lambda x: tf.while_loop(lambda i, y: i < n, lambda i, y: (i + 1, steep(y)), (0, x))[1]), through, F(through),
    ]],
    moved(lambda x: F(powers)(n, x) * steep(x)), F(lambda: moved(lambda x: F(powers)(n, x) * steep(x)))(), hessian(lambda x: steep(x) * x), err(repeated),
]""",
}

CASES = {name: wrapped(PRELUDE + code) for name, code in _CODE.items()}
