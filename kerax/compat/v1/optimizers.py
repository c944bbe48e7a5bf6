"""``tf.compat.v1.train``: the optimizers of TensorFlow 1, and its global step."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kerax import math
from kerax.array_ops import ones_like, zeros_like
from kerax.array_ops import where as _where
from kerax.core import dtypes
from kerax.core.module import AutoTrackable
from kerax.core.state import init_scope
from kerax.core.tape import GradientTape
from kerax.core.tensor import convert_to_tensor
from kerax.core.variable import Variable
from kerax.math.casting import cast
from kerax.sparse.indexed_slices import IndexedSlices


class Optimizer(AutoTrackable):
    """The base class: a subclass says what a step does to one Variable.

    Args:
      use_locking: without effect.
      name: str.
    """

    GATE_NONE, GATE_OP, GATE_GRAPH = 0, 1, 2
    #: values that slots begin with, by name
    _slots: dict[str, float] = {}

    def __init__(self, use_locking: bool = False, name: str = "Optimizer") -> None:
        if not name:
            raise ValueError("Must specify the optimizer name")
        self._name = name
        self._values: dict[Any, dict[str, Variable]] = {}

    def get_name(self) -> str:
        """The name."""
        return self._name

    def get_slot_names(self) -> list[str]:
        """The names of what is kept for each Variable."""
        return sorted(self._slots)

    def get_slot(self, var: Any, name: str) -> Any:
        """What is kept for a Variable under a name, or None."""
        return self._values.get(var.ref(), {}).get(name)

    def variables(self) -> list[Any]:
        """All that is kept."""
        return [value for slots in self._values.values() for value in slots.values()]

    def compute_gradients(
        self,
        loss: Any,
        var_list: Any = None,
        gate_gradients: int = GATE_OP,
        aggregation_method: Any = None,
        colocate_gradients_with_ops: bool = False,
        grad_loss: Any = None,
    ) -> list[tuple[Any, Any]]:
        """Pairs of a gradient and its Variable.

        Args:
          loss: function without arguments.
          var_list: Variables; None: those that the function reads.
          gate_gradients, aggregation_method, colocate_gradients_with_ops: without effect.
          grad_loss: the gradient that comes into the loss, or None.

        Raises:
          RuntimeError: the loss is no function.
        """
        if not callable(loss):
            raise RuntimeError(
                "`loss` passed to Optimizer.compute_gradients should be a function when eager execution is enabled."
            )
        with GradientTape() as tape:
            if var_list is not None:
                tape.watch(var_list)
            value = loss()
        variables = list(tape.watched_variables() if var_list is None else var_list)
        return list(zip(tape.gradient(value, variables, grad_loss), variables, strict=True))

    def minimize(
        self,
        loss: Any,
        global_step: Any = None,
        var_list: Any = None,
        gate_gradients: int = GATE_OP,
        aggregation_method: Any = None,
        colocate_gradients_with_ops: bool = False,
        name: str | None = None,
        grad_loss: Any = None,
    ) -> None:
        """One step down a loss, which is a function without arguments."""
        pairs = self.compute_gradients(loss, var_list, grad_loss=grad_loss)
        if all(gradient is None for gradient, _ in pairs):
            raise ValueError(f"No gradients provided for any variable of {[v.name for _, v in pairs]}.")
        self.apply_gradients(pairs, global_step, name)

    def apply_gradients(self, grads_and_vars: Iterable[Any], global_step: Any = None, name: str | None = None) -> None:
        """One step.

        Args:
          grads_and_vars: pairs of a gradient, or None, and its Variable.
          global_step: integer Variable that counts the steps, or None.
          name: ignored.

        Raises:
          ValueError: no gradients.
        """
        pairs = [(gradient, variable) for gradient, variable in grads_and_vars if gradient is not None]
        if not pairs:
            raise ValueError("No gradients provided for any variable.")
        for gradient, variable in pairs:
            slots = self._slots_of(variable)
            dense = convert_to_tensor(gradient, variable.dtype)
            before = [variable, *(slots[key] for key in self._slots)]
            after = self._step(
                convert_to_tensor(variable), dense, **{k: convert_to_tensor(v) for k, v in slots.items()}
            )
            for old, new in zip(before, after, strict=True):
                rows_only = isinstance(gradient, IndexedSlices) and self._only_touched and old.shape == variable.shape
                old.assign(_where(_touched(gradient, old), new, old) if rows_only else new)
        if global_step is not None:
            global_step.assign_add(1)

    #: whether a step by some rows leaves what is kept of the others alone
    _only_touched = True

    def _slots_of(self, variable: Any) -> dict[str, Variable]:
        key = variable.ref()
        if key not in self._values:
            with init_scope():
                self._values[key] = {
                    name: Variable(
                        start * ones_like(variable) if name not in self._scalars else start,
                        trainable=False,
                        dtype=variable.dtype,
                        name=f"{variable.name.split(':')[0]}/{self._name}/{name}",
                    )
                    for name, start in self._slots.items()
                }
        return self._values[key]

    _scalars: tuple[str, ...] = ()

    def _rate(self, variable: Any, value: Any) -> Any:
        return cast(convert_to_tensor(value() if callable(value) else value), variable.dtype)

    def _step(self, value: Any, gradient: Any, **slots: Any) -> tuple[Any, ...]:
        raise NotImplementedError(f"{type(self).__name__}._step")


def _touched(gradient: IndexedSlices, variable: Any) -> Any:
    """Bools like a Variable, true in the rows of a gradient."""
    marks = IndexedSlices(ones_like(gradient.values), gradient.indices, gradient.dense_shape)
    return math.not_equal(zeros_like(variable) + convert_to_tensor(marks, variable.dtype), 0)


class GradientDescentOptimizer(Optimizer):
    """``value -= learning_rate * gradient``."""

    def __init__(self, learning_rate: Any, use_locking: bool = False, name: str = "GradientDescent") -> None:
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate

    def _step(self, value: Any, gradient: Any) -> tuple[Any, ...]:
        return (value - self._rate(value, self._learning_rate) * gradient,)


class MomentumOptimizer(Optimizer):
    """``momentum ← m * momentum + gradient``, ``value -= learning_rate * momentum``."""

    _slots = {"momentum": 0.0}

    def __init__(
        self,
        learning_rate: Any,
        momentum: Any,
        use_locking: bool = False,
        name: str = "Momentum",
        use_nesterov: bool = False,
    ) -> None:
        super().__init__(use_locking, name)
        self._learning_rate, self._momentum, self._use_nesterov = learning_rate, momentum, use_nesterov

    def _step(self, value: Any, gradient: Any, momentum: Any) -> tuple[Any, ...]:
        rate, factor = self._rate(value, self._learning_rate), self._rate(value, self._momentum)
        momentum = factor * momentum + gradient
        return value - rate * (gradient + factor * momentum if self._use_nesterov else momentum), momentum


class AdagradOptimizer(Optimizer):
    """``accumulator += gradient²``, ``value -= learning_rate * gradient / √accumulator``."""

    def __init__(
        self,
        learning_rate: Any,
        initial_accumulator_value: float = 0.1,
        use_locking: bool = False,
        name: str = "Adagrad",
    ) -> None:
        if initial_accumulator_value <= 0.0:
            raise ValueError(f"initial_accumulator_value must be positive: {initial_accumulator_value}")
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate
        self._slots = {"accumulator": initial_accumulator_value}

    def _step(self, value: Any, gradient: Any, accumulator: Any) -> tuple[Any, ...]:
        accumulator = accumulator + gradient * gradient
        return value - self._rate(value, self._learning_rate) * gradient * math.rsqrt(accumulator), accumulator


class RMSPropOptimizer(Optimizer):
    """The gradient over the root of the moving mean of its squares, with momentum."""

    def __init__(
        self,
        learning_rate: Any,
        decay: Any = 0.9,
        momentum: Any = 0.0,
        epsilon: Any = 1e-10,
        use_locking: bool = False,
        centered: bool = False,
        name: str = "RMSProp",
    ) -> None:
        super().__init__(use_locking, name)
        self._learning_rate, self._decay, self._momentum, self._epsilon = learning_rate, decay, momentum, epsilon
        self._slots = {"rms": 1.0, "momentum": 0.0} | ({"mg": 0.0} if centered else {})

    def _step(self, value: Any, gradient: Any, rms: Any, momentum: Any, mg: Any = None) -> tuple[Any, ...]:
        rate, decay, factor, epsilon = (
            self._rate(value, part) for part in (self._learning_rate, self._decay, self._momentum, self._epsilon)
        )
        rms = decay * rms + (1 - decay) * gradient * gradient
        below = rms + epsilon
        if mg is not None:
            mg = decay * mg + (1 - decay) * gradient
            below = below - mg * mg
        momentum = factor * momentum + rate * gradient * math.rsqrt(below)
        return (value - momentum, rms, momentum) + (() if mg is None else (mg,))


class AdamOptimizer(Optimizer):
    """Adam with the step size ``learning_rate * √(1 - beta2^t) / (1 - beta1^t)``."""

    _scalars = ("beta1_power", "beta2_power")
    _only_touched = False

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta1: Any = 0.9,
        beta2: Any = 0.999,
        epsilon: Any = 1e-8,
        use_locking: bool = False,
        name: str = "Adam",
    ) -> None:
        super().__init__(use_locking, name)
        self._learning_rate, self._beta1, self._beta2, self._epsilon = learning_rate, beta1, beta2, epsilon
        powers = {"beta1_power": beta1, "beta2_power": beta2}  # of this step: rounded before they are used
        self._slots = {"m": 0.0, "v": 0.0, **{k: b() if callable(b) else b for k, b in powers.items()}}

    def get_slot_names(self) -> list[str]:
        """The names of what is kept for each Variable."""
        return ["m", "v"]

    def _step(self, value: Any, gradient: Any, m: Any, v: Any, beta1_power: Any, beta2_power: Any) -> tuple[Any, ...]:
        rate, beta1, beta2, epsilon = (
            self._rate(value, part) for part in (self._learning_rate, self._beta1, self._beta2, self._epsilon)
        )
        size = rate * math.sqrt(1 - beta2_power) / (1 - beta1_power)
        m = m + (gradient - m) * (1 - beta1)
        v = v + (gradient * gradient - v) * (1 - beta2)
        return value - size * m / (math.sqrt(v) + epsilon), m, v, beta1_power * beta1, beta2_power * beta2


_global_step: list[Variable] = []


def get_global_step(graph: Any = None) -> Any:
    """The Variable that counts training steps, or None where there is none yet."""
    return _global_step[0] if _global_step else None


def get_or_create_global_step(graph: Any = None) -> Any:
    """The int64 Variable that counts training steps."""
    if not _global_step:
        with init_scope():
            _global_step.append(Variable(0, trainable=False, dtype=dtypes.int64, name="global_step"))
    return _global_step[0]


def create_global_step(graph: Any = None) -> Any:
    """The int64 Variable that counts training steps, made now.

    Raises:
      ValueError: there is one.
    """
    if _global_step:
        raise ValueError('"global_step" already exists.')
    return get_or_create_global_step()


def _decayed(schedule: Callable[..., Any], global_step: Any) -> Callable[[], Any]:
    return lambda: schedule(convert_to_tensor(global_step() if callable(global_step) else global_step))


def exponential_decay(
    learning_rate: Any,
    global_step: Any,
    decay_steps: Any,
    decay_rate: Any,
    staircase: bool = False,
    name: str | None = None,
) -> Callable[[], Any]:
    """A function that gives ``learning_rate * decay_rate ** (global_step / decay_steps)``."""
    from kerax.keras.optimizers.schedules import ExponentialDecay

    return _decayed(ExponentialDecay(learning_rate, decay_steps, decay_rate, staircase), global_step)


def polynomial_decay(
    learning_rate: Any,
    global_step: Any,
    decay_steps: Any,
    end_learning_rate: float = 0.0001,
    power: float = 1.0,
    cycle: bool = False,
    name: str | None = None,
) -> Callable[[], Any]:
    """A function that gives a rate which falls to ``end_learning_rate`` within ``decay_steps`` steps."""
    from kerax.keras.optimizers.schedules import PolynomialDecay

    return _decayed(PolynomialDecay(learning_rate, decay_steps, end_learning_rate, power, cycle), global_step)


def piecewise_constant(x: Any, boundaries: Any, values: Any, name: str | None = None) -> Callable[[], Any]:
    """A function that gives the value of the interval that ``x`` is in."""
    from kerax.keras.optimizers.schedules import PiecewiseConstantDecay

    return _decayed(PiecewiseConstantDecay(boundaries, values), x)


piecewise_constant_decay = piecewise_constant
