"""``unique``: each value once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from kerax.core import dtypes
from kerax.core.tensor import TensorSpec
from kerax.data import structure
from kerax.data.dataset import Dataset, Reordering, Run, dataset_method
from kerax.data.plan import Plan
from kerax.data.structure import Flat

_ALLOWED = (dtypes.int32, dtypes.int64, dtypes.string)


class _UniqueDataset(Reordering):
    """The elements that were not seen before."""

    def __init__(self, parent: Dataset) -> None:
        super().__init__(parent)
        for leaf in structure.flatten(parent._known_spec() or ()):
            if not isinstance(leaf, TensorSpec) or leaf.dtype not in _ALLOWED:
                raise TypeError(
                    "`tf.data.Dataset.unique` does not support type "
                    f"{getattr(leaf, 'dtype', leaf)} -- only `tf.int32`, `tf.int64`, and `tf.string` are supported."
                )

    def _plan(self) -> Plan | None:
        return None

    def _elements(self, run: Run) -> Iterator[Flat]:
        seen: set[Any] = set()
        for flat in self._parent._iterate(run):
            key = tuple(_key(np.asarray(leaf)) for leaf in flat)
            if key not in seen:
                seen.add(key)
                yield flat

    def _count(self) -> int:
        return -2


def _key(array: np.ndarray) -> Any:
    return (array.shape, tuple(array.ravel().tolist()) if array.dtype == object else array.tobytes())


@dataset_method
def unique(self: Dataset, name: str | None = None) -> Dataset:
    """Leaves out elements that came before.

    Raises:
      TypeError: elements that are not int32, int64 or string.

    >>> import kerax as tf
    >>> [int(x) for x in tf.data.Dataset.from_tensor_slices([1, 37, 2, 37, 2, 1]).unique()]
    [1, 37, 2]
    """
    return _UniqueDataset(self)
