"""Gradients where a strategy runs several replicas: they are summed, and all replicas make the same update."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

from kerax.core.context import context
from kerax.core.tensor import convert_to_tensor


def _replica() -> Any:
    """The context of the replica that is running, where there are several; else None."""
    found = context.extras.get("replica_context")
    return found if found is not None and found.num_replicas_in_sync > 1 else None


@contextlib.contextmanager
def updating(sums: bool | None = None) -> Iterator[None]:
    """Tells the replica that it updates variables.

    Args:
      sums: bool, whether ``summed`` sums the gradients; None for what was said before.
    """
    replica = _replica()
    if replica is None:
        yield
        return
    outer = replica.updates_together, replica.sums_gradients
    replica.updates_together = True
    if sums is not None:
        replica.sums_gradients = sums
    try:
        yield
    finally:
        replica.updates_together, replica.sums_gradients = outer


def summed(gradients: Sequence[Any]) -> list[Any]:
    """The sums of the gradients of all replicas."""
    replica = _replica()
    if replica is None or not replica.sums_gradients:
        return list(gradients)
    return list(replica.all_reduce("SUM", [convert_to_tensor(gradient) for gradient in gradients]))
