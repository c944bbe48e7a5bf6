"""What layers that draw random numbers share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerax.core.config import legacy_keras
from kerax.core.control_flow import cond
from kerax.core.random_state import seed_apart
from kerax.core.tensor import constant_value
from kerax.core.value import Tensor
from kerax.keras import random
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.tracking import DotNotTrackScope


class RandomLayer(Layer):
    """A layer with a source of random numbers, ``seed_generator``, which moves on with every draw."""

    seed_generator: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if legacy_keras():  # how Keras 2 draws, which its layers can be told
            kwargs.pop("force_generator", None)
            kwargs.pop("rng_type", None)
        super().__init__(*args, **kwargs)

    def _make_generator(self, seed: Any) -> None:
        set_generator(self, "seed_generator", seed)


def set_generator(layer: Any, name: str, seed: Any) -> None:
    """Gives a layer its source of random numbers.

    Keras 2 keeps it out of the layer's variables, and no layer draws a seed when it is made: those made after it begin
    with the same weights.

    Args:
      layer: the layer.
      name: str, of the attribute.
      seed: int or None.
    """
    if not legacy_keras():
        setattr(layer, name, random.SeedGenerator(seed))
        return
    with DotNotTrackScope():
        setattr(layer, name, random.SeedGenerator(seed_apart() if seed is None else seed))


def in_training(training: Any, noisy: Callable[[], Any], plain: Callable[[], Any]) -> Any:
    """``noisy()`` in training, ``plain()`` otherwise; ``training`` may be a bool tensor."""
    if isinstance(training, Tensor) or hasattr(training, "_kerax_tensor"):
        known = constant_value(training)
        if known is None:
            return cond(training, noisy, plain)
        training = bool(known)
    return noisy() if training else plain()


def check_fraction(name: str, value: Any) -> None:
    """Raises ValueError unless ``value`` is a number between 0 and 1."""
    if not 0 <= value <= 1:
        raise ValueError(
            f"Invalid value received for argument `{name}`. Expected a float value between 0 and 1. "
            f"Received: {name}={value}"
        )
