"""Several replicas: they share one device here, which changes nothing in the values."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys

import numpy as np
import pytest

import kerax as tf

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture
def two():
    return tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])


def test_run_reduce_gather(two):
    values = two.experimental_distribute_values_from_function(lambda c: tf.constant([c.replica_id_in_sync_group + 1.0]))

    def step(x):
        replica = tf.distribute.get_replica_context()
        total = replica.all_reduce("SUM", x)
        return {"own": x, "sum": total, "id": replica.replica_id_in_sync_group, "all": replica.all_gather(x, 0)}

    for run in (two.run, tf.function(lambda fn, args: two.run(fn, args))):
        out = run(step, (values,))
        assert [float(v[0]) for v in out["own"].values] == [1, 2]
        assert [float(v[0]) for v in out["sum"].values] == [3, 3]
        assert [int(v) for v in out["id"].values] == [0, 1]
        assert [v.numpy().tolist() for v in out["all"].values] == [[1, 2], [1, 2]]
    assert two.reduce("SUM", out["own"], axis=None).numpy() == [3]
    assert float(two.reduce(tf.distribute.ReduceOp.MEAN, out["own"], axis=0)) == 1.5
    assert two.gather(out["own"], 0).numpy().tolist() == [1, 2]
    assert len(two.experimental_local_results(out["own"])) == 2


def test_what_replicas_hold_is_shown_as_tensors(two):
    shown = two.run(lambda: tf.distribute.get_replica_context().replica_id_in_sync_group)
    first, second = tf.constant(0), tf.constant(1)
    assert str(shown) == f"PerReplica:{{\n  0: {first!s},\n  1: {second!s}\n}}"
    assert repr(shown) == f"PerReplica:{{\n  0: {first!r},\n  1: {second!r}\n}}"


def test_python_may_differ_between_replicas(two):
    def step():
        replica = tf.distribute.get_replica_context()
        x = 1.0 if replica.replica_id_in_sync_group == 0 else 5.0
        return replica.all_reduce("MEAN", tf.constant(x)) + x

    assert [float(v) for v in two.run(step).values] == [4, 8]


def test_merge_call(two):
    def merge(strategy, x):
        assert tf.distribute.in_cross_replica_context()
        return strategy.reduce("SUM", x, axis=None)

    def step(x):
        return tf.distribute.get_replica_context().merge_call(merge, (x + 1.0,))

    assert [float(v) for v in two.experimental_local_results(two.run(step, (tf.constant(1.0),)))] == [4, 4]


def test_variables_are_aggregated(two):
    with two.scope():
        variables = {
            "mean": tf.Variable(1.0, aggregation=tf.VariableAggregation.MEAN),
            "sum": tf.Variable(1.0, aggregation=tf.VariableAggregation.SUM),
            "first": tf.Variable(1.0, aggregation=tf.VariableAggregation.ONLY_FIRST_REPLICA),
            "none": tf.Variable(1.0),
        }
        metric = tf.keras.metrics.Mean()

    def step(name):
        replica = tf.distribute.get_replica_context()
        x = tf.cast(replica.replica_id_in_sync_group, tf.float32) + 1.0
        variables[name].assign_add(x)
        metric.update_state(x)

    for name, expected in (("mean", 2.5), ("sum", 4.0), ("first", 2.0)):
        two.run(step, (name,))
        assert float(variables[name]) == expected
    assert float(metric.result()) == 1.5 and float(metric.count) == 6
    with pytest.raises(ValueError, match="aggregation"):
        two.run(step, ("none",))


def custom_loop(strategy, samples):
    """Trains a linear model by hand; returns the losses of the epochs and the weights."""
    x = np.arange(samples * 2, dtype=np.float32).reshape(samples, 2) / 10
    y = x.sum(1, keepdims=True)
    dataset = strategy.experimental_distribute_dataset(tf.data.Dataset.from_tensor_slices((x, y)).batch(4))
    with strategy.scope():
        model = tf.keras.Sequential([tf.keras.Input((2,)), tf.keras.layers.Dense(1, kernel_initializer="ones")])
        optimizer = tf.keras.optimizers.Adam(0.1)
        loss_fn = tf.keras.losses.MeanSquaredError(reduction="none")

    def step(batch):
        features, labels = batch
        with tf.GradientTape() as tape:
            losses = loss_fn(labels, model(features, training=True))
            loss = tf.nn.compute_average_loss(losses, global_batch_size=4)
        variables = model.trainable_variables
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))
        return loss

    @tf.function
    def train(batch):
        return strategy.reduce(tf.distribute.ReduceOp.SUM, strategy.run(step, args=(batch,)), axis=None)

    losses = [float(sum(train(batch) for batch in dataset)) for _ in range(2)]
    return losses, [w.numpy() for w in model.weights]


@pytest.mark.parametrize(
    ("replicas", "last", "parts"),
    [(2, 4, [2, 2]), (2, 5, [3, 2]), (2, 1, [1, 0]), (3, 4, [2, 2, 0]), (4, 9, [3, 3, 3, 0]), (4, 5, [2, 2, 1, 0])],
)
def test_a_last_batch_is_cut_in_shares_rounded_up(replicas, last, parts):
    strategy = tf.distribute.MirroredStrategy([f"CPU:{index}" for index in range(replicas)])
    batches = list(strategy.experimental_distribute_dataset(tf.data.Dataset.range(12 + last).batch(12)))
    assert [len(part) for part in strategy.experimental_local_results(batches[-1])] == parts


@pytest.mark.parametrize("samples", [8, 9, 11])  # 9 and 11 leave parts of different sizes
def test_a_custom_loop_trains_as_with_one_replica(two, samples):
    expected = custom_loop(tf.distribute.OneDeviceStrategy("CPU:0"), samples)
    found = custom_loop(two, samples)
    np.testing.assert_allclose(found[0], expected[0], 1e-5)
    for one, other in zip(found[1], expected[1], strict=True):
        np.testing.assert_allclose(one, other, 1e-4)


def fitted(strategy, batch_size=4, samples=8):
    x = np.arange(samples * 2, dtype=np.float32).reshape(samples, 2) / 10
    y = x.sum(1, keepdims=True)
    with strategy.scope():
        model = tf.keras.Sequential([tf.keras.Input((2,)), tf.keras.layers.Dense(1, kernel_initializer="ones")])
        model.compile(tf.keras.optimizers.SGD(0.01), "mse", metrics=["mae"])
    history = model.fit(x, y, epochs=2, batch_size=batch_size, shuffle=False, verbose=0, validation_data=(x, y))
    return model, history.history, model.evaluate(x, y, verbose=0), model.predict(x, verbose=0)


@pytest.mark.parametrize("samples", [8, 9])
def test_fit_trains_as_with_one_replica(two, samples):
    model, history, evaluated, predicted = fitted(two, samples=samples)
    _, history_1, evaluated_1, predicted_1 = fitted(tf.distribute.get_strategy(), samples=samples)
    assert model.distribute_strategy is two
    for name, values in history_1.items():
        np.testing.assert_allclose(history[name], values, 1e-4, err_msg=name)
    np.testing.assert_allclose(evaluated, evaluated_1, 1e-4)
    np.testing.assert_allclose(predicted, predicted_1, 1e-4)


def test_replicas_draw_different_numbers(two, restored_seed):
    tf.random.set_seed(1)
    one, other = two.run(lambda: tf.random.normal([3])).values
    assert not np.allclose(one, other)


def test_datasets(two):
    parts = two.experimental_distribute_dataset(tf.data.Dataset.range(7).batch(4))
    assert [[v.numpy().tolist() for v in e.values] for e in parts] == [[[0, 1], [2, 3]], [[4, 5], [6]]]
    assert parts.element_spec.shape == [None]

    def make(context):
        assert context.num_replicas_in_sync == 2
        return tf.data.Dataset.range(6).batch(context.get_per_replica_batch_size(4))

    elements = list(two.distribute_datasets_from_function(make))
    assert [[v.numpy().tolist() for v in e.values] for e in elements] == [[[0, 1], [2, 3]], [[4, 5], []]]
    iterator = iter(parts)
    iterator.get_next(), iterator.get_next()
    with pytest.raises(tf.errors.OutOfRangeError):
        iterator.get_next()
    assert not bool(iterator.get_next_as_optional().has_value())


def test_errors(two):
    with pytest.raises(TypeError, match="list or tuple"):
        two.run(lambda x: x, 1.0)
    with pytest.raises(RuntimeError, match="cross-replica"):
        two.run(lambda: two.reduce("SUM", 1.0, axis=None))
    with two.scope(), pytest.raises(RuntimeError, match="Mixing"):
        with tf.distribute.OneDeviceStrategy("CPU:0").scope():
            pass
    with pytest.raises(ValueError):
        two.reduce("SUM", tf.constant(1.0), axis=None)


def test_on_two_devices():
    program = (
        "import numpy as np, jax, kerax as tf\n"
        "from tests.distribute.test_replicas import custom_loop, fitted\n"
        "assert jax.device_count() == 2\n"
        "strategy = tf.distribute.MirroredStrategy()\n"
        "assert strategy.num_replicas_in_sync == 2\n"
        "a, b = custom_loop(strategy, 8), custom_loop(tf.distribute.OneDeviceStrategy('CPU:0'), 8)\n"
        "np.testing.assert_allclose(a[0], b[0], 1e-5)\n"
        "model, history, *_ = fitted(strategy)\n"
        "assert len(model.weights[0]._value.sharding.device_set) == 2\n"
        "print('fine')\n"
    )
    environment = {**os.environ, "XLA_FLAGS": "--xla_force_host_platform_device_count=2", "JAX_PLATFORMS": "cpu"}
    found = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert found.stdout.strip() == "fine", found.stderr[-3000:]
