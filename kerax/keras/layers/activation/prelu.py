"""``keras.layers.PReLU``."""

from __future__ import annotations

from typing import Any

from kerax.core.op import op
from kerax.keras import constraints, initializers, regularizers
from kerax.keras.engine.input_spec import InputSpec
from kerax.keras.engine.layer import Layer
from kerax.nn.activation import relu as _relu


@op("inputs, alpha")
def _prelu(inputs, alpha):
    return _relu.pure(inputs) - alpha * _relu.pure(-inputs)


class PReLU(Layer):
    """The rectified linear unit with a learned slope below 0: ``max(x, 0) - alpha * max(-x, 0)``.

    Args:
      alpha_initializer: initializer of the slopes.
      alpha_regularizer: function added to ``losses``.
      alpha_constraint: function applied after an optimizer's update.
      shared_axes: int or list of int, axes (from 1) along which slopes are shared.

    Takes and returns floats ``[batch, ..]``.

    Source: https://arxiv.org/abs/1502.01852

    >>> import kerax as tf
    >>> tf.keras.layers.PReLU("ones")(tf.constant([[-1., 2.]])).numpy()
    array([[-1.,  2.]], dtype=float32)
    """

    def __init__(
        self,
        alpha_initializer: Any = "Zeros",
        alpha_regularizer: Any = None,
        alpha_constraint: Any = None,
        shared_axes: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.supports_masking = True
        self.alpha_initializer = initializers.get(alpha_initializer)
        self.alpha_regularizer = regularizers.get(alpha_regularizer)
        self.alpha_constraint = constraints.get(alpha_constraint)
        if shared_axes is not None:
            shared_axes = list(shared_axes) if isinstance(shared_axes, (list, tuple)) else [shared_axes]
        self.shared_axes = shared_axes

    def build(self, input_shape: Any) -> None:
        shape = list(input_shape[1:])
        shared = self.shared_axes or ()
        for axis in shared:
            shape[axis - 1] = 1
        self.alpha = self.add_weight(
            name="alpha",
            shape=shape,
            initializer=self.alpha_initializer,
            regularizer=self.alpha_regularizer,
            constraint=self.alpha_constraint,
        )
        rank = len(input_shape)
        axes = {axis: input_shape[axis] for axis in range(1, rank) if axis not in shared} if shared else {}
        self.input_spec = InputSpec(ndim=rank, axes=axes)

    def call(self, inputs: Any) -> Any:
        return _prelu(inputs, self.alpha)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        settings = {
            "alpha_initializer": initializers.serialize(self.alpha_initializer),
            "alpha_regularizer": regularizers.serialize(self.alpha_regularizer),
            "alpha_constraint": constraints.serialize(self.alpha_constraint),
            "shared_axes": self.shared_axes,
        }
        return {**super().get_config(), **settings}
