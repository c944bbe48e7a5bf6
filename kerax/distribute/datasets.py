"""Datasets whose elements are cut for the replicas."""

from __future__ import annotations

import enum
from collections import namedtuple
from collections.abc import Callable, Iterator
from typing import Any

from kerax.core import errors, nest
from kerax.core.tensor import TensorSpec
from kerax.core.value import Tensor
from kerax.distribute.values import PerReplica


class InputReplicationMode(enum.Enum):
    """How often the function of ``distribute_datasets_from_function`` is called: once a worker, or once a replica."""

    PER_WORKER = "PER_WORKER"
    PER_REPLICA = "PER_REPLICA"


class InputOptions(
    namedtuple(
        "InputOptions",
        [
            "experimental_fetch_to_device",
            "experimental_replication_mode",
            "experimental_place_dataset_on_device",
            "experimental_per_replica_buffer_size",
        ],
        defaults=[True, InputReplicationMode.PER_WORKER, False, 1],
    )
):
    """Options of distributed datasets.

    Args:
      experimental_fetch_to_device, experimental_place_dataset_on_device: where elements are put; JAX puts them where
        they are used.
      experimental_replication_mode: ``InputReplicationMode``.
      experimental_per_replica_buffer_size: int, elements made ahead.
    """

    __slots__ = ()


class InputContext:
    """What the function of ``distribute_datasets_from_function`` is told.

    Args:
      num_input_pipelines: int, number of workers.
      input_pipeline_id: int, this one's number.
      num_replicas_in_sync: int, number of replicas of all workers.

    >>> import kerax as tf
    >>> tf.distribute.InputContext(num_replicas_in_sync=4).get_per_replica_batch_size(32)
    8
    """

    def __init__(self, num_input_pipelines: int = 1, input_pipeline_id: int = 0, num_replicas_in_sync: int = 1) -> None:
        self._num_input_pipelines = num_input_pipelines
        self._input_pipeline_id = input_pipeline_id
        self._num_replicas_in_sync = num_replicas_in_sync

    @property
    def num_replicas_in_sync(self) -> int:
        return self._num_replicas_in_sync

    @property
    def input_pipeline_id(self) -> int:
        return self._input_pipeline_id

    @property
    def num_input_pipelines(self) -> int:
        return self._num_input_pipelines

    def get_per_replica_batch_size(self, global_batch_size: int) -> int:
        """The batch of one replica.

        Raises:
          ValueError: the replicas cannot have equal shares.
        """
        if global_batch_size % self._num_replicas_in_sync:
            raise ValueError(
                f"The `global_batch_size` {global_batch_size!r} is not divisible by `num_replicas_in_sync` "
                f"{self._num_replicas_in_sync!r} "
            )
        return global_batch_size // self._num_replicas_in_sync

    def __str__(self) -> str:
        return (
            f"tf.distribute.InputContext(input pipeline id {self._input_pipeline_id}, total: "
            f"{self._num_input_pipelines})"
        )


def split(structure: Any, replicas: int) -> Any:
    """A batch as PerReplica parts of it.

    Args:
      structure: tensors ``[batch, ...]``.
      replicas: int, number of parts.

    Returns:
      The structure with PerReplica leaves. The parts differ in size where the batch cannot be cut evenly.
    """
    return nest.map_structure(lambda leaf: _split_leaf(leaf, replicas), structure)


def _split_leaf(leaf: Any, replicas: int) -> PerReplica:
    size = _size(leaf)
    sizes = part_sizes(size, replicas)
    if isinstance(leaf, Tensor) and leaf._value.dtype != object and size and len(set(sizes)) == 1:
        from kerax.array_ops.shaping import reshape

        return PerReplica(stacked=reshape(leaf, [replicas, sizes[0], *leaf._value.shape[1:]]))
    starts = [sum(sizes[:i]) for i in range(replicas)]
    return PerReplica([leaf[start : start + count] for start, count in zip(starts, sizes, strict=True)])


def _size(leaf: Any) -> int:
    if not leaf.shape.rank:
        raise ValueError(
            f"A distributed dataset needs batches: its elements must have an axis to cut. Received: {leaf}"
        )
    return int(leaf.shape[0]) if leaf.shape[0] is not None else int(leaf.nrows())


def part_sizes(size: int, replicas: int) -> list[int]:
    """How many samples each replica gets: a share rounded up, as long as there are any left."""
    share = -(-size // replicas)
    return [max(0, min(share, size - replica * share)) for replica in range(replicas)]


class DistributedIterator:
    """An iterator over a distributed dataset."""

    def __init__(self, source: Any, make: Callable[[], Iterator[Any]]) -> None:
        self._source = source
        self._elements = make()

    def __iter__(self) -> DistributedIterator:
        return self

    def __next__(self) -> Any:
        return next(self._elements)

    def get_next(self) -> Any:
        """The next element, with PerReplica values where there are several replicas.

        Raises:
          errors.OutOfRangeError: at the end.
        """
        try:
            return next(self._elements)
        except StopIteration:
            raise errors.OutOfRangeError(None, None, "End of sequence [Op:IteratorGetNext]") from None

    def get_next_as_optional(self) -> Any:
        """The next element in a ``tf.experimental.Optional``, which is empty at the end."""
        from kerax.data.iterator import Optional

        try:
            return Optional.from_value(next(self._elements))
        except StopIteration:
            return Optional.empty(self.element_spec)

    @property
    def element_spec(self) -> Any:
        """The structure of specs of the elements."""
        return self._source.element_spec

    def initialize(self) -> None:
        """Does nothing: iterators are ready when they are made."""


class DistributedDataset:
    """What ``strategy.experimental_distribute_dataset`` returns: iterate over it, again and again.

    Args:
      dataset: ``tf.data.Dataset`` of batches, or another iterable of structures of tensors.
      replicas: int.
      by_element: bool, whether each replica gets an element of its own instead of a part.
    """

    def __init__(self, dataset: Any, replicas: int, by_element: bool = False) -> None:
        self._dataset = dataset
        self._replicas = replicas
        self._by_element = by_element

    def __iter__(self) -> DistributedIterator:
        if self._replicas == 1:
            return DistributedIterator(self, lambda: iter(self._dataset))
        return DistributedIterator(self, self._by_elements if self._by_element else self._by_parts)

    def _by_parts(self) -> Iterator[Any]:
        for element in self._dataset:
            yield split(element, self._replicas)

    def _by_elements(self) -> Iterator[Any]:
        elements = iter(self._dataset)
        for first in elements:
            own = [first]
            while len(own) < self._replicas:
                following = next(elements, None)
                if following is None:  # nothing is left for this replica
                    following = nest.map_structure(lambda leaf: leaf[:0], first)
                own.append(following)
            columns = zip(*[nest.flatten(element) for element in own], strict=True)
            yield nest.pack_sequence_as(first, [PerReplica(column) for column in columns])

    @property
    def element_spec(self) -> Any:
        """The structure of specs of the elements: of one replica's, with an open batch size."""
        spec = self._dataset.element_spec
        if self._replicas == 1 or self._by_element:
            return spec

        def part(leaf: Any) -> Any:
            if not isinstance(leaf, TensorSpec) or not leaf.shape.rank:
                return leaf
            size = leaf.shape[0]
            even = size is not None and size % self._replicas == 0
            return TensorSpec([size // self._replicas if even else None, *leaf.shape[1:]], leaf.dtype, leaf.name)

        return nest.map_structure(part, spec)

    def reduce(self, initial_state: Any, reduce_func: Callable[[Any, Any], Any]) -> Any:
        """Goes through all elements with a state.

        Args:
          initial_state: structure.
          reduce_func: ``f(state, element)`` returning the new state.
        """
        state = initial_state
        for element in self:
            state = reduce_func(state, element)
        return state

    def cardinality(self) -> Any:
        """The number of elements, as ``tf.data.Dataset.cardinality``."""
        return self._dataset.cardinality()

    def __len__(self) -> int:
        return len(self._dataset)
