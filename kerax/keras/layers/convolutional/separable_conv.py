"""``keras.layers.SeparableConv1D`` and ``SeparableConv2D``: a depthwise convolution, then one that mixes channels."""

from __future__ import annotations

from typing import Any

from kerax.core.config import legacy_keras
from kerax.keras import constraints, initializers, regularizers
from kerax.keras.layers._config_order import inserted_after
from kerax.keras.layers.convolutional.base import BaseConvolution, separable_layer


class BaseSeparableConv(BaseConvolution):
    """A separable convolution layer over ``rank`` dimensions.

    Args:
      rank: int, 1 or 2.
      depth_multiplier: int, number of channels between the two convolutions for each input channel.
      filters, kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias, depthwise_initializer,
        pointwise_initializer, bias_initializer, depthwise_regularizer, pointwise_regularizer, bias_regularizer,
        activity_regularizer, depthwise_constraint, pointwise_constraint, bias_constraint: as of the convolution
        layers, "depthwise" and "pointwise" being the two kernels.

    Raises:
      ValueError: sizes that do not fit.
    """

    def __init__(
        self,
        rank: int,
        filters: Any,
        kernel_size: Any,
        strides: Any = 1,
        padding: Any = "valid",
        data_format: Any = None,
        dilation_rate: Any = 1,
        depth_multiplier: int = 1,
        activation: Any = None,
        use_bias: bool = True,
        depthwise_initializer: Any = "glorot_uniform",
        pointwise_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        depthwise_regularizer: Any = None,
        pointwise_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        depthwise_constraint: Any = None,
        pointwise_constraint: Any = None,
        bias_constraint: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self._init_convolution(
            rank, filters, kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias,
            bias_initializer, bias_regularizer, bias_constraint, causal=legacy_keras() and rank == 1, exclusive=False,
        )  # fmt: skip
        self.depth_multiplier = depth_multiplier
        self.depthwise_initializer = initializers.get(depthwise_initializer)
        self.pointwise_initializer = initializers.get(pointwise_initializer)
        self.depthwise_regularizer = regularizers.get(depthwise_regularizer)
        self.pointwise_regularizer = regularizers.get(pointwise_regularizer)
        self.depthwise_constraint = constraints.get(depthwise_constraint)
        self.pointwise_constraint = constraints.get(pointwise_constraint)
        if depth_multiplier is not None and depth_multiplier <= 0:
            raise ValueError(
                "Invalid value for argument `depth_multiplier`. Expected a strictly positive value. Received "
                f"depth_multiplier={depth_multiplier}."
            )

    def build(self, input_shape: Any) -> None:
        channels = self._input_channels(input_shape, exact_rank=True)
        self.compute_output_shape(input_shape)
        between = channels * self.depth_multiplier
        shape = (*self.kernel_size, channels, self.depth_multiplier)
        self.depthwise_kernel = self._weight("depthwise_kernel", shape, "depthwise")
        self.pointwise_kernel = self._weight(
            "pointwise_kernel", (*(1,) * self.rank, between, self.filters), "pointwise"
        )
        self.bias = self._weight("bias", (self.filters,)) if self.use_bias else None

    def call(self, inputs: Any) -> Any:
        windows = self.strides, self.padding, self.dilation_rate, self.channels_last
        out = separable_layer(inputs, self.depthwise_kernel, self.pointwise_kernel, *windows, bias=self.bias)
        return self._activated(out)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return self._shape_after(input_shape, self.filters)

    def get_config(self) -> dict[str, Any]:
        own = self._convolution_config("depthwise", "pointwise")
        if not legacy_keras():
            own.pop("groups")
            return {**super().get_config(), "depth_multiplier": self.depth_multiplier, **own}
        # what its base class writes there, which has a kernel of one piece, then its own
        kernels = {name: own.pop(name) for name in tuple(own) if name.startswith(("depthwise_", "pointwise_"))}
        whole = initializers.serialize(initializers.get("glorot_uniform"))
        own = inserted_after(own, "use_bias", kernel_initializer=whole)
        own = inserted_after(own, "bias_initializer", kernel_regularizer=None)
        own = inserted_after(own, "activity_regularizer", kernel_constraint=None)
        return {**super().get_config(), **own, "depth_multiplier": self.depth_multiplier, **kernels}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        foreign = ("groups", "kernel_initializer", "kernel_regularizer", "kernel_constraint")
        return super().from_config({key: value for key, value in config.items() if key not in foreign})


class SeparableConv1D(BaseSeparableConv):
    """A separable convolution over one dimension: one per channel, then one of window 1 that mixes channels.

    Args:
      filters: int, number of output channels.
      kernel_size: int, or one int per dimension.
      strides: int, or one int per dimension; not together with ``dilation_rate``.
      padding: "valid" or "same".
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      dilation_rate: int, or one int per dimension.
      depth_multiplier: int, number of channels between the two convolutions for each input channel.
      activation: a function, or its name; None for none.
      use_bias: bool.
      depthwise_initializer, pointwise_initializer, bias_initializer: initializers.
      depthwise_regularizer, pointwise_regularizer, bias_regularizer, activity_regularizer: functions added to
        ``losses``.
      depthwise_constraint, pointwise_constraint, bias_constraint: functions applied after an optimizer's update.

    Takes float ``[batch, time, channels]`` (or channels first); returns float
    ``[batch, out_time, filters]``.

    >>> import kerax as tf
    >>> tf.keras.layers.SeparableConv1D(3, 2)(tf.ones((1, 4, 2))).shape
    TensorShape([1, 3, 3])
    """

    def __init__(
        self,
        filters: Any,
        kernel_size: Any,
        strides: Any = 1,
        padding: Any = "valid",
        data_format: Any = None,
        dilation_rate: Any = 1,
        depth_multiplier: int = 1,
        activation: Any = None,
        use_bias: bool = True,
        depthwise_initializer: Any = "glorot_uniform",
        pointwise_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        depthwise_regularizer: Any = None,
        pointwise_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        depthwise_constraint: Any = None,
        pointwise_constraint: Any = None,
        bias_constraint: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            1,
            filters,
            kernel_size,
            strides,
            padding,
            data_format,
            dilation_rate,
            depth_multiplier,
            activation,
            use_bias,
            depthwise_initializer,
            pointwise_initializer,
            bias_initializer,
            depthwise_regularizer,
            pointwise_regularizer,
            bias_regularizer,
            activity_regularizer,
            depthwise_constraint,
            pointwise_constraint,
            bias_constraint,
            **kwargs,
        )


class SeparableConv2D(BaseSeparableConv):
    """A separable convolution over two dimensions: one per channel, then one of window 1 that mixes channels.

    Args:
      filters: int, number of output channels.
      kernel_size: int, or one int per dimension.
      strides: int, or one int per dimension; not together with ``dilation_rate``.
      padding: "valid" or "same".
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      dilation_rate: int, or one int per dimension.
      depth_multiplier: int, number of channels between the two convolutions for each input channel.
      activation: a function, or its name; None for none.
      use_bias: bool.
      depthwise_initializer, pointwise_initializer, bias_initializer: initializers.
      depthwise_regularizer, pointwise_regularizer, bias_regularizer, activity_regularizer: functions added to
        ``losses``.
      depthwise_constraint, pointwise_constraint, bias_constraint: functions applied after an optimizer's update.

    Takes float ``[batch, height, width, channels]`` (or channels first); returns float
    ``[batch, out_height, out_width, filters]``.

    >>> import kerax as tf
    >>> tf.keras.layers.SeparableConv2D(3, 2)(tf.ones((1, 4, 4, 2))).shape
    TensorShape([1, 3, 3, 3])
    """

    def __init__(
        self,
        filters: Any,
        kernel_size: Any,
        strides: Any = (1, 1),
        padding: Any = "valid",
        data_format: Any = None,
        dilation_rate: Any = (1, 1),
        depth_multiplier: int = 1,
        activation: Any = None,
        use_bias: bool = True,
        depthwise_initializer: Any = "glorot_uniform",
        pointwise_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        depthwise_regularizer: Any = None,
        pointwise_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        depthwise_constraint: Any = None,
        pointwise_constraint: Any = None,
        bias_constraint: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            2,
            filters,
            kernel_size,
            strides,
            padding,
            data_format,
            dilation_rate,
            depth_multiplier,
            activation,
            use_bias,
            depthwise_initializer,
            pointwise_initializer,
            bias_initializer,
            depthwise_regularizer,
            pointwise_regularizer,
            bias_regularizer,
            activity_regularizer,
            depthwise_constraint,
            pointwise_constraint,
            bias_constraint,
            **kwargs,
        )
