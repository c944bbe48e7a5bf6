"""``keras.layers.Conv1D``, ``Conv2D`` and ``Conv3D``."""

from __future__ import annotations

from typing import Any

from kerax.core.config import legacy_keras
from kerax.keras import constraints, initializers, regularizers
from kerax.keras.layers.convolutional.base import BaseConvolution, add_bias, convolve_layer
from kerax.keras.layers.core.lora import LowRankAdaptation


class BaseConv(LowRankAdaptation, BaseConvolution):
    """A convolution layer over ``rank`` dimensions: ``activation(inputs * kernel + bias)``.

    Args:
      rank: int, 1 to 3.
      filters: int, number of output channels.
      kernel_size: int, or one int per dimension.
      strides: int, or one int per dimension; not together with ``dilation_rate``.
      padding: "valid", "same", or over one dimension "causal".
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      dilation_rate: int, or one int per dimension.
      groups: int, the number of groups of channels that are convolved apart.
      activation: a function, or its name; None for none.
      use_bias: bool.
      kernel_initializer, bias_initializer: initializers.
      kernel_regularizer, bias_regularizer, activity_regularizer: functions added to ``losses``.
      kernel_constraint, bias_constraint: functions applied after an optimizer's update.
      lora_rank: int, the rank of a low-rank adaptation; see ``enable_lora``.
      lora_alpha: float, ``lora_rank`` by default.

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
        groups: int = 1,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        lora_rank: Any = None,
        lora_alpha: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self._init_convolution(
            rank, filters, kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias,
            bias_initializer, bias_regularizer, bias_constraint, causal=rank == 1, groups=groups,
        )  # fmt: skip
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        self._init_lora(lora_rank, lora_alpha)

    def build(self, input_shape: Any) -> None:
        channels = self._input_channels(input_shape)
        if channels % self.groups != 0:
            raise ValueError(
                "The number of input channels must be evenly divisible by the number of groups. Received "
                f"groups={self.groups}, but the input has {channels} channels (full input shape is {input_shape})."
            )
        self.compute_output_shape(input_shape)
        self._kernel = self._weight("kernel", (*self.kernel_size, channels // self.groups, self.filters))
        self.bias = self._weight("bias", (self.filters,)) if self.use_bias else None
        self.built = True
        if self.lora_rank:
            self.enable_lora(self.lora_rank, self.lora_alpha)

    @property
    def kernel(self) -> Any:
        """The weights ``[*kernel_size, channels / groups, filters]``, with a low-rank adaptation in them."""
        if getattr(self, "_kernel", None) is None:
            raise AttributeError("You must build the layer before accessing `kernel`.")
        return self._with_lora(self._kernel)

    @kernel.setter
    def kernel(self, value: Any) -> None:
        self._kernel = value

    def convolution_op(self, inputs: Any, kernel: Any) -> Any:
        """The convolution without bias and activation: for subclasses to override."""
        return convolve_layer(inputs, kernel, self.strides, self.padding, self.dilation_rate, self.channels_last)

    def call(self, inputs: Any) -> Any:
        if type(self).convolution_op is BaseConv.convolution_op:
            windows = self.strides, self.padding, self.dilation_rate, self.channels_last
            return self._activated(convolve_layer(inputs, self.kernel, *windows, bias=self.bias))
        out = self.convolution_op(inputs, self.kernel)
        return self._activated(out if self.bias is None else add_bias(out, self.bias, self.channels_last))

    def compute_output_shape(self, input_shape: Any) -> Any:
        return self._shape_after(input_shape, self.filters)

    def get_config(self) -> dict[str, Any]:
        config = {**super().get_config(), **self._convolution_config("kernel")}
        return config if legacy_keras() else {**config, **self._lora_config()}

    def save_own_variables(self, store: Any) -> None:
        if not self.lora_enabled:
            super().save_own_variables(store)
            return
        for index, value in enumerate([self.kernel] if self.bias is None else [self.kernel, self.bias]):
            store[str(index)] = value

    def load_own_variables(self, store: Any) -> None:
        if not self.lora_enabled:
            super().load_own_variables(store)
            return
        self._kernel.assign(store["0"])
        if self.bias is not None:
            self.bias.assign(store["1"])
        self._clear_lora()


class Conv1D(BaseConv):
    """A convolution over one dimension.

    Args:
      filters: int, number of output channels.
      kernel_size: int, or one int per dimension.
      strides: int, or one int per dimension; not together with ``dilation_rate``.
      padding: "valid", "same", or "causal": nothing from a later step.
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      dilation_rate: int, or one int per dimension.
      groups: int, the number of groups of channels that are convolved apart.
      activation: a function, or its name; None for none.
      use_bias: bool.
      kernel_initializer, bias_initializer: initializers.
      kernel_regularizer, bias_regularizer, activity_regularizer: functions added to ``losses``.
      kernel_constraint, bias_constraint: functions applied after an optimizer's update.
      lora_rank, lora_alpha: the rank and scale of a low-rank adaptation; see ``enable_lora``.

    Takes float ``[batch, time, channels]`` (or channels first); returns float
    ``[batch, out_time, filters]``.

    >>> import kerax as tf
    >>> tf.keras.layers.Conv1D(3, 2)(tf.ones((1, 4, 2))).shape
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
        groups: int = 1,
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
            data_format,
            dilation_rate,
            groups,
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


class Conv2D(BaseConv):
    """A convolution over two dimensions.

    Args:
      filters: int, number of output channels.
      kernel_size: int, or one int per dimension.
      strides: int, or one int per dimension; not together with ``dilation_rate``.
      padding: "valid" or "same".
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      dilation_rate: int, or one int per dimension.
      groups: int, the number of groups of channels that are convolved apart.
      activation: a function, or its name; None for none.
      use_bias: bool.
      kernel_initializer, bias_initializer: initializers.
      kernel_regularizer, bias_regularizer, activity_regularizer: functions added to ``losses``.
      kernel_constraint, bias_constraint: functions applied after an optimizer's update.
      lora_rank, lora_alpha: the rank and scale of a low-rank adaptation; see ``enable_lora``.

    Takes float ``[batch, height, width, channels]`` (or channels first); returns float
    ``[batch, out_height, out_width, filters]``.

    >>> import kerax as tf
    >>> tf.keras.layers.Conv2D(3, 2)(tf.ones((1, 4, 4, 2))).shape
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
        groups: int = 1,
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
            data_format,
            dilation_rate,
            groups,
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


class Conv3D(BaseConv):
    """A convolution over three dimensions.

    Args:
      filters: int, number of output channels.
      kernel_size: int, or one int per dimension.
      strides: int, or one int per dimension; not together with ``dilation_rate``.
      padding: "valid" or "same".
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      dilation_rate: int, or one int per dimension.
      groups: int, the number of groups of channels that are convolved apart.
      activation: a function, or its name; None for none.
      use_bias: bool.
      kernel_initializer, bias_initializer: initializers.
      kernel_regularizer, bias_regularizer, activity_regularizer: functions added to ``losses``.
      kernel_constraint, bias_constraint: functions applied after an optimizer's update.
      lora_rank, lora_alpha: the rank and scale of a low-rank adaptation; see ``enable_lora``.

    Takes float ``[batch, depth, height, width, channels]`` (or channels first); returns float
    ``[batch, out_depth, out_height, out_width, filters]``.

    >>> import kerax as tf
    >>> tf.keras.layers.Conv3D(3, 2)(tf.ones((1, 4, 4, 4, 2))).shape
    TensorShape([1, 3, 3, 3, 3])
    """

    def __init__(
        self,
        filters: Any,
        kernel_size: Any,
        strides: Any = (1, 1, 1),
        padding: Any = "valid",
        data_format: Any = None,
        dilation_rate: Any = (1, 1, 1),
        groups: int = 1,
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
            data_format,
            dilation_rate,
            groups,
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
