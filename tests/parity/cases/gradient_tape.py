"""Cases of what a GradientTape watches, when it records, and what targets and sources may be."""

import pathlib
import runpy

HERE = pathlib.Path(__file__).parent
wrapped = runpy.run_path(str(HERE / "_wrap.py"))["wrapped"]
PRELUDE = runpy.run_path(str(HERE / "_gradients.py"))["PRELUDE"]

_CODE = {
    "what_is_watched": """
v, w, n = V(2., name="v"), V(3., name="w"), V(5., trainable=False, name="n")
x = c(3.)
def names(t):
    return [u.name for u in t.watched_variables()]
def run(f, **kw):
    with Tape(**kw) as t:
        f(t)
    return t
def order():
    return names(run(lambda t: [w * v, v * w, n * 1.]))
def assigned_only():
    u = V(1., name="u")
    return names(run(lambda t: u.assign(3.))), names(run(lambda t: u.assign_add(3.))), names(run(lambda t: u.assign(w)))
def kinds(f):
    return names(run(lambda t: f()))
def watched(f, **kw):
    return names(run(f, **kw))
def stopped():
    with Tape() as t:
        v * 1.
        with t.stop_recording():
            w * 1.
        a = names(t)
        w * 1.
    return a, names(t)
def resetting():
    with Tape() as t:
        v * 1.
        t.reset()
        a = names(t)
        w * 1.
    return a, names(t)
def created_inside():
    with Tape() as t:
        u = V(2., name="u")
        y = u * u
    return names(t), t.gradient(y, u)
def in_function():
    @F
    def f():
        return v * w
    with Tape() as t:
        y = f()
    return sorted(names(t)), t.gradient(y, [v, w])
def unused_in_function():
    @F
    def f(x):
        if x > 0.:
            return x * v
        return x * w
    with Tape() as t:
        y = f(x)
    return sorted(names(t)), t.gradient(y, [v, w])
def never_of_function():
    @F
    def f():
        with Tape(watch_accessed_variables=False) as t:
            t.watch(w)
            y = v * w * n
        return t.gradient(y, [v, w, n]), len(t.watched_variables())
    return f()
def model():
    m = tf.keras.Sequential([tf.keras.layers.Dense(2, name="d1"), tf.keras.layers.BatchNormalization(name="b")])
    m(tf.ones([1, 2]))
    with Tape() as t:
        y = m(tf.ones([1, 2]), training=True)
    with Tape(watch_accessed_variables=False) as u:
        u.watch([w.value for w in m.layers[0].trainable_variables])
        y2 = m(tf.ones([1, 2]))
    return len(t.watched_variables()), len(u.watched_variables()), [g is None for g in u.gradient(y2, m.trainable_variables)]
def frozen():
    d = tf.keras.layers.Dense(2)
    d(tf.ones([1, 2]))
    d.trainable = False
    with Tape() as t:
        y = d(tf.ones([1, 2]))
    return len(t.watched_variables()), t.gradient(y, d.weights)[0] is None
def watch_after_read():
    with Tape(watch_accessed_variables=False) as t:
        y = v * v
        t.watch(v)
        z = y + v
    return t.gradient(z, v)
def watch_result_of_function():
    with Tape(watch_accessed_variables=False) as t:
        y = F(lambda: v * 2.)()
        t.watch(y)
        z = y * y
    return t.gradient(z, [y, v])
def watch_before():
    t = Tape()
    t.watch(x)
    with t:
        y = x * x
    return t.gradient(y, x)
def watch_outside_after():
    with Tape() as t:
        y = x * x
    t.watch(x)
    return t.gradient(y, x)
def composite():
    r = tf.ragged.constant([[1., 2.], [3.]])
    s = tf.SparseTensor([[0, 1]], [2.], [2, 2])
    with Tape() as t:
        t.watch(r)
        t.watch(s)
        y = tf.reduce_sum(r * r) + tf.reduce_sum(tf.sparse.to_dense(s) ** 3)
    return t.gradient(y, r.flat_values), t.gradient.__name__
def composite_sparse():
    s = tf.SparseTensor([[0, 1]], [2.], [2, 2])
    with Tape() as t:
        t.watch(s)
        y = tf.reduce_sum(tf.sparse.to_dense(s) ** 3)
    return t.gradient(y, s.values)
def indexed():
    s = tf.IndexedSlices(c([[1., 2.]]), c([0]), c([2, 2]))
    with Tape() as t:
        t.watch(s)
        y = tf.reduce_sum(tf.convert_to_tensor(s) ** 2)
    return t.gradient(y, s.values)
[
    Tape().watch(3), Tape().watch(np.ones(2)), Tape().watch(x), order(), assigned_only(), kinds(lambda: tf.convert_to_tensor(v)), kinds(lambda: v.read_value()), kinds(lambda: v.value()), kinds(lambda: v.numpy()), kinds(lambda: tf.identity(n)),
    kinds(lambda: v.shape), kinds(lambda: v[...]), kinds(lambda: v == w), kinds(lambda: bool(v > w)), kinds(lambda: tf.cast(v, i32)), kinds(lambda: float(v)), kinds(lambda: tf.shape(v)),
    watched(lambda t: t.watch(n)), watched(lambda t: t.watch([v, {"a": n}])), watched(lambda t: t.watch(v), watch_accessed_variables=False), watched(lambda t: v * w, watch_accessed_variables=False),
    watched(lambda t: t.watch(x)), type(run(lambda t: v * 1.).watched_variables()).__name__, run(lambda t: None).watched_variables(), stopped(), resetting(), created_inside(), in_function(),
    unused_in_function(), never_of_function(), model(), frozen(), watch_after_read(), watch_result_of_function(), watch_before(), watch_outside_after(), composite(), composite_sparse(), indexed(),
    watched(lambda t: t.watch([1., 2.])), watched(lambda t: t.watch(None)), watched(lambda t: t.watch(np.ones(2))), watched(lambda t: t.watch([])), watched(lambda t: t.watch("x")),
    watched(lambda t: t.watch(c("x"))), watched(lambda t: t.watch(c(True))), watched(lambda t: t.watch(F)), Tape().watched_variables(), F(lambda: [v * 1., len(watched(lambda t: v * w))])(),
]""",
    "recording": """
x, y = c(3.), c(4.)
v = V(2.)
def unused_tape():
    return Tape().gradient(x, x)
def empty():
    with Tape() as t:
        pass
    return t.gradient(x, x), 
def empty_of_other():
    with Tape() as t:
        t.watch(x)
    return t.gradient(x, y)
def twice():
    with Tape() as t:
        t.watch(x)
        z = x * x
    a = t.gradient(z, x)
    return t.gradient(z, x)
def twice_after_error():
    with Tape() as t:
        t.watch(x)
        z = x * x
    try:
        t.gradient(z, x, output_gradients=[c(1.), c(2.)])
    except Exception:
        pass
    return t.gradient(z, x)
def twice_after_none_target():
    with Tape() as t:
        t.watch(x)
        z = x * x
    try:
        t.gradient(None, x)
    except Exception:
        pass
    return t.gradient(z, x)
def twice_after_bad_mode():
    with Tape() as t:
        t.watch(x)
        z = x * x
    try:
        t.gradient(z, x, unconnected_gradients="bad")
    except ValueError:
        pass
    return t.gradient(z, x)
def then_jacobian():
    with Tape() as t:
        t.watch(x)
        z = x * x
    t.gradient(z, x)
    return t.jacobian(z, x)
def jacobian_then():
    with Tape() as t:
        t.watch(x)
        z = x * x
    t.jacobian(z, x)
    return t.gradient(z, x)
def reused_context():
    t = Tape()
    out = []
    for k in range(3):
        with t:
            t.watch(x)
            z = x * x * float(k + 1)
        out.append(t.gradient(z, x))
    return out
def reused_persistent():
    t = Tape(persistent=True)
    with t:
        t.watch(x)
        z = x * x
    with t:
        u = z * x
    return t.gradient(u, x), t.gradient(z, x)
def reset_persistent():
    with Tape(persistent=True) as t:
        t.watch(x)
        z = x * x
        t.reset()
        u = z * x
    return t.gradient(u, x), t.gradient(u, z)
def reset_after():
    with Tape() as t:
        t.watch(x)
        z = x * x
    t.reset()
    return t.gradient(z, x)
def reset_after_use():
    with Tape() as t:
        t.watch(x)
        z = x * x
    t.gradient(z, x)
    t.reset()
    return t.gradient(z, x)
def reset_fresh():
    t = Tape()
    t.reset()
    with t:
        t.watch(x)
        z = x * x
    return t.gradient(z, x)
def reset_in_loop():
    out = []
    with Tape() as t:
        for k in range(3):
            t.reset()
            t.watch(x)
            z = x ** float(k + 1)
    return t.gradient(z, x)
def reset_variable():
    with Tape() as t:
        z = v * v
        t.reset()
        u = v * 3.
    return t.gradient(z + u, v)
def stop_then_gradient():
    with Tape(persistent=True) as t:
        t.watch(x)
        z = x * x
        with t.stop_recording():
            g = t.gradient(z, x)
        u = g * x
    return g, t.gradient(u, x), t.gradient(u, g)
def gradient_in_stop_once():
    with Tape() as t:
        t.watch(x)
        z = x * x
        with t.stop_recording():
            g = t.gradient(z, x)
    return g
def stop_watch():
    with Tape() as t:
        with t.stop_recording():
            t.watch(x)
            a = x * x
        b = x * x * x
    return t.gradient(a + b, x)
def stop_nested():
    with Tape() as t:
        t.watch(x)
        with t.stop_recording():
            with t.stop_recording():
                a = x * x
    return t.gradient(a, x)
def stop_one_of_two():
    with Tape() as a, Tape() as b:
        a.watch(x)
        b.watch(x)
        with a.stop_recording():
            z = x * x
        u = z * x
    return a.gradient(u, x), b.gradient(u, x)
def stop_outer_variable():
    with Tape() as a:
        with a.stop_recording():
            with Tape() as b:
                z = v * v
            g = b.gradient(z, v)
        u = g * v
    return g, a.gradient(u, v)
def error_inside():
    t = Tape()
    try:
        with t:
            t.watch(x)
            z = x * x
            raise KeyError
    except KeyError:
        pass
    return t.gradient(z, x)
def error_in_stop():
    with Tape() as t:
        t.watch(x)
        z = x * x
        try:
            with t.stop_recording():
                raise KeyError
        except KeyError:
            pass
        u = z * x
    return t.gradient(u, x)
def left_in_wrong_order():
    a, b = Tape(), Tape()
    a.__enter__()
    b.__enter__()
    a.watch(x)
    b.watch(x)
    z = x * x
    a.__exit__(None, None, None)
    u = z * x
    b.__exit__(None, None, None)
    return a.gradient(z, x), b.gradient(u, x)
def open_close():
    t = Tape()
    t.__enter__()
    t.watch(x)
    z = x * x
    t.__exit__(None, None, None)
    return t.gradient(z, x)
def exit_fresh():
    t = Tape()
    t.__exit__(None, None, None)
    return 1
def inside_then_more():
    with Tape() as t:
        t.watch(x)
        z = x * x
        g = t.gradient(z, x)
        u = z * x
    return g, u
def inside_then_again():
    with Tape() as t:
        t.watch(x)
        z = x * x
        g = t.gradient(z, x)
        return t.gradient(z, x)
def persistent_inside_twice():
    with Tape(persistent=True) as t:
        t.watch(x)
        z = x * x * x
        g = t.gradient(z, x)
        h = t.gradient(g, x)
        k = t.gradient(h, x)
    return g, h, k
def persistent_after():
    with Tape(persistent=True) as t:
        t.watch(x)
        z = x * x * x
    g = t.gradient(z, x)
    return g, t.gradient(g, x)
def deleted():
    with Tape(persistent=True) as t:
        t.watch(x)
        z = x * x
    g = t.gradient(z, x)
    del t
    return g
def sources_inside_function():
    @F
    def f(x):
        t = Tape(persistent=True)
        with t:
            t.watch(x)
            z = x * x
        return t.gradient(z, x), t.gradient(z, z)
    return f(x)
def tape_across_functions():
    with Tape(persistent=True) as t:
        t.watch(x)
        z = F(lambda a: a * a)(x)
    return F(lambda: t.gradient(z, x))()
def tape_used_in_function():
    @F
    def f(a):
        with Tape() as t:
            t.watch(a)
            z = a * a * v
        return t.gradient(z, a)
    with Tape() as t:
        g = f(x)
    return g, t.gradient(g, v)
def enter_again_later():
    with Tape() as t:
        t.watch(x)
        z = x * x
    t.gradient(z, x)
    with t:
        t.watch(x)
        z = x * x * x
    return t.gradient(z, x)
def yields():
    def gen():
        with Tape() as t:
            t.watch(x)
            z = x * x
            yield z
            yield t.gradient(z, x)
    return list(gen())
def watch_inside_stop_variable():
    with Tape(watch_accessed_variables=False) as t:
        with t.stop_recording():
            t.watch(v)
            z = v * v
        u = v * v * v
    return t.gradient(u, v), t.gradient
[
    unused_tape(), empty(), empty_of_other(), twice(), twice_after_error(), twice_after_none_target(), twice_after_bad_mode(), then_jacobian(), jacobian_then(), reused_context(), reused_persistent(),
    reset_persistent(), reset_after(), reset_after_use(), reset_fresh(), reset_in_loop(), reset_variable(), stop_then_gradient(), gradient_in_stop_once(), stop_watch(), stop_nested(), stop_one_of_two(),
    stop_outer_variable(), error_inside(), error_in_stop(), left_in_wrong_order(), open_close(), exit_fresh(), inside_then_more(), inside_then_again(), persistent_inside_twice(), persistent_after(),
    deleted(), sources_inside_function(), tape_across_functions(), tape_used_in_function(), enter_again_later(), yields(), F(twice)(), F(reused_persistent)(), F(reset_persistent)(),
    F(stop_then_gradient)(), F(stop_one_of_two)(), F(persistent_inside_twice)(), F(persistent_after)(), F(inside_then_again)(), F(unused_tape)(), F(stop_nested)(), F(gradient_in_stop_once)(),
]""",
    "structures": """
x, y = c([1., 2.]), c(3.)
v = V([1., 2.])
from collections import namedtuple, OrderedDict
P = namedtuple("P", "a b")
def g(target, sources, og=None, **kw):
    with Tape() as t:
        t.watch([x, y])
        d = {"s": tf.reduce_sum(x * y), "v": x * x * v, "p": [x, y], "i": c(1), "u": c(2.), "y": y * y}
        z = target(d)
    return t.gradient(z, sources, output_gradients=og, **kw)
def kind(r):
    return type(r).__name__
def loss_of_none():
    return g(lambda d: [d["s"], None], [x, y])
[
    g(lambda d: d["s"], P(x, y)), kind(g(lambda d: d["s"], P(x, y))), kind(g(lambda d: d["s"], (x, y))), kind(g(lambda d: d["s"], OrderedDict(b=y, a=x))), list(g(lambda d: d["s"], OrderedDict(b=y, a=x))),
    g(lambda d: d["s"], {"z": x, "a": [y, (x,)]}), g(lambda d: d["s"], []), g(lambda d: d["s"], {}), g(lambda d: d["s"], ()), g(lambda d: [], x), g(lambda d: {}, [x]),
    g(lambda d: (), [x], unconnected_gradients=Z), loss_of_none(), g(lambda d: {"a": d["s"], "b": [d["v"]]}, [x, y, v]), g(lambda d: (d["s"], (d["y"], d["u"])), [x, y]), g(lambda d: d["p"], [x, y]),
    g(lambda d: [x, x], x), g(lambda d: v, v), g(lambda d: [v, v, d["v"]], v), g(lambda d: P(d["s"], d["v"]), [v, y]), g(lambda d: d["i"], [x]), g(lambda d: [d["i"], d["s"]], [x, y]),
    g(lambda d: [d["i"]], x, unconnected_gradients=Z), g(lambda d: d["u"], x), g(lambda d: d["u"], [x, v], unconnected_gradients="zero"),
    g(lambda d: d["u"], V(np.ones([2, 2])), unconnected_gradients="zero"), g(lambda d: d["u"], c([1, 2]), unconnected_gradients="zero"), g(lambda d: d["s"], c([1, 2])), g(lambda d: d["s"], V(3)),
    g(lambda d: d["s"], V(3), unconnected_gradients=Z), g(lambda d: d["s"], c("a")), g(lambda d: d["s"], c([True])), g(lambda d: d["v"], x, c([10., 100.])), g(lambda d: d["v"], x, [10., 100.]),
    g(lambda d: d["v"], x, np.array([10., 100.], np.float32)), g(lambda d: d["v"], x, np.array([10., 100.])), g(lambda d: d["v"], x, [c([10., 100.])]), g(lambda d: [d["v"]], x, c([10., 100.])),
    g(lambda d: [d["v"]], x, [c([10., 100.])]), g(lambda d: [d["s"], d["v"]], x, [c(2.), None]), g(lambda d: [d["s"], d["v"]], x, [None, None]), g(lambda d: [d["s"], d["v"]], x, [c(2.)]),
    g(lambda d: [d["s"], d["v"]], x, c(2.)), g(lambda d: [d["s"], d["v"]], x, [2., [3., 4.]]), g(lambda d: [d["s"], d["v"]], x, [c(1.), c(2.), c(3.)]),
    g(lambda d: {"a": d["s"], "b": d["v"]}, x, {"a": c(2.), "b": c([3., 4.])}), g(lambda d: {"a": d["s"], "b": d["v"]}, x, [c(2.), c([3., 4.])]), g(lambda d: d["v"], x, c(2.)),
    g(lambda d: d["v"], x, c([1., 2., 3.])), g(lambda d: d["s"], x, c([1., 2.])), g(lambda d: d["s"], x, 2), g(lambda d: d["s"], x, 2.), g(lambda d: d["v"], x, c([1, 2])),
    g(lambda d: d["v"], x, c([1., 2.], tf.float64)), g(lambda d: d["v"], x, V([2., 3.])), g(lambda d: d["s"], x, c(2.), unconnected_gradients="zero"),
    g(lambda d: d["u"], x, c(2.), unconnected_gradients="zero"), g(lambda d: d["v"], x, x), g(lambda d: [d["i"], d["s"]], x, [c(1), c(5.)]), g(lambda d: [d["i"], d["s"]], x, [None, c(5.)]),
    g(lambda d: 3., x), g(lambda d: "a", x), g(lambda d: np.float32(3), x), g(lambda d: [1., 2.], x), g(lambda d: object(), x), g(lambda d: np.ones(2), x), g(lambda d: x.numpy(), x), g(lambda d: None, x),
    g(lambda d: [None], x), g(lambda d: [None, d["s"]], x), g(lambda d: True, x), g(lambda d: d["s"], [x, None]), g(lambda d: d["s"], [x, 1.]), g(lambda d: d["s"], None), g(lambda d: d["s"], "a"),
    g(lambda d: d["s"], unconnected_gradients=Z, sources=[v, x]), g(lambda d: d["s"], x, unconnected_gradients=None), g(lambda d: d["s"], x, unconnected_gradients="NONE"),
    g(lambda d: d["s"], x, unconnected_gradients=tf.UnconnectedGradients("none")), [u.value for u in tf.UnconnectedGradients], tf.UnconnectedGradients("zero") is Z, Tape.gradient.__name__,
]""",
    "integers_and_none": """
x = c([1., 2.5, -3.])
k = c([1, 2, 3])
m = c([[1., 2.], [3., 4.]])
def tgt(f, x=x, **kw):
    with Tape(persistent=True) as t:
        t.watch(x)
        y = f(x)
    return t.gradient(y, x, **kw)
def of_int(f):
    with Tape() as t:
        t.watch(k)
        y = f(k)
    return t.gradient(y, k)
names = ["floor", "ceil", "round", "rint", "sign", "argmax", "argmin", "is_nan", "is_finite", "is_inf", "zeros_like", "ones_like", "shape", "size", "rank", "unique", "bitcast", "stop_gradient", "invert_permutation", "argsort", "searchsorted", "bincount", "equal", "not_equal", "logical"]
fs = [tf.floor, tf.math.ceil, tf.round, tf.math.rint, tf.sign, tf.argmax, tf.argmin, tf.math.is_nan, tf.math.is_finite, tf.math.is_inf, tf.zeros_like, tf.ones_like, tf.shape, tf.size, tf.rank, lambda x: tf.unique(x)[0], lambda x: tf.bitcast(x, i32), tf.stop_gradient, lambda x: tf.argsort(x), lambda x: tf.searchsorted(x, x), lambda x: x == x, lambda x: x != 1., lambda x: x > 1., lambda x: tf.cast(x, i32), lambda x: tf.cast(x, tf.bool), lambda x: tf.cast(x, tf.float16), lambda x: tf.cast(tf.cast(x, tf.int64), tf.float32), lambda x: tf.where(x > 0)[:, 0], lambda x: tf.one_hot(tf.cast(x, i32), 3), lambda x: tf.math.count_nonzero(x), lambda x: tf.math.top_k(x, 2)[1], lambda x: tf.math.top_k(x, 2)[0], lambda x: tf.sort(x), lambda x: x // 2., lambda x: x % 2., lambda x: tf.math.floormod(x, 2.), lambda x: tf.truncatediv(x, c(2.)) , lambda x: tf.math.floordiv(c(7.), x), lambda x: tf.math.mod(c(7.), x), lambda x: tf.nn.relu(x), lambda x: tf.math.nextafter(x, 1.), lambda x: tf.math.unsorted_segment_max(x, [0, 0, 1], 2), lambda x: tf.random.shuffle(x)[0] * 0. + x[0], lambda x: tf.strings.as_string(x), lambda x: tf.quantization.quantize(x, -1., 1., tf.qint8)[0], lambda x: tf.clip_by_value(x, 0., 1.), lambda x: tf.math.reduce_any(x > 0), lambda x: tf.math.erfinv(x / 4), lambda x: tf.math.lgamma(c([1., 2., 3.]) + 0 * x), lambda x: tf.math.zeta(x, 2.), lambda x: tf.math.polygamma(c(1.), x), lambda x: tf.math.igamma(c([1., 2., 3.]), tf.abs(x)), lambda x: tf.math.betainc(c(1.), c(2.), tf.abs(x) / 4), lambda x: tf.histogram_fixed_width(x, [0., 1.])]
[
    tgt(fs[0]), tgt(fs[1]), tgt(fs[2]), tgt(fs[3]), tgt(fs[4]), tgt(fs[5]), tgt(fs[6]), tgt(fs[10]), tgt(fs[11]), tgt(fs[12]), tgt(fs[13]), tgt(fs[14]), tgt(fs[17]), tgt(fs[19]), tgt(fs[20]), tgt(fs[21]),
    tgt(fs[22]), tgt(fs[23]), tgt(fs[24]), tgt(fs[25]), tgt(fs[26]), tgt(fs[27]), tgt(fs[28]), tgt(fs[29]), tgt(fs[31]), tgt(fs[32]), tgt(fs[33]), tgt(fs[34]), tgt(fs[35]), tgt(fs[36]), tgt(fs[37]),
    tgt(fs[38]), tgt(fs[39]), tgt(fs[40]), tgt(fs[41]), tgt(fs[42]), tgt(fs[43]), tgt(fs[45]), tgt(fs[46]), tgt(fs[47]), tgt(fs[48]), tgt(fs[49]), tgt(fs[50]), tgt(fs[51]), tgt(fs[52]),
    of_int(lambda k: k * k), of_int(lambda k: tf.cast(k, f32) * 2.), of_int(lambda k: tf.gather(x, k - 1)), tgt(lambda x: tf.gather(x, tf.cast(x, i32) * 0)), tgt(lambda x: [x, tf.argmax(x)]),
    tgt(lambda x: tf.argmax(x), unconnected_gradients="zero"), tgt(tf.floor, unconnected_gradients="zero"), tgt(lambda x: tf.floor(x) + x), tgt(lambda x: tf.floor(x) * x),
    tgt(lambda x: tf.where(x > 0, x, 0.)), tgt(lambda x: tf.where(x > 0, tf.ones_like(x), 0.)), tgt(lambda x: tf.cond(x[0] > 0, lambda: tf.floor(x), lambda: x)), tgt(lambda x: F(tf.floor)(x)),
    tgt(lambda x: F(lambda x: (tf.floor(x), x))(x)[0]), tgt(lambda x: tf.eye(3) @ x[:, None]), tgt(lambda x: tf.linspace(x[0], x[1], 3)), tgt(lambda x: tf.range(x[0], x[1], .5)),
    tgt(lambda x: tf.fill([2], x[0])), tgt(lambda x: tf.linalg.diag(x)), tgt(lambda x: tf.broadcast_to(x, [2, 3])), tgt(lambda x: tf.meshgrid(x, x)), tgt(lambda x: tf.roll(x, 1, 0)),
    tgt(lambda x: tf.reverse(x, [0])), tgt(lambda x: tf.debugging.check_numerics(x, "m")), tgt(lambda x: tf.ensure_shape(x, [3])), tgt(lambda x: tf.identity_n([x, x])[1]),
    tgt(lambda x: tf.convert_to_tensor(x)), tgt(lambda x: tf.Variable(x) * 1.), tgt(lambda x: tf.stack([x[0], 1.])), tgt(lambda x: [x[0], 1., c(2.)]),
]""",
    "rows_through_functions": """
v, x = V(np.arange(8.).reshape(4, 2).astype("f")), c(np.arange(8.).reshape(4, 2).astype("f"))
u = V(2.)
i, j = c([1, 1, 3]), c([[0, 2], [1, 1]])
emb = tf.keras.layers.Embedding(4, 2, embeddings_initializer=tf.keras.initializers.Constant(.5))
_ = emb(i)
e = emb.trainable_variables[0]
def grads(f, src, *args):
    with Tape() as t:
        t.watch(x)
        y = f(*args)
    return t.gradient(y, src)
plain = F(lambda i: tf.gather(v, i))
square = F(lambda i: tf.reduce_sum(tf.gather(v, i) ** 2))
nested = F(lambda i: square(i) * 2.)
looked_up = F(lambda i: tf.reduce_sum(tf.nn.embedding_lookup(v, i) ** 2))
argument = F(lambda x, i: tf.gather(x, i))
twice = F(lambda x, i: tf.reduce_sum(tf.gather(x, i)) + tf.reduce_sum(tf.gather(x, i) ** 2))
two = F(lambda: tf.reduce_sum(tf.gather(v, i) * u) + tf.reduce_sum(tf.gather(v, j) ** 2))
mixed = F(lambda i: tf.reduce_sum(tf.gather(v, i)) + tf.reduce_sum(v))
outputs = F(lambda: (tf.gather(v, i), tf.reduce_sum(v)))
columns = F(lambda: tf.reduce_sum(tf.gather(v, [0, 0, 1], axis=1)))
scalar = F(lambda: tf.reduce_sum(tf.gather(v, 2)))
sliced = F(lambda: tf.reduce_sum(v[1]))
looped = F(lambda: tf.reduce_sum(tf.map_fn(lambda k: tf.gather(v, k), i, fn_output_signature=f32)))
stopped = F(lambda: tf.reduce_sum(tf.stop_gradient(tf.gather(v, i))) + tf.reduce_sum(tf.gather(v, j)))
unique = F(lambda: tf.reduce_sum(tf.gather(v, tf.unique(i)[0])))
layer = F(lambda i: tf.reduce_sum(emb(i) ** 2))
vectorized = F(lambda: tf.vectorized_map(lambda k: tf.reduce_sum(tf.gather(v, k)), j))
def second():
    with Tape() as o:
        with Tape() as t: y = two()
        g = tf.convert_to_tensor(t.gradient(y, v))
    return o.gradient(g, u)
def persistent():
    with Tape(persistent=True) as t: a, b = outputs()
    return t.gradient(a, v), t.gradient(b, v), t.gradient([a, b], v), t.gradient(a, v, output_gradients=tf.ones([3, 2]) * 3.)
def jacobian():
    with Tape() as t: y = F(lambda: tf.reduce_sum(tf.gather(v, i), 1))()
    return t.jacobian(y, v)
def forward():
    with tf.autodiff.ForwardAccumulator(v, tf.ones_like(v)) as acc: y = two()
    return acc.jvp(y)
def clipped():
    g = grads(two, [v, u])
    return tf.clip_by_global_norm(g, 1.), tf.linalg.global_norm(g)
def applied(opt):
    w = V(np.ones((4, 2), "f"))
    f = F(lambda: tf.reduce_sum(tf.gather(w, i) ** 2))
    for _ in range(3):
        with Tape() as t: y = f()
        opt.apply_gradients([(t.gradient(y, w), w)])
    return w
@F
def train():
    with Tape() as t: y = square(i) * u
    g = t.gradient(y, [v, u])
    return type(g[0]).__name__, g
O = tf.keras.optimizers
[
    grads(plain, v, i), grads(square, v, i), grads(nested, v, i), grads(looked_up, v, i), grads(argument, x, x, i), grads(twice, x, x, i), grads(two, v), grads(two, [v, u]), grads(mixed, v, i), grads(columns, v),
    grads(scalar, v), grads(sliced, v), grads(looped, v), grads(stopped, v), grads(unique, v), grads(layer, e, i), grads(layer, e, i), [grads(lambda: tf.reduce_sum(emb(i) ** 2), e) for _ in range(3)][-1],
    grads(vectorized, v), grads(lambda: square(i) + tf.reduce_sum(v), v), second(), persistent(), jacobian(), forward(), clipped(), applied(O.SGD(.1)), applied(O.Adam(.1)), applied(O.SGD(.1, momentum=.9)), train(),
]""",
}

CASES = {name: wrapped(PRELUDE + code) for name, code in _CODE.items()}
