"""What the cells of recurrent layers share: weights, dropout masks and config."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.core import open_sizes
from kerax.core.config import legacy_keras
from kerax.core.context import context
from kerax.core.op import op, static
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.keras import activations, constraints, initializers, regularizers
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.tracking import DotNotTrackScope
from kerax.keras.layers.regularization import dropout as dropout_layers
from kerax.keras.layers.regularization._noise import RandomLayer, in_training
from kerax.math.casting import cast
from kerax.math.products import check_inner

ROLES = ("kernel", "recurrent", "bias")
SETTINGS = {
    "initializer": initializers.serialize,
    "regularizer": regularizers.serialize,
    "constraint": constraints.serialize,
}


def weights_config(cell: Any) -> dict[str, Any]:
    """The config of a cell's initializers, regularizers and constraints."""
    return {
        f"{role}_{setting}": serialize(getattr(cell, f"{role}_{setting}"))
        for setting, serialize in SETTINGS.items()
        for role in ROLES
    }


@op("inputs, kernel, bias, masks*")
def _project(inputs, kernel, bias, masks):
    """``inputs @ kernel + bias``, with one mask for all gates or one for each."""
    check_inner(inputs, kernel, (inputs, kernel))
    if len(masks) < 2:
        out = jnp.matmul(inputs * masks[0] if masks else inputs, kernel)
    else:
        parts = jnp.split(kernel, len(masks), axis=1)
        out = jnp.concatenate(
            [jnp.matmul(inputs * mask, part) for mask, part in zip(masks, parts, strict=True)], axis=-1
        )
    return out if bias is None else out + bias


@op("z")
def split_gates(z, count):
    return jnp.split(z, count, axis=-1)


@op("x")
def ones_like(x):
    return jnp.ones_like(x)


def zero_states(batch_size: Any, sizes: Any, dtype: Any) -> list[Tensor]:
    """Zeros ``[batch, size]`` for each size."""
    batch_size = static(batch_size, "batch_size")
    return [zeros((batch_size, *shape_of_size(size)), dtype) for size in sizes]


def zeros(shape: Any, dtype: Any) -> Tensor:
    from kerax.core import dtypes

    dtype = dtypes.as_dtype(str(getattr(dtype, "name", dtype))).as_numpy_dtype
    if open_sizes.is_open(shape):
        return Tensor(jnp.zeros(shape, dtype), context.trace)
    return convert_to_tensor(np.zeros(shape, dtype))


def shape_of_size(size: Any) -> tuple[int, ...]:
    """The shape of a state of one example: a size is an int, or a shape."""
    if hasattr(size, "as_list"):
        return tuple(size.as_list())
    return tuple(size) if isinstance(size, (list, tuple)) else (int(size),)


class _MaskCache:
    """A dropout mask that all steps of one sequence share; in a program it holds for that program only."""

    def __init__(self) -> None:
        self._mask: Any = None
        self._trace: Any = None

    def get(self) -> Any:
        if self._mask is None:
            return None
        trace = context.trace
        while trace is not self._trace and trace is not None:
            trace = trace.parent
        return self._mask if trace is self._trace else None

    def put(self, mask: Any) -> Any:
        self._mask, self._trace = mask, context.trace
        return mask

    def clear(self) -> None:
        self._mask = self._trace = None

    def __deepcopy__(self, memo: Any) -> _MaskCache:
        return _MaskCache()

    def __reduce__(self) -> Any:
        return _MaskCache, ()


class DropoutRNNCell:
    """What a cell draws its dropout masks from, the same ones in all steps of a sequence.

    A cell of one's own has it beside ``Layer`` among its bases, and the attributes ``dropout`` and
    ``recurrent_dropout`` (rates), ``seed_generator``, and ``dropout_mask_count`` for a list of so many masks.
    """

    dropout: float = 0.0
    recurrent_dropout: float = 0.0
    dropout_mask_count: int | None = None
    seed_generator: Any = None

    def _draw(self, like: Any, rate: float) -> Any:
        ones = ones_like(like)
        masks = [
            dropout_layers.random.dropout(ones, rate, seed=self.seed_generator)
            for _ in range(self.dropout_mask_count or 1)
        ]
        return masks if self.dropout_mask_count else masks[0]

    def _cache(self, which: str) -> _MaskCache:
        caches = self.__dict__.get("_caches")
        if caches is None:
            with DotNotTrackScope():
                caches = self._caches = {"input": _MaskCache(), "recurrent": _MaskCache()}
        return caches[which]

    def _cached(self, which: str, like: Any, rate: float) -> Any:
        cache = self._cache(which)
        found = cache.get()
        return cache.put(self._draw(like, rate)) if found is None and rate > 0 else found

    def get_dropout_mask(self, step_input: Any) -> Any:
        """The mask for inputs ``[batch, features]`` (a list of one per gate where the gates differ), or None."""
        return self._cached("input", step_input, self.dropout)

    def get_recurrent_dropout_mask(self, step_input: Any) -> Any:
        """The mask for states ``[batch, units]`` (a list of one per gate where the gates differ), or None."""
        return self._cached("recurrent", step_input, self.recurrent_dropout)

    def get_dropout_mask_for_cell(self, inputs: Any, training: Any, count: int = 1) -> Any:
        """Keras 2's form of ``get_dropout_mask``: a list of ``count`` masks (one mask for 1)."""
        return self._counted(inputs, self.dropout, training, count)

    def get_recurrent_dropout_mask_for_cell(self, inputs: Any, training: Any, count: int = 1) -> Any:
        """Keras 2's form of ``get_recurrent_dropout_mask``."""
        return self._counted(inputs, self.recurrent_dropout, training, count)

    def _counted(self, like: Any, rate: float, training: Any, count: int) -> Any:
        if not rate:
            return None
        ones = ones_like(like)
        masks = [
            in_training(training, lambda: dropout_layers.random.dropout(ones, rate, seed=self.seed_generator), ones)
            for _ in range(count)
        ]
        return masks if count > 1 else masks[0]

    def reset_dropout_mask(self) -> None:
        """Lets the next sequence draw a mask of its own."""
        self._cache("input").clear()

    def reset_recurrent_dropout_mask(self) -> None:
        self._cache("recurrent").clear()


class DropoutCell(DropoutRNNCell, RandomLayer):
    """A cell that drops elements of its input and of its state."""

    def _init_dropout(self, dropout: Any, recurrent_dropout: Any, seed: Any) -> None:
        self.seed = seed
        self.dropout = min(1.0, max(0.0, dropout))
        self.recurrent_dropout = min(1.0, max(0.0, recurrent_dropout))
        self._make_generator(seed)

    def masks(self, which: str, like: Any, training: Any) -> list[Any]:
        """The masks to multiply with: none outside of training, one for all gates, or one for each."""
        rate = self.dropout if which == "input" else self.recurrent_dropout
        if not 0 < rate < 1 or (training is None or training is False):
            return []
        getter = self.get_dropout_mask if which == "input" else self.get_recurrent_dropout_mask
        found = getter(like)
        found = found if isinstance(found, list) else [found]
        return [in_training(training, lambda mask=mask: mask, ones_like(mask)) for mask in found]


class SplitCell(DropoutCell):
    """A cell whose step is ``advance(project(inputs), states)``.

    ``project`` knows nothing of the states, so a layer does it for all time steps at once, before its loop.
    """

    step_rank = 2  # of the inputs of a step

    def project(self, inputs: Any, training: Any = False) -> Any:
        """What the inputs of one step, or of all steps with time first, add to the gates."""
        raise NotImplementedError

    def advance(self, projected: Any, states: Any, training: Any = False) -> tuple[Any, list[Any]]:
        """(output, states) after a step."""
        raise NotImplementedError

    def fits(self, sequences: Any) -> bool:
        """Whether ``project`` takes the sequences; if not, the error is to come from a step."""
        return True

    def call(self, inputs: Any, states: Any, training: Any = False) -> Any:
        nested = isinstance(states, (list, tuple))
        output, after = self.advance(self.project(inputs, training), states if nested else [states], training)
        return output, after if nested else after[0]


class GatedCell(SplitCell):
    """A cell with gates: a matrix each for the inputs, the state and the bias.

    Args:
      units: int, the size of output and state.
      activation, recurrent_activation: functions or their names.
      use_bias: bool.
      kernel_initializer, recurrent_initializer, bias_initializer: initializers.
      kernel_regularizer, recurrent_regularizer, bias_regularizer: functions added to ``losses``.
      kernel_constraint, recurrent_constraint, bias_constraint: functions applied after an optimizer's update.
      dropout, recurrent_dropout: floats, 0 to 1.
      seed: int.
    """

    gates = 1
    draws_first = False  # whether the seed of dropout is drawn before those of the initializers, as Keras does
    bias: Any = None
    recurrent_activation: Any = None

    def _init_cell(self, arguments: dict[str, Any]) -> None:
        """Takes a constructor's arguments, named as the attributes."""
        units = arguments["units"]
        if units <= 0:
            raise ValueError(
                f"Received an invalid value for argument `units`, expected a positive integer, got {units}."
            )
        kwargs = dict(arguments["kwargs"])
        implementation = kwargs.pop("implementation", 2)
        kwargs.pop("enable_caching_device", None)
        Layer.__init__(self, **kwargs)
        self.units = units
        self.use_bias = arguments["use_bias"]
        self.activation = activations.get(arguments["activation"])
        if "recurrent_activation" in arguments:
            self.recurrent_activation = activations.get(arguments["recurrent_activation"])
        if self.draws_first:
            self._init_dropout(arguments["dropout"], arguments["recurrent_dropout"], arguments["seed"])
        for role in ROLES:
            setattr(self, f"{role}_initializer", initializers.get(arguments[f"{role}_initializer"]))
            setattr(self, f"{role}_regularizer", regularizers.get(arguments[f"{role}_regularizer"]))
            setattr(self, f"{role}_constraint", constraints.get(arguments[f"{role}_constraint"]))
        if not self.draws_first:
            self._init_dropout(arguments["dropout"], arguments["recurrent_dropout"], arguments["seed"])
        self.implementation = 1 if self.recurrent_dropout != 0 else implementation
        if self.gates > 1 and self.implementation == 1:
            self.dropout_mask_count = self.gates
        self.state_size: Any = units
        self.output_size = units

    def build(self, input_shape: Any) -> None:
        self.kernel = self._matrix("kernel", (input_shape[-1], self.units * self.gates), "kernel")
        self.recurrent_kernel = self._matrix("recurrent_kernel", (self.units, self.units * self.gates), "recurrent")
        self.bias = None
        if self.use_bias:
            self.bias = self._matrix("bias", self._bias_shape(), "bias", self._initial_bias())

    def _matrix(self, name: str, shape: Any, role: str, initializer: Any = None) -> Any:
        return self.add_weight(
            shape=shape,
            name=name,
            initializer=initializer or getattr(self, f"{role}_initializer"),
            regularizer=getattr(self, f"{role}_regularizer"),
            constraint=getattr(self, f"{role}_constraint"),
        )

    def _bias_shape(self) -> tuple[int, ...]:
        return (self.units * self.gates,)

    def _initial_bias(self) -> Any:
        return self.bias_initializer

    def _input_bias(self) -> Any:
        return self.bias

    def fits(self, sequences: Any) -> bool:
        return sequences.shape[-1] == self.kernel.shape[0]

    def project(self, inputs: Any, training: Any = False) -> Any:
        """What the inputs ``[..., features]`` add to the gates, ``[..., units · gates]``."""
        if inputs.dtype.is_integer and not legacy_keras():  # Keras 3's matmul takes them
            inputs = cast(inputs, self.compute_dtype)
        like = inputs if len(inputs.shape) == self.step_rank else first_step(inputs)
        return _project(inputs, self.kernel, self._input_bias(), self.masks("input", like, training))

    def get_initial_state(self, inputs: Any = None, batch_size: Any = None, dtype: Any = None) -> Any:
        """Zeros for the states of a batch.

        Args:
          inputs: tensor ``[batch, ...]``, in place of ``batch_size`` and ``dtype`` (Keras 2).
          batch_size: int.
          dtype: by default the dtype of computations.
        """
        if isinstance(inputs, int):
            inputs, batch_size = None, inputs
        if inputs is not None:
            batch_size, dtype = inputs.shape[0], inputs.dtype
        sizes = self.state_size if isinstance(self.state_size, (list, tuple)) else [self.state_size]
        found = zero_states(batch_size, sizes, dtype or self.compute_dtype)
        return found[0] if legacy_keras() and not isinstance(self.state_size, (list, tuple)) else found

    def get_config(self) -> dict[str, Any]:
        config: dict[str, Any] = {"units": self.units, "activation": activations.serialize(self.activation)}
        if self.recurrent_activation is not None:
            config["recurrent_activation"] = activations.serialize(self.recurrent_activation)
        config["use_bias"] = self.use_bias
        config.update(weights_config(self))
        config.update(dropout=self.dropout, recurrent_dropout=self.recurrent_dropout)
        if not legacy_keras():
            config["seed"] = self.seed
        elif self.gates > 1:
            config["implementation"] = self.implementation
        return {**super().get_config(), **config}


@op("x")
def first_step(x):
    """The first step of inputs with time first."""
    return x[0]


class AbstractRNNCell(Layer):
    """The base of cells of one's own (Keras 2): subclass it with ``call``, ``state_size`` and ``output_size``.

    >>> import kerax as tf
    >>> class Sum(tf.keras.layers.AbstractRNNCell):
    ...     state_size = output_size = 2
    ...     def call(self, inputs, states):
    ...         return inputs + states[0], [inputs + states[0]]
    >>> tf.keras.layers.RNN(Sum())(tf.ones((1, 3, 2))).numpy()
    array([[3., 3.]], dtype=float32)
    """

    def call(self, inputs: Any, states: Any) -> Any:
        """(output, states) after a step."""
        raise NotImplementedError

    @property
    def state_size(self) -> Any:
        """int, shape, or list of such: the size of each state."""
        raise NotImplementedError

    @property
    def output_size(self) -> Any:
        """int or shape: the size of the output."""
        raise NotImplementedError

    def get_initial_state(self, inputs: Any = None, batch_size: Any = None, dtype: Any = None) -> Any:
        """Zeros for the states of a batch."""
        if inputs is not None:
            batch_size, dtype = inputs.shape[0], inputs.dtype
        sizes = self.state_size
        several = isinstance(sizes, (list, tuple))
        found = zero_states(batch_size, sizes if several else [sizes], dtype or self.compute_dtype)
        return found if several else found[0]
