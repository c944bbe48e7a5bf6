"""``plot_model`` and ``model_to_dot``: a model as a diagram. Needs pydot and graphviz."""

from __future__ import annotations

import os
import sys
from typing import Any

from kerax.core import nest
from kerax.keras.utils.io_utils import print_msg


def _pydot() -> Any:
    try:
        import pydot
    except ImportError:
        return None
    return pydot


def _has_graphviz(pydot: Any) -> bool:
    try:
        pydot.Dot.create(pydot.Dot())
    except (OSError, pydot.PydotException):
        return False
    return True


def _kind(model: Any) -> str:
    """ "sequential", "functional" or "" for anything else; by class name, as models stand above this room."""
    names = {kind.__name__ for kind in type(model).__mro__}
    return "sequential" if "Sequential" in names else "functional" if "Functional" in names else ""


def model_to_dot(
    model: Any,
    show_shapes: bool = False,
    show_dtype: bool = False,
    show_layer_names: bool = True,
    rankdir: str = "TB",
    expand_nested: bool = False,
    dpi: int = 200,
    subgraph: bool = False,
    show_layer_activations: bool = False,
    show_trainable: bool = False,
    splines: str = "ortho",
    **kwargs: Any,
) -> Any:
    """A model as a pydot graph.

    Args:
      model: a built model.
      show_shapes, show_dtype, show_layer_names, show_layer_activations, show_trainable: bool, what boxes say.
      rankdir: "TB" for top to bottom, "LR" for left to right.
      expand_nested: bool, whether models inside are drawn as clusters of their layers.
      dpi: int, dots per inch.
      subgraph: bool, whether to return a cluster.
      splines: str, graphviz's form of the edges.

    Returns:
      ``pydot.Dot``, or ``pydot.Cluster``.

    Raises:
      ValueError: the model is not built.
      ImportError: pydot is missing.
    """
    if not model.built:
        raise ValueError(
            "This model has not yet been built. Build the model first by calling `build()` or by calling the model on "
            "a batch of data."
        )
    pydot = _pydot()
    if pydot is None:
        raise ImportError("You must install pydot (`pip install pydot`) for model_to_dot to work.")
    _check(kwargs)
    options = dict(
        show_layer_names=show_layer_names,
        show_layer_activations=show_layer_activations,
        show_dtype=show_dtype,
        show_shapes=show_shapes,
        show_trainable=show_trainable,
    )
    if subgraph:
        dot = pydot.Cluster(style="dashed", graph_name=model.name)
        dot.set("label", model.name)
        dot.set("labeljust", "l")
    else:
        dot = pydot.Dot()
        for name, value in (("rankdir", rankdir), ("concentrate", True), ("dpi", dpi), ("splines", splines)):
            dot.set(name, value)
        dot.set_node_defaults(shape="record")
    kind = _kind(model)
    if not kind:
        dot.add_node(_node(pydot, model, options))
        return dot
    layers = model.layers if kind == "sequential" else model._operations
    for layer in layers:
        if expand_nested and _kind(layer):
            inner = dict(options, rankdir=rankdir, expand_nested=True, subgraph=True)
            dot.add_subgraph(model_to_dot(layer, **inner))
        else:
            dot.add_node(_node(pydot, layer, options))
    if kind == "sequential" and not expand_nested:
        for source, target in zip(layers, layers[1:], strict=False):
            _add_edge(pydot, dot, source, target)
        return dot
    for layer in layers[1:] if kind == "sequential" else layers:
        _connect(pydot, dot, model, layer, expand_nested)
    return dot


def _check(kwargs: dict[str, Any]) -> None:
    if kwargs.pop("layer_range", None) is not None:
        raise ValueError("Argument `layer_range` is no longer supported.")
    if kwargs:
        raise ValueError(f"Unrecognized keyword arguments: {kwargs}")


def _connect(pydot: Any, dot: Any, model: Any, layer: Any, expand_nested: bool) -> None:
    """Draws the edges that lead to a layer."""
    nodes = getattr(model, "_nodes", None)
    for node in layer._inbound_nodes:
        if _kind(model) == "functional" and nodes is not None and not _is_in(node, nodes, layer):
            continue
        for index, tensor in enumerate(node.input_tensors):
            history = tensor._keras_history
            if history.operation is None:
                continue
            source, target, output = history.operation, layer, history.tensor_index
            if expand_nested:
                while _kind(source):
                    source, _, output = source.outputs[output]._keras_history
                while _kind(target):
                    functional = _kind(target) == "functional"
                    target = target.inputs[index]._keras_history.operation if functional else target.layers[0]
            _add_edge(pydot, dot, source, target)


def _is_in(node: Any, nodes: Any, layer: Any) -> bool:
    key = f"{id(layer)}_ib-{layer._inbound_nodes.index(node)}"
    return node in nodes if any(isinstance(one, type(node)) for one in nodes) else key in nodes


def _add_edge(pydot: Any, dot: Any, source: Any, target: Any) -> None:
    ends = str(id(source)), str(id(target))
    if not dot.get_edge(*ends):
        edge = pydot.Edge(*ends)
        edge.set("penwidth", "2")
        dot.add_edge(edge)


def _node(pydot: Any, layer: Any, options: dict[str, bool]) -> Any:
    node = pydot.Node(str(id(layer)), label=_label(layer, **options))
    for name, value in (("fontname", "Helvetica"), ("border", "0"), ("margin", "0")):
        node.set(name, value)
    return node


def _label(
    layer: Any,
    show_layer_names: bool,
    show_layer_activations: bool,
    show_dtype: bool,
    show_shapes: bool,
    show_trainable: bool,
) -> str:
    """A layer's box, as graphviz's HTML table."""
    kind = type(layer).__name__
    span = max(1, show_dtype + show_trainable + 2 * show_shapes)
    title = f"<b>{layer.name}</b> ({kind})" if show_layer_names else f"<b>{kind}</b>"
    rows = [f'<tr><td colspan="{span}" bgcolor="black"><font point-size="16" color="white">{title}</font></td></tr>']
    if show_layer_activations and getattr(layer, "activation", None) is not None:
        rows.append(
            f'<tr><td bgcolor="white" colspan="{span}"><font point-size="14">'
            f"Activation: <b>{_activation_name(layer.activation)}</b></font></td></tr>"
        )
    cells = []
    if show_shapes:
        if kind != "InputLayer":
            cells.append(_cell(f"Input shape: <b>{_described(layer, 'input', 'shape')}</b>"))
        cells.append(_cell(f"Output shape: <b>{_described(layer, 'output', 'shape')}</b>"))
    if show_dtype:
        cells.append(_cell(f"Output dtype: <b>{_described(layer, 'output', 'dtype')}</b>"))
    if show_trainable and hasattr(layer, "trainable") and layer.weights:
        color, word = ("forestgreen", "Trainable") if layer.trainable else ("firebrick", "Non-trainable")
        cells.append(f'<td bgcolor="{color}"><font point-size="14" color="white"><b>{word}</b></font></td>')
    if cells:
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<<table border="0" cellborder="1" bgcolor="black" cellpadding="10">{"".join(rows)}</table>>'


def _cell(text: str) -> str:
    return f'<td bgcolor="white"><font point-size="14">{text}</font></td>'


def _activation_name(activation: Any) -> str:
    return getattr(activation, "name", None) or getattr(activation, "__name__", None) or str(activation)


def _described(layer: Any, side: str, attribute: str) -> str:
    """The shapes or dtypes of a layer's inputs or outputs, "?" where it has none."""
    try:
        value = nest.map_structure(lambda tensor: getattr(tensor, attribute), getattr(layer, side))
    except (ValueError, AttributeError):
        return "?"
    if isinstance(value, dict):
        value = ", ".join(f"{key}: {part}" for key, part in value.items())
    return str(value).replace("}", "").replace("{", "")


def plot_model(
    model: Any,
    to_file: Any = "model.png",
    show_shapes: bool = False,
    show_dtype: bool = False,
    show_layer_names: bool = False,
    rankdir: str = "TB",
    expand_nested: bool = False,
    dpi: int = 200,
    show_layer_activations: bool = False,
    show_trainable: bool = False,
    splines: str = "ortho",
    **kwargs: Any,
) -> Any:
    """Draws a model into an image file. See ``model_to_dot`` for the arguments.

    Args:
      to_file: str, its ending says the format.

    Returns:
      An IPython image where IPython is installed, else None.

    Raises:
      ValueError: the model is not built.
      ImportError: pydot or graphviz is missing (only printed in a notebook).
    """
    if not model.built:
        raise ValueError(
            "This model has not yet been built. Build the model first by calling `build()` or by calling the model on "
            "a batch of data."
        )
    pydot = _pydot()
    message = ""
    if pydot is None:
        message = "You must install pydot (`pip install pydot`) for `plot_model` to work."
    elif not _has_graphviz(pydot):
        message = (
            "You must install graphviz (see instructions at https://graphviz.gitlab.io/download/) for `plot_model` to "
            "work."
        )
    if message:
        if "IPython.core.magics.namespace" in sys.modules:
            print_msg(message)
            return None
        raise ImportError(message)
    _check(kwargs)
    dot = model_to_dot(
        model,
        show_shapes=show_shapes,
        show_dtype=show_dtype,
        show_layer_names=show_layer_names,
        rankdir=rankdir,
        expand_nested=expand_nested,
        dpi=dpi,
        show_layer_activations=show_layer_activations,
        show_trainable=show_trainable,
        splines=splines,
    )
    to_file = str(to_file)
    ending = os.path.splitext(to_file)[1][1:] or "png"
    dot.write(to_file, format=ending)
    if ending == "pdf":
        return None
    try:
        from IPython import display
    except ImportError:
        return None
    return display.Image(filename=to_file)
