"""``keras.utils.set_random_seed``."""

from __future__ import annotations

import numpy as np

from kerax.core import random_state
from kerax.keras.engine import global_state, seeds


def set_random_seed(seed: int) -> None:
    """Seeds python's, numpy's and kerax's random numbers.

    Args:
      seed: int.

    Raises:
      ValueError: not an int.

    >>> set_random_seed(1)
    """
    if not isinstance(seed, int):
        raise ValueError(f"Expected `seed` argument to be an integer. Received: seed={seed} (of type {type(seed)})")
    seeds.restart(seed)
    np.random.seed(seed)
    random_state.set_seed(seed)
    global_state.put("global_seed_generator", None)
