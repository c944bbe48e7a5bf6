"""A model's variables as one tree of dicts: ``get_state_tree`` and ``set_state_tree``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


class ModelState:
    """The part of a model that gives out and takes in all its state."""

    optimizer: Any
    trainable_variables: Any
    non_trainable_variables: Any
    metrics_variables: Any

    def get_state_tree(self, value_format: str = "backend_tensor") -> dict[str, Any]:
        """All variables as nested dicts by the parts of their paths.

        Args:
          value_format: "backend_tensor" or "numpy_array".

        Returns:
          Dict with the keys "trainable_variables", "non_trainable_variables", "optimizer_variables" and
          "metrics_variables".

        Raises:
          ValueError: two variables of one path, or another format.
        """
        groups = self._state_groups()
        return {name: _nested(variables, value_format) for name, variables in groups.items()}

    def set_state_tree(self, state_tree: dict[str, Any]) -> None:
        """Sets variables from (a part of) what ``get_state_tree`` gives.

        Args:
          state_tree: nested dicts of arrays.

        Raises:
          ValueError: an unknown key.
        """
        groups = self._state_groups()
        for name, values in state_tree.items():
            if name not in groups:
                raise ValueError(f"Unknown variable name: {name}")
            by_path = dict(_flat(values))
            for variable in groups[name]:
                if variable.path in by_path:
                    variable.assign(by_path[variable.path])

    def _state_groups(self) -> dict[str, Any]:
        return {
            "trainable_variables": self.trainable_variables,
            "non_trainable_variables": self.non_trainable_variables,
            "optimizer_variables": [] if self.optimizer is None else self.optimizer.variables,
            "metrics_variables": self.metrics_variables,
        }


def _nested(variables: Any, value_format: str) -> dict[str, Any]:
    seen: set[str] = set()
    tree: dict[str, Any] = {}
    for variable in variables:
        path = variable.path
        if path in seen:
            raise ValueError(
                f"The following variable path is found twice in the model: '{path}'. `get_state_tree()` can only be "
                "called when all variable paths are unique. Make sure to give unique names to your layers (and other "
                "objects)."
            )
        seen.add(path)
        if value_format not in ("backend_tensor", "numpy_array"):
            raise ValueError(
                "Invalid `value_format` argument. Expected one of {'numpy_array', 'backend_tensor'}. Received: "
                f"value_format={value_format}"
            )
        *folders, name = path.split("/")
        place = tree
        for folder in folders:
            place = place.setdefault(folder, {})
        place[name] = variable.numpy() if value_format == "numpy_array" else variable.read_value()
    return tree


def _flat(tree: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}/")
        else:
            yield prefix + key, value
