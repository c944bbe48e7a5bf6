"""Schedule-free AdamW."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.keras.optimizers.optimizer import Optimizer


class ScheduleFreeAdamW(Optimizer):
    """AdamW that averages its iterates instead of letting the learning rate fall (Defazio et al., 2024).

    Args:
      learning_rate: see ``Optimizer``, as for all arguments not named here.
      beta_1: float, the average's part in where gradients are taken.
      beta_2: float, how much of the squared gradients' average stays.
      epsilon: float.
      warmup_steps: int, steps during which the rate rises.
    """

    _config_names = ("beta_1", "beta_2", "epsilon", "warmup_steps")

    def __init__(
        self,
        learning_rate: Any = 0.0025,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-8,
        warmup_steps: int = 0,
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
        self.beta_1 = beta_1
        self.beta_2 = beta_2
        self.epsilon = epsilon
        self.warmup_steps = warmup_steps

    def build(self, variables: Any) -> None:
        if self.built:
            return
        super().build(variables)
        for momentum, variable in zip(self._momentums, self._trainable_variables, strict=True):
            if momentum is not None:
                momentum.assign(jnp.copy(variable._read_quietly()._value))

    def _slot_groups(self) -> list[dict[str, tuple[str, Any]]]:
        return [{"_momentums": ("momentum", "zeros"), "_velocities": ("velocity", "zeros")}]

    def rule(self, gradient: Any, value: Any, slots: Any, learning_rate: Any, step: Any, variable: Any) -> Any:
        dtype = value.dtype
        t = (step + 1).astype(dtype)
        beta_1, beta_2, epsilon = (jnp.asarray(x, dtype) for x in (self.beta_1, self.beta_2, self.epsilon))
        if self.warmup_steps > 0:
            learning_rate = learning_rate * jnp.minimum(t / jnp.asarray(self.warmup_steps, dtype), 1)
        z, v = slots["momentum"], slots["velocity"]
        v = v + (jnp.square(gradient) - v) * (1 - beta_2)
        new_z = z - learning_rate * gradient / (jnp.sqrt(v / (1 - jnp.power(beta_2, t))) + epsilon)
        x = (value - (1 - beta_1) * z) / beta_1
        x = (1 - 1 / t) * x + 1 / t * new_z
        return (1 - beta_1) * new_z + beta_1 * x, {"momentum": new_z, "velocity": v}
