"""Cases of small expressions of many namespaces: values at the edges, texts and errors."""

PRELUDE = """\
import numpy as np
def err(f):
    try:
        f()
    except Exception as e:
        lines = str(e).splitlines() or [""]
        return type(e).__name__ + ": " + lines[0].split("}} ")[-1].split(" [Op:")[0]
    return "no error"
def full(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__ + ": " + str(e)
    return "no error"
v = tf.constant([1., 2.5, -3., 4.])
f = tf.constant([[1.5, -2., 3.], [.5, 4., -1.]])
rt = tf.ragged.constant([[1., 2.], [], [3., 4., 5.]])
sp = tf.sparse.from_dense([[0., 1., 0.], [2., 0., 3.]])
"""

CASES = {
    "nest_errors": PRELUDE
    + """
from collections import namedtuple
A = namedtuple("A", "x y")
B = namedtuple("B", "x y")
same = tf.nest.assert_same_structure
[
    full(lambda: same([1, [2]], [1, 2])),
    full(lambda: same([1], (1,))),
    full(lambda: same({"a": 1}, {"b": 1})),
    full(lambda: same([1, 2], [1])),
    full(lambda: same({"a": [1, (2,)]}, {"a": [1, (2, 3)]})),
    full(lambda: same(A(1, 2), B(1, 2))),
    full(lambda: same(A(1, 2), (1, 2))),
    full(lambda: same([[1]], [[(1,)]])),
    full(lambda: same(rt, 1, expand_composites=True)),
    full(lambda: tf.nest.map_structure(lambda x, y: x + y, [1, 2], (3, 4))),
    full(lambda: tf.nest.flatten({1: 2, "a": 3})),
    full(lambda: tf.nest.pack_sequence_as(0, [1, 2])),
]""",
    "dtype_errors": PRELUDE
    + """
[
    err(lambda: tf.bool.max),
    err(lambda: tf.string.max),
    err(lambda: tf.complex64.min),
    err(lambda: tf.cast(v, tf.string)),
    err(lambda: tf.cast(tf.constant(["a"]), tf.float64)),
    err(lambda: tf.saturate_cast(tf.constant(["a"]), tf.uint8)),
    err(lambda: tf.saturate_cast(v, tf.bool)),
    err(lambda: tf.constant(rt)),
    err(lambda: tf.linalg.inv(rt)),
    err(lambda: tf.RaggedTensor.from_tensor(v)),
    isinstance(tf.Variable(1.), tf.types.experimental.TensorLike),
]""",
    "data_edges": PRELUDE
    + """
D = tf.data.Dataset
[
    list(D.from_tensor_slices(tf.Variable(v)).batch(2).as_numpy_iterator()),
    list(D.from_tensors(sp).as_numpy_iterator()),
    err(lambda: D.from_tensor_slices(3)),
    err(lambda: D.range(3).get_single_element()),
    err(lambda: D.range(0).get_single_element()),
    err(lambda: D.range(1.5)),
    err(lambda: D.range(3).batch("a")),
    full(lambda: D.range(3).concatenate(D.from_tensors("a"))),
    err(lambda: D.range(3).padded_batch(2, padding_values=1.)),
    err(lambda: D.from_generator(lambda: iter([1]))),
    err(lambda: setattr(tf.data.Options(), "deterministic", 3)),
    err(lambda: tf.data.Dataset.load("/nonexistent")),
]""",
    "distribute_edges": PRELUDE
    + """
here = tf.distribute.get_replica_context()
[
    here.replica_id_in_sync_group,
    here.devices,
    here.all_gather([1., 2.], axis=0),
    here.all_reduce("SUM", rt).to_list(),
    tf.distribute.get_strategy().gather([1., 2.], 0),
    tf.distribute.MirroredStrategy(["/cpu:0"]).extended.worker_devices,
    tf.distribute.InputOptions().experimental_fetch_to_device,
    list(tf.tpu.XLAOptions()._fields),
    list(tf.config.optimizer.get_experimental_options()),
]""",
    "signal_edges": PRELUDE
    + """
[
    err(lambda: tf.signal.dct(tf.constant([1, 2]))),
    err(lambda: tf.signal.dct(tf.constant([1, 2]), type=5)),
    err(lambda: tf.signal.dct(tf.constant([1, 2]), axis=0)),
    err(lambda: tf.signal.idct(tf.constant([1., 2.], tf.float16))),
    err(lambda: tf.signal.rfft(1.)),
    err(lambda: tf.signal.irfft2d(tf.constant([1j]))),
    tf.audio.encode_wav(tf.reshape(tf.sin(tf.range(8.)), [4, 2]), 16000),
    tf.io.decode_raw(tf.constant([], tf.string), tf.float32, fixed_length=8),
]""",
    "image_errors": PRELUDE
    + """
[
    err(lambda: tf.io.decode_png(tf.constant(["a", "b"]))),
    err(lambda: tf.io.decode_image(b"a")),
    err(lambda: tf.io.encode_jpeg(tf.constant([[1]], tf.uint8))),
    err(lambda: tf.io.encode_png(tf.constant([[1]], tf.uint8))),
    err(lambda: tf.sets.union(tf.constant([1]), tf.constant([1]))),
    err(lambda: tf.sets.union(tf.constant([[1]]), tf.constant([[1], [2]]))),
    err(lambda: tf.sparse.segment_sum(tf.constant(1.), [0], [0])),
]""",
    "fake_quant_halves": PRELUDE
    + """
x = tf.constant(np.linspace(-1, 2, 511), tf.float32)
[
    tf.quantization.fake_quant_with_min_max_vars(x, -1., 2.),
    tf.quantization.fake_quant_with_min_max_vars(x, -1.3, 1.7, num_bits=7, narrow_range=True),
]""",
    "numpy_edges": PRELUDE
    + """
tnp = tf.experimental.numpy
[
    type(tnp.broadcast_arrays(1)).__name__,
    type(tnp.broadcast_arrays(1, 2)).__name__,
    type(tnp.size(2)).__name__,
    type(tnp.size([1, 2])).__name__,
    tnp.linspace(0, 1 + 2j, 3),
    err(lambda: tnp.tril([1., 2.])),
    err(lambda: tnp.sin("a")),
    err(lambda: tnp.exp(None)),
    err(lambda: tnp.sum(None, 3)),
    err(lambda: tnp.einsum(2, 3)),
]""",
    "keras_ops_edges": PRELUDE
    + """
import keras
K = keras.ops
[
    K.vstack(f),
    K.hstack(f),
    K.hstack(np.ones(2)),
    K.vstack(np.ones((2, 2))),
    K.dstack([1, 2]),
    K.stack(f, axis=1),
    type(K.qr(f)).__name__,
    list(K.qr(f)._fields),
    tf.reverse(2.5, [0]),
    K.fliplr(2.5),
    err(lambda: K.vander(f)),
    err(lambda: keras.tree.map_structure(f)),
]""",
    "operands_of_python": PRELUDE
    + """
i, t = tf.constant(1), tf.constant("a")
[
    err(lambda: 1.5 + i),
    err(lambda: i + 1.5),
    err(lambda: tf.add(i, 1.5)),
    err(lambda: tf.add(1.5, i)),
    err(lambda: i + [1.5]),
    err(lambda: [1.5] + i),
    err(lambda: i + "a"),
    err(lambda: "a" + i),
    err(lambda: t + 1),
    err(lambda: 1 + t),
    err(lambda: t + i),
    err(lambda: v + "a"),
    err(lambda: v + 1j),
    err(lambda: tf.Variable(1) + 1.5),
    err(lambda: 1.5 + tf.Variable(1)),
    err(lambda: tf.concat([[1], [2.]], 0)),
    err(lambda: tf.concat([["a"], [2]], 0)),
    err(lambda: tf.concat([tf.constant([1]), [2.]], 0)),
    tf.concat([[1.], [2]], 0),
    tf.concat([[tf.Variable(1.)], [2]], 0),
    tf.concat([(1, 2), [3]], 0),
    tf.concat([["a"], ["b"]], 0),
]""",
    "types_that_are_no_dtypes": PRELUDE
    + """
[
    [err(lambda t=t: tf.as_dtype(t)) for t in (int, str, bytes, complex, "int", "str", "f4", "complex", None)],
    [tf.as_dtype(t).name for t in (float, bool, object, "double", np.str_, np.int_, np.dtype(">f4"), np.dtype("U3"))],
    err(lambda: tf.cast(1, int)),
    [tf.constant(np.array([1, 2], kind)) for kind in (">i4", ">f8", ">c8", ">u2")],
]""",
    "bools_as_numbers": PRELUDE
    + """
kinds = "float16 bfloat16 float32 int8 int16 int32 int64 uint8 uint32 uint64 complex64 complex128 string".split()
[[err(lambda: tf.constant(v, kind)) for v in (True, [True], [2, True])] for kind in kinds]""",
    "equality_of_two_dtypes": PRELUDE
    + """
vi = tf.constant([2, 0, 3, 1])
[
    err(lambda: f == vi),
    err(lambda: f != vi),
    err(lambda: tf.Variable(f) == vi),
    f == tf.constant([1., 2.]),
    f != tf.constant([1., 2.]),
]""",
    "python_numbers_and_composites": PRELUDE
    + """
[
    [tf.add(x, rt).to_list() for x in (1, True, np.float64(1), np.ones((3, 1)))],
    tf.divide(sp, 2).values,
    tf.divide(sp, f).values,
    tf.divide(rt, 2).to_list(),
    err(lambda: tf.math.truediv(sp, 2)),
]""",
    "norms_of_integers_and_of_nothing": PRELUDE
    + """
m = tf.constant([[1, -2], [3, 4]])
z = tf.complex(f, f + 1)
[
    tf.norm([3, 4], 1),
    tf.norm(m, np.inf),
    tf.norm(m, 1, [0, 1]),
    tf.norm(m, np.inf, [0, 1]),
    [err(lambda: tf.norm(m, ord)) for ord in ("fro", 3, 0, "a")],
    tf.norm([], np.inf),
    tf.norm(z, 2, [0, 1]),
    tf.cast(tf.constant([1 + 2j, -3.5j, 0j]), tf.bool),
]""",
    "folds_from_python_numbers": PRELUDE
    + """
[
    tf.foldl(lambda a, x: a + x, f, initializer=0),
    tf.foldr(lambda a, x: a - x, f, 10),
    tf.foldl(lambda a, x: (a[0] + x, a[1] + 1), v, initializer=(0, 0)),
    err(lambda: tf.foldl(lambda a, x: [a[0] + x, a[1] + 1], v, initializer=(0, 0))).split(":")[0],
]""",
    "padded_text_and_damaged_files": PRELUDE
    + """
D = tf.data.Dataset
open("a.txt", "w").write("l1")
[
    list(D.from_tensor_slices(([1, 2], ["a", "b"])).padded_batch(2).as_numpy_iterator()),
    list(D.from_tensor_slices([["a"], ["b"]]).padded_batch(2, padded_shapes=[2], padding_values="z")),
    err(lambda: list(tf.data.TextLineDataset("a.txt", compression_type="GZIP"))).split(":")[0],
    err(lambda: list(tf.data.TextLineDataset("a.txt", compression_type="ZLIB"))).split(":")[0],
]""",
    "operands_that_are_refused": PRELUDE
    + """
[
    [err(lambda: tf.constant([3], kind) ** 2).split(":")[0] for kind in ("uint8", "uint32", "uint64", "int8", "int16")],
    err(lambda: tf.clip_by_value(tf.complex(f, f), 0, 1)).split(":")[0],
    err(lambda: tf.tile(f, [1., 2.])).split(":")[0],
    err(lambda: tf.gather_nd(["a", "b"], [[0], [1]], batch_dims=1)),
    err(lambda: tf.gather_nd(f, [[0]], batch_dims=2)),
    err(lambda: tf.random.Generator.from_seed(1, alg="threefry").normal([3])).split(":")[0],
    tf.group(inputs=f),
]""",
    "keras_tensors_are_no_tensors": "tf.is_tensor(tf.keras.Input([2]))",
    "keras_tensors_are_tensors@k2": "tf.is_tensor(tf.keras.Input([2]))",
    "layers_at_the_edges": PRELUDE
    + """
L = tf.keras.layers
image = tf.cast(tf.reshape(tf.range(24) * 11, [1, 2, 4, 3]), tf.uint8)
[
    [L.UpSampling2D(2, interpolation=kind)(image) for kind in ("bilinear", "bicubic")],
    full(lambda: L.Dot(axes=1)([f, tf.ones([3, 3])])).splitlines()[0],
]""",
    "quotients_rounded_once": PRELUDE
    + """
a = np.arange(1, 1001)
def wrong(kind, n):
    x, y = tf.constant(a.astype(kind)), a.astype(kind) / np.dtype(kind).type(n)
    whole = tf.function(lambda x: x // n)(x)
    return [int((z != w).numpy().sum()) for z, w in (
        (x / n, y), (x / tf.constant(n, kind), y), (tf.floor(x / n), np.floor(y)), (x // n, np.floor(y)), (whole, np.floor(y))
    )]
with tf.GradientTape() as tape:
    c = tf.constant(3.)
    tape.watch([v, c])
    out = tf.reduce_sum((v / c) ** 2)
[[wrong(kind, n) for kind in ("float32", "float64") for n in (41., 49., 3., 255.)], tape.gradient(out, [v, c])]""",
    "fake_quantization_by_channel": """
lows, highs = [-1., -2., -3., -.5, -7., -.1], [1., 2., 3., .5, 7., 6.]
quantize = tf.quantization.fake_quant_with_min_max_vars_per_channel
[quantize([[x] * 6], lows, highs, num_bits=n, narrow_range=m) for x in (1.3, 3., -.7) for n in (8, 4) for m in (False, True)]""",
    "features_of_dtypes_that_examples_do_not_hold": PRELUDE
    + """
one = tf.train.Example(features=tf.train.Features(feature={
    "i": tf.train.Feature(int64_list=tf.train.Int64List(value=[1, 2]))})).SerializeToString()
wanted = [tf.io.FixedLenFeature([2], kind) for kind in (tf.int32, tf.float64, tf.bool)]
[
    [err(lambda: tf.io.parse_example([one], {"i": w})).split(":")[0] for w in wanted],
    [err(lambda: tf.io.parse_single_example(one, {"i": w})).split(":")[0] for w in wanted],
]""",
}
