"""``tf.experimental.dtensor``: tensors over several devices, for which JAX's sharding is the way in kerax."""

from __future__ import annotations

from typing import Any

MATCH = "match"
UNSHARDED = "unsharded"


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(name)

    def unavailable(*args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError(
            f"tf.experimental.dtensor.{name} is not available in kerax: use tf.distribute or keras.distribution, or "
            "jax.sharding on the arrays themselves."
        )

    unavailable.__name__ = name
    return unavailable
