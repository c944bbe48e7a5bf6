"""``keras.layers.LayerNormalization``."""

from __future__ import annotations

import warnings
from typing import Any

from jax import lax

from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras.layers._config_order import inserted_after
from kerax.keras.layers.normalization._affine import AffineLayer, axis_or_axes, legacy_axes, normalized, spread, wide
from kerax.nn.moments import _moments


@op("inputs; gamma, beta")
def _layer_norm(inputs, gamma, beta, axes, epsilon, rms_scaling, dtype):
    x = wide(inputs)
    axes = tuple(sorted(axis % x.ndim for axis in axes))
    gamma, beta = (None if w is None else spread(w, axes, x.ndim).astype(x.dtype) for w in (gamma, beta))
    mean, variance = _moments.pure(x, axes, True)
    if rms_scaling:
        out = x * lax.rsqrt(variance + epsilon) * gamma
    else:
        out = normalized(x, mean, variance, beta, gamma, epsilon)
    return out.astype(inputs.dtype if dtype is None else dtype)


class LayerNormalization(AffineLayer):
    """Each example normalized over its own features: ``gamma * (x - mean) / sqrt(variance + epsilon) + beta``.

    Args:
      axis: int or list of int, the axes that are normalized; gamma and beta have their sizes.
      epsilon: float.
      center: bool, whether there is a ``beta``.
      scale: bool, whether there is a ``gamma``.
      beta_initializer, gamma_initializer: initializers.
      beta_regularizer, gamma_regularizer: functions added to ``losses``.
      beta_constraint, gamma_constraint: functions applied after an optimizer's update.
      **kwargs: of ``Layer``, and the deprecated ``rms_scaling``.

    Takes and returns floats ``[batch, ..]``.

    Source: https://arxiv.org/abs/1607.06450

    >>> import kerax as tf
    >>> tf.keras.layers.LayerNormalization(epsilon=0.)(tf.constant([[1., 3.]])).numpy()
    array([[-1.,  1.]], dtype=float32)
    """

    def __init__(
        self,
        axis: Any = -1,
        epsilon: Any = 1e-3,
        center: bool = True,
        scale: bool = True,
        beta_initializer: Any = "zeros",
        gamma_initializer: Any = "ones",
        beta_regularizer: Any = None,
        gamma_regularizer: Any = None,
        beta_constraint: Any = None,
        gamma_constraint: Any = None,
        **kwargs: Any,
    ) -> None:
        self.rms_scaling = False
        rms_scaling = kwargs.pop("rms_scaling", False)
        if rms_scaling:
            warnings.warn(
                "You passed `rms_scaling=True`, which is deprecated. This argument incorrectly scales the input by the "
                "variance, not the root mean square. To correctly use RMS Normalization, please use "
                "`keras.layers.RMSNormalization` instead.",
                stacklevel=2,
            )
        super().__init__(**kwargs)
        self.axis = axis_or_axes(axis)
        self.epsilon = epsilon
        self.rms_scaling = rms_scaling
        self._init_affine(
            center, scale, beta_initializer, gamma_initializer, beta_regularizer, gamma_regularizer, beta_constraint,
            gamma_constraint,
        )  # fmt: skip
        self.supports_masking = True
        self.autocast = legacy_keras()

    def build(self, input_shape: Any) -> None:
        if legacy_keras():
            self.axis = legacy_axes(self.axis, input_shape)
        else:
            self.axis = [self.axis] if isinstance(self.axis, int) else sorted(self.axis)
        shape = tuple(input_shape[axis] for axis in self.axis)
        self._add_affine(shape, self.scale or self.rms_scaling, self.center and not self.rms_scaling)

    def call(self, inputs: Any) -> Any:
        if hasattr(inputs, "flat_values"):
            return _of_ragged(self, inputs)
        return _layer_norm(
            inputs, self.gamma, self.beta, tuple(self.axis), float(self.epsilon), self.rms_scaling, self.compute_dtype
        )

    def get_config(self) -> dict[str, Any]:
        config = {**super().get_config(), "axis": self.axis, "epsilon": self.epsilon, **self._affine_config()}
        return config if legacy_keras() else inserted_after(config, "scale", rms_scaling=self.rms_scaling)


def _of_ragged(layer: Any, inputs: Any) -> Any:
    """Ragged input, padded with zeros for the statistics, as in Keras 2."""
    from kerax.ragged import RaggedTensor

    return RaggedTensor.from_tensor(layer.call(inputs.to_tensor()), lengths=inputs.nested_row_lengths())
