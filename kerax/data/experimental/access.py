"""Functions of datasets and iterators that return something else than a dataset."""

from __future__ import annotations

import itertools
from typing import Any

from kerax.core import dtypes, errors
from kerax.core.shape import TensorShape
from kerax.core.tensor import Tensor
from kerax.data import structure
from kerax.data.dataset import Dataset, Passing, as_int
from kerax.data.plan import UNKNOWN


def cardinality(dataset: Dataset) -> Tensor:
    """``Dataset.cardinality`` as a function."""
    return dataset.cardinality()


def get_single_element(dataset: Dataset) -> Any:
    """``Dataset.get_single_element`` as a function."""
    return dataset.get_single_element()


def get_structure(dataset_or_iterator: Any) -> Any:
    """The element spec of a dataset or iterator.

    Raises:
      TypeError: it is neither.
    """
    try:
        return dataset_or_iterator.element_spec
    except AttributeError:
        raise TypeError(
            "Invalid `dataset_or_iterator`. `dataset_or_iterator` must be a `tf.data.Dataset` or tf.data.Iterator "
            f"object, but got {type(dataset_or_iterator)}."
        ) from None


def get_next_as_optional(iterator: Any) -> Any:
    """``Iterator.get_next_as_optional`` as a function."""
    return iterator.get_next_as_optional()


def at(dataset: Dataset, index: Any) -> Any:
    """The element at an index.

    Args:
      dataset: a dataset of known size.
      index: int64 scalar.

    Raises:
      errors.OutOfRangeError: there is no such element.

    >>> import kerax as tf
    >>> int(tf.data.experimental.at(tf.data.Dataset.range(5), 3))
    3
    """
    number, count = as_int(index, "index"), dataset._count()
    if number >= 0:
        flat = next(itertools.islice(dataset._flat(), number, None), None)
        if flat is not None:
            return structure.wrapper(dataset._structure())(flat)
    raise errors.OutOfRangeError(None, None, f"Index out of range [0, {count}):{number}")


def save(
    dataset: Dataset, path: Any, compression: Any = None, shard_func: Any = None, checkpoint_args: Any = None
) -> None:
    """``Dataset.save`` as a function."""
    dataset.save(path, compression, shard_func, checkpoint_args)  # type: ignore[attr-defined]


def load(path: Any, element_spec: Any = None, compression: Any = None, reader_func: Any = None) -> Dataset:
    """``Dataset.load`` as a function."""
    return Dataset.load(path, element_spec, compression, reader_func)  # type: ignore[attr-defined]


def prefetch_to_device(device: str, buffer_size: Any = None) -> Any:
    """A transformation that prefetches; elements are on the default device already.

    Args:
      device: str, accepted.
      buffer_size: as for ``Dataset.prefetch``.
    """
    return lambda dataset: _OnDevice(dataset.prefetch(buffer_size))


def copy_to_device(target_device: str, source_device: str = "/cpu:0") -> Any:
    """A transformation that changes nothing: elements are on the default device already."""
    return _OnDevice


class _OnDevice(Passing):
    """The parent's elements; how many there are is not told, as in TensorFlow."""

    def _count(self) -> int:
        return UNKNOWN


_OnDevice.__name__ = "_MapDataset"


class _Variant:
    """A dataset as an opaque value."""

    dtype, shape = dtypes.variant, TensorShape([])

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset


def to_variant(dataset: Dataset) -> _Variant:
    """A dataset as an opaque value, for ``from_variant``."""
    return _Variant(dataset)


def from_variant(variant: _Variant, structure: Any) -> Dataset:
    """The dataset of an opaque value.

    Args:
      variant: what ``to_variant`` returned.
      structure: the structure of specs of its elements.
    """
    return variant.dataset


def _not_available(name: str, why: str) -> Any:
    def raise_it(*args: Any, **kwargs: Any) -> Any:
        raise errors.UnimplementedError(None, None, f"tf.data.experimental.{name} is not available: {why}")

    raise_it.__name__ = name
    raise_it.__doc__ = f"Not available: {why}"
    return raise_it


get_model_proto = _not_available("get_model_proto", "there is no autotuning model.")
distributed_save = _not_available("distributed_save", "there is no tf.data service.")


def make_saveable_from_iterator(iterator: Any, external_state_policy: Any = None) -> Any:
    """What a checkpoint saves for an iterator: the iterator itself."""
    return iterator
