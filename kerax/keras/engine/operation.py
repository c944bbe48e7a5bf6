"""``keras.Operation``: something that can be called on tensors, and on symbolic tensors to build a graph."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable
from typing import Any

from kerax.core import nest
from kerax.core.config import legacy_keras
from kerax.keras import dtype_policies
from kerax.keras.engine import call_errors
from kerax.keras.engine.abstract import compute_output_spec
from kerax.keras.engine.keras_tensor import any_symbolic_tensors
from kerax.keras.engine.names import auto_name, check_name, name_scope
from kerax.keras.engine.node import Node
from kerax.keras.saving.keras_saveable import KerasSaveable
from kerax.keras.saving.serialization import serialize_keras_object

_EXAMPLE = """
class CustomLayer(keras.layers.Layer):
    def __init__(self, arg1, arg2, **kwargs):
        super().__init__(**kwargs)
        self.arg1 = arg1
        self.arg2 = arg2

    def get_config(self):
        config = super().get_config()
        config.update({"arg1": self.arg1, "arg2": self.arg2})
        return config
"""


def default(method: Any) -> Any:
    """Marks a method as the base's own, so that overriding can be noticed."""
    method._is_default = True
    return method


def is_default(method: Any) -> bool:
    return getattr(method, "_is_default", False)


class Operation(KerasSaveable):
    """The base of layers and of recorded op calls.

    Args:
      name: str without ``/``; by default the class's name in snake case, made unique.
    """

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        instance = super().__new__(cls)
        arguments = _arguments_given if legacy_keras() else _constructor_arguments
        try:
            vars(instance)["_auto_config"] = arguments(cls, args, kwargs)
        except (TypeError, ValueError, RecursionError):
            vars(instance)["_auto_config"] = None
        return instance

    def __init__(self, name: str | None = None) -> None:
        if name is None:
            name = auto_name(type(self).__name__)
        check_name(name)
        self.name = name
        self._inbound_nodes: list[Node] = []
        self._outbound_nodes: list[Node] = []

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        call = self.symbolic_call if any_symbolic_tensors(args, kwargs) else self.call
        try:
            return call(*args, **kwargs)
        except Exception as error:
            raise call_errors.explained(error, self, call, args, kwargs) from error.__cause__

    def _call_parameters(self) -> list[str]:
        """The names under which a functional model's config holds the arguments of a call."""
        return list(inspect.signature(self.call).parameters)

    def symbolic_call(self, *args: Any, **kwargs: Any) -> Any:
        """Computes symbolic outputs and records the call as a node."""
        outputs = self.compute_output_spec(*args, **kwargs)
        Node(self, args, kwargs, outputs)
        return outputs

    def _output_name(self, node_index: int, tensor_index: int) -> str:
        """What Keras 2 calls an output of a call: the name of the op it comes from, under the layer's."""
        arguments = self._inbound_nodes[node_index].arguments
        with name_scope(self.name, caller=self):
            outputs = compute_output_spec(self.call, *arguments.args, **arguments.kwargs)
        return nest.flatten(outputs)[tensor_index]._name or "Placeholder:0"

    def call(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError

    def compute_output_spec(self, *args: Any, **kwargs: Any) -> Any:
        """KerasTensors like what ``call`` returns.

        Raises:
          The error that ``call`` raises, with its cause explained.
        """
        return infer(self, self.call, args, kwargs)

    @default
    def get_config(self) -> dict[str, Any]:
        """The constructor's arguments as a dict, from which ``from_config`` makes the object anew.

        Raises:
          NotImplementedError: arguments that are no plain values, and no ``get_config`` of the class's own.
        """
        config: dict[str, Any] = {"name": self.name}
        if not is_default(self.get_config):
            return config
        automatic = getattr(self, "_auto_config", None)
        if isinstance(automatic, dict):
            config.update({key: serialize_keras_object(value) for key, value in automatic.items()})
            parameters = inspect.signature(self.__init__).parameters
            takes_any = any(p.kind is inspect.Parameter.VAR_KEYWORD for p in parameters.values())
            if "name" not in parameters and not takes_any:
                config.pop("name", None)
            return config
        why = (
            "by passing positional only or variadic positional arguments (e.g., `*args`) to `__init__()`, which is "
            "not supported by the automatic config generation. Please remove all positional only and variadic "
            "arguments from `__init__()` or override `get_config()` and `from_config()` to make the object "
            "serializatble."
            if automatic == "args"
            else "by passing non-serializable argument values in `__init__()`, and therefore the object must "
            "override `get_config()` in order to be serializable. Please implement `get_config()`."
        )
        raise NotImplementedError(
            f"\nObject {type(self).__name__} was created {why}\n\nExample:\n{textwrap.indent(_EXAMPLE, '    ')}"
        )

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        """Makes an object from its ``get_config()``.

        Raises:
          TypeError: the constructor does not take it.
        """
        if isinstance(config.get("dtype"), dict):
            config = config.copy()
            policy = dtype_policies.deserialize(config["dtype"])
            if not isinstance(policy, dtype_policies.DTypePolicyMap) and policy.quantization_mode is None:
                policy = policy.name
            config["dtype"] = policy
        try:
            return cls(**config)
        except Exception as error:
            raise TypeError(
                f"Error when deserializing class '{cls.__name__}' using config={config}.\n\n"
                f"Exception encountered: {error}"
            ) from error

    def __repr__(self) -> str:
        return f"<Operation name={self.name}>"

    @property
    def input(self) -> Any:
        """The symbolic input(s) of the first call."""
        return self._node_attribute(0, "input_tensors", "input")

    @property
    def output(self) -> Any:
        """The symbolic output(s) of the first call."""
        return self._node_attribute(0, "output_tensors", "output")

    def _node_attribute(self, index: int, attribute: str, label: str) -> Any:
        if not self._inbound_nodes:
            raise AttributeError(f"The layer {self.name} has never been called and thus has no defined {label}.")
        if len(self._inbound_nodes) <= index:
            raise ValueError(
                f"Asked to get {label} at node {index}, but the operation has only {len(self._inbound_nodes)} "
                "inbound nodes."
            )
        values = getattr(self._inbound_nodes[index], attribute)
        return values[0] if isinstance(values, list) and len(values) == 1 else values

    def _obj_type(self) -> str:
        return "Operation"


def infer(operation: Any, call: Callable[..., Any], args: Any, kwargs: Any) -> Any:
    """``compute_output_spec`` with the operation named in errors."""
    try:
        return compute_output_spec(call, *args, **kwargs)
    except Exception as error:
        if legacy_keras():
            raise
        kind = type(operation).__name__
        message = (
            "Could not automatically infer the output shape / dtype of "
            f"'{operation.name}' (of type {kind}). Either the `{kind}.call()` method is incorrect, or you need to "
            f"implement the `{kind}.compute_output_spec() / compute_output_shape()` method. "
            f"Error encountered:\n\n{error}"
        )
        try:
            explained = type(error)(message)
        except Exception:
            raise error from None
        raise explained.with_traceback(error.__traceback__) from None


def _constructor_arguments(cls: type, args: Any, kwargs: Any) -> Any:
    """The constructor's arguments where they are all plain values; "args" for *args, None else."""
    signature = inspect.signature(cls.__init__)
    parameters = list(signature.parameters.values())
    bound = signature.bind(None, *args, **kwargs)
    if any(p.kind is inspect.Parameter.POSITIONAL_ONLY for p in parameters[1:]):
        return "args"
    bound.apply_defaults()
    found = dict(bound.arguments)
    found.pop(parameters[0].name, None)
    for parameter in parameters[1:]:
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            found.update(found.pop(parameter.name, {}))
        elif parameter.kind is inspect.Parameter.VAR_POSITIONAL and found.pop(parameter.name, ()):
            return "args"
    found.pop("name", None)
    return _if_plain(found)


def _arguments_given(cls: type, args: Any, kwargs: Any) -> Any:
    """The same for Keras 2, which keeps what was given, and no defaults."""
    names = inspect.getfullargspec(cls.__init__).args[1:]
    return _if_plain({**kwargs, **dict(zip(names, args, strict=False))})


def _if_plain(arguments: dict[str, Any]) -> Any:
    plain = (str, int, float, bool, type(None))
    return arguments if all(isinstance(value, plain) for value in nest.flatten(arguments)) else None
