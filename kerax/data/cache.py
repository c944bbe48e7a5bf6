"""``cache``: elements kept in memory or in a file after the first iteration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from kerax.core import errors
from kerax.data import storage
from kerax.data.dataset import Dataset, Run, dataset_method
from kerax.data.from_tensors import ElementsDataset
from kerax.data.plan import CachedSource, Plan
from kerax.data.structure import Flat


class CacheDataset(Dataset):
    """The parent's elements, kept in memory.

    An index plan whose order is fixed keeps its rows as they are gathered; other elements are kept when an
    iteration has come to the end.
    """

    def __init__(self, parent: Dataset) -> None:
        self._parent = parent
        self._parents = (parent,)
        self._kept: ElementsDataset | None = None
        self._source: CachedSource | None = None

    def _derive(self, spec: Any) -> Any:
        return spec

    def _examples(self) -> list[Any] | None:
        return self._parent._examples()

    def _chain(self) -> list[Dataset]:
        return self._parent._chain() + [self]

    def _plan(self) -> Plan | None:
        if self._kept is not None:
            return self._kept._plan()
        plan = self._parent._plan()
        if plan is None or not plan.fixed or plan.level or plan.source.size < 0:
            return None
        if plan.source.arrays is not None:
            return plan
        if self._source is None or self._source.source is not plan.source:
            self._source = CachedSource(plan.source)
        return plan.but(source=self._source)

    def _tokens(self, run: Run) -> Iterator[np.ndarray]:
        return (self._parent if self._kept is None else self._kept)._tokens(run)

    def _elements(self, run: Run) -> Iterator[Flat]:
        if self._kept is not None:
            yield from self._kept._iterate(run)
            return
        elements = []
        count = self._parent._count()
        for flat in self._parent._iterate(run):
            elements.append(flat)
            if len(elements) == count:  # who knows how many there are may not ask for more
                self._keep(elements)
            yield flat
        self._keep(elements)

    def _keep(self, elements: list[Flat]) -> None:
        if self._kept is None:
            self._kept = ElementsDataset(elements, self._parent._structure())

    def _open_unread(self) -> None:
        if self._kept is None:
            self._parent._open_unread()

    def _count(self) -> int:
        return self._parent._count()


class _FileCacheDataset(Dataset):
    """The parent's elements, kept in a file."""

    def __init__(self, parent: Dataset, filename: str) -> None:
        self._parent = parent
        self._parents = (parent,)
        self._filename = filename

    def _derive(self, spec: Any) -> Any:
        return spec

    def _elements(self, run: Run) -> Iterator[Flat]:
        path = f"{self._filename}.data-00000-of-00001"
        index = f"{self._filename}.index"
        if storage.exists(index):
            yield from storage.read_elements(path, self._parent._structure())
            return
        lock = f"{self._filename}_0.lockfile"
        if storage.exists(lock):
            raise errors.AlreadyExistsError(
                None,
                None,
                "There appears to be a concurrent caching iterator running - cache lockfile already exists "
                f"('{lock}'). If you are sure no other running TF computations are using this cache prefix, delete "
                "the lockfile and re-initialize the iterator.",
            )
        storage.write_text(lock, "kerax")
        try:
            with storage.ElementWriter(path) as writer:
                for flat in self._parent._iterate(run):
                    writer.write(flat)
                    yield flat
            storage.write_text(index, str(writer.count))
        finally:
            storage.remove(lock)

    def _count(self) -> int:
        return self._parent._count()


_FileCacheDataset.__name__ = "CacheDataset"


@dataset_method
def cache(self: Dataset, filename: Any = "", name: str | None = None) -> Dataset:
    """Keeps the elements of the first complete iteration, in memory or in files.

    Args:
      filename: str, the prefix of the files; empty keeps the elements in memory.
      name: ignored.

    >>> import kerax as tf
    >>> ds = tf.data.Dataset.range(3).map(lambda x: x * 2).cache()
    >>> [int(x) for x in ds]
    [0, 2, 4]
    """
    if hasattr(filename, "numpy"):
        filename = filename.numpy().decode()
    if not isinstance(filename, (str, bytes)) and not hasattr(filename, "__fspath__"):
        raise TypeError(f"`filename` must be a string, but got {filename!r}.")
    filename = storage.path_text(filename)
    return _FileCacheDataset(self, filename) if filename else CacheDataset(self)
