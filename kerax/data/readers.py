"""Datasets of files: ``TextLineDataset``, ``TFRecordDataset``, ``FixedLengthRecordDataset``, ``list_files``."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.tensor import TensorSpec, convert_to_tensor
from kerax.data import structure
from kerax.data.dataset import Dataset, Run, as_int, dataset_static
from kerax.data.flat_map import _InterleaveDataset
from kerax.data.from_tensors import ElementsDataset
from kerax.data.map import workers_for
from kerax.data.structure import Flat
from kerax.io import records
from kerax.io.file_io import matching


def filenames_dataset(filenames: Any) -> Dataset:
    """File names, given in any form, as a dataset of string scalars.

    Raises:
      TypeError: they are not strings.
    """
    if isinstance(filenames, Dataset):
        spec = filenames._known_spec()
        if spec is not None and not (isinstance(spec, TensorSpec) and spec.dtype is dtypes.string):
            raise TypeError(
                "The `filenames` argument must contain `tf.string` elements. Got a dataset of "
                f"{getattr(spec, 'dtype', spec)} elements."
            )
        return filenames
    if hasattr(filenames, "__fspath__"):
        filenames = os.fspath(filenames)
    elif isinstance(filenames, (list, tuple)):
        filenames = [os.fspath(name) if hasattr(name, "__fspath__") else name for name in filenames]
    if isinstance(filenames, (list, tuple)) and not filenames:
        names = np.zeros(0, object)
    else:
        tensor = convert_to_tensor(filenames)
        if tensor.dtype is not dtypes.string:
            raise TypeError(
                f"The `filenames` argument must contain `tf.string` elements. Got `{tensor.dtype!r}` elements."
            )
        names = np.asarray(tensor._value).reshape(-1)
    spec = TensorSpec([], dtypes.string)
    return ElementsDataset([(structure.scalar_text(name),) for name in names.tolist()], spec)


class _FileDataset(Dataset):
    """Strings out of files, one file after the other."""

    def __init__(self, filenames: Any, read: Callable[[str], Iterator[bytes]], parallel: Any) -> None:
        self._spec = TensorSpec([], dtypes.string)
        self._names = filenames_dataset(filenames)
        self._read = read
        self._parents = (self._names,)
        self._inner: Dataset | None = None
        if parallel is not None:
            cycle = workers_for(parallel)
            self._inner = _InterleaveDataset(self._names, self._one_file, cycle, 1, cycle)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}V2 element_spec={self.element_spec}>"

    def _derive(self, spec: Any) -> Any:
        return self._spec

    def _one_file(self, name: Any) -> Dataset:
        return _OneFile(name.numpy().decode(), self._read)

    def _elements(self, run: Run) -> Iterator[Flat]:
        if self._inner is not None:
            return self._inner._iterate(run)
        return self._sequential(run)

    def _sequential(self, run: Run) -> Iterator[Flat]:
        for (name,) in self._names._iterate(run):
            for item in self._read(os.fsdecode(name[()])):
                yield (structure.scalar_text(item),)


class _OneFile(Dataset):
    """Strings out of one file."""

    def __init__(self, path: str, read: Callable[[str], Iterator[bytes]]) -> None:
        self._spec = TensorSpec([], dtypes.string)
        self._path, self._read = path, read

    def _elements(self, run: Run) -> Iterator[Flat]:
        return ((structure.scalar_text(item),) for item in self._read(self._path))


def _buffer(size: Any) -> int:
    return 1 << 18 if size is None else max(as_int(size, "buffer_size"), 1)


class TextLineDataset(_FileDataset):
    """The lines of text files, without their ends.

    Args:
      filenames: string tensor, or dataset of string scalars.
      compression_type: ``""``, ``"GZIP"``, ``"ZLIB"`` or None.
      buffer_size: int64 scalar, bytes read at a time.
      num_parallel_reads: int64 scalar or ``AUTOTUNE``, files read at a time, line by line in turn.
      name: ignored.

    >>> import kerax as tf
    >>> import pathlib, tempfile
    >>> path = pathlib.Path(tempfile.mkdtemp(), "a.txt")
    >>> _ = path.write_text("one\\ntwo\\n")
    >>> list(tf.data.TextLineDataset(path).as_numpy_iterator())
    [b'one', b'two']
    """

    def __init__(
        self,
        filenames: Any,
        compression_type: Any = None,
        buffer_size: Any = None,
        num_parallel_reads: Any = None,
        name: str | None = None,
    ) -> None:
        compression, size = records.checked_compression(compression_type), _buffer(buffer_size)

        def read(path: str) -> Iterator[bytes]:
            with records.open_for_reading(path, compression, size) as file, records.decompressing(path):
                for line in file:
                    yield line.rstrip(b"\n").removesuffix(b"\r") if line.endswith(b"\n") else line

        super().__init__(filenames, read, num_parallel_reads)


class TFRecordDataset(_FileDataset):
    """The records of TFRecord files.

    Args:
      filenames: string tensor, or dataset of string scalars.
      compression_type: ``""``, ``"GZIP"``, ``"ZLIB"`` or None.
      buffer_size: int64 scalar, bytes read at a time.
      num_parallel_reads: int64 scalar or ``AUTOTUNE``, files read at a time, record by record in turn.
      name: ignored.

    Raises:
      errors.DataLossError: (iterating) a record is damaged.
    """

    def __init__(
        self,
        filenames: Any,
        compression_type: Any = None,
        buffer_size: Any = None,
        num_parallel_reads: Any = None,
        name: str | None = None,
    ) -> None:
        compression, size = records.checked_compression(compression_type), _buffer(buffer_size)
        super().__init__(filenames, lambda path: records.read_records(path, compression, size), num_parallel_reads)


class FixedLengthRecordDataset(_FileDataset):
    """Records of a fixed number of bytes.

    Args:
      filenames: string tensor, or dataset of string scalars.
      record_bytes: int64 scalar, bytes of a record.
      header_bytes: int64 scalar, bytes left out at the beginning of each file.
      footer_bytes: int64 scalar, bytes left out at its end.
      buffer_size: int64 scalar, bytes read at a time.
      compression_type: ``""``, ``"GZIP"``, ``"ZLIB"`` or None.
      num_parallel_reads: int64 scalar or ``AUTOTUNE``, files read at a time.
      name: ignored.

    Raises:
      errors.InvalidArgumentError: (iterating) a file that holds no whole number of records.
    """

    def __init__(
        self,
        filenames: Any,
        record_bytes: Any,
        header_bytes: Any = None,
        footer_bytes: Any = None,
        buffer_size: Any = None,
        compression_type: Any = None,
        num_parallel_reads: Any = None,
        name: str | None = None,
    ) -> None:
        compression, size = records.checked_compression(compression_type), _buffer(buffer_size)
        length = as_int(record_bytes, "record_bytes")
        head = 0 if header_bytes is None else as_int(header_bytes, "header_bytes")
        foot = 0 if footer_bytes is None else as_int(footer_bytes, "footer_bytes")
        for label, number, least in (("record_bytes", length, 1), ("header_bytes", head, 0), ("footer_bytes", foot, 0)):
            if number < least:
                raise errors.InvalidArgumentError(None, None, f"`{label}` must be >= {least}")

        def read(path: str) -> Iterator[bytes]:
            with records.open_for_reading(path, compression, size) as file:
                if compression:
                    data = file.read()
                    body = len(data) - head - foot
                else:
                    body = os.path.getsize(path) - head - foot
                if body % length or body < 0:
                    raise errors.InvalidArgumentError(
                        None,
                        None,
                        f'Excluding the header ({head} bytes) and footer ({foot} bytes), input file "{path}" has body '
                        f"length {body} bytes, which is not an exact multiple of the record length ({length} bytes).",
                    )
                if compression:
                    yield from (data[at : at + length] for at in range(head, head + body, length))
                    return
                file.seek(head)
                for _ in range(body // length):
                    yield file.read(length)

        super().__init__(filenames, read, num_parallel_reads)


@dataset_static
def list_files(file_pattern: Any, shuffle: bool | None = None, seed: Any = None, name: str | None = None) -> Dataset:
    """The names of the files that match patterns.

    Args:
      file_pattern: string, list of strings or string tensor: patterns of glob.
      shuffle: bool, whether they come in random order; True by default.
      seed: int64 scalar or None, the seed of the order.
      name: ignored.

    Raises:
      errors.InvalidArgumentError: no file matches.
    """
    patterns = convert_to_tensor(os.fspath(file_pattern) if hasattr(file_pattern, "__fspath__") else file_pattern)
    if patterns.dtype is not dtypes.string:
        raise TypeError(f"`file_pattern` must be strings, but got {patterns.dtype!r}.")
    texts = np.asarray(patterns._value).reshape(-1).tolist()
    found = sorted({path for pattern in texts for path in matching(os.fsdecode(pattern))})
    if not found:
        raise errors.InvalidArgumentError(
            None,
            None,
            "Expected 'tf.Tensor(False, shape=(), dtype=bool)' to be true. Summarized data: b'No files matched "
            f"pattern: {', '.join(os.fsdecode(text) for text in texts)}'",
        )
    dataset = Dataset.from_tensor_slices(found)  # type: ignore[attr-defined]
    return dataset.shuffle(len(found), seed=seed) if shuffle is None or shuffle else dataset
