"""Cases of tf.data: sources, transformations, order under seeds, cardinality, specs, errors, iterators."""

import pathlib
import runpy

HERE = pathlib.Path(__file__).parent
wrapped = runpy.run_path(str(HERE / "_wrap.py"))["wrapped"]
PRELUDE = """\
import os
D = tf.data.Dataset
AUTO = tf.data.AUTOTUNE
def err(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
c, N = tf.constant, np.array
def go(ds, limit=200):
    "Elements, cardinality, spec."
    return [list(ds.take(limit)), int(ds.cardinality()), str(ds.element_spec)]
def items(ds, limit=60):
    return [x for _, x in zip(range(limit), ds.as_numpy_iterator())]
"""
TABLE = {
    "sources": """
def gen():
    for i in range(3):
        yield i, [i] * i
[
    go(D.range(5)), go(D.range(2, 10, 3)), go(D.range(5, 0, -2)), go(D.range(0)), go(D.range(3, output_type=tf.int32)), go(D.range(3, output_type=tf.float32)), D.range(), D.range(1, 2, 3, 4), D.range(1, 5, 0), go(D.from_tensors([1, 2])), go(D.from_tensors({"a": 1, "b": (2.0, "x")})), go(D.from_tensor_slices([[1, 2], [3, 4]])), go(D.from_tensor_slices(([1, 2], {"k": ["a", "b"]}))), D.from_tensor_slices(([1, 2], [1, 2, 3])), D.from_tensor_slices(1), go(D.from_tensor_slices(tf.ragged.constant([[1], [2, 3]]))), go(D.from_tensor_slices(tf.sparse.from_dense([[1, 0], [0, 2]]))), go(D.from_tensor_slices(N([1.5, 2.5]))), go(D.from_tensor_slices([])), go(D.from_tensors([])), go(D.from_tensor_slices({"a": [1, 2], "b": [[3.0], [4.0]]})),
    go(D.from_generator(gen, output_types=(tf.int64, tf.int32))), go(D.from_generator(gen, output_types=(tf.int64, tf.int32), output_shapes=((), (None,)))), go(D.from_generator(gen, output_signature=(tf.TensorSpec((), tf.int32), tf.TensorSpec((None,), tf.float32)))), go(D.from_generator(lambda: range(4), tf.float32)), go(D.from_generator(lambda n: range(n), tf.int32, args=(3,))), list(D.from_generator(gen, output_signature=(tf.TensorSpec((), tf.int32), tf.TensorSpec((2,), tf.float32)))), list(D.from_generator(lambda: ["a"], tf.int32)), D.from_generator(lambda: [1]), D.from_generator([1, 2], tf.int32), go(D.from_generator(lambda: iter([{"a": 1}, {"a": 2}]), output_signature={"a": tf.TensorSpec((), tf.int32)})), list(D.from_generator(lambda: [1, "x"], tf.string)), list(D.from_generator(lambda: [(1, 2)], (tf.int32,))), go(D.random(seed=1).take(3)), go(D.random(seed=1, rerandomize_each_iteration=True).take(2).repeat(2)), go(D.random(4).take(2)), go(tf.data.Dataset.counter() if hasattr(D, "counter") else D.range(1), 3), go(D.counter(5, -2, tf.int32), 3),
]""",
    "shuffle_orders": """
def s(n, b, seed, **kw):
    return items(D.range(n).shuffle(b, seed=seed, **kw))
def twice(ds):
    return [items(ds), items(ds)]
tf.random.set_seed(1)
a = [items(D.range(6).shuffle(6)), items(D.range(6).shuffle(6, seed=3)), twice(D.range(5).shuffle(5, seed=2, reshuffle_each_iteration=False))]
tf.random.set_seed(1)
b = [items(D.range(6).shuffle(6)), items(D.range(6).shuffle(3)), items(D.range(6).shuffle(6, seed=3))]
[a, b, items(D.range(6).shuffle(6, seed=5).repeat(3)), items(D.range(6).repeat(2).shuffle(4, seed=5)), items(D.range(10).shuffle(4, seed=1).batch(3)), items(D.range(12).shuffle(12, seed=9).map(lambda x: x * 2).batch(4, drop_remainder=True)), twice(D.range(8).shuffle(8, seed=7)), twice(D.range(8).shuffle(8, seed=7, reshuffle_each_iteration=True)), twice(D.range(8).shuffle(3, seed=7, reshuffle_each_iteration=False)), items(D.from_tensor_slices((["a", "b", "c"], [1, 2, 3])).shuffle(3, seed=0)), items(D.range(30).shuffle(7, seed=11)), items(D.range(5).shuffle(100, seed=4)), D.range(5).shuffle(0), items(D.range(5).shuffle(1, seed=1)), items(D.range(20).shuffle(D.range(20).cardinality(), seed=2)), go(D.range(5).shuffle(3)) [1:], items(D.range(4).shuffle(4, seed=1).take(2).repeat(2)), items(D.range(6).shuffle(6, seed=1).cache().repeat(2)), items(D.range(6).shuffle(2, seed=c(3, tf.int64)))]""",
    "shuffle_default_seed": """
tf.random.set_seed(42)
out = [items(D.range(10).shuffle(10)) for _ in range(2)]
tf.keras.utils.set_random_seed(7)
out.append(items(D.range(10).shuffle(10).batch(5)))
ds = D.range(6).shuffle(6)
out.append([items(ds), items(ds), items(ds.repeat(2))])
out""",
    "map_filter": """
def py(x):
    return x + 1
[
    go(D.range(4).map(lambda x: x * 2)), go(D.range(4).map(lambda x: (x, {"d": x / 2}))), go(D.from_tensor_slices(([1, 2], [3, 4])).map(lambda a, b: a + b)), go(D.from_tensor_slices({"a": [1, 2]}).map(lambda d: d["a"])), go(D.range(4).map(lambda x: x, num_parallel_calls=AUTO)), go(D.range(4).map(lambda x: x, num_parallel_calls=2, deterministic=False).take(0)), go(D.range(3).map(lambda x: tf.py_function(py, [x], tf.int64))), go(D.range(3).map(lambda x: tf.numpy_function(py, [x], tf.int64))), go(D.range(3).map(lambda x: tf.strings.as_string(x))), go(D.range(3).map(lambda x: tf.range(x))), go(D.range(3).map(lambda x: [x, x])), go(D.range(3).map(lambda x: (x,))), go(D.range(3).map(lambda x: 7)), go(D.range(3).map(lambda x: "s")), go(D.range(3).map(lambda x: D.range(x)).flat_map(lambda d: d)), go(D.range(3).map(lambda x: tf.ragged.range([x, 2]))), D.range(3).map(lambda a, b: a), go(D.from_tensor_slices([[1.0, 2.0]]).map(lambda x: tf.reduce_sum(x))), go(D.range(3).map(lambda x: x if x > 1 else -x)), go(D.range(3).map(lambda x: tf.cond(x > 1, lambda: x, lambda: -x))),
    go(D.range(6).filter(lambda x: x % 2 == 0)), go(D.range(6).filter(lambda x: tf.less(x, 3))), go(D.from_tensor_slices((["a", "bb"], [1, 2])).filter(lambda s, n: n > 1)), list(D.range(3).filter(lambda x: x)), list(D.range(3).filter(lambda x: c([True]))), go(D.range(5).take_while(lambda x: x < 3)), go(D.range(5).apply(lambda d: d.map(lambda x: x + 1))), go(D.range(3).enumerate()), go(D.range(3).enumerate(start=5)), go(D.from_tensor_slices({"a": [1]}).enumerate()), D.range(2).apply(lambda d: 3), D.range(3).reduce(c(0, tf.int64), lambda s, x: s + x), D.range(3).reduce((0, 0.0), lambda s, x: (s[0] + 1, s[1] + 2.0)), D.range(3).reduce(c(0), lambda s, x: s + x), D.from_tensor_slices(["a", "b"]).reduce("", lambda s, x: s + x), D.range(0).reduce(c(5, tf.int64), lambda s, x: s + x), go(D.range(5).scan(c(0, tf.int64), lambda s, x: (s + x, s * 10))), go(D.range(3).scan((0, 1.0), lambda s, x: ((s[0] + 1, s[1] * 2), s[1]))), D.range(3).scan(0, lambda s, x: x),
]""",
    "batches": """
R = tf.ragged.constant([[1], [2, 3], [], [4, 5, 6]])
var = D.from_tensor_slices([1, 2, 3, 0, 2]).map(lambda n: tf.range(n))
[
    go(D.range(7).batch(3)), go(D.range(7).batch(3, drop_remainder=True)), go(D.range(7).batch(10)), go(D.range(7).batch(3, num_parallel_calls=2)), go(D.range(8).batch(2).batch(2)), go(D.from_tensor_slices((["a", "b", "c"], [1, 2, 3])).batch(2)), D.range(3).batch(0), D.range(3).batch(-1), list(var.batch(2)), go(D.range(6).batch(2).unbatch()), go(D.from_tensor_slices(([[1, 2]], [[3, 4]])).unbatch()), D.range(3).unbatch(), go(D.from_tensor_slices(R).batch(2)), go(D.from_tensor_slices(R).batch(2).unbatch()), go(D.from_tensor_slices(tf.sparse.from_dense([[1, 0], [0, 2]])).batch(2)),
    go(var.padded_batch(2)), go(var.padded_batch(2, padded_shapes=[4])), go(var.padded_batch(2, padded_shapes=[None], padding_values=-1)), go(var.padded_batch(2, drop_remainder=True)), list(var.padded_batch(2, padded_shapes=[1])), go(var.map(lambda x: (x, tf.cast(x, tf.float32))).padded_batch(2, ([5], [None]), (9, 0.5))), go(var.map(lambda x: {"a": x, "b": tf.strings.as_string(x)}).padded_batch(3)), go(var.map(lambda x: {"a": x, "n": tf.size(x)}).padded_batch(3, {"a": [None], "n": []}, {"a": 7, "n": 0})), go(var.map(lambda x: tf.ones((tf.size(x), 2))).padded_batch(2)), go(D.range(3).padded_batch(2)), var.padded_batch(2, padded_shapes=[4, 4]), var.padded_batch(2, padding_values="a"), var.padded_batch(0), go(var.map(lambda x: x > 0).padded_batch(5)), go(D.from_tensor_slices([[1, 2], [3, 4]]).padded_batch(2, padded_shapes=[3])),
    go(var.ragged_batch(2)), go(var.ragged_batch(2, drop_remainder=True)), go(var.ragged_batch(3, row_splits_dtype=tf.int32)), go(var.map(lambda x: {"a": x, "b": tf.size(x)}).ragged_batch(2)), go(D.range(3).ragged_batch(2)), go(D.from_tensor_slices(R).ragged_batch(2)), go(var.apply(tf.data.experimental.dense_to_ragged_batch(2))), go(D.from_tensor_slices(R).map(lambda x: x).apply(tf.data.experimental.dense_to_sparse_batch(2, [4]))), go(D.range(8).rebatch(3)), go(D.range(8).batch(4).rebatch(3)), go(D.range(8).batch(4).rebatch(3, drop_remainder=True)), go(D.range(8).batch(3).rebatch([2, 1])), go(D.range(6).batch(2).rebatch(c(3, tf.int64))), D.range(4).batch(2).rebatch(0),
]""",
    "windows": """
def flat(ds):
    return [[list(w.as_numpy_iterator()) for w in ds], int(ds.cardinality()), str(ds.element_spec)]
[
    flat(D.range(7).window(3)), flat(D.range(7).window(3, drop_remainder=True)), flat(D.range(7).window(3, 2)), flat(D.range(7).window(3, 1, 2)), flat(D.range(7).window(3, 1, 2, True)), flat(D.range(7).window(2, 3, 2)), flat(D.range(5).window(2, shift=1, stride=1)), D.range(5).window(0), D.range(5).window(2, 0), D.range(5).window(2, 1, 0), go(D.range(7).window(3, 1, drop_remainder=True).flat_map(lambda w: w.batch(3))), go(D.range(7).window(4, 2).flat_map(lambda w: w.batch(4))), [({k: list(v.as_numpy_iterator()) for k, v in w.items()}) for w in D.from_tensor_slices({"a": [1, 2, 3], "b": [4, 5, 6]}).window(2)], [[list(x.as_numpy_iterator()) for x in w] for w in D.from_tensor_slices(([1, 2, 3], [4, 5, 6])).window(2)], go(D.from_tensor_slices(([1, 2, 3], [4, 5, 6])).window(2).flat_map(lambda a, b: D.zip((a, b)))), go(D.range(6).window(2).map(lambda w: w.reduce(c(0, tf.int64), lambda s, x: s + x))), flat(D.range(4).batch(2).window(1)),
    go(D.range(10).group_by_window(lambda x: x % 2, lambda k, w: w.batch(3), window_size=3)), go(D.range(10).group_by_window(lambda x: x % 3, lambda k, w: w.batch(10), window_size_func=lambda k: (k + 1) * 2)), go(D.range(6).group_by_window(lambda x: x % 2, lambda k, w: w.map(lambda x: x + 100 * k), window_size=2)), D.range(4).group_by_window(lambda x: x % 2, lambda k, w: w), D.range(4).group_by_window(lambda x: x % 2, lambda k, w: w, window_size=1, window_size_func=lambda k: k), list(D.range(4).group_by_window(lambda x: tf.cast(x, tf.float32), lambda k, w: w, window_size=1)),
    go(D.from_tensor_slices([1, 5, 2, 8, 3, 4]).map(lambda n: tf.ones((n,), tf.int32)).bucket_by_sequence_length(lambda x: tf.size(x), [3, 6], [2, 2, 1])), go(D.from_tensor_slices([1, 5, 2, 8, 3, 4]).map(lambda n: tf.ones((n,), tf.int32)).bucket_by_sequence_length(lambda x: tf.size(x), [3, 6], [2, 2, 1], padded_shapes=[None], padding_values=-1, drop_remainder=True)), go(D.from_tensor_slices([1, 5, 2, 3]).map(lambda n: tf.ones((n,), tf.int32)).bucket_by_sequence_length(lambda x: tf.size(x), [4, 7], [2, 2, 1], pad_to_bucket_boundary=True)), D.range(3).bucket_by_sequence_length(lambda x: x, [3], [1]), go(D.from_tensor_slices([1, 1, 2]).map(lambda n: tf.ones((n,), tf.int32)).bucket_by_sequence_length(lambda x: tf.size(x), [2, 6], [2, 2, 1], no_padding=True)),
]""",
    "combining": """
A, B = D.range(3), D.range(10, 14)
[
    go(D.zip((A, B))), go(D.zip(A, B)), go(D.zip({"a": A, "b": B})), go(D.zip((A, (B, A)))), D.zip(A, 3), D.zip(), go(A.concatenate(B)), A.concatenate(D.from_tensors("x")), go(A.repeat(2)), go(A.repeat(0)), go(A.repeat(), 7), go(A.repeat(-1), 4), A.repeat("a"), go(B.take(2)), go(B.take(-1)), go(B.take(0)), go(B.take(10)), go(B.skip(1)), go(B.skip(-1)), go(B.skip(10)), go(B.shard(2, 0)), go(B.shard(2, 1)), B.shard(2, 2), B.shard(0, 0), go(B.shard(3, 2)), go(B.prefetch(1)), go(B.prefetch(AUTO)), go(A.flat_map(lambda x: D.range(x))), go(A.flat_map(lambda x: D.from_tensors(x).repeat(x))), go(A.interleave(lambda x: D.range(x * 10, x * 10 + 3), cycle_length=2)), go(A.interleave(lambda x: D.range(x * 10, x * 10 + 5), cycle_length=2, block_length=2)), go(A.interleave(lambda x: D.from_tensors(x).repeat(4), cycle_length=3, block_length=3)), go(A.interleave(lambda x: D.range(x * 10, x * 10 + 3), cycle_length=2, num_parallel_calls=2)), go(A.interleave(lambda x: D.range(3))), go(B.interleave(lambda x: D.from_tensors(x).repeat(2), cycle_length=10, block_length=1)), A.interleave(lambda x: D.range(2), cycle_length=0), A.interleave(lambda x: D.range(2), block_length=0),
    go(D.choose_from_datasets([A, B], D.from_tensor_slices(N([0, 1, 1, 0], "int64")))), go(D.choose_from_datasets([A, B], D.from_tensor_slices(N([0, 0, 0, 0, 1], "int64")), stop_on_empty_dataset=False)), D.choose_from_datasets([A], D.from_tensor_slices([0.5])), go(D.sample_from_datasets([A.repeat(), B.repeat()], [0.3, 0.7], seed=3), 12), go(D.sample_from_datasets([A, B], seed=1)), go(D.sample_from_datasets([A, B], [1.0, 0.0], seed=1, stop_on_empty_dataset=True)), D.sample_from_datasets([A, B], [1.0]), D.sample_from_datasets([]), go(D.sample_from_datasets([A.repeat(), B.repeat()], D.from_tensors([0.5, 0.5]).repeat(), seed=2), 8),
    go(D.from_tensor_slices([1, 2, 1, 3, 2]).unique()), go(D.from_tensor_slices(["a", "b", "a"]).unique()), go(D.from_tensor_slices([[1, 2], [1, 2]]).unique()), list(D.from_tensor_slices([1.0]).unique()), go(D.range(6).rejection_resample(lambda x: tf.cast(x % 2, tf.int32), [0.5, 0.5], [0.5, 0.5], seed=1)) [2:], go(D.range(3).ignore_errors()), items(D.from_tensor_slices([1.0, 0.0, 2.0]).map(lambda x: tf.debugging.check_numerics(1.0 / x, "x")).ignore_errors()), list(D.from_tensor_slices([1.0, 0.0, 2.0]).map(lambda x: tf.debugging.check_numerics(1.0 / x, "x"))), go(D.range(3).prefetch(2).map(lambda x: x).cache()),
]""",
    "cardinality": """
Z = lambda d: int(d.cardinality())
L = lambda d: len(d)
[
    Z(D.range(5)), Z(D.range(5).repeat()), Z(D.range(5).filter(lambda x: True)), Z(D.range(5).map(lambda x: x).batch(2)), Z(D.range(5).batch(2, drop_remainder=True)), Z(D.range(5).flat_map(lambda x: D.range(2))), Z(D.range(0).repeat()), Z(D.zip((D.range(3), D.range(5).repeat()))), Z(D.range(3).concatenate(D.range(4).repeat())), Z(D.range(3).concatenate(D.range(4).filter(lambda x: True))), Z(D.range(10).shard(3, 1)), Z(D.range(5).skip(2).take(10)), Z(D.range(5).repeat().take(7)), Z(D.range(5).repeat().skip(7)), Z(D.range(5).window(2)), Z(D.range(5).shuffle(3).prefetch(1).cache()), Z(D.from_generator(lambda: [1], tf.int32)), Z(D.range(5).interleave(lambda x: D.range(2))), Z(D.range(6).batch(2).unbatch()), Z(D.range(5).apply(tf.data.experimental.assert_cardinality(5))), Z(D.range(6).filter(lambda x: x < 3).apply(tf.data.experimental.assert_cardinality(3))), list(D.range(5).apply(tf.data.experimental.assert_cardinality(3))), L(D.range(5)), L(D.range(5).repeat()), L(D.range(5).filter(lambda x: True)), bool(D.range(5)), tf.data.experimental.cardinality(D.range(4)), tf.data.INFINITE_CARDINALITY, tf.data.UNKNOWN_CARDINALITY, tf.data.AUTOTUNE, tf.data.experimental.INFINITE_CARDINALITY, D.range(3)[0], D.range(5).cardinality().dtype, Z(D.random(seed=1)), Z(D.range(5).take_while(lambda x: x < 3)), Z(D.range(5).scan(c(0, tf.int64), lambda s, x: (s, x))), Z(D.range(5).unique()), Z(D.choose_from_datasets([D.range(3)], D.range(2))), Z(D.sample_from_datasets([D.range(3), D.range(4)], seed=1)), Z(D.range(6).padded_batch(4)), Z(D.range(6).ragged_batch(4)), Z(D.range(6).rebatch(4)), Z(D.range(3).enumerate()), Z(D.range(5).group_by_window(lambda x: x, lambda k, w: w, window_size=1)), Z(tf.data.TextLineDataset("no"))]""",
    "iterators": """
it = iter(D.range(3))
a = [next(it), it.get_next(), it.get_next_as_optional().has_value(), it.get_next_as_optional().has_value()]
def end():
    i = iter(D.range(1))
    next(i)
    return next(i)
def end2():
    i = iter(D.range(0))
    return i.get_next()
def checkpointed(ds, n=3, m=2):
    i = iter(ds)
    seen = [next(i).numpy() for _ in range(n)]
    ck = tf.train.Checkpoint(i=i)
    path = ck.save(tmp + "/ck")
    rest = [next(i).numpy() for _ in range(m)]
    ck.restore(path)
    return [seen, rest, [next(i).numpy() for _ in range(m)]]
def fresh(ds, n=3):
    i = iter(ds)
    [next(i) for _ in range(n)]
    path = tf.train.Checkpoint(i=i).save(tmp + "/fr")
    j = iter(ds)
    tf.train.Checkpoint(i=j).restore(path)
    return next(j)
@tf.function
def total(ds):
    s = c(0, tf.int64)
    for x in ds:
        s += x
    return s
@tf.function
def step(it):
    return next(it) * 2
k = iter(D.range(4))
one = tf.data.Dataset.range(1)
[
    a, end(), end2(), checkpointed(D.range(10)), checkpointed(D.range(10).shuffle(5, seed=1)), checkpointed(D.range(20).map(lambda x: x * 2).batch(2)), checkpointed(D.range(10).repeat().prefetch(1)), checkpointed(D.range(10).filter(lambda x: x % 2 == 0), 2, 2), fresh(D.range(10)), fresh(D.range(10).map(lambda x: x + 5).batch(2), 2), total(D.range(5)), step(k), step(k), next(k), it.element_spec, str(type(iter(D.range(2)).element_spec).__name__), list(D.range(3).as_numpy_iterator()), items(D.from_tensor_slices({"a": ["x"], "b": [(1.0, 2.0)]})), list(D.from_tensor_slices(tf.ragged.constant([[1], [2, 3]])).as_numpy_iterator()), D.range(3).get_single_element(), one.get_single_element(), D.range(0).get_single_element(), one.map(lambda x: {"a": x}).get_single_element(), tf.data.experimental.get_single_element(one), [x for x in D.range(2)], list(zip(D.range(2), D.range(2))), [int(x) for x in D.range(3) for y in D.range(1)], isinstance(D.range(2), tf.data.Dataset), isinstance(iter(D.range(2)), tf.data.Iterator), isinstance(tf.data.NumpyIterator, type), [x for x in tf.compat.v1.data.make_one_shot_iterator(D.range(2))], tf.data.experimental.Optional.from_value(3).get_value() if hasattr(tf.data.experimental, "Optional") else 0, tf.experimental.Optional.from_value(c(3)).get_value(), tf.experimental.Optional.empty(tf.TensorSpec([], tf.int32)).has_value(), tf.experimental.Optional.empty(tf.TensorSpec([], tf.int32)).get_value(), tf.data.experimental.get_structure(D.range(2)), sum(1 for _ in D.range(5).batch(2)),
]""",
    "files": """
open("a.txt", "w").write("one\\ntwo\\r\\n\\nthree")
open("b.txt", "wb").write(b"x\\ny\\n")
open("f.bin", "wb").write(b"HHaabbccF")
with tf.io.TFRecordWriter("r.tfrecord") as w:
    for i in range(3):
        w.write(b"rec%d" % i)
with tf.io.TFRecordWriter("g.tfrecord", "GZIP") as w:
    w.write(b"zip")
import gzip
gzip.open("z.txt.gz", "wb").write(b"l1\\nl2\\n")
open("t.csv", "w").write("a,b,c\\n1,2.5,x\\n3,,y\\n")
T = tf.data.TextLineDataset
def saved(ds, **kw):
    ds.save("saved", **kw)
    return go(D.load("saved"))
def cached():
    n = []
    ds = D.range(3).map(lambda x: x * 2).cache("cachefile")
    return [items(ds), items(ds), sorted(f.split(".")[0] for f in os.listdir(".") if f.startswith("cachefile"))[:1]]
def partial():
    i = iter(D.range(3).cache("pc"))
    next(i)
    return items(D.range(3).cache("pc2"))
def snap():
    ds = D.range(4).snapshot("snapdir")
    return [items(ds), items(ds), os.path.isdir("snapdir")]
[
    go(T("a.txt")), go(T(["a.txt", "b.txt"])), go(T(D.from_tensor_slices(["b.txt", "a.txt"]))), go(T("z.txt.gz", compression_type="GZIP")), list(T("none.txt")), list(T("a.txt", compression_type="bogus")), go(T("b.txt", buffer_size=1, num_parallel_reads=2)), go(T("b.txt", name="n")), go(tf.data.TFRecordDataset("r.tfrecord")), go(tf.data.TFRecordDataset(["r.tfrecord", "r.tfrecord"], num_parallel_reads=2)), go(tf.data.TFRecordDataset("g.tfrecord", "GZIP")), list(tf.data.TFRecordDataset("a.txt")), list(tf.data.TFRecordDataset("none")), go(tf.data.FixedLengthRecordDataset("f.bin", 2, header_bytes=2, footer_bytes=1)), list(tf.data.FixedLengthRecordDataset("f.bin", 4)), go(D.list_files("*.txt", shuffle=False)), go(D.list_files(["b.txt", "a.txt"], shuffle=False)), sorted(items(D.list_files("*.txt"))), (tf.random.set_seed(3), items(D.list_files("*.txt", seed=1)))[1], D.list_files("*.none"), go(tf.data.experimental.CsvDataset("t.csv", [tf.int32, c([0.5]), tf.string], header=True)), list(tf.data.experimental.CsvDataset("t.csv", [tf.int32, tf.float32], header=True)), go(tf.data.experimental.CsvDataset("t.csv", [tf.string], header=True, select_cols=[2])), saved(D.range(4)), saved(D.from_tensor_slices(([1, 2], ["a", "b"]))), saved(D.range(4).batch(2)), saved(D.range(6), shard_func=lambda x: x % 2), D.load("nowhere"), cached(), partial(), snap(), items(D.range(3).cache()), go(D.range(3).cache("cf2")),
    {k: list(np.asarray(v).ravel()) for k, v in next(iter(tf.data.experimental.make_csv_dataset("t.csv", 2, shuffle=False, num_epochs=1))).items()}, str(tf.data.experimental.make_csv_dataset("t.csv", 2, label_name="c", num_epochs=1).element_spec),
]""",
    "options": """
o = tf.data.Options()
o.deterministic = False
o.threading.private_threadpool_size = 3
o.experimental_distribute.auto_shard_policy = tf.data.experimental.AutoShardPolicy.DATA
p = tf.data.Options()
def bad():
    q = tf.data.Options()
    q.bogus = 1
def bad_type():
    q = tf.data.Options()
    q.deterministic = 3
ds = D.range(3).with_options(o)
[go(ds), ds.options().deterministic, ds.options().threading.private_threadpool_size, ds.map(lambda x: x).options().deterministic, p.deterministic, p.autotune.enabled, p.threading.max_intra_op_parallelism, bad(), bad_type(), ds.with_options(p).options().deterministic, o == tf.data.Options(), p == tf.data.Options(), D.zip((ds, D.range(2))).options().deterministic, ds.with_options(3), str(o.experimental_distribute.auto_shard_policy), p.experimental_optimization.map_fusion, D.range(3).with_options(p).options() == p, tf.data.ThreadingOptions().private_threadpool_size, p.experimental_slack, p.experimental_symbolic_checkpoint, p.merge(o).deterministic]""",
    "structure": """
ds = D.from_tensor_slices({"a": [1, 2], "b": ([3.0, 4.0], ["x", "y"])})
import collections
P = collections.namedtuple("P", "x y")
[go(ds), go(ds.batch(2)), go(ds.map(lambda d: P(d["a"], d["b"]))), go(D.from_tensor_slices(P([1, 2], [3, 4]))), go(ds.map(lambda d: d["b"])), ds.element_spec["b"][0].dtype, list(D.range(3).batch(2).element_spec.shape), tf.data.DatasetSpec.from_value(D.range(2)) == tf.data.DatasetSpec(tf.TensorSpec([], tf.int64)), D.range(3).name if hasattr(D.range(3), "name") else None, go(D.range(3, name="r").map(lambda x: x, name="m")), tf.data.experimental.get_structure(ds) == ds.element_spec, tf.nest.map_structure(lambda s: s.dtype, ds.element_spec), go(D.from_tensors((1, 2))), go(D.from_tensors([1, 2])), go(D.from_tensors(([1], (2, [3])))), go(D.from_tensors(c([[1]], tf.uint8))), go(D.from_tensors(N("s"))), go(D.from_tensors(True)), go(D.range(2).map(lambda x: {"z": x, "a": x})), tf.data.experimental.at(D.range(5), 2) if hasattr(tf.data.experimental, "at") else 0, D.from_tensors(object())]""",
    "random_map": """
tf.random.set_seed(5)
a = items(D.range(4).map(lambda x: tf.random.uniform((), 0, 100, tf.int32)))
b = items(D.range(3).map(lambda x: tf.random.stateless_uniform((2,), [x, 1])))
g = tf.random.Generator.from_seed(3)
[len(a), b, items(D.random(seed=7).map(lambda x: x % 10).take(5))]""",
    "no_elements": """
empty = D.from_tensor_slices(["a b"]).take(0)
[str(x.element_spec) for x in (empty.map(lambda x: (x, 0)), empty.map(tf.strings.split), empty.batch(2).map(tf.strings.upper), D({"n": [1., 2.], "s": ["a", "b"]}).map(lambda x: x["n"]).batch(9).map(lambda x: x + 1))]""",
    "refusals": """
d = D.range(7)
tf.random.set_seed(3)
seeded = items(d.shuffle(-2, seed=1))
tf.random.set_seed(None)
[sorted(items(d.shuffle(-2))), seeded, D.from_tensors(None), D.from_tensors(()), D.from_tensor_slices(None), go(D.from_tensors((None, 1))), d.map(lambda x: None), go(d.take(2).map(lambda x: (x, None))), d.map(3), d.filter(None), d.flat_map(3), d.flat_map(lambda x: x), d.flat_map(lambda x: None), d.interleave(lambda x: 1), d.group_by_window(lambda x: x % 2, lambda k, w: k, window_size=2), d.take(None), d.batch(None), d.batch(c(3)), go(d.batch(c(3, tf.int64))), go(d.take(N(3, np.int32))), go(d.prefetch(None)), D.from_tensors([1.0]).padded_batch(2, padding_values=0), d.batch(2).padded_batch(2, padding_values=-1)]""",
    "rebatched": """
d = D.range(7).batch(3)
[go(d.rebatch([2, 0, 1])), go(d.rebatch([2, 0, 3])), go(d.rebatch([2, 0, 3], drop_remainder=True)), go(d.rebatch([0, 2])), items(d.rebatch(0), 3), d.rebatch(c(2)), go(d.rebatch(c(2, tf.int64)))]""",
    "python_functions": """
def shaped(x):
    y = tf.py_function(lambda y: y + 1, [x], tf.int64)
    y.set_shape([])
    return y
d = D.range(3)
[go(d.map(lambda x: tf.py_function(lambda y: y + 1, [x], tf.int64))), go(d.map(lambda x: tf.numpy_function(lambda y: y + 1, [x], tf.int64))), go(d.map(shaped)), go(d.map(lambda x: tf.ensure_shape(tf.py_function(lambda y: y + 1, [x], tf.int64), []))), go(d.map(lambda x: tf.py_function(lambda y: (y, "a"), [x], [tf.int64, tf.string])).batch(2)), str(D.from_tensors(tf.py_function(lambda y: y, [1.0], tf.float32)).element_spec)]""",
    "variants": """
E = tf.data.experimental
[E.to_variant(D.range(3)).dtype, items(E.from_variant(E.to_variant(D.range(3)), tf.TensorSpec([], tf.int64))), int(D.range(3).apply(E.copy_to_device("/cpu:0")).cardinality())]""",
    "experimental": """
tf.random.set_seed(None)
E = tf.data.experimental
[go(D.range(6).apply(E.group_by_reducer(lambda x: x % 2, E.Reducer(lambda k: (k * 0), lambda s, x: s + x, lambda s: s)))), go(D.range(4).apply(E.map_and_batch(lambda x: x * 2, 3))), go(D.range(4).apply(E.prefetch_to_device("/cpu:0"))), go(D.range(5).apply(E.shuffle_and_repeat(5, 2, seed=3))), go(D.range(4).apply(E.take_while(lambda x: x < 2))), go(D.range(3).apply(E.enumerate_dataset(2))), go(D.range(6).apply(E.parallel_interleave(lambda x: D.from_tensors(x), 2))), go(D.from_tensor_slices([1, 1]).apply(E.unique())), go(E.Counter(1, 2), 3), go(D.range(4).apply(E.scan(c(0, tf.int64), lambda s, x: (s + x, s)))), go(E.RandomDataset(seed=1).take(2)), go(E.sample_from_datasets([D.range(2), D.range(3)], seed=1)), go(E.choose_from_datasets([D.range(2), D.range(3)], D.range(2))), go(D.range(3).apply(E.ignore_errors())), go(D.range(6).batch(2).apply(E.unbatch()))]""",
    "keys_that_are_numbers": """
def grouped(key):
    return go(D.range(4).group_by_window(key, lambda k, d: d.batch(4), 4))
def chosen(x):
    if x > 1:
        return tf.constant(1, tf.int64)
    return tf.constant(0, tf.int64)
[grouped(lambda x: 0), grouped(lambda x: tf.constant(1)), grouped(lambda x: x % 2), grouped(lambda x: [1]), grouped(chosen)]""",
    "loops_in_functions_draw_once": """
tf.random.set_seed(1)
def mk(): return tf.data.Dataset.range(6).shuffle(6, seed=5)
@tf.function
def digits(ds):
    s = tf.constant(0, tf.int64)
    for x in ds:
        s = s * 10 + x
    return s
one, two = mk(), mk()
@tf.function
def captured():
    s = tf.constant(0, tf.int64)
    for x in two.batch(2):
        s = s * 100 + x[0] * 10 + x[1]
    return s
[[digits(one) for _ in range(3)], list(one), [captured() for _ in range(3)], list(two)]""",
}
CASES = {name: wrapped(PRELUDE + code) for name, code in TABLE.items()}
CASES["a_dataset_depends_on_the_element_of_another"] = """
D = tf.data.Dataset
made = eval("lambda x: D.range(x + 1)", {"D": D})  # no source to rewrite
[[list(d.as_numpy_iterator()) for d in D.range(3).map(lambda x: D.range(6).shard(3, x))],
 [list(d.as_numpy_iterator()) for d in D.range(3).map(made)], D.range(3).map(made).element_spec,
 list(D.range(4).map(lambda x: D.range(x).reduce(tf.constant(0, tf.int64), lambda a, b: a + b)).as_numpy_iterator())]
"""
