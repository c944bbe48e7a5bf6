"""The walk over a model's parts (layers, optimizer, lists of layers …) that saving and loading share.

Each part has a path made of attribute names, ``optimizer`` or ``encoder/blocks/dense_1``; members of lists are named
by their class, since names of layers differ from one instance of a model to the next.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

from kerax.core.config import legacy_keras
from kerax.keras.engine import global_state
from kerax.keras.engine.names import to_snake_case
from kerax.keras.engine.operation import Operation
from kerax.keras.saving import public_names
from kerax.keras.saving.optimizer_state import adapted

_Found = Iterator[tuple[str, Any]]


def is_saveable(value: Any) -> bool:
    """Whether a value is one of Keras' objects that may have state."""
    return isinstance(value, Operation) or hasattr(type(value), "_obj_type")


def _reference(kind: str) -> Any:
    """A plain object of the kind whose attributes are Keras' own business, None where there is none."""
    layers = ("Layer", "Functional", "Sequential", "Model")
    found = public_names.find("keras", "Layer" if kind in layers else kind)
    if kind == "Metric":
        return type("Plain", (found,), dict.fromkeys(("update_state", "result")))()
    if kind == "Optimizer":
        return found(1.0)
    return found() if kind in ("Operation", "Loss", *layers) else None


_ALSO_SKIPPED = {
    "Functional": ("operations", "_operations", "layers", "_layers"),
    "Sequential": ("_functional", "layers", "_layers"),
    "Metric": ("metrics", "_metrics", "_user_metrics", "_user_weighted_metrics", "_flat_metrics"),
}
# Attributes with the template that a layer's parts were copied from.
TEMPLATES = {"Bidirectional": ("layer",)}
# Attributes that hold no parts of their own, or only what a better path leads to.
_NEVER = {
    "_self_unconditional_dependency_names", "_inbound_nodes", "_outbound_nodes", "_nodes", "_nodes_by_depth",
    "_operations_by_depth", "_inputs", "_outputs", "_inputs_struct", "_outputs_struct", "inputs", "outputs",
    "_compile_arguments", "history", "submodules", "_self_tracked_trackables",
}  # fmt: skip


def _skipped(kind: str) -> frozenset[str]:
    cache = global_state.get_or_set("saving_skipped_attributes", {})
    if kind not in cache:
        reference = _reference(kind)
        own = set() if reference is None else set(dir(reference))
        cache[kind] = frozenset((own | _NEVER | set(_ALSO_SKIPPED.get(kind, ()))) - {"variables"})
    return cache[kind]


def parts(saveable: Any) -> _Found:
    """(attribute, value) for the attributes of an object that may hold parts, in Keras' order."""
    kind = saveable._obj_type()
    skipped = _skipped(kind)
    templates = TEMPLATES.get(type(saveable).__name__, ())
    if kind in ("Sequential", "Functional"):
        yield "layers", list(saveable.layers)
    for name in sorted(dir(saveable), key=lambda name: f"~{name}" if name.startswith("_") else name):
        if name.startswith("__") or name in skipped or name in templates:
            continue
        try:
            value = getattr(saveable, name)
        except Exception:
            continue  # a property that cannot be read now has nothing to save
        if isinstance(value, (list, tuple, dict)) or is_saveable(value):
            yield name, value


def _members(container: Any) -> _Found:
    """(name, value) of the members of a list or dict; the names are unique."""
    used: dict[str, int] = {}
    for value in list(container.values()) if isinstance(container, dict) else container:
        if is_saveable(value):
            name = to_snake_case(type(value).__name__)
        elif isinstance(value, (list, dict, tuple)):
            name = "container"
        else:
            continue
        if name in used:
            used[name] += 1
            yield f"{name}_{used[name]}", value
        else:
            used[name] = 0
            yield name, value


def _join(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name


class Saver:
    """Writes the state of a model's parts.

    Args:
      weights: a store of ``stores``, or None.
      assets: an ``AssetStore``, or None.
      skip: objects to leave out.
    """

    def __init__(self, weights: Any, assets: Any = None, skip: Any = None) -> None:
        self.weights, self.assets = weights, assets
        self.seen = {id(item) for item in skip or ()}
        self.containers: set[int] = set()

    def save(self, saveable: Any, path: str = "") -> None:
        if id(saveable) in self.seen:
            return
        if self.weights is not None and hasattr(saveable, "save_own_variables"):
            name = getattr(saveable, "name", None)
            saveable.save_own_variables(self.weights.make(path, name if isinstance(name, str) else None))
        if self.assets is not None and hasattr(saveable, "save_assets"):
            saveable.save_assets(self.assets.make(path))
        self.seen.add(id(saveable))
        if self.weights is not None and not path and legacy_keras():
            self._save_metrics(getattr(saveable, "metrics", ()))
        for name, value in parts(saveable):
            if is_saveable(value):
                self.save(value, _join(path, name))
            else:
                self.containers = set()
                self._save_members(value, _join(path, name))

    def _save_metrics(self, metrics: Any) -> None:
        """The state of a model's metrics, which Keras 2 expects in its files."""
        names: dict[str, int] = {}
        for metric in metrics:
            name = to_snake_case(type(metric).__name__)
            name = name if name in ("mean", "sum") else "mean_metric_wrapper"
            count = names.get(name, 0)
            names[name] = count + 1
            entry = self.weights.make(f"metrics/{name}_{count}" if count else f"metrics/{name}")
            for index, variable in enumerate(metric.variables):
                entry[str(index)] = variable

    def _save_members(self, container: Any, path: str) -> None:
        if id(container) in self.containers:
            return
        self.containers.add(id(container))
        for name, value in _members(container):
            if is_saveable(value):
                outer, self.containers = self.containers, set()
                self.save(value, _join(path, name))
                self.containers = outer
            else:
                self._save_members(value, _join(path, name))


class Loader:
    """Reads the state of a model's parts.

    Args:
      weights: a store of ``stores``, or None.
      assets: an ``AssetStore``, or None.
      skip: objects to leave as they are.
    """

    def __init__(self, weights: Any, assets: Any = None, skip: Any = None) -> None:
        self.weights, self.assets = weights, assets
        self.seen = {id(item) for item in skip or ()}
        self.failed: dict[int, tuple[Any, Exception]] = {}
        self.containers: set[int] = set()

    def load(self, saveable: Any, path: str = "") -> None:
        if id(saveable) in self.seen:
            return
        error: Exception | None = None
        if self.weights is not None and hasattr(saveable, "load_own_variables"):
            try:
                saveable.load_own_variables(adapted(saveable, self.weights.get(path)))
            except Exception as raised:
                error = raised
        if self.assets is not None and hasattr(saveable, "load_assets"):
            try:
                saveable.load_assets(self.assets.get(path))
            except Exception as raised:
                error = raised
        if error is not None:
            self.failed[id(saveable)] = saveable, error
        before = len(self.failed)
        for name, value in parts(saveable):
            if is_saveable(value):
                self.load(value, _join(path, name))
            else:
                self.containers = set()
                self._load_members(value, _join(path, name))
        if error is None:
            if len(self.failed) <= before:
                self.seen.add(id(saveable))
            self.failed.pop(id(saveable), None)

    def _load_members(self, container: Any, path: str) -> None:
        if id(container) in self.containers:
            return
        self.containers.add(id(container))
        for name, value in _members(container):
            inner = _join(path, name)
            if is_saveable(value):
                outer, self.containers = self.containers, set()
                self.load(value, inner)
                self.containers = outer
            elif self._knows(inner):
                self._load_members(value, inner)
            else:
                self._try_members(value, inner)

    def _knows(self, path: str) -> bool:
        return any(store is not None and store.has_path(path) for store in (self.weights, self.assets))

    def _try_members(self, container: Any, path: str) -> None:
        """Members of a container that the file does not have: fine if other paths lead to them."""
        failed, self.failed = self.failed, {}
        self._load_members(container, path)
        if self.failed:
            warnings.warn(
                f"Skipping nested container at '{path}': no matching group found in the saved file. This usually "
                "means the file was saved with a Keras version that did not serialize sublayers nested inside "
                "containers. Affected layers will retain their freshly-initialized weights.",
                stacklevel=2,
            )
        self.failed = failed

    def report(self, warn_only: bool = False) -> None:
        """Raises, or warns, if something could not be loaded.

        Raises:
          ValueError: names the objects, and the reason for the first.
        """
        if not self.failed:
            return
        first, error = next(iter(self.failed.values()))
        message = (
            f"A total of {len(self.failed)} objects could not be loaded. Example error message for object {first}:\n\n"
            f"{error}\n\nList of objects that could not be loaded:\n{[item for item, _ in self.failed.values()]}"
        )
        if warn_only:
            warnings.warn(message, stacklevel=3)
        else:
            raise ValueError(message)
