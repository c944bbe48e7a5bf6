"""What image ops check of their arguments."""

from __future__ import annotations

from typing import Any

from kerax.core.op import static
from kerax.core.tensor import convert_to_tensor


def image_tensor(image: Any) -> Any:
    """An image or a batch of images as a Tensor.

    Raises:
      ValueError: it has not three or four dimensions, or one of size 0.
    """
    image = convert_to_tensor(image)
    rank = image.shape.rank
    if rank < 3:
        raise ValueError(f"'image' (shape {image.shape}) must be at least three-dimensional.")
    if rank > 4:
        raise ValueError(f"'image' (shape {image.shape}) must have either 3 or 4 dimensions.")
    if 0 in tuple(image.shape)[-3:]:
        raise ValueError(f"inner 3 dims of 'image.shape' must be > 0: {image.shape}")
    return image


def integer(value: Any, name: str) -> int:
    """A size as a python int, whatever it was given as."""
    return int(static(value, name))
