"""PNG files of 8 or 16 bits a channel, which Pillow knows in part only (https://www.w3.org/TR/png-3/)."""

from __future__ import annotations

import struct
import zlib

import numpy as np

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOUR_TYPES = {1: 0, 2: 4, 3: 2, 4: 6}
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def encode(image: np.ndarray, compression: int) -> bytes:
    """An image ``uint8`` or ``uint16`` [height, width, 1 … 4] as a file."""
    height, width, channels = image.shape
    depth = image.dtype.itemsize * 8
    header = struct.pack(">IIBBBBB", width, height, depth, _COLOUR_TYPES[channels], 0, 0, 0)
    rows = np.ascontiguousarray(image.astype(image.dtype.newbyteorder(">"))).view(np.uint8).reshape(height, -1)
    lines = np.concatenate([np.zeros((height, 1), np.uint8), rows], axis=1)
    data = zlib.compress(lines.tobytes(), compression)
    return SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def depth_of(contents: bytes) -> int:
    """Bits per channel of a file."""
    return contents[24] if len(contents) > 24 else 8


def is_whole(contents: bytes) -> bool:
    """Whether the chunks of a file follow one another up to the one that ends it."""
    at = len(SIGNATURE)
    while at + 12 <= len(contents):
        size, kind = struct.unpack(">I4s", contents[at : at + 8])
        at += 12 + size
        if kind == b"IEND":
            return at <= len(contents)
    return False


def decode16(contents: bytes) -> np.ndarray:
    """The pixels ``uint16`` [height, width, channels] of a file of 16 bits per channel.

    Raises:
      ValueError: the file is damaged or interlaced.
    """
    width, height, _, colour, _, _, interlaced = struct.unpack(">IIBBBBB", contents[16:29])
    if interlaced or colour not in _CHANNELS:
        raise ValueError("interlaced PNG files of 16 bits are not supported")
    data, at = [], 8
    while at + 8 <= len(contents):
        size, kind = struct.unpack(">I4s", contents[at : at + 8])
        if kind == b"IDAT":
            data.append(contents[at + 8 : at + 8 + size])
        at += 12 + size
    channels = _CHANNELS[colour]
    step = 2 * channels
    size = height * (1 + width * step)
    unpacked = zlib.decompressobj().decompress(b"".join(data), size)
    lines = np.frombuffer(unpacked, np.uint8).reshape(height, 1 + width * step)
    out = np.zeros((height, width * step), np.uint8)
    before = np.zeros(width * step, np.uint8)
    for row in range(height):
        before = out[row] = _unfiltered(int(lines[row, 0]), lines[row, 1:], before, step)
    return out.view(">u2").reshape(height, width, channels).astype(np.uint16)


def _unfiltered(kind: int, line: np.ndarray, above: np.ndarray, step: int) -> np.ndarray:
    if kind == 0:
        return line
    if kind == 2:
        return line + above
    if kind == 1:
        return np.cumsum(line.reshape(-1, step), axis=0, dtype=np.uint8).reshape(-1)
    pixels, upper = line.reshape(-1, step).astype(np.int32), above.reshape(-1, step).astype(np.int32)
    out = np.zeros_like(pixels)
    left, corner = np.zeros(step, np.int32), np.zeros(step, np.int32)
    for place in range(len(pixels)):
        up = upper[place]
        if kind == 3:
            guess = (left + up) // 2
        else:
            to_left, to_up, to_corner = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
            nearest_left = (to_left <= to_up) & (to_left <= to_corner)
            guess = np.where(nearest_left, left, np.where(to_up <= to_corner, up, corner))
        left = out[place] = (pixels[place] + guess) & 255
        corner = up
    return out.astype(np.uint8).reshape(-1)
