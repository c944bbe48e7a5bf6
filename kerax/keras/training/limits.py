"""Caps on epochs and steps, for debugging runs (``keras.config.set_max_epochs`` and its like)."""

from __future__ import annotations

import os
import warnings

from kerax.core.context import context


def _limit(name: str) -> int | None:
    value = context.extras.get(name)
    if value is None:
        value = os.environ.get(f"KERAS_{name.upper()}")
    return int(value) if value else None


def max_epochs() -> int | None:
    """The largest number of epochs that ``fit`` runs, None without a cap."""
    return _limit("max_epochs")


def set_max_epochs(max_epochs: int | None) -> None:
    """Caps the number of epochs of every ``fit``; None lifts the cap."""
    context.extras["max_epochs"] = max_epochs


def max_steps_per_epoch() -> int | None:
    """The largest number of steps of an epoch, None without a cap."""
    return _limit("max_steps_per_epoch")


def set_max_steps_per_epoch(max_steps_per_epoch: int | None) -> None:
    """Caps the number of steps of every epoch; None lifts the cap."""
    context.extras["max_steps_per_epoch"] = max_steps_per_epoch


def capped_epochs(epochs: int) -> int:
    limit = max_epochs()
    if limit and limit < epochs:
        warnings.warn(f"Limiting epochs to {limit}", stacklevel=3)
        return limit
    return epochs


def capped_steps(steps: int | None) -> int | None:
    limit = max_steps_per_epoch()
    if limit and (not steps or limit < steps):
        warnings.warn(f"Limiting steps_per_epoch to {limit}", stacklevel=3)
        return limit
    return steps
