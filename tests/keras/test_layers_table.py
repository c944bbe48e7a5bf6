"""What every layer must do: shapes, dtypes, configs, weights, masks, and a compiled training step."""

from __future__ import annotations

import numpy as np
import pytest

import kerax as tf

from .layers_table import TABLE

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


def _inputs(entry):
    random = np.random.RandomState(0)
    if entry.integers:
        return [tf.constant(random.randint(0, 5, shape).astype("int32")) for shape in entry.shapes]
    return [tf.constant(random.randn(*shape).astype("float32")) for shape in entry.shapes]


def _call(layer, entry, inputs, **kwargs):
    return layer(list(inputs), **kwargs) if entry.listed else layer(*inputs, **kwargs)


def _training(layer):
    return {"training": True} if "training" in layer.call_signature_parameters else {}


@pytest.fixture(params=TABLE.values(), ids=TABLE.keys())
def entry(request):
    return request.param


@pytest.fixture
def layer(entry):
    return entry.make(tf.keras.layers)


def test_shapes_and_dtype(entry, layer):
    inputs = _inputs(entry)
    out = _call(layer, entry, inputs)
    symbols = [tf.keras.Input(batch_shape=(None, *x.shape[1:]), dtype=x.dtype) for x in inputs]
    symbolic = _call(layer, entry, symbols)
    assert tuple(symbolic.shape)[1:] == tuple(out.shape)[1:]
    shapes = [tuple(x.shape) for x in inputs]
    computed = layer.compute_output_shape(shapes) if entry.listed else layer.compute_output_shape(*shapes)
    assert tuple(computed) == tuple(out.shape)
    if entry.same_dtype:
        assert out.dtype == layer.compute_dtype
    graph = tf.keras.Model(symbols, symbolic)
    np.testing.assert_allclose(graph(inputs if len(inputs) > 1 else inputs[0]), out, rtol=1e-5, atol=1e-6)


def test_mixed_precision(entry):
    outer = tf.keras.mixed_precision.global_policy()
    tf.keras.mixed_precision.set_global_policy("mixed_bfloat16")
    try:
        layer = entry.make(tf.keras.layers)
        out = _call(layer, entry, _inputs(entry))
        assert out.dtype == "bfloat16"
        for weight in layer.trainable_weights:
            assert weight.dtype == "float32"
    finally:
        tf.keras.mixed_precision.set_global_policy(outer)


def test_config_round_trip(entry, layer):
    inputs = _inputs(entry)
    _call(layer, entry, inputs)
    copy = type(layer).from_config(layer.get_config())
    assert copy.get_config() == layer.get_config()
    described = tf.keras.saving.serialize_keras_object(layer)
    revived = tf.keras.saving.deserialize_keras_object(described)
    assert revived.get_config() == layer.get_config()
    assert type(revived) is type(layer)


def test_weights_round_trip(entry, layer):
    inputs = _inputs(entry)
    out = _call(layer, entry, inputs)
    copy = type(layer).from_config(layer.get_config())
    _call(copy, entry, inputs)
    assert [w.shape for w in copy.weights] == [w.shape for w in layer.weights]
    copy.set_weights(layer.get_weights())
    np.testing.assert_allclose(_call(copy, entry, inputs), out, rtol=1e-6)
    store = {}
    layer.save_own_variables(store)
    copy.load_own_variables(store)
    np.testing.assert_allclose(_call(copy, entry, inputs), out, rtol=1e-5, atol=1e-6)


def test_mask(entry, layer):
    inputs = _inputs(entry)
    if entry.integers or len(entry.shapes[0]) != 3:
        pytest.skip("only sequences have masks here")
    if isinstance(layer, tf.keras.layers.Softmax):
        pytest.skip("its mask is of single elements")
    for x in inputs:
        x._keras_mask = tf.ones(x.shape[:2], dtype="bool")
    out = _call(layer, entry, inputs)
    mask = getattr(out, "_keras_mask", None)
    if not layer.supports_masking:
        assert mask is None
    elif mask is not None:
        assert mask.dtype == "bool"
        assert tuple(mask.shape) == tuple(out.shape)[: len(mask.shape)]


def test_training_step(entry, layer):
    inputs = _inputs(entry)
    _call(layer, entry, inputs, **_training(layer))
    optimizer = tf.keras.optimizers.SGD(0.1)

    @tf.function
    def step(*xs):
        with tf.GradientTape() as tape:
            for x in xs:
                tape.watch(x)
            out = _call(layer, entry, xs, **_training(layer))
            loss = tf.reduce_mean(tf.square(out)) + tf.add_n(layer.losses or [tf.constant(0.0)])
        weights = layer.trainable_weights
        sources = weights + ([] if entry.integers else list(xs))
        gradients = tape.gradient(loss, sources)
        if weights:
            optimizer.apply_gradients(list(zip(gradients, weights, strict=False)))
        return loss, gradients

    before = layer.get_weights()
    loss, gradients = step(*inputs)
    assert np.isfinite(float(loss))
    assert all(gradient is not None for gradient in gradients)
    assert all(np.isfinite(tf.convert_to_tensor(gradient).numpy()).all() for gradient in gradients)
    if layer.trainable_weights:
        assert any((a != b).any() for a, b in zip(before, layer.get_weights(), strict=True))
