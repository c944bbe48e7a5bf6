"""A ``tf.Module`` as a layer, as Keras 2's ``Sequential`` takes it."""

from __future__ import annotations

import inspect
from typing import Any

from kerax.core.module import Module
from kerax.keras.engine.call_spec import with_training
from kerax.keras.engine.layer import Layer


class ModuleWrapper(Layer):
    """A layer that calls a module.

    Args:
      module: ``tf.Module`` with a method ``__call__`` or ``call``.
      method_name: str, the method to call instead.
      **kwargs: ``name`` …

    Raises:
      ValueError: the module has no such method.
    """

    def __init__(self, module: Any, method_name: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        known = (name for name in ("__call__", "call") if hasattr(module, name))
        method_name = method_name or next(known, None)
        if method_name is None or not hasattr(module, method_name):
            raise ValueError(f"{method_name} is not defined on object {module}")
        self._module = module
        self._method_name = method_name
        # as of a layer's own ``call``: whether it is told ``training`` and ``mask``
        self._call_signature = with_training(inspect.signature(getattr(module, method_name)))

    def call(self, *args: Any, **kwargs: Any) -> Any:
        return getattr(self._module, self._method_name)(*args, **kwargs)


def wrapped(layer: Any) -> Layer:
    """A layer, or a module as one.

    Raises:
      TypeError: it is neither.
    """
    if isinstance(layer, Module):
        return layer if isinstance(layer, Layer) else ModuleWrapper(layer)
    raise TypeError(
        f"The added layer must be an instance of class Layer. Received: layer={layer} of type {type(layer)}."
    )
