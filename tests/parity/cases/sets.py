"""Cases of tf.sets and tf.edit_distance."""

PRELUDE = """\
def T(f):
    try:
        return f()
    except Exception as e:
        return "raises " + next(k.__name__ for k in type(e).__mro__ if k.__name__ != "CompositeInput")
def G(f, *xs):
    xs = [tf.constant(x) for x in xs]
    with tf.GradientTape() as t:
        for x in xs:
            t.watch(x)
        y = f(*xs)
    return [g if g is None else tf.convert_to_tensor(g) for g in t.gradient(y, xs)]
c, N, S, ST, i64, f32 = tf.constant, np.array, tf.sparse, tf.SparseTensor, tf.int64, tf.float32
D = tf.sparse.to_dense
a1 = ST([[0, 1], [1, 0], [2, 2]], [1.0, 2.0, 3.0], [3, 4])
b1 = ST([[0, 1], [1, 3], [2, 0]], [5.0, -6.0, 7.0], [3, 4])
n1 = ST([[0, 1], [1, 0], [2, 2]], [1, 2, 3], [3, 4])
v1 = ST([[1], [3]], [4, 5], [6])
s1 = ST([[0, 0], [0, 1], [2, 0]], ["a", "b", "c"], [3, 2])
t1 = ST([[0, 0, 1], [0, 1, 0], [1, 1, 1]], [1.0, 2.0, 3.0], [2, 2, 2])
u1 = ST([[2, 2], [0, 1], [1, 0]], [3.0, 1.0, 2.0], [3, 4])
e1 = ST(np.zeros([0, 2], np.int64), np.zeros([0], np.float32), [2, 3])
def w1(v):
    return ST([[0, 1], [1, 0], [2, 2]], v, [3, 4])
V = [1.0, 2.0, 3.0]
IS = tf.IndexedSlices
z1 = IS(c([[1.0, 2.0], [3.0, 4.0]]), c([0, 2]), c([4, 2]))
"""

CASES = {
    "sets_1": PRELUDE
    + """
[
    T(lambda: tf.sets.size(ST([[0, 0], [0, 1], [1, 0]], [1, 1, 2], [2, 2]))),
    T(lambda: tf.sets.size(ST([[0, 0, 0], [1, 1, 1]], ["a", "b"], [2, 2, 2]))),
    T(lambda: tf.sets.size([[1, 2]])),
    T(lambda: tf.sets.size(a1)),
    T(lambda: tf.sets.size(v1)),
    T(lambda: tf.sets.size(ST([[1, 0], [0, 0]], [1, 2], [2, 2]))),
    T(lambda: tf.sets.size(ST([[1, 0], [0, 0]], [1, 2], [2, 2]), validate_indices=False)),
    T(lambda: tf.sets.intersection([[1, 2, 3]], [[2, 3, 4]])),
    T(lambda: tf.sets.intersection([[1, 2, 2], [4, 5, 6]], [[2, 2, 2], [7, 8, 9]])),
    T(lambda: tf.sets.intersection(n1, n1)),
    T(lambda: tf.sets.intersection([["a", "b"]], [["b", "c"]])),
    T(lambda: tf.sets.intersection([[1, 2]], ST([[0, 0]], [2], [1, 3]))),
    T(lambda: tf.sets.intersection(ST([[0, 0]], [2], [1, 3]), [[1, 2]])),
    T(lambda: tf.sets.intersection([[1, 2]], [[1], [2]])),
]""",
    "sets_2": PRELUDE
    + """
[
    T(lambda: tf.sets.intersection([1, 2], [1, 2])),
    T(lambda: tf.sets.intersection([[1.0]], [[1.0]])),
    T(lambda: tf.sets.intersection([[1]], [["a"]])),
    T(lambda: tf.sets.intersection(c([[1]]), c([[1]], i64))),
    T(lambda: tf.sets.intersection(c([[1, 2]], tf.int8), c([[2]], tf.int8))),
    T(lambda: tf.sets.intersection([[1, 2]], [[3, 4]])),
    T(lambda: tf.sets.union([[1, 2, 3]], [[2, 3, 4]])),
    T(lambda: tf.sets.union([[3, 1], [5, 5]], [[1], [6]])),
    T(lambda: tf.sets.union(ST([[0, 0], [1, 0]], ["x", "y"], [2, 1]), ST([[0, 0]], ["z"], [2, 1]))),
    T(lambda: tf.sets.union([[[1, 2], [3, 4]]], [[[5], [3]]])),
    T(lambda: tf.sets.union(ST([[0, 0]], [1], [2, 2]), ST([[0, 0]], [1], [2, 2]))),
    T(lambda: tf.sets.union(ST([[1, 0], [0, 0]], [1, 2], [2, 2]), n1)),
    T(lambda: tf.sets.union([[9, 8]], ST([[0, 1], [0, 0]], [1, 2], [1, 2]))),
    T(lambda: tf.sets.union([[9, 8]], ST([[0, 1], [0, 0]], [1, 2], [1, 2]), validate_indices=False)),
]""",
    "sets_3": PRELUDE
    + """
[
    T(lambda: tf.sets.difference([[1, 2, 3]], [[2, 3, 4]])),
    T(lambda: tf.sets.difference([[1, 2, 3]], [[2, 3, 4]], aminusb=False)),
    T(lambda: tf.sets.difference(ST([[0, 0], [0, 1]], [1, 2], [1, 2]), ST([[0, 0]], [2], [1, 2]))),
    T(lambda: tf.sets.difference(ST([[0, 0], [0, 1]], [1, 2], [1, 2]), [[2, 3]])),
    T(lambda: tf.sets.difference(ST([[0, 0], [0, 1]], [1, 2], [1, 2]), [[2, 3]], aminusb=False)),
    T(lambda: tf.sets.difference([[1, 2]], ST([[0, 0]], [2], [1, 2]), False)),
    T(lambda: tf.sets.difference([["b", "a", "b"]], [["a"]])),
    T(lambda: tf.sets.difference(ST([[0, 0]], [1], [2, 2]), ST([[0, 0]], [1], [3, 2]))),
]""",
    "edit_1": PRELUDE
    + """
[
    T(lambda: tf.edit_distance(ST([[0, 0], [0, 1]], ["a", "b"], [1, 2]), ST([[0, 0], [0, 1]], ["a", "c"], [1, 2]))),
    T(lambda: tf.edit_distance(ST([[0, 0], [0, 1]], ["a", "b"], [1, 2]), ST([[0, 0], [0, 1]], ["a", "c"], [1, 2]), normalize=False)),
    T(lambda: tf.edit_distance(ST([[0, 0, 0], [1, 0, 0]], ["a", "b"], [2, 1, 1]), ST([[0, 1, 0], [1, 0, 0], [1, 0, 1], [1, 1, 0]], ["a", "b", "c", "a"], [2, 2, 2]))),
    T(lambda: tf.edit_distance(ST([[0, 0, 0], [1, 0, 0]], ["a", "b"], [2, 1, 1]), ST([[0, 1, 0], [1, 0, 0], [1, 0, 1], [1, 1, 0]], ["a", "b", "c", "a"], [2, 2, 2]), normalize=False)),
    T(lambda: tf.edit_distance(ST([[0, 0], [1, 0]], [1, 2], [2, 1]), ST([[0, 0], [0, 1], [1, 0]], [1, 3, 2], [2, 2]))),
    T(lambda: tf.edit_distance(ST([[0, 0], [0, 1], [0, 2], [0, 3], [0, 4], [0, 5]], list("kitten"), [1, 6]), ST([[0, i] for i in range(7)], list("sitting"), [1, 7]), normalize=False)),
    T(lambda: tf.edit_distance(ST(np.zeros([0, 2], np.int64), np.zeros([0], np.int64), [2, 1]), ST(np.zeros([0, 2], np.int64), np.zeros([0], np.int64), [2, 1]))),
    T(lambda: tf.edit_distance(ST([[0, 0]], [1], [2, 1]), ST(np.zeros([0, 2], np.int64), np.zeros([0], np.int32), [2, 1]))),
    T(lambda: tf.edit_distance(ST([[0, 0]], [1], [2, 1]), ST(np.zeros([0, 2], np.int64), np.zeros([0], np.int32), [2, 1]), False)),
    T(lambda: tf.edit_distance([[1]], ST([[0, 0]], [1], [2, 1]))),
    T(lambda: tf.edit_distance(ST([[0, 0]], [1], [2, 1]), [[1]])),
    T(lambda: tf.edit_distance(ST([[0, 0]], [1], [2, 1]), ST([[0, 0]], ["a"], [2, 1]))),
    T(lambda: tf.edit_distance(ST([[0, 0]], [1], [2, 1]), ST([[0]], [1], [2]))),
    T(lambda: tf.edit_distance(ST([[0, 0], [1, 0]], [1, 2], [2, 1]), ST([[0, 0]], [1], [1, 1]))),
]""",
    "edit_2": PRELUDE
    + """
[
    T(lambda: tf.edit_distance(ST([[0]], [1], [3]), ST([[0], [1]], [1, 2], [3]))),
    T(lambda: tf.edit_distance(ST([[0, 0]], [1.5], [1, 1]), ST([[0, 0]], [1.5], [1, 1]))),
]""",
}
