"""Writers of event files: TFRecord files of ``Event`` messages."""

from __future__ import annotations

import itertools
import os
import socket
import threading
import time
import weakref
from typing import Any

from kerax.core import effects, state
from kerax.core.context import context
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.io.file_io import make_folder
from kerax.io.proto import message
from kerax.io.records import RecordWriter
from kerax.summary.recording import recording

_counter = itertools.count()


class SummaryWriter:
    """Where summaries go; made by ``tf.summary.create_file_writer`` or ``create_noop_writer``."""

    def set_as_default(self, step: Any = None) -> None:
        """Makes this the writer of the thread.

        Args:
          step: also the default step, unless None.
        """
        self.as_default(step).__enter__()

    def as_default(self, step: Any = None) -> Any:
        """A context in which this is the thread's writer; on leaving it what was written is flushed.

        Args:
          step: also the default step inside, unless None.
        """
        return _Default(self, step)

    def init(self) -> None:
        """Does nothing: writers are ready when they are made."""

    def flush(self) -> None:
        """Writes what is buffered to the file."""

    def close(self) -> None:
        """Flushes and closes the file."""

    def _add(self, event: Any) -> None:
        """Takes an event."""


class _Default:
    """The context of ``as_default``."""

    def __init__(self, writer: SummaryWriter, step: Any) -> None:
        self._writer, self._step = writer, step

    def __enter__(self) -> SummaryWriter:
        thread = recording()
        self._outer = thread.writer, thread.step
        thread.writer = self._writer
        if self._step is not None:
            thread.step = self._step
        return self._writer

    def __exit__(self, *exc: Any) -> None:
        thread = recording()
        thread.writer.flush()
        thread.writer = self._outer[0]
        if self._step is not None:
            thread.step = self._outer[1]


class _NoopWriter(SummaryWriter):
    """Drops everything."""


class _Queue:
    """Events on their way to a file; safe to use from several threads."""

    def __init__(self, path: str, max_queue: int, flush_seconds: float) -> None:
        self._records = RecordWriter(path)
        self._waiting: list[bytes] = []
        self._limit, self._seconds = max_queue, flush_seconds
        self._flushed = time.monotonic()
        self._lock = threading.Lock()

    def put(self, record: bytes) -> None:
        with self._lock:
            if self._records.closed:
                return
            self._waiting.append(record)
            full = len(self._waiting) > self._limit
        if full or time.monotonic() - self._flushed > self._seconds:
            self.flush()

    def flush(self) -> None:
        with self._lock:
            if self._records.closed:
                return
            for record in self._waiting:
                self._records.write(record)
            self._waiting.clear()
            self._records.flush()
            self._flushed = time.monotonic()

    def close(self) -> None:
        self.flush()
        with self._lock:
            self._records.close()


class _FileWriter(SummaryWriter):
    """Writes an event file."""

    def __init__(self, logdir: str, max_queue: int, flush_millis: int, suffix: str) -> None:
        make_folder(logdir)
        name = (
            f"events.out.tfevents.{int(time.time()):010d}.{socket.gethostname()}.{os.getpid()}.{next(_counter)}{suffix}"
        )
        self._queue = _Queue(os.path.join(logdir, name), max_queue, flush_millis / 1000)
        self._closed = False
        head = message("Event")(wall_time=time.time(), file_version="brain.Event:2")
        head.source_metadata.writer = "kerax.summary"
        self._queue.put(head.SerializeToString())
        self._queue.flush()
        self._end = weakref.finalize(self, self._queue.close)  # also when python ends

    def _check_open(self) -> None:
        if self._closed:
            raise RuntimeError(f"SummaryWriter {self!r} is already closed")

    def set_as_default(self, step: Any = None) -> None:
        self._check_open()
        super().set_as_default(step)

    def as_default(self, step: Any = None) -> Any:
        self._check_open()
        return super().as_default(step)

    def init(self) -> None:
        self._check_open()

    def flush(self) -> None:
        if context.trace is None:
            self._queue.flush()
        else:
            effects.when_run(self._queue.flush, [], "FlushSummaryWriter")

    def close(self) -> None:
        if context.trace is None:
            self._closed = True
            self._queue.close()
        else:
            effects.when_run(self._queue.close, [], "CloseSummaryWriter")

    def _add(self, event: Any) -> None:
        event.wall_time = time.time()
        self._queue.put(event.SerializeToString())


def create_noop_writer() -> SummaryWriter:
    """A writer that drops everything, to switch summaries off.

    >>> import kerax as tf
    >>> with tf.summary.create_noop_writer().as_default():
    ...     written = tf.summary.scalar("loss", 1.0, step=0)
    """
    return _NoopWriter()


def create_file_writer(
    logdir: Any,
    max_queue: Any = None,
    flush_millis: Any = None,
    filename_suffix: Any = None,
    name: str | None = None,
    experimental_trackable: bool = False,
    experimental_mesh: Any = None,
) -> SummaryWriter:
    """A writer of an event file in a folder.

    Args:
      logdir: str or path, the folder; None for a writer that drops everything.
      max_queue: int, how many summaries are kept before they are written to the file; by default 10.
      flush_millis: int, milliseconds after which they are written all the same; by default two minutes.
      filename_suffix: str, the end of the file's name; by default ".v2".
      name: ignored.
      experimental_trackable: ignored: every writer may be an attribute of a ``tf.Module``.
      experimental_mesh: must be None.

    Returns:
      SummaryWriter.

    Raises:
      NotImplementedError: a DTensor mesh.

    >>> import kerax as tf
    >>> import tempfile, os
    >>> folder = tempfile.mkdtemp()
    >>> with tf.summary.create_file_writer(folder).as_default(step=1):
    ...     written = tf.summary.scalar("loss", 0.5)
    >>> len(os.listdir(folder))
    1
    """
    if experimental_mesh is not None:
        raise NotImplementedError("create_file_writer does not take `experimental_mesh`: kerax has no DTensor meshes.")
    if logdir is None:
        return _NoopWriter()
    with state.init_scope():
        return _FileWriter(
            _text(logdir),
            10 if max_queue is None else int(max_queue),
            120_000 if flush_millis is None else int(flush_millis),
            ".v2" if filename_suffix is None else _text(filename_suffix),
        )


def _text(value: Any) -> str:
    if isinstance(value, (Tensor, bytes)):
        return convert_to_tensor(value).numpy().decode()
    return os.fspath(value)
