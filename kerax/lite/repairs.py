"""Operators of the converter's that kernels do not take, or take less well than others."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.lite import flatbuffer
from kerax.lite.packages import schema


def repair(model: Any) -> None:
    """Changes such operators of a model, in place."""
    _gather_rows(model)
    for graph in model.subgraphs:
        operators = []
        for op in graph.operators:
            name = flatbuffer.name_of(model, op)
            if name == "TRANSPOSE_CONV":
                _pad_transposed(graph, op)
            elif name == "SLICE":
                operators += _begin_like_size(model, graph, op)
            operators.append(op)
        graph.operators = operators


def _begin_like_size(model: Any, graph: Any, op: Any) -> list[Any]:
    """The kernel of a slice reads begin and size alike: what makes a begin of 64 bits one of 32."""
    kinds = schema().TensorType
    begin, size = (graph.tensors[number] for number in op.inputs[1:3])
    if (begin.type, size.type) != (kinds.INT64, kinds.INT32):
        return []
    cast = flatbuffer.add_tensor(graph, f"{begin.name.decode()}/int32", np.int32, flatbuffer.shape_of(begin))
    made = flatbuffer.operator(model, "CAST", [op.inputs[1]], [cast], schema().CastOptionsT())
    made.builtinOptions.inDataType, made.builtinOptions.outDataType = kinds.INT64, kinds.INT32
    op.inputs[1] = cast
    return [made]


def _pad_transposed(graph: Any, op: Any) -> None:
    """Says SAME of a transposed convolution that is said to be VALID, and is not by its sizes."""
    kernel, before, after = (flatbuffer.shape_of(graph.tensors[i]) for i in (op.inputs[1], op.inputs[2], op.outputs[0]))
    options, paddings = op.builtinOptions, schema().Padding
    steps = options.strideH, options.strideW
    if options.padding != paddings.VALID:
        return
    valid = [(after[i] - kernel[i] + step) // step for i, step in zip((1, 2), steps, strict=True)]
    same = [-(-after[i] // step) for i, step in zip((1, 2), steps, strict=True)]
    if before[1:3] != valid and before[1:3] == same:
        options.padding = paddings.SAME


def _gather_rows(model: Any) -> None:
    """Gathers rows by numbers rather than by vectors of one number: of small integers only those have kernels."""
    for graph in model.subgraphs:
        makers = {int(number): op for op in graph.operators for number in op.outputs}
        for place, op in enumerate(graph.operators):
            if flatbuffer.name_of(model, op) != "GATHER_ND":
                continue
            table, vectors = (int(number) for number in op.inputs)
            shape = flatbuffer.shape_of(graph.tensors[vectors])
            maker = makers.get(vectors)
            if shape[-1:] != [1] or maker is None or flatbuffer.name_of(model, maker) != "RESHAPE":
                continue
            numbers = int(maker.inputs[0])
            if flatbuffer.shape_of(graph.tensors[numbers]) == shape[:-1]:
                options = schema().GatherOptionsT()
                graph.operators[place] = flatbuffer.operator(model, "GATHER", [table, numbers], op.outputs, options)
        graph.operators = [op for op in graph.operators if _needed(op, graph)]


def _needed(op: Any, graph: Any) -> bool:
    used = {int(number) for other in graph.operators for number in other.inputs} | {int(i) for i in graph.outputs}
    return any(int(number) in used for number in op.outputs) or not len(op.outputs)
