"""Threads that fetch batches ahead (Keras 2)."""

from __future__ import annotations

import queue
import random
import threading
from collections.abc import Iterator
from typing import Any


class SequenceEnqueuer:
    """Fetches batches ahead; the base class.

    Args:
      sequence: where batches come from.
      use_multiprocessing: bool, must be False: batches are fetched by threads.

    Raises:
      NotImplementedError: processes are asked for.
    """

    def __init__(self, sequence: Any, use_multiprocessing: bool = False) -> None:
        if use_multiprocessing:
            raise NotImplementedError(
                f"{type(self).__name__} fetches batches by threads; for processes use keras.utils.PyDataset."
            )
        self.sequence = sequence
        self.use_multiprocessing = use_multiprocessing
        self.queue: queue.Queue[Any] | None = None
        self.stop_signal: threading.Event | None = None
        self._threads: list[threading.Thread] = []

    def is_running(self) -> bool:
        """Whether batches are being fetched."""
        return self.stop_signal is not None and not self.stop_signal.is_set()

    def start(self, workers: int = 1, max_queue_size: int = 10) -> None:
        """Starts to fetch.

        Args:
          workers: int, number of threads.
          max_queue_size: int, batches that are kept ready.
        """
        self.queue = queue.Queue(max_queue_size)
        self.stop_signal = threading.Event()
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(self._workers(workers))]
        for thread in self._threads:
            thread.start()

    def _workers(self, asked: int) -> int:
        return 1

    def _put(self, item: Any) -> bool:
        """Puts an item into the queue; False if fetching has been stopped meanwhile."""
        while self.is_running():
            try:
                self.queue.put(item, timeout=0.05)  # type: ignore[union-attr]
                return True
            except queue.Full:
                continue
        return False

    def _run(self) -> None:
        try:
            for batch in self._batches():
                if not self._put((True, batch)):
                    return
        except Exception as error:
            self._put((False, error))
            return
        self._put((False, None))

    def _batches(self) -> Iterator[Any]:
        raise NotImplementedError

    def get(self) -> Iterator[Any]:
        """The batches, as they become ready.

        Raises:
          What their source raises.
        """
        while self.is_running():
            try:
                good, item = self.queue.get(timeout=0.1)  # type: ignore[union-attr]
            except queue.Empty:
                continue
            if good:
                if item is not None:
                    yield item
                continue
            self.stop()
            if item is not None:
                raise item
            return

    def stop(self, timeout: float | None = None) -> None:
        """Stops fetching.

        Args:
          timeout: float, seconds to wait for the threads.
        """
        if self.stop_signal is not None:
            self.stop_signal.set()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(timeout)


class OrderedEnqueuer(SequenceEnqueuer):
    """Fetches the batches of a ``keras.utils.Sequence`` ahead, epoch after epoch.

    Args:
      sequence: ``keras.utils.Sequence``.
      use_multiprocessing: bool, must be False.
      shuffle: bool, whether batches come in another order each epoch.
    """

    def __init__(self, sequence: Any, use_multiprocessing: bool = False, shuffle: bool = False) -> None:
        super().__init__(sequence, use_multiprocessing)
        self.shuffle = shuffle

    def _batches(self) -> Iterator[Any]:
        while self.is_running():
            order = list(range(len(self.sequence)))
            if self.shuffle:
                random.shuffle(order)
            for index in order:
                yield self.sequence[index]
            if hasattr(self.sequence, "on_epoch_end"):
                self.sequence.on_epoch_end()


class GeneratorEnqueuer(SequenceEnqueuer):
    """Fetches what a generator yields ahead.

    Args:
      generator: generator.
      use_multiprocessing: bool, must be False.
      random_seed: int, unused: there are no processes to be seeded.
    """

    def __init__(self, generator: Any, use_multiprocessing: bool = False, random_seed: int | None = None) -> None:
        super().__init__(generator, use_multiprocessing)
        self.random_seed = random_seed

    def _batches(self) -> Iterator[Any]:
        yield from self.sequence
