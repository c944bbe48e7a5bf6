"""Cases of keras.ops.nn, linalg, image and math."""

import pathlib
import runpy

HERE = pathlib.Path(__file__).parent
wrapped = runpy.run_path(str(HERE / "_wrap.py"))["wrapped"]

PRELUDE = """\
from keras import ops
def err(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
def grad(f, *xs):
    xs = [tf.constant(x) for x in xs]
    with tf.GradientTape() as t:
        for x in xs:
            t.watch(x)
        y = f(*xs)
    return t.gradient(y, xs)
c, N, nan, inf = tf.constant, np.array, float("nan"), float("inf")
R = np.random.RandomState(0)
X = R.randn(2, 4).astype("float32")
V = N([-3.0, -1.0, -0.5, 0.0, 0.5, 1.0, 4.0, 7.0], "float32")
"""

ACTIVATIONS = (
    "relu relu6 sigmoid sparse_sigmoid softplus softsign silu swish log_sigmoid tanh_shrink sparse_plus selu hard_tanh "
    "hard_sigmoid hard_silu hard_swish leaky_relu elu celu gelu squareplus soft_shrink hard_shrink softmax log_softmax "
    "sparsemax glu normalize"
).split()
CASES = {
    f"activation_{name}": PRELUDE
    + f"""
f = ops.{name}
[
    f(V), f(X), f(V.astype("float16")), f(V.astype("float64")), f(c(V)), grad(f, V + 0.1), f(keras.Input((4,))), type(f(keras.Input((4,)))._keras_history.operation).__name__,
    f(ops.cast(V, "bfloat16")),
]"""
    for name in ACTIVATIONS
}
CASES.update(
    {
        "activation_arguments": PRELUDE
        + """
[
    ops.leaky_relu(V, 0.5), ops.elu(V, 2.0), ops.celu(V, 2.0), ops.gelu(V, approximate=False), ops.squareplus(V, b=1), ops.soft_shrink(V, 0.7), ops.hard_shrink(V, 2), ops.threshold(V, 0.5, -1.0), ops.threshold(V, 1, 0), ops.softmax(X, axis=0), ops.softmax(X, axis=None), ops.softmax(X, axis=(0, 1)), ops.log_softmax(X, axis=0), ops.log_softmax(X, axis=None), ops.sparsemax(X, axis=0), ops.glu(X, axis=0), err(lambda: ops.glu(V[:3])), ops.normalize(X, axis=0), ops.normalize(X, order=1), ops.normalize(X, order=3, axis=-1), err(lambda: ops.normalize(X, order=0)), ops.normalize(np.zeros((2, 2), "float32")), ops.normalize(c(3.0)), ops.normalize(X, axis=(0, 1)), ops.normalize(X, epsilon=10.0), ops.softmax(c([[1.0], [2.0]])),
]""",
        "classes": PRELUDE
        + """
[
    ops.one_hot([1, 0], 3), ops.one_hot([1, -1, 5], 3), ops.one_hot([1, 0], 2, axis=0), ops.one_hot([1], 2, dtype="int32"), ops.one_hot([1], 2, dtype="bool"), ops.one_hot(c([[1, 2]]), 3), ops.one_hot(c(1), 2), ops.one_hot(c([1.0]), 2), ops.one_hot(keras.Input((2,), dtype="int32"), 4), ops.multi_hot(c([0, 2]), 4), ops.multi_hot(c([[0, 2], [1, -1]]), 3), ops.multi_hot(c([0, 2]), 3, dtype="bool"), ops.multi_hot(c([0]), 2, dtype="int32"), err(lambda: ops.multi_hot([0])), ops.multi_hot(c([0, 1]), num_tokens=3), ops.one_hot([1, 0], 3, sparse=True), ops.multi_hot(c([[0, 2], [1, 1]]), 3, sparse=True),
]""",
        "entropies": PRELUDE
        + """
P = N([[0.1, 0.7, 0.2], [0.3, 0.3, 0.4]], "float32")
T = N([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]], "float32")
[
    ops.binary_crossentropy(T, P), ops.binary_crossentropy(T, P * 4 - 2, from_logits=True), err(lambda: ops.binary_crossentropy(T, P[0])), ops.binary_crossentropy(T, ops.sigmoid(c(P))), ops.categorical_crossentropy(T, P), ops.categorical_crossentropy(T, P, from_logits=True), ops.categorical_crossentropy(T, P, axis=0), err(lambda: ops.categorical_crossentropy(T[0], P)), ops.categorical_crossentropy(T, ops.softmax(c(P))), ops.sparse_categorical_crossentropy([1, 2], P), ops.sparse_categorical_crossentropy([[1], [2]], P), ops.sparse_categorical_crossentropy([1, 2], P, from_logits=True), err(lambda: ops.sparse_categorical_crossentropy([1], P)), err(lambda: ops.sparse_categorical_crossentropy([1, 2], P, axis=0)), ops.sparse_categorical_crossentropy([1.0, 2.0], ops.softmax(c(P))),
    grad(lambda p: ops.categorical_crossentropy(T, p), P), grad(lambda p: ops.sparse_categorical_crossentropy([1, 0], p, from_logits=True), P), grad(lambda p: ops.binary_crossentropy(T, p), P), ops.categorical_crossentropy(keras.Input((3,)), keras.Input((3,))), ops.sparse_categorical_crossentropy(keras.Input((1,), dtype="int32"), keras.Input((3,))), err(lambda: ops.categorical_crossentropy(c(1.0), c(1.0))),
]""",
        "convolutions": PRELUDE
        + """
A1, A2, A3 = R.randn(2, 8, 3).astype("float32"), R.randn(2, 7, 8, 4).astype("float32"), R.randn(1, 5, 5, 5, 2).astype("float32")
K1, K2, K3 = R.randn(3, 3, 5).astype("float32"), R.randn(3, 2, 4, 6).astype("float32"), R.randn(2, 2, 2, 2, 3).astype("float32")
G2 = R.randn(3, 3, 2, 6).astype("float32")
[
    ops.conv(A1, K1), ops.conv(A1, K1, 2, "same"), ops.conv(A1, K1, dilation_rate=2), ops.conv(A2, K2), ops.conv(A2, K2, (2, 1), "same"), ops.conv(A2, K2, dilation_rate=(1, 2)), ops.conv(A3, K3), ops.conv(A2, G2), err(lambda: ops.conv(A2[:, :2], K2)), err(lambda: ops.conv(A2, K1)), ops.conv(A2.transpose(0, 3, 1, 2), K2, data_format="channels_first") if False else None, err(lambda: ops.conv(A2, K2, padding="bad")), ops.conv(keras.Input((None, 8, 4)), K2), ops.conv(keras.Input((7, 8, 4)), K2, 2, "same"),
    ops.depthwise_conv(A1, R.randn(3, 3, 2).astype("float32")), ops.depthwise_conv(A2, R.randn(3, 3, 4, 2).astype("float32"), 2, "same"), ops.depthwise_conv(A2, R.randn(3, 3, 4, 1).astype("float32"), dilation_rate=2), ops.depthwise_conv(A2, R.randn(3, 3, 4, 1).astype("float32"), 2, dilation_rate=2), err(lambda: ops.depthwise_conv(A3, K3)), err(lambda: ops.depthwise_conv(A2, R.randn(3, 3, 5, 1).astype("float32"))),
    ops.separable_conv(A1, R.randn(3, 3, 2).astype("float32"), R.randn(1, 6, 4).astype("float32")), ops.separable_conv(A2, R.randn(3, 3, 4, 1).astype("float32"), R.randn(1, 1, 4, 4).astype("float32"), padding="same"),
    ops.conv_transpose(A1, R.randn(3, 5, 3).astype("float32")), ops.conv_transpose(A1, R.randn(3, 5, 3).astype("float32"), 2, "same"), ops.conv_transpose(A2, R.randn(3, 2, 5, 4).astype("float32"), 2), ops.conv_transpose(A2, R.randn(3, 2, 5, 4).astype("float32"), 2, output_padding=1), ops.conv_transpose(A2, R.randn(3, 3, 5, 4).astype("float32"), 2, "same", output_padding=1), ops.conv_transpose(A2, R.randn(2, 2, 5, 4).astype("float32"), dilation_rate=2), ops.conv_transpose(keras.Input((7, 8, 4)), R.randn(2, 2, 5, 4).astype("float32"), 2), err(lambda: ops.conv_transpose(A2, K2)),
    ops.max_pool(A1, 2), ops.max_pool(A2, (2, 3), 1, "same"), ops.max_pool(A3, 2), ops.average_pool(A1, 3, 2, "same"), ops.average_pool(A2, 2), ops.average_pool(A3, 2, 1), ops.max_pool(A2.transpose(0, 3, 1, 2), 2, data_format="channels_first"), ops.average_pool(A2.transpose(0, 3, 1, 2), 2, padding="same", data_format="channels_first"), ops.max_pool(keras.Input((7, 8, 4)), 2, padding="same"), ops.max_pool(keras.Input((None, None, 4)), 2), err(lambda: ops.max_pool(A2, 2, padding="bad")),
    ops.adaptive_average_pool(A1, 3), ops.adaptive_max_pool(A1, 3), ops.adaptive_average_pool(A2, (3, 5)), ops.adaptive_max_pool(A2, 3), ops.adaptive_average_pool(A3, 2), ops.adaptive_max_pool(A3, (2, 3, 4)), ops.adaptive_average_pool(A2.transpose(0, 3, 1, 2), 2, data_format="channels_first"), err(lambda: ops.adaptive_average_pool(X, 2)),
    grad(lambda a, k: ops.conv(a, k, 2, "same"), A1, K1), grad(lambda a: ops.max_pool(a, 2), A1), grad(lambda a: ops.average_pool(a, 3, 1, "same"), A1), grad(lambda a, k: ops.conv_transpose(a, k, 2), A1, R.randn(3, 5, 3).astype("float32")), grad(lambda a: ops.adaptive_max_pool(a, 3), A1),
]""",
        "blocks": PRELUDE
        + """
I = R.randn(2, 2, 5, 6).astype("float32")
U = ops.unfold(I, 2)
[
    U, ops.unfold(I, (2, 3), dilation=2, padding=1, stride=2), ops.unfold(I, 3, padding=(1, 0), stride=(1, 2)), err(lambda: ops.unfold(X, 2)), ops.fold(U, (5, 6), 2), ops.fold(ops.unfold(I, 2, padding=1, stride=2), (5, 6), 2, padding=1, stride=2), err(lambda: ops.fold(X, 2, 2)), ops.unfold(keras.Input((2, 5, 6)), 2), ops.fold(keras.Input((8, 20)), (5, 6), 2),
    ops.depth_to_space(R.randn(1, 2, 2, 8).astype("float32"), 2), ops.space_to_depth(R.randn(1, 4, 4, 2).astype("float32"), 2), ops.depth_to_space(R.randn(1, 8, 2, 2).astype("float32"), 2, "channels_first"), ops.space_to_depth(R.randn(1, 2, 4, 4).astype("float32"), 2, data_format="channels_first"), ops.depth_to_space(keras.Input((2, 2, 8)), 2),
    ops.rearrange(np.arange(24).reshape(2, 3, 4), "a b c -> c a b"), ops.rearrange(np.arange(24).reshape(2, 12), "a (b c) -> a b c", b=3), ops.rearrange(np.arange(24).reshape(2, 12), "a (b c) -> b (a c)", c=4), ops.rearrange(np.arange(24).reshape(2, 3, 4), "a b c -> a (b c)"), ops.rearrange(keras.Input((4, 6)), "b h (w c) -> b (h w) c", c=2),
]""",
        "normalization": PRELUDE
        + """
Y = R.randn(2, 3, 4).astype("float32")
g, b = N([1.0, 2, 3, 4], "float32"), N([0.5, 0, -1, 2], "float32")
[
    ops.moments(Y, (0, 1)), ops.moments(Y, 2, keepdims=True), ops.moments(Y.astype("float16"), 0), ops.moments(Y, [0], synchronized=True), ops.moments(keras.Input((3, 4)), (0, 1)),
    ops.batch_normalization(Y, b, g, -1), ops.batch_normalization(Y, b, g, -1, offset=b, scale=g, epsilon=0.1), ops.batch_normalization(Y, N([1.0, 2, 3], "float32"), N([1.0, 2, 3], "float32"), 1, N([1.0, 2, 3], "float32")),
    ops.layer_normalization(Y), ops.layer_normalization(Y, g, b), ops.layer_normalization(Y, axis=1), ops.layer_normalization(Y, axis=(1, 2), epsilon=0.1), ops.layer_normalization(Y, N([1.0, 2, 3], "float32"), axis=1), ops.layer_normalization(Y.astype("float16"), g, b), ops.layer_normalization(Y, g, rms_scaling=True), ops.layer_normalization(keras.Input((3, 4))),
    ops.rms_normalization(Y), ops.rms_normalization(Y, g), ops.rms_normalization(Y, axis=(1, 2), epsilon=0.5), ops.rms_normalization(Y.astype("float16"), g), ops.rms_normalization(c(3.0)),
    grad(lambda y, s: ops.layer_normalization(y, s, axis=-1) ** 2, Y, g), grad(lambda y: ops.rms_normalization(y) ** 3, Y),
]""",
        "attention": PRELUDE
        + """
q, k, v = (R.randn(2, t, 2, 4).astype("float32") for t in (3, 5, 5))
[
    ops.dot_product_attention(q, k, v), ops.dot_product_attention(q, k, v, scale=0.5), ops.dot_product_attention(q, k, v, is_causal=True), ops.dot_product_attention(q, k, v, mask=R.rand(2, 2, 3, 5) > 0.4), ops.dot_product_attention(q, k, v, bias=R.randn(2, 2, 3, 5).astype("float32")), ops.dot_product_attention(q, k[:, :, :1], v[:, :, :1]), err(lambda: ops.dot_product_attention(q[0], k[0], v[0])), err(lambda: ops.dot_product_attention(q, k, v, flash_attention=True)), err(lambda: ops.dot_product_attention(q, k, v, attn_logits_soft_cap=1.0)), ops.dot_product_attention(q.astype("float16"), k.astype("float16"), v.astype("float16")), ops.dot_product_attention(keras.Input((3, 2, 4)), keras.Input((5, 2, 4)), keras.Input((5, 2, 4))), ops.dot_product_attention(np.tile(q, (1, 1, 2, 1)), k, v), grad(lambda a: ops.dot_product_attention(a, k, v), q),
    ops.psnr(X, X + 0.1, 1.0), err(lambda: ops.psnr(X, X[0], 1.0)), ops.polar(c([1.0, 2.0]), c([0.0, 3.14159265])), ops.view_as_complex(c([[1.0, 2.0]])), ops.view_as_real(c([1 + 2j])), err(lambda: ops.view_as_complex(c([1.0]))), ops.view_as_complex(keras.Input((2,))),
]""",
        "ctc": PRELUDE
        + """
L = R.randn(2, 6, 5).astype("float32")
[
    ops.ctc_loss(N([[1, 2, 3], [2, 2, 0]]), L, N([3, 2]), N([6, 5])), ops.ctc_loss(N([[1, 2], [2, 1]]), L, N([2, 1]), N([6, 6]), mask_index=4), grad(lambda l: ops.ctc_loss(N([[1, 2], [2, 1]]), l, N([2, 1]), N([6, 6])), L),
    ops.ctc_decode(L, N([6, 4])), ops.ctc_decode(L, N([6, 4]), merge_repeated=False, mask_index=4), ops.ctc_decode(L, N([6, 4]), "beam_search", beam_width=4, top_paths=2), ops.ctc_decode(L, N([6, 6]), "beam_search", beam_width=4, mask_index=-1), err(lambda: ops.ctc_decode(L, N([6, 4]), "other")),
]""",
        "linalg": PRELUDE
        + """
S = N([[4.0, 1.0, 0.5], [1.0, 3.0, 0.2], [0.5, 0.2, 2.0]], "float32")
T = R.randn(2, 3, 4).astype("float32")
[
    ops.cholesky(S), ops.cholesky(S, upper=True), err(lambda: ops.cholesky(-S)), err(lambda: ops.cholesky(T)), err(lambda: ops.cholesky(c([1.0]))), ops.cholesky_inverse(ops.cholesky(S)), ops.cholesky_inverse(ops.cholesky(S, upper=True), upper=True), ops.det(S), ops.slogdet(S), ops.logdet(S), ops.inv(S), ops.eigh(S)[0], ops.abs(ops.eigh(S)[1]), ops.sort(ops.real(ops.eig(S)[0])), ops.lu_factor(S), err(lambda: ops.det(T)), err(lambda: ops.inv(T)),
    [ops.norm(T, ord=o, axis=1) for o in (None, 1, 2, 3, 0, inf, -inf)], [ops.norm(S, ord=o, axis=(0, 1)) for o in (None, "fro", "nuc", 1, -1, 2, -2, inf, -inf)], ops.norm(S), ops.norm(N([3, 4])), ops.norm(T, axis=(1, 2), keepdims=True), ops.norm(T, axis=-1, keepdims=True, ord=1), err(lambda: ops.norm(T)), err(lambda: ops.norm(T, axis=5)), err(lambda: ops.norm(S, ord="fro", axis=1)), err(lambda: ops.norm(S, ord=3)), err(lambda: ops.norm(T, axis=(0, 1, 2))), ops.norm(T, ord=2, axis=(2, 1), keepdims=True), ops.norm(N([3, 4], "int64")), ops.norm(c([3 + 4j, 0j])),
    [ops.abs(part) for part in ops.qr(T)], [p.shape for p in ops.qr(T[:, :, :2], mode="complete")], err(lambda: ops.qr(T, mode="x")), ops.solve(S, N([1.0, 2, 3], "float32")), ops.solve(S, S), err(lambda: ops.solve(S, N([1.0, 2], "float32"))), err(lambda: ops.solve(T, T)), ops.solve_triangular(S, N([1.0, 2, 3], "float32")), ops.solve_triangular(S, S, lower=True), ops.svd(T, compute_uv=False), [p.shape for p in ops.svd(T)], [p.shape for p in ops.svd(T, full_matrices=False)], ops.lstsq(T[0].T, N([1.0, 2, 3, 4], "float32")), ops.lstsq(T[0], T[0]), err(lambda: ops.lstsq(T[0], N([1.0], "float32"))), ops.lstsq(T[0].T, N([1.0, 2, 3, 4], "float32"), rcond=0.5), ops.matrix_rank(S), ops.matrix_rank(N([[1.0, 2], [2, 4]], "float32")), ops.matrix_rank(S, tol=3.0), ops.pinv(T), ops.pinv(T[0], rcond=0.5),
    ops.jvp(lambda x: x * x, (c(3.0),), (c(1.0),)), ops.jvp(lambda x, y: x * y, (c(3.0), c(2.0)), (c(1.0), c(0.5))), ops.jvp(lambda x: (x * x, x + 1), (c([1.0, 2.0]),), (c([1.0, 0.0]),), has_aux=True), ops.cholesky(keras.Input((3, 3))), ops.svd(keras.Input((3, 4))), ops.det(keras.Input((3, 3))), ops.norm(keras.Input((3, 3)), axis=(1, 2)), ops.qr(keras.Input((4, 3))), ops.solve(keras.Input((3, 3)), keras.Input((3, 1))), grad(ops.det, S), grad(ops.inv, S), grad(lambda s: ops.norm(s, axis=0), S),
]""",
        "math": PRELUDE
        + """
d, ids = N([[1.0, 2], [3, 4], [5, 6], [7, 8]], "float32"), N([0, 0, 2, 1])
sig = R.randn(2, 64).astype("float32")
S = [[getattr(ops, f"segment_{k}")(d, ids, num_segments=n) for n in (None, 4)] for k in ("sum", "max", "min", "prod")]
[
    S, [getattr(ops, f"segment_{k}")(d, N([0, 0, 1, 2]), sorted=True) for k in ("sum", "max", "min", "prod")], err(lambda: ops.segment_sum(d, ids, num_segments=2, sorted=True)), err(lambda: ops.segment_sum(d, d)), ops.segment_sum(keras.Input((2,), batch_size=4), keras.Input((), batch_size=4, dtype="int32"), num_segments=3), ops.segment_max(d.astype("int32"), ids),
    ops.cdist(d, d[:2]), ops.cdist(R.randn(2, 3, 2), R.randn(2, 4, 2)), err(lambda: ops.cdist(d, sig)), err(lambda: ops.cdist(d[0], d)), ops.logsumexp(d, axis=1), ops.logsumexp(d, keepdims=True), ops.extract_sequences(sig[0, :10], 4, 2), ops.extract_sequences(sig, 16, 8).shape,
    ops.fft((sig[0, :4], sig[1, :4])), ops.fft2((sig[:, :4], sig[:, 4:8])), ops.ifft2((sig[:, :4], sig[:, 4:8])), ops.rfft(sig[0, :8]), ops.rfft(sig[0, :8], 4), ops.irfft(ops.rfft(sig[0, :8])), ops.irfft(ops.rfft(sig[0, :8]), 6), err(lambda: ops.fft(sig)), err(lambda: ops.fft((sig, sig[0]))), err(lambda: ops.fft((N([1]), N([2])))),
    ops.stft(sig, 16, 8, 16), ops.stft(sig, 12, 6, 16, window="hamming"), ops.stft(sig, 16, 8, 16, center=False, window=None), err(lambda: ops.stft(sig, 16, 8, 8)), err(lambda: ops.stft(sig.astype("float16"), 16, 8, 16)), err(lambda: ops.stft(sig, 16, 8, 16, window="x")), ops.istft(ops.stft(sig, 16, 8, 16), 16, 8, 16), ops.istft(ops.stft(sig, 16, 8, 16), 16, 8, 16, length=60), ops.istft(ops.stft(sig, 12, 6, 16, center=False), 12, 6, 16, center=False), ops.stft(keras.Input((64,)), 16, 8, 16), ops.istft((keras.Input((9, 9)), keras.Input((9, 9))), 16, 8, 16),
    ops.rsqrt(c([4.0])), ops.erf(c([0.5])), ops.erfinv(N([0.5], "float16")), ops.in_top_k(c([0]), c([[0.5, 0.1]]), 1),
]""",
        "image": PRELUDE
        + """
im = ops.image
A = R.rand(2, 5, 6, 3).astype("float32")
U = R.randint(0, 255, (4, 4, 3)).astype("uint8")
[
    im.rgb_to_grayscale(A), im.rgb_to_grayscale(U), im.rgb_to_grayscale(A.transpose(0, 3, 1, 2), data_format="channels_first"), err(lambda: im.rgb_to_grayscale(A[..., :2])), err(lambda: im.rgb_to_grayscale(A[0, 0])), im.rgb_to_grayscale(A[..., :1]), im.rgb_to_grayscale(keras.Input((5, 6, 3))),
    im.rgb_to_hsv(A), im.hsv_to_rgb(A), err(lambda: im.rgb_to_hsv(U)), im.rgb_to_hsv(A.transpose(0, 3, 1, 2), data_format="channels_first"), im.hsv_to_rgb(A[0]), im.rgb_to_hsv(N([[[0.0, 0, 0], [1, 1, 1], [1, 0, 0], [0, 0, 1], [0.5, 0.2, 0.5]]], "float32")),
    im.pad_images(A, 1, 2, 3, 4), im.pad_images(A, 1, 2, target_height=9, target_width=10), im.pad_images(A[0], bottom_padding=1, right_padding=0, target_height=7, target_width=8), err(lambda: im.pad_images(A, 1, 2)), err(lambda: im.pad_images(A, -1, 2, 3, 4)), err(lambda: im.pad_images(A, 1, 1, target_height=3, target_width=3)), im.pad_images(A.transpose(0, 3, 1, 2), 1, 1, 1, 1, data_format="channels_first"), im.pad_images(keras.Input((5, 6, 3)), 1, 1, 1, 1),
    im.crop_images(A, 1, 2, 1, 1), im.crop_images(A, 1, 2, target_height=2, target_width=3), im.crop_images(A[0], bottom_cropping=1, right_cropping=1, target_height=2, target_width=2), err(lambda: im.crop_images(A, 1, 1)), err(lambda: im.crop_images(A, 1, 1, target_height=9, target_width=9)), im.crop_images(keras.Input((5, 6, 3)), 1, 1, 1, 1),
    im.extract_patches(A, 2), im.extract_patches(A, (2, 3), strides=1, padding="same"), im.extract_patches(A, 2, dilation_rate=2, strides=1), im.extract_patches(A[0], (3, 3)), err(lambda: im.extract_patches(A, "2")), err(lambda: im.extract_patches(A, (1, 2, 3, 4))), im.extract_patches_3d(R.rand(1, 4, 4, 4, 2).astype("float32"), 2), im.extract_patches(R.rand(1, 4, 4, 4, 2).astype("float32"), (2, 2, 2), strides=(1, 1, 1)), im.extract_patches(keras.Input((5, 6, 3)), 2),
    im.map_coordinates(A[0, :, :, 0], [[0.5, 1.2, -1.0, 7.0], [0.1, 2.0, 3.3, 4.9]], 1), [im.map_coordinates(A[0, :, :, 0], [[0.5, 1.2, -1.6, 6.7], [0.1, 2.0, -2.3, 6.9]], o, fill_mode=m) for o in (0, 1) for m in ("constant", "nearest", "wrap", "mirror", "reflect")], im.map_coordinates(N([1, 5, 9]), [[0.4, 1.6]], 1), im.map_coordinates(A[0, 0, :, 0], [[9.0]], 1, fill_value=7.0), err(lambda: im.map_coordinates(A, [[1.0]], 1)), err(lambda: im.map_coordinates(A[0, 0, 0], [[1.0]], 3)), err(lambda: im.map_coordinates(A[0, 0, 0], [[1.0]], 1, fill_mode="x")),
    [im.affine_transform(A, N([1.0, 0.1, 0.7, -0.2, 0.9, 0.4, 0, 0]), interpolation=i, fill_mode=m) for i in ("nearest", "bilinear") for m in ("constant", "nearest", "wrap", "reflect")], im.affine_transform(A[0], N([1.0, 0, -1, 0, 1, 2, 0, 0]), fill_value=0.5), im.affine_transform(A, N([[1.0, 0, 1, 0, 1, 0, 0, 0], [0.9, 0.1, 0, 0, 1, 1, 0.01, 0]])), im.affine_transform(A.transpose(0, 3, 1, 2), N([1.0, 0, 1, 0, 1, 0, 0, 0]), data_format="channels_first"), err(lambda: im.affine_transform(A, N([1.0, 0, 1, 0, 1, 0, 0, 0]), interpolation="x")), err(lambda: im.affine_transform(A, N([[[1.0]]]))),
    im.perspective_transform(A, [[0.0, 0], [5, 0], [0, 4], [5, 4]], [[0.5, 0.2], [4.5, 0.1], [0.3, 3.6], [4.8, 3.9]]), im.perspective_transform(A[0], [[0.0, 0], [5, 0], [0, 4], [5, 4]], [[1.0, 0], [5, 1], [0, 3], [4, 4]], interpolation="nearest", fill_value=0.25), err(lambda: im.perspective_transform(A, [[0.0, 0]], [[0.0, 0]])),
    im.gaussian_blur(A), im.gaussian_blur(A, (5, 3), (0.7, 2.0)), im.gaussian_blur(A[0], (3, 5)), im.gaussian_blur(A.transpose(0, 3, 1, 2), data_format="channels_first"), im.elastic_transform(A, seed=3), im.elastic_transform(A[0], alpha=5.0, sigma=2.0, interpolation="nearest", fill_mode="constant", seed=3),
    im.scale_and_translate(A, (2, 10, 3, 3), [2.0, 0.5], [0.0, 0.2], (1, 2), "linear"), [im.scale_and_translate(A[0], (4, 9, 3), N([0.8, 1.5], "float32"), N([0.1, 0.2], "float32"), (0, 1), m, antialias=a) for m in ("cubic", "lanczos3", "lanczos5") for a in (True, False)], im.scale_and_translate(U, (2, 2, 3), [0.5, 0.5], [0.0, 0.0], (0, 1), "linear"), err(lambda: im.scale_and_translate(A, (1,), [1.0], [1.0], (0,), "x")),
    im.sobel_edges(A), im.sobel_edges(A.transpose(0, 3, 1, 2), data_format="channels_first"), im.ssim(R.rand(1, 12, 12, 3), R.rand(1, 12, 12, 3)), im.ssim(R.rand(12, 13, 1), R.rand(12, 13, 1), filter_size=5, max_val=2.0), im.ssim(keras.Input((12, 12, 3)), keras.Input((12, 12, 3))),
]""",
        "resize": PRELUDE
        + """
A = R.rand(2, 6, 8, 3).astype("float32")
U = R.randint(0, 255, (6, 8, 3)).astype("uint8")
f = ops.image.resize
[
    [f(A, (4, 5), interpolation=i) for i in ("bilinear", "nearest", "bicubic", "lanczos3", "lanczos5", "area")], [f(A, (3, 4), interpolation=i, antialias=True) for i in ("bilinear", "bicubic", "lanczos3")], f(U, (3, 5)), f(U, (3, 5), interpolation="nearest"), f(U, (9, 9), interpolation="bicubic"), f(A, (4, 4), crop_to_aspect_ratio=True), f(A, (4, 4), pad_to_aspect_ratio=True, fill_value=0.5), f(A[0], (8, 4), crop_to_aspect_ratio=True), f(A[0], (8, 4), pad_to_aspect_ratio=True), f(A.transpose(0, 3, 1, 2), (3, 3), data_format="channels_first"), err(lambda: f(A, (3,))), err(lambda: f(A, (0, 3))), err(lambda: f(A, (3, 3), interpolation="x")), err(lambda: f(A, (3, 3), crop_to_aspect_ratio=True, pad_to_aspect_ratio=True)), err(lambda: f(A, (3, 3), fill_mode="reflect")), f(keras.Input((6, 8, 3)), (3, 3)), f(keras.Input((None, None, 3)), (3, 3)),
]""",
    }
)
CASES = {name: wrapped(code) for name, code in CASES.items()}
