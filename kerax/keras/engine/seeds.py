"""Seeds of Keras' random functions: python ints and seed generators as the seed pairs of stateless draws."""

from __future__ import annotations

import random
import threading
from typing import Any

import numpy as np

from kerax.core.config import legacy_keras
from kerax.core.tensor import convert_to_tensor

_apart = threading.local()  # its ``source``: where Keras 2 draws seeds from, once there is a seed


def make_default_seed() -> int:
    """A seed from python's ``random``, so that ``keras.utils.set_random_seed`` makes programs repeatable."""
    return getattr(_apart, "source", random).randint(1, int(1e9))


def restart(seed: int) -> None:
    """Seeds python's ``random``; Keras 2 draws from a stream of its own, and leaves the program's numbers alone."""
    random.seed(seed)
    if legacy_keras():
        _apart.source = random.Random(seed)


def seed_pair(seed: Any) -> Any:
    """The seed tensor ``[2]`` for one draw.

    Args:
      seed: int, or a generator whose ``next()`` gives the pair.

    Raises:
      ValueError: something else.
    """
    if isinstance(seed, (int, np.integer)) and not isinstance(seed, bool):
        return convert_to_tensor(np.array([wrapped(int(seed)), 0], np.int64))
    if hasattr(seed, "next") and hasattr(seed, "state"):
        return seed.next()
    raise ValueError(
        "Argument `seed` must be either an integer or an instance of `SeedGenerator`. "
        f"Received: seed={seed} (of type {type(seed)})"
    )


def wrapped(seed: int) -> int:
    """A python int as Keras brings it into the range of seeds."""
    return seed % (2**31 - 2) if not -(2**63) <= seed < 2**63 else seed
