"""``tf.config``: devices and how programs run."""

from __future__ import annotations

from typing import Any

from kerax.config import experimental as experimental
from kerax.config import optimizer as optimizer
from kerax.config import threading as threading
from kerax.config.devices import LogicalDevice as LogicalDevice
from kerax.config.devices import LogicalDeviceConfiguration as LogicalDeviceConfiguration
from kerax.config.devices import PhysicalDevice as PhysicalDevice
from kerax.config.devices import get_logical_device_configuration as get_logical_device_configuration
from kerax.config.devices import get_visible_devices as get_visible_devices
from kerax.config.devices import list_logical_devices as list_logical_devices
from kerax.config.devices import list_physical_devices as list_physical_devices
from kerax.config.devices import set_logical_device_configuration as set_logical_device_configuration
from kerax.config.devices import set_visible_devices as set_visible_devices
from kerax.core.device import device as _device
from kerax.core.function import functions_run_eagerly as functions_run_eagerly
from kerax.core.function import run_functions_eagerly as run_functions_eagerly


def get_soft_device_placement() -> bool:
    """Whether ops run elsewhere when the device asked for does not exist."""
    return _device.soft_placement


def set_soft_device_placement(enabled: bool) -> None:
    """Sets whether ops run elsewhere when the device asked for does not exist."""
    _device.soft_placement = bool(enabled)


def experimental_connect_to_host(remote_host: Any = None, job_name: str = "worker") -> None:
    """Not available: kerax runs on the devices of its own process.

    Raises:
      NotImplementedError: always.
    """
    raise NotImplementedError("kerax does not connect to TensorFlow servers; see jax.distributed for several hosts.")


def experimental_connect_to_cluster(cluster_spec_or_resolver: Any, *args: Any, **kwargs: Any) -> None:
    """Makes the devices of a cluster known; a Colab TPU is there already.

    Raises:
      NotImplementedError: for anything but a TPU resolver.
    """
    if "TPU" not in type(cluster_spec_or_resolver).__name__:
        raise NotImplementedError("kerax does not connect to TensorFlow clusters; see jax.distributed.")


def experimental_functions_run_eagerly() -> bool:
    """The older name of ``functions_run_eagerly``."""
    return functions_run_eagerly()


def experimental_run_functions_eagerly(run_eagerly: bool) -> None:
    """The older name of ``run_functions_eagerly``."""
    run_functions_eagerly(run_eagerly)
