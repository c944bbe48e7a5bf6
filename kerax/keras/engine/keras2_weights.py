"""Where Keras 2 looks for a layer's weights, and in which order it finds them.

What an attribute holds is remembered in the order of assignment: layers, ``tf.Module``\\ s, metrics, and lists or dicts
of such, whose members are looked up when they are asked for. A layer's own variables come before those of its parts,
a model's come after.
"""

from __future__ import annotations

import collections
from collections.abc import Iterator
from typing import Any

from kerax.core.module import Module
from kerax.core.variable import Variable
from kerax.keras.engine.tracking import TrackedDict, TrackedList, TrackedOrderedDict

_CONTAINERS = (TrackedList, TrackedDict, TrackedOrderedDict)
_NAME = "_self_tracked_trackables"


def remember(layer: Any, value: Any) -> None:
    """Takes note of what an attribute of a layer now holds."""
    if not (_is_part(value) or _is_container(value)) or not layer._auto_track_sub_layers:
        return
    tracked = layer.__dict__.setdefault(_NAME, [])
    if all(item is not value for item in tracked):
        tracked.append(value)


def forget(layer: Any, value: Any) -> None:
    """Drops what an attribute held, if no other one holds it."""
    tracked = layer.__dict__.get(_NAME)
    if tracked and (_is_part(value) or _is_container(value)):
        if sum(1 for held in layer.__dict__.values() if held is value) <= 1:
            tracked[:] = [item for item in tracked if item is not value]


def copied(layer: Any, state: dict[str, Any]) -> None:
    """Remembers in a copy what the original did, in its order; ``state`` holds the original's attributes, copied."""
    if _NAME in state:
        now = {id(value): layer.__dict__.get(name) for name, value in state.items()}
        layer.__dict__[_NAME] = [now.get(id(item), item) for item in state[_NAME]]


def modules(layer: Any) -> Iterator[Any]:
    """Layers and ``tf.Module``\\ s directly within, lists and dicts opened; metrics are none of them."""
    seen: set[int] = set()
    queue = collections.deque(layer._self_tracked_trackables)
    while queue:
        item = queue.popleft()
        if id(item) in seen:
            continue
        seen.add(id(item))
        if isinstance(item, Module):
            yield item
        elif _is_container(item):
            queue.extendleft(reversed(_members(item)))


def of_layer(layer: Any, attribute: str) -> list[Any]:
    """``trainable_variables``, ``non_trainable_variables`` or ``variables`` of the parts of a layer."""
    return [variable for module in modules(layer) for variable in getattr(module, attribute)]


def of_model(model: Any, attribute: str) -> list[Any]:
    """The same of a model: metrics count, and so do variables in lists."""
    return [variable for item in model._self_tracked_trackables for variable in _variables(item, attribute)]


def _variables(item: Any, attribute: str) -> list[Any]:
    if not _is_container(item):
        return list(getattr(item, attribute)) if _is_part(item) else []
    if attribute == "variables":
        return _variables(item, "trainable_variables") + _variables(item, "non_trainable_variables")
    wanted = attribute == "trainable_variables"
    members = _members(item)
    own = [member for member in members if isinstance(member, Variable) and bool(member.trainable) is wanted]
    return [variable for member in members for variable in _variables(member, attribute)] + own


def _is_part(value: Any) -> bool:
    return isinstance(value, Module) or getattr(type(value), "_is_keras_metric", False)


def _is_container(value: Any) -> bool:
    return isinstance(value, _CONTAINERS) or isinstance(value, tuple)


def _members(container: Any) -> list[Any]:
    if not isinstance(container, dict):
        return list(container)
    try:
        return [container[key] for key in sorted(container)]
    except TypeError:  # keys of several types
        return list(container.values())
