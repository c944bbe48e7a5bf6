"""``filter`` and ``take_while``."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from kerax.core import dtypes
from kerax.core.tensor import TensorSpec
from kerax.data.dataset import Dataset, Reordering, Run, dataset_method
from kerax.data.function import DatasetFunction
from kerax.data.plan import Plan
from kerax.data.structure import Flat

_BLOCK = 64  # elements that a predicate sees at once


class _Predicated(Reordering):
    """A node with a predicate on elements."""

    _label = "Dataset.filter()"

    def __init__(self, parent: Dataset, predicate: Callable[..., Any]) -> None:
        super().__init__(parent)
        self._function = DatasetFunction(predicate, parent, label=self._label)
        spec = self._function.known_spec()
        scalar = TensorSpec([], dtypes.bool)
        if spec is not None and not (isinstance(spec, TensorSpec) and spec.is_compatible_with(scalar)):
            raise ValueError(
                "Invalid `predicate`. `predicate` must return a `tf.bool` scalar tensor, but its return type is "
                f"{spec}."
            )

    def _plan(self) -> Plan | None:
        return None

    def _keep(self, function: Callable[[Flat], Flat], flat: Flat) -> bool:
        out = function(flat)
        value = np.asarray(out[0]) if len(out) == 1 else np.zeros(2)
        if value.dtype != np.bool_ or value.ndim:
            raise ValueError(
                "Invalid `predicate`. `predicate` must return a `tf.bool` scalar tensor, but its return type is "
                f"{self._function.returned}."
            )
        return bool(value)

    def _count(self) -> int:
        return -2


class _FilterDataset(_Predicated):
    """The elements for which a predicate holds."""

    def _plan(self) -> Plan | None:
        plan = self._parent._plan()
        if plan is None or plan.level or self._function.random or not self._function.vectorisable:
            return None
        return plan.but(natural=False)

    def _tokens(self, run: Run) -> Iterator[np.ndarray]:
        plan = self._plan()
        for block in self._parent._tokens(run):
            for start in range(0, len(block), _BLOCK):
                index = block[start : start + _BLOCK]
                padded = np.concatenate([index, np.repeat(index[-1:], _BLOCK - len(index))])
                rows = plan.source.take(padded) if plan is not None else ()
                keep = np.asarray(self._function.batched(rows, _BLOCK)[0])[: len(index)]
                if keep.any():
                    yield index[keep]

    def _elements(self, run: Run) -> Iterator[Flat]:
        return filter(functools.partial(self._keep, self._function.opened()), self._parent._iterate(run))


class _TakeWhileDataset(_Predicated):
    """The elements before the first for which a predicate fails."""

    _label = "Dataset.take_while()"

    def _elements(self, run: Run) -> Iterator[Flat]:
        return itertools.takewhile(functools.partial(self._keep, self._function.opened()), self._parent._iterate(run))


@dataset_method
def filter_(self: Dataset, predicate: Callable[..., Any], name: str | None = None) -> Dataset:
    """Keeps the elements for which a predicate holds.

    Args:
      predicate: function of the element's components, returning a bool scalar.
      name: ignored.

    Raises:
      ValueError: the predicate returns something else.

    >>> import kerax as tf
    >>> [int(x) for x in tf.data.Dataset.range(5).filter(lambda x: x > 2)]
    [3, 4]
    """
    return _FilterDataset(self, predicate)


@dataset_method
def take_while(self: Dataset, predicate: Callable[..., Any], name: str | None = None) -> Dataset:
    """Keeps the elements before the first for which a predicate fails.

    Args:
      predicate: function of the element's components, returning a bool scalar.
      name: ignored.

    >>> import kerax as tf
    >>> [int(x) for x in tf.data.Dataset.range(10).take_while(lambda x: x < 3)]
    [0, 1, 2]
    """
    return _TakeWhileDataset(self, predicate)
