"""``tf.experimental.dtensor``: tensors over several devices, for which JAX's sharding is the way in kerax."""

from __future__ import annotations

from typing import Any

MATCH = "match"
UNSHARDED = "unsharded"

_NAMES = """
    DTensorCheckpoint DTensorDataset DVariable Layout Mesh barrier call_with_layout check_layout client_id
    copy_to_mesh create_distributed_mesh create_mesh create_tpu_mesh default_mesh device_name
    enable_save_as_bf16 fetch_layout full_job_name get_default_mesh heartbeat_enabled
    initialize_accelerator_system initialize_multi_client initialize_tpu_system is_dtensor job_name jobs
    local_devices name_based_restore name_based_save num_clients num_global_devices num_local_devices pack
    preferred_device_type relayout relayout_like run_on sharded_save shutdown_accelerator_system
    shutdown_tpu_system unpack
""".split()


def __getattr__(name: str) -> Any:
    if name not in _NAMES:
        raise AttributeError(f"module 'kerax.experimental.dtensor' has no attribute {name!r}")

    def unavailable(*args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError(
            f"tf.experimental.dtensor.{name} is not available in kerax: use tf.distribute or keras.distribution, or "
            "jax.sharding on the arrays themselves."
        )

    unavailable.__name__ = name
    return unavailable


def __dir__() -> list[str]:
    return sorted({*globals(), *_NAMES})
