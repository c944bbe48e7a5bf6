"""``keras.layers.SimpleRNN`` and its cell."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core.op import op
from kerax.keras.layers.rnn.cell import GatedCell
from kerax.keras.layers.rnn.rnn import CellLayer


@op("projected, state, kernel, masks*")
def _step(projected, state, kernel, masks):
    """What activation gets: ``projected + state @ kernel``."""
    return projected + jnp.matmul(state * masks[0] if masks else state, kernel)


class SimpleRNNCell(GatedCell):
    """The cell of ``keras.layers.SimpleRNN``.

    ``h' = activation(x @ kernel + bias + h @ recurrent_kernel)``, which is the output too.

    Args:
      units: int, the size of output and state.
      activation: a function, or its name.
      use_bias: bool.
      kernel_initializer, recurrent_initializer, bias_initializer: initializers.
      kernel_regularizer, recurrent_regularizer, bias_regularizer: functions added to ``losses``.
      kernel_constraint, recurrent_constraint, bias_constraint: functions applied after an optimizer's update.
      dropout: float, the part of the inputs that is dropped in training, the same in all steps.
      recurrent_dropout: float, likewise of the states.
      seed: int.

    Takes float ``[batch, features]`` and the states float ``[batch, units]``; returns the output and the states.

    Raises:
      ValueError: ``units`` is not positive.

    >>> import kerax as tf
    >>> cell = tf.keras.layers.SimpleRNNCell(2)
    >>> output, states = cell(tf.ones((1, 3)), [tf.zeros((1, 2))])
    >>> output.shape, len(states)
    (TensorShape([1, 2]), 1)
    """

    gates = 1
    draws_first = True

    def __init__(
        self,
        units: int,
        activation: Any = "tanh",
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
        seed: Any = None,
        **kwargs: Any,
    ) -> None:
        self._init_cell({name: value for name, value in locals().items() if name not in ("self", "__class__")})

    def advance(self, projected: Any, states: Any, training: Any = False) -> tuple[Any, list[Any]]:
        state = states[0]
        out = _step(projected, state, self.recurrent_kernel, self.masks("recurrent", state, training))
        out = out if self.activation is None else self.activation(out)
        return out, [out]


class SimpleRNN(CellLayer):
    """A fully connected recurrent layer.

    ``h' = activation(x @ kernel + bias + h @ recurrent_kernel)``, which is the output too.

    Args:
      units: int, the size of output and state.
      activation: a function, or its name.
      use_bias: bool.
      kernel_initializer, recurrent_initializer, bias_initializer: initializers.
      kernel_regularizer, recurrent_regularizer, bias_regularizer, activity_regularizer: functions added to
        ``losses``.
      kernel_constraint, recurrent_constraint, bias_constraint: functions applied after an optimizer's update.
      dropout: float, the part of the inputs that is dropped in training, the same in all steps.
      recurrent_dropout: float, likewise of the states.
      seed: int.
      return_sequences, return_state, go_backwards, stateful, unroll: as of ``keras.layers.RNN``.

    Takes float ``[batch, time, features]``; returns float ``[batch, units]``, or ``[batch, time, units]`` with
    ``return_sequences``, and the states with ``return_state``.

    >>> import kerax as tf
    >>> tf.keras.layers.SimpleRNN(2)(tf.ones((1, 3, 4))).shape
    TensorShape([1, 2])
    """

    cell_class = SimpleRNNCell
    cell_name = "simple_rnn_cell"

    def __init__(
        self,
        units: int,
        activation: Any = "tanh",
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
        return_sequences: bool = False,
        return_state: bool = False,
        go_backwards: bool = False,
        stateful: bool = False,
        unroll: bool = False,
        seed: Any = None,
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

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        config.pop("seed", None)  # Keras leaves it out of this layer's
        return config
