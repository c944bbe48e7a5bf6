"""Cases of merging and reshaping layers."""

import pathlib
import runpy

both = runpy.run_path(str(pathlib.Path(__file__).with_name("_layers.py")))["both"]

TABLE = {
    "elementwise": """[go(c(name="l"), [X(2, 3), X(2, 3)]) for c in (L.Add, L.Subtract, L.Multiply, L.Average, L.Maximum, L.Minimum)]""",
    "three": """[go(c(name="l"), [X(2, 3), X(2, 3), X(2, 1)]) for c in (L.Add, L.Multiply, L.Average, L.Maximum, L.Minimum)]""",
    "ranks": """[go(L.Add(name="l"), [X(2, 3), X(2, 4, 3)]), go(L.Multiply(name="l"), [X(2, 1, 3), X(2, 4, 1)])]""",
    "errors": """[err(lambda: L.Add()([X(2, 3), X(2, 4)])), err(lambda: L.Add()(X(2, 3))), err(lambda: L.Add()([X(2, 3), X(3, 3)])),
        err(lambda: L.Subtract()([X(2, 3)] * 3)), err(lambda: L.Concatenate()([X(2, 3), X(3, 3)])), err(lambda: L.Concatenate()(X(2, 3))),
        err(lambda: L.Dot(axes="a")), err(lambda: L.Dot(axes=(1, 2, 3))), err(lambda: L.Dot(axes=1)([X(2, 3), X(2, 4)])),
        err(lambda: L.Dot(axes=1)([X(2, 3)] * 3)), err(lambda: L.Dot(axes=(1.0, 2)))]""",
    "functions": """
a, b = X(2, 3), X(2, 3)
[L.add([a, b]), L.subtract([a, b]), L.multiply([a, b]), L.average([a, b]), L.maximum([a, b]), L.minimum([a, b]),
 L.concatenate([a, b]), L.concatenate([a, b], axis=0), L.dot([a, b], axes=1), L.dot([a, b], axes=-1, normalize=True),
 list(L.add([tf.keras.Input((3,)), tf.keras.Input((3,))]).shape)]""",
    "concatenate": """[go(L.Concatenate(name="l"), [X(2, 3), X(2, 4)]), go(L.Concatenate(axis=1, name="l"), [X(2, 3, 2), X(2, 4, 2)]),
        go(L.Concatenate(axis=-2, name="l"), [X(2, 3, 2), X(2, 4, 2), X(2, 1, 2)])]""",
    "dot": """[go(L.Dot(axes=1, name="l"), [X(2, 3), X(2, 3)]), go(L.Dot(axes=(2, 1), name="l"), [X(2, 3, 4), X(2, 4, 5)]),
        go(L.Dot(axes=(1, 2), normalize=True, name="l"), [X(2, 3, 4), X(2, 5, 3)]), go(L.Dot(axes=-1, name="l"), [X(2, 4), X(2, 5, 4)]),
        go(L.Dot(axes=(2, 2), name="l"), [X(2, 3, 4), X(2, 5, 4, 2)]), go(L.Dot(axes=[1, 1], name="l"), [X(2, 3, 4), X(2, 3)])]""",
    "masks": """
def masked(*v):
    return L.Masking()(np.array([[[x] for x in v]], "float32"))
out = []
for f in (L.add, L.multiply, L.maximum, L.minimum, L.average, L.concatenate):
    y = f([masked(1., 0., 0.), masked(0., 2., 0.)])
    out += [y, getattr(y, "_keras_mask", None)]
    y = f([masked(1., 0., 0.), X(1, 3, 1)])
    out += [y, getattr(y, "_keras_mask", None)]
y = L.concatenate([masked(1., 0., 0.), masked(0., 2., 0.)], axis=1)
out + [y, getattr(y, "_keras_mask", None)]""",
    "compute_mask": """
a, b = tf.constant([[True, False]]), tf.constant([[True, True]])
x = tf.constant(X(1, 2, 3))
[L.Add().compute_mask([x, x], [a, b]), L.Add().compute_mask([x, x], [a, None]), L.Add().compute_mask([x, x], [None, None]),
 L.Concatenate().compute_mask([x, x], [a, None]), err(lambda: L.Add().compute_mask([x, x], [a])), err(lambda: L.Add().compute_mask([x, x], a))]""",
    "shapes": """[list(L.Add().compute_output_shape([(None, 3), (None, 1)])), list(L.Add().compute_output_shape([(2, 3), (None, 4, 3)])),
        list(L.Concatenate().compute_output_shape([(None, 3), (None, 1)])), list(L.Dot((2, 1)).compute_output_shape([(None, 3, 4), (None, 4, 5)])),
        list(L.Concatenate(1).compute_output_shape([(None, None, 2), (None, 1, 2)]))]""",
    "mixed": """[L.Add(dtype="mixed_float16")([X(2, 3), X(2, 3)]), L.Concatenate(dtype="float64")([X(2, 3), X(2, 3)])]""",
    "promotion": """[L.Add()([X(2, 3), np.ones((2, 3), "int32")]), L.Concatenate()([X(2, 3), np.ones((2, 3), "int32")]),
        L.Average()([np.ones((2, 3), "int32"), np.ones((2, 3), "int32")])]""",
    "reshape": """[go(L.Reshape((3, 2), name="l"), X(2, 6)), go(L.Reshape((-1, 2), name="l"), X(2, 3, 4)), go(L.Reshape((6,), name="l"), X(2, 3, 2)),
        list(L.Reshape((-1, 2)).compute_output_shape((None, 3, 4))), list(L.Reshape((-1, 2))(tf.keras.Input((None, 4))).shape),
        err(lambda: L.Reshape((5,))(X(2, 6))), err(lambda: L.Reshape((-1, 4))(X(2, 6))), err(lambda: L.Reshape((-1, -1))(X(2, 6)))]""",
    "permute": """[go(L.Permute((2, 1), name="l"), X(2, 3, 4)), go(L.Permute((3, 1, 2), name="l"), X(2, 3, 4, 5)), err(lambda: L.Permute((0, 1))),
        err(lambda: L.Permute((2, 1))(X(2, 3)))]""",
    "repeat": """[go(L.RepeatVector(3, name="l"), X(2, 4)), err(lambda: L.RepeatVector("a")), err(lambda: L.RepeatVector(2)(X(2, 3, 4)))]""",
    "cropping": """[go(L.Cropping1D(name="l"), X(2, 5, 2)), go(L.Cropping1D((0, 2), name="l"), X(2, 5, 2)), go(L.Cropping2D(1, name="l"), X(2, 4, 5, 2)),
        go(L.Cropping2D(((1, 0), (0, 2)), name="l"), X(2, 4, 5, 2)), go(L.Cropping2D((1, 2), data_format="channels_first", name="l"), X(2, 2, 4, 5)),
        go(L.Cropping3D(name="l"), X(2, 3, 4, 5, 2)), go(L.Cropping3D(((0, 1), (1, 0), (2, 1)), name="l"), X(2, 3, 4, 5, 2))]""",
    "cropping_errors": """[err(lambda: L.Cropping1D(3)(X(2, 5, 2))), err(lambda: L.Cropping1D((1, 2, 3))), err(lambda: L.Cropping2D((1, 2, 3))),
        err(lambda: L.Cropping2D("a")), err(lambda: L.Cropping2D(4)(X(1, 4, 4, 1))), err(lambda: L.Cropping3D((1, 1)))]""",
    "padding": """[go(L.ZeroPadding1D(name="l"), X(2, 3, 2)), go(L.ZeroPadding1D((0, 2), name="l"), X(2, 3, 2)), go(L.ZeroPadding2D(name="l"), X(2, 3, 2, 1)),
        go(L.ZeroPadding2D(((1, 0), (0, 2)), name="l"), X(2, 3, 2, 1)), go(L.ZeroPadding2D((1, 2), data_format="channels_first", name="l"), X(2, 1, 3, 2)),
        go(L.ZeroPadding3D(name="l"), X(1, 2, 3, 2, 1)), go(L.ZeroPadding3D((1, 0, 2), name="l"), X(1, 2, 3, 2, 1)), err(lambda: L.ZeroPadding2D((1, 2, 3)))]""",
    "upsampling": """[go(L.UpSampling1D(name="l"), X(2, 3, 2)), go(L.UpSampling1D(3, name="l"), X(2, 3, 2)), go(L.UpSampling2D(name="l"), X(2, 3, 2, 1)),
        go(L.UpSampling2D((1, 3), data_format="channels_first", name="l"), X(2, 1, 3, 2)), go(L.UpSampling3D((1, 2, 3), name="l"), X(1, 2, 3, 2, 1))]""",
    "upsampling_methods": """[go(L.UpSampling2D(2, interpolation=m, name="l"), X(1, 3, 3, 1)) for m in ("bilinear", "bicubic", "lanczos3", "lanczos5", "nearest")]
""",
    "dynamic_shapes": """[list(f(tf.keras.Input((None, 3))).shape) for f in (L.Cropping1D(1), L.ZeroPadding1D(1), L.UpSampling1D(2), L.Permute((2, 1)))] + [
        list(f(tf.keras.Input((None, None, 3))).shape) for f in (L.Cropping2D(1), L.ZeroPadding2D(1), L.UpSampling2D(2))]""",
    "masks_through": """
x = L.Masking()(np.array([[[1.], [0.]]], "float32"))
[getattr(f(x), "_keras_mask", None) is not None for f in (L.Dense(2), L.Dropout(0.5), L.Activation("relu"), L.LayerNormalization(),
 L.BatchNormalization(), L.Reshape((2,)), L.Flatten(), L.Identity(), L.LeakyReLU(), L.Lambda(lambda x: x), L.UnitNormalization())]""",
}
CASES = both(TABLE, only_k3={"promotion"}, only_k2=set())
