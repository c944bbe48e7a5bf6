"""Values on their way from the device to people: logs stay tensors until somebody reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kerax.core import config
from kerax.core.value import Tensor
from kerax.core.variable import Variable


def pythonify_logs(logs: Mapping[str, Any] | None) -> dict[str, Any]:
    """Logs with floats for tensors, nested dicts flattened, by sorted name.

    Under Keras 2 in the given order, with python numbers of the tensors' kinds.

    >>> pythonify_logs({"loss": 1, "b": {"a": 2}})
    {'a': 2.0, 'loss': 1.0}
    """
    result: dict[str, Any] = {}
    items = list((logs or {}).items())
    for key, value in items if config.legacy_keras() else sorted(items):
        if isinstance(value, Mapping):
            result.update(pythonify_logs(value))
        else:
            result[key] = _python_value(value)
    return result


def _python_value(value: Any) -> Any:
    if isinstance(value, (Tensor, Variable)):
        value = value.numpy()
    if config.legacy_keras():
        return value.item() if getattr(value, "ndim", None) == 0 else value
    try:
        return float(value)
    except (TypeError, ValueError):
        return value
