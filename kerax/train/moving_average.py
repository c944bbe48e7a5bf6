"""``tf.train.ExponentialMovingAverage``."""

from __future__ import annotations

from typing import Any

from kerax.core import dtypes
from kerax.core.module import AutoTrackable
from kerax.core.state import init_scope
from kerax.core.tensor import convert_to_tensor
from kerax.core.variable import Variable
from kerax.math import divide, minimum, multiply, subtract
from kerax.math import pow as power
from kerax.math.casting import cast

_FLOATS = (dtypes.bfloat16, dtypes.float16, dtypes.float32, dtypes.float64)


class ExponentialMovingAverage(AutoTrackable):
    """Averages of variables that forget the past: ``shadow = decay * shadow + (1 - decay) * variable``.

    Args:
      decay: float.
      num_updates: int or scalar, how many updates there were; the decay is then at most
        ``(1 + num_updates) / (10 + num_updates)``.
      zero_debias: bool, whether averages of tensors, which begin at zero, are corrected for that.
      name: str.

    >>> import kerax as tf
    >>> v = tf.Variable(0.)
    >>> ema = tf.train.ExponentialMovingAverage(0.5)
    >>> ema.apply([v])
    >>> _ = v.assign(4.)
    >>> ema.apply([v])
    >>> ema.average(v).numpy()
    np.float32(2.0)
    """

    def __init__(
        self, decay: Any, num_updates: Any = None, zero_debias: bool = False, name: str = "ExponentialMovingAverage"
    ) -> None:
        self._decay, self._num_updates, self._zero_debias, self._name = decay, num_updates, zero_debias, name
        self._averages: dict[int, Any] = {}
        self._sources: dict[int, Any] = {}
        self._biased: dict[int, tuple[Any, Any]] = {}

    @property
    def name(self) -> str:
        return self._name

    def apply(self, var_list: Any = None) -> None:
        """Updates the averages of variables, and makes those that are new.

        Args:
          var_list: list of variables or tensors.

        Raises:
          TypeError: one is not of a float dtype.
          ValueError: there is no list.
        """
        if var_list is None:
            raise ValueError("`var_list` is needed: without graphs, there is no collection of all variables.")
        var_list = list(var_list)
        for variable in var_list:
            if dtypes.as_dtype(variable.dtype) not in _FLOATS:
                raise TypeError(f"The variables must be half, float, or double: {_label(variable)}")
            if id(variable) not in self._averages:
                self._make(variable)
        for variable in var_list:
            shadow = self._averages[id(variable)]
            self._update(shadow, convert_to_tensor(variable), shadow.dtype)

    def _make(self, variable: Any) -> None:
        with init_scope():
            is_variable = isinstance(variable, Variable)
            value = convert_to_tensor(variable)
            if not is_variable:
                value = subtract(value, value)
            shadow = Variable(value, trainable=False, name=self.average_name(variable))
            self._averages[id(variable)], self._sources[id(variable)] = shadow, variable
            if self._zero_debias and not is_variable:
                self._biased[id(shadow)] = (
                    Variable(value, trainable=False, name="biased"),
                    Variable(convert_to_tensor(0.0, shadow.dtype), trainable=False, name="local_step"),
                )

    def _update(self, shadow: Any, value: Any, dtype: Any) -> None:
        decay = convert_to_tensor(self._decay, dtypes.float32)
        if self._num_updates is not None:
            done = cast(self._num_updates, dtypes.float32)
            decay = minimum(decay, divide(1.0 + done, 10.0 + done))
        rest = cast(subtract(1.0, decay), dtype)
        if id(shadow) not in self._biased:
            shadow.assign_sub(multiply(subtract(shadow, value), rest))
            return
        biased, step = self._biased[id(shadow)]
        biased.assign_sub(multiply(subtract(biased, value), rest))
        step.assign_add(convert_to_tensor(1.0, dtype))
        shadow.assign(divide(biased, subtract(1.0, power(subtract(1.0, rest), step))))

    def average(self, var: Any) -> Any:
        """The variable that holds an average, None if there is none."""
        return self._averages.get(id(var))

    def average_name(self, var: Any) -> str:
        """The name of the variable that holds an average."""
        if id(var) in self._averages:
            return self._averages[id(var)].name.split(":")[0]
        return f"{_label(var).split(':')[0]}/{self._name}"

    def variables_to_restore(self, moving_avg_variables: Any = None) -> dict[str, Any]:
        """What to restore so that variables begin with their averages: name → variable.

        Args:
          moving_avg_variables: list of variables, by default those averaged so far.
        """
        if moving_avg_variables is None:
            moving_avg_variables = [v for v in self._sources.values() if isinstance(v, Variable)]
        return {self.average_name(variable): variable for variable in moving_avg_variables}


def _label(value: Any) -> str:
    return value.name if isinstance(value, Variable) else getattr(value, "_name", None) or "tensor"
