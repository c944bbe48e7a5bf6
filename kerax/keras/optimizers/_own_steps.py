"""Legacy optimizers that say themselves what a step does: hyperparameters, slots, ``_resource_apply_dense``."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from kerax import math
from kerax.array_ops import unique
from kerax.core import variable as core
from kerax.core.state import init_scope
from kerax.core.value import Tensor
from kerax.keras import initializers
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.tracking import DotNotTrackScope
from kerax.keras.optimizers import optimizer as new
from kerax.keras.optimizers._stepping import _Held, _prepared_gradients
from kerax.keras.optimizers.schedules.schedule import LearningRateSchedule
from kerax.math.casting import cast
from kerax.sparse.indexed_slices import IndexedSlices


def _takes_apply_state(function: Callable[..., Any]) -> bool:
    parameters = inspect.signature(function).parameters
    return "apply_state" in parameters or any(p.kind is p.VAR_KEYWORD for p in parameters.values())


class OwnSteps(new.Optimizer):
    """What optimizers of before Keras 2.11 override and call."""

    _use_locking = True

    # --- hyperparameters ------------------------------------------------------------------------------
    @property
    def _hyper(self) -> dict[str, Any]:
        """The hyperparameters by name: numbers until the first step, then Variables; schedules and functions."""
        return vars(self).setdefault("_hyperparameters", {})

    @property
    def _initial_decay(self) -> float:
        return self.decay

    def _set_hyper(self, name: str, value: Any) -> None:
        """Keeps a hyperparameter, which is then an attribute too."""
        if name in ("learning_rate", "lr"):
            self._given_rate = value
            if isinstance(self._learning_rate, core.Variable) and isinstance(value, (int, float)):
                self._learning_rate.assign(value)
            else:
                self._learning_rate = self._build_learning_rate(value)
            return
        old = self._hyper.get(name)
        if isinstance(old, core.Variable) and not callable(value):
            old.assign(value)
        else:
            self._hyper[name] = value

    def _get_hyper(self, name: str, dtype: Any = None) -> Any:
        """A hyperparameter, as a Tensor where a dtype is given."""
        if name == "learning_rate":
            value = self._learning_rate
        else:
            self._create_hypers()
            value = self._hyper[name] if name in self._hyper else getattr(self, name)
        if isinstance(value, LearningRateSchedule):
            return value
        if callable(value) and not isinstance(value, (core.Variable, Tensor)):
            value = value()
        return value if dtype is None else cast(value, dtype)

    def _create_hypers(self) -> None:
        """Makes Variables of the numbers, so that compiled steps see them change."""
        for name, value in self._hyper.items():
            if isinstance(value, (int, float, np.generic)) and not isinstance(value, bool):
                with init_scope(), DotNotTrackScope():
                    self._hyper[name] = core.Variable(np.float32(value), trainable=False, name=name)

    def _serialize_hyperparameter(self, hyperparameter_name: Any) -> Any:
        """A hyperparameter for a config: a number, or a schedule's config."""
        if not isinstance(hyperparameter_name, str):  # the value itself, as the new optimizers give it
            return super()._serialize_hyperparameter(hyperparameter_name)
        value = self._given_rate if hyperparameter_name == "learning_rate" else self._hyper[hyperparameter_name]
        if hyperparameter_name == "learning_rate" and isinstance(self._learning_rate, core.Variable) and self.built:
            value = self._learning_rate
        if isinstance(value, LearningRateSchedule):
            from kerax.keras.optimizers.schedules import serialize

            return serialize(value)
        if isinstance(value, (core.Variable, Tensor)):
            return value.numpy()
        return value() if callable(value) else value

    def __getattr__(self, name: str) -> Any:
        hyper = vars(self).get("_hyperparameters", {})
        if name in hyper:
            return self._get_hyper(name)
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def __setattr__(self, name: str, value: Any) -> None:
        if name in vars(self).get("_hyperparameters", {}):
            self._set_hyper(name, value)
        else:
            super().__setattr__(name, value)

    def _decayed_lr(self, var_dtype: Any) -> Tensor:
        """The learning rate of this step."""
        rate = self._get_hyper("learning_rate")
        steps = cast(self.iterations, var_dtype)
        rate = cast(self._rate_of_step(rate) if isinstance(rate, LearningRateSchedule) else rate, var_dtype)
        decay = self._initial_decay
        return rate / (1.0 + cast(decay, var_dtype) * steps) if decay else rate

    # --- slots and weights ----------------------------------------------------------------------------
    def _create_slots(self, var_list: Sequence[Any]) -> None:
        """Makes slots by `add_slot`; a subclass overrides it."""

    def _create_all_weights(self, var_list: Sequence[Any]) -> None:
        self._known_variables([None] * len(var_list), var_list)

    def add_slot(self, var: Any, slot_name: str, initializer: Any = "zeros", shape: Any = None) -> Any:
        """The Variable kept for a weight under a name, made where there is none.

        Args:
          var: the weight.
          slot_name: str.
          initializer: name or function of an initializer, or the first value.
          shape: another shape than the weight's.
        """
        if self._var_key(var) not in self._trainable_variables_indices:
            self._meet_unknown(var)
        slots = self._slots[self._get_variable_index(var)]
        if slot_name not in slots:
            made = isinstance(initializer, str) or callable(initializer) and not isinstance(initializer, core.Variable)
            start = initializers.get(initializer) if made else "zeros"
            with init_scope():
                shape = shape if made else to_tensor(initializer).shape
                slot = self.add_variable_from_reference(var, slot_name, initializer=start, shape=shape)
                slots[slot_name] = slot
                if not made:
                    slot.assign(initializer)
        return slots[slot_name]

    def add_weight(
        self,
        name: str,
        shape: Any = (),
        dtype: Any = None,
        initializer: Any = "zeros",
        trainable: Any = None,
        synchronization: Any = None,
        aggregation: Any = None,
    ) -> Any:
        """A Variable of the optimizer's own."""
        with init_scope():
            return self.add_variable(shape=tuple(shape), initializer=initializer, dtype=dtype, name=name)

    def _track_trackable(self, trackable: Any, name: str, overwrite: bool = False) -> Any:
        """Nothing to do: what is an attribute is saved."""
        return trackable

    # --- a step ---------------------------------------------------------------------------------------
    def _prepare(self, var_list: Sequence[Any]) -> dict[Any, Any]:
        """What all variables of a device and dtype need for a step, by device and dtype."""
        state: dict[Any, Any] = {}
        for device, dtype in {(v.device, v.dtype.base_dtype): None for v in var_list}:
            state[(device, dtype)] = {}
            self._prepare_local(device, dtype, state)
        return state

    def _prepare_local(self, var_device: Any, var_dtype: Any, apply_state: dict[Any, Any]) -> None:
        """Puts what is needed into ``apply_state[(var_device, var_dtype)]``; a subclass adds to it."""
        if self._learning_rate is not None:
            apply_state[(var_device, var_dtype)]["lr_t"] = self._decayed_lr(var_dtype)

    def _fallback_apply_state(self, var_device: Any, var_dtype: Any) -> dict[str, Any]:
        state: dict[Any, Any] = {(var_device, var_dtype): {}}
        self._prepare_local(var_device, var_dtype, state)
        return state[(var_device, var_dtype)]

    def _resource_apply_dense(self, grad: Any, handle: Any, apply_state: Any = None) -> Any:
        """Updates a variable by a gradient: the optimizer's own rule, or what a subclass does."""
        if type(self).rule is new.Optimizer.rule:
            raise NotImplementedError("Must be implemented in subclasses.")
        if self._var_key(handle) not in self._trainable_variables_indices:  # another optimizer asks for a step
            with init_scope():
                self._known_variables([None], [handle])
        return new.Optimizer.update_step(self, grad, handle, self._decayed_lr(handle.dtype))

    def _resource_apply_sparse(self, grad: Any, handle: Any, indices: Any, apply_state: Any = None) -> Any:
        """Updates rows of a variable; no row comes twice."""
        dense = to_tensor(IndexedSlices(grad, indices, handle.shape))
        if type(self).rule is not new.Optimizer.rule:  # not by a method that a subclass overrides: it has one for rows
            return OwnSteps._resource_apply_dense(self, dense, handle, apply_state)
        if _takes_apply_state(self._resource_apply_dense):
            return self._resource_apply_dense(dense, handle, apply_state=apply_state)
        return self._resource_apply_dense(dense, handle)

    def _resource_apply_sparse_duplicate_indices(self, grad: Any, handle: Any, indices: Any, **kwargs: Any) -> Any:
        """Updates rows of a variable; gradients of rows that come twice are added up."""
        rows, places = unique(indices)[:2]
        summed = math.unsorted_segment_sum(grad, places, rows.shape[0])
        return self._resource_apply_sparse(summed, handle, rows, **kwargs)

    def _resource_scatter_add(self, x: Any, i: Any, v: Any) -> Any:
        return x.scatter_add(IndexedSlices(v, i))

    def _resource_scatter_update(self, x: Any, i: Any, v: Any) -> Any:
        return x.scatter_update(IndexedSlices(v, i))

    @property
    def _dense_apply_args(self) -> set[str]:
        return set(inspect.getfullargspec(self._resource_apply_dense).args)

    @property
    def _sparse_apply_args(self) -> set[str]:
        return set(inspect.getfullargspec(self._resource_apply_sparse).args)

    def _has_own_steps(self) -> bool:
        own = type(self)
        return (
            own._resource_apply_dense is not OwnSteps._resource_apply_dense
            or own._resource_apply_sparse is not OwnSteps._resource_apply_sparse
        )

    def _apply_compiled(self, grads: list[Any], variables: list[Any]) -> None:
        if not self._has_own_steps():
            super()._apply_compiled(grads, variables)
            return
        if any(value is not None for value in (self.clipnorm, self.clipvalue, self.global_clipnorm)):
            grads = list(_prepared_gradients([to_tensor(g) for g in grads], _Held(self)))
        self._create_hypers()
        state = self._prepare(variables)
        for gradient, variable in zip(grads, variables, strict=True):
            if isinstance(gradient, IndexedSlices):
                function, arguments = self._resource_apply_sparse_duplicate_indices, (variable, gradient.indices)
                gradient, takes = gradient.values, _takes_apply_state(self._resource_apply_sparse)
            else:
                function, arguments = self._resource_apply_dense, (variable,)
                gradient, takes = to_tensor(gradient), _takes_apply_state(function)
            function(gradient, *arguments, **({"apply_state": state} if takes else {}))
        self._iterations.assign_add(1)

    def _compute_gradients(self, loss: Any, var_list: Any, grad_loss: Any = None, tape: Any = None) -> list[Any]:
        return self.compute_gradients(loss, var_list, tape, grad_loss)
