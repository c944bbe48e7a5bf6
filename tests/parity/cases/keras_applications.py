"""Cases of keras.applications: layers, parameters and shapes of the models."""

PRELUDE = """\
import zlib
A, K = tf.keras.applications, tf.keras
def err(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return "no error"
def facts(make, **kwargs):
    K.backend.clear_session()
    m = make(weights=None, **kwargs)
    names = ",".join(layer.name for layer in m.layers)
    shapes = ",".join(str(tuple(w.shape)) for w in m.weights)
    out = [m.name, len(m.layers), m.count_params(), tuple(m.output_shape), zlib.crc32(shapes.encode())]
    out.append(sum(w.size if hasattr(w, "size") and not callable(w.size) else N(w).size for w in m.trainable_weights))
    return out + [zlib.crc32(names.encode())]
N = np.array
small = dict(include_top=False, input_shape=(32, 32, 3))
"""

CASES = {
    "vgg": PRELUDE
    + """
[
    facts(A.VGG16, **small),
    facts(A.VGG19, pooling="avg", **small),
    facts(A.VGG16, input_shape=(32, 32, 1), classes=3),
    err(lambda: A.VGG16(weights="imagenet", classes=3)),
    err(lambda: A.VGG16(weights=None, input_shape=(16, 16, 3), include_top=False)),
    err(lambda: A.VGG16(weights="nowhere")),
]""",
    "mobilenet": PRELUDE
    + """
[
    facts(A.MobileNet, alpha=0.25, **small),
    facts(A.MobileNet, alpha=0.25, input_shape=(32, 32, 3), classes=4),
    facts(A.MobileNetV2, alpha=0.35, **small),
    facts(A.MobileNetV2, alpha=1.4, input_shape=(96, 96, 3), classes=4, classifier_activation=None),
    facts(A.MobileNetV3Small, pooling="max", **small),
    facts(A.MobileNetV3Small, minimalistic=True, include_preprocessing=False, classes=4, input_shape=(64, 64, 3)),
    facts(A.MobileNetV3Large, alpha=0.75, **small),
]""",
    "resnet": PRELUDE
    + """
[
    facts(A.ResNet50, **small),
    facts(A.ResNet50V2, classes=2, input_shape=(32, 32, 3)),
]""",
    "inception": PRELUDE
    + """
[
    facts(A.InceptionV3, include_top=False, input_shape=(75, 75, 3)),
    facts(A.Xception, include_top=False, input_shape=(71, 71, 3), pooling="avg"),
    facts(A.InceptionResNetV2, include_top=False, input_shape=(75, 75, 3)),
]""",
    "densenet_nasnet": PRELUDE
    + """
[
    facts(A.DenseNet121, **small),
    facts(A.NASNetMobile, **small),
]""",
    "efficientnet": PRELUDE
    + """
[
    facts(A.EfficientNetB0, **small),
    facts(A.EfficientNetB1, classes=3, input_shape=(64, 64, 3)),
    facts(A.EfficientNetV2B0, **small),
    facts(A.EfficientNetV2S, pooling="avg", **small),
    facts(A.ConvNeXtTiny, **small),
    facts(A.ConvNeXtTiny, classes=2, input_shape=(32, 32, 3), include_preprocessing=False),
]""",
    "preprocess": PRELUDE
    + """
X = np.arange(24.0).reshape(1, 2, 4, 3).astype("float32") * 10
[
    [getattr(A, n).preprocess_input(X.copy()) for n in ("vgg16", "resnet", "mobilenet_v2", "densenet", "nasnet")],
    A.efficientnet.preprocess_input(X),
    A.xception.preprocess_input(tf.constant(X)),
    A.vgg19.preprocess_input(X.transpose(0, 3, 1, 2).copy(), data_format="channels_first"),
    err(lambda: A.imagenet_utils.preprocess_input(X, mode="no")),
    err(lambda: A.vgg16.decode_predictions(np.zeros((1, 3)))),
]""",
    "regnet_and_resnet_rs@k2": PRELUDE
    + """
[
    facts(A.RegNetX002, **small)[:-1],
    facts(A.regnet.RegNetY002, include_preprocessing=False, classes=5, model_name="q", input_shape=(32, 32, 3))[:-1],
    facts(A.ResNetRS50, classes=5, input_shape=(32, 32, 3)),
    [err(lambda: make(**k)) for k in (dict(classes=3), dict(weights="nowhere")) for make in (A.RegNetX002, A.ResNetRS101)],
]""",
}
