"""``tf.graph_util``: graph messages."""

from __future__ import annotations

from typing import Any


def import_graph_def(
    graph_def: Any,
    input_map: Any = None,
    return_elements: Any = None,
    name: str | None = None,
    op_dict: Any = None,
    producer_op_list: Any = None,
) -> Any:
    """Runs a graph that TensorFlow wrote, or takes it into a ``tf.compat.v1.wrap_function``.

    Args:
      graph_def: ``GraphDef`` message.
      input_map: dict of the name of a node or its output → Tensor that takes its place.
      return_elements: list of str, the tensors wanted, such as ``"Softmax:0"``.
      name: str, a prefix of the nodes' names, by default "import"; "" for none.
      op_dict, producer_op_list: TensorFlow's, unused.

    Returns:
      list of Tensors, None without ``return_elements``.

    Raises:
      TypeError: ``graph_def`` is no message.
      KeyError: a tensor is not in the graph.
      errors.UnimplementedError: the graph has an op that ``tf.raw_ops`` lacks.

    >>> import kerax as tf
    >>> graph = tf.compat.v1.GraphDef()
    >>> _ = graph.node.add(name="x", op="Placeholder"), graph.node.add(name="y", op="Neg", input=["x"])
    >>> tf.graph_util.import_graph_def(graph, {"x:0": tf.constant([1., 2.])}, ["y:0"])[0].numpy()
    array([-1., -2.], dtype=float32)

    Differs from TensorFlow: nodes are not added to the graph of an enclosing ``tf.function``; what is returned is
    computed.
    """
    from kerax.saved_model import imported  # heavy, and seldom used

    if not hasattr(graph_def, "node"):
        raise TypeError(f"Argument `graph_def` must be a GraphDef proto. Received: {graph_def}")
    return imported.import_graph_def(graph_def, input_map, return_elements, name)
