"""Axes and shapes as arguments."""

from __future__ import annotations

from typing import Any


def canonical_axis(axis: int, rank: int) -> int:
    """An axis counted from the front.

    Raises:
      ValueError: there is no such axis.
    """
    if not -rank <= axis < rank:
        raise ValueError(f"axis {axis} is out of bounds for an array with dimension {rank}.")
    return axis % rank if rank else axis


def as_list(value: Any) -> list[Any]:
    """A number, tuple or list as a list."""
    return list(value) if isinstance(value, (tuple, list)) else [value]
