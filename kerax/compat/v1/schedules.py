"""``tf.compat.v1.train``'s learning rates that fall: functions without arguments, which read the step's Variable."""

from __future__ import annotations

import math as _math
from collections.abc import Callable
from typing import Any

from kerax import math, random
from kerax.core.dtypes import float32
from kerax.core.tensor import convert_to_tensor
from kerax.math.casting import cast


def _rate(formula: Callable[..., Any], learning_rate: Any, global_step: Any, *numbers: Any) -> Callable[[], Any]:
    if global_step is None:
        raise ValueError("global_step is required.")

    def decayed() -> Any:
        rate = convert_to_tensor(learning_rate() if callable(learning_rate) else learning_rate)
        step = cast(convert_to_tensor(global_step() if callable(global_step) else global_step), rate.dtype)
        return formula(rate, step, *(cast(convert_to_tensor(n), rate.dtype) for n in numbers))

    return decayed


def _times(schedule: Any, learning_rate: Any, global_step: Any) -> Callable[[], Any]:
    """A rate times what one of Keras' schedules makes of 1."""
    return _rate(lambda rate, step: rate * schedule(step), learning_rate, global_step)


def cosine_decay(
    learning_rate: Any, global_step: Any, decay_steps: Any, alpha: float = 0.0, name: str | None = None
) -> Callable[[], Any]:
    """A function that gives a rate which falls along half a cosine to ``alpha`` times itself."""
    from kerax.keras.optimizers.schedules import CosineDecay

    return _times(CosineDecay(1.0, decay_steps, alpha), learning_rate, global_step)


def cosine_decay_restarts(
    learning_rate: Any,
    global_step: Any,
    first_decay_steps: Any,
    t_mul: float = 2.0,
    m_mul: float = 1.0,
    alpha: float = 0.0,
    name: str | None = None,
) -> Callable[[], Any]:
    """A function that gives a rate which falls along half a cosine, again and again, ever longer, from ever lower."""
    from kerax.keras.optimizers.schedules import CosineDecayRestarts

    return _times(CosineDecayRestarts(1.0, first_decay_steps, t_mul, m_mul, alpha), learning_rate, global_step)


def inverse_time_decay(
    learning_rate: Any,
    global_step: Any,
    decay_steps: Any,
    decay_rate: Any,
    staircase: bool = False,
    name: str | None = None,
) -> Callable[[], Any]:
    """A function that gives ``learning_rate / (1 + decay_rate * global_step / decay_steps)``."""
    from kerax.keras.optimizers.schedules import InverseTimeDecay

    return _times(InverseTimeDecay(1.0, decay_steps, decay_rate, staircase), learning_rate, global_step)


def natural_exp_decay(
    learning_rate: Any,
    global_step: Any,
    decay_steps: Any,
    decay_rate: Any,
    staircase: bool = False,
    name: str | None = None,
) -> Callable[[], Any]:
    """A function that gives ``learning_rate * exp(-decay_rate * global_step / decay_steps)``."""

    def formula(rate: Any, step: Any, steps: Any, decay: Any) -> Any:
        part = step / steps
        return rate * math.exp(-decay * (math.floor(part) if staircase else part))

    return _rate(formula, learning_rate, global_step, decay_steps, decay_rate)


def _linear_cosine(step: Any, steps: Any, num_periods: float) -> tuple[Any, Any, Any]:
    step = math.minimum(step, steps)
    cosine = 0.5 * (1.0 + math.cos(_math.pi * (2.0 * num_periods * step / steps)))
    return step, (steps - step) / steps, cosine


def linear_cosine_decay(
    learning_rate: Any,
    global_step: Any,
    decay_steps: Any,
    num_periods: float = 0.5,
    alpha: float = 0.0,
    beta: float = 0.001,
    name: str | None = None,
) -> Callable[[], Any]:
    """A function that gives a rate which falls along a line and cosines at once."""

    def formula(rate: Any, step: Any, steps: Any) -> Any:
        _, line, cosine = _linear_cosine(step, steps, num_periods)
        return rate * ((alpha + line) * cosine + beta)

    return _rate(formula, learning_rate, global_step, decay_steps)


def noisy_linear_cosine_decay(
    learning_rate: Any,
    global_step: Any,
    decay_steps: Any,
    initial_variance: float = 1.0,
    variance_decay: float = 0.55,
    num_periods: float = 0.5,
    alpha: float = 0.0,
    beta: float = 0.001,
    name: str | None = None,
) -> Callable[[], Any]:
    """`linear_cosine_decay` with noise, whose variance falls too."""

    def formula(rate: Any, step: Any, steps: Any) -> Any:
        step, line, cosine = _linear_cosine(step, steps, num_periods)
        deviation = math.sqrt(initial_variance / math.pow(1.0 + step, variance_decay))
        noise = cast(random.normal(line.shape, dtype=float32), rate.dtype) * deviation
        return rate * ((alpha + line + noise) * cosine + beta)

    return _rate(formula, learning_rate, global_step, decay_steps)
