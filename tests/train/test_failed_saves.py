"""A save that fails leaves what was there, and says what TensorFlow says."""

from __future__ import annotations

import json
import os

import numpy as np
import pytest

import kerax as tf

resource = pytest.importorskip("resource")


@pytest.fixture
def small_disk():
    """Files may not grow beyond 100 kB."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def model():
    built = tf.keras.Sequential([tf.keras.Input((100,)), tf.keras.layers.Dense(1000)])
    built.compile("sgd", "mse")
    return built


def module():
    made = tf.Module()
    made.v = tf.Variable(np.random.default_rng().random((100, 1000), "float32"))
    return made


SAVES = {
    "model.keras": lambda path: model().save(path),
    "model.h5": lambda path: model().save(path),
    "model.weights.h5": lambda path: model().save_weights(path),
    "saved_model": lambda path: tf.saved_model.save(module(), path),
    "checkpoint": lambda path: tf.train.Checkpoint(m=module()).write(path),
    "dataset": lambda path: tf.data.Dataset.from_tensors(np.zeros(100_000)).save(path),
    "file": lambda path: tf.io.write_file(path, np.random.default_rng().bytes(150_000)),
    "model_image.png": lambda path: tf.keras.utils.save_img(path, np.random.default_rng().random((300, 300, 3))),
}


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", SAVES)
def test_a_full_disk_leaves_the_last_save(tmp_path, small_disk, name):
    path = str(tmp_path / name)
    SAVES[name](path)
    before = contents(tmp_path)
    assert before
    small_disk()
    of_keras = name.startswith("model")
    with pytest.raises((OSError, RuntimeError) if of_keras else tf.errors.OutOfRangeError):
        SAVES[name](path)
    after = contents(tmp_path)
    assert {path: after.get(path) for path in before} == before


def test_a_device_is_written_to_and_not_replaced(tmp_path):
    pipe = str(tmp_path / "pipe")
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    tf.io.write_file(pipe, "through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert os.listdir(tmp_path) == ["pipe"]


def test_records_on_a_full_disk(tmp_path, small_disk):
    small_disk()
    with pytest.raises(tf.errors.OutOfRangeError, match=r"a\.tfrecord; File too large"):
        with tf.io.TFRecordWriter(str(tmp_path / "a.tfrecord")) as writer:
            for _ in range(100):
                writer.write(b"0" * 10_000)


def test_a_file_in_the_way_of_a_folder(tmp_path):
    (tmp_path / "file").write_text("mine")
    inside, at = str(tmp_path / "file" / "x"), str(tmp_path / "file")
    for write in (
        lambda: tf.io.TFRecordWriter(inside),
        lambda: tf.io.write_file(inside, "x"),
        lambda: tf.train.Checkpoint(m=module()).write(inside),
        lambda: tf.saved_model.save(module(), at),
        lambda: tf.data.Dataset.range(3).save(at),
        lambda: tf.summary.create_file_writer(at),
        lambda: tf.io.gfile.makedirs(at),
        lambda: list(tf.data.TFRecordDataset(inside)),
    ):
        with pytest.raises(tf.errors.FailedPreconditionError):
            write()
    with pytest.raises(tf.errors.NotFoundError):
        tf.data.Dataset.load(inside)
    assert (tmp_path / "file").read_text() == "mine"


def test_a_backup_that_is_cut_off_leaves_the_one_before(tmp_path, monkeypatch):
    x, y = np.ones((4, 100)), np.ones((4, 1000))

    def fit(epochs):
        callback = tf.keras.callbacks.BackupAndRestore(tmp_path, delete_checkpoint=False)
        return model().fit(x, y, epochs=epochs, verbose=0, callbacks=[callback])

    fit(1)
    replace = os.replace

    def cut_off(source, target):
        if str(target).endswith(".json"):
            raise KeyboardInterrupt
        replace(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", cut_off)
        with pytest.raises(KeyboardInterrupt):
            fit(3)
    assert json.loads((tmp_path / "training_metadata.json").read_text())["epoch"] == 1
    assert fit(3).epoch == [1, 2]
