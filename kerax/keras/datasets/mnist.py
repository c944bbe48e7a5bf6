"""``keras.datasets.mnist``: handwritten digits."""

from __future__ import annotations

from typing import Any

from kerax.keras.datasets._files import fetch, load_npz

_SHA256 = "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"


def load_data(path: str = "mnist.npz") -> Any:
    """60,000 training and 10,000 test images of digits.

    Args:
      path: str, name of the file in the cache (``~/.keras/datasets``).

    Returns:
      ``(x_train, y_train), (x_test, y_test)``: uint8 ``[samples, 28, 28]`` in 0–255, uint8 ``[samples]``.
    """
    data = load_npz(fetch("mnist.npz", path, _SHA256))
    return (data["x_train"], data["y_train"]), (data["x_test"], data["y_test"])
