"""Adam and AdamW."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from kerax.keras.optimizers._slices import dense, square
from kerax.keras.optimizers.optimizer import Optimizer


class Adam(Optimizer):
    """Moving averages of gradients and of their squares, without the bias of the first steps (Kingma & Ba, 2014).

    ``m += (1 - beta_1) * (g - m); v += (1 - beta_2) * (g² - v)``;
    ``w -= learning_rate * sqrt(1 - beta_2^t) / (1 - beta_1^t) * m / (sqrt(v) + epsilon)``.
    ``epsilon`` stands where the paper's "epsilon hat" does, so this is not ``optax.adam``.

    Args:
      learning_rate: see ``Optimizer``, as for all arguments not named here.
      beta_1: float, how much of the first average stays.
      beta_2: float, how much of the second stays.
      epsilon: float.
      amsgrad: bool, whether the largest second average so far is used (Reddi et al., 2018).

    >>> import kerax as tf
    >>> w = tf.Variable(1.0)
    >>> _ = tf.keras.optimizers.Adam(0.1).minimize(lambda: w**2, [w])
    >>> w.numpy().round(3)
    np.float32(0.9)
    """

    _config_names = ("beta_1", "beta_2", "epsilon", "amsgrad")

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-7,
        amsgrad: bool = False,
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
        self.amsgrad = amsgrad

    def _slot_groups(self) -> list[dict[str, tuple[str, Any]]]:
        groups: list[dict[str, tuple[str, Any]]] = [
            {"_momentums": ("momentum", "zeros"), "_velocities": ("velocity", "zeros")}
        ]
        if self.amsgrad:
            groups.append({"_velocity_hats": ("velocity_hat", "zeros")})
        return groups

    takes_slices = True

    def rule(self, gradient: Any, value: Any, slots: Any, learning_rate: Any, step: Any, variable: Any) -> Any:
        squared, gradient = square(gradient), dense(gradient)
        t = (step + 1).astype(value.dtype)
        m, v = slots["momentum"], slots["velocity"]
        m = m + (gradient - m) * (1 - self.beta_1)
        v = v + (squared - v) * (1 - self.beta_2)
        changed = {"momentum": m, "velocity": v}
        if self.amsgrad:
            v = changed["velocity_hat"] = jnp.maximum(slots["velocity_hat"], v)
        power_1, power_2 = (  # TensorFlow casts numbers through float32
            jnp.power(jnp.asarray(np.float32(beta), value.dtype), t) for beta in (self.beta_1, self.beta_2)
        )
        alpha = learning_rate * jnp.sqrt(1 - power_2) / (1 - power_1)
        return value - m * alpha / (jnp.sqrt(v) + self.epsilon), changed


class AdamW(Adam):
    """Adam with weight decay (Loshchilov & Hutter, 2017). See ``Adam`` for the arguments."""

    def __init__(
        self,
        learning_rate: Any = 0.001,
        weight_decay: float | None = 0.004,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-7,
        amsgrad: bool = False,
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
            beta_1=beta_1,
            beta_2=beta_2,
            epsilon=epsilon,
            amsgrad=amsgrad,
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
        if self.weight_decay is None:
            raise ValueError("Argument `weight_decay` must be a float. Received: weight_decay=None")
