"""``tf.train.Checkpoint`` and what belongs to it; files of TensorFlow itself are read in keras/saving."""

from __future__ import annotations

import os

import numpy as np
import pytest

import kerax as tf


class Parts(tf.Module):
    def __init__(self, scale=1.0):
        super().__init__()
        self.v = tf.Variable([1.0 * scale, 2.0])
        self.items = [tf.Variable(3), {"a": tf.Variable(b"text")}]
        self.pair = (tf.Variable(True), tf.Variable(np.arange(3, dtype="int64")))


def test_everything_comes_back(tmp_path):
    path = tf.train.Checkpoint(parts=Parts(), step=tf.Variable(7)).save(str(tmp_path / "c"))
    other, step = Parts(9.0), tf.Variable(0)
    tf.train.Checkpoint(parts=other, step=step).restore(path).assert_consumed()
    assert other.v.numpy().tolist() == [1.0, 2.0]
    assert other.items[1]["a"].numpy() == b"text"
    assert step.numpy() == 7
    assert tf.train.latest_checkpoint(str(tmp_path)) == path
    assert ("parts/v/.ATTRIBUTES/VARIABLE_VALUE", [2]) in tf.train.list_variables(str(tmp_path))


def test_what_does_not_exist_yet_is_restored_when_it_is_made(tmp_path):
    path = tf.train.Checkpoint(parts=Parts()).write(str(tmp_path / "c"))
    late = tf.Module()
    status = tf.train.Checkpoint(parts=late).read(path)
    with pytest.raises(AssertionError, match="Unresolved object"):
        status.assert_consumed()
    late.v = tf.Variable([0.0, 0.0])
    assert late.v.numpy().tolist() == [1.0, 2.0]
    late.items = [tf.Variable(0), {"a": tf.Variable(b"")}]
    late.pair = (tf.Variable(False), tf.Variable(np.zeros(3, "int64")))
    assert late.items[0].numpy() == 3
    status.assert_consumed()


def test_optimizer_variables_are_restored_when_they_are_made(tmp_path):
    layers = tf.keras.layers
    x, y = np.ones((4, 2), "float32"), np.ones((4, 1), "float32")

    def fresh():
        model = tf.keras.Sequential([tf.keras.Input((2,)), layers.Dense(1)])
        model.compile("adam", "mse")
        return model

    model = fresh()
    model.fit(x, y, verbose=0)
    path = tf.train.Checkpoint(model=model, optimizer=model.optimizer).save(str(tmp_path / "c"))
    other = fresh()
    status = tf.train.Checkpoint(model=other, optimizer=other.optimizer).restore(path)
    other.optimizer.build(other.trainable_variables)
    status.assert_consumed()
    for one, two in zip(model.optimizer.variables, other.optimizer.variables, strict=True):
        np.testing.assert_allclose(one.numpy(), two.numpy())


def test_errors(tmp_path):
    path = tf.train.Checkpoint(v=tf.Variable([1.0])).write(str(tmp_path / "c"))
    with pytest.raises(ValueError, match="incompatible tensor with shape"):
        tf.train.Checkpoint(v=tf.Variable([1.0, 2.0])).read(path)
    with pytest.raises(tf.errors.InvalidArgumentError, match="dtype"):
        tf.train.Checkpoint(v=tf.Variable([1])).read(path)
    with pytest.raises(tf.errors.NotFoundError, match="double-check"):
        tf.train.Checkpoint(v=tf.Variable([1.0])).restore(str(tmp_path / "no"))
    with pytest.raises(AssertionError, match="nothing is being restored"):
        tf.train.Checkpoint(v=tf.Variable([1.0])).restore(None).assert_consumed()
    with pytest.raises(ValueError, match="trackable"):
        tf.train.Checkpoint(v=3)
    with pytest.raises(AssertionError, match="not bound"):
        tf.train.Checkpoint(v=tf.Variable([1.0]), w=tf.Variable(1)).read(path).assert_existing_objects_matched()


@pytest.mark.parametrize("ending", [".index", ".data-00000-of-00001"])
def test_damaged_files_are_noticed(tmp_path, ending):
    path = tf.train.Checkpoint(v=tf.Variable(np.arange(100.0))).write(str(tmp_path / "c"))
    data = bytearray((tmp_path / f"c{ending}").read_bytes())
    for cut in (data[: len(data) // 2], data[:40] + bytes([data[40] ^ 255]) + data[41:]):
        (tmp_path / f"c{ending}").write_bytes(cut)
        with pytest.raises(tf.errors.DataLossError):
            tf.train.Checkpoint(v=tf.Variable(np.zeros(100))).read(path)


def test_manager(tmp_path):
    step = tf.Variable(0)
    manager = tf.train.CheckpointManager(
        tf.train.Checkpoint(step=step), tmp_path, max_to_keep=2, step_counter=step, checkpoint_interval=2
    )
    assert manager.restore_or_initialize() is None
    saved = []
    for _ in range(7):
        saved.append(manager.save() is not None)
        step.assign_add(1)
    assert saved == [True, False, True, False, True, False, True]
    names = sorted(os.listdir(tmp_path))
    assert [name for name in names if name.endswith(".index")] == ["ckpt-3.index", "ckpt-4.index"]
    step.assign(0)
    again = tf.train.CheckpointManager(tf.train.Checkpoint(step=step), tmp_path, max_to_keep=2)
    assert again.restore_or_initialize().endswith("ckpt-4")
    assert step.numpy() == 6
    assert list(tf.train.checkpoints_iterator(str(tmp_path), timeout=0)) == [again.latest_checkpoint]


def test_views_and_reader(tmp_path):
    parts = Parts()
    path = tf.train.Checkpoint(root=parts).write(str(tmp_path / "c"))
    view = tf.train.CheckpointView(path)
    assert set(view.children(0)) == {"v", "items", "pair"}
    assert view.match(parts)[view.children(0)["v"]] is parts.v
    reader = tf.train.load_checkpoint(path)
    assert reader.has_tensor("v/.ATTRIBUTES/VARIABLE_VALUE")
    assert reader.get_variable_to_dtype_map()["items/0/.ATTRIBUTES/VARIABLE_VALUE"] == tf.int32


def test_iterators_and_generators(tmp_path):
    dataset = iter(tf.data.Dataset.range(10))
    generator = tf.random.Generator.from_seed(1)
    next(dataset)
    path = tf.train.Checkpoint(data=dataset, generator=generator).write(str(tmp_path / "c"))
    drawn = generator.normal([2]).numpy()
    next(dataset)
    tf.train.Checkpoint(data=dataset, generator=generator).read(path).assert_consumed()
    assert int(next(dataset)) == 1
    np.testing.assert_array_equal(generator.normal([2]).numpy(), drawn)
