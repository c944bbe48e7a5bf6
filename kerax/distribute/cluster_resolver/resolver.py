"""Resolvers that know their cluster: given, read from TF_CONFIG, or joined from others."""

from __future__ import annotations

import json
import os
from typing import Any

import jax

from kerax.train.cluster import ClusterSpec


def master_url(master: str, rpc_layer: str | None) -> str:
    """An address with the protocol in front."""
    return f"{rpc_layer}://{master}" if rpc_layer else master


class ClusterResolver:
    """The base class: override ``cluster_spec`` and ``master``."""

    def cluster_spec(self) -> ClusterSpec:
        """The cluster's tasks."""
        raise NotImplementedError

    def master(self, task_type: str | None = None, task_id: int | None = None, rpc_layer: str | None = None) -> str:
        """The address of a task, by default of the session's master."""
        raise NotImplementedError

    def num_accelerators(
        self, task_type: str | None = None, task_id: int | None = None, config_proto: Any = None
    ) -> dict[str, int]:
        """How many accelerators this process has, by kind."""
        if jax.default_backend() == "cpu":
            return {}
        kind = "TPU" if jax.default_backend() == "tpu" else "GPU"
        return {kind: jax.local_device_count()}

    @property
    def environment(self) -> str:
        return ""

    @property
    def task_type(self) -> str | None:
        """The job that this process has, such as "worker"."""
        return getattr(self, "_task_type", None)

    @task_type.setter
    def task_type(self, task_type: str | None) -> None:
        self._task_type = task_type

    @property
    def task_id(self) -> int | None:
        """This process's number within its job."""
        return getattr(self, "_task_id", None)

    @task_id.setter
    def task_id(self, task_id: int | None) -> None:
        self._task_id = task_id


class SimpleClusterResolver(ClusterResolver):
    """A cluster that is given.

    Args:
      cluster_spec: ``tf.train.ClusterSpec``.
      master: str, address.
      task_type, task_id: which task this process is.
      environment: str.
      num_accelerators: dict from kind to number; {} for none.
      rpc_layer: str, protocol such as "grpc".

    Raises:
      TypeError: other types.

    >>> import kerax as tf
    >>> spec = tf.train.ClusterSpec({"worker": ["a:1", "b:2"]})
    >>> resolver = tf.distribute.cluster_resolver.SimpleClusterResolver(spec, task_type="worker", task_id=1)
    >>> resolver.master("worker", 1, rpc_layer="grpc")
    'grpc://b:2'
    """

    def __init__(
        self,
        cluster_spec: Any,
        master: str = "",
        task_type: str | None = None,
        task_id: int | None = None,
        environment: str = "",
        num_accelerators: Any = None,
        rpc_layer: str | None = None,
    ) -> None:
        if not isinstance(cluster_spec, ClusterSpec):
            raise TypeError("cluster_spec must be a `tf.train.ClusterSpec`.")
        if not isinstance(master, str):
            raise TypeError("master must be a string.")
        self._task_type = task_type
        self._task_id = task_id
        self._environment = environment
        self._num_accelerators = num_accelerators
        self._rpc_layer = rpc_layer
        self._cluster_spec = cluster_spec
        self._master = master

    def cluster_spec(self) -> ClusterSpec:
        return self._cluster_spec

    def master(self, task_type: str | None = None, task_id: int | None = None, rpc_layer: str | None = None) -> str:
        known = task_type is not None and task_id is not None
        address = self._cluster_spec.task_address(task_type, task_id) if known else self._master
        return master_url(address, rpc_layer or self._rpc_layer)

    @property
    def environment(self) -> str:
        return self._environment

    def num_accelerators(
        self, task_type: str | None = None, task_id: int | None = None, config_proto: Any = None
    ) -> dict[str, int]:
        return {} if self._num_accelerators is None else self._num_accelerators

    @property
    def rpc_layer(self) -> str | None:
        return self._rpc_layer

    @rpc_layer.setter
    def rpc_layer(self, rpc_layer: str | None) -> None:
        self._rpc_layer = rpc_layer


class TFConfigClusterResolver(ClusterResolver):
    """The cluster that the environment variable TF_CONFIG describes.

    Args:
      task_type, task_id, rpc_layer, environment: in place of what the variable says.

    >>> import kerax as tf
    >>> tf.distribute.cluster_resolver.TFConfigClusterResolver(task_type="worker", task_id=0).task_type
    'worker'
    """

    def __init__(
        self,
        task_type: str | None = None,
        task_id: int | None = None,
        rpc_layer: str | None = None,
        environment: str | None = None,
    ) -> None:
        self._task_type = task_type
        self._task_id = task_id
        self._rpc_layer = rpc_layer
        self._environment = environment

    @staticmethod
    def _config() -> dict[str, Any]:
        return json.loads(os.environ.get("TF_CONFIG", "{}"))

    @property
    def task_type(self) -> str | None:
        if self._task_type is not None:
            return str(self._task_type)
        found = self._config().get("task", {}).get("type")
        return None if found is None else str(found)

    @task_type.setter
    def task_type(self, task_type: str | None) -> None:
        self._task_type = task_type

    @property
    def task_id(self) -> int | None:
        if self._task_id is not None:
            return int(self._task_id)
        found = self._config().get("task", {}).get("index")
        return None if found is None else int(found)

    @task_id.setter
    def task_id(self, task_id: int | None) -> None:
        self._task_id = task_id

    @property
    def environment(self) -> str:
        return self._environment if self._environment is not None else self._config().get("environment", "")

    @property
    def rpc_layer(self) -> str | None:
        return self._rpc_layer if self._rpc_layer is not None else self._config().get("rpc_layer")

    @rpc_layer.setter
    def rpc_layer(self, rpc_layer: str | None) -> None:
        self._rpc_layer = rpc_layer

    def num_accelerators(
        self, task_type: str | None = None, task_id: int | None = None, config_proto: Any = None
    ) -> dict[str, int]:
        return super().num_accelerators(task_type, task_id, config_proto)

    def cluster_spec(self) -> ClusterSpec:
        return ClusterSpec(self._config().get("cluster", {}))

    def master(self, task_type: str | None = None, task_id: int | None = None, rpc_layer: str | None = None) -> str:
        session_master = self._config().get("session_master")
        if session_master is not None:
            return session_master
        spec = self.cluster_spec()
        if not spec.jobs or (len(spec.jobs) == 1 and len(spec.job_tasks(spec.jobs[0])) == 1):
            return ""
        kind = task_type if task_type is not None else self.task_type
        number = task_id if task_id is not None else self.task_id
        return master_url(spec.task_address(kind, number), rpc_layer if rpc_layer is not None else self.rpc_layer)


class UnionResolver(ClusterResolver):
    """The clusters of several resolvers as one.

    Args:
      *args: resolvers.
      **kwargs: ``rpc_layer``, ``task_type``, ``task_id``.

    Raises:
      ValueError: no resolver, or an unknown keyword.
      TypeError: something else than a resolver.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._rpc_layer = kwargs.pop("rpc_layer", None)
        self._task_type = kwargs.pop("task_type", None)
        self._task_id = kwargs.pop("task_id", None)
        if kwargs:
            raise ValueError(f"Unexpected kwargs provided {kwargs!r}")
        if not args:
            raise ValueError("At least one ClusterResolver is required.")
        for resolver in args:
            if not isinstance(resolver, ClusterResolver):
                raise TypeError(f"All arguments must be ClusterResolvers. Received: {resolver!r}")
        self._resolvers = args

    def cluster_spec(self) -> ClusterSpec:
        specs = [resolver.cluster_spec() for resolver in self._resolvers]
        merged: dict[str, Any] = {}
        for job in dict.fromkeys(job for spec in specs for job in spec.jobs):
            having = [spec for spec in specs if job in spec.jobs]
            if all(spec.task_indices(job) == list(range(spec.num_tasks(job))) for spec in having) and not any(
                isinstance(spec.as_dict()[job], dict) for spec in having
            ):
                merged[job] = [address for spec in having for address in spec.job_tasks(job)]
                continue
            merged[job] = {}
            for spec in having:
                for number in spec.task_indices(job):
                    if number in merged[job]:
                        raise KeyError(f"Duplicate keys detected when merging two ClusterSpecs: {number}")
                    merged[job][number] = spec.task_address(job, number)
        return ClusterSpec(merged)

    def master(self, task_type: str | None = None, task_id: int | None = None, rpc_layer: str | None = None) -> str:
        if task_type is not None and task_id is not None:
            return master_url(self.cluster_spec().task_address(task_type, task_id), rpc_layer or self._rpc_layer)
        return self._resolvers[0].master(rpc_layer=rpc_layer)

    @property
    def task_type(self) -> str | None:
        return self._task_type or self._resolvers[0].task_type

    @task_type.setter
    def task_type(self, task_type: str | None) -> None:
        self._task_type = task_type

    @property
    def task_id(self) -> int | None:
        return self._task_id or self._resolvers[0].task_id

    @task_id.setter
    def task_id(self, task_id: int | None) -> None:
        self._task_id = task_id

    @property
    def environment(self) -> str:
        return self._resolvers[0].environment

    def num_accelerators(
        self, task_type: str | None = None, task_id: int | None = None, config_proto: Any = None
    ) -> dict[str, int]:
        return self._resolvers[0].num_accelerators(task_type, task_id, config_proto)

    @property
    def rpc_layer(self) -> str | None:
        return self._rpc_layer or getattr(self._resolvers[0], "rpc_layer", None)

    @rpc_layer.setter
    def rpc_layer(self, rpc_layer: str | None) -> None:
        self._rpc_layer = rpc_layer
