"""Hashes of strings: FarmHash, SipHash and TensorFlow's own, with its exact values.

All strings of one length are hashed together, as columns of 64-bit numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

U = np.uint64
_K0, _K1, _K2 = U(0xC3A5C85C97CB3127), U(0xB492B66FBE98F273), U(0x9AE16A3B2F90404F)
_MURMUR = U(0xC6A4A7935BD1E995)


def hash_strings(texts: list[bytes], function: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """uint64 [n]: a hash of each string.

    Args:
      texts: the strings.
      function: hashes the rows of a uint8 array ``[strings, length]``.
    """
    lengths = np.array([len(text) for text in texts], np.int64)
    out = np.zeros(len(texts), U)
    with np.errstate(over="ignore"):
        for length in np.unique(lengths):
            chosen = np.flatnonzero(lengths == length)
            joined = b"".join([texts[i] for i in chosen.tolist()])
            out[chosen] = function(np.frombuffer(joined, np.uint8).reshape(len(chosen), int(length)))
    return out


def _word(data: np.ndarray, start: int, size: int = 8) -> np.ndarray:
    """The little-endian number of ``size`` bytes from ``start``, for each row."""
    return np.ascontiguousarray(data[:, start : start + size]).view(f"<u{size}")[:, 0].astype(U)


def _rotate(value: np.ndarray, bits: int) -> np.ndarray:
    """Bits rotated to the right."""
    return (value >> U(bits)) | (value << U(64 - bits))


def _rotate_left(value: np.ndarray, bits: int) -> np.ndarray:
    return _rotate(value, 64 - bits)


# --- FarmHash's Fingerprint64, https://github.com/google/farmhash ------------------------------------------------
def _shift_mix(value: Any) -> Any:
    return value ^ (value >> U(47))


def _mix(u: Any, v: Any, factor: Any) -> Any:
    a = _shift_mix((u ^ v) * factor)
    return _shift_mix((v ^ a) * factor) * factor


def farmhash64(data: np.ndarray) -> np.ndarray:
    """FarmHash's 64-bit fingerprint of each row.

    Args:
      data: uint8 [strings, length].

    Returns:
      uint64 [strings].
    """
    length = data.shape[1]
    if length <= 16:
        return _farm_to_16(data, length)
    factor = _K2 + U(length * 2)
    if length <= 32:
        a, b = _word(data, 0) * _K1, _word(data, 8)
        c, d = _word(data, length - 8) * factor, _word(data, length - 16) * _K2
        return _mix(_rotate(a + b, 43) + _rotate(c, 30) + d, a + _rotate(b + _K2, 18) + c, factor)
    if length <= 64:
        return _farm_to_64(data, length, factor)
    return _farm_long(data, length)


def _farm_to_16(data: np.ndarray, length: int) -> np.ndarray:
    factor = _K2 + U(length * 2)
    if length >= 8:
        a, b = _word(data, 0) + _K2, _word(data, length - 8)
        return _mix(_rotate(b, 37) * factor + a, (_rotate(a, 25) + b) * factor, factor)
    if length >= 4:
        return _mix(U(length) + (_word(data, 0, 4) << U(3)), _word(data, length - 4, 4), factor)
    if length > 0:
        a, b, c = (data[:, i].astype(U) for i in (0, length >> 1, length - 1))
        return _shift_mix(((a + (b << U(8))) * _K2) ^ ((U(length) + (c << U(2))) * _K0)) * _K2
    return np.full(data.shape[0], _K2, U)


def _farm_to_64(data: np.ndarray, length: int, factor: Any) -> np.ndarray:
    a, b = _word(data, 0) * _K2, _word(data, 8)
    c, d = _word(data, length - 8) * factor, _word(data, length - 16) * _K2
    y = _rotate(a + b, 43) + _rotate(c, 30) + d
    z = _mix(y, a + _rotate(b + _K2, 18) + c, factor)
    e, f = _word(data, 16) * factor, _word(data, 24)
    g, h = (y + _word(data, length - 32)) * factor, (z + _word(data, length - 24)) * factor
    return _mix(_rotate(e + f, 43) + _rotate(g, 30) + h, e + _rotate(f + a, 18) + g, factor)


def _weak(data: np.ndarray, start: int, a: Any, b: Any) -> tuple[Any, Any]:
    w, x, y, z = (_word(data, start + 8 * i) for i in range(4))
    a = a + w
    b = _rotate(b + a + z, 21)
    c = a
    a = a + x + y
    return a + z, b + _rotate(a, 44) + c


def _farm_long(data: np.ndarray, length: int) -> np.ndarray:
    x = U(81) * _K2 + _word(data, 0)
    y = np.full(data.shape[0], U(81) * _K1 + U(113))
    z = _shift_mix(y * _K2 + U(113)) * _K2
    v = w = (U(0), U(0))
    last = (length - 1) // 64 * 64
    for start in range(0, last, 64):
        x = _rotate(x + y + v[0] + _word(data, start + 8), 37) * _K1
        y = _rotate(y + v[1] + _word(data, start + 48), 42) * _K1
        x = x ^ w[1]
        y = y + v[0] + _word(data, start + 40)
        z = _rotate(z + w[0], 33) * _K1
        v = _weak(data, start, v[1] * _K1, x + w[0])
        w = _weak(data, start + 32, z + w[1], y + _word(data, start + 16))
        z, x = x, z
    factor = _K1 + ((z & U(0xFF)) << U(1))
    start = length - 64
    w = (w[0] + U((length - 1) & 63), w[1])
    v = (v[0] + w[0], v[1])
    w = (w[0] + v[0], w[1])
    x = _rotate(x + y + v[0] + _word(data, start + 8), 37) * factor
    y = _rotate(y + v[1] + _word(data, start + 48), 42) * factor
    x = x ^ (w[1] * U(9))
    y = y + v[0] * U(9) + _word(data, start + 40)
    z = _rotate(z + w[0], 33) * factor
    v = _weak(data, start, v[1] * factor, x + w[0])
    w = _weak(data, start + 32, z + w[1], y + _word(data, start + 16))
    z, x = x, z
    return _mix(_mix(v[0], w[0], factor) + _shift_mix(y) * _K0 + z, _mix(v[1], w[1], factor) + x, factor)


# --- SipHash-2-4, https://www.aumasson.jp/siphash/ ---------------------------------------------------------------
def siphash(data: np.ndarray, key: tuple[int, int]) -> np.ndarray:
    """SipHash-2-4 of each row.

    Args:
      data: uint8 [strings, length].
      key: two 64-bit integers.

    Returns:
      uint64 [strings].
    """
    count, length = data.shape
    k0, k1 = (U(part & (2**64 - 1)) for part in key)
    constants = (0x736F6D6570736575, 0x646F72616E646F6D, 0x6C7967656E657261, 0x7465646279746573)
    state = [np.full(count, k ^ U(c), U) for k, c in zip((k0, k1, k0, k1), constants, strict=True)]
    padded = np.zeros((count, length // 8 * 8 + 8), np.uint8)
    padded[:, :length] = data
    padded[:, -1] = length & 0xFF
    for start in range(0, padded.shape[1], 8):
        block = _word(padded, start)
        state[3] = state[3] ^ block
        _sip_rounds(state, 2)
        state[0] = state[0] ^ block
    state[2] = state[2] ^ U(0xFF)
    _sip_rounds(state, 4)
    return state[0] ^ state[1] ^ state[2] ^ state[3]


def _sip_rounds(state: list[np.ndarray], count: int) -> None:
    v0, v1, v2, v3 = state
    for _ in range(count):
        v0, v2 = v0 + v1, v2 + v3
        v1, v3 = _rotate_left(v1, 13) ^ v0, _rotate_left(v3, 16) ^ v2
        v0 = _rotate_left(v0, 32)
        v2, v0 = v2 + v1, v0 + v3
        v1, v3 = _rotate_left(v1, 17) ^ v2, _rotate_left(v3, 21) ^ v0
        v2 = _rotate_left(v2, 32)
    state[:] = [v0, v1, v2, v3]


# --- MurmurHash64A, the hash of tf.strings.to_hash_bucket --------------------------------------------------------
def murmurhash64(data: np.ndarray, seed: int = 0xDECAFCAFFE) -> np.ndarray:
    """MurmurHash64A of each row.

    Args:
      data: uint8 [strings, length].
      seed: int.

    Returns:
      uint64 [strings].
    """
    count, length = data.shape
    h = np.full(count, U(seed) ^ (U(length) * _MURMUR), U)
    for start in range(0, length // 8 * 8, 8):
        k = _word(data, start) * _MURMUR
        k = (k ^ (k >> U(47))) * _MURMUR
        h = (h ^ k) * _MURMUR
    if rest := length % 8:
        tail = np.zeros((count, 8), np.uint8)
        tail[:, :rest] = data[:, -rest:]
        h = (h ^ _word(tail, 0)) * _MURMUR
    h = (h ^ (h >> U(47))) * _MURMUR
    return h ^ (h >> U(47))
