"""``keras.layers.LocallyConnected1D`` and ``LocallyConnected2D`` (Keras 2)."""

from __future__ import annotations

import functools
from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core.op import op
from kerax.keras import activations, constraints, initializers, regularizers
from kerax.keras.engine.input_spec import InputSpec
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.settings import standardize_data_format
from kerax.keras.layers.convolutional import arguments


@op("inputs, kernel")
def _patches_times(inputs, kernel, windows, strides, channels_last):
    """Weights ``[places, window · channels, filters]`` of each place, times what its window covers."""
    rank = len(windows)
    x = inputs if channels_last else jnp.moveaxis(inputs, 1, -1)
    sizes = tuple((n - w) // s + 1 for n, w, s in zip(x.shape[1:-1], windows, strides, strict=True))
    for axis, (size, width, stride) in enumerate(zip(sizes, windows, strides, strict=True)):
        places = np.arange(size)[:, None] * stride + np.arange(width)
        x = jnp.take(x, places, axis=1 + 2 * axis)  # the axis becomes [places, window]
    outer, inner = range(1, 2 * rank, 2), range(2, 2 * rank + 1, 2)
    last = 2 * rank + 1
    order = (0, *outer, *inner, last) if channels_last else (0, *outer, last, *inner)
    x = jnp.transpose(x, order).reshape(x.shape[0], kernel.shape[0], -1)
    out = jnp.einsum("bnf,nfo->bno", x, kernel).reshape(x.shape[0], *sizes, -1)
    return out if channels_last else jnp.moveaxis(out, -1, 1)


@op("inputs, kernel")
def _dense_times(inputs, kernel):
    """Weights ``[*inputs, *outputs]``, those of places that do not touch being zero."""
    return jnp.tensordot(inputs, kernel, axes=inputs.ndim - 1)


@op("kernel")
def _masked(kernel, mask):
    return kernel * jnp.asarray(mask.array, kernel.dtype)


@op("kernel")
def _spread(kernel, mask, shape):
    """The weights in a row, put where the mask has ones: ``[outputs, inputs]`` turned to ``[*inputs, *outputs]``."""
    flat = jnp.zeros(mask.array.shape, kernel.dtype).at[np.nonzero(mask.array)].set(kernel)
    return flat.T.reshape(shape)


@op("inputs, bias")
def _add_bias(inputs, bias, channels_last):
    shape = bias.shape if channels_last else (bias.shape[-1], *bias.shape[:-1])
    return inputs + jnp.reshape(bias, shape)


class _Mask:
    """An array of constants as an attribute of ops: the same for the same arguments."""

    def __init__(self, array: np.ndarray) -> None:
        self.array = array


@functools.cache
def _touching(sizes: tuple[int, ...], windows: tuple[int, ...], strides: tuple[int, ...], padding: str) -> np.ndarray:
    """bool ``[*places of the output, *places of the input]``: whether a window covers a place."""
    found = np.ones((), bool)
    rank = len(sizes)
    for axis, (size, width, stride) in enumerate(zip(sizes, windows, strides, strict=True)):
        count = arguments.output_size(size, width, stride, padding)
        first = np.arange(count)[:, None] * stride - (0 if padding == "valid" else width // 2)
        places = np.arange(size)
        one = (places >= first) & (places < first + width)
        shape = [1] * (2 * rank)
        shape[axis], shape[rank + axis] = one.shape
        found = found & one.reshape(shape)
    return found


@functools.cache
def _channel_mask(sizes, windows, strides, padding, channels: int, filters: int, channels_last: bool, flat: bool):
    touching = _touching(sizes, windows, strides, padding)
    rank = len(sizes)
    whole = np.broadcast_to(touching[..., None, None], (*touching.shape, channels, filters))
    places, before, c, f = range(rank), range(rank, 2 * rank), 2 * rank, 2 * rank + 1
    inputs = (*before, c) if channels_last else (c, *before)
    outputs = (*places, f) if channels_last else (f, *places)
    if not flat:
        return _Mask(np.transpose(whole, (*inputs, *outputs)))
    turned = np.transpose(whole, (*outputs, *inputs))
    return _Mask(turned.reshape(int(np.prod(turned.shape[: rank + 1])), -1))


class _LocallyConnected(Layer):
    """A convolution with weights of its own at each place."""

    rank: int

    def __init__(
        self,
        filters: Any,
        kernel_size: Any,
        strides: Any = 1,
        padding: str = "valid",
        data_format: Any = None,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        implementation: int = 1,
        **kwargs: Any,
    ) -> None:
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.filters = filters
        self.kernel_size = arguments.sizes(kernel_size, self.rank, "kernel_size")
        self.strides = arguments.sizes(strides, self.rank, "strides")
        self.padding = arguments.padding_word(padding, False)
        if self.padding != "valid" and implementation == 1:
            raise ValueError(
                f'Invalid border mode for {type(self).__name__} (only "valid" is supported if implementation is 1): '
                f"{padding}"
            )
        if implementation not in (1, 2, 3):
            raise ValueError(f"Unrecognized implementation mode: {implementation}.")
        self.data_format = standardize_data_format(data_format)
        self.activation = activations.get(activation)
        self.use_bias = use_bias
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.bias_regularizer = regularizers.get(bias_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        self.bias_constraint = constraints.get(bias_constraint)
        self.implementation = implementation
        self.input_spec = InputSpec(ndim=self.rank + 2)

    @property
    def channels_last(self) -> bool:
        return self.data_format == "channels_last"

    def _sizes(self, input_shape: Any) -> tuple[Any, ...]:
        return tuple(input_shape[1:-1] if self.channels_last else input_shape[2:])

    def _places(self, input_shape: Any) -> tuple[Any, ...]:
        return tuple(
            arguments.output_size(size, width, stride, self.padding)
            for size, width, stride in zip(self._sizes(input_shape), self.kernel_size, self.strides, strict=True)
        )

    def build(self, input_shape: Any) -> None:
        input_shape = tuple(input_shape)
        channels = input_shape[-1 if self.channels_last else 1]
        if None in input_shape[1:]:
            raise ValueError(
                f"The spatial dimensions and channels of the inputs to {type(self).__name__} should be fully-defined, "
                f"but layer received an input shape {input_shape}."
            )
        places = self._places(input_shape)
        if any(size <= 0 for size in places):
            raise ValueError(
                f"One of the dimensions in the output is <= 0 due to downsampling in {self.name}. Consider increasing "
                f"the input size. Received input shape {input_shape} which would produce output shape with a zero or "
                "negative value in a dimension."
            )
        self._mask = None
        before, after = input_shape[1:], self.compute_output_shape(input_shape)[1:]
        if self.implementation == 1:
            shape: Any = (int(np.prod(places)), int(np.prod(self.kernel_size)) * channels, self.filters)
        else:
            self._mask = _channel_mask(
                self._sizes(input_shape), self.kernel_size, self.strides, self.padding, channels, self.filters,
                self.channels_last, self.implementation == 3,
            )  # fmt: skip
            shape = (*before, *after) if self.implementation == 2 else (int(self._mask.array.sum()),)
        self._full = (*before, *after)
        self.kernel = self.add_weight(
            name="kernel", shape=shape, initializer=self.kernel_initializer,
            regularizer=self.kernel_regularizer, constraint=self.kernel_constraint,
        )  # fmt: skip
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(
                name="bias", shape=(*places, self.filters), initializer=self.bias_initializer,
                regularizer=self.bias_regularizer, constraint=self.bias_constraint,
            )  # fmt: skip
        self.input_spec = InputSpec(ndim=self.rank + 2, axes={-1 if self.channels_last else 1: channels})
        self.built = True

    def compute_output_shape(self, input_shape: Any) -> Any:
        places = self._places(input_shape)
        after = (*places, self.filters) if self.channels_last else (self.filters, *places)
        return (input_shape[0], *after)

    def call(self, inputs: Any) -> Any:
        if self.implementation == 1:
            out = _patches_times(inputs, self.kernel, self.kernel_size, self.strides, self.channels_last)
        elif self.implementation == 2:
            out = _dense_times(inputs, _masked(self.kernel, self._mask))
        else:
            out = _dense_times(inputs, _spread(self.kernel, self._mask, self._full))
        if self.bias is not None:
            out = _add_bias(out, self.bias, self.channels_last)
        return out if self.activation is None else self.activation(out)

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "filters": self.filters,
            "kernel_size": self.kernel_size,
            "strides": self.strides,
            "padding": self.padding,
            "data_format": self.data_format,
            "activation": activations.serialize(self.activation),
            "use_bias": self.use_bias,
            "kernel_initializer": initializers.serialize(self.kernel_initializer),
            "bias_initializer": initializers.serialize(self.bias_initializer),
            "kernel_regularizer": regularizers.serialize(self.kernel_regularizer),
            "bias_regularizer": regularizers.serialize(self.bias_regularizer),
            "activity_regularizer": regularizers.serialize(self.activity_regularizer),
            "kernel_constraint": constraints.serialize(self.kernel_constraint),
            "bias_constraint": constraints.serialize(self.bias_constraint),
            "implementation": self.implementation,
        }


_ARGUMENTS = """
    Args:
      filters: int, number of output channels.
      kernel_size, strides: int, or one int per dimension.
      padding: "valid", or with implementation 2 or 3 "same".
      data_format: "channels_last" or "channels_first".
      activation: a function, or its name; None for none.
      use_bias: bool; each place has biases of its own.
      kernel_initializer, bias_initializer: initializers.
      kernel_regularizer, bias_regularizer, activity_regularizer: functions added to ``losses``.
      kernel_constraint, bias_constraint: functions applied after an optimizer's update.
      implementation: int, how weights are kept: 1 one window per place, 2 a masked dense array, 3 a row of weights.
"""


class LocallyConnected1D(_LocallyConnected):
    __doc__ = f"""A convolution over ``[batch, steps, channels]`` with weights of its own at each step (Keras 2).
{_ARGUMENTS}
    >>> import kerax as tf
    >>> tf.keras.layers.LocallyConnected1D(2, 3)(tf.ones((1, 5, 4))).shape
    TensorShape([1, 3, 2])
    """

    rank = 1


class LocallyConnected2D(_LocallyConnected):
    __doc__ = f"""A convolution over ``[batch, rows, columns, channels]``, each place with its own weights (Keras 2).
{_ARGUMENTS}
    >>> import kerax as tf
    >>> tf.keras.layers.LocallyConnected2D(2, 3)(tf.ones((1, 5, 5, 1))).shape
    TensorShape([1, 3, 3, 2])
    """

    rank = 2
