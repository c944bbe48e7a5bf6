"""Resolvers of clusters that another system starts: Slurm from its environment; Google Cloud and Kubernetes not."""

from __future__ import annotations

import enum
import os
import re
from typing import Any

from kerax.distribute.cluster_resolver.resolver import ClusterResolver, master_url
from kerax.train.cluster import ClusterSpec


def expand_hostlist(hostlist: str) -> list[str]:
    """The names in Slurm's short form ``n[1-3,7],m``.

    Raises:
      ValueError: not of this form.
    """
    names: list[str] = []
    for part in re.findall(r"(?:[^,\[\]]|\[[^\]]*\])+", hostlist):
        match = re.fullmatch(r"([^\[\]]*)(?:\[([^\]]*)\])?([^\[\]]*)", part.strip())
        if match is None:
            raise ValueError(f"Unsupported hostlist format: {hostlist!r}")
        prefix, ranges, suffix = match.groups()
        if ranges is None:
            names.append(prefix)
            continue
        for piece in ranges.split(","):
            first, _, last = piece.partition("-")
            for number in range(int(first), int(last or first) + 1):
                names.append(f"{prefix}{number:0{len(first)}d}{suffix}")
    return names


def expand_tasks_per_node(tasks: str) -> list[int]:
    """Slurm's ``2(x3),1`` as ``[2, 2, 2, 1]``."""
    counts: list[int] = []
    for part in tasks.split(","):
        number, _, times = part.partition("(x")
        counts += [int(number)] * (int(times.rstrip(")")) if times else 1)
    return counts


def _slurm(name: str) -> str:
    value = os.environ.get(f"SLURM_{name}")
    if value is None:
        raise RuntimeError(f"SLURM_{name} not found in the environment: the program was not started by Slurm's srun.")
    return value


class SlurmClusterResolver(ClusterResolver):
    """The tasks that Slurm has started.

    Args:
      jobs: dict from job to number of tasks; by default all are workers.
      port_base: int, port of the first task on a node.
      gpus_per_node, gpus_per_task: int or None.
      tasks_per_node: int, list of ints, or None for Slurm's.
      auto_set_gpu: bool, whether this task is to see only its GPUs; sets CUDA_VISIBLE_DEVICES.
      rpc_layer: str.

    Raises:
      RuntimeError: not started by Slurm, or fewer or more tasks than the jobs have.
    """

    def __init__(
        self,
        jobs: dict[str, int] | None = None,
        port_base: int = 8888,
        gpus_per_node: int | None = None,
        gpus_per_task: int | None = None,
        tasks_per_node: Any = None,
        auto_set_gpu: bool = True,
        rpc_layer: str = "grpc",
    ) -> None:
        self._rank = int(_slurm("PROCID"))
        count = int(_slurm("STEP_NUM_TASKS"))
        self._jobs = dict(jobs) if jobs is not None else {"worker": count}
        if sum(self._jobs.values()) != count:
            raise RuntimeError(f"Requested more tasks than assigned tasks: {self._jobs} of {count}")
        hosts = expand_hostlist(_slurm("STEP_NODELIST"))
        if tasks_per_node is None:
            per_node = expand_tasks_per_node(_slurm("STEP_TASKS_PER_NODE"))
        else:
            per_node = [tasks_per_node] * len(hosts) if isinstance(tasks_per_node, int) else list(tasks_per_node)
        self._addresses = [
            f"{host}:{port_base + i}" for host, n in zip(hosts, per_node, strict=False) for i in range(n)
        ]
        self._gpus_per_task = gpus_per_task or 0
        if gpus_per_node and not gpus_per_task:
            self._gpus_per_task = gpus_per_node // max(per_node)
        if auto_set_gpu and self._gpus_per_task:
            local = int(os.environ.get("SLURM_LOCALID", 0))
            first = local * self._gpus_per_task
            os.environ["CUDA_VISIBLE_DEVICES"] = ",".join(map(str, range(first, first + self._gpus_per_task)))
        self._rpc_layer = rpc_layer
        self.task_type, self.task_id = self._task_of(self._rank)

    def _task_of(self, rank: int) -> tuple[str, int]:
        for job, count in self._jobs.items():
            if rank < count:
                return job, rank
            rank -= count
        raise RuntimeError(f"Rank {rank} is not in any job of {self._jobs}")

    def cluster_spec(self) -> ClusterSpec:
        addresses = iter(self._addresses)
        return ClusterSpec({job: [next(addresses) for _ in range(count)] for job, count in self._jobs.items()})

    def get_task_info(self) -> tuple[str | None, int | None]:
        """This process's job and its number in it."""
        return self.task_type, self.task_id

    def master(self, task_type: str | None = None, task_id: int | None = None, rpc_layer: str | None = None) -> str:
        kind = task_type if task_type is not None else self.task_type
        number = task_id if task_id is not None else self.task_id
        return master_url(self.cluster_spec().task_address(kind, number), rpc_layer or self._rpc_layer)

    def num_accelerators(
        self, task_type: str | None = None, task_id: int | None = None, config_proto: Any = None
    ) -> dict[str, int]:
        return {"GPU": self._gpus_per_task} if self._gpus_per_task else {}


class KubernetesExecutableLocation(enum.Enum):
    """Where the program runs."""

    WITHIN_CLUSTER = 0
    OFF_CLUSTER = 1


class GCEClusterResolver(ClusterResolver):
    """Not available: asking Google Cloud for its instances.

    Args:
      project, zone, instance_group, port, task_type, task_id, rpc_layer, credentials, service: as in TensorFlow.

    Raises:
      NotImplementedError: always.
    """

    def __init__(
        self,
        project: str,
        zone: str,
        instance_group: str,
        port: int,
        task_type: str = "worker",
        task_id: int = 0,
        rpc_layer: str = "grpc",
        credentials: Any = "default",
        service: Any = None,
    ) -> None:
        raise NotImplementedError(
            "GCEClusterResolver is not available: kerax runs in one process. See jax.distributed."
        )


class KubernetesClusterResolver(ClusterResolver):
    """Not available: asking Kubernetes for its pods.

    Args:
      job_to_label_mapping, tf_server_port, rpc_layer, override_client, executable_location: as in TensorFlow.

    Raises:
      NotImplementedError: always.
    """

    def __init__(
        self,
        job_to_label_mapping: Any = None,
        tf_server_port: int = 8470,
        rpc_layer: str = "grpc",
        override_client: Any = None,
        executable_location: Any = KubernetesExecutableLocation.WITHIN_CLUSTER,
    ) -> None:
        raise NotImplementedError(
            "KubernetesClusterResolver is not available: kerax runs in one process. See jax.distributed."
        )
