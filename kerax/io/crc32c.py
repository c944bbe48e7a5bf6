"""CRC-32C (Castagnoli), the checksum of TFRecord files.

A block of n bytes has the checksum ``XOR over i of T[n-1-i][byte i]``, where ``T[d][b]`` is what byte b
contributes d bytes before the end; so numpy computes a block with one table look-up.
"""

from __future__ import annotations

import functools

import numpy as np

_POLYNOMIAL = 0x82F63B78
_BLOCK = 1024
_MASK_DELTA = 0xA282EAD8


@functools.cache
def _byte_table() -> list[int]:
    table = []
    for value in range(256):
        for _ in range(8):
            value = (value >> 1) ^ (_POLYNOMIAL if value & 1 else 0)
        table.append(value)
    return table


@functools.cache
def _tables() -> np.ndarray:
    """``T[d][b]``, uint32 ``[_BLOCK, 256]``."""
    first = np.array(_byte_table(), np.uint32)
    out = np.empty((_BLOCK, 256), np.uint32)
    out[0] = first
    for distance in range(1, _BLOCK):
        before = out[distance - 1]
        out[distance] = (before >> np.uint32(8)) ^ first[before & np.uint32(0xFF)]
    return out


def crc32c(data: bytes) -> int:
    """The checksum of some bytes, an int below 2**32."""
    state = 0xFFFFFFFF
    if len(data) < 48:
        table = _byte_table()
        for byte in data:
            state = (state >> 8) ^ table[(state ^ byte) & 0xFF]
        return state ^ 0xFFFFFFFF
    tables = _tables()
    buffer = np.frombuffer(data, np.uint8)
    for start in range(0, len(buffer), _BLOCK):
        block = buffer[start : start + _BLOCK]
        count = len(block)
        if count < 4:
            table = _byte_table()
            for byte in block.tolist():
                state = (state >> 8) ^ table[(state ^ byte) & 0xFF]
            break
        parts = tables[np.arange(count - 1, -1, -1), block]
        head = int(np.bitwise_xor.reduce(parts[4:])) if count > 4 else 0
        for index in range(4):
            byte = int(block[index]) ^ ((state >> (8 * index)) & 0xFF)
            head ^= int(tables[count - 1 - index, byte])
        state = head
    return state ^ 0xFFFFFFFF


def masked_crc32c(data: bytes) -> int:
    """The checksum as TFRecord files store it, rotated and offset."""
    crc = crc32c(data)
    return (((crc >> 15) | (crc << 17)) + _MASK_DELTA) & 0xFFFFFFFF
