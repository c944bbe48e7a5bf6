"""Devices and meshes of devices."""

from __future__ import annotations

import math
import os
from typing import Any

import jax
import numpy as np


def list_devices(device_type: str | None = None) -> list[str]:
    """The names of the devices of all processes, ``"cpu:0"`` …

    Args:
      device_type: "cpu", "gpu" or "tpu"; by default accelerators where there are some.

    >>> import kerax as tf
    >>> tf.keras.distribution.list_devices("cpu")[0]
    'cpu:0'
    """
    kind = None if device_type is None else device_type.lower()
    return [f"{_kind(device)}:{device.id}" for device in _devices(kind)]


def _kind(device: Any) -> str:
    return "gpu" if device.platform in ("cuda", "rocm") else device.platform


def _devices(kind: str | None) -> list[Any]:
    if kind is None:
        return jax.devices()
    try:
        return jax.devices(kind)
    except RuntimeError:
        return []


def get_device_count(device_type: str | None = None) -> int:
    """The number of devices.

    Args:
      device_type: "cpu", "gpu" or "tpu"; by default accelerators where there are some.
    """
    return len(list_devices(device_type))


def initialize(
    job_addresses: str | None = None, num_processes: int | None = None, process_id: int | None = None
) -> None:
    """Joins several processes, on several machines, before anything else is computed.

    Args:
      job_addresses: str, the addresses of the processes separated by commas, or of the first alone; by default
        ``KERAS_DISTRIBUTION_JOB_ADDRESSES``.
      num_processes: int, by default ``KERAS_DISTRIBUTION_NUM_PROCESSES``.
      process_id: int from 0 on, by default ``KERAS_DISTRIBUTION_PROCESS_ID``.
    """
    job_addresses = job_addresses or os.environ.get("KERAS_DISTRIBUTION_JOB_ADDRESSES")
    if num_processes is None and "KERAS_DISTRIBUTION_NUM_PROCESSES" in os.environ:
        num_processes = int(os.environ["KERAS_DISTRIBUTION_NUM_PROCESSES"])
    if process_id is None and "KERAS_DISTRIBUTION_PROCESS_ID" in os.environ:
        process_id = int(os.environ["KERAS_DISTRIBUTION_PROCESS_ID"])
    first = job_addresses.split(",")[0] if job_addresses else None
    jax.distributed.initialize(coordinator_address=first, num_processes=num_processes, process_id=process_id)


def to_device(name: Any) -> Any:
    """The device of a name.

    Raises:
      ValueError: there is none.
    """
    if not isinstance(name, str):
        return name
    kind, _, number = name.lower().partition(":")
    for device in _devices(kind):
        if device.id == int(number or 0):
            return device
    raise ValueError(f"There is no device {name!r}. Devices: {list_devices()}")


class DeviceMesh:
    """Devices as the points of a grid with named axes.

    Args:
      shape: ints, the grid's size.
      axis_names: names of its axes.
      devices: names of devices, as many as the grid has points; all by default.

    Raises:
      ValueError: sizes that do not fit.

    >>> import kerax as tf
    >>> tf.keras.distribution.DeviceMesh((1,), ["batch"], ["cpu:0"])
    <DeviceMesh shape=(1,), axis_names=['batch']>
    """

    def __init__(self, shape: Any, axis_names: Any, devices: Any = None) -> None:
        if not shape or not axis_names:
            raise ValueError(f"Shape and axis_names cannot be empty. Received: shape={shape}, axis_names={axis_names}")
        if len(shape) != len(axis_names):
            raise ValueError(
                f"Shape and axis_names should have same size. Received: shape={shape}, axis_names={axis_names}"
            )
        found = np.array(list_devices() if devices is None else devices)
        if math.prod(shape) != found.size:
            raise ValueError(
                f"Shape does not match the number of devices. Received: shape={shape}; devices.shape={found.shape}"
            )
        self._shape, self._axis_names = shape, axis_names
        self._devices = np.reshape(found, shape)
        self._backend_mesh: Any = None

    @property
    def shape(self) -> Any:
        return self._shape

    @property
    def axis_names(self) -> Any:
        return self._axis_names

    @property
    def devices(self) -> np.ndarray:
        return self._devices

    @property
    def backend_mesh(self) -> jax.sharding.Mesh:
        """The mesh as JAX's own."""
        if self._backend_mesh is None:
            devices = [to_device(name) for name in self._devices.ravel().tolist()]
            self._backend_mesh = jax.sharding.Mesh(
                np.array(devices, dtype=object).reshape(self._devices.shape), tuple(self._axis_names)
            )
        return self._backend_mesh

    def __repr__(self) -> str:
        return f"<{type(self).__name__} shape={self.shape}, axis_names={self.axis_names}>"
