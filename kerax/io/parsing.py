"""``parse_example`` and its kin: serialized ``tf.train.Example`` records as tensors."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from kerax.core import dtypes, errors
from kerax.core.op import op
from kerax.core.shape import TensorShape
from kerax.core.tensor import Tensor, convert_to_tensor
from kerax.io import composites
from kerax.io.features import (
    FixedLenFeature,
    FixedLenSequenceFeature,
    RaggedFeature,
    SparseFeature,
    VarLenFeature,
)
from kerax.io.proto import message

_LISTS = {"bytes_list": dtypes.string, "float_list": dtypes.float32, "int64_list": dtypes.int64}
_LIST_OF = {dtype: name for name, dtype in _LISTS.items()}
_EMPTY = {dtypes.string: b"", dtypes.float32: 0.0, dtypes.int64: 0}


def _invalid(text: str) -> errors.InvalidArgumentError:
    return errors.InvalidArgumentError(None, None, text)


def array_of(values: Sequence[Any], dtype: dtypes.DType) -> np.ndarray:
    out = np.empty(len(values), dtype.dtype)
    out[:] = list(values)
    return out


def values_of(feature: Any, key: str, dtype: dtypes.DType) -> np.ndarray | None:
    """The values of a ``Feature`` message, None if it is missing or empty of kind.

    Raises:
      errors.InvalidArgumentError: they are of another type.
    """
    if feature is None:
        return None
    kind = feature.WhichOneof("kind")
    if kind is None:
        return None
    if _LISTS[kind] is not dtype:
        raise _invalid(
            f"Key: {key}.  Data types don't match. Data type: {_LISTS[kind].name} but expected type: {dtype.name}"
        )
    return array_of(getattr(feature, kind).value, dtype)


def parsed(name: str, record: bytes) -> Any:
    try:
        return message(name).FromString(record)
    except Exception as error:
        raise _invalid(f"Could not parse example input, value: '{record[:80]!r}'") from error


def checked_features(features: Any, allowed: tuple[type, ...]) -> dict[str, Any]:
    """The configurations, in TensorFlow's order.

    Raises:
      ValueError: none, or one of a kind that is not allowed or not complete.
    """
    if not features:
        raise ValueError(
            "Argument `features` cannot be None or falsy. Got None"
            if features is None
            else f"Argument `features` cannot be falsy. Got {features}"
        )
    for key, feature in features.items():
        if not isinstance(feature, allowed):
            raise ValueError(f"Invalid feature {key}:{feature}.")
        if feature.dtype is None:
            raise ValueError(f"Missing type for feature {key}. Received feature={feature}")
        if isinstance(feature, (FixedLenFeature, FixedLenSequenceFeature)) and feature.shape is None:
            raise ValueError(f"Missing shape for feature {key}. Received feature={feature}.")
        if isinstance(feature, FixedLenFeature):
            _, sizes, count = _layout_of(feature)
            if sizes and sizes[0] is None:
                raise ValueError(
                    f"First dimension of shape for feature {key} unknown. Consider using FixedLenSequenceFeature. "
                    f"Received feature={feature}."
                )
            if count is None:
                raise ValueError(
                    f"All dimensions of shape for feature {key} need to be known but received {feature.shape}."
                )
    group = {VarLenFeature: 0, SparseFeature: 0, FixedLenFeature: 1, FixedLenSequenceFeature: 1, RaggedFeature: 2}
    return {key: features[key] for key in sorted(features, key=lambda key: (group[type(features[key])], key))}


_ALL = (FixedLenFeature, VarLenFeature, FixedLenSequenceFeature, SparseFeature, RaggedFeature)


def _serialized(serialized: Any) -> np.ndarray:
    tensor = convert_to_tensor(serialized)
    if tensor.dtype is not dtypes.string:
        raise ValueError(f"Serialized records must be strings, but got {tensor.dtype!r}.")
    return np.asarray(tensor._value)


def parse_example(serialized: Any, features: dict[str, Any], example_names: Any = None, name: str | None = None) -> Any:
    """Parses serialized ``Example`` records into a dict of tensors.

    Args:
      serialized: string ``[batch]``, or a scalar for a single record.
      features: dict from feature names to configurations (``FixedLenFeature`` …).
      example_names: string ``[batch]``, accepted.
      name: ignored.

    Returns:
      dict from names to tensors ``[batch, …]``: dense, sparse or ragged ones.

    Raises:
      ValueError: no or invalid features.
      errors.InvalidArgumentError: a record lacks a feature that is required, or holds other values.

    >>> import kerax as tf
    >>> feature = tf.train.Feature(int64_list=tf.train.Int64List(value=[1, 2]))
    >>> record = tf.train.Example(features=tf.train.Features(feature={"a": feature})).SerializeToString()
    >>> tf.io.parse_example([record], {"a": tf.io.FixedLenFeature([2], tf.int64)})["a"].numpy()
    array([[1, 2]])
    """
    order = checked_features(features, _ALL)
    records = _serialized(serialized)
    if records.ndim == 0:
        return _parse_one(records[()], order)
    if records.ndim > 1:
        raise _invalid(f"Expected serialized to be a scalar or vector, got shape: {list(records.shape)}")
    examples = [parsed("Example", record).features.feature for record in records.tolist()]
    return {key: _batch(key, feature, examples) for key, feature in order.items()}


def parse_single_example(
    serialized: Any, features: dict[str, Any], example_names: Any = None, name: str | None = None
) -> Any:
    """Parses one serialized ``Example`` record: as ``parse_example``, without the batch dimension.

    Args:
      serialized: string scalar.
      features: dict from feature names to configurations.
      example_names: accepted.
      name: ignored.

    Returns:
      dict from names to tensors.
    """
    order = checked_features(features, _ALL)
    records = _serialized(serialized)
    if records.ndim:
        raise ValueError("Input serialized must be a scalar")
    if any(isinstance(one, FixedLenSequenceFeature) and not one.allow_missing for one in order.values()):
        raise ValueError("Unsupported: FixedLenSequenceFeature requires allow_missing to be True.")
    return _parse_one(records[()], order)


def _parse_one(record: bytes, order: dict[str, Any]) -> dict[str, Any]:
    example = parsed("Example", record).features.feature
    return {key: _single(key, feature, example) for key, feature in order.items()}


def _get(example: Any, key: str) -> Any:
    return example[key] if key in example else None


def _layout_of(feature: Any) -> tuple[dtypes.DType, tuple[Any, ...], Any]:
    """The dtype, the shape and the number of a FixedLenFeature's values."""
    return _layout(feature.dtype, feature.shape if isinstance(feature.shape, int) else tuple(feature.shape))


@functools.lru_cache(maxsize=256)
def _layout(dtype: Any, shape: Any) -> tuple[dtypes.DType, tuple[Any, ...], Any]:
    sizes = tuple(TensorShape(shape))
    return dtypes.as_dtype(dtype), sizes, None if None in sizes else math.prod(sizes)


def fixed(key: str, feature: Any, example: Any) -> np.ndarray:
    """One record's values of a FixedLenFeature."""
    dtype, shape, size = _layout_of(feature)
    values = values_of(_get(example, key), key, dtype)
    if values is None:
        if feature.default_value is None:
            raise _invalid(f"Feature: {key} (data type: {dtype.name}) is required but could not be found.")
        default = np.asarray(convert_to_tensor(feature.default_value, dtype)._value)
        if default.size != size:
            raise _invalid(f"The default value of {key} has {default.size} values, but its shape is {list(shape)}")
        return default.reshape(shape)
    if values.size != size:
        raise _invalid(
            f"Key: {key}.  Number of {dtype.name} values != expected.  values size: {values.size} but output shape: "
            f"{list(shape)}"
        )
    return values.reshape(shape)


def sequence(key: str, feature: Any, example: Any) -> np.ndarray:
    """One record's entries of a FixedLenSequenceFeature, ``[entries, *shape]``."""
    dtype = dtypes.as_dtype(feature.dtype)
    shape = tuple(TensorShape(feature.shape))
    values = values_of(_get(example, key), key, dtype)
    if values is None:
        if not feature.allow_missing:
            raise _invalid(f"Feature: {key} (data type: {dtype.name}) is required but could not be found.")
        values = np.empty(0, dtype.dtype)
    size = int(np.prod(shape, dtype=np.int64))
    if values.size % max(size, 1):
        raise _invalid(
            f"Key: {key}.  Number of {dtype.name} values is not a multiple of stride length. Saw {values.size} values "
            f"but output shape is: {list(shape)}"
        )
    return values.reshape(-1, *shape)


def _single(key: str, feature: Any, example: Any) -> Any:
    if isinstance(feature, FixedLenFeature):
        return Tensor(np.array(fixed(key, feature, example)))
    if isinstance(feature, FixedLenSequenceFeature):
        return Tensor(sequence(key, feature, example))
    if isinstance(feature, VarLenFeature):
        values = varied(key, feature.dtype, example)
        return composites.sparse(np.arange(len(values))[:, None], values, [len(values)])
    if isinstance(feature, SparseFeature):
        return _sparse_feature([example], feature, batched=False)
    return _ragged_one(key, feature, example)


def varied(key: str, dtype: Any, example: Any) -> np.ndarray:
    """Any number of values of one record."""
    dtype = dtypes.as_dtype(dtype)
    values = values_of(_get(example, key), key, dtype)
    return np.empty(0, dtype.dtype) if values is None else values


def _fixed_rows(key: str, feature: Any, examples: list[Any]) -> np.ndarray:
    """The values of a FixedLenFeature, ``[records, *shape]``: read at once if no record lacks or defaults any."""
    dtype, shape, size = _layout_of(feature)
    kind = _LIST_OF.get(dtype)  # None for a dtype that examples do not hold, which `fixed` refuses
    rows = [getattr(example[key], kind).value for example in examples if kind]
    if size and kind and all([len(row) == size for row in rows]):
        return array_of(list(itertools.chain.from_iterable(rows)), dtype).reshape(-1, *shape)
    found = [fixed(key, feature, example) for example in examples]
    return np.stack(found) if found else np.empty((0, *shape), dtype.dtype)


def _batch(key: str, feature: Any, examples: list[Any]) -> Any:
    if isinstance(feature, FixedLenFeature):
        return Tensor(_fixed_rows(key, feature, examples))
    if isinstance(feature, FixedLenSequenceFeature):
        return Tensor(padded([sequence(key, feature, example) for example in examples], feature))
    if isinstance(feature, VarLenFeature):
        return sparse_rows([varied(key, feature.dtype, example) for example in examples], feature.dtype)
    if isinstance(feature, SparseFeature):
        return _sparse_feature(examples, feature, batched=True)
    return _ragged_many(key, feature, examples)


def padded(rows: list[np.ndarray], feature: Any) -> np.ndarray:
    """Sequences as one array, padded at their ends."""
    dtype = dtypes.as_dtype(feature.dtype)
    longest = max((len(row) for row in rows), default=0)
    default = (
        _EMPTY[dtype]
        if feature.default_value is None
        else np.asarray(convert_to_tensor(feature.default_value, dtype)._value)[()]
    )
    out = np.empty((len(rows), longest, *TensorShape(feature.shape)), dtype.dtype)
    out[...] = default
    for index, row in enumerate(rows):
        out[index, : len(row)] = row
    return out


def sparse_rows(rows: list[np.ndarray], dtype: Any) -> Any:
    """Rows of any length as a sparse tensor ``[rows, longest]``."""
    indices = [(n, i) for n, row in enumerate(rows) for i in range(len(row))]
    values = np.concatenate(rows) if rows else np.empty(0, dtypes.as_dtype(dtype).dtype)
    longest = max((len(row) for row in rows), default=0)
    return composites.sparse(np.asarray(indices, np.int64).reshape(-1, 2), values, [len(rows), longest])


def _sparse_feature(examples: list[Any], feature: SparseFeature, batched: bool) -> Any:
    keys = [feature.index_key] if isinstance(feature.index_key, str) else list(feature.index_key)
    sizes = [int(feature.size)] if not isinstance(feature.size, (list, tuple)) else [int(s) for s in feature.size]
    all_indices, all_values = [], []
    for number, example in enumerate(examples):
        values = varied(feature.value_key, feature.dtype, example)
        columns = [varied(key, dtypes.int64, example) for key in keys]
        if any(len(column) != len(values) for column in columns):
            raise _invalid(f"Inconsistent number of indices and values of {feature.value_key}.")
        indices = np.stack(columns, axis=1) if len(values) else np.zeros((0, len(keys)), np.int64)
        if not feature.already_sorted:
            order = np.lexsort(indices.T[::-1])
            indices, values = indices[order], values[order]
        if batched:
            indices = np.concatenate([np.full((len(indices), 1), number, np.int64), indices], axis=1)
        all_indices.append(indices)
        all_values.append(values)
    shape = [len(examples), *sizes] if batched else sizes
    width = len(shape)
    indices = np.concatenate(all_indices) if all_indices else np.zeros((0, width), np.int64)
    values = np.concatenate(all_values) if all_values else np.empty(0, dtypes.as_dtype(feature.dtype).dtype)
    return composites.sparse(indices, values, shape)


# ---- ragged features ---------------------------------------------------------------------------------


def row_splits(partition: Any, example: Any, count: int) -> np.ndarray:
    """The row splits that a partition of a RaggedFeature gives for one record.

    Args:
      partition: ``RaggedFeature.RowSplits`` and the like.
      example: the record's features.
      count: int, the number of values (or rows) that are partitioned.
    """
    if isinstance(partition, RaggedFeature.UniformRowLength):
        return np.arange(0, count + 1, int(partition.length))
    numbers = varied(partition.key, dtypes.int64, example)
    if isinstance(partition, RaggedFeature.RowSplits):
        return numbers if len(numbers) else np.zeros(1, np.int64)
    if isinstance(partition, RaggedFeature.RowLengths):
        return np.concatenate([[0], np.cumsum(numbers)]).astype(np.int64)
    if isinstance(partition, RaggedFeature.RowStarts):
        return np.concatenate([numbers, [count]]).astype(np.int64)
    if isinstance(partition, RaggedFeature.RowLimits):
        return np.concatenate([[0], numbers]).astype(np.int64)
    rows = int(numbers[-1]) + 1 if len(numbers) else 0
    return np.searchsorted(numbers, np.arange(rows + 1)).astype(np.int64)


def nested_splits(feature: RaggedFeature, example: Any, count: int) -> list[np.ndarray]:
    """The splits of all partitions of one record, outermost first."""
    out: list[np.ndarray] = []
    for partition in reversed(feature.partitions):
        splits = row_splits(partition, example, count)
        out.insert(0, splits)
        count = len(splits) - 1
    return out


def _ragged_one(key: str, feature: RaggedFeature, example: Any) -> Any:
    values = varied(feature.value_key or key, feature.dtype, example)
    partitions = list(feature.partitions)
    while partitions and isinstance(partitions[-1], RaggedFeature.UniformRowLength):  # what has no ragged rows is dense
        length = int(partitions.pop().length)
        if not length or len(values) % length:
            raise _invalid(f"Key: {key}.  {len(values)} values cannot be rows of {length}.")
        values = values.reshape(-1, length, *values.shape[1:])
    if not partitions:
        return Tensor(values)
    splits = nested_splits(feature._replace(partitions=partitions), example, len(values))
    return composites.ragged(values, splits, feature.row_splits_dtype)


def _ragged_many(key: str, feature: RaggedFeature, examples: list[Any]) -> Any:
    rows = [varied(feature.value_key or key, feature.dtype, example) for example in examples]
    inner = [nested_splits(feature, example, len(row)) for example, row in zip(examples, rows, strict=True)]
    return ragged_rows(rows, inner, feature)


def ragged_rows(rows: list[np.ndarray], inner: list[list[np.ndarray]], feature: RaggedFeature) -> Any:
    """Records of values, each with splits of its own, as one ragged tensor."""
    values = np.concatenate(rows) if rows else np.empty(0, dtypes.as_dtype(feature.dtype).dtype)
    depth = len(feature.partitions)
    splits = []
    for level in range(depth):
        offset, joined = 0, [np.zeros(1, np.int64)]
        for one in inner:
            joined.append(one[level][1:] + offset)
            offset += int(one[level][-1])
        splits.append(np.concatenate(joined))
    counts = [len(one[0]) - 1 for one in inner] if depth else [len(row) for row in rows]
    outer = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return composites.ragged(values, [outer, *splits], feature.row_splits_dtype)


@op("json_examples: string", host=True)
def decode_json_example(json_examples, name=None):
    """``Example`` records in JSON as serialized records.

    Args:
      json_examples: string tensor of any shape.
      name: ignored.

    Returns:
      string tensor of the same shape.

    Raises:
      errors.InvalidArgumentError: text that is no such record.
    """
    from google.protobuf import json_format

    out = np.empty(json_examples.shape, dtype=object)
    for index, text in np.ndenumerate(json_examples):
        try:
            out[index] = json_format.Parse(text.decode(), message("Example")()).SerializeToString()
        except (json_format.ParseError, ValueError, RecursionError) as error:  # also of its JSON, base64 and unicode
            raise _invalid(f"Error while parsing JSON: {error}") from error
    return out
