"""A function of one signature as a .tflite model of numbers: what it computes, with its variables as constants."""

from __future__ import annotations

import re
from typing import Any

import jax
import numpy as np
from jax import export

from kerax.core import nest, state
from kerax.core.context import context
from kerax.lite import flatbuffer, loops, open_batch, repairs
from kerax.lite.packages import load
from kerax.saved_model.program import open_shapes, traced
from kerax.saved_model.restored import RestoredConcrete

# Two batch sizes whose programs are compared; with 1 or 2, axes could be lost or confused with others.
BATCHES = (5, 7)
# a function of a SavedModel was written for all sizes: here they are known
_KNOWN_SIZES = "builtin.module(inline,stablehlo-refine-shapes,func.func(stablehlo-canonicalize-dynamism),canonicalize)"


class ConverterError(Exception):
    """A function has no .tflite form."""


class Signature:
    """A function to convert, and the names of what goes in and out.

    Args:
      key: str, what it is called by.
      function: ConcreteFunction or RestoredConcrete.
      inputs, outputs: names.

    ``tensor_inputs`` and ``tensor_outputs`` are the names of the tensors themselves.
    """

    def __init__(self, key: str, function: Any, inputs: list[str], outputs: list[str]) -> None:
        self.key, self.function, self.inputs, self.outputs = key, function, inputs, outputs
        self.tensor_inputs, self.tensor_outputs = list(inputs), list(outputs)

    def rename(self, names: dict[str, str]) -> None:
        """Gives inputs other names, and their tensors the ones that go with them."""
        self.inputs = [names.get(name, name) for name in self.inputs]
        self.tensor_inputs = [f"{self.key}_{name}:0" for name in self.inputs]

    @property
    def specs(self) -> list[Any]:
        restored = isinstance(self.function, RestoredConcrete)
        return list(self.function.specs if restored else self.function._specs)


def lower(signature: Signature) -> Any:
    """The model (a ``ModelT``) of a function; sizes that its signature leaves open stay so.

    Raises:
      ConverterError: it runs python, strings or files, or does what there are no operators for.

    Programs of known sizes are the ones that the converter knows best how to make operators of. So where the batch
    alone is open, the function is lowered for two batch sizes and what differs is made to depend on the input.
    Otherwise it is lowered with symbols for its sizes.
    """
    shapes = [spec.shape.as_list() for spec in signature.specs]
    open_places = {(place == 0) for shape in shapes for place, size in enumerate(shape) if size is None}
    if not open_places:
        return _converted(signature, [tuple(shape) for shape in shapes])
    if open_places == {True}:
        sized = [_converted(signature, [_filled(shape, batch) for shape in shapes]) for batch in BATCHES]
        if open_batch.merge(sized[0], sized[1], BATCHES):
            return sized[0]
    try:
        return _converted(signature, open_shapes(signature.specs))
    except Exception as error:
        raise ConverterError(
            f"Could not translate {signature.key or 'the function'} for sizes that are left open: {shapes}. Give the "
            "sizes: `tf.keras.Input` with a shape, or `get_concrete_function(tf.TensorSpec(shape))`."
        ) from error


def _filled(shape: list[int | None], batch: int) -> tuple[int, ...]:
    return tuple(batch if size is None else size for size in shape)


def _converted(signature: Signature, shapes: list[Any]) -> Any:
    text = _stablehlo(signature, shapes)
    ir = load("litert_converter.mlir.ir")
    passmanager = load("litert_converter.mlir.passmanager")
    converter = load("litert_converter.mlir._mlir_libs.converter_api_ext")
    with ir.Context() as mlir:
        converter.prepare_mlir_context(mlir)
        mlir.allow_unregistered_dialects = True
        module = ir.Module.parse(text)
        passmanager.PassManager.parse(_KNOWN_SIZES).run(module.operation)
        converter.set_signature(
            module.operation,
            signature_name=signature.key,
            input_names=signature.inputs,
            output_names=signature.outputs,
        )
        config = converter.ConvertToTFLConfig()
        # integers of 64 bits only where the signature has them, or a loop, which the converter does not narrow whole
        wide = any(spec.dtype.size >= 8 for spec in (*signature.specs, *signature.function.outputs))
        config.enable_x64 = wide or "stablehlo.while" in text
        config.unsafe_fuse_dynamic_shaped_broadcast = True
        try:
            converter.run_convert_to_tfl_passes(module, passmanager.PassManager(), config)
            loops.outline(module)
            model = flatbuffer.read(converter.export_flatbuffer_to_bytes(module.operation))
        except ValueError as error:
            raise ConverterError(
                f"Could not translate MLIR to FlatBuffer. Without operators: {_unknown(str(module))}. {error}"
            ) from error
    repairs.repair(model)
    return model


def _unknown(text: str) -> str:
    """What of a program is no operator yet."""
    return ", ".join(sorted(set(re.findall(r"\b(?:stablehlo|chlo)\.[a-z_]+", text)))) or "none"


def _stablehlo(signature: Signature, shapes: list[Any]) -> str:
    """The program for given sizes as text, with the current values of its variables in it."""
    specs = signature.specs
    lifted = _lifted(signature.function, shapes, specs)
    values = [np.asarray(state.current(source)._value) for source in lifted.inputs]
    count = len(lifted.results)

    def program(*arguments: Any) -> list[Any]:
        return lifted.fn(*values, *arguments)[:count]

    arguments = [jax.ShapeDtypeStruct(shape, spec.dtype.dtype) for shape, spec in zip(shapes, specs, strict=True)]
    # what an argument is for is known by its place: none may be dropped
    return export.export(jax.jit(program, keep_unused=True), platforms=["cpu"])(*arguments).mlir_module()


def _lifted(function: Any, shapes: list[Any], specs: list[Any]) -> state.Lifted:
    outer, context.portable = context.portable, True
    try:
        if not isinstance(function, RestoredConcrete):
            return traced(function, shapes)
        avals = [jax.ShapeDtypeStruct(shape, spec.dtype.dtype) for shape, spec in zip(shapes, specs, strict=True)]
        return state.trace(lambda *tensors: nest.flatten(function.run(tensors)), avals, name=function.name)
    finally:
        context.portable = outer
