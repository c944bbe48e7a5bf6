"""``tf.distribute.experimental.partitioners``: into how many parts a large variable would be cut."""

from __future__ import annotations

import math
from typing import Any

from kerax.core import dtypes
from kerax.core.shape import TensorShape


class Partitioner:
    """The base class: override ``__call__``."""

    def __call__(self, shape: Any, dtype: Any, axis: int = 0) -> list[int]:
        """The number of parts along each axis.

        Args:
          shape: the variable's shape.
          dtype: its dtype.
          axis: int, the axis that is cut.
        """
        raise NotImplementedError


class FixedShardsPartitioner(Partitioner):
    """A given number of parts.

    Args:
      num_shards: int.

    >>> import kerax as tf
    >>> tf.distribute.experimental.partitioners.FixedShardsPartitioner(2)(tf.TensorShape([10, 3]), tf.float32)
    [2, 1]
    """

    def __init__(self, num_shards: int) -> None:
        self._num_shards = num_shards

    def __call__(self, shape: Any, dtype: Any, axis: int = 0) -> list[int]:
        sizes = TensorShape(shape).as_list()
        return [min(self._num_shards, sizes[axis]) if i == axis else 1 for i in range(len(sizes))]


def _checked(**values: Any) -> None:
    for name, value in values.items():
        if value is not None and value < 1:
            raise ValueError(f"Argument `{name}` must be positive. Received {value}")


def _slice_bytes(sizes: list[int], dtype: Any, axis: int, bytes_per_string: int) -> int:
    dtype = dtypes.as_dtype(dtype)
    element = bytes_per_string if dtype is dtypes.string else dtype.size
    return element * math.prod(size for i, size in enumerate(sizes) if i != axis)


class MinSizePartitioner(Partitioner):
    """As many parts as there can be of a least size.

    Args:
      min_shard_bytes: int, bytes.
      max_shards: int.
      bytes_per_string: int, what a string is taken to need.
    """

    def __init__(self, min_shard_bytes: int = 256 << 10, max_shards: int = 1, bytes_per_string: int = 16) -> None:
        _checked(min_shard_bytes=min_shard_bytes, max_shards=max_shards, bytes_per_string=bytes_per_string)
        self._least, self._most, self._string = min_shard_bytes, max_shards, bytes_per_string

    def __call__(self, shape: Any, dtype: Any, axis: int = 0) -> list[int]:
        sizes = TensorShape(shape).as_list()
        total = _slice_bytes(sizes, dtype, axis, self._string) * sizes[axis]
        parts = max(1, min(self._most, sizes[axis], math.ceil(total / self._least)))
        return [parts if i == axis else 1 for i in range(len(sizes))]


class MaxSizePartitioner(Partitioner):
    """As few parts as there can be of at most a size.

    Args:
      max_shard_bytes: int, bytes.
      max_shards: int or None.
      bytes_per_string: int, what a string is taken to need.
    """

    def __init__(self, max_shard_bytes: int, max_shards: int | None = None, bytes_per_string: int = 16) -> None:
        _checked(max_shard_bytes=max_shard_bytes, max_shards=max_shards, bytes_per_string=bytes_per_string)
        self._largest, self._most, self._string = max_shard_bytes, max_shards, bytes_per_string

    def __call__(self, shape: Any, dtype: Any, axis: int = 0) -> list[int]:
        sizes = TensorShape(shape).as_list()
        rows = max(1, self._largest // _slice_bytes(sizes, dtype, axis, self._string))
        parts = min(math.ceil(sizes[axis] / rows), self._most or sizes[axis])
        return [parts if i == axis else 1 for i in range(len(sizes))]
