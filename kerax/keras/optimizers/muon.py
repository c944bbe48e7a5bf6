"""Muon."""

from __future__ import annotations

import re
from typing import Any

import jax.numpy as jnp

from kerax.keras.engine.tracking import DotNotTrackScope
from kerax.keras.optimizers.optimizer import Optimizer


class Muon(Optimizer):
    """Momentum made orthogonal by Newton-Schulz steps for matrices, AdamW for all else (Jordan et al., 2024).

    Args:
      learning_rate: see ``Optimizer``, as for all arguments not named here.
      adam_beta_1, adam_beta_2, adam_weight_decay, epsilon: AdamW's arguments.
      exclude_layers: list of regular expressions; variables whose path has one go to AdamW.
      exclude_embeddings: bool, whether embeddings go to AdamW.
      muon_a, muon_b, muon_c: float, coefficients of the Newton-Schulz step.
      adam_lr_ratio: float, AdamW's rate as a multiple of the learning rate.
      momentum: float.
      ns_steps: int, how many Newton-Schulz steps.
      nesterov: bool, whether to use Nesterov's momentum.
      rms_rate: float, scales steps to AdamW's size; None for no scaling.
    """

    _config_names = (
        "adam_beta_1", "adam_beta_2", "epsilon", "exclude_layers", "muon_a", "muon_b", "muon_c", "adam_lr_ratio",
        "momentum", "ns_steps", "nesterov", "exclude_embeddings", "adam_weight_decay", "rms_rate",
    )  # fmt: skip

    def __init__(
        self,
        learning_rate: Any = 0.001,
        adam_beta_1: float = 0.9,
        adam_beta_2: float = 0.999,
        adam_weight_decay: float | None = 0.004,
        epsilon: float = 1e-7,
        weight_decay: float | None = 0.004,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: int | None = None,
        name: str | None = None,
        exclude_layers: Any = None,
        exclude_embeddings: bool = True,
        muon_a: float = 3.4445,
        muon_b: float = -4.7750,
        muon_c: float = 2.0315,
        adam_lr_ratio: float = 1,
        momentum: float = 0.95,
        ns_steps: int = 5,
        nesterov: bool = True,
        rms_rate: float | None = 0.2,
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
        self.adam_beta_1 = adam_beta_1
        self.adam_beta_2 = adam_beta_2
        self.epsilon = epsilon
        self.muon_a = muon_a
        self.muon_b = muon_b
        self.muon_c = muon_c
        self.adam_lr_ratio = adam_lr_ratio
        self.momentum = momentum
        self.ns_steps = ns_steps
        self.nesterov = nesterov
        self.exclude_embeddings = exclude_embeddings
        self.adam_weight_decay = adam_weight_decay
        self.rms_rate = rms_rate
        self.exclude_layers = exclude_layers or []

    def _should_use_adamw(self, variable: Any) -> bool:
        path = getattr(variable, "path", variable.name)
        if len(variable.shape) != 2 or (self.exclude_embeddings and "embedding" in path.lower()):
            return True
        return any(re.search(keyword, path) for keyword in self.exclude_layers)

    def build(self, variables: Any) -> None:
        if self.built:
            return
        super().build(variables)
        momentums: list[Any] = []
        velocities: list[Any] = []
        for variable, slots in zip(self._trainable_variables, self._slots, strict=True):
            own = not self._overwrite_variable_with_gradient(variable)
            momentums.append(self.add_variable_from_reference(variable, "momentum") if own else None)
            adam = own and self._should_use_adamw(variable)
            velocities.append(self.add_variable_from_reference(variable, "velocity") if adam else None)
            found = {"momentum": momentums[-1], "velocity": velocities[-1]}
            slots.update({key: slot for key, slot in found.items() if slot is not None})
        with DotNotTrackScope():
            self.momentums, self.adam_velocities = momentums, velocities

    def _decay_of(self, variable: Any) -> Any:
        rate = self.adam_weight_decay if self._should_use_adamw(variable) else self.weight_decay
        return rate if rate and self._use_weight_decay(variable) else None

    def rule(self, gradient: Any, value: Any, slots: Any, learning_rate: Any, step: Any, variable: Any) -> Any:
        if "velocity" in slots:
            return self._adam(gradient, value, slots, learning_rate * self.adam_lr_ratio, step)
        m = slots["momentum"] * self.momentum + gradient
        direction = gradient + self.momentum * m if self.nesterov else m
        update = learning_rate * self._orthogonal(direction)
        if self.rms_rate is not None:
            update = update * float(max(update.shape)) ** 0.5 * self.rms_rate
        return value - update, {"momentum": m}

    def _adam(self, gradient: Any, value: Any, slots: Any, learning_rate: Any, step: Any) -> Any:
        t = (step + 1).astype(value.dtype)
        power_1 = jnp.power(jnp.asarray(self.adam_beta_1, value.dtype), t)
        power_2 = jnp.power(jnp.asarray(self.adam_beta_2, value.dtype), t)
        alpha = learning_rate * jnp.sqrt(1 - power_2) / (1 - power_1)
        m, v = slots["momentum"], slots["velocity"]
        m = m + (gradient - m) * (1 - self.adam_beta_1)
        v = v + (jnp.square(gradient) - v) * (1 - self.adam_beta_2)
        return value - m * alpha / (jnp.sqrt(v) + self.epsilon), {"momentum": m, "velocity": v}

    def _orthogonal(self, x: Any) -> Any:
        tall = x.shape[-2] > x.shape[-1]
        if tall:
            x = jnp.swapaxes(x, -1, -2)
        x = x / (jnp.sqrt(jnp.sum(jnp.square(x), axis=(-2, -1), keepdims=True)) + 1e-7)
        for _ in range(self.ns_steps):
            gram = x @ jnp.swapaxes(x, -1, -2)
            x = self.muon_a * x + (self.muon_b * gram + self.muon_c * gram @ gram) @ x
        return jnp.swapaxes(x, -1, -2) if tall else x
