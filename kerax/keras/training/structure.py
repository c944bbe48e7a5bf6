"""Nested batches and outputs: lists, tuples and dicts of leaves, with Keras's rules.

Unlike ``tf.nest`` a list and a tuple differ, an ``OrderedDict`` keeps its own order, and every mismatch is
a ``ValueError``. ``None`` is a leaf.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from typing import Any


def is_nested(structure: Any) -> bool:
    return isinstance(structure, (list, tuple, Mapping))


def keys(structure: Mapping[Any, Any]) -> list[Any]:
    """The keys of a dict in flattening order."""
    return list(structure) if isinstance(structure, OrderedDict) else sorted(structure)


def children(structure: Any) -> list[Any]:
    if isinstance(structure, Mapping):
        return [structure[key] for key in keys(structure)]
    return list(structure)


def flatten(structure: Any) -> list[Any]:
    """The leaves, dicts by sorted key."""
    if not is_nested(structure):
        return [structure]
    return [leaf for child in children(structure) for leaf in flatten(child)]


def _rebuild(structure: Any, parts: list[Any]) -> Any:
    if isinstance(structure, Mapping):
        by_key = dict(zip(keys(structure), parts, strict=True))
        kind = OrderedDict if isinstance(structure, OrderedDict) else dict
        return kind((key, by_key[key]) for key in structure)
    if isinstance(structure, tuple):
        return type(structure)(*parts) if hasattr(structure, "_fields") else tuple(parts)
    return parts


def pack_sequence_as(structure: Any, flat: Any) -> Any:
    """A structure like ``structure`` holding the leaves ``flat``."""
    if not isinstance(flat, (list, tuple)):
        flat = flatten(flat)
    expected = len(flatten(structure))
    if expected != len(flat):
        raise ValueError(f"Could not pack {len(flat)} values into a structure of {expected} leaves.")
    leaves = iter(flat)

    def build(part: Any) -> Any:
        return _rebuild(part, [build(child) for child in children(part)]) if is_nested(part) else next(leaves)

    return build(structure)


def map_structure(fn: Callable[..., Any], structure: Any, *others: Any) -> Any:
    """``fn`` of the leaves of structures that have the same nesting."""
    for other in others:
        assert_same_structure(structure, other)
    return map_structure_up_to(structure, fn, structure, *others)


def map_structure_up_to(shallow: Any, fn: Callable[..., Any], *structures: Any) -> Any:
    """``fn`` of what each structure holds at the places of ``shallow``'s leaves."""
    if not is_nested(shallow):
        return fn(*structures)
    for other in structures:
        if not _same_container(shallow, other):
            raise ValueError(f"`{other}` does not have the structure of `{shallow}`.")
    if isinstance(shallow, Mapping):
        columns = [[other[key] for key in keys(shallow)] for other in structures]
    else:
        columns = [list(other) for other in structures]
    parts = [
        map_structure_up_to(child, fn, *row)
        for child, row in zip(children(shallow), zip(*columns, strict=True), strict=True)
    ]
    return _rebuild(shallow, parts)


def assert_same_structure(a: Any, b: Any) -> None:
    """Raises ValueError unless both have the same containers all the way down."""
    if is_nested(a) != is_nested(b) or (is_nested(a) and not _same_container(a, b)):
        raise ValueError(f"`{a}` and `{b}` do not have the same structure.")
    if not is_nested(a):
        return
    if isinstance(a, Mapping):
        for key in a:
            assert_same_structure(a[key], b[key])
    else:
        for child_a, child_b in zip(a, b, strict=True):
            assert_same_structure(child_a, child_b)


def same_paths(a: Any, b: Any) -> bool:
    """Whether both have the same keys and indices down to the leaves, lists and tuples being alike."""
    return paths(a) == paths(b)


def paths(structure: Any, prefix: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if not is_nested(structure):
        return [prefix]
    names: Iterable[Any] = keys(structure) if isinstance(structure, Mapping) else range(len(structure))
    return [
        path for name, child in zip(names, children(structure), strict=True) for path in paths(child, (*prefix, name))
    ]


def lists_to_tuples(structure: Any) -> Any:
    if not is_nested(structure):
        return structure
    parts = [lists_to_tuples(child) for child in children(structure)]
    return tuple(parts) if isinstance(structure, list) else _rebuild(structure, parts)


def _same_container(a: Any, b: Any) -> bool:
    if isinstance(a, Mapping):
        return isinstance(b, Mapping) and set(a) == set(b)
    kind = list if isinstance(a, list) else tuple
    return isinstance(b, kind) and len(a) == len(b)
