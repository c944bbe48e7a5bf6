"""Training on datasets that are an order of rows gives what training on their batches gives."""

import numpy as np
import pytest

import kerax as tf
from kerax.data import Dataset
from kerax.keras.training.arrays import RowIterator, Rows

pytestmark = pytest.mark.usefixtures("restored_seed")

keras = tf.keras


def _data(count=300):
    rng = np.random.default_rng(0)
    return rng.standard_normal((count, 4)).astype("float32"), rng.integers(0, 3, count)


def _trained(dataset, **settings):
    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8, "tanh"), keras.layers.Dense(3)])
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    history = model.fit(dataset, epochs=3, verbose=0, shuffle=False, **settings)
    return history.history, model.get_weights()


PIPELINES = {
    "shuffled": lambda ds: ds.shuffle(50, seed=3).batch(16),
    "once": lambda ds: ds.shuffle(400, seed=3, reshuffle_each_iteration=False).batch(16, drop_remainder=True),
    "in order": lambda ds: ds.batch(32).prefetch(2),
    "batches shuffled": lambda ds: ds.batch(32).shuffle(4, seed=5),
    "cached": lambda ds: ds.map(lambda x, y: (x * 2, y)).cache().shuffle(300, seed=2).batch(16),
    "repeated": lambda ds: ds.shuffle(300, seed=2).repeat().batch(16),
}


@pytest.mark.parametrize("name", PIPELINES)
def test_rows_of_a_dataset(name, monkeypatch):
    settings = {"steps_per_epoch": 20} if name == "repeated" else {}

    def run():
        tf.random.set_seed(7)
        return _trained(PIPELINES[name](Dataset.from_tensor_slices(_data())), **settings)

    planned = run()
    monkeypatch.setattr(Dataset, "_array_plan", lambda self: None)
    plain = run()
    np.testing.assert_allclose(planned[0]["loss"], plain[0]["loss"], rtol=1e-5)
    for one, other in zip(planned[1], plain[1], strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


def test_class_weights_of_a_dataset(monkeypatch):
    dataset = Dataset.from_tensor_slices(_data()).batch(16)
    weights = {0: 1.0, 1: 3.0, 2: 0.5}
    planned = _trained(dataset, class_weight=weights)
    monkeypatch.setattr(Dataset, "_array_plan", lambda self: None)
    plain = _trained(dataset, class_weight=weights)
    np.testing.assert_allclose(planned[0]["loss"], plain[0]["loss"], rtol=1e-5)


def test_rows_come_in_order_whatever_is_drawn_ahead():
    batches = [np.array(rows) for rows in ([4, 2], [0, 1], [3], [5, 6], [7, 8], [9])]
    source = Rows((np.arange(10), None), resident=True)
    for ahead in (1, 2, 10):
        iterator = RowIterator(source, 2, iter(batches), ahead)
        seen = []
        while True:
            left = iterator.full_batches_left()
            if left:
                assert np.asarray(iterator.order())[2 * iterator.position :][:2].tolist() == batches[len(seen)].tolist()
            try:
                seen.append(next(iterator)[0].tolist())
            except StopIteration:
                break
        assert seen == [rows.tolist() for rows in batches]


def test_shuffle_through_a_buffer_in_blocks():
    """The blockwise shuffle of indices is the elementwise one."""
    from kerax.data.shuffle import shuffled, shuffled_blocks

    for count in (0, 1, 64, 65, 1000):
        for size in (-1, 1, 7, 64, 2000):
            order = [int(i) for block in shuffled_blocks(iter(range(count)), size, (3, 4)) for i in block]
            assert order == list(shuffled(iter(range(count)), size, (3, 4)))


@pytest.mark.parametrize(("keras_2", "refused"), [(False, [-2]), (True, [-2, 0])])
def test_batches_of_no_rows_are_refused(monkeypatch, keras_2, refused):
    monkeypatch.setattr("kerax.keras.training.arrays.legacy_keras", lambda: keras_2)
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
    model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    for size in (-2, 0):
        if size in refused:
            with pytest.raises(ValueError, match=f"Received is {size}"):
                model.fit(*_data(6), batch_size=size, verbose=0)
        else:
            model.fit(*_data(6), batch_size=size, verbose=0)
