"""TFRecord files: length, checksum of the length, data, checksum of the data."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from kerax.core import errors
from kerax.io.crc32c import masked_crc32c
from kerax.io.file_io import as_op_errors

COMPRESSIONS = ("", "GZIP", "ZLIB")


def checked_compression(compression: Any) -> str:
    """A compression type as one of the names, empty for none."""
    if hasattr(compression, "numpy"):
        compression = compression.numpy()
    if isinstance(compression, bytes):
        compression = compression.decode()
    if not compression or compression == "NONE":
        return ""
    if compression not in COMPRESSIONS:
        raise errors.InvalidArgumentError(None, None, f"Unsupported compression_type: {compression}.")
    return compression


class _ZlibReader(io.RawIOBase):
    """Reads a zlib stream."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._inflate = zlib.decompressobj()
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            chunk = self._file.read(1 << 16)
            if not chunk:
                self._ready = self._inflate.flush()
                break
            self._ready = self._inflate.decompress(chunk)
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def close(self) -> None:
        self._file.close()
        super().close()


def open_for_reading(path: str, compression: str = "", buffer_size: int = 1 << 18) -> Any:
    """A binary file, decompressed.

    Raises:
      errors.OpError: there is no such file, or it cannot be read.
    """
    with as_op_errors(path):
        file = open(path, "rb", buffering=max(buffer_size, 2))
    if compression == "GZIP":
        unzipped = gzip.GzipFile(fileobj=file)
        unzipped.myfileobj = file  # closed with it
        return unzipped
    if compression == "ZLIB":
        return io.BufferedReader(_ZlibReader(file))
    return file


@contextlib.contextmanager
def decompressing(path: str) -> Iterator[None]:
    """Turns errors of compressed data into TensorFlow's.

    Raises:
      errors.DataLossError: the file is not compressed that way, or cut off.
    """
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise errors.DataLossError(None, None, f"{path}: {error}") from error


def read_records(path: str, compression: str = "", buffer_size: int = 1 << 18) -> Iterator[bytes]:
    """The records of a TFRecord file.

    Raises:
      errors.DataLossError: a record is cut off or its checksum is wrong.
    """
    at = 0  # of the record, decompressed

    def read(size: int) -> bytes:
        try:
            return file.read(size)
        except (OSError, EOFError, zlib.error, MemoryError, OverflowError) as error:
            raise errors.DataLossError(None, None, f"{path}: {error or 'truncated record'} at {at}") from error

    with open_for_reading(path, compression, buffer_size) as file:
        while True:
            head = read(12)
            if len(head) < 12:  # TensorFlow takes a head that is cut off for the end
                return
            length, crc = struct.unpack("<QI", head)
            if masked_crc32c(head[:8]) != crc:
                raise errors.DataLossError(None, None, f"corrupted record at {at}")
            data = read(length)
            tail = read(4)
            if len(data) < length or len(tail) < 4:
                raise errors.DataLossError(None, None, f"truncated record at {at}")
            if masked_crc32c(data) != struct.unpack("<I", tail)[0]:
                raise errors.DataLossError(None, None, f"corrupted record at {at}")
            yield data
            at += length + 16


class RecordWriter:
    """Writes records to a TFRecord file.

    Args:
      path: str.
      compression: one of ``COMPRESSIONS``.
      level: int, the level of compression, -1 for the default.
    """

    def __init__(self, path: str, compression: str = "", level: int = -1) -> None:
        self._path = path
        with as_op_errors(path):
            self._raw = open(path, "wb")
        self._deflate = zlib.compressobj(level) if compression == "ZLIB" else None
        self._gzip = (
            gzip.GzipFile(fileobj=self._raw, mode="wb", compresslevel=9 if level < 0 else level)
            if compression == "GZIP"
            else None
        )
        self.closed = False

    def write(self, record: bytes) -> None:
        length = struct.pack("<Q", len(record))
        self._put(length + struct.pack("<I", masked_crc32c(length)) + record + struct.pack("<I", masked_crc32c(record)))

    def _put(self, data: bytes) -> None:
        with as_op_errors(self._path):
            if self._deflate is not None:
                self._raw.write(self._deflate.compress(data))
            elif self._gzip is not None:
                self._gzip.write(data)
            else:
                self._raw.write(data)

    def flush(self) -> None:
        with as_op_errors(self._path):
            if self._deflate is not None:
                self._raw.write(self._deflate.flush(zlib.Z_SYNC_FLUSH))
            elif self._gzip is not None:
                self._gzip.flush()
            self._raw.flush()

    def close(self) -> None:
        if self.closed:
            return
        self.closed = True
        with as_op_errors(self._path), self._raw:
            if self._deflate is not None:
                self._raw.write(self._deflate.flush())
            elif self._gzip is not None:
                self._gzip.close()


class TFRecordOptions:
    """How a TFRecord file is compressed.

    Args:
      compression_type: ``"GZIP"``, ``"ZLIB"``, ``""`` or None.
      compression_level: int 0 to 9, or None.
      flush_mode, input_buffer_size, output_buffer_size, window_bits, compression_method, mem_level,
        compression_strategy: zlib's details, accepted and left to zlib's defaults.
    """

    compression_type_map = {0: "", 1: "ZLIB", 2: "GZIP"}

    def __init__(
        self,
        compression_type: Any = None,
        flush_mode: Any = None,
        input_buffer_size: int | None = None,
        output_buffer_size: int | None = None,
        window_bits: int | None = None,
        compression_level: int | None = None,
        compression_method: Any = None,
        mem_level: int | None = None,
        compression_strategy: Any = None,
    ) -> None:
        self.get_compression_type_string(compression_type)
        self.compression_type = compression_type
        self.flush_mode = flush_mode
        self.input_buffer_size = input_buffer_size
        self.output_buffer_size = output_buffer_size
        self.window_bits = window_bits
        self.compression_level = compression_level
        self.compression_method = compression_method
        self.mem_level = mem_level
        self.compression_strategy = compression_strategy

    @classmethod
    def get_compression_type_string(cls, options: Any) -> str:
        """The name of the compression of options, of a name, or of an old number.

        Raises:
          ValueError: there is no such compression.
        """
        if not options:
            return ""
        if isinstance(options, TFRecordOptions):
            return cls.get_compression_type_string(options.compression_type)
        if isinstance(options, int):
            return cls.compression_type_map[options]
        if options in COMPRESSIONS:
            return options
        raise ValueError(f'Not a valid compression_type: "{options}"')


class TFRecordWriter:
    """Writes records to a TFRecord file; a context manager.

    Args:
      path: str or path.
      options: ``TFRecordOptions``, the name of a compression, or None.

    >>> import kerax as tf
    >>> import tempfile, os
    >>> path = os.path.join(tempfile.mkdtemp(), "a.tfrecord")
    >>> with tf.io.TFRecordWriter(path) as writer:
    ...     writer.write(b"record")
    >>> list(tf.data.TFRecordDataset(path).as_numpy_iterator())
    [b'record']
    """

    def __init__(self, path: Any, options: Any = None) -> None:
        if not isinstance(options, TFRecordOptions):
            options = TFRecordOptions(compression_type=options)
        compression = TFRecordOptions.get_compression_type_string(options)
        level = -1 if options.compression_level is None else options.compression_level
        self._writer = RecordWriter(os.fsdecode(path), compression, level)

    def __enter__(self) -> TFRecordWriter:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def write(self, record: Any) -> None:
        """Appends a record.

        Args:
          record: bytes or str.

        Raises:
          errors.FailedPreconditionError: the writer is closed.
        """
        if self._writer.closed:
            raise errors.FailedPreconditionError(None, None, "Writer not initialized or previously closed")
        if isinstance(record, str):
            record = record.encode()
        if not isinstance(record, (bytes, bytearray, memoryview)):
            raise TypeError(f"A record must be bytes, but got {type(record)}.")
        self._writer.write(bytes(record))

    def flush(self) -> None:
        """Writes what is buffered to the file."""
        if self._writer.closed:
            raise errors.FailedPreconditionError(None, None, "Writer not initialized or previously closed")
        self._writer.flush()

    def close(self) -> None:
        """Ends the file."""
        self._writer.close()
