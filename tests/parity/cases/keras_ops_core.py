"""Cases of keras.ops: conversion, casting, slices, scattering, loops, branches, custom gradients."""

import pathlib
import runpy

HERE = pathlib.Path(__file__).parent
wrapped = runpy.run_path(str(HERE / "_wrap.py"))["wrapped"]
PRELUDE = runpy.run_path(str(HERE / "keras_ops_nn.py"))["PRELUDE"]

CASES = {
    "conversion": PRELUDE
    + """
v = keras.Variable([1.0, 2.0])
rt, st = tf.ragged.constant([[1, 2], [3]]), tf.sparse.from_dense([[0, 1], [2, 0]])
[
    ops.convert_to_tensor([1, 2]), ops.convert_to_tensor([1.5, 2]), ops.convert_to_tensor(1), ops.convert_to_tensor(N([1.0])), ops.convert_to_tensor([1.7, 2.2], "int32"), ops.convert_to_tensor([1, 0], "bool"), ops.convert_to_tensor(c([1.5]), "int8"), ops.convert_to_tensor(v), ops.convert_to_tensor(v, "float16"), ops.convert_to_tensor(True), ops.convert_to_tensor("a") , ops.convert_to_tensor([1, 2], "float16"), ops.convert_to_tensor(keras.Input((2,)), "int32"), err(lambda: ops.convert_to_tensor([1], "bad")), err(lambda: ops.convert_to_tensor(None)), ops.convert_to_tensor(rt, ragged=False), ops.convert_to_tensor(st, sparse=False), type(ops.convert_to_tensor(st)).__name__, ops.convert_to_tensor(2**40), ops.convert_to_tensor(N([1, 2], "int64")), ops.convert_to_tensor((1, 2.5)), ops.convert_to_tensor(N([1, 2], "int64"), "float32"),
    ops.convert_to_numpy(c([1, 2])), ops.convert_to_numpy(v), ops.convert_to_numpy([1, 2]), ops.convert_to_numpy(st), ops.convert_to_numpy(rt), type(ops.convert_to_numpy(c(1))).__name__, ops.convert_to_numpy(ops.cast(c([1.0]), "bfloat16")).dtype.name,
    ops.cast(c([1.7, -1.7]), "int32"), ops.cast(c([0, 2]), "bool"), ops.cast([1.5], "float16"), ops.cast(keras.Input((2,)), "int32"), ops.cast(c([1.5]), float), ops.cast(c([1.5]), int), ops.cast(c([300.0]), "uint8"), ops.saturate_cast(c([-1.0, 300.0, 3.7]), "uint8"), ops.saturate_cast(c([1e10, -1e10]), "int32"), ops.saturate_cast(c([inf, -inf]), "int8"), ops.saturate_cast(c([70000.0]), "float16"), ops.saturate_cast(c([-1, 5]), "uint16"), ops.saturate_cast(c([True, False]), "float32"), ops.saturate_cast(c([1e20]), "int64"), ops.saturate_cast(keras.Input((2,)), "int8"),
    ops.shape(c([[1, 2]])), ops.shape(keras.Input((2, None))), ops.shape([[1], [2]]), ops.dtype(c(1.0)) if hasattr(ops, "dtype") else None, ops.is_tensor(c(1)), ops.is_tensor(v), ops.is_tensor([1]), ops.is_tensor(N([1])), ops.is_tensor(keras.Input((1,))), ops.is_tensor(st), ops.copy(c([1])), ops.stop_gradient(v), grad(lambda x: x * ops.stop_gradient(x), N([2.0], "float32")),
    ops.view(c([1.0]), "int32"), ops.identity(2),
]""",
    "slices": PRELUDE
    + """
A = np.arange(12).reshape(3, 4).astype("float32")
[
    ops.slice(A, (1, 0), (2, 2)), ops.slice(A, c([0, 1]), [1, -1]), err(lambda: ops.slice(A, (2, 0), (2, 2))), ops.slice(keras.Input((4,), batch_size=3), (0, 1), (3, 2)), ops.slice_update(A, (1, 2), N([[9.0, 8.0]], "float32")), ops.slice_update(A, c([2, 3]), [[7.0]]), ops.slice_update(A, (3, 3), [[7.0]]), ops.slice_update(keras.Input((4,), batch_size=3), (0, 1), np.zeros((1, 2), "float32")), ops.slice_update([1, 2, 3], [1], [9]),
    ops.scatter([[0], [2]], [5, 6], (4,)), ops.scatter([[0, 1], [0, 1]], [1.5, 2.0], (2, 2)), ops.scatter([[1]], [[1, 2]], (3, 2)), err(lambda: ops.scatter([[7]], [1], (3,))), ops.scatter_update(A, [[0, 1], [2, 3]], [9.0, 8.0]), ops.scatter_update(A, [[1]], [[1.0, 2, 3, 4]]), [ops.scatter_update(c([1, 2, 3]), [[0], [0], [2]], [5, 6, 7], reduction=r) for r in ("add", "max", "min", "mul")], err(lambda: ops.scatter_update(c([1]), [[0]], [1], reduction="x")), ops.scatter_update(c([1.0, 2.0]), [[0]], [3.0], reduction="ADD"), ops.scatter_update(keras.Input((4,), batch_size=3), [[0, 0]], [1.0]), ops.scatter_update([1, 2, 3], [[1]], [9]), grad(lambda a: ops.scatter_update(a, [[0, 1]], [9.0]) ** 2, A),
]""",
    "control": PRELUDE
    + """
[
    ops.cond(True, lambda: c(1), lambda: c(2)), ops.cond(c(False), lambda: 1, lambda: 2), ops.cond(c(3.0) > 2, lambda: c(1.0), lambda: c(2.0)), tf.function(lambda x: ops.cond(x > 0, lambda: x * 2, lambda: x - 1))(c(3.0)),
    ops.switch(0, [lambda x, y: x + y, lambda x, y: x - y], c(3), c(1)), ops.switch(c(1), [lambda x, y: x + y, lambda x, y: x - y], c(3), c(1)), ops.switch(9, [lambda: c(1), lambda: c(2)]), ops.switch(-3, [lambda: c(1), lambda: c(2)]),
    ops.while_loop(lambda i: i < 10, lambda i: i + 3, c(0)), ops.while_loop(lambda i, s: i < 5, lambda i, s: (i + 1, s + i), (0, c(0))), ops.while_loop(lambda i: True, lambda i: i + 1, c(0), maximum_iterations=4), ops.while_loop(lambda i, x: i < 2, lambda i, x: [i + 1, x * 2], [c(0), c([1.0, 2.0])]), grad(lambda x: ops.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, y * y), (c(0), x))[1], N(1.1, "float32")),
    ops.fori_loop(0, 5, lambda i, v: v + i, c(0)), ops.fori_loop(c(1), c(4), lambda i, v: v * 2.0, c([1.0, 2.0])), ops.fori_loop(0, 0, lambda i, v: v + 1, c(7)), tf.function(lambda n: ops.fori_loop(0, n, lambda i, v: v + i, c(0)))(c(5)),
    ops.map(lambda x: x * 2, c([1, 2, 3])), ops.map(lambda x: {"s": tf.reduce_sum(x), "m": x}, c([[1.0, 2], [3, 4]])), ops.map(lambda t: t[0] + t[1], (c([1, 2]), c([3, 4]))), ops.map(lambda d: d["a"] * d["b"], {"a": c([1, 2]), "b": c([3, 4])}), ops.map(lambda x: x + 1, keras.Input((3,), batch_size=2)),
    ops.vectorized_map(lambda x: tf.reduce_sum(x), c([[1.0, 2], [3, 4]])), ops.vectorized_map(lambda t: t[0] * t[1], (c([1, 2]), c([3, 4]))), ops.vectorized_map(lambda x: x * 2, keras.Input((3,), batch_size=2)),
    ops.scan(lambda s, x: (s + x, s * x), c(0), c([1, 2, 3])), ops.scan(lambda s, x: (s + x, s + x), c(0), c([1, 2, 3]), reverse=True), ops.scan(lambda s, _: (s * 2, s), c(1), length=4), ops.scan(lambda s, x: ({"a": s["a"] + x[0]}, {"a": s["a"] * x[1]}), {"a": c(0.0)}, (c([1.0, 2.0]), c([3.0, 4.0]))), err(lambda: ops.scan(3, c(0), c([1]))), err(lambda: ops.scan(lambda s, x: (s, x), c(0))), err(lambda: ops.scan(lambda s, x: (s, x), c(0), c([1]), unroll=-1)), ops.scan(lambda s, x: (s + x, s), c(0), c([1, 2]), unroll=True), grad(lambda x: ops.scan(lambda s, y: (s * y, s * y), c(1.0), x)[1], N([1.0, 2.0, 3.0], "float32")), tf.function(lambda x: ops.scan(lambda s, y: (s + y, s), c(0.0), x))(c([1.0, 2.0])), ops.scan(lambda s, x: (s + x, s), keras.Input((), batch_size=1)[0] if False else c(0.0), c([1.0])),
    ops.associative_scan(lambda a, b: a + b, c([1, 2, 3, 4, 5])), ops.associative_scan(lambda a, b: a * b, c([1.0, 2, 3, 4]), reverse=True), ops.associative_scan(lambda a, b: a + b, c([[1, 2, 3], [4, 5, 6]]), axis=1), ops.associative_scan(lambda a, b: (a[0] + b[0], a[1] * b[1]), (c([1, 2, 3]), c([1.0, 2, 3]))), ops.associative_scan(lambda a, b: {"m": tf.maximum(a["m"], b["m"])}, {"m": c([1, 5, 3, 2, 8, 1, 9])}), ops.associative_scan(lambda a, b: a + b, c([7])), err(lambda: ops.associative_scan(1, c([1]))), err(lambda: ops.associative_scan(lambda a, b: a, (c([1, 2]), c([1])))), ops.associative_scan(lambda a, b: a + b, c([1, 2, 3]), axis=-1), ops.associative_scan(lambda a, b: b - a, c([1, 2, 3, 4, 5, 6])), grad(lambda x: ops.associative_scan(lambda a, b: a * b, x), N([1.0, 2.0, 3.0], "float32")),
]""",
    "gradients": PRELUDE
    + """
@ops.custom_gradient
def f(x):
    e = ops.exp(x)
    def g(*args, upstream=None):
        if upstream is None:
            (upstream,) = args
        return ops.multiply(upstream, 10.0)
    return e, g
[f(c(0.5)), grad(f, N([0.5], "float32")), tf.function(lambda x: grad(f, x))(c([1.0])) if False else None]""",
    "scopes": PRELUDE
    + """
x = keras.Input((3,))
inner = keras.Model(x, ops.relu(ops.add(ops.multiply(x, 2.0), 1.0)))
cfg = inner.get_config()
y = ops.concatenate([x, x * 2], axis=1)
m = keras.Model(x, [y, ops.reshape(y, (-1, 2, 3)), ops.max(x, axis=1, keepdims=True)])
a = N([[1.0, -2.0, 3.0]], "float32")
clone = keras.Model.from_config(m.get_config()) if False else m
[
    inner(a), m(a), [l["class_name"] for l in cfg["layers"]], [l["config"].get("name") for l in cfg["layers"]], [l.name for l in m.layers], m.output_shape,
    keras.models.clone_model(m)(a),
]""",
}
CASES = {name: wrapped(code) for name, code in CASES.items()}
CASES["shapes_of_values"] = """
O, KT = tf.keras.ops, tf.keras.KerasTensor
shapes = lambda out: [(t.shape, t.dtype) for t in tf.nest.flatten(out)]
[
    shapes(O.nonzero(KT((2, None), "int32"))), shapes(O.nonzero(KT((2, 3)))), shapes(O.unique(KT((None, 3)))), shapes(O.bincount(KT((None,), "int32"))),
    shapes(O.diag(KT((None,)))), shapes(O.diag(KT((3,)), k=1)), O.diag(np.arange(3), k=-1), O.diag([True, False]), O.diagflat([[1., 2.], [3., 4.]], k=1),
]"""
CASES["refused_matrices"] = """
O, pd = tf.keras.ops, np.array([[4., 1.], [1., 3.]], "float32")
def said(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
[said(lambda: O.cholesky(-pd)), O.cholesky(pd, upper=True), said(lambda: O.trace([1, 2])), O.trace(pd), said(lambda: O.tensordot([1, 2], [3., 4.])), said(lambda: O.tensordot(5, 2))]"""
CASES["arrays_of_other_dtypes"] = """
O = tf.keras.ops
def said(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__, str(e)[:40]
x, w = np.array([[1, 2, 3], [1, 2, 3]], "float32"), np.array([1., 0., 3., 1.])
[
    O.normalize(x, axis=None), O.fori_loop(0, 10, lambda i, x: x + i, np.array(0)), O.fori_loop(0, 4, lambda i, x: x + i, tf.constant(0.)),
    O.scatter_update(np.zeros((2, 2)), [[1, 1]], np.array([2.], "float32")), O.view_as_complex(np.array([[1., 2.]])), O.rfft(w), O.rfft(np.array([5, 3])), O.rfft([1., 2.]), O.rfft(tf.constant(w)),
    said(lambda: O.depth_to_space(tf.zeros([1, 2, 2, 12]), 1)), said(lambda: O.space_to_depth(tf.zeros([1, 2, 2, 12]), 0)), said(lambda: O.stft(np.zeros(64), 16, 0, 16)), said(lambda: O.istft((np.zeros((4, 4)), np.zeros((4, 4))), 16, 1.5, 16)), said(lambda: O.lu_factor(np.ones((4, 3))))[0],
]"""
CASES["sparse_tensors"] = """
O, L = tf.keras.ops, tf.keras.layers
def shown(r):
    if isinstance(r, tf.SparseTensor):
        return "sparse", tf.sparse.to_dense(tf.sparse.reorder(r)) + 0
    return r
s, t = (tf.sparse.from_dense(np.array(v, "float32")) for v in ([[0, 2., 0], [-1., 0, 3.]], [[1., 2., 0], [0, 0, 0]]))
d, rows = tf.constant([[1., 2., 3.], [4., 5., 6.]]), tf.ragged.constant([[1], [0, -1]])
[
    [shown(getattr(O, name)(s)) for name in "abs arcsinh arctan ceil conj expm1 floor imag negative real round sign sin sinh square tan tanh exp cos reciprocal isfinite transpose".split()],
    [[shown(getattr(O, name)(x, y)) for x, y in ((s, t), (s, d), (d, s), (s, 2.))] for name in "add subtract multiply divide maximum minimum".split()],
    shown(O.matmul(s, tf.transpose(d))), shown(O.matmul(d, O.transpose(s))), shown(O.matmul(s, O.transpose(t))), shown(O.concatenate([s, t], 0)), shown(O.concatenate([s, d], 1)),
    shown(O.expand_dims(s, 0)), shown(O.squeeze(O.expand_dims(s, 1), 1)), shown(O.reshape(s, (3, 2))), shown(O.sum(s, axis=0)), shown(O.sum(s, axis=1, keepdims=True)), shown(O.divide(s, 0.)),
    O.take(d, rows, axis=0).to_list(), O.take(d, tf.sparse.from_dense([[0, 1], [1, 0]]), axis=1),
    [shown(layer([s, t])) for layer in (L.Add(), L.Concatenate(), L.Multiply(), L.Subtract(), L.Average(), L.Maximum())], shown(L.Flatten()(O.expand_dims(s, 1))), shown(L.Reshape((3, 1))(s)),
    shown(tf.function(lambda x: O.multiply(O.tanh(x), 2.))(s)), tf.function(lambda x, y: O.matmul(x, y))(s, tf.transpose(d)),
]"""
CASES["symbolic_sparse_tensors"] = """
import keras as K
import os, tempfile
O, L = K.ops, K.layers
i, j, k = keras.Input((3,), sparse=True), keras.Input((3,), sparse=True), keras.Input((3,))
s, t = (tf.sparse.from_dense(np.array(v, "float32")) for v in ([[0, 2., 0], [-1., 0, 3.]], [[1., 2., 0], [0, 0, 0]]))
d = np.ones((2, 3), "float32")
def spec(x):
    return tuple(x.shape), x.dtype, x.sparse
def run(inputs, output, *values):
    r = keras.Model(inputs, output)(list(values) if len(values) > 1 else values[0])
    return ("sparse", tf.sparse.to_dense(tf.sparse.reorder(r))) if isinstance(r, tf.SparseTensor) else r
fs = [lambda x: x * 2, lambda x: -x, lambda x: x / 2., O.abs, O.exp, lambda x: O.sum(x, 1), O.sum, O.transpose, lambda x: O.expand_dims(x, 1), lambda x: O.reshape(x, (-1, 1, 3)), lambda x: O.concatenate([x, x], 1),
      lambda x: O.square(x) + x, lambda x: O.convert_to_tensor(x, sparse=False) + 1., L.Dense(1, kernel_initializer="ones"), L.Flatten(), L.Reshape((3, 1)), L.Permute((1,)), L.Identity()]
m = keras.Model([i, k], L.Dense(1, kernel_initializer="ones")(O.multiply(i, k)))
path = os.path.join(tempfile.mkdtemp(), "m.keras")
m.save(path)
loaded = keras.models.load_model(path)
[
    [(spec(f(i)), run(i, f(i), s)) for f in fs], [[spec(getattr(L, n)()([a, b])) for a, b in ((i, j), (i, k))] for n in "Add Subtract Multiply Average Maximum Minimum Concatenate".split()],
    [[run([a, b], getattr(L, n)()([a, b]), s, v) for a, b, v in ((i, j, t), (i, k, d))] for n in "Add Subtract Multiply Average Maximum Minimum Concatenate".split()], [spec(O.add(i, k)), spec(O.multiply(i, k)), spec(O.add(i, j))],
    L.Dot(1)([s, d]), loaded([s, d]), loaded.inputs[0].sparse, loaded.predict([s, d], verbose=0), spec(O.one_hot(keras.KerasTensor((None, 2), "int32"), 3, sparse=True)), run(i, O.sum(i), s),
]"""
CASES["wide_complex_numbers"] = """
O = tf.keras.ops
z = np.array([0.1 + 0.2j, 0.2, -0.3j])
[getattr(O, name)(z) for name in "angle arccos arcsin arctan cos cosh log log10 norm real imag conj abs sin sinh sqrt tan tanh exp square negative sum mean".split()] + [O.add(z, 1.), O.multiply(z, z), O.angle(tf.constant(z))]"""
