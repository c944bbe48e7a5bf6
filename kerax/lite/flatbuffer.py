"""Models as .tflite files: trees of the schema's tables, and what is done to them alike everywhere."""

from __future__ import annotations

import functools
from typing import Any

import flatbuffers
import numpy as np

from kerax.lite.packages import schema


def read(content: bytes) -> Any:
    """The tables of a file (a ``ModelT``)."""
    tables = schema()
    return tables.ModelT.InitFromObj(tables.Model.GetRootAsModel(bytearray(content), 0))


def write(model: Any) -> bytes:
    """A file of its tables; buffers of equal content are written once, and what is unused not at all."""
    _drop_unused(model)
    builder = flatbuffers.Builder(1 << 16)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def _drop_unused(model: Any) -> None:
    operators = [op for graph in model.subgraphs for op in graph.operators]
    used = sorted({int(op.opcodeIndex) for op in operators})
    model.operatorCodes = [model.operatorCodes[place] for place in used]
    for op in operators:
        op.opcodeIndex = used.index(int(op.opcodeIndex))
    kept: list[Any] = [schema().BufferT()]  # the first one is of no content, for all tensors without
    places: dict[Any, int] = {}

    def moved(number: int) -> int:
        data = model.buffers[number].data
        if data is None or len(data) == 0:
            return 0
        content = np.asarray(data, np.uint8)
        key = content.tobytes()
        if key not in places:
            places[key] = len(kept)
            model.buffers[number].data = content
            kept.append(model.buffers[number])
        return places[key]

    for graph in model.subgraphs:
        used = sorted(
            {int(i) for i in (*graph.inputs, *graph.outputs)}
            | {int(i) for op in graph.operators for part in parts(op) for i in part if i >= 0}
        )
        new = {old: place for place, old in enumerate(used)}
        graph.tensors = [graph.tensors[old] for old in used]
        renumber(graph, lambda i, new=new: new.get(i, i))
        for definition in model.signatureDefs or ():
            if model.subgraphs[definition.subgraphIndex] is graph:
                for entry in (*definition.inputs, *definition.outputs):
                    entry.tensorIndex = new[entry.tensorIndex]
        for tensor in graph.tensors:
            tensor.buffer = moved(tensor.buffer)
    for entry in model.metadata or ():
        entry.buffer = moved(entry.buffer)
    model.buffers = kept


def parts(op: Any) -> list[Any]:
    """The lists of tensor numbers in an operator."""
    return [part for part in (op.inputs, op.outputs, op.intermediates) if part is not None]


def renumber(graph: Any, number: Any) -> None:
    """Gives the tensors of a graph other numbers, wherever they are named."""
    graph.inputs = [number(int(i)) for i in graph.inputs]
    graph.outputs = [number(int(i)) for i in graph.outputs]
    for op in graph.operators:
        for name in ("inputs", "outputs", "intermediates"):
            part = getattr(op, name)
            if part is not None:
                setattr(op, name, [number(int(i)) for i in part])


def renumber_inputs(graph: Any, number: Any) -> None:
    """Gives what operators take, and the graph returns, other numbers."""
    graph.outputs = [number(int(i)) for i in graph.outputs]
    for op in graph.operators:
        op.inputs = [number(int(i)) for i in op.inputs]


@functools.cache
def _types() -> dict[int, np.dtype]:
    kinds = schema().TensorType
    names = ("float32", "float16", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
    return {getattr(kinds, name.upper()): np.dtype(name) for name in names} | {kinds.BOOL: np.dtype(bool)}


def constant(model: Any, tensor: Any) -> np.ndarray | None:
    """The value of a tensor that has one in the file, None for others and for dtypes without numpy's."""
    data = model.buffers[tensor.buffer].data
    dtype = _types().get(tensor.type)
    if data is None or len(data) == 0 or dtype is None or tensor.sparsity is not None:
        return None
    return np.asarray(data, np.uint8).view(dtype).reshape([int(size) for size in shape_of(tensor)])


def shape_of(tensor: Any) -> list[int]:
    return [] if tensor.shape is None else [int(size) for size in tensor.shape]


def put(model: Any, tensor: Any, value: np.ndarray) -> None:
    """Gives a tensor a value of its own, and the dtype of it."""
    tensor.type = next(kind for kind, dtype in _types().items() if dtype == value.dtype)
    buffer = schema().BufferT()
    buffer.data = np.frombuffer(np.ascontiguousarray(value).tobytes(), np.uint8)
    model.buffers.append(buffer)
    tensor.buffer = len(model.buffers) - 1
    tensor.shape = list(value.shape)


def add_tensor(graph: Any, name: str, dtype: Any, shape: Any, open_shape: Any = None) -> int:
    """A new tensor without value; its number."""
    tensor = schema().TensorT()
    tensor.name = name.encode()
    tensor.type = next(kind for kind, known in _types().items() if known == np.dtype(dtype))
    tensor.shape = list(shape)
    if open_shape is not None and -1 in open_shape:
        tensor.shapeSignature = list(open_shape)
    graph.tensors.append(tensor)
    return len(graph.tensors) - 1


def add_constant(model: Any, graph: Any, name: str, value: Any) -> int:
    """A new tensor of a value; its number."""
    value = np.asarray(value)
    number = add_tensor(graph, name, value.dtype, value.shape)
    put(model, graph.tensors[number], value)
    return number


def operator(model: Any, name: str, inputs: Any, outputs: Any, options: Any = None, version: int = 1) -> Any:
    """A new operator, in no graph yet.

    Args:
      model: the tables.
      name: str, a builtin operator ("ADD").
      inputs, outputs: numbers of tensors.
      options: the table of its options, if it has one.
      version: int, of the operator.
    """
    tables = schema()
    op = tables.OperatorT()
    op.opcodeIndex = _code(model, getattr(tables.BuiltinOperator, name), version)
    op.inputs, op.outputs = list(inputs), list(outputs)
    if options is not None:
        op.builtinOptions = options
        op.builtinOptionsType = getattr(tables.BuiltinOptions, type(options).__name__[:-1])
    return op


def _code(model: Any, builtin: int, version: int) -> int:
    for place, code in enumerate(model.operatorCodes):
        if code.builtinCode == builtin and code.version == version:
            return place
    code = schema().OperatorCodeT()
    code.builtinCode, code.deprecatedBuiltinCode, code.version = builtin, min(builtin, 127), version
    model.operatorCodes.append(code)
    return len(model.operatorCodes) - 1


def at_least(model: Any, op: Any, version: int) -> None:
    """Says that an operator needs a version of its kernel."""
    code = model.operatorCodes[op.opcodeIndex]
    if code.version < version:
        op.opcodeIndex = _code(model, code.builtinCode, version)


@functools.cache
def _names() -> dict[int, str]:
    return {number: name for name, number in vars(schema().BuiltinOperator).items() if not name.startswith("_")}


def name_of(model: Any, op: Any) -> str:
    """The name of an operator ("ADD")."""
    return _names()[model.operatorCodes[op.opcodeIndex].builtinCode]
