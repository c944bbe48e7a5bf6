"""``keras.layers.GRU`` and its cell."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core.op import op
from kerax.keras.layers.rnn.cell import GatedCell, split_gates
from kerax.keras.layers.rnn.rnn import CellLayer, from_cell


@op("state, kernel, bias, masks*")
def _recurrent(state, kernel, bias, masks):
    """``state @ kernel + bias`` for some of the gates, with a mask for each of them, one for all, or none."""
    if len(masks) < 2:
        out = jnp.matmul(state * masks[0] if masks else state, kernel)
    else:
        parts = jnp.split(kernel, len(masks), axis=1)
        out = jnp.concatenate([jnp.matmul(state * m, k) for m, k in zip(masks, parts, strict=True)], axis=-1)
    return out if bias is None else out + bias


@op("kernel")
def _part(kernel, start, end):
    return kernel[..., start:end]


@op("bias")
def _bias_row(bias, row):
    return bias[row]


class GRUCell(GatedCell):
    """The cell of ``keras.layers.GRU``.

    With the gates ``z, r, n`` of ``x @ kernel + bias`` and σ the recurrent activation:
    ``h' = σ(z) · h + (1 - σ(z)) · activation(n + σ(r) · (h @ recurrent_kernel_n + bias_n))``, which is the output;
    with ``reset_after=False`` the product is of ``σ(r) · h``.

    Args:
      units: int, the size of output and state.
      activation: a function, or its name.
      recurrent_activation: a function, or its name: of the gates.
      use_bias: bool.
      kernel_initializer, recurrent_initializer, bias_initializer: initializers.
      kernel_regularizer, recurrent_regularizer, bias_regularizer: functions added to ``losses``.
      kernel_constraint, recurrent_constraint, bias_constraint: functions applied after an optimizer's update.
      dropout: float, the part of the inputs that is dropped in training, the same in all steps.
      recurrent_dropout: float, likewise of the states.
      reset_after: bool, whether the reset gate comes after the product.
      seed: int.

    Takes float ``[batch, features]`` and the states float ``[batch, units]``; returns the output and the states.

    Raises:
      ValueError: ``units`` is not positive.

    >>> import kerax as tf
    >>> cell = tf.keras.layers.GRUCell(2)
    >>> output, states = cell(tf.ones((1, 3)), [tf.zeros((1, 2))])
    >>> output.shape, len(states)
    (TensorShape([1, 2]), 1)
    """

    gates = 3

    def __init__(
        self,
        units: int,
        activation: Any = "tanh",
        recurrent_activation: Any = "sigmoid",
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        recurrent_initializer: Any = "orthogonal",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        recurrent_regularizer: Any = None,
        bias_regularizer: Any = None,
        kernel_constraint: Any = None,
        recurrent_constraint: Any = None,
        bias_constraint: Any = None,
        dropout: float = 0.0,
        recurrent_dropout: float = 0.0,
        reset_after: bool = True,
        seed: Any = None,
        **kwargs: Any,
    ) -> None:
        self._init_cell({name: value for name, value in locals().items() if name not in ("self", "__class__")})
        self.reset_after = reset_after

    def _bias_shape(self) -> tuple[int, ...]:
        return (2, 3 * self.units) if self.reset_after else (3 * self.units,)

    def _input_bias(self) -> Any:
        return _bias_row(self.bias, 0) if self.bias is not None and self.reset_after else self.bias

    def advance(self, projected: Any, states: Any, training: Any = False) -> tuple[Any, list[Any]]:
        state, units = states[0], self.units
        masks = self.masks("recurrent", state, training)
        new_z, new_r, new = split_gates(projected, 3)
        if self.reset_after:
            bias = None if self.bias is None else _bias_row(self.bias, 1)
            old_z, old_r, old = split_gates(_recurrent(state, self.recurrent_kernel, bias, masks), 3)
        else:
            gates = _part(self.recurrent_kernel, 0, 2 * units)
            old_z, old_r = split_gates(_recurrent(state, gates, None, masks[:2]), 2)
        update, reset = self.recurrent_activation(new_z + old_z), self.recurrent_activation(new_r + old_r)
        if self.reset_after:
            old = reset * old
        else:
            old = _recurrent(reset * state, _part(self.recurrent_kernel, 2 * units, 3 * units), None, masks[-1:])
        state = update * state + (1 - update) * self.activation(new + old)
        return state, [state]

    def get_config(self) -> dict[str, Any]:
        config = {**super().get_config(), "reset_after": self.reset_after}
        if "seed" in config:
            config["seed"] = config.pop("seed")  # the last
        return config


class GRU(CellLayer):
    """A gated recurrent unit layer.

    With the gates ``z, r, n`` of ``x @ kernel + bias`` and σ the recurrent activation:
    ``h' = σ(z) · h + (1 - σ(z)) · activation(n + σ(r) · (h @ recurrent_kernel_n + bias_n))``, which is the output;
    with ``reset_after=False`` the product is of ``σ(r) · h``.

    Args:
      units: int, the size of output and state.
      activation: a function, or its name.
      recurrent_activation: a function, or its name: of the gates.
      use_bias: bool.
      kernel_initializer, recurrent_initializer, bias_initializer: initializers.
      kernel_regularizer, recurrent_regularizer, bias_regularizer, activity_regularizer: functions added to
        ``losses``.
      kernel_constraint, recurrent_constraint, bias_constraint: functions applied after an optimizer's update.
      dropout: float, the part of the inputs that is dropped in training, the same in all steps.
      recurrent_dropout: float, likewise of the states.
      reset_after: bool, whether the reset gate comes after the product.
      seed: int.
      return_sequences, return_state, go_backwards, stateful, unroll: as of ``keras.layers.RNN``.
      use_cudnn: "auto" or bool; True raises where there is no GPU or cuDNN knows no such layer. XLA compiles the loop.

    Takes float ``[batch, time, features]``; returns float ``[batch, units]``, or ``[batch, time, units]`` with
    ``return_sequences``, and the states with ``return_state``.

    Source: https://arxiv.org/abs/1406.1078

    >>> import kerax as tf
    >>> tf.keras.layers.GRU(2)(tf.ones((1, 3, 4))).shape
    TensorShape([1, 2])
    """

    cell_class = GRUCell
    cell_name = "gru_cell"

    def __init__(
        self,
        units: int,
        activation: Any = "tanh",
        recurrent_activation: Any = "sigmoid",
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        recurrent_initializer: Any = "orthogonal",
        bias_initializer: Any = "zeros",
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
        unroll: bool = False,
        reset_after: bool = True,
        use_cudnn: Any = "auto",
        **kwargs: Any,
    ) -> None:
        self._init_layer(
            {name: value for name, value in locals().items() if name not in ("self", "__class__")},
            return_sequences=return_sequences,
            return_state=return_state,
            go_backwards=go_backwards,
            stateful=stateful,
            unroll=unroll,
        )
        if use_cudnn not in ("auto", True, False):
            raise ValueError(
                "Invalid valid received for argument `use_cudnn`. Expected one of {'auto', True, False}. Received: "
                f"use_cudnn={use_cudnn}"
            )
        self.use_cudnn = use_cudnn

    reset_after = from_cell("reset_after")
