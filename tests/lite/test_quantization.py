"""Smaller models stay near the float one, in weights alone or altogether in integers."""

from __future__ import annotations

import numpy as np
import pytest

import kerax as tf

from .models import L, convolutional, images, network, operators, run

INT8 = tf.lite.OpsSet.TFLITE_BUILTINS_INT8
INT16 = tf.lite.OpsSet.EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8


def samples():
    for seed in range(10):
        yield [np.random.default_rng(seed).random((1, 16, 16, 1)).astype("float32")]


def convert(model, **settings):
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    for name, value in settings.items():
        if name in ("supported_ops", "supported_types"):
            setattr(converter.target_spec, name, value)
        else:
            setattr(converter, name, value)
    return converter.convert()


def weights(content):
    """(dtype, number of scales, their axis) of what is no activation, by shape."""
    interpreter = tf.lite.Interpreter(model_content=content)
    found = {}
    for row in interpreter.get_tensor_details():
        scales = row["quantization_parameters"]
        found[tuple(row["shape"])] = np.dtype(row["dtype"]).name, len(scales["scales"]), scales["quantized_dimension"]
    return found


KINDS = {
    "dynamic": ({}, 2e-3, 0.35),
    "float16": ({"supported_types": [tf.float16]}, 1e-4, 0.55),
    "integer": ({"representative_dataset": samples}, 1e-2, 0.35),
    "only integer": (
        {
            "representative_dataset": samples,
            "supported_ops": [INT8],
            "inference_input_type": tf.uint8,
            "inference_output_type": tf.uint8,
        },
        1e-2,
        0.35,
    ),
    "int16": ({"representative_dataset": samples, "supported_ops": [INT16]}, 2e-3, 0.35),
}


@pytest.mark.parametrize("kind", KINDS)
def test_kinds(kind):
    model = convolutional()
    x = images(16, 16, 1)
    settings, error, size = KINDS[kind]
    content = convert(model, **settings)
    np.testing.assert_allclose(run(content, x)[0], np.asarray(model(x)), atol=error)
    assert len(content) < size * len(tf.lite.TFLiteConverter.from_keras_model(model).convert())


def test_weights_have_a_scale_per_channel():
    found = weights(convert(convolutional()))
    assert found[32, 3, 3, 16] == ("int8", 32, 0)
    assert found[64, 288] == ("int8", 64, 0)
    assert found[10, 64] == ("float32", 0, 0)  # too few to be worth it
    assert found[1, 3, 3, 16] == ("float32", 0, 0)


def test_tables_have_one_scale():
    model = network(lambda: L.Embedding(500, 4), lambda: L.GlobalAveragePooling1D(), shape=(7,), dtype="int32")
    content = convert(model)
    assert weights(content)[500, 4] == ("int8", 1, 0)
    names = operators(content)
    assert names[names.index("GATHER") + 1] == "DEQUANTIZE"
    ids = np.arange(21, dtype="int32").reshape(3, 7)
    integers = convert(model, representative_dataset=lambda: iter([[ids[:1]], [ids[1:2]], [ids[2:]]]))
    np.testing.assert_allclose(run(integers, ids)[0], np.asarray(model(ids)), atol=1e-3)
    np.testing.assert_allclose(run(content, ids)[0], np.asarray(model(ids)), atol=5e-4)


def test_loops_keep_float_activations(caplog):
    model = network(lambda: L.LSTM(32), lambda: L.Dense(2), shape=(10, 4))
    x = images(10, 4)
    content = convert(model, representative_dataset=lambda: iter([[x[:1]]]))
    assert len(content) < 20_000
    np.testing.assert_allclose(run(content, x)[0], np.asarray(model(x)), atol=5e-3)
    with pytest.raises(Exception, match="cannot be quantized"):
        convert(model, representative_dataset=lambda: iter([[x[:1]]]), supported_ops=[INT8])


def test_integers_go_in_and_out():
    content = convert(
        convolutional(), representative_dataset=samples, inference_input_type=tf.int8, inference_output_type=tf.int8
    )
    interpreter = tf.lite.Interpreter(model_content=content)
    (given,), (taken,) = interpreter.get_input_details(), interpreter.get_output_details()
    assert given["dtype"] == taken["dtype"] == np.int8
    assert given["quantization"][1] == taken["quantization"][1] == -128
    assert taken["quantization"][0] == 1 / 256
    assert {"QUANTIZE", "DEQUANTIZE"}.isdisjoint(operators(content))


def test_samples_by_name():
    model = network(lambda: L.Dense(3), shape=(4,))
    (name,) = [tensor.name for tensor in model.inputs]
    sample = np.ones((1, 4), "float32")
    for value in ({name: sample}, ("serving_default", {name: sample}), [sample]):
        content = convert(model, representative_dataset=lambda value=value: iter([value]))
        assert operators(content) == ["QUANTIZE", "FULLY_CONNECTED", "DEQUANTIZE"]
    with pytest.raises(ValueError, match="Unsupported value from dataset"):
        convert(model, representative_dataset=lambda: iter([sample]))
    with pytest.raises(ValueError, match="Got value of type FLOAT64 but expected type FLOAT32 for input 0"):
        convert(model, representative_dataset=lambda: iter([[np.ones((1, 4))]]))


WRONG = {
    "For full integer quantization, a `representative_dataset` must be specified.": {"supported_ops": [INT8]},
    "The inference_input_type and inference_output_type must be tf.float32.": {"inference_input_type": tf.uint8},
    "must be in ['tf.float32', 'tf.int8', 'tf.uint8', 'tf.int16'].": {
        "representative_dataset": samples,
        "inference_output_type": tf.int32,
    },
    "must be in ['tf.float32', 'tf.int16'].": {
        "representative_dataset": samples,
        "supported_ops": [INT16],
        "inference_output_type": tf.int8,
    },
    "thus `target_spec.supported_types` should be left uninitizalized or set to {tf.int8}.": {
        "representative_dataset": samples,
        "supported_ops": [INT8],
        "supported_types": [tf.float16],
    },
}


@pytest.mark.parametrize("message", WRONG)
def test_wrong_settings(message):
    with pytest.raises(ValueError) as raised:
        convert(network(lambda: L.Dense(3), shape=(4,)), **WRONG[message])
    assert str(raised.value).endswith(message)
