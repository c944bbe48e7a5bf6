"""Small weights: float16, or int8 where an operator's kernel takes float activations beside them."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.lite import flatbuffer
from kerax.lite.packages import schema

#: operator → (which input is the weight, the axis with a scale per element, the version of the kernel for both)
_HYBRID = {
    "CONV_2D": (1, 0, 5),
    "DEPTHWISE_CONV_2D": (1, 3, 6),
    "FULLY_CONNECTED": (1, 0, 12),
    "TRANSPOSE_CONV": (1, 0, 2),
    "GATHER": (0, None, 2),
    "EMBEDDING_LOOKUP": (1, 0, 3),
}
# Smaller ones are not worth it: TensorFlow's limit.
_FEWEST = 1024


def to_float16(model: Any) -> None:
    """Keeps constants of float32 as float16, with an operator that widens them."""
    for graph in model.subgraphs:
        wide = {}
        for number, tensor in enumerate(list(graph.tensors)):
            value = flatbuffer.constant(model, tensor)
            if value is not None and value.dtype == np.float32 and number not in graph.outputs:
                wide[number] = flatbuffer.add_tensor(graph, f"{tensor.name.decode()}/float32", np.float32, value.shape)
                limits = np.finfo(np.float16)
                flatbuffer.put(model, tensor, np.clip(value, limits.min, limits.max).astype(np.float16))
        flatbuffer.renumber_inputs(graph, lambda i, wide=wide: wide.get(i, i))
        widening = [
            flatbuffer.operator(model, "DEQUANTIZE", [narrow], [number], version=3) for narrow, number in wide.items()
        ]
        graph.operators = [*widening, *graph.operators]


def to_int8(model: Any, per_channel: bool = True) -> None:
    """Makes the weights of convolutions, dense layers and tables int8; activations stay float32.

    Args:
      model: the tables.
      per_channel: bool, whether each output channel has a scale of its own.
    """
    for graph in model.subgraphs:
        uses = _uses(model, graph)
        done: set[int] = set()
        operators = []
        for op in graph.operators:
            operators.append(op)
            place, axis, version = _HYBRID.get(flatbuffer.name_of(model, op), (0, None, 0))
            if not version or len(op.inputs) <= place:
                continue
            number = int(op.inputs[place])
            if number not in done:
                value = flatbuffer.constant(model, graph.tensors[number])
                if value is None or value.dtype != np.float32 or value.size < _FEWEST or len(uses[number]) > 1:
                    continue
                _quantize(model, graph.tensors[number], value, axis if per_channel else None)
                done.add(number)
            flatbuffer.at_least(model, op, version)
            if hasattr(op.builtinOptions, "asymmetricQuantizeInputs"):
                op.builtinOptions.asymmetricQuantizeInputs = True
            if flatbuffer.name_of(model, op) == "GATHER":
                operators.append(_widened(model, graph, op, number))
        graph.operators = operators


def _uses(model: Any, graph: Any) -> dict[int, set[Any]]:
    """For every tensor, the (operator, place) that take it."""
    found: dict[int, set[Any]] = {}
    for op in graph.operators:
        for place, number in enumerate(op.inputs):
            found.setdefault(int(number), set()).add((flatbuffer.name_of(model, op), place))
    return found


def _quantize(model: Any, tensor: Any, value: np.ndarray, axis: int | None) -> None:
    """Symmetric int8: the largest magnitude, of all or of each element of an axis, is 127."""
    others = tuple(i for i in range(value.ndim) if i != axis)
    largest = np.abs(value).max(axis=others if axis is not None else None, keepdims=True)
    scale = np.where(largest == 0, 1, largest / np.float32(127)).astype(np.float32)
    flatbuffer.put(model, tensor, np.clip(np.round(value / scale), -127, 127).astype(np.int8))
    parameters = schema().QuantizationParametersT()
    parameters.scale = scale.ravel()
    parameters.zeroPoint = np.zeros(scale.size, np.int64)
    parameters.quantizedDimension = axis or 0
    tensor.quantization = parameters


def _widened(model: Any, graph: Any, op: Any, table: int) -> Any:
    """Makes a gather give the table's int8, and an operator that widens it."""
    output = int(op.outputs[0])
    wide = graph.tensors[output]
    shape = flatbuffer.shape_of(wide)
    narrow = flatbuffer.add_tensor(graph, f"{wide.name.decode()}/int8", np.int8, shape, wide.shapeSignature)
    graph.tensors[narrow].quantization = graph.tensors[table].quantization
    op.outputs = [narrow]
    return flatbuffer.operator(model, "DEQUANTIZE", [narrow], [output], version=2)
