"""A keyed permutation of ``0 … n``: the block cipher Simon, walked until it falls inside the range."""

from __future__ import annotations

import functools
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

_Z = 0x7369F885192C0EF5


def _rotated(x: Any, left: Any, width: Any, mask: Any) -> Any:
    return ((x << left) | (x >> (width - left))) & mask


def _one(index: Any, max_index: Any, seed: Any, rounds: int) -> Any:
    """One index; all values are uint64 scalars, seed [3]."""
    size = jnp.ceil(jnp.log2(jnp.maximum(max_index, jnp.uint64(1)).astype(jnp.float64))).astype(jnp.uint64)
    size = jnp.maximum(size + size % np.uint64(2), np.uint64(16))
    width = size // np.uint64(2)
    mask = (np.uint64(1) << width) - np.uint64(1)
    u = np.uint64
    low32 = u(0xFFFFFFFF)
    keys = [(seed[i] & low32) & mask for i in range(3)]
    for i in range(3, rounds):
        bit = u((_Z >> (i - 3)) & 1)
        back = keys[i - 1]
        turned = _rotated(back, width - u(3), width, mask) ^ _rotated(back, width - u(4), width, mask)
        keys.append((u(0xFFFFFFFC) & mask) ^ bit ^ keys[i - 3] ^ turned)

    def mix(x: Any) -> Any:
        return (_rotated(x, u(1), width, mask) & _rotated(x, u(8), width, mask)) ^ _rotated(x, u(2), width, mask)

    def encrypt(value: Any) -> Any:
        left, right = (value >> width) & mask, value & mask
        for i in range(0, rounds, 2):
            left = left ^ mix(right) ^ keys[i]
            right = right ^ mix(left) ^ keys[i + 1]
        return (left << width) | right

    return lax.while_loop(lambda value: value > max_index, encrypt, encrypt(index))


def shuffled_index(index: Any, max_index: Any, seed: Any, rounds: int) -> Any:
    """See ``tf.random_index_shuffle``."""
    dtype = index.dtype
    index, max_index, seed = (value.astype(jnp.int64).astype(jnp.uint64) for value in (index, max_index, seed))
    one = functools.partial(_one, rounds=rounds)
    if not (index.ndim or max_index.ndim or seed.ndim > 1):
        return one(index, max_index, seed).astype(dtype)
    axes = (0 if index.ndim else None, 0 if max_index.ndim else None, 0 if seed.ndim > 1 else None)
    return jax.vmap(one, in_axes=axes)(index, max_index, seed).astype(dtype)
