"""``keras.utils.get_source_inputs``."""

from __future__ import annotations

from typing import Any


def get_source_inputs(tensor: Any) -> Any:
    """The model inputs that a symbolic tensor was computed from.

    Args:
      tensor: the output of layers called on ``keras.Input``.

    Returns:
      List of symbolic tensors, each once; the tensor itself if it has no history.
    """
    if not hasattr(tensor, "_keras_history"):
        return tensor
    operation, node_index, _ = tensor._keras_history
    if operation is None or not operation._inbound_nodes:
        return [tensor]
    node = operation._inbound_nodes[node_index]
    if not node.input_tensors:
        return node.output_tensors
    found: list[Any] = []
    for source in node.input_tensors:
        for origin in get_source_inputs(source):
            if not any(origin is known for known in found):
                found.append(origin)
    return found
