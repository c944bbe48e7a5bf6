"""Connectionist temporal classification."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core.op import op
from kerax.keras.engine.convert import to_tensor
from kerax.keras.losses.loss import DEFAULT_REDUCTION, FunctionLoss


@op("target; output; target_length; output_length")
def ctc_loss(target, output, target_length, output_length, mask_index=0):
    """The CTC loss of sequences.

    Args:
      target: class indices ``[batch, labels]``.
      output: logits ``[batch, time, classes]``.
      target_length: labels of each sample, ``[batch]``.
      output_length: time steps of each sample, ``[batch]``.
      mask_index: int, the blank class.

    Returns:
      Tensor ``[batch]``: minus the logarithm of each target's probability.
    """
    import optax  # here, because few programs need it and its import takes long

    dtype = jnp.promote_types(output.dtype, jnp.float32)
    late = jnp.arange(output.shape[1])[None] >= output_length[:, None]
    unused = jnp.arange(target.shape[1])[None] >= target_length[:, None]
    losses = optax.ctc_loss(
        output.astype(jnp.float32),
        late.astype(jnp.float32),
        target.astype(jnp.int32),
        unused.astype(jnp.float32),
        blank_id=mask_index,
        log_epsilon=-1e30,
    )
    return losses.astype(dtype)


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
    lengths = jnp.full((y_pred.shape[0],), y_pred.shape[1], jnp.int32)
    return ctc_loss.pure(y_true, y_pred, jnp.sum(y_true != 0, axis=-1), lengths)


class CTC(FunctionLoss):
    """The CTC loss. See ``ctc`` and ``Loss`` for the arguments."""

    def __init__(self, reduction: Any = DEFAULT_REDUCTION, name: Any = "ctc", dtype: Any = None) -> None:
        super().__init__(ctc, reduction, name, dtype)
