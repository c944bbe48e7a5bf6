"""``tf.config.experimental``."""

from __future__ import annotations

import os
from typing import Any

import jax

from kerax.config.devices import LogicalDeviceConfiguration as VirtualDeviceConfiguration
from kerax.config.devices import get_logical_device_configuration as get_virtual_device_configuration
from kerax.config.devices import get_visible_devices as get_visible_devices
from kerax.config.devices import list_logical_devices as list_logical_devices
from kerax.config.devices import list_physical_devices as list_physical_devices
from kerax.config.devices import set_logical_device_configuration as set_virtual_device_configuration
from kerax.config.devices import set_visible_devices as set_visible_devices

__all__ = [
    "VirtualDeviceConfiguration",
    "disable_mlir_bridge",
    "enable_mlir_bridge",
    "enable_op_determinism",
    "enable_tensor_float_32_execution",
    "get_device_details",
    "get_device_policy",
    "get_memory_growth",
    "get_memory_info",
    "get_memory_usage",
    "get_synchronous_execution",
    "get_virtual_device_configuration",
    "get_visible_devices",
    "list_logical_devices",
    "list_physical_devices",
    "reset_memory_stats",
    "set_device_policy",
    "set_memory_growth",
    "set_synchronous_execution",
    "set_virtual_device_configuration",
    "set_visible_devices",
    "tensor_float_32_execution_enabled",
]

_growth: dict[Any, bool] = {}
_settings: dict[str, Any] = {"synchronous": True, "policy": "silent"}


def _jax_device(name: str) -> jax.Device:
    kind, _, index = name.upper().split("/")[-1].removeprefix("DEVICE:").rpartition(":")
    if not kind or not index.isdigit():
        raise ValueError(
            f"Failed parsing device name: {name!r}. Note a valid device string should at least contain a device type "
            'and a device index, like "GPU:0".'
        )
    try:
        return jax.devices(kind.lower())[int(index)]
    except (RuntimeError, IndexError):
        raise ValueError(f"No matching devices found for {name!r}") from None


def set_memory_growth(device: Any, enable: bool) -> None:
    """Notes the wish; JAX decides at start-up (environment variable XLA_PYTHON_CLIENT_PREALLOCATE).

    Raises:
      ValueError: an unknown device.
    """
    if device not in list_physical_devices():
        raise ValueError(f"Unrecognized device: {device!r}")
    _growth[device] = bool(enable)


def get_memory_growth(device: Any) -> bool:
    """What ``set_memory_growth`` was told."""
    if device not in list_physical_devices():
        raise ValueError(f"Unrecognized device: {device!r}")
    return _growth.get(device, False)


def get_memory_info(device: str) -> dict[str, int]:
    """Bytes in use on a device.

    Args:
      device: str, such as "GPU:0".

    Returns:
      dict with "current" and "peak".

    Raises:
      ValueError: there is no such device, or it keeps no statistics.
    """
    stats = _jax_device(device).memory_stats()
    if not stats:
        raise ValueError(f"Allocator stats not available for device {device!r}")
    return {"current": stats.get("bytes_in_use", 0), "peak": stats.get("peak_bytes_in_use", 0)}


def get_memory_usage(device: str) -> int:
    """Bytes in use on a device."""
    return get_memory_info(device)["current"]


def reset_memory_stats(device: str) -> None:
    """Not available in JAX.

    Raises:
      ValueError: there is no such device, or it keeps no statistics.
      NotImplementedError: it keeps them: JAX does not reset them.
    """
    get_memory_info(device)
    raise NotImplementedError("JAX does not reset the memory statistics of a device.")


def get_device_details(device: Any) -> dict[str, Any]:
    """What is known about a physical device."""
    if device.device_type == "CPU":
        return {}
    return {"device_name": _jax_device(device.name).device_kind}


def get_synchronous_execution() -> bool:
    """What ``set_synchronous_execution`` was told, True by default."""
    return _settings["synchronous"]


def set_synchronous_execution(enable: bool) -> None:
    """Notes the wish: results are the same either way."""
    _settings["synchronous"] = bool(enable)


def get_device_policy() -> str:
    """What ``set_device_policy`` was told, "silent" by default."""
    return _settings["policy"]


def set_device_policy(device_policy: str | None) -> None:
    """Notes what to do where an op's inputs are on other devices: JAX copies them.

    Args:
      device_policy: "silent", "silent_for_int32", "warn", "explicit", or None for the default.

    Raises:
      ValueError: it is something else.
    """
    if device_policy not in (None, "silent", "silent_for_int32", "warn", "explicit"):
        raise ValueError(f"Not a valid device policy: {device_policy!r}")
    _settings["policy"] = device_policy or "silent"


def enable_mlir_bridge() -> None:
    """Accepted: there is no graph to convert."""


def disable_mlir_bridge() -> None:
    """Accepted: there is no graph to convert."""


def enable_op_determinism() -> None:
    """Makes GPU results repeatable; XLA on CPU and TPU is deterministic."""
    if not is_op_determinism_enabled():
        os.environ["XLA_FLAGS"] = (os.environ.get("XLA_FLAGS", "") + f" {_DETERMINISTIC}").strip()


def disable_op_determinism() -> None:
    """Lets GPU results differ between runs, where that is faster."""
    os.environ["XLA_FLAGS"] = os.environ.get("XLA_FLAGS", "").replace(_DETERMINISTIC, "").strip()


def is_op_determinism_enabled() -> bool:
    """Whether GPU results are repeatable."""
    return _DETERMINISTIC in os.environ.get("XLA_FLAGS", "")


_DETERMINISTIC = "--xla_gpu_deterministic_ops=true"


def enable_tensor_float_32_execution(enabled: bool) -> None:
    """Sets the precision of float32 matrix products on GPUs."""
    jax.config.update("jax_default_matmul_precision", None if enabled else "float32")


def tensor_float_32_execution_enabled() -> bool:
    """Whether float32 matrix products may use TensorFloat-32."""
    return jax.config.jax_default_matmul_precision != "float32"
