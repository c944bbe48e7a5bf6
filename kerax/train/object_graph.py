"""Objects into a checkpoint: their graph, which is what restoring goes by, and their tensors."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerax.core.variable import Variable
from kerax.io.proto import message
from kerax.train import trackable

KEY = "_CHECKPOINTABLE_OBJECT_GRAPH"


class Snapshot:
    """The object graph below a root and the tensors in it.

    Args:
      root: the object to save.
    """

    def __init__(self, root: Any) -> None:
        self.graph = message("TrackableObjectGraph")()
        self.tensors: dict[str, np.ndarray] = {}
        walked = list(trackable.walk(root))
        numbers = {id(owner): number for number, owner, _, _ in walked}
        # keeps objects that are made for the walk alive, so that no id is used twice
        self._alive = walked
        for _, owner, path, found in walked:
            node = self.graph.nodes.add()
            for name, child in found.items():
                node.children.add(node_id=numbers[id(child)], local_name=name)
            for name, value in trackable.serialized(owner).items():
                key = f"{path}/.ATTRIBUTES/{name}" if path else f".ATTRIBUTES/{name}"
                full = owner._shared_name if isinstance(owner, Variable) else ""
                node.attributes.add(name=name, full_name=full, checkpoint_key=key)
                self.tensors[key] = trackable.to_array(value)
        self._mark()
        data = np.empty((), dtype=object)
        data[()] = self.graph.SerializeToString()
        self.tensors[KEY] = data

    def _mark(self) -> None:
        """Notes which nodes have values, themselves or below."""
        nodes = self.graph.nodes
        parents: list[list[int]] = [[] for _ in nodes]
        for number, node in enumerate(nodes):
            for child in node.children:
                parents[child.node_id].append(number)
        todo = [number for number, node in enumerate(nodes) if len(node.attributes)]
        marked = set(todo)
        while todo:
            for parent in parents[todo.pop()]:
                if parent not in marked:
                    marked.add(parent)
                    todo.append(parent)
        for number, node in enumerate(nodes):
            node.has_checkpoint_values.SetInParent()
            if number in marked:
                node.has_checkpoint_values.value = True


def names_of_nodes(graph: Any) -> dict[int, str]:
    """Where each node of a saved graph is, such as ``(root).model.dense``."""
    names = {0: "(root)"}
    queue = [0]
    for number in queue:
        for child in graph.nodes[number].children:
            if child.node_id not in names:
                names[child.node_id] = f"{names[number]}.{child.local_name}"
                queue.append(child.node_id)
    return names
