"""Models of several functions, and TensorFlow's names for what goes in and out."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.lite import flatbuffer
from kerax.lite.lowering import Signature
from kerax.lite.packages import schema


def name(model: Any, signature: Signature) -> None:
    """Names the tensors that a model of one function takes and gives, and its signature."""
    graph = model.subgraphs[0]
    graph.name = b"main"
    _own_outputs(model, graph)
    numbers = []
    for places, names in ((graph.inputs, signature.tensor_inputs), (graph.outputs, signature.tensor_outputs)):
        numbers.append([int(number) for number in places])
        for number, text in zip(numbers[-1], names, strict=True):
            graph.tensors[number].name = text.encode()
    model.signatureDefs = []
    if not signature.key:
        return
    definition = schema().SignatureDefT()
    definition.signatureKey, definition.subgraphIndex = signature.key.encode(), 0
    definition.inputs = _map(signature.inputs, numbers[0])
    definition.outputs = _map(signature.outputs, numbers[1])
    model.signatureDefs = [definition]


def _map(names: list[str], numbers: list[int]) -> list[Any]:
    found = []
    for text, number in sorted(zip(names, numbers, strict=True)):
        entry = schema().TensorMapT()
        entry.name, entry.tensorIndex = text.encode(), number
        found.append(entry)
    return found


def _own_outputs(model: Any, graph: Any) -> None:
    """What is returned twice, or as it was given, becomes a tensor of its own: names are of one tensor."""
    seen = {int(number) for number in graph.inputs}
    for place, number in enumerate(graph.outputs):
        number = int(number)
        if number in seen:
            tensor = graph.tensors[number]
            copy = schema().TensorT()
            for key in ("type", "shape", "shapeSignature", "hasRank"):
                setattr(copy, key, getattr(tensor, key))
            graph.tensors.append(copy)
            graph.outputs[place] = len(graph.tensors) - 1
            sizes = flatbuffer.add_constant(model, graph, f"sizes/{place}", _sizes(tensor))
            options = schema().ReshapeOptionsT()
            graph.operators.append(
                flatbuffer.operator(model, "RESHAPE", [number, sizes], [graph.outputs[place]], options)
            )
        seen.add(int(graph.outputs[place]))


def _sizes(tensor: Any) -> np.ndarray:
    shape = flatbuffer.shape_of(tensor) if tensor.shapeSignature is None else tensor.shapeSignature
    return np.array(list(shape), np.int32)


def join(models: list[Any]) -> Any:
    """One model of several: their graphs and signatures one after the other."""
    first = models[0]
    for model in models[1:]:
        buffers, graphs, codes = len(first.buffers), len(first.subgraphs), len(first.operatorCodes)
        for graph in model.subgraphs:
            for tensor in graph.tensors:
                tensor.buffer = int(tensor.buffer) + buffers if tensor.buffer else 0
            for op in graph.operators:
                op.opcodeIndex = int(op.opcodeIndex) + codes
                for key in vars(op.builtinOptions) if op.builtinOptions is not None else ():
                    if key.endswith("SubgraphIndex"):
                        setattr(op.builtinOptions, key, getattr(op.builtinOptions, key) + graphs)
        for definition in model.signatureDefs:
            definition.subgraphIndex += graphs
        model.subgraphs[0].name = model.signatureDefs[0].signatureKey
        first.buffers += model.buffers
        first.operatorCodes += model.operatorCodes
        first.subgraphs += model.subgraphs
        first.signatureDefs += model.signatureDefs
    return first
