"""What all convolution layers share: their arguments, the bias, the activation and the config."""

from __future__ import annotations

import inspect
from typing import Any

from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras import activations, constraints, initializers, regularizers
from kerax.keras.engine.input_spec import InputSpec
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.settings import standardize_data_format
from kerax.keras.layers.convolutional import arguments
from kerax.nn._convolve import convolve, depthwise, input_gradient
from kerax.nn._windows import merge_batches, spatial


def _padding(padding: Any, window: Any, dilations: Any) -> Any:
    """Keras' word as TensorFlow's; "causal" puts everything before the first step."""
    if padding == "causal":
        return tuple(((width - 1) * dilation, 0) for width, dilation in zip(window, dilations, strict=True))
    return padding.upper() if isinstance(padding, str) else padding


def _finish(out: Any, bias: Any, channels_last: bool, inputs: Any, batches: Any) -> Any:
    if 0 in out.shape and 0 not in inputs.shape and not legacy_keras():
        raise ValueError(
            f"The convolution operation resulted in an empty output. Output shape: {out.shape}. This can happen if "
            "the input is too small for the given kernel size, strides, dilation rate, and padding mode. Please check "
            "the input shape and convolution parameters."
        )
    if bias is not None:
        out = out + (bias if channels_last else bias.reshape((-1, *(1,) * (out.ndim - 2))))
    return out if len(batches) == 1 else out.reshape((*batches, *out.shape[1:]))


@op("outputs, bias")
def add_bias(outputs, bias, channels_last):
    return outputs + (bias if channels_last else bias.reshape((-1, *(1,) * (outputs.ndim - 2))))


@op("inputs, kernel, bias")
def convolve_layer(inputs, kernel, strides, padding, dilations, channels_last, bias=None):
    rank = kernel.ndim - 2
    x, batches = merge_batches(inputs, rank)
    out = convolve(x, kernel, strides, _padding(padding, kernel.shape[:rank], dilations), dilations, channels_last)
    return _finish(out, bias, channels_last, inputs, batches)


@op("inputs, kernel, bias")
def depthwise_layer(inputs, kernel, strides, padding, dilations, channels_last, bias=None):
    rank = kernel.ndim - 2
    x, batches = merge_batches(inputs, rank)
    out = depthwise(x, kernel, strides, _padding(padding, kernel.shape[:rank], dilations), dilations, channels_last)
    return _finish(out, bias, channels_last, inputs, batches)


@op("inputs, depthwise_kernel, pointwise_kernel, bias")
def separable_layer(inputs, depthwise_kernel, pointwise_kernel, strides, padding, dilations, channels_last, bias=None):
    rank = depthwise_kernel.ndim - 2
    x, batches = merge_batches(inputs, rank)
    words = _padding(padding, depthwise_kernel.shape[:rank], dilations)
    between = depthwise(x, depthwise_kernel, strides, words, dilations, channels_last)
    ones = (1,) * rank
    out = convolve(between, pointwise_kernel, ones, "VALID", ones, channels_last)
    return _finish(out, bias, channels_last, inputs, batches)


@op("inputs, kernel, bias")
def transposed_layer(inputs, kernel, strides, padding, output_padding, dilations, channels_last, bias=None):
    rank = kernel.ndim - 2
    x, batches = merge_batches(inputs, rank)
    extra = output_padding or (None,) * rank
    found = [
        arguments.transposed_size(size, width, stride, padding, more, dilation)
        for size, width, stride, more, dilation in zip(
            spatial(x.shape, channels_last), kernel.shape[:rank], strides, extra, dilations, strict=True
        )
    ]
    shape = arguments.with_channels(x.shape, found, kernel.shape[-2], rank, channels_last)
    out = input_gradient(shape, kernel, x, strides, _padding(padding, None, dilations), dilations, channels_last)
    return _finish(out, bias, channels_last, inputs, batches)


class BaseConvolution(Layer):
    """The base of convolution layers.

    Args:
      rank: int, number of spatial dimensions.
      filters: int, number of output channels.
      kernel_size, strides, dilation_rate: int, or one int per spatial dimension.
      padding: "valid", "same", or over one dimension "causal".
      data_format: "channels_last" or "channels_first".
      activation, use_bias, bias_initializer, bias_regularizer, bias_constraint, activity_regularizer: as of Dense.
      causal: bool, whether "causal" is offered.
    """

    rank: int
    filters: Any
    bias: Any = None

    def _init_convolution(
        self,
        rank: int,
        filters: Any,
        kernel_size: Any,
        strides: Any,
        padding: Any,
        data_format: Any,
        dilation_rate: Any,
        activation: Any,
        use_bias: bool,
        bias_initializer: Any,
        bias_regularizer: Any,
        bias_constraint: Any,
        *,
        causal: bool = False,
        exclusive: bool = True,
        groups: int = 1,
    ) -> None:
        legacy = legacy_keras()
        self.rank = rank
        if legacy and isinstance(filters, float):
            filters = int(filters)
        self.filters = filters
        self.groups = (groups or 1) if legacy else groups
        self.kernel_size = arguments.sizes(kernel_size, rank, "kernel_size")
        self.strides = arguments.sizes(strides, rank, "strides", allow_zero=legacy)
        self.dilation_rate = arguments.sizes(dilation_rate, rank, "dilation_rate")
        self.padding = arguments.padding_word(padding, causal)
        self.data_format = standardize_data_format(data_format)
        self.activation = activations.get(activation)
        self.use_bias = use_bias
        self.bias_initializer = initializers.get(bias_initializer)
        self.bias_regularizer = regularizers.get(bias_regularizer)
        self.bias_constraint = constraints.get(bias_constraint)
        self.input_spec = InputSpec(min_ndim=rank + 2)
        if filters is not None and filters <= 0:
            raise ValueError(
                f"Invalid value for argument `filters`. Expected a strictly positive value. Received filters={filters}."
            )
        if self.groups <= 0:
            raise ValueError(f"The number of groups must be a positive integer. Received: groups={self.groups}.")
        if filters is not None and filters % self.groups != 0:
            raise ValueError(
                "The number of filters must be evenly divisible by the number of groups. Received: "
                f"groups={self.groups}, filters={filters}."
            )
        if not all(self.strides):
            raise ValueError(f"The argument `strides` cannot contains 0. Received strides={self.strides}")
        if legacy and self.padding == "causal" and not causal:
            raise ValueError("Causal padding is only supported for `Conv1D` and `SeparableConv1D`.")
        if (exclusive or legacy) and max(self.strides) > 1 and max(self.dilation_rate) > 1:
            raise ValueError(
                "`strides > 1` not supported in conjunction with `dilation_rate > 1`. Received: "
                f"strides={self.strides} and dilation_rate={self.dilation_rate}"
            )

    @property
    def channels_last(self) -> bool:
        return self.data_format == "channels_last"

    def _input_channels(self, input_shape: Any, exact_rank: bool = False) -> int:
        """The number of input channels; from then on inputs must have as many."""
        if exact_rank and legacy_keras() and len(input_shape) != self.rank + 2:
            raise ValueError(f"Inputs should have rank {self.rank + 2}. Received input_shape={input_shape}.")
        axis = -1 if self.channels_last else (-1 - self.rank if legacy_keras() else 1)
        channels = input_shape[axis]
        if channels is None and legacy_keras():
            raise ValueError(
                "The channel dimension of the inputs should be defined. The input_shape received is "
                f"{tuple(input_shape)}, where axis {axis} (0-based) is the channel dimension, which found to be `None`."
            )
        self.input_spec = InputSpec(min_ndim=self.rank + 2, axes={axis: channels})
        return channels

    def _weight(self, name: str, shape: Any, role: str | None = None) -> Any:
        """A weight with the initializer, regularizer and constraint of its role (its name by default)."""
        role = role or name
        return self.add_weight(
            name=name,
            shape=shape,
            initializer=getattr(self, f"{role}_initializer"),
            regularizer=getattr(self, f"{role}_regularizer"),
            constraint=getattr(self, f"{role}_constraint"),
            trainable=True,
            dtype=self.dtype,
        )

    def _activated(self, outputs: Any) -> Any:
        return outputs if self.activation is None else self.activation(outputs)

    def _shape_after(self, input_shape: Any, channels: Any) -> Any:
        """The output's shape, or Keras' error where nothing is left of the input."""
        last = self.channels_last
        before = arguments.spatial_sizes(input_shape, self.rank, last)
        if len(input_shape) != self.rank + 2 and not (legacy_keras() and len(input_shape) > self.rank + 2):
            raise ValueError(
                f"Kernel shape must have the same length as input, but received kernel of shape "
                f"{(*self.kernel_size, channels)} and input of shape {tuple(input_shape)}."
            )
        padding = self.padding
        if not isinstance(padding, str):
            raise ValueError(f"`padding` must be either `'valid'` or `'same'`. Received {padding}.")
        found = [
            arguments.output_size(size, width, stride, padding, dilation)
            for size, width, stride, dilation in zip(
                before, self.kernel_size, self.strides, self.dilation_rate, strict=True
            )
        ]
        least = 0 if legacy_keras() else 1
        if any(size is not None and size < least for size in found):
            if legacy_keras():
                raise ValueError(
                    f"One of the dimensions in the output is <= 0 due to downsampling in {self.name}. Consider "
                    f"increasing the input size. Received input shape {list(input_shape)} which would produce output "
                    "shape with a zero or negative value in a dimension."
                )
            taken = input_shape[-1 if last else 1]
            rates = " ".join(map(str, self.dilation_rate))
            raise ValueError(
                "Computed output size would be zero or negative. Received "
                f"`inputs shape={tuple(input_shape)}`, `kernel shape={(*self.kernel_size, taken, channels)}`, "
                f"`dilation_rate=[{rates}]`, `strides={self.strides}`, `padding={padding}`."
            )
        return arguments.with_channels(input_shape, found, channels, self.rank, last)

    def compute_output_spec(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        if legacy_keras() and self.padding == "valid" and "Transpose" not in type(self).__name__:
            sizes = arguments.spatial_sizes(inputs.shape, self.rank, self.channels_last)
            reach = [(n - 1) * rate + 1 for n, rate in zip(self.kernel_size, self.dilation_rate, strict=True)]
            arguments.check_reach(sizes, reach, self.name)
        return super().compute_output_spec(inputs, *args, **kwargs)

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        if "groups" not in inspect.signature(cls.__init__).parameters:
            config = {key: value for key, value in config.items() if key != "groups"}  # Keras 2 writes it for all
        return super().from_config(config)

    def _convolution_config(self, *roles: str) -> dict[str, Any]:
        """The config of the shared arguments, with initializer, regularizer and constraint of each role."""
        config: dict[str, Any] = {
            "filters": self.filters,
            "kernel_size": self.kernel_size,
            "strides": self.strides,
            "padding": self.padding,
            "data_format": self.data_format,
            "dilation_rate": self.dilation_rate,
            "groups": self.groups,
            "activation": activations.serialize(self.activation),
            "use_bias": self.use_bias,
        }
        for role in (*roles, "bias"):
            config[f"{role}_initializer"] = initializers.serialize(getattr(self, f"{role}_initializer"))
        for role in (*roles, "bias"):
            config[f"{role}_regularizer"] = regularizers.serialize(getattr(self, f"{role}_regularizer"))
        config["activity_regularizer"] = regularizers.serialize(self.activity_regularizer)
        for role in (*roles, "bias"):
            config[f"{role}_constraint"] = constraints.serialize(getattr(self, f"{role}_constraint"))
        return config
