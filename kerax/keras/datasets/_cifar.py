"""Reading the batches of the CIFAR archives."""

from __future__ import annotations

import numpy as np

from kerax.keras.datasets._files import RestrictedUnpickler
from kerax.keras.engine.settings import image_data_format


def load_batch(path: str, label_key: str = "labels") -> tuple[np.ndarray, np.ndarray]:
    """Images in the default layout and labels ``[samples, 1]`` of one batch file."""
    with open(path, "rb") as file:
        content = {
            key.decode("utf8"): value for key, value in RestrictedUnpickler(file, encoding="bytes").load().items()
        }
    images = content["data"].reshape(-1, 3, 32, 32)
    if image_data_format() == "channels_last":
        images = images.transpose(0, 2, 3, 1)
    return images, np.reshape(content[label_key], (-1, 1))
