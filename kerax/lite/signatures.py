"""The functions of models and SavedModels, as they are converted: with TensorFlow's names for what goes in and out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kerax.core import config
from kerax.core.concrete import ConcreteFunction
from kerax.core.program import Uncompiled
from kerax.lite.lowering import ConverterError, Signature
from kerax.saved_model.collect import signatures_of
from kerax.saved_model.restored import RestoredConcrete, SignatureFunction

DEFAULT = "serving_default"


def of_model(model: Any) -> list[Signature]:
    """The call of a Keras model.

    Raises:
      ValueError: its inputs are not known yet.
    """
    if not getattr(model, "built", True):
        raise ValueError(
            f"Model {model} cannot be saved because the input shapes have not been set. Usually, input shapes are "
            "automatically determined from calling `.fit()` or `.predict()`. To manually set the shapes, call "
            "`model.build(input_shape)`."
        )
    found = signatures_of(model, None)
    if not config.legacy_keras():
        # Keras' export writes the call twice, as the function "serve" and as the signature
        return [_named(key, function, "StatefulPartitionedCall_1") for key, function in found.items()]
    signatures = [_named(key, function, "StatefulPartitionedCall") for key, function in found.items()]
    for signature in signatures:
        signature.rename({f"args_{index}": f"input_{index + 1}" for index in range(len(signature.inputs))})
        names = list(getattr(model, "output_names", None) or ())
        count = len(signature.outputs)
        signature.outputs = names if len(names) == count else [f"output_{index + 1}" for index in range(count)]
    return signatures


def of_functions(functions: Sequence[Any], owned: bool) -> list[Signature]:
    """Concrete functions; without an owner of their variables there is one, with the names of its graph.

    Raises:
      ValueError: there are several without an owner, or something else than concrete functions.
    """
    if not owned:
        if len(functions) > 1:
            raise ValueError(
                "This converter can only convert a single ConcreteFunction. Converting multiple functions "
                "is under development."
            )
        signature = _named("", functions[0], "Identity")
        signature.tensor_inputs = list(signature.inputs)
        signature.tensor_outputs = [f"Identity_{i}" if i else "Identity" for i in range(len(signature.outputs))]
        return [signature]
    alone = len(functions) == 1
    found = []
    for index, function in enumerate(functions):
        call = "StatefulPartitionedCall" if function.variables else "PartitionedCall"
        key = DEFAULT if alone else getattr(function, "_label", function.name)
        found.append(_named(key, function, f"{call}_{index}" if index else call))
    return found


def of_saved_model(loaded: Any, keys: Sequence[str] | None) -> list[Signature]:
    """Signatures of a loaded SavedModel.

    Args:
      loaded: what ``tf.saved_model.load`` returned.
      keys: names of signatures, by default all.

    Raises:
      ValueError: there are none, or not those.
    """
    known = dict(loaded.signatures)
    # Keras' export writes one function under both names
    keys = [key for key in known if key != "serve" or DEFAULT not in known] if keys is None else list(keys)
    if not keys:
        raise ValueError("Only support at least one signature key.")
    for key in keys:
        if key not in known:
            raise ValueError(f"Invalid signature key '{key}' found. Valid keys are '{','.join(known)}'.")
    found = []
    for key in keys:
        place = list(known).index(key)
        function = known[key]
        call = "StatefulPartitionedCall" if function.variables else "PartitionedCall"
        found.append(_named(key, function, f"{call}_{place}" if place else call))
    return found


def _named(key: str, function: Any, call: str) -> Signature:
    if isinstance(function, SignatureFunction):
        inputs, outputs, function = list(function._arg_keywords), list(function._outputs), function._concrete
    elif isinstance(function, RestoredConcrete):
        inputs, outputs = list(function.names), _output_names(function)
    elif isinstance(function, ConcreteFunction):
        if isinstance(function._program, Uncompiled):
            raise ConverterError(
                f"Could not translate the function {function.name!r}: it works on strings, files or sizes that depend "
                "on values, and so runs as python."
            )
        inputs, outputs = _input_names(function), _output_names(function)
    else:
        raise ValueError(
            "This function takes in a list of ConcreteFunction. To get the ConcreteFunction from a Function, call "
            "get_concrete_function."
        )
    signature = Signature(key, function, inputs, outputs)
    signature.rename({})
    signature.tensor_outputs = [f"{call}:{index}" for index in range(len(outputs))]
    return signature


def _input_names(function: ConcreteFunction) -> list[str]:
    found: list[str] = []
    for name, spec in zip(function._spec_names(), function._specs, strict=True):
        name, count = spec.name or name, 0
        base = name
        while name in found:
            count += 1
            name = f"{base}_{count}"
        found.append(name)
    return found


def _output_names(function: Any) -> list[str]:
    structured = function.structured_outputs
    if isinstance(structured, dict):
        return sorted(structured)
    return [f"output_{index}" for index in range(len(function.outputs))]
