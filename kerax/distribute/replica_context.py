"""Where the program is: inside a replica, across replicas, or outside of any strategy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerax.array_ops import identity
from kerax.core import dtypes, nest
from kerax.core.context import context
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.distribute.reduction import checked_op
from kerax.ragged import RaggedTensor
from kerax.sparse import SparseTensor
from kerax.sparse.indexed_slices import IndexedSlices


class ReplicaContext:
    """What the function given to ``strategy.run`` may ask and do.

    Args:
      strategy: the strategy.
      replica_id_in_sync_group: int or Tensor.

    >>> import kerax as tf
    >>> tf.distribute.get_replica_context().num_replicas_in_sync
    1
    """

    def __init__(self, strategy: Any, replica_id_in_sync_group: Any, exchange: Any = None) -> None:
        self._strategy = strategy
        self._replica_id = replica_id_in_sync_group
        self._exchange = exchange  # (kind, tensors, axis) → tensors, with those of the other replicas
        self.updates_together = False  # whether all replicas are making the same update of variables
        self.sums_gradients = True  # whether optimizers sum the gradients of all replicas

    @property
    def strategy(self) -> Any:
        return self._strategy

    @property
    def num_replicas_in_sync(self) -> int:
        return self._strategy.num_replicas_in_sync

    @property
    def replica_id_in_sync_group(self) -> Any:
        """The number of this replica: scalar int32 Tensor; the int 0 where there is no strategy."""
        if self._strategy._is_default:
            return self._replica_id
        return convert_to_tensor(self._replica_id, dtypes.int32)

    @property
    def replica_id(self) -> Any:
        return self._replica_id

    @property
    def devices(self) -> tuple[str, ...]:
        """The device of this replica."""
        if self._strategy._is_default:
            return ("",)
        devices = self._strategy.extended.worker_devices
        return (devices[self._replica_id],) if isinstance(self._replica_id, int) else tuple(devices)

    def __enter__(self) -> ReplicaContext:
        self._outer = {name: context.extras.get(name) for name in ("strategy", "cross_replica", "replica_context")}
        context.extras.update(strategy=self._strategy, cross_replica=False, replica_context=self)
        return self

    def __exit__(self, *exc: Any) -> None:
        context.extras.update(self._outer)

    def all_reduce(self, reduce_op: Any, value: Any, options: Any = None) -> Any:
        """The sum or mean of what all replicas give.

        Args:
          reduce_op: ReduceOp or its name.
          value: structure of tensors (``tf.IndexedSlices`` become tensors where there are several replicas).
          options: ``CommunicationOptions``; the compiler chooses how.

        Returns:
          The same structure of Tensors.
        """
        op = checked_op(reduce_op)
        leaves = nest.flatten(value)
        if self.num_replicas_in_sync == 1:
            kept = IndexedSlices, RaggedTensor, SparseTensor
            done = [leaf if isinstance(leaf, kept) else convert_to_tensor(leaf) for leaf in leaves]
        else:
            done = self._exchange(op.value, [convert_to_tensor(leaf) for leaf in leaves], 0)
        return nest.pack_sequence_as(value, done)

    def all_gather(self, value: Any, axis: int, options: Any = None) -> Any:
        """What all replicas give, one behind the other.

        Args:
          value: structure of tensors.
          axis: int.
          options: ``CommunicationOptions``; the compiler chooses how.
        """
        if self._strategy._is_default:
            return nest.map_structure(identity, value)
        leaves = [convert_to_tensor(leaf) for leaf in nest.flatten(value)]
        if any(leaf.shape.rank == 0 for leaf in leaves):
            raise ValueError("all_gather cannot be used for scalars: they have no axis to be joined along.")
        if self.num_replicas_in_sync > 1:
            leaves = self._exchange("GATHER", leaves, axis)
        return nest.pack_sequence_as(value, leaves)

    def merge_call(self, merge_fn: Callable[..., Any], args: Any = (), kwargs: Any = None) -> Any:
        """Calls a function once for all replicas.

        Args:
          merge_fn: ``f(strategy, *args, **kwargs)``, which gets the arguments of all replicas as PerReplica values.
          args, kwargs: this replica's arguments.

        Returns:
          Its result; where it is a value per replica, that of this one.
        """
        from kerax.distribute.values import PerReplica, select

        given = (args, kwargs or {})
        if self.num_replicas_in_sync > 1:
            leaves = nest.flatten(given)
            places = [i for i, leaf in enumerate(leaves) if isinstance(leaf, Tensor)]
            gathered = self._exchange("STACK", [leaves[i] for i in places], 0) if places else []
            for place, stacked in zip(places, gathered, strict=True):
                leaves[place] = PerReplica(stacked=stacked)
            given = nest.pack_sequence_as(given, leaves)
        outer = self.updates_together
        with cross_replica(self._strategy):
            self.updates_together = True
            try:
                out = merge_fn(self._strategy, *given[0], **given[1])
            finally:
                self.updates_together = outer
        if self.num_replicas_in_sync == 1:
            return select(0, out)
        return nest.map_structure(
            lambda leaf: self._own(leaf.as_stacked()) if isinstance(leaf, PerReplica) else leaf, out
        )

    def _own(self, stacked: Any) -> Any:
        from kerax.array_ops.gathering import gather

        return gather(stacked, self._replica_id)


class cross_replica:
    """Is in a strategy's scope, outside of any replica."""

    def __init__(self, strategy: Any) -> None:
        self._strategy = strategy

    def __enter__(self) -> Any:
        self._outer = {name: context.extras.get(name) for name in ("strategy", "cross_replica", "replica_context")}
        context.extras.update(strategy=self._strategy, cross_replica=True, replica_context=None)
        return self._strategy

    def __exit__(self, *exc: Any) -> None:
        context.extras.update(self._outer)


def has_strategy() -> bool:
    """Whether a strategy other than the default one is in use here.

    >>> import kerax as tf
    >>> tf.distribute.has_strategy()
    False
    """
    return context.extras.get("strategy") is not None


def in_cross_replica_context() -> bool:
    """Whether the program is in a strategy's scope and not in one of its replicas.

    >>> import kerax as tf
    >>> with tf.distribute.OneDeviceStrategy("CPU:0").scope():
    ...     tf.distribute.in_cross_replica_context()
    True
    """
    return bool(context.extras.get("cross_replica"))
