"""``keras.optimizers.Optimizer``: the base class, which does all but the rule for one array."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from kerax.core import errors
from kerax.core.config import legacy_keras
from kerax.core.module import continue_restores
from kerax.core.state import no_recording
from kerax.core.tape import GradientTape
from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.jax_values import for_jax
from kerax.keras.engine.names import auto_name, name_scope
from kerax.keras.engine.stateless import values_of, with_values
from kerax.keras.engine.tracking import Tracker, is_variable
from kerax.keras.engine.variable import Variable
from kerax.keras.optimizers import _replicas, _update
from kerax.keras.optimizers._stepping import OptimizerSteps
from kerax.keras.optimizers._variables import VariableList as VariableList

_PLAIN = (bool, int, float, str, type(None))


class Optimizer(OptimizerSteps):
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

    takes_slices = False  # whether ``rule`` takes gradients as ``Slices`` too

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
        own_rule = type(self).rule is Optimizer.rule
        if isinstance(learning_rate, str) and own_rule:  # Keras 2's first argument is the name
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
        kind = type(self).__name__
        self.name = name if name is not None else kind if legacy_keras() else auto_name(kind)
        self.weight_decay = 0 if weight_decay is None and own_rule and legacy_keras() else weight_decay
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
        self._tracker = Tracker({"variables": (is_variable, self._variables)})
        # Keras 2 makes it outside of the optimizer's scope, unless it is a legacy one
        with (
            contextlib.nullcontext()
            if legacy_keras() and self._counter_name == "iteration"
            else name_scope(self.name, caller=self)
        ):
            iterations = Variable(
                np.int64(0), name=self._counter_name, dtype="int64", trainable=False, aggregation="only_first_replica"
            )
        self._track_variable(iterations)
        self._iterations = iterations
        self._learning_rate: Any = None
        if learning_rate is not None or not own_rule:
            self._learning_rate = self._build_learning_rate(learning_rate)

    _counter_name = "iteration"

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
        **kwargs: Any,
    ) -> Any:
        """Updates variables.

        Args:
          grads_and_vars: pairs of gradient and variable; None gradients are left out with a warning.
          name: unused.
          skip_gradients_aggregation, experimental_aggregate_gradients: True and False leave each replica of a
            strategy its own gradients; by default they are summed.
          **kwargs: ignored in the Keras 2 dialect.

        Returns:
          The variable that counts steps.

        Raises:
          ValueError: no gradient for any variable.
        """
        if kwargs and not legacy_keras():
            raise TypeError(f"apply_gradients() got an unexpected keyword argument '{next(iter(kwargs))}'")
        pairs = list(grads_and_vars)
        if not pairs and legacy_keras():
            return self._iterations
        if not pairs:
            raise ValueError("No gradients provided for any variable.")
        grads, variables = zip(*pairs, strict=True)
        with _replicas.updating(not (skip_gradients_aggregation or experimental_aggregate_gradients is False)):
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
        with name_scope(self.name, caller=self), no_recording(), _replicas.updating():
            grads, variables = self._without_missing(list(grads), variables)
            grads, variables = self._overwritten(_replicas.summed(grads), variables)
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
        if not self.built or legacy_keras():  # Keras 2 leaves it to `build` to happen once
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
            _check_shapes(grads, variables)
            legacy = legacy_keras()
            program = self._programs[key] = _update.Program(self, list(self._trainable_variables), chosen, legacy)
        program.run(grads, self._rate())

    def _settings_key(self) -> tuple[Any, ...]:
        """What a compiled step depends on: the plain attributes."""
        return tuple([(k, v, type(v)) for k, v in vars(self).items() if type(v) in _PLAIN and k != "name"])

    def _runs_by_steps(self) -> bool:
        return type(self).update_step is not Optimizer.update_step

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
            values = for_jax(values_of(every))
        return values[:count], values[count:]

    def __setattr__(self, name: str, value: Any) -> None:
        if name != "_lock":
            self._check_super_called()
        tracker = vars(self).get("_tracker")
        if tracker is not None and name not in _UNTRACKED and not (name in _RATES and legacy_keras()):
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


_RATES = ("_learning_rate", "_current_learning_rate")
_UNTRACKED = {
    "_trainable_variables", "_slots", "_shared", "_accumulated_gradients", "_model_variables_moving_average",
    "_programs", "_trainable_variables_indices", "_tracker", "_variables",
}  # fmt: skip


def _check_shapes(grads: list[Any], variables: list[Any]) -> None:
    for gradient, variable in zip(grads, variables, strict=True):
        if not isinstance(gradient, tuple) and not gradient.shape.is_compatible_with(variable.shape):
            raise errors.InvalidArgumentError(
                None, None, f"Incompatible shapes: gradient {gradient.shape}, variable {variable.shape}"
            )


def _as_tensor(gradient: Any) -> Any:
    return gradient if not hasattr(gradient, "indices") else convert_to_tensor(gradient)


def _as_arrays(gradient: Any) -> Any:
    """A gradient as a Tensor, ``tf.IndexedSlices`` as Tensors of values and indices."""
    if type(gradient) is Tensor:
        return gradient
    if hasattr(gradient, "indices") and hasattr(gradient, "values"):
        return to_tensor(gradient.values), to_tensor(gradient.indices)
    return to_tensor(gradient)
