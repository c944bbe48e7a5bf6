"""Cases of ragged tensors: tf.ragged, tf.RaggedTensor, and ordinary ops on them."""

PRELUDE = """\
def T(f):
    try:
        return f()
    except Exception as e:
        return "raises " + next(k.__name__ for k in type(e).__mro__ if k.__name__ != "CompositeInput")
def G(f, *xs):
    xs = [x if hasattr(x, "row_splits") or isinstance(x, tf.Variable) else tf.constant(x) for x in xs]
    with tf.GradientTape() as t:
        for x in xs:
            t.watch(x.flat_values if hasattr(x, "row_splits") else x)
        y = f(*xs)
    found = t.gradient(y, [x.flat_values if hasattr(x, "row_splits") else x for x in xs])
    return [g if g is None else tf.convert_to_tensor(g) for g in found]
c, N, R, RT, i64, f32 = tf.constant, np.array, tf.ragged, tf.RaggedTensor, tf.int64, tf.float32
r1 = R.constant([[3, 1, 4], [], [5, 9], [6]])
f1 = R.constant([[1.0, 2.5], [], [-3.0, 4.0, 0.5]])
s1 = R.constant([["a", "bb"], ["ccc"], []])
r2 = R.constant([[[1, 2], []], [], [[3], [4, 5, 6], [7]]])
d1 = RT.from_row_lengths(tf.reshape(tf.range(12.0), [6, 2]), [1, 3, 0, 2])
u1 = RT.from_uniform_row_length(R.constant([[1], [2, 3], [], [4]]), 2)
i1 = r1.with_row_splits_dtype(tf.int32)
"""

CASES = {
    "gather_of_uniform_rows": """
r = tf.RaggedTensor.from_tensor([[1, 2], [3, 4]])
nested = tf.RaggedTensor.from_uniform_row_length(tf.ragged.constant([[1], [2, 3], [3], [5]]), 2)
[tf.gather(r, [1]), tf.gather(r, [[1], [0]]), r[1:], tf.gather(nested, [1]), tf.gather(nested, [1]).uniform_row_length]""",
    "text_1": PRELUDE
    + """
[
    T(lambda: repr(r1)),
    T(lambda: str(r1)),
    T(lambda: repr(f1)),
    T(lambda: repr(s1)),
    T(lambda: repr(r2)),
    T(lambda: repr(d1)),
    T(lambda: repr(u1)),
    T(lambda: repr(R.constant([[True], []]))),
    T(lambda: repr(R.constant([[1.5, 2], []], dtype=tf.float64))),
    T(lambda: repr(R.constant([[], []]))),
    T(lambda: repr(R.constant([[], []], dtype=tf.string))),
    T(lambda: repr(R.constant([[1+2j]]))),
    T(lambda: repr(R.constant([[[1.0, 2.0]], []], ragged_rank=1))),
    T(lambda: repr(R.constant([list(range(30)), [1]]))),
]""",
    "text_2": PRELUDE
    + """
[
    T(lambda: repr(R.constant([[1.23456789, 1e10], [1e-5]]))),
    T(lambda: repr(RT.from_row_splits([], [0]))),
    T(lambda: repr(r1[0])),
    T(lambda: f"{r1}"),
    T(lambda: repr(R.constant([["it's", 'q"'], [b"\\xff"]]))),
    T(lambda: repr(R.constant([[1]] * 1500))[:200]),
    T(lambda: repr(tf.RaggedTensorSpec([None, None], tf.int32))),
    T(lambda: repr(tf.RaggedTensorSpec([2, None, 3], tf.string, ragged_rank=1, row_splits_dtype=tf.int32))),
    T(lambda: repr(tf.type_spec_from_value(r1))),
    T(lambda: repr(tf.type_spec_from_value(d1))),
]""",
    "constant_1": PRELUDE
    + """
[
    T(lambda: R.constant([1, 2, 3])),
    T(lambda: R.constant([[1, 2], [3]])),
    T(lambda: R.constant([[1, 2], [3, 4]])),
    T(lambda: R.constant(5)),
    T(lambda: R.constant([])),
    T(lambda: R.constant([[]])),
    T(lambda: R.constant([[], [], []])),
    T(lambda: R.constant([[[]], []])),
    T(lambda: R.constant([[[1, 2]], []], ragged_rank=1)),
    T(lambda: R.constant([[[1, 2]], []], ragged_rank=2)),
    T(lambda: R.constant([[[1, 2]], []], inner_shape=(2,))),
    T(lambda: R.constant([[1, 2], [3]], dtype=tf.float64)),
    T(lambda: R.constant([[1, 2], [3]], row_splits_dtype=tf.int32)),
    T(lambda: R.constant([[1, [2]], [3]])),
]""",
    "constant_2": PRELUDE
    + """
[
    T(lambda: R.constant([[1, 2], [3]], ragged_rank=3)),
    T(lambda: R.constant([[1, 2], [3]], ragged_rank=0)),
    T(lambda: R.constant([[1, 2], [3, 4]], ragged_rank=0)),
    T(lambda: R.constant([[1.5, 2], [3]], dtype=tf.int32)),
    T(lambda: R.constant([["a"], ["b", "c"]])),
    T(lambda: R.constant([(1, 2), (3,)])),
    T(lambda: R.constant([N([1, 2]), N([3])])),
    T(lambda: R.constant([[1, 2], [3]], inner_shape=(1,))),
    T(lambda: R.constant([[[1], [2]], [[3]]], inner_shape=(1,))),
    T(lambda: R.constant([[1], ["a"]])),
    T(lambda: R.constant([[1, 2.5], [3]])),
    T(lambda: R.constant(N([[1, 2], [3, 4]]))),
    T(lambda: R.constant([[True], []]).dtype),
    T(lambda: R.constant([[], []], dtype=tf.int32).shape),
]""",
    "constant_3": PRELUDE
    + """
[
    T(lambda: R.constant([[[], []], [[]]]).shape),
    T(lambda: R.constant([[None]])),
    T(lambda: R.constant([1, 2], ragged_rank=-1)),
]""",
    "factory_1": PRELUDE
    + """
[
    T(lambda: RT.from_row_splits([3, 1, 4], [0, 2, 2, 3])),
    T(lambda: RT.from_row_splits([3, 1, 4], [0, 2, 2])),
    T(lambda: RT.from_row_splits([3, 1, 4], [1, 2, 3])),
    T(lambda: RT.from_row_splits([3, 1, 4], [0, 3, 2, 3])),
    T(lambda: RT.from_row_splits([3, 1, 4], [])),
    T(lambda: RT.from_row_splits([3, 1, 4], c([0, 3], tf.int32)).row_splits),
    T(lambda: RT.from_row_splits([3, 1, 4], [0.0, 3.0])),
    T(lambda: RT.from_row_splits([3, 1, 4], c([0.0, 3.0]))),
    T(lambda: RT.from_row_splits([3, 1, 4], [[0, 3]])),
    T(lambda: RT.from_row_splits([3, 1, 4], [0, 5], validate=False).shape),
    T(lambda: RT.from_row_lengths([3, 1, 4], [1, 0, 2])),
    T(lambda: RT.from_row_lengths([3, 1, 4], [1, 0])),
    T(lambda: RT.from_row_lengths([3, 1, 4], [-1, 4])),
    T(lambda: RT.from_row_starts([3, 1, 4], [0, 1, 1])),
]""",
    "factory_2": PRELUDE
    + """
[
    T(lambda: RT.from_row_starts([3, 1, 4], [1, 2])),
    T(lambda: RT.from_row_starts([3, 1, 4], [0, 4])),
    T(lambda: RT.from_row_limits([3, 1, 4], [1, 1, 3])),
    T(lambda: RT.from_row_limits([3, 1, 4], [1, 1, 2])),
    T(lambda: RT.from_value_rowids([3, 1, 4], [0, 0, 2])),
    T(lambda: RT.from_value_rowids([3, 1, 4], [0, 0, 2], nrows=5)),
    T(lambda: RT.from_value_rowids([3, 1, 4], [0, 0, 2], nrows=2)),
    T(lambda: RT.from_value_rowids([3, 1, 4], [0, 2, 0])),
    T(lambda: RT.from_value_rowids([3, 1, 4], [0, 2])),
    T(lambda: RT.from_value_rowids([3, 1, 4], [0, 0, 2], nrows=-1)),
    T(lambda: RT.from_value_rowids([], [], nrows=2)),
    T(lambda: RT.from_value_rowids(c([], f32), c([], i64)).shape),
    T(lambda: RT.from_value_rowids([3, 1, 4], [0, 0, 2], nrows=c([3]))),
    T(lambda: RT.from_uniform_row_length([1, 2, 3, 4], 2)),
]""",
    "factory_3": PRELUDE
    + """
[
    T(lambda: RT.from_uniform_row_length([1, 2, 3, 4], 3)),
    T(lambda: RT.from_uniform_row_length([1, 2, 3, 4], 2, nrows=3)),
    T(lambda: RT.from_uniform_row_length(c([], f32), 0, nrows=2)),
    T(lambda: RT.from_uniform_row_length(c([], f32), 0)),
    T(lambda: RT.from_uniform_row_length([1, 2], -1)),
    T(lambda: RT.from_uniform_row_length([1, 2, 3, 4], c(2)).uniform_row_length),
    T(lambda: RT.from_uniform_row_length([1, 2, 3, 4], 2).shape),
    T(lambda: RT.from_nested_row_splits([1, 2, 3], [[0, 1, 2], [0, 1, 3]])),
    T(lambda: RT.from_nested_row_splits([1, 2, 3], [[0, 1, 2], c([0, 1, 3], tf.int32)])),
    T(lambda: RT.from_nested_row_splits([1, 2, 3], [c([0, 1, 2]), c([0, 1, 3])]).row_splits),
    T(lambda: RT.from_nested_row_splits([1, 2, 3], c([0, 3]))),
    T(lambda: RT.from_nested_row_lengths([1, 2, 3], [[2], [1, 2]])),
    T(lambda: RT.from_nested_value_rowids([1, 2, 3], [[0, 0], [0, 1, 1]])),
    T(lambda: RT.from_nested_value_rowids([1, 2, 3], [[0, 0], [0, 1, 1]], nested_nrows=[2, 3])),
]""",
    "factory_4": PRELUDE
    + """
[
    T(lambda: RT.from_nested_value_rowids([1, 2, 3], [[0, 0], [0, 1, 1]], nested_nrows=[2])),
    T(lambda: RT.from_nested_row_splits([1, 2], [])),
    T(lambda: RT([1], None)),
    T(lambda: RT.from_row_splits(r1, [0, 1, 4])),
    T(lambda: RT.from_row_splits(["a", "b"], [0, 2])),
    T(lambda: RT.from_tensor([[1, 0], [2, 3]])),
    T(lambda: RT.from_tensor([[1, 0], [2, 3]]).shape),
    T(lambda: RT.from_tensor([[1, 0], [2, 3]], padding=0)),
    T(lambda: RT.from_tensor([[1, 0, 2, 0], [0, 0, 0, 0]], padding=0)),
    T(lambda: RT.from_tensor([[1, 0], [2, 3]], lengths=[1, 2])),
    T(lambda: RT.from_tensor([[1, 0], [2, 3]], lengths=[1, 5])),
    T(lambda: RT.from_tensor([[1, 0], [2, 3]], lengths=[1, -1])),
    T(lambda: RT.from_tensor([[1, 0], [2, 3]], lengths=[1])),
    T(lambda: RT.from_tensor([[1, 0], [2, 3]], lengths=[1, 2], padding=0)),
]""",
    "factory_5": PRELUDE
    + """
[
    T(lambda: RT.from_tensor([[[1, 0], [2, 3]], [[4, 5], [6, 7]]], ragged_rank=2)),
    T(lambda: RT.from_tensor([[[1, 0], [2, 3]], [[4, 5], [6, 7]]], lengths=([2, 1], [1, 2, 1]))),
    T(lambda: RT.from_tensor([[[1, 0], [0, 0]], [[4, 5], [6, 7]]], padding=[0, 0])),
    T(lambda: RT.from_tensor([[[1, 0], [0, 0]], [[4, 5], [6, 7]]], padding=0, ragged_rank=2)),
    T(lambda: RT.from_tensor([[[1, 0], [0, 0]], [[4, 5], [6, 7]]], padding=0)),
    T(lambda: RT.from_tensor([1, 2])),
    T(lambda: RT.from_tensor([[1, 2]], ragged_rank=0)),
    T(lambda: RT.from_tensor([[1, 2]], ragged_rank=1.0)),
    T(lambda: RT.from_tensor([[1, 2]], ragged_rank=2)),
    T(lambda: RT.from_tensor([["a", ""], ["b", "c"]], padding="")),
    T(lambda: RT.from_tensor([[1.0, 0], [2, 3]], row_splits_dtype=tf.int32).row_splits),
    T(lambda: RT.from_tensor(tf.zeros([0, 3]))),
    T(lambda: RT.from_tensor(tf.zeros([2, 0]))),
    T(lambda: RT.from_tensor([[1.0, float("nan")], [2, 3]], padding=float("nan"))),
]""",
    "parts_1": PRELUDE
    + """
[
    T(lambda: r1.values),
    T(lambda: r1.flat_values),
    T(lambda: r2.values),
    T(lambda: r2.flat_values),
    T(lambda: r1.row_splits),
    T(lambda: r1.row_starts()),
    T(lambda: r1.row_limits()),
    T(lambda: r1.row_lengths()),
    T(lambda: r2.row_lengths()),
    T(lambda: r2.row_lengths(axis=2)),
    T(lambda: r1.row_lengths(axis=0)),
    T(lambda: d1.row_lengths(axis=2)),
    T(lambda: r1.row_lengths(axis=3)),
    T(lambda: r1.value_rowids()),
]""",
    "parts_2": PRELUDE
    + """
[
    T(lambda: r1.nrows()),
    T(lambda: r1.nrows(out_type=tf.int32)),
    T(lambda: i1.nrows()),
    T(lambda: r1.nvals),
    T(lambda: r2.nested_row_splits),
    T(lambda: r2.nested_row_lengths()),
    T(lambda: r2.nested_value_rowids()),
    T(lambda: r1.ragged_rank),
    T(lambda: r2.ragged_rank),
    T(lambda: d1.ragged_rank),
    T(lambda: u1.ragged_rank),
    T(lambda: r1.shape),
    T(lambda: r2.shape),
    T(lambda: d1.shape),
]""",
    "parts_3": PRELUDE
    + """
[
    T(lambda: u1.shape),
    T(lambda: u1.uniform_row_length),
    T(lambda: r1.uniform_row_length),
    T(lambda: u1.values),
    T(lambda: r1.dtype),
    T(lambda: r1.get_shape()),
    T(lambda: r1.bounding_shape()),
    T(lambda: r2.bounding_shape()),
    T(lambda: d1.bounding_shape()),
    T(lambda: r2.bounding_shape(axis=1)),
    T(lambda: r2.bounding_shape(axis=[0, 2])),
    T(lambda: r2.bounding_shape(out_type=tf.int32)),
    T(lambda: r1.consumers()),
    T(lambda: r1.to_list()),
]""",
    "parts_4": PRELUDE
    + """
[
    T(lambda: r2.to_list()),
    T(lambda: s1.to_list()),
    T(lambda: d1.to_list()),
    T(lambda: r1.numpy()),
    T(lambda: r2.numpy().tolist()),
    T(lambda: d1.numpy()[1]),
    T(lambda: R.constant([[1, 2], [3, 4]]).numpy()),
    T(lambda: len(r1)),
    T(lambda: bool(r1)),
    T(lambda: hash(r1)),
    T(lambda: [x for x in r1]),
    T(lambda: list(d1)[0]),
    T(lambda: r1 in [1]),
    T(lambda: tf.is_tensor(r1)),
]""",
    "parts_5": PRELUDE
    + """
[
    T(lambda: isinstance(r1, tf.Tensor)),
    T(lambda: r1.with_values([1, 2, 3, 4, 5, 6])),
    T(lambda: r1.with_values([1, 2])),
    T(lambda: r1.with_values(["a", "b", "c", "d", "e", "f"])),
    T(lambda: r1.with_values(5)),
    T(lambda: r2.with_values([1, 2, 3, 4, 5])),
    T(lambda: r2.with_flat_values([1, 2, 3, 4, 5, 6, 7])),
    T(lambda: r1.with_flat_values(tf.reshape(tf.range(12), [6, 2]))),
    T(lambda: r1.with_row_splits_dtype(tf.int32).row_splits),
    T(lambda: r2.with_row_splits_dtype("int32").values.row_splits),
    T(lambda: r1.with_row_splits_dtype(tf.float32)),
    T(lambda: r2.merge_dims(0, 1)),
    T(lambda: r2.merge_dims(1, 2)),
    T(lambda: r2.merge_dims(0, 2)),
]""",
    "parts_6": PRELUDE
    + """
[
    T(lambda: r2.merge_dims(-2, -1)),
    T(lambda: r2.merge_dims(1, 1)),
    T(lambda: r2.merge_dims(2, 1)),
    T(lambda: r2.merge_dims(0, 5)),
    T(lambda: d1.merge_dims(0, 1)),
    T(lambda: d1.merge_dims(1, 2)),
    T(lambda: d1.merge_dims(0, 2)),
    T(lambda: u1.merge_dims(0, 1)),
    T(lambda: u1.merge_dims(1, 2)),
]""",
    "dense_1": PRELUDE
    + """
[
    T(lambda: r1.to_tensor()),
    T(lambda: r1.to_tensor(-1)),
    T(lambda: r1.to_tensor(default_value=[7])),
    T(lambda: r1.to_tensor(shape=[None, 2])),
    T(lambda: r1.to_tensor(shape=[5, 4])),
    T(lambda: r1.to_tensor(shape=[2, None])),
    T(lambda: r1.to_tensor(shape=(None, None))),
    T(lambda: r1.to_tensor(shape=[None])),
    T(lambda: r1.to_tensor(0.5)),
    T(lambda: r1.to_tensor(default_value=c(1.0))),
    T(lambda: r2.to_tensor()),
    T(lambda: r2.to_tensor(shape=[3, 2, 2])),
    T(lambda: r2.to_tensor(-1, shape=[None, 4, None])),
    T(lambda: d1.to_tensor()),
]""",
    "dense_2": PRELUDE
    + """
[
    T(lambda: d1.to_tensor(default_value=[8.0, 9.0])),
    T(lambda: d1.to_tensor(default_value=[8.0, 9.0, 1.0])),
    T(lambda: d1.to_tensor(shape=[None, None, 3])),
    T(lambda: d1.to_tensor(shape=[None, 2, 1])),
    T(lambda: s1.to_tensor()),
    T(lambda: s1.to_tensor("x")),
    T(lambda: u1.to_tensor()),
    T(lambda: R.constant([[True], []]).to_tensor()),
    T(lambda: R.constant([[], []]).to_tensor()),
    T(lambda: r1.to_sparse()),
    T(lambda: r2.to_sparse()),
    T(lambda: d1.to_sparse()),
    T(lambda: s1.to_sparse()),
    T(lambda: u1.to_sparse()),
]""",
    "dense_3": PRELUDE
    + """
[
    T(lambda: RT.from_sparse(tf.SparseTensor([[0, 0], [0, 1], [2, 0]], [1, 2, 3], [4, 3]))),
    T(lambda: RT.from_sparse(tf.SparseTensor([[0, 1]], [1], [4, 3]))),
    T(lambda: RT.from_sparse(tf.SparseTensor([[1]], [1], [4]))),
    T(lambda: RT.from_sparse(c([1]))),
    T(lambda: RT.from_sparse(tf.SparseTensor([[0, 0]], ["a"], [2, 3]), row_splits_dtype=tf.int32).row_splits),
    T(lambda: np.array(R.constant([[1, 2], [3, 4]]).to_tensor())),
]""",
    "index_1": PRELUDE
    + """
[
    T(lambda: r1[0]),
    T(lambda: r1[-1]),
    T(lambda: r1[4]),
    T(lambda: r1[-5]),
    T(lambda: r1[c(2)]),
    T(lambda: r1[2, 1]),
    T(lambda: r1[2, 5]),
    T(lambda: r1[2, -1]),
    T(lambda: r1[1, 0]),
    T(lambda: r1[:]),
    T(lambda: r1[1:]),
    T(lambda: r1[:2]),
    T(lambda: r1[-2:]),
    T(lambda: r1[::2]),
]""",
    "index_2": PRELUDE
    + """
[
    T(lambda: r1[::-1]),
    T(lambda: r1[3:1]),
    T(lambda: r1[:, :2]),
    T(lambda: r1[:, 1:]),
    T(lambda: r1[:, -1:]),
    T(lambda: r1[:, :-1]),
    T(lambda: r1[:, ::2]),
    T(lambda: r1[:, ::-1]),
    T(lambda: r1[:, 1:0]),
    T(lambda: r1[:, 0]),
    T(lambda: r1[1:3, :1]),
    T(lambda: r1[0, 1:]),
    T(lambda: r1[...]),
    T(lambda: r1[..., :1]),
]""",
    "index_3": PRELUDE
    + """
[
    T(lambda: r1[0, ...]),
    T(lambda: r1[tf.newaxis]),
    T(lambda: r1[:, tf.newaxis]),
    T(lambda: r1[:, :, tf.newaxis]),
    T(lambda: r1[0, tf.newaxis]),
    T(lambda: r1[..., tf.newaxis]),
    T(lambda: r1[0, 0, 0]),
    T(lambda: r1["a"]),
    T(lambda: r1[1.0]),
    T(lambda: r1[:, :, 0]),
    T(lambda: r1[[0, 1]]),
    T(lambda: r1[..., ...]),
    T(lambda: r1[True]),
    T(lambda: r2[0]),
]""",
    "index_4": PRELUDE
    + """
[
    T(lambda: r2[2, 1]),
    T(lambda: r2[2, 1, 0]),
    T(lambda: r2[:, 0]),
    T(lambda: r2[:, :1]),
    T(lambda: r2[:, :, :1]),
    T(lambda: r2[:, 1:, 1:]),
    T(lambda: r2[2, :, :1]),
    T(lambda: r2[0, 0]),
    T(lambda: r2[..., 0]),
    T(lambda: r2[::2, ::-1]),
    T(lambda: r2[2, 1:]),
    T(lambda: d1[0]),
    T(lambda: d1[1, 2]),
    T(lambda: d1[1, 2, 0]),
]""",
    "index_5": PRELUDE
    + """
[
    T(lambda: d1[:, :1]),
    T(lambda: d1[:, :, 0]),
    T(lambda: d1[:, :, 1:]),
    T(lambda: d1[..., 0]),
    T(lambda: d1[:, :, -1]),
    T(lambda: d1[1, :, 0]),
    T(lambda: d1[:, :, tf.newaxis].shape),
    T(lambda: u1[0]),
    T(lambda: u1[:, 0]),
    T(lambda: u1[:, 1]),
    T(lambda: u1[:, -1]),
    T(lambda: u1[:, 2]),
    T(lambda: u1[:, :1]),
    T(lambda: u1[:, 0:2].shape),
]""",
    "index_6": PRELUDE
    + """
[
    T(lambda: u1[:, :, :1]),
    T(lambda: u1[1, 1]),
    T(lambda: s1[0]),
    T(lambda: s1[0, 1]),
    T(lambda: r1[c(1):c(3)]),
    T(lambda: r1.__getitem__(slice(1, 3))),
    T(lambda: tf.slice(r1, [0, 0], [1, 1])),
]""",
    "reduce_1": PRELUDE
    + """
[
    T(lambda: tf.reduce_sum(r1)),
    T(lambda: tf.reduce_sum(r1, 0)),
    T(lambda: tf.reduce_sum(r1, 1)),
    T(lambda: tf.reduce_sum(r1, -1)),
    T(lambda: tf.reduce_sum(r1, [0, 1])),
    T(lambda: tf.reduce_sum(r1, 1, keepdims=True)),
    T(lambda: tf.reduce_sum(r1, 0, keepdims=True)),
    T(lambda: tf.reduce_sum(r1, keepdims=True)),
    T(lambda: tf.reduce_sum(r1, 2)),
    T(lambda: tf.reduce_sum(r1, [1, 1])),
    T(lambda: tf.reduce_sum(r2, 0)),
    T(lambda: tf.reduce_sum(r2, 1)),
    T(lambda: tf.reduce_sum(r2, 2)),
    T(lambda: tf.reduce_sum(r2, [0, 2])),
]""",
    "reduce_2": PRELUDE
    + """
[
    T(lambda: tf.reduce_sum(r2, [1, 2])),
    T(lambda: tf.reduce_sum(r2, [0, 1])),
    T(lambda: tf.reduce_sum(r2, -1, keepdims=True)),
    T(lambda: tf.reduce_sum(r2, [0, 1], keepdims=True)),
    T(lambda: tf.reduce_sum(d1, 0)),
    T(lambda: tf.reduce_sum(d1, 1)),
    T(lambda: tf.reduce_sum(d1, 2)),
    T(lambda: tf.reduce_sum(d1, [1, 2])),
    T(lambda: tf.reduce_sum(u1, 1)),
    T(lambda: tf.reduce_sum(u1, 2)),
    T(lambda: tf.reduce_sum(i1, 1)),
    T(lambda: tf.reduce_sum(r1, axis=c(1))),
    T(lambda: tf.reduce_sum(r1, axis=c([0, 1]))),
    T(lambda: tf.reduce_prod(r1, 1)),
]""",
    "reduce_3": PRELUDE
    + """
[
    T(lambda: tf.reduce_max(r1, 1)),
    T(lambda: tf.reduce_min(r1, 1)),
    T(lambda: tf.reduce_max(f1, 0)),
    T(lambda: tf.reduce_max(f1, 1)),
    T(lambda: tf.reduce_min(f1)),
    T(lambda: tf.reduce_mean(f1, 1)),
    T(lambda: tf.reduce_mean(f1, 0)),
    T(lambda: tf.reduce_mean(f1)),
    T(lambda: tf.reduce_mean(r1, 1)),
    T(lambda: tf.reduce_mean(r1, 0)),
    T(lambda: tf.reduce_mean(f1, 1, keepdims=True)),
    T(lambda: tf.reduce_mean(d1, 1)),
    T(lambda: tf.reduce_mean(r2, [1, 2])),
    T(lambda: tf.reduce_variance(f1, 1) if hasattr(tf, "reduce_variance") else 0),
]""",
    "reduce_4": PRELUDE
    + """
[
    T(lambda: tf.math.reduce_variance(f1, 1)),
    T(lambda: tf.math.reduce_variance(f1, 0)),
    T(lambda: tf.math.reduce_variance(f1)),
    T(lambda: tf.math.reduce_std(f1, 1)),
    T(lambda: tf.math.reduce_std(f1)),
    T(lambda: tf.math.reduce_variance(r1, 1)),
    T(lambda: tf.reduce_any(r1 > 3, 1)),
    T(lambda: tf.reduce_all(r1 > 3, 1)),
    T(lambda: tf.reduce_all(r1 > 0)),
    T(lambda: tf.reduce_any(r1 > 3, 0)),
    T(lambda: tf.reduce_all(r1 > 3, 1, keepdims=True)),
    T(lambda: tf.reduce_any(r1, 1)),
    T(lambda: tf.reduce_logsumexp(f1, 1)),
    T(lambda: tf.math.count_nonzero(r1)),
]""",
    "reduce_5": PRELUDE
    + """
[
    T(lambda: tf.math.reduce_euclidean_norm(f1, 1)),
    T(lambda: tf.argmax(r1, 1)),
    T(lambda: tf.norm(f1)),
    T(lambda: tf.reduce_sum(s1)),
    T(lambda: tf.math.unsorted_segment_sum(r1, [0, 1, 0, 1], 2)),
    T(lambda: tf.math.unsorted_segment_sum(f1, R.constant([[0, 1], [], [0, 0, 1]]), 2)),
    T(lambda: tf.math.unsorted_segment_mean(f1, [1, 1, 0], 2)),
    T(lambda: tf.math.unsorted_segment_max(r1, [0, 0, 1, 1], 2)),
    T(lambda: tf.math.unsorted_segment_min(r1, [0, 0, 1, 1], 3)),
    T(lambda: tf.math.unsorted_segment_prod(r1, [0, 0, 0, 0], 1)),
    T(lambda: tf.math.unsorted_segment_sqrt_n(f1, [0, 0, 0], 1)),
    T(lambda: tf.math.segment_sum(r1, [0, 0, 1, 1])),
]""",
    "elementwise_1": PRELUDE
    + """
[
    T(lambda: r1 + 1),
    T(lambda: 1 + r1),
    T(lambda: r1 - r1),
    T(lambda: 10 - r1),
    T(lambda: r1 * 2),
    T(lambda: r1 / 2),
    T(lambda: 1 / R.constant([[1, 2], [4]])),
    T(lambda: r1 // 2),
    T(lambda: 7 // R.constant([[1, 2], [4]])),
    T(lambda: r1 % 2),
    T(lambda: 10 % R.constant([[3, 4], [7]])),
    T(lambda: r1 ** 2),
    T(lambda: 2 ** r1),
    T(lambda: -r1),
]""",
    "elementwise_2": PRELUDE
    + """
[
    T(lambda: abs(-r1)),
    T(lambda: ~(r1 > 3)),
    T(lambda: (r1 > 3) & (r1 < 6)),
    T(lambda: (r1 > 3) | (r1 < 2)),
    T(lambda: (r1 > 3) ^ (r1 < 6)),
    T(lambda: True & (r1 > 3)),
    T(lambda: r1 == r1),
    T(lambda: r1 != 3),
    T(lambda: r1 == 3),
    T(lambda: r1 == None),
    T(lambda: r1 != None),
    T(lambda: r1 == R.constant([[1], [2]])),
    T(lambda: r1 != R.constant([[1], [2]])),
    T(lambda: r1 < 4),
]""",
    "elementwise_3": PRELUDE
    + """
[
    T(lambda: r1 >= 4),
    T(lambda: 4 <= r1),
    T(lambda: r1 + c([[1], [2], [3], [4]])),
    T(lambda: c([[1], [2], [3], [4]]) + r1),
    T(lambda: r1 + c([1, 2, 3])),
    T(lambda: r1 + c([1])),
    T(lambda: r1 + c([[1]])),
    T(lambda: r1 + c([[1], [2]])),
    T(lambda: r1 + c([[[1]], [[2]]])),
    T(lambda: r1 + R.constant([[10], [20], [30], [40]])),
    T(lambda: r1 + R.constant([[10]])),
    T(lambda: r1 + R.constant([[1, 2], [3]])),
    T(lambda: r1 + i1),
    T(lambda: r1 + 1.5),
]""",
    "elementwise_4": PRELUDE
    + """
[
    T(lambda: f1 + 1),
    T(lambda: f1 + r1),
    T(lambda: r1 + c(1.0)),
    T(lambda: r1 + N(2)),
    T(lambda: f1 + N([1.0])),
    T(lambda: r1 + [1]),
    T(lambda: r2 + 1),
    T(lambda: r2 + r2),
    T(lambda: r2 + c([[[1]], [[2]], [[3]]])),
    T(lambda: r2 + R.constant([[10], [], [20]], ragged_rank=1)),
    T(lambda: r2 + r1),
    T(lambda: r2 + R.constant([[[10], [20]], [], [[1], [2], [3]]])),
    T(lambda: d1 + 1),
    T(lambda: d1 + c([10.0, 20.0])),
]""",
    "elementwise_5": PRELUDE
    + """
[
    T(lambda: d1 + c([[[10.0, 20.0]]])),
    T(lambda: d1 + c([[[1.0]], [[2.0]], [[3.0]], [[4.0]]])),
    T(lambda: d1 * d1),
    T(lambda: u1 + 1),
    T(lambda: u1 + c([[[1], [2]], [[3], [4]]])),
    T(lambda: u1 + u1),
    T(lambda: s1 + "x"),
    T(lambda: "x" + s1),
    T(lambda: s1 + s1),
    T(lambda: s1 == "a"),
    T(lambda: r1 @ r1),
    T(lambda: f1.__add__(1.0)),
    T(lambda: r1 + N([[1], [2], [3], [4]])),
    T(lambda: r1 + tf.Variable(1)),
]""",
    "elementwise_6": PRELUDE
    + """
[
    T(lambda: tf.Variable(1) + r1),
    T(lambda: r1 << 1),
    T(lambda: divmod(r1, 2)),
    T(lambda: round(f1)),
    T(lambda: tf.add(r1, r1)),
    T(lambda: tf.subtract(r1, 1)),
    T(lambda: tf.multiply(x=r1, y=2)),
    T(lambda: tf.divide(r1, 2)),
    T(lambda: tf.math.truediv(r1, 2)),
    T(lambda: tf.math.floordiv(r1, 2)),
    T(lambda: tf.math.floormod(r1, 2)),
    T(lambda: tf.math.mod(r1, 2)),
    T(lambda: tf.pow(r1, 2)),
    T(lambda: tf.maximum(r1, 4)),
]""",
    "elementwise_7": PRELUDE
    + """
[
    T(lambda: tf.minimum(4, r1)),
    T(lambda: tf.math.squared_difference(r1, 2)),
    T(lambda: tf.math.divide_no_nan(f1, 0.0)),
    T(lambda: tf.math.divide_no_nan(1.0, f1)),
    T(lambda: tf.math.multiply_no_nan(f1, 0.0)),
    T(lambda: tf.math.xlogy(f1, 2.0)),
    T(lambda: tf.math.xdivy(f1, 2.0)),
    T(lambda: tf.math.xlog1py(f1, 2.0)),
    T(lambda: tf.math.atan2(f1, 1.0)),
    T(lambda: tf.math.zeta(f1 + 5.0, 2.0)),
    T(lambda: tf.math.logical_and(r1 > 1, r1 < 5)),
    T(lambda: tf.math.logical_xor(r1 > 1, r1 < 5)),
    T(lambda: tf.math.logical_or(r1 > 1, False)),
    T(lambda: tf.math.logical_not(r1 > 1)),
]""",
    "elementwise_8": PRELUDE
    + """
[
    T(lambda: tf.equal(r1, 3)),
    T(lambda: tf.not_equal(r1, 3)),
    T(lambda: tf.greater(r1, 3)),
    T(lambda: tf.less_equal(3, r1)),
    T(lambda: tf.equal(r1, R.constant([[1], [2]]))),
    T(lambda: tf.truncatediv(r1, 2)),
    T(lambda: tf.truncatemod(r1, 2)),
    T(lambda: tf.realdiv(f1, 2.0)),
    T(lambda: tf.complex(f1, f1)),
    T(lambda: tf.complex(f1, 0.0)),
    T(lambda: tf.bitwise.bitwise_and(r1, 1)),
    T(lambda: tf.bitwise.bitwise_or(r1, 1)),
    T(lambda: tf.bitwise.bitwise_xor(r1, r1)),
    T(lambda: tf.bitwise.left_shift(r1, 1)),
]""",
    "elementwise_9": PRELUDE
    + """
[
    T(lambda: tf.bitwise.right_shift(r1, 1)),
    T(lambda: tf.bitwise.invert(r1)),
    T(lambda: tf.math.nextafter(tf.cast(f1, tf.float64), 2.0)),
    T(lambda: tf.math.scalar_mul(2.0, f1)),
    T(lambda: tf.math.scalar_mul(f1, 2.0)),
    T(lambda: tf.math.add_n([r1, r1, r1])),
    T(lambda: tf.math.add_n([r1, R.constant([[1]])])),
    T(lambda: tf.math.add_n([r1])),
    T(lambda: tf.nn.sigmoid_cross_entropy_with_logits(f1, f1)),
    T(lambda: tf.nn.sigmoid_cross_entropy_with_logits(labels=f1, logits=f1)),
    T(lambda: tf.debugging.assert_equal(r1, r1)),
    T(lambda: tf.debugging.assert_equal(r1, r1 + 1)),
    T(lambda: tf.debugging.assert_less(r1, 10)),
    T(lambda: tf.debugging.assert_less(r1, 5)),
]""",
    "elementwise_10": PRELUDE
    + """
[
    T(lambda: tf.debugging.assert_near(f1, f1 + 1e-9)),
    T(lambda: tf.debugging.assert_greater_equal(r1, 1)),
    T(lambda: tf.debugging.assert_none_equal(r1, 3)),
    T(lambda: tf.debugging.check_numerics(f1, "x")),
    T(lambda: tf.debugging.check_numerics(f1 / 0.0, "x")),
]""",
    "unary_1": PRELUDE
    + """
[
    T(lambda: tf.abs(-r1)),
    T(lambda: tf.math.acos(f1 / 5)),
    T(lambda: tf.math.acosh(f1 + 10)),
    T(lambda: tf.math.angle(f1)),
    T(lambda: tf.math.asin(f1 / 5)),
    T(lambda: tf.math.asinh(f1)),
    T(lambda: tf.math.atan(f1)),
    T(lambda: tf.math.atanh(f1 / 5)),
    T(lambda: tf.math.bessel_i0(f1)),
    T(lambda: tf.math.bessel_i1e(f1)),
    T(lambda: tf.math.special.bessel_j0(f1 + 4)),
    T(lambda: tf.math.special.dawsn(f1)),
    T(lambda: tf.math.special.expint(f1)),
    T(lambda: tf.math.special.fresnel_cos(f1)),
]""",
    "unary_2": PRELUDE
    + """
[
    T(lambda: tf.math.special.spence(f1 + 4)),
    T(lambda: tf.math.ceil(f1)),
    T(lambda: tf.math.conj(f1)),
    T(lambda: tf.cos(f1)),
    T(lambda: tf.cosh(f1)),
    T(lambda: tf.math.digamma(f1)),
    T(lambda: tf.math.erf(f1)),
    T(lambda: tf.math.erfc(f1)),
    T(lambda: tf.math.erfinv(f1 / 5)),
    T(lambda: tf.math.erfcinv(f1 / 5)),
    T(lambda: tf.exp(f1)),
    T(lambda: tf.math.expm1(f1)),
    T(lambda: tf.floor(f1)),
    T(lambda: tf.math.imag(tf.complex(f1, f1))),
]""",
    "unary_3": PRELUDE
    + """
[
    T(lambda: tf.math.real(f1)),
    T(lambda: tf.math.is_finite(f1)),
    T(lambda: tf.math.is_inf(f1)),
    T(lambda: tf.math.is_nan(f1)),
    T(lambda: tf.math.lgamma(f1)),
    T(lambda: tf.math.log(f1)),
    T(lambda: tf.math.log1p(f1)),
    T(lambda: tf.math.log_sigmoid(f1)),
    T(lambda: tf.math.ndtri(f1 / 10 + 0.5)),
    T(lambda: tf.negative(r1)),
    T(lambda: tf.math.reciprocal(f1)),
    T(lambda: tf.math.reciprocal_no_nan(f1)),
    T(lambda: tf.math.rint(f1)),
    T(lambda: tf.round(f1)),
]""",
    "unary_4": PRELUDE
    + """
[
    T(lambda: tf.math.rsqrt(f1)),
    T(lambda: tf.sigmoid(f1)),
    T(lambda: tf.sign(f1)),
    T(lambda: tf.sin(f1)),
    T(lambda: tf.sinh(f1)),
    T(lambda: tf.math.softplus(f1)),
    T(lambda: tf.nn.softsign(f1)),
    T(lambda: tf.sqrt(f1)),
    T(lambda: tf.square(r1)),
    T(lambda: tf.tan(f1)),
    T(lambda: tf.tanh(f1)),
    T(lambda: tf.cast(r1, f32)),
    T(lambda: tf.cast(f1, tf.int32)),
    T(lambda: tf.cast(r1, "bool")),
]""",
    "unary_5": PRELUDE
    + """
[
    T(lambda: tf.cast(r1, r1.dtype)),
    T(lambda: tf.saturate_cast(r1 * 100, tf.int8)),
    T(lambda: tf.clip_by_value(r1, 2, 5)),
    T(lambda: tf.ones_like(r1)),
    T(lambda: tf.zeros_like(f1)),
    T(lambda: tf.ones_like(r1, dtype=f32)),
    T(lambda: tf.zeros_like(s1)),
    T(lambda: tf.identity(r1)),
    T(lambda: tf.stop_gradient(f1)),
    T(lambda: tf.bitcast(f1, tf.int32)),
    T(lambda: tf.bitcast(R.constant([[1, 2]], dtype=i64), tf.int32)),
    T(lambda: tf.bitcast(r1, i64)),
    T(lambda: tf.nn.relu(f1)),
    T(lambda: tf.nn.relu6(f1)),
]""",
    "unary_6": PRELUDE
    + """
[
    T(lambda: tf.nn.elu(f1)),
    T(lambda: tf.nn.selu(f1)),
    T(lambda: tf.nn.gelu(f1)),
    T(lambda: tf.nn.gelu(f1, approximate=True)),
    T(lambda: tf.nn.silu(f1)),
    T(lambda: tf.nn.swish(f1)),
    T(lambda: tf.nn.leaky_relu(f1, 0.1)),
    T(lambda: tf.nn.softmax(f1)),
    T(lambda: tf.nn.softmax(f1, axis=0)),
    T(lambda: tf.nn.softmax(d1, axis=1)),
    T(lambda: tf.nn.log_softmax(d1)),
    T(lambda: tf.nn.crelu(d1)),
    T(lambda: tf.nn.dropout(f1, 0.0)),
    T(lambda: tf.nn.dropout(f1, 0.5, noise_shape=[1])),
]""",
    "unary_7": PRELUDE
    + """
[
    T(lambda: tf.nn.tanh(f1)),
    T(lambda: tf.nn.l2_normalize(f1, 1)),
    T(lambda: tf.strings.as_string(r1)),
    T(lambda: tf.strings.length(s1)),
    T(lambda: tf.strings.lower(s1)),
    T(lambda: tf.strings.upper(s1)),
    T(lambda: tf.strings.strip(s1)),
    T(lambda: tf.strings.substr(s1, 0, 1)),
    T(lambda: tf.strings.regex_replace(s1, "b", "z")),
    T(lambda: tf.strings.regex_full_match(s1, "b+")),
    T(lambda: tf.strings.to_hash_bucket_fast(s1, 10)),
    T(lambda: tf.strings.to_hash_bucket_strong(s1, 10, [1, 2])),
    T(lambda: tf.strings.to_number(R.constant([["1", "2.5"], ["3"]]))),
    T(lambda: tf.strings.join([s1, s1], "-")),
]""",
    "unary_8": PRELUDE
    + """
[
    T(lambda: tf.strings.join([s1, "x"], "-")),
    T(lambda: tf.strings.reduce_join(s1, axis=1)),
    T(lambda: tf.strings.reduce_join(s1, axis=0, separator="+")),
    T(lambda: tf.strings.reduce_join(s1)),
    T(lambda: tf.strings.reduce_join(s1, axis=-1, keepdims=True)),
    T(lambda: tf.strings.format("{} and {}", [r1, s1])),
    T(lambda: tf.strings.format("{}", R.constant([[1], [2, 3, 4, 5, 6, 7, 8, 9]]))),
    T(lambda: tf.strings.format("{}", f1, summarize=-1)),
    T(lambda: tf.strings.split(s1, "b")),
    T(lambda: tf.strings.split(["a b", "c"])),
    T(lambda: tf.strings.bytes_split(s1)),
    T(lambda: tf.strings.unicode_decode(["ab", "c"], "UTF-8")),
    T(lambda: tf.strings.unicode_encode(R.constant([[97, 98], [99]]), "UTF-8")),
    T(lambda: tf.strings.ngrams(s1, 2)),
]""",
    "unary_9": PRELUDE
    + """
[
    T(lambda: tf.strings.unicode_split(["ab", "c"], "UTF-8")),
    T(lambda: tf.io.encode_base64(s1)),
]""",
    "structure_1": PRELUDE
    + """
[
    T(lambda: tf.concat([r1, r1], 0)),
    T(lambda: tf.concat([r1, r1], 1)),
    T(lambda: tf.concat([r1, [[0]] * 4], 1)),
    T(lambda: tf.concat([r1, [[0, 0]]], 0)),
    T(lambda: tf.concat([r1, r2], 0)),
    T(lambda: tf.concat([r2, r2], 2)),
    T(lambda: tf.concat([r2, r2], 1)),
    T(lambda: tf.concat([r2, r2], -1)),
    T(lambda: tf.concat([r2, r2], 0)),
    T(lambda: tf.concat([r1], 0)),
    T(lambda: tf.concat([r1, R.constant([[1]])], 1)),
    T(lambda: tf.concat([r1, r1], 2)),
    T(lambda: tf.concat([r1, f1], 0)),
    T(lambda: tf.concat([d1, d1], 0)),
]""",
    "structure_2": PRELUDE
    + """
[
    T(lambda: tf.concat([d1, d1], 1)),
    T(lambda: tf.concat([d1, d1], 2)),
    T(lambda: tf.concat([i1, r1], 0).row_splits),
    T(lambda: tf.concat([u1, u1], 0).shape),
    T(lambda: tf.concat([u1, u1], 1).shape),
    T(lambda: tf.concat(r1, 0)),
    T(lambda: tf.stack([r1, r1])),
    T(lambda: tf.stack([r1, r1], 1)),
    T(lambda: tf.stack([r1, r1], 2)),
    T(lambda: tf.stack([r1, r1], -1)),
    T(lambda: tf.stack([r1, r1]).shape),
    T(lambda: tf.stack([r1])),
    T(lambda: tf.stack([r1, R.constant([[1]])])),
    T(lambda: tf.stack([d1, d1], 1)),
]""",
    "structure_3": PRELUDE
    + """
[
    T(lambda: R.stack([[1, 2], [3]])),
    T(lambda: R.stack([1, 2])),
    T(lambda: R.stack([[1, 2], [3, 4]])),
    T(lambda: R.stack([[1, 2], [3, 4]]).shape),
    T(lambda: R.stack([r1, r1])),
    T(lambda: R.stack([[[1, 2]], [[3], [4]]])),
    T(lambda: R.stack([[1, 2], [3]], axis=1)),
    T(lambda: R.stack([[1, 2], [3, 4]], axis=1)),
    T(lambda: R.stack([c([[1, 2]]), c([[3, 4], [5, 6]])])),
    T(lambda: R.stack([c([[1, 2]]), c([[3, 4], [5, 6]])], axis=1)),
    T(lambda: R.stack([c([1, 2]), [[1]]])),
    T(lambda: R.stack([r1], 0)),
    T(lambda: R.stack([r1, c([[1, 2]])])),
    T(lambda: R.stack([])),
]""",
    "structure_4": PRELUDE
    + """
[
    T(lambda: R.stack(["a", "b"])),
    T(lambda: R.stack([["a"], ["b", "c"]])),
    T(lambda: tf.tile(r1, [2, 1])),
    T(lambda: tf.tile(r1, [1, 2])),
    T(lambda: tf.tile(r1, [2, 2])),
    T(lambda: tf.tile(r2, [1, 2, 2])),
    T(lambda: tf.tile(r2, [2, 1, 3])),
    T(lambda: tf.tile(d1, [1, 1, 2])),
    T(lambda: tf.tile(r1, [0, 1])),
    T(lambda: tf.tile(r1, [1, 0])),
    T(lambda: tf.tile(u1, [1, 2, 1]).shape),
    T(lambda: tf.reverse(r1, [0])),
    T(lambda: tf.reverse(r1, [1])),
    T(lambda: tf.reverse(r1, [0, 1])),
]""",
    "structure_5": PRELUDE
    + """
[
    T(lambda: tf.reverse(r1, [-1])),
    T(lambda: tf.reverse(r1, 1)),
    T(lambda: tf.reverse(r1, [2])),
    T(lambda: tf.reverse(r2, [1, 2])),
    T(lambda: tf.reverse(d1, [2])),
    T(lambda: tf.expand_dims(r1, 0)),
    T(lambda: tf.expand_dims(r1, 1)),
    T(lambda: tf.expand_dims(r1, 2)),
    T(lambda: tf.expand_dims(r1, -1)),
    T(lambda: tf.expand_dims(r1, -3)),
    T(lambda: tf.expand_dims(r1, 3)),
    T(lambda: tf.expand_dims(r2, 1).shape),
    T(lambda: tf.expand_dims(r1, 0).shape),
    T(lambda: tf.expand_dims(d1, 3).shape),
]""",
    "structure_6": PRELUDE
    + """
[
    T(lambda: tf.squeeze(tf.expand_dims(r1, 0), 0)),
    T(lambda: tf.squeeze(tf.expand_dims(r1, 1), 1)),
    T(lambda: tf.squeeze(tf.expand_dims(r1, 2), 2)),
    T(lambda: tf.squeeze(tf.expand_dims(r1, 2), [-1])),
    T(lambda: tf.squeeze(r1, 1)),
    T(lambda: tf.squeeze(r1)),
    T(lambda: tf.squeeze(r1, 0)),
    T(lambda: tf.squeeze(R.constant([[1], [2]]), 1)),
    T(lambda: tf.squeeze(tf.expand_dims(tf.expand_dims(r1, 0), 3), [0, 3])),
    T(lambda: tf.size(r1)),
    T(lambda: tf.size(r2, out_type=i64)),
    T(lambda: tf.size(d1)),
    T(lambda: tf.rank(r1)),
    T(lambda: tf.rank(d1)),
]""",
    "structure_7": PRELUDE
    + """
[
    T(lambda: repr(tf.shape(r1))),
    T(lambda: repr(tf.shape(r2))),
    T(lambda: repr(tf.shape(d1))),
    T(lambda: tf.shape(r1)[0]),
    T(lambda: tf.shape(r1)[1]),
    T(lambda: tf.shape(d1)[2]),
    T(lambda: tf.shape(r1).rank),
    T(lambda: tf.shape(r1).dtype),
    T(lambda: tf.shape(r1, out_type=i64).inner_shape),
    T(lambda: tf.shape(r1).static_lengths()),
    T(lambda: tf.ones(tf.shape(r1))),
    T(lambda: tf.zeros(tf.shape(r1), tf.int32)),
    T(lambda: tf.fill(tf.shape(r1), 7)),
    T(lambda: tf.reshape(r1, [2, 3])),
]""",
    "structure_8": PRELUDE
    + """
[
    T(lambda: tf.reshape(tf.range(6), tf.shape(r1))),
    T(lambda: tf.broadcast_to(c([[1], [2], [3], [4]]), tf.shape(r1))),
    T(lambda: tf.broadcast_to(5, tf.shape(r1))),
    T(lambda: tf.broadcast_to(r1, [4, 3])),
    T(lambda: repr(tf.broadcast_dynamic_shape(tf.shape(r1), tf.shape(c([[1], [2], [3], [4]]))))),
    T(lambda: tf.split(r1, 2)),
    T(lambda: tf.split(r1, [1, 3])),
    T(lambda: tf.split(r1, 1)),
    T(lambda: tf.split(r1, 3)),
    T(lambda: tf.split(r1, 2, axis=1)),
    T(lambda: tf.split(d1, 2, axis=2)),
    T(lambda: tf.split(d1, [1, 1], axis=-1)),
    T(lambda: tf.split(r1, [1, 2])),
    T(lambda: tf.split(r1, [1, -1])),
]""",
    "structure_9": PRELUDE
    + """
[
    T(lambda: tf.split(r1, 0)),
    T(lambda: tf.split(u1, 2, axis=1)),
    T(lambda: tf.unstack(r1)),
    T(lambda: tf.transpose(r1)),
    T(lambda: tf.pad(r1, [[0, 0], [1, 1]])),
    T(lambda: tf.sort(r1)),
    T(lambda: tf.roll(r1, 1, 0)),
    T(lambda: tf.repeat(r1, 2, 0)),
    T(lambda: tf.unique(r1)),
    T(lambda: tf.one_hot(r1, 3)),
    T(lambda: tf.one_hot(R.constant([[0, 1], [2]]), 3, on_value=5, off_value=1)),
    T(lambda: tf.one_hot(R.constant([[0, 1], [2]]), 3, axis=2)),
    T(lambda: tf.one_hot(R.constant([[0, 1], [2]]), 3, axis=1)),
    T(lambda: tf.one_hot(R.constant([[0, 1], [2]]), 3, dtype=tf.int32)),
]""",
    "structure_10": PRELUDE
    + """
[
    T(lambda: tf.cumsum(r1, 1)),
    T(lambda: tf.cumsum(r1)),
    T(lambda: tf.cumsum(r1, 1, exclusive=True)),
    T(lambda: tf.cumsum(r1, 1, reverse=True)),
    T(lambda: tf.cumsum(f1, -1, exclusive=True, reverse=True)),
    T(lambda: tf.cumsum(d1, 2)),
    T(lambda: tf.cumsum(d1, 1)),
    T(lambda: tf.cumsum(r2, 1)),
    T(lambda: tf.cumsum(r2, 2)),
    T(lambda: tf.cumsum(r1, 3)),
    T(lambda: tf.math.cumprod(r1, 1)),
]""",
    "select_1": PRELUDE
    + """
[
    T(lambda: tf.where(r1 > 3)),
    T(lambda: tf.where(r2 > 3)),
    T(lambda: tf.where(d1 > 3)),
    T(lambda: tf.where(r1 > 3, r1, -r1)),
    T(lambda: tf.where(r1 > 3, r1, 0)),
    T(lambda: tf.where(r1 > 3, 0, r1)),
    T(lambda: tf.where(r1 > 3, c([[1], [2], [3], [4]]), r1)),
    T(lambda: tf.where(c([[True], [False], [True], [True]]), r1, 0)),
    T(lambda: tf.where(True, r1, 0)),
    T(lambda: tf.where(r1 > 3, r1)),
    T(lambda: tf.where(r1 > 3, r1, 1.5)),
    T(lambda: tf.where(r1 > 3, r1, R.constant([[1]]))),
    T(lambda: tf.where(s1 == "a", s1, "z")),
    T(lambda: tf.where(r1 > 3, 1.0, 2.0)),
]""",
    "select_2": PRELUDE
    + """
[
    T(lambda: tf.gather(r1, [1, 0])),
    T(lambda: tf.gather(r1, 2)),
    T(lambda: tf.gather(r1, [[0, 1], [2, 3]])),
    T(lambda: tf.gather(r1, [5])),
    T(lambda: tf.gather(r1, [-1])),
    T(lambda: tf.gather([10, 11, 12, 13, 14, 15, 16, 17, 18, 19], r1)),
    T(lambda: tf.gather(r1, R.constant([[0], [2, 3]]))),
    T(lambda: tf.gather(r2, [2, 0])),
    T(lambda: tf.gather(r2, R.constant([[0], [2, 2]]))),
    T(lambda: tf.gather(d1, [1])),
    T(lambda: tf.gather(r1, [0, 0, 0], batch_dims=0, axis=0)),
    T(lambda: tf.gather(R.constant([[1, 2], [3, 4, 5]]), [1, 2], batch_dims=1)),
    T(lambda: tf.gather(R.constant([[1, 2], [3, 4, 5]]), R.constant([[1, 0], [2]]), batch_dims=1)),
    T(lambda: tf.gather(c([[1, 2], [3, 4]]), R.constant([[1, 0], [1]]), batch_dims=1)),
]""",
    "select_3": PRELUDE
    + """
[
    T(lambda: tf.gather(R.constant([[1, 2], [3, 4, 5]]), [[1], [2]], batch_dims=1)),
    T(lambda: tf.gather(R.constant([[1, 2], [3, 4, 5]]), [[1], [7]], batch_dims=1)),
    T(lambda: tf.gather(r2, R.constant([[1], [], [0, 2]]), batch_dims=1)),
    T(lambda: tf.gather(R.constant([[1, 2], [3, 4, 5]]), [1, 0], axis=1)),
    T(lambda: tf.gather(d1, [1, 0], axis=2)),
    T(lambda: tf.gather(d1, [0], axis=-1)),
    T(lambda: tf.gather(r1, [0.0])),
    T(lambda: tf.gather_nd(r1, [[0, 1], [2, 1]])),
    T(lambda: tf.gather_nd(r1, [0, 1])),
    T(lambda: tf.gather_nd(r1, [[0], [2]])),
    T(lambda: tf.gather_nd(r2, [[0, 0], [2, 1]])),
    T(lambda: tf.gather_nd(r2, [[2, 1, 2]])),
    T(lambda: tf.gather_nd(d1, [[1, 2], [0, 0]])),
    T(lambda: tf.gather_nd(c([[1, 2], [3, 4]]), R.constant([[[0, 1]], [[1, 0], [1, 1]]], ragged_rank=1))),
]""",
    "select_4": PRELUDE
    + """
[
    T(lambda: tf.gather_nd(r1, [[0, 1]], batch_dims=1)),
    T(lambda: tf.boolean_mask(r1, [True, False, True, False])),
    T(lambda: tf.boolean_mask(r1, r1 > 3)),
    T(lambda: R.boolean_mask(r1, r1 > 3)),
    T(lambda: R.boolean_mask(r1, [True, False, True, False])),
    T(lambda: R.boolean_mask([[1, 2, 3], [4, 5, 6]], [[True, False, True], [False, False, True]])),
    T(lambda: R.boolean_mask([1, 2, 3], [True, False, True])),
    T(lambda: R.boolean_mask(r2, r2 > 2)),
    T(lambda: R.boolean_mask(r2, R.constant([[True, False], [], [False, True, True]]))),
    T(lambda: R.boolean_mask(d1, R.constant([[True], [False, True, True], [], [False, True]]))),
    T(lambda: R.boolean_mask(c([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]), c([[[True, False], [True, True]], [[False, False], [True, True]]]))),
    T(lambda: R.boolean_mask(r1, True)),
    T(lambda: R.boolean_mask(r1, [True, False])),
    T(lambda: R.boolean_mask(r1, R.constant([[True]]))),
]""",
    "select_5": PRELUDE
    + """
[
    T(lambda: R.boolean_mask(r1, [1, 0, 1, 1])),
    T(lambda: R.boolean_mask([[1, 2]], r1 > 3)),
    T(lambda: tf.dynamic_partition(r1, [0, 1, 1, 0], 2)),
    T(lambda: tf.dynamic_partition(c([1, 2, 3]), R.constant([[0]]), 2)),
    T(lambda: tf.dynamic_partition(r1, R.constant([[0, 1, 0], [], [1, 1], [0]]), 2)),
    T(lambda: R.stack_dynamic_partitions([1, 2, 3], [1, 0, 1], 2)),
    T(lambda: R.stack_dynamic_partitions([1, 2, 3], [1, 0, 1], 4)),
    T(lambda: R.stack_dynamic_partitions([1, 2, 3], [1, 0, 5], 2)),
    T(lambda: R.stack_dynamic_partitions([1, 2, 3], [1, 0, -1], 2)),
    T(lambda: R.stack_dynamic_partitions(r1, [1, 0, 1, 0], 2)),
    T(lambda: R.stack_dynamic_partitions([[1, 2], [3, 4]], [[1, 0], [1, 1]], 2)),
    T(lambda: R.stack_dynamic_partitions([[1, 2], [3, 4]], [1, 0], 2)),
    T(lambda: R.stack_dynamic_partitions(r1, R.constant([[0, 1, 0], [], [1, 1], [0]]), 2)),
    T(lambda: R.stack_dynamic_partitions(5, 1, 2)),
]""",
    "select_6": PRELUDE
    + """
[
    T(lambda: R.stack_dynamic_partitions(["a", "b"], [1, 1], 2)),
    T(lambda: tf.math.bincount(r1)),
    T(lambda: tf.math.bincount(r1, axis=-1)),
    T(lambda: tf.math.bincount(r1, axis=-1, binary_output=True)),
    T(lambda: tf.math.bincount(r1, weights=tf.cast(r1, f32), axis=-1)),
    T(lambda: tf.math.bincount(r1, minlength=12)),
    T(lambda: tf.math.bincount(r1, maxlength=4, axis=-1)),
    T(lambda: tf.math.bincount(r1, weights=[1])),
    T(lambda: tf.sparse.bincount(r1, axis=-1)),
    T(lambda: tf.sparse.bincount(r1)),
    T(lambda: tf.sparse.bincount(r1, weights=tf.cast(r1, f32), axis=-1)),
]""",
    "ranges_1": PRELUDE
    + """
[
    T(lambda: R.range(3)),
    T(lambda: R.range([3, 5, 2])),
    T(lambda: R.range([0, 5, 8], [3, 3, 12])),
    T(lambda: R.range([0, 5, 8], [3, 3, 12], 2)),
    T(lambda: R.range([0, 5], [3, 3], -1)),
    T(lambda: R.range([0, 5], [3.5, 7])),
    T(lambda: R.range(0, [3, 4])),
    T(lambda: R.range([1.0, 2.0], 4.0, 0.5)),
    T(lambda: R.range([3], dtype=f32)),
    T(lambda: R.range([3], dtype=i64).dtype),
    T(lambda: R.range([3, 5], deltas=0)),
    T(lambda: R.range([3, 5], row_splits_dtype=tf.int32).row_splits),
    T(lambda: R.range([0, 1], [1, 2, 3])),
    T(lambda: R.range([[1]])),
]""",
    "ranges_2": PRELUDE
    + """
[
    T(lambda: R.range(c([2], i64))),
    T(lambda: R.range(5, 2)),
    T(lambda: R.row_splits_to_segment_ids([0, 2, 3])),
    T(lambda: R.row_splits_to_segment_ids(c([0, 3, 3, 5], tf.int32))),
    T(lambda: R.row_splits_to_segment_ids([0, 2], out_type=tf.int32)),
    T(lambda: R.row_splits_to_segment_ids([])),
    T(lambda: R.row_splits_to_segment_ids([0.0, 2.0])),
    T(lambda: R.row_splits_to_segment_ids([[0, 2]])),
    T(lambda: R.segment_ids_to_row_splits([0, 0, 0, 2, 2, 3, 4, 4, 4])),
    T(lambda: R.segment_ids_to_row_splits([0, 0, 2], num_segments=5)),
    T(lambda: R.segment_ids_to_row_splits([0, 0, 2], num_segments=2)),
    T(lambda: R.segment_ids_to_row_splits([])),
    T(lambda: R.segment_ids_to_row_splits([0, 1], out_type=tf.int32)),
    T(lambda: R.segment_ids_to_row_splits(c([0, 1]))),
]""",
    "ranges_3": PRELUDE
    + """
[
    T(lambda: R.segment_ids_to_row_splits([2, 0])),
    T(lambda: R.map_flat_values(tf.ones_like, r1)),
    T(lambda: R.map_flat_values(tf.add, r1, 5)),
    T(lambda: R.map_flat_values(tf.add, r1, r1)),
    T(lambda: R.map_flat_values(tf.add, r1, R.constant([[1]]))),
    T(lambda: R.map_flat_values(tf.multiply, x=r1, y=2)),
    T(lambda: R.map_flat_values(tf.concat, [r1, r1], 0)),
    T(lambda: R.map_flat_values(lambda x: tf.reduce_sum(x), r1)),
    T(lambda: R.map_flat_values(lambda x: x[:2], r1)),
    T(lambda: R.map_flat_values(tf.square, [1, 2])),
    T(lambda: R.map_flat_values(lambda x: tf.stack([x, x], 1), r2)),
    T(lambda: R.map_flat_values(tf.add, r2, r1)),
    T(lambda: R.cross([R.constant([["a"], ["b", "c"]]), R.constant([["d"], ["e"]])])),
    T(lambda: R.cross([R.constant([["a"], ["b", "c"]]), R.constant([["d"], ["e"]]), [["f"], ["g"]]])),
]""",
    "ranges_4": PRELUDE
    + """
[
    T(lambda: R.cross([R.constant([[1, 2], []]), c([[3], [4]])])),
    T(lambda: R.cross([tf.SparseTensor([[0, 0], [1, 1]], ["p", "q"], [2, 2]), c([["x", "y"], ["z", "w"]])])),
    T(lambda: R.cross([R.constant([["a"]]), R.constant([["a"], ["b"]])])),
    T(lambda: R.cross(R.constant([["a"]]))),
    T(lambda: R.cross([f1])),
    T(lambda: R.cross([r2])),
    T(lambda: R.cross_hashed([R.constant([["a"], ["b", "c"]]), R.constant([["d"], ["e"]]), R.constant([["f"], ["g"]])], num_buckets=100)),
    T(lambda: R.cross_hashed([R.constant([["a"], ["b", "c"]]), R.constant([["d"], ["e"]])])),
    T(lambda: R.cross_hashed([R.constant([[1, 2], [3]]), R.constant([[4], [-5]])], hash_key=77)),
    T(lambda: R.cross_hashed([R.constant([[1, 2], [3]], row_splits_dtype=tf.int32)]).row_splits),
    T(lambda: tf.ragged_fill_empty_rows(c([1, 1, 3], i64), c([5, 6, 7]), c(5, i64), c(0))),
    T(lambda: tf.ragged_fill_empty_rows_grad(c([1, 2], i64), c([1.0, 2.0, 3.0]))),
]""",
    "matmul": PRELUDE
    + """
[
    T(lambda: tf.matmul(R.constant([[1.0, 2.0], [3.0, 4.0]]), c([[1.0], [2.0]]))),
    T(lambda: tf.matmul(f1, c([[1.0], [2.0]]))),
    T(lambda: tf.matmul(d1, tf.ones([4, 2, 3]))),
    T(lambda: tf.matmul(d1, tf.ones([2, 3]))),
    T(lambda: tf.matmul(d1, tf.ones([4, 3, 2]), transpose_b=True)),
    T(lambda: tf.matmul(tf.ones([4, 1, 2]), d1, transpose_b=True)),
    T(lambda: tf.matmul(d1, d1, transpose_b=True)),
    T(lambda: tf.matmul(d1, d1, transpose_a=True)),
    T(lambda: tf.matmul(r1, f1)),
    T(lambda: tf.matmul(RT.from_tensor(tf.ones([2, 2, 2])), tf.ones([2, 2, 3]))),
]""",
    "map": PRELUDE
    + """
[
    T(lambda: tf.map_fn(tf.reduce_sum, r1, fn_output_signature=tf.int32)),
    T(lambda: tf.map_fn(lambda x: x * 2, r1)),
    T(lambda: tf.map_fn(lambda x: x + 1, r2)),
    T(lambda: tf.map_fn(lambda x: tf.reduce_sum(x, 0), r2)),
    T(lambda: tf.map_fn(lambda x: tf.range(x), c([1, 0, 3]), fn_output_signature=tf.RaggedTensorSpec([None], tf.int32))),
    T(lambda: tf.map_fn(lambda x: tf.range(x), c([1, 0, 3]), fn_output_signature=tf.RaggedTensorSpec([None], tf.int32, ragged_rank=0)).shape),
    T(lambda: tf.map_fn(lambda x: R.constant([[1], [2, 3]]) + x, c([1, 2]), fn_output_signature=tf.RaggedTensorSpec([2, None], tf.int32))),
    T(lambda: tf.map_fn(tf.reduce_sum, r1)),
    T(lambda: tf.map_fn(lambda x: x.to_tensor(), R.constant([[[1, 2]], [[3]]]), fn_output_signature=tf.RaggedTensorSpec([None, None], tf.int32))),
    T(lambda: tf.map_fn(lambda ab: ab[0] + ab[1], (r1, c([1, 2, 3, 4])), fn_output_signature=tf.RaggedTensorSpec([None], tf.int32))),
    T(lambda: tf.map_fn(lambda x: tf.cast(x, f32), r1, fn_output_signature=tf.RaggedTensorSpec([None], f32, ragged_rank=0))),
    T(lambda: tf.map_fn(lambda s: tf.strings.length(s), s1, fn_output_signature=tf.RaggedTensorSpec([None], tf.int32, ragged_rank=0))),
]""",
    "function_1": PRELUDE
    + """
[
    T(lambda: tf.function(lambda r: tf.reduce_sum(r, 1))(r1)),
    T(lambda: tf.function(lambda r: r + 1)(r1)),
    T(lambda: tf.function(lambda r: r[:, :2])(r1)),
    T(lambda: tf.function(lambda r: r.to_tensor())(r1)),
    T(lambda: tf.function(lambda r: tf.concat([r, r], 1))(r1)),
    T(lambda: tf.function(lambda r: tf.map_fn(tf.reduce_sum, r, fn_output_signature=tf.int32))(r1)),
    T(lambda: tf.function(lambda r: r.row_lengths(), input_signature=[tf.RaggedTensorSpec([None, None], tf.int32)])(r1)),
    T(lambda: tf.function(lambda r: r.row_lengths(), input_signature=[tf.RaggedTensorSpec([None, None], tf.int32)])(f1)),
    T(lambda: tf.function(lambda r: r.row_lengths(), input_signature=[tf.RaggedTensorSpec([None, None], tf.int32)])(c([[1, 2]]))),
    T(lambda: tf.function(lambda: R.constant([[1], [2, 3]]))()),
    T(lambda: tf.function(lambda r: {"a": r * 2, "b": [r]})(r1)),
    T(lambda: tf.function(lambda r: tf.cond(tf.reduce_sum(r) > 3, lambda: r, lambda: r + 1))(r1)),
    T(lambda: tf.function(lambda x: RT.from_row_lengths(x, [1, 2]))(c([1, 2, 3]))),
    T(lambda: tf.function(lambda x, l: RT.from_row_lengths(x, l))(c([1, 2, 3]), c([2, 1]))),
]""",
    "function_2": PRELUDE
    + """
[
    T(lambda: tf.function(lambda r: tf.reduce_mean(r, 1))(f1)),
    T(lambda: tf.function(lambda r: tf.nn.softmax(r))(f1)),
    T(lambda: tf.nest.flatten(r1, expand_composites=True)),
    T(lambda: tf.nest.flatten(r1)),
    T(lambda: tf.nest.map_structure(lambda x: x + 1, r1)),
    T(lambda: tf.nest.pack_sequence_as(r1, tf.nest.flatten(r1, expand_composites=True), expand_composites=True)),
]""",
    "gradient_1": PRELUDE
    + """
[
    T(lambda: G(lambda r: tf.reduce_sum(r * r), f1)),
    T(lambda: G(lambda r: tf.reduce_sum(tf.reduce_sum(r, 1) ** 2), f1)),
    T(lambda: G(lambda r: tf.reduce_mean(r, 1), f1)),
    T(lambda: G(lambda r: r.to_tensor() ** 2, f1)),
    T(lambda: G(lambda r: r[2] * 3, f1)),
    T(lambda: G(lambda r: r[:, :1] * 3, f1)),
    T(lambda: G(lambda r: tf.concat([r, r * 2], 1), f1)),
    T(lambda: G(lambda r: tf.nn.softmax(r) ** 2, f1)),
    T(lambda: G(lambda r: tf.reduce_max(r, 1), f1)),
    T(lambda: G(lambda r: tf.gather(r, [2, 2]), f1)),
    T(lambda: G(lambda r: tf.where(r > 0, r, r * 0.1), f1)),
    T(lambda: G(lambda r: tf.math.cumsum(r, 1), f1)),
    T(lambda: G(lambda p: tf.gather(p, R.constant([[0, 1], [1]])), [1.0, 2.0, 3.0])),
    T(lambda: G(lambda x: RT.from_row_lengths(x, [1, 2]) * 2, [1.0, 2.0, 3.0])),
]""",
    "gradient_2": PRELUDE
    + """
[
    T(lambda: G(lambda x: RT.from_tensor(x, lengths=[1, 2]) * 2, [[1.0, 2.0], [3.0, 4.0]])),
    T(lambda: G(lambda r: r + c([[1.0], [2.0], [3.0]]), f1)),
    T(lambda: G(lambda y: f1 * y, [[1.0], [2.0], [3.0]])),
    T(lambda: G(lambda r: R.map_flat_values(tf.square, r), f1)),
    T(lambda: G(lambda r: tf.map_fn(tf.reduce_sum, r * r, fn_output_signature=f32), f1)),
    T(lambda: G(lambda r: tf.reverse(r, [1]) * c([[1.0], [2.0], [3.0]]), f1)),
    T(lambda: G(lambda r: tf.matmul(r, tf.ones([4, 2, 1])) ** 2, d1)),
    T(lambda: G(lambda r: r.to_sparse().values ** 2, f1)),
    T(lambda: G(lambda r: tf.tile(r, [1, 2]) ** 2, f1)),
]""",
    "spec_1": PRELUDE
    + """
[
    T(lambda: tf.RaggedTensorSpec([2, None], tf.int32).shape),
    T(lambda: tf.RaggedTensorSpec([2, None], tf.int32).dtype),
    T(lambda: tf.RaggedTensorSpec([2, None, None], tf.int32).ragged_rank),
    T(lambda: tf.RaggedTensorSpec(None, tf.int32)),
    T(lambda: tf.RaggedTensorSpec(None, tf.int32, ragged_rank=1)),
    T(lambda: tf.RaggedTensorSpec([None], tf.int32, ragged_rank=1)),
    T(lambda: tf.RaggedTensorSpec([2, None], tf.int32, ragged_rank="a")),
    T(lambda: tf.RaggedTensorSpec([4, None], tf.int32).is_compatible_with(r1)),
    T(lambda: tf.RaggedTensorSpec([3, None], tf.int32).is_compatible_with(r1)),
    T(lambda: tf.RaggedTensorSpec([None, None], f32).is_compatible_with(r1)),
    T(lambda: tf.RaggedTensorSpec([None, None], tf.int32) == tf.RaggedTensorSpec([None, None], tf.int32)),
    T(lambda: tf.RaggedTensorSpec([None, None], tf.int32) == tf.RaggedTensorSpec([None, 2], tf.int32)),
    T(lambda: tf.RaggedTensorSpec([None, None], tf.int32).most_specific_compatible_type(tf.RaggedTensorSpec([3, None], tf.int32))),
    T(lambda: tf.RaggedTensorSpec([None, None], tf.int32).is_subtype_of(tf.RaggedTensorSpec([3, None], tf.int32))),
]""",
    "spec_2": PRELUDE
    + """
[
    T(lambda: tf.RaggedTensorSpec([3, None], tf.int32).is_subtype_of(tf.RaggedTensorSpec([None, None], tf.int32))),
    T(lambda: tf.RaggedTensorSpec([2, None], tf.int32).row_splits_dtype),
    T(lambda: tf.RaggedTensorSpec([2, None], tf.int32).value_type),
    T(lambda: tf.RaggedTensorSpec.from_value(r1)),
    T(lambda: tf.RaggedTensorSpec([2, None], tf.int32).flat_values_spec),
    T(lambda: hash(tf.RaggedTensorSpec([2, None], tf.int32)) == hash(tf.RaggedTensorSpec([2, None], tf.int32))),
    T(lambda: tf.RaggedTensorSpec([2, None], dtype=None)),
]""",
    "data": PRELUDE
    + """
[
    T(lambda: list(tf.data.Dataset.from_tensor_slices(r1))),
    T(lambda: list(tf.data.Dataset.from_tensor_slices(r2))),
    T(lambda: tf.data.Dataset.from_tensor_slices(r1).element_spec),
    T(lambda: list(tf.data.Dataset.from_tensors(r1))),
    T(lambda: list(tf.data.Dataset.from_tensor_slices(r1).batch(2))),
    T(lambda: list(tf.data.Dataset.range(4).map(lambda x: tf.range(x)).ragged_batch(2))),
    T(lambda: list(tf.data.Dataset.range(4).map(lambda x: tf.range(x)).apply(tf.data.experimental.dense_to_ragged_batch(3)))),
    T(lambda: list(tf.data.Dataset.from_tensor_slices(r1).map(lambda r: tf.reduce_sum(r)))),
    T(lambda: list(tf.data.Dataset.from_tensor_slices((r1, [1, 2, 3, 4])).batch(2))),
    T(lambda: list(tf.data.Dataset.from_tensors(r1).map(lambda r: r + 1))),
    T(lambda: list(tf.data.Dataset.from_tensors(r1).unbatch())),
    T(lambda: list(tf.data.Dataset.from_tensors(s1).map(lambda r: tf.strings.upper(r)))),
    T(lambda: list(tf.data.Dataset.from_tensor_slices(r1).padded_batch(2))),
]""",
    "embedding": PRELUDE
    + """
[
    T(lambda: tf.nn.embedding_lookup(tf.reshape(tf.range(20.0), [10, 2]), r1)),
    T(lambda: tf.nn.embedding_lookup(tf.reshape(tf.range(20.0), [10, 2]), r2)),
    T(lambda: tf.nn.embedding_lookup(tf.reshape(tf.range(20.0), [10, 2]), f1)),
    T(lambda: tf.nn.embedding_lookup(tf.reshape(tf.range(20.0), [10, 2]), r1, max_norm=1.0)),
    T(lambda: tf.nn.embedding_lookup_sparse(tf.reshape(tf.range(20.0), [10, 2]), R.constant([[1, 2], [3]]), None, combiner="sum")),
    T(lambda: tf.nn.embedding_lookup_sparse(tf.reshape(tf.range(20.0), [10, 2]), R.constant([[1, 2], [3]]), None)),
    T(lambda: tf.nn.embedding_lookup_sparse(tf.reshape(tf.range(20.0), [10, 2]), R.constant([[1, 2], [3]]), R.constant([[0.5, 2.0], [3.0]]), combiner="sqrtn")),
    T(lambda: tf.nn.embedding_lookup_sparse(tf.reshape(tf.range(20.0), [10, 2]), R.constant([[1, 2], [3]]), None, combiner="max")),
    T(lambda: tf.nn.safe_embedding_lookup_sparse(tf.reshape(tf.range(20.0), [10, 2]), R.constant([[1, -2], [], [3]]))),
    T(lambda: tf.nn.safe_embedding_lookup_sparse(tf.reshape(tf.range(20.0), [10, 2]), R.constant([[1, -2], [], [3]]), default_id=4)),
    T(lambda: tf.nn.safe_embedding_lookup_sparse(tf.reshape(tf.range(20.0), [10, 2]), R.constant([[1, 2], [], [3]]), R.constant([[0.5, -1.0], [], [2.0]]))),
]""",
    "row_partition": PRELUDE
    + """
P = tf.experimental.RowPartition
p = P.from_row_lengths([2, 0, 3])
u = P.from_uniform_row_length(2, nvals=6)
[
    [str(q) for q in (
        p, u, P.from_row_splits([0, 2, 5]), P.from_row_starts([0, 2], nvals=4), P.from_row_limits([1, 1, 4]),
        P.from_value_rowids([0, 0, 2]), P.from_value_rowids([0, 0, 2], nrows=5),
        P.from_uniform_row_length(2, nrows=3), P.from_uniform_row_length(0, nrows=3), p.with_dtype(tf.int32))],
    [[q.nrows(), q.nvals(), q.offsets_in_rows(), q.row_lengths(), q.row_limits(), q.row_splits(), q.row_starts(),
      q.value_rowids(), q.uniform_row_length(), q.is_uniform(), q.static_nrows, q.static_uniform_row_length is None,
      q.dtype.name] for q in (p, u, p.with_dtype(tf.int32), P.from_row_splits([0, 2, 5], dtype=tf.int32))],
    [q.dtype.name for h in [tf.int32] for q in (
        P.from_row_splits([0, 2], dtype_hint=h), P.from_row_lengths([2], dtype_hint=h),
        P.from_row_starts([0], nvals=2, dtype_hint=h), P.from_row_limits([2], dtype_hint=h),
        P.from_value_rowids([0, 0], dtype_hint=h), P.from_uniform_row_length(2, nvals=4, dtype_hint=h),
        P.from_row_splits(tf.constant([0, 2], i64), dtype_hint=h), P.from_row_lengths([2], dtype=i64, dtype_hint=h))],
    [T(f) for f in (
        lambda: P.from_row_splits([1, 2]), lambda: P.from_row_splits([]), lambda: P.from_row_lengths([-1]),
        lambda: P.from_uniform_row_length(2), lambda: P.from_uniform_row_length(2, nvals=5), lambda: P([0, 1]),
        lambda: P.from_row_starts([0, 2], nvals=1), lambda: P.from_row_limits([2, 1]),
        lambda: P.from_value_rowids([1, 0]))],
]""",
    "dynamic_ragged_shape": PRELUDE
    + """
D = tf.experimental.DynamicRaggedShape
P = tf.experimental.RowPartition
made = [
    D.from_lengths([2, (2, 1)]), D.from_lengths([2, (2, 1), 5]), D.from_lengths([2, 3, 4]),
    D.from_lengths([2, 3, 4], num_row_partitions=1), D.from_lengths([2, 3, (1, 2, 3, 4, 5, 6), 2]),
    D.from_lengths([2, (2, 1), (1, 2, 3)]), D.from_lengths([2, (2, 1), 5], num_row_partitions=2), D.from_lengths([]),
    D.from_lengths([2, (2, 1)], dtype=tf.int32), D.from_row_partitions([P.from_row_lengths([2, 0, 3])]),
    D([P.from_row_lengths([2, 0, 3])], [5, 2]), D.from_tensor(r2), D.from_tensor(d1), D.from_tensor(u1),
]
[
    [[str(one), one.inner_shape, str(one.row_partitions), one.dtype.name, one.rank, one.static_lengths()] for one in made],
    [T(f) for f in (
        lambda: D.from_lengths([2, (1, 2, 3)]), lambda: D.from_row_partitions([]), lambda: D.from_lengths([(1,)]))],
]""",
    "concrete functions": """
f = tf.function(lambda x: tf.reduce_sum(x * 2.0, 1))
r, longer = tf.ragged.constant([[1.0, 2.0], [3.0]]), tf.ragged.constant([[1.0], [3.0], [3.0, 4.0, 5.0]])
spec = tf.RaggedTensorSpec([None, None], tf.float32)
concrete = f.get_concrete_function(spec)
signed = tf.function(lambda x: x * 2.0, input_signature=[spec])
lengths = tf.function(lambda d: d["a"].row_lengths())
deep = tf.ragged.constant([[["a"], []], [["b"]]])
[
    concrete(r), concrete(longer), f.get_concrete_function(r)(r), f.get_concrete_function(r)(longer),
    repr(concrete.structured_input_signature), signed.get_concrete_function()(longer),
    lengths.get_concrete_function({"a": tf.RaggedTensorSpec([2, None, None], tf.string)})({"a": deep}),
]""",
    "constants_of_every_depth": PRELUDE
    + """
C = tf.ragged.constant
def sh(f):
    try: v = f()
    except Exception as e: return type(e).__name__
    return type(v).__name__, v.shape.as_list(), v.dtype.name, getattr(v, "ragged_rank", None), v
[
    sh(lambda: C([], ragged_rank=2)), sh(lambda: C([], ragged_rank=1)), sh(lambda: C([[]], ragged_rank=2)),
    sh(lambda: C([[], []], ragged_rank=3)), sh(lambda: C([], inner_shape=(0, 100, 20))),
    sh(lambda: C([], inner_shape=(0,))), sh(lambda: C([[]], inner_shape=(1, 0))), sh(lambda: C([1,2,3])),
    sh(lambda: C([])), sh(lambda: C([[]])), sh(lambda: C([1,2,3], ragged_rank=1)),
    sh(lambda: C([1,2,3,4], inner_shape=(2,2))), sh(lambda: C([1,2,3], inner_shape=(1,1))),
    sh(lambda: C([[[1,2],[3,4]],[[5,6]]], inner_shape=(2,))), sh(lambda: C([[[1,2],[3,4]],[[5,6]]], ragged_rank=1)),
    sh(lambda: C([[1,2],[3]], ragged_rank=0)), sh(lambda: C([[1,2],[3,4]], ragged_rank=0)),
    sh(lambda: C([[1,2],[3]], dtype=tf.int64)), sh(lambda: C([[[]]], ragged_rank=1)),
    sh(lambda: C([[], [[]]], ragged_rank=1)), sh(lambda: C([[]], dtype=tf.string)),
    sh(lambda: C([], dtype=tf.int64, ragged_rank=1)), sh(lambda: C([[1],[2,3]], inner_shape=())),
    sh(lambda: C([[1,2]], inner_shape=(2,))), sh(lambda: C([[[1],[2]]], inner_shape=(1,), ragged_rank=1)),
    sh(lambda: C([[[1],[2]]], inner_shape=(1,), ragged_rank=2)), sh(lambda: C([], inner_shape=(2,), ragged_rank=1)),
    sh(lambda: C(np.zeros((2,0)))), sh(lambda: C([[], []])), sh(lambda: C([[], [[]], [[], [1]]])),
    sh(lambda: C([[[],[]],[[]]], inner_shape=(0,))),
]""",
}
