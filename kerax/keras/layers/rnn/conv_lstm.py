"""``keras.layers.ConvLSTM1D``, ``ConvLSTM2D`` and ``ConvLSTM3D``: an LSTM whose products are convolutions."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.array_ops import concat
from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras import activations, constraints, initializers, regularizers
from kerax.keras.engine.input_spec import InputSpec
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.settings import standardize_data_format
from kerax.keras.layers._config_order import inserted_after
from kerax.keras.layers.convolutional import arguments
from kerax.keras.layers.rnn.cell import ROLES, SplitCell, first_step, weights_config, zeros
from kerax.keras.layers.rnn.rnn import CellLayer, from_cell
from kerax.nn._convolve import convolve
from kerax.nn._windows import merge_batches

_GATE = "hard_sigmoid" if legacy_keras() else "sigmoid"  # the dialects' defaults


@op("inputs, kernel, bias, masks*")
def _convolve_gates(inputs, kernel, bias, masks, strides, padding, dilations, channels_last):
    """The four gates' convolutions in one; with masks, each gate has inputs of its own."""
    rank = kernel.ndim - 2

    def run(x: Any, weights: Any) -> Any:
        merged, batches = merge_batches(x, rank)
        out = convolve(merged, weights, strides, padding.upper(), dilations, channels_last)
        return out.reshape((*batches, *out.shape[1:]))

    if not masks:
        out = run(inputs, kernel)
    else:
        parts = jnp.split(kernel, 4, axis=-1)
        gates = [run(inputs * mask, part) for mask, part in zip(masks, parts, strict=True)]
        out = jnp.concatenate(gates, axis=-1 if channels_last else -1 - rank)
    if bias is None:
        return out
    return out + (bias if channels_last else bias.reshape((-1, *(1,) * rank)))


@op("gates")
def _split_channels(gates, axis):
    return jnp.split(gates, 4, axis=axis)


class ConvLSTMCell(SplitCell):
    """The cell of the convolutional LSTM layers.

    Args:
      rank: int, 1 to 3.
      filters, kernel_size, strides, padding, data_format, dilation_rate: as of the convolution layers; the state's
        convolution has stride 1 and padding "same".
      activation, recurrent_activation, use_bias, unit_forget_bias, dropout, recurrent_dropout, seed and the
        initializers, regularizers and constraints: as of ``keras.layers.LSTMCell``.

    Raises:
      ValueError: sizes that do not fit.
    """

    dropout_mask_count = 4
    bias: Any = None

    def __init__(
        self,
        rank: int,
        filters: int,
        kernel_size: Any,
        strides: Any = 1,
        padding: Any = "valid",
        data_format: Any = None,
        dilation_rate: Any = 1,
        activation: Any = "tanh",
        recurrent_activation: Any = _GATE,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        recurrent_initializer: Any = "orthogonal",
        bias_initializer: Any = "zeros",
        unit_forget_bias: bool = True,
        kernel_regularizer: Any = None,
        recurrent_regularizer: Any = None,
        bias_regularizer: Any = None,
        kernel_constraint: Any = None,
        recurrent_constraint: Any = None,
        bias_constraint: Any = None,
        dropout: float = 0.0,
        recurrent_dropout: float = 0.0,
        seed: Any = None,
        **kwargs: Any,
    ) -> None:
        given = locals()
        super().__init__(**kwargs)
        if rank > 3:
            raise ValueError(f"Rank {rank} convolutions are not currently implemented. Received: rank={rank}")
        self.rank = rank
        self.step_rank = rank + 2
        self.filters = filters
        self.kernel_size = arguments.sizes(kernel_size, rank, "kernel_size")
        self.strides = arguments.sizes(strides, rank, "strides", allow_zero=True)
        self.padding = arguments.padding_word(padding)
        self.data_format = standardize_data_format(data_format)
        self.dilation_rate = arguments.sizes(dilation_rate, rank, "dilation_rate")
        if max(self.strides) > 1 and max(self.dilation_rate) > 1:
            raise ValueError(
                "Specifying `strides > 1` is not compatible with `dilation_rate > 1`. Please provide `strides=1` or "
                f"`dilation_rate=1`. Received: strides={self.strides} and dilation_rate={self.dilation_rate}"
            )
        self._init_dropout(dropout, recurrent_dropout, seed)
        self.activation = activations.get(activation)
        self.recurrent_activation = activations.get(recurrent_activation)
        self.use_bias = use_bias
        self.unit_forget_bias = unit_forget_bias
        for role in ROLES:
            setattr(self, f"{role}_initializer", initializers.get(given[f"{role}_initializer"]))
            setattr(self, f"{role}_regularizer", regularizers.get(given[f"{role}_regularizer"]))
            setattr(self, f"{role}_constraint", constraints.get(given[f"{role}_constraint"]))
        self.input_spec = InputSpec(ndim=rank + 2)
        self.state_size: Any = (filters, filters) if legacy_keras() else -1
        self.spatial_dims: Any = None

    @property
    def channels_last(self) -> bool:
        return self.data_format == "channels_last"

    def build(self, inputs_shape: Any, states_shape: Any = None) -> None:
        channels = inputs_shape[-1 if self.channels_last else 1]
        self.spatial_dims = arguments.spatial_sizes(inputs_shape, self.rank, self.channels_last)
        if None in self.spatial_dims and not legacy_keras():
            raise ValueError(
                "ConvLSTM layers only support static input shapes for the spatial dimension. Received invalid input "
                f"shape: input_shape={tuple(inputs_shape)}"
            )
        if channels is None:
            raise ValueError(
                "The channel dimension of the inputs (last axis) should be defined. Found None. Full input shape "
                f"received: input_shape={tuple(inputs_shape)}"
            )
        self.input_spec = None
        self.input_dim = channels
        self.kernel_shape = (*self.kernel_size, channels, self.filters * 4)
        self.kernel = self._weight("kernel", self.kernel_shape, "kernel", self.kernel_initializer)
        self.recurrent_kernel = self._weight(
            "recurrent_kernel",
            (*self.kernel_size, self.filters, self.filters * 4),
            "recurrent",
            self.recurrent_initializer,
        )
        self.bias = None
        if self.use_bias:
            self.bias = self._weight("bias", (self.filters * 4,), "bias", self._initial_bias())

    def _weight(self, name: str, shape: Any, role: str, initializer: Any) -> Any:
        return self.add_weight(
            shape=shape,
            name=name,
            initializer=initializer,
            regularizer=getattr(self, f"{role}_regularizer"),
            constraint=getattr(self, f"{role}_constraint"),
        )

    def _initial_bias(self) -> Any:
        if not self.unit_forget_bias:
            return self.bias_initializer

        def initializer(shape: Any, *args: Any, **kwargs: Any) -> Any:
            units, rest = self.filters, self.bias_initializer
            ones = initializers.get("ones")((units,), *args, **kwargs)
            return concat([rest((units,), *args, **kwargs), ones, rest((units * 2,), *args, **kwargs)], 0)

        return initializer

    def project(self, inputs: Any, training: Any = False) -> Any:
        like = inputs if len(inputs.shape) == self.step_rank else first_step(inputs)
        return _convolve_gates(
            inputs,
            self.kernel,
            self.bias,
            self.masks("input", like, training),
            self.strides,
            self.padding,
            self.dilation_rate,
            self.channels_last,
        )

    def advance(self, projected: Any, states: Any, training: Any = False) -> tuple[Any, list[Any]]:
        state, carry = states[0], states[1]
        ones = (1,) * self.rank
        masks = self.masks("recurrent", state, training)
        z = projected + _convolve_gates(
            state, self.recurrent_kernel, None, masks, ones, "same", ones, self.channels_last
        )
        enter, forget, new, out = _split_channels(z, -1 if self.channels_last else 1)
        carry = self.recurrent_activation(forget) * carry + self.recurrent_activation(enter) * self.activation(new)
        state = self.recurrent_activation(out) * self.activation(carry)
        return state, [state, carry]

    def compute_output_shape(self, inputs_shape: Any, states_shape: Any = None) -> Any:
        shape = self._state_shape(inputs_shape)
        return shape, [shape, shape]

    def _state_shape(self, inputs_shape: Any) -> tuple[Any, ...]:
        last = self.channels_last
        before = arguments.spatial_sizes(inputs_shape, self.rank, last)
        found = [
            arguments.output_size(size, width, stride, self.padding, dilation)
            for size, width, stride, dilation in zip(
                before, self.kernel_size, self.strides, self.dilation_rate, strict=True
            )
        ]
        return arguments.with_channels(inputs_shape, found, self.filters, self.rank, last)

    def get_initial_state(self, inputs: Any = None, batch_size: Any = None, dtype: Any = None) -> Any:
        """Zeros for the states of a batch."""
        shape = arguments.with_channels(
            (batch_size, *(None,) * (self.rank + 1)), self.spatial_dims, self.input_dim, self.rank, self.channels_last
        )
        return [zeros(self._state_shape(shape), dtype or self.compute_dtype) for _ in range(2)]

    def get_config(self) -> dict[str, Any]:
        config: dict[str, Any] = {
            "filters": self.filters,
            "kernel_size": self.kernel_size,
            "strides": self.strides,
            "padding": self.padding,
            "data_format": self.data_format,
            "dilation_rate": self.dilation_rate,
            "activation": activations.serialize(self.activation),
            "recurrent_activation": activations.serialize(self.recurrent_activation),
            "use_bias": self.use_bias,
            **inserted_after(weights_config(self), "bias_initializer", unit_forget_bias=self.unit_forget_bias),
            "dropout": self.dropout,
            "recurrent_dropout": self.recurrent_dropout,
        }
        if not legacy_keras():
            config["seed"] = self.seed
        return {**Layer.get_config(self), **config}


class ConvLSTM(CellLayer):
    """The base of the convolutional LSTM layers; arguments as of their cell and of ``keras.layers.RNN``."""

    cell_class = ConvLSTMCell
    cell_name = "conv_lstm_cell"

    def _init_conv_lstm(self, rank: int, arguments: dict[str, Any]) -> None:
        kwargs = arguments["kwargs"]
        if kwargs.pop("unroll", False):
            raise TypeError("Unrolling is not possible with convolutional RNNs. Received: unroll=True")
        loop = ("return_sequences", "return_state", "go_backwards", "stateful")
        self._init_layer({**arguments, "rank": rank}, **{name: arguments[name] for name in loop})
        self.input_spec = InputSpec(ndim=rank + 3)

    def build(self, sequences_shape: Any, initial_state_shape: Any = None) -> None:
        super().build(sequences_shape, initial_state_shape)

    def compute_output_shape(self, sequences_shape: Any, initial_state_shape: Any = None) -> Any:
        batch, steps = sequences_shape[:2]
        state = self.cell._state_shape((batch, *sequences_shape[2:]))
        output = (batch, steps, *state[1:]) if self.return_sequences else state
        if not self.return_state:
            return output
        return [output, state, state] if legacy_keras() else (output, state, state)

    def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
        found = super().compute_mask(inputs, mask)
        return [found[0], None, None] if self.return_state else found

    filters = from_cell("filters")
    kernel_size = from_cell("kernel_size")
    strides = from_cell("strides")
    padding = from_cell("padding")
    data_format = from_cell("data_format")
    dilation_rate = from_cell("dilation_rate")
    unit_forget_bias = from_cell("unit_forget_bias")


class ConvLSTM1D(ConvLSTM):
    """A long short-term memory layer whose products are convolutions over 1 dimension.

    Args:
      filters: int, number of channels of output and state.
      kernel_size: int, or one int per dimension.
      strides: int, or one int per dimension: of the inputs' convolution.
      padding: "valid" or "same": of the inputs' convolution.
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      dilation_rate: int, or one int per dimension: of the inputs' convolution.
      activation, recurrent_activation, use_bias, unit_forget_bias, dropout, recurrent_dropout, seed and the
        initializers, regularizers and constraints: as of ``keras.layers.LSTM``.
      return_sequences, return_state, go_backwards, stateful: as of ``keras.layers.RNN``.

    Takes float ``[batch, time, rows, channels]`` (or channels before the dimensions); returns float
    ``[batch, out_rows, filters]``, with time behind the batch with
    ``return_sequences``, and the states with ``return_state``.

    Source: https://arxiv.org/abs/1506.04214

    >>> import kerax as tf
    >>> tf.keras.layers.ConvLSTM1D(2, 2)(tf.ones((1, 2, 3, 1))).shape
    TensorShape([1, 2, 2])
    """

    def __init__(
        self,
        filters: int,
        kernel_size: Any,
        strides: Any = 1,
        padding: Any = "valid",
        data_format: Any = None,
        dilation_rate: Any = 1,
        activation: Any = "tanh",
        recurrent_activation: Any = _GATE,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        recurrent_initializer: Any = "orthogonal",
        bias_initializer: Any = "zeros",
        unit_forget_bias: bool = True,
        kernel_regularizer: Any = None,
        recurrent_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        recurrent_constraint: Any = None,
        bias_constraint: Any = None,
        dropout: float = 0.0,
        recurrent_dropout: float = 0.0,
        seed: Any = None,
        return_sequences: bool = False,
        return_state: bool = False,
        go_backwards: bool = False,
        stateful: bool = False,
        **kwargs: Any,
    ) -> None:
        given = {name: value for name, value in locals().items() if name not in ("self", "__class__")}
        self._init_conv_lstm(1, given)


class ConvLSTM2D(ConvLSTM):
    """A long short-term memory layer whose products are convolutions over 2 dimensions.

    Args:
      filters: int, number of channels of output and state.
      kernel_size: int, or one int per dimension.
      strides: int, or one int per dimension: of the inputs' convolution.
      padding: "valid" or "same": of the inputs' convolution.
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      dilation_rate: int, or one int per dimension: of the inputs' convolution.
      activation, recurrent_activation, use_bias, unit_forget_bias, dropout, recurrent_dropout, seed and the
        initializers, regularizers and constraints: as of ``keras.layers.LSTM``.
      return_sequences, return_state, go_backwards, stateful: as of ``keras.layers.RNN``.

    Takes float ``[batch, time, rows, columns, channels]`` (or channels before the dimensions); returns float
    ``[batch, out_rows, out_columns, filters]``, with time behind the batch with
    ``return_sequences``, and the states with ``return_state``.

    Source: https://arxiv.org/abs/1506.04214

    >>> import kerax as tf
    >>> tf.keras.layers.ConvLSTM2D(2, 2)(tf.ones((1, 2, 3, 3, 1))).shape
    TensorShape([1, 2, 2, 2])
    """

    def __init__(
        self,
        filters: int,
        kernel_size: Any,
        strides: Any = 1,
        padding: Any = "valid",
        data_format: Any = None,
        dilation_rate: Any = 1,
        activation: Any = "tanh",
        recurrent_activation: Any = _GATE,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        recurrent_initializer: Any = "orthogonal",
        bias_initializer: Any = "zeros",
        unit_forget_bias: bool = True,
        kernel_regularizer: Any = None,
        recurrent_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        recurrent_constraint: Any = None,
        bias_constraint: Any = None,
        dropout: float = 0.0,
        recurrent_dropout: float = 0.0,
        seed: Any = None,
        return_sequences: bool = False,
        return_state: bool = False,
        go_backwards: bool = False,
        stateful: bool = False,
        **kwargs: Any,
    ) -> None:
        given = {name: value for name, value in locals().items() if name not in ("self", "__class__")}
        self._init_conv_lstm(2, given)


class ConvLSTM3D(ConvLSTM):
    """A long short-term memory layer whose products are convolutions over 3 dimensions.

    Args:
      filters: int, number of channels of output and state.
      kernel_size: int, or one int per dimension.
      strides: int, or one int per dimension: of the inputs' convolution.
      padding: "valid" or "same": of the inputs' convolution.
      data_format: "channels_last" or "channels_first"; by default that of Keras' settings.
      dilation_rate: int, or one int per dimension: of the inputs' convolution.
      activation, recurrent_activation, use_bias, unit_forget_bias, dropout, recurrent_dropout, seed and the
        initializers, regularizers and constraints: as of ``keras.layers.LSTM``.
      return_sequences, return_state, go_backwards, stateful: as of ``keras.layers.RNN``.

    Takes float ``[batch, time, depth, rows, columns, channels]`` (or channels before the dimensions); returns float
    ``[batch, out_depth, out_rows, out_columns, filters]``, with time behind the batch with
    ``return_sequences``, and the states with ``return_state``.

    Source: https://arxiv.org/abs/1506.04214

    >>> import kerax as tf
    >>> tf.keras.layers.ConvLSTM3D(2, 2)(tf.ones((1, 2, 3, 3, 3, 1))).shape
    TensorShape([1, 2, 2, 2, 2])
    """

    def __init__(
        self,
        filters: int,
        kernel_size: Any,
        strides: Any = 1,
        padding: Any = "valid",
        data_format: Any = None,
        dilation_rate: Any = 1,
        activation: Any = "tanh",
        recurrent_activation: Any = _GATE,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        recurrent_initializer: Any = "orthogonal",
        bias_initializer: Any = "zeros",
        unit_forget_bias: bool = True,
        kernel_regularizer: Any = None,
        recurrent_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        recurrent_constraint: Any = None,
        bias_constraint: Any = None,
        dropout: float = 0.0,
        recurrent_dropout: float = 0.0,
        seed: Any = None,
        return_sequences: bool = False,
        return_state: bool = False,
        go_backwards: bool = False,
        stateful: bool = False,
        **kwargs: Any,
    ) -> None:
        given = {name: value for name, value in locals().items() if name not in ("self", "__class__")}
        self._init_conv_lstm(3, given)
