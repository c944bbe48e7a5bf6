"""Cases of normalization and regularization layers."""

import pathlib
import runpy

both = runpy.run_path(str(pathlib.Path(__file__).with_name("_layers.py")))["both"]

TABLE = {
    "batch": """[go(L.BatchNormalization(name="l"), X(4, 3)), go(L.BatchNormalization(name="l"), X(4, 3), training=True)]""",
    "batch_images": """[go(L.BatchNormalization(name="l"), X(4, 3, 2, 3)), go(L.BatchNormalization(name="l"), X(4, 3, 2, 3), training=True),
        go(L.BatchNormalization(axis=1, name="l"), X(4, 3, 2, 3), training=True)]""",
    "batch_volumes": 'go(L.BatchNormalization(name="l"), X(3, 2, 2, 2, 3), training=True)',
    "batch_settings": """go(L.BatchNormalization(axis=1, momentum=0.8, epsilon=0.01, center=False, scale=True, gamma_initializer="zeros",
        moving_mean_initializer="ones", gamma_regularizer="l2", name="l"), X(4, 3, 5), training=True)""",
    "batch_plain": 'go(L.BatchNormalization(center=False, scale=False, name="l"), X(4, 3), training=True)',
    "batch_mask": """
m = np.array([[True, True, False], [True, False, False]])
b = L.BatchNormalization(momentum=0.5)
y = b(X(2, 3, 4), training=True, mask=tf.constant(m))
[y, b.moving_mean, b.moving_variance]""",
    "batch_frozen": """
b = L.BatchNormalization(momentum=0.5)
x = X(4, 3)
b(x)
b.trainable = False
y = b(x, training=True)
[y, b.moving_mean, len(b.trainable_weights), len(b.non_trainable_weights)]""",
    "batch_renorm": """[go(L.BatchNormalization(renorm=True, name="l"), X(4, 3), training=True),
        go(L.BatchNormalization(renorm=True, renorm_clipping={"rmax": 1.2, "rmin": 0.9, "dmax": 0.1}, renorm_momentum=0.7,
                                name="l"), X(4, 3, 2), training=True),
        err(lambda: L.BatchNormalization(renorm=True, renorm_clipping={"x": 1}))]""",
    "batch_mixed": """[go(L.BatchNormalization(dtype="mixed_float16", name="l"), X(4, 3), training=True),
        go(L.BatchNormalization(dtype="mixed_float16", name="l"), X(4, 2, 2, 3), training=True),
        go(L.BatchNormalization(dtype="float16", name="l"), X(4, 3), training=True),
        go(L.BatchNormalization(dtype="float64", name="l"), X(4, 3), training=True)]""",
    "batch_synchronized": 'go(L.BatchNormalization(synchronized=True, name="l"), X(4, 3), training=True)',
    "batch_function": """
b = L.BatchNormalization(momentum=0.5)
x = X(4, 3)
b(x)
@tf.function
def f(x, t):
    return b(x, training=t)
[f(x, True), b.moving_mean, f(x, False)]""",
    "batch_errors": """[err(lambda: L.BatchNormalization(axis=5)(X(2, 3))), err(lambda: L.BatchNormalization()(tf.keras.Input((None,))))]""",
    "batch_axes": """[go(L.BatchNormalization(axis=[1, 2], name="l"), X(4, 3, 2), training=True),
        go(L.BatchNormalization(axis=[1, 2], name="l"), X(4, 3, 2))]""",
    "batch_virtual": """
out = []
for x in (X(4, 3), X(4, 3, 5)):
    b = L.BatchNormalization(virtual_batch_size=2, momentum=0.5)
    b(x)
    fixed(b)
    out += [b(x, training=True), b(x), b.moving_mean, b.moving_variance]
out""",
    "batch_adjustment": """
b = L.BatchNormalization(adjustment=lambda s: (tf.ones([1, 1]) * 2., tf.ones([1, 1]) * 3.))
[b(X(4, 3), training=True), b(X(4, 3))]""",
    "batch_fused": """[go(L.BatchNormalization(fused=False, name="l"), X(4, 3, 2, 3), training=True), err(lambda: L.BatchNormalization(fused=True, renorm=True)),
        err(lambda: L.BatchNormalization(fused=True)(X(2, 3))),
        go(L.BatchNormalization(fused=True, epsilon=1e-9, name="l"), X(4, 3, 2, 3), training=True)]""",
    "layer": """[go(L.LayerNormalization(name="l"), X(4, 3)), go(L.LayerNormalization(axis=[1, 2], name="l"), X(4, 3, 2)),
        go(L.LayerNormalization(axis=1, name="l"), X(4, 3, 2)), go(L.LayerNormalization(axis=(1, 3), epsilon=1e-6, name="l"), X(2, 3, 2, 4)),
        go(L.LayerNormalization(center=False, name="l"), X(4, 3)), go(L.LayerNormalization(scale=False, beta_regularizer="l2", name="l"), X(4, 3))]""",
    "layer_mixed": """[go(L.LayerNormalization(dtype="mixed_float16", name="l"), X(4, 3)), go(L.LayerNormalization(dtype="float64", name="l"), X(4, 3).astype("float64")),
        err(lambda: L.LayerNormalization(axis="a"))]""",
    "layer_rms": 'go(L.LayerNormalization(rms_scaling=True, name="l"), X(4, 3))',
    "group": """[go(L.GroupNormalization(2, name="l"), X(4, 6)), go(L.GroupNormalization(3, name="l"), X(2, 3, 2, 6)),
        go(L.GroupNormalization(-1, name="l"), X(2, 3, 6)), go(L.GroupNormalization(1, center=False, name="l"), X(2, 3, 6))]""",
    "group_axis": 'go(L.GroupNormalization(2, axis=1, epsilon=0.1, name="l"), X(2, 6, 3))',
    "group_errors": """[err(lambda: L.GroupNormalization(4)(X(2, 6))), err(lambda: L.GroupNormalization(8)(X(2, 6))),
        err(lambda: L.GroupNormalization(2)(tf.keras.Input((None,))))]""",
    "rms": """[go(L.RMSNormalization(name="l"), X(4, 3)), go(L.RMSNormalization(axis=[1, 2], epsilon=0.1, name="l"), X(4, 3, 2)),
        go(L.RMSNormalization(dtype="mixed_bfloat16", name="l"), X(4, 3))]""",
    "unit": """[go(L.UnitNormalization(name="l"), X(4, 3)), go(L.UnitNormalization(axis=[1, 2], name="l"), X(4, 3, 2)),
        err(lambda: L.UnitNormalization(axis="a")), L.UnitNormalization()(np.zeros((1, 2), "float32"))]""",
    "spectral": """
def some(layer, x):
    layer(x)
    fixed(layer)
    a = layer(x)
    b = layer(x, training=True)
    return [a, b, list(layer.get_weights()), [short(w) for w in layer.weights], plain(tf.keras.utils.serialize_keras_object(layer))]
[some(L.SpectralNormalization(L.Dense(2, name="d"), name="l"), X(3, 4)),
 some(L.SpectralNormalization(L.Conv2D(2, 2, name="d"), power_iterations=3, name="l"), X(1, 4, 4, 3)),
 err(lambda: L.SpectralNormalization(L.Dense(2), power_iterations=0)),
 err(lambda: L.SpectralNormalization(L.ReLU())(X(2, 2)))]""",
    "dropout": """[go(L.Dropout(0.5, name="l"), X(4, 3)), L.Dropout(0.0)(X(2, 2), training=True),
        err(lambda: L.Dropout(1.5)), err(lambda: L.Dropout(-0.1)), plain(L.Dropout(0.3, noise_shape=(None, 1), seed=3, name="d").get_config())]""",
    "dropout_training": """
y = L.Dropout(0.5, seed=1)(np.ones((100, 10), "float32"), training=True).numpy()
z = L.Dropout(0.25, noise_shape=(8, 1))(np.ones((8, 50), "float32"), training=True).numpy()
s = L.SpatialDropout2D(0.5)(np.ones((4, 3, 3, 20), "float32"), training=True).numpy()
f = L.SpatialDropout1D(0.5)(np.ones((4, 3, 20), "float32"), training=True).numpy()
[sorted(set(y.ravel().tolist())), bool(0.4 < (y > 0).mean() < 0.6), bool((z == z[:, :1]).all()), sorted(set(z.ravel().round(4).tolist())) != [],
 bool((s == s[:, :1, :1]).all()), bool((f == f[:, :1]).all())]""",
    "dropout_noise_errors": """[err(lambda: L.Dropout(0.5, noise_shape="ab")), err(lambda: L.Dropout(0.5, noise_shape=(1, 0))),
        err(lambda: L.Dropout(0.5, noise_shape=(1, "a"))), err(lambda: L.Dropout(0.5, noise_shape=3))]""",
    "spatial": """[go(L.SpatialDropout1D(0.5, name="l"), X(2, 3, 4)), go(L.SpatialDropout2D(0.5, name="l"), X(2, 3, 4, 2)),
        go(L.SpatialDropout3D(0.5, data_format="channels_first", name="l"), X(2, 3, 4, 2, 2)), err(lambda: L.SpatialDropout1D(0.5)(X(2, 3)))]""",
    "gaussian": """[go(L.GaussianNoise(0.5, name="l"), X(4, 3)), go(L.GaussianDropout(0.5, seed=2, name="l"), X(4, 3)),
        bool(abs(L.GaussianNoise(0.5)(np.zeros((100, 100), "float32"), training=True).numpy().std() - 0.5) < 0.03),
        bool(abs(L.GaussianDropout(0.2)(np.ones((100, 100), "float32"), training=True).numpy().std() - 0.5) < 0.03)]""",
    "alpha": """[L.AlphaDropout(0.5)(X(4, 3)),
        len(set(L.AlphaDropout(0.5)(np.ones((10, 10), "float32"), training=True).numpy().round(4).ravel().tolist()))]""",
    "activity": """
a = L.ActivityRegularization(l1=0.1, l2=0.2, name="l")
[go(a, X(4, 3)), a.losses]""",
}
CASES = both(
    TABLE,
    only_k3={"rms", "layer_rms", "layer_mixed", "dropout_noise_errors"},
    only_k2={"batch_axes", "batch_virtual", "batch_fused", "batch_adjustment"},
)
