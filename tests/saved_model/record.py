"""Writes ``tensorflow_models.zip``: SavedModels by real TensorFlow, with what their functions return.

Run in an environment with TensorFlow 2.21: ``python tests/saved_model/record.py``.
"""

from __future__ import annotations

import json
import pathlib
import tempfile
import zipfile

import numpy as np
import tensorflow as tf
import tf_keras

TARGET = pathlib.Path(__file__).resolve().parent / "tensorflow_models.zip"
layers = tf.keras.layers
v1 = tf.compat.v1


class Module(tf.Module):
    """Variables, containers, defaults, keyword arguments, control flow, state."""

    def __init__(self):
        super().__init__()
        self.w = tf.Variable(tf.random.stateless_normal([3, 2], seed=[1, 2]), name="w")
        self.calls = tf.Variable(0, trainable=False)
        self.inner = [tf.Variable(1.5)]
        self.named = {"a": tf.Variable([1.0, 2.0])}
        self.shift = tf.constant([10.0, 20.0])

    @tf.function(input_signature=[tf.TensorSpec([None, 3])])
    def __call__(self, x):
        self.calls.assign_add(1)
        return tf.nn.relu(x @ self.w) + self.shift * self.inner[0]

    @tf.function
    def pick(self, x, flag=True, *, k=2):
        if flag:
            return {"out": x * self.named["a"], "k": tf.constant(k)}
        return {"out": x + 1.0, "k": tf.constant(0)}

    @tf.function(input_signature=[tf.TensorSpec([], tf.int32)])
    def loop(self, n):
        i, value = tf.constant(0), tf.constant(1.0)
        array = tf.TensorArray(tf.float32, size=n)
        while i < n:
            value = value * 0.5 if value > 3.0 else value * 2.0
            array = array.write(i, value)
            i += 1
        return array.stack(), value

    @tf.function(input_signature=[tf.TensorSpec([None, None]), tf.TensorSpec([], tf.int32)])
    def many(self, x, k):
        values, places = tf.math.top_k(x, 2)
        left, right = tf.split(x, 2, axis=1)
        distinct = tf.unique(tf.cast(x[0], tf.int32))
        chosen = tf.switch_case(k, [lambda: x[0, 0], lambda: x[0, 1]])
        doubled = tf.map_fn(lambda row: tf.reduce_sum(row) * 2.0, x)
        image = tf.image.resize(tf.reshape(x, [1, tf.shape(x)[0], tf.shape(x)[1], 1]), [3, 3])
        products = tf.einsum("ij,kj->ik", x, x)
        return values, places, left - right, distinct.y, chosen, doubled, image, products, tf.strings.as_string(k)


class Words(tf.Module):
    """Tables: from tensors, from a file, and of a text layer."""

    def __init__(self, folder):
        super().__init__()
        self.text = layers.TextVectorization(output_mode="int", output_sequence_length=4, vocabulary=["a", "b", "c"])
        given = tf.lookup.KeyValueTensorInitializer(["x", "y"], tf.constant([1, 2], tf.int64))
        self.table = tf.lookup.StaticHashTable(given, -1)
        file = folder / "vocabulary.txt"
        file.write_text("p\nq\nr\n")
        line, number = tf.lookup.TextFileIndex.WHOLE_LINE, tf.lookup.TextFileIndex.LINE_NUMBER
        self.file = tf.lookup.StaticHashTable(
            tf.lookup.TextFileInitializer(str(file), tf.string, line, tf.int64, number), -1
        )

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string)])
    def __call__(self, x):
        return self.text(x)

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="words")])
    def look(self, words):
        return {"table": self.table.lookup(tf.strings.lower(words)), "file": self.file.lookup(words)}


def graph_model(folder: pathlib.Path, answers: dict) -> None:
    """A SavedModel of TensorFlow 1, which has signatures and no objects."""
    with v1.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, [None, 3], name="x")
        w = v1.get_variable("w", [3, 2], initializer=v1.random_normal_initializer(seed=1))
        b = v1.get_variable("b", [2], initializer=v1.ones_initializer(), use_resource=False)
        y = tf.nn.softmax(tf.matmul(x, w) + b, name="y")
        session.run(v1.global_variables_initializer())
        v1.saved_model.simple_save(session, str(folder / "graph"), {"x": x}, {"y": y})
        answers["graph"] = session.run(y, {x: np.arange(6.0).reshape(2, 3)})
        frozen = v1.graph_util.convert_variables_to_constants(session, session.graph_def, [y.op.name])
        (folder / "graph" / "frozen.pb").write_bytes(frozen.SerializeToString())


def keras_2_models(folder: pathlib.Path, answers: dict) -> None:
    """Models as Keras 2 saves them: of configs, and of a class of the user's."""
    layers = tf_keras.layers
    x = np.arange(6.0, dtype=np.float32).reshape(2, 3)
    model = tf_keras.Sequential(
        [layers.Dense(3, activation="relu", input_shape=(3,)), layers.BatchNormalization(), layers.Dense(2)]
    )
    model.compile(tf_keras.optimizers.SGD(0.1, momentum=0.9), "mse", metrics=["mae"])
    model.fit(x, x[:, :2], epochs=2, verbose=0)
    model.save(folder / "sequential")
    answers["sequential"] = model.predict(x, verbose=0)
    answers["evaluated"] = model.evaluate(x, x[:, :2], verbose=0)
    answers["weights"] = [variable.name for variable in model.weights]

    class Mine(tf_keras.Model):
        def __init__(self):
            super().__init__()
            self.dense, self.drop = layers.Dense(2), layers.Dropout(0.5)

        def call(self, x, training=False):
            return self.drop(self.dense(x), training=training)

    mine = Mine()
    mine.compile("adam", "mae")
    mine.fit(x, x[:, :2], verbose=0)
    mine.save(folder / "mine")
    answers["mine"] = mine.predict(x, verbose=0)


def main() -> None:
    folder = pathlib.Path(tempfile.mkdtemp())
    answers: dict = {}
    tf.keras.utils.set_random_seed(0)

    module = Module()
    vector = tf.constant([1.0, 3.0])
    module.pick(vector, k=5)
    module.pick(vector, False)
    tf.saved_model.save(module, str(folder / "module"))
    answers["call"] = module(tf.reshape(tf.range(6.0), [2, 3]))
    answers["pick"], answers["not_picked"] = module.pick(vector, k=5), module.pick(vector, False)
    answers["loop"] = module.loop(4)
    answers["many"] = module.many(tf.constant([[1.0, 5.0, 3.0, 2.0], [4.0, 1.0, 0.0, 9.0]]), 1)

    images = tf.keras.Sequential(
        [
            tf.keras.Input((6, 6, 2)),
            layers.Conv2D(3, 3, padding="same"),
            layers.BatchNormalization(),
            layers.ReLU(6.0),
            layers.SeparableConv2D(2, 2, strides=2),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dropout(0.5),
            layers.Dense(3, activation="softmax"),
        ]
    )
    images.export(str(folder / "images"), verbose=False)
    answers["images"] = images(tf.reshape(tf.range(144.0) / 50, [2, 6, 6, 2]))

    inputs = tf.keras.Input((5,), dtype="int32")
    hidden = layers.LSTM(3, return_sequences=True)(layers.Embedding(10, 4, mask_zero=True)(inputs))
    hidden = layers.LayerNormalization()(hidden + layers.MultiHeadAttention(1, 2)(hidden, hidden))
    texts = tf.keras.Model(inputs, {"a": layers.Dense(2)(hidden[:, -1]), "b": layers.Dense(1)(hidden[:, 0])})
    texts.export(str(folder / "texts"), verbose=False)
    answers["texts"] = texts(tf.reshape(tf.range(10), [2, 5]))

    words = Words(folder)
    tf.saved_model.save(words, str(folder / "words"), signatures={"look": words.look})
    answers["words"] = words(tf.constant(["a c z", "b"]))
    answers["look"] = words.look(tf.constant(["X", "q"]))
    graph_model(folder, answers)
    keras_2_models(folder, answers)

    plain = tf.nest.map_structure(lambda value: np.asarray(value).tolist(), answers)
    with zipfile.ZipFile(TARGET, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("answers.json", json.dumps(plain, default=bytes.decode))
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.parent != folder:
                archive.write(path, path.relative_to(folder))


if __name__ == "__main__":
    main()
