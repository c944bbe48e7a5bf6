"""``keras.layers.DenseFeatures`` and ``keras.experimental.SequenceFeatures`` (Keras 2): feature columns as a layer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from kerax.array_ops import concat, reshape
from kerax.array_ops import shape as shape_of
from kerax.core.errors import InvalidArgumentError
from kerax.feature_column.base import DenseColumn, FeatureColumn, FeatureTransformationCache, SequenceDenseColumn
from kerax.keras.engine.layer import Layer


class _StateManager:
    """Where columns keep their variables: in the layer."""

    def __init__(self, layer: Any) -> None:
        self._layer = layer
        self._variables: dict[Any, Any] = {}

    def create_variable(
        self, feature_column: Any, name: str, shape: Any, dtype: Any = None, trainable: bool = True,
        use_resource: bool = True, initializer: Any = None,
    ) -> Any:  # fmt: skip
        """A weight of the layer for a column."""
        if (feature_column, name) in self._variables:
            raise ValueError("Variable already exists.")
        variable = self._layer.add_weight(
            name=name, shape=shape, dtype=dtype, initializer=initializer, trainable=self._layer.trainable and trainable
        )
        self._variables[feature_column, name] = variable
        return variable

    def get_variable(self, feature_column: Any, name: str) -> Any:
        """A weight that ``create_variable`` has made."""
        if (feature_column, name) not in self._variables:
            raise ValueError("Variable does not exist.")
        return self._variables[feature_column, name]


def _columns(feature_columns: Any, wanted: type) -> list[Any]:
    if isinstance(feature_columns, FeatureColumn):
        feature_columns = [feature_columns]
    if isinstance(feature_columns, Iterator):
        feature_columns = list(feature_columns)
    if isinstance(feature_columns, dict):
        raise ValueError("Expected feature_columns to be iterable, found dict.")
    for column in feature_columns:
        if not isinstance(column, FeatureColumn):
            raise ValueError(
                f"Items of feature_columns must be a FeatureColumn. Given (type {type(column)}): {column}."
            )
    if not feature_columns:
        raise ValueError("feature_columns must not be empty.")
    names = [column.name for column in feature_columns]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"Duplicate feature column name found for columns: {name}.")
    for column in feature_columns:
        if not isinstance(column, wanted):
            raise ValueError(
                f"Items of feature_columns must be a {wanted}. You can wrap a categorical column with an "
                f"embedding_column or indicator_column. Given: {column}"
            )
    return sorted(feature_columns, key=lambda column: column.name)


class _FeaturesLayer(Layer):
    _column_type: type = FeatureColumn

    def __init__(self, feature_columns: Any, trainable: bool = True, name: Any = None, **kwargs: Any) -> None:
        if kwargs.pop("partitioner", None) is not None:
            raise ValueError("`partitioner` is not supported: variables are not split. Leave it out.")
        super().__init__(name=name, trainable=trainable, **kwargs)
        self._feature_columns = _columns(feature_columns, self._column_type)
        self._state_manager = _StateManager(self)

    def build(self, input_shape: Any = None) -> None:
        for column in self._feature_columns:
            create = getattr(column, "create_state", None)
            if create is not None:
                create(self._state_manager)
        self.built = True

    def _width(self) -> int:
        return sum(int(column.variable_shape.num_elements()) for column in self._feature_columns)

    def _check(self, features: Any) -> FeatureTransformationCache:
        if not isinstance(features, dict):
            raise ValueError("We expected a dictionary here. Instead we got: ", features)
        return FeatureTransformationCache(features)

    def get_config(self) -> dict[str, Any]:
        columns = [{"class_name": type(c).__name__, "config": c.get_config()} for c in self._feature_columns]
        return {**super().get_config(), "feature_columns": columns, "partitioner": None}


class DenseFeatures(_FeaturesLayer):
    """Feature columns as one tensor (Keras 2).

    Args:
      feature_columns: columns of numbers (``numeric_column``, ``embedding_column`` …); they are put in order of name.
      trainable: bool.
      name: str.

    Takes a dictionary of features; returns float32 ``[batch, sum of the columns' sizes]``.

    Raises:
      ValueError: a column of categories that is not wrapped.

    >>> import kerax as tf
    >>> layer = tf.keras.layers.DenseFeatures([tf.feature_column.numeric_column("age")])
    >>> layer({"age": tf.constant([[30.0], [40.0]])}).numpy().tolist()
    [[30.0], [40.0]]
    """

    _column_type = DenseColumn

    def compute_output_shape(self, input_shape: Any) -> Any:
        first = next(iter(input_shape.values())) if isinstance(input_shape, dict) else input_shape
        return (first[0], self._width())

    def call(self, features: Any, cols_to_output_tensors: Any = None, training: Any = None) -> Any:
        cache = self._check(features)
        found = []
        for column in self._feature_columns:
            tensor = column.get_dense_tensor(cache, self._state_manager)
            tensor = reshape(tensor, [shape_of(tensor)[0], int(column.variable_shape.num_elements())])
            if cols_to_output_tensors is not None:
                cols_to_output_tensors[column] = tensor
            found.append(tensor)
        return concat(found, -1)


class SequenceFeatures(_FeaturesLayer):
    """Feature columns of sequences as one tensor, and the sequences' lengths (Keras 2).

    Args:
      feature_columns: columns of sequences (``sequence_numeric_column`` …); they are put in order of name.
      trainable: bool.
      name: str.

    Takes a dictionary of features; returns float32 ``[batch, steps, sum of the columns' sizes]`` and int64 ``[batch]``.

    >>> import kerax as tf
    >>> layer = tf.keras.experimental.SequenceFeatures([tf.feature_column.sequence_numeric_column("x")])
    >>> numbers, lengths = layer({"x": tf.sparse.from_dense([[1.0, 2.0], [3.0, 0.0]])})
    >>> numbers.shape, lengths.numpy()
    (TensorShape([2, 2, 1]), array([2, 1]))
    """

    _column_type = SequenceDenseColumn

    def call(self, features: Any, training: Any = None) -> Any:
        cache = self._check(features)
        found, lengths = [], []
        for column in self._feature_columns:
            dense, length = column.get_sequence_dense_tensor(cache, self._state_manager)
            sizes = shape_of(dense)
            found.append(reshape(dense, [sizes[0], sizes[1], int(column.variable_shape.num_elements())]))
            lengths.append(length)
        return concat(found, -1), lengths[0] if len(lengths) == 1 else _agreed(lengths)


def _agreed(lengths: list[Any]) -> Any:
    first = np.asarray(lengths[0])
    if any((np.asarray(other) != first).any() for other in lengths[1:]):
        raise InvalidArgumentError(None, None, "The sequence columns have sequences of different lengths.")
    return lengths[0]
