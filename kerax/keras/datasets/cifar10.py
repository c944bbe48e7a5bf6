"""``keras.datasets.cifar10``: small colour images in ten classes."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from kerax.keras.datasets._cifar import load_batch
from kerax.keras.utils.file_utils import get_file


def load_data() -> Any:
    """50,000 training and 10,000 test images.

    Returns:
      ``(x_train, y_train), (x_test, y_test)``: uint8 ``[samples, 32, 32, 3]`` in 0–255, uint8 ``[samples, 1]``.
    """
    folder = get_file(
        "cifar-10-batches-py-target",
        origin="https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz",
        extract=True,
        file_hash="6d958be074577803d12ecdefd02955f39262c83c16fe9348329d7fe0b5c001ce",
    )
    folder = os.path.join(folder, "cifar-10-batches-py")
    batches = [load_batch(os.path.join(folder, f"data_batch_{i}")) for i in range(1, 6)]
    x_test, y_test = load_batch(os.path.join(folder, "test_batch"))
    x_train = np.concatenate([images for images, _ in batches])
    y_train = np.concatenate([labels for _, labels in batches]).astype("uint8")
    return (x_train, y_train), (x_test, y_test.astype("uint8"))
