"""Cases of tf.io's parsing of Example records, in batches and one by one."""

PRELUDE = """\
def err(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
F = tf.train.Feature
def record(**features):
    kinds = {
        "i": lambda v: F(int64_list=tf.train.Int64List(value=v)),
        "f": lambda v: F(float_list=tf.train.FloatList(value=v)),
        "b": lambda v: F(bytes_list=tf.train.BytesList(value=v)),
    }
    found = {name: kinds[kind](values) for name, (kind, *values) in features.items()}
    return tf.train.Example(features=tf.train.Features(feature=found)).SerializeToString()
Fixed = tf.io.FixedLenFeature
many = lambda records, **features: err(lambda: tf.io.parse_example(records, features))
"""

CASES = {
    "values of a fixed number": PRELUDE
    + """
[
    many([record(a=("i", 1), b=("f", 1, 2)), record(a=("i", 2), b=("f", 3, 4))],
         a=Fixed([], tf.int64), b=Fixed([2], tf.float32)),
    many([record(a=("b", b"x", b"yy", b"", b"q"))], a=Fixed((2, 2), tf.string)),
    many([record(a=("i", 7))], a=Fixed(1, tf.int64)), many([record(a=("f", .1))], a=Fixed([1], "float32")),
    many(tf.constant([], tf.string), a=Fixed([2, 2], tf.float32)),
    many([record(a=("i",)), record(a=("i",))], a=Fixed([0], tf.int64)),
    tf.io.parse_single_example(record(a=("i", 5), b=("b", b"z")), {"a": Fixed([], tf.int64), "b": Fixed([1], tf.string)}),
]""",
    "values that are missing or others": PRELUDE
    + """
a = record(a=("i", 1))
[
    many([a, record(b=("i", 2))], a=Fixed([], tf.int64, -1)), many([record(a=("i",)), a], a=Fixed([1], tf.int64, [9])),
    many([a, record(b=("i", 2))], a=Fixed([], tf.int64)), many([a, record(a=("f", 2))], a=Fixed([], tf.int64)),
    many([a, record(a=("i", 2, 3))], a=Fixed([], tf.int64)), many([record(a=("f",)), a], a=Fixed([0], tf.int64)),
]""",
    "shapes that are not known": PRELUDE
    + """
a = record(a=("i", 1))
def said(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__, str(e)
[
    said(lambda: tf.io.parse_example([a], {"a": Fixed([None], tf.int64)})),
    said(lambda: tf.io.parse_single_example(a, {"a": Fixed([2, None], tf.int64)})),
    said(lambda: tf.io.parse_single_sequence_example(a, {"a": Fixed([None], tf.int64)})),
]""",
    "pipelines that parse on threads": PRELUDE
    + """
import os, tempfile
path = os.path.join(tempfile.mkdtemp(), "r")
with tf.io.TFRecordWriter(path) as writer:
    for n in range(100):
        writer.write(record(n=("i", n), x=("b", bytes([n, n + 1]) * 600)))
def parse(text):
    found = tf.io.parse_single_example(text, {"n": Fixed([], tf.int64), "x": Fixed([], tf.string)})
    return found["n"], tf.reduce_sum(tf.cast(tf.io.decode_raw(found["x"], tf.uint8), tf.int32))
[
    [[int(n), int(x)] for n, x in tf.data.TFRecordDataset(path).take(size).map(parse, num_parallel_calls=calls)]
    for size, calls in ((0, 2), (1, 2), (20, 3), (100, tf.data.AUTOTUNE))
]""",
}
