"""What a layer knows about one call: its arguments by name, which of them are tensors, and their shapes."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from kerax.core import nest
from kerax.core.config import legacy_keras
from kerax.core.tensor import is_tensor
from kerax.core.value import Tensor
from kerax.keras.engine.abstract import true_shape
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.engine.operation import is_default


def is_tensor_or_symbolic(x: Any, allow_none: bool = False) -> bool:
    return (allow_none and x is None) or isinstance(x, Tensor) or is_tensor(x)


def with_training(signature: inspect.Signature) -> inspect.Signature:
    """The signature of ``call``, whose ``training`` need not be given in Keras 2."""
    training = signature.parameters.get("training")
    if not legacy_keras() or training is None or training.default is not inspect.Parameter.empty:
        return signature
    parameters = {**signature.parameters, "training": training.replace(default=False)}
    try:
        return signature.replace(parameters=list(parameters.values()))
    except ValueError:  # parameters without a default follow it
        return signature


class CallSpec:
    """The arguments of a call, bound to the signature of ``call``.

    Args:
      signature: of ``call``.
      context_args: names that travel down the stack of layers by themselves (``training``).
      args, kwargs: the arguments.
    """

    def __init__(self, signature: inspect.Signature, context_args: Any, args: Any, kwargs: dict[str, Any]) -> None:
        stripped = {
            name: kwargs.pop(name) for name in context_args if name in kwargs and name not in signature.parameters
        }
        bound = signature.bind(*args, **kwargs)
        self.user_arguments_dict = {**stripped, **bound.arguments}
        bound.apply_defaults()
        self.arguments_dict: dict[str, Any] = dict(bound.arguments)
        if legacy_keras():  # None for a context argument leaves it open there
            for name in set(context_args) & set(self.arguments_dict):
                default = signature.parameters[name].default
                if self.arguments_dict[name] is None and default is not inspect.Parameter.empty:
                    self.arguments_dict[name] = default
        self.tensor_arguments_dict: dict[str, Any] = {}
        self.nested_names: list[str] = []
        for name, value in self.arguments_dict.items():
            if is_tensor_or_symbolic(value):
                self.tensor_arguments_dict[name] = value
            elif nest.is_nested(value) and len(value) > 0:
                flat = nest.flatten(value)
                tensors = [x for x in flat if x is not None and is_tensor_or_symbolic(x)]
                if tensors and len(tensors) == sum(x is not None for x in flat):
                    self.tensor_arguments_dict[name] = value
                    self.nested_names.append(name)
                elif (
                    tensors
                    and not legacy_keras()
                    and signature.parameters[name].kind
                    not in (
                        inspect.Parameter.VAR_POSITIONAL,
                        inspect.Parameter.VAR_KEYWORD,
                    )
                ):
                    raise ValueError(
                        "In a nested call() argument, you cannot mix tensors and non-tensors. Received invalid mixed "
                        f"argument: {name}={value}"
                    )
        self.argument_names = list(self.arguments_dict)
        self.first_arg = next(iter(self.arguments_dict.values()), None)
        self.eager = not any(
            isinstance(x, KerasTensor) for x in nest.flatten(list(self.tensor_arguments_dict.values()))
        )


def shape_of(x: Any) -> tuple[int | None, ...] | None:
    """The shape of a tensor as layers are built with it, None for an unknown rank and for what has none."""
    shape = getattr(x, "shape", None)  # None and a TensorArray have none
    return None if shape is None or getattr(shape, "rank", 0) is None else true_shape(shape)


def shapes_dict(spec: CallSpec) -> dict[str, Any]:
    """The shapes of the tensor arguments, under the argument's name and ``_shape``."""
    shapes = {}
    for name, value in spec.tensor_arguments_dict.items():
        if name in ("mask", "kwargs", "args"):
            continue
        nested = name in spec.nested_names
        shapes[f"{name}_shape"] = nest.map_structure(shape_of, value) if nested else shape_of(value)
    return shapes


def shapes_for(fn: Callable[..., Any], shapes: dict[str, Any], spec: CallSpec, class_name: str) -> dict[str, Any]:
    """Arguments for ``build`` or ``compute_output_shape``.

    One parameter gets the shape of the first tensor whatever its name; several are matched by name.

    Raises:
      ValueError: a parameter that is not called like an argument of ``call`` with ``_shape`` after it.
    """
    if is_default(fn):
        return {}
    kinds = (
        inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.KEYWORD_ONLY,
    )  # fmt: skip
    expected = [name for name, p in inspect.signature(fn).parameters.items() if p.kind in kinds]
    if len(expected) == 1:
        return {expected[0]: next(iter(shapes.values()), None)}
    found = {}
    method = fn.__name__
    for name in expected:
        rule = (
            f"For a `{method}()` method with more than one argument, all arguments should have a `_shape` suffix and "
            f"match an argument from `call()`. E.g. `{method}(self, foo_shape, bar_shape)`  For layer '{class_name}', "
        )
        if not name.endswith("_shape"):
            raise ValueError(f"{rule}Received `{method}()` argument `{name}`, which does not end in `_shape`.")
        argument = name.removesuffix("_shape")
        if argument not in spec.arguments_dict:
            raise ValueError(
                f"{rule}received `{method}()` argument `{name}`, but `call()` does not have argument `{argument}`."
            )
        if name in shapes:
            found[name] = shapes[name]
    return found


class CallContext:
    """What holds for one outermost call and all calls within it."""

    def __init__(self, entry_layer: Any) -> None:
        self.entry_layer = entry_layer
        self.values: dict[str, Any] = {}
