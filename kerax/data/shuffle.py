"""``shuffle``: TensorFlow's buffer and TensorFlow's random numbers, so that a seed gives the same order."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from kerax.core import errors
from kerax.data.dataset import Dataset, Reordering, Run, as_int, dataset_method
from kerax.data.plan import BLOCK, UNKNOWN, Plan
from kerax.data.randomness import Samples, SeedGenerator, op_seeds


class _ShuffleDataset(Reordering):
    """The elements in random order: each drawn from a buffer, whose place the next element takes."""

    def __init__(self, parent: Dataset, buffer_size: int, seeds: tuple[int, int], reshuffle: bool) -> None:
        super().__init__(parent)
        self._size = buffer_size
        self._seed_generator = SeedGenerator(seeds, fixed=not reshuffle)

    def _plan(self) -> Plan | None:
        plan = self._parent._plan()
        if plan is None or self._seed_generator is None:
            return None
        return plan.but(natural=False, fixed=plan.fixed and self._seed_generator.fixed)

    def _reorder(self, opened: Callable[[], Iterator[Any]], run: Run) -> Iterator[Any]:
        return shuffled(opened(), self._size, run.seeds(self))

    def _reorder_blocks(self, opened: Callable[[], Iterator[np.ndarray]], run: Run) -> Iterator[np.ndarray]:
        indices = itertools.chain.from_iterable(block.tolist() for block in opened())
        return shuffled_blocks(indices, self._size, run.seeds(self))

    def _open_unread(self) -> None:
        self._seed_generator.next()  # the iterator over the parent is made when the first element is asked for

    def _count(self) -> int:
        return self._parent._count()


def shuffled(items: Iterator[Any], size: int, seeds: tuple[int, int]) -> Iterator[Any]:
    """Items in the order of a buffer shuffle.

    At step t the item at ``(t + r mod n) mod size`` leaves a buffer of n items, the item at ``t mod size``
    takes its place, and the next item of the input takes the place of that.

    Args:
      items: the input.
      size: int, places in the buffer; below 0 as many as there are items.
      seeds: the seed pair of the random samples r.
    """
    buffer = list(items if size < 0 else itertools.islice(items, size))
    places = len(buffer)
    left = places
    samples = iter(Samples(seeds))
    step = 0
    while left:
        chosen = (step + next(samples) % left) % places
        front = step % places
        item = buffer[chosen]
        buffer[chosen] = buffer[front]
        step += 1
        try:
            buffer[front] = next(items)
        except StopIteration:
            buffer[front] = None
            left -= 1
        yield item


def shuffled_blocks(indices: Iterator[int], size: int, seeds: tuple[int, int]) -> Iterator[np.ndarray]:
    """The same for integers, in blocks: small ones first, for those who want but a few."""
    buffer = list(indices if size < 0 else itertools.islice(indices, size))
    places = len(buffer)
    samples = Samples(seeds)
    width = 64
    step = 0
    while places and (incoming := list(itertools.islice(indices, width))):
        steps = np.arange(step, step + len(incoming))
        chosen = (steps + (samples.draw(len(incoming)) % places).astype(np.int64)) % places
        block = []
        for front, place, item in zip((steps % places).tolist(), chosen.tolist(), incoming, strict=True):
            block.append(buffer[place])
            buffer[place] = buffer[front]
            buffer[front] = item
        yield np.array(block, np.int64)
        step += len(incoming)
        width = min(2 * width, BLOCK)
    # nothing comes any more: the buffer empties from the place of the next step on
    buffer = buffer[step % places :] + buffer[: step % places] if places else buffer
    done = 0
    while done < places:
        count = min(width, places - done)
        width = min(2 * width, BLOCK)
        left = np.arange(places - done, places - done - count, -1, dtype=np.uint64)
        chosen = (samples.draw(count) % left).astype(np.int64) + np.arange(done, done + count)
        block = []
        for step, place in zip(range(done, done + count), chosen.tolist(), strict=True):
            block.append(buffer[place])
            buffer[place] = buffer[step]
        done += count
        yield np.array(block, np.int64)


def shuffle_all(items: Iterable[Any], seeds: tuple[int, int]) -> list[Any]:
    """All items in random order."""
    return list(shuffled(iter(items), UNKNOWN, seeds))


@dataset_method
def shuffle(
    self: Dataset,
    buffer_size: Any,
    seed: Any = None,
    reshuffle_each_iteration: bool | None = True,
    name: str | None = None,
) -> Dataset:
    """Gives the elements in random order, drawn from a buffer of the next ``buffer_size`` of them.

    Args:
      buffer_size: int64 scalar; at least the size of the dataset for a perfect shuffle, or
        ``UNKNOWN_CARDINALITY`` for as many as there are.
      seed: int64 scalar or None; a seed gives TensorFlow's order.
      reshuffle_each_iteration: bool, whether every iteration has another order.
      name: ignored.

    Raises:
      errors.InvalidArgumentError: a buffer of no size.

    >>> import kerax as tf
    >>> sorted(int(x) for x in tf.data.Dataset.range(5).shuffle(5, seed=1))
    [0, 1, 2, 3, 4]
    """
    size = as_int(buffer_size, "buffer_size")
    if size < 1 and size != UNKNOWN:
        raise errors.InvalidArgumentError(None, None, "buffer_size must be greater than zero or UNKNOWN_CARDINALITY")
    reshuffle = True if reshuffle_each_iteration is None else bool(reshuffle_each_iteration)
    return _ShuffleDataset(self, size, op_seeds(seed), reshuffle)
