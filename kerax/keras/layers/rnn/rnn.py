"""``keras.layers.RNN``: a cell repeated over time."""

from __future__ import annotations

import inspect
from typing import Any

import jax

from kerax.core import config as core_config
from kerax.core import nest
from kerax.core.context import context
from kerax.core.function import function
from kerax.core.origin import is_own
from kerax.core.tensor import convert_to_tensor, is_tensor
from kerax.core.value import Tensor
from kerax.keras import regularizers
from kerax.keras.engine.abstract import true_shape
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.input_spec import InputSpec
from kerax.keras.engine.layer import Layer
from kerax.keras.engine.names import name_scope
from kerax.keras.engine.operation import infer
from kerax.keras.engine.tracking import DotNotTrackScope
from kerax.keras.engine.variable import Variable
from kerax.keras.layers._config_order import inserted_after
from kerax.keras.layers.rnn import recurrence
from kerax.keras.layers.rnn.cell import ROLES, DropoutRNNCell, SplitCell, shape_of_size, zero_states
from kerax.keras.layers.rnn.sequence_layer import SequenceLayer
from kerax.keras.layers.rnn.stacked_rnn_cells import StackedRNNCells
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object
from kerax.math.casting import cast

_UNKNOWN_LENGTH = (
    "Cannot unroll a RNN if the time dimension is undefined. \n- If using a Sequential model, specify the time "
    "dimension by passing an `Input()` as your first layer.\n- If using the functional API, specify the time "
    "dimension by passing a `shape` or `batch_shape` argument to your `Input()`."
)


class RNN(SequenceLayer):
    """A layer that calls a cell for each time step, with the states that the step before left.

    A call is one program with one loop; the cells of Keras multiply the inputs of all steps at once before it.

    Args:
      cell: a cell, or a list of cells for a stack: an object with ``call(inputs, states) → (output, states)`` and
        ``state_size`` (int, or a list of one per state).
      return_sequences: bool, whether the outputs of all steps are returned rather than the last one.
      return_state: bool, whether the last states are returned behind the output.
      go_backwards: bool, whether the last step comes first.
      stateful: bool, whether the states are kept for the next batch, whose examples continue this one's.
      unroll: bool, whether the loop is written out.
      zero_output_for_mask: bool, whether masked steps give zeros rather than the output before.
      **kwargs: Keras 2's ``time_major``; those of Layer.

    Takes float ``[batch, time, features]`` (``[time, batch, features]`` with ``time_major``), and in a call
    ``initial_state`` (list of tensors), ``mask`` bool ``[batch, time]``, ``training``, and ``constants`` for the cell.
    Returns float ``[batch, units]``, or ``[batch, time, units]`` with ``return_sequences``, and the states.

    Raises:
      ValueError: the cell has no ``call`` or no ``state_size``.

    >>> import kerax as tf
    >>> tf.keras.layers.RNN(tf.keras.layers.LSTMCell(2), return_sequences=True)(tf.ones((1, 3, 4))).shape
    TensorShape([1, 3, 2])
    """

    def __init__(
        self,
        cell: Any,
        return_sequences: bool = False,
        return_state: bool = False,
        go_backwards: bool = False,
        stateful: bool = False,
        unroll: bool = False,
        zero_output_for_mask: bool = False,
        **kwargs: Any,
    ) -> None:
        if isinstance(cell, (list, tuple)):
            cell = StackedRNNCells(cell)
        if "call" not in dir(cell):
            raise ValueError(f"Argument `cell` should have a `call` method. Received: cell={cell}")
        if "state_size" not in dir(cell):
            raise ValueError(
                "The RNN cell should have a `state_size` attribute (single integer or list of integers, one integer "
                f"per RNN state). Received: cell={cell}"
            )
        time_major = kwargs.pop("time_major", False)
        if core_config.legacy_keras() and "input_shape" not in kwargs and {"input_dim", "input_length"} & {*kwargs}:
            kwargs["input_shape"] = (kwargs.pop("input_length", None), kwargs.pop("input_dim", None))
        super().__init__(**kwargs)
        self.zero_output_for_mask = zero_output_for_mask
        self.cell = cell
        self.return_sequences = return_sequences
        self.return_state = return_state
        self.go_backwards = go_backwards
        self.stateful = stateful
        self.unroll = unroll
        self.time_major = time_major
        self.supports_masking = True
        self.input_spec = None
        self._expected_batch_size: Any = None
        with DotNotTrackScope():
            self._states: Any = None
        if not core_config.legacy_keras():
            self._check_state_size()

    def _check_state_size(self) -> None:
        size = getattr(self.cell, "state_size", None)
        if size is None:
            raise ValueError("state_size must be specified as property on the RNN cell.")
        if not isinstance(size, (list, tuple, int)) and not hasattr(size, "as_list"):
            raise ValueError("state_size must be an integer, or a list/tuple of integers (one for each state tensor).")

    @property
    def state_size(self) -> list[Any]:
        """The size of each state."""
        size = self.cell.state_size
        return list(size) if isinstance(size, (list, tuple)) and not hasattr(size, "as_list") else [size]

    @property
    def single_state(self) -> bool:
        return not isinstance(self.cell.state_size, (list, tuple))

    @property
    def states(self) -> Any:
        """The states kept for the next batch, None where there are none (a list of None in Keras 2)."""
        if self._states is None and core_config.legacy_keras():
            return nest.map_structure(lambda _: None, self.state_size)
        return self._states

    @states.setter
    def states(self, value: Any) -> None:
        with DotNotTrackScope():
            self._states = value

    # --- shapes -----------------------------------------------------------------------------------------
    def compute_output_spec(self, sequences: Any, *args: Any, **kwargs: Any) -> Any:
        length = nest.flatten(sequences)[0].shape[0 if self.time_major else 1]
        if self.unroll and length is None and core_config.legacy_keras():
            raise ValueError(_UNKNOWN_LENGTH)
        if core_config.legacy_keras() and not is_own(type(self.cell)):  # its outputs may be of any dtype
            return infer(self, self.call, (sequences, *args), kwargs)
        return super().compute_output_spec(sequences, *args, **kwargs)

    def compute_output_shape(self, sequences_shape: Any, initial_state_shape: Any = None) -> Any:
        if isinstance(sequences_shape, list) and sequences_shape and isinstance(sequences_shape[0], (list, tuple)):
            sequences_shape = sequences_shape[0]
        batch, length = sequences_shape[:2][:: -1 if self.time_major else 1]
        states = [
            nest.map_structure(lambda item: (batch, *shape_of_size(item)), size)
            if isinstance(size, (list, tuple))
            else (batch, *shape_of_size(size))
            for size in self.state_size
        ]
        size = getattr(self.cell, "output_size", None)
        if size is None:
            size = self.state_size[0]
        if not core_config.legacy_keras() and not isinstance(size, int) and not hasattr(size, "as_list"):
            raise ValueError("output_size must be an integer.")
        output: Any = (batch, *shape_of_size(size))
        if self.return_sequences:
            steps = (length, batch) if self.time_major else (batch, length)
            output = (*steps, *output[1:])
        if not self.return_state:
            return output
        return [output, *states] if core_config.legacy_keras() else (output, *states)

    def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
        mask = nest.flatten(mask)[0]
        output_mask = mask if self.return_sequences else None
        return [output_mask] + [None] * len(self.state_size) if self.return_state else output_mask

    def build(self, sequences_shape: Any, initial_state_shape: Any = None) -> None:
        shape = sequences_shape
        if isinstance(shape, list) and shape and isinstance(shape[0], (list, tuple)):
            shape = shape[0]
        batch, length = shape[:2][:: -1 if self.time_major else 1]
        if isinstance(self.cell, Layer) and not self.cell.built:
            self.cell._build_named((batch, *shape[2:]))
            self.cell.built = True
        if core_config.legacy_keras():
            known = [batch if self.stateful else None, None][:: -1 if self.time_major else 1]
            self.input_spec = [InputSpec(shape=(*known, *shape[2:]))]
        if self.stateful:
            if self._states is not None:
                self.reset_state()
                return
            if batch is None:
                raise ValueError(
                    "When using `stateful=True` in a RNN, the batch size must be static. Found dynamic batch size: "
                    f"sequence.shape={tuple(shape)}"
                )
            self._create_states(batch)

    # --- state ------------------------------------------------------------------------------------------
    def _create_states(self, batch_size: int) -> None:
        with DotNotTrackScope(), name_scope(self.name, caller=self):
            self._states = nest.map_structure(
                lambda value: Variable(value, trainable=False, dtype=self.variable_dtype, name="rnn_state"),
                self.get_initial_state(batch_size),
            )
        self._expected_batch_size = batch_size

    def get_initial_state(self, batch_size: Any) -> list[Any]:
        """The states before the first step: zeros, unless the cell says otherwise.

        Args:
          batch_size: int, or in Keras 2 the inputs.
        """
        dtype = None
        if is_tensor(batch_size) and len(batch_size.shape) > 0:
            dtype = batch_size.dtype
            batch_size = batch_size.shape[1 if self.time_major else 0]
        make = getattr(self.cell, "get_initial_state", None)
        if make is None:
            return zero_states(batch_size, self.state_size, getattr(self.cell, "compute_dtype", self.compute_dtype))
        parameters = inspect.signature(make).parameters
        takes_any = any(p.kind is inspect.Parameter.VAR_KEYWORD for p in parameters.values())
        given = {"inputs": None, "batch_size": batch_size, "dtype": dtype or self.compute_dtype}
        found = make(**{name: value for name, value in given.items() if takes_any or name in parameters})
        return list(found) if nest.is_nested(found) else [found]

    def reset_state(self) -> None:
        """Sets the kept states to zero."""
        for variable in nest.flatten(self._states) if self._states is not None else []:
            variable.assign(recurrence._zeros_like(variable))

    def reset_states(self, states: Any = None) -> None:
        """Sets the kept states, to zero by default.

        Args:
          states: list of arrays.

        Raises:
          AttributeError: the layer is not stateful (Keras 2).
          ValueError: another number of states, another shape.
        """
        if core_config.legacy_keras() and not self.stateful:
            raise AttributeError("Layer must be stateful.")
        if states is None:
            self.reset_state()
            return
        given, own = nest.flatten(states), nest.flatten(self._states)
        if len(given) != len(own):
            raise ValueError(
                f"Layer {self.name} expects {len(own)} states, but it received {len(given)} state values. States "
                f"received: {states}"
            )
        for index, (value, variable) in enumerate(zip(given, own, strict=True)):
            if tuple(value.shape) != tuple(variable.shape):
                raise ValueError(
                    f"State {index} is incompatible with layer {self.name}: expected shape={tuple(variable.shape)} but "
                    f"found shape={tuple(value.shape)}"
                )
            variable.assign(value)

    # --- calling ----------------------------------------------------------------------------------------
    def call(
        self, sequences: Any, initial_state: Any = None, mask: Any = None, training: Any = False, constants: Any = None
    ) -> Any:
        lengths = None
        if hasattr(sequences, "row_lengths"):
            sequences, lengths = self._dense(sequences, mask)
        first = nest.flatten(sequences)[0]
        shape = first._value.shape if isinstance(first, Tensor) else first.shape  # an open size too, when exported
        batch = shape[1 if self.time_major else 0]
        steps = true_shape(first.shape)[0 if self.time_major else 1]
        if self.unroll and steps is None:
            raise ValueError(_UNKNOWN_LENGTH)
        if getattr(self, "use_cudnn", None) is True and not core_config.legacy_keras():
            self._check_cudnn()
        initial_state = self._initial(initial_state, batch, first)
        mask = nest.flatten(mask)[0]
        self._build_within(sequences, initial_state, training, constants)
        settings = (
            self.return_sequences, self.go_backwards, self.unroll, self.zero_output_for_mask, self.time_major,
            self.compute_dtype,
        )  # fmt: skip
        run = self._compiled if context.trace is None else self._recur
        last, outputs, states = run(sequences, initial_state, mask, training, constants, lengths, settings)
        if self.stateful:
            for variable, state in zip(nest.flatten(self._states), nest.flatten(states), strict=True):
                variable.assign(state)
        output = outputs if self.return_sequences else last
        if lengths is not None and self.return_sequences:
            from kerax.ragged import RaggedTensor

            output = RaggedTensor.from_tensor(output, lengths)
        if not self.return_state:
            return output
        return [output, *states] if core_config.legacy_keras() else (output, *states)

    def _check_cudnn(self) -> None:
        """Raises where Keras has no cuDNN kernel: another configuration than cuDNN's, or no GPU."""
        cell = self.cell
        fits = (
            getattr(cell.activation, "__name__", "") == "tanh"
            and getattr(cell.recurrent_activation, "__name__", "") == "sigmoid"
            and not cell.recurrent_dropout
            and not self.unroll
            and cell.use_bias
            and getattr(cell, "reset_after", True)
        )
        if not fits or jax.default_backend() != "gpu":
            raise ValueError(
                "use_cudnn=True was specified, but cuDNN is not supported for this layer configuration with this "
                "backend. Pass use_cudnn='auto' to fallback to a non-cuDNN implementation."
            )

    def _dense(self, ragged: Any, mask: Any) -> tuple[Any, Any]:
        """A ragged batch as a padded one, and the lengths of its sequences."""
        if mask is not None:
            raise ValueError(
                f"The mask that was passed in was {mask}, which cannot be applied to RaggedTensor inputs. Please make "
                "sure that there is no mask injected by upstream layers."
            )
        if self.unroll:
            raise ValueError(
                "The input received contains RaggedTensors and does not support unrolling. Disable unrolling by "
                "passing `unroll=False` in the RNN Layer constructor."
            )
        return ragged.to_tensor(), ragged.row_lengths()

    def _initial(self, given: Any, batch: int, first: Any) -> list[Any]:
        """The states before the first step, in the dtype of the cell's computations."""
        dtype = getattr(self.cell, "compute_dtype", self.compute_dtype)
        if given is None:
            given = self._states if self.stateful else self.get_initial_state(batch)
        elif self.stateful and core_config.legacy_keras():
            # Keras 2 begins with what is passed only while the kept states are zero
            kept = [convert_to_tensor(state) for state in nest.flatten(self._states)]
            passed = [to_tensor(value, dtype) for value in nest.flatten(given)]
            given = nest.pack_sequence_as(self._states, _first_unless_zero(kept, passed))
        if self.stateful and self._expected_batch_size not in (None, batch):
            raise ValueError(
                "If an RNN is stateful, the batch size of the input sequences must be the same as the batch size of "
                f"the initial state. \n- Expected batch size: {self._expected_batch_size}\n"
                f"- Received batch size: {batch}"
            )
        given = list(given) if nest.is_nested(given) else [given]
        if core_config.legacy_keras() and len(given) != len(self.state_size):
            raise ValueError(
                f"Layer has {len(self.state_size)} states but was passed {len(given)} initial states. Received: "
                f"initial_state={given}"
            )
        return nest.map_structure(lambda value: to_tensor(value, dtype), given)

    def _build_within(self, sequences: Any, states: Any, training: Any, constants: Any) -> None:
        """Lets a cell whose layers are built by a call build them before the loop; inputs that do not fit fail here."""
        cell = self.cell
        if not isinstance(cell, Layer):
            return
        if all(layer.built for layer in cell._flatten_layers()) and self._fit(cell, sequences):
            return
        time = 0 if self.time_major else 1
        first = nest.map_structure(lambda x: x[(slice(None),) * time + (0,)], sequences)
        self._step(training, constants)(first, (*states, *(constants or ())))

    def _step(self, training: Any, constants: Any) -> Any:
        """The cell as a function ``(inputs, (*states, *constants)) → (output, list of states)``."""
        cell = self.cell
        call = cell if callable(cell) else cell.call
        kwargs: dict[str, Any] = {}
        parameters = inspect.signature(cell.call).parameters
        if "training" in parameters:
            kwargs["training"] = training
        count = len(constants or ())
        if count and "constants" not in parameters:
            raise ValueError(f"RNN cell {cell} does not support constants. Received: constants={constants}")

        def step(inputs: Any, states: Any) -> Any:
            if count:
                kwargs["constants"] = list(states[len(states) - count :])
                states = states[: len(states) - count]
            output, after = call(inputs, states, **kwargs)
            return output, after if nest.is_nested(after) else [after]

        return step

    def _recur(
        self, sequences: Any, states: Any, mask: Any, training: Any, constants: Any, lengths: Any, settings: Any
    ) -> Any:
        """(last output, outputs, states): the loop over time."""
        self._draw_masks(sequences, states, training)
        try:
            return self._loop(sequences, states, mask, training, constants, lengths)
        finally:
            self._forget_masks(self.cell)

    _compiled = function(_recur, autograph=False)

    def _loop(self, sequences: Any, states: Any, mask: Any, training: Any, constants: Any, lengths: Any) -> Any:
        cell = self.cell
        inputs, step, known = sequences, None, False
        if self._projects(cell, sequences):
            if not self.time_major:
                inputs = recurrence.swap_time(inputs)
                mask = None if mask is None else recurrence.swap_time(mask)
            inputs = cell.project(inputs, training)

            def step(projected: Any, before: Any) -> Any:
                return cell.advance(projected, before, training)

            known = True
        last, outputs, after = recurrence.recur(
            step or self._step(training, constants),
            inputs,
            states,
            go_backwards=self.go_backwards,
            mask=mask,
            constants=() if known else (constants or ()),
            unroll=self.unroll,
            input_length=lengths,
            time_major=self.time_major or known,
            zero_output_for_mask=self.zero_output_for_mask,
            return_all_outputs=self.return_sequences,
            output_is_state=known,
        )
        if known and not self.time_major:
            outputs = recurrence.swap_time(outputs)
        if core_config.legacy_keras():  # what a cell gives stays of its dtype
            return last, outputs, list(after)
        dtype = self.compute_dtype
        return (*(nest.map_structure(lambda x: _as(x, dtype), item) for item in (last, outputs)), _states(after, dtype))

    def _projects(self, cell: Any, sequences: Any) -> bool:
        """Whether the cell is one of Keras' own, whose product with the inputs needs no loop."""
        return (
            isinstance(cell, SplitCell)
            and type(cell).call is SplitCell.call
            and "call" not in vars(cell)
            and isinstance(sequences, Tensor)
            and len(sequences.shape) == cell.step_rank + 1
            and cell.compute_dtype == self.compute_dtype
            and cell.activity_regularizer is None
            and cell.fits(sequences)
        )

    def _fit(self, cell: Any, sequences: Any) -> bool:
        return not isinstance(cell, SplitCell) or not isinstance(sequences, Tensor) or cell.fits(sequences)

    def _draw_masks(self, sequences: Any, states: Any, training: Any) -> None:
        """Draws the dropout masks that all steps share, before the loop."""
        self._forget_masks(self.cell)
        if training is None or training is False:
            return
        cells = self.cell.cells if isinstance(self.cell, StackedRNNCells) else [self.cell]
        step = nest.flatten(sequences)[0][0 if self.time_major else (slice(None), 0)]
        for index, cell in enumerate(cells):
            own = states[index] if isinstance(self.cell, StackedRNNCells) else states
            state = nest.flatten(own)[0]
            if isinstance(cell, DropoutRNNCell):
                cell.get_dropout_mask(step)
                cell.get_recurrent_dropout_mask(state)
            step = state

    def _forget_masks(self, cell: Any) -> None:
        for part in cell.cells if isinstance(cell, StackedRNNCells) else [cell]:
            if isinstance(part, DropoutRNNCell):
                part.reset_dropout_mask()
                part.reset_recurrent_dropout_mask()

    # --- configuration ----------------------------------------------------------------------------------
    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        config.update(
            return_sequences=self.return_sequences,
            return_state=self.return_state,
            go_backwards=self.go_backwards,
            stateful=self.stateful,
            unroll=self.unroll,
        )
        if core_config.legacy_keras():
            config["time_major"] = self.time_major
            if self._num_constants:
                config["num_constants"] = self._num_constants
        if not core_config.legacy_keras() or self.zero_output_for_mask:
            config["zero_output_for_mask"] = self.zero_output_for_mask
        if not core_config.legacy_keras() and self.time_major:
            config["time_major"] = True
        config["cell"] = serialize_keras_object(self.cell)
        return config

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Any:
        config = dict(config)
        cell = deserialize_keras_object(config.pop("cell"), custom_objects=custom_objects)
        constants = config.pop("num_constants", 0)
        layer = cls(cell, **config)
        layer._num_constants = constants
        return layer


def _as(x: Any, dtype: Any) -> Any:
    return x if x.dtype == dtype else cast(x, dtype)


def _states(states: Any, dtype: Any) -> list[Any]:
    return list(nest.map_structure(lambda x: _as(x, dtype), states))


def _first_unless_zero(kept: list[Tensor], passed: list[Any]) -> list[Any]:
    """The kept states if any element of them is not zero, else those passed."""
    from kerax.array_ops import where
    from kerax.math import count_nonzero

    used = sum((count_nonzero(state) for state in kept), start=convert_to_tensor(0, "int64")) > 0
    return [where(used, _as(state, value.dtype.name), value) for state, value in zip(kept, passed, strict=True)]


class CellLayer(RNN):
    """A recurrent layer with a cell of its own kind, whose arguments are the layer's."""

    cell_class: type
    cell_name: str

    def _init_layer(self, arguments: dict[str, Any], **loop: Any) -> None:
        """Takes a constructor's arguments: the cell's, the loop's and Layer's."""
        kwargs = arguments["kwargs"]
        foreign = ("implementation", "enable_caching_device", "return_runtime")
        own = {name: kwargs.pop(name) for name in foreign if name in kwargs}
        own.pop("return_runtime", None)
        names = inspect.signature(self.cell_class.__init__).parameters
        cell = self.cell_class(
            **{name: arguments[name] for name in names if name in arguments and name not in ("self", "kwargs")},
            **own,
            dtype=kwargs.get("dtype"),
            trainable=kwargs.get("trainable", True),
            name=self.cell_name,
        )
        RNN.__init__(self, cell, activity_regularizer=arguments["activity_regularizer"], **loop, **kwargs)
        self.input_spec = InputSpec(ndim=3)

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        config.pop("cell")
        own = self.cell.get_config()
        config.update({name: value for name, value in own.items() if name not in ("name", "trainable", "dtype")})
        activity_regularizer = regularizers.serialize(self.activity_regularizer)
        return inserted_after(config, "bias_regularizer", activity_regularizer=activity_regularizer)

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Any:
        config = dict(config)
        config.pop("num_constants", None)
        return Layer.from_config.__func__(cls, config)  # type: ignore[attr-defined]


def from_cell(name: str) -> property:
    """An attribute of the layer that is its cell's."""
    return property(lambda self: getattr(self.cell, name), doc=f"The cell's ``{name}``.")


_KINDS = ("initializer", "regularizer", "constraint")
for _name in (
    "units",
    "activation",
    "recurrent_activation",
    "use_bias",
    "dropout",
    "recurrent_dropout",
    "implementation",
    *(f"{role}_{kind}" for role in ROLES for kind in _KINDS),
):
    setattr(CellLayer, _name, from_cell(_name))
