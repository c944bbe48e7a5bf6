"""``tf.nest``: structures of lists, tuples, named tuples, dicts, attrs classes and dataclasses of leaves."""

from __future__ import annotations

import collections
import functools
from collections.abc import Callable, Mapping
from typing import Any


def _is_namedtuple(value: Any) -> bool:
    return isinstance(value, tuple) and hasattr(value, "_fields")


def _attrs_fields(value: Any) -> list[str] | None:
    fields = getattr(type(value), "__attrs_attrs__", None)
    return None if fields is None else [field.name for field in fields]


def is_nested(seq: Any) -> bool:
    """Whether ``seq`` is a container rather than a leaf.

    >>> import kerax as tf
    >>> tf.nest.is_nested([1, 2]), tf.nest.is_nested(1)
    (True, False)
    """
    return _is_container(type(seq))


@functools.lru_cache(maxsize=1024)  # asking abstract base classes is slow
def _is_container(kind: type) -> bool:
    if issubclass(kind, (str, bytes)):
        return False
    return issubclass(kind, (collections.abc.Sequence, Mapping, collections.abc.MappingView)) or (
        getattr(kind, "__attrs_attrs__", None) is not None
    )


def is_composite(value: Any) -> bool:
    return hasattr(type(value), "_kerax_components")


def _children(structure: Any) -> list[Any]:
    """The direct children in flattening order (dicts by sorted key)."""
    if isinstance(structure, Mapping):
        return [structure[key] for key in _sorted_keys(structure)]
    names = _attrs_fields(structure)
    if names is not None:
        return [getattr(structure, name) for name in names]
    return list(structure)


def keys(structure: Any) -> list[Any]:
    """What leads to each direct child, in flattening order: a key, a field's name or a number."""
    if isinstance(structure, Mapping):
        return _sorted_keys(structure)
    if _is_namedtuple(structure):
        return list(structure._fields)
    return _attrs_fields(structure) or list(range(len(structure)))


def _sorted_keys(mapping: Mapping[Any, Any]) -> list[Any]:
    return sorted(mapping)


def _rebuild(structure: Any, children: list[Any]) -> Any:
    """A container like ``structure`` with other children (given in flattening order)."""
    kind = type(structure)
    if isinstance(structure, Mapping):
        by_key = dict(zip(_sorted_keys(structure), children, strict=True))
        if isinstance(structure, collections.defaultdict):
            rebuilt = collections.defaultdict(structure.default_factory)
            rebuilt.update((key, by_key[key]) for key in structure)
            return rebuilt
        items = [(key, by_key[key]) for key in structure]
        return dict(items) if kind is dict else getattr(kind, "_from_pairs", kind)(items)
    if _is_namedtuple(structure):
        return kind(*children)
    names = _attrs_fields(structure)
    if names is not None:
        return kind(**dict(zip(names, children, strict=True)))
    if isinstance(structure, (collections.abc.MappingView, range)):
        return children
    return getattr(kind, "_from_list", kind)(children)


def flatten(structure: Any, expand_composites: bool = False) -> list[Any]:
    """The leaves of a structure, dicts in the order of their sorted keys.

    Args:
      structure: any nesting of lists, tuples, dicts …; a leaf alone is a structure too.
      expand_composites: bool, whether ragged and sparse tensors count as structures of their parts.

    Returns:
      list of leaves.

    >>> import kerax as tf
    >>> tf.nest.flatten({"b": 2, "a": [1, (0,)]})
    [1, 0, 2]
    """
    out: list[Any] = []
    _flatten_into(structure, expand_composites, out)
    return out


def _flatten_into(structure: Any, expand: bool, out: list[Any]) -> None:
    kind = type(structure)
    if kind is list or kind is tuple:
        for child in structure:
            _flatten_into(child, expand, out)
    elif is_nested(structure):
        for child in _children(structure):
            _flatten_into(child, expand, out)
    elif expand and is_composite(structure):
        for child in structure._kerax_components():
            _flatten_into(child, expand, out)
    else:
        out.append(structure)


def pack_sequence_as(structure: Any, flat_sequence: Any, expand_composites: bool = False) -> Any:
    """A structure like ``structure`` with the leaves of ``flat_sequence``.

    Raises:
      ValueError: if the number of leaves differs.
      TypeError: if ``flat_sequence`` is not a sequence.
    """
    if not is_nested(flat_sequence):
        raise TypeError(
            f"Attempted to pack value:\n  {flat_sequence}\ninto a structure, but found incompatible type "
            f"`{type(flat_sequence)}` instead."
        )
    flat = list(flat_sequence)
    if not (is_nested(structure) or (expand_composites and is_composite(structure))):
        if len(flat) != 1:
            raise ValueError(
                f"The target structure is of type `{type(structure)}`\n  {structure}\nHowever the input is a "
                f"sequence ({type(flat_sequence)}) of length {len(flat)}.\n  {flat_sequence}\n"
                "nest cannot guarantee that it is safe to map one to the other."
            )
        return flat[0]
    expected = len(flatten(structure, expand_composites))
    if expected != len(flat):
        raise ValueError(
            f"Could not pack sequence. Structure had {expected} atoms, but flat_sequence had {len(flat)} items.  "
            f"Structure: {structure}, flat_sequence: {flat}."
        )
    leaves = iter(flat)

    def build(part: Any) -> Any:
        kind = type(part)
        if kind is list or kind is tuple:
            return kind([build(child) for child in part])
        if is_nested(part):
            return _rebuild(part, [build(child) for child in _children(part)])
        if expand_composites and is_composite(part):
            return part._kerax_rebuild([build(child) for child in part._kerax_components()])
        return next(leaves)

    return build(structure)


def map_structure(func: Callable[..., Any], *structure: Any, **kwargs: Any) -> Any:
    """Applies ``func`` to the leaves of one or more structures of the same shape.

    Args:
      func: callable taking one leaf of each structure.
      *structure: the structures.
      **kwargs: ``check_types`` and ``expand_composites``.

    Returns:
      A structure like the first, of the results.

    >>> import kerax as tf
    >>> tf.nest.map_structure(lambda x: x + 1, {"a": 1})
    {'a': 2}
    """
    if not callable(func):
        raise TypeError(f"func must be callable, got: {func}")
    if not structure:
        raise ValueError("Must provide at least one structure")
    check_types = kwargs.pop("check_types", True)
    expand = kwargs.pop("expand_composites", False)
    if kwargs:
        raise ValueError(
            f"Only valid keyword arguments are `check_types` and `expand_composites`, not: `{'`, `'.join(kwargs)}`"
        )
    if len(structure) == 1:
        return _map_one(func, structure[0], expand)
    for other in structure[1:]:
        assert_same_structure(structure[0], other, check_types=check_types, expand_composites=expand)
    flats = [flatten(s, expand) for s in structure]
    return pack_sequence_as(structure[0], [func(*leaves) for leaves in zip(*flats, strict=True)], expand)


def _map_one(func: Callable[[Any], Any], structure: Any, expand: bool) -> Any:
    kind = type(structure)
    if kind is tuple or kind is list:
        return kind([_map_one(func, child, expand) for child in structure])
    if is_nested(structure):
        return _rebuild(structure, [_map_one(func, child, expand) for child in _children(structure)])
    if expand and is_composite(structure):
        return structure._kerax_rebuild([_map_one(func, child, expand) for child in structure._kerax_components()])
    return func(structure)


def assert_same_structure(nest1: Any, nest2: Any, check_types: bool = True, expand_composites: bool = False) -> None:
    """Raises if two structures do not have the same nesting.

    Raises:
      ValueError: other nesting or another number of elements.
      TypeError: other container types, where ``check_types`` is true.
    """
    found = _difference(nest1, nest2, check_types, expand_composites)
    if found is not None:
        kind, text = found
        raise kind(
            "The two structures don't have the same nested structure.\n\n"
            f"First structure: {_shown(nest1)}\n\nSecond structure: {_shown(nest2)}\n\nMore specifically: {text}\n"
            f"Entire first structure:\n{_dots(nest1)}\nEntire second structure:\n{_dots(nest2)}"
        )


def _shown(value: Any) -> str:
    return f"type={type(value).__name__} str={value}"


class _Dot:
    def __repr__(self) -> str:
        return "."


def _dots(structure: Any) -> str:
    return str(_map_one(lambda leaf: _Dot(), structure, False))


def _difference(one: Any, two: Any, check_types: bool, expand: bool) -> tuple[type[Exception], str] | None:
    """The first place where two structures differ: what it is an error of, and TensorFlow's words for it."""
    inner = [is_nested(each) or (expand and is_composite(each)) for each in (one, two)]
    if inner[0] != inner[1]:
        nested, leaf = (one, two) if inner[0] else (two, one)
        return ValueError, f'Substructure "{_shown(nested)}" is a sequence, while substructure "{_shown(leaf)}" is not'
    if not inner[0] or not (is_nested(one) and is_nested(two)):
        return None
    if check_types and not _same_kind(one, two):
        return TypeError, (
            f"The two namedtuples don't have the same sequence type. First structure {_shown(one)} has type "
            f"{type(one).__name__}, while second structure {_shown(two)} has type {type(two).__name__}"
        )
    if isinstance(one, Mapping) and isinstance(two, Mapping) and set(one) != set(two):
        return ValueError, (
            f"The two dictionaries don't have the same set of keys. First structure has keys {_shown(list(one))}, "
            f"while second structure has keys {_shown(list(two))}"
        )
    children = _children(one), _children(two)
    if len(children[0]) != len(children[1]):
        return ValueError, (
            f"The two structures don't have the same number of elements. First structure: {_shown(one)}. "
            f"Second structure: {_shown(two)}"
        )
    pairs = (_difference(*pair, check_types, expand) for pair in zip(*children, strict=True))
    return next(filter(None, pairs), None)


def _same_kind(a: Any, b: Any) -> bool:
    if isinstance(a, Mapping) and isinstance(b, Mapping):
        return True
    if _is_namedtuple(a) and _is_namedtuple(b):
        return type(a).__name__ == type(b).__name__ and a._fields == b._fields
    if isinstance(a, list) and isinstance(b, list):
        return True
    if isinstance(a, tuple) and isinstance(b, tuple):
        return _is_namedtuple(a) == _is_namedtuple(b)
    return type(a) is type(b)
