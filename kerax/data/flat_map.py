"""``flat_map`` and ``interleave``: every element becomes a dataset."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from typing import Any

from kerax.core import errors
from kerax.core.tensor import TensorSpec
from kerax.data import function as functions
from kerax.data import structure
from kerax.data.dataset import AUTOTUNE, Dataset, Run, as_int, dataset_method
from kerax.data.from_tensors import ElementsDataset
from kerax.data.map import workers_for
from kerax.data.prefetch import read_ahead
from kerax.data.specs import DatasetSpec
from kerax.data.structure import Flat

_MAX_CYCLE_THREADS = 16


class DatasetMaker:
    """A user's function from elements to datasets, called for every element.

    Args:
      func: the function.
      spec: function returning the structure of specs of its argument.
      known: that spec if it is known without running anything, else None.
      label: for messages.
      refusal: what is raised where the function returns something else than a dataset or None.
    """

    def __init__(
        self,
        func: Callable[..., Any],
        spec: Callable[[], Any],
        known: Any,
        label: str,
        refusal: type[Exception] = AttributeError,
    ) -> None:
        if not callable(func):
            raise ValueError(f"Argument `func` must be a callable. Received func={func} (of type {type(func)})")
        self._func, self._spec, self._label, self._refusal = func, spec, label, refusal
        self._wrap: Callable[[Flat], Any] | None = None
        self.result_spec: Any = None
        if known is not None:
            self._try_stand_ins(known)

    def _try_stand_ins(self, spec: Any) -> None:
        """Calls the function on made-up elements to learn what its datasets hold."""
        found = []
        for size in (3, 5):
            try:
                element = structure.map_structure(lambda leaf, size=size: _stand_in(leaf, size), spec)
                made = self._run(element)
            except Exception:  # the function wants real values
                return
            found.append(self._checked(made)._known_spec())
            if found[-1] is None:
                return
            if not _has_unknown_sizes(spec):
                break
        try:
            self.result_spec = structure.map_structure(structure.relax, found[0], found[-1])
        except (TypeError, ValueError):
            self.result_spec = None

    def _run(self, element: Any) -> Any:
        with functions._inside():
            return self._func(*functions._arguments(element))

    def _checked(self, made: Any) -> Dataset:
        if not isinstance(made, Dataset):
            kind = TypeError if made is None or isinstance(made, (list, tuple)) else self._refusal
            raise kind(f"Invalid `map_func`. `map_func` must return a `Dataset` object. Got {type(made)}.")
        return made

    def __call__(self, flat: Flat) -> Dataset:
        if self._wrap is None:
            self._wrap = structure.wrapper(self._spec())
        return self._checked(self._run(self._wrap(flat)))


def _stand_in(spec: Any, size: int) -> Any:
    if isinstance(spec, DatasetSpec):
        return ElementsDataset([], spec.element_spec)
    return structure.stand_in(spec, size)


def _has_unknown_sizes(spec: Any) -> bool:
    return any(isinstance(leaf, TensorSpec) and not leaf.shape.is_fully_defined() for leaf in structure.flatten(spec))


class _FlatMapDataset(Dataset):
    """The elements of the datasets that a function makes of elements, one dataset after the other."""

    _label = "Dataset.flat_map()"

    def __init__(self, parent: Dataset, map_func: Callable[..., Any]) -> None:
        self._parent = parent
        self._parents = (parent,)
        self._maker = DatasetMaker(map_func, parent._structure, parent._known_spec(), self._label)
        self._spec = self._maker.result_spec
        self._made: Dataset | None = None

    def _structure(self) -> Any:
        return self.element_spec if self._spec is not None or self._made is None else self._made._structure()

    def _known_spec(self) -> Any:
        return self._spec

    @property
    def element_spec(self) -> Any:
        if self._spec is None:
            first = next(self._parent._samples(), None)
            if first is None:
                raise ValueError(f"The element_spec of {self._label} is not known: there is no element to try it on.")
            self._spec = self._maker(first).element_spec
        return self._spec

    def _inner(self, run: Run) -> Iterator[Dataset]:
        return map(self._make, self._parent._iterate(run))

    def _make(self, flat: Flat) -> Dataset:
        dataset = self._maker(flat)
        if self._spec is None:
            self._spec = dataset._known_spec()
            self._made = dataset
        return dataset

    def _elements(self, run: Run) -> Iterator[Flat]:
        return itertools.chain.from_iterable(dataset._flat() for dataset in self._inner(run))


class _InterleaveDataset(_FlatMapDataset):
    """The same, several datasets at a time."""

    _label = "Dataset.interleave()"

    def __init__(self, parent: Dataset, map_func: Callable[..., Any], cycle: int, block: int, parallel: int) -> None:
        super().__init__(parent, map_func)
        self._cycle, self._block, self._parallel = cycle, block, parallel

    def _open(self, dataset: Dataset) -> Iterator[Flat]:
        ahead = self._parallel > 1 and self._cycle <= _MAX_CYCLE_THREADS and dataset._plan() is None
        return read_ahead(dataset._flat(), 2 * self._block) if ahead else dataset._flat()

    def _elements(self, run: Run) -> Iterator[Flat]:
        inner = self._inner(run)
        slots: list[Iterator[Flat] | None] = [None] * self._cycle
        ended, at = False, 0
        while not ended or any(slot is not None for slot in slots):
            current = slots[at]
            if current is None:
                dataset = None if ended else next(inner, None)
                if dataset is None:
                    ended = True
                    at = (at + 1) % self._cycle
                    continue
                current = slots[at] = self._open(dataset)
            for _ in range(self._block):
                flat = next(current, None)
                if flat is None:
                    slots[at] = None
                    break
                yield flat
            at = (at + 1) % self._cycle


class _ParallelInterleaveDataset(_InterleaveDataset):
    """The same, each dataset read ahead on a thread."""


@dataset_method
def flat_map(self: Dataset, map_func: Callable[..., Any], name: str | None = None) -> Dataset:
    """Makes a dataset of every element and gives the elements of all of them, one after the other.

    Args:
      map_func: function of the element's components, returning a dataset.
      name: ignored.

    Raises:
      TypeError: it returns something else.

    Differs from TensorFlow: the python function is called for every element.

    >>> import kerax as tf
    >>> ds = tf.data.Dataset.from_tensor_slices([[1, 2], [3, 4]])
    >>> [int(x) for x in ds.flat_map(tf.data.Dataset.from_tensor_slices)]
    [1, 2, 3, 4]
    """
    return _FlatMapDataset(self, map_func)


@dataset_method
def interleave(
    self: Dataset,
    map_func: Callable[..., Any],
    cycle_length: Any = None,
    block_length: Any = None,
    num_parallel_calls: Any = None,
    deterministic: bool | None = None,
    name: str | None = None,
) -> Dataset:
    """Makes a dataset of every element and takes elements of several of them in turn.

    Args:
      map_func: function of the element's components, returning a dataset.
      cycle_length: int, how many datasets are open at a time; by default the number of processors.
      block_length: int, how many consecutive elements are taken of each, 1 by default.
      num_parallel_calls: int or ``AUTOTUNE``; datasets that are not arrays are then read ahead on threads.
      deterministic: bool, accepted; the order is always the deterministic one.
      name: ignored.

    Raises:
      errors.InvalidArgumentError: a length that is not positive.

    >>> import kerax as tf
    >>> ds = tf.data.Dataset.range(1, 4)
    >>> [int(x) for x in ds.interleave(lambda x: tf.data.Dataset.from_tensors(x).repeat(2), cycle_length=2)]
    [1, 2, 1, 2, 3, 3]
    """
    block = 1 if block_length is None else as_int(block_length, "block_length")
    cycle = AUTOTUNE if cycle_length is None else as_int(cycle_length, "cycle_length")
    if cycle == AUTOTUNE:
        cycle = os.cpu_count() or 1
    if cycle <= 0:
        raise errors.InvalidArgumentError(None, None, "cycle_length must be greater than zero.")
    if block <= 0:
        raise errors.InvalidArgumentError(None, None, "block_length must be greater than zero.")
    if num_parallel_calls is None:
        return _InterleaveDataset(self, map_func, cycle, block, 1)
    return _ParallelInterleaveDataset(self, map_func, cycle, block, workers_for(num_parallel_calls))
