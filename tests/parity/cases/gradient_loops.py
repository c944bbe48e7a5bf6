"""Cases of loops that train, written by hand, and of the states of recurrent layers."""

import pathlib
import runpy

HERE = pathlib.Path(__file__).parent
wrapped = runpy.run_path(str(HERE / "_wrap.py"))["wrapped"]
PRELUDE = runpy.run_path(str(HERE / "_gradients.py"))["PRELUDE"]

_CODE = {
    "loops_that_train": """
tf.random.set_seed(1)
X = c([[1., 2.], [3., -1.], [.5, 1.], [-2., 1.]])
Y = c([[1.], [0.], [1.], [0.]])
def model():
    return tf.keras.Sequential([tf.keras.Input((2,)), tf.keras.layers.Dense(3, "tanh", kernel_initializer=tf.keras.initializers.Constant(.3)), tf.keras.layers.Dense(1, kernel_initializer="ones")])
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
def weights(m):
    return [w.numpy() for w in m.trainable_variables]
def by_hand(steps=4, lr=.1):
    W, b = V(tf.ones([2, 1])), V(tf.zeros([1]))
    losses = []
    for _ in range(steps):
        with Tape() as t:
            loss = tf.reduce_mean((tf.matmul(X, W) + b - Y) ** 2)
        dW, db = t.gradient(loss, [W, b])
        W.assign_sub(lr * dW)
        b.assign_sub(lr * db)
        losses.append(float(loss))
    return losses, W, b
def with_optimizer(opt, compiled=False):
    m = model()
    def step(x, y):
        with Tape() as t:
            loss = bce(y, m(x, training=True))
        g = t.gradient(loss, m.trainable_variables)
        opt.apply_gradients(zip(g, m.trainable_variables))
        return loss
    step = F(step) if compiled else step
    return [float(step(X, Y)) for _ in range(4)], weights(m)
def accumulated():
    m, opt = model(), tf.keras.optimizers.SGD(.1)
    total = [tf.zeros_like(w) for w in m.trainable_variables]
    for i in range(4):
        with Tape() as t:
            loss = bce(Y[i:i + 1], m(X[i:i + 1]))
        total = [a + g for a, g in zip(total, t.gradient(loss, m.trainable_variables))]
    opt.apply_gradients(zip(total, m.trainable_variables))
    return weights(m)
def clipped():
    m, opt = model(), tf.keras.optimizers.Adam(.1)
    norms = []
    for _ in range(3):
        with Tape() as t:
            loss = bce(Y, m(X)) * 100.
        g, n = tf.clip_by_global_norm(t.gradient(loss, m.trainable_variables), 1.)
        norms.append(float(n))
        opt.apply_gradients(zip(g, m.trainable_variables))
    return norms, weights(m)
def two_losses():
    m, opt = model(), tf.keras.optimizers.SGD(.1)
    for _ in range(2):
        with Tape(persistent=True) as t:
            out = m(X)
            a, b = bce(Y, out), tf.reduce_mean(out ** 2)
        for loss in (a, b):
            opt.apply_gradients(zip(t.gradient(loss, m.trainable_variables), m.trainable_variables))
        del t
    return weights(m)
def gan():
    g = tf.keras.Sequential([tf.keras.Input((2,)), tf.keras.layers.Dense(2, kernel_initializer="ones")])
    d = model()
    go, do = tf.keras.optimizers.SGD(.1), tf.keras.optimizers.SGD(.1)
    seen = []
    for _ in range(3):
        with Tape() as gt, Tape() as dt:
            fake = g(X)
            gl = bce(tf.ones([4, 1]), d(fake))
            dl = bce(tf.ones([4, 1]), d(X)) + bce(tf.zeros([4, 1]), d(fake))
        gg, dg = gt.gradient(gl, g.trainable_variables), dt.gradient(dl, d.trainable_variables)
        go.apply_gradients(zip(gg, g.trainable_variables))
        do.apply_gradients(zip(dg, d.trainable_variables))
        seen.append([float(gl), float(dl)])
    return seen
def penalty():
    m, opt = model(), tf.keras.optimizers.SGD(.1)
    seen = []
    for _ in range(3):
        with Tape() as t:
            with Tape() as u:
                u.watch(X)
                out = m(X)
            n = tf.sqrt(tf.reduce_sum(u.gradient(out, X) ** 2, 1))
            loss = tf.reduce_mean(out) + 10. * tf.reduce_mean((n - 1.) ** 2)
        g = t.gradient(loss, m.trainable_variables)
        opt.apply_gradients([(a, b) for a, b in zip(g, m.trainable_variables) if a is not None])
        seen.append(float(loss))
    return seen, [a is None for a in g]
def maml():
    m = V([[1.], [-1.]])
    seen = []
    for _ in range(3):
        with Tape() as outer:
            with Tape() as inner:
                a = tf.reduce_mean((tf.matmul(X, m) - Y) ** 2)
            fast = m - .1 * inner.gradient(a, m)
            b = tf.reduce_mean((tf.matmul(X, fast) - Y) ** 2)
        m.assign_sub(.1 * outer.gradient(b, m))
        seen.append(float(b))
    return seen, m
def newton():
    p = V([2., 1.])
    for _ in range(3):
        with Tape() as t:
            with Tape() as u:
                loss = tf.reduce_sum(p ** 4) + p[0] * p[1]
            g = u.gradient(loss, p)
        h = t.jacobian(g, p)
        p.assign_sub(tf.linalg.solve(h, g[:, None])[:, 0])
    return p
def inputs():
    m = model()
    image = V(X)
    for _ in range(3):
        with Tape() as t:
            loss = tf.reduce_mean(m(image) ** 2)
        g = t.gradient(loss, image)
        image.assign(tf.clip_by_value(image - .1 * tf.sign(g), -1., 1.))
    return image
def frozen():
    m, opt = model(), tf.keras.optimizers.SGD(.1)
    m.layers[0].trainable = False
    for _ in range(2):
        with Tape() as t:
            loss = bce(Y, m(X))
        opt.apply_gradients(zip(t.gradient(loss, m.trainable_variables), m.trainable_variables))
    return [w.numpy() for w in m.weights]
def minimized():
    p, opt = V(3.), tf.keras.optimizers.SGD(.1)
    for _ in range(3):
        with Tape() as t:
            loss = (p - 1.) ** 2
        opt.apply([t.gradient(loss, p)], [p])
    return p
def dataset_loop():
    m, opt = model(), tf.keras.optimizers.SGD(.1)
    metric = tf.keras.metrics.Mean()
    for _ in range(2):
        for x, y in tf.data.Dataset.from_tensor_slices((X, Y)).batch(2):
            with Tape() as t:
                loss = bce(y, m(x, training=True)) + sum(m.losses)
            opt.apply_gradients(zip(t.gradient(loss, m.trainable_variables), m.trainable_variables))
            metric.update_state(loss)
    return metric.result(), weights(m)
def recurrent(layer):
    d = tf.keras.layers.Dense(1, kernel_initializer="ones")
    opt = tf.keras.optimizers.SGD(.1)
    s = tf.reshape(tf.range(12.), [2, 3, 2]) / 12.
    seen = []
    for _ in range(3):
        with Tape() as t:
            loss = tf.reduce_mean(d(layer(s)) ** 2)
        vs = layer.trainable_variables + d.trainable_variables
        opt.apply_gradients(zip(t.gradient(loss, vs), vs))
        seen.append(float(loss))
    return seen
[
    by_hand(), with_optimizer(tf.keras.optimizers.SGD(.1)), with_optimizer(tf.keras.optimizers.SGD(.1), True), with_optimizer(tf.keras.optimizers.Adam(.1)),
    with_optimizer(tf.keras.optimizers.Adam(.1), True), with_optimizer(tf.keras.optimizers.SGD(.1, momentum=.9, clipnorm=.1)), with_optimizer(tf.keras.optimizers.RMSprop(.01)), accumulated(), clipped(),
    two_losses(), gan(), penalty(), maml(), newton(), inputs(), frozen(), minimized(), dataset_loop(), recurrent(tf.keras.layers.LSTM(2, kernel_initializer="ones", recurrent_initializer="ones")),
    recurrent(tf.keras.layers.GRU(2, kernel_initializer="ones", recurrent_initializer="ones")),
]""",
    "sequences_and_states_of_recurrent_layers": """
L = tf.keras.layers
K = dict(kernel_initializer=tf.keras.initializers.Constant(.2), recurrent_initializer=tf.keras.initializers.Constant(.1))
s = tf.reshape(tf.range(12.), [2, 3, 2]) / 12.
def make(kind, **kw):
    return getattr(L, kind)(2, return_sequences=True, return_state=True, **K, **kw)
def of(kind, target, source, n=1, compiled=False, **kw):
    layer = make(kind, **kw)
    layer(s)
    def f(s):
        with Tape() as t:
            t.watch(s)
            out = layer(s)
            seq, *states = out
            d = {"seq": seq, "h": states[0], "c": states[-1], "s": s, "last": seq[:, -1]}
            y = d[target] * 1. if target != "raw" else d["h"]
        return t.gradient(y, d[source])
    f = F(f) if compiled else f
    return [f(s) for _ in range(n)]
def of_state(kind, target, source, initial=True):
    layer = make(kind)
    state = [tf.ones([2, 2]) * .1] * (2 if kind == "LSTM" else 1)
    state = [tf.identity(a) for a in state]
    with Tape(persistent=True) as t:
        t.watch(state)
        seq, *states = layer(s, initial_state=state)
    return t.gradient(states[0], state), t.gradient(seq, state), t.gradient(states[0], seq)
def last_only():
    layer = L.LSTM(2, return_state=True, **K)
    with Tape(persistent=True) as t:
        t.watch(s)
        out, h, c_ = layer(s)
    return t.gradient(h, s), t.gradient(c_, h), t.gradient(out, s), t.gradient(h, s)
def decoder():
    enc, dec = L.LSTM(2, return_state=True, **K), L.LSTM(2, return_sequences=True, **K)
    with Tape(persistent=True) as t:
        t.watch(s)
        o, h, c_ = enc(s)
        y = dec(s, initial_state=[h, c_])
    return t.gradient(y, [h, s]), t.gradient(y, enc.trainable_variables)
[
    of("LSTM", "h", "seq"), of("LSTM", "h", "h"), of("LSTM", "h", "s"), of("LSTM", "seq", "seq"), of("LSTM", "seq", "s"), of("LSTM", "c", "seq"), of("LSTM", "c", "h"), of("LSTM", "c", "s"),
    of("LSTM", "last", "seq"), of("LSTM", "last", "s"), of("LSTM", "raw", "seq"), of("LSTM", "raw", "h"), of("LSTM", "raw", "s"), of("GRU", "h", "seq"), of("GRU", "h", "h"), of("GRU", "h", "s"),
    of("GRU", "seq", "seq"), of("GRU", "seq", "s"), of("GRU", "c", "seq"), of("GRU", "c", "h"), of("GRU", "c", "s"), of("GRU", "last", "seq"), of("GRU", "last", "s"), of("GRU", "raw", "seq"),
    of("GRU", "raw", "h"), of("GRU", "raw", "s"), of("SimpleRNN", "h", "seq"), of("SimpleRNN", "h", "h"), of("SimpleRNN", "h", "s"), of("SimpleRNN", "seq", "seq"), of("SimpleRNN", "seq", "s"),
    of("SimpleRNN", "c", "seq"), of("SimpleRNN", "c", "h"), of("SimpleRNN", "c", "s"), of("SimpleRNN", "last", "seq"), of("SimpleRNN", "last", "s"), of("SimpleRNN", "raw", "seq"),
    of("SimpleRNN", "raw", "h"), of("SimpleRNN", "raw", "s"), of("LSTM", "raw", "seq", 3), of("LSTM", "h", "seq", 3), of("LSTM", "raw", "seq", 2, True), of("LSTM", "h", "seq", 2, True),
    of("LSTM", "seq", "h", 2, True), of("LSTM", "raw", "s", 2, True), of("LSTM", "raw", "seq", unroll=True), of("GRU", "raw", "seq", 3), of("GRU", "raw", "seq", 1, True),
    of("GRU", "raw", "seq", reset_after=False), of_state("LSTM", "h", "s"), of_state("GRU", "h", "s"), of_state("SimpleRNN", "h", "s"), last_only(), F(last_only)(), decoder(),
]""",
}

CASES = {name: wrapped(PRELUDE + code) for name, code in _CODE.items()}
