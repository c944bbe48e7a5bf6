"""The way of optimizers with an ``update_step`` of their own: one variable after another; moving averages."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

from kerax.core.config import legacy_keras
from kerax.core.control_flow import cond
from kerax.core.op import op
from kerax.keras.engine.convert import to_tensor
from kerax.keras.optimizers import _update
from kerax.keras.optimizers._saving import OptimizerSaving


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


@op("average; value; first")
def _next_average(average, value, first, momentum, legacy):
    return _update.moving_average(average, value, first, momentum, legacy)


class OptimizerSteps(OptimizerSaving):
    """Steps without a compiled program; the moving averages of weights."""

    def _apply_by_steps(self, grads: list[Any], variables: list[Any]) -> None:
        if legacy_keras():
            self._rate()  # for `learning_rate` to show that of a schedule

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
