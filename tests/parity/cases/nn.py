"""Cases of tf.nn, without convolutions and pooling."""

PRELUDE = """\
def err(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
def grad(f, *xs):
    xs = [tf.convert_to_tensor(x) for x in xs]
    with tf.GradientTape() as t:
        for x in xs:
            t.watch(x)
        y = f(*xs)
    return t.gradient(y, xs)
def both(f, *xs):
    return [f(*xs), tf.function(f)(*xs), grad(f, *xs)]
c, N, nan, inf = tf.constant, np.array, float("nan"), float("inf")
F = tf.nn
r = np.random.RandomState(0)
X = c([-3.0, -1.0, -0.2, 0.0, 0.4, 2.0, 6.0, 8.0])
M = c(r.randn(3, 4).astype("float32"))
def sp(t):
    return [t.indices, t.values, t.dense_shape]
"""


def _cases(**groups: str) -> dict[str, str]:
    return {name: f"{PRELUDE}\n[\n{body.strip()}\n]" for name, body in groups.items()}


CASES = _cases(
    act_values="""
    F.relu(X), F.relu6(X), F.leaky_relu(X), F.leaky_relu(X, 0.5), F.elu(X), F.selu(X), F.gelu(X), F.gelu(X, True),
    F.silu(X), F.swish(X, 0.5), F.softplus(X), F.softsign(X), F.crelu(X), F.crelu(M, 0), F.sigmoid(X), F.tanh(X),
    F.softmax(M), F.softmax(M, 0), F.log_softmax(M), F.log_softmax(M, axis=0),
    F.relu([nan]), F.relu6([nan, inf]), F.leaky_relu([inf, -inf]), F.elu([-inf, inf]), F.selu([-inf]),
    """,
    act_grads="""
    grad(F.relu, X), grad(F.relu6, X), grad(F.leaky_relu, X), grad(F.elu, X), grad(F.selu, X), grad(F.gelu, X),
    grad(lambda x: F.gelu(x, approximate=True), X), grad(F.silu, X), grad(F.softplus, X), grad(F.softsign, X),
    grad(F.crelu, X), grad(lambda x: F.softmax(x) ** 2, M), grad(lambda x: F.log_softmax(x)[:, 0], M),
    grad(lambda x, b: F.silu(x, b), X, 0.5),
    """,
    act_dtypes="""
    F.relu([-1, 2]), F.relu(c([-1, 2], tf.int64)), F.relu6([-1, 9]), F.leaky_relu([-5, 3]), F.crelu([1, -2]),
    F.leaky_relu(c([-5, 3], tf.int64), N(0.3)), F.relu(c([-1.0, 1.0], tf.float16)), F.elu(c([-1.0], tf.float64)),
    F.gelu(c([-1.0, 1.0], tf.bfloat16)), F.selu(c([-1.0], tf.float16)), F.silu(c([-1.0], tf.float64), 2),
    F.silu(c([-1.0], tf.float64), c(2.0)), F.relu(c([1, 2], tf.uint8)), err(lambda: F.gelu([1, 2])),
    err(lambda: F.elu([1, 2])), err(lambda: F.selu([1])), err(lambda: F.silu([1])), err(lambda: F.softmax([1])),
    err(lambda: F.relu(["a"])), err(lambda: F.softmax(c(1.0))), err(lambda: F.softmax(M, 5)),
    err(lambda: F.relu(None)), err(lambda: F.leaky_relu(None)),
    """,
    bias="""
    both(F.bias_add, M, [1.0, 2.0, 3.0, 4.0]), F.bias_add(tf.ones([1, 2, 3]), [1.0, 2.0], "NCW"),
    F.bias_add(tf.ones([1, 2, 3, 2]), [1.0, 2.0], data_format="NHWC"), F.bias_add(tf.ones([2, 2], tf.int32), [1, 2]),
    F.bias_add(tf.ones([1, 2, 1, 1, 1]), [1.0, 2.0], data_format="NCDHW"),
    err(lambda: F.bias_add(M, [1.0])), err(lambda: F.bias_add([1.0], [1.0])), err(lambda: F.bias_add(M, [[1.0]])),
    err(lambda: F.bias_add(M, [1.0, 2.0, 3.0, 4.0], "HW")), err(lambda: F.bias_add(M, c([1.0], tf.float64))),
    """,
    batch_norm="""
    both(lambda x, m, v, o, s: F.batch_normalization(x, m, v, o, s, 1e-3), M, tf.ones([4]), tf.ones([4]) * 2,
         tf.range(4.0), tf.range(4.0) + 1),
    F.batch_normalization(M, 0.5, 2.0, None, None, 1e-3), F.batch_normalization(M, 0.5, 2.0, 1.0, None, 1e-3),
    F.batch_normalization(tf.cast(M, tf.float16), c([0.5] * 4), c([2.0] * 4), None, c([2.0] * 4), 1e-3),
    F.batch_normalization(tf.cast(M, tf.float64), 0.5, 2.0, None, None, 1e-3),
    F.batch_norm_with_global_normalization(M[None, None], c([0.0] * 4), c([1.0] * 4), c([1.0] * 4), c([2.0] * 4), 1e-3, False),
    F.batch_norm_with_global_normalization(M[None, None], c([0.0] * 4), c([1.0] * 4), c([1.0] * 4), c([2.0] * 4), 1e-3, True),
    """,
    lrn="""
    both(F.lrn, tf.reshape(M, [1, 1, 3, 4])),
    F.local_response_normalization(tf.reshape(M, [1, 1, 1, 12]), 2, 1.5, 0.1, 0.75),
    F.local_response_normalization(tf.cast(tf.reshape(M, [1, 1, 1, 12]), tf.float16), depth_radius=1),
    err(lambda: F.lrn(M)),
    """,
    moments="""
    F.moments(M, [0]), F.moments(M, [0, 1], keepdims=True), F.moments(M, 1), F.moments(M, [-1]),
    F.moments(tf.cast(M, tf.float16), [0]), F.moments(c([[1, 2], [4, 8]]), [0]), F.moments(M, [0], shift=2.0),
    grad(lambda x: F.moments(x, [0])[0] + 2 * F.moments(x, [0])[1], M), err(lambda: F.moments(M, [2])),
    F.moments(M, None), tf.function(lambda x: F.moments(x, [1]))(M), F.moments(M, axes=()),
    """,
    moments_weighted="""
    F.weighted_moments(M, [0], [1.0, 2.0, 0.0, 1.0]), F.weighted_moments(M, [0, 1], tf.abs(M), keepdims=True),
    F.weighted_moments(M, [1], c([[1], [0], [2]])), F.weighted_moments(tf.cast(M, tf.float16), [0], 1.0),
    F.weighted_moments(M, [0], tf.zeros([3, 4])), grad(lambda x: F.weighted_moments(x, [0], 2.0)[1], M),
    F.sufficient_statistics(M, [0]), F.sufficient_statistics(M, [0, 1], shift=0.5, keepdims=True),
    F.sufficient_statistics(M, [-1]), F.sufficient_statistics(c([[1, 2], [3, 4]]), [0])[:3],
    F.normalize_moments(3.0, c([1.0, 2.0]), c([3.0, 4.0]), None), F.normalize_moments(3.0, c([1.0]), c([3.0]), 0.5),
    """,
    loss_simple="""
    both(F.l2_loss, M), F.l2_loss(c([3.0], tf.float64)), err(lambda: F.l2_loss([1, 2])),
    both(F.log_poisson_loss, tf.abs(M), M), F.log_poisson_loss(c([0.0, 0.5, 1.0, 3.0]), c([1.0] * 4), True),
    grad(lambda a, b: F.log_poisson_loss(a, b, True), c([0.1, 0.5, 1.0, 3.0]), c([1.0] * 4)),
    err(lambda: F.log_poisson_loss([1.0], [1.0, 2.0])), F.zero_fraction([0.0, 1.0, 0.0]),
    F.compute_average_loss([1.0, 2.0, 3.0]), F.compute_average_loss([1.0, 2.0], global_batch_size=8),
    F.compute_average_loss([[1.0, 2.0], [3.0, 4.0]], sample_weight=[0.5, 1.0]), F.compute_average_loss(c([1.0]), 2),
    F.compute_average_loss([[1.0], [2.0]], sample_weight=[0.5, 1.0]), F.compute_average_loss([1.0], None, 0),
    F.compute_average_loss(c([1.0, 2.0], tf.float64), c([1, 2])), F.compute_average_loss([1.0, 2.0], [[1.0], [2.0]]),
    err(lambda: F.compute_average_loss(1.0)), err(lambda: F.compute_average_loss([1.0], global_batch_size=1.5)),
    err(lambda: F.compute_average_loss([1.0], global_batch_size=-1)),
    err(lambda: F.compute_average_loss([1.0], global_batch_size=[1])),
    F.scale_regularization_loss(2.0), F.scale_regularization_loss([1.0, 2.0]),
    """,
    loss_sigmoid="""
    both(lambda z, x: F.sigmoid_cross_entropy_with_logits(labels=z, logits=x), tf.sigmoid(X), X),
    F.sigmoid_cross_entropy_with_logits([1.0, 0.0], [-200.0, 200.0]),
    err(lambda: F.sigmoid_cross_entropy_with_logits([1.0], [1.0, 2.0])),
    err(lambda: F.sigmoid_cross_entropy_with_logits(labels=[1.0])),
    err(lambda: F.sigmoid_cross_entropy_with_logits([1], [1.0])),
    err(lambda: F.sigmoid_cross_entropy_with_logits(c([1.0], tf.float64), c([1.0]))),
    both(lambda z, x: F.weighted_cross_entropy_with_logits(z, x, 3.0), tf.sigmoid(X), X),
    F.weighted_cross_entropy_with_logits([1.0, 0.0], [0.5, 0.5], pos_weight=c([2.0, 3.0])),
    err(lambda: F.weighted_cross_entropy_with_logits([1.0], [1.0, 2.0], 1.0)),
    """,
    loss_softmax="""
    both(lambda z, x: F.softmax_cross_entropy_with_logits(z, x), F.softmax(-M), M),
    grad(lambda z, x: F.softmax_cross_entropy_with_logits(z, x), tf.abs(M), M),
    F.softmax_cross_entropy_with_logits(labels=tf.abs(M), logits=M, axis=0),
    F.softmax_cross_entropy_with_logits(tf.reshape(M, [1, 3, 4]), tf.reshape(M, [1, 3, 4]), axis=1),
    F.softmax_cross_entropy_with_logits([[0, 1, 0, 0]] * 3, M), F.softmax_cross_entropy_with_logits([1.0, 0.0], [0.0, 1.0]),
    F.softmax_cross_entropy_with_logits([[0.0, 1.0]], c([[0.0, 1.0]], tf.float16)),
    F.softmax_cross_entropy_with_logits([[1.0, 0.0]], tf.ones([3, 2])),
    F.softmax_cross_entropy_with_logits([[1.0, 0.0]], [[1.0, -inf]]),
    err(lambda: F.softmax_cross_entropy_with_logits(M, M[:, :3])),
    err(lambda: F.softmax_cross_entropy_with_logits(tf.ones([4, 3]), tf.ones([1, 3]))),
    grad(lambda x: grad(lambda y: F.softmax_cross_entropy_with_logits(c([[0.1, 0.2, 0.3, 0.4]] * 3), y), x)[0][:, 0], M),
    """,
    loss_sparse="""
    F.sparse_softmax_cross_entropy_with_logits([1, 0, 3], M), grad(lambda x: F.sparse_softmax_cross_entropy_with_logits([1, 0, 3], x), M),
    F.sparse_softmax_cross_entropy_with_logits(c([[1, 0, 3]], tf.int64), M[None]), F.sparse_softmax_cross_entropy_with_logits(2, M[0]),
    F.sparse_softmax_cross_entropy_with_logits(labels=[1, 0, 3], logits=tf.cast(M, tf.float16)),
    F.sparse_softmax_cross_entropy_with_logits(labels=[1, 0, 3], logits=tf.cast(M, tf.float64)),
    err(lambda: F.sparse_softmax_cross_entropy_with_logits([1, 0, 4], M)), err(lambda: F.sparse_softmax_cross_entropy_with_logits([-1, 0, 3], M)),
    err(lambda: F.sparse_softmax_cross_entropy_with_logits([1, 0], M)), err(lambda: F.sparse_softmax_cross_entropy_with_logits([[1, 0, 2]], M)),
    err(lambda: F.sparse_softmax_cross_entropy_with_logits(1, 1.0)), err(lambda: F.sparse_softmax_cross_entropy_with_logits([1.0, 0.0, 3.0], M)),
    tf.function(lambda x: F.sparse_softmax_cross_entropy_with_logits([1, 0, 3], x))(M),
    """,
    dropout="""
    F.experimental.stateless_dropout(M, 0.5, seed=[1, 0]), F.experimental.stateless_dropout(M, 0.3, [5, 7], noise_shape=[3, 1]),
    F.experimental.stateless_dropout(M, c(0.3), [5, 7], "philox", [None, 1]), F.experimental.stateless_dropout(M, 0, [1, 2]),
    F.experimental.stateless_dropout(tf.cast(M, tf.float16), 0.5, [1, 2]),
    F.experimental.general_dropout(M, 0.5, tf.random.Generator.from_seed(3).uniform),
    F.experimental.general_dropout(M, 0.5, lambda shape, dtype: tf.fill(shape, c(0.5, dtype))),
    grad(lambda x: F.experimental.stateless_dropout(x, 0.5, [1, 0]), M),
    F.dropout(M, 0.0), F.dropout(tf.ones([2]), 0.5).shape, float(tf.reduce_max(F.dropout(tf.ones([100]), 0.75))),
    F.dropout(M, 0.5, noise_shape=[1, 4]).shape, err(lambda: F.dropout(M, 1.5)), err(lambda: F.dropout(M, 1)),
    err(lambda: F.dropout(M, -0.1)), err(lambda: F.dropout(c([1, 2]), 0.5)), err(lambda: F.dropout(M, [0.5])),
    err(lambda: F.dropout(M, c(0.5, tf.float64))), err(lambda: F.dropout(M, "a")),
    """,
    samplers="""
    tf.random.all_candidate_sampler(c([[1], [2]], tf.int64), 1, 5, True), F.all_candidate_sampler([[1, 2]], 2, 3, False),
    tf.random.uniform_candidate_sampler(c([[1], [2]], tf.int64), 1, 6, False, 5)[1:],
    sorted(tf.random.uniform_candidate_sampler(c([[1], [2]], tf.int64), 1, 5, True, 5)[0].numpy().tolist()),
    tf.random.log_uniform_candidate_sampler(c([[1], [2]], tf.int64), 1, 3, False, 5)[1],
    tf.random.fixed_unigram_candidate_sampler(c([[1], [2]], tf.int64), 1, 3, False, 6, unigrams=[1.0, 2, 3, 4, 5], num_reserved_ids=1, distortion=0.5)[1],
    F.fixed_unigram_candidate_sampler(c([[1], [0]], tf.int64), 1, 3, False, 2, unigrams=[1.0, 3.0])[1],
    F.learned_unigram_candidate_sampler(c([[1], [0]], tf.int64), 1, 3, False, 2)[1],
    [t.dtype.name for t in tf.random.log_uniform_candidate_sampler(c([[1], [2]], tf.int64), 1, 3, True, 5)],
    [t.shape for t in tf.random.log_uniform_candidate_sampler(c([[1], [2]], tf.int64), 1, 3, True, 5)],
    err(lambda: tf.random.uniform_candidate_sampler(c([[1]], tf.int64), 1, 6, True, 5)),
    err(lambda: tf.random.uniform_candidate_sampler(c([[1]], tf.int64), 2, 6, False, 5)),
    err(lambda: tf.random.fixed_unigram_candidate_sampler(c([[1]], tf.int64), 1, 3, False, 6, unigrams=[1.0, 2.0])),
    err(lambda: tf.random.fixed_unigram_candidate_sampler(c([[1]], tf.int64), 1, 3, False, 6)),
    F.compute_accidental_hits(c([[1, 2], [3, 3]], tf.int64), c([3, 1, 7], tf.int64), 2),
    F.compute_accidental_hits(c([[1, 2]], tf.int64), c([5, 7], tf.int64), 2),
    """,
    sampled_losses="""
    [F.nce_loss(M, tf.range(3.0), c([[1], [2]], tf.int64), tf.ones([2, 4]), 2, 3, sampled_values=(c([0, 2], tf.int64), c([[0.5], [0.6]]), c([0.7, 0.8])))],
    F.nce_loss(M, tf.range(3.0), c([[1], [2]]), tf.ones([2, 4]), 2, 3, sampled_values=(c([0, 2], tf.int64), c([[0.5], [0.6]]), c([0.7, 0.8])), remove_accidental_hits=True),
    F.nce_loss(M, tf.range(3.0), c([[1, 0], [2, 1]]), tf.ones([2, 4]), 2, 3, num_true=2, sampled_values=(c([0, 2], tf.int64), c([[0.5, 0.1], [0.6, 0.2]]), c([0.7, 0.8]))),
    F.sampled_softmax_loss(M, tf.range(3.0), c([[1], [2]]), tf.ones([2, 4]), 2, 3, sampled_values=(c([0, 2], tf.int64), c([[0.5], [0.6]]), c([0.7, 0.8]))),
    F.sampled_softmax_loss([M[:2], M[2:]], [tf.range(2.0), c([2.0])], c([[1], [2]]), tf.ones([2, 4]), 2, 3, sampled_values=(c([0, 2], tf.int64), c([[0.5], [0.6]]), c([0.7, 0.8]))),
    F.sampled_softmax_loss(M, tf.range(3.0), c([[1, 0], [2, 1]]), tf.ones([2, 4]), 2, 3, num_true=2, remove_accidental_hits=False, sampled_values=(c([0, 2], tf.int64), c([[0.5, 0.1], [0.6, 0.2]]), c([0.7, 0.8]))),
    [tf.convert_to_tensor(g) for g in grad(lambda w, b, x: F.nce_loss(w, b, c([[1], [2]]), x, 2, 3, sampled_values=(c([0, 2], tf.int64), c([[0.5], [0.6]]), c([0.7, 0.8]))), M, tf.range(3.0), tf.ones([2, 4]))],
    [tf.convert_to_tensor(g) for g in grad(lambda w, b, x: F.sampled_softmax_loss(w, b, c([[1], [2]]), x, 2, 3, sampled_values=(c([0, 2], tf.int64), c([[0.5], [0.6]]), c([0.7, 0.8]))), M, tf.range(3.0), tf.ones([2, 4]))],
    F.nce_loss(tf.ones([50, 4]), tf.zeros([50]), c([[1], [2]], tf.int64), tf.ones([2, 4]), 5, 50).shape,
    F.sampled_softmax_loss(tf.ones([50, 4]), tf.zeros([50]), c([[1], [2]], tf.int64), tf.ones([2, 4]), 5, 50, seed=3).shape,
    """,
    ctc_dense="""
    both(lambda x: F.ctc_loss([[1, 2, 1], [3, 3, 0]], x, [3, 2], [5, 4]), tf.reshape(tf.sin(tf.range(40.0)), [5, 2, 4])),
    F.ctc_loss([[1, 2], [2, 2]], tf.reshape(tf.sin(tf.range(40.0)), [2, 5, 4]), [2, 1], [5, 3], logits_time_major=False, blank_index=-1),
    F.ctc_loss([[1, 2], [0, 2]], tf.reshape(tf.sin(tf.range(40.0)), [5, 2, 4]), [2, 0], [5, 5], blank_index=3),
    F.ctc_loss([[1, 1, 1]], tf.reshape(tf.sin(tf.range(16.0)), [4, 1, 4]), [3], [4]),
    F.ctc_loss([[1, 2, 1]], tf.reshape(tf.sin(tf.range(16.0)), [4, 1, 4]), [3], [4], unique=F.ctc_unique_labels([[1, 2, 1]])),
    F.ctc_loss([[1, 2, 1]], tf.cast(tf.reshape(tf.sin(tf.range(16.0)), [4, 1, 4]), tf.float16), [3], [4]),
    grad(lambda x: F.ctc_loss([[2, 0, 1]], x, [3], [5], blank_index=1), tf.reshape(tf.sin(tf.range(15.0)), [5, 1, 3])),
    """,
    ctc_sparse="""
    F.ctc_loss(tf.SparseTensor([[0, 0], [0, 1], [1, 0]], [0, 2, 1], [2, 2]), tf.reshape(tf.sin(tf.range(40.0)), [5, 2, 4]), None, [5, 4], blank_index=-1),
    F.ctc_loss(tf.SparseTensor([[0, 0], [0, 1], [1, 0]], [1, 2, 1], [2, 2]), tf.reshape(tf.sin(tf.range(40.0)), [2, 5, 4]), None, [5, 4], logits_time_major=False, blank_index=0),
    grad(lambda x: F.ctc_loss(tf.SparseTensor([[0, 0], [0, 1], [1, 0]], [0, 2, 1], [2, 2]), x, None, [5, 4], blank_index=3), tf.reshape(tf.sin(tf.range(40.0)), [5, 2, 4])),
    err(lambda: F.ctc_loss(tf.SparseTensor([[0, 0]], [0], [1, 1]), tf.zeros([2, 1, 3]), None, [2])),
    both(lambda x: F.ctc_loss(tf.SparseTensor([[0, 0], [0, 1]], [1, 1], [1, 2]), x, None, [2], blank_index=0), tf.reshape(tf.range(6.0), [2, 1, 3])),
    err(lambda: F.ctc_loss(tf.SparseTensor([[0, 0]], [1], [1, 2]), tf.zeros([2, 1, 3]), None, [3], blank_index=0)),
    """,
    ctc_decode="""
    [sp(F.ctc_greedy_decoder(tf.reshape(tf.sin(tf.range(60.0) * 1.7), [6, 2, 5]), [6, 4])[0][0]), F.ctc_greedy_decoder(tf.reshape(tf.sin(tf.range(60.0) * 1.7), [6, 2, 5]), [6, 4])[1]],
    sp(F.ctc_greedy_decoder(tf.one_hot([[1], [1], [2], [0], [0], [2]], 3), [6], blank_index=0)[0][0]),
    sp(F.ctc_greedy_decoder(tf.one_hot([[1], [1], [2], [0], [0], [2]], 3), [6], merge_repeated=False)[0][0]),
    [[sp(s) for s in o[0]] + [o[1]] for o in [F.ctc_beam_search_decoder(tf.reshape(tf.sin(tf.range(60.0) * 1.7), [6, 2, 5]), [6, 4], 10, 3)]],
    [[sp(s) for s in o[0]] + [o[1]] for o in [F.ctc_beam_search_decoder(tf.reshape(3 * tf.sin(tf.range(60.0) ** 1.3), [10, 1, 6]), [10])]],
    [[sp(s) for s in o[0]] + [o[1]] for o in [F.ctc_beam_search_decoder(tf.reshape(3 * tf.sin(tf.range(60.0) ** 1.3), [10, 1, 6]), [10], 2, 2)]],
    err(lambda: F.ctc_beam_search_decoder(tf.zeros([2, 1, 3]), [2], 2, 3)), err(lambda: F.ctc_greedy_decoder(tf.zeros([2, 1, 3]), [3])),
    F.ctc_unique_labels([[3, 4, 4, 3], [1, 0, 0, 0]]), F.collapse_repeated([[1, 1, 2, 2, 1], [1, 1, 1, 0, 0]], [5, 3]),
    F.collapse_repeated(c([[1, 1]]), c([2], tf.int64)),
    """,
    embedding="""
    F.embedding_lookup(M, [[0, 2], [1, 1]]), F.embedding_lookup([M[:2], M[2:]], [2, 0]), F.embedding_lookup(M, [0, 2], max_norm=1.0),
    F.embedding_lookup(tf.Variable(M), c([1], tf.int64)), F.embedding_lookup(M, 1), err(lambda: F.embedding_lookup(M, [3])),
    err(lambda: F.embedding_lookup([], [0])), err(lambda: F.embedding_lookup(None, [0])),
    [tf.convert_to_tensor(g) for g in grad(lambda m: F.embedding_lookup(m, [0, 2, 0], max_norm=1.0), M)],
    """,
    embedding_sparse="""
    *[F.embedding_lookup_sparse(M, tf.SparseTensor([[0, 0], [0, 2], [1, 1], [3, 0]], [0, 2, 1, 1], [5, 3]), None, combiner=k) for k in (None, "mean", "sum", "sqrtn")],
    *[F.embedding_lookup_sparse(M, tf.SparseTensor([[0, 0], [0, 2], [1, 1]], [0, 2, 1], [2, 3]), tf.SparseTensor([[0, 0], [0, 2], [1, 1]], [0.5, 2.0, 1.5], [2, 3]), combiner=k) for k in ("mean", "sum", "sqrtn")],
    F.embedding_lookup_sparse(M, tf.SparseTensor([[0, 0], [0, 2], [1, 1]], [0, 2, 1], [2, 3]), None, max_norm=1.0),
    F.embedding_lookup_sparse([M[:2], M[2:]], tf.SparseTensor([[0, 0], [0, 2], [1, 1]], c([0, 2, 1], tf.int64), [2, 3]), None),
    err(lambda: F.embedding_lookup_sparse(M, [1], None)), err(lambda: F.embedding_lookup_sparse(M, tf.SparseTensor([[0, 0]], [0], [1, 1]), None, combiner="max")),
    *[F.safe_embedding_lookup_sparse(M, tf.SparseTensor([[0, 0], [0, 2], [1, 1], [3, 0]], [0, 2, -1, 1], [5, 3]), None, combiner=k) for k in ("mean", "sum", "sqrtn")],
    *[F.safe_embedding_lookup_sparse(M, tf.SparseTensor([[0, 0], [0, 2], [1, 1], [3, 0]], [0, 2, -1, 1], [5, 3]), tf.SparseTensor([[0, 0], [0, 2], [1, 1], [3, 0]], [1.0, 2.0, 3.0, -1.0], [5, 3]), combiner=k) for k in ("mean", "sum", "sqrtn")],
    F.safe_embedding_lookup_sparse(M, tf.SparseTensor([[0, 0], [0, 2]], [0, 2], [3, 3]), default_id=1),
    F.safe_embedding_lookup_sparse(M, tf.SparseTensor([[0, 0], [0, 2]], [0, 2], [3, 3]), default_id=1, max_norm=1.0),
    F.safe_embedding_lookup_sparse(M, tf.SparseTensor([[0, 0, 0], [1, 1, 2]], [0, 2], [2, 2, 3])),
    [tf.convert_to_tensor(g) for g in grad(lambda m: F.embedding_lookup_sparse(m, tf.SparseTensor([[0, 0], [0, 2], [1, 1]], [0, 2, 1], [2, 3]), None), M)],
    [tf.convert_to_tensor(g) for g in grad(lambda m: F.safe_embedding_lookup_sparse(m, tf.SparseTensor([[0, 0], [0, 2], [1, 1]], [0, 2, 1], [2, 3])), M)],
    """,
    ranking="""
    F.top_k([1.0, 4.0, 2.0], 2), F.top_k(M, 2).indices, F.in_top_k([1, 0, 3], M, 2), 
    err(lambda: F.top_k(M, 5)), F.top_k(c([[3, 1, 2]]), k=1, index_type=tf.int64),
    """,
    isotonic="""
    *[list(F.isotonic_regression(c(v), decreasing=d)) for d in (True, False) for v in ([3.0, 1.0, 2.0, 2.0, 5.0, 4.0, 4.0], [1.0, 1.0, 1.0, 2.0, 2.0, 0.0, 0.0])],
    list(F.isotonic_regression(M)), list(F.isotonic_regression(M, decreasing=False, axis=0)), list(F.isotonic_regression([3, 1, 2])),
    list(F.isotonic_regression(c([3, 1, 2], tf.int16))), list(F.isotonic_regression(c([3.0, 1.0, 2.0], tf.float16))),
    grad(lambda x: F.isotonic_regression(x)[0] * c([1.0, 2.0, 3.0, 4.0]), M), list(F.isotonic_regression(tf.reshape(M, [3, 2, 2]), axis=1)),
    """,
    blocks="""
    F.space_to_depth(tf.reshape(tf.range(16), [1, 4, 4, 1]), 2), F.depth_to_space(tf.reshape(tf.range(16), [1, 2, 2, 4]), 2),
    F.space_to_batch(tf.reshape(tf.range(16), [1, 4, 4, 1]), [2, 2], [[0, 0], [0, 0]]),
    F.with_space_to_batch(tf.reshape(tf.range(12.0), [1, 12, 1]), [2], "VALID", lambda y, n, p: y[:, 1:] + y[:, :-1]),
    F.with_space_to_batch(tf.reshape(tf.range(12.0), [1, 12, 1]), [3], "SAME", lambda y, n, p: y[:, 2:] + y[:, :-2], filter_shape=[3]),
    F.with_space_to_batch(tf.reshape(tf.range(12.0), [1, 12, 1]), [1], "SAME", lambda y, n, p: y * n if p == "SAME" else y),
    F.with_space_to_batch(tf.reshape(tf.range(36.0), [1, 6, 6, 1]), [2], "VALID", lambda y, n, p: y[:, :, 1:] + y[:, :, :-1], spatial_dims=[2]),
    err(lambda: F.with_space_to_batch(tf.zeros([1, 4, 1]), [2], "SAME", lambda y, n, p: y)),
    err(lambda: F.with_space_to_batch(tf.zeros([1, 4, 1]), [0], "VALID", lambda y, n, p: y)),
    err(lambda: F.with_space_to_batch(tf.zeros([1, 4, 1]), [[2]], "VALID", lambda y, n, p: y)),
    """,
)
