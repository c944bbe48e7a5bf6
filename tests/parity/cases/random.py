"""Cases of tf.random: streams of stateless ops and Generators are exact; of the others, what does not vary."""

PRELUDE = """\
def err(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
c, R, E = tf.constant, tf.random, tf.random.experimental
G = lambda s=1: R.Generator.from_seed(s)
def grad(f, *xs):
    xs = [tf.convert_to_tensor(x) for x in xs]
    with tf.GradientTape() as t:
        for x in xs:
            t.watch(x)
        y = f(*xs)
    return t.gradient(y, xs)
def seeded(f, n=2):
    tf.random.set_seed(5)
    a = [f() for _ in range(n)]
    tf.random.set_seed(5)
    b = [f() for _ in range(n)]
    return [bool(tf.reduce_all(x == y)) for x, y in zip(a, b)]
def between(x, low, high):
    return bool(low <= float(x) <= high)
"""


def _cases(**groups: str) -> dict[str, str]:
    return {name: f"{PRELUDE}\n[\n{body.strip()}\n]" for name, body in groups.items()    "few successes": PRELUDE
    + """
[
    *[R.stateless_binomial([8], [1, 2], n, p) for n, p in [(10.0, 0.5), (10.0, 0.3), (10.0, 0.7), (3.0, 0.5), (20.0, 0.1)]],
    R.stateless_binomial([4, 3], [5, 2], [10.0, 200.0, 3.0], [0.5, 0.1, 0.9]), G().binomial([8], 10.0, 0.4),
]""",
}
