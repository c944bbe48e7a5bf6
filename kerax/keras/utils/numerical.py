"""``to_categorical`` and ``normalize``."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.array_ops.creation import one_hot
from kerax.core import config
from kerax.core.tensor import is_tensor
from kerax.keras import ops
from kerax.keras.engine.arguments import keras_2_order


@keras_2_order("x", "num_classes", "dtype", y="x")
def to_categorical(x: Any, num_classes: int | None = None, dtype: str | None = None) -> Any:
    """One-hot rows for class numbers.

    Args:
      x: integers ``[…]`` or ``[…, 1]``, array or tensor.
      num_classes: int, by default the largest class number plus one.
      dtype: Keras 2's argument: dtype of the result of arrays, by default float64 ("float32" in Keras 2).

    Returns:
      ``[…, num_classes]``; numpy float64 for arrays, float32 tensor for a tensor; numpy float32 in Keras 2.

    >>> to_categorical([0, 2])
    array([[1., 0., 0.],
           [0., 0., 1.]])
    """
    if is_tensor(x) and not config.legacy_keras():
        if len(x.shape) > 1 and x.shape[-1] == 1:
            x = x[..., 0]
        return one_hot(x, num_classes)
    classes = np.array(x, dtype="int64")
    shape = classes.shape
    if len(shape) > 1 and shape[-1] == 1:
        shape = shape[:-1]
    classes = classes.reshape(-1)
    if not num_classes:
        num_classes = int(np.max(classes)) + 1
    rows = np.zeros((classes.shape[0], num_classes), dtype or ("float32" if config.legacy_keras() else "float64"))
    rows[np.arange(classes.shape[0]), classes] = 1
    return rows.reshape((*shape, num_classes))


def normalize(x: Any, axis: int = -1, order: int = 2) -> Any:
    """Divides by the norm along an axis.

    Args:
      x: array or tensor.
      axis: int.
      order: int, of the norm.

    Returns:
      Like ``x``.

    >>> import numpy as np
    >>> normalize(np.array([[3.0, 4.0]]))
    array([[0.6, 0.8]])
    """
    if not isinstance(x, np.ndarray) and not config.legacy_keras():
        return ops.normalize(x, axis=axis, order=order)
    norm = np.atleast_1d(np.linalg.norm(x, order, axis))
    norm[norm == 0] = 1
    return x / np.expand_dims(norm, axis if config.legacy_keras() else axis or -1)


def to_ordinal(y: Any, num_classes: int | None = None, dtype: str = "float32") -> np.ndarray:
    """Ordinal rows for class numbers: as many ones as the number says (Keras 2).

    >>> to_ordinal([0, 2])
    array([[0., 0.],
           [1., 1.]], dtype=float32)
    """
    classes = np.array(y, dtype="int")
    shape = classes.shape
    if len(shape) > 1 and shape[-1] == 1:
        shape = shape[:-1]
    classes = classes.reshape(-1)
    if not num_classes:
        num_classes = int(np.max(classes)) + 1
    ordinal = (np.arange(num_classes - 1) < classes[:, None]).astype(dtype)
    return ordinal.reshape((*shape, num_classes - 1))
