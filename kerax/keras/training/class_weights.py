"""Class weights as sample weights."""

from __future__ import annotations

from typing import Any

import numpy as np


def class_weight_to_sample_weights(y: Any, class_weight: dict[int, float]) -> np.ndarray:
    """One weight for each sample: its class's, or 1.

    Args:
      y: targets, integer classes ``[n]`` or ``[n, 1]``, or one-hot ``[n, classes]``.
      class_weight: weights by class.

    Returns:
      float32 ``[n]``.
    """
    classes = np.asarray(y)
    if classes.ndim > 1:
        classes = classes.argmax(axis=-1) if classes.shape[-1] != 1 else classes.squeeze(axis=-1)
    classes = np.round(classes).astype("int32")
    weights = np.ones(classes.shape, dtype="float32")
    for label, weight in class_weight.items():
        weights[classes == int(label)] = weight
    return weights
