"""SavedModels that TensorFlow wrote (``record.py``) run here, and give what TensorFlow gave."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
import zipfile

import numpy as np
import pytest

import kerax as tf
from kerax.io.proto import message

ARCHIVE = pathlib.Path(__file__).resolve().parent / "tensorflow_models.zip"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    with zipfile.ZipFile(ARCHIVE) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def answers(folder):
    return json.loads((folder / "answers.json").read_text())


def same(found, expected):
    if isinstance(expected, dict):
        assert sorted(found) == sorted(expected)
        for key in expected:
            same(found[key], expected[key])
    elif isinstance(found, (list, tuple)):
        for part, other in zip(found, expected, strict=True):
            same(part, other)
    elif found.dtype == tf.string:
        assert np.char.decode(np.asarray(found.numpy(), bytes)).tolist() == expected
    else:
        np.testing.assert_allclose(found, expected, rtol=2e-5, atol=1e-6)


def test_objects_functions_and_state(folder, answers):
    module = tf.saved_model.load(str(folder / "module"))
    x = tf.reshape(tf.range(6.0), [2, 3])
    same(module(x), answers["call"])
    assert module.calls.numpy() == 1
    assert [type(module.inner), type(module.named)] == [list, dict]
    assert (module.w.name, module.w.trainable, module.calls.trainable) == ("w:0", True, False)
    vector = tf.constant([1.0, 3.0])
    same(module.pick(vector, k=5), answers["pick"])
    same(module.pick(vector, False), answers["not_picked"])
    with pytest.raises(ValueError, match="Could not find matching concrete function"):
        module.pick(vector, k=7)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(module(x))
    assert tape.gradient(loss, module.w).shape == (3, 2)


def test_control_flow_and_ops(folder, answers):
    module = tf.saved_model.load(str(folder / "module"))
    with pytest.warns(UserWarning, match="runs uncompiled"):
        same(module.loop(4), answers["loop"])
    with pytest.warns(UserWarning, match="runs uncompiled"):
        same(module.many(tf.constant([[1.0, 5.0, 3.0, 2.0], [4.0, 1.0, 0.0, 9.0]]), 1), answers["many"])


def test_keras_models(folder, answers):
    images = tf.reshape(tf.range(144.0) / 50, [2, 6, 6, 2])
    loaded = tf.saved_model.load(str(folder / "images"))
    same(loaded.serve(images), answers["images"])
    same(loaded.signatures["serving_default"](images)["output_0"], answers["images"])
    assert len(loaded.trainable_variables) == 9
    layer = tf.keras.layers.TFSMLayer(str(folder / "images"), call_endpoint="serve")
    same(layer(images), answers["images"])
    texts = tf.saved_model.load(str(folder / "texts"))
    same(texts.serve(tf.reshape(tf.range(10), [2, 5])), answers["texts"])
    assert texts.signatures["serving_default"].structured_outputs["a"].shape.as_list() == [None, 2]


def test_tables(folder, answers):
    words = tf.saved_model.load(str(folder / "words"))
    same(words(tf.constant(["a c z", "b"])), answers["words"])
    same(words.look(tf.constant(["X", "q"])), answers["look"])
    same(words.signatures["look"](words=tf.constant(["X", "q"])), answers["look"])


def test_graphs_of_tensorflow_1(folder, answers):
    loaded = tf.saved_model.load(str(folder / "graph"))
    serve = loaded.signatures["serving_default"]
    same(serve(tf.reshape(tf.range(6.0), [2, 3]))["y"], answers["graph"])
    assert sorted(variable.name for variable in loaded.variables) == ["b:0", "w:0"]


def test_what_was_loaded_is_saved_again(folder, answers, tmp_path):
    for name, x, expected in (
        ("images", tf.reshape(tf.range(144.0) / 50, [2, 6, 6, 2]), "images"),
        ("texts", tf.reshape(tf.range(10), [2, 5]), "texts"),
    ):
        tf.saved_model.save(tf.saved_model.load(str(folder / name)), str(tmp_path / name))
        same(tf.saved_model.load(str(tmp_path / name)).serve(x), answers[expected])


def test_frozen_graphs(folder, answers):
    graph = tf.compat.v1.GraphDef()
    graph.ParseFromString((folder / "graph" / "frozen.pb").read_bytes())
    x = tf.reshape(tf.range(6.0), [2, 3])
    wrapped = tf.compat.v1.wrap_function(lambda: tf.compat.v1.import_graph_def(graph, name=""), [])
    names = [operation.name for operation in wrapped.graph.get_operations()]
    assert {"x", "w", "y"} <= set(names)
    find = wrapped.graph.as_graph_element
    pruned = wrapped.prune(find("x:0"), {"y": find("y:0")})
    same(pruned(x), {"y": answers["graph"]})
    same(tf.graph_util.import_graph_def(graph, {"x": x}, ["y:0"], name="model")[0], answers["graph"])
    with pytest.raises(KeyError, match="not in the graph"):
        find("z:0")


KERAS_2 = """
import json, sys
import numpy as np
from kerax import keras
x = np.arange(6.0, dtype=np.float32).reshape(2, 3)
model, mine = (keras.models.load_model(sys.argv[1] + name) for name in ("/sequential", "/mine"))
found = {
    "sequential": model.predict(x, verbose=0).tolist(), "evaluated": model.evaluate(x, x[:, :2], verbose=0),
    "weights": [variable.name for variable in model.weights], "mine": mine.predict(x, verbose=0).tolist(),
    "more": [type(mine).__name__, int(model.optimizer.iterations), model.optimizer.momentum, mine.loss.__name__],
}
model.fit(x, x[:, :2], verbose=0)
mine.fit(x, x[:, :2], verbose=0)
print(json.dumps(found))
"""


def test_models_of_keras_2(folder, answers):
    environment = {**os.environ, "TF_USE_LEGACY_KERAS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", KERAS_2, str(folder)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found.pop("more") == ["Mine", 2, 0.9, "mean_absolute_error"]
    assert found.pop("weights") == answers["weights"]
    for name, value in found.items():
        np.testing.assert_allclose(value, answers[name], rtol=2e-5, atol=1e-6)


def changed(folder, tmp_path, name, change):
    """A copy of a model with another ``saved_model.pb``."""
    target = tmp_path / name
    for path in (folder / name).rglob("*"):
        if path.is_file():
            copy = target / path.relative_to(folder / name)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    model = message("SavedModel")()
    model.ParseFromString((target / "saved_model.pb").read_bytes())
    change(model.meta_graphs[0])
    (target / "saved_model.pb").write_bytes(model.SerializeToString())
    return str(target)


def test_damaged_files(folder, tmp_path):
    cut = changed(folder, tmp_path, "module", lambda graph: None)
    data = pathlib.Path(cut, "saved_model.pb").read_bytes()
    pathlib.Path(cut, "saved_model.pb").write_bytes(data[: len(data) // 2])
    with pytest.raises(OSError, match="Cannot parse file"):
        tf.saved_model.load(cut)
    with pytest.raises(ValueError, match="requires a `tags=` argument"):
        tf.saved_model.load(str(folder / "module"), tags=["train"])

    def escape(graph):
        graph.asset_file_def[0].filename = "../../secret.txt"

    with pytest.raises(ValueError, match="Invalid asset name"):
        tf.saved_model.load(changed(folder, tmp_path, "words", escape))

    def far(graph):
        graph.object_graph_def.nodes[0].children[0].node_id = 10_000

    with pytest.raises(tf.errors.DataLossError):
        tf.saved_model.load(changed(folder, tmp_path, "texts", far))


def test_unknown_ops_fail_when_they_are_called(folder, tmp_path):
    def rename(graph):
        for function in graph.graph_def.library.function:
            for node in function.node_def:
                node.op = node.op.replace("Relu", "Relu99")

    loaded = tf.saved_model.load(changed(folder, tmp_path, "module", rename))
    assert loaded.w.shape == (3, 2)
    with pytest.raises(tf.errors.UnimplementedError, match="Relu99"):
        loaded(tf.ones((1, 3)))
