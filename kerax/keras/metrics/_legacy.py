"""``get`` as in Keras 2: names of functions give functions, and those of nothing themselves."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any


def getter(names: dict[str, Any], deserialize: Callable[..., Any]) -> Callable[[Any], Any]:
    """The function ``tf.keras.metrics.get`` of Keras 2.

    Args:
      names: functions and classes by name.
      deserialize: reads configs, and names of custom objects.
    """

    def get(identifier: Any) -> Any:
        """The metric of a name, config, function or object.

        Raises:
          ValueError: it is none of these.
        """
        if isinstance(identifier, dict):
            return deserialize(identifier)
        if isinstance(identifier, str):
            found = names.get(identifier) or _custom(identifier, deserialize)
            return found() if inspect.isclass(found) else found
        if not callable(identifier):
            raise ValueError(f"Could not interpret metric identifier: {identifier}")
        return identifier

    return get


def _custom(identifier: str, deserialize: Callable[..., Any]) -> Any:
    try:
        return deserialize(identifier)
    except (ValueError, TypeError):
        return identifier
