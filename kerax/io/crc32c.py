"""CRC-32C (Castagnoli), the checksum of TFRecord files and checkpoints."""

from __future__ import annotations

import google_crc32c

_MASK_DELTA = 0xA282EAD8


def masked_crc32c(data: bytes) -> int:
    """The checksum of some bytes as TensorFlow's files store it, rotated and offset: an int below 2**32."""
    crc = google_crc32c.value(bytes(data))
    return (((crc >> 15) | (crc << 17)) + _MASK_DELTA) & 0xFFFFFFFF
