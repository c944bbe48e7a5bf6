"""The learning rate of an optimizer, a Variable, schedule or function, and its step counter."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core import variable as core
from kerax.core.config import legacy_keras
from kerax.core.value import Tensor
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.names import name_scope
from kerax.keras.engine.settings import floatx
from kerax.keras.engine.tracking import DotNotTrackScope
from kerax.keras.engine.variable import Variable
from kerax.keras.optimizers._settings import OptimizerSettings
from kerax.keras.optimizers.schedules.schedule import LearningRateSchedule


class OptimizerRate(OptimizerSettings):
    """Reading and setting ``learning_rate`` and ``iterations``."""

    def _build_learning_rate(self, learning_rate: Any) -> Any:
        if legacy_keras() and isinstance(learning_rate, LearningRateSchedule):
            self._current_learning_rate = self._rate_variable(learning_rate(self._iterations), "current_learning_rate")
            return learning_rate
        if isinstance(learning_rate, LearningRateSchedule) or callable(learning_rate) and not legacy_keras():
            return learning_rate
        if callable(learning_rate) and not isinstance(learning_rate, (Tensor, core.Variable)):
            learning_rate = float(learning_rate())
        if isinstance(learning_rate, (Tensor, core.Variable, np.ndarray, np.generic)) or (
            legacy_keras() and isinstance(learning_rate, int)
        ):
            learning_rate = float(learning_rate)
        if not isinstance(learning_rate, float):
            raise (TypeError if legacy_keras() and isinstance(learning_rate, str) else ValueError)(
                "Argument `learning_rate` should be float, or an instance of LearningRateSchedule, or a callable (that "
                "takes in the current iteration value and returns the corresponding learning rate value). "
                f"Received instead: learning_rate={learning_rate}"
            )
        variable = self._rate_variable(learning_rate, "learning_rate")
        if not legacy_keras():  # Keras 2 does not count it among the variables
            self._track_variable(variable)
        return variable

    def _rate_variable(self, value: Any, name: str) -> Variable:
        with name_scope(self.name, caller=self), DotNotTrackScope():
            return Variable(value, name=name, dtype=floatx(), trainable=False, aggregation="only_first_replica")

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
        if isinstance(rate, LearningRateSchedule):  # Keras 2 shows the rate of the last step
            return self._current_learning_rate if legacy_keras() else rate(self._iterations)
        if isinstance(rate, core.Variable) or not callable(rate):
            return rate
        return rate()

    @learning_rate.setter
    def learning_rate(self, learning_rate: Any) -> None:
        old = self._learning_rate
        if legacy_keras() and isinstance(old, core.Variable) and not isinstance(learning_rate, LearningRateSchedule):
            old.assign(learning_rate)
        elif isinstance(learning_rate, core.Variable) and old is None:
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
        if legacy_keras() and isinstance(self._learning_rate, LearningRateSchedule):
            return self._rate_of_step(self._learning_rate)
        rate = self.learning_rate
        if isinstance(rate, core.Variable):
            return rate._read_quietly()
        return to_tensor(rate) if isinstance(rate, Tensor) else to_tensor(rate, floatx())

    def _rate_of_step(self, schedule: LearningRateSchedule) -> Tensor:
        """The rate of this step, kept for ``learning_rate`` to show (Keras 2)."""
        rate = to_tensor(schedule(self._iterations), floatx())
        if "_current_learning_rate" in vars(self):
            self._current_learning_rate.assign(rate)
        else:
            self._current_learning_rate = self._rate_variable(rate, "current_learning_rate")
        return rate
