"""RMSprop."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import optax

from kerax.core.config import legacy_keras
from kerax.keras.optimizers._slices import dense, square
from kerax.keras.optimizers.optimizer import Optimizer


class RMSprop(Optimizer):
    """Gradients divided by the root of a moving average of their squares (Hinton, 2012).

    ``v = rho * v + (1 - rho) * g²; w = w - learning_rate * g / sqrt(v + epsilon)``; centered, ``v`` less the square
    of the gradients' moving average; with momentum the step is added up as in ``SGD``.

    Args:
      learning_rate: see ``Optimizer``, as for all arguments not named here.
      rho: float, how much of the average stays.
      momentum: float.
      epsilon: float.
      centered: bool, whether to divide by the deviation instead.
    """

    _config_names = ("rho", "momentum", "epsilon", "centered")

    def __init__(
        self,
        learning_rate: Any = 0.001,
        rho: float = 0.9,
        momentum: float = 0.0,
        epsilon: float = 1e-7,
        centered: bool = False,
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
        super().__init__(
            learning_rate=learning_rate,
            weight_decay=weight_decay,
            clipnorm=clipnorm,
            clipvalue=clipvalue,
            global_clipnorm=global_clipnorm,
            use_ema=use_ema,
            ema_momentum=ema_momentum,
            ema_overwrite_frequency=ema_overwrite_frequency or (100 if legacy_keras() else None),
            loss_scale_factor=loss_scale_factor,
            gradient_accumulation_steps=gradient_accumulation_steps,
            name=name,
            **kwargs,
        )
        self.rho = rho
        self.momentum = momentum
        self.epsilon = epsilon
        self.centered = centered
        self._momentums: list[Any] = []
        self._average_gradients: list[Any] = []

    _short_names: dict[str, str] = {}

    def _slot_groups(self) -> list[dict[str, tuple[str, Any]]]:
        groups: list[dict[str, tuple[str, Any]]] = [{"_velocities": ("velocity", "zeros")}]
        if self.momentum > 0:
            groups.append({"_momentums": ("momentum", "zeros")})
        if self.centered:
            groups.append({"_average_gradients": ("average_gradient", "zeros")})
        return groups

    takes_slices = True

    def rule(self, gradient: Any, value: Any, slots: Any, learning_rate: Any, step: Any, variable: Any) -> Any:
        squared, gradient = square(gradient), dense(gradient)
        velocity = self.rho * slots["velocity"] + (1 - self.rho) * squared
        changed = {"velocity": velocity}
        if self.centered:
            mean = changed["average_gradient"] = self.rho * slots["average_gradient"] + (1 - self.rho) * gradient
            velocity = velocity - jnp.square(mean)
        update = learning_rate * gradient * jax.lax.rsqrt(velocity + self.epsilon)
        if self.momentum > 0:
            update, trace = optax.trace(self.momentum).update(update, optax.TraceState(slots["momentum"]))
            changed["momentum"] = trace.trace
        return value - update, changed
