"""The losses given to ``compile``: which loss compares which output with which target."""

from __future__ import annotations

from typing import Any, NamedTuple

from kerax.core.config import legacy_keras
from kerax.core.context import context
from kerax.keras import losses as losses_module
from kerax.keras import metrics as metrics_module
from kerax.keras.losses.loss import whole_of_share
from kerax.keras.training import legacy_outputs
from kerax.keras.training.compiled_metrics import binary_or_sparse, object_name
from kerax.keras.tree import structure as tree


def resolve_loss(identifier: Any, y_true: Any, y_pred: Any) -> Any:
    """A ``Loss`` for a string, function, class or object; ``"crossentropy"`` is chosen by the shapes."""
    if identifier is None:
        return None
    if str(identifier).lower() in ("crossentropy", "ce") and not legacy_keras():
        binary, sparse = binary_or_sparse(y_true, y_pred)
        if binary:
            loss = losses_module.binary_crossentropy
        else:
            loss = losses_module.sparse_categorical_crossentropy if sparse else losses_module.categorical_crossentropy
    else:
        loss = losses_module.get(identifier)
    if not isinstance(loss, losses_module.Loss):
        name = identifier if isinstance(identifier, str) else object_name(loss)
        loss = losses_module.LossFunctionWrapper(loss, name=name)
    return loss


class _Weighted:
    """A loss and its weight, one leaf of the loss structure."""

    def __init__(self, loss: Any, weight: Any) -> None:
        self.loss, self.weight = loss, weight


class _OutputLoss(NamedTuple):
    path: tuple[Any, ...]  # keys that lead to the output in y_pred and to the target in y_true
    loss: Any
    weight: Any
    name: str


def _at(structure: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        structure = structure[key]
    return structure


class CompileLoss(losses_module.Loss):
    """The sum of the weighted losses of all outputs.

    Args:
      loss: loss identifier, or list, tuple, dict or nesting of them that follows the outputs.
      loss_weights: float, or the same structure of floats, or None.
      output_names: list of str, the model's outputs in order, or None.
    """

    def __init__(
        self,
        loss: Any,
        loss_weights: Any = None,
        reduction: str = "sum_over_batch_size",
        output_names: list[str] | None = None,
    ) -> None:
        if not legacy_keras() and loss_weights and not isinstance(loss_weights, (list, tuple, dict, float)):
            raise ValueError(
                "Expected `loss_weights` argument to be a float (single output case) or a list, tuple, or dict "
                f"(multiple output case). Received instead: loss_weights={loss_weights} of type {type(loss_weights)}"
            )
        super().__init__(name="compile_loss", reduction=reduction)
        self._user_loss = loss
        self._user_loss_weights = loss_weights
        self.output_names = output_names
        self.built = False
        self._flat_losses: list[_OutputLoss] = []
        self._metrics: list[Any] = []
        self._built_for: tuple[Any, Any] = (None, None)

    @property
    def metrics(self) -> list[Any]:
        """One ``Mean`` for each loss, where there is more than one."""
        return self._metrics

    @property
    def variables(self) -> list[Any]:
        return [variable for metric in self._metrics for variable in metric.variables]

    # --- matching losses with outputs -----------------------------------------------------------------
    def build(self, y_true: Any, y_pred: Any) -> None:
        loss, weights = self._user_loss, self._user_loss_weights
        names = self.output_names
        if names and isinstance(loss, dict) and not isinstance(y_pred, dict):
            if set(names) != set(loss):
                raise ValueError(f"Expected keys {names} in loss dict, but found loss.keys()={list(loss)}")
            if isinstance(weights, dict):
                weights = [weights[name] for name in names]
            loss = [loss[name] for name in names]
        loss = _with_weights(loss, weights)
        try:
            output_names = tree.pack_sequence_as(y_pred, names)
        except (ValueError, TypeError):
            output_names = tree.map_structure(lambda _: None, y_pred)
        if not tree.is_nested(loss):
            single = loss
            loss = tree.map_structure(lambda _: single, y_pred)
        self._flat_losses = []
        self._match(y_true, y_pred, loss, output_names, ())
        if len(self._flat_losses) > 1:
            self._metrics.extend(metrics_module.Mean(name=f"{one.name}_loss") for one in self._flat_losses)
        self._built_for = (tree.map_structure(lambda _: None, y_true), tree.map_structure(lambda _: None, y_pred))
        self.built = True

    def _build_legacy(self, y_pred: Any, names: list[str]) -> None:
        """Keras 2: outputs and all that belongs to them are flat lists; their names are those of the values, too."""
        losses = legacy_outputs.flat(y_pred, names, self._user_loss)
        weights = legacy_outputs.flat(y_pred, names, self._user_loss_weights)
        self._flat_losses = [
            _OutputLoss((i,), resolve_loss(loss, None, pred), weight, name)
            for i, (loss, weight, name, pred) in enumerate(
                zip(losses, weights, names, tree.flatten(y_pred), strict=False)
            )
            if loss is not None
        ]
        if len(names) > 1:
            self._metrics.extend(metrics_module.Mean(name=f"{one.name}_loss") for one in self._flat_losses)
        self.built = True

    def _match(self, y_true: Any, y_pred: Any, loss: Any, names: Any, path: tuple[Any, ...]) -> None:
        """Walks loss, targets, outputs and names together and notes each loss with its path."""
        if not tree.is_nested(loss):
            if loss is not None and loss.loss is not None:
                self._add(loss, y_true, y_pred, names, path)
            return
        if isinstance(loss, (list, tuple)):
            if all(not tree.is_nested(one) for one in loss) and len(loss) == len(tree.flatten(y_pred)):
                loss = tree.pack_sequence_as(y_pred, loss)
                if not tree.is_nested(loss):
                    return self._match(y_true, y_pred, loss, names, path)
            elif not isinstance(y_pred, type(loss)):
                for one in loss:  # several losses on one output
                    self._match(y_true, y_pred, one, names, path)
                return
        if not isinstance(loss, type(y_pred)):
            raise KeyError(f"The path: {path} in the `loss` argument, can't be found in the model's output (`y_pred`).")
        entries = loss.items() if isinstance(loss, dict) else enumerate(loss)
        for key, one in entries:
            if one is None:
                continue
            if not (_has(y_true, key, loss) and _has(y_pred, key, loss)):
                raise KeyError(
                    f"The path: {(*path, key)} in the `loss` argument, can't be found in either the model's output "
                    "(`y_pred`) or in the labels (`y_true`)."
                )
            self._match(y_true[key], y_pred[key], one, names[key], (*path, key))

    def _add(self, loss: _Weighted, y_true: Any, y_pred: Any, names: Any, path: tuple[Any, ...]) -> None:
        resolved = resolve_loss(loss.loss, y_true, y_pred)
        label = path
        if not tree.is_nested(names):
            own = names if names is not None else resolved.name
            if not label:
                label = (own,)
            elif isinstance(label[-1], int):
                label = (*label[:-1], own)
        name = "/".join(str(part) for part in label)
        if not name:
            name = "_".join(names) if isinstance(names, dict) else "_".join(tree.flatten(names))
        self._flat_losses.append(_OutputLoss(path, resolved, loss.weight, name))

    # --- the value ------------------------------------------------------------------------------------
    def __call__(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> Any:
        return self.call(y_true, y_pred, sample_weight)

    def call(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> Any:
        """The total loss, a scalar tensor, or None where no output has a loss."""
        if legacy_keras():
            names = legacy_outputs.output_names(y_pred, self.output_names)
            y_true = legacy_outputs.flat(y_pred, names, y_true)
            sample_weight = legacy_outputs.flat(y_pred, names, sample_weight)
            if not self.built:
                self._build_legacy(y_pred, names)
            y_pred = tree.flatten(y_pred)
        elif tree.is_nested(y_true) or tree.is_nested(y_pred):
            y_true = self._shape_targets(y_true, y_pred)
            if not self.built:
                self.build(y_true, y_pred)
            y_true = _like(self._built_for[0], y_true)
            y_pred = _like(self._built_for[1], y_pred)
        elif not self.built:
            self.build(y_true, y_pred)
        values = []
        for i, one in enumerate(self._flat_losses):
            if legacy_keras() and _absent(one.path[0], y_true, sample_weight):
                continue
            weight = sample_weight
            if sample_weight is not None and tree.is_nested(sample_weight):
                weight = _at(sample_weight, one.path)
            true, pred = _at(y_true, one.path), _at(y_pred, one.path)
            if legacy_keras():
                true, pred, weight = legacy_outputs.matched(true, pred, weight)
            value = one.loss(true, pred, weight)
            if self._metrics:
                # Keras 3 asks the static shape, whose number of samples is unknown in the graphs of fit and evaluate:
                # there, a batch that is smaller weighs as much as the others.
                known = legacy_keras() or context.trace is None
                samples = float(tree.flatten(pred)[0].shape[0]) if known else None
                self._metrics[i].update_state(whole_of_share(value), sample_weight=samples)
            values.append(value if one.weight is None else value * one.weight)
        return sum(values[1:], start=values[0]) if values else None

    def _shape_targets(self, y_true: Any, y_pred: Any) -> Any:
        """The targets in the structure of the outputs."""
        if _same_structure(y_true, y_pred):
            return y_true
        names = self.output_names
        if not tree.is_nested(y_true) and hasattr(y_pred, "__len__") and len(y_pred) == 1:
            y_true = [y_true]
        elif isinstance(y_pred, (list, tuple)) and isinstance(y_true, dict) and set(names or ()) == set(y_true):
            y_true = [y_true[name] for name in names]
        if isinstance(y_true, (list, tuple)) and len(y_true) == len(tree.flatten(y_pred)):
            return tree.pack_sequence_as(y_pred, y_true)
        if tree.same_paths(y_true, y_pred):
            return tree.pack_sequence_as(y_pred, tree.flatten(y_true))
        given = tree.flatten(y_true)  # some outputs may have neither a loss nor a target
        losses = tree.flatten(self._user_loss)
        if len(given) == sum(loss is not None for loss in losses):
            rest = iter(given)
            return tree.pack_sequence_as(self._user_loss, [None if loss is None else next(rest) for loss in losses])
        raise ValueError(
            "y_true and y_pred have different structures.\n"
            f"y_true: {tree.map_structure(lambda _: '*', y_true)}\n"
            f"y_pred: {tree.map_structure(lambda _: '*', y_pred)}\n"
        )

    def get_config(self) -> dict[str, Any]:
        raise NotImplementedError

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        raise NotImplementedError


def _with_weights(loss: Any, weights: Any) -> Any:
    if weights is None:
        return tree.map_structure(lambda one: None if one is None else _Weighted(one, None), loss)
    if not _same_structure(loss, weights):
        flat = tree.flatten(weights)
        count = len(tree.flatten(loss))
        if count != len(flat):
            raise ValueError(
                f"`loss_weights` must match the number of losses, got {count} losses and {len(flat)} weights."
            )
        weights = tree.pack_sequence_as(loss, flat)
    return tree.map_structure(lambda one, weight: None if one is None else _Weighted(one, weight), loss, weights)


def _same_structure(a: Any, b: Any) -> bool:
    try:
        tree.assert_same_structure(a, b)
    except ValueError:
        return False
    return True


def _like(template: Any, value: Any) -> Any:
    return value if _same_structure(template, value) else tree.pack_sequence_as(template, tree.flatten(value))


def _absent(index: int, y_true: list[Any], sample_weight: list[Any]) -> bool:
    """Whether an output has no target, or is behind the end of what was given (Keras 2)."""
    return index >= min(len(y_true), len(sample_weight)) or y_true[index] is None


def _has(container: Any, key: Any, loss: Any) -> bool:
    if isinstance(loss, dict):
        return isinstance(container, dict) and key in container
    return isinstance(container, (list, tuple)) and key < len(container)
