"""The values and the config of an optimizer, taken out and put back."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from kerax.core import variable as core
from kerax.core.config import legacy_keras
from kerax.core.value import Tensor
from kerax.keras.optimizers._variables import OptimizerVariables
from kerax.keras.optimizers.schedules.schedule import LearningRateSchedule
from kerax.keras.saving.keras_saveable import KerasSaveable
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object


class OptimizerSaving(KerasSaveable, OptimizerVariables):
    """Weights, stores, checkpoints, ``get_config`` and ``from_config``."""

    _config_names: tuple[str, ...] = ()

    def get_weights(self) -> list[Any]:
        """The values of all variables as numpy arrays."""
        return [variable.numpy() for variable in self.variables]

    def set_weights(self, weights: Sequence[Any]) -> None:
        """Sets the values of all variables.

        Raises:
          ValueError: the optimizer is not built, or a shape differs.
        """
        if not self.built:
            raise ValueError(
                "You are calling `set_weights()` on an optimizer that has not yet been built. Please call "
                "`optimizer.build(trainable_variables)` to create the optimizer weights before calling `set_weights()`."
            )
        for variable, weight in zip(self.variables, weights, strict=False):
            if tuple(variable.shape) != tuple(np.shape(weight)):
                raise ValueError(
                    f"Optimizer variable {self._var_key(variable)} has shape {variable.shape} not compatible with "
                    f"provided weight shape {np.shape(weight)}."
                )
            variable.assign(weight)

    def save_own_variables(self, store: Any) -> None:
        """Writes the values of all variables into a mapping."""
        for i, variable in enumerate(self.variables):
            store[str(i)] = variable.numpy()

    def load_own_variables(self, store: Any) -> None:
        """Reads the values of all variables from a mapping; leaves them, with a warning, if the number differs."""
        if len(store.keys()) != len(self.variables):
            message = (
                f"Skipping variable loading for optimizer '{self.name}', because it has {len(self.variables)} "
                "variables "
                f"whereas the saved optimizer has {len(store.keys())} variables. "
            )
            if len(self.variables) == 0:
                message += "This is likely because the optimizer has not been called/built yet."
            warnings.warn(message, stacklevel=2)
            return
        for i, variable in enumerate(self.variables):
            variable.assign(np.asarray(store[str(i)]))

    def get_config(self) -> dict[str, Any]:
        """The constructor's arguments."""
        rate = self._learning_rate
        if isinstance(rate, core.Variable):
            rate = self._serialize_hyperparameter(rate)
        elif isinstance(rate, Tensor):
            rate = float(rate)
        elif isinstance(rate, LearningRateSchedule) or callable(rate):
            rate = serialize_keras_object(rate)
        else:
            rate = 0.5
        by_dialect = (
            {"jit_compile": False, "is_legacy_optimizer": False, "learning_rate": rate}
            if legacy_keras()
            else {
                "loss_scale_factor": self.loss_scale_factor,
                "gradient_accumulation_steps": self.gradient_accumulation_steps,
            }
        )
        return {
            "name": self.name,
            **({} if legacy_keras() else {"learning_rate": rate}),
            "weight_decay": self.weight_decay,
            "clipnorm": self.clipnorm,
            "global_clipnorm": self.global_clipnorm,
            "clipvalue": self.clipvalue,
            "use_ema": self.use_ema,
            "ema_momentum": self.ema_momentum,
            "ema_overwrite_frequency": self.ema_overwrite_frequency,
            **by_dialect,
            **{name: getattr(self, name) for name in self._config_names},
        }

    def _serialize_hyperparameter(self, value: Any) -> Any:
        """A number or Variable for a config; in Keras 2 a Variable becomes a numpy number."""
        if isinstance(value, LearningRateSchedule):
            return serialize_keras_object(value)
        if isinstance(value, core.Variable):
            return value.numpy() if legacy_keras() else float(value.numpy())
        return value() if callable(value) else value

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Any:
        """An optimizer of a config."""
        config = dict(config)
        for key in ("is_legacy_optimizer", "jit_compile"):
            config.pop(key, None)
        if "lr" in config:
            config["learning_rate"] = config.pop("lr")
        if isinstance(config.get("learning_rate"), dict):
            config["learning_rate"] = deserialize_keras_object(config["learning_rate"], custom_objects=custom_objects)
        return cls(**config)

    def _trackable_children(self) -> dict[str, Any]:
        from kerax.keras.saving.checkpointing import optimizer_children

        return optimizer_children(self)

    def _children_for_restore(self, node: Any, graph: Any) -> dict[str, Any]:
        from kerax.keras.saving.checkpointing import optimizer_children_for_restore

        return optimizer_children_for_restore(self, node, graph)

    def _obj_type(self) -> str:
        return "Optimizer"
