"""Converted models give what the functions give, for every batch."""

from __future__ import annotations

import numpy as np
import pytest

import kerax as tf

from .models import L, convolutional, images, network, operators, run


def attention():
    x = tf.keras.Input((6, 8))
    y = L.LayerNormalization()(x + L.MultiHeadAttention(2, 4)(x, x))
    return tf.keras.Model(x, L.Dense(2)(L.Flatten()(y)))


MODELS = {
    "dense": lambda: network(lambda: L.Dense(5, activation="gelu"), lambda: L.Dense(2), shape=(4,)),
    "convolutional": convolutional,
    "transposed": lambda: network(
        lambda: L.Conv2DTranspose(4, 3, strides=2, padding="same"), lambda: L.Conv2DTranspose(4, 3, strides=2)
    ),
    "resized": lambda: network(lambda: L.Resizing(5, 6), lambda: L.UpSampling2D(), lambda: L.AveragePooling2D(2)),
    "sequences": lambda: network(
        lambda: L.Conv1D(8, 3, padding="causal"), lambda: L.MaxPooling1D(), lambda: L.SeparableConv1D(4, 3),
        lambda: L.GlobalAveragePooling1D(), shape=(20, 3),
    ),
    "attention": attention,
    "augmented": lambda: network(
        lambda: L.RandomFlip(), lambda: L.RandomRotation(0.1), lambda: L.Rescaling(1 / 255.0), lambda: L.Conv2D(4, 3)
    ),
    "lstm": lambda: network(lambda: L.LSTM(8), lambda: L.Dense(2), shape=(10, 4)),
    "gru": lambda: network(
        lambda: L.Bidirectional(L.GRU(4, return_sequences=True)), lambda: L.GlobalMaxPooling1D(), shape=(6, 4)
    ),
    "mobile": lambda: tf.keras.applications.MobileNetV2(input_shape=(32, 32, 3), weights=None, classes=4, alpha=0.35),
}  # fmt: skip


@pytest.mark.parametrize("name", MODELS)
def test_models(name):
    model = MODELS[name]()
    x = images(*model.input_shape[1:])
    content = tf.lite.TFLiteConverter.from_keras_model(model).convert()
    expected = np.asarray(model(x, training=False))
    for count in (1, 3):
        (found,) = run(content, x[:count])
        np.testing.assert_allclose(found, expected[:count], rtol=1e-4, atol=1e-5)


def test_layers_become_operators_of_their_own():
    content = tf.lite.TFLiteConverter.from_keras_model(convolutional()).convert()
    assert operators(content)[2:] == [
        "MAX_POOL_2D", "CONV_2D", "RESHAPE", "FULLY_CONNECTED", "FULLY_CONNECTED", "SOFTMAX"
    ]  # fmt: skip


def test_embedding_gathers_rows():
    model = network(lambda: L.Embedding(50, 4), lambda: L.GlobalAveragePooling1D(), shape=(7,), dtype="int32")
    ids = np.arange(21, dtype="int32").reshape(3, 7)
    content = tf.lite.TFLiteConverter.from_keras_model(model).convert()
    assert "GATHER" in operators(content)
    np.testing.assert_allclose(run(content, ids)[0], np.asarray(model(ids)), atol=1e-6)


@pytest.mark.parametrize("length", [6, None])
def test_texts(length):
    model = network(
        lambda: L.Embedding(50, 8, mask_zero=True),
        lambda: L.LSTM(4),
        lambda: L.Dense(2),
        shape=(length,),
        dtype="int32",
    )
    ids = np.array([[3, 5, 0, 0, 0, 0], [1, 2, 3, 4, 5, 6], [9, 0, 0, 0, 0, 0]], "int32")
    content = tf.lite.TFLiteConverter.from_keras_model(model).convert()
    np.testing.assert_allclose(run(content, ids)[0], np.asarray(model(ids)), atol=1e-6)


def test_wide_integers_are_those_of_the_signature():
    layer = L.LSTM(3)
    last = tf.function(lambda x, k: tf.argmax(layer(x), 1) + k, input_signature=[
        tf.TensorSpec([None, 5, 4]), tf.TensorSpec([], tf.int64)
    ])  # fmt: skip
    content = tf.lite.TFLiteConverter.from_concrete_functions([last.get_concrete_function()]).convert()
    x = images(5, 4)
    (found,) = run(content, x, np.array(7))
    assert found.dtype == np.int64
    np.testing.assert_array_equal(found, last(x, np.array(7)))


def test_branches():
    @tf.function(input_signature=[tf.TensorSpec([None, 2])])
    def branch(x):
        return x * 2 if tf.reduce_sum(x) > 1 else x - 1

    content = tf.lite.TFLiteConverter.from_concrete_functions([branch.get_concrete_function()]).convert()
    for x in (images(2), -images(2)):
        np.testing.assert_allclose(run(content, x)[0], branch(x))


def test_sizes_that_must_be_given():
    model = network(lambda: L.Conv2D(4, 3), lambda: L.MaxPooling2D(), shape=(None, None, 3))
    with pytest.raises(Exception, match="Give the sizes"):
        tf.lite.TFLiteConverter.from_keras_model(model).convert()


def test_names_of_keras_models():
    a, b = tf.keras.Input((4,), name="a"), tf.keras.Input((2,), name="b")
    x = L.Concatenate()([a, b])
    model = tf.keras.Model([a, b], [L.Dense(1)(x), L.Dense(2)(x)])
    interpreter = tf.lite.Interpreter(model_content=tf.lite.TFLiteConverter.from_keras_model(model).convert())
    assert [row["name"] for row in interpreter.get_input_details()] == ["serving_default_a:0", "serving_default_b:0"]
    assert [row["shape_signature"].tolist() for row in interpreter.get_input_details()] == [[-1, 4], [-1, 2]]
    assert [row["shape"].tolist() for row in interpreter.get_output_details()] == [[1, 1], [1, 2]]
    names = [row["name"] for row in interpreter.get_output_details()]
    assert names == ["StatefulPartitionedCall_1:0", "StatefulPartitionedCall_1:1"]
    assert interpreter.get_signature_list() == {
        "serving_default": {"inputs": ["a", "b"], "outputs": ["output_0", "output_1"]}
    }


class Scaled(tf.Module):
    def __init__(self):
        self.w = tf.Variable(np.arange(12, dtype="float32").reshape(4, 3))

    @tf.function(input_signature=[tf.TensorSpec([None, 4], tf.float32)])
    def product(self, x):
        return x @ self.w

    @tf.function(input_signature=[tf.TensorSpec([None, 4], tf.float32, name="inp")])
    def both(self, x):
        return {"r": x @ self.w, "s": tf.reduce_sum(x)}


def signatures(content):
    return tf.lite.Interpreter(model_content=content).get_signature_list()


def test_concrete_functions_of_a_module():
    module = Scaled()
    functions = [module.product.get_concrete_function(), module.both.get_concrete_function()]
    content = tf.lite.TFLiteConverter.from_concrete_functions(functions, module).convert()
    assert signatures(content) == {
        "product": {"inputs": ["x"], "outputs": ["output_0"]},
        "both": {"inputs": ["inp"], "outputs": ["r", "s"]},
    }
    runner = tf.lite.Interpreter(model_content=content).get_signature_runner("both")
    found = runner(inp=np.ones((2, 4), "float32"))
    np.testing.assert_allclose(found["r"], np.ones((2, 4)) @ module.w.numpy())
    assert found["s"] == 8


def test_a_function_without_owner_has_no_signature():
    square = tf.function(lambda x: x * x, input_signature=[tf.TensorSpec([2], tf.float32, name="x")])
    content = tf.lite.TFLiteConverter.from_concrete_functions([square.get_concrete_function()]).convert()
    interpreter = tf.lite.Interpreter(model_content=content)
    assert interpreter.get_signature_list() == {}
    assert interpreter.get_input_details()[0]["name"] == "x"
    assert interpreter.get_output_details()[0]["name"] == "Identity"


def test_saved_models(tmp_path):
    module = Scaled()
    folder = str(tmp_path / "module")
    tf.saved_model.save(module, folder, signatures={"ff": module.product, "gg": module.both})
    content = tf.lite.TFLiteConverter.from_saved_model(folder).convert()
    assert list(signatures(content)) == ["ff", "gg"]
    one = tf.lite.TFLiteConverter.from_saved_model(folder, signature_keys=["gg"]).convert()
    assert list(signatures(one)) == ["gg"]
    x = images(4)
    np.testing.assert_allclose(run(one, x)[0], x @ module.w.numpy(), rtol=1e-6)
    with pytest.raises(ValueError, match="Invalid signature key 'xx' found. Valid keys are 'ff,gg'."):
        tf.lite.TFLiteConverter.from_saved_model(folder, signature_keys=["xx"])


def test_exported_models(tmp_path):
    model = convolutional()
    folder = str(tmp_path / "model")
    model.export(folder, verbose=False)
    content = tf.lite.TFLiteConverter.from_saved_model(folder).convert()
    assert list(signatures(content)) == ["serving_default"]
    x = images(16, 16, 1)
    np.testing.assert_allclose(run(content, x)[0], np.asarray(model(x)), atol=1e-5)


def test_what_is_returned_as_it_was_given():
    same = tf.function(lambda x: (x, x, x + 1), input_signature=[tf.TensorSpec([None, 2])])
    content = tf.lite.TFLiteConverter.from_concrete_functions([same.get_concrete_function()]).convert()
    x = images(2)
    for found, expected in zip(run(content, x), (x, x, x + 1), strict=True):
        np.testing.assert_allclose(found, expected)


def test_several_open_sizes():
    mean = tf.function(lambda x: tf.reduce_mean(x, 1), input_signature=[tf.TensorSpec([None, None])])
    content = tf.lite.TFLiteConverter.from_concrete_functions([mean.get_concrete_function()]).convert()
    x = images(5)
    np.testing.assert_allclose(run(content, x)[0], x.mean(1), rtol=1e-6)


def test_jax_functions():
    content = tf.lite.TFLiteConverter.experimental_from_jax([lambda x: x * 2], [[("x", np.zeros(2, "float32"))]])
    np.testing.assert_allclose(run(content.convert(), np.array([1, 3], "float32"))[0], [2, 6])


def test_strings_are_refused():
    length = tf.function(tf.strings.length, input_signature=[tf.TensorSpec([], tf.string)])
    with pytest.raises(Exception, match="strings") as raised:
        tf.lite.TFLiteConverter.from_concrete_functions([length.get_concrete_function()]).convert()
    assert type(raised.value).__name__ == "ConverterError"


def test_wrong_functions():
    function = tf.function(lambda x: x, input_signature=[tf.TensorSpec([2])])
    with pytest.raises(ValueError, match="call get_concrete_function"):
        tf.lite.TFLiteConverter.from_concrete_functions([function])
    with pytest.raises(ValueError, match="No ConcreteFunction is specified."):
        tf.lite.TFLiteConverter.from_concrete_functions([]).convert()
    with pytest.raises(ValueError, match="the input shapes have not been set"):
        tf.lite.TFLiteConverter.from_keras_model(tf.keras.Sequential([L.Dense(3)])).convert()


def test_files_as_tensorflow_1_converts_them(tmp_path):
    model = convolutional()
    path = str(tmp_path / "model.h5")
    model.save(path)
    v1 = tf.compat.v1.lite
    converter = v1.TFLiteConverter.from_keras_model_file(path)
    x = images(16, 16, 1)
    np.testing.assert_allclose(run(converter.convert(), x)[0], np.asarray(model(x)), atol=1e-5)
    converter.post_training_quantize = True
    assert converter.optimizations == {v1.Optimize.DEFAULT}
    assert v1.constants.QUANTIZED_UINT8 is tf.uint8 and v1.experimental.Analyzer is tf.lite.experimental.Analyzer
