"""Sorted string tables, the files of keys and values that index TensorFlow's checkpoints (LevelDB's format).

A table is data blocks, an empty block, an index block and a footer of 48 bytes; each block is followed by a byte
for its compression and a checksum. Keys in a block leave out what they share with the key before.
"""

from __future__ import annotations

import struct

from kerax.core import errors
from kerax.io.crc32c import masked_crc32c

_MAGIC = 0xDB4775248B80FB57
_FOOTER = 48
_BLOCK_SIZE = 262144
_RESTART = 16


def varint(value: int) -> bytes:
    """An unsigned int in 7-bit groups, the lowest first."""
    out = bytearray()
    while value >= 0x80:
        out.append((value & 0x7F) | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def read_varint(data: bytes, at: int) -> tuple[int, int]:
    """(value, position behind it)."""
    value = shift = 0
    while True:
        if at >= len(data) or shift > 63:
            raise _damaged("a number is cut off")
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def _damaged(why: str) -> Exception:
    return errors.DataLossError(None, None, f"Unable to read the table: {why}. The file is damaged or no checkpoint.")


class _Block:
    def __init__(self, restart_every: int = _RESTART) -> None:
        self.data = bytearray()
        self.restarts = [0]
        self.last = b""
        self._since = 0
        self._every = restart_every

    def add(self, key: bytes, value: bytes) -> None:
        shared = 0
        if self._since < self._every:
            most = min(len(key), len(self.last))
            while shared < most and key[shared] == self.last[shared]:
                shared += 1
        else:
            self.restarts.append(len(self.data))
            self._since = 0
        self.data += varint(shared) + varint(len(key) - shared) + varint(len(value)) + key[shared:] + value
        self.last = key
        self._since += 1

    def finished(self) -> bytes:
        return bytes(self.data) + struct.pack(f"<{len(self.restarts) + 1}I", *self.restarts, len(self.restarts))


def build_table(items: list[tuple[bytes, bytes]]) -> bytes:
    """The bytes of a table of sorted (key, value) pairs."""
    out = bytearray()
    index = _Block(1)

    def write(block: _Block) -> bytes:
        content = block.finished()
        start = len(out)
        out.extend(content + b"\0" + struct.pack("<I", masked_crc32c(content + b"\0")))
        return varint(start) + varint(len(content))

    block = _Block()
    for key, value in items:
        block.add(key, value)
        if len(block.data) >= _BLOCK_SIZE:
            index.add(block.last, write(block))
            block = _Block()
    if block.data or not items:
        index.add(block.last + b"\0", write(block))
    footer = write(_Block()) + write(index)
    out.extend(footer.ljust(_FOOTER - 8, b"\0") + struct.pack("<Q", _MAGIC))
    return bytes(out)


def _block_items(data: bytes, start: int, size: int) -> list[tuple[bytes, bytes]]:
    end = start + size
    if start < 0 or end + 5 > len(data):
        raise _damaged("a block lies outside of the file")
    (checksum,) = struct.unpack_from("<I", data, end + 1)
    if masked_crc32c(data[start : end + 1]) != checksum:
        raise _damaged("block checksum mismatch")
    block = data[start:end]
    if data[end] == 1:
        block = _unsnapped(block)
    elif data[end]:
        raise _damaged(f"unknown compression {data[end]}")
    if len(block) < 4:
        raise _damaged("a block is too short")
    (restarts,) = struct.unpack_from("<I", block, len(block) - 4)
    limit = len(block) - 4 * (restarts + 1)
    items, at, key = [], 0, b""
    while at < limit:
        shared, at = read_varint(block, at)
        own, at = read_varint(block, at)
        length, at = read_varint(block, at)
        if shared > len(key) or at + own + length > limit:
            raise _damaged("an entry lies outside of its block")
        key = key[:shared] + block[at : at + own]
        items.append((key, block[at + own : at + own + length]))
        at += own + length
    return items


def read_table(data: bytes) -> list[tuple[bytes, bytes]]:
    """All (key, value) pairs of a table.

    Raises:
      errors.DataLossError: it is no table, or damaged.
    """
    if len(data) < _FOOTER or struct.unpack_from("<Q", data, len(data) - 8)[0] != _MAGIC:
        raise errors.DataLossError(None, None, "Unable to open table file: not an sstable (bad magic number)")
    footer = data[-_FOOTER:]
    at = 0
    for _ in range(2):  # the empty block
        _, at = read_varint(footer, at)
    start, at = read_varint(footer, at)
    size, _ = read_varint(footer, at)
    items: list[tuple[bytes, bytes]] = []
    for _, handle in _block_items(data, start, size):
        block_start, at = read_varint(handle, 0)
        block_size, _ = read_varint(handle, at)
        items += _block_items(data, block_start, block_size)
    return items


def _unsnapped(data: bytes) -> bytes:
    """Bytes that were compressed with Snappy (old checkpoints)."""
    size, at = read_varint(data, 0)
    if size > 64 * len(data) + 64:
        raise _damaged("a compressed block is larger than possible")
    out = bytearray()
    while at < len(data):
        tag = data[at]
        at += 1
        kind = tag & 3
        if kind == 0:
            length = tag >> 2
            if length >= 60:
                extra = length - 59
                length = int.from_bytes(data[at : at + extra], "little")
                at += extra
            out += data[at : at + length + 1]
            at += length + 1
            continue
        width = (1, 1, 2, 4)[kind]
        if kind == 1:
            length, offset = ((tag >> 2) & 7) + 4, ((tag >> 5) << 8) | data[at]
        else:
            length, offset = (tag >> 2) + 1, int.from_bytes(data[at : at + width], "little")
        at += width
        if not 0 < offset <= len(out) or len(out) + length > size:
            raise _damaged("compressed data points outside of itself")
        for _ in range(length):
            out.append(out[-offset])
    if len(out) != size:
        raise _damaged("compressed data is cut off")
    return bytes(out)
