"""Cases of keras.layers' convolutions and pooling: outputs, gradients, weights, configs, shapes, errors."""

PRELUDE = """\
L = keras.layers
def err(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return "no error"
def data(*shape):
    n = int(np.prod(shape))
    return (((np.arange(n) * 37) % 101) / 50.0 - 1.0).reshape(shape).astype("float32")
def fixed(layer):
    layer.set_weights([data(*w.shape) * 0.5 for w in layer.get_weights()])
    return layer
def run(layer, *shape, x=None):
    x = tf.constant(data(*shape) if x is None else x)
    layer(x)
    fixed(layer)
    with tf.GradientTape() as t:
        t.watch(x)
        y = layer(x)
        z = tf.reduce_sum(y * tf.reshape(tf.cast(tf.range(tf.size(y)) % 5 - 2, y.dtype), tf.shape(y)))
    g = t.gradient(z, [x, *layer.trainable_variables])
    symbolic = layer.compute_output_shape((None,) + tuple(x.shape[1:]))
    names = [w.name.split("/")[-1].split(":")[0] for w in layer.weights]
    return [y, g, names, list(symbolic)]
def cfg(layer):
    c = layer.get_config()
    again = type(layer).from_config(layer.get_config())
    short = lambda v: v.get("class_name") if isinstance(v, dict) else list(v) if isinstance(v, tuple) else v
    return [{k: short(v) for k, v in sorted(c.items()) if k != "dtype"}, again.get_config() == c]
"""

BOTH = {
    "conv1d": """
[
    run(L.Conv1D(3, 3), 2, 7, 2),
    run(L.Conv1D(3, 2, strides=2, padding="same", activation="relu"), 2, 7, 2),
    run(L.Conv1D(3, 3, padding="causal", dilation_rate=2), 2, 7, 2),
    run(L.Conv1D(4, 3, groups=2, use_bias=False), 2, 7, 4),
    run(L.DepthwiseConv1D(3, depth_multiplier=2, padding="same"), 2, 7, 2),
    run(L.SeparableConv1D(3, 3, strides=2, depth_multiplier=2), 2, 7, 2),
    run(L.Conv1DTranspose(3, 3, strides=2), 2, 5, 2),
    run(L.Conv1DTranspose(3, 3, strides=2, padding="same", output_padding=1), 2, 5, 2),
]""",
    "conv2d": """
[
    run(L.Conv2D(3, 3), 2, 6, 5, 2),
    run(L.Conv2D(3, (2, 3), strides=(2, 1), padding="same", activation="tanh"), 2, 6, 5, 2),
    run(L.Conv2D(2, 2, dilation_rate=2, padding="SAME"), 2, 6, 5, 2),
    run(L.Conv2D(4, 2, groups=2, use_bias=False), 2, 6, 5, 4),
    run(L.DepthwiseConv2D(3, depth_multiplier=2), 2, 6, 5, 2),
    run(L.DepthwiseConv2D((2, 3), strides=2, padding="same", activation="relu"), 2, 6, 5, 2),
    run(L.SeparableConv2D(3, 3, padding="same"), 2, 6, 5, 2),
    run(L.SeparableConv2D(3, 2, dilation_rate=2, depth_multiplier=2, use_bias=False), 2, 6, 5, 2),
    run(L.Conv2DTranspose(3, 3, strides=2, padding="same"), 2, 3, 4, 2),
    run(L.Conv2DTranspose(2, (3, 2), strides=(1, 2), activation="relu"), 2, 3, 4, 2),
    run(L.Conv2DTranspose(2, 3, strides=2, output_padding=1, use_bias=False), 2, 3, 4, 2),
]""",
    "conv3d": """
[
    run(L.Conv3D(2, 2), 1, 3, 4, 3, 2),
    run(L.Conv3D(2, (1, 2, 2), strides=2, padding="same"), 1, 3, 4, 3, 2),
    run(L.Conv3DTranspose(2, 2, strides=2), 1, 2, 2, 2, 2),
    run(L.Conv3DTranspose(2, 3, strides=(2, 1, 1), padding="same"), 1, 2, 2, 2, 2),
]""",
    "pooling": """
[
    run(L.MaxPooling1D(), 2, 7, 2),
    run(L.MaxPooling1D(3, 1, "same"), 2, 7, 2),
    run(L.AveragePooling1D(3, strides=2, padding="same"), 2, 7, 2),
    run(L.MaxPooling2D(), 2, 6, 5, 2),
    run(L.MaxPooling2D((2, 3), strides=1), 2, 6, 5, 2),
    run(L.MaxPooling2D(3, 2, "same"), 2, 6, 5, 2),
    run(L.AveragePooling2D(2), 2, 6, 5, 2),
    run(L.AveragePooling2D(3, 2, "same"), 2, 6, 5, 2),
    run(L.MaxPooling3D(2), 1, 4, 4, 3, 2),
    run(L.AveragePooling3D(2, padding="same"), 1, 4, 4, 3, 2),
    run(L.GlobalMaxPooling1D(), 2, 7, 2),
    run(L.GlobalAveragePooling1D(keepdims=True), 2, 7, 2),
    run(L.GlobalMaxPooling2D(keepdims=True), 2, 6, 5, 2),
    run(L.GlobalAveragePooling2D(data_format="channels_first"), 2, 6, 5, 2),
    run(L.GlobalMaxPooling3D(), 1, 4, 4, 3, 2),
    run(L.GlobalAveragePooling3D(), 1, 4, 4, 3, 2),
    L.GlobalAveragePooling1D()(data(2, 3, 2), mask=np.array([[True, False, True], [True, True, False]])),
    L.GlobalAveragePooling1D(keepdims=True)(data(2, 3, 2), mask=np.array([[True, False, True], [True, True, False]])),
    [L.MaxPool2D is L.MaxPooling2D, L.AvgPool1D is L.AveragePooling1D, L.GlobalAvgPool2D is L.GlobalAveragePooling2D,
     L.GlobalMaxPool3D is L.GlobalMaxPooling3D, L.Convolution2D is L.Conv2D,
     L.SeparableConvolution1D is L.SeparableConv1D, L.Convolution3DTranspose is L.Conv3DTranspose],
]""",
    "configs": """
[
    cfg(L.Conv1D(3, 2, name="a")),
    cfg(L.Conv2D(3, (2, 1), strides=2, padding="same", activation="relu", kernel_regularizer="l2", name="a")),
    cfg(L.Conv3D(3, 2, groups=3, use_bias=False, bias_constraint="non_neg", name="a")),
    cfg(L.Conv2DTranspose(3, 2, strides=2, output_padding=1, name="a")),
    cfg(L.DepthwiseConv2D(2, depth_multiplier=3, depthwise_initializer="zeros", name="a")),
    cfg(L.DepthwiseConv1D(2, name="a")),
    cfg(L.SeparableConv2D(4, 2, pointwise_regularizer="l1", name="a")),
    cfg(L.SeparableConv1D(4, 2, name="a")),
    cfg(L.MaxPooling2D(name="a")),
    cfg(L.AveragePooling1D(3, 2, "same", name="a")),
    cfg(L.GlobalAveragePooling2D(keepdims=True, name="a")),
    cfg(L.GlobalMaxPooling1D(name="a")),
]""",
    "errors": """
[
    err(lambda: L.Conv2D(0, 2)),
    err(lambda: L.Conv2D(-1, 2)),
    err(lambda: L.Conv2D(3, 0)),
    err(lambda: L.Conv2D(3, (2, 2, 2))),
    err(lambda: L.Conv2D(3, "a")),
    err(lambda: L.Conv2D(3, 2, strides=0)),
    err(lambda: L.Conv2D(3, 2, padding="full")),
    err(lambda: L.Conv2D(3, 2, padding="causal")),
    err(lambda: L.Conv2D(3, 2, strides=2, dilation_rate=2)),
    err(lambda: L.Conv2D(3, 2, groups=2)),
    err(lambda: L.Conv2D(3, 2, data_format="x")),
    err(lambda: L.Conv2D(4, 2, groups=2)(data(1, 4, 4, 3))),
    err(lambda: L.Conv2D(4, 2)(data(4, 4, 3))),
    err(lambda: L.Conv2D(4, 5)(data(1, 4, 4, 3))),
    err(lambda: L.Conv2D(4, 5)(keras.Input((4, 4, 3)))),
    err(lambda: L.Conv2DTranspose(4, 3, strides=2, output_padding=2)),
    err(lambda: L.MaxPooling2D(0)),
    err(lambda: L.MaxPooling2D((1, 2, 3))),
    err(lambda: L.MaxPooling2D(2)(data(4, 4, 3))),
    err(lambda: L.AveragePooling2D(2, data_format="x")),
    err(lambda: L.GlobalMaxPooling2D()(data(4, 4, 3))),
    err(lambda: [l := L.Conv2D(4, 2), l(data(1, 4, 4, 3)), l(data(1, 4, 4, 2))]),
]""",
    "symbolic": """
i = keras.Input((None, None, 3))
s = keras.Input((9, 3))
[
    list(L.Conv2D(4, 3)(i).shape),
    list(L.Conv2D(4, 3, strides=2, padding="same")(i).shape),
    list(L.Conv2DTranspose(4, 3, strides=2)(i).shape),
    list(L.DepthwiseConv2D(3)(i).shape),
    list(L.MaxPooling2D()(i).shape),
    list(L.GlobalAveragePooling2D()(i).shape),
    list(L.Conv1D(4, 3, padding="causal")(s).shape),
    list(L.Conv1DTranspose(4, 3, 2, "same")(s).shape),
    list(L.SeparableConv1D(4, 3, 2)(s).shape),
    list(L.AveragePooling1D(2)(s).shape),
    keras.Model(i, L.Conv2D(4, 3, kernel_initializer="ones")(i))(data(1, 5, 5, 3)),
    fixed(L.Conv2D(2, 2).from_config(L.Conv2D(2, 2).get_config())).weights,
]""",
    "training": """
m = keras.Sequential([L.Conv2D(4, 3, activation="relu", input_shape=(8, 8, 1)), L.MaxPooling2D(), L.Flatten(), L.Dense(2)])
fixed(m)
m.compile("sgd", "mse")
h = m.fit(data(8, 8, 8, 1), data(8, 2), batch_size=4, epochs=2, verbose=0, shuffle=False)
[h.history["loss"], m.get_weights(), m.count_params()]""",
}
THREE = {
    "adaptive": """
[
    run(L.AdaptiveAveragePooling1D(3), 2, 7, 2),
    run(L.AdaptiveMaxPooling1D(4), 2, 6, 2),
    run(L.AdaptiveAveragePooling2D((3, 2)), 2, 5, 7, 2),
    run(L.AdaptiveMaxPooling2D(3), 2, 5, 7, 2),
    run(L.AdaptiveAveragePooling3D(2), 1, 3, 4, 5, 2),
    run(L.AdaptiveMaxPooling3D((1, 2, 3)), 1, 3, 4, 5, 2),
    L.AdaptiveAveragePooling2D(2, data_format="channels_first")(data(1, 2, 5, 5)),
    cfg(L.AdaptiveMaxPooling2D(3, name="a")),
    err(lambda: L.AdaptiveMaxPooling2D((1, 2, 3))),
    err(lambda: L.AdaptiveMaxPooling2D(2.5)),
    err(lambda: L.AdaptiveMaxPooling2D(2, data_format="x")),
]""",
    "lora": """
l = L.Conv2D(3, 2, lora_rank=2, lora_alpha=4)
x = data(1, 4, 4, 2)
l(x)
names = [[w.name, list(w.shape), bool(w.trainable)] for w in l.weights]
l.set_weights([data(*w.shape) for w in l.get_weights()])
k = L.Conv2D(3, 2, kernel_constraint="non_neg")
k(x)
[names, l(x), l.kernel, l.get_config()["lora_rank"], l.get_config()["lora_alpha"], err(lambda: k.enable_lora(2)),
 err(lambda: l.enable_lora(2)), err(lambda: L.Conv2D(3, 2).enable_lora(2))]""",
    "channels_first": """
def both(layer, *shape):
    a = layer(data_format="channels_last")
    y = run(a, *shape)[0]
    b = layer(data_format="channels_first")
    x = np.moveaxis(data(*shape), -1, 1)
    try:
        b(x)
        b.set_weights(a.get_weights())
        z = np.moveaxis(np.array(b(x)), 1, -1)
        return np.allclose(y, z, atol=1e-5), list(b.compute_output_shape(x.shape))
    except (tf.errors.UnimplementedError, tf.errors.InvalidArgumentError):
        return True, list(b.compute_output_shape(x.shape))
[
    both(lambda **k: L.MaxPooling2D(2, **k), 2, 6, 5, 2),
    both(lambda **k: L.AveragePooling2D(2, **k), 2, 6, 5, 2),
    both(lambda **k: L.Conv2D(3, 2, strides=2, **k), 2, 6, 5, 2),
    both(lambda **k: L.Conv1D(3, 2, padding="causal", **k), 2, 6, 2),
    both(lambda **k: L.DepthwiseConv2D(3, depth_multiplier=2, **k), 2, 6, 5, 2),
    both(lambda **k: L.SeparableConv2D(3, 2, padding="same", **k), 2, 6, 5, 2),
    both(lambda **k: L.Conv2DTranspose(3, 3, strides=2, **k), 2, 3, 4, 2),
    both(lambda **k: L.GlobalMaxPooling2D(keepdims=True, **k), 2, 3, 4, 2),
]""",
    "mixed": """
l = L.Conv2D(3, 2, dtype="mixed_float16")
l(data(1, 4, 4, 2))
fixed(l)
m = L.MaxPooling2D(2, dtype="float64")
[l(data(1, 4, 4, 2)), l.kernel.dtype, m(data(1, 4, 4, 2))]""",
    "depthwise_stride_and_dilation": """
[run(L.DepthwiseConv2D(2, strides=2, dilation_rate=2, padding="same"), 2, 7, 7, 2)[0],
 run(L.SeparableConv1D(3, 3, strides=2, dilation_rate=2), 2, 9, 2)[0]]""",
}
TWO = {
    "batches": """
l = L.Conv2D(3, 2, padding="same")
x = data(2, 3, 4, 4, 2)
l(x)
[fixed(l)(x), list(l.compute_output_shape((2, 3, 4, 4, 2)))]""",
}
CASES = {name: PRELUDE + body for name, body in {**BOTH, **THREE}.items()}
CASES.update({f"{name}@k2": PRELUDE + body for name, body in {**BOTH, **TWO}.items()})
