"""Philox 4x32-10 as pure JAX functions: the numbers that TensorFlow's kernels make of a generator state.

A state is ``uint64[3]``: counter low, counter high, key. Block ``i`` of a stream is the hash of counter + i: four
32-bit words.
"""

from __future__ import annotations

import math
from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from kerax.core import open_sizes, target

_MULTIPLIERS = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_WEYL = np.array([0x9E3779B9, 0xBB67AE85], np.uint32)
_32 = np.uint64(32)
_ROUNDS = 10

# TensorFlow's constant key for turning a user's seed pair into a state.
_SCRAMBLE_KEY = np.uint64(0x02461E293EC8F720)


def hash_blocks(low: Any, high: Any, key: Any) -> tuple[Any, Any]:
    """The 128-bit hashes of 128-bit counters.

    Args:
      low: ``uint64`` array, the low halves of the counters.
      high: ``uint64`` array.
      key: ``uint64`` scalar or array.

    Returns:
      Two ``uint64`` arrays: words 0 and 1, words 2 and 3 (the lower word first).
    """

    def lower(value: Any) -> Any:
        return value.astype(jnp.uint32)

    def upper(value: Any) -> Any:
        return (value >> _32).astype(jnp.uint32)

    words: Any = lower(low), upper(low), lower(high), upper(high)
    k0, k1 = lower(key), upper(key)

    def mix(words: Any, moved: Any) -> tuple[Any, ...]:
        c0, c1, c2, c3 = words
        p0 = c0.astype(jnp.uint64) * _MULTIPLIERS[0]
        p1 = c2.astype(jnp.uint64) * _MULTIPLIERS[1]
        return upper(p1) ^ c1 ^ (k0 + moved[0]), lower(p1), upper(p0) ^ c3 ^ (k1 + moved[1]), lower(p0)

    if _by_loop(low):

        def mixed(number: Any, words: Any) -> Any:
            return jnp.stack(mix(words, number.astype(jnp.uint32) * _WEYL))

        words = lax.fori_loop(0, _ROUNDS, mixed, jnp.stack(jnp.broadcast_arrays(*words)), unroll=2)
    else:
        for moved in np.arange(_ROUNDS, dtype=np.uint32)[:, None] * _WEYL:
            words = mix(words, moved)
    c0, c1, c2, c3 = words
    first = c0.astype(jnp.uint64) | (c1.astype(jnp.uint64) << _32)
    second = c2.astype(jnp.uint64) | (c3.astype(jnp.uint64) << _32)
    return first, second


def _by_loop(blocks: Any) -> bool:
    """Whether XLA hashes them in a loop: on a CPU it would else hash a block anew for each of its words."""
    return not isinstance(blocks, np.ndarray) and blocks.ndim > 0 and target.is_cpu()


def skip(state: Any, blocks: Any) -> tuple[Any, Any]:
    """The counter (low, high) of a state after skipping blocks (``uint64`` scalar or array)."""
    low = state[0] + blocks
    return low, state[1] + (low < state[0]).astype(jnp.uint64)


def bits64(state: Any, count: int) -> Any:
    """The first ``count`` 64-bit words of a stream, ``uint64[count]``."""
    groups = -(-count // 2)
    low, high = skip(state, jnp.arange(groups, dtype=jnp.uint64))
    return jnp.stack(hash_blocks(low, high, state[2]), axis=-1).reshape(-1)[:count]


def bits32(state: Any, count: int) -> Any:
    """The first ``count`` 32-bit words of a stream, ``uint32[count]``."""
    return _halves(bits64(state, -(-count // 4) * 2)).reshape(-1)[:count]


def _halves(words: Any) -> Any:
    """``uint64[...]`` words as ``uint32[..., 2]``, the lower half first."""
    if open_sizes.is_open(words.shape):  # XLA does not find the sizes of a bitcast whose argument's are open
        return jnp.stack([words.astype(jnp.uint32), (words >> _32).astype(jnp.uint32)], axis=-1)
    return lax.bitcast_convert_type(words, jnp.uint32)


def scramble(seed: Any) -> Any:
    """The state that TensorFlow's stateless ops make of a seed pair.

    Args:
      seed: integer array [2].

    Returns:
      ``uint64[3]``.
    """
    seed = seed.astype(jnp.int64).astype(jnp.uint64)
    first, second = hash_blocks(seed[0], seed[1], jnp.uint64(_SCRAMBLE_KEY))
    return jnp.stack([jnp.uint64(0), second, first])


def unit_float32(words: Any) -> Any:
    """``uint32`` words as float32 in [0, 1)."""
    return lax.bitcast_convert_type((words & np.uint32(0x7FFFFF)) | np.uint32(127 << 23), jnp.float32) - np.float32(1)


def unit_float64(words: Any) -> Any:
    """``uint64`` words as float64 in [0, 1), the lower 32 bits giving the upper part of the mantissa."""
    mantissa = ((words & np.uint64(0xFFFFF)) << _32) | (words >> _32)
    return lax.bitcast_convert_type(mantissa | np.uint64(1023 << 52), jnp.float64) - 1.0


def uniform(state: Any, shape: tuple[int, ...], dtype: Any) -> Any:
    """Numbers in [0, 1) of a floating dtype."""
    count = math.prod(shape)
    dtype = jnp.dtype(dtype)
    if dtype == jnp.float64:
        return unit_float64(bits64(state, count)).reshape(shape)
    words = bits32(state, count).reshape(shape)
    if dtype == jnp.float32:
        return unit_float32(words)
    digits, exponent = (10, 15) if dtype == jnp.float16 else (7, 127)
    mantissa = words.astype(jnp.uint16) & np.uint16(2**digits - 1)
    return lax.bitcast_convert_type(mantissa | np.uint16(exponent << digits), dtype) - jnp.ones((), dtype)


def full_int(state: Any, shape: tuple[int, ...], dtype: Any) -> Any:
    """Integers of the whole range of a 32- or 64-bit integer dtype."""
    dtype = jnp.dtype(dtype)
    count = math.prod(shape)
    words = bits64(state, count) if dtype.itemsize == 8 else bits32(state, count)
    return lax.bitcast_convert_type(words, dtype).reshape(shape)


def uniform_int(state: Any, shape: tuple[int, ...], minval: Any, maxval: Any) -> Any:
    """Integers in [minval, maxval), of the bounds' dtype."""
    dtype = minval.dtype
    unsigned = jnp.uint64 if dtype.itemsize == 8 else jnp.uint32
    low = minval.astype(unsigned)
    words = full_int(state, shape, unsigned)
    return (low + words % (maxval.astype(unsigned) - low)).astype(dtype)


def box_muller(numbers: Any) -> Any:
    """Normal numbers of as many uniform ones, pair by pair: floating ``[..., 2]``."""
    dtype = numbers.dtype.type
    first, second = jnp.maximum(numbers[..., :1], dtype(1e-7)), numbers[..., 1:]
    angle = dtype(2 * math.pi) * second
    radius = jnp.sqrt(dtype(-2) * jnp.log(first))
    # both for both places: without a branch a processor computes several at a time
    return jnp.where(np.arange(2) == 0, jnp.sin(angle), jnp.cos(angle)) * radius


def normal(state: Any, shape: tuple[int, ...], dtype: Any) -> Any:
    """Standard normal numbers of a floating dtype."""
    dtype = jnp.dtype(dtype)
    count = math.prod(shape)
    if dtype == jnp.float64:
        numbers = unit_float64(bits64(state, -(-count // 2) * 2))
    else:
        numbers = unit_float32(bits32(state, -(-count // 4) * 4))
    return box_muller(numbers.reshape(-1, 2)).reshape(-1)[:count].reshape(shape).astype(dtype)


def truncated_normal(state: Any, shape: tuple[int, ...], dtype: Any) -> Any:
    """Standard normal numbers within two standard deviations."""
    dtype = jnp.dtype(dtype)
    count = math.prod(shape)
    size = 2 if dtype == jnp.float64 else 4  # numbers in a group; each group has a part of the stream to itself
    groups = -(-count // size)
    start = jnp.arange(groups, dtype=jnp.uint64) * np.uint64(size * 256 // 4)

    def unfinished(carry: Any) -> Any:
        return jnp.any(carry[1] < size)

    def draw(carry: Any) -> Any:
        """One more block for every group: what lies inside is appended to the group's numbers."""
        block, found, chosen = carry
        low, high = skip(state, start + block)
        words = jnp.stack(hash_blocks(low, high, state[2]), axis=-1)
        numbers = unit_float64(words) if dtype == jnp.float64 else unit_float32(_halves(words))
        drawn = box_muller(numbers.reshape(-1, 2)).reshape(groups, size)
        for place in range(size):
            number = drawn[:, place]
            inside = jnp.abs(number) < 2
            here = inside[:, None] & (found[:, None] == np.arange(size))
            chosen, found = jnp.where(here, number[:, None], chosen), found + inside
        return block + np.uint64(1), found, chosen

    empty = jnp.zeros((groups, size), jnp.float64 if dtype == jnp.float64 else jnp.float32)
    begun = jnp.uint64(0), jnp.zeros(groups, jnp.int32), empty
    return lax.while_loop(unfinished, draw, begun)[2].reshape(-1)[:count].reshape(shape).astype(dtype)
