"""``zip`` and ``enumerate``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from kerax.core import dtypes
from kerax.core.autograph import OVERLOADS
from kerax.core.tensor import convert_to_tensor
from kerax.data import structure
from kerax.data.dataset import Dataset, Run, as_int, dataset_method, dataset_static
from kerax.data.plan import INFINITE, UNKNOWN, Plan, Source, ZippedSource, natural_blocks
from kerax.data.range import _INT64_MAX, _RangeDataset
from kerax.data.structure import Flat


class _ZipDataset(Dataset):
    """Elements of several datasets side by side, until the shortest ends."""

    def __init__(self, datasets: Any) -> None:
        for dataset in structure.flatten(datasets):
            if not isinstance(dataset, Dataset):
                if isinstance(dataset, list):
                    raise TypeError(
                        "Invalid input to `zip`. Inputs are expected to be (nested) structures of `tf.data.Dataset` "
                        "objects. Python `list` is not supported and you should use `tuple` instead."
                    )
                raise TypeError(
                    "Invalid input to `zip`. Inputs are expected to be (nested) structures of `tf.data.Dataset` "
                    f"objects. Encountered object of type {type(dataset)}."
                )
        self._datasets = datasets
        self._parents = tuple(structure.flatten(datasets))
        self._source: Source | None = None

    def _derive(self, *specs: Any) -> Any:
        return structure.pack(self._datasets, specs)

    def _examples(self) -> list[Any] | None:
        parts = [parent._examples() for parent in self._parents]
        if any(part is None for part in parts) or self._known_spec() is None:
            return None
        return [example for part in parts for example in part or ()]

    def _plan(self) -> Plan | None:
        plans = [parent._plan() for parent in self._parents]
        if not all(plan is not None and plan.natural and not plan.level for plan in plans):
            return None
        sources = [plan.source for plan in plans if plan is not None]
        if not isinstance(self._source, ZippedSource) or self._source.sources != sources:
            self._source = ZippedSource(sources)
        return Plan(self._source)

    def _tokens(self, run: Run) -> Iterator[np.ndarray]:
        plan = self._plan()
        return natural_blocks(plan.source.size if plan is not None else 0)

    def _elements(self, run: Run) -> Iterator[Flat]:
        passes = [parent._iterate(run) for parent in self._parents]
        if len(passes) == 2:
            return (one + two for one, two in zip(*passes, strict=False))
        return (tuple(leaf for flat in flats for leaf in flat) for flats in zip(*passes, strict=False))

    def _count(self) -> int:
        counts = [parent._count() for parent in self._parents]
        if UNKNOWN in counts:
            return UNKNOWN
        finite = [count for count in counts if count != INFINITE]
        return min(finite) if finite else INFINITE


@dataset_static
def zip_(*args: Any, datasets: Any = None, name: str | None = None) -> Dataset:
    """A dataset of the elements of several datasets, side by side; it ends with the shortest.

    Args:
      *args: datasets, or one structure (tuple, dict …) of datasets.
      datasets: the structure, given by name.
      name: ignored.

    Raises:
      TypeError: no dataset, both forms at once, or something that is no dataset.

    >>> import kerax as tf
    >>> a, b = tf.data.Dataset.range(1, 3), tf.data.Dataset.range(4, 9)
    >>> [(int(x), int(y)) for x, y in tf.data.Dataset.zip(a, b)]
    [(1, 4), (2, 5)]
    """
    if not args and datasets is None:
        raise TypeError("Must pass at least one dataset to `zip`.")
    if args and datasets is not None:
        raise TypeError("Both `*args` and `datasets` cannot be set.")
    if args:
        datasets = args[0] if len(args) == 1 else args
    return _ZipDataset(datasets)


@dataset_method
def enumerate_(self: Dataset, start: Any = 0, name: str | None = None) -> Dataset:
    """Numbers the elements: (int64 scalar, element).

    Args:
      start: int64 scalar, the first number.
      name: ignored.

    >>> import kerax as tf
    >>> [(int(i), x.numpy()) for i, x in tf.data.Dataset.from_tensor_slices(["a", "b"]).enumerate(start=5)]
    [(5, b'a'), (6, b'b')]
    """

    return _ZipDataset((_RangeDataset(as_int(start, "start"), _INT64_MAX, 1, dtypes.int64), self))


def _zipped(*datasets: Any, strict: bool = False) -> Any:
    together = all(isinstance(dataset, Dataset) for dataset in datasets)
    return _ZipDataset(datasets) if together else zip(*datasets, strict=strict)


OVERLOADS[Dataset] = {
    enumerate: enumerate_,
    len: lambda dataset: convert_to_tensor(len(dataset), dtypes.int64),
    zip: _zipped,
}
