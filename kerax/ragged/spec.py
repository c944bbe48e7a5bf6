"""``tf.RaggedTensorSpec``: what is static about a ragged tensor."""

from __future__ import annotations

from typing import Any

from kerax.core import dtypes
from kerax.core.shape import TensorShape
from kerax.core.tensor import TensorSpec, TypeSpec
from kerax.ragged.tensor import RaggedTensor


class RaggedTensorSpec(TypeSpec):
    """The shape, dtype and ragged rank of a ragged tensor.

    Args:
      shape: sizes, None for ragged dimensions and for what is not known; None for unknown rank.
      dtype: the dtype of the values.
      ragged_rank: int, the number of ragged dimensions; rank - 1 by default.
      row_splits_dtype: tf.int32 or tf.int64.
      flat_values_spec: spec of the flat values, where they are not a plain tensor.

    >>> import kerax as tf
    >>> tf.RaggedTensorSpec([2, None], tf.int32)
    RaggedTensorSpec(TensorShape([2, None]), tf.int32, 1, tf.int64)
    """

    value_type = RaggedTensor

    def __init__(
        self, shape: Any = None, dtype: Any = dtypes.float32, ragged_rank: int | None = None,
        row_splits_dtype: Any = dtypes.int64, flat_values_spec: Any = None,
    ) -> None:  # fmt: skip
        self._shape = TensorShape(shape)
        self._row_splits_dtype = dtypes.as_dtype(row_splits_dtype)
        if flat_values_spec is not None:
            if (
                dtype is not None
                and dtypes.as_dtype(dtype) is not flat_values_spec.dtype
                and dtype is not dtypes.float32
            ):
                raise ValueError("dtype must be the same as flat_values_spec.dtype")
            dtype = flat_values_spec.dtype
        elif dtype is None:
            raise ValueError("At least one of dtype or flat_values_spec must be provided")
        self._dtype = dtypes.as_dtype(dtype)
        self._flat_values_spec = flat_values_spec
        rank = self._shape.rank
        if ragged_rank is None:
            if rank is None:
                raise ValueError("Must specify ragged_rank or a shape with a known rank.")
            ragged_rank = rank - 1
        if not isinstance(ragged_rank, int):
            raise TypeError(f"Argument `ragged_rank` must be an int. Received {ragged_rank}.")
        if rank is not None and ragged_rank >= rank:
            raise ValueError(f"Argument `ragged_rank` ({ragged_rank}) must be less than rank ({rank}).")
        self._ragged_rank = ragged_rank

    @property
    def dtype(self) -> dtypes.DType:
        return self._dtype

    @property
    def shape(self) -> TensorShape:
        return self._shape

    @property
    def ragged_rank(self) -> int:
        return self._ragged_rank

    @property
    def row_splits_dtype(self) -> dtypes.DType:
        return self._row_splits_dtype

    @property
    def flat_values_spec(self) -> Any:
        return self._flat_values_spec

    @classmethod
    def from_value(cls, value: Any) -> RaggedTensorSpec:
        if not isinstance(value, RaggedTensor):
            return cls(value.shape, value.dtype, 0)
        return cls(value.shape, value.dtype, value.ragged_rank, value.row_splits.dtype)

    def _kerax_of_specs(self) -> Any:
        """A ragged tensor with specs in place of its tensors."""
        rank, shape = self.ragged_rank, self.shape
        sizes = [None] * (rank + 1) if shape.rank is None else shape.as_list()
        inner = None if shape.rank is None else [None if rank else sizes[0], *sizes[rank + 1 :]]
        values: Any = self.flat_values_spec or TensorSpec(inner, self.dtype)
        for level in reversed(range(rank)):
            splits = TensorSpec([None], self.row_splits_dtype)
            values = RaggedTensor(values, (splits, sizes[level + 1]), internal=True)
        return values

    def is_compatible_with(self, spec_or_value: Any) -> bool:
        other = spec_or_value
        if not isinstance(other, TypeSpec):
            if not hasattr(other, "shape") or not hasattr(other, "dtype"):
                return False
            other = self.from_value(other)
        if isinstance(other, TensorSpec):
            other = RaggedTensorSpec(other.shape, other.dtype, 0, self._row_splits_dtype)
            if self._ragged_rank:
                return False
        return (
            isinstance(other, RaggedTensorSpec)
            and self._dtype is other._dtype
            and self._ragged_rank == other._ragged_rank
            and self._row_splits_dtype is other._row_splits_dtype
            and self._shape.is_compatible_with(other._shape)
        )

    def is_subtype_of(self, other: Any) -> bool:
        return (
            isinstance(other, RaggedTensorSpec)
            and (self._dtype, self._ragged_rank, self._row_splits_dtype)
            == (other._dtype, other._ragged_rank, other._row_splits_dtype)
            and self._shape.is_subtype_of(other._shape)
        )

    def most_specific_common_supertype(self, others: Any) -> RaggedTensorSpec | None:
        shape = self._shape
        for other in others:
            if not isinstance(other, RaggedTensorSpec) or (
                (self._dtype, self._ragged_rank, self._row_splits_dtype)
                != (other._dtype, other._ragged_rank, other._row_splits_dtype)
            ):
                return None
            shape = shape.most_specific_compatible_shape(other._shape)
        return RaggedTensorSpec(shape, self._dtype, self._ragged_rank, self._row_splits_dtype)

    def most_specific_compatible_type(self, other: Any) -> RaggedTensorSpec:
        found = self.most_specific_common_supertype([other])
        if found is None:
            raise ValueError(f"No TypeSpec is compatible with both {self} and {other}")
        return found

    def _batch(self, size: int | None) -> RaggedTensorSpec:
        """The spec of a batch of such values."""
        shape = TensorShape([size]).concatenate(self._shape) if self._shape.rank is not None else TensorShape(None)
        return RaggedTensorSpec(shape, self._dtype, self._ragged_rank + 1, self._row_splits_dtype)

    def _unbatch(self) -> RaggedTensorSpec:
        """The spec of a row; its ragged rank may be 0."""
        shape = self._shape[1:] if self._shape.rank is not None else None
        return RaggedTensorSpec(shape, self._dtype, self._ragged_rank - 1, self._row_splits_dtype)

    def _fields(self) -> tuple[Any, ...]:
        return (self._shape, self._dtype, self._ragged_rank, self._row_splits_dtype)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RaggedTensorSpec) and self._fields() == other._fields()

    def __hash__(self) -> int:
        return hash(self._fields())

    def __reduce__(self) -> tuple[Any, ...]:
        return RaggedTensorSpec, self._fields()

    def __repr__(self) -> str:
        return f"RaggedTensorSpec({', '.join(map(repr, self._fields()))})"
