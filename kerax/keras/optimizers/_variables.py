"""The variables that an optimizer keeps: step counter, learning rate, and some for each weight."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import jax

from kerax.core.config import legacy_keras
from kerax.keras import initializers
from kerax.keras.engine.arguments import keras_2_order
from kerax.keras.engine.names import name_scope
from kerax.keras.engine.tracking import DotNotTrackScope
from kerax.keras.engine.variable import Variable
from kerax.keras.optimizers import _update
from kerax.keras.optimizers._learning_rate import OptimizerRate


class VariableList(list):
    """A list that can also be called, as Keras 2's ``optimizer.variables()`` is."""

    def __call__(self) -> VariableList:
        return self


# to jax it is a list
jax.tree_util.register_pytree_node(VariableList, lambda own: (tuple(own), None), lambda _, values: list(values))


class OptimizerVariables(OptimizerRate):
    """Making, finding and listing the variables; which weights decay."""

    _short_names = {"momentum": "m", "velocity": "v", "norm": "u", "velocity_hat": "vhat"}  # Keras 2's

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

    @keras_2_order("self", "shape", "dtype", "initializer", "name")
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

    @keras_2_order("self", "model_variable", "variable_name", "shape", "initial_value")
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
        if legacy_keras():
            full_name = self._slot_path(reference, self._short_names.get(name, name))
        elif hasattr(reference, "path"):
            full_name = f"{reference.path.replace('/', '_')}_{name}"
        else:
            full_name = f"{str(reference.name).replace('/', '_').replace(':', '_')}_{name}"
        variable = self.add_variable(
            reference.shape if shape is None else shape,
            initializer=initializer,
            dtype=reference._dtype.name,
            name=full_name,
            layout=getattr(reference, "_layout", None),
        )
        if initial_value is not None:
            variable.assign(initial_value)
        return variable

    def _slot_path(self, variable: Any, name: str) -> str:
        """The name, in Keras 2, of what is kept for a variable."""
        return f"{name}/{variable.name.split(':')[0]}"

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
                one.append(self.add_variable_from_reference(variable, label, initializer=start) if own else None)
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

    # --- excluding from weight decay ------------------------------------------------------------------
    def exclude_from_weight_decay(self, var_list: Any = None, var_names: Any = None) -> None:
        """Exempts variables from weight decay; to be called before the optimizer is built.

        Args:
          var_list: list of Variable.
          var_names: list of str, parts of names.
        """
        if getattr(self, "_built", False) or (self.built and legacy_keras()):
            raise ValueError("`exclude_from_weight_decay()` can only be configured before the optimizer is built.")
        self._exclude_from_weight_decay = {self._var_key(v) for v in var_list or ()}
        self._exclude_from_weight_decay_pattern = re.compile("|".join(set(var_names))) if var_names else None

    def _use_weight_decay(self, variable: Any) -> bool:
        if self._var_key(variable) in getattr(self, "_exclude_from_weight_decay", ()):
            return False
        pattern = getattr(self, "_exclude_from_weight_decay_pattern", None)
        return pattern is None or re.search(pattern, variable.name) is None

    def _decay_of(self, variable: Any) -> Any:
        """The weight decay of a variable, None for none."""
        return self.weight_decay if self.weight_decay and self._use_weight_decay(variable) else None
