"""What kerax saves, TensorFlow loads and runs: tried where ``TF_PYTHON`` names a Python that has it."""

from __future__ import annotations

import json
import os
import subprocess

import numpy as np
import pytest

import kerax as tf
from kerax.io.proto import message

RUN = """
import json, sys
import numpy as np
import tensorflow as tf
folder = sys.argv[1]
module, text = (tf.saved_model.load(folder + name) for name in ("/module", "/text"))
vector, x = tf.constant([1.0, 3.0]), tf.reshape(tf.range(6.0), [2, 3])
found = {
    "call": module(x), "calls": module.calls,
    "picked": module.pick(vector, k=5), "not_picked": module.pick(vector, False),
    "two": module.two(vector, tf.constant(3, tf.int64)), "inner": module.inner[0],
    "signature": module.signatures["two"](a=tf.constant(3, tf.int64), b=vector),
    "text": text.serve(tf.reshape(tf.range(10), [2, 5])),
}
with tf.compat.v1.Session(graph=tf.Graph()) as session:
    graph = tf.compat.v1.saved_model.load(session, ["serve"], folder + "/module")
    signature = graph.signature_def["serving_default"]
    feed = {signature.inputs["x"].name: np.arange(6.0).reshape(2, 3)}
    found["session"] = session.run(signature.outputs["output_0"].name, feed)
print(json.dumps(tf.nest.map_structure(lambda value: np.asarray(value).tolist(), found)))
"""


class Module(tf.Module):
    def __init__(self):
        super().__init__()
        self.w = tf.Variable(np.linspace(0, 1, 6, dtype=np.float32).reshape(3, 2), name="w")
        self.calls = tf.Variable(0, trainable=False)
        self.inner = [tf.Variable(1.5)]
        self.named = {"a": tf.Variable([1.0, 2.0])}
        self.shift = tf.constant([10.0, 20.0])

    @tf.function(input_signature=[tf.TensorSpec([None, 3])])
    def __call__(self, x):
        self.calls.assign_add(1)
        return tf.nn.relu(x @ self.w) + self.shift * self.inner[0]

    @tf.function
    def pick(self, x, flag=True, *, k=2):
        if flag:
            return {"out": x * self.named["a"], "k": tf.constant(k)}
        return {"out": x + 1.0, "k": tf.constant(0)}

    @tf.function(input_signature=[tf.TensorSpec([None], name="b"), tf.TensorSpec([], tf.int64, name="a")])
    def two(self, b, a):
        return b * 2.0, tf.cast(a, tf.int32) + 1


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A folder of models, and what their functions return."""
    folder = tmp_path_factory.mktemp("models")
    module = Module()
    vector, x = tf.constant([1.0, 3.0]), tf.reshape(tf.range(6.0), [2, 3])
    found = {"picked": module.pick(vector, k=5), "not_picked": module.pick(vector, False)}
    tf.saved_model.save(module, str(folder / "module"), {"serving_default": module.__call__, "two": module.two})
    found |= {"call": module(x), "calls": module.calls, "two": module.two(vector, 3), "inner": module.inner[0]}
    found |= {"signature": dict(zip(("output_0", "output_1"), found["two"], strict=True)), "session": found["call"]}
    inputs = tf.keras.Input((5,), dtype="int32")
    hidden = tf.keras.layers.LSTM(3)(tf.keras.layers.Embedding(10, 4, mask_zero=True)(inputs))
    text = tf.keras.Model(inputs, {"a": tf.keras.layers.Dense(2)(hidden), "b": tf.keras.layers.Dropout(0.5)(hidden)})
    text.export(str(folder / "text"), verbose=False)
    found["text"] = text(tf.reshape(tf.range(10), [2, 5]))
    return folder, json.loads(json.dumps(tf.nest.map_structure(lambda value: np.asarray(value).tolist(), found)))


def read(path):
    model = message("SavedModel")()
    model.ParseFromString((path / "saved_model.pb").read_bytes())
    return model.meta_graphs[0]


def test_every_function_is_one_program(saved):
    graph = read(saved[0] / "module")
    functions = {function.signature.name: function for function in graph.graph_def.library.function}
    assert set(graph.object_graph_def.concrete_functions) == set(functions)
    for function in functions.values():
        assert [node.op for node in function.node_def].count("XlaCallModule") == 1
        assert set(function.ret) == {argument.name for argument in function.signature.output_arg}
    root = {child.local_name: child.node_id for child in graph.object_graph_def.nodes[0].children}
    assert {"w", "calls", "inner", "named", "__call__", "pick", "two", "signatures"} <= set(root)
    pick = graph.object_graph_def.nodes[root["pick"]].function
    assert len(pick.concrete_functions) == 2
    assert sorted(graph.signature_def) == ["serving_default", "two"]


def test_an_open_batch_is_left_open(saved):
    graph = read(saved[0] / "text")
    info = graph.signature_def["serving_default"]
    (given,) = info.inputs.values()
    assert [dim.size for dim in given.tensor_shape.dim] == [-1, 5]
    assert [dim.size for dim in info.outputs["a"].tensor_shape.dim] == [-1, 2]


@pytest.mark.skipif("TF_PYTHON" not in os.environ, reason="needs TF_PYTHON, a Python with TensorFlow")
def test_tensorflow_runs_it(saved):
    folder, expected = saved
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
    for name in ("XLA_FLAGS", "PYTHONPATH"):
        environment.pop(name, None)
    done = subprocess.run(
        [os.environ["TF_PYTHON"], "-c", RUN, str(folder)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.strip().splitlines()[-1])
    assert sorted(found) == sorted(expected)
    for name, value in expected.items():
        tf.nest.map_structure(lambda a, b: np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-6), found[name], value)
