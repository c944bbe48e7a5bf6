"""Class weights as sample weights."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core.config import legacy_keras
from kerax.errors import InvalidArgumentError
from kerax.keras.tree import structure as tree


def weigh_classes(y: Any, class_weight: dict[int, float], sample_weight: Any = None) -> np.ndarray:
    """``class_weight_to_sample_weights`` of a batch that has sample weights of its own; in Keras 2 both multiply.

    Raises:
      ValueError: several targets, or, in Keras 3, two kinds of weights.
    """
    if tree.is_nested(y):
        raise ValueError("`class_weight` is only supported for Models with a single output.")
    if sample_weight is None:
        return class_weight_to_sample_weights(y, class_weight)
    if not legacy_keras():
        raise ValueError("You cannot `class_weight` and `sample_weight` at the same time.")
    weights, given = class_weight_to_sample_weights(y, class_weight), np.asarray(sample_weight)
    more = given.ndim - weights.ndim
    return given.reshape(given.shape + (1,) * -more) * weights.reshape(weights.shape + (1,) * more)


def class_weight_to_sample_weights(y: Any, class_weight: dict[int, float]) -> np.ndarray:
    """One weight for each sample: its class's, or 1. Keras 2 asks for the weights of all classes.

    Args:
      y: targets, integer classes ``[n, …]`` or ``[n, …, 1]``, or one-hot ``[n, …, classes]``.
      class_weight: weights by class.

    Returns:
      float32 ``[n, …]``.

    Raises:
      ValueError: in Keras 2, the classes are not numbered from 0.
      InvalidArgumentError: in Keras 2, a class has no weight.
    """
    if legacy_keras() and sorted(class_weight) != list(range(len(class_weight))):
        raise ValueError(
            "Expected `class_weight` to be a dict with keys from 0 to one less than the number of classes, found "
            f"{class_weight}"
        )
    classes = np.asarray(y)
    if classes.ndim > 1:
        classes = classes.argmax(axis=-1) if classes.shape[-1] != 1 else classes.squeeze(axis=-1)
    classes = np.round(classes).astype("int32")
    if legacy_keras() and classes.size and not 0 <= classes.min() <= classes.max() < len(class_weight):
        raise InvalidArgumentError(None, None, f"a class is not in [0, {len(class_weight)})")
    weights = np.ones(classes.shape, dtype="float32")
    for label, weight in class_weight.items():
        weights[classes == int(label)] = weight
    return weights
