"""How Keras 2 matches what is given to ``compile`` and ``fit`` with a model's outputs.

Keras 3 asks for the structure of the outputs. Keras 2 also takes dicts by output names, which need not name every
output, one thing for all outputs, and lists of another length, whose rest is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kerax.array_ops import expand_dims
from kerax.core import nest
from kerax.keras import metrics as metrics_module
from kerax.keras.engine.convert import to_tensor
from kerax.keras.tree import structure as tree
from kerax.math.casting import cast


def output_names(y_pred: Any, names: Any) -> list[str]:
    """The names of a model's outputs; those of a subclassed model are "output_1" and so on, or keys of its dict."""
    if names:
        return list(names)
    found = []
    for path in tree.paths(y_pred):
        parts = [part + 1 if isinstance(part, int) else part for part in path] or [1]
        found.append(("output_" if isinstance(parts[0], int) else "") + "_".join(map(str, parts)))
    return found


def conform(y_pred: Any, names: list[str], struct: Any) -> Any:
    """Targets, weights or losses in the structure of the outputs, None where an output has none.

    Raises:
      ValueError: a dict names what is no output.
    """
    nested = nest.is_nested(y_pred)
    if isinstance(struct, Mapping):
        if not nested or isinstance(y_pred, (list, tuple)) and not any(map(nest.is_nested, y_pred)):
            unknown = [key for key in struct if key not in names]
            if unknown:
                raise ValueError(
                    f"Found unexpected losses or metrics that do not correspond to any Model output: {unknown}. "
                    f"Valid mode output names: {names}. Received struct is: {struct}."
                )
            parts = [struct.get(name) for name in names]
            return parts[0] if len(parts) == 1 else parts
        if isinstance(y_pred, Mapping):
            return {**dict.fromkeys(y_pred), **struct}
    return nest.map_structure(lambda _: struct, y_pred) if nested and not nest.is_nested(struct) else struct


def flat(y_pred: Any, names: list[str], struct: Any) -> list[Any]:
    """``conform``, as a list in the order of the outputs."""
    return nest.flatten(conform(y_pred, names, struct))


def matched(y_true: Any, y_pred: Any, sample_weight: Any) -> tuple[Any, Any, Any]:
    """Target, output and weights of one output as losses and metrics get them.

    Vectors beside a matrix become its columns, and floats take the output's dtype: losses that a user writes need not
    see to either.
    """
    y_true, sample_weight = to_tensor(y_true), None if sample_weight is None else to_tensor(sample_weight)
    columns = y_pred.shape.rank == 2
    if columns and y_true.shape.rank == 1:
        y_true = expand_dims(y_true, -1)
    if columns and sample_weight is not None and sample_weight.shape.rank == 1:
        sample_weight = expand_dims(sample_weight, -1)
    kinds = y_true.dtype, y_pred.dtype
    if all(kind.is_floating for kind in kinds) or all(kind.is_integer for kind in kinds):
        y_true = cast(y_true, y_pred.dtype)
    return y_true, y_pred, None if sample_weight is None else cast(sample_weight, y_pred.dtype)


class _Group:
    """The metrics of one output, a leaf of the structure of outputs."""

    def __init__(self, metrics: Any) -> None:
        self.metrics = nest.flatten(metrics)


def metric_groups(y_pred: Any, names: list[str], metrics: Any) -> list[list[Any]]:
    """A list of metrics for each output; metrics in a flat list are for every output, each with a copy of its own."""
    outputs = nest.flatten(y_pred)
    if not nest.is_nested(metrics) or isinstance(metrics, (list, tuple)) and not any(map(nest.is_nested, metrics)):
        copies = [nest.flatten(metrics) for _ in outputs]
        return copies if len(outputs) == 1 else [[_copy(metric) for metric in group] for group in copies]
    shape = tree.lists_to_tuples(y_pred)
    groups = tree.map_structure_up_to(shape, _Group, tree.lists_to_tuples(conform(y_pred, names, metrics)))
    return [group.metrics for group in tree.flatten(groups)]


def _copy(metric: Any) -> Any:
    return type(metric).from_config(metric.get_config()) if isinstance(metric, metrics_module.Metric) else metric


def whole_name(metric: Any) -> Any:
    """Marks a metric of a file: its name is whole, with the output's before it."""
    metric._name_is_whole = True
    return metric


def set_metric_names(names: list[str], groups: list[list[Any]], weighted: list[list[Any]]) -> None:
    """Puts the output's name before a metric's, where there are several, and ``weighted_`` before one that repeats.

    Raises:
      ValueError: a name repeats all the same.
    """
    taken: set[str] = set()
    for output, plain, by_weight in zip(names, groups, weighted, strict=False):
        prefix = f"{output}_" if len(names) > 1 else ""
        for metric in plain + by_weight:
            if getattr(metric, "_name_is_whole", False):
                taken.add(metric.name)
                continue
            repeats = prefix + metric.name in taken and any(metric is one for one in by_weight)
            metric.name = f"{prefix}{'weighted_' if repeats else ''}{metric.name}"
            if metric.name in taken:
                raise ValueError(
                    f"Found two metrics with the same name: {metric.name}. All the metrics added to the model need "
                    "to have unique names."
                )
            taken.add(metric.name)


def refuse_twice(metrics: Any, weighted_metrics: Any) -> None:
    """Refuses a metric object in two places: it would be updated twice.

    Raises:
      ValueError: there is one.
    """
    objects = [m for m in nest.flatten([metrics, weighted_metrics]) if isinstance(m, metrics_module.Metric)]
    twice = [one for one in objects if sum(one is other for other in objects) > 1]
    if twice:
        raise ValueError(
            "Found duplicated metrics object in the user provided metrics and weighted metrics. This will cause the "
            f"same metric object to be updated multiple times, and report wrong results. \nDuplicated items: {twice}"
        )
