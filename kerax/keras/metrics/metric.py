"""``keras.metrics.Metric``: state in Variables, updates, and a result."""

from __future__ import annotations

import contextlib
import functools
import types
from collections.abc import Callable
from typing import Any

from kerax.core import variable as core
from kerax.core.autograph import convert_in_trace
from kerax.core.config import legacy_keras
from kerax.core.dtypes import as_dtype
from kerax.core.module import continue_restores
from kerax.core.shape import TensorShape
from kerax.core.value import Tensor
from kerax.keras import initializers
from kerax.keras.engine import eager_calls
from kerax.keras.engine.arguments import name_first
from kerax.keras.engine.convert import compute_dtype, to_tensor
from kerax.keras.engine.jax_values import for_jax
from kerax.keras.engine.layer_state import LayerState, is_metric
from kerax.keras.engine.names import auto_name, name_scope, to_snake_case
from kerax.keras.engine.settings import DTypeName
from kerax.keras.engine.stateless import values_of, with_values
from kerax.keras.engine.tracking import Tracker, is_variable
from kerax.keras.engine.variable import Variable
from kerax.keras.saving.keras_saveable import KerasSaveable


def _forward_reset(self: Any) -> None:
    self.reset_states()


class Metric(KerasSaveable, eager_calls.EagerlyCompiled):
    """The base class of metrics.

    A subclass makes its state in ``__init__`` with ``add_weight``, changes it in ``update_state`` and computes the
    value in ``result``. An override of ``reset_state`` or, as in older code, of ``reset_states`` is honoured.

    Args:
      dtype: dtype (or policy) of the computations; Keras' float type by default.
      name: str, by default the class's name in snake case, made unique.

    >>> import kerax as tf
    >>> class Positives(tf.keras.metrics.Metric):
    ...     def __init__(self, name="positives", **kwargs):
    ...         super().__init__(name=name, **kwargs)
    ...         self.count = self.add_weight(name="count", initializer="zeros")
    ...     def update_state(self, y_true, y_pred, sample_weight=None):
    ...         self.count.assign_add(tf.reduce_sum(tf.cast(y_pred > 0, self.dtype)))
    ...     def result(self):
    ...         return self.count
    >>> metric = Positives()
    >>> metric.update_state([0., 0.], tf.constant([1., -1.]))
    >>> metric.result().numpy()
    np.float32(1.0)
    """

    _is_keras_metric = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "reset_states" in vars(cls) and "reset_state" not in vars(cls):
            cls.reset_state = _forward_reset  # type: ignore[method-assign]
        if cls._is_kerax_own and "update_state" in vars(cls) and not legacy_keras():
            cls.update_state = _as_program(cls.update_state)  # type: ignore[method-assign]
        if legacy_keras():
            for name in {"result", "update_state"} & vars(cls).keys() if not cls._is_kerax_own else ():
                setattr(cls, name, _converted(getattr(cls, name)))
            if "result" in vars(cls):
                cls.result = _of_now(cls.result)  # type: ignore[method-assign]

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        missing = [name for name in ("result", "update_state") if getattr(cls, name) is getattr(Metric, name)]
        if missing and legacy_keras():
            raise TypeError(f"Can't instantiate abstract class {cls.__name__} with abstract methods {missing}")
        return super().__new__(cls)

    def __init__(self, dtype: Any = None, name: str | None = None) -> None:
        if legacy_keras() and isinstance(dtype, str) and not _is_dtype(dtype):
            dtype, name = name, dtype  # Keras 2 has the name first
        if legacy_keras() and not isinstance(name, (str, type(None))):
            raise TypeError(f"Expected `name` to be a string, but got: {name}")
        self.name = name or auto_name(type(self).__name__)
        self._dtype_policy = dtype
        self._dtype = as_dtype(dtype).name if legacy_keras() and isinstance(dtype, str) else compute_dtype(dtype)
        self._metrics: list[Any] = []
        self._variables: list[Any] = []
        self._tracker = Tracker(
            {
                "variables": (is_variable, self._variables),
                "metrics": (is_metric, self._metrics),
            }
        )

    # --- what a subclass overrides --------------------------------------------------------------------
    def update_state(self, *args: Any, **kwargs: Any) -> Any:
        """Takes new values into the state."""
        raise NotImplementedError("Must be implemented in subclasses.")

    def result(self) -> Any:
        """The present value: a scalar tensor, or a dict of them."""
        raise NotImplementedError("Must be implemented in subclasses.")

    def reset_state(self) -> None:
        """Sets all state back to zero; Keras 2 can do so with scalars only, and ``_zero_state`` does it with all."""
        if not legacy_keras():
            return self._zero_state()
        for variable in self.variables:
            variable.assign(0)

    def _zero_state(self) -> None:
        for variable in self.variables:
            variable.assign(initializers.Zeros()(tuple(variable.shape), dtype=variable._dtype))

    def reset_states(self) -> None:
        """The older name of ``reset_state``."""
        for cls in type(self).__mro__:
            method = vars(cls).get("reset_state")
            if method is not None and method is not _forward_reset:
                return method(self)
        return None

    def merge_state(self, metrics: Any) -> list[Any]:
        """Adds the state of other metrics of the same kind.

        Args:
          metrics: list of Metric.

        Returns:
          List of the new values.

        Raises:
          ValueError: another number of variables.
        """
        values = []
        for metric in metrics:
            if len(self.variables) != len(metric.variables):
                raise ValueError(f"Metric {metric} is not compatible with {self}")
            for own, other in zip(self.variables, metric.variables, strict=True):
                values.append(own.assign_add(other))
        return values

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Updates the state and returns the result."""
        self._check_super_called()
        self.update_state(*args, **kwargs)
        result = self.result()
        if legacy_keras() and isinstance(result, Tensor):
            result._metric_obj = self  # for a layer's ``add_metric``
        return result

    # --- state ----------------------------------------------------------------------------------------
    def add_variable(
        self, shape: Any, initializer: Any, dtype: Any = None, aggregation: Any = "sum", name: str | None = None
    ) -> Variable:
        """Makes a state variable.

        Args:
          shape: tuple of int.
          initializer: initializer, callable ``(shape, dtype)`` or name; None for zeros.
          dtype: its dtype, Keras' float type by default.
          aggregation: how replicas combine.
          name: str.
        """
        self._check_super_called()
        if initializer is None:
            initializer = initializers.Zeros()
        if dtype is None and legacy_keras():
            dtype = self._dtype
        with contextlib.nullcontext() if legacy_keras() else name_scope(self.name.replace("/", ">"), caller=self):
            variable = Variable(
                initializer=initializers.get(initializer),
                shape=tuple(shape),
                dtype=dtype,
                trainable=False,
                aggregation=aggregation,
                synchronization="on_read",
                name=name,
            )
        self._tracker.add_to_store("variables", variable)
        return variable

    @name_first("self", "name", "shape", "aggregation", "synchronization", "initializer", "dtype")
    def add_weight(
        self,
        shape: Any = (),
        initializer: Any = None,
        dtype: Any = None,
        name: str | None = None,
        aggregation: Any = "sum",
        synchronization: Any = None,
    ) -> Variable:
        """``add_variable`` with defaults; as in Keras 2 the first argument may be the name.

        Args:
          shape: tuple of int, an int, or None for a scalar.
          initializer: initializer, callable or name; zeros by default.
          dtype: its dtype.
          name: str.
          aggregation: how replicas combine.
          synchronization: unused, variables are synchronised on read.
        """
        shape = () if shape is None else tuple(TensorShape(shape))
        return self.add_variable(shape, initializer, dtype=dtype, aggregation=aggregation, name=name)

    @property
    def variables(self) -> list[Any]:
        """All state variables, those of metrics inside too."""
        return [*self._variables, *(variable for metric in self._metrics for variable in metric.variables)]

    @property
    def weights(self) -> list[Any]:
        return self.variables

    # Keras 2's metrics are layers
    get_weights = LayerState.get_weights
    set_weights = LayerState.set_weights

    @property
    def non_trainable_variables(self) -> list[Any]:
        return self.variables

    @property
    def non_trainable_weights(self) -> list[Any]:
        return self.variables

    @property
    def trainable_variables(self) -> list[Any]:
        return []

    @property
    def trainable_weights(self) -> list[Any]:
        return []

    @property
    def dtype(self) -> Any:
        return DTypeName(self._dtype)

    @property
    def stateful(self) -> bool:
        return True

    # --- pure forms -----------------------------------------------------------------------------------
    def stateless_update_state(self, metric_variables: Any, *args: Any, **kwargs: Any) -> list[Any]:
        """``update_state`` as a pure function.

        Args:
          metric_variables: values of ``variables``.

        Returns:
          List of the new values.
        """
        self._check_count(metric_variables)
        with with_values(self.variables, metric_variables):
            self.update_state(*args, **kwargs)
            return for_jax(values_of(self.variables))

    def stateless_result(self, metric_variables: Any) -> Any:
        """``result`` as a pure function of the values of ``variables``."""
        self._check_count(metric_variables)
        with with_values(self.variables, metric_variables):
            result = self.result()
            return for_jax(result._kerax_tensor() if isinstance(result, core.Variable) else result)

    def stateless_reset_state(self) -> list[Any]:
        """The values that ``reset_state`` gives the variables."""
        with with_values(self.variables, values_of(self.variables)):
            self.reset_state()
            return values_of(self.variables)

    def _check_count(self, values: Any) -> None:
        if len(values) != len(self.variables):
            raise ValueError(
                "Argument `metric_variables` must be a list of tensors corresponding 1:1 to "
                f"{type(self).__name__}().variables. Received list with length {len(values)}, but expected "
                f"{len(self.variables)} variables."
            )

    # --- config ---------------------------------------------------------------------------------------
    def get_config(self) -> dict[str, Any]:
        return {"name": self.name, "dtype": str(self.dtype)}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        return cls(**config)

    def _trackable_children(self) -> dict[str, Any]:
        from kerax.keras.saving.checkpointing import metric_children

        return metric_children(self)

    def _obj_type(self) -> str:
        return "Metric"

    def __setattr__(self, name: str, value: Any) -> None:
        tracker = vars(self).get("_tracker")
        super().__setattr__(name, value if tracker is None else tracker.track(value))
        if "_deferred_restores" in vars(self):
            continue_restores(self, name, value)

    def _check_super_called(self) -> None:
        if "_tracker" not in vars(self):
            raise RuntimeError("You forgot to call `super().__init__()` in the `__init__()` method. Go add it!")

    def __repr__(self) -> str:
        return object.__repr__(self) if legacy_keras() else f"<{type(self).__name__} name={self.name}>"

    def __str__(self) -> str:
        if not legacy_keras():
            return repr(self)
        return f"{type(self).__name__}({','.join(f'{key}={value}' for key, value in self.get_config().items())})"


def _as_program(update_state: Callable[..., Any]) -> Callable[..., Any]:
    """An ``update_state`` that may run as one program."""

    @functools.wraps(update_state)
    def wrapper(self: Metric, *args: Any, **kwargs: Any) -> Any:
        return eager_calls.run(self, types.MethodType(update_state, self), args, kwargs)

    return wrapper


def _converted(method: Callable[..., Any]) -> Callable[..., Any]:
    """A user's method whose control flow works on tensors where it is traced (Keras 2)."""

    @functools.wraps(method)
    def wrapper(self: Metric, *args: Any, **kwargs: Any) -> Any:
        return convert_in_trace(types.MethodType(method, self))(*args, **kwargs)

    return wrapper


def _of_now(result: Callable[..., Any]) -> Callable[..., Any]:
    """A ``result`` method that gives tensors where it would give Variables, which change (Keras 2)."""

    @functools.wraps(result)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        value = result(*args, **kwargs)
        if isinstance(value, dict):
            return {key: to_tensor(item) for key, item in value.items()}
        return to_tensor(value) if isinstance(value, (core.Variable, int, float)) else value

    return wrapper


def _is_dtype(name: str) -> bool:
    try:
        compute_dtype(name)
    except ValueError:
        return False
    return True


def default_name(metric: Any) -> str:
    """The class's name in snake case."""
    return to_snake_case(type(metric).__name__)
