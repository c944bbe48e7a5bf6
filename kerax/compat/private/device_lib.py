"""``tensorflow.python.client.device_lib``."""

from __future__ import annotations

import types
from typing import Any

from kerax.config import list_logical_devices


def list_local_devices(session_config: Any = None) -> list[Any]:
    """The devices, each with ``name`` and ``device_type``."""
    return [types.SimpleNamespace(name=d.name, device_type=d.device_type) for d in list_logical_devices()]
