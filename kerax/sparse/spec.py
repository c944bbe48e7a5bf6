"""``tf.SparseTensorSpec``: what is static about a sparse tensor."""

from __future__ import annotations

from typing import Any

from kerax.core import dtypes
from kerax.core.shape import TensorShape
from kerax.core.tensor import TypeSpec
from kerax.sparse.tensor import SparseTensor


class SparseTensorSpec(TypeSpec):
    """The shape and dtype of a sparse tensor.

    Args:
      shape: dense shape, None where unknown.
      dtype: dtype of the values.

    >>> import kerax as tf
    >>> tf.SparseTensorSpec([2, None], tf.int32)
    SparseTensorSpec(TensorShape([2, None]), tf.int32)
    """

    value_type = SparseTensor

    def __init__(self, shape: Any = None, dtype: Any = dtypes.float32) -> None:
        self._shape = TensorShape(shape)
        self._dtype = dtypes.as_dtype(dtype)

    @property
    def dtype(self) -> dtypes.DType:
        return self._dtype

    @property
    def shape(self) -> TensorShape:
        return self._shape

    @classmethod
    def from_value(cls, value: Any) -> SparseTensorSpec:
        if isinstance(value, SparseTensor) or hasattr(value, "dense_shape"):
            return cls(SparseTensor.from_value(value).shape, value.values.dtype)
        raise TypeError("Expected SparseTensor or SparseTensorValue.")

    def is_compatible_with(self, spec_or_value: Any) -> bool:
        other = spec_or_value
        if isinstance(other, SparseTensor):
            other = SparseTensorSpec(other.shape, other.dtype)
        return (
            isinstance(other, SparseTensorSpec)
            and self._dtype is other._dtype
            and self._shape.is_compatible_with(other._shape)
        )

    def is_subtype_of(self, other: Any) -> bool:
        return (
            isinstance(other, SparseTensorSpec)
            and self._dtype is other._dtype
            and self._shape.is_subtype_of(other._shape)
        )

    def most_specific_common_supertype(self, others: Any) -> SparseTensorSpec | None:
        shape = self._shape
        for other in others:
            if not isinstance(other, SparseTensorSpec) or other._dtype is not self._dtype:
                return None
            shape = shape.most_specific_compatible_shape(other._shape)
        return SparseTensorSpec(shape, self._dtype)

    def most_specific_compatible_type(self, other: Any) -> SparseTensorSpec:
        found = self.most_specific_common_supertype([other])
        if found is None:
            raise ValueError(f"No TypeSpec is compatible with both {self} and {other}")
        return found

    def _batch(self, size: int | None) -> SparseTensorSpec:
        """The spec of a batch of such values."""
        return SparseTensorSpec(TensorShape([size]).concatenate(self._shape), self._dtype)

    def _unbatch(self) -> SparseTensorSpec:
        """The spec of a row."""
        return SparseTensorSpec(self._shape[1:] if self._shape.rank is not None else None, self._dtype)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SparseTensorSpec) and (self._shape, self._dtype) == (other._shape, other._dtype)

    def __hash__(self) -> int:
        return hash((self._shape, self._dtype))

    def __reduce__(self) -> tuple[Any, ...]:
        return SparseTensorSpec, (self._shape, self._dtype)

    def __repr__(self) -> str:
        return f"SparseTensorSpec({self._shape!r}, {self._dtype!r})"
