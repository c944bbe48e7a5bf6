"""Lion and Lamb."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import optax

from kerax.core.config import legacy_keras
from kerax.keras.optimizers.optimizer import Optimizer


class _Rate(float):
    """A default that is told apart from the same number given by the user."""


_DEFAULT_RATE = _Rate(0.001)  # Keras 2 has a smaller one


class Lion(Optimizer):
    """The sign of a mean of gradient and momentum (Chen et al., 2023).

    Args:
      learning_rate: see ``Optimizer``, as for all arguments not named here.
      beta_1: float, the momentum's part in the step.
      beta_2: float, how much of the momentum stays.
    """

    _config_names = ("beta_1", "beta_2")

    def __init__(
        self,
        learning_rate: Any = _DEFAULT_RATE,
        beta_1: float = 0.9,
        beta_2: float = 0.99,
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
        if learning_rate is _DEFAULT_RATE:
            learning_rate = 1e-4 if legacy_keras() else 0.001
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
        if beta_1 <= 0 or beta_1 > 1:
            raise ValueError(
                "Argument `beta_1` must be in the [0, 1] range. Otherwise, the optimizer degenerates to SignSGD. "
                f"Received: beta_1={beta_1}."
            )

    def _slot_groups(self) -> list[dict[str, tuple[str, Any]]]:
        return [{"_momentums": ("momentum", "zeros")}]

    def rule(self, gradient: Any, value: Any, slots: Any, learning_rate: Any, step: Any, variable: Any) -> Any:
        scale = optax.scale_by_lion(self.beta_1, self.beta_2)
        update, state = scale.update(gradient, scale.init(value)._replace(mu=slots["momentum"]))
        return value - learning_rate * update, {"momentum": state.mu}


class Lamb(Optimizer):
    """Adam's direction with a step in proportion to each weight's norm (You et al., 2019).

    Args:
      learning_rate: see ``Optimizer``, as for all arguments not named here.
      beta_1: float, how much of the gradients' average stays.
      beta_2: float, how much of their squares' average stays.
      epsilon: float.
    """

    _config_names = ("beta_1", "beta_2", "epsilon")

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
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
        self.beta_1 = beta_1
        self.beta_2 = beta_2
        self.epsilon = epsilon

    def _slot_groups(self) -> list[dict[str, tuple[str, Any]]]:
        return [{"_momentums": ("momentum", "zeros"), "_velocities": ("velocity", "zeros")}]

    def rule(self, gradient: Any, value: Any, slots: Any, learning_rate: Any, step: Any, variable: Any) -> Any:
        adam = optax.scale_by_adam(self.beta_1, self.beta_2, self.epsilon)
        state = optax.ScaleByAdamState(step.astype(jnp.int32), slots["momentum"], slots["velocity"])
        update, state = adam.update(gradient, state)
        trust = optax.scale_by_trust_ratio()
        update, _ = trust.update(update, trust.init(value), value)
        return value - learning_rate * update, {"momentum": state.mu, "velocity": state.nu}
