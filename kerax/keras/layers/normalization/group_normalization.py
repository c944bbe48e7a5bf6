"""``keras.layers.GroupNormalization``."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras.engine.input_spec import InputSpec
from kerax.keras.layers.normalization._affine import AffineLayer, legacy_axes, normalized, wide
from kerax.nn.moments import _moments, _weighted_moments


@op("inputs; gamma, beta; mask")
def _group_norm(inputs, gamma, beta, mask, groups, axis, epsilon, dtype):
    axis %= inputs.ndim
    shape = (*inputs.shape[:axis], groups, inputs.shape[axis] // groups, *inputs.shape[axis + 1 :])
    x = wide(inputs).reshape(shape)
    axes = tuple(a for a in range(1, x.ndim) if a != axis)
    if mask is None:
        mean, variance = _moments.pure(x, axes, True)
    else:
        weights = jnp.broadcast_to(mask, inputs.shape).reshape(shape)
        mean, variance = _weighted_moments.pure(x, weights, axes, True)
    sizes = [1] * x.ndim
    sizes[axis : axis + 2] = shape[axis : axis + 2]
    gamma, beta = (None if w is None else w.astype(x.dtype).reshape(sizes) for w in (gamma, beta))
    return normalized(x, mean, variance, beta, gamma, epsilon).reshape(inputs.shape).astype(dtype)


class GroupNormalization(AffineLayer):
    """Each example normalized over positions and over groups of channels.

    Args:
      groups: int, the number of groups; -1 for one per channel (instance normalization).
      axis: int, the axis of the channels.
      epsilon: float.
      center: bool, whether there is a ``beta``.
      scale: bool, whether there is a ``gamma``.
      beta_initializer, gamma_initializer: initializers.
      beta_regularizer, gamma_regularizer: functions added to ``losses``.
      beta_constraint, gamma_constraint: functions applied after an optimizer's update.

    Takes and returns floats ``[batch, .., channels]``.

    Raises:
      ValueError: ``groups`` is no positive int, or does not divide the channels.

    Source: https://arxiv.org/abs/1803.08494

    >>> import kerax as tf
    >>> tf.keras.layers.GroupNormalization(1, epsilon=0.)(tf.constant([[1., 3.]])).numpy()
    array([[-1.,  1.]], dtype=float32)
    """

    def __init__(
        self,
        groups: int = 32,
        axis: int = -1,
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
        if not isinstance(groups, int) or (groups <= 0 and groups != -1):
            raise ValueError(
                "Received an invalid value for argument `groups`, expected a positive integer (or `-1` for instance "
                f"normalization). Received: groups={groups}"
            )
        super().__init__(**kwargs)
        self.groups = groups
        self.axis = axis
        self.epsilon = epsilon
        self._init_affine(
            center, scale, beta_initializer, gamma_initializer, beta_regularizer, gamma_regularizer, beta_constraint,
            gamma_constraint,
        )  # fmt: skip
        self.supports_masking = True
        self.autocast = legacy_keras()

    def build(self, input_shape: Any) -> None:
        if legacy_keras():
            legacy_axes(self.axis, input_shape)
        size = input_shape[self.axis]
        if size is None:
            raise ValueError(
                f"Axis {self.axis} of input tensor should have a defined dimension but the layer received an input "
                f"with shape {input_shape}."
            )
        if self.groups == -1:
            self.groups = size
        if size < self.groups:
            raise ValueError(f"Number of groups ({self.groups}) cannot be more than the number of channels ({size}).")
        if size % self.groups:
            raise ValueError(f"Number of groups ({self.groups}) must be a multiple of the number of channels ({size}).")
        self.input_spec = InputSpec(ndim=len(input_shape), axes={self.axis: size})
        self._add_affine((size,), self.scale, self.center, autocast=legacy_keras())

    def call(self, inputs: Any, mask: Any = None) -> Any:
        if not legacy_keras():
            mask = None  # Keras 3 passes masks on without looking at them
        return _group_norm(
            inputs, self.gamma, self.beta, mask, self.groups, self.axis, float(self.epsilon), self.compute_dtype
        )

    def get_config(self) -> dict[str, Any]:
        settings = {"groups": self.groups, "axis": self.axis, "epsilon": self.epsilon}
        return {**super().get_config(), **settings, **self._affine_config()}
