"""The numbers behind shuffles: TensorFlow's Philox streams, so that a seed gives TensorFlow's order."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from kerax.core import random_state

DEFAULT_SEED = 87654321  # what TensorFlow takes as the global seed when only the op has one
_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_MULTIPLIERS = (np.uint64(0xD2511F53), np.uint64(0xCD9E8D57))
_WEYL = (0x9E3779B9, 0xBB67AE85)
_CHUNK = 4096
_SCRAMBLE = 0x02461E293EC8F720  # the key with which TensorFlow mixes the seeds of stateless ops


def philox(seed: int, seed2: int, start: int, count: int) -> np.ndarray:
    """``count`` 32-bit samples of the Philox4x32-10 stream of a seed pair, from sample ``start`` on.

    Returns:
      uint64 ``[count]``, values below 2**32.
    """
    first = start // 4
    blocks = (start + count + 3) // 4 - first
    position = np.arange(first, first + blocks, dtype=np.uint64)
    seed, seed2 = seed % (1 << 64), seed2 % (1 << 64)
    c0, c1 = position & _LOW, position >> _SHIFT
    c2 = np.full(blocks, seed2 & 0xFFFFFFFF, np.uint64)
    c3 = np.full(blocks, seed2 >> 32, np.uint64)
    k0, k1 = seed & 0xFFFFFFFF, seed >> 32
    for _ in range(10):
        p0, p1 = _MULTIPLIERS[0] * c0, _MULTIPLIERS[1] * c2
        c0, c1, c2, c3 = (p1 >> _SHIFT) ^ c1 ^ np.uint64(k0), p1 & _LOW, (p0 >> _SHIFT) ^ c3 ^ np.uint64(k1), p0 & _LOW
        k0, k1 = (k0 + _WEYL[0]) & 0xFFFFFFFF, (k1 + _WEYL[1]) & 0xFFFFFFFF
    samples = np.stack([c0, c1, c2, c3], axis=1).reshape(-1)
    return samples[start - 4 * first :][:count]


class Samples:
    """The sequential 32-bit samples of a seed pair."""

    def __init__(self, seeds: tuple[int, int]) -> None:
        self._seeds = seeds
        self._position = 0

    def draw(self, count: int) -> np.ndarray:
        """The next ``count`` samples, uint64 ``[count]``."""
        out = philox(*self._seeds, self._position, count)
        self._position += count
        return out

    def __iter__(self) -> Any:
        while True:
            yield from self.draw(_CHUNK).tolist()


class SeedGenerator:
    """Gives every iteration of a node its seed pair: always new ones, or the same if ``fixed``."""

    def __init__(self, seeds: tuple[int, int], fixed: bool, position: int = 0) -> None:
        self.seeds = seeds if any(seeds) else tuple(np.frombuffer(os.urandom(16), np.int64).tolist())
        self.fixed = fixed
        self.position = position

    def next(self) -> tuple[int, int]:
        if self.fixed:
            return self.seeds
        first, second = philox(*self.seeds, self.position, 2).tolist()
        self.position += 2
        return first, second

    def copy(self) -> SeedGenerator:
        return SeedGenerator(self.seeds, self.fixed, self.position)


def stateless_uniform(seed: tuple[int, int]) -> float:
    """The first float64 in [0, 1) of TensorFlow's stateless stream of a seed pair."""
    mixed = philox(_SCRAMBLE, seed[1], 4 * seed[0], 4).tolist()
    key, counter = mixed[0] | mixed[1] << 32, mixed[2] | mixed[3] << 32
    low, high = philox(key, counter, 0, 2).tolist()
    bits = np.uint64((1023 << 52) | ((low & 0xFFFFF) << 32) | high)
    return float(bits.view(np.float64)) - 1.0


def op_seeds(seed: Any) -> tuple[int, int]:
    """The seed pair of a dataset op, from the global seed and the op's; (0, 0) means any.

    Args:
      seed: int, integer tensor or None.
    """
    first, second = random_state.get_seed(None if seed is None else int(seed))
    if first is None and second is None:
        return 0, 0
    if not first and not second:
        return 0, 2**31 - 1
    return int(first or 0), int(second or 0)
