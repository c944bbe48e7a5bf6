"""The graph of Keras operations: a node for every call of an operation on symbolic tensors."""

from __future__ import annotations

from typing import Any, NamedTuple

from kerax.core import nest
from kerax.keras.engine.keras_tensor import KerasTensor


class KerasHistory(NamedTuple):
    """Where a KerasTensor comes from: output ``tensor_index`` of call ``node_index`` of an operation."""

    operation: Any
    node_index: int
    tensor_index: int

    @property
    def layer(self) -> Any:
        """Keras 2's name of the operation."""
        return self.operation


class SymbolicArguments:
    """The arguments of a call, KerasTensors in them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.args = nest.map_structure(lambda x: x, args)
        self.kwargs = nest.map_structure(lambda x: x, kwargs)
        self.keras_tensors = [x for x in nest.flatten((self.args, self.kwargs)) if isinstance(x, KerasTensor)]
        single = not kwargs and len(args) == 1 and isinstance(args[0], KerasTensor)
        self._single = args[0] if single else None

    def fill_in(self, tensors: dict[int, Any]) -> tuple[Any, dict[str, Any]]:
        """The arguments with values in place of KerasTensors."""
        if self._single is not None:
            return (tensors[id(self._single)],), {}

        def value(x: Any) -> Any:
            return tensors.get(id(x)) if isinstance(x, KerasTensor) else x

        return nest.map_structure(value, self.args), nest.map_structure(value, self.kwargs)


class Node:
    """One call of an operation.

    Args:
      operation: the Operation.
      call_args, call_kwargs: what it was called with.
      outputs: KerasTensors it returned.
    """

    def __init__(self, operation: Any, call_args: Any = (), call_kwargs: Any = None, outputs: Any = None) -> None:
        self.operation = operation
        self.arguments = SymbolicArguments(*call_args, **(call_kwargs or {}))
        self.outputs = [] if outputs is None else nest.flatten(outputs)
        for x in self.outputs:
            if not isinstance(x, KerasTensor):
                raise ValueError(
                    f"All operation outputs must be tensors. Operation {operation} returned a non-tensor. "
                    f"Non-tensor received: {x}"
                )
        recorded = all(x.record_history for x in self.arguments.keras_tensors)
        if recorded:
            for tensor in self.arguments.keras_tensors:
                if not hasattr(tensor, "_keras_history"):
                    tensor._keras_history = KerasHistory(None, 0, 0)
        operation._inbound_nodes.append(self)
        for tensor in self.arguments.keras_tensors:
            history = getattr(tensor, "_keras_history", None)
            if history is not None and history.operation is not None:
                history.operation._outbound_nodes.append(self)
        if recorded:
            index = len(operation._inbound_nodes) - 1
            for position, tensor in enumerate(self.outputs):
                tensor._keras_history = KerasHistory(operation, index, position)
        self.is_input = not self.arguments.keras_tensors

    @property
    def layer(self) -> Any:
        return self.operation

    @property
    def input_tensors(self) -> list[KerasTensor]:
        return self.arguments.keras_tensors

    @property
    def output_tensors(self) -> list[KerasTensor]:
        return self.outputs

    @property
    def outbound_layer(self) -> Any:
        """The layer that was called (Keras 2)."""
        return self.operation

    @property
    def inbound_layers(self) -> Any:
        """The layers that the inputs come from, a single one alone (Keras 2)."""
        layers = [tensor._keras_history.operation for tensor in self.arguments.keras_tensors]
        return layers[0] if len(layers) == 1 else layers

    @property
    def call_args(self) -> Any:
        """The positional arguments of the call (Keras 2)."""
        return self.arguments.args

    @property
    def call_kwargs(self) -> Any:
        """The keyword arguments of the call (Keras 2)."""
        return self.arguments.kwargs

    @property
    def parent_nodes(self) -> list[Node]:
        """The nodes whose outputs this one takes."""
        histories = [tensor._keras_history for tensor in self.arguments.keras_tensors]
        return [h.operation._inbound_nodes[h.node_index] for h in histories if h.operation is not None]

    def __repr__(self) -> str:
        return f"<Node operation={self.operation.name}, id={id(self)}>"
