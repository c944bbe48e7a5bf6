"""How many programs XLA compiles: a cost that every user pays, and that creeps in unseen."""

from __future__ import annotations

import contextlib
import tracemalloc

import jax
import numpy as np
import pytest

import kerax as tf
from kerax import keras

_counts: list[list[str]] = []


def _heard(event: str, duration: float, **_: object) -> None:
    if event.endswith("backend_compile_duration"):
        for seen in _counts:
            seen.append(event)


jax.monitoring.register_event_duration_secs_listener(_heard)


@contextlib.contextmanager
def counted():
    """A list that has an entry for each program compiled within."""
    seen: list[str] = []
    _counts.append(seen)
    try:
        yield seen
    finally:
        _counts.remove(seen)


@pytest.fixture
def model():
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation="relu"), keras.layers.Dense(1)])
    model.compile("adam", "mse", metrics=["mae"])
    return model


@pytest.fixture
def data():
    rng = np.random.default_rng(0)
    return rng.random((70, 4), np.float32), rng.random((70, 1), np.float32)


def test_a_second_fit_compiles_nothing(model, data):
    with counted() as first:
        model.fit(*data, batch_size=8, epochs=2, verbose=0)
    assert first
    with counted() as second:
        model.fit(*data, batch_size=8, epochs=3, verbose=0)
        model.fit(*data, batch_size=8, epochs=1, verbose=0, shuffle=False)
    assert second == []


def test_the_last_smaller_batch_costs_one_program_and_more_rows_none(model, data):
    x, y = data
    model.fit(x[:64], y[:64], batch_size=8, verbose=0)
    with counted() as seen:
        model.fit(x, y, batch_size=8, epochs=2, verbose=0)  # 8 batches of 8 and one of 6
    assert len(seen) == 1
    with counted() as seen:
        for rows in (16, 24, 40, 62):
            model.fit(x[:rows], y[:rows], batch_size=8, verbose=0)
    assert seen == []


def test_a_second_evaluate_and_predict_compile_nothing(model, data):
    model.evaluate(*data, batch_size=8, verbose=0)
    model.predict(data[0], batch_size=8, verbose=0)
    with counted() as seen:
        model.evaluate(*data, batch_size=8, verbose=0)
        model.predict(data[0], batch_size=8, verbose=0)
    assert seen == []


def test_a_recording_of_any_length_compiles_no_more(model):
    """Reinforcement learning: an episode's steps are recorded one by one, and no two are as long."""
    optimizer = keras.optimizers.Adam(1e-2)

    def episode(length: int) -> None:
        state = tf.ones((1, 4))
        with tf.GradientTape() as tape:
            losses = []
            for step in range(length):
                value = model(state)
                losses.append(tf.reduce_sum(value * value))
                state = state * 0.9 + float(step)
            loss = tf.add_n(losses[:3]) + losses[-1]
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))

    for length in (3, 4, 5, 6):
        episode(length)
    with counted() as seen:
        for length in (7, 12, 9, 25, 4, 18, 31):
            episode(length)
    assert seen == []


def test_assigned_variables_are_written_in_place_whatever_the_order():
    a, b = tf.Variable(tf.ones((256,))), tf.Variable(tf.ones((256,)))

    @tf.function
    def step(x):
        b.assign_add(x)
        a.assign(a * 2 + x)
        return x * 3.0

    step(tf.ones((256,)))
    (program,) = step.programs()
    shape = jax.ShapeDtypeStruct((256,), np.float32)
    text = program.text([shape], "optimized_hlo")
    assert " copy(" not in text, text


def test_an_array_that_grows_over_known_numbers_is_compiled(recwarn):
    @tf.function
    def doubled(x):
        rows = tf.TensorArray(tf.float32, size=0, dynamic_size=True)
        for i in tf.range(tf.shape(x)[0]):
            rows = rows.write(i, x[i] * 2.0)
        return rows.stack()

    np.testing.assert_array_equal(doubled(tf.ones([3, 2])).numpy(), np.full([3, 2], 2.0))
    assert not [warning for warning in recwarn if "runs uncompiled" in str(warning.message)]


def test_the_compiler_does_not_compute_with_large_constants():
    table = np.ones((300, 300), np.float32)
    f = tf.function(lambda x: tf.reduce_sum(tf.constant(table) @ tf.constant(table)) + x)
    assert float(f(tf.constant(0.0))) == 300**3
    [program] = f._programs.values()
    assert max([np.size(value) for value in program.lifted.jaxpr.consts], default=0) < table.size


def test_the_program_of_a_diagonal_holds_no_array_as_large_as_the_matrix():
    f = tf.function(lambda x: tf.linalg.set_diag(tf.linalg.diag(x), x[1:], k=1))
    f.get_concrete_function(tf.TensorSpec([3]))
    tracemalloc.start()
    f.get_concrete_function(tf.TensorSpec([3000]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3000 * 3000
