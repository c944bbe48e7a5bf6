"""Graphs from ``GraphDef`` messages, such as frozen models: imported into a function, and cut out of it by names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kerax.core import nest, state
from kerax.core.concrete import ConcreteFunction
from kerax.core.context import context
from kerax.core.function import Function, function
from kerax.core.graph import Graph, GraphTensor, Operation
from kerax.core.tensor import TensorSpec, convert_to_tensor
from kerax.core.value import Tensor
from kerax.io.proto import message
from kerax.saved_model.graph import Library
from kerax.saved_model.tensorflow_model import spec_of_placeholder

_OPEN = "imported_graph"  # in context.extras: the graph of the wrapped function under way


class ImportedGraph(Graph):
    """The nodes that a wrapped function imported."""

    def __init__(self) -> None:
        super().__init__()
        self.building_function = True
        self._definition = message("GraphDef")()

    @property
    def empty(self) -> bool:
        return not self._definition.node

    def add(self, graph_def: Any, prefix: str) -> None:
        """Takes the nodes of a ``GraphDef``, with a prefix before their names."""
        self._definition.library.MergeFrom(graph_def.library)
        for node in graph_def.node:
            copy = self._definition.node.add()
            copy.CopyFrom(node)
            copy.name = prefix + node.name
            del copy.input[:]
            copy.input.extend(f"^{prefix}{name[1:]}" if name.startswith("^") else prefix + name for name in node.input)

    def as_graph_def(self, *args: Any, **kwargs: Any) -> Any:
        return self._definition

    def get_operations(self) -> list[Operation]:
        return [_operation(node) for node in self._definition.node]

    def get_operation_by_name(self, name: str) -> Operation:
        """The node of a name.

        Raises:
          KeyError: there is none.
        """
        for node in self._definition.node:
            if node.name == name:
                return _operation(node)
        raise KeyError(f"The name {name!r} refers to an Operation not in the graph.")

    def get_tensor_by_name(self, name: str) -> GraphTensor:
        """The output of a node, by a name such as ``"Softmax:0"``.

        Raises:
          ValueError: it is the name of a node.
          KeyError: there is no such node.
        """
        label, colon, index = name.partition(":")
        if not colon:
            raise ValueError(
                f"The name {name!r} looks like an (invalid) Operation name, not a Tensor. Tensor names must be of the "
                'form "<op_name>:<output_index>".'
            )
        operation = self.get_operation_by_name(label)
        if index == "0":
            return operation.outputs[0]
        return GraphTensor(name, None, operation.outputs[0].dtype, operation)

    def as_graph_element(self, obj: Any, allow_tensor: bool = True, allow_operation: bool = True) -> Any:
        """The tensor or node of a name; tensors and nodes are themselves."""
        if not isinstance(obj, str):
            return obj
        return self.get_tensor_by_name(obj) if ":" in obj else self.get_operation_by_name(obj)

    def evaluate(self, fed: dict[str, Any], fetched: Sequence[str]) -> list[Any]:
        """The values of tensors by their names; ``fed`` holds those of nodes."""
        return Library(self._definition.library.function).evaluate(self._definition.node, fed, fetched)


def _operation(node: Any) -> Operation:
    spec = spec_of_placeholder(node)
    return Operation(node.name, node.op, (), [(spec.shape, spec.dtype)])


class WrappedFunction:
    """A function that imported a graph.

    Attributes:
      graph: the ``ImportedGraph``.
    """

    def __init__(self, concrete: ConcreteFunction, graph: ImportedGraph) -> None:
        self._concrete, self.graph = concrete, graph

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._concrete(*args, **kwargs)

    def prune(self, feeds: Any, fetches: Any, name: str = "pruned", input_signature: Any = None) -> PrunedFunction:
        """The part of the graph between tensors.

        Args:
          feeds: tensors of the graph or their names, a structure of them: the arguments.
          fetches: the same for the results.
          name: str.
          input_signature: specs of the arguments.
        """
        return PrunedFunction(self.graph, feeds, fetches, name, input_signature)


class PrunedFunction:
    """A function from some tensors of an imported graph to others.

    Args:
      graph: the graph.
      feeds, fetches, name, input_signature: as in ``WrappedFunction.prune``.
    """

    def __init__(self, graph: ImportedGraph, feeds: Any, fetches: Any, name: str, input_signature: Any) -> None:
        self.graph, self.name = graph, name
        given = [graph.as_graph_element(feed) for feed in nest.flatten(feeds)]
        signature = nest.flatten(input_signature) if input_signature is not None else [None] * len(given)
        self.inputs = [
            spec or TensorSpec(feed.shape, feed.dtype, _name_of(feed))
            for feed, spec in zip(given, signature, strict=True)
        ]
        self._fed = [_name_of(feed).partition(":")[0] for feed in given]
        self._fetched = [_name_of(fetch) for fetch in nest.flatten(fetches)]
        slots = iter(range(len(self._fetched)))
        self._structure = nest.map_structure(lambda fetch: state.Slot(next(slots)), fetches)

        def run(*tensors: Tensor) -> list[Any]:
            return graph.evaluate(dict(zip(self._fed, tensors, strict=True)), self._fetched)

        run.__name__ = name
        self._function = Function(run, autograph=False, check_creation=False)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        values = [*args, *(kwargs[name] for name in self._fed[len(args) :] if name in kwargs)]
        tensors = [convert_to_tensor(value, spec.dtype) for value, spec in zip(values, self.inputs, strict=True)]
        return state._map_slots(self._structure, self._function(*tensors))


def _name_of(element: Any) -> str:
    return element if isinstance(element, str) else element.name


def wrap_function(fn: Any, signature: Any, name: str | None = None) -> Any:
    """A function compiled for tensors of these specs: the ``ConcreteFunction`` of its ``tf.function``.

    One that imports a graph gets a ``prune`` method, as in TensorFlow.
    """
    graph = ImportedGraph()
    outer = context.extras.get(_OPEN)
    context.extras[_OPEN] = graph
    try:
        concrete = function(fn).get_concrete_function(*signature)
    finally:
        context.extras[_OPEN] = outer
    return concrete if graph.empty else WrappedFunction(concrete, graph)


def import_graph_def(
    graph_def: Any, input_map: Any = None, return_elements: Any = None, name: str | None = None
) -> list[Any] | None:
    """The work of ``tf.graph_util.import_graph_def``."""
    prefix = "import/" if name is None else f"{name}/" if name else ""
    graph = context.extras.get(_OPEN) or ImportedGraph()
    graph.add(graph_def, prefix)
    if return_elements is None:
        return None
    fed = {prefix + key.partition(":")[0]: convert_to_tensor(value) for key, value in (input_map or {}).items()}
    return graph.evaluate(fed, [prefix + element for element in return_elements])
