"""Models written in JAX as Keras layers."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import kerax as tf
from kerax import keras


@pytest.fixture
def data():
    x = np.random.default_rng(0).random((32, 4), np.float32)
    return x, x @ np.array([[1.0], [2.0], [3.0], [4.0]], np.float32)


def init(rng, inputs):
    return {"w": [0.1 * jax.random.normal(rng, (inputs.shape[-1], 1))]}, {"calls": jnp.zeros((), jnp.int32)}


def call(params, state, rng, inputs, training):
    x = inputs
    if training:
        x = jnp.where(jax.random.bernoulli(rng, 0.9, x.shape), x / 0.9, 0)
    return x @ params["w"][0], {"calls": state["calls"] + (1 if training else 0)}


def test_fit_trains_params_and_moves_state(data):
    layer = keras.layers.JaxLayer(call, init, seed=1)
    model = keras.Sequential([keras.Input((4,)), layer])
    model.compile(keras.optimizers.Adam(0.1), "mse")
    losses = model.fit(*data, epochs=5, batch_size=16, verbose=0).history["loss"]
    assert losses[-1] < losses[0] / 2
    assert int(layer.state["calls"]) == 10
    assert [v.shape for v in model.trainable_variables] == [(4, 1)]
    assert [v.dtype for v in layer.non_trainable_weights] == ["int32"]
    np.testing.assert_allclose(model.predict(data[0], verbose=0), data[0] @ layer.params["w"][0].numpy(), rtol=1e-5)


def test_gradients_and_saving(data, tmp_path):
    layer = keras.layers.JaxLayer(lambda params, inputs: jnp.tanh(inputs) * params, params=jnp.arange(1.0, 5.0))
    x = tf.constant(data[0])
    with tf.GradientTape() as tape:
        tape.watch(x)
        total = tf.reduce_sum(layer(x))
    by_params, by_x = tape.gradient(total, [layer.trainable_variables[0], x])
    np.testing.assert_allclose(by_params, np.tanh(data[0]).sum(0), rtol=1e-5)
    np.testing.assert_allclose(by_x, (1 - np.tanh(data[0]) ** 2) * np.arange(1.0, 5.0), rtol=1e-4, atol=1e-6)
    model = keras.Sequential([keras.Input((4,)), layer])
    model.save_weights(tmp_path / "a.weights.h5")
    layer.trainable_variables[0].assign(tf.zeros(4))
    model.load_weights(tmp_path / "a.weights.h5")
    np.testing.assert_array_equal(layer.params, [1, 2, 3, 4])


@pytest.mark.parametrize(
    ("call_fn", "message"),
    [
        (lambda params: params, "Missing required argument in `call_fn`: `inputs`"),
        (lambda inputs, other: inputs, "Unsupported argument in `call_fn`: `other`"),
        (lambda params, inputs: inputs, "cannot all be `None`"),
    ],
)
def test_functions_that_do_not_fit(call_fn, message):
    with pytest.raises(ValueError, match=message):
        keras.layers.JaxLayer(call_fn)


def test_a_flax_module(data):
    linen = pytest.importorskip("flax.linen")

    class Net(linen.Module):
        @linen.compact
        def __call__(self, inputs, training):
            x = linen.BatchNorm(use_running_average=not training)(linen.Dense(8)(inputs))
            return linen.Dense(1)(linen.Dropout(0.1, deterministic=not training)(x))

    layer = keras.layers.FlaxLayer(Net())
    model = keras.Sequential([keras.Input((4,)), layer])
    model.compile(keras.optimizers.Adam(0.05), "mse")
    losses = model.fit(*data, epochs=5, batch_size=16, verbose=0).history["loss"]
    assert losses[-1] < losses[0]
    assert (len(layer.trainable_weights), len(layer.non_trainable_weights)) == (6, 2)
