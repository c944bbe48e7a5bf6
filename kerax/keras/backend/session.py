"""Keras 2's ``K`` functions that act: values and updates of variables, phases, loops, functions of graphs."""

from __future__ import annotations

import contextlib
import sys
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

import kerax.array_ops as tf
from kerax import nn as tf_nn
from kerax.core import control_flow, custom_gradient, nest, state
from kerax.core import map_fn as _maps
from kerax.core.effects import print_ as _print
from kerax.core.tensor import convert_to_tensor, is_tensor
from kerax.core.value import Tensor
from kerax.keras.backend.arrays import random_bernoulli, to_dense
from kerax.keras.engine import global_state
from kerax.keras.engine.settings import floatx
from kerax.math.casting import cast


# --- values -------------------------------------------------------------------------------------------------------
def get_value(x: Any) -> Any:
    """The value of a tensor or variable as numpy; other values as they are."""
    if not is_tensor(x):
        return x
    with state.init_scope():
        return x.numpy()


def batch_get_value(tensors: Any) -> list[Any]:
    """The values of several tensors or variables."""
    return [get_value(tensor) for tensor in tensors]


def set_value(x: Any, value: Any) -> None:
    """Gives a variable a value."""
    x.assign(np.asarray(value, dtype=str(getattr(x.dtype, "name", x.dtype))))


def batch_set_value(tuples: Any) -> None:
    """Gives several variables values, in pairs (variable, value)."""
    for variable, value in tuples:
        set_value(variable, value)


def eval(x: Any) -> Any:
    """The value of a tensor as numpy; a sparse one becomes dense."""
    return get_value(to_dense(x))


def print_tensor(x: Any, message: str = "", summarize: int = 3) -> Any:
    """Prints a tensor when it is computed, and returns it."""
    _print(message, x, output_stream=sys.stdout, summarize=summarize)
    return x


# --- updates ------------------------------------------------------------------------------------------------------
def update(x: Any, new_x: Any) -> Any:
    """Gives a variable a value; returns it."""
    return x.assign(new_x)


def update_add(x: Any, increment: Any) -> Any:
    """Adds to a variable; returns it."""
    return x.assign_add(increment)


def update_sub(x: Any, decrement: Any) -> Any:
    """Subtracts from a variable; returns it."""
    return x.assign_sub(decrement)


def moving_average_update(x: Any, value: Any, momentum: Any) -> Any:
    """Moves a variable toward a value: ``x = momentum * x + (1 - momentum) * value``."""
    momentum, value = cast(momentum, x.dtype), cast(value, x.dtype)
    return x.assign_sub((x - value) * (1 - momentum))


# --- gradients ----------------------------------------------------------------------------------------------------
def gradients(loss: Any, variables: Any) -> Any:
    """Gradients of a loss in a graph; eagerly use ``tf.GradientTape``."""
    return custom_gradient.gradients(loss, variables)


def stop_gradient(variables: Any) -> Any:
    """Values through which no gradient flows, of one tensor or a list."""
    if isinstance(variables, (list, tuple)):
        return [tf.stop_gradient(variable) for variable in variables]
    return tf.stop_gradient(variables)


# --- branches and loops -------------------------------------------------------------------------------------------
def _called(value: Any) -> Any:
    return value() if callable(value) else value


def switch(condition: Any, then_expression: Any, else_expression: Any) -> Any:
    """One of two tensors (or functions that return one), by a scalar condition or element by element.

    Raises:
      ValueError: the condition has a higher rank than the tensors.
    """
    condition = convert_to_tensor(condition) if isinstance(condition, (bool, int)) else condition
    if str(getattr(condition.dtype, "name", condition.dtype)) != "bool":
        condition = cast(condition, "bool")
    rank = len(condition.shape)
    if not rank:
        return control_flow.cond(condition, lambda: _called(then_expression), lambda: _called(else_expression))
    chosen, other = _called(then_expression), _called(else_expression)
    wanted = len(chosen.shape)
    if rank > wanted:
        raise ValueError(
            "Rank of `condition` should be less than or equal to rank of `then_expression` and `else_expression`. "
            f"ndim(condition)={rank}, ndim(then_expression)={wanted}"
        )
    if rank > 1 and rank < wanted:
        condition = tf.reshape(condition, [*condition.shape, *[1] * (wanted - rank)])
    return tf.where(condition, chosen, other)


def foldl(fn: Callable[..., Any], elems: Any, initializer: Any = None, name: Any = None) -> Any:
    """A function of (result so far, element) applied from the first element to the last."""
    return _maps.foldl(fn, elems, initializer=initializer)


def foldr(fn: Callable[..., Any], elems: Any, initializer: Any = None, name: Any = None) -> Any:
    """A function of (result so far, element) applied from the last element to the first."""
    return _maps.foldr(fn, elems, initializer=initializer)


def map_fn(fn: Callable[..., Any], elems: Any, name: Any = None, dtype: Any = None) -> Any:
    """A function applied to each element, the results stacked."""
    return _maps.map_fn(fn, elems, fn_output_signature=dtype)


def rnn(
    step_function: Callable[..., Any],
    inputs: Any,
    initial_states: Any,
    go_backwards: bool = False,
    mask: Any = None,
    constants: Any = None,
    unroll: bool = False,
    input_length: Any = None,
    time_major: bool = False,
    zero_output_for_mask: bool = False,
    return_all_outputs: bool = True,
) -> tuple[Any, Any, Any]:
    """Calls a step function for each time step.

    Args:
      step_function: function ``(inputs of a step, states) → (output, new states)``.
      inputs: tensor ``[batch, time, ...]`` or structure of such.
      initial_states: list of tensors.
      go_backwards: bool, whether the last step comes first.
      mask: bool tensor ``[batch, time]``; a masked step keeps states and output.
      constants: list of tensors that every step gets behind its states.
      unroll: bool, whether python repeats the step.
      input_length: number of steps, or int tensor ``[batch]``.
      time_major: bool, whether time is the first axis.
      zero_output_for_mask: bool, whether a masked step's output is zero.
      return_all_outputs: bool, whether the outputs of all steps are returned.

    Returns:
      (last output, outputs ``[batch, time, ...]``, new states).
    """
    from kerax.keras.layers.rnn.recurrence import recur

    if mask is not None:
        mask = cast(mask, "bool")
        mask = tf.expand_dims(mask, -1) if len(mask.shape) == 2 else mask
    return recur(
        step_function,
        nest.map_structure(convert_to_tensor, inputs),
        list(initial_states),
        go_backwards=go_backwards,
        mask=mask,
        constants=list(constants or ()),
        unroll=unroll,
        input_length=input_length,
        time_major=time_major,
        zero_output_for_mask=zero_output_for_mask,
        return_all_outputs=return_all_outputs,
    )


# --- phases (Keras 2) -----------------------------------------------------------------------------------------------
def learning_phase() -> int:
    """1 where layers are to train, 0 where they are to predict."""
    return global_state.get("learning_phase", 0)


def set_learning_phase(value: Any) -> None:
    """Sets the learning phase, 0 or 1."""
    warnings.warn(
        "`tf.keras.backend.set_learning_phase` is deprecated. Pass a True/False value to the `training` argument of "
        "the `__call__` method of your layer or model.",
        stacklevel=2,
    )
    _set_phase(value)


def _set_phase(value: Any) -> None:
    if value not in (0, 1, True, False):
        raise ValueError("Expected learning phase to be 0 or 1.")
    global_state.put("learning_phase", int(value))


@contextlib.contextmanager
def learning_phase_scope(value: Any) -> Iterator[None]:
    """A learning phase for a while."""
    warnings.warn(
        "`tf.keras.backend.learning_phase_scope` is deprecated. Pass a True/False value to the `training` argument of "
        "the `__call__` method of your layer or model.",
        stacklevel=3,
    )
    before = learning_phase()
    _set_phase(value)
    try:
        yield
    finally:
        _set_phase(before)


def in_train_phase(x: Any, alt: Any, training: Any = None) -> Any:
    """``x`` (a value, or a function that returns it) while training, ``alt`` else."""
    if training is None:
        context = global_state.get("current_call_ctx")
        training = None if context is None else context.values.get("training")
    if training is None:
        training = learning_phase()
    if not is_tensor(training):
        return _called(x) if training else _called(alt)
    return switch(training, x, alt)


def in_test_phase(x: Any, alt: Any, training: Any = None) -> Any:
    """``x`` while not training, ``alt`` else."""
    return in_train_phase(alt, x, training=training)


# --- graphs (Keras 2) -----------------------------------------------------------------------------------------------
def function(inputs: Any, outputs: Any, updates: Any = None, name: Any = None, **kwargs: Any) -> Callable[..., Any]:
    """A function from values of symbolic inputs to values of symbolic outputs.

    Raises:
      ValueError: ``updates`` or session arguments are given.
    """
    if kwargs:
        raise ValueError(f"Session keyword arguments are not supported during eager execution. You passed: {kwargs}")
    if updates:
        raise ValueError(f"`updates` argument is not supported during eager execution. You passed: {updates}")
    from kerax.keras.engine.model import Model

    model = Model(inputs=inputs, outputs=outputs)
    wrap = isinstance(outputs, list) and len(outputs) == 1

    def run(model_inputs: Any) -> Any:
        found = model(model_inputs)
        return nest.map_structure(_to_numpy, [found] if wrap and not isinstance(found, list) else found)

    return run


def _to_numpy(value: Any) -> Any:
    if not isinstance(value, Tensor):
        return value
    array = value.numpy()
    return array.item() if np.ndim(array) == 0 else array


def placeholder(
    shape: Any = None, ndim: Any = None, dtype: Any = None, sparse: bool = False, name: Any = None, ragged: bool = False
) -> Any:
    """A symbolic tensor of a shape.

    Raises:
      ValueError: both sparse and ragged.
    """
    if sparse and ragged:
        raise ValueError("Cannot set both sparse and ragged to True when creating a placeholder.")
    from kerax.keras.engine.input_layer import Input

    if not shape and ndim:
        shape = (None,) * ndim
    shape = tuple(shape or ())
    return Input(batch_shape=shape, dtype=dtype or floatx(), name=name, sparse=sparse or None, ragged=ragged or None)


def random_binomial(shape: Any, p: float = 0.0, dtype: Any = None, seed: Any = None) -> Any:
    """The old name of ``random_bernoulli``."""
    warnings.warn(
        "`tf.keras.backend.random_binomial` is deprecated. Please use `tf.keras.backend.random_bernoulli` instead.",
        stacklevel=2,
    )
    return random_bernoulli(shape, p, dtype, seed)


def normalize_batch_in_training(
    x: Any, gamma: Any, beta: Any, reduction_axes: Any, epsilon: float = 1e-3
) -> tuple[Any, Any, Any]:
    """A batch normalized by its own moments, with the mean and the variance."""
    axes = list(reduction_axes)
    mean, variance = tf_nn.moments(x, axes)
    shape = [1 if axis in axes else int(size) if size is not None else -1 for axis, size in enumerate(x.shape)]
    parts = [None if part is None else tf.reshape(part, shape) for part in (mean, variance, beta, gamma)]
    return tf_nn.batch_normalization(x, *parts, epsilon), mean, variance


def manual_variable_initialization(value: bool) -> None:
    """Accepted for old programs; variables always have their value."""
    global_state.put("manual_variable_initialization", bool(value))
