"""Adafactor."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from kerax.core import variable as core
from kerax.core.config import legacy_keras
from kerax.keras.engine.tracking import DotNotTrackScope
from kerax.keras.engine.variable import Variable
from kerax.keras.optimizers._slices import dense, square
from kerax.keras.optimizers.optimizer import Optimizer


def _rms(x: Any) -> Any:
    return jnp.sqrt(jnp.mean(jnp.square(x)))


class Adafactor(Optimizer):
    """Adam with the second moments of a matrix kept as one row and one column (Shazeer & Stern, 2018).

    Args:
      learning_rate: see ``Optimizer``, as for all arguments not named here.
      beta_2_decay: float, how the average's inertia grows with the step.
      epsilon_1: float, added to squared gradients.
      epsilon_2: float, the least scale of a weight.
      clip_threshold: float, the largest root mean square of a step.
      relative_step: bool, whether the rate is at most ``1 / sqrt(step)``.
    """

    _config_names = ("beta_2_decay", "epsilon_1", "epsilon_2", "clip_threshold", "relative_step")

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta_2_decay: float = -0.8,
        epsilon_1: float = 1e-30,
        epsilon_2: float = 1e-3,
        clip_threshold: float = 1.0,
        relative_step: bool = True,
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
        self.beta_2_decay = beta_2_decay
        self.epsilon_1 = epsilon_1
        self.epsilon_2 = epsilon_2
        self.clip_threshold = clip_threshold
        self.relative_step = relative_step

    def build(self, variables: Any) -> None:
        if self.built:
            return
        super().build(variables)
        rows: list[Any] = []
        columns: list[Any] = []
        full: list[Any] = []
        for variable, slots in zip(self._trainable_variables, self._slots, strict=True):
            shape, dtype = tuple(variable.shape), variable._dtype.name
            name = "" if legacy_keras() else variable.name.replace("/", "_")
            row_name, column_name = (name or self._slot_path(variable, label) for label in ("r", "c"))
            own = not self._overwrite_variable_with_gradient(variable)
            if len(shape) < 2:
                for one in (rows, columns):  # not used, but part of what Keras saves
                    unused = Variable(0, name=name or None, trainable=False)
                    if not legacy_keras():
                        self._track_variable(unused)
                    one.append(unused)
            elif own:
                rows.append(self.add_variable(shape[:-1], dtype=dtype, name=row_name))
                columns.append(self.add_variable(shape[:-2] + shape[-1:], dtype=dtype, name=column_name))
                slots["row"], slots["column"] = rows[-1], columns[-1]
            else:
                rows.append(None)
                columns.append(None)
            full.append(self.add_variable_from_reference(variable, "velocity") if own else None)
            if own:
                slots["velocity"] = full[-1]
        with DotNotTrackScope():
            self._r, self._c, self._v = rows, columns, full

    takes_slices = True

    def rule(self, gradient: Any, value: Any, slots: Any, learning_rate: Any, step: Any, variable: Any) -> Any:
        squared, gradient = square(gradient), dense(gradient)
        t = (step + 1).astype(value.dtype)
        if isinstance(self._learning_rate, core.Variable) and self.relative_step:
            learning_rate = jnp.minimum(learning_rate, 1 / jnp.sqrt(t))
        rho = jnp.minimum(learning_rate, 1 / jnp.sqrt(t))
        alpha = jnp.maximum(jnp.asarray(self.epsilon_2, value.dtype), _rms(value)) * rho
        raised = squared + self.epsilon_1
        beta = 1 - jnp.power(t, self.beta_2_decay)
        changed = {}
        if value.ndim >= 2:
            row = beta * slots["row"] + (1 - beta) * jnp.mean(raised, axis=-1)
            column = beta * slots["column"] + (1 - beta) * jnp.mean(raised, axis=-2)
            v = (row / jnp.mean(row, axis=-1, keepdims=True))[..., None] * column[..., None, :]
            changed.update(row=row, column=column)
        else:
            v = beta * slots["velocity"] + (1 - beta) * raised
        changed["velocity"] = v
        update = gradient / jnp.sqrt(v)
        update = update / jnp.maximum(
            jnp.asarray(1, value.dtype), jnp.sqrt(jnp.mean(squared / v)) / self.clip_threshold
        )
        return value - alpha * update, changed
