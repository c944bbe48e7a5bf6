"""``tf.data.experimental.service``: TensorFlow's input servers, which kerax does not have.

The classes that only hold settings are here; what would start or reach a server raises.
"""

from __future__ import annotations

import collections
import enum
from typing import Any

from kerax.core import errors


class ShardingPolicy(enum.IntEnum):
    """How a service would split a dataset among its workers."""

    OFF = 0
    DYNAMIC = 1
    FILE = 2
    DATA = 3
    FILE_OR_DATA = 4
    HINT = 5


class CrossTrainerCache:
    """A name under which jobs would share a cache.

    Args:
      trainer_id: str.
    """

    def __init__(self, trainer_id: str) -> None:
        if not trainer_id:
            raise ValueError("tf.data service cross-trainer cache requires a non-empty trainer ID.")
        self.trainer_id = trainer_id


DispatcherConfig = collections.namedtuple(
    "DispatcherConfig",
    "port protocol work_dir fault_tolerant_mode worker_addresses job_gc_check_interval_ms job_gc_timeout_ms "
    "worker_timeout_ms worker_max_concurrent_snapshots",
    defaults=(0, None, None, False, None, None, None, None, 0),
)
WorkerConfig = collections.namedtuple(
    "WorkerConfig",
    "dispatcher_address worker_address port protocol heartbeat_interval_ms dispatcher_timeout_ms "
    "data_transfer_protocol data_transfer_address",
    defaults=(None, 0, None, None, None, None, None),
)


def _unavailable(name: str) -> Any:
    def raise_it(*args: Any, **kwargs: Any) -> Any:
        raise errors.UnimplementedError(
            None,
            None,
            f"tf.data.experimental.service.{name}: kerax has no tf.data service; run the pipeline in the "
            "training process.",
        )

    raise_it.__name__ = name
    raise_it.__doc__ = "Not available: kerax has no tf.data service."
    return raise_it


DispatchServer = _unavailable("DispatchServer")
WorkerServer = _unavailable("WorkerServer")
distribute = _unavailable("distribute")
from_dataset_id = _unavailable("from_dataset_id")
register_dataset = _unavailable("register_dataset")
