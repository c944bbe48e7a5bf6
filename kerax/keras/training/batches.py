"""Where batches come from: arrays, datasets, sequences, generators, torch loaders behind one interface.

A source of batches can be iterated once per epoch and has ``num_batches`` (None if unknown),
``on_epoch_begin`` and ``on_epoch_end``.
"""

from __future__ import annotations

import itertools
import types
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from kerax.core import config
from kerax.data import Dataset
from kerax.distribute import get_strategy
from kerax.keras.training.arrays import ArrayBatches, RowIterator, Rows, are_arrays, worth_residence
from kerax.keras.training.class_weights import weigh_classes
from kerax.keras.training.sequence import SequenceBatches
from kerax.keras.tree import structure as tree
from kerax.keras.utils.data_packing import unpack_x_y_sample_weight
from kerax.keras.utils.dataset_creator import DatasetCreator
from kerax.keras.utils.py_dataset import PyDataset

_AHEAD = 256  # batches of a dataset whose row numbers are drawn at a time


class IterableBatches:
    """Batches from a ``tf.data`` dataset or another iterable that starts anew each epoch.

    Args:
      source: the iterable.
      num_batches: int or None.
      prepare: applied to each batch.
    """

    def __init__(self, source: Any, num_batches: int | None, prepare: Callable[[Any], Any]) -> None:
        self.source = source
        self._num_batches = num_batches
        self._prepare = prepare

    @property
    def num_batches(self) -> int | None:
        return self._num_batches

    @property
    def uneven(self) -> bool:
        """Whether batches may differ in size."""
        specs = tree.flatten(getattr(self.source, "element_spec", None))
        return not all(getattr(spec, "shape", None) and spec.shape[0] is not None for spec in specs)

    def on_epoch_begin(self) -> None:
        pass

    def on_epoch_end(self) -> None:
        pass

    def __iter__(self) -> Iterator[Any]:
        return map(self._prepare, iter(self.source))


class DatasetBatches(IterableBatches):
    """Batches from a ``tf.data`` dataset, which may only be an order of the rows of arrays.

    Args:
      dataset: the dataset.
      prepare: applied to each batch; row by row, so that whole arrays can be prepared instead.
      training: bool, as in ``ArrayBatches``.
    """

    def __init__(self, dataset: Any, prepare: Callable[[Any], Any], training: bool) -> None:
        super().__init__(dataset, _cardinality(dataset), prepare)
        self._own = isinstance(dataset, Dataset)  # not one of a tf.distribute strategy, say
        self._resident = worth_residence(training)
        self._rows: tuple[list[Any], Rows] | None = None  # the arrays and what was made of them

    def open_unread(self) -> None:
        """Begins an iteration that nobody asks for a batch, but for which orders are drawn."""
        if self._own:
            self.source._open_unread()

    def __iter__(self) -> Iterator[Any]:
        plan = self.source._array_plan() if self._resident and self._own else None
        if plan is None:
            return map(self._prepare, self.source._numpy_batches()) if self._own else super().__iter__()
        arrays, batches = plan
        first = next(batches, None)
        if first is None:
            return iter(())
        leaves = tree.flatten(arrays)
        if self._rows is None or any(old is not new for old, new in zip(self._rows[0], leaves, strict=True)):
            self._rows = leaves, Rows(self._prepare(arrays), resident=True)
        ahead = min(self.num_batches or _AHEAD, _AHEAD)
        return RowIterator(self._rows[1], len(first), itertools.chain([first], batches), ahead)


class GeneratorBatches(IterableBatches):
    """Batches from a python generator, which goes on where the last epoch stopped.

    Keras looks at the first batches. Keras 3 gives them at the beginning of every pass, so a validation of few steps
    always sees the same.
    """

    def __init__(self, generator: Any, prepare: Callable[[Any], Any]) -> None:
        peeked = list(itertools.islice(generator, 1 if config.legacy_keras() else 2))
        if not peeked:
            raise ValueError(
                "When passing a Python generator to a Keras model, the generator must yield at least one batch. "
                "Received an empty generator."
            )
        if not isinstance(peeked[0], tuple) and not config.legacy_keras():
            raise ValueError(
                "When passing a Python generator to a Keras model, the generator must return a tuple, either "
                f"(input,) or (inputs, targets) or (inputs, targets, sample_weights). Received: {peeked[0]}"
            )
        super().__init__(itertools.chain(peeked, generator), None, lambda batch: prepare(as_arrays(batch)))
        self._again = [] if config.legacy_keras() else peeked
        self._begun = False

    def __iter__(self) -> Iterator[Any]:
        again, self._begun = self._again if self._begun else [], True
        return map(self._prepare, itertools.chain(again, self.source))


def as_arrays(batch: Any) -> Any:
    """Leaves that are tensors of another library, or lists' numbers, as numpy arrays."""

    def leaf(value: Any) -> Any:
        if value is None or hasattr(value, "_kerax_tensor") or hasattr(value, "_kerax_components"):
            return value
        if hasattr(value, "cpu") and not hasattr(value, "_trace"):
            return np.asarray(value.cpu())
        if hasattr(value, "tocoo"):
            return value.toarray()
        return value if hasattr(value, "dtype") else np.asarray(value)

    return tree.map_structure(leaf, batch)


def _weigh_classes(class_weight: dict[int, float]) -> Callable[[Any], Any]:
    def add_weights(batch: Any) -> Any:
        x, y, weight = unpack_x_y_sample_weight(batch)
        return x, y, weigh_classes(y, class_weight, weight)

    return add_weights


def is_dataset(x: Any) -> bool:
    return hasattr(x, "element_spec") and hasattr(x, "__iter__") and not hasattr(x, "__next__")


def _is_loader(x: Any, names: tuple[str, ...], module: str) -> bool:
    return any(kind.__name__ in names and module in kind.__module__ for kind in type(x).__mro__)


def get_batches(
    x: Any,
    y: Any = None,
    sample_weight: Any = None,
    batch_size: int | None = None,
    steps_per_epoch: int | None = None,
    shuffle: bool | str = False,
    class_weight: dict[int, float] | None = None,
    training: bool = False,
) -> Any:
    """The source of batches for what the user gave to ``fit``, ``evaluate`` or ``predict``.

    Raises:
      ValueError: an unknown kind of data, or an argument that does not go with it.
    """
    if config.legacy_keras():
        if isinstance(x, DatasetCreator):
            if steps_per_epoch is None:
                raise ValueError(
                    "When using a `tf.keras.utils.experimental.DatasetCreator`, `steps_per_epoch`, `validation_steps` "
                    "or `steps` must be given."
                )
            x = get_strategy().distribute_datasets_from_function(x)
        x, y, sample_weight = (_lists_to_arrays(part) for part in (x, y, sample_weight))
    if are_arrays((x, y, sample_weight)):
        return ArrayBatches(x, y, sample_weight, batch_size, steps_per_epoch, shuffle, class_weight, training)
    prepare = _weigh_classes(class_weight) if class_weight is not None else _same
    if is_dataset(x):
        _only_x(y, sample_weight, "tf.data.Dataset")
        if shuffle and not config.legacy_keras():
            _warn_no_shuffle("a tf.data.Dataset. The Dataset is expected to already be shuffled (via "
                             "`.shuffle(buffer_size)`).")  # fmt: skip
        return DatasetBatches(x, prepare, training)
    if isinstance(x, PyDataset):
        _only_x(y, sample_weight, "PyDataset")
        if shuffle and getattr(x, "num_batches", None) is None:
            _warn_no_shuffle("an infinite PyDataset. The PyDataset is expected to already be shuffled.")
        return SequenceBatches(x, class_weight=class_weight, shuffle=bool(shuffle))
    if _is_loader(x, ("DataLoader",), "torch.utils.data"):
        _only_x(y, sample_weight, "torch DataLoader")
        _no_class_weight(class_weight, "torch DataLoader inputs. You can modify your `__getitem__ ` method to return "
                         "input tensor, label and class_weight.")  # fmt: skip
        if shuffle:
            _warn_no_shuffle("a torch DataLoader. The DataLoader is expected to already be shuffled.")
        return IterableBatches(x, len(x) if hasattr(x.dataset, "__len__") else None, _tuple_of_arrays)
    if _is_loader(x, ("MapDataset", "IterDataset", "DataLoader"), "grain"):
        _only_x(y, sample_weight, "grain.Dataset and grain.DataLoader")
        _no_class_weight(class_weight, "grain.Dataset and grain.DataLoader inputs. You can modify your "
                         "`__getitem__ ` method to return input tensor, label and class_weight.")  # fmt: skip
        if shuffle:
            _warn_no_shuffle("a grain dataset. The grain dataset is expected to already be shuffled.")
        return IterableBatches(x, len(x) if hasattr(x, "__len__") else None, as_arrays)
    if isinstance(x, types.GeneratorType) or hasattr(x, "__next__"):
        _only_x(y, sample_weight, "generator")
        if not config.legacy_keras():
            _no_class_weight(class_weight, "Python generator inputs.")
        if shuffle and not config.legacy_keras():
            _warn_no_shuffle("a generator. The generator is expected to yield already-shuffled data.")
        return GeneratorBatches(x, prepare)
    raise ValueError(f"Unrecognized data type: x={x} (of type {type(x)})")


def _same(batch: Any) -> Any:
    return batch


def _tuple_of_arrays(batch: Any) -> Any:
    return tuple(as_arrays(batch))


def _cardinality(dataset: Any) -> int | None:
    cardinality = dataset.cardinality
    count = int(cardinality() if callable(cardinality) else cardinality)
    return count if count >= 0 else None


def _lists_to_arrays(part: Any) -> Any:
    """Keras 2 takes plain lists of numbers for arrays."""
    if isinstance(part, (list, tuple)) and part:
        first = part[0]
        while isinstance(first, (list, tuple)) and first:
            first = first[0]
        if isinstance(first, (int, float, str, bool, np.number)):
            return np.asarray(part)
    return part


def _only_x(y: Any, sample_weight: Any, kind: str) -> None:
    for name, value, description in (
        ("y", y, "the targets"),
        ("sample_weights", sample_weight, "the sample weights"),
    ):
        if value is not None:
            raise ValueError(
                f"When providing `x` as a {kind}, `{name}` should not be passed. Instead, {description} should be "
                f"included as part of the {kind}."
            )


def _no_class_weight(class_weight: Any, kind: str) -> None:
    if class_weight is not None:
        raise ValueError(f"Argument `class_weight` is not supported for {kind} Received: class_weight={class_weight}")


def _warn_no_shuffle(kind: str) -> None:
    warnings.warn(
        f"`shuffle=True` was passed, but will be ignored since the data `x` was provided as {kind}", stacklevel=4
    )
