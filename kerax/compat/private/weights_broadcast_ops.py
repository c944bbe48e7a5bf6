"""``tensorflow.python.ops.weights_broadcast_ops``: weights of the rank of the values, or one for all."""

from __future__ import annotations

from typing import Any

from kerax.array_ops import ones_like
from kerax.core.tensor import convert_to_tensor


def assert_broadcastable(weights: Any, values: Any) -> None:
    """Raises where weights do not fit values.

    Raises:
      ValueError: weights that are no scalar and have another rank, or a size that is neither 1 nor the values'.
    """
    weights, values = convert_to_tensor(weights), convert_to_tensor(values)
    if weights.shape.rank in (0, None) or values.shape.rank is None:
        return
    if weights.shape.rank != values.shape.rank:
        raise ValueError(
            f"weights can not be broadcast to values. values.rank={values.shape.rank}. "
            f"weights.rank={weights.shape.rank}. values.shape={values.shape}. weights.shape={weights.shape}. "
            f"Received weights={weights}, values={values}"
        )
    for axis, (size, wanted) in enumerate(zip(weights.shape, values.shape, strict=True)):
        if None not in (size, wanted) and size not in (1, wanted):
            raise ValueError(
                f"weights can not be broadcast to values. Mismatch at dim {axis}. values.shape={values.shape}, "
                f"weights.shape={weights.shape}. Received weights={weights}, values={values}"
            )


def broadcast_weights(weights: Any, values: Any) -> Any:
    """Weights in the shape of the values."""
    values = convert_to_tensor(values)
    weights = convert_to_tensor(weights, dtype=values.dtype)
    assert_broadcastable(weights, values)
    return weights * ones_like(values)
