"""Cases of keras.random: exact numbers under a seed, seed generators, errors."""

import pathlib
import runpy

HERE = pathlib.Path(__file__).parent
wrapped = runpy.run_path(str(HERE / "_wrap.py"))["wrapped"]
PRELUDE = """\
R = keras.random
def err(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
c, N = tf.constant, np.array
"""
CASES = {
    "draws": PRELUDE
    + """
[
    R.normal((2, 3), seed=1337), R.normal((2,), mean=2.0, stddev=0.5, seed=7), R.normal((2,), dtype="float16", seed=1), R.normal((2,), dtype="float64", seed=1), R.normal((), seed=2),
    R.uniform((3,), seed=5), R.uniform((3,), -1.0, 3.0, seed=5), err(lambda: R.uniform((2,), dtype="int32")), R.uniform((2,), dtype="bfloat16", seed=3), R.truncated_normal((4,), seed=3), R.truncated_normal((2,), 1.0, 0.1, "float64", seed=3),
    R.randint((5,), 0, 10, seed=4), R.randint((3,), -5, 5, dtype="int64", seed=4), R.randint((3,), 0, 200, dtype="uint8", seed=4), err(lambda: R.randint((2,), 0, 3, dtype="float32")),
    R.categorical(c([[0.1, 2.0, 0.3], [1.0, 1.0, 1.0]]), 4, seed=2), R.categorical(c([[0.0, 1.0]]), 2, dtype="int64", seed=2), err(lambda: R.categorical(c([1.0]), 2)),
    R.gamma((3,), 0.7, seed=6), R.gamma((2, 2), c([0.5, 2.0]), seed=6), R.beta((3,), 0.5, 2.0, seed=6), R.binomial((4,), 10, 0.3, seed=8).shape, R.binomial((2,), c([5.0, 50.0]), 0.5, dtype="float64", seed=8),
    R.dropout(tf.ones((2, 4)), 0.5, seed=9), R.dropout(tf.ones((2, 4)), 0.25, noise_shape=(2, 1), seed=9), R.dropout(tf.ones((2, 3)), 0.5, noise_shape=(None, 1), seed=9), R.dropout(tf.ones((3,)), 0.0), R.dropout(tf.ones((3,)), 1.0), R.shuffle(c([1, 2, 3, 4]), seed=3), R.shuffle(c([[1, 2], [3, 4]]), axis=1, seed=3),
    R.normal((2,), seed=2**33 + 1), err(lambda: R.normal((2,), seed=1.5)),
]""",
    "generators": PRELUDE
    + """
g = R.SeedGenerator(42)
first = [g.next(), g.next(), g.next(ordered=False), g.next()]
h = R.SeedGenerator(3, name="mine")
keras.utils.set_random_seed(11)
a = R.normal((2,))
b = R.normal((2,))
keras.utils.set_random_seed(11)
f = tf.function(lambda: R.uniform((2,), seed=h))
[
    first, R.normal((2,), seed=h), R.normal((2,), seed=h), h.state, h.get_config(), R.SeedGenerator.from_config({"seed": 5}).next(), g.get_config()["seed"], err(lambda: R.SeedGenerator("a")), err(lambda: R.SeedGenerator(1, other=2)), np.allclose(R.normal((2,)), a), np.allclose(a, b), f(), f(), h.state.dtype, h.state.trainable, keras.initializers.GlorotUniform(seed=R.SeedGenerator(1))((2, 2)), keras.initializers.RandomNormal(seed=1337)((2,)),
]""",
}
CASES = {name: wrapped(code) for name, code in CASES.items()}
