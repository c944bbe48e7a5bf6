"""Ftrl."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.keras.initializers import Constant
from kerax.keras.optimizers._slices import dense, square
from kerax.keras.optimizers.optimizer import Optimizer


class Ftrl(Optimizer):
    """Follow the regularized leader, for sparse linear models (McMahan et al., 2013).

    Args:
      learning_rate: see ``Optimizer``, as for all arguments not named here.
      learning_rate_power: float <= 0, how the rate falls with the sum of squared gradients.
      initial_accumulator_value: float >= 0, that sum at first.
      l1_regularization_strength: float >= 0.
      l2_regularization_strength: float >= 0.
      l2_shrinkage_regularization_strength: float >= 0, as L2 but on the gradient.
      beta: float, of the paper.

    Raises:
      ValueError: an argument out of its range.
    """

    _config_names = (
        "learning_rate_power",
        "initial_accumulator_value",
        "l1_regularization_strength",
        "l2_regularization_strength",
        "l2_shrinkage_regularization_strength",
        "beta",
    )

    def __init__(
        self,
        learning_rate: Any = 0.001,
        learning_rate_power: float = -0.5,
        initial_accumulator_value: float = 0.1,
        l1_regularization_strength: float = 0.0,
        l2_regularization_strength: float = 0.0,
        l2_shrinkage_regularization_strength: float = 0.0,
        beta: float = 0.0,
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
        self.learning_rate_power = learning_rate_power
        self.initial_accumulator_value = initial_accumulator_value
        self.l1_regularization_strength = l1_regularization_strength
        self.l2_regularization_strength = l2_regularization_strength
        self.l2_shrinkage_regularization_strength = l2_shrinkage_regularization_strength
        self.beta = beta
        for argument in self._config_names[1:5]:
            if getattr(self, argument) < 0.0:
                raise ValueError(
                    f"`{argument}` needs to be positive or zero. Received: {argument}={getattr(self, argument)}."
                )
        if learning_rate_power > 0.0:
            raise ValueError(
                "`learning_rate_power` needs to be negative or zero. "
                f"Received: learning_rate_power={learning_rate_power}."
            )

    def _slot_groups(self) -> list[dict[str, tuple[str, Any]]]:
        return [
            {
                "_accumulators": ("accumulator", Constant(self.initial_accumulator_value)),
                "_linears": ("linear", "zeros"),
            }
        ]

    takes_slices = True

    def rule(self, gradient: Any, value: Any, slots: Any, learning_rate: Any, step: Any, variable: Any) -> Any:
        squared, gradient = square(gradient), dense(gradient)
        power = -self.learning_rate_power
        total, linear = slots["accumulator"], slots["linear"]
        l2 = self.l2_regularization_strength + self.beta / (2.0 * learning_rate)
        shrunk = gradient + 2 * self.l2_shrinkage_regularization_strength * value
        new_total = total + squared
        sigma = (jnp.power(new_total, power) - jnp.power(total, power)) / learning_rate
        linear = linear + shrunk - sigma * value
        quadratic = jnp.power(new_total, power) / learning_rate + 2 * l2
        limit = self.l1_regularization_strength
        value = (jnp.clip(linear, -limit, limit) - linear) / quadratic
        return value, {"accumulator": new_total, "linear": linear}
