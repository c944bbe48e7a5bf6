"""``tensorflow.python.framework.tensor_spec``."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.array_ops import broadcast_static_shape
from kerax.core import dtypes
from kerax.core.shape import TensorShape
from kerax.core.tensor import TensorSpec

from .type_spec import BatchableTypeSpec


class DenseSpec(BatchableTypeSpec):
    """The spec of a value with a shape and a dtype."""

    def __init__(self, shape: Any, dtype: Any = dtypes.float32, name: str | None = None) -> None:
        self._shape, self._dtype, self._name = TensorShape(shape), dtypes.as_dtype(dtype), name

    @property
    def shape(self) -> TensorShape:
        """The shape."""
        return self._shape

    @property
    def dtype(self) -> Any:
        """The dtype."""
        return self._dtype

    @property
    def name(self) -> str | None:
        """The name or None."""
        return self._name

    def _serialize(self) -> Any:
        return (self._shape, self._dtype, self._name)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(shape={self.shape}, dtype={self.dtype!r}, name={self.name!r})"


class BoundedTensorSpec(TensorSpec):
    """A `TensorSpec` with the least and the greatest value of the elements.

    Args:
      shape, dtype, name: as of a `TensorSpec`.
      minimum, maximum: numbers or arrays that can be broadcast to the shape; both count.
    """

    def __init__(self, shape: Any, dtype: Any, minimum: Any, maximum: Any, name: str | None = None) -> None:
        super().__init__(shape, dtype, name)
        bounds = []
        for which, bound in (("minimum", minimum), ("maximum", maximum)):
            array = np.array(bound, dtype=self.dtype.as_numpy_dtype)
            try:
                broadcast_static_shape(TensorShape(array.shape), self.shape)
            except ValueError:
                raise ValueError(f"`{which}` {bound} is not compatible with shape {self.shape}.") from None
            array.setflags(write=False)
            bounds.append(array)
        self._minimum, self._maximum = bounds

    @classmethod
    def from_spec(cls, spec: Any, name: str | None = None) -> BoundedTensorSpec:
        """A spec like another; one without bounds gets those of its dtype."""
        dtype = dtypes.as_dtype(spec.dtype)
        low, high = getattr(spec, "minimum", dtype.min), getattr(spec, "maximum", dtype.max)
        return cls(spec.shape, dtype, low, high, name or spec.name)

    @property
    def minimum(self) -> np.ndarray:
        """The least value of the elements."""
        return self._minimum

    @property
    def maximum(self) -> np.ndarray:
        """The greatest value of the elements."""
        return self._maximum

    def __eq__(self, other: object) -> bool:
        return (
            super().__eq__(other)
            and np.allclose(self.minimum, other.minimum)  # type: ignore[attr-defined]
            and np.allclose(self.maximum, other.maximum)  # type: ignore[attr-defined]
        )

    __hash__ = TensorSpec.__hash__

    def __reduce__(self) -> tuple[Any, ...]:
        return BoundedTensorSpec, (self._shape, self._dtype, self._minimum, self._maximum, self._name)

    def __repr__(self) -> str:
        return (
            f"BoundedTensorSpec(shape={self.shape}, dtype={self.dtype!r}, name={self.name!r}, "
            f"minimum={self.minimum!r}, maximum={self.maximum!r})"
        )
