"""Cutting signals into frames and adding frames up again."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import errors
from kerax.core.op import op


@op("signal, pad_value")
def _frame(signal, pad_value, frame_length, frame_step, pad_end, axis, name=None):
    if signal.ndim < 1:
        raise ValueError(f"Shape {signal.shape} must have rank at least 1")
    if frame_step <= 0 or frame_length <= 0:
        raise errors.InvalidArgumentError(None, None, "frame_length and frame_step must be positive")
    axis = range(signal.ndim)[axis]
    size = signal.shape[axis]
    count = -(-size // frame_step) if pad_end else max(0, 1 + (size - frame_length) // frame_step)
    place = np.arange(count)[:, None] * frame_step + np.arange(frame_length)[None, :]
    frames = jnp.take(signal, np.minimum(place, max(size - 1, 0)), axis=axis) if size else None
    if frames is None:
        shape = (*signal.shape[:axis], count, frame_length, *signal.shape[axis + 1 :])
        return jnp.zeros(shape, signal.dtype)
    if not pad_end:
        return frames
    inside = (place < size).reshape(place.shape + (1,) * (signal.ndim - axis - 1))
    return jnp.where(inside, frames, pad_value)


def frame(
    signal: Any,
    frame_length: Any,
    frame_step: Any,
    pad_end: bool = False,
    pad_value: Any = 0,
    axis: Any = -1,
    name: str | None = None,
) -> Any:
    """Cuts an axis into frames that may overlap.

    Args:
      signal: tensor ``[..., samples, ...]``.
      frame_length: int, samples per frame.
      frame_step: int, samples from the start of one frame to the next.
      pad_end: bool, whether frames that reach over the end are kept, filled up with ``pad_value``.
      pad_value: scalar of the dtype of ``signal``.
      axis: int, the axis to cut.
      name: str, optional.

    Returns:
      Tensor ``[..., frames, frame_length, ...]``.

    >>> import kerax as tf
    >>> tf.signal.frame([1, 2, 3, 4, 5], 3, 2).numpy()
    array([[1, 2, 3],
           [3, 4, 5]], dtype=int32)
    """
    return _frame(signal, pad_value, frame_length, frame_step, bool(pad_end), axis)


@op("signal: number")
def overlap_and_add(signal, frame_step, name=None):
    """Adds frames up to a signal, each ``frame_step`` after the one before.

    Args:
      signal: tensor of numbers ``[..., frames, frame_length]``.
      frame_step: int, samples; at most ``frame_length`` for frames without gaps.
      name: str, optional.

    Returns:
      Tensor ``[..., (frames - 1) frame_step + frame_length]``.

    Raises:
      ValueError: if ``signal`` has fewer than two axes or ``frame_step`` is no int.

    >>> import kerax as tf
    >>> tf.signal.overlap_and_add([[1, 1, 1], [1, 1, 1]], 2).numpy()
    array([1, 1, 2, 1, 1], dtype=int32)
    """
    if signal.ndim < 2:
        raise ValueError(f"Shape {signal.shape} must have rank at least 2")
    if not isinstance(frame_step, int):
        raise ValueError(f"frame_step must be an integer. Got {type(frame_step).__name__}")
    count, length = signal.shape[-2:]
    place = np.arange(count)[:, None] * frame_step + np.arange(length)[None, :]
    total = (count - 1) * frame_step + length if count else 0
    out = jnp.zeros((*signal.shape[:-2], total), signal.dtype)
    return out.at[..., place].add(signal)
