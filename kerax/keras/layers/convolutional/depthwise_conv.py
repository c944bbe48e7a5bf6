"""``keras.layers.DepthwiseConv1D`` and ``DepthwiseConv2D``: each channel is convolved by itself."""

from __future__ import annotations

from typing import Any

from kerax.core.config import legacy_keras
from kerax.keras import constraints, initializers, regularizers
from kerax.keras.layers.convolutional.base import BaseConvolution, depthwise_layer


class BaseDepthwiseConv(BaseConvolution):
    """A depthwise convolution layer over ``rank`` dimensions.

    Args:
      rank: int, 1 or 2.
      depth_multiplier: int, number of output channels of each input channel.
      kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias, depthwise_initializer,
        bias_initializer, depthwise_regularizer, bias_regularizer, activity_regularizer, depthwise_constraint,
        bias_constraint: as of the convolution layers, "depthwise" being the kernel.

    Raises:
      ValueError: sizes that do not fit.
    """

    def __init__(
        self,
        rank: int,
        kernel_size: Any,
        strides: Any = 1,
        padding: Any = "valid",
        depth_multiplier: int = 1,
        data_format: Any = None,
        dilation_rate: Any = 1,
        activation: Any = None,
        use_bias: bool = True,
        depthwise_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        depthwise_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        depthwise_constraint: Any = None,
        bias_constraint: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self._init_convolution(
            rank, None, kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias,
            bias_initializer, bias_regularizer, bias_constraint, exclusive=False,
        )  # fmt: skip
        self.depth_multiplier = depth_multiplier
        self.depthwise_initializer = initializers.get(depthwise_initializer)
        self.depthwise_regularizer = regularizers.get(depthwise_regularizer)
        self.depthwise_constraint = constraints.get(depthwise_constraint)
        if depth_multiplier is not None and depth_multiplier <= 0:
            raise ValueError(
                "Invalid value for argument `depth_multiplier`. Expected a strictly positive value. Received "
                f"depth_multiplier={depth_multiplier}."
            )

    def build(self, input_shape: Any) -> None:
        channels = self._input_channels(input_shape, exact_rank=True)
        self.compute_output_shape(input_shape)
        name = "depthwise_kernel" if legacy_keras() else "kernel"
        self.kernel = self._weight(name, (*self.kernel_size, channels, self.depth_multiplier), "depthwise")
        self.bias = self._weight("bias", (channels * self.depth_multiplier,)) if self.use_bias else None

    @property
    def depthwise_kernel(self) -> Any:
        """Keras 2's name of ``kernel``."""
        return self.kernel

    @depthwise_kernel.setter
    def depthwise_kernel(self, value: Any) -> None:
        self.kernel = value

    def call(self, inputs: Any) -> Any:
        windows = self.strides, self.padding, self.dilation_rate, self.channels_last
        return self._activated(depthwise_layer(inputs, self.kernel, *windows, bias=self.bias))

    def compute_output_shape(self, input_shape: Any) -> Any:
        channels = input_shape[-1 if self.channels_last else -1 - self.rank]
        return self._shape_after(input_shape, None if channels is None else channels * self.depth_multiplier)

    def get_config(self) -> dict[str, Any]:
        own = self._convolution_config("depthwise")
        own.pop("filters")
        if legacy_keras():
            kernel = {name: own.pop(name) for name in tuple(own) if name.startswith("depthwise_")}
            return {**super().get_config(), **own, "depth_multiplier": self.depth_multiplier, **kernel}
        own.pop("groups")
        return {**super().get_config(), "depth_multiplier": self.depth_multiplier, **own}


class DepthwiseConv1D(BaseDepthwiseConv):
    """A depthwise convolution over one dimension: each channel is convolved by itself.

    Args:
      kernel_size: int, or one int per dimension.
      strides: int, or one int per dimension; not together with ``dilation_rate``.
      padding: "valid" or "same".
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      dilation_rate: int, or one int per dimension.
      depth_multiplier: int, number of output channels of each input channel.
      activation: a function, or its name; None for none.
      use_bias: bool.
      depthwise_initializer, bias_initializer: initializers.
      depthwise_regularizer, bias_regularizer, activity_regularizer: functions added to ``losses``.
      depthwise_constraint, bias_constraint: functions applied after an optimizer's update.

    Takes float ``[batch, time, channels]`` (or channels first); returns float
    ``[batch, out_time, channels * depth_multiplier]``.

    >>> import kerax as tf
    >>> tf.keras.layers.DepthwiseConv1D(2)(tf.ones((1, 4, 2))).shape
    TensorShape([1, 3, 2])
    """

    def __init__(
        self,
        kernel_size: Any,
        strides: Any = 1,
        padding: Any = "valid",
        depth_multiplier: int = 1,
        data_format: Any = None,
        dilation_rate: Any = 1,
        activation: Any = None,
        use_bias: bool = True,
        depthwise_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        depthwise_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        depthwise_constraint: Any = None,
        bias_constraint: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            1,
            kernel_size,
            strides,
            padding,
            depth_multiplier,
            data_format,
            dilation_rate,
            activation,
            use_bias,
            depthwise_initializer,
            bias_initializer,
            depthwise_regularizer,
            bias_regularizer,
            activity_regularizer,
            depthwise_constraint,
            bias_constraint,
            **kwargs,
        )


class DepthwiseConv2D(BaseDepthwiseConv):
    """A depthwise convolution over two dimensions: each channel is convolved by itself.

    Args:
      kernel_size: int, or one int per dimension.
      strides: int, or one int per dimension; not together with ``dilation_rate``.
      padding: "valid" or "same".
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      dilation_rate: int, or one int per dimension.
      depth_multiplier: int, number of output channels of each input channel.
      activation: a function, or its name; None for none.
      use_bias: bool.
      depthwise_initializer, bias_initializer: initializers.
      depthwise_regularizer, bias_regularizer, activity_regularizer: functions added to ``losses``.
      depthwise_constraint, bias_constraint: functions applied after an optimizer's update.

    Takes float ``[batch, height, width, channels]`` (or channels first); returns float
    ``[batch, out_height, out_width, channels * depth_multiplier]``.

    >>> import kerax as tf
    >>> tf.keras.layers.DepthwiseConv2D(2)(tf.ones((1, 4, 4, 2))).shape
    TensorShape([1, 3, 3, 2])
    """

    def __init__(
        self,
        kernel_size: Any,
        strides: Any = (1, 1),
        padding: Any = "valid",
        depth_multiplier: int = 1,
        data_format: Any = None,
        dilation_rate: Any = (1, 1),
        activation: Any = None,
        use_bias: bool = True,
        depthwise_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        depthwise_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        depthwise_constraint: Any = None,
        bias_constraint: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            2,
            kernel_size,
            strides,
            padding,
            depth_multiplier,
            data_format,
            dilation_rate,
            activation,
            use_bias,
            depthwise_initializer,
            bias_initializer,
            depthwise_regularizer,
            bias_regularizer,
            activity_regularizer,
            depthwise_constraint,
            bias_constraint,
            **kwargs,
        )
