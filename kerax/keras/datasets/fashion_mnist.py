"""``keras.datasets.fashion_mnist``: pieces of clothing."""

from __future__ import annotations

import gzip
import os
from typing import Any

import numpy as np

from kerax.keras.datasets._files import fetch


def load_data() -> Any:
    """60,000 training and 10,000 test images of clothes in ten classes.

    Returns:
      ``(x_train, y_train), (x_test, y_test)``: uint8 ``[samples, 28, 28]`` in 0–255, uint8 ``[samples]``.
    """
    return _part("train"), _part("t10k")


def _part(name: str) -> tuple[np.ndarray, np.ndarray]:
    labels = _read(f"{name}-labels-idx1-ubyte.gz", header=8)
    return _read(f"{name}-images-idx3-ubyte.gz", header=16).reshape(len(labels), 28, 28), labels


def _read(name: str, header: int) -> np.ndarray:
    with gzip.open(fetch(name, cache_subdir=os.path.join("datasets", "fashion-mnist")), "rb") as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)
