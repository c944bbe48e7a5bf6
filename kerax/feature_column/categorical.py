"""Columns of categories."""

from __future__ import annotations

import collections
from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import dtypes
from kerax.core.op import op
from kerax.core.tensor import convert_to_tensor
from kerax.feature_column.base import (
    CategoricalColumn,
    FeatureColumn,
    check_key,
    check_text_or_integer,
    sparse_input,
)
from kerax.io import VarLenFeature, gfile
from kerax.lookup import KeyValueTensorInitializer, StaticHashTable, StaticVocabularyTable
from kerax.lookup.initializers import TableInitializerBase
from kerax.math.casting import cast
from kerax.sparse import SparseTensor, cross_hashed
from kerax.strings import as_string, to_hash_bucket_fast


def _with_values(tensor: SparseTensor, values: Any) -> SparseTensor:
    return SparseTensor(tensor.indices, values, tensor.dense_shape)


class _KeyColumn(CategoricalColumn):
    """Base of the columns that read one feature by its name."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return self.key  # type: ignore[attr-defined]

    @property
    def parents(self) -> list[Any]:
        return [self.key]  # type: ignore[attr-defined]

    @property
    def parse_example_spec(self) -> dict[str, Any]:
        return {self.key: VarLenFeature(getattr(self, "dtype", dtypes.int64))}  # type: ignore[attr-defined]

    def _input(self, transformation_cache: Any, state_manager: Any) -> SparseTensor:
        tensor = sparse_input(transformation_cache.get(self.key, state_manager))  # type: ignore[attr-defined]
        kind = getattr(self, "dtype", dtypes.int64)
        if kind.is_integer != tensor.dtype.is_integer:
            raise ValueError(
                "Column dtype and SparseTensors dtype must be compatible. "
                f"key: {self.name}, column dtype: {kind}, tensor dtype: {tensor.dtype}"
            )
        return tensor


class HashedCategoricalColumn(
    _KeyColumn, collections.namedtuple("HashedCategoricalColumn", ("key", "hash_bucket_size", "dtype"))
):
    """Categories numbered by their hash."""

    __slots__ = ()

    @property
    def num_buckets(self) -> int:
        return self.hash_bucket_size

    def transform_feature(self, transformation_cache: Any, state_manager: Any) -> Any:
        tensor = self._input(transformation_cache, state_manager)
        texts = tensor.values if self.dtype is dtypes.string else as_string(tensor.values)
        return _with_values(tensor, to_hash_bucket_fast(texts, self.hash_bucket_size))


def categorical_column_with_hash_bucket(
    key: str, hash_bucket_size: int, dtype: Any = dtypes.string
) -> HashedCategoricalColumn:
    """A column of categories numbered by their hash.

    Args:
      key: str, the feature's name.
      hash_bucket_size: int, how many numbers there are.
      dtype: ``tf.string`` or an integer dtype.

    Raises:
      ValueError: no number of buckets, or another dtype.

    >>> import kerax as tf
    >>> tf.feature_column.categorical_column_with_hash_bucket("city", 100).num_buckets
    100
    """
    if hash_bucket_size is None:
        raise ValueError(f"hash_bucket_size must be set. key: {key}")
    if hash_bucket_size < 1:
        raise ValueError(f"hash_bucket_size must be at least 1. hash_bucket_size: {hash_bucket_size}, key: {key}")
    check_key(key)
    kind = dtypes.as_dtype(dtype)
    check_text_or_integer(kind, f"column_name: {key}")
    return HashedCategoricalColumn(key, hash_bucket_size, kind)


def _look_up(column: Any, initializer: TableInitializerBase, tensor: SparseTensor) -> SparseTensor:
    values = tensor.values if column.dtype is dtypes.string else cast(tensor.values, dtypes.int64)
    table: Any
    if column.num_oov_buckets:
        table = StaticVocabularyTable(initializer, column.num_oov_buckets)
    else:
        table = StaticHashTable(initializer, convert_to_tensor(column.default_value, dtypes.int64))
    return _with_values(tensor, table.lookup(values))


class VocabularyListCategoricalColumn(
    _KeyColumn,
    collections.namedtuple(
        "VocabularyListCategoricalColumn", ("key", "vocabulary_list", "dtype", "default_value", "num_oov_buckets")
    ),
):
    """Categories numbered by their place in a list."""

    __slots__ = ()

    @property
    def num_buckets(self) -> int:
        return len(self.vocabulary_list) + self.num_oov_buckets

    def transform_feature(self, transformation_cache: Any, state_manager: Any) -> Any:
        tensor = self._input(transformation_cache, state_manager)
        keys = convert_to_tensor(
            np.asarray(self.vocabulary_list), dtypes.string if self.dtype is dtypes.string else dtypes.int64
        )
        numbers = convert_to_tensor(np.arange(len(self.vocabulary_list), dtype=np.int64))
        return _look_up(self, KeyValueTensorInitializer(keys, numbers), tensor)


def _check_oov(key: str, num_oov_buckets: int | None, default_value: Any, unset: Any) -> None:
    if num_oov_buckets:
        if default_value != unset:
            raise ValueError(f"Can't specify both num_oov_buckets and default_value in {key}.")
        if num_oov_buckets < 0:
            raise ValueError(f"Invalid num_oov_buckets {num_oov_buckets} in {key}.")


def categorical_column_with_vocabulary_list(
    key: str, vocabulary_list: Any, dtype: Any = None, default_value: int = -1, num_oov_buckets: int = 0
) -> VocabularyListCategoricalColumn:
    """A column of categories numbered by their place in a list.

    Args:
      key: str, the feature's name.
      vocabulary_list: list of strings or ints, without repetitions.
      dtype: ``tf.string`` or an integer dtype; by default that of the list.
      default_value: int, the number of what is not in the list; -1 leaves it out.
      num_oov_buckets: int, how many numbers there are for what is not in the list, by its hash.

    Raises:
      ValueError: an empty list, one with repetitions, or settings that do not go together.

    >>> import kerax as tf
    >>> tf.feature_column.categorical_column_with_vocabulary_list("kind", ["a", "b"]).num_buckets
    2
    """
    if vocabulary_list is None or len(vocabulary_list) < 1:
        raise ValueError(f"vocabulary_list {vocabulary_list} must be non-empty, column_name: {key}")
    if len(set(vocabulary_list)) != len(vocabulary_list):
        raise ValueError(f"Duplicate keys in vocabulary_list {vocabulary_list}, column_name: {key}")
    found = dtypes.as_dtype(np.array(vocabulary_list).dtype)
    _check_oov(key, num_oov_buckets, default_value, -1)
    check_text_or_integer(found, f"column_name: {key} vocabulary")
    kind = found if dtype is None else dtypes.as_dtype(dtype)
    if kind.is_integer != found.is_integer:
        raise ValueError(f"dtype {kind} and vocabulary dtype {found} do not match, column_name: {key}")
    check_text_or_integer(kind, f"column_name: {key}")
    check_key(key)
    return VocabularyListCategoricalColumn(key, tuple(vocabulary_list), kind, default_value, num_oov_buckets)


class _Lines(TableInitializerBase):
    """The first lines of a file (or records of one), numbered."""

    def __init__(self, column: Any) -> None:
        super().__init__(dtypes.string if column.dtype is dtypes.string else dtypes.int64, dtypes.int64)
        self._column = column

    def entries(self) -> tuple[np.ndarray, np.ndarray]:
        lines = _lines(self._column.vocabulary_file, self._column.file_format)[: int(self._column.vocabulary_size)]
        if self.key_dtype is dtypes.string:
            keys = np.empty(len(lines), dtype=object)
            keys[:] = lines
        else:
            keys = np.array([int(line) for line in lines], np.int64)
        return keys, np.arange(len(lines), dtype=np.int64)


def _lines(path: str, file_format: str | None) -> list[bytes]:
    if file_format == "tfrecord_gzip":
        from kerax.data import TFRecordDataset

        return list(TFRecordDataset(path, "GZIP").as_numpy_iterator())
    with gfile.GFile(path, "rb") as file:
        return file.read().splitlines()


class VocabularyFileCategoricalColumn(
    _KeyColumn,
    collections.namedtuple(
        "VocabularyFileCategoricalColumn",
        ("key", "vocabulary_file", "vocabulary_size", "num_oov_buckets", "dtype", "default_value", "file_format"),
    ),
):
    """Categories numbered by their line in a file."""

    __slots__ = ()

    @property
    def num_buckets(self) -> int:
        return self.vocabulary_size + self.num_oov_buckets

    def transform_feature(self, transformation_cache: Any, state_manager: Any) -> Any:
        return _look_up(self, _Lines(self), self._input(transformation_cache, state_manager))


def categorical_column_with_vocabulary_file(
    key: str,
    vocabulary_file: str,
    vocabulary_size: int | None = None,
    dtype: Any = dtypes.string,
    default_value: int | None = None,
    num_oov_buckets: int = 0,
    file_format: str | None = None,
) -> VocabularyFileCategoricalColumn:
    """A column of categories numbered by their line in a file.

    Args:
      key: str, the feature's name.
      vocabulary_file: str, the path.
      vocabulary_size: int, how many lines count; None for all.
      dtype: ``tf.string`` or an integer dtype.
      default_value: int, the number of what is not in the file; None leaves it out.
      num_oov_buckets: int, how many numbers there are for what is not in the file, by its hash.
      file_format: ``"text"``, ``"tfrecord_gzip"`` or None for the one that the path's end tells.

    Raises:
      ValueError: no such file, or settings that do not go together.
    """
    if not vocabulary_file:
        raise ValueError(f"Missing vocabulary_file in {key}.")
    if file_format is None and vocabulary_file.endswith("tfrecord.gz"):
        file_format = "tfrecord_gzip"
    if vocabulary_size is None:
        if not gfile.exists(vocabulary_file):
            raise ValueError(f"vocabulary_file in {key} does not exist.")
        vocabulary_size = len(_lines(vocabulary_file, file_format))
    if vocabulary_size < 1:
        raise ValueError(f"Invalid vocabulary_size in {key}.")
    _check_oov(key, num_oov_buckets, default_value, None)
    kind = dtypes.as_dtype(dtype)
    check_text_or_integer(kind, f"column_name: {key}")
    check_key(key)
    default = -1 if default_value is None else default_value
    return VocabularyFileCategoricalColumn(
        key, vocabulary_file, vocabulary_size, num_oov_buckets or 0, kind, default, file_format
    )


class IdentityCategoricalColumn(
    _KeyColumn, collections.namedtuple("IdentityCategoricalColumn", ("key", "number_buckets", "default_value"))
):
    """Categories that are numbers already."""

    __slots__ = ()

    @property
    def num_buckets(self) -> int:
        return self.number_buckets

    def transform_feature(self, transformation_cache: Any, state_manager: Any) -> Any:
        tensor = sparse_input(transformation_cache.get(self.key, state_manager))
        if not tensor.dtype.is_integer:
            raise ValueError(f"Invalid input, not integer. key: {self.key} dtype: {tensor.dtype}")
        values = cast(tensor.values, dtypes.int64)
        if self.default_value is not None:
            values = _in_range(values, self.number_buckets, self.default_value)
        return _with_values(tensor, values)


@op("values: int", differentiable=False)
def _in_range(values, count, default):
    return jnp.where((values < 0) | (values >= count), jnp.asarray(default, values.dtype), values)


def categorical_column_with_identity(
    key: str, num_buckets: int, default_value: int | None = None
) -> IdentityCategoricalColumn:
    """A column of categories that are numbers already.

    Args:
      key: str, the feature's name.
      num_buckets: int, the numbers are ``0 … num_buckets - 1``.
      default_value: int, what other numbers are replaced with; None leaves them.

    Raises:
      ValueError: no buckets, or a default value that is none of the numbers.
    """
    if num_buckets < 1:
        raise ValueError(f"num_buckets {num_buckets} < 1, column_name {key}")
    if default_value is not None and not 0 <= default_value < num_buckets:
        raise ValueError(f"default_value {default_value} not in range [0, {num_buckets}), column_name {key}")
    check_key(key)
    return IdentityCategoricalColumn(key, num_buckets, default_value)


class WeightedCategoricalColumn(
    CategoricalColumn,
    collections.namedtuple("WeightedCategoricalColumn", ("categorical_column", "weight_feature_key", "dtype")),
):
    """Categories with weights of their own."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return f"{self.categorical_column.name}_weighted_by_{self.weight_feature_key}"

    @property
    def parents(self) -> list[Any]:
        return [self.categorical_column, self.weight_feature_key]

    @property
    def parse_example_spec(self) -> dict[str, Any]:
        spec = dict(self.categorical_column.parse_example_spec)
        if self.weight_feature_key in spec:
            raise ValueError(
                f"Parse config {spec[self.weight_feature_key]} already exists for {self.weight_feature_key}."
            )
        return spec | {self.weight_feature_key: VarLenFeature(self.dtype)}

    @property
    def num_buckets(self) -> int:
        return self.categorical_column.num_buckets

    def transform_feature(self, transformation_cache: Any, state_manager: Any) -> Any:
        weights = transformation_cache.get(self.weight_feature_key, state_manager)
        if weights is None:
            raise ValueError(f"Missing weights {self.weight_feature_key}.")
        if self.dtype != weights.dtype:
            raise ValueError(f"Bad dtype, expected {self.dtype}, but got {weights.dtype}.")
        tensor = _sparse_weights(weights)
        if not self.dtype.is_floating:
            tensor = _with_values(tensor, cast(tensor.values, dtypes.float32))
        return transformation_cache.get(self.categorical_column, state_manager), tensor

    def get_sparse_tensors(self, transformation_cache: Any, state_manager: Any) -> Any:
        ids, weights = transformation_cache.get(self, state_manager)
        return self.IdWeightPair(ids, weights)


def _sparse_weights(weights: Any) -> SparseTensor:
    return weights if isinstance(weights, SparseTensor) else sparse_input(weights)


def weighted_categorical_column(
    categorical_column: Any, weight_feature_key: str, dtype: Any = dtypes.float32
) -> WeightedCategoricalColumn:
    """A column of categories with weights from another feature.

    Args:
      categorical_column: a column of categories.
      weight_feature_key: str, the name of the feature of the weights.
      dtype: dtype of the weights.

    Raises:
      ValueError: another dtype.
    """
    kind = None if dtype is None else dtypes.as_dtype(dtype)
    if kind is None or not (kind.is_integer or kind.is_floating):
        raise ValueError(f"dtype {dtype} is not convertible to float.")
    return WeightedCategoricalColumn(categorical_column, weight_feature_key, kind)


class CrossedColumn(
    CategoricalColumn, collections.namedtuple("CrossedColumn", ("keys", "hash_bucket_size", "hash_key"))
):
    """Every combination of categories, numbered by its hash."""

    __slots__ = ()

    def _leaves(self) -> list[Any]:
        found = []
        for key in self.keys:
            found += key._leaves() if isinstance(key, CrossedColumn) else [key]
        return found

    @property
    def name(self) -> str:
        return "_X_".join(sorted(key.name if isinstance(key, FeatureColumn) else key for key in self._leaves()))

    @property
    def parents(self) -> list[Any]:
        return list(self.keys)

    @property
    def parse_example_spec(self) -> dict[str, Any]:
        spec: dict[str, Any] = {}
        for key in self.keys:
            more = key.parse_example_spec if isinstance(key, FeatureColumn) else {key: VarLenFeature(dtypes.string)}
            spec.update(more)
        return spec

    @property
    def num_buckets(self) -> int:
        return self.hash_bucket_size

    def transform_feature(self, transformation_cache: Any, state_manager: Any) -> Any:
        tensors = []
        for key in self._leaves():
            if isinstance(key, str):
                tensors.append(transformation_cache.get(key, state_manager))
                continue
            pair = key.get_sparse_tensors(transformation_cache, state_manager)
            if pair.weight_tensor is not None:
                raise ValueError(
                    "crossed_column does not support weight_tensor, but the given column populates weight_tensor. "
                    f"Given column: {key.name}"
                )
            tensors.append(pair.id_tensor)
        return cross_hashed(tensors, self.hash_bucket_size, self.hash_key)


def crossed_column(keys: Any, hash_bucket_size: int, hash_key: int | None = None) -> CrossedColumn:
    """A column of the combinations of categories, numbered by their hash.

    Args:
      keys: list of names of features of strings, or columns of categories (none by hash), at least two.
      hash_bucket_size: int, how many numbers there are.
      hash_key: int, the hash's key, or None.

    Raises:
      ValueError: other keys, or no buckets.
    """
    if not hash_bucket_size or hash_bucket_size < 1:
        raise ValueError(f"hash_bucket_size must be > 1. hash_bucket_size: {hash_bucket_size}")
    if not keys or len(keys) < 2:
        raise ValueError(f"keys must be a list with length > 1. Given: {keys}")
    for key in keys:
        if not isinstance(key, (str, CategoricalColumn)):
            raise ValueError(
                "Unsupported key type. All keys must be either string, or categorical column except "
                f"HashedCategoricalColumn. Given: {key}"
            )
        if isinstance(key, HashedCategoricalColumn):
            raise ValueError(
                "categorical_column_with_hash_bucket is not supported for crossing. Hashing before crossing will "
                f"increase probability of collision. Instead, use the feature name as a string. Given: {key}"
            )
    return CrossedColumn(tuple(keys), hash_bucket_size, hash_key)
