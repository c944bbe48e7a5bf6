"""Models, weights and their errors, written and read again."""

from __future__ import annotations

import io
import os

import numpy as np
import pytest

import kerax as tf

X = np.arange(6, dtype="float32").reshape(2, 3)


def small(units=2):
    layers = tf.keras.layers
    return tf.keras.Sequential([tf.keras.Input((3,)), layers.Dense(units, name="d"), layers.Dense(1, name="e")])


@pytest.mark.parametrize("name", ["m.keras", "m.h5"])
def test_round_trip_with_the_optimizer(tmp_path, name):
    model = small()
    model.compile("adam", "mse")
    model.fit(X, np.ones((2, 1)), verbose=0)
    model.save(tmp_path / name)
    loaded = tf.keras.models.load_model(tmp_path / name)
    for one, two in zip(model.optimizer.variables, loaded.optimizer.variables, strict=True):
        np.testing.assert_allclose(one.numpy(), two.numpy())
    np.testing.assert_allclose(model(X), loaded(X))
    assert os.listdir(tmp_path) == [name]


def test_a_file_object_and_a_folder(tmp_path):
    model = small()
    file = io.BytesIO()
    tf.keras.saving.save_model(model, file)
    file.seek(0)
    np.testing.assert_allclose(tf.keras.saving.load_model(file)(X), model(X))
    model.save(tmp_path / "folder", zipped=False)
    np.testing.assert_allclose(tf.keras.saving.load_model(tmp_path / "folder")(X), model(X))


def test_shards(tmp_path):
    model = small()
    model.save_weights(tmp_path / "w.weights.json", max_shard_size=30 / 1024**3)
    assert len(os.listdir(tmp_path)) > 2
    other = small()
    other.load_weights(tmp_path / "w.weights.json")
    np.testing.assert_allclose(other(X), model(X))


def test_what_is_at_the_path_survives_an_error(tmp_path):
    path = tmp_path / "m.keras"
    small().save(path)
    before = path.read_bytes()

    class Broken(tf.keras.layers.Layer):
        def save_own_variables(self, store):
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        tf.keras.Sequential([tf.keras.Input((3,)), Broken()]).save(path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["m.keras"]


def test_errors(tmp_path):
    model = small()
    with pytest.raises(ValueError, match="Invalid filepath extension"):
        model.save(tmp_path / "m")
    with pytest.raises(ValueError, match="must end in `.weights.h5`"):
        model.save_weights(tmp_path / "w.h5")
    with pytest.raises(ValueError, match="File not found"):
        tf.keras.models.load_model(tmp_path / "none.keras")
    with pytest.raises(ValueError, match="File format not supported"):
        tf.keras.models.load_model(tmp_path / "none")
    with pytest.raises(FileNotFoundError):
        tf.keras.models.load_model(tmp_path / "none.h5")
    (tmp_path / "cut.h5").write_bytes(b"\x89HDF")
    with pytest.raises(OSError, match="signature not found"):
        tf.keras.models.load_model(tmp_path / "cut.h5")
    model.save(tmp_path / "m.keras")
    cut = (tmp_path / "m.keras").read_bytes()[:-200]
    (tmp_path / "cut.keras").write_bytes(cut)
    with pytest.raises(ValueError, match="cut off"):
        tf.keras.models.load_model(tmp_path / "cut.keras")
    model.save_weights(tmp_path / "w.weights.h5")
    with pytest.raises(ValueError, match="could not be loaded"):
        small(5).load_weights(tmp_path / "w.weights.h5")
    with pytest.warns(UserWarning, match="could not be loaded"):
        small(5).load_weights(tmp_path / "w.weights.h5", skip_mismatch=True)


def test_overwriting_is_asked_for(tmp_path, monkeypatch):
    path = tmp_path / "m.keras"
    small().save(path)
    before = path.read_bytes()
    monkeypatch.setattr("builtins.input", lambda _: "n")
    small().save(path, overwrite=False)
    assert path.read_bytes() == before


def test_callbacks_write_and_resume(tmp_path):
    model = small()
    model.compile("sgd", "mse")
    path = str(tmp_path / "best.weights.h5")
    checkpoint = tf.keras.callbacks.ModelCheckpoint(path, save_weights_only=True)
    backup = tf.keras.callbacks.BackupAndRestore(tmp_path / "backup", delete_checkpoint=False)
    model.fit(X, np.ones((2, 1)), epochs=2, callbacks=[checkpoint, backup], verbose=0)
    other = small()
    other.load_weights(path)
    np.testing.assert_allclose(other(X), model(X), rtol=1e-6)
    other = small()
    other.compile("sgd", "mse")
    history = other.fit(
        X, np.ones((2, 1)), epochs=3, verbose=0,
        callbacks=[tf.keras.callbacks.BackupAndRestore(tmp_path / "backup")],
    )  # fmt: skip
    assert len(history.history["loss"]) == 1
