"""The metrics given to ``compile``: which metric object watches which output, and under which name."""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from typing import Any

from kerax.core.config import legacy_keras
from kerax.core.context import context
from kerax.keras import losses as losses_module
from kerax.keras import metrics as metrics_module
from kerax.keras.engine.convert import keras_mask
from kerax.keras.engine.names import numbered_anew
from kerax.keras.engine.settings import floatx
from kerax.keras.metrics.reduction import masked_weight
from kerax.keras.training import legacy_outputs
from kerax.keras.tree import structure as tree


def object_name(obj: Any) -> str:
    """The name Keras shows for a function, class or object."""
    if hasattr(obj, "name"):
        return obj.name
    if hasattr(obj, "__name__"):
        return obj.__name__ if legacy_keras() else to_snake_case(obj.__name__)
    return to_snake_case(type(obj).__name__)


def to_snake_case(name: str) -> str:
    out = []
    for i, char in enumerate(name):
        if char.isupper():
            starts_word = i > 0 and (not name[i - 1].isupper() or (i + 1 < len(name) and name[i + 1].islower()))
            if starts_word and name[i - 1] != "_":
                out.append("_")
        out.append(char.lower())
    return "".join(c for c in out if c.isalnum() or c == "_").lstrip("_")


def binary_or_sparse(y_true: Any, y_pred: Any) -> tuple[bool, bool]:
    """Whether shapes speak of a binary, else of a sparse categorical, problem."""
    true_shape, pred_shape = tuple(y_true.shape), tuple(y_pred.shape)
    last_true = true_shape[-1]
    last_pred = pred_shape[-1]
    sparse = len(true_shape) < len(pred_shape) or (last_true == 1 and last_pred > 1)
    return last_pred == 1, sparse


def resolve_metric(identifier: Any, y_true: Any, y_pred: Any) -> Any:
    """A metric object for a string, function, class or object; ``"accuracy"`` is chosen by the shapes."""
    if identifier is None:
        raise ValueError("Expected metric, received `None`")
    if legacy_keras():
        return _legacy_metric(identifier, y_true, y_pred)
    if str(identifier).lower() in ("accuracy", "acc"):
        binary, sparse = binary_or_sparse(y_true, y_pred)
        if binary:
            kind = metrics_module.BinaryAccuracy
        else:
            kind = metrics_module.SparseCategoricalAccuracy if sparse else metrics_module.CategoricalAccuracy
        metric = kind(name=str(identifier))
    elif str(identifier).lower() in ("crossentropy", "ce"):
        binary, sparse = binary_or_sparse(y_true, y_pred)
        if binary:
            metric = losses_module.binary_crossentropy
        else:
            metric = losses_module.sparse_categorical_crossentropy if sparse else losses_module.categorical_crossentropy
    else:
        metric = metrics_module.get(identifier)
        if not callable(metric):
            raise ValueError(f"Unknown metric: {identifier}")
    name = identifier if isinstance(identifier, str) else object_name(metric)
    if not isinstance(metric, metrics_module.Metric):
        metric = metrics_module.MeanMetricWrapper(metric)
    metric.name = name
    return metric


def _legacy_metric(identifier: Any, y_true: Any, y_pred: Any) -> Any:
    """Keras 2's metric: "accuracy" is a function's mean, and a metric object keeps its own name."""
    family = {"accuracy": "accuracy", "acc": "accuracy", "crossentropy": "crossentropy", "ce": "crossentropy"}
    word = family.get(str(identifier).lower())
    if word is None:
        metric = metrics_module.get(identifier)
    else:
        binary, sparse = binary_or_sparse(y_true, y_pred)
        kind = "binary" if binary else "sparse_categorical" if sparse else "categorical"
        metric = getattr(metrics_module, f"{kind}_{word}")
    if isinstance(metric, metrics_module.Metric):
        return metric
    name = identifier if isinstance(identifier, str) else object_name(identifier)
    return metrics_module.MeanMetricWrapper(metric, name=name)


class MetricsList:
    """The metrics of one output.

    Args:
      metrics: list of metric objects.
      output_name: str that goes before their names in the logs, or None.
    """

    def __init__(self, metrics: list[Any], output_name: str | None = None) -> None:
        self.name = "metrics_list"
        self.metrics = metrics
        self.output_name = output_name

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        if legacy_keras():
            sample_weight = masked_weight(sample_weight, keras_mask(y_pred), floatx())
        for metric in self.metrics:
            metric.update_state(y_true, y_pred, sample_weight=sample_weight)

    def named(self) -> list[tuple[str, Any]]:
        prefix = f"{self.output_name}_" if self.output_name else ""
        return [(prefix + metric.name, metric) for metric in self.metrics]


def _metrics_list(metrics: Any, y_true: Any, y_pred: Any, output_name: str | None = None) -> MetricsList | None:
    if metrics is None:
        return None
    if not isinstance(metrics, (list, tuple)):
        metrics = [metrics]
    return MetricsList([resolve_metric(m, y_true, y_pred) for m in metrics], output_name)


class CompileMetrics(metrics_module.Metric):
    """All metrics of ``compile(metrics=…, weighted_metrics=…)``, behind the interface of one metric.

    The metric objects are made at the first update, when the shapes are known.

    Args:
      metrics: list, tuple or dict of metrics that ignore sample weights.
      weighted_metrics: the same, for metrics that use them.
      output_names: list of str, the model's outputs in order, or None.
    """

    def __init__(
        self,
        metrics: Any,
        weighted_metrics: Any,
        name: str = "compile_metrics",
        output_names: list[str] | None = None,
    ) -> None:
        super().__init__(name=name)
        if legacy_keras():
            legacy_outputs.refuse_twice(metrics, weighted_metrics)
        for label, value in (("metrics", metrics), ("weighted_metrics", weighted_metrics)):
            if not legacy_keras() and value and not isinstance(value, (list, tuple, dict)):
                raise ValueError(
                    f"Expected `{label}` argument to be a list, tuple, or dict. "
                    f"Received instead: {label}={value} of type {type(value)}"
                )
        # kept out of the reach of attribute tracking, which belongs to the metric objects themselves
        object.__setattr__(self, "_user", {"metrics": metrics, "weighted_metrics": weighted_metrics})
        object.__setattr__(self, "_plain", [])
        object.__setattr__(self, "_weighted", [])
        object.__setattr__(self, "_names", None)
        self.output_names = output_names
        self.built = False

    @property
    def metrics(self) -> list[Any]:
        """The metric objects, empty before the first update; Keras 2 lists them output by output."""
        groups = [*self._plain, *self._weighted]
        if legacy_keras():
            groups = [group for pair in zip(self._plain, self._weighted, strict=True) for group in pair]
        return [m for group in groups if group for m in group.metrics]

    @property
    def variables(self) -> list[Any]:
        return [variable for metric in self.metrics for variable in metric.variables]

    def build(self, y_true: Any, y_pred: Any) -> None:
        if legacy_keras():
            return self._build_legacy(y_true, y_pred)
        count = len(tree.flatten(y_pred))
        flat = tree.is_nested(y_pred) and len(y_pred) == count
        names = self.output_names
        if flat and isinstance(y_pred, dict) and not (names and set(y_pred) == set(names)):
            names = list(y_pred) if isinstance(y_pred, OrderedDict) else sorted(y_pred)
        object.__setattr__(self, "_names", names if count > 1 and flat else None)
        groups = [
            self._assign(self._user[label], count, names, y_true, y_pred, flat, label)
            for label in ("metrics", "weighted_metrics")
        ]
        object.__setattr__(self, "_plain", groups[0])
        object.__setattr__(self, "_weighted", groups[1])
        self.built = True

    def _build_legacy(self, y_true: Any, y_pred: Any) -> None:
        names = legacy_outputs.output_names(y_pred, self.output_names)
        targets, outputs = legacy_outputs.flat(y_pred, names, y_true), tree.flatten(y_pred)
        targets += [None] * (len(outputs) - len(targets))
        given = [legacy_outputs.metric_groups(y_pred, names, one) for one in self._user.values()]
        with contextlib.nullcontext() if context.trace is None else numbered_anew():  # Keras 2 numbers by graph
            groups = [
                [
                    [resolve_metric(metric, y_t, y_p) for metric in group if metric is not None]
                    for group, y_t, y_p in zip(one, targets, outputs, strict=False)
                ]
                for one in given
            ]
        legacy_outputs.set_metric_names(names, *groups)
        object.__setattr__(self, "_plain", [MetricsList(group) for group in groups[0]])
        object.__setattr__(self, "_weighted", [MetricsList(group) for group in groups[1]])
        self.built = True

    def _assign(
        self, metrics: Any, count: int, names: Any, y_true: Any, y_pred: Any, flat: bool, label: str
    ) -> list[MetricsList | None]:
        """One MetricsList, or None, for each output in order."""
        if not metrics:
            return [None] * count
        if count == 1:
            return [_metrics_list(tree.flatten(metrics), tree.flatten(y_true)[0], tree.flatten(y_pred)[0])]
        padded = names if names else [None] * count
        per_output = None
        if flat and isinstance(metrics, (list, tuple)) and len(metrics) == count:
            per_output = metrics
        elif flat and names and isinstance(metrics, dict) and set(metrics) <= set(names):
            per_output = [metrics.get(name) for name in names]
        if per_output is not None:
            rows = zip(per_output, self._flatten(y_true), self._flatten(y_pred), padded, strict=False)
            try:
                return [_metrics_list(*row) for row in rows]
            except ValueError as error:
                raise ValueError(f"{error}\nReceived: {label}={metrics}") from error
        try:
            shape = tree.lists_to_tuples(y_pred)
            return tree.flatten(
                tree.map_structure_up_to(
                    shape,
                    _metrics_list,
                    tree.lists_to_tuples(metrics),
                    tree.lists_to_tuples(y_true),
                    shape,
                    tree.pack_sequence_as(shape, padded),
                )
            )
        except (ValueError, TypeError) as error:
            either = (
                f"either be a dict or a list matching the output names of the functional model {self.output_names} or "
                if self.output_names
                else ""
            )
            raise ValueError(
                f"{error}\nInvalid `{label}`. `{label}` should contain metrics objects and {either}match the output "
                f"structure of the model: {tree.map_structure(lambda _: 'X', y_pred)}.\nReceived: {label}={metrics}"
            ) from error

    def _flatten(self, y: Any) -> list[Any]:
        if isinstance(y, dict) and self._names is not None:
            return [y[name] for name in self._names]
        return tree.flatten(y)

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        if not self.built:
            self.build(y_true, y_pred)
        if legacy_keras():
            return self._update_legacy(y_true, y_pred, sample_weight)
        y_true, y_pred = self._flatten(y_true), self._flatten(y_pred)
        for group, true, pred in zip(self._plain, y_true, y_pred, strict=False):
            if group:
                group.update_state(true, pred)
        weights = [None] if sample_weight is None else self._flatten(sample_weight)
        if len(weights) < len(y_true):
            weights = [weights[0]] * len(y_true)
        for group, true, pred, weight in zip(self._weighted, y_true, y_pred, weights, strict=False):
            if group:
                group.update_state(true, pred, weight)

    def _update_legacy(self, y_true: Any, y_pred: Any, sample_weight: Any) -> None:
        names = legacy_outputs.output_names(y_pred, self.output_names)
        columns = (legacy_outputs.flat(y_pred, names, part) for part in (y_true, y_pred, sample_weight))
        for true, pred, weight, plain, weighted in zip(*columns, self._plain, self._weighted, strict=False):
            if true is not None:
                true, pred, weight = legacy_outputs.matched(true, pred, weight)
                plain.update_state(true, pred)
                weighted.update_state(true, pred, weight)

    def reset_state(self) -> None:
        for metric in self.metrics:
            metric.reset_state()

    def result(self) -> dict[str, Any]:
        """The values by name; a name that repeats gets ``weighted_`` before it or a number behind it."""
        if not self.built:
            if legacy_keras():  # a step of the user's own has not used them
                return {}
            raise ValueError("Cannot get result() since the metric has not yet been built.")
        if legacy_keras():
            values: dict[str, Any] = {}
            for metric in self.metrics:
                value = metric.result()
                values.update(value if isinstance(value, dict) else {metric.name: value})
            return values
        results: dict[str, Any] = {}
        seen: dict[str, int] = {}
        for weighted, groups in ((False, self._plain), (True, self._weighted)):
            for group in groups:
                for name, metric in group.named() if group else ():
                    if weighted and name in seen:
                        prefix = f"{group.output_name}_" if group.output_name else ""
                        name = f"{prefix}weighted_{metric.name}"
                    uses = seen.get(name, 0)
                    seen[name] = uses + 1
                    results[f"{name}_{uses}" if uses else name] = metric.result()
        return results

    def get_config(self) -> dict[str, Any]:
        raise NotImplementedError

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        raise NotImplementedError
