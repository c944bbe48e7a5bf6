"""Adamax and Nadam, kin of Adam."""

from __future__ import annotations

import contextlib
from typing import Any

import jax.numpy as jnp

from kerax.core.config import legacy_keras
from kerax.keras.engine.settings import floatx
from kerax.keras.engine.tracking import DotNotTrackScope
from kerax.keras.engine.variable import Variable
from kerax.keras.optimizers._slices import dense, square
from kerax.keras.optimizers.optimizer import Optimizer


class Adamax(Optimizer):
    """Adam with the largest gradient in place of the mean square (Kingma & Ba, 2014).

    Args:
      learning_rate: see ``Optimizer``, as for all arguments not named here.
      beta_1: float, how much of the gradients' average stays.
      beta_2: float, how much of the largest gradient stays.
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
        return [{"_m": ("momentum", "zeros"), "_u": ("norm", "zeros")}]

    def rule(self, gradient: Any, value: Any, slots: Any, learning_rate: Any, step: Any, variable: Any) -> Any:
        t = (step + 1).astype(value.dtype)
        m, u = slots["momentum"], slots["norm"]
        m = m + (gradient - m) * (1 - self.beta_1)
        u = jnp.maximum(self.beta_2 * u, jnp.abs(gradient))
        power = jnp.power(jnp.asarray(self.beta_1, value.dtype), t)
        return value - learning_rate * m / ((1 - power) * (u + self.epsilon)), {"momentum": m, "norm": u}


class Nadam(Optimizer):
    """Adam with Nesterov's momentum (Dozat, 2015). See ``Adamax`` for the arguments."""

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

    def build(self, variables: Any) -> None:
        if self.built:
            return
        variables = list(variables)
        super().build(variables)
        dtype = variables[0]._dtype.name if variables else floatx()
        with DotNotTrackScope() if legacy_keras() else contextlib.nullcontext():
            self._u_product = Variable(1.0, dtype=dtype)
        self._shared["u_product"] = self._u_product

    def _slot_groups(self) -> list[dict[str, tuple[str, Any]]]:
        return [{"_momentums": ("momentum", "zeros"), "_velocities": ("velocity", "zeros")}]

    def share(self, shared: dict[str, Any], step: Any) -> dict[str, Any]:
        product = shared["u_product"]
        t = (step + 1).astype(product.dtype)
        return {"u_product": product * self.beta_1 * (1.0 - 0.5 * jnp.power(jnp.asarray(0.96, product.dtype), t))}

    takes_slices = True

    def rule(self, gradient: Any, value: Any, slots: Any, learning_rate: Any, step: Any, variable: Any) -> Any:
        squared, gradient = square(gradient), dense(gradient)
        dtype = value.dtype
        t, next_t = (step + 1).astype(dtype), (step + 2).astype(dtype)
        decay, beta_1, beta_2 = (jnp.asarray(x, dtype) for x in (0.96, self.beta_1, self.beta_2))
        u = beta_1 * (1.0 - 0.5 * jnp.power(decay, t))
        next_u = beta_1 * (1.0 - 0.5 * jnp.power(decay, next_t))
        product = slots["u_product"].astype(dtype)
        m, v = slots["momentum"], slots["velocity"]
        m = m + (gradient - m) * (1 - beta_1)
        v = v + (squared - v) * (1 - beta_2)
        m_hat = next_u * m / (1 - product * next_u) + (1 - u) * gradient / (1 - product)
        v_hat = v / (1 - jnp.power(beta_2, t))
        return value - m_hat * learning_rate / (jnp.sqrt(v_hat) + self.epsilon), {"momentum": m, "velocity": v}
