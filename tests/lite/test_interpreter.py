"""``tf.lite.Interpreter`` and what needs it."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

import kerax as tf
from kerax.lite import packages

from .models import L, network


@pytest.fixture
def content():
    return tf.lite.TFLiteConverter.from_keras_model(network(lambda: L.Dense(3), shape=(4,))).convert()


def test_files_and_tensors(content, tmp_path):
    path = tmp_path / "model.tflite"
    path.write_bytes(content)
    interpreter = tf.lite.Interpreter(str(path), num_threads=2)
    interpreter.allocate_tensors()
    (given,), (taken,) = interpreter.get_input_details(), interpreter.get_output_details()
    interpreter.set_tensor(given["index"], tf.ones((1, 4)))
    interpreter.invoke()
    assert interpreter.get_tensor(taken["index"]).shape == (1, 3)
    with pytest.raises(ValueError, match="Got value of type INT64 but expected type FLOAT32 for input 0"):
        interpreter.set_tensor(given["index"], np.ones((1, 4), np.int64))
    with pytest.raises(ValueError, match="must be specified"):
        tf.lite.Interpreter()


def test_it_says_that_it_is_deprecated(content):
    with pytest.warns(UserWarning, match="tf.lite.Interpreter is deprecated"):
        tf.lite.Interpreter(model_content=content)


def test_without_the_packages(monkeypatch):
    monkeypatch.setitem(sys.modules, packages.SCHEMA, None)
    with pytest.raises(ImportError, match=r"pip install 'kerax\[lite\]'"):
        tf.lite.TFLiteConverter.from_keras_model(network(lambda: L.Dense(3), shape=(4,))).convert()


def test_analyzer(content, capsys):
    tf.lite.experimental.Analyzer.analyze(model_content=content)
    assert "FULLY_CONNECTED" in capsys.readouterr().out


def test_compatible(capsys):
    @tf.lite.experimental.authoring.compatible
    @tf.function(input_signature=[tf.TensorSpec([], tf.string)])
    def length(text):
        return tf.strings.length(text)

    assert length(tf.constant("abc")).numpy() == 3
    assert "COMPATIBILITY ERROR" in length.get_compatibility_log()[0]


PRIVATE = """
import kerax.compat
kerax.compat.install()
import tensorflow as tf
from tensorflow.lite.python.convert import ConverterError
from tensorflow.lite.python.interpreter import Interpreter, OpResolverType
from tensorflow.lite.python.lite import TFLiteConverterV2
assert Interpreter is tf.lite.Interpreter and TFLiteConverterV2 is tf.lite.TFLiteConverter
assert OpResolverType is tf.lite.experimental.OpResolverType
assert issubclass(ConverterError, Exception)
"""


def test_private_paths():
    subprocess.run([sys.executable, "-c", PRIVATE], check=True, timeout=120)
