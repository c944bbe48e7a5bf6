"""The Einstein sums of attention of several heads, for any number of axes."""

from __future__ import annotations

import string
from typing import Any

_LETTERS = string.ascii_lowercase


def projection(free: int, bound: int, outputs: int) -> tuple[str, str, int]:
    """The equation of a projection, the labels of its bias, and the rank of its result.

    ``free`` axes stay, ``bound`` ones are summed, ``outputs`` ones are new: (2, 1, 2) → ``"abc,cde->abde"``.
    """
    kept, summed = _LETTERS[:free], _LETTERS[free : free + bound]
    new = _LETTERS[free + bound : free + bound + outputs]
    return f"{kept}{summed},{summed}{new}->{kept}{new}", new, free + outputs


def attention(rank: int, axes: Any) -> tuple[str, str, int]:
    """The equations of scores and of weighted values, and the rank of the scores.

    Args:
      rank: int, the rank of projected queries ``[batch, .., heads, size]``.
      axes: the axes attended over.
    """
    target = _LETTERS[:rank]
    fresh = iter(_LETTERS[rank:])
    batch = [axis for axis in range(rank) if axis not in axes and axis != rank - 1]
    source = "".join(target[axis] if axis in batch or axis == rank - 1 else next(fresh) for axis in range(rank))
    product = "".join(
        [*(target[axis] for axis in batch), *(target[axis] for axis in axes), *(source[axis] for axis in axes)]
    )
    return f"{source},{target}->{product}", f"{product},{source}->{target}", len(product)


def partial_shape(rank: int, last: Any) -> list[Any]:
    """A shape of ``rank`` sizes whose last are known."""
    return [None] * (rank - len(last)) + list(last)
