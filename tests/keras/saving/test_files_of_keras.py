"""Files that real Keras 2 and 3 wrote (``make_data.py``) load and give the same values."""

from __future__ import annotations

import json
import pathlib

import numpy as np
import pytest

import kerax as tf

DATA = pathlib.Path(__file__).parent / "data"
X = np.arange(12, dtype="float32").reshape(4, 3) / 10
ANSWERS = {}
for _name in ("k2", "k3"):
    ANSWERS.update(json.loads((DATA / f"{_name}_answers.json").read_text()))


def close(model, name, x=X):
    np.testing.assert_allclose(np.asarray(model(tf.constant(x))), ANSWERS[name], atol=1e-5)


@pytest.mark.parametrize("dialect", ["k2", "k3"])
@pytest.mark.parametrize("ending", ["keras", "h5"])
@pytest.mark.parametrize("name", ["seq", "rec"])
def test_models(dialect, ending, name):
    model = tf.keras.models.load_model(DATA / f"{dialect}_{name}.{ending}")
    close(model, f"{dialect}_{name}", X.reshape(1, 4, 3) if name == "rec" else X)


@pytest.mark.parametrize("dialect", ["k2", "k3"])
@pytest.mark.parametrize("ending", ["keras", "h5"])
def test_training_goes_on_as_it_would_have(dialect, ending):
    model = tf.keras.models.load_model(DATA / f"{dialect}_fun.{ending}")
    close(model, f"{dialect}_fun")
    loss = model.train_on_batch(X, np.ones((4, 1), "float32"))[0]
    np.testing.assert_allclose(loss, ANSWERS[f"{dialect}_fun_next"], rtol=1e-5)
    close(model, f"{dialect}_fun_after")


def sequential():
    layers = tf.keras.layers
    return tf.keras.Sequential(
        [
            tf.keras.Input((3,)),
            layers.Dense(2, activation="relu", name="a"),
            layers.BatchNormalization(name="bn"),
            layers.Dropout(0.3),
            layers.Dense(1, name="b"),
        ]
    )


@pytest.mark.parametrize(
    ("file", "answer"),
    [
        ("k3_seq.weights.h5", "k3_seq"),
        ("k3_sharded.weights.json", "k3_sharded"),
        ("k3_seq.keras", "k3_seq"),
        ("k3_seq.h5", "k3_seq"),
        ("k2_seq.weights.h5", "k2_seq"),
        ("k2_old_weights.h5", "k2_checkpoint"),
    ],
)
def test_weights(file, answer):
    model = sequential()
    model.load_weights(DATA / file)
    close(model, answer)


def test_weights_by_name():
    layers = tf.keras.layers
    model = tf.keras.Sequential([tf.keras.Input((3,)), layers.Dense(2, name="a"), layers.Dense(5, name="other")])
    model.load_weights(DATA / "k2_old_weights.h5", by_name=True)
    assert np.abs(model.layers[0].bias.numpy()).sum() > 0


def test_a_checkpoint_of_keras_2():
    model = sequential()
    tf.train.Checkpoint(root=model).read(str(DATA / "k2_checkpoint" / "ck")).expect_partial()
    close(model, "k2_checkpoint")


def test_layers_in_lists_and_dicts():
    layers = tf.keras.layers

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

    class Net(tf.keras.Model):
        def __init__(self, units=2, **kwargs):
            super().__init__(**kwargs)
            self.block = Block(units)
            self.head = layers.Dense(1)

        def call(self, x):
            return self.head(self.block(x))

    model = Net()
    model(X)
    model.load_weights(DATA / "k3_net.weights.h5")
    close(model, "k3_net")
    loaded = tf.keras.models.load_model(DATA / "k3_net.keras", {"data>Net": Net, "data>Block": Block})
    close(loaded, "k3_net")
