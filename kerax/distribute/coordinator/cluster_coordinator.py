"""``ClusterCoordinator``: schedules functions; here one thread of this process is the worker."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from kerax.core import nest
from kerax.core.context import context
from kerax.core.value import Tensor
from kerax.distribute.replica_context import cross_replica
from kerax.distribute.strategies import ParameterServerStrategy


class RemoteValue:
    """The result of a scheduled function, perhaps not there yet."""

    def __init__(self, future: Future[Any]) -> None:
        self._future = future

    def get(self) -> Any:
        """Waits for the result.

        Raises:
          The function's error.
        """
        return self._future.result()

    def fetch(self) -> Any:
        """Waits for the result, with numpy arrays for tensors."""
        return nest.map_structure(lambda leaf: leaf.numpy() if isinstance(leaf, Tensor) else leaf, self.get())


class PerWorkerValue:
    """A value for each worker.

    Args:
      values: one per worker.
    """

    def __init__(self, values: Any) -> None:
        self._values = tuple(values)

    def __iter__(self) -> Any:
        return PerWorkerValue([iter(value) for value in self._values])


class ClusterCoordinator:
    """Schedules functions for the workers of a ``ParameterServerStrategy``.

    Args:
      strategy: ``ParameterServerStrategy``.

    Raises:
      ValueError: another strategy.

    Differs from TensorFlow: there is one worker, a thread of this process, which runs functions in order.
    """

    def __new__(cls, strategy: Any) -> ClusterCoordinator:
        known = getattr(strategy, "_cluster_coordinator", None)
        if known is None:
            known = super().__new__(cls)
            strategy._cluster_coordinator = known
        return known

    def __init__(self, strategy: Any) -> None:
        if not isinstance(strategy, ParameterServerStrategy):
            raise ValueError(
                "Only `tf.distribute.experimental.ParameterServerStrategy` is supported to work with "
                "`tf.distribute.experimental.coordinator.ClusterCoordinator` currently."
            )
        if hasattr(self, "_strategy"):
            return
        self._strategy = strategy
        self._pool = ThreadPoolExecutor(max_workers=1)
        self._waiting: list[RemoteValue] = []
        self._failed: BaseException | None = None

    @property
    def strategy(self) -> Any:
        """The strategy it was made with."""
        return self._strategy

    def schedule(self, fn: Callable[..., Any], args: Any = None, kwargs: Any = None) -> RemoteValue:
        """Has a function run by a worker, soon.

        Args:
          fn: function.
          args, kwargs: its arguments; RemoteValues and PerWorkerValues become what they hold.

        Raises:
          The error of a function scheduled before.
        """
        self._raise_failure()

        def run() -> Any:
            given = nest.map_structure(_held, (tuple(args or ()), dict(kwargs or {})))
            with cross_replica(self._strategy):
                context.extras["worker_index"] = 0
                return fn(*given[0], **given[1])

        self._waiting = [value for value in self._waiting if not value._future.done() or value._future.exception()]
        value = RemoteValue(self._pool.submit(run))
        self._waiting.append(value)
        return value

    def _raise_failure(self) -> None:
        for value in self._waiting:
            if value._future.done() and value._future.exception() is not None:
                self._waiting.remove(value)
                raise value._future.exception()  # type: ignore[misc]

    def join(self) -> None:
        """Waits for all scheduled functions.

        Raises:
          The error of one of them.
        """
        waiting, self._waiting = self._waiting, []
        failures = [value._future.exception() for value in waiting]
        for failure in failures:
            if failure is not None:
                raise failure

    def done(self) -> bool:
        """Whether all scheduled functions have run.

        Raises:
          The error of one of them.
        """
        self._raise_failure()
        return all(value._future.done() for value in self._waiting)

    def create_per_worker_dataset(self, dataset_fn: Any) -> PerWorkerValue:
        """A dataset on each worker.

        Args:
          dataset_fn: function that returns a dataset, or a dataset.
        """
        return PerWorkerValue([dataset_fn() if callable(dataset_fn) else dataset_fn])

    def fetch(self, val: Any) -> Any:
        """A structure with numpy values for RemoteValues, waiting for them."""
        return nest.map_structure(lambda leaf: leaf.fetch() if isinstance(leaf, RemoteValue) else leaf, val)


def _held(leaf: Any) -> Any:
    if isinstance(leaf, RemoteValue):
        return leaf.get()
    return leaf._values[0] if isinstance(leaf, PerWorkerValue) else leaf


def experimental_get_current_worker_index() -> int:
    """The number of the worker that runs this function.

    Raises:
      RuntimeError: not in a scheduled function.
    """
    found = context.extras.get("worker_index")
    if found is None:
        raise RuntimeError(
            "Cannot get the current worker index: this is no function scheduled by a ClusterCoordinator."
        )
    return found
