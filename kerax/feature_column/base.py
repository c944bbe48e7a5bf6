"""What feature columns have in common: a name, the features they read, and what they make of them."""

from __future__ import annotations

import collections
from collections.abc import Mapping
from typing import Any

import numpy as np

from kerax.array_ops import expand_dims, gather_nd, where
from kerax.array_ops import shape as shape_of
from kerax.core import dtypes
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.math import not_equal
from kerax.sparse import SparseTensor
from kerax.sparse import expand_dims as expand_sparse


class FeatureColumn:
    """The base of the columns. Columns are named tuples of their settings: equal settings are equal columns."""

    __slots__ = ()

    @property
    def name(self) -> str:
        raise NotImplementedError

    @property
    def parents(self) -> list[Any]:
        """The names of features and the columns that this one reads."""
        raise NotImplementedError

    @property
    def parse_example_spec(self) -> dict[str, Any]:
        """What ``tf.io.parse_example`` must read for this column."""
        raise NotImplementedError

    def transform_feature(self, transformation_cache: Any, state_manager: Any) -> Any:
        """The column's own form of its features."""
        raise NotImplementedError

    def get_config(self) -> dict[str, Any]:
        """The settings, with columns and dtypes in plain form."""
        return {key: _plain(value) for key, value in self._asdict().items()}  # type: ignore[attr-defined]

    def __lt__(self, other: Any) -> bool:
        return str(self) < str(other)

    def __gt__(self, other: Any) -> bool:
        return str(self) > str(other)


def _plain(value: Any) -> Any:
    if isinstance(value, FeatureColumn):
        return {"class_name": type(value).__name__, "config": value.get_config()}
    if isinstance(value, dtypes.DType):
        return value.name
    if isinstance(value, tuple) and any(isinstance(item, FeatureColumn) for item in value):
        return tuple(_plain(item) for item in value)
    return value


class DenseColumn(FeatureColumn):
    """A column of numbers: ``get_dense_tensor`` gives float32 ``[batch, …variable_shape]``."""

    __slots__ = ()

    @property
    def variable_shape(self) -> Any:
        """The shape of the column's numbers for one row."""
        raise NotImplementedError

    def get_dense_tensor(self, transformation_cache: Any, state_manager: Any) -> Any:
        """The numbers of a batch."""
        raise NotImplementedError


class CategoricalColumn(FeatureColumn):
    """A column of categories: ``get_sparse_tensors`` gives their numbers, and their weights."""

    __slots__ = ()

    IdWeightPair = collections.namedtuple("IdWeightPair", ("id_tensor", "weight_tensor"))

    @property
    def num_buckets(self) -> int:
        """How many categories there are."""
        raise NotImplementedError

    def get_sparse_tensors(self, transformation_cache: Any, state_manager: Any) -> Any:
        """The numbers of the categories of a batch: a pair of sparse tensors, or None for no weights."""
        return self.IdWeightPair(transformation_cache.get(self, state_manager), None)


class SequenceDenseColumn(FeatureColumn):
    """A column of numbers for each step of a sequence."""

    __slots__ = ()

    TensorSequenceLengthPair = collections.namedtuple("TensorSequenceLengthPair", ("dense_tensor", "sequence_length"))


class FeatureTransformationCache:
    """The features of a batch and what columns have made of them, each once.

    Args:
      features: dictionary from names to tensors, sparse or ragged tensors.
    """

    def __init__(self, features: Mapping[Any, Any]) -> None:
        self._features = dict(features)
        self._made: dict[Any, Any] = {}

    def get(self, key: Any, state_manager: Any = None, training: Any = None) -> Any:
        """A feature by its name, or what a column makes of its features.

        Raises:
          ValueError: no such feature.
          TypeError: the key is neither a name nor a column.
        """
        if key in self._made:
            return self._made[key]
        if key in self._features:
            found = _with_a_column(self._features[key])
        elif isinstance(key, str):
            raise ValueError(f"Feature {key} is not in features dictionary.")
        elif isinstance(key, FeatureColumn):
            found = key.transform_feature(self, state_manager)
            if found is None:
                raise ValueError(f"Column {key.name} is not supported.")
        else:
            raise TypeError('"key" must be either a "str" or "FeatureColumn". ' + f"Provided: {key}")
        self._made[key] = found
        return found


def _with_a_column(feature: Any) -> Any:
    """A feature of rank 2 or more: ``[batch]`` becomes ``[batch, 1]``."""
    if hasattr(feature, "row_splits"):
        feature = feature.to_sparse()
    elif not isinstance(feature, SparseTensor):
        feature = convert_to_tensor(feature)
    rank = feature.shape.rank
    if rank == 0:
        raise ValueError(f"Feature tensor cannot have rank 0. Given: {feature}")
    if rank != 1:
        return feature
    return expand_sparse(feature, -1) if isinstance(feature, SparseTensor) else expand_dims(feature, -1)


def sparse_input(feature: Any) -> SparseTensor:
    """A feature as a sparse tensor; empty strings, -1 and other dtypes' zeros are left out."""
    if isinstance(feature, SparseTensor):
        return feature
    tensor = feature if isinstance(feature, Tensor) else convert_to_tensor(feature)
    nothing: Any = "" if tensor.dtype is dtypes.string else -1 if tensor.dtype.is_integer else 0
    places = where(not_equal(tensor, convert_to_tensor(nothing, tensor.dtype)))
    return SparseTensor(places, gather_nd(tensor, places), shape_of(tensor, out_type=dtypes.int64))


def check_key(key: Any) -> None:
    if not isinstance(key, str):
        raise ValueError(f"key must be a string. Got: type {type(key)}. Given key: {key}.")


def check_text_or_integer(dtype: dtypes.DType, prefix: str) -> None:
    if not (dtype is dtypes.string or dtype.is_integer):
        raise ValueError(f"{prefix} dtype must be string or integer. dtype: {dtype}.")


def check_default(shape: tuple[int, ...], value: Any, dtype: dtypes.DType, key: str) -> Any:
    """A default value as a tuple for the whole shape, or None.

    Raises:
      ValueError: another shape.
      TypeError: another dtype.
    """
    if value is None:
        return None
    array = np.asarray(value)
    if array.dtype.kind not in "iuf" or (array.dtype.kind == "f" and dtype.is_integer):
        raise TypeError(
            f"default_value must be compatible with dtype. default_value: {value}, dtype: {dtype}, key: {key}"
        )
    if array.ndim and array.shape != shape:
        raise ValueError(
            f"The shape of default_value must be equal to given shape. default_value: {value}, "
            f"shape: {shape}, key: {key}"
        )
    full = np.broadcast_to(array.astype(dtype.dtype), shape)
    return _nested(full.tolist())


def _nested(value: Any) -> Any:
    return tuple(_nested(item) for item in value) if isinstance(value, list) else value
