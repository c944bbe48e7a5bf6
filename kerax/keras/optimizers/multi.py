"""Different optimizers for different variables."""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping, Sequence
from typing import Any

from kerax.keras.engine.tracking import DotNotTrackScope
from kerax.keras.optimizers.loss_scale import LossScaleOptimizer
from kerax.keras.optimizers.optimizer import Optimizer, VariableList
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object


class OptimizerMap(MutableMapping):
    """Which optimizer updates which variables, by regular expressions of their paths.

    Args:
      default_optimizer: Optimizer of all variables that nothing matches.
      optimizer_map: dict of regular expression and Optimizer.
    """

    def __init__(self, default_optimizer: Any, optimizer_map: Any = None) -> None:
        if not isinstance(default_optimizer, Optimizer):
            raise TypeError(f"default_optimizer must be a Keras Optimizer instance. Received: {default_optimizer}")
        if optimizer_map is not None and not isinstance(optimizer_map, dict):
            raise TypeError(f"optimizer_map must be a dictionary. Received: {optimizer_map}")
        self._default_optimizer = default_optimizer
        self._optimizer_map = optimizer_map or {}

    @property
    def default_optimizer(self) -> Any:
        return self._default_optimizer

    def __getitem__(self, key: str) -> Any:
        if key in self._optimizer_map:
            return self._optimizer_map[key]
        matching = [pattern for pattern in self._optimizer_map if re.fullmatch(pattern, key)]
        if len(matching) > 1:
            raise ValueError(f"Multiple optimizers assigned to variable {key}.")
        return self._optimizer_map[matching[0]] if matching else self.default_optimizer

    def __setitem__(self, key: str, optimizer: Any) -> None:
        if key in self._optimizer_map:
            raise ValueError(
                f"'{key}' already exists in the OptimizerMap with value {self._optimizer_map[key]}. Please "
                "make sure to not "
                "use duplicated keys."
            )
        if not isinstance(key, str):
            raise ValueError(f"key must be a string. Received: {key}")
        if not isinstance(optimizer, Optimizer):
            raise ValueError(f"optimizer must be a Keras Optimizer instance. Received: {optimizer}")
        if isinstance(optimizer, (LossScaleOptimizer, MultiOptimizer)):
            raise ValueError(f"optimizer cannot be {type(optimizer).__name__}.")
        self._optimizer_map[key] = optimizer

    def __delitem__(self, key: str) -> None:
        del self._optimizer_map[key]

    def __len__(self) -> int:
        return len(self._optimizer_map)

    def __iter__(self) -> Iterator[str]:
        return iter(self._optimizer_map)

    def __call__(self, variable: Any) -> Any:
        return self[variable.path]

    def get_config(self) -> dict[str, Any]:
        return {
            "default_optimizer": serialize_keras_object(self._default_optimizer),
            "optimizer_map": serialize_keras_object(self._optimizer_map),
        }

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Any:
        parts = ("default_optimizer", "optimizer_map")
        return cls(*[deserialize_keras_object(config[part], custom_objects=custom_objects) for part in parts])


class MultiOptimizer(Optimizer):
    """Hands each variable to the optimizer that a map names.

    Args:
      optimizer_map: OptimizerMap, or a function of a variable that returns its optimizer.
      loss_scale_factor: see ``Optimizer``.
      name: str.
    """

    def __init__(self, optimizer_map: Any, loss_scale_factor: float | None = None, name: str | None = None) -> None:
        super().__init__(learning_rate=0.0, loss_scale_factor=loss_scale_factor, name=name)
        with DotNotTrackScope():
            self._optimizer_map = optimizer_map
            self._inner_optimizers: list[Any] = []
        for optimizer in optimizer_map.values() if hasattr(optimizer_map, "values") else ():
            self._add(optimizer)
        default = getattr(optimizer_map, "default_optimizer", None)
        if default is not None:
            self._add(default)

    def _add(self, optimizer: Any) -> int:
        for i, known in enumerate(self._inner_optimizers):
            if known is optimizer:
                return i
        optimizer.loss_scale_factor = self.loss_scale_factor
        self._inner_optimizers.append(optimizer)
        return len(self._inner_optimizers) - 1

    def build(self, var_list: Any) -> None:
        if self.built:
            return
        var_list = list(var_list)
        owners: dict[int, int] = {}
        for variable in var_list:
            optimizer = self._optimizer_map(variable)
            if not isinstance(optimizer, Optimizer):
                raise ValueError(f"Optimizer for variable {variable} is not an Optimizer instance.")
            if isinstance(optimizer, (LossScaleOptimizer, MultiOptimizer)):
                raise ValueError(f"{type(optimizer).__name__} cannot be used inside an MultiOptimizer.")
            owners[self._var_key(variable)] = self._add(optimizer)
        with DotNotTrackScope():
            self._var_to_optimizer_idx = owners
        for optimizer, variables in self._shares(var_list, var_list):
            optimizer.build([variable for _, variable in variables])
        self._index(var_list)

    def _shares(self, values: Sequence[Any], variables: Sequence[Any]) -> list[tuple[Any, list[tuple[Any, Any]]]]:
        """Each optimizer with its pairs of value and variable."""
        shares: list[list[tuple[Any, Any]]] = [[] for _ in self._inner_optimizers]
        for value, variable in zip(values, variables, strict=True):
            shares[self._var_to_optimizer_idx[self._var_key(variable)]].append((value, variable))
        return [(o, share) for o, share in zip(self._inner_optimizers, shares, strict=True) if share]

    @property
    def optimizers(self) -> list[Any]:
        return self._inner_optimizers

    @property
    def variables(self) -> VariableList:
        inner = [variable for optimizer in self._inner_optimizers for variable in optimizer.variables]
        return VariableList([*self._variables, *inner])

    @property
    def learning_rate(self) -> Any:
        raise AttributeError(
            "Learning rate cannot be accessed on a MultiOptimizer. Access the learning rate on the individual "
            "sub-optimizers instead."
        )

    @learning_rate.setter
    def learning_rate(self, value: Any) -> None:
        raise AttributeError(
            "Learning rate cannot be set on a MultiOptimizer. Set the learning rate on the individual "
            "sub-optimizers instead."
        )

    @property
    def iterations(self) -> Any:
        return self._iterations

    def apply(self, grads: Sequence[Any], trainable_variables: Sequence[Any] | None = None) -> None:
        if len(grads) == 0:
            return
        if trainable_variables is None:
            if not self.built:
                raise ValueError(
                    "When passing `grads` without `variables`, the optimizer must already be built on a list "
                    "of variables. "
                    "Call `optimizer.build(trainable_variables)` first."
                )
            trainable_variables = self._trainable_variables
        if not self.built:
            self.build(trainable_variables)
        if len(grads) != len(self._trainable_variables_indices):
            raise ValueError(
                f"Gradients must match trainable variables one-to-one. Received {len(grads)} gradients and "
                f"{len(self._trainable_variables_indices)} variables."
            )
        for optimizer, pairs in self._shares(grads, trainable_variables):
            optimizer.apply([g for g, _ in pairs], [v for _, v in pairs])
        self._iterations.assign_add(1)

    def finalize_variable_values(self, var_list: Sequence[Any]) -> None:
        for optimizer, pairs in self._shares(var_list, var_list):
            optimizer.finalize_variable_values([v for _, v in pairs])

    def get_config(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "optimizer_map": serialize_keras_object(self._optimizer_map),
            "loss_scale_factor": self.loss_scale_factor,
        }

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Any:
        config = dict(config)
        chosen = deserialize_keras_object(config.pop("optimizer_map"), custom_objects=custom_objects)
        return cls(chosen, **config)
