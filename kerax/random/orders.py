"""Orders of rows: TensorFlow's shuffles.

Eagerly the host draws them, without a program for every number of rows.
"""

from __future__ import annotations

import functools
from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from kerax.array_ops._sorting import order_along
from kerax.core import random_state
from kerax.random import philox


class Orders:
    """The permutations that ``tf.random.shuffle`` draws in a function that a ``tf.data`` pipeline maps.

    One pass over such a pipeline continues a stream, which begins anew with every pass: it depends on the global
    seed alone. Without a global seed the orders are new ones whenever they are asked for.

    >>> import kerax as tf
    >>> tf.random.set_seed(1)
    >>> orders = Orders()
    >>> orders.draw(8).tolist(), orders.draw(8).tolist()
    ([0, 4, 1, 5, 7, 6, 2, 3], [0, 1, 6, 7, 5, 4, 3, 2])
    """

    def __init__(self) -> None:
        self._state = random_state.first_key()
        self._fresh = None if self.seeded else np.random.default_rng()

    @property
    def seeded(self) -> bool:
        """Whether the orders follow from the global seed."""
        return self._state is not None

    def draw(self, count: int) -> np.ndarray:
        """The next order.

        Args:
          count: int, the number of rows.

        Returns:
          ``int[count]``, the numbers of the rows.
        """
        if self._fresh is not None:
            return self._fresh.permutation(count)
        if count < 2:
            return np.arange(count)
        order, end = _drawn_again(*self._state.tolist(), count)
        self._state = np.array(end, np.uint64)
        return order


def drawn(low: int, high: int, key: int, count: int) -> tuple[np.ndarray, tuple[int, int, int]]:
    """The order that a stream gives, and where it ends.

    Args:
      low: int, the lower half of the stream's counter.
      high: int, the upper half.
      key: int, the stream's key.
      count: int, the number of rows, at least 2.

    Returns:
      (``int64[count]``, numbers of rows; the counter and key behind the words that were used).
    """
    start = np.array([low, high, key], np.uint64)
    blocks = np.arange((count + 2) // 4, dtype=np.uint64)  # of four words: one for each row but the last
    lows, highs = philox.skip(start, blocks)
    words = np.stack(philox.hash_blocks(lows, highs, start[2:]), axis=-1).astype("<u8").view("<u4").ravel()
    rows = np.arange(count - 1)
    order = _swapped(rows + words[: count - 1] % (count - rows))
    order.flags.writeable = False
    return order, (int(lows[-1] + np.uint64(1)), int(highs[-1]), key)


_drawn_again = functools.lru_cache(maxsize=1)(drawn)  # Keras 3 draws one order again and again, once for each epoch


def _swapped(partners: np.ndarray) -> np.ndarray:
    """The numbers from 0 on, after place 0 was swapped with ``partners[0]``, then place 1 with ``partners[1]``, ….

    Every partner is at or behind its place, so that all swaps can be followed at once: what place ``i`` holds when its
    turn comes is what the last place that was swapped with it held when its own came.

    Args:
      partners: ``int[count - 1]``.

    >>> _swapped(np.array([2, 1, 3])).tolist()  # 0123, 2103, 2103, 2130
    [2, 1, 3, 0]
    """
    count = len(partners) + 1
    rows = np.arange(count - 1)
    held = np.arange(count)
    moved = partners != rows
    held[partners[moved]] = rows[moved]  # of several the last counts
    while (further := held[held]).tobytes() != held.tobytes():
        held = further
    # a place ends with what its partner held: what the place that met this partner before brought there
    order = np.append(partners, held[-1])
    by_partner = _stable_order(partners)
    again = partners[by_partner[1:]] == partners[by_partner[:-1]]
    order[by_partner[1:][again]] = held[by_partner[:-1][again]]
    return order


def permutation(words: Any) -> Any:
    """The order that a stream gives, in a program: ``_swapped`` in JAX.

    Args:
      words: ``uint32[count]``, the stream's words; the last decides nothing.

    Returns:
      ``int32[count]``, numbers of rows.
    """
    count = words.shape[0]
    rows = jnp.arange(count, dtype=jnp.int32)
    partners = rows + (words % (count - rows).astype(jnp.uint32)).astype(jnp.int32)
    last = jnp.full(count, -1, jnp.int32).at[jnp.where(partners != rows, partners, count)].max(rows, mode="drop")

    def follow(carry: Any) -> Any:
        held, _ = carry
        further = held[held]
        return further, jnp.any(further != held)

    held, _ = lax.while_loop(lambda carry: carry[1], follow, (jnp.where(last < 0, rows, last), jnp.bool_(True)))
    order = jnp.where(rows == count - 1, held[-1], partners)
    by_partner = order_along(partners, 0)
    again = jnp.diff(partners[by_partner], prepend=-1) == 0
    return order.at[jnp.where(again, by_partner, count)].set(held[jnp.roll(by_partner, 1)], mode="drop")


def _stable_order(values: np.ndarray) -> np.ndarray:
    """``argsort`` of integers below ``2**32``, 16 bits at a time: numpy sorts these in linear time."""
    order = np.argsort(values.astype(np.uint16), kind="stable")
    if len(values) >= 1 << 16:
        order = order[np.argsort((values[order] >> 16).astype(np.uint16), kind="stable")]
    return order
