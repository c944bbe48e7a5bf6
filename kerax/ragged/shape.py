"""The shape of a ragged tensor as a value (``tf.shape`` of one), and what is made from it."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.array_ops import creation, shaping
from kerax.array_ops._known import concrete
from kerax.core import dtypes
from kerax.core.shape import TensorShape
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.ragged.elementwise import broadcast
from kerax.ragged.row_partition import RowPartition
from kerax.ragged.structure import convert
from kerax.ragged.tensor import RaggedTensor, _make, is_ragged


class DynamicRaggedShape:
    """Row splits of the partitioned dimensions, outermost first, and the shape of the flat values.

    >>> import kerax as tf
    >>> tf.shape(tf.ragged.constant([[1, 2], [3]]))
    <DynamicRaggedShape lengths=[2, (2, 1)] num_row_partitions=1>
    """

    def __init__(
        self,
        row_partitions: Any,
        inner_shape: Any,
        dtype: Any = None,
        validate: bool = False,
        static_inner_shape: Any = None,
    ) -> None:
        partitions = [p if isinstance(p, RowPartition) else RowPartition(p, internal=True) for p in row_partitions]
        self._given: tuple[RowPartition, ...] | None = tuple(partitions)
        self._splits = tuple(p.row_splits() for p in partitions)
        default = self._splits[0].dtype if self._splits else dtypes.int64
        self._dtype = dtypes.as_dtype(dtype) if dtype is not None else default
        self._inner = tuple(int(size) for size in concrete(inner_shape, "inner_shape").reshape(-1))
        if static_inner_shape is not None and not TensorShape(self._inner).is_compatible_with(static_inner_shape):
            raise ValueError(f"static_inner_shape {static_inner_shape} does not fit the inner shape {self._inner}.")

    @property
    def _partitions(self) -> tuple[RowPartition, ...]:
        if self._given is None:
            self._given = tuple(RowPartition(splits, internal=True) for splits in self._splits)
        return self._given

    @classmethod
    def from_tensor(cls, t: Any, dtype: Any = None) -> DynamicRaggedShape:
        """The shape of a tensor or ragged tensor."""
        if not is_ragged(t):
            t = convert_to_tensor(t)
            return cls((), t._value.shape, dtype or dtypes.int64)
        partitions = []
        while is_ragged(t):
            partitions.append(RowPartition._of(t, dtype))
            t = t.values
        return cls(partitions, t._value.shape, dtype)

    @classmethod
    def from_row_partitions(cls, row_partitions: Any, dtype: Any = None) -> DynamicRaggedShape:
        """A shape of which only the partitions are given: the flat values are a vector.

        Raises:
          ValueError: there are none.
        """
        if not row_partitions:
            raise ValueError("row_partitions cannot be empty")
        return cls(row_partitions, [int(concrete(row_partitions[-1].nvals()))], dtype)

    @classmethod
    def from_lengths(
        cls, lengths: Any, num_row_partitions: int | None = None, dtype: Any = dtypes.int64
    ) -> DynamicRaggedShape:
        """A shape from the size of each dimension: an int, or where it is ragged the lengths of all rows.

        Args:
          lengths: list of ints and lists of ints.
          num_row_partitions: int, how many dimensions after the first have a partition; by default up to the last
            that is ragged.
          dtype: int32 or int64.

        Raises:
          ValueError: the lengths of the rows of a dimension are not as many as there are rows.

        >>> import kerax as tf
        >>> tf.experimental.DynamicRaggedShape.from_lengths([2, (2, 1), 5])
        <DynamicRaggedShape lengths=[2, (2, 1), 5] num_row_partitions=1>
        """
        ragged = [axis for axis, size in enumerate(lengths) if not isinstance(size, int)]
        count = num_row_partitions if num_row_partitions is not None else (ragged[-1] if ragged else 0)
        if ragged and (ragged[0] == 0 or ragged[-1] > count):
            raise ValueError(f"Only dimensions 1 to {count} can be ragged. Received: lengths={lengths}")
        partitions = []
        rows = lengths[0] if lengths else 0
        for size in lengths[1 : count + 1]:
            if isinstance(size, int):
                one = RowPartition.from_uniform_row_length(size, nrows=rows, dtype=dtype)
            elif len(size) != rows:
                raise ValueError("Shape not consistent.")
            else:
                one = RowPartition.from_row_lengths(list(size), dtype=dtype)
            partitions.append(one)
            rows = int(concrete(one.nvals()))
        return cls(partitions, [rows, *lengths[count + 1 :]] if lengths else [], dtype)

    @property
    def dtype(self) -> dtypes.DType:
        return self._dtype

    @property
    def rank(self) -> int:
        return len(self._splits) + len(self._inner)

    @property
    def num_row_partitions(self) -> int:
        return len(self._splits)

    @property
    def inner_rank(self) -> int:
        return len(self._inner)

    @property
    def inner_shape(self) -> Tensor:
        """The shape of the flat values."""
        return convert_to_tensor(np.array(self._inner, self._dtype.as_numpy_dtype))

    @property
    def row_partitions(self) -> tuple[RowPartition, ...]:
        """The partition of each partitioned dimension, outermost first."""
        return self._partitions

    def with_dtype(self, dtype: Any) -> DynamicRaggedShape:
        wanted = dtypes.as_dtype(dtype)
        return DynamicRaggedShape([p.with_dtype(wanted) for p in self._partitions], self._inner, wanted)

    def static_lengths(self, ragged_lengths: bool = True) -> list[Any]:
        """The size of each dimension: an int where it is uniform, the row lengths in a tuple where it is ragged."""
        if not self._splits:
            return list(self._inner)
        first = concrete(self._splits[0])
        out: list[Any] = [len(first) - 1]
        for one, splits in zip(self._partitions, self._splits, strict=True):
            lengths = np.diff(concrete(splits)).tolist()
            out.append(
                one.static_uniform_row_length if one.is_uniform() else tuple(lengths) if ragged_lengths else None
            )
        return out + list(self._inner[1:])

    def is_uniform(self, axis: int) -> bool:
        """Whether a dimension has one size."""
        return not isinstance(self.static_lengths()[axis], tuple)

    def __getitem__(self, index: Any) -> Any:
        lengths = self.static_lengths()
        if isinstance(index, slice):
            start, stop, step = index.indices(self.rank)
            if step != 1:
                raise IndexError("Cannot stride through a shape")
            if start == 0 and stop > len(self._splits):
                return DynamicRaggedShape(self._partitions, self._inner[: stop - len(self._splits)], self._dtype)
            part = lengths[start:stop]
            if any(isinstance(size, tuple) for size in part):
                raise ValueError(f"DynamicRaggedShape cannot be sliced at {index}: it holds ragged dimensions")
            return DynamicRaggedShape((), part, self._dtype)
        size = lengths[int(index)]
        if isinstance(size, tuple):
            raise ValueError(
                f"Index {index} is not uniform: it is not possible to return the size of a ragged dimension"
            )
        return convert_to_tensor(size, self._dtype)

    def add_row_partitions(self, flat_values: Any) -> Any:
        """Values of the inner shape under the rows of this shape."""
        for splits in reversed(self._splits):
            flat_values = _make(flat_values, splits)
        return flat_values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DynamicRaggedShape) and self.static_lengths() == other.static_lengths()

    def __hash__(self) -> int:
        return hash(tuple(self.static_lengths()))

    def __repr__(self) -> str:
        lengths = ", ".join(
            f"({', '.join(map(str, size))}{',' if len(size) == 1 else ''})" if isinstance(size, tuple) else str(size)
            for size in self.static_lengths()
        )
        return f"<DynamicRaggedShape lengths=[{lengths}] num_row_partitions={len(self._splits)}>"

    def _kerax_components(self) -> list[Tensor]:
        return list(self._splits)

    def _kerax_rebuild(self, components: list[Any]) -> DynamicRaggedShape:
        made = object.__new__(DynamicRaggedShape)  # the components may be what only stands for tensors
        made._given, made._splits, made._inner, made._dtype = None, tuple(components), self._inner, self._dtype
        return made


def _as_shape(shape: Any) -> DynamicRaggedShape:
    return shape if isinstance(shape, DynamicRaggedShape) else DynamicRaggedShape((), shape)


def shape_of(input: RaggedTensor, out_type: Any = None, name: str | None = None) -> DynamicRaggedShape:
    """``tf.shape`` of a ragged tensor."""
    return DynamicRaggedShape.from_tensor(input, out_type or dtypes.int32)


def reshape(tensor: Any, shape: Any, name: str | None = None) -> Any:
    """``tf.reshape``: the values in another shape, dense or ragged."""
    while is_ragged(tensor):
        tensor = tensor.values
    if isinstance(shape, DynamicRaggedShape):
        return shape.add_row_partitions(shaping.reshape(tensor, shape.inner_shape))
    return shaping.reshape(tensor, shape)


def ones(shape: DynamicRaggedShape, dtype: Any = dtypes.float32, name: str | None = None, layout: Any = None) -> Any:
    """``tf.ones`` of a ragged shape."""
    return shape.add_row_partitions(creation.ones(shape.inner_shape, dtype))


def zeros(shape: DynamicRaggedShape, dtype: Any = dtypes.float32, name: str | None = None, layout: Any = None) -> Any:
    """``tf.zeros`` of a ragged shape."""
    return shape.add_row_partitions(creation.zeros(shape.inner_shape, dtype))


def fill(dims: DynamicRaggedShape, value: Any, name: str | None = None, layout: Any = None) -> Any:
    """``tf.fill`` of a ragged shape."""
    return dims.add_row_partitions(creation.fill(dims.inner_shape, value))


def broadcast_to(input: Any, shape: Any, name: str | None = None) -> Any:
    """``tf.broadcast_to`` a ragged shape."""
    if not isinstance(shape, DynamicRaggedShape):
        raise ValueError(
            f"A ragged tensor is broadcast to a DynamicRaggedShape (tf.shape of a ragged one), not {shape}"
        )
    value = convert(input)
    if not is_ragged(value) and not value.shape.rank:
        return fill(shape, value)
    return broadcast(value, zeros(shape, value.dtype))[0]


def broadcast_dynamic_shape(shape_x: Any, shape_y: Any) -> DynamicRaggedShape:
    """``tf.broadcast_dynamic_shape`` of shapes of which one is ragged."""
    x, y = zeros(_as_shape(shape_x), dtypes.bool), zeros(_as_shape(shape_y), dtypes.bool)
    both = broadcast(x, y)
    return DynamicRaggedShape.from_tensor(both[0] if is_ragged(both[0]) else both[1])
