"""Cases of printed text: str and repr of tensors, variables, shapes, dtypes, specs."""

PRELUDE = """\
import contextlib, io
def err(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
c, N, nan, inf = tf.constant, np.array, float("nan"), float("inf")
def both(*xs):
    return [[str(x), repr(x)] for x in xs]
def shown(f):
    o = io.StringIO()
    with contextlib.redirect_stdout(o), contextlib.redirect_stderr(o):
        f()
    return o.getvalue()
"""
CASES = {
    "dtypes": PRELUDE
    + """
[both(*[tf.cast([[1, 2], [0, 3]], d) for d in (tf.float16, tf.bfloat16, tf.float32, tf.float64, tf.int8, tf.int16, tf.int32, tf.int64, tf.uint8, tf.uint16, tf.uint32, tf.uint64, tf.bool, tf.complex64, tf.complex128)]),
 both(c("a"), c(["a", "b"]), c("ü"), c(["ü", "日本"]), c(b"\\x00\\xff"), c([["a"], ["it's"]]), c('"q"'), c("line\\nbreak"), c("")),
 both(c(True), c([True, False]), c([])), both(c(1), c(1.0), c(1.5), c([-0.0]), c(1e-10), c(1e10), c(123456789.0), c(0.1, tf.float64), c(3 + 4j), c(1e300, tf.float64), c(2**62)),
 both(c(nan), c(inf), c([nan, inf, -inf, 1.0]), c([[nan, 1.0]]), c(complex(nan, 1)), c([1 + 2j, -1j])), both(tf.zeros((0,)), tf.zeros((0, 3)), tf.zeros((2, 0), tf.int32), tf.constant([], tf.string))]""",
    "sizes": PRELUDE
    + """
[both(tf.range(1000)), both(tf.range(1001)), both(tf.range(2000)), both(tf.reshape(tf.range(1200), (30, 40))), both(tf.reshape(tf.range(2000.0), (2, 1000))), both(tf.zeros((10, 10, 10))), both(tf.zeros((11, 10, 10))), both(tf.zeros((3, 3, 3, 3))), both(tf.reshape(tf.range(24), (2, 3, 4))), both(tf.zeros((1, 1, 1))), both(tf.fill((1100,), "ab"))]""",
    "numbers": PRELUDE
    + """
[both(c([1.0, 2.5, 1e-5])), both(c([1e8, 1.0])), both(c([1e-8, 1.0])), both(c([0.1, 0.22, 0.333])), both(c([1.0, 10.0, 100.0])), both(c([[1.123456789, -2.0], [1000.5, 0.001]])), both(c([1e20, 1.0, nan])), both(c([1.0, 2.0], tf.float16)), both(c([0.1, 1 / 3], tf.float64)), both(c([1 / 3], tf.bfloat16)), both(c([-1, 10, 100])), both(c(0.1), c(1 / 3), c(1e-7), c(16777216.0), c(100000.0), c(1e16), c(1e-5)), both(c([0.1 + 1e-3j]), c([[1 + 1j], [0.5 - 2j]]))]""",
    "print_op": PRELUDE
    + """
[shown(lambda: print(c([1, 2]))), shown(lambda: print(c([[1.0, 2.0]]), c("x"))), shown(lambda: print([c(1), c(2.0)])), shown(lambda: print({"a": c([1])})), f"{c(1.5)}", f"{c([1, 2])}", "%s" % c(2), "%.2f" % c(2.5), f"{c(2.5):.1f}", f"{c(7):d}", f"{c(3.14159).numpy():.2f}", format(c("a")), f"{c(2.0)!r}", str(c([1, 2]).numpy()), repr(c(1).numpy()), repr(c([1.0]).numpy()), repr(c("a").numpy()), repr(c(["a"]).numpy()), repr(c(True).numpy()), str(c(1.0).shape), str(c([1.0]).dtype), repr((c(1), c([2])))]""",
    "variables": PRELUDE
    + """
v = tf.Variable([1.0, 2.0], name="v")
w = tf.Variable(3)
with tf.name_scope("scope"):
    s = tf.Variable(1.0, name="inner")
[both(v), both(w), both(s), both(tf.Variable("a")), both(tf.Variable([[True]])), both(tf.Variable(tf.zeros((2, 3)), trainable=False, name="z")), both(tf.Variable(c([1.0]), shape=tf.TensorShape([None]))), both(tf.Variable(1, dtype="int64", name="x/y")), v.name, w.name, s.name, both(v[0]), both(v + 1), both(v.read_value()), both(tf.Variable(tf.range(2000))), shown(lambda: print(v)), str([v]), both(v.shape, v.dtype)]""",
    "assigned": PRELUDE
    + """
v = tf.Variable([1.0, 2.0], name="w")
r = v.assign_add([1.0, 1.0])
out = [repr(r), r.name, r is v, isinstance(r, tf.Variable)]
r.assign([5.0, 5.0])
out += [both(v, r), repr(v.scatter_nd_update([[0]], [9.0])), repr(v[1].assign(7.0)), v.assign(r).read_value()]

@tf.function
def twice():
    first = v.assign_add([1.0, 1.0])
    return first.assign_sub([0.5, 0.5]) * 2.0, repr(first)

with tf.GradientTape() as tape:
    y = v.assign([3.0, 4.0]) * 2.0
k = tf.keras.Variable(1.0)
[*out, twice(), tape.gradient(y, v), k.assign(2.0), k.assign_add(1.0)]""",
    "shapes": PRELUDE
    + """
T = tf.TensorShape
[both(T([1, 2]), T([]), T(None), T([None, 2]), T([None]), T([3]), T([0])), both(c([[1]]).shape, c(1).shape), f"{T([1, None])}", str(T([1, 2])[0]), repr(T([1, 2])[:1]), str(list(T([1, None]))), both(tf.compat.v1.Dimension(3), tf.compat.v1.Dimension(None)), [both(getattr(tf, d)) for d in ("float32", "int64", "bool", "string", "complex64", "bfloat16", "uint8", "qint8", "resource", "variant", "half", "double")], both(tf.as_dtype("float32")), repr([tf.float32]), f"{tf.float32}"]""",
    "specs": PRELUDE
    + """
S = tf.TensorSpec
[both(S([2, None], tf.float32), S([], tf.int32, name="x"), S(None, tf.string), S((1,), "float64", "n")), both(tf.RaggedTensorSpec([2, None], tf.int32), tf.SparseTensorSpec([2, 3], tf.float32), tf.IndexedSlicesSpec([2, 3], tf.float32), tf.TensorArraySpec([2], tf.float32), tf.OptionalSpec(S([], tf.int32)), tf.data.DatasetSpec(S([2], tf.int32))), both(S.from_tensor(c([1.0]))), both(tf.data.Dataset.range(3).element_spec), both(tf.data.Dataset.from_tensor_slices({"a": [1.0], "b": [[1]]}).element_spec), both(tf.type_spec_from_value(c([1]))), both(tf.RaggedTensorSpec([None, None, 3], tf.float32, 1, tf.int32))]""",
    "composites": PRELUDE
    + """
import re
r = tf.ragged.constant([[1, 2], [], [3]])
hide = lambda t: re.sub(r"0x[0-9a-f]+", "0x", t)
[both(r), both(tf.ragged.constant([["a", "ü"], ["b"]])), both(tf.ragged.constant([[1.5], [2.0, 3.25]])), both(tf.ragged.constant([[[1], [2, 3]], []])), both(tf.ragged.constant([[i] * (i % 3) for i in range(30)])), both(tf.sparse.from_dense([[1, 0], [0, 2]])), hide(repr(tf.data.Dataset.range(3))), hide(repr(tf.data.Dataset.range(3).map(lambda x: x).batch(2))), hide(str(tf.data.Dataset.from_tensor_slices([1.0]))), shown(lambda: print(r)), str(r[0]), both(tf.ragged.constant([["x" * 100] * 3, []]))]""",
    "tf_print": PRELUDE
    + """
def text(*a, **kw):
    tf.print(*a, output_stream="file://" + tmp + "/p", **kw)
    return open(tmp + "/p").read()
out = []
for a in [(1,), ("a", 1.5), (c([1, 2]),), (c([[1.0, 2.5], [3.0, 4.0]]),), (tf.range(10),), (tf.range(100),), (tf.reshape(tf.range(100), (10, 10)),), (c("ü"),), (c(["a", "b"]),), (True, c(False)), (c([nan, inf, -inf]),), ([c(1), c(2)],), ({"a": c(1), "b": [c(2.0)]},), (None,), (tf.Variable(3.0),), (c(1e-7), c(1e10), c(0.1), c(1 / 3)), (c(1.0, tf.float64), c(1 / 3, tf.float64)), (c(1 + 2j),), (tf.zeros((0,)),), (tf.zeros((2, 0)),), (tf.ragged.constant([[1], [2, 3]]),), (tf.sparse.from_dense([[1, 0]]),), ((1, 2), [3]), (c(2.0, tf.float16), c(2.0, tf.bfloat16)), (np.array([1, 2]),), (c(3, tf.uint8),)]:
    open(tmp + "/p", "w").close()
    out.append(err(lambda: text(*a)))
open(tmp + "/p", "w").close()
out.append(text(1, 2, sep=","))
out.append(text(1, end="!"))
out.append(text(tf.range(20), summarize=-1))
out.append(text(tf.range(20), summarize=2))
out""",
    "symbolic": PRELUDE
    + """
out = []
@tf.function
def f(x, n):
    out.append([str(x), repr(x), str(x + 1).split("(")[1], repr(n)])
    return x
f(c([1.0, 2.0]), 3)
g = tf.function(lambda x: x, input_signature=[tf.TensorSpec([None, 2], tf.int32, name="inp")])
@tf.function(input_signature=[tf.TensorSpec([None, 2], tf.int32, name="inp")])
def h(x):
    out.append([str(x), repr(x), str(x.shape)])
    return x
h(c([[1, 2]]))
out""",
    "keras_text": PRELUDE
    + """
import re
x = tf.keras.Input((3,), name="x")
[both(x), re.sub(r"keras_tensor_?\\d*", "kt", repr(tf.keras.layers.Dense(2, name="d")(x))), both(tf.keras.layers.Dense(2, name="d")), both(tf.keras.Sequential(name="s")), both(tf.keras.mixed_precision.Policy("mixed_float16")), both(tf.keras.layers.InputSpec(shape=(None, 2), dtype="float32")), both(tf.keras.layers.InputSpec(ndim=3, axes={1: 2}, min_ndim=2))]""",
    "keras_text@k2": PRELUDE
    + """
x = tf.keras.Input((3,), name="x")
[both(x), both(tf.keras.layers.Dense(2, name="d")(x)), both(tf.keras.mixed_precision.Policy("mixed_float16")), both(tf.keras.layers.InputSpec(shape=(None, 2), dtype="float32"))]""",
    "op_errors": PRELUDE
    + """
import re
def said(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__, re.sub(r"{{function_node[^}]*}} ", "", str(e))
a, b, d, m = c([1.0, 2.0]), c([1, 2]), c([1.0, 2.0], tf.float64), tf.ones((2, 3))
[said(f) for f in [lambda: a + b, lambda: a + d, lambda: a - b, lambda: a * b, lambda: a // b, lambda: a % b, lambda: a < b,
  lambda: m + tf.ones((3, 2)), lambda: m * tf.ones((1, 2)), lambda: tf.matmul(m, m), lambda: tf.logical_and(a, b),
  lambda: tf.strings.length(a), lambda: tf.sparse.to_dense(tf.SparseTensor([[0, 2], [0, 1]], [1.0, 2.0], [3, 4]))]]""",
}
