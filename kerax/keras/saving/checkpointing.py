"""What TensorFlow checkpoints see of Keras objects, under the names that Keras 2 and 3 use.

Keras 2 leads to layers by ``layer_with_weights-0`` and ``layer-0``, Keras 3 by ``_operations``; both are written and
read, so that checkpoints of either are restored, and can be restored there.
"""

from __future__ import annotations

import collections
from typing import Any

from kerax.core.config import legacy_keras
from kerax.core.origin import is_own
from kerax.core.variable import Variable
from kerax.keras.saving.state_tree import TEMPLATES
from kerax.train.trackable import children, default_children, is_trackable

# Keras' own attributes: lists of what other names lead to, and what belongs to the graph of calls.
_INTERNAL = {
    "_tracker", "_self_tracked_trackables", "_trainable_variables", "_non_trainable_variables", "_metrics", "_layers",
    "_seed_generators", "_inbound_nodes", "_outbound_nodes", "_losses", "_callable_losses", "_losses_override",
    "_nodes", "_nodes_by_depth", "_operations", "_operations_by_depth", "_inputs", "_outputs", "_inputs_struct",
    "_outputs_struct", "inputs", "outputs", "_functional", "_compile_arguments", "_compile_loss", "_compile_metrics",
    "_loss_tracker", "history", "train_function", "test_function", "predict_function", "_dtype_policy", "loss",
    "_deferred_restores", "_distribute_strategy",
}  # fmt: skip


def layer_children(layer: Any) -> dict[str, Any]:
    """The parts of a layer or model by name."""
    found: dict[str, Any] = {}
    if _is_graph(layer):
        found.update(_numbered(list(layer.layers)))
        found.update(_keras3_graph(layer))
    templates = TEMPLATES.get(type(layer).__name__, ())
    own = is_own(type(layer))
    for name, value in list(vars(layer).items()):
        if name not in _INTERNAL and name not in templates and is_trackable(value):
            found.update(_both_names(name, value) if own and isinstance(value, Variable) else {name: value})
    known = {id(value) for value in found.values()}
    for variable in [*layer._trainable_variables, *layer._non_trainable_variables]:
        if id(variable) not in known and not _inside(variable, found):
            found.setdefault(_variable_name(variable), variable)
    return found


def _both_names(name: str, variable: Any) -> dict[str, Any]:
    """``kernel`` and ``_kernel``: what Keras 2 calls the first is the second in Keras 3."""
    public = name.lstrip("_")
    if public not in ("kernel", "embeddings"):
        return {name: variable}
    names = (public, f"_{public}") if legacy_keras() else (f"_{public}", public)
    return dict.fromkeys(names, variable)


def _is_graph(layer: Any) -> bool:
    return layer._obj_type() in ("Functional", "Sequential")


def _numbered(layers: list[Any]) -> dict[str, Any]:
    """Layers under Keras 2's names."""
    found = {}
    with_weights = 0
    for index, layer in enumerate(layers):
        if getattr(layer, "weights", ()):
            found[f"layer_with_weights-{with_weights}"] = layer
            with_weights += 1
        found[f"layer-{index}"] = layer
    return found


class Operations:
    """The operations of a functional model, under Keras 3's name for the list."""

    _checkpoint_container = True

    def __init__(self, operations: list[Any]) -> None:
        self.operations = operations

    def _trackable_children(self) -> dict[str, Any]:
        return {str(index): item for index, item in enumerate(self.operations) if is_trackable(item)}


class FunctionalPart:
    """The functional model inside of a Sequential."""

    _checkpoint_container = True

    def __init__(self, operations: list[Any]) -> None:
        self.operations = Operations(operations)

    def _trackable_children(self) -> dict[str, Any]:
        return {"_operations": self.operations}


def _keras3_graph(layer: Any) -> dict[str, Any]:
    if layer._obj_type() == "Functional":
        return {"_operations": Operations(list(layer._operations))}
    functional = getattr(layer, "_functional", None)
    if functional is None:
        return {}
    return {"_functional": FunctionalPart(list(functional._operations))}


def _variable_name(variable: Any) -> str:
    return variable.name.split(":")[0].rpartition("/")[2]


def _inside(variable: Any, found: dict[str, Any]) -> bool:
    """Whether a list or dict among the attributes holds a variable."""
    return any(
        variable is item
        for value in found.values()
        if isinstance(value, (list, tuple, dict))
        for item in (value.values() if isinstance(value, dict) else value)
    )


def layer_lookup(layer: Any, name: str) -> Any:
    """The part that a checkpoint calls by another name: ``_kernel`` for ``kernel``, and the reverse."""
    other = name[1:] if name.startswith("_") else f"_{name}"
    found = vars(layer).get(other)
    if found is None:
        own = [*layer._trainable_variables, *layer._non_trainable_variables]
        named = [variable for variable in own if _variable_name(variable) == name.lstrip("_")]
        found = named[0] if len(named) == 1 else None
    return found if isinstance(found, Variable) or is_trackable(found) else None


def weight_paths(model: Any) -> dict[str, Variable]:
    """A model's variables by the shortest way to them (``encoder.dense.kernel``), the nearest first."""
    found: dict[str, Variable] = {}
    seen = {id(model)}
    queue = collections.deque([("", model)])
    while queue:
        path, item = queue.popleft()
        if isinstance(item, Variable):
            found[path] = item
            continue
        graph = hasattr(item, "_obj_type") and _is_graph(item)
        for name, part in ({layer.name: layer for layer in item.layers} if graph else children(item)).items():
            if id(part) not in seen:
                seen.add(id(part))
                queue.append((f"{path}.{name}" if path else name, part))
    return found


# --- optimizers -------------------------------------------------------------------------------------------


def optimizer_children(optimizer: Any) -> dict[str, Any]:
    """The variables of an optimizer: ``_iterations``, ``_learning_rate``, and all of them in ``_variables``."""
    found: dict[str, Any] = {"_variables": _variables(optimizer, legacy_keras())}
    for name in ("_iterations", "_learning_rate", "inner_optimizer"):
        value = vars(optimizer).get(name)
        if is_trackable(value):
            found[name] = value
    return found


def _variables(optimizer: Any, keras2: bool) -> list[Any]:
    variables = list(vars(optimizer).get("_variables", ()))
    rate = vars(optimizer).get("_learning_rate")
    return [variable for variable in variables if variable is not rate] if keras2 else variables


def optimizer_children_for_restore(optimizer: Any, node: Any, graph: Any) -> dict[str, Any]:
    """The same, in the order of the checkpoint: Keras 2 does not count the learning rate among the variables."""
    saved = {child.local_name: child.node_id for child in node.children}
    found = optimizer_children(optimizer)
    if "_variables" in saved and "_learning_rate" in saved:
        numbers = [child.node_id for child in graph.nodes[saved["_variables"]].children]
        found["_variables"] = _variables(optimizer, saved["_learning_rate"] not in numbers)
    if "iter" in saved:  # of before TensorFlow 2.11
        found["iter"] = optimizer._iterations
        if isinstance(vars(optimizer).get("_learning_rate"), Variable):
            found["learning_rate"] = optimizer._learning_rate
    return found


def metric_children(metric: Any) -> dict[str, Any]:
    """The variables of a metric, by attribute, and those without by name."""
    found = {name: value for name, value in default_children(metric).items() if name not in ("_tracker", "_variables")}
    known = {id(value) for value in found.values()}
    for variable in metric.variables:
        if id(variable) not in known and not _inside(variable, found):
            found.setdefault(_variable_name(variable), variable)
    return found
