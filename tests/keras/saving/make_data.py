"""Writes the files of real Keras that the tests read. Needs TensorFlow; run once per dialect:

python tests/keras/saving/make_data.py
TF_USE_LEGACY_KERAS=1 python tests/keras/saving/make_data.py
"""

from __future__ import annotations

import json
import os
import pathlib


def main() -> None:
    import numpy as np
    import tensorflow as tf

    KERAS2 = os.environ.get("TF_USE_LEGACY_KERAS") == "1"
    if KERAS2:
        keras = tf.keras
    else:
        import keras
    layers = keras.layers
    OUT = pathlib.Path(__file__).parent / "data"
    X = np.arange(12, dtype="float32").reshape(4, 3) / 10
    answers: dict = {}

    def note(name: str, model, x=X) -> None:
        answers[name] = np.asarray(model(x)).round(7).tolist()

    def fitted(model):
        model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse", metrics=["mae"])
        model.fit(X, np.ones((4, 1), "float32"), epochs=2, batch_size=4, shuffle=False, verbose=0)
        return model

    def sequential():
        return keras.Sequential([
            keras.Input((3,)) if not KERAS2 else layers.InputLayer((3,)),
            layers.Dense(2, activation="relu", name="a", kernel_regularizer=keras.regularizers.L2(0.01)),
            layers.BatchNormalization(name="bn"), layers.Dropout(0.3), layers.Dense(1, name="b")])  # fmt: skip

    def functional():
        inputs = keras.Input((3,), name="inputs")
        shared = layers.Dense(3, activation="tanh", name="shared")
        h = shared(shared(inputs))
        h = layers.Concatenate(name="join")([h, inputs])
        inner = keras.Sequential([keras.Input((6,)), layers.Dense(2, name="inner_dense")], name="inner")
        h = inner(h)
        return keras.Model(inputs, layers.Dense(1, name="out")(h), name="fun")

    def recurrent():
        return keras.Sequential([
            keras.Input((4, 3)), layers.Bidirectional(layers.LSTM(2, return_sequences=True), name="bi"),
            layers.GRU(2, name="gru"), layers.Dense(1, name="d")])  # fmt: skip

    keras.utils.set_random_seed(0)
    tag = "k2" if KERAS2 else "k3"
    seq, fun, rec = fitted(sequential()), fitted(functional()), recurrent()
    note(f"{tag}_seq", seq)
    note(f"{tag}_fun", fun)
    note(f"{tag}_rec", rec, X.reshape(1, 4, 3))
    seq.save_weights(OUT / f"{tag}_seq.weights.h5")
    for name, model in (("seq", seq), ("fun", fun), ("rec", rec)):
        model.save(OUT / f"{tag}_{name}.keras")
        model.save(OUT / f"{tag}_{name}.h5")
    answers[f"{tag}_fun_next"] = float(fun.train_on_batch(X, np.ones((4, 1), "float32"))[0])
    note(f"{tag}_fun_after", fun)
    if KERAS2:
        seq2 = fitted(sequential())
        note("k2_checkpoint", seq2)
        seq2.save_weights(str(OUT / "k2_checkpoint" / "ck"))
        seq2.save_weights(str(OUT / "k2_old_weights.h5"), save_format="h5")
    else:
        seq.save_weights(OUT / "k3_sharded.weights.json", max_shard_size=1e-7)
        note("k3_sharded", seq)

        @keras.saving.register_keras_serializable("data")
        class Block(layers.Layer):
            def __init__(self, units=2, **kwargs):
                super().__init__(**kwargs)
                self.units = units
                self.steps = [layers.Dense(units), layers.Dense(units)]
                self.named = {"x": layers.Dense(units), "y": [layers.Dense(units)]}
                self.pair = (layers.Dense(units),)

            def all(self):
                return [*self.steps, self.named["x"], self.named["y"][0], self.pair[0]]

            def build(self, shape):
                for layer in self.all():
                    layer.build(shape)
                    shape = (*shape[:-1], self.units)
                self.scale = self.add_weight(shape=(self.units,), initializer="ones", name="scale")

            def call(self, x):
                for layer in self.all():
                    x = layer(x)
                return x * self.scale

            def get_config(self):
                return {**super().get_config(), "units": self.units}

        @keras.saving.register_keras_serializable("data")
        class Net(keras.Model):
            def __init__(self, units=2, **kwargs):
                super().__init__(**kwargs)
                self.units = units
                self.block = Block(units)
                self.head = layers.Dense(1)

            def call(self, x):
                return self.head(self.block(x))

            def get_config(self):
                return {**super().get_config(), "units": self.units}

        net = fitted(Net())
        note("k3_net", net)
        net.save(OUT / "k3_net.keras")
        net.save_weights(OUT / "k3_net.weights.h5")
        lookup = layers.StringLookup(vocabulary=["a", "b", "c"])
        words = keras.Sequential([keras.Input((1,), dtype="string"), lookup, layers.Embedding(4, 2)])
        answers["k3_words"] = np.asarray(words(tf.constant([["a"], ["z"]]))).tolist()
        words.save(OUT / "k3_words.keras")
    with open(OUT / f"{tag}_answers.json", "w") as file:
        json.dump(answers, file)


if __name__ == "__main__":
    main()
