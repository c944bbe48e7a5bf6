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
def two():
    return tf.distribute.MirroredStrategy(["cpu:0", "cpu:1"])
def replicas(strategy, f):
    return tf.nest.map_structure(strategy.experimental_local_results, strategy.run(f))
def within(strategy, f):
    with strategy.scope():
        return f()
"""


def _cases(**groups: str) -> dict[str, str]:
    return {name: f"{PRELUDE}\n[\n{body.strip()}\n]" for name, body in groups.items()}


CASES = _cases(
    stateless_float="""
    R.stateless_uniform([5], [1, 2]), R.stateless_uniform([2, 3], c([1, 2], tf.int64), -1.0, 3.0), R.stateless_normal([5], [1, 2], 1.0, 2.0),
    R.stateless_uniform([5], (1, 2), dtype=tf.float64), R.stateless_normal([5], (1, 2), dtype=tf.float64),
    R.stateless_uniform([5], (1, 2), dtype=tf.float16), R.stateless_normal([5], (1, 2), dtype=tf.bfloat16),
    R.stateless_truncated_normal([9], (3, 4)), R.stateless_truncated_normal([3], (3, 4), 1.0, [1.0, 2.0, 3.0]), R.stateless_truncated_normal([5], (3, 4), dtype=tf.float64),
    R.stateless_uniform([3], [1, 2], alg="philox"), R.stateless_uniform([], [1, 2]), R.stateless_uniform([0, 2], [1, 2]),
    err(lambda: R.stateless_uniform([3], [1, 2, 3])), err(lambda: R.stateless_uniform([3], 1)), err(lambda: R.stateless_normal([3], [1, 2], dtype=tf.int32)),
    grad(lambda m, s: R.stateless_normal([3], [1, 2], m, s), 0.5, 2.0), tf.function(lambda s: R.stateless_normal([3], s))(c([1, 2])),
    """,
    few_successes="""
    *[R.stateless_binomial([8], [1, 2], n, p) for n, p in [(10.0, 0.5), (10.0, 0.3), (10.0, 0.7), (3.0, 0.5), (20.0, 0.1)]],
    R.stateless_binomial([4, 3], [5, 2], [10.0, 200.0, 3.0], [0.5, 0.1, 0.9]), G().binomial([8], 10.0, 0.4),
    """,
    stateless_int="""
    R.stateless_uniform([5], [1, 2], 0, 10, tf.int32), R.stateless_uniform([5], [1, 2], -5, 2**40, tf.int64), R.stateless_uniform([3], [1, 2], None, None, tf.int32),
    R.stateless_uniform([3], [1, 2], None, None, tf.uint32), R.stateless_uniform([3], [1, 2], minval=None, dtype=tf.uint64),
    err(lambda: R.stateless_uniform([3], [1, 2], dtype=tf.int32)), err(lambda: R.stateless_uniform([3], [1, 2], 5, 5, tf.int32)),
    R.stateless_binomial([5], [1, 2], 10.0, 0.3).shape, R.stateless_binomial([2, 3], [1, 2], [500.0, 50.0, 100.0], [0.1, 0.5, 0.9], tf.int64),
    R.stateless_poisson([5], [1, 2], 4.0), R.stateless_poisson([3, 2], [1, 2], [0.5, 40.0], tf.float32),
    R.stateless_categorical([[0.0, 1.0, 2.0]], 6, [1, 2]), R.stateless_categorical(tf.math.log([[0.5, 0.5], [0.1, 0.9]]), 5, [7, 8], tf.int32),
    """,
    stateless_other="""
    R.stateless_gamma([5], [1, 2], 0.5), R.stateless_gamma([3, 2], [1, 2], [0.5, 3.0], [1.0, 2.0]), R.stateless_gamma([3], [1, 2], 2.0, dtype=tf.float64),
    R.stateless_parameterized_truncated_normal([5], [1, 2], 0.0, 1.0, -1.0, 1.0).shape, between(tf.reduce_max(tf.abs(R.stateless_parameterized_truncated_normal([999], [1, 2], 0.0, 1.0, -1.0, 1.0))), 0.9, 1.0),
    R.split([1, 2]), R.split([1, 2], 3), R.fold_in([1, 2], 5), E.stateless_split([1, 2], num=3), E.stateless_fold_in(c([1, 2], tf.int64), 9),
    E.stateless_shuffle(tf.range(8), [1, 2]), E.index_shuffle(tf.range(8), [5, 9], 7), E.index_shuffle(3, [5, 9], 1000), tf.random_index_shuffle(tf.range(8), [5, 9, 1], 7, rounds=6),
    tf.random_index_shuffle(2, [[5, 9, 1], [5, 8, 1]], 7), grad(lambda a: R.stateless_gamma([3], [1, 2], a), 1.5),
    """,
    generator="""
    G().normal([3]), G().uniform([3]), G().uniform([3], 0, 10, tf.int32), G().truncated_normal([3]), G().uniform_full_int([2]), G().uniform_full_int([2], tf.int64),
    G().binomial([4], 100.0, 0.4), [x.normal([2]) for x in G().split(2)], G().make_seeds(2), (lambda g: [g.normal([2]), g.normal([2]), g.state, g.key])(G(7)),
    (lambda g: [g.skip(3), g.normal([2])][1])(G(7)), (lambda g: [g.reset_from_seed(3), g.normal([2])][1])(G(7)), R.Generator.from_state([1, 2, 3], "philox").uniform([2]),
    (lambda g: [g.reset_from_key_counter(5, [1, 2]), g.state][1])(G(7)), R.Generator.from_key_counter(5, [1, 2], "philox").normal([2]), G(7).algorithm,
    R.create_rng_state(5, "philox"), R.create_rng_state([1, 2], R.Algorithm.PHILOX), (lambda g: R.Generator(copy_from=g).normal([2]))(G(9)), G(2**40).normal([2]),
    (lambda g: [tf.function(lambda: g.normal([2]))(), g.normal([2])])(G(4)), R.Generator.from_non_deterministic_state().normal([2]).shape,
    (lambda g: [R.set_global_generator(g), R.get_global_generator() is g][1])(G(4)), R.Algorithm.PHILOX.value, R.Algorithm.AUTO_SELECT.value,
    err(lambda: R.Generator.from_state([1, 2], "philox")), err(lambda: R.Generator.from_seed(1, alg="nothing")), G().normal([2], 1.0, [1.0, 5.0], tf.float64),
    """,
    generator_of_replicas="""
    (lambda s, g: [replicas(s, lambda: g.normal([2])), replicas(s, tf.function(lambda: g.uniform([2]))), g.state])(two(), G(1)),
    (lambda s: (lambda g: [replicas(s, lambda: g.normal([2])), g.normal([2]), replicas(s, tf.function(lambda: g.make_seeds(2))), within(s, lambda: g.uniform([2])), g.key])(within(s, lambda: G(1))))(two()),
    (lambda s: [replicas(s, lambda: x.normal([2])) for x in within(s, lambda: G(3).split(2))])(two()), within(two(), lambda: G(3).normal([2])),
    (lambda s: (lambda g: [replicas(s, lambda: g.normal([2])), g.normal([2])])(within(s, lambda: G(3))))(tf.distribute.OneDeviceStrategy("cpu:0")),
    (lambda s, v: [s.run(tf.function(lambda: [v.assign_add(1.0), None][1])), v])(two(), tf.Variable(0.0)),
    (lambda s: [replicas(s, f) for f in [lambda a=a: tf.constant(a) for a in (1, 2)]])(two()),
    """,
    stateful="""
    seeded(lambda: R.normal([3])), seeded(lambda: R.uniform([3], seed=4)), seeded(lambda: R.truncated_normal([3])), seeded(lambda: R.gamma([3], [0.5, 2.0])),
    seeded(lambda: R.poisson([3], [0.5, 20.0])), seeded(lambda: R.categorical([[0.0, 1.0]], 4)), seeded(lambda: R.shuffle(tf.range(9))),
    R.normal([2, 3]).shape, R.gamma([3], [0.5, 2.0]).shape, R.poisson([3], [0.5, 2.0], tf.int32).dtype, R.categorical([[0.0, 1.0]], 4, tf.int32).dtype, R.uniform([2], maxval=5, dtype=tf.int64).dtype,
    between(tf.reduce_mean(R.normal([10000], 3.0)), 2.9, 3.1), between(tf.math.reduce_std(R.normal([10000], 0.0, 2.0)), 1.9, 2.1), between(tf.reduce_mean(R.uniform([10000], 2.0, 4.0)), 2.9, 3.1),
    between(tf.reduce_mean(R.gamma([10000], 3.0, 2.0)), 1.4, 1.6), between(tf.reduce_mean(R.poisson([10000], 3.0)), 2.9, 3.1), between(tf.reduce_max(tf.abs(R.truncated_normal([10000]))), 1.8, 2.0),
    err(lambda: R.normal([2], dtype=tf.int32)), err(lambda: R.uniform([2], dtype=tf.int32)), err(lambda: R.uniform([2], 5, 5, tf.int32)), err(lambda: R.categorical([0.0, 1.0], 2)), err(lambda: R.normal([-1])),
    tf.sort(R.shuffle([3, 1, 2])), R.shuffle(tf.zeros([0, 2])).shape, err(lambda: R.normal(2.5)),
    [tf.random.set_seed(5), tf.concat([e for n in range(2, 10) for e in tf.data.Dataset.range(3).map(lambda _: R.shuffle(tf.range(n)))], 0)][1],
    [tf.random.set_seed(5), tf.concat([R.shuffle(tf.range(5), seed=3), R.shuffle(tf.range(5), seed=3), R.shuffle(tf.range(9), seed=3)], 0)][1],
    """,
    large="""
    [tf.random.set_seed(5), tf.reduce_sum(R.shuffle(tf.range(70000)) * tf.range(70000) % 1000)][1],
    (lambda f: [tf.random.set_seed(5), [tf.reduce_sum(f(tf.range(70000)) * tf.range(70000) % 1000) for _ in range(2)]])(tf.function(lambda x: R.shuffle(x, 3)))[1],
    (lambda g: [g.uniform([70001])[-3:], g.normal([70001])[-3:], g.truncated_normal([70001])[-3:], g.truncated_normal([301, 3], dtype=tf.float64)[-1], g.uniform([300, 200], dtype=tf.float64)[-1, -3:]])(G(8)),
    (lambda g: tf.function(lambda: [g.uniform([70001], 0, 99, tf.int32)[-3:], g.normal([70001])[-3:], g.truncated_normal([70001])[-3:]])())(G(9)),
    grad(R.shuffle, [1.0, 2.0]), grad(tf.function(R.shuffle), [1.0, 2.0]),
    """,
)
