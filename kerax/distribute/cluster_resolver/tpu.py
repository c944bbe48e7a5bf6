"""``TPUClusterResolver``: the TPU that JAX has, as on Colab."""

from __future__ import annotations

from typing import Any

import jax

from kerax.distribute.cluster_resolver.resolver import ClusterResolver
from kerax.train.cluster import ClusterSpec


class TPUClusterResolver(ClusterResolver):
    """The TPU of this host, found by JAX; names and addresses say nothing more.

    Args:
      tpu: str, its name, "" or "local".
      zone, project, coordinator_name, coordinator_address, credentials, service, discovery_url: for TPUs elsewhere,
        which JAX does not connect to; they are taken and not used, since the TPU is here.
      job_name: str.

    Raises:
      ValueError: there is no TPU here; notebooks then go on without.

    Differs from TensorFlow: nothing is connected; with JAX a TPU belongs to the host.
    """

    def __init__(
        self,
        tpu: Any = None,
        zone: Any = None,
        project: Any = None,
        job_name: str = "worker",
        coordinator_name: Any = None,
        coordinator_address: Any = None,
        credentials: Any = "default",
        service: Any = None,
        discovery_url: Any = None,
    ) -> None:
        if jax.default_backend() != "tpu":
            raise ValueError("Please provide a TPU Name to connect to: JAX finds no TPU on this host.")
        self._tpu = tpu.decode() if isinstance(tpu, bytes) else (tpu or "local")
        self.task_type = job_name
        self.task_id = 0

    @staticmethod
    def connect(tpu: Any = None, zone: Any = None, project: Any = None) -> TPUClusterResolver:
        """The resolver of this host's TPU, ready for use.

        Args:
          tpu, zone, project: as for the class.
        """
        return TPUClusterResolver(tpu, zone, project)

    def master(self, task_type: str | None = None, task_id: int | None = None, rpc_layer: str | None = None) -> str:
        return "" if self._tpu == "local" else self._tpu

    def get_master(self) -> str:
        return self.master()

    def get_job_name(self) -> str | None:
        return self.task_type

    def get_coordination_service_leader(self) -> str:
        return "/job:localhost/replica:0/task:0"

    def cluster_spec(self) -> ClusterSpec:
        return ClusterSpec({})

    def num_accelerators(
        self, task_type: str | None = None, task_id: int | None = None, config_proto: Any = None
    ) -> dict[str, int]:
        return {"TPU": jax.local_device_count()}

    def get_tpu_system_metadata(self) -> Any:
        """``tf.tpu.experimental.TPUSystemMetadata`` of this host."""
        from kerax.tpu import experimental

        return experimental.local_metadata()

    def set_tpu_topology(self, serialized_tpu_topology: bytes) -> None:
        """Keeps a serialized topology."""
        self._topology = serialized_tpu_topology

    @property
    def tpu_hardware_feature(self) -> Any:
        """``tf.tpu.experimental.HardwareFeature`` of this TPU."""
        from kerax.tpu import experimental

        return experimental.HardwareFeature(None)
