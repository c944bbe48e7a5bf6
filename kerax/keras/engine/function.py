"""``keras.Function``: the graph of operations between symbolic inputs and outputs, as something to call."""

from __future__ import annotations

import collections
from collections.abc import Callable
from typing import Any

from kerax.core import nest
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.engine.operation import Operation


class Function(Operation):
    """A computation graph.

    Args:
      inputs: KerasTensor, or a structure of them.
      outputs: KerasTensor, or a structure of them, computable from ``inputs``.
      name: str.

    Raises:
      ValueError: no inputs, no outputs, or outputs that depend on something else.
    """

    def __init__(self, inputs: Any, outputs: Any, name: str | None = None) -> None:
        Operation.__init__(self, name=name)
        self._wire(inputs, outputs)

    def _wire(self, inputs: Any, outputs: Any) -> None:
        self._inputs_struct = nest.map_structure(lambda x: x, inputs)
        self._outputs_struct = nest.map_structure(lambda x: x, outputs)
        self._inputs = nest.flatten(inputs)
        self._outputs = nest.flatten(outputs)
        for label, tensors in (("inputs", self._inputs), ("outputs", self._outputs)):
            if not tensors:
                raise ValueError(f"`{label}` argument cannot be empty. Received:\n{inputs=}\n{outputs=}")
        graph = map_graph(self._inputs, self._outputs)
        self._nodes, self._nodes_by_depth, self._operations, self._operations_by_depth = graph
        self._order = _in_order(self._nodes_by_depth)
        reached = {id(x) for x in self._inputs}
        for node in self._order:
            if all(id(x) in reached for x in node.input_tensors):
                reached.update(id(x) for x in node.outputs)
        for index, x in enumerate(self._outputs):
            if id(x) not in reached:
                raise ValueError(f"Output with path `{index}` is not connected to `inputs`")

    def _insert(self, tensors: list[Any], order: list[Any]) -> None:
        """Takes what else is computed from the inputs into the graph, behind all that the outputs need.

        Args:
          tensors: what is to be computed.
          order: operations, among which new ones are listed in this order.
        """
        keys, nodes_by_depth, operations, _ = map_graph(self._inputs, tensors)
        depths = {node: depth for depth, nodes in self._nodes_by_depth.items() for node in nodes}
        rank = {operation: position for position, operation in enumerate(order)}
        for operation in sorted(operations, key=lambda operation: rank.get(operation, -1)):
            if operation not in self._operations:
                self._operations.append(operation)
        for node in _in_order(nodes_by_depth):
            if node not in depths:
                depths[node] = min(0, *(depths.get(parent, 0) for parent in node.parent_nodes)) - 1
                self._nodes_by_depth[depths[node]].append(node)
                if node.operation not in self._operations_by_depth[depths[node]]:
                    self._operations_by_depth[depths[node]].append(node.operation)
        self._nodes |= keys
        _check_names(self._operations)
        self._order = _in_order(self._nodes_by_depth)

    @property
    def operations(self) -> list[Any]:
        return self._operations[:]

    @property
    def inputs(self) -> list[Any]:
        """Flat list of the symbolic inputs."""
        return self._inputs

    @property
    def outputs(self) -> list[Any]:
        """Flat list of the symbolic outputs."""
        return self._outputs

    def compute_output_spec(self, inputs: Any) -> Any:
        self._assert_input_compatibility(inputs)
        if all(tuple(x.shape) == tuple(ref.shape) for x, ref in zip(nest.flatten(inputs), self._inputs, strict=True)):
            return nest.map_structure(lambda x: KerasTensor(x.shape, x.dtype), self._outputs_struct)
        return self._run_through_graph(inputs, operation_fn=lambda operation: operation.compute_output_spec)

    def compute_output_shape(self, input_shape: Any) -> Any:
        shapes = iter(_flat_shapes(input_shape))
        given = [KerasTensor(next(shapes), ref.dtype, sparse=ref.sparse) for ref in self._inputs]
        specs = self.compute_output_spec(nest.pack_sequence_as(self._inputs_struct, given))
        return nest.map_structure(lambda x: tuple(x.shape), specs)

    def call(self, inputs: Any) -> Any:
        """Computes the outputs."""
        self._assert_input_compatibility(inputs)
        return self._run_through_graph(inputs)

    def _run_through_graph(
        self,
        inputs: Any,
        operation_fn: Callable[[Any], Any] = lambda operation: operation,
        call_fn: Callable[..., Any] | None = None,
    ) -> Any:
        """Calls ``operation_fn(operation)`` for each node, in order."""
        tensors: dict[int, Any] = {id(x): value for x, value in zip(self._inputs, nest.flatten(inputs), strict=False)}
        for node in self._order:
            if any(id(x) not in tensors for x in node.input_tensors):
                continue
            args, kwargs = node.arguments.fill_in(tensors)
            operation = operation_fn(node.operation)
            outputs = call_fn(operation, *args, **kwargs) if call_fn is not None else operation(*args, **kwargs)
            for x, value in zip(node.outputs, nest.flatten(outputs), strict=False):
                tensors[id(x)] = value
        for index, x in enumerate(self._outputs):
            if id(x) not in tensors:
                raise ValueError(f"Output with path `{index}` is not connected to `inputs`")
        return nest.pack_sequence_as(self._outputs_struct, [tensors[id(x)] for x in self._outputs])

    def _assert_input_compatibility(self, inputs: Any) -> None:
        try:
            nest.assert_same_structure(inputs, self._inputs_struct, check_types=False)
        except (ValueError, TypeError):
            raise ValueError(
                "Function was called with an invalid input structure. Expected input structure: "
                f"{self._inputs_struct}\nReceived input structure: {inputs}"
            ) from None
        for x, ref in zip(nest.flatten(inputs), self._inputs, strict=True):
            same = len(x.shape) == len(ref.shape) and all(
                a is None or b is None or a == b for a, b in zip(x.shape, ref.shape, strict=True)
            )
            if not same:
                raise ValueError(
                    f"{type(self).__name__} was passed incompatible inputs. For input '{ref.name}', expected shape "
                    f"{tuple(ref.shape)}, but received instead a tensor with shape {tuple(x.shape)}."
                )


def _flat_shapes(shape: Any) -> list[Any]:
    if hasattr(shape, "as_list") and not isinstance(shape, tuple):
        return [tuple(shape.as_list())]
    if isinstance(shape, dict):
        return [leaf for key in sorted(shape) for leaf in _flat_shapes(shape[key])]
    if isinstance(shape, (list, tuple)) and not all(size is None or isinstance(size, int) for size in shape):
        return [leaf for item in shape for leaf in _flat_shapes(item)]
    return [tuple(shape)]


def make_node_key(operation: Any, node_index: int) -> str:
    return f"{id(operation)}_ib-{node_index}"


def map_graph(inputs: list[Any], outputs: list[Any]) -> tuple[Any, Any, list[Any], Any]:
    """The part of the graph between inputs and outputs.

    Returns:
      (keys of nodes, depth → nodes, operations from inputs to outputs, depth → operations); the depth of a node
      is the longest way to an output.

    Raises:
      ValueError: an output depends on a tensor that is not given; a cycle; two operations of one name.
    """
    ordered, order = _topological(inputs, outputs)
    in_graph = set(ordered)
    keys = {make_node_key(node.operation, node.operation._inbound_nodes.index(node)) for node in ordered}
    node_depths: dict[Any, int] = {}
    operation_depths: dict[Any, int] = {}
    for node in reversed(ordered):
        depth = max(node_depths.setdefault(node, 0), operation_depths.get(node.operation, 0))
        operation_depths[node.operation] = node_depths[node] = depth
        for parent in node.parent_nodes:
            if parent in in_graph:
                node_depths[parent] = max(depth + 1, node_depths.get(parent, 0))
    for x in inputs:
        operation, index, _ = x._keras_history
        if operation is not None and operation not in operation_depths:
            node = operation._inbound_nodes[index]
            if node.is_input:  # an input that no output needs
                operation_depths[operation] = 0
                order[operation] = -1
                node_depths[node] = 0
                keys.add(make_node_key(operation, index))
    nodes_by_depth = collections.defaultdict(list)
    for node, depth in node_depths.items():
        nodes_by_depth[depth].append(node)
    operations_by_depth = collections.defaultdict(list)
    for operation, depth in operation_depths.items():
        operations_by_depth[depth].append(operation)
    operations = []
    for depth in sorted(operations_by_depth, reverse=True):
        operations_by_depth[depth].sort(key=lambda operation: order[operation])
        operations.extend(operations_by_depth[depth])
    _check_connected(inputs, nodes_by_depth)
    _check_names(operations)
    return keys, nodes_by_depth, operations, operations_by_depth


def _in_order(nodes_by_depth: Any) -> list[Any]:
    """The calls of a graph as they run, each after those whose results it takes."""
    depths = sorted(nodes_by_depth, reverse=True)
    nodes = [node for depth in depths for node in nodes_by_depth[depth]]
    return [node for node in nodes if node.operation is not None and not node.is_input]


def _check_names(operations: list[Any]) -> None:
    for name, count in collections.Counter(operation.name for operation in operations).items():
        if count != 1:
            raise ValueError(
                f'The name "{name}" is used {count} times in the model. All operation names should be unique.'
            )


def _check_connected(inputs: list[Any], nodes_by_depth: Any) -> None:
    computable = set(inputs)
    reached: list[str] = []
    for depth in sorted(nodes_by_depth, reverse=True):
        for node in nodes_by_depth[depth]:
            for x in node.input_tensors:
                if x not in computable:
                    raise ValueError(
                        f"Graph disconnected: cannot find parent for tensor {x} at operation '{node.operation}'. The "
                        f"following previous operations were accessed without issue: {reached}"
                    )
                reached.append(node.operation.name)
            computable.update(node.outputs)


def _topological(inputs: list[Any], outputs: list[Any]) -> tuple[list[Any], dict[Any, int]]:
    """Nodes from inputs to outputs, and operations in the order a depth-first search from the outputs meets them."""
    finished: set[Any] = set()
    in_progress: set[Any] = set()
    ordered: list[Any] = []
    order: dict[Any, int] = {}
    given = set(inputs)
    for output in outputs:
        stack: list[tuple[Any, Any]] = [(output, None)]
        while stack:
            tensor, pending = stack.pop()
            operation, index, _ = tensor._keras_history
            if operation is None:
                continue
            node = operation._inbound_nodes[index]
            if pending is None:
                if node in finished:
                    continue
                if not node.is_input and tensor in given:
                    finished.add(node)
                    continue
                if node in in_progress:
                    raise ValueError(f"Tensor {tensor} from operation '{operation.name}' is part of a cycle.")
                order.setdefault(operation, len(order))
                in_progress.add(node)
                pending = iter(() if node.is_input else node.input_tensors)
            following = next(pending, None)
            if following is None:
                finished.add(node)
                in_progress.discard(node)
                ordered.append(node)
            else:
                stack.append((tensor, pending))
                stack.append((following, None))
    return ordered, order
