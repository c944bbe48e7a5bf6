"""Event files: what is written, when, and that TensorBoard's own reader understands it."""

from __future__ import annotations

import glob
import os
import threading

import numpy as np
import pytest

import kerax as tf
from kerax.io.proto import message
from kerax.io.records import read_records
from kerax.io.tensor_proto import proto_to_array


def events(folder) -> list:
    """All events of a folder but the files' heads."""
    found = []
    for path in sorted(glob.glob(os.path.join(str(folder), "events.out.tfevents.*"))):
        parsed = [message("Event").FromString(record) for record in read_records(path)]
        assert parsed[0].file_version == "brain.Event:2"
        found += parsed[1:]
    return found


def values(folder) -> list:
    """(step, tag, array) of every value in a folder."""
    return [(e.step, v.tag, proto_to_array(v.tensor)) for e in events(folder) for v in e.summary.value]


def test_scalars_with_scopes_and_steps(tmp_path):
    with tf.summary.create_file_writer(str(tmp_path)).as_default(step=7):
        assert bool(tf.summary.scalar("loss", 0.5))
        with tf.name_scope("layer"):
            tf.summary.scalar("norm", tf.constant(2, tf.int32), step=tf.constant(9), description="the *norm*")
    (first, second) = values(tmp_path)
    assert first[:2] == (7, "loss") and first[2] == np.float32(0.5)
    assert second[:2] == (9, "layer/norm") and second[2].dtype == np.float32
    value = events(tmp_path)[1].summary.value[0]
    assert value.metadata.plugin_data.plugin_name == "scalars" and value.metadata.data_class == 1
    assert value.metadata.summary_description == "the *norm*"


def test_nothing_is_written_without_a_writer_or_where_the_condition_fails(tmp_path):
    assert not bool(tf.summary.scalar("loss", 0.5))
    step = tf.Variable(0, dtype=tf.int64)
    with tf.summary.create_file_writer(str(tmp_path)).as_default(step), tf.summary.record_if(lambda: step % 2 == 0):
        for _ in range(4):
            tf.summary.scalar("x", 1.0)
            step.assign_add(1)
    assert [v[0] for v in values(tmp_path)] == [0, 2]


def test_a_compiled_function_writes_each_time_it_runs(tmp_path):
    step = tf.Variable(0, dtype=tf.int64)
    writer = tf.summary.create_file_writer(str(tmp_path))

    @tf.function
    def train(x):
        with writer.as_default(step), tf.summary.record_if(tf.equal(step % 2, 0)):
            tf.summary.scalar("twice", 2 * x)
            tf.summary.text("note", "hello")
        step.assign_add(1)
        return x

    for number in range(3):
        train(tf.constant(float(number)))
    writer.close()
    found = [(s, tag, array.tolist()) for s, tag, array in values(tmp_path)]
    assert found == [(0, "twice", 0.0), (0, "note", b"hello"), (2, "twice", 4.0), (2, "note", b"hello")]


def test_inside_a_compiled_loop(tmp_path):
    writer = tf.summary.create_file_writer(str(tmp_path))

    @tf.function
    def loop(count):
        with writer.as_default():
            for i in tf.range(count):
                tf.summary.scalar("square", i * i, step=tf.cast(i, tf.int64))
            writer.flush()

    loop(tf.constant(3))
    assert [(s, float(a)) for s, _, a in values(tmp_path)] == [(0, 0.0), (1, 1.0), (2, 4.0)]


def test_histogram_image_audio(tmp_path):
    with tf.summary.create_file_writer(str(tmp_path)).as_default(step=0):
        tf.summary.histogram("h", [1.0, 2.0, 2.5, 3.0], buckets=2)
        tf.summary.histogram("same", [4.0, 4.0], buckets=3)
        tf.summary.histogram("empty", [], buckets=3)
        tf.summary.image("i", np.full([5, 2, 3, 1], 0.5, np.float32), max_outputs=2)
        tf.summary.audio("a", np.zeros([1, 8, 1], np.float32), 8000)
    found = {tag: array for _, tag, array in values(tmp_path)}
    np.testing.assert_allclose(found["h"], [[1.0, 2.0, 1.0], [2.0, 3.0, 3.0]])
    np.testing.assert_allclose(found["same"], [[4, 4, 0], [4, 4, 0], [4, 4, 2]])
    assert found["empty"].shape == (3, 3) and not found["empty"].any()
    assert found["i"][:2].tolist() == [b"3", b"2"] and len(found["i"]) == 4
    picture = tf.io.decode_png(found["i"][2])
    assert picture.shape == (2, 3, 1) and int(picture[0, 0, 0]) == 127
    samples, rate = tf.audio.decode_wav(found["a"][0, 0])
    assert samples.shape == (8, 1) and int(rate) == 8000


def test_errors(tmp_path):
    with tf.summary.create_file_writer(str(tmp_path)).as_default():
        with pytest.raises(ValueError, match="No step set"):
            tf.summary.scalar("x", 1.0)
        with pytest.raises(ValueError):
            tf.summary.scalar("x", [1.0], step=0)
        with pytest.raises(ValueError):
            tf.summary.image("x", np.zeros([2, 2]), step=0)
        with pytest.raises(TypeError):
            tf.summary.text("x", 1.0, step=0)
    writer = tf.summary.create_file_writer(str(tmp_path))
    writer.close()
    with pytest.raises(RuntimeError, match="already closed"):
        writer.as_default()


def test_writers_nest_and_belong_to_a_thread(tmp_path):
    outer, inner = (tf.summary.create_file_writer(str(tmp_path / name)) for name in "ab")
    seen = []
    with outer.as_default(step=1):
        with inner.as_default(step=2):
            tf.summary.scalar("x", 1.0)
        tf.summary.scalar("x", 2.0)
        thread = threading.Thread(target=lambda: seen.append(bool(tf.summary.should_record_summaries())))
        thread.start()
        thread.join()
    assert seen == [False]
    assert [v[0] for v in values(tmp_path / "a")] == [1] and [v[0] for v in values(tmp_path / "b")] == [2]


def test_raw_messages_and_generic_tensors(tmp_path):
    raw = message("Summary")()
    raw.value.add(tag="raw", simple_value=3.0)
    metadata = message("SummaryMetadata")()
    metadata.plugin_data.plugin_name = "mine"
    with tf.summary.create_file_writer(str(tmp_path), filename_suffix=".mine").as_default():
        tf.summary.experimental.write_raw_pb(raw.SerializeToString(), step=4)
        tf.summary.write("tag", lambda: tf.range(3), step=5, metadata=metadata)
    first, second = events(tmp_path)
    assert first.summary.value[0].simple_value == 3.0
    assert second.summary.value[0].metadata.plugin_data.plugin_name == "mine"
    assert proto_to_array(second.summary.value[0].tensor).tolist() == [0, 1, 2]
    assert glob.glob(str(tmp_path / "*.mine"))


def test_traces_of_functions(tmp_path):
    @tf.function
    def double(x):
        return 2 * x

    with tf.summary.create_file_writer(str(tmp_path)).as_default():
        tf.summary.trace_on(graph=True)
        double(tf.ones([2]))
        tf.summary.trace_export("double", step=0)
        tf.summary.graph(double.get_concrete_function(tf.ones([2])).graph)
    trace, plain = events(tmp_path)
    run = message("RunMetadata").FromString(proto_to_array(trace.summary.value[0].tensor)[()])
    assert any(node.op == "Mul" for node in run.function_graphs[0].pre_optimization_graph.node)
    assert plain.graph_def
    with pytest.raises(ValueError, match="trace_on"):
        tf.summary.trace_export("again", step=0)


def test_tensorboard_reads_them(tmp_path):
    pytest.importorskip("tensorboard")
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.util import tensor_util

    with tf.summary.create_file_writer(str(tmp_path)).as_default():
        for step in range(3):
            tf.summary.scalar("loss", 1.0 / (step + 1), step=step)
        tf.summary.histogram("h", np.arange(10.0), step=0)
    accumulator = EventAccumulator(str(tmp_path), size_guidance={"tensors": 0})
    accumulator.Reload()
    found = accumulator.Tensors("loss")
    assert [event.step for event in found] == [0, 1, 2]
    np.testing.assert_allclose([tensor_util.make_ndarray(e.tensor_proto) for e in found], [1, 1 / 2, 1 / 3], 1e-6)
    assert "h" in accumulator.Tags()["tensors"]


def test_the_callback_writes_them(tmp_path):
    model = tf.keras.Sequential([tf.keras.Input((2,)), tf.keras.layers.Dense(2)])
    model.compile("sgd", "mse")
    callback = tf.keras.callbacks.TensorBoard(str(tmp_path), histogram_freq=1, update_freq=1, write_images=True)
    x = np.ones((4, 2), np.float32)
    model.fit(x, x, validation_data=(x, x), epochs=2, batch_size=2, verbose=0, callbacks=[callback])
    tags = {tag for _, tag, _ in values(tmp_path / "train")}
    assert {"epoch_loss", "batch_loss", "epoch_learning_rate", "keras"} <= tags
    assert any(tag.endswith("histogram") for tag in tags) and any(tag.endswith("image") for tag in tags)
    assert "epoch_loss" in {tag for _, tag, _ in values(tmp_path / "validation")}
