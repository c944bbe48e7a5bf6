"""Training steps lower for every platform, without callbacks to the host."""

from __future__ import annotations

import jax
import jax.export
import numpy as np
import pytest

from kerax import keras

layers = keras.layers


def mlp():
    return [keras.Input((4,)), layers.Dense(8, activation="relu"), layers.Dropout(0.5), layers.Dense(3)]


def cnn():
    return [
        keras.Input((8, 8, 1)),
        layers.Conv2D(4, 3),
        layers.BatchNormalization(),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(3),
    ]


def rnn():
    return [keras.Input((5,), dtype="int32"), layers.Embedding(7, 4), layers.LSTM(4), layers.Dense(3)]


@pytest.mark.parametrize("network", [mlp, cnn, rnn])
def test_a_training_step_lowers_for_cpu_cuda_and_tpu(network):
    model = keras.Sequential(network())
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    shape = model.input_shape[1:]
    model.train_on_batch(np.zeros((2, *shape), "int32" if network is rnn else "float32"), np.zeros(2, "int32"))
    (program,) = model.train_function.one.programs()
    avals = [jax.ShapeDtypeStruct(aval.shape, aval.dtype) for aval in program.lifted.jaxpr.in_avals]
    arguments = avals[len(program.lifted.inputs) :]
    lower = jax.export.export(program.compiled, platforms=["cpu", "cuda", "tpu"])
    exported = lower(*program.state_values(), *arguments)
    text = exported.mlir_module()
    assert exported.platforms == ("cpu", "cuda", "tpu")
    assert "callback" not in text
