"""The strategies: one device, several devices of this process, TPUs, and the single-process forms of clusters."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

import jax

from kerax.core.log import get_logger
from kerax.distribute.cluster_resolver import TFConfigClusterResolver, TPUClusterResolver
from kerax.distribute.strategy import Strategy, StrategyExtended, checked_cross_device_ops, whole_name


def local_devices() -> list[str]:
    """Names of all devices of the default kind."""
    return [f"/device:{_kind(device)}:{index}" for index, device in enumerate(jax.local_devices())]


def _kind(device: Any) -> str:
    return {"cuda": "GPU", "rocm": "GPU"}.get(device.platform, device.platform).upper()


def _checked_devices(devices: Any) -> list[str]:
    names = [str(getattr(device, "name", device)) for device in devices]
    if not names:
        raise ValueError("Must specify at least one device: an empty list of `devices` was given.")
    if len(set(names)) != len(names):
        raise ValueError(f"No duplicates allowed in `devices` argument. Received: {names}")
    return names


class OneDeviceStrategy(Strategy):
    """One replica on one device.

    Args:
      device: name of the device, such as ``"/gpu:0"``.

    >>> import kerax as tf
    >>> strategy = tf.distribute.OneDeviceStrategy("/cpu:0")
    >>> strategy.num_replicas_in_sync
    1
    """

    def __init__(self, device: Any) -> None:
        super().__init__(StrategyExtended(self, _checked_devices([device])))

    def experimental_distribute_values_from_function(self, value_fn: Any) -> Any:
        from kerax.distribute.strategy import ValueContext

        return value_fn(ValueContext())


class MirroredStrategy(Strategy):
    """A replica on each of several devices of this process; every device has all variables.

    Args:
      devices: list of names of devices; by default all GPUs (TPUs), or else all CPUs that JAX has. Names of devices
        that do not exist give replicas that share one.
      cross_device_ops: ``CrossDeviceOps``; XLA chooses in any case.

    >>> import kerax as tf
    >>> strategy = tf.distribute.MirroredStrategy(["CPU:0"])
    >>> with strategy.scope():
    ...     v = tf.Variable(1.0)
    >>> strategy.extended.variable_created_in_scope(v)
    True
    """

    def __init__(self, devices: Any = None, cross_device_ops: Any = None) -> None:
        checked_cross_device_ops(cross_device_ops)
        names = _checked_devices(devices) if devices else local_devices()
        super().__init__(StrategyExtended(self, names))
        self.extended._cross_device_ops = cross_device_ops
        get_logger().info("Using MirroredStrategy with devices %r", tuple(map(whole_name, names)))


class MultiWorkerMirroredStrategy(Strategy):
    """A replica on each device of every worker. Here for one worker: the devices of this process.

    Args:
      cluster_resolver: by default what the variable TF_CONFIG says.
      communication_options: ``CommunicationOptions``; XLA chooses.

    Raises:
      NotImplementedError: a cluster of several workers.
    """

    def __init__(self, cluster_resolver: Any = None, communication_options: Any = None) -> None:
        resolver = cluster_resolver or TFConfigClusterResolver()
        spec = resolver.cluster_spec()
        workers = sum(len(spec.job_tasks(job)) for job in spec.jobs if job in ("chief", "worker"))
        if workers > 1:
            raise NotImplementedError(
                f"The cluster has {workers} workers, but kerax' strategies run in one process: start JAX's processes "
                "with jax.distributed.initialize and use keras.distribution.DataParallel."
            )
        super().__init__(StrategyExtended(self, local_devices()))
        self.extended._resolver = resolver


class TPUStrategy(Strategy):
    """A replica on each TPU core of this host.

    Args:
      tpu_cluster_resolver: ``TPUClusterResolver``.
      experimental_device_assignment: must be None.
      experimental_spmd_xla_partitioning: bool; XLA partitions in any case.

    Raises:
      NotImplementedError: a device assignment.
    """

    def __init__(
        self,
        tpu_cluster_resolver: Any = None,
        experimental_device_assignment: Any = None,
        experimental_spmd_xla_partitioning: bool = False,
    ) -> None:
        if experimental_device_assignment is not None:
            raise NotImplementedError(
                "TPUStrategy does not take `experimental_device_assignment`: there is a replica on every core."
            )
        resolver = TPUClusterResolver("local") if tpu_cluster_resolver is None else tpu_cluster_resolver
        super().__init__(StrategyExtended(self, local_devices()))
        self.extended._resolver = resolver

    def experimental_assign_to_logical_device(self, tensor: Any, logical_device_id: int) -> Any:
        """The tensor as it is: a replica has one core.

        Raises:
          ValueError: another logical device than 0.
        """
        if logical_device_id != 0:
            raise ValueError(f"`logical_core_id` to assign must be lower then total number of logical devices per "
                             f"replica. Received logical device id {logical_device_id} but there are only total of 1 "
                             "logical devices in replica.")  # fmt: skip
        return tensor

    def experimental_split_to_logical_devices(self, tensor: Any, partition_dimensions: Any) -> Any:
        """The tensor as it is: a replica has one core.

        Raises:
          ValueError: more than one part.
        """
        if any(int(parts) != 1 for parts in partition_dimensions):
            raise ValueError(f"A replica has one logical device; partition_dimensions={partition_dimensions} has more.")
        return tensor

    def experimental_replicate_to_logical_devices(self, tensor: Any) -> Any:
        """The tensor as it is: a replica has one core."""
        return tensor


class ParameterServerStrategy(Strategy):
    """Workers that share variables on parameter servers. Here one process is all of them.

    Args:
      cluster_resolver: a resolver with jobs "worker" and "ps".
      variable_partitioner: must be callable or None; variables stay whole.

    Raises:
      ValueError: the cluster lacks such jobs.
    """

    def __init__(self, cluster_resolver: Any, variable_partitioner: Any = None) -> None:
        spec = cluster_resolver.cluster_spec()
        for job in ("worker", "ps"):
            if job not in spec.jobs:
                raise ValueError(f"Cluster must have at least one {job}.")
        if variable_partitioner is not None and not callable(variable_partitioner):
            raise ValueError(f"`variable_partitioner` must be a function. Received: {variable_partitioner!r}")
        super().__init__(StrategyExtended(self, local_devices()[:1]))
        self.extended._resolver = cluster_resolver


class CentralStorageStrategy(Strategy):
    """A replica on each of several devices, with variables on one of them; here every device has them.

    Args:
      compute_devices: list of names of devices, by default all GPUs, or else one CPU.
      parameter_device: ignored.
    """

    def __init__(self, compute_devices: Any = None, parameter_device: Any = None) -> None:
        if compute_devices is None:
            names = local_devices() if jax.default_backend() != "cpu" else local_devices()[:1]
        else:
            names = _checked_devices(compute_devices)
        super().__init__(StrategyExtended(self, names))


class RunOptions(
    namedtuple(
        "RunOptions",
        [
            "experimental_enable_dynamic_batch_size",
            "experimental_bucketizing_dynamic_shape",
            "experimental_xla_options",
        ],
        defaults=[True, False, None],
    )
):
    """Options of ``strategy.run`` on TPUs; programs are always made for the shapes at hand.

    Args:
      experimental_enable_dynamic_batch_size, experimental_bucketizing_dynamic_shape: bool.
      experimental_xla_options: ``tf.tpu.XLAOptions``.
    """

    __slots__ = ()
