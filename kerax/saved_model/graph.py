"""TensorFlow's graphs, run node by node as kerax' ops: the functions of SavedModels that TensorFlow wrote.

A function is python that walks its nodes; traced by ``core.function`` it becomes one XLA program like any other.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from kerax import raw_ops
from kerax.array_ops._known import concrete
from kerax.core import dtypes, errors
from kerax.core.control_flow import cond, switch_case, while_loop
from kerax.core.tensor import convert_to_tensor
from kerax.core.tensor_array import TensorArray
from kerax.core.value import Tensor
from kerax.core.variable import Variable
from kerax.io.tensor_proto import proto_to_array

# Inputs and outputs of the ops that have lists among them or several outputs; ``*`` marks a list, whose length is the
# attribute behind it. All others have one output, and their inputs are the first arguments of the raw op.
_DEFINITIONS = """
AddN inputs*N > sum
Assert condition data*T >
BroadcastGradientArgs s0 s1 > r0 r1
Concat concat_dim values*N > output
ConcatV2 values*N axis > output
DecodeCSV records record_defaults*OUT_TYPE > output*OUT_TYPE
DecodeWav contents > audio sample_rate
DynamicPartition data partitions > outputs*num_partitions
DynamicStitch indices*N data*N > merged
Einsum inputs*N > output
FusedBatchNorm x scale offset mean variance > y batch_mean batch_variance reserve_space_1 reserve_space_2
FusedBatchNormV2 x scale offset mean variance > y batch_mean batch_variance reserve_space_1 reserve_space_2
FusedBatchNormV3 x scale offset mean variance > y batch_mean batch_variance reserve_space_1 reserve_space_2
IdentityN input*T > output*T
ListDiff x y > out idx
LogMatrixDeterminant input > sign log_abs_determinant
Lu input > lu p
Pack values*N > output
ParallelDynamicStitch indices*N data*N > merged
Qr input > q r
QuantizeV2 input min_range max_range > output output_min output_max
RaggedTensorToTensor shape values default_value row_partition_tensors*num_row_partition_tensors > result
SelfAdjointEigV2 input > e v
ShapeN input*N > output*N
SoftmaxCrossEntropyWithLogits features labels > loss backprop
SparseReorder input_indices input_values input_shape > output_indices output_values
SparseSoftmaxCrossEntropyWithLogits features labels > loss backprop
Split axis value > output*num_split
SplitV value size_splits axis > output*num_split
StringJoin inputs*N > output
StringSplitV2 input sep > indices values shape
Svd input > s u v
TensorListConcatV2 input_handle element_shape leading_dims > tensor lengths
TopKV2 input k > values indices
Unique x > y idx
UniqueWithCounts x > y idx count
Unpack value > output*num
"""


@functools.cache
def _definitions() -> dict[str, tuple[list[str], list[str]]]:
    """The inputs and outputs of the ops in the table."""
    found = {}
    for line in _DEFINITIONS.strip().split("\n"):
        (name, *inputs), outputs = (part.split() for part in line.split(">"))
        found[name] = inputs, outputs
    return found


class Library:
    """The functions of a graph, and the resources that their nodes name.

    Args:
      functions: iterable of ``FunctionDef`` messages.
    """

    def __init__(self, functions: Iterable[Any] = ()) -> None:
        self._functions = {function.signature.name: function for function in functions}
        self._orders: dict[str, list[Any]] = {}
        self.resources: dict[Any, Any] = {}  # by the name that nodes share

    def signature(self, name: str) -> Any:
        """The ``OpDef`` of a function."""
        return self._function(name).signature

    def _function(self, name: str) -> Any:
        if name not in self._functions:
            raise errors.NotFoundError(None, None, f"The graph has no function {name!r}.")
        return self._functions[name]

    def call(self, name: str, arguments: Sequence[Any]) -> list[Any]:
        """Runs a function.

        Args:
          name: str.
          arguments: Tensors, Variables and other resources.

        Returns:
          list of its results.

        Raises:
          errors.UnimplementedError: it has an op that kerax lacks.
        """
        function = self._function(name)
        results = [function.ret[argument.name] for argument in function.signature.output_arg]
        if name not in self._orders:
            kept = [*results, *function.control_ret.values()]
            self._orders[name] = _in_order(function.node_def, map(_node_of, kept))
        given = zip(function.signature.input_arg, arguments, strict=True)
        values = {argument.name: _Outputs([value]) for argument, value in given}
        for node in self._orders[name]:
            values[node.name] = self._run(node, values)
        return [_look_up(values, reference) for reference in results]

    def evaluate(self, nodes: Iterable[Any], fed: dict[str, Any], fetched: Sequence[str]) -> list[Any]:
        """Runs nodes of a graph.

        Args:
          nodes: its ``NodeDef`` messages.
          fed: values by the names of nodes.
          fetched: names of the tensors wanted, such as ``"Softmax:0"``.
        """
        values = {name: _Outputs([value]) for name, value in fed.items()}
        for node in _in_order(nodes, map(_node_of, fetched), known=fed):
            values[node.name] = self._run(node, values)
        return [_look_up(values, reference) for reference in fetched]

    def _run(self, node: Any, values: dict[str, _Outputs]) -> _Outputs:
        inputs = [_look_up(values, reference) for reference in node.input if not reference.startswith("^")]
        attributes = _Attributes(node.attr)
        own = _OWN.get(node.op)
        found = _Outputs(own(self, inputs, attributes) if own else _run_raw(node.op, inputs, attributes))
        found.names = _definitions().get(node.op, ((), ()))[1]
        return found


class _Outputs(list[Any]):
    """A node's outputs one after the other, with the names of those that have one of their own."""

    names: list[str] | tuple[()] = ()


def _node_of(reference: str) -> str:
    return reference.lstrip("^").partition(":")[0]


def _look_up(values: dict[str, _Outputs], reference: str) -> Any:
    """The value that ``node``, ``node:0`` or ``node:output:0`` stands for."""
    name, *place = reference.split(":")
    outputs = values[name]
    index = int(place[-1]) if place else 0
    if len(place) == 2 and place[0] in outputs.names:
        index += outputs.names.index(place[0])
    return outputs[index]


def _in_order(nodes: Iterable[Any], wanted: Iterable[str], known: Iterable[str] = ()) -> list[Any]:
    """The nodes that the wanted ones need, each after its inputs."""
    by_name = {node.name: node for node in nodes}
    order: list[Any] = []
    state = dict.fromkeys(known, True)  # False while a node's inputs are under way
    stack = list(wanted)
    while stack:
        name = stack[-1]
        node = by_name.get(name)
        if node is None or state.get(name):  # an argument, or done
            stack.pop()
        elif name in state:
            state[name] = True
            order.append(stack.pop() and node)
        else:
            state[name] = False
            sources = [_node_of(reference) for reference in node.input]
            if any(state.get(source) is False and source in by_name for source in sources):
                raise errors.UnimplementedError(
                    None, None, f"The graph has a loop of TensorFlow 1 at the node {name!r}, which kerax cannot run."
                )
            stack.extend(sources)
    return order


class _Attributes:
    """A node's attributes as python values."""

    def __init__(self, protos: Any) -> None:
        self._protos = protos

    def __contains__(self, name: str) -> bool:
        return name in self._protos

    def __getitem__(self, name: str) -> Any:
        if name not in self._protos:
            raise KeyError(f"attribute {name!r}")
        return _attribute(self._protos[name])

    def get(self, name: str, default: Any) -> Any:
        """An attribute that is left out where it has its default value."""
        return _attribute(self._protos[name]) if name in self._protos else default


def _attribute(proto: Any) -> Any:
    kind = proto.WhichOneof("value")
    if kind == "s":
        with contextlib.suppress(UnicodeDecodeError):
            return proto.s.decode()
        return proto.s
    if kind == "type":
        return dtypes.as_dtype(proto.type)
    if kind == "shape":
        return _shape(proto.shape)
    if kind == "tensor":
        return proto_to_array(proto.tensor)
    if kind == "func":
        return proto.func.name
    if kind == "list":
        items = proto.list
        if items.s:
            return [item.decode(errors="surrogateescape") for item in items.s]
        if items.type:
            return [dtypes.as_dtype(item) for item in items.type]
        if items.shape:
            return [_shape(item) for item in items.shape]
        return [item.name for item in items.func] or list(items.i) or list(items.f) or list(items.b)
    return getattr(proto, kind)


def _shape(proto: Any) -> list[int | None] | None:
    return None if proto.unknown_rank else [None if dim.size < 0 else dim.size for dim in proto.dim]


def _run_raw(op: str, inputs: list[Any], attributes: _Attributes) -> list[Any]:
    """An op of ``tf.raw_ops``."""
    try:
        function = getattr(raw_ops, op)
    except AttributeError:
        raise errors.UnimplementedError(
            None, None, f"The graph has an op {op}, which kerax does not have yet."
        ) from None
    parameters = inspect.signature(function).parameters
    declared, _ = _definitions().get(op, (None, None))
    rest = iter(inputs)
    given: dict[str, Any] = {}
    for entry in declared or list(parameters)[: len(inputs)]:
        name, _, length = entry.partition("*")
        if not length:
            given[name] = next(rest)
            continue
        size = attributes[length]
        given[name] = [next(rest) for _ in range(len(size) if isinstance(size, list) else size)]
    for name in parameters:
        # the seeds of ops that draw would tie them to a place in TensorFlow's graph: they draw from kerax' own streams
        if name not in given and name in attributes and name not in ("seed", "seed2"):
            given[name] = attributes[name]
    return _flat(function(**given))


# --- what is no raw op: state, functions, control flow, lists of tensors, tables ------------------------------------
def _known(value: Any) -> np.ndarray | None:
    """A tensor as numpy, where its value is known."""
    try:
        return concrete(value)
    except errors.Uncompilable:
        return None


def _branches(library: Library, names: Sequence[str], inputs: list[Any]) -> list[Callable[[], Any]]:
    return [lambda name=name: library.call(name, inputs) for name in names]


def _as_bool(value: Any) -> Any:
    tensor = convert_to_tensor(value)
    if tensor.dtype is dtypes.bool:
        return tensor
    return raw_ops.NotEqual(x=tensor, y=convert_to_tensor(b"" if tensor.dtype is dtypes.string else 0, tensor.dtype))


def _if(library: Library, inputs: list[Any], attributes: _Attributes) -> list[Any]:
    then, otherwise = _branches(library, [attributes["then_branch"], attributes["else_branch"]], inputs[1:])
    return _flat(cond(_as_bool(inputs[0]), then, otherwise))


def _case(library: Library, inputs: list[Any], attributes: _Attributes) -> list[Any]:
    return _flat(switch_case(inputs[0], _branches(library, attributes["branches"], inputs[1:])))


def _flat(found: Any) -> list[Any]:
    if found is None:
        return []
    return list(found) if isinstance(found, (list, tuple)) else [found]


def _while(library: Library, inputs: list[Any], attributes: _Attributes) -> list[Any]:
    moving = [index for index, value in enumerate(inputs) if isinstance(value, (Tensor, TensorArray))]

    def complete(values: Sequence[Any]) -> list[Any]:  # resources go round as they are
        full = list(inputs)
        for index, value in zip(moving, values, strict=True):
            full[index] = value
        return full

    def test(*values: Any) -> Any:
        return _as_bool(library.call(attributes["cond"], complete(values))[0])

    def body(*values: Any) -> list[Any]:
        results = library.call(attributes["body"], complete(values))
        return [results[index] for index in moving]

    return complete(_flat(while_loop(test, body, [inputs[index] for index in moving])))


def _call(library: Library, inputs: list[Any], attributes: _Attributes) -> list[Any]:
    return library.call(attributes["f"], inputs)


def _const(library: Library, inputs: list[Any], attributes: _Attributes) -> list[Any]:
    return [convert_to_tensor(attributes["value"])]


def _read(library: Library, inputs: list[Any], attributes: _Attributes) -> list[Any]:
    return [convert_to_tensor(inputs[0])]


def _assign(method: str) -> Callable[..., list[Any]]:
    def run(library: Library, inputs: list[Any], attributes: _Attributes) -> list[Any]:
        getattr(inputs[0], method)(inputs[1])
        return []

    return run


def _variable(library: Library, inputs: list[Any], attributes: _Attributes) -> list[Any]:
    name = attributes.get("shared_name", "")
    if name not in library.resources:
        raise errors.FailedPreconditionError(None, None, f"The variable {name!r} of the graph has no value.")
    return [library.resources[name]]


def _table(library: Library, inputs: list[Any], attributes: _Attributes) -> list[Any]:
    from kerax.lookup.mutable import MutableHashTable  # few graphs have tables

    name, keys, values = attributes.get("shared_name", ""), attributes["key_dtype"], attributes["value_dtype"]
    place = (name, keys, values)  # tables of other dtypes may share the name
    if not name or place not in library.resources:
        library.resources[place] = MutableHashTable(keys, values, b"" if values is dtypes.string else 0)
    return [library.resources[place]]


def _same(library: Library, inputs: list[Any], attributes: _Attributes) -> list[Any]:
    return inputs


def _nothing(library: Library, inputs: list[Any], attributes: _Attributes) -> list[Any]:
    return []


_OWN: dict[str, Callable[[Library, list[Any], _Attributes], list[Any]]] = {
    "AssignAddVariableOp": _assign("assign_add"),
    "AssignSubVariableOp": _assign("assign_sub"),
    "AssignVariableOp": _assign("assign"),
    "Case": _case,
    "Const": _const,
    "HashTableV2": _table,
    "Identity": _same,  # of resources too
    "IdentityN": _same,
    "If": _if,
    "MutableHashTableV2": _table,
    "NoOp": _nothing,
    "PartitionedCall": _call,
    "PlaceholderWithDefault": _same,
    "PreventGradient": _same,
    "ReadVariableOp": _read,
    "StatefulPartitionedCall": _call,
    "StatelessCase": _case,
    "StatelessIf": _if,
    "StatelessWhile": _while,
    "VarHandleOp": _variable,
    "VarIsInitializedOp": lambda library, inputs, attributes: [convert_to_tensor(isinstance(inputs[0], Variable))],
    "VariableV2": _variable,
    "While": _while,
}
