"""Steps written for Keras' JAX backend: ``train_step(self, state, data)`` returns ``(logs, state)``."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import jax

from kerax.core.tensor import convert_to_tensor
from kerax.core.value import Tensor
from kerax.keras.tree import structure as tree
from kerax.keras.utils.data_packing import unpack_x_y_sample_weight


def is_stateless_step(step: Callable[..., Any]) -> bool:
    """Whether a step takes ``(state, data)`` and not ``(data)``."""
    try:
        parameters = list(inspect.signature(step).parameters.values())
    except (TypeError, ValueError):
        return False
    required = [
        p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) and p.default is p.empty
    ]
    return len(required) == 2


class StatelessStepFunction:
    """Runs a pure step under ``jax.jit`` and puts the state that it returns into the model.

    Args:
      model: the model; its variables are the state, in Keras' order: trainable, non-trainable, those of the
        optimizer (in training), those of the metrics.
      step: ``(state, data)`` to ``(logs, state)``, or to ``(outputs, state)``.
      kind: "train", "test" or "predict".
      eagerly: bool, whether python runs for every batch.
      steps_per_execution: int, steps of a call, unless the iterator says otherwise.
    """

    def __init__(
        self, model: Any, step: Callable[..., Any], kind: str, eagerly: bool, steps_per_execution: int = 1
    ) -> None:
        self._model = model
        self._kind = kind
        self._steps = steps_per_execution
        self._run = step if eagerly else jax.jit(step)

    def __call__(self, iterator: Iterator[Any]) -> Any:
        """Makes the next steps.

        Raises:
          StopIteration: there was no batch left.
        """
        outputs: Any = None
        for i in range(getattr(iterator, "count", self._steps)):
            try:
                batch = next(iterator)
            except StopIteration:
                if i == 0:
                    raise
                break
            outputs = self.one(batch)
        return outputs

    def one(self, batch: Any) -> Any:
        """One step on one batch."""
        self._build(batch)
        groups = self._groups()
        state = tuple([variable._read_quietly()._value for variable in group] for group in groups)
        outputs, changed = self._run(state, tree.map_structure(_array, batch))
        for group, values in zip(groups, changed, strict=True):
            for variable, value in zip(group, values, strict=True):
                variable.assign(value)
        return jax.tree.map(
            lambda leaf: leaf if isinstance(leaf, Tensor) else Tensor(leaf), outputs, is_leaf=_is_tensor
        )

    def _groups(self) -> list[list[Any]]:
        model = self._model
        groups = [model.trainable_variables, model.non_trainable_variables]
        if self._kind == "train":
            groups.append(list(model.optimizer.variables))
        if self._kind != "predict":
            groups.append(model.metrics_variables)
        return groups

    def _build(self, batch: Any) -> None:
        """Makes the variables of model, metrics, loss and optimizer: a pure step cannot."""
        model = self._model
        x, y, sample_weight = unpack_x_y_sample_weight(batch)
        loss, metrics = model._compile_loss, model._compile_metrics
        waiting = [part for part in (loss, metrics) if part is not None and not part.built and self._kind != "predict"]
        if not model.built or waiting:
            y_pred = model._call_in_mode(x, training=False)
            if loss in waiting:
                loss(y, y_pred, sample_weight)
            if metrics in waiting:
                metrics.update_state(y, y_pred, sample_weight)
            model.reset_metrics()
        if self._kind == "train" and model.optimizer is not None:
            model.optimizer.build(model.trainable_variables)


def _is_tensor(value: Any) -> bool:
    return isinstance(value, Tensor)


def _array(value: Any) -> Any:
    if value is None or hasattr(value, "_kerax_components"):
        return value
    return convert_to_tensor(value)._value
