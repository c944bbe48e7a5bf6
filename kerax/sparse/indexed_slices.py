"""``tf.IndexedSlices``: some rows of a tensor, all others being zero."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.array_ops._known import concrete
from kerax.core import dtypes
from kerax.core.op import op
from kerax.core.shape import TensorShape
from kerax.core.tensor import TensorSpec, TypeSpec, convert_to_tensor
from kerax.core.value import OPERATORS, Tensor


@op("values; indices", name="UnsortedSegmentSum")
def _densify(values, indices, count):
    return jnp.zeros((count, *values.shape[1:]), values.dtype).at[indices].add(values, mode="drop")


class IndexedSlices:
    """Rows of a tensor of ``dense_shape``: row ``indices[i]`` is ``values[i]``; rows named twice are added.

    Args:
      values: tensor [n, ...].
      indices: int [n].
      dense_shape: int [rank], the shape of the whole; None where it is not known.

    >>> import kerax as tf
    >>> tf.convert_to_tensor(tf.IndexedSlices(tf.constant([5.0]), tf.constant([1]), tf.constant([3]))).numpy()
    array([0., 5., 0.], dtype=float32)
    """

    _is_native = True  # tf.is_tensor counts it, which it does not with types that users make of tensors

    def __init__(self, values: Any, indices: Any, dense_shape: Any = None) -> None:
        self._values, self._indices, self._dense_shape = values, indices, dense_shape

    @property
    def values(self) -> Tensor:
        """The rows, [n, ...]."""
        return self._values

    @property
    def indices(self) -> Tensor:
        """int [n], which rows they are."""
        return self._indices

    @property
    def dense_shape(self) -> Tensor | None:
        """The shape of the whole, None where it is not known."""
        return self._dense_shape

    @property
    def dtype(self) -> dtypes.DType:
        return self._values.dtype

    @property
    def shape(self) -> TensorShape:
        """The static shape."""
        if self._dense_shape is None:
            return TensorShape(None)
        return TensorShape(concrete(self._dense_shape, "dense_shape").tolist())

    @property
    def name(self) -> str:
        return self._values.name

    @property
    def device(self) -> str:
        return self._values.device

    @property
    def op(self) -> Any:
        return self._values.op

    @property
    def graph(self) -> Any:
        return self._values.graph

    def consumers(self) -> list[Any]:
        return []

    def __neg__(self) -> IndexedSlices:
        return IndexedSlices(-self._values, self._indices, self._dense_shape)

    def __str__(self) -> str:
        shape = "" if self._dense_shape is None else f", dense_shape={self._dense_shape!s}"
        return f"IndexedSlices(indices={self._indices!s}, values={self._values!s}{shape})"

    @property
    def _type_spec(self) -> IndexedSlicesSpec:
        dense = None if self._dense_shape is None else self._dense_shape.dtype
        return IndexedSlicesSpec(self.shape, self.dtype, self._indices.dtype, dense, self._indices.shape)

    def _kerax_tensor(self) -> Tensor:
        if self._dense_shape is None:
            raise ValueError(
                f"Tensor conversion requested for IndexedSlices for argument without dense_shape: {self!s}"
            )
        values, indices = convert_to_tensor(self._values), convert_to_tensor(self._indices)
        return _densify(values, indices, int(concrete(self._dense_shape, "dense_shape")[0]))

    def _kerax_components(self) -> list[Any]:
        parts = [self._values, self._indices]
        return parts if self._dense_shape is None else [*parts, self._dense_shape]

    def _kerax_rebuild(self, components: list[Any]) -> IndexedSlices:
        return IndexedSlices(*components)


OPERATORS["IndexedSlices"] = IndexedSlices


class IndexedSlicesSpec(TypeSpec):
    """The shape and dtypes of a ``tf.IndexedSlices``.

    Args:
      shape: dense shape, None where unknown.
      dtype: dtype of the values.
      indices_dtype: tf.int32 or tf.int64.
      dense_shape_dtype: dtype of the dense shape, None where there is none.
      indices_shape: shape of the indices, None where unknown.

    >>> import kerax as tf
    >>> tf.IndexedSlicesSpec([4, 2], tf.float32, tf.int32).dtype
    tf.float32
    """

    value_type = IndexedSlices

    def __init__(
        self, shape: Any = None, dtype: Any = dtypes.float32, indices_dtype: Any = dtypes.int64,
        dense_shape_dtype: Any = None, indices_shape: Any = None,
    ) -> None:  # fmt: skip
        self._shape = TensorShape(shape)
        self._values_dtype = dtypes.as_dtype(dtype)
        self._indices_dtype = dtypes.as_dtype(indices_dtype)
        self._dense_shape_dtype = None if dense_shape_dtype is None else dtypes.as_dtype(dense_shape_dtype)
        self._indices_shape = TensorShape(indices_shape).with_rank(1)

    @property
    def dtype(self) -> dtypes.DType:
        return self._values_dtype

    @property
    def shape(self) -> TensorShape:
        return self._shape

    def _fields(self) -> tuple[Any, ...]:
        return (
            self._shape, self._values_dtype, self._indices_dtype, self._dense_shape_dtype, self._indices_shape,
        )  # fmt: skip

    @property
    def _component_specs(self) -> tuple[TensorSpec, ...]:
        rows = self._indices_shape.concatenate(self._shape[1:])
        parts = (TensorSpec(rows, self._values_dtype), TensorSpec(self._indices_shape, self._indices_dtype))
        if self._dense_shape_dtype is None:
            return parts
        return (*parts, TensorSpec([self._shape.rank], self._dense_shape_dtype))

    def is_compatible_with(self, spec_or_value: Any) -> bool:
        other = spec_or_value._type_spec if isinstance(spec_or_value, IndexedSlices) else spec_or_value
        return (
            isinstance(other, IndexedSlicesSpec)
            and self._fields()[1:4] == other._fields()[1:4]
            and self._shape.is_compatible_with(other._shape)
            and self._indices_shape.is_compatible_with(other._indices_shape)
        )

    def most_specific_common_supertype(self, others: Any) -> IndexedSlicesSpec | None:
        shape, indices_shape = self._shape, self._indices_shape
        for other in others:
            if not isinstance(other, IndexedSlicesSpec) or self._fields()[1:4] != other._fields()[1:4]:
                return None
            shape = shape.most_specific_compatible_shape(other._shape)
            indices_shape = indices_shape.most_specific_compatible_shape(other._indices_shape)
        return IndexedSlicesSpec(shape, *self._fields()[1:4], indices_shape)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, IndexedSlicesSpec) and self._fields() == other._fields()

    def __hash__(self) -> int:
        return hash(self._fields())

    def __reduce__(self) -> tuple[Any, ...]:
        return IndexedSlicesSpec, self._fields()

    def __repr__(self) -> str:
        return f"IndexedSlicesSpec({', '.join(map(repr, self._fields()))})"
