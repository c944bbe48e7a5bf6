"""Lookup tables filled from datasets."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core import dtypes
from kerax.data import structure
from kerax.data.dataset import Dataset
from kerax.lookup.initializers import TableInitializerBase
from kerax.lookup.static import StaticHashTable, StaticVocabularyTable


class DatasetInitializer(TableInitializerBase):
    """A dataset of (key, value) pairs as the contents of a lookup table.

    Args:
      dataset: dataset of pairs of scalars.

    Raises:
      ValueError: the dataset has other elements.

    >>> import kerax as tf
    >>> pairs = tf.data.Dataset.from_tensor_slices((["a", "b"], [7, 8]))
    >>> table = tf.lookup.StaticHashTable(tf.data.experimental.DatasetInitializer(pairs), -1)
    >>> table.lookup(tf.constant(["b", "z"])).numpy()
    array([ 8, -1], dtype=int32)
    """

    def __init__(self, dataset: Dataset) -> None:
        spec = dataset.element_spec
        if not (isinstance(spec, tuple) and len(spec) == 2):
            raise ValueError(f"The `dataset` argument must produce (key, value) pairs, but produces {spec}.")
        super().__init__(spec[0].dtype, spec[1].dtype)
        self.dataset = dataset

    def entries(self) -> tuple[np.ndarray, np.ndarray]:
        flats = list(self.dataset._flat())
        keys, values = ([np.asarray(flat[i]) for flat in flats] for i in (0, 1))
        return np.asarray(structure.stack(keys)), np.asarray(structure.stack(values))


def table_from_dataset(
    dataset: Any = None,
    num_oov_buckets: int = 0,
    vocab_size: int | None = None,
    default_value: Any = None,
    hasher_spec: Any = None,
    key_dtype: Any = dtypes.string,
    name: str | None = None,
) -> Any:
    """A lookup table of a dataset of (key, value) pairs.

    Args:
      dataset: dataset of pairs of scalars, each key once.
      num_oov_buckets: int, how many numbers there are for unknown keys.
      vocab_size: int, how many pairs are taken; all by default.
      default_value: the value of unknown keys where there are no buckets; -1 by default.
      hasher_spec: TensorFlow's ``FastHashSpec`` or None: unknown keys get ``tf.strings.to_hash_bucket_fast``.
      key_dtype: dtype of the keys.
      name: str or None.

    Returns:
      ``tf.lookup.StaticHashTable``, with buckets a ``tf.lookup.StaticVocabularyTable``.

    Raises:
      ValueError: the elements are no pairs, or an argument is out of range.
      TypeError: the keys are neither integers nor strings.
      NotImplementedError: another ``hasher_spec``.
    """
    if getattr(hasher_spec, "hasher", "fasthash") != "fasthash":
        raise NotImplementedError(f"kerax does not have tables that hash by {hasher_spec}.")
    if num_oov_buckets < 0:
        raise ValueError(f"`num_oov_buckets` must be greater than or equal to 0, got {num_oov_buckets}.")
    if vocab_size is not None and vocab_size < 1:
        raise ValueError(f"`vocab_size` must be greater than 0, got {vocab_size}.")
    key_dtype = dtypes.as_dtype(key_dtype)
    if not (key_dtype.is_integer or key_dtype is dtypes.string):
        raise TypeError(f"`key_dtype` must be integer or string type, but got {key_dtype}")
    contents = DatasetInitializer(dataset if vocab_size is None else dataset.take(vocab_size))  # type: ignore[attr-defined]
    if num_oov_buckets:
        return StaticVocabularyTable(contents, num_oov_buckets, name=name)
    return StaticHashTable(contents, -1 if default_value is None else default_value, name)


def index_table_from_dataset(
    dataset: Any = None,
    num_oov_buckets: int = 0,
    vocab_size: int | None = None,
    default_value: Any = -1,
    hasher_spec: Any = None,
    key_dtype: Any = dtypes.string,
    name: str | None = None,
) -> Any:
    """A lookup table that numbers the elements of a dataset from 0 on.

    Args:
      dataset: dataset of scalars, each key once.
      num_oov_buckets, vocab_size, default_value, hasher_spec, key_dtype, name: as for ``table_from_dataset``.

    Returns:
      ``tf.lookup.StaticHashTable``, with buckets a ``tf.lookup.StaticVocabularyTable``, with int64 values.

    >>> import kerax as tf
    >>> words = tf.data.Dataset.from_tensor_slices(["a", "b"])
    >>> tf.data.experimental.index_table_from_dataset(words).lookup(tf.constant(["b", "z"])).numpy()
    array([ 1, -1])
    """
    pairs = dataset.enumerate().map(lambda number, key: (key, number))
    return table_from_dataset(pairs, num_oov_buckets, vocab_size, default_value, hasher_spec, key_dtype, name)
