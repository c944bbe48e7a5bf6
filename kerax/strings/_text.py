"""What the string ops share: numpy arrays of bytes, element by element, and checks of attributes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from kerax.core import errors


def invalid(message: str) -> errors.InvalidArgumentError:
    return errors.InvalidArgumentError(None, None, message)


def pack(items: Iterable[bytes], shape: tuple[int, ...] = (-1,)) -> np.ndarray:
    """Byte strings as an array of objects."""
    items = list(items)
    out = np.empty(len(items), dtype=object)
    out[:] = items
    return out.reshape(shape)


def map_text(array: np.ndarray, fn: Callable[[bytes], bytes]) -> np.ndarray:
    """A function of bytes applied to every element."""
    return pack([fn(text) for text in array.ravel().tolist()], array.shape)


def one_of(name: str, value: Any, allowed: tuple[str, ...]) -> None:
    """Checks an attribute against the values that TensorFlow knows.

    Raises:
      errors.InvalidArgumentError: it is none of them.
    """
    if value not in allowed:
        listed = ", ".join(f'"{item}"' for item in allowed)
        raise invalid(f"Value for attr '{name}' of \"{value}\" is not in the list of allowed values: {listed}")


def continuation(codes: np.ndarray) -> np.ndarray:
    """Whether bytes continue a UTF-8 character: ``10xxxxxx``."""
    return (codes & 0xC0) == 0x80
