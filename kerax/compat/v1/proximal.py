"""``tf.compat.v1.train``: optimizers that pull weights to zero themselves, and Adadelta."""

from __future__ import annotations

from typing import Any

from kerax import math
from kerax.array_ops import where, zeros_like
from kerax.core.tensor import convert_to_tensor
from kerax.math.casting import cast

from .optimizers import Optimizer


class AdadeltaOptimizer(Optimizer):
    """The gradient times the ratio of two moving means: of past steps' squares and of past gradients' squares."""

    _slots = {"accum": 0.0, "accum_update": 0.0}

    def __init__(
        self,
        learning_rate: Any = 0.001,
        rho: Any = 0.95,
        epsilon: Any = 1e-8,
        use_locking: bool = False,
        name: str = "Adadelta",
    ) -> None:
        super().__init__(use_locking, name)
        self._learning_rate, self._rho, self._epsilon = learning_rate, rho, epsilon

    def _step(self, value: Any, gradient: Any, accum: Any, accum_update: Any) -> tuple[Any, ...]:
        rate, rho, epsilon = (self._rate(value, part) for part in (self._learning_rate, self._rho, self._epsilon))
        accum = rho * accum + (1 - rho) * math.square(gradient)
        step = math.sqrt(accum_update + epsilon) * math.rsqrt(accum + epsilon) * gradient
        return value - rate * step, accum, rho * accum_update + (1 - rho) * math.square(step)


def _shrunk(value: Any, rate: Any, l1: Any, l2: Any) -> Any:
    """A value pulled to zero by both penalties over a step of size ``rate``."""
    return math.sign(value) * math.maximum(math.abs(value) - rate * l1, 0) / (1 + l2 * rate)


class ProximalGradientDescentOptimizer(Optimizer):
    """A step down the gradient, after which weights are pulled to zero."""

    def __init__(
        self,
        learning_rate: Any,
        l1_regularization_strength: float = 0.0,
        l2_regularization_strength: float = 0.0,
        use_locking: bool = False,
        name: str = "ProximalGradientDescent",
    ) -> None:
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate
        self._penalties = l1_regularization_strength, l2_regularization_strength

    def _step(self, value: Any, gradient: Any) -> tuple[Any, ...]:
        rate, l1, l2 = (self._rate(value, part) for part in (self._learning_rate, *self._penalties))
        return (_shrunk(value - rate * gradient, rate, l1, l2),)


class ProximalAdagradOptimizer(Optimizer):
    """Adagrad's step, after which weights are pulled to zero."""

    def __init__(
        self,
        learning_rate: Any,
        initial_accumulator_value: float = 0.1,
        l1_regularization_strength: float = 0.0,
        l2_regularization_strength: float = 0.0,
        use_locking: bool = False,
        name: str = "ProximalAdagrad",
    ) -> None:
        if initial_accumulator_value <= 0.0:
            raise ValueError(f"initial_accumulator_value must be positive: {initial_accumulator_value}")
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate
        self._penalties = l1_regularization_strength, l2_regularization_strength
        self._slots = {"accumulator": initial_accumulator_value}

    def _step(self, value: Any, gradient: Any, accumulator: Any) -> tuple[Any, ...]:
        rate, l1, l2 = (self._rate(value, part) for part in (self._learning_rate, *self._penalties))
        accumulator = accumulator + math.square(gradient)
        rate = rate * math.rsqrt(accumulator)
        return _shrunk(value - rate * gradient, rate, l1, l2), accumulator


class AdagradDAOptimizer(Optimizer):
    """Adagrad by the sums of all gradients and of their squares, which gives sparse weights.

    Args:
      learning_rate: float.
      global_step: int Variable that counts the steps.
      initial_gradient_squared_accumulator_value: float, positive.
      l1_regularization_strength, l2_regularization_strength: floats.
    """

    _only_touched = False

    def __init__(
        self,
        learning_rate: Any,
        global_step: Any,
        initial_gradient_squared_accumulator_value: float = 0.1,
        l1_regularization_strength: float = 0.0,
        l2_regularization_strength: float = 0.0,
        use_locking: bool = False,
        name: str = "AdagradDA",
    ) -> None:
        if initial_gradient_squared_accumulator_value <= 0.0:
            raise ValueError("initial_gradient_squared_accumulator_value must be positive")
        super().__init__(use_locking, name)
        self._learning_rate, self._global_step = learning_rate, global_step
        self._penalties = l1_regularization_strength, l2_regularization_strength
        start = initial_gradient_squared_accumulator_value
        self._slots = {"gradient_accumulator": 0.0, "gradient_squared_accumulator": start}

    def _step(self, value: Any, gradient: Any, **slots: Any) -> tuple[Any, ...]:
        rate, l1, l2 = (self._rate(value, part) for part in (self._learning_rate, *self._penalties))
        step = cast(convert_to_tensor(self._global_step), value.dtype) + 1
        total = slots["gradient_accumulator"] + gradient
        squares = slots["gradient_squared_accumulator"] + math.square(gradient)
        pulled = math.sign(total) * math.maximum(math.abs(total) - l1 * step, 0)
        return -rate * pulled / (l2 * step * rate + math.sqrt(squares)), total, squares


class FtrlOptimizer(Optimizer):
    """Follow the regularized leader: weights are made anew from the sums of gradients and of their squares.

    Args:
      learning_rate: float.
      learning_rate_power: float, at most 0: how the step falls.
      initial_accumulator_value: float, at least 0.
      l1_regularization_strength, l2_regularization_strength: floats.
      accum_name, linear_name: without effect.
      l2_shrinkage_regularization_strength: float, a penalty on the weights themselves.
      beta: float or None, more of the L2 penalty for small rates.
    """

    def __init__(
        self,
        learning_rate: Any,
        learning_rate_power: float = -0.5,
        initial_accumulator_value: float = 0.1,
        l1_regularization_strength: float = 0.0,
        l2_regularization_strength: float = 0.0,
        use_locking: bool = False,
        name: str = "Ftrl",
        accum_name: str | None = None,
        linear_name: str | None = None,
        l2_shrinkage_regularization_strength: float = 0.0,
        beta: float | None = None,
    ) -> None:
        if initial_accumulator_value < 0.0:
            raise ValueError(f"initial_accumulator_value {initial_accumulator_value} needs to be positive or zero")
        if learning_rate_power > 0.0:
            raise ValueError(f"learning_rate_power {learning_rate_power} needs to be negative or zero")
        super().__init__(use_locking, name)
        self._learning_rate, self._power, self._beta = learning_rate, learning_rate_power, beta or 0.0
        self._penalties = (
            l1_regularization_strength,
            l2_regularization_strength,
            l2_shrinkage_regularization_strength,
        )
        self._slots = {"accum": initial_accumulator_value, "linear": 0.0}

    def _step(self, value: Any, gradient: Any, accum: Any, linear: Any) -> tuple[Any, ...]:
        rate, power, beta, l1, l2, shrinkage = (
            self._rate(value, part) for part in (self._learning_rate, self._power, self._beta, *self._penalties)
        )
        after = accum + math.square(gradient)
        sigma = (math.pow(after, -power) - math.pow(accum, -power)) / rate
        linear = linear + gradient + 2 * shrinkage * value - sigma * value
        curvature = math.pow(after, -power) / rate + 2 * (l2 + beta / (2 * rate))
        moved = (math.sign(linear) * l1 - linear) / curvature
        return where(math.abs(linear) > l1, moved, zeros_like(linear)), after, linear
