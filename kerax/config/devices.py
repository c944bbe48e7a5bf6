"""The devices that JAX sees, under TensorFlow's names."""

from __future__ import annotations

import collections
from typing import Any, NamedTuple

import jax
from jax.extend.backend import clear_backends

PhysicalDevice = collections.namedtuple("PhysicalDevice", ["name", "device_type"])
LogicalDevice = collections.namedtuple("LogicalDevice", ["name", "device_type"])


class LogicalDeviceConfiguration(NamedTuple):
    """How a physical device is split.

    Args:
      memory_limit: MB for the logical device, or None.
      experimental_priority: int, unused.
      experimental_device_ordinal: int, unused.
    """

    memory_limit: float | None = None
    experimental_priority: int | None = None
    experimental_device_ordinal: int | None = None


_visible: dict[str, list[PhysicalDevice]] = {}
_logical: dict[PhysicalDevice, list[LogicalDeviceConfiguration]] = {}


def _devices() -> list[tuple[str, int]]:
    """(type, index) of all devices, the CPU first as TensorFlow lists it."""
    found = [("CPU", 0)]
    counts: collections.Counter[str] = collections.Counter()
    for device in jax.devices():
        kind = {"cuda": "GPU", "rocm": "GPU"}.get(device.platform, device.platform.upper())
        if kind != "CPU":
            found.append((kind, counts[kind]))
            counts[kind] += 1
    return found


def list_physical_devices(device_type: str | None = None) -> list[PhysicalDevice]:
    """The host's devices.

    Args:
      device_type: "CPU", "GPU" or "TPU"; None for all.

    Returns:
      list of PhysicalDevice.

    >>> import kerax as tf
    >>> tf.config.list_physical_devices("CPU")
    [PhysicalDevice(name='/physical_device:CPU:0', device_type='CPU')]
    """
    return [
        PhysicalDevice(f"/physical_device:{kind}:{index}", kind)
        for kind, index in _devices()
        if device_type in (None, kind)
    ]


def list_logical_devices(device_type: str | None = None) -> list[LogicalDevice]:
    """The devices that ops can be placed on.

    Args:
      device_type: "CPU", "GPU" or "TPU"; None for all.
    """
    found = [
        LogicalDevice(device.name.replace("physical_device", "device"), device.device_type)
        for device in get_visible_devices(device_type)
    ]
    parts = len(_logical.get(PhysicalDevice("/physical_device:CPU:0", "CPU"), ()))
    more = [LogicalDevice(f"/device:CPU:{index}", "CPU") for index in range(1, parts)]
    return [*found[:1], *more, *found[1:]] if found and found[0].device_type == "CPU" else found


def get_visible_devices(device_type: str | None = None) -> list[PhysicalDevice]:
    """The physical devices that are in use."""
    return [
        device for device in list_physical_devices(device_type) if device in _visible.get(device.device_type, [device])
    ]


def set_visible_devices(devices: Any, device_type: str | None = None) -> None:
    """Chooses the physical devices that ``list_logical_devices`` shows.

    Args:
      devices: PhysicalDevice or list of them.
      device_type: str, the type that the choice is about.

    Raises:
      ValueError: an unknown device.
    """
    chosen = devices if isinstance(devices, (list, tuple)) else [devices]
    for device in chosen:
        if device not in list_physical_devices():
            raise ValueError(f"Unrecognized device: {device!r}")
    for kind in [device_type] if device_type else ["CPU", "GPU", "TPU"]:
        _visible[kind] = [device for device in chosen if device.device_type == kind]


def get_logical_device_configuration(device: PhysicalDevice) -> list[LogicalDeviceConfiguration] | None:
    """The configuration that was set for a device, or None."""
    return _logical.get(device)


def set_logical_device_configuration(device: PhysicalDevice, logical_devices: Any) -> None:
    """Sets how a device is split. The CPU can be split into several before anything is computed.

    Args:
      device: PhysicalDevice.
      logical_devices: list of LogicalDeviceConfiguration, one for each part.

    Raises:
      NotImplementedError: more than one part of another device.
      RuntimeError: tensors exist already.
      ValueError: an unknown device.
    """
    if device not in list_physical_devices():
        raise ValueError(f"Unrecognized device: {device!r}")
    wanted = list(logical_devices)
    if len(wanted) > 1 and device.device_type != "CPU":
        raise NotImplementedError(f"kerax splits the CPU only, not {device!r}.")
    if device.device_type == "CPU" and len(wanted) != len(jax.devices("cpu")):
        if jax.live_arrays():
            raise RuntimeError("Virtual devices cannot be modified after being initialized")
        clear_backends()
        jax.config.update("jax_num_cpu_devices", len(wanted))
    _logical[device] = wanted
