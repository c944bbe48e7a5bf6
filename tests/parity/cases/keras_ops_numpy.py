"""Cases of keras.ops.numpy: values, dtypes under Keras 3's promotion, shapes, errors and gradients."""

import pathlib
import runpy

wrapped = runpy.run_path(str(pathlib.Path(__file__).parent / "_wrap.py"))["wrapped"]

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
F = R.uniform(0.1, 0.9, (2, 3)).astype("float32")
M = R.randn(3, 4).astype("float32")
I = N([[3, -1, 2], [0, 5, 3]], "int32")
D = ["int8", "int64", "float16"]
def dts(f, kinds=D, x=((1, 2), (1, 0))):
    return [err(lambda: f(ops.cast(c(x), d))) for d in kinds]
def pairs(f, kinds=("int8", "uint8", "float16"), x=(1, 2), y=(2, 1)):
    return [
        err(lambda: f(ops.cast(c(x), a), ops.cast(c(y), b)).dtype.name)
        for i, a in enumerate(kinds)
        for b in kinds[i:]
    ]
"""

UNARY = (
    "abs absolute arccos arccosh arcsin arcsinh arctan arctanh angle cbrt ceil conj copy cos cosh deg2rad exp exp2 "
    "expm1 fabs floor i0 imag isfinite isinf isnan isneginf isposinf isreal log log10 log1p log2 logical_not "
    "nan_to_num negative rad2deg real reciprocal round sign signbit sin sinc sinh sqrt square tan tanh trunc "
    "rsqrt erf erfc erfinv bitwise_invert bitwise_not"
).split()
BINARY = (
    "add subtract multiply divide true_divide divide_no_nan floor_divide maximum minimum fmax fmin mod fmod power "
    "arctan2 heaviside hypot logaddexp logaddexp2 nextafter equal not_equal greater greater_equal less less_equal "
    "logical_and logical_or logical_xor bitwise_and bitwise_or bitwise_xor left_shift right_shift bitwise_left_shift "
    "gcd lcm ldexp isclose allclose isin matmul dot inner vdot outer kron append"
).split()

INTEGERS = "bitwise_and bitwise_or bitwise_xor left_shift right_shift bitwise_left_shift gcd lcm ldexp".split()


def _unary(name: str) -> str:
    return (
        PRELUDE
        + f"""
f = ops.{name}
[
    dts(f),
    err(lambda: f(F)),
    err(lambda: f(N([-2.5, -0.0, 0.5, 1.5, 2.5, nan, inf, -inf], "float32"))),
    err(lambda: f(0.5)),
    err(lambda: grad(f, N([0.3, 0.7], "float32"))),
    err(lambda: f(keras.Input((3,)))),
]"""
    )


def _binary(name: str) -> str:
    return (
        PRELUDE
        + f"""
f = ops.{name}
K = {"'int32'" if name in INTEGERS else "'float32'"}
[
    pairs(f),
    err(lambda: f(N([1.5, -2.0, 3.0], "float32"), N([2.0, 0.5, -1.0], "float32"))),
    err(lambda: f(N([7, -7, 5], "int32"), N([2, 2, -3], "int32"))),
    err(lambda: f(N([1, 2], "int8"), 2)),
    err(lambda: f(N([1, 2], "int32"), 2.5)),
    err(lambda: f(N([1.0, 2.0], "float16"), 2)),
    err(lambda: f(True, N([1, 2], "int32"))),
    err(lambda: f(2, 3)),
    err(lambda: f(N([[1.0], [2.0]], "float32"), N([3.0], "float32"))),
    err(lambda: f(N([nan, 1.0, inf], "float32"), N([1.0, nan, inf], "float32"))),
    err(lambda: grad(f, N([1.5, 2.0], "float32"), N([2.0, 0.5], "float32"))),
    err(lambda: f(keras.Input((3,), dtype=K), keras.Input((3,), dtype=K))),
    err(lambda: f(N([1.0], "float64"), N([1.0], "float32"))),
]"""
    )


CASES = {f"unary_{name}": _unary(name) for name in UNARY}
CASES.update({f"binary_{name}": _binary(name) for name in BINARY})

REDUCE = (
    "all any amax amin max min mean sum prod std var median ptp count_nonzero average logsumexp argmax argmin".split()
)
NAN = "nanmax nanmin nanmean nanmedian nanprod nanstd nansum nanvar nanargmax nanargmin".split()
for _name in REDUCE + NAN:
    _keep = _name not in ("count_nonzero", "average")
    CASES[f"reduce_{_name}"] = (
        PRELUDE
        + f"""
f = ops.{_name}
X = N([[1.0, nan, 3.0], [nan, nan, -2.0]], "float32")
[
    dts(f),
    [err(lambda: f(M, axis=a)) for a in (None, 1)],
    [err(lambda: f(I, axis=a)) for a in (0, (0, 1), (), 2)],
    {"[err(lambda: f(M, axis=a, keepdims=True)) for a in (None, (0, 1))]," if _keep else ""}
    err(lambda: f(X)), err(lambda: f(X, axis=0)),
    err(lambda: f(c(3.0))),
    err(lambda: f([1, 2, 3])),
    err(lambda: f(np.zeros((0, 3), "float32"), axis=0)),
    err(lambda: grad(lambda x: f(x, axis=1), M)),
    err(lambda: f(keras.Input((3, 4)), axis=1)),
    err(lambda: f(keras.Input((3, 4)))),
]"""
    )

CASES.update(
    {
        "reduce_more": PRELUDE
        + """
[
    [ops.max(c([1, 5]), initial=7), ops.min(c([1, 5]), initial=0), ops.max(c([1.0, 5.0]), axis=0, initial=2.0)],
    err(lambda: ops.max(np.zeros((0,), "float32"))), err(lambda: ops.max(np.zeros((0,), "float32"), initial=1.0)),
    ops.max(c([True, False])), ops.min(c([True, False]), initial=False),
    ops.prod(c([2, 3]), dtype="float32"), ops.prod(N([2, 3], "int8"), dtype="int8"),
    ops.average([1.0, 2.0, 3.0], weights=[3.0, 2.0, 1.0]), ops.average(M, axis=1, weights=N([1.0, 2, 3, 4])),
    ops.average(I, axis=0, weights=[1, 3]), ops.average(M, axis=0, weights=np.abs(M)),
    ops.cumsum(I), ops.cumsum(I, axis=1), ops.cumprod(I, axis=0), ops.cumsum(c([True, True])),
    ops.cumsum(I, axis=1, dtype="float32"), ops.nancumsum([1.0, nan, 2.0]), ops.nancumprod([[2.0, nan], [3.0, 1.0]], axis=0),
    err(lambda: ops.cumsum(I, axis=5)), grad(lambda x: ops.cumprod(x, axis=1), F),
    ops.argmax(c([[0.0, -0.0]])), ops.argmax(c([-0.0, 0.0])), ops.argmin(c([0.0, -0.0])), ops.argmax(c([nan, 1.0, 2.0])),
    ops.argmax(c([True, False])), err(lambda: ops.argmax(M, axis=3)), ops.argmin(M, axis=1, keepdims=True),
    ops.count_nonzero(c([[1, 0], [0, 0]]), axis=1), ops.count_nonzero(c([True, False])),
    ops.trace(M), ops.trace(N([[1, 2], [3, 4]], "uint8")), ops.trace(R.randn(2, 3, 4), offset=1, axis1=1, axis2=2),
    ops.diff([1, 4, 9, 16]), ops.diff(M, n=2, axis=0), ops.diff([True, False, True]), err(lambda: ops.diff(1)),
    err(lambda: ops.diff([1], n=-1)), ops.trapezoid([1.0, 2.0, 4.0]), ops.trapezoid(M, axis=0), ops.trapezoid([1, 2, 3], x=[0, 1, 3]),
    ops.trapezoid([1, 2, 3], dx=2),
]""",
        "quantiles": PRELUDE
        + """
q = ops.quantile
X = N([[1.0, 5.0, 2.0, 8.0], [3.0, nan, 4.0, 0.0]], "float32")
[
    [q(M, 0.3, method=m) for m in ("linear", "lower", "higher", "midpoint", "nearest")],
    q(M, [0.1, 0.5], axis=0), q(M, 0.5, axis=1, keepdims=True), q(M, [0.25, 0.75], axis=1, keepdims=True), q(I, 0.5), q(M, 0.0), q(M, 1.0),
    q(M, [0.2, 0.9]), q(M, 0.5, axis=(0, 1)), q(M, 0.5, keepdims=True),
    q(X, 0.5), q(X, 0.5, axis=1), err(lambda: q(M, 0.5, method="other")), q(N([1, 2], "float16"), 0.5),
    ops.median(I, axis=1), ops.median(M, axis=0, keepdims=True), ops.median(X), ops.percentile(M, 30), ops.percentile(M, [25.0, 75.0], axis=1),
    ops.nanquantile(X, 0.5), ops.nanquantile(X, 0.5, axis=1), ops.nanquantile(X, [0.2, 0.8], axis=1), ops.nanmedian(X, axis=0),
    ops.nanpercentile(X, 40, axis=1), ops.nanquantile(X, 0.5, axis=1, keepdims=True), ops.nanquantile(X, 0.4, method="lower"),
    ops.nanquantile(N([nan, nan], "float32"), 0.5),
    grad(lambda x: q(x, 0.3, axis=1), M),
    q(keras.Input((3, 4)), [0.5, 0.6], axis=1), ops.median(keras.Input((3, 4)), axis=(1, 2)),
]""",
        "statistics": PRELUDE
        + """
[
    ops.bincount([1, 1, 3]), ops.bincount([1, 1, 3], weights=[0.5, 1.0, 2.0]), ops.bincount([[0, 1], [2, 2]], minlength=5),
    ops.bincount(N([1, 2], "uint8")), ops.bincount([1, 2], weights=N([1, 2], "int8")), ops.bincount([1, 2], weights=[1, 2]),
    ops.bincount(keras.Input((3,), batch_size=2, dtype="int32"), minlength=4).shape if False else None,
    ops.digitize([0.2, 6.4, 3.0, 1.6], [0.0, 1.0, 2.5, 4.0, 10.0]), ops.digitize([1, 2, 3], [1, 3]), ops.digitize(N([1, 2], "int8"), [1, 2]),
    ops.histogram([1.0, 2.0, 2.5, 9.0], bins=4), ops.histogram([1, 2, 3, 4], bins=2), ops.histogram([1.0, 2.0, 8.0], bins=3, range=(0, 6)),
    err(lambda: ops.histogram([1.0], bins=0)), err(lambda: ops.histogram([1.0], bins=2.5)), err(lambda: ops.histogram([1.0], range=(1, 2, 3))),
    ops.corrcoef(M), ops.corrcoef(N([1.0, 2.0, 4.0])), ops.corrcoef(I),
    [ops.correlate([1, 2, 3], [0, 1, 0.5], mode=m) for m in ("valid", "same", "full")], ops.correlate([1, 2, 3, 4], [1, 2], mode="same"),
    ops.correlate([1, 2], [1, 2, 3], mode="same"), ops.correlate([1, 2], [1, 2, 3], mode="full"), err(lambda: ops.correlate([1], [1], mode="x")),
    ops.correlate(N([1, 2], "int64"), N([1, 2], "int64")), ops.correlate(N([1, 2], "float16"), N([1, 2], "float16")),
    ops.select([c([True, False]), c([False, True])], [c([1, 2]), c([3, 4])], 9), err(lambda: ops.select([], [])), err(lambda: ops.select([c(True)], [1, 2])),
    ops.select([c([True, False])], [c([1.5, 2.5])]),
]""",
        "shaping": PRELUDE
        + """
X = np.arange(24).reshape(2, 3, 4)
[
    ops.reshape(X, (4, -1)), ops.reshape(X, [24]), err(lambda: ops.reshape(X, (5, -1))), ops.ravel(X), ops.reshape(X, -1),
    ops.expand_dims(c([1, 2]), 0), ops.expand_dims(c([1, 2]), (0, 2)), ops.expand_dims(c([1, 2]), [-1]), err(lambda: ops.expand_dims(c([1, 2]), 5)),
    ops.squeeze(c([[[1], [2]]])), ops.squeeze(c([[[1], [2]]]), axis=0), ops.squeeze(c([[[1], [2]]]), axis=(0, -1)), err(lambda: ops.squeeze(c([[1, 2]]), axis=1)),
    ops.transpose(X).shape, ops.transpose(X, (1, 0, 2)).shape, ops.transpose(X, [-1, 0, 1]).shape, err(lambda: ops.transpose(X, (0, 0, 1))), err(lambda: ops.transpose(X, (0, 1))),
    ops.moveaxis(X, 0, -1).shape, ops.moveaxis(X, (0, 1), (-1, 0)).shape, err(lambda: ops.moveaxis(X, (0, 1), 1)),
    ops.swapaxes(X, 0, -1).shape, ops.flip(X)[0], ops.flip(X, axis=1)[0], ops.flip(X, axis=(0, 2))[0], ops.fliplr(c([[1, 2]])), ops.flipud(c([1, 2])),
    err(lambda: ops.fliplr(c([1, 2]))), err(lambda: ops.flip(X, axis=7)),
    [ops.rot90(N([[1, 2, 3], [4, 5, 6]]), k) for k in (-1, 0, 1, 2, 3)], ops.rot90(X, axes=(2, 0)).shape, ops.rot90(X, k=2, axes=(1, 2))[0], err(lambda: ops.rot90([1])), err(lambda: ops.rot90(X, axes=(1, 1))),
    ops.roll(c([1, 2, 3, 4]), 1), ops.roll(X[0], 2), ops.roll(X[0], -1, axis=1), ops.roll(X[0], (1, 2), axis=(0, 1)),
    ops.broadcast_to(c([1, 2]), (2, 2)), err(lambda: ops.broadcast_to(c([1, 2]), (3, 3))),
    ops.tile(c([1, 2]), 2), ops.tile(c([[1, 2]]), (2, 1)), ops.tile(c([1, 2]), (2, 2)), ops.tile(c([[1, 2], [3, 4]]), [2]),
    ops.repeat(c([1, 2]), 2), ops.repeat(c([[1, 2], [3, 4]]), 2, axis=1), ops.repeat(c([[1, 2], [3, 4]]), c([1, 2]), axis=0), ops.repeat(c([[1, 2], [3, 4]]), 2),
    ops.pad(c([1, 2]), 1), ops.pad(c([[1, 2]]), ((1, 0), (0, 2))), ops.pad(c([1, 2]), (1, 2), constant_values=9), ops.pad(c([1, 2, 3]), (2, 1), mode="reflect"),
    ops.pad(c([1, 2, 3]), (2, 1), mode="symmetric"), err(lambda: ops.pad(c([1, 2]), 1, mode="reflect", constant_values=1)), err(lambda: ops.pad(c([[1.0, 2.0]]), ((1, 1), (1, 1), (1, 1)))),
    err(lambda: ops.pad(c([1]), 1, mode="bad")),
    ops.ndim(X), ops.size(X), ops.shape(X), ops.diagonal(X[0]), ops.diagonal(X, offset=1), ops.diagonal(X, axis1=1, axis2=2), ops.diagonal(X[0], offset=-1),
    ops.diag(c([1, 2])), ops.diag(c([1, 2]), k=1), ops.diag(c([[1, 2], [3, 4]]), k=-1), err(lambda: ops.diag(X)), ops.diagflat(c([[1, 2]])), ops.diagflat(c([1.5]), k=1),
    [ops.tril(X[0], k=k) for k in (-1, 0, 1)], [ops.triu(X[0], k=k) for k in (-1, 0, 1)], ops.tril(X)[1],
    ops.view(c([1, 2], tf.int32), "float32"), ops.view(c([1, 2], tf.int32), "int16"), ops.view(c([1, 2], tf.int16), "int32"), err(lambda: ops.view(c([1, 2, 3], tf.int8), "int32")), ops.view(c([1.0])),
]""",
        "shaping_symbolic": PRELUDE
        + """
x, y = keras.Input((3, 4)), keras.Input((None, 4))
[
    ops.reshape(x, (-1, 12)), ops.reshape(x, (-1, 4, 3)), ops.reshape(y, (-1, 4)), ops.ravel(x), ops.expand_dims(x, 1), ops.squeeze(keras.Input((1, 4)), 1), ops.squeeze(keras.Input((1, 4))),
    ops.transpose(x), ops.transpose(y, (0, 2, 1)), ops.moveaxis(x, 1, 2), ops.swapaxes(y, 1, 2), ops.flip(x, 1), ops.roll(x, 1), ops.roll(y, 1, axis=1), ops.tile(x, (1, 2, 1)), ops.repeat(x, 2, axis=1), ops.repeat(y, 3, axis=1),
    ops.pad(x, ((0, 0), (1, 1), (0, 0))), ops.pad(y, ((0, 0), (1, 1), (0, 0))), ops.concatenate([x, x], axis=1), ops.concatenate([y, x], axis=1), ops.stack([x, x]), ops.stack([x, x], axis=-1), ops.split(x, 2, axis=2), ops.split(x, [1], axis=1),
    ops.shape(x), ops.shape(y), ops.ndim(x) if False else 3, ops.size(keras.Input((2,), batch_size=3)), ops.diagonal(x, axis1=1, axis2=2), ops.tril(x), ops.broadcast_to(keras.Input((1,), batch_size=2), (2, 5)),
    ops.meshgrid(keras.Input(batch_shape=(2,)), keras.Input(batch_shape=(3,))), ops.unstack(x, axis=1), ops.unstack(x, 3, 1), ops.take(x, [0, 1], axis=1), ops.take_along_axis(x, np.zeros((1, 3, 1), "int32"), axis=2),
    ops.where(x > 0, x, 0.0), ops.matmul(x, ops.swapaxes(x, 1, 2)), ops.einsum("bij,bjk->bik", x, ops.swapaxes(x, 1, 2)), ops.tensordot(x, np.ones((4, 2), "float32"), axes=1), ops.dot(x, np.ones((4, 5), "float32")),
    ops.get_item(x, (slice(None), 0)), x[:, 1:], x[..., None], y[:, -1], ops.sort(x, axis=1), ops.argsort(y), ops.cumsum(x, axis=1), ops.top_k(x, 2),
    ops.arange(5), ops.zeros_like(x), ops.ones_like(y, dtype="int32"), ops.full_like(x, 2), ops.cast(x, "int32"), ops.isnan(x), ops.argmax(x, axis=-1), ops.norm(x, axis=-1), ops.cross(keras.Input((3,)), keras.Input((3,))),
    ops.add(x, y[:, :1]), ops.concatenate([x, ops.cast(x, "int32")], axis=0),
    type(ops.add(x, 1)._keras_history.operation).__name__, type(ops.log_softmax(x)._keras_history.operation).__name__, type(ops.max(x)._keras_history.operation).__name__,
    [type(f(x)._keras_history.operation).__name__ for f in (ops.abs, ops.absolute, ops.true_divide if False else ops.exp, ops.amax, ops.arctan, ops.conj, ops.conjugate, ops.relu6, ops.silu, ops.swish, ops.rms_normalization, ops.fabs)],
    [type(f(x, x)._keras_history.operation).__name__ for f in (ops.arctan2, ops.true_divide, ops.divide, ops.fmod, ops.logaddexp2, ops.power)],
]""",
        "joining": PRELUDE
        + """
[
    ops.concatenate([c([1, 2]), c([3])]), ops.concatenate([c([[1, 2]]), c([[3, 4]])], axis=-1), ops.concatenate([c([1, 2]), c([3.5])]), ops.concatenate((N([1], "int8"), N([2], "uint8"))), err(lambda: ops.concatenate([c([[1]]), c([1])])),
    ops.concatenate([N([True]), N([2])]),
    ops.stack([c([1, 2]), c([3, 4])]), ops.stack([c([1, 2]), c([3.0, 4.0])], axis=1), ops.stack([1, 2, 3]), ops.stack([1, 2.5]), err(lambda: ops.stack([c([1]), c([1, 2])])), ops.stack([N([1], "int8"), 2 * N([1], "int16")]),
    ops.hstack([c([1, 2]), c([3])]), ops.hstack([c([[1], [2]]), c([[3], [4]])]), ops.vstack([c([[1, 2]]), c([[3, 4]])]), ops.vstack([c([1, 2]), c([3, 4])]), ops.dstack([c([1, 2]), c([3, 4])]), ops.dstack([c([[1], [2]]), c([[3], [4]])]), ops.hstack([c([1]), c([2.0])]),
    ops.split(c([1, 2, 3, 4]), 2), ops.split(c([1, 2, 3, 4]), [1, 3]), ops.split(np.arange(6).reshape(2, 3), 3, axis=1), err(lambda: ops.split(c([1, 2, 3]), 2)), ops.split(c([1, 2, 3, 4]), c([1, 2])), ops.split(c([1, 2, 3]), (1,)),
    ops.array_split(c([1, 2, 3, 4, 5]), 3), ops.array_split(np.arange(8).reshape(2, 4), 3, axis=1), ops.hsplit(np.arange(8).reshape(2, 4), 2), ops.hsplit(np.arange(4), 2), ops.vsplit(np.arange(8).reshape(4, 2), 2), ops.dsplit(np.arange(8).reshape(2, 2, 2), 2), ops.hsplit(np.arange(8).reshape(2, 4), [1, 3]),
    ops.meshgrid(c([1, 2]), c([3, 4, 5])), ops.meshgrid(c([1, 2]), c([3, 4, 5]), indexing="ij"), err(lambda: ops.meshgrid(c([1]), c([2]), indexing="zz")),
    ops.append(c([1, 2]), c([[3, 4]])), ops.append(c([[1, 2]]), c([[3, 4]]), axis=0), ops.append([1], [2.5]), ops.unstack(c([[1, 2], [3, 4]])), ops.unstack(c([[1, 2], [3, 4]]), axis=1),
    grad(lambda x, y: ops.concatenate([x, y], axis=0) ** 2, N([1.0, 2.0]), N([3.0])),
]""",
        "creation": PRELUDE
        + """
[
    ops.zeros((2,)), ops.zeros([2, 1], "int32"), ops.zeros(2), ops.ones((2,)), ops.ones((2,), "bool"), ops.empty((2, 3)).shape, ops.full((2,), 3), ops.full((2, 2), [1, 2], "int32"), ops.full((), 2.5), ops.full((2,), 1, "bool"),
    ops.zeros_like([1, 2]), ops.ones_like(c([1.5])), ops.ones_like(c([1]), "float16"), ops.zeros_like(c([True])), ops.empty_like(c([1, 2])).dtype, ops.full_like(c([1, 2]), 3.7), ops.full_like(c([1, 2]), 3.7, "float32"), ops.full_like(N([1, 2], "float16"), 3),
    ops.eye(2), ops.eye(2, 3), ops.eye(3, 2, k=1), ops.eye(2, 3, k=-1, dtype="int32"), ops.eye(2, k=5) if False else None, ops.identity(2), ops.identity(2, "int32"), ops.tri(3), ops.tri(2, 3, k=1), ops.tri(3, k=-1, dtype="int32"), ops.tri(2, 3, k=-4),
    ops.arange(3), ops.arange(1, 4), ops.arange(0, 1, 0.25), ops.arange(3.0), ops.arange(3, dtype="float32"), ops.arange(5, 1, -2), ops.arange(3, dtype="int8"), ops.arange(3, dtype="float16"), ops.arange(3, dtype="bfloat16"), ops.arange(c(3)), ops.arange(0, c(2.5)), ops.arange(N(3, "int64")), ops.arange(0, 3, N(1, "int8")),
    ops.linspace(0, 1, 5), ops.linspace(0, 10, 4, endpoint=False), ops.linspace(0, 10, 4, dtype="int32"), ops.linspace(0.0, 1.0, 3, retstep=True), ops.linspace(c([0.0, 1.0]), c([1.0, 3.0]), 3), ops.linspace(c([0.0, 1.0]), c([1.0, 3.0]), 3, axis=-1), ops.linspace(0, 1, 1), err(lambda: ops.linspace(0, 1, -1)), ops.linspace(0, 1, 3, dtype="float16"), ops.linspace(N(0, "int64"), 3, 4), ops.linspace(0, 1, 1, endpoint=False), ops.linspace(0, 4, 4, endpoint=False, retstep=True),
    ops.logspace(0, 2, 3), ops.logspace(0, 3, 4, base=2), ops.logspace(0, 2, 3, dtype="int32"), ops.logspace(0, 2, 2, endpoint=False), ops.geomspace(1, 1000, 4), ops.geomspace(-1.0, -8.0, 4), ops.geomspace(1, 16, 4, endpoint=False), ops.geomspace(1, 27, 4, dtype="float64"),
    ops.bartlett(5), ops.bartlett(c(4)), ops.bartlett(1), ops.blackman(5), ops.hamming(5), ops.hanning(5), ops.kaiser(5, 3.0), ops.hanning(1), ops.blackman(1), ops.hamming(4), ops.kaiser(4, 0.0),
    ops.array([1, 2]), ops.array([1.5], "int32"), ops.array(N([1.0])), ops.vander(c([1, 2, 3])), ops.vander(c([1.0, 2.0]), N=3, increasing=True), ops.vander(N([1, 2], "int8"), 2),
]""",
        "products": PRELUDE
        + """
A, B = R.randn(2, 3, 4).astype("float32"), R.randn(2, 4, 5).astype("float32")
i8 = N([[1, 2], [3, 4]], "int8")
[
    ops.matmul(A, B), ops.matmul(A, B[0]), ops.matmul(A[0], B), ops.matmul(A, B[0, :, 0]), ops.matmul(A[0, 0], B), ops.matmul(A[0, 0], B[0, :, 0]), ops.matmul(i8, i8), ops.matmul(i8, N([1, 2], "int8")), ops.matmul(i8, i8.astype("int32")), ops.matmul(I, N([[1.5], [2], [3]])), err(lambda: ops.matmul(A, A)), ops.matmul(c([[True]]), c([[True]])),
    ops.dot(A, B[0]), ops.dot(A, B).shape, ops.dot(c([1, 2]), c([3, 4])), ops.dot(c(2), c([3, 4])), ops.dot(A[0], B[0, :, 0]), ops.dot(c([1, 2]), c([3.0, 4.0])), ops.dot(i8, i8),
    ops.inner(A[0], A[1]), ops.inner(c([1, 2]), c([3, 4])), ops.inner(c(2), c([1, 2])), ops.vdot(A[0], A[1]), ops.vdot(I, I), ops.outer(c([1, 2]), c([3, 4, 5])), ops.outer(A[0, :1], c([1, 2])),
    ops.tensordot(A, B, axes=[[2], [1]]).shape, ops.tensordot(A[0], B[0], axes=1), ops.tensordot(A[0], A[1], axes=2), ops.tensordot(i8, i8, axes=1), ops.tensordot(A[0], A[1], axes=0).shape, ops.tensordot(A, B, axes=(2, 1)).shape,
    ops.kron(c([1, 2]), c([[1], [10]])), ops.kron(I, c([[1, 0], [0, 1]])), ops.cross([1, 2, 3], [4, 5, 6]), ops.cross(N([[1.0, 2], [3, 4]]), N([[1.0, 1], [2, 5]])), ops.cross(N([1.0, 2.0]), N([1.0, 1, 1])), ops.cross(A[:, :, 0], A[:, :, 1]), ops.cross(A[:, :3, :].transpose(1, 0, 2), A.transpose(1, 0, 2), axis=0).shape, err(lambda: ops.cross([1, 2, 3, 4], [1, 2, 3, 4])),
    ops.einsum("ij,jk->ik", A[0], B[0]), ops.einsum("ij->ji", A[0]), ops.einsum("bij,bjk->bik", A, B), ops.einsum("ii->i", M[:3, :3]), ops.einsum("ij,ij->", A[0], A[1]), ops.einsum("ij,jk", A[0], B[0]), ops.einsum("...ij,...jk->...ik", A, B).shape, ops.einsum("ij,jk->ik", i8, i8), ops.einsum("ij,j->i", I, c([1, 2, 3])), ops.einsum("ij,j->i", I, c([1.0, 2, 3])), ops.einsum("i,j->ij", c([1, 2]), c([1, 2])), err(lambda: ops.einsum("ij,jk->ik", A[0], A[0])), ops.einsum("ab,bc,cd->ad", A[0], B[0], B[0].T),
    grad(ops.matmul, A[0], B[0]), grad(lambda x: ops.einsum("ij,ij->i", x, x), A[0]), grad(ops.dot, N([1.0, 2.0]), N([3.0, 4.0])), grad(lambda x, y: ops.tensordot(x, y, 1), A[0], B[0]),
]""",
        "sorting": PRELUDE
        + """
[
    ops.sort(c([3, 1, 2])), ops.sort(I), ops.sort(I, axis=0), ops.sort(I, axis=None), ops.sort(c([True, False])), ops.sort(c([nan, 1.0, -inf])), ops.argsort(c([3, 1, 2])), ops.argsort(I, axis=0), ops.argsort(I, axis=None), ops.argsort(c([True, False])), ops.argsort(c(3)), ops.argsort(c([1, 1, 0])),
    ops.searchsorted(c([1, 3, 5]), c([3, 4])), ops.searchsorted(c([1, 3, 5]), c([3, 4]), side="right"), err(lambda: ops.searchsorted(c([[1]]), c([1]))), err(lambda: ops.searchsorted(c([1]), c([1]), side="x")), ops.searchsorted(c([1.0, 2.0]), c([[1.5], [0.5]])),
    ops.argpartition(c([3, 1, 2, 0]), 1)[:2], ops.unique(c([3, 1, 3, 2])), ops.unique(c([3, 1, 3, 2]), sorted=False), ops.unique(c([3, 1, 3, 2]), return_index=True, return_inverse=True, return_counts=True), ops.unique(N([[1, 2], [1, 2], [0, 1]]), axis=0), ops.unique(N([[1, 2], [1, 2], [0, 1]]), axis=0, return_inverse=True), ops.unique(N([[1, 2], [1, 0]])), ops.unique(N([[1, 2], [1, 0]]), return_inverse=True),
    ops.unique(c([3, 1, 3]), size=4), ops.unique(c([3, 1, 3]), size=4, fill_value=-1, return_counts=True), ops.unique(c([3, 1, 3, 5]), size=2, return_index=True), ops.unique(c([3, 1, 3]), sorted=False, return_counts=True, return_index=True),
    ops.top_k(c([1.0, 5.0, 3.0]), 2), ops.top_k(I, 1), ops.top_k(I, 2, sorted=False)[0].shape, err(lambda: ops.top_k(I, 9)), ops.in_top_k(c([1, 0]), c([[0.1, 0.9], [0.2, 0.8]]), 1), ops.in_top_k(c([2, 5]), c([[0.1, 0.9, 0.5], [0.2, 0.8, 0.1]]), 2),
    grad(lambda x: ops.sort(x, axis=1) * N([1.0, 2, 3, 4], "float32"), M), grad(lambda x: ops.top_k(x, 2)[0], M),
]""",
        "indexing": PRELUDE
        + """
X = np.arange(12).reshape(3, 4)
[
    ops.take(X, [0, 2], axis=0), ops.take(X, [1, -1]), ops.take(X, [[0], [1]], axis=1), ops.take(X, 1, axis=1), ops.take(X, c([-1]), axis=-1), ops.take(X, N([0, 1], "uint8"), axis=0), err(lambda: ops.take(X, [7], axis=0)),
    ops.take_along_axis(X, [[0], [1], [2]], axis=1), ops.take_along_axis(X, [0, 5]), ops.take_along_axis(X, [[0, 1, 2, -1]], axis=0), err(lambda: ops.take_along_axis(X, [[0]])), err(lambda: ops.take_along_axis(X, [0], axis=0)), ops.take_along_axis(M, ops.argsort(M), axis=1),
    ops.get_item(X, 1), ops.get_item(X, (slice(0, 2), 1)), ops.get_item(X, (..., None, slice(None, None, 2))), ops.get_item(c(X), c(2)), ops.nonzero(c([[0, 1], [2, 0]])), ops.nonzero(c([False, True])),
    ops.where(c([True, False]), c([1, 2]), c([3.5, 4.5])), ops.where(c([True, False]), 1, 0), ops.where(c([1, 0]), 2.5, c([1, 2])), ops.where(c([[True], [False]]), c([1, 2]), 0), ops.where(c([True, False])), err(lambda: ops.where(c([True]), 1)), ops.where([True, False], [1, 2], N([3, 4], "int8")), ops.where(c([0.5, 0.0]), True, False), ops.where(c([True]), N([1], "uint8"), 300), ops.where(c([True]), N([1], "float16"), 2.5),
    ops.unravel_index(5, (2, 3)), ops.unravel_index(c([1, 5]), (2, 3)), ops.unravel_index(c([[1, 5]]), (2, 3)) if False else None, err(lambda: ops.unravel_index(1, (None, 2))), ops.isin([1, 2, 3], [2]), ops.isin([[1, 2], [3, 4]], [2, 3], invert=True), ops.isin([1], [], assume_unique=True), ops.isin([1.0, 2.0], [1]),
    ops.clip(c([1, 5, 9]), 2, 6), ops.clip(c([1.0, 5.0]), 2, 4.5), ops.clip(c([True, False]), 0, 1), err(lambda: ops.clip([1, 5], 2, 4)), ops.clip(N([1.0, 5.0], "float16"), 2, 4), ops.clip(c([1.0, 5.0]), c([2.0, 2.0]), c([3.0, 4.0])), ops.clip(N([1, 200], "uint8"), 3, 100), err(lambda: ops.clip(c([1, 2]), 0.5, 1.5)),
    ops.round(c([1.25, -1.75, 2.5, 3.5])), ops.round(c([1.256, 2.345]), 2), ops.round(c([1234, 5678]), -2), ops.round(c([12, 34]), 1), ops.round(c([1234.5]), -2), ops.nan_to_num(c([nan, inf, -inf]), nan=1.0, posinf=2.0, neginf=3.0), ops.nan_to_num(c([nan, inf])),
    ops.isclose(1.0, 1.0 + 1e-7), ops.isclose([1.0, 2.0], [1.1, 2.0], rtol=0.2), ops.isclose([nan, 1.0], [nan, 1.0], equal_nan=True), ops.isclose([1, 2], [1, 3]), ops.allclose([inf, 1.0], [inf, 1.0]), ops.isclose([inf], [inf]), ops.allclose([nan], [nan]), ops.allclose([nan], [nan], equal_nan=True), ops.allclose([1.0, 2.0], [1.0, 2.1], atol=0.2),
    grad(lambda x: ops.take(x, [0, 0, 1], axis=0), M), grad(lambda x: ops.where(x > 0, x, 2 * x), M), grad(lambda x: ops.clip(x, -0.5, 0.5), M), grad(lambda x: ops.take_along_axis(x, N([[0], [1], [1]]), axis=1), M),
]""",
        "vectorize": PRELUDE
        + """
def f(a, b):
    return tf.where(a > b, a - b, a + b)
[
    ops.vectorize(f)(c([1, 5]), c(3)), ops.vectorize(f)(c([[1], [5]]), c([3, 4])), ops.vectorize(lambda x: x + 1)(c([1, 2])), ops.vectorize(lambda x, y: tf.reduce_sum(x * y), signature="(d),(d)->()")(c([[1.0, 2.0], [3.0, 4.0]]), c([1.0, 1.0])),
    ops.vectorize(lambda x, n: x * n, excluded={1})(c([1, 2]), 3), err(lambda: ops.vectorize(3)), err(lambda: ops.vectorize(f, signature="bad")(c(1), c(2))),
]""",
        "floatx": PRELUDE
        + """
keras.config.set_floatx("float16")
try:
    out = [ops.zeros((1,)), ops.sin(c([1, 2])), ops.mean(c([1, 2])), ops.add(c([1]), 2.5), ops.arange(3.0), ops.std(c([1, 2])), ops.one_hot([1], 2), ops.convert_to_tensor(1.5), ops.convert_to_tensor([1.5]), ops.divide(1, 2), ops.linspace(0, 1, 3), ops.log(c([1], tf.int64))]
finally:
    keras.config.set_floatx("float32")
out""",
    }
)


CASES = {name: wrapped(code) for name, code in CASES.items()}
