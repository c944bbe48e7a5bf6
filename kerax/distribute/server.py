"""``tf.distribute.Server``: a description of a server of this process; none is started."""

from __future__ import annotations

from typing import Any

from kerax.train.cluster import ClusterSpec, ServerDef


class Server:
    """TensorFlow's server process.

    Args:
      server_or_cluster_def: ``ServerDef``, ``ClusterDef``, ``ClusterSpec`` or a dict.
      job_name, task_index, protocol: this server's.
      config: ignored.
      start: bool, whether to start it.

    Raises:
      NotImplementedError: it is to be started as one of several tasks.

    Differs from TensorFlow: kerax runs in one process, so the only server is the local one, which does nothing.
    """

    def __init__(
        self,
        server_or_cluster_def: Any,
        job_name: str | None = None,
        task_index: int | None = None,
        protocol: str | None = None,
        config: Any = None,
        start: bool = True,
    ) -> None:
        if isinstance(server_or_cluster_def, ServerDef):
            self._server_def = ServerDef()
            self._server_def.CopyFrom(server_or_cluster_def)
        else:
            self._server_def = ServerDef(protocol=protocol or "grpc", task_index=task_index or 0)
            self._server_def.cluster.CopyFrom(ClusterSpec(server_or_cluster_def).as_cluster_def())
            jobs = ClusterSpec(server_or_cluster_def).jobs
            if job_name is None and len(jobs) != 1:
                raise ValueError("Must specify an explicit `job_name`.")
            self._server_def.job_name = job_name or jobs[0]
        if start:
            self.start()

    @staticmethod
    def create_local_server(config: Any = None, start: bool = True) -> Server:
        """The server of a cluster of this process alone."""
        return Server({"localhost": ["localhost:0"]}, start=start)

    def start(self) -> None:
        """Starts the server.

        Raises:
          NotImplementedError: the cluster has other tasks.
        """
        tasks = sum(len(job.tasks) for job in self._server_def.cluster.job)
        if tasks > 1:
            raise NotImplementedError(
                "kerax does not connect processes as TensorFlow's servers do; jax.distributed.initialize does."
            )

    def join(self) -> None:
        """Returns at once: nobody stops the server."""

    @property
    def server_def(self) -> Any:
        """Its ``ServerDef``."""
        return self._server_def

    @property
    def target(self) -> str:
        return "grpc://localhost:0"
