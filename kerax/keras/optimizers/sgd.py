"""Gradient descent."""

from __future__ import annotations

from typing import Any

import optax

from kerax.core.config import legacy_keras
from kerax.keras.optimizers.optimizer import Optimizer


class SGD(Optimizer):
    """Gradient descent, with momentum if wanted.

    ``v = momentum * v - learning_rate * g; w = w + v``, or with Nesterov's momentum
    ``w = w + momentum * v - learning_rate * g``.

    Args:
      learning_rate: see ``Optimizer``, as for all arguments not named here.
      momentum: float in 0 … 1.
      nesterov: bool, whether to use Nesterov's momentum.

    >>> import kerax as tf
    >>> w = tf.Variable(1.0)
    >>> tf.keras.optimizers.SGD(0.1).minimize(lambda: w**2, [w]).numpy()
    np.int64(1)
    >>> w.numpy()
    np.float32(0.8)
    """

    _config_names = ("momentum", "nesterov")

    def __init__(
        self,
        learning_rate: Any = 0.01,
        momentum: float = 0.0,
        nesterov: bool = False,
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
        if isinstance(momentum, int) and momentum in (0, 1):
            momentum = float(momentum)
        if not isinstance(momentum, float) or momentum < 0 or momentum > 1:
            raise ValueError("`momentum` must be a float between [0, 1].")
        self.momentum = momentum
        self.nesterov = nesterov
        self.momentums: list[Any] = []

    def _slot_groups(self) -> list[dict[str, tuple[str, Any]]]:
        return [{"momentums": ("momentum", "zeros")}] if self.momentum != 0 or legacy_keras() else []

    def rule(self, gradient: Any, value: Any, slots: Any, learning_rate: Any, step: Any, variable: Any) -> Any:
        update = -gradient * learning_rate
        if not slots:
            return value + update, {}
        trace = optax.trace(self.momentum, self.nesterov)
        update, state = trace.update(update, optax.TraceState(slots["momentum"]))
        return value + update, {"momentum": state.trace}
