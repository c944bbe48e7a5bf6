"""Cases of small things of several namespaces: what variables, structures, tables and array ops take and refuse."""

PRELUDE = """\
def err(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return "no error"
c, V, D = tf.constant, tf.Variable, tf.data.Dataset
"""

CASES = {
    "variables refuse": PRELUDE
    + """
v, i = V([1.0, 2.0, 3.0]), V(3)
slices = lambda at: tf.IndexedSlices(c([10.0]), c([at]))
[
    err(lambda: V(1.0, name=3)), err(lambda: V(1.0, synchronization="a")), err(lambda: V(1.0, aggregation="a")),
    err(lambda: V(1.0, constraint=3)), V(1.0, synchronization=tf.VariableSynchronization.ON_READ).trainable,
    err(lambda: v.assign_add(1.0)), err(lambda: v.assign_sub([1.0])), err(lambda: V("a").assign_add("b")),
    err(lambda: V([True]).assign_add([False])), err(tf.function(lambda: v.assign_add(1.0))),
    err(lambda: len(v)), err(lambda: [1, 2, 3, 4][i]), err(lambda: range(i)), err(lambda: f"{i:.2f}"),
    err(lambda: v.scatter_add(slices(7))), err(lambda: v.scatter_update(slices(-1))), err(lambda: v.scatter_add([1.0])),
    err(lambda: v.scatter_nd_update([[5]], [1.0])), err(lambda: v.eval()), err(lambda: v.to_proto()), v.load([4.0, 5.0, 6.0]), v,
]""",
    "numbers are checked where that is enabled": PRELUDE
    + """
def text(f):
    try:
        return f()
    except tf.errors.InvalidArgumentError as e:
        return next(part for part in str(e).split("\\n") if "Detected Infinity" in part or "Log" in part).split("(#")[0].strip()[:60]
tf.debugging.enable_check_numerics()
def loop(x):
    for _ in tf.range(3):
        x = tf.math.log(x)
    return x
v = V([1.0, 4.0])
with tf.GradientTape() as tape:
    y = tf.reduce_sum(tf.sqrt(v))
found = [
    text(lambda: tf.math.log(c(-1.0))), err(lambda: c(1.0) / 0.0), err(lambda: tf.sqrt([1.0, -1.0]) + 1.0),
    err(lambda: c(1e30, tf.float16) * 0.0), tf.reshape(c([1.0, np.nan]), [2, 1]), c(1) // 2, tape.gradient(y, v),
    err(lambda: tf.function(lambda x: tf.math.log(x) + 1.0)(c(-1.0))), tf.function(lambda x: tf.math.log(x))(c(1.0)),
    err(lambda: tf.function(loop)(c(2.0))),
]
tf.debugging.disable_check_numerics()
found + [tf.math.log(c(-1.0))]""",
    "configuration, dtypes and errors": PRELUDE
    + """
E, R = tf.config.experimental, tf.io.RaggedFeature
P = lambda *rows: tf.io.parse_single_example(record, {"r": R(tf.float32, "v", list(rows))})["r"]
record = tf.train.Example(features=tf.train.Features(feature={
    "v": tf.train.Feature(float_list=tf.train.FloatList(value=[1.0, 2.0, 3.0, 4.0])),
    "n": tf.train.Feature(int64_list=tf.train.Int64List(value=[1, 0, 1])),
})).SerializeToString()
Q = lambda: tf.queue.FIFOQueue(3, tf.int32)
e = tf.errors
[
    repr(tf.config.LogicalDeviceConfiguration(memory_limit=10)), tf.config.LogicalDeviceConfiguration() == (None, None, None),
    tf.config.optimizer.get_experimental_options(), E.get_synchronous_execution(), E.get_device_policy(),
    err(lambda: E.get_memory_usage("CPU:0")), err(lambda: E.reset_memory_stats("CPU:0")), err(lambda: E.get_memory_info("GPU:7")),
    err(lambda: E.get_memory_info("nope")), tf.bool.limits, err(lambda: tf.string.limits), err(lambda: tf.complex64.limits),
    tf.float32.is_subtype_of(tf.float32), tf.int8.most_specific_common_supertype([tf.int32]),
    repr(e.NotFoundError(None, None, "m")), str(e.NotFoundError(None, None, "m")), e.NotFoundError(None, None, "m").args,
    tf.debugging.assert_shapes([(c([1, 2]), ("*", "N"))]), err(lambda: tf.io.decode_csv("", [[0]])),
    P(R.UniformRowLength(2)), P(R.UniformRowLength(2), R.UniformRowLength(2)), P(R.RowLengths("n"), R.UniformRowLength(2)),
    err(lambda: P(R.UniformRowLength(3))), err(lambda: Q().dequeue_many(2)), err(lambda: Q().dequeue_up_to(2)),
]""",
    "keras variables are broadcast to": PRELUDE
    + """
v = tf.keras.Variable([1.0, 2.0])
[v.assign_add(1.0), v.assign_sub([0.5]), v, err(lambda: len(v)), err(lambda: v.assign_add([1.0, 2.0, 3.0]))]""",
    "creators of variables": """
seen = []
def creator(make, **kwargs):
    seen.append(sorted(kwargs))
    kwargs["name"] = "other"
    return make(**kwargs)
with tf.variable_creator_scope(creator):
    v = tf.Variable(1.0, name="a")
[seen, v.name, v]""",
    "functions return tensors": PRELUDE
    + """
f = lambda value: tf.function(lambda x: value(x))(tf.ones([2, 3]))
[
    f(lambda x: x.shape), f(lambda x: (x, x.shape)), f(lambda x: range(3)), err(lambda: f(lambda x: x.dtype)),
    err(lambda: f(lambda x: object())), err(lambda: f(lambda x: {1, 2})), err(lambda: f(lambda x: lambda: 1)),
]""",
    "nests of sequences": """
import collections
[tf.nest.flatten(range(3)), tf.nest.map_structure(lambda x: x + 1, range(3)), tf.nest.is_nested(range(3)),
 tf.nest.flatten(collections.deque([1, 2])), tf.nest.flatten(bytearray(b"ab")), tf.nest.is_nested("a"), tf.nest.is_nested(b"a")]""",
    "tables of datasets": PRELUDE
    + """
E = tf.data.experimental
pairs = D.from_tensor_slices((["a", "b"], np.int64([0, 1])))
words = E.index_table_from_dataset(D.from_tensor_slices(["a", "b"]))
numbers = E.index_table_from_dataset(D.from_tensor_slices(np.int64([5, 6, 7])), key_dtype=tf.int64, vocab_size=2)
hashed = E.table_from_dataset(pairs, num_oov_buckets=3)
[
    words.lookup(c(["b", "z"])), numbers.lookup(c([5, 7], tf.int64)), numbers.size(), hashed.lookup(c(["b", "z"])), hashed.size(),
    E.table_from_dataset(pairs, default_value=9).lookup(c(["b", "z"])), err(lambda: E.table_from_dataset(pairs, num_oov_buckets=-1)),
    tf.lookup.StaticHashTable(E.DatasetInitializer(pairs), -1).lookup(c(["b", "z"])),
]""",
    "saved composites": """
import tempfile
D = tf.data.Dataset
def saved(ds):
    path = tempfile.mkdtemp()
    ds.save(path)
    found = D.load(path)
    return [repr(found.element_spec), list(found)]
[saved(D.from_tensors(tf.ragged.constant([[1], [2, 3]]))), saved(D.from_tensors((tf.sparse.eye(2), 1))),
 saved(D.from_tensor_slices(tf.ragged.constant([[["a"]], [[], ["b", "c"]]])))]""",
    "the end of an iterator in a function": PRELUDE
    + """
it = iter(D.range(2))
step = tf.function(lambda it: next(it))
[step(it), step(it), err(lambda: step(it)), err(lambda: next(it))]""",
    "array ops take": PRELUDE
    + """
zeros = lambda *shape: tf.zeros(shape)
[
    c(V([1, 2]), tf.float32), tf.one_hot([], 3), tf.fill([2, 2], c([1])), err(lambda: tf.fill([2], [[1]])),
    tf.reshape(zeros(0, 3), [0, -1]), tf.reshape(zeros(0, 4), [0, -1, 2]), err(lambda: tf.reshape(zeros(2, 3), [-1, 0])),
    err(lambda: tf.where(None)), err(lambda: tf.searchsorted([1.0, 3.0], [2, 3])), err(lambda: tf.searchsorted([1, 3], 3)),
    tf.searchsorted([], [3.0]), tf.identity_n(c([1, 2])), tf.sequence_mask([]), tf.sequence_mask([1.5]), tf.sequence_mask([2.5], 4),
]""",
    "numbers of numpy as truth": PRELUDE
    + """
[tf.logical_not(np.array([1.5, 0.0])), tf.reduce_all(np.array([1.5, 0.0])), tf.reduce_any(np.array([1, 0])), err(lambda: tf.reduce_any([1, 0])),
 tf.logical_and(np.array([1, 0]), np.array([1, 1])), err(lambda: tf.strings.length(np.array([1])))]""",
    "no tensor": PRELUDE
    + """
[err(lambda: f(None)) for f in (tf.unique, tf.linalg.diag, tf.linalg.inv, tf.linalg.svd, tf.math.invert_permutation, tf.image.rgb_to_yuv)]""",
    "signs of unsigned numbers": PRELUDE
    + """
u = c([1], tf.uint8)
[err(lambda: tf.abs(u)), err(lambda: tf.sign(u)), err(lambda: -u), tf.keras.ops.abs(u)]""",
    "math of other dtypes": PRELUDE
    + """
B = tf.math.special
h = c([[2.0, 0.0], [0.0, 4.0]], tf.float16)
[
    tf.math.imag([1, 2]), tf.math.imag(True), tf.math.zero_fraction(["a", ""]), B.bessel_k0([-1.0]), B.bessel_k1e([-1.0, 2.0, float("nan")]),
    tf.linalg.eigvalsh(c([[2, 1j], [-1j, 3]], tf.complex128)), tf.linalg.inv(h), tf.abs(tf.linalg.qr(h)[1]),
    tf.linalg.pinv(tf.zeros([0, 2])), tf.linalg.matrix_rank(tf.zeros([0, 2])), tf.linalg.matrix_rank([[3, -2], [0, 7]]),
    err(lambda: tf.linalg.matrix_rank(c([[3, -2], [0, 7]]))),
]""",
    "math of ragged tensors": PRELUDE
    + """
r = tf.ragged.constant([[3, 1], [], [5, 9, 2]])
[
    tf.reduce_mean(r), tf.math.reduce_variance(r), tf.math.reduce_std(r), tf.math.is_non_decreasing(r), tf.math.is_strictly_increasing(tf.sort(r.values)),
    tf.nn.embedding_lookup_sparse(tf.reshape(tf.range(20.0), [10, 2]), r, None), err(lambda: tf.ragged.constant([[1, 2], [3]], ragged_rank=2)),
]""",
    "records and files": PRELUDE
    + """
import os, tempfile
F, I = tf.train.Feature, tf.io
def record(**lists):
    made = {k: F(float_list=tf.train.FloatList(value=v)) if isinstance(v[0], float) else F(int64_list=tf.train.Int64List(value=v)) for k, v in lists.items()}
    return tf.train.Example(features=tf.train.Features(feature=made)).SerializeToString()
one = lambda features, **lists: I.parse_single_example(record(**lists), features)
place = os.path.join(tempfile.mkdtemp(), "d")
[
    one({"s": I.SparseFeature("i", "v", tf.float32, 4)}, i=[0, 9], v=[1.0, 2.0]), err(lambda: one({"b": I.FixedLenFeature([2], tf.int64, 7)}, a=[1])),
    err(lambda: one({"a": I.FixedLenSequenceFeature([], tf.int64)}, a=[1, 2])),
    err(lambda: I.parse_single_example([record(a=[1])], {"a": I.FixedLenFeature([], tf.int64)})),
    tf.io.gfile.mkdir(place), tf.io.gfile.mkdir(place), err(lambda: tf.io.gfile.mkdir(place + "/no/d")),
    err(lambda: tf.io.gfile.GFile(place + "/x", "w").write(5)), err(lambda: tf.strings.join("abc")),
]""",
    "steep functions without a gradient coming back": """
def grad(f, *xs):
    xs = [tf.constant(x) for x in xs]
    with tf.GradientTape() as tape:
        [tape.watch(x) for x in xs]
        y = f(*xs)
    return tape.gradient(y, xs)
roots = tf.sqrt, tf.math.rsqrt, tf.math.reciprocal, lambda x: tf.norm([x, 0 * x]), lambda x: tf.math.reduce_std([x, x])
def second(f, x):
    x = tf.constant(x)
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.where(x > 0, f(x), 0.0)
        g = tape.gradient(y, x)
    return g, outer.gradient(g, x)
x = tf.constant([1.0, 4.0])
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.sqrt(x) * tf.math.rsqrt(x[::-1])
[
    [[grad(lambda x: tf.where(x > 0, f(x), 0.0), at) for at in (0.0, -1.0, 2.0)] for f in roots[:4]],
    [grad(f, 0.0) for f in roots], [second(f, 2.0) for f in roots[:4]], grad(lambda x: tf.sqrt(x) * 0.0, 0.0), tape.jacobian(y, x),
    tf.function(lambda x: grad(lambda x: tf.where(x > 0, tf.sqrt(x), 0.0), 0.0))(x),
    tf.vectorized_map(lambda a: grad(lambda x: tf.where(x > 0, tf.sqrt(x), 0.0), 0.0)[0] * a, x),
    grad(lambda x: tf.sqrt(x) * tf.math.rsqrt(x) ** 2 * tf.math.reciprocal(x), 1 + 2j),
]""",
    "control flow refuses": PRELUDE
    + """
T = tf.TensorArray
yes = c(True)
[
    tf.case([(yes, lambda: 1), (yes, lambda: 2)], exclusive=True), err(lambda: tf.case([])), err(lambda: tf.case([(True, lambda: 1)])),
    err(lambda: tf.case({"a": 1})), err(lambda: tf.switch_case(0, [lambda: 1])), err(lambda: tf.switch_case(c(0.0), [lambda: 1])),
    err(lambda: tf.cond(None, lambda: 1, lambda: 2)), err(lambda: tf.while_loop(lambda i: i < 3, lambda i: (i + 1,), [c(0)], parallel_iterations=0)),
    tf.scan(lambda a, x: a, tf.zeros([0]), initializer=1.0), err(lambda: tf.scan(lambda a, x: a, c([]))), err(lambda: tf.foldl(lambda a, x: a, c([]))),
    err(lambda: tf.map_fn(lambda x: (x, x * 2), c([1, 2]))), tf.group(1, 2), tf.tuple([]), err(lambda: tf.py_function(lambda x: x, [1], [tf.int32, tf.int32])),
    err(lambda: T(tf.int32)), T(tf.int32, 0).stack(), T(tf.string, 2).write(0, "a").stack(), err(lambda: T(tf.int32, 3).unstack([1, 2, 3]).gather([5])),
    err(lambda: T(tf.int32, 2, infer_shape=False).split([1, 2, 3], [1, 1])), err(lambda: tf.GradientTape().gradient(None, yes)),
    repr(tf.function(lambda: 1)).split(" ")[0],
]""",
    "printed values": PRELUDE
    + """
import os, tempfile
def text(*values, **options):
    path = os.path.join(tempfile.mkdtemp(), "p")
    tf.print(*values, output_stream="file://" + path, **options)
    return open(path).read()
[
    text("x:", c("a")), text(c("a")), text(c("a"), c("b")), text([c("a"), "b"]), text({"b": 1, "a": c([1])}), text(np.array([1, 2]), np.float32(1.5)),
    text(tf.float32, tf.TensorShape([1, 2])), text(list(range(100))), text({"k" * 30 + str(i): c(i) for i in range(6)}), text("a\\nb", c("a\\nb")),
    text(c(1 + 2j), c([1 + 2j, 1, 2, 3])), text(tf.zeros([2, 0]), tf.zeros([2, 3, 0]), tf.zeros([0])), text("a", [1, "{}", c(2)]),
    text([c([[1, 2], [3, 4]]), c(1)]), text(c(["q'", "é"]), b"q"), err(lambda: tf.print(foo=1)), tf.strings.format("{}", c("a\\nb")),
]""",
    "modules, dtypes and shapes": PRELUDE
    + """
m = tf.Module()
m.x, m.d = (V(1.0), [V(2.0)]), {"b": V(3.0), "a": [V(4.0)]}
[
    [v.numpy() for v in m.variables], tf.debugging.assert_scalar(1), tf.debugging.assert_shapes([(tf.ones([2, 3]), "NM")]),
    err(lambda: tf.debugging.assert_shapes([(tf.ones([2]), "NM")])), err(lambda: tf.bool.max), tf.string.size,
]""",
    "what TensorFlow's own code asks of tensors": PRELUDE
    + """
x = c([[1, 2, 3]])
[x._rank(), x._num_elements(), x._shape_tuple(), x.is_packed, err(lambda: x.consumers())]""",
}
CASES["what_is_said_of_shapes_that_do_not_broadcast"] = """
a, b = tf.zeros(4), tf.zeros((4, 3))
def said(call, start, end):
    try:
        call()
    except (ValueError, tf.errors.InvalidArgumentError) as error:
        text = str(error)
        return type(error).__name__, text[text.index(start):text.index(end) + len(end)]
[said(lambda: a * b, "Incompatible", "[4,3]"), said(lambda: b - a, "Incompatible", "[4]"), said(lambda: tf.where(a > 0, b, 1.0), "condition", "broadcastable"),
 said(lambda: tf.zeros((2, 1, 5)) + tf.zeros((3, 4)), "Incompatible", "[3,4]"), said(lambda: tf.function(lambda: a * b)(), "Dimensions", "3 for"),
 said(lambda: tf.function(lambda: tf.zeros((2, 1, 5)) + tf.zeros((3, 4)))(), "Dimensions", "4 for")]
"""
CASES["assertions about shapes and types in words"] = """
d, v, w = tf.debugging, tf.Variable(3, shape=tf.TensorShape(None)), tf.Variable([3])
def said(f):
    try:
        f()
    except (ValueError, TypeError) as error:
        return type(error).__name__, str(error)
found = [said(f) for f in (
    lambda: d.assert_rank(v, 1), lambda: d.assert_rank_at_least(v, 1, "msg"), lambda: d.assert_rank_in(v, [1, 2]), lambda: d.assert_rank(w, 2),
    lambda: d.assert_rank(3.0, 2, "msg"), lambda: d.assert_rank(tf.ones([2]), 2), lambda: d.assert_type(w, tf.int32), lambda: d.assert_type(w, tf.int64, "m"),
    lambda: d.assert_type(tf.ones([2]), tf.int64), lambda: d.assert_integer(1.0, "m"), lambda: d.assert_integer(1.0), lambda: d.assert_scalar([1.0], "m"))]
v.assign([2, 3])
[found, said(lambda: d.assert_rank(v, 1)), said(lambda: d.assert_rank_in(v, [2, 3]))]"""
CASES["functions as TensorFlow's inspection shows them"] = """
import functools
from tensorflow.python.util import tf_decorator, tf_inspect
def wrapped(f):
    @functools.wraps(f)
    def g(*args, **kwargs):
        return f(*args, **kwargs)
    return g
def f(a, b=2, *, c=3) -> int:
    pass
class L(tf.keras.layers.Layer):
    def __init__(self, units=3):
        super().__init__()
    def call(self, x, training=None):
        return x
functions = (
    f, wrapped(f), tf.function(f), tf.function(wrapped(f)), tf.custom_gradient(f), tf.recompute_grad(f), tf.Module.with_name_scope(f), tf.add,
    tf.identity, tf.reduce_sum, L.__init__, L().call, L, tf.keras.layers.Dense.call, tf.keras.layers.Dense(3).call, functools.partial(f, 1),
)
[[tuple(tf_inspect.getfullargspec(g)) for g in functions], tuple(tf_inspect.getargspec(f)), [tf_decorator.unwrap(g)[1] is g for g in (f, wrapped(f), tf.function(f))]]"""
CASES["arrays of a test case"] = """
class Test(tf.test.TestCase):
    def runTest(self):
        pass
[Test()._GetNdArray(value) for value in (3, [1.0, 2.0], tf.constant([1]), tf.Variable(2.0), np.ones(2))]"""
