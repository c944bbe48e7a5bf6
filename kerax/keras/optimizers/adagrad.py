"""Adagrad and Adadelta."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.keras.initializers import Constant
from kerax.keras.optimizers._slices import dense, square
from kerax.keras.optimizers.optimizer import Optimizer


class Adagrad(Optimizer):
    """Gradients divided by the root of the sum of their squares (Duchi et al., 2011).

    ``a += g²; w -= learning_rate * g / sqrt(a + epsilon)``.

    Args:
      learning_rate: see ``Optimizer``, as for all arguments not named here.
      initial_accumulator_value: float, the sum at first.
      epsilon: float.
    """

    _config_names = ("initial_accumulator_value", "epsilon")

    def __init__(
        self,
        learning_rate: Any = 0.001,
        initial_accumulator_value: float = 0.1,
        epsilon: float = 1e-7,
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
            ema_overwrite_frequency=ema_overwrite_frequency,
            loss_scale_factor=loss_scale_factor,
            gradient_accumulation_steps=gradient_accumulation_steps,
            name=name,
            **kwargs,
        )
        self.initial_accumulator_value = initial_accumulator_value
        self.epsilon = epsilon

    def _slot_groups(self) -> list[dict[str, tuple[str, Any]]]:
        return [{"_accumulators": ("accumulator", Constant(self.initial_accumulator_value))}]

    takes_slices = True

    def rule(self, gradient: Any, value: Any, slots: Any, learning_rate: Any, step: Any, variable: Any) -> Any:
        total = slots["accumulator"] + square(gradient)
        return value - learning_rate * dense(gradient) / jnp.sqrt(total + self.epsilon), {"accumulator": total}


class Adadelta(Optimizer):
    """Steps as large as the recent ones, in proportion to the recent gradients (Zeiler, 2012).

    Args:
      learning_rate: see ``Optimizer``, as for all arguments not named here.
      rho: float, how much of the averages stays.
      epsilon: float.
    """

    _config_names = ("rho", "epsilon")

    def __init__(
        self,
        learning_rate: Any = 0.001,
        rho: float = 0.95,
        epsilon: float = 1e-7,
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
            ema_overwrite_frequency=ema_overwrite_frequency,
            loss_scale_factor=loss_scale_factor,
            gradient_accumulation_steps=gradient_accumulation_steps,
            name=name,
            **kwargs,
        )
        self.rho = rho
        self.epsilon = epsilon

    def _slot_groups(self) -> list[dict[str, tuple[str, Any]]]:
        return [
            {
                "_accumulated_grads": ("accumulated_grad", "zeros"),
                "_accumulated_delta_vars": ("accumulated_delta_var", "zeros"),
            }
        ]

    takes_slices = True

    def rule(self, gradient: Any, value: Any, slots: Any, learning_rate: Any, step: Any, variable: Any) -> Any:
        squares = self.rho * slots["accumulated_grad"] + (1 - self.rho) * square(gradient)
        steps = slots["accumulated_delta_var"]
        update = jnp.sqrt(steps + self.epsilon) * dense(gradient) / jnp.sqrt(squares + self.epsilon)
        steps = self.rho * steps + (1 - self.rho) * jnp.square(update)
        return value - learning_rate * update, {"accumulated_grad": squares, "accumulated_delta_var": steps}
