"""Names of TensorFlow 1 that raise an error while it executes eagerly, with TensorFlow's own words."""

from __future__ import annotations

from typing import Any, NoReturn

from .. import names

_QUEUES = (
    "Input pipelines based on Queues are not supported when eager execution is enabled. Please use tf.data to ingest "
    "data into your model instead."
)
_READERS = (
    "Readers are not supported when eager execution is enabled. Instead, please use tf.data to get data "
    "into your model."
)
#: namespace -> names, or "*" for all; and what is said of them
_TABLE = {
    "tf.compat.v1": (
        "FixedLengthRecordReader IdentityReader LMDBReader ReaderBase TFRecordReader TextLineReader WholeFileReader",
        _READERS,
    ),
    "tf.compat.v1.data": (
        "make_initializable_iterator",
        "`{name}()` is not supported in eager mode. Use Python-style iteration instead.",
    ),
    "tf.compat.v1.metrics": ("*", "tf.metrics.{name} is not supported when eager execution is enabled."),
    "tf.compat.v1.saved_model": ("build_tensor_info", "`build_tensor_info` is not supported in eager execution."),
    "tf.compat.v1.saved_model.utils": ("build_tensor_info", "`build_tensor_info` is not supported in eager execution."),
    "tf.compat.v1.summary": (
        "FileWriter",
        "v1.summary.FileWriter is not compatible with eager execution. Use `tf.summary.create_file_writer`,or a "
        "`with v1.Graph().as_default():` context",
    ),
    "tf.compat.v1.train": (
        "add_queue_runner batch batch_join input_producer limit_epochs maybe_batch maybe_batch_join "
        "maybe_shuffle_batch maybe_shuffle_batch_join range_input_producer shuffle_batch shuffle_batch_join "
        "slice_input_producer start_queue_runners string_input_producer",
        _QUEUES,
    ),
    "tf.compat.v1.train.queue_runner": ("add_queue_runner start_queue_runners", _QUEUES),
}


def lookup(path: str, name: str) -> Any:
    """A class that can be derived from but not made, for a name that TensorFlow refuses; None for others."""
    which, message = _TABLE.get(path, ("", ""))
    if not (names.knows(path, name) and (which == "*" or name in which.split())):
        return None

    def __init__(self: Any, *args: Any, **kwargs: Any) -> NoReturn:
        raise RuntimeError(message.format(name=name))

    text = "Refused, as TensorFlow does it while it executes eagerly: a RuntimeError."
    return type(name, (), {"__init__": __init__, "__doc__": text})
