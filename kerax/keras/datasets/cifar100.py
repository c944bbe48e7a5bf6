"""``keras.datasets.cifar100``: small colour images in a hundred classes."""

from __future__ import annotations

import os
from typing import Any

from kerax.keras.datasets._cifar import load_batch
from kerax.keras.utils.file_utils import get_file


def load_data(label_mode: str = "fine") -> Any:
    """50,000 training and 10,000 test images.

    Args:
      label_mode: "fine" for the 100 classes, "coarse" for the 20 superclasses.

    Returns:
      ``(x_train, y_train), (x_test, y_test)``: uint8 ``[samples, 32, 32, 3]`` in 0–255, int64 ``[samples, 1]``.
    """
    if label_mode not in ("fine", "coarse"):
        raise ValueError(f'`label_mode` must be one of `"fine"`, `"coarse"`. Received: label_mode={label_mode}.')
    folder = get_file(
        "cifar-100-python-target",
        origin="https://www.cs.toronto.edu/~kriz/cifar-100-python.tar.gz",
        extract=True,
        file_hash="85cd44d02ba6437773c5bbd22e183051d648de2e7d6b014e1ef29b855ba677a7",
    )
    folder = os.path.join(folder, "cifar-100-python")
    train, test = (load_batch(os.path.join(folder, part), f"{label_mode}_labels") for part in ("train", "test"))
    return train, test
