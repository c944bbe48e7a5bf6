"""``map``: a function of every element."""

from __future__ import annotations

import collections
import itertools
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from kerax.core import errors
from kerax.data import structure
from kerax.data.dataset import AUTOTUNE, Dataset, PlanReader, Run, as_int, dataset_method
from kerax.data.function import DatasetFunction
from kerax.data.plan import MappedBatches, MappedSource, Plan, Source
from kerax.data.structure import Flat

_TRIAL, _TRIAL_SECONDS = 16, 0.05  # elements that are computed one by one to see how long they take, at the most


class _MapDataset(Dataset):
    """Elements passed through a function."""

    def __init__(self, parent: Dataset, map_func: Callable[..., Any], parallel: int = 1) -> None:
        self._parent = parent
        self._parents = (parent,)
        self._parallel = parallel
        self._function = DatasetFunction(map_func, parent, label="Dataset.map()")
        self._source: Source | None = None
        if self._function.known_spec() is not None:
            structure.require_tensors(self._function.known_spec())

    def _known_spec(self) -> Any:
        return self._function.known_spec()

    @property
    def element_spec(self) -> Any:
        return self._function.output_spec

    def _structure(self) -> Any:
        return self._function.returned

    def _examples(self) -> list[Any] | None:
        return self._function.output_examples()

    def _plan(self) -> Plan | None:
        function = self._function
        plan = self._parent._plan()
        if plan is None or (not plan.level and (function.random or not function.vectorisable)):
            return None
        if plan.level and not function.pure:
            return None
        if self._source is None or self._source.source is not plan.source:  # type: ignore[attr-defined]
            self._source = (MappedBatches if plan.level else MappedSource)(plan.source, function)
        return plan.but(source=self._source)

    def _tokens(self, run: Run) -> Iterator[np.ndarray]:
        return self._parent._tokens(run)

    def _reader(self, run: Run) -> Any:
        plan = self._parent._plan()
        if plan is None or plan.level or not self._function.vectorisable:
            return None
        return _MapReader(PlanReader(plan, self._parent._tokens(run)), self._function)

    def _elements(self, run: Run) -> Iterator[Flat]:
        elements = self._parent._iterate(run)
        if self._parallel > 1 and not self._function.compiled:
            return parallel_map(self._function, elements, self._parallel)
        return map(self._function.opened(), elements)

    def _count(self) -> int:
        return self._parent._count()


class _ParallelMapDataset(_MapDataset):
    """The same on several threads, in order."""


class _MapReader:
    """Rows of a batch passed through a function that draws random numbers."""

    def __init__(self, parent: PlanReader, function: DatasetFunction) -> None:
        self._parent, self._function = parent, function
        self._states: dict[int, Any] = {}

    def read(self, count: int) -> Flat | None:
        rows = self._parent.read(count)
        return None if rows is None else self._function.batched(rows, len(rows[0]), self._states)


def parallel_map(function: Callable[[Flat], Flat], elements: Iterator[Flat], workers: int) -> Iterator[Flat]:
    """Results in order, computed ahead on threads if some elements show that this is faster.

    It is where the function waits; threads that run python are in each other's way.
    """
    for flat in itertools.islice(elements, 1):
        yield function(flat)  # which may compile
    alone, count = 0.0, 0
    for flat in itertools.islice(elements, _TRIAL):
        start = time.perf_counter()
        result = function(flat)
        alone, count = alone + time.perf_counter() - start, count + 1
        yield result
        if alone >= _TRIAL_SECONDS:
            break
    pool = ThreadPoolExecutor(workers, thread_name_prefix="kerax_map")
    try:
        trial = list(itertools.islice(elements, count))
        start = time.perf_counter()
        results = list(pool.map(function, trial))
        together = time.perf_counter() - start
        yield from results
        yield from _ahead(pool, function, elements, workers) if together < alone else map(function, elements)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _ahead(
    pool: ThreadPoolExecutor, function: Callable[[Flat], Flat], elements: Iterator[Flat], workers: int
) -> Iterator[Flat]:
    """Results in order, so many of them under way."""
    pending = collections.deque(pool.submit(function, flat) for flat in itertools.islice(elements, workers))
    while pending:
        result = pending.popleft().result()
        for flat in itertools.islice(elements, 1):
            pending.append(pool.submit(function, flat))
        yield result


def workers_for(num_parallel_calls: Any) -> int:
    """A number of threads from the argument ``num_parallel_calls``."""
    if num_parallel_calls is None:
        return 1
    calls = as_int(num_parallel_calls, "num_parallel_calls")
    if calls == AUTOTUNE:
        return max(os.cpu_count() or 1, 2)
    if calls < 1:
        raise errors.InvalidArgumentError(None, None, "num_parallel_calls must be greater than zero.")
    return calls


@dataset_method
def map_(
    self: Dataset,
    map_func: Callable[..., Any],
    num_parallel_calls: Any = None,
    deterministic: bool | None = None,
    synchronous: bool | None = None,
    use_unbounded_threadpool: bool = False,
    name: str | None = None,
) -> Dataset:
    """Passes every element through a function.

    The function is traced once per signature and compiled; followed by ``batch``, it runs over whole batches.
    What cannot be compiled (strings, files, ``tf.py_function``) runs as python, element by element.

    Args:
      map_func: function of the element's components, returning a structure; a list counts as a tuple.
      num_parallel_calls: int or ``AUTOTUNE``, threads for functions that are not compiled, where that is faster.
      deterministic: bool, accepted; the order is always kept.
      synchronous: bool, True forbids ``num_parallel_calls``.
      use_unbounded_threadpool: bool, accepted.
      name: ignored.

    Returns:
      Dataset of what the function returns.

    >>> import kerax as tf
    >>> [int(x) for x in tf.data.Dataset.range(1, 4).map(lambda x: x + 1)]
    [2, 3, 4]
    """
    if synchronous and num_parallel_calls is not None:
        raise ValueError(
            "`synchronous` is set to True, but `num_parallel_calls` is also set to "
            f"{num_parallel_calls}. `synchronous` should be set to False if `num_parallel_calls` is set."
        )
    if num_parallel_calls is None:
        return _MapDataset(self, map_func)
    return _ParallelMapDataset(self, map_func, workers_for(num_parallel_calls))
