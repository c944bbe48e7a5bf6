"""``tf.train.experimental``: python state in checkpoints, and how tensors are spread over files."""

from __future__ import annotations

import abc
import dataclasses
import math
from typing import Any

import numpy as np

from kerax.core.module import AutoTrackable


class PythonState(AutoTrackable, abc.ABC):
    """State of python's own that checkpoints save: override ``serialize`` and ``deserialize``.

    >>> import kerax as tf
    >>> class Notes(tf.train.experimental.PythonState):
    ...     text = "kept"
    ...     def serialize(self):
    ...         return self.text.encode()
    ...     def deserialize(self, data):
    ...         self.text = data.decode()
    >>> Notes().serialize()
    b'kept'
    """

    @abc.abstractmethod
    def serialize(self) -> bytes:
        """The state as bytes."""

    @abc.abstractmethod
    def deserialize(self, string_value: bytes) -> None:
        """Sets the state from what ``serialize`` gave."""

    def _serialize_to_tensors(self) -> dict[str, Any]:
        value = np.empty((), dtype=object)
        data = self.serialize()
        value[()] = data.encode() if isinstance(data, str) else data
        return {"py_state": value}

    def _restore_from_tensors(self, tensors: dict[str, np.ndarray]) -> None:
        self.deserialize(tensors["py_state"].item())


@dataclasses.dataclass(frozen=True)
class ShardableTensor:
    """A tensor on its way into a checkpoint, as sharding callbacks see it."""

    _tensor_save_spec: Any
    tensor: Any
    dtype: Any
    device: Any
    name: str
    shape: Any
    slice_spec: str
    checkpoint_key: str
    trackable: Any

    def __hash__(self) -> int:
        return hash((self.name, str(self.dtype), str(self.device)))

    def __repr__(self) -> str:
        return (
            f"ShardableTensor(tensor={self.tensor}, dtype={self.dtype}, device={self.device}, name={self.name}, "
            f"shape={self.shape}, slice_spec={self.slice_spec}, checkpoint_key={self.checkpoint_key})"
        )


class ShardingCallback(abc.ABC):
    """How tensors are spread over the files of a checkpoint."""

    description: Any

    @abc.abstractmethod
    def __call__(self, shardable_tensors: Any) -> Any:
        """Lists of dicts, key → (slice → tensor)."""


class ShardByTaskPolicy(ShardingCallback):
    """One file per task, which is one file."""

    @property
    def description(self) -> str:
        return "Split shards based on task."

    def __call__(self, shardable_tensors: Any) -> Any:
        shards: dict[Any, dict[str, Any]] = {}
        for item in shardable_tensors:
            shards.setdefault(str(item.device), {}).setdefault(item.checkpoint_key, {})[item.slice_spec] = item.tensor
        return list(shards.values())


class MaxShardSizePolicy(ShardingCallback):
    """Files of a largest size.

    Args:
      max_shard_size: int, bytes.

    Raises:
      ValueError: it is not positive.
    """

    class MaxShardSizePartitioner:
        """Whole tensors into shards, a new one where the next tensor would not fit."""

        def __init__(self, max_shard_size: int) -> None:
            self.max_shard_size = max_shard_size

        def __call__(self, tensors: Any) -> list[dict[str, Any]]:
            shards: list[dict[str, Any]] = [{}]
            used = 0
            for item in tensors:
                size = math.prod(item.shape) * item.dtype.size
                if used and used + size > self.max_shard_size:
                    shards.append({})
                    used = 0
                shards[-1].setdefault(item.checkpoint_key, {})[item.slice_spec] = item.tensor
                used += size
            return shards

    def __init__(self, max_shard_size: int) -> None:
        if max_shard_size <= 0:
            raise ValueError(f"max_shard_size must be positive. Received: {max_shard_size}")
        self.max_shard_size = max_shard_size

    @property
    def description(self) -> str:
        return "Split shards by max size."

    def __call__(self, shardable_tensors: Any) -> Any:
        return self.MaxShardSizePartitioner(self.max_shard_size)(shardable_tensors)
