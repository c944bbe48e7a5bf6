"""``keras.utils.split_dataset``."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from kerax.core import nest
from kerax.core.tensor import is_tensor
from kerax.data import AUTOTUNE, Dataset


def split_dataset(
    dataset: Any,
    left_size: float | None = None,
    right_size: float | None = None,
    shuffle: bool = False,
    seed: int | None = None,
    preferred_backend: str | None = None,
) -> tuple[Dataset, Dataset]:
    """Splits data into two datasets.

    Args:
      dataset: ``tf.data.Dataset`` that fits in memory, array, or list or tuple of arrays of one length.
      left_size: float, a share, or int, a number of samples.
      right_size: the same for the other part; one of the two is enough.
      shuffle: bool, with ``seed``.
      preferred_backend: must be None, "tensorflow" or "jax".

    Returns:
      Pair of ``tf.data.Dataset``.

    >>> import numpy as np
    >>> left, right = split_dataset(np.arange(10), left_size=0.7)
    >>> int(left.cardinality()), int(right.cardinality())
    (7, 3)
    """
    if preferred_backend not in (None, "tensorflow", "jax"):
        raise ValueError(f"`preferred_backend` must be None, 'tensorflow' or 'jax'. Received: {preferred_backend}")
    if not isinstance(dataset, (list, tuple, np.ndarray, Dataset)):
        raise TypeError(f"Unsupported dataset type: {type(dataset)}")
    if right_size is None and left_size is None:
        raise ValueError(
            "At least one of the `left_size` or `right_size` must be specified. "
            "Received: left_size=None and right_size=None"
        )
    samples = _samples(dataset)
    if shuffle:
        seed = random.randint(0, int(1e6)) if seed is None else seed
        random.seed(seed)
        random.shuffle(samples)
    left, right = _sizes(left_size, right_size, len(samples))
    halves = [samples[:left], samples[-right:]]
    if not isinstance(dataset, np.ndarray):
        halves = [_stack(half) for half in halves]
    halves = [Dataset.from_tensor_slices(half) for half in halves]
    batch_size = getattr(dataset, "_batch_size", None)
    if isinstance(dataset, Dataset) and batch_size is not None:
        halves = [half.batch(batch_size) for half in halves]
    return halves[0].prefetch(AUTOTUNE), halves[1].prefetch(AUTOTUNE)


def _samples(dataset: Any) -> list[Any]:
    if isinstance(dataset, (list, tuple)):
        word = "list" if isinstance(dataset, list) else "tuple"
        if not dataset:
            raise ValueError(f"Received an empty {word} dataset. Please provide a non-empty {word} of arrays.")
        for i, part in enumerate(dataset):
            if not isinstance(part, np.ndarray):
                raise ValueError(f"Expected a {word} of `numpy.ndarray` objects,Received: {type(part)} at index {i}.")
            if part.shape[0] != dataset[0].shape[0]:
                raise ValueError(
                    f"Received a {word} of NumPy arrays with different lengths.Mismatch found at index {i}, Expected "
                    f"shape={dataset[0].shape} Received shape={part.shape}.Please provide a {word} of NumPy arrays of "
                    "the same length."
                )
        return list(zip(*dataset, strict=True))
    if isinstance(dataset, Dataset) and getattr(dataset, "_batch_size", None) is not None:
        dataset = dataset.unbatch()
    samples = list(dataset)
    if not samples:
        raise ValueError(
            "Received an empty dataset. Argument `dataset` must be a non-empty list/tuple of `numpy.ndarray` objects "
            "or `tf.data.Dataset` objects."
        )
    if isinstance(samples[0], np.ndarray) or is_tensor(samples[0]):
        for i, sample in enumerate(samples[1:]):
            if np.shape(sample) != np.shape(samples[0]):
                raise ValueError(
                    f"All `dataset` samples must have same shape, Expected shape: {np.shape(samples[0])} "
                    f"Received shape: {np.shape(sample)} at index {i}."
                )
    return samples


def _stack(samples: list[Any]) -> Any:
    columns = zip(*(nest.flatten(sample) for sample in samples), strict=True)
    arrays = [np.array([np.asarray(value) for value in column]) for column in columns]
    return nest.pack_sequence_as(samples[0], arrays)


def _sizes(left: Any, right: Any, total: int) -> tuple[int, int]:
    """Both sizes as numbers of samples."""
    for name, size in (("left_size", left), ("right_size", right)):
        if size is not None and type(size) not in (int, float):
            raise TypeError(f"Invalid `{name}` Type. Expected: int or float or None, Received: {type(size)}.  ")
    if left == 0 and right == 0:
        raise ValueError(
            "Both `left_size` and `right_size` are zero. At least one of the split sizes must be non-zero."
        )
    for name, size in (("left_size", left), ("right_size", right)):
        limit = total if type(size) is int else 1
        if size is not None and not 0 < size < limit:
            raise ValueError(
                f"`{name}` should be either a positive integer smaller than {total}, or a float within the range "
                f"`[0, 1]`. Received: {name}={size}"
            )
    if type(left) is type(right) is float and right + left > 1:
        raise ValueError(
            "The sum of `left_size` and `right_size` is greater than 1. It must be less than or equal to 1."
        )
    left, right = (round(size * total) if type(size) is float else size for size in (left, right))
    left = total - right if left is None else left
    right = total - left if right is None else right
    if left + right > total:
        raise ValueError(
            f"The sum of `left_size` and `right_size` should be smaller than the {total}. Received: left_size + "
            f"right_size = {left + right}and total_length = {total}"
        )
    for side, size in (("left", left), ("right", right)):
        if size == 0:
            raise ValueError(
                f"With `dataset` of length={total}, `left_size`={left} and `right_size`={right}.Resulting {side} side "
                "dataset split will be empty. Adjust any of the aforementioned parameters"
            )
    return int(left), int(right)
