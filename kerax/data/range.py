"""Datasets of numbers: ``range``, ``counter``, ``random``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.tensor import TensorSpec, convert_to_tensor
from kerax.data.dataset import Dataset, Run, as_int, dataset_static
from kerax.data.plan import INFINITE, Plan, RangeSource, natural_blocks
from kerax.data.randomness import Samples, SeedGenerator, op_seeds
from kerax.data.structure import Flat

_INT64_MAX = 2**63 - 1


class _RangeDataset(Dataset):
    """An arithmetic progression."""

    def __init__(self, start: int, stop: int, step: int, dtype: Any) -> None:
        if step == 0:
            raise errors.InvalidArgumentError(None, None, "step must be a non-zero integer.")
        size = len(range(start, stop, step)) if stop < _INT64_MAX else INFINITE
        self._source = RangeSource(start, step, size, dtype.dtype)
        self._spec = TensorSpec([], dtype)

    def _plan(self) -> Plan:
        return Plan(self._source)

    def _tokens(self, run: Run) -> Iterator[np.ndarray]:
        return natural_blocks(self._source.size)

    def _count(self) -> int:
        return self._source.size


class _ScanDataset(_RangeDataset):
    """An endless progression, under the name that TensorFlow prints for it."""


class _RandomDataset(Dataset):
    """Endless 32-bit random numbers: those of TensorFlow for the same seed."""

    def __init__(self, seed: Any, rerandomize: bool) -> None:
        self._spec = TensorSpec([], dtypes.int64)
        self._seed_generator = SeedGenerator(op_seeds(seed), fixed=not rerandomize)

    def _elements(self, run: Run) -> Iterator[Flat]:
        return ((np.asarray(value, np.int64),) for value in Samples(run.seeds(self)))

    def _count(self) -> int:
        return INFINITE


RandomDatasetV2 = type("RandomDatasetV2", (_RandomDataset,), {"__doc__": _RandomDataset.__doc__})


@dataset_static
def range_(*args: Any, **kwargs: Any) -> Dataset:
    """A dataset of the numbers from start to stop in steps, as python's ``range``.

    Args:
      *args: stop; or start, stop; or start, stop, step: int64 scalars.
      **kwargs: ``output_type``, dtype of the elements, int64 by default; ``name``, ignored.

    Raises:
      ValueError: no argument, or more than three.
      errors.InvalidArgumentError: a step of zero.

    >>> import kerax as tf
    >>> [int(x) for x in tf.data.Dataset.range(1, 6, 2)]
    [1, 3, 5]
    """
    unknown = set(kwargs) - {"output_type", "name"}
    if unknown:
        raise TypeError(f"range() got unexpected keyword arguments {sorted(unknown)}.")
    if not 1 <= len(args) <= 3:
        raise ValueError(f"Invalid `args`. The length of `args` should be between 1 and 3 but was {len(args)}.")
    numbers = [as_int(value, "args") for value in args]
    start, stop = (0, numbers[0]) if len(numbers) == 1 else (numbers[0], numbers[1])
    step = numbers[2] if len(numbers) == 3 else 1
    return _RangeDataset(start, stop, step, dtypes.as_dtype(kwargs.get("output_type", dtypes.int64)))


@dataset_static
def counter(start: Any = 0, step: Any = 1, dtype: Any = dtypes.int64, name: str | None = None) -> Dataset:
    """A dataset that counts without end.

    Args:
      start: scalar, the first number.
      step: scalar, the difference of two numbers.
      dtype: dtype of the elements.
      name: ignored.

    >>> import kerax as tf
    >>> [int(x) for x in tf.data.Dataset.counter(2, 3).take(3)]
    [2, 5, 8]
    """
    dtype = dtypes.as_dtype(dtype)
    first, by = (np.asarray(convert_to_tensor(value, dtype)._value).item() for value in (start, step))
    dataset = _ScanDataset(0, _INT64_MAX, 1, dtype)
    dataset._source = RangeSource(first, by, INFINITE, dtype.dtype)
    return dataset


@dataset_static
def random(seed: Any = None, rerandomize_each_iteration: bool | None = None, name: str | None = None) -> Dataset:
    """A dataset of endless random numbers: int64, below 2**32.

    Args:
      seed: int or None; with a seed the numbers are TensorFlow's.
      rerandomize_each_iteration: bool, whether every iteration draws other numbers.
      name: ignored.

    >>> import kerax as tf
    >>> len(list(tf.data.Dataset.random(seed=4).take(10)))
    10
    """
    return _RandomDataset(seed, bool(rerandomize_each_iteration))


def RandomDataset(seed: Any = None, rerandomize_each_iteration: bool | None = None, name: str | None = None) -> Dataset:
    """``Dataset.random`` under its experimental name.

    >>> import kerax as tf
    >>> int(tf.data.experimental.RandomDataset(seed=1).take(3).cardinality())
    3
    """
    return RandomDatasetV2(seed, bool(rerandomize_each_iteration))


def Counter(start: Any = 0, step: Any = 1, dtype: Any = dtypes.int64) -> Dataset:
    """``Dataset.counter`` under its experimental name."""
    return counter(start, step, dtype)
