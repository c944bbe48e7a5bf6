"""``tf.distribute.Strategy``: on which devices a program runs, and how it is told."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import jax
import numpy as np

from kerax.core import device as core_device
from kerax.core import nest
from kerax.core.context import context
from kerax.distribute import replicas
from kerax.distribute.datasets import DistributedDataset, InputContext, InputReplicationMode
from kerax.distribute.reduction import CrossDeviceOps, checked_op, gather_values, reduce_values
from kerax.distribute.replica_context import ReplicaContext, cross_replica
from kerax.distribute.values import PerReplica, regroup, select


class ValueContext:
    """What the function of ``experimental_distribute_values_from_function`` is told.

    Args:
      replica_id_in_sync_group: int.
      num_replicas_in_sync: int.
    """

    def __init__(self, replica_id_in_sync_group: int = 0, num_replicas_in_sync: int = 1) -> None:
        self._replica_id_in_sync_group = replica_id_in_sync_group
        self._num_replicas_in_sync = num_replicas_in_sync

    @property
    def num_replicas_in_sync(self) -> int:
        return self._num_replicas_in_sync

    @property
    def replica_id_in_sync_group(self) -> int:
        return self._replica_id_in_sync_group

    def __str__(self) -> str:
        return (
            f"tf.distribute.ValueContext(replica id {self._replica_id_in_sync_group}, "
            f" total replicas in sync: {self._num_replicas_in_sync})"
        )


def whole_name(device: str) -> str:
    """A device's name as TensorFlow shows it."""
    return re.sub(
        r"^.*?(\w+):(\d+)$", lambda m: f"/job:localhost/replica:0/task:0/device:{m[1].upper()}:{m[2]}", device
    )


class StrategyExtended:
    """The parts of a strategy that libraries use.

    Args:
      container_strategy: the strategy.
      devices: names of the replicas' devices.
    """

    def __init__(self, container_strategy: Any, devices: Sequence[str] = ("/device:CPU:0",)) -> None:
        self._container_strategy = container_strategy
        self._devices = tuple(devices)
        self._programs = replicas.Programs()
        self._resolver: Any = None
        found = [core_device._find(name) for name in self._devices]
        several = len(set(found)) == len(found) > 1 and None not in found
        self._mesh = jax.sharding.Mesh(np.array(found), (replicas.AXIS,)) if several else None

    def _in_multi_worker_mode(self) -> bool:
        return False

    # --- where arrays lie ---
    def _spread(self, array: Any) -> Any:
        """An array ``[replicas, ...]``, each row on its replica's device."""
        if self._mesh is None:
            return array
        sharding = jax.sharding.NamedSharding(self._mesh, jax.sharding.PartitionSpec(replicas.AXIS))
        return jax.lax.with_sharding_constraint(array, sharding)

    def _whole(self, array: Any) -> Any:
        """An array that every device has."""
        if self._mesh is None:
            return array
        return jax.lax.with_sharding_constraint(
            array, jax.sharding.NamedSharding(self._mesh, jax.sharding.PartitionSpec())
        )

    # --- what it is ---
    @property
    def worker_devices(self) -> tuple[str, ...]:
        """The devices that functions run on."""
        return self._devices if self._container_strategy._is_default else tuple(map(whole_name, self._devices))

    @property
    def parameter_devices(self) -> tuple[str, ...]:
        """The devices that variables are on."""
        return self._devices if self._container_strategy._is_default else tuple(map(whole_name, self._devices))

    @property
    def experimental_require_static_shapes(self) -> bool:
        return False

    @property
    def _num_replicas_in_sync(self) -> int:
        return len(self._devices)

    def value_container(self, value: Any) -> Any:
        """The distributed value that a value belongs to: itself."""
        return value

    def variable_created_in_scope(self, v: Any) -> bool:
        """Whether a Variable was made in the strategy's scope."""
        return getattr(v, "_distribute_strategy", None) is self._container_strategy

    @contextlib.contextmanager
    def colocate_vars_with(self, colocate_with_variable: Any) -> Iterator[None]:
        """Does nothing: the compiler chooses where variables are."""
        yield

    # --- what it does ---
    def reduce_to(self, reduce_op: Any, value: Any, destinations: Any, options: Any = None) -> Any:
        """The values of all replicas as one.

        Args:
          reduce_op: ReduceOp or its name.
          value: PerReplica value.
          destinations, options: ignored: the result is to be had everywhere.
        """
        return reduce_values(checked_op(reduce_op), value, self._num_replicas_in_sync)

    def batch_reduce_to(self, reduce_op: Any, value_destination_pairs: Any, options: Any = None) -> list[Any]:
        """``reduce_to`` for a list of pairs of value and destination."""
        return [self.reduce_to(reduce_op, value, where, options) for value, where in value_destination_pairs]

    def update(self, var: Any, fn: Callable[..., Any], args: Any = (), kwargs: Any = None, group: bool = True) -> Any:
        """Calls ``fn(var, *args, **kwargs)`` to update a variable everywhere.

        Args:
          var: Variable.
          fn: function.
          args, kwargs: its other arguments; of PerReplica values the first.
          group: bool, whether to return one result instead of a tuple of one per device.
        """
        args, kwargs = select(0, (args, kwargs or {}))
        out = fn(var, *args, **kwargs)
        return out if group else (out,) * 1

    def update_non_slot(
        self, colocate_with: Any, fn: Callable[..., Any], args: Any = (), kwargs: Any = None, group: bool = True
    ) -> Any:
        """Calls ``fn(*args, **kwargs)``."""
        out = fn(*args, **(kwargs or {}))
        return out if group else (out,)

    def non_slot_devices(self, var_list: Any) -> tuple[str, ...]:
        return self._devices

    def call_for_each_replica(self, fn: Callable[..., Any], args: Any = (), kwargs: Any = None) -> Any:
        """Runs a function in every replica. See ``Strategy.run``."""
        args, kwargs = tuple(args), dict(kwargs or {})
        if self._num_replicas_in_sync > 1:
            return replicas.run_replicas(self._container_strategy, fn, args, kwargs)
        args, kwargs = select(0, (args, kwargs))
        if context.trace is not None:
            fn = replicas.converted(fn)
        with ReplicaContext(self._container_strategy, 0):
            return fn(*args, **kwargs)

    def broadcast_to(self, tensor: Any, destinations: Any) -> Any:
        return tensor


class Strategy:
    """On which devices a program runs; the base class of strategies.

    Args:
      extended: ``StrategyExtended``.
    """

    _is_default = False

    def __init__(self, extended: StrategyExtended) -> None:
        self._extended = extended

    @property
    def extended(self) -> StrategyExtended:
        return self._extended

    @property
    def num_replicas_in_sync(self) -> int:
        """Number of replicas whose gradients are summed.

        >>> import kerax as tf
        >>> tf.distribute.get_strategy().num_replicas_in_sync
        1
        """
        return self._extended._num_replicas_in_sync

    @property
    def cluster_resolver(self) -> Any:
        """The cluster resolver it was made with, or None."""
        return self._extended._resolver

    @contextlib.contextmanager
    def scope(self) -> Iterator[Any]:
        """A context in which this is the strategy in use.

        Raises:
          RuntimeError: another strategy is in use, or a replica is running.

        >>> import kerax as tf
        >>> strategy = tf.distribute.OneDeviceStrategy("CPU:0")
        >>> with strategy.scope():
        ...     tf.distribute.get_strategy() is strategy
        True
        """
        current = context.extras.get("strategy")
        if current is not None and current is not self:
            raise RuntimeError(f"Mixing different tf.distribute.Strategy objects: {current} is not {self}")
        if current is not None and not context.extras.get("cross_replica"):
            raise RuntimeError(
                f"Cannot enter {type(self).__name__}.scope() inside of a replica: leave the function given to "
                "`strategy.run` first."
            )
        with cross_replica(self):
            yield self

    def _require_cross_replica(self) -> None:
        if context.extras.get("strategy") is not None and not context.extras.get("cross_replica"):
            raise RuntimeError("Method requires being in cross-replica context, use get_replica_context().merge_call()")

    def run(self, fn: Callable[..., Any], args: Any = (), kwargs: Any = None, options: Any = None) -> Any:
        """Runs a function in every replica.

        Args:
          fn: function; inside, ``tf.distribute.get_replica_context()`` tells of its replica.
          args: list or tuple of arguments; of PerReplica values each replica gets its own.
          kwargs: dict of arguments.
          options: ``RunOptions``; nothing to choose here.

        Returns:
          What ``fn`` returns: with one replica as it is, with several as PerReplica values.

        Raises:
          TypeError: ``args`` is no list or tuple.
          RuntimeError: called inside of a replica.

        Differs from TensorFlow: with several replicas the function is always traced, as inside ``tf.function``.

        >>> import kerax as tf
        >>> strategy = tf.distribute.OneDeviceStrategy("CPU:0")
        >>> float(strategy.run(lambda x: 2 * x, args=(tf.constant(3.0),)))
        6.0
        """
        self._require_cross_replica()
        if not isinstance(args, (list, tuple)):
            raise TypeError(f"positional arguments must be a list or tuple, got `{type(args)}`")
        return self._extended.call_for_each_replica(fn, args, kwargs)

    def reduce(self, reduce_op: Any, value: Any, axis: Any = None) -> Any:
        """The values of all replicas as one.

        Args:
          reduce_op: ``ReduceOp.SUM``, ``ReduceOp.MEAN`` or their names.
          value: structure of PerReplica values, as ``run`` returns.
          axis: int or list of ints, the axes of each replica's value that are reduced too; None for none. The mean is
            over all samples, also where replicas have different numbers of them.

        Returns:
          The structure with Tensors.

        >>> import kerax as tf
        >>> strategy = tf.distribute.MirroredStrategy()
        >>> per_replica = strategy.run(lambda: tf.constant([1.0, 2.0]))
        >>> float(strategy.reduce("MEAN", per_replica, axis=0))
        1.5
        """
        self._require_cross_replica()
        op = checked_op(reduce_op)
        return nest.map_structure(lambda leaf: reduce_values(op, leaf, self.num_replicas_in_sync, axis), value)

    def gather(self, value: Any, axis: int) -> Any:
        """The values of all replicas one behind the other.

        Args:
          value: structure of PerReplica values.
          axis: int, along which they are joined.

        Raises:
          ValueError: scalars.
        """
        if self._is_default:
            return value
        self._require_cross_replica()
        return nest.map_structure(lambda leaf: gather_values(leaf, axis), value)

    def experimental_local_results(self, value: Any) -> tuple[Any, ...]:
        """The values of this process's replicas, as a tuple.

        >>> import kerax as tf
        >>> tf.distribute.MirroredStrategy(["CPU:0"]).experimental_local_results(3)
        (3,)
        """
        if isinstance(value, PerReplica):
            return value.values
        if nest.is_nested(value) and any(isinstance(leaf, PerReplica) for leaf in nest.flatten(value)):
            return tuple(select(replica, value) for replica in range(self.num_replicas_in_sync))
        return (value,)

    unwrap = experimental_local_results

    def group(self, value: Any, name: str | None = None) -> None:
        """Does nothing: the values have been computed."""

    def experimental_distribute_dataset(self, dataset: Any, options: Any = None) -> DistributedDataset:
        """A dataset of global batches cut for the replicas.

        Args:
          dataset: ``tf.data.Dataset``, batched with the size of all replicas together.
          options: ``InputOptions``.

        Raises:
          NotImplementedError: options that make a dataset per replica.
        """
        if options is not None and options.experimental_replication_mode == InputReplicationMode.PER_REPLICA:
            raise NotImplementedError(
                "InputReplicationMode.PER_REPLICA is only supported in `distribute_datasets_from_function`."
            )
        return DistributedDataset(dataset, self.num_replicas_in_sync)

    def distribute_datasets_from_function(
        self, dataset_fn: Callable[[InputContext], Any], options: Any = None
    ) -> DistributedDataset:
        """A dataset made by a function, whose elements go to the replicas in turn.

        Args:
          dataset_fn: takes an ``InputContext``, returns a ``tf.data.Dataset`` batched with the size of one replica.
          options: ``InputOptions``.
        """
        replicas_in_sync = self.num_replicas_in_sync
        if options is not None and options.experimental_replication_mode == InputReplicationMode.PER_REPLICA:
            from kerax.data.zip import zip_  # one dataset for each replica, side by side

            made = [dataset_fn(InputContext(replicas_in_sync, i, replicas_in_sync)) for i in range(replicas_in_sync)]
            return _SideBySide(zip_(tuple(made)) if len(made) > 1 else made[0], replicas_in_sync)
        return DistributedDataset(dataset_fn(InputContext(1, 0, replicas_in_sync)), replicas_in_sync, by_element=True)

    experimental_distribute_datasets_from_function = distribute_datasets_from_function

    def experimental_distribute_values_from_function(self, value_fn: Callable[[ValueContext], Any]) -> Any:
        """A value per replica, made by a function.

        Args:
          value_fn: takes a ``ValueContext``.
        """
        count = self.num_replicas_in_sync
        values = [value_fn(ValueContext(i, count)) for i in range(count)]
        return regroup(values) if nest.is_nested(values[0]) else PerReplica(values)

    # --- TensorFlow 1 ---
    def make_dataset_iterator(self, dataset: Any) -> Any:
        """An iterator over a distributed dataset (TensorFlow 1)."""
        return iter(self.experimental_distribute_dataset(dataset))

    def make_input_fn_iterator(self, input_fn: Callable[..., Any], replication_mode: Any = None) -> Any:
        """An iterator over a dataset made by a function (TensorFlow 1)."""
        return iter(self.distribute_datasets_from_function(input_fn))

    def experimental_run(self, fn: Callable[..., Any], input_iterator: Any = None) -> Any:
        """Runs a function on the next element of an iterator in every replica (TensorFlow 1)."""
        return self.run(fn, () if input_iterator is None else (next(input_iterator),))

    def configure(self, *args: Any, **kwargs: Any) -> None:
        """Does nothing (TensorFlow 1)."""

    def update_config_proto(self, config_proto: Any) -> Any:
        """The configuration as it is (TensorFlow 1)."""
        return config_proto

    def colocate_vars_with(self, colocate_with_variable: Any) -> Any:
        """Does nothing: the compiler chooses where variables are."""
        return self._extended.colocate_vars_with(colocate_with_variable)

    def __deepcopy__(self, memo: Any) -> Strategy:
        raise ValueError("The strategy cannot be deep copied.")


class _SideBySide(DistributedDataset):
    """A dataset whose elements hold an element for each replica."""

    def _by_parts(self) -> Iterator[Any]:
        for element in self._dataset:
            columns = zip(*[nest.flatten(own) for own in element], strict=True)
            yield nest.pack_sequence_as(element[0], [PerReplica(column) for column in columns])


class _DefaultDistributionStrategy(Strategy):
    """The strategy outside of any scope: one replica, here."""

    _is_default = True

    def __init__(self) -> None:
        super().__init__(StrategyExtended(self))

    @contextlib.contextmanager
    def scope(self) -> Iterator[Any]:
        if context.extras.get("strategy") is not None:
            raise RuntimeError("Already in the scope of another strategy than the default one.")
        yield self

    def experimental_distribute_values_from_function(self, value_fn: Callable[[ValueContext], Any]) -> Any:
        return value_fn(ValueContext())


_default: list[Any] = []


def get_strategy() -> Strategy:
    """The strategy in use here: that of the scope around, or the default one.

    >>> import kerax as tf
    >>> tf.distribute.get_strategy().num_replicas_in_sync
    1
    """
    found = context.extras.get("strategy")
    if found is not None:
        return found
    if not _default:
        _default.append(_DefaultDistributionStrategy())
    return _default[0]


def get_replica_context() -> ReplicaContext | None:
    """The context of the replica that is running; None where the program is in a scope outside of replicas.

    >>> import kerax as tf
    >>> tf.distribute.get_replica_context().replica_id_in_sync_group
    0
    """
    if context.extras.get("cross_replica"):
        return None
    found = context.extras.get("replica_context")
    if found is not None:
        return found
    replica = ReplicaContext(get_strategy(), 0)
    return replica


def experimental_set_strategy(strategy: Strategy | None) -> None:
    """Enters a strategy's scope for good; None leaves it.

    Args:
      strategy: Strategy or None.

    Raises:
      RuntimeError: inside of a scope.
    """
    entered = context.extras.get("strategy_set_for_good")
    if context.extras.get("strategy") is not entered:
        raise RuntimeError("Must not be called inside a `tf.distribute.Strategy` scope.")
    context.extras["strategy_set_for_good"] = strategy
    context.extras.update(strategy=strategy, cross_replica=strategy is not None, replica_context=None)


def checked_cross_device_ops(ops: Any) -> Any:
    """``cross_device_ops`` as strategies take it.

    Raises:
      ValueError: something else than CrossDeviceOps.
    """
    if ops is not None and not isinstance(ops, CrossDeviceOps):
        raise ValueError(f"`cross_device_ops` must be of type tf.distribute.CrossDeviceOps. Received: {ops!r}")
    return ops
