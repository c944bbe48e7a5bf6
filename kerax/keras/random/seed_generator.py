"""``SeedGenerator``: a seed that moves on with every draw; and how random functions take their seed."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import state
from kerax.core.op import op
from kerax.keras.engine import global_state
from kerax.keras.engine.names import auto_name, name_scope
from kerax.keras.engine.seeds import make_default_seed, seed_pair
from kerax.keras.engine.variable import Variable


@op("seeds", differentiable=False)
def _following(seeds: Any, ordered: Any) -> Any:
    if ordered:
        return seeds + jnp.asarray([0, 1], seeds.dtype)
    return (seeds + 1) * 5387 % 933199


class SeedGenerator:
    """A seed for random functions and layers that differs at every draw.

    Args:
      seed: int, where to start; by default one of python's ``random``.
      name: str.
      **kwargs: ``backend``, accepted for Keras' sake.

    Attributes:
      state: int64 Variable ``[2]``: the seed, and how many draws were made.

    Raises:
      ValueError: the seed is no int.

    >>> import kerax as tf
    >>> seeds = tf.keras.random.SeedGenerator(7)
    >>> seeds.next().numpy(), seeds.next().numpy()
    (array([7, 0]), array([7, 1]))
    """

    _is_keras_seed_generator = True

    def __init__(self, seed: int | None = None, name: str | None = None, **kwargs: Any) -> None:
        kwargs.pop("backend", None)
        if kwargs:
            raise ValueError(f"Unrecognized keyword arguments: {kwargs}")
        self.name = auto_name("SeedGenerator") if name is None else name
        self._initial_seed = seed
        start = make_default_seed() if seed is None else seed
        if not isinstance(start, int):
            raise ValueError(f"Argument `seed` must be an integer. Received: seed={seed}")
        with name_scope(self.name):
            self.state = Variable(
                np.array([start, 0], np.int64),
                dtype="int64",
                trainable=False,
                autocast=False,
                name="seed_generator_state",
            )

    def next(self, ordered: bool = True) -> Any:
        """The seed pair for one draw; the state moves on.

        Args:
          ordered: bool, whether the next pair counts up, rather than being scattered.

        Returns:
          int64 Tensor ``[2]``.
        """
        now = self.state._kerax_tensor()
        self.state.assign(_following(now, bool(ordered)))
        return now

    def get_config(self) -> dict[str, Any]:
        return {"seed": self._initial_seed, "name": self.name}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> SeedGenerator:
        return cls(**config)


def global_seed_generator() -> SeedGenerator:
    """The generator of draws without a seed; ``clear_session`` and ``set_random_seed`` start it anew."""
    found = global_state.get("global_seed_generator")
    if found is None:
        with state.init_scope():
            found = SeedGenerator()
        global_state.put("global_seed_generator", found)
    return found


@op("seeds", differentiable=False)
def _in_range(seeds: Any) -> Any:
    return jnp.mod(seeds, jnp.asarray(2**31 - 2, seeds.dtype)).astype(jnp.int32)


def draw_seed(seed: Any) -> Any:
    """The seed pair of one draw, as an int32 Tensor ``[2]``.

    Args:
      seed: int, ``SeedGenerator``, or None for the global generator.

    Raises:
      ValueError: something else.
    """
    return _in_range(global_seed_generator().next(ordered=False) if seed is None else seed_pair(seed))
