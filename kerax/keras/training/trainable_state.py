"""Keras 2 trains what was trainable when the model was compiled, whatever ``trainable`` has been set to since."""

from __future__ import annotations

import functools
import weakref
from collections.abc import Callable
from typing import Any

from kerax.core.config import legacy_keras


def of(model: Any) -> Any:
    """Which layers of a model are trainable, itself among them."""
    return weakref.WeakKeyDictionary({layer: layer.trainable for layer in model._flatten_layers()})


def _restore(model: Any, states: Any) -> None:
    for layer in model._flatten_layers():  # from the outside inwards: a layer sets those within, too
        if layer in states:
            layer.trainable = states[layer]


def as_compiled(train: Callable[..., Any]) -> Callable[..., Any]:
    """A method of a model that trains: within, in Keras 2, its layers are as trainable as they were in ``compile``.

    So a GAN's discriminator learns, though it has been frozen for the model that trains the generator through it.

    Args:
      train: the method.
    """

    @functools.wraps(train)
    def wrapper(self: Any, *args: Any, **kwargs: Any) -> Any:
        compiled = self._compiled_trainable_state if legacy_keras() else None
        if not compiled:
            return train(self, *args, **kwargs)
        now = of(self)
        if all(now.get(layer, state) == state for layer, state in compiled.items()):
            return train(self, *args, **kwargs)
        _restore(self, compiled)
        try:
            return train(self, *args, **kwargs)
        finally:
            _restore(self, now)

    return wrapper
