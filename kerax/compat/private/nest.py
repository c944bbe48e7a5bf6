"""``tensorflow.python.util.nest``: what ``tf.nest`` does not have: structures up to the depth of another, and paths."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kerax.core import nest
from kerax.core.nest import _children as _children
from kerax.core.nest import _is_namedtuple as _is_namedtuple
from kerax.core.nest import _rebuild as _sequence_like
from kerax.core.nest import is_composite as _is_composite


def is_nested_or_composite(seq: Any) -> bool:
    """Whether a value is a container, or a tensor made of others."""
    return nest.is_nested(seq) or _is_composite(seq)


is_sequence = nest.is_nested
is_sequence_or_composite = is_nested_or_composite


def _opens(structure: Any, expand: bool) -> bool:
    return nest.is_nested(structure) or (expand and _is_composite(structure))


def _parts(structure: Any) -> list[Any]:
    return structure._kerax_components() if not nest.is_nested(structure) else _children(structure)


def _yield_value(iterable: Any) -> Iterator[Any]:
    return iter(_parts(iterable))


def _yield_sorted_items(iterable: Any) -> Iterator[tuple[Any, Any]]:
    """Pairs of a key (int, name or key) and a child, in flattening order."""
    keys = nest.keys(iterable) if nest.is_nested(iterable) else range(len(_parts(iterable)))
    return zip(keys, _parts(iterable), strict=True)


def assert_shallow_structure(
    shallow_tree: Any, input_tree: Any, check_types: bool = True, expand_composites: bool = False
) -> None:
    """Raises where a structure does not begin like the shallow one.

    Raises:
      TypeError: a leaf, or another type, where the shallow structure has a container.
      ValueError: another number of children, or other keys.
    """
    if not _opens(shallow_tree, expand_composites):
        return
    if not _opens(input_tree, expand_composites):
        raise TypeError(
            f"If shallow structure is a sequence, input must also be a sequence. Input has type: {type(input_tree)}."
        )
    both_dicts = isinstance(shallow_tree, Mapping) and isinstance(input_tree, Mapping)
    if check_types and not both_dicts and not nest._same_kind(shallow_tree, input_tree):
        raise TypeError(
            "The two structures don't have the same sequence type. Input structure has type "
            f"{type(input_tree)}, while shallow structure has type {type(shallow_tree)}."
        )
    ours, theirs = _parts(shallow_tree), _parts(input_tree)
    if len(ours) != len(theirs):
        raise ValueError(
            "The two structures don't have the same sequence length. Input structure has length "
            f"{len(theirs)}, while shallow structure has length {len(ours)}."
        )
    if both_dicts and set(shallow_tree) != set(input_tree):
        raise ValueError(
            "The two structures don't have the same keys. Input structure has keys "
            f"{list(input_tree)}, while shallow structure has keys {list(shallow_tree)}."
        )
    for one, other in zip(ours, theirs, strict=True):
        assert_shallow_structure(one, other, check_types, expand_composites)


def _up_to(shallow: Any, tree: Any, expand: bool, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if not _opens(shallow, expand):
        yield path, tree
        return
    for (key, one), other in zip(_yield_sorted_items(shallow), _parts(tree), strict=True):
        yield from _up_to(one, other, expand, (*path, key))


def flatten_up_to(
    shallow_tree: Any, input_tree: Any, check_types: bool = True, expand_composites: bool = False
) -> list[Any]:
    """What a structure holds where the shallow one has its leaves."""
    assert_shallow_structure(shallow_tree, input_tree, check_types, expand_composites)
    return [value for _, value in _up_to(shallow_tree, input_tree, expand_composites)]


def flatten_with_tuple_paths_up_to(
    shallow_tree: Any, input_tree: Any, check_types: bool = True, expand_composites: bool = False
) -> list[tuple[tuple[Any, ...], Any]]:
    """Pairs of the path to a leaf of the shallow structure and what the other one holds there."""
    assert_shallow_structure(shallow_tree, input_tree, check_types, expand_composites)
    return list(_up_to(shallow_tree, input_tree, expand_composites))


def flatten_with_tuple_paths(structure: Any, expand_composites: bool = False) -> list[tuple[tuple[Any, ...], Any]]:
    """Pairs of a leaf's path and the leaf."""
    return list(_up_to(structure, structure, expand_composites))


def flatten_with_joined_string_paths(
    structure: Any, separator: str = "/", expand_composites: bool = False
) -> list[tuple[str, Any]]:
    """Pairs of a leaf's path as one string and the leaf."""
    return [(separator.join(map(str, path)), leaf) for path, leaf in _up_to(structure, structure, expand_composites)]


def yield_flat_paths(nest: Any, expand_composites: bool = False) -> Iterator[tuple[Any, ...]]:
    """The paths of the leaves."""
    return (path for path, _ in _up_to(nest, nest, expand_composites))


def map_structure_with_tuple_paths_up_to(
    shallow_tree: Any, func: Callable[..., Any], *inputs: Any, **kwargs: Any
) -> Any:
    """A structure like the shallow one of ``func(path, *values)``, the values being what the inputs hold there.

    Raises:
      ValueError: no inputs.
    """
    if not inputs:
        raise ValueError("Cannot map over no sequences")
    check_types, expand = kwargs.pop("check_types", True), kwargs.pop("expand_composites", False)
    columns = [flatten_up_to(shallow_tree, tree, check_types, expand) for tree in inputs]
    paths = yield_flat_paths(shallow_tree, expand)
    results = [func(path, *values, **kwargs) for path, *values in zip(paths, *columns, strict=True)]
    return nest.pack_sequence_as(shallow_tree, results, expand)


def map_structure_up_to(shallow_tree: Any, func: Callable[..., Any], *inputs: Any, **kwargs: Any) -> Any:
    """A structure like the shallow one of ``func(*values)``, the values being what the inputs hold there."""
    return map_structure_with_tuple_paths_up_to(shallow_tree, lambda _, *values: func(*values), *inputs, **kwargs)


def map_structure_with_tuple_paths(func: Callable[..., Any], *structure: Any, **kwargs: Any) -> Any:
    """A structure like the first of ``func(path, *leaves)``."""
    return map_structure_with_tuple_paths_up_to(structure[0], func, *structure, **kwargs)


def map_structure_with_paths(func: Callable[..., Any], *structure: Any, **kwargs: Any) -> Any:
    """A structure like the first of ``func(path, *leaves)``, the path being one string."""

    def joined(path: tuple[Any, ...], *leaves: Any, **rest: Any) -> Any:
        return func("/".join(map(str, path)), *leaves, **rest)

    return map_structure_with_tuple_paths_up_to(structure[0], joined, *structure, **kwargs)


def get_traverse_shallow_structure(
    traverse_fn: Callable[[Any], Any], structure: Any, expand_composites: bool = False
) -> Any:
    """A structure that goes as deep as a function says.

    Args:
      traverse_fn: takes a part; returns a bool, or a structure of bools, one for each of its children.
      structure: the structure.
      expand_composites: bool, whether tensors made of others are opened.

    Returns:
      bools: False where it ends above a container, True at its leaves.
    """
    answer = traverse_fn(structure)
    if not _opens(structure, expand_composites):
        if not isinstance(answer, bool):
            raise ValueError(f"traverse_fn returned: {answer} for a non-sequence input: {structure}.")
        return answer
    if isinstance(answer, bool):
        if not answer:
            return False
        children = [get_traverse_shallow_structure(traverse_fn, p, expand_composites) for p in _parts(structure)]
        return _sequence_like(structure, children)
    children = [
        get_traverse_shallow_structure(traverse_fn, part, expand_composites) if flag else False
        for flag, part in zip(nest.flatten(answer), _parts(structure), strict=True)
    ]
    return _sequence_like(structure, children)
