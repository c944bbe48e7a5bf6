"""The shapes in which a batch may come: ``x``, ``(x,)``, ``(x, y)``, ``(x, y, sample_weight)``."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.keras.training import structure as tree


def unpack_x_y_sample_weight(data: Any) -> tuple[Any, Any, Any]:
    """Splits a batch into inputs, targets and sample weights, None where one is missing.

    Args:
      data: ``x``, ``(x,)``, ``(x, y)`` or ``(x, y, sample_weight)``.

    Returns:
      Tuple ``(x, y, sample_weight)``.

    Raises:
      ValueError: a tuple of another length.

    >>> unpack_x_y_sample_weight((1, 2))
    (1, 2, None)
    """
    if isinstance(data, list):
        data = tuple(data)
    if not isinstance(data, tuple):
        return data, None, None
    if 1 <= len(data) <= 3:
        return (*data, None, None)[:3]
    raise ValueError(
        f"Data is expected to be in format `x`, `(x,)`, `(x, y)`, or `(x, y, sample_weight)`, found: {data}"
    )


def pack_x_y_sample_weight(x: Any, y: Any = None, sample_weight: Any = None) -> Any:
    """The inverse of ``unpack_x_y_sample_weight``; a lone ``x`` that is no list or tuple stays bare.

    >>> pack_x_y_sample_weight(1), pack_x_y_sample_weight(1, 2)
    (1, (1, 2))
    """
    if y is None:
        return (x,) if isinstance(x, (tuple, list)) else x
    return (x, y) if sample_weight is None else (x, y, sample_weight)


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


def check_cardinality(data: Any) -> int:
    """The number of samples that all arrays share.

    Raises:
      ValueError: they differ.
    """
    sizes = {int(leaf.shape[0]) for leaf in tree.flatten(data) if leaf is not None}
    if len(sizes) > 1:
        parts = data if isinstance(data, tuple) else (data,)
        lines = "".join(
            "'{}' sizes: {}\n".format(label, ", ".join(str(a.shape[0]) for a in tree.flatten(part) if a is not None))
            for label, part in zip(("x", "y", "sample_weight"), parts, strict=False)
        )
        raise ValueError(
            f"Data cardinality is ambiguous. Make sure all arrays contain the same number of samples.{lines}"
        )
    return sizes.pop()
