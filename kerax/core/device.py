"""``tf.device``: where ops run."""

from __future__ import annotations

import re
from typing import Any

import jax

from kerax.core import errors
from kerax.core.context import context

_NAME = re.compile(r"^(?:.*/)?(?:device:)?(CPU|GPU|TPU|XLA_CPU|XLA_GPU)(?::(\d+|\*))?$", re.IGNORECASE)


class device:
    """Runs the eager ops inside on a device.

    Args:
      device_name: such as ``"CPU:0"``, ``"/GPU:1"``, ``"/device:TPU:0"``, TensorFlow's full form or a
        ``tf.DeviceSpec``; None for the default.

    Raises:
      ValueError: not a device name.
      errors.InvalidArgumentError: there is no such device, and soft placement is off.

    >>> import kerax as tf
    >>> with tf.device("CPU:0"):
    ...     x = tf.ones([2])
    """

    soft_placement = True

    def __init__(self, device_name: Any) -> None:
        self._device_name = device_name  # programs read TensorFlow's private name to say where they run
        self._device = None if device_name is None else _find(device_name)

    def __enter__(self) -> None:
        self._outer = context.device
        context.device = self._device

    def __exit__(self, *exc: Any) -> None:
        context.device = self._outer


def _find(name: Any) -> jax.Device | None:
    named = name.to_string() if hasattr(name, "to_string") else getattr(name, "name", name)
    text = str(named)
    match = _NAME.match(text)
    if match is None:
        if "/job:" in text or text in ("", "/"):
            return None
        raise ValueError(f"Failed to parse device name {text!r}: expected a name such as '/CPU:0' or '/GPU:0'.")
    kind, index = match.group(1).lower().removeprefix("xla_"), match.group(2)
    try:
        found = jax.devices(kind)
    except RuntimeError:
        found = []
    position = int(index) if index not in (None, "*") else 0
    if position < len(found):
        return found[position]
    if device.soft_placement:
        return None
    present = {*jax.devices(), *jax.devices("cpu")}
    raise errors.InvalidArgumentError(
        None,
        None,
        f"Could not satisfy device specification '{_full_name(kind, position)}'. enable_soft_placement=0. "
        f"Supported device types [{', '.join(sorted({each.platform.upper() for each in present}))}]. "
        f"All available devices [{', '.join(sorted(_full_name(each.platform, each.id) for each in present))}].",
    )


def _full_name(kind: str, index: int) -> str:
    return f"/job:localhost/replica:0/task:0/device:{kind.upper()}:{index}"
