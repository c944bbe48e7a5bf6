"""Categories as numbers: ``indicator_column``, ``embedding_column``, ``shared_embeddings``."""

from __future__ import annotations

import collections
import math
from typing import Any

import numpy as np

from kerax import random
from kerax.array_ops import scatter_nd
from kerax.array_ops import zeros as zeros_of
from kerax.core import dtypes
from kerax.core.shape import TensorShape
from kerax.core.tensor import convert_to_tensor
from kerax.core.variable import Variable
from kerax.feature_column.base import CategoricalColumn, DenseColumn, SequenceDenseColumn
from kerax.nn.embedding import embedding_lookup_sparse, safe_embedding_lookup_sparse


class IndicatorColumn(
    DenseColumn, SequenceDenseColumn, collections.namedtuple("IndicatorColumn", ("categorical_column",))
):
    """How often each category occurs in a row."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return f"{self.categorical_column.name}_indicator"

    @property
    def parents(self) -> list[Any]:
        return [self.categorical_column]

    @property
    def parse_example_spec(self) -> dict[str, Any]:
        return self.categorical_column.parse_example_spec

    @property
    def variable_shape(self) -> Any:
        return TensorShape([1, self.categorical_column.num_buckets])

    def transform_feature(self, transformation_cache: Any, state_manager: Any) -> Any:
        pair = self.categorical_column.get_sparse_tensors(transformation_cache, state_manager)
        count = int(self.categorical_column.num_buckets)
        indices, ids = np.asarray(pair.id_tensor.indices), np.asarray(pair.id_tensor.values)
        known = (ids >= 0) & (ids < count)
        rows = np.asarray(pair.id_tensor.dense_shape)[:-1]
        places = np.concatenate([indices[known][:, :-1], ids[known][:, None]], axis=1)
        if pair.weight_tensor is None:
            values: Any = convert_to_tensor(np.ones(int(known.sum()), np.float32))
        else:
            values = convert_to_tensor(np.asarray(pair.weight_tensor.values)[known])
        shape = [*rows.tolist(), count]
        if not len(places):
            return zeros_of(shape, dtypes.float32)
        return scatter_nd(convert_to_tensor(places), values, convert_to_tensor(np.asarray(shape, np.int64)))

    def get_dense_tensor(self, transformation_cache: Any, state_manager: Any) -> Any:
        if isinstance(self.categorical_column, SequenceCategoricalColumn):
            raise ValueError(
                f"In indicator_column: {self.name}. categorical_column must not be of type SequenceCategoricalColumn. "
                f"Given (type {type(self.categorical_column)}): {self.categorical_column}"
            )
        return transformation_cache.get(self, state_manager)

    def get_sequence_dense_tensor(self, transformation_cache: Any, state_manager: Any) -> Any:
        """The numbers of each step, and how many steps each row has."""
        _require_sequence(self)
        dense = transformation_cache.get(self, state_manager)
        pair = self.categorical_column.get_sparse_tensors(transformation_cache, state_manager)
        return self.TensorSequenceLengthPair(dense, sequence_lengths(pair.id_tensor))


def sequence_lengths(tensor: Any) -> Any:
    """int64 [batch], how many steps each row of a sparse tensor ``[batch, steps, …]`` has."""
    indices, rows = np.asarray(tensor.indices), int(np.asarray(tensor.dense_shape)[0])
    lengths = np.zeros(rows, np.int64)
    if len(indices):
        np.maximum.at(lengths, indices[:, 0], indices[:, 1] + 1)
    return convert_to_tensor(lengths)


def _require_sequence(column: Any) -> None:
    if not isinstance(column.categorical_column, SequenceCategoricalColumn):
        raise ValueError(
            f"In column: {column.name}. categorical_column must be of type SequenceCategoricalColumn to use "
            f"SequenceFeatures. Given (type {type(column.categorical_column)}): {column.categorical_column}"
        )


def indicator_column(categorical_column: Any) -> IndicatorColumn:
    """A column of how often each category occurs.

    Args:
      categorical_column: a column of categories.

    >>> import kerax as tf
    >>> kind = tf.feature_column.categorical_column_with_identity("kind", 3)
    >>> tf.feature_column.indicator_column(kind).variable_shape
    TensorShape([1, 3])
    """
    return IndicatorColumn(categorical_column)


class EmbeddingColumn(
    DenseColumn,
    SequenceDenseColumn,
    collections.namedtuple(
        "EmbeddingColumn",
        (
            "categorical_column", "dimension", "combiner", "initializer", "ckpt_to_load_from", "tensor_name_in_ckpt",
            "max_norm", "trainable", "use_safe_embedding_lookup",
        ),
    ),
):  # fmt: skip
    """A vector for each category, learned."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return f"{self.categorical_column.name}_embedding"

    @property
    def parents(self) -> list[Any]:
        return [self.categorical_column]

    @property
    def parse_example_spec(self) -> dict[str, Any]:
        return self.categorical_column.parse_example_spec

    @property
    def variable_shape(self) -> Any:
        return TensorShape([self.dimension])

    def transform_feature(self, transformation_cache: Any, state_manager: Any) -> Any:
        return self.categorical_column.get_sparse_tensors(transformation_cache, state_manager)

    def create_state(self, state_manager: Any) -> None:
        """Has the table of vectors made."""
        state_manager.create_variable(
            self,
            name="embedding_weights",
            shape=(self.categorical_column.num_buckets, self.dimension),
            dtype=dtypes.float32,
            trainable=self.trainable,
            use_resource=True,
            initializer=self.initializer,
        )

    def _look_up(self, transformation_cache: Any, state_manager: Any) -> Any:
        pair = transformation_cache.get(self, state_manager)
        table = state_manager.get_variable(self, name="embedding_weights")
        return _combined(self, table, pair)

    def get_dense_tensor(self, transformation_cache: Any, state_manager: Any) -> Any:
        if isinstance(self.categorical_column, SequenceCategoricalColumn):
            raise ValueError(
                f"In embedding_column: {self.name}. categorical_column must not be of type SequenceCategoricalColumn. "
                f"Given (type {type(self.categorical_column)}): {self.categorical_column}"
            )
        return self._look_up(transformation_cache, state_manager)

    def get_sequence_dense_tensor(self, transformation_cache: Any, state_manager: Any) -> Any:
        """The vectors of each step, and how many steps each row has."""
        _require_sequence(self)
        dense = self._look_up(transformation_cache, state_manager)
        pair = self.categorical_column.get_sparse_tensors(transformation_cache, state_manager)
        return self.TensorSequenceLengthPair(dense, sequence_lengths(pair.id_tensor))


def _combined(column: Any, table: Any, pair: Any) -> Any:
    if column.use_safe_embedding_lookup:
        return safe_embedding_lookup_sparse(
            table, pair.id_tensor, pair.weight_tensor, combiner=column.combiner, max_norm=column.max_norm
        )
    return embedding_lookup_sparse(
        table, pair.id_tensor, pair.weight_tensor, combiner=column.combiner, max_norm=column.max_norm
    )


class _TruncatedNormal:
    """The default initializer of tables: truncated normal numbers of deviation ``1/√dimension``."""

    def __init__(self, dimension: int) -> None:
        self._stddev = 1 / math.sqrt(dimension)

    def __call__(self, shape: Any, dtype: Any = dtypes.float32, **kwargs: Any) -> Any:
        return random.truncated_normal(shape, stddev=self._stddev, dtype=dtypes.as_dtype(dtype))


def _check_embedding(dimension: Any, ckpt: Any, tensor_name: Any, initializer: Any, name: str) -> Any:
    if dimension is None or dimension < 1:
        raise ValueError(f"Invalid dimension {dimension}.")
    if (ckpt is None) != (tensor_name is None):
        raise ValueError("Must specify both `ckpt_to_load_from` and `tensor_name_in_ckpt` or none of them.")
    if ckpt is not None:
        raise NotImplementedError(
            "ckpt_to_load_from is not available in kerax: give an initializer that returns the table, which "
            "tf.train.load_variable reads."
        )
    if initializer is not None and not callable(initializer):
        raise ValueError(f"initializer must be callable if specified. Embedding of column_name: {name}")
    return _TruncatedNormal(dimension) if initializer is None else initializer


def embedding_column(
    categorical_column: Any,
    dimension: int,
    combiner: str = "mean",
    initializer: Any = None,
    ckpt_to_load_from: Any = None,
    tensor_name_in_ckpt: Any = None,
    max_norm: float | None = None,
    trainable: bool = True,
    use_safe_embedding_lookup: bool = True,
) -> EmbeddingColumn:
    """A column of learned vectors, one for each category.

    Args:
      categorical_column: a column of categories.
      dimension: int, the length of a vector.
      combiner: ``"mean"``, ``"sqrtn"`` or ``"sum"``, for rows of several categories.
      initializer: callable of a shape and a dtype; by default truncated normal of deviation ``1/√dimension``.
      ckpt_to_load_from, tensor_name_in_ckpt: must be None.
      max_norm: float, the greatest length of a vector, or None.
      trainable: bool, whether the vectors are learned.
      use_safe_embedding_lookup: bool, whether rows without categories get zeros rather than fail.

    Raises:
      ValueError: a dimension below 1, or an initializer that cannot be called.
      NotImplementedError: a checkpoint is given.

    >>> import kerax as tf
    >>> kind = tf.feature_column.categorical_column_with_identity("kind", 3)
    >>> tf.feature_column.embedding_column(kind, 8).variable_shape
    TensorShape([8])
    """
    initializer = _check_embedding(
        dimension, ckpt_to_load_from, tensor_name_in_ckpt, initializer, categorical_column.name
    )
    return EmbeddingColumn(
        categorical_column, dimension, combiner, initializer, None, None, max_norm, trainable,
        use_safe_embedding_lookup,
    )  # fmt: skip


class SharedTable:
    """The table of vectors that several columns share, made when it is first asked for."""

    def __init__(self, dimension: int, initializer: Any, num_buckets: int, trainable: bool, name: str) -> None:
        self._dimension, self._initializer, self._count = dimension, initializer, num_buckets
        self._trainable, self.name = trainable, name
        self._table: Variable | None = None

    @property
    def embedding_weights(self) -> Variable:
        """float32 [num_buckets, dimension]."""
        if self._table is None:
            value = self._initializer((self._count, self._dimension), dtypes.float32)
            self._table = Variable(value, trainable=self._trainable, name=self.name)
        return self._table

    @property
    def dimension(self) -> int:
        return self._dimension


class SharedEmbeddingColumn(
    DenseColumn,
    SequenceDenseColumn,
    collections.namedtuple(
        "SharedEmbeddingColumn",
        ("categorical_column", "shared_embedding_column_creator", "combiner", "max_norm", "use_safe_embedding_lookup"),
    ),
):
    """A vector for each category, from a table that columns share."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return f"{self.categorical_column.name}_shared_embedding"

    @property
    def parents(self) -> list[Any]:
        return [self.categorical_column]

    @property
    def parse_example_spec(self) -> dict[str, Any]:
        return self.categorical_column.parse_example_spec

    @property
    def variable_shape(self) -> Any:
        return TensorShape([self.shared_embedding_column_creator.dimension])

    def transform_feature(self, transformation_cache: Any, state_manager: Any) -> Any:
        return self.categorical_column.get_sparse_tensors(transformation_cache, state_manager)

    def get_dense_tensor(self, transformation_cache: Any, state_manager: Any) -> Any:
        pair = transformation_cache.get(self, state_manager)
        return _combined(self, self.shared_embedding_column_creator.embedding_weights, pair)

    def get_sequence_dense_tensor(self, transformation_cache: Any, state_manager: Any) -> Any:
        """The vectors of each step, and how many steps each row has."""
        _require_sequence(self)
        pair = transformation_cache.get(self, state_manager)
        dense = _combined(self, self.shared_embedding_column_creator.embedding_weights, pair)
        return self.TensorSequenceLengthPair(dense, sequence_lengths(pair.id_tensor))


def shared_embeddings(
    categorical_columns: Any,
    dimension: int,
    combiner: str = "mean",
    initializer: Any = None,
    shared_embedding_collection_name: str | None = None,
    ckpt_to_load_from: Any = None,
    tensor_name_in_ckpt: Any = None,
    max_norm: float | None = None,
    trainable: bool = True,
    use_safe_embedding_lookup: bool = True,
) -> list[SharedEmbeddingColumn]:
    """Columns of learned vectors that share one table.

    Args:
      categorical_columns: list of columns of categories of one kind and number.
      dimension, combiner, initializer, ckpt_to_load_from, tensor_name_in_ckpt, max_norm, trainable,
        use_safe_embedding_lookup: as for ``embedding_column``.
      shared_embedding_collection_name: str, the table's name; by default of the columns' names.

    Raises:
      ValueError: columns of different kinds or numbers of categories.
    """
    ordered = sorted(categorical_columns, key=lambda column: column.name)
    initializer = _check_embedding(dimension, ckpt_to_load_from, tensor_name_in_ckpt, initializer, ordered[0].name)
    plain = [_unweighted(column) for column in ordered]
    for column in plain[1:]:
        if type(column) is not type(plain[0]):
            raise ValueError(
                "All categorical_columns must have the same type, or be weighted_categorical_column or sequence column "
                f"of the same type. Given column: {plain[0]} of type: {type(plain[0])} does not match given column: "
                f"{column} of type: {type(column)}"
            )
        if column.num_buckets != plain[0].num_buckets:
            raise ValueError(
                "To use shared_embedding_column, all categorical_columns must have the same number of buckets. Given "
                f"column: {plain[0]} with buckets: {plain[0].num_buckets} does not match column: {column} with "
                f"buckets: {column.num_buckets}"
            )
    name = shared_embedding_collection_name or "_".join(column.name for column in ordered) + "_shared_embedding"
    table = SharedTable(dimension, initializer, plain[0].num_buckets, trainable, name)
    return [
        SharedEmbeddingColumn(column, table, combiner, max_norm, use_safe_embedding_lookup)
        for column in categorical_columns
    ]


def _unweighted(column: Any) -> Any:
    from kerax.feature_column.categorical import WeightedCategoricalColumn

    while isinstance(column, (WeightedCategoricalColumn, SequenceCategoricalColumn)):
        column = column.categorical_column
    return column


class SequenceCategoricalColumn(
    CategoricalColumn, collections.namedtuple("SequenceCategoricalColumn", ("categorical_column",))
):
    """Categories of each step of a sequence."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return self.categorical_column.name

    @property
    def parents(self) -> list[Any]:
        return [self.categorical_column]

    @property
    def parse_example_spec(self) -> dict[str, Any]:
        return self.categorical_column.parse_example_spec

    @property
    def num_buckets(self) -> int:
        return self.categorical_column.num_buckets

    def transform_feature(self, transformation_cache: Any, state_manager: Any) -> Any:
        return self.categorical_column.transform_feature(transformation_cache, state_manager)

    def get_sparse_tensors(self, transformation_cache: Any, state_manager: Any) -> Any:
        pair = self.categorical_column.get_sparse_tensors(transformation_cache, state_manager)
        return self.IdWeightPair(*[part if part is None else _steps(part) for part in pair])


def _steps(tensor: Any) -> Any:
    """A sparse tensor ``[batch, steps]`` as ``[batch, steps, 1]``."""
    from kerax.sparse import expand_dims

    return tensor if len(np.asarray(tensor.dense_shape)) > 2 else expand_dims(tensor, -1)
