"""The kinds of callables that ``tf.function`` makes, and the protocol of arguments: for ``isinstance`` and hints."""

from __future__ import annotations

import abc
import inspect
from typing import Any, Protocol, runtime_checkable

import numpy as np

from kerax.core.function import ConcreteFunction as _ConcreteFunction
from kerax.core.function import Function as _Function
from kerax.core.tensor import TypeSpec
from kerax.core.value import Tensor
from kerax.core.variable import Variable

#: what can be converted to a Tensor
TensorLike = Tensor | Variable | int | float | bool | str | bytes | complex | tuple | list | np.ndarray | np.generic


class FunctionType(inspect.Signature):
    """The signature of a traced function."""


class Callable(abc.ABC):
    """What can be called with Tensors."""

    @property
    @abc.abstractmethod
    def function_type(self) -> Any:
        """The signature."""


class AtomicFunction(Callable):
    """A compiled program with its captured values as arguments."""

    @abc.abstractmethod
    def call_with_captures(self, args: Any, kwargs: Any, captures: Any) -> Any:
        """Calls the program."""


class ConcreteFunction(Callable):
    """A function traced for one signature: what ``get_concrete_function`` returns."""

    @property
    @abc.abstractmethod
    def inference_fn(self) -> Any:
        """The program without gradients."""


class PolymorphicFunction(Callable):
    """A function that is traced for every signature it meets: what ``tf.function`` returns."""

    @abc.abstractmethod
    def get_concrete_function(self, *args: Any, **kwargs: Any) -> Any:
        """The function of one signature."""

    @abc.abstractmethod
    def experimental_get_compiler_ir(self, *args: Any, **kwargs: Any) -> Any:
        """A function that shows the compiler's program."""


GenericFunction = PolymorphicFunction

ConcreteFunction.register(_ConcreteFunction)
PolymorphicFunction.register(_Function)
Callable.register(_ConcreteFunction)
Callable.register(_Function)


class TraceType(abc.ABC):
    """What tracing sees of an argument: two arguments of one trace type share a trace."""

    @abc.abstractmethod
    def is_subtype_of(self, other: Any) -> bool:
        """Whether values of this type can go where ``other`` is asked for."""

    @abc.abstractmethod
    def most_specific_common_supertype(self, others: Any) -> Any:
        """The type that holds this one and the others, or None."""

    @abc.abstractmethod
    def placeholder_value(self, placeholder_context: Any) -> Any:
        """A value to trace with."""

    def to_tensors(self, value: Any) -> list[Any]:
        """The tensors of a value."""
        return []

    def from_tensors(self, tensors: Any) -> Any:
        """A value of tensors."""
        return self.placeholder_value(None)

    def flatten(self) -> list[Any]:
        """The types of the tensors."""
        return []

    def cast(self, value: Any, cast_context: Any) -> Any:
        """The value as one of this type."""
        return value


TraceType.register(TypeSpec)


@runtime_checkable
class SupportsTracingProtocol(Protocol):
    """Objects that say themselves what tracing sees of them."""

    def __tf_tracing_type__(self, context: Any) -> Any:
        """The object's ``TraceType``."""
