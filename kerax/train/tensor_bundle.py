"""TensorFlow's checkpoint files: ``PREFIX.index``, a table of what is where, and ``PREFIX.data-00000-of-00001``."""

from __future__ import annotations

import math
import os
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.io.atomic import replacing, write_bytes
from kerax.io.crc32c import masked_crc32c
from kerax.io.file_io import as_op_errors
from kerax.io.proto import message
from kerax.train.table import build_table, read_table, read_varint, varint


def data_path(prefix: str, shard: int = 0, shards: int = 1) -> str:
    return f"{prefix}.data-{shard:05}-of-{shards:05}"


def _string_bytes(array: np.ndarray) -> bytes:
    """Lengths, their checksum, then the strings."""
    items = [item.encode() if isinstance(item, str) else bytes(item) for item in array.ravel().tolist()]
    lengths = b"".join(varint(len(item)) for item in items)
    return lengths + struct.pack("<I", masked_crc32c(_fixed_lengths([len(item) for item in items]))) + b"".join(items)


def _fixed_lengths(lengths: list[int]) -> bytes:
    return b"".join(struct.pack("<I" if length <= 0xFFFFFFFF else "<Q", length) for length in lengths)


def _strings(data: bytes, count: int, key: str) -> tuple[np.ndarray, bytes]:
    """(strings, the bytes that the checksum of a string tensor is of)."""
    lengths, at = [], 0
    for _ in range(count):
        length, at = read_varint(data, at)
        lengths.append(length)
    fixed = _fixed_lengths(lengths)
    checksum, rest = data[at : at + 4], data[at + 4 :]
    if struct.pack("<I", masked_crc32c(fixed)) != checksum or sum(lengths) != len(rest):
        raise errors.DataLossError(None, None, f"Checksum does not match: the strings of '{key}' are damaged.")
    out = np.empty(count, dtype=object)
    start = 0
    for index, length in enumerate(lengths):
        out[index] = rest[start : start + length]
        start += length
    return out, fixed + checksum + rest


def write_bundle(prefix: str, tensors: Mapping[str, np.ndarray]) -> None:
    """Writes a checkpoint; the index, without which there is none, comes last.

    Args:
      prefix: path without ending.
      tensors: key → array.
    """
    entry_type = message("BundleEntryProto")
    header = message("BundleHeaderProto")(num_shards=1)
    header.version.producer = 1
    items = [(b"", header.SerializeToString())]
    offset = 0
    with as_op_errors(prefix), replacing(data_path(prefix)) as file:
        for key, array in sorted((key.encode(), value) for key, value in tensors.items()):
            array = np.asarray(array)
            dtype = dtypes.from_numpy(array.dtype)
            if dtype is dtypes.string:
                data = _string_bytes(array)
                count = array.size
                checked = _strings(data, count, key.decode())[1]
            else:
                checked = data = np.ascontiguousarray(array).tobytes()
            entry = entry_type(dtype=dtype.as_datatype_enum, offset=offset, size=len(data))
            entry.crc32c = masked_crc32c(checked)
            entry.shape.SetInParent()
            for size in array.shape:
                entry.shape.dim.add(size=size)
            file.write(data)
            offset += len(data)
            items.append((key, entry.SerializeToString()))
    with as_op_errors(prefix):
        write_bytes(f"{prefix}.index", build_table(items))


class BundleReader:
    """What a checkpoint holds, read from the disk when asked for.

    Args:
      prefix: path without ending.

    Raises:
      errors.NotFoundError: there is no such checkpoint.
      errors.DataLossError: its index is damaged.
    """

    def __init__(self, prefix: Any) -> None:
        self.prefix = os.fspath(prefix)
        if isinstance(self.prefix, bytes):
            self.prefix = self.prefix.decode()
        try:
            with open(f"{self.prefix}.index", "rb") as file:
                data = file.read()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
            raise errors.NotFoundError(
                None,
                None,
                f"Unsuccessful TensorSliceReader constructor: Failed to find any matching files for {self.prefix}",
            ) from error
        items = read_table(data)
        if not items or items[0][0] != b"":
            raise errors.DataLossError(None, None, f"The index of the checkpoint {self.prefix} has no header.")
        header = _parsed("BundleHeaderProto", items[0][1], self.prefix)
        if header.endianness:
            raise errors.UnimplementedError(None, None, "Checkpoints of big-endian machines cannot be read.")
        self._shards = int(header.num_shards)
        self._entries = {}
        for key, value in items[1:]:
            try:
                self._entries[key.decode()] = value
            except UnicodeDecodeError:
                continue  # a slice of a partitioned variable, named after it
        self._cache: dict[str, Any] = {}

    def keys(self) -> list[str]:
        return list(self._entries)

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def entry(self, key: str) -> Any:
        """Where a tensor is: a ``BundleEntryProto``."""
        if key not in self._cache:
            if key not in self._entries:
                raise errors.NotFoundError(None, None, f"Key {key} not found in checkpoint")
            self._cache[key] = _parsed("BundleEntryProto", self._entries[key], self.prefix)
        return self._cache[key]

    def shape(self, key: str) -> list[int]:
        return [int(dim.size) for dim in self.entry(key).shape.dim]

    def dtype(self, key: str) -> dtypes.DType:
        return dtypes.as_dtype(int(self.entry(key).dtype))

    def read(self, key: str) -> np.ndarray:
        """The array of a key, its checksum checked.

        Raises:
          errors.NotFoundError: no such key.
          errors.DataLossError: the data are damaged or cut off.
        """
        entry = self.entry(key)
        if len(entry.slices):
            raise errors.UnimplementedError(
                None, None, f"'{key}' is a partitioned variable of TensorFlow 1; join its parts in TensorFlow first."
            )
        path = data_path(self.prefix, entry.shard_id, self._shards)
        shape, dtype = self.shape(key), self.dtype(key)
        count = math.prod(shape)
        size = int(entry.size)
        try:
            available = os.path.getsize(path)
        except OSError as error:
            raise errors.NotFoundError(None, None, f"{path}; No such file or directory") from error
        wrong_size = dtype is not dtypes.string and count * dtype.size != size
        if min(shape, default=0) < 0 or entry.offset < 0 or entry.offset + size > available or wrong_size:
            raise errors.DataLossError(None, None, f"TensorBundle at {self.prefix}: '{key}' is damaged or cut off.")
        with open(path, "rb") as file:
            file.seek(entry.offset)
            data = file.read(size)
        if dtype is dtypes.string:
            array, checked = _strings(data, count, key)
        else:
            array, checked = np.frombuffer(data, dtype.dtype), data
        if masked_crc32c(checked) != entry.crc32c:
            raise errors.DataLossError(
                None,
                None,
                f"TensorBundle at {self.prefix} shard {entry.shard_id}: Checksum does not match for '{key}'.",
            )
        return array.reshape(shape)


def _parsed(name: str, data: bytes, prefix: str) -> Any:
    try:
        return message(name).FromString(data)
    except Exception as error:
        raise errors.DataLossError(None, None, f"The index of the checkpoint {prefix} is damaged.") from error
