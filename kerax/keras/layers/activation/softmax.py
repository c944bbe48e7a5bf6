"""``keras.layers.Softmax``, with masks."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras import activations
from kerax.keras.engine.layer import Layer


def _as_bool(mask):
    return mask if mask.dtype == jnp.bool_ else mask > jnp.asarray(0.5, mask.dtype)


@op("inputs; mask")
def _pushed_down(inputs, mask, low, add):
    """Inputs with a large negative number in place of, or (Keras 2) added to, what is masked."""
    low = jnp.asarray(low, inputs.dtype)
    if add:
        return inputs + (jnp.ones((), inputs.dtype) - mask.astype(inputs.dtype)) * low
    return jnp.where(_as_bool(mask), inputs, low)


@op("outputs; mask")
def _zeroed(outputs, mask):
    return jnp.where(_as_bool(mask), outputs, jnp.zeros((), outputs.dtype))


@op("inputs")
def _softmax_over(inputs, axes):
    return jnp.exp(inputs - jax.nn.logsumexp(inputs, axis=axes, keepdims=True))


class Softmax(Layer):
    """The softmax as a layer.

    Args:
      axis: int, or list of int for a softmax over several axes at once.
      robust_masking: bool, Keras 2's: whether a mask replaces its inputs instead of lowering them.

    Takes floats of any shape and optionally ``mask``, which broadcasts against them (False or 0: left out).
    Returns the same shape; what is masked is 0.

    Raises:
      ValueError: a mask that does not broadcast.

    >>> import kerax as tf
    >>> tf.keras.layers.Softmax()(tf.constant([[1., 1., 9.]]), mask=tf.constant([[True, True, False]])).numpy()
    array([[0.5, 0.5, 0. ]], dtype=float32)
    """

    def __init__(self, axis: Any = -1, robust_masking: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.axis = axis
        self.robust_masking = robust_masking
        self.supports_masking = True
        self._build_at_init()

    def call(self, inputs: Any, mask: Any = None) -> Any:
        legacy = legacy_keras()
        if mask is not None:
            if not legacy:
                _check_mask(inputs.shape, mask.shape)
            half = inputs.dtype == "float16"
            low = (-32752.0 if legacy else -3e4) if half else -1e9
            inputs = _pushed_down(inputs, mask, low, legacy and not self.robust_masking)
        if isinstance(self.axis, (tuple, list)):
            if len(self.axis) > 1:
                outputs = _softmax_over(inputs, tuple(self.axis))
            else:
                outputs = activations.softmax(inputs, axis=self.axis[0])
        else:
            outputs = activations.softmax(inputs, axis=self.axis)
        return outputs if mask is None or legacy else _zeroed(outputs, mask)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        config = {**super().get_config(), "axis": self.axis}
        if self.robust_masking:
            config["robust_masking"] = True
        return config


def _check_mask(inputs: Any, mask: Any) -> None:
    inputs, mask = tuple(inputs), tuple(mask)
    if len(mask) > len(inputs):
        raise ValueError(
            "The `mask` must be broadcastable to `inputs` and must not have more dimensions. Received: "
            f"inputs.shape={inputs}, mask.shape={mask}"
        )
    for a, b in zip(mask[::-1], inputs[::-1], strict=False):
        if a is not None and b is not None and a not in (1, b):
            raise ValueError(
                "The `mask` must be broadcastable to `inputs`. Each mask dimension must be 1 or match the "
                f"corresponding input dimension. Received: inputs.shape={inputs}, mask.shape={mask}"
            )
