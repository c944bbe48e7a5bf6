"""What a SavedModel holds of an object: its children, its functions and its signatures."""

from __future__ import annotations

from typing import Any

from kerax.core.concrete import ConcreteFunction
from kerax.core.function import Function
from kerax.saved_model.restored import RestoredConcrete, RestoredFunction, SignatureFunction, SignatureMap
from kerax.train import trackable

DEFAULT = "_default_save_signature"


def functions_of(owner: Any) -> dict[str, Any]:
    """The ``tf.function``s among an object's attributes and its class's methods."""
    if trackable.is_container(owner) or not hasattr(owner, "__dict__"):
        members = owner.items() if isinstance(owner, dict) else ()
        return {name: value for name, value in members if isinstance(name, str) and _is_function(value)}
    found = {}
    for cls in reversed(type(owner).__mro__):
        for name, value in vars(cls).items():
            if isinstance(value, Function):
                found[name] = getattr(owner, name)
    for name, value in vars(owner).items():
        if _is_function(value):
            found[name] = value
    if hasattr(type(owner), "_obj_type"):  # Keras compiles steps of its own
        for name in ("train_function", "test_function", "predict_function"):
            found.pop(name, None)
    return found


def _is_function(value: Any) -> bool:
    return isinstance(value, (Function, ConcreteFunction, RestoredFunction))


def concretes_of(function: Any) -> list[Any]:
    """The concrete functions of a function: for its input signature, those asked for, and those of its calls."""
    if isinstance(function, ConcreteFunction):
        return [function]
    if isinstance(function, RestoredFunction):
        return list(function.concrete_functions)
    if function.input_signature is not None:
        return [function.get_concrete_function()]
    found = list(function._concretes.values())
    for args, kwargs in list(function._signatures):
        made = function.get_concrete_function(*args, **kwargs)
        if not any(made is other for other in found):
            found.append(made)
    return found


def signatures_of(root: Any, signatures: Any) -> dict[str, Any]:
    """The functions to call by name after loading.

    Raises:
      ValueError: a function without input signature, or something else than a function.
    """
    if signatures is None:
        kept = vars(root).get("signatures")
        if isinstance(kept, SignatureMap) and kept:
            return dict(kept)
        default = getattr(root, DEFAULT, None)
        if default is None:
            known = functions_of(root).values()
            given = [f for f in known if isinstance(f, ConcreteFunction) or getattr(f, "input_signature", None)]
            if len(given) != 1:
                return {}
            default = given[0]
        signatures = default
    if not isinstance(signatures, dict):
        signatures = {"serving_default": signatures}
    found = {}
    for name, function in signatures.items():
        if name == "__saved_model_init_op":
            raise KeyError(f"Signature keys may not be {name!r}: TensorFlow uses it itself.")
        if isinstance(function, Function) and function.input_signature is not None:
            function = function.get_concrete_function()
        elif isinstance(function, RestoredFunction) and len(function.concrete_functions) == 1:
            function = function.concrete_functions[0]
        if not isinstance(function, (ConcreteFunction, RestoredConcrete, SignatureFunction)):
            raise ValueError(
                f"Expected a TensorFlow function for which to generate a signature, but got {function}. Only "
                "`tf.functions` with an input signature or concrete functions can be used as a signature."
            )
        found[name] = function
    return found
