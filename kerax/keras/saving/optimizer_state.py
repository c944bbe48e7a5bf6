"""Optimizer variables of Keras 2 files: those have no learning rate, which Keras 3 keeps in a variable."""

from __future__ import annotations

from typing import Any


def adapted(saveable: Any, entry: Any) -> Any:
    """The saved variables of an object, in the order its ``load_own_variables`` expects."""
    if not hasattr(saveable, "apply_gradients"):
        return entry
    own = len(saveable.variables)
    if len(entry) != own - 1 or own < 2:
        return entry
    rate = vars(saveable).get("_learning_rate")
    place = next((index for index, variable in enumerate(saveable.variables) if variable is rate), None)
    if place is None:
        return entry
    values = [entry[str(index)] for index in range(len(entry))]
    values.insert(place, saveable.variables[place].numpy())
    return {str(index): value for index, value in enumerate(values)}
