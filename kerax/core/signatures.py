"""What tells the calls of a ``tf.function`` apart, and what its input signature asks of them."""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import jax
import numpy as np

from kerax.core import nest
from kerax.core.concrete import example, type_text
from kerax.core.context import context
from kerax.core.tensor import TensorSpec, TypeSpec, convert_to_tensor
from kerax.core.value import Tensor
from kerax.core.variable import Variable

_NAN = object()


@dataclass(frozen=True)
class VariableKey:
    """A Variable among a function's arguments."""

    identity: int
    dtype: Any
    shape: tuple[int | None, ...] | None  # as it was declared
    trainable: bool
    sizes: tuple[int, ...]  # of the present value


def _variable_key(variable: Variable) -> VariableKey:
    shape = None if variable.shape.rank is None else tuple(variable.shape)
    value = variable._value if context.trace is None else context.trace._current(variable)
    return VariableKey(id(variable), variable.dtype, shape, variable.trainable, value.shape)


def key_of(value: Any, tensors: list[Tensor], kept: list[Any]) -> Any:
    """A hashable key of one argument.

    Args:
      value: the argument.
      tensors: the tensors in it are appended here.
      kept: objects whose identity is the key are appended here, so that no other one takes their place in memory.
    """
    kind = type(value)
    if kind is Tensor:
        tensors.append(value)
        return value._value.dtype, value._value.shape
    if value is None or kind in (bool, int, float, complex, str, bytes):
        return value if value == value else _NAN  # equal values share a program, as in TensorFlow: 1 and 1.0
    if kind is list or kind is tuple:
        return kind, tuple([key_of(item, tensors, kept) for item in value])
    if isinstance(value, dict):
        return kind, tuple([(name, key_of(value[name], tensors, kept)) for name in sorted(value)])
    if isinstance(value, (np.ndarray, np.generic, jax.Array)):
        tensor = convert_to_tensor(value)
        tensors.append(tensor)
        return tensor._value.dtype, tensor._value.shape
    if isinstance(value, Variable):
        return _variable_key(value)
    if nest.is_composite(value):
        parts = [key_of(part, tensors, kept) for part in value._kerax_components()]
        return kind, tuple(parts), getattr(value, "_kerax_static", None)
    if nest.is_nested(value):
        return kind, tuple([key_of(item, tensors, kept) for item in nest.flatten(value)])
    if kind.__eq__ is not object.__eq__ and kind.__hash__ is not None:
        with contextlib.suppress(TypeError):
            hash(value)
            return kind, value  # equal values share a program
    if not any(value is other for other in kept):
        kept.append(value)
    return kind, id(value)


def without_sizes(key: Any) -> Any:
    """A signature's key in which tensors stand for all their shapes."""
    if isinstance(key, tuple) and len(key) == 2 and isinstance(key[0], np.dtype):
        return key[0]
    return tuple(map(without_sizes, key)) if isinstance(key, tuple) else key


def without_identity(key: Any, sizes: bool = True, seen: dict[int, int] | None = None) -> Any:
    """A signature's key in which variables stand for all of their kind; only which are the same counts.

    Args:
      key: the key.
      sizes: bool, whether the sizes of variables that are declared with open ones count.
      seen: the variables met so far.
    """
    seen = {} if seen is None else seen
    if isinstance(key, VariableKey):
        kind = key.dtype, key.shape, key.trainable, seen.setdefault(key.identity, len(seen))
        return (*kind, key.sizes) if sizes else kind
    return tuple([without_identity(part, sizes, seen) for part in key]) if isinstance(key, tuple) else key


def variables_of_key(key: Any) -> Iterator[int]:
    """The identities of the variables in a key, in its order."""
    if isinstance(key, VariableKey):
        yield key.identity
    elif isinstance(key, tuple):
        for part in key:
            yield from variables_of_key(part)


def signature_of(python_function: Callable[..., Any]) -> inspect.Signature | None:
    """Python's signature of a callable, None where it tells none."""
    try:
        return inspect.signature(python_function)
    except (TypeError, ValueError):
        return None


def plain_positionals(signature: inspect.Signature | None) -> int:
    """The number of parameters if all are positional and without defaults, else -1: binding so many changes nothing."""
    if signature is None:
        return -1
    kinds = [(parameter.kind, parameter.default) for parameter in signature.parameters.values()]
    plain = all(
        kind is inspect.Parameter.POSITIONAL_OR_KEYWORD and default is inspect.Parameter.empty
        for kind, default in kinds
    )
    return len(kinds) if plain else -1


def checked_signature(given: Any) -> tuple[Any, ...]:
    """An input signature, if it is a sequence of specs.

    Raises:
      TypeError: it is not.
    """
    if not isinstance(given, (list, tuple)):
        raise TypeError(f"input_signature must be either a tuple or a list, got {type(given)}.")
    wrong = [leaf for leaf in nest.flatten(given) if not isinstance(leaf, TypeSpec)]
    if wrong:
        raise TypeError(
            "input_signature must be a possibly nested sequence of TensorSpec objects, got invalid args "
            f"{wrong} with types {list(map(type, wrong))}."
        )
    return tuple(given)


def require_constraints(given: tuple[Any, ...], signature: inspect.Signature | None) -> None:
    """Checks that an input signature says something of every parameter that has no default.

    Raises:
      TypeError: it says too little or too much.
    """
    if signature is None:
        return
    kinds = inspect.Parameter
    left = len(given)  # constraints that no parameter has taken yet
    for parameter in signature.parameters.values():
        optional = parameter.default is not kinds.empty
        if parameter.name == "self" or parameter.kind is kinds.VAR_KEYWORD:
            continue
        if parameter.kind is kinds.VAR_POSITIONAL:
            left = 0
        elif parameter.kind is kinds.KEYWORD_ONLY and not optional:
            raise TypeError(
                f"Since input_signature is defined, keyword-only parameter `{parameter.name}` must have a default value"
            )
        elif left:
            left -= 1
        elif not optional:
            raise TypeError(f"input_signature missing type constraint for {parameter.name}")
    if left:
        raise TypeError(f"input_signature contains {left} extra type constraints.")


def signature_text(given: tuple[Any, ...], signature: inspect.Signature | None) -> str:
    """An input signature as TensorFlow shows it in errors."""
    parameters = list(signature.parameters.values()) if signature is not None else []
    shown = []
    for index, parameter in enumerate(parameters):
        optional = parameter.default is not inspect.Parameter.empty
        if index < len(given):
            kind = type_text(given[index])
        elif optional:
            kind = type_text(parameter.default)
        else:
            continue
        shown.append(f"{parameter.name}: {kind}{' = <captured_default_value>' if optional else ''}")
    return f"({', '.join(shown)})"


def conformed(value: Any, spec: Any) -> Any:
    """An argument as the Tensor that a spec wants.

    Raises:
      TypeError, ValueError: it has another dtype or shape.
    """
    if nest.is_nested(spec):
        if isinstance(spec, (list, tuple)) and type(value) is not type(spec):
            raise TypeError(f"Can not cast {value!r} to {type(spec).__name__} type.")
        if isinstance(spec, dict) and isinstance(value, dict) and set(value) != set(spec):
            raise ValueError(f"{value!r} has different keys with the TraceType {type_text(spec)}.")
        return nest.map_structure(lambda s, v: conformed(v, s), spec, value)
    if not isinstance(spec, TensorSpec):
        composite = nest.is_composite(value) or isinstance(value, (Tensor, np.ndarray))
        if composite and hasattr(spec, "is_compatible_with") and not spec.is_compatible_with(value):
            raise TypeError(f"Can not cast {value!r} to {spec!r}")
        return value
    value = example(value)
    tensor = convert_to_tensor(value, None if isinstance(value, (Tensor, Variable)) else spec.dtype)
    if not spec.is_compatible_with(tensor):
        raise TypeError(f"Can not cast {TensorSpec(tensor.shape, tensor.dtype)!r} to {spec!r}")
    return tensor


def require_default(value: Any, default: Any) -> None:
    """Checks an argument of which an input signature says nothing: it is the parameter's default.

    Raises:
      TypeError: it is something else.
    """
    comparable = isinstance(value, (bool, int, float, str, bytes)) and isinstance(default, type(value))
    if comparable and value != default:
        raise TypeError(f"Can not cast {value!r} to {type_text(default)}")
