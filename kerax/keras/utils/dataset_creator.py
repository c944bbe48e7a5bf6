"""``keras.utils.experimental.DatasetCreator``: a function that makes a dataset."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerax.data.dataset import Dataset


class DatasetCreator:
    """A function from which ``fit`` makes its dataset.

    Args:
      dataset_fn: takes a ``tf.distribute.InputContext``, returns a ``tf.data.Dataset``.
      input_options: ``tf.distribute.InputOptions``.

    Raises:
      TypeError: not callable, or other options.

    >>> import kerax as tf
    >>> creator = tf.keras.utils.experimental.DatasetCreator(lambda context: tf.data.Dataset.range(3))
    >>> len(creator(None))
    3
    """

    def __init__(self, dataset_fn: Callable[[Any], Any], input_options: Any = None) -> None:
        if not callable(dataset_fn):
            raise TypeError(
                f"`dataset_fn` for `DatasetCreator` must be a `callable`. Received: {dataset_fn} of type "
                f"{type(dataset_fn)}."
            )
        self.dataset_fn = dataset_fn
        self.input_options = input_options

    def __call__(self, *args: Any, **kwargs: Any) -> Dataset:
        """The dataset."""
        dataset = self.dataset_fn(*args, **kwargs)
        if not isinstance(dataset, Dataset):
            raise TypeError(
                f"The `callable` provided to `DatasetCreator` must return a Dataset. It returns {type(dataset)}"
            )
        return dataset
