"""The names that cases of gradients use."""

PRELUDE = """\
c, V, TA = tf.constant, tf.Variable, tf.TensorArray
F = tf.function
f32, i32 = tf.float32, tf.int32
Tape, Fwd = tf.GradientTape, tf.autodiff.ForwardAccumulator
Z = tf.UnconnectedGradients.ZERO
def err(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
def grad(f, *xs, **kw):
    xs = [x if isinstance(x, V) else tf.convert_to_tensor(x) for x in xs]
    with Tape() as t:
        t.watch(xs)
        y = f(*xs)
    return t.gradient(y, xs, **kw)
def second(f, x):
    x = tf.convert_to_tensor(x)
    with Tape() as t:
        t.watch(x)
        with Tape() as u:
            u.watch(x)
            y = f(x)
        g = u.gradient(y, x)
    return g, None if g is None else t.gradient(g, x)
def grads(f, *xs):
    return grad(f, *xs), grad(F(f), *xs)
def both(f, *xs):
    return f(*xs), F(f)(*xs)
"""
