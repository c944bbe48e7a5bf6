"""``concatenate``: one dataset after another."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np

from kerax.core.tensor import TensorSpec
from kerax.data import structure
from kerax.data.dataset import Dataset, Run, dataset_method
from kerax.data.plan import INFINITE, UNKNOWN, JoinedSource, Plan
from kerax.data.structure import Flat


class _ConcatenateDataset(Dataset):
    """The elements of one dataset, then those of another."""

    def __init__(self, first: Dataset, second: Dataset) -> None:
        self._first, self._second = first, second
        self._parents = (first, second)
        self._source: JoinedSource | None = None
        self._known_spec()

    def _derive(self, first: Any, second: Any) -> Any:
        try:
            return structure.map_structure(structure.relax, first, second)
        except (TypeError, ValueError):
            raise TypeError(f"Incompatible dataset elements:\n  {first} vs.   {second}") from None

    def _alike(self) -> bool:
        specs = [parent._known_spec() for parent in self._parents]
        return (
            specs[0] is not None
            and specs[0] == specs[1]
            and all(
                isinstance(leaf, TensorSpec) and leaf.shape.is_fully_defined() for leaf in structure.flatten(specs[0])
            )
        )

    def _plan(self) -> Plan | None:
        one, two = self._first._plan(), self._second._plan()
        if one is None or two is None or one.level or two.level or one.source.size < 0 or not self._alike():
            return None
        if self._source is None or (self._source.first, self._source.second) != (one.source, two.source):
            self._source = JoinedSource(one.source, two.source)
        natural = one.natural and two.natural
        return Plan(self._source, fixed=one.fixed and two.fixed, natural=natural)

    def _tokens(self, run: Run) -> Iterator[np.ndarray]:
        plan = self._first._plan()
        yield from self._first._tokens(run)
        edge = plan.source.size if plan is not None else 0
        for block in self._second._tokens(run):
            yield block + edge

    def _elements(self, run: Run) -> Iterator[Flat]:
        return itertools.chain.from_iterable(parent._iterate(run) for parent in self._parents)

    def _open_unread(self) -> None:
        self._first._open_unread()

    def _count(self) -> int:
        counts = [parent._count() for parent in self._parents]
        if INFINITE in counts:
            return INFINITE
        return UNKNOWN if UNKNOWN in counts else sum(counts)


@dataset_method
def concatenate(self: Dataset, dataset: Dataset, name: str | None = None) -> Dataset:
    """The elements of this dataset, then those of another of the same structure and types.

    Args:
      dataset: the other dataset.
      name: ignored.

    Raises:
      TypeError: the structures or types differ.

    >>> import kerax as tf
    >>> [int(x) for x in tf.data.Dataset.range(2).concatenate(tf.data.Dataset.range(5, 7))]
    [0, 1, 5, 6]
    """
    return _ConcatenateDataset(self, dataset)
