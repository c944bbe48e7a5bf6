"""``keras.layers.Conv1DTranspose``, ``Conv2DTranspose`` and ``Conv3DTranspose``."""

from __future__ import annotations

from typing import Any

from kerax.core.config import legacy_keras
from kerax.keras import constraints, initializers, regularizers
from kerax.keras.layers._config_order import inserted_after
from kerax.keras.layers.convolutional import arguments
from kerax.keras.layers.convolutional.base import BaseConvolution, transposed_layer


class BaseConvTranspose(BaseConvolution):
    """A transposed convolution layer over ``rank`` dimensions, also called deconvolution.

    Args:
      rank: int, 1 to 3.
      output_padding: int, or one int per dimension, smaller than the stride: how much the output is longer than
        the least; None makes it divisible by the stride.
      filters, kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias, kernel_initializer,
        bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint,
        bias_constraint: as of the convolution layers.

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
        output_padding: Any = None,
        data_format: Any = None,
        dilation_rate: Any = 1,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.output_padding = None
        if output_padding is not None:
            self.output_padding = arguments.sizes(output_padding, rank, "output_padding", allow_zero=True)
        self._init_convolution(
            rank, filters, kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias,
            bias_initializer, bias_regularizer, bias_constraint, causal=legacy_keras() and rank == 1,
        )  # fmt: skip
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        for index, (extra, stride) in enumerate(zip(self.output_padding or (), self.strides, strict=False)):
            if extra >= stride:
                raise ValueError(
                    f"`output_padding` must be strictly less than `strides` for all dimensions. At dimension {index}, "
                    f"`output_padding` is {extra} but `strides` is {stride}. Received: "
                    f"output_padding={self.output_padding}, strides={self.strides}"
                )

    def build(self, input_shape: Any) -> None:
        channels = self._input_channels(input_shape, exact_rank=True)
        self.kernel = self._weight("kernel", (*self.kernel_size, self.filters, channels))
        self.bias = self._weight("bias", (self.filters,)) if self.use_bias else None

    def call(self, inputs: Any) -> Any:
        windows = self.strides, self.padding, self.output_padding, self.dilation_rate, self.channels_last
        out = transposed_layer(inputs, self.kernel, *windows, bias=self.bias)
        return self._activated(out)

    def compute_output_shape(self, input_shape: Any) -> Any:
        before = arguments.spatial_sizes(input_shape, self.rank, self.channels_last)
        found = [
            arguments.transposed_size(size, width, stride, self.padding, extra, dilation)
            for size, width, stride, extra, dilation in zip(
                before,
                self.kernel_size,
                self.strides,
                self.output_padding or (None,) * self.rank,
                self.dilation_rate,
                strict=True,
            )
        ]
        return arguments.with_channels(input_shape, found, self.filters, self.rank, self.channels_last)

    def get_config(self) -> dict[str, Any]:
        config = {**super().get_config(), **self._convolution_config("kernel")}
        if legacy_keras():
            if self.rank == 3:
                config.pop("dilation_rate")
            return {**config, "output_padding": self.output_padding}
        config.pop("groups")
        return inserted_after(config, "padding", output_padding=self.output_padding)


class Conv1DTranspose(BaseConvTranspose):
    """A transposed convolution over one dimension.

    Args:
      filters: int, number of output channels.
      kernel_size: int, or one int per dimension.
      strides: int, or one int per dimension; not together with ``dilation_rate``.
      padding: "valid" or "same".
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      dilation_rate: int, or one int per dimension.
      output_padding: int, or one int per dimension, smaller than the stride: how much the output is longer than
        the least; None makes it divisible by the stride.
      activation: a function, or its name; None for none.
      use_bias: bool.
      kernel_initializer, bias_initializer: initializers.
      kernel_regularizer, bias_regularizer, activity_regularizer: functions added to ``losses``.
      kernel_constraint, bias_constraint: functions applied after an optimizer's update.

    Takes float ``[batch, time, channels]`` (or channels first); returns float
    ``[batch, out_time, filters]``.

    >>> import kerax as tf
    >>> tf.keras.layers.Conv1DTranspose(3, 2, 2)(tf.ones((1, 4, 2))).shape
    TensorShape([1, 8, 3])
    """

    def __init__(
        self,
        filters: Any,
        kernel_size: Any,
        strides: Any = 1,
        padding: Any = "valid",
        output_padding: Any = None,
        data_format: Any = None,
        dilation_rate: Any = 1,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            1,
            filters,
            kernel_size,
            strides,
            padding,
            output_padding,
            data_format,
            dilation_rate,
            activation,
            use_bias,
            kernel_initializer,
            bias_initializer,
            kernel_regularizer,
            bias_regularizer,
            activity_regularizer,
            kernel_constraint,
            bias_constraint,
            **kwargs,
        )


class Conv2DTranspose(BaseConvTranspose):
    """A transposed convolution over two dimensions.

    Args:
      filters: int, number of output channels.
      kernel_size: int, or one int per dimension.
      strides: int, or one int per dimension; not together with ``dilation_rate``.
      padding: "valid" or "same".
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      dilation_rate: int, or one int per dimension.
      output_padding: int, or one int per dimension, smaller than the stride: how much the output is longer than
        the least; None makes it divisible by the stride.
      activation: a function, or its name; None for none.
      use_bias: bool.
      kernel_initializer, bias_initializer: initializers.
      kernel_regularizer, bias_regularizer, activity_regularizer: functions added to ``losses``.
      kernel_constraint, bias_constraint: functions applied after an optimizer's update.

    Takes float ``[batch, height, width, channels]`` (or channels first); returns float
    ``[batch, out_height, out_width, filters]``.

    >>> import kerax as tf
    >>> tf.keras.layers.Conv2DTranspose(3, 2, 2)(tf.ones((1, 4, 4, 2))).shape
    TensorShape([1, 8, 8, 3])
    """

    def __init__(
        self,
        filters: Any,
        kernel_size: Any,
        strides: Any = (1, 1),
        padding: Any = "valid",
        output_padding: Any = None,
        data_format: Any = None,
        dilation_rate: Any = (1, 1),
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            2,
            filters,
            kernel_size,
            strides,
            padding,
            output_padding,
            data_format,
            dilation_rate,
            activation,
            use_bias,
            kernel_initializer,
            bias_initializer,
            kernel_regularizer,
            bias_regularizer,
            activity_regularizer,
            kernel_constraint,
            bias_constraint,
            **kwargs,
        )


class Conv3DTranspose(BaseConvTranspose):
    """A transposed convolution over three dimensions.

    Args:
      filters: int, number of output channels.
      kernel_size: int, or one int per dimension.
      strides: int, or one int per dimension; not together with ``dilation_rate``.
      padding: "valid" or "same".
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      dilation_rate: int, or one int per dimension.
      output_padding: int, or one int per dimension, smaller than the stride: how much the output is longer than
        the least; None makes it divisible by the stride.
      activation: a function, or its name; None for none.
      use_bias: bool.
      kernel_initializer, bias_initializer: initializers.
      kernel_regularizer, bias_regularizer, activity_regularizer: functions added to ``losses``.
      kernel_constraint, bias_constraint: functions applied after an optimizer's update.

    Takes float ``[batch, depth, height, width, channels]`` (or channels first); returns float
    ``[batch, out_depth, out_height, out_width, filters]``.

    >>> import kerax as tf
    >>> tf.keras.layers.Conv3DTranspose(3, 2, 2)(tf.ones((1, 2, 2, 2, 2))).shape
    TensorShape([1, 4, 4, 4, 3])
    """

    def __init__(
        self,
        filters: Any,
        kernel_size: Any,
        strides: Any = (1, 1, 1),
        padding: Any = "valid",
        output_padding: Any = None,
        data_format: Any = None,
        dilation_rate: Any = (1, 1, 1),
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            3,
            filters,
            kernel_size,
            strides,
            padding,
            output_padding,
            data_format,
            dilation_rate,
            activation,
            use_bias,
            kernel_initializer,
            bias_initializer,
            kernel_regularizer,
            bias_regularizer,
            activity_regularizer,
            kernel_constraint,
            bias_constraint,
            **kwargs,
        )
