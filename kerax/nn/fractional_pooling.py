"""Fractional pooling: windows of random sizes, so that the size shrinks by a ratio that is no integer."""

from __future__ import annotations

import math
from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core.op import composed, op
from kerax.core.tensor import convert_to_tensor
from kerax.nn import _pool
from kerax.nn._windows import invalid


def _boundaries(size: int, count: int, pseudo_random: bool, generator: np.random.Generator) -> np.ndarray:
    """Where ``count`` windows over ``size`` elements begin, and where the last one ends: ``[count + 1]``.

    Each window has ``size // count`` elements or one more.
    """
    if size % count == 0:
        return np.arange(count + 1, dtype=np.int64) * (size // count)
    if not pseudo_random:
        widths = np.full(count, size // count)
        widths[: size % count] += 1
        generator.shuffle(widths)
        return np.concatenate([[0], np.cumsum(widths)])
    # ⌈alpha · (i + u)⌉ with a random u, as in the paper
    alpha = size / count
    limit = (1 - size // count) / alpha + math.ceil((size - size // count) / alpha) - (count - 1)
    limit = min(max((size // count + 1) / alpha - 1, 1e-6), 1.0) if limit <= 0 else min(limit, 1.0)
    for _ in range(100):
        u = generator.uniform(0, limit)
        inner = np.floor(alpha * (np.arange(count) + u)).astype(np.int64) - math.floor(alpha * u)
        found = np.concatenate([inner, [size]])
        widths = np.diff(found)
        if np.all((widths == size // count) | (widths == size // count + 1)):
            return found
    return _boundaries(size, count, False, generator)


def _bounds(rows: np.ndarray, size: int, overlapping: bool) -> list[tuple[int, int]]:
    more = 1 if overlapping else 0
    return [(int(a), min(int(b) + more, size)) for a, b in zip(rows[:-1], rows[1:], strict=True)]


@op("value: float int", name="FractionalPool")
def _pool_windows(value, rows, columns, largest, name=None):
    """Pools the windows between the given bounds of rows, then of columns (the windows' product is the same)."""
    out = value
    for axis, bounds in ((1, rows), (2, columns)):
        longest = max(end - start for start, end in bounds)
        places = np.array([[min(start + step, end - 1) for step in range(longest)] for start, end in bounds])
        valid = np.array([[start + step < end for step in range(longest)] for start, end in bounds])
        windows = jnp.take(out, places, axis=axis)
        mask = valid.reshape(valid.shape + (1,) * (windows.ndim - axis - 2))
        if largest:
            out = jnp.max(jnp.where(mask, windows, _pool.lowest(value.dtype)), axis=axis + 1)
        else:
            total = jnp.sum(jnp.where(mask, windows, jnp.zeros_like(windows)), axis=axis + 1)
            out = (total / mask.sum(1).astype(windows.dtype)).astype(value.dtype)
    return out


def pooled_between(value: Any, rows: Any, columns: Any, overlapping: bool, largest: bool) -> Any:
    """Pools windows between given boundaries.

    Args:
      value: tensor [batch, height, width, channels].
      rows, columns: ints, where windows begin, and where the last one ends.
      overlapping: bool, whether a window's last row and column are the next one's first too.
      largest: bool, whether to take maxima instead of means.
    """
    bounds = [
        _bounds(np.asarray(items), int(size), overlapping)
        for items, size in zip((rows, columns), value.shape[1:3], strict=True)
    ]
    return _pool_windows(value, *bounds, largest)


def _fractional(
    value: Any, pooling_ratio: Any, pseudo_random: bool, overlapping: bool, seed: int, largest: bool
) -> Any:
    if isinstance(pooling_ratio, (list, tuple)):
        if len(pooling_ratio) == 1:
            pooling_ratio = [1.0, pooling_ratio[0], pooling_ratio[0], 1.0]
        elif len(pooling_ratio) == 2:
            pooling_ratio = [1.0, *pooling_ratio, 1.0]
        if len(pooling_ratio) != 4:
            raise ValueError(
                f"pooling_ratio should be of length 1, 2 or 4. Received: pooling_ratio={pooling_ratio} of length "
                f"{len(pooling_ratio)}"
            )
        if pooling_ratio[0] != 1.0 or pooling_ratio[-1] != 1.0:
            raise ValueError(
                "`pooling_ratio` should have first and last elements with value 1.0. Received: "
                f"pooling_ratio={pooling_ratio}"
            )
        if any(ratio < 1.0 for ratio in pooling_ratio):
            raise ValueError(f"`pooling_ratio` elements should be >= 1.0. Received: pooling_ratio={pooling_ratio}")
    elif isinstance(pooling_ratio, (int, float)):
        if pooling_ratio < 1.0:
            raise ValueError(f"`pooling_ratio` should be >= 1.0. Received: pooling_ratio={pooling_ratio}")
        pooling_ratio = [1.0, pooling_ratio, pooling_ratio, 1.0]
    else:
        raise ValueError(f"`pooling_ratio` should be an int or a list of ints. Received: pooling_ratio={pooling_ratio}")
    value = convert_to_tensor(value)
    if len(value.shape) != 4:
        raise invalid(f"tensor_in must be 4-dimensional. Received shape: {value.shape}")
    generator = np.random.default_rng(seed or None)
    sequences = []
    for size, ratio in zip(value.shape[1:3], pooling_ratio[1:3], strict=True):
        count = math.floor(size / ratio)
        if count < 1:
            raise invalid(f"pooling ratio {ratio} leaves nothing of a size of {size}")
        sequences.append(_boundaries(int(size), count, pseudo_random, generator))
    pooled = pooled_between(value, *sequences, overlapping, largest)
    return (pooled, *(convert_to_tensor(items.astype(np.int64)) for items in sequences))


@composed
def fractional_max_pool(value, pooling_ratio, pseudo_random=False, overlapping=False, seed=0, name=None):
    """The largest elements of windows of random sizes.

    Args:
      value: tensor ``[batch, height, width, channels]`` of real numbers.
      pooling_ratio: number of at least 1 by which height and width shrink, or a list of 1, 2 or 4 of them.
      pseudo_random: bool, whether the sizes form a regular pattern with a random start, rather than any order.
      overlapping: bool, whether windows share the element at their border.
      seed: int, 0 for other sizes in every call.
      name: str, optional.

    Returns:
      (tensor ``[batch, height / ratio, width / ratio, channels]``, int64 borders of the rows, of the columns).

    Raises:
      ValueError: a ratio below 1.

    Source: https://arxiv.org/abs/1412.6071

    Differs from TensorFlow: the random sizes for a seed are others; in a program they are drawn when it is traced.

    >>> import kerax as tf
    >>> tf.nn.fractional_max_pool(tf.ones((1, 4, 4, 1)), 2.0)[1].numpy()
    array([0, 2, 4])
    """
    return _fractional(value, pooling_ratio, pseudo_random, overlapping, seed, True)


@composed
def fractional_avg_pool(value, pooling_ratio, pseudo_random=False, overlapping=False, seed=0, name=None):
    """The means of windows of random sizes; arguments and results as of ``fractional_max_pool``.

    Args:
      value: tensor ``[batch, height, width, channels]`` of real numbers.
      pooling_ratio: number of at least 1 by which height and width shrink, or a list of 1, 2 or 4 of them.
      pseudo_random: bool, whether the sizes form a regular pattern with a random start, rather than any order.
      overlapping: bool, whether windows share the element at their border.
      seed: int, 0 for other sizes in every call.
      name: str, optional.

    Returns:
      (tensor ``[batch, height / ratio, width / ratio, channels]``, int64 borders of the rows, of the columns).

    Differs from TensorFlow: the random sizes for a seed are others; in a program they are drawn when it is traced.

    >>> import kerax as tf
    >>> tf.nn.fractional_avg_pool([[[[1.], [3.]]]], [1., 1., 2., 1.])[0].numpy().ravel()
    array([2.], dtype=float32)
    """
    return _fractional(value, pooling_ratio, pseudo_random, overlapping, seed, False)
