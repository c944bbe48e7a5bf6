"""What checkpoints see of python objects: children by name, and the tensors that an object holds itself.

An object may say it for itself with TensorFlow's methods: ``_trackable_children()`` → dict of name → object,
``_lookup_dependency(name)``, ``_serialize_to_tensors()`` → dict of name → tensor and
``_restore_from_tensors(dict)``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from kerax.core.module import AutoTrackable
from kerax.core.variable import Variable

VALUE = "VARIABLE_VALUE"
_PROTOCOL = ("_trackable_children", "_serialize_to_tensors", "_checkpoint_tensors")
_OWN = {"_deferred_restores", "_self_unconditional_checkpoint_dependencies"}


def is_container(value: Any) -> bool:
    """Whether a value only holds others: it may be made anew at each look."""
    return isinstance(value, (list, tuple, dict)) or getattr(type(value), "_checkpoint_container", False)


def is_trackable(value: Any) -> bool:
    """Whether checkpoints save a value: variables, modules, Keras objects, iterators …, and containers of them."""
    if isinstance(value, (Variable, AutoTrackable)):
        return True
    if any(hasattr(type(value), name) for name in _PROTOCOL):
        return True
    if isinstance(value, dict):
        return any(is_trackable(item) for item in value.values())
    return isinstance(value, (list, tuple)) and any(is_trackable(item) for item in value)


def children(owner: Any) -> dict[str, Any]:
    """The trackable objects that belong to another, by name."""
    if isinstance(owner, Variable):
        return {}
    own = getattr(owner, "_trackable_children", None)
    if own is not None:
        return dict(own())
    return default_children(owner)


def default_children(owner: Any) -> dict[str, Any]:
    """Members of a container; attributes of other objects."""
    if isinstance(owner, Mapping):
        found: Any = ((key, value) for key, value in owner.items() if isinstance(key, str))
    elif isinstance(owner, tuple) and hasattr(owner, "_fields"):
        found = ((key, getattr(owner, key)) for key in owner._fields)
    elif isinstance(owner, (list, tuple)):
        found = ((str(index), value) for index, value in enumerate(owner))
    else:
        ignored = getattr(owner, "_TF_MODULE_IGNORED_PROPERTIES", ())
        attributes = getattr(owner, "__dict__", {})
        found = ((k, v) for k, v in list(attributes.items()) if k not in ignored and k not in _OWN)
    return {name: value for name, value in found if is_trackable(value)}


def lookup(owner: Any, name: str, known: dict[str, Any]) -> Any:
    """The child of a name, also where the owner knows it under an older one; None if there is none."""
    if name in known:
        return known[name]
    own = getattr(owner, "_lookup_dependency", None)
    return own(name) if own is not None else None


def serialized(owner: Any) -> dict[str, Any]:
    """The arrays that an object holds itself, by the name of the attribute in checkpoints."""
    if isinstance(owner, Variable):
        return {VALUE: owner}
    own = getattr(owner, "_serialize_to_tensors", None)
    if own is not None:
        return dict(own())
    own = getattr(owner, "_checkpoint_tensors", None)
    return {} if own is None else {"ITERATOR_STATE": own()}


def restore(owner: Any, tensors: dict[str, np.ndarray]) -> None:
    """Puts back what ``serialized`` gave."""
    if isinstance(owner, Variable):
        owner.assign(tensors[VALUE])
    elif hasattr(owner, "_restore_from_tensors"):
        owner._restore_from_tensors(tensors)
    else:
        owner._restore_tensors(next(iter(tensors.values())))


def attributes_of(owner: Any) -> list[str]:
    """The names of an object's own tensors."""
    if isinstance(owner, Variable):
        return [VALUE]
    return list(serialized(owner))


def to_array(value: Any) -> np.ndarray:
    if isinstance(value, Variable):
        value = value._read_quietly()
    return np.asarray(value.numpy() if hasattr(value, "numpy") else value)


def walk(root: Any) -> Iterator[tuple[int, Any, str, dict[str, Any]]]:
    """(number, object, path, children) of all objects below a root, breadth first."""
    seen = {id(root)}
    queue = [(root, "")]
    for number, (owner, path) in enumerate(queue):
        found = children(owner)
        for name, child in found.items():
            if id(child) not in seen:
                seen.add(id(child))
                queue.append((child, f"{path}/{escaped(name)}" if path else escaped(name)))
        yield number, owner, path, found


def escaped(name: str) -> str:
    """A name as a part of a checkpoint key."""
    return name.replace(".", "..").replace("/", ".S")
