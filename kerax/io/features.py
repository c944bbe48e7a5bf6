"""Feature configurations: how ``tf.train.Example`` records are read."""

from __future__ import annotations

import collections
from typing import Any

from kerax.core import dtypes


class FixedLenFeature(collections.namedtuple("FixedLenFeature", ["shape", "dtype", "default_value"], defaults=(None,))):
    """A feature of a fixed number of values: a dense tensor.

    Args:
      shape: the shape of one record's values.
      dtype: int64, float32 or string.
      default_value: used for records without the feature; without it the feature is required.
    """

    __slots__ = ()


class VarLenFeature(collections.namedtuple("VarLenFeature", ["dtype"])):
    """A feature of any number of values: a sparse tensor.

    Args:
      dtype: int64, float32 or string.
    """

    __slots__ = ()


class FixedLenSequenceFeature(
    collections.namedtuple(
        "FixedLenSequenceFeature", ["shape", "dtype", "allow_missing", "default_value"], defaults=(False, None)
    )
):
    """A feature of any number of entries of a fixed shape: a dense tensor, padded in a batch.

    Args:
      shape: the shape of one entry.
      dtype: int64, float32 or string.
      allow_missing: bool, whether records may lack the feature.
      default_value: scalar, the padding.
    """

    __slots__ = ()


class SparseFeature(
    collections.namedtuple(
        "SparseFeature", ["index_key", "value_key", "dtype", "size", "already_sorted"], defaults=(False,)
    )
):
    """A sparse tensor whose indices and values are two or more features.

    Args:
      index_key: str or list of str, the features of the indices of each dimension.
      value_key: str, the feature of the values.
      dtype: int64, float32 or string.
      size: int or list of int, the size of each dimension.
      already_sorted: bool, whether the indices are in order.
    """

    __slots__ = ()


class RaggedFeature(
    collections.namedtuple(
        "RaggedFeature",
        ["dtype", "value_key", "partitions", "row_splits_dtype", "validate"],
        defaults=(None, (), dtypes.int32, False),
    )
):
    """A feature of any number of values: a ragged tensor.

    Args:
      dtype: int64, float32 or string.
      value_key: str, the feature of the values; by default the key of this configuration.
      partitions: list of ``RaggedFeature.RowSplits`` and the like, inner dimensions from the outermost on.
      row_splits_dtype: int32 or int64.
      validate: bool, whether the partitions are checked.
    """

    __slots__ = ()

    RowSplits = collections.namedtuple("RowSplits", ["key"])
    RowLengths = collections.namedtuple("RowLengths", ["key"])
    RowStarts = collections.namedtuple("RowStarts", ["key"])
    RowLimits = collections.namedtuple("RowLimits", ["key"])
    ValueRowIds = collections.namedtuple("ValueRowIds", ["key"])
    UniformRowLength = collections.namedtuple("UniformRowLength", ["length"])

    def __new__(
        cls,
        dtype: Any,
        value_key: str | None = None,
        partitions: Any = (),
        row_splits_dtype: Any = dtypes.int32,
        validate: bool = False,
    ) -> RaggedFeature:
        if value_key is not None:
            if isinstance(value_key, bytes):
                value_key = value_key.decode()
            if not isinstance(value_key, str):
                raise ValueError(f"Argument `value_key` must be a string; got {value_key}")
        splits = dtypes.as_dtype(row_splits_dtype)
        if splits not in (dtypes.int32, dtypes.int64):
            raise ValueError(f"Argument `row_splits_dtype` must be int32 or int64; got {row_splits_dtype!r}")
        if not isinstance(partitions, (list, tuple)):
            raise TypeError(f"Argument `partitions` must be a list or tuple. Received {partitions}.")
        kinds = (cls.RowSplits, cls.RowLengths, cls.RowStarts, cls.RowLimits, cls.ValueRowIds, cls.UniformRowLength)
        for partition in partitions:
            if not isinstance(partition, kinds):
                raise TypeError(f"Argument `partitions` must be a list of partition objects. Received {partition}.")
        if not isinstance(validate, bool):
            raise TypeError(f"Argument `validate` must be a bool; got {validate!r}")
        return super().__new__(cls, dtypes.as_dtype(dtype), value_key, tuple(partitions), splits, validate)
