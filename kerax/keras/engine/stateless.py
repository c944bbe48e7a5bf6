"""Running stateful code on values from outside: the basis of Keras' ``stateless_*`` methods."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kerax.core.value import Tensor
from kerax.keras.engine import global_state
from kerax.keras.engine.convert import to_tensor
from kerax.keras.engine.jax_values import for_jax
from kerax.keras.engine.variable import Variable


@contextlib.contextmanager
def with_values(variables: Sequence[Any], values: Sequence[Any]) -> Iterator[None]:
    """Lets variables have other values within the scope; afterwards the old ones come back.

    Args:
      variables: list of Variable.
      values: list of Tensor or array, tracers of jax transformations too.
    """
    kept = [variable._read_quietly() for variable in variables]
    try:
        for variable, value in zip(variables, values, strict=True):
            variable._write(to_tensor(value, variable._dtype.name))
        yield
    finally:
        for variable, value in zip(variables, kept, strict=True):
            variable._write(value)


def values_of(variables: Sequence[Any]) -> list[Tensor]:
    """The present values of variables as Tensors."""
    return [variable._read_quietly() for variable in variables]


def call_with_values(
    layer: Any, trainable: Any, non_trainable: Any, args: Any, kwargs: dict[str, Any], return_losses: bool
) -> Any:
    """``layer.stateless_call``: a call with variables of given values.

    Raises:
      ValueError: the layer is not built, or the number of values is another.
    """
    label = type(layer).__name__
    if not layer.built:
        raise ValueError(
            f"To call stateless_call, {label} must be built (i.e. its variables must have been already created). You "
            "can build it by calling it on some data."
        )
    own = {"trainable_variables": layer.trainable_variables, "non_trainable_variables": layer.non_trainable_variables}
    for (name, variables), values in zip(own.items(), (trainable, non_trainable), strict=True):
        if len(values) != len(variables):
            raise ValueError(
                f"Argument `{name}` must be a list of tensors corresponding 1:1 to {label}().{name}. Received list "
                f"with length {len(values)}, but expected {len(variables)} variables."
            )
    mapping = [*zip(own["trainable_variables"], trainable, strict=True)]
    mapping += zip(own["non_trainable_variables"], non_trainable, strict=True)
    with StatelessScope(mapping, collect_losses=return_losses) as scope:
        outputs = layer(*args, **kwargs)
        losses = layer.losses if return_losses else None
    updated = [scope.get_current_value(variable) for variable in own["non_trainable_variables"]]
    return for_jax((outputs, updated, losses) if return_losses else (outputs, updated))


class StatelessScope:
    """Within, variables have given values, and what is assigned to them is taken back at the end.

    Args:
      state_mapping: list of (Variable, value).
      collect_losses: bool, whether ``add_loss`` within adds to ``losses`` of the scope.
      initialize_variables: bool, Keras' argument; variables made within are initialized in any case.

    Raises:
      ValueError: a key that is no ``keras.Variable``, or a value of another shape.

    >>> import kerax as tf
    >>> v = tf.keras.Variable(1.0)
    >>> with tf.keras.StatelessScope([(v, 5.0)]) as scope:
    ...     _ = v.assign_add(1.0)
    >>> float(scope.get_current_value(v)), float(v)
    (6.0, 1.0)
    """

    def __init__(
        self,
        state_mapping: Iterable[tuple[Any, Any]] | None = None,
        collect_losses: bool = False,
        initialize_variables: bool = True,
    ) -> None:
        self.collect_losses = collect_losses
        self.initialize_variables = initialize_variables
        self.losses: list[Any] = []
        self.state_mapping: dict[int, Any] = {}
        self._given: list[tuple[Any, Any]] = []
        self._outside: dict[int, tuple[Any, Any]] = {}  # what each variable held before
        for variable, value in state_mapping or ():
            if not isinstance(variable, Variable):
                raise ValueError(
                    "Invalid reference variable in StatelessScope: all keys in argument `mapping` must be Variable "
                    f"instances. Received instead: {variable}"
                )
            value = to_tensor(value, variable._dtype.name)
            if tuple(variable.shape) != tuple(value.shape):
                raise ValueError(
                    "Invalid variable value in StatelessScope: all values in argument `mapping` must be tensors with "
                    f"a shape that matches the corresponding variable shape. For variable {variable}, received "
                    f"invalid value {value} with shape {value.shape}."
                )
            self.state_mapping[id(variable)] = value
            self._given.append((variable, value))

    def __enter__(self) -> StatelessScope:
        self._outer = global_state.get("stateless_scope")
        global_state.put("stateless_scope", self)
        for variable, value in self._given:
            variable._write(value)
        return self

    def __exit__(self, *exc: Any) -> None:
        global_state.put("stateless_scope", None)
        for variable, value in self._outside.values():
            variable._write(value)
        self._outside.clear()
        global_state.put("stateless_scope", self._outer)

    def writing(self, variable: Any, value: Any) -> None:
        """Called by variables before they are written: keeps the old value and notes the new one."""
        if id(variable) not in self._outside:
            self._outside[id(variable)] = (variable, variable._read_quietly())
        self.state_mapping[id(variable)] = value

    def add_loss(self, loss: Any) -> None:
        """Notes a loss."""
        self.losses.append(loss)

    def add_update(self, update: tuple[Any, Any]) -> None:
        """Notes a new value: ``(variable, value)``."""
        variable, value = update
        variable._write(to_tensor(value, variable._dtype.name))

    def get_current_value(self, variable: Any) -> Any:
        """The value of a variable in the scope, None if it was neither given nor assigned."""
        return self.state_mapping.get(id(variable))


class SymbolicScope:
    """Marks that what runs within is looked at for shapes only: losses and metrics added do not stay."""

    def __enter__(self) -> SymbolicScope:
        self._outer = global_state.get("abstract_scope", False)
        global_state.put("abstract_scope", True)
        return self

    def __exit__(self, *exc: Any) -> None:
        global_state.put("abstract_scope", self._outer)
