"""``tf.SparseTensor``: the values of some places of a tensor, all others being zero."""

from __future__ import annotations

from typing import Any, NamedTuple

import jax
import numpy as np

from kerax.array_ops._known import concrete
from kerax.core import dtypes
from kerax.core.effects import format_array
from kerax.core.shape import TensorShape
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor


class SparseTensorValue(NamedTuple):
    """The numpy arrays of a `SparseTensor`."""

    indices: Any
    values: Any
    dense_shape: Any


class SparseTensor:
    """A tensor given by the places and values of some of its elements.

    Args:
      indices: int64 [n, rank], the places.
      values: tensor [n], the values there.
      dense_shape: int64 [rank], the shape of the whole.

    Raises:
      ValueError: the parts do not fit each other.

    >>> import kerax as tf
    >>> st = tf.SparseTensor([[0, 1]], [5], [1, 3])
    >>> tf.sparse.to_dense(st).numpy()
    array([[0, 5, 0]], dtype=int32)
    """

    _is_native = True  # tf.is_tensor counts it, which it does not with types that users make of tensors

    __array_priority__ = 100

    def __init__(self, indices: Any, values: Any, dense_shape: Any) -> None:
        if isinstance(indices, np.ndarray) and not indices.size:
            indices = indices.astype(np.int64)
        self._indices = convert_to_tensor(indices, dtypes.int64)
        self._values = convert_to_tensor(values)
        if np.ndim(dense_shape) == 0 and isinstance(dense_shape, (int, np.integer)):
            raise TypeError(f"dense_shape must be a vector, got {dense_shape}")
        sizes = dense_shape.as_list() if isinstance(dense_shape, TensorShape) else dense_shape
        self._dense_shape = convert_to_tensor(sizes, dtypes.int64)
        self._hint: tuple[int, ...] | None = None
        for part, rank in ((self._indices, 2), (self._values, 1), (self._dense_shape, 1)):
            part.shape.with_rank(rank)
        (n, depth), (count,), (rank,) = (p._value.shape for p in (self._indices, self._values, self._dense_shape))
        if n != count or depth != rank:
            wrong = (n, count) if n != count else (depth, rank)
            raise ValueError(f"Dimensions {wrong[0]} and {wrong[1]} are not compatible")

    # --- parts ------------------------------------------------------------------------------------------
    @property
    def indices(self) -> Tensor:
        """int64 [n, rank], the places of the values."""
        return self._indices

    @property
    def values(self) -> Tensor:
        """The values, [n]."""
        return self._values

    @property
    def dense_shape(self) -> Tensor:
        """int64 [rank], the shape of the whole."""
        return self._dense_shape

    @property
    def dtype(self) -> dtypes.DType:
        return self._values.dtype

    @property
    def shape(self) -> TensorShape:
        """The static shape."""
        found = self._static_sizes()
        return TensorShape([None] * self._dense_shape._value.shape[0] if found is None else found)

    def get_shape(self) -> TensorShape:
        return self.shape

    def set_shape(self, shape: Any) -> None:
        """Checks the shape, which is known here."""
        wanted = TensorShape(shape)
        if not self.shape.is_compatible_with(wanted):
            raise ValueError(f"Shapes {self.shape} and {wanted} are not compatible")

    def _static_sizes(self) -> tuple[int, ...] | None:
        value = self._dense_shape._value
        if isinstance(value, jax.core.Tracer):
            return self._hint
        return tuple(np.asarray(value).tolist())

    def _sizes(self) -> tuple[int, ...]:
        """The dense shape as ints, whatever it costs."""
        found = self._static_sizes()
        return tuple(concrete(self._dense_shape, "dense_shape").tolist()) if found is None else found

    def _places(self) -> np.ndarray:
        """The indices as numpy."""
        return concrete(self._indices, "indices")

    @property
    def op(self) -> Any:
        return self._values.op

    @property
    def graph(self) -> Any:
        return self._indices.graph

    def consumers(self) -> list[Any]:
        return []

    def eval(self, feed_dict: Any = None, session: Any = None) -> Any:
        return self.graph  # which says that there is none

    # --- variations -------------------------------------------------------------------------------------
    @classmethod
    def from_value(cls, sparse_tensor_value: Any) -> SparseTensor:
        """A SparseTensor of anything with ``indices``, ``values`` and ``dense_shape``."""
        if not all(hasattr(sparse_tensor_value, name) for name in ("indices", "values", "dense_shape")):
            raise TypeError(
                f"Argument sparse_tensor_value={sparse_tensor_value} is neither a SparseTensor nor SparseTensorValue."
            )
        value = sparse_tensor_value
        return SparseTensor(value.indices, value.values, value.dense_shape)

    def with_values(self, new_values: Any) -> SparseTensor:
        """Other values at the same places.

        Args:
          new_values: tensor [n].

        Returns:
          SparseTensor.

        >>> import kerax as tf
        >>> tf.SparseTensor([[0, 1]], [5], [1, 3]).with_values([2.0]).values.numpy()
        array([2.], dtype=float32)
        """
        return replaced(self, values=new_values)

    # --- python protocols -------------------------------------------------------------------------------
    def __repr__(self) -> str:
        return f"SparseTensor(indices={self._indices!s}, values={self._values!s}, dense_shape={self._dense_shape!s})"

    __str__ = __repr__

    def ref(self) -> Any:
        from kerax.core.value import Reference

        return Reference(self)

    def __mul__(self, other: Any) -> SparseTensor:
        from kerax.sparse.arithmetic import multiply_dense

        return multiply_dense(self, other)

    def __truediv__(self, other: Any) -> SparseTensor:
        from kerax.sparse.arithmetic import divide_dense

        return divide_dense(self, other)

    __div__ = __truediv__

    def _kerax_print(self, summarize: int) -> str:
        """The text that ``tf.print`` shows."""
        parts = (self._places(), concrete(self._values, "values"), np.array(self._sizes()))
        indices, values, shape = (format_array(part, summarize) for part in parts)
        return f"'SparseTensor(indices={indices}, values={values}, shape={shape})'"

    @property
    def _type_spec(self) -> Any:
        from kerax.sparse.spec import SparseTensorSpec

        return SparseTensorSpec(self.shape, self.dtype)

    def _is_symbolic(self) -> bool:
        return self._values._is_symbolic()

    # --- as a structure of plain tensors ------------------------------------------------------------------
    @property
    def _kerax_static(self) -> Any:
        return self._static_sizes()

    def _kerax_components(self) -> list[Tensor]:
        return [self._indices, self._values, self._dense_shape]

    def _kerax_rebuild(self, components: list[Any]) -> SparseTensor:
        new = SparseTensor.__new__(SparseTensor)
        new._indices, new._values, new._dense_shape = components
        traced = isinstance(getattr(components[2], "_value", None), jax.core.Tracer)
        new._hint = self._static_sizes() if traced and isinstance(self._dense_shape, Tensor) else None
        return new


def replaced(like: SparseTensor, indices: Any = None, values: Any = None, dense_shape: Any = None) -> SparseTensor:
    """A sparse tensor with some parts replaced."""
    out = SparseTensor(
        like._indices if indices is None else indices,
        like._values if values is None else values,
        like._dense_shape if dense_shape is None else dense_shape,
    )
    if dense_shape is None:
        out._hint = like._hint
    return out


def is_sparse(value: Any) -> bool:
    return isinstance(value, SparseTensor)


def as_sparse(value: Any) -> SparseTensor:
    """The value, checked to be sparse.

    Raises:
      TypeError: it is not.
    """
    if isinstance(value, SparseTensor):
        return value
    if type(value).__name__ == "SparseTensorValue":
        return SparseTensor.from_value(value)
    raise TypeError(f"Input must be a SparseTensor. Received {value!r} of type {type(value).__name__}.")


def linear(places: np.ndarray, sizes: Any) -> np.ndarray:
    """Row-major numbers of places."""
    if not len(sizes):
        return np.zeros(len(places), np.int64)
    strides = np.cumprod([1, *reversed(list(sizes)[1:])])[::-1].astype(np.int64)
    return places @ strides
