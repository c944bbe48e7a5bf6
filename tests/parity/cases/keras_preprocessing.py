"""Cases of the preprocessing layers and of keras.preprocessing."""

PRELUDE = """\
L, N = tf.keras.layers, np.array
def err(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return "no error"
def adapted(layer, data, **kwargs):
    layer.adapt(data, **kwargs)
    return layer
R = np.random.RandomState(0)
IM = R.uniform(0, 255, (2, 6, 8, 3)).astype("float32")
"""

NUMBERS = (
    PRELUDE
    + """
X = N([[1., 10.], [3., 30.], [5., 80.]], "float32")
[
    L.Rescaling(1 / 255., 0.5)(N([[255, 0]])), L.Rescaling([1., 2.])(X),
    adapted(L.Normalization(), X)(X), adapted(L.Normalization(axis=None), X)(X),
    adapted(L.Normalization(invert=True), X)(X), adapted(L.Normalization(axis=1), X).mean,
    L.Normalization(mean=3., variance=4.)(X), L.Normalization(mean=[1., 2.], variance=[4., 9.])(X),
    adapted(L.Normalization(), tf.data.Dataset.from_tensor_slices(X).batch(2))(X),
    err(lambda: L.Normalization(mean=1.)), err(lambda: L.Normalization(axis=5)(X)),
    [w.shape for w in adapted(L.Normalization(), X).weights],
    L.Discretization([0., 1., 2.])([[-1., 0.], [1.5, 9.]]),
    L.Discretization([0., 1.], output_mode="one_hot")([-1., 0.5]),
    L.Discretization([0., 1.], output_mode="count")([[-1., 0.5, 0.7]]),
    adapted(L.Discretization(num_bins=4), N([[0.], [1.], [2.], [3.], [4.], [5.], [6.], [7.]]))([[0.5, 2.5, 6.5]]),
    adapted(L.Discretization(num_bins=3, epsilon=0.1), np.arange(50.)).bin_boundaries,
    err(lambda: L.Discretization(num_bins=2, bin_boundaries=[1.])),
    L.CategoryEncoding(4, "one_hot")([3, 0]), L.CategoryEncoding(4, "one_hot")([[3], [0]]),
    L.CategoryEncoding(3)([[0, 2], [1, 1]]), L.CategoryEncoding(3)([0, 2]), L.CategoryEncoding(3, "count")([[0, 2, 2]]),
    err(lambda: L.CategoryEncoding()), err(lambda: L.CategoryEncoding(2, "no")),
    L.Hashing(3)([["A"], ["B"], ["C"]]), L.Hashing(3, mask_value="")([["A"], [""]]), L.Hashing(5, salt=133)(["A", "B"]),
    L.Hashing(5, salt=(1, 2))([7, 8]), L.Hashing(3, output_mode="multi_hot")([["A", "B"]]),
    L.Hashing(3, output_mode="one_hot")([["A"], ["B"]]), err(lambda: L.Hashing(0)),
    L.HashedCrossing(5)((N(["A", "B"]), N([1, 2]))),
    L.HashedCrossing(5, output_mode="one_hot")((N([["A"], ["B"]]), N([[1], [2]]))),
    err(lambda: L.HashedCrossing(5)(N(["A"]))),
]"""
)

LOOKUP = (
    PRELUDE
    + """
S = L.StringLookup
V = ["a", "b"]
[
    S(vocabulary=V)([["a", "z"]]), S(vocabulary=V, mask_token="")([["a", ""]]), S(vocabulary=V, num_oov_indices=3)(["x", "y", "a"]),
    S(vocabulary=V, invert=True)([[0, 1, 2]]), S(vocabulary=V, invert=True, mask_token="m")([0, 1, 2, 3]),
    S(vocabulary=V, output_mode="one_hot")(["a", "z"]), S(vocabulary=V, output_mode="multi_hot")([["a", "b"], ["z", "z"]]),
    S(vocabulary=V, output_mode="count", pad_to_max_tokens=True, max_tokens=6)([["a", "a"], ["z", "b"]]),
    S(vocabulary=V, output_mode="tf_idf", idf_weights=[0.5, 2.])([["a", "a"], ["z", "b"]]),
    S(vocabulary=V, mask_token="", output_mode="count")([["a", ""]]),
    adapted(S(output_mode="tf_idf"), [["a", "b"], ["a", "a"]])([["a", "b"]]),
    adapted(S(max_tokens=3), ["c", "b", "c", "a", "b", "c"]).get_vocabulary(),
    S(vocabulary=V).get_vocabulary(include_special_tokens=False), S(vocabulary=V, mask_token="").vocabulary_size(),
    S(vocabulary=V)(tf.ragged.constant([["a"], ["b", "z"]])),
    err(lambda: S(vocabulary=["a", "a"])), err(lambda: S(vocabulary=V, max_tokens=2)), err(lambda: S(max_tokens=1)),
    err(lambda: S(vocabulary=[])), err(lambda: S(vocabulary=V, num_oov_indices=0)(["z"])),
    err(lambda: S(vocabulary=V).adapt(["a"])), err(lambda: S(output_mode="count")([["a"]])),
    err(lambda: S(invert=True, output_mode="count")), err(lambda: S(vocabulary="nowhere.txt")),
    L.IntegerLookup(vocabulary=[12, 36])([[36, 7]]), L.IntegerLookup(vocabulary=[12, 36], num_oov_indices=2)([36, 7, 8]),
    L.IntegerLookup(vocabulary=[12, 36], mask_token=0)([0, 12, 5]), L.IntegerLookup(vocabulary=[12, 36], invert=True)([0, 2]),
    L.IntegerLookup(vocabulary=[12, 36], output_mode="multi_hot")([[12, 12], [36, 1]]),
    adapted(L.IntegerLookup(), [[5, 5], [7, 5]]).get_vocabulary(),
    L.TextVectorization(vocabulary=V)(["A b, c!", "b"]), L.TextVectorization(vocabulary=V)([["a b"], ["b"]]),
    L.TextVectorization(vocabulary=V, output_sequence_length=2)(["a b c", "b"]),
    L.TextVectorization(vocabulary=V, output_mode="multi_hot")(["a c c", "b b"]),
    L.TextVectorization(vocabulary=V, output_mode="tf_idf", idf_weights=[1., 2.])(["a c c", "b b"]),
    L.TextVectorization(vocabulary=V, standardize=None)(["A b"]), L.TextVectorization(vocabulary=V, split="character")(["ab", "c"]),
    L.TextVectorization(vocabulary=V, ragged=True)(["a b c", "b"]),
    adapted(L.TextVectorization(ngrams=2), ["a b", "a b c"]).get_vocabulary(),
    adapted(L.TextVectorization(ngrams=(2,)), ["a b", "a b c"]).get_vocabulary(),
    adapted(L.TextVectorization(output_mode="tf_idf"), ["a b", "a c"])(["a b b"]),
    err(lambda: L.TextVectorization(split="no")), err(lambda: L.TextVectorization(output_mode="count", output_sequence_length=3)),
]"""
)

IMAGES = (
    PRELUDE
    + """
[
    L.Resizing(3, 4)(IM), L.Resizing(4, 4, interpolation="nearest")(IM), L.Resizing(4, 4, crop_to_aspect_ratio=True)(IM[0]),
    L.Resizing(3, 4)(IM.astype("uint8")), L.CenterCrop(3, 4)(IM), L.CenterCrop(8, 4)(IM), L.CenterCrop(3, 3)(IM[0]),
    L.RandomFlip()(IM, training=False), L.RandomRotation(0.0)(IM, training=True), L.RandomZoom((0.5, 0.5))(IM, training=True),
    L.RandomZoom((-0.5, -0.5), (0.25, 0.25), fill_mode="constant")(IM, training=True),
    L.RandomTranslation((0.25, 0.25), (-0.25, -0.25), fill_mode="wrap")(IM, training=True),
    L.RandomTranslation((0.5, 0.5), 0.0, fill_mode="nearest", interpolation="nearest")(IM, training=True),
    L.RandomRotation((0.25, 0.25))(IM, training=True), L.RandomRotation((0.1, 0.1), fill_mode="constant", fill_value=7.)(IM, training=True),
    L.RandomBrightness((0.1, 0.1))(IM, training=True), L.RandomContrast(0.0)(IM, training=True),
    err(lambda: L.RandomZoom(3.)), err(lambda: L.RandomTranslation(2., 0.)), err(lambda: L.RandomRotation(0.1, fill_mode="no")),
    err(lambda: L.RandomContrast(-1.)), err(lambda: L.RandomBrightness(3.)),
]"""
)

CASES = {
    "numbers": NUMBERS,
    "numbers@k2": NUMBERS,
    "lookup": LOOKUP,
    "lookup@k2": "\n".join(line for line in LOOKUP.split("\n") if 'tf_idf"), [' not in line),
    "images": IMAGES,
    "images@k2": IMAGES.replace(" L.RandomContrast(0.0)(IM, training=True),", ""),
    "colours": PRELUDE
    + """
[
    L.RandomHue((0.5, 0.5))(IM, training=False), L.RandomSaturation((0.7, 0.7))(IM, training=True),
    L.RandomSharpness((0.8, 0.8))(IM, training=True), L.RandomColorDegeneration((0.3, 0.3))(IM, training=True),
    L.RandomPosterization((3, 3))(IM, training=True), L.RandomGrayscale(1.0)(IM, training=True), L.RandomInvert((1., 1.))(IM, training=True),
    L.Solarization()(IM, training=True), L.Solarization(value_range=(0, 1))(IM / 255, training=True),
    L.AutoContrast()(IM), L.AutoContrast(value_range=(0, 1))(IM / 255), L.Equalization()(IM, training=True), L.Equalization(bins=16)(IM, training=True),
    L.ContrastLimitedAdaptiveHistogramEqualization(tile_grid_size=(2, 2))(IM),
    L.RandomGaussianBlur((1., 1.), 3, (0.5, 0.5))(IM, training=True), L.RandomShear(0.0, 0.0)(IM, training=True),
    L.MaxNumBoundingBoxes(2, bounding_box_format="xyxy")({"images": IM, "bounding_boxes": {"boxes": np.ones((2, 3, 4)), "labels": np.ones((2, 3))}})["bounding_boxes"],
    L.Resizing(3, 4, bounding_box_format="xywh")({"images": IM, "bounding_boxes": {"boxes": N([[[1., 1., 3., 2.]]] * 2), "labels": N([[1]] * 2)}})["bounding_boxes"],
    L.CenterCrop(3, 4, bounding_box_format="xyxy")({"images": IM, "bounding_boxes": {"boxes": N([[[1., 1., 6., 5.]]] * 2), "labels": N([[1]] * 2)}})["bounding_boxes"],
    L.RandomTranslation((0.25, 0.25), (-0.25, -0.25), bounding_box_format="xyxy")({"images": IM, "bounding_boxes": {"boxes": N([[[3., 1., 6., 5.]]] * 2), "labels": N([[1]] * 2)}}, training=True)["bounding_boxes"],
    L.RandomRotation((0.1, 0.1), bounding_box_format="xyxy")({"images": IM, "bounding_boxes": {"boxes": N([[[3., 1., 6., 5.]]] * 2), "labels": N([[1]] * 2)}}, training=True)["bounding_boxes"],
    L.RandomZoom((-0.5, -0.5), bounding_box_format="xyxy")({"images": IM, "bounding_boxes": {"boxes": N([[[3., 1., 6., 5.]]] * 2), "labels": N([[1]] * 2)}}, training=True)["bounding_boxes"],
    L.RandomColorJitter()(IM, training=True), err(lambda: L.RandomHue(2.)), err(lambda: L.RandomGrayscale(2.)),
]""",
    "sounds": PRELUDE
    + """
Y = np.sin(np.arange(512) * 0.1).astype("float32")[None]
[
    L.MelSpectrogram(fft_length=128, sequence_stride=64, num_mel_bins=8)(Y), L.MelSpectrogram(fft_length=128, sequence_stride=64, num_mel_bins=8, power_to_db=False)(Y[0]),
    [L.STFTSpectrogram(mode=m, frame_length=32, frame_step=16)(Y[..., None]) for m in ("log", "magnitude", "psd", "real", "imag", "stft")],
    L.STFTSpectrogram(frame_length=32, expand_dims=True, padding="same", scaling="spectrum")(Y[..., None]),
    err(lambda: L.STFTSpectrogram(mode="no")), err(lambda: L.MelSpectrogram(fft_length=8, sequence_length=16)),
]""",
    "boxes": PRELUDE
    + """
U = tf.keras.utils.bounding_boxes
B = N([[[1., 2., 5., 4.], [0., 0., 9., 9.]]], "float32")
F = ("xyxy", "yxyx", "xywh", "center_xywh", "center_yxhw", "rel_xyxy", "rel_yxyx", "rel_xywh", "rel_center_xywh")
[
    [U.convert_format(B, "xyxy", f, 8, 10) for f in F], [U.convert_format(B, f, "xyxy", 8, 10) for f in F],
    U.clip_to_image_size({"boxes": B, "labels": N([[1, 2]])}, 8, 3), U.compute_iou(B, B, "xyxy"), U.compute_ciou(B, B[:, ::-1], "xyxy"),
    U.encode_box_to_deltas(B, B + 1, "xyxy", "xywh"), U.decode_deltas_to_boxes(B, B * 0.1, "xyxy", "xyxy", variance=[0.1, 0.1, 0.2, 0.2]),
    U.crop(B, 1, 2, 3, 4), U.pad(B, 1, 2), err(lambda: U.convert_format(B, "xyxy", "rel_xyxy")), err(lambda: U.convert_format(B, "no", "xyxy")),
]""",
    "keras_one@k2": PRELUDE
    + """
P = tf.keras.preprocessing
I, Q, T = P.image, P.sequence, P.text
G = I.ImageDataGenerator(rotation_range=20, width_shift_range=0.2, height_shift_range=[1, 2], shear_range=5, zoom_range=0.2, channel_shift_range=9., horizontal_flip=True, vertical_flip=True)
F = I.ImageDataGenerator(featurewise_center=True, featurewise_std_normalization=True)
F.fit(IM)
Z = I.ImageDataGenerator(samplewise_center=True, samplewise_std_normalization=True, rescale=0.5, validation_split=0.5)
W = T.Tokenizer(num_words=4, oov_token="?")
W.fit_on_texts(["a b a c d", "b a!"])
[
    next(G.flow(IM, N([0, 1]), batch_size=2, seed=3)), G.get_random_transform((6, 8, 3), seed=1), next(F.flow(IM, batch_size=2, shuffle=False)),
    next(Z.flow(IM, N([0, 0]), batch_size=2, subset="validation")),
    I.apply_affine_transform(IM[0], theta=30, shear=5, zx=0.9, row_axis=0, col_axis=1, channel_axis=2), I.apply_channel_shift(IM[0], 20., 2),
    err(lambda: I.random_zoom(IM[0], (1,))), err(lambda: I.ImageDataGenerator(zoom_range=(1, 2, 3))), err(lambda: F.fit(IM[0])),
    W.word_index, W.texts_to_sequences(["a d z", ["B", "c"]]), W.sequences_to_texts([[1, 2, 9]]),
    [W.texts_to_matrix(["a a b", "z"], mode=m) for m in ("binary", "count", "freq", "tfidf")], T.tokenizer_from_json(W.to_json()).index_word,
    T.text_to_word_sequence("A, b!c"), T.hashing_trick("a b", 9, "md5"), err(lambda: T.Tokenizer().texts_to_matrix(["a"])),
    Q.TimeseriesGenerator(np.arange(10), np.arange(10), 3, sampling_rate=2, stride=2, batch_size=2)[0], len(Q.TimeseriesGenerator(np.arange(10), np.arange(10), 3, batch_size=2)),
    Q.make_sampling_table(5), Q.skipgrams([1, 2, 3], 4, window_size=1, negative_samples=0., shuffle=False, categorical=True),
    err(lambda: Q.TimeseriesGenerator([1], [1, 2], 1)),
]""",
    "lists_of_images": PRELUDE
    + """
[
    L.CenterCrop(2, 3)([IM[0].astype("uint8"), IM[1].astype("uint8")]), L.Resizing(3, 2)([IM[0], IM[1]]), L.RandomFlip(seed=1)(IM.tolist()).shape,
    sorted(L.StringLookup().get_config()),
]""",
}

FEATURES = (
    PRELUDE
    + """
F, D = tf.keras.utils.FeatureSpace, tf.data.Dataset.from_tensor_slices
data = {"s": ["a", "b", "a"], "i": [1, 2, 5], "f": [0.5, 0.25, 0.75], "n": [1., 2., 3.], "d": [1., 2., 3.], "h": ["x", "y", "z"], "k": [1, 2, 3]}
kinds = {"s": "string_categorical", "i": "integer_categorical", "f": "float", "n": "float_normalized", "d": F.float_discretized(num_bins=3), "h": F.string_hashed(4), "k": "integer_hashed"}
def said(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__, str(e)
ds, row = D(data), {k: v[0] for k, v in data.items()}
space = F(kinds, crosses=[("s", "i"), F.cross(("h", "s"), 5, "one_hot")], crossing_dim=4, hashing_dim=3)
early = said(lambda: space(row))
space.adapt(ds)
ints = F({"s": F.string_categorical(output_mode="int"), "f": F.float_rescaled(scale=2.)}, output_mode="dict")
ints.adapt(ds.map(lambda x: {"s": x["s"], "f": x["f"]}))
inputs, encoded = space.get_inputs(), space.get_encoded_features()
model = tf.keras.Model(inputs, L.Dense(1, kernel_initializer="ones")(encoded))
config = space.get_config()
[
    early, space(row), space(data), sorted(inputs), [tf.as_dtype(inputs[k].dtype).name for k in ("s", "i")], tuple(encoded.shape),
    ints({"s": ["a"], "f": [1.]}), ints({"s": "zz", "f": 1.}), next(iter(ds.batch(2).map(lambda x: space(x)))),
    model({k: tf.constant(N(v)[:, None]) for k, v in data.items()}),
    said(lambda: F({})), said(lambda: F({"a": "foo"})), said(lambda: F({"a": "float"}, crosses=[("a", "b")])), said(lambda: F({"a": "float"}, output_mode="x")),
    said(lambda: space([1])), said(lambda: F.cross(("a",), 3, "float")), said(lambda: F.feature("int32", None, "q")),
    said(lambda: F({"s": F.string_categorical(output_mode="int")}).adapt(ds)),
    sorted(config), config["features"]["f"]["module"], config["features"]["f"]["class_name"], config["crosses"][0],
"""
)
CASES["feature_space"] = (
    FEATURES
    + """    said(lambda: space.adapt([1])), space.get_build_config(), tf.keras.utils.serialize_keras_object(space)["module"],
]"""
)
CASES["feature_space@k2"] = FEATURES + "]"
CASES["feature_space_file"] = """
import os, tempfile
path = os.path.join(tempfile.mkdtemp(), "space.keras")
space = tf.keras.utils.FeatureSpace({"a": "string_categorical", "b": "float_normalized", "c": "float_discretized"}, num_discretization_bins=2)
data = {"a": ["x", "y", "x"], "b": [1., 2., 3.], "c": [1., 2., 3.]}
space.adapt(data)
space.save(path)
tf.keras.models.load_model(path)(data)"""
CASES["plain_strings@k2"] = (
    PRELUDE
    + """
def said(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__, str(e)
t, d = adapted(L.TextVectorization(), ["a b", "b"]), L.Dense(2, name="d")
d(tf.ones((2, 3)))
[said(f) for f in (lambda: t("a b c"), lambda: L.StringLookup(vocabulary=["a"])("a"), lambda: L.Hashing(3)("a"), lambda: L.Dense(2, name="e")("a"),
  lambda: d(tf.ones(3)), lambda: d(tf.ones((2, 4))), lambda: L.LSTM(2, name="l")(tf.ones((2, 3))))]"""
)
CASES["split_and_encode"] = """
U = tf.keras.utils
both = lambda *a, **k: [[e for e in half] for half in U.split_dataset(*a, **k)]
[
    both(np.arange(5), left_size=0.4), both(np.arange(6.).reshape(3, 2), left_size=1), both(tf.data.Dataset.range(6), left_size=2, right_size=2),
    both(tf.data.Dataset.range(6), left_size=.5, shuffle=True, seed=3), both(tf.data.Dataset.range(7).batch(2), left_size=.5),
    U.to_categorical(tf.constant([[1], [0]]), 3), U.normalize([3., 4.]), U.normalize(np.array([[3, 4]])), U.normalize(tf.constant([[0., 0.]])),
]"""
CASES["configs"] = (
    PRELUDE
    + """
tf.keras.utils.set_random_seed(3)
crop = L.RandomCrop(2, 2)
mel = L.MelSpectrogram(num_mel_bins=4, sequence_stride=64, fft_length=256)
[
    crop.get_config()["seed"], crop(IM, training=True), mel.compute_output_shape((2, 1000)), mel.compute_output_shape((1000,)),
    sorted(L.MaxNumBoundingBoxes(3).get_config()), sorted(L.AlphaDropout(.5, noise_shape=(None, 1)).get_config()),
    err(lambda: L.AveragePooling2D()), err(lambda: L.SpatialDropout1D(.5, trainable=False)),
]"""
)
CASES["keras_2_forms@k2"] = (
    PRELUDE
    + """
import os, tempfile
U = tf.keras.utils
layers = [L.RandomFlip("horizontal", 3, name="f"), L.RandomZoom(.1, name="z"), L.RandomCrop(2, 2, name="c"), L.RandomBrightness(.1, name="b"), L.RandomContrast(.1, name="k"), L.Resizing(2, 2, name="r")]
folder = tempfile.mkdtemp()
os.mkdir(os.path.join(folder, "a"))
open(os.path.join(folder, "a", "1.txt"), "w").write("x")
[
    [l.get_config() for l in layers], [type(l).from_config(l.get_config()).get_config() == l.get_config() for l in layers],
    err(lambda: L.RandomRotation(-.1)), err(lambda: L.RandomRotation((.2, .1))), U.normalize(np.array([[3., 4.]]), axis=0), U.normalize(np.array([[3., 4.], [4., 3.]]), axis=0, order=1),
    U.to_categorical(tf.constant([1, 0])), U.text_dataset_from_directory(folder, label_mode=None).class_names,
]"""
)
for _suffix in ("", "@k2"):
    CASES["lookups_before_adapt" + _suffix] = (
        PRELUDE
        + """
def name(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
S, I, T = L.StringLookup, L.IntegerLookup, L.TextVectorization
[
    [name(lambda: S(**k)(["a"])) for k in ({}, {"num_oov_indices": 0}, {"num_oov_indices": 2}, {"mask_token": ""}, {"output_mode": "one_hot"}, {"output_mode": "one_hot", "max_tokens": 3, "pad_to_max_tokens": True})],
    [name(lambda: I(**k)(v)) for k, v in (({}, [1]), ({}, 1), ({"invert": True}, [0]), ({"max_tokens": 4}, [[1]]))], [name(lambda: T(**k)(["a b"])) for k in ({}, {"ragged": True}, {"output_sequence_length": 3}, {"output_mode": "count"})],
    S().get_vocabulary(), S().vocabulary_size(), name(lambda: list(tf.data.Dataset.from_tensor_slices(["a"]).map(S()))), tuple(S()(tf.keras.Input((2,), dtype="string")).shape),
    adapted(S(), ["a", "b"])(["b", "c"]), S(vocabulary=["a"])(["a", "z"]),
]"""
    )
