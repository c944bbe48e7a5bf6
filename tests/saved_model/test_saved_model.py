"""SavedModels: functions, signatures, assets, Keras' export."""

from __future__ import annotations

import json
import pathlib

import numpy as np
import pytest

import kerax as tf
from kerax.core import random_state


class Scale(tf.Module):
    def __init__(self):
        super().__init__()
        self.w = tf.Variable([[1.0], [2.0]])
        self.calls = tf.Variable(0)
        self.inner = [tf.Variable(3.0)]

    @tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32, name="x")])
    def __call__(self, x):
        self.calls.assign_add(1)
        return {"y": x @ self.w * self.inner[0], "total": tf.reduce_sum(x)}

    @tf.function
    def times(self, x, factor=2):
        return x * factor


def saved(tmp_path, **kwargs):
    module = Scale()
    module.times(tf.constant([1, 2]))
    module.times(tf.constant([[1.0]]), 3)
    tf.saved_model.save(module, str(tmp_path / "m"), **kwargs)
    return tf.saved_model.load(str(tmp_path / "m"))


def test_functions_variables_and_state(tmp_path):
    loaded = saved(tmp_path)
    assert tf.saved_model.contains_saved_model(tmp_path / "m")
    for rows in (1, 4):
        out = loaded(tf.ones((rows, 2)))
        np.testing.assert_allclose(out["y"], np.full((rows, 1), 9.0))
    assert loaded.calls.numpy() == 2
    loaded.inner[0].assign(1.0)
    assert loaded(tf.ones((1, 2)))["y"].numpy() == 3.0
    assert loaded.times(tf.constant([5, 6])).numpy().tolist() == [10, 12]
    assert loaded.times(tf.constant([[5.0]]), factor=3).numpy() == 15.0
    with pytest.raises(ValueError, match="Could not find matching concrete function"):
        loaded.times(tf.constant("a"))


def test_signatures(tmp_path):
    serve = saved(tmp_path).signatures["serving_default"]
    assert serve(x=tf.ones((3, 2)))["y"].shape == (3, 1)
    assert serve.structured_outputs["y"].shape.as_list() == [None, 1]
    assert list(serve.structured_input_signature[1]) == ["x"]
    with pytest.raises(TypeError):
        serve(z=tf.ones((3, 2)))


def test_gradients_and_saving_again(tmp_path):
    loaded = saved(tmp_path)
    with tf.GradientTape() as tape:
        out = loaded(tf.ones((1, 2)))["y"]
    assert tape.gradient(out, loaded.w).numpy().tolist() == [[3.0], [3.0]]
    tf.saved_model.save(loaded, str(tmp_path / "again"))
    again = tf.saved_model.load(str(tmp_path / "again"))
    assert again(tf.ones((1, 2)))["y"].numpy() == 9.0
    assert "serving_default" in again.signatures


def test_assets_are_copied(tmp_path):
    (tmp_path / "words.txt").write_text("a b")
    module = tf.Module()
    module.words = tf.saved_model.Asset(str(tmp_path / "words.txt"))
    tf.saved_model.save(module, str(tmp_path / "m"))
    (tmp_path / "words.txt").unlink()
    path = tf.saved_model.load(str(tmp_path / "m")).words.asset_path.numpy().decode()
    assert pathlib.Path(path).read_text() == "a b"


def test_untracked_variables_and_wrong_signatures(tmp_path):
    outside = tf.Variable(1.0)
    module = tf.Module()
    module.f = tf.function(lambda x: x * outside, input_signature=[tf.TensorSpec([])])
    with pytest.raises(AssertionError, match="untracked"):
        tf.saved_model.save(module, str(tmp_path / "m"))
    with pytest.raises(ValueError, match="Expected a TensorFlow function"):
        tf.saved_model.save(tf.Module(), str(tmp_path / "m"), signatures=lambda x: x)
    with pytest.raises(ValueError, match="Trackable"):
        tf.saved_model.save(3, str(tmp_path / "m"))
    with pytest.raises(OSError, match="does not exist"):
        tf.saved_model.load(str(tmp_path / "none"))


def test_damaged_descriptions(tmp_path):
    saved(tmp_path)
    path = tmp_path / "m" / "kerax.json"
    description = json.loads(path.read_text())
    for text in ("{", "[]", "{}", json.dumps({**description, "objects": []})):
        path.write_text(text)
        with pytest.raises(tf.errors.DataLossError):
            tf.saved_model.load(str(tmp_path / "m"))


def test_keras_export(tmp_path):
    layers = tf.keras.layers
    one, two = tf.keras.Input((3,), name="one"), tf.keras.Input((2,), name="two")
    model = tf.keras.Model([one, two], layers.Dense(1)(layers.Concatenate()([one, two])))
    model.export(str(tmp_path / "m"), verbose=False)
    loaded = tf.saved_model.load(str(tmp_path / "m"))
    x = [tf.ones((5, 3)), tf.ones((5, 2))]
    np.testing.assert_allclose(loaded.serve(x), model(x), rtol=1e-6)
    named = loaded.signatures["serving_default"](one=x[0], two=x[1])
    np.testing.assert_allclose(named["output_0"], model(x), rtol=1e-6)
    assert len(loaded.variables) == 2
    layer = layers.TFSMLayer(str(tmp_path / "m"), call_endpoint="serve")
    np.testing.assert_allclose(layer(x), model(x), rtol=1e-6)
    with pytest.raises(ValueError, match="endpoint"):
        layers.TFSMLayer(str(tmp_path / "m"), call_endpoint="none")


def test_recurrent_layers_are_saved_for_all_batches_and_lengths(tmp_path):
    model = tf.keras.Sequential([tf.keras.layers.LSTM(3, return_sequences=True), tf.keras.layers.GRU(2)])
    model(tf.ones((1, 2, 4)))
    module = tf.Module()
    module.model = model
    module.call = tf.function(lambda x: model(x), input_signature=[tf.TensorSpec([None, None, 4])])
    tf.saved_model.save(module, str(tmp_path / "m"))
    loaded = tf.saved_model.load(str(tmp_path / "m"))
    for shape in ((5, 7, 4), (11, 3, 4)):
        x = tf.random.stateless_normal(shape, [1, 2])
        np.testing.assert_allclose(loaded.call(x), model(x), 1e-5, 1e-6)


def test_random_ops_are_saved_and_begin_anew_when_loaded(tmp_path):
    tf.random.set_seed(4)
    module = tf.Module()

    def draw(x):
        noise = tf.random.normal(tf.shape(x)) + tf.random.truncated_normal([tf.shape(x)[0], 3])
        return tf.nn.dropout(x, 0.5) + noise, tf.random.categorical(x, 2)

    module.draw = tf.function(draw, input_signature=[tf.TensorSpec([None, 3])])
    x = tf.ones((4, 3))
    first, again = module.draw(x), module.draw(x)
    assert module.draw.get_concrete_function().variables == ()
    tf.saved_model.save(module, str(tmp_path / "m"))
    loaded = tf.saved_model.load(str(tmp_path / "m"))
    tf.saved_model.save(loaded, str(tmp_path / "again"))
    for restored in (loaded, tf.saved_model.load(str(tmp_path / "again"))):
        assert restored.draw.concrete_functions[0].variables == ()
        for expected in (first, again):
            tf.nest.map_structure(np.testing.assert_allclose, restored.draw(x), expected)
        assert [part.shape for part in restored.draw(tf.ones((21, 3)))] == [(21, 3), (21, 2)]


def test_random_ops_without_a_seed_are_saved(tmp_path, monkeypatch):
    monkeypatch.setattr(random_state._seeds, "seed", None)
    module = tf.Module()
    module.draw = tf.function(lambda: tf.random.uniform([3]), input_signature=[])
    tf.saved_model.save(module, str(tmp_path / "m"))
    loaded = tf.saved_model.load(str(tmp_path / "m"))
    assert not np.array_equal(loaded.draw(), loaded.draw())
