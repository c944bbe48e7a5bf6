"""``with_options``, ``ignore_errors``, ``assert_cardinality``, ``pad_to_cardinality``."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.tensor import TensorSpec
from kerax.data import structure
from kerax.data.dataset import Dataset, Passing, Run, as_int, dataset_method
from kerax.data.options import Options
from kerax.data.plan import INFINITE, UNKNOWN, Plan
from kerax.data.structure import Flat


class _OptionsDataset(Passing):
    """The parent's elements, with options set."""

    def __init__(self, parent: Dataset, options: Options) -> None:
        super().__init__(parent)
        self._options = parent.options().merge(options)

    def options(self) -> Options:
        merged = Options().merge(self._options)
        object.__setattr__(merged, "_mutable", False)
        return merged


class _IgnoreErrorsDataset(Passing):
    """The elements that can be made without an error."""

    def __init__(self, parent: Dataset, log_warning: bool) -> None:
        super().__init__(parent)
        self._log = log_warning

    def _plan(self) -> Plan | None:
        return None

    def _reader(self, run: Run) -> Any:
        return None

    def _elements(self, run: Run) -> Iterator[Flat]:
        elements = self._parent._iterate(run)
        while True:
            try:
                yield next(elements)
            except StopIteration:
                return
            except (errors.OpError, ValueError, ArithmeticError) as error:
                if self._log:
                    logging.getLogger("kerax").warning("Error in the dataset is ignored: %s", error)

    def _count(self) -> int:
        return UNKNOWN


class _AssertCardinalityDataset(Passing):
    """The parent's elements, whose number is checked."""

    def __init__(self, parent: Dataset, expected: int) -> None:
        super().__init__(parent)
        self._expected = expected

    def _plan(self) -> Plan | None:
        plan = self._parent._plan()
        return plan if self._parent._count() == self._expected else None

    def _elements(self, run: Run) -> Iterator[Flat]:
        count = 0
        for flat in self._parent._iterate(run):
            count += 1
            if self._expected != INFINITE and count > self._expected:
                raise self._wrong(f"at least {count} elements")
            yield flat
        if count != self._expected:
            raise self._wrong(f"only {count} element{'s' if count != 1 else ''}")

    def _wrong(self, found: str) -> Exception:
        expected = "an infinite number of" if self._expected == INFINITE else str(self._expected)
        return errors.FailedPreconditionError(
            None, None, f"Input dataset was expected to contain {expected} elements but contained {found}."
        )

    def _count(self) -> int:
        return self._expected


class _PaddedCardinalityDataset(Dataset):
    """Elements with a mask, zeros added until there are enough."""

    def __init__(self, parent: Dataset, cardinality: int, mask_key: str) -> None:
        self._parent = parent
        self._parents = (parent,)
        self._wanted, self._mask = cardinality, mask_key
        spec = parent.element_spec
        if not isinstance(spec, dict):
            raise ValueError("`pad_to_cardinality` requires its input dataset to be a dictionary.")
        self._spec = {**spec, mask_key: TensorSpec([], dtypes.bool)}
        count = parent._count()
        if count < 0:
            raise ValueError("The dataset passed into `pad_to_cardinality` must have a known cardinality.")
        if count > cardinality:
            raise ValueError(
                "The dataset passed into `pad_to_cardinality` must have a cardinality less than the target cardinality"
                f" ({cardinality}), but has cardinality {count}."
            )

    def _elements(self, run: Run) -> Iterator[Flat]:
        build = structure.packer(self._parent._structure())
        count, last = 0, None
        for flat in self._parent._iterate(run):
            count, last = count + 1, flat
            yield self._with_mask(build(flat), True)
        if last is not None:
            zeros = build(tuple(np.zeros_like(np.asarray(leaf)) for leaf in last))
            for _ in range(self._wanted - count):
                yield self._with_mask(zeros, False)

    def _with_mask(self, element: dict[str, Any], valid: bool) -> Flat:
        return tuple(structure.flatten({**element, self._mask: np.asarray(valid)}))

    def _count(self) -> int:
        return self._wanted


@dataset_method
def with_options(self: Dataset, options: Options, name: str | None = None) -> Dataset:
    """The same dataset with options set; they are merged with those set before.

    Args:
      options: ``tf.data.Options``.
      name: ignored.
    """
    return _OptionsDataset(self, options)


@dataset_method
def ignore_errors(self: Dataset, log_warning: bool = False, name: str | None = None) -> Dataset:
    """Leaves out elements whose making raises an error.

    Args:
      log_warning: bool, whether each is logged.
      name: ignored.

    >>> import kerax as tf
    >>> ds = tf.data.Dataset.from_tensor_slices([1., 0., 2.])
    >>> ds = ds.map(lambda x: tf.debugging.check_numerics(1. / x, "error")).ignore_errors()
    >>> [float(x) for x in ds]
    [1.0, 0.5]
    """
    return _IgnoreErrorsDataset(self, log_warning)


def assert_cardinality(expected_cardinality: Any) -> Callable[[Dataset], Dataset]:
    """A transformation that says how many elements there are; iterating checks it.

    Args:
      expected_cardinality: int64 scalar.

    Raises:
      errors.FailedPreconditionError: (iterating) there is another number of elements.

    >>> import kerax as tf
    >>> ds = tf.data.Dataset.range(4).filter(lambda x: x < 3)
    >>> len(ds.apply(tf.data.experimental.assert_cardinality(3)))
    3
    """
    return lambda dataset: _AssertCardinalityDataset(dataset, as_int(expected_cardinality, "expected_cardinality"))


def pad_to_cardinality(cardinality: int, mask_key: str = "valid") -> Callable[[Dataset], Dataset]:
    """A transformation that adds elements of zeros, and to all elements a mask that tells them apart.

    Args:
      cardinality: int, the number of elements wanted.
      mask_key: str, the mask's key in the elements, which must be dicts.
    """
    return lambda dataset: _PaddedCardinalityDataset(dataset, cardinality, mask_key)
