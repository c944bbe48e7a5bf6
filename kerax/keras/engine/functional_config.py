"""Functional models as configs and back, and models made of parts of a graph."""

from __future__ import annotations

import copy
import inspect
from typing import Any

from kerax.core import nest
from kerax.core.config import legacy_keras
from kerax.core.value import Tensor
from kerax.keras.engine.function import _topological, make_node_key
from kerax.keras.engine.input_layer import Input
from kerax.keras.engine.keras_tensor import KerasTensor
from kerax.keras.engine.node import KerasHistory, Node
from kerax.keras.engine.op_call import TFOpLambda
from kerax.keras.engine.operation import Operation
from kerax.keras.saving.serialization import deserialize_keras_object, serialize_keras_object

_CONSTANT = "_CONSTANT_VALUE"  # what Keras 2 writes for an argument that is no symbolic tensor


def is_input_tensor(x: Any) -> bool:
    operation, index, _ = x._keras_history
    return operation._inbound_nodes[index].is_input


def _is_functional(operation: Any) -> bool:
    return hasattr(operation, "_nodes_by_depth")


def serialize(model: Any) -> dict[str, Any]:
    """``Functional.get_config``: the layers, the calls that connect them, inputs and outputs."""
    config: dict[str, Any] = {"name": model.name, "trainable": model.trainable}
    new_index: dict[str, int] = {}
    for operation in model.operations:
        kept = 1 if _is_functional(operation) else 0
        for index in range(len(operation._inbound_nodes)):
            key = make_node_key(operation, index)
            if key in model._nodes:
                new_index[key] = kept
                kept += 1
    layers = []
    for operation in model.operations:
        nodes = []
        for index, node in enumerate(operation._inbound_nodes):
            if make_node_key(operation, index) in model._nodes:
                data = (_serialize_node_legacy if legacy_keras() else _serialize_node)(node, model._nodes)
                if data is not None:
                    nodes.append(data)
        layer = serialize_keras_object(operation)
        layer["name"] = operation.name
        layer["inbound_nodes"] = nodes
        layers.append(layer)
    config["layers"] = layers

    def describe(x: Any) -> list[Any]:
        operation, index, position = x._keras_history
        return [operation.name, new_index[make_node_key(operation, index)], position]

    for key, structure in (("input_layers", model._inputs_struct), ("output_layers", model._outputs_struct)):
        if legacy_keras() and isinstance(structure, KerasTensor):
            structure = [structure]
        config[key] = nest.map_structure(describe, structure)
    return copy.deepcopy(config)


def _serialize_node(node: Any, own_nodes: Any) -> dict[str, Any] | None:
    if not node.input_tensors:
        return None

    def plain(x: Any) -> Any:
        if not isinstance(x, KerasTensor):
            return x
        operation, index, position = x._keras_history
        foreign = sum(make_node_key(operation, i) not in own_nodes for i in range(index))
        stand_in = KerasTensor(x.shape, x.dtype, name=x.name)
        stand_in._keras_history = KerasHistory(operation, index - foreign, position)
        return stand_in

    args = nest.map_structure(plain, node.arguments.args)
    kwargs = nest.map_structure(plain, node.arguments.kwargs)
    return {"args": serialize_keras_object(args), "kwargs": serialize_keras_object(kwargs)}


def _serialize_node_legacy(node: Any, own_nodes: Any) -> list[Any] | None:
    """Keras 2's form of a call: [layer, node, tensor, other arguments] for each tensor of the first argument."""
    if not node.input_tensors:
        return None
    args, kwargs = list(node.arguments.args), dict(node.arguments.kwargs)
    names = node.operation._call_parameters()
    first = args[0] if args else kwargs.pop(names[0])
    kwargs.update(zip(names[1:], args[1:], strict=False))

    def plain(x: Any) -> Any:
        if not isinstance(x, KerasTensor):
            return x.numpy().tolist() if isinstance(x, Tensor) else x
        operation, index, position = x._keras_history
        own = sum(make_node_key(operation, i) in own_nodes for i in range(index))
        return [operation.name, own + _is_functional(operation), position]

    kwargs = nest.map_structure(plain, kwargs)

    def entry(x: Any) -> Any:
        return [*plain(x), kwargs] if isinstance(x, KerasTensor) else [_CONSTANT, -1, plain(x), kwargs]

    data = nest.map_structure(entry, first)
    # a list around it, unless an op is called
    alone = not nest.is_nested(first) and not isinstance(node.operation, TFOpLambda)
    return [data] if alone else data


def deserialize(cls: type, config: dict[str, Any], custom_objects: Any = None) -> Any:
    """A functional model of ``serialize``'s config; also of Keras 2's.

    Raises:
      ValueError: the graph cannot be put together.
    """
    config = dict(config)
    made: dict[str, Any] = {}
    pending: dict[str, list[Any]] = {}
    layers = config.pop("layers")
    input_layers, output_layers = config.pop("input_layers"), config.pop("output_layers")
    name, trainable = config.pop("name", None), config.pop("trainable", None)
    for data in layers:
        layer = _deserialize_layer(data, custom_objects)
        if not isinstance(layer, Operation):
            raise ValueError(
                f"Unexpected object from deserialization, expected a layer or operation, got a {type(layer)}"
            )
        made[data["name"]] = layer
        if data["inbound_nodes"]:
            pending[data["name"]] = list(data["inbound_nodes"])
    while pending:
        progress = False
        for layer_name in list(pending):
            nodes = pending[layer_name]
            while nodes:
                try:
                    args, kwargs = _deserialize_node(nodes[0], made)
                except IndexError:
                    break
                made[layer_name](*args, **kwargs)
                nodes.pop(0)
                progress = True
            if not nodes:
                del pending[layer_name]
        if not progress:
            raise ValueError(
                "Invalid Functional model configuration. The graph of the Functional model either has loops or "
                f"disconnected nodes. The following nodes failed to be resolved: {pending}"
            )

    def tensor(layer_name: str, index: int, position: int) -> Any:
        if layer_name not in made:
            raise RuntimeError(f"Internal error: could not find layer {layer_name}.")
        layer = made[layer_name]
        before = (
            1 if _is_functional(layer) or len(layer._inbound_nodes) == index else 0
        )  # Keras 2 counts Sequentials' own
        return layer._inbound_nodes[index - before].output_tensors[position]

    def tensors(struct: Any) -> Any:
        if isinstance(struct, (list, tuple)) and len(struct) == 3 and isinstance(struct[0], str):
            return tensor(*struct)
        if isinstance(struct, dict):
            return {key: tensors(item) for key, item in struct.items()}
        return type(struct)(tensors(item) for item in struct)

    for key in [key for key in config if key not in _parameters(cls)]:
        if key not in ("inputs", "outputs"):
            config.pop(key)
    ends = {"inputs": tensors(input_layers), "outputs": tensors(output_layers)}
    model = cls(**ends, name=name, trainable=trainable, **config)
    if hasattr(model, "_take_in"):
        model._take_in(list(made.values()))
    return model


def _parameters(cls: type) -> Any:
    signature = inspect.signature(cls.__init__)
    return list(signature.parameters)


def _deserialize_layer(data: dict[str, Any], custom_objects: Any) -> Any:
    data = {key: value for key, value in data.items() if key != "inbound_nodes"}
    if "module" not in data:
        inner = dict(data["config"])
        inner.setdefault("name", data["name"])
        data = {**data, "config": inner}
    return deserialize_keras_object(data, custom_objects=custom_objects)


def _deserialize_node(data: Any, made: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    def find(name: str, index: int, position: int) -> Any:
        if name not in made:
            raise ValueError(f"Invalid Functional model configuration. Missing node: {name}")
        layer = made[name]
        if len(layer._inbound_nodes) <= index:
            raise IndexError(f"Layer node index out of bounds.\ninbound_layer = {layer}\ninbound_node_index = {index}")
        return layer._inbound_nodes[index].output_tensors[position]

    def find_legacy(name: str, index: int, position: Any) -> Any:
        if name == _CONSTANT:
            known = isinstance(position, dict) and "class_name" in position
            return deserialize_keras_object(position) if known else position
        layer = made.get(name)
        own = _is_functional(layer) or hasattr(layer, "_functional")  # the call that is the model itself
        return find(name, index - 1 if own and index > 0 else index, position)

    if not data:
        return [], {}
    if not isinstance(data, dict) or set(data) != {"args", "kwargs"}:  # Keras 2: [[name, node, tensor, kwargs], …]
        kwargs: dict[str, Any] = {}

        def first(value: Any) -> Any:
            if _is_reference(value, (*made, _CONSTANT)):
                kwargs.update(value[3] if len(value) == 4 else {})
                return find_legacy(*value[:3])
            if isinstance(value, dict):
                return {key: first(item) for key, item in value.items()}
            return [first(item) for item in value]

        def other(value: Any) -> Any:
            if _is_reference(value, made):
                return find_legacy(*value[:3])
            if isinstance(value, dict):
                if "class_name" in value:
                    return deserialize_keras_object(value)
                return {key: other(item) for key, item in value.items()}
            return type(value)(map(other, value)) if type(value) in (list, tuple) else value

        found = first(data)
        kwargs = other(kwargs)
        return [found[0] if isinstance(found, list) and len(found) == 1 else found], kwargs
    args = deserialize_keras_object(data["args"])
    kwargs = deserialize_keras_object(data["kwargs"])

    def revive(x: Any) -> Any:
        if not isinstance(x, KerasTensor):
            return x
        history = x._pre_serialization_keras_history
        return x if history is None else find(*history)

    return nest.map_structure(revive, args), nest.map_structure(revive, kwargs)


def _is_reference(value: Any, made: dict[str, Any]) -> bool:
    return isinstance(value, (list, tuple)) and len(value) >= 3 and isinstance(value[0], str) and value[0] in made


def clone_graph_nodes(inputs: Any, outputs: Any) -> tuple[Any, Any]:
    """Copies the calls between inputs in the middle of a graph and outputs, onto new ``Input``s."""
    nodes, _ = _topological(nest.flatten(inputs), nest.flatten(outputs))
    copies: dict[int, Any] = {}
    replaced: dict[int, Any] = {}

    def clone(x: Any) -> Any:
        new = KerasTensor(x.shape, x.dtype, sparse=x.sparse, name=None if legacy_keras() else f"{x.name}_clone")
        new._concrete = x._concrete
        return new

    def swap(x: Any) -> Any:
        if not isinstance(x, KerasTensor):
            return x
        if id(x) not in copies:
            copies[id(x)] = clone(x)
        return copies[id(x)]

    new_inputs = []
    for x in nest.flatten(inputs):
        if is_input_tensor(x):
            new = x
        else:
            name = None if legacy_keras() else f"{x.name}CLONE"
            new = Input(batch_shape=x.shape, dtype=x.dtype, sparse=x.sparse, name=name)
            replaced[id(x._keras_history[0])] = new._keras_history[0]
        new_inputs.append(new)
        copies[id(x)] = new
    new_outputs = []
    for x in nest.flatten(outputs):
        if id(x) not in copies:
            copies[id(x)] = clone(x)
            copies[id(x)]._keras_history = x._keras_history
        new_outputs.append(copies[id(x)])
    for node in nodes:
        if node.is_input:
            continue
        if all(id(x) in copies and copies[id(x)] is x for x in node.output_tensors):
            continue
        Node(
            node.operation,
            nest.map_structure(swap, node.arguments.args),
            nest.map_structure(swap, node.arguments.kwargs),
            nest.map_structure(swap, node.output_tensors),
        )
    return nest.pack_sequence_as(inputs, new_inputs), nest.pack_sequence_as(outputs, new_outputs)
