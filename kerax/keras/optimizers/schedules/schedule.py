"""Learning rates that change with the step."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import jax.numpy as jnp
from jax import lax

from kerax.core.config import legacy_keras
from kerax.core.op import op
from kerax.keras.engine.convert import to_tensor


class LearningRateSchedule:
    """The base class of schedules: override ``__call__(step)``, which returns the learning rate.

    >>> import kerax as tf
    >>> class Halves(tf.keras.optimizers.schedules.LearningRateSchedule):
    ...     def __call__(self, step):
    ...         return 0.5 ** tf.cast(step, tf.float32)
    >>> Halves()(2).numpy()
    np.float32(0.25)
    """

    def __call__(self, step: Any) -> Any:
        """The learning rate at a step (an integer scalar)."""
        raise NotImplementedError(
            f"Learning rate schedule '{type(self).__name__}' must override `__call__(self, step)`."
        )

    def get_config(self) -> dict[str, Any]:
        raise NotImplementedError(
            f"Learning rate schedule '{type(self).__name__}' must override `get_config()` in order to be serializable."
        )

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        return cls(**config)


class _Schedule(LearningRateSchedule):
    _fields: tuple[str, ...] = ()
    _default_name = ""

    def _set_name(self, name: str | None) -> None:
        self.name = self._default_name if name is None and not legacy_keras() else name

    def get_config(self) -> dict[str, Any]:
        config = {field: getattr(self, field) for field in self._fields}
        return {**config, "name": self.name}


def _check_steps(argument: str, value: Any) -> None:
    if value <= 0 and not legacy_keras():
        raise ValueError(f"Argument `{argument}` must be > 0. Received: {argument}={value}")


def _divisor(value: Any, dtype: Any) -> Any:
    """A constant to divide by: XLA would multiply with its reciprocal, and a whole number of periods would not come
    out as a whole number."""
    return lax.optimization_barrier(jnp.asarray(value, dtype))


@op("step; rate")
def _exponential(step, rate, decay_steps, decay_rate, staircase):
    p = step.astype(rate.dtype) / _divisor(decay_steps, rate.dtype)
    if staircase:
        p = jnp.floor(p)
    return rate * jnp.power(jnp.asarray(decay_rate, rate.dtype), p)


@op("step; rate")
def _inverse_time(step, rate, decay_steps, decay_rate, staircase):
    p = step.astype(rate.dtype) / _divisor(decay_steps, rate.dtype)
    if staircase:
        p = jnp.floor(p)
    return rate / (1 + jnp.asarray(decay_rate, rate.dtype) * p)


@op("step")
def _piecewise(step, boundaries, values):
    values = [jnp.asarray(v, jnp.int32 if isinstance(v, int) else jnp.float32) for v in values]
    dtype = values[0].dtype
    edges = [jnp.asarray(b).astype(step.dtype) for b in boundaries]
    rate = (step <= edges[0]).astype(dtype) * values[0] + (step > edges[-1]).astype(dtype) * values[-1]
    for low, high, value in zip(edges[:-1], edges[1:], values[1:-1], strict=True):
        rate = rate + ((step > low) & (step <= high)).astype(dtype) * value
    return rate


@op("step; rate")
def _polynomial(step, rate, decay_steps, end, power, cycle):
    dtype = rate.dtype
    step = step.astype(dtype)
    steps = _divisor(decay_steps, dtype)
    end = jnp.asarray(end, dtype)
    if cycle:
        steps = steps * jnp.where(step == 0, jnp.asarray(1, dtype), jnp.ceil(step / steps))
    else:
        step = jnp.minimum(step, steps)
    return (rate - end) * jnp.power(1 - step / steps, jnp.asarray(power, dtype)) + end


@op("step; rate")
def _cosine(step, rate, decay_steps, alpha, warmup_target, warmup_steps):
    dtype = rate.dtype
    step = step.astype(dtype)
    steps = _divisor(decay_steps, dtype)

    def decay(step: Any, start: Any) -> Any:
        cosine = 0.5 * (1.0 + jnp.cos(jnp.asarray(math.pi, dtype) * (step / steps)))
        return start * ((1 - alpha) * cosine + alpha)

    if warmup_target is None:
        return decay(jnp.minimum(step, steps), rate)
    target, warmup = jnp.asarray(warmup_target, dtype), jnp.asarray(warmup_steps, dtype)
    step = jnp.minimum(step, steps + warmup)
    rising = (target - rate) * (step / jnp.where(warmup == 0, 1, warmup)) + rate
    return jnp.where(step < warmup, rising, decay(step - warmup, target))


@op("step; rate")
def _cosine_restarts(step, rate, first_decay_steps, t_mul, m_mul, alpha):
    dtype = rate.dtype
    fraction = step.astype(dtype) / _divisor(first_decay_steps, dtype)
    if t_mul == 1.0:
        restart = jnp.floor(fraction)
        fraction = fraction - restart
    else:
        factor = jnp.asarray(t_mul, dtype)
        restart = jnp.floor(jnp.log(1.0 - fraction * (1.0 - factor)) / jnp.log(factor))
        passed = (1.0 - jnp.power(factor, restart)) / (1.0 - factor)
        fraction = (fraction - passed) / jnp.power(factor, restart)
    height = jnp.power(jnp.asarray(m_mul, dtype), restart)
    cosine = 0.5 * height * (1.0 + jnp.cos(jnp.asarray(math.pi, dtype) * fraction))
    return rate * ((1 - alpha) * cosine + alpha)


class ExponentialDecay(_Schedule):
    """``initial_learning_rate * decay_rate ^ (step / decay_steps)``.

    Args:
      initial_learning_rate: float.
      decay_steps: int > 0.
      decay_rate: float.
      staircase: bool, whether ``step / decay_steps`` is rounded down.
      name: str.

    >>> import kerax as tf
    >>> schedule = tf.keras.optimizers.schedules.ExponentialDecay(0.5, 10, 0.5)
    >>> schedule(10).numpy()
    np.float32(0.25)
    """

    _fields = ("initial_learning_rate", "decay_steps", "decay_rate", "staircase")
    _default_name = "ExponentialDecay"

    def __init__(
        self,
        initial_learning_rate: Any,
        decay_steps: Any,
        decay_rate: Any,
        staircase: bool = False,
        name: str | None = None,
    ) -> None:
        self.initial_learning_rate = initial_learning_rate
        self.decay_steps = decay_steps
        self.decay_rate = decay_rate
        self.staircase = staircase
        self._set_name(name)
        _check_steps("decay_steps", decay_steps)

    def __call__(self, step: Any) -> Any:
        return _exponential(step, self.initial_learning_rate, self.decay_steps, self.decay_rate, bool(self.staircase))


class InverseTimeDecay(ExponentialDecay):
    """``initial_learning_rate / (1 + decay_rate * step / decay_steps)``. See ``ExponentialDecay`` for the arguments."""

    _default_name = "InverseTimeDecay"

    def __call__(self, step: Any) -> Any:
        return _inverse_time(step, self.initial_learning_rate, self.decay_steps, self.decay_rate, bool(self.staircase))


class PiecewiseConstantDecay(_Schedule):
    """A constant rate between boundaries.

    Args:
      boundaries: list of numbers, rising; a boundary belongs to the piece before it.
      values: list of floats, one more than boundaries.
      name: str.

    >>> import kerax as tf
    >>> schedule = tf.keras.optimizers.schedules.PiecewiseConstantDecay([10], [1.0, 0.5])
    >>> schedule(10).numpy(), schedule(11).numpy()
    (np.float32(1.0), np.float32(0.5))
    """

    _fields = ("boundaries", "values")
    _default_name = "PiecewiseConstant"

    def __init__(self, boundaries: Sequence[Any], values: Sequence[Any], name: str | None = None) -> None:
        if len(boundaries) != len(values) - 1:
            raise ValueError(
                "The length of boundaries should be 1 less than the length of values. Received: "
                f"boundaries={boundaries} of length {len(boundaries)}, and values={values} of length {len(values)}."
            )
        self.boundaries = boundaries
        self.values = values
        self._set_name(name)

    def __call__(self, step: Any) -> Any:
        return _piecewise(to_tensor(step), tuple(self.boundaries), tuple(self.values))


class PolynomialDecay(_Schedule):
    """``(initial - end) * (1 - step / decay_steps) ^ power + end``.

    Args:
      initial_learning_rate: float.
      decay_steps: int > 0.
      end_learning_rate: float.
      power: float.
      cycle: bool, whether it starts anew, with more steps, when it reaches the end.
      name: str.
    """

    _fields = ("initial_learning_rate", "decay_steps", "end_learning_rate", "power", "cycle")
    _default_name = "PolynomialDecay"

    def __init__(
        self,
        initial_learning_rate: Any,
        decay_steps: Any,
        end_learning_rate: Any = 0.0001,
        power: Any = 1.0,
        cycle: bool = False,
        name: str | None = None,
    ) -> None:
        self.initial_learning_rate = initial_learning_rate
        self.decay_steps = decay_steps
        self.end_learning_rate = end_learning_rate
        self.power = power
        self.cycle = cycle
        self._set_name(name)
        _check_steps("decay_steps", decay_steps)

    def __call__(self, step: Any) -> Any:
        return _polynomial(
            step, self.initial_learning_rate, self.decay_steps, self.end_learning_rate, self.power, bool(self.cycle)
        )


class CosineDecay(_Schedule):
    """A rate that falls along half a cosine, after an optional linear rise (Loshchilov & Hutter, 2016).

    Args:
      initial_learning_rate: float.
      decay_steps: int > 0, steps of the fall.
      alpha: float, the end as a fraction of the height.
      name: str.
      warmup_target: float that the rise ends at, None for no rise.
      warmup_steps: int, steps of the rise.
    """

    _fields = ("initial_learning_rate", "decay_steps", "alpha", "name", "warmup_target", "warmup_steps")
    _default_name = "CosineDecay"

    def __init__(
        self,
        initial_learning_rate: Any,
        decay_steps: Any,
        alpha: Any = 0.0,
        name: str | None = "CosineDecay",
        warmup_target: Any = None,
        warmup_steps: Any = 0,
    ) -> None:
        self.initial_learning_rate = initial_learning_rate
        self.decay_steps = decay_steps
        self.alpha = alpha
        self.warmup_target = warmup_target
        self.warmup_steps = warmup_steps
        self._set_name(None if name == self._default_name else name)
        _check_steps("decay_steps", decay_steps)

    def __call__(self, step: Any) -> Any:
        return _cosine(
            step, self.initial_learning_rate, self.decay_steps, self.alpha, self.warmup_target, self.warmup_steps
        )


class CosineDecayRestarts(_Schedule):
    """Cosine decays one after the other, each longer and lower than the one before.

    Args:
      initial_learning_rate: float.
      first_decay_steps: int > 0.
      t_mul: float, how much longer each is.
      m_mul: float, how much of the height each has.
      alpha: float, the end as a fraction of the height.
      name: str.
    """

    _fields = ("initial_learning_rate", "first_decay_steps", "t_mul", "m_mul", "alpha")
    _default_name = "SGDRDecay"

    def __init__(
        self,
        initial_learning_rate: Any,
        first_decay_steps: Any,
        t_mul: Any = 2.0,
        m_mul: Any = 1.0,
        alpha: Any = 0.0,
        name: str | None = None,
    ) -> None:
        self.initial_learning_rate = initial_learning_rate
        self.first_decay_steps = first_decay_steps
        self.t_mul = t_mul
        self.m_mul = m_mul
        self.alpha = alpha
        self._set_name(name)
        _check_steps("first_decay_steps", first_decay_steps)

    def __call__(self, step: Any) -> Any:
        return _cosine_restarts(
            step, self.initial_learning_rate, self.first_decay_steps, self.t_mul, self.m_mul, self.alpha
        )
