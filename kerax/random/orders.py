"""Orders of rows, drawn by the host without a program for every number of rows: TensorFlow's shuffles."""

from __future__ import annotations

import functools

import numpy as np

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
        order, end = _drawn(*self._state.tolist(), count)
        self._state = np.array(end, np.uint64)
        return order


@functools.lru_cache(maxsize=1)  # Keras 3 draws one order again and again, once for each epoch
def _drawn(low: int, high: int, key: int, count: int) -> tuple[np.ndarray, tuple[int, int, int]]:
    """The order that a stream gives, and where it ends."""
    start = np.array([low, high, key], np.uint64)
    blocks = np.arange((count + 2) // 4, dtype=np.uint64)  # of four words: one for each row but the last
    lows, highs = philox.skip(start, blocks)
    words = np.stack(philox.hash_blocks(lows, highs, start[2:]), axis=-1).astype("<u8").view("<u4").ravel()
    rows = np.arange(count - 1)
    order = _swapped(rows + words[: count - 1] % (count - rows))
    order.flags.writeable = False
    return order, (int(lows[-1] + np.uint64(1)), int(highs[-1]), key)


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


def _stable_order(values: np.ndarray) -> np.ndarray:
    """``argsort`` of integers below ``2**32``, 16 bits at a time: numpy sorts these in linear time."""
    order = np.argsort(values.astype(np.uint16), kind="stable")
    if len(values) >= 1 << 16:
        order = order[np.argsort((values[order] >> 16).astype(np.uint16), kind="stable")]
    return order
