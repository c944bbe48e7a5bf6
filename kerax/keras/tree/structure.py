"""Nested batches and outputs: lists, tuples, dicts and deques of leaves, with Keras's rules.

Unlike ``tf.nest`` a list and a tuple differ, an ``OrderedDict`` keeps its own order, and every mismatch is
a ``ValueError``. ``None`` is a leaf.
"""

from __future__ import annotations

import functools
import warnings
from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from typing import Any

_MISMATCH = "Structures don't have the same nested structure."


class MAP_TO_NONE:
    """What a function given to ``traverse`` returns to put None in a place."""


def is_nested(structure: Any) -> bool:
    """Whether ``structure`` is a list, tuple, dict or deque.

    >>> import kerax as tf
    >>> tf.keras.tree.is_nested([1]), tf.keras.tree.is_nested("abc")
    (True, False)
    """
    return _is_container(type(structure))


@functools.lru_cache(maxsize=1024)  # asking abstract base classes is slow
def _is_container(kind: type) -> bool:
    return issubclass(kind, (list, tuple, Mapping, deque))


def keys(structure: Mapping[Any, Any]) -> list[Any]:
    """The keys of a dict in flattening order."""
    return list(structure) if isinstance(structure, OrderedDict) else sorted(structure)


def children(structure: Any) -> list[Any]:
    if isinstance(structure, Mapping):
        return [structure[key] for key in keys(structure)]
    return list(structure)


def flatten(structure: Any) -> list[Any]:
    """The leaves in order, dicts by sorted key.

    >>> import kerax as tf
    >>> tf.keras.tree.flatten({"b": 2, "a": [1, None]})
    [1, None, 2]
    """
    if not is_nested(structure):
        return [structure]
    return [leaf for child in children(structure) for leaf in flatten(child)]


def flatten_with_path(structure: Any) -> list[tuple[tuple[Any, ...], Any]]:
    """The leaves with the keys and indices that lead to each.

    Returns:
      list of (path tuple, leaf).
    """
    return list(zip(paths(structure), flatten(structure), strict=True))


def _rebuild(structure: Any, parts: list[Any]) -> Any:
    if isinstance(structure, Mapping):
        by_key = dict(zip(keys(structure), parts, strict=True))
        items = [(key, by_key[key]) for key in structure]
        if isinstance(structure, defaultdict):
            return defaultdict(structure.default_factory, items)
        return type(structure)(items) if isinstance(structure, OrderedDict) else dict(items)
    if isinstance(structure, tuple):
        return type(structure)(*parts) if hasattr(structure, "_fields") else tuple(parts)
    return deque(parts, structure.maxlen) if isinstance(structure, deque) else parts


def pack_sequence_as(structure: Any, flat_sequence: Any) -> Any:
    """A structure like ``structure`` holding the leaves ``flat_sequence``.

    Raises:
      ValueError: another number of leaves.
      TypeError: ``flat_sequence`` is not iterable.
    """
    flat = list(flat_sequence)
    expected = len(flatten(structure))
    if expected != len(flat):
        raise ValueError(f"Could not pack {len(flat)} values into a structure of {expected} leaves.")
    leaves = iter(flat)

    def build(part: Any) -> Any:
        return _rebuild(part, [build(child) for child in children(part)]) if is_nested(part) else next(leaves)

    return build(structure)


def map_structure(func: Callable[..., Any], *structures: Any, none_is_leaf: bool = True) -> Any:
    """``func`` of the leaves of structures that have the same nesting.

    Args:
      func: function of as many arguments as there are structures.
      *structures: nested alike.
      none_is_leaf: bool, False leaves None as it is.

    Raises:
      TypeError: ``func`` cannot be called.
      ValueError: no structures, or they differ.
    """
    if not structures:
        raise ValueError("Must provide at least one structure")
    if not callable(func):
        raise TypeError(f"`func` must be callable. Received: func={func}")
    for other in structures[1:]:
        assert_same_structure(structures[0], other)
    called = func if none_is_leaf else lambda *leaves: None if leaves[0] is None else func(*leaves)
    if len(structures) == 1:
        return map_leaves(called, structures[0])
    return map_structure_up_to(structures[0], called, *structures)


def map_leaves(func: Callable[[Any], Any], structure: Any) -> Any:
    """``map_structure`` of one structure, without its checks: it runs for every batch."""
    if type(structure) is tuple:
        return tuple([map_leaves(func, child) for child in structure])
    if _is_container(type(structure)):
        return _rebuild(structure, [map_leaves(func, child) for child in children(structure)])
    return func(structure)


def map_structure_up_to(shallow_structure: Any, func: Callable[..., Any], *structures: Any) -> Any:
    """``func`` of what each structure holds at the places of ``shallow_structure``'s leaves.

    Raises:
      ValueError: a structure is not nested as deep as ``shallow_structure``.
    """
    if not structures:
        raise ValueError("Must provide at least one structure")
    if not is_nested(shallow_structure):
        return func(*structures)
    for other in structures:
        if not _same_container(shallow_structure, other):
            raise ValueError(f"`{other}` does not have the structure of `{shallow_structure}`.")
    if isinstance(shallow_structure, Mapping):
        columns = [[other[key] for key in keys(shallow_structure)] for other in structures]
    else:
        columns = [list(other) for other in structures]
    parts = [
        map_structure_up_to(child, func, *row)
        for child, row in zip(children(shallow_structure), zip(*columns, strict=True), strict=True)
    ]
    return _rebuild(shallow_structure, parts)


def assert_same_structure(a: Any, b: Any, check_types: bool | None = None) -> None:
    """Raises ValueError unless both have the same containers all the way down.

    Args:
      a, b: structures.
      check_types: deprecated, without effect.
    """
    if check_types is not None:
        warnings.warn(
            "The `check_types` argument is deprecated and no longer has any effect. For a looser check, use "
            "`keras.tree.assert_same_paths()`, which considers `list`, `tuple`, `namedtuple` and `deque` as matching",
            DeprecationWarning,
            stacklevel=2,
        )
    if is_nested(a) != is_nested(b) or (is_nested(a) and not _same_container(a, b)):
        raise ValueError(f"{_MISMATCH} `{a}` and `{b}` differ.")
    if not is_nested(a):
        return
    if isinstance(a, Mapping):
        for key in a:
            assert_same_structure(a[key], b[key])
    else:
        for child_a, child_b in zip(a, b, strict=True):
            assert_same_structure(child_a, child_b)


def assert_same_paths(a: Any, b: Any) -> None:
    """Raises ValueError unless both have the same keys and indices, whatever the containers."""
    paths_a, paths_b = set(paths(a)), set(paths(b))
    if paths_a != paths_b:
        message = "`a` and `b` don't have the same paths."
        if paths_a - paths_b:
            message += f"\nPaths in `a` missing in `b`:\n{paths_a - paths_b}"
        if paths_b - paths_a:
            message += f"\nPaths in `b` missing in `a`:\n{paths_b - paths_a}"
        raise ValueError(message)


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


def traverse(func: Callable[[Any], Any], structure: Any, top_down: bool = True) -> Any:
    """Calls ``func`` on every part of a structure, containers too.

    Args:
      func: returns None to go on (or keep the part), else what replaces it (``MAP_TO_NONE`` for None).
      structure: the structure.
      top_down: bool, whether containers come before what they hold.

    Returns:
      The structure with what was replaced.
    """
    if not callable(func):
        raise TypeError(f"`func` must be callable. Received: func={func}")

    def of_children() -> Any:
        if not is_nested(structure):
            return structure
        return _rebuild(structure, [traverse(func, child, top_down) for child in children(structure)])

    part = None if top_down else of_children()
    replacement = func(structure if top_down else part)
    if replacement is None:
        return of_children() if top_down else part
    return None if replacement is MAP_TO_NONE else replacement


def lists_to_tuples(structure: Any) -> Any:
    """The structure with tuples for lists."""
    if not is_nested(structure):
        return structure
    parts = [lists_to_tuples(child) for child in children(structure)]
    return tuple(parts) if isinstance(structure, list) else _rebuild(structure, parts)


def map_shape_structure(func: Callable[[Any], Any], structure: Any) -> Any:
    """``func`` of each shape (list or tuple of int and None) in a structure."""
    if isinstance(structure, (list, tuple)) and all(size is None or isinstance(size, int) for size in structure):
        return func(structure)
    if not is_nested(structure):
        return func(structure)
    return _rebuild(structure, [map_shape_structure(func, child) for child in children(structure)])


def _same_container(a: Any, b: Any) -> bool:
    if isinstance(a, Mapping):
        return isinstance(b, Mapping) and set(a) == set(b)
    if hasattr(a, "_fields") or hasattr(b, "_fields"):
        return type(a) is type(b)
    kind = list if isinstance(a, list) else deque if isinstance(a, deque) else tuple
    return isinstance(b, kind) and len(a) == len(b)
