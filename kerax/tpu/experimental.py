"""``tf.tpu.experimental``: the TPU of this host, ready as soon as JAX is."""

from __future__ import annotations

import enum
from collections import namedtuple
from typing import Any

import jax
import numpy as np

from kerax.tpu import embedding as embedding


class TPUSystemMetadata(
    namedtuple("TPUSystemMetadata", ["num_cores", "num_hosts", "num_of_cores_per_host", "topology", "devices"])
):
    """What a TPU system consists of.

    Args:
      num_cores, num_hosts, num_of_cores_per_host: int.
      topology: Topology.
      devices: list of devices.
    """

    __slots__ = ()


def local_metadata() -> TPUSystemMetadata:
    """The system that JAX sees."""
    return TPUSystemMetadata(
        jax.device_count(), jax.process_count(), jax.local_device_count(), None, list(jax.devices())
    )


class Topology:
    """How the cores of a TPU are connected.

    Args:
      serialized: bytes, unused.
      mesh_shape: ints, the mesh's size along each axis.
      device_coordinates: int array ``[hosts, cores of a host, axes]``.
    """

    def __init__(self, serialized: bytes | None = None, mesh_shape: Any = None, device_coordinates: Any = None) -> None:
        self._serialized = serialized or b""
        self._mesh_shape = np.asarray([] if mesh_shape is None else mesh_shape, np.int32)
        self._device_coordinates = np.asarray([] if device_coordinates is None else device_coordinates, np.int32)

    @property
    def mesh_shape(self) -> np.ndarray:
        return self._mesh_shape

    @property
    def mesh_rank(self) -> int:
        return len(self._mesh_shape)

    @property
    def device_coordinates(self) -> np.ndarray:
        return self._device_coordinates

    @property
    def num_tasks(self) -> int:
        return self._device_coordinates.shape[0]

    @property
    def num_tpus_per_task(self) -> int:
        return self._device_coordinates.shape[1]

    def serialized(self) -> bytes:
        return self._serialized


class DeviceOrderMode(enum.IntEnum):
    """The order in which cores are given to replicas."""

    AUTO = 0
    RING = 1
    MESH = 2


class DeviceAssignment:
    """Which cores each replica has.

    Args:
      topology: Topology.
      core_assignment: int array ``[replicas, cores of a replica, axes]``.
    """

    def __init__(self, topology: Topology, core_assignment: Any) -> None:
        self._topology = topology
        self._core_assignment = np.asarray(core_assignment, np.int32)

    @property
    def topology(self) -> Topology:
        return self._topology

    @property
    def core_assignment(self) -> np.ndarray:
        return self._core_assignment

    @property
    def num_replicas(self) -> int:
        return self._core_assignment.shape[0]

    @property
    def num_cores_per_replica(self) -> int:
        return self._core_assignment.shape[1]

    @classmethod
    def build(cls, topology: Topology, computation_shape: Any = None, computation_stride: Any = None,
              num_replicas: int = 1, device_order_mode: Any = DeviceOrderMode.AUTO) -> DeviceAssignment:  # fmt: skip
        """One core for each replica, in the topology's order.

        Raises:
          NotImplementedError: replicas of several cores.
        """
        if computation_shape is not None and np.prod(computation_shape) != 1:
            raise NotImplementedError("DeviceAssignment.build: a replica has one core; shard arrays with jax.sharding.")
        cores = topology.device_coordinates.reshape(-1, topology.mesh_rank)
        return cls(topology, cores[:num_replicas, None])


class HardwareFeature:
    """Features of the TPU.

    Args:
      tpu_hardware_feature_proto: unused.
    """

    class EmbeddingFeature(enum.Enum):
        """Generations of the embedding unit."""

        UNSUPPORTED = "UNSUPPORTED"
        V1 = "V1"
        V2 = "V2"

    def __init__(self, tpu_hardware_feature_proto: Any) -> None:
        self.tpu_hardware_feature_proto = tpu_hardware_feature_proto

    @property
    def embedding_feature(self) -> Any:
        return HardwareFeature.EmbeddingFeature.UNSUPPORTED

    @property
    def num_embedding_devices_per_chip(self) -> int:
        return 0


def initialize_tpu_system(cluster_resolver: Any = None) -> Topology:
    """Does nothing: JAX has made the TPU ready.

    Args:
      cluster_resolver: ``TPUClusterResolver``.

    Returns:
      Topology of the devices.

    >>> import kerax as tf
    >>> topology = tf.tpu.experimental.initialize_tpu_system()
    """
    coordinates = [[*getattr(d, "coords", (d.id, 0, 0)), getattr(d, "core_on_chip", 0)] for d in jax.local_devices()]
    array = np.asarray([coordinates], np.int32)
    return Topology(mesh_shape=array.reshape(-1, array.shape[-1]).max(axis=0) + 1, device_coordinates=array)


def shutdown_tpu_system(cluster_resolver: Any = None) -> None:
    """Does nothing: JAX keeps the TPU until the program ends.

    Args:
      cluster_resolver: ``TPUClusterResolver``.
    """
