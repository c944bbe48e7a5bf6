"""How the values of replicas are brought together."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Any

from kerax import math
from kerax.array_ops.creation import shape
from kerax.array_ops.joining import concat
from kerax.core import dtypes
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.distribute.values import PerReplica
from kerax.math.casting import cast


class ReduceOp(enum.Enum):
    """How values are combined.

    >>> import kerax as tf
    >>> tf.distribute.ReduceOp("SUM")
    <ReduceOp.SUM: 'SUM'>
    """

    SUM = "SUM"
    MEAN = "MEAN"


def checked_op(op: Any) -> ReduceOp:
    """A reduction given as ``ReduceOp`` or by name.

    Raises:
      ValueError: there is no such reduction.
    """
    return op if isinstance(op, ReduceOp) else ReduceOp(str(op).upper())


def reduce_values(op: ReduceOp, value: Any, replicas: int, axis: Any = None) -> Any:
    """The values of all replicas as one.

    Args:
      op: ReduceOp.
      value: PerReplica, or a value that all replicas share.
      replicas: int, their number.
      axis: int or list of ints, axes of each replica's value to reduce too; None for none.

    Raises:
      ValueError: the sum of a value that all replicas share.
    """
    if axis is not None:
        return _reduce_axis(op, value.values if isinstance(value, PerReplica) else (value,), axis)
    if not isinstance(value, PerReplica):
        if replicas > 1 and op == ReduceOp.SUM and not (isinstance(value, (int, float)) and value == 0):
            raise ValueError(f"A non-DistributedValues value {value} cannot be reduced with the given reduce op {op}.")
        return value
    stacked = value.as_stacked()
    if stacked is not None:
        return math.reduce_sum(stacked, axis=0) if op == ReduceOp.SUM else math.reduce_mean(stacked, axis=0)
    total = math.add_n([convert_to_tensor(part) for part in value.values])
    return total if op == ReduceOp.SUM else math.divide(total, len(value))


def _reduce_axis(op: ReduceOp, values: Sequence[Any], axis: Any) -> Tensor:
    tensors = [convert_to_tensor(value) for value in values]
    total = math.add_n([math.reduce_sum(tensor, axis=axis) for tensor in tensors])
    if op == ReduceOp.SUM:
        return total
    axes = axis if isinstance(axis, (list, tuple)) else [axis]
    count = 0
    for tensor in tensors:
        sizes = shape(tensor, out_type=dtypes.int64)
        part = 1
        for one in axes:
            part = part * sizes[one]
        count = count + part
    return math.truediv(total, cast(count, total.dtype))


def gather_values(value: Any, axis: int) -> Any:
    """The values of all replicas one behind the other along an axis.

    Raises:
      ValueError: scalars.
    """
    parts = [convert_to_tensor(part) for part in (value.values if isinstance(value, PerReplica) else (value,))]
    if any(part.shape.rank == 0 for part in parts):
        raise ValueError(f"Cannot gather scalars: the values need an axis {axis}. Received: {value}")
    return parts[0] if len(parts) == 1 else concat(parts, axis)


class CrossDeviceOps:
    """Brings together values of several devices. The compiler chooses how, so all kinds do the same."""

    def __init__(self) -> None:
        pass

    def reduce(self, reduce_op: Any, per_replica_value: Any, destinations: Any, options: Any = None) -> Any:
        """The reduced value.

        Args:
          reduce_op: ReduceOp or its name.
          per_replica_value: value per replica.
          destinations: ignored: the result is to be had everywhere.
          options: ignored.
        """
        return self.reduce_implementation(checked_op(reduce_op), per_replica_value, destinations, options)

    def reduce_implementation(self, reduce_op: Any, per_replica_value: Any, destinations: Any, options: Any) -> Any:
        return reduce_values(reduce_op, per_replica_value, 1)

    def batch_reduce(self, reduce_op: Any, value_destination_pairs: Any, options: Any = None) -> list[Any]:
        """``reduce`` for a list of pairs of value and destination."""
        return self.batch_reduce_implementation(checked_op(reduce_op), value_destination_pairs, options)

    def batch_reduce_implementation(self, reduce_op: Any, value_destination_pairs: Any, options: Any) -> list[Any]:
        return [self.reduce(reduce_op, value, where, options) for value, where in value_destination_pairs]

    def broadcast(self, tensor: Any, destinations: Any) -> Any:
        """The tensor, which is to be had everywhere."""
        return self.broadcast_implementation(tensor, destinations)

    def broadcast_implementation(self, tensor: Any, destinations: Any) -> Any:
        return convert_to_tensor(tensor)


class ReductionToOneDevice(CrossDeviceOps):
    """Reduces on one device in TensorFlow.

    Args:
      reduce_to_device: ignored.
      accumulation_fn: function of a list of tensors, by default ``tf.add_n``.
    """

    def __init__(self, reduce_to_device: Any = None, accumulation_fn: Any = None) -> None:
        super().__init__()
        self.reduce_to_device = reduce_to_device
        self.accumulation_fn = accumulation_fn or math.add_n

    def reduce_implementation(self, reduce_op: Any, per_replica_value: Any, destinations: Any, options: Any) -> Any:
        if not isinstance(per_replica_value, PerReplica):
            return per_replica_value
        total = self.accumulation_fn(list(per_replica_value.values))
        return total if reduce_op == ReduceOp.SUM else math.divide(total, len(per_replica_value))


class _Packed(CrossDeviceOps):
    def __init__(self, num_packs: int = 1) -> None:
        super().__init__()
        if num_packs < 0:
            raise ValueError(f"{type(self).__name__} requires num_packs >= 0, but {num_packs} is specified.")
        self.num_packs = num_packs


class NcclAllReduce(_Packed):
    """NVIDIA's all-reduce in TensorFlow; here XLA chooses.

    Args:
      num_packs: int, ignored.
    """


class HierarchicalCopyAllReduce(_Packed):
    """An all-reduce in stages in TensorFlow; here XLA chooses.

    Args:
      num_packs: int, ignored.
    """
