"""Cases of tf.keras.backend: Keras 2's functions on tensors, in both dialects."""

import pathlib
import runpy

HERE = pathlib.Path(__file__).parent
wrapped = runpy.run_path(str(HERE / "_wrap.py"))["wrapped"]
PRELUDE = """\
K = tf.keras.backend
def err(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
c, N = tf.constant, np.array
R = np.random.RandomState(0)
X = c(R.randn(2, 3).astype("float32"))
Y = c(R.rand(3, 2).astype("float32"))
"""
_BOTH = {
    "numbers": """
[
    K.sum(X, axis=1), K.mean(X, axis=0, keepdims=True), K.mean(c([True, False])), K.prod(X), K.max(X, axis=-1), K.min(X), K.std(X, axis=1), K.var(X), K.any(c([0, 1])), K.all(c([1, 1])), K.argmax(X), K.argmin(X, axis=0), K.cumsum(X, axis=1), K.cumprod(X), K.abs(X), K.square(X), K.sqrt(X), K.exp(X), K.log(Y), K.sin(X), K.cos(X), K.round(X), K.sign(X), K.pow(X, 2), K.clip(X, -0.5, 0.5), K.clip(X, 0.5, None), K.clip(X, 1.0, 0.0), K.maximum(X, 0.0), K.minimum(X, 0.0), K.equal(X, X), K.not_equal(X, X), K.greater(X, 0.0), K.greater_equal(X, 0.0), K.less(X, 0.0), K.less_equal(X, 0.0),
    K.dot(X, Y), K.dot(c(R.randn(2, 3, 4).astype("float32")), c(R.randn(2, 4, 2).astype("float32"))).shape, K.batch_dot(X, X, axes=1), K.batch_dot(c(R.rand(2, 3, 4)), c(R.rand(2, 4, 5))), K.batch_dot(c(R.rand(2, 3, 4)), c(R.rand(2, 4)), axes=(2, 1)), err(lambda: K.batch_dot(X, Y)), err(lambda: K.batch_dot(c([1.0]), X)), K.l2_normalize(X, axis=1), K.relu(X), K.relu(X, alpha=0.1, max_value=0.5), K.relu(X, threshold=0.3), K.elu(X), K.elu(X, 0.5), K.sigmoid(X), K.hard_sigmoid(X), K.tanh(X), K.softmax(X), K.softmax(X, axis=0), err(lambda: K.softmax(c([1.0]))), K.softplus(X), K.softsign(X), K.in_top_k(c([[0.1, 0.9]]), c([1]), 1), K.bias_add(X, c([1.0, 2.0, 3.0])), err(lambda: K.bias_add(X, X[None])), K.batch_normalization(X, c([0.0, 1.0, 2.0]), c([1.0, 2.0, 3.0]), c([0.5, 0.5, 0.5]), c([1.0, 2.0, 1.0])), K.dropout(tf.ones((100,)), 0.3, seed=1).shape,
    K.binary_crossentropy(c([[1.0, 0.0]]), c([[0.7, 0.4]])), K.binary_crossentropy(c([[1.0, 0.0]]), c([[0.7, 0.4]]), from_logits=True), K.categorical_crossentropy(c([[0.0, 1.0]]), c([[0.3, 0.6]])), K.categorical_crossentropy(c([[0.0, 1.0]]), c([[0.3, 0.6]]), from_logits=True), K.sparse_categorical_crossentropy(c([1]), c([[0.3, 0.6]])), K.binary_focal_crossentropy(c([[1.0, 0.0]]), c([[0.7, 0.4]])), K.binary_focal_crossentropy(c([[1.0, 0.0]]), c([[0.7, 0.4]]), apply_class_balancing=True, gamma=1.0), K.categorical_focal_crossentropy(c([[0.0, 1.0]]), c([[0.3, 0.6]])),
]""",
    "arrays": """
v = K.variable([[1.0, 2.0], [3.0, 4.0]])
[
    K.shape(X), K.int_shape(X), K.ndim(X), K.count_params(v), K.dtype(X), K.cast(X, "int32"), K.cast_to_floatx(N([1, 2])), K.reshape(X, (3, 2)), K.flatten(X), K.batch_flatten(c(R.rand(2, 3, 4))).shape, K.expand_dims(X), K.expand_dims(X, 0), K.squeeze(c([[1.0]]), 0), K.permute_dimensions(X, (1, 0)), K.transpose(X), K.reverse(X, 0), K.reverse(X, [0, 1]), K.repeat(X, 2), K.repeat_elements(X, 2, 1), K.tile(X, (1, 2)), K.tile(c([1.0]), 2), K.concatenate([X, X]), K.concatenate([X, X], axis=0), K.stack([X, X], axis=1), K.gather(X, c([1, 0])), K.one_hot(c([1, 0]), 3), K.arange(4), K.arange(1, 7, 2), K.arange(3, dtype="float32"), K.zeros((2,)), K.ones((2, 1), "int32"), K.eye(2), K.zeros_like(X), K.ones_like(X), K.constant([1, 2]), K.constant(3, shape=(2,)), K.constant([1], "int32"),
    K.temporal_padding(c(R.rand(1, 2, 1))), K.spatial_2d_padding(c(R.rand(1, 2, 2, 1))).shape, K.spatial_2d_padding(c(R.rand(1, 1, 2, 2)), ((1, 0), (0, 2)), "channels_first").shape, K.spatial_3d_padding(c(R.rand(1, 2, 2, 2, 1))).shape, K.resize_volumes(c(R.rand(1, 1, 2, 1, 1)), 2, 1, 2, "channels_last").shape, K.is_sparse(X), K.to_dense(X), K.is_sparse(tf.sparse.from_dense([[1]])), K.to_dense(tf.sparse.from_dense([[1, 0]])), K.random_normal((2, 3)).shape, K.random_uniform((2,), dtype="float64").dtype, K.truncated_normal((2,)).shape, K.random_bernoulli((5,), 1.0), K.random_normal_variable((2,), 0.0, 1.0).shape, K.random_uniform_variable((2,), 0.0, 1.0).shape,
]""",
    "session": """
v = K.variable(1.0)
K.set_value(v, 3.0)
w = K.variable([1.0, 2.0])
K.batch_set_value([(v, 5.0), (w, [7.0, 8.0])])
seen = K.batch_get_value([v, w])
K.update(v, 2.0), K.update_add(v, 1.0), K.update_sub(v, 0.5)
m = K.variable(10.0)
K.moving_average_update(m, 0.0, 0.9)
def step(x, s):
    return x + s[0], [x + s[0]]
S = c(R.rand(2, 3, 1).astype("float32"))
mask = c([[True, True, False], [True, False, True]])
[
    seen, K.get_value(v), K.eval(v), K.get_value(3), m, K.switch(c(True), c(1.0), c(2.0)), K.switch(c([True, False]), c([1.0, 2.0]), c([3.0, 4.0])), K.switch(c(False), lambda: c(1.0), lambda: c(2.0)), K.switch(c([[True], [False]]), c([[1.0, 2.0], [3.0, 4.0]]), c([[0.0, 0.0], [0.0, 0.0]])), list(K.stop_gradient([c(1.0), c(2.0)])), K.foldl(lambda a, b: a + b, c([1, 2, 3])), K.foldr(lambda a, b: a - b, c([1, 2, 3])), K.map_fn(lambda x: x * 2, c([1, 2])),
    K.rnn(step, S, [tf.zeros((2, 1))]), K.rnn(step, S, [tf.zeros((2, 1))], go_backwards=True)[0], K.rnn(step, S, [tf.zeros((2, 1))], mask=mask), K.rnn(step, S, [tf.zeros((2, 1))], mask=mask, zero_output_for_mask=True)[1], K.rnn(step, S, [tf.zeros((2, 1))], unroll=True)[1], K.rnn(lambda x, s: (x * s[1] + s[0], [x]), S, [tf.zeros((2, 1))], constants=[c(2.0)])[1], tf.function(lambda s: K.rnn(step, s, [tf.zeros((2, 1))])[0])(S),
    K.epsilon(), K.floatx(), K.image_data_format(), K.get_uid("zz"), K.get_uid("zz"), K.is_keras_tensor(tf.keras.Input((1,))), err(lambda: K.set_floatx("x")),
]""",
    "windows": """
I = c(R.rand(1, 5, 5, 2).astype("float32"))
[
    K.conv1d(I[:, 0], c(R.rand(2, 2, 3).astype("float32"))), K.conv1d(I[:, 0], c(R.rand(2, 2, 3).astype("float32")), padding="causal"), K.conv2d(I, c(R.rand(2, 2, 2, 3).astype("float32")), (2, 2), "same"), K.conv3d(c(R.rand(1, 3, 3, 3, 1).astype("float32")), c(R.rand(2, 2, 2, 1, 1).astype("float32"))), K.conv2d_transpose(I, c(R.rand(2, 2, 3, 2).astype("float32")), (1, 6, 6, 3)), K.depthwise_conv2d(I, c(R.rand(2, 2, 2, 1).astype("float32"))), K.separable_conv2d(I, c(R.rand(2, 2, 2, 1).astype("float32")), c(R.rand(1, 1, 2, 3).astype("float32"))), K.pool2d(I, (2, 2)), K.pool2d(I, (2, 2), (2, 2), "same", pool_mode="avg"), K.pool3d(c(R.rand(1, 3, 3, 3, 1).astype("float32")), (2, 2, 2)), err(lambda: K.pool2d(I, (2, 2), pool_mode="x")), err(lambda: K.conv2d(I, c(R.rand(2, 2, 2, 3).astype("float32")), padding="x")),
    K.ctc_batch_cost(c([[1, 0]]), c(np.full((1, 3, 3), 1 / 3, "float32")), c([[3]]), c([[2]])), K.ctc_decode(c(N([[[0.1, 0.8, 0.1], [0.1, 0.1, 0.8], [0.7, 0.2, 0.1]]], "float32")), c([3])), K.ctc_label_dense_to_sparse(c([[1, 2], [3, 4]]), c([2, 1])),
]""",
}
_K2 = {
    "phases@k2": """
x = tf.keras.Input((3,))
f = K.function([x], [x * 2, K.sum(x, axis=1)])
[
    K.learning_phase(), K.in_train_phase(c(1.0), c(2.0)), K.in_train_phase(c(1.0), c(2.0), training=True), K.in_train_phase(lambda: c(1.0), lambda: c(2.0), training=0), K.in_test_phase(c(1.0), c(2.0), training=True), f([N([[1.0, 2.0, 3.0]], "float32")]), K.placeholder((2, 3)).shape, K.placeholder(ndim=2).shape, err(lambda: K.placeholder((2,), sparse=True, ragged=True)), err(lambda: K.function([x], [x], updates=[1])), K.print_tensor(c([1.0]), "m"), K.random_binomial((3,), 1.0), K.normalize_batch_in_training(X, c([1.0, 1.0, 1.0]), c([0.0, 0.0, 0.0]), [0]), K.local_conv1d(c(R.rand(1, 4, 2).astype("float32")), c(R.rand(3, 4, 2).astype("float32")), (2,), (1,)), K.local_conv2d(c(R.rand(1, 3, 3, 1).astype("float32")), c(R.rand(4, 4, 2).astype("float32")), (2, 2), (1, 1), (2, 2)), K.mean(x, axis=-1).shape, K.softmax(x).shape,
]""",
}
CASES = {name: wrapped(PRELUDE + code) for name, code in {**_BOTH, **_K2}.items()}
CASES.update({f"{name}@k2": wrapped(PRELUDE + code) for name, code in _BOTH.items()})
