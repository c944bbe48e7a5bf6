"""``keras.layers.LSTM`` and its cell."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.array_ops import concat
from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras import initializers
from kerax.keras.layers._config_order import inserted_after
from kerax.keras.layers.rnn.cell import GatedCell, split_gates
from kerax.keras.layers.rnn.rnn import CellLayer, from_cell


@op("projected, state, kernel, masks*")
def _gates(projected, state, kernel, masks):
    """The four gates before their activation: ``projected + state @ kernel``, a mask for each gate or none."""
    if not masks:
        return projected + jnp.matmul(state, kernel)
    parts = jnp.split(kernel, 4, axis=1)
    masks = masks if len(masks) == 4 else masks * 4
    return projected + jnp.concatenate([jnp.matmul(state * m, k) for m, k in zip(masks, parts, strict=True)], -1)


class LSTMCell(GatedCell):
    """The cell of ``keras.layers.LSTM``.

    With the gates ``i, f, g, o = x @ kernel + h @ recurrent_kernel + bias``:
    ``c' = σ(f) · c + σ(i) · activation(g)``, ``h' = σ(o) · activation(c')``, which is the output; σ is the recurrent
    activation.

    Args:
      units: int, the size of output and state.
      activation: a function, or its name.
      recurrent_activation: a function, or its name: of the gates.
      use_bias: bool.
      kernel_initializer, recurrent_initializer, bias_initializer: initializers.
      unit_forget_bias: bool, whether the forget gate's bias begins with 1.
      kernel_regularizer, recurrent_regularizer, bias_regularizer: functions added to ``losses``.
      kernel_constraint, recurrent_constraint, bias_constraint: functions applied after an optimizer's update.
      dropout: float, the part of the inputs that is dropped in training, the same in all steps.
      recurrent_dropout: float, likewise of the states.
      seed: int.

    Takes float ``[batch, features]`` and the states float ``[batch, units]``; returns the output and the states.

    Raises:
      ValueError: ``units`` is not positive.

    >>> import kerax as tf
    >>> cell = tf.keras.layers.LSTMCell(2)
    >>> output, states = cell(tf.ones((1, 3)), [tf.zeros((1, 2))] * 2)
    >>> output.shape, len(states)
    (TensorShape([1, 2]), 2)
    """

    gates = 4

    def __init__(
        self,
        units: int,
        activation: Any = "tanh",
        recurrent_activation: Any = "sigmoid",
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
        self._init_cell({name: value for name, value in locals().items() if name not in ("self", "__class__")})
        self.unit_forget_bias = unit_forget_bias
        self.state_size = [self.units, self.units]

    def _initial_bias(self) -> Any:
        if not self.unit_forget_bias:
            return self.bias_initializer

        def initializer(shape: Any, *args: Any, **kwargs: Any) -> Any:
            units = self.units
            ones = initializers.get("ones")((units,), *args, **kwargs)
            rest = self.bias_initializer
            return concat([rest((units,), *args, **kwargs), ones, rest((units * 2,), *args, **kwargs)], 0)

        return initializer

    def advance(self, projected: Any, states: Any, training: Any = False) -> tuple[Any, list[Any]]:
        state, carry = states[0], states[1]
        z = _gates(projected, state, self.recurrent_kernel, self.masks("recurrent", state, training))
        enter, forget, new, out = split_gates(z, 4)
        carry = self.recurrent_activation(forget) * carry + self.recurrent_activation(enter) * self.activation(new)
        state = self.recurrent_activation(out) * self.activation(carry)
        return state, [state, carry]

    def get_config(self) -> dict[str, Any]:
        before = "bias_initializer" if legacy_keras() else "use_bias"
        return inserted_after(super().get_config(), before, unit_forget_bias=self.unit_forget_bias)


class LSTM(CellLayer):
    """A long short-term memory layer.

    With the gates ``i, f, g, o = x @ kernel + h @ recurrent_kernel + bias``:
    ``c' = σ(f) · c + σ(i) · activation(g)``, ``h' = σ(o) · activation(c')``, which is the output; σ is the recurrent
    activation.

    Args:
      units: int, the size of output and state.
      activation: a function, or its name.
      recurrent_activation: a function, or its name: of the gates.
      use_bias: bool.
      kernel_initializer, recurrent_initializer, bias_initializer: initializers.
      unit_forget_bias: bool, whether the forget gate's bias begins with 1.
      kernel_regularizer, recurrent_regularizer, bias_regularizer, activity_regularizer: functions added to
        ``losses``.
      kernel_constraint, recurrent_constraint, bias_constraint: functions applied after an optimizer's update.
      dropout: float, the part of the inputs that is dropped in training, the same in all steps.
      recurrent_dropout: float, likewise of the states.
      seed: int.
      return_sequences, return_state, go_backwards, stateful, unroll: as of ``keras.layers.RNN``.
      use_cudnn: "auto" or bool; True raises where there is no GPU or cuDNN knows no such layer. XLA compiles the loop.

    Takes float ``[batch, time, features]``; returns float ``[batch, units]``, or ``[batch, time, units]`` with
    ``return_sequences``, and the states with ``return_state``.

    Source: https://www.bioinf.jku.at/publications/older/2604.pdf

    >>> import kerax as tf
    >>> tf.keras.layers.LSTM(2)(tf.ones((1, 3, 4))).shape
    TensorShape([1, 2])
    """

    cell_class = LSTMCell
    cell_name = "lstm_cell"

    def __init__(
        self,
        units: int,
        activation: Any = "tanh",
        recurrent_activation: Any = "sigmoid",
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
        unroll: bool = False,
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

    unit_forget_bias = from_cell("unit_forget_bias")

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        return inserted_after(config, "bias_initializer", unit_forget_bias=config.pop("unit_forget_bias"))
