"""``keras.optimizers.Optimizer``: the base class, which does all but the rule for one array."""

from __future__ import annotations

import inspect
import re
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from kerax.core import variable as core
from kerax.core.config import legacy_keras
from kerax.core.control_flow import cond
from kerax.core.module import continue_restores
from kerax.core.op import op
from kerax.core.state import no_recording
from kerax.core.tape import GradientTape
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.keras import initializers
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.names import auto_name, name_scope
from kerax.keras.engine.settings import floatx
from kerax.keras.engine.stateless import values_of, with_values
from kerax.keras.engine.tracking import DotNotTrackScope, Tracker
from kerax.keras.engine.variable import Variable
from kerax.keras.optimizers import _update
from kerax.keras.optimizers._settings import OptimizerSettings
from kerax.keras.optimizers.schedules.schedule import LearningRateSchedule
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object

_PLAIN = (bool, int, float, str, type(None))


class VariableList(list):
    """A list that can also be called, as Keras 2's ``optimizer.variables()`` is."""

    def __call__(self) -> VariableList:
        return self


@op("gradients*")
def _prepared_gradients(gradients, optimizer):
    scale = optimizer.value.loss_scale_factor
    if scale is not None:
        gradients = [g / scale for g in gradients]
    return _update.clipped(optimizer.value, gradients)


class _Held:
    """An optimizer as an attribute of an op; equal where its settings are."""

    def __init__(self, value: Any) -> None:
        self.value = value
        self.key = (id(value), value._settings_key())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


class Optimizer(OptimizerSettings):
    """The base class of optimizers.

    The built-in ones override ``rule``, a pure function for one array; the base class compiles a whole step of
    all variables into one call. An optimizer of the user's may instead override ``update_step``, as in Keras.

    Args:
      learning_rate: float, ``schedules.LearningRateSchedule``, or a function without arguments.
      weight_decay: float, how much of itself each weight loses per step, times the learning rate.
      clipnorm: float, the largest norm of the gradient of one variable.
      clipvalue: float, the largest absolute value in gradients.
      global_clipnorm: float, the largest norm of all gradients together.
      use_ema: bool, whether a moving average of the weights is kept.
      ema_momentum: float, how much of the average stays at each step.
      ema_overwrite_frequency: int, after how many steps weights are set to their average; None for never.
      loss_scale_factor: float, the factor of ``scale_loss`` that gradients are divided by.
      gradient_accumulation_steps: int, of how many steps gradients are averaged to one update.
      name: str.

    >>> import kerax as tf
    >>> w = tf.Variable([1., 2.])
    >>> optimizer = tf.keras.optimizers.SGD(0.5)
    >>> _ = optimizer.apply_gradients([(tf.constant([1., 1.]), w)])
    >>> w.numpy()
    array([0.5, 1.5], dtype=float32)
    """

    def __init__(
        self,
        learning_rate: Any = None,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: int | None = None,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        vars(self)["_lock"] = False
        if isinstance(learning_rate, str):  # Keras 2's first argument is the name
            learning_rate, name = None, learning_rate
        learning_rate = self._old_arguments(kwargs, learning_rate)
        self._check_arguments(
            clipnorm,
            clipvalue,
            global_clipnorm,
            use_ema,
            ema_momentum,
            ema_overwrite_frequency,
            gradient_accumulation_steps,
        )
        self.name = name if name is not None else auto_name(type(self).__name__)
        self.weight_decay = weight_decay
        self.clipnorm = clipnorm
        self.global_clipnorm = global_clipnorm
        self.clipvalue = clipvalue
        self.use_ema = use_ema
        self.loss_scale_factor = loss_scale_factor
        self.gradient_accumulation_steps = gradient_accumulation_steps
        self.ema_momentum = ema_momentum
        self.ema_overwrite_frequency = ema_overwrite_frequency
        self.built = False
        self._variables: list[Any] = []
        self._trainable_variables: list[Any] = []
        self._trainable_variables_indices: dict[int, int] = {}
        self._slots: list[dict[str, Any]] = []
        self._shared: dict[str, Any] = {}
        self._accumulated_gradients: list[Any] = []
        self._model_variables_moving_average: list[Any] = []
        self._programs: dict[Any, Any] = {}
        self._tracker = Tracker({"variables": (lambda x: isinstance(x, core.Variable), self._variables)})
        with name_scope(self.name, caller=self):
            iterations = Variable(
                np.int64(0), name="iteration", dtype="int64", trainable=False, aggregation="only_first_replica"
            )
        self._track_variable(iterations)
        self._iterations = iterations
        self._learning_rate: Any = None
        if learning_rate is not None:
            self._learning_rate = self._build_learning_rate(learning_rate)

    # --- variables ------------------------------------------------------------------------------------
    def build(self, variables: Sequence[Any]) -> None:
        """Makes the optimizer's own variables.

        Args:
          variables: list of the variables to be updated.
        """
        if self.built:
            return
        variables = list(variables)
        self._index(variables)
        for group in self._slot_groups():
            names = [name for name, _ in group.values()]
            made = self.add_optimizer_variables(variables, names, [init for _, init in group.values()])
            for attribute, name, found in zip(group, names, made, strict=True):
                with DotNotTrackScope():
                    setattr(self, attribute, found)
                for slots, variable in zip(self._slots, found, strict=True):
                    if variable is not None:
                        slots[name] = variable

    def _index(self, variables: list[Any]) -> None:
        with DotNotTrackScope():
            self._trainable_variables = variables
            self._slots = [{} for _ in variables]
            if self.use_ema:
                self._model_variables_moving_average = self.add_optimizer_variables(variables, "average")
                if legacy_keras():
                    for average, variable in zip(self._model_variables_moving_average, variables, strict=True):
                        average.assign(variable)
            self._accumulated_gradients = []
            for i, variable in enumerate(variables):
                self._trainable_variables_indices[self._var_key(variable)] = i
                if self.gradient_accumulation_steps:
                    self._accumulated_gradients.append(
                        self.add_variable_from_reference(variable, name="gradient_accumulator")
                    )
        self.built = True

    def _slot_groups(self) -> list[dict[str, tuple[str, Any]]]:
        """The variables kept per weight: attribute → (name, initializer); those of a group are made in turn."""
        return []

    def _state(self) -> _update.State:
        return _update.State(
            self._iterations,
            list(self._trainable_variables),
            [dict(slots) for slots in self._slots],
            dict(self._shared),
            list(self._accumulated_gradients),
            list(self._model_variables_moving_average),
        )

    def _track_variable(self, variable: Any) -> None:
        self._tracker.add_to_store("variables", variable)

    def _untrack_variable(self, variable: Any) -> None:
        self._tracker.untrack(variable)

    def add_variable(
        self,
        shape: Any,
        initializer: Any = "zeros",
        dtype: Any = None,
        aggregation: Any = "none",
        layout: Any = None,
        name: str | None = None,
    ) -> Variable:
        """Makes a variable of the optimizer's own.

        Args:
          shape: tuple of int.
          initializer: initializer or its name.
          dtype: its dtype, Keras' float type by default.
          aggregation: how replicas combine.
          layout: a sharding, or None.
          name: str.
        """
        self._check_super_called()
        with name_scope(self.name, caller=self):
            variable = Variable(
                initializer=initializers.get(initializer),
                shape=tuple(shape),
                dtype=dtype,
                trainable=False,
                aggregation=aggregation,
                layout=layout,
                name=name,
            )
        self._track_variable(variable)
        return variable

    def add_variable_from_reference(
        self,
        reference_variable: Any = None,
        name: str | None = None,
        initializer: Any = "zeros",
        *,
        model_variable: Any = None,
        variable_name: str | None = None,
        shape: Any = None,
        initial_value: Any = None,
    ) -> Variable:
        """Makes a variable of the shape and dtype of a weight.

        Args:
          reference_variable: the weight (Keras 2: ``model_variable``).
          name: str, part of its name (Keras 2: ``variable_name``).
          initializer: initializer or its name.
          model_variable, variable_name: Keras 2's names of the first two.
          shape: another shape than the weight's.
          initial_value: its first value, in place of an initializer.
        """
        reference = model_variable if reference_variable is None else reference_variable
        name = variable_name or name or "var"
        if hasattr(reference, "path"):
            owner = reference.path.replace("/", "_")
        else:
            owner = str(reference.name).replace("/", "_").replace(":", "_")
        variable = self.add_variable(
            reference.shape if shape is None else shape,
            initializer,
            dtype=reference._dtype.name,
            name=f"{owner}_{name}",
            layout=getattr(reference, "_layout", None),
        )
        if initial_value is not None:
            variable.assign(initial_value)
        return variable

    def add_optimizer_variables(self, trainable_variables: Any, name: Any, initializer: Any = "zeros") -> Any:
        """Makes variables for each weight.

        Args:
          trainable_variables: the weights.
          name: str, or a list of them.
          initializer: initializer, or one per name.

        Returns:
          A list, or for several names a tuple of lists; None where a weight takes none.
        """
        names = [name] if isinstance(name, str) else list(name)
        if isinstance(name, str) or isinstance(initializer, str) or not isinstance(initializer, (list, tuple)):
            chosen = [initializer] * len(names)
        else:
            chosen = list(initializer)
        if len(names) != len(chosen):
            raise ValueError(
                "The number of provided names must match the number of provided initializers.  Received "
                f"name='{name}', initializer='{initializer}'"
            )
        found: tuple[list[Any], ...] = tuple([] for _ in names)
        for variable in trainable_variables:
            own = not self._overwrite_variable_with_gradient(variable)
            for one, label, start in zip(found, names, chosen, strict=True):
                one.append(self.add_variable_from_reference(variable, label, start) if own else None)
        return found[0] if isinstance(name, str) else found

    def _overwrite_variable_with_gradient(self, variable: Any) -> bool:
        return getattr(variable, "overwrite_with_gradient", False)

    def _var_key(self, variable: Any) -> int:
        return id(variable)

    def _get_variable_index(self, variable: Any) -> int:
        return self._trainable_variables_indices[self._var_key(variable)]

    @property
    def _index_dict(self) -> dict[int, int]:
        return self._trainable_variables_indices

    @property
    def variables(self) -> VariableList:
        """All variables of the optimizer: iteration, learning rate, then those of the weights."""
        return VariableList(self._variables)

    @property
    def weights(self) -> VariableList:
        return self.variables

    # --- the rule -------------------------------------------------------------------------------------
    def rule(
        self, gradient: Any, value: Any, slots: dict[str, Any], learning_rate: Any, step: Any, variable: Any
    ) -> Any:
        """The update of one array.

        Args:
          gradient, value: arrays of one shape and dtype.
          slots: the arrays kept for it by name, and those shared by all.
          learning_rate: scalar array of that dtype.
          step: int64 scalar array, 0 at first.
          variable: the Variable, for its name and shape.

        Returns:
          The new value, and a dict of the slots that changed.
        """
        raise NotImplementedError

    def share(self, shared: dict[str, Any], step: Any) -> dict[str, Any]:
        """The arrays shared by all variables for this step."""
        return shared

    def transform(
        self,
        gradients: list[Any],
        values: list[Any],
        slots: list[dict[str, Any]],
        shared: dict[str, Any],
        learning_rate: Any,
        step: Any,
        variables: list[Any],
    ) -> tuple[list[Any], list[dict[str, Any]], dict[str, Any]]:
        """The update of all arrays: ``rule`` for each."""
        shared = self.share(shared, step)
        new_values, new_slots = [], []
        for g, w, kept, variable in zip(gradients, values, slots, variables, strict=True):
            value, changed = self.rule(g, w, {**kept, **shared}, learning_rate.astype(w.dtype), step, variable)
            new_values.append(value)
            new_slots.append(changed)
        return new_values, new_slots, shared

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any = None) -> None:
        """Updates one variable; an optimizer of the user's overrides this.

        Args:
          gradient: Tensor.
          variable: Variable.
          learning_rate: scalar.
        """
        if type(self).rule is Optimizer.rule:
            raise NotImplementedError
        index = self._get_variable_index(variable)
        rate = self._rate() if learning_rate is None else to_tensor(learning_rate)
        kept = {**self._slots[index], **self._shared}
        value, changed = self.rule(
            to_tensor(gradient)._value,
            variable._read_quietly()._value,
            {name: slot._read_quietly()._value for name, slot in kept.items()},
            rate._value.astype(variable._dtype.as_numpy_dtype),
            self.iterations_tensor()._value,
            variable,
        )
        trace = variable._read_quietly()._trace
        variable._write(Tensor(value, trace))
        for name, array in changed.items():
            kept[name]._write(Tensor(array, trace))

    # --- applying gradients ---------------------------------------------------------------------------
    def apply_gradients(
        self,
        grads_and_vars: Any,
        name: str | None = None,
        skip_gradients_aggregation: bool = False,
        experimental_aggregate_gradients: bool = True,
    ) -> Any:
        """Updates variables.

        Args:
          grads_and_vars: pairs of gradient and variable; None gradients are left out with a warning.
          name: unused.
          skip_gradients_aggregation, experimental_aggregate_gradients: whether replicas sum their gradients
            is decided by the strategy; unused.

        Returns:
          The variable that counts steps.

        Raises:
          ValueError: no gradient for any variable.
        """
        pairs = list(grads_and_vars)
        if not pairs:
            raise ValueError("No gradients provided for any variable.")
        grads, variables = zip(*pairs, strict=True)
        self.apply(grads, variables)
        return self._iterations

    def apply(self, grads: Sequence[Any], trainable_variables: Sequence[Any] | None = None) -> None:
        """Updates variables.

        Args:
          grads: list of Tensor, ``tf.IndexedSlices`` or None.
          trainable_variables: the variables; by default those it was built for.

        Raises:
          ValueError: no gradients, or variables it was not built for.
        """
        if len(grads) == 0:
            return
        variables = self._known_variables(grads, trainable_variables)
        with name_scope(self.name, caller=self), no_recording():
            grads, variables = self._without_missing(list(grads), variables)
            grads, variables = self._overwritten(grads, variables)
            if not grads:
                self._iterations.assign_add(1)
                return
            if self._runs_by_steps():
                self._apply_by_steps([to_tensor(_as_tensor(g)) for g in grads], variables)
            else:
                self._apply_compiled(grads, variables)
            for variable in variables:
                constraint = getattr(variable, "constraint", None)
                if constraint is not None:
                    variable.assign(constraint(variable))

    def _known_variables(self, grads: Sequence[Any], trainable_variables: Sequence[Any] | None) -> list[Any]:
        if trainable_variables is None:
            if not self.built:
                raise ValueError(
                    "When passing `grads` without `variables`, the optimizer must already be built on a list of "
                    "variables. Call `optimizer.build(trainable_variables)` first. "
                )
            if len(grads) != len(self._trainable_variables_indices):
                raise ValueError(
                    "When passing `grads` as a list of gradient tensors, the gradients must match "
                    f"`optimizer.variables` one-to-on. Received a list of {len(grads)} gradients, but the optimizer "
                    f"is tracking {len(self._trainable_variables)} trainable variables."
                )
            return list(self._trainable_variables)
        variables = list(trainable_variables)
        if not self.built:
            with name_scope(self.name, caller=self):
                self.build(variables)
            self.built = True
        if not self._trainable_variables_indices:  # a build() of the user's that did not call the base's
            self._index(variables)
        for variable in variables:
            if self._var_key(variable) not in self._trainable_variables_indices:
                self._meet_unknown(variable)
        return variables

    def _meet_unknown(self, variable: Any) -> None:
        if legacy_keras():
            raise KeyError(
                f"The optimizer cannot recognize variable {variable.name}. This usually means you are trying "
                "to call the "
                "optimizer to update different parts of the model separately. Please call "
                "`optimizer.build(variables)` with the full list of trainable variables before the training loop or "
                "use legacy optimizer `tf.keras.optimizers.legacy.{self.__class__.__name__}."
            )
        raise ValueError(
            f"Unknown variable: {variable}. This optimizer can only be called for the variables it was originally "
            "built with. When working with a new set of variables, you should recreate a new optimizer instance."
        )

    def _without_missing(self, grads: list[Any], variables: list[Any]) -> tuple[list[Any], list[Any]]:
        present = [(g, v) for g, v in zip(grads, variables, strict=False) if g is not None]
        if not present:
            raise ValueError("No gradients provided for any variable.")
        if len(present) < len(grads):
            missing = [getattr(v, "path", v.name) for g, v in zip(grads, variables, strict=False) if g is None]
            warnings.warn(
                f"Gradients do not exist for variables {missing} when minimizing the loss. If using "
                "`model.compile()`, did you forget to provide a `loss` argument?",
                stacklevel=4,
            )
        return [g for g, _ in present], [v for _, v in present]

    def _overwritten(self, grads: list[Any], variables: list[Any]) -> tuple[list[Any], list[Any]]:
        if not any(self._overwrite_variable_with_gradient(v) for v in variables):
            return grads, variables
        rest: tuple[list[Any], list[Any]] = ([], [])
        for gradient, variable in zip(grads, variables, strict=True):
            if self._overwrite_variable_with_gradient(variable):
                variable.assign(gradient)
            else:
                rest[0].append(gradient)
                rest[1].append(variable)
        if not rest[0]:
            self._iterations.assign_add(1)
        return rest

    def _apply_compiled(self, grads: list[Any], variables: list[Any]) -> None:
        chosen = tuple(self._get_variable_index(v) for v in variables)
        grads = [_as_arrays(g) for g in grads]
        key = (chosen, self._settings_key(), tuple(isinstance(g, tuple) for g in grads))
        program = self._programs.get(key)
        if program is None:
            legacy = legacy_keras()
            program = self._programs[key] = _update.Program(self, list(self._trainable_variables), chosen, legacy)
        program.run(grads, self._rate())

    def _settings_key(self) -> tuple[Any, ...]:
        """What a compiled step depends on: the plain attributes."""
        return tuple([(k, v, type(v)) for k, v in vars(self).items() if type(v) in _PLAIN and k != "name"])

    def _decay_of(self, variable: Any) -> Any:
        """The weight decay of a variable, None for none."""
        return self.weight_decay if self.weight_decay and self._use_weight_decay(variable) else None

    # --- the way of optimizers with an update_step of their own ----------------------------------------
    def _runs_by_steps(self) -> bool:
        return type(self).update_step is not Optimizer.update_step

    def _apply_by_steps(self, grads: list[Any], variables: list[Any]) -> None:
        def update(grads: list[Any]) -> None:
            grads = _prepared_gradients(grads, _Held(self))
            self._apply_weight_decay(variables)
            self._backend_update_step(grads, variables, self.learning_rate)

        steps = self.gradient_accumulation_steps
        if not steps:
            update(grads)
        else:
            totals = [self._accumulated_gradients[self._get_variable_index(v)] for v in variables]

            def due() -> None:
                update([(g + total) / steps for g, total in zip(grads, totals, strict=True)])
                for total in self._accumulated_gradients:
                    total.assign(total * 0)

            def wait() -> None:
                for gradient, total in zip(grads, totals, strict=True):
                    total.assign(total + gradient)

            cond((self._iterations + 1) % steps == 0, due, wait)
        if self.use_ema:
            self._update_model_variables_moving_average(self._trainable_variables)
            if self.ema_overwrite_frequency:
                cond(
                    (self.iterations + 1) % self.ema_overwrite_frequency == 0,
                    lambda: self._overwrite_model_variables_with_average_value(self._trainable_variables),
                    lambda: None,
                )
        self._iterations.assign_add(1)

    def _backend_update_step(
        self, grads: Sequence[Any], trainable_variables: Sequence[Any], learning_rate: Any
    ) -> None:
        takes_rate = len(inspect.signature(self.update_step).parameters) > 2
        for gradient, variable in zip(grads, trainable_variables, strict=True):
            if takes_rate:
                self.update_step(gradient, variable, learning_rate)
            else:  # Keras 2's form
                self.update_step(gradient, variable)

    def _apply_weight_decay(self, variables: Sequence[Any]) -> None:
        for variable in variables:
            rate = self._decay_of(variable)
            if rate is not None:
                lr = to_tensor(self.learning_rate, variable._dtype.name)
                variable.assign_sub(variable._kerax_tensor() * to_tensor(rate, variable._dtype.name) * lr)

    def _update_model_variables_moving_average(self, trainable_variables: Sequence[Any]) -> None:
        first = self.iterations_tensor() == 0
        for variable, average in zip(trainable_variables, self._model_variables_moving_average, strict=True):
            average.assign(_next_average(average, variable, first, self.ema_momentum, legacy_keras()))

    def assign(self, variable: Any, value: Any) -> None:
        """Sets a variable; a value of another dtype is cast."""
        variable.assign(to_tensor(value, variable._dtype.name))

    def assign_add(self, variable: Any, value: Any) -> None:
        """Adds to a variable; a value of another dtype is cast."""
        variable.assign_add(to_tensor(value, variable._dtype.name))

    def assign_sub(self, variable: Any, value: Any) -> None:
        """Subtracts from a variable; a value of another dtype is cast."""
        variable.assign_sub(to_tensor(value, variable._dtype.name))

    # --- minimize, losses -----------------------------------------------------------------------------
    def compute_gradients(self, loss: Any, var_list: Any, tape: Any = None, grad_loss: Any = None) -> list[Any]:
        """Gradients of a loss, paired with the variables.

        Args:
          loss: function without arguments, or a Tensor recorded by ``tape``.
          var_list: list of Variable, or a function that returns one.
          tape: the ``tf.GradientTape``, required with a Tensor.
          grad_loss: the gradient of the loss, 1 by default.
        """
        if not callable(loss) and tape is None:
            raise ValueError(f"`tape` is required when a `Tensor` loss is passed. Received: loss={loss}, tape={tape}.")
        if callable(loss):
            with GradientTape() as tape:
                if not callable(var_list):
                    tape.watch(var_list)
                loss = loss()
        if callable(var_list):
            var_list = var_list()
        flat = list(var_list) if isinstance(var_list, (list, tuple)) else [var_list]
        return list(zip(tape.gradient(loss, flat, grad_loss), flat, strict=True))

    def minimize(
        self, loss: Any, var_list: Any, tape: Any = None, grad_loss: Any = None, name: str | None = None
    ) -> Any:
        """Computes gradients of a loss and applies them.

        Args:
          loss, var_list, tape, grad_loss: see ``compute_gradients``.
          name: unused.

        Returns:
          The variable that counts steps.
        """
        return self.apply_gradients(self.compute_gradients(loss, var_list, tape, grad_loss))

    def get_gradients(self, loss: Any, params: Any) -> Any:
        raise NotImplementedError("`get_gradients` needs TensorFlow 1's graphs: use tf.GradientTape instead.")

    def scale_loss(self, loss: Any) -> Any:
        """The loss times ``loss_scale_factor``."""
        return loss if self.loss_scale_factor is None else loss * self.loss_scale_factor

    def stateless_apply(
        self, optimizer_variables: Any, grads: Any, trainable_variables: Any
    ) -> tuple[list[Any], list[Any]]:
        """``apply`` as a pure function.

        Args:
          optimizer_variables: values of ``variables``.
          grads: gradients.
          trainable_variables: values of the variables it was built for.

        Returns:
          New values of the variables, and of the optimizer's own.
        """
        self._check_super_called()
        if not self.built:
            raise ValueError(
                f"To call `stateless_apply`, {type(self).__name__} must be built (i.e. its variables must have been "
                "created). You can build it via `optimizer.build(trainable_variables)`."
            )
        for given, own, kind in (
            (optimizer_variables, self.variables, "variables"),
            (trainable_variables, self._trainable_variables, "trainable variables"),
        ):
            if len(given) != len(own):
                raise ValueError(
                    f"Argument `optimizer_variables` must be a list of tensors corresponding 1:1 to the {kind} of "
                    f"{type(self).__name__}. Received list with length {len(given)}, but expected {len(own)}."
                )
        every = [*self._trainable_variables, *self.variables]
        count = len(self._trainable_variables)
        with with_values(every, [*trainable_variables, *optimizer_variables]):
            self.apply(grads)
            values = values_of(every)
        return values[:count], values[count:]

    # --- moving averages ------------------------------------------------------------------------------
    def _overwrite_model_variables_with_average_value(self, trainable_variables: Sequence[Any]) -> None:
        averages = self._model_variables_moving_average
        if len(trainable_variables) != len(averages):
            raise ValueError(
                f"The length of model variables ({len(trainable_variables)}) to override does not match the length of "
                f"model variables stored in the optimizer ({len(averages)}). Please check if the optimizer was called "
                "on your model."
            )
        for variable, average in zip(trainable_variables, averages, strict=True):
            if average is not None:
                variable.assign(average)

    def finalize_variable_values(self, var_list: Sequence[Any]) -> None:
        """Sets weights to their moving averages, if ``use_ema``."""
        if self.use_ema:
            self._overwrite_model_variables_with_average_value(var_list)

    # --- saving ---------------------------------------------------------------------------------------
    def get_weights(self) -> list[Any]:
        """The values of all variables as numpy arrays."""
        return [variable.numpy() for variable in self.variables]

    def set_weights(self, weights: Sequence[Any]) -> None:
        """Sets the values of all variables.

        Raises:
          ValueError: the optimizer is not built, or a shape differs.
        """
        if not self.built:
            raise ValueError(
                "You are calling `set_weights()` on an optimizer that has not yet been built. Please call "
                "`optimizer.build(trainable_variables)` to create the optimizer weights before calling `set_weights()`."
            )
        for variable, weight in zip(self.variables, weights, strict=False):
            if tuple(variable.shape) != tuple(np.shape(weight)):
                raise ValueError(
                    f"Optimizer variable {self._var_key(variable)} has shape {variable.shape} not compatible with "
                    f"provided weight shape {np.shape(weight)}."
                )
            variable.assign(weight)

    def save_own_variables(self, store: Any) -> None:
        """Writes the values of all variables into a mapping."""
        for i, variable in enumerate(self.variables):
            store[str(i)] = variable.numpy()

    def load_own_variables(self, store: Any) -> None:
        """Reads the values of all variables from a mapping; leaves them, with a warning, if the number differs."""
        if len(store.keys()) != len(self.variables):
            message = (
                f"Skipping variable loading for optimizer '{self.name}', because it has {len(self.variables)} "
                "variables "
                f"whereas the saved optimizer has {len(store.keys())} variables. "
            )
            if len(self.variables) == 0:
                message += "This is likely because the optimizer has not been called/built yet."
            warnings.warn(message, stacklevel=2)
            return
        for i, variable in enumerate(self.variables):
            variable.assign(np.asarray(store[str(i)]))

    def get_config(self) -> dict[str, Any]:
        """The constructor's arguments."""
        rate = self._learning_rate
        if isinstance(rate, core.Variable):
            rate = float(rate.numpy())
        elif isinstance(rate, Tensor):
            rate = float(rate)
        elif isinstance(rate, LearningRateSchedule) or callable(rate):
            rate = serialize_keras_object(rate)
        else:
            rate = 0.5
        return {
            "name": self.name,
            "learning_rate": rate,
            "weight_decay": self.weight_decay,
            "clipnorm": self.clipnorm,
            "global_clipnorm": self.global_clipnorm,
            "clipvalue": self.clipvalue,
            "use_ema": self.use_ema,
            "ema_momentum": self.ema_momentum,
            "ema_overwrite_frequency": self.ema_overwrite_frequency,
            "loss_scale_factor": self.loss_scale_factor,
            "gradient_accumulation_steps": self.gradient_accumulation_steps,
            **{name: getattr(self, name) for name in self._config_names},
        }

    _config_names: tuple[str, ...] = ()

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Any:
        """An optimizer of a config."""
        config = dict(config)
        for key in ("is_legacy_optimizer", "jit_compile"):
            config.pop(key, None)
        if "lr" in config:
            config["learning_rate"] = config.pop("lr")
        if isinstance(config.get("learning_rate"), dict):
            config["learning_rate"] = deserialize_keras_object(config["learning_rate"], custom_objects=custom_objects)
        return cls(**config)

    def _trackable_children(self) -> dict[str, Any]:
        from kerax.keras.saving.checkpointing import optimizer_children

        return optimizer_children(self)

    def _children_for_restore(self, node: Any, graph: Any) -> dict[str, Any]:
        from kerax.keras.saving.checkpointing import optimizer_children_for_restore

        return optimizer_children_for_restore(self, node, graph)

    def _obj_type(self) -> str:
        return "Optimizer"

    def __setattr__(self, name: str, value: Any) -> None:
        if name != "_lock":
            self._check_super_called()
        tracker = vars(self).get("_tracker")
        if tracker is not None and name not in _UNTRACKED:
            value = tracker.track(value)
        super().__setattr__(name, value)
        if "_deferred_restores" in vars(self):
            continue_restores(self, name, value)

    def _check_super_called(self) -> None:
        if "_lock" not in vars(self):
            raise RuntimeError(
                f"In optimizer '{type(self).__name__}', you forgot to call `super().__init__()` as the first "
                "statement in "
                "the `__init__()` method. Go add it!"
            )

    # --- excluding from weight decay ------------------------------------------------------------------
    def exclude_from_weight_decay(self, var_list: Any = None, var_names: Any = None) -> None:
        """Exempts variables from weight decay; to be called before the optimizer is built.

        Args:
          var_list: list of Variable.
          var_names: list of str, parts of names.
        """
        if getattr(self, "_built", False):
            raise ValueError("`exclude_from_weight_decay()` can only be configured before the optimizer is built.")
        self._exclude_from_weight_decay = {self._var_key(v) for v in var_list or ()}
        self._exclude_from_weight_decay_pattern = re.compile("|".join(set(var_names))) if var_names else None

    def _use_weight_decay(self, variable: Any) -> bool:
        if self._var_key(variable) in getattr(self, "_exclude_from_weight_decay", ()):
            return False
        pattern = getattr(self, "_exclude_from_weight_decay_pattern", None)
        return pattern is None or re.search(pattern, variable.name) is None

    # --- the learning rate ----------------------------------------------------------------------------
    def _build_learning_rate(self, learning_rate: Any) -> Any:
        if isinstance(learning_rate, LearningRateSchedule) or callable(learning_rate):
            return learning_rate
        if isinstance(learning_rate, (Tensor, core.Variable, np.ndarray, np.generic)) or (
            legacy_keras() and isinstance(learning_rate, int)
        ):
            learning_rate = float(learning_rate)
        if not isinstance(learning_rate, float):
            raise ValueError(
                "Argument `learning_rate` should be float, or an instance of LearningRateSchedule, or a callable (that "
                "takes in the current iteration value and returns the corresponding learning rate value). "
                f"Received instead: learning_rate={learning_rate}"
            )
        with name_scope(self.name, caller=self):
            variable = Variable(
                learning_rate,
                name="learning_rate",
                dtype=floatx(),
                trainable=False,
                aggregation="only_first_replica",
            )
        self._track_variable(variable)
        return variable

    @property
    def iterations(self) -> Any:
        """The number of updates so far, an int64 Variable."""
        if self.gradient_accumulation_steps:
            return self._iterations // self.gradient_accumulation_steps
        return self._iterations

    @iterations.setter
    def iterations(self, variable: Any) -> None:
        if self.built:
            raise RuntimeError(
                "Cannot set `iterations` to a new Variable after the Optimizer weights have been created. "
                f"Here it is attempting to set `iterations` to {variable}."
            )
        self._untrack_variable(self._iterations)
        self._variables.insert(0, variable)
        with DotNotTrackScope():
            self._iterations = variable

    def iterations_tensor(self) -> Tensor:
        """``iterations`` as a Tensor."""
        found = self.iterations
        return found if isinstance(found, Tensor) else found._read_quietly()

    @property
    def learning_rate(self) -> Any:
        """The learning rate: a Variable, or the present value of a schedule."""
        rate = self._learning_rate
        if isinstance(rate, LearningRateSchedule):
            return rate(self._iterations)
        if isinstance(rate, core.Variable) or not callable(rate):
            return rate
        return rate()

    @learning_rate.setter
    def learning_rate(self, learning_rate: Any) -> None:
        old = self._learning_rate
        if isinstance(learning_rate, core.Variable) and old is None:
            self._learning_rate = learning_rate
        elif not isinstance(learning_rate, (core.Variable, Tensor)) and callable(learning_rate):
            if isinstance(old, core.Variable):
                self._untrack_variable(old)
            self._learning_rate = learning_rate
        elif isinstance(old, core.Variable):
            old.assign(learning_rate)
        elif isinstance(old, LearningRateSchedule):
            raise TypeError(
                "This optimizer was created with a `LearningRateSchedule` object as its `learning_rate` constructor "
                "argument, hence its learning rate is not settable. If you need the learning rate to be settable, you "
                "should instantiate the optimizer with a float `learning_rate` argument."
            )
        else:
            self._learning_rate = self._build_learning_rate(float(learning_rate))

    @property
    def lr(self) -> Any:
        """The older name of ``learning_rate``."""
        return self.learning_rate

    @lr.setter
    def lr(self, value: Any) -> None:
        self.learning_rate = value

    def _rate(self) -> Tensor:
        """The learning rate as a Tensor, unrecorded."""
        rate = self.learning_rate
        if isinstance(rate, core.Variable):
            return rate._read_quietly()
        return to_tensor(rate) if isinstance(rate, Tensor) else to_tensor(rate, floatx())


_UNTRACKED = {
    "_trainable_variables", "_slots", "_shared", "_accumulated_gradients", "_model_variables_moving_average",
    "_programs", "_trainable_variables_indices", "_tracker", "_variables",
}  # fmt: skip


@op("average; value; first")
def _next_average(average, value, first, momentum, legacy):
    return _update.moving_average(average, value, first, momentum, legacy)


def _as_tensor(gradient: Any) -> Any:
    return gradient if not hasattr(gradient, "indices") else convert_to_tensor(gradient)


def _as_arrays(gradient: Any) -> Any:
    """A gradient as a Tensor, ``tf.IndexedSlices`` as Tensors of values and indices."""
    if hasattr(gradient, "indices") and hasattr(gradient, "values"):
        return to_tensor(gradient.values), to_tensor(gradient.indices)
    return gradient if type(gradient) is Tensor else to_tensor(gradient)
