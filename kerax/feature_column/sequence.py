"""Columns of sequences, and ``make_parse_example_spec``."""

from __future__ import annotations

import collections
from typing import Any

import numpy as np

from kerax.array_ops import reshape
from kerax.core import dtypes
from kerax.core.shape import TensorShape
from kerax.core.tensor import convert_to_tensor
from kerax.feature_column import categorical
from kerax.feature_column.base import FeatureColumn, SequenceDenseColumn, check_key
from kerax.feature_column.dense import SequenceCategoricalColumn, sequence_lengths
from kerax.io import VarLenFeature
from kerax.math.casting import cast
from kerax.sparse import SparseTensor, to_dense


def sequence_categorical_column_with_identity(
    key: str, num_buckets: int, default_value: int | None = None
) -> SequenceCategoricalColumn:
    """``categorical_column_with_identity`` for each step of a sequence.

    Args:
      key, num_buckets, default_value: as there.
    """
    return SequenceCategoricalColumn(categorical.categorical_column_with_identity(key, num_buckets, default_value))


def sequence_categorical_column_with_hash_bucket(
    key: str, hash_bucket_size: int, dtype: Any = dtypes.string
) -> SequenceCategoricalColumn:
    """``categorical_column_with_hash_bucket`` for each step of a sequence.

    Args:
      key, hash_bucket_size, dtype: as there.
    """
    return SequenceCategoricalColumn(categorical.categorical_column_with_hash_bucket(key, hash_bucket_size, dtype))


def sequence_categorical_column_with_vocabulary_file(
    key: str,
    vocabulary_file: str,
    vocabulary_size: int | None = None,
    num_oov_buckets: int = 0,
    default_value: int | None = None,
    dtype: Any = dtypes.string,
) -> SequenceCategoricalColumn:
    """``categorical_column_with_vocabulary_file`` for each step of a sequence.

    Args:
      key, vocabulary_file, vocabulary_size, num_oov_buckets, default_value, dtype: as there.
    """
    return SequenceCategoricalColumn(
        categorical.categorical_column_with_vocabulary_file(
            key, vocabulary_file, vocabulary_size, dtype, default_value, num_oov_buckets
        )
    )


def sequence_categorical_column_with_vocabulary_list(
    key: str, vocabulary_list: Any, dtype: Any = None, default_value: int = -1, num_oov_buckets: int = 0
) -> SequenceCategoricalColumn:
    """``categorical_column_with_vocabulary_list`` for each step of a sequence.

    Args:
      key, vocabulary_list, dtype, default_value, num_oov_buckets: as there.
    """
    return SequenceCategoricalColumn(
        categorical.categorical_column_with_vocabulary_list(key, vocabulary_list, dtype, default_value, num_oov_buckets)
    )


class SequenceNumericColumn(
    SequenceDenseColumn,
    collections.namedtuple("SequenceNumericColumn", ("key", "shape", "default_value", "dtype", "normalizer_fn")),
):
    """Numbers of each step of a sequence."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return self.key

    @property
    def parents(self) -> list[Any]:
        return [self.key]

    @property
    def parse_example_spec(self) -> dict[str, Any]:
        return {self.key: VarLenFeature(self.dtype)}

    @property
    def variable_shape(self) -> Any:
        return TensorShape(self.shape)

    def transform_feature(self, transformation_cache: Any, state_manager: Any) -> Any:
        tensor = transformation_cache.get(self.key, state_manager)
        if self.normalizer_fn is not None:
            values = self.normalizer_fn(tensor.values)
            tensor = SparseTensor(tensor.indices, values, tensor.dense_shape)
        return tensor

    def get_sequence_dense_tensor(self, transformation_cache: Any, state_manager: Any) -> Any:
        """The numbers of each step, and how many steps each row has."""
        tensor = transformation_cache.get(self, state_manager)
        dense = cast(
            to_dense(tensor, default_value=convert_to_tensor(self.default_value, tensor.dtype)), dtypes.float32
        )
        width = int(np.prod(self.shape, dtype=np.int64))
        rows = int(np.asarray(tensor.dense_shape)[0])
        lengths = sequence_lengths(tensor)
        if len(np.asarray(tensor.dense_shape)) == 2 and width > 1:
            lengths = convert_to_tensor(np.ceil(np.asarray(lengths) / width).astype(np.int64))
        return self.TensorSequenceLengthPair(reshape(dense, [rows, -1, *self.shape]), lengths)


def sequence_numeric_column(
    key: str,
    shape: Any = (1,),
    default_value: float = 0.0,
    dtype: Any = dtypes.float32,
    normalizer_fn: Any = None,
) -> SequenceNumericColumn:
    """A column of the numbers of each step of a sequence.

    Args:
      key: str, the feature's name.
      shape: ints, the shape of the numbers of one step.
      default_value: number that fills rows with fewer steps.
      dtype: dtype of the feature; the column gives float32.
      normalizer_fn: callable that is given the tensor and returns another, or None.

    Raises:
      TypeError: sizes that are no ints, or a normalizer that cannot be called.
      ValueError: sizes below 1, or another dtype.
    """
    from kerax.feature_column.numeric import numeric_column

    plain = numeric_column(key, shape, None, dtype, normalizer_fn)
    check_key(key)
    return SequenceNumericColumn(key, plain.shape, default_value, plain.dtype, normalizer_fn)


def make_parse_example_spec(feature_columns: Any) -> dict[str, Any]:
    """What ``tf.io.parse_example`` must read for columns.

    Args:
      feature_columns: list of columns.

    Returns:
      dictionary from names of features to ``FixedLenFeature`` or ``VarLenFeature``.

    Raises:
      ValueError: something else is in the list, or two columns read a feature in different ways.

    >>> import kerax as tf
    >>> tf.feature_column.make_parse_example_spec([tf.feature_column.numeric_column("x")])
    {'x': FixedLenFeature(shape=(1,), dtype=tf.float32, default_value=None)}
    """
    result: dict[str, Any] = {}
    for column in feature_columns:
        if not isinstance(column, FeatureColumn):
            raise ValueError(f"All feature_columns must be FeatureColumn instances. Given: {column}")
        for key, value in column.parse_example_spec.items():
            if key in result and result[key] != value:
                raise ValueError(
                    f"feature_columns contain different parse_spec for key {key}. Given {value} and {result[key]}"
                )
            result[key] = value
    return result
