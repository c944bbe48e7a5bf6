"""Dynamic loss scaling for float16 training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import jax.numpy as jnp

from kerax.core.config import legacy_keras
from kerax.core.control_flow import cond
from kerax.core.op import op
from kerax.core.state import no_recording
from kerax.keras import initializers
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.names import name_scope
from kerax.keras.engine.tracking import DotNotTrackScope
from kerax.keras.optimizers.optimizer import Optimizer, VariableList
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object

_BASE_DEFAULTS = {
    "weight_decay": None,
    "clipnorm": None,
    "global_clipnorm": None,
    "clipvalue": None,
    "use_ema": False,
    "ema_momentum": 0.99,
    "ema_overwrite_frequency": None,
    "loss_scale_factor": None,
    "gradient_accumulation_steps": None,
}


@op("gradients*")
def _all_finite(gradients):
    return jnp.all(jnp.stack([jnp.all(jnp.isfinite(g)) for g in gradients]))


@op("x; scale")
def divided(x, scale):
    return x / scale.astype(x.dtype)


class LossScaleOptimizer(Optimizer):
    """Scales the loss up so that small float16 gradients do not vanish, and gradients down again.

    A step with infinite or NaN gradients is left out and halves the scale; after ``dynamic_growth_steps`` good
    steps the scale doubles.

    Args:
      inner_optimizer: Optimizer that is given the unscaled gradients.
      initial_scale: float.
      dynamic_growth_steps: int.
      name: str.
      **kwargs: none; other arguments belong on the inner optimizer.

    In Keras 2's dialect it is made as ``loss_scale_keras2`` has it: the user scales, and unscales.

    >>> import kerax as tf
    >>> optimizer = tf.keras.optimizers.LossScaleOptimizer(tf.keras.optimizers.SGD(0.1))
    >>> optimizer.initial_scale
    32768.0
    """

    def __new__(cls, inner_optimizer: Any = None, *args: Any, **kwargs: Any) -> Any:
        if cls is LossScaleOptimizer and legacy_keras():
            from kerax.keras.optimizers.loss_scale_keras2 import class_for  # it is made of this class

            cls = class_for(inner_optimizer)
        return super().__new__(cls)

    def __init__(
        self,
        inner_optimizer: Any,
        initial_scale: float = 2.0**15,
        dynamic_growth_steps: int = 2000,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        if not kwargs.pop("dynamic", True):
            raise ValueError(
                "LossScaleOptimizer no longer supports `dynamic=False`. Instead, simply set "
                "`loss_scale_factor` directly "
                "on the `inner_optimizer`."
            )
        for argument, default in _BASE_DEFAULTS.items():
            if kwargs.pop(argument, default) != default:
                raise ValueError(
                    f"LossScaleOptimizer does not support `{argument}`. Instead, set `{argument}` on the "
                    "`inner_optimizer`."
                )
        if kwargs:
            raise ValueError(f"LossScaleOptimizer does not support arguments: `{'`, `'.join(kwargs)}`.")
        super().__init__(learning_rate=0.0, name=name)
        self.inner_optimizer = inner_optimizer
        self.initial_scale = initial_scale
        self.dynamic_growth_steps = dynamic_growth_steps
        self.inner_optimizer.loss_scale_factor = None
        self._unscales = self.dynamic = True

    def _make_scale(self) -> None:
        """Makes the variables of the scale; a loss may be scaled, in a program for good, before there is a step."""
        if "dynamic_scale" in vars(self):
            return
        with DotNotTrackScope():
            self.step_counter = self.add_variable((), dtype="int64", name="step_counter")
            self.dynamic_scale = self.add_variable(
                (), initializer=initializers.Constant(self.initial_scale), dtype="float32", name="dynamic_scale"
            )

    def build(self, var_list: Any) -> None:
        self._make_scale()
        self.inner_optimizer.build(var_list)
        self._index(list(var_list))

    @property
    def variables(self) -> VariableList:
        return VariableList([*self._variables, *self.inner_optimizer.variables])

    def apply(self, grads: Sequence[Any], trainable_variables: Sequence[Any] | None = None) -> None:
        """Unscales gradients and hands them on, unless one is not finite."""
        if not self.built:
            if trainable_variables is None:
                raise ValueError("The optimizer must be built before `apply` can be called without variables.")
            with name_scope(self.name, caller=self):
                self.build(list(trainable_variables))
        variables = list(trainable_variables) if trainable_variables is not None else self._trainable_variables
        with no_recording():
            present = [to_tensor(g) for g in grads if g is not None]
            if not present:
                raise ValueError("No gradients provided for any variable.")
            finite = _all_finite_of(present)
            cond(finite, lambda: self._good(grads, variables), self._bad)

    def _good(self, grads: Sequence[Any], variables: Sequence[Any]) -> None:
        if self._unscales:
            grads = [
                g if g is None or self._overwrite_variable_with_gradient(v) else divided(g, self.dynamic_scale)
                for g, v in zip(grads, variables, strict=True)
            ]
        self.inner_optimizer.apply(list(grads), list(variables))
        if self.dynamic:
            grow = self.step_counter == int(self.dynamic_growth_steps) - 1
            cond(grow, self._grow, lambda: self._set(self.step_counter + 1, self.dynamic_scale * 1.0))

    def _grow(self) -> None:
        self._set(self.step_counter * 0, self.dynamic_scale * 2.0)

    def _bad(self) -> None:
        if self.dynamic:
            self._set(self.step_counter * 0, self.dynamic_scale * 0.5)

    def _set(self, counter: Any, scale: Any) -> None:
        self.step_counter.assign(counter)
        self.dynamic_scale.assign(scale)

    @property
    def learning_rate(self) -> Any:
        return self.inner_optimizer.learning_rate

    @learning_rate.setter
    def learning_rate(self, learning_rate: Any) -> None:
        self.inner_optimizer.learning_rate = learning_rate

    @property
    def iterations(self) -> Any:
        return self.inner_optimizer.iterations

    def scale_loss(self, loss: Any) -> Any:
        """The loss times the present scale."""
        return loss * self.loss_scale

    @property
    def loss_scale(self) -> Any:
        """The present scale."""
        self._make_scale()
        return self.dynamic_scale._kerax_tensor()

    def finalize_variable_values(self, var_list: Sequence[Any]) -> None:
        self.inner_optimizer.finalize_variable_values(var_list)

    def get_config(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "inner_optimizer": serialize_keras_object(self.inner_optimizer),
            "initial_scale": self.initial_scale,
            "dynamic_growth_steps": self.dynamic_growth_steps,
        }

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Any:
        config = dict(config)
        inner = deserialize_keras_object(config.pop("inner_optimizer"), custom_objects=custom_objects)
        return cls(inner, **config)


def _all_finite_of(gradients: list[Any]) -> Any:
    """Whether all elements are finite; gradients may have different dtypes."""
    result = None
    for dtype in dict.fromkeys(g.dtype.name for g in gradients):
        part = _all_finite([g for g in gradients if g.dtype.name == dtype])
        result = part if result is None else result & part
    return result
