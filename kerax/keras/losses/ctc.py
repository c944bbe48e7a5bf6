"""Connectionist temporal classification."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core.op import op
from kerax.keras.engine.convert import to_tensor
from kerax.keras.losses.loss import DEFAULT_REDUCTION, FunctionLoss
from kerax.nn.ctc import _ctc_loss


def ctc(y_true: Any, y_pred: Any) -> Any:
    """The CTC loss; class 0 is the blank and pads the targets.

    Args:
      y_true: class indices ``[batch, labels]``.
      y_pred: logits ``[batch, time, classes]``.

    Returns:
      Tensor ``[batch]``.

    Raises:
      ValueError: other ranks.
    """
    y_true, y_pred = to_tensor(y_true), to_tensor(y_pred)
    if len(y_true.shape) != 2:
        raise ValueError(
            "Targets `y_true` are expected to be a tensor of shape `(batch_size, max_length)` in integer format. "
            f"Received: y_true.shape={y_true.shape}"
        )
    if len(y_pred.shape) != 3:
        raise ValueError(
            "Logits `y_pred` are expected to be a tensor of shape `(batch_size, max_length, num_classes)`. "
            f"Received: y_pred.shape={y_pred.shape}"
        )
    return _ctc_of_padded(y_true, y_pred)


@op("y_true; y_pred")
def _ctc_of_padded(y_true, y_pred):
    batch, steps = y_pred.shape[:2]
    losses = _ctc_loss.pure(
        y_pred.astype(jnp.float32),
        y_true.astype(jnp.int32),
        jnp.sum(y_true != 0, axis=-1),
        jnp.full((batch,), steps, jnp.int32),
        time_major=False,
        blank=0,
        strict=False,
    )
    return losses.astype(jnp.promote_types(y_pred.dtype, jnp.float32))


class CTC(FunctionLoss):
    """The CTC loss. See ``ctc`` and ``Loss`` for the arguments."""

    def __init__(self, reduction: Any = DEFAULT_REDUCTION, name: Any = "ctc", dtype: Any = None) -> None:
        super().__init__(ctc, reduction, name, dtype)
