"""``keras.Variable``: a ``tf.Variable`` with Keras' path, initializer, regularizer and autocast."""

from __future__ import annotations

from typing import Any

import jax

from kerax.core import dtypes
from kerax.core import variable as core
from kerax.core.config import legacy_keras
from kerax.core.context import context
from kerax.core.value import Tensor
from kerax.keras import initializers
from kerax.keras.engine import global_state
from kerax.keras.engine.autocast import get_autocast_scope
from kerax.keras.engine.names import auto_name, current_path
from kerax.keras.engine.settings import DTypeName, standardize_dtype, standardize_shape
from kerax.keras.engine.variable_operators import VariableOperators
from kerax.math.casting import cast

_AGGREGATION = {
    "none": core.VariableAggregation.NONE,
    "mean": core.VariableAggregation.MEAN,
    "sum": core.VariableAggregation.SUM,
    "only_first_replica": core.VariableAggregation.ONLY_FIRST_REPLICA,
}
_SYNCHRONIZATION = {
    "auto": core.VariableSynchronization.AUTO,
    "none": core.VariableSynchronization.NONE,
    "on_write": core.VariableSynchronization.ON_WRITE,
    "on_read": core.VariableSynchronization.ON_READ,
}


def _choice(argument: str, value: Any, known: dict[str, Any]) -> str:
    if isinstance(value, tuple(type(member) for member in known.values())):
        return value.name.lower()
    if value is None:
        return "none"
    if value not in known:
        raise ValueError(
            f"Invalid value for argument `{argument}`. Expected one of `None`, "
            f"{', '.join(f'`{name!r}`' for name in known)}. Received: {argument}={value}"
        )
    return value


class Variable(VariableOperators, core.Variable):
    """State of a layer, metric or optimizer.

    Args:
      initializer: the initial value, or a callable ``(shape, dtype) → value``, or an initializer's name.
      shape: tuple of int, required with a callable.
      dtype: by default that of the value, else the global float type.
      trainable: bool, whether optimizers update it.
      autocast: bool, whether layers read it in their compute dtype.
      aggregation: "none", "mean", "sum" or "only_first_replica".
      synchronization: "auto", "none", "on_read" or "on_write".
      name: str without ``/``.
      layout: a sharding (``jax.sharding.Sharding``) for the value.

    Raises:
      ValueError: a bad name, a callable without shape, a shape that is not fully known.

    >>> import kerax as tf
    >>> tf.keras.Variable([1., 2.], name="v")
    <Variable path=v, shape=(2,), dtype=float32, value=[1. 2.]>
    """

    def __init__(
        self,
        initializer: Any,
        shape: Any = None,
        dtype: Any = None,
        trainable: bool = True,
        autocast: bool = True,
        aggregation: Any = "none",
        synchronization: Any = "auto",
        name: str | None = None,
        layout: Any = None,
        **kwargs: Any,
    ) -> None:
        if kwargs:
            raise TypeError(f"Unexpected keyword arguments: {', '.join(kwargs)}")
        name = name or auto_name(type(self).__name__)
        if not isinstance(name, str) or ("/" in name and not legacy_keras()):
            raise ValueError(
                f"Argument `name` must be a string and cannot contain character `/`. Received: name={name}"
            )
        self._keras_aggregation = _choice("aggregation", aggregation, _AGGREGATION)
        self._keras_synchronization = _choice("synchronization", synchronization, _SYNCHRONIZATION)
        parent = current_path()
        self._keras_name = name
        self._path = f"{parent}/{name}" if parent else name
        self._autocast = bool(autocast)
        self._regularizer: Any = None
        self._overwrite_with_gradient = False
        self._layout = layout
        if isinstance(initializer, str):
            initializer = initializers.get(initializer)
        if callable(initializer) and not isinstance(initializer, (Tensor, core.Variable)):
            if shape is None:
                raise ValueError(
                    "When creating a Variable from an initializer, the `shape` argument should be specified. "
                    f"Received: initializer={initializer} and shape={shape}"
                )
            shape = standardize_shape(shape)
            if None in shape:
                raise ValueError(
                    "Shapes used to initialize variables must be fully-defined (no `None` dimensions). Received: "
                    f"shape={shape} for variable path='{self._path}'"
                )
            dtype = dtypes.as_dtype(standardize_dtype(dtype))
            make = initializer

            def value() -> Any:
                return make(shape, dtype=dtype)
        else:
            dtype = dtype if dtype is None else standardize_dtype(dtype)
            if isinstance(initializer, core.Variable):
                initializer = initializer._kerax_tensor()
            if isinstance(initializer, Tensor) and dtype is not None and initializer.dtype != dtype:
                initializer = Tensor(initializer._value.astype(dtypes.as_dtype(dtype).dtype), initializer._trace)

            def value() -> Any:
                return initializer

        outer, context.name_scopes = context.name_scopes, []
        try:
            super().__init__(
                value,
                trainable=bool(trainable),
                name=self._path,
                dtype=dtype,
                aggregation=_AGGREGATION[self._keras_aggregation],
                synchronization=_SYNCHRONIZATION[self._keras_synchronization],
            )
        finally:
            context.name_scopes = outer
        distribution = global_state.get("distribution")
        if layout is None and distribution is not None:
            layout = distribution.get_variable_layout(self)
        layout = getattr(layout, "backend_layout", layout)
        if isinstance(layout, jax.sharding.Sharding):
            self._write_owned(jax.device_put(self._value, layout))

    # --- reading ----------------------------------------------------------------------------------------
    def _kerax_tensor(self) -> Tensor:
        tensor = super()._kerax_tensor()
        scope = get_autocast_scope()
        return tensor if scope is None or not self._autocast else scope.maybe_cast(tensor)

    @property
    def value(self) -> Any:
        """The current value: the variable itself, or its cast value where a layer computes in another dtype.

        Keras 3 has the property, Keras 2 and TensorFlow the method, ``value()``; both work.
        """
        scope = get_autocast_scope()
        if scope is not None and self._autocast and scope.dtype is not None:
            return self._kerax_tensor()
        return self

    def __call__(self) -> Tensor:
        return self._kerax_tensor()

    @property
    def dtype(self) -> Any:
        scope = get_autocast_scope()
        if scope is not None and scope.dtype is not None and self._autocast and self._dtype.is_floating:
            return DTypeName(scope.dtype)
        return DTypeName(self._dtype.name)

    # --- what it is -------------------------------------------------------------------------------------
    @property
    def name(self) -> str:
        return f"{self._path}:0" if legacy_keras() else self._keras_name

    @property
    def path(self) -> str:
        """The path in the model: names of the layers that own it, and its own, joined by ``/``."""
        return self._path

    @property
    def trainable(self) -> bool:
        return self._trainable

    @trainable.setter
    def trainable(self, value: bool) -> None:
        self._trainable = bool(value)

    @property
    def autocast(self) -> bool:
        return self._autocast

    @property
    def aggregation(self) -> Any:
        return super().aggregation if legacy_keras() else self._keras_aggregation

    @property
    def synchronization(self) -> Any:
        return super().synchronization if legacy_keras() else self._keras_synchronization

    @property
    def regularizer(self) -> Any:
        return self._regularizer

    @regularizer.setter
    def regularizer(self, value: Any) -> None:
        self._regularizer = _callable_or_none("regularizer", value, "`keras.regularizers.Regularizer`")

    @property
    def constraint(self) -> Any:
        return self._constraint

    @constraint.setter
    def constraint(self, value: Any) -> None:
        self._constraint = _callable_or_none("constraint", value, "`keras.constraints.Constraint`")

    @property
    def overwrite_with_gradient(self) -> bool:
        """Whether optimizers store the gradient itself (float8 scales)."""
        return self._overwrite_with_gradient

    @overwrite_with_gradient.setter
    def overwrite_with_gradient(self, value: bool) -> None:
        if not isinstance(value, bool):
            raise TypeError(f"`overwrite_with_gradient` must be a boolean. Received: {value}")
        self._overwrite_with_gradient = value

    # --- writing ----------------------------------------------------------------------------------------
    def _write(self, tensor: Tensor) -> None:
        scope = global_state.get("stateless_scope")
        if scope is not None:
            scope.writing(self, tensor)
        super()._write(tensor)

    def _returned(self, tensor: Tensor) -> Any:
        return self if legacy_keras() else tensor

    def assign(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        """Sets the value; unlike a ``tf.Variable``'s, another dtype is converted.

        Args:
          value: Tensor or anything convertible, of the variable's shape.

        Returns:
          The value as a Tensor (in the Keras 2 dialect the variable).

        Raises:
          ValueError: the shape differs.
        """
        return super().assign(self._as_own(value), *args, **kwargs)

    def _spreads(self, delta: Tensor) -> bool:
        """Whether updates of this shape are broadcast: Keras assigns the sum."""
        return True

    def assign_add(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        return super().assign_add(self._as_own(value), *args, **kwargs)

    def assign_sub(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        return super().assign_sub(self._as_own(value), *args, **kwargs)

    def _as_own(self, value: Any) -> Any:
        if isinstance(value, core.Variable):
            value = value._kerax_tensor()
        if isinstance(value, Tensor) and value.dtype is not self._dtype:
            return cast(value, self._dtype)
        if hasattr(value, "astype") and not isinstance(value, Tensor):
            if value.dtype != self._dtype.dtype and value.dtype.kind != "O":
                return value.astype(self._dtype.dtype)
        elif isinstance(value, (float, int)) and not isinstance(value, bool) and self._dtype.is_integer:
            return int(value)
        return value

    def __repr__(self) -> str:
        if legacy_keras():
            return super().__repr__()
        head = f"<Variable path={self._path}, shape={self.shape}, dtype={self._dtype.name}"
        if context.trace is not None:
            return head + ">"
        return f"{head}, value={Tensor(self._value)._numpy()}>"

    __str__ = __repr__

    def __reduce_ex__(self, protocol: Any) -> Any:
        if type(self) is not Variable:
            return super().__reduce_ex__(protocol)
        return _empty, (), self.__getstate__()  # Keras 2's has the name of another class, TensorFlow's variable


def _empty() -> Variable:
    return object.__new__(Variable)


def _callable_or_none(attribute: str, value: Any, example: str) -> Any:
    if value is not None and not callable(value):
        raise ValueError(
            f"Invalid value for attribute `{attribute}`. Expected a callable (such as a {example} instance) or "
            f"`None`. Received: {attribute}={value}"
        )
    return value


jax.tree_util.register_pytree_node(Variable, core._flatten, core._unflatten)
