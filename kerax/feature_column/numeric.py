"""Columns of numbers: ``numeric_column`` and ``bucketized_column``."""

from __future__ import annotations

import collections
from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.array_ops import one_hot, reshape
from kerax.core import dtypes
from kerax.core.op import op
from kerax.core.shape import TensorShape
from kerax.core.tensor import convert_to_tensor
from kerax.feature_column.base import CategoricalColumn, DenseColumn, check_default, check_key
from kerax.io import FixedLenFeature
from kerax.math.casting import cast
from kerax.sparse import SparseTensor


class NumericColumn(
    DenseColumn, collections.namedtuple("NumericColumn", ("key", "shape", "default_value", "dtype", "normalizer_fn"))
):
    """A feature of numbers as it is."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return self.key

    @property
    def parents(self) -> list[Any]:
        return [self.key]

    @property
    def parse_example_spec(self) -> dict[str, Any]:
        return {self.key: FixedLenFeature(self.shape, self.dtype, self.default_value)}

    def transform_feature(self, transformation_cache: Any, state_manager: Any) -> Any:
        tensor = transformation_cache.get(self.key, state_manager)
        if isinstance(tensor, SparseTensor):
            raise ValueError(
                f"The corresponding Tensor of numerical column must be a Tensor. SparseTensor is not supported. "
                f"key: {self.key}"
            )
        if self.normalizer_fn is not None:
            tensor = self.normalizer_fn(tensor)
        return cast(tensor, dtypes.float32)

    @property
    def variable_shape(self) -> Any:
        return TensorShape(self.shape)

    def get_dense_tensor(self, transformation_cache: Any, state_manager: Any) -> Any:
        return transformation_cache.get(self, state_manager)


def numeric_column(
    key: str,
    shape: Any = (1,),
    default_value: Any = None,
    dtype: Any = dtypes.float32,
    normalizer_fn: Any = None,
) -> NumericColumn:
    """A column of the numbers of a feature.

    Args:
      key: str, the feature's name.
      shape: ints, the shape of the numbers of one row.
      default_value: number, or numbers of that shape, for rows of serialized examples that lack the feature.
      dtype: dtype of the feature; the column gives float32.
      normalizer_fn: callable that is given the tensor and returns another, or None.

    Raises:
      TypeError: sizes that are no ints, or a default value of another dtype.
      ValueError: sizes below 1, or another dtype.

    >>> import kerax as tf
    >>> tf.feature_column.numeric_column("price")
    NumericColumn(key='price', shape=(1,), default_value=None, dtype=tf.float32, normalizer_fn=None)
    """
    sizes = tuple(shape) if isinstance(shape, (list, tuple, TensorShape)) else (shape,)
    for size in sizes:
        if not isinstance(size, (int, np.integer)):
            raise TypeError(f"shape dimensions must be integer. shape: {shape}, key: {key}")
        if size < 1:
            raise ValueError(f"shape dimensions must be greater than 0. shape: {sizes}, key: {key}")
    kind = dtypes.as_dtype(dtype)
    if not (kind.is_integer or kind.is_floating):
        raise ValueError(f"dtype must be convertible to float. dtype: {kind}, key: {key}")
    default_value = check_default(sizes, default_value, kind, key)
    if normalizer_fn is not None and not callable(normalizer_fn):
        raise TypeError(f"normalizer_fn must be a callable. Given: {normalizer_fn}")
    check_key(key)
    return NumericColumn(key, sizes, default_value, kind, normalizer_fn)


class BucketizedColumn(
    DenseColumn, CategoricalColumn, collections.namedtuple("BucketizedColumn", ("source_column", "boundaries"))
):
    """Numbers as the bucket that they lie in."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return f"{self.source_column.name}_bucketized"

    @property
    def parents(self) -> list[Any]:
        return [self.source_column]

    @property
    def parse_example_spec(self) -> dict[str, Any]:
        return self.source_column.parse_example_spec

    def transform_feature(self, transformation_cache: Any, state_manager: Any) -> Any:
        return _bucketize(transformation_cache.get(self.source_column, state_manager), self.boundaries)

    @property
    def variable_shape(self) -> Any:
        return TensorShape((*self.source_column.shape, len(self.boundaries) + 1))

    @property
    def num_buckets(self) -> int:
        return (len(self.boundaries) + 1) * self.source_column.shape[0]

    def get_dense_tensor(self, transformation_cache: Any, state_manager: Any) -> Any:
        buckets = transformation_cache.get(self, state_manager)
        return one_hot(cast(buckets, dtypes.int64), len(self.boundaries) + 1, 1.0, 0.0)

    def get_sparse_tensors(self, transformation_cache: Any, state_manager: Any) -> Any:
        buckets = transformation_cache.get(self, state_manager)
        rows, width = buckets.shape[0], self.source_column.shape[0]
        places = np.stack(np.meshgrid(np.arange(rows), np.arange(width), indexing="ij"), -1).reshape(-1, 2)
        ids = reshape(buckets, [-1]) + convert_to_tensor(
            np.tile(np.arange(width, dtype=np.int32) * (len(self.boundaries) + 1), rows)
        )
        return self.IdWeightPair(SparseTensor(places, cast(ids, dtypes.int64), [rows, width]), None)


@op("values: float", differentiable=False)
def _bucketize(values, boundaries):
    edges = jnp.asarray(boundaries, values.dtype)
    return jnp.searchsorted(edges, values, side="right").astype(jnp.int32)


def bucketized_column(source_column: Any, boundaries: Any) -> BucketizedColumn:
    """A column of the buckets that numbers lie in.

    Args:
      source_column: a numeric column of one dimension.
      boundaries: increasing list of numbers; ``n`` of them make ``n + 1`` buckets, each with its lower end.

    Raises:
      ValueError: another column, or other boundaries.

    >>> import kerax as tf
    >>> price = tf.feature_column.numeric_column("price")
    >>> tf.feature_column.bucketized_column(price, [0.0, 10.0]).name
    'price_bucketized'
    """
    if not isinstance(source_column, NumericColumn):
        raise ValueError(f"source_column must be a column generated with numeric_column(). Given: {source_column}")
    if len(source_column.shape) > 1:
        raise ValueError(f"source_column must be one-dimensional column. Given: {source_column}")
    if not boundaries:
        raise ValueError("boundaries must not be empty.")
    if not isinstance(boundaries, (list, tuple)) or list(boundaries) != sorted(set(boundaries)):
        raise ValueError("boundaries must be a sorted list.")
    return BucketizedColumn(source_column, tuple(boundaries))
