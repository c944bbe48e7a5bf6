"""``tf.train.ClusterSpec`` and the messages about clusters."""

from __future__ import annotations

from typing import Any

from kerax.io.proto import message

JobDef = message("JobDef")
ClusterDef = message("ClusterDef")
ServerDef = message("ServerDef")


class ClusterSpec:
    """The addresses of the tasks of a cluster, by job.

    Args:
      cluster: dict of job name → list of addresses, or dict of task number → address; a ``ClusterDef``; or
        another ClusterSpec.

    Raises:
      TypeError: something else.

    >>> import kerax as tf
    >>> spec = tf.train.ClusterSpec({"worker": ["a:1", "b:2"], "ps": {3: "c:3"}})
    >>> spec.num_tasks("worker"), spec.task_address("ps", 3)
    (2, 'c:3')
    """

    def __init__(self, cluster: Any) -> None:
        self._jobs: dict[str, dict[int, str]] = {}
        if isinstance(cluster, ClusterSpec):
            cluster = cluster.as_cluster_def()
        if isinstance(cluster, dict):
            for job, tasks in cluster.items():
                self._jobs[job] = self._tasks(job, tasks)
        elif hasattr(cluster, "job"):
            for job in cluster.job:
                self._jobs[job.name] = dict(job.tasks)
        else:
            raise TypeError(
                f"`cluster` must be a dictionary mapping one or more job names to lists of network addresses, or a "
                f"`ClusterDef` protocol buffer. Received: {cluster!r}"
            )
        for job, tasks in self._jobs.items():
            for address in tasks.values():
                if not isinstance(address, str):
                    raise TypeError(f"Task address must be bytes or unicode. Received: {address!r} in job {job!r}")

    @staticmethod
    def _tasks(job: str, tasks: Any) -> dict[int, str]:
        if isinstance(tasks, dict):
            return {int(number): address for number, address in tasks.items()}
        if isinstance(tasks, (list, tuple)):
            return dict(enumerate(tasks))
        raise TypeError(
            f"The tasks for job {job!r} must be a list or a dictionary from integers to strings."
        )  # fmt: skip

    def __bool__(self) -> bool:
        return bool(self._jobs)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ClusterSpec) and self._jobs == other._jobs

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        jobs = ", ".join(f"{job!r}: {list(tasks.values())!r}" for job, tasks in sorted(self._jobs.items()))
        return f"ClusterSpec({{{jobs}}})"

    def as_dict(self) -> dict[str, Any]:
        """job name → list of addresses, or dict where numbers are missing."""
        found: dict[str, Any] = {}
        for job, tasks in self._jobs.items():
            dense = set(tasks) == set(range(len(tasks)))
            found[job] = [tasks[number] for number in range(len(tasks))] if dense else dict(tasks)
        return found

    def as_cluster_def(self) -> Any:
        """The same as a ``ClusterDef``."""
        definition = ClusterDef()
        for job, tasks in sorted(self._jobs.items()):
            added = definition.job.add(name=job)
            for number, address in sorted(tasks.items()):
                added.tasks[number] = address
        return definition

    @property
    def jobs(self) -> list[str]:
        return list(self._jobs)

    def _job(self, job_name: str) -> dict[int, str]:
        if job_name not in self._jobs:
            raise ValueError(f"No such job in cluster: {job_name!r}")
        return self._jobs[job_name]

    def num_tasks(self, job_name: str) -> int:
        return len(self._job(job_name))

    def task_indices(self, job_name: str) -> list[int]:
        return sorted(self._job(job_name))

    def task_address(self, job_name: str, task_index: int) -> str:
        tasks = self._job(job_name)
        if task_index not in tasks:
            raise ValueError(f"No task with index {task_index!r} in job {job_name!r}")
        return tasks[task_index]

    def job_tasks(self, job_name: str) -> list[Any]:
        """Addresses by number, None where a number is missing."""
        tasks = self._job(job_name)
        return [tasks.get(number) for number in range(max(tasks, default=-1) + 1)]
