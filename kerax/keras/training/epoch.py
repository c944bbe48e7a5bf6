"""Counting through an epoch: which steps there are, and where the batches of each come from."""

from __future__ import annotations

import contextlib
import time
import warnings
from collections.abc import Iterator
from typing import Any

from kerax.core.config import legacy_keras
from kerax.keras.training import limits
from kerax.keras.training.arrays import ArrayBatches, RowIterator
from kerax.keras.training.batches import DatasetBatches, get_batches
from kerax.keras.training.sequence import SequenceBatches

_CHUNK_SECONDS = 0.1  # how long the device is left alone before the progress line is drawn again


class Feed:
    """The iterator that a step function takes its batches from.

    Args:
      iterator: yields batches.

    Attributes:
      count: int, how many steps the next call of the step function makes.
    """

    def __init__(self, iterator: Iterator[Any]) -> None:
        self.iterator = iterator
        self.count = 1

    def __iter__(self) -> Feed:
        return self

    def __next__(self) -> Any:
        return next(self.iterator)


class Epochs:
    """Goes through a source of batches once per epoch, ``steps_per_execution`` steps at a time.

    Iterating yields ``(first step, last step, feed)``; the step function then takes the batches from the feed.

    Args:
      steps_per_epoch: int or None for all batches. With it, an epoch goes on where the last one stopped; in Keras 2
        a sequence starts anew, and a dataset of so many batches.
      steps_per_execution: int.
      passes: int, how often arrays are gone through in all with ``steps_per_epoch`` in Keras 2.
      Others: see ``get_batches``.
    """

    def __init__(
        self,
        x: Any,
        y: Any = None,
        sample_weight: Any = None,
        batch_size: int | None = None,
        steps_per_epoch: int | None = None,
        shuffle: bool | str = False,
        class_weight: dict[int, float] | None = None,
        steps_per_execution: int = 1,
        training: bool = False,
        passes: int = 1,
    ) -> None:
        self.steps_per_epoch = limits.capped_steps(steps_per_epoch)
        self.steps_per_execution = steps_per_execution
        steps = self.steps_per_epoch
        self.source = get_batches(x, y, sample_weight, batch_size, steps, shuffle, class_weight, training)
        self._starts_anew = (
            not steps
            or legacy_keras()
            and (
                isinstance(self.source, SequenceBatches)
                or (isinstance(self.source, DatasetBatches) and steps == self.source.num_batches)
            )
        )
        if legacy_keras() and steps and isinstance(self.source, ArrayBatches):
            self.source.repeat(passes)
        self._known = self.source.num_batches
        if legacy_keras() and self.num_batches == 0:
            raise ValueError("Expected input data to be non-empty.")
        self._feed: Feed | None = None
        self._begun = False
        self._seen = 0  # batches taken from the current feed
        self._grouping = _Grouping(steps_per_execution)
        self.insufficient = False  # whether the data ended before the steps asked for
        self.free_running = False  # whether the steps may be grouped as we like, no callback looking on

    @property
    def num_batches(self) -> int | None:
        """Steps of an epoch, None while that is unknown."""
        return self.steps_per_epoch or self._known

    def reset(self) -> None:
        self._feed = None
        self._begun = False
        self._known = self.source.num_batches
        self._seen = 0
        if not legacy_keras():
            self.source.on_epoch_end()

    def __iter__(self) -> Iterator[tuple[int, int, Feed]]:
        if not self._begun and legacy_keras() and self._starts_anew:
            self._pass_unread()
        self._begun = True
        self.source.on_epoch_begin()
        limit = self.steps_per_epoch or self._known
        yield from self._endless() if not limit else self._counted(limit)
        self.source.on_epoch_end()

    def _counted(self, limit: int) -> Iterator[tuple[int, int, Feed]]:
        if self._feed is None or self._starts_anew:
            self._start()
        step = 0
        while step < limit:
            if self._known and self._seen >= self._known:
                if self.steps_per_epoch:
                    self.insufficient = True
                    warn_ran_out()
                break
            count = self.steps_per_execution
            if self.free_running:
                count = self._grouping.next_count(self._feed, limit - step)
            self._seen += count
            self._feed.count = count
            yield step, step + count - 1, self._feed
            step += count
        if self._known and self._seen >= self._known and not legacy_keras():  # Keras 2 goes through its data once
            if self.steps_per_epoch:
                self._start()
            else:
                self._feed = None
                self._pass_unread()

    def _endless(self) -> Iterator[tuple[int, int, Feed]]:
        feed = Feed(iter(self.source))
        feed.count = self.steps_per_execution
        step = 0
        while True:
            after = step + self.steps_per_execution
            self._seen = step if legacy_keras() else after  # Keras 3 counts the step that finds the end, too
            yield step, after - 1, feed
            step = after

    def _pass_unread(self) -> None:
        """Draws the orders of an iterator over a dataset that Keras makes and never asks.

        Keras 2 makes one before the first epoch, Keras 3 one after each whose number of batches it knows.
        """
        if isinstance(self.source, DatasetBatches):
            self.source.open_unread()

    def _start(self) -> Feed:
        self._feed = Feed(iter(self.source))
        self._seen = 0
        return self._feed

    @contextlib.contextmanager
    def until_exhausted(self) -> Iterator[None]:
        """Ends an epoch quietly, but with a warning, where the batches run out."""
        try:
            yield
        except StopIteration:
            self.insufficient = self.steps_per_epoch is not None or self._known is not None
            if self._known is None:
                self._known = self._seen
            warn_ran_out()
            self._feed = None
            self.source.on_epoch_end()


class _Grouping:
    """How many steps the next call makes: as many as take about a tenth of a second, when nobody looks on."""

    def __init__(self, steps_per_execution: int) -> None:
        self._least = steps_per_execution
        self._count = 0
        self._asked = 0.0

    def next_count(self, feed: Feed, left: int) -> int:
        source = feed.iterator
        if not isinstance(source, RowIterator):
            return self._least
        full = min(left, source.full_batches_left())
        if full < 1:
            return self._least
        now = time.perf_counter()
        spent, self._asked = now - self._asked, now
        if not self._count:
            self._count = self._least  # the very first step compiles: show it
        elif spent < _CHUNK_SECONDS:
            self._count = max(2 * self._count, 16)
        elif spent > 4 * _CHUNK_SECONDS:
            self._count = max(self._count // 2, self._least)
        return min(self._count, full)


def warn_ran_out() -> None:
    warnings.warn(
        "Your input ran out of data; interrupting training. Make sure that your dataset or generator can generate "
        "at least `steps_per_epoch * epochs` batches. You may need to use the `.repeat()` function when building "
        "your dataset.",
        stacklevel=2,
    )
